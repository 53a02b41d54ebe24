//! Acts: one thing somebody did, recorded in one room.

mod drafts;
mod meeting;
mod position;
mod preference;
mod said;
mod seldom;
mod standing;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::names::{ActId, PersonId, RoomId, SeatId};
use crate::record::PointRef;
use crate::when::When;

pub use drafts::*;
pub use meeting::*;
pub use position::*;
pub use preference::*;
pub use said::*;
pub use seldom::{Nothing, Seldom};
pub use standing::Standing;

/// One thing somebody did, recorded in one room.
#[derive(Debug, Clone, PartialEq)]
pub struct Act {
    /// Its handle.
    pub id: ActId,
    /// The room it is recorded in.
    pub room: RoomId,
    /// Its place in that room's history.
    pub standing: Standing,
    /// The seat that did it.
    pub seat: SeatId,
    /// The person of that seat who did it.
    pub person: Option<PersonId>,
    /// The seat that wrote it down.
    pub recorder: SeatId,
    /// When it was done.
    pub on: When,
    /// What few acts state beside this: its fields are read as the act's own.
    pub seldom: Seldom<ActSeldom>,
    /// What was done.
    pub deed: Deed,
}

/// What few acts state, whatever their kind.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ActSeldom {
    /// When it was written down, where that is stated.
    pub recorded: Option<When>,
    /// How far it may travel, where that is stated.
    pub release: Option<ReleaseClass>,
    /// The group it was done for.
    pub on_behalf_of: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// Acts, texts and provisions it is about, as written.
    pub about: Vec<String>,
    /// The language it was done in.
    pub language: Option<String>,
    /// In which class of communication it was done; none where that is not stated.
    pub communication: Option<Communication>,
}

impl Nothing for ActSeldom {
    const NOTHING: &'static ActSeldom = &ActSeldom {
        recorded: None,
        release: None,
        on_behalf_of: None,
        note: None,
        about: Vec::new(),
        language: None,
        communication: None,
    };
}

impl std::ops::Deref for Act {
    type Target = ActSeldom;

    fn deref(&self) -> &ActSeldom {
        &self.seldom
    }
}

impl std::ops::DerefMut for Act {
    fn deref_mut(&mut self) -> &mut ActSeldom {
        &mut self.seldom
    }
}

/// How far something may travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReleaseClass {
    /// It stays in the room.
    Hold,
    /// Its substance may shape the text, unattributed.
    Use,
    /// It may be told, as its author's, to those named.
    Pass,
    /// It may be told to anyone.
    Publish,
}

/// The class of a communication: a ladder from the formal to the deniable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Communication {
    /// A formal note of a delegation: whoever is given a draft with it owes a reply.
    NoteVerbale,
    /// A signed letter.
    Letter,
    /// What was said, left behind on paper.
    AideMemoire,
    /// By word of mouth.
    Oral,
    /// Paper without a sender: it states no position, and asks for no reply.
    NonPaper,
}

impl Communication {
    /// How it was done, as a part of a sentence.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Communication::NoteVerbale => "by note verbale",
            Communication::Letter => "by letter",
            Communication::AideMemoire => "in an aide-memoire",
            Communication::Oral => "by word of mouth",
            Communication::NonPaper => "in a non-paper",
        }
    }
}

impl Act {
    /// Whether it was done in a non-paper, which states no position and asks for no reply.
    pub(crate) fn is_in_non_paper(&self) -> bool {
        self.communication == Some(Communication::NonPaper)
            && !crate::mutant::off("a non-paper states nothing")
    }
}

/// What was done: one variant per act kind of the dossier, with its own fields.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Deed {
    /// A draft was given.
    Deliver(Deliver),
    /// Somebody says that they have a draft.
    Acknowledge(Box<Acknowledge>),
    /// A position was taken.
    Stance(Stance),
    /// An act was taken back.
    Withdraw(Of),
    /// Feedback was answered.
    Dispose(Dispose),
    /// An act was released further.
    Release(Release),
    /// Something was told.
    Convey(Convey),
    /// Points were tied together.
    Package(Package),
    /// A red line was drawn.
    RedLine(RedLine),
    /// A bracket was explained.
    Bracket(Box<BracketDeed>),
    /// Points were moved to another track.
    Track(Track),
    /// The identity of provisions was settled.
    Align(AlignDeed),
    /// An envoy was sent.
    Mission(Box<Mission>),
    /// A meeting.
    Session(Box<Session>),
    /// Something was confirmed.
    Confirm(Confirm),
    /// Something was denied.
    Deny(Confirm),
    /// Something was said in public.
    Statement(Box<Statement>),
    /// A reply is awaited.
    ReplyDue(Box<ReplyDue>),
    /// A reply was given.
    Reply(Reply),
    /// A silence procedure was opened.
    Silence(Box<Silence>),
    /// An editorial change was proposed.
    Editorial(Editorial),
    /// Something settled earlier.
    Understanding(Box<Understanding>),
    /// A side's own minute of it.
    Minute(Minute),
    /// A tenet was checked against a draft.
    Assess(Box<Assess>),
    /// A condition for a meeting or a step.
    Gate(Box<Gate>),
    /// A gate was set aside by its author.
    Override(Override),
    /// Somebody is kept informed.
    Briefing(Briefing),
    /// A non-party's consent.
    Consent(Consent),
    /// Somebody's capacity is contested.
    Challenge(Challenge),
    /// A text was authenticated.
    Initial(Authenticate),
    /// A step of a party's ratification.
    Ratify(Ratify),
    /// A text was signed.
    Sign(Authenticate),
    /// The depositary proposes a correction.
    Correct(Correct),
    /// What a party prefers of what is open.
    Preference(Preference),
    /// A remark.
    Note(Words),
    /// A question.
    Question(Words),
}

/// Which provisions an act is on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Points {
    /// The whole draft.
    Whole,
    /// These paths, shared by all that name the same.
    Paths(Arc<[String]>),
}

impl Serialize for Points {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Points::Whole => serializer.serialize_str("whole"),
            Points::Paths(paths) => paths.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Points {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let paths = one_or_many::deserialize(deserializer)?;
        Ok(if paths == ["whole"] {
            Points::Whole
        } else {
            Points::Paths(paths.into())
        })
    }
}

/// A list of one may be written as a string.
pub mod one_or_many {
    use serde::de::{Deserialize, Deserializer};

    #[derive(serde::Deserialize)]
    #[serde(untagged)]
    enum OneOrMany<T> {
        Many(Vec<T>),
        One(T),
    }

    /// Reads a list, or a single value as a list of one.
    ///
    /// # Errors
    /// Those of the deserializer, where it is neither.
    pub fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<T>, D::Error> {
        Ok(match OneOrMany::deserialize(deserializer)? {
            OneOrMany::Many(list) => list,
            OneOrMany::One(value) => vec![value],
        })
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn is_false(flag: &bool) -> bool {
    !*flag
}

/// An act on another act.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Of {
    /// The other act.
    pub of: ActId,
}

/// Free words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Words {
    /// The words.
    pub words: String,
}

/// Something an act is about: see [`ActSeldom::about`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A provision of a draft.
    Point(PointRef),
    /// An act, a text or a draft, by name.
    Name(String),
}
