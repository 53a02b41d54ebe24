//! What is told in words beside the state of play: explanations, acts in one line, persons, statements, denials.

use serde::Serialize;

use crate::act::{Attribution, ReleaseClass};
use crate::names::{ActId, ClaimId, DraftId, PersonId, SeatId};
use crate::status::CellStance;
use crate::when::When;

/// Why something is as it is: a sentence, the acts it rests on, and the reasons for those in turn.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// What was asked about: `v2#5`, a gate, a claim, a seat.
    pub subject: String,
    /// The answer, as one sentence.
    pub answer: String,
    /// The reasons, in order.
    pub because: Vec<Reason>,
}

/// One reason.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reason {
    /// As a sentence.
    pub text: String,
    /// The acts it rests on; the viewer can see each of them.
    pub acts: Vec<ActCard>,
}

/// An act, told in one line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ActCard {
    /// Its handle.
    pub id: ActId,
    /// In which room.
    pub room: crate::names::RoomId,
    /// Who did it: a seat or a person.
    pub by: String,
    /// Who wrote it down.
    pub recorded_by: SeatId,
    /// When.
    pub on: When,
    /// How far it may travel, where that is stated.
    pub release: Option<ReleaseClass>,
    /// What was done, as a sentence.
    pub text: String,
}

/// Somebody who acts for a seat, for reading the tables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PersonCard {
    /// The handle.
    pub id: PersonId,
    /// The name.
    pub name: String,
    /// For whom.
    pub seat: SeatId,
    /// At which level.
    pub level: Option<String>,
}

/// Something said in public, whether or not it says that something is so.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StatementStatus {
    /// Its handle.
    pub id: ActId,
    /// By whom, as it stands on record.
    pub seat: SeatId,
    /// Who spoke, in free words.
    pub speaker: Option<String>,
    /// By which medium.
    pub medium: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// To whom it is attributed.
    pub attribution: Option<Attribution>,
    /// When.
    pub on: When,
    /// What was said.
    pub words: String,
    /// What it says is so.
    pub claims: Vec<ClaimId>,
}

/// A position that another seat wrote down and that its own seat denies: kept, shown, and not counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeniedStance {
    /// The position as written down.
    pub stance: CellStance,
    /// The draft it was said to be on; none for a position on the text alone.
    pub draft: Option<DraftId>,
    /// When it was said to be taken.
    pub on: When,
    /// Who wrote it down.
    pub recorded_by: SeatId,
    /// Who denies it, by name.
    pub denied_by: String,
    /// When it was denied.
    pub denied_on: When,
    /// The position and its denial.
    pub acts: Vec<ActId>,
}
