//! Proposing words, with a redline against the words of the draft: by a button without scripts, and as one types with the small one.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use axum::{Extension, Form};
use maud::{Markup, PreEscaped, html};
use onetext_desk::one_paragraph;
use onetext_paper::redline::html_of_words;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::affairs::is_of;
use super::language::TYPED;
use super::point::meant;
use super::position::{last_day, sentence};
use super::record::{speakers, status_of};
use super::rooms::Rooms;
use super::{Page, part, process};
use crate::fault::Fault;
use crate::office::View;
use crate::words::Words;
use crate::{Visitor, Workbench, blocking};

/// What can be proposed, and the key of its word.
const SORTS: [(&str, &str, &str); 3] = [
    ("reword", "proposal-reword", "proposal-reword-means"),
    ("delete", "proposal-delete", "proposal-delete-means"),
    ("insert", "proposal-insert", "proposal-insert-means"),
];

/// How far a proposal may travel, and the key of its word; nothing is as the process says.
const RELEASES: [(&str, &str, &str); 4] = [
    ("", "proposal-default", "proposal-default-means"),
    ("use", "proposal-use", "proposal-use-means"),
    ("pass", "proposal-pass", "proposal-pass-means"),
    ("hold", "proposal-hold", "proposal-hold-means"),
];

#[derive(Debug, Default, Clone, Deserialize)]
pub(crate) struct Proposed {
    #[serde(default)]
    subject: String,
    #[serde(default)]
    draft: String,
    #[serde(default)]
    sort: String,
    #[serde(default)]
    wording: String,
    #[serde(default)]
    label: String,
    #[serde(default)]
    interest: String,
    #[serde(default)]
    by: String,
    #[serde(default)]
    room: String,
    #[serde(default)]
    on: String,
    #[serde(default)]
    release: String,
    /// The draft that had come since, when both wordings were shown.
    #[serde(default)]
    seen: String,
    #[serde(default, rename = "do")]
    wish: String,
}

impl Proposed {
    fn sort(&self) -> &str {
        let known = SORTS.iter().any(|(sort, ..)| *sort == self.sort);
        if known { &self.sort } else { "reword" }
    }
}

/// The redline of what is proposed against the words of the draft.
fn shown(w: Words, given: &Proposed, printed: &str) -> Markup {
    let old = one_paragraph(printed);
    let typed = one_paragraph(&given.wording);
    let (old, new) = match given.sort() {
        "delete" => (old, String::new()),
        "insert" => (
            String::new(),
            one_paragraph(&format!("{} {typed}", given.label)),
        ),
        _ => (old, typed),
    };
    html! {
        @if old == new { p class="small" { (w.say("proposal-same")) } }
        @else { p class="wording" dir="auto" { (PreEscaped(html_of_words(&old, &new, &w))) } }
    }
}

fn page(
    view: &View,
    visitor: &Visitor,
    (given, now): (&Proposed, i64),
    refused: Option<(&str, &str)>,
) -> Result<Html<String>, Fault> {
    let w = visitor.words();
    let found = meant(view, &given.subject, &given.draft)?;
    let status = &view.play.status;
    let begun = !given.sort.is_empty();
    let wording = if begun {
        &given.wording
    } else {
        &found.wording
    };
    let day = if given.on.is_empty() {
        last_day(status, now)
    } else {
        given.on.clone()
    };
    let typed = Proposed {
        wording: wording.clone(),
        ..given.clone()
    };
    let body: Markup = html! {
        main class="wide" {
            p class="kicker" { (w.say("proposal-kicker")) }
            h1 { (w.rich("proposal-title", &[], &[("path", html! { bdi { (found.path) } }), ("draft", html! { bdi { (found.draft) } })])) }
            p class="quoted" dir="auto" { (found.wording) }
            @if let Some((why, hint)) = refused { div class="refused" role="alert" { p { strong { (w.say("proposal-refused")) } " " bdi { (why) } } p { bdi { (hint) } } } }
            (found.superseded(w))
            form method="post" action="/proposal" id=[begun.then_some(TYPED)] data-follow="/proposal/preview" data-shows="redline" data-lost=(w.say("merge-lost")) {
                input type="hidden" name="subject" value=(given.subject);
                input type="hidden" name="draft" value=(found.draft);
                @if let Some(latest) = found.latest() { input type="hidden" name="seen" value=(latest); }
                fieldset { legend { (w.say("proposal-sort")) } div class="choices" { @for (sort, key, means) in SORTS {
                    label { input type="radio" name="sort" value=(sort) checked[given.sort() == sort]; span { (w.say(key)) small { (w.say(means)) } } }
                } } }
                label class="field" { span { (w.say("proposal-words")) } textarea name="wording" rows="6" dir="auto" { (wording) } }
                label class="field short" { span { (w.say("proposal-label")) } small { (w.say("proposal-label-hint")) } input name="label" dir="auto" value=(given.label); }
                h2 { (w.say("proposal-redline")) }
                div id="redline" class="redline" role="region" aria-label=(w.say("proposal-redline")) { (shown(w, &typed, &found.wording)) }
                p { button type="submit" name="do" value="look" { (w.say("proposal-look")) } }
                label class="field" { span { (w.say("proposal-why")) } small { (w.say("proposal-why-hint")) } textarea name="interest" rows="2" dir="auto" { (given.interest) } }
                label class="field" { span { (w.say("proposal-speaking")) } select name="by" { (speakers(visitor, status, &given.by)) } }
                label class="field" { span { (w.say("proposal-room")) } small { (w.say("proposal-room-hint")) } select name="room" { (Rooms::of(view).options(status, &given.room, None)) } }
                fieldset { legend { (w.say("proposal-release")) } div class="choices" { @for (value, key, means) in RELEASES {
                    label { input type="radio" name="release" value=(value) checked[given.release == value]; span { (w.say(key)) small { (w.say(means)) } } }
                } } }
                label class="field short" { span { (w.say("proposal-on")) } input name="on" value=(day) required pattern="[0-9][\\-0-9T:Z\\/]*"; }
                button class="main" type="submit" name="do" value="record" { @match found.latest() { Some(_) => (w.say_with("proposal-record-on", &[("draft", found.draft.as_str().into())])), None => (w.say("proposal-record")) } }
                (found.doors(w))
            }
        }
    };
    let title = format!(
        "{}: {} · {}",
        w.say("proposal-kicker"),
        given.subject,
        process(status)
    );
    let page = Page {
        title: &title,
        style: "state.css",
        here: "",
        live: false,
    };
    // What was only looked at is typed, too.
    Ok(page.again(view, visitor, begun.then_some("/proposal"), body))
}

pub(crate) async fn form(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    Query(given): Query<Proposed>,
) -> Result<Html<String>, Fault> {
    blocking(move || {
        let view = bench.office.view(&visitor, bench.now())?;
        page(&view, &visitor, (&given, bench.now()), None)
    })
    .await
}

/// The redline alone, for the small script.
pub(crate) async fn preview(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    Form(given): Form<Proposed>,
) -> Result<Html<String>, Fault> {
    blocking(move || {
        let view = bench.office.view(&visitor, bench.now())?;
        let found = meant(&view, &given.subject, &given.draft)?;
        Ok(Html(
            shown(visitor.words(), &given, &found.wording).into_string(),
        ))
    })
    .await
}

/// The fields of the act, as a dossier has them.
fn fields(given: &Proposed, visitor: &Visitor, path: &str) -> Map<String, Value> {
    let mut fields = Map::new();
    let mut put = |name: &str, value: Value| drop(fields.insert(name.to_owned(), value));
    put("kind", json!("stance"));
    put("stance", json!("propose"));
    put("draft", json!(given.draft));
    put("room", json!(given.room));
    put("by", json!(given.by));
    put("recorded_by", json!(visitor.seat()));
    let wording = one_paragraph(&given.wording);
    match given.sort() {
        "insert" => {
            put("after", json!(path));
            put("wording", json!(wording));
            if !given.label.trim().is_empty() {
                put("label", json!(given.label.trim()));
            }
        }
        "delete" => {
            put("points", json!([path]));
            put("wording", json!(""));
        }
        _ => {
            put("points", json!([path]));
            put("wording", json!(wording));
        }
    }
    for (name, value) in [
        ("on", &given.on),
        ("interest", &given.interest),
        ("release", &given.release),
    ] {
        if !value.trim().is_empty() {
            put(name, json!(value.trim()));
        }
    }
    fields
}

pub(crate) async fn propose(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    Form(mut given): Form<Proposed>,
) -> Result<Response, Fault> {
    blocking(move || {
        let view = bench.office.view(&visitor, bench.now())?;
        let w = visitor.words();
        let found = meant(&view, &given.subject, &given.draft)?;
        if let Some((subject, draft)) = found.newer(&given.wish) {
            (given.subject, given.draft) = (subject, draft);
            let again = page(&view, &visitor, (&given, bench.now()), None)?;
            return Ok(again.into_response());
        }
        if given.wish == "look" {
            return Ok(page(&view, &visitor, (&given, bench.now()), None)?.into_response());
        }
        if found.latest().is_some_and(|latest| latest != given.seen) {
            let again = page(&view, &visitor, (&given, bench.now()), None)?;
            return Ok((StatusCode::CONFLICT, again).into_response());
        }
        // Nobody speaks for another seat here.
        let own = is_of(&view.play.status, &given.by, visitor.seat());
        let wanting = given.sort() != "delete" && one_paragraph(&given.wording).is_empty();
        let same = given.sort() == "reword"
            && one_paragraph(&given.wording) == one_paragraph(&found.wording);
        let mut status = StatusCode::UNPROCESSABLE_ENTITY;
        let refused = if !own {
            (w.say("proposal-not-own"), w.say("proposal-not-own-hint"))
        } else if wanting || same {
            (w.say("proposal-no-words"), w.say("proposal-no-words-hint"))
        } else {
            let fields = fields(&given, &visitor, &found.path);
            match bench.office.act(&visitor, fields, bench.now()) {
                Ok(_) => {
                    let to = format!("/point?subject={}", part(&given.subject));
                    return Ok(Redirect::to(&to).into_response());
                }
                Err(error) => {
                    status = status_of(&error);
                    sentence(w, &error)
                }
            }
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
