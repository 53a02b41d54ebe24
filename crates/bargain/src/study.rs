//! The study of a scenario: its frontier, and the solutions on it.

use crate::exact::Fraction;
use crate::layers::{Found, Search};
use crate::natural::Natural;
use crate::solution::{Disagreement, Ground, Solutions};
use crate::terms::{BargainError, Terms};

/// What is wanted of a study.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// Whether the frontier also shows packages that a party would refuse. The solutions never are such.
    pub ignore_reservation: bool,
    /// From where gains are counted.
    pub disagreement: Disagreement,
    /// How many combinations a step may hold before it is thinned out and the frontier carries a bound.
    pub budget: usize,
}

impl Default for Wish {
    fn default() -> Self {
        Wish {
            ignore_reservation: false,
            disagreement: Disagreement::Reservation,
            budget: 1_000_000,
        }
    }
}

/// A package and what it gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// To each party.
    pub utilities: Vec<Fraction>,
    /// The option of each issue; of several packages with these utilities the first in the scenario's order.
    pub package: Vec<usize>,
}

/// The whole answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Study {
    /// How many packages there are, in digits, before any rule.
    pub outcomes: String,
    /// None where the frontier is exact; else what a party can lose, each in its own scale: for every package that gives
    /// each party its reservation and this much more, one on the list gives each at most this much less.
    pub epsilon: Option<Vec<Fraction>>,
    /// The packages that none dominates, the least for the first party first.
    pub frontier: Vec<Point>,
    /// The named solutions; none where no package is acceptable to all.
    pub solutions: Option<Solutions>,
    /// The most any allowed package gives each party; none where no package is allowed.
    pub ideals: Option<Vec<Fraction>>,
    /// The most combinations that a step held.
    pub peak_states: usize,
}

/// Studies a scenario.
///
/// # Errors
/// Where the scenario is empty or names what is not there, its numbers do not fit 128 bits, or too much is tied together.
pub fn study(terms: &Terms, wish: &Wish) -> Result<Study, BargainError> {
    let scaled = terms.scaled()?;
    let everybody: Vec<usize> = (0..scaled.len()).collect();
    let reservations: Vec<i128> = scaled.iter().map(|party| party.reservation).collect();
    let search = |parties: &[usize], sign, floors: Option<Vec<i128>>| {
        Search {
            terms,
            scaled: parties
                .iter()
                .filter_map(|party| scaled.get(*party))
                .collect(),
            parties: parties.to_vec(),
            sign,
            floors,
            budget: wish.budget,
        }
        .run()
    };
    let floors = (!wish.ignore_reservation).then(|| reservations.clone());
    let found = search(&everybody, 1, floors)?;
    let extreme = |sign: i128| -> Result<Option<Vec<i128>>, BargainError> {
        let mut extremes = Vec::new();
        for party in &everybody {
            let best = search(&[*party], sign, None)?;
            extremes.extend(
                best.points
                    .first()
                    .and_then(|(sums, _)| sums.first())
                    .map(|sum| sign * sum),
            );
        }
        Ok((extremes.len() == everybody.len()).then_some(extremes))
    };
    let units: Vec<i128> = scaled.iter().map(|party| party.unit).collect();
    let fractions = |sums: &[i128]| -> Vec<Fraction> {
        sums.iter()
            .zip(&units)
            .map(|(sum, unit)| Fraction::new(*sum, *unit).unwrap_or(Fraction::ZERO))
            .collect()
    };
    let (ideals, worst) = (extreme(1)?, extreme(-1)?);
    let Found {
        mut points,
        peak,
        loss,
    } = found;
    points.sort();
    let solutions = match (&ideals, &worst) {
        (Some(ideals), Some(worst)) => {
            let from: Vec<i128> = reservations
                .iter()
                .zip(worst)
                .map(|(reservation, worst)| match wish.disagreement {
                    Disagreement::Reservation => *reservation,
                    Disagreement::Attainable => *reservation.max(worst),
                })
                .collect();
            let acceptable = points.iter().filter(|(sums, _)| {
                sums.iter()
                    .zip(&reservations)
                    .all(|(sum, least)| sum >= least)
            });
            Ground {
                units: &units,
                from: &from,
                ideals,
                worst,
            }
            .solve(&acceptable.collect::<Vec<_>>(), &fractions)
        }
        _ => None,
    };
    let outcomes = terms
        .issues
        .iter()
        .fold(Natural::from(1), |product, issue| {
            product.times(issue.options.len() as u128)
        });
    let point = |(sums, package): (Vec<i128>, Vec<usize>)| Point {
        utilities: fractions(&sums),
        package,
    };
    Ok(Study {
        outcomes: outcomes.to_string(),
        epsilon: loss.iter().any(|loss| *loss > 0).then(|| fractions(&loss)),
        solutions,
        ideals: ideals.as_deref().map(fractions),
        peak_states: peak,
        frontier: points.into_iter().map(point).collect(),
    })
}
