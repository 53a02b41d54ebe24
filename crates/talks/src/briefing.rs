//! What somebody who is kept informed needs beside the state of play.

use serde::Serialize;

use crate::act::{Outcome, StanceType};
use crate::explanation::ActCard;
use crate::names::{DraftId, TextId};
use crate::status::PointStatus;
use crate::when::When;

/// A point that is not agreed, and what would close it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BriefedPoint {
    /// The text.
    pub text: TextId,
    /// The point.
    pub path: String,
    /// Its first words.
    pub words: String,
    /// Where it stands.
    pub status: PointStatus,
    /// For a disputed point: the first of the types for which it is disputed.
    #[serde(rename = "type")]
    pub kind: Option<StanceType>,
    /// What would close it, as far as the viewer knows, one clause each.
    pub closes: Vec<String>,
}

/// When somebody was last briefed, and by whom.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LastBriefing {
    /// The act.
    pub act: ActCard,
    /// When.
    pub on: When,
}

/// Criticism or a proposal, and what became of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Feedback {
    /// The act.
    pub act: ActCard,
    /// The text.
    pub text: TextId,
    /// The draft it was taken on; none for the text as such.
    pub draft: Option<DraftId>,
    /// The provisions of it; none for the whole, or for an insertion.
    pub points: Vec<String>,
    /// Why, in the seat's words.
    pub interest: Option<String>,
    /// What was made of it; none where nobody answered.
    pub outcome: Option<Outcome>,
    /// In which draft.
    pub answered_in: Option<DraftId>,
    /// Why.
    pub reason: Option<String>,
    /// Whether it still waits for an answer: none was given, or it was put off.
    pub open: bool,
}

/// How many meetings were held in a week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ContactWeek {
    /// Its Monday.
    pub from: String,
    /// How many.
    pub sessions: u64,
}
