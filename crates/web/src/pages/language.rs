//! The switch of language: a form on every page, and a cookie that holds what was chosen.

use std::sync::Arc;

use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;

use crate::fault::Fault;
use crate::words::{COOKIE, Words};
use crate::{Workbench, routes};

/// For how long a choice is kept, in seconds.
const KEPT: i64 = 365 * 24 * 3600;

#[derive(Deserialize)]
pub(crate) struct Chosen {
    language: String,
}

/// The form: each language by its own name.
pub(crate) fn switch(words: Words) -> Markup {
    html! {
        form method="post" action="/language" class="languages" role="group" aria-label=(words.say("page-languages")) {
            @for (tag, name) in Words::languages() {
                button type="submit" name="language" value=(tag) lang=(tag) aria-pressed=(tag == words.lang()) { (name) }
            }
        }
    }
}

/// Keeps the choice in the browser and goes back to the page from which it came.
pub(crate) async fn choose(
    State(bench): State<Arc<Workbench>>,
    headers: HeaderMap,
    Form(chosen): Form<Chosen>,
) -> Result<Response, Fault> {
    let words = Words::of(&chosen.language)
        .ok_or_else(|| Fault::refused(StatusCode::UNPROCESSABLE_ENTITY))?;
    let cookie = format!(
        "{COOKIE}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age={KEPT}",
        words.lang()
    );
    let back = Redirect::to(came_from(&bench, &headers).unwrap_or("/"));
    Ok(([(header::SET_COOKIE, cookie)], back).into_response())
}

/// The page of ours on which the form stood. Where it came of a form that was sent, there may be none to go back to.
fn came_from<'h>(bench: &Workbench, headers: &'h HeaderMap) -> Option<&'h str> {
    let whole = headers.get(header::REFERER)?.to_str().ok()?;
    let rest = whole.strip_prefix(bench.scheme())?.strip_prefix("://")?;
    let at = rest.find('/')?;
    let (host, page) = rest.split_at(at);
    let path = page.split(['?', '#']).next()?;
    (bench.hosts.iter().any(|own| own == host) && routes::is_page(path)).then_some(page)
}
