//! Acts told in one sentence.

use super::super::Board;
use super::super::alerts::verb;
use crate::act::{
    Act, Attribution, BracketDeed, BracketReason, Channel, Deed, Format, Grade, Mission,
    MissionState, Outcome, Points, RatifyState, ReleaseClass, Stance, StanceType,
};
use crate::mutant::off;
use crate::position::Void;

impl Board {
    /// Who did an act: the person, for a seat; else the seat.
    pub(in crate::board) fn actor(&self, act: &Act) -> String {
        let seat = self.seat_name(&act.seat);
        match &act.person {
            Some(person) => format!("{} ({seat})", self.person_name(person.as_str())),
            None => seat.to_owned(),
        }
    }

    /// What was done, as a sentence without a full stop.
    pub(in crate::board) fn sentence(&self, act: &Act) -> String {
        let who = self.actor(act);
        let what = match &act.deed {
            Deed::Deliver(deed) => {
                let channel = match deed.channel {
                    Channel::Official => "officially",
                    Channel::Unofficial => "unofficially",
                    Channel::Press => "through the press",
                };
                let to = if deed.to.is_empty() {
                    String::new()
                } else {
                    format!(" to {}", self.seat_list(&deed.to))
                };
                let place = deed
                    .place
                    .as_ref()
                    .map_or(String::new(), |place| format!(" in {place}"));
                format!("gave {}{to} {channel}{place}", deed.draft)
            }
            Deed::Acknowledge(deed) => match (&deed.draft, &deed.copy) {
                (Some(draft), None) => format!("acknowledged {draft}"),
                (Some(draft), Some(_)) => format!("has a copy of its own, {draft}"),
                _ => "has a copy of its own".to_owned(),
            },
            Deed::Stance(deed) => stance_sentence(deed),
            Deed::Withdraw(deed) => format!("withdrew {}", deed.of),
            Deed::Dispose(deed) => {
                let outcome = match deed.outcome {
                    Outcome::Taken => "taken up",
                    Outcome::Partly => "taken up in part",
                    Outcome::NotTaken => "not taken up",
                    Outcome::Deferred => "put off",
                };
                let draft = deed
                    .draft
                    .as_ref()
                    .map_or(String::new(), |draft| format!(" in {draft}"));
                let reason = deed
                    .reason
                    .as_ref()
                    .map_or(String::new(), |reason| format!(", because: {reason}"));
                format!("answered {}: {outcome}{draft}{reason}", deed.of)
            }
            Deed::Release(deed) => format!("released {} ({})", deed.of, release_word(deed.class)),
            Deed::Convey(deed) => format!(
                "told {}: \u{201c}{}\u{201d}",
                self.seat_list(&deed.to),
                deed.words
            ),
            Deed::Package(deed) => format!(
                "tied {} of {} together",
                points_words(&deed.points),
                deed.draft
            ),
            Deed::RedLine(deed) => {
                let how = if deed.public { " in public" } else { "" };
                let at = match (&deed.draft, &deed.points) {
                    (Some(draft), Some(points)) => {
                        format!(" at {} of {draft}", points_words(points))
                    }
                    _ => String::new(),
                };
                format!("drew a red line{how}{at}: \u{201c}{}\u{201d}", deed.words)
            }
            Deed::Bracket(deed) => {
                let asked = if deed.requested_by.is_empty() {
                    String::new()
                } else {
                    format!("; asked for by {}", self.seat_list(&deed.requested_by))
                };
                format!(
                    "explained the brackets of {} of {}: {}{asked}",
                    points_words(&deed.points),
                    deed.draft,
                    bracket_words(deed)
                )
            }
            Deed::Track(deed) => format!(
                "moved {} of {} to {}",
                points_words(&deed.points),
                deed.draft,
                deed.to
            ),
            Deed::Align(deed) => {
                format!("settled what of {} became what in {}", deed.from, deed.to)
            }
            Deed::Mission(deed) => self.mission_sentence(act, deed),
            Deed::Session(deed) => {
                let names: Vec<String> = deed
                    .participants
                    .iter()
                    .map(|name| self.participant_name(name))
                    .collect();
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                let place = deed
                    .place
                    .as_ref()
                    .map_or(String::new(), |place| format!(" in {place}"));
                let state = super::super::meetings::state_word(deed.state).replace('-', " ");
                let form = format_words(deed.format);
                format!(
                    "put on record {form} of {}{place}: {state}",
                    super::list(&names)
                )
            }
            Deed::Confirm(deed) => {
                format!("confirmed {}{}", deed.of, as_words(deed.as_what.as_deref()))
            }
            Deed::Deny(deed) => format!("denied {}{}", deed.of, as_words(deed.as_what.as_deref())),
            Deed::Statement(deed) => {
                let attribution = match deed.attribution {
                    Some(Attribution::SecondHand) => Some("at second hand"),
                    Some(Attribution::Anonymous) => Some("not by name"),
                    _ => None,
                };
                let place = deed.place.as_ref().map(|place| format!("in {place}"));
                let (speaker, medium) = (deed.speaker.as_deref(), deed.medium.as_deref());
                let how = [speaker, medium, place.as_deref(), attribution];
                let how: Vec<&str> = how.into_iter().flatten().collect();
                let how = if how.is_empty() {
                    String::new()
                } else {
                    format!(" ({})", how.join("; "))
                };
                format!("said{how}: \u{201c}{}\u{201d}", deed.words)
            }
            Deed::ReplyDue(deed) => format!("awaits a reply of {}", self.seat_name(&deed.from)),
            Deed::Reply(deed) => format!(
                "replied on {}{}",
                deed.draft,
                if deed.formal { " formally" } else { "" }
            ),
            Deed::Silence(deed) => format!(
                "asked {} for silence on {} of {} until {}",
                self.seat_list(&deed.addressees),
                points_words(&deed.points),
                deed.draft,
                deed.expires
            ),
            Deed::Editorial(deed) => format!(
                "changed the words of {} of {}, no more: {}{}",
                points_words(&deed.points),
                deed.draft,
                deed.words,
                until_words(deed.expires.as_ref())
            ),
            Deed::Understanding(deed) => {
                let place = deed
                    .place
                    .as_ref()
                    .map_or(String::new(), |place| format!(" in {place}"));
                format!(
                    "put on record an understanding of {}{place}",
                    self.seat_list(&deed.between)
                )
            }
            Deed::Minute(deed) => format!("minuted {}: \u{201c}{}\u{201d}", deed.of, deed.words),
            Deed::Assess(deed) => {
                let verdict = match deed.verdict {
                    crate::act::Assessed::Met => "met",
                    crate::act::Assessed::Partly => "met in part",
                    crate::act::Assessed::NotMet => "not met",
                };
                let grade = match deed.grade {
                    Grade::Letter => "the letter",
                    Grade::Spirit => "the spirit",
                };
                let at = match &deed.points {
                    Some(points) => format!("{} of {}", points_words(points), deed.draft),
                    None => deed.draft.to_string(),
                };
                format!("assessed {grade} of {} on {at}: {verdict}", deed.tenet)
            }
            Deed::Gate(deed) => {
                let words = deed
                    .words
                    .as_ref()
                    .map_or(String::new(), |words| format!(": \u{201c}{words}\u{201d}"));
                format!("set a condition for the {}{words}", deed.event)
            }
            Deed::Override(deed) => {
                format!("set the condition {} aside: {}", deed.gate, deed.reason)
            }
            Deed::Briefing(deed) => {
                format!("has {} briefed", self.participant_name(&deed.recipient))
            }
            Deed::Consent(deed) => {
                format!(
                    "put on record that {} {} to {} of {}",
                    deed.of,
                    if deed.given {
                        "consents"
                    } else {
                        "does not consent"
                    },
                    points_words(&deed.points),
                    deed.draft
                )
            }
            Deed::Challenge(deed) => format!(
                "challenged the capacity of {}: {}",
                self.participant_name(&deed.of),
                deed.words
            ),
            Deed::Initial(deed) => match &deed.points {
                Some(points @ Points::Paths(_)) => {
                    format!("initialled {} of {}", points_words(points), deed.draft)
                }
                _ => format!("initialled {}", deed.draft),
            },
            Deed::Sign(deed) => format!("signed {}", deed.draft),
            Deed::Preference(deed) => {
                let whose = match &deed.party {
                    Some(party) if *party != act.seat => {
                        format!("estimated what {} prefers", self.seat_name(party))
                    }
                    _ => "said what it prefers".to_owned(),
                };
                format!("{whose} of what is open in {}", deed.draft)
            }
            Deed::Ratify(deed) => {
                let body = deed.body.as_deref();
                let by = body.map_or(String::new(), |body| format!(" by {body}"));
                match deed.state {
                    RatifyState::Submitted => format!(
                        "put {} before {}",
                        deed.draft,
                        body.unwrap_or("those who decide at home")
                    ),
                    RatifyState::Approved => format!("has {} approved{by}", deed.draft),
                    RatifyState::Rejected => format!("has {} rejected{by}", deed.draft),
                    RatifyState::Deposited => {
                        format!("deposited its ratification of {}", deed.draft)
                    }
                }
            }
            Deed::Correct(deed) => format!(
                "proposed a correction of {} of {}: \u{201c}{}\u{201d}{}",
                points_words(&deed.points),
                deed.draft,
                deed.wording,
                until_words(deed.expires.as_ref())
            ),
            Deed::Note(deed) => format!("noted: \u{201c}{}\u{201d}", deed.words),
            Deed::Question(deed) => format!("asked: \u{201c}{}\u{201d}", deed.words),
        };
        let group = act.on_behalf_of.as_ref();
        let group = group.filter(|_| !off("a group is named"));
        let class = act
            .communication
            .map(|class| format!(", {}", class.words()));
        let group = group.map(|group| format!(", on behalf of {group}"));
        match (class, group) {
            (None, None) => format!("{who} {what}"),
            (class, group) => {
                let aside = class.unwrap_or_default() + &group.unwrap_or_default();
                format!("{who}{aside}, {what}")
            }
        }
    }

    /// How far a mission got: an envoy that carries it on sends nobody.
    fn mission_sentence(&self, act: &Act, mission: &Mission) -> String {
        let whose = if act.person.as_ref() == Some(&mission.envoy) {
            "the mission".to_owned()
        } else {
            format!(
                "the mission of {}",
                self.person_name(mission.envoy.as_str())
            )
        };
        let to = self.participant_name(&mission.counterpart);
        match (mission.state, &mission.of) {
            (None | Some(MissionState::Ordered), None) => {
                let instructions = mission
                    .instructions
                    .as_ref()
                    .map_or(String::new(), |words| format!(", instructed: {words}"));
                let envoy = self.person_name(mission.envoy.as_str());
                format!("sent {envoy} to {to}{instructions}")
            }
            (None, Some(_)) => format!("carried on {whose} to {to}"),
            (Some(state), _) => {
                format!("put on record {whose} to {to}: {}", mission_word(state))
            }
        }
    }
}

/// Where a mission stands, in words.
pub(super) fn mission_word(state: MissionState) -> &'static str {
    match state {
        MissionState::Ordered => "ordered",
        MissionState::Scheduled => "scheduled",
        MissionState::Held => "held",
        MissionState::Reported => "reported on",
        MissionState::Cancelled => "called off",
    }
}

/// What a bracket is for, and where it can be closed.
pub(super) fn bracket_words(bracket: &BracketDeed) -> String {
    let reason = match bracket.reason {
        BracketReason::Language => "language",
        BracketReason::Level => "level",
        BracketReason::Time => "time",
        BracketReason::Substance => "substance",
        BracketReason::Waiting => "waiting for instructions",
        BracketReason::Traded => "traded against another point",
    };
    let level = bracket.level.as_ref();
    let level = level.map_or(String::new(), |level| {
        format!(", to be closed at the level of {level}")
    });
    format!("type {reason}{level}")
}

/// What a disagreement is about.
pub(super) fn type_word(kind: StanceType) -> &'static str {
    match kind {
        StanceType::Language => "language",
        StanceType::Level => "level",
        StanceType::Time => "time",
        StanceType::Substance => "substance",
        StanceType::Dependency => "dependency",
    }
}

fn stance_sentence(stance: &Stance) -> String {
    let verb = match verb(stance.stance) {
        "object" => "objected to",
        "endorse" => "endorsed",
        "accept" => "accepted",
        "accept ad referendum" => "accepted ad referendum",
        "propose wording" => "proposed a change of",
        "withhold a position" => "withheld its position on",
        _ => "reserved its position on",
    };
    let on = match (&stance.draft, &stance.points, &stance.text) {
        (Some(draft), Some(points), _) => format!("{} of {draft}", points_words(points)),
        (Some(draft), None, _) if stance.after.is_some() => format!("{draft}, by an insertion"),
        (Some(draft), None, _) => draft.to_string(),
        (None, _, Some(text)) => text.to_string(),
        (None, ..) => String::new(),
    };
    let qualified = match (stance.kind, stance.red_line) {
        (Some(kind), true) => format!(" (type {}; red line)", type_word(kind)),
        (Some(kind), false) => format!(" (type {})", type_word(kind)),
        (None, true) => " (red line)".to_owned(),
        (None, false) => String::new(),
    };
    let until = stance
        .until
        .as_ref()
        .map_or(String::new(), |until| format!(" until {until}"));
    let interest = stance
        .interest
        .as_ref()
        .map_or(String::new(), |why| format!(", because: {why}"));
    let wording = stance.wording.as_ref().map_or(String::new(), |wording| {
        if wording.is_empty() {
            ": to be deleted".to_owned()
        } else {
            format!(": \u{201c}{wording}\u{201d}")
        }
    });
    let reading = if stance.reading.is_empty() {
        String::new()
    } else {
        let chosen: Vec<String> = stance.reading.iter().map(ToString::to_string).collect();
        let chosen: Vec<&str> = chosen.iter().map(String::as_str).collect();
        format!(", read with alternative {}", super::list(&chosen))
    };
    format!("{verb} {on}{reading}{qualified}{until}{interest}{wording}")
}

/// The form of a meeting.
fn format_words(format: Format) -> &'static str {
    match format {
        Format::Proximity => "proximity talks",
        Format::Shuttle => "shuttle talks",
        Format::Visit => "a visit",
        Format::Summit => "a summit",
        Format::Bilateral | Format::Trilateral | Format::Plenary => "a meeting",
    }
}

fn until_words(expires: Option<&crate::when::When>) -> String {
    expires.map_or(String::new(), |expires| {
        format!(" (objections until {expires})")
    })
}

fn points_words(points: &Points) -> String {
    match points {
        Points::Whole => "the whole".to_owned(),
        Points::Paths(paths) => super::list(&paths.iter().map(String::as_str).collect::<Vec<_>>()),
    }
}

fn as_words(as_what: Option<&str>) -> String {
    as_what.map_or(String::new(), |what| format!(" ({what})"))
}

fn release_word(class: ReleaseClass) -> &'static str {
    match class {
        ReleaseClass::Hold => "hold",
        ReleaseClass::Use => "use",
        ReleaseClass::Pass => "pass",
        ReleaseClass::Publish => "publish",
    }
}

/// Why a position has no effect, in words.
pub(super) fn void_words(void: Void) -> &'static str {
    match void {
        Void::Withdrawn => "its seat withdrew it",
        Void::Denied => "it was reported, and its seat denies it",
        Void::BeyondPowers => "it is beyond its person's powers",
        Void::NonPaper => "it is in a non-paper, which states no position",
        Void::Taken => "it was taken up",
    }
}
