//! `onetext leak match`: which circulated draft a published text is nearest to, and who had it.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use onetext_desk::{self as desk, LeakMatch, Paper};

use crate::failure::Failure;
use crate::folder::{Selectors, Until};
use crate::out::Out;

/// So many drafts are told, the nearest first.
const MOST: usize = 5;

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Say which circulated draft a published text is nearest to, and who had it
    Match(Matching),
}

#[derive(Debug, Args)]
struct Matching {
    /// The published text: plain text, Markdown or a document (.docx)
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    selectors: Selectors,
    #[command(flatten)]
    until: Until,
}

pub(crate) fn run(given: &Arguments, out: &mut Out) -> Result<(), Failure> {
    let Command::Match(given) = &given.command;
    let bytes = super::read(&given.file)?;
    let (books, viewer, cut) = given.selectors.open(&given.until)?;
    let name = given.file.display().to_string();
    let paper = Paper {
        name: &name,
        bytes: &bytes,
    };
    let found = desk::leak_match(&books, &viewer, &cut, paper)?;
    if out.json() {
        return out.object(&found);
    }
    tell(&found, out)
}

fn tell(found: &LeakMatch, out: &mut Out) -> Result<(), Failure> {
    if let Some(copy) = &found.copy {
        let copy = super::harmless(copy);
        out.line(&format!(
            "the document says of itself that it is the copy {copy}"
        ))?;
    }
    if found.nearest.is_empty() {
        return out.line("it shares five words in a row with no draft that can be seen here");
    }
    out.line(&format!("of {} runs of five words in it", found.runs))?;
    for near in found.nearest.iter().take(MOST) {
        let alone = match near.alone {
            0 => "none of them in it alone".to_owned(),
            alone => format!("{alone} of them in it alone"),
        };
        out.line(&format!(
            "  {} stand in {} of {}, {alone}",
            near.shared, near.draft, near.text
        ))?;
        let given: Vec<String> = near
            .given
            .iter()
            .map(|(seat, on)| {
                let name = found.names.get(seat).map_or(seat.as_str(), String::as_str);
                format!("{} since {on}", super::harmless(name))
            })
            .collect();
        let had = if given.is_empty() {
            "nobody that is known here".to_owned()
        } else {
            given.join(", ")
        };
        out.line(&format!("      had by {had}"))?;
    }
    if let Some(left) = found
        .nearest
        .len()
        .checked_sub(MOST)
        .filter(|left| *left > 0)
    {
        out.line(&format!("  and {left} more that share less"))?;
    }
    Ok(())
}
