//! Colour in a terminal: always beside a word, never instead of one.

use super::words::Tone;

/// Wraps words in the terminal's signs for colour, or leaves them as they are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ink(pub(super) bool);

impl Ink {
    /// In the colour of a tone.
    pub(super) fn tone(self, tone: Tone, words: &str) -> String {
        let code = match tone {
            Tone::Good => "32",
            Tone::Nearly => "36",
            Tone::Bad => "31",
            Tone::Doubt => "33",
            Tone::Quiet => "2",
            Tone::Plain => return words.to_owned(),
        };
        self.code(code, words)
    }

    /// A heading.
    pub(super) fn bold(self, words: &str) -> String {
        self.code("1", words)
    }

    /// What steps back.
    pub(super) fn quiet(self, words: &str) -> String {
        self.code("2", words)
    }

    fn code(self, code: &str, words: &str) -> String {
        if self.0 && !words.trim().is_empty() {
            format!("\u{1b}[{code}m{words}\u{1b}[0m")
        } else {
            words.to_owned()
        }
    }
}
