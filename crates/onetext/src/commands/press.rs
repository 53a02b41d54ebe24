//! `onetext press`: what news reports say, as proposals for the record.

use std::path::{Path, PathBuf};

use clap::Args;
use onetext_desk::{self as desk, Cut, PressAccounts, PressBeside};

use crate::failure::Failure;
use crate::out::Out;
use crate::place::Lock;

mod confirm;
mod page;
mod reports;

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// News reports: plain text, HTML or .docx
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// The day of the reports, as 2031-03-12 [default: the day in the page, in its first lines or in its name]
    #[arg(long, value_name = "DAY")]
    date: Option<String>,
    /// Write a dossier to edit, which proposes what the reports say; nothing enters a record by itself
    #[arg(long, value_name = "OUT.toml")]
    draft: Option<PathBuf>,
    /// Read beside this dossier: whose seat speaks, which provisions may be meant, what the record says otherwise
    #[arg(long, value_name = "DOSSIER", conflicts_with_all = ["draft", "workspace"])]
    dossier: Option<PathBuf>,
    /// Ask of each proposal whether to put it on record in this workspace; with --json, read beside it and ask nothing
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
    let date = given.date.as_deref();
    if let Some(day) = date {
        desk::When::parse(day).map_err(desk::DeskError::When)?;
    }
    if let Some(draft) = &given.draft {
        return write_draft(given, draft, out);
    }
    if let Some(folder) = given.workspace.as_ref().filter(|_| !out.json()) {
        let days = reports::days(&given.files, date)?;
        if days.iter().any(Option::is_none) {
            return Err(no_day());
        }
        let mut workspace = given.lock.open(folder)?;
        return confirm::run(&mut workspace, given, out);
    }
    let beside = beside(given)?;
    let reading = Reading {
        given,
        beside: beside.as_ref(),
    };
    match given.files.as_slice() {
        [file] if out.json() => out.object(&reading.report(file)?),
        [file] => {
            page::page(&reading.report(file)?, out)?;
            page::ending(out)
        }
        _ if out.json() => reading.json(out),
        _ => reading.pages(out),
    }
}

/// The process that the reports are read beside.
fn beside(given: &Arguments) -> Result<Option<PressBeside>, Failure> {
    let (books, viewer) = if let Some(folder) = &given.workspace {
        let mut workspace = given.lock.open(folder)?;
        desk::Books::of_workspace(&mut workspace, None, None, crate::place::now())?
    } else if let Some(dossier) = &given.dossier {
        let books = crate::folder::open(dossier)?;
        let viewer = books.viewer(None)?;
        (books, viewer)
    } else {
        return Ok(None);
    };
    Ok(Some(desk::press_beside(&books, &viewer, &Cut::default())?))
}

/// Reports being read, beside a process where one is given.
struct Reading<'a> {
    given: &'a Arguments,
    beside: Option<&'a PressBeside>,
}

impl Reading<'_> {
    fn report(&self, file: &Path) -> Result<desk::Report, Failure> {
        let mut report = reports::report(file, self.given.date.as_deref())?;
        if let Some(beside) = self.beside {
            beside.place(&mut report);
        }
        Ok(report)
    }

    /// The reports as one object, each let go once it is written; then what they tell twice and differently.
    fn json(&self, out: &mut Out) -> Result<(), Failure> {
        reports::days(&self.given.files, self.given.date.as_deref())?;
        let laid_out = out.laid_out();
        let written = |file: &Path| {
            let report = self.report(file)?;
            let sketch = desk::press_sketch(&report)?;
            let bytes = if laid_out {
                serde_json::to_vec_pretty(&report)
            } else {
                serde_json::to_vec(&report)
            };
            let bytes = bytes.map_err(|error| Failure::output(&error.into()))?;
            Ok((bytes, sketch))
        };
        let mut accounts = PressAccounts::default();
        let mut compared = desk::Compared::default();
        let mut first = true;
        out.say("{\"reports\":[")?;
        reports::each(&self.given.files, &written, |(bytes, sketch)| {
            if !std::mem::take(&mut first) {
                out.say(",")?;
            }
            let more = accounts.add(sketch);
            compared.renderings.extend(more.renderings);
            compared.conflicts.extend(more.conflicts);
            out.bytes(&bytes)
        })?;
        let part = |value: serde_json::Result<Vec<u8>>| {
            value.map_err(|error| Failure::output(&error.into()))
        };
        out.say("],\"renderings\":")?;
        out.bytes(&part(serde_json::to_vec(&compared.renderings))?)?;
        out.say(",\"conflicts\":")?;
        out.bytes(&part(serde_json::to_vec(&compared.conflicts))?)?;
        out.line("}")
    }

    /// The reports for reading.
    fn pages(&self, out: &mut Out) -> Result<(), Failure> {
        reports::days(&self.given.files, self.given.date.as_deref())?;
        let read = |file: &Path| {
            let report = self.report(file)?;
            let sketch = desk::press_sketch(&report)?;
            Ok((report, sketch))
        };
        let mut accounts = PressAccounts::default();
        let mut compared = desk::Compared::default();
        reports::each(&self.given.files, &read, |(report, sketch)| {
            let more = accounts.add(sketch);
            compared.renderings.extend(more.renderings);
            compared.conflicts.extend(more.conflicts);
            page::page(&report, out)?;
            out.line("")
        })?;
        page::compared(&compared, out)?;
        page::ending(out)
    }
}

/// Writes what the reports propose as a dossier; with `--json` the reports are answered too.
fn write_draft(given: &Arguments, draft: &Path, out: &mut Out) -> Result<(), Failure> {
    let date = given.date.as_deref();
    let days = reports::days(&given.files, date)?;
    let day = days.into_iter().flatten().next().ok_or_else(no_day)?;
    let title = given
        .files
        .first()
        .and_then(|file| file.file_stem())
        .map_or_else(
            || "Press".to_owned(),
            |stem| format!("Press: {}", stem.to_string_lossy()),
        );
    let mut drafting = desk::press_draft(&day)?;
    reports::each(
        &given.files,
        &|file| reports::report(file, date),
        |report| {
            drafting.add(&report);
            Ok(())
        },
    )?;
    let toml = drafting.toml(&title);
    if !out.json() {
        return super::write(draft, toml.as_bytes(), out);
    }
    std::fs::write(draft, toml.as_bytes()).map_err(|error| Failure::file(draft, &error))?;
    let reading = Reading {
        given,
        beside: None,
    };
    match given.files.as_slice() {
        [file] => out.object(&reading.report(file)?),
        _ => reading.json(out),
    }
}

fn no_day() -> Failure {
    Failure::new(
        "no-date",
        "no report tells its day, and every act needs one",
        "give the day: --date 2031-03-12",
    )
}
