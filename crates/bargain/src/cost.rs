//! What a study may cost, and what it will: told beforehand, so that nobody waits for what does not come.

use std::str::FromStr;
use std::time::Duration;

use crate::layers::Search;
use crate::natural::Natural;
use crate::terms::{BargainError, Scaled, Terms};
use crate::tree::{self, Plan};

/// How much may be spent on a frontier before it is thinned out and carries its bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Budget {
    /// How many combinations a step may hold.
    Combinations(usize),
    /// About so much time, by what this program needs on a usual computer: the clock is not looked at, so that the same study
    /// gives the same answer everywhere.
    Time(Duration),
    /// About so many bytes.
    Memory(u64),
}

/// Reads `20000`, `500ms`, `2s`, `64kB`, `256MB` or `1GB`.
impl FromStr for Budget {
    type Err = String;

    fn from_str(words: &str) -> Result<Self, String> {
        let digits = words
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(words.len());
        let (number, unit) = words.split_at(digits);
        let wrong = || "write a number of combinations, or as 500ms, 2s, 64MB, 1GB".to_owned();
        let number: u64 = number.parse().map_err(|_| wrong())?;
        let bytes = |power: u32| Budget::Memory(number.saturating_mul(1 << power));
        Ok(match unit.trim() {
            "" => Budget::Combinations(usize::try_from(number).unwrap_or(usize::MAX)),
            "ms" => Budget::Time(Duration::from_millis(number)),
            "s" => Budget::Time(Duration::from_secs(number)),
            "kB" | "KB" => bytes(10),
            "MB" => bytes(20),
            "GB" => bytes(30),
            _ => return Err(wrong()),
        })
    }
}

/// How many combinations leave about a second's work, with so many parties: comparing them costs more with each.
const A_SECOND: [usize; 4] = [1_000_000, 150_000, 7_000, 3_000];

/// About how many nanoseconds it takes to make a combination and to compare it once.
const MAKING: f64 = 40.0;
const COMPARING: [f64; 4] = [1.0, 60.0, 0.25, 0.35];

fn by_parties<T: Copy>(table: &[T; 4], parties: usize) -> T {
    table[parties.clamp(2, 5) - 2]
}

impl Budget {
    /// How many combinations a step may hold.
    pub(crate) fn combinations(budget: Option<Budget>, parties: usize, issues: usize) -> usize {
        let second = by_parties(&A_SECOND, parties);
        match budget {
            None => second,
            Some(Budget::Combinations(count)) => count.max(1),
            Some(Budget::Time(time)) => {
                let seconds = time.as_secs_f64();
                // With four and more parties every combination is compared with many others.
                let times = if parties > 3 { seconds.sqrt() } else { seconds };
                (second as f64 * times).clamp(1.0, 1e9) as usize
            }
            Some(Budget::Memory(bytes)) => {
                let count = bytes / bytes_each(parties, issues);
                usize::try_from(count).unwrap_or(usize::MAX).max(1)
            }
        }
    }
}

/// About how many bytes a combination takes: four times over while a step is made, and a trail for each issue.
fn bytes_each(parties: usize, issues: usize) -> u64 {
    let label = 8 * parties as u64 + 8;
    5 * label + 8 * issues as u64
}

/// What a study is expected to cost.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    /// How many packages there are, in digits, before any rule.
    pub outcomes: String,
    /// How many linked issues stand open at once at most, and how many combinations of their options that makes.
    pub width: usize,
    /// See `width`.
    pub contexts: u128,
    /// Whether issues are decided along a tree of links; else in the scenario's order.
    pub along_a_tree: bool,
    /// How many combinations the largest step will hold, about.
    pub combinations: f64,
    /// How many it may hold.
    pub budget: usize,
    /// About how long the frontier takes, in seconds, and how many bytes it needs; within the budget.
    pub seconds: f64,
    /// See `seconds`.
    pub bytes: f64,
    /// Whether the frontier will be whole: false where it will be thinned out, or the links cannot be held at all.
    pub exact: bool,
}

/// The most combinations that are made to see how they grow.
const PROBE: usize = 20_000;

/// Says what the frontier of a scenario will cost, from a look at its first steps. It is an estimate, and the study keeps
/// to its budget whatever it says.
///
/// # Errors
/// Where the scenario is empty or names what is not there, or its numbers do not fit.
pub fn forecast(
    terms: &Terms,
    ignore_reservation: bool,
    budget: Option<Budget>,
) -> Result<Forecast, BargainError> {
    let scaled = terms.scaled()?;
    let (parties, issues) = (terms.parties.len(), terms.issues.len());
    let limit = Budget::combinations(budget, parties, issues);
    let plan = Plan::of(terms);
    let floors = scaled.iter().map(|party| party.reservation).collect();
    let search = Search {
        terms,
        scaled: scaled.iter().collect(),
        parties: (0..parties).collect(),
        sign: 1,
        floors: (!ignore_reservation).then_some(floors),
        cut: None,
        budget: PROBE,
    };
    let steps = match plan.along_a_tree {
        true => Vec::new(),
        false => search.first_steps(PROBE)?,
    };
    let most = bound(terms, &scaled, plan.contexts);
    let combinations = grown(&steps, issues).min(most).max(plan.contexts as f64);
    let held = combinations.min(limit as f64);
    let options = terms.issues.iter().map(|issue| issue.options.len());
    let options = options.sum::<usize>() as f64 / issues.max(1) as f64;
    // Steps grow towards the last; a third of the last is the mean of a growth with the square.
    let made = held * options * issues as f64 / 3.0;
    let compared = match parties {
        0..=3 => made * by_parties(&COMPARING, parties),
        _ => made * held * by_parties(&COMPARING, parties) / 3.0,
    };
    let outcomes = terms
        .issues
        .iter()
        .fold(Natural::from(1), |product, issue| {
            product.times(issue.options.len() as u128)
        });
    Ok(Forecast {
        outcomes: outcomes.to_string(),
        width: plan.width,
        contexts: plan.contexts,
        along_a_tree: plan.along_a_tree,
        combinations,
        budget: limit,
        seconds: (made * MAKING + compared) * 1e-9,
        bytes: held * bytes_each(parties, issues) as f64,
        exact: combinations <= limit as f64 && plan.contexts <= tree::CONTEXTS as u128,
    })
}

/// No step holds more than there are packages, nor than there are vectors of utilities of all parties but one.
fn bound(terms: &Terms, scaled: &[Scaled], contexts: u128) -> f64 {
    let packages: f64 = terms
        .issues
        .iter()
        .map(|issue| issue.options.len() as f64)
        .product();
    let mut ranges: Vec<f64> = scaled
        .iter()
        .map(|party| {
            let span = |values: &Vec<i128>| {
                let most = values.iter().max().copied().unwrap_or(0);
                (most - values.iter().min().copied().unwrap_or(0)) as f64
            };
            let links: f64 = party.links.iter().map(|link| (*link as f64).abs()).sum();
            party.values.iter().map(span).sum::<f64>() + links + 1.0
        })
        .collect();
    ranges.sort_by(f64::total_cmp);
    ranges.pop();
    packages.min(ranges.iter().product::<f64>() * contexts as f64)
}

/// How many combinations the last step will hold, by the power with which the first ones grow.
fn grown(steps: &[usize], issues: usize) -> f64 {
    let Some(last) = steps.last() else {
        return 1.0;
    };
    if steps.len() >= issues {
        return steps.iter().copied().max().unwrap_or(1) as f64;
    }
    let half = steps.len() / 2;
    let middle = steps.get(half).copied().unwrap_or(1).max(1);
    let ratio = steps.len() as f64 / (half + 1) as f64;
    let power = match ratio > 1.0 {
        true => ((*last).max(1) as f64 / middle as f64).ln() / ratio.ln(),
        false => issues as f64,
    };
    (*last).max(1) as f64 * (issues as f64 / steps.len() as f64).powf(power.max(0.0))
}

#[cfg(test)]
mod tests {
    use super::{Budget, grown};
    use std::time::Duration;

    #[test]
    fn budgets_are_read_as_written() {
        for (words, expected) in [
            ("20000", Some(Budget::Combinations(20_000))),
            ("500ms", Some(Budget::Time(Duration::from_millis(500)))),
            ("2s", Some(Budget::Time(Duration::from_secs(2)))),
            ("64MB", Some(Budget::Memory(64 << 20))),
            ("", None),
            ("much", None),
            ("-3s", None),
            ("99999999999999999999s", None),
        ] {
            assert_eq!(words.parse().ok(), expected, "{words}");
        }
    }

    #[test]
    fn growth_goes_on_as_it_began() {
        // Squares: the eighth step from the first four.
        assert!((grown(&[1, 4, 9, 16], 8) - 64.0).abs() < 20.0);
        assert_eq!(grown(&[1, 4, 9, 16], 4), 16.0);
    }
}
