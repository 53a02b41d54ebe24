//! Law 6 on a disk that drops and tears what was not synced.
//!
//! A store writes while its files are photographed after every step: a commit, or a checkpoint. A crash in the middle of
//! a step leaves what was synced before it, and of what the step wrote any 512-byte sectors, in any order, with any
//! length in between, zeros or old bytes in the gaps. What the database syncs in which order is taken from its own
//! description (<https://www.sqlite.org/wal.html>, and `sqlite3WalFrames` for the header of the log, which is synced
//! before anything follows it), with `synchronous = FULL`; the photographs check that a step touches no other file.

use std::fs;
use std::path::Path;

use onetext_seal::ActDigest;
use onetext_store::{Batch, NewAct, Store as _};

use crate::world::{Dice, Writer, new_store, reopen};

const SECTOR: usize = 512;

/// The length of the log's header, in bytes.
const HEADER: usize = 32;

/// What is on the disk.
#[derive(Clone, PartialEq)]
struct Disk {
    file: Vec<u8>,
    log: Vec<u8>,
}

impl Disk {
    fn of(folder: &Path) -> Disk {
        Disk {
            file: fs::read(folder.join("onetext.db")).unwrap(),
            log: fs::read(folder.join("onetext.db-wal")).unwrap_or_default(),
        }
    }

    fn put(&self, folder: &Path) {
        fs::write(folder.join("onetext.db"), &self.file).unwrap();
        fs::write(folder.join("onetext.db-wal"), &self.log).unwrap();
    }
}

/// From one synced state to the next.
struct Step {
    before: Disk,
    after: Disk,
    /// Acts acknowledged before it began.
    acknowledged: usize,
    /// The acts that it writes, all or none of them.
    writes: usize,
}

/// A store's life, step by step, and its acts in the order in which they were acknowledged.
fn life(folder: &Path) -> (Vec<Step>, Vec<ActDigest>) {
    let mut store = new_store(folder);
    let other = rusqlite::Connection::open(folder.join("onetext.db")).unwrap();
    let (mut site, mut dice) = (Writer::new(1), Dice::new(3));
    let (mut steps, mut acts) = (Vec::new(), Vec::new());
    let mut before = Disk::of(folder);
    for round in 0..30 {
        let room = ["plenary", "caucus"][round % 2];
        let new: Vec<NewAct> = (0..=dice.below(3))
            .map(|at| {
                let words = "words ".repeat(dice.below(400) as usize);
                let content = format!("wording {round} {at}");
                let name = onetext_seal::ContentDigest::of(content.as_bytes());
                site.new_act(room, &words).with(name, content.into_bytes())
            })
            .collect();
        let settings = [("round", Some(&[round as u8][..]))];
        let batch = Batch {
            acts: &new,
            settings: &settings,
            ..Batch::default()
        };
        store.write(&batch).unwrap();
        let after = Disk::of(folder);
        assert!(after.file == before.file, "a commit touches the log alone");
        let acknowledged = acts.len();
        acts.extend(new.iter().map(NewAct::id));
        commit(&mut steps, before, after.clone(), acknowledged, new.len());
        before = after;
        if round % 7 == 6 {
            let mode = ["PASSIVE", "TRUNCATE"][(round / 7) % 2];
            before = checkpoint(folder, &other, mode, &mut steps, before, acts.len());
        }
    }
    (steps, acts)
}

/// A commit; where it begins the log anew, the log's header is synced first.
fn commit(steps: &mut Vec<Step>, before: Disk, after: Disk, acknowledged: usize, writes: usize) {
    let mut between = before.clone();
    if before.log.get(..HEADER) != after.log.get(..HEADER) {
        if between.log.len() < HEADER {
            between.log.resize(HEADER, 0);
        }
        between.log[..HEADER].copy_from_slice(&after.log[..HEADER]);
        steps.push(Step {
            before,
            after: between.clone(),
            acknowledged,
            writes: 0,
        });
    }
    steps.push(Step {
        before: between,
        after,
        acknowledged,
        writes,
    });
}

/// A checkpoint: the log is synced already, the file is written and synced, then the log may be cut.
fn checkpoint(
    folder: &Path,
    other: &rusqlite::Connection,
    mode: &str,
    steps: &mut Vec<Step>,
    mut before: Disk,
    acknowledged: usize,
) -> Disk {
    for mode in ["PASSIVE", mode] {
        let words = format!("PRAGMA wal_checkpoint({mode})");
        let busy: i64 = other.query_row(&words, [], |row| row.get(0)).unwrap();
        assert_eq!(busy, 0);
        let after = Disk::of(folder);
        assert!(after.log == before.log || after.file == before.file);
        if after != before {
            steps.push(Step {
                before,
                after: after.clone(),
                acknowledged,
                writes: 0,
            });
        }
        before = after;
    }
    before
}

/// What a crash in the middle of a step leaves of a file.
fn torn(dice: &mut Dice, before: &[u8], after: &[u8]) -> Vec<u8> {
    let (short, long) = (before.len().min(after.len()), before.len().max(after.len()));
    let length = match dice.below(3) {
        // A file that is cut has its old length or its new one: that is one number in the file system.
        0 => before.len(),
        _ if after.len() < before.len() => after.len(),
        1 => after.len(),
        _ => short + dice.below((long - short) as u64 + 1) as usize,
    };
    // Everything up to a point, everything from it, or any sectors at all.
    let (manner, point) = (dice.below(3), dice.below(long as u64 + 1) as usize);
    let mut disk = Vec::with_capacity(length);
    for start in (0..length).step_by(SECTOR) {
        let end = (start + SECTOR).min(length);
        let new = match manner {
            0 => start < point,
            1 => start >= point,
            _ => dice.below(2) == 0,
        };
        let garbage = dice.below(4) == 0;
        for at in start..end {
            let old = before.get(at).copied();
            let byte = if new {
                after.get(at).copied().or(old)
            } else {
                old
            };
            disk.push(byte.unwrap_or(if garbage { (at % 251) as u8 } else { 0 }));
        }
    }
    disk
}

/// Crashes so many times, each with a seed of its own.
fn crash(seeds: std::ops::Range<u64>) {
    let written = tempfile::tempdir().unwrap();
    let (steps, acts) = life(written.path());
    let folder = tempfile::tempdir().unwrap();
    let (mut lost, mut done) = (0, 0);
    for seed in seeds {
        let mut dice = Dice::new(seed);
        let step = &steps[dice.below(steps.len() as u64) as usize];
        let disk = Disk {
            file: torn(&mut dice, &step.before.file, &step.after.file),
            log: torn(&mut dice, &step.before.log, &step.after.log),
        };
        disk.put(folder.path());
        let store = reopen(folder.path());
        for id in &acts[..step.acknowledged] {
            assert!(
                store.has(id).unwrap(),
                "seed {seed}: {id} was acknowledged and is lost"
            );
        }
        let there = store.count("plenary").unwrap() + store.count("caucus").unwrap();
        let there = there as usize - step.acknowledged;
        assert!(
            there == 0 || there == step.writes,
            "seed {seed}: a batch is there in part"
        );
        if step.writes > 0 {
            *(if there == 0 { &mut lost } else { &mut done }) += 1;
        }
        let report = store.check().unwrap();
        assert!(report.is_good(), "seed {seed}: {:?}", report.findings);
    }
    // The crashes bite: of the commits that they hit, some are gone and some are there.
    assert!(lost > 10 && done > 10, "{lost} {done}");
}

#[test]
fn law_6_a_disk_that_drops_or_tears_what_is_not_synced_loses_no_acknowledged_act() {
    // `ONETEXT_SEEDS=10000` for the long run.
    let seeds = std::env::var_os("ONETEXT_SEEDS").and_then(|seeds| seeds.to_str()?.parse().ok());
    crash(0..seeds.unwrap_or(500));
}
