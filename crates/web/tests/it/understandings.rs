//! Earlier understandings.

use axum::http::StatusCode;

use crate::support::World;

const SPIRIT: &str = "form=assess-quiet-talk&of=quiet-talk&tenet=ridge&draft=v3&points=6.b&grade=spirit&verdict=partly&note=in+a+way&by=helmark&room=helmark-sahrel&on=2031-03-08";

#[tokio::test]
async fn a_tenet_is_judged_against_a_draft_and_stands_in_the_matrix() {
    let world = World::of(|source| source);
    let mediator = world.sits("helmark");
    let before = world.get(&mediator, "/understandings").await.body;
    assert!(
        before.contains("nobody is driven from the ridge of Torvik"),
        "{before}"
    );
    assert!(!before.contains("in a way"));
    let told = world
        .post(&mediator, "/understandings/assess", SPIRIT)
        .await;
    assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.body);
    let after = world.get(&mediator, "/understandings").await.body;
    assert!(
        after.contains("in a way") && after.contains("met in part"),
        "{after}"
    );
}

#[tokio::test]
async fn a_draft_that_was_not_given_is_refused_and_not_told_of() {
    let world = World::of(|source| source);
    let party = world.sits("sahrel");
    let form = SPIRIT.replace("by=helmark", "by=sahrel");
    let refused = world.post(&party, "/understandings/assess", &form).await;
    assert_eq!(
        refused.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        refused.body
    );
    assert!(refused.body.contains("in a way"), "{}", refused.body);
    let other = world
        .get(&world.sits("karvonia"), "/understandings")
        .await
        .body;
    assert!(!other.contains("ridge of Torvik"));
}
