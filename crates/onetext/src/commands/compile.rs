//! `onetext compile`: every seat's proposals on one base, in one text.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use onetext_desk::{self as desk, CompiledText, Paper};
use onetext_paper::compilation as paper;

use crate::failure::Failure;
use crate::out::Out;

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The text that the proposals are made on: Markdown or plain text
    #[arg(value_name = "BASE")]
    base: PathBuf,
    /// A seat's name and its file: the whole base as the seat would have it
    #[arg(value_name = "SEAT=FILE", required = true)]
    texts: Vec<String>,
    /// In which form: md, html or docx [default: by the ending of -o FILE, else md]
    #[arg(long, value_name = "FORMAT", hide_possible_values = true)]
    format: Option<Form>,
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
    /// A document.
    Docx,
}

pub(crate) fn run(given: &Arguments, out: &mut Out) -> Result<(), Failure> {
    let form = form(given)?;
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
    let base = super::read(&given.base)?;
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
    let name = given.base.display().to_string();
    let compiled = desk::compile(
        Paper {
            name: &name,
            bytes: &base,
        },
        &papers,
    )?;
    let page = page(&compiled, form);
    match &given.output {
        Some(file) => super::write(file, page.as_bytes(), out),
        None if out.json() => out.object(&answer(&compiled, &page)),
        None => out.say(&page),
    }
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

fn form(given: &Arguments) -> Result<Form, Failure> {
    let ending = given
        .output
        .as_ref()
        .and_then(|file| file.extension())
        .and_then(|ending| ending.to_str());
    let form = match (given.format, ending) {
        (Some(form), _) => form,
        (None, Some("html" | "htm")) => Form::Html,
        (None, Some("docx")) => Form::Docx,
        (None, _) => Form::Md,
    };
    if form == Form::Docx {
        return Err(Failure::not_yet(
            "compilations are not written as documents (.docx) yet",
            "write a page instead: --format html -o FILE.html",
        ));
    }
    Ok(form)
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
