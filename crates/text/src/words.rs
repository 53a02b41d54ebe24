//! Words, numbers, dates and amounts: the smallest things a redline marks.
//!
//! A *token* is what stands between white space: a word with its punctuation, `1,000,000`, `2025-11-25`, `50%`. A
//! bracket sign is a token of its own, because opening one is a change by itself; so are the sides of `shall/should`
//! and of a dash without spaces. Scripts that write without spaces are cut into words by the Unicode dictionaries.
//!
//! Tokens are compared by normal form 1 with case folded, so that neither typography nor case sets words apart; what
//! was folded is told where letters differ.

use std::ops::Range;

use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;

use crate::normal::normal_form;

/// One word, number, date or amount of a wording, without the punctuation and white space around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Where it stands in the wording, in bytes.
    pub span: Range<usize>,
}

/// The words of a wording: what a person would count. Bracket signs and lone punctuation are none.
#[must_use]
pub fn words(wording: &str) -> Vec<Word> {
    let mut found = Vec::new();
    each_token(wording, |span| {
        let span = bare(wording, span);
        if !span.is_empty() {
            found.push(Word { span });
        }
    });
    found
}

/// The number of [`words`].
pub(crate) fn count_words(wording: &str) -> usize {
    let mut count = 0;
    each_token(wording, |span| {
        count += usize::from(!bare(wording, span).is_empty())
    });
    count
}

/// A token of a wording: where it stands, white space left out, and what it is compared by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) span: Range<usize>,
    pub(crate) key: u64,
}

/// The tokens of a wording with their keys.
pub(crate) fn tokens(wording: &str) -> Vec<Token> {
    let mut found = Vec::with_capacity(wording.len() / 6 + 1);
    each_token(wording, |span| {
        found.push(Token {
            key: folded_key(slice(wording, &span)),
            span,
        })
    });
    found
}

/// The tokens of a wording in which punctuation stands apart from its words: where brackets are opened and closed,
/// a comma may come before or after one and the word beside it is still the same.
pub(crate) fn fine_tokens(wording: &str) -> Vec<Token> {
    let mut found = Vec::with_capacity(wording.len() / 5 + 1);
    each_token(wording, |span| {
        let word = bare(wording, span.clone());
        let parts = if word.is_empty() {
            [span, 0..0, 0..0]
        } else {
            [span.start..word.start, word.clone(), word.end..span.end]
        };
        found.extend(
            parts
                .into_iter()
                .filter(|part| !part.is_empty())
                .map(|span| Token {
                    key: folded_key(slice(wording, &span)),
                    span,
                }),
        );
    });
    found
}

/// Calls `give` with the span of each token, in order. Linear.
pub(crate) fn each_token(wording: &str, mut give: impl FnMut(Range<usize>)) {
    let mut start = None;
    let mut unspaced = false;
    let mut before = ' ';
    let mut letters = wording.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        if letter.is_whitespace() {
            flush(wording, start.take(), at, unspaced, &mut give);
            unspaced = false;
        } else if is_bracket(letter) {
            flush(wording, start.take(), at, unspaced, &mut give);
            unspaced = false;
            give(at..at + letter.len_utf8());
        } else {
            let from = *start.get_or_insert(at);
            unspaced |= is_unspaced(letter);
            let next = letters.peek().map_or(' ', |(_, next)| *next);
            if ends_part(before, letter, next) {
                let end = at + letter.len_utf8();
                flush(wording, Some(from), end, unspaced, &mut give);
                start = None;
                unspaced = false;
            }
        }
        before = letter;
    }
    flush(wording, start, wording.len(), unspaced, &mut give);
}

fn flush(
    wording: &str,
    start: Option<usize>,
    end: usize,
    unspaced: bool,
    give: &mut impl FnMut(Range<usize>),
) {
    let Some(start) = start else { return };
    if unspaced {
        segment(wording, start..end, give)
    } else {
        give(start..end)
    }
}

/// Cuts a stretch of a script without spaces; punctuation stays with the word before it.
fn segment(wording: &str, span: Range<usize>, give: &mut impl FnMut(Range<usize>)) {
    let segmenter = WordSegmenter::new_auto(WordBreakInvariantOptions::default());
    let text = slice(wording, &span);
    let mut from = 0;
    let mut held: Option<Range<usize>> = None;
    for to in segmenter.segment_str(text) {
        if to == from {
            continue;
        }
        let wordlike = text
            .get(from..to)
            .is_some_and(|part| part.chars().any(char::is_alphanumeric));
        match &mut held {
            Some(last) if !wordlike => last.end = span.start + to,
            _ => {
                if let Some(last) = held.take() {
                    give(last);
                }
                held = Some(span.start + from..span.start + to);
            }
        }
        from = to;
    }
    if let Some(last) = held {
        give(last);
    }
}

/// A slash between letters and a dash without spaces end one part and begin another.
fn ends_part(before: char, letter: char, next: char) -> bool {
    match letter {
        '/' => before.is_alphabetic() && next.is_alphabetic(),
        '—' => !next.is_whitespace() && !next.is_ascii_punctuation(),
        _ => false,
    }
}

/// The signs that mark text as not agreed, and placeholders in braces.
pub(crate) fn is_bracket(letter: char) -> bool {
    matches!(letter, '[' | ']' | '{' | '}')
}

/// Letters of scripts that put no spaces between words.
fn is_unspaced(letter: char) -> bool {
    matches!(letter,
        '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// The word inside a token: punctuation around it left out, signs of currency and percent kept.
pub(crate) fn bare(wording: &str, span: Range<usize>) -> Range<usize> {
    let text = slice(wording, &span);
    let from_word = text.trim_start_matches(|letter| !counts(letter));
    let word = from_word.trim_end_matches(|letter| !counts(letter));
    if !word.chars().any(char::is_alphanumeric) {
        return span.start..span.start;
    }
    let start = span.start + (text.len() - from_word.len());
    start..start + word.len()
}

fn counts(letter: char) -> bool {
    letter.is_alphanumeric()
        || matches!(
            letter,
            '%' | '‰' | '$' | '£' | '¥' | '\u{20A0}'..='\u{20CF}'
        )
}

pub(crate) fn slice<'t>(text: &'t str, span: &Range<usize>) -> &'t str {
    text.get(span.clone()).unwrap_or_default()
}

/// What a token is compared by: a hash of its letters in normal form 1, case folded.
pub(crate) fn folded_key(text: &str) -> u64 {
    let mut hash = Hash::default();
    fold(text, |letter| hash.add(u64::from(u32::from(letter))));
    hash.value()
}

/// Whether two texts differ in case and typography alone.
pub(crate) fn same_folded(one: &str, other: &str) -> bool {
    let gather = |text: &str| {
        let mut letters = Vec::with_capacity(text.len());
        fold(text, |letter| letters.push(letter));
        letters
    };
    one == other || gather(one) == gather(other)
}

/// Calls `give` with each letter of normal form 1 of a token, case folded.
pub(crate) fn fold(text: &str, mut give: impl FnMut(char)) {
    if text.is_ascii() {
        text.bytes()
            .for_each(|byte| give(char::from(byte.to_ascii_lowercase())));
    } else if text.chars().all(is_plain) {
        text.chars().flat_map(char::to_lowercase).for_each(give);
    } else {
        normal_form(text)
            .chars()
            .flat_map(char::to_lowercase)
            .for_each(give);
    }
}

/// Letters that normal form 1 leaves as they are: those of most Latin and Cyrillic alphabets.
fn is_plain(letter: char) -> bool {
    letter.is_ascii()
        || matches!(letter, '\u{C0}'..='\u{24F}' | '\u{400}'..='\u{482}' | '\u{48A}'..='\u{52F}')
}

/// A small, fast hash. What it calls equal is compared to the letter before anything is shown as kept.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hash(u64);

impl Default for Hash {
    fn default() -> Self {
        Hash(0xcbf2_9ce4_8422_2325)
    }
}

impl Hash {
    pub(crate) fn add(&mut self, value: u64) {
        self.0 = (self.0 ^ value).wrapping_mul(0x0000_0100_0000_01b3);
    }

    pub(crate) fn value(self) -> u64 {
        let mixed = (self.0 ^ (self.0 >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
        mixed ^ (mixed >> 32)
    }
}
