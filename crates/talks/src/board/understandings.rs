//! Things settled earlier, and their check against the latest draft: the letter mechanical, the spirit a judgement.

use super::{Board, TextBoard};
use crate::act::{Act, Assess, Assessed, Deed, Grade, Points, Tenet, Understanding};
use crate::mutant::off;
use crate::position::targets;
use crate::status::{EarlierVerdict, TenetStatus, UnderstandingStatus};

impl Board {
    pub(super) fn understanding_statuses(&self) -> Vec<UnderstandingStatus> {
        let acts = self.state.other_acts();
        acts.filter_map(|act| match &act.deed {
            Deed::Understanding(understanding) if !self.is_withdrawn(act) => {
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
        let checked = |tenet: &TenetStatus| {
            let in_spirit = tenet.spirit.is_some() || off("letter and spirit are two");
            tenet.letter.is_some() && in_spirit
        };
        UnderstandingStatus {
            id: act.id.clone(),
            between: understanding.between.clone(),
            condition_for: understanding.condition_for.clone(),
            assessed: !tenets.is_empty() && tenets.iter().all(checked),
            tenets,
        }
    }

    fn tenet_status(&self, tenet: &Tenet) -> TenetStatus {
        let (letter, spirit) = (
            self.last_verdict(tenet, Grade::Letter),
            self.last_verdict(tenet, Grade::Spirit),
        );
        let earlier = |verdict: Option<Assessed>, grade| match verdict {
            Some(_) => None,
            None => self
                .on_earlier_words(tenet, grade)
                .map(|(_, earlier)| earlier),
        };
        TenetStatus {
            id: tenet.id.clone(),
            words: tenet.words.clone(),
            letter_earlier: earlier(letter, Grade::Letter),
            spirit_earlier: earlier(spirit, Grade::Spirit),
            letter,
            spirit,
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
        let all = self.all_assessments(tenet, grade);
        all.filter(|(act, assess)| self.still_bears(act, assess))
    }

    /// The last verdict on words that have changed since: it does not count for the latest draft.
    pub(super) fn on_earlier_words<'a>(
        &'a self,
        tenet: &'a Tenet,
        grade: Grade,
    ) -> Option<(&'a Act, EarlierVerdict)> {
        let (act, assess) = self.all_assessments(tenet, grade).next_back()?;
        let earlier = EarlierVerdict {
            draft: assess.draft.clone(),
            verdict: assess.verdict,
        };
        Some((act, earlier))
    }

    fn all_assessments<'a>(
        &'a self,
        tenet: &'a Tenet,
        grade: Grade,
    ) -> impl DoubleEndedIterator<Item = (&'a Act, &'a Assess)> {
        let acts = self.state.other_acts();
        acts.filter_map(move |act| match &act.deed {
            Deed::Assess(assess)
                if assess.tenet == tenet.id && assess.grade == grade && !self.is_withdrawn(act) =>
            {
                Some((&**act, &**assess))
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
            let mut words = sheet.wordings(&named).into_iter();
            named.len() == paths.len()
                && !named.is_empty()
                && words.all(|index| board.unchanged(sheet, index))
                && named.iter().all(|named| !board.gained(sheet, *named))
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

impl TextBoard {
    /// Whether what a named provision of an earlier sheet is in the latest draft has a sub-item that it had not: the
    /// words of the whole changed. A chapeau named alone gains none.
    fn gained(&self, sheet: &crate::shelf::Sheet, (index, chapeau_only): (usize, bool)) -> bool {
        let had = index..=sheet.subtree_end(index);
        let new = |row: usize| {
            let before = sheet.to_latest.predecessors.get(row);
            !before.is_some_and(|before| before.iter().any(|before| had.contains(before)))
        };
        let now = sheet.to_latest.successors.get(index);
        let mut now = now.into_iter().flatten();
        !chapeau_only
            && now.any(|now| {
                let end = self.table.rows.get(*now).map_or(*now, |row| row.end);
                (*now..=end).any(new)
            })
    }
}
