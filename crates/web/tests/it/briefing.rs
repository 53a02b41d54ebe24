//! Briefings.

use axum::http::StatusCode;

use crate::support::World;

#[tokio::test]
async fn a_briefing_says_what_its_person_may_know_and_the_next_begins_there() {
    let world = World::of(|source| source);
    let mediator = world.sits("helmark");
    let page = world.get(&mediator, "/briefing?for=olm").await.body;
    assert!(
        page.contains("Petra Olm") && page.contains("Open points"),
        "{page}"
    );
    assert!(page.contains("no briefing is on record"));
    let form = "for=olm&briefers=the+desk&by=helmark&room=chamber-helmark&on=2031-03-01";
    let told = world.post(&mediator, "/briefing", form).await;
    assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.body);
    let page = world.get(&mediator, "/briefing?for=olm").await.body;
    assert!(page.contains("2031-03-01"), "{page}");
    assert!(!page.contains("no briefing is on record"));
}

#[tokio::test]
async fn of_persons_who_are_not_known_here_there_is_no_briefing() {
    let world = World::of(|source| source);
    let party = world.sits("league");
    let page = world.get(&party, "/briefing?for=kelder").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    let wrong = world.get(&party, "/briefing?since=soon").await;
    assert!(!wrong.status.is_server_error());
}
