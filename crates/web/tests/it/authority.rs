//! Who may speak for whom, and become whom.

use std::sync::atomic::{AtomicI64, Ordering};

use axum::body::Body;
use axum::http::{Request, StatusCode};
use onetext_web::entrance::Way;
use serde_json::json;

use crate::support::{HOST, NOW, World, code_of, cookie_of, link_of, with_token};

const NOTE: &str = "subject=framework%236.b&draft=v2&stance=object&type=substance&room=helmark-sahrel&interest=ours";

/// A session of a person, as its cookie.
fn sits_as(world: &World, seat: &str, person: i64) -> String {
    let entrance = world.bench.entrance();
    let at = (seat, Some(person));
    let begun = entrance.begin_session(at, (Way::Password, "a test"), World::seconds());
    format!("onetext-8474={}", begun.unwrap().reveal())
}

#[tokio::test]
async fn who_speaks_as_one_person_invites_as_that_person_alone() {
    let world = World::of(|source| source);
    for (seat, own, others) in [
        ("sahrel", "tolan", ["sahrel%23", "sahrel%23elhan"]),
        (
            "helmark",
            "kelder",
            ["helmark%23vemmel", "karvonia%23reskin"],
        ),
    ] {
        let person = world.person(seat, own, Some(own));
        let cookie = sits_as(&world, seat, person);
        for other in others {
            let form = format!("to={other}");
            let answer = world.post(&cookie, "/account/invite", &form).await;
            assert_eq!(
                answer.status,
                StatusCode::NOT_FOUND,
                "{own} invites {other}"
            );
        }
        let form = format!("to={seat}%23{own}&{SURE}");
        let answer = world.post(&cookie, "/account/invite", &form).await;
        assert_eq!(answer.status, StatusCode::OK);
        let page = world.get(&cookie, "/account").await.body;
        assert_eq!(page.matches("<option").count(), 1, "no other is offered");
    }
}

#[tokio::test]
async fn who_speaks_as_one_person_says_nothing_for_the_seat() {
    let world = World::of(|source| source);
    let expert = world.person("helmark", "An expert", Some("kelder"));
    let token = world.token_of("helmark", expert, true);
    for body in [
        json!({ "kind": "person", "id": "new", "name": "Somebody", "seat": "helmark", "level": "leader", "powers": ["sign"] }),
        json!({ "kind": "person", "id": "new", "name": "Somebody", "seat": "helmark", "level": "leader", "by": "kelder" }),
        json!({ "kind": "seat", "id": "another", "name": "Another" }),
        json!({ "kind": "room", "id": "helmark-league", "members": ["helmark", "league"] }),
        json!({ "kind": "text", "id": "another", "issuer": "helmark", "text_kind": "main" }),
        json!({ "kind": "draft", "id": "v4", "text": "framework", "file": "v4.md", "base": "v3",
                "files": { "v4.md": "1. The ferry runs again.\n" } }),
    ] {
        let request = with_token("POST", "/api/v1/acts", &token, &body.to_string());
        let answer = world.send(request).await;
        assert_eq!(
            answer.status,
            StatusCode::FORBIDDEN,
            "{body}: {}",
            answer.body
        );
        assert!(answer.body.contains("not-theirs"), "{}", answer.body);
    }
    let cookie = sits_as(&world, "helmark", expert);
    let page = world.get(&cookie, "/issue?text=framework").await.body;
    let seen = crate::support::field(&page, "seen");
    let form = format!("text=framework&base=v3&id=v4&on=2031-03-09&seen={seen}");
    let issued = world.post(&cookie, "/issue", &form).await;
    assert_eq!(
        issued.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        issued.status
    );
    let drafts = world.get(&cookie, "/draft/v4").await;
    assert_eq!(drafts.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_session_whose_person_is_gone_does_not_stand() {
    let world = World::of(|source| source);
    let person = world.person("sahrel", "Tolan", Some("tolan"));
    let cookie = sits_as(&world, "sahrel", person);
    let door = world.bench.entrance();
    let card = door.sessions_of("sahrel", World::seconds()).unwrap()[0]
        .card
        .clone();
    assert_eq!(world.get(&cookie, "/").await.status, StatusCode::OK);
    assert!(door.stands(&card, World::seconds()).unwrap());
    let file = rusqlite::Connection::open(world.folder().join("entrance.db")).unwrap();
    file.execute("DELETE FROM people WHERE id = ?1", [person])
        .unwrap();
    assert_eq!(world.get(&cookie, "/").await.status, StatusCode::SEE_OTHER);
    let answer = world
        .post(&cookie, "/position", &format!("{NOTE}&by=sahrel"))
        .await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert!(!door.stands(&card, World::seconds()).unwrap());
    assert!(
        door.sessions_of("sahrel", World::seconds())
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn what_goes_on_ends_when_its_session_goes_idle() {
    let world = World::of(|source| source);
    world.sits("sahrel");
    let (door, now) = (world.bench.entrance(), World::seconds());
    let card = door.sessions_of("sahrel", now).unwrap()[0].card.clone();
    assert!(door.stands(&card, now + 3 * 3600 - 1).unwrap());
    assert!(!door.stands(&card, now + 3 * 3600).unwrap());
}

#[tokio::test]
async fn the_language_is_changed_on_the_page_where_one_is() {
    let world = World::of(|source| source);
    let ask = |from: &str| {
        let request = Request::post("/language")
            .header("host", HOST)
            .header("origin", format!("http://{HOST}"))
            .header("referer", from)
            .header("content-type", "application/x-www-form-urlencoded");
        world.send(request.body(Body::from("language=uk")).unwrap())
    };
    for (from, to) in [
        (format!("http://{HOST}/enter?x=1"), "/enter?x=1"),
        (format!("https://{HOST}/enter"), "/"),
        ("http://elsewhere.example/enter".to_owned(), "/"),
    ] {
        assert_eq!(ask(&from).await.headers["location"], to, "{from}");
    }
}

const JOIN: &str = "password=four+words+and+a+river&name=";

#[tokio::test]
async fn who_holds_the_pen_invites_the_first_person_of_another_seat_and_no_more() {
    let world = World::of(|source| source);
    let astri = world.person("helmark", "Astri", None);
    let helmark = sits_as(&world, "helmark", astri);
    let mut links = Vec::new();
    for _ in 0..3 {
        let form = format!("to=karvonia%23&{SURE}");
        let made = world.post(&helmark, "/account/invite", &form).await;
        assert_eq!(made.status, StatusCode::OK);
        links.push(link_of(&made.body));
    }
    // One looks around, and one joins: from then on the seat invites its own, and no link from elsewhere holds.
    let guest = cookie_of(&world.post("", &links[0], "look=yes").await);
    assert_eq!(world.get(&guest, "/").await.status, StatusCode::OK);
    let first = world.post("", &links[1], &format!("{JOIN}Milena")).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.body);
    let milena = cookie_of(&first);
    assert_eq!(world.get("", &links[2]).await.status, StatusCode::GONE);
    for form in ["look=yes".to_owned(), format!("{JOIN}Astri+again")] {
        let late = world.post("", &links[2], &form).await;
        assert_eq!(late.status, StatusCode::GONE);
    }
    let guest_joins = world
        .post(&guest, "/account/password", &format!("{JOIN}Guest"))
        .await;
    assert_eq!(guest_joins.status, StatusCode::UNAUTHORIZED);
    let again = world
        .post(&helmark, "/account/invite", "to=karvonia%23")
        .await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
    let page = world.get(&helmark, "/account").await.body;
    assert!(!page.contains("value=\"karvonia#\"") && page.contains("value=\"sahrel#\""));
    let token = world.token_of("helmark", astri, true);
    let body = json!({ "seat": "karvonia" }).to_string();
    let answer = world
        .send(with_token(
            "POST",
            "/api/v1/account/invitations",
            &token,
            &body,
        ))
        .await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    // The seat itself goes on, and sees what was done from outside.
    let form = format!("to=karvonia%23&{SURE}");
    let own = world.post(&milena, "/account/invite", &form).await;
    assert_eq!(own.status, StatusCode::OK);
    let page = own.body;
    assert!(page.contains("from outside this seat"), "{page}");
    assert_eq!(
        page.matches(": made by").count(),
        3,
        "each that was made at Helmark"
    );
    assert!(page.contains("Astri (helmark)"));
    let joined = world
        .post("", &link_of(&page), &format!("{JOIN}Anton"))
        .await;
    assert_eq!(joined.status, StatusCode::SEE_OTHER);
    let people = world.bench.entrance().people_of("karvonia").unwrap();
    let from: Vec<_> = people
        .iter()
        .map(|person| (person.name.as_str(), person.invited_from.as_deref()))
        .collect();
    assert_eq!(from, [("Anton", None), ("Milena", Some("helmark"))]);
}

#[tokio::test]
async fn a_session_alone_makes_nothing_that_outlasts_it() {
    let world = World::of(|source| source);
    let vara = world.person("sahrel", "Vara", None);
    world.person("sahrel", "Another", None);
    let (cookie, elsewhere) = (
        sits_as(&world, "sahrel", vara),
        sits_as(&world, "sahrel", vara),
    );
    let token = "name=a+token&acts=yes&days=30";
    let wrong = "password=another+password+of+mine";
    let right = "password=four+words+and+a+river";
    for (path, form) in [
        ("/account/tokens", token.to_owned()),
        ("/account/tokens", format!("{token}&{wrong}")),
        ("/account/second/begin", String::new()),
        ("/account/second/begin", wrong.to_owned()),
    ] {
        let answer = world.post(&cookie, path, &form).await;
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{path} {form}"
        );
        assert!(path != "/account/tokens" || answer.body.contains("value=\"a token\""));
    }
    let door = world.bench.entrance();
    assert!(
        door.tokens_of("sahrel", World::seconds())
            .unwrap()
            .is_empty()
    );
    let page = world.get(&cookie, "/account/keys").await.body;
    assert!(!page.contains("otpauth:"), "nothing was begun");
    let refused: Vec<_> = door.visits("sahrel", 9).unwrap();
    assert!(
        refused
            .iter()
            .all(|visit| visit.name == "Vara" && !visit.let_in)
    );
    assert_eq!(refused.len(), 4);
    let made = world
        .post(&cookie, "/account/tokens", &format!("{token}&{right}"))
        .await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.body);
    assert!(made.body.contains("onetext_"));
    let begun = world.post(&cookie, "/account/second/begin", right).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER);

    // A second factor ends what the password alone had opened, and from then on a code is asked for in its place.
    let page = world.get(&cookie, "/account/keys").await.body;
    let code = code_of(secret_of(&page), World::seconds());
    let on = world
        .post(&cookie, "/account/second/on", &format!("code={code}"))
        .await;
    assert_eq!(on.status, StatusCode::OK);
    assert_eq!(world.get(&cookie, "/").await.status, StatusCode::OK);
    assert_eq!(
        world.get(&elsewhere, "/").await.status,
        StatusCode::SEE_OTHER
    );
    let paper = on.body.split("<li><code dir=\"ltr\">").nth(1).unwrap();
    let paper = paper.split('<').next().unwrap().to_owned();
    let answer = world
        .post(&cookie, "/account/tokens", &format!("{token}&{right}"))
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    // The one that failed fell to the limit: five on a name.
    let late = world
        .post(&cookie, "/account/tokens", &format!("{token}&code={paper}"))
        .await;
    assert_eq!(late.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(door.recoveries(vara).unwrap(), 10, "the code was not spent");
}

#[tokio::test]
async fn who_speaks_as_one_person_takes_nothing_back_that_another_said() {
    let world = World::of(|source| source);
    let person = world.person("sahrel", "as tolan", Some("tolan"));
    let token = world.token_of("sahrel", person, true);
    for (kind, of) in [
        ("withdraw", "sahrel-accepts"),
        ("release", "sahrel-accepts"),
        ("withdraw", "sahrel-minister-on-plaque"),
    ] {
        let act = format!(
            r#"{{"kind": "{kind}", "room": "helmark-sahrel", "by": "tolan", "of": "{of}", "on": "2031-03-09"}}"#
        );
        let answer = world
            .send(with_token("POST", "/api/v1/acts", &token, &act))
            .await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", answer.body);
        assert!(answer.body.contains("not-theirs"), "{}", answer.body);
    }
}

/// The secret of a second factor that a page shows.
fn secret_of(page: &str) -> &str {
    let from = page.split("secret=").nth(1).unwrap();
    from.split('&').next().unwrap()
}

#[tokio::test]
async fn a_second_factor_that_was_begun_is_turned_on_there_and_within_ten_minutes() {
    static CLOCK: AtomicI64 = AtomicI64::new(NOW);
    let world = World::by(|source| source, || CLOCK.load(Ordering::Relaxed));
    let vara = world.person("sahrel", "Vara", None);
    let here = sits_as(&world, "sahrel", vara);
    let elsewhere = sits_as(&world, "sahrel", vara);
    let sure = "password=four+words+and+a+river";
    let begun = world.post(&here, "/account/second/begin", sure).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER);
    let page = world.get(&here, "/account/keys").await.body;
    let secret = secret_of(&page);
    let form = format!("code={}", code_of(secret, World::seconds()));

    // Another session of the person neither sees what was begun nor turns it on.
    let other = world.get(&elsewhere, "/account/keys").await.body;
    assert!(!other.contains(secret), "{other}");
    let on = world.post(&elsewhere, "/account/second/on", &form).await;
    assert_eq!(on.status, StatusCode::UNPROCESSABLE_ENTITY);

    // It ends.
    CLOCK.store(NOW + 600 * 1_000_000, Ordering::Relaxed);
    let later = World::seconds() + 600;
    let page = world.get(&here, "/account/keys").await.body;
    assert!(!page.contains(secret), "{page}");
    let late = format!("code={}", code_of(secret, later));
    let on = world.post(&here, "/account/second/on", &late).await;
    assert_eq!(on.status, StatusCode::UNPROCESSABLE_ENTITY);

    // Another password ends it, too: who knew the one before may have begun it.
    world.post(&here, "/account/second/begin", sure).await;
    let page = world.get(&here, "/account/keys").await.body;
    let secret = secret_of(&page);
    let form = format!("{sure}&new=five+words+and+a+bridge");
    let changed = world.post(&here, "/account/password/change", &form).await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.body);
    assert!(!changed.body.contains(secret));
    let code = format!("code={}", code_of(secret, later));
    let on = world.post(&here, "/account/second/on", &code).await;
    assert_eq!(on.status, StatusCode::UNPROCESSABLE_ENTITY);

    // Begun here and turned on here, it is on.
    let sure = "password=five+words+and+a+bridge";
    world.post(&here, "/account/second/begin", sure).await;
    let page = world.get(&here, "/account/keys").await.body;
    let code = format!("code={}", code_of(secret_of(&page), later));
    let on = world.post(&here, "/account/second/on", &code).await;
    assert_eq!(on.status, StatusCode::OK, "{}", on.body);
}

const SURE: &str = "password=four+words+and+a+river";

#[tokio::test]
async fn a_session_or_a_token_alone_invites_nobody_to_its_own_seat() {
    let world = World::of(|source| source);
    let vara = world.person("sahrel", "Vara", None);
    let cookie = sits_as(&world, "sahrel", vara);
    let page = world.get(&cookie, "/account").await.body;
    assert!(page.contains("name=\"password\""), "{page}");
    for form in [
        "to=sahrel%23tolan".to_owned(),
        "to=sahrel%23tolan&password=another+password+of+mine".to_owned(),
    ] {
        let refused = world.post(&cookie, "/account/invite", &form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("This is not your password"));
        assert!(!refused.body.contains("/link/"), "{}", refused.body);
        assert!(
            refused.body.contains("value=\"sahrel#tolan\" selected"),
            "whom was chosen is kept: {}",
            refused.body
        );
    }
    let form = format!("to=sahrel%23tolan&{SURE}");
    let made = world.post(&cookie, "/account/invite", &form).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.body);
    assert!(made.body.contains("/link/"));
    // Who sits there by a link from the terminal has no password: it is the host's own hand.
    let host = world.sits("sahrel");
    let made = world.post(&host, "/account/invite", "to=sahrel%23").await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.body);

    let token = world.token_of("sahrel", vara, true);
    for body in [
        json!({ "seat": "sahrel" }),
        json!({ "seat": "sahrel", "speaks_as": "tolan" }),
    ] {
        let answer = world
            .send(with_token(
                "POST",
                "/api/v1/account/invitations",
                &token,
                &body.to_string(),
            ))
            .await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{body}");
        assert!(
            answer.body.contains("not-by-token") && !answer.body.contains("/link/"),
            "{}",
            answer.body
        );
    }
    let pen = world.token("helmark", true);
    let body = json!({ "seat": "karvonia" }).to_string();
    let answer = world
        .send(with_token(
            "POST",
            "/api/v1/account/invitations",
            &pen,
            &body,
        ))
        .await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
}

#[tokio::test]
async fn an_invitation_that_nobody_took_is_taken_back_by_the_seat_that_made_it() {
    let world = World::of(|source| source);
    let (host, other) = (world.sits("helmark"), world.sits("sahrel"));
    let mut links = Vec::new();
    for to in ["helmark%23", "helmark%23vemmel", "karvonia%23"] {
        let form = format!("to={to}");
        let made = world.post(&host, "/account/invite", &form).await;
        links.push(link_of(&made.body));
    }
    let page = world.get(&host, "/account").await.body;
    let cards = |page: &str| -> Vec<String> {
        let forms = page.split("action=\"/account/invite/back\"").skip(1);
        forms
            .map(|form| crate::support::field(form, "card"))
            .collect()
    };
    let listed = cards(&page);
    assert_eq!(listed.len(), 3, "{page}");
    let seen = world.get(&other, "/account").await.body;
    assert!(cards(&seen).is_empty(), "of another seat nothing is told");
    // The latest stands first.
    let form = format!("card={}", listed[2]);
    let foreign = world.post(&other, "/account/invite/back", &form).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    assert_eq!(world.get("", &links[0]).await.status, StatusCode::OK);
    let back = world.post(&host, "/account/invite/back", &form).await;
    assert_eq!(back.status, StatusCode::SEE_OTHER, "{}", back.body);
    assert_eq!(world.get("", &links[0]).await.status, StatusCode::GONE);
    let twice = world.post(&host, "/account/invite/back", &form).await;
    assert_eq!(twice.status, StatusCode::NOT_FOUND);
    // What was taken is not listed any more.
    let joined = world.post("", &links[1], &format!("{JOIN}Astri")).await;
    assert_eq!(joined.status, StatusCode::SEE_OTHER, "{}", joined.body);
    let page = world.get(&host, "/account").await.body;
    assert_eq!(cards(&page), [listed[0].clone()], "{page}");
}
