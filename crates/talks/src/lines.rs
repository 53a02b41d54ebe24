//! Where provisions went on their way through the drafts, each looked up once: what [`Shelf::same_line`] says, for many
//! pairs.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::shelf::Shelf;

/// A provision: its sheet, and its place there.
type Place = (usize, usize);

/// Where one provision is on each sheet: its place there, or one of the words below.
pub(crate) type Line = Arc<[u32]>;

/// The way to that sheet is not known.
const UNKNOWN: u32 = u32::MAX;
/// It is gone by then.
const GONE: u32 = u32::MAX - 1;
/// It was split on the way: the walk has to be taken.
const PARTS: u32 = u32::MAX - 2;

/// The lines that were asked for, all on one shelf.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    known: BTreeMap<Place, Line>,
}

impl Lines {
    /// Where a provision went.
    pub(crate) fn line(&mut self, shelf: &Shelf, place: Place) -> Line {
        let line = self.known.entry(place);
        Arc::clone(line.or_insert_with(|| walked(shelf, place)))
    }
}

fn walked(shelf: &Shelf, (sheet, index): Place) -> Line {
    let mut line = vec![UNKNOWN; shelf.sheets.len()];
    let (mut at, mut here) = (sheet, u32::try_from(index).unwrap_or(PARTS));
    loop {
        if let Some(own) = line.get_mut(at) {
            *own = here;
        }
        let Some((onward, step)) = shelf.sheets.get(at).and_then(|sheet| sheet.next.as_ref())
        else {
            return line.into();
        };
        if here < PARTS {
            here = match step.successors.get(here as usize).map(Vec::as_slice) {
                Some([only]) => u32::try_from(*only).unwrap_or(PARTS),
                Some([]) | None => GONE,
                Some(_) => PARTS,
            };
        }
        at = *onward;
    }
}

/// Whether two provisions, each with its line, are one on its way: as [`Shelf::same_line`].
pub(crate) fn same(shelf: &Shelf, one: (Place, &Line), other: (Place, &Line)) -> bool {
    let ((older, line), (newer, _)) = match one.0 <= other.0 {
        true => (one, other),
        false => (other, one),
    };
    let same = match line.get(newer.0).copied() {
        None | Some(UNKNOWN) => true,
        Some(GONE) => false,
        Some(PARTS) => shelf.same_line(older, newer),
        Some(place) => place as usize == newer.1,
    };
    debug_assert_eq!(same, shelf.same_line(older, newer));
    same
}
