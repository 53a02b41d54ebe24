//! Missions and meetings: what was ordered, proposed, confirmed and held, how often the sides met, and a page of each.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Extension;
use axum::Form;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use onetext_desk::{Cut, contacts, on_record};
use onetext_talks::{Act, ActId, ContactWeek, Deed, OnRecord, SessionState, SessionStatus, Status};

use super::affairs::{self, name, names, told, when};
use super::record::{Fields, Given, Refused, Signature};
use super::rooms::Rooms;
use super::{Page, part, resend};
use crate::fault::Fault;
use crate::office::View;
use crate::words::Words;
use crate::{Visitor, Workbench, blocking};

/// The most entries of a list on the page.
const MOST: usize = 200;

/// The forms of a meeting, in the order of a list.
pub(super) const FORMATS: [onetext_talks::Format; 7] = {
    use onetext_talks::Format::*;
    [
        Bilateral, Trilateral, Plenary, Proximity, Shuttle, Visit, Summit,
    ]
};

/// The acts that meetings and missions are told by: themselves, what answers them, and what is said about them.
pub(super) fn acts(view: &View) -> Result<Vec<OnRecord>, Fault> {
    let wanted = |act: &Act| {
        matches!(
            act.deed,
            Deed::Session(_)
                | Deed::Mission(_)
                | Deed::Confirm(_)
                | Deed::Deny(_)
                | Deed::Note(_)
                | Deed::Question(_)
        )
    };
    Ok(on_record(
        &view.books,
        &view.viewer,
        &Cut::default(),
        wanted,
    )?)
}

/// What of the acts belongs to one meeting or mission.
pub(super) struct Affair<'a> {
    /// The acts that make it and carry it on.
    pub(super) own: Vec<&'a OnRecord>,
    /// Those and what answers them, in the order of time.
    pub(super) steps: Vec<&'a OnRecord>,
    /// What was asked and said about it.
    pub(super) said: Vec<&'a OnRecord>,
}

/// What belongs to the meeting or mission that begins with this act; none where there is no such act here.
pub(super) fn affair<'a>(acts: &'a [OnRecord], id: &str) -> Option<Affair<'a>> {
    let carries_on = |act: &Act| match &act.deed {
        Deed::Session(session) => session.of.clone(),
        Deed::Mission(mission) => mission.of.clone(),
        _ => None,
    };
    let mut ids: BTreeSet<&ActId> = BTreeSet::new();
    ids.insert(
        &acts
            .iter()
            .find(|one| {
                one.act.id.as_str() == id
                    && matches!(one.act.deed, Deed::Session(_) | Deed::Mission(_))
            })?
            .act
            .id,
    );
    loop {
        let before = ids.len();
        let next = acts
            .iter()
            .filter(|one| carries_on(&one.act).is_some_and(|of| ids.contains(&of)));
        let next: Vec<&ActId> = next.map(|one| &one.act.id).collect();
        ids.extend(next);
        if ids.len() == before {
            break;
        }
    }
    let own: Vec<&OnRecord> = acts
        .iter()
        .filter(|one| ids.contains(&one.act.id))
        .collect();
    let answers = |one: &OnRecord| match &one.act.deed {
        Deed::Confirm(confirm) | Deed::Deny(confirm) => {
            ids.iter().any(|id| id.as_str() == confirm.of)
        }
        _ => false,
    };
    let steps = acts
        .iter()
        .filter(|one| ids.contains(&one.act.id) || answers(one));
    let said = acts.iter().filter(|one| {
        matches!(one.act.deed, Deed::Note(_) | Deed::Question(_))
            && one
                .act
                .about
                .iter()
                .any(|about| ids.iter().any(|id| id.as_str() == about))
    });
    Some(Affair {
        steps: steps.collect(),
        said: said.collect(),
        own,
    })
}

/// The steps of a meeting or mission, one under the other.
pub(super) fn timeline(w: Words, view: &View, steps: &[&OnRecord]) -> Markup {
    let (status, rooms) = (&view.play.status, Rooms::of(view));
    html! {
        ol class="timeline" { @for one in steps {
            li class=[one.withdrawn.then_some("gone")] {
                p class="small" { (when(&one.act.on)) " · " (rooms.shown(status, one.act.room.as_str())) @if one.withdrawn { " · " (w.say("meetings-withdrawn")) } }
                p { (told(&one.card.text)) }
                @if let Some(note) = &one.act.note { p class="quoted" dir="auto" { (note) } }
            }
        } }
    }
}

/// What was asked and said about something, each with the room whose members can read it.
pub(super) fn said(w: Words, view: &View, said: &[&OnRecord]) -> Markup {
    let (status, rooms) = (&view.play.status, Rooms::of(view));
    let (questions, notes): (Vec<&OnRecord>, Vec<&OnRecord>) = said
        .iter()
        .partition(|one| matches!(one.act.deed, Deed::Question(_)));
    let list = |list: &[&OnRecord]| {
        html! { ul class="plain" { @for one in list { li {
            @if let Deed::Note(said) | Deed::Question(said) = &one.act.deed { p class="quoted" dir="auto" { (said.words) } }
            p class="small" { bdi { (name(status, &one.card.by)) } " · " (when(&one.act.on)) " · " (rooms.shown(status, one.act.room.as_str())) @if one.withdrawn { " · " (w.say("meetings-withdrawn")) } }
        } } } }
    };
    html! {
        h2 { (w.say("meetings-questions")) }
        @if questions.is_empty() { p class="small" { (w.say("meetings-no-questions")) } } @else { (list(&questions)) }
        h2 { (w.say("meetings-debrief")) }
        @if notes.is_empty() { p class="small" { (w.say("meetings-no-debrief")) } } @else { (list(&notes)) }
    }
}

/// The form for a question or a debriefing.
pub(super) fn words_form(w: Words, to: &str, id: &str, signature: &Signature<'_>) -> Markup {
    let given = signature.given;
    let questions = given.get("what") == "question";
    let fields = html! {
        fieldset { legend { (w.say("meetings-words-what")) } div class="choices" {
            label { input type="radio" name="what" value="note" checked[!questions]; span { (w.say("meetings-words-note")) small { (w.say("meetings-words-note-hint")) } } }
            label { input type="radio" name="what" value="question" checked[questions]; span { (w.say("meetings-words-question")) small { (w.say("meetings-words-question-hint")) } } }
        } }
        label class="field" { span { (w.say("meetings-words")) } textarea name="words" rows="4" required maxlength="8000" dir="auto" { (given.get("words")) } }
    };
    signature.form(to, &[("form", "words"), ("id", id)], fields)
}

/// A question or a debriefing, as an act about the meeting or mission.
pub(super) fn words_act(given: &Given, visitor: &Visitor) -> Fields {
    let kind = match given.get("what") {
        "question" => "question",
        _ => "note",
    };
    let mut fields = Fields::of(kind, given, visitor);
    fields.words("words", given.get("words"));
    fields.list("about", std::iter::once(given.get("id")));
    fields
}

fn is_ahead(state: SessionState) -> bool {
    state < SessionState::Held
}

fn table(w: Words, status: &Status, caption: &str, sessions: &[&SessionStatus]) -> Markup {
    html! {
        div class="scroll" tabindex="0" role="region" aria-label=(caption) { table {
            caption { (caption) }
            thead { tr { th scope="col" { (w.say("meetings-when")) } th scope="col" { (w.say("meetings-meeting")) } th scope="col" { (w.say("meetings-with")) } th scope="col" { (w.say("meetings-state")) } } }
            tbody { @for session in sessions.iter().take(MOST) { tr {
                td { @match &session.on { Some(on) => (when(on)), None => span class="small" { (w.say("meetings-no-date")) } } }
                th scope="row" { a href=(format!("/meeting?id={}", part(session.id.as_str()))) { (affairs::format(w, session.format)) @if let Some(place) = &session.place { (w.comma()) bdi { (place) } } } }
                td { (names(w, status, session.participants.iter().map(String::as_str))) }
                td { (affairs::session(w, session.state).label()) (stands(w, status, session)) }
            } } }
        } }
        @if sessions.len() > MOST { p class="small" { (w.say_with("meetings-more", &[("n", (sessions.len() - MOST).into())])) } }
    }
}

/// Who proposed, discussed and confirmed a meeting.
pub(super) fn stands(w: Words, status: &Status, session: &SessionStatus) -> Markup {
    let by = [
        (w.say("meetings-proposed-by"), &session.proposed_by),
        (w.say("meetings-discussed-by"), &session.discussed_by),
        (w.say("meetings-confirmed-by"), &session.confirmed_by),
    ];
    html! {
        @for (word, seats) in by { @if !seats.is_empty() { span class="under" { (word) " " (names(w, status, seats.iter().map(|seat| seat.as_str()))) } } }
        @if is_ahead(session.state) && session.confirmed_by.is_empty() { span class="under" { (w.say("meetings-unconfirmed")) } }
    }
}

/// How often the sides met, as bars with their numbers.
fn weeks(w: Words, weeks: &[ContactWeek]) -> Markup {
    let most = weeks
        .iter()
        .map(|week| week.sessions)
        .max()
        .unwrap_or(1)
        .max(1);
    let shown = weeks
        .get(weeks.len().saturating_sub(26)..)
        .unwrap_or_default();
    html! {
        h2 { (w.say("meetings-weeks")) }
        @if shown.is_empty() { p class="small" { (w.say("meetings-no-weeks")) } } @else {
            table class="weeks" { caption { (w.say("meetings-weeks-caption")) }
                thead { tr { th scope="col" { (w.say("meetings-week")) } th scope="col" { (w.say("meetings-held")) } } }
                tbody { @for week in shown { tr { th scope="row" { bdi class="nowrap" { (week.from) } }
                    td { svg class="week" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false" { rect x="0" y="0" height="10" width=(week.sessions * 100 / most) {} } " " (week.sessions) } } } }
            }
        }
    }
}

/// The seats and persons known here, to choose who takes part.
fn participants(w: Words, status: &Status, given: &Given) -> Markup {
    let chosen: Vec<&str> = given.all("participants").collect();
    let box_of = |id: &str, name: &str, under: Option<&str>| {
        html! { label { input type="checkbox" name="participants" value=(id) checked[chosen.contains(&id)]; span { bdi { (name) } @if let Some(under) = under { small dir="auto" { (under) } } } } }
    };
    html! {
        fieldset { legend { (w.say("meetings-with")) } div class="choices tight" {
            @for seat in &status.seats { (box_of(seat.id.as_str(), name(status, seat.id.as_str()), None)) }
            @for person in &status.persons { (box_of(person.id.as_str(), &person.name, Some(name(status, person.seat.as_str())))) }
        } }
    }
}

fn new_meeting(w: Words, view: &View, signature: &Signature<'_>, open: bool) -> Markup {
    let (status, given) = (&view.play.status, signature.given);
    let state = given.get("state");
    let states = [
        ("proposed", w.say("meetings-new-proposed")),
        ("held", w.say("meetings-new-held")),
        ("did-not-take-place", w.say("meetings-new-not")),
    ];
    let fields = html! {
        fieldset { legend { (w.say("meetings-state")) } div class="choices" { @for (place, (key, word)) in states.iter().enumerate() {
            label { input type="radio" name="state" value=(key) checked[state == *key || (state.is_empty() && place == 0)]; span { (word) } }
        } } }
        label class="field" { span { (w.say("meetings-format")) } select name="format" { @for format in FORMATS { @let key = word(&format); option value=(key) selected[given.get("format") == key] { (affairs::format(w, format)) } } } }
        (participants(w, status, given))
        label class="field" { span { (w.say("meetings-place")) } input name="place" maxlength="200" dir="auto" value=(given.get("place")); }
        label class="field" { span { (w.say("meetings-when")) } small { (w.say("meetings-when-hint")) } input name="when" maxlength="60" dir="ltr" value=(given.get("when")); }
        @if !status.gates.is_empty() { label class="field" { span { (w.say("meetings-gate")) } select name="gate" { option value="" { (w.say("meetings-none")) } @for gate in &status.gates { option value=(gate.id) selected[given.get("gate") == gate.id.as_str()] { (gate.event) } } } } }
    };
    html! {
        details open[open] { summary { (w.say("meetings-new")) }
            (signature.form("/meetings", &[("form", "meeting")], fields))
        }
    }
}

fn new_mission(w: Words, view: &View, signature: &Signature<'_>, open: bool) -> Markup {
    let (status, given) = (&view.play.status, signature.given);
    let seat = signature.visitor.seat();
    let own = status
        .persons
        .iter()
        .filter(|person| person.seat.as_str() == seat);
    let drafts = status.texts.iter().flat_map(|text| &text.drafts);
    let fields = html! {
        label class="field" { span { (w.say("meetings-envoy")) } select name="envoy" { @for person in own { option value=(person.id) selected[given.get("envoy") == person.id.as_str()] { (person.name) } } } }
        label class="field" { span { (w.say("meetings-to")) } select name="counterpart" {
            @for other in status.seats.iter().filter(|other| other.id.as_str() != seat) { option value=(other.id) selected[given.get("counterpart") == other.id.as_str()] { (name(status, other.id.as_str())) } }
            @for person in status.persons.iter().filter(|person| person.seat.as_str() != seat) { option value=(person.id) selected[given.get("counterpart") == person.id.as_str()] { (person.name) } }
        } }
        label class="field" { span { (w.say("meetings-place")) } input name="place" maxlength="200" dir="auto" value=(given.get("place")); }
        label class="field" { span { (w.say("meetings-base")) } select name="base" { option value="" { (w.say("meetings-none")) } @for draft in drafts { option value=(draft.id) selected[given.get("base") == draft.id.as_str()] { (draft.id) } } } }
        label class="field" { span { (w.say("meetings-instructions")) } textarea name="instructions" rows="3" maxlength="8000" dir="auto" { (given.get("instructions")) } }
    };
    html! {
        details open[open] { summary { (w.say("meetings-order")) }
            (signature.form("/mission", &[("form", "order")], fields))
        }
    }
}

/// The word of a form or state in a dossier.
pub(super) fn word(value: &impl serde::Serialize) -> String {
    let word = serde_json::to_value(value).ok();
    word.and_then(|word| word.as_str().map(str::to_owned))
        .unwrap_or_default()
}

pub(super) fn list(
    bench: &Workbench,
    visitor: &Visitor,
    view: &View,
    (given, refused): (&Given, Option<&Refused>),
) -> Result<Html<String>, Fault> {
    let (w, status) = (visitor.words(), &view.play.status);
    let contacts = contacts(&view.books, &view.viewer, &Cut::default())?;
    let mut sessions: Vec<&SessionStatus> = status.sessions.iter().collect();
    sessions.sort_by(|one, other| other.on.cmp(&one.on));
    let (ahead, past): (Vec<_>, Vec<_>) = sessions
        .into_iter()
        .partition(|session| is_ahead(session.state));
    let (meeting, order) = (given.of("meeting"), given.of("order"));
    let own_room = format!("chamber-{}", visitor.seat());
    let signature = |given, room| Signature {
        view,
        visitor,
        given,
        now: bench.now(),
        room,
        ask: false,
    };
    let sends = status
        .persons
        .iter()
        .any(|person| person.seat.as_str() == visitor.seat());
    let title = w.say("meetings-title");
    let body = html! {
        header { p class="kicker" { (w.say("meetings-kicker")) } h1 { (title) } }
        main {
            @if let Some(refused) = refused { (refused.shown(w)) }
            section { h2 { (w.say("meetings-ahead")) }
                @if ahead.is_empty() { p class="small" { (w.say("meetings-none-ahead")) } } @else { (table(w, status, &w.say("meetings-ahead-caption"), &ahead)) }
                div class="no-print" { (new_meeting(w, view, &signature(&meeting, ""), given.get("form") == "meeting")) }
            }
            section { h2 { (w.say("meetings-past")) }
                @if past.is_empty() { p class="small" { (w.say("meetings-none-past")) } } @else { (table(w, status, &w.say("meetings-past-caption"), &past)) }
            }
            section { h2 { (w.say("meetings-missions")) }
                @if status.missions.is_empty() { p class="small" { (w.say("meetings-no-missions")) } } @else {
                    div class="scroll" tabindex="0" role="region" aria-label=(w.say("meetings-missions")) { table {
                        caption { (w.say("meetings-missions-caption")) }
                        thead { tr { th scope="col" { (w.say("meetings-mission")) } th scope="col" { (w.say("meetings-place")) } th scope="col" { (w.say("meetings-base")) } th scope="col" { (w.say("meetings-state")) } } }
                        tbody { @for mission in status.missions.iter().rev().take(MOST) { tr {
                            th scope="row" { a href=(format!("/mission?id={}", part(mission.id.as_str()))) { bdi { (name(status, mission.envoy.as_str())) } (w.to()) bdi { (name(status, &mission.counterpart)) } } }
                            td dir="auto" { (mission.place.as_deref().unwrap_or_default()) }
                            td { @if let Some(base) = &mission.base { a href=(format!("/draft/{}", part(base.as_str()))) { (base) } } }
                            td { (affairs::mission(w, mission.state).label()) }
                        } } }
                    } }
                }
                @if sends { div class="no-print" { (new_mission(w, view, &signature(&order, &own_room), given.get("form") == "order")) } }
            }
            section { (weeks(w, &contacts)) }
        }
    };
    let page = Page {
        title: &title,
        style: "affairs.css",
        here: "/meetings",
        live: refused.is_none(),
    };
    let sent_to = match given.get("form") {
        "order" => "/mission",
        _ => "/meetings",
    };
    Ok(page.again(view, visitor, refused.map(|_| sent_to), body))
}

pub(crate) async fn page(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Html<String>, Fault> {
    blocking(move || {
        let view = bench.office.view(&visitor, bench.now())?;
        list(&bench, &visitor, &view, (&Given::default(), None))
    })
    .await
}

/// A meeting is put on record: proposed, or told of when it is over.
pub(crate) async fn new(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    Form(given): Form<Given>,
) -> Result<Response, Fault> {
    blocking(move || {
        let view = bench.office.view(&visitor, bench.now())?;
        let mut fields = Fields::of("session", &given, &visitor);
        for name in ["format", "state", "place", "when", "gate"] {
            fields.words(name, given.get(name));
        }
        fields.list("participants", given.all("participants").take(MOST));
        match fields.record(&bench, &visitor, &view) {
            Ok(()) => Ok(Redirect::to("/meetings").into_response()),
            Err(refused) => {
                let page = list(&bench, &visitor, &view, (&given, Some(&refused)))?;
                Ok((refused.status(), page).into_response())
            }
        }
    })
    .await
}

#[derive(serde::Deserialize)]
pub(crate) struct Which {
    pub(super) id: String,
}

/// What is said of a meeting by this form: what to do, in a word, and whether that is an answer or carries it on.
const ANSWERS: [&str; 3] = ["discussed", "confirmed", "deny"];

fn steps(w: Words) -> [(&'static str, String, String); 6] {
    [
        (
            "discussed",
            w.say("meetings-step-discussed"),
            w.say("meetings-step-discussed-hint"),
        ),
        (
            "confirmed",
            w.say("meetings-step-confirmed"),
            w.say("meetings-step-confirmed-hint"),
        ),
        (
            "deny",
            w.say("meetings-step-deny"),
            w.say("meetings-step-deny-hint"),
        ),
        (
            "held",
            w.say("meetings-step-held"),
            w.say("meetings-step-held-hint"),
        ),
        (
            "did-not-take-place",
            w.say("meetings-step-not"),
            w.say("meetings-step-not-hint"),
        ),
        (
            "cancelled",
            w.say("meetings-step-cancelled"),
            w.say("meetings-step-cancelled-hint"),
        ),
    ]
}

fn one(
    bench: &Workbench,
    visitor: &Visitor,
    view: &View,
    (given, refused): (&Given, Option<&Refused>),
    id: &str,
) -> Result<Html<String>, Fault> {
    let (w, status) = (visitor.words(), &view.play.status);
    let session = status
        .sessions
        .iter()
        .find(|session| session.id.as_str() == id);
    let session = session.ok_or_else(Fault::nothing)?;
    let acts = acts(view)?;
    let affair = affair(&acts, id).ok_or_else(Fault::nothing)?;
    let deeds: Vec<&onetext_talks::Session> = affair
        .own
        .iter()
        .filter_map(|one| match &one.act.deed {
            Deed::Session(session) => Some(&**session),
            _ => None,
        })
        .collect();
    let mission = deeds.iter().rev().find_map(|deed| deed.mission.as_ref());
    let gate = deeds.iter().rev().find_map(|deed| deed.gate.as_ref());
    let after = deeds
        .iter()
        .rev()
        .find_map(|deed| deed.follow_up_of.as_ref());
    let drafts: BTreeSet<_> = deeds.iter().flat_map(|deed| &deed.drafts).collect();
    let gate = gate.and_then(|gate| status.gates.iter().find(|own| own.id == *gate));
    let instructions = mission.and_then(|id| {
        acts.iter().find_map(|one| match &one.act.deed {
            Deed::Mission(mission) if one.act.id == *id => mission.instructions.as_ref(),
            _ => None,
        })
    });
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
    let chosen = step.get("step");
    let carry_on = html! {
        fieldset { legend { (w.say("meetings-step")) } div class="choices" { @for (key, word, hint) in steps(w) {
            label { input type="radio" name="step" value=(key) required checked[chosen == key]; span { (word) small { (hint) } } }
        } } }
        label class="field" { span { (w.say("meetings-when")) } small { (w.say("meetings-step-when")) } input name="when" maxlength="60" dir="ltr" value=(step.get("when")); }
        label class="field" { span { (w.say("meetings-remark")) } small { (w.say("meetings-remark-hint")) } textarea name="note" rows="2" maxlength="8000" dir="auto" { (step.get("note")) } }
    };
    let title = affairs::format(w, session.format);
    let body = html! {
        main class="wide" {
            p class="kicker" { a href="/meetings" { (w.say("meetings-title")) } }
            h1 { (title) @if let Some(place) = &session.place { (w.comma()) bdi { (place) } } }
            @if let Some(refused) = refused { (refused.shown(w)) }
            dl class="facts" {
                div { dt { (w.say("meetings-state")) } dd { (affairs::session(w, session.state).label()) (stands(w, status, session)) } }
                div { dt { (w.say("meetings-when")) } dd { @match &session.on { Some(on) => (when(on)), None => (w.say("meetings-no-date")) } } }
                div { dt { (w.say("meetings-with")) } dd { (names(w, status, session.participants.iter().map(String::as_str))) } }
                @if let Some(gate) = gate { div { dt { (w.say("meetings-gate")) } dd { a href=(format!("/gates#{}", part(gate.id.as_str()))) dir="auto" { (gate.event) } " " (affairs::holds(w, gate.holds).label()) } } }
                @if let Some(mission) = mission { div { dt { (w.say("meetings-mission")) } dd { a href=(format!("/mission?id={}", part(mission.as_str()))) { bdi { (mission) } } } } }
                @if let Some(after) = after { div { dt { (w.say("meetings-after")) } dd { a href=(format!("/meeting?id={}", part(after.as_str()))) { bdi { (after) } } } } }
                @if !drafts.is_empty() { div { dt { (w.say("meetings-drafts")) } dd { @for draft in drafts { a href=(format!("/draft/{}", part(draft.as_str()))) { (draft) } " " } } } }
            }
            @if let Some(instructions) = instructions { h2 { (w.say("meetings-instructions")) } p class="quoted" dir="auto" { (instructions) } }
            h2 { (w.say("meetings-how")) }
            (timeline(w, view, &affair.steps))
            (said(w, view, &affair.said))
            section class="no-print" {
                h2 { (w.say("meetings-say")) }
                (signature(&step, first).form("/meeting", &[("form", "step"), ("id", id)], carry_on))
            }
            section class="no-print" { h2 { (w.say("meetings-tell")) } (words_form(w, "/meeting", id, &signature(&words, &chamber))) }
        }
    };
    let page = Page {
        title: &title,
        style: "affairs.css",
        here: "/meetings",
        live: refused.is_none(),
    };
    Ok(page.again(view, visitor, refused.map(|_| "/meeting"), body))
}

pub(crate) async fn meeting(
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

/// A meeting is answered, carried on, asked about or debriefed.
pub(crate) async fn tell(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    Form(given): Form<Given>,
) -> Result<Response, Fault> {
    blocking(move || {
        let view = bench.office.view(&visitor, bench.now())?;
        let id = given.get("id").to_owned();
        let sessions = &view.play.status.sessions;
        let session = sessions.iter().find(|session| session.id.as_str() == id);
        // It may have been taken back while this was written.
        let Some(session) = session else {
            return Ok(resend::nothing(visitor.words(), &given));
        };
        let step = given.get("step");
        // An answer has no place for a new date: it is told, and not left out in silence.
        let answers = given.get("form") != "words" && ANSWERS.contains(&step);
        if answers && !given.get("when").is_empty() {
            let w = visitor.words();
            let refused = Refused::own(w.say("meetings-answer-day"), w);
            let page = one(&bench, &visitor, &view, (&given, Some(&refused)), &id)?;
            return Ok((refused.status(), page).into_response());
        }
        let fields = if given.get("form") == "words" {
            words_act(&given, &visitor)
        } else if answers {
            let kind = if step == "deny" { "deny" } else { "confirm" };
            let mut fields = Fields::of(kind, &given, &visitor);
            fields.words("of", &id);
            if step != "deny" {
                fields.words("as", step);
            }
            fields.words("note", given.get("note"));
            fields
        } else {
            let mut fields = Fields::of("session", &given, &visitor);
            fields.words("of", &id);
            fields.words("state", step);
            fields.words("format", &word(&session.format));
            fields.list(
                "participants",
                session.participants.iter().map(String::as_str),
            );
            fields.words("when", given.get("when"));
            fields.words("note", given.get("note"));
            fields
        };
        match fields.record(&bench, &visitor, &view) {
            Ok(()) => Ok(Redirect::to(&format!("/meeting?id={}", part(&id))).into_response()),
            Err(refused) => {
                let page = one(&bench, &visitor, &view, (&given, Some(&refused)), &id)?;
                Ok((refused.status(), page).into_response())
            }
        }
    })
    .await
}
