//! Documents: those that must be there, the words they share with the code, and the order of decisions.

use super::Finding;
use crate::house::House;

/// What a stranger looks for.
const DOCUMENTS: &[&str] = &[
    "README.md",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "LICENSE-MIT",
    "LICENSE-APACHE",
    "deny.toml",
    "clippy.toml",
    ".ci/run",
    "docs/glossary.md",
    "docs/questions.md",
    "docs/json.md",
    "docs/picture.svg",
    "docs/stories/first-round.md",
    "docs/adr/README.md",
    "fuzz/README.md",
];

/// The two commands that README promises a newcomer.
const PROMISED: &[&str] = &["cargo run --release -- demo", "cargo test --workspace"];

/// Every document is there and has something in it; README names the two commands.
pub(super) fn check(house: &House) -> Vec<Finding> {
    let mut findings: Vec<Finding> = DOCUMENTS
        .iter()
        .filter(|path| house.text(path).unwrap_or_default().trim().is_empty())
        .map(|path| Finding::new(path, 0, "is missing or empty"))
        .collect();
    let readme = house.text("README.md").unwrap_or_default();
    for command in PROMISED {
        if !readme.contains(command) {
            findings.push(Finding::new(
                "README.md",
                0,
                format!("names the command `{command}` no more"),
            ));
        }
    }
    findings
}

/// The field's words: in code, on screen and in the glossary they are the same.
const WORDS: &[&str] = &[
    "process",
    "seat",
    "pen-holder",
    "person",
    "room",
    "caucus",
    "plenary",
    "delegation room",
    "viewer",
    "text",
    "draft",
    "manifest",
    "provision",
    "chapeau",
    "point",
    "bracket",
    "act",
    "position",
    "package",
    "circulation",
    "understanding",
    "statement",
    "claim",
    "gate",
    "mission",
    "pouch",
    "site",
];

/// Each word stands in the glossary as the first cell of a row, in bold.
pub(super) fn check_glossary(house: &House) -> Vec<Finding> {
    let path = "docs/glossary.md";
    let glossary = house.text(path).unwrap_or_default();
    WORDS
        .iter()
        .filter(|word| !glossary.contains(&format!("**{word}**")))
        .map(|word| Finding::new(path, 0, format!("say what **{word}** means")))
        .collect()
}

/// Decision records are numbered from 0001 without gaps, each begins with its number and stands in the list.
pub(super) fn check_decisions(house: &House) -> Vec<Finding> {
    let mut findings = Vec::new();
    let list = house.text("docs/adr/README.md").unwrap_or_default();
    let records = house
        .texts_in("docs/adr/", ".md")
        .filter(|(path, _)| !path.ends_with("/README.md"));
    for (index, (path, text)) in records.enumerate() {
        let name = path.trim_start_matches("docs/adr/");
        let number = format!("{:04}", index + 1);
        if !name.starts_with(&format!("{number}-")) {
            findings.push(Finding::new(
                path,
                0,
                format!("the next decision has number {number}"),
            ));
        }
        if !text.starts_with(&format!("# {number} ")) {
            findings.push(Finding::new(
                path,
                1,
                format!("begin with `# {number} ` and the decision in one line"),
            ));
        }
        if !list.contains(name) {
            findings.push(Finding::new(
                "docs/adr/README.md",
                0,
                format!("the list lacks {name}"),
            ));
        }
    }
    findings
}

/// The changelog has a place for what is not released yet.
pub(super) fn check_changelog(house: &House) -> Vec<Finding> {
    let path = "CHANGELOG.md";
    let text = house.text(path).unwrap_or_default();
    let there = text.lines().any(|line| line.trim() == "## Unreleased");
    match there {
        true => Vec::new(),
        false => vec![Finding::new(path, 0, "has no section `## Unreleased`")],
    }
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::*;

    #[test]
    fn an_empty_house_lacks_every_document() {
        let findings = found(check, &[]);
        assert_eq!(findings.len(), DOCUMENTS.len() + PROMISED.len());
        assert!(findings.contains(&"SECURITY.md: is missing or empty".to_owned()));
    }

    #[test]
    fn the_glossary_has_every_word() {
        let findings = found(check_glossary, &[("docs/glossary.md", "| **seat** | x |")]);
        assert_eq!(findings.len(), WORDS.len() - 1);
        assert!(!findings.contains(&"docs/glossary.md: say what **seat** means".to_owned()));
    }

    #[test]
    fn decisions_have_no_gaps() {
        let files = [
            ("docs/adr/README.md", "0001-a.md 0003-b.md"),
            ("docs/adr/0001-a.md", "# 0001 A\n"),
            ("docs/adr/0003-b.md", "# 0003 B\n"),
        ];
        assert_eq!(
            found(check_decisions, &files),
            [
                "docs/adr/0003-b.md: the next decision has number 0002",
                "docs/adr/0003-b.md:1: begin with `# 0002 ` and the decision in one line",
            ]
        );
    }

    #[test]
    fn the_changelog_has_a_place_for_what_comes() {
        assert!(
            found(
                check_changelog,
                &[("CHANGELOG.md", "# C\n\n## Unreleased\n")]
            )
            .is_empty()
        );
        assert_eq!(
            found(check_changelog, &[("CHANGELOG.md", "# C\n")]).len(),
            1
        );
    }
}
