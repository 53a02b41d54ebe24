//! What was sent after a session had ended: it is shown and can be sent again, for most browsers do not keep a form that they went
//! back to.

use axum::Form;
use axum::body::{Body, to_bytes};
use axum::extract::{DefaultBodyLimit, FromRequest as _, Request};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse as _, Response};
use maud::{Markup, html};

use super::bare;
use super::record::Given;
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
            (to_copy(words, fields.iter().map(|(_, value)| value.as_str())))
        },
    );
    (StatusCode::UNAUTHORIZED, Html(page.into_string())).into_response()
}

/// What was typed and is long, to be copied.
fn to_copy<'v>(w: Words, values: impl Iterator<Item = &'v str>) -> Markup {
    let long = |value: &&str| value.chars().count() >= WORDS && value.contains(char::is_whitespace);
    let typed: Vec<&str> = values.filter(long).collect();
    html! { @if !typed.is_empty() { section {
        h2 { (w.say("fault-resend-words")) }
        @for words in typed { p class="quoted" dir="auto" { (words) } }
    } } }
}

/// The answer to a form about what is there no longer, or never was: what was typed is in the page.
pub(super) fn nothing(w: Words, given: &Given) -> Response {
    let title = w.say("fault-nothing");
    let page = bare(
        w,
        &title,
        html! {
            h1 { (title) }
            p class="lead" { (w.say("fault-nothing-hint")) }
            p { a href="/" { (w.say("fault-back")) } }
            (to_copy(w, given.values()))
        },
    );
    (StatusCode::NOT_FOUND, Html(page.into_string())).into_response()
}

fn nobody() -> Response {
    Fault::told(
        StatusCode::UNAUTHORIZED,
        "fault-nobody",
        "fault-nobody-hint",
    )
    .into_response()
}
