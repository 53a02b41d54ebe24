//! The state of play: points by party, and around them conditions, replies, claims and what is worth a second look.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Query, State};
use axum::response::Html;
use maud::{Markup, PreEscaped, html};
use onetext_desk::{Cut, When};
use onetext_paper::state::{self, Row, class, words};
use onetext_talks::{Basis, CellStatus, PointStatus, ProvisionStatus, Status, TextStatus};
use serde::Deserialize;

use super::{Page, part, process, seat_name};
use crate::fault::Fault;
use crate::{Visitor, Workbench, blocking};

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
        let title = format!("State of play: {}", process(status));
        let body = html! {
            header { p class="kicker" { "State of play" } h1 dir="auto" { (process(status)) } (facts(status)) }
            (filters(&asked))
            main {
                @for (index, text) in words::in_order(&status.texts).into_iter().enumerate() { (text_of(status, text, index, &asked, visitor.seat())) }
                (PreEscaped(state::around(status, &play.why)))
            }
            footer { p { "Nothing is agreed until everything is agreed. Every state and number here is computed from the record; nobody typed it in." } }
        };
        let page = Page { title: &title, style: "state.css", here: "/", live: true };
        Ok(page.of(&view, &visitor, body))
    })
    .await
}

fn facts(status: &Status) -> Markup {
    html! {
        dl class="facts" {
            div { dt { "As of" } dd { (status.at.as_deref().unwrap_or("everything recorded so far")) } }
            div { dt { "Basis" } dd { @match status.basis { Basis::Record => "the record", Basis::View => "this seat's view: what others did elsewhere is not in it" } } }
            div { dt { "Stage" } dd {
                span class=(format!("label {}", class(words::stage_tone(status.stage)))) { (words::stage(status.stage)) }
                @if let Some(open) = status.open { " " (words::interval(open)) " points open" }
            } }
        }
    }
}

fn filters(asked: &Asked) -> Markup {
    let sets = [
        ("", "All points"),
        ("open", "Open"),
        ("disputed", "Disputed"),
        ("mine", "Mine to answer"),
    ];
    html! {
        div class="filters" {
            nav class="set" aria-label="Which points" { @for (key, name) in sets {
                a href=(asked.to(key, 0, asked.parties)) aria-current=[(asked.show == key).then_some("true")] { (name) }
            } }
            form method="get" action="/" { label { "As of" input type="date" name="at" value=(asked.at); } input type="hidden" name="show" value=(asked.show); " " button type="submit" { "Show" }
                @if !asked.at.is_empty() { " " a href="/" { "now" } } }
        }
    }
}

fn wanted(row: &ProvisionStatus, show: &str, seat: &str) -> bool {
    let own = row.stances.iter().find(|(id, _)| id.as_str() == seat);
    match show {
        "open" => matches!(row.status, PointStatus::Disputed | PointStatus::Unknown),
        "disputed" => row.status == PointStatus::Disputed,
        "mine" => own.is_some_and(|(_, cell)| {
            words::cell_tone(cell) == words::Tone::Quiet
                || cell.stance == onetext_talks::CellStance::Lapsed
        }),
        _ => true,
    }
}

fn text_of(status: &Status, text: &TextStatus, index: usize, asked: &Asked, seat: &str) -> Markup {
    let title = if text.title.is_empty() {
        text.id.as_str()
    } else {
        &text.title
    };
    html! {
        section id=(format!("text-{index}")) {
            p class="kicker" { (words::text_kind(text.kind)) @if text.required == Some(true) { ", required" } }
            h2 dir="auto" { (title) }
            @match &text.latest {
                None => { p { (words::no_draft(text, &status.viewer)) } }
                Some(latest) => {
                    p class="lead" { "Latest draft " a href=(format!("/draft/{}", part(latest.as_str()))) { (latest) } ", " (words::stage(text.stage)) "." }
                    @if text.drafts.len() > 1 { (changes(text)) }
                    @if let Some(points) = &text.points { (PreEscaped(state::points_bar(points, index))) }
                    @if words::counted(text) { (matrix(status, text, asked, seat)) }
                }
            }
        }
    }
}

/// Which two drafts to compare.
fn changes(text: &TextStatus) -> Markup {
    let last = text.drafts.len().saturating_sub(1);
    html! {
        form class="filters" method="get" action="/redline" {
            label { "What changed from" select name="old" { @for (place, draft) in text.drafts.iter().enumerate() { option value=(draft.id) selected[place + 1 == last] { (draft.id) } } } }
            label { "to" select name="new" { @for (place, draft) in text.drafts.iter().enumerate() { option value=(draft.id) selected[place == last] { (draft.id) } } } }
            button type="submit" { "Open the redline" }
        }
    }
}

fn matrix(status: &Status, text: &TextStatus, asked: &Asked, seat: &str) -> Markup {
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
        div class="scroll" tabindex="0" role="region" aria-label="Points by party" {
            table class="matrix" {
                caption { "Points and the position of each party on the wording of the latest draft" }
                thead { tr { th scope="col" { "No." } th scope="col" class="wording" { "Point" } th scope="col" { "State" }
                    @for party in &parties { th scope="col" dir="auto" { (seat_name(status, party.as_str())) } } } }
                tbody {
                    @if rows.is_empty() { tr { td colspan=(3 + parties.len()) { "None of the points is like that." } } }
                    @for row in &rows { @match row {
                        Row::Section(row) => { tr class="section" { th colspan=(3 + parties.len()) scope="rowgroup" dir="auto" { @if let Some(number) = &row.number { (number) " " } (row.words) } } }
                        Row::Folded(count) => { tr class="folded" { td {} td colspan=(2 + parties.len()) { (words::count(*count, "sub-item", "sub-items")) " with the same positions" } } }
                        Row::Point(row) => (point(text, row, "point", &parties, seat)),
                        Row::Item(row, _) => (point(text, row, "item", &parties, seat)),
                    } }
                }
            }
        }
        @if pages > 1 { nav class="filters" aria-label="Pages of points" { div class="set" { @for place in 0..pages { a href=(asked.to(&asked.show, place, group)) aria-current=[(place == page).then_some("page")] { (place + 1) } } } } }
        @if groups > 1 { nav class="filters" aria-label="Groups of parties" { "Parties" div class="set" { @for place in 0..groups { a href=(asked.to(&asked.show, page, place)) aria-current=[(place == group).then_some("page")] { (place * COLUMNS + 1) "…" } } } } }
        @if !legend.is_empty() { dl class="legend-words" { @for (word, meaning) in legend { div { dt { (word) } dd { (meaning) } } } } }
    }
}

fn point(
    text: &TextStatus,
    row: &ProvisionStatus,
    kind: &str,
    parties: &[&onetext_talks::SeatId],
    seat: &str,
) -> Markup {
    let subject = part(&format!("{}#{}", text.id, row.path));
    html! {
        tr class=(kind) {
            th scope="row" class="number" { a href=(format!("/point?subject={subject}")) { (row.path) } }
            td class="wording" dir="auto" { (row.words) }
            td class=(class(words::status_tone(row.status))) {
                span aria-hidden="true" { (words::status_sign(row.status)) } " " (words::status_at(row.status, text.stage))
                @if row.brackets > 0 { span class="under" { (words::count(row.brackets, "open bracket", "open brackets")) } }
            }
            @for party in parties { @match row.stances.get(*party) {
                Some(own) => { td class=(class(words::cell_tone(own))) {
                    @if party.as_str() == seat { a href=(format!("/position?subject={subject}")) aria-label=(format!("{}: take a position on {}", words::cell(own, false), row.path)) { (cell(own)) } }
                    @else { (cell(own)) }
                } }
                None => { td {} }
            } }
        }
    }
}

/// A position in few words, with its signs in words.
pub(crate) fn cell(own: &CellStatus) -> Markup {
    let mut under: Vec<String> = state::signs(own)
        .iter()
        .map(|(_, word)| (*word).to_owned())
        .collect();
    if let Some(from) = &own.carried_from {
        under.retain(|word| word != "carried from");
        let verb = if own.stance == onetext_talks::CellStance::Lapsed {
            "taken on"
        } else {
            "carried from"
        };
        under.push(format!("{verb} {} {}", from.draft, from.path));
    }
    under.extend(own.on.as_ref().map(words::when));
    html! { (words::cell(own, false)) @if !under.is_empty() { span class="under" { (under.join(" · ")) } } }
}
