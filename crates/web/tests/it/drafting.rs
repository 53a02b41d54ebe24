//! From a proposal to a new draft in everybody's hands, and the acceptance that lapsed by it.

use axum::http::StatusCode;

use crate::support::{World, field};

const PROPOSES: &str = "subject=framework%239&draft=v3&sort=reword&wording=The+bridge+of+Brenik+is+opened+to+traffic+within+ninety+days.\
    &by=reskin&room=helmark-karvonia&on=2031-03-08&release=use&interest=the+harvest+comes+first";

/// The form that issues the draft which a page shows.
async fn issue(world: &World, mediator: &str) -> crate::support::Answer {
    let page = world.get(mediator, "/issue?text=framework").await.body;
    let seen = field(&page, "seen");
    let form = format!("text=framework&base=v3&id=v4&on=2031-03-09&seen={seen}");
    world.post(mediator, "/issue", &form).await
}

/// Work on point 9, with the words of Karvonia's proposal taken up; gives the page.
async fn take_up(world: &World, mediator: &str) -> String {
    let page = world.get(mediator, "/merge?text=framework&at=9").await.body;
    let take = page
        .split("value=\"take:")
        .nth(1)
        .expect("a proposal to take");
    let act = take.split('"').next().unwrap();
    let form = format!("text=framework&base=v3&at=9&wording=&do=take%3A{act}");
    let taken = world.post(mediator, "/merge", &form).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    world.get(mediator, "/merge?text=framework&at=9").await.body
}

#[tokio::test]
async fn from_a_proposal_to_a_draft_and_the_acceptance_that_lapses() {
    let world = World::of(|source| source);
    let (mediator, party, other) = (
        world.sits("helmark"),
        world.sits("karvonia"),
        world.sits("sahrel"),
    );
    let proposed = world.post(&party, "/proposal", PROPOSES).await;
    assert_eq!(proposed.status, StatusCode::SEE_OTHER, "{}", proposed.body);
    let point = world.get(&party, "/point?subject=framework%239").await.body;
    assert!(
        point.contains("<ins>") && point.contains("ninety"),
        "{point}"
    );

    let page = take_up(&world, &mediator).await;
    assert!(
        page.contains("ninety") && page.contains("the harvest comes first"),
        "{page}"
    );
    // What was kept comes back, and another seat's page knows nothing of it.
    assert!(page.contains("value=\"taken\" checked"), "{page}");
    let more = world.post(&mediator, "/merge", "text=framework&base=v3&at=1&wording=The+frontiers+of+both+are+confirmed.&handled=yes&after-label=1+bis.&after-wording=A+new+point.&do=next&next=2").await;
    assert_eq!(more.headers["location"], "/merge?text=framework&at=2");

    let before = world.get(&mediator, "/issue?text=framework").await.body;
    assert!(
        before.contains("class=\"lapses\"") && !before.contains("will lapse: \u{2068}0"),
        "{before}"
    );
    for whose in ["Karvonia", "Sahrel", "helmark-karvonia", "helmark-sahrel"] {
        let lapses = before
            .split("class=\"lapses\"")
            .nth(1)
            .unwrap()
            .split("</section>")
            .next()
            .unwrap();
        assert!(lapses.contains(whose), "{whose}: {lapses}");
    }
    assert_eq!(field(&before, "id"), "v4");
    let issued = issue(&world, &mediator).await;
    assert_eq!(issued.status, StatusCode::SEE_OTHER, "{}", issued.body);
    assert_eq!(issued.headers["location"], "/circulate?draft=v4");

    // Nobody has it yet; its preview is what comes of it.
    let early = world.get(&party, "/").await.body;
    assert!(early.contains("accepted") && !early.contains("/draft/v4"));
    let query = "draft=v4&to=karvonia+helmark-karvonia&to=sahrel+helmark-sahrel&channel=official&by=kelder&on=2031-03-09&place=";
    let preview = world
        .get(&mediator, &format!("/circulate?{query}&do=preview"))
        .await
        .body;
    assert!(
        preview.contains("As <bdi>Karvonia") || preview.contains("Karvonia"),
        "{preview}"
    );
    assert!(!preview.contains("would be refused"), "{preview}");
    let delivered = world.post(&mediator, "/circulate", query).await;
    assert_eq!(
        delivered.status,
        StatusCode::SEE_OTHER,
        "{}",
        delivered.body
    );

    for cookie in [&party, &mediator, &other] {
        let point = world.get(cookie, "/point?subject=framework%231").await.body;
        assert!(
            point.contains("What lapsed here") && point.contains("class=\"lapsed\""),
            "{point}"
        );
    }
    let state = world.get(&party, "/").await.body;
    assert!(
        state.contains("/draft/v4") && state.contains("lapsed"),
        "{state}"
    );

    let receipt = world
        .post(
            &party,
            "/acknowledge",
            "draft=v4&room=helmark-karvonia&on=2031-03-10",
        )
        .await;
    assert_eq!(receipt.status, StatusCode::SEE_OTHER, "{}", receipt.body);
    let shown = world.get(&mediator, "/circulate?draft=v4").await.body;
    assert!(shown.contains("✓ acknowledged"), "{shown}");
}

#[tokio::test]
async fn what_is_typed_is_kept_sealed_and_for_its_seat_alone() {
    let world = World::of(|source| source);
    let mediator = world.sits("helmark");
    let form = "text=framework&base=v3&at=9&wording=words+that+nobody+else+knows";
    let kept = world.post(&mediator, "/merge/keep", form).await;
    assert_eq!(kept.status, StatusCode::OK);
    assert!(
        kept.body.contains("<ins>") && kept.body.contains("Kept."),
        "{}",
        kept.body
    );
    let page = world
        .get(&mediator, "/merge?text=framework&at=9")
        .await
        .body;
    assert!(page.contains("words that nobody else knows"));
    let file = world.folder().join("drafting.db");
    let wal = world.folder().join("drafting.db-wal");
    for path in [file, wal] {
        let bytes = std::fs::read(&path).unwrap_or_default();
        let found = bytes
            .windows(11)
            .any(|part| part == b"nobody else" || part == b"framework\0\0");
        assert!(!found, "{}", path.display());
    }
    for seat in ["karvonia", "sahrel", "league"] {
        let cookie = world.sits(seat);
        let answer = world.get(&cookie, "/merge?text=framework&at=9").await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{seat}");
        let answer = world.post(&cookie, "/merge/keep", form).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{seat}");
    }
}

#[tokio::test]
async fn words_on_hold_keep_a_draft_from_being_given_and_a_release_lets_it() {
    let world = World::of(|source| source);
    let (mediator, party) = (world.sits("helmark"), world.sits("karvonia"));
    let held = PROPOSES.replace("&release=use", "");
    assert_eq!(
        world.post(&party, "/proposal", &held).await.status,
        StatusCode::SEE_OTHER
    );
    take_up(&world, &mediator).await;
    // It is told while it can still be worded otherwise.
    let before = world.get(&mediator, "/issue?text=framework").await.body;
    let told = before.split("To whom it could not be given").nth(1);
    let told = told
        .expect("it is told")
        .split("</section>")
        .next()
        .unwrap();
    assert!(
        told.contains("Sahrel") && told.contains("on hold"),
        "{told}"
    );
    assert!(
        !told.contains(">Karvonia<"),
        "its own room has the words: {told}"
    );
    let issued = issue(&world, &mediator).await;
    assert_eq!(issued.status, StatusCode::SEE_OTHER, "{}", issued.body);
    let query = "draft=v4&to=sahrel+helmark-sahrel&channel=official&by=olm&on=2031-03-09";
    let preview = world
        .get(&mediator, &format!("/circulate?{query}&do=preview"))
        .await
        .body;
    assert!(
        preview.contains("This delivery would be refused") && preview.contains("on hold"),
        "{preview}"
    );
    let refused = world.post(&mediator, "/circulate", query).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused
            .body
            .contains("value=\"sahrel helmark-sahrel\" checked"),
        "what was chosen is kept: {}",
        refused.body
    );

    let point = world.get(&party, "/point?subject=framework%239").await.body;
    let form = point
        .split("action=\"/release\"")
        .nth(1)
        .expect("a release");
    let release = format!(
        "subject=framework%239&room=helmark-karvonia&of={}",
        field(form, "of")
    );
    assert_eq!(
        world.post(&party, "/release", &release).await.status,
        StatusCode::SEE_OTHER
    );
    let delivered = world
        .post(&mediator, "/circulate", &query.replace("03-09", "03-10"))
        .await;
    assert_eq!(
        delivered.status,
        StatusCode::SEE_OTHER,
        "{}",
        delivered.body
    );
}

#[tokio::test]
async fn a_proposal_that_proposes_nothing_loses_nothing() {
    let world = World::of(|source| source);
    let party = world.sits("sahrel");
    let form = "subject=framework%236.b&draft=v2&sort=reword&wording=&by=tolan&room=helmark-sahrel&interest=keep+these+words&release=use";
    let refused = world.post(&party, "/proposal", form).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.body.contains("keep these words") && refused.body.contains("value=\"use\" checked")
    );
    let looked = world
        .post(
            &party,
            "/proposal",
            &format!(
                "{}&do=look",
                form.replace("wording=", "wording=Other+words.")
            ),
        )
        .await;
    assert_eq!(looked.status, StatusCode::OK);
    assert!(
        looked.body.contains("<ins>") && looked.body.contains("Other words."),
        "{}",
        looked.body
    );
    let foreign = form
        .replace("wording=", "wording=Other.")
        .replace("by=tolan", "by=karvonia");
    assert_eq!(
        world.post(&party, "/proposal", &foreign).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
}

#[tokio::test]
async fn a_draft_of_a_name_that_is_taken_is_refused_and_nothing_is_recorded() {
    let world = World::of(|source| source);
    let mediator = world.sits("helmark");
    for id in ["v3", "", "a%2Fb", "v4%00"] {
        let form = format!("text=framework&base=v3&id={id}&on=2031-03-09");
        let refused = world.post(&mediator, "/issue", &form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{id}");
    }
    let late = world
        .post(
            &mediator,
            "/issue",
            "text=framework&base=v2&id=v4&on=2031-03-09",
        )
        .await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        late.body.contains("Another draft has come"),
        "{}",
        late.body
    );
}
