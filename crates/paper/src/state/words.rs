//! The field's words for what the record says: one place, so that screen, page and paper say the same.

use onetext_talks::{
    ActCard, Alert, AlertKind, Assessed, Attested, Attribution, Basis, ByType, CellStance,
    CellStatus, Channel, ClaimKind, ConditionState, DeniedStance, EarlierVerdict, Exposure, Format,
    Interval, MissionState, ObligationState, PackageState, PointStatus, ProvisionStatus,
    ReleaseClass, Role, SeatId, SessionState, Stage, StanceType, StatementStatus, Status, TextKind,
    TextStatus, Verdict, VersionCard, When,
};

pub use super::procedure_words::{
    closing_step, near_their_end, party_closing, procedure, procedure_state,
};

/// What a word is worth at a glance. Colour says it too, never alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    /// Agreed, holds, borne out.
    Good,
    /// Nearly: ad referendum, in principle.
    Nearly,
    /// Open: nobody can say.
    Doubt,
    /// Disputed, does not hold.
    Bad,
    /// Nothing to see.
    Quiet,
    /// A word like any other.
    Plain,
}

/// The state of a point.
#[must_use]
pub fn status(status: PointStatus) -> &'static str {
    match status {
        PointStatus::Disputed => "disputed",
        PointStatus::Unknown => "unknown",
        PointStatus::AgreedAdRef => "agreed ad referendum",
        PointStatus::Agreed => "provisionally agreed",
    }
}

/// A language version of the latest draft, and how far it is behind or ahead.
#[must_use]
pub fn version(version: &VersionCard) -> String {
    let language = version
        .language
        .as_ref()
        .map_or(String::new(), |language| format!(" ({language})"));
    let paths = |paths: &[String]| list(&paths.iter().map(String::as_str).collect::<Vec<_>>());
    let mut told = format!("Language version {}{language}", version.draft);
    if !version.behind.is_empty() {
        let behind = paths(&version.behind);
        told.push_str(&format!("; not yet changed as the draft is: {behind}"));
    }
    if !version.ahead.is_empty() {
        let ahead = paths(&version.ahead);
        told.push_str(&format!("; changed where the draft is not: {ahead}"));
    }
    told.push('.');
    told
}

/// The status of a point of a text at this stage: nothing is agreed before everything is, and then it is (law 7).
#[must_use]
pub fn status_at(of: PointStatus, stage: Stage) -> &'static str {
    match (of, stage) {
        (PointStatus::Agreed, Stage::Final) => "agreed",
        _ => status(of),
    }
}

/// The same where there is little room.
#[must_use]
pub fn status_short(status: PointStatus) -> &'static str {
    match status {
        PointStatus::Disputed => "disputed",
        PointStatus::Unknown => "unknown",
        PointStatus::AgreedAdRef => "ad referendum",
        PointStatus::Agreed => "prov. agreed",
    }
}

/// A sign beside the word.
#[must_use]
pub fn status_sign(status: PointStatus) -> &'static str {
    match status {
        PointStatus::Disputed => "✗",
        PointStatus::Unknown => "?",
        PointStatus::AgreedAdRef => "~",
        PointStatus::Agreed => "✓",
    }
}

/// How a state looks at a glance.
#[must_use]
pub fn status_tone(status: PointStatus) -> Tone {
    match status {
        PointStatus::Disputed => Tone::Bad,
        PointStatus::Unknown => Tone::Doubt,
        PointStatus::AgreedAdRef => Tone::Nearly,
        PointStatus::Agreed => Tone::Good,
    }
}

/// A position.
#[must_use]
pub fn stance(stance: CellStance) -> &'static str {
    match stance {
        CellStance::Objected => "objected",
        CellStance::Proposed => "proposed",
        CellStance::Reserved => "reserved",
        CellStance::Withheld => "withheld",
        CellStance::NotKnown => "not known",
        CellStance::NoReply => "no reply",
        CellStance::Lapsed => "lapsed",
        CellStance::Endorsed => "endorsed",
        CellStance::AcceptedOnCondition => "accepted on condition",
        CellStance::AcceptedAdRef => "accepted ad referendum",
        CellStance::Accepted => "accepted",
    }
}

/// An objection beyond which the seat will not go, where there is little room.
pub const RED_LINE: &str = "red line";

/// An acceptance that is to be confirmed at home, where there is little room.
pub const AD_REFERENDUM: &str = "ad referendum";

/// The position in a cell, with its red line and what it is about, as the room allows.
#[must_use]
pub fn cell(cell: &CellStatus, short: bool) -> String {
    if short && cell.red_line && cell.stance == CellStance::Objected {
        return RED_LINE.to_owned();
    }
    let word = match (cell.stance, short) {
        (CellStance::AcceptedOnCondition, true) => "on condition",
        (CellStance::AcceptedAdRef, true) => AD_REFERENDUM,
        (other, _) => stance(other),
    };
    let mut out = word.to_owned();
    if cell.red_line {
        out.push_str(" (red line)");
    } else if let (Some(kind), false) = (cell.kind, short) {
        out.push_str(" (");
        out.push_str(stance_type(kind));
        out.push(')');
    }
    out
}

/// How a position looks at a glance.
#[must_use]
pub fn stance_tone(stance: CellStance) -> Tone {
    match stance {
        CellStance::Objected | CellStance::Proposed | CellStance::Reserved => Tone::Bad,
        CellStance::Withheld | CellStance::Lapsed => Tone::Doubt,
        CellStance::NotKnown | CellStance::NoReply => Tone::Quiet,
        CellStance::Endorsed | CellStance::AcceptedOnCondition | CellStance::AcceptedAdRef => {
            Tone::Nearly
        }
        CellStance::Accepted => Tone::Good,
    }
}

/// How a cell looks at a glance: a seat that reserves its position for want of time or level disputes nothing.
#[must_use]
pub fn cell_tone(cell: &CellStatus) -> Tone {
    match (cell.stance, cell.kind) {
        (CellStance::Reserved, Some(StanceType::Time | StanceType::Level)) => Tone::Doubt,
        (stance, _) => stance_tone(stance),
    }
}

/// What a disagreement is about.
#[must_use]
pub fn stance_type(kind: StanceType) -> &'static str {
    match kind {
        StanceType::Language => "language",
        StanceType::Level => "level",
        StanceType::Time => "time",
        StanceType::Substance => "substance",
        StanceType::Dependency => "dependency",
    }
}

/// Who wrote it down.
#[must_use]
pub fn attested(attested: Attested) -> &'static str {
    match attested {
        Attested::Reported => "reported",
        Attested::ReadBack => "confirmed by read-back",
        Attested::Own => "in its own hand",
    }
}

/// What a view rests on.
#[must_use]
pub fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Record => "the record",
        Basis::View => "this seat's view",
    }
}

/// The stage of a text or of the process.
#[must_use]
pub fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Open => "open",
        Stage::FinalStage => "in its final stage",
        Stage::Final => "final",
    }
}

/// How a stage looks at a glance.
#[must_use]
pub fn stage_tone(stage: Stage) -> Tone {
    match stage {
        Stage::Open => Tone::Doubt,
        Stage::FinalStage => Tone::Nearly,
        Stage::Final => Tone::Good,
    }
}

/// The role of a seat.
#[must_use]
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Mediator => "mediator",
        Role::Party => "party",
        Role::Observer => "observer",
    }
}

/// What a text is.
#[must_use]
pub fn text_kind(kind: TextKind) -> &'static str {
    match kind {
        TextKind::Main => "main text",
        TextKind::Side => "side document",
        TextKind::Annex => "annex",
        TextKind::Input => "counter-text",
        TextKind::Precedent => "precedent",
    }
}

/// An interval: `3 to 19`, or `3` where nothing is unknown.
#[must_use]
pub fn interval(interval: Interval) -> String {
    if interval.min == interval.max {
        interval.min.to_string()
    } else {
        format!("{} to {}", interval.min, interval.max)
    }
}

/// Disputed points by what they are about: `2 on substance, 1 unspecified`; empty where none is disputed.
#[must_use]
pub fn by_type(counts: &ByType) -> String {
    let named = [
        (counts.level, "on level"),
        (counts.substance, "on substance"),
        (counts.time, "on time"),
        (counts.dependency, "depending on another point"),
        (counts.language, "on language"),
        (counts.unspecified, "with no type stated"),
    ];
    let parts: Vec<String> = named
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| format!("{count} {name}"))
        .collect();
    parts.join(", ")
}

/// By which way a draft came.
#[must_use]
pub fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Official => "officially",
        Channel::Unofficial => "unofficially",
        Channel::Press => "through the press",
    }
}

/// How a seat came by a draft: `officially 2025-11-23, Geneva`.
#[must_use]
pub fn given(exposure: &Exposure) -> String {
    let mut out = match exposure.channel {
        Some(way) => format!("{} {}", channel(way), when(&exposure.on)),
        None => when(&exposure.on),
    };
    if let Some(place) = &exposure.place {
        out.push_str(", ");
        out.push_str(place);
    }
    if let Some(copy) = &exposure.copy_of {
        out.push_str(" (own copy, same as ");
        out.push_str(copy.as_str());
        out.push(')');
    }
    out
}

/// A time: spans read `2025-11-22 to 2025-11-23`.
#[must_use]
pub fn when(when: &When) -> String {
    when.as_str().replace('/', " to ")
}

/// Whether a condition holds.
#[must_use]
pub fn holds(holds: Option<bool>) -> (&'static str, &'static str, Tone) {
    match holds {
        Some(true) => ("✓", "holds", Tone::Good),
        Some(false) => ("✗", "does not hold", Tone::Bad),
        None => ("?", "cannot be known from this seat", Tone::Doubt),
    }
}

/// Whether the record bears a claim out.
#[must_use]
pub fn verdict(verdict: Verdict) -> (&'static str, &'static str, Tone) {
    match verdict {
        Verdict::Supported => ("✓", "borne out by the record", Tone::Good),
        Verdict::Contradicted => ("✗", "not borne out by the record", Tone::Bad),
        Verdict::Unsupported => ("?", "not decidable on the record", Tone::Doubt),
    }
}

/// What a claim says, in words.
#[must_use]
pub fn claim(what: ClaimKind, value: Option<&str>) -> String {
    match (what, value) {
        (ClaimKind::OpenPoints, Some("few")) => "few points remain open".to_owned(),
        (ClaimKind::OpenPoints, Some(count)) => format!("{count} points remain open"),
        (ClaimKind::OpenPoints, None) => "points remain open".to_owned(),
        (ClaimKind::Phase, value) => {
            format!("the talks are in the {} phase", value.unwrap_or("named"))
        }
        (ClaimKind::CommonUnderstanding, _) => "there is a common understanding".to_owned(),
        (ClaimKind::Deadline, Some("none") | None) => "there is no deadline".to_owned(),
        (ClaimKind::Deadline, Some(date)) => format!("the deadline is {date}"),
        (ClaimKind::Received, _) => "the draft was received".to_owned(),
        (ClaimKind::Accepted, _) => "the draft was accepted".to_owned(),
    }
}

/// Where an awaited reply stands.
#[must_use]
pub fn obligation(state: ObligationState) -> (&'static str, Tone) {
    match state {
        ObligationState::NotDue => ("not due yet", Tone::Quiet),
        ObligationState::None => ("awaited, not given", Tone::Bad),
        ObligationState::Given => ("given", Tone::Good),
    }
}

/// Where a meeting stands.
#[must_use]
pub fn session(state: SessionState) -> (&'static str, Tone) {
    match state {
        SessionState::Proposed => ("proposed", Tone::Doubt),
        SessionState::Discussed => ("discussed", Tone::Doubt),
        SessionState::Confirmed => ("confirmed", Tone::Good),
        SessionState::Held => ("held", Tone::Good),
        SessionState::Cancelled => ("cancelled", Tone::Quiet),
        SessionState::DidNotTakePlace => ("did not take place", Tone::Quiet),
    }
}

/// The form of a meeting.
#[must_use]
pub fn format(format: Format) -> &'static str {
    match format {
        Format::Bilateral => "bilateral meeting",
        Format::Trilateral => "trilateral meeting",
        Format::Plenary => "plenary",
        Format::Proximity => "proximity talks",
        Format::Shuttle => "shuttle",
        Format::Visit => "visit",
        Format::Summit => "summit",
    }
}

/// Where a mission stands.
#[must_use]
pub fn mission(state: MissionState) -> &'static str {
    match state {
        MissionState::Ordered => "ordered",
        MissionState::Scheduled => "scheduled",
        MissionState::Held => "held",
        MissionState::Reported => "reported",
        MissionState::Cancelled => "cancelled",
    }
}

/// Where a package stands.
#[must_use]
pub fn package(state: PackageState) -> &'static str {
    match state {
        PackageState::Open => "open",
        PackageState::Accepted => "accepted whole",
        PackageState::Partial => "accepted by some",
        PackageState::Lapsed => "lapsed: its wording changed",
        PackageState::Withdrawn => "withdrawn",
    }
}

/// How far the condition of an acceptance is met.
#[must_use]
pub fn condition(state: ConditionState) -> &'static str {
    match state {
        ConditionState::NotMet => "not met",
        ConditionState::MetAdReferendum => "met ad referendum",
        ConditionState::Met => "met",
    }
}

/// The verdict on a tenet.
#[must_use]
pub fn assessed(verdict: Option<Assessed>) -> (&'static str, Tone) {
    match verdict {
        None => ("not assessed", Tone::Doubt),
        Some(Assessed::Met) => ("met", Tone::Good),
        Some(Assessed::Partly) => ("met in part", Tone::Nearly),
        Some(Assessed::NotMet) => ("not met", Tone::Bad),
    }
}

/// The verdict on a tenet; where there is none, the last one on words that have changed since.
#[must_use]
pub fn tenet(verdict: Option<Assessed>, earlier: Option<&EarlierVerdict>) -> String {
    let word = assessed(verdict).0;
    earlier.map_or_else(
        || word.to_owned(),
        |earlier| {
            let then = assessed(Some(earlier.verdict)).0;
            format!("{word} ({then} on earlier words, {})", earlier.draft)
        },
    )
}

/// That no seat confirmed a meeting, as far as the view can say so.
#[must_use]
pub fn unconfirmed(basis: Basis) -> &'static str {
    match basis {
        Basis::Record => "no seat has confirmed it",
        Basis::View => "no confirmation is known here",
    }
}

/// What was said without saying that something is so.
#[must_use]
pub fn without_claims(status: &Status) -> Vec<&StatementStatus> {
    let said = status.statements.iter();
    said.filter(|statement| statement.claims.is_empty())
        .collect()
}

/// What to say of a text of which the viewer was given no draft.
#[must_use]
pub fn no_draft(text: &TextStatus, viewer: &SeatId) -> String {
    if text.issuer != *viewer {
        return "Known by name only; no draft has been given to this seat.".to_owned();
    }
    let working = text.drafts.iter().filter(|draft| draft.working);
    let working: Vec<&str> = working.map(|draft| draft.id.as_str()).collect();
    match working.as_slice() {
        [] => "This seat issues it; no draft has been issued yet.".to_owned(),
        working => format!(
            "This seat issues it; no draft has been given to another seat yet. Working drafts: {}.",
            list(working)
        ),
    }
}

/// An alert, as a heading.
#[must_use]
pub fn alert(kind: AlertKind) -> &'static str {
    match kind {
        AlertKind::Reintroduced => "objected to before",
        AlertKind::UnseenStance => "position on a draft not received",
        AlertKind::Dropped => "gone from the draft",
        AlertKind::BracketRemoved => "bracket removed",
        AlertKind::BeyondPowers => "beyond powers",
        AlertKind::BelowLevel => "below the final level",
        AlertKind::GateTension => "meeting before its condition",
        AlertKind::MandateDiffers => "mandate and meeting differ",
        AlertKind::TermsDiffer => "linked texts use different terms",
        AlertKind::AccountsConflict => "accounts conflict",
        AlertKind::ConflictingActs => "positions that conflict",
        AlertKind::ConditionContradicted => "condition that cannot be met",
        AlertKind::PackagePartial => "package accepted by some only",
        AlertKind::PackageLapsed => "package lapsed",
        AlertKind::Conduct => "rule of conduct not kept",
    }
}

/// Names as a list in a sentence: `a, b and c`; `nobody` where there is none.
#[must_use]
pub fn list<T: std::fmt::Display>(names: &[T]) -> String {
    match names {
        [] => "nobody".to_owned(),
        [one] => one.to_string(),
        [most @ .., last] => {
            let most: Vec<String> = most.iter().map(ToString::to_string).collect();
            format!("{} and {last}", most.join(", "))
        }
    }
}

/// `1 point`, `2 points`.
#[must_use]
pub fn count(number: u64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// How far something may travel.
#[must_use]
pub fn release(class: ReleaseClass) -> &'static str {
    match class {
        ReleaseClass::Hold => "on hold: stays in the room",
        ReleaseClass::Use => "may shape the text, unattributed",
        ReleaseClass::Pass => "may be told to those named",
        ReleaseClass::Publish => "may be told to anyone",
    }
}

/// How a seat came by a draft, without what its copy equals.
#[must_use]
pub fn given_simply(exposure: &Exposure) -> String {
    given(&Exposure {
        copy_of: None,
        ..exposure.clone()
    })
}

/// An act in one line: when, who, what; where it is recorded, and by whom it was written down.
#[must_use]
pub fn act(act: &ActCard) -> String {
    let travels = act
        .release
        .map(|class| format!("; {}", release(class)))
        .unwrap_or_default();
    let who = if act.text.starts_with(act.by.as_str()) {
        String::new()
    } else {
        format!("{}: ", act.by)
    };
    format!(
        "{}  {who}{} [{}, in room {}, written down by {}{travels}]",
        when(&act.on),
        act.text,
        act.id,
        act.room,
        act.recorded_by
    )
}

/// An alert as a sentence that says what it is about.
#[must_use]
pub fn alert_text(alert: &Alert) -> String {
    let said = |about: &String| {
        let spoken = about.replace('#', " ");
        alert.text.contains(about.as_str()) || alert.text.contains(&spoken)
    };
    if alert.about.is_empty() || alert.about.iter().any(said) {
        alert.text.clone()
    } else {
        format!("{} ({})", alert.text, alert.about.join(", "))
    }
}

/// What parties of a text are said to have held and deny, each with the provisions it is about: of a provision and
/// what stands below it, the provision alone.
#[must_use]
pub fn denied(text: &TextStatus) -> Vec<((&SeatId, &DeniedStance), Vec<&str>)> {
    fn walk<'a>(
        provision: &'a ProvisionStatus,
        above: Option<&'a ProvisionStatus>,
        found: &mut Vec<((&'a SeatId, &'a DeniedStance), Vec<&'a str>)>,
    ) {
        for (seat, cell) in &provision.stances {
            let over = above.and_then(|above| above.stances.get(seat));
            for denied in &cell.denied {
                if over.is_some_and(|over| over.denied.contains(denied)) {
                    continue;
                }
                match found.iter_mut().find(|(known, _)| *known == (seat, denied)) {
                    Some((_, paths)) => paths.push(&provision.path),
                    None => found.push(((seat, denied), vec![&provision.path])),
                }
            }
        }
        for child in &provision.children {
            walk(child, Some(provision), found);
        }
    }
    let mut found = Vec::new();
    for provision in &text.provisions {
        walk(provision, None, &mut found);
    }
    found
}

/// A denied position in a sentence, given the names of its seat and of the seat that wrote it down.
#[must_use]
pub fn denial(denied: &DeniedStance, seat: &str, recorder: &str) -> String {
    let on = denied
        .draft
        .as_ref()
        .map_or(String::new(), |draft| format!(" on {draft}"));
    format!(
        "{recorder} wrote down that {seat} {} ({}{on}); {} denied it, {}",
        stance(denied.stance),
        when(&denied.on),
        denied.denied_by,
        when(&denied.denied_on)
    )
}

/// Who a statement is attributed to, in words.
#[must_use]
pub fn attribution(attribution: Attribution) -> &'static str {
    match attribution {
        Attribution::OnRecord => "on the record",
        Attribution::Anonymous => "not by name",
        Attribution::Collective => "collectively",
        Attribution::SecondHand => "at second hand",
    }
}

/// Who spoke, and the seat it stands on record for: `Astri Vemmel, Helmark`. The seat alone where nobody is named, or where
/// the name is the seat's.
#[must_use]
pub fn speaker(speaker: Option<&str>, seat: &str) -> String {
    match speaker {
        Some(name) if name != seat => format!("{name}, {seat}"),
        _ => seat.to_owned(),
    }
}

/// Who said it, when, and how it is attributed: `Astri Vemmel, Helmark, 2031-03-06, on the record`.
#[must_use]
pub fn said_by(statement: &StatementStatus, seat: &str) -> String {
    let mut parts = vec![speaker(statement.speaker.as_deref(), seat)];
    parts.push(when(&statement.on));
    parts.extend(statement.medium.iter().cloned());
    parts.extend(statement.place.iter().cloned());
    parts.extend(statement.attribution.map(|how| attribution(how).to_owned()));
    parts.join(", ")
}

/// Texts in the order in which people look at them: the main one, what the whole needs, the others.
#[must_use]
pub fn in_order(texts: &[TextStatus]) -> Vec<&TextStatus> {
    let mut ordered: Vec<&TextStatus> = texts.iter().collect();
    ordered.sort_by_key(|text| {
        (
            text.kind != TextKind::Main,
            text.required != Some(true),
            text.kind,
        )
    });
    ordered
}

/// Whether the points of a text are counted: a counter-text is kept beside, and so is a precedent.
#[must_use]
pub fn counted(text: &TextStatus) -> bool {
    !matches!(text.kind, TextKind::Input | TextKind::Precedent)
}

/// The latest draft and its day: `v2 of 2031-03-01`.
#[must_use]
pub fn latest(text: &TextStatus) -> Option<String> {
    let latest = text.latest.as_ref()?;
    let card = text.drafts.iter().find(|draft| &draft.id == latest);
    Some(match card.and_then(|card| card.on.as_ref()) {
        Some(on) => format!("{latest} of {}", when(on)),
        None => latest.to_string(),
    })
}

/// What a seat was given, without what was given twice in the same way: in two rooms, say.
#[must_use]
pub fn once_each(given: &[Exposure]) -> Vec<&Exposure> {
    let mut kept: Vec<&Exposure> = Vec::new();
    for one in given {
        let known = |other: &&Exposure| {
            other.draft == one.draft && given_simply(other) == given_simply(one)
        };
        if !kept.iter().any(known) {
            kept.push(one);
        }
    }
    kept
}
