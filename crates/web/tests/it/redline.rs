//! The redline of two drafts in a browser.

use axum::http::StatusCode;

use crate::support::World;

#[tokio::test]
async fn keys_of_one_letter_can_be_turned_off_and_stay_off() {
    let world = World::of(|source| source);
    let seat = world.sits("helmark");
    let on = |page: &str| {
        let input = page.split("id=\"letters\"").nth(1).unwrap();
        input.split('>').next().unwrap().contains("checked")
    };
    assert!(on(&world.get(&seat, "/redline/v2/v3").await.body));
    let off = world.post(&seat, "/letters", "letters=off").await;
    assert_eq!(off.status, StatusCode::NO_CONTENT);
    let kept = off.headers["set-cookie"].to_str().unwrap();
    let kept = kept.split(';').next().unwrap();
    let page = world
        .get(&format!("{seat}; {kept}"), "/redline/v2/v3")
        .await;
    assert!(!on(&page.body));
    let other = world.post(&seat, "/letters", "letters=perhaps").await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
}
