//! Generated pairs whose truth is known: what share of the provisions is mapped as it should be.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::Shared;
use crate::failure::{Failure, Result, While};
use crate::program::Program;

/// The least share of provisions that must be mapped as the truth says.
const LEAST_MAPPED: f64 = 0.97;

/// Seeds that the aligner was not written on, with the number of articles.
const FRESH: &[(u64, usize)] = &[(20_261, 60), (20_262, 120), (20_263, 30)];

/// One generated pair.
#[derive(Debug)]
pub(crate) struct Pair {
    /// What it is called.
    pub(crate) name: String,
    stem: PathBuf,
}

impl Pair {
    /// One of the reference data.
    pub(crate) fn kept(shared: &Shared, name: &str) -> Pair {
        Pair {
            name: format!("synth/{name}"),
            stem: shared.file("data/redline/synth").join(name),
        }
    }

    /// Makes one in a folder: so many articles from a seed.
    pub(crate) fn made(
        shared: &Shared,
        folder: &Path,
        (name, articles, seed): (&str, usize, u64),
    ) -> Result<Pair> {
        let script = shared.file("data/redline/synth/synth.py");
        let made = Command::new("python3")
            .arg(&script)
            .args([name, &articles.to_string(), &seed.to_string()])
            .arg(folder)
            .arg("nodocx")
            .output()
            .on("python3")?;
        if !made.status.success() {
            let said = String::from_utf8_lossy(&made.stderr).into_owned();
            return Err(Failure::because(format!("{}: {said}", script.display())));
        }
        Ok(Pair {
            stem: folder.join(name),
            name: name.to_owned(),
        })
    }

    /// A file of it: `a.txt`, `b.txt`, `truth.json`.
    pub(crate) fn file(&self, ending: &str) -> PathBuf {
        PathBuf::from(format!("{}_{ending}", self.stem.display()))
    }
}

/// The pairs of the reference data and three fresh ones, made in a folder.
fn pairs(shared: &Shared, folder: &Path) -> Result<Vec<Pair>> {
    let mut pairs = vec![Pair::kept(shared, "t"), Pair::kept(shared, "s")];
    for (seed, articles) in FRESH {
        let name = format!("seed-{seed}");
        pairs.push(Pair::made(shared, folder, (&name, *articles, *seed))?);
    }
    Ok(pairs)
}

/// Scores every pair as plain text; a share too small or a provision wrongly called edited is a failure.
pub(crate) fn check(
    program: &Program,
    shared: &Shared,
    folder: &Path,
    note: &mut dyn FnMut(&str, std::result::Result<String, String>),
) -> Result {
    for pair in pairs(shared, folder)? {
        let outcome = score(program, shared, folder, &pair).and_then(|score| judge(&score));
        note(&pair.name, outcome);
    }
    Ok(())
}

/// What the scoring script says of a pair.
pub(crate) fn score(
    program: &Program,
    shared: &Shared,
    folder: &Path,
    pair: &Pair,
) -> std::result::Result<Value, String> {
    let (old, new) = (pair.file("a.txt"), pair.file("b.txt"));
    let (old_name, new_name) = (old.to_string_lossy(), new.to_string_lossy());
    let run = program
        .run(
            folder,
            &["redline", &old_name, &new_name, "--format", "json"],
        )
        .map_err(|failure| failure.to_string())?;
    if !run.good {
        return Err(format!("the program failed: {}", run.said.trim()));
    }
    let answer = folder.join("redline.json");
    std::fs::write(&answer, &run.answer).map_err(|error| error.to_string())?;
    let scored = Command::new("python3")
        .arg(shared.file("check/synth_redline.py"))
        .args([&pair.file("truth.json"), &old, &new, &answer])
        .output()
        .map_err(|error| format!("python3: {error}"))?;
    serde_json::from_slice(&scored.stdout).map_err(|error| {
        let said = String::from_utf8_lossy(&scored.stderr).into_owned();
        format!("no score ({error}): {said}")
    })
}

fn judge(score: &Value) -> std::result::Result<String, String> {
    let mapped = score["mapped"].as_f64().unwrap_or(0.0);
    let false_edited = score["false_edited"].as_u64().unwrap_or(u64::MAX);
    let found = |kind: &str| {
        format!(
            "{kind} {}/{}",
            score[kind]["precision"], score[kind]["recall"]
        )
    };
    let figures = format!(
        "mapped {:.2} %, falsely edited {false_edited}, noise {}, precision/recall {}, {}, {}",
        mapped * 100.0,
        score["noise"],
        found("moved"),
        found("split"),
        found("merged"),
    );
    match mapped >= LEAST_MAPPED && false_edited == 0 {
        true => Ok(figures),
        false => Err(figures),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_below_the_least_fails_and_so_does_one_false_edit() {
        let score = |mapped: f64, edited: u64| {
            judge(&serde_json::json!({"mapped": mapped, "false_edited": edited})).is_ok()
        };
        assert!(score(0.97, 0));
        assert!(!score(0.969, 0));
        assert!(!score(1.0, 1));
        assert!(judge(&Value::Null).is_err());
    }
}
