//! The state of play as a viewer sees it: the shape of `status-json.md`, field for field.
//!
//! Everything here is computed from acts; nothing is ever typed in. Lists are in the order of event time, then id;
//! provisions in the draft's order. `None` (JSON null) where the viewer cannot know.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use crate::act::{SessionState, StanceKind, StanceType};
use crate::closing::ClosingStatus;
use crate::explanation::{DeniedStance, PersonCard, StatementStatus};
use crate::names::{ActId, ClaimId, DraftId, PersonId, SeatId, TenetId, TextId};
use crate::procedures::{ConditionState, ConditionStatus, PackageStatus, ProcedureStatus};
use crate::record::TextKind;
use crate::stances::Stances;
use crate::when::When;

/// The state of play.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Status {
    /// The process's handle.
    pub process: String,
    /// Its title.
    pub title: String,
    /// Whose view this is.
    #[serde(rename = "as")]
    pub viewer: SeatId,
    /// The cut; none for all acts.
    pub at: Option<String>,
    /// What had to be written down, or to have arrived, by then; none for everything.
    pub known_at: Option<String>,
    /// Whether this is the record or one seat's view of it.
    pub basis: Basis,
    /// The stage of the process.
    pub stage: Stage,
    /// Open points over the texts of kind main.
    pub open: Option<Interval>,
    /// True only in the pen-holder's view: see `dossier.md`.
    pub ready_to_close: bool,
    /// The seats of the process, for reading the tables.
    pub seats: Vec<SeatCard>,
    /// The persons that the viewer knows of, by id.
    pub persons: Vec<PersonCard>,
    /// The texts the viewer knows of.
    pub texts: Vec<TextStatus>,
    /// Conditions for meetings and steps.
    pub gates: Vec<GateStatus>,
    /// Replies awaited.
    pub obligations: Vec<Obligation>,
    /// What was said to be so, beside the record.
    pub claims: Vec<ClaimStatus>,
    /// What was said, with or without a claim in it.
    pub statements: Vec<StatementStatus>,
    /// Meetings.
    pub sessions: Vec<SessionStatus>,
    /// Envoys sent.
    pub missions: Vec<MissionStatus>,
    /// Things settled earlier.
    pub understandings: Vec<UnderstandingStatus>,
    /// Points tied together.
    pub packages: Vec<PackageStatus>,
    /// Acceptances on a condition.
    pub conditions: Vec<ConditionStatus>,
    /// Silence procedures, editorial changes and corrections.
    pub procedures: Vec<ProcedureStatus>,
    /// What deserves a second look.
    pub alerts: Vec<Arc<Alert>>,
}

/// What a view rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// The pen-holder's view.
    Record,
    /// This seat's view.
    View,
}

/// How near to its end a text or the process is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Still open.
    Open,
    /// In its final stage, by the process's rule.
    FinalStage,
    /// Final, in the open.
    Final,
}

impl Stage {
    /// The word in rules and JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Stage::Open => "open",
            Stage::FinalStage => "final-stage",
            Stage::Final => "final",
        }
    }
}

/// A count that what is unknown leaves open: at least, at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Interval {
    /// At least: the disputed.
    pub min: u64,
    /// At most: the disputed and the unknown.
    pub max: u64,
}

/// A seat, for reading the tables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SeatCard {
    /// Its handle.
    pub id: SeatId,
    /// Its name.
    pub name: String,
    /// What it is.
    pub role: crate::record::Role,
}

/// One text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TextStatus {
    /// Its handle.
    pub id: TextId,
    /// Its title.
    pub title: String,
    /// What it is.
    pub kind: TextKind,
    /// Whether the whole is final only with it; none while that is not known.
    pub required: Option<bool>,
    /// Whose acceptance it needs.
    pub parties: Vec<SeatId>,
    /// Who issues it.
    pub issuer: SeatId,
    /// The last draft the viewer was given; none where the text is known by name alone.
    pub latest: Option<DraftId>,
    /// Its stage.
    pub stage: Stage,
    /// Counts at the level of points; none without a draft.
    pub points: Option<PointCounts>,
    /// Which drafts each seat was given.
    pub exposure: BTreeMap<SeatId, Vec<Exposure>>,
    /// The provisions of the latest draft, as a tree; one that has not changed is shared with the state of play before.
    pub provisions: Vec<Arc<ProvisionStatus>>,
    /// Insertions proposed and not yet disposed of.
    pub proposed: Vec<ProposedInsertion>,
    /// Provisions of the previous draft shown that have no successor.
    pub gone: Vec<Gone>,
    /// Drafts of the text the viewer was given, in order of issue; for the pen-holder also working drafts.
    pub drafts: Vec<DraftCard>,
    /// Language versions of the latest draft that the viewer was given.
    pub versions: Vec<VersionCard>,
    /// How far it came to its end; none where it is not negotiated, or no draft of it was given.
    pub closing: Option<ClosingStatus>,
}

/// A language version of the latest draft, and where one of the two changed and the other did not.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct VersionCard {
    /// The version.
    pub draft: DraftId,
    /// Its language, where it is stated.
    pub language: Option<String>,
    /// Provisions of the latest draft that changed since its base, and whose words here did not.
    pub behind: Vec<String>,
    /// Provisions whose words here changed, and in the draft that it renders did not.
    pub ahead: Vec<String>,
}

/// A draft the viewer can read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DraftCard {
    /// Its handle.
    pub id: DraftId,
    /// When it was issued.
    pub on: Option<When>,
    /// Whether no other seat has been given it yet.
    pub working: bool,
}

/// Counts of points.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct PointCounts {
    /// All.
    pub total: u64,
    /// Provisionally agreed.
    pub agreed: u64,
    /// Agreed ad referendum.
    pub agreed_ad_ref: u64,
    /// Disputed.
    pub disputed: u64,
    /// Unknown.
    pub unknown: u64,
    /// Disputed, to disputed and unknown.
    pub open: Interval,
    /// Of the disputed, by what they are disputed about.
    pub by_type: ByType,
    /// Open pairs of brackets in the whole draft.
    pub brackets: u64,
}

/// Disputed points by type; each counts once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[expect(missing_docs, reason = "the names are those of StanceType")]
pub struct ByType {
    pub language: u64,
    pub level: u64,
    pub time: u64,
    pub substance: u64,
    pub dependency: u64,
    pub unspecified: u64,
}

/// A draft a seat was given.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Exposure {
    /// The draft, or the seat's own name for its copy.
    pub draft: DraftId,
    /// By which way.
    pub channel: Option<crate::act::Channel>,
    /// When.
    pub on: When,
    /// Where.
    pub place: Option<String>,
    /// For an own copy, in the pen-holder's view: the draft that it equals.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copy_of: Option<DraftId>,
    /// The act that says so.
    pub act: ActId,
}

/// The state of a provision or a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PointStatus {
    /// A party objects, reserves its position or proposes, or a bracket is open.
    Disputed,
    /// Neither agreed nor disputed, as far as the viewer knows.
    Unknown,
    /// Agreed, but for level or by someone without a level.
    AgreedAdRef,
    /// Provisionally agreed: every party accepts this wording.
    Agreed,
}

/// One provision of the latest draft.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProvisionStatus {
    /// Its id, which outlives number, place and wording.
    pub id: String,
    /// Its label as printed; none for an item without one.
    pub number: Option<String>,
    /// The path that names it.
    pub path: String,
    /// Its first words, for reading the table.
    pub words: String,
    /// Whether it is counted as a point.
    pub point: bool,
    /// For a point the least favourable of itself and its sub-items; for others their own.
    pub status: PointStatus,
    /// Open pairs of brackets, sub-items included.
    pub brackets: u64,
    /// The act that moved it to another track: it is off the counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub track: Option<ActId>,
    /// What it was in earlier drafts the viewer was given; first the one whose id it keeps.
    pub was: BTreeMap<DraftId, Vec<String>>,
    /// One entry per party: the provision's own row.
    pub stances: Stances,
    /// What it is printed in under the colours of the field.
    pub legend: crate::legend::Legend,
    /// Its sub-items.
    pub children: Vec<Arc<ProvisionStatus>>,
}

/// The position of one seat on one provision.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CellStatus {
    /// The position.
    pub stance: CellStance,
    /// At which level.
    pub level: Option<String>,
    /// Whether the seat was given the latest draft; none where the viewer cannot know.
    pub seen: Option<bool>,
    /// When it was taken.
    pub on: Option<When>,
    /// Who wrote it down, and whether that was confirmed.
    pub attested: Option<Attested>,
    /// What a disagreement is about.
    #[serde(rename = "type")]
    pub kind: Option<StanceType>,
    /// Whether the seat will not go beyond it.
    pub red_line: bool,
    /// Whether sub-items were added or dropped since, or the chapeau was accepted without them.
    pub incomplete: bool,
    /// The earlier wording it was taken on; none while that is the current one.
    pub carried_from: Option<CarriedFrom>,
    /// The draft that the seat endorses and that has this wording.
    pub endorsed: Option<DraftId>,
    /// The acts it rests on.
    pub acts: Vec<ActId>,
    /// For an acceptance on a condition: how far that is met.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<ConditionState>,
    /// The package that this is part of, or with which it lapsed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub package: Option<ActId>,
    /// Whether it was taken by silence, at the end of a silence procedure.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub by_silence: bool,
    /// For an assent that lapsed by an editorial change or a correction that still runs: its act.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before_change: Option<ActId>,
    /// Positions that another seat wrote down and that this seat denies; they do not count.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub denied: Vec<DeniedStance>,
}

/// Where a position was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CarriedFrom {
    /// The draft.
    pub draft: DraftId,
    /// The provision in it.
    pub path: String,
}

/// What a seat holds on a provision, from least to most favourable to agreement where that can be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CellStance {
    /// Objects.
    Objected,
    /// Proposes other wording, a deletion or a move.
    Proposed,
    /// Reserves its position.
    Reserved,
    /// Will not say yet.
    Withheld,
    /// No position is known to the viewer.
    NotKnown,
    /// The seat has taken no position.
    NoReply,
    /// An assent to other wording.
    Lapsed,
    /// Backs it in principle.
    Endorsed,
    /// Accepts on a condition that is not met.
    AcceptedOnCondition,
    /// Accepts subject to confirmation at home.
    AcceptedAdRef,
    /// Accepts.
    Accepted,
}

/// Who wrote an act down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Attested {
    /// Another seat; it counts until confirmed or denied.
    Reported,
    /// Another seat, and the actor's seat confirmed it.
    ReadBack,
    /// The actor's own seat.
    Own,
}

/// A proposed insertion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProposedInsertion {
    /// The act that proposes it.
    pub act: ActId,
    /// Who proposes it.
    pub seat: SeatId,
    /// The path in the latest draft it would follow; empty for the start; none where that provision is gone.
    pub after: Option<String>,
    /// What is proposed: always `insertion`.
    pub kind: &'static str,
    /// The proposed wording.
    pub wording: String,
    /// The proposed label.
    pub label: Option<String>,
}

/// A provision that is gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Gone {
    /// The draft it was last in.
    pub draft: DraftId,
    /// Its path there.
    pub path: String,
}

/// A condition for a meeting or a step.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GateStatus {
    /// Its handle.
    pub id: ActId,
    /// What it is a condition for.
    pub event: String,
    /// Whose meeting.
    pub participants: Vec<String>,
    /// Whether it holds; none where the viewer cannot know.
    pub holds: Option<bool>,
    /// Why, as sentences.
    pub reasons: Vec<String>,
    /// In its author's words.
    pub words: Option<String>,
    /// Why it was set aside, where it was.
    pub overridden: Option<String>,
}

/// A reply that is awaited.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Obligation {
    /// Its handle.
    pub id: ActId,
    /// From whom.
    pub from: SeatId,
    /// On which text.
    pub text: Option<TextId>,
    /// Where it stands.
    pub state: ObligationState,
    /// By when.
    pub due: Option<When>,
    /// Why, as a sentence.
    pub because: String,
}

/// Where an awaited reply stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ObligationState {
    /// Nothing was officially delivered yet, or it is not due yet.
    NotDue,
    /// Due and not given.
    None,
    /// Given.
    Given,
}

/// Whether the record bears a claim out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Borne out by the record.
    Supported,
    /// Not borne out by the record.
    Contradicted,
    /// Not decidable on the record.
    Unsupported,
}

/// A claim beside the record.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClaimStatus {
    /// Its handle.
    pub id: ClaimId,
    /// The statement it was made in.
    pub statement: ActId,
    /// What it says is so.
    pub what: crate::act::ClaimKind,
    /// The value it names.
    pub value: Option<String>,
    /// When it was said.
    pub on: When,
    /// In the words of the statement.
    pub words: String,
    /// As of the cut.
    pub verdict: Verdict,
    /// As of the statement.
    pub verdict_then: Verdict,
    /// Why, as a sentence.
    pub because: String,
    /// Who says so: the seat that it stands on record for.
    pub asserted_by: Vec<SeatId>,
    /// Who spoke, by name or in free words: somebody of that seat, or of none.
    pub speaker: Option<String>,
    /// Who confirmed it.
    pub confirmed_by: Vec<SeatId>,
    /// Who denied it.
    pub denied_by: Vec<SeatId>,
}

/// A meeting.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SessionStatus {
    /// Its handle.
    pub id: ActId,
    /// Its form.
    pub format: crate::act::Format,
    /// Where it stands.
    pub state: SessionState,
    /// The meeting's own time.
    pub on: Option<When>,
    /// Where.
    pub place: Option<String>,
    /// Seats and persons.
    pub participants: Vec<String>,
    /// Who proposed it.
    pub proposed_by: Vec<SeatId>,
    /// Who discussed it.
    pub discussed_by: Vec<SeatId>,
    /// Who confirmed it.
    pub confirmed_by: Vec<SeatId>,
}

/// An envoy sent.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MissionStatus {
    /// Its handle.
    pub id: ActId,
    /// Who was sent.
    pub envoy: PersonId,
    /// To whom.
    pub counterpart: String,
    /// Where.
    pub place: Option<String>,
    /// The draft in hand.
    pub base: Option<DraftId>,
    /// Where it stands.
    pub state: crate::act::MissionState,
}

/// Something settled earlier.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UnderstandingStatus {
    /// Its handle.
    pub id: ActId,
    /// Between whom.
    pub between: Vec<SeatId>,
    /// For whom it is a condition.
    pub condition_for: Vec<SeatId>,
    /// Whether every tenet has a verdict in both grades on the latest draft.
    pub assessed: bool,
    /// What it settled.
    pub tenets: Vec<TenetStatus>,
}

/// One tenet, checked.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TenetStatus {
    /// Its handle.
    pub id: TenetId,
    /// In words.
    pub words: String,
    /// The verdict on the letter.
    pub letter: Option<crate::act::Assessed>,
    /// The verdict on the spirit.
    pub spirit: Option<crate::act::Assessed>,
    /// Where there is none on the letter: the last verdict on words that have changed since.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub letter_earlier: Option<EarlierVerdict>,
    /// Likewise on the spirit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spirit_earlier: Option<EarlierVerdict>,
}

/// A verdict on earlier words: it does not count for the latest draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EarlierVerdict {
    /// The draft it was given on.
    pub draft: DraftId,
    /// What it was.
    pub verdict: crate::act::Assessed,
}

/// What deserves a second look; never a refusal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Alert {
    /// What kind.
    pub kind: AlertKind,
    /// What it is about: `DRAFT#PATH` or ids.
    pub about: Vec<String>,
    /// The acts it rests on.
    pub acts: Vec<ActId>,
    /// As a sentence.
    pub text: String,
    /// Each of its acts told: when, who, what.
    pub told: Vec<Arc<str>>,
}

/// The kinds of alerts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AlertKind {
    /// Substance that a party objected to is still, or again, in the draft.
    Reintroduced,
    /// An assent to a draft not received.
    UnseenStance,
    /// A provision that a party accepted or proposed is gone.
    Dropped,
    /// A bracket gone without its requesters.
    BracketRemoved,
    /// An act beyond its person's powers: kept, without effect.
    BeyondPowers,
    /// An acceptance below the final level.
    BelowLevel,
    /// A meeting in tension with a gate.
    GateTension,
    /// A mandate and a meeting that differ.
    MandateDiffers,
    /// Linked texts that use different terms of one pair.
    TermsDiffer,
    /// Accounts that conflict.
    AccountsConflict,
    /// Positions of one seat that cannot be ordered.
    ConflictingActs,
    /// An acceptance on a condition that cannot be met as things stand.
    ConditionContradicted,
    /// A package that some accepted and others did not.
    PackagePartial,
    /// A package of which a wording changed.
    PackageLapsed,
    /// Something on record against a rule of conduct of the process.
    Conduct,
}

impl AlertKind {
    /// Whether such an alert is about positions and rests on nothing else.
    pub(crate) fn is_of_positions(self) -> bool {
        matches!(
            self,
            AlertKind::Reintroduced
                | AlertKind::UnseenStance
                | AlertKind::Dropped
                | AlertKind::BeyondPowers
                | AlertKind::BelowLevel
                | AlertKind::ConflictingActs
        )
    }
}

impl AlertKind {
    /// Every kind.
    pub const ALL: [AlertKind; 15] = [
        AlertKind::Reintroduced,
        AlertKind::UnseenStance,
        AlertKind::Dropped,
        AlertKind::BracketRemoved,
        AlertKind::BeyondPowers,
        AlertKind::BelowLevel,
        AlertKind::GateTension,
        AlertKind::MandateDiffers,
        AlertKind::TermsDiffer,
        AlertKind::AccountsConflict,
        AlertKind::ConflictingActs,
        AlertKind::ConditionContradicted,
        AlertKind::PackagePartial,
        AlertKind::PackageLapsed,
        AlertKind::Conduct,
    ];

    /// Its name in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            AlertKind::Reintroduced => "reintroduced",
            AlertKind::UnseenStance => "unseen-stance",
            AlertKind::Dropped => "dropped",
            AlertKind::BracketRemoved => "bracket-removed",
            AlertKind::BeyondPowers => "beyond-powers",
            AlertKind::BelowLevel => "below-level",
            AlertKind::GateTension => "gate-tension",
            AlertKind::MandateDiffers => "mandate-differs",
            AlertKind::TermsDiffer => "terms-differ",
            AlertKind::AccountsConflict => "accounts-conflict",
            AlertKind::ConflictingActs => "conflicting-acts",
            AlertKind::ConditionContradicted => "condition-contradicted",
            AlertKind::PackagePartial => "package-partial",
            AlertKind::PackageLapsed => "package-lapsed",
            AlertKind::Conduct => "conduct",
        }
    }
}

impl CellStance {
    /// The position that an act of this kind takes.
    #[must_use]
    pub fn of(kind: StanceKind) -> CellStance {
        match kind {
            StanceKind::Endorse => CellStance::Endorsed,
            StanceKind::Accept => CellStance::Accepted,
            StanceKind::AcceptAdRef => CellStance::AcceptedAdRef,
            StanceKind::Reserve => CellStance::Reserved,
            StanceKind::Object => CellStance::Objected,
            StanceKind::Propose => CellStance::Proposed,
            StanceKind::Withhold => CellStance::Withheld,
        }
    }
}
