//! `cargo xtask bench word`: the redline of two documents as a document, against its limits.
//!
//! Whole processes in turns with wdiff on the text of the same pair; the words marked beside the least that a comparison of
//! the words leaves over, and on real pairs too. Every figure also goes to a JSON file.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use super::Scratch;
use super::redline::Report;
use super::redline::marked::longest_common;
use super::redline::speed::median;
use crate::clock::told;
use crate::failure::{Failure, Result, While};
use crate::program::{Program, Run, other};
use crate::reference::word::pairs;
use crate::reference::{Shared, synth};
use crate::say;

/// Runs of each program.
const RUNS: usize = 15;
/// How many times wdiff's time on the text ours may take on the documents, and how much memory.
const OF_WDIFF: f64 = 4.0;
const MEMORY: f64 = 200e6;
/// How many words may be marked, of the least, moved ones counted once.
const OF_THE_LEAST: f64 = 1.05;

/// Measures everything; a limit that is missed is a failure.
pub(crate) fn run() -> Result {
    let Some(shared) = Shared::beside() else {
        say::line(
            "SKIPPED: no reference data beside the checkout (../shared): nothing was measured",
        );
        return Ok(());
    };
    let program = Program::build()?;
    let scratch = Scratch::new("bench-word")?;
    let mut report = Report::default();
    let pair = synth::Pair::kept(&shared, "t");
    speed(&program, scratch.path(), &pair, &mut report)?;
    let (old, new) = (pair.file("a.docx"), pair.file("b.docx"));
    let said = marked(&program, &shared, scratch.path(), (&old, &new))?;
    report.note(
        &format!(
            "{}: {} words marked, least {}",
            pair.name, said.marked, said.least
        ),
        json!({"pair": pair.name, "marked": said.marked, "least": said.least}),
    );
    report.promise(
        &format!("{}: words marked, of the least", pair.name),
        said.marked as f64 / said.least.max(1) as f64,
        OF_THE_LEAST,
        true,
    );
    real(&program, &shared, scratch.path(), &mut report)?;
    report.close("target/bench-word.json")
}

/// Runs both in turns.
fn speed(program: &Program, folder: &Path, pair: &synth::Pair, report: &mut Report) -> Result {
    let text = |ending: &str| pair.file(ending).to_string_lossy().into_owned();
    let (old, new) = (text("a.docx"), text("b.docx"));
    let (old_text, new_text) = (text("a.txt"), text("b.txt"));
    let (mut ours, mut wdiff) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        let run = program.run(folder, &["redline", &old, &new, "-o", "told.docx"])?;
        if !run.good {
            return Err(Failure::because(run.said));
        }
        ours.push(run);
        wdiff.extend(other("wdiff", &[&old_text, &new_text]));
    }
    let walls = |runs: &[Run]| runs.iter().map(|run| run.taken.wall).collect::<Vec<_>>();
    let memory = |runs: &[Run]| runs.iter().filter_map(|run| run.memory).max();
    for (name, runs) in [("onetext", &ours), ("wdiff", &wdiff)] {
        let Some(time) = median(&walls(runs)) else {
            report.note(
                &format!("{}: {name}: not installed", pair.name),
                json!({"pair": pair.name, "program": name, "installed": false}),
            );
            continue;
        };
        report.note(
            &format!(
                "{}: {name:<8} {:>10}, {:>4} MB",
                pair.name,
                told(time),
                memory(runs).unwrap_or(0) / 1_000_000
            ),
            json!({"pair": pair.name, "program": name, "runs": runs.len(), "seconds": time.as_secs_f64(),
                "memory": memory(runs)}),
        );
    }
    if let (Some(ours), Some(wdiff)) = (median(&walls(&ours)), median(&walls(&wdiff))) {
        report.promise(
            &format!("{}: time, of wdiff's on the text", pair.name),
            ours.as_secs_f64() / wdiff.as_secs_f64(),
            OF_WDIFF,
            true,
        );
    }
    if let Some(memory) = memory(&ours) {
        let what = format!("{}: peak memory, bytes", pair.name);
        report.promise(&what, memory as f64, MEMORY, true);
    }
    Ok(())
}

/// Words marked in one redline.
struct Marked {
    marked: usize,
    least: usize,
    /// Whether accepting gives the new body and rejecting the old one, by the script of the reference data.
    exact: bool,
}

fn marked(
    program: &Program,
    shared: &Shared,
    folder: &Path,
    (old, new): (&Path, &Path),
) -> Result<Marked> {
    let [old_name, new_name] = [old, new].map(|path| path.to_string_lossy().into_owned());
    let words = |name: &str| -> Result<Vec<String>> {
        let run = program.run(folder, &["text", name])?;
        let text = String::from_utf8_lossy(&run.answer).into_owned();
        Ok(text.split_whitespace().map(str::to_owned).collect())
    };
    let (before, after) = (words(&old_name)?, words(&new_name)?);
    let least = before.len() + after.len() - 2 * longest_common(&before, &after);
    let run = program.run(
        folder,
        &["redline", &old_name, &new_name, "-o", "told.docx"],
    )?;
    if !run.good {
        return Err(Failure::because(run.said));
    }
    let script = shared.file("check/docx_redline.py");
    let done = Command::new("python3")
        .arg(&script)
        .args([&old_name, &new_name])
        .arg(folder.join("told.docx"))
        .output()
        .on("python3")?;
    let said: Value = serde_json::from_slice(&done.stdout).map_err(|error| {
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        Failure::because(format!("{}: {error}: {said}", script.display()))
    })?;
    let count = |name: &str| said[name].as_u64().unwrap_or(0);
    let holds = |name: &str| said[name].as_bool().unwrap_or(false);
    Ok(Marked {
        marked: usize::try_from(count("w_ins") + count("w_del") + count("w_moved"))
            .unwrap_or(usize::MAX),
        least,
        exact: holds("accept_paras_eq_B") && holds("reject_paras_eq_A"),
    })
}

/// Real pairs, all together.
fn real(program: &Program, shared: &Shared, folder: &Path, report: &mut Report) -> Result {
    let (mut exact, mut all, mut words, mut least) = (0_usize, 0_usize, 0, 0);
    for pair in pairs(shared)? {
        let said = marked(program, shared, folder, (&pair.old, &pair.new))?;
        all += 1;
        exact += usize::from(said.exact);
        words += said.marked;
        least += said.least;
        report.note(
            &format!("{}: {} words marked, least {}", pair.name, said.marked, said.least),
            json!({"pair": pair.name, "marked": said.marked, "least": said.least, "exact": said.exact}),
        );
    }
    report.note(
        &format!("{all} real pairs: {words} words marked, least {least}"),
        json!({"pairs": all, "marked": words, "least": least}),
    );
    report.promise(
        "real pairs exact both ways",
        exact as f64,
        all as f64,
        false,
    );
    Ok(())
}
