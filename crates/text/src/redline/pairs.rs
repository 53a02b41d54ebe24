//! Pairs: what became of each provision, in the order of the new draft.

use std::ops::Range;

use super::passage::{Passage, References};
use super::{Fates, PairKind, RedlinePair, Run, RunOp, runs};
use crate::align::{Alignment, Match};
use crate::draft::{Draft, Provision};
use crate::order::heaviest_run;
use crate::words::{Hash, count_words};
use crate::work::{Workers, both};

/// Where a pair stands in the list: after which new provision, deletions after what is there, in their own order.
type Place = (usize, bool, usize);

/// A pair as it was told.
pub(super) struct Told {
    place: Place,
    pub(super) pair: RedlinePair,
    pub(super) words: Fates,
    /// Whether some words were compared in coarser steps.
    pub(super) coarse: bool,
}

pub(super) fn pairs(
    old: &Draft,
    new: &Draft,
    alignment: &Alignment,
    workers: Workers<'_>,
) -> Vec<Told> {
    let telling = Telling::new(old, new, alignment, workers);
    let half = alignment.matches.len() / 2;
    let alone = |side: &[Option<usize>]| side.iter().filter(|found| found.is_none()).count();
    let most = alignment.matches.len() + alone(&telling.by_new) + alone(&telling.by_old);
    let tell = |numbers: Range<usize>| {
        let mut told = Vec::with_capacity(if numbers.start == 0 {
            most
        } else {
            numbers.len()
        });
        told.extend(numbers.map(|number| {
            let each = &alignment.matches[number];
            telling.matched(each, telling.in_order[number])
        }));
        told
    };
    let (mut told, more) = both(
        workers,
        || tell(0..half),
        || tell(half..alignment.matches.len()),
    );
    told.extend(more);
    for (j, found) in telling.by_new.iter().enumerate() {
        if found.is_none() {
            told.push(telling.alone(PairKind::Inserted, j, (j + 1, false, 0)));
        }
    }
    // A deletion stands after the provision that kept its place and stood before it in the old draft.
    let mut after = 0;
    for (i, found) in telling.by_old.iter().enumerate() {
        match found {
            None => told.push(telling.alone(PairKind::Deleted, i, (after, true, i))),
            Some(number) if telling.in_order[*number] => {
                after = alignment.matches[*number]
                    .new
                    .iter()
                    .copied()
                    .min()
                    .map_or(after, |j| j + 1);
            }
            Some(_) => {}
        }
    }
    told.sort_by_key(|told| told.place);
    told
}

/// What has to be known of all pairs to tell one.
struct Telling<'d> {
    old: &'d [Provision],
    new: &'d [Provision],
    by_old: Vec<Option<usize>>,
    by_new: Vec<Option<usize>>,
    /// For each match, whether it is in the longest run that keeps its order.
    in_order: Vec<bool>,
    /// For each new provision the number of its words.
    new_words: Vec<usize>,
    old_references: References<'d>,
    new_references: References<'d>,
}

impl<'d> Telling<'d> {
    fn new(old: &'d Draft, new: &'d Draft, alignment: &Alignment, workers: Workers<'_>) -> Self {
        let by_old = alignment.by_old(old.provisions().len());
        let by_new = alignment.by_new(new.provisions().len());
        let old_references = References::new(old, |target| target_key(&by_old, target, 1));
        let new_references = References::new(new, |target| target_key(&by_new, target, 2));
        let (one, other) = new.provisions().split_at(new.provisions().len() / 2);
        let words = |part: &[Provision]| {
            let counts = part.iter().map(|provision| count_words(&provision.wording));
            counts.collect::<Vec<usize>>()
        };
        let (mut new_words, more) = both(workers, || words(one), || words(other));
        new_words.extend(more);
        Telling {
            old: old.provisions(),
            new: new.provisions(),
            in_order: in_order(&new_words, alignment),
            new_words,
            by_old,
            by_new,
            old_references,
            new_references,
        }
    }

    fn matched(&self, each: &Match, in_order: bool) -> Told {
        let (mut old_index, mut new_index) = (each.old.clone(), each.new.clone());
        old_index.sort_unstable();
        new_index.sort_unstable();
        let (runs, edited, coarse) = self.runs(&old_index, &new_index);
        let kind = match (old_index.len(), new_index.len()) {
            _ if !in_order => PairKind::Moved,
            (1, 2..) => PairKind::Split,
            (2.., _) => PairKind::Merged,
            _ if edited => PairKind::Edited,
            _ if self.renumbered(old_index[0], new_index[0]) => PairKind::Renumbered,
            _ => PairKind::Unchanged,
        };
        let words = match new_index[..] {
            [j] if !edited && old_index.len() == 1 => Fates {
                kept: self.new_words[j],
                ..Fates::default()
            },
            _ => Fates::of(&runs),
        };
        Told {
            place: (new_index[0] + 1, false, 0),
            pair: RedlinePair {
                kind,
                edited,
                old: paths(self.old, &old_index),
                new: paths(self.new, &new_index),
                similarity: if edited { words.similarity() } else { 1.0 },
                old_index,
                new_index,
                runs,
            },
            words,
            coarse,
        }
    }

    /// The runs, whether the words changed, and whether they were compared in coarser steps.
    fn runs(&self, old: &[usize], new: &[usize]) -> (Vec<Run>, bool, bool) {
        if let ([i], [j]) = (old, new)
            && self.old[*i].wording == self.new[*j].wording
            && self.old_references.of(*i).eq(self.new_references.of(*j))
        {
            return (runs::unchanged(&self.new[*j].wording), false, false);
        }
        let bracketed = |side: &[Provision], parts: &[usize]| {
            parts.iter().any(|part| side[*part].wording.contains('['))
        };
        let fine = bracketed(self.old, old) || bracketed(self.new, new);
        runs::compare(
            &Passage::new(&self.old_references, old, fine),
            &Passage::new(&self.new_references, new, fine),
        )
    }

    fn alone(&self, kind: PairKind, index: usize, place: Place) -> Told {
        let gone = kind == PairKind::Deleted;
        let (side, op) = if gone {
            (self.old, RunOp::Delete)
        } else {
            (self.new, RunOp::Insert)
        };
        let (path, provision) = (vec![side[index].path.clone()], vec![index]);
        let (old, old_index, new, new_index) = if gone {
            (path, provision, Vec::new(), Vec::new())
        } else {
            (Vec::new(), Vec::new(), path, provision)
        };
        let runs = runs::whole(op, &side[index].wording);
        Told {
            place,
            words: Fates::of(&runs),
            coarse: false,
            pair: RedlinePair {
                kind,
                edited: false,
                old,
                new,
                old_index,
                new_index,
                similarity: 0.0,
                runs,
            },
        }
    }

    /// Whether a provision's own label or the identity of its parent changed. A new number of an ancestor changes neither.
    fn renumbered(&self, i: usize, j: usize) -> bool {
        let (old, new) = (&self.old[i], &self.new[j]);
        let label =
            |provision: &'d Provision| provision.label.as_ref().map(|label| label.short.as_str());
        let same_parent = match (old.parent, new.parent) {
            (None, None) => true,
            (Some(above), Some(over)) => {
                self.by_old[above].is_some() && self.by_old[above] == self.by_new[over]
            }
            _ => false,
        };
        label(old) != label(new) || !same_parent
    }
}

/// What a reference is compared by: the match that its target is in; a target that is in none is like no other.
fn target_key(matches: &[Option<usize>], target: usize, side: u64) -> u64 {
    let found = matches.get(target).copied().flatten();
    let mut hash = Hash::default();
    hash.add(if found.is_some() { 0 } else { side });
    hash.add(found.unwrap_or(target) as u64);
    hash.value()
}

fn in_order(new_words: &[usize], alignment: &Alignment) -> Vec<bool> {
    let mut order: Vec<(usize, usize)> = alignment
        .matches
        .iter()
        .enumerate()
        .filter_map(|(number, each)| each.old.iter().copied().min().map(|i| (i, number)))
        .collect();
    order.sort_unstable();
    let points: Vec<(usize, usize, u64)> = order
        .iter()
        .map(|(i, number)| {
            let each = &alignment.matches[*number];
            let words: usize = each.new.iter().map(|j| new_words[*j]).sum();
            (
                *i,
                each.new.iter().copied().min().unwrap_or(0),
                words as u64 + 1,
            )
        })
        .collect();
    let mut in_order = vec![false; alignment.matches.len()];
    for ((_, number), kept) in order.iter().zip(heaviest_run(&points)) {
        in_order[*number] = kept;
    }
    in_order
}

fn paths(side: &[Provision], indices: &[usize]) -> Vec<String> {
    indices
        .iter()
        .map(|index| side[*index].path.clone())
        .collect()
}
