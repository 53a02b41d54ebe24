//! A report as the engine sees it: paragraphs, marked passages, sentences, and the words outside the marks.

use std::ops::Range;

use crate::marks::{Marked, marked};
use crate::phrases::{Phrase, phrases_at};
use crate::rules::{ABBREVIATION, AUXILIARY, BASE, CUE, FINITE, Kinds, OPENER, Rules, TITLE};
use crate::work::step;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Word,
    Number,
    /// The ending of a possessive: `'s`.
    Possessive,
    Sign(char),
    /// A marked passage, by index.
    Marked(usize),
    /// Letters in a row that are too many for a word of any language; nothing is read into them.
    Endless,
}

/// A word, a sign, or a whole marked passage; offsets are bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) shape: Shape,
    pub(crate) kinds: Kinds,
    /// Whether it begins with a capital letter.
    pub(crate) capital: bool,
    /// Whether a phrase of the rules may begin here.
    pub(crate) opens: bool,
}

impl Token {
    pub(crate) fn is(&self, kinds: Kinds) -> bool {
        self.kinds & kinds != 0
    }

    pub(crate) fn sign(&self, signs: &str) -> bool {
        matches!(self.shape, Shape::Sign(c) if signs.contains(c))
    }

    pub(crate) fn marked(&self) -> Option<usize> {
        match self.shape {
            Shape::Marked(index) => Some(index),
            _ => None,
        }
    }

    pub(crate) fn word(&self) -> bool {
        self.shape == Shape::Word
    }
}

/// No sentence is read longer than this, in tokens: what is done for each word of it stays bounded.
const LONGEST_SENTENCE: usize = 400;

/// The longest word, in bytes.
const LONGEST_WORD: usize = 120;

/// A sentence: a range of tokens.
#[derive(Debug, Clone)]
pub(crate) struct Sentence {
    pub(crate) tokens: Range<usize>,
    /// Its phrases, as a range of those of the page.
    phrases: Range<usize>,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) paragraph: usize,
}

/// A report, cut up.
#[derive(Debug)]
pub(crate) struct Page<'a> {
    pub(crate) text: &'a str,
    pub(crate) marked: Vec<Marked>,
    pub(crate) tokens: Vec<Token>,
    pub(crate) sentences: Vec<Sentence>,
    /// The phrases of the rules, by the token they begin at, the longest first.
    pub(crate) phrases: Vec<Phrase>,
}

impl<'a> Page<'a> {
    pub(crate) fn new(rules: &Rules, text: &'a str) -> Self {
        let mut page = Page {
            text,
            marked: Vec::new(),
            tokens: Vec::new(),
            sentences: Vec::new(),
            phrases: Vec::new(),
        };
        let paragraphs = paragraphs(text);
        let opening = |range: &Range<usize>| {
            text.get(range.clone())
                .is_some_and(|p| p.starts_with(['"', '“', '«', '„', '‘']))
        };
        for (index, paragraph) in paragraphs.iter().enumerate() {
            let continued = paragraphs.get(index + 1).is_some_and(opening);
            let first = page.marked.len();
            page.marked
                .extend(marked(text, paragraph.clone(), continued));
            let begin = page.tokens.len();
            let mut at = paragraph.start;
            for index in first..page.marked.len() {
                let outer = page.marked[index].outer.clone();
                tokens(rules, text, at..outer.start, &mut page.tokens);
                page.tokens.push(Token {
                    start: outer.start,
                    end: outer.end,
                    shape: Shape::Marked(index),
                    kinds: 0,
                    capital: false,
                    opens: false,
                });
                at = outer.end;
            }
            tokens(rules, text, at..paragraph.end, &mut page.tokens);
            page.cut(rules, begin, index);
        }
        page
    }

    pub(crate) fn slice(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }

    pub(crate) fn token(&self, index: usize) -> &'a str {
        self.tokens
            .get(index)
            .map_or("", |token| self.slice(token.start..token.end))
    }

    /// The words of tokens, as in the text.
    pub(crate) fn words(&self, tokens: Range<usize>) -> &'a str {
        match (
            self.tokens.get(tokens.start),
            self.tokens.get(tokens.end.wrapping_sub(1)),
        ) {
            (Some(first), Some(last)) if tokens.start < tokens.end => {
                self.slice(first.start..last.end)
            }
            _ => "",
        }
    }

    /// The phrases of a sentence, in order.
    pub(crate) fn phrases(&self, sentence: &Sentence) -> &[Phrase] {
        self.phrases
            .get(sentence.phrases.clone())
            .unwrap_or_default()
    }

    /// The phrases of a sentence that begin at a token, the longest first.
    pub(crate) fn phrases_at(
        &self,
        sentence: &Sentence,
        at: usize,
    ) -> impl Iterator<Item = &Phrase> {
        let opens = self.tokens.get(at).is_some_and(|token| token.opens);
        let list = if opens { self.phrases(sentence) } else { &[] };
        let from = list.partition_point(|phrase| phrase.tokens.start < at);
        list.iter()
            .skip(from)
            .take_while(move |phrase| phrase.tokens.start == at)
    }

    /// The words between marks.
    pub(crate) fn inner(&self, index: usize) -> &'a str {
        self.marked
            .get(index)
            .map_or("", |marked| self.slice(marked.inner.clone()))
    }

    /// Cuts the tokens from `begin` on into sentences.
    fn cut(&mut self, rules: &Rules, begin: usize, paragraph: usize) {
        let mut first = begin;
        for index in begin..self.tokens.len() {
            step(1);
            let last = index + 1 == self.tokens.len();
            if last || index - first >= LONGEST_SENTENCE || self.ends(index) {
                let (start, end) = (self.tokens[first].start, self.tokens[index].end);
                let phrases = self.phrases.len();
                for at in first..=index {
                    phrases_at(self, rules, at, index + 1);
                }
                self.sentences.push(Sentence {
                    tokens: first..index + 1,
                    phrases: phrases..self.phrases.len(),
                    start,
                    end,
                    paragraph,
                });
                first = index + 1;
            }
        }
    }

    /// Whether a sentence ends with this token.
    fn ends(&self, index: usize) -> bool {
        let (token, next) = (&self.tokens[index], &self.tokens[index + 1]);
        let fresh = next.capital || next.marked().is_some() || matches!(next.shape, Shape::Number);
        match token.shape {
            Shape::Sign('.' | '!' | '?' | '…' | '。') => {
                !next.sign(")].!?…\"”'’,;") && (fresh || next.sign("([—•<*@-–"))
            }
            Shape::Word if token.is(ABBREVIATION) && !token.is(TITLE) => {
                next.capital && next.is(OPENER)
            }
            Shape::Marked(quote) => {
                let inner = self
                    .inner(quote)
                    .trim_end_matches(['\'', '’', '”', ')', ' ', '\u{a0}']);
                if inner.ends_with(['.', '…']) && !next.sign(",;:—–-") {
                    fresh && !(inner.ends_with('…') && self.attributes(index + 1))
                } else {
                    inner.ends_with(['!', '?']) && fresh && !self.attributes(index + 1)
                }
            }
            _ => false,
        }
    }

    /// Whether the tokens from here on read `NAME said`.
    fn attributes(&self, from: usize) -> bool {
        let ahead = self.tokens.iter().enumerate().skip(from).take(14);
        for (index, token) in ahead {
            if token.is(CUE) && token.is(FINITE | BASE) && !token.capital && index > from {
                let object = self
                    .tokens
                    .get(index + 1)
                    .is_some_and(|t| t.word() && !t.sign(".,"));
                return !object
                    || self.tokens.get(index + 1).is_some_and(|t| {
                        t.is(crate::rules::PREPOSITION
                            | crate::rules::TIME
                            | crate::rules::ADVERB
                            | crate::rules::WEEKDAY)
                    });
            }
            if token.is(AUXILIARY) || token.sign(".!?;") || token.marked().is_some() {
                return false;
            }
        }
        false
    }
}

/// Paragraphs: lines, or blocks between empty lines where the text is wrapped.
fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let wrapped = is_wrapped(text);
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    let mut join = false;
    for line in text.split_inclusive(['\n', '\u{2028}', '\u{2029}']) {
        let words = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        if words.is_empty() {
            join = false;
            continue;
        }
        let range = start..start + words.len();
        match found.last_mut() {
            Some(last) if join => last.end = range.end,
            _ => found.push(range),
        }
        join = wrapped;
    }
    found
}

/// Whether lines are broken to a width: there are empty lines, none is long, and most are about as long as the longest.
fn is_wrapped(text: &str) -> bool {
    let (mut lines, mut full, mut longest, mut empty, mut run) =
        (0_usize, 0_usize, 0, false, 0_usize);
    let mut runs = 0_usize;
    for line in text.lines() {
        let length = line.trim().len();
        empty |= length == 0;
        run = if length == 0 { 0 } else { run + 1 };
        runs += usize::from(run == 2);
        lines += usize::from(length > 0);
        full += usize::from((45..=100).contains(&length));
        longest = longest.max(length);
    }
    longest <= 110 && runs > 0 && (empty || lines > 3) && full * 2 >= lines
}

/// Cuts a stretch of text without marked passages into words and signs.
pub(crate) fn tokens(rules: &Rules, text: &str, range: Range<usize>, into: &mut Vec<Token>) {
    let Some(part) = text.get(range.clone()) else {
        return;
    };
    let mut lower = String::new();
    let mut chars = part.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c.is_whitespace() || c.is_control() || c == '\u{feff}' {
            continue;
        }
        let start = range.start + at;
        if !c.is_alphanumeric() {
            into.push(Token {
                start,
                end: start + c.len_utf8(),
                shape: Shape::Sign(c),
                kinds: 0,
                capital: false,
                opens: false,
            });
            continue;
        }
        let mut end = at + c.len_utf8();
        let mut digits = c.is_numeric();
        while let Some((next, d)) = chars.peek().copied() {
            let ahead = || part[next + d.len_utf8()..].chars().next();
            let inside = d.is_alphanumeric()
                || (matches!(d, '-' | '\'' | '’' | '.' | '_')
                    && ahead().is_some_and(char::is_alphanumeric))
                || (digits
                    && matches!(d, ',' | '.' | ':')
                    && ahead().is_some_and(|n| n.is_numeric()));
            if !inside {
                break;
            }
            digits &= !d.is_alphabetic();
            end = next + d.len_utf8();
            chars.next();
        }
        let mut word = &part[at..end];
        let tail = ["'s", "’s", "'S", "’S"]
            .into_iter()
            .find(|tail| word.ends_with(tail) && word.len() > tail.len());
        if let Some(tail) = tail {
            word = &word[..word.len() - tail.len()];
        } else if chars.peek().is_some_and(|(_, d)| *d == '.')
            && abbreviates(rules, word, &mut lower)
        {
            chars.next();
            end += 1;
            word = &part[at..end];
        }
        step(1);
        let shape = match digits {
            _ if word.len() > LONGEST_WORD => Shape::Endless,
            true => Shape::Number,
            false => Shape::Word,
        };
        let word_like = shape != Shape::Endless;
        let (kinds, opens) = if word_like {
            lower.clear();
            lower.extend(word.chars().flat_map(char::to_lowercase));
            rules.word(&lower)
        } else {
            (0, false)
        };
        into.push(Token {
            start,
            end: start + word.len(),
            shape,
            kinds,
            capital: word_like && c.is_uppercase(),
            opens: opens && shape == Shape::Word,
        });
        if tail.is_some() {
            into.push(Token {
                start: start + word.len(),
                end: range.start + end,
                shape: Shape::Possessive,
                kinds: 0,
                capital: false,
                opens: false,
            });
        } else if word.ends_with('s')
            && part[end..].chars().nth(1).is_some_and(char::is_whitespace)
            && let Some((next, d)) = chars.next_if(|(_, d)| matches!(d, '\'' | '’'))
        {
            let start = range.start + next;
            let end = start + d.len_utf8();
            into.push(Token {
                start,
                end,
                shape: Shape::Possessive,
                kinds: 0,
                capital: false,
                opens: false,
            });
        }
    }
}

/// Whether the full stop after a word is part of it: `Mr.`, `J.`, `U.S.`
fn abbreviates(rules: &Rules, word: &str, lower: &mut String) -> bool {
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    let dotted = word.contains('.')
        && word.len() <= 8
        && word.split('.').all(|part| part.chars().count() == 1);
    if initial || dotted {
        return true;
    }
    if word.len() > 6 {
        return false;
    }
    lower.clear();
    lower.extend(word.chars().flat_map(char::to_lowercase));
    lower.push('.');
    rules.kinds(lower) & ABBREVIATION != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let page = Page::new(&Rules::english().unwrap(), text);
        let found: Vec<&str> = page
            .sentences
            .iter()
            .map(|s| &text[s.start..s.end])
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn sentences() {
        check(
            "Mr. Karr left. He said \"no. Never.\" Then U.S. envoys met.",
            &[
                "Mr. Karr left.",
                "He said \"no. Never.\"",
                "Then U.S. envoys met.",
            ],
        );
        check(
            "\"Is it so?\" Karr asked. \"Yes!\" The hall was full.",
            &[
                "\"Is it so?\" Karr asked.",
                "\"Yes!\"",
                "The hall was full.",
            ],
        );
        check(
            "Reyl replied, \"No. Stay.\"\n\"Why?\" he said.",
            &["Reyl replied, \"No. Stay.\"", "\"Why?\" he said."],
        );
    }

    #[test]
    fn wrapped_lines_are_one_paragraph() {
        let text = "The talks in the old town of Lisse went on for most of\nthe night, and nobody would say how far they had come.\n\nA new day began and the envoys met again in the hall.\n";
        assert_eq!(paragraphs(text).len(), 2);
    }
}
