//! A package that somebody put on the table: whether anyone could gain at nobody's cost, and how that is seen.

use crate::exact::Fraction;
use crate::solution::Packed;
use crate::study::{Point, Table, Wish};
use crate::terms::{BargainError, Terms};

/// What is found about a given package.
#[derive(Debug, Clone, PartialEq)]
pub struct Given {
    /// The package and what it gives.
    pub point: Point,
    /// The places of the rules that bar it.
    pub barred_by: Vec<usize>,
    /// The parties to whom it gives less than their reservation.
    pub refused_by: Vec<usize>,
    /// Whether no allowed package betters it; none where that could not be settled within the budget.
    pub efficient: Option<bool>,
    /// For each party the package that gives it most at nobody's cost; none where it can gain nothing so, as far as known.
    pub gains: Vec<Option<Point>>,
    /// Weights, one a party, by which no other option of any issue is worth more than the one it takes: who checks that
    /// issue by issue has checked that the package is efficient. Such weights exist for many efficient packages, not for
    /// all, and are not looked for where links or rules tie issues together.
    pub weights: Option<Vec<Fraction>>,
}

/// Studies a given package: one option of every issue.
///
/// # Errors
/// As for [`study`](crate::study()); and where the package names an option that is not there.
pub fn given(terms: &Terms, package: &[usize], wish: &Wish) -> Result<Given, BargainError> {
    let table = Table::new(terms, wish)?;
    let Better {
        sums,
        better,
        efficient,
    } = look(&table, terms, package)?;
    let gains = (0..sums.len()).map(|party| {
        let most = better.iter().max_by_key(|(own, _)| own[party])?;
        (most.0[party] > sums[party]).then(|| table.point(most.clone()))
    });
    let refused = sums.iter().zip(table.reservations());
    Ok(Given {
        gains: gains.collect(),
        barred_by: terms.bars(package),
        refused_by: refused
            .enumerate()
            .filter(|(_, (own, least))| own < least)
            .map(|(party, _)| party)
            .collect(),
        weights: (efficient == Some(true))
            .then(|| weights(terms, package))
            .flatten(),
        point: table.point((sums, package.to_vec())),
        efficient,
    })
}

/// Whether no allowed package dominates this one, whether or not it is allowed itself; none where that could not be settled
/// within the budget.
pub(crate) fn efficient(
    terms: &Terms,
    package: &[usize],
    wish: &Wish,
) -> Result<Option<bool>, BargainError> {
    let table = Table::bare(terms, wish)?;
    Ok(look(&table, terms, package)?.efficient)
}

/// What dominates a package.
struct Better {
    sums: Vec<i128>,
    better: Vec<Packed>,
    efficient: Option<bool>,
}

fn look(table: &Table<'_>, terms: &Terms, package: &[usize]) -> Result<Better, BargainError> {
    let known = terms.issues.iter().zip(package);
    let fits = known.into_iter().all(|(i, o)| *o < i.options.len());
    if package.len() != terms.issues.len() || !fits {
        return Err(BargainError::Choice);
    }
    let sums = table.utilities(package);
    let (better, whole) = table.no_worse(&sums)?;
    let better: Vec<_> = better.into_iter().filter(|(own, _)| *own != sums).collect();
    let efficient = match (better.is_empty(), whole) {
        (false, _) => Some(false),
        (true, true) => Some(true),
        (true, false) => None,
    };
    Ok(Better {
        sums,
        better,
        efficient,
    })
}

/// How often weights are mended before they are given up.
const ROUNDS: usize = 20_000;

/// Weights by which a package is the best on every issue, found by mending them where they fail (Rosenblatt 1958) and held
/// against every option exactly.
fn weights(terms: &Terms, package: &[usize]) -> Option<Vec<Fraction>> {
    if !terms.is_additive() {
        return None;
    }
    let mut rivals: Vec<Vec<f64>> = Vec::new();
    let reach = |issue: usize| {
        terms.parties.iter().map(move |party| {
            let shown = party.values[issue].iter().map(|value| value.shown());
            shown.fold(0.0, |most: f64, own| most.max(own.abs()))
        })
    };
    let scale: Vec<f64> = (0..terms.issues.len())
        .map(reach)
        .map(Iterator::collect::<Vec<f64>>)
        .reduce(|a, b| a.iter().zip(&b).map(|(a, b)| a + b).collect())?
        .into_iter()
        .map(|reach| if reach > 0.0 { reach } else { 1.0 })
        .collect();
    for (issue, chosen) in package.iter().enumerate() {
        for option in 0..terms.issues.get(issue)?.options.len() {
            let lead = terms.parties.iter().zip(&scale).map(|(party, scale)| {
                let values = &party.values[issue];
                (values[*chosen].shown() - values[option].shown()) / scale
            });
            if option != *chosen {
                rivals.push(lead.collect());
            }
        }
    }
    let mut own = vec![1.0; terms.parties.len()];
    for _ in 0..ROUNDS {
        let lead = |rival: &Vec<f64>| -> f64 { rival.iter().zip(&own).map(|(r, w)| r * w).sum() };
        let worst = rivals.iter().min_by(|a, b| lead(a).total_cmp(&lead(b)));
        let Some(worst) = worst.filter(|worst| lead(worst) < 1e-12) else {
            break;
        };
        let length: f64 = worst.iter().map(|r| r * r).sum();
        let step = (1e-6 - lead(worst)) / length.max(1e-30);
        let worst = worst.clone();
        for (weight, rival) in own.iter_mut().zip(worst) {
            *weight = (*weight + step * rival).max(1e-3);
        }
    }
    let rounded = own
        .iter()
        .zip(&scale)
        .map(|(weight, scale)| few_digits(weight / scale));
    let rounded: Vec<Fraction> = rounded.collect::<Option<_>>()?;
    holds(terms, package, &rounded).then_some(rounded)
}

/// Four digits of a weight: enough to be checked by hand.
fn few_digits(weight: f64) -> Option<Fraction> {
    Fraction::decimal(&format!("{weight:.3e}"))
}

/// Whether by these weights no option of any issue is worth more than the chosen one; exactly.
fn holds(terms: &Terms, package: &[usize], weights: &[Fraction]) -> bool {
    let worth = |issue: usize, option: usize| -> Option<Fraction> {
        let parties = terms.parties.iter().zip(weights);
        parties
            .map(|(party, weight)| party.values.get(issue)?.get(option)?.times(*weight))
            .try_fold(Fraction::ZERO, |sum, own| sum.plus(own?))
    };
    package.iter().enumerate().all(|(issue, chosen)| {
        let own = worth(issue, *chosen);
        let options = terms
            .issues
            .get(issue)
            .map_or(0, |issue| issue.options.len());
        own.is_some_and(|own| {
            (0..options).all(|option| worth(issue, option).is_some_and(|other| other <= own))
        })
    })
}
