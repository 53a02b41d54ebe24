//! Which of many utilities are dominated by none.

use std::cmp::Ordering;
use std::ops::{Add, Sub};

use crate::stairs::Stairs;

/// A whole number that utilities are counted in: 64 bits where they do, 128 where they must.
pub(crate) trait Whole:
    Copy + Ord + Add<Output = Self> + Sub<Output = Self> + Default
{
    /// From 128 bits; the caller has seen that it fits.
    fn of(number: i128) -> Self;
    /// To 128 bits.
    fn wide(self) -> i128;
    /// Less than any utility.
    const BOTTOM: Self;
    /// Further below any utility than one can be moved.
    const DEEP: Self;
    /// Further above any utility than one can be moved.
    const HIGH: Self;
    /// How many times `2^shift` it lies above `least`, which is not above it.
    fn step(self, least: Self, shift: u32) -> usize;
}

impl Whole for i64 {
    const BOTTOM: Self = Self::MIN;
    const DEEP: Self = Self::MIN / 2;
    const HIGH: Self = Self::MAX / 2;
    fn of(number: i128) -> Self {
        number as i64
    }
    fn wide(self) -> i128 {
        i128::from(self)
    }
    fn step(self, least: Self, shift: u32) -> usize {
        ((self - least) >> shift) as usize
    }
}

impl Whole for i128 {
    const BOTTOM: Self = Self::MIN;
    const DEEP: Self = Self::MIN / 2;
    const HIGH: Self = Self::MAX / 2;
    fn of(number: i128) -> Self {
        number
    }
    fn wide(self) -> i128 {
        self
    }
    fn step(self, least: Self, shift: u32) -> usize {
        ((self - least) >> shift) as usize
    }
}

/// Utilities of a package or of a part of one, and where they came from: the label of the layer before, and the option.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Label<T, const D: usize> {
    pub(crate) sums: [T; D],
    pub(crate) parent: u32,
    pub(crate) option: u32,
}

/// Keeps the labels that no other dominates, one for each vector of utilities: of two with the same, `before` says whether
/// the first is preferred. What is kept is in falling order.
pub(crate) fn sweep<T: Whole, const D: usize>(
    mut labels: Vec<Label<T, D>>,
    before: impl Fn(&Label<T, D>, &Label<T, D>) -> bool,
) -> Vec<Label<T, D>> {
    if D == 2 {
        return fronts(&labels, before);
    }
    // Stable, and quick on the sorted runs that the layers hand over.
    labels.sort_by_key(|label| std::cmp::Reverse(label.sums));
    let mut archive = Archive::for_these(&labels);
    let mut kept: Vec<Label<T, D>> = Vec::new();
    for label in labels {
        match kept.last_mut() {
            Some(last) if last.sums == label.sums && before(&label, last) => *last = label,
            Some(last) if last.sums == label.sums => (),
            _ if archive.takes(&label.sums) => kept.push(label),
            _ => (),
        }
    }
    kept
}

/// The same for two coordinates: the falling runs that the layers hand over are merged in pairs, and each merging leaves out
/// what is dominated, so that the next one has less to do.
fn fronts<T: Whole, const D: usize>(
    labels: &[Label<T, D>],
    before: impl Fn(&Label<T, D>, &Label<T, D>) -> bool,
) -> Vec<Label<T, D>> {
    let runs: Vec<&[Label<T, D>]> = labels.chunk_by(|a, b| a.sums > b.sums).collect();
    let pair = |pair: &[&[Label<T, D>]]| match pair {
        [a, b] => merged(a, b, &before),
        [a] => merged(a, &[], &before),
        _ => Vec::new(),
    };
    let mut fronts: Vec<Vec<Label<T, D>>> = runs.chunks(2).map(pair).collect();
    while fronts.len() > 1 {
        let halves = fronts.chunks(2).map(|half| match half {
            [a, b] => merged(a, b, &before),
            other => other.concat(),
        });
        fronts = halves.collect();
    }
    fronts.pop().unwrap_or_default()
}

/// Two falling rows in one, without what something earlier has as much of the second coordinate.
fn merged<T: Whole, const D: usize>(
    mut a: &[Label<T, D>],
    mut b: &[Label<T, D>],
    before: impl Fn(&Label<T, D>, &Label<T, D>) -> bool,
) -> Vec<Label<T, D>> {
    let mut front = Vec::with_capacity(a.len() + b.len());
    let mut best = T::BOTTOM;
    let mut take = |label: &Label<T, D>| {
        if label.sums[D - 1] > best {
            best = label.sums[D - 1];
            front.push(*label);
        }
    };
    while let ([first, later @ ..], [other, others @ ..]) = (a, b) {
        match first.sums.cmp(&other.sums) {
            Ordering::Greater => {
                take(first);
                a = later;
            }
            Ordering::Less => {
                take(other);
                b = others;
            }
            Ordering::Equal => {
                take(if before(other, first) { other } else { first });
                (a, b) = (later, others);
            }
        }
    }
    a.iter().chain(b).for_each(take);
    front
}

/// What was kept so far, of labels that come in falling order: none that comes later dominates one that came before.
struct Archive<T, const D: usize> {
    best: Option<T>,
    stairs: Option<Stairs<T>>,
    blocks: Vec<Block<T, D>>,
}

/// Kept utilities with the greatest of each coordinate, so that most blocks are passed over at one look.
struct Block<T, const D: usize> {
    most: [T; D],
    sums: Vec<[T; D]>,
}

const BLOCK: usize = 32;

impl<T: Whole, const D: usize> Archive<T, D> {
    fn for_these(labels: &[Label<T, D>]) -> Self {
        let seconds = || labels.iter().filter_map(|label| label.sums.get(1).copied());
        Archive {
            best: None,
            stairs: (D == 3).then(|| Stairs::over(labels.len(), seconds)),
            blocks: Vec::new(),
        }
    }

    /// Takes these utilities in, unless they are dominated.
    fn takes(&mut self, sums: &[T; D]) -> bool {
        match (sums.as_slice(), &mut self.stairs) {
            ([_], _) => self.best.replace(sums[0]).is_none(),
            ([_, second], _) => {
                let better = self.best.is_none_or(|best| *second > best);
                if better {
                    self.best = Some(*second);
                }
                better
            }
            ([_, second, third], Some(stairs)) => stairs.takes(*second, *third),
            _ => self.takes_block(sums),
        }
    }

    fn takes_block(&mut self, sums: &[T; D]) -> bool {
        let covers = |other: &[T; D]| other.iter().zip(sums).all(|(other, own)| other >= own);
        let found = self
            .blocks
            .iter()
            .position(|block| covers(&block.most) && block.sums.iter().any(covers));
        if let Some(place) = found {
            // What dominated once dominates often.
            self.blocks.swap(place, place / 2);
            return false;
        }
        match self.blocks.last_mut() {
            Some(block) if block.sums.len() < BLOCK => {
                for (most, own) in block.most.iter_mut().zip(sums) {
                    *most = (*most).max(*own);
                }
                block.sums.push(*sums);
            }
            _ => self.blocks.push(Block {
                most: *sums,
                sums: vec![*sums],
            }),
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    fn labels<const D: usize>(sums: &[[i64; D]]) -> Vec<Label<i64, D>> {
        let label = |(place, sums): (usize, &[i64; D])| Label {
            sums: *sums,
            parent: u32::try_from(place).unwrap(),
            option: 0,
        };
        sums.iter().enumerate().map(label).collect()
    }

    /// What is swept is what no other dominates, the first of each, falling.
    fn check<const D: usize>(sums: &[[i64; D]]) {
        let dominated = |own: &[i64; D]| {
            sums.iter()
                .any(|other| other != own && (0..D).all(|p| other[p] >= own[p]))
        };
        let mut expected = labels(sums);
        expected.retain(|label| !dominated(&label.sums));
        expected.sort_by_key(|label| (std::cmp::Reverse(label.sums), label.parent));
        expected.dedup_by_key(|label| label.sums);
        let found = sweep(labels(sums), |a, b| a.parent < b.parent);
        let told = |labels: Vec<Label<i64, D>>| -> Vec<([i64; D], u32)> {
            labels
                .into_iter()
                .map(|label| (label.sums, label.parent))
                .collect()
        };
        assert_eq!(told(found), told(expected));
    }

    /// Many on a step and one far off, so that steps are wide and one of them is crowded.
    fn crowd() -> impl Strategy<Value = Vec<[i64; 3]>> {
        let near = (-60_i64..60, -60_i64..60).prop_map(|(a, b)| [a, b, -a - b]);
        vec(near, 0..400).prop_map(|mut sums| {
            sums.push([-1_000_000_000_000, 1_000_000_000_000, -1_000_000_000_000]);
            sums
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn one_coordinate(sums in vec(proptest::array::uniform1(-9_i64..9), 0..40)) {
            check(&sums);
        }

        #[test]
        fn two_coordinates(sums in vec([-30_i64..30, -30_i64..30], 0..200)) {
            check(&sums);
        }

        #[test]
        fn three_coordinates(sums in vec([-30_i64..30, -30_i64..30, -30_i64..30], 0..300)) {
            check(&sums);
        }

        #[test]
        fn three_coordinates_on_wide_steps(sums in vec([-90_i64..90, -100_000_i64..100_000, -90_i64..90], 0..300)) {
            check(&sums);
        }

        #[test]
        fn three_coordinates_on_a_crowded_step(sums in crowd()) {
            check(&sums);
        }

        #[test]
        fn four_coordinates(sums in vec([-9_i64..9, -9_i64..9, -9_i64..9, -9_i64..9], 0..200)) {
            check(&sums);
        }
    }
}
