//! `cargo xtask bench press`: ten thousand news reports through the program, and text that is made to hold it up.
//!
//! The reports are invented and all different. Whole processes are measured, from start to end, with the answer as JSON.

use std::path::Path;
use std::time::Duration;

use crate::bench::{Scratch, against, line};
use crate::failure::{Failure, Result, While};
use crate::prng::Chance;
use crate::program::Program;
use crate::sample::news;
use crate::say;

const REPORTS: usize = 10_000;
const MANY: Duration = Duration::from_secs(20);
/// How long a hostile file may take, and how much memory for each of its bytes.
const HOSTILE: Duration = Duration::from_secs(60);
const LARGE: usize = 50_000_000;
const MEMORY_PER_BYTE: u64 = 60;
const MEMORY_AT_LEAST: u64 = 200_000_000;

/// Measures both against their limits.
pub(crate) fn run() -> Result {
    let program = Program::build()?;
    let scratch = Scratch::new("bench-press")?;
    let mut holds = many(&program, scratch.path())?;
    for (what, text) in hostile() {
        holds &= one(&program, scratch.path(), what, &text)?;
    }
    match holds {
        true => Ok(()),
        false => Err(Failure::because("a limit is missed")),
    }
}

/// Ten thousand reports in one call.
fn many(program: &Program, folder: &Path) -> Result<bool> {
    let mut chance = Chance::new(8);
    let mut names: Vec<String> = Vec::with_capacity(REPORTS);
    let (mut bytes, mut words) = (0, 0);
    for number in 0..REPORTS {
        let text = news::report(&mut chance);
        let name = format!("{number:05}-2031-03-12.txt");
        bytes += text.len();
        words += text.split_whitespace().count();
        std::fs::write(folder.join(&name), text).on(&name)?;
        names.push(name);
    }
    say::line(&format!(
        "{REPORTS} reports, {} words each on average, {} MB in all",
        words / REPORTS,
        bytes / 1_000_000
    ));
    let mut arguments = vec!["press", "--json"];
    arguments.extend(names.iter().map(String::as_str));
    let run = program.run(folder, &arguments)?;
    if !run.good {
        return Err(Failure::because(format!(
            "the program failed: {}",
            run.said.trim()
        )));
    }
    let answer: serde_json::Value = serde_json::from_slice(&run.answer).on("its answer")?;
    let reports = answer["reports"].as_array().map_or(&[][..], Vec::as_slice);
    let count = |what: &str| -> usize {
        let lists = reports.iter().map(|report| report[what].as_array());
        lists.map(|list| list.map_or(0, Vec::len)).sum()
    };
    if reports.len() != REPORTS {
        return Err(Failure::because("its answer lacks reports"));
    }
    let holds = against("press --json, whole process", run.taken, MANY);
    memory(run.memory);
    line(
        "its answer",
        &format!("{} MB", run.answer.len() / 1_000_000),
        &format!(
            "{} statements, {} meetings",
            count("statements"),
            count("meetings")
        ),
    );
    Ok(holds)
}

fn memory(bytes: Option<u64>) {
    match bytes {
        Some(bytes) => line(
            "its memory at most",
            &format!("{} MB", bytes / 1_000_000),
            "",
        ),
        None => line("its memory at most", "-", "this machine does not tell"),
    }
}

/// Text that is no report, by what is wrong with it.
fn hostile() -> Vec<(&'static str, String)> {
    let fill = |part: &str, size: usize| part.repeat(size / part.len());
    vec![
        ("a line of 50 MB, one word", fill("a", LARGE)),
        ("a line of 50 MB, capitals", fill("Aa ", LARGE)),
        (
            "a line of 50 MB, speech",
            fill("Karr said that Reyl, who met Tarn, left ", LARGE),
        ),
        ("a million straight marks", "\"".repeat(1_000_000)),
        ("a million opening marks", "“".repeat(1_000_000)),
        ("a million single marks", "' a".repeat(1_000_000)),
        ("a million marked words", "\"a\" ".repeat(1_000_000)),
        (
            "control characters",
            fill("\u{1}\u{1b}\u{202e}\u{200b}a ", 5_000_000),
        ),
        ("characters NUL", fill("\0", 5_000_000)),
        (
            "a million elements, one within the other",
            format!("<html>{}", "<div><p>".repeat(1_000_000)),
        ),
        (
            "a million tags that never close",
            format!("<html>{}", "<a href=\"".repeat(1_000_000)),
        ),
        (
            "a million scripts that never end",
            format!("<html><script>{}", "</scrip".repeat(1_000_000)),
        ),
    ]
}

/// One hostile file: it is read or refused, in time and memory that its length bounds.
fn one(program: &Program, folder: &Path, what: &str, text: &str) -> Result<bool> {
    let name = "hostile.txt";
    std::fs::write(folder.join(name), text).on(name)?;
    let run = program.run(folder, &["press", "--json", name])?;
    let refused = if run.good {
        ""
    } else if run.said.contains("\"error\"") {
        ", refused"
    } else {
        return Err(Failure::because(format!(
            "{what}: the program broke off: {}",
            run.said.trim()
        )));
    };
    let holds = against(&format!("{what}{refused}"), run.taken, HOSTILE);
    let most = MEMORY_AT_LEAST.max(MEMORY_PER_BYTE * text.len() as u64);
    let fits = run.memory.is_none_or(|bytes| bytes <= most);
    let used = run.memory.unwrap_or_default() / 1_000_000;
    line(
        "  its memory",
        &format!("{used} MB"),
        &format!(
            "limit {} MB: {}",
            most / 1_000_000,
            if fits { "holds" } else { "MISSED" }
        ),
    );
    Ok(holds && fits)
}
