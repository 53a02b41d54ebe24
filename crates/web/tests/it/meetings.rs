//! Missions and meetings.

use axum::http::StatusCode;

use crate::support::World;

#[tokio::test]
async fn a_meeting_is_confirmed_by_one_seat_and_the_other_sees_it() {
    let world = World::of(|source| source);
    let (party, mediator) = (world.sits("karvonia"), world.sits("helmark"));
    let list = world.get(&party, "/meetings").await.body;
    assert!(list.contains("href=\"/meeting?id=visit\""), "{list}");
    let form = "form=step&id=visit&step=confirmed&by=dorvat&room=helmark-karvonia&on=2031-03-08&note=with+pleasure";
    let told = world.post(&party, "/meeting", form).await;
    assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.body);
    let page = world.get(&mediator, "/meeting?id=visit").await.body;
    assert!(page.contains("with pleasure"), "{page}");
    assert!(page.contains("confirmed by"), "{page}");
    let other = world.get(&world.sits("sahrel"), "/meeting?id=visit").await;
    assert_eq!(other.status, StatusCode::NOT_FOUND, "of another room");
}

#[tokio::test]
async fn what_was_said_at_a_meeting_is_reported_in_a_room_and_read_there_alone() {
    let world = World::of(|source| source);
    let mediator = world.sits("helmark");
    let form = "form=words&id=talks-in-irmal&what=note&words=they+spoke+of+the+weir&by=olm&room=chamber-helmark&on=2031-03-08";
    let told = world.post(&mediator, "/meeting", form).await;
    assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.body);
    let page = world
        .get(&mediator, "/meeting?id=talks-in-irmal")
        .await
        .body;
    assert!(page.contains("they spoke of the weir"));
    let party = world
        .get(&world.sits("sahrel"), "/meeting?id=talks-in-irmal")
        .await;
    assert_eq!(party.status, StatusCode::OK);
    assert!(!party.body.contains("they spoke of the weir"));
}

#[tokio::test]
async fn a_meeting_is_proposed_and_a_refusal_loses_nothing() {
    let world = World::of(|source| source);
    let party = world.sits("sahrel");
    let good = "form=meeting&by=haldar&room=helmark-sahrel&on=2031-03-08&format=visit&state=proposed&participants=haldar&participants=vemmel&place=Irmal+Valley";
    let bad = good.replace("helmark-sahrel", "helmark-karvonia");
    let refused = world.post(&party, "/meetings", &bad).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.body.contains("It was not recorded"),
        "{}",
        refused.body
    );
    assert!(
        refused.body.contains("value=\"Irmal Valley\""),
        "{}",
        refused.body
    );
    let told = world.post(&party, "/meetings", good).await;
    assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.body);
    assert!(
        world
            .get(&party, "/meetings")
            .await
            .body
            .contains("Irmal Valley")
    );
}

#[tokio::test]
async fn a_mission_is_ordered_carried_on_and_reported() {
    let world = World::of(|source| source);
    let mediator = world.sits("helmark");
    let order = "form=order&envoy=olm&counterpart=sahrel&place=Tal+Mirel&base=v3&instructions=ask+about+the+weir&by=vemmel&room=chamber-helmark&on=2031-03-08";
    let told = world.post(&mediator, "/mission", order).await;
    assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.body);
    let step = "form=step&id=mission-tal-mirel&state=reported&note=they+want+water&by=olm&room=chamber-helmark&on=2031-03-09";
    let told = world.post(&mediator, "/mission", step).await;
    assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.body);
    let page = world
        .get(&mediator, "/mission?id=mission-tal-mirel")
        .await
        .body;
    assert!(
        page.contains("they want water") && page.contains("reported"),
        "{page}"
    );
    let party = world
        .get(&world.sits("sahrel"), "/mission?id=mission-tal-mirel")
        .await;
    assert_eq!(party.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn nobody_speaks_for_another_seat() {
    let world = World::of(|source| source);
    let form = "form=step&id=visit&step=confirmed&by=vemmel&room=helmark-karvonia&on=2031-03-08";
    let refused = world.post(&world.sits("karvonia"), "/meeting", form).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_day_that_an_answer_cannot_carry_is_told_and_kept() {
    let world = World::of(|source| source);
    let party = world.sits("karvonia");
    for step in ["confirmed", "discussed", "deny"] {
        let form = format!(
            "form=step&id=visit&step={step}&by=dorvat&room=helmark-karvonia&on=2031-03-08&when=2031-04-01&note=with+pleasure"
        );
        let refused = world.post(&party, "/meeting", &form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{step}");
        for kept in ["value=\"2031-04-01\"", "with pleasure", "carries no day"] {
            assert!(refused.body.contains(kept), "{kept}: {}", refused.body);
        }
    }
    let page = world.get(&party, "/meeting?id=visit").await.body;
    assert!(!page.contains("with pleasure"), "{page}");
}

#[tokio::test]
async fn what_is_said_of_a_meeting_that_is_there_no_longer_is_not_lost() {
    let world = World::of(|source| source);
    let mediator = world.sits("helmark");
    for (path, form) in [
        (
            "/meeting",
            "form=words&id=none&what=note&words=they+spoke+of+the+weir&by=olm&room=chamber-helmark&on=2031-03-07",
        ),
        (
            "/meeting",
            "form=step&id=none&step=held&note=they+spoke+of+the+weir&by=olm&room=chamber-helmark&on=2031-03-07",
        ),
        (
            "/mission",
            "form=words&id=none&what=note&words=they+spoke+of+the+weir&by=olm&room=chamber-helmark&on=2031-03-07",
        ),
        (
            "/mission",
            "form=step&id=none&state=held&note=they+spoke+of+the+weir&by=olm&room=chamber-helmark&on=2031-03-07",
        ),
    ] {
        let answer = world.post(&mediator, path, form).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(
            answer.body.contains("they spoke of the weir"),
            "{path}: {}",
            answer.body
        );
    }
}
