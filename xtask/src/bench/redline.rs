//! `cargo xtask bench redline`: the redline against its limits, and beside programs that compare words.
//!
//! The others compare words alone and know nothing of provisions. Whole processes are measured, from start to end, in
//! turns, so that a busy machine disturbs all alike; medians are told. Every figure also goes to a JSON file.

mod compilation;
mod hard;
pub(super) mod marked;
pub(super) mod speed;
mod truth;

use serde_json::{Value, json};

use super::Scratch;
use crate::failure::{Failure, Result, While};
use crate::house;
use crate::program::Program;
use crate::reference::Shared;
use crate::say;

/// The figures so far, and how many limits were missed.
#[derive(Debug, Default)]
pub(super) struct Report {
    figures: Vec<Value>,
    missed: usize,
}

impl Report {
    /// Prints a line and keeps its figures.
    pub(super) fn note(&mut self, line: &str, figures: Value) {
        say::line(line);
        self.figures.push(figures);
    }

    /// Notes whether something holds that was promised.
    pub(super) fn promise(&mut self, what: &str, figure: f64, limit: f64, at_most: bool) {
        let holds = if at_most {
            figure <= limit
        } else {
            figure >= limit
        };
        self.missed += usize::from(!holds);
        let (word, bound) = (
            if holds { "holds" } else { "MISSED" },
            if at_most { "at most" } else { "at least" },
        );
        self.note(
            &format!("{word}: {what}: {figure:.4}, {bound} {limit}"),
            json!({"what": what, "figure": figure, "limit": limit, "bound": bound, "holds": holds}),
        );
    }
}

impl Report {
    /// Writes the figures to a file of the checkout; a limit that was missed is a failure.
    pub(super) fn close(self, name: &str) -> Result {
        let file = house::root().join(name);
        let bytes = serde_json::to_vec_pretty(&self.figures)
            .map_err(|error| Failure::because(error.to_string()))?;
        std::fs::write(&file, bytes).on(file.display())?;
        say::line(&format!("figures: {name}"));
        match self.missed {
            0 => Ok(()),
            missed => Err(Failure::because(format!("{missed} limits were missed"))),
        }
    }
}

/// Measures everything; a limit that is missed is a failure.
pub(crate) fn run() -> Result {
    let program = Program::build()?;
    let scratch = Scratch::new("bench-redline")?;
    let mut report = Report::default();
    compilation::measure(&mut report)?;
    hard::measure(&program, scratch.path(), &mut report)?;
    match Shared::beside() {
        None => say::line(
            "SKIPPED: no reference data beside the checkout (../shared): its pairs, their truth and the speed on them",
        ),
        Some(shared) => {
            speed::measure(&program, &shared, scratch.path(), &mut report)?;
            truth::measure(&program, &shared, scratch.path(), &mut report)?;
            marked::measure(&program, &shared, scratch.path(), &mut report)?;
        }
    }
    report.close("target/bench-redline.json")
}
