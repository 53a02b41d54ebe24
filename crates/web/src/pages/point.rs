//! A point: what it says, where each party stands, and why.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Query, State};
use axum::response::Html;
use maud::{Markup, PreEscaped, html};
use onetext_desk::{Cut, one_paragraph};
use onetext_paper::redline::html_of_words;
use onetext_paper::state::{self, class, words};
use onetext_talks::{ProvisionStatus, TextStatus};
use serde::Deserialize;

use super::{Page, part, seat_name, standing};
use crate::fault::Fault;
use crate::office::View;
use crate::words::Words;
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

fn search<'s>(provisions: &'s [Arc<ProvisionStatus>], path: &str) -> Option<&'s ProvisionStatus> {
    provisions.iter().find_map(|row| {
        if row.path == path {
            Some(&**row)
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

/// A provision that a form is about, in the draft on which the form was opened.
pub(crate) struct Meant<'v> {
    pub(crate) text: &'v TextStatus,
    pub(crate) draft: String,
    pub(crate) path: String,
    pub(crate) wording: String,
    /// What became of it, where another draft has come since.
    pub(crate) newer: Option<Newer>,
}

/// What became of a provision in a draft that has come since.
pub(crate) struct Newer {
    pub(crate) latest: String,
    /// Where it is now, and its words.
    pub(crate) now: Vec<(String, String)>,
}

fn later<'s>(
    rows: &'s [Arc<ProvisionStatus>],
    (draft, path): (&str, &str),
    into: &mut Vec<&'s ProvisionStatus>,
) {
    for row in rows {
        let mut was = row.was.iter().filter(|(own, _)| own.as_str() == draft);
        if was.any(|(_, paths)| paths.iter().any(|own| own == path)) {
            into.push(row);
        }
        later(&row.children, (draft, path), into);
    }
}

/// What a form means by `TEXT#PATH` on a draft: a provision of that draft, with that draft's words, also where another has come
/// since. Without a draft, or with one that the seat cannot read, a provision of the latest.
pub(crate) fn meant<'v>(view: &'v View, subject: &str, draft: &str) -> Result<Meant<'v>, Fault> {
    let (name, path) = subject.split_once('#').ok_or_else(Fault::nothing)?;
    let mut texts = view.play.status.texts.iter();
    let text = texts.find(|each| each.id.as_str() == name);
    let text = text.ok_or_else(Fault::nothing)?;
    let latest = text.latest.as_ref().map_or("", |latest| latest.as_str());
    let drafts = onetext_desk::readable(&view.books, &view.viewer, &Cut::default())?;
    let words = |draft: &str, path: &str| {
        let mut drafts = drafts.iter().filter(|own| own.text == text.id);
        let draft = drafts.find(|own| own.id.as_str() == draft)?;
        let mut provisions = draft.issued.draft.provisions().iter();
        let own = provisions.find(|own| own.path == path)?;
        Some(own.wording.clone())
    };
    if draft != latest
        && !latest.is_empty()
        && let Some(wording) = words(draft, path)
    {
        let mut rows = Vec::new();
        later(&text.provisions, (draft, path), &mut rows);
        let now = rows.into_iter().map(|row| {
            let wording = words(latest, &row.path).unwrap_or_else(|| row.words.clone());
            (row.path.clone(), wording)
        });
        return Ok(Meant {
            text,
            draft: draft.to_owned(),
            path: path.to_owned(),
            wording,
            newer: Some(Newer {
                latest: latest.to_owned(),
                now: now.collect(),
            }),
        });
    }
    let found = find(view, subject)?;
    Ok(Meant {
        text: found.text,
        draft: if draft.is_empty() { latest } else { draft }.to_owned(),
        path: found.row.path.clone(),
        wording: found.wording,
        newer: None,
    })
}

impl Meant<'_> {
    /// The latest draft, where it is not the one that the form is on.
    pub(crate) fn latest(&self) -> Option<&str> {
        self.newer.as_ref().map(|newer| newer.latest.as_str())
    }

    /// What is asked once before something is put on record on a draft that another has followed: both wordings.
    pub(crate) fn superseded(&self, w: Words) -> Markup {
        html! { @if let Some(newer) = &self.newer { section class="refused" role="alert" {
            p { (w.say_with("point-newer", &[("latest", newer.latest.as_str().into()), ("draft", self.draft.as_str().into())])) }
            p class="small" { (w.say_with("point-newer-words", &[("draft", self.draft.as_str().into()), ("path", self.path.as_str().into())])) }
            p class="quoted" dir="auto" { (self.wording) }
            @if newer.now.is_empty() { p class="small" { (w.say_with("point-newer-gone", &[("latest", newer.latest.as_str().into())])) } }
            @for (path, wording) in &newer.now {
                p class="small" { (w.say_with("point-newer-words", &[("draft", newer.latest.as_str().into()), ("path", path.as_str().into())])) }
                p class="wording" dir="auto" { (PreEscaped(html_of_words(&one_paragraph(&self.wording), &one_paragraph(wording), &w))) }
            }
            p { (w.say_with("point-newer-ask", &[("draft", self.draft.as_str().into())])) }
        } } }
    }

    /// The buttons that take what was typed to the draft that has come since.
    pub(crate) fn doors(&self, w: Words) -> Markup {
        html! { @if let Some(newer) = &self.newer { @for (path, _) in &newer.now {
            " " button type="submit" name="do" value=(format!("newer:{path}")) { (w.say_with("point-newer-take", &[("latest", newer.latest.as_str().into()), ("path", path.as_str().into())])) }
        } } }
    }

    /// Where a wish to go on with the newer draft leads: the subject and the draft.
    pub(crate) fn newer(&self, wish: &str) -> Option<(String, String)> {
        let path = wish.strip_prefix("newer:")?;
        let newer = self.newer.as_ref()?;
        let (path, _) = newer.now.iter().find(|(own, _)| own == path)?;
        Some((format!("{}#{path}", self.text.id), newer.latest.clone()))
    }
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
                (standing::feedback(&view, &visitor, &found, (&about.subject, bench.now()))?)
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
