//! The pairing as it grows: who is taken, who is settled, and what comes out at the end.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use super::vocabulary::Texts;
use super::{Alignment, Match, Settled, order};
use crate::work::{Workers, both};

/// How a pair came about, with how sure it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bond {
    pub(super) partner: usize,
    pub(super) confidence: f32,
}

/// The confidence from which on a pair says something about others.
const SURE: f32 = 0.55;

/// Pairs so far.
pub(super) struct Matching {
    /// For each old provision its partner among the new.
    pub(super) old: Vec<Option<Bond>>,
    /// For each new provision its partner among the old.
    pub(super) new: Vec<Option<usize>>,
    /// Old provisions that nothing may be paired with any more.
    old_closed: Vec<bool>,
    new_closed: Vec<bool>,
    /// Further old provisions that went into a new one, and further new ones that came from an old one.
    merged: BTreeMap<usize, Vec<usize>>,
    split: BTreeMap<usize, Vec<usize>>,
    /// For each of these, what it went into or came from.
    went_into: BTreeMap<usize, usize>,
    came_from: BTreeMap<usize, usize>,
    /// Pairs that were settled: no group may join them unasked.
    old_settled: Vec<bool>,
    new_settled: Vec<bool>,
    /// The [`chain`](Matching::chain) until another pair comes.
    chain: OnceLock<Vec<Option<usize>>>,
}

impl Matching {
    pub(super) fn new(texts: &Texts, settled: &[Settled]) -> Self {
        let (olds, news) = (texts.old.len(), texts.new.len());
        let mut matching = Matching {
            old: vec![None; olds],
            new: vec![None; news],
            old_closed: vec![false; olds],
            new_closed: vec![false; news],
            merged: BTreeMap::new(),
            split: BTreeMap::new(),
            went_into: BTreeMap::new(),
            came_from: BTreeMap::new(),
            old_settled: vec![false; olds],
            new_settled: vec![false; news],
            chain: OnceLock::new(),
        };
        for pair in settled {
            matching.settle(
                pair.old.filter(|i| *i < olds),
                pair.new.filter(|j| *j < news),
                pair,
            );
        }
        matching
    }

    /// Takes one settled pair: the first to name a provision decides; a later one joins its group.
    fn settle(&mut self, old: Option<usize>, new: Option<usize>, given: &Settled) {
        match (old, new) {
            (Some(i), Some(j)) => {
                match (self.old_closed[i], self.new_closed[j]) {
                    (false, false) => self.pair(i, j, 1.0),
                    (false, true) if self.new[j].is_some_and(|k| self.is_undivided(k)) => {
                        self.merge(i, j)
                    }
                    (true, false)
                        if self.old[i].is_some_and(|bond| self.is_unmerged(bond.partner)) =>
                    {
                        self.divide(i, j)
                    }
                    _ => return,
                }
                (self.old_settled[i], self.new_settled[j]) = (true, true);
            }
            (Some(i), None) if given.new.is_none() => {
                (self.old_closed[i], self.old_settled[i]) = (true, true)
            }
            (None, Some(j)) if given.old.is_none() => {
                (self.new_closed[j], self.new_settled[j]) = (true, true)
            }
            _ => {}
        }
    }

    fn is_undivided(&self, i: usize) -> bool {
        !self.split.contains_key(&i)
    }

    fn is_unmerged(&self, j: usize) -> bool {
        !self.merged.contains_key(&j)
    }

    pub(super) fn pair(&mut self, i: usize, j: usize, confidence: f32) {
        self.old[i] = Some(Bond {
            partner: j,
            confidence,
        });
        self.new[j] = Some(i);
        self.chain.take();
        (self.old_closed[i], self.new_closed[j]) = (true, true);
    }

    /// A further old provision went into a new one that has a partner.
    pub(super) fn merge(&mut self, i: usize, j: usize) {
        self.merged.entry(j).or_default().push(i);
        self.went_into.insert(i, j);
        self.old_closed[i] = true;
    }

    /// A further new provision came from an old one that has a partner.
    pub(super) fn divide(&mut self, i: usize, j: usize) {
        self.split.entry(i).or_default().push(j);
        self.came_from.insert(j, i);
        self.new_closed[j] = true;
    }

    pub(super) fn old_free(&self, i: usize) -> bool {
        !self.old_closed[i]
    }

    pub(super) fn new_free(&self, j: usize) -> bool {
        !self.new_closed[j]
    }

    pub(super) fn is_settled(&self, i: usize, j: usize) -> bool {
        self.old_settled[i] || self.new_settled[j]
    }

    /// True for a pair that was not made on slight grounds.
    pub(super) fn is_sure(&self, i: usize) -> bool {
        self.old[i].is_some_and(|bond| bond.confidence >= SURE)
    }

    pub(super) fn partner(&self, i: usize) -> Option<usize> {
        self.old[i].map(|bond| bond.partner)
    }

    /// The new provision that an old one became or went into.
    pub(super) fn whole_of_old(&self, i: usize) -> Option<usize> {
        self.partner(i).or_else(|| self.went_into.get(&i).copied())
    }

    /// The old provision that a new one was or came from.
    pub(super) fn whole_of_new(&self, j: usize) -> Option<usize> {
        self.new[j].or_else(|| self.came_from.get(&j).copied())
    }

    /// The old provisions that went into a new one so far.
    pub(super) fn origins(&self, j: usize) -> Vec<usize> {
        self.new[j]
            .into_iter()
            .chain(self.merged.get(&j).into_iter().flatten().copied())
            .collect()
    }

    /// The new provisions that an old one became so far.
    pub(super) fn parts(&self, i: usize) -> Vec<usize> {
        self.partner(i)
            .into_iter()
            .chain(self.split.get(&i).into_iter().flatten().copied())
            .collect()
    }

    pub(super) fn is_split(&self, i: usize) -> bool {
        !self.is_undivided(i)
    }

    pub(super) fn is_merged(&self, j: usize) -> bool {
        !self.is_unmerged(j)
    }

    /// The pairs that keep their order: for each old provision, its partner if the pair is one of them.
    pub(super) fn chain(&self, texts: &Texts) -> &[Option<usize>] {
        self.chain.get_or_init(|| self.in_order(texts))
    }

    fn in_order(&self, texts: &Texts) -> Vec<Option<usize>> {
        let points: Vec<(usize, usize, u64)> = self
            .old
            .iter()
            .enumerate()
            .filter_map(|(i, bond)| {
                bond.map(|bond| (i, bond.partner, u64::from(texts.old.size[i]) + 1))
            })
            .collect();
        let mut chain = vec![None; self.old.len()];
        for ((i, j, _), kept) in points.iter().zip(order::heaviest_run(&points)) {
            if kept {
                chain[*i] = Some(*j);
            }
        }
        chain
    }

    pub(super) fn finish(self, texts: &Texts, workers: Workers<'_>) -> Alignment {
        let half = self.old.len() / 2;
        let (mut matches, more) = both(
            workers,
            || self.matches_of(0..half, texts),
            || self.matches_of(half..self.old.len(), texts),
        );
        matches.extend(more);
        matches.sort_by_key(|each| each.new.iter().copied().min());
        Alignment { matches }
    }

    /// The matches of a stretch of the old draft.
    fn matches_of(&self, olds: Range<usize>, texts: &Texts) -> Vec<Match> {
        let mut matches = Vec::with_capacity(olds.len());
        for i in olds {
            let Some(Bond {
                partner: j,
                confidence,
            }) = self.old[i]
            else {
                continue;
            };
            let (mut old, mut new) = (self.origins(j), self.parts(i));
            if !self.is_settled(i, j) {
                old.sort_by_key(|part| (Reverse(texts.words_in_common(*part, j)), *part));
                new.sort_by_key(|part| (Reverse(texts.words_in_common(i, *part)), *part));
            }
            let similarity = f64::from(texts.similarity(&old, &new));
            matches.push(Match {
                old,
                new,
                similarity,
                confidence: f64::from(confidence),
            });
        }
        matches
    }
}
