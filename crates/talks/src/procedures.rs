//! What a status tells of the procedures of the field: conditions, packages.

use serde::Serialize;

use crate::names::{ActId, SeatId, TextId};

/// How far something is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConditionState {
    /// It is not, as far as the viewer knows.
    NotMet,
    /// By acceptances ad referendum: what hangs on it counts no higher.
    MetAdReferendum,
    /// It is.
    Met,
}

/// An acceptance on a condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConditionStatus {
    /// The acceptance.
    pub act: ActId,
    /// Whose it is.
    pub seat: SeatId,
    /// What is accepted, as `DRAFT#PATH` or the draft.
    pub accepts: Vec<String>,
    /// The points that every party must accept as worded there, as `DRAFT#PATH`.
    pub points: Vec<String>,
    /// The texts that must be final.
    pub texts: Vec<TextId>,
    /// The condition in the seat's words.
    pub words: Option<String>,
    /// How far it is met.
    pub state: ConditionState,
    /// Why, as sentences.
    pub because: Vec<String>,
    /// Other acceptances on condition that hang on this one and on which it hangs: they are met together or not at all.
    pub together_with: Vec<ActId>,
    /// Why it cannot be met as things stand, where it contradicts something.
    pub contradiction: Option<String>,
}

/// Points tied together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PackageStatus {
    /// Its handle.
    pub id: ActId,
    /// The points, as `DRAFT#PATH`.
    pub points: Vec<String>,
    /// Where it stands.
    pub state: PackageState,
    /// Whose it is.
    pub by: SeatId,
    /// Whether it is an offer of the pen-holder: it ties those who accept it. A party's own ties its own acceptances.
    pub offered: bool,
    /// The seats it binds that accepted it whole.
    pub accepted_by: Vec<SeatId>,
    /// The seats it binds that did not, as far as the viewer knows.
    pub waiting_for: Vec<SeatId>,
    /// Why, as sentences.
    pub because: Vec<String>,
}

/// Where a package stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PackageState {
    /// Not yet accepted by any seat that it binds.
    Open,
    /// Accepted whole.
    Accepted,
    /// Accepted by some.
    Partial,
    /// Its wording changed.
    Lapsed,
    /// Taken back.
    Withdrawn,
}
