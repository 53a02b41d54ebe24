//! Pasting a report: what it says is read, shown as proposals, put right where that is needed, and confirmed one by one. Nothing
//! is recorded unseen, and nothing that was pasted or changed is lost on the way.

use std::sync::Arc;

use axum::Extension;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Response};
use maud::{Markup, html};
use onetext_desk::{Desk, Paper, Proposal, Proposed, Report};

use super::Page;
use super::affairs::told;
use super::language::TYPED;
use super::record::{Given, Refused, last_day};
use super::rooms::Rooms;
use crate::fault::Fault;
use crate::office::{Record, View};
use crate::words::Words;
use crate::{Visitor, Workbench, blocking};

/// The most bytes of a report that are read.
const LONGEST: usize = 300 << 10;
/// The most bytes of the form around it: signs of other scripts take six bytes or more on the way.
pub(crate) const LARGEST: usize = 2 << 20;
/// The most proposals of a page.
const MOST: usize = 120;

/// What names a proposal of a report: it is the same each time the report is read.
fn key(of: Proposed) -> String {
    match of {
        Proposed::Statement(place) => format!("s{place}"),
        Proposed::Meeting(place) => format!("m{place}"),
        Proposed::Mission(place) => format!("i{place}"),
        Proposed::Text(place) => format!("t{place}"),
    }
}

/// A proposal as it is shown, with what was put right in it.
struct Shown {
    proposal: Proposal,
    key: String,
    sentence: String,
    /// What is wrong with an answer, by its field.
    wrong: Vec<(&'static str, String)>,
}

/// What came of a reading.
#[derive(Default)]
struct Outcome {
    proposals: Vec<Shown>,
    more: usize,
    day: String,
    recorded: Option<String>,
    refused: Option<(String, Refused)>,
    unreadable: Option<String>,
}

fn sentence(words: &str, report: &Report, of: Proposed) -> String {
    let span = match of {
        Proposed::Statement(place) => report.statements.get(place).map(|one| one.sentence),
        Proposed::Meeting(place) => report.meetings.get(place).map(|one| one.sentence),
        Proposed::Mission(place) => report.missions.get(place).map(|one| one.sentence),
        Proposed::Text(place) => {
            return report
                .texts
                .get(place)
                .map_or(String::new(), |one| one.sentence().to_owned());
        }
    };
    let Some(span) = span else {
        return String::new();
    };
    let cut = words
        .chars()
        .skip(span.start)
        .take(span.end.saturating_sub(span.start));
    cut.take(1200).collect()
}

/// Puts right what was changed in a proposal's fields; an empty field is left out.
fn put_right(
    desk: &Desk<'_>,
    proposal: &mut Proposal,
    key: &str,
    given: &Given,
) -> Vec<(&'static str, String)> {
    let mut wrong = Vec::new();
    for question in proposal.questions() {
        let field = format!("{key}-{}", question.field);
        if !given.has(&field) {
            continue;
        }
        let answer = match given.get(&field) {
            "" if question.now.is_empty() => continue,
            "" => "-",
            answer => answer,
        };
        if answer != question.now
            && let Err(words) = desk.put_right(proposal, question.field, answer)
        {
            wrong.push((question.field, words));
        }
    }
    wrong
}

fn read(desk: &mut Desk<'_>, record: Record<'_>, w: Words, given: &Given) -> Outcome {
    let mut outcome = Outcome::default();
    let words = given.get("report");
    let day = Some(given.get("day")).filter(|day| !day.is_empty());
    let named = Paper {
        name: "report.txt",
        bytes: words.as_bytes(),
    };
    let day = match day.map(onetext_desk::When::parse).transpose() {
        Ok(day) => day.map(|day| day.to_string()),
        Err(error) => {
            outcome.unreadable = Some(error.to_string());
            return outcome;
        }
    };
    let read = onetext_desk::press(named, day.as_deref());
    let read = read.and_then(|mut report| desk.place(&mut report).map(|()| report));
    let report = match read {
        Ok(report) => report,
        Err(error) => {
            outcome.unreadable = Some(error.to_string());
            return outcome;
        }
    };
    outcome.day = report.date.clone().unwrap_or_default();
    let room = given.get("room");
    let put = given.get("put");
    if !put.is_empty() {
        let proposals = desk.proposals(&report, room, &outcome.day);
        let proposal = proposals
            .into_iter()
            .find(|proposal| key(proposal.of) == put);
        // What it says once it is put right is what stands on record, or does not.
        let proposal = proposal.map(|mut proposal| {
            let wrong = put_right(desk, &mut proposal, put, given);
            (proposal, wrong)
        });
        if let Some((proposal, wrong)) = proposal.filter(|(proposal, _)| !proposal.on_record) {
            let refused = if outcome.day.is_empty() {
                Some(Refused::own(w.say("report-no-day"), w))
            } else if let Some(wanting) = &proposal.wanting {
                Some(Refused::core(wanting.clone(), w))
            } else if let Some((_, words)) = wrong.first() {
                Some(Refused::core(words.clone(), w))
            } else {
                record(desk, proposal.fields)
                    .err()
                    .map(|error| Refused::told(&error, w))
            };
            match refused {
                Some(refused) => outcome.refused = Some((put.to_owned(), refused)),
                None => outcome.recorded = Some(put.to_owned()),
            }
        }
    }
    let proposals = desk.proposals(&report, room, &outcome.day);
    outcome.more = proposals.len().saturating_sub(MOST);
    for mut proposal in proposals.into_iter().take(MOST) {
        let key = key(proposal.of);
        let wrong = put_right(desk, &mut proposal, &key, given);
        // What was put right and recorded is on record, in its own words.
        if outcome.recorded.as_ref() == Some(&key) {
            proposal.on_record = true;
        }
        outcome.proposals.push(Shown {
            sentence: sentence(words, &report, proposal.of),
            proposal,
            key,
            wrong,
        });
    }
    outcome
}

fn kind(w: Words, of: Proposed) -> String {
    match of {
        Proposed::Statement(_) => w.say("report-statement"),
        Proposed::Meeting(_) => w.say("report-meeting"),
        Proposed::Mission(_) => w.say("report-mission"),
        Proposed::Text(_) => w.say("report-text"),
    }
}

/// What a field is called.
fn field(w: Words, name: &str) -> String {
    match name {
        "words" => w.say("report-field-words"),
        "speaker" => w.say("report-field-speaker"),
        "by" => w.say("report-field-by"),
        "attribution" => w.say("report-field-attribution"),
        "medium" => w.say("report-field-medium"),
        "place" => w.say("report-field-place"),
        "on" => w.say("report-field-on"),
        "claims" => w.say("report-field-claims"),
        "about" => w.say("report-field-about"),
        "participants" => w.say("report-field-participants"),
        "state" => w.say("report-field-state"),
        "when" => w.say("report-field-when"),
        "format" => w.say("report-field-format"),
        "envoy" => w.say("report-field-envoy"),
        "counterpart" => w.say("report-field-counterpart"),
        other => other.to_owned(),
    }
}

fn one(w: Words, shown: &Shown, given: &Given, outcome: &Outcome) -> Markup {
    let (proposal, key) = (&shown.proposal, &shown.key);
    let refused = outcome.refused.as_ref().filter(|(own, _)| own == key);
    let recorded = outcome.recorded.as_ref() == Some(key);
    html! {
        article class="card proposal" id=(key) aria-labelledby=(format!("{key}-title")) {
            h3 id=(format!("{key}-title")) { (kind(w, proposal.of)) }
            @if recorded { p role="status" { span class="label good" { span aria-hidden="true" { "✓ " } (w.say("report-recorded")) } } }
            @else if proposal.on_record { p { span class="label quiet" { (w.say("report-on-record")) } } }
            @if let Some((_, refused)) = refused { (refused.shown(w)) }
            @if !shown.sentence.is_empty() { p class="quoted" lang="en" dir="auto" { (shown.sentence) } }
            @if let Some(wanting) = &proposal.wanting { p { span class="label doubt" { span aria-hidden="true" { "! " } (w.say("report-wanting")) } " " (told(wanting)) } }
            @if !proposal.not_known.is_empty() { p class="small" { (w.say("report-not-known")) " " bdi { (proposal.not_known.join(", ")) } } }
            @if !proposal.remarks.is_empty() { ul class="small" { @for remark in &proposal.remarks { li { (told(remark)) } } } }
            // What was put right goes along, so that it is not offered again as it was read.
            @if proposal.on_record || recorded { @for question in proposal.questions() {
                @let name = format!("{key}-{}", question.field);
                @if given.has(&name) { input type="hidden" name=(name) value=(given.get(&name)); }
            } }
            @if !proposal.on_record && !recorded {
                details open[proposal.wanting.is_some() || refused.is_some() || !shown.wrong.is_empty()] { summary { (w.say("report-put-right")) }
                    div class="questions" { @for question in proposal.questions() {
                        @let name = format!("{key}-{}", question.field);
                        @let now = if given.has(&name) { given.get(&name) } else { &question.now };
                        @let wrong = shown.wrong.iter().find(|(own, _)| *own == question.field);
                        label class="field" { span { (field(w, question.field)) }
                            @if let Some((_, words)) = wrong { small class="wrong" { (told(words)) } }
                            @if !question.choices.is_empty() { select name=(name) { @if now.is_empty() { option value="" {} } @for choice in question.choices { option value=(choice) selected[*choice == now] { (choice) } } } }
                            @else if question.field == "words" { textarea name=(name) rows="3" maxlength="8000" dir="auto" { (now) } }
                            @else { input name=(name) value=(now) maxlength="1000" dir="auto"; }
                        }
                    } }
                }
                p class="no-print" { button type="submit" name="put" value=(key) { (w.say("report-put")) } }
            }
        }
    }
}

fn page_of(
    bench: &Workbench,
    visitor: &Visitor,
    view: &View,
    (given, outcome): (&Given, Option<&Outcome>),
) -> Html<String> {
    let (w, status) = (visitor.words(), &view.play.status);
    let rooms = Rooms::of(view);
    let chosen = match given.get("room") {
        "" => "public",
        room => room,
    };
    let day = match (given.get("day"), outcome) {
        ("", Some(outcome)) if !outcome.day.is_empty() => outcome.day.clone(),
        ("", _) => last_day(status, bench.now()),
        (day, _) => day.to_owned(),
    };
    let title = w.say("report-title");
    let body = html! {
        main class="wide" {
            p class="kicker" { a href="/statements" { (w.say("statements-title")) } }
            h1 { (title) }
            p class="lead" { (w.say("report-lead")) }
            @if let Some(words) = outcome.and_then(|outcome| outcome.unreadable.as_ref()) { div class="refused" role="alert" { p { (w.say("report-unreadable")) " " (told(words)) } } }
            form method="post" action="/statements/report" id=[outcome.map(|_| TYPED)] {
                // Enter in a field reads again; it records nothing.
                button class="default" type="submit" name="read" value="again" tabindex="-1" aria-hidden="true" {}
                label class="field" { span { (w.say("report-words")) } small { (w.say("report-words-hint")) } textarea name="report" rows=(if outcome.is_some() { "6" } else { "16" }) required maxlength="300000" dir="auto" { (given.get("report")) } }
                div class="signature" {
                    label class="field" { span { (w.say("report-day")) } small { (w.say("report-day-hint")) } input name="day" maxlength="60" dir="ltr" value=(day); }
                    label class="field" { span { (w.say("record-room")) } small { (w.say("record-room-hint")) } select name="room" { (rooms.options(status, chosen, None)) } }
                }
                p { button class="main" type="submit" name="read" value="yes" { (w.say("report-read")) } }
                @if let Some(outcome) = outcome {
                    h2 { (w.say_with("report-proposals", &[("n", outcome.proposals.len().into())])) }
                    @if outcome.proposals.is_empty() && outcome.unreadable.is_none() { p { (w.say("report-nothing")) } }
                    @for shown in &outcome.proposals { (one(w, shown, given, outcome)) }
                    @if outcome.more > 0 { p class="small" { (w.say_with("meetings-more", &[("n", outcome.more.into())])) } }
                }
            }
        }
    };
    let page = Page {
        title: &title,
        style: "affairs.css",
        here: "/statements",
        live: false,
    };
    page.again(view, visitor, outcome.map(|_| "/statements/report"), body)
}

pub(crate) async fn form(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Html<String>, Fault> {
    blocking(move || {
        let view = bench.office.view(&visitor, bench.now())?;
        Ok(page_of(&bench, &visitor, &view, (&Given::default(), None)))
    })
    .await
}

/// A report is read, and at most one of its proposals put on record: the one whose button was pressed.
pub(crate) async fn take(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    Form(given): Form<Given>,
) -> Result<Response, Fault> {
    blocking(move || {
        let w = visitor.words();
        let outcome = match given.get("report").len() {
            length if length > LONGEST => Outcome {
                unreadable: Some(w.say("report-too-long")),
                ..Outcome::default()
            },
            _ => bench
                .office
                .at_desk(&visitor, bench.now(), |desk, record| {
                    read(desk, record, w, &given)
                })?,
        };
        let view = bench.office.view(&visitor, bench.now())?;
        let page = page_of(&bench, &visitor, &view, (&given, Some(&outcome)));
        let refused = outcome.refused.as_ref();
        let refused = refused.map(|(_, refused)| refused.status());
        let unreadable = outcome.unreadable.as_ref();
        let status = refused.or(unreadable.map(|_| StatusCode::UNPROCESSABLE_ENTITY));
        Ok((status.unwrap_or(StatusCode::OK), page).into_response())
    })
    .await
}
