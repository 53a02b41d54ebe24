//! `onetext export`: what one seat may see, as a dossier.

use std::path::{Component, Path, PathBuf};

use clap::{Args, ValueEnum};
use onetext_desk as desk;

use crate::failure::Failure;
use crate::folder::{Selectors, Until};
use crate::out::Out;

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    selectors: Selectors,
    #[command(flatten)]
    until: Until,
    /// In which form: dossier or record
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = "dossier",
        hide_possible_values = true
    )]
    format: Form,
    /// A dossier: the folder to write it to, which must not exist or be empty [default: onetext-export]. A record: the file
    /// to write it to [default: print it]
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
}

/// In which form a share is written.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Form {
    /// A TOML file and the drafts beside it.
    Dossier,
    /// The signed acts in clear.
    Record,
}

pub(crate) fn run(given: &Arguments, out: &mut Out) -> Result<(), Failure> {
    if let Form::Record = given.format {
        return record(given, out);
    }
    let (books, viewer, cut) = given.selectors.open(&given.until)?;
    let export = desk::export(&books, &viewer, &cut)?;
    let folder = given
        .output
        .as_deref()
        .unwrap_or(Path::new("onetext-export"));
    if folder
        .read_dir()
        .is_ok_and(|mut entries| entries.next().is_some())
    {
        return Err(Failure::new(
            "not-empty",
            "this folder is not empty, and nothing is overwritten",
            "name another one with -o DIR",
        )
        .at(folder.display()));
    }
    let mut written = Vec::new();
    for (name, bytes) in &export.files {
        let path = inside(folder, name)?;
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(|error| Failure::file(parent, &error))?;
        }
        std::fs::write(&path, bytes).map_err(|error| Failure::file(&path, &error))?;
        written.push(path.display().to_string());
    }
    if out.json() {
        return out.object(&serde_json::json!({ "files": written }));
    }
    for file in &written {
        out.line(&format!("wrote {file}"))?;
    }
    out.line(&format!(
        "\nNext: onetext status {} --as {}",
        folder.display(),
        viewer.seat
    ))
}

/// The signed acts in clear of a seat's rooms.
fn record(given: &Arguments, out: &mut Out) -> Result<(), Failure> {
    let Some((mut workspace, seat)) = given.selectors.workspace()? else {
        return Err(Failure::new(
            "not-signed",
            "a dossier holds no signed acts, so there is no record to write",
            "name a workspace with -C DIR, or write a dossier: onetext export --format dossier",
        ));
    };
    if given.until.again() != "" {
        return Err(Failure::usage(
            "a record is whole: it cannot be cut at a time",
            "leave out --at and --known-at",
        ));
    }
    let mut written = Vec::new();
    let recorded = workspace.record(seat, &mut written)?;
    let Some(file) = &given.output else {
        return out.bytes(&written);
    };
    crate::place::write_new(file, &written)?;
    let name = file.display().to_string();
    if out.json() {
        return out.object(&serde_json::json!({ "files": [name], "record": recorded }));
    }
    out.line(&format!(
        "wrote {name}: {} acts of {} rooms, {} contents",
        recorded.acts,
        recorded.rooms.len(),
        recorded.contents
    ))?;
    out.line(&format!(
        "It is in clear: whoever has it reads what {} knows. To check it: onetext verify {name}",
        recorded.seat
    ))
}

/// A file of the export, in its folder and nowhere else.
fn inside(folder: &Path, name: &str) -> Result<PathBuf, Failure> {
    let plain = Path::new(name)
        .components()
        .all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    if plain {
        Ok(folder.join(name))
    } else {
        Err(Failure::new(
            "outside",
            "a file would be written outside the folder",
            "rename the draft's file in the dossier",
        )
        .at(name))
    }
}
