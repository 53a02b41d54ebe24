//! The JSON API: its routes and its description are one table, and a token is a seat.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use onetext_web::routes::{Access, table};
use serde_json::{Value, json};

use crate::support::{HOST, World, with_token};

async fn read(world: &World, token: &str, path: &str) -> Value {
    let answer = world.send(with_token("GET", path, token, "")).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    serde_json::from_str(&answer.body).unwrap()
}

async fn described(world: &World) -> Value {
    let answer = world.get("", "/api/openapi.json").await;
    serde_json::from_str(&answer.body).unwrap()
}

#[tokio::test]
async fn every_operation_is_described_and_nothing_else() {
    let world = World::of(|source| source);
    let document = described(&world).await;
    assert_eq!(document["openapi"], "3.1.0");
    let mut served: Vec<String> = table()
        .into_iter()
        .filter(|route| matches!(route.access, Access::Token | Access::ActingToken))
        .map(|route| format!("{} {}", route.method, route.path))
        .collect();
    let mut told: Vec<String> = Vec::new();
    for (path, ways) in document["paths"].as_object().unwrap() {
        for way in ways.as_object().unwrap().keys() {
            told.push(format!("{} {path}", way.to_uppercase()));
        }
    }
    served.sort();
    told.sort();
    assert_eq!(served, told);
    for route in table() {
        let api = route.path.starts_with("/api/v1/");
        let token = matches!(route.access, Access::Token | Access::ActingToken);
        assert_eq!(api, token, "{route:?}");
        assert!(
            !token
                || route.method == "GET"
                || route.access == Access::ActingToken
                || route.path.ends_with("/press")
        );
    }
}

#[tokio::test]
async fn answers_have_the_fields_that_are_described() {
    let world = World::of(|source| source);
    let token = world.token("helmark", false);
    let document = described(&world).await;
    for (path, asked) in [
        ("/api/v1/status", "/api/v1/status?at=2031-02-12"),
        ("/api/v1/status", "/api/v1/status"),
        ("/api/v1/why", "/api/v1/why?subject=framework%236.b"),
        ("/api/v1/drafts", "/api/v1/drafts"),
        ("/api/v1/drafts/{id}", "/api/v1/drafts/v3"),
        ("/api/v1/redline", "/api/v1/redline?old=v2&new=v3"),
        ("/api/v1/since", "/api/v1/since?seat=sahrel"),
        ("/api/v1/compilation", "/api/v1/compilation?draft=v3"),
        ("/api/v1/given", "/api/v1/given?words=the+bridge"),
        ("/api/v1/told", "/api/v1/told?seat=sahrel"),
        ("/api/v1/rooms", "/api/v1/rooms"),
        ("/api/v1/mark", "/api/v1/mark"),
        ("/api/v1/account", "/api/v1/account"),
    ] {
        let answer = read(&world, &token, asked).await;
        let shape = &document["paths"][path]["get"]["responses"]["200"]["content"];
        let shape = shape["application/json"]["schema"]["$ref"]
            .as_str()
            .unwrap();
        let shape = &document["components"]["schemas"][shape.rsplit('/').next().unwrap()];
        for field in shape["required"].as_array().unwrap() {
            let field = field.as_str().unwrap();
            assert!(answer.get(field).is_some(), "{asked}: {field}");
            let sort = match &answer[field] {
                Value::Null => "null",
                Value::Bool(_) => "boolean",
                Value::Number(_) => "integer",
                Value::String(_) => "string",
                Value::Array(_) => "array",
                Value::Object(_) => "object",
            };
            let told = &shape["properties"][field]["type"];
            let fits = told == sort
                || told
                    .as_array()
                    .is_some_and(|all| all.contains(&sort.into()));
            assert!(fits, "{asked}: {field} is {sort}, and told is {told}");
        }
    }
}

#[tokio::test]
async fn a_browsers_session_opens_nothing_below_the_api() {
    let world = World::of(|source| source);
    let cookie = world.sits("helmark");
    for request in [
        Request::get("/api/v1/status").header("cookie", &cookie),
        Request::post("/api/v1/acts")
            .header("cookie", &cookie)
            .header("origin", format!("http://{HOST}")),
        Request::get("/api/v1/status").header("authorization", "Bearer onetext_none"),
        Request::get("/api/v1/status").header("authorization", "Basic eDp4"),
    ] {
        let request = request.header("host", HOST).body(Body::empty()).unwrap();
        let answer = world.send(request).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        assert_eq!(answer.headers["content-type"], "application/problem+json");
        let problem: Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(problem["code"], "no-token");
    }
}

#[tokio::test]
async fn a_token_acts_as_its_seat_or_only_reads_and_is_revoked() {
    let world = World::of(|source| source);
    let (acts, reads) = (world.token("sahrel", true), world.token("sahrel", false));
    let note = json!({ "kind": "note", "room": "helmark-sahrel", "by": "tolan", "words": "the ferry runs again" });
    let send = |token: &str, body: &Value| {
        world.send(with_token("POST", "/api/v1/acts", token, &body.to_string()))
    };
    let refused = send(&reads, &note).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.body);
    let before = read(&world, &reads, "/api/v1/mark").await;
    let put = send(&acts, &note).await;
    assert_eq!(put.status, StatusCode::CREATED, "{}", put.body);
    let id: Value = serde_json::from_str(&put.body).unwrap();
    let why = format!("/api/v1/why?subject={}", id["id"].as_str().unwrap());
    read(&world, &reads, &why).await;
    assert_ne!(before, read(&world, &reads, "/api/v1/mark").await);
    for wrong in [
        json!({ "kind": "note", "room": "helmark-karvonia", "by": "sahrel", "words": "x" }),
        json!({ "kind": "note", "room": "no-room", "by": "sahrel", "words": "x" }),
        json!({ "kind": "nothing" }),
        json!({ "kind": "draft", "id": "x", "text": "framework", "file": "/etc/passwd" }),
    ] {
        let refused = send(&acts, &wrong).await;
        assert!(
            refused.status.is_client_error(),
            "{wrong}: {}",
            refused.body
        );
        assert_eq!(refused.headers["content-type"], "application/problem+json");
    }
    let cards = world
        .bench
        .entrance()
        .tokens_of("sahrel", World::seconds())
        .unwrap();
    let other = world.token("karvonia", true);
    for card in cards.iter().filter(|card| !card.acts) {
        let path = format!("/api/v1/account/tokens/{}", card.card);
        let others = world.send(with_token("DELETE", &path, &other, "")).await;
        assert_eq!(others.status, StatusCode::NOT_FOUND);
        let done = world.send(with_token("DELETE", &path, &acts, "")).await;
        assert_eq!(done.status, StatusCode::NO_CONTENT);
    }
    let gone = world
        .send(with_token("GET", "/api/v1/mark", &reads, ""))
        .await;
    assert_eq!(gone.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_draft_comes_with_its_words() {
    let world = World::of(|source| source);
    let token = world.token("helmark", true);
    let act = json!({
        "kind": "draft", "id": "v4", "text": "framework", "file": "v4.md", "base": "v3",
        "files": { "v4.md": "1. The ferry runs again.\n\n2. The bridge stays open.\n" },
    });
    let answer = world
        .send(with_token("POST", "/api/v1/acts", &token, &act.to_string()))
        .await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
}

#[tokio::test]
async fn what_goes_wrong_is_told_as_a_problem() {
    let world = World::of(|source| source);
    let token = world.token("sahrel", true);
    for (method, path, body, status) in [
        ("GET", "/api/v1/nothing", "", 404),
        ("GET", "/api/v2/status", "", 404),
        ("GET", "/api/v1/drafts/v9", "", 404),
        ("GET", "/api/v1/drafts/%FF", "", 400),
        ("GET", "/api/v1/why", "", 400),
        ("GET", "/api/v1/status?at=whenever", "", 422),
        ("PUT", "/api/v1/status", "", 405),
        ("POST", "/api/v1/acts", "{", 400),
        ("POST", "/api/v1/acts", "[1]", 400),
        ("POST", "/api/v1/acts", "{\"kind\": 1}", 422),
    ] {
        let answer = world.send(with_token(method, path, &token, body)).await;
        assert_eq!(
            answer.status.as_u16(),
            status,
            "{method} {path} {body}: {}",
            answer.body
        );
        assert_eq!(answer.headers["content-type"], "application/problem+json");
        let problem: Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(problem["status"], status);
    }
    let long = format!("{{\"words\": \"{}\"}}", "x".repeat(5 << 20));
    let answer = world
        .send(with_token("POST", "/api/v1/press", &token, &long))
        .await;
    assert_eq!(
        answer.status,
        StatusCode::PAYLOAD_TOO_LARGE,
        "{}",
        answer.body
    );
}

#[tokio::test]
async fn health_and_counts_are_for_this_computer_and_name_nothing() {
    let world = World::of(|source| source);
    let cookie = world.sits("helmark");
    for path in [
        "/",
        "/draft/v3",
        "/point?subject=framework%236.b",
        "/nowhere-at-all",
    ] {
        world.get(&cookie, path).await;
    }
    for (path, says) in [
        ("/healthz", "ok"),
        (
            "/metrics",
            "onetext_request_seconds_count{method=\"GET\",route=\"/draft/{id}\",status=\"200\"} 1",
        ),
    ] {
        let answer = world.get("", path).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.body.contains(says), "{}", answer.body);
        for word in ["framework", "v3", "helmark", "sahrel", "nowhere"] {
            assert!(!answer.body.contains(word), "{path} says {word}");
        }
        let carried = Request::get(path)
            .header("host", HOST)
            .header("x-forwarded-for", "192.0.2.1");
        let answer = world.send(carried.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
}
