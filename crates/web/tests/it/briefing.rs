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

#[tokio::test]
async fn a_briefing_of_today_counts_today_and_what_came_on_its_day_is_told() {
    let world = World::of(|source| source);
    let mediator = world.sits("helmark");
    let note = "form=words&id=talks-in-irmal&what=note&by=olm&room=chamber-helmark&on=2031-03-07";
    let before = format!("{note}&words=they+spoke+of+the+road");
    let noted = world.post(&mediator, "/meeting", &before).await;
    assert_eq!(noted.status, StatusCode::SEE_OTHER, "{}", noted.body);
    let form = "for=olm&briefers=the+desk&by=helmark&room=chamber-helmark&on=2031-03-07";
    let told = world.post(&mediator, "/briefing", form).await;
    assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.body);
    let after = format!("{note}&words=they+spoke+of+the+weir");
    let noted = world.post(&mediator, "/meeting", &after).await;
    assert_eq!(noted.status, StatusCode::SEE_OTHER, "{}", noted.body);
    let page = world.get(&mediator, "/briefing?for=olm").await.body;
    assert!(!page.contains("no briefing is on record"), "{page}");
    assert!(page.contains("they spoke of the weir"), "{page}");
    assert!(
        !page.contains("they spoke of the road"),
        "what came before is not told: {page}"
    );
}
