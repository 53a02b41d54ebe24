//! From the least change to the change that reads well: where a change may lie, which kept words to let go, which
//! words moved.

use super::passage::Passage;
use crate::words::{Hash, is_bracket};

/// A change is moved along equal words by at most so many.
const SLIDE: usize = 64;
/// Fewer words in a row than this have not moved, they only occur twice.
const MOVED_WORDS: usize = 5;
/// Of words that occur many times, so many places are tried.
const PLACES: usize = 8;
/// Longer words carry meaning and are never let go.
const SMALL_WORD: usize = 3;

/// Where several places for an inserted or a deleted stretch are as good, puts it between sentences or clauses.
pub(super) fn slide(old: &Passage, new: &Passage, kept: &mut [(usize, usize)]) {
    for at in 1..kept.len() {
        let ((o, n), (p, q)) = (kept[at - 1], kept[at]);
        if p == o + 1 && q > n + 1 {
            slide_one(new, kept, at, q - n - 1, |pair| &mut pair.1);
        } else if q == n + 1 && p > o + 1 {
            slide_one(old, kept, at, p - o - 1, |pair| &mut pair.0);
        }
    }
}

/// Slides the stretch of `length` tokens before the kept pair `at` towards the start, to the best place.
fn slide_one(
    text: &Passage,
    kept: &mut [(usize, usize)],
    at: usize,
    length: usize,
    place: impl Fn(&mut (usize, usize)) -> &mut usize,
) {
    let end = *place(&mut kept[at]);
    let (mut best, mut best_worth) = (0, worth(text, end - length, end));
    for steps in 1..=SLIDE.min(at) {
        let pair = kept[at - steps];
        let joined = at == steps
            || (kept[at - steps - 1].0 + 1 == pair.0 && kept[at - steps - 1].1 + 1 == pair.1);
        let (from, to) = (end - length - steps, end - steps);
        if text.tokens[from].key != text.tokens[to].key {
            break;
        }
        let worth = worth(text, from, to);
        if worth > best_worth {
            (best, best_worth) = (steps, worth);
        }
        if !joined || from == 0 {
            break;
        }
    }
    for steps in 1..=best {
        *place(&mut kept[at - steps]) += length;
    }
}

/// How well a stretch of tokens stands by itself: after a sentence or clause, to the end of one.
fn worth(text: &Passage, from: usize, to: usize) -> u32 {
    let ends = |token: &str| match token
        .trim_end_matches(['"', '\'', '”', '’', ')'])
        .chars()
        .next_back()
    {
        Some('.' | '!' | '?' | '。' | '؟') => 4,
        Some(';' | ':' | ']' | '؛') => 3,
        Some(',' | '،' | '、') => 2,
        _ => 0,
    };
    let before = if from == 0 {
        4
    } else {
        ends(text.token(from - 1))
    };
    2 * before + ends(text.token(to - 1)) + u32::from(text.token(from).starts_with('['))
}

/// Lets go of a small word that stands alone between two replacements: it holds nothing together.
pub(super) fn absorb(old: &Passage, new: &Passage, kept: &mut Vec<(usize, usize)>) {
    let replaced = |before: Option<(usize, usize)>, after: (usize, usize)| {
        let from = before.map_or((0, 0), |pair| (pair.0 + 1, pair.1 + 1));
        (
            after.0.saturating_sub(from.0),
            after.1.saturating_sub(from.1),
        )
    };
    let mut left: Vec<(usize, usize)> = Vec::with_capacity(kept.len());
    for at in 0..kept.len() {
        let pair = kept[at];
        let next = kept
            .get(at + 1)
            .copied()
            .unwrap_or((old.tokens.len(), new.tokens.len()));
        let (before, after) = (
            replaced(left.last().copied(), pair),
            replaced(Some(pair), next),
        );
        let alone = before.0.min(before.1) > 1 && after.0.min(after.1) > 1;
        if !(alone && is_small(new.token(pair.1)) && !new.reference[pair.1]) {
            left.push(pair);
        }
    }
    *kept = left;
}

/// A word of a few small letters, or lone punctuation; no number, no name, no bracket.
fn is_small(token: &str) -> bool {
    let small = |letter: char| {
        letter.is_lowercase() || letter.is_ascii_punctuation() && !is_bracket(letter)
    };
    token.chars().count() <= SMALL_WORD && token.chars().all(small)
}

/// Marks the words that were taken out at one place and put in at another, letters alike.
pub(super) fn moved(
    old: &Passage,
    new: &Passage,
    kept: &[(usize, usize)],
) -> (Vec<bool>, Vec<bool>) {
    let mut old_free = vec![true; old.tokens.len()];
    let mut new_free = vec![true; new.tokens.len()];
    for (o, n) in kept {
        (old_free[*o], new_free[*n]) = (false, false);
    }
    let (mut old_moved, mut new_moved) = (vec![false; old_free.len()], vec![false; new_free.len()]);
    let deleted = grams(old, &old_free);
    if deleted.is_empty() {
        return (old_moved, new_moved);
    }
    let mut at = 0;
    while at + MOVED_WORDS <= new.tokens.len() {
        let Some(key) = gram(new, &new_free, at) else {
            at += 1;
            continue;
        };
        let from = deleted.partition_point(|entry| entry.0 < key);
        let best = deleted[from..]
            .iter()
            .take_while(|entry| entry.0 == key)
            .take(PLACES)
            .map(|entry| {
                (
                    run_length(old, &old_free, entry.1, new, &new_free, at),
                    std::cmp::Reverse(entry.1),
                )
            })
            .max();
        match best {
            Some((length, std::cmp::Reverse(place))) if length >= MOVED_WORDS => {
                for step in 0..length {
                    (old_moved[place + step], new_moved[at + step]) = (true, true);
                    (old_free[place + step], new_free[at + step]) = (false, false);
                }
                at += length;
            }
            _ => at += 1,
        }
    }
    (old_moved, new_moved)
}

fn grams(text: &Passage, free: &[bool]) -> Vec<(u64, usize)> {
    let mut found: Vec<(u64, usize)> = (0..text.tokens.len())
        .filter_map(|at| gram(text, free, at).map(|key| (key, at)))
        .collect();
    found.sort_unstable();
    found
}

fn gram(text: &Passage, free: &[bool], at: usize) -> Option<u64> {
    let end = at + MOVED_WORDS;
    if !free.get(at..end)?.iter().all(|free| *free) {
        return None;
    }
    let mut hash = Hash::default();
    text.tokens
        .get(at..end)?
        .iter()
        .for_each(|token| hash.add(token.key));
    Some(hash.value())
}

/// The number of tokens alike from two places on. Letters have to be the same: what moved is shown once.
fn run_length(
    old: &Passage,
    old_free: &[bool],
    from: usize,
    new: &Passage,
    new_free: &[bool],
    at: usize,
) -> usize {
    (0..)
        .take_while(|step| {
            old_free.get(from + step).is_some_and(|free| *free)
                && new_free.get(at + step).is_some_and(|free| *free)
                && old.tokens[from + step].key == new.tokens[at + step].key
        })
        .count()
}
