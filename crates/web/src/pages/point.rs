//! A point: what it says, where each party stands, and why.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Query, State};
use axum::response::Html;
use maud::{Markup, PreEscaped, html};
use onetext_desk::Cut;
use onetext_paper::state::{self, class, words};
use onetext_talks::{ProvisionStatus, TextStatus};
use serde::Deserialize;

use super::{Page, part, seat_name, standing};
use crate::fault::Fault;
use crate::office::View;
use crate::{Visitor, Workbench, blocking, terms};

#[derive(Deserialize)]
pub(crate) struct About {
    subject: String,
}

/// A provision of a latest draft that a seat can see, by `TEXT#PATH`, and its words.
pub(crate) struct Found<'v> {
    pub(crate) text: &'v TextStatus,
    pub(crate) row: &'v ProvisionStatus,
    pub(crate) wording: String,
}

fn search<'s>(provisions: &'s [ProvisionStatus], path: &str) -> Option<&'s ProvisionStatus> {
    provisions.iter().find_map(|row| {
        if row.path == path {
            Some(row)
        } else {
            search(&row.children, path)
        }
    })
}

pub(crate) fn find<'v>(view: &'v View, subject: &str) -> Result<Found<'v>, Fault> {
    let (text, path) = subject.split_once('#').ok_or_else(Fault::nothing)?;
    let text = view
        .play
        .status
        .texts
        .iter()
        .find(|each| each.id.as_str() == text)
        .ok_or_else(Fault::nothing)?;
    let row = search(&text.provisions, path).ok_or_else(Fault::nothing)?;
    let drafts = onetext_desk::readable(&view.books, &view.viewer, &Cut::default())?;
    let draft = drafts
        .iter()
        .find(|draft| Some(&draft.id) == text.latest.as_ref());
    let wording = draft.and_then(|draft| {
        let mut provisions = draft.issued.draft.provisions().iter();
        provisions
            .find(|provision| provision.path == row.path)
            .map(|provision| provision.wording.clone())
    });
    Ok(Found {
        text,
        row,
        wording: wording.unwrap_or_else(|| row.words.clone()),
    })
}

pub(crate) async fn page(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    Query(about): Query<About>,
) -> Result<Html<String>, Fault> {
    blocking(move || {
        let view = bench.office.view(&visitor, bench.now())?;
        let found = find(&view, &about.subject)?;
        let why = onetext_desk::why(&view.books, &view.viewer, &Cut::default(), &about.subject)?;
        let may = found.row.stances.keys().any(|seat| seat.as_str() == visitor.seat());
        let w = visitor.words();
        let body: Markup = html! {
            main class="wide" {
                p class="kicker" { (w.say("point-kicker")) }
                h1 dir="auto" { (found.row.path) }
                p class="quoted" dir="auto" { (found.wording) }
                p { span class=(format!("label {}", class(words::status_tone(found.row.status)))) { span aria-hidden="true" { (words::status_sign(found.row.status)) } " " (terms::status_at(w, found.row.status, found.text.stage)) }
                    " " @if let Some(latest) = &found.text.latest { (w.rich("point-in-draft", &[], &[("draft", html! { a href=(format!("/draft/{}#p-{}", part(latest.as_str()), part(&found.row.path))) { (latest) } })])) } }
                @if may { p class="no-print" { a class="button" href=(format!("/position?subject={}", part(&about.subject))) { (w.say("point-take")) } } }
                p class="no-print" { (standing::doors(&visitor, &found, &about.subject)) }
                (standing::lapsed(&view, &visitor, &found, &about.subject)?)
                h2 { (w.say("point-positions")) }
                table { thead { tr { th scope="col" { (w.say("point-party")) } th scope="col" { (w.say("point-position")) } } } tbody { @for (seat, cell) in &found.row.stances {
                    tr { th scope="row" dir="auto" { (seat_name(&view.play.status, seat.as_str())) } td class=(class(words::cell_tone(cell))) { (super::state::cell(w, cell)) } }
                } } }
                @if !found.row.was.is_empty() { h2 { (w.say("point-was")) } ul { @for (draft, paths) in &found.row.was { li { a href=(format!("/draft/{}", part(draft.as_str()))) { (draft) } ": " bdi { (paths.join(", ")) } } } } }
                (standing::feedback(&view, &visitor, &found, &about.subject)?)
                h2 { (w.say("point-why")) }
                // The reasons are the record's own sentences, in English so far.
                div lang="en" dir="ltr" { (PreEscaped(state::reasons(&why))) }
            }
        };
        let page = Page { title: &about.subject, style: "state.css", here: "", live: true };
        Ok(page.of(&view, &visitor, body))
    })
    .await
}
