//! Positions: what a seat holds on a wording, and what becomes of it.

use serde::{Deserialize, Serialize};

use super::{Nothing, Points, ReleaseClass, Seldom, is_false, one_or_many};
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
#[serde(from = "StanceFields", into = "StanceFields")]
pub struct Stance {
    /// The draft it was taken on.
    pub draft: Option<DraftId>,
    /// The provisions; with `draft`.
    pub points: Option<Points>,
    /// The position.
    pub stance: StanceKind,
    /// What a disagreement is about.
    pub kind: Option<StanceType>,
    /// Whether the seat will not go beyond it.
    pub red_line: bool,
    /// What few positions have: its fields are read as the position's own.
    pub seldom: Seldom<StanceSeldom>,
}

/// What few positions have.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StanceSeldom {
    /// The text alone, without a draft.
    pub text: Option<TextId>,
    /// Why, in the seat's words.
    pub interest: Option<String>,
    /// What the acceptance hangs on.
    pub condition: Option<Condition>,
    /// The package it belongs to, or accepts.
    pub package: Option<ActId>,
    /// Until when, in words.
    pub until: Option<String>,
    /// The alternative, from 1, of each open bracket in order.
    pub reading: Vec<usize>,
    /// Proposed wording; empty for a deletion.
    pub wording: Option<String>,
    /// A proposed insertion's place: the path it follows, empty for the start.
    pub after: Option<String>,
    /// A proposed insertion's label.
    pub label: Option<String>,
    /// A proposed move's place: the path it should follow.
    pub move_after: Option<String>,
}

impl Nothing for StanceSeldom {
    const NOTHING: &'static StanceSeldom = &StanceSeldom {
        text: None,
        interest: None,
        condition: None,
        package: None,
        until: None,
        reading: Vec::new(),
        wording: None,
        after: None,
        label: None,
        move_after: None,
    };
}

impl Stance {
    /// A position on nothing yet.
    #[must_use]
    pub fn of(stance: StanceKind) -> Stance {
        Stance {
            draft: None,
            points: None,
            stance,
            kind: None,
            red_line: false,
            seldom: Seldom::default(),
        }
    }
}

impl std::ops::Deref for Stance {
    type Target = StanceSeldom;

    fn deref(&self) -> &StanceSeldom {
        &self.seldom
    }
}

impl std::ops::DerefMut for Stance {
    fn deref_mut(&mut self) -> &mut StanceSeldom {
        &mut self.seldom
    }
}

/// A position as it is written.
#[derive(Serialize, Deserialize)]
#[serde(rename = "Stance")]
struct StanceFields {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    draft: Option<DraftId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    points: Option<Points>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    text: Option<TextId>,
    stance: StanceKind,
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<StanceType>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    interest: Option<String>,
    #[serde(default, skip_serializing_if = "is_false")]
    red_line: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    condition: Option<Condition>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    package: Option<ActId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<String>,
    #[serde(
        default,
        deserialize_with = "one_or_many::deserialize",
        skip_serializing_if = "Vec::is_empty"
    )]
    reading: Vec<usize>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    wording: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    after: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    move_after: Option<String>,
}

impl From<StanceFields> for Stance {
    fn from(fields: StanceFields) -> Stance {
        let seldom = StanceSeldom {
            text: fields.text,
            interest: fields.interest,
            condition: fields.condition,
            package: fields.package,
            until: fields.until,
            reading: fields.reading,
            wording: fields.wording,
            after: fields.after,
            label: fields.label,
            move_after: fields.move_after,
        };
        Stance {
            draft: fields.draft,
            points: fields.points,
            stance: fields.stance,
            kind: fields.kind,
            red_line: fields.red_line,
            seldom: seldom.into(),
        }
    }
}

impl From<Stance> for StanceFields {
    fn from(stance: Stance) -> StanceFields {
        let seldom = (*stance.seldom).clone();
        StanceFields {
            draft: stance.draft,
            points: stance.points,
            text: seldom.text,
            stance: stance.stance,
            kind: stance.kind,
            interest: seldom.interest,
            red_line: stance.red_line,
            condition: seldom.condition,
            package: seldom.package,
            until: seldom.until,
            reading: seldom.reading,
            wording: seldom.wording,
            after: seldom.after,
            label: seldom.label,
            move_after: seldom.move_after,
        }
    }
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
