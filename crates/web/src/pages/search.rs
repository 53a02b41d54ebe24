//! Search over what the seat may see: the wordings of drafts, positions, minutes, statements, and whatever else was put in words.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Query, State};
use axum::response::Html;
use maud::{Markup, html};
use onetext_desk::{Cut, Hit, Where};

use super::affairs::name;
use super::record::Given;
use super::{Page, part};
use crate::fault::Fault;
use crate::office::View;
use crate::words::Words;
use crate::{Visitor, Workbench, blocking};

/// How many characters stand on either side of what was found.
const AROUND: usize = 140;

/// The words around what was found, with marks on it.
fn excerpt(hit: &Hit) -> Markup {
    let words: Vec<char> = hit.words.chars().collect();
    let first = hit.marks.first().map_or(0, |(from, _)| *from);
    let start = match first.saturating_sub(AROUND) {
        // A few characters more cost less than a cut.
        start if start < 40 => 0,
        start => (start..first)
            .find(|at| words.get(*at).is_some_and(|c| c.is_whitespace()))
            .map_or(start, |at| at + 1),
    };
    let end = words.len().min(first + 2 * AROUND);
    let piece = |from: usize, to: usize| -> String {
        words
            .iter()
            .skip(from)
            .take(to.saturating_sub(from))
            .collect()
    };
    let mut at = start;
    let mut parts: Vec<(bool, String)> = Vec::new();
    for (from, to) in hit.marks.iter().filter(|(from, _)| *from < end) {
        parts.push((false, piece(at, *from)));
        parts.push((true, piece(*from, *to)));
        at = *to;
    }
    let ends = at.max(end);
    parts.push((false, piece(at, ends)));
    html! {
        p class="found" dir="auto" { @if start > 0 { "… " } @for (marked, words) in parts { @if marked { mark { (words) } } @else { (words) } } @if ends < words.len() { " …" } }
    }
}

/// What an act is called in a list.
fn kind(w: Words, kind: &str) -> String {
    match kind {
        "stance" => w.say("search-position"),
        "statement" => w.say("search-statement"),
        "minute" => w.say("search-minute"),
        "question" => w.say("search-question"),
        "convey" => w.say("search-conveyed"),
        "red-line" => w.say("search-red-line"),
        "gate" | "override" => w.say("search-condition"),
        "understanding" => w.say("search-understanding"),
        "mission" => w.say("search-mission"),
        "session" => w.say("search-meeting"),
        "note" => w.say("search-note"),
        _ => w.say("search-act"),
    }
}

fn place(w: Words, view: &View, hit: &Hit) -> Markup {
    let status = &view.play.status;
    match &hit.place {
        Where::Provision { draft, path, .. } => html! {
            a href=(format!("/draft/{}#p-{}", part(draft.as_str()), part(path))) { (w.say("search-provision")) " " bdi { (path) } (w.comma()) bdi { (draft) } }
        },
        Where::Act {
            id,
            kind: of,
            by,
            on,
            when,
        } => {
            let to = match *of {
                "statement" => Some("/statements".to_owned()),
                "gate" => Some(format!("/gates#{}", part(id.as_str()))),
                "understanding" | "minute" => Some("/understandings".to_owned()),
                "mission" => Some(format!("/mission?id={}", part(id.as_str()))),
                "session" => Some(format!("/meeting?id={}", part(id.as_str()))),
                _ => on.as_ref().map(|(draft, path)| match path {
                    Some(path) => format!("/draft/{}#p-{}", part(draft.as_str()), part(path)),
                    None => format!("/draft/{}", part(draft.as_str())),
                }),
            };
            html! {
                @if let Some(to) = to { a href=(to) { (kind(w, of)) } } @else { strong { (kind(w, of)) } }
                " " bdi { (name(status, by)) } (w.comma()) bdi class="nowrap" { (when.replace('/', " – ")) }
                @if let Some((draft, path)) = on { (w.comma()) @if let Some(path) = path { bdi { (path) } " " } bdi { (draft) } }
            }
        }
    }
}

pub(crate) async fn page(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    Query(given): Query<Given>,
) -> Result<Html<String>, Fault> {
    blocking(move || {
        let view = bench.office.view(&visitor, bench.now())?;
        let w = visitor.words();
        let question = given.get("q");
        let found = onetext_desk::search(&view.books, &view.viewer, &Cut::default(), question)?;
        let in_drafts = found.hits.iter().filter(|hit| matches!(hit.place, Where::Provision { .. }));
        let in_acts = found.hits.iter().filter(|hit| matches!(hit.place, Where::Act { .. }));
        let groups: [(String, Vec<&Hit>); 2] = [
            (w.say("search-in-drafts"), in_drafts.collect()),
            (w.say("search-in-acts"), in_acts.collect()),
        ];
        let count = found.hits.len() + found.more;
        let title = w.say("search-title");
        let body = html! {
            main class="wide" {
                p class="kicker" { (w.say("search-kicker")) }
                h1 { (title) }
                form method="get" action="/search" role="search" class="ask no-print" {
                    label { span { (w.say("search-for")) } input type="search" name="q" maxlength="200" dir="auto" value=(question); }
                    button class="main" type="submit" { (w.say("search-go")) }
                }
                @if !found.asked.is_empty() {
                    p role="status" { (w.say_with("search-found", &[("n", count.into())])) @if found.more > 0 { " " (w.say_with("meetings-more", &[("n", found.more.into())])) } }
                    @for (name, hits) in &groups { @if !hits.is_empty() { section { h2 { (name) } ol class="hits" { @for hit in hits { li { p class="small" { (place(w, &view, hit)) } (excerpt(hit)) } } } } } }
                } @else { p class="small" { (w.say("search-hint")) } }
            }
        };
        let page = Page { title: &title, style: "affairs.css", here: "/search", live: false };
        Ok(page.of(&view, &visitor, body))
    })
    .await
}
