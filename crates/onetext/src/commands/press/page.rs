//! A report for reading: statements first, then meetings, missions, texts, and what other accounts say.

use onetext_desk::{Compared, Meeting, Mentioned, Mission, Report, Statement};

use crate::commands::harmless;
use crate::failure::Failure;
use crate::out::Out;

/// Shows a report.
pub(super) fn page(report: &Report, out: &mut Out) -> Result<(), Failure> {
    let day = report
        .date
        .as_deref()
        .map_or(String::new(), |day| format!(", {day}"));
    out.line(&harmless(&format!("{}{day}", report.file)))?;
    let statements = report.statements.iter().map(said);
    list("Said", statements, out)?;
    list("Meetings", report.meetings.iter().map(met), out)?;
    if !report.missions.is_empty() {
        list("Missions", report.missions.iter().map(sent), out)?;
    }
    if !report.texts.is_empty() {
        list("Texts mentioned", report.texts.iter().map(mentioned), out)?;
    }
    compared(&report.compared, out)
}

/// What to do with what was shown.
pub(super) fn ending(out: &mut Out) -> Result<(), Failure> {
    out.line("\nThese are proposals: -C DIR asks of each whether to put it on record, --draft OUT.toml writes them as a dossier to edit.")
}

fn list(heading: &str, lines: impl Iterator<Item = String>, out: &mut Out) -> Result<(), Failure> {
    out.line(&format!("\n{heading}"))?;
    for line in lines {
        out.line(&harmless(&line))?;
    }
    Ok(())
}

/// Accounts side by side: what is told again, and what differs.
pub(super) fn compared(compared: &Compared, out: &mut Out) -> Result<(), Failure> {
    if compared.is_empty() {
        return Ok(());
    }
    let renderings = compared.renderings.iter().map(|rendering| {
        let words = rendering.words.join(", ");
        format!(
            "  told again: {} and {}, of one speaker ({words})",
            rendering.one, rendering.other
        )
    });
    let conflicts = compared.conflicts.iter().map(|conflict| {
        format!(
            "  differ on {}: {} and {}: {}",
            conflict.on, conflict.one, conflict.other, conflict.because
        )
    });
    list("Side by side", renderings.chain(conflicts), out)
}

pub(super) fn said(statement: &Statement) -> String {
    let words: String = statement
        .text
        .split_whitespace()
        .collect::<Vec<&str>>()
        .join(" ");
    let words = if statement.verbatim {
        format!("“{words}”")
    } else {
        words
    };
    let mut about = vec![statement.attribution.to_owned()];
    about.extend(statement.seat.as_ref().map(|seat| format!("seat {seat}")));
    about.extend(statement.medium.clone());
    about.extend(statement.place.as_ref().map(|place| place.text.clone()));
    about.extend(
        statement
            .when
            .as_ref()
            .map(|when| when.on.clone().unwrap_or_else(|| when.text.clone())),
    );
    about.extend(statement.claims.iter().map(|claim| match &claim.value {
        Some(value) => format!("claims {} {value}", claim.what),
        None => format!("claims {}", claim.what),
    }));
    if !statement.points.is_empty() {
        about.push(format!("may concern {}", statement.points.join(" ")));
    }
    format!(
        "  {:>3.0} %  {}: {words} [{}]",
        statement.sure * 100.0,
        statement.speaker.as_deref().unwrap_or("speaker not told"),
        about.join(", ")
    )
}

pub(super) fn met(meeting: &Meeting) -> String {
    let place = meeting
        .place
        .as_deref()
        .map_or(String::new(), |place| format!(", {place}"));
    let when = meeting.when.as_ref().map_or(String::new(), |when| {
        format!(", {}", when.on.as_deref().unwrap_or(&when.text))
    });
    let who = if meeting.participants.is_empty() {
        "participants not told".to_owned()
    } else {
        meeting.participants.join(" and ")
    };
    let answers = [
        ("confirmed by", &meeting.confirmed_by),
        ("discussed, says", &meeting.discussed_by),
        ("denied by", &meeting.denied_by),
    ];
    let answers: Vec<String> = answers
        .into_iter()
        .filter(|(_, names)| !names.is_empty())
        .map(|(how, names)| format!("{how} {}", names.join(" and ")))
        .collect();
    let answers = match answers.as_slice() {
        [] => String::new(),
        answers => format!(" [{}]", answers.join("; ")),
    };
    format!(
        "  {:>3.0} %  {}: {who}{place}{when}{answers}",
        meeting.sure * 100.0,
        meeting.state
    )
}

pub(super) fn sent(mission: &Mission) -> String {
    let or = |name: Option<&str>, otherwise: &str| name.unwrap_or(otherwise).to_owned();
    let place = mission
        .place
        .as_deref()
        .map_or(String::new(), |place| format!(", {place}"));
    let by = mission
        .ordered_by
        .as_deref()
        .map_or(String::new(), |by| format!(" [sent by {by}]"));
    format!(
        "  {:>3.0} %  {}: {} to {}{place}{by}",
        mission.sure * 100.0,
        mission.state,
        or(mission.envoy.as_deref(), "an envoy not told"),
        or(mission.counterpart.as_deref(), "a side not told")
    )
}

pub(super) fn mentioned(text: &Mentioned) -> String {
    let words: Vec<&str> = text.text.split_whitespace().collect();
    let mut about = vec![text.kind.clone()];
    about.extend(text.points.map(|points| format!("{points} points")));
    about.extend(text.date.as_ref().map(|date| match &date.on {
        Some(on) => format!("of {on}"),
        None => format!("of {}", date.text),
    }));
    about.extend(text.attributed_to.as_ref().map(|who| format!("by {who}")));
    if text.mentions.len() > 1 {
        about.push(format!("{} times", text.mentions.len()));
    }
    about.extend(text.record.as_ref().map(|known| {
        let name = known.draft.as_ref().unwrap_or(&known.text);
        format!("may be {name} by its {}", known.because)
    }));
    format!(
        "  {:>3.0} %  {} [{}]",
        text.sure * 100.0,
        words.join(" "),
        about.join(", ")
    )
}
