//! The state of play: what changed since the last look, disputes by type, the drafts as steps, and how it went.

use std::sync::atomic::{AtomicI64, Ordering};

use axum::http::StatusCode;

use crate::support::{NOW, World};

/// Seconds after the day of the world.
static LATER: AtomicI64 = AtomicI64::new(0);

fn clock() -> i64 {
    NOW + LATER.load(Ordering::Relaxed) * 1_000_000
}

fn rows(page: &str) -> Vec<&str> {
    let rows = page.split("<tr class=\"").skip(1);
    rows.filter(|row| row.starts_with("point") || row.starts_with("item"))
        .collect()
}

#[tokio::test]
async fn what_changed_since_somebody_last_looked_is_told_to_each_by_its_own_look() {
    let world = World::by(|source| source, clock);
    let (party, mediator) = (world.sits("sahrel"), world.sits("helmark"));
    let first = world.get(&mediator, "/?show=changed").await.body;
    assert!(first.contains("first look"), "{first}");
    LATER.store(100, Ordering::Relaxed);
    let looked = world.post(&mediator, "/looked", "").await;
    assert_eq!(looked.status, StatusCode::SEE_OTHER);
    LATER.store(200, Ordering::Relaxed);
    let quiet = world.get(&mediator, "/?show=changed").await.body;
    assert!(rows(&quiet).is_empty(), "{quiet}");
    let form = "subject=framework%236.b&draft=v2&stance=object&type=substance&by=tolan&room=helmark-sahrel&on=2031-03-09&interest=the+ridge+is+ours";
    let taken = world.post(&party, "/position", form).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    let told = world.get(&mediator, "/?show=changed").await.body;
    assert_eq!(rows(&told).len(), 1, "{told}");
    assert!(rows(&told)[0].contains("6.b"), "{told}");
}

#[tokio::test]
async fn disputed_points_are_told_apart_by_what_they_are_about() {
    let world = World::of(|source| source);
    let mediator = world.sits("helmark");
    let some = world.get(&mediator, "/?show=substance").await.body;
    let disputed = world.get(&mediator, "/?show=disputed").await.body;
    assert!(
        !rows(&some).is_empty() && rows(&some).len() < rows(&disputed).len(),
        "{some}"
    );
    let none = world.get(&mediator, "/?show=nonsense").await.body;
    assert!(rows(&none).is_empty());
}

#[tokio::test]
async fn drafts_are_steps_and_the_picture_has_the_numbers_of_the_table() {
    let world = World::of(|source| source);
    let mediator = world.sits("helmark");
    let page = world.get(&mediator, "/").await.body;
    assert!(page.contains("/?at=2031-02-10"), "{page}");
    assert!(page.contains("id=\"circulation\""), "{page}");
    let course = world.get(&mediator, "/course").await.body;
    assert!(course.contains("<svg class=\"course\""), "{course}");
    assert!(
        course.contains("/?at=2031-03-01"),
        "the day before the third draft: {course}"
    );
    assert!(!course.contains("style="), "no style in the page");
    let party = world.get(&world.sits("sahrel"), "/course").await.body;
    assert!(
        !party.contains("/draft/v3"),
        "of a draft that it was not given: {party}"
    );
    let nothing = world.get(&world.sits("league"), "/course").await;
    assert_eq!(nothing.status, StatusCode::OK);
}

/// A clock of its own, so that no other test moves it.
static LATER_STILL: AtomicI64 = AtomicI64::new(0);

fn damaged_clock() -> i64 {
    NOW + LATER_STILL.load(Ordering::Relaxed) * 1_000_000
}

#[tokio::test]
async fn a_record_that_cannot_be_read_is_no_first_look() {
    let world = World::by(|source| source, damaged_clock);
    let mediator = world.sits("helmark");
    LATER_STILL.store(100, Ordering::Relaxed);
    let looked = world.post(&mediator, "/looked", "").await;
    assert_eq!(looked.status, StatusCode::SEE_OTHER);
    LATER_STILL.store(101, Ordering::Relaxed);
    let page = world.get(&mediator, "/?show=changed").await;
    assert_eq!(page.status, StatusCode::OK);
    let file = rusqlite::Connection::open(world.folder().join("onetext.db")).unwrap();
    file.execute_batch("UPDATE acts SET body = x'00'; UPDATE snapshots SET sealed = x'00';")
        .unwrap();
    let page = world.get(&mediator, "/?show=changed").await;
    assert_eq!(page.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(!page.body.contains("first look"), "{}", page.body);
}

/// A clock of its own.
static SINCE: AtomicI64 = AtomicI64::new(0);

#[tokio::test]
async fn what_came_while_somebody_looked_is_told_as_changed() {
    let clock = || NOW + SINCE.load(Ordering::Relaxed) * 1_000_000;
    let world = World::by(|source| source, clock);
    let (party, mediator) = (world.sits("sahrel"), world.sits("helmark"));
    SINCE.store(100, Ordering::Relaxed);
    let page = world.get(&mediator, "/?show=changed").await.body;
    let seen = crate::support::field(&page, "seen");
    assert_eq!(seen, (NOW / 1_000_000 + 99).to_string(), "{page}");
    SINCE.store(200, Ordering::Relaxed);
    let form = "subject=framework%236.b&draft=v2&stance=object&type=substance&by=tolan&room=helmark-sahrel&on=2031-03-09&interest=the+ridge+is+ours";
    let taken = world.post(&party, "/position", form).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    SINCE.store(300, Ordering::Relaxed);
    let looked = world
        .post(&mediator, "/looked", &format!("seen={seen}"))
        .await;
    assert_eq!(looked.status, StatusCode::SEE_OTHER);
    let told = world.get(&mediator, "/?show=changed").await.body;
    assert_eq!(rows(&told).len(), 1, "{told}");
    // Nobody has looked at what is yet to come.
    let ahead = format!("seen={}", NOW / 1_000_000 + 9_000);
    world.post(&mediator, "/looked", &ahead).await;
    let form = form.replace("6.b", "9");
    SINCE.store(400, Ordering::Relaxed);
    let taken = world.post(&party, "/position", &form).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    let told = world.get(&mediator, "/?show=changed").await.body;
    // What was point 9 is point 11 by now; the one of before would stand above it.
    assert!(rows(&told)[0].contains("11"), "{told}");
    assert!(!rows(&told)[0].contains("6.b"), "{told}");
}
