//! Candidates: for each provision the few that it may continue.

use super::matching::Matching;
use super::vocabulary::{Numbers, Side, Texts};
use crate::words::Mixed;
use crate::work::{Workers, both};

/// A pair worth looking at, and how alike its words are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Candidate {
    pub(super) old: usize,
    pub(super) new: usize,
    pub(super) likeness: f32,
}

/// Up to so many pairs are all looked at; beyond, the index of rare words chooses.
const ALL_PAIRS: usize = 30_000;
/// A word or stem found in more provisions than this says too little to look them all up.
const COMMON: usize = 48;
/// How many of a provision's rarest features are looked up.
const LOOKED_UP: usize = 24;
/// How many candidates a provision keeps.
const KEPT: usize = 8;

/// The pairs of free provisions that share words.
pub(super) fn by_words(texts: &Texts, matching: &Matching, workers: Workers<'_>) -> Vec<Candidate> {
    let olds: Vec<usize> = (0..texts.old.len())
        .filter(|i| matching.old_free(*i))
        .collect();
    let news: Vec<usize> = (0..texts.new.len())
        .filter(|j| matching.new_free(*j))
        .collect();
    if olds.len().saturating_mul(news.len()) <= ALL_PAIRS {
        let pairs = olds.iter().flat_map(|i| news.iter().map(move |j| (*i, *j)));
        return pairs
            .map(|(i, j)| Candidate {
                old: i,
                new: j,
                likeness: texts.likeness(i, j),
            })
            .filter(|pair| pair.likeness > 0.0)
            .collect();
    }
    let index = Index::of(texts, &olds, news.len());
    let half = news.len() / 2;
    let (mut found, more) = both(
        workers,
        || index.look_up(&news[..half], 0),
        || index.look_up(&news[half..], half),
    );
    found.extend(more);
    found
}

/// Which of the old provisions hold a feature.
struct Index<'t> {
    texts: &'t Texts<'t>,
    olds: &'t [usize],
    /// How many new provisions there are to look up.
    news: usize,
    numbers: Numbers,
    /// For each feature the places in `olds` that hold it.
    postings: Vec<(u32, u32)>,
    starts: Vec<usize>,
}

impl<'t> Index<'t> {
    fn of(texts: &'t Texts<'t>, olds: &'t [usize], news: usize) -> Self {
        let mut numbers = Numbers::default();
        let mut postings: Vec<(u32, u32)> = Vec::new();
        for (place, i) in olds.iter().enumerate() {
            features(&texts.old, *i, |feature| {
                postings.push((numbers.of(feature), place as u32))
            });
        }
        postings.sort_unstable();
        postings.dedup();
        let mut starts = vec![0; numbers.len() + 1];
        postings
            .iter()
            .for_each(|(feature, _)| starts[*feature as usize + 1] += 1);
        (1..starts.len()).for_each(|at| starts[at] += starts[at - 1]);
        Index {
            texts,
            olds,
            news,
            numbers,
            postings,
            starts,
        }
    }

    /// The candidates of these new provisions, of which the first is the one at place `first`.
    fn look_up(&self, news: &[usize], first: usize) -> Vec<Candidate> {
        let mut found = Vec::new();
        let mut score = vec![0.0_f32; self.olds.len()];
        let (mut mine, mut touched): (Vec<(usize, u32)>, Vec<usize>) = (Vec::new(), Vec::new());
        for (place, j) in (first..).zip(news) {
            mine.clear();
            features(&self.texts.new, *j, |feature| {
                if let Some(number) = self.numbers.get(feature) {
                    mine.push((self.held_by(number).len(), number));
                }
            });
            mine.sort_unstable();
            mine.dedup();
            for (held_by, feature) in mine.iter().take(LOOKED_UP) {
                let worth = 1.0 / (1.0 + *held_by as f32).ln();
                for (_, other) in self.nearest(*feature, place) {
                    let other = *other as usize;
                    if score[other] == 0.0 {
                        touched.push(other);
                    }
                    score[other] += worth;
                }
            }
            let best_first = |one: &usize, other: &usize| {
                score[*other].total_cmp(&score[*one]).then(one.cmp(other))
            };
            if touched.len() > KEPT {
                touched.select_nth_unstable_by(KEPT, best_first);
            }
            let upto = KEPT.min(touched.len());
            touched[..upto].sort_unstable_by(best_first);
            found.extend(touched.iter().take(KEPT).map(|other| Candidate {
                old: self.olds[*other],
                new: *j,
                likeness: self.texts.likeness(self.olds[*other], *j),
            }));
            touched.drain(..).for_each(|other| score[other] = 0.0);
        }
        found.retain(|pair| pair.likeness > 0.0);
        found
    }

    fn held_by(&self, feature: u32) -> &[(u32, u32)] {
        let feature = feature as usize;
        &self.postings[self.starts[feature]..self.starts[feature + 1]]
    }

    /// Of what is common only those that stand near the same place in their draft.
    fn nearest(&self, feature: u32, place: usize) -> impl Iterator<Item = &(u32, u32)> {
        let all = self.held_by(feature);
        let middle = all
            .partition_point(|(_, other)| (*other as usize) * self.news < place * self.olds.len());
        let from = middle
            .saturating_sub(COMMON / 2)
            .min(all.len().saturating_sub(COMMON));
        all.iter().skip(from).take(COMMON)
    }
}

/// What a provision is looked up by: its stems, its wording as a whole.
fn features(side: &Side, index: usize, mut give: impl FnMut(u64)) {
    let salted = |salt: u64, value: u64| {
        let mut hash = Mixed::default();
        hash.add(salt);
        hash.add(value);
        hash.value()
    };
    let mut last = None;
    for entry in side.bag(index) {
        if last.replace(entry.stem) != Some(entry.stem) {
            give(salted(1, u64::from(entry.stem)));
        }
    }
    give(salted(2, side.exact[index]));
}

/// Pairs that the pairs so far suggest: neighbours, parents, sub-items with the same label or place.
pub(super) fn by_structure(texts: &Texts, matching: &Matching, mut give: impl FnMut(usize, usize)) {
    let mut give_free = |i: usize, j: usize| {
        if i < texts.old.len()
            && j < texts.new.len()
            && matching.old_free(i)
            && matching.new_free(j)
        {
            give(i, j);
        }
    };
    let tops = |side: &Side| {
        (0..side.len())
            .filter(|index| side.parent(*index).is_none())
            .collect::<Vec<_>>()
    };
    let some_free = |olds: &[usize], news: &[usize]| {
        olds.iter().any(|i| matching.old_free(*i)) && news.iter().any(|j| matching.new_free(*j))
    };
    let (old_tops, new_tops) = (tops(&texts.old), tops(&texts.new));
    if some_free(&old_tops, &new_tops) {
        siblings(texts, &old_tops, &new_tops, &mut give_free);
    }
    for i in 0..texts.old.len() {
        let Some(j) = matching.partner(i) else {
            continue;
        };
        for (a, b) in [(1, 1), (2, 1), (1, 2)] {
            give_free(i + a, j + b);
            if i >= a && j >= b {
                give_free(i - a, j - b);
            }
        }
        if let (Some(above), Some(over)) = (texts.old.parent(i), texts.new.parent(j)) {
            give_free(above, over);
        }
        let (olds, news) = (
            &texts.old.provisions[i].children,
            &texts.new.provisions[j].children,
        );
        if some_free(olds, news) {
            siblings(texts, olds, news, &mut give_free);
        }
    }
}

/// Sub-items of one parent: those with the same label, and those at the same place from the start or the end.
fn siblings(texts: &Texts, olds: &[usize], news: &[usize], give: &mut impl FnMut(usize, usize)) {
    if olds.is_empty() || news.is_empty() {
        return;
    }
    olds.iter().zip(news).for_each(|(i, j)| give(*i, *j));
    olds.iter()
        .rev()
        .zip(news.iter().rev())
        .for_each(|(i, j)| give(*i, *j));
    let by_label = |side: &Side, items: &[usize]| {
        let mut sorted: Vec<(u64, usize)> = items
            .iter()
            .map(|item| (side.label[*item], *item))
            .filter(|(label, _)| *label != 0)
            .collect();
        sorted.sort_unstable();
        sorted
    };
    let (old, new) = (by_label(&texts.old, olds), by_label(&texts.new, news));
    let mut at = 0;
    for (label, i) in old {
        while new.get(at).is_some_and(|other| other.0 < label) {
            at += 1;
        }
        if let Some((same, j)) = new.get(at)
            && *same == label
        {
            give(i, *j);
            at += 1;
        }
    }
}
