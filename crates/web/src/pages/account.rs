//! Who sits at one's own seat: people, sessions, sign-ins, invitations. Of other seats nothing is told.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use axum::{Extension, Form};
use maud::{Markup, html};
use serde::Deserialize;

use super::Page;
use crate::entrance::{Member, Purpose, SessionCard};
use crate::fault::Fault;
use crate::words::Words;
use crate::{Visitor, Workbench, blocking, guard};

/// How long an invitation holds, in seconds.
const INVITATION: i64 = 72 * 3600;

fn moment(seconds: i64) -> String {
    jiff::Timestamp::from_second(seconds).map_or_else(
        |_| String::new(),
        |time| time.to_string().replace('T', " ").replace('Z', " UTC"),
    )
}

/// By which way somebody came in, as the log names it.
fn way(w: Words, way: &str) -> String {
    match way {
        "password" => w.say("account-way-password"),
        "link" => w.say("account-way-link"),
        "invitation" => w.say("account-way-invitation"),
        "code" => w.say("account-way-code"),
        other => other.to_owned(),
    }
}

fn shown(
    bench: &Workbench,
    visitor: &Visitor,
    invitation: Option<&str>,
) -> Result<Html<String>, Fault> {
    let view = bench.office.view(visitor, bench.now())?;
    let (seat, now) = (visitor.seat(), bench.seconds());
    let sessions = bench.entrance.sessions_of(seat, now)?;
    let people = bench.entrance.people_of(seat)?;
    let visits = bench.entrance.visits(seat, 50)?;
    let w = visitor.words();
    let invited = |person: &Member| {
        let by = person.invited_by.as_str().into();
        w.say_with(
            "account-invited-by",
            &[("by", by), ("on", moment(person.made).into())],
        )
    };
    let since = |session: &SessionCard| {
        let agent = session.agent.as_str().into();
        w.say_with(
            "account-since",
            &[("on", moment(session.begun).into()), ("agent", agent)],
        )
    };
    let body: Markup = html! {
        main class="wide" {
            p class="kicker" { (w.say("account-kicker")) }
            h1 { (w.say("account-title")) }
            @if let Some(link) = invitation {
                section class="card" { h2 { (w.say("account-link")) }
                    p { (w.say("account-link-lead")) }
                    p { code dir="ltr" { (link) } } }
            }
            h2 { (w.say("account-people")) }
            @if people.is_empty() { p { (w.say("account-nobody")) } }
            @if !people.is_empty() { ul class="plain" { @for person in &people { li { strong dir="auto" { (person.name) } " " span class="small" { (invited(person)) } } } } }
            form method="post" action="/account/invite" { button type="submit" { (w.say("account-invite")) } }
            h2 { (w.say("account-sessions")) }
            ul class="plain" { @for session in &sessions { li {
                strong dir="auto" { @match &session.name { Some(name) => { (name) } None => { (w.say("account-by-link")) } } } @if session.card == visitor.card() { " " (w.say("account-this-one")) }
                " " span class="small" { (since(session)) } " "
                form method="post" action="/account/end" { input type="hidden" name="card" value=(session.card); button type="submit" { (w.say("account-end")) } }
            } } }
            h2 { (w.say("account-sign-ins")) }
            div class="scroll" tabindex="0" role="region" aria-label=(w.say("account-sign-ins")) { table { thead { tr { th scope="col" { (w.say("account-when")) } th scope="col" { (w.say("account-who")) } th scope="col" { (w.say("account-how")) } th scope="col" { (w.say("account-from")) } } }
                tbody { @for visit in &visits { tr { td { bdi { (moment(visit.at)) } } td dir="auto" { (visit.name) } td { (way(w, &visit.way)) } td { bdi { (visit.source) } } } } } } }
        }
    };
    Ok(Page {
        title: &w.say("account-kicker"),
        style: "state.css",
        here: "/account",
        live: false,
    }
    .of(&view, visitor, body))
}

pub(crate) async fn page(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Html<String>, Fault> {
    blocking(move || shown(&bench, &visitor, None)).await
}

pub(crate) async fn invite(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Html<String>, Fault> {
    blocking(move || {
        let by = visitor.name().unwrap_or(visitor.seat());
        let secret = bench.entrance.make_link(
            (Purpose::Invitation, visitor.seat(), by),
            bench.seconds(),
            INVITATION,
        )?;
        let host = bench.hosts.first().map_or("", String::as_str);
        shown(
            &bench,
            &visitor,
            Some(&format!("http://{host}/link/{}", secret.reveal())),
        )
    })
    .await
}

#[derive(Deserialize)]
pub(crate) struct Which {
    card: String,
}

pub(crate) async fn end(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    Form(which): Form<Which>,
) -> Result<Redirect, Fault> {
    blocking(
        move || match bench.entrance.end_session(visitor.seat(), &which.card)? {
            true => Ok(Redirect::to("/account")),
            false => Err(Fault::nothing()),
        },
    )
    .await
}

pub(crate) async fn leave(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Response, Fault> {
    blocking(move || {
        bench.entrance.end_session(visitor.seat(), visitor.card())?;
        let cookie = [(header::SET_COOKIE, guard::cookie(&bench, None))];
        Ok((cookie, Redirect::to("/enter")).into_response())
    })
    .await
}
