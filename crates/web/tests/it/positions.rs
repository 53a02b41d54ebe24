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
    // Somebody else of the seat says otherwise, and then it is said again.
    let another = world.sits("sahrel");
    world.post(&another, "/position", &says("reserve")).await;
    let otherwise = on_record().await;
    assert!(otherwise > counts[3]);
    world.post(&party, "/position", &says("object")).await;
    assert!(on_record().await > otherwise, "it counts again");
}

/// The day that a form offers.
fn day_of(page: &str) -> String {
    crate::support::field(page, "on")
}

#[tokio::test]
async fn a_day_that_another_seat_alone_wrote_is_offered_to_nobody() {
    let world = World::of(|source| source);
    let (mediator, party) = (world.sits("helmark"), world.sits("sahrel"));
    let far = "subject=framework%236.b&draft=v2&stance=object&type=substance&by=tolan&room=helmark-sahrel&on=2099-01-01&interest=the+ridge+is+ours";
    let taken = world.post(&party, "/position", far).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    let form = "form=words&id=talks-in-irmal&what=statement&words=we+met&by=sahrel&room=public&on=2099-01-01";
    let told = world.post(&party, "/meeting", form).await;
    assert!(
        told.status == StatusCode::SEE_OTHER || told.status == StatusCode::UNPROCESSABLE_ENTITY
    );
    for path in [
        "/position?subject=framework%236.b",
        "/proposal?subject=framework%236.b",
        "/meeting?id=talks-in-irmal",
        "/briefing?for=olm",
    ] {
        let page = world.get(&mediator, path).await.body;
        assert_eq!(day_of(&page), "2031-03-07", "{path}");
    }
    // Of two positions of a seat that of the later day holds: whoever wrote that day is offered it.
    let own = world
        .get(&party, "/position?subject=framework%236.b")
        .await
        .body;
    assert_eq!(day_of(&own), "2099-01-01");
}

#[tokio::test]
async fn before_the_days_of_a_sample_the_last_of_them_is_offered() {
    // 2026-01-01, years before what the sample tells of.
    let world = World::by(|source| source, || 1_767_225_600_000_000);
    let party = world.sits("sahrel");
    let page = world
        .get(&party, "/position?subject=framework%236.b")
        .await
        .body;
    assert!(day_of(&page).starts_with("2031-0"), "{}", day_of(&page));
}

#[tokio::test]
async fn leave_to_use_ones_words_and_a_receipt_are_given_on_a_day_that_is_shown() {
    let world = World::of(|source| source);
    let party = world.sits("sahrel");
    let words = "subject=framework%236.b&draft=v2&sort=reword&wording=words+to+use&by=tolan&room=helmark-sahrel&on=2031-03-07&release=hold";
    let taken = world.post(&party, "/proposal", words).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    let page = world
        .get(&party, "/point?subject=framework%236.b")
        .await
        .body;
    let form = page.split("action=\"/release\"").nth(1).unwrap();
    let form = form.split("</form>").next().unwrap();
    assert!(
        form.contains("<input name=\"on\" value=\"2031-03-07\""),
        "{form}"
    );
    let released = format!(
        "subject=framework%236.b&of={}&room=helmark-sahrel&on=2031-03-09",
        crate::support::field(form, "of")
    );
    let answer = world.post(&party, "/release", &released).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let mediator = world.sits("helmark");
    let told = world.get(&mediator, "/briefing?for=olm&since=2031-03-08");
    assert!(told.await.body.contains("2031-03-09"));
    let page = world.get(&party, "/circulate").await.body;
    if let Some(form) = page.split("action=\"/acknowledge\"").nth(1) {
        let form = form.split("</form>").next().unwrap();
        assert!(
            form.contains("<input name=\"on\" value=\"2031-03-07\""),
            "{form}"
        );
    }
}

#[tokio::test]
async fn words_that_are_the_drafts_own_or_none_are_no_proposal() {
    let world = World::of(|source| source);
    let party = world.sits("sahrel");
    let page = world
        .get(&party, "/position?subject=framework%236.b")
        .await
        .body;
    let printed = page.split("class=\"quoted\" dir=\"auto\">").nth(1).unwrap();
    let printed = printed.split('<').next().unwrap().replace(' ', "+");
    let form = "subject=framework%236.b&draft=v2&stance=propose&by=tolan&room=helmark-sahrel&on=2031-03-09&interest=keep+these+words";
    for wording in [printed.as_str(), "", "++"] {
        let sent = format!("{form}&wording={wording}");
        let refused = world.post(&party, "/position", &sent).await;
        assert_eq!(
            refused.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{wording}"
        );
        assert!(refused.body.contains("keep these words"));
    }
    let sent = format!("{form}&wording={printed}+and+more");
    let taken = world.post(&party, "/position", &sent).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
}

#[tokio::test]
async fn what_the_host_cannot_write_names_none_of_its_files_and_loses_nothing() {
    let world = World::of(|source| source);
    let (party, mediator) = (world.sits("sahrel"), world.sits("helmark"));
    let path = world.folder().join("onetext.db");
    let file = rusqlite::Connection::open(&path).unwrap();
    file.execute_batch(
        "CREATE TRIGGER full BEFORE INSERT ON acts BEGIN SELECT RAISE(FAIL, 'the disk is full'); END;",
    )
    .unwrap();
    let folder = world.folder().to_string_lossy().into_owned();
    for (who, path, form) in [
        (
            &party,
            "/position",
            "subject=framework%236.b&draft=v2&stance=object&by=tolan&room=helmark-sahrel&on=2031-03-07&interest=keep+these+words",
        ),
        (
            &party,
            "/proposal",
            "subject=framework%236.b&draft=v2&sort=reword&wording=keep+these+words&by=tolan&room=helmark-sahrel&on=2031-03-07",
        ),
        (
            &party,
            "/meetings",
            "form=meeting&by=haldar&room=helmark-sahrel&on=2031-03-07&format=visit&state=proposed&participants=haldar&participants=vemmel&place=keep+these+words",
        ),
        (
            &mediator,
            "/mission",
            "form=order&envoy=olm&counterpart=sahrel&place=Tal+Mirel&base=v3&instructions=keep+these+words&by=vemmel&room=chamber-helmark&on=2031-03-07",
        ),
        (
            &mediator,
            "/circulate",
            "draft=v3&to=sahrel+helmark-sahrel&channel=official&by=olm&on=2031-03-07&note=keep+these+words",
        ),
        (
            &party,
            "/release",
            "subject=framework%236.b&of=sahrel-objects-ridge&room=helmark-sahrel&on=2031-03-07",
        ),
    ] {
        let answer = world.post(who, path, form).await;
        assert_eq!(
            answer.status,
            StatusCode::INTERNAL_SERVER_ERROR,
            "{path}: {}",
            answer.body
        );
        assert!(
            answer
                .body
                .contains("this host cannot write the record now"),
            "{path}: {}",
            answer.body
        );
        let kept = !form.contains("keep+these+words") || path == "/circulate";
        assert!(
            kept || answer.body.contains("keep these words"),
            "{path}: {}",
            answer.body
        );
        for hidden in [
            folder.as_str(),
            "onetext.db",
            "the disk is full",
            "onetext verify",
        ] {
            assert!(
                !answer.body.contains(hidden),
                "{path} {hidden}: {}",
                answer.body
            );
        }
    }
}
