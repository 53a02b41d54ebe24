//! Phrases of several words, found in a sentence.

use std::ops::Range;

use crate::page::Page;
use crate::rules::{Rules, Sense};
use crate::work::step;

/// A phrase in the text: what it means, and its tokens.
#[derive(Debug, Clone)]
pub(crate) struct Phrase {
    pub(crate) sense: Sense,
    pub(crate) tokens: Range<usize>,
}

/// Adds to the page the phrases that begin at a token and end before `end`, the longest first.
pub(crate) fn phrases_at(page: &mut Page<'_>, rules: &Rules, at: usize, end: usize) {
    if !page.tokens.get(at).is_some_and(|token| token.opens) {
        return;
    }
    let first = page.token(at).to_lowercase();
    for phrase in rules.phrases(&first) {
        step(1);
        let length = phrase.rest.len() + 1;
        let fits = at + length <= end
            && phrase.rest.iter().enumerate().all(|(offset, word)| {
                let token = page.token(at + 1 + offset);
                // `on X.` at the end of a sentence, where the full stop is taken for that of an initial.
                same(token, word) || token.strip_suffix('.').is_some_and(|bare| same(bare, word))
            });
        if fits {
            page.phrases.push(Phrase {
                sense: phrase.sense,
                tokens: at..at + length,
            });
        }
    }
}

/// Whether a word is the one of a rule, whatever its case.
pub(crate) fn same(word: &str, rule: &str) -> bool {
    word.eq_ignore_ascii_case(rule) || !word.is_ascii() && word.to_lowercase() == rule
}
