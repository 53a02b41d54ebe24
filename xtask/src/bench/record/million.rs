//! A store with a million acts: the large sample, and beside each of its positions four more, by other seats.

use std::collections::BTreeMap;
use std::path::Path;

use onetext_desk::ledger::{Scribe, enter};
use onetext_desk::workspace::{Entry, Manner, Workspace};
use onetext_paper::dossier;

use crate::bench::figure;
use crate::clock::{self, Taken};
use crate::failure::{Failure, Result, While};
use crate::sample::{LARGE, Sample};
use crate::say;

/// How many acts there are in the end, at least.
const ACTS: usize = 1_000_000;

/// Whose positions stand beside those of a seat: so many seats further on, in turns.
const BESIDE: [usize; 4] = [41, 83, 127, 163];

/// How many acts are signed and written at once.
const AT_ONCE: usize = 50_000;

/// When everything was recorded: 6 March 2031, in microseconds since 1970.
const NOW: i64 = 1_930_521_600_000_000;

/// Writes the store into an empty folder, and says what is in it.
pub(super) fn write(folder: &Path) -> Result {
    let entries = entries()?;
    let mut workspace =
        Workspace::create(folder, None, &Manner::usual(None)).on(folder.display())?;
    let mut counts = Counts::default();
    let (written, taken): (Result, Taken) =
        clock::time(|| write_all(&entries, &mut workspace, &mut counts));
    written?;
    figure("signed, sealed and written", taken);
    let size = std::fs::metadata(folder.join("onetext.db")).map_or(0, |file| file.len());
    say::line(&format!(
        "{} acts: {} positions ({}), {} others; {} seats, {} rooms; the store has {} MB",
        counts.acts,
        counts.positions.values().sum::<usize>(),
        counts.told(),
        counts.acts - counts.positions.values().sum::<usize>(),
        LARGE.parties + 1,
        LARGE.parties + 3,
        size / 1_000_000,
    ));
    Ok(())
}

/// What was written.
#[derive(Default)]
struct Counts {
    acts: usize,
    positions: BTreeMap<String, usize>,
}

impl Counts {
    fn add(&mut self, entry: &Entry) {
        self.acts += 1;
        if let Some(stance) = entry.body.get("stance").and_then(|stance| stance.as_str()) {
            *self.positions.entry(stance.to_owned()).or_default() += 1;
        }
    }

    fn told(&self) -> String {
        let stances = self.positions.iter();
        let told: Vec<String> = stances
            .map(|(stance, count)| format!("{count} {stance}"))
            .collect();
        told.join(", ")
    }
}

/// The entries of the large sample, as a host enters them.
fn entries() -> Result<Vec<Entry>> {
    let sample = Sample::of(LARGE, 1);
    let mut files: BTreeMap<String, Vec<u8>> = sample
        .drafts
        .iter()
        .map(|(name, text)| (name.clone(), text.clone().into_bytes()))
        .collect();
    let record = dossier::read(&sample.dossier, &mut files)
        .map_err(|errors| Failure::because(format!("the sample is refused: {errors:?}")))?;
    let entered = enter(&record, &Scribe::EachSeat).on("entering the sample")?;
    Ok(entered.entries)
}

fn write_all(entries: &[Entry], workspace: &mut Workspace, counts: &mut Counts) -> Result {
    let seats: Vec<String> = (1..=LARGE.parties)
        .map(seat)
        .chain(["chair".to_owned()])
        .collect();
    let mut batch: Vec<Entry> = Vec::with_capacity(AT_ONCE);
    let mut founded = false;
    let mut keep = |batch: &mut Vec<Entry>| -> Result {
        match founded {
            false => workspace.import(&seats, batch, NOW).on("founding")?,
            true => workspace.append(batch, NOW).on("writing acts")?,
        };
        founded = true;
        batch.clear();
        Ok(())
    };
    for entry in entries {
        counts.add(entry);
        batch.push(entry.clone());
        if entry.body.get("kind").and_then(|kind| kind.as_str()) == Some("stance") {
            for (turn, further) in BESIDE.into_iter().enumerate() {
                if counts.acts < ACTS + entries.len() / 64 {
                    let other = beside(entry, turn, further)?;
                    counts.add(&other);
                    batch.push(other);
                }
            }
        }
        if batch.len() >= AT_ONCE {
            keep(&mut batch)?;
        }
    }
    if batch.is_empty() {
        return Ok(());
    }
    keep(&mut batch)
}

fn seat(number: usize) -> String {
    format!("p{number:03}")
}

/// The same position, taken by another seat in the room that it has with the chair, or in the plenary.
fn beside(entry: &Entry, turn: usize, further: usize) -> Result<Entry> {
    let number: usize = entry.actor.trim_start_matches('p').parse().on("a seat")?;
    let number = (number - 1 + further) % LARGE.parties + 1;
    let other = |name: &str| name.replace(&entry.actor, &seat(number));
    let mut body = entry.body.clone();
    if let Some(fields) = body.as_object_mut() {
        let id = fields
            .get("id")
            .and_then(|id| id.as_str())
            .unwrap_or_default();
        let id = format!("{id}-{turn}");
        fields.insert("id".to_owned(), id.into());
    }
    Ok(Entry {
        room: other(&entry.room),
        actor: other(&entry.actor),
        person: entry.person.as_deref().map(other),
        recorder: other(&entry.recorder),
        on: entry.on.clone(),
        body,
        contents: Vec::new(),
    })
}
