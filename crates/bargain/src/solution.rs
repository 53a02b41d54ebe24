//! The solutions that the literature names, each a point of the frontier.
//!
//! The rule for ties, for all of them: of the points that are equally good, the one that gives the first party most; then
//! the second, and so on; of packages with the same utilities the one that comes first in the scenario's order of options.

use std::cmp::Ordering;

use crate::exact::Fraction;
use crate::natural::Natural;
use crate::study::Point;

/// From where gains are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Disagreement {
    /// From each party's reservation.
    #[default]
    Reservation,
    /// From its reservation, or where every allowed package gives it more, from the least of them.
    Attainable,
}

/// A solution.
#[derive(Debug, Clone, PartialEq)]
pub struct Solution {
    /// The package and what it gives.
    pub point: Point,
    /// What was made greatest (or least), as a number to show.
    pub value: f64,
    /// None where it is proven to be the best; else a value that no package passes.
    pub at_most: Option<f64>,
}

/// The solutions.
#[derive(Debug, Clone, PartialEq)]
pub struct Solutions {
    /// Greatest product of gains; the value is that product.
    pub nash: Solution,
    /// Greatest least share of the ideal gain, then the next least; the value is the least share.
    pub kalai_smorodinsky: Solution,
    /// Of the frontier the point whose shares of the ideal gain lie closest together; the value is their spread. None
    /// where the whole frontier is not known.
    pub kalai_smorodinsky_spread: Option<Solution>,
    /// Greatest least gain, then the next least; the value is the least gain.
    pub egalitarian: Solution,
    /// Greatest sum of utilities; the value is the sum.
    pub welfare: Solution,
}

/// What the solutions are measured by, each per party in its units.
pub(crate) struct Ground<'a> {
    pub(crate) units: &'a [i128],
    pub(crate) from: &'a [i128],
    pub(crate) ideals: &'a [i128],
    pub(crate) worst: &'a [i128],
}

/// Utilities in units, and a package that gives them.
pub(crate) type Packed = (Vec<i128>, Vec<usize>);

impl Ground<'_> {
    /// Picks them from the acceptable points of the frontier, which come the least for the first party first.
    pub(crate) fn solve(
        &self,
        points: &[&Packed],
        fractions: &dyn Fn(&[i128]) -> Vec<Fraction>,
    ) -> Option<Solutions> {
        let units: Vec<u128> = self.units.iter().map(|unit| unit.unsigned_abs()).collect();
        let ideal: Vec<u128> = self
            .ideals
            .iter()
            .zip(self.from)
            .map(|(ideal, from)| above(*ideal, *from))
            .collect();
        // A party that can gain nothing has no share to compare.
        let gainful: Vec<usize> = (0..ideal.len()).filter(|party| ideal[*party] > 0).collect();
        let gains = |sums: &[i128]| -> Vec<u128> {
            sums.iter()
                .zip(self.from)
                .map(|(sum, from)| above(*sum, *from))
                .collect()
        };
        let over = |parts: &[u128], wholes: &[u128]| brought_together(parts, wholes);
        let shares = |sums: &[i128]| {
            let gains = gains(sums);
            let pick =
                |from: &[u128]| -> Vec<u128> { gainful.iter().map(|party| from[*party]).collect() };
            over(&pick(&gains), &pick(&ideal))
        };
        let solution = |(packed, value): (&Packed, f64)| Solution {
            point: Point {
                utilities: fractions(&packed.0),
                package: packed.1.clone(),
            },
            value,
            at_most: None,
        };
        let product = |numbers: &[u128]| {
            numbers
                .iter()
                .fold(Natural::from(1), |product, number| product.times(*number))
        };
        let (all_units, all_ideals) = (
            product(&units),
            product(
                &gainful
                    .iter()
                    .map(|party| ideal[*party])
                    .collect::<Vec<_>>(),
            ),
        );
        let near = |number: u128, whole: u128| float(number) / float(whole);
        let part =
            |sums: &[i128], party: usize| near(above(sums[party], self.from[party]), ideal[party]);
        let parts = |sums: &[i128]| -> (f64, f64) {
            let parts = gainful.iter().map(|party| part(sums, *party));
            parts.fold((1.0, 0.0), |(least, most): (f64, f64), own| {
                (least.min(own), most.max(own))
            })
        };
        let list = shortlist(points, |sums| {
            let gains = sums.iter().zip(self.from);
            gains.map(|(sum, from)| float(above(*sum, *from))).product()
        });
        let nash = best(&list, |sums| product(&gains(sums)), Ord::cmp)?;
        let list = shortlist(points, |sums| parts(sums).0);
        let shared = best(&list, |sums| ascending(shares(sums)), Ord::cmp)?;
        // 2 is more than any spread: the nearness of the list is then one of spreads of about 1.
        let list = shortlist(points, |sums| {
            let (least, most) = parts(sums);
            2.0 - (most - least).max(0.0)
        });
        let spread = best(&list, |sums| spread(&shares(sums)), |a, b| b.cmp(a))?;
        let list = shortlist(points, |sums| {
            let gains = sums.iter().zip(self.from).zip(&units);
            gains
                .map(|((sum, from), unit)| near(above(*sum, *from), *unit))
                .fold(f64::INFINITY, f64::min)
        });
        let even = best(
            &list,
            |sums| ascending(over(&gains(sums), &units)),
            Ord::cmp,
        )?;
        let list = shortlist(points, |sums| {
            let more = sums.iter().zip(self.worst).zip(&units);
            more.map(|((sum, worst), unit)| near(above(*sum, *worst), *unit))
                .sum()
        });
        let welfare = best(
            &list,
            |sums| {
                let more: Vec<u128> = sums
                    .iter()
                    .zip(self.worst)
                    .map(|(sum, worst)| above(*sum, *worst))
                    .collect();
                over(&more, &units)
                    .iter()
                    .fold(Natural::default(), |sum, part| sum.plus(part))
            },
            Ord::cmp,
        )?;
        let first = |numbers: &[Natural], whole: &Natural| {
            numbers.first().map_or(0.0, |least| least.shown_over(whole))
        };
        let sum = fractions(&welfare.0.0)
            .iter()
            .map(|utility| utility.shown())
            .sum();
        Some(Solutions {
            nash: solution((nash.0, nash.1.shown_over(&all_units))),
            kalai_smorodinsky: solution((shared.0, first(&shared.1, &all_ideals))),
            kalai_smorodinsky_spread: Some(solution((spread.0, spread.1.shown_over(&all_ideals)))),
            egalitarian: solution((even.0, first(&even.1, &all_units))),
            welfare: solution((welfare.0, sum)),
        })
    }
}

/// The points that can be the best: the others fall short by far more than floating point rounds. Which of these is the
/// best is then told exactly.
fn shortlist<'a>(points: &[&'a Packed], value: impl Fn(&[i128]) -> f64) -> Vec<&'a Packed> {
    let values: Vec<f64> = points.iter().map(|point| value(&point.0)).collect();
    let most = values.iter().fold(0.0, |most: f64, own| most.max(*own));
    let near = most - most * 1e-9;
    points
        .iter()
        .zip(values)
        .filter(|(_, own)| near.is_nan() || own.is_nan() || *own >= near)
        .map(|(point, _)| *point)
        .collect()
}

/// The best point by a key; of several the last, which gives the first party most.
fn best<'a, K>(
    points: &[&'a Packed],
    key: impl Fn(&[i128]) -> K,
    order: impl Fn(&K, &K) -> Ordering,
) -> Option<(&'a Packed, K)> {
    let keyed = points.iter().map(|point| (*point, key(&point.0)));
    keyed.max_by(|a, b| order(&a.1, &b.1))
}

fn above(number: i128, floor: i128) -> u128 {
    number.saturating_sub(floor).max(0).unsigned_abs()
}

/// The nearest floating-point number; by 64 bits, which the processor knows, where they hold it.
fn float(number: u128) -> f64 {
    match i64::try_from(number) {
        Ok(narrow) => narrow as f64,
        Err(_) => wide(number),
    }
}

/// Apart, since both ways in one are taken for the long one by the compiler.
#[cold]
#[inline(never)]
fn wide(number: u128) -> f64 {
    number as f64
}

/// Each part over its whole, all with the product of the wholes below the line: what stands above it.
fn brought_together(parts: &[u128], wholes: &[u128]) -> Vec<Natural> {
    let others = |own: usize| {
        let others = wholes
            .iter()
            .enumerate()
            .filter(move |(place, _)| *place != own);
        others.fold(Natural::from(1), |product, (_, whole)| {
            product.times(*whole)
        })
    };
    parts
        .iter()
        .enumerate()
        .map(|(place, part)| others(place).times(*part))
        .collect()
}

fn ascending(mut numbers: Vec<Natural>) -> Vec<Natural> {
    numbers.sort();
    numbers
}

fn spread(shares: &[Natural]) -> Natural {
    match (shares.iter().max(), shares.iter().min()) {
        (Some(most), Some(least)) => most.minus(least),
        _ => Natural::default(),
    }
}
