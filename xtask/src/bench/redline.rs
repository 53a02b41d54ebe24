//! `cargo xtask bench redline`: reading, aligning and comparing two drafts, beside programs that compare words.
//!
//! The others compare words alone; they know nothing of provisions, so they do less. The ratio says what knowing them
//! costs.

use std::path::Path;
use std::time::Duration;

use onetext_text::{align, redline};

use super::Scratch;
use crate::clock::{median, told};
use crate::drafts;
use crate::failure::{Result, While};
use crate::program::other;
use crate::reference::{Shared, synth};
use crate::sample::{LARGE, Sample, Size};
use crate::say;

const RUNS: usize = 3;

/// Measures generated pairs, then the reference pairs where they are, then the score on pairs whose truth is known.
pub(crate) fn run() -> Result {
    let scratch = Scratch::new("bench-redline")?;
    say::line(&format!(
        "{:<34} {:>6} {:>10} {:>10} {:>10} {:>10}   ours / wdiff, / git",
        "pair", "words", "read+align", "redline", "wdiff", "git"
    ));
    for (name, points, provisions) in [
        ("600 provisions", 100, 600),
        ("5,000 provisions", 500, 5_000),
    ] {
        let size = Size {
            points,
            provisions,
            drafts: 2,
            positions: 0,
            ..LARGE
        };
        let sample = Sample::of(size, 1);
        sample.save(scratch.path())?;
        if let [(old, _), (new, _)] = sample.drafts.as_slice() {
            measure(name, &scratch.path().join(old), &scratch.path().join(new))?;
        }
    }
    let Some(shared) = Shared::beside() else {
        say::line(
            "SKIPPED: no reference data beside the checkout (../shared): its pairs and the scores",
        );
        return Ok(());
    };
    for (old, new) in shared.pairs()? {
        measure(&shared.name(&old), &old, &new)?;
    }
    synth::scores(&shared, scratch.path())
}

/// One line of the table.
fn measure(name: &str, old: &Path, new: &Path) -> Result {
    let read = |path: &Path| std::fs::read_to_string(path).on(path.display());
    let (old_text, new_text) = (read(old)?, read(new)?);
    let (aligned, aligning) = median(RUNS, || -> Result<_> {
        let old = drafts::read(&old_text)?;
        let new = drafts::read(&new_text)?;
        let alignment = align(&old, &new, &[]);
        Ok((old, new, alignment))
    });
    let (old_draft, new_draft, alignment) = aligned?;
    let (_, telling) = median(RUNS, || redline(&old_draft, &new_draft, &alignment));
    let (old, new) = (old.to_string_lossy(), new.to_string_lossy());
    let (wdiff_answer, wdiff_time) = median(RUNS, || other("wdiff", &[&old, &new]));
    let (git_answer, git_time) = median(RUNS, || {
        other(
            "git",
            &[
                "diff",
                "--no-index",
                "--no-ext-diff",
                "--word-diff=plain",
                &old,
                &new,
            ],
        )
    });
    let wdiff = wdiff_answer.map(|_| wdiff_time.wall);
    let git = git_answer.map(|_| git_time.wall);
    let ours = aligning.wall + telling.wall;
    let told_or_none = |time: Option<Duration>| time.map_or("none".to_owned(), told);
    let ratio = |time: Option<Duration>| match time {
        Some(time) if !time.is_zero() => format!("{:.2}", ours.as_secs_f64() / time.as_secs_f64()),
        _ => "-".to_owned(),
    };
    say::line(&format!(
        "{name:<34} {:>6} {:>10} {:>10} {:>10} {:>10}   {}, {}",
        new_text.split_whitespace().count(),
        told(aligning.wall),
        told(telling.wall),
        told_or_none(wdiff),
        told_or_none(git),
        ratio(wdiff),
        ratio(git),
    ));
    Ok(())
}
