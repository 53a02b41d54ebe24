//! The frontier along a tree of links: issues are decided in an order that keeps few of them open at once.
//!
//! Links and rules make a graph of issues. Deciding an issue for good ties those together that are linked to it and still
//! open; the next is always one that ties the fewest pairs anew (min-fill). The tables that come of it hang together as a
//! tree decomposition of the graph: each holds, for every combination of options of the issues open around it, the
//! utilities of what was decided below, dominance counting within one combination alone. Where two tables meet, their
//! utilities are added pair by pair (Bertelè and Brioschi, 1972, for sums; here for frontiers).
//!
//! Chains and small groups are done by [`layers`](crate::layers) at less cost; [`Plan`] says which it is.

mod plan;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use crate::layers::{Effect, Factor, Found, Search, add, lose, thin};
use crate::sweep::{Label, Whole, sweep};
use crate::terms::BargainError;

pub(crate) use plan::Plan;

/// The most combinations of options of open issues that are held.
pub(crate) const CONTEXTS: usize = 100_000;

/// Where a label came from.
#[derive(Debug, Clone, Copy)]
enum Trail {
    Nothing,
    /// An option of an issue, and the label before.
    Took(u32, u32, u32),
    /// Two labels of different tables.
    Both(u32, u32),
}

/// Utilities, and where they come from.
type Fresh<T, const D: usize> = ([T; D], Trail);

/// What was decided below some open issues.
struct Table<T, const D: usize> {
    /// The open issues, in order.
    scope: Vec<usize>,
    /// For each combination of their options, the labels.
    rows: BTreeMap<Vec<usize>, Vec<Label<T, D>>>,
    /// What is decided in it, for the bounds: the most that it can give.
    most: [i128; D],
    weighed: i128,
}

struct Climb<'a, T, const D: usize> {
    search: &'a Search<'a>,
    trails: Vec<Trail>,
    /// The most that all issues and links together give, and by the weights of the cut.
    whole: [i128; D],
    weighed: i128,
    floors: Option<[i128; D]>,
    loss: [i128; D],
    peak: usize,
    kind: std::marker::PhantomData<T>,
}

/// Runs a search along a tree.
pub(crate) fn run<T: Whole, const D: usize>(
    search: &Search<'_>,
    factors: Vec<Factor>,
    plan: &Plan,
) -> Result<Found, BargainError> {
    let mut climb = Climb::<T, D> {
        search,
        trails: vec![Trail::Nothing],
        whole: [0; D],
        weighed: 0,
        floors: search
            .floors
            .as_ref()
            .map(|floors| std::array::from_fn(|p| floors[p])),
        loss: [0; D],
        peak: 1,
        kind: std::marker::PhantomData,
    };
    for issue in 0..search.terms.issues.len() {
        let (most, weighed) = climb.most_of(issue);
        climb.take_in(&most, weighed);
    }
    for factor in &factors {
        let (most, weighed) = climb.most_by(factor);
        climb.take_in(&most, weighed);
    }
    climb.go(factors, plan)
}

impl<T: Whole, const D: usize> Climb<'_, T, D> {
    fn take_in(&mut self, most: &[i128; D], weighed: i128) {
        for (sum, own) in self.whole.iter_mut().zip(most) {
            *sum += own;
        }
        self.weighed += weighed;
    }

    /// The most that an issue gives each party, and by the weights of the cut.
    fn most_of(&self, issue: usize) -> ([i128; D], i128) {
        let sign = self.search.sign;
        let most = std::array::from_fn(|p| {
            let values = self.search.scaled[p].values[issue].iter();
            values.map(|value| sign * value).max().unwrap_or(0)
        });
        let options = 0..self.search.terms.issues[issue].options.len();
        let weighed = self.search.cut.as_ref().map_or(0, |cut| {
            let worth = |option: usize| {
                let own = self.search.scaled.iter().zip(&cut.weights);
                own.map(|(party, w)| sign * party.values[issue][option] * w)
                    .sum::<i128>()
            };
            options.map(worth).max().unwrap_or(0)
        });
        (most, weighed)
    }

    /// The most that a link gives.
    fn most_by(&self, factor: &Factor) -> ([i128; D], i128) {
        let Effect::Adds { values, .. } = &factor.effect else {
            return ([0; D], 0);
        };
        let most = std::array::from_fn(|p| values[p].max(0));
        let weighed = self.search.cut.as_ref().map_or(0, |cut| {
            let own = values.iter().zip(&cut.weights);
            own.map(|(value, w)| value * w).sum::<i128>().max(0)
        });
        (most, weighed)
    }

    fn go(mut self, factors: Vec<Factor>, plan: &Plan) -> Result<Found, BargainError> {
        let mut waiting: Vec<Option<Factor>> = factors.into_iter().map(Some).collect();
        let mut start = [T::default(); D];
        let mut barred = false;
        let mut always = ([0; D], 0);
        for slot in &mut waiting {
            if let Some(factor) = slot.take_if(|factor| factor.issues.is_empty()) {
                match &factor.effect {
                    Effect::Adds { .. } => {
                        let (most, weighed) = self.most_by(&factor);
                        for (sum, own) in always.0.iter_mut().zip(most) {
                            *sum += own;
                        }
                        always.1 += weighed;
                        add(&mut start, &factor.effect);
                    }
                    // A rule about nothing holds everywhere: nothing is allowed.
                    Effect::Bars { .. } => barred = true,
                }
            }
        }
        if barred {
            return Ok(Found {
                points: Vec::new(),
                peak: 0,
                loss: vec![0; D],
            });
        }
        let first = Label {
            sums: start,
            parent: 0,
            option: 0,
        };
        let mut tables = vec![Table {
            scope: Vec::new(),
            rows: BTreeMap::from([(Vec::new(), vec![first])]),
            most: always.0,
            weighed: always.1,
        }];
        for issue in &plan.order {
            let own: Vec<Factor> = waiting
                .iter_mut()
                .filter_map(|slot| slot.take_if(|factor| factor.issues.contains(issue)))
                .collect();
            let (near, far): (Vec<_>, Vec<_>) = tables
                .into_iter()
                .partition(|table| table.scope.contains(issue));
            tables = far;
            let mut near = near.into_iter();
            let mut met = near.next();
            for table in near {
                met = match met {
                    Some(one) => Some(self.meet(one, table)?),
                    None => Some(table),
                };
            }
            // An issue that nothing is tied to goes on what has no open issues.
            if met.is_none() && own.is_empty() {
                let free = tables.iter().position(|table| table.scope.is_empty());
                met = free.map(|place| tables.remove(place));
            }
            let table = self.decide(*issue, met, &own)?;
            tables.push(table);
            tables = self.gathered(tables)?;
        }
        let mut last = tables.into_iter();
        let mut whole = last.next();
        for table in last {
            whole = match whole {
                Some(one) => Some(self.meet(one, table)?),
                None => Some(table),
            };
        }
        Ok(self.found(whole))
    }

    /// Adds up tables that have no open issues.
    fn gathered(&mut self, tables: Vec<Table<T, D>>) -> Result<Vec<Table<T, D>>, BargainError> {
        let (done, mut open): (Vec<_>, Vec<_>) =
            tables.into_iter().partition(|table| table.scope.is_empty());
        let mut done = done.into_iter();
        if let Some(mut one) = done.next() {
            for table in done {
                one = self.meet(one, table)?;
            }
            open.push(one);
        }
        Ok(open)
    }

    fn found(self, whole: Option<Table<T, D>>) -> Found {
        let rows = whole.map(|table| table.rows).unwrap_or_default();
        let keeps = |label: &&Label<T, D>| {
            let floors = self.floors.as_ref();
            floors.is_none_or(|floors| (0..D).all(|p| label.sums[p].wide() >= floors[p]))
        };
        let points = rows.values().flatten().filter(keeps).map(|label| {
            let sums = label.sums.iter().map(|sum| sum.wide()).collect();
            (sums, self.package(label.parent))
        });
        Found {
            points: points.collect(),
            peak: self.peak,
            loss: self.loss.to_vec(),
        }
    }

    /// The options that a label took, by issue; those of issues that it did not decide are left out.
    fn taken(&self, trail: u32) -> Vec<(u32, u32)> {
        let (mut taken, mut left) = (Vec::new(), vec![trail]);
        while let Some(own) = left.pop() {
            match self.trails.get(own as usize) {
                Some(Trail::Took(issue, option, before)) => {
                    taken.push((*issue, *option));
                    left.push(*before);
                }
                Some(Trail::Both(one, other)) => left.extend([*one, *other]),
                Some(Trail::Nothing) | None => {}
            }
        }
        taken.sort_unstable();
        taken
    }

    fn package(&self, trail: u32) -> Vec<usize> {
        let taken = self.taken(trail).into_iter();
        taken.map(|(_, option)| option as usize).collect()
    }

    /// What the bounds leave for what lies outside some tables: for each party the least that their labels must give.
    fn bounds(&self, most: &[i128; D], weighed: i128) -> impl Fn(&[T; D]) -> bool + use<T, D> {
        let (whole, loss) = (self.whole, self.loss);
        let floors: Option<[i128; D]> = self
            .floors
            .map(|floors| std::array::from_fn(|p| floors[p] - (whole[p] - most[p]) - loss[p]));
        let cut = self.search.cut.as_ref().map(|cut| {
            let lost: i128 = cut.weights.iter().zip(loss).map(|(w, l)| w * l).sum();
            let weights: [i128; D] = std::array::from_fn(|p| cut.weights[p]);
            (weights, cut.least - (self.weighed - weighed) - lost)
        });
        move |sums| {
            let high = floors
                .as_ref()
                .is_none_or(|floors| (0..D).all(|p| sums[p].wide() >= floors[p]));
            high && cut.as_ref().is_none_or(|(weights, least)| {
                (0..D).map(|p| sums[p].wide() * weights[p]).sum::<i128>() >= *least
            })
        }
    }

    /// Decides an issue for good: what is below it, its own worth, and the links and rules that it completes.
    fn decide(
        &mut self,
        issue: usize,
        below: Option<Table<T, D>>,
        factors: &[Factor],
    ) -> Result<Table<T, D>, BargainError> {
        let (mut most, mut weighed) = self.most_of(issue);
        for factor in factors {
            let (own, w) = self.most_by(factor);
            most.iter_mut().zip(own).for_each(|(sum, own)| *sum += own);
            weighed += w;
        }
        let below = below.unwrap_or_else(|| Table {
            scope: Vec::new(),
            rows: BTreeMap::from([(
                Vec::new(),
                vec![Label {
                    sums: [T::default(); D],
                    parent: 0,
                    option: 0,
                }],
            )]),
            most: [0; D],
            weighed: 0,
        });
        most.iter_mut()
            .zip(below.most)
            .for_each(|(sum, own)| *sum += own);
        weighed += below.weighed;
        let scope: BTreeSet<usize> = below
            .scope
            .iter()
            .chain(factors.iter().flat_map(|factor| &factor.issues))
            .copied()
            .filter(|own| *own != issue)
            .collect();
        let scope: Vec<usize> = scope.into_iter().collect();
        let (sizes, count) = self.contexts(&scope)?;
        let mut buckets = Vec::new();
        let mut midway = [0; D];
        for number in 0..count {
            let context = digits(number, &sizes);
            let mut bucket = Vec::new();
            for option in 0..self.options(issue) {
                let chosen = |asked: usize| match asked == issue {
                    true => Some(option),
                    false => scope
                        .iter()
                        .position(|own| *own == asked)
                        .map(|place| context[place]),
                };
                let row: Option<Vec<usize>> = below.scope.iter().map(|own| chosen(*own)).collect();
                let labels = row.and_then(|row| below.rows.get(&row));
                let (Some(labels), Some(shift)) =
                    (labels, self.shift(issue, option, factors, chosen))
                else {
                    continue;
                };
                let fits = self.bounds(&most, weighed);
                for label in labels {
                    let sums = std::array::from_fn(|p| label.sums[p] + shift[p]);
                    if fits(&sums) {
                        bucket.push((sums, Trail::Took(issue as u32, option as u32, label.parent)));
                    }
                }
                if bucket.len() > self.search.budget.saturating_mul(4) {
                    let loss;
                    (bucket, loss) = self.kept(bucket, self.search.budget);
                    lose(&mut midway, &loss);
                }
            }
            if !bucket.is_empty() {
                buckets.push((context, self.kept(bucket, usize::MAX).0));
            }
        }
        lose(&mut self.loss, &midway);
        let rows = self.settle(buckets);
        Ok(Table {
            scope,
            rows,
            most,
            weighed,
        })
    }

    /// How many options each open issue has, and how many combinations of them there are.
    fn contexts(&self, scope: &[usize]) -> Result<(Vec<usize>, usize), BargainError> {
        let sizes: Vec<usize> = scope.iter().map(|own| self.options(*own)).collect();
        let product = sizes
            .iter()
            .try_fold(1_usize, |product, own| product.checked_mul(*own));
        let count = product
            .filter(|count| *count <= CONTEXTS)
            .ok_or(BargainError::Tied(CONTEXTS))?;
        Ok((sizes, count))
    }

    /// Adds up two tables, context by context.
    fn meet(&mut self, one: Table<T, D>, other: Table<T, D>) -> Result<Table<T, D>, BargainError> {
        let scope: BTreeSet<usize> = one.scope.iter().chain(&other.scope).copied().collect();
        let scope: Vec<usize> = scope.into_iter().collect();
        let (sizes, count) = self.contexts(&scope)?;
        let most = std::array::from_fn(|p| one.most[p] + other.most[p]);
        let weighed = one.weighed + other.weighed;
        let project = |context: &[usize], table: &Table<T, D>| -> Vec<usize> {
            let places = table.scope.iter();
            places
                .filter_map(|own| scope.iter().position(|other| other == own))
                .map(|place| context[place])
                .collect()
        };
        let mut buckets = Vec::new();
        let mut midway = [0; D];
        for number in 0..count {
            let context = digits(number, &sizes);
            let rows = (
                one.rows.get(&project(&context, &one)),
                other.rows.get(&project(&context, &other)),
            );
            let (Some(mine), Some(theirs)) = rows else {
                continue;
            };
            let fits = self.bounds(&most, weighed);
            let mut bucket = Vec::new();
            for left in mine {
                for right in theirs {
                    let sums = std::array::from_fn(|p| left.sums[p] + right.sums[p]);
                    if fits(&sums) {
                        bucket.push((sums, Trail::Both(left.parent, right.parent)));
                    }
                }
                if bucket.len() > self.search.budget.saturating_mul(4).max(1 << 16) {
                    let loss;
                    (bucket, loss) = self.kept(bucket, self.search.budget);
                    lose(&mut midway, &loss);
                }
            }
            if !bucket.is_empty() {
                buckets.push((context, self.kept(bucket, usize::MAX).0));
            }
        }
        lose(&mut self.loss, &midway);
        let rows = self.settle(buckets);
        Ok(Table {
            scope,
            rows,
            most,
            weighed,
        })
    }

    fn options(&self, issue: usize) -> usize {
        self.search.terms.issues[issue].options.len()
    }

    /// What an option adds, with the links that it completes; none where a rule bars it.
    fn shift(
        &self,
        issue: usize,
        option: usize,
        factors: &[Factor],
        chosen: impl Fn(usize) -> Option<usize>,
    ) -> Option<[T; D]> {
        let mut shift = std::array::from_fn(|p| {
            T::of(self.search.sign * self.search.scaled[p].values[issue][option])
        });
        factors
            .iter()
            .all(|factor| factor.takes_effect(&chosen, &mut shift))
            .then_some(shift)
    }

    /// Writes down where labels came from.
    fn labelled(&mut self, bucket: Vec<Fresh<T, D>>) -> Vec<Label<T, D>> {
        let labels = bucket.into_iter().map(|(sums, trail)| {
            self.trails.push(trail);
            Label {
                sums,
                parent: u32::try_from(self.trails.len() - 1).unwrap_or(u32::MAX),
                option: 0,
            }
        });
        labels.collect()
    }

    /// The same labels as they were before they were written down.
    fn again(&self, labels: &[Label<T, D>]) -> Vec<Fresh<T, D>> {
        let trail = |label: &Label<T, D>| {
            let own = self.trails.get(label.parent as usize);
            own.copied().unwrap_or(Trail::Nothing)
        };
        labels
            .iter()
            .map(|label| (label.sums, trail(label)))
            .collect()
    }

    /// Keeps what nothing dominates, at most so many; and what may be lost.
    fn kept(&mut self, bucket: Vec<Fresh<T, D>>, share: usize) -> (Vec<Fresh<T, D>>, [i128; D]) {
        let mark = self.trails.len();
        let labels = self.labelled(bucket);
        let labels = sweep(labels, |a, b| self.taken(a.parent) < self.taken(b.parent));
        let (labels, loss) = thin(labels, share);
        let kept = self.again(&labels);
        // What fell away leaves no trail.
        self.trails.truncate(mark);
        (kept, loss)
    }

    /// Thins every context out to its share, keeps the account of what may be lost, and writes down where labels came from.
    fn settle(
        &mut self,
        buckets: Vec<(Vec<usize>, Vec<Fresh<T, D>>)>,
    ) -> BTreeMap<Vec<usize>, Vec<Label<T, D>>> {
        let share = (self.search.budget / buckets.len().max(1)).max(1);
        let (mut rows, mut most, mut held) = (BTreeMap::new(), [0; D], 0);
        for (context, mut bucket) in buckets {
            if bucket.len() > share {
                let loss;
                (bucket, loss) = self.kept(bucket, share);
                for (most, loss) in most.iter_mut().zip(loss) {
                    *most = loss.max(*most);
                }
            }
            held += bucket.len();
            rows.insert(context, self.labelled(bucket));
        }
        lose(&mut self.loss, &most);
        // Nobody can lose more than lies between the worst and the best.
        for (loss, party) in self.loss.iter_mut().zip(&self.search.scaled) {
            *loss = party.reach.saturating_mul(2).min(*loss);
        }
        self.peak = self.peak.max(held);
        rows
    }
}

/// The combination of options with this number, the last issue turning fastest.
fn digits(mut number: usize, sizes: &[usize]) -> Vec<usize> {
    let mut digits = vec![0; sizes.len()];
    for (digit, size) in digits.iter_mut().zip(sizes).rev() {
        *digit = number % size;
        number /= size;
    }
    digits
}
