//! What stays true whatever the numbers really are: preferences as intervals.
//!
//! Each number lies between a least and a most, independently of the others; the terms hold one in between. A package is
//! *surely* efficient where no allowed package dominates it whatever the numbers are, and *possibly* efficient where for
//! some numbers none does. Both are settled exactly by one search each. Against a package the worst numbers are the least
//! for its own options and the most for all others: what cannot dominate it then never does. For it the best are the most
//! for its own and the least for all others: these make every other package worse by as much as can be, so that what still
//! dominates it then always does.

use std::collections::BTreeMap;

use crate::exact::Fraction;
use crate::given::efficient;
use crate::solution::Solutions;
use crate::study::{Study, Wish, study};
use crate::terms::{BargainError, Choice, Party, Rule, Terms, holds};

/// Between what each number lies: the same parties twice, with the least and with the most of every value, link and
/// reservation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spread {
    /// The least.
    pub least: Vec<Party>,
    /// The most.
    pub most: Vec<Party>,
}

/// A package, judged over all numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// One option of every issue.
    pub package: Vec<usize>,
    /// Whether nothing dominates it whatever the numbers are; none where that could not be settled within the budget.
    pub surely: Option<bool>,
    /// Whether nothing dominates it for some numbers; none likewise.
    pub possibly: Option<bool>,
    /// The least that it gives each party.
    pub least: Vec<Fraction>,
    /// The most.
    pub most: Vec<Fraction>,
}

/// A number that an answer may hang on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Number {
    /// What an option is worth.
    Value(Choice),
    /// What the link at this place is worth.
    Link(usize),
    /// The reservation.
    Reservation,
}

/// What becomes of the named solutions where one number alone is at its least or at its most.
#[derive(Debug, Clone, PartialEq)]
pub struct Hangs {
    /// Whose number, by place.
    pub party: usize,
    /// Which.
    pub number: Number,
    /// The least and the most that it can be.
    pub between: (Fraction, Fraction),
    /// The solutions with it at its least; none where no package is acceptable to all then.
    pub at_least: Option<Solutions>,
    /// At its most.
    pub at_most: Option<Solutions>,
}

/// What is found.
#[derive(Debug, Clone, PartialEq)]
pub struct Robust {
    /// Packages that are possibly efficient and possibly acceptable, in the scenario's order.
    pub packages: Vec<Judged>,
    /// Whether every possibly efficient package is among them.
    pub all_possible: bool,
    /// Whether every surely efficient package is among them.
    pub all_sure: bool,
    /// For every number that is not certain what becomes of the solutions; none where that would take too long.
    pub hangs: Option<Vec<Hangs>>,
}

impl Spread {
    /// Every number within so many hundredths of itself, to either side.
    #[must_use]
    pub fn around(terms: &Terms, hundredths: Fraction) -> Option<Spread> {
        let part = hundredths.over(Fraction::whole(100))?;
        let side = |sign: i64| -> Option<Vec<Party>> {
            let shifted = |number: Fraction| {
                let size = if number < Fraction::ZERO {
                    number.negative()
                } else {
                    number
                };
                number.plus(size.times(part)?.times(Fraction::whole(sign))?)
            };
            let party = |party: &Party| {
                let mut party = party.clone();
                for value in party.values.iter_mut().flatten() {
                    *value = shifted(*value)?;
                }
                for link in &mut party.links {
                    link.value = shifted(link.value)?;
                }
                party.reservation = shifted(party.reservation)?;
                Some(party)
            };
            terms.parties.iter().map(party).collect()
        };
        Some(Spread {
            least: side(-1)?,
            most: side(1)?,
        })
    }

    /// Whether it has the shape of the terms, and each number of theirs within it.
    fn fits(&self, terms: &Terms) -> bool {
        let numbers = |party: &Party| -> Vec<Fraction> {
            let links = party.links.iter().map(|link| link.value);
            let own = party.values.iter().flatten().copied();
            own.chain(links).chain([party.reservation]).collect()
        };
        let within = |((least, most), own): ((&Party, &Party), &Party)| {
            let (low, high, middle) = (numbers(least), numbers(most), numbers(own));
            low.len() == middle.len()
                && high.len() == middle.len()
                && least.links.len() == own.links.len()
                && most.links.len() == own.links.len()
                && low.iter().zip(&middle).all(|(low, own)| low <= own)
                && middle.iter().zip(&high).all(|(own, high)| own <= high)
        };
        let sides = self.least.iter().zip(&self.most);
        self.least.len() == terms.parties.len()
            && self.most.len() == terms.parties.len()
            && sides.zip(&terms.parties).all(within)
    }

    /// The terms with the numbers that are best for a package, or with the worst.
    fn tilted(&self, terms: &Terms, package: &[usize], best: bool) -> Terms {
        let (own, others) = match best {
            true => (&self.most, &self.least),
            false => (&self.least, &self.most),
        };
        let mut tilted = terms.clone();
        for (place, party) in tilted.parties.iter_mut().enumerate() {
            for (issue, values) in party.values.iter_mut().enumerate() {
                for (option, value) in values.iter_mut().enumerate() {
                    let side = match package.get(issue) == Some(&option) {
                        true => own,
                        false => others,
                    };
                    *value = side[place].values[issue][option];
                }
            }
            for (link, tied) in party.links.iter_mut().enumerate() {
                let side = match holds(package, &tied.choices) {
                    true => own,
                    false => others,
                };
                tied.value = side[place].links[link].value;
            }
        }
        tilted
    }
}

/// Whether a package is efficient whatever the numbers are, and whether for some; with what it gives at least and at most.
///
/// # Errors
/// As for [`study`](crate::study()), and where the spread does not fit the terms.
pub fn judge(
    terms: &Terms,
    spread: &Spread,
    package: &[usize],
    wish: &Wish,
) -> Result<Judged, BargainError> {
    if !spread.fits(terms) {
        return Err(BargainError::Spread);
    }
    judged(terms, spread, package, wish)
}

fn judged(
    terms: &Terms,
    spread: &Spread,
    package: &[usize],
    wish: &Wish,
) -> Result<Judged, BargainError> {
    let told = |best: bool| efficient(&spread.tilted(terms, package, best), package, wish);
    let gives = |parties: &[Party]| -> Result<Vec<Fraction>, BargainError> {
        let own = parties.iter().map(|party| {
            let sum = utility(party, package);
            sum.ok_or_else(|| BargainError::Unit(party.id.clone()))
        });
        own.collect()
    };
    let possibly = told(true)?;
    Ok(Judged {
        package: package.to_vec(),
        surely: match possibly {
            Some(false) => Some(false),
            _ => told(false)?,
        },
        possibly,
        least: gives(&spread.least)?,
        most: gives(&spread.most)?,
    })
}

/// What a package gives a party.
fn utility(party: &Party, package: &[usize]) -> Option<Fraction> {
    let own = party.values.iter().zip(package);
    let own = own.map(|(values, option)| values.get(*option).copied());
    let links = party
        .links
        .iter()
        .filter(|link| holds(package, &link.choices));
    own.chain(links.map(|link| Some(link.value)))
        .try_fold(Fraction::ZERO, |sum, value| sum.plus(value?))
}

/// Studies a scenario whose numbers are intervals.
///
/// # Errors
/// As for [`study`](crate::study()), and where the spread does not fit the terms.
pub fn robust(terms: &Terms, spread: &Spread, wish: &Wish) -> Result<Robust, BargainError> {
    if !spread.fits(terms) {
        return Err(BargainError::Spread);
    }
    let found = study(terms, wish)?;
    let possible = possible(terms, spread, wish)?;
    let (mut candidates, all_possible) = match possible {
        Some(list) => (list, true),
        None => (Vec::new(), false),
    };
    // What is surely efficient is so with the numbers in between: it is on that frontier.
    let mut all_sure = found.epsilon.is_none();
    if !all_possible {
        for point in &found.frontier {
            let (own, whole) = packages_of(terms, &point.utilities, SAME);
            all_sure &= whole;
            candidates.extend(own);
            if candidates.len() > MOST {
                all_sure = false;
                break;
            }
        }
        candidates.sort();
        candidates.dedup();
    }
    let mut packages = Vec::with_capacity(candidates.len());
    for package in candidates {
        let own = judged(terms, spread, &package, wish)?;
        if own.possibly != Some(false) {
            packages.push(own);
        }
    }
    Ok(Robust {
        packages,
        all_possible,
        all_sure: all_sure || all_possible,
        hangs: hangs(terms, spread, wish, &found)?,
    })
}

/// The most packages of one point that are looked at.
const SAME: usize = 1000;

/// The most packages that are judged.
const MOST: usize = 4000;

/// The most comparisons of two packages, counted by issue and party.
const WORK: usize = 150_000_000;

/// The possibly efficient packages that are possibly acceptable; none where there are too many to compare. Built issue by
/// issue: a part that another part with the same context dominates for all numbers is left out.
fn possible(
    terms: &Terms,
    spread: &Spread,
    wish: &Wish,
) -> Result<Option<Vec<Vec<usize>>>, BargainError> {
    let count = terms.issues.len();
    let factors = factors(terms);
    let mut parts: Vec<Vec<usize>> = vec![Vec::new()];
    let mut work = 0_usize;
    for issue in 0..count {
        let mut groups: BTreeMap<Vec<usize>, Vec<Vec<usize>>> = BTreeMap::new();
        let open: Vec<usize> = (0..=issue)
            .filter(|own| {
                let mut tied = factors.iter();
                tied.any(|issues| issues.contains(own) && issues.last() > Some(&issue))
            })
            .collect();
        for part in &parts {
            for option in 0..terms.issues[issue].options.len() {
                let longer = [part.as_slice(), &[option]].concat();
                if bars_already(terms, &longer) || !hopeful(spread, &longer, wish) {
                    continue;
                }
                let context = open.iter().map(|own| longer[*own]).collect();
                groups.entry(context).or_default().push(longer);
            }
        }
        for group in groups.values() {
            let pairs = group.len().saturating_mul(group.len());
            work = work.saturating_add(pairs.saturating_mul((issue + 1) * terms.parties.len()));
        }
        if work > WORK {
            return Ok(None);
        }
        parts.clear();
        for group in groups.into_values() {
            let stays =
                |own: &Vec<usize>| !group.iter().any(|other| always_betters(spread, other, own));
            parts.extend(group.iter().filter(|own| stays(own)).cloned());
        }
    }
    parts.sort();
    Ok((parts.len() <= MOST).then_some(parts))
}

/// The issues that each link and each rule ties together, in order.
fn factors(terms: &Terms) -> Vec<Vec<usize>> {
    let links = terms.parties.iter().flat_map(|party| &party.links);
    let links = links.map(|link| link.choices.clone());
    let rules = terms.rules.iter().map(|rule| match rule {
        Rule::Forbid(choices) => choices.clone(),
        Rule::Require { given, then } => given.iter().chain(then).copied().collect(),
    });
    let issues = links.chain(rules).map(|choices| {
        let mut issues: Vec<usize> = choices.iter().map(|choice| choice.issue).collect();
        issues.sort_unstable();
        issues.dedup();
        issues
    });
    issues.collect()
}

/// Whether a rule whose issues are all decided bars a part.
fn bars_already(terms: &Terms, part: &[usize]) -> bool {
    let decided = |choices: &[Choice]| choices.iter().all(|choice| choice.issue < part.len());
    terms.rules.iter().any(|rule| match rule {
        Rule::Forbid(choices) => decided(choices) && holds(part, choices),
        Rule::Require { given, then } => {
            decided(given) && decided(then) && holds(part, given) && !holds(part, then)
        }
    })
}

/// Whether a part can still become a package that every party may accept.
fn hopeful(spread: &Spread, part: &[usize], wish: &Wish) -> bool {
    if wish.ignore_reservation {
        return true;
    }
    let most = |party: &Party| -> Option<Fraction> {
        let decided = party.values.iter().zip(part);
        let decided = decided.map(|(values, option)| values.get(*option).copied());
        let rest = party.values.iter().skip(part.len());
        let rest = rest.map(|values| values.iter().max().copied());
        let links = party.links.iter().map(|link| {
            let open = link.choices.iter().any(|choice| choice.issue >= part.len());
            let counts = holds(part, &link.choices) || open && link.value > Fraction::ZERO;
            Some(if counts { link.value } else { Fraction::ZERO })
        });
        decided
            .chain(rest)
            .chain(links)
            .try_fold(Fraction::ZERO, |sum, own| sum.plus(own?))
    };
    let sides = spread.most.iter().zip(&spread.least);
    sides
        .into_iter()
        .all(|(high, low)| most(high).is_none_or(|most| most >= low.reservation))
}

/// Whether one part gives every party at least as much as another whatever the numbers are, and some party more.
fn always_betters(spread: &Spread, one: &[usize], other: &[usize]) -> bool {
    if one == other {
        return false;
    }
    let mut more = false;
    for (low, high) in spread.least.iter().zip(&spread.most) {
        let values = low
            .values
            .iter()
            .zip(&high.values)
            .zip(one.iter().zip(other));
        let leads = values
            .filter(|(_, (own, other))| own != other)
            .map(|((low, high), (own, other))| low[*own].minus(high[*other]));
        let links = low.links.iter().zip(&high.links).map(|(low, high)| {
            match (holds(one, &low.choices), holds(other, &low.choices)) {
                (true, false) => Some(low.value),
                (false, true) => Some(high.value.negative()),
                _ => Some(Fraction::ZERO),
            }
        });
        let lead = leads
            .chain(links)
            .try_fold(Fraction::ZERO, |sum, own| sum.plus(own?));
        match lead {
            // What cannot be told apart is kept.
            None => return false,
            Some(lead) if lead < Fraction::ZERO => return false,
            Some(lead) => more |= lead > Fraction::ZERO,
        }
    }
    more
}

/// Every allowed package that gives exactly these utilities, at most so many, in the scenario's order; and whether these
/// are all.
#[must_use]
pub fn packages_of(terms: &Terms, utilities: &[Fraction], most: usize) -> (Vec<Vec<usize>>, bool) {
    let Ok(scaled) = terms.scaled() else {
        return (Vec::new(), false);
    };
    let targets = utilities.iter().zip(&scaled);
    let Some(targets) = targets
        .map(|(utility, party)| {
            let whole = party.unit % utility.below() == 0;
            utility.in_units(party.unit).filter(|_| whole)
        })
        .collect::<Option<Vec<i128>>>()
    else {
        return (Vec::new(), true);
    };
    // What the issues from each one on can add at most and at least, links included.
    let count = terms.issues.len();
    let mut bounds = vec![vec![(0_i128, 0_i128); scaled.len()]; count + 1];
    for (p, party) in scaled.iter().enumerate() {
        let links = party.links.iter();
        let (up, down) = links.fold((0, 0), |(up, down), own| {
            (up + (*own).max(0), down + (*own).min(0))
        });
        bounds[count][p] = (up, down);
        for issue in (0..count).rev() {
            let (most, least) = bounds[issue + 1][p];
            let values = &party.values[issue];
            let high = values.iter().max().copied().unwrap_or(0);
            let low = values.iter().min().copied().unwrap_or(0);
            bounds[issue][p] = (most + high, least + low);
        }
    }
    let mut found = Vec::new();
    let mut steps = 0_usize;
    let mut waiting: Vec<(Vec<usize>, Vec<i128>)> = vec![(Vec::new(), vec![0; scaled.len()])];
    while let Some((part, sums)) = waiting.pop() {
        steps += 1;
        if steps > STEPS || found.len() > most {
            found.truncate(most);
            return (found, false);
        }
        let issue = part.len();
        if issue == count {
            if terms.allows(&part) && crate::aim::sums(terms, &scaled, &part) == targets {
                found.push(part);
            }
            continue;
        }
        for option in (0..terms.issues[issue].options.len()).rev() {
            let own: Vec<i128> = sums
                .iter()
                .zip(&scaled)
                .map(|(sum, party)| sum + party.values[issue][option])
                .collect();
            let near = own.iter().zip(&bounds[issue + 1]).zip(&targets);
            if near.into_iter().all(|((own, (most, least)), target)| {
                own + most >= *target && own + least <= *target
            }) {
                let longer = [part.as_slice(), &[option]].concat();
                if !bars_already(terms, &longer) {
                    waiting.push((longer, own));
                }
            }
        }
    }
    let whole = found.len() <= most;
    found.truncate(most);
    (found, whole)
}

/// The most parts that are looked at for the packages of one point.
const STEPS: usize = 300_000;

/// The most work that is spent on sensitivity: studies, times what each held.
const SENSITIVITY: usize = 30_000_000;

/// What becomes of the solutions where one number alone is at an end; none where that would take too long.
fn hangs(
    terms: &Terms,
    spread: &Spread,
    wish: &Wish,
    found: &Study,
) -> Result<Option<Vec<Hangs>>, BargainError> {
    let mut uncertain = Vec::new();
    for (party, (low, high)) in spread.least.iter().zip(&spread.most).enumerate() {
        let mut add = |number: Number, least: Fraction, most: Fraction| {
            if least != most {
                uncertain.push((party, number, (least, most)));
            }
        };
        for (issue, (lows, highs)) in low.values.iter().zip(&high.values).enumerate() {
            for (option, (least, most)) in lows.iter().zip(highs).enumerate() {
                add(Number::Value(Choice { issue, option }), *least, *most);
            }
        }
        for (link, (least, most)) in low.links.iter().zip(&high.links).enumerate() {
            add(Number::Link(link), least.value, most.value);
        }
        add(Number::Reservation, low.reservation, high.reservation);
    }
    let each = found
        .peak_states
        .saturating_mul(terms.issues.len())
        .saturating_mul(terms.parties.len());
    if uncertain
        .len()
        .saturating_mul(2)
        .saturating_mul(each.max(1))
        > SENSITIVITY
    {
        return Ok(None);
    }
    let solved = |party: usize, number: Number, to: Fraction| {
        let mut changed = terms.clone();
        let own = &mut changed.parties[party];
        match number {
            Number::Value(choice) => own.values[choice.issue][choice.option] = to,
            Number::Link(link) => own.links[link].value = to,
            Number::Reservation => own.reservation = to,
        }
        study(&changed, wish).map(|found| found.solutions)
    };
    let told = uncertain.into_iter().map(|(party, number, between)| {
        Ok(Hangs {
            party,
            number,
            between,
            at_least: solved(party, number, between.0)?,
            at_most: solved(party, number, between.1)?,
        })
    });
    told.collect::<Result<Vec<_>, _>>().map(Some)
}
