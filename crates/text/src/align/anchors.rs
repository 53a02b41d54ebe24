//! Anchors: wordings that occur once on either side, and equal neighbours of what is paired.

use super::matching::Matching;
use std::ops::Range;

use super::vocabulary::{Side, Texts};
use crate::common::common;
use crate::words::Hash;

/// How sure a pair of equal wordings is that has equals elsewhere and is told apart by its neighbours.
const BY_NEIGHBOUR: f32 = 0.9;
/// How many of the words of two wordings have to be the same where each stands alone between pairs that keep their
/// order: it was edited in its place. Lists of provisions edited side by side ask for the same of each.
const EDITED_IN_PLACE: f32 = 0.75;
/// The same for one told apart by its place between other pairs.
const IN_ORDER: f32 = 0.7;

pub(super) fn find(texts: &Texts, matching: &mut Matching) {
    unique(texts, matching);
    extend(texts, matching);
    between(texts, matching);
}

/// Pairs wordings that occur once in either draft, unless they are too short to be known by their words alone.
fn unique(texts: &Texts, matching: &mut Matching) {
    let sorted = |hashes: &[u64]| {
        let mut sorted: Vec<(u64, usize)> = hashes
            .iter()
            .copied()
            .enumerate()
            .map(|(index, hash)| (hash, index))
            .collect();
        sorted.sort_unstable();
        sorted
    };
    let (old, new) = (sorted(&texts.old.exact), sorted(&texts.new.exact));
    let mut news = new.chunk_by(|one, next| one.0 == next.0).peekable();
    for olds in old.chunk_by(|one, next| one.0 == next.0) {
        while news.next_if(|run| run[0].0 < olds[0].0).is_some() {}
        let Some([(hash, j)]) = news.peek().copied() else {
            continue;
        };
        let [(same, i)] = olds else { continue };
        if hash == same
            && !texts.old.is_slight(*i)
            && matching.old_free(*i)
            && matching.new_free(*j)
        {
            matching.pair(*i, *j, 1.0);
        }
    }
}

/// From the ends of the drafts and from every pair, pairs the neighbours while their wordings are equal.
fn extend(texts: &Texts, matching: &mut Matching) {
    let (olds, news) = (texts.old.len(), texts.new.len());
    let pairs: Vec<(usize, usize)> = (0..olds)
        .filter_map(|i| matching.partner(i).map(|j| (i, j)))
        .collect();
    let starts = std::iter::once((0, 0)).chain(pairs.iter().map(|(i, j)| (i + 1, j + 1)));
    for (mut i, mut j) in starts {
        while i < olds && j < news && joins(texts, matching, i, j) {
            matching.pair(i, j, BY_NEIGHBOUR);
            (i, j) = (i + 1, j + 1);
        }
    }
    let ends = std::iter::once((olds, news)).chain(pairs.iter().rev().copied());
    for (mut i, mut j) in ends {
        while i > 0 && j > 0 && joins(texts, matching, i - 1, j - 1) {
            (i, j) = (i - 1, j - 1);
            matching.pair(i, j, BY_NEIGHBOUR);
        }
    }
}

/// Between pairs that keep their order, pairs equal wordings in the order in which they stand: the cells of a table, the
/// items of a list. What says something comes first: between rows that are known, cells that are equal by chance take no
/// row away. A wording that says little has to have the same label too.
fn between(texts: &Texts, matching: &mut Matching) {
    let says = |side: &Side, place: usize| !side.is_slight(place);
    for (olds, news) in gaps(texts, matching) {
        let olds = olds.filter(|i| says(&texts.old, *i));
        let news = news.filter(|j| says(&texts.new, *j));
        equals_in_order(texts, matching, olds, news);
    }
    for (olds, news) in gaps(texts, matching) {
        if !equals_in_order(texts, matching, olds.clone(), news.clone()) {
            edited_in_place(texts, matching, olds, news);
        }
    }
}

/// What stands between pairs that keep their order.
pub(super) fn gaps(texts: &Texts, matching: &Matching) -> Vec<(Range<usize>, Range<usize>)> {
    let chain = matching.chain(texts);
    let mut from = (0, 0);
    let ends = chain
        .iter()
        .enumerate()
        .filter_map(|(i, partner)| partner.map(|j| (i, j)));
    let mut gaps = Vec::new();
    for (i, j) in ends.chain(std::iter::once((texts.old.len(), texts.new.len()))) {
        if from.0 < i && from.1 < j {
            gaps.push((from.0..i, from.1..j));
        }
        from = (i + 1, j + 1);
    }
    gaps
}

/// Pairs equal wordings in order; true where there were some.
fn equals_in_order(
    texts: &Texts,
    matching: &mut Matching,
    olds: impl Iterator<Item = usize>,
    news: impl Iterator<Item = usize>,
) -> bool {
    let olds: Vec<usize> = olds.filter(|i| matching.old_free(*i)).collect();
    let news: Vec<usize> = news.filter(|j| matching.new_free(*j)).collect();
    let keys = |side: &Side, places: &[usize]| {
        places
            .iter()
            .map(|place| key(side, *place))
            .collect::<Vec<_>>()
    };
    let mut found = false;
    for (a, b) in common(&keys(&texts.old, &olds), &keys(&texts.new, &news)) {
        if joins(texts, matching, olds[a], news[b]) {
            matching.pair(olds[a], news[b], IN_ORDER);
            found = true;
        }
    }
    found
}

fn edited_in_place(texts: &Texts, matching: &mut Matching, olds: Range<usize>, news: Range<usize>) {
    let olds: Vec<usize> = olds.filter(|i| matching.old_free(*i)).collect();
    let news: Vec<usize> = news.filter(|j| matching.new_free(*j)).collect();
    let alike = |(i, j): (&usize, &usize)| {
        let known = texts.old.is_read(*i) && texts.new.is_read(*j) && !texts.are_slight(*i, *j);
        known.then(|| texts.similarity(&[*i], &[*j]))
    };
    if olds.len() != news.len() {
        return;
    }
    let similarities: Vec<f32> = olds.iter().zip(&news).map_while(alike).collect();
    let all = similarities.len() == olds.len()
        && similarities
            .iter()
            .all(|similarity| *similarity >= EDITED_IN_PLACE);
    if all {
        for ((i, j), similarity) in olds.iter().zip(&news).zip(similarities) {
            matching.pair(*i, *j, similarity);
        }
    }
}

fn key(side: &Side, index: usize) -> u64 {
    let mut hash = Hash::default();
    hash.add(side.exact[index]);
    hash.add(if side.is_slight(index) {
        side.label[index]
    } else {
        0
    });
    hash.value()
}

/// Equal wordings side by side. What says little has to have the same label and the same parent too.
fn joins(texts: &Texts, matching: &Matching, i: usize, j: usize) -> bool {
    matching.old_free(i)
        && matching.new_free(j)
        && texts.old.exact[i] == texts.new.exact[j]
        && (!texts.old.is_slight(i) || texts.old.label[i] == texts.new.label[j])
        && match (texts.old.parent(i), texts.new.parent(j)) {
            (Some(old), Some(new)) => matching.partner(old).is_none_or(|partner| partner == new),
            (None, None) => true,
            _ => !texts.old.is_slight(i),
        }
}
