//! The guard and the entrance.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use onetext_web::entrance::Purpose;
use onetext_web::routes::{Access, table};

use crate::support::{HOST, World, asked};

fn same(source: String) -> String {
    source
}

#[tokio::test]
async fn without_a_session_no_page_says_anything() {
    let world = World::of(same);
    for route in table() {
        if route.access == Access::Seated {
            let answer = world
                .send(asked(
                    route.method,
                    &route.path.replace(['{', '}'], ""),
                    "",
                    "",
                ))
                .await;
            let refused = [StatusCode::SEE_OTHER, StatusCode::UNAUTHORIZED];
            assert!(
                refused.contains(&answer.status),
                "{route:?}: {}",
                answer.status
            );
            for word in ["Tesme", "Sahrel", "Karvonia"] {
                assert!(!answer.body.contains(word), "{route:?} says {word}");
            }
        }
    }
}

#[tokio::test]
async fn every_answer_holds_the_browser_to_the_policy() {
    let world = World::of(same);
    let cookie = world.sits("helmark");
    for path in [
        "/",
        "/enter",
        "/assets/live.js",
        "/nowhere",
        "/redline/v2/v3",
        "/draft/v3",
    ] {
        let answer = world.get(&cookie, path).await;
        let policy = answer
            .headers
            .get("content-security-policy")
            .unwrap()
            .to_str()
            .unwrap();
        assert!(
            policy.starts_with("default-src 'none'") && !policy.contains("unsafe"),
            "{policy}"
        );
        for inline in [
            " style=", "<style", "<script>", "onclick", "http://", "https://",
        ] {
            assert!(
                !answer.body.contains(inline) || path.starts_with("/assets"),
                "{path} has {inline}"
            );
        }
    }
}

#[tokio::test]
async fn what_changes_something_comes_from_a_page_of_the_workbench() {
    let world = World::of(same);
    let cookie = world.sits("sahrel");
    let from = |name: &str, value: &str| {
        let request = Request::builder()
            .method("POST")
            .uri("/leave")
            .header("host", HOST);
        let request = request.header("cookie", &cookie).header(name, value);
        request.body(Body::empty()).unwrap()
    };
    for (name, value) in [
        ("origin", "http://elsewhere.example"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("accept", "*/*"),
    ] {
        let answer = world.send(from(name, value)).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name}: {value}");
    }
    assert_eq!(world.get(&cookie, "/").await.status, StatusCode::OK);
    let answer = world.send(from("sec-fetch-site", "same-origin")).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(world.get(&cookie, "/").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_name_that_leads_here_from_elsewhere_is_refused() {
    let world = World::of(same);
    let mut request = asked("GET", "/enter", "", "");
    request
        .headers_mut()
        .insert("host", "rebound.example:8474".parse().unwrap());
    assert_eq!(
        world.send(request).await.status,
        StatusCode::MISDIRECTED_REQUEST
    );
}

#[tokio::test]
async fn a_link_is_used_once_and_looking_uses_nothing_up() {
    let world = World::of(same);
    let path = format!("/link/{}", world.link(Purpose::SignIn, "sahrel"));
    for _ in 0..3 {
        let answer = world.get("", &path).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.headers.get("set-cookie").is_none());
    }
    let entered = world.post("", &path, "").await;
    assert_eq!(entered.status, StatusCode::SEE_OTHER);
    let cookie = entered.headers.get("set-cookie").unwrap().to_str().unwrap();
    assert!(cookie.contains("HttpOnly; SameSite=Strict"), "{cookie}");
    let cookie = cookie.split(';').next().unwrap().to_owned();
    assert!(
        world
            .get(&cookie, "/")
            .await
            .body
            .contains("<strong dir=\"auto\">Sahrel</strong>")
    );
    assert_eq!(world.post("", &path, "").await.status, StatusCode::GONE);
    assert_eq!(world.get("", &path).await.status, StatusCode::GONE);
}

#[tokio::test]
async fn the_first_person_comes_with_the_code_and_signs_in_with_the_password() {
    let world = World::of(same);
    let code = world.link(Purpose::FirstRun, "helmark");
    let short = world
        .post(
            "",
            "/first",
            &format!("code={code}&name=Astri&password=short"),
        )
        .await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        short.body.contains("value=\"Astri\"") && short.body.contains(&code),
        "what was typed is kept"
    );
    let form = format!("code={code}&name=Astri&password=four+words+and+a+river");
    assert_eq!(
        world.post("", "/first", &form).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        world.post("", "/first", &form).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let right = "name=Astri&password=four+words+and+a+river";
    assert_eq!(
        world.post("", "/enter", right).await.status,
        StatusCode::SEE_OTHER
    );
    let wrong = world
        .post("", "/enter", "name=Astri&password=another")
        .await;
    let nobody = world.post("", "/enter", "name=Xx&password=another").await;
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
    assert_eq!(
        wrong.body.replace("Astri", ""),
        nobody.body.replace("Xx", "")
    );
    for _ in 0..4 {
        world
            .post("", "/enter", "name=Astri&password=another")
            .await;
    }
    let late = world.post("", "/enter", right).await;
    assert_eq!(late.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn a_session_is_ended_by_its_own_seat_alone() {
    let world = World::of(same);
    let (mine, other) = (world.sits("sahrel"), world.sits("karvonia"));
    let sessions = world
        .bench
        .entrance()
        .sessions_of("sahrel", World::seconds())
        .unwrap();
    let form = format!("card={}", sessions[0].card);
    assert_eq!(
        world.post(&other, "/account/end", &form).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(world.get(&mine, "/").await.status, StatusCode::OK);
    assert_eq!(
        world.post(&mine, "/account/end", &form).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(world.get(&mine, "/").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_form_that_is_too_long_is_refused() {
    let world = World::of(same);
    let cookie = world.sits("sahrel");
    let form = format!("subject=framework%236.b&interest={}", "x".repeat(300 << 10));
    let answer = world.post(&cookie, "/position", &form).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
}
