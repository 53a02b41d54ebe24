//! The arrows between crates: files → text → acts → record → view → outputs, one way through, no way back.

use super::Finding;
use crate::house::House;

/// Which of our crates a crate may use. Those that are not there yet stand here so that their place is settled
/// before they come.
const ARROWS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("talks", &["text"]),
    ("bargain", &[]),
    ("press", &["talks"]),
    ("seal", &[]),
    ("store", &["seal"]),
    ("paper", &["text", "talks", "bargain"]),
    ("words", &[]),
    (
        "desk",
        &[
            "text", "talks", "bargain", "press", "seal", "store", "paper", "words",
        ],
    ),
    ("web", &["text", "talks", "paper", "desk", "words"]),
];

/// The program and the tasks wire everything together.
const FREE: &[&str] = &["onetext", "xtask"];

/// Every dependency of a crate on one of ours, tests included, must be an arrow of the table.
pub(super) fn check(house: &House) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in house.texts_in("", "Cargo.toml") {
        let Some(crate_name) = path
            .strip_prefix("crates/")
            .and_then(|rest| rest.strip_suffix("/Cargo.toml"))
        else {
            continue;
        };
        if FREE.contains(&crate_name) {
            continue;
        }
        match ARROWS.iter().find(|(name, _)| *name == crate_name) {
            Some((_, allowed)) => findings.extend(check_crate(path, text, crate_name, allowed)),
            None => findings.push(Finding::new(
                path,
                0,
                format!("the crate {crate_name} has no place in the table of arrows (xtask/src/tidy/arrows.rs): \
                     say there what it may use, and in ARCHITECTURE.md what it is for"),
            )),
        }
    }
    findings
}

fn check_crate(path: &str, text: &str, crate_name: &str, allowed: &[&str]) -> Vec<Finding> {
    let manifest: toml::Table = match text.parse() {
        Ok(manifest) => manifest,
        Err(error) => return vec![Finding::new(path, 0, error.to_string())],
    };
    let mut findings = Vec::new();
    for table in ["dependencies", "dev-dependencies", "build-dependencies"] {
        let Some(entries) = manifest.get(table).and_then(toml::Value::as_table) else {
            continue;
        };
        for name in entries.keys() {
            let ours = name.strip_prefix("onetext-");
            // A crate's own tests may ask it for a feature.
            if ours.is_some_and(|used| used != crate_name && !allowed.contains(&used)) {
                let line = text
                    .lines()
                    .position(|line| line.trim_start().starts_with(name.as_str()));
                let may = match allowed {
                    [] => "nothing of ours".to_owned(),
                    _ => allowed.join(", "),
                };
                findings.push(Finding::new(
                    path,
                    line.map_or(0, |line| line + 1),
                    format!("{crate_name} may use {may}; it must not use {name}"),
                ));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::*;

    #[test]
    fn an_arrow_backwards_is_found_with_its_line() {
        let manifest =
            "[package]\nname = \"onetext-text\"\n[dependencies]\nonetext-talks.workspace = true\n";
        assert_eq!(
            found(check, &[("crates/text/Cargo.toml", manifest)]),
            [
                "crates/text/Cargo.toml:4: text may use nothing of ours; it must not use onetext-talks"
            ]
        );
    }

    #[test]
    fn a_test_may_not_go_where_the_crate_may_not() {
        let manifest = "[dev-dependencies]\nonetext-paper.workspace = true\n";
        assert_eq!(
            found(check, &[("crates/talks/Cargo.toml", manifest)]),
            ["crates/talks/Cargo.toml:2: talks may use text; it must not use onetext-paper"]
        );
    }

    #[test]
    fn arrows_forward_and_the_program_are_free() {
        let talks = "[dependencies]\nonetext-text.workspace = true\nserde = \"1\"\n";
        let program = "[dependencies]\nonetext-text.workspace = true\n";
        let files = [
            ("crates/talks/Cargo.toml", talks),
            ("crates/onetext/Cargo.toml", program),
        ];
        assert!(found(check, &files).is_empty());
    }

    #[test]
    fn a_crate_that_is_not_in_the_table_is_asked_for_its_place() {
        let findings = found(check, &[("crates/misc/Cargo.toml", "")]);
        assert_eq!(findings.len(), 1, "{findings:?}");
    }
}
