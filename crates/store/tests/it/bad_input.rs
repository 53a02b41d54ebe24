//! A store that cannot be used says so, says what to do next, and stays as it was.

use std::path::Path;
use std::time::Duration;

use onetext_store::{EmbeddedStore, Options, SeededEntropy, Store as _, StoreError, WorkspaceKey};
use rusqlite::Connection;

use crate::world::{Writer, key, new_store, reopen};

fn open(path: &Path, key: &WorkspaceKey, options: Options) -> Result<EmbeddedStore, StoreError> {
    EmbeddedStore::open(path, key, Box::new(SeededEntropy::new(1)), options)
}

/// Opening this file fails like this, and changes nothing.
fn check(path: &Path, expected: &str) {
    let before = std::fs::read(path).ok();
    let error = open(path, &key(), Options::default())
        .unwrap_err()
        .to_string();
    assert!(error.contains(expected), "{error}");
    assert_eq!(std::fs::read(path).ok(), before);
}

/// A closed store of some acts.
fn sample(folder: &Path) -> std::path::PathBuf {
    let mut store = new_store(folder);
    let mut site = Writer::new(1);
    let acts: Vec<_> = (0..30)
        .map(|at| site.new_act("plenary", &at.to_string()))
        .collect();
    store.append(&acts, 0).unwrap();
    folder.join("onetext.db")
}

#[test]
fn no_store() {
    let folder = tempfile::tempdir().unwrap();
    check(&folder.path().join("onetext.db"), "there is no store");
    check(
        &folder.path().join("no/folder/onetext.db"),
        "there is no store",
    );
    check(folder.path(), "is no store of OneText");
    let text = folder.path().join("text");
    std::fs::write(&text, "The Parties shall meet. ".repeat(100)).unwrap();
    check(&text, "is no store of OneText");
    let other = folder.path().join("other");
    Connection::open(&other)
        .unwrap()
        .execute_batch("CREATE TABLE things (name)")
        .unwrap();
    check(&other, "is no store of OneText");
}

#[test]
fn a_store_that_is_there_is_not_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = sample(folder.path());
    let before = std::fs::read(&path).unwrap();
    let made = EmbeddedStore::create(
        &path,
        &key(),
        Box::new(SeededEntropy::new(1)),
        Options::default(),
    );
    assert!(matches!(made, Err(StoreError::Exists { .. })));
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn a_truncated_store() {
    let folder = tempfile::tempdir().unwrap();
    let path = sample(folder.path());
    let whole = std::fs::read(&path).unwrap();
    for length in [0, 50, 100, 4096, 5000, whole.len() - 4096, whole.len() - 1] {
        std::fs::write(&path, &whole[..length]).unwrap();
        check(&path, "is cut short");
    }
}

#[test]
fn a_newer_store() {
    let folder = tempfile::tempdir().unwrap();
    let path = sample(folder.path());
    Connection::open(&path)
        .unwrap()
        .pragma_update(None, "user_version", 77)
        .unwrap();
    check(&path, "is of version 77");
}

#[test]
fn another_key() {
    let folder = tempfile::tempdir().unwrap();
    let path = sample(folder.path());
    let before = std::fs::read(&path).unwrap();
    let other = WorkspaceKey::from_secret([8; 32]);
    let error = open(&path, &other, Options::default()).unwrap_err();
    assert!(matches!(error, StoreError::WrongKey { .. }), "{error}");
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[cfg(unix)]
#[test]
fn a_store_that_may_not_be_written() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = sample(folder.path());
    assert_eq!(
        std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o600
    );
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o400)).unwrap();
    check(&path, "may not be written");
}

#[test]
fn a_full_disk() {
    let folder = tempfile::tempdir().unwrap();
    let path = sample(folder.path());
    let options = Options {
        largest: Some(std::fs::metadata(&path).unwrap().len() + 20_000),
        ..Options::default()
    };
    let mut site = Writer::new(2);
    let mut kept = Vec::new();
    {
        let mut store = open(&path, &key(), options).unwrap();
        let error = loop {
            let act = site.new_act("plenary", &"words ".repeat(500));
            match store.append(std::slice::from_ref(&act), 0) {
                Ok(_) => kept.push(act.id()),
                Err(error) => break error,
            }
        };
        assert!(matches!(error, StoreError::Full { .. }), "{error}");
        assert!(store.check().unwrap().is_good());
    }
    let store = reopen(folder.path());
    assert!(!kept.is_empty());
    assert!(kept.iter().all(|id| store.has(id).unwrap()));
    assert_eq!(store.count("plenary").unwrap(), 30 + kept.len() as u64);
    assert!(store.check().unwrap().is_good());
}

#[test]
fn a_locked_store() {
    let folder = tempfile::tempdir().unwrap();
    let path = sample(folder.path());
    let options = Options {
        wait: Duration::from_millis(50),
        ..Options::default()
    };
    let mut store = open(&path, &key(), options).unwrap();
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let act = Writer::new(2).new_act("plenary", "late");
    let error = store.append(std::slice::from_ref(&act), 0).unwrap_err();
    assert!(matches!(error, StoreError::Locked { .. }), "{error}");
    // Reading goes on, and writing when the other is done.
    assert_eq!(store.count("plenary").unwrap(), 30);
    other.execute_batch("ROLLBACK").unwrap();
    store.append(&[act], 0).unwrap();
    assert_eq!(store.count("plenary").unwrap(), 31);
}

#[test]
fn an_erasure_that_a_reader_holds_up_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = sample(folder.path());
    let options = Options {
        wait: Duration::from_millis(50),
        ..Options::default()
    };
    let mut store = open(&path, &key(), options).unwrap();
    let act = Writer::new(2).new_act("plenary", "late");
    store.append(std::slice::from_ref(&act), 0).unwrap();
    let other = Connection::open(&path).unwrap();
    other
        .execute_batch("BEGIN; SELECT count(*) FROM acts;")
        .unwrap();
    let erased = store.erase(&act.id()).unwrap();
    assert_eq!(erased, onetext_store::Erasure::LogHeld);
    other.execute_batch("ROLLBACK").unwrap();
    drop(other);
    assert_eq!(store.get(&act.id()).unwrap().unwrap().body, None);
}
