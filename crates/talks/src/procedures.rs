//! What a status tells of the procedures of the field: conditions, packages, silence.

use serde::Serialize;

use crate::names::{ActId, DraftId, SeatId, TextId};
use crate::when::When;

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

/// A procedure in which silence consents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProcedureStatus {
    /// Its handle.
    pub id: ActId,
    /// What it asks for.
    pub kind: ProcedureKind,
    /// The text.
    pub text: TextId,
    /// The draft.
    pub draft: DraftId,
    /// What it is on, as `DRAFT#PATH`, or the draft.
    pub points: Vec<String>,
    /// Who opened it.
    pub by: SeatId,
    /// When.
    pub opened: When,
    /// When it ends; none where that is not stated.
    pub expires: Option<When>,
    /// Where it stands.
    pub state: ProcedureState,
    /// Whom it asks.
    pub addressees: Vec<SeatId>,
    /// Those of them who consented by saying nothing.
    pub consented: Vec<SeatId>,
    /// Who broke it, and for what.
    pub broken: Vec<BreachStatus>,
    /// Why, as sentences.
    pub because: Vec<String>,
}

/// Who broke a procedure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BreachStatus {
    /// Who.
    pub seat: SeatId,
    /// By which act.
    pub act: ActId,
    /// For what, as `DRAFT#PATH`.
    pub points: Vec<String>,
}

/// What a procedure asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProcedureKind {
    /// Acceptance.
    Silence,
    /// That a change is one of words alone.
    Editorial,
    /// That a mistake is put right.
    Correction,
}

/// Where a procedure stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProcedureState {
    /// It runs.
    Running,
    /// It ended, and what nobody objected to stands.
    Ended,
    /// It was broken for all that it is on.
    Broken,
    /// It was taken back.
    Withdrawn,
    /// It cannot have effect.
    WithoutEffect,
}
