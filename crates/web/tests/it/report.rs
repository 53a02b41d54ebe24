//! Pasting a report.

use axum::http::StatusCode;

use crate::support::World;

const REPORT: &str = "report=TAL+MIREL%2C+9+March+2031.+Samira+Tolan+said+on+Sunday+that+the+ridge+of+Torvik+belongs+to+Sahrel.+%22We+will+not+leave+it%2C%22+Tolan+said.&day=2031-03-09&room=public";

#[tokio::test]
async fn nothing_is_recorded_until_somebody_says_so_and_then_that_alone() {
    let world = World::of(|source| source);
    let party = world.sits("sahrel");
    let read = world
        .post(&party, "/statements/report", &format!("{REPORT}&read=yes"))
        .await;
    assert_eq!(read.status, StatusCode::OK, "{}", read.body);
    assert!(
        read.body.contains("name=\"put\" value=\"s0\""),
        "{}",
        read.body
    );
    assert!(
        read.body.contains("name=\"put\" value=\"s1\""),
        "{}",
        read.body
    );
    let before = world.get(&party, "/statements").await.body;
    assert!(!before.contains("We will not leave it"));
    let put = world
        .post(&party, "/statements/report", &format!("{REPORT}&put=s1"))
        .await;
    assert_eq!(put.status, StatusCode::OK, "{}", put.body);
    assert!(put.body.contains("on record now"), "{}", put.body);
    assert!(
        put.body.contains("name=\"put\" value=\"s0\"")
            && !put.body.contains("name=\"put\" value=\"s1\"")
    );
    let after = world.get(&party, "/statements").await.body;
    assert!(after.contains("We will not leave it"), "{after}");
    assert!(!after.contains("belongs to Sahrel"), "{after}");
}

#[tokio::test]
async fn what_is_put_right_is_recorded_and_twice_is_once() {
    let world = World::of(|source| source);
    let party = world.sits("sahrel");
    let form = format!("{REPORT}&put=s1&s1-place=Tal+Mirel+Palace&s1-medium=");
    for _ in 0..2 {
        let put = world.post(&party, "/statements/report", &form).await;
        assert_eq!(put.status, StatusCode::OK, "{}", put.body);
    }
    let page = world.get(&party, "/statements").await.body;
    assert!(page.contains("Tal Mirel Palace"), "{page}");
    assert_eq!(page.matches("We will not leave it").count(), 1, "{page}");
}

#[tokio::test]
async fn what_is_wrong_is_said_beside_it_and_nothing_is_lost() {
    let world = World::of(|source| source);
    let party = world.sits("sahrel");
    let form = format!("{REPORT}&put=s1&s1-by=nobody-here&s0-place=Irmal");
    let refused = world.post(&party, "/statements/report", &form).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for kept in ["nobody-here", "value=\"Irmal\"", "We will not leave it"] {
        assert!(refused.body.contains(kept), "{kept}: {}", refused.body);
    }
    let other = format!("{REPORT}&put=s1").replace("room=public", "room=helmark-karvonia");
    let refused = world.post(&party, "/statements/report", &other).await;
    assert_eq!(
        refused.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        refused.body
    );
}

const MEETING: &str = "report=TAL+MIREL%2C+9+March+2031.+Samira+Tolan+met+Anton+Reskin+in+Irmal+on+Saturday%2C+officials+said.+%22We+will+not+leave+it%2C%22+Tolan+said.&day=2031-03-09&room=public";

/// How many meetings stand in the list.
async fn meetings(world: &World, cookie: &str) -> usize {
    let page = world.get(cookie, "/meetings").await.body;
    page.matches("href=\"/meeting?id=").count()
}

#[tokio::test]
async fn what_was_put_right_and_recorded_is_not_offered_again_as_it_was_read() {
    let world = World::of(|source| source);
    let party = world.sits("sahrel");
    let before = meetings(&world, &party).await;
    let path = "/statements/report";
    let read = world
        .post(&party, path, &format!("{MEETING}&read=yes"))
        .await;
    assert!(
        read.body.contains("name=\"put\" value=\"m0\""),
        "{}",
        read.body
    );
    let right = "m0-place=Irmal+Valley&m0-participants=tolan";
    let put = world
        .post(&party, path, &format!("{MEETING}&{right}&put=m0"))
        .await;
    assert!(put.body.contains("on record now"), "{}", put.body);
    let one = meetings(&world, &party).await;
    assert_eq!(one, before + 1);
    // The same form once more records nothing.
    let again = world
        .post(&party, path, &format!("{MEETING}&{right}&put=m0"))
        .await;
    assert_eq!(again.status, StatusCode::OK, "{}", again.body);
    assert_eq!(meetings(&world, &party).await, one);
    assert!(!again.body.contains("name=\"put\" value=\"m0\""));
    // What was put right goes along with the form, so that the next one to be put does not bring it back as it was read.
    assert_eq!(
        crate::support::field(&put.body, "m0-place"),
        "Irmal Valley",
        "{}",
        put.body
    );
    let next = world
        .post(&party, path, &format!("{MEETING}&{right}&put=s0"))
        .await;
    assert!(next.body.contains("on record now"), "{}", next.body);
    assert!(
        !next.body.contains("name=\"put\" value=\"m0\""),
        "{}",
        next.body
    );
    // Words that were put right are recorded once, too.
    let words = format!("{REPORT}&s0-words=The+ridge+is+ours.&put=s0");
    for _ in 0..2 {
        let put = world.post(&party, path, &words).await;
        assert_eq!(put.status, StatusCode::OK, "{}", put.body);
    }
    let page = world.get(&party, "/statements").await.body;
    assert_eq!(page.matches("The ridge is ours.").count(), 1, "{page}");
}
