//! The texts on the board: counts, circulation, provisions with their positions, proposals, what is gone.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::denied::Denials;
use super::kept::KeptRow;
use super::{Board, TextBoard};
use crate::act::{Act, Deed, Outcome};
use crate::legend::Legend;
use crate::mutant::off;
use crate::names::{ActId, DraftId, SeatId};
use crate::position::{Position, Scope};
use crate::shelf::{Sheet, Source};
use crate::stances::Stances;
use crate::status::{
    Attested, CarriedFrom, CellStance, CellStatus, DraftCard, Gone, ProposedInsertion,
    ProvisionStatus, TextStatus,
};
use crate::table::Cell;
use crate::ties::Tied;

/// How many characters of a wording are shown where it is only named.
const FIRST_WORDS: usize = 80;

impl Board {
    /// The texts the viewer knows of, by id.
    pub(super) fn text_statuses(&self) -> Vec<TextStatus> {
        self.texts
            .values()
            .map(|board| self.text_status(board))
            .collect()
    }

    fn text_status(&self, board: &TextBoard) -> TextStatus {
        let text = &board.text;
        let latest = board.shelf.latest.map(|latest| &board.shelf.sheets[latest]);
        TextStatus {
            id: text.id.clone(),
            title: text.title.clone(),
            kind: text.kind,
            required: self.required(board),
            parties: text.parties.clone(),
            issuer: text.issuer.clone(),
            latest: latest.map(|sheet| sheet.name.clone()),
            stage: self.text_stage(board),
            points: latest.map(|_| board.table.counts_by_type()),
            exposure: board.circulation.entries(&text.parties, &self.seats),
            provisions: latest.map_or(Vec::new(), |sheet| self.provision_statuses(board, sheet)),
            proposed: self.proposed(board),
            gone: gone(board, &self.viewer.seat),
            drafts: draft_cards(board, self),
            versions: self.version_cards(board),
            closing: self.closing(board),
        }
    }

    /// The provisions of the latest draft as a tree, built from the innermost outwards.
    fn provision_statuses(&self, board: &TextBoard, sheet: &Sheet) -> Vec<Arc<ProvisionStatus>> {
        let provisions = sheet.issued.draft.provisions();
        let mut children: Vec<Vec<Arc<ProvisionStatus>>> = vec![Vec::new(); provisions.len()];
        let mut outermost = Vec::new();
        let denials = self.denials(board);
        for index in (0..provisions.len()).rev() {
            let mut own_children = std::mem::take(&mut children[index]);
            own_children.reverse();
            let status = self.provision_status(board, (sheet, &denials), index, own_children);
            match provisions[index].parent {
                Some(parent) => children[parent].push(status),
                None => outermost.push(status),
            }
        }
        outermost.reverse();
        outermost
    }

    /// One provision of the latest draft: as it was told last, where nothing in it has changed.
    fn provision_status(
        &self,
        board: &TextBoard,
        (sheet, denials): (&Sheet, &Denials),
        index: usize,
        children: Vec<Arc<ProvisionStatus>>,
    ) -> Arc<ProvisionStatus> {
        let row = &board.table.rows[index];
        let stances = self.stances(board, denials, index);
        let mut kept = board.kept.rows.borrow_mut();
        let same = |told: &&Arc<ProvisionStatus>| {
            let mut below = told.children.iter().zip(&children);
            told.status == row.status
                && told.brackets == row.brackets
                && told.track == row.track
                && told.stances.shared_with(&stances)
                && told.children.len() == children.len()
                && below.all(|(then, now)| Arc::ptr_eq(then, now))
        };
        if let Some(told) = kept.get(&index).filter(same) {
            return Arc::clone(told);
        }
        let provision = &sheet.issued.draft.provisions()[index];
        let told = Arc::new(ProvisionStatus {
            legend: Legend::of(row.status, &stances, &children),
            id: sheet
                .issued
                .manifest
                .entries
                .get(index)
                .map_or_else(String::new, |entry| entry.id.to_string()),
            number: provision.label.as_ref().map(|label| label.printed.clone()),
            path: provision.path.clone(),
            words: first_words(&provision.wording),
            point: row.point,
            status: row.status,
            brackets: row.brackets,
            track: row.track.clone(),
            was: was(board, index, &self.viewer.seat),
            stances,
            children,
        });
        kept.insert(index, Arc::clone(&told));
        told
    }

    /// What each party holds on a provision: as it was told last, where that has not changed.
    fn stances(&self, board: &TextBoard, denials: &Denials, index: usize) -> Stances {
        let mut all = board.kept.stances.borrow_mut();
        let parties = &board.text.parties;
        let told = |party: usize| self.cell_status(board, denials, (party, index));
        let hangs = |cell: &CellStatus| cell.condition.is_some() || cell.package.is_some();
        let kept = match all.entry(index) {
            Entry::Occupied(kept) => kept.into_mut(),
            Entry::Vacant(place) => {
                let cells = parties.iter().enumerate();
                let cells = cells.map(|(party, seat)| (seat.clone(), told(party)));
                let stances: Stances = cells.collect();
                let hanging = stances.iter().filter(|(_, cell)| hangs(cell));
                let hanging = hanging.filter_map(|(seat, _)| board.table.by_party.get(seat));
                let kept = KeptRow {
                    hanging: hanging.copied().collect(),
                    stale: BTreeSet::new(),
                    stances,
                };
                return place.insert(kept).stances.clone();
            }
        };
        let mut again = std::mem::take(&mut kept.stale);
        again.append(&mut kept.hanging);
        for party in again {
            if let Some(seat) = parties.get(party) {
                let now = told(party);
                if hangs(&now) {
                    kept.hanging.insert(party);
                }
                kept.stances.set(seat, now);
            }
        }
        kept.stances.clone()
    }

    pub(super) fn cell_status(
        &self,
        board: &TextBoard,
        denials: &Denials,
        (party, index): (usize, usize),
    ) -> CellStatus {
        let seat = &board.text.parties[party];
        let cell = board.table.cell(party, index);
        let position = board.table.leading(cell);
        let draft_name = |sheet: usize| board.shelf.sheets[sheet].name.clone();
        CellStatus {
            stance: match cell.stance {
                CellStance::NoReply if !board.circulation.tells_all(seat) => CellStance::NotKnown,
                stance => stance,
            },
            level: position
                .and_then(|position| position.level)
                .map(|level| self.process.levels[level].clone()),
            seen: board
                .shelf
                .latest
                .and_then(|latest| board.circulation.seen(seat, latest)),
            on: position.map(|position| position.act.on.clone()),
            attested: position
                .filter(|position| !position.tacit)
                .map(|position| self.attested(&position.act)),
            kind: position.and_then(|position| position.kind),
            red_line: position.is_some_and(|position| match &position.act.deed {
                Deed::Stance(stance) => stance.red_line,
                _ => false,
            }),
            incomplete: cell.incomplete,
            carried_from: self.carried_from(board, cell, index),
            endorsed: cell.endorsed.map(draft_name),
            acts: cell
                .positions
                .iter()
                .map(|index| board.table.positions[*index].act.id.clone())
                .collect(),
            condition: position.and_then(|position| match &position.act.deed {
                Deed::Stance(stance) => {
                    let condition = stance.condition.as_ref()?;
                    Some(self.condition_met(&position.act, condition).into())
                }
                _ => None,
            }),
            package: position.and_then(|position| self.package_of(board, position, index)),
            by_silence: position.is_some_and(|position| position.tacit),
            before_change: board
                .table
                .before_change(party, index)
                .map(|change| change.act.clone()),
            denied: self.denied_stances(board, denials, (party, index)),
        }
    }

    /// The package that a position is part of on a provision, or with which it lapsed there.
    fn package_of(&self, board: &TextBoard, position: &Position, row: usize) -> Option<ActId> {
        let ties = &board.table.ties;
        if let Some(tied) = ties.lapsed_with(position, row, &board.shelf) {
            return Some(tied.act.id.clone());
        }
        let named = position.package().filter(|name| {
            self.package(name)
                .is_some_and(|(_, tied)| tied.broken.is_none() && !tied.withdrawn)
        });
        let own = || {
            let mut packages = ties.on(row);
            let binds = |tied: &Tied| {
                tied.act.seat == position.act.seat
                    && !(tied.offer || tied.withdrawn || tied.broken.is_some())
            };
            let (_, tied) = packages.find(|(_, tied)| position.accepts() && binds(tied))?;
            Some(tied.act.id.clone())
        };
        named.cloned().or_else(own)
    }

    /// The earlier wording a position was taken on; none while the wording is the one it was taken on.
    fn carried_from(&self, board: &TextBoard, cell: &Cell, index: usize) -> Option<CarriedFrom> {
        let position = board.table.leading(cell)?;
        let (Scope::Whole(sheet) | Scope::Provisions(sheet, _)) = &position.scope else {
            return None;
        };
        let sheet = &board.shelf.sheets[*sheet];
        let taken_on = cell.taken_on?;
        let now = *board.shelf.sheets[board.shelf.latest?].digests.get(index)?;
        let taken = *sheet.digests.get(taken_on)?;
        let path = sheet.issued.draft.provisions().get(taken_on)?.path.clone();
        (!position.holds(taken_on, taken, now)).then(|| CarriedFrom {
            draft: sheet.name.clone(),
            path,
        })
    }

    /// Who wrote an act down: the actor's own seat, or another that its seat has or has not confirmed.
    pub(super) fn attested(&self, act: &Act) -> Attested {
        if act.recorder == act.seat || off("what another wrote down is reported") {
            return Attested::Own;
        }
        if self.read_backs(act).next().is_some() {
            Attested::ReadBack
        } else {
            Attested::Reported
        }
    }

    /// Whether an act is its seat's own word: written down by it, or confirmed by it in its own hand. Finality rests
    /// on nothing less (law 9).
    pub(super) fn is_own_word(&self, act: &Act) -> bool {
        act.recorder == act.seat
            || self
                .read_backs(act)
                .any(|answer| answer.recorder == act.seat)
    }

    /// The confirmations of an act by the seat that did it.
    fn read_backs<'a>(&'a self, act: &'a Act) -> impl Iterator<Item = &'a Act> {
        let answers = self.state.answers_to(act.id.as_str()).map(AsRef::as_ref);
        answers.filter(|answer: &&Act| {
            answer.seat == act.seat
                && matches!(answer.deed, Deed::Confirm(_))
                && !self.is_withdrawn(answer)
        })
    }

    /// Insertions proposed and not yet disposed of.
    pub(super) fn proposed(&self, board: &TextBoard) -> Vec<ProposedInsertion> {
        let positions = board.table.insertions().into_iter();
        positions
            .filter(|position| position.void.is_none())
            .filter_map(|position| {
                let (Scope::Insertion(sheet), Deed::Stance(stance)) =
                    (&position.scope, &position.act.deed)
                else {
                    return None;
                };
                let disposed = self
                    .state
                    .standing_answers_to(position.act.id.as_str())
                    .any(|answer| match &answer.deed {
                        Deed::Dispose(dispose) => dispose.outcome != Outcome::Deferred,
                        _ => false,
                    });
                (!disposed).then(|| ProposedInsertion {
                    act: position.act.id.clone(),
                    seat: position.act.seat.clone(),
                    after: place_now(board, *sheet, stance.after.as_deref().unwrap_or_default()),
                    kind: "insertion",
                    wording: stance.wording.clone().unwrap_or_default(),
                    label: stance.label.clone(),
                })
            })
            .collect()
    }
}

/// Where a place in an earlier sheet is now.
fn place_now(board: &TextBoard, sheet: usize, after: &str) -> Option<String> {
    if after.is_empty() {
        return Some(String::new());
    }
    let sheet = &board.shelf.sheets[sheet];
    let index = sheet.issued.draft.find(after).ok()?;
    let now = *sheet.to_latest.successors.get(index)?.first()?;
    Some(
        board.shelf.sheets[board.shelf.latest?]
            .issued
            .draft
            .provisions()
            .get(now)?
            .path
            .clone(),
    )
}

/// What a provision was in the earlier drafts that were given; first the one whose id it keeps.
fn was(board: &TextBoard, index: usize, viewer: &SeatId) -> BTreeMap<DraftId, Vec<String>> {
    let paths = board.shelf.shown(viewer).into_iter().filter_map(|sheet| {
        let before = sheet
            .to_latest
            .predecessors
            .get(index)
            .filter(|before| !before.is_empty())?;
        let provisions = sheet.issued.draft.provisions();
        let paths = before
            .iter()
            .filter_map(|before| provisions.get(*before))
            .map(|provision| provision.path.clone());
        Some((sheet.name.clone(), paths.collect()))
    });
    paths.collect()
}

/// Provisions of the previous draft shown that have no successor.
fn gone(board: &TextBoard, viewer: &SeatId) -> Vec<Gone> {
    let Some(previous) = board.shelf.shown(viewer).pop() else {
        return Vec::new();
    };
    let provisions = previous
        .issued
        .draft
        .provisions()
        .iter()
        .zip(&previous.to_latest.successors);
    provisions
        .filter(|(_, now)| now.is_empty())
        .map(|(provision, _)| Gone {
            draft: previous.name.clone(),
            path: provision.path.clone(),
        })
        .collect()
}

fn draft_cards(board: &TextBoard, of: &Board) -> Vec<DraftCard> {
    let card = |draft: &crate::record::DraftBlock, working| DraftCard {
        id: draft.id.clone(),
        on: draft.on.clone(),
        working,
    };
    let is_working = |id: &DraftId| board.shelf.working.iter().any(|draft| draft.id == *id);
    let known = board
        .shelf
        .sheets
        .iter()
        .filter(|sheet| sheet.source == Source::Draft);
    let given = known
        .filter_map(|sheet| of.state.drafts.get(&sheet.name))
        .map(|draft| card(draft, is_working(&draft.id)));
    let mut cards: Vec<DraftCard> = given.collect();
    for draft in &board.shelf.working {
        if !cards.iter().any(|card| card.id == draft.id) {
            cards.push(card(draft, true));
        }
    }
    cards
}

/// The first words of a wording, for reading a table.
pub(super) fn first_words(wording: &str) -> String {
    let mut words = String::new();
    for word in wording.split_whitespace() {
        if !words.is_empty() && words.chars().count() + word.chars().count() >= FIRST_WORDS {
            return words + " …";
        }
        if !words.is_empty() {
            words.push(' ');
        }
        words.extend(word.chars().take(FIRST_WORDS));
    }
    words
}
