//! `cargo xtask reference`: the program on real drafts and generated ones whose truth is known.
//!
//! The data is not part of this checkout; it lies beside it, in `../shared`. Without it the task says so and fails,
//! so that nobody takes a run without data for a run that passed.

mod rebuild;
mod scenarios;
mod status;
pub(crate) mod synth;
pub(crate) mod word;

use std::path::{Path, PathBuf};

use crate::bench::Scratch;
use crate::failure::{Failure, Result, While};
use crate::house;
use crate::program::Program;
use crate::say;

/// The reference data beside the checkout.
#[derive(Debug)]
pub(crate) struct Shared {
    root: PathBuf,
}

impl Shared {
    /// Finds it; none where it is not there.
    pub(crate) fn beside() -> Option<Shared> {
        let root = house::root().parent()?.join("shared");
        root.join("data").is_dir().then_some(Shared { root })
    }

    /// A file of it.
    pub(crate) fn file(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// A path as it is told: from the root of the data.
    pub(crate) fn name(&self, path: &Path) -> String {
        let inside = path.strip_prefix(&self.root).unwrap_or(path);
        let inside = inside.strip_prefix("data").unwrap_or(inside);
        inside.display().to_string()
    }

    /// The pairs whose names end in `_a` and `_b`: earlier and later versions of one text.
    pub(crate) fn pairs(&self) -> Result<Vec<(PathBuf, PathBuf)>> {
        let mut pairs = Vec::new();
        for folder in ["data/redline/pairs", "data/redline/synth"] {
            for old in drafts_in(&self.file(folder))? {
                let name = old.to_string_lossy();
                for ending in ["md", "txt"] {
                    if let Some(stem) = name.strip_suffix(&format!("_a.{ending}")) {
                        let new = PathBuf::from(format!("{stem}_b.{ending}"));
                        if new.is_file() {
                            pairs.push((old.clone(), new));
                        }
                    }
                }
            }
        }
        Ok(pairs)
    }

    /// Every draft of one process against every other, both ways, and against itself.
    fn drafts(&self) -> Result<Vec<(PathBuf, PathBuf)>> {
        let mut pairs = Vec::new();
        for folder in ["data/drafts", "data/drafts/brackets"] {
            let drafts = drafts_in(&self.file(folder))?;
            for old in &drafts {
                for new in &drafts {
                    pairs.push((old.clone(), new.clone()));
                }
            }
        }
        Ok(pairs)
    }
}

/// The drafts of a folder, by name.
fn drafts_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut drafts = Vec::new();
    for entry in std::fs::read_dir(folder).on(folder.display())? {
        let path = entry.on(folder.display())?.path();
        let ending = path
            .extension()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let about = path.file_stem().is_some_and(|stem| stem == "README");
        if path.is_file() && !about && ["md", "txt"].contains(&ending.as_str()) {
            drafts.push(path);
        }
    }
    drafts.sort();
    Ok(drafts)
}

/// The running count.
#[derive(Debug, Default)]
struct Score {
    passed: usize,
    failed: usize,
}

impl Score {
    /// Prints one line for one thing looked at: what it measured, or what it lacks.
    fn note(&mut self, name: &str, outcome: std::result::Result<String, String>) {
        let (word, text) = match outcome {
            Ok(figures) => {
                self.passed += 1;
                ("ok", figures)
            }
            Err(lack) => {
                self.failed += 1;
                ("FAILED", lack)
            }
        };
        say::line(&format!("reference: {name}: {word}: {text}"));
    }

    /// Tells the count; what failed is a failure.
    fn close(self) -> Result {
        let Score { passed, failed } = self;
        say::line(&format!("{passed} passed, {failed} failed"));
        match failed {
            0 => Ok(()),
            _ => Err(Failure::because(
                "some of the reference data is not handled as it should be",
            )),
        }
    }
}

/// One insertion of ours into each document with tracked changes.
pub(crate) fn insertions() -> Result {
    let Some(shared) = Shared::beside() else {
        return Err(Failure::because(
            "SKIPPED, nothing was checked: no reference data beside the checkout (../shared)",
        ));
    };
    let program = Program::build()?;
    let scratch = Scratch::new("insertions")?;
    let mut score = Score::default();
    word::insertions(&program, &shared, scratch.path(), &mut |name, outcome| {
        score.note(name, outcome);
    })?;
    score.close()
}

/// Runs the program on everything else and closes with the count.
pub(crate) fn run() -> Result {
    let Some(shared) = Shared::beside() else {
        return Err(Failure::because(
            "SKIPPED, nothing was checked: no reference data beside the checkout (../shared)",
        ));
    };
    let program = Program::build()?;
    let scratch = Scratch::new("reference")?;
    let mut score = Score::default();
    for (old, new) in shared.pairs()?.into_iter().chain(shared.drafts()?) {
        let name = format!("{} → {}", shared.name(&old), shared.name(&new));
        let outcome = rebuild::check(&program, scratch.path(), &old, &new);
        score.note(&name, outcome);
    }
    synth::check(&program, &shared, scratch.path(), &mut |name, outcome| {
        score.note(name, outcome);
    })?;
    word::check(&program, &shared, scratch.path(), &mut |name, outcome| {
        score.note(name, outcome);
    })?;
    status::check(&program, &shared, scratch.path(), &mut |name, outcome| {
        score.note(name, outcome);
    });
    scenarios::check(&program, &shared, scratch.path(), &mut |name, outcome| {
        score.note(name, outcome);
    })?;
    score.close()
}
