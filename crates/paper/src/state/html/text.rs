//! One text: how far it is, its points by party, proposals beside it, and its circulation.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use maud::{Markup, html};
use onetext_talks::{
    Attested, Basis, CellStance, CellStatus, DraftId, Exposure, ProvisionStatus, SeatId,
    TextStatus, When,
};

use super::super::keys::{self, Key};
use super::super::rows::{Row, rows};
use super::super::words;
use super::{Sheet, bar, class};

/// More parties than this are counted instead of shown one by one.
const COLUMNS: usize = 10;

impl Sheet<'_> {
    /// A text's title, or its handle.
    pub(super) fn title_of<'t>(&self, text: &'t TextStatus) -> &'t str {
        if text.title.is_empty() {
            text.id.as_str()
        } else {
            &text.title
        }
    }

    pub(super) fn text(&self, index: usize, text: &TextStatus) -> Markup {
        html! {
            section id=(format!("text-{index}")) aria-labelledby=(format!("text-{index}-title")) {
                p class="kicker" {
                    (words::text_kind(text.kind))
                    @if text.required == Some(true) { ", required" }
                }
                h2 id=(format!("text-{index}-title")) dir="auto" { (self.title_of(text)) }
                @match words::latest(text) {
                    None => { p { (words::no_draft(text, &self.status.viewer)) } }
                    Some(latest) if !words::counted(text) => {
                        p { "Latest draft " (latest) ", issued by " (self.names.seat(&text.issuer)) ". Kept beside the text, not counted." }
                    }
                    Some(latest) => {
                        p class="lead" {
                            "Latest draft " (latest) ", " (words::stage(text.stage)) ". Parties: "
                            (words::list(&self.names.seats(&text.parties))) "."
                        }
                        @if let Some(points) = &text.points {
                            (bar::bar(points, index, &bar::sentence(points), &|of| words::status(of).to_owned()))
                            p class="small" {
                                @let types = words::by_type(&points.by_type);
                                @if !types.is_empty() { "Of the disputed: " (types) ". " }
                                @if points.brackets > 0 { (words::count(points.brackets, "bracket is open", "brackets are open")) "." }
                            }
                        }
                        (self.table(text))
                        (self.beside(text))
                    }
                }
                (self.circulation(text))
            }
        }
    }

    fn table(&self, text: &TextStatus) -> Markup {
        let (rows, left_out) = rows(&text.provisions);
        let many = text.parties.len() > COLUMNS;
        let wide = if many { 4 } else { 3 + text.parties.len() };
        let keys = keys_of(&rows, many);
        html! {
            div class="scroll" tabindex="0" role="region" aria-label=(format!("Points of {}", self.title_of(text))) {
                table class="points" {
                    caption { "Points and the position of each party on the wording of the latest draft" }
                    thead {
                        tr {
                            th scope="col" { "No." }
                            th scope="col" class="wording" { "Point" }
                            th scope="col" { "State" }
                            @if many { th scope="col" { "Positions" } }
                            @else {
                                @for seat in &text.parties {
                                    th scope="col" dir="auto" style=(format!("width: {}%", 44 / text.parties.len().max(1))) {
                                        (self.names.seat(seat))
                                        @if unseen(&text.provisions, seat) { span class="under" { "not given this draft" } }
                                    }
                                }
                            }
                        }
                    }
                    tbody {
                        @for row in rows {
                            @match row {
                                Row::Section(section) => {
                                    tr class="section" { th colspan=(wide) scope="rowgroup" dir="auto" {
                                        @if let Some(number) = &section.number { (number) " " }
                                        (section.words)
                                    } }
                                }
                                Row::Folded(count) => {
                                    tr class="folded" { td {} td colspan=(wide - 1) {
                                        (words::count(count, "sub-item", "sub-items")) " with the same positions"
                                    } }
                                }
                                Row::Point(provision) => (self.row(text, provision, 0, many)),
                                Row::Item(provision, depth) => (self.row(text, provision, depth.max(1), many)),
                            }
                        }
                    }
                }
            }
            @if !keys.is_empty() {
                dl class="keys small" {
                    @for key in &keys { div { dt { (key.word()) } dd { (key.meaning()) } } }
                }
            }
            @for ((seat, denied), paths) in words::denied(text) {
                p class="small" {
                    (paths.join(", ")) ": "
                    (words::denial(denied, self.names.seat(seat), self.names.seat(&denied.recorded_by))) "."
                }
            }
            @if left_out > 0 {
                p class="small" {
                    (words::count(left_out, "provision", "provisions"))
                    " beside the points (title, preamble) not shown: nothing is open there."
                }
            }
        }
    }

    fn row(
        &self,
        text: &TextStatus,
        provision: &ProvisionStatus,
        depth: usize,
        many: bool,
    ) -> Markup {
        let mut subjects = vec![format!("{}#{}", text.id, provision.path)];
        subjects.extend(
            text.latest
                .iter()
                .map(|draft| format!("{draft}#{}", provision.path)),
        );
        let tone = words::status_tone(provision.status);
        html! {
            tr class=(if depth > 0 { "item" } else { "point" }) {
                th scope="row" class="number" { (provision.path) }
                td class="wording" {
                    @match self.because(&subjects) {
                        Some(explanation) => {
                            details {
                                summary { span dir="auto" { (provision.words) } }
                                (self.reasons(explanation))
                            }
                        }
                        None => { span dir="auto" { (provision.words) } }
                    }
                    (was(provision))
                }
                td class=(class(tone)) {
                    @if provision.track.is_some() {
                        span aria-hidden="true" { (Key::OtherTrack.sign()) } " " (Key::OtherTrack.word())
                    } @else {
                        span aria-hidden="true" { (words::status_sign(provision.status)) } " " (words::status_at(provision.status, text.stage))
                    }
                    @if provision.brackets > 0 { span class="under" { (words::count(provision.brackets, "open bracket", "open brackets")) } }
                }
                @if many { td { (counted(provision)) } }
                @else {
                    @for seat in &text.parties {
                        @match provision.stances.get(seat) {
                            Some(cell) => (position(cell)),
                            None => { td {} }
                        }
                    }
                }
            }
        }
    }

    fn beside(&self, text: &TextStatus) -> Markup {
        let mut gone: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for one in &text.gone {
            gone.entry(one.draft.as_str()).or_default().push(&one.path);
        }
        html! {
            @if !text.proposed.is_empty() {
                h3 { "Insertions proposed" }
                ul {
                    @for insertion in &text.proposed {
                        li dir="auto" {
                            (self.names.seat(&insertion.seat)) ", "
                            @match insertion.after.as_deref() {
                                Some("") => "at the start",
                                Some(path) => { "after " (path) }
                                None => "at a place that is gone",
                            }
                            ": " q { @if let Some(label) = &insertion.label { (label) " " } (insertion.wording) }
                        }
                    }
                }
            }
            @for version in &text.versions { p class="small" { (words::version(version)) } }
            @for (draft, paths) in gone {
                p class="small" { "Gone since " (draft) ": " (paths.join(", ")) "." }
            }
        }
    }

    fn circulation(&self, text: &TextStatus) -> Markup {
        if text.exposure.is_empty() {
            return html! {};
        }
        let drafts = drafts(text);
        html! {
            h3 { "Circulation" }
            div class="scroll" tabindex="0" role="region" aria-label=(format!("Circulation of {}", self.title_of(text))) {
                table {
                    caption { "Who has been given which draft, when and by which way" }
                    thead { tr {
                        th scope="col" { "Given to" }
                        @for draft in &drafts {
                            th scope="col" { (draft) @if working(text, draft) { span class="under" { "working draft" } } }
                        }
                    } }
                    tbody {
                        @for (seat, given) in &text.exposure {
                            tr {
                                th scope="row" dir="auto" { (self.names.seat(seat)) }
                                @for draft in &drafts { (delivery(given, draft)) }
                            }
                        }
                    }
                }
            }
            @if self.status.basis == Basis::View {
                p class="small" { "What other seats were given is not known to this seat." }
            }
        }
    }
}

/// The words of the table that are explained under it.
fn keys_of(rows: &[Row<'_>], many: bool) -> BTreeSet<Key> {
    let shown = rows.iter().filter_map(|row| match row {
        Row::Point(provision) | Row::Item(provision, _) => Some(*provision),
        Row::Section(_) | Row::Folded(_) => None,
    });
    let mut keys: BTreeSet<Key> = shown
        .flat_map(|provision| keys::of_row(provision, true))
        .collect();
    // What is told at its place needs no key; and where positions are counted, theirs are not there.
    keys.retain(|key| !matches!(key, Key::Brackets | Key::NotGiven));
    if many {
        keys.retain(|key| key.is_word());
    }
    keys
}

fn working(text: &TextStatus, draft: &DraftId) -> bool {
    text.drafts
        .iter()
        .any(|card| &card.id == draft && card.working)
}

/// Drafts in the order in which they were issued or found; a seat's own copy stands under the draft it equals where
/// that is known.
fn drafts(text: &TextStatus) -> Vec<DraftId> {
    let mut drafts: Vec<(Option<&When>, &DraftId)> = text
        .drafts
        .iter()
        .map(|draft| (draft.on.as_ref(), &draft.id))
        .collect();
    for exposure in text.exposure.values().flatten() {
        let named = exposure.copy_of.as_ref().unwrap_or(&exposure.draft);
        if !drafts.iter().any(|(_, known)| *known == named) {
            drafts.push((Some(&exposure.on), named));
        }
    }
    drafts.sort_by_key(|(on, _)| *on);
    drafts.into_iter().map(|(_, draft)| draft.clone()).collect()
}

fn delivery(given: &[Exposure], draft: &DraftId) -> Markup {
    let found: Vec<&Exposure> = words::once_each(given)
        .into_iter()
        .filter(|one| one.copy_of.as_ref().unwrap_or(&one.draft) == draft)
        .collect();
    if found.is_empty() {
        return html! { td class="quiet" { "not given" } };
    }
    html! {
        td class="good" {
            @for one in found {
                div {
                    span aria-hidden="true" { "✓ " } (words::given_simply(one))
                    @if one.copy_of.is_some() { span class="under" { "its own copy, " (one.draft) } }
                }
            }
        }
    }
}

/// What the provision was in the drafts before: only where its number differs.
fn was(provision: &ProvisionStatus) -> Markup {
    let moved: Vec<String> = provision
        .was
        .iter()
        .filter(|(_, paths)| paths.as_slice() != [provision.path.as_str()])
        .map(|(draft, paths)| format!("{draft}: {}", paths.join(", ")))
        .collect();
    html! { @if !moved.is_empty() { span class="under" { "was in " (moved.join("; ")) } } }
}

fn position(cell: &CellStatus) -> Markup {
    let silent = matches!(cell.stance, CellStance::NoReply | CellStance::NotKnown);
    let mut under = Vec::new();
    if let (Some(kind), false) = (cell.kind, silent) {
        under.push(format!("on {}", words::stance_type(kind)));
    }
    if let Some(from) = &cell.carried_from {
        let word = if cell.stance == CellStance::Lapsed {
            "taken on"
        } else {
            "carried from"
        };
        under.push(format!("{word} {} {}", from.draft, from.path));
    }
    if let Some(level) = &cell.level {
        under.push(level.clone());
    }
    if let Some(on) = &cell.on {
        under.push(words::when(on));
    }
    if cell.attested == Some(Attested::Reported) {
        under.push("reported".to_owned());
    }
    if cell.incomplete {
        under.push("incomplete".to_owned());
    }
    if !cell.denied.is_empty() {
        under.push("denied".to_owned());
    }
    html! {
        td class=(class(words::cell_tone(cell))) {
            (words::stance(cell.stance))
            @if cell.red_line { " " strong class="redline" { "red line" } }
            @if !under.is_empty() {
                span class="under" {
                    @for (index, part) in under.iter().enumerate() {
                        @if index > 0 { " · " }
                        span class="nowrap" { (part) }
                    }
                }
            }
        }
    }
}

/// Positions counted, the least favourable first.
fn counted(provision: &ProvisionStatus) -> Markup {
    let mut counts: BTreeMap<CellStance, u64> = BTreeMap::new();
    for cell in provision.stances.values() {
        *counts.entry(cell.stance).or_default() += 1;
    }
    html! {
        @for (stance, count) in counts {
            span class=(format!("label {}", class(words::stance_tone(stance)))) { (count) " " (words::stance(stance)) } " "
        }
    }
}

fn unseen(provisions: &[Arc<ProvisionStatus>], seat: &SeatId) -> bool {
    provisions
        .iter()
        .find_map(|provision| provision.stances.get(seat))
        .is_some_and(|cell| cell.seen == Some(false))
}
