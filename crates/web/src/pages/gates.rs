//! Conditions for meetings and steps: whether each holds, why, and setting one aside, which its author alone can.

use std::sync::Arc;

use axum::Extension;
use axum::Form;
use axum::extract::State;
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use maud::{Markup, PreEscaped, html};
use onetext_desk::{Cut, on_record};
use onetext_paper::state;
use onetext_talks::{Deed, GateStatus, OnRecord, SessionState};

use super::affairs::{self, name, names, told, when};
use super::record::{Fields, Given, Refused, Signature};
use super::rooms::Rooms;
use super::{Page, part};
use crate::fault::Fault;
use crate::office::View;
use crate::{Visitor, Workbench, blocking};

/// What one condition is told by.
struct One<'a> {
    gate: &'a GateStatus,
    act: Option<&'a OnRecord>,
    /// Of this seat: it may set it aside.
    own: bool,
}

fn card(view: &View, one: &One<'_>, signature: &Signature<'_>) -> Markup {
    let (w, status, gate) = (signature.visitor.words(), &view.play.status, one.gate);
    let why = view
        .play
        .why
        .iter()
        .find(|why| why.subject == gate.id.as_str());
    let waiting = status.sessions.iter().filter(|session| {
        session.state < SessionState::Held
            && !gate.participants.is_empty()
            && gate
                .participants
                .iter()
                .filter(|who| session.participants.contains(who))
                .count()
                > 1
    });
    let waiting: Vec<_> = waiting.collect();
    let given = signature.given;
    let form = format!("gate-{}", gate.id);
    html! {
        article class="card gate" id=(part(gate.id.as_str())) {
            h2 { span dir="auto" { (gate.event) } }
            p { (affairs::holds(w, gate.holds).label()) @if gate.overridden.is_some() { " " span class="label doubt" { span aria-hidden="true" { "! " } (w.say("gates-set-aside")) } } }
            @if let Some(said) = &gate.words { p class="quoted" dir="auto" { (said) } }
            @if !gate.participants.is_empty() { p class="small" { (w.say("gates-between")) " " (names(w, status, gate.participants.iter().map(String::as_str))) } }
            h3 { (w.say("gates-why")) }
            ul class="reasons" { @for reason in &gate.reasons { li { (told(reason)) } } }
            @if let Some(reason) = &gate.overridden { h3 { (w.say("gates-aside-reason")) } p class="quoted" dir="auto" { (reason) } }
            @if let Some(why) = why { details { summary { (w.say("gates-acts")) } div lang="en" dir="auto" { (PreEscaped(state::reasons(why))) } } }
            @if !waiting.is_empty() { h3 { (w.say("gates-waiting")) } ul class="plain" { @for session in waiting { li { a href=(format!("/meeting?id={}", part(session.id.as_str()))) { (affairs::format(w, session.format)) } " " (affairs::session(w, session.state).label()) } } } }
            @if let Some(one) = one.act { p class="small" { (w.say("gates-author")) " " bdi { (name(status, &one.card.by)) } " · " (when(&one.act.on)) " · " (Rooms::of(signature.view).shown(status, one.act.room.as_str())) } }
            @if one.own && gate.overridden.is_none() { details class="no-print" open[!given.get("gate").is_empty()] { summary { (w.say("gates-override")) }
                (signature.form("/gates/override", &[("form", form.as_str()), ("gate", gate.id.as_str())], html! {
                    label class="field" { span { (w.say("gates-reason")) } small { (w.say("gates-reason-hint")) } textarea name="reason" rows="3" required maxlength="4000" dir="auto" { (given.get("reason")) } }
                }))
            } }
        }
    }
}

fn shown(
    bench: &Workbench,
    visitor: &Visitor,
    view: &View,
    (given, refused): (&Given, Option<&Refused>),
) -> Result<Html<String>, Fault> {
    let (w, status) = (visitor.words(), &view.play.status);
    let acts = on_record(&view.books, &view.viewer, &Cut::default(), |act| {
        matches!(act.deed, Deed::Gate(_))
    })?;
    let title = w.say("gates-title");
    let body = html! {
        header { p class="kicker" { (w.say("gates-kicker")) } h1 { (title) } p class="lead" { (w.say("gates-lead")) } }
        main class="wide" {
            @if let Some(refused) = refused { (refused.shown(w)) }
            @if status.gates.is_empty() { p { (w.say("gates-none")) } }
            @for gate in &status.gates {
                @let act = acts.iter().find(|one| one.act.id == gate.id);
                @let own = act.is_some_and(|one| one.act.seat.as_str() == visitor.seat());
                @let mine = given.of(&format!("gate-{}", gate.id));
                @let signature = Signature { view, visitor, given: &mine, now: bench.now(), room: act.map_or("", |one| one.act.room.as_str()), ask: false };
                (card(view, &One { gate, act, own }, &signature))
            }
        }
    };
    let page = Page {
        title: &title,
        style: "affairs.css",
        here: "/gates",
        live: refused.is_none(),
    };
    Ok(page.again(view, visitor, refused.map(|_| "/gates/override"), body))
}

pub(crate) async fn page(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Html<String>, Fault> {
    blocking(move || {
        let view = bench.office.view(&visitor, bench.now())?;
        shown(&bench, &visitor, &view, (&Given::default(), None))
    })
    .await
}

/// A condition is set aside by its author, with a reason.
pub(crate) async fn set_aside(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    Form(given): Form<Given>,
) -> Result<Response, Fault> {
    blocking(move || {
        let view = bench.office.view(&visitor, bench.now())?;
        let gate = given.get("gate");
        if !view
            .play
            .status
            .gates
            .iter()
            .any(|own| own.id.as_str() == gate)
        {
            return Err(Fault::nothing());
        }
        let mut fields = Fields::of("override", &given, &visitor);
        fields.words("gate", gate);
        fields.words("reason", given.get("reason"));
        match fields.record(&bench, &visitor, &view) {
            Ok(()) => Ok(Redirect::to(&format!("/gates#{}", part(gate))).into_response()),
            Err(refused) => {
                let page = shown(&bench, &visitor, &view, (&given, Some(&refused)))?;
                Ok((refused.status(), page).into_response())
            }
        }
    })
    .await
}
