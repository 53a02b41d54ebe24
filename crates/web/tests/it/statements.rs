//! Statements and claims.

use axum::http::StatusCode;

use crate::support::World;

#[tokio::test]
async fn a_claim_is_judged_as_of_its_day_and_today_and_denied_by_a_seat() {
    let world = World::of(|source| source);
    let party = world.sits("sahrel");
    let page = world.get(&party, "/statements").await.body;
    assert!(
        page.contains("There is hardly anything left to settle."),
        "{page}"
    );
    assert!(page.contains("On the day it was said") && page.contains("Today"));
    let form = "of=few-left&what=deny&by=haldar&room=public&on=2031-03-08";
    let told = world.post(&party, "/statements/answer", form).await;
    assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.body);
    let page = world.get(&world.sits("karvonia"), "/statements").await.body;
    let row = page.split("id=\"claim-few-left\"").nth(1).unwrap();
    assert!(
        row.split("</tr>").next().unwrap().contains("denied by"),
        "{row}"
    );
}

#[tokio::test]
async fn of_a_claim_that_is_not_there_nothing_is_recorded() {
    let world = World::of(|source| source);
    let form = "of=none&what=deny&by=haldar&room=public&on=2031-03-08";
    let refused = world
        .post(&world.sits("sahrel"), "/statements/answer", form)
        .await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
}
