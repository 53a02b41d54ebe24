//! What somebody who is kept informed needs beside the state of play.

use serde::Serialize;

use crate::act::StanceType;
use crate::explanation::ActCard;
use crate::names::TextId;
use crate::status::PointStatus;
use crate::when::When;

/// A point that is not agreed, and what would close it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OpenPoint {
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
