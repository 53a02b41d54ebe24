//! The fold by itself, in a program of its own: what it takes, and how much memory.

use std::path::Path;
use std::time::Duration;

use onetext_desk::Books;
use onetext_desk::workspace::{Manner, Workspace};
use onetext_talks::Cut;

use crate::clock::{self, Taken};
use crate::failure::{Failure, Result, While};
use crate::program;
use crate::say;

/// When the record is read: 1 April 2031, in microseconds since 1970.
const NOW: i64 = 1_932_768_000_000_000;

/// What a fold took.
#[derive(Debug)]
pub(super) struct Fold {
    /// From the folder to the folded state.
    pub(super) fold: Taken,
    /// Its parts, and what comes after it.
    pub(super) parts: Vec<(String, Taken)>,
    /// The most memory until the state was folded, in bytes.
    pub(super) memory: Option<u64>,
}

/// Folds the store of a folder in a program of its own; with a snapshot, or without.
pub(super) fn apart(folder: &Path, with_snapshot: bool) -> Result<Fold> {
    let here = std::env::current_exe().on("finding this program")?;
    let snapshot = if with_snapshot { "with" } else { "without" };
    let run = program::run(&here, folder, &["measure-fold", snapshot])?;
    super::good(&run)?;
    let answer = String::from_utf8_lossy(&run.answer).into_owned();
    let mut parts = Vec::new();
    let mut memory = None;
    for line in answer.lines() {
        let mut words = line.splitn(3, ' ');
        let (Some(wall), Some(worked), Some(what)) = (words.next(), words.next(), words.next())
        else {
            continue;
        };
        let number = |word: &str| word.parse().ok().map(Duration::from_micros);
        if what == "memory" {
            memory = wall.parse().ok();
            continue;
        }
        let taken = Taken {
            wall: number(wall).unwrap_or_default(),
            worked: number(worked),
        };
        parts.push((what.to_owned(), taken));
    }
    let fold = parts.iter().position(|(what, _)| what == "fold");
    let (_, fold) = fold
        .map(|place| parts.remove(place))
        .ok_or_else(|| Failure::because(format!("the fold said nothing: {answer}")))?;
    Ok(Fold {
        fold,
        parts,
        memory,
    })
}

/// Keeps the snapshots of the store of a folder.
pub(super) fn keep_snapshots(folder: &Path) -> Result {
    let (kept, taken) = clock::time(|| {
        let mut workspace = Workspace::open(folder, &Manner::usual(None))?;
        Books::keep_snapshots(&mut workspace, None, 1)
    });
    let kept = kept.on("keeping snapshots")?;
    crate::bench::figure(&format!("{kept} snapshots kept"), taken);
    Ok(())
}

/// `xtask measure-fold with|without`: in the folder where it stands.
pub(crate) fn measure(with_snapshot: bool) -> Result {
    let folder = Path::new(".");
    if !with_snapshot {
        let mut workspace = Workspace::open(folder, &Manner::usual(None)).on("the store")?;
        workspace.forget_snapshots().on("the store")?;
    }
    let (opened, opening) = clock::time(|| {
        let mut workspace = Workspace::open(folder, &Manner::usual(None))?;
        Books::of_workspace(&mut workspace, None, None, NOW)
    });
    let (books, viewer) = opened.on("the store")?;
    let (folded, folding) = clock::time(|| books.fold(&viewer, &Cut::default()));
    let acts = folded.on("folding")?;
    let memory = high_water();
    let (status, answering) =
        clock::time(|| onetext_desk::status(&books, &viewer, &Cut::default()));
    let status = status.on("the answer")?;
    let both = Taken {
        wall: opening.wall + folding.wall,
        worked: opening
            .worked
            .zip(folding.worked)
            .map(|(one, other)| one + other),
    };
    part("fold", both);
    part("to the record: rows, seals, acts", opening);
    part(&format!("to the state of {acts} acts"), folding);
    part(
        &format!(
            "then folded anew and answered, {} alerts",
            status.alerts.len()
        ),
        answering,
    );
    if let Some(bytes) = memory {
        say::line(&format!("{bytes} 0 memory"));
    }
    Ok(())
}

fn part(what: &str, taken: Taken) {
    let worked = taken.worked.unwrap_or(taken.wall);
    say::line(&format!(
        "{} {} {what}",
        taken.wall.as_micros(),
        worked.as_micros()
    ));
}

/// The most memory that this program has had, as Linux tells.
fn high_water() -> Option<u64> {
    program::high_water(&std::fs::read_to_string("/proc/self/status").ok()?)
}
