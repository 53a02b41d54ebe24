//! Time and memory of whole processes, in turns with wdiff and git: each writes to a file, and memory is read in a run of its
//! own.

use std::path::Path;
use std::time::Duration;

use serde_json::json;

use super::Report;
use crate::clock::told;
use crate::failure::{Failure, Result};
use crate::program::{Program, other, timed};
use crate::reference::{Shared, synth::Pair};

/// Runs of each on the pair of 54,675 words, and on that of 568,000.
const RUNS: usize = 21;
const RUNS_LARGE: usize = 5;
/// What part of wdiff's time ours may take, and how much memory on the large pair.
const OF_WDIFF: f64 = 0.25;
const MEMORY_LARGE: f64 = 400e6;

pub(super) fn measure(
    program: &Program,
    shared: &Shared,
    folder: &Path,
    report: &mut Report,
) -> Result {
    let small = Pair::kept(shared, "t");
    let large = Pair::made(shared, folder, ("x", 2600, 13))?;
    turns(program, folder, &small, RUNS, report)?;
    if let Some(memory) = turns(program, folder, &large, RUNS_LARGE, report)? {
        report.promise(
            "peak memory on the large pair, bytes",
            memory,
            MEMORY_LARGE,
            true,
        );
    }
    Ok(())
}

/// Runs all in turns; gives our peak memory.
fn turns(
    program: &Program,
    folder: &Path,
    pair: &Pair,
    runs: usize,
    report: &mut Report,
) -> Result<Option<f64>> {
    let (old, new) = (pair.file("a.txt"), pair.file("b.txt"));
    let (old, new) = (old.to_string_lossy(), new.to_string_lossy());
    let (mut ours, mut wdiff, mut git) = (Vec::new(), Vec::new(), Vec::new());
    let our_words = ["redline", &old, &new, "--format", "json"];
    let seen = program.run(folder, &our_words)?;
    if !seen.good {
        return Err(Failure::because(seen.said));
    }
    let wdiff_seen = other("wdiff", &[&old, &new]);
    let git_seen = other("git", &words_of_git(&old, &new));
    let answer = folder.join("answer");
    for _ in 0..runs {
        ours.push(program.timed(&our_words, &answer)?);
        if wdiff_seen.is_some() {
            wdiff.push(timed(Path::new("wdiff"), &[&old, &new], &answer)?);
        }
        if git_seen.is_some() {
            git.push(timed(Path::new("git"), &words_of_git(&old, &new), &answer)?);
        }
    }
    let (our_time, wdiff_time, git_time) = (median(&ours), median(&wdiff), median(&git));
    let our_memory = seen.memory;
    for (name, runs, memory) in [
        ("onetext", &ours, our_memory),
        ("wdiff", &wdiff, wdiff_seen.and_then(|run| run.memory)),
        ("git", &git, git_seen.and_then(|run| run.memory)),
    ] {
        let Some(time) = median(runs) else {
            report.note(
                &format!("{}: {name}: not installed", pair.name),
                json!({"pair": pair.name, "program": name, "installed": false}),
            );
            continue;
        };
        let ratio = wdiff_time.map(|wdiff| time.as_secs_f64() / wdiff.as_secs_f64());
        report.note(
            &format!(
                "{}: {name:<8} {:>10}, {:>4} MB, {:.3} of wdiff",
                pair.name,
                told(time),
                memory.unwrap_or(0) / 1_000_000,
                ratio.unwrap_or(f64::NAN)
            ),
            json!({"pair": pair.name, "program": name, "runs": runs.len(), "seconds": time.as_secs_f64(),
                "memory": memory, "of_wdiff": ratio}),
        );
    }
    if let (Some(ours), Some(wdiff)) = (our_time, wdiff_time) {
        let ratio = ours.as_secs_f64() / wdiff.as_secs_f64();
        report.promise(
            &format!("{}: time, of wdiff's", pair.name),
            ratio,
            OF_WDIFF,
            true,
        );
    }
    if let (Some(ours), Some(git)) = (our_time, git_time) {
        let ratio = ours.as_secs_f64() / git.as_secs_f64();
        report.note(
            &format!("{}: time, of git's: {ratio:.2} (the goal is 1)", pair.name),
            json!({"pair": pair.name, "of_git": ratio}),
        );
    }
    Ok(our_memory.map(|memory| memory as f64))
}

fn words_of_git<'a>(old: &'a str, new: &'a str) -> [&'a str; 6] {
    [
        "diff",
        "--no-index",
        "--no-ext-diff",
        "--word-diff=plain",
        old,
        new,
    ]
}

pub(in crate::bench) fn median(runs: &[Duration]) -> Option<Duration> {
    let mut times = runs.to_vec();
    times.sort_unstable();
    times.get(times.len() / 2).copied()
}
