//! From what somebody prefers to what it is worth: options in order, and swaps.
//!
//! A swap compares parts of packages, everything else being equal: *the ferry daily with the toll full, rather than weekly
//! with none* (the even swaps of Hammond, Keeney and Raiffa, 1998). What is said leaves room: every number that agrees with
//! it may be the truth. [`valued`] gives for each option the least and the most that it can be worth, in hundredths of what
//! the party would have with the best option everywhere, and in between the mean of the extreme cases (after the method
//! UTA of Jacquet-Lagrèze and Siskos, 1982). All of it in fractions. Where nothing agrees with what was said, a smallest
//! part of it is named that cannot be true together.

mod simplex;

use crate::exact::Fraction;
use crate::terms::Choice;
use simplex::{Outcome, Row, Tableau};

/// The options of an issue, the best first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Every option of the issue, once.
    pub options: Vec<usize>,
    /// For each option whether it is worth as much as the one before it.
    pub tied: Vec<bool>,
}

/// One swap: what is preferred to what. An issue that one side leaves out is taken to be at its worst there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Swap {
    /// The part that is preferred.
    pub rather: Vec<Choice>,
    /// The part that it is preferred to.
    pub than: Vec<Choice>,
    /// Whether both are worth the same.
    pub same: bool,
}

/// What options are worth, by issue and option, in hundredths of the best package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Valued {
    /// The mean of the extreme cases.
    pub values: Vec<Vec<Fraction>>,
    /// The least that agrees with what was said.
    pub least: Vec<Vec<Fraction>>,
    /// The most.
    pub most: Vec<Vec<Fraction>>,
}

/// Why preferences have no values.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Clash {
    /// These swaps cannot all hold beside the orders of their issues; with one of them less the rest can. `cycle` where each
    /// is preferred to the next and the last to the first: the swaps stand in that order then.
    #[error("{} swaps contradict each other", .swaps.len())]
    Contradiction {
        /// Which, by their places.
        swaps: Vec<usize>,
        /// Whether they go round in a circle.
        cycle: bool,
    },
    /// An order or a swap that names no option, or one twice.
    #[error("an order or a swap names an option that is not there, or one twice")]
    Choice,
    /// The numbers outgrow 128 bits.
    #[error("so many swaps that their numbers outgrow 128 bits")]
    TooWide,
}

/// Values that agree with orders, one for each issue, and with swaps.
///
/// ```
/// use onetext_bargain::{Choice, Fraction, Order, Swap, valued};
/// let order = |options: &[usize]| Order { options: options.to_vec(), tied: vec![false; options.len()] };
/// let take = |issue, option| Choice { issue, option };
/// // Two issues: 0 before 1 in both; the better option of the first is worth as much as that of the second.
/// let swap = Swap { rather: vec![take(0, 0), take(1, 1)], than: vec![take(0, 1), take(1, 0)], same: true };
/// let found = valued(&[order(&[0, 1]), order(&[0, 1])], &[swap]).unwrap();
/// assert_eq!(found.values[0][0], Fraction::whole(50));
/// assert_eq!((found.least[1][0], found.most[1][0]), (Fraction::whole(50), Fraction::whole(50)));
/// ```
///
/// # Errors
/// [`Clash`], where nothing agrees with all of it, it names what is not there, or it does not fit.
pub fn valued(orders: &[Order], swaps: &[Swap]) -> Result<Valued, Clash> {
    let ladder = Ladder::of(orders)?;
    ladder.check(swaps)?;
    let all: Vec<&Swap> = swaps.iter().collect();
    let Some(middle) = ladder.strictly(&all)? else {
        return Err(ladder.smallest(swaps)?);
    };
    ladder.spread(&all, middle)
}

/// Whether anything agrees with these orders and swaps.
///
/// # Errors
/// As for [`valued`], but for contradictions: these are the answer.
pub fn agrees(orders: &[Order], swaps: &[Swap]) -> Result<bool, Clash> {
    let ladder = Ladder::of(orders)?;
    ladder.check(swaps)?;
    let all: Vec<&Swap> = swaps.iter().collect();
    Ok(ladder.strictly(&all)?.is_some())
}

/// Orders as steps: an option is worth the steps from it down to the worst, which is worth nothing.
struct Ladder {
    /// For each issue and option, the steps that it stands on: a range of unknowns.
    above: Vec<Vec<std::ops::Range<usize>>>,
    /// How many steps there are.
    steps: usize,
}

impl Ladder {
    fn of(orders: &[Order]) -> Result<Ladder, Clash> {
        let mut steps = 0;
        let mut above = Vec::with_capacity(orders.len());
        for order in orders {
            let count = order.options.len();
            let mut own = vec![None; count];
            // From the worst up: each that is not tied to the one below stands a step higher.
            let base = steps;
            for place in (0..count).rev() {
                let option = order.options[place];
                let slot = own.get_mut(option).ok_or(Clash::Choice)?;
                if slot.replace(base..steps).is_some() {
                    return Err(Clash::Choice);
                }
                let tied = order.tied.get(place).copied().unwrap_or(false);
                if place > 0 && !tied {
                    steps += 1;
                }
            }
            above.push(
                own.into_iter()
                    .collect::<Option<Vec<_>>>()
                    .ok_or(Clash::Choice)?,
            );
        }
        Ok(Ladder { above, steps })
    }

    fn check(&self, swaps: &[Swap]) -> Result<(), Clash> {
        let fits = |side: &[Choice]| {
            let known = |choice: &Choice| self.stands_on(choice).is_some();
            let mut issues: Vec<usize> = side.iter().map(|choice| choice.issue).collect();
            issues.sort_unstable();
            side.iter().all(known) && issues.windows(2).all(|pair| pair[0] != pair[1])
        };
        match swaps
            .iter()
            .all(|swap| fits(&swap.rather) && fits(&swap.than))
        {
            true => Ok(()),
            false => Err(Clash::Choice),
        }
    }

    fn stands_on(&self, choice: &Choice) -> Option<std::ops::Range<usize>> {
        self.above.get(choice.issue)?.get(choice.option).cloned()
    }

    /// How often each step counts in what a swap prefers, less what it prefers it to.
    fn lead(&self, swap: &Swap) -> Vec<i64> {
        let mut lead = vec![0; self.steps];
        for (side, sign) in [(&swap.rather, 1), (&swap.than, -1)] {
            for step in side
                .iter()
                .filter_map(|choice| self.stands_on(choice))
                .flatten()
            {
                lead[step] += sign;
            }
        }
        lead
    }

    /// Values that agree with all of it with room to spare: the steps; none where there are none. Every step and every
    /// strict lead is at least as great as the last unknown, which is made as great as can be.
    fn strictly(&self, swaps: &[&Swap]) -> Result<Option<Vec<Fraction>>, Clash> {
        if self.steps == 0 {
            // Nothing is worth anything: only equal things are equal.
            return Ok(swaps.iter().all(|swap| swap.same).then(Vec::new));
        }
        let slacks = swaps.iter().filter(|swap| !swap.same).count();
        let (margin, width) = (self.steps, self.steps + 1 + slacks);
        let mut rows = vec![self.whole(width, true)];
        let mut slack = margin + 1;
        for swap in swaps {
            let lead = self.lead(swap);
            let mut row = vec![Fraction::ZERO; width];
            for (own, lead) in row.iter_mut().zip(&lead) {
                *own = Fraction::whole(*lead);
            }
            // Each step is the margin and what it has more.
            row[margin] = Fraction::whole(lead.iter().sum::<i64>() - i64::from(!swap.same));
            if !swap.same {
                row[slack] = Fraction::whole(-1);
                slack += 1;
            }
            rows.push(Row {
                coefficients: row,
                right: Fraction::ZERO,
            });
        }
        let mut tableau = match Tableau::begin(&rows, width).ok_or(Clash::TooWide)? {
            Outcome::Nothing => return Ok(None),
            Outcome::Found(tableau) => tableau,
        };
        let mut aim = vec![Fraction::ZERO; width];
        aim[margin] = Fraction::whole(1);
        let most = tableau.greatest(&aim).ok_or(Clash::TooWide)?;
        if most <= Fraction::ZERO {
            return Ok(None);
        }
        let found = tableau.solution();
        let steps = found.iter().take(self.steps);
        let steps: Option<Vec<Fraction>> = steps.map(|own| own.plus(most)).collect();
        steps.map(Some).ok_or(Clash::TooWide)
    }

    /// All steps together make a hundred; with `margin` the unknown after them counts once for each.
    fn whole(&self, width: usize, margin: bool) -> Row {
        let mut row = vec![Fraction::ZERO; width];
        for own in row.iter_mut().take(self.steps) {
            *own = Fraction::whole(1);
        }
        if margin {
            let steps = i64::try_from(self.steps).unwrap_or(i64::MAX);
            row[self.steps] = Fraction::whole(steps);
        }
        Row {
            coefficients: row,
            right: Fraction::whole(100),
        }
    }

    /// The least and the most that each option can be worth, and the mean of all these cases and of one inside.
    fn spread(&self, swaps: &[&Swap], inside: Vec<Fraction>) -> Result<Valued, Clash> {
        let zero: Vec<Vec<Fraction>> = self
            .above
            .iter()
            .map(|options| vec![Fraction::ZERO; options.len()])
            .collect();
        let mut found = Valued {
            values: zero.clone(),
            least: zero.clone(),
            most: zero,
        };
        if self.steps == 0 {
            return Ok(found);
        }
        let slacks = swaps.iter().filter(|swap| !swap.same).count();
        let width = self.steps + slacks;
        let mut rows = vec![self.whole(width, false)];
        let mut slack = self.steps;
        for swap in swaps {
            let mut row: Vec<Fraction> = self.lead(swap).into_iter().map(Fraction::whole).collect();
            row.resize(width, Fraction::ZERO);
            if !swap.same {
                row[slack] = Fraction::whole(-1);
                slack += 1;
            }
            rows.push(Row {
                coefficients: row,
                right: Fraction::ZERO,
            });
        }
        let mut tableau = match Tableau::begin(&rows, width).ok_or(Clash::TooWide)? {
            Outcome::Found(tableau) => tableau,
            Outcome::Nothing => return Err(Clash::TooWide),
        };
        let (mut sums, mut cases) = (inside, 1);
        for (issue, options) in self.above.iter().enumerate() {
            for (option, steps) in options.iter().enumerate() {
                for sign in [-1, 1] {
                    if steps.is_empty() {
                        continue;
                    }
                    let mut aim = vec![Fraction::ZERO; width];
                    for own in &mut aim[steps.clone()] {
                        *own = Fraction::whole(sign);
                    }
                    let reached = tableau.greatest(&aim).ok_or(Clash::TooWide)?;
                    match sign {
                        1 => found.most[issue][option] = reached,
                        _ => found.least[issue][option] = reached.negative(),
                    }
                    for (sum, own) in sums.iter_mut().zip(tableau.solution()) {
                        *sum = sum.plus(own).ok_or(Clash::TooWide)?;
                    }
                    cases += 1;
                }
            }
        }
        for (issue, options) in self.above.iter().enumerate() {
            for (option, steps) in options.iter().enumerate() {
                let own = sums[steps.clone()]
                    .iter()
                    .try_fold(Fraction::ZERO, |sum, step| sum.plus(*step));
                let mean = own.and_then(|own| own.over(Fraction::whole(cases)));
                found.values[issue][option] = mean.ok_or(Clash::TooWide)?;
            }
        }
        Ok(found)
    }

    /// A smallest part of the swaps that cannot hold together: each is left out in turn, and stays out where the rest
    /// still contradict each other.
    fn smallest(&self, swaps: &[Swap]) -> Result<Clash, Clash> {
        let mut kept: Vec<usize> = (0..swaps.len()).collect();
        let mut place = 0;
        while place < kept.len() {
            let mut fewer = kept.clone();
            fewer.remove(place);
            let rest: Vec<&Swap> = fewer.iter().map(|own| &swaps[*own]).collect();
            match self.strictly(&rest)? {
                None => kept = fewer,
                Some(_) => place += 1,
            }
        }
        let round = around(swaps, &kept);
        Ok(Clash::Contradiction {
            cycle: round.is_some(),
            swaps: round.unwrap_or(kept),
        })
    }
}

/// The swaps in the order in which each prefers something to what the next prefers, where they close a circle.
fn around(swaps: &[Swap], kept: &[usize]) -> Option<Vec<usize>> {
    let side = |choices: &[Choice]| {
        let mut side = choices.to_vec();
        side.sort_unstable();
        side
    };
    let mut left = kept.to_vec();
    let mut round = vec![left.pop()?];
    let first = side(&swaps[*round.first()?].rather);
    let mut next = side(&swaps[*round.first()?].than);
    while !left.is_empty() {
        let place = left.iter().position(|own| {
            let own = &swaps[*own];
            side(&own.rather) == next || own.same && side(&own.than) == next
        })?;
        let own = &swaps[left.remove(place)];
        let straight = side(&own.rather) == next;
        next = side(if straight { &own.than } else { &own.rather });
        round.push(swaps.iter().position(|other| std::ptr::eq(other, own))?);
    }
    (round.len() > 1 && next == first).then_some(round)
}
