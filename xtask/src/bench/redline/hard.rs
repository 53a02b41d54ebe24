//! The hardest texts: very many provisions, very long ones, nothing alike, everything alike.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};

use super::Report;
use crate::clock::told;
use crate::failure::{Failure, Result, While};
use crate::prng::Chance;
use crate::program::Program;

/// Each may take so many seconds and bytes.
const SECONDS: f64 = 20.0;
const MEMORY: f64 = 2e9;
/// Provisions of the long drafts, words of the long paragraph.
const PROVISIONS: usize = 100_000;
const WORDS: usize = 1_000_000;

pub(super) fn measure(program: &Program, folder: &Path, report: &mut Report) -> Result {
    let mut chance = Chance::new(7);
    let lines = |chance: &mut Chance, stem: &str| -> Vec<String> {
        (0..PROVISIONS).map(|_| words(chance, stem, 16)).collect()
    };
    let first = lines(&mut chance, "w");
    let mut shuffled = first.clone();
    for place in (1..shuffled.len()).rev() {
        shuffled.swap(place, chance.below(place + 1));
    }
    let equal = vec!["The Parties shall agree on the same words.".to_owned(); PROVISIONS];
    let paragraph = words(&mut chance, "w", WORDS);
    let edited = edited(&paragraph, &mut chance);
    let cases = [
        (
            "100,000 provisions, shuffled",
            numbered(&first),
            numbered(&shuffled),
        ),
        (
            "a paragraph of 1,000,000 words",
            format!("1. {paragraph}\n"),
            format!("1. {edited}\n"),
        ),
        (
            "all provisions equal",
            numbered(&equal),
            numbered(&equal[..PROVISIONS - 1000]),
        ),
        (
            "no provision equal",
            numbered(&first),
            numbered(&lines(&mut chance, "v")),
        ),
    ];
    for (name, old, new) in cases {
        let (old_file, new_file) = (folder.join("old.txt"), folder.join("new.txt"));
        std::fs::write(&old_file, old).on(old_file.display())?;
        std::fs::write(&new_file, new).on(new_file.display())?;
        let run = program.run(
            folder,
            &["redline", "old.txt", "new.txt", "--format", "json"],
        )?;
        if !run.good {
            return Err(Failure::because(format!("{name}: {}", run.said)));
        }
        let redline: Value = serde_json::from_slice(&run.answer)
            .map_err(|error| Failure::because(error.to_string()))?;
        let coarse = redline["summary"]["coarse"].as_bool().unwrap_or(false);
        let (seconds, memory) = (run.taken.wall.as_secs_f64(), run.memory.unwrap_or(0));
        report.note(
            &format!(
                "{name}: {}, {} MB{}",
                told(run.taken.wall),
                memory / 1_000_000,
                if coarse { ", in coarser steps" } else { "" }
            ),
            json!({"case": name, "seconds": seconds, "memory": memory, "coarse": coarse}),
        );
        report.promise(&format!("{name}: seconds"), seconds, SECONDS, true);
        report.promise(&format!("{name}: bytes"), memory as f64, MEMORY, true);
    }
    Ok(())
}

fn words(chance: &mut Chance, stem: &str, count: usize) -> String {
    let mut line = String::new();
    for _ in 0..count {
        let _ = write!(line, "{stem}{} ", chance.below(4000));
    }
    line.truncate(line.trim_end().len());
    line
}

/// One word in ten is another.
fn edited(paragraph: &str, chance: &mut Chance) -> String {
    let other: Vec<String> = paragraph
        .split(' ')
        .map(|word| match chance.below(10) {
            0 => format!("w{}", chance.below(4000)),
            _ => word.to_owned(),
        })
        .collect();
    other.join(" ")
}

fn numbered(lines: &[String]) -> String {
    let mut text = String::new();
    for (place, line) in lines.iter().enumerate() {
        let _ = write!(text, "{}. {line}\n\n", place + 1);
    }
    text
}
