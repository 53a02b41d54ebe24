//! Which of many utilities are dominated by none.

use std::collections::BTreeMap;
use std::ops::Add;

/// A whole number that utilities are counted in: 64 bits where they do, 128 where they must.
pub(crate) trait Whole: Copy + Ord + Add<Output = Self> + Default {
    /// From 128 bits; the caller has seen that it fits.
    fn of(number: i128) -> Self;
    /// To 128 bits.
    fn wide(self) -> i128;
    /// Which of [`STEPS`] steps it falls in, counted from `least` up, each `2^shift` wide.
    fn step(self, least: Self, shift: u32) -> usize;
}

/// How many steps a coordinate is coarsely cut in.
const STEPS: usize = 4096;

impl Whole for i64 {
    fn of(number: i128) -> Self {
        number as i64
    }
    fn wide(self) -> i128 {
        i128::from(self)
    }
    fn step(self, least: Self, shift: u32) -> usize {
        usize::try_from((self - least) >> shift)
            .unwrap_or(0)
            .min(STEPS - 1)
    }
}

impl Whole for i128 {
    fn of(number: i128) -> Self {
        number
    }
    fn wide(self) -> i128 {
        self
    }
    fn step(self, least: Self, shift: u32) -> usize {
        usize::try_from((self - least) >> shift)
            .unwrap_or(0)
            .min(STEPS - 1)
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

/// What was kept so far, of labels that come in falling order: none that comes later dominates one that came before.
struct Archive<T, const D: usize> {
    best: Option<T>,
    stairs: BTreeMap<T, T>,
    /// For steps of the second coordinate, the most that was kept of the third there and above; none where nothing was.
    coarse: Vec<Option<T>>,
    least: T,
    shift: u32,
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
        let (mut least, mut shift, mut coarse) = (T::default(), 0, Vec::new());
        if D == 3 && labels.len() > STEPS {
            let second = || labels.iter().filter_map(|label| label.sums.get(1).copied());
            least = second().min().unwrap_or_default();
            let span = second().max().unwrap_or_default().wide() - least.wide();
            while span >> shift >= STEPS as i128 {
                shift += 1;
            }
            coarse = vec![None; STEPS + 1];
        }
        Archive {
            best: None,
            stairs: BTreeMap::new(),
            coarse,
            least,
            shift,
            blocks: Vec::new(),
        }
    }

    /// Takes these utilities in, unless they are dominated.
    fn takes(&mut self, sums: &[T; D]) -> bool {
        match sums.as_slice() {
            [_] => self.best.replace(sums[0]).is_none(),
            [_, second] => {
                let better = self.best.is_none_or(|best| *second > best);
                if better {
                    self.best = Some(*second);
                }
                better
            }
            [_, second, third] => self.takes_step(*second, *third),
            _ => self.takes_block(sums),
        }
    }

    /// Of the second coordinates the third falls as they rise: a staircase.
    fn takes_step(&mut self, second: T, third: T) -> bool {
        let step = match self.coarse.len() {
            0 => 0,
            _ => second.step(self.least, self.shift),
        };
        // Most are dominated by something well above them, which one look tells.
        let above = self.coarse.get(step + 1).copied().flatten();
        if above.is_some_and(|above| above >= third) {
            return false;
        }
        if self
            .stairs
            .range(second..)
            .next()
            .is_some_and(|(_, above)| *above >= third)
        {
            return false;
        }
        while let Some((step, height)) = self.stairs.range(..=second).next_back() {
            if *height > third {
                break;
            }
            let step = *step;
            self.stairs.remove(&step);
        }
        self.stairs.insert(second, third);
        for above in self.coarse.iter_mut().take(step + 1).rev() {
            if above.is_some_and(|above| above >= third) {
                break;
            }
            *above = Some(third);
        }
        true
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
