//! `cargo xtask tidy`: the rules of the house that no compiler checks.
//!
//! Each rule takes the [`House`] and hands back what it found; it is tested on houses of a few lines.

mod arrows;
mod claims;
mod documents;
mod links;
mod purity;
mod sources;

use std::fmt;

use crate::failure::{Failure, Result};
use crate::house::{self, House};
use crate::say;

/// Something that breaks a rule, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Finding {
    file: String,
    /// Counted from 1; 0 for the file as a whole.
    line: usize,
    /// What is wrong and what to do, as a sentence.
    text: String,
}

impl Finding {
    fn new(file: &str, line: usize, text: impl Into<String>) -> Finding {
        Finding {
            file: file.to_owned(),
            line,
            text: text.into(),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file, self.text),
            line => write!(f, "{}:{line}: {}", self.file, self.text),
        }
    }
}

/// One rule: its name, and what it finds.
type Rule = (&'static str, fn(&House) -> Vec<Finding>);

const RULES: &[Rule] = &[
    ("arrows between crates", arrows::check),
    ("pure crates", purity::check),
    ("source files", sources::check),
    ("test binaries", sources::check_test_binaries),
    ("machine paths", sources::check_machine_paths),
    ("pages that fetch nothing", sources::check_pages),
    ("documents", documents::check),
    ("links", links::check),
    ("glossary", documents::check_glossary),
    ("decision records", documents::check_decisions),
    ("changelog", documents::check_changelog),
    ("claims of SECURITY.md", claims::check),
];

/// Checks the checkout against every rule and prints what breaks one.
pub(crate) fn run() -> Result {
    let house = House::read(&house::root())?;
    let mut broken = 0;
    for (name, check) in RULES {
        let mut findings = check(&house);
        findings.sort();
        let verdict = if findings.is_empty() { "ok" } else { "BROKEN" };
        say::line(&format!("tidy: {name}: {verdict}"));
        for finding in &findings {
            say::line(&format!("  {finding}"));
        }
        broken += findings.len();
    }
    if broken == 0 {
        return Ok(());
    }
    Err(Failure::because(format!(
        "{broken} things are not tidy; each line above says where and what to do"
    )))
}

/// Checks one rule on a house of a few lines: what it finds, as printed.
#[cfg(test)]
fn found(check: fn(&House) -> Vec<Finding>, files: &[(&str, &str)]) -> Vec<String> {
    let mut findings = check(&House::of(files));
    findings.sort();
    findings.iter().map(Finding::to_string).collect()
}
