//! `onetext new`: an empty workspace.

use std::path::{Path, PathBuf};

use clap::Args;
use onetext_desk::workspace::{KEYS_FOLDER, Manner, STORE_FILE, Workspace};

use crate::failure::Failure;
use crate::out::Out;
use crate::place::{Lock, now};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The folder to make it in
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The seat that signs here
    #[arg(long, value_name = "ID")]
    seat: Option<String>,
    /// Found a process of this title, as the seat that holds the pen; without it the process arrives in a pouch, or is
    /// imported
    #[arg(long, value_name = "TITLE", requires = "seat")]
    title: Option<String>,
    /// Lock the keys with a passphrase that is asked for
    #[arg(long)]
    passphrase: bool,
    #[command(flatten)]
    lock: Lock,
}

pub(crate) fn run(given: &Arguments, out: &mut Out) -> Result<(), Failure> {
    let folder = given.folder.as_path();
    let passphrase = given.lock.making(given.passphrase)?;
    let made = make_folder(folder)?;
    let keys = folder.join(KEYS_FOLDER);
    let keys_before = keys.exists();
    let manner = Manner::usual(passphrase.as_ref());
    let workspace = Workspace::create(folder, given.seat.as_deref(), &manner);
    let workspace = workspace.map_err(Failure::from).and_then(|mut workspace| {
        if let (Some(seat), Some(title)) = (&given.seat, &given.title) {
            workspace.found_titled(seat, title, now())?;
        }
        Ok(workspace)
    });
    let workspace = match workspace {
        Ok(workspace) => workspace,
        Err(failure) => {
            // Nothing half made stays behind; what was there before does.
            if !keys_before {
                let _ = std::fs::remove_dir_all(&keys);
            }
            if made {
                let _ = std::fs::remove_dir(folder);
            }
            return Err(failure);
        }
    };
    say(given, &workspace, out)
}

/// Makes the folder, for its owner alone; says whether it was not there.
pub(super) fn make_folder(folder: &Path) -> Result<bool, Failure> {
    let failed = |error: std::io::Error| Failure::file(folder, &error);
    if folder.is_dir() {
        return Ok(false);
    }
    if let Some(parent) = folder.parent() {
        std::fs::create_dir_all(parent).map_err(failed)?;
    }
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(folder).map_err(failed)?;
    Ok(true)
}

fn say(given: &Arguments, workspace: &Workspace, out: &mut Out) -> Result<(), Failure> {
    let folder = given.folder.display();
    let files = [
        given.folder.join(STORE_FILE).display().to_string(),
        given.folder.join(KEYS_FOLDER).display().to_string(),
    ];
    let process = workspace.process()?.map(|process| process.to_string());
    let sites = workspace.introductions();
    if out.json() {
        return out.object(&serde_json::json!({
            "files": files,
            "process": process,
            "sites": sites,
        }));
    }
    for file in &files {
        out.line(&format!("made {file}"))?;
    }
    out.line("The keys are this site's own: nobody can write or read in its name without them, nor without a copy of them.")?;
    if let Some(process) = &process {
        out.line(&format!("\nProcess {process}"))?;
    }
    for site in &sites {
        out.line(&format!(
            "Seat {}, site {}, recipient {}",
            site.seat, site.site, site.recipient
        ))?;
    }
    let next = match (&process, sites.first()) {
        (Some(_), _) => format!(
            "to let another site in, run there `onetext new DIR --seat ID`, then here `onetext site bind` with what it prints; \
             after that: onetext pouch pack --to SEAT -o FILE -C {folder}"
        ),
        (None, Some(site)) => format!(
            "send this line to the seat that holds the pen, or a card with the same (onetext site card -o FILE -C {folder}); it runs\n  onetext site bind {} --key {} --recipient {}\n\
             and sends you a pouch: onetext pouch open FILE -C {folder}",
            site.seat, site.site, site.recipient
        ),
        (None, None) => format!("onetext import DOSSIER -C {folder}"),
    };
    out.line(&format!("\nNext: {next}"))
}
