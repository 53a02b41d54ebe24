//! Taking a position: a form that loses nothing, and the same checks as `onetext act`.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use axum::{Extension, Form};
use maud::{Markup, html};
use onetext_desk::ActRefused;
use onetext_talks::{ProvisionStatus, Status};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::point::{Found, find};
use super::{Page, part, process};
use crate::fault::Fault;
use crate::office::View;
use crate::{Visitor, Workbench, blocking};

/// What can be said of a wording, and what it means.
const STANCES: [(&str, &str, &str); 7] = [
    ("accept", "Accept", "these words, to the letter"),
    (
        "accept-ad-ref",
        "Accept ad referendum",
        "to be confirmed at home",
    ),
    (
        "endorse",
        "Endorse",
        "back it in principle; no wording is accepted",
    ),
    ("reserve", "Reserve", "keep the position open"),
    ("object", "Object", "say no to these words"),
    ("propose", "Propose", "put other words in their place"),
    ("withhold", "Withhold", "say that one will not speak yet"),
];

const TYPES: [&str; 5] = ["language", "level", "time", "substance", "dependency"];

#[derive(Debug, Default, Clone, Deserialize)]
pub(crate) struct Taken {
    subject: String,
    #[serde(default)]
    draft: String,
    #[serde(default)]
    stance: String,
    #[serde(default)]
    by: String,
    #[serde(default)]
    on: String,
    #[serde(default)]
    room: String,
    #[serde(rename = "type", default)]
    kind: String,
    #[serde(default)]
    interest: String,
    #[serde(default)]
    wording: String,
    #[serde(default)]
    red_line: String,
}

/// The day that the form offers: that of the clock, or the last of which the texts tell, whichever is later. Of two positions
/// the one of the later day holds.
pub(crate) fn last_day(status: &Status, now: i64) -> String {
    fn days(rows: &[ProvisionStatus], last: &mut String) {
        for row in rows {
            for on in row.stances.values().filter_map(|cell| cell.on.as_ref()) {
                later(last, &on.to_string());
            }
            days(&row.children, last);
        }
    }
    fn later(last: &mut String, day: &str) {
        if let Some(day) = day.get(..10).filter(|day| *day > last.as_str()) {
            day.clone_into(last);
        }
    }
    let clock = jiff::Timestamp::from_microsecond(now).map(|time| time.to_string());
    let mut last = String::new();
    later(&mut last, clock.as_deref().unwrap_or_default());
    for text in &status.texts {
        days(&text.provisions, &mut last);
        let given = text.exposure.values().flatten().map(|one| &one.on);
        let issued = text.drafts.iter().filter_map(|draft| draft.on.as_ref());
        for on in given.chain(issued) {
            later(&mut last, &on.to_string());
        }
    }
    last
}

fn page(
    view: &View,
    visitor: &Visitor,
    (given, now): (&Taken, i64),
    why: Option<(&str, &str)>,
) -> Result<Html<String>, Fault> {
    let found: Found<'_> = find(view, &given.subject)?;
    let status = &view.play.status;
    let latest = found
        .text
        .latest
        .as_ref()
        .map_or("", |draft| draft.as_str());
    let persons = status
        .persons
        .iter()
        .filter(|person| person.seat.as_str() == visitor.seat());
    let rooms = onetext_desk::rooms_to_speak_in(&view.books, &view.viewer);
    let day = match given.on.is_empty() {
        true => last_day(status, now),
        false => given.on.clone(),
    };
    let draft = if given.draft.is_empty() {
        latest
    } else {
        &given.draft
    };
    let wording = if given.stance.is_empty() {
        &found.wording
    } else {
        &given.wording
    };
    let body: Markup = html! {
        main class="wide" {
            p class="kicker" { "Take a position" }
            h1 dir="auto" { (found.row.path) " in draft " (draft) }
            p class="quoted" dir="auto" { (found.wording) }
            @if let Some((why, hint)) = why { div class="refused" role="alert" { p { strong { "It was not recorded: " } (why) } p { (hint) } } }
            @if !given.draft.is_empty() && given.draft != latest { div class="refused" role="alert" { p { "Draft " (latest) " has come since this page was opened. The position below is on " (draft) "." } } }
            form method="post" action="/position" {
                input type="hidden" name="subject" value=(given.subject);
                input type="hidden" name="draft" value=(draft);
                fieldset { legend { "Position" } div class="choices" { @for (key, name, meaning) in STANCES {
                    label { input type="radio" name="stance" value=(key) required checked[given.stance == key]; span { (name) small { (meaning) } } }
                } } }
                label class="field" { span { "Speaking" } select name="by" { option value=(visitor.seat()) { "The delegation of " (super::seat_name(status, visitor.seat())) }
                    @for person in persons { option value=(person.id) selected[given.by == person.id.as_str()] { (person.name) @if let Some(level) = &person.level { " (" (level) ")" } } } } }
                label class="field" { span { "In the room" } small { "Everyone in this room can read it, and nobody else." } select name="room" { @for (room, members) in &rooms {
                    option value=(room) selected[given.room == room.as_str()] { (room) ": " (members.iter().map(|seat| super::seat_name(status, seat.as_str())).collect::<Vec<_>>().join(", ")) } } } }
                label class="field" { span { "On the day" } small { "Of two positions on the same words the one of the later day holds." } input name="on" value=(day) required pattern="[0-9][-0-9T:Z/]*"; }
                label class="field" { span { "Words proposed" } small { "Counts for a proposal alone; empty to delete." } textarea name="wording" rows="4" dir="auto" { (wording) } }
                label class="field" { span { "What it is about" } small { "For an objection or a reservation." } select name="type" { option value="" { "not said" } @for kind in TYPES { option value=(kind) selected[given.kind == kind] { (kind) } } } }
                label class="field" { span { "Why, in your words" } textarea name="interest" rows="2" dir="auto" { (given.interest) } }
                p { label { input type="checkbox" name="red_line" value="yes" checked[!given.red_line.is_empty()]; " This seat will not go beyond it (a red line, with an objection)" } }
                button class="main" type="submit" { "Put it on record" }
            }
        }
    };
    let title = format!("Position on {}: {}", given.subject, process(status));
    Ok(Page {
        title: &title,
        style: "state.css",
        here: "",
        live: false,
    }
    .of(view, visitor, body))
}

pub(crate) async fn form(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    Query(given): Query<Taken>,
) -> Result<Html<String>, Fault> {
    blocking(move || {
        let view = bench.office.view(&visitor, bench.now())?;
        page(&view, &visitor, (&given, bench.now()), None)
    })
    .await
}

/// The fields of the act, as a dossier has them.
fn fields(given: &Taken, visitor: &Visitor, path: &str) -> Map<String, Value> {
    let mut fields = Map::new();
    let mut put = |name: &str, value: Value| drop(fields.insert(name.to_owned(), value));
    put("kind", json!("stance"));
    if !given.on.trim().is_empty() {
        put("on", json!(given.on.trim()));
    }
    put("room", json!(given.room));
    put("by", json!(given.by));
    put("recorded_by", json!(visitor.seat()));
    put("draft", json!(given.draft));
    put("points", json!([path]));
    put("stance", json!(given.stance));
    let disagrees = matches!(given.stance.as_str(), "object" | "reserve");
    if disagrees && !given.kind.is_empty() {
        put("type", json!(given.kind));
    }
    if !given.interest.trim().is_empty() {
        put("interest", json!(given.interest.trim()));
    }
    if given.stance == "object" && !given.red_line.is_empty() {
        put("red_line", json!(true));
    }
    if given.stance == "propose" {
        put("wording", json!(given.wording.trim()));
    }
    fields
}

pub(crate) async fn take(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    Form(given): Form<Taken>,
) -> Result<Response, Fault> {
    blocking(move || {
        let view = bench.office.view(&visitor, bench.now())?;
        let path = find(&view, &given.subject)?.row.path.clone();
        // Nobody speaks for another seat here.
        let own = given.by == visitor.seat()
            || view.play.status.persons.iter().any(|person| {
                person.id.as_str() == given.by && person.seat.as_str() == visitor.seat()
            });
        let refused = match own {
            false => (
                "only persons of this seat speak for it here".to_owned(),
                "Choose who speaks.".to_owned(),
            ),
            true => match bench
                .office
                .act(&visitor, fields(&given, &visitor, &path), bench.now())
            {
                Ok(_) => {
                    return Ok(
                        Redirect::to(&format!("/point?subject={}", part(&given.subject)))
                            .into_response(),
                    );
                }
                Err(error) => sentence(&error),
            },
        };
        let again = page(
            &view,
            &visitor,
            (&given, bench.now()),
            Some((&refused.0, &refused.1)),
        )?;
        Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response())
    })
    .await
}

pub(crate) fn sentence(error: &ActRefused) -> (String, String) {
    let hint = match error {
        ActRefused::NotInOrder(errors) => errors.first().and_then(|error| error.hint.clone()),
        ActRefused::Workspace(error) => error.hint(),
        _ => None,
    };
    (
        error.to_string(),
        hint.unwrap_or_else(|| {
            "What you wrote is still below: change it and send it again.".to_owned()
        }),
    )
}
