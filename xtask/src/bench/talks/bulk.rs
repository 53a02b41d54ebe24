//! Millions of acts in one process, from acts to a state that answers: by a program of its own, so that the memory is that
//! of the record and its board alone.

use std::sync::Arc;
use std::time::Duration;

use onetext_talks::{Act, Acts, Deed, Record, When};

use crate::bench::{Scratch, against, line};
use crate::clock::{self, Taken};
use crate::failure::{Failure, Result, While as _};
use crate::sample::{LARGE, Sample};
use crate::{program, say};

/// What is promised for five million acts.
const ACTS: u64 = 5_000_000;
const FOLD: Duration = Duration::from_secs(40);
const MEMORY: u64 = 4_000_000_000;

/// Folds so many acts in a program of its own and holds time and memory against the limits, in proportion.
pub(super) fn fold(acts: u64) -> Result<bool> {
    let scratch = Scratch::new("bench-bulk")?;
    let here = std::env::current_exe().on("finding this program")?;
    let run = program::run(&here, scratch.path(), &["measure-bulk", &acts.to_string()])?;
    if !run.good {
        return Err(Failure::because(format!(
            "the bulk fold failed: {}",
            run.said.trim()
        )));
    }
    let said = String::from_utf8_lossy(&run.answer);
    let mut figures = said.lines().last().unwrap_or_default().split(' ');
    let mut next = || figures.next().and_then(|figure| figure.parse().ok());
    let (Some(wall), Some(worked)) = (next(), next()) else {
        return Err(Failure::because(format!("the bulk fold said {said:?}")));
    };
    let taken = Taken {
        wall: Duration::from_nanos(wall),
        worked: (worked > 0).then(|| Duration::from_nanos(worked)),
    };
    let share = acts as f64 / ACTS as f64;
    let mut holds = against(&format!("fold of {acts} acts"), taken, FOLD.mul_f64(share));
    if let Some(memory) = run.memory {
        let limit = (MEMORY as f64 * share) as u64;
        let fits = memory <= limit;
        holds &= fits;
        let verdict = if fits { "holds" } else { "MISSED" };
        line(
            "  its memory at most, acts and board",
            &format!("{} MB", memory / 1_000_000),
            &format!("limit {} MB: {verdict}", limit / 1_000_000),
        );
    }
    Ok(holds)
}

/// The work of the program of its own: makes the acts, folds them for the pen-holder, counts, and says how long the fold took
/// in nanoseconds, by the wall and of the processor.
pub(crate) fn measure(acts: &str) -> Result {
    let wanted: usize = acts.parse().map_err(|_| Failure::Usage)?;
    let record = bulk(wanted)?;
    let (counts, taken) =
        clock::time(|| super::board(&record, "chair").map(|board| board.counts()));
    let total: u64 = counts?.values().map(|counts| counts.total).sum();
    if total != LARGE.points as u64 {
        return Err(Failure::because(format!("the board counts {total} points")));
    }
    let worked = taken.worked.unwrap_or_default();
    say::line(&format!("{} {}", taken.wall.as_nanos(), worked.as_nanos()));
    Ok(())
}

/// The large sample, its positions taken again and again, each time as acts with a name and a second of their own.
fn bulk(wanted: usize) -> Result<Record> {
    let mut record = {
        let sample = Sample::of(LARGE, 1);
        super::read(&sample)?
    };
    let positions: Vec<Arc<Act>> = {
        let acts = record.acts.shared().iter();
        let stances = acts.filter(|act| matches!(act.deed, Deed::Stance(_)));
        stances.map(Arc::clone).collect()
    };
    let mut all: Acts = std::mem::take(&mut record.acts);
    let mut round = 0_u64;
    while all.len() < wanted {
        round += 1;
        for act in positions.iter().take(wanted - all.len()) {
            let mut again = Act::clone(act);
            again.id = format!("{}-{round}", act.id).into();
            again.on = later(&act.on, round);
            again.standing = (all.len() as u64).into();
            all.push(again);
        }
    }
    record.acts = all;
    Ok(record)
}

/// Another second of the same minute.
fn later(on: &When, round: u64) -> When {
    let printed = on.as_str();
    let second = printed
        .get(17..19)
        .and_then(|second| second.parse::<u64>().ok());
    let minute = printed.get(..17);
    let moved = minute.zip(second).and_then(|(minute, second)| {
        When::parse(&format!("{minute}{:02}Z", (second + round) % 60)).ok()
    });
    moved.unwrap_or_else(|| on.clone())
}
