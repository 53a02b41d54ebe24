//! The briefing of a person: what `onetext brief` says, as a page that prints. Never more than the person may know.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Extension;
use axum::Form;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use onetext_desk::{Brief, Cut, When};
use onetext_paper::state::{class, words};
use onetext_talks::{
    Basis, BriefedPoint, ObligationState, PointStatus, SessionState, StanceType, Status,
};

use super::affairs::{self, name, told, when};
use super::record::{Fields, Given, Refused, Signature};
use super::{Page, part, process};
use crate::fault::Fault;
use crate::office::View;
use crate::words::Words;
use crate::{Visitor, Workbench, blocking};

/// The most acts that a briefing tells one by one: the last of them.
const ACTS: usize = 40;

/// What an open point is open for, in words.
fn open_for(w: Words, point: &BriefedPoint) -> String {
    match (point.status, point.kind) {
        (PointStatus::Disputed, Some(StanceType::Language)) => w.say("briefing-disputed-language"),
        (PointStatus::Disputed, Some(StanceType::Level)) => w.say("briefing-disputed-level"),
        (PointStatus::Disputed, Some(StanceType::Time)) => w.say("briefing-disputed-time"),
        (PointStatus::Disputed, Some(StanceType::Substance)) => {
            w.say("briefing-disputed-substance")
        }
        (PointStatus::Disputed, Some(StanceType::Dependency)) => {
            w.say("briefing-disputed-dependency")
        }
        (PointStatus::Disputed, None) => w.say("briefing-disputed"),
        (PointStatus::AgreedAdRef, _) => w.say("briefing-ad-referendum"),
        _ => w.say("briefing-unknown"),
    }
}

fn stand(w: Words, brief: &Brief) -> Markup {
    let number = |before: Option<u64>, now: u64| {
        html! { @match before { Some(before) if before != now => { span class="small" { (before) (w.to()) } strong { (now) } }, _ => (now) } }
    };
    html! {
        div class="scroll" tabindex="0" role="region" aria-label=(w.say("briefing-stand")) { table class="numbers" {
            caption class=[brief.then.is_none().then_some("aloud")] { @if brief.then.is_some() { (w.say("briefing-stand-since")) } @else { (w.say("briefing-stand")) } }
            thead { tr { th scope="col" { (w.say("briefing-text")) } th scope="col" { (w.say("briefing-latest")) } th scope="col" { (w.say("briefing-agreed")) } th scope="col" { (w.say("briefing-ad-ref")) } th scope="col" { (w.say("briefing-disputed-points")) } th scope="col" { (w.say("briefing-unknown-points")) } th scope="col" { (w.say("briefing-all")) } } }
            tbody { @for text in words::in_order(&brief.status.texts) {
                @let then = brief.then.as_ref().and_then(|then| then.texts.iter().find(|own| own.id == text.id));
                @let were = then.and_then(|then| then.points.as_ref());
                tr { th scope="row" dir="auto" { @if text.title.is_empty() { (text.id) } @else { (text.title) } }
                    @match (&text.latest, &text.points) {
                        (Some(latest), Some(points)) => {
                            td { @if let Some(old) = then.and_then(|then| then.latest.as_ref()).filter(|old| *old != latest) { span class="small" { (old) (w.to()) } } a href=(format!("/draft/{}", part(latest.as_str()))) { (latest) } }
                            td { (number(were.map(|were| were.agreed), points.agreed)) }
                            td { (number(were.map(|were| were.agreed_ad_ref), points.agreed_ad_ref)) }
                            td { (number(were.map(|were| were.disputed), points.disputed)) }
                            td { (number(were.map(|were| were.unknown), points.unknown)) }
                            td { (points.total) }
                        },
                        _ => { td colspan="6" class="small" { (w.say("briefing-by-name")) } }
                    }
                }
            } }
        } }
    }
}

fn since(w: Words, brief: &Brief) -> Markup {
    let left = brief.since.len().saturating_sub(ACTS);
    html! {
        section { h2 { (w.say("briefing-since")) }
            @if brief.then.is_none() { p class="small" { (w.say("briefing-no-earlier")) } }
            @else if brief.since.is_empty() { p class="small" { (w.say("briefing-nothing-since")) } }
            @if left > 0 { p class="small" { (w.say_with("briefing-left-out", &[("n", left.into())])) } }
            ul class="acts" { @for act in brief.since.iter().skip(left) { li { span class="small" { (when(&act.on)) } " " (told(&act.text)) } } }
        }
    }
}

fn given(w: Words, status: &Status) -> Markup {
    html! {
        section { h2 { (w.say("briefing-given")) }
            ul class="plain" { @for text in words::in_order(&status.texts) { @for (seat, given) in &text.exposure {
                li { bdi { (name(status, seat.as_str())) } (w.comma()) bdi { @if text.title.is_empty() { (text.id) } @else { (text.title) } } ": "
                    @let once = words::once_each(given);
                    @if once.is_empty() { (w.say("briefing-nothing-given")) }
                    @for (place, one) in once.iter().enumerate() { @if place > 0 { "; " } bdi { (one.draft) } " " span class="small" { (told(&words::given(one))) } } }
            } } }
        }
    }
}

fn open(w: Words, brief: &Brief) -> Markup {
    let mut kinds: Vec<(String, Vec<&BriefedPoint>)> = Vec::new();
    for point in &brief.open {
        let kind = open_for(w, point);
        match kinds.iter_mut().find(|(own, _)| *own == kind) {
            Some((_, points)) => points.push(point),
            None => kinds.push((kind, vec![point])),
        }
    }
    html! {
        section { h2 { (w.say("briefing-open")) }
            @if kinds.is_empty() { p class="small" { (w.say("briefing-none-open")) } }
            @for (kind, points) in &kinds { h3 { (kind) } ul class="points" { @for point in points {
                li { a href=(format!("/point?subject={}", part(&format!("{}#{}", point.text, point.path)))) { bdi { (point.path) } } " " span class="words" dir="auto" { (point.words) } span class="under" { (told(&point.closes.join("; "))) } }
            } } }
        }
    }
}

/// What can be done next, as far as the record knows.
fn next(w: Words, status: &Status) -> Markup {
    let mut steps: Vec<Markup> = Vec::new();
    for text in words::in_order(&status.texts) {
        let Some(latest) = text
            .latest
            .as_ref()
            .filter(|_| status.basis == Basis::Record)
        else {
            continue;
        };
        let without = text.parties.iter().filter(|seat| {
            **seat != text.issuer
                && !text
                    .exposure
                    .get(*seat)
                    .into_iter()
                    .flatten()
                    .any(|one| one.draft == *latest || one.copy_of.as_ref() == Some(latest))
        });
        for seat in without {
            steps.push(html! { (w.say_with("briefing-next-give", &[("seat", name(status, seat.as_str()).into()), ("draft", latest.as_str().into())])) });
        }
    }
    for reply in status
        .obligations
        .iter()
        .filter(|reply| reply.state == ObligationState::None)
    {
        steps.push(html! { (w.say_with("briefing-next-reply", &[("seat", name(status, reply.from.as_str()).into())])) @if let Some(due) = &reply.due { " " (when(due)) } });
    }
    for session in status
        .sessions
        .iter()
        .filter(|session| session.state < SessionState::Held)
    {
        steps.push(html! { a href=(format!("/meeting?id={}", part(session.id.as_str()))) { (affairs::format(w, session.format)) } " " (affairs::session(w, session.state).label()) @if let Some(on) = &session.on { " " (when(on)) } });
    }
    html! {
        section { h2 { (w.say("briefing-next")) }
            @if steps.is_empty() { p class="small" { (w.say("briefing-no-step")) } }
            ul { @for step in steps { li { (step) } } }
        }
    }
}

fn around(w: Words, brief: &Brief) -> Markup {
    let status = &brief.status;
    html! {
        @if !brief.feedback.is_empty() { section { h2 { (w.say("briefing-feedback")) } ul { @for one in &brief.feedback { li { span class="small" { (when(&one.act.on)) } " " (told(&one.act.text)) @if let Some(interest) = one.interest.as_ref().filter(|interest| !one.act.text.contains(interest.as_str())) { span class="under" dir="auto" { (interest) } } } } } } }
        @if !status.gates.is_empty() { section { h2 { (w.say("gates-title")) } ul class="plain" { @for gate in &status.gates { li { (affairs::holds(w, gate.holds).label()) " " span dir="auto" { (gate.event) } span class="under" { (told(&gate.reasons.join("; "))) } } } } } }
        @if !status.claims.is_empty() { section { h2 { (w.say("briefing-said")) } ul class="plain" { @for claim in &status.claims { li { q dir="auto" { (claim.words) } " " span class="small" { bdi { (claim.speaker.as_deref().unwrap_or_else(|| claim.asserted_by.first().map_or("", |seat| name(status, seat.as_str())))) } ", " (when(&claim.on)) } " " (affairs::verdict(w, claim.verdict).label()) span class="under" { (told(&claim.because)) } } } } } }
        @if !brief.contacts.is_empty() { section { h2 { (w.say("meetings-weeks")) } ul class="plain" { @for week in &brief.contacts { li { bdi { (week.from) } ": " (w.say_with("briefing-meetings", &[("n", i64::try_from(week.sessions).unwrap_or(i64::MAX).into())])) } } } } }
    }
}

/// For whom a briefing is offered: persons by their seats, one's own first.
fn choice(w: Words, status: &Status, visitor: &Visitor, chosen: &str, since: &str) -> Markup {
    let mut seats: BTreeMap<(bool, &str), Vec<_>> = BTreeMap::new();
    for person in &status.persons {
        let seat = person.seat.as_str();
        seats
            .entry((seat != visitor.seat(), seat))
            .or_default()
            .push(person);
    }
    html! {
        form method="get" action="/briefing" class="filters no-print" {
            label { (w.say("briefing-for")) select name="for" { @for ((_, seat), persons) in &seats { optgroup label=(name(status, seat)) { @for person in persons { option value=(person.id) selected[person.id.as_str() == chosen] { (person.name) } } } } } }
            label { (w.say("briefing-from")) input type="date" name="since" value=(since); }
            button type="submit" { (w.say("briefing-show")) }
        }
    }
}

fn shown(
    bench: &Workbench,
    visitor: &Visitor,
    view: &View,
    (given_in, refused): (&Given, Option<&Refused>),
) -> Result<Html<String>, Fault> {
    let (w, status) = (visitor.words(), &view.play.status);
    let own = |person: &&onetext_talks::PersonCard| person.seat.as_str() == visitor.seat();
    let signed_in = status
        .persons
        .iter()
        .filter(own)
        .find(|person| Some(person.name.as_str()) == visitor.name());
    let first = signed_in.or_else(|| status.persons.iter().find(own));
    let person = match given_in.get("for") {
        "" => first.map(|person| person.id.as_str()),
        person => Some(person),
    };
    let since_given = given_in.get("since");
    let from = match since_given {
        "" => None,
        day => Some(When::parse(day).map_err(onetext_desk::DeskError::When)?),
    };
    let title = w.say("briefing-title");
    let Some(person) = person else {
        let body = html! { main class="wide" { h1 { (title) } p { (w.say("briefing-nobody")) } } };
        let page = Page {
            title: &title,
            style: "affairs.css",
            here: "/briefing",
            live: false,
        };
        return Ok(page.of(view, visitor, body));
    };
    let brief = onetext_desk::brief(
        &view.books,
        &view.viewer,
        &Cut::default(),
        (person, from.as_ref()),
    )?;
    let signature = Signature {
        view,
        visitor,
        given: given_in,
        now: bench.now(),
        room: &format!("chamber-{}", visitor.seat()),
        ask: false,
    };
    let told_of = &brief.status;
    let body = html! {
        header { p class="kicker" { (title) } h1 dir="auto" { (brief.person.name) }
            (choice(w, status, visitor, person, since_given))
        }
        main class="brief" {
            @if let Some(refused) = refused { (refused.shown(w)) }
            dl class="facts" {
                div { dt { (w.say("briefing-process")) } dd dir="auto" { (process(told_of)) } }
                div { dt { (w.say("briefing-seat")) } dd { bdi { (name(told_of, brief.person.seat.as_str())) } @if let Some(level) = &brief.person.level { (w.comma()) bdi { (level) } } } }
                div { dt { (w.say("briefing-last")) } dd { @match &brief.last { Some(last) => (when(&last.on)), None => (w.say("briefing-never")) } } }
                div { dt { (w.say("briefing-basis")) } dd { @match told_of.basis { Basis::Record => (w.say("briefing-record")), Basis::View => (w.say("briefing-view")) } } }
            }
            section { h2 { (w.say("briefing-stand")) }
                @if told_of.ready_to_close { p { span class=(format!("label {}", class(words::Tone::Good))) { span aria-hidden="true" { "✓ " } (w.say("briefing-ready")) } } }
                (stand(w, &brief)) }
            (since(w, &brief)) (given(w, told_of)) (open(w, &brief)) (around(w, &brief)) (next(w, told_of))
            section class="no-print" { h2 { (w.say("briefing-note")) }
                (signature.form("/briefing", &[("for", person)], html! {
                    label class="field" { span { (w.say("briefing-briefers")) } small { (w.say("briefing-briefers-hint")) } input name="briefers" required maxlength="400" dir="auto" value=(match given_in.get("briefers") { "" => visitor.name().unwrap_or_default(), briefers => briefers }); }
                }))
            }
        }
    };
    let page = Page {
        title: &title,
        style: "affairs.css",
        here: "/briefing",
        live: false,
    };
    Ok(page.again(view, visitor, refused.map(|_| "/briefing"), body))
}

pub(crate) async fn page(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    Query(given): Query<Given>,
) -> Result<Html<String>, Fault> {
    blocking(move || {
        let view = bench.office.view(&visitor, bench.now())?;
        shown(&bench, &visitor, &view, (&given, None))
    })
    .await
}

/// That somebody was briefed is put on record: the next briefing begins there.
pub(crate) async fn note(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    Form(given): Form<Given>,
) -> Result<Response, Fault> {
    blocking(move || {
        let view = bench.office.view(&visitor, bench.now())?;
        let person = given.get("for");
        if !view
            .play
            .status
            .persons
            .iter()
            .any(|own| own.id.as_str() == person)
        {
            return Err(Fault::nothing());
        }
        let mut fields = Fields::of("briefing", &given, &visitor);
        fields.words("recipient", person);
        let briefers = given.get("briefers").split([',', '،', ';']).map(str::trim);
        fields.list("briefers", briefers.filter(|briefer| !briefer.is_empty()));
        match fields.record(&bench, &visitor, &view) {
            Ok(()) => Ok(Redirect::to(&format!("/briefing?for={}", part(person))).into_response()),
            Err(refused) => {
                let page = shown(&bench, &visitor, &view, (&given, Some(&refused)))?;
                Ok((refused.status(), page).into_response())
            }
        }
    })
    .await
}
