//! The state of play: points by party, and around them conditions, replies, claims and what is worth a second look.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Query, State};
use axum::response::Html;
use maud::{Markup, PreEscaped, html};
use onetext_desk::{Cut, When};
use onetext_paper::state::{self, Key, Row, class, words};
use onetext_talks::{
    Basis, CellStance, CellStatus, PointStatus, ProvisionStatus, SeatId, Status, TextStatus,
};
use serde::Deserialize;

use super::{Page, part, process, seat_name};
use crate::fault::Fault;
use crate::words::Words;
use crate::{Visitor, Workbench, blocking, terms};

/// Rows of a page.
const ROWS: usize = 60;
/// Columns of a page.
const COLUMNS: usize = 25;

/// What is asked of the page.
#[derive(Debug, Default, Clone, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    at: String,
    #[serde(default)]
    show: String,
    #[serde(default)]
    page: usize,
    #[serde(default)]
    parties: usize,
}

impl Asked {
    /// The address of this page with other rows or parties.
    fn to(&self, show: &str, page: usize, parties: usize) -> String {
        format!(
            "/?at={}&show={}&page={page}&parties={parties}",
            part(&self.at),
            part(show)
        )
    }
}

pub(crate) async fn page(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    blocking(move || {
        let view = bench.office.view(&visitor, bench.now())?;
        let past;
        let play = if asked.at.trim().is_empty() {
            &view.play
        } else {
            let at = When::parse(asked.at.trim()).map_err(onetext_desk::DeskError::When)?;
            let cut = Cut { at: Some(at), known_at: None };
            past = onetext_desk::state_of_play(&view.books, &view.viewer, &cut)?;
            &past
        };
        let status = &play.status;
        let w = visitor.words();
        let title = w.say_with("state-title", &[("process", process(status).into())]);
        let body = html! {
            header { p class="kicker" { (w.say("state-kicker")) } h1 dir="auto" { (process(status)) } (facts(w, status)) }
            (filters(w, &asked))
            main {
                @for (index, text) in words::in_order(&status.texts).into_iter().enumerate() { (text_of((w, visitor.seat()), status, text, index, &asked)) }
                (super::around::around(w, status, &play.why))
            }
            footer { p { (w.say("state-foot")) } }
        };
        let page = Page { title: &title, style: "state.css", here: "/", live: true };
        Ok(page.of(&view, &visitor, body))
    })
    .await
}

fn facts(w: Words, status: &Status) -> Markup {
    html! {
        dl class="facts" {
            div { dt { (w.say("state-as-of")) } dd { @match &status.at { Some(at) => { bdi { (at) } } None => { (w.say("state-everything")) } } } }
            div { dt { (w.say("state-basis")) } dd { @match status.basis { Basis::Record => { (w.say("state-basis-record")) } Basis::View => { (w.say("state-basis-view")) } } } }
            div { dt { (w.say("state-stage")) } dd {
                span class=(format!("label {}", class(words::stage_tone(status.stage)))) { (terms::stage(w, status.stage)) }
                @if let Some(open) = status.open { " " (terms::open(w, open)) }
            } }
        }
    }
}

fn filters(w: Words, asked: &Asked) -> Markup {
    let sets = [
        ("", w.say("state-all")),
        ("open", w.say("state-open")),
        ("disputed", w.say("state-disputed")),
        ("mine", w.say("state-mine")),
    ];
    html! {
        div class="filters" {
            nav class="set" aria-label=(w.say("state-which")) { @for (key, name) in sets {
                a href=(asked.to(key, 0, asked.parties)) aria-current=[(asked.show == key).then_some("true")] { (name) }
            } }
            form method="get" action="/" { label { (w.say("state-as-of")) input type="date" name="at" value=(asked.at); } input type="hidden" name="show" value=(asked.show); " " button type="submit" { (w.say("state-show")) }
                @if !asked.at.is_empty() { " " a href="/" { (w.say("state-now")) } } }
        }
    }
}

fn wanted(row: &ProvisionStatus, show: &str, seat: &str) -> bool {
    let own = row.stances.iter().find(|(id, _)| id.as_str() == seat);
    match show {
        "open" => matches!(row.status, PointStatus::Disputed | PointStatus::Unknown),
        "disputed" => row.status == PointStatus::Disputed,
        "mine" => own.is_some_and(|(_, cell)| {
            words::cell_tone(cell) == words::Tone::Quiet || cell.stance == CellStance::Lapsed
        }),
        _ => true,
    }
}

fn text_of(
    (w, seat): (Words, &str),
    status: &Status,
    text: &TextStatus,
    index: usize,
    asked: &Asked,
) -> Markup {
    let latest_of = |latest: &str| {
        let link = html! { a href=(format!("/draft/{}", part(latest))) dir="auto" { (latest) } };
        let stage = terms::stage(w, text.stage);
        w.rich(
            "state-latest",
            &[("stage", stage.into())],
            &[("draft", link)],
        )
    };
    let title = if text.title.is_empty() {
        text.id.as_str()
    } else {
        &text.title
    };
    html! {
        section id=(format!("text-{index}")) {
            p class="kicker" { (terms::text_kind(w, text.kind)) @if text.required == Some(true) { " · " (w.say("state-required")) } }
            h2 dir="auto" { (title) }
            @match &text.latest {
                None => { p { (no_draft(w, text, &status.viewer)) } }
                Some(latest) => {
                    p class="lead" { (latest_of(latest.as_str())) }
                    @if text.drafts.len() > 1 { (changes(w, text)) }
                    @if let Some(points) = &text.points { (PreEscaped(state::points_bar(points, index, &terms::open(w, points.open), &|of| terms::status(w, of)))) }
                    @if words::counted(text) { (matrix((w, seat), status, text, asked)) }
                }
            }
        }
    }
}

/// What to say of a text of which the viewer was given no draft.
fn no_draft(w: Words, text: &TextStatus, viewer: &SeatId) -> String {
    if text.issuer != *viewer {
        return w.say("state-named-only");
    }
    let working = text.drafts.iter().filter(|draft| draft.working);
    let working: Vec<&str> = working.map(|draft| draft.id.as_str()).collect();
    match working.is_empty() {
        true => w.say("state-not-issued"),
        false => w.say_with("state-not-given", &[("drafts", working.join(" · ").into())]),
    }
}

/// Which two drafts to compare.
fn changes(w: Words, text: &TextStatus) -> Markup {
    let last = text.drafts.len().saturating_sub(1);
    html! {
        form class="filters" method="get" action="/redline" {
            label { (w.say("state-from")) select name="old" { @for (place, draft) in text.drafts.iter().enumerate() { option value=(draft.id) selected[place + 1 == last] { (draft.id) } } } }
            label { (w.say("state-to")) select name="new" { @for (place, draft) in text.drafts.iter().enumerate() { option value=(draft.id) selected[place == last] { (draft.id) } } } }
            button type="submit" { (w.say("state-open-redline")) }
        }
    }
}

fn matrix((w, seat): (Words, &str), status: &Status, text: &TextStatus, asked: &Asked) -> Markup {
    let (all, _) = state::rows(&text.provisions);
    let shown: Vec<Row<'_>> = all
        .into_iter()
        .filter(|row| match row {
            Row::Point(row) | Row::Item(row, _) => wanted(row, &asked.show, seat),
            _ => asked.show.is_empty(),
        })
        .collect();
    let pages = shown.len().div_ceil(ROWS).max(1);
    let page = asked.page.min(pages - 1);
    let rows: Vec<Row<'_>> = shown.iter().skip(page * ROWS).take(ROWS).copied().collect();
    let groups = text.parties.len().div_ceil(COLUMNS).max(1);
    let group = asked.parties.min(groups - 1);
    let parties: Vec<_> = text
        .parties
        .iter()
        .skip(group * COLUMNS)
        .take(COLUMNS)
        .collect();
    let told = rows.iter().filter_map(|row| match row {
        Row::Point(row) | Row::Item(row, _) => Some(*row),
        _ => None,
    });
    let legend = state::legend(told);
    html! {
        div class="scroll" tabindex="0" role="region" aria-label=(w.say("state-matrix")) {
            table class="matrix" {
                caption { (w.say("state-caption")) }
                thead { tr { th scope="col" { (w.say("state-number")) } th scope="col" class="wording" { (w.say("state-point")) } th scope="col" { (w.say("state-state")) }
                    @for party in &parties { th scope="col" dir="auto" { (seat_name(status, party.as_str())) } } } }
                tbody {
                    @if rows.is_empty() { tr { td colspan=(3 + parties.len()) { (w.say("state-none")) } } }
                    @for row in &rows { @match row {
                        Row::Section(row) => { tr class="section" { th colspan=(3 + parties.len()) scope="rowgroup" dir="auto" { @if let Some(number) = &row.number { (number) " " } (row.words) } } }
                        Row::Folded(count) => { tr class="folded" { td {} td colspan=(2 + parties.len()) { (w.say_with("state-folded", &[("n", (*count).into())])) } } }
                        Row::Point(row) => (point((w, seat), text, row, "point", &parties)),
                        Row::Item(row, _) => (point((w, seat), text, row, "item", &parties)),
                    } }
                }
            }
        }
        @if pages > 1 { nav class="filters" aria-label=(w.say("state-pages")) { div class="set" { @for place in 0..pages { a href=(asked.to(&asked.show, place, group)) aria-current=[(place == page).then_some("page")] { (place + 1) } } } } }
        @if groups > 1 { nav class="filters" aria-label=(w.say("state-groups")) { (w.say("state-parties")) div class="set" { @for place in 0..groups { a href=(asked.to(&asked.show, page, place)) aria-current=[(place == group).then_some("page")] { (place * COLUMNS + 1) "…" } } } } }
        @if !legend.is_empty() { dl class="legend-words" { @for key in legend { div { dt { (terms::key_word(w, key)) } dd { @if let Some(meaning) = terms::key_meaning(w, key) { (meaning) } } } } } }
    }
}

fn point(
    (w, seat): (Words, &str),
    text: &TextStatus,
    row: &ProvisionStatus,
    kind: &str,
    parties: &[&SeatId],
) -> Markup {
    let subject = part(&format!("{}#{}", text.id, row.path));
    let take = w.say_with("state-take", &[("path", row.path.as_str().into())]);
    html! {
        tr class=(kind) {
            th scope="row" class="number" { a href=(format!("/point?subject={subject}")) { bdi { (row.path) } } }
            td class="wording" dir="auto" { (row.words) }
            td class=(class(words::status_tone(row.status))) {
                span aria-hidden="true" { (words::status_sign(row.status)) } " " (terms::status_at(w, row.status, text.stage))
                @if row.brackets > 0 { span class="under" { (terms::brackets(w, row.brackets)) } }
            }
            @for party in parties { @match row.stances.get(*party) {
                Some(own) => { td class=(class(words::cell_tone(own))) {
                    @if party.as_str() == seat { a href=(format!("/position?subject={subject}")) { (cell(w, own)) span class="aloud" { " · " (take) } } }
                    @else { (cell(w, own)) }
                } }
                None => { td {} }
            } }
        }
    }
}

/// A position in few words, with its signs in words.
pub(crate) fn cell(w: Words, own: &CellStatus) -> Markup {
    let signs = terms::signs(w, own).into_iter();
    let mut under: Vec<String> = signs
        .filter(|(key, _)| own.carried_from.is_none() || *key != Key::Carried)
        .map(|(_, word)| word)
        .collect();
    if let Some(from) = &own.carried_from {
        let (draft, path) = (from.draft.as_str().into(), from.path.as_str().into());
        let from = [("draft", draft), ("path", path)];
        under.push(match own.stance {
            CellStance::Lapsed => w.say_with("state-taken-on", &from),
            _ => w.say_with("state-carried-from", &from),
        });
    }
    under.extend(own.on.as_ref().map(|on| terms::when(w, on)));
    html! { (terms::cell(w, own, false)) @if !under.is_empty() { span class="under" { @for (place, part) in under.iter().enumerate() { @if place > 0 { " · " } bdi { (part) } } } } }
}
