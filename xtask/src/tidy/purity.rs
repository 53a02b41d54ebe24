//! What a crate may not name: the pure crates do no I/O, read no clock and roll no dice.

use super::Finding;
use super::sources::code_of;
use crate::house::House;

/// Crates that get everything as an argument and hand everything back as a value.
const PURE: &[&str] = &["text", "talks", "bargain", "press", "seal"];

/// Crates that turn bytes into values and back; whoever calls them opens the files.
const WITHOUT_FILES: &[&str] = &["paper", "desk", "words"];

const NO_OUTSIDE: &[&str] = &[
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::thread",
    "std::time::SystemTime",
    "std::time::Instant",
    "std::io::stdin",
    "std::io::stdout",
    "std::io::stderr",
];

const DICE: &[&str] = &["rand", "getrandom", "fastrand"];

/// No file of a pure crate names a file, a socket, the environment, a process, a clock or dice; no dependency on dice.
pub(super) fn check(house: &House) -> Vec<Finding> {
    let mut findings = Vec::new();
    for crate_name in PURE.iter().chain(WITHOUT_FILES) {
        for (path, text) in house.texts_in(&format!("crates/{crate_name}/src/"), ".rs") {
            for (line, name) in outside_names(text) {
                findings.push(Finding::new(
                    path,
                    line,
                    format!("{crate_name} does no I/O and reads no clock: take what {name} would give as an argument"),
                ));
            }
        }
        let manifest = format!("crates/{crate_name}/Cargo.toml");
        for (line, text) in numbered(house.text(&manifest).unwrap_or_default()) {
            let name = text.split(['.', '=', ' ']).next().unwrap_or_default();
            if DICE.contains(&name) {
                findings.push(Finding::new(
                    &manifest,
                    line,
                    format!("{crate_name} rolls no dice: take random bytes as an argument"),
                ));
            }
        }
    }
    findings
}

/// The banned names in a source file with their lines, also those inside `use std::{…}`.
fn outside_names(text: &str) -> Vec<(usize, &'static str)> {
    let code = code_of(text);
    let mut names = Vec::new();
    for (line, text) in numbered(&code) {
        for name in NO_OUTSIDE {
            if names_it(text, name) {
                names.push((line, *name));
            }
        }
    }
    for (line, path) in grouped_uses(&code) {
        for name in NO_OUTSIDE {
            if names_it(&path, name) {
                names.push((line, *name));
            }
        }
    }
    names
}

/// Whether the name stands in the text as a whole.
fn names_it(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let after = text.get(at + name.len()..).unwrap_or_default();
        !after.starts_with(|next: char| next.is_alphanumeric() || next == '_')
    })
}

/// `use std::{fs, time::{Instant}};` as the paths `std::fs` and `std::time::Instant`, each with its line.
fn grouped_uses(code: &str) -> Vec<(usize, String)> {
    let mut paths = Vec::new();
    for (at, _) in code.match_indices("use std::") {
        let Some(tree) = code.get(at + 4..).and_then(|rest| rest.split(';').next()) else {
            continue;
        };
        if !tree.contains('{') {
            continue;
        }
        let mut line = code.get(..at).unwrap_or_default().matches('\n').count() + 1;
        let mut stems = vec![String::new()];
        let mut word = String::new();
        for sign in tree.chars() {
            let stem = stems.last().cloned().unwrap_or_default();
            match sign {
                '{' => stems.push(format!("{stem}{}", word.trim())),
                ',' | '}' => {
                    if !word.trim().is_empty() {
                        paths.push((line, format!("{stem}{}", word.trim())));
                    }
                    if sign == '}' {
                        stems.pop();
                    }
                }
                '\n' => line += 1,
                _ => word.push(sign),
            }
            if matches!(sign, '{' | ',' | '}') {
                word.clear();
            }
        }
    }
    paths
}

fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line))
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::*;

    fn lines(source: &str) -> Vec<(usize, &'static str)> {
        outside_names(source)
    }

    #[test]
    fn files_and_clocks_are_found() {
        assert_eq!(lines("//! x\nuse std::fs;\n"), [(2, "std::fs")]);
        assert_eq!(
            lines("fn f() { let t = std::time::Instant::now(); }"),
            [(1, "std::time::Instant")]
        );
    }

    #[test]
    fn names_inside_a_group_are_found() {
        assert_eq!(
            lines("use std::{\n    collections::BTreeMap,\n    time::{Duration, Instant},\n};\n"),
            [(3, "std::time::Instant")]
        );
        assert_eq!(lines("use std::{fs, rc::Rc};"), [(1, "std::fs")]);
    }

    #[test]
    fn comments_strings_and_longer_names_are_free() {
        assert!(lines("// std::fs is not for us\nuse std::fmt;\n").is_empty());
        assert!(lines("const TOLD: &str = \"std::fs\";").is_empty());
        assert!(lines("use std::time::Duration;").is_empty());
    }

    #[test]
    fn only_crates_without_files_are_looked_at() {
        let source = "//! x\nuse std::fs;\n";
        assert!(found(check, &[("crates/onetext/src/main.rs", source)]).is_empty());
        assert_eq!(
            found(check, &[("crates/paper/src/lib.rs", source)]).len(),
            1
        );
    }

    #[test]
    fn dice_are_no_dependency() {
        let manifest = "[dependencies]\nrand = \"0.10\"\n";
        assert_eq!(
            found(check, &[("crates/talks/Cargo.toml", manifest)]).len(),
            1
        );
    }
}
