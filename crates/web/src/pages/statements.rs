//! What was said in public, beside the record: claims judged as of their day and as of today, accounts that conflict side by
//! side, and every statement with whoever stands by it.

use std::sync::Arc;

use axum::Extension;
use axum::Form;
use axum::extract::State;
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use maud::{Markup, PreEscaped, html};
use onetext_desk::{Cut, on_record};
use onetext_paper::state;
use onetext_talks::{Alert, AlertKind, ClaimStatus, OnRecord, StatementStatus, Status};

use super::affairs::{self, name, names, told, when};
use super::record::{Fields, Given, Refused, Signature};
use super::rooms::Rooms;
use super::{Page, part};
use crate::fault::Fault;
use crate::office::View;
use crate::words::Words;
use crate::{Visitor, Workbench, blocking};

/// The most statements of a page.
const MOST: usize = 200;

fn speaker<'s>(status: &'s Status, speaker: Option<&'s str>, seat: &'s str) -> Markup {
    let seat = name(status, seat);
    html! { @match speaker { Some(who) if who != seat => { bdi { (who) } " (" bdi { (seat) } ")" }, _ => bdi { (seat) } } }
}

fn claim(view: &View, w: Words, claim: &ClaimStatus) -> Markup {
    let status = &view.play.status;
    let why = view
        .play
        .why
        .iter()
        .find(|why| why.subject == claim.id.as_str());
    let by = claim.asserted_by.first().map_or("", |seat| seat.as_str());
    html! {
        tr id=(format!("claim-{}", part(claim.id.as_str()))) {
            th scope="row" class="wording" { q dir="auto" { (claim.words) } span class="under" { (w.say("statements-taken-to-say")) " " (affairs::claim(w, claim.what, claim.value.as_deref())) } }
            td { (speaker(status, claim.speaker.as_deref(), by)) span class="under" { (when(&claim.on)) }
                @if !claim.confirmed_by.is_empty() { span class="under" { (w.say("statements-confirmed-by")) " " (names(w, status, claim.confirmed_by.iter().map(|seat| seat.as_str()))) } }
                @if !claim.denied_by.is_empty() { span class="under denied" { (w.say("statements-denied-by")) " " (names(w, status, claim.denied_by.iter().map(|seat| seat.as_str()))) } }
                span class="no-print" { a href=(format!("/statements?answer={}#answer", part(claim.id.as_str()))) aria-label=(w.say_with("statements-answer-to", &[("claim", claim.id.as_str().into())])) { (w.say("statements-answer")) } } }
            @let then = affairs::verdict(w, claim.verdict_then);
            td class=(then.class()) { (then.plain()) }
            @let now = affairs::verdict(w, claim.verdict);
            td class=(now.class()) { (now.plain()) span class="under" { (told(&claim.because)) } }
        }
        @if let Some(why) = why { tr class="because" { td colspan="4" { details { summary { (w.say("gates-acts")) } div lang="en" dir="auto" { (PreEscaped(state::reasons(why))) } } } } }
    }
}

/// Accounts of the same thing that do not agree, beside each other.
fn conflict(w: Words, view: &View, acts: &[OnRecord], alert: &Alert) -> Markup {
    let (status, rooms) = (&view.play.status, Rooms::of(view));
    let accounts = alert
        .acts
        .iter()
        .map(|id| acts.iter().find(|one| one.act.id == *id));
    html! {
        article class="card" {
            p { (told(&alert.text)) }
            div class="beside" { @for (place, one) in accounts.enumerate() { div {
                @match one {
                    Some(one) => { h3 { (when(&one.act.on)) } p { (told(&one.card.text)) } p class="small" { (rooms.shown(status, one.act.room.as_str())) @if one.withdrawn { " · " (w.say("meetings-withdrawn")) } } },
                    None => { @if let Some(words) = alert.told.get(place) { p { (told(words)) } } },
                }
            } } }
        }
    }
}

fn statement(w: Words, status: &Status, said: &StatementStatus) -> Markup {
    html! {
        li {
            p class="quoted" dir="auto" { (said.words) }
            p class="small" { (speaker(status, said.speaker.as_deref(), said.seat.as_str())) " · " (when(&said.on))
                @if let Some(attribution) = said.attribution { " · " (affairs::attribution(w, attribution)) }
                @if let Some(medium) = &said.medium { " · " bdi { (medium) } }
                @if let Some(place) = &said.place { " · " bdi { (place) } }
                @for claim in &said.claims { " · " a href=(format!("#claim-{}", part(claim.as_str()))) { (w.say("statements-its-claim")) } } }
        }
    }
}

fn answer(w: Words, status: &Status, about: &str, signature: &Signature<'_>) -> Markup {
    let what = signature.given.get("what");
    let fields = html! {
        label class="field" { span { (w.say("statements-which")) } select name="of" required { option value="" { (w.say("record-choose")) } @for claim in &status.claims { option value=(claim.id) selected[claim.id.as_str() == about] { (claim.words.chars().take(90).collect::<String>()) } } } }
        fieldset { legend { (w.say("statements-what")) } div class="choices" {
            label { input type="radio" name="what" value="confirm" required checked[what == "confirm"]; span { (w.say("statements-confirm")) small { (w.say("statements-confirm-hint")) } } }
            label { input type="radio" name="what" value="deny" required checked[what == "deny"]; span { (w.say("statements-deny")) small { (w.say("statements-deny-hint")) } } }
        } }
    };
    html! {
        section id="answer" class="no-print" { h2 { (w.say("statements-answer-title")) }
            (signature.form("/statements/answer", &[], fields))
        }
    }
}

/// The room in which a claim was made.
fn room_of(view: &View, claim: &str) -> Result<Option<String>, Fault> {
    let mut claims = view.play.status.claims.iter();
    let Some(claim) = claims.find(|own| own.id.as_str() == claim) else {
        return Ok(None);
    };
    let acts = on_record(&view.books, &view.viewer, &Cut::default(), |act| {
        act.id == claim.statement
    })?;
    Ok(acts.first().map(|one| one.act.room.to_string()))
}

fn shown(
    bench: &Workbench,
    visitor: &Visitor,
    view: &View,
    (given, refused): (&Given, Option<&Refused>),
) -> Result<Html<String>, Fault> {
    let (w, status) = (visitor.words(), &view.play.status);
    let conflicts = status
        .alerts
        .iter()
        .filter(|alert| alert.kind == AlertKind::AccountsConflict);
    let conflicts: Vec<&Arc<Alert>> = conflicts.collect();
    let acts = match conflicts.is_empty() {
        true => Vec::new(),
        false => on_record(&view.books, &view.viewer, &Cut::default(), |act| {
            conflicts.iter().any(|alert| alert.acts.contains(&act.id))
        })?,
    };
    let about = match given.get("of") {
        "" => given.get("answer"),
        of => of,
    };
    let title = w.say("statements-title");
    // An answer is heard where the claim was, and nowhere wider unless somebody says so.
    let room = room_of(view, about)?;
    let signature = Signature {
        view,
        visitor,
        given,
        now: bench.now(),
        room: room.as_deref().unwrap_or_default(),
        ask: true,
    };
    let body = html! {
        header { p class="kicker" { (w.say("statements-kicker")) } h1 { (title) } p class="lead" { (w.say("statements-lead")) } }
        main {
            @if let Some(refused) = refused { (refused.shown(w)) }
            p class="no-print" { a class="button" href="/statements/report" { (w.say("statements-paste")) } }
            section { h2 { (w.say("statements-claims")) }
                @if status.claims.is_empty() { p class="small" { (w.say("statements-no-claims")) } } @else {
                    div class="scroll" tabindex="0" role="region" aria-label=(w.say("statements-claims")) { table class="claims" {
                        caption { (w.say("statements-claims-caption")) }
                        thead { tr { th scope="col" class="wording" { (w.say("statements-said")) } th scope="col" { (w.say("statements-by")) } th scope="col" { (w.say("statements-then")) } th scope="col" { (w.say("statements-today")) } } }
                        tbody { @for one in status.claims.iter().rev().take(MOST) { (claim(view, w, one)) } }
                    } }
                }
            }
            @if !conflicts.is_empty() { section { h2 { (w.say("statements-conflicts")) } @for alert in &conflicts { (conflict(w, view, &acts, alert)) } } }
            section { h2 { (w.say("statements-all")) }
                @if status.statements.is_empty() { p class="small" { (w.say("statements-none")) } }
                ul class="plain" { @for said in status.statements.iter().rev().take(MOST) { (statement(w, status, said)) } }
                @if status.statements.len() > MOST { p class="small" { (w.say_with("meetings-more", &[("n", (status.statements.len() - MOST).into())])) } }
            }
            @if !status.claims.is_empty() { (answer(w, status, about, &signature)) }
        }
    };
    let page = Page {
        title: &title,
        style: "affairs.css",
        here: "/statements",
        live: refused.is_none(),
    };
    Ok(page.again(view, visitor, refused.map(|_| "/statements/answer"), body))
}

pub(crate) async fn page(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    axum::extract::Query(given): axum::extract::Query<Given>,
) -> Result<Html<String>, Fault> {
    blocking(move || {
        let view = bench.office.view(&visitor, bench.now())?;
        shown(&bench, &visitor, &view, (&given, None))
    })
    .await
}

/// A claim is confirmed or denied by this seat.
pub(crate) async fn tell(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    Form(given): Form<Given>,
) -> Result<Response, Fault> {
    blocking(move || {
        let view = bench.office.view(&visitor, bench.now())?;
        let of = given.get("of");
        if of.is_empty() {
            let w = visitor.words();
            let refused = Refused::own(w.say("statements-no-claim"), w);
            let page = shown(&bench, &visitor, &view, (&given, Some(&refused)))?;
            return Ok((refused.status(), page).into_response());
        }
        if !view
            .play
            .status
            .claims
            .iter()
            .any(|claim| claim.id.as_str() == of)
        {
            return Err(Fault::nothing());
        }
        let w = visitor.words();
        let kind = match given.get("what") {
            "deny" => "deny",
            "confirm" => "confirm",
            _ => {
                let refused = Refused::own(w.say("statements-no-answer"), w);
                let page = shown(&bench, &visitor, &view, (&given, Some(&refused)))?;
                return Ok((refused.status(), page).into_response());
            }
        };
        let mut fields = Fields::of(kind, &given, &visitor);
        fields.words("of", of);
        match fields.record(&bench, &visitor, &view) {
            Ok(()) => Ok(Redirect::to(&format!("/statements#claim-{}", part(of))).into_response()),
            Err(refused) => {
                let page = shown(&bench, &visitor, &view, (&given, Some(&refused)))?;
                Ok((refused.status(), page).into_response())
            }
        }
    })
    .await
}
