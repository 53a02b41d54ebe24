//! Packages.

use axum::http::StatusCode;

use crate::support::World;

/// Preferences of both parties on one point with two readings, told to the mediator in confidence.
fn with_preferences(source: String) -> String {
    let mut out = source;
    for (seat, order) in [
        ("karvonia", "[\"2.1\", \"1\"]"),
        ("sahrel", "[\"1\", \"2.1\"]"),
    ] {
        out.push_str(&format!(
            "\n[[act]]\nid = \"prefers-{seat}\"\nkind = \"preference\"\nroom = \"chamber-helmark\"\nby = \"helmark\"\nparty = \"{seat}\"\ndraft = \"v3\"\nranking = [{{ point = \"11.b\", order = {order} }}]\non = \"2031-03-07\"\n"
        ));
    }
    out
}

#[tokio::test]
async fn without_preferences_the_page_says_that_there_is_nothing_to_weigh() {
    let world = World::of(|source| source);
    let page = world.get(&world.sits("helmark"), "/packages").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("nothing to weigh"), "{}", page.body);
}

#[tokio::test]
async fn what_is_open_is_weighed_with_its_picture_and_no_other_seat_sees_it() {
    let world = World::of(with_preferences);
    let page = world.get(&world.sits("helmark"), "/packages").await;
    assert_eq!(page.status, StatusCode::OK);
    for words in ["<svg", "11.b", "Nash", "an estimate"] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    assert!(!page.body.contains("style="), "no style in the page");
    let party = world.get(&world.sits("karvonia"), "/packages").await.body;
    assert!(
        party.contains("nothing to weigh") && !party.contains("an estimate"),
        "{party}"
    );
}
