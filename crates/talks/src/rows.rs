//! The rows of a table: what the latest draft itself says of each provision, before any position is taken.

use std::cell::OnceCell;

use onetext_text::Brackets;

use crate::act::{BracketReason, Deed, StanceType};
use crate::names::ActId;
use crate::position::targets;
use crate::record::{Process, Text};
use crate::shelf::{Shelf, Source};
use crate::state::State;
use crate::status::PointStatus;
use crate::table::Cell;
use crate::ties::named;

/// What holds of one provision of the latest draft.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// Of its own wording.
    pub own: PointStatus,
    /// The least favourable of itself and its sub-items.
    pub status: PointStatus,
    /// Open pairs of brackets, sub-items included.
    pub brackets: u64,
    /// Open pairs counted at this provision.
    pub own_brackets: u64,
    /// Whether a bracket is open on it.
    pub in_bracket: bool,
    /// Whether its wording holds a place for text to come.
    pub placeholder: bool,
    /// Whether it is counted as a point.
    pub point: bool,
    /// The provision it stands in.
    pub parent: Option<usize>,
    /// The last provision of its subtree, itself included.
    pub end: usize,
    /// The rank at which it can be closed.
    pub required_level: usize,
    /// Why a bracket stands on it, by `bracket` acts.
    pub bracket_types: Vec<StanceType>,
    /// The act that moved it to another track: it is off the counts.
    pub track: Option<ActId>,
    /// What its cells come to: settled when somebody asks.
    pub tally: OnceCell<Tally>,
}

/// How many parties make what of a wording, and for which types: one cell more or less changes one number each.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally {
    makes: [u32; 4],
    kinds: [u32; 5],
}

impl Tally {
    pub(crate) fn add(&mut self, cell: &Cell) {
        self.makes[cell.makes as usize] += 1;
        if let Some(kind) = cell.kind {
            self.kinds[rank(kind)] += 1;
        }
    }

    pub(crate) fn take(&mut self, cell: &Cell) {
        self.makes[cell.makes as usize] -= 1;
        if let Some(kind) = cell.kind {
            self.kinds[rank(kind)] -= 1;
        }
    }

    /// The least favourable of what the parties make of it; agreed where there are none.
    pub(crate) fn least(&self) -> PointStatus {
        use PointStatus::{Agreed, AgreedAdRef, Disputed, Unknown};
        let mut statuses = [Disputed, Unknown, AgreedAdRef].into_iter();
        statuses
            .find(|status| self.makes[*status as usize] > 0)
            .unwrap_or(Agreed)
    }

    /// The first of the types for which parties dispute it.
    pub(crate) fn kind(&self) -> Option<StanceType> {
        let mut kinds = RANKED.into_iter().zip(self.kinds);
        kinds.find(|(_, count)| *count > 0).map(|(kind, _)| kind)
    }
}

/// The order in which a point's types are asked.
const RANKED: [StanceType; 5] = [
    StanceType::Level,
    StanceType::Substance,
    StanceType::Time,
    StanceType::Dependency,
    StanceType::Language,
];

pub(crate) fn rank(kind: StanceType) -> usize {
    match kind {
        StanceType::Level => 0,
        StanceType::Substance => 1,
        StanceType::Time => 2,
        StanceType::Dependency => 3,
        StanceType::Language => 4,
    }
}

/// The rows of the latest draft, before any position.
pub(crate) fn rows(text: &Text, shelf: &Shelf, state: &State, process: &Process) -> Vec<Row> {
    let Some(sheet) = shelf.latest.and_then(|latest| shelf.sheets.get(latest)) else {
        return Vec::new();
    };
    let draft = &sheet.issued.draft;
    let provisions = draft.provisions();
    // The level at which a text is negotiated is known with its first draft, not by a copy of one's own.
    let level = text
        .point_level
        .filter(|_| !matches!(sheet.source, Source::Copy { .. }));
    let points = draft.points_at(level);
    let mut rows: Vec<Row> = (0..provisions.len())
        .map(|index| Row {
            own: PointStatus::Unknown,
            status: PointStatus::Unknown,
            brackets: 0,
            own_brackets: draft.open_pairs_in(index) as u64,
            in_bracket: draft.disputed_by_bracket(index),
            placeholder: Brackets::parse(&provisions[index].wording).has_placeholder(),
            point: points.binary_search(&index).is_ok(),
            parent: provisions[index].parent,
            end: index,
            required_level: 0,
            bracket_types: Vec::new(),
            track: None,
            tally: OnceCell::default(),
        })
        .collect();
    for index in (0..rows.len()).rev() {
        rows[index].brackets += rows[index].own_brackets;
        if let Some(parent) = provisions[index].parent {
            rows[parent].end = rows[parent].end.max(rows[index].end);
            rows[parent].brackets += rows[index].brackets;
        }
    }
    explain_brackets(&mut rows, shelf, state, process);
    move_to_tracks(&mut rows, text, shelf, state, process);
    rows
}

/// What `bracket` acts say of the provisions that descend from those they name.
fn explain_brackets(rows: &mut [Row], shelf: &Shelf, state: &State, process: &Process) {
    for act in state.other_acts().filter(|act| !state.is_withdrawn(act)) {
        let Deed::Bracket(bracket) = &act.deed else {
            continue;
        };
        let Some(sheet) = shelf.find(&bracket.draft, &act.seat, &act.room, state) else {
            continue;
        };
        let sheet = &shelf.sheets[sheet];
        let named = match &bracket.points {
            crate::act::Points::Paths(paths) => targets(sheet, paths),
            crate::act::Points::Whole => (0..sheet.digests.len())
                .map(|index| (index, true))
                .collect(),
        };
        let level = bracket
            .level
            .as_ref()
            .and_then(|level| process.levels.iter().position(|rung| rung == level));
        for now in named
            .iter()
            .filter_map(|(index, _)| sheet.to_latest.successors.get(*index))
            .flatten()
        {
            if let Some(row) = rows.get_mut(*now) {
                row.bracket_types.push(bracket_type(bracket.reason));
                row.required_level = row.required_level.max(level.unwrap_or(0));
            }
        }
    }
}

/// What was moved to another track, with all that is in it: by the pen-holder or the issuer of the text, and not taken back.
fn move_to_tracks(rows: &mut [Row], text: &Text, shelf: &Shelf, state: &State, process: &Process) {
    for act in state.other_acts().filter(|act| !state.is_withdrawn(act)) {
        let Deed::Track(track) = &act.deed else {
            continue;
        };
        if act.seat != process.pen_holder && act.seat != text.issuer {
            continue;
        }
        let Some(sheet) = shelf.find(&track.draft, &act.seat, &act.room, state) else {
            continue;
        };
        let sheet = &shelf.sheets[sheet];
        let named = named(sheet, &track.points);
        let now = named
            .iter()
            .filter_map(|index| sheet.to_latest.successors.get(*index));
        for now in now.flatten() {
            if let Some(row) = rows.get_mut(*now) {
                row.track = Some(act.id.clone());
            }
        }
    }
}

fn bracket_type(reason: BracketReason) -> StanceType {
    match reason {
        BracketReason::Language => StanceType::Language,
        BracketReason::Level => StanceType::Level,
        BracketReason::Time | BracketReason::Waiting => StanceType::Time,
        BracketReason::Substance => StanceType::Substance,
        BracketReason::Traded => StanceType::Dependency,
    }
}
