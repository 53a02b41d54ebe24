//! The merge screen keeps what is typed, and never over what somebody else kept; what is issued is what was shown.

use axum::http::StatusCode;

use crate::support::{World, field};

const PROPOSES: &str = "subject=framework%239&draft=v3&sort=reword&wording=The+bridge+of+Brenik+is+opened+to+traffic+within+ninety+days.\
    &by=reskin&room=helmark-karvonia&on=2031-03-08&release=use";

const AT_9: &str = "/merge?text=framework&at=9";

async fn version(world: &World, seat: &str) -> String {
    field(&world.get(seat, AT_9).await.body, "version")
}

fn typed(words: &str, version: &str) -> String {
    format!("text=framework&base=v3&at=9&wording={words}&version={version}&do=save")
}

#[tokio::test]
async fn a_form_that_was_opened_earlier_erases_nothing() {
    let world = World::of(|source| source);
    let (one, other) = (world.sits("helmark"), world.sits("helmark"));
    let first = version(&world, &one).await;
    let kept = world
        .post(&one, "/merge", &typed("their+words", &first))
        .await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    // Words, and the printed ones, which would leave nothing.
    for words in ["other+words+of+mine", ""] {
        let refused = world.post(&other, "/merge", &typed(words, &first)).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{words}");
        assert!(refused.body.contains("their words"), "{}", refused.body);
        assert!(refused.body.contains(&words.replace('+', " ")));
        let page = world.get(&one, AT_9).await.body;
        assert!(page.contains("their words"), "{page}");
    }
    let refused = world.post(&other, "/merge", &typed("mine", &first)).await;
    let shown = field(&refused.body, "version");
    let taken = world.post(&other, "/merge", &typed("mine", &shown)).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    let drop = format!("text=framework&base=v3&at=9&version={first}&do=drop");
    let dropped = world.post(&one, "/merge", &drop).await;
    assert_eq!(dropped.status, StatusCode::CONFLICT, "{}", dropped.body);
}

#[tokio::test]
async fn an_answer_is_not_erased_either() {
    let world = World::of(|source| source);
    let (one, party) = (world.sits("helmark"), world.sits("karvonia"));
    assert_eq!(
        world.post(&party, "/proposal", PROPOSES).await.status,
        StatusCode::SEE_OTHER
    );
    let page = world.get(&one, AT_9).await.body;
    let act = page
        .split("value=\"take:")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let form = |version: &str, reason: &str| {
        typed("", version) + &format!("&answer%3A{act}=deferred&reason%3A{act}={reason}")
    };
    let first = field(&page, "version");
    let kept = world
        .post(&one, "/merge", &form(&first, "a+reason+to+keep"))
        .await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    let none = typed("", &first) + &format!("&answer%3A{act}=&reason%3A{act}=");
    let refused = world.post(&one, "/merge", &none).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    let page = world.get(&one, AT_9).await.body;
    assert!(page.contains("a reason to keep"), "{page}");
}

#[tokio::test]
async fn of_one_page_the_last_thing_typed_is_kept_in_whatever_order_it_comes() {
    let world = World::of(|source| source);
    let (one, other) = (world.sits("helmark"), world.sits("helmark"));
    let first = version(&world, &one).await;
    let follow =
        |words: &str, count: u32| typed(words, &first) + &format!("&page=p1&count={count}");
    for (words, count) in [("first", 1), ("third", 3), ("second", 2)] {
        let kept = world.post(&one, "/merge/keep", &follow(words, count)).await;
        assert_eq!(kept.status, StatusCode::OK, "{words}");
    }
    let page = world.get(&one, AT_9).await.body;
    assert!(page.contains(">third</textarea>"), "{page}");
    // A colleague comes between: the page that goes on typing is told, and nothing is written over.
    let now = version(&world, &other).await;
    let kept = world.post(&other, "/merge", &typed("theirs", &now)).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER);
    let told = world.post(&one, "/merge/keep", &follow("fourth", 4)).await;
    assert_eq!(told.status, StatusCode::CONFLICT);
    assert!(told.body.contains("theirs"), "{}", told.body);
    let page = world.get(&one, AT_9).await.body;
    assert!(page.contains(">theirs</textarea>"), "{page}");
}

#[tokio::test]
async fn what_is_issued_is_what_was_shown() {
    let world = World::of(|source| source);
    let (one, other, party) = (
        world.sits("helmark"),
        world.sits("helmark"),
        world.sits("karvonia"),
    );
    let words = "The+bridge+is+opened+within+a+year.";
    assert_eq!(
        world.post(&one, "/merge", &typed(words, "")).await.status,
        StatusCode::SEE_OTHER
    );
    let seen = field(&world.get(&one, "/issue?text=framework").await.body, "seen");
    let issue = |seen: &str| format!("text=framework&base=v3&id=v4&on=2031-03-09&seen={seen}");
    // The words.
    let now = version(&world, &other).await;
    let kept = world
        .post(&other, "/merge", &typed("Quite+other+words.", &now))
        .await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    let again = world.post(&one, "/issue", &issue(&seen)).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(
        again.body.contains("The words of the draft") && again.body.contains("Quite"),
        "{}",
        again.body
    );
    assert!(!again.body.contains("Which acceptances"), "{}", again.body);
    // What lapses.
    let seen = field(&again.body, "seen");
    let objects = "subject=framework%239&draft=v3&stance=object&type=substance&by=reskin&room=helmark-karvonia&on=2031-03-08";
    let objected = world.post(&party, "/position", objects).await;
    assert_eq!(objected.status, StatusCode::SEE_OTHER, "{}", objected.body);
    let again = world.post(&one, "/issue", &issue(&seen)).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.body.contains("Which acceptances"), "{}", again.body);
    assert!(
        !again.body.contains("The words of the draft"),
        "{}",
        again.body
    );
    let none = world.get(&one, "/circulate?draft=v4").await;
    assert_eq!(none.status, StatusCode::NOT_FOUND, "nothing was issued");
    let issued = world
        .post(&one, "/issue", &issue(&field(&again.body, "seen")))
        .await;
    assert_eq!(issued.status, StatusCode::SEE_OTHER, "{}", issued.body);
    // It is set aside: nothing is issued from it a second time.
    let page = world.get(&one, "/issue?text=framework").await.body;
    assert!(
        page.contains("was issued from this work")
            && !page.contains("class=\"main\" type=\"submit\""),
        "{page}"
    );
    let twice = issue(&field(&page, "seen")).replace("id=v4", "id=v5");
    let twice = world.post(&one, "/issue", &twice).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn work_that_was_left_on_an_earlier_draft_is_there_and_is_carried_over() {
    let world = World::of(|source| source);
    let mediator = world.sits("helmark");
    assert_eq!(
        world
            .post(&mediator, "/merge", &typed("The+bridge+opens.", ""))
            .await
            .status,
        StatusCode::SEE_OTHER
    );
    let page = world.get(&mediator, "/issue?text=framework").await.body;
    let issue = format!(
        "text=framework&base=v3&id=v4&on=2031-03-09&seen={}",
        field(&page, "seen")
    );
    let issued = world.post(&mediator, "/issue", &issue).await;
    assert_eq!(issued.status, StatusCode::SEE_OTHER, "{}", issued.body);
    // A page that was opened before keeps its words, on the draft that it is of.
    let opened = world
        .get(&mediator, "/merge?text=framework&at=1")
        .await
        .body;
    assert!(opened.contains("was issued from this work"), "{opened}");
    let late = format!(
        "text=framework&base=v3&at=1&wording=words+that+came+late&version={}",
        field(&opened, "version")
    );
    let given = "draft=v4&to=karvonia+helmark-karvonia&channel=official&by=kelder&on=2031-03-09";
    assert_eq!(
        world.post(&mediator, "/circulate", given).await.status,
        StatusCode::SEE_OTHER
    );
    let kept = world.post(&mediator, "/merge", &late).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    assert_eq!(
        kept.headers["location"],
        "/merge?text=framework&base=v3&at=1"
    );

    let page = world.get(&mediator, "/merge?text=framework").await.body;
    assert!(page.contains("/merge?text=framework&amp;base=v3"), "{page}");
    let earlier = world
        .get(&mediator, "/merge?text=framework&base=v3")
        .await
        .body;
    assert!(
        earlier.contains("came") && earlier.contains("value=\"carry\""),
        "{earlier}"
    );
    assert!(!earlier.contains("<textarea"), "it is only read: {earlier}");
    let carried = world
        .post(&mediator, "/merge", "text=framework&base=v3&do=carry")
        .await;
    assert_eq!(carried.status, StatusCode::SEE_OTHER, "{}", carried.body);
    let page = world
        .get(&mediator, "/merge?text=framework&at=1")
        .await
        .body;
    assert!(page.contains(">words that came late</textarea>"), "{page}");
    assert!(!page.contains("base=v3"), "nothing is left there: {page}");
    // What the new draft says already is not done again.
    let page = world.get(&mediator, AT_9).await.body;
    assert!(page.contains("The words stay as they are"), "{page}");
    for seat in ["karvonia", "sahrel"] {
        let answer = world
            .get(&world.sits(seat), "/merge?text=framework&base=v3")
            .await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{seat}");
    }
}

#[tokio::test]
async fn words_about_what_is_gone_are_taken_after_a_provision_of_ones_choice() {
    let world = World::of(|source| source);
    let (mediator, party) = (world.sits("helmark"), world.sits("karvonia"));
    assert_eq!(
        world.post(&party, "/proposal", PROPOSES).await.status,
        StatusCode::SEE_OTHER
    );
    let gone = "text=framework&base=v3&at=9&gone=yes&do=save";
    assert_eq!(
        world.post(&mediator, "/merge", gone).await.status,
        StatusCode::SEE_OTHER
    );
    let page = world.get(&mediator, "/issue?text=framework").await.body;
    let issue = format!(
        "text=framework&base=v3&id=v4&on=2031-03-09&seen={}",
        field(&page, "seen")
    );
    assert_eq!(
        world.post(&mediator, "/issue", &issue).await.status,
        StatusCode::SEE_OTHER
    );
    let given = "draft=v4&to=karvonia+helmark-karvonia&channel=official&by=kelder&on=2031-03-09";
    assert_eq!(
        world.post(&mediator, "/circulate", given).await.status,
        StatusCode::SEE_OTHER
    );
    let whole = world
        .get(&mediator, "/merge?text=framework&at=whole")
        .await
        .body;
    let piece = whole.split("ninety").next().unwrap();
    assert!(piece.len() < whole.len(), "the proposal is shown: {whole}");
    assert!(!whole.contains("value=\"take:"), "{whole}");
    let act = whole
        .split("value=\"insert:")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    // Asked for all the same, it is not said to be reflected.
    let asked = format!("text=framework&base=v4&at=&do=take%3A{act}");
    assert_eq!(
        world.post(&mediator, "/merge", &asked).await.status,
        StatusCode::SEE_OTHER
    );
    let page = world
        .get(&mediator, "/merge?text=framework&at=whole")
        .await
        .body;
    assert!(!page.contains("value=\"taken\" checked"), "{page}");
    let insert = format!("text=framework&base=v4&at=&place%3A{act}=8&do=insert%3A{act}");
    let put = world.post(&mediator, "/merge", &insert).await;
    assert_eq!(
        put.headers["location"], "/merge?text=framework&at=8",
        "{}",
        put.body
    );
    let page = world
        .get(&mediator, "/merge?text=framework&at=8")
        .await
        .body;
    assert!(page.contains("within ninety days."), "{page}");
}
