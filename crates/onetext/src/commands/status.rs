//! `onetext status`: where a process stands.

use std::path::PathBuf;

use clap::Args;
use onetext_desk as desk;
use onetext_paper::state;
use onetext_talks::Status;

use crate::failure::Failure;
use crate::folder::{Selectors, Until};
use crate::out::Out;

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    selectors: Selectors,
    #[command(flatten)]
    until: Until,
    /// Write to a file instead: .html for a page that prints, .json, or .txt
    #[arg(short, long, value_name = "FILE", conflicts_with = "colours")]
    output: Option<PathBuf>,
    /// The points alone, in the colours of the field: by how far they are agreed, and by whose the open words are
    #[arg(long)]
    colours: bool,
}

/// The state of play of a workspace in which some acts count for nothing, or not yet.
#[derive(serde::Serialize)]
struct WithLeftOut<'b> {
    #[serde(flatten)]
    status: desk::Status,
    left_out: &'b [desk::ledger::LeftOut],
}

pub(crate) fn run(given: &Arguments, out: &mut Out) -> Result<(), Failure> {
    let (books, viewer, cut) = given.selectors.open(&given.until)?;
    // What a workspace had received by then is cut off before the record is read.
    let status = || -> Result<Status, Failure> {
        let mut status = desk::status(&books, &viewer, &cut)?;
        status.known_at = given.until.known_at();
        Ok(status)
    };
    let Some(file) = &given.output else {
        let status = status()?;
        if out.json() {
            // Where everything counts, a workspace answers as a dossier does.
            let left_out = books.left_out();
            return match left_out.is_empty() {
                true => out.object(&status),
                false => out.object(&WithLeftOut {
                    status,
                    left_out: &left_out,
                }),
            };
        }
        let ask = format!("{}{}", given.selectors.again(), given.until.again());
        let page = out.page(ask);
        return match given.colours {
            true => out.say(&state::colours(&status, &page)),
            false => out.say(&state::terminal(&status, &page)),
        };
    };
    let ending = file
        .extension()
        .and_then(|ending| ending.to_str())
        .unwrap_or_default();
    let written = match ending {
        "html" | "htm" => {
            let mut play = desk::state_of_play(&books, &viewer, &cut)?;
            play.status.known_at = given.until.known_at();
            state::html(&play.status, &play.why).into_bytes()
        }
        "json" => serde_json::to_vec(&status()?).map_err(|error| Failure::output(&error.into()))?,
        "txt" | "text" => {
            let page = state::Page {
                ask: given.selectors.again(),
                ..state::Page::default()
            };
            state::terminal(&status()?, &page).into_bytes()
        }
        _ => {
            return Err(Failure::usage(
                "the state of play is written as .html, .json or .txt",
                "end the file's name in one of these",
            )
            .at(file.display()));
        }
    };
    super::write(file, &written, out)
}
