//! What a status tells of the end of a text: closed, initialled, signed, ratified, in force.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::act::RatifyState;
use crate::names::{ActId, DraftId, PersonId, SeatId};
use crate::when::When;

/// How far a text came to its end. Nothing of it is declared; each step is computed from what the parties did.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClosingStatus {
    /// The latest draft: every step is about exactly this one.
    pub draft: DraftId,
    /// Final by law 7: accepted in the open, by each party itself.
    pub closed: bool,
    /// Initialled by every party.
    pub initialled: bool,
    /// Closed, and signed by every party.
    pub signed: bool,
    /// Signed, and ratified by as many parties as it takes.
    pub in_force: bool,
    /// Since when it is in force.
    pub in_force_since: Option<When>,
    /// How many ratifications it takes.
    pub ratifications: usize,
    /// What each party did.
    pub parties: BTreeMap<SeatId, PartyClosing>,
    /// What the next step lacks, as sentences.
    pub lacks: Vec<String>,
}

/// What one party did towards the end of a text.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct PartyClosing {
    /// Its initials, in the order of lists.
    pub initials: Vec<Mark>,
    /// Its signatures, in the order of lists.
    pub signatures: Vec<Mark>,
    /// The steps of its ratification, in the order of lists.
    pub ratification: Vec<RatificationStep>,
}

/// Initials or a signature.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mark {
    /// The act.
    pub act: ActId,
    /// Who.
    pub person: Option<PersonId>,
    /// When.
    pub on: When,
    /// The draft that it is on.
    pub draft: DraftId,
    /// Whether it counts for the latest draft.
    pub counts: bool,
    /// Why it does not, or that it is in escrow.
    pub because: Option<String>,
}

/// One step of a ratification.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RatificationStep {
    /// The act.
    pub act: ActId,
    /// Who decided.
    pub body: Option<String>,
    /// How.
    pub state: RatifyState,
    /// When.
    pub on: When,
    /// Whether it is the party's own word on the latest draft.
    pub counts: bool,
}
