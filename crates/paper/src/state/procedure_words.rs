//! The field's words for procedures: silence, editorial changes, corrections; and for the end of a text.

use onetext_talks::{
    ClosingStatus, Mark, PartyClosing, PersonId, ProcedureKind, ProcedureState, RatificationStep,
    RatifyState, Status, TextStatus,
};

use super::words::{Tone, when};

/// What a procedure is.
#[must_use]
pub fn procedure(kind: ProcedureKind) -> &'static str {
    match kind {
        ProcedureKind::Silence => "silence procedure",
        ProcedureKind::Editorial => "editorial change",
        ProcedureKind::Correction => "correction",
    }
}

/// Where a procedure stands: a sign, a word, and how it looks.
#[must_use]
pub fn procedure_state(state: ProcedureState) -> (&'static str, &'static str, Tone) {
    match state {
        ProcedureState::Running => ("?", "running", Tone::Doubt),
        ProcedureState::Ended => ("✓", "ended", Tone::Good),
        ProcedureState::Broken => ("✗", "broken", Tone::Bad),
        ProcedureState::Withdrawn => ("·", "withdrawn", Tone::Quiet),
        ProcedureState::WithoutEffect => ("✗", "without effect", Tone::Bad),
    }
}

/// The texts that are closed, or towards whose end something was done.
#[must_use]
pub fn near_their_end(status: &Status) -> Vec<(&TextStatus, &ClosingStatus)> {
    let texts = status.texts.iter();
    let closing = texts.filter_map(|text| Some((text, text.closing.as_ref()?)));
    let near = closing.filter(|(_, closing)| {
        let done = |party: &PartyClosing| {
            !(party.initials.is_empty()
                && party.signatures.is_empty()
                && party.ratification.is_empty())
        };
        closing.closed || closing.parties.values().any(done)
    });
    near.collect()
}

/// How far a text came: a sign, a word, and how it looks.
#[must_use]
pub fn closing_step(closing: &ClosingStatus) -> (&'static str, &'static str, Tone) {
    match closing {
        ClosingStatus { in_force: true, .. } => ("✓", "in force", Tone::Good),
        ClosingStatus { signed: true, .. } => ("✓", "signed", Tone::Good),
        ClosingStatus {
            closed: true,
            initialled: true,
            ..
        } => ("✓", "closed and initialled", Tone::Good),
        ClosingStatus { closed: true, .. } => ("✓", "closed", Tone::Good),
        ClosingStatus {
            initialled: true, ..
        } => ("~", "initialled, not closed", Tone::Nearly),
        _ => ("?", "not closed", Tone::Doubt),
    }
}

/// What a party did towards the end of a text, one line each, without its name.
#[must_use]
pub fn party_closing<'p>(
    party: &'p PartyClosing,
    person: &dyn Fn(&'p PersonId) -> String,
) -> Vec<String> {
    let initials = party.initials.iter().map(|mark| ("initialled", mark));
    let signatures = party.signatures.iter().map(|mark| ("signed", mark));
    let marks = initials.chain(signatures);
    let mut lines: Vec<String> = marks.map(|(did, mark)| told(did, mark, person)).collect();
    lines.extend(party.ratification.iter().map(ratification));
    lines
}

fn told<'p>(did: &str, mark: &'p Mark, person: &dyn Fn(&'p PersonId) -> String) -> String {
    let who = mark.person.as_ref();
    let who = who.map_or(String::new(), |id| format!(" by {}", person(id)));
    let because = match (&mark.because, mark.counts) {
        (None, _) => String::new(),
        (Some(because), true) => format!("; {because}"),
        (Some(because), false) => format!("; it does not count: {because}"),
    };
    format!("{did} {}{who} on {}{because}", mark.draft, when(&mark.on))
}

fn ratification(step: &RatificationStep) -> String {
    let body = step.body.as_deref();
    let by = body.map_or(String::new(), |body| format!(" by {body}"));
    let said = match step.state {
        RatifyState::Submitted => format!(
            "put it before {}",
            body.unwrap_or("those who decide at home")
        ),
        RatifyState::Approved => format!("has it approved{by}"),
        RatifyState::Rejected => format!("has it rejected{by}"),
        RatifyState::Deposited => "deposited its ratification".to_owned(),
    };
    let counts = if step.counts {
        ""
    } else {
        "; it does not count: it is reported, or on another draft"
    };
    format!("{said} on {}{counts}", when(&step.on))
}
