//! Brackets in a wording and in a draft.

use onetext_text::{Brackets, Draft, ReadingError};
use proptest::prelude::*;

/// The choices of a wording: per group its alternatives, in `{}` the attribution, `…` for a placeholder, `∅` for nothing;
/// groups joined with ` ; `, alternatives with ` | `.
fn groups(wording: &str) -> String {
    let brackets = Brackets::parse(wording);
    let shown: Vec<String> = brackets
        .groups()
        .iter()
        .map(|group| {
            let alternatives: Vec<String> = group
                .alternatives
                .iter()
                .map(|alternative| {
                    let words = brackets.words_of(alternative);
                    let name = alternative
                        .name
                        .as_ref()
                        .map_or(String::new(), |name| format!("{name}: "));
                    let by = alternative
                        .attribution
                        .as_ref()
                        .map_or(String::new(), |by| format!("{{{by}}} "));
                    let words = if alternative.placeholder {
                        "…"
                    } else if words.is_empty() {
                        "∅"
                    } else {
                        words
                    };
                    format!("{name}{by}{words}")
                })
                .collect();
            alternatives.join(" | ")
        })
        .collect();
    shown.join(" ; ")
}

#[track_caller]
fn check(wording: &str, pairs: usize, expected: &str) {
    assert_eq!(groups(wording), expected, "{wording}");
    let brackets = Brackets::parse(wording);
    assert_eq!(brackets.open_pairs(), pairs, "{wording}");
    assert_eq!(brackets.to_string(), wording);
}

#[test]
fn lone_brackets_and_brackets_side_by_side() {
    check("no brackets", 0, "");
    check("the [ultimate] purpose", 1, "ultimate | ∅");
    check("[shall][should] report", 2, "shall | should");
    check("[A] [B]", 2, "A | B");
    check("[A] / [B] or [C]", 3, "A | B | C");
    check(
        "[Party][State] [shall][should] [A]",
        5,
        "Party | State ; shall | should ; A | ∅",
    );
    check("[A] and [B]", 2, "A | ∅ ; B | ∅");
    check(
        "[equity / changing duties]",
        1,
        "equity / changing duties | ∅",
    );
    check(
        "[every [year][two years]]",
        3,
        "every [year][two years] | ∅ ; year | two years",
    );
}

#[test]
fn options() {
    check(
        "[Option 1 (US): jointly] [Option 2 (UA): in halves]",
        2,
        "Option 1: {US} jointly | Option 2: {UA} in halves",
    );
    check("[Option 1: x Option 2: y]", 1, "Option 1: x | Option 2: y");
    check(
        "[Option (a): Recalling 4/BC.9, Option (b): Recalling 7/BC.11,]",
        1,
        "Option (a): Recalling 4/BC.9, | Option (b): Recalling 7/BC.11,",
    );
    check("Option 1: x Option 2: y", 2, "Option 1: x | Option 2: y");
    check(
        "Alternative A\nx\nAlternative B\ny",
        2,
        "Alternative A: x | Alternative B: y",
    );
    check("Alt. 1: x", 1, "Alt. 1: x");
    check(
        "Вариант 1: да Вариант 2: нет",
        2,
        "Вариант 1: да | Вариант 2: нет",
    );
    check("Option 1 is preferred", 0, "");
    check("an option 1: no", 0, "");
    check("Options 1: no", 0, "");
}

#[test]
fn placeholders() {
    for inside in [
        "…",
        "...",
        "missing",
        "to be settled by the leaders",
        "TBD",
        "tbc",
        "",
        "  ",
        "___",
        "Placeholder for preamble",
        "X",
        "●",
    ] {
        check(&format!("is [{inside}]"), 1, "… | ∅");
        assert!(
            Brackets::parse(&format!("is [{inside}]")).has_placeholder(),
            "{inside}"
        );
    }
    for inside in [
        "deleted",
        "to begin with",
        "A",
        "missing persons",
        ",",
        "10 %",
        "-",
    ] {
        assert!(
            !Brackets::parse(&format!("is [{inside}]")).has_placeholder(),
            "{inside}"
        );
    }
    check("[No text.]", 1, "∅");
    check("[A] [No text]", 2, "A | ∅");
    assert!(Brackets::parse("{Placeholder for preamble}").has_placeholder());
}

#[test]
fn attribution() {
    check("[UA: the whole]", 1, "{UA} the whole | ∅");
    check("[EU, UA: the whole]", 1, "{EU, UA} the whole | ∅");
    check(
        "[G-77 and EU27: the whole][LMDCs: half]",
        2,
        "{G-77 and EU27} the whole | {LMDCs} half",
    );
    check("[Territories: the whole]", 1, "Territories: the whole | ∅");
}

#[test]
fn signs_behind_a_backslash_as_markdown_writes_them() {
    check(r"\[shall\]\[should\] report", 2, "shall | should");
    check(r"\[[a\] b]", 2, r"[a\] b | ∅ ; a | ∅");
    reads(r"\[shall\]\[should\] report", &[2], "should report");
}

#[test]
fn signs_without_a_partner() {
    check("[[Preamble]", 2, "Preamble | ∅");
    check("a] b", 1, "");
    check(
        "once a year [, unless it decides otherwise]] [cooperation] support].",
        4,
        ", unless it decides otherwise | ∅ ; cooperation | ∅",
    );
}

#[test]
fn what_is_no_bracket() {
    check("a note[^1] and [words](https://example.org/x)", 0, "");
}

#[track_caller]
fn reads(wording: &str, selection: &[usize], expected: &str) {
    let read = Brackets::parse(wording)
        .readings(selection)
        .unwrap_or_else(|error| error.to_string());
    assert_eq!(read, expected, "{wording} {selection:?}");
}

#[test]
fn readings() {
    let each = "Each [Party][State] [shall][should][may] measure [, report and verify] the water [every [year][two years]].";
    reads(
        each,
        &[1, 2, 1, 1, 2],
        "Each Party should measure, report and verify the water every two years.",
    );
    reads(each, &[2, 3, 2, 2], "Each State may measure the water.");
    reads(
        "[Being guided by][In accordance with ]the principles",
        &[1],
        "Being guided by the principles",
    );
    reads("State[s]", &[1], "States");
    reads("State[s]", &[2], "State");
    reads("A [b] c", &[2], "A c");
    reads("[A] c", &[2], "c");
    reads("in (Geneva [or Basel]).", &[2], "in (Geneva).");
    reads("[Option 1: x] [Option 2: y]", &[2], "y");
    reads("A. Option 1: x Option 2: y", &[1], "A. x");
    reads("[5.] [No text.]", &[2], "");
    reads("no brackets", &[], "no brackets");
}

#[test]
fn readings_that_are_none() {
    let parse = |wording| Brackets::parse(wording);
    assert_eq!(parse("a]").readings(&[]), Err(ReadingError::Unbalanced));
    assert!(matches!(
        parse("[a]").readings(&[]),
        Err(ReadingError::Missing {
            choice: 1,
            alternatives: 2,
            ..
        })
    ));
    assert!(matches!(
        parse("[a]").readings(&[3]),
        Err(ReadingError::NoSuchAlternative { given: 3, .. })
    ));
    assert!(matches!(
        parse("[a]").readings(&[0]),
        Err(ReadingError::NoSuchAlternative { given: 0, .. })
    ));
    assert_eq!(
        parse("[a]").readings(&[1, 1]),
        Err(ReadingError::TooMany { given: 2, made: 1 })
    );
}

#[test]
fn alternatives_as_wordings() {
    assert_eq!(
        Brackets::parse("[A [b][c] d] or [E] [missing]").alternatives(),
        ["A bc d", "E", "b", "c"]
    );
}

#[test]
fn in_a_draft() {
    let draft = Draft::read("1. [One\n\n2. Two]\n\n3. [a][b]\n\n4. Three\n\n[5. Five.]\n\n6. x] y\n\n7. Option 1: x\n\nOption 2: y\n").unwrap();
    let counts: Vec<usize> = (0..draft.provisions().len())
        .map(|index| draft.open_pairs_in(index))
        .collect();
    assert_eq!(counts, [1, 0, 2, 0, 1, 1, 1, 1]);
    let disputed: Vec<bool> = (0..draft.provisions().len())
        .map(|index| draft.disputed_by_bracket(index))
        .collect();
    assert_eq!(disputed, [true, true, true, false, true, true, true, true]);
    assert_eq!(
        (
            draft.open_brackets()[0].first,
            draft.open_brackets()[0].last
        ),
        (0, 1)
    );
    let remarks: Vec<(usize, usize, &str)> = draft
        .remarks()
        .iter()
        .map(|r| (r.line, r.column, r.text.as_str()))
        .collect();
    assert_eq!(
        remarks,
        [(11, 5, "this bracket is closed and was not opened")]
    );
}

#[test]
fn ten_thousand_deep() {
    let deep = format!("{}x{}", "[".repeat(10_000), "]".repeat(10_000));
    let brackets = Brackets::parse(&deep);
    assert_eq!(brackets.open_pairs(), 10_000);
    assert_eq!(brackets.groups()[9_999].depth, 9_999);
    assert_eq!(brackets.to_string(), deep);
    assert_eq!(brackets.readings(&vec![1; 10_000]).unwrap(), "x");
    assert_eq!(brackets.readings(&[1, 1, 2]).unwrap(), "");
    assert_eq!(brackets.alternatives().len(), 2);
    let draft = Draft::read(&format!("1. {deep}")).unwrap();
    assert_eq!(draft.open_pairs_in(0), 10_000);
}

proptest! {
    #[test]
    fn printing_gives_the_input_back(text in "\\PC*") {
        prop_assert_eq!(Brackets::parse(&text).to_string(), text);
    }

    #[test]
    fn printing_gives_bracketed_input_back(text in "(\\[|\\]|\\[\\^|\\\\|Option 1: |Alt. B|UA: |No text|…|/| or | |\\n|a|b,|\\(http://x\\)|［|］){0,40}") {
        let brackets = Brackets::parse(&text);
        prop_assert_eq!(brackets.to_string(), text.clone());
        let mut until = 0;
        for piece in brackets.pieces() {
            prop_assert_eq!(piece.span().start, until);
            until = piece.span().end;
        }
        prop_assert_eq!(until, text.len());
    }

    #[test]
    fn a_reading_has_no_brackets_left(text in "(\\[|\\]|Option 1: |UA: |No text|…|/| or | |a|b,|c){0,40}") {
        let brackets = Brackets::parse(&text);
        // The first alternative of every choice that is met.
        let mut selection = Vec::new();
        let read = loop {
            match brackets.readings(&selection) {
                Ok(read) => break Some(read),
                Err(ReadingError::Missing { .. }) => selection.push(1),
                Err(ReadingError::Unbalanced) => break None,
                Err(other) => return Err(TestCaseError::fail(other.to_string())),
            }
        };
        if let Some(read) = read {
            prop_assert!(!read.contains(['[', ']']), "{read}");
            prop_assert!(!read.contains("  ") || text.contains("  "), "{read}");
        } else {
            prop_assert!(brackets.unbalanced() > 0);
        }
    }
}
