//! Groups: a provision that was split, provisions that were merged.
//!
//! A free provision joins a pair when most of its words stand in that part of the pair's other side which the pair
//! itself does not explain, and it stands near.

use super::candidates::Candidate;
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

/// The likeness from which on a part is looked for anywhere, and what it then has to hold.
pub(super) const FAR: f32 = 0.3;
const HELD_FAR: f32 = 0.75;
const LEAST_WORDS_FAR: u32 = 8;

/// Finds merges and splits among neighbours, and among the candidates wherever they stand.
pub(super) fn find(texts: &Texts, matching: &mut Matching, far: &[Candidate]) {
    merges(texts, matching, far);
    splits(texts, matching, far);
}

/// A candidate for a group: the free provision, the pair it joins, and how well it fits.
struct Part {
    fit: f32,
    free: usize,
    partner: usize,
    whole: usize,
    /// The share of its words that has to stand in what is left.
    held: f32,
}

fn merges(texts: &Texts, matching: &mut Matching, far: &[Candidate]) {
    let mut parts = Vec::new();
    let long = |i: &usize| matching.old_free(*i) && texts.old.size[*i] >= LEAST_WORDS;
    for free in (0..texts.old.len()).filter(long) {
        for partner in near(free, &texts.old) {
            if let Some(whole) = matching.partner(partner) {
                consider(
                    texts,
                    (&texts.old, free, partner),
                    (&texts.new, whole),
                    HELD,
                    &mut parts,
                );
            }
        }
    }
    for pair in far
        .iter()
        .filter(|pair| matching.old_free(pair.old) && texts.old.size[pair.old] >= LEAST_WORDS_FAR)
    {
        if let Some(partner) = matching.new[pair.new] {
            consider(
                texts,
                (&texts.old, pair.old, partner),
                (&texts.new, pair.new),
                HELD_FAR,
                &mut parts,
            );
        }
    }
    for part in best_first(parts) {
        // Another part may have come before: what is left has to hold this one as well.
        let known = matching.origins(part.whole);
        let open = matching.old_free(part.free)
            && !matching.is_split(part.partner)
            && !matching.is_settled(part.partner, part.whole);
        if open
            && fit(
                texts,
                (&texts.old, part.free, &known),
                (&texts.new, part.whole),
                part.held,
            )
            .is_some()
        {
            matching.merge(part.free, part.whole);
        }
    }
}

fn splits(texts: &Texts, matching: &mut Matching, far: &[Candidate]) {
    let mut parts = Vec::new();
    let long = |j: &usize| matching.new_free(*j) && texts.new.size[*j] >= LEAST_WORDS;
    for free in (0..texts.new.len()).filter(long) {
        for partner in near(free, &texts.new) {
            if let Some(whole) = matching.new[partner] {
                consider(
                    texts,
                    (&texts.new, free, partner),
                    (&texts.old, whole),
                    HELD,
                    &mut parts,
                );
            }
        }
    }
    for pair in far
        .iter()
        .filter(|pair| matching.new_free(pair.new) && texts.new.size[pair.new] >= LEAST_WORDS_FAR)
    {
        if let Some(partner) = matching.partner(pair.old) {
            consider(
                texts,
                (&texts.new, pair.new, partner),
                (&texts.old, pair.old),
                HELD_FAR,
                &mut parts,
            );
        }
    }
    for part in best_first(parts) {
        let known = matching.parts(part.whole);
        let open = matching.new_free(part.free)
            && !matching.is_merged(part.partner)
            && !matching.is_settled(part.whole, part.partner);
        if open
            && fit(
                texts,
                (&texts.new, part.free, &known),
                (&texts.old, part.whole),
                part.held,
            )
            .is_some()
        {
            matching.divide(part.whole, part.free);
        }
    }
}

/// The provisions near one in reading order, and its parent.
fn near(index: usize, side: &Side) -> Vec<usize> {
    let count = side.len();
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
    held: f32,
    parts: &mut Vec<Part>,
) {
    if side.exact[partner] == other.exact[whole] || side.placeholder[free] {
        return;
    }
    if let Some(fit) = fit(texts, (side, free, &[partner]), (other, whole), held) {
        parts.push(Part {
            fit,
            free,
            partner,
            whole,
            held,
        });
    }
}

/// How well a free provision fits what is left of a whole when the parts that are known are taken out.
fn fit(
    texts: &Texts,
    (side, free, known): (&Side, usize, &[usize]),
    (other, whole): (&Side, usize),
    least: f32,
) -> Option<f32> {
    let weight = |bag: &[Entry]| {
        bag.iter()
            .map(|entry| entry.count as f32 * texts.word_weight(entry))
            .sum::<f32>()
    };
    let left = remainder(other.bag(whole), &together(side, known));
    let shared = texts.overlap(side.bag(free), &left);
    let held = shared / side.weight[free].max(f32::MIN_POSITIVE);
    let fills = shared / weight(&left).max(f32::MIN_POSITIVE);
    (held >= least && fills >= FILLS).then_some(held + fills)
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
