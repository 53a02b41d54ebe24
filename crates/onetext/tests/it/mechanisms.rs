//! `docs/mechanisms.md` names, row by row, what shows each mechanism: every story and test that it names is there.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What the table names of a row: its own name, and the stories and tests that show it.
struct Row {
    name: String,
    stories: Vec<String>,
    tests: Vec<String>,
    not_yet: bool,
}

#[test]
fn every_mechanism_names_what_shows_it() {
    let rows = rows();
    let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    let wanted = (1..=37)
        .map(|number| format!("E{number}"))
        .chain((1..=19).map(|number| format!("I{number}")));
    for name in wanted {
        let found = names.iter().filter(|row| **row == name).count();
        assert_eq!(found, 1, "{name} has one row");
    }
    let customs = rows.iter().filter(|row| row.name.starts_with('C')).count();
    assert_eq!(customs, 33, "customs of the field");
    for row in &rows {
        let shown = !row.stories.is_empty() || !row.tests.is_empty();
        assert!(
            shown || row.not_yet,
            "{} names no story and no test",
            row.name
        );
    }
}

#[test]
fn every_story_and_test_that_is_named_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let tests = tests_of(&root.join("crates"));
    for row in rows() {
        for story in row.stories {
            let file = root.join("docs").join(&story);
            assert!(file.is_file(), "{}: no story {story}", row.name);
        }
        for test in row.tests {
            assert!(tests.contains(&test), "{}: no test {test}", row.name);
        }
    }
}

/// The rows of the tables: a name, what carries it, what shows it.
fn rows() -> Vec<Row> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/mechanisms.md");
    let page = std::fs::read_to_string(file).unwrap();
    let mut rows = Vec::new();
    for line in page.lines() {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let [name, _, _, shows] = cells.as_slice() else {
            continue;
        };
        let is_row = name.strip_prefix(['E', 'I', 'C']);
        if !is_row.is_some_and(|number| number.parse::<u32>().is_ok()) {
            continue;
        }
        rows.push(Row {
            name: (*name).to_owned(),
            stories: between(shows, "](", ")"),
            tests: between(shows, "`", "`"),
            not_yet: shows.contains("not yet"),
        });
    }
    rows
}

/// Everything between two marks.
fn between(words: &str, open: &str, close: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = words;
    while let Some((_, after)) = rest.split_once(open) {
        let Some((inside, after)) = after.split_once(close) else {
            break;
        };
        found.push(inside.to_owned());
        rest = after;
    }
    found
}

/// The names of all functions in the sources of the crates that follow `#[test]` or stand in a `proptest!`.
fn tests_of(folder: &Path) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut folders: Vec<PathBuf> = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let source = std::fs::read_to_string(path).unwrap();
                let mut marked = false;
                for line in source.lines().map(str::trim) {
                    if let Some(name) = line.strip_prefix("fn ").filter(|_| marked) {
                        let end = name.find(['(', '<']).unwrap_or(name.len());
                        names.insert(name[..end].to_owned());
                    }
                    let between =
                        line.is_empty() || line.starts_with("#[") || line.starts_with("//");
                    marked = line == "#[test]" || (marked && between);
                }
            }
        }
    }
    names
}
