//! Many reports, one after the other: a batch is read on two threads and let go before the next is opened.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use onetext_desk::{self as desk, Paper, Report};

use crate::commands;
use crate::failure::Failure;

/// How many reports a batch has at most.
const BATCH: usize = 64;
/// How many bytes its files have together, but for the last.
const BYTES: u64 = 8 << 20;

/// Reads one report.
pub(super) fn report(file: &Path, date: Option<&str>) -> Result<Report, Failure> {
    let bytes = commands::read(file)?;
    let name = file.display().to_string();
    let paper = Paper {
        name: &name,
        bytes: &bytes,
    };
    Ok(desk::press(paper, date)?)
}

/// The days of reports, each of which can be read: so that nothing is answered where one of them cannot.
pub(super) fn days(files: &[PathBuf], date: Option<&str>) -> Result<Vec<Option<String>>, Failure> {
    let day = |file: &Path| {
        let bytes = commands::read(file)?;
        let name = file.display().to_string();
        let paper = Paper {
            name: &name,
            bytes: &bytes,
        };
        Ok(desk::press_day(paper, date)?)
    };
    let mut days = Vec::with_capacity(files.len());
    each(files, &day, |day| {
        days.push(day);
        Ok(())
    })?;
    Ok(days)
}

/// Makes something of every file, and takes it in the order of the files.
pub(super) fn each<T: Send>(
    files: &[PathBuf],
    make: &(impl Fn(&Path) -> Result<T, Failure> + Sync),
    mut take: impl FnMut(T) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut rest = files;
    while !rest.is_empty() {
        let (batch, later) = rest.split_at(batch(rest));
        rest = later;
        for made in side_by_side(batch, make) {
            take(made?)?;
        }
    }
    Ok(())
}

/// How many of the next files are read together.
fn batch(files: &[PathBuf]) -> usize {
    let mut bytes = 0;
    let fits = files.iter().take(BATCH).take_while(|file| {
        let before = bytes;
        bytes += std::fs::metadata(file).map_or(0, |about| about.len());
        before < BYTES
    });
    fits.count()
}

/// Makes something of every file of a batch on two threads; where the machine gives no second one, the first does it all.
fn side_by_side<T: Send>(
    batch: &[PathBuf],
    make: &(impl Fn(&Path) -> Result<T, Failure> + Sync),
) -> Vec<Result<T, Failure>> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut made = Vec::new();
        while let Some((number, file)) = {
            let number = next.fetch_add(1, Ordering::Relaxed);
            batch.get(number).map(|file| (number, file))
        } {
            made.push((number, make(file)));
        }
        made
    };
    let mut made = std::thread::scope(|scope| {
        let other = (batch.len() > 1)
            .then(|| std::thread::Builder::new().spawn_scoped(scope, work).ok())
            .flatten();
        let mut made = work();
        if let Some(Ok(others)) = other.map(|other| other.join()) {
            made.extend(others);
        }
        made
    });
    made.sort_by_key(|(number, _)| *number);
    made.into_iter().map(|(_, made)| made).collect()
}
