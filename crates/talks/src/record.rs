//! What is in the books: the blocks and acts of a process, as a dossier writes them.

use std::sync::Arc;

use onetext_text::IssuedDraft;
use serde::{Deserialize, Serialize};

use crate::acts::Acts;
use crate::names::{DraftId, PersonId, RoomId, SeatId, TextId};
use crate::when::When;

/// A whole process: everything that every room holds. Nobody but its keeper sees it as such; see `Viewer`.
#[derive(Debug, Clone)]
pub struct Record {
    /// The process and its rules.
    pub process: Process,
    /// The delegations.
    pub seats: Vec<Seat>,
    /// Who acts for them.
    pub persons: Vec<Person>,
    /// The rooms that were declared; chambers, plenary and public are always there.
    pub rooms: Vec<Room>,
    /// The texts under negotiation.
    pub texts: Vec<Text>,
    /// Their issued drafts, in the order in which they were declared.
    pub drafts: Vec<DraftBlock>,
    /// What was done, in the order of recording.
    pub acts: Acts,
}

/// The process and its rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "ProcessFields")]
pub struct Process {
    /// Its handle.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The seat that issues drafts.
    pub pen_holder: SeatId,
    /// The language of its texts, as a BCP 47 tag.
    pub language: Option<String>,
    /// What happens to what a seat says in a caucus unless it says otherwise.
    pub disclosure: Disclosure,
    /// The ladder of levels, lowest first.
    pub levels: Vec<String>,
    /// The level at which an acceptance is final: one of `levels`.
    pub final_level: String,
    /// The rule of the final stage (CEL); none for the default, at most three points disputed and none unknown.
    pub final_stage: Option<String>,
    /// How many open points "few" means.
    pub few: u64,
    /// The rules of conduct that all have agreed to keep.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conduct: Vec<Conduct>,
}

/// A rule of conduct of a process. Nobody is stopped by one: what is on record against it is an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Conduct {
    /// No party speaks of the talks in public.
    NoPress,
    /// No draft gets out of the talks.
    NoLeaks,
}

/// The ladder of levels where a process names none, lowest first.
pub const DEFAULT_LEVELS: [&str; 5] = ["expert", "envoy", "negotiator", "minister", "leader"];
/// How many open points `few` means where a process does not say.
pub const DEFAULT_FEW: u64 = 5;

/// A process as it is written: what it leaves out is by default.
#[derive(Deserialize)]
struct ProcessFields {
    id: String,
    title: String,
    pen_holder: SeatId,
    language: Option<String>,
    disclosure: Option<Disclosure>,
    levels: Option<Vec<String>>,
    final_level: Option<String>,
    final_stage: Option<String>,
    few: Option<u64>,
    #[serde(default, deserialize_with = "crate::act::one_or_many::deserialize")]
    conduct: Vec<Conduct>,
}

impl From<ProcessFields> for Process {
    fn from(fields: ProcessFields) -> Process {
        let default = || DEFAULT_LEVELS.map(str::to_owned).to_vec();
        let levels = fields.levels.unwrap_or_else(default);
        let highest = || levels.last().cloned().unwrap_or_default();
        Process {
            id: fields.id,
            title: fields.title,
            pen_holder: fields.pen_holder,
            language: fields.language,
            disclosure: fields.disclosure.unwrap_or(Disclosure::Closed),
            final_level: fields.final_level.unwrap_or_else(highest),
            levels,
            final_stage: fields.final_stage,
            few: fields.few.unwrap_or(DEFAULT_FEW),
            conduct: fields.conduct,
        }
    }
}

/// The default for what is said in a caucus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Disclosure {
    /// It is on hold.
    Closed,
    /// Its substance may be used.
    Open,
}

/// A delegation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// Its handle.
    pub id: SeatId,
    /// Its name on screen.
    pub name: String,
    /// What it is at the process.
    pub role: Role,
}

/// What a seat is at the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Mediates.
    Mediator,
    /// Negotiates.
    Party,
    /// Looks on.
    Observer,
}

/// Somebody who acts for a seat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The handle.
    pub id: PersonId,
    /// The name on screen.
    pub name: String,
    /// For whom.
    pub seat: SeatId,
    /// One of the process's levels.
    pub level: Option<String>,
    /// What this person may do.
    pub powers: Vec<Power>,
    /// The rooms of the seat this person may enter; none for all.
    pub rooms: Option<Vec<RoomId>>,
    /// From when the powers are good; none for always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub powers_from: Option<When>,
    /// Until when they are good; none for always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub powers_until: Option<When>,
}

impl Person {
    /// Whether this person has a power at a time: where its credentials bear dates, not outside them.
    #[must_use]
    pub fn may(&self, power: Power, on: &When) -> bool {
        let not_yet = self
            .powers_from
            .as_ref()
            .is_some_and(|from| on.before(from));
        let no_more = self
            .powers_until
            .as_ref()
            .is_some_and(|until| until.before(on));
        self.powers.contains(&power) && !not_yet && !no_more
    }
}

/// What a person may do for the seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Power {
    /// Take any position short of acceptance.
    Negotiate,
    /// Accept subject to confirmation at home.
    AcceptAdRef,
    /// Accept; includes accepting ad referendum.
    Accept,
    /// Authenticate a text.
    Initial,
    /// Sign.
    Sign,
}

/// A compartment: a fixed set of seats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Room {
    /// Its handle.
    pub id: RoomId,
    /// Who sits in it.
    pub members: Vec<SeatId>,
}

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TextKind {
    /// The text of the process.
    Main,
    /// A letter, assurances.
    Side,
    /// An annex.
    Annex,
    /// A counter-text: kept and comparable, never counted.
    Input,
    /// A text of another process.
    Precedent,
}

/// A text under negotiation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// Its handle.
    pub id: TextId,
    /// Its title.
    pub title: String,
    /// What it is.
    pub kind: TextKind,
    /// Whether the whole is final only with it.
    pub required: bool,
    /// Whose acceptance it needs.
    pub parties: Vec<SeatId>,
    /// Who issues its drafts.
    pub issuer: SeatId,
    /// The depth of the provisions that are counted, from 1; none for the default.
    pub point_level: Option<usize>,
    /// Provisions of other texts it belongs to, as `DRAFT#PATH`.
    pub linked_to: Vec<PointRef>,
    /// How many ratifications bring it into force; none for those of all its parties.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ratifications: Option<usize>,
}

/// A provision of a draft: `v2#3`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PointRef {
    /// The draft.
    pub draft: DraftId,
    /// The path of the provision in it.
    pub path: String,
}

impl PointRef {
    /// Reads `DRAFT#PATH`; none where there is no `#`.
    #[must_use]
    pub fn parse(text: &str) -> Option<PointRef> {
        let (draft, path) = text.split_once('#')?;
        Some(PointRef {
            draft: draft.into(),
            path: path.to_owned(),
        })
    }
}

impl std::fmt::Display for PointRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}#{}", self.draft, self.path)
    }
}

impl Serialize for PointRef {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PointRef {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        PointRef::parse(&text).ok_or_else(|| serde::de::Error::custom("expected DRAFT#PATH"))
    }
}

/// A draft that was issued, with its identity fixed.
#[derive(Debug, Clone)]
pub struct DraftBlock {
    /// Its handle.
    pub id: DraftId,
    /// The text it is a draft of.
    pub text: TextId,
    /// The file it was read from, relative to the dossier.
    pub file: String,
    /// The draft it was made from.
    pub base: Option<DraftId>,
    /// When it was issued; none: from the start.
    pub on: Option<When>,
    /// Who issued it.
    pub by: SeatId,
    /// Its language, as a BCP 47 tag.
    pub language: Option<String>,
    /// The draft that it is a language version of.
    pub renders: Option<DraftId>,
    /// The file its ids came from, where they were given.
    pub ids: Option<String>,
    /// What it says.
    pub issued: Arc<IssuedDraft>,
}
