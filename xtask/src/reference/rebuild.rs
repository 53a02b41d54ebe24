//! The redline of a pair, and whether its runs give both texts back to the letter.

use std::collections::BTreeSet;
use std::path::Path;

use onetext_text::Draft;
use serde_json::Value;

use crate::clock::told;
use crate::drafts;
use crate::program::Program;

/// Runs `redline --format json` and rebuilds both drafts from it. Gives the figures of the line, or what is wrong.
pub(super) fn check(
    program: &Program,
    folder: &Path,
    old: &Path,
    new: &Path,
) -> Result<String, String> {
    let (old_file, new_file) = (old.to_string_lossy(), new.to_string_lossy());
    let run = program
        .run(
            folder,
            &["redline", &old_file, &new_file, "--format", "json"],
        )
        .map_err(|failure| failure.to_string())?;
    if !run.good {
        return Err(format!("the program failed: {}", run.said.trim()));
    }
    let redline: Value =
        serde_json::from_slice(&run.answer).map_err(|error| format!("no JSON: {error}"))?;
    let pairs = redline["pairs"].as_array().ok_or("no pairs")?;
    one_side(pairs, &read(old)?, "old_index", &["delete", "move_from"])
        .map_err(|lack| format!("the old text: {lack}"))?;
    one_side(pairs, &read(new)?, "new_index", &["insert", "move_to"])
        .map_err(|lack| format!("the new text: {lack}"))?;
    Ok(format!("{} pairs, {}", pairs.len(), told(run.taken.wall)))
}

fn read(path: &Path) -> Result<Draft, String> {
    drafts::open(path).map_err(|failure| failure.to_string())
}

/// Each provision of one side stands in exactly one pair, and the runs of the pair spell its wording to the letter;
/// those of a pair with several are joined by line breaks.
fn one_side(pairs: &[Value], draft: &Draft, side: &str, own: &[&str]) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    for pair in pairs {
        let mut told = String::new();
        for run in pair["runs"].as_array().ok_or("a pair without runs")? {
            let op = run["op"].as_str().unwrap_or_default();
            let kept = match side {
                "old_index" => run["old"].as_str().or(run["text"].as_str()),
                _ => run["text"].as_str(),
            };
            match op {
                "keep" => told.push_str(kept.unwrap_or_default()),
                _ if own.contains(&op) => told.push_str(run["text"].as_str().unwrap_or_default()),
                _ => {}
            }
        }
        let mut wordings = Vec::new();
        for index in pair[side].as_array().ok_or("a pair without indices")? {
            let index = index.as_u64().and_then(|index| usize::try_from(index).ok());
            let index = index.ok_or("an index that is no number")?;
            let provision = draft.provisions().get(index);
            let provision = provision.ok_or_else(|| format!("no provision has index {index}"))?;
            if !seen.insert(index) {
                return Err(format!("{} stands in two pairs", provision.path));
            }
            wordings.push(provision.wording.as_str());
        }
        if told != wordings.join("\n") {
            return Err(format!("{} is not what its runs spell", pair[side]));
        }
    }
    match draft.provisions().len() - seen.len() {
        0 => Ok(()),
        lacking => Err(format!("{lacking} provisions stand in no pair")),
    }
}
