//! People at their own seat: another password, and showing somebody out.

use axum::http::StatusCode;
use onetext_web::entrance::{NewLink, Purpose, Secret, Way};

use crate::support::{World, asked, with_token};

const BEFORE: &str = "four words and a river";

/// Somebody of a seat with a session, as the row and its cookie.
fn sits(
    world: &World,
    (seat, name): (&str, &str),
    (as_one, by): (Option<&str>, &str),
) -> (i64, String) {
    let entrance = world.bench.entrance();
    let made = entrance.make_person((name, BEFORE), (seat, as_one, by), World::seconds());
    let person = made.unwrap();
    (person, again(world, seat, person))
}

fn again(world: &World, seat: &str, person: i64) -> String {
    let entrance = world.bench.entrance();
    let begun = entrance.begin_session(
        (seat, Some(person)),
        (Way::Password, "a test"),
        World::seconds(),
    );
    format!("onetext-8474={}", begun.unwrap().reveal())
}

fn link(world: &World, (purpose, made_by): (Purpose, &str), person: Option<i64>) -> Secret {
    let link = NewLink {
        purpose,
        seat: "sahrel",
        made_by,
        speaks_as: None,
        person,
        made_from: None,
    };
    let made = world
        .bench
        .entrance()
        .make_link_for(&link, World::seconds(), 60);
    made.unwrap()
}

async fn is_in(world: &World, cookie: &str) -> bool {
    world.get(cookie, "/account").await.status == StatusCode::OK
}

async fn signs_in(world: &World, name: &str, password: &str) -> StatusCode {
    let form = format!("name={name}&password={}", password.replace(' ', "+"));
    world.post("", "/enter", &form).await.status
}

#[tokio::test]
async fn another_password_ends_what_the_one_before_opened() {
    let world = World::of(|source| source);
    let (vara, here) = sits(&world, ("sahrel", "Vara"), (None, "somebody"));
    let elsewhere = again(&world, "sahrel", vara);
    let (_, other) = sits(&world, ("sahrel", "Doru"), (None, "somebody"));
    let token = world.token_of("sahrel", vara, false);
    let half = link(&world, (Purpose::SecondFactor, "Vara"), Some(vara));
    let form = "password=four+words+and+a+river&new=five+words+and+a+bridge";

    for (form, why) in [
        (
            "password=four+words&new=five+words+and+a+bridge",
            "The password so far is another.",
        ),
        (
            "password=four+words+and+a+river&new=short",
            "A password needs at least",
        ),
    ] {
        let refused = world.post(&here, "/account/password/change", form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains(why), "{}", refused.body);
    }
    assert!(
        is_in(&world, &elsewhere).await,
        "what is refused ends nothing"
    );

    let changed = world.post(&here, "/account/password/change", form).await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.body);
    assert!(changed.body.contains("Your password is changed"));
    assert!(is_in(&world, &here).await);
    assert!(
        !is_in(&world, &elsewhere).await,
        "the session elsewhere ends"
    );
    assert!(is_in(&world, &other).await, "another person's does not");
    let waits = world.bench.entrance().look_at(&half, World::seconds());
    assert_eq!(waits.unwrap(), None, "a sign-in that waits for a code ends");
    let read = world
        .send(with_token("GET", "/api/v1/mark", &token, ""))
        .await;
    assert_eq!(read.status, StatusCode::OK, "tokens hold on");

    let visits = world.bench.entrance().visits("sahrel", 9).unwrap();
    let told = visits
        .iter()
        .filter(|visit| visit.way == "another password");
    let told: Vec<_> = told
        .map(|visit| (visit.name.as_str(), visit.let_in))
        .collect();
    assert_eq!(told, [("Vara", true), ("Vara", false)]);
    let page = world.get(&here, "/account").await.body;
    let refused = page
        .split("<tr>")
        .filter(|row| row.contains("another password"));
    let refused = refused.filter(|row| row.contains("<strong>refused</strong>"));
    assert_eq!(refused.count(), 1, "the log tells it");

    assert_eq!(
        signs_in(&world, "Vara", BEFORE).await,
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(
        signs_in(&world, "Vara", "five words and a bridge").await,
        StatusCode::SEE_OTHER
    );
}

#[tokio::test]
async fn who_sits_in_anothers_session_does_not_guess_the_password() {
    let world = World::of(|source| source);
    let (_, here) = sits(&world, ("sahrel", "Vara"), (None, "somebody"));
    let mut last = StatusCode::OK;
    for _ in 0..6 {
        let form = "password=another&new=five+words+and+a+bridge";
        last = world
            .post(&here, "/account/password/change", form)
            .await
            .status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    let right = "password=four+words+and+a+river&new=five+words+and+a+bridge";
    let late = world.post(&here, "/account/password/change", right).await;
    assert_eq!(late.status, StatusCode::TOO_MANY_REQUESTS);
    let nobody = world
        .post(&world.sits("sahrel"), "/account/password/change", right)
        .await;
    assert_eq!(
        nobody.status,
        StatusCode::NOT_FOUND,
        "a link from the terminal has no password"
    );
}

#[tokio::test]
async fn who_is_shown_out_is_out_at_once() {
    let world = World::of(|source| source);
    let (_, vara) = sits(&world, ("sahrel", "Vara"), (None, "somebody"));
    let (row, doru) = sits(&world, ("sahrel", "Doru"), (None, "Vara (sahrel)"));
    let token = world.token_of("sahrel", row, true);
    let invitation = link(&world, (Purpose::Invitation, "Doru (sahrel)"), None);
    let taken = link(&world, (Purpose::Invitation, "Doru (sahrel)"), None);
    let guest = world
        .post("", &format!("/link/{}", taken.reveal()), "look=yes")
        .await;
    let guest = guest.headers["set-cookie"].to_str().unwrap();
    let guest = guest.split(';').next().unwrap().to_owned();
    let own = link(&world, (Purpose::Invitation, "Vara (sahrel)"), None);
    assert!(
        world
            .get(&vara, "/account")
            .await
            .body
            .contains("Show \u{2068}Doru\u{2069} out now")
    );

    let gone = world.post(&vara, "/account/remove", "name=Doru").await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER, "{}", gone.body);
    assert!(!is_in(&world, &doru).await, "the session ends");
    let read = world
        .send(with_token("GET", "/api/v1/mark", &token, ""))
        .await;
    assert_eq!(read.status, StatusCode::UNAUTHORIZED, "the token ends");
    assert_eq!(
        signs_in(&world, "Doru", BEFORE).await,
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(
        world.get(&guest, "/").await.status,
        StatusCode::SEE_OTHER,
        "who was only looking around"
    );
    let entrance = world.bench.entrance();
    let seconds = World::seconds();
    assert_eq!(
        entrance.look_at(&invitation, seconds).unwrap(),
        None,
        "no way back in"
    );
    assert!(entrance.look_at(&own, seconds).unwrap().is_some());
    assert!(
        world
            .get(&vara, "/account")
            .await
            .body
            .contains("shown out by")
    );
    let twice = world.post(&vara, "/account/remove", "name=Doru").await;
    assert_eq!(twice.status, StatusCode::NOT_FOUND);

    // The name and the row are free again, and bring nothing back.
    let (_, new) = sits(&world, ("sahrel", "Doru"), (None, "Vara (sahrel)"));
    assert!(is_in(&world, &new).await);
    assert!(entrance.tokens_of("sahrel", seconds).unwrap().is_empty());
}

#[tokio::test]
async fn only_the_first_and_who_invited_show_somebody_out() {
    let world = World::of(|source| source);
    // Of a seat's people the first who may speak as any of it; who was invited as one person comes before and is not.
    let (_, tolan) = sits(&world, ("sahrel", "Tolan"), (Some("tolan"), "somebody"));
    let (_, vara) = sits(&world, ("sahrel", "Vara"), (None, "somebody"));
    let (_, doru) = sits(&world, ("sahrel", "Doru"), (None, "Vara (sahrel)"));
    let (_, ema) = sits(&world, ("sahrel", "Ema"), (None, "Doru (sahrel)"));
    let (_, other) = sits(&world, ("karvonia", "Reskin"), (None, "somebody"));
    sits(&world, ("sahrel", "Ivo"), (None, "somebody"));
    let no = StatusCode::NOT_FOUND;
    for (who, cookie, whom) in [
        ("who speaks as one person", &tolan, "Vara"),
        ("the invited", &doru, "Vara"),
        ("the invited", &doru, "Ivo"),
        ("the invited", &ema, "Doru"),
        ("oneself", &vara, "Vara"),
        ("another seat", &other, "Doru"),
        ("of another seat", &vara, "Reskin"),
        ("nobody", &vara, "Xx"),
    ] {
        let form = format!("name={whom}");
        let answer = world
            .send(asked("POST", "/account/remove", cookie, &form))
            .await;
        assert_eq!(answer.status, no, "{who}: {whom}");
        let page = world.get(cookie, "/account").await.body;
        assert!(
            !page.contains(&format!("Show \u{2068}{whom}\u{2069} out")),
            "{who}: {whom}"
        );
    }
    for (who, cookie, whom) in [
        ("who invited", &doru, "Ema"),
        ("the first", &vara, "Tolan"),
        ("the host's own hand", &world.sits("sahrel"), "Vara"),
    ] {
        let answer = world
            .post(cookie, "/account/remove", &format!("name={whom}"))
            .await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{who}: {whom}");
    }
    assert!(
        !is_in(&world, &ema).await && !is_in(&world, &tolan).await && !is_in(&world, &vara).await
    );
    // With the first gone the next is the first.
    let answer = world.post(&doru, "/account/remove", "name=Ivo").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert!(is_in(&world, &doru).await && is_in(&world, &other).await);
}
