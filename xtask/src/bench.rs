//! Figures: how long the work takes, against the limits that are promised, and beside other programs.

pub(crate) mod redline;
pub(crate) mod talks;

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::clock::told;
use crate::failure::{Result, While};
use crate::say;

/// Prints a time beside its limit and says whether it holds.
fn against(what: &str, taken: Duration, limit: Duration) -> bool {
    let holds = taken <= limit;
    say::line(&format!(
        "{what:<46} {:>10}   limit {:>8}   {}",
        told(taken),
        told(limit),
        if holds { "holds" } else { "MISSED" }
    ));
    holds
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
