//! Things settled earlier, and their check against the latest draft: the letter mechanical, the spirit a judgement.

use super::{Board, TextBoard};
use crate::act::{Act, Assess, Assessed, Deed, Grade, Points, Tenet, Understanding};
use crate::position::targets;
use crate::status::{TenetStatus, UnderstandingStatus};

impl Board {
    pub(super) fn understanding_statuses(&self) -> Vec<UnderstandingStatus> {
        let acts = self
            .state
            .other_acts()
            .filter(|act| !self.is_withdrawn(act));
        acts.filter_map(|act| match &act.deed {
            Deed::Understanding(understanding) => {
                Some(self.understanding_status(act, understanding))
            }
            _ => None,
        })
        .collect()
    }

    fn understanding_status(
        &self,
        act: &Act,
        understanding: &Understanding,
    ) -> UnderstandingStatus {
        let tenets: Vec<TenetStatus> = understanding
            .tenets
            .iter()
            .map(|tenet| self.tenet_status(tenet))
            .collect();
        let checked = |tenet: &TenetStatus| tenet.letter.is_some() && tenet.spirit.is_some();
        UnderstandingStatus {
            id: act.id.clone(),
            between: understanding.between.clone(),
            condition_for: understanding.condition_for.clone(),
            assessed: !tenets.is_empty() && tenets.iter().all(checked),
            tenets,
        }
    }

    fn tenet_status(&self, tenet: &Tenet) -> TenetStatus {
        TenetStatus {
            id: tenet.id.clone(),
            words: tenet.words.clone(),
            letter: self.last_verdict(tenet, Grade::Letter),
            spirit: self.last_verdict(tenet, Grade::Spirit),
        }
    }

    fn last_verdict(&self, tenet: &Tenet, grade: Grade) -> Option<Assessed> {
        self.assessments(tenet, grade)
            .last()
            .map(|(_, assess)| assess.verdict)
    }

    /// The verdicts on a tenet that still bear on the latest draft, in order.
    pub(super) fn assessments<'a>(
        &'a self,
        tenet: &'a Tenet,
        grade: Grade,
    ) -> impl DoubleEndedIterator<Item = (&'a Act, &'a Assess)> {
        self.state
            .other_acts()
            .filter_map(move |act| match &act.deed {
                Deed::Assess(assess)
                    if assess.tenet == tenet.id
                        && assess.grade == grade
                        && !self.is_withdrawn(act)
                        && self.still_bears(act, assess) =>
                {
                    Some((&**act, assess))
                }
                _ => None,
            })
    }

    /// A verdict on the latest draft, or on an earlier one whose points named there have not changed since.
    fn still_bears(&self, act: &Act, assess: &Assess) -> bool {
        self.texts.values().any(|board: &TextBoard| {
            let Some(index) = board
                .shelf
                .find(&assess.draft, &act.seat, &act.room, &self.state)
            else {
                return false;
            };
            if Some(index) == board.shelf.latest {
                return true;
            }
            let Some(Points::Paths(paths)) = &assess.points else {
                return false;
            };
            let sheet = &board.shelf.sheets[index];
            let named = targets(sheet, paths);
            let same = |(index, chapeau_only): &(usize, bool)| {
                let end = if *chapeau_only {
                    *index
                } else {
                    subtree_end(sheet, *index)
                };
                (*index..=end).all(|index| board.unchanged(sheet, index))
            };
            named.len() == paths.len() && !named.is_empty() && named.iter().all(same)
        })
    }
}

impl TextBoard {
    /// Whether a provision of an earlier sheet stands in the latest word for word.
    pub(super) fn unchanged(&self, sheet: &crate::shelf::Sheet, index: usize) -> bool {
        let Some(latest) = self.shelf.latest.map(|latest| &self.shelf.sheets[latest]) else {
            return false;
        };
        let now = sheet.to_latest.successors.get(index);
        now.is_some_and(|now| {
            now.iter()
                .any(|now| latest.digests.get(*now) == sheet.digests.get(index))
        })
    }
}

/// The last provision of a subtree.
pub(super) fn subtree_end(sheet: &crate::shelf::Sheet, index: usize) -> usize {
    let provisions = sheet.issued.draft.provisions();
    let Some(depth) = provisions.get(index).map(|provision| provision.depth) else {
        return index;
    };
    let after = provisions
        .iter()
        .enumerate()
        .skip(index + 1)
        .find(|(_, provision)| provision.depth <= depth);
    after
        .map_or(provisions.len(), |(after, _)| after)
        .saturating_sub(1)
}
