//! Nothing lost: every draft is read whole, whatever is on the page, and the worst of them in good time.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "this test measures, and says what it measured"
)]

use std::time::{Duration, Instant};

use onetext_text::{Draft, ReadError};
use proptest::prelude::*;

/// What holds of every draft.
fn holds(source: &str) -> Result<(), TestCaseError> {
    let draft = match Draft::read(source) {
        Ok(draft) => draft,
        Err(ReadError::TooDeep { .. }) => return Ok(()),
        Err(other) => return Err(TestCaseError::fail(other.to_string())),
    };
    prop_assert_eq!(draft.source(), source);
    prop_assert!(
        draft.unread().is_empty(),
        "unread {:?} of {:?}",
        draft.unread(),
        source
    );
    let mut until = 0;
    for (index, provision) in draft.provisions().iter().enumerate() {
        prop_assert_eq!(
            source.get(provision.span.clone()),
            Some(provision.wording.as_str())
        );
        prop_assert!(
            until <= provision.start && provision.start <= provision.span.start,
            "{source:?}"
        );
        until = provision.span.end;
        prop_assert_eq!(
            provision.wording.trim(),
            provision.wording.as_str(),
            "of {:?}",
            source
        );
        prop_assert!(provision.parent.is_none_or(
            |parent| parent < index && draft.provisions()[parent].children.contains(&index)
        ));
        prop_assert_eq!(
            provision.depth,
            provision
                .parent
                .map_or(0, |parent| draft.provisions()[parent].depth + 1)
        );
        prop_assert!(!provision.path.is_empty());
        if let Ok(found) = draft.find(&provision.path) {
            prop_assert_eq!(found, index, "{} in {:?}", provision.path, source);
        }
    }
    let mut at = (0, 0);
    for reference in draft.references() {
        let wording = &draft.provisions()[reference.provision].wording;
        prop_assert!(
            wording
                .get(reference.span.clone())
                .is_some_and(|words| !words.is_empty())
        );
        prop_assert!(
            (reference.provision, reference.span.start) >= at,
            "{source:?}"
        );
        at = (reference.provision, reference.span.end);
    }
    prop_assert!(
        draft
            .points()
            .iter()
            .all(|&point| draft.point_of(point) == Some(point))
    );
    prop_assert!(
        draft
            .open_brackets()
            .windows(2)
            .all(|pair| pair[0].first <= pair[1].first)
    );
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_text(source in "\\PC*") {
        holds(&source)?;
    }

    #[test]
    fn any_lines(lines in prop::collection::vec(line(), 0..24)) {
        holds(&lines.concat())?;
    }
}

/// A line as drafts have them, and as they should not.
fn line() -> impl Strategy<Value = String> {
    let indent = prop::sample::select(vec!["", "", "  ", "    ", "\t", "            ", "\u{200f}"]);
    let marker = prop::sample::select(vec![
        "",
        "",
        "",
        "- ",
        "* ",
        "+ ",
        "-   ",
        "# ",
        "## ",
        "### ",
        "| ",
        ":   ",
        "– ",
        "**",
        "[",
        "[[",
        "> ",
        "---",
        "```",
        "*        *   ",
    ]);
    let label = prop::sample::select(vec![
        "",
        "",
        "1. ",
        "2. ",
        "3) ",
        "(1) ",
        "(a) ",
        "(b) ",
        "(i) ",
        "a. ",
        "aa) ",
        "I. ",
        "A. ",
        "1.2 ",
        "1.2.3. ",
        "Article 5",
        "Article 5 - ",
        "Art. 6. ",
        "§ 3 ",
        "SEC. 2. ",
        "Pp2 ",
        "5 bis. ",
        "1a. ",
        "Annex I",
        "Erster Abschnitt - ",
        "1. Abschnitt ",
        "٣. ",
        "(ب) ",
        "Статья 5. ",
        "第五条 ",
        "一、",
        "1. (a) ",
        "**1.** ",
        "1 ",
        "1° ",
        "Option 1: ",
        "1．",
    ]);
    let words = prop::sample::select(vec![
        "",
        "The Parties shall cooperate.",
        "the following:",
        "Fisheries",
        "see point 1 and paragraph 3 of Article 5",
        "[shall][should]",
        "[x",
        "y]",
        "[missing]",
        "words**",
        "| x |",
        "PREAMBLE",
        "points 1,",
        "2. and",
        "(a",
        "#",
        "e\u{301} — “x”",
        "  ",
        "\\",
        "[^1]: note",
        "Article 5 of the Convention",
    ]);
    let end = prop::sample::select(vec![
        "\n", "\n", "\n\n", "\r\n", "\n\n\n", "", "\r", "\u{c}\n",
    ]);
    (indent, marker, label, words, end).prop_map(|(indent, marker, label, words, end)| {
        format!("{indent}{marker}{label}{words}{end}")
    })
}

/// Reads a source, and says how long that took.
fn timed(source: &str) -> (Result<Draft, ReadError>, Duration) {
    let start = Instant::now();
    let draft = Draft::read(source);
    (draft, start.elapsed())
}

/// Generous, for test builds on a busy machine; a quadratic reader would take minutes.
const BOUND: Duration = Duration::from_secs(20);

#[track_caller]
fn quick(name: &str, source: &str) -> Option<Draft> {
    let (draft, took) = timed(source);
    eprintln!("{name}: {:.0?}", took);
    assert!(took < BOUND, "{name} took {took:?}");
    draft.ok()
}

#[test]
fn the_worst_pages_are_read_or_refused_in_good_time() {
    let paragraph = "The Parties to point 1 [shall] cooperate. ".repeat(250_000);
    assert_eq!(
        quick("a paragraph of 10 MB", &format!("1. {paragraph}")).map(|d| d.provisions().len()),
        Some(1)
    );
    let wrapped = "(a) of the paragraph 1 and\n".repeat(400_000);
    quick("10 MB of wrapped lines", &wrapped);
    let provisions: String = (1..=100_000)
        .map(|n| format!("{n}. The Parties of point {} agree.\n\n", n / 2 + 1))
        .collect();
    assert_eq!(
        quick("100,000 provisions", &provisions).map(|d| d.points().len()),
        Some(100_000)
    );
    let same = "Article 5\n\nThe Parties of Article 5 agree.\n\n".repeat(100_000);
    quick("100,000 articles of one number", &same);
    let items: String = format!("1. One:\n{}", "- item of paragraph 1\n".repeat(100_000));
    quick("100,000 items of one point", &items);
    let restarts = "and also\n\n1. x\n\n".repeat(50_000);
    quick("50,000 lists that start again", &restarts);
    let fifty: String = (0..50)
        .map(|depth| format!("{}- item\n", "  ".repeat(depth)))
        .collect();
    assert_eq!(
        quick("50 levels", &fifty).map(|d| d.provisions().last().map(|p| p.depth)),
        Some(Some(49))
    );
    let deep: String = (0..5_000)
        .map(|depth| format!("{}- item\n", "  ".repeat(depth)))
        .collect();
    assert!(quick("5,000 levels", &deep).is_none());
    let brackets = format!("{}x{}", "[".repeat(10_000), "]".repeat(10_000));
    quick("brackets 10,000 deep", &brackets);
    quick("a million opening brackets", &"[".repeat(1_000_000));
    quick("a million closing brackets", &"] ".repeat(1_000_000));
    quick("a million bullets on a line", &"- ".repeat(1_000_000));
    quick("a million blanks", &" ".repeat(10_000_000));
    quick("a million numbers", &"points 1, 2 and ".repeat(300_000));
    quick("a million parts", &"1.".repeat(1_000_000));
    quick(
        "no numbers at all",
        &"The Parties agree.\n\n".repeat(100_000),
    );
    quick("options", &"Option 1: x ".repeat(300_000));
    quick("signs of emphasis", &"**".repeat(1_000_000));
    quick("hashes", &"# ".repeat(1_000_000));
    let too_many = "- x\n".repeat(600_000);
    assert!(matches!(
        timed(&too_many).0,
        Err(ReadError::TooManyProvisions { .. })
    ));
    assert!(matches!(
        timed(&"x".repeat(65 << 20)).0,
        Err(ReadError::TooLarge { .. })
    ));
}
