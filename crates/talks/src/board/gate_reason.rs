//! What a condition for a meeting or a step can say of why it holds or not: each reason by the part of it that is always the
//! same, so that `docs/stories/gates.md` can be held against the list.

/// A reason of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GateReason {
    /// A rule holds.
    Holds,
    /// A rule holds on what a seat knows that does not hold the pen.
    WouldHold,
    /// A rule does not hold.
    DoesNotHold,
    /// A rule asks what is not known here.
    Undecided,
    /// A rule asks for something that it cannot ask.
    Slip,
    /// The condition has several rules.
    EveryRule,
    /// One of two parts is enough.
    Either,
    /// One of several parts is enough.
    AnyOne,
    /// All parts are needed.
    All,
    /// What the last stage lacks.
    FinalLacks,
    /// What the stage before it lacks.
    FinalStageLacks,
    /// The process's own rule of its final stage.
    StageRule,
    /// Nothing is known to negotiate on.
    NoText,
    /// No draft of a text was given.
    NoDraftOf,
    /// No draft was given.
    NoDraft,
    /// No draft of one of several texts was given.
    NoDraftOfOne,
    /// A text has no points.
    NoPoints,
    /// Points are disputed.
    Disputed,
    /// Points are not known to be agreed.
    Unknown,
    /// Points are agreed ad referendum.
    AdReferendum,
    /// Nobody has accepted the whole where all sit.
    NotInTheOpen,
    /// An insertion was not disposed of.
    Insertion,
    /// A point is on another track.
    OnTrack,
    /// A package was accepted by some.
    PackagePartial,
    /// A required text is not final.
    NotFinal,
    /// An understanding that is a condition is not assessed.
    NotAssessed,
    /// Somebody's capacity is challenged.
    Challenged,
}

impl GateReason {
    /// Every reason. A condition without a rule is refused, and a rule can slip in more ways than are told one by one.
    pub const ALL: [GateReason; 27] = [
        GateReason::Holds,
        GateReason::WouldHold,
        GateReason::DoesNotHold,
        GateReason::Undecided,
        GateReason::Slip,
        GateReason::EveryRule,
        GateReason::Either,
        GateReason::AnyOne,
        GateReason::All,
        GateReason::FinalLacks,
        GateReason::FinalStageLacks,
        GateReason::StageRule,
        GateReason::NoText,
        GateReason::NoDraftOf,
        GateReason::NoDraft,
        GateReason::NoDraftOfOne,
        GateReason::NoPoints,
        GateReason::Disputed,
        GateReason::Unknown,
        GateReason::AdReferendum,
        GateReason::NotInTheOpen,
        GateReason::Insertion,
        GateReason::OnTrack,
        GateReason::PackagePartial,
        GateReason::NotFinal,
        GateReason::NotAssessed,
        GateReason::Challenged,
    ];

    /// The part of its sentence that is always the same.
    #[must_use]
    pub fn fixed(self) -> &'static str {
        match self {
            GateReason::Holds => "holds",
            GateReason::WouldHold => "would hold on what this seat knows",
            GateReason::DoesNotHold => "does not hold",
            GateReason::Undecided => "cannot be decided on what is known here",
            GateReason::Slip => "cannot be compared",
            GateReason::EveryRule => "all of these are needed: the condition has",
            GateReason::Either => "either of these is enough",
            GateReason::AnyOne => "any one of these is enough",
            GateReason::All => "all of these are needed",
            GateReason::FinalLacks => "final lacks",
            GateReason::FinalStageLacks => "final stage lacks",
            GateReason::StageRule => "its rule",
            GateReason::NoText => "no text of the process is known",
            GateReason::NoDraftOf => "no draft of",
            GateReason::NoDraft => "no draft was given",
            GateReason::NoDraftOfOne => "no draft of one of the main texts was given",
            GateReason::NoPoints => "has no points",
            GateReason::Disputed => "disputed",
            GateReason::Unknown => "unknown",
            GateReason::AdReferendum => "agreed ad referendum only",
            GateReason::NotInTheOpen => "not every party has itself accepted the whole of",
            GateReason::Insertion => "is proposed and not disposed of",
            GateReason::OnTrack => "was moved to another track that is open",
            GateReason::PackagePartial => "is accepted by some only",
            GateReason::NotFinal => "is not final",
            GateReason::NotAssessed => "is not assessed",
            GateReason::Challenged => "is challenged",
        }
    }
}

impl std::fmt::Display for GateReason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.fixed())
    }
}
