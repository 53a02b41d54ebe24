//! Anchors: wordings that occur once on either side, and equal neighbours of what is paired.

use super::matching::Matching;
use super::vocabulary::Texts;

/// How sure a pair of equal wordings is that has equals elsewhere and is told apart by its neighbours.
const BY_NEIGHBOUR: f32 = 0.9;

pub(super) fn find(texts: &Texts, matching: &mut Matching) {
    unique(texts, matching);
    extend(texts, matching);
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
