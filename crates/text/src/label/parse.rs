//! Reading a label at the start of a line.
//!
//! A label is told from a sentence by its delimiter (`1.` against `1945 saw`), by its sequence (`I.` is a label where
//! `II.` follows, else perhaps Isaac Newton), and, after a word like `Article`, by what comes next (`Article 5 -
//! Fisheries` against `Article 5 of the Convention applies`).

use std::collections::BTreeMap;
use std::ops::Range;

use super::delimiter::{chinese_item, in_parentheses, number_then_delimiter};
use super::keyword::{self, KeywordClass};
use super::numeral::Alphabet;
use super::word::{chinese_division, glued_word, leading_word, number_then_word, word_then_number};
use super::{Label, NumeralSystem};

/// What a label counts with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Series {
    /// Numbers; how many, joined by dots.
    Decimal { parts: usize },
    /// Letters; how often each is written (`aa)` below `a)`).
    Letters {
        alphabet: Alphabet,
        capital: bool,
        repeat: usize,
    },
    /// Roman numbers.
    Roman { capital: bool },
    /// Whatever follows a word: `Article 5`, `Article V` and `Article premier` are one series.
    AfterWord(KeywordClass),
}

/// What sets a number off from the words after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Delimiter {
    Dot,
    Paren,
    Parens,
    Sign,
    Dash,
    Bare,
    None,
}

/// The look of a label: labels of one level share it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Style {
    pub(crate) series: Series,
    pub(crate) delimiter: Delimiter,
    /// Set in bold or italics: a level of its own where the same number also stands plain.
    pub(crate) emphasised: bool,
}

impl Style {
    /// The same look without emphasis.
    pub(crate) fn plain(self) -> Style {
        Style {
            emphasised: false,
            ..self
        }
    }
}

/// One way to read a label: `(i)` is the ninth letter or the first Roman number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reading {
    pub(crate) style: Style,
    pub(crate) system: NumeralSystem,
    pub(crate) number: u64,
}

/// What follows the number: nothing (0), bis (2), ter (3) …, or a letter (from 101), in the order in which they come.
pub(crate) type Suffix = u64;

/// Whether the look of a label settles that it is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Certainty {
    Sure,
    /// Only where its neighbours in the sequence are there.
    BySequence,
}

/// A label as found at the start of a text; positions are bytes from there.
#[derive(Debug, Clone)]
pub(crate) struct ParsedLabel {
    pub(crate) printed: Range<usize>,
    /// Where the wording starts.
    pub(crate) end: usize,
    pub(crate) keyword: Option<KeywordClass>,
    /// At least one; the first is the likelier without context.
    pub(crate) readings: Vec<Reading>,
    /// The numbers of a decimal label: `1.2.3` has three.
    pub(crate) parts: Vec<u64>,
    pub(crate) suffix: Suffix,
    pub(crate) short: String,
    pub(crate) certainty: Certainty,
    /// True where only white space stands between a word's number and what follows: `Article 5 Fisheries`.
    pub(crate) unseparated: bool,
}

impl ParsedLabel {
    /// The label under one of its readings.
    pub(crate) fn label(&self, text: &str, reading: Reading, short: String) -> Label {
        let printed = text.get(self.printed.clone()).unwrap_or_default();
        let printed = if printed.contains('\\') {
            printed.replace('\\', "")
        } else {
            printed.to_owned()
        };
        Label {
            printed,
            short,
            system: reading.system,
            number: reading.number,
        }
    }

    /// Takes note of the readings that count on from what was seen of their looks; failing these, of those that start a
    /// sequence; failing these, of all. After `b`, `i` is the first Roman number, and `c` still comes next.
    pub(crate) fn count_on(&self, seen: &mut BTreeMap<Style, (u64, Suffix)>) {
        let goes_on = |seen: &BTreeMap<Style, (u64, Suffix)>, reading: &Reading| {
            seen.get(&reading.style).is_some_and(|&(number, suffix)| {
                reading.number == number + 1 || (reading.number == number && self.suffix > suffix)
            })
        };
        let first = |reading: &Reading| reading.number == 1;
        let on = self.readings.iter().any(|reading| goes_on(seen, reading));
        let starts = !on && self.readings.iter().any(first);
        for reading in &self.readings {
            // No two readings of a label have one look, so that what was noted of one says nothing of the next.
            let likely = (!on || goes_on(seen, reading)) && (!starts || first(reading));
            if likely {
                seen.insert(reading.style, (reading.number, self.suffix));
            }
        }
    }

    /// True for `1`, `a`, `i`: what a new level starts with.
    pub(crate) fn opens_a_sequence(&self) -> bool {
        self.suffix == 0 && self.readings.iter().any(|reading| reading.number == 1)
    }

    /// The label that follows at once on the same line, as in `1. (a) Each Party`: where it starts.
    pub(crate) fn second(&self, text: &str) -> Option<usize> {
        let rest = text.get(self.end..)?;
        let inner = in_parentheses(rest)
            .or_else(|| chinese_item(rest))
            .filter(ParsedLabel::opens_a_sequence)?;
        let words = rest[inner.end..].trim_start();
        let continues = words.is_empty() || keyword::continues_a_sentence(leading_word(words));
        let same = inner
            .readings
            .iter()
            .any(|reading| self.readings.iter().any(|own| own.style == reading.style));
        (self.certainty == Certainty::Sure && !continues && !same).then_some(self.end)
    }
}

/// Where a label stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// In a Markdown heading: what follows the number is the heading's words.
    Heading,
    /// At the start of a line of text.
    Line,
}

/// Reads the label at the start of `text`, a line without its indentation and list markers.
pub(crate) fn parse(text: &str, place: Place) -> Option<ParsedLabel> {
    let first = text.chars().next()?;
    if !(first.is_alphanumeric() || matches!(first, '(' | '（' | '§')) {
        return None;
    }
    glued_word(text)
        .or_else(|| word_then_number(text, place))
        .or_else(|| number_then_word(text, place))
        .or_else(|| chinese_division(text))
        .or_else(|| in_parentheses(text))
        .or_else(|| number_then_delimiter(text))
}

/// Short, and not ended like a sentence.
pub(crate) fn reads_like_a_title(text: &str) -> bool {
    let text = text.trim();
    let last = text.chars().next_back();
    !text.is_empty()
        && text.len() <= 240
        && text.chars().count() <= 120
        && text.split_whitespace().count() <= 15
        && text.lines().count() <= 2
        && !last.is_some_and(|c| {
            matches!(
                c,
                '.' | ';'
                    | ':'
                    | ','
                    | '!'
                    | '?'
                    | '—'
                    | '…'
                    | '؛'
                    | '،'
                    | '؟'
                    | '。'
                    | '；'
                    | '：'
                    | '，'
                    | '！'
                    | '？'
            )
        })
        && !text.starts_with(|c: char| c.is_lowercase())
        && !text.starts_with("[^")
        && text.chars().any(char::is_alphabetic)
}
