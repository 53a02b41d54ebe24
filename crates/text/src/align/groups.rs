//! Groups: a provision that was split, provisions that were merged.
//!
//! A free provision joins a pair when most of its words stand in that part of the pair's other side which the pair
//! itself does not explain, and it stands near.

use super::matching::Matching;
use super::vocabulary::{Entry, Side, Texts, remainder, together};

/// The share of a free provision's words that has to stand in what is left.
const HELD: f32 = 0.6;
/// The share of what is left that they have to make up.
const FILLS: f32 = 0.4;
/// A shorter provision is no part of anything.
const LEAST_WORDS: u32 = 5;
/// How far off, in provisions, a part may stand.
const NEAR: usize = 3;

pub(super) fn find(texts: &Texts, matching: &mut Matching) {
    merges(texts, matching);
    splits(texts, matching);
}

/// A candidate for a group: the free provision, the pair it joins, and how well it fits.
struct Part {
    fit: f32,
    free: usize,
    partner: usize,
    whole: usize,
}

fn merges(texts: &Texts, matching: &mut Matching) {
    let mut parts = Vec::new();
    for free in
        (0..texts.old.len()).filter(|i| matching.old_free(*i) && texts.old.size[*i] >= LEAST_WORDS)
    {
        for partner in near(free, texts.old.len(), &texts.old) {
            if let Some(whole) = matching
                .partner(partner)
                .filter(|j| !matching.is_settled(partner, *j))
            {
                consider(
                    texts,
                    (&texts.old, free, partner),
                    (&texts.new, whole),
                    &mut parts,
                );
            }
        }
    }
    for part in best_first(parts) {
        // Another part may have come before: what is left has to hold this one as well.
        let taken = matching.origins(part.whole);
        if matching.old_free(part.free)
            && !matching.is_split(part.partner)
            && fit(
                texts,
                (&texts.old, part.free, &taken),
                (&texts.new, part.whole),
            )
            .is_some()
        {
            matching.merge(part.free, part.whole);
        }
    }
}

fn splits(texts: &Texts, matching: &mut Matching) {
    let mut parts = Vec::new();
    for free in
        (0..texts.new.len()).filter(|j| matching.new_free(*j) && texts.new.size[*j] >= LEAST_WORDS)
    {
        for partner in near(free, texts.new.len(), &texts.new) {
            if let Some(whole) = matching.new[partner].filter(|i| !matching.is_settled(*i, partner))
            {
                consider(
                    texts,
                    (&texts.new, free, partner),
                    (&texts.old, whole),
                    &mut parts,
                );
            }
        }
    }
    for part in best_first(parts) {
        let taken = matching.parts(part.whole);
        if matching.new_free(part.free)
            && !matching.is_merged(part.partner)
            && fit(
                texts,
                (&texts.new, part.free, &taken),
                (&texts.old, part.whole),
            )
            .is_some()
        {
            matching.divide(part.whole, part.free);
        }
    }
}

/// The provisions near one in reading order, and its parent.
fn near(index: usize, count: usize, side: &Side) -> Vec<usize> {
    let around = index.saturating_sub(NEAR)..(index + NEAR + 1).min(count);
    let mut found: Vec<usize> = around.filter(|other| *other != index).collect();
    if let Some(parent) = side.parent(index).filter(|parent| !found.contains(parent)) {
        found.push(parent);
    }
    found
}

fn consider(
    texts: &Texts,
    (side, free, partner): (&Side, usize, usize),
    (other, whole): (&Side, usize),
    parts: &mut Vec<Part>,
) {
    if side.exact[partner] == other.exact[whole] || side.placeholder[free] {
        return;
    }
    if let Some(fit) = fit(texts, (side, free, &[partner]), (other, whole)) {
        parts.push(Part {
            fit,
            free,
            partner,
            whole,
        });
    }
}

/// How well a free provision fits what is left of a whole when the parts that are known are taken out.
fn fit(
    texts: &Texts,
    (side, free, known): (&Side, usize, &[usize]),
    (other, whole): (&Side, usize),
) -> Option<f32> {
    let weight = |bag: &[Entry]| {
        bag.iter()
            .map(|entry| entry.count as f32 * texts.word_weight(entry))
            .sum::<f32>()
    };
    let left = remainder(other.bag(whole), &together(side, known));
    let shared = texts.overlap(side.bag(free), &left);
    let (held, fills) = (
        shared / side.weight[free].max(f32::MIN_POSITIVE),
        shared / weight(&left).max(f32::MIN_POSITIVE),
    );
    (held >= HELD && fills >= FILLS).then_some(held + fills)
}

fn best_first(mut parts: Vec<Part>) -> Vec<Part> {
    parts.sort_by(|one, other| {
        other
            .fit
            .total_cmp(&one.fit)
            .then(one.free.cmp(&other.free))
            .then(one.partner.cmp(&other.partner))
    });
    parts
}
