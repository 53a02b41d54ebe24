//! The table of one text: its latest draft's provisions by its parties, each cell with what the seat holds.
//!
//! Which of a seat's positions counts for a wording is decided here and nowhere else (law 1, `design.md` "State of
//! play", `dossier.md` "Hard cases").

mod order;

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::act::{Act, Deed, StanceKind, StanceType};
use crate::judge::{Hold, Holds, Judge, digest_now};
use crate::mutant::off;
use crate::names::{ActId, SeatId};
use crate::position::{Position, Reach, Scope, Standing, TEXT, WHOLE};
use crate::record::{Process, Text};
use crate::rows::{Row, Tally, rank, rows};
use crate::shelf::{Sheet, Shelf};
use crate::silence::{Bridge, Procedure};
use crate::state::State;
use crate::status::{ByType, CellStance, Interval, PointCounts, PointStatus};
use crate::ties::{Hanging, Met, Ties};

/// What one seat holds on one provision.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cell {
    pub stance: CellStance,
    /// The positions it rests on, the one that counts first.
    pub positions: Vec<usize>,
    /// The provision of its sheet on which the first was taken.
    pub taken_on: Option<usize>,
    /// The sheet that the seat endorses and that has this wording.
    pub endorsed: Option<usize>,
    /// The positions cannot be ordered, or a lower level went further than a higher one.
    pub conflict: bool,
    /// Sub-items came or went since.
    pub incomplete: bool,
    /// How high its acceptance counts, by what that hangs on.
    pub limit: Met,
    /// What the seat makes of the wording, were all others to agree.
    pub makes: PointStatus,
    /// The first of the types for which it disputes the wording or reserves its position.
    pub kind: Option<StanceType>,
}

impl Cell {
    const NONE: Cell = Cell {
        stance: CellStance::NoReply,
        positions: Vec::new(),
        taken_on: None,
        endorsed: None,
        conflict: false,
        incomplete: false,
        limit: Met::Yes,
        makes: PointStatus::Unknown,
        kind: None,
    };
}

/// The table of one text.
#[derive(Debug)]
pub(crate) struct Table {
    pub parties: Vec<SeatId>,
    pub positions: Vec<Standing>,
    /// So many of them, from the first, stand in the order of lists: it need not be asked again.
    ordered: usize,
    pub rows: Vec<Row>,
    /// The counts, without those by type.
    pub counts: PointCounts,
    shelf: Arc<Shelf>,
    /// By provision, by party: settled when somebody asks.
    cells: Vec<OnceCell<Cell>>,
    /// By provision, by party: positions that name it or a parent.
    named: Holds,
    /// By party: positions on the whole of a draft or the text alone.
    broad: Vec<Vec<usize>>,
    /// By party, and last of all others together: their positions.
    buckets: Vec<Vec<usize>>,
    /// Proposals to insert a provision.
    insertions: Vec<usize>,
    /// Positions that their own seats deny.
    pub(crate) denied: BTreeSet<usize>,
    /// The cells, by party and provision, that were settled again since somebody asked.
    changed: BTreeSet<(usize, usize)>,
    by_act: BTreeMap<ActId, usize>,
    pub(crate) by_party: BTreeMap<SeatId, usize>,
    /// The rank at which anything can be closed.
    final_rank: usize,
    /// Conditions and packages.
    pub ties: Ties,
    /// The procedures on drafts of the text in which silence consents.
    pub procedures: Vec<Procedure>,
    /// Changes of wording over which assents will carry if nobody objects.
    pub pending: Vec<Bridge>,
}

impl Table {
    /// Lays out the table of a text whose latest draft the viewer can read.
    pub(crate) fn of(text: &Text, shelf: &Arc<Shelf>, state: &State, process: &Process) -> Table {
        let mut table = Table::empty(text, shelf, state, process);
        for act in state.positions.values() {
            table.enter_act(act, state, process);
        }
        table.settle_rows();
        table
    }

    /// The table as it stood at an earlier moment, on the shelf and the state of that moment.
    pub(crate) fn as_of(
        &self,
        latest: i64,
        text: &Text,
        shelf: &Arc<Shelf>,
        state: &State,
        process: &Process,
    ) -> Table {
        let mut table = Table::empty(text, shelf, state, process);
        table.named.reserve_for(&self.named);
        let by_then = |position: &&Standing| !position.tacit && position.act.on.latest() <= latest;
        for position in self.positions.iter().filter(by_then) {
            table.enter(position.at(state));
        }
        table.settle_rows();
        table
    }

    fn empty(text: &Text, shelf: &Arc<Shelf>, state: &State, process: &Process) -> Table {
        let parties = text.parties.clone();
        let rows = rows(text, shelf, state, process);
        Table {
            positions: Vec::new(),
            ordered: 0,
            counts: PointCounts::default(),
            shelf: Arc::clone(shelf),
            cells: vec![OnceCell::new(); rows.len() * parties.len()],
            named: Holds::of(rows.len() * parties.len()),
            broad: vec![Vec::new(); parties.len()],
            buckets: vec![Vec::new(); parties.len() + 1],
            insertions: Vec::new(),
            denied: BTreeSet::new(),
            changed: BTreeSet::new(),
            by_act: BTreeMap::new(),
            by_party: parties.iter().cloned().zip(0..).collect(),
            final_rank: process
                .levels
                .iter()
                .position(|rung| *rung == process.final_level)
                .unwrap_or(process.levels.len()),
            ties: Ties::of(text, shelf, state, process),
            procedures: Vec::new(),
            pending: Vec::new(),
            rows,
            parties,
        }
    }

    /// What a party holds on a provision.
    pub(crate) fn cell(&self, party: usize, provision: usize) -> &Cell {
        let place = self.place(party, provision);
        self.cells[place].get_or_init(|| self.settle(party, provision))
    }

    fn place(&self, party: usize, provision: usize) -> usize {
        provision * self.parties.len() + party
    }

    /// The positions of a party that reach a provision, with effect or without.
    pub(crate) fn reaching(&self, party: usize, provision: usize) -> BTreeSet<usize> {
        let holds = self.holds(party, provision).into_iter();
        holds.map(|hold| hold.position).collect()
    }

    /// One more position: settles the cells that it reaches, and what follows from them.
    pub(crate) fn append(&mut self, act: &Arc<Act>, state: &State, process: &Process) {
        if let Some(position) = self.enter_act(act, state, process) {
            self.settle_reached(position);
            self.settle_points();
        }
    }

    /// One more position that no act takes by itself.
    pub(crate) fn enter_and_settle(&mut self, position: Standing) {
        let index = self.enter(position);
        self.settle_reached(index);
    }

    /// The pending change of wording before which an assent was taken that lapsed by it alone.
    pub(crate) fn before_change(&self, party: usize, provision: usize) -> Option<&Bridge> {
        let mut own = self.pending.iter().filter(|bridge| bridge.row == provision);
        let cell = self.cell(party, provision);
        let first = own.next_back()?;
        let lapsed = cell.stance == CellStance::Lapsed;
        let position = *cell.positions.first().filter(|_| lapsed)?;
        let judge = self.judge(provision);
        let bridges: Vec<Bridge> = self
            .shelf
            .bridges
            .iter()
            .chain(&self.pending)
            .cloned()
            .collect();
        let hold = Hold {
            position,
            taken_on: cell.taken_on,
            reach: 0,
        };
        judge.stands_over(&hold, &bridges).then_some(first)
    }

    /// An act answered a position: its effect may have changed.
    pub(crate) fn reconsider(&mut self, answered: &str, state: &State) {
        let Some(index) = self.by_act.get(answered).copied() else {
            return;
        };
        self.positions[index] = self.positions[index].again(state);
        self.note_denial(index);
        self.settle_reached(index);
        self.settle_points();
    }

    fn settle_reached(&mut self, position: usize) {
        let seat = &self.positions[position].act.seat;
        let Some(party) = self.by_party.get(seat).copied() else {
            return;
        };
        let reached: BTreeSet<usize> = match &self.positions[position].scope {
            Scope::Text | Scope::Whole(_) => (0..self.rows.len()).collect(),
            Scope::Insertion(_) => BTreeSet::new(),
            Scope::Provisions(sheet, named) => {
                let sheet = &self.shelf.sheets[*sheet];
                let reached = named.iter().flat_map(|target| reached(sheet, *target));
                reached.flat_map(|(_, _, now)| now).copied().collect()
            }
        };
        for provision in reached {
            self.settle_again(party, provision);
        }
    }

    /// Says how far what some acceptances hang on is met; what follows for points is settled by `settle_points`.
    pub(crate) fn tie(&mut self, of: Hanging, met: Met) {
        if !self.ties.set(of, met) {
            return;
        }
        match of {
            Hanging::Position(index) => self.settle_reached(index),
            Hanging::Package(index) => {
                let package = self.ties.packages.get(index);
                let Some((party, rows)) = package.and_then(|tied| {
                    let party = self.by_party.get(&tied.act.seat)?;
                    Some((*party, tied.rows.clone()))
                }) else {
                    return;
                };
                for row in rows {
                    self.settle_again(party, row);
                }
            }
        }
    }

    /// What one party holds on a provision may have changed.
    fn settle_again(&mut self, party: usize, provision: usize) {
        self.changed.insert((party, provision));
        let place = self.place(party, provision);
        let before = self.cells[place].take();
        let tally = self.rows[provision].tally.take();
        if let (Some(before), Some(mut tally)) = (before, tally) {
            tally.take(&before);
            tally.add(self.cell(party, provision));
            self.rows[provision].tally = OnceCell::from(tally);
        }
        self.rows[provision].own = self.own_status(provision);
    }

    fn enter_act(&mut self, act: &Arc<Act>, state: &State, process: &Process) -> Option<usize> {
        let Deed::Stance(stance) = &act.deed else {
            return None;
        };
        let position = Position::of(act, stance, &self.shelf, state, process)?;
        let index = self.enter(Standing::of(Arc::new(position), state));
        self.by_act.insert(act.id.clone(), index);
        Some(index)
    }

    /// Enters a position under the provisions of the latest draft that it reaches.
    fn enter(&mut self, position: Standing) -> usize {
        let index = self.positions.len();
        let bucket = self.bucket(&position.act.seat);
        self.buckets[bucket].push(index);
        if matches!(position.scope, Scope::Insertion(_)) {
            self.insertions.push(index);
        }
        if let Some(party) = (bucket < self.parties.len()).then_some(bucket) {
            match &position.scope {
                Scope::Text | Scope::Whole(_) => self.broad[party].push(index),
                Scope::Insertion(_) => {}
                Scope::Provisions(sheet, named) => {
                    for (target, chapeau_only) in named {
                        self.enter_target(
                            party,
                            index,
                            &position,
                            (*sheet, *target),
                            *chapeau_only,
                        );
                    }
                }
            }
        }
        self.ties.enter(index, &position);
        self.positions.push(position);
        self.note_denial(index);
        if self.ordered == index
            && (index == 0 || {
                let key =
                    |index: usize| (&self.positions[index].act.on, &self.positions[index].act.id);
                key(index - 1) <= key(index)
            })
        {
            self.ordered += 1;
        }
        index
    }

    fn enter_target(
        &mut self,
        party: usize,
        position: usize,
        taken: &Position,
        (sheet, target): (usize, usize),
        chapeau_only: bool,
    ) {
        let parties = self.parties.len();
        for (taken_on, below, now) in reached(&self.shelf.sheets[sheet], (target, chapeau_only)) {
            let hold = Hold {
                position,
                taken_on: Some(taken_on),
                reach: taken.reach(below),
            };
            for provision in now {
                self.named.push(provision * parties + party, hold);
            }
        }
    }

    /// Every position that reaches a provision, with effect or taken back: the named ones, and those on a whole draft or the text.
    fn holds(&self, party: usize, provision: usize) -> Vec<Hold> {
        let mut holds: Vec<Hold> = self.named.at(self.place(party, provision)).collect();
        for &index in &self.broad[party] {
            let position = &self.positions[index];
            match &position.scope {
                Scope::Whole(sheet) => {
                    let before = self.shelf.sheets[*sheet]
                        .to_latest
                        .predecessors
                        .get(provision);
                    for &taken_on in before.into_iter().flatten() {
                        holds.push(Hold {
                            position: index,
                            taken_on: Some(taken_on),
                            reach: position.reach(WHOLE),
                        });
                    }
                }
                _ => holds.push(Hold {
                    position: index,
                    taken_on: None,
                    reach: position.reach(TEXT),
                }),
            }
        }
        holds.retain(|hold| {
            let position = &self.positions[hold.position];
            position.void.is_none() || position.counted
        });
        // In the order of lists, whatever the order of arrival.
        holds.sort_unstable_by(|one, other| {
            let in_order = || self.in_order(one.position, other.position);
            let reach = one.reach.cmp(&other.reach);
            reach
                .then_with(in_order)
                .then(one.taken_on.cmp(&other.taken_on))
        });
        holds
    }

    /// Decides which of a seat's positions counts for a provision's current wording.
    fn settle(&self, party: usize, provision: usize) -> Cell {
        let mut holds = self.holds(party, provision);
        if holds.is_empty() {
            if off("silence is unknown") {
                return Cell {
                    makes: PointStatus::Agreed,
                    ..Cell::NONE
                };
            }
            return Cell::NONE;
        }
        let judge = self.judge(provision);
        judge.leave_out_what_ended(&mut holds);
        let mut cell = Cell {
            endorsed: judge.endorsed(&holds),
            ..Cell::NONE
        };
        let mut lapsed: Option<Hold> = None;
        for group in holds.chunk_by(|one, other| one.reach == other.reach) {
            let (counting, conflict) = judge.counting(group);
            let standing: Vec<Hold> = counting
                .iter()
                .copied()
                .filter(|hold| judge.stands(hold))
                .collect();
            if standing.is_empty() {
                lapsed = lapsed.or(counting.first().copied());
                continue;
            }
            self.rest_on(&mut cell, standing, provision);
            cell.conflict = conflict;
            break;
        }
        if let Some(lapsed) = lapsed.filter(|_| cell.positions.is_empty()) {
            cell.stance = CellStance::Lapsed;
            cell.taken_on = lapsed.taken_on;
            cell.positions = vec![lapsed.position];
        }
        cell.incomplete = self.is_incomplete(&cell, provision);
        self.weigh(&mut cell, provision);
        cell
    }

    fn judge(&self, provision: usize) -> Judge<'_> {
        Judge {
            positions: &self.positions,
            shelf: &self.shelf,
            provision,
            now: digest_now(&self.shelf, provision),
            ties: &self.ties,
        }
    }

    /// Rests a cell on the positions that count: the least favourable first, by what each comes to with what it hangs on.
    fn rest_on(&self, cell: &mut Cell, mut standing: Vec<Hold>, provision: usize) {
        let comes_to = |hold: &Hold| {
            let position = &self.positions[hold.position];
            let limit = self.ties.limit(hold.position, position, provision);
            (position.comes_to(limit), limit)
        };
        standing.sort_by_key(|hold| comes_to(hold).0);
        if let Some(first) = standing.first() {
            cell.taken_on = first.taken_on;
            (cell.stance, cell.limit) = comes_to(first);
        }
        cell.limit = standing
            .iter()
            .map(|hold| comes_to(hold).1)
            .fold(cell.limit, Met::min);
        cell.positions = standing.iter().map(|hold| hold.position).collect();
        cell.positions.dedup();
    }

    /// Whether sub-items of a provision came or went since the position on all of it was taken.
    fn is_incomplete(&self, cell: &Cell, provision: usize) -> bool {
        let (Some(position), Some(taken_on)) = (self.leading(cell), cell.taken_on) else {
            return false;
        };
        let sheet = match &position.scope {
            Scope::Whole(sheet) => *sheet,
            Scope::Provisions(sheet, named) if named.contains(&(taken_on, false)) => *sheet,
            _ => return false,
        };
        if Some(sheet) == self.shelf.latest || cell.stance == CellStance::Lapsed {
            return false;
        }
        let sheet = &self.shelf.sheets[sheet];
        let old = sheet.issued.draft.provisions();
        let depth = old[taken_on].depth;
        let old_end = (taken_on + 1..old.len())
            .find(|index| old[*index].depth <= depth)
            .unwrap_or(old.len());
        let (old, new) = (
            taken_on + 1..old_end,
            provision + 1..self.rows[provision].end + 1,
        );
        let stays = |index: usize| {
            sheet
                .to_latest
                .successors
                .get(index)
                .is_some_and(|now| now.iter().any(|now| new.contains(now)))
        };
        let came_from = |index: usize| {
            sheet
                .to_latest
                .predecessors
                .get(index)
                .is_some_and(|was| was.iter().any(|was| old.contains(was)))
        };
        !old.clone().all(stays) || !new.clone().all(came_from)
    }

    /// Derives every provision's status from its cells and brackets.
    fn settle_rows(&mut self) {
        for index in 0..self.rows.len() {
            self.rows[index].own = self.own_status(index);
        }
        self.settle_points();
    }

    /// Derives what follows for points from their sub-items, from the innermost outwards, and counts them.
    pub(crate) fn settle_points(&mut self) {
        for row in &mut self.rows {
            row.status = row.own;
        }
        for index in (0..self.rows.len()).rev() {
            // What was moved away from a point that stays says nothing of that point.
            if let Some(parent) = self.rows[index].parent
                && (self.rows[index].track.is_none() || self.rows[parent].track.is_some())
            {
                self.rows[parent].status = self.rows[parent].status.min(self.rows[index].status);
            }
        }
        self.count();
    }

    /// What a party holds on a point: the least favourable of its positions on the point and on what is below it.
    pub(crate) fn on_point(&self, party: usize, point: usize) -> CellStance {
        (point..=self.rows[point].end)
            .map(|provision| self.cell(party, provision).stance)
            .min()
            .unwrap_or(CellStance::NoReply)
    }

    /// What the cells of a provision come to.
    fn tally(&self, provision: usize) -> &Tally {
        self.rows[provision].tally.get_or_init(|| {
            let mut tally = Tally::default();
            for party in 0..self.parties.len() {
                tally.add(self.cell(party, provision));
            }
            tally
        })
    }

    /// The status of a provision's own wording; cells are asked only where they can decide.
    fn own_status(&self, provision: usize) -> PointStatus {
        let row = &self.rows[provision];
        if row.in_bracket && !off("an open bracket disputes") {
            return PointStatus::Disputed;
        }
        let placeholder = row.placeholder && !off("a placeholder is open");
        let most = if placeholder || self.parties.is_empty() {
            PointStatus::Unknown
        } else {
            PointStatus::Agreed
        };
        if let Some(tally) = row.tally.get() {
            return tally.least().min(most);
        }
        if self.is_disputed(provision) {
            return PointStatus::Disputed;
        }
        let mut status = most;
        for party in 0..self.parties.len() {
            if status == PointStatus::Unknown {
                break;
            }
            status = status.min(self.cell(party, provision).makes);
        }
        status
    }

    /// Whether a party's position disputes a provision's own wording.
    fn is_disputed(&self, provision: usize) -> bool {
        (0..self.parties.len()).any(|party| {
            self.may_dispute(party, provision)
                && self.cell(party, provision).makes == PointStatus::Disputed
        })
    }

    /// What a cell's positions make of the wording, and for which type they dispute it.
    fn weigh(&self, cell: &mut Cell, provision: usize) {
        if cell.stance == CellStance::Lapsed {
            return;
        }
        let positions = || cell.positions.iter().map(|index| &self.positions[*index]);
        let required = self.final_rank.max(self.rows[provision].required_level);
        let final_level = positions()
            .next()
            .and_then(|first| first.level)
            .is_some_and(|level| level >= required)
            || off("levels count");
        let makes = match cell.stance {
            _ if positions().any(|position| position.disputes()) && !off("criticism disputes") => {
                PointStatus::Disputed
            }
            CellStance::Accepted if final_level && cell.limit == Met::Yes => PointStatus::Agreed,
            CellStance::Accepted | CellStance::AcceptedAdRef => PointStatus::AgreedAdRef,
            CellStance::Endorsed if off("endorsing accepts nothing") => PointStatus::Agreed,
            _ => PointStatus::Unknown,
        };
        let types = positions()
            .filter(|position| position.disputes() || position.stance == StanceKind::Reserve)
            .filter_map(|position| position.kind);
        (cell.kind, cell.makes) = (types.min_by_key(|kind| rank(*kind)), makes);
    }

    /// Whether any position that reaches a cell disputes something at all.
    fn may_dispute(&self, party: usize, provision: usize) -> bool {
        let mut named = self.named.at(self.place(party, provision));
        let disputes = |index: usize| self.positions[index].disputes();
        named.any(|hold| disputes(hold.position))
            || self.broad[party].iter().any(|index| disputes(*index))
    }

    fn count(&mut self) {
        let mut counts = PointCounts::default();
        for row in self.rows.iter().filter(|row| row.track.is_none()) {
            counts.brackets += row.own_brackets;
            if !row.point {
                continue;
            }
            counts.total += 1;
            match row.status {
                PointStatus::Agreed => counts.agreed += 1,
                PointStatus::AgreedAdRef => counts.agreed_ad_ref += 1,
                PointStatus::Unknown => counts.unknown += 1,
                PointStatus::Disputed => counts.disputed += 1,
            }
        }
        counts.open = Interval {
            min: counts.disputed,
            max: counts.disputed + counts.unknown,
        };
        self.counts = counts;
    }

    /// The counts, with the disputed points by type.
    pub(crate) fn counts_by_type(&self) -> PointCounts {
        let mut counts = self.counts.clone();
        for (index, row) in self.rows.iter().enumerate() {
            let counted = row.point && row.track.is_none();
            if counted && row.status == PointStatus::Disputed {
                self.add_type(index, &mut counts.by_type);
            }
        }
        counts
    }

    /// The first of the types of a disputed point: of the positions, else of the brackets.
    pub(crate) fn type_of(&self, point: usize) -> Option<StanceType> {
        let subtree = point..=self.rows[point].end;
        let of_positions = subtree
            .clone()
            .filter_map(|index| self.tally(index).kind())
            .min_by_key(|kind| rank(*kind));
        let of_brackets = || {
            subtree
                .flat_map(|index| self.rows[index].bracket_types.iter().copied())
                .min_by_key(|kind| rank(*kind))
        };
        of_positions.or_else(of_brackets)
    }

    /// A disputed point counts once, under the first of its types.
    fn add_type(&self, point: usize, by_type: &mut ByType) {
        *match self.type_of(point) {
            Some(StanceType::Language) => &mut by_type.language,
            Some(StanceType::Level) => &mut by_type.level,
            Some(StanceType::Time) => &mut by_type.time,
            Some(StanceType::Substance) => &mut by_type.substance,
            Some(StanceType::Dependency) => &mut by_type.dependency,
            None => &mut by_type.unspecified,
        } += 1;
    }
}

/// What a position on a provision reaches: the provisions of its sheet, how far below, and what they are in the latest.
fn reached(
    sheet: &Sheet,
    (target, chapeau_only): (usize, bool),
) -> impl Iterator<Item = (usize, Reach, &[usize])> {
    let provisions = sheet.issued.draft.provisions();
    let depth = provisions.get(target).map_or(0, |target| target.depth);
    let subtree = provisions.iter().enumerate().skip(target);
    let subtree = subtree.take_while(move |(index, provision)| {
        *index == target || (provision.depth > depth && !chapeau_only)
    });
    subtree.map(move |(index, provision)| {
        let below = Reach::try_from(provision.depth - depth).unwrap_or(WHOLE - 1);
        let now = sheet.to_latest.successors.get(index);
        (index, below, now.map_or(&[][..], Vec::as_slice))
    })
}
