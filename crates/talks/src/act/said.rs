//! What was said: statements in public with their claims, and understandings with their tenets.

use serde::{Deserialize, Serialize};

use super::{Points, is_false, one_or_many};
use crate::names::{ActId, ClaimId, DraftId, SeatId, TenetId};

/// To whom a statement is attributed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Attribution {
    /// By name.
    OnRecord,
    /// Without a name.
    Anonymous,
    /// To an institution.
    Collective,
    /// Somebody says that somebody said.
    SecondHand,
}

/// Something said in public.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// Who spoke, in free words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// By which medium: an interview, a platform.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub medium: Option<String>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// To whom it is attributed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribution: Option<Attribution>,
    /// What was said.
    pub words: String,
    /// Whether these are the words as spoken.
    #[serde(default, skip_serializing_if = "is_false")]
    pub verbatim: bool,
    /// What it says is so.
    #[serde(
        default,
        deserialize_with = "one_or_many::deserialize",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub claims: Vec<Claim>,
}

/// What a claim is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClaimKind {
    /// How many points are open.
    OpenPoints,
    /// The phase of the talks.
    Phase,
    /// That there is a common understanding.
    CommonUnderstanding,
    /// That there is, or is no, deadline.
    Deadline,
    /// That a draft was received.
    Received,
    /// That a draft was accepted.
    Accepted,
}

/// A claim inside a statement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// Its handle.
    pub id: ClaimId,
    /// What it is about.
    pub what: ClaimKind,
    /// What it says: `few`, a number, `final`, `none`.
    #[serde(
        default,
        deserialize_with = "text_or_number",
        skip_serializing_if = "Option::is_none"
    )]
    pub value: Option<String>,
    /// Who is said to share it.
    #[serde(
        default,
        deserialize_with = "one_or_many::deserialize",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub between: Vec<SeatId>,
    /// The draft it speaks of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<DraftId>,
}

fn text_or_number<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum TextOrNumber {
        Text(String),
        Number(u64),
    }
    Ok(match Option::<TextOrNumber>::deserialize(deserializer)? {
        None => None,
        Some(TextOrNumber::Text(text)) => Some(text),
        Some(TextOrNumber::Number(number)) => Some(number.to_string()),
    })
}

/// The form of an understanding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnderstandingForm {
    /// By word of mouth.
    Oral,
    /// On paper.
    Written,
}

/// One thing that an understanding settled.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tenet {
    /// Its handle.
    pub id: TenetId,
    /// In words.
    pub words: String,
}

/// Something settled earlier.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Understanding {
    /// Between whom.
    #[serde(
        default,
        deserialize_with = "one_or_many::deserialize",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub between: Vec<SeatId>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Oral or written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<UnderstandingForm>,
    /// What it settled.
    #[serde(
        default,
        deserialize_with = "one_or_many::deserialize",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub tenets: Vec<Tenet>,
    /// For whom it is a condition.
    #[serde(
        default,
        deserialize_with = "one_or_many::deserialize",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub condition_for: Vec<SeatId>,
}

/// A side's own minute.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Minute {
    /// Of which act.
    pub of: ActId,
    /// What it says.
    pub words: String,
}

/// How a tenet is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grade {
    /// Whether the wording is there.
    Letter,
    /// Whether the sense is: a judgement, attributed.
    Spirit,
}

/// What the check found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Assessed {
    /// Met.
    Met,
    /// Met in part.
    Partly,
    /// Not met.
    NotMet,
}

/// A tenet was checked against a draft.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Assess {
    /// The tenet.
    pub tenet: TenetId,
    /// The draft.
    pub draft: DraftId,
    /// The provisions that bear on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<Points>,
    /// Letter or spirit.
    pub grade: Grade,
    /// What was found.
    pub verdict: Assessed,
}
