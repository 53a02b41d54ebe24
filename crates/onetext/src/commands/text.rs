//! `onetext text`: how a draft is read.

use std::io::IsTerminal;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use onetext_desk::{self as desk, Paper};

use crate::failure::Failure;
use crate::out::Out;

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The draft: Markdown, plain text or a document (.docx)
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Read tracked changes as accepted or as rejected; plain text has none
    #[arg(
        long,
        value_name = "HOW",
        default_value = "accepted",
        hide_possible_values = true
    )]
    tracked: Tracked,
}

/// How tracked changes are read.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Tracked {
    /// As if accepted.
    Accepted,
    /// As if rejected.
    Rejected,
}

pub(crate) fn run(given: &Arguments, out: &mut Out) -> Result<(), Failure> {
    let bytes = super::read(&given.file)?;
    let name = given.file.display().to_string();
    let paper = Paper {
        name: &name,
        bytes: &bytes,
    };
    let tracked = match given.tracked {
        Tracked::Accepted => desk::Tracked::Accepted,
        Tracked::Rejected => desk::Tracked::Rejected,
    };
    let reading = desk::text(paper, tracked)?;
    if out.json() {
        return out.object(&reading);
    }
    let terminal = std::io::stdout().is_terminal();
    for line in &reading.lines {
        if terminal {
            out.line(&super::harmless(line))?;
        } else {
            out.line(line)?;
        }
    }
    Ok(())
}
