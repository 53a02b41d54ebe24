//! The table of routes. Nothing is served that does not stand here, and a test walks it: a route that no test knows fails.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{MethodRouter, get, post};

use crate::Workbench;
use crate::fault::Fault;
use crate::pages::{
    account, assets, circulate, draft, enter, guest, issue, kept, keys, language, merge, point,
    position, proposal, redline, standing, state,
};
use crate::pages::{
    briefing, course, gates, meetings, mission, packages, report, search, statements,
    understandings,
};
use crate::{api, guard, live, metrics, serving};

/// The most bytes of a form.
const LARGEST_FORM: usize = 256 << 10;
/// The most bytes of the form of a route, where that is more.
const LARGER_FORMS: [(&str, usize); 1] = [("/statements/report", report::LARGEST)];

/// The most bytes of the form that is sent to a path.
pub(crate) fn largest(path: &str) -> usize {
    let mut larger = LARGER_FORMS.iter().filter(|(own, _)| *own == path);
    larger.next().map_or(LARGEST_FORM, |(_, bytes)| *bytes)
}

/// Who may ask for a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody who reaches the address: the entrance, and files that say nothing of a process.
    Anybody,
    /// Who sits at a seat; where something is changed, who may act there.
    Seated,
    /// Who sits at a seat, also where something is changed and they only read: to leave, or to make a password of one's own.
    Guest,
    /// A program with a token.
    Token,
    /// A program with a token that may act.
    ActingToken,
}

/// A route of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route {
    /// GET or POST; DELETE too below the API.
    pub method: &'static str,
    /// The path, with its parts in braces.
    pub path: &'static str,
    /// Who may ask for it.
    pub access: Access,
}

type Handler = MethodRouter<Arc<Workbench>>;
type Line = (&'static str, &'static str, Access, Handler);

/// What stands around a text: meetings, statements, understandings, conditions, packages, briefings, search.
fn around() -> Vec<Line> {
    use Access::Seated;
    vec![
        ("POST", "/looked", Seated, post(state::looked)),
        ("GET", "/course", Seated, get(course::page)),
        ("GET", "/meetings", Seated, get(meetings::page)),
        ("POST", "/meetings", Seated, post(meetings::new)),
        ("GET", "/meeting", Seated, get(meetings::meeting)),
        ("POST", "/meeting", Seated, post(meetings::tell)),
        ("GET", "/mission", Seated, get(mission::page)),
        ("POST", "/mission", Seated, post(mission::tell)),
        ("GET", "/statements", Seated, get(statements::page)),
        ("POST", "/statements/answer", Seated, post(statements::tell)),
        ("GET", "/statements/report", Seated, get(report::form)),
        (
            "POST",
            "/statements/report",
            Seated,
            post(report::take).layer(DefaultBodyLimit::max(largest("/statements/report"))),
        ),
        ("GET", "/understandings", Seated, get(understandings::page)),
        (
            "POST",
            "/understandings/assess",
            Seated,
            post(understandings::assess),
        ),
        ("GET", "/gates", Seated, get(gates::page)),
        ("POST", "/gates/override", Seated, post(gates::set_aside)),
        ("GET", "/packages", Seated, get(packages::page)),
        ("GET", "/briefing", Seated, get(briefing::page)),
        ("POST", "/briefing", Seated, post(briefing::note)),
        ("GET", "/search", Seated, get(search::page)),
    ]
}

fn entries() -> Vec<(Route, Handler)> {
    use Access::{Anybody, Guest, Seated};
    let table: Vec<Line> = vec![
        ("GET", "/enter", Anybody, get(enter::form)),
        ("POST", "/enter", Anybody, post(enter::sign_in)),
        ("POST", "/enter/code", Anybody, post(enter::code)),
        ("GET", "/first", Anybody, get(enter::first_form)),
        ("POST", "/first", Anybody, post(enter::first)),
        ("GET", "/link/{secret}", Anybody, get(enter::link)),
        ("POST", "/link/{secret}", Anybody, post(enter::follow)),
        ("POST", "/language", Anybody, post(language::choose)),
        ("GET", "/healthz", Anybody, get(metrics::health)),
        ("GET", "/metrics", Anybody, get(metrics::metrics)),
        ("GET", "/assets/{file}", Anybody, get(assets::file)),
        ("GET", "/", Seated, get(state::page)),
        ("GET", "/draft/{id}", Seated, get(draft::page)),
        ("GET", "/redline/{old}/{new}", Seated, get(redline::page)),
        ("GET", "/redline", Seated, get(redline::chosen)),
        ("POST", "/letters", Guest, post(redline::letters)),
        ("GET", "/point", Seated, get(point::page)),
        ("GET", "/position", Seated, get(position::form)),
        ("POST", "/position", Seated, post(position::take)),
        ("GET", "/proposal", Seated, get(proposal::form)),
        ("POST", "/proposal", Seated, post(proposal::propose)),
        ("POST", "/proposal/preview", Seated, post(proposal::preview)),
        ("POST", "/release", Seated, post(standing::release)),
        ("GET", "/merge", Seated, get(merge::page)),
        ("POST", "/merge", Seated, post(kept::save)),
        ("POST", "/merge/keep", Seated, post(kept::follow)),
        ("GET", "/issue", Seated, get(issue::page)),
        ("POST", "/issue", Seated, post(issue::issue)),
        ("GET", "/circulate", Seated, get(circulate::page)),
        ("POST", "/circulate", Seated, post(circulate::deliver)),
        ("POST", "/acknowledge", Seated, post(circulate::acknowledge)),
        ("GET", "/account", Seated, get(account::page)),
        ("POST", "/account/invite", Seated, post(account::invite)),
        (
            "POST",
            "/account/invite/back",
            Seated,
            post(account::take_back),
        ),
        ("POST", "/account/end", Seated, post(account::end)),
        ("GET", "/account/password", Guest, get(guest::form)),
        ("POST", "/account/password", Guest, post(guest::make)),
        ("POST", "/account/remove", Seated, post(account::remove)),
        ("GET", "/account/keys", Seated, get(keys::page)),
        (
            "POST",
            "/account/password/change",
            Seated,
            post(keys::change_password),
        ),
        ("POST", "/account/second/begin", Seated, post(keys::begin)),
        ("POST", "/account/second/on", Seated, post(keys::turn_on)),
        ("POST", "/account/second/off", Seated, post(keys::turn_off)),
        ("POST", "/account/tokens", Seated, post(keys::make_token)),
        (
            "POST",
            "/account/tokens/revoke",
            Seated,
            post(keys::revoke_token),
        ),
        ("POST", "/leave", Guest, post(account::leave)),
        ("GET", "/live", Seated, get(live::stream)),
    ];
    let table =
        table
            .into_iter()
            .chain(around())
            .chain([("GET", api::DOCUMENT, Anybody, api::describe())]);
    let operations = api::operations().into_iter().map(|one| {
        let access = one.access();
        (one.method, one.path, access, one.handler)
    });
    let table = table.chain(operations);
    let entries = table.map(|(method, path, access, handler)| {
        let route = Route {
            method,
            path,
            access,
        };
        (route, handler)
    });
    entries.collect()
}

/// The table.
#[must_use]
pub fn table() -> Vec<Route> {
    entries().into_iter().map(|(route, _)| route).collect()
}

/// Whether a path is that of a page to look at.
pub(crate) fn is_page(path: &str) -> bool {
    let fits = |template: &str| {
        let (mut own, mut asked) = (template.split('/'), path.split('/'));
        loop {
            match (own.next(), asked.next()) {
                (None, None) => return true,
                (Some(own), Some(asked)) if own.starts_with('{') && !asked.is_empty() => {}
                (Some(own), Some(asked)) if own == asked => {}
                _ => return false,
            }
        }
    };
    let pages = table().into_iter().filter(|route| route.method == "GET");
    pages.into_iter().any(|route| fits(route.path))
}

/// All pages, behind the guard.
pub fn router(bench: Arc<Workbench>) -> Router {
    let (mut anybody, mut seated, mut tokens) = (Router::new(), Router::new(), Router::new());
    for (route, handler) in entries() {
        match route.access {
            Access::Anybody => anybody = anybody.route(route.path, handler),
            Access::Seated if route.method == "POST" => {
                seated = seated.route(route.path, handler.layer(from_fn(guard::acting)));
            }
            Access::Token => tokens = tokens.route(route.path, handler),
            Access::ActingToken => {
                tokens = tokens.route(route.path, handler.layer(from_fn(guard::acting_token)));
            }
            Access::Seated | Access::Guest => seated = seated.route(route.path, handler),
        }
    }
    let seated = seated.route_layer(from_fn_with_state(Arc::clone(&bench), guard::inside));
    let tokens = tokens
        .layer(DefaultBodyLimit::max(api::LARGEST))
        .route_layer(from_fn_with_state(Arc::clone(&bench), guard::by_token));
    anybody
        .merge(seated)
        .merge(tokens)
        .fallback(|| async { Fault::nothing() })
        .layer(DefaultBodyLimit::max(LARGEST_FORM))
        .layer(from_fn_with_state(Arc::clone(&bench), serving::in_time))
        .layer(from_fn_with_state(Arc::clone(&bench), guard::outside))
        .layer(from_fn_with_state(Arc::clone(&bench), metrics::counted))
        .with_state(bench)
}
