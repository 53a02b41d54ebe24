//! `cargo xtask bench talks`: the fold of 200,000 positions, one more act, every question of one viewer, the program as a
//! whole, and the fold of a million acts, or of as many as `--acts N` says.
//!
//! The limits are for a laptop of today. Times per position are told too, so that two machines can be compared.

pub(crate) mod bulk;
mod questions;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use onetext_paper::dossier;
use onetext_talks::{Act, Board, Cut, Deed, Points, Record, Viewer};

use crate::bench::{Scratch, against, figure, line};
use crate::clock;
use crate::failure::{Failure, Result, While};
use crate::program::Program;
use crate::sample::{LARGE, Sample};
use crate::say;

const FOLD: Duration = Duration::from_secs(2);
const ONE_MORE: Duration = Duration::from_millis(5);
const WHOLE: Duration = Duration::from_secs(10);
const MEMORY: u64 = 2_000_000_000;

/// How many single acts are added, one after the other; the slowest counts.
const MORE: usize = 200;

/// How many acts are folded in bulk where nobody says.
pub(crate) const BULK: u64 = 1_000_000;

/// Measures all of them against their limits.
pub(crate) fn run(acts: u64) -> Result {
    let scratch = Scratch::new("bench-talks")?;
    let sample = Sample::of(LARGE, 1);
    sample.save(scratch.path())?;
    let record = record(&sample)?;
    let mut holds = fold(&record)?;
    holds &= one_more(&record)?;
    holds &= questions::ask(&record)?;
    // The program shall have the memory to itself.
    drop(record);
    drop(sample);
    holds &= whole(&scratch)?;
    holds &= bulk::fold(acts)?;
    match holds {
        true => Ok(()),
        false => Err(Failure::because("a limit is missed")),
    }
}

/// Reads the sample as the program does.
fn read(sample: &Sample) -> Result<Record> {
    let mut files: BTreeMap<String, Vec<u8>> = sample
        .drafts
        .iter()
        .map(|(name, text)| (name.clone(), text.clone().into_bytes()))
        .collect();
    dossier::read(&sample.dossier, &mut files).map_err(|errors| {
        let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
        Failure::because(format!("the sample is refused:\n{}", errors.join("\n")))
    })
}

/// The same, and says what is in it.
fn record(sample: &Sample) -> Result<Record> {
    let (record, reading) = clock::time(|| read(sample));
    let record = record?;
    let provisions: Vec<usize> = record
        .drafts
        .iter()
        .map(|draft| draft.issued.draft.provisions().len())
        .collect();
    let brackets: Vec<usize> = record
        .drafts
        .iter()
        .map(|draft| draft.issued.draft.open_brackets().len())
        .collect();
    let least = |counts: &[usize]| counts.iter().min().copied().unwrap_or(0);
    say::line(&format!(
        "{} positions of {} parties among {} acts; {} drafts of {} provisions and {} open brackets or more",
        positions(&record),
        LARGE.parties,
        record.acts.len(),
        record.drafts.len(),
        least(&provisions),
        least(&brackets),
    ));
    figure("dossier read, drafts aligned", reading);
    Ok(record)
}

fn positions(record: &Record) -> usize {
    let positions = record
        .acts
        .iter()
        .filter(|act| matches!(act.deed, Deed::Stance(_)));
    positions.count()
}

fn viewer(seat: &str) -> Viewer {
    Viewer {
        seat: seat.into(),
        rooms: None,
    }
}

fn board(record: &Record, seat: &str) -> Result<Board> {
    Board::of(record, &viewer(seat), &Cut::default())
        .map_err(|error| Failure::because(error.to_string()))
}

/// The fold from scratch, for the pen-holder, who sits in every room, and for one party.
fn fold(record: &Record) -> Result<bool> {
    let (folded, taken) = clock::median(3, || board(record, "chair").map(|board| board.counts()));
    for (text, counts) in folded? {
        say::line(&format!(
            "{text}: {} points, {} agreed, {} ad referendum, {} disputed, {} unknown",
            counts.total, counts.agreed, counts.agreed_ad_ref, counts.disputed, counts.unknown
        ));
    }
    let holds = against("fold, acts parsed and drafts aligned", taken, FOLD);
    let count = u32::try_from(positions(record)).unwrap_or(u32::MAX).max(1);
    let each = taken.worked.unwrap_or(taken.wall) / count;
    line(
        "per position, of the processor",
        &format!("{:.2} µs", each.as_nanos() as f64 / 1e3),
        "",
    );
    let (party, taken) = clock::median(3, || board(record, "p001").map(|board| board.counts()));
    party?;
    figure("the same for one party", taken);
    Ok(holds)
}

/// One more position on a board that stands, counts and all; the slowest of many.
fn one_more(record: &Record) -> Result<bool> {
    let mut board = board(record, "chair")?;
    // Counting the board the first time is part of the fold, and of its figure.
    std::hint::black_box(board.counts());
    let mut taken = Vec::with_capacity(MORE);
    for act in more(record) {
        let ((), duration) = clock::time(|| {
            board.append(&act);
            std::hint::black_box(board.counts());
        });
        taken.push(duration);
    }
    taken.sort_unstable();
    let middle = taken.get(taken.len() / 2).copied().unwrap_or_default();
    let slowest = taken.last().copied().unwrap_or_default();
    figure(
        &format!("one more act, half of {} within", taken.len()),
        middle,
    );
    Ok(against("one more act, the slowest", slowest, ONE_MORE))
}

/// Positions on the last draft, as said once more: on points, on sub-items and on the whole.
fn more(record: &Record) -> Vec<Arc<Act>> {
    let last = record.drafts.last().map(|draft| draft.id.clone());
    let on_last = |act: &&Act| matches!(&act.deed, Deed::Stance(stance) if stance.draft == last);
    let whole = |act: &&Act| matches!(&act.deed, Deed::Stance(stance) if stance.points == Some(Points::Whole));
    let narrow = record.acts.iter().rev().filter(on_last).take(MORE * 9 / 10);
    let wide = record
        .acts
        .iter()
        .rev()
        .filter(on_last)
        .filter(whole)
        .take(MORE / 10);
    let acts = record.acts.len() as u64;
    narrow
        .chain(wide)
        .zip(0..)
        .map(|(act, number)| {
            let mut again = Act::clone(act);
            again.id = format!("more-{number}").into();
            again.standing = (acts + number).into();
            Arc::new(again)
        })
        .collect()
}

/// `status --json` on the dossier, the whole process: wall time and memory.
fn whole(scratch: &Scratch) -> Result<bool> {
    let program = Program::build()?;
    let run = program.run(scratch.path(), &["status", "dossier.toml", "--json"])?;
    if !run.good {
        return Err(Failure::because(format!(
            "the program failed: {}",
            run.said.trim()
        )));
    }
    let status: serde_json::Value = serde_json::from_slice(&run.answer).on("its answer")?;
    if status["texts"][0]["points"]["total"].as_u64() != Some(LARGE.points as u64) {
        return Err(Failure::because("its answer lacks the points of the text"));
    }
    let mut holds = against("status --json, whole process", run.taken, WHOLE);
    match run.memory {
        Some(bytes) => {
            let fits = bytes <= MEMORY;
            holds &= fits;
            let verdict = if fits { "holds" } else { "MISSED" };
            line(
                "its memory at most",
                &format!("{} MB", bytes / 1_000_000),
                &format!("limit {} MB: {verdict}", MEMORY / 1_000_000),
            );
        }
        None => line("its memory at most", "-", "this machine does not tell"),
    }
    line(
        "its answer",
        &format!("{} MB", run.answer.len() / 1_000_000),
        "",
    );
    Ok(holds)
}
