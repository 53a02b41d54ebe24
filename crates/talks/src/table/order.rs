//! The positions of a table: in the order of lists, and by seat.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::ops::Range;

use super::{Cell, Table};
use crate::names::{ActId, SeatId};
use crate::position::{Standing, Void};

impl Table {
    /// The position that an act took, where it stands in this table.
    pub(crate) fn position_of(&self, act: &ActId) -> Option<&Standing> {
        self.by_act
            .get(act)
            .and_then(|index| self.positions.get(*index))
    }

    /// The position a cell rests on first.
    pub(crate) fn leading(&self, cell: &Cell) -> Option<&Standing> {
        cell.positions
            .first()
            .and_then(|index| self.positions.get(*index))
    }

    /// The buckets of positions: one of each party, and one of all others.
    pub(crate) fn buckets(&self) -> Range<usize> {
        0..self.buckets.len()
    }

    /// In which bucket a seat's positions are.
    pub(crate) fn bucket(&self, seat: &SeatId) -> usize {
        self.by_party
            .get(seat)
            .copied()
            .unwrap_or(self.parties.len())
    }

    /// The places of a bucket's positions, in the order in which they came.
    pub(crate) fn indices_of(&self, bucket: usize) -> &[usize] {
        self.buckets.get(bucket).map_or(&[], Vec::as_slice)
    }

    /// The positions of a bucket, in the order in which they came.
    pub(crate) fn of_bucket(&self, bucket: usize) -> impl Iterator<Item = &Standing> {
        let own = self.indices_of(bucket).iter();
        own.filter_map(|index| self.positions.get(*index))
    }

    /// Notes whether the seat of a position denies it.
    pub(super) fn note_denial(&mut self, index: usize) {
        let void = self.positions.get(index).and_then(|one| one.void);
        match void == Some(Void::Denied) {
            true => self.denied.insert(index),
            false => self.denied.remove(&index),
        };
    }

    /// Proposals to insert a provision, in the order of lists.
    pub(crate) fn insertions(&self) -> Vec<&Standing> {
        let mut all = self.insertions.clone();
        all.sort_by(|one, other| self.in_order(*one, *other));
        let all = all.into_iter();
        all.filter_map(|index| self.positions.get(index)).collect()
    }

    /// The cells that were settled again since this was last asked.
    pub(crate) fn take_changed(&mut self) -> BTreeSet<(usize, usize)> {
        std::mem::take(&mut self.changed)
    }

    /// The positions that are wanted, in the order of lists.
    pub(crate) fn in_time(&self, wanted: impl Fn(&&Standing) -> bool) -> Vec<&Standing> {
        let chosen = self.positions.iter().enumerate();
        let mut chosen: Vec<_> = chosen.filter(|(_, position)| wanted(position)).collect();
        chosen.sort_by(|(one, _), (other, _)| self.in_order(*one, *other));
        chosen.into_iter().map(|(_, position)| position).collect()
    }

    /// Which of two positions comes first.
    pub(crate) fn in_order(&self, one: usize, other: usize) -> Ordering {
        if one < self.ordered && other < self.ordered {
            return one.cmp(&other);
        }
        let key = |index: usize| {
            let act = &self.positions[index].act;
            (&act.on, &act.id)
        };
        key(one).cmp(&key(other))
    }
}
