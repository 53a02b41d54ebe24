//! `onetext pouch`: acts carried from one site to another.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use onetext_desk::workspace::{Arrived, Received};
use onetext_seal::{Addressee, LARGEST_POUCH};

use crate::failure::Failure;
use crate::out::Out;
use crate::place::{Place, note_clock, now, there, write_new};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    wish: Wish,
}

#[derive(Debug, Subcommand)]
enum Wish {
    /// Pack what a seat lacks of the rooms that both sit in, signed, and encrypted to its sites
    Pack {
        /// The seat that it is for
        #[arg(long, value_name = "SEAT")]
        to: String,
        /// The one site that it is for, by its key: the laptop of a mission
        #[arg(long, value_name = "KEY")]
        site: Option<String>,
        /// The seat that sends it, where several sign here
        #[arg(long = "as", value_name = "SEAT")]
        seat: Option<String>,
        /// Everything, also what was acknowledged: for a site that lost what it had
        #[arg(long)]
        whole: bool,
        /// The file to write it to
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
        #[command(flatten)]
        place: Place,
    },
    /// Check a pouch, and take in what it brings: all or nothing
    Open {
        /// The pouch
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[command(flatten)]
        place: Place,
    },
}

pub(crate) fn run(given: &Arguments, out: &mut Out) -> Result<(), Failure> {
    match &given.wish {
        Wish::Pack {
            to,
            site,
            seat,
            whole,
            output,
            place,
        } => {
            if output.exists() {
                return Err(there(output));
            }
            let site = site.as_deref().map(str::parse).transpose().map_err(|_| {
                Failure::usage(
                    "--site names no key",
                    "64 hexadecimal digits are expected: `onetext site list` shows them",
                )
            })?;
            let to = Addressee {
                seat: to.clone(),
                site,
            };
            let packed = place.open()?.pack_pouch(seat.as_deref(), &to, *whole)?;
            write_new(output, &packed.sealed)?;
            if out.json() {
                return out.object(&serde_json::json!({
                    "file": output.display().to_string(),
                    "pouch": packed.name,
                    "acts": packed.acts,
                    "sites": packed.sites,
                    "bytes": packed.sealed.len(),
                }));
            }
            out.line(&format!(
                "wrote {}: pouch {}, for {} ({} of its sites can open it)",
                output.display(),
                packed.name,
                to.seat,
                packed.sites
            ))?;
            match packed.acts {
                0 => out.line("It brings no acts: the other has acknowledged everything. It says what this site has."),
                acts => out.line(&format!("It brings {}.", counted(acts, "act"))),
            }
        }
        Wish::Open { file, place } => {
            let sealed = crate::folder::read_up_to(file, LARGEST_POUCH as u64)
                .map_err(|error| Failure::file(file, &error))?;
            let received = place
                .open()?
                .open_pouch(&sealed, now())
                .map_err(|error| Failure::from(error).at(file.display()))?;
            match received {
                Received::Again(name) if out.json() => {
                    out.object(&serde_json::json!({ "pouch": name, "again": true, "acts": 0 }))
                }
                Received::Again(name) => out.line(&format!(
                    "The pouch {name} was opened before: everything in it is here, and nothing was changed."
                )),
                Received::Arrived(arrived) => say(&arrived, out),
            }
        }
    }
}

fn say(arrived: &Arrived, out: &mut Out) -> Result<(), Failure> {
    note_clock(arrived.clock_behind.as_ref());
    let acts: usize = arrived.rooms.values().sum();
    if out.json() {
        let mut object =
            serde_json::to_value(arrived).map_err(|error| Failure::output(&error.into()))?;
        if let Some(fields) = object.as_object_mut() {
            fields.insert("again".to_owned(), false.into());
            fields.insert("acts".to_owned(), acts.into());
        }
        return out.object(&object);
    }
    out.line(&format!(
        "Pouch {} from {}, site {}",
        arrived.pouch, arrived.from, arrived.site
    ))?;
    out.line(&format!(
        "{}, {} here already; {}",
        counted(acts, "new act"),
        arrived.known,
        counted(arrived.contents, "content")
    ))?;
    for (room, acts) in &arrived.rooms {
        out.line(&format!("  {room}: {}", counted(*acts, "act")))?;
    }
    if !arrived.receipts.is_empty() {
        out.line(&format!(
            "{} recorded: the next pouch from here carries them.",
            counted(arrived.receipts.len(), "receipt")
        ))?;
    }
    if let Some(founding) = arrived.founding {
        out.line(&format!(
            "\nThis site had no process: the pouch brought its founding act,\n  {founding}\n\
             Nobody here can know that it is the one that the parties mean. Before you write anything, compare these\n\
             64 digits with the sender by another way, by telephone or face to face."
        ))?;
    }
    Ok(())
}

/// A number with what it counts.
fn counted(number: usize, what: &str) -> String {
    match number {
        1 => format!("1 {what}"),
        _ => format!("{number} {what}s"),
    }
}
