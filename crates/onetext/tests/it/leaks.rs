//! A stolen `onetext.db`, and the log beside it, show no string of what was imported into them.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use crate::article_day;
use crate::support::Folder;

/// From this length on no string is found in sealed bytes by chance.
const LONG: usize = 8;

/// Every string that a folder's dossier and drafts show: values as they are quoted, lines, and words of four letters and
/// more.
fn shown(folder: &Path) -> BTreeSet<Vec<u8>> {
    let mut strings = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let wanted = path
            .extension()
            .is_some_and(|ending| ["toml", "md", "txt"].iter().any(|known| ending == *known));
        if !wanted {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let quoted = text.split('"').chain(text.lines()).map(str::trim);
        let words = text
            .split(|letter: char| !letter.is_alphabetic())
            .filter(|word| word.chars().count() >= 4);
        let lower: Vec<String> = words.clone().map(str::to_lowercase).collect();
        let all = quoted.chain(words).chain(lower.iter().map(String::as_str));
        strings.extend(
            all.filter(|string| string.chars().count() >= 4)
                .map(|string| string.as_bytes().to_vec()),
        );
    }
    strings
}

/// Which of these strings stand in some bytes.
fn found(strings: &BTreeSet<Vec<u8>>, bytes: &[u8]) -> BTreeSet<Vec<u8>> {
    let mut by_start: HashMap<&[u8], Vec<&Vec<u8>>> = HashMap::new();
    for string in strings {
        by_start.entry(&string[..4]).or_default().push(string);
    }
    let mut found = BTreeSet::new();
    for (at, start) in bytes.windows(4).enumerate() {
        for string in by_start.get(start).into_iter().flatten() {
            if bytes[at..].starts_with(string) {
                found.insert((*string).clone());
            }
        }
    }
    found
}

/// Imports a dossier for every seat while another program reads, so that the log stays, and searches the files.
fn search(
    folder: &Folder,
    store: &str,
    dossier: &Path,
    secrets: &BTreeSet<Vec<u8>>,
) -> BTreeSet<Vec<u8>> {
    folder.say(&["new", store]);
    let place = folder.path().join(store);
    let reader = rusqlite::Connection::open(place.join("onetext.db")).unwrap();
    let count = |reader: &rusqlite::Connection| -> i64 {
        reader
            .query_row("SELECT count(*) FROM acts", [], |row| row.get(0))
            .unwrap()
    };
    // What the definitions of the tables say is no secret.
    let told: String = reader
        .query_row("SELECT group_concat(sql) FROM sqlite_schema", [], |row| {
            row.get(0)
        })
        .unwrap();
    let own = found(secrets, told.as_bytes());
    assert_eq!(count(&reader), 0);
    folder.say(&["import", dossier.to_str().unwrap(), "-C", store, "--host"]);
    assert!(count(&reader) > 20);
    let mut hits = BTreeSet::new();
    for name in ["onetext.db", "onetext.db-wal"] {
        let bytes = std::fs::read(place.join(name)).unwrap();
        assert!(bytes.len() > 20_000, "{name} has {} bytes", bytes.len());
        hits.extend(found(secrets, &bytes));
    }
    drop(reader);
    folder.say(&["verify", "-C", store]);
    hits.extend(found(
        secrets,
        &std::fs::read(place.join("onetext.db")).unwrap(),
    ));
    &hits - &own
}

fn check(dossier: &Path, at_least: usize) {
    let secrets = shown(dossier.parent().unwrap());
    assert!(secrets.len() >= at_least, "{} strings", secrets.len());
    let folder = Folder::new();
    let first = search(&folder, "one", dossier, &secrets);
    let second = search(&folder, "two", dossier, &secrets);
    let told = |hits: BTreeSet<Vec<u8>>| -> Vec<String> {
        hits.iter()
            .map(|hit| String::from_utf8_lossy(hit).into_owned())
            .collect()
    };
    for hits in [&first, &second] {
        let long = hits.iter().filter(|hit| hit.len() >= LONG).cloned();
        assert_eq!(told(long.collect()), [""; 0]);
    }
    // Four bytes are found by chance now and then, but the same not in two stores whose keys differ.
    assert_eq!(told(&first & &second), [""; 0]);
}

#[test]
fn a_stolen_store_shows_no_string_of_the_demo() {
    let folder = Folder::new();
    folder.say(&["demo", "demo"]);
    check(&folder.path().join("demo/dossier.toml"), 500);
}

#[test]
fn a_stolen_store_shows_no_string_of_the_worked_dossier() {
    if let Some(folder) = article_day::folder() {
        check(&folder.join("dossier.toml"), 2000);
    }
}

#[test]
fn the_search_finds_what_is_there() {
    let folder = Folder::new();
    folder.say(&["demo", "demo"]);
    let secrets = shown(&folder.path().join("demo"));
    let bytes = std::fs::read(folder.path().join("demo/v1.md")).unwrap();
    assert!(found(&secrets, &bytes).len() > 100);
}
