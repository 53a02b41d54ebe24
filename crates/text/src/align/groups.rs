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
/// A shorter provision is part of something only where it stands beside it and is all that is left of it.
const LEAST_WORDS: u32 = 5;
const ALL: f32 = 0.95;
/// How far off, in provisions, a part may stand.
const NEAR: usize = 3;

/// The likeness from which on a part is looked for anywhere, and what it then has to hold.
pub(super) const FAR: f32 = 0.3;
const HELD_FAR: f32 = 0.75;
const LEAST_WORDS_FAR: u32 = 8;

/// How often parts are looked for beside parts: one provision may become a long list.
const TIMES: usize = 24;
/// A part that is held to this share needs not make up much of what is left.
const SURELY_HELD: f32 = 0.85;
/// Where nearly all that is left stands in a provision, this share of it is enough: it took the rest up into more.
const TAKES_UP: f32 = 0.85;
const HELD_TAKING_UP: f32 = 0.3;
/// Under a heading that took the number and says hardly anything of it (this share of the words), a paragraph of which
/// this much is held is the rest.
const HARDLY: f32 = 0.15;
const HELD_UNDER_HEADING: f32 = 0.4;

/// Finds merges and splits among neighbours, and among the candidates wherever they stand.
pub(super) fn find(texts: &Texts, matching: &mut Matching, far: &[Candidate]) {
    for time in 0..TIMES {
        let far = if time == 0 { far } else { &[] };
        let merged = merges(texts, matching, far);
        if !(splits(texts, matching, far) || merged) {
            break;
        }
    }
}

/// A candidate for a group: the free provision, the whole it belongs to, and how well it fits.
struct Part {
    fit: f32,
    free: usize,
    whole: usize,
    /// The share of its words that has to stand in what is left.
    held: f32,
}

/// Joins free old provisions to new ones that hold them; true where there was one.
fn merges(texts: &Texts, matching: &mut Matching, far: &[Candidate]) -> bool {
    let mut parts = Vec::new();
    let long = |i: &usize| matching.old_free(*i) && texts.old.size[*i] > 0;
    let sides = (&texts.old, &texts.new);
    for free in (0..texts.old.len()).filter(long) {
        for whole in wholes(near(free, &texts.old), |near| matching.whole_of_old(near)) {
            consider(
                texts,
                sides,
                free,
                (whole, &matching.origins(whole)),
                HELD,
                &mut parts,
            );
        }
    }
    for pair in far
        .iter()
        .filter(|pair| matching.old_free(pair.old) && texts.old.size[pair.old] >= LEAST_WORDS_FAR)
    {
        let known = matching.origins(pair.new);
        consider(
            texts,
            sides,
            pair.old,
            (pair.new, &known),
            HELD_FAR,
            &mut parts,
        );
    }
    let mut found = false;
    for part in best_first(parts) {
        // Another part may have come before: what is left has to hold this one as well.
        let known = matching.origins(part.whole);
        let open = matching.old_free(part.free)
            && known.first().is_some_and(|first| {
                !matching.is_split(*first) && !matching.is_settled(*first, part.whole)
            });
        if open && fit(texts, sides, (part.free, &known), part.whole, part.held).is_some() {
            matching.merge(part.free, part.whole);
            found = true;
        }
    }
    found
}

/// Joins free new provisions to old ones that held them; true where there was one.
fn splits(texts: &Texts, matching: &mut Matching, far: &[Candidate]) -> bool {
    let mut parts = Vec::new();
    let long = |j: &usize| matching.new_free(*j) && texts.new.size[*j] > 0;
    let sides = (&texts.new, &texts.old);
    for free in (0..texts.new.len()).filter(long) {
        for whole in wholes(near(free, &texts.new), |near| matching.whole_of_new(near)) {
            consider(
                texts,
                sides,
                free,
                (whole, &matching.parts(whole)),
                HELD,
                &mut parts,
            );
        }
    }
    for pair in far
        .iter()
        .filter(|pair| matching.new_free(pair.new) && texts.new.size[pair.new] >= LEAST_WORDS_FAR)
    {
        let known = matching.parts(pair.old);
        consider(
            texts,
            sides,
            pair.new,
            (pair.old, &known),
            HELD_FAR,
            &mut parts,
        );
    }
    let mut found = false;
    for part in best_first(parts) {
        let known = matching.parts(part.whole);
        let open = matching.new_free(part.free)
            && known.first().is_some_and(|first| {
                !matching.is_merged(*first) && !matching.is_settled(part.whole, *first)
            });
        if open && fit(texts, sides, (part.free, &known), part.whole, part.held).is_some() {
            matching.divide(part.whole, part.free);
            found = true;
        }
    }
    found
}

/// The wholes that provisions belong to, each once.
fn wholes(near: Vec<usize>, whole_of: impl Fn(usize) -> Option<usize>) -> Vec<usize> {
    let mut wholes: Vec<usize> = near.into_iter().filter_map(whole_of).collect();
    wholes.sort_unstable();
    wholes.dedup();
    wholes
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
    (side, other): (&Side, &Side),
    free: usize,
    (whole, known): (usize, &[usize]),
    held: f32,
    parts: &mut Vec<Part>,
) {
    let Some(first) = known.first() else { return };
    if side.exact[*first] == other.exact[whole] || side.placeholder[free] {
        return;
    }
    let under_heading = side.parent(free) == Some(*first)
        && known.len() == 1
        && side.is_chapeau(*first)
        && texts.overlap(side.bag(*first), other.bag(whole)) < HARDLY * other.weight[whole];
    let held = if under_heading {
        HELD_UNDER_HEADING
    } else {
        held
    };
    if let Some(fit) = fit(texts, (side, other), (free, known), whole, held) {
        parts.push(Part {
            fit,
            free,
            whole,
            held,
        });
    }
}

/// How well a free provision fits what is left of a whole when the parts that are known are taken out.
fn fit(
    texts: &Texts,
    (side, other): (&Side, &Side),
    (free, known): (usize, &[usize]),
    whole: usize,
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
    let surely = held >= SURELY_HELD && side.size[free] >= LEAST_WORDS_FAR;
    let all = held >= ALL && fills >= ALL && known.iter().any(|part| part.abs_diff(free) == 1);
    let left_words: u32 = left.iter().map(|entry| entry.count).sum();
    let takes_up = fills >= TAKES_UP && held >= HELD_TAKING_UP && left_words >= LEAST_WORDS_FAR;
    let fits = if side.size[free] < LEAST_WORDS {
        all
    } else {
        held >= least && (fills >= FILLS || surely) || takes_up
    };
    fits.then_some(held + fills)
}

fn best_first(mut parts: Vec<Part>) -> Vec<Part> {
    parts.sort_by(|one, other| {
        other
            .fit
            .total_cmp(&one.fit)
            .then(one.free.cmp(&other.free))
            .then(one.whole.cmp(&other.whole))
    });
    parts
}
