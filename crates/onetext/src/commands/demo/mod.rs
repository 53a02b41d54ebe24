//! `onetext demo`: a sample process to look at, invented from end to end.

mod end;
mod files;
mod pages;

use std::path::{Path, PathBuf};

use clap::Args;
use onetext_desk::workspace::{Manner, STORE_FILE, Workspace};
use onetext_desk::{self as desk, Books, Cut};
use onetext_paper::state;

use super::new::make_folder;
use super::serve::Listen;
use crate::failure::Failure;
use crate::out::Out;
use crate::place::now;

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The folder to make it in
    #[arg(value_name = "DIR", default_value = "onetext-demo")]
    folder: PathBuf,
    /// Carry the process on to its end, and tell where it stands at each step: silence, closure, initialling, signature
    #[arg(long)]
    to_the_end: bool,
    /// Serve it as a workbench in a browser too, with a one-time link for each seat
    #[arg(long, conflicts_with = "to_the_end")]
    serve: bool,
    #[command(flatten)]
    listen: Listen,
}

/// The folder of the workspace in the demo's own.
const RECORD: &str = "record";

const LEAD: &str = "An invented process: Karvonia and Sahrel, two countries on a river, do not meet; Helmark holds the pen \
and its envoys go between them; the League of the Lower Basin looks on. Nobody and nothing in it is real.";

pub(crate) fn run(given: &Arguments, out: &mut Out) -> Result<(), Failure> {
    let folder = given.folder.as_path();
    files::write(folder)?;
    if given.to_the_end {
        return end::run(folder, out);
    }
    let books = crate::folder::open(folder)?;
    let pages = pages::write(folder, &books)?;
    record(folder, &books)?;
    if given.serve {
        let place = folder.join(RECORD);
        let workspace = Workspace::open(&place, &Manner::usual(None))?;
        return super::serve::open(workspace, &place, &given.listen, true, out);
    }
    if out.json() {
        let files: Vec<String> = files::NAMES
            .iter()
            .map(|name| (*name).to_owned())
            .chain(pages.iter().map(|page| page.file.clone()))
            .chain([format!("{RECORD}/{STORE_FILE}")])
            .map(|name| folder.join(name).display().to_string())
            .collect();
        return out.object(&serde_json::json!({ "files": files, "next": next(folder) }));
    }
    let page = out.page(String::new());
    for line in textwrap(LEAD, page.width) {
        out.line(&line)?;
    }
    seats(&books, &page, out)?;
    out.line("\nFILES")?;
    out.line(&format!(
        "  {}  the process itself, as a dossier to read and change",
        folder.join("dossier.toml").display()
    ))?;
    for name in files::NAMES.iter().filter(|name| **name != "dossier.toml") {
        out.line(&format!("  {}", folder.join(name).display()))?;
    }
    for link in &pages {
        out.line(&format!(
            "  {}  {}",
            folder.join(&link.file).display(),
            link.title
        ))?;
    }
    out.line(&format!(
        "  {}  the same as a record: a workspace with signed acts, in which each seat signs its own",
        folder.join(RECORD).display()
    ))?;
    out.line(&format!(
        "\nOpen {} in a browser, or go on here:",
        folder.join("index.html").display()
    ))?;
    for command in next(folder) {
        out.line(&format!("  {command}"))?;
    }
    out.line(&format!(
        "\nTo sit down at the seats in a browser: onetext serve -C {} --links",
        folder.join(RECORD).display()
    ))
}

/// Records the process in a workspace, as a host that serves all seats; one that is there stays as it is.
fn record(folder: &Path, books: &Books) -> Result<(), Failure> {
    let place = folder.join(RECORD);
    if place.join(STORE_FILE).exists() {
        return Ok(());
    }
    make_folder(&place)?;
    let mut workspace = Workspace::create(&place, None, &Manner::usual(None))?;
    desk::import(books, &mut workspace, true, now()).map_err(super::import::refused)?;
    Ok(())
}

/// Where the process stands, in short, as each seat sees it.
fn seats(books: &Books, page: &state::Page, out: &mut Out) -> Result<(), Failure> {
    for seat in books.seats() {
        let viewer = books.viewer(Some(seat.id.as_str()))?;
        let status = desk::status(books, &viewer, &Cut::default())?;
        out.line("")?;
        out.say(&state::summary(&status, page))?;
    }
    Ok(())
}

/// What to try next.
fn next(folder: &Path) -> Vec<String> {
    let here = folder.display();
    vec![
        format!("onetext status {here} --as sahrel"),
        format!("onetext why framework#6.b {here}"),
        format!("onetext redline {here}/v2.md {here}/v3.md"),
        format!("onetext status -C {here}/{RECORD} --as sahrel"),
    ]
}

/// Lines of at most so many characters.
fn textwrap(words: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in words.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.len() + 1 + word.len() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
