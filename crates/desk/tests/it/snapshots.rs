//! Snapshots: a record opens quicker from them, and answers the same as from its rows.

use std::path::Path;

use onetext_desk::workspace::{Manner, Workspace};
use onetext_desk::{Books, Cut, When, import, status};
use onetext_paper::dossier;
use onetext_talks::Record;
use onetext_talks::testing::records;
use proptest::prelude::*;
use rusqlite::Connection;

use crate::workspace::copy_folder;

/// 6 March 2031, in microseconds since 1970.
const NOW: i64 = 1_930_521_600_000_000;

/// A host of everything in a record.
fn host(record: &Record, folder: &Path) -> Workspace {
    let written = dossier::write(record);
    let books = Books::open(&written.toml, &mut written.folder()).unwrap();
    std::fs::create_dir(folder).unwrap();
    let mut workspace = Workspace::create(folder, None, &Manner::usual(None)).unwrap();
    import(&books, &mut workspace, true, NOW).unwrap();
    workspace
}

fn open(folder: &Path) -> Workspace {
    Workspace::open(folder, &Manner::usual(None)).unwrap()
}

/// What every seat is told, now, of an earlier day, and of what had been received by an earlier day.
fn told(folder: &Path, record: &Record) -> Vec<String> {
    let mut told = Vec::new();
    for seat in &record.seats {
        for (at, known_at) in [
            (None, None),
            (Some("2025-11-22"), None),
            (None, Some("2031-03-05")),
        ] {
            let when = |text: Option<&str>| text.map(|text| When::parse(text).unwrap());
            let seat = Some(seat.id.as_str());
            let opened = Books::of_workspace(&mut open(folder), seat, when(known_at).as_ref(), NOW);
            let Ok((books, viewer)) = opened else {
                // Nothing had been received by then.
                told.push(String::new());
                continue;
            };
            let cut = Cut {
                at: when(at),
                known_at: None,
            };
            let status = status(&books, &viewer, &cut).unwrap();
            told.push(serde_json::to_string(&status).unwrap());
            told.push(format!("{:?}", books.left_out()));
        }
    }
    told
}

fn keep(folder: &Path, record: &Record) -> usize {
    let kept = record
        .seats
        .iter()
        .map(|seat| Books::keep_snapshots(&mut open(folder), Some(seat.id.as_str()), 1).unwrap());
    kept.sum()
}

fn rows(folder: &Path) -> i64 {
    let file = Connection::open(folder.join("onetext.db")).unwrap();
    file.query_row("SELECT count(*) FROM snapshots", [], |row| row.get(0))
        .unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn law_4_what_is_read_from_a_snapshot_equals_the_fold_from_scratch(record in records()) {
        let scratch = tempfile::tempdir().unwrap();
        let folder = scratch.path().join("with");
        drop(host(&record, &folder));
        let from_rows = told(&folder, &record);
        prop_assert!(keep(&folder, &record) > 0);
        prop_assert_eq!(keep(&folder, &record), 0);
        prop_assert_eq!(told(&folder, &record), from_rows.clone());
        // A snapshot that was changed is left aside.
        let file = Connection::open(folder.join("onetext.db")).unwrap();
        file.execute("UPDATE snapshots SET sealed = substr(sealed, 1, length(sealed) - 1)", []).unwrap();
        prop_assert_eq!(told(&folder, &record), from_rows);
    }
}

#[test]
fn what_came_since_is_read_from_its_rows() {
    let record = record();
    let scratch = tempfile::tempdir().unwrap();
    let (with, without) = (scratch.path().join("with"), scratch.path().join("without"));
    let mut workspace = host(&record, &with);
    keep(&with, &record);
    let note = |words: &str| {
        let body = serde_json::json!({"kind": "note", "words": words});
        onetext_desk::workspace::Entry::of("m", "plenary", body)
    };
    workspace.append(&[note("one"), note("two")], NOW).unwrap();
    drop(workspace);
    copy_folder(&with, &without);
    open(&without).forget_snapshots().unwrap();
    assert!(rows(&with) > 0 && rows(&without) == 0);
    assert_eq!(told(&with, &record), told(&without, &record));
}

/// A process of two parties and their mediator.
fn record() -> Record {
    let toml = r#"
        [process]
        id = "ford"
        title = "Talks on the Lower Ford"
        pen_holder = "m"
        [[seat]]
        id = "m"
        name = "The mediator"
        role = "mediator"
        [[seat]]
        id = "a"
        name = "A"
        role = "party"
        [[seat]]
        id = "b"
        name = "B"
        role = "party"
        [[text]]
        id = "main"
        title = "Agreement"
        kind = "main"
        [[draft]]
        id = "v1"
        text = "main"
        file = "v1.md"
        [[act]]
        id = "given"
        kind = "deliver"
        room = "plenary"
        by = "m"
        on = "2025-11-20"
        draft = "v1"
        to = ["a", "b"]
        channel = "official"
        [[act]]
        id = "first"
        kind = "stance"
        room = "plenary"
        by = "a"
        on = "2025-11-21"
        draft = "v1"
        points = ["1"]
        stance = "accept"
        [[act]]
        id = "back"
        kind = "withdraw"
        room = "plenary"
        by = "a"
        on = "2025-11-23"
        of = "first"
    "#;
    let mut files = std::collections::BTreeMap::from([(
        "v1.md".to_owned(),
        b"1. The ford is open to both.\n2. Nobody builds there.\n".to_vec(),
    )]);
    dossier::read(toml, &mut files).unwrap()
}
