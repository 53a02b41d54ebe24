//! How old what a seat is shown may be while views are made beside those who ask.

use std::sync::atomic::{AtomicI64, Ordering};

use axum::http::StatusCode;

use crate::support::{NOW, World, with_token};

const SECOND: i64 = 1_000_000;
const POINT: &str = "/point?subject=framework%236.b";

/// What a party says of a point, in words of its own.
fn says(words: &str) -> String {
    format!(
        "subject=framework%236.b&draft=v2&stance=object&type=substance&by=tolan&room=helmark-sahrel&interest={words}"
    )
}

#[tokio::test]
async fn others_acts_may_be_a_moment_late_and_ones_own_never_are() {
    static CLOCK: AtomicI64 = AtomicI64::new(NOW);
    let now = || CLOCK.load(Ordering::SeqCst);
    let later = |by: i64| CLOCK.fetch_add(by, Ordering::SeqCst);
    let world = World::by(|source| source, || CLOCK.load(Ordering::SeqCst));
    let (party, mediator) = (world.sits("sahrel"), world.sits("helmark"));
    let program = world.token("helmark", false);
    let office = world.bench.office();
    let keeps_up = office.keep_up();
    let shown = async |cookie: &str, words: &str| {
        let page = world.get(cookie, POINT).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        page.body.contains(words)
    };
    assert!(!shown(&mediator, "first words").await);

    later(SECOND);
    let taken = world.post(&party, "/position", &says("first+words")).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    assert!(shown(&party, "first words").await, "its own, at once");
    later(SECOND);
    assert!(!shown(&mediator, "first words").await, "a moment late");
    let asked = with_token("GET", "/api/v1/why?subject=framework%236.b", &program, "");
    let told = world.send(asked).await;
    assert_eq!(told.status, StatusCode::OK, "{}", told.body);
    assert!(
        told.body.contains("first words"),
        "a program is told all that came: {}",
        told.body
    );

    // What a program was told is there for the pages too; what comes next is made once it was asked for.
    later(SECOND);
    assert!(shown(&mediator, "first words").await);
    let taken = world.post(&party, "/position", &says("second+words")).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    later(SECOND);
    assert!(!shown(&mediator, "second words").await);
    office.make_wanted(&now);
    assert!(shown(&mediator, "second words").await);

    // Nobody makes it for five seconds: whoever asks then does.
    let taken = world.post(&party, "/position", &says("third+words")).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    later(4 * SECOND);
    assert!(!shown(&mediator, "third words").await);
    later(2 * SECOND);
    assert!(shown(&mediator, "third words").await);

    // Nobody makes views any more: they are made by whoever asks.
    drop(keeps_up);
    let taken = world.post(&party, "/position", &says("fourth+words")).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    later(SECOND);
    assert!(shown(&mediator, "fourth words").await);
}

#[tokio::test]
async fn after_the_clock_was_set_back_nothing_is_told_as_of_the_later_time() {
    static CLOCK: AtomicI64 = AtomicI64::new(NOW);
    let due = |source: String| {
        let from = "id = \"reply-on-assurances\"\n";
        source.replace(from, &format!("{from}due = \"2031-03-20\"\n"))
    };
    let world = World::by(due, || CLOCK.load(Ordering::SeqCst));
    let (entrance, person) = (
        world.bench.entrance(),
        world.person("helmark", "A program", None),
    );
    let token = entrance.make_token(("helmark", person), ("a test", false), 60, World::seconds());
    let token = token.unwrap().reveal();
    let told = async || {
        let answer = world
            .send(with_token("GET", "/api/v1/status", &token, ""))
            .await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        answer.body
    };
    let first = told().await;
    CLOCK.store(NOW + 20 * 86_400 * SECOND, Ordering::SeqCst);
    assert!(told().await != first, "days go by");
    CLOCK.store(NOW, Ordering::SeqCst);
    assert!(told().await == first, "the clock was set back");
}
