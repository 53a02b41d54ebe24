//! The row of a table: what each party holds on one provision.

use std::collections::BTreeMap;
use std::ops::Index;
use std::sync::Arc;

use serde::Serialize;

use crate::names::SeatId;
use crate::status::CellStatus;

/// The positions of the parties on one provision, by seat. Copies are cheap: a state of play shares the rows that have not
/// changed with the one before, and of a row that has the positions that have not.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Stances(Arc<BTreeMap<SeatId, Arc<CellStatus>>>);

type Entry<'a> = (&'a SeatId, &'a CellStatus);

fn entry<'a>((seat, cell): (&'a SeatId, &'a Arc<CellStatus>)) -> Entry<'a> {
    (seat, cell)
}

impl Stances {
    /// The position of a seat; none where it is no party.
    #[must_use]
    pub fn get(&self, seat: &SeatId) -> Option<&CellStatus> {
        self.0.get(seat).map(AsRef::as_ref)
    }

    /// The positions, in the order of the seats.
    pub fn iter(&self) -> impl Iterator<Item = Entry<'_>> {
        self.0.iter().map(entry)
    }

    /// The positions, without whose they are.
    pub fn values(&self) -> impl Iterator<Item = &CellStatus> {
        self.0.values().map(AsRef::as_ref)
    }

    /// The seats.
    pub fn keys(&self) -> impl Iterator<Item = &SeatId> {
        self.0.keys()
    }

    /// How many seats there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no seat.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The position of a seat takes the place of what was there: a row that is shared is copied first, and one of which it
    /// changes nothing stays as it is.
    pub(crate) fn set(&mut self, seat: &SeatId, now: CellStatus) {
        if self.get(seat) != Some(&now) {
            Arc::make_mut(&mut self.0).insert(seat.clone(), Arc::new(now));
        }
    }

    /// Whether both are one and the same row.
    pub(crate) fn shared_with(&self, other: &Stances) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Index<&str> for Stances {
    type Output = CellStatus;

    /// # Panics
    /// Where the seat is no party.
    fn index(&self, seat: &str) -> &CellStatus {
        &self.0[seat]
    }
}

impl FromIterator<(SeatId, CellStatus)> for Stances {
    fn from_iter<I: IntoIterator<Item = (SeatId, CellStatus)>>(cells: I) -> Self {
        let cells = cells.into_iter();
        let cells = cells.map(|(seat, cell)| (seat, Arc::new(cell)));
        Stances(Arc::new(cells.collect()))
    }
}

impl<'a> IntoIterator for &'a Stances {
    type Item = Entry<'a>;
    type IntoIter = std::iter::Map<
        std::collections::btree_map::Iter<'a, SeatId, Arc<CellStatus>>,
        fn((&'a SeatId, &'a Arc<CellStatus>)) -> Entry<'a>,
    >;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter().map(entry)
    }
}
