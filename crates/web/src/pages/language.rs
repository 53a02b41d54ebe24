//! The switch of language: a form on every page, and a cookie that holds what was chosen.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
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

/// What names the form on a page that was sent and comes again.
pub(crate) const TYPED: &str = "typed";

/// Where forms are sent that take what was typed along into another language.
const FORMS: [&str; 13] = [
    "/circulate",
    "/issue",
    "/merge",
    "/position",
    "/proposal",
    "/meetings",
    "/meeting",
    "/mission",
    "/statements/answer",
    "/statements/report",
    "/understandings/assess",
    "/gates/override",
    "/briefing",
];

/// A form is sent for its page in another language, and for nothing else: nothing is put on record.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Turned(pub(crate) Words);

impl Turned {
    /// Whether a request is that.
    pub(crate) fn of(request: &Request) -> Option<Turned> {
        let uri = request.uri();
        let tag = uri.query()?.strip_prefix("language=")?;
        let known = *request.method() == Method::POST && FORMS.contains(&uri.path());
        Words::of(tag).filter(|_| known).map(Turned)
    }
}

/// The header that keeps a choice in the browser.
pub(crate) fn cookie(words: Words) -> String {
    format!(
        "{COOKIE}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age={KEPT}",
        words.lang()
    )
}

/// The form: each language by its own name. Where a form was typed into, its fields are sent along to where it goes.
pub(crate) fn switch(words: Words, typed: Option<&str>) -> Markup {
    let buttons = html! {
        @for (tag, name) in Words::languages() {
            @let to = typed.map(|to| format!("{to}?language={tag}"));
            button type="submit" name="language" value=(tag) lang=(tag) aria-pressed=(tag == words.lang()) form=[typed.map(|_| TYPED)] formaction=[to] formmethod=[typed.map(|_| "post")] formnovalidate[typed.is_some()] { (name) }
        }
    };
    let label = words.say("page-languages");
    html! {
        @match typed {
            None => { form method="post" action="/language" class="languages" role="group" aria-label=(label) { (buttons) } }
            Some(_) => { div class="languages" role="group" aria-label=(label) {
                // What Enter in a field does: the first button of the form, which is no language.
                button type="submit" form=(TYPED) class="aloud" tabindex="-1" aria-hidden="true" {}
                (buttons)
            } }
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
    let cookie = cookie(words);
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
