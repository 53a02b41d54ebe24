//! The words of what stands around a text: meetings, missions, conditions, claims, understandings. Each with a sign, so that
//! colour never says it alone.

use maud::{Markup, html};
use onetext_paper::state::{class, words};
use onetext_talks::{
    Assessed, Attribution, ClaimKind, Format, MissionState, PackageState, SessionState, Status,
    Verdict,
};
use words::Tone;

use crate::words::Words;

/// A word with its sign and its tone.
pub(crate) struct Term {
    sign: &'static str,
    pub(crate) word: String,
    tone: Tone,
}

impl Term {
    fn new(sign: &'static str, word: String, tone: Tone) -> Term {
        Term { sign, word, tone }
    }

    /// The class that colours a cell with it.
    pub(crate) fn class(&self) -> &'static str {
        class(self.tone)
    }

    /// The sign and the word, without a colour of their own.
    pub(crate) fn plain(&self) -> Markup {
        html! { @if !self.sign.is_empty() { span aria-hidden="true" { (self.sign) } " " } (self.word) }
    }

    /// As a coloured label.
    pub(crate) fn label(&self) -> Markup {
        html! { span class=(format!("label {}", self.class())) { (self.plain()) } }
    }
}

/// Where a meeting stands.
pub(crate) fn session(w: Words, state: SessionState) -> Term {
    let (sign, word) = match state {
        SessionState::Proposed => ("…", w.say("affairs-session-proposed")),
        SessionState::Discussed => ("…", w.say("affairs-session-discussed")),
        SessionState::Confirmed => ("✓", w.say("affairs-session-confirmed")),
        SessionState::Held => ("✓", w.say("affairs-session-held")),
        SessionState::Cancelled => ("–", w.say("affairs-session-cancelled")),
        SessionState::DidNotTakePlace => ("–", w.say("affairs-session-did-not-take-place")),
    };
    Term::new(sign, word, words::session(state).1)
}

/// The form of a meeting.
pub(crate) fn format(w: Words, format: Format) -> String {
    match format {
        Format::Bilateral => w.say("affairs-format-bilateral"),
        Format::Trilateral => w.say("affairs-format-trilateral"),
        Format::Plenary => w.say("affairs-format-plenary"),
        Format::Proximity => w.say("affairs-format-proximity"),
        Format::Shuttle => w.say("affairs-format-shuttle"),
        Format::Visit => w.say("affairs-format-visit"),
        Format::Summit => w.say("affairs-format-summit"),
    }
}

/// Where a mission stands.
pub(crate) fn mission(w: Words, state: MissionState) -> Term {
    let (sign, word, tone) = match state {
        MissionState::Ordered => ("…", w.say("affairs-mission-ordered"), Tone::Doubt),
        MissionState::Scheduled => ("…", w.say("affairs-mission-scheduled"), Tone::Doubt),
        MissionState::Held => ("~", w.say("affairs-mission-held"), Tone::Nearly),
        MissionState::Reported => ("✓", w.say("affairs-mission-reported"), Tone::Good),
        MissionState::Cancelled => ("–", w.say("affairs-mission-cancelled"), Tone::Quiet),
    };
    Term::new(sign, word, tone)
}

/// Whether a condition holds.
pub(crate) fn holds(w: Words, holds: Option<bool>) -> Term {
    let word = match holds {
        Some(true) => w.say("affairs-holds"),
        Some(false) => w.say("affairs-does-not-hold"),
        None => w.say("affairs-cannot-be-known"),
    };
    let (sign, _, tone) = words::holds(holds);
    Term::new(sign, word, tone)
}

/// Whether the record bears a claim out.
pub(crate) fn verdict(w: Words, verdict: Verdict) -> Term {
    let word = match verdict {
        Verdict::Supported => w.say("affairs-borne-out"),
        Verdict::Contradicted => w.say("affairs-not-borne-out"),
        Verdict::Unsupported => w.say("affairs-not-decidable"),
    };
    let (sign, _, tone) = words::verdict(verdict);
    Term::new(sign, word, tone)
}

/// What a claim says.
pub(crate) fn claim(w: Words, what: ClaimKind, value: Option<&str>) -> String {
    match (what, value) {
        (ClaimKind::OpenPoints, Some("few")) => w.say("affairs-claim-few"),
        (ClaimKind::OpenPoints, Some(count)) => {
            w.say_with("affairs-claim-count", &[("n", count.into())])
        }
        (ClaimKind::OpenPoints, None) => w.say("affairs-claim-open"),
        (ClaimKind::Phase, value) => w.say_with(
            "affairs-claim-phase",
            &[("phase", value.unwrap_or("?").into())],
        ),
        (ClaimKind::CommonUnderstanding, _) => w.say("affairs-claim-understanding"),
        (ClaimKind::Deadline, Some("none") | None) => w.say("affairs-claim-no-deadline"),
        (ClaimKind::Deadline, Some(date)) => {
            w.say_with("affairs-claim-deadline", &[("date", date.into())])
        }
        (ClaimKind::Received, _) => w.say("affairs-claim-received"),
        (ClaimKind::Accepted, _) => w.say("affairs-claim-accepted"),
    }
}

/// To whom something that was said is attributed.
pub(crate) fn attribution(w: Words, attribution: Attribution) -> String {
    match attribution {
        Attribution::OnRecord => w.say("affairs-said-on-record"),
        Attribution::Anonymous => w.say("affairs-said-anonymous"),
        Attribution::Collective => w.say("affairs-said-collective"),
        Attribution::SecondHand => w.say("affairs-said-second-hand"),
    }
}

/// The verdict on a tenet.
pub(crate) fn assessed(w: Words, verdict: Option<Assessed>) -> Term {
    let (sign, word) = match verdict {
        None => ("?", w.say("affairs-not-assessed")),
        Some(Assessed::Met) => ("✓", w.say("affairs-met")),
        Some(Assessed::Partly) => ("~", w.say("affairs-met-in-part")),
        Some(Assessed::NotMet) => ("✗", w.say("affairs-not-met")),
    };
    Term::new(sign, word, words::assessed(verdict).1)
}

/// Where a package stands.
pub(crate) fn package(w: Words, state: PackageState) -> Term {
    let (sign, word, tone) = match state {
        PackageState::Open => ("…", w.say("affairs-package-open"), Tone::Doubt),
        PackageState::Accepted => ("✓", w.say("affairs-package-accepted"), Tone::Good),
        PackageState::Partial => ("~", w.say("affairs-package-partial"), Tone::Nearly),
        PackageState::Lapsed => ("✗", w.say("affairs-package-lapsed"), Tone::Bad),
        PackageState::Withdrawn => ("–", w.say("affairs-package-withdrawn"), Tone::Quiet),
    };
    Term::new(sign, word, tone)
}

/// A sentence that the record makes: it has one language, English, whatever the page's.
pub(crate) fn told(words: &str) -> Markup {
    html! { span lang="en" dir="auto" { (words) } }
}

/// A time as written: spans with a dash.
pub(crate) fn when(when: &onetext_talks::When) -> Markup {
    html! { bdi class="nowrap" { (when.as_str().replace('/', " – ")) } }
}

/// The name of a seat or a person; else the handle, which may be free words.
pub(crate) fn name<'s>(status: &'s Status, handle: &'s str) -> &'s str {
    let seats = status.seats.iter();
    let persons = status.persons.iter();
    let names = seats
        .map(|seat| (seat.id.as_str(), &seat.name))
        .chain(persons.map(|person| (person.id.as_str(), &person.name)));
    let mut named = names.filter(|(id, name)| *id == handle && !name.is_empty());
    named.next().map_or(handle, |(_, name)| name)
}

/// Names one after the other, each in its own direction.
pub(crate) fn names<'s>(
    w: Words,
    status: &'s Status,
    handles: impl IntoIterator<Item = &'s str>,
) -> Markup {
    html! { @for (place, handle) in handles.into_iter().enumerate() { @if place > 0 { (w.comma()) } bdi { (name(status, handle)) } } }
}

/// Whether a handle is this seat or a person of it.
pub(crate) fn is_of(status: &Status, handle: &str, seat: &str) -> bool {
    handle == seat
        || status
            .persons
            .iter()
            .any(|person| person.id.as_str() == handle && person.seat.as_str() == seat)
}
