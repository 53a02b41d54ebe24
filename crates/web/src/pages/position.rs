//! Taking a position: a form that loses nothing, and the same checks as `onetext act`.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use axum::{Extension, Form};
use maud::{Markup, html};
use onetext_desk::{ActRefused, one_paragraph};
use onetext_talks::{Attested, ProvisionStatus, SeatId, StanceType, Status};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::affairs::is_of;
use super::language::TYPED;
use super::point::meant;
use super::record::{Days, speakers, status_of};
use super::rooms::Rooms;
use super::{Page, part, process};
use crate::fault::{Fault, is_of_host};
use crate::office::View;
use crate::words::Words;
use crate::{Visitor, Workbench, blocking, terms};

/// What can be said of a wording, and what it means.
fn stances(w: Words) -> [(&'static str, String, String); 7] {
    [
        (
            "accept",
            w.say("position-accept"),
            w.say("position-accept-means"),
        ),
        (
            "accept-ad-ref",
            w.say("position-ad-ref"),
            w.say("position-ad-ref-means"),
        ),
        (
            "endorse",
            w.say("position-endorse"),
            w.say("position-endorse-means"),
        ),
        (
            "reserve",
            w.say("position-reserve"),
            w.say("position-reserve-means"),
        ),
        (
            "object",
            w.say("position-object"),
            w.say("position-object-means"),
        ),
        (
            "propose",
            w.say("position-propose"),
            w.say("position-propose-means"),
        ),
        (
            "withhold",
            w.say("position-withhold"),
            w.say("position-withhold-means"),
        ),
    ]
}

/// What a disagreement can be about.
const TYPES: [(&str, StanceType); 5] = [
    ("language", StanceType::Language),
    ("level", StanceType::Level),
    ("time", StanceType::Time),
    ("substance", StanceType::Substance),
    ("dependency", StanceType::Dependency),
];

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
    /// The draft that had come since, when both wordings were shown.
    #[serde(default)]
    seen: String,
    #[serde(default, rename = "do")]
    wish: String,
}

/// The day that the form offers: that of the clock, or the last of which the texts tell, whichever is later, as far as
/// [`Days`] go. Of two positions the one of the later day holds.
pub(crate) fn last_day(status: &Status, now: i64) -> String {
    fn of_rows(rows: &[Arc<ProvisionStatus>], viewer: &SeatId, days: &mut Days) {
        for row in rows {
            for (seat, cell) in row.stances.iter() {
                if let Some(on) = &cell.on {
                    // What another wrote down for the seat is not its own until it says so.
                    let own = seat == viewer && cell.attested != Some(Attested::Reported);
                    days.add(&on.to_string(), own);
                }
            }
            of_rows(&row.children, viewer, days);
        }
    }
    let mut days = Days::by(now);
    for text in &status.texts {
        of_rows(&text.provisions, &status.viewer, &mut days);
        let given = text.exposure.values().flatten().map(|one| &one.on);
        let issued = text.drafts.iter().filter_map(|draft| draft.on.as_ref());
        for on in given.chain(issued) {
            days.add(&on.to_string(), text.issuer == status.viewer);
        }
    }
    days.offered()
}

fn page(
    view: &View,
    visitor: &Visitor,
    (given, now): (&Taken, i64),
    why: Option<(&str, &str)>,
) -> Result<Html<String>, Fault> {
    let found = meant(view, &given.subject, &given.draft)?;
    let status = &view.play.status;
    let day = match given.on.is_empty() {
        true => last_day(status, now),
        false => given.on.clone(),
    };
    let wording = if given.stance.is_empty() {
        &found.wording
    } else {
        &given.wording
    };
    let w = visitor.words();
    // Also where nothing was refused: another draft had come, and the form is shown once more.
    let typed = why.is_some() || !given.stance.is_empty();
    let heading = [
        ("path", found.path.as_str().into()),
        ("draft", found.draft.as_str().into()),
    ];
    let body: Markup = html! {
        main class="wide" {
            p class="kicker" { (w.say("position-kicker")) }
            h1 { (w.say_with("position-heading", &heading)) }
            p class="quoted" dir="auto" { (found.wording) }
            @if let Some((why, hint)) = why { div class="refused" role="alert" { p { strong { (w.say("position-refused")) } " " bdi { (why) } } p { bdi { (hint) } } } }
            (found.superseded(w))
            form method="post" action="/position" id=[typed.then_some(TYPED)] {
                input type="hidden" name="subject" value=(given.subject);
                input type="hidden" name="draft" value=(found.draft);
                @if let Some(latest) = found.latest() { input type="hidden" name="seen" value=(latest); }
                fieldset { legend { (w.say("position-stance")) } div class="choices" { @for (key, name, meaning) in stances(w) {
                    label { input type="radio" name="stance" value=(key) required checked[given.stance == key]; span { (name) small { (meaning) } } }
                } } }
                label class="field" { span { (w.say("position-speaking")) } select name="by" { (speakers(visitor, status, &given.by)) } }
                label class="field" { span { (w.say("position-room")) } small { (w.say("position-room-hint")) } select name="room" { (Rooms::of(view).options(status, &given.room, None)) } }
                label class="field" { span { (w.say("position-day")) } small { (w.say("position-day-hint")) } input name="on" value=(day) required pattern="[0-9][\\-0-9T:Z\\/]*"; }
                label class="field" { span { (w.say("position-words")) } small { (w.say("position-words-hint")) } textarea name="wording" rows="4" dir="auto" { (wording) } }
                label class="field" { span { (w.say("position-about")) } small { (w.say("position-about-hint")) } select name="type" { option value="" { (w.say("position-not-said")) } @for (kind, of) in TYPES { option value=(kind) selected[given.kind == kind] { (terms::stance_type(w, of)) } } } }
                label class="field" { span { (w.say("position-why")) } textarea name="interest" rows="2" dir="auto" { (given.interest) } }
                p { label { input type="checkbox" name="red_line" value="yes" checked[!given.red_line.is_empty()]; " " (w.say("position-red-line")) } }
                button class="main" type="submit" { @match found.latest() { Some(_) => (w.say_with("position-record-on", &[("draft", found.draft.as_str().into())])), None => (w.say("position-record")) } }
                (found.doors(w))
            }
        }
    };
    let title = [
        ("subject", given.subject.as_str().into()),
        ("process", process(status).into()),
    ];
    let title = w.say_with("position-title", &title);
    Ok(Page {
        title: &title,
        style: "state.css",
        here: "",
        live: false,
    }
    .again(view, visitor, typed.then_some("/position"), body))
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
    Form(mut given): Form<Taken>,
) -> Result<Response, Fault> {
    blocking(move || {
        let view = bench.office.view(&visitor, bench.now())?;
        let found = meant(&view, &given.subject, &given.draft)?;
        if let Some((subject, draft)) = found.newer(&given.wish) {
            (given.subject, given.draft) = (subject, draft);
            let again = page(&view, &visitor, (&given, bench.now()), None)?;
            return Ok(again.into_response());
        }
        if found.latest().is_some_and(|latest| latest != given.seen) {
            let again = page(&view, &visitor, (&given, bench.now()), None)?;
            return Ok((StatusCode::CONFLICT, again).into_response());
        }
        // As where words are proposed: what the draft says already, or nothing, is no proposal.
        let wording = one_paragraph(&given.wording);
        let same = wording.is_empty() || wording == one_paragraph(&found.wording);
        let wanting = given.stance == "propose" && same;
        let path = found.path;
        // Nobody speaks for another seat here.
        let own = is_of(&view.play.status, &given.by, visitor.seat());
        let w = visitor.words();
        let mut status = StatusCode::UNPROCESSABLE_ENTITY;
        let refused = match own {
            false => (w.say("position-own-only"), w.say("position-own-only-hint")),
            true if wanting => (w.say("proposal-no-words"), w.say("proposal-no-words-hint")),
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
                Err(error) => {
                    status = status_of(&error);
                    sentence(w, &error)
                }
            },
        };
        let again = page(
            &view,
            &visitor,
            (&given, bench.now()),
            Some((&refused.0, &refused.1)),
        )?;
        Ok((status, again).into_response())
    })
    .await
}

/// Why an act was refused: the sentences are those of `onetext act`, in English so far.
pub(crate) fn sentence(w: Words, error: &ActRefused) -> (String, String) {
    let hint = match error {
        // Who may not act does not come this far: somebody chose a language.
        ActRefused::OnlyReads => {
            return (w.say("record-language"), w.say("record-still-there"));
        }
        ActRefused::NotInOrder(errors) => errors.first().and_then(|error| error.hint.clone()),
        ActRefused::Workspace(error) if is_of_host(error) => {
            return (w.say("record-host"), w.say("record-host-hint"));
        }
        ActRefused::Workspace(error) => error.hint(),
        _ => None,
    };
    (
        error.to_string(),
        hint.unwrap_or_else(|| w.say("position-kept")),
    )
}
