//! Who sits at one's own seat: people, sessions, sign-ins, invitations. Of other seats nothing is told.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use axum::{Extension, Form};
use maud::{Markup, html};
use serde::Deserialize;

use super::Page;
use crate::entrance::Purpose;
use crate::fault::Fault;
use crate::{Visitor, Workbench, blocking, guard};

/// How long an invitation holds, in seconds.
const INVITATION: i64 = 72 * 3600;

pub(super) fn moment(seconds: i64) -> String {
    jiff::Timestamp::from_second(seconds).map_or_else(
        |_| String::new(),
        |time| time.to_string().replace('T', " ").replace('Z', " UTC"),
    )
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
    let body: Markup = html! {
        main class="wide" {
            p class="kicker" { "Account" }
            h1 { "Who sits at this seat" }
            @if let Some(link) = invitation {
                section class="card" { h2 { "A link for one person" }
                    p { "It opens once, within three days, and is shown only now. Send it by a way that you trust." }
                    p { code { (link) } } }
            }
            h2 { "People" }
            @if people.is_empty() { p { "Nobody of this seat has a password here yet." } }
            ul class="plain" { @for person in &people { li { strong dir="auto" { (person.name) } " " span class="small" { "invited by " bdi { (person.invited_by) } ", " (moment(person.made)) } } } }
            form method="post" action="/account/invite" { button type="submit" { "Make a link for another person of this seat" } }
            h2 { "Sessions" }
            ul class="plain" { @for session in &sessions { li {
                strong dir="auto" { (session.name.as_deref().unwrap_or("by a link")) } @if session.card == visitor.card() { " (this one)" }
                " " span class="small" { "since " (moment(session.begun)) ", " bdi { (session.agent) } } " "
                form method="post" action="/account/end" { input type="hidden" name="card" value=(session.card); button type="submit" { "End it" } }
            } } }
            h2 { "Sign-ins" }
            div class="scroll" tabindex="0" role="region" aria-label="Sign-ins" { table { thead { tr { th scope="col" { "When" } th scope="col" { "Who" } th scope="col" { "How" } th scope="col" { "From" } } }
                tbody { @for visit in &visits { tr { td { (moment(visit.at)) } td dir="auto" { (visit.name) } td { (visit.way) } td { (visit.source) } } } } } }
        }
    };
    Ok(Page {
        title: "Account",
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
