//! Phrases of several words, found in a sentence.

use std::ops::Range;

use crate::page::{Page, Shape};
use crate::rules::{Rules, Sense};

/// The phrases that begin at a token: sense and length in tokens, longest first.
pub(crate) fn at<'a>(
    page: &'a Page<'a>,
    rules: &'a Rules,
    at: usize,
    end: usize,
) -> impl Iterator<Item = (&'a Sense, usize)> {
    let first = page
        .tokens
        .get(at)
        .filter(|t| t.shape == Shape::Word)
        .map(|_| page.token(at).to_lowercase());
    let list = first.map(|first| rules.phrases(&first)).unwrap_or_default();
    list.iter().filter_map(move |phrase| {
        let length = phrase.rest.len() + 1;
        let fits = at + length <= end
            && phrase
                .rest
                .iter()
                .enumerate()
                .all(|(offset, word)| same(page.token(at + 1 + offset), word));
        fits.then_some((&phrase.sense, length))
    })
}

/// Every phrase of a range of tokens, with its tokens.
pub(crate) fn all<'a>(
    page: &'a Page<'a>,
    rules: &'a Rules,
    range: Range<usize>,
) -> Vec<(&'a Sense, Range<usize>)> {
    let end = range.end;
    range
        .flat_map(|start| {
            at(page, rules, start, end).map(move |(sense, length)| (sense, start..start + length))
        })
        .collect()
}

/// Whether a word is the one of a rule, whatever its case.
pub(crate) fn same(word: &str, rule: &str) -> bool {
    word.eq_ignore_ascii_case(rule) || !word.is_ascii() && word.to_lowercase() == rule
}
