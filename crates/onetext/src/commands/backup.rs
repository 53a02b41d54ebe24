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

#[derive(Debug, Args)]
pub(crate) struct Restoring {
    /// The copy
    #[arg(value_name = "FILE", required_unless_present = "done")]
    file: Option<PathBuf>,
    /// What was sent since the backup has been taken back, or nothing was sent: write again
    #[arg(long, conflicts_with = "file")]
    done: bool,
    #[command(flatten)]
    place: Place,
}

const KEYS_APART: &str = "The keys are not in it: keep a copy of the folder keys elsewhere. Without it nobody opens the backup.";

const AFTER: &str = "What was recorded after that backup is not here, so nothing is written yet. Take back what was sent: ask every \
seat for `onetext pouch pack --to SEAT --whole`, and open those pouches. Then say `onetext restore --done`.";

pub(crate) fn run(given: &Arguments, out: &mut Out) -> Result<(), Failure> {
    given.place.open()?.backup(&given.file)?;
    let file = given.file.display();
    if out.json() {
        return out.object(&serde_json::json!({ "file": file.to_string(), "checked": true }));
    }
    out.line(&format!("wrote {file}, and checked it"))?;
    out.line(KEYS_APART)
}

pub(crate) fn restore(given: &Restoring, out: &mut Out) -> Result<(), Failure> {
    let folder = given.place.folder().display();
    let Some(file) = &given.file else {
        let waited = given.place.open()?.take_up_again()?;
        if out.json() {
            let told = serde_json::json!({ "folder": folder.to_string(), "was_restored": waited });
            return out.object(&told);
        }
        return out.line(match waited {
            true => "this workspace writes again",
            false => "this workspace was not put back from a backup; nothing to do",
        });
    };
    given.place.restore(file)?;
    if out.json() {
        return out.object(
            &serde_json::json!({ "folder": folder.to_string(), "checked": true, "next": AFTER }),
        );
    }
    out.line(&format!("restored {folder} from {}", file.display()))?;
    out.line(AFTER)
}
