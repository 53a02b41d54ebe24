//! `cargo xtask bench record`: a record of a million acts, opened and folded from its sealed rows.

mod fold;
mod million;

use std::time::Duration;

use super::{Scratch, against, line};
use crate::failure::{Failure, Result};
use crate::program::{Program, Run};
use crate::say;

pub(crate) use fold::measure;

/// What is promised for a million acts, at two threads.
const FOLD: Duration = Duration::from_secs(5);
const MEMORY: u64 = 1_000_000_000;

/// The same, where a snapshot is there.
const OPENING: Duration = Duration::from_secs(1);

/// Writes a million acts into a store, as a host for all seats, and measures the fold of them by a program of its own, so
/// that nothing else is counted; then what a user waits for.
pub(crate) fn run() -> Result {
    let scratch = Scratch::new("bench-record")?;
    million::write(scratch.path())?;
    let fold = fold::apart(scratch.path(), false)?;
    let mut holds = against("rows read, opened, decoded, folded", fold.fold, FOLD);
    for (what, taken) in &fold.parts {
        super::figure(&format!("  {what}"), *taken);
    }
    holds &= memory("  its memory at most", fold.memory);
    fold::keep_snapshots(scratch.path())?;
    let opened = fold::apart(scratch.path(), true)?;
    holds &= against("opened and folded with a snapshot", opened.fold, OPENING);
    for (what, taken) in &opened.parts {
        super::figure(&format!("  {what}"), *taken);
    }
    holds &= memory("  its memory at most", opened.memory);
    let program = Program::build()?;
    let run = program.run(scratch.path(), &["status", "-C", ".", "--json"])?;
    good(&run)?;
    super::figure("onetext status --json, as a whole", run.taken);
    if let Some(bytes) = run.memory {
        line(
            "  its memory at most",
            &format!("{} MB", bytes / 1_000_000),
            "",
        );
    }
    match holds {
        true => Ok(()),
        false => Err(Failure::because("a limit is missed")),
    }
}

fn good(run: &Run) -> Result {
    match run.good {
        true => Ok(()),
        false => {
            let said = run.said.trim();
            Err(Failure::because(format!("the program failed: {said}")))
        }
    }
}

/// Whether so much memory is within the limit.
fn memory(what: &str, bytes: Option<u64>) -> bool {
    let Some(bytes) = bytes else {
        say::line("  its memory: this machine does not tell");
        return true;
    };
    let fits = bytes <= MEMORY;
    let verdict = if fits { "holds" } else { "MISSED" };
    line(
        what,
        &format!("{} MB", bytes / 1_000_000),
        &format!("limit {} MB: {verdict}", MEMORY / 1_000_000),
    );
    fits
}
