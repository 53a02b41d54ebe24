//! Work counted, not timed: a test can say that a pass is linear on any machine, however busy.

/// Counts `count` steps where tests count; elsewhere it is nothing.
#[cfg(not(test))]
pub(crate) fn step(_count: usize) {}

#[cfg(test)]
pub(crate) use counted::step;

#[cfg(test)]
mod counted {
    use std::cell::Cell;

    thread_local! {
        static STEPS: Cell<usize> = const { Cell::new(0) };
    }

    pub(crate) fn step(count: usize) {
        STEPS.set(STEPS.get() + count);
    }

    /// The steps that some work takes.
    pub(super) fn steps(work: impl FnOnce()) -> usize {
        let before = STEPS.get();
        work();
        STEPS.get() - before
    }
}

#[cfg(test)]
mod tests {
    use super::counted::steps;
    use crate::{Rules, html_text, read};

    /// Text four times as long takes four times the work, and no word takes more than `most` steps.
    #[track_caller]
    fn linear(what: &str, text: impl Fn(usize) -> String) {
        let rules = Rules::english().unwrap();
        let taken = |size: usize| {
            let text = text(size);
            steps(|| {
                let report = read(&rules, "", &text, Some("2031-03-12"));
                let told: usize = report.statements.iter().map(|s| s.text.len()).sum();
                assert!(told <= 16 * text.len(), "{what}: {told} bytes are told");
            })
        };
        let (small, large) = (taken(8_000), taken(32_000));
        assert!(
            large <= small * 9 / 2 + 1_000,
            "{what}: {small} steps, then {large}"
        );
        assert!(large <= 32_000 * 400, "{what}: {large} steps");
    }

    #[test]
    fn every_pass_is_linear() {
        let filled = |part: &'static str| move |size: usize| part.repeat(size / part.len() + 1);
        for part in [
            "Karr said that Reyl, who met Tarn, left ",
            "X said x, ",
            "Karr, who ",
            "Karr met Reyl, ",
            "officials talks in Orsk ",
            "leaders met leaders in Orsk ",
            "said \"a b c d\" ",
            "\"a b c d.\" ",
            "\"a\" ",
            "final phase when points remain open ",
            "according to Karr in a statement on X ",
            "President Karr met both leaders, President Reyl. ",
            "a few open points ",
            "Aa ",
            "Aa Bb said aa. ",
            "\n\"a b c d",
            "' a",
            "“",
            "\"",
            "“\"a\" ",
            "Karr said on Monday that ",
            "U.S. ",
            "$1,000.5 ",
        ] {
            linear(part, filled(part));
        }
        linear("one quotation", |size| {
            format!(
                "\"{}\" Karr said.",
                filled("final phase when it is due ")(size)
            )
        });
        linear("marks within marks", |size| {
            format!("{}{}", "“".repeat(size / 2), " \"a\"".repeat(size / 8))
        });
        linear("namesakes", |size| {
            let names = (0..size / 12).map(|n| {
                let letter = |n: usize| char::from(b'a' + u8::try_from(n % 26).unwrap());
                let given: String = [n, n / 26, n / 676].into_iter().map(letter).collect();
                format!("President A{given} Karr said Karr met both leaders. ")
            });
            names.collect()
        });
        linear("a name without an end", |size| {
            let name = "A".repeat(size / 2);
            format!(
                "{name} said \"a b c d.\" {}",
                "\"a b c d.\" ".repeat(size / 20)
            )
        });
    }

    #[test]
    fn pages_that_never_close_come_to_their_end() {
        for part in ["<div><p>", "<a href=\"", "</scrip", "<!-- ", "&", "<meta "] {
            let _ = html_text(&format!("<html>{}", part.repeat(20_000)));
            let _ = html_text(&format!("<html><script>{}", part.repeat(20_000)));
        }
    }
}
