//! The row of a table: what each party holds on one provision.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;

use serde::Serialize;

use crate::names::SeatId;
use crate::status::CellStatus;

/// The positions of the parties on one provision, by seat. Copies are cheap: a state of play shares the rows that have not
/// changed with the one before.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Stances(Arc<BTreeMap<SeatId, CellStatus>>);

impl Stances {
    /// To change one of them: a row that is shared is copied first.
    pub(crate) fn change(&mut self) -> &mut BTreeMap<SeatId, CellStatus> {
        Arc::make_mut(&mut self.0)
    }
}

impl Deref for Stances {
    type Target = BTreeMap<SeatId, CellStatus>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl FromIterator<(SeatId, CellStatus)> for Stances {
    fn from_iter<I: IntoIterator<Item = (SeatId, CellStatus)>>(cells: I) -> Self {
        Stances(Arc::new(cells.into_iter().collect()))
    }
}

impl<'a> IntoIterator for &'a Stances {
    type Item = (&'a SeatId, &'a CellStatus);
    type IntoIter = std::collections::btree_map::Iter<'a, SeatId, CellStatus>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}
