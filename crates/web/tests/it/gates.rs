//! Conditions for meetings and steps.

use axum::http::StatusCode;

use crate::support::World;

#[tokio::test]
async fn a_condition_has_reasons_and_is_set_aside_by_its_author_alone() {
    let world = World::of(|source| source);
    let (mediator, party) = (world.sits("helmark"), world.sits("sahrel"));
    let page = world.get(&party, "/gates").await.body;
    assert!(page.contains("meeting of the three leaders"), "{page}");
    assert!(!page.contains("trial run of the ferry"), "of another room");
    assert!(
        !page.contains("/gates/override"),
        "a party cannot set it aside"
    );
    let form =
        "form=gate-summit&gate=summit&reason=it+cannot+wait&by=vemmel&room=public&on=2031-03-08";
    let refused = world
        .post(&party, "/gates/override", &form.replace("vemmel", "elhan"))
        .await;
    assert_eq!(
        refused.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        refused.body
    );
    let told = world.post(&mediator, "/gates/override", form).await;
    assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.body);
    let page = world.get(&party, "/gates").await.body;
    assert!(page.contains("it cannot wait"), "{page}");
}
