//! `onetext import`: a dossier, recorded in an empty workspace.

use std::path::PathBuf;

use clap::Args;
use onetext_desk as desk;
use onetext_desk::ImportError;

use crate::failure::Failure;
use crate::out::Out;
use crate::place::{Place, now};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The dossier: its TOML file, or the folder that holds dossier.toml
    #[arg(value_name = "DOSSIER")]
    dossier: PathBuf,
    #[command(flatten)]
    place: Place,
    /// Make a key for each seat, and let each sign what it wrote down: for a host that serves all seats
    #[arg(long)]
    host: bool,
}

pub(crate) fn run(given: &Arguments, out: &mut Out) -> Result<(), Failure> {
    let books = crate::folder::open(&given.dossier)?;
    let mut workspace = given.place.open()?;
    let imported = desk::import(&books, &mut workspace, given.host, now()).map_err(refused)?;
    if out.json() {
        return out.object(&imported);
    }
    out.line(&format!(
        "recorded {} acts, and {} that tell each room whom and what they name",
        imported.acts,
        imported.recorded.saturating_sub(imported.acts)
    ))?;
    if let (Some(seat), 1..) = (&imported.seat, imported.reported) {
        out.line(&format!(
            "{} of them another seat had written down: {seat} signs them, and they count as reported until read back",
            imported.reported
        ))?;
    }
    let folder = given.place.folder().display();
    out.line(&format!("\nNext: onetext status -C {folder}"))
}

pub(super) fn refused(error: ImportError) -> Failure {
    match error {
        ImportError::Workspace(error) => error.into(),
        ImportError::NotEntered(error) => Failure::new(
            "not-in-room",
            error.to_string(),
            format!(
                "import with --host, so that each seat signs its own, or import what {} has: onetext export --as {}",
                error.seat, error.seat
            ),
        ),
    }
}
