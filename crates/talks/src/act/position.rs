//! Positions: what a seat holds on a wording, and what becomes of it.

use serde::{Deserialize, Serialize};

use super::{Points, ReleaseClass, is_false, one_or_many};
use crate::names::{ActId, DraftId, SeatId, TextId};

/// The position a seat takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StanceKind {
    /// Backs it in principle.
    Endorse,
    /// Accepts the wording.
    Accept,
    /// Accepts subject to confirmation at home.
    AcceptAdRef,
    /// Reserves its position.
    Reserve,
    /// Objects.
    Object,
    /// Proposes other wording.
    Propose,
    /// Will not say yet.
    Withhold,
}

/// What a disagreement is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StanceType {
    /// How it is said.
    Language,
    /// Only a higher level may close it.
    Level,
    /// No time or instructions yet.
    Time,
    /// What it says.
    Substance,
    /// It hangs on another point.
    Dependency,
}

/// A condition on which an acceptance stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    /// Points that must be accepted.
    #[serde(
        default,
        deserialize_with = "one_or_many::deserialize",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub points: Vec<String>,
    /// Texts that must be final.
    #[serde(
        default,
        deserialize_with = "one_or_many::deserialize",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub texts: Vec<TextId>,
    /// The condition in the seat's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
}

/// A position on provisions, a draft or a text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Stance {
    /// The draft it was taken on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<DraftId>,
    /// The provisions; with `draft`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<Points>,
    /// The text alone, without a draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<TextId>,
    /// The position.
    pub stance: StanceKind,
    /// What a disagreement is about.
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<StanceType>,
    /// Why, in the seat's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interest: Option<String>,
    /// Whether the seat will not go beyond it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub red_line: bool,
    /// What the acceptance hangs on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<Condition>,
    /// The package it belongs to, or accepts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<ActId>,
    /// Until when, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// The alternative, from 1, of each open bracket in order.
    #[serde(
        default,
        deserialize_with = "one_or_many::deserialize",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub reading: Vec<usize>,
    /// Proposed wording; empty for a deletion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wording: Option<String>,
    /// A proposed insertion's place: the path it follows, empty for the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// A proposed insertion's label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// A proposed move's place: the path it should follow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub move_after: Option<String>,
}

/// What was made of feedback.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Taken up.
    Taken,
    /// Taken up in part.
    Partly,
    /// Not taken up.
    NotTaken,
    /// Put off.
    Deferred,
}

/// Feedback was answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dispose {
    /// The feedback.
    pub of: ActId,
    /// What was made of it.
    pub outcome: Outcome,
    /// In which draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<DraftId>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// An act was released further.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Release {
    /// The act.
    pub of: ActId,
    /// How far.
    pub class: ReleaseClass,
    /// To whom.
    #[serde(
        default,
        deserialize_with = "one_or_many::deserialize",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub to: Vec<SeatId>,
}

/// In which manner something was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Manner {
    /// Word for word.
    Verbatim,
    /// Without naming the source.
    Unattributed,
}

/// Something was told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Convey {
    /// What was told.
    pub words: String,
    /// How.
    pub manner: Manner,
    /// To whom.
    #[serde(
        default,
        deserialize_with = "one_or_many::deserialize",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub to: Vec<SeatId>,
}

/// Points tied together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Package {
    /// The draft.
    pub draft: DraftId,
    /// The points.
    pub points: Points,
}

/// A red line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RedLine {
    /// In the seat's words.
    pub words: String,
    /// The draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<DraftId>,
    /// The points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<Points>,
    /// Whether it was drawn in public.
    #[serde(default, skip_serializing_if = "is_false")]
    pub public: bool,
}

/// A non-party's consent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Consent {
    /// Whose, in free words.
    pub of: String,
    /// The draft.
    pub draft: DraftId,
    /// The points that concern it.
    pub points: Points,
    /// Whether it was given.
    pub given: bool,
}

/// Somebody's capacity is contested.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Challenge {
    /// A person or a seat.
    pub of: String,
    /// On what ground.
    pub words: String,
}
