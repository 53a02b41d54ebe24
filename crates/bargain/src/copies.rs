//! The front of several copies of a front in two coordinates, each moved by what an option is worth.
//!
//! A front falls in its first coordinate and so rises in its second. Once a label is kept, every copy can move on past all
//! that have no more of the second than it; whatever then has the most of the first is kept next. No copy is written down,
//! and neither the choice of the next nor the moving on hangs on a branch that a processor would have to guess.

use std::hint::select_unpredictable;

use crate::sweep::{Label, Whole};

/// The most copies that are merged.
pub(crate) const COPIES: usize = 8;

/// How many labels of a copy are looked at in one go when it moves on.
const STRIDE: usize = 4;

/// The front of copies of a front, each moved by the worth of an option, whose number stands before it; options are given
/// rising, at most [`COPIES`] of them. A label names its place in the front, from `first`, and its option. Of several with
/// the same utilities the one of the least option is kept.
pub(crate) fn copies<T: Whole, const D: usize>(
    front: &[Label<T, D>],
    first: u32,
    moves: &[(u32, [T; D])],
) -> Vec<Label<T, D>> {
    match moves.len() {
        ..=2 => merged::<T, D, 2>(front, first, moves),
        3..=4 => merged::<T, D, 4>(front, first, moves),
        _ => merged::<T, D, COPIES>(front, first, moves),
    }
}

fn merged<T: Whole, const D: usize, const K: usize>(
    front: &[Label<T, D>],
    first: u32,
    moves: &[(u32, [T; D])],
) -> Vec<Label<T, D>> {
    let coordinate = |of: usize, end: T| -> Vec<T> {
        let own = front.iter().map(|label| label.sums[of]);
        own.chain([end; STRIDE]).collect()
    };
    let (firsts, seconds) = (coordinate(0, T::DEEP), coordinate(1, T::HIGH));
    let of = |k: usize, of: usize| moves.get(k).map_or(T::default(), |(_, worth)| worth[of]);
    let worth: [[T; 2]; K] = std::array::from_fn(|k| [of(k, 0), of(k, 1)]);
    // Where there is no copy, one that is at its end.
    let mut places: [usize; K] =
        std::array::from_fn(|k| if k < moves.len() { 0 } else { front.len() });
    let mut kept: Vec<Label<T, D>> = Vec::with_capacity(front.len() * 2);
    loop {
        let mut next = (T::DEEP + T::DEEP, 0);
        for k in 0..K {
            let own = firsts[places[k]] + worth[k][0];
            next = select_unpredictable(own > next.0, (own, k), next);
        }
        let (most, k) = next;
        let place = places[k];
        let Some((option, _)) = moves.get(k).filter(|_| place < front.len()) else {
            return kept;
        };
        let second = seconds[place] + worth[k][1];
        let mut sums = [T::default(); D];
        (sums[0], sums[1]) = (most, second);
        let label = Label {
            sums,
            parent: first + place as u32,
            option: *option,
        };
        match kept.last_mut() {
            // As much of the first, and more of the second.
            Some(last) if last.sums[0] == most => *last = label,
            _ => kept.push(label),
        }
        for k in 0..K {
            let passed = second - worth[k][1];
            while let Some(ahead) = seconds.get(places[k]..places[k] + STRIDE) {
                let past: usize = ahead.iter().map(|own| usize::from(*own <= passed)).sum();
                places[k] += past;
                if past < STRIDE {
                    break;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::sweep::sweep;

    /// The same from copies that are written down.
    fn written<T: Whole>(
        front: &[Label<T, 2>],
        first: u32,
        moves: &[(u32, [T; 2])],
    ) -> Vec<Label<T, 2>> {
        let copy = |(option, worth): &(u32, [T; 2])| {
            let moved = |(parent, label): (u32, &Label<T, 2>)| Label {
                sums: std::array::from_fn(|p| label.sums[p] + worth[p]),
                parent,
                option: *option,
            };
            (first..).zip(front).map(moved).collect::<Vec<_>>()
        };
        let all = moves.iter().flat_map(copy).collect();
        sweep(all, |a, b| a.option < b.option)
    }

    fn check<T: Whole + std::fmt::Debug>(sums: &[[i64; 2]], worth: &[[i64; 2]]) {
        let wide = |sums: &[i64; 2]| sums.map(|own| T::of(own.into()));
        let label = |sums: &[i64; 2]| Label {
            sums: wide(sums),
            parent: 0,
            option: 0,
        };
        let front = sweep(sums.iter().map(label).collect(), |_, _| false);
        let moves: Vec<(u32, [T; 2])> = (3..).zip(worth.iter().map(wide)).collect();
        let told = |labels: Vec<Label<T, 2>>| {
            let parts = labels.into_iter().map(|l| (l.sums, l.parent, l.option));
            parts.collect::<Vec<_>>()
        };
        assert_eq!(
            told(copies(&front, 7, &moves)),
            told(written(&front, 7, &moves))
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn copies_are_merged_as_if_they_were_written(
            sums in vec([-40_i64..40, -40_i64..40], 0..120),
            worth in vec([-12_i64..12, -12_i64..12], 0..=COPIES),
        ) {
            check::<i64>(&sums, &worth);
            check::<i128>(&sums, &worth);
        }

        #[test]
        fn copies_far_from_each_other(
            sums in vec([0_i64..4_000, 0_i64..4_000], 0..300),
            worth in vec([-9_000_000_000_i64..9_000_000_000, -9_000_000_000_i64..9_000_000_000], 1..=COPIES),
        ) {
            check::<i64>(&sums, &worth);
        }
    }
}
