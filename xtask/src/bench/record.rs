//! `cargo xtask bench record`: a long record opened and folded from its sealed rows, by the program as a user runs it.

use std::path::Path;
use std::time::Duration;

use onetext_desk::workspace::{Manner, Workspace};
use onetext_desk::{Books, import};

use super::{Scratch, against, figure, line};
use crate::clock::{self, Taken};
use crate::failure::{Failure, Result, While};
use crate::program::Program;
use crate::sample::{LARGE, Sample};
use crate::say;

/// What is promised for a million acts, at two threads.
const MILLION: u32 = 1_000_000;
const FOLD: Duration = Duration::from_secs(5);
const MEMORY: u64 = 1_000_000_000;

/// When everything was recorded: 6 March 2031, in microseconds since 1970.
const NOW: i64 = 1_930_521_600_000_000;

/// Writes the large sample into a store, as a host for all its seats, and measures `status` on it. The limits are those of
/// a million acts, taken for as many as there are; the sample has a fifth of that.
pub(crate) fn run() -> Result {
    let scratch = Scratch::new("bench-record")?;
    let acts = write(scratch.path())?;
    let share = f64::from(acts) / f64::from(MILLION);
    let program = Program::build()?;
    let run = program.run(scratch.path(), &["status", "-C", ".", "--json"])?;
    if !run.good {
        let said = run.said.trim();
        return Err(Failure::because(format!("the program failed: {said}")));
    }
    let mut holds = against(
        &format!("status from {acts} sealed acts"),
        run.taken,
        FOLD.mul_f64(share),
    );
    if let Some(bytes) = run.memory {
        let limit = MEMORY as f64 * share;
        let fits = bytes as f64 <= limit;
        holds &= fits;
        let verdict = if fits { "holds" } else { "MISSED" };
        line(
            "its memory at most",
            &format!("{} MB", bytes / 1_000_000),
            &format!("limit {:.0} MB: {verdict}", limit / 1e6),
        );
    }
    match holds {
        true => Ok(()),
        false => Err(Failure::because("a limit is missed")),
    }
}

/// The sample as a workspace: how many acts it has.
fn write(folder: &Path) -> Result<u32> {
    let sample = Sample::of(LARGE, 1);
    let mut files: std::collections::BTreeMap<String, Vec<u8>> = sample
        .drafts
        .iter()
        .map(|(name, text)| (name.clone(), text.clone().into_bytes()))
        .collect();
    let books = Books::open(&sample.dossier, &mut files).on("the sample")?;
    drop((sample, files));
    let mut workspace =
        Workspace::create(folder, None, &Manner::usual(None)).on(folder.display())?;
    let (imported, taken): (_, Taken) = clock::time(|| import(&books, &mut workspace, true, NOW));
    let recorded = imported.on("importing the sample")?.recorded;
    figure("imported, signed and sealed", taken);
    say::line(&format!(
        "{recorded} acts, {} positions among them, {} seats; the store has {} MB",
        LARGE.positions,
        LARGE.parties + 1,
        std::fs::metadata(folder.join("onetext.db")).map_or(0, |file| file.len() / 1_000_000)
    ));
    u32::try_from(recorded).on("counting the acts")
}
