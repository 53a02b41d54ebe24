//! Search over what a seat may see.

use crate::support::World;

#[tokio::test]
async fn words_are_found_in_drafts_and_positions_of_ones_own_rooms() {
    let world = World::of(|source| source);
    let party = world.sits("karvonia");
    let page = world.get(&party, "/search?q=karvonian+MONEY").await.body;
    assert!(page.contains("<mark>Karvonian</mark>"), "{page}");
    let page = world.get(&party, "/search?q=garrison").await.body;
    assert!(
        page.contains("<mark>garrison</mark>") && page.contains("/draft/v3#p-5"),
        "{page}"
    );
    let other = world
        .get(&world.sits("sahrel"), "/search?q=karvonian+money")
        .await
        .body;
    assert!(other.contains("Nothing was found"), "{other}");
}

#[tokio::test]
async fn what_is_asked_is_escaped_and_bounded() {
    let world = World::of(|source| source);
    let party = world.sits("karvonia");
    let page = world.get(&party, "/search?q=%3Cscript%3E").await.body;
    assert!(!page.contains("<script>"), "{page}");
    let long = format!("/search?q={}", "a+".repeat(4000));
    assert!(world.get(&party, &long).await.status.is_success());
}
