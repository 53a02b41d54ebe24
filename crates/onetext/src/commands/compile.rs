//! `onetext compile`: every seat's proposals on one base, in one text.

use std::io::IsTerminal;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use onetext_desk::{self as desk, CompiledText, Paper};
use onetext_paper::compilation as paper;

use crate::failure::Failure;
use crate::folder::{Selectors, Until};
use crate::out::Out;
use crate::place::Lock;

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The text that the proposals are made on: Markdown, plain text or a document (.docx); with --draft the dossier
    #[arg(value_name = "BASE")]
    base: Option<PathBuf>,
    /// A seat's name and its file: the whole base as the seat would have it. Without any, a document's own tracked changes
    /// are compiled, their authors for seats
    #[arg(value_name = "SEAT=FILE", conflicts_with = "draft")]
    texts: Vec<String>,
    /// What is on record of proposals on this draft, instead of files
    #[arg(long, value_name = "DRAFT")]
    draft: Option<String>,
    /// The workspace that holds the draft
    #[arg(
        short = 'C',
        value_name = "DIR",
        requires = "draft",
        conflicts_with = "base"
    )]
    workspace: Option<PathBuf>,
    #[command(flatten)]
    lock: Lock,
    /// Look at the record through this seat [default: the pen-holder's]
    #[arg(long = "as", value_name = "SEAT", requires = "draft")]
    seat: Option<String>,
    #[command(flatten)]
    until: Until,
    /// The document that the draft was read from; else a compilation is written on a plain template
    #[arg(long, value_name = "FILE", requires = "draft")]
    document: Option<PathBuf>,
    /// In which form: md, html or docx [default: by the ending of -o FILE, else md]
    #[arg(long, value_name = "FORMAT", hide_possible_values = true)]
    format: Option<Form>,
    /// When the changes were made, in a document with tracked changes: 2031-03-06 or 2031-03-06T14:30Z [default: not said]
    #[arg(long, value_name = "T")]
    date: Option<String>,
    /// Write to a file
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// In which form a compilation is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// As Markdown.
    Md,
    /// One page that needs nothing else, for screen and paper.
    Html,
    /// A document with tracked changes, each seat their author.
    Docx,
}

pub(crate) fn run(given: &Arguments, out: &mut Out) -> Result<(), Failure> {
    let form = form(given);
    let date = given
        .date
        .as_deref()
        .map(super::redline::moment)
        .transpose()?;
    let (compiled, name, document) = match &given.draft {
        Some(draft) => {
            let document = given.document.as_deref().map(super::read).transpose()?;
            let name = given
                .document
                .as_ref()
                .map(|file| file.display().to_string());
            (on_record(given, draft)?, name, document)
        }
        None => of_files(given)?,
    };
    if form == Form::Docx {
        let paper = document.as_deref().map(|bytes| Paper {
            name: name.as_deref().unwrap_or_default(),
            bytes,
        });
        let written = desk::compiled_document(&compiled, paper, date.as_deref())?;
        return match &given.output {
            Some(file) => super::write(file, &written.bytes, out),
            None if std::io::stdout().is_terminal() => Err(Failure::usage(
                "a document is no text for a terminal",
                "write it to a file: -o FILE.docx",
            )),
            None => out.bytes(&written.bytes),
        };
    }
    let page = page(&compiled, form);
    match &given.output {
        Some(file) => super::write(file, page.as_bytes(), out),
        None if out.json() => out.object(&answer(&compiled, &page)),
        None => out.say(&page),
    }
}

/// A compilation, with the base that it is on.
type Compiled = (CompiledText, Option<String>, Option<Vec<u8>>);

/// The proposals in files.
fn of_files(given: &Arguments) -> Result<Compiled, Failure> {
    let texts = given
        .texts
        .iter()
        .map(|text| seat_and_file(text))
        .collect::<Result<Vec<(String, PathBuf)>, Failure>>()?;
    if let Some(twice) = twice(&texts) {
        return Err(Failure::usage(
            format!("the seat {twice} hands in two texts"),
            "give each seat one name and one file",
        ));
    }
    let Some(file) = &given.base else {
        return Err(Failure::usage(
            "no text is named that proposals are made on",
            "write BASE SEAT=FILE…, or name a draft on record: --draft DRAFT",
        ));
    };
    let base = super::read(file)?;
    let name = file.display().to_string();
    let base_paper = Paper {
        name: &name,
        bytes: &base,
    };
    if texts.is_empty() {
        let compiled = desk::compile_tracked(base_paper)?;
        return Ok((compiled, Some(name), Some(base)));
    }
    let files = texts
        .iter()
        .map(|(_, file)| super::read(file))
        .collect::<Result<Vec<Vec<u8>>, Failure>>()?;
    let names: Vec<String> = texts
        .iter()
        .map(|(_, file)| file.display().to_string())
        .collect();
    let papers: Vec<(String, Paper<'_>)> = texts
        .iter()
        .zip(names.iter().zip(&files))
        .map(|((seat, _), (name, bytes))| (seat.clone(), Paper { name, bytes }))
        .collect();
    let compiled = desk::compile(base_paper, &papers)?;
    Ok((compiled, Some(name), Some(base)))
}

/// The proposals on record.
fn on_record(given: &Arguments, draft: &str) -> Result<CompiledText, Failure> {
    let selectors = Selectors::of(
        given.base.clone(),
        given.workspace.clone(),
        given.lock.clone(),
        given.seat.clone(),
    );
    let (books, viewer, cut) = selectors.open(&given.until)?;
    Ok(desk::compile_proposals(&books, &viewer, &cut, draft)?)
}

fn page(compiled: &CompiledText, form: Form) -> String {
    let compiled = paper::Compiled {
        name: &compiled.name,
        base: &compiled.base,
        compilation: &compiled.compilation,
    };
    match form {
        Form::Html => paper::html(&compiled),
        Form::Md | Form::Docx => paper::markdown(&compiled),
    }
}

fn answer(compiled: &CompiledText, page: &str) -> serde_json::Value {
    serde_json::json!({
        "base": compiled.name,
        "seats": compiled.compilation.seats,
        "open": compiled.compilation.open(),
        "conflicts": compiled.compilation.conflicts(),
        "text": page,
    })
}

fn form(given: &Arguments) -> Form {
    let ending = given
        .output
        .as_ref()
        .and_then(|file| file.extension())
        .and_then(|ending| ending.to_str());
    match (given.format, ending) {
        (Some(form), _) => form,
        (None, Some("html" | "htm")) => Form::Html,
        (None, Some("docx")) => Form::Docx,
        (None, _) => Form::Md,
    }
}

fn seat_and_file(text: &str) -> Result<(String, PathBuf), Failure> {
    let (seat, file) = text.split_once('=').unwrap_or_default();
    if seat.trim().is_empty() || file.is_empty() {
        return Err(Failure::usage(
            format!("`{text}` is no seat with a file"),
            "write SEAT=FILE, as in UA=ua-proposal.md",
        ));
    }
    Ok((seat.trim().to_owned(), PathBuf::from(file)))
}

/// A seat that is named twice.
fn twice(texts: &[(String, PathBuf)]) -> Option<&str> {
    let mut seats: Vec<&str> = texts.iter().map(|(seat, _)| seat.as_str()).collect();
    seats.sort_unstable();
    let mut pairs = seats.windows(2);
    pairs.find(|two| two[0] == two[1]).map(|two| two[0])
}
