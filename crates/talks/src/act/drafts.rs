//! Acts about drafts: how they travel, what is said of their provisions, how they are closed.

use std::sync::Arc;

use onetext_text::{Digest, Draft, IssuedDraft};
use serde::{Deserialize, Serialize};

use super::{Points, one_or_many};
use crate::names::{DraftId, RoomId, SeatId, TextId};
use crate::when::When;

/// How a draft reached a seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// Handed over.
    Official,
    /// By another way.
    Unofficial,
    /// Read in the press.
    Press,
}

/// A draft was given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Deliver {
    /// The draft.
    pub draft: DraftId,
    /// The addressees; every member of the room can read it.
    #[serde(
        default,
        deserialize_with = "one_or_many::deserialize",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub to: Vec<SeatId>,
    /// By which way.
    pub channel: Channel,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
}

/// Somebody says that they have a draft, or a copy of their own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Acknowledge {
    /// The draft, or the seat's own name for its copy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<DraftId>,
    /// The seat's own copy, a file relative to the dossier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The text that the copy is of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<TextId>,
    /// By which way it came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// What the copy says, its ids drawn in this room from the file alone; filled in by whoever reads the files.
    #[serde(skip)]
    pub copy: Option<OwnCopy>,
}

/// What a seat's own copy says.
#[derive(Debug, Clone)]
pub struct OwnCopy(pub Arc<IssuedDraft>);

impl OwnCopy {
    /// A copy that a seat brought into a room of a process, its ids drawn from the file alone: the act that brings it may
    /// have no name yet.
    #[must_use]
    pub fn made_in(process: &str, room: &RoomId, draft: Draft) -> OwnCopy {
        let words = Digest::of_wording(draft.source());
        let stream = format!("{process}\0{room}\0{words}");
        OwnCopy(Arc::new(IssuedDraft::issue(draft, None, &[], &stream)))
    }
}

impl PartialEq for OwnCopy {
    fn eq(&self, other: &Self) -> bool {
        self.0.draft.source() == other.0.draft.source()
    }
}

/// Why a bracket stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BracketReason {
    /// How it is said.
    Language,
    /// Only a higher level may close it.
    Level,
    /// No time yet.
    Time,
    /// What it says.
    Substance,
    /// Instructions are awaited.
    Waiting,
    /// It is traded against another point.
    Traded,
}

/// A bracket was explained.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BracketDeed {
    /// The draft.
    pub draft: DraftId,
    /// The provisions.
    pub points: Points,
    /// Why it stands.
    pub reason: BracketReason,
    /// The level at which it can be closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// Who asked for it.
    #[serde(
        default,
        deserialize_with = "one_or_many::deserialize",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub requested_by: Vec<SeatId>,
}

/// Points moved to another track.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Track {
    /// The draft.
    pub draft: DraftId,
    /// The points.
    pub points: Points,
    /// The track, in words.
    pub to: String,
}

/// The identity of provisions was settled.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AlignDeed {
    /// The older draft.
    pub from: DraftId,
    /// The newer draft.
    pub to: DraftId,
    /// Pairs of paths; an empty string for none.
    pub pairs: Vec<(String, String)>,
}

/// A silence procedure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Silence {
    /// The draft.
    pub draft: DraftId,
    /// The points.
    pub points: Points,
    /// Whose silence consents.
    #[serde(
        default,
        deserialize_with = "one_or_many::deserialize",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub addressees: Vec<SeatId>,
    /// When it ends.
    pub expires: When,
}

/// An editorial change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Editorial {
    /// The draft.
    pub draft: DraftId,
    /// The provisions.
    pub points: Points,
    /// What changed.
    pub words: String,
    /// When it ends; none while a silence procedure on the same provisions has to end it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<When>,
}

/// A text was initialled or signed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Authenticate {
    /// The draft.
    pub draft: DraftId,
    /// The points; none for the whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<Points>,
}

/// How far a party's ratification got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RatifyState {
    /// It was put before those who decide at home.
    Submitted,
    /// They approved.
    Approved,
    /// They rejected.
    Rejected,
    /// The party deposited its instrument: it is bound.
    Deposited,
}

/// A step of a party's ratification.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ratify {
    /// The draft.
    pub draft: DraftId,
    /// How far it got.
    pub state: RatifyState,
    /// Who decides, in words: parliament, a referendum.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
}

/// The depositary proposes a correction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Correct {
    /// The draft.
    pub draft: DraftId,
    /// The provisions.
    pub points: Points,
    /// The corrected wording.
    pub wording: String,
    /// Until when parties may object; none: it waits for the confirmation of each.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<When>,
}
