//! A mission: who was sent to whom, with what instructions, how far it came, and what was reported.

use std::sync::Arc;

use axum::Extension;
use axum::Form;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use maud::html;
use onetext_talks::{Deed, MissionState};

use super::affairs::{self, name};
use super::meetings::{self, Which, acts, affair, said, timeline, word, words_act, words_form};
use super::record::{Fields, Given, Refused, Signature};
use super::{Page, part, resend};
use crate::fault::Fault;
use crate::office::View;
use crate::{Visitor, Workbench, blocking};

/// Where a mission can be carried on to.
const STATES: [MissionState; 4] = [
    MissionState::Reported,
    MissionState::Held,
    MissionState::Scheduled,
    MissionState::Cancelled,
];

fn one(
    bench: &Workbench,
    visitor: &Visitor,
    view: &View,
    (given, refused): (&Given, Option<&Refused>),
    id: &str,
) -> Result<Html<String>, Fault> {
    let (w, status) = (visitor.words(), &view.play.status);
    let mission = status
        .missions
        .iter()
        .find(|mission| mission.id.as_str() == id);
    let mission = mission.ok_or_else(Fault::nothing)?;
    let acts = acts(view)?;
    let affair = affair(&acts, id).ok_or_else(Fault::nothing)?;
    let instructions = affair.own.iter().filter_map(|one| match &one.act.deed {
        Deed::Mission(mission) => mission.instructions.as_deref(),
        _ => None,
    });
    let instructions: Vec<&str> = instructions.collect();
    let first = affair.own.first().map_or("", |one| one.act.room.as_str());
    let chamber = format!("chamber-{}", visitor.seat());
    let (step, words) = (given.of("step"), given.of("words"));
    let signature = |given, room| Signature {
        view,
        visitor,
        given,
        now: bench.now(),
        room,
        ask: false,
    };
    let held = |of: &onetext_talks::SessionStatus| {
        acts.iter().any(|one| match &one.act.deed {
            Deed::Session(session) => {
                one.act.id == of.id
                    && session
                        .mission
                        .as_ref()
                        .is_some_and(|own| own.as_str() == id)
            }
            _ => false,
        })
    };
    let carry_on = html! {
        fieldset { legend { (w.say("meetings-state")) } div class="choices" { @for (place, state) in STATES.iter().enumerate() { @let key = word(state);
            label { input type="radio" name="state" value=(key) checked[step.get("state") == key || (step.get("state").is_empty() && place == 0)]; span { (affairs::mission(w, *state).word) } }
        } } }
        label class="field" { span { (w.say("mission-report")) } small { (w.say("mission-report-hint")) } textarea name="note" rows="5" maxlength="8000" dir="auto" { (step.get("note")) } }
    };
    let title = w.say("mission-title");
    let body = html! {
        main class="wide" {
            p class="kicker" { a href="/meetings" { (w.say("meetings-title")) } }
            h1 { bdi { (name(status, mission.envoy.as_str())) } (w.to()) bdi { (name(status, &mission.counterpart)) } }
            @if let Some(refused) = refused { (refused.shown(w)) }
            dl class="facts" {
                div { dt { (w.say("meetings-state")) } dd { (affairs::mission(w, mission.state).label()) } }
                @if let Some(place) = &mission.place { div { dt { (w.say("meetings-place")) } dd dir="auto" { (place) } } }
                @if let Some(base) = &mission.base { div { dt { (w.say("meetings-base")) } dd { a href=(format!("/draft/{}", part(base.as_str()))) { (base) } } } }
                @for session in status.sessions.iter().filter(|session| held(session)) { div { dt { (w.say("meetings-meeting")) } dd { a href=(format!("/meeting?id={}", part(session.id.as_str()))) { (affairs::format(w, session.format)) } } } }
            }
            h2 { (w.say("meetings-instructions")) }
            @if instructions.is_empty() { p class="small" { (w.say("mission-no-instructions")) } }
            @for words in instructions { p class="quoted" dir="auto" { (words) } }
            h2 { (w.say("meetings-how")) }
            (timeline(w, view, &affair.steps))
            (said(w, view, &affair.said))
            section class="no-print" { h2 { (w.say("mission-carry-on")) }
                (signature(&step, first).form("/mission", &[("form", "step"), ("id", id)], carry_on))
            }
            section class="no-print" { h2 { (w.say("meetings-tell")) } (words_form(w, "/mission", id, &signature(&words, &chamber))) }
        }
    };
    let page = Page {
        title: &title,
        style: "affairs.css",
        here: "/meetings",
        live: refused.is_none(),
    };
    Ok(page.again(view, visitor, refused.map(|_| "/mission"), body))
}

pub(crate) async fn page(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    Query(which): Query<Which>,
) -> Result<Html<String>, Fault> {
    blocking(move || {
        let view = bench.office.view(&visitor, bench.now())?;
        one(
            &bench,
            &visitor,
            &view,
            (&Given::default(), None),
            &which.id,
        )
    })
    .await
}

/// A mission is ordered, carried on, asked about or debriefed.
pub(crate) async fn tell(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    Form(given): Form<Given>,
) -> Result<Response, Fault> {
    blocking(move || {
        let view = bench.office.view(&visitor, bench.now())?;
        let id = given.get("id").to_owned();
        let mut missions = view.play.status.missions.iter();
        let there = missions.any(|mission| mission.id.as_str() == id);
        // It may have been taken back while this was written.
        if given.get("form") != "order" && !there {
            return Ok(resend::nothing(visitor.words(), &given));
        }
        let again = |refused: &Refused| -> Result<Response, Fault> {
            let told = (&given, Some(refused));
            let page = match given.get("form") {
                "order" => meetings::list(&bench, &visitor, &view, told)?,
                _ => one(&bench, &visitor, &view, told, &id)?,
            };
            Ok((refused.status(), page).into_response())
        };
        let fields = match given.get("form") {
            "words" => words_act(&given, &visitor),
            "order" => {
                let mut fields = Fields::of("mission", &given, &visitor);
                fields.words("state", "ordered");
                for name in ["envoy", "counterpart", "place", "base", "instructions"] {
                    fields.words(name, given.get(name));
                }
                fields
            }
            _ => {
                let missions = &view.play.status.missions;
                let mission = missions.iter().find(|mission| mission.id.as_str() == id);
                let mission = mission.ok_or_else(Fault::nothing)?;
                let mut fields = Fields::of("mission", &given, &visitor);
                fields.words("of", &id);
                fields.words("envoy", mission.envoy.as_str());
                fields.words("counterpart", &mission.counterpart);
                fields.words("place", mission.place.as_deref().unwrap_or_default());
                fields.words(
                    "base",
                    mission.base.as_ref().map_or("", |base| base.as_str()),
                );
                fields.words("state", given.get("state"));
                fields.words("note", given.get("note"));
                fields
            }
        };
        match fields.record(&bench, &visitor, &view) {
            Ok(()) if id.is_empty() => Ok(Redirect::to("/meetings").into_response()),
            Ok(()) => Ok(Redirect::to(&format!("/mission?id={}", part(&id))).into_response()),
            Err(refused) => again(&refused),
        }
    })
    .await
}
