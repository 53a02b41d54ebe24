//! `onetext brief`: what a person who is kept informed needs to know, as Markdown.

use std::path::PathBuf;

use clap::Args;
use onetext_desk::{self as desk, DeskError, When};
use onetext_paper::brief as paper;

use crate::failure::Failure;
use crate::folder::{Selectors, Until};
use crate::out::Out;

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// For this person: never more than the person may see
    #[arg(long = "for", value_name = "PERSON")]
    person: String,
    /// What changed since then [default: since the last briefing of that person on record]
    #[arg(long, value_name = "T")]
    since: Option<String>,
    #[command(flatten)]
    selectors: Selectors,
    #[command(flatten)]
    until: Until,
    /// Write to a file
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(crate) fn run(given: &Arguments, out: &mut Out) -> Result<(), Failure> {
    let (books, viewer, cut) = given.selectors.open(&given.until)?;
    let since = given.since.as_deref().map(When::parse).transpose();
    let since = since.map_err(DeskError::When)?;
    let brief = desk::brief(
        &books,
        &viewer,
        &cut,
        (given.person.as_str(), since.as_ref()),
    )?;
    if out.json() && given.output.is_none() {
        return out.object(&brief);
    }
    let page = paper::markdown(&paper::Briefing {
        person: &brief.person,
        last: brief.last.as_ref(),
        status: &brief.status,
        then: brief.then.as_ref(),
        since: &brief.since,
        open: &brief.open,
        feedback: &brief.feedback,
        contacts: &brief.contacts,
    });
    match &given.output {
        Some(file) => super::write(file, page.as_bytes(), out),
        None => out.say(&super::harmless(&page)),
    }
}
