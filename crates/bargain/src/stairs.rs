//! The staircase of the second and third coordinate: of utilities that come in falling order of the first, which are
//! dominated by one that came before.
//!
//! The second coordinate is cut in steps of equal width, and steps are gathered in flights. The most that was kept of the
//! third is known for what lies above a flight and, within a flight, for each step and what lies above it, so that nearly
//! every question is answered by two looks; only what was kept on the very same step is looked through.

use std::collections::BTreeMap;

use crate::sweep::Whole;

/// The least and the most steps that are cut, and how many for each label.
const FEWEST: usize = 64;
const MOST: usize = 1 << 16;
const STEPS_FOR_EACH: usize = 2;

/// A step on which more than this was kept is held in order.
const CROWD: usize = 24;

/// No further entry.
const END: u32 = u32::MAX;

/// What was kept so far of pairs whose first coordinate falls.
pub(crate) struct Stairs<T> {
    least: T,
    /// A step is `2^width` wide.
    width: u32,
    /// A flight is `2^flight` steps.
    flight: u32,
    /// For each step, the most of the third that was kept on it or further up in its flight.
    within: Vec<T>,
    /// For each flight, the most of the third that was kept in it or above.
    above: Vec<T>,
    /// Where steps are wider than one: for each the last that was kept on it, and all that was kept with the one before.
    last: Vec<u32>,
    kept: Vec<(T, T, u32)>,
    /// The steps that hold much, each as a staircase.
    crowded: BTreeMap<usize, BTreeMap<T, T>>,
}

impl<T: Whole> Stairs<T> {
    /// For so many labels with these second coordinates.
    pub(crate) fn over<I: Iterator<Item = T>>(labels: usize, seconds: impl Fn() -> I) -> Self {
        let least = seconds().min().unwrap_or_default();
        let span = seconds().max().unwrap_or_default().wide() - least.wide();
        let most = (labels.saturating_mul(STEPS_FOR_EACH))
            .next_power_of_two()
            .clamp(FEWEST, MOST);
        let mut width = 0;
        while span >> width >= most as i128 {
            width += 1;
        }
        let steps = (span >> width) as usize + 1;
        // About as many flights as steps in a flight.
        let flight = steps.ilog2() / 2;
        Stairs {
            least,
            width,
            flight,
            within: vec![T::BOTTOM; steps],
            above: vec![T::BOTTOM; (steps >> flight) + 2],
            last: match width {
                0 => Vec::new(),
                _ => vec![END; steps],
            },
            kept: Vec::new(),
            crowded: BTreeMap::new(),
        }
    }

    /// Takes a pair in, unless what was kept has at least as much of both.
    pub(crate) fn takes(&mut self, second: T, third: T) -> bool {
        let step = second.step(self.least, self.width);
        let flight = step >> self.flight;
        if self.above[flight + 1] >= third {
            return false;
        }
        if self.within[step] >= third && (self.width == 0 || self.covered(step, second, third)) {
            return false;
        }
        if self.width > 0 {
            self.note(step, second, third);
        }
        let first = flight << self.flight;
        raise(&mut self.within[first..=step], third);
        raise(&mut self.above[..=flight], third);
        true
    }

    /// Whether something further up in the flight, or on the same step and not below, has as much of the third.
    fn covered(&self, step: usize, second: T, third: T) -> bool {
        let next = step + 1;
        let same_flight = next >> self.flight == step >> self.flight;
        if same_flight && self.within.get(next).is_some_and(|most| *most >= third) {
            return true;
        }
        if let Some(stairs) = self.crowded.get(&step) {
            let above = stairs.range(second..).next();
            return above.is_some_and(|(_, above)| *above >= third);
        }
        self.on(step)
            .any(|(other, height)| other >= second && height >= third)
    }

    /// What was kept on a step that is not crowded, the last first.
    fn on(&self, step: usize) -> impl Iterator<Item = (T, T)> {
        let mut at = self.last.get(step).copied().unwrap_or(END);
        std::iter::from_fn(move || {
            let (second, third, before) = *self.kept.get(at as usize)?;
            at = before;
            Some((second, third))
        })
    }

    fn note(&mut self, step: usize, second: T, third: T) {
        if let Some(stairs) = self.crowded.get_mut(&step) {
            climb(stairs, second, third);
            return;
        }
        let place = u32::try_from(self.kept.len()).unwrap_or(END);
        self.kept.push((second, third, self.last[step]));
        self.last[step] = place;
        if self.on(step).nth(CROWD).is_some() {
            let mut stairs = BTreeMap::new();
            for (second, third) in self.on(step) {
                climb(&mut stairs, second, third);
            }
            self.crowded.insert(step, stairs);
        }
    }
}

/// Raises the end of a falling row to a height, as far as it is lower.
fn raise<T: Whole>(row: &mut [T], height: T) {
    for own in row.iter_mut().rev() {
        if *own >= height {
            break;
        }
        *own = height;
    }
}

/// Of the second coordinates the third falls as they rise.
fn climb<T: Whole>(stairs: &mut BTreeMap<T, T>, second: T, third: T) {
    let above = stairs.range(second..).next();
    if above.is_some_and(|(_, above)| *above >= third) {
        return;
    }
    while let Some((step, height)) = stairs.range(..=second).next_back() {
        if *height > third {
            break;
        }
        let step = *step;
        stairs.remove(&step);
    }
    stairs.insert(second, third);
}
