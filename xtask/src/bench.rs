//! Figures: how long the work takes, against the limits that are promised, and beside other programs.

mod append;
pub(crate) mod packages;
pub(crate) mod press;
pub(crate) mod record;
pub(crate) mod redline;
pub(crate) mod seal;
pub(crate) mod talks;
pub(crate) mod web;
pub(crate) mod word;

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::clock::{Taken, told};
use crate::failure::{Result, While};
use crate::say;

/// Prints a time beside its limit and says whether it holds: by the clock on the wall, as a person waits. What the
/// processor worked stands beside it, so that a miss on a busy machine can be told from a slow program.
fn against(what: &str, taken: Taken, limit: Duration) -> bool {
    let holds = taken.wall <= limit;
    let worked = taken
        .worked
        .map(|time| format!(", {} of the processor", told(time)));
    line(
        what,
        &told(taken.wall),
        &format!(
            "limit {}: {}{}",
            told(limit),
            if holds { "holds" } else { "MISSED" },
            worked.unwrap_or_default()
        ),
    );
    holds
}

/// Prints a figure without a limit.
fn figure(what: &str, taken: Taken) {
    let worked = taken
        .worked
        .map(|time| format!("{} of the processor", told(time)));
    line(what, &told(taken.wall), &worked.unwrap_or_default());
}

fn line(what: &str, figure: &str, more: &str) {
    say::line(format!("{what:<40} {figure:>10}   {more}").trim_end());
}

/// A folder of its own for one task, gone when the task ends.
#[derive(Debug)]
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    /// Makes an empty folder.
    pub(crate) fn new(task: &str) -> Result<Scratch> {
        let name = format!("onetext-{task}-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).on(folder.display())?;
        Ok(Scratch(folder))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // A folder that stays behind in the temporary folder harms nobody.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
