//! `cargo xtask bench packages`: frontiers and solutions against their limits, and beside other programs where Python has
//! them (`PYTHON` names an interpreter; NegMAS, moocore, OR-Tools).

mod samples;

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use onetext_bargain::{Study, Terms, Wish, solutions, study};
use onetext_desk::{DeskError, PackagesAsked, Paper, Weighing};
use serde_json::{Value, json};

use super::{Scratch, against, line};
use crate::clock::{self, Taken};
use crate::failure::{Failure, Result, While};
use crate::program::Program;
use crate::reference::Shared;
use crate::say;

/// How often a study is run; the median counts.
const TIMES: usize = 15;

/// The case that is held against NegMAS.
const LARGE: &str = "data/scenarios/xml/anac__y2016__parsCat";

/// What NegMAS 0.16 needs for it where it is not installed.
const NEGMAS: Duration = Duration::from_secs(6);

/// Measures all against their limits.
pub(crate) fn run() -> Result {
    let mut holds = synthetic()?;
    holds &= solutions_alone()?;
    let shared = Shared::beside();
    let folder = shared.as_ref().map(|shared| shared.file(LARGE));
    let peers = peers(folder.as_deref())?;
    match &folder {
        Some(folder) => holds &= large(folder, peers.unwrap_or(NEGMAS))?,
        None => say::line("SKIPPED: parsCat: no reference data beside the checkout (../shared)"),
    }
    holds &= memory();
    match holds {
        true => Ok(()),
        false => Err(Failure::because("a limit is missed")),
    }
}

/// The most memory that this whole process had, with all studies, against the limit of an ε-frontier.
fn memory() -> bool {
    const LIMIT: u64 = 512 * 1024;
    let told = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let most = told.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes =
        most.and_then(|most| most.trim().strip_suffix("kB")?.trim().parse::<u64>().ok());
    let Some(kilobytes) = kilobytes else {
        line(
            "peak memory of the whole process",
            "not told by this machine",
            "",
        );
        return true;
    };
    let holds = kilobytes <= LIMIT;
    let says = format!("at most 512 MB: {}", if holds { "holds" } else { "MISSED" });
    line(
        "peak memory of the whole process",
        &format!("{kilobytes} kB"),
        &says,
    );
    holds
}

fn studied(terms: &Terms) -> Result<(Study, Taken)> {
    let (found, taken) = clock::median(TIMES, || study(terms, &Wish::default()));
    Ok((found.on("a scenario of the bench")?, taken))
}

/// A frontier against its limit.
fn frontier(what: &str, terms: &Terms, limit: Duration) -> Result<bool> {
    let (found, taken) = studied(terms)?;
    let bound = match &found.epsilon {
        None => "exact".to_owned(),
        Some(epsilon) => {
            let most: Vec<f64> = epsilon.iter().map(|own| own.shown()).collect();
            format!("within {most:?}")
        }
    };
    let name = format!("{what} ({} points, {bound})", found.frontier.len());
    Ok(against(&name, taken, limit))
}

fn synthetic() -> Result<bool> {
    let milliseconds = Duration::from_millis;
    let mut holds = true;
    for seed in 1..=3 {
        let two = samples::random(2, 101, seed);
        holds &= frontier("28×4, two random", &two, milliseconds(1))?;
        let opposed = samples::opposed(100_001, seed);
        holds &= frontier("28×4, two opposed", &opposed, milliseconds(5))?;
        let three = samples::random(3, 1001, seed);
        holds &= frontier("28×4, three independent", &three, milliseconds(30))?;
        let mixed = samples::opposed_among_three(100_001, seed);
        holds &= frontier("28×4, two opposed of three", &mixed, milliseconds(1000))?;
    }
    holds &= frontier(
        "28×4, a chain of links",
        &samples::chain(7),
        milliseconds(20),
    )?;
    let (found, taken) = studied(&samples::far_apart(7))?;
    let name = format!(
        "28×4, links between points far apart ({} points, {})",
        found.frontier.len(),
        if found.epsilon.is_none() {
            "exact"
        } else {
            "not exact"
        }
    );
    super::figure(&name, taken);
    Ok(holds)
}

/// The named solutions without any frontier. The limit is Nash's; the figure is of all four.
fn solutions_alone() -> Result<bool> {
    let mut holds = true;
    for parties in 2..=5 {
        let terms = samples::random(parties, 1001, 1);
        let (found, taken) = clock::median(5, || solutions(&terms, &Wish::default()));
        let found = found.on("a scenario of the bench")?;
        let proven = found.is_some_and(|found| {
            let four = [
                found.nash,
                found.kalai_smorodinsky,
                found.egalitarian,
                found.welfare,
            ];
            four.iter().all(|solution| solution.at_most.is_none())
        });
        let name = format!(
            "four solutions, {parties} parties ({})",
            if proven { "proven" } else { "NOT PROVEN" }
        );
        super::figure(&name, taken);
        let (nash, taken) = clock::median(5, || onetext_bargain::nash(&terms, &Wish::default()));
        let proven = nash
            .on("a scenario of the bench")?
            .is_some_and(|nash| nash.at_most.is_none());
        let name = format!(
            "Nash, {parties} parties ({})",
            if proven { "proven" } else { "NOT PROVEN" }
        );
        holds &= against(&name, taken, Duration::from_millis(50)) && proven;
    }
    Ok(holds)
}

/// The large case of the competitions, inside this process and as a whole process.
fn large(folder: &Path, negmas: Duration) -> Result<bool> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).on(folder.display())? {
        let path = entry.on(folder.display())?.path();
        files.push((
            path.display().to_string(),
            std::fs::read(&path).on(path.display())?,
        ));
    }
    let papers: Vec<Paper<'_>> = files
        .iter()
        .map(|(name, bytes)| Paper { name, bytes })
        .collect();
    let read = || -> std::result::Result<_, DeskError> {
        Weighing::read("parsCat", &papers, None)?.study(&PackagesAsked::default())
    };
    let (answer, whole) = clock::median(TIMES, read);
    let answer = answer.map_err(|error| Failure::because(error.to_string()))?;
    let (_, taken) = studied(&answer.terms)?;
    super::figure("parsCat with the reading of its files", whole);
    let mut holds = times("parsCat, inside the process", taken, negmas, 2000.0);
    let (program, scratch) = (Program::build()?, Scratch::new("bench-packages")?);
    let name = folder.display().to_string();
    let mut runs = Vec::new();
    for _ in 0..7 {
        let run = program.run(scratch.path(), &["packages", &name, "--json"])?;
        if !run.good {
            return Err(Failure::because(run.said));
        }
        runs.push(run);
    }
    runs.sort_by_key(|run| run.taken.wall);
    if let Some(run) = runs.get(runs.len() / 2) {
        holds &= times("parsCat, a whole process", run.taken, negmas, 50.0);
        let memory = run.memory.map_or("not told".to_owned(), |bytes| {
            format!("{} kB", bytes / 1024)
        });
        line("  its peak memory", &memory, "");
    }
    Ok(holds)
}

/// So many times faster than another program.
fn times(what: &str, taken: Taken, other: Duration, limit: f64) -> bool {
    let ratio = other.as_secs_f64() / taken.wall.as_secs_f64();
    let holds = ratio >= limit;
    line(
        what,
        &clock::told(taken.wall),
        &format!(
            "{ratio:.0} times faster than NegMAS ({}); at least {limit}: {}",
            clock::told(other),
            if holds { "holds" } else { "MISSED" }
        ),
    );
    holds
}

/// Runs the other programs; gives the time of NegMAS where it is there.
fn peers(folder: Option<&Path>) -> Result<Option<Duration>> {
    let python = std::env::var_os("PYTHON").unwrap_or_else(|| "python3".into());
    let given = json!({
        "folder": folder,
        "small": values(&samples::random_of(9, 4, 3, 1001, 1)),
        "two": values(&samples::random(2, 1001, 1)),
        "five": values(&samples::random(5, 1001, 1)),
    });
    let child = Command::new(python)
        .args(["-c", include_str!("peers.py")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut child) = child else {
        say::line("SKIPPED: NegMAS, moocore and CP-SAT: there is no Python here");
        return Ok(None);
    };
    if let Some(mut input) = child.stdin.take() {
        // A peer that does not read is one that will say so.
        let _ = input.write_all(given.to_string().as_bytes());
    }
    let said = child.wait_with_output().on("python")?;
    let mut negmas = None;
    for told in String::from_utf8_lossy(&said.stdout).lines() {
        let told: Value = serde_json::from_str(told).unwrap_or_default();
        if let Some(why) = told["skipped"].as_str() {
            say::line(&format!("SKIPPED: {why}"));
            continue;
        }
        let (what, seconds) = (
            told["what"].as_str().unwrap_or_default(),
            told["seconds"].as_f64(),
        );
        let taken = Duration::from_secs_f64(seconds.unwrap_or(0.0));
        let says = format!(
            "{}, {} MB",
            told["says"].as_str().unwrap_or_default(),
            told["memory_mb"]
        );
        line(what, &clock::told(taken), &says);
        if what.starts_with("NegMAS") {
            negmas = Some(taken);
        }
    }
    let (_, taken) = studied(&samples::random_of(9, 4, 3, 1001, 1))?;
    super::figure("ours on the case that moocore had", taken);
    Ok(negmas)
}

/// A scenario's values, for a program that takes whole numbers.
fn values(terms: &Terms) -> Value {
    let party = |party: &onetext_bargain::Party| -> Value {
        let issues = party.values.iter();
        issues
            .map(|options| {
                options
                    .iter()
                    .map(|value| value.above() as i64)
                    .collect::<Value>()
            })
            .collect()
    };
    terms.parties.iter().map(party).collect()
}
