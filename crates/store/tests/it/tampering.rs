//! Whatever is changed in a store is found: a change of an act is named with the act, anything else with its place.

use std::path::{Path, PathBuf};

use onetext_seal::{ActDigest, ContentDigest};
use onetext_store::{Batch, EmbeddedStore, Finding, Options, SeededEntropy, Store as _};
use rusqlite::Connection;

use crate::world::{Dice, Writer, key, new_store, reopen};

/// A closed store of two rooms, with something of every sort in it.
fn sample(folder: &Path) -> (PathBuf, Vec<ActDigest>) {
    let mut store = new_store(folder);
    let mut site = Writer::new(1);
    let wording = b"The Parties shall meet at the lighthouse.";
    let name = ContentDigest::of(wording);
    let mut acts = Vec::new();
    for at in 0..8 {
        let room = ["plenary", "caucus"][at % 2];
        let act = match at {
            4 => site.act_of_person(room, &at.to_string()),
            _ => site.act(room, &at.to_string()),
        };
        let mut new = onetext_store::NewAct::arrived(act).unwrap();
        if at > 5 {
            new = new.with(name, *wording);
        }
        acts.push(new);
    }
    let batch = Batch {
        acts: &acts,
        settings: &[("language", Some(b"fr")), ("seat", Some(b"north"))],
        notes: &[("pouches", b"first"), ("pouches", b"second")],
        ..Batch::default()
    };
    store.write(&batch).unwrap();
    store.erase(&acts[3].id()).unwrap();
    store.keep_snapshot("plenary", Some(b"state")).unwrap();
    assert!(store.check().unwrap().is_good());
    (
        folder.join("onetext.db"),
        acts.iter().map(|act| act.id()).collect(),
    )
}

/// After these words of SQL, the findings are these.
fn findings(change: &str) -> (Vec<Finding>, Vec<ActDigest>) {
    let folder = tempfile::tempdir().unwrap();
    let (path, acts) = sample(folder.path());
    let file = Connection::open(&path).unwrap();
    file.execute_batch(change).unwrap();
    drop(file);
    let report = reopen(folder.path()).check().unwrap();
    assert!(!report.is_good(), "{change}");
    (report.findings, acts)
}

/// The place of the act that was written as the `at`th: rooms take turns.
fn place(at: i64) -> i64 {
    ((at % 2 + 1) << 40) + at / 2 + 1
}

#[test]
fn a_change_of_any_column_of_an_act_names_the_act() {
    for (at, column) in [
        (2, "envelope"),
        (2, "body_key"),
        (2, "body"),
        (2, "signature"),
        (4, "person"),
        (3, "envelope"),
        (3, "body_key"),
        (6, "body"),
    ] {
        for change in [
            format!("substr({column}, 1, length({column}) - 1) || x'00'"),
            format!("x'ff' || substr({column}, 2)"),
            format!("substr({column}, 2)"),
            format!("cast({column} AS TEXT)"),
            format!("(SELECT {column} FROM acts WHERE place = {})", place(5)),
            "x''".to_owned(),
        ] {
            let words = format!(
                "UPDATE acts SET {column} = {change} WHERE place = {}",
                place(at)
            );
            let (found, acts) = findings(&words);
            let named = |finding: &Finding| matches!(finding, Finding::Act { id, .. } if *id == acts[at as usize]);
            assert!(found.iter().any(named), "{words}: {found:?}");
        }
    }
}

#[test]
fn no_column_of_an_act_can_be_taken_away_or_passed_off_as_erased() {
    for (at, change) in [
        (2, "body = NULL".to_owned()),
        (4, "person = NULL".to_owned()),
        (
            2,
            format!(
                "person = (SELECT person FROM acts WHERE place = {})",
                place(4)
            ),
        ),
        (
            2,
            format!(
                "body = NULL, body_key = (SELECT body_key FROM acts WHERE place = {})",
                place(3)
            ),
        ),
        (2, format!("id = x'{}'", "07".repeat(32))),
    ] {
        let (found, acts) = findings(&format!(
            "UPDATE acts SET {change} WHERE place = {}",
            place(at)
        ));
        let renamed = ActDigest([7; 32]);
        let named = |finding: &Finding| matches!(finding, Finding::Act { id, .. } if *id == acts[at as usize] || *id == renamed);
        assert!(found.iter().any(named), "{change}: {found:?}");
    }
}

#[test]
fn an_act_in_another_room_is_named() {
    let words = format!(
        "DELETE FROM acts WHERE place = {}; UPDATE acts SET place = {} WHERE place = {}",
        place(5),
        place(5),
        place(2)
    );
    let (found, acts) = findings(&words);
    let named = |finding: &Finding| matches!(finding, Finding::Act { id, .. } if *id == acts[2]);
    assert!(found.iter().any(named), "{found:?}");
}

#[test]
fn a_change_of_a_key_record_is_tampering() {
    let flip = |column: &str| format!("{column} = cast(x'5a' || substr({column}, 2) AS BLOB)");
    for words in [
        format!("UPDATE rooms SET {}", flip("key")),
        format!("UPDATE contents SET {}", flip("key")),
    ] {
        let (found, _) = findings(&words);
        let key = |finding: &Finding| matches!(finding, Finding::Key { .. });
        assert!(found.iter().any(key), "{found:?}");
        assert!(found.iter().any(Finding::is_tampering));
    }
}

#[test]
fn any_other_change_is_damage_with_its_place() {
    let last = place(7);
    for (change, expected) in [
        (
            format!("DELETE FROM acts WHERE place = {last}"),
            "rooms, row 2",
        ),
        (
            format!(
                "DELETE FROM acts WHERE place = {last}; DELETE FROM arrivals WHERE place = {last}"
            ),
            "rooms, row 2",
        ),
        (
            format!("DELETE FROM arrivals WHERE place = {last}"),
            "arrivals",
        ),
        (
            format!(
                "UPDATE arrivals SET sealed = (SELECT sealed FROM arrivals WHERE place = {}) WHERE place = {last}",
                place(1)
            ),
            "arrivals",
        ),
        (
            format!("UPDATE acts SET place = place + 5 WHERE place = {last}"),
            "acts",
        ),
        (
            format!("INSERT INTO arrivals VALUES ({}, x'00')", last + 9),
            "arrivals",
        ),
        (
            format!("UPDATE arrivals SET place = place + (7 << 40) WHERE place = {last}"),
            "arrivals",
        ),
        ("DELETE FROM rooms WHERE number = 2".to_owned(), "rooms"),
        (
            "DELETE FROM rooms WHERE number = 2; DELETE FROM acts WHERE place >> 40 = 2; \
          DELETE FROM arrivals WHERE place >> 40 = 2; DELETE FROM given WHERE room = 2"
                .to_owned(),
            "rooms",
        ),
        (
            "UPDATE rooms SET state = cast(x'00' || substr(state, 2) AS BLOB) WHERE number = 1"
                .to_owned(),
            "rooms, row 1",
        ),
        (
            "UPDATE rooms SET name = cast(x'00' || substr(name, 2) AS BLOB) WHERE number = 1"
                .to_owned(),
            "rooms, row 1",
        ),
        (
            "UPDATE rooms SET tag = cast(x'00' || substr(tag, 2) AS BLOB) WHERE number = 1"
                .to_owned(),
            "rooms, row 1",
        ),
        (
            "UPDATE contents SET bytes = cast(x'00' || substr(bytes, 2) AS BLOB)".to_owned(),
            "contents, row 1",
        ),
        (
            "UPDATE contents SET tag = cast(x'00' || substr(tag, 2) AS BLOB)".to_owned(),
            "contents",
        ),
        ("DELETE FROM contents".to_owned(), "contents"),
        (
            "INSERT INTO contents (tag, key, bytes) VALUES (x'01', x'02', x'03')".to_owned(),
            "contents, row 2",
        ),
        (
            "DELETE FROM given WHERE room = 1".to_owned(),
            "rooms, row 1",
        ),
        (
            "UPDATE given SET sealed = cast(x'00' || substr(sealed, 2) AS BLOB) WHERE room = 1"
                .to_owned(),
            "given",
        ),
        ("DELETE FROM settings".to_owned(), "settings"),
        (
            "UPDATE settings SET sealed = cast(x'00' || substr(sealed, 2) AS BLOB)".to_owned(),
            "settings",
        ),
        ("DELETE FROM notes WHERE position = 1".to_owned(), "notes"),
        (
            "UPDATE notes SET position = position + 7".to_owned(),
            "notes",
        ),
        (
            "UPDATE snapshots SET sealed = x'00'".to_owned(),
            "snapshots",
        ),
        ("CREATE TABLE more (name)".to_owned(), "table more"),
        (
            "CREATE TRIGGER more AFTER INSERT ON acts BEGIN DELETE FROM notes; END".to_owned(),
            "trigger more",
        ),
        (
            "CREATE INDEX more ON acts (signature)".to_owned(),
            "index more",
        ),
        ("DROP INDEX acts_by_id".to_owned(), "index acts_by_id"),
        ("DELETE FROM workspace".to_owned(), "workspace"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let (path, _) = sample(folder.path());
        let store = reopen(folder.path());
        Connection::open(&path)
            .unwrap()
            .execute_batch(&change)
            .unwrap();
        let report = store.check().unwrap();
        let damage = |finding: &Finding| matches!(finding, Finding::Damage { place, .. } | Finding::Key { place } if place.contains(expected));
        assert!(
            report.findings.iter().any(damage),
            "{change}: {:?}",
            report.findings
        );
    }
}

#[test]
fn reading_names_the_act_that_was_changed() {
    let folder = tempfile::tempdir().unwrap();
    let (path, acts) = sample(folder.path());
    let words = format!(
        "UPDATE acts SET body = cast(x'00' || substr(body, 2) AS BLOB) WHERE place = {}",
        place(2)
    );
    Connection::open(&path)
        .unwrap()
        .execute_batch(&words)
        .unwrap();
    let error = reopen(folder.path()).get(&acts[2]).unwrap_err().to_string();
    assert!(error.contains(&acts[2].to_string()), "{error}");
}

/// A byte changed anywhere in the file: nothing panics, and what is still read is what was written.
#[test]
fn a_changed_byte_anywhere_is_survived() {
    let folder = tempfile::tempdir().unwrap();
    let (path, acts) = sample(folder.path());
    let store = reopen(folder.path());
    let written: Vec<_> = acts.iter().map(|id| store.get(id).unwrap()).collect();
    drop(store);
    let whole = std::fs::read(&path).unwrap();
    let (mut dice, mut found) = (Dice::new(8), 0);
    for _ in 0..400 {
        let mut bytes = whole.clone();
        let at = dice.below(bytes.len() as u64) as usize;
        bytes[at] ^= 1 << dice.below(8);
        let _ = std::fs::remove_file(path.with_extension("db-wal"));
        let _ = std::fs::remove_file(path.with_extension("db-shm"));
        std::fs::write(&path, &bytes).unwrap();
        let entropy = Box::new(SeededEntropy::new(1));
        let Ok(store) = EmbeddedStore::open(&path, &key(), entropy, Options::default()) else {
            found += 1;
            continue;
        };
        match store.check() {
            Ok(report) if report.is_good() => {
                // What nothing refers to may change unseen; what was written may not.
                for (id, act) in acts.iter().zip(&written) {
                    assert_eq!(store.get(id).unwrap(), *act);
                }
            }
            _ => found += 1,
        }
    }
    assert!(found > 20, "{found}");
}
