//! Positions that another seat wrote down and that their own seat denies: they do not count, and they do not vanish.

use std::collections::BTreeMap;

use super::{Board, TextBoard};
use crate::act::{Act, Deed};
use crate::explanation::DeniedStance;
use crate::position::{Position, Scope};

/// The denied positions of a text, as indices, by party and provision of the latest draft.
pub(super) type Denials = BTreeMap<(usize, usize), Vec<usize>>;

impl Board {
    /// The positions on a text that their own seats deny, in the order of lists.
    pub(super) fn denials(&self, board: &TextBoard) -> Denials {
        let mut denials = Denials::new();
        let mut denied: Vec<usize> = board.table.denied.iter().copied().collect();
        denied.sort_by_key(|index| {
            let act = &board.table.positions[*index].act;
            (&act.on, &act.id)
        });
        for index in denied {
            let position = &board.table.positions[index];
            let parties = &board.text.parties;
            let Some(party) = parties.iter().position(|seat| *seat == position.act.seat) else {
                continue;
            };
            for row in board.reached(position) {
                let there: &mut Vec<usize> = denials.entry((party, row)).or_default();
                if !there.contains(&index) {
                    there.push(index);
                }
            }
        }
        denials
    }

    /// What one party is said to have held on one provision, and denies.
    pub(super) fn denied_stances(
        &self,
        board: &TextBoard,
        denials: &Denials,
        place: (usize, usize),
    ) -> Vec<DeniedStance> {
        let denied = denials.get(&place).into_iter().flatten();
        let denied = denied.map(|index| &board.table.positions[*index]);
        denied
            .filter_map(|position| {
                let denial = self.denial_of(&position.act)?;
                let sheet = match &position.scope {
                    Scope::Whole(sheet) | Scope::Provisions(sheet, _) => Some(*sheet),
                    Scope::Text | Scope::Insertion(_) => None,
                };
                Some(DeniedStance {
                    stance: position.cell_stance(),
                    draft: sheet.map(|sheet| board.shelf.sheets[sheet].name.clone()),
                    on: position.act.on.clone(),
                    recorded_by: position.act.recorder.clone(),
                    denied_by: self.actor(denial),
                    denied_on: denial.on.clone(),
                    acts: vec![position.act.id.clone(), denial.id.clone()],
                })
            })
            .collect()
    }

    /// The act by which its own seat denies what was written down for it.
    pub(super) fn denial_of(&self, act: &Act) -> Option<&Act> {
        let answers = self.state.standing_answers_to(act.id.as_str());
        let mut denials = answers
            .filter(|answer| answer.seat == act.seat && matches!(answer.deed, Deed::Deny(_)));
        denials.next_back().map(AsRef::as_ref)
    }
}

impl TextBoard {
    /// The provisions of the latest draft that a position is on, those below included.
    fn reached(&self, position: &Position) -> Vec<usize> {
        let (sheet, taken_on): (usize, Vec<usize>) = match &position.scope {
            Scope::Text => return (0..self.table.rows.len()).collect(),
            Scope::Insertion(_) => return Vec::new(),
            Scope::Whole(sheet) => {
                let all = self.shelf.sheets[*sheet].digests.len();
                (*sheet, (0..all).collect())
            }
            Scope::Provisions(sheet, named) => (*sheet, self.shelf.sheets[*sheet].wordings(named)),
        };
        let successors = &self.shelf.sheets[sheet].to_latest.successors;
        let now = taken_on.iter().filter_map(|index| successors.get(*index));
        now.flatten().copied().collect()
    }
}
