//! A dossier that was imported says what it said; what was acknowledged survives a kill at any moment.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use crate::article_day;
use crate::support::Folder;

/// How often a writer is killed.
const KILLS: u64 = 200;

/// The state of play as every seat sees it, now and on every day of the dossier, each to the letter.
fn told(folder: &Folder, of: &[&str], days: &BTreeSet<String>) -> BTreeMap<String, String> {
    let status = |more: &[&str]| folder.say(&[&["status", "--json"], of, more].concat());
    let first: Value = serde_json::from_str(&status(&[])).unwrap();
    let seats = first["seats"].as_array().unwrap().iter();
    let mut told = BTreeMap::new();
    for seat in seats.map(|seat| seat["id"].as_str().unwrap()) {
        told.insert(seat.to_owned(), status(&["--as", seat]));
        for day in days {
            let then = status(&["--as", seat, "--at", day]);
            told.insert(format!("{seat} on {day}"), then);
        }
    }
    told
}

/// The days that a dossier names.
fn days(dossier: &str) -> BTreeSet<String> {
    let dates = dossier.split('"').filter(|piece| {
        let digits = piece.bytes().filter(u8::is_ascii_digit).count();
        piece.len() == 10 && digits == 8 && piece.matches('-').count() == 2
    });
    dates.map(str::to_owned).collect()
}

fn check_import(dossier: &Path) {
    let folder = Folder::new();
    let path = dossier.to_str().unwrap();
    let days = days(&std::fs::read_to_string(dossier).unwrap());
    let expected = told(&folder, &[path], &days);
    let import = |from: &str, store: &str| {
        folder.run(&["new", store]);
        let run = folder.run(&["import", from, "-C", store, "--host"]);
        assert_eq!(run.status, 0, "{}", run.errors);
        let said = told(&folder, &["-C", store], &days);
        for (whose, status) in &expected {
            assert_eq!(&said[whose], status, "{whose}, from {store}");
        }
        assert_eq!(folder.run(&["verify", "-C", store]).status, 0);
    };
    import(path, "store");
    let run = folder.run(&["export", "-C", "store", "-o", "again"]);
    assert_eq!(run.status, 0, "{}", run.errors);
    import("again/dossier.toml", "second");
}

#[test]
fn the_imported_demo_says_the_same() {
    let folder = Folder::new();
    folder.run(&["demo", "demo"]);
    check_import(&folder.path().join("demo/dossier.toml"));
}

#[test]
fn the_imported_worked_dossier_says_the_same() {
    if let Some(folder) = article_day::folder() {
        check_import(&folder.join("dossier.toml"));
    }
}

/// A small process in a workspace.
fn recorded() -> Folder {
    let folder = Folder::with_process();
    folder.run(&["new", "store"]);
    let run = folder.run(&["import", "dossier.toml", "-C", "store", "--host"]);
    assert_eq!(run.status, 0, "{}", run.errors);
    folder
}

/// Writes notes until it is killed after so many milliseconds: the ids that were acknowledged.
fn write_and_kill(folder: &Folder, after: u64) -> Vec<String> {
    let mut command = folder.command(&["act", "--stdin", "-C", "store"]);
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child: Child = piped.stderr(Stdio::null()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let answers = BufReader::new(child.stdout.take().unwrap());
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let note = json!({"kind": "note", "room": "public", "by": "east", "words": "noted", "on": "2031-02-01"});
            // Until the reader is gone.
            while writeln!(input, "{note}").is_ok() {}
        });
        let reader = scope.spawn(|| {
            let whole = |line: String| {
                let answer: Option<Value> = serde_json::from_str(&line).ok();
                answer.and_then(|answer| answer["id"].as_str().map(str::to_owned))
            };
            answers
                .lines()
                .map_while(Result::ok)
                .filter_map(whole)
                .collect()
        });
        std::thread::sleep(Duration::from_millis(after));
        child.kill().unwrap();
        child.wait().unwrap();
        reader.join().unwrap()
    })
}

#[test]
fn law_6_act_killed_at_any_moment_loses_no_acknowledged_act() {
    let folder = recorded();
    let mut acknowledged = BTreeSet::new();
    // Moments spread over the program's start and its first acts, the same on every run.
    for kill in 0..KILLS {
        acknowledged.extend(write_and_kill(&folder, kill * 37 % 97));
    }
    assert!(
        !acknowledged.is_empty(),
        "no act was acknowledged before a kill"
    );
    assert_eq!(folder.run(&["verify", "-C", "store"]).status, 0);
    let run = folder.run(&[
        "export", "--format", "record", "-C", "store", "-o", "record",
    ]);
    assert_eq!(run.status, 0, "{}", run.errors);
    let record = folder.read("record");
    for id in &acknowledged {
        assert!(
            record.contains(id.as_str()),
            "{id} was acknowledged and is gone"
        );
    }
}

#[test]
fn law_6_a_killed_import_leaves_all_or_nothing() {
    let whole = recorded().object(&["status", "-C", "store"]);
    for kill in 0..20 {
        let folder = Folder::with_process();
        folder.run(&["new", "store"]);
        let mut command = folder.command(&["import", "dossier.toml", "-C", "store", "--host"]);
        let quiet = command.stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = quiet.spawn().unwrap();
        std::thread::sleep(Duration::from_millis(kill * 8));
        child.kill().unwrap();
        child.wait().unwrap();
        let run = folder.run(&["status", "-C", "store", "--json"]);
        if run.status == 0 {
            let status: Value = serde_json::from_str(&run.answer).unwrap();
            assert_eq!(status, whole);
        } else {
            // Nothing was kept: the same import goes through now.
            let again = folder.run(&["import", "dossier.toml", "-C", "store", "--host"]);
            assert_eq!(again.status, 0, "after {} ms: {}", kill * 8, again.errors);
        }
    }
}
