//! `cargo xtask verify-twice`: two verifiers that share no line of code, ours and `docs/verify.py`, say the same of clean
//! records, of 500 that were damaged at random, and of records whose authors lie.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use onetext_seal::testing::{self, Numbers, Site};
use onetext_seal::{ActDigest, PLENARY, verify_record};
use serde_json::json;

use crate::bench::Scratch;
use crate::failure::{Failure, Result, While};
use crate::house;
use crate::say;

/// How many records are damaged, how many are left clean, and how many have an author who lies.
const DAMAGED: usize = 500;
const CLEAN: usize = 20;
const LYING: usize = 80;

/// The most acts of a record.
const MOST_ACTS: usize = 50;

/// What a verifier says: its exit status and the bad acts that it names.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Verdict {
    status: i32,
    bad: BTreeSet<String>,
}

/// Makes the records, verifies each twice, and compares.
pub(crate) fn run() -> Result {
    let python = "python3";
    let there = Command::new(python)
        .args(["-c", "import cryptography"])
        .output();
    if !there.is_ok_and(|output| output.status.success()) {
        say::line("SKIPPED: verify-twice needs python3 with the package cryptography");
        return Ok(());
    }
    let scratch = Scratch::new("verify-twice")?;
    let verifier = house::root().join("docs/verify.py");
    let total = CLEAN + DAMAGED + LYING;
    let next = AtomicUsize::new(0);
    let worker = || -> Result<[usize; 4]> {
        let mut statuses = [0; 4];
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= total {
                return Ok(statuses);
            }
            let record = record(index);
            let file = scratch.path().join(format!("{index}.jsonl"));
            let ours = ours(&record)?;
            if let Err(failure) = compare(index, python, &verifier, &file, &record, &ours) {
                // The other worker need not go on.
                next.store(total, Ordering::Relaxed);
                return Err(failure);
            }
            if let Some(count) = usize::try_from(ours.status)
                .ok()
                .and_then(|at| statuses.get_mut(at))
            {
                *count += 1;
            }
        }
    };
    let counts = std::thread::scope(|scope| {
        let other = scope.spawn(worker);
        let mine = worker();
        let other = other
            .join()
            .unwrap_or_else(|_| Err(Failure::because("a worker panicked")));
        mine.and_then(|mine| Ok([mine, other?]))
    })?;
    let told = |at: usize| {
        counts
            .iter()
            .filter_map(|count| count.get(at))
            .sum::<usize>()
    };
    say::line(&format!(
        "verify-twice: {total} records ({CLEAN} clean, {DAMAGED} damaged, {LYING} with lies), both verifiers agree: \
         {} good, {} damaged, {} with changed acts",
        told(0),
        told(1),
        told(3),
    ));
    Ok(())
}

fn compare(
    index: usize,
    python: &str,
    verifier: &Path,
    file: &Path,
    record: &[u8],
    ours: &Verdict,
) -> Result {
    std::fs::write(file, record).on(file.display())?;
    let output = Command::new(python)
        .arg(verifier)
        .arg(file)
        .output()
        .on(python)?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let theirs = Verdict {
        status: output.status.code().unwrap_or(-1),
        bad: said
            .lines()
            .filter_map(|line| Some(line.strip_prefix("bad ")?.get(..64)?.to_owned()))
            .collect(),
    };
    if theirs == *ours {
        return std::fs::remove_file(file).on(file.display());
    }
    let kept = std::env::temp_dir().join("verify-twice.jsonl");
    std::fs::copy(file, &kept).on(kept.display())?;
    Err(Failure::because(format!(
        "record {index}: ours says {ours:?}, docs/verify.py {theirs:?}:\n{said}{}\nthe record is in {}",
        String::from_utf8_lossy(&output.stderr),
        kept.display()
    )))
}

fn ours(record: &[u8]) -> Result<Verdict> {
    let report = verify_record(record, None).on("the record")?;
    let name = |(act, _): &(ActDigest, onetext_seal::Fault)| act.to_string();
    Ok(Verdict {
        status: i32::from(report.exit_status()),
        bad: report.bad.iter().map(name).collect(),
    })
}

/// The record of this number: first the clean ones, then those with lies, then the damaged ones.
fn record(index: usize) -> Vec<u8> {
    let mut numbers = Numbers::new(index as u64);
    let mut sites = testing::process();
    let founding = sites.iter().map(|site| site.acts.len()).max().unwrap_or(0);
    let acts = numbers.below(MOST_ACTS - founding - 2);
    testing::talk(&mut sites, acts, &mut numbers);
    (1..sites.len()).for_each(|from| testing::exchange(&mut sites, from, 0));
    let mut site = sites.swap_remove(0);
    if (CLEAN..CLEAN + LYING).contains(&index) {
        lie(&mut site, &mut numbers);
    }
    let record = site.record();
    match index < CLEAN + LYING {
        true => record,
        false => damage(record, &mut numbers),
    }
}

/// One or two acts that are well signed and say what is not so, or come from who may not write them.
fn lie(site: &mut Site, numbers: &mut Numbers) {
    let rooms = [
        PLENARY,
        "caucus-sahrel",
        "chamber-mediator",
        "chamber-thessa",
        "side-room",
        "public",
    ];
    for _ in 0..=numbers.below(2) {
        let room = rooms[numbers.below(rooms.len())];
        site.clock += 1;
        let mut envelope = site.envelope("mediator", room, None);
        let mut body = json!({"kind": "note"});
        match numbers.below(12) {
            0 => envelope.depth += 1,
            1 => envelope.sequence += 1,
            2 => envelope.recorded = testing::clock(0),
            3 => {
                envelope.parents.clear();
                envelope.depth = 0;
                envelope.sequence = 0;
            }
            4 => {
                envelope.parents = envelope
                    .parents
                    .into_iter()
                    .skip(1)
                    .chain([ActDigest([7; 32])])
                    .collect()
            }
            5 => envelope.recorder.seat = "thessa".to_owned(),
            6 => body = json!({"kind": "note", "contents": [ActDigest([7; 32])]}),
            7 => body = json!({"kind": "note", "contents": {"a": 1}}),
            8 => body = json!({"kind": "room", "members": ["sahrel", "thessa"]}),
            9 => {
                body = json!({"kind": "revoke-site", "key": site.key.site(), "from": testing::clock(numbers.below(40) as u64)})
            }
            10 => body = Site::new("sahrel", 5, site.histories.process()).binding(Some(&[PLENARY])),
            _ => envelope.process = onetext_seal::ProcessId([3; 16]),
        }
        let act = site.sign_as(envelope, &body);
        if numbers.below(6) == 0 {
            site.take(act.clone());
        }
        site.take(act);
        // Sometimes somebody writes on top of it, also a site that is not bound.
        if numbers.below(2) == 0 {
            site.write(PLENARY, json!({"kind": "note"}));
        } else if numbers.below(2) == 0 {
            let mut stranger = Site::new("sahrel", 5, site.histories.process());
            stranger.take_from(site);
            let act = stranger.sign("sahrel", PLENARY, &json!({"kind": "note"}), None);
            site.take(act);
        }
    }
}

/// The record with one damage: a byte, a digit, a number, a line, an end.
fn damage(record: Vec<u8>, numbers: &mut Numbers) -> Vec<u8> {
    let at = numbers.below(record.len());
    let byte = u8::try_from(numbers.below(256)).unwrap_or(0);
    let mut damaged = record.clone();
    match numbers.below(10) {
        0 | 1 => {
            if let Some(place) = damaged.get_mut(at) {
                *place ^= 1 << numbers.below(8);
            }
        }
        2 => {
            if let Some(place) = damaged.get_mut(at) {
                *place = byte;
            }
        }
        3 => drop(damaged.remove(at)),
        4 => damaged.insert(at, byte),
        5 => damaged.truncate(at),
        6 => digit(&mut damaged, at, numbers),
        _ => damaged = lines(&record, numbers),
    }
    damaged
}

/// Another digit in the place of the next one.
fn digit(record: &mut [u8], at: usize, numbers: &mut Numbers) {
    let is_digit = |byte: &u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(byte);
    let after = record.iter_mut().skip(at).find(|byte| is_digit(byte));
    if let Some(place) = after {
        *place = b"0123456789abcdef"[numbers.below(16)];
    }
}

/// A line left out, doubled, moved, or with a part of another line.
fn lines(record: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut lines: Vec<Vec<u8>> = record
        .split_inclusive(|byte| *byte == b'\n')
        .map(<[u8]>::to_vec)
        .collect();
    let (one, other) = (numbers.below(lines.len()), numbers.below(lines.len()));
    match numbers.below(4) {
        0 => drop(lines.remove(one)),
        1 => lines.insert(other, lines[one].clone()),
        2 => lines.swap(one, other),
        _ => {
            let tail = numbers.below(300);
            let keep = lines[one].len().saturating_sub(tail);
            let from = lines[other].len().saturating_sub(tail);
            let end = lines[other].split_off(from);
            lines[other].extend(&end);
            lines[one].truncate(keep);
            lines[one].extend(end);
        }
    }
    lines.concat()
}
