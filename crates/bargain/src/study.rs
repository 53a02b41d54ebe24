//! The study of a scenario: its frontier, and the solutions on it.

use crate::aim::{Aim, Known, sums};
use crate::cost::Budget;
use crate::exact::Fraction;
use crate::layers::{Cut, Found, Search};
use crate::natural::Natural;
use crate::solution::{Disagreement, Ground, Packed, Solution, Solutions};
use crate::terms::{BargainError, Scaled, Terms};

/// What is wanted of a study.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// Whether the frontier also shows packages that a party would refuse. The solutions never are such.
    pub ignore_reservation: bool,
    /// From where gains are counted.
    pub disagreement: Disagreement,
    /// What may be spent before the frontier is thinned out and carries a bound; none leaves about a second's work.
    pub budget: Option<Budget>,
}

impl Default for Wish {
    fn default() -> Self {
        Wish {
            ignore_reservation: false,
            disagreement: Disagreement::Reservation,
            budget: None,
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
    let table = Table::new(terms, wish)?;
    let floors = (!wish.ignore_reservation).then(|| table.reservations.clone());
    let Found {
        mut points,
        peak,
        loss,
    } = table.search(floors, None)?;
    points.sort();
    let exact = loss.iter().all(|loss| *loss == 0);
    let solutions = match exact {
        true => table.pick(&points),
        false => table.each(&points)?,
    };
    let outcomes = terms
        .issues
        .iter()
        .fold(Natural::from(1), |product, issue| {
            product.times(issue.options.len() as u128)
        });
    Ok(Study {
        outcomes: outcomes.to_string(),
        epsilon: (!exact).then(|| table.fractions(&loss)),
        solutions,
        ideals: table
            .ideals
            .as_deref()
            .map(|ideals| table.fractions(ideals)),
        peak_states: peak,
        frontier: points.into_iter().map(|own| table.point(own)).collect(),
    })
}

/// The named solutions alone, each by its own bounds, without the frontier; none where no package is acceptable to all, or
/// none was found.
///
/// # Errors
/// As for [`study`].
pub fn solutions(terms: &Terms, wish: &Wish) -> Result<Option<Solutions>, BargainError> {
    Table::new(terms, wish)?.each(&[])
}

/// The greatest product of gains alone (Nash 1950).
///
/// # Errors
/// As for [`study`].
pub fn nash(terms: &Terms, wish: &Wish) -> Result<Option<Solution>, BargainError> {
    let table = Table::new(terms, wish)?;
    let Some((ideals, worst)) = table.ideals.as_ref().zip(table.worst.as_ref()) else {
        return Ok(None);
    };
    let from = table.from(worst);
    let known = Known {
        terms,
        scaled: &table.scaled,
        from: &from,
        ideals,
    };
    table.one(&known, Aim::Product, &table.seeds(None)?)
}

/// A scenario in whole units.
pub(crate) struct Table<'a> {
    terms: &'a Terms,
    wish: &'a Wish,
    scaled: Vec<Scaled>,
    reservations: Vec<i128>,
    units: Vec<i128>,
    ideals: Option<Vec<i128>>,
    worst: Option<Vec<i128>>,
}

/// How often a solution that is not proven is looked for once more, from what was found.
const AGAIN: usize = 2;

/// How many labels a first look holds, where links or rules make one useful.
const FIRST_LOOK: usize = 256;

impl<'a> Table<'a> {
    pub(crate) fn new(terms: &'a Terms, wish: &'a Wish) -> Result<Self, BargainError> {
        let mut table = Table::bare(terms, wish)?;
        table.ideals = table.extreme(1)?;
        table.worst = table.extreme(-1)?;
        Ok(table)
    }

    /// Without the most and the least that anything gives.
    pub(crate) fn bare(terms: &'a Terms, wish: &'a Wish) -> Result<Self, BargainError> {
        let scaled = terms.scaled()?;
        Ok(Table {
            terms,
            wish,
            reservations: scaled.iter().map(|party| party.reservation).collect(),
            units: scaled.iter().map(|party| party.unit).collect(),
            scaled,
            ideals: None,
            worst: None,
        })
    }

    /// What a package gives, in units.
    pub(crate) fn utilities(&self, package: &[usize]) -> Vec<i128> {
        sums(self.terms, &self.scaled, package)
    }

    /// The least that each accepts, in units.
    pub(crate) fn reservations(&self) -> &[i128] {
        &self.reservations
    }

    /// The frontier of the allowed packages that give nobody less than this, and whether that is all of them.
    pub(crate) fn no_worse(&self, floors: &[i128]) -> Result<(Vec<Packed>, bool), BargainError> {
        let found = self.search(Some(floors.to_vec()), None)?;
        Ok((found.points, found.loss.iter().all(|loss| *loss == 0)))
    }

    /// A package as it is shown.
    pub(crate) fn point(&self, (sums, package): Packed) -> Point {
        Point {
            utilities: self.fractions(&sums),
            package,
        }
    }

    /// For each party the most (or with -1 the least) that an allowed package gives it.
    fn extreme(&self, sign: i128) -> Result<Option<Vec<i128>>, BargainError> {
        let mut extremes = Vec::new();
        for (party, scaled) in self.scaled.iter().enumerate() {
            let best = Search {
                terms: self.terms,
                scaled: vec![scaled],
                parties: vec![party],
                sign,
                floors: None,
                cut: None,
                budget: self.budget(1),
            }
            .run()?;
            let first = best.points.first().and_then(|(sums, _)| sums.first());
            extremes.extend(first.map(|sum| sign * sum));
        }
        Ok((extremes.len() == self.scaled.len()).then_some(extremes))
    }

    fn search(&self, floors: Option<Vec<i128>>, cut: Option<Cut>) -> Result<Found, BargainError> {
        self.within(floors, cut, self.budget(self.scaled.len()))
    }

    /// How many combinations a step may hold.
    fn budget(&self, parties: usize) -> usize {
        Budget::combinations(self.wish.budget, parties, self.terms.issues.len())
    }

    fn within(
        &self,
        floors: Option<Vec<i128>>,
        cut: Option<Cut>,
        budget: usize,
    ) -> Result<Found, BargainError> {
        Search {
            terms: self.terms,
            scaled: self.scaled.iter().collect(),
            parties: (0..self.scaled.len()).collect(),
            sign: 1,
            floors,
            cut,
            budget,
        }
        .run()
    }

    fn fractions(&self, sums: &[i128]) -> Vec<Fraction> {
        sums.iter()
            .zip(&self.units)
            .map(|(sum, unit)| Fraction::new(*sum, *unit).unwrap_or(Fraction::ZERO))
            .collect()
    }

    /// From where gains are counted.
    fn from(&self, worst: &[i128]) -> Vec<i128> {
        self.reservations
            .iter()
            .zip(worst)
            .map(|(reservation, worst)| match self.wish.disagreement {
                Disagreement::Reservation => *reservation,
                Disagreement::Attainable => *reservation.max(worst),
            })
            .collect()
    }

    /// The solutions among points of a frontier.
    fn pick(&self, points: &[Packed]) -> Option<Solutions> {
        let (ideals, worst) = self.ideals.as_ref().zip(self.worst.as_ref())?;
        let acceptable = points.iter().filter(|(sums, _)| {
            sums.iter()
                .zip(&self.reservations)
                .all(|(sum, least)| sum >= least)
        });
        let from = self.from(worst);
        Ground {
            units: &self.units,
            from: &from,
            ideals,
            worst,
        }
        .solve(&acceptable.collect::<Vec<_>>(), &|sums| {
            self.fractions(sums)
        })
    }

    /// The solutions each by its own bounds; `points` are those of a frontier that is not whole.
    fn each(&self, points: &[Packed]) -> Result<Option<Solutions>, BargainError> {
        let Some((ideals, worst)) = self.ideals.as_ref().zip(self.worst.as_ref()) else {
            return Ok(None);
        };
        let from = self.from(worst);
        let known = Known {
            terms: self.terms,
            scaled: &self.scaled,
            from: &from,
            ideals,
        };
        let rough = self.pick(points);
        let seeds = self.seeds(rough.as_ref())?;
        let mut found = Vec::new();
        for aim in [Aim::Product, Aim::Share, Aim::Gain, Aim::Sum] {
            found.push(self.one(&known, aim, &seeds)?);
        }
        let mut found = found.into_iter();
        let mut next = |aim: Aim| {
            let own = found.next().flatten();
            own.or_else(|| rough.clone().map(|rough| unproven(aim.of(rough))))
        };
        let (nash, shares, even, welfare) = (
            next(Aim::Product),
            next(Aim::Share),
            next(Aim::Gain),
            next(Aim::Sum),
        );
        Ok((|| {
            Some(Solutions {
                nash: nash?,
                kalai_smorodinsky: shares?,
                kalai_smorodinsky_spread: None,
                egalitarian: even?,
                welfare: welfare?,
            })
        })())
    }

    /// Packages to begin from: those of a rough look, which is taken where links or rules make it useful.
    fn seeds(&self, rough: Option<&Solutions>) -> Result<Vec<Vec<usize>>, BargainError> {
        if let Some(rough) = rough {
            let of = [
                &rough.nash,
                &rough.kalai_smorodinsky,
                &rough.egalitarian,
                &rough.welfare,
            ];
            return Ok(of.map(|own| own.point.package.clone()).into());
        }
        if self.terms.is_additive() {
            return Ok(Vec::new());
        }
        let look = self.within(Some(self.reservations.clone()), None, FIRST_LOOK)?;
        Ok(look
            .points
            .into_iter()
            .map(|(_, package)| package)
            .collect())
    }

    /// One solution by its bounds; none where no package was found to begin from.
    fn one(
        &self,
        known: &Known<'_>,
        aim: Aim,
        seeds: &[Vec<usize>],
    ) -> Result<Option<Solution>, BargainError> {
        let mut seeds = seeds.to_vec();
        for _ in 0..AGAIN {
            let (found, proven) = self.once(known, aim, &seeds)?;
            let package = found.as_ref().map(|found| found.point.package.clone());
            match package {
                // What was found although labels were left out cuts deeper than what was known before.
                Some(package) if !proven && !seeds.contains(&package) => seeds = vec![package],
                _ => return Ok(found),
            }
        }
        Ok(self.once(known, aim, &seeds)?.0)
    }

    /// The same from these packages, and whether it is proven.
    fn once(
        &self,
        known: &Known<'_>,
        aim: Aim,
        seeds: &[Vec<usize>],
    ) -> Result<(Option<Solution>, bool), BargainError> {
        let (floors, cut, at_most) = match known.bounds(aim, seeds) {
            Some(bounds) => (bounds.floors, Some(bounds.cut), bounds.at_most),
            None => (self.reservations.clone(), None, f64::INFINITY),
        };
        let Found {
            mut points, loss, ..
        } = self.search(Some(floors), cut)?;
        points.sort();
        let proven = loss.iter().all(|loss| *loss == 0);
        let solution = self.pick(&points).map(|found| aim.of(found));
        let told = solution.map(|mut solution| {
            solution.at_most = (!proven).then_some(at_most);
            solution
        });
        Ok((told, proven))
    }
}

fn unproven(mut solution: Solution) -> Solution {
    solution.at_most = Some(f64::INFINITY);
    solution
}

impl Aim {
    /// The solution that has this aim.
    fn of(self, found: Solutions) -> Solution {
        match self {
            Aim::Product => found.nash,
            Aim::Share => found.kalai_smorodinsky,
            Aim::Gain => found.egalitarian,
            Aim::Sum => found.welfare,
        }
    }
}
