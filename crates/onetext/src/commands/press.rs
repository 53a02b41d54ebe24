//! `onetext press`: what news reports say, as proposals for the record.

use std::path::PathBuf;

use clap::Args;
use onetext_desk::{self as desk, Meeting, Paper, Report, Statement};

use super::harmless;
use crate::failure::Failure;
use crate::out::Out;
use crate::place::Lock;

mod confirm;

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// News reports: plain text or HTML
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// The day of the reports, as 2031-03-12 [default: the day in the page, in its first lines or in its name]
    #[arg(long, value_name = "DAY")]
    date: Option<String>,
    /// Write a dossier to edit, which proposes what the reports say; nothing enters a record by itself
    #[arg(long, value_name = "OUT.toml")]
    draft: Option<PathBuf>,
    /// Ask of each proposal whether to put it on record in this workspace
    #[arg(short = 'C', value_name = "DIR", conflicts_with = "draft")]
    workspace: Option<PathBuf>,
    /// The room of what is put on record
    #[arg(
        long,
        value_name = "ROOM",
        default_value = "public",
        requires = "workspace"
    )]
    room: String,
    #[command(flatten)]
    lock: Lock,
}

pub(crate) fn run(given: &Arguments, out: &mut Out) -> Result<(), Failure> {
    if let Some(day) = &given.date {
        desk::When::parse(day).map_err(desk::DeskError::When)?;
    }
    let mut reports = Vec::new();
    for file in &given.files {
        let bytes = super::read(file)?;
        let name = file.display().to_string();
        let paper = Paper {
            name: &name,
            bytes: &bytes,
        };
        reports.push(desk::press(paper, given.date.as_deref())?);
    }
    if let Some(draft) = &given.draft {
        let day = given
            .date
            .clone()
            .or_else(|| reports.iter().find_map(|r| r.date.clone()));
        let day = day.ok_or_else(no_day)?;
        let title = given
            .files
            .first()
            .and_then(|file| file.file_stem())
            .map_or_else(
                || "Press".to_owned(),
                |stem| format!("Press: {}", stem.to_string_lossy()),
            );
        let toml = desk::press_draft(&title, &reports, &day)?;
        if !out.json() {
            return super::write(draft, toml.as_bytes(), out);
        }
        std::fs::write(draft, toml.as_bytes()).map_err(|error| Failure::file(draft, &error))?;
    }
    if let Some(folder) = &given.workspace {
        let mut workspace = given.lock.open(folder)?;
        return confirm::run(&mut workspace, &reports, given, out);
    }
    if out.json() {
        return match reports.as_slice() {
            [report] => out.object(report),
            reports => out.object(&serde_json::json!({ "reports": reports })),
        };
    }
    for report in &reports {
        page(report, out)?;
    }
    Ok(())
}

fn no_day() -> Failure {
    Failure::new(
        "no-date",
        "no report tells its day, and every act needs one",
        "give the day: --date 2031-03-12",
    )
}

/// A report for reading: statements first, then meetings.
fn page(report: &Report, out: &mut Out) -> Result<(), Failure> {
    let day = report
        .date
        .as_deref()
        .map_or(String::new(), |day| format!(", {day}"));
    out.line(&harmless(&format!("{}{day}", report.file)))?;
    out.line("\nSaid")?;
    for statement in &report.statements {
        out.line(&harmless(&said(statement)))?;
    }
    out.line("\nMeetings")?;
    for meeting in &report.meetings {
        out.line(&harmless(&met(meeting)))?;
    }
    out.line("\nThese are proposals: -C DIR asks of each whether to put it on record, --draft OUT.toml writes them as a dossier to edit.")
}

fn said(statement: &Statement) -> String {
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
    about.extend(statement.medium.clone());
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
    format!(
        "  {:>3.0} %  {}: {words} [{}]",
        statement.sure * 100.0,
        statement.speaker.as_deref().unwrap_or("speaker not told"),
        about.join(", ")
    )
}

fn met(meeting: &Meeting) -> String {
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
    format!(
        "  {:>3.0} %  {}: {who}{place}{when}",
        meeting.sure * 100.0,
        meeting.state
    )
}
