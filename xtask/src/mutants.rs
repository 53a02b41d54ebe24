//! `cargo xtask mutants`: each row of `docs/mechanisms.md` is switched off in the program, and some story must then be false.
//!
//! A program is built in which one kind of act can be ignored by the fold, or one rule left out, and the stories are run
//! against it once for each. A mutant that no story notices is told, and is a failure.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};

use crate::failure::{Failure, Result, While as _};
use crate::say;

/// Rows of `docs/mechanisms.md`, and what is switched off for each: a kind of act (`kind:…`), or a rule of
/// `crates/talks/src/mutant.rs`.
const ROWS: &[(&str, &str)] = &[
    ("E1", "kind:stance"),
    ("E2", "the first is not the latest"),
    ("E3", "kind:mission"),
    ("E4", "a claim is judged"),
    ("E5", "kind:mission"),
    ("E6", "kind:statement"),
    ("E7", "kind:statement"),
    ("E8", "kind:statement"),
    ("E9", "required texts are required"),
    ("E10", "kind:statement"),
    ("E11", "kind:dispose"),
    ("E12", "a claim is judged"),
    ("E13", "kind:mission"),
    ("E14", "kind:stance"),
    ("E15", "kind:gate"),
    ("E16", "kind:briefing"),
    ("E17", "kind:confirm"),
    ("E18", "kind:stance"),
    ("E19", "kind:session"),
    ("E20", "kind:confirm"),
    ("E21", "kind:session"),
    ("E22", "kind:statement"),
    ("E23", "kind:session"),
    ("E24", "kind:statement"),
    ("E25", "kind:reply-due"),
    ("E26", "kind:statement"),
    ("E27", "who was given what is known"),
    ("E28", "kind:understanding"),
    ("E29", "kind:assess"),
    ("E30", "kind:stance"),
    ("E31", "an objection is carried"),
    ("E32", "required texts are required"),
    ("E33", "levels count"),
    ("E34", "kind:statement"),
    ("E35", "a claim is judged"),
    ("E36", "kind:track"),
    ("E37", "kind:statement"),
    ("I1", "kind:deliver"),
    ("I2", "silence is unknown"),
    ("I3", "kind:deny"),
    ("I4", "kind:statement"),
    ("I5", "kind:convey"),
    ("I6", "kind:mission"),
    ("I7", "kind:confirm"),
    ("I8", "kind:stance"),
    ("I9", "levels count"),
    ("I10", "kind:session"),
    ("I11", "an assent binds to its wording"),
    ("I12", "finality takes a room of all"),
    ("I13", "kind:statement"),
    ("I14", "kind:stance"),
    ("I15", "kind:consent"),
    ("I16", "provisions keep their identity"),
    ("I17", "kind:acknowledge"),
    ("I18", "who was given what is known"),
    ("I19", "kind:session"),
    ("C1", "kind:deliver"),
    ("C2", "kind:stance"),
    ("C3", "the first is not the latest"),
    ("C4", "kind:deliver"),
    ("C6", "kind:dispose"),
    ("C7", "an open bracket disputes"),
    ("C8", "kind:bracket"),
    ("C9", "a placeholder is open"),
    ("C11", "kind:bracket"),
    ("C12", "levels count"),
    ("C14", "finality takes the own word"),
    ("C15", "kind:silence"),
    ("C16", "kind:initial"),
    ("C17", "kind:sign"),
    ("C17", "kind:ratify"),
    ("C17", "signatures are in escrow"),
    ("C18", "powers count"),
    ("C19", "kind:challenge"),
    ("C20", "kind:correct"),
    ("C21", "a version stands for its draft"),
    ("C21", "kind:editorial"),
    ("C23", "kind:deliver"),
    ("C24", "kind:session"),
    ("C25", "hold is held"),
    ("C26", "kind:convey"),
    ("C27", "kind:minute"),
    ("C28", "required texts are required"),
    ("C29", "kind:package"),
    ("C30", "kind:red-line"),
    ("C31", "kind:track"),
];

/// Runs every mutant against the stories; `only` keeps those whose name holds it.
pub(crate) fn run(only: Option<&str>) -> Result {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let stories = |mutant: Option<&str>| -> Result<bool> {
        let mut command = Command::new(&cargo);
        command.args(["test", "--quiet", "-p", "onetext", "--features", "mutants"]);
        command.args(["--test", "it", "the_stories_are_true"]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        if let Some(mutant) = mutant {
            command.env("ONETEXT_MUTANT", mutant);
        }
        let status = command.status().on("cargo")?;
        Ok(status.success())
    };
    if !stories(None)? {
        return Err(Failure::because("the stories are not true as they stand"));
    }
    let mut by_mutant: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (row, mutant) in ROWS {
        if only.is_none_or(|only| mutant.contains(only)) {
            by_mutant.entry(mutant).or_default().push(row);
        }
    }
    let (mut killed, mut surviving) = (0, Vec::new());
    for (mutant, rows) in &by_mutant {
        if stories(Some(mutant))? {
            say::line(&format!("survives  {mutant} ({})", rows.join(", ")));
            surviving.extend(rows.iter().copied());
        } else {
            say::line(&format!("killed    {mutant} ({})", rows.join(", ")));
            killed += rows.len();
        }
    }
    let all = killed + surviving.len();
    say::line(&format!(
        "{all} mutants of rows, {} different; {killed} killed, {} surviving",
        by_mutant.len(),
        surviving.len()
    ));
    if surviving.is_empty() {
        Ok(())
    } else {
        Err(Failure::because(format!(
            "no story notices what is missing of {}",
            surviving.join(", ")
        )))
    }
}
