//! Text that is no report: it is read in time that grows with its length.

use onetext_press::{Rules, html_text, read};
use proptest::prelude::*;

/// A pass that were not linear would not come to its end here.
#[track_caller]
fn bounded(rules: &Rules, text: &str) {
    let report = read(rules, "", text, Some("2031-03-12"));
    assert!(report.statements.len() <= text.len());
}

#[test]
fn long_and_hostile_text() {
    let rules = Rules::english().unwrap();
    bounded(&rules, &"\"".repeat(20_000));
    bounded(&rules, &"“".repeat(20_000));
    bounded(&rules, &"' a".repeat(20_000));
    bounded(&rules, &"\" a, said ".repeat(5_000));
    bounded(&rules, &"Karr said ".repeat(5_000));
    bounded(&rules, &"Karr, who ".repeat(5_000));
    bounded(&rules, &"Karr met Reyl, ".repeat(20_000));
    bounded(&rules, &"\u{0}\u{1b}\u{202e}a".repeat(10_000));
    bounded(&rules, &"a".repeat(200_000));
    bounded(&rules, &"Aa ".repeat(20_000));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn any_text_is_read(text in "([ -~“”‘’«»„\n]|said|Karr|, |\\. |met|talks){0,200}") {
        let rules = Rules::english().unwrap();
        let report = read(&rules, "", &text, Some("2031-03-12"));
        let chars: Vec<char> = text.chars().collect();
        for statement in &report.statements {
            let words: String = chars[statement.start..statement.end].iter().collect();
            prop_assert_eq!(&words, &statement.text);
            prop_assert!((0.0..=1.0).contains(&statement.sure));
        }
        let _ = html_text(&text);
    }
}
