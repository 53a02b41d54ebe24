//! Taking a position.

use axum::http::StatusCode;

use crate::support::World;

const ACCEPTS: &str = "subject=framework%239&draft=v2&stance=accept&by=sahrel&room=helmark-sahrel";

#[tokio::test]
async fn what_a_party_puts_on_record_stands_in_its_page_and_in_the_mediators() {
    let world = World::of(|source| source);
    let (party, mediator) = (world.sits("sahrel"), world.sits("helmark"));
    let other = world.sits("karvonia");
    let before = world.get(&other, "/").await.body;
    let form = "subject=framework%236.b&draft=v2&stance=object&type=substance&by=tolan&room=helmark-sahrel&interest=the+ridge+is+ours";
    let taken = world.post(&party, "/position", form).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    for cookie in [&party, &mediator] {
        let page = world.get(cookie, "/point?subject=framework%236.b").await;
        assert!(page.body.contains("the ridge is ours"), "{}", page.body);
    }
    assert_eq!(
        before,
        world.get(&other, "/").await.body,
        "of another room nothing is told"
    );
}

#[tokio::test]
async fn a_refusal_says_what_to_do_and_loses_nothing() {
    let world = World::of(|source| source);
    let party = world.sits("sahrel");
    let form = "subject=framework%236.b&draft=v9&stance=object&by=tolan&room=helmark-sahrel&interest=keep+these+words";
    let refused = world.post(&party, "/position", form).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("It was not recorded"));
    assert!(refused.body.contains("keep these words"));
    assert!(
        !refused.body.contains("v3"),
        "a draft that it was not given is not named"
    );
}

#[tokio::test]
async fn nobody_speaks_for_another_seat_or_in_a_room_it_does_not_sit_in() {
    let world = World::of(|source| source);
    let party = world.sits("sahrel");
    for (from, to) in [
        ("by=sahrel", "by=karvonia"),
        ("room=helmark-sahrel", "room=helmark-karvonia"),
        ("by=sahrel", "by=dorvat"),
    ] {
        let refused = world
            .post(&party, "/position", &ACCEPTS.replace(from, to))
            .await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{to}");
    }
}

#[tokio::test]
async fn the_form_offers_a_day_on_which_the_position_holds() {
    let world = World::of(|source| source);
    let party = world.sits("sahrel");
    let path = "subject=framework%236.b";
    let form = world.get(&party, &format!("/position?{path}")).await.body;
    let day = form.split("name=\"on\" value=\"").nth(1).unwrap();
    let day = day.split('"').next().unwrap();
    let form = format!("{path}&draft=v2&stance=accept&by=elhan&room=helmark-sahrel&on={day}");
    let taken = world.post(&party, "/position", &form).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    let page = world.get(&party, &format!("/point?{path}")).await.body;
    assert!(page.contains("<td class=\"good\">accepted"), "{page}");
}

#[tokio::test]
async fn on_a_draft_that_another_has_followed_it_is_asked_once_and_nothing_is_lost() {
    let world = World::of(|source| source);
    let (party, mediator) = (world.sits("sahrel"), world.sits("helmark"));
    let opened = world
        .get(&party, "/position?subject=framework%236.b")
        .await
        .body;
    assert!(opened.contains("name=\"draft\" value=\"v2\""), "{opened}");
    assert!(
        opened.contains("Helmark, Sahrel (helmark-sahrel)"),
        "{opened}"
    );
    let given = "draft=v3&to=sahrel+helmark-sahrel&channel=official&by=olm&on=2031-03-09";
    let delivered = world.post(&mediator, "/circulate", given).await;
    assert_eq!(
        delivered.status,
        StatusCode::SEE_OTHER,
        "{}",
        delivered.body
    );
    let form = "subject=framework%236.b&draft=v2&stance=object&type=substance&by=tolan&room=helmark-sahrel&on=2031-03-09&interest=keep+these+words";
    let asked = world.post(&party, "/position", form).await;
    assert_eq!(asked.status, StatusCode::CONFLICT);
    assert!(asked.body.contains("keep these words"), "{}", asked.body);
    assert!(
        asked.body.contains("name=\"seen\" value=\"v3\""),
        "{}",
        asked.body
    );
    let now = crate::support::field(&asked.body, "do").is_empty();
    assert!(
        now || asked.body.contains("value=\"newer:"),
        "{}",
        asked.body
    );
    let point = world.get(&party, "/point?subject=framework%236.b").await;
    assert!(!point.body.contains("keep these words"), "{}", point.body);
    let on = asked.body.split("value=\"newer:").nth(1).unwrap();
    let on = on.split('"').next().unwrap();
    let newer = world
        .post(&party, "/position", &format!("{form}&do=newer%3A{on}"))
        .await;
    assert_eq!(newer.status, StatusCode::OK);
    assert!(
        newer.body.contains("name=\"draft\" value=\"v3\""),
        "{}",
        newer.body
    );
    assert!(newer.body.contains("keep these words"), "{}", newer.body);
    let taken = world
        .post(&party, "/position", &format!("{form}&seen=v3"))
        .await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);

    let words = "subject=framework%236.b&draft=v2&sort=reword&wording=words+to+keep&by=tolan&room=helmark-sahrel&on=2031-03-09";
    let asked = world.post(&party, "/proposal", words).await;
    assert_eq!(asked.status, StatusCode::CONFLICT);
    assert!(asked.body.contains("words to keep"), "{}", asked.body);
    let taken = world
        .post(&party, "/proposal", &format!("{words}&seen=v3"))
        .await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
}

#[tokio::test]
async fn a_form_that_is_sent_twice_is_one_act_and_a_change_of_mind_is_another() {
    let world = World::of(|source| source);
    let party = world.sits("sahrel");
    let path = "subject=framework%236.b";
    let says = |stance: &str| {
        format!(
            "{path}&draft=v2&stance={stance}&by=tolan&room=helmark-sahrel&on=2031-03-09&interest=the+ridge+is+ours"
        )
    };
    let on_record = async || {
        let page = world.get(&party, &format!("/point?{path}")).await.body;
        page.matches("the ridge is ours").count()
    };
    let before = on_record().await;
    assert_eq!(before, 0);
    let mut counts = Vec::new();
    for stance in ["object", "object", "reserve", "object"] {
        let taken = world.post(&party, "/position", &says(stance)).await;
        assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
        counts.push(on_record().await);
    }
    assert_eq!(counts[1], counts[0], "sent twice");
    assert!(counts[2] > counts[1] && counts[3] > counts[2], "{counts:?}");
    // Somebody else of the seat says it again.
    let another = world.sits("sahrel");
    world.post(&another, "/position", &says("object")).await;
    assert!(on_record().await > counts[3]);
}
