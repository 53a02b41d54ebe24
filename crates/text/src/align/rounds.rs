//! Rounds: the best pairs first; each round asks for less and knows more.

use super::candidates::{self, Candidate};
use super::evidence::{Evidence, Weighed, floor};
use super::matching::Matching;
use super::vocabulary::Texts;

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
        words: 0.18,
        words_out_of_order: 0.36,
    },
    Demand {
        total: 0.36,
        words: 0.18,
        words_out_of_order: 0.36,
    },
];
/// Sub-items that are paired to this share carry their parents over any wording.
const CARRIED_BY_CHILDREN: f32 = 0.5;
/// Where labels on a level are kept to this share, a label alone places a provision that says nothing.
const LABELS_HOLD: f32 = 0.6;

pub(super) fn run(texts: &Texts, matching: &mut Matching) {
    let floor = floor(texts);
    let mut pool = candidates::by_words(texts, matching);
    for demand in &ROUNDS {
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
        for pair in weighed {
            if matching.old_free(pair.old) && matching.new_free(pair.new) {
                matching.pair(pair.old, pair.new, pair.total.clamp(0.0, 1.0));
            }
        }
        pool.retain(|pair| matching.old_free(pair.old) && matching.new_free(pair.new));
    }
    place_the_silent(texts, matching, floor);
}

fn meets(pair: &Weighed, demand: &Demand) -> bool {
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
