//! What was worked out for a text and is kept until an act may have changed it.
//!
//! A position changes what its seat holds, and what others hold on condition of that; the table says which cells those are.
//! What rests on no other cell is kept. Any other act on a text, and whatever makes silence count, forgets all.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::alerts::{Listed, Looks, Objections, Ready, Substance, Wordings};
use super::stakes::Readings;
use crate::briefing::Feedback;
use crate::lines::Lines;
use crate::stances::Stances;
use crate::status::ProvisionStatus;

/// Feedback, each with the place of its position.
type OfPositions = Vec<(usize, Arc<Feedback>)>;

/// The stances of a row as they were told last.
#[derive(Debug, Default)]
pub(super) struct KeptRow {
    pub(super) stances: Stances,
    /// The parties whose own have to be told anew.
    pub(super) stale: BTreeSet<usize>,
    /// Those whose own hang on a condition or a package: they are told anew each time.
    pub(super) hanging: BTreeSet<usize>,
}

/// What is kept of one text.
#[derive(Debug, Default)]
pub(super) struct Kept {
    /// Each row as it was told last.
    pub(super) rows: RefCell<BTreeMap<usize, Arc<ProvisionStatus>>>,
    /// The stances of each row.
    pub(super) stances: RefCell<BTreeMap<usize, KeptRow>>,
    /// By bucket: what deserves a second look of what its seat did.
    pub(super) looks: RefCell<BTreeMap<usize, Looks>>,
    /// What deserves a second look of what was done on the text, in the order of the list.
    pub(super) listed: RefCell<Listed>,
    /// By bucket: feedback of its seat, with the place of its position.
    pub(super) feedback: RefCell<BTreeMap<usize, OfPositions>>,
    /// Who objects to which substance of the latest draft.
    pub(super) objections: RefCell<BTreeMap<Substance, Objections>>,
    /// What the objected substance in the latest draft came to.
    pub(super) substance: RefCell<BTreeMap<Substance, Ready>>,
    /// The wordings of the latest draft, for finding objected ones in them: they rest on the drafts alone.
    pub(super) wordings: RefCell<Option<Wordings>>,
    /// What the brackets of a provision of the latest draft leave to choose from, which rests on the drafts alone too.
    pub(super) readings: RefCell<BTreeMap<usize, Readings>>,
    /// Where provisions went on their way through the drafts.
    pub(super) lines: RefCell<Lines>,
}

impl Kept {
    /// Forgets what rests on these cells, by party and row.
    pub(super) fn forget(&mut self, cells: &BTreeSet<(usize, usize)>) {
        let (stances, looks) = (self.stances.get_mut(), self.looks.get_mut());
        for (party, row) in cells {
            if let Some(kept) = stances.get_mut(row) {
                kept.stale.insert(*party);
            }
            looks.entry(*party).and_modify(|looks| looks.changed(*row));
        }
    }

    /// Forgets what rests on what a bucket did; where packages tie cells together, on all cells of its party.
    pub(super) fn forget_bucket(&mut self, bucket: usize, tied: bool) {
        if let Some(looks) = self.looks.get_mut().get_mut(&bucket) {
            match tied {
                true => looks.all_changed(),
                false => looks.came(),
            }
        }
        self.feedback.get_mut().remove(&bucket);
        if tied {
            for kept in self.stances.get_mut().values_mut() {
                kept.stale.insert(bucket);
            }
        }
    }

    /// Forgets all but what rests on the drafts.
    pub(super) fn forget_all(&mut self) {
        self.stances.get_mut().clear();
        self.looks.get_mut().clear();
        *self.listed.get_mut() = Listed::default();
        self.feedback.get_mut().clear();
        self.objections.get_mut().clear();
        self.substance.get_mut().clear();
    }
}
