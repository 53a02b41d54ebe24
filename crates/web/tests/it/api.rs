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

/// Where an answer is not as its shape tells; the shapes say no more than this reads.
fn unlike(shapes: &Value, shape: &Value, answer: &Value, at: &str, found: &mut Vec<String>) {
    if let Some(name) = shape["$ref"].as_str() {
        let name = name.rsplit('/').next().unwrap();
        let named = &shapes[name];
        assert!(named.is_object(), "{at}: there is no shape {name}");
        return unlike(shapes, named, answer, at, found);
    }
    if let Some(ways) = shape["anyOf"].as_array() {
        let mut each = ways.iter().map(|way| {
            let mut found = Vec::new();
            unlike(shapes, way, answer, at, &mut found);
            found
        });
        // Of a null nothing more is told; of the rest, what the first way says.
        let first = each.next().unwrap();
        if !first.is_empty() && !each.any(|way| way.is_empty()) {
            found.extend(first);
        }
        return;
    }
    let fits = match shape["type"].as_str().unwrap() {
        "null" => answer.is_null(),
        "boolean" => answer.is_boolean(),
        "integer" => answer.is_u64() || answer.is_i64(),
        "number" => answer.is_number(),
        "string" => answer.is_string(),
        "array" => answer.is_array(),
        "object" => answer.is_object(),
        other => panic!("{at}: a sort {other}"),
    };
    if !fits {
        found.push(format!("{at}: {answer} is no {}", shape["type"]));
    }
    if let Some(all) = shape["enum"].as_array()
        && !all.contains(answer)
    {
        found.push(format!("{at}: {answer} is none of {all:?}"));
    }
    for (place, item) in answer.as_array().into_iter().flatten().enumerate() {
        unlike(
            shapes,
            &shape["items"],
            item,
            &format!("{at}[{place}]"),
            found,
        );
    }
    for field in shape["required"].as_array().into_iter().flatten() {
        let field = field.as_str().unwrap();
        if answer.get(field).is_none() {
            found.push(format!("{at}: {field} is wanting"));
        }
    }
    for (field, inner) in answer.as_object().into_iter().flatten() {
        let told = shape["properties"]
            .get(field)
            .or(shape.get("additionalProperties"));
        match told {
            Some(told) => unlike(shapes, told, inner, &format!("{at}.{field}"), found),
            None => found.push(format!("{at}: {field} is not told")),
        }
    }
}

#[tokio::test]
async fn answers_have_the_fields_that_are_described() {
    let world = World::of(|source| source);
    let document = described(&world).await;
    let shapes = &document["components"]["schemas"];
    let held = |answer: &Value, shape: &str, of: &str| {
        let mut found = Vec::new();
        unlike(shapes, &shapes[shape], answer, of, &mut found);
        assert!(found.is_empty(), "{found:#?}");
    };
    for (seat, person) in [("helmark", "vemmel"), ("karvonia", "dorvat")] {
        let token = world.token(seat, false);
        for (path, query) in [
            ("/api/v1/status", "?at=2031-02-12".to_owned()),
            ("/api/v1/status", String::new()),
            ("/api/v1/why", "?subject=framework%236.b".to_owned()),
            ("/api/v1/drafts", String::new()),
            ("/api/v1/redline", "?old=v2&new=v3".to_owned()),
            ("/api/v1/since", "?seat=karvonia".to_owned()),
            ("/api/v1/compilation", "?draft=v3".to_owned()),
            ("/api/v1/given", "?words=the+bridge".to_owned()),
            ("/api/v1/told", "?seat=karvonia".to_owned()),
            (
                "/api/v1/brief",
                format!("?person={person}&since=2031-02-12"),
            ),
            ("/api/v1/rooms", String::new()),
            ("/api/v1/mark", String::new()),
            ("/api/v1/account", String::new()),
        ] {
            let answer = read(&world, &token, &format!("{path}{query}")).await;
            let shape = &document["paths"][path]["get"]["responses"]["200"]["content"];
            let shape = shape["application/json"]["schema"]["$ref"]
                .as_str()
                .unwrap();
            held(&answer, shape.rsplit('/').next().unwrap(), path);
        }
        let reading = read(&world, &token, "/api/v1/drafts/v3").await;
        held(&reading, "Reading", "a draft");
        let words = "TAL MIREL, 9 March 2031. Samira Tolan said on Sunday that the ridge of Torvik belongs to Sahrel. \
                     Envoys of Helmark and Sahrel met in Irmal on Saturday, on the framework.";
        let body = json!({ "words": words }).to_string();
        let told = world
            .send(with_token("POST", "/api/v1/press", &token, &body))
            .await;
        assert_eq!(told.status, StatusCode::OK, "{}", told.body);
        held(&serde_json::from_str(&told.body).unwrap(), "Press", "press");
        let none = world
            .send(with_token("GET", "/api/v1/nothing", &token, ""))
            .await;
        held(
            &serde_json::from_str(&none.body).unwrap(),
            "Problem",
            "nothing",
        );
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
