//! The pen-holder's merge screen, provision by provision: what was said of it, the new wording beside, what becomes of each piece.
//!
//! What is typed here is kept as work on the next draft and is no act; a draft is issued from it on a page of its own.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Extension;
use axum::extract::{Query, State};
use axum::response::Html;
use maud::{Markup, PreEscaped, html};
use onetext_desk::{Piece, ReadableDraft, one_paragraph};
use onetext_paper::redline::html_of_words;
use onetext_paper::state::{class, words};
use onetext_talks::{CellStance, ProvisionStatus, StanceKind, Status, TextStatus};
use onetext_text::{Provision, ProvisionKind};
use serde::Deserialize;

use super::drafting::{self, OUTCOMES, outcome_key};
use super::language::TYPED;
use super::rooms::Rooms;
use super::{Page, part, seat_name};
use crate::fault::Fault;
use crate::office::View;
use crate::sheet::{Answer, Sheet, Work};
use crate::words::Words;
use crate::{Visitor, Workbench, blocking, terms};

/// How many drafts before the latest are looked through for work that was left on them.
const LOOKED_THROUGH: usize = 12;

#[derive(Debug, Default, Clone, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    text: String,
    #[serde(default)]
    at: String,
    /// The draft on which the work was done; the latest without one.
    #[serde(default)]
    base: String,
}

/// What the pen-holder works on.
pub(super) struct Bench<'v> {
    view: &'v View,
    pub(super) text: &'v TextStatus,
    /// The draft that the work is on: the latest, or one before it.
    pub(super) draft: ReadableDraft,
    pub(super) pieces: Vec<Piece>,
    rooms: Rooms,
    rows: BTreeMap<&'v str, &'v ProvisionStatus>,
    pub(super) w: Words,
}

fn rows<'s>(
    provisions: &'s [Arc<ProvisionStatus>],
    into: &mut BTreeMap<&'s str, &'s ProvisionStatus>,
) {
    for row in provisions {
        into.insert(&row.path, row);
        rows(&row.children, into);
    }
}

impl<'v> Bench<'v> {
    /// The work on a text: on a draft of it by its name, or on the latest.
    pub(super) fn of(
        view: &'v View,
        visitor: &Visitor,
        (text, base): (&str, &str),
    ) -> Result<Bench<'v>, Fault> {
        let text = drafting::text_of_mine(view, visitor, text).ok_or_else(Fault::nothing)?;
        let draft = match base {
            "" => drafting::latest(view, text)?,
            base => drafting::named(view, text, base)?,
        };
        let draft = draft.ok_or_else(Fault::nothing)?;
        let status = &view.play.status;
        let pieces = onetext_desk::feedback(&view.books, &view.viewer, status, text.id.as_str())?;
        let mut by_path = BTreeMap::new();
        rows(&text.provisions, &mut by_path);
        Ok(Bench {
            view,
            text,
            draft,
            pieces,
            rooms: Rooms::of(view),
            rows: by_path,
            w: visitor.words(),
        })
    }

    /// Whether another draft has come since that one.
    pub(super) fn is_earlier(&self) -> bool {
        self.text.latest.as_ref() != Some(&self.draft.id)
    }

    /// What a provision of the draft is in the latest.
    pub(super) fn later(&self, path: &str) -> Vec<&str> {
        if path.is_empty() {
            return vec![""];
        }
        let here = |row: &&ProvisionStatus| {
            let was = row.was.iter();
            let mut was = was.filter(|(draft, _)| draft.as_str() == self.draft.id.as_str());
            was.any(|(_, paths)| paths.iter().any(|own| own == path))
        };
        let rows = self.rows.values().copied().filter(here);
        rows.map(|row| row.path.as_str()).collect()
    }

    pub(super) fn provision(&self, path: &str) -> Option<&Provision> {
        self.provisions().iter().find(|own| own.path == path)
    }

    /// The acts that are shown at a provision, to be answered.
    pub(super) fn acts<'s>(&'s self, at: &'s str) -> Vec<&'s str> {
        let mut acts: Vec<&str> = self.on(at).map(|one| one.told.act.id.as_str()).collect();
        acts.sort_unstable();
        acts.dedup();
        acts
    }

    pub(super) fn provisions(&self) -> &[Provision] {
        self.draft.issued.draft.provisions()
    }

    pub(super) fn status(&self) -> &Status {
        &self.view.play.status
    }

    fn on<'s>(&'s self, path: &'s str) -> impl Iterator<Item = &'s Piece> {
        let whole = path.is_empty();
        // What was said is told by the paths of the latest draft.
        let shown = !self.is_earlier();
        self.pieces.iter().filter(move |piece| {
            let here = piece.now.iter().any(|now| now == path);
            shown && (here || (whole && piece.now.is_empty()))
        })
    }

    fn to(&self, path: &str) -> String {
        format!(
            "/merge?text={}&at={}",
            part(self.text.id.as_str()),
            part(path)
        )
    }

    /// The provision that comes next where nothing is marked as handled; else the next in order.
    fn next(&self, at: &str) -> Option<&str> {
        let mut paths = self.provisions().iter().map(|own| own.path.as_str());
        match at {
            "" => paths.next(),
            _ => paths.skip_while(|path| *path != at).nth(1),
        }
    }
}

pub(crate) async fn page(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    blocking(move || {
        let view = bench.office.view(&visitor, bench.now())?;
        let work = Bench::of(&view, &visitor, (&asked.text, &asked.base))?;
        let sheet = bench
            .office
            .sheet(&visitor, work.text.id.as_str(), work.draft.id.as_str())?;
        if work.is_earlier() {
            return Ok(super::kept::earlier(&view, &visitor, &work, &sheet));
        }
        let at = match asked.at.is_empty() {
            false => asked.at.as_str(),
            true => work
                .pieces
                .iter()
                .find(|piece| piece.told.open)
                .and_then(|piece| piece.now.first())
                .or(work.provisions().first().map(|own| &own.path))
                .map_or("", String::as_str),
        };
        let at = if at == "whole" { "" } else { at };
        let left = left(&bench, &visitor, work.text)?;
        let typed = Typed {
            sheet: &sheet,
            kept: None,
        };
        workplace(&view, &visitor, &work, (&sheet, typed, at), &left)
    })
    .await
}

/// The drafts before the latest on which work was left that no draft was issued from, and how much.
pub(super) fn left(
    bench: &Workbench,
    visitor: &Visitor,
    text: &TextStatus,
) -> Result<Vec<(String, usize)>, Fault> {
    let mut left = Vec::new();
    let earlier = text.drafts.iter().rev();
    let earlier = earlier.filter(|draft| Some(&draft.id) != text.latest.as_ref());
    for draft in earlier.take(LOOKED_THROUGH) {
        let sheet = bench
            .office
            .sheet(visitor, text.id.as_str(), draft.id.as_str())?;
        if sheet.left() > 0 {
            left.push((draft.id.to_string(), sheet.left()));
        }
    }
    Ok(left)
}

/// What the form of the page shows.
#[derive(Clone, Copy)]
pub(super) struct Typed<'s> {
    /// The work as it was typed.
    pub(super) sheet: &'s Sheet,
    /// What somebody kept since that page was opened, where it is not that.
    pub(super) kept: Option<&'s Sheet>,
}

/// The page: all provisions beside the work on one of them. `sheet` is what is kept.
pub(super) fn workplace(
    view: &View,
    visitor: &Visitor,
    work: &Bench<'_>,
    (sheet, typed, at): (&Sheet, Typed<'_>, &str),
    left: &[(String, usize)],
) -> Result<Html<String>, Fault> {
    let w = work.w;
    let body = html! {
        header class="wide-head" {
            p class="kicker" { (w.say("merge-kicker")) }
            h1 dir="auto" { (drafting::title(work.text)) }
            p class="lead" { (w.say_with("merge-lead", &[("draft", work.draft.id.as_str().into())])) }
            (drafting::switch(view, visitor, work.text))
            (drafting::working(w, work.text))
            @if let Some(draft) = &sheet.issued { p class="notice" { (w.say_with("merge-issued", &[("draft", draft.as_str().into()), ("base", work.draft.id.as_str().into())])) } }
            @for (draft, n) in left { p class="notice" { (w.say_with("merge-left", &[("draft", draft.as_str().into()), ("n", (*n).into())])) " "
                a href=(format!("/merge?text={}&base={}", part(work.text.id.as_str()), part(draft))) { (w.say("merge-left-look")) } } }
        }
        div class="desk" {
            (list(work, sheet, at))
            main class="workplace" { (editor(work, typed, at)?) }
        }
    };
    let title = format!("{}: {}", w.say("merge-kicker"), drafting::title(work.text));
    let page = Page {
        title: &title,
        style: "state.css",
        here: "/merge",
        live: false,
    };
    Ok(page.again(view, visitor, typed.kept.map(|_| "/merge"), body))
}

/// All provisions, each with what waits there and what was done.
fn list(work: &Bench<'_>, sheet: &Sheet, at: &str) -> Markup {
    let w = work.w;
    let done = work
        .provisions()
        .iter()
        .filter(|own| {
            sheet
                .provisions
                .get(&own.path)
                .is_some_and(|work| work.handled)
        })
        .count();
    let changed = sheet
        .provisions
        .values()
        .filter(|work| work.changes())
        .count();
    html! {
        nav class="outline" aria-label=(w.say("merge-provisions")) {
            p class="small" { (w.say_with("merge-progress", &[("done", done.into()), ("all", work.provisions().len().into()), ("changed", changed.into())])) }
            p { a class="button" href=(format!("/issue?text={}", part(work.text.id.as_str()))) { (w.say("merge-to-issue")) } }
            ol class="plain" {
                li { a href=(work.to("whole")) aria-current=[at.is_empty().then_some("true")] { (w.say("merge-whole")) (waiting(w, work.on("").filter(|piece| piece.told.open).count())) } }
                @for own in work.provisions() {
                    @let mine = sheet.provisions.get(&own.path);
                    li { a href=(work.to(&own.path)) aria-current=[(own.path == at).then_some("true")] {
                        bdi class="path" { (own.path) } " " span class="first" dir="auto" { (drafting::first_words(&own.wording)) }
                        (waiting(w, work.on(&own.path).filter(|piece| piece.told.open).count()))
                        @if mine.is_some_and(Work::changes) { span class="mark changed" { "✎ " (w.say("merge-changed")) } }
                        @if mine.is_some_and(|work| work.handled) { span class="mark done" { "✓ " (w.say("merge-handled-mark")) } }
                    } }
                }
            }
        }
    }
}

fn waiting(w: Words, count: usize) -> Markup {
    html! { @if count > 0 { span class="mark waits" { (w.say_with("merge-pieces", &[("n", count.into())])) } } }
}

fn editor(work: &Bench<'_>, typed: Typed<'_>, at: &str) -> Result<Markup, Fault> {
    let (w, sheet) = (work.w, typed.sheet);
    let own = work.provision(at);
    if own.is_none() && !at.is_empty() {
        return Err(Fault::nothing());
    }
    let mine = sheet.provisions.get(at).cloned().unwrap_or_default();
    let printed = own.map_or("", |own| own.wording.as_str());
    let wording = mine.redraft.wording.as_deref().unwrap_or(printed);
    let label = own
        .and_then(|own| own.label.as_ref())
        .map_or("", |label| label.printed.as_str());
    let mut after = mine.redraft.after.clone();
    after.push((String::new(), String::new()));
    let pieces: Vec<&Piece> = work.on(at).collect();
    let next = work.next(at).unwrap_or("whole");
    let version = typed.kept.unwrap_or(sheet).version(at, &work.acts(at));
    Ok(html! {
        @if let Some(kept) = typed.kept { (super::kept::both(work, (kept, sheet), at)) }
        form method="post" action="/merge" class="merge" id=[typed.kept.map(|_| TYPED)] data-follow="/merge/keep" data-shows="redline" data-lost=(w.say("merge-lost")) {
            input type="hidden" name="text" value=(work.text.id);
            input type="hidden" name="base" value=(work.draft.id);
            input type="hidden" name="at" value=(at);
            input type="hidden" name="next" value=(next);
            // On what it was written. The small script says which page this is, and how often it sent what was typed.
            input type="hidden" name="version" value=(version) autocomplete="off";
            input type="hidden" name="page" value="" autocomplete="off";
            input type="hidden" name="count" value="0" autocomplete="off";
            // What Enter in a field does, where no button was chosen.
            button type="submit" name="do" value="save" class="aloud" tabindex="-1" aria-hidden="true" {}
            @match own {
                Some(own) => { h2 { bdi { (own.path) } " " span class="small" { (kind_of(w, own.kind)) } } }
                None => { h2 { (w.say("merge-whole")) } p class="small" { (w.say("merge-whole-lead")) } }
            }
            div class="sides" {
                section class="before" aria-label=(w.say("merge-now")) {
                    h3 { (w.say("merge-now")) }
                    @if own.is_some() { p class="quoted" dir="auto" { (printed) } }
                    (positions(work, at))
                }
                section class="after" aria-label=(w.say("merge-new")) {
                    h3 { (w.say("merge-new")) }
                    @if own.is_some() {
                        label class="field" { span { (w.say("merge-wording")) } textarea name="wording" rows="6" dir="auto" { (wording) } }
                        div class="row" {
                            @if !label.is_empty() { label class="field short" { span { (w.say("merge-label")) } input name="label" dir="auto" value=(mine.redraft.label.as_deref().unwrap_or(label)); } }
                            label class="check" { input type="checkbox" name="gone" value="yes" checked[mine.redraft.gone]; " " (w.say("merge-gone")) }
                        }
                    }
                    div id="redline" class="redline" role="region" aria-label=(w.say("merge-redline")) { (shown(w, printed, &mine)) }
                    details open[after.len() > 1] {
                        summary { (w.say(if own.is_some() { "merge-insert" } else { "merge-insert-start" })) }
                        @for (number, (label, wording)) in after.iter().enumerate() {
                            div class="row inserted" {
                                label class="field short" { span { (w.say("merge-label")) } input name="after-label" dir="auto" value=(label) aria-label=(w.say_with("merge-label-of", &[("n", (number + 1).into())])); }
                                label class="field grow" { span { (w.say("merge-insert-words")) } textarea name="after-wording" rows="2" dir="auto" { (wording) } }
                            }
                        }
                        p class="small" { (w.say("merge-insert-hint")) }
                    }
                }
            }
            section {
                h3 { (w.say("merge-said")) }
                (conflicts(work, at, &pieces))
                @if pieces.is_empty() { p class="small" { (w.say("merge-nothing-said")) } }
                @for piece in &pieces { (piece_of(work, sheet, piece, (at, printed))) }
            }
            div class="bar-of-acts" {
                @if own.is_some() { label class="check" { input type="checkbox" name="handled" value="yes" checked[mine.handled]; " " (w.say("merge-handled")) } }
                button type="submit" name="do" value="save" { (w.say("merge-save")) }
                button class="main" type="submit" name="do" value="next" { (w.say("merge-next")) }
                @if mine != Work::default() { button type="submit" name="do" value="drop" { (w.say("merge-drop")) } }
            }
            p class="small" { (w.say("merge-kept-hint")) }
        }
    })
}

fn kind_of(w: Words, kind: ProvisionKind) -> String {
    w.say(match kind {
        ProvisionKind::Title => "merge-kind-title",
        ProvisionKind::Heading => "merge-kind-heading",
        ProvisionKind::Numbered => "merge-kind-numbered",
        ProvisionKind::Item => "merge-kind-item",
        ProvisionKind::Paragraph => "merge-kind-paragraph",
    })
}

/// The redline of the words in the field, and of what comes after.
pub(super) fn shown(w: Words, printed: &str, mine: &Work) -> Markup {
    let redraft = &mine.redraft;
    let new = match (redraft.gone, &redraft.wording) {
        (true, _) => "",
        (false, Some(wording)) => wording,
        (false, None) => printed,
    };
    let old = one_paragraph(printed);
    let new = one_paragraph(new);
    html! {
        @if old == new { p class="small" { (w.say("merge-same")) } }
        @else { p class="wording" dir="auto" { (PreEscaped(html_of_words(&old, &new, &w))) } }
        @for (label, words) in redraft.after.iter().filter(|(label, words)| !label.is_empty() || !words.is_empty()) {
            p class="wording" dir="auto" { (PreEscaped(html_of_words("", &one_paragraph(&format!("{label} {words}")), &w))) }
        }
    }
}

/// Where each party stands on the words as they are.
fn positions(work: &Bench<'_>, at: &str) -> Markup {
    let Some(row) = work.rows.get(at) else {
        return html! {};
    };
    html! {
        ul class="plain stances" { @for (seat, cell) in &row.stances {
            li { bdi { (seat_name(work.status(), seat.as_str())) } ": " span class=(format!("label {}", class(words::cell_tone(cell)))) { (terms::stance(work.w, cell.stance)) }
                @if let Some(from) = &cell.carried_from { " " span class="small" { (work.w.say_with("merge-taken-on", &[("draft", from.draft.as_str().into()), ("path", from.path.as_str().into())])) } } }
        } }
    }
}

/// What two sides want that cannot both be.
fn conflicts(work: &Bench<'_>, at: &str, pieces: &[&Piece]) -> Markup {
    let w = work.w;
    let name = |seat: &str| seat_name(work.status(), seat).to_owned();
    let mut wanted: BTreeMap<&str, String> = BTreeMap::new();
    for piece in pieces
        .iter()
        .filter(|piece| piece.stance == StanceKind::Propose && piece.after.is_none())
    {
        if let Some(wording) = &piece.wording {
            wanted.insert(piece.seat.as_str(), one_paragraph(wording));
        }
    }
    let mut apart: Vec<String> = Vec::new();
    let mut others = wanted.values();
    if let Some(first) = others.next()
        && others.any(|other| other != first)
    {
        let seats: Vec<String> = wanted.keys().map(|seat| name(seat)).collect();
        apart.push(w.say_with(
            "merge-conflict-words",
            &[("seats", seats.join(w.comma()).into())],
        ));
    }
    if let Some(row) = work.rows.get(at) {
        let of = |fits: &dyn Fn(CellStance) -> bool| -> Vec<String> {
            let cells = row.stances.iter().filter(|(_, cell)| fits(cell.stance));
            cells.map(|(seat, _)| name(seat.as_str())).collect()
        };
        let accept = of(&|stance| stance > CellStance::Endorsed);
        let against = of(&|stance| stance <= CellStance::Reserved);
        if !accept.is_empty() && !against.is_empty() {
            apart.push(w.say_with(
                "merge-conflict-stands",
                &[
                    ("accept", accept.join(w.comma()).into()),
                    ("against", against.join(w.comma()).into()),
                ],
            ));
        }
    }
    html! { @for each in &apart { p class="conflict" { strong { (w.say("merge-conflict")) } " " (each) } } }
}

fn piece_of(work: &Bench<'_>, sheet: &Sheet, piece: &Piece, (at, printed): (&str, &str)) -> Markup {
    let w = work.w;
    let status = work.status();
    let act = piece.told.act.id.as_str();
    let own = sheet.answers.get(act);
    let person = piece
        .person
        .as_ref()
        .and_then(|id| status.persons.iter().find(|person| person.id == *id));
    let answered = piece.told.outcome.filter(|_| !piece.told.open);
    let chosen = own.map(|own| own.outcome.as_str());
    html! {
        article class="piece" {
            p class="who" {
                strong dir="auto" { (seat_name(status, piece.seat.as_str())) }
                @if let Some(person) = person { (w.comma()) span dir="auto" { (person.name) } @if let Some(level) = &person.level { " (" span dir="auto" { (level) } ")" } }
                " · " span class="label bad" { (terms::stance(w, CellStance::of(piece.stance))) }
                @if let Some(kind) = piece.kind { " · " (terms::stance_type(w, kind)) }
                @if piece.red_line { " · " strong class="red-line" { (w.say("merge-red-line")) } }
            }
            p class="small" {
                (w.rich("merge-where", &[("on", piece.told.act.on.to_string().into())], &[("room", work.rooms.shown(status, piece.room.as_str()))]))
                @if let Some(draft) = &piece.told.draft { " · " bdi { (draft) " " (piece.told.points.join(", ")) } }
                " · " (w.say(drafting::release_key(piece.release)))
            }
            @if let Some(interest) = &piece.told.interest { p class="interest" { span class="small" { (w.say("merge-interest")) " " } span dir="auto" { (interest) } } }
            @match (&piece.wording, &piece.after) {
                (Some(wording), Some((after, label))) => {
                    p class="small" { @if after.is_empty() { (w.say("merge-wants-first")) } @else { (w.say_with("merge-wants-after", &[("path", after.as_str().into())])) } }
                    p class="wording" dir="auto" { (PreEscaped(html_of_words("", &format!("{} {wording}", label.as_deref().unwrap_or_default()), &w))) }
                }
                (Some(wording), None) if wording.is_empty() => { p { (w.say("merge-wants-gone")) } }
                (Some(wording), None) => { p class="wording" dir="auto" { (PreEscaped(html_of_words(&one_paragraph(printed), wording, &w))) } }
                _ => {}
            }
            @if let Some(outcome) = answered {
                p class="small" { (w.say_with("merge-answered", &[("outcome", w.say(outcome_key(outcome)).into())]))
                    @if let Some(draft) = &piece.told.answered_in { " · " bdi { (draft) } } @if let Some(reason) = &piece.told.reason { " · " span dir="auto" { (reason) } } }
            }
            fieldset class="answer" {
                legend class="small" { (w.say("merge-answer")) }
                div class="row" {
                    label class="check" { input type="radio" name=(format!("answer:{act}")) value="" checked[chosen.is_none_or(str::is_empty)]; " " (w.say("merge-no-answer")) }
                    @for (value, key) in OUTCOMES { label class="check" { input type="radio" name=(format!("answer:{act}")) value=(value) checked[chosen == Some(value)]; " " (w.say(key)) } }
                }
                label class="field" { span class="small" { (w.say("merge-reason")) } input name=(format!("reason:{act}")) dir="auto" value=(own.map_or("", |own| own.reason.as_str())); }
            }
            @match can_be_taken(piece, at) {
                Taking::Here => { button type="submit" name="do" value=(format!("take:{act}")) { (w.say("merge-take")) } }
                Taking::After => { div class="row" {
                    label class="field" { span class="small" { (w.say("merge-take-after")) } select name=(format!("place:{act}")) {
                        @for own in work.provisions() { option value=(own.path) { (own.path) " " (drafting::first_words(&own.wording)) } } } }
                    button type="submit" name="do" value=(format!("insert:{act}")) { (w.say("merge-take-there")) }
                } }
                Taking::Nowhere => {}
            }
        }
    }
}

/// Where the words of a proposal can be taken up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taking {
    /// Where it is shown.
    Here,
    /// After a provision of one's choice: what it is about is not in this draft.
    After,
    /// It proposes no words, or to take out what is not there.
    Nowhere,
}

/// Where the words of a proposal that is shown at a provision can be taken up.
pub(super) fn can_be_taken(piece: &Piece, at: &str) -> Taking {
    let Some(wording) = piece.wording.as_deref() else {
        return Taking::Nowhere;
    };
    if piece.stance != StanceKind::Propose {
        return Taking::Nowhere;
    }
    let here = match &piece.after {
        // At the start, or after what it names, where that is still there.
        Some((after, _)) => !at.is_empty() || after.is_empty(),
        None => !at.is_empty(),
    };
    match (here, wording.is_empty()) {
        (true, _) => Taking::Here,
        (false, false) => Taking::After,
        (false, true) => Taking::Nowhere,
    }
}

/// An answer in words.
pub(super) fn answer_in_words(w: Words, answer: Option<&Answer>) -> String {
    let key = OUTCOMES
        .iter()
        .find(|(value, _)| answer.is_some_and(|own| own.outcome == *value));
    let said = w.say(key.map_or("merge-no-answer", |(_, key)| key));
    match answer.map_or("", |own| own.reason.as_str()) {
        "" => said,
        reason => format!("{said} · {reason}"),
    }
}
