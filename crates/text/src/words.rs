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
    if wording.is_ascii() && !wording.contains('/') {
        // A word starts where something counts and nothing has since the last blank or bracket.
        let bytes = wording.as_bytes();
        let (mut at, mut inside) = (0, 0);
        while let Some(byte) = bytes.get(at) {
            let [counts, stays] = COUNTS[usize::from(*byte)];
            count += usize::from(counts & !inside);
            inside = (inside & stays) | counts;
            at += 1;
            if counts == 1 {
                at = letters_end(bytes, at);
            }
        }
        return count;
    }
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
            key: folded_key_at(wording, &span),
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
                    key: folded_key_at(wording, &span),
                    span,
                }),
        );
    });
    found
}

/// What an ASCII sign does to a token: goes on with it, ends it, stands alone, or may end a part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Plain,
    Space,
    Bracket,
    Slash,
    Other,
}

/// The sort of each byte; those of longer letters are `Other`.
static SORTS: [Sort; 256] = {
    let mut sorts = [Sort::Plain; 256];
    let mut byte = 0x80;
    while byte < 256 {
        sorts[byte] = Sort::Other;
        byte += 1;
    }
    let spaces = [b' ', b'\t', b'\n', 0x0B, 0x0C, b'\r'];
    let mut at = 0;
    while at < spaces.len() {
        sorts[spaces[at] as usize] = Sort::Space;
        at += 1;
    }
    let brackets = [b'[', b']', b'{', b'}'];
    at = 0;
    while at < brackets.len() {
        sorts[brackets[at] as usize] = Sort::Bracket;
        at += 1;
    }
    sorts[b'/' as usize] = Sort::Slash;
    sorts
};

/// For each ASCII sign, as 0 or 1: whether it makes a word of its token, and whether the token goes on behind it.
static COUNTS: [[u8; 2]; 256] = {
    let mut counts = [[0, 1]; 256];
    let mut byte = 0;
    while byte < 128 {
        counts[byte] = [
            (byte as u8).is_ascii_alphanumeric() as u8,
            !matches!(SORTS[byte], Sort::Space | Sort::Bracket) as u8,
        ];
        byte += 1;
    }
    counts
};

/// Calls `give` with the span of each token, in order. Linear.
#[inline]
pub fn each_token(wording: &str, mut give: impl FnMut(Range<usize>)) {
    let bytes = wording.as_bytes();
    let sort_at = |at: usize| bytes.get(at).map(|byte| SORTS[usize::from(*byte)]);
    let mut at = 0;
    while let Some(first) = sort_at(at) {
        if matches!(first, Sort::Space) {
            at += 1;
            continue;
        }
        if matches!(first, Sort::Bracket) {
            give(at..at + 1);
            at += 1;
            continue;
        }
        let start = at;
        let mut unspaced = false;
        // To the end of the token; most are plain to their end.
        let blank = loop {
            while sort_at(at) == Some(Sort::Plain) {
                at = letters_end(bytes, at + 1);
            }
            if !matches!(sort_at(at), Some(Sort::Slash | Sort::Other)) {
                break 0;
            }
            let letter = letter_at(wording, at);
            unspaced |= is_unspaced(letter);
            if letter.is_whitespace() {
                break letter.len_utf8();
            }
            let from = at;
            at += letter.len_utf8();
            if ends_part(wording, from, at) {
                break 0;
            }
        };
        if unspaced {
            segment(wording, start..at, &mut give);
        } else if start < at {
            give(start..at);
        }
        at += blank;
    }
}

fn letter_at(text: &str, at: usize) -> char {
    text.get(at..)
        .and_then(|rest| rest.chars().next())
        .unwrap_or(' ')
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
fn ends_part(wording: &str, at: usize, end: usize) -> bool {
    match letter_at(wording, at) {
        '/' => {
            let before = wording.get(..at).and_then(|text| text.chars().next_back());
            before.is_some_and(char::is_alphabetic) && letter_at(wording, end).is_alphabetic()
        }
        '—' => {
            let next = letter_at(wording, end);
            !next.is_whitespace() && !next.is_ascii_punctuation()
        }
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
#[inline]
pub(crate) fn bare(wording: &str, span: Range<usize>) -> Range<usize> {
    let bytes = wording.as_bytes().get(span.clone()).unwrap_or_default();
    if let ([first, ..], [.., last]) = (bytes, bytes)
        && first.is_ascii_alphanumeric()
    {
        if last.is_ascii_alphanumeric() {
            return span;
        }
        // A word and one sign behind it: "sea,".
        if let [.., before, sign] = bytes
            && before.is_ascii_alphanumeric()
            && sign.is_ascii()
            && !counts(char::from(*sign))
        {
            return span.start..span.end - 1;
        }
    }
    bare_within(wording, span)
}

/// As [`bare`], of a token with signs around it.
fn bare_within(wording: &str, span: Range<usize>) -> Range<usize> {
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
    folded_key_at(text, &(0..text.len()))
}

/// As [`folded_key`], of a part of a text.
#[inline]
pub(crate) fn folded_key_at(text: &str, span: &Range<usize>) -> u64 {
    // Most words are short, and letters of ASCII.
    if let Some(mask) = FIRST.get(span.len())
        && let Some(eight) = text
            .as_bytes()
            .get(span.start..)
            .and_then(|rest| rest.first_chunk())
    {
        let letters = u64::from_le_bytes(*eight) & mask;
        if letters & NOT_ASCII == 0 {
            let mut hash = Mixed::default();
            hash.add(small(letters));
            hash.add(span.len() as u64);
            return hash.value();
        }
    }
    long_key(text, span)
}

/// As [`folded_key_at`], of whatever words.
#[inline(never)]
fn long_key(text: &str, span: &Range<usize>) -> u64 {
    let word = slice(text, span);
    if word.is_ascii() {
        return ascii_key(word.as_bytes());
    }
    let mut folded = String::with_capacity(word.len());
    fold(word, |letter| folded.push(letter));
    ascii_key(folded.as_bytes())
}

/// The bits of the first so many of eight bytes.
const FIRST: [u64; 9] = {
    let mut masks = [u64::MAX; 9];
    let mut bytes = 0;
    while bytes < 8 {
        masks[bytes] = !(u64::MAX << (8 * bytes));
        bytes += 1;
    }
    masks
};

/// The bits that no ASCII letter has.
const NOT_ASCII: u64 = 0x80 * ONES;
const ONES: u64 = 0x0101_0101_0101_0101;

/// Where the run of ASCII letters ends that stands at a place, looked at eight at a time.
#[inline]
pub(crate) fn letters_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(eight) = bytes.get(at..).and_then(|rest| rest.first_chunk()) {
        let others = no_letters(u64::from_le_bytes(*eight));
        if others != 0 {
            return at + others.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    while bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
        at += 1;
    }
    at
}

/// The highest bit of each of eight bytes that is no ASCII letter.
#[inline]
fn no_letters(eight: u64) -> u64 {
    let low = (eight | (0x20 * ONES)) & (0x7F * ONES);
    let from_a = low + (0x80 - 0x61) * ONES;
    let after_z = low + (0x80 - 0x7B) * ONES;
    !(from_a & !after_z & !eight) & NOT_ASCII
}

/// A hash of bytes, capital ASCII letters as small ones.
fn ascii_key(bytes: &[u8]) -> u64 {
    key_of(bytes, small)
}

/// A hash of bytes as they are.
pub(crate) fn letters_key(bytes: &[u8]) -> u64 {
    key_of(bytes, |eight| eight)
}

/// A hash of bytes, eight at a time; the last one to eight, the first of them counting least, are filled up with zeros.
#[inline]
fn key_of(bytes: &[u8], shape: impl Fn(u64) -> u64) -> u64 {
    let mut hash = Mixed::default();
    let mut rest = bytes;
    while let Some((eight, behind)) = rest
        .split_first_chunk()
        .filter(|(_, rest)| !rest.is_empty())
    {
        hash.add(shape(u64::from_le_bytes(*eight)));
        rest = behind;
    }
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    hash.add(shape(u64::from_le_bytes(last)));
    hash.add(bytes.len() as u64);
    hash.value()
}

/// Eight ASCII letters, the capitals among them made small; bytes of longer letters stay.
#[inline]
fn small(eight: u64) -> u64 {
    let low = eight & (0x7F * ONES);
    let from_a = low + (0x80 - 0x41) * ONES;
    let after_z = low + (0x80 - 0x5B) * ONES;
    let capitals = from_a & !after_z & !eight & (0x80 * ONES);
    eight | capitals >> 2
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

/// The same for values of which every bit counts: other hashes, eight letters at a time.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Mixed(u64);

impl Mixed {
    #[inline]
    pub(crate) fn add(&mut self, value: u64) {
        self.0 = (self.0.rotate_left(23) ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 ^= self.0 >> 29;
    }

    #[inline]
    pub(crate) fn value(self) -> u64 {
        let mixed = self.0.wrapping_mul(0xd6e8_feb8_6659_fd93);
        mixed ^ (mixed >> 32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_as_they_are_cut() {
        for wording in [
            "",
            "the Parties [shall][should] act",
            "and/or shall/should 1/2 a/ /b 50% $5 - -- (x) {y}",
            "word\twith\nbreaks  …  and—dashes",
            "a/b/c d//e",
        ] {
            assert_eq!(count_words(wording), words(wording).len(), "{wording}");
        }
    }

    #[test]
    fn letters_are_told_from_what_is_none() {
        let end = |text: &str| letters_end(text.as_bytes(), 0);
        for sign in (0..=127).map(char::from).chain(['é', 'я']) {
            for before in ["", "a", "abcdefg", "AzZaQqWxyz"] {
                let text = format!("{before}{sign}bcdefghijk");
                let whole = sign.is_ascii_alphabetic();
                let expected = if whole { text.len() } else { before.len() };
                assert_eq!(end(&text), expected, "{text:?}");
            }
        }
        assert_eq!(end(""), 0);
    }

    #[test]
    fn keys_pass_over_case_and_typography_alone() {
        let same = |one: &str, other: &str| folded_key(one) == folded_key(other);
        assert!(same("AGREEMENT", "agreement"));
        assert!(same("Party’s", "party's"));
        assert!(same("ÄNDERUNGEN", "änderungen"));
        assert!(!same("agreement", "agreements"));
        assert!(!same("[", "{"));
        assert!(!same("@abcdefg", "`abcdefg"));
        // Wherever a word stands, and whatever behind it.
        for word in [
            "",
            "a",
            "Armies",
            "ARTICLES",
            "obligation",
            "obligations and more",
            "Україна",
        ] {
            let text = format!("of {word} the Parties");
            let within = folded_key_at(&text, &(3..3 + word.len()));
            assert_eq!(within, folded_key(&word.to_lowercase()), "{word}");
            assert_eq!(within, folded_key(&word.to_uppercase()), "{word}");
        }
    }
}
