//! Law 2 on every route: two records that differ only in a room of others give the same bytes.

use std::time::Duration;

use axum::http::StatusCode;
use futures_util::StreamExt as _;
use onetext_web::routes::table;

use crate::around;
use crate::support::{World, asked, with_token};

/// What is asked of a route. A route that is not here fails.
fn requests(method: &str, path: &str) -> Vec<(String, &'static str)> {
    let one = |path: &str| vec![(path.to_owned(), "")];
    match (method, path) {
        ("GET", "/enter" | "/first" | "/account" | "/account/keys" | "/account/password") => {
            one(path)
        }
        ("POST", "/enter/code" | "/account/password") => {
            vec![(path.to_owned(), "ticket=none&code=1&name=a&password=b")]
        }
        ("POST", "/account/second/begin" | "/account/second/on" | "/account/second/off") => {
            vec![(path.to_owned(), "code=000000")]
        }
        ("POST", "/account/password/change") => vec![(path.to_owned(), "password=a&new=b")],
        ("POST", "/account/remove") => ["name=Reskin", "name=karvonia+true", "name=none"]
            .map(|form| (path.to_owned(), form))
            .to_vec(),
        ("POST", "/letters") => ["letters=off", "letters=none"]
            .map(|form| (path.to_owned(), form))
            .to_vec(),
        ("POST", "/account/tokens" | "/account/tokens/revoke") => {
            vec![(path.to_owned(), "name=a&days=1&card=none")]
        }
        ("GET", "/healthz" | "/metrics") => one(path),
        (_, path) if path.starts_with("/api/") => of_api(method, path),
        ("POST", "/enter" | "/first") => vec![(path.to_owned(), "name=a&password=b&code=c")],
        ("GET" | "POST", "/link/{secret}") => one("/link/none"),
        ("POST", "/language") => vec![
            (path.to_owned(), "language=uk"),
            (path.to_owned(), "language=xx"),
        ],
        ("GET", "/assets/{file}") => one("/assets/live.js"),
        ("GET", "/") => [
            "/",
            "/?at=2031-02-12",
            "/?show=open",
            "/?show=changed",
            "/?show=substance",
            "/?at=2031-02-10&show=level",
            "/?show=mine&page=9",
            "/?at=none",
        ]
        .map(|path| (path.to_owned(), ""))
        .to_vec(),
        ("GET", "/draft/{id}") => [
            "v1",
            "v2",
            "v3",
            "sa1",
            "th1",
            "paper-from-the-market",
            "v9",
        ]
        .map(|id| (format!("/draft/{id}"), ""))
        .to_vec(),
        ("GET", "/redline/{old}/{new}") => {
            [("v1", "v2"), ("v2", "v3"), ("sa1", "v2"), ("v9", "v2")]
                .map(|(old, new)| (format!("/redline/{old}/{new}"), ""))
                .to_vec()
        }
        ("GET", "/redline") => one("/redline?old=v1&new=v2"),
        ("GET", "/point" | "/position") => [
            "framework%236.b",
            "framework%2399",
            "assurances%231",
            "none",
        ]
        .map(|subject| (format!("{path}?subject={subject}"), ""))
        .to_vec(),
        ("POST", "/position") => [
            "subject=framework%239&draft=v2&stance=accept&by=karvonia&room=helmark-karvonia",
            "subject=framework%239&draft=v2&stance=accept&by=sahrel&room=helmark-sahrel",
            "subject=framework%239&draft=v8&stance=propose&by=league&room=plenary",
            "subject=framework%239&draft=v2&stance=accept&by=karvonia&room=helmark-karvonia&seen=v3",
            "subject=framework%239&draft=v2&stance=accept&by=karvonia&room=helmark-karvonia&do=newer%3A9",
        ]
        .map(|form| (path.to_owned(), form))
        .to_vec(),
        ("GET", "/proposal") => ["framework%236.b", "framework%2399", "assurances%231", "none"]
            .map(|subject| (format!("{path}?subject={subject}"), ""))
            .to_vec(),
        ("POST", "/proposal" | "/proposal/preview") => vec![
            (path.to_owned(), "subject=framework%239&draft=v2&sort=reword&wording=a&do=look"),
            (path.to_owned(), "subject=framework%239&draft=v2&sort=reword&wording=a&by=sahrel&room=helmark-sahrel"),
            (path.to_owned(), "subject=framework%239&draft=v2&sort=insert&wording=a&by=karvonia&room=helmark-karvonia&release=use"),
            (path.to_owned(), "subject=framework%239&draft=v2&sort=insert&wording=a&by=karvonia&room=helmark-karvonia&release=use&seen=v3"),
        ],
        ("POST", "/release") => [
            "subject=framework%2312&of=sahrel-harvest&room=helmark-sahrel",
            "subject=framework%234&of=karvonia-garrison&room=helmark-karvonia",
            "subject=none&of=none&room=plenary",
        ]
        .map(|form| (path.to_owned(), form))
        .to_vec(),
        ("GET", "/merge" | "/issue") => ["", "?text=framework", "?text=thoughts&at=1", "?text=framework&at=6.b", "?text=framework&base=v2", "?text=thoughts&base=th1"]
            .map(|query| (format!("{path}{query}"), ""))
            .to_vec(),
        ("POST", "/merge" | "/merge/keep") => [
            "text=thoughts&base=th1&at=1&wording=other+words&do=save",
            "text=thoughts&base=th1&at=1&wording=older+words&do=save",
            "text=thoughts&base=th1&do=carry",
            "text=framework&base=v3&at=6.b&wording=other+words",
        ]
        .map(|form| (path.to_owned(), form))
        .to_vec(),
        ("POST", "/issue") => [
            "text=thoughts&base=th1&id=th2&on=2031-03-09",
            "text=framework&base=v3&id=v4&on=2031-03-09",
        ]
        .map(|form| (path.to_owned(), form))
        .to_vec(),
        ("GET", "/circulate") => [
            "",
            "?draft=th1",
            "?draft=v2",
            "?draft=th1&to=helmark+helmark-sahrel&channel=official&by=sahrel&on=2031-03-09&do=preview",
            "?draft=th1&room=plenary&room=public&channel=official&by=sahrel&on=2031-03-09&do=preview",
            "?draft=th1&to=karvonia+plenary&channel=official&by=sahrel&on=2031-03-09&do=preview",
        ]
        .map(|query| (format!("{path}{query}"), ""))
        .to_vec(),
        ("POST", "/circulate") => [
            "draft=th1&to=helmark+helmark-sahrel&channel=official&by=sahrel&on=2031-03-09",
            "draft=v3&to=sahrel+helmark-sahrel&channel=official&by=karvonia&on=2031-03-09",
        ]
        .map(|form| (path.to_owned(), form))
        .to_vec(),
        ("POST", "/acknowledge") => ["draft=v2&room=helmark-sahrel", "draft=v3&room=helmark-karvonia"]
            .map(|form| (path.to_owned(), form))
            .to_vec(),
        ("POST", "/account/invite" | "/account/invite/back" | "/account/end") => vec![(path.to_owned(), "card=none")],
        ("POST", "/leave") | ("GET", "/live") => one(path),
        _ => {
            if let Some(asked) = around::requests(method, path) {
                asked
            } else {
                panic!(
                    "{method} {path}: say here what is asked of this route, so that it is held to law 2"
                )
            }
        }
    }
}

/// The same below the API.
fn of_api(method: &str, path: &str) -> Vec<(String, &'static str)> {
    let all = |queries: &[&str]| -> Vec<(String, &'static str)> {
        let paths = queries.iter().map(|query| format!("{path}?{query}"));
        paths.map(|path| (path, "")).collect()
    };
    let ids = |ids: &[&str]| -> Vec<(String, &'static str)> {
        let (base, _) = path.split_once('{').unwrap();
        ids.iter().map(|id| (format!("{base}{id}"), "")).collect()
    };
    match (method, path.strip_prefix("/api/v1").unwrap_or(path)) {
        ("GET", "/api/openapi.json" | "/drafts" | "/rooms" | "/mark" | "/account") => {
            vec![(path.to_owned(), "")]
        }
        ("GET", "/status" | "/packages") => all(&["", "at=2031-02-12", "at=none"]),
        ("GET", "/why") => all(&[
            "subject=framework%236.b",
            "subject=framework%239",
            "subject=sahrel",
            "subject=none",
        ]),
        ("GET", "/drafts/{id}") => ids(&["v1", "v3", "sa1", "th1", "v9"]),
        ("GET", "/redline") => all(&["old=v1&new=v2", "old=sa1&new=v2", "old=v9&new=v2"]),
        ("GET", "/since" | "/told") => all(&["seat=sahrel", "seat=karvonia", "seat=nobody"]),
        ("GET", "/compilation") => all(&["draft=v1", "draft=v3", "draft=v9"]),
        ("GET", "/given") => all(&["words=bridge", "words=4711", "words=the%20villages"]),
        ("GET", "/brief") => all(&["person=tolan", "person=reskin", "person=nobody"]),
        ("POST", "/press") => vec![(
            path.to_owned(),
            "{\"words\": \"Karvonia's envoy said: the bridge was built with Karvonian money.\"}",
        )],
        ("POST", "/acts") => [
            "{\"kind\": \"note\", \"room\": \"helmark-karvonia\", \"by\": \"karvonia\", \"words\": \"x\"}",
            "{\"kind\": \"note\", \"room\": \"helmark-sahrel\", \"by\": \"sahrel\", \"words\": \"x\"}",
            "{\"kind\": \"stance\", \"draft\": \"v9\"}",
            "{\"kind\": \"room\", \"id\": \"helmark-sahrel\", \"members\": [\"helmark\", \"karvonia\"]}",
            "{\"kind\": \"room\", \"id\": \"helmark-karvonia\", \"members\": [\"helmark\", \"sahrel\"]}",
            "{\"kind\": \"person\", \"id\": \"another\", \"name\": \"Another\", \"seat\": \"karvonia\", \"level\": \"expert\"}",
            "{\"kind\": \"seat\", \"id\": \"another-seat\", \"name\": \"Another\", \"role\": \"party\"}",
            "{\"kind\": \"text\", \"id\": \"another-text\", \"title\": \"Another\", \"text_kind\": \"input\", \"issuer\": \"sahrel\"}",
            "{\"kind\": \"draft\", \"id\": \"another-draft\", \"text\": \"thoughts\", \"file\": \"a.md\", \"files\": {\"a.md\": \"1. Words.\"}}",
            "[]",
        ]
        .map(|form| (path.to_owned(), form))
        .to_vec(),
        ("POST", "/account/invitations") => [
            "{}",
            "{\"seat\": \"karvonia\"}",
            "{\"speaks_as\": \"reskin\"}",
        ]
        .map(|form| (path.to_owned(), form))
        .to_vec(),
        ("DELETE", "/account/sessions/{card}" | "/account/tokens/{card}") => ids(&["none"]),
        _ => panic!("{method} {path}: say here what is asked, so that it is held to law 2"),
    }
}

/// Random bytes of the entrance, which is no part of the record.
fn without_secrets(world: &World, seat: &str, mut page: String) -> String {
    for session in world
        .bench
        .entrance()
        .sessions_of(seat, World::seconds())
        .unwrap()
    {
        page = page.replace(&session.card, "CARD");
    }
    let door = world.bench.entrance();
    for token in door.tokens_of(seat, World::seconds()).unwrap() {
        page = page.replace(&token.card, "CARD");
    }
    for one in door.invitations_of(seat, World::seconds()).unwrap() {
        page = page.replace(&one.card, "CARD");
    }
    while let Some(at) = page.find("/link/").filter(|at| page.len() > at + 38) {
        page.replace_range(at..at + 38, "LINK");
    }
    page
}

/// Everything that a seat is told, or `SEAT#PERSON`: who speaks as that person alone.
async fn told(world: &World, who: &str) -> Vec<(String, StatusCode, String)> {
    let mut all = Vec::new();
    let (seat, person) = who
        .split_once('#')
        .map_or((who, None), |(seat, person)| (seat, Some(person)));
    let person = person.map(|own| world.person(seat, "Somebody", Some(own)));
    let token = match person {
        Some(own) => world.token_of(seat, own, true),
        None => world.token(seat, true),
    };
    let sits = || match person {
        Some(own) => world.sits_by(seat, own),
        None => world.sits(seat),
    };
    for route in table() {
        let mut all_asked = requests(route.method, route.path);
        // The same for its page in another language.
        if route.method == "POST" && ["/position", "/proposal", "/circulate"].contains(&route.path)
        {
            let plain = all_asked.clone();
            all_asked.extend(
                plain
                    .iter()
                    .map(|(path, form)| (format!("{path}?language=uk"), *form)),
            );
        }
        for (path, form) in all_asked {
            let cookie = sits();
            let name = format!("{} {path} {form}", route.method);
            if route.path == "/live" {
                let answer = world.raw(asked("GET", &path, &cookie, "")).await;
                let status = answer.status();
                let mut stream = answer.into_body().into_data_stream();
                let wait = tokio::time::timeout(Duration::from_secs(5), stream.next());
                let first = wait.await.unwrap().unwrap().unwrap();
                all.push((name, status, String::from_utf8(first.to_vec()).unwrap()));
                continue;
            }
            let request = match route.path.starts_with("/api/") {
                true => with_token(route.method, &path, &token, form),
                false => asked(route.method, &path, &cookie, form),
            };
            let answer = world.send(request).await;
            assert!(!answer.status.is_server_error(), "{name}: {}", answer.body);
            let page = without_secrets(world, seat, answer.body);
            all.push((name, answer.status, page));
        }
    }
    all
}

/// A secret in a room: longer words of an act, and one act more.
fn with_a_secret(source: String, room: &str, by: &str, said: &str) -> String {
    assert!(source.contains(said));
    let more = format!(
        "\n[[act]]\nid = \"more-{by}\"\nkind = \"note\"\nroom = \"{room}\"\nby = \"{by}\"\nwords = \"a secret of the room\"\non = \"2031-03-05\"\n"
    );
    source.replacen(said, &format!("{said}, and the secret is 4711"), 1) + &more
}

async fn hold(room: &str, by: &str, said: &str, others: [&str; 2]) {
    hold_in(|source| source, (room, by, said), &others).await;
}

/// The same in the sample process with changes to it.
async fn hold_in(
    change: impl Fn(String) -> String,
    (room, by, said): (&str, &str, &str),
    others: &[&str],
) {
    let plain = World::of(&change);
    let secret = World::of(|source| with_a_secret(change(source), room, by, said));
    for seat in others {
        let (one, other) = (told(&plain, seat).await, told(&secret, seat).await);
        for (one, other) in one.iter().zip(&other) {
            assert_eq!((&one.0, one.1), (&other.0, other.1), "as {seat}");
            let (mut left, mut right) = (one.2.split('<'), other.2.split('<'));
            let parts = std::iter::from_fn(|| match (left.next(), right.next()) {
                (None, None) => None,
                both => Some(both),
            });
            for (left, right) in parts {
                assert_eq!(left, right, "{} as {seat}", one.0);
            }
        }
        assert_eq!(one.len(), other.len());
    }
    let cookie = secret.sits("helmark");
    let page = secret.get(&cookie, "/").await.body;
    let whole = plain.get(&plain.sits("helmark"), "/").await.body;
    assert_ne!(page, whole, "who sits in the room sees the difference");
}

#[tokio::test]
async fn law_2_no_route_tells_of_karvonias_room() {
    hold(
        "helmark-karvonia",
        "reskin",
        "the bridge was built with Karvonian money",
        ["sahrel", "league"],
    )
    .await;
}

#[tokio::test]
async fn law_2_no_route_tells_of_sahrels_room() {
    hold(
        "helmark-sahrel",
        "tolan",
        "the villages below the ridge would have no shelter",
        ["karvonia", "league"],
    )
    .await;
}

#[tokio::test]
async fn law_2_no_route_tells_a_person_of_a_room_of_its_seat_that_it_may_not_enter() {
    let limited = |source: String| {
        let from = "id = \"tolan\"\n";
        assert!(source.contains(from));
        source.replacen(
            from,
            &format!("{from}rooms = [\"plenary\", \"public\", \"experts-sahrel\"]\n"),
            1,
        )
    };
    let words = "the villages below the ridge would have no shelter";
    let secret = ("helmark-sahrel", "haldar", words);
    hold_in(limited, secret, &["sahrel#tolan"]).await;
    // And in a room that it enters it speaks, and nowhere else.
    let world = World::of(limited);
    let token = world.token_of(
        "sahrel",
        world.person("sahrel", "Tolan", Some("tolan")),
        true,
    );
    for (room, status) in [
        ("experts-sahrel", StatusCode::CREATED),
        ("helmark-sahrel", StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        let act = format!(
            r#"{{"kind": "note", "room": "{room}", "by": "tolan", "on": "2031-03-09", "words": "Heard."}}"#
        );
        let answer = world
            .send(with_token("POST", "/api/v1/acts", &token, &act))
            .await;
        assert_eq!(answer.status, status, "{}", answer.body);
    }
}

/// What stands in a room of two that nobody else knows of: the room itself, a person, a text and a draft.
const UNKNOWN: &str = r#"
[[room]]
id = "sahrel-league"
members = ["sahrel", "league"]

[[person]]
id = "hidden"
name = "Somebody whom nobody else knows"
seat = "sahrel"
level = "expert"

[[text]]
id = "hidden-text"
title = "A text that nobody else knows"
kind = "input"
issuer = "sahrel"

[[draft]]
id = "hidden-draft"
text = "hidden-text"
file = "v1.md"
on = "2031-03-01"

[[act]]
id = "hidden-note"
kind = "note"
room = "sahrel-league"
by = "league"
words = "a secret of the room"
on = "2031-03-05"
"#;

#[tokio::test]
async fn law_2_what_is_put_on_record_tells_of_no_name_that_others_took() {
    use serde_json::{Value, json};
    let plain = World::of(|source| source);
    let secret = World::of(|source| source + UNKNOWN);
    let words = json!({ "a.md": "1. Words of a draft.\n" });
    let draft = json!({ "kind": "draft", "id": "hidden-draft", "text": "own", "file": "a.md", "files": words });
    // The mediator knows the persons of every seat.
    let rooms = |seat: &str| -> Vec<Value> {
        [
            json!(["sahrel", "league"]),
            json!([seat, "league"]),
            json!([seat]),
            json!("none"),
        ]
        .map(|members| json!({ "kind": "room", "id": "sahrel-league", "members": members }))
        .to_vec()
    };
    let others = [
        json!({ "kind": "note", "room": "sahrel-league", "by": "karvonia", "words": "x" }),
        json!({ "kind": "note", "id": "hidden-note", "room": "plenary", "by": "karvonia", "words": "x" }),
        json!({ "kind": "person", "id": "hidden", "name": "Ours", "seat": "karvonia", "level": "expert" }),
        json!({ "kind": "text", "id": "hidden-text", "title": "Ours", "text_kind": "input", "issuer": "karvonia" }),
        json!({ "kind": "text", "id": "own", "title": "Ours", "text_kind": "input", "issuer": "karvonia" }),
        draft,
        json!({ "kind": "seat", "id": "hidden", "name": "Another", "role": "party" }),
    ];
    for (seat, asked) in [
        ("helmark", rooms("helmark")),
        ("karvonia", [rooms("karvonia"), others.to_vec()].concat()),
    ] {
        let (one, other) = (plain.token(seat, true), secret.token(seat, true));
        for body in asked {
            let body = body.to_string();
            let request = |token: &str| with_token("POST", "/api/v1/acts", token, &body);
            let (one, other) = (
                plain.send(request(&one)).await,
                secret.send(request(&other)).await,
            );
            // What was recorded goes by its digest, which differs from host to host.
            let told = |answer: &crate::support::Answer| {
                let recorded = answer.status == StatusCode::CREATED;
                (answer.status, (!recorded).then(|| answer.body.clone()))
            };
            assert_eq!(told(&one), told(&other), "{body} as {seat}");
        }
    }
}
