//! The colours of the field, computed: what a point is printed in where drafts are coloured by how far they are agreed, and
//! where they are coloured by whose the open words are.

use std::sync::Arc;

use serde::Serialize;

use crate::mutant::off;
use crate::names::SeatId;
use crate::stances::Stances;
use crate::status::{CellStance, CellStatus, PointStatus, ProvisionStatus};

/// How far a provision is agreed, as negotiators colour it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Colour {
    /// Green: the words are agreed, at negotiators' level at least.
    Green,
    /// Yellow: agreed in aim, every party backs it, and the words are not.
    Yellow,
    /// White: proposed, and no more.
    White,
}

/// The colours of a provision under both legends; sub-items included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Legend {
    /// By how far it is agreed.
    pub colour: Colour,
    /// By author: whose objection, proposal or reservation keeps it open, each party in a colour of its own. Nobody's, and
    /// black, where it is agreed.
    pub of: Vec<SeatId>,
}

impl Legend {
    /// The colours of a provision in this state, with these positions and sub-items.
    #[must_use]
    pub fn of(status: PointStatus, stances: &Stances, children: &[Arc<ProvisionStatus>]) -> Legend {
        let agreed = matches!(status, PointStatus::Agreed | PointStatus::AgreedAdRef);
        let backs = |cell: &CellStatus| {
            let backed = matches!(
                cell.stance,
                CellStance::Endorsed
                    | CellStance::AcceptedOnCondition
                    | CellStance::AcceptedAdRef
                    | CellStance::Accepted
            );
            backed && !off("agreed in aim is yellow")
        };
        let own = match agreed {
            true => Colour::Green,
            false if !stances.is_empty() && stances.values().all(backs) => Colour::Yellow,
            false => Colour::White,
        };
        let below = children.iter().map(|child| child.legend.colour).max();
        let keeps_open = |cell: &CellStatus| {
            matches!(
                cell.stance,
                CellStance::Objected | CellStance::Proposed | CellStance::Reserved
            )
        };
        let stances = stances.iter().filter(|(_, cell)| keeps_open(cell));
        let mut of: Vec<SeatId> = stances.map(|(seat, _)| seat.clone()).collect();
        of.extend(
            children
                .iter()
                .flat_map(|child| child.legend.of.iter().cloned()),
        );
        of.sort_unstable();
        of.dedup();
        if agreed {
            of.clear();
        }
        Legend {
            colour: below.map_or(own, |below| below.max(own)),
            of,
        }
    }
}
