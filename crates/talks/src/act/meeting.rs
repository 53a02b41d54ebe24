//! Acts of diplomacy: missions, meetings, replies, and the conditions for them.

use serde::{Deserialize, Serialize};

use super::{is_false, one_or_many};
use crate::names::{ActId, DraftId, PersonId, SeatId, TextId};
use crate::when::When;

/// Where a mission stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MissionState {
    /// Ordered.
    Ordered,
    /// A date was set.
    Scheduled,
    /// It took place.
    Held,
    /// The envoy reported.
    Reported,
    /// Called off.
    Cancelled,
}

/// An envoy was sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mission {
    /// Who was sent.
    pub envoy: PersonId,
    /// To whom: a seat or a person.
    pub counterpart: String,
    /// The draft in hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<DraftId>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// What for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instructions: Option<String>,
    /// Where it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<MissionState>,
    /// The mission it carries on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<ActId>,
}

/// The form of a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Two seats.
    Bilateral,
    /// Three seats.
    Trilateral,
    /// All.
    Plenary,
    /// Side by side in one place, not in one room.
    Proximity,
    /// An intermediary between capitals.
    Shuttle,
    /// A visit.
    Visit,
    /// The leaders.
    Summit,
}

/// Where a meeting stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SessionState {
    /// Proposed.
    Proposed,
    /// Discussed.
    Discussed,
    /// Confirmed.
    Confirmed,
    /// It took place.
    Held,
    /// Called off.
    Cancelled,
    /// A negative on record.
    DidNotTakePlace,
}

/// A meeting.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Session {
    /// Its form.
    pub format: Format,
    /// Seats and persons.
    #[serde(
        default,
        deserialize_with = "one_or_many::deserialize",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub participants: Vec<String>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The meeting itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<When>,
    /// Where it stands.
    pub state: SessionState,
    /// What was on the table.
    #[serde(
        default,
        deserialize_with = "one_or_many::deserialize",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub drafts: Vec<DraftId>,
    /// The meeting it follows up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follow_up_of: Option<ActId>,
    /// The mission it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mission: Option<ActId>,
    /// The gate it waits for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gate: Option<ActId>,
    /// The session it carries on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<ActId>,
}

/// Something was confirmed or denied.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Confirm {
    /// The act or claim, as written.
    pub of: String,
    /// As what: `discussed`, `read-back`.
    #[serde(default, rename = "as", skip_serializing_if = "Option::is_none")]
    pub as_what: Option<String>,
}

/// A reply is awaited.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReplyDue {
    /// From whom.
    pub from: SeatId,
    /// On which text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<TextId>,
    /// On which draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<DraftId>,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<When>,
}

/// A reply was given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reply {
    /// On which draft.
    pub draft: DraftId,
    /// Whether it is formal.
    #[serde(default, skip_serializing_if = "is_false")]
    pub formal: bool,
}

/// A condition for a meeting or a step.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Gate {
    /// What it is a condition for.
    pub event: String,
    /// Whose meeting.
    #[serde(
        default,
        deserialize_with = "one_or_many::deserialize",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub participants: Vec<String>,
    /// The rule (CEL).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Several rules, all of which must hold.
    #[serde(
        default,
        deserialize_with = "one_or_many::deserialize",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub rules: Vec<String>,
    /// In its author's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
}

/// A gate was set aside.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Override {
    /// The gate.
    pub gate: ActId,
    /// Why.
    pub reason: String,
}

/// Somebody is kept informed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Briefing {
    /// Who, a person or free words.
    pub recipient: String,
    /// By whom, in free words.
    #[serde(
        default,
        deserialize_with = "one_or_many::deserialize",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub briefers: Vec<String>,
    /// Whether again and again.
    #[serde(default, skip_serializing_if = "is_false")]
    pub recurring: bool,
}
