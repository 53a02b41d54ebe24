//! The positions of a table: in the order of lists, and by seat.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::ops::Range;

use super::Table;
use crate::names::SeatId;
use crate::position::Standing;

impl Table {
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

    /// The positions of a bucket, in the order in which they came.
    pub(crate) fn of_bucket(&self, bucket: usize) -> impl Iterator<Item = &Standing> {
        let own = self.buckets.get(bucket).into_iter().flatten();
        own.filter_map(|index| self.positions.get(*index))
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
    pub(super) fn in_order(&self, one: usize, other: usize) -> Ordering {
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
