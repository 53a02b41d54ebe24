//! Which of a seat's positions counts for a wording (law 1, `design.md` "State of play", `dossier.md` "Hard cases").

use onetext_text::Digest;

use crate::act::StanceKind;
use crate::mutant::off;
use crate::position::{Reach, Scope, Standing};
use crate::shelf::{Sheet, Shelf};
use crate::silence::{Bridge, carries};
use crate::status::CellStance;
use crate::ties::Ties;

/// A position that reaches a provision of the latest draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hold {
    pub position: usize,
    /// The provision of the position's sheet; none for a position on the text alone.
    pub taken_on: Option<usize>,
    pub reach: Reach,
}

/// The positions that reach each cell of a table, linked cell by cell, so that one more costs the same as the first.
#[derive(Debug)]
pub(crate) struct Holds {
    first: Vec<Option<u32>>,
    links: Vec<(Hold, Option<u32>)>,
}

impl Holds {
    /// For so many cells.
    pub(crate) fn of(cells: usize) -> Holds {
        Holds {
            first: vec![None; cells],
            links: Vec::new(),
        }
    }

    /// Makes place for as many positions as another has.
    pub(crate) fn reserve_for(&mut self, other: &Holds) {
        self.links.reserve(other.links.len());
    }

    /// One more position on a cell; a cell that is not there holds none.
    pub(crate) fn push(&mut self, cell: usize, hold: Hold) {
        if let (Some(first), Ok(place)) =
            (self.first.get_mut(cell), u32::try_from(self.links.len()))
        {
            self.links.push((hold, first.replace(place)));
        }
    }

    /// The positions on a cell, the last pushed first.
    pub(crate) fn at(&self, cell: usize) -> impl Iterator<Item = Hold> + '_ {
        let link = |place: Option<u32>| self.links.get(usize::try_from(place?).ok()?);
        let first = link(self.first.get(cell).copied().flatten());
        std::iter::successors(first, move |(_, next)| link(*next)).map(|(hold, _)| *hold)
    }
}

/// Judges the positions of one seat that reach one provision.
pub(crate) struct Judge<'a> {
    pub positions: &'a [Standing],
    pub shelf: &'a Shelf,
    /// The provision of the latest draft.
    pub provision: usize,
    /// Its wording there.
    pub now: Option<Digest>,
    /// The packages.
    pub ties: &'a Ties,
}

impl Judge<'_> {
    fn position(&self, hold: &Hold) -> &Standing {
        &self.positions[hold.position]
    }

    /// Where a position was taken: its sheet, and the provision there.
    fn place(&self, hold: &Hold) -> Option<(usize, usize)> {
        match &self.position(hold).scope {
            Scope::Whole(sheet) | Scope::Provisions(sheet, _) => Some((*sheet, hold.taken_on?)),
            _ => None,
        }
    }

    /// The wording that a position was taken on.
    fn wording(&self, hold: &Hold) -> Option<Digest> {
        let (sheet, index) = self.place(hold)?;
        self.shelf.sheets.get(sheet)?.digests.get(index).copied()
    }

    /// Whether one position comes after another on the same provision. Positions on two provisions that were merged
    /// since stand side by side.
    fn later(&self, one: &Hold, other: &Hold) -> bool {
        if !self.position(one).after(self.position(other)) {
            return false;
        }
        let (Some(one), Some(other)) = (self.place(one), self.place(other)) else {
            return true;
        };
        let alone = |place: (usize, usize)| {
            let before = &self.shelf.sheets[place.0].to_latest.predecessors;
            before
                .get(self.provision)
                .is_none_or(|before| before.len() < 2)
        };
        (alone(one) && alone(other)) || self.shelf.same_line(one, other)
    }

    /// Leaves out what was taken back, and what it ended: a position on another wording that a later one replaced does
    /// not stand again when that is taken back.
    pub(crate) fn leave_out_what_ended(&self, holds: &mut Vec<Hold>) {
        let withdrawn: Vec<Hold> = holds
            .iter()
            .filter(|hold| self.position(hold).counted)
            .copied()
            .collect();
        let ended = |hold: &Hold, by: &Hold| {
            by.reach <= hold.reach
                && self.later(by, hold)
                && matches!((self.wording(hold), self.wording(by)), (Some(old), Some(new)) if old != new)
        };
        holds.retain(|hold| {
            let position = self.position(hold);
            !position.counted
                && (position.is_assent() || !withdrawn.iter().any(|by| ended(hold, by)))
        });
    }

    /// Whether a position still counts on the current wording: an assent binds to the wording it was given on, and has
    /// lapsed for good once a draft had another, or a package that it was part of lapsed; everything else is carried.
    pub(crate) fn stands(&self, hold: &Hold) -> bool {
        self.stands_over(hold, &self.shelf.bridges)
    }

    /// The same, were assents to carry over these changes of wording.
    pub(crate) fn stands_over(&self, hold: &Hold, bridges: &[Bridge]) -> bool {
        let position = self.position(hold);
        if off("an assent binds to its wording") {
            return true;
        }
        if !position.is_assent() {
            return !off("an objection is carried") || self.wording(hold) == self.now;
        }
        let (Some((sheet, index)), Some(taken), Some(now)) =
            (self.place(hold), self.wording(hold), self.now)
        else {
            return false;
        };
        let holds = |wording: Digest| {
            position.holds(index, taken, wording)
                || carries(bridges, self.provision, taken, wording)
        };
        let kept = |between: &Sheet| {
            let before = between.to_latest.predecessors.get(self.provision);
            let mut then = before.into_iter().flatten();
            then.any(|then| between.digests.get(*then).copied().is_some_and(holds))
        };
        holds(now)
            && self.shelf.between(sheet).all(kept)
            && self
                .ties
                .lapsed_with(position, self.provision, self.shelf)
                .is_none()
    }

    /// The last endorsement that covers this wording.
    pub(crate) fn endorsed(&self, holds: &[Hold]) -> Option<usize> {
        let endorsing =
            |hold: &&Hold| self.position(hold).stance == StanceKind::Endorse && self.stands(hold);
        let last = holds.iter().filter(endorsing).reduce(|one, other| {
            if self.later(one, other) { one } else { other }
        })?;
        match &self.position(last).scope {
            Scope::Whole(sheet) | Scope::Provisions(sheet, _) => Some(*sheet),
            _ => None,
        }
    }

    /// Of positions with the same reach, those that count, the least favourable first; and whether they conflict.
    ///
    /// The later event holds. What cannot be ordered counts together. A later position by a lower level counts only
    /// if it is less favourable.
    pub(crate) fn counting(&self, group: &[Hold]) -> (Vec<Hold>, bool) {
        if let [only] = group {
            return (vec![*only], false);
        }
        let last = self.last(group);
        let mut counting: Vec<(bool, Hold)> = Vec::new();
        for hold in last {
            let higher = self.higher_and_no_more_favourable(&hold, group);
            counting.push((!higher.is_empty(), hold));
            counting.extend(higher.into_iter().map(|earlier| (false, earlier)));
        }
        // Of equals the one that a higher level took before counts first; of those that cannot be ordered the one of the
        // lower level: an acceptance is final at the final level alone.
        let place = |(outranked, hold): &(bool, Hold)| {
            (self.favour(hold), *outranked, self.position(hold).level)
        };
        counting.sort_by(|one, other| {
            let (first, second) = (&self.position(&one.1).act, &self.position(&other.1).act);
            (place(one), &first.on, &first.id).cmp(&(place(other), &second.on, &second.id))
        });
        let counting: Vec<Hold> = counting.into_iter().map(|(_, hold)| hold).collect();
        let differs = |hold: &Hold| self.favour(hold) != self.favour(&counting[0]);
        let conflict = counting.iter().any(differs);
        (counting, conflict)
    }

    /// Those of a group that no other comes after; all of them where they go round in a circle.
    fn last(&self, group: &[Hold]) -> Vec<Hold> {
        // Mostly each has its own day and comes from the same provision: then the last in order is the last.
        let in_a_row = group.windows(2).all(|pair| match pair {
            [one, other] => {
                let (one, other) = (self.position(one), self.position(other));
                one.act.on.before(&other.act.on)
            }
            _ => true,
        });
        if let Some(last) = group.last()
            && in_a_row
            && group
                .iter()
                .all(|hold| self.later(last, hold) || hold == last)
        {
            return vec![*last];
        }
        let is_last = |hold: &&Hold| !group.iter().any(|other| self.later(other, hold));
        let last: Vec<Hold> = group.iter().filter(is_last).copied().collect();
        if last.is_empty() {
            group.to_vec()
        } else {
            last
        }
    }

    /// Earlier positions of a higher level that a later one of a lower level does not undo: it counts only where it is
    /// less favourable.
    fn higher_and_no_more_favourable(&self, hold: &Hold, group: &[Hold]) -> Vec<Hold> {
        let Some(level) = self.position(hold).level else {
            return Vec::new();
        };
        let outranks = |one: &Hold, other: &Hold| {
            self.position(one)
                .level
                .is_none_or(|one| self.position(other).level.is_none_or(|other| one >= other))
        };
        let undone = |earlier: &Hold| {
            group.iter().any(|other| {
                other.position != hold.position
                    && self.later(other, earlier)
                    && outranks(other, earlier)
            })
        };
        let stronger = |earlier: &&Hold| {
            self.later(hold, earlier)
                && self
                    .position(earlier)
                    .level
                    .is_some_and(|higher| higher > level)
                && self.favour(hold) >= self.favour(earlier)
                && self.stands(earlier)
                && !undone(earlier)
        };
        group.iter().filter(stronger).copied().collect()
    }

    fn favour(&self, hold: &Hold) -> CellStance {
        self.position(hold).cell_stance()
    }
}

/// The wording of a provision in the latest draft.
pub(crate) fn digest_now(shelf: &Shelf, provision: usize) -> Option<Digest> {
    shelf
        .sheets
        .get(shelf.latest?)?
        .digests
        .get(provision)
        .copied()
}
