//! What was sent after a session had ended: it is shown and can be sent again, for most browsers do not keep a form that they went
//! back to.

use axum::Form;
use axum::body::{Body, to_bytes};
use axum::extract::{DefaultBodyLimit, FromRequest as _, Request};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse as _, Response};
use maud::html;

use super::bare;
use crate::fault::Fault;
use crate::routes;
use crate::words::Words;

/// The most fields of a form that is handed back: that of merging has some for each provision.
const FIELDS: usize = 4000;
/// Words of at least this length are shown, so that they can be copied.
const WORDS: usize = 12;

/// Paths below which nothing is handed back: passwords and codes are typed there, or a script asks.
const NEVER: [&str; 4] = ["/account", "/leave", "/merge/keep", "/proposal/preview"];
/// Names of fields that are never handed back.
const SECRETS: [&str; 4] = ["password", "code", "ticket", "secret"];

/// The answer to a form of somebody who is not signed in any more: nothing is recorded, and what was sent is in the page.
pub(crate) async fn answer(request: Request, words: Words) -> Response {
    let path = request.uri().path().to_owned();
    // With what was asked of it: a change of language puts nothing on record, later neither.
    let whole = request.uri().path_and_query();
    let to = whole.map_or_else(|| path.clone(), ToString::to_string);
    let kind = request.headers().get(header::CONTENT_TYPE);
    let form = kind.is_some_and(|kind| {
        kind.as_bytes()
            .starts_with(b"application/x-www-form-urlencoded")
    });
    if !form || NEVER.iter().any(|never| path.starts_with(never)) {
        return nobody();
    }
    let (parts, body) = request.into_parts();
    let largest = routes::largest(&path);
    let Ok(body) = to_bytes(body, largest).await else {
        return nobody();
    };
    let mut request = Request::from_parts(parts, Body::from(body));
    DefaultBodyLimit::max(largest).apply(&mut request);
    let Ok(Form(fields)) = Form::<Vec<(String, String)>>::from_request(request, &()).await else {
        return nobody();
    };
    let secret = |name: &str| SECRETS.iter().any(|secret| name.contains(secret));
    if fields.is_empty() || fields.len() > FIELDS || fields.iter().any(|(name, _)| secret(name)) {
        return nobody();
    }
    let title = words.say("fault-nobody");
    let typed: Vec<&str> = fields
        .iter()
        .map(|(_, value)| value.as_str())
        .filter(|value| value.chars().count() >= WORDS && value.contains(char::is_whitespace))
        .collect();
    let page = bare(
        words,
        &title,
        html! {
            h1 { (title) }
            p class="lead" { (words.say("fault-resend-hint")) }
            p { a class="button" href="/enter" target="_blank" rel="noopener" { (words.say("fault-resend-enter")) } }
            form method="post" action=(to) {
                @for (name, value) in &fields { input type="hidden" name=(name) value=(value) autocomplete="off"; }
                button class="main" type="submit" { (words.say("fault-resend-send")) }
            }
            @if !typed.is_empty() { section { h2 { (words.say("fault-resend-words")) } @for words in typed { p class="quoted" dir="auto" { (words) } } } }
        },
    );
    (StatusCode::UNAUTHORIZED, Html(page.into_string())).into_response()
}

fn nobody() -> Response {
    Fault::told(
        StatusCode::UNAUTHORIZED,
        "fault-nobody",
        "fault-nobody-hint",
    )
    .into_response()
}
