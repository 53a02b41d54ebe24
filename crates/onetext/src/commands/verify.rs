//! `onetext verify`: whether a record is as it was written.

use std::io::BufReader;
use std::path::{Path, PathBuf};

use clap::Args;
use onetext_desk::workspace::{Checked, Verdict, WorkspaceError, verify_file};
use onetext_seal::{Heads, LARGEST_HEADS, LARGEST_POUCH};

use crate::failure::Failure;
use crate::out::Out;
use crate::place::{Place, there, write_new};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// A record that `onetext export --format record` wrote, or a pouch for this workspace, instead of the workspace's store
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// Heads that somebody else holds, one line `ROOM ACT` each: each must be in the record
    #[arg(long, value_name = "HEADS")]
    against: Option<PathBuf>,
    /// Write the heads of every room to a file, for others to hold
    #[arg(long, value_name = "FILE")]
    heads: Option<PathBuf>,
    #[command(flatten)]
    place: Place,
}

pub(crate) fn run(given: &Arguments, out: &mut Out) -> Result<(), Failure> {
    if let Some(heads) = given.heads.as_deref().filter(|heads| heads.exists()) {
        return Err(there(heads));
    }
    let against = given.against.as_deref().map(read_heads).transpose()?;
    let checked = match &given.file {
        None => given.place.open()?.verify(against.as_ref())?,
        Some(file) if is_pouch(file)? => {
            if against.is_some() {
                return Err(Failure::usage(
                    "a pouch is no whole record, so no heads can be held against it",
                    "open the pouch, then verify the workspace against the heads",
                ));
            }
            let sealed = crate::folder::read_up_to(file, LARGEST_POUCH as u64)
                .map_err(|error| Failure::file(file, &error))?;
            let checked = given.place.open()?.verify_pouch(&sealed);
            checked.map_err(|error| Failure::from(error).at(file.display()))?
        }
        Some(file) => {
            let opened = std::fs::File::open(file).map_err(|error| Failure::file(file, &error))?;
            let checked = verify_file(BufReader::with_capacity(1 << 16, opened), against.as_ref());
            checked.map_err(|error| Failure::from(error).at(file.display()))?
        }
    };
    if let Some(file) = &given.heads {
        let heads = Heads(checked.heads.clone()).to_string();
        write_new(file, heads.as_bytes())?;
    }
    if out.json() {
        out.object(&checked)?;
    } else {
        say(&checked, out)?;
    }
    out.flush()?;
    verdict(given, &checked)
}

/// A file that begins as age's do.
fn is_pouch(file: &Path) -> Result<bool, Failure> {
    use std::io::Read as _;
    let failed = |error: std::io::Error| Failure::file(file, &error);
    let mut start = Vec::new();
    let opened = std::fs::File::open(file).map_err(failed)?;
    opened.take(20).read_to_end(&mut start).map_err(failed)?;
    Ok(start.starts_with(b"age-encryption.org/"))
}

fn read_heads(file: &Path) -> Result<Heads, Failure> {
    let bytes = crate::folder::read_up_to(file, LARGEST_HEADS as u64)
        .map_err(|error| Failure::file(file, &error))?;
    let heads = String::from_utf8_lossy(&bytes).parse::<Heads>();
    heads.map_err(|error| Failure::from(WorkspaceError::from(error)).at(file.display()))
}

fn say(checked: &Checked, out: &mut Out) -> Result<(), Failure> {
    for bad in &checked.bad {
        out.line(&format!("bad      {}: {}", bad.act, bad.what))?;
    }
    for place in &checked.bad_keys {
        out.line(&format!("bad      {place}: the key record was changed"))?;
    }
    for damage in &checked.damages {
        out.line(&format!("damage   {damage}"))?;
    }
    for unknown in &checked.unknown {
        out.line(&format!("unknown  {}: {}", unknown.act, unknown.what))?;
    }
    for void in &checked.without_effect {
        out.line(&format!("void     {}: {}", void.act, void.what))?;
    }
    out.line(&format!(
        "{} good, {} unknown, {} bad; {} erased; {} contents, {} erased",
        checked.good,
        checked.unknown.len(),
        checked.bad.len() + checked.bad_keys.len(),
        checked.erased,
        checked.contents,
        checked.contents_erased
    ))?;
    for (room, heads) in &checked.heads {
        for head in heads {
            out.line(&format!("head     {room} {head}"))?;
        }
    }
    if checked.cut_not_excluded {
        out.line(
            "not excluded: that the last acts of a room were cut off, or the whole replaced. Hold it against heads that \
             another site, a receipt or a printed page has: --against HEADS",
        )?;
    }
    Ok(())
}

/// How the command ends.
fn verdict(given: &Arguments, checked: &Checked) -> Result<(), Failure> {
    let place = match &given.file {
        Some(file) => file.display().to_string(),
        None => given.place.folder().display().to_string(),
    };
    let first = |list: Vec<String>| list.into_iter().next().unwrap_or_default();
    let failure = match checked.verdict {
        Verdict::Good => return Ok(()),
        Verdict::Tampered => {
            let acts = checked
                .bad
                .iter()
                .map(|bad| format!("the act {} was changed: {}", bad.act, bad.what));
            let keys = checked
                .bad_keys
                .iter()
                .map(|place| format!("{place}: the key record was changed"));
            Failure::new(
                "tampered",
                first(acts.chain(keys).collect()),
                "keep it as evidence, and take a backup or another site's record instead",
            )
        }
        Verdict::Damaged => Failure::new(
            "damaged",
            first(checked.damages.clone()),
            "take a backup or another site's record instead, and compare",
        ),
    };
    Err(failure.at(place).ending(checked.exit_status()))
}
