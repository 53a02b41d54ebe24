//! Rounds: the best pairs first; each round asks for less and knows more.

use std::collections::BTreeSet;

use super::anchors;
use super::candidates::{self, Candidate};
use super::evidence::{Evidence, Floor, Weighed};
use super::groups;
use super::matching::Matching;
use super::vocabulary::Texts;
use crate::order::heaviest_run;
use crate::work::Workers;

/// What one round asks of a pair: in all, in words alone, and in words where the pair is out of order.
struct Demand {
    total: f32,
    words: f32,
    words_out_of_order: f32,
}

const ROUNDS: [Demand; 6] = [
    Demand {
        total: 0.75,
        words: 0.60,
        words_out_of_order: 0.80,
    },
    Demand {
        total: 0.60,
        words: 0.45,
        words_out_of_order: 0.65,
    },
    Demand {
        total: 0.50,
        words: 0.35,
        words_out_of_order: 0.50,
    },
    Demand {
        total: 0.42,
        words: 0.25,
        words_out_of_order: 0.42,
    },
    Demand {
        total: 0.36,
        words: 0.15,
        words_out_of_order: 0.36,
    },
    Demand {
        total: 0.36,
        words: 0.15,
        words_out_of_order: 0.36,
    },
];
/// Sub-items that are paired to this share carry their parents over any wording.
const CARRIED_BY_CHILDREN: f32 = 0.5;
/// Where labels on a level are kept to this share, a label alone places a provision that says nothing.
const LABELS_HOLD: f32 = 0.6;

/// After so many rounds a pair that is like nothing else is taken without further evidence: when it is as alike as
/// this, and so much more than any other pair of either provision.
const UNMISTAKABLE_AFTER: usize = 2;
const ALIKE: f32 = 0.40;
const AHEAD: f32 = 0.20;
/// How much more alike than unrelated wordings what was rewritten has to be, of how many words it has to be, and how many
/// pairs of a gap are looked at.
const CLEARLY: f32 = 0.08;
const LONG: u32 = 8;
const GAP: usize = 400;

pub(super) fn run(texts: &Texts, matching: &mut Matching, workers: Workers<'_>) {
    let Floor {
        middle: floor,
        high,
    } = Floor::measure(texts);
    let mut pool = candidates::by_words(texts, matching, workers);
    let far: Vec<Candidate> = pool
        .iter()
        .filter(|pair| pair.likeness >= groups::FAR)
        .copied()
        .collect();
    for (number, demand) in ROUNDS.iter().enumerate() {
        if number == UNMISTAKABLE_AFTER {
            unmistakable(texts, matching, &pool, floor);
        }
        add_structure(texts, matching, &mut pool);
        let evidence = Evidence::new(texts, matching, floor);
        let mut weighed: Vec<Weighed> = pool
            .iter()
            .map(|pair| evidence.weigh(texts, matching, pair))
            .filter(|pair| pair.total >= demand.total && meets(pair, demand))
            .collect();
        weighed.sort_unstable_by(|one, other| {
            other
                .total
                .total_cmp(&one.total)
                .then(one.old.cmp(&other.old))
                .then(one.new.cmp(&other.new))
        });
        take(texts, matching, &weighed, demand);
        pool.retain(|pair| matching.old_free(pair.old) && matching.new_free(pair.new));
    }
    groups::find(texts, matching, &far);
    rewritten(texts, matching, high);
    by_label(texts, matching, &pool, floor, high);
    place_the_silent(texts, matching, floor);
}

/// Pairs what is like nothing else, wherever it stands.
fn unmistakable(texts: &Texts, matching: &mut Matching, pool: &[Candidate], floor: f32) {
    let mut old_best = vec![Best::default(); texts.old.len()];
    let mut new_best = vec![Best::default(); texts.new.len()];
    for pair in pool {
        old_best[pair.old].see(pair.likeness);
        new_best[pair.new].see(pair.likeness);
    }
    let telling =
        |pair: &&Candidate| pair.likeness >= ALIKE + floor && !texts.are_slight(pair.old, pair.new);
    for pair in pool.iter().filter(telling) {
        let rival = old_best[pair.old]
            .rival(pair.likeness)
            .max(new_best[pair.new].rival(pair.likeness));
        if pair.likeness >= rival + AHEAD
            && matching.old_free(pair.old)
            && matching.new_free(pair.new)
        {
            matching.pair(pair.old, pair.new, pair.likeness);
        }
    }
}

/// The two greatest likenesses that a provision has with any other.
#[derive(Debug, Clone, Copy, Default)]
struct Best {
    first: f32,
    second: f32,
}

impl Best {
    fn see(&mut self, likeness: f32) {
        if likeness > self.first {
            (self.first, self.second) = (likeness, self.first);
        } else {
            self.second = self.second.max(likeness);
        }
    }

    /// The greatest likeness beside one's own.
    fn rival(&self, own: f32) -> f32 {
        if own < self.first {
            self.first
        } else {
            self.second
        }
    }
}

/// Between pairs that keep their order, pairs what is clearly more alike than four in five of unrelated wordings, best
/// first and in order: a paragraph of which a redrafting left little.
fn rewritten(texts: &Texts, matching: &mut Matching, high: f32) {
    for (olds, news) in anchors::gaps(texts, matching) {
        let olds: Vec<usize> = olds
            .filter(|i| matching.old_free(*i) && texts.old.size[*i] >= LONG)
            .collect();
        let news: Vec<usize> = news
            .filter(|j| matching.new_free(*j) && texts.new.size[*j] >= LONG)
            .collect();
        if olds.len().saturating_mul(news.len()) > GAP {
            continue;
        }
        let mut pairs: Vec<(f32, usize, usize)> = olds
            .iter()
            .flat_map(|i| news.iter().map(move |j| (*i, *j)))
            .filter(|(i, j)| may_be_rewritten(texts, *i, *j))
            .map(|(i, j)| (texts.likeness(i, j), i, j))
            .filter(|(likeness, ..)| *likeness >= high + CLEARLY)
            .collect();
        pairs.sort_unstable_by(|one, other| {
            other
                .0
                .total_cmp(&one.0)
                .then((one.1, one.2).cmp(&(other.1, other.2)))
        });
        let mut taken: Vec<(usize, usize)> = Vec::new();
        for (likeness, i, j) in pairs {
            if taken
                .iter()
                .all(|(a, b)| (*a < i && *b < j) || (*a > i && *b > j))
            {
                taken.push((i, j));
                matching.pair(i, j, likeness);
            }
        }
    }
}

/// A point stays a point and an item an item; paragraphs without a label may come under another heading.
fn may_be_rewritten(texts: &Texts, i: usize, j: usize) -> bool {
    let (old, new) = (&texts.old.provisions[i], &texts.new.provisions[j]);
    match (&old.label, &new.label) {
        (None, None) => true,
        (Some(_), Some(_)) => old.depth == new.depth,
        _ => false,
    }
}

/// Where labels are kept, the same label in the same place is the same provision, though little of its wording is
/// left: a point that was rewritten under its number.
fn by_label(texts: &Texts, matching: &mut Matching, pool: &[Candidate], floor: f32, high: f32) {
    let evidence = Evidence::new(texts, matching, floor);
    for pair in pool {
        let weighed = evidence.weigh(texts, matching, pair);
        let in_place = weighed.same_label && weighed.same_parent && weighed.in_order;
        if in_place
            && evidence.kept_labels(texts, pair.old) >= LABELS_HOLD
            && pair.likeness >= high
            && matching.old_free(pair.old)
            && matching.new_free(pair.new)
        {
            matching.pair(pair.old, pair.new, weighed.total.clamp(0.0, 1.0));
        }
    }
}

/// Takes pairs from the best on. Those that their words alone would not place have to keep the order among
/// themselves as well.
fn take(texts: &Texts, matching: &mut Matching, weighed: &[Weighed], demand: &Demand) {
    let mut chosen: Vec<&Weighed> = Vec::new();
    let (mut old_taken, mut new_taken) =
        (vec![false; texts.old.len()], vec![false; texts.new.len()]);
    for pair in weighed {
        if matching.old_free(pair.old)
            && matching.new_free(pair.new)
            && !old_taken[pair.old]
            && !new_taken[pair.new]
        {
            (old_taken[pair.old], new_taken[pair.new]) = (true, true);
            chosen.push(pair);
        }
    }
    let (sure, placed): (Vec<&Weighed>, Vec<&Weighed>) = chosen
        .into_iter()
        .partition(|pair| !pair.slight && pair.words >= demand.words_out_of_order);
    let mut points: Vec<(usize, usize, u64)> = placed
        .iter()
        .map(|pair| (pair.old, pair.new, (pair.total.max(0.0) * 100.0) as u64))
        .collect();
    points.sort_unstable();
    let kept = heaviest_run(&points);
    let in_order: BTreeSet<(usize, usize)> = points
        .iter()
        .zip(kept)
        .filter(|(_, kept)| *kept)
        .map(|(point, _)| (point.0, point.1))
        .collect();
    let ordered = placed
        .into_iter()
        .filter(|pair| !pair.in_order || in_order.contains(&(pair.old, pair.new)));
    for pair in sure.into_iter().chain(ordered) {
        matching.pair(pair.old, pair.new, pair.total.clamp(0.0, 1.0));
    }
}

fn meets(pair: &Weighed, demand: &Demand) -> bool {
    if pair.slight && !pair.in_order && pair.children < CARRIED_BY_CHILDREN {
        return false;
    }
    pair.children >= CARRIED_BY_CHILDREN
        || pair.words
            >= if pair.in_order {
                demand.words
            } else {
                demand.words_out_of_order
            }
}

fn add_structure(texts: &Texts, matching: &Matching, pool: &mut Vec<Candidate>) {
    let mut more: Vec<(usize, usize)> = Vec::new();
    candidates::by_structure(texts, matching, |i, j| more.push((i, j)));
    more.sort_unstable();
    more.dedup();
    pool.sort_unstable_by_key(|pair| (pair.old, pair.new));
    let known = pool.len();
    for (i, j) in more {
        if pool[..known]
            .binary_search_by_key(&(i, j), |pair| (pair.old, pair.new))
            .is_err()
        {
            pool.push(Candidate {
                old: i,
                new: j,
                likeness: texts.likeness(i, j),
            });
        }
    }
}

/// Places what has no words of its own (`[missing]`, `[deleted]`, an empty item): by its label where labels hold, or
/// as an equal neighbour.
fn place_the_silent(texts: &Texts, matching: &mut Matching, floor: f32) {
    let mut pairs = Vec::new();
    candidates::by_structure(texts, matching, |i, j| pairs.push((i, j)));
    let evidence = Evidence::new(texts, matching, floor);
    let silent = |i: usize, j: usize| {
        texts.old.placeholder[i]
            || texts.new.placeholder[j]
            || texts.old.size[i] == 0
            || texts.new.size[j] == 0
    };
    let mut weighed: Vec<Weighed> = pairs
        .iter()
        .filter(|(i, j)| silent(*i, *j) || texts.old.exact[*i] == texts.new.exact[*j])
        .map(|(i, j)| {
            evidence.weigh(
                texts,
                matching,
                &Candidate {
                    old: *i,
                    new: *j,
                    likeness: texts.likeness(*i, *j),
                },
            )
        })
        .filter(|pair| {
            let equal = texts.old.exact[pair.old] == texts.new.exact[pair.new];
            let labels_hold =
                pair.same_label && evidence.kept_labels(texts, pair.old) >= LABELS_HOLD;
            pair.same_parent && pair.in_order && (equal || labels_hold)
        })
        .collect();
    weighed.sort_unstable_by(|one, other| {
        other
            .total
            .total_cmp(&one.total)
            .then(one.old.cmp(&other.old))
            .then(one.new.cmp(&other.new))
    });
    for pair in weighed {
        if matching.old_free(pair.old) && matching.new_free(pair.new) {
            matching.pair(pair.old, pair.new, pair.total.clamp(0.2, 0.8));
        }
    }
}
