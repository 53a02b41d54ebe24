//! Packages.

use axum::http::StatusCode;

use crate::support::World;

#[tokio::test]
async fn without_preferences_the_page_says_that_there_is_nothing_to_weigh() {
    let world = World::of(|source| source);
    let page = world.get(&world.sits("helmark"), "/packages").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("nothing to weigh"), "{}", page.body);
}
