//! What seats propose on one draft, for whoever lays the proposals over it.

use std::sync::Arc;

use onetext_text::IssuedDraft;

use super::{AskError, Board};
use crate::act::{Act, Deed, Stance, StanceKind};
use crate::mutant::off;
use crate::names::DraftId;
use crate::position::{Position, Scope};

/// A draft, and what is proposed on it.
#[derive(Debug, Clone)]
pub struct ProposedOn {
    /// The draft.
    pub issued: Arc<IssuedDraft>,
    /// The proposals that stand, in the order in which they were made, with the seat's name.
    pub proposals: Vec<StandingProposal>,
}

/// A proposal that stands.
#[derive(Debug, Clone)]
pub struct StandingProposal {
    /// The name of the seat.
    pub seat: String,
    /// The provisions that it is on, as indices of the draft; true for the chapeau alone. None for an insertion.
    pub on: Vec<(usize, bool)>,
    act: Arc<Act>,
}

impl StandingProposal {
    /// What is proposed.
    #[must_use]
    pub fn stance(&self) -> Option<&Stance> {
        match &self.act.deed {
            Deed::Stance(stance) => Some(stance),
            _ => None,
        }
    }
}

impl Board {
    /// What the seats propose on a draft, as far as this viewer sees: without what was taken back, denied, taken up or done
    /// beyond a person's powers, and without what its seat later assented to the wording of.
    ///
    /// # Errors
    /// [`AskError::Unknown`] where the viewer sees no such draft.
    pub fn proposals_on(&self, draft: &DraftId) -> Result<ProposedOn, AskError> {
        let found = self.texts.values().find_map(|board| {
            let place = board.shelf.find_draft(draft)?;
            Some((board, place))
        });
        let unknown = || AskError::Unknown {
            name: draft.to_string(),
            nearest: None,
        };
        let (board, place) = found.ok_or_else(unknown)?;
        let sheet = board.shelf.sheets.get(place).ok_or_else(unknown)?;
        let here = |sheet: usize| board.shelf.place(sheet) == place;
        let mut standing: Vec<&Position> = board
            .table
            .positions
            .iter()
            .filter(|position| position.void.is_none())
            .map(|position| &**position)
            .filter(|position| match &position.scope {
                Scope::Whole(sheet) | Scope::Provisions(sheet, _) | Scope::Insertion(sheet) => {
                    here(*sheet)
                }
                Scope::Text => false,
            })
            .collect();
        standing.sort_by_key(|position| (&position.act.on, &position.act.id));
        let mut proposals = Vec::new();
        for (at, position) in standing.iter().enumerate() {
            if position.stance != StanceKind::Propose || off("proposals stand beside the text") {
                continue;
            }
            let on = match &position.scope {
                Scope::Provisions(_, on) => on.clone(),
                _ => Vec::new(),
            };
            let later = standing.iter().skip(at + 1);
            let mut later = later.filter(|other| other.act.seat == position.act.seat);
            let settled = later.any(|other| {
                other.is_assent()
                    && match &other.scope {
                        Scope::Whole(_) => !on.is_empty(),
                        Scope::Provisions(_, others) => {
                            !on.is_empty() && on.iter().all(|each| others.contains(each))
                        }
                        _ => false,
                    }
            });
            let seat = self
                .seats
                .iter()
                .find(|seat| seat.id == position.act.seat)
                .map_or_else(|| position.act.seat.to_string(), |seat| seat.name.clone());
            if !settled {
                proposals.push(StandingProposal {
                    seat,
                    on,
                    act: Arc::clone(&position.act),
                });
            }
        }
        Ok(ProposedOn {
            issued: Arc::clone(&sheet.issued),
            proposals,
        })
    }
}
