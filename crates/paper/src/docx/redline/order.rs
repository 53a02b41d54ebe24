//! Which paragraphs, tables and rows of one container continue which of the other, and which of them kept their order.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use onetext_text::{common, heaviest_run};

/// Which paragraphs belong together: from the alignment of the two drafts.
#[derive(Debug, Default)]
pub(super) struct Partners {
    /// For each new paragraph the old ones that it continues, the first the one whose identity it keeps.
    pub(super) of_new: Vec<Vec<usize>>,
    /// For each old paragraph the new ones that continue it.
    pub(super) of_old: Vec<Vec<usize>>,
}

impl Partners {
    /// `groups` are paragraphs that belong together, old and new. A paragraph is in the first group that names it.
    pub(super) fn new(
        old: usize,
        new: usize,
        groups: impl Iterator<Item = (Vec<usize>, Vec<usize>)>,
    ) -> Self {
        let mut partners = Partners {
            of_new: vec![Vec::new(); new],
            of_old: vec![Vec::new(); old],
        };
        for (mut olds, mut news) in groups {
            olds.retain(|at| partners.of_old.get(*at).is_some_and(Vec::is_empty));
            news.retain(|at| partners.of_new.get(*at).is_some_and(Vec::is_empty));
            dedup(&mut olds);
            dedup(&mut news);
            // Several to several is none that a redline could tell apart.
            if olds.len() > 1 {
                news.truncate(1);
            }
            for at in &olds {
                partners.of_old[*at].clone_from(&news);
            }
            for at in &news {
                partners.of_new[*at].clone_from(&olds);
            }
        }
        partners
    }
}

fn dedup(places: &mut Vec<usize>) {
    let mut seen = std::collections::BTreeSet::new();
    places.retain(|at| seen.insert(*at));
}

/// For each of `new` the one of `old` with which it shares most paragraphs; no one of `old` twice. Both are ranges of
/// paragraphs, rising.
pub(super) fn vote(
    old: &[Range<usize>],
    new: &[Range<usize>],
    partners: &Partners,
) -> Vec<Option<usize>> {
    let mut votes: Vec<(usize, usize, usize)> = Vec::new();
    for (at, range) in new.iter().enumerate() {
        let mut mine: Vec<usize> = Vec::new();
        for paragraph in range.clone() {
            let partner = partners.of_new.get(paragraph).and_then(|olds| olds.first());
            let home = partner.and_then(|partner| {
                let found = old.partition_point(|range| range.end <= *partner);
                old.get(found)
                    .filter(|range| range.contains(partner))
                    .map(|_| found)
            });
            mine.extend(home);
        }
        mine.sort_unstable();
        for run in mine.chunk_by(|one, other| one == other) {
            votes.extend(run.first().map(|home| (run.len(), at, *home)));
        }
    }
    votes.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
    let mut found = vec![None; new.len()];
    let mut taken = vec![false; old.len()];
    for (_, at, home) in votes {
        if found[at].is_none() && !taken[home] {
            found[at] = Some(home);
            taken[home] = true;
        }
    }
    found
}

/// Of candidate pairs (old, new, weight) those that keep their order; between them, those of the same words. Rising.
pub(super) fn in_order(
    mut candidates: Vec<(usize, usize, u64)>,
    old: &[u64],
    new: &[u64],
    lonely: impl Fn(Range<usize>, Range<usize>) -> Option<(usize, usize)>,
) -> Vec<(usize, usize)> {
    candidates.sort_unstable();
    let kept = heaviest_run(&candidates);
    let anchors = candidates
        .iter()
        .zip(kept)
        .filter(|(_, kept)| *kept)
        .map(|((o, n, _), _)| (*o, *n));
    let mut found = Vec::new();
    let (mut from_old, mut from_new) = (0, 0);
    for (o, n) in anchors.chain([(old.len(), new.len())]) {
        let same = common(
            old.get(from_old..o).unwrap_or_default(),
            new.get(from_new..n).unwrap_or_default(),
        );
        let same = same.into_iter().map(|(a, b)| (from_old + a, from_new + b));
        let (mut a, mut b) = (from_old, from_new);
        for (next_old, next_new) in same.chain([(o, n)]) {
            found.extend(lonely(a..next_old, b..next_new));
            found.push((next_old, next_new));
            (a, b) = (next_old + 1, next_new + 1);
        }
        (from_old, from_new) = (o + 1, n + 1);
    }
    found.pop();
    found
}

/// What words are compared by.
pub(super) fn key(words: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    for word in words.split_whitespace() {
        word.hash(&mut hasher);
    }
    hasher.finish()
}
