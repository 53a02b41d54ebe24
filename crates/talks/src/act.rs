//! Acts: one thing somebody did, recorded in one room.

use std::sync::Arc;

use onetext_text::IssuedDraft;
use serde::{Deserialize, Serialize};

use crate::names::{ActId, ClaimId, DraftId, PersonId, RoomId, SeatId, TenetId, TextId};
use crate::record::PointRef;
use crate::when::When;

/// One thing somebody did, recorded in one room.
#[derive(Debug, Clone, PartialEq)]
pub struct Act {
    /// Its handle.
    pub id: ActId,
    /// The room it is recorded in.
    pub room: RoomId,
    /// Its place in that room's order of recording, from 0: a later one has the earlier ones among its ancestors.
    pub seq: u64,
    /// The seat that did it.
    pub seat: SeatId,
    /// The person of that seat who did it.
    pub person: Option<PersonId>,
    /// The seat that wrote it down.
    pub recorder: SeatId,
    /// When it was done.
    pub on: When,
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
    /// What was done.
    pub deed: Deed,
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

/// What was done: one variant per act kind of the dossier, with its own fields.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Deed {
    /// A draft was given.
    Deliver(Deliver),
    /// Somebody says that they have a draft.
    Acknowledge(Acknowledge),
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
    Bracket(BracketDeed),
    /// Points were moved to another track.
    Track(Track),
    /// The identity of provisions was settled.
    Align(AlignDeed),
    /// An envoy was sent.
    Mission(Mission),
    /// A meeting.
    Session(Session),
    /// Something was confirmed.
    Confirm(Confirm),
    /// Something was denied.
    Deny(Confirm),
    /// Something was said in public.
    Statement(Statement),
    /// A reply is awaited.
    ReplyDue(ReplyDue),
    /// A reply was given.
    Reply(Reply),
    /// A silence procedure was opened.
    Silence(Silence),
    /// An editorial change was proposed.
    Editorial(Editorial),
    /// Something settled earlier.
    Understanding(Understanding),
    /// A side's own minute of it.
    Minute(Minute),
    /// A tenet was checked against a draft.
    Assess(Assess),
    /// A condition for a meeting or a step.
    Gate(Gate),
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
    /// A text was signed.
    Sign(Authenticate),
    /// The depositary proposes a correction.
    Correct(Correct),
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
    /// These paths.
    Paths(Vec<String>),
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
            Points::Paths(paths)
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

impl PartialEq for OwnCopy {
    fn eq(&self, other: &Self) -> bool {
        self.0.draft.source() == other.0.draft.source()
    }
}

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
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub medium: Option<String>,
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

/// A text was initialled or signed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Authenticate {
    /// The draft.
    pub draft: DraftId,
    /// The points; none for the whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<Points>,
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
}

/// Free words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Words {
    /// The words.
    pub words: String,
}

/// Something an act is about: see [`Act::about`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A provision of a draft.
    Point(PointRef),
    /// An act, a text or a draft, by name.
    Name(String),
}
