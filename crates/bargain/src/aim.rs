//! One solution at a time, without the frontier: what cannot be it is cut off.
//!
//! A package that does at least as well as one already found must reach a weighted sum of utilities; with weights taken
//! from the Lagrangian dual this leaves little to look at. For the product of gains the sum follows from the means of
//! numbers: `w·g ≥ n (Π w g)^(1/n)`. For the least gain or share it follows from what every party must then have. The
//! weights are found in floating point, and any weights would be valid; the cuts themselves are whole numbers and exact.

use crate::climb::Field;
use crate::layers::Cut;
use crate::natural::Natural;
use crate::terms::{Scaled, Terms, holds};

/// What is made greatest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Aim {
    /// The product of gains.
    Product,
    /// The least share of the ideal gain.
    Share,
    /// The least gain.
    Gain,
    /// The sum of utilities.
    Sum,
}

/// What a search for one solution leaves out, and how good it can be at most.
#[derive(Debug, Clone)]
pub(crate) struct Bounds {
    /// What each party must have.
    pub(crate) floors: Vec<i128>,
    /// What the weighted sum must be.
    pub(crate) cut: Cut,
    /// No package does better than this, as a number to show, in units of 1.
    pub(crate) at_most: f64,
}

/// What is known of the parties beforehand, in their units.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known<'a> {
    pub(crate) terms: &'a Terms,
    pub(crate) scaled: &'a [Scaled],
    pub(crate) from: &'a [i128],
    pub(crate) ideals: &'a [i128],
}

/// Weights and sums stay below this, so that their products fit 128 bits.
const NARROW: i128 = 1 << 60;
const WEIGHT: f64 = (1_u64 << 40) as f64;

impl Known<'_> {
    /// The bounds for one aim, given packages to begin from; none where there is nothing to cut, or numbers are too wide.
    pub(crate) fn bounds(&self, aim: Aim, seeds: &[Vec<usize>]) -> Option<Bounds> {
        let fits = |party: &Scaled| party.reach < NARROW && party.unit < NARROW;
        let hopeful = self.ideals.iter().zip(self.from).all(|(i, f)| i > f);
        if !self.scaled.iter().all(fits) || !(hopeful || aim == Aim::Sum) {
            return None;
        }
        let scale: Vec<f64> = (0..self.scaled.len())
            .map(|p| match aim {
                Aim::Product | Aim::Share => (self.ideals[p] - self.from[p]) as f64,
                Aim::Gain | Aim::Sum => self.scaled[p].unit as f64,
            })
            .collect();
        let field = Field::new(self, &scale);
        let (mut weights, package) = field.look(aim, seeds)?;
        let sums = self.utilities(&package)?;
        let reservations = self.scaled.iter().map(|party| party.reservation);
        if sums
            .iter()
            .zip(reservations)
            .any(|(sum, least)| *sum < least)
        {
            return None;
        }
        if aim == Aim::Sum {
            weights.fill(1.0);
        }
        let at_most = field.dual(aim, &weights) * self.back(aim, &scale);
        let floors = self.floors(aim, &sums)?;
        let cut = self.cut(aim, &weights, &scale, &sums, &floors)?;
        Some(Bounds {
            floors,
            cut,
            at_most,
        })
    }

    /// From the field's scale to units of 1.
    fn back(&self, aim: Aim, scale: &[f64]) -> f64 {
        let own = scale.iter().zip(self.scaled);
        match aim {
            Aim::Product => own.map(|(s, party)| s / party.unit as f64).product(),
            Aim::Share | Aim::Gain | Aim::Sum => 1.0,
        }
    }

    /// What each party must have for a package to be as good as one that gives these.
    fn floors(&self, aim: Aim, sums: &[i128]) -> Option<Vec<i128>> {
        let wholes: Vec<i128> = match aim {
            Aim::Product | Aim::Sum => {
                return Some(self.scaled.iter().map(|party| party.reservation).collect());
            }
            Aim::Share => self
                .ideals
                .iter()
                .zip(self.from)
                .map(|(i, f)| i - f)
                .collect(),
            Aim::Gain => self.scaled.iter().map(|party| party.unit).collect(),
        };
        let gains = sums.iter().zip(self.from).map(|(sum, from)| sum - from);
        let (above, below) = gains.zip(wholes.iter().copied()).reduce(|least, own| {
            if own.0 * least.1 < least.0 * own.1 {
                own
            } else {
                least
            }
        })?;
        let floors = wholes.iter().zip(self.from).zip(self.scaled);
        let floors = floors.map(|((whole, from), party)| {
            let gain = -(-above * whole).div_euclid(below);
            (from + gain).max(party.reservation)
        });
        Some(floors.collect())
    }

    fn cut(
        &self,
        aim: Aim,
        weights: &[f64],
        scale: &[f64],
        sums: &[i128],
        floors: &[i128],
    ) -> Option<Cut> {
        if aim == Aim::Sum {
            let units = self.scaled.iter().map(|party| party.unit);
            let whole = units
                .clone()
                .try_fold(1, crate::exact::Fraction::common_unit)?;
            let weights: Vec<i128> = units.map(|unit| whole / unit).collect();
            let fits = weights.iter().all(|weight| *weight < 1 << 50);
            let least = weights.iter().zip(sums).map(|(w, sum)| w * sum).sum();
            return fits.then_some(Cut { weights, least });
        }
        let raw: Vec<f64> = weights.iter().zip(scale).map(|(w, s)| w / s).collect();
        let most = raw.iter().fold(0.0, |most: f64, own| most.max(*own));
        if !(most > 0.0 && most.is_finite()) {
            return None;
        }
        let weights: Vec<i128> = raw
            .iter()
            .map(|own| ((own / most * WEIGHT) as i128).max(1))
            .collect();
        let weigh = |of: &[i128]| -> i128 { weights.iter().zip(of).map(|(w, own)| w * own).sum() };
        let least = match aim {
            Aim::Product => {
                let gains: Vec<i128> = sums.iter().zip(self.from).map(|(s, f)| s - f).collect();
                weigh(self.from) + least_mean(&weights, &gains)?
            }
            _ => weigh(floors),
        };
        Some(Cut { weights, least })
    }

    /// What a package gives each party; none where a rule bars it.
    pub(crate) fn utilities(&self, package: &[usize]) -> Option<Vec<i128>> {
        self.terms
            .allows(package)
            .then(|| sums(self.terms, self.scaled, package))
    }
}

/// What a package gives each party, in units.
pub(crate) fn sums(terms: &Terms, scaled: &[Scaled], package: &[usize]) -> Vec<i128> {
    let parties = terms.parties.iter().zip(scaled);
    parties
        .map(|(party, scaled)| {
            let values = scaled.values.iter().zip(package);
            let own: i128 = values
                .filter_map(|(values, option)| values.get(*option))
                .sum();
            let links = party.links.iter().zip(&scaled.links);
            let complete = links.filter(|(link, _)| holds(package, &link.choices));
            own + complete.map(|(_, value)| value).sum::<i128>()
        })
        .collect()
}

/// The greatest whole number that `Σ w g` reaches wherever `Π g` is at least that of these gains, near enough from below.
fn least_mean(weights: &[i128], gains: &[i128]) -> Option<i128> {
    let count = u32::try_from(gains.len()).ok()?;
    let power = |number: &Natural| (1..count).fold(number.clone(), |power, _| power.by(number));
    let mut product = power(&Natural::from(u128::from(count)));
    let mut logarithm = 0.0;
    for (weight, gain) in weights.iter().zip(gains) {
        product = product
            .times(weight.unsigned_abs())
            .times(u128::try_from(*gain).ok()?);
        logarithm += (*weight as f64).ln() + (*gain as f64).ln();
    }
    let mean = f64::from(count) * (logarithm / f64::from(count)).exp();
    let mut least = (mean * (1.0 + 1e-12)) as i128;
    while least > 0 && power(&Natural::from(least.unsigned_abs())) > product {
        least -= (least >> 42) + 1;
    }
    Some(least)
}

#[cfg(test)]
mod tests {
    use super::least_mean;

    #[test]
    fn the_mean_is_taken_from_below() {
        assert_eq!(least_mean(&[1, 1], &[9, 4]), Some(12));
        assert_eq!(least_mean(&[4, 9], &[9, 4]), Some(72));
        assert_eq!(least_mean(&[1, 1], &[0, 4]), Some(0));
        assert_eq!(least_mean(&[1, 1], &[1, 2]), Some(2));
    }
}
