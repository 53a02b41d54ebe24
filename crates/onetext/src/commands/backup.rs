//! `onetext backup` and `onetext restore`: a checked copy of the store, and back.

use std::path::PathBuf;

use clap::Args;

use crate::failure::Failure;
use crate::out::Out;
use crate::place::Place;

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The copy
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    place: Place,
}

const KEYS_APART: &str = "The keys are not in it: keep a copy of the folder keys elsewhere. Without it nobody opens the backup.";

const AFTER: &str = "What was recorded after that backup is not here. Before you write anything, take back what you sent: ask \
every seat for `onetext pouch pack --to SEAT --whole`, and open those pouches. Else this site gives two acts one place, and \
others refuse its pouches as rewritten.";

pub(crate) fn run(given: &Arguments, out: &mut Out) -> Result<(), Failure> {
    given.place.open()?.backup(&given.file)?;
    let file = given.file.display();
    if out.json() {
        return out.object(&serde_json::json!({ "file": file.to_string(), "checked": true }));
    }
    out.line(&format!("wrote {file}, and checked it"))?;
    out.line(KEYS_APART)
}

pub(crate) fn restore(given: &Arguments, out: &mut Out) -> Result<(), Failure> {
    given.place.restore(&given.file)?;
    let folder = given.place.folder().display();
    if out.json() {
        return out.object(
            &serde_json::json!({ "folder": folder.to_string(), "checked": true, "next": AFTER }),
        );
    }
    out.line(&format!("restored {folder} from {}", given.file.display()))?;
    out.line(AFTER)
}
