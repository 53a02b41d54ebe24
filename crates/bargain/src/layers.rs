//! The frontier by layers: one issue after another, the last first, keeping only what nothing dominates.
//!
//! A layer holds labels, the utilities of a choice on its issues. Where links and rules reach from these issues to others,
//! labels are kept apart by the options they chose there (their context), and dominance counts within a context alone. The
//! contexts that stand open at once are those of a path decomposition of the graph of links, in the scenario's order of
//! issues; where a tree decomposition has far fewer, the search goes along the [`tree`](crate::tree) instead. Because the first issue is decided last, two packages with the same utilities are told apart by looking back
//! from the first issue, and the one that comes first in the scenario's order is kept.

use std::collections::BTreeMap;

use crate::copies::{COPIES, copies};
use crate::sweep::{Label, Whole, sweep};
use crate::terms::{BargainError, Choice, Rule, Scaled, Terms};
use crate::tree::{self, CONTEXTS, Plan};

/// What is asked of the layers.
#[derive(Debug, Clone)]
pub(crate) struct Search<'a> {
    pub(crate) terms: &'a Terms,
    /// One for each coordinate.
    pub(crate) scaled: Vec<&'a Scaled>,
    /// The parties of the coordinates, for their links.
    pub(crate) parties: Vec<usize>,
    /// -1 to look for the least.
    pub(crate) sign: i128,
    /// Below this a package is left out; none where all are wanted.
    pub(crate) floors: Option<Vec<i128>>,
    /// Below this a package is left out too.
    pub(crate) cut: Option<Cut>,
    /// How many labels a layer may hold before it is thinned out.
    pub(crate) budget: usize,
}

/// A weighted sum of utilities that a package must reach to be of interest.
#[derive(Debug, Clone)]
pub(crate) struct Cut {
    /// One for each coordinate, in whole numbers above 0.
    pub(crate) weights: Vec<i128>,
    /// The sum.
    pub(crate) least: i128,
}

/// What was found: utilities in units, falling, each with the first package that gives them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Found {
    pub(crate) points: Vec<(Vec<i128>, Vec<usize>)>,
    pub(crate) peak: usize,
    /// What a party may lose, in units, because layers were thinned out; all 0 where the frontier is exact.
    pub(crate) loss: Vec<i128>,
}

/// Something between choices that is settled when the first of its issues is decided, which is the last of them to be.
#[derive(Debug)]
pub(crate) struct Factor {
    pub(crate) issues: Vec<usize>,
    pub(crate) effect: Effect,
}

#[derive(Debug)]
pub(crate) enum Effect {
    Adds {
        choices: Vec<Choice>,
        values: Vec<i128>,
    },
    Bars {
        given: Vec<Choice>,
        unless: Vec<Choice>,
    },
}

/// The labels of one context: the options chosen on the issues that stand open.
struct Group<T, const D: usize> {
    context: Vec<usize>,
    labels: Vec<Label<T, D>>,
    /// The place of its first label in the layer.
    first: u32,
}

impl Search<'_> {
    /// Runs it in as few bits as hold the sums.
    pub(crate) fn run(&self) -> Result<Found, BargainError> {
        let narrow = self
            .scaled
            .iter()
            .all(|party| party.reach < i128::from(i64::MAX / 8));
        match (self.scaled.len(), narrow) {
            (1, true) => Run::<i64, 1>::of(self),
            (2, true) => Run::<i64, 2>::of(self),
            (3, true) => Run::<i64, 3>::of(self),
            (4, true) => Run::<i64, 4>::of(self),
            (5, true) => Run::<i64, 5>::of(self),
            (1, false) => Run::<i128, 1>::of(self),
            (2, false) => Run::<i128, 2>::of(self),
            (3, false) => Run::<i128, 3>::of(self),
            (4, false) => Run::<i128, 4>::of(self),
            (5, false) => Run::<i128, 5>::of(self),
            (6, _) => Run::<i128, 6>::of(self),
            (7, _) => Run::<i128, 7>::of(self),
            (8, _) => Run::<i128, 8>::of(self),
            (more, _) => Err(BargainError::TooManyParties(more)),
        }
    }

    /// How many labels the first layers hold, as far as they do not pass a number.
    pub(crate) fn first_steps(&self, most: usize) -> Result<Vec<usize>, BargainError> {
        match self.scaled.len() {
            1 => Run::<i128, 1>::sizes(self, most),
            2 => Run::<i128, 2>::sizes(self, most),
            3 => Run::<i128, 3>::sizes(self, most),
            4 => Run::<i128, 4>::sizes(self, most),
            5 => Run::<i128, 5>::sizes(self, most),
            6 => Run::<i128, 6>::sizes(self, most),
            7 => Run::<i128, 7>::sizes(self, most),
            8 => Run::<i128, 8>::sizes(self, most),
            more => Err(BargainError::TooManyParties(more)),
        }
    }

    pub(crate) fn factors(&self) -> Vec<Factor> {
        let mut factors = Vec::new();
        for (place, party) in self.parties.iter().enumerate() {
            let links = self
                .terms
                .parties
                .get(*party)
                .map_or(&[][..], |party| &party.links);
            let worth = self
                .scaled
                .get(place)
                .map_or(&[][..], |scaled| &scaled.links);
            for (link, value) in links.iter().zip(worth) {
                let mut values = vec![0; self.parties.len()];
                if let Some(own) = values.get_mut(place) {
                    *own = self.sign * value;
                }
                factors.push((
                    link.choices.clone(),
                    Effect::Adds {
                        choices: link.choices.clone(),
                        values,
                    },
                ));
            }
        }
        for rule in &self.terms.rules {
            let (given, unless) = match rule {
                Rule::Forbid(choices) => (choices.clone(), None),
                Rule::Require { given, then } => (given.clone(), Some(then.clone())),
            };
            let all = given
                .iter()
                .chain(unless.iter().flatten())
                .copied()
                .collect();
            // What is forbidden has no way out; what is required of nothing is no rule.
            match unless {
                Some(unless) if unless.is_empty() => (),
                unless => factors.push((
                    all,
                    Effect::Bars {
                        given,
                        unless: unless.unwrap_or_default(),
                    },
                )),
            }
        }
        let named = factors.into_iter().map(|(choices, effect)| {
            let mut issues: Vec<usize> = choices.iter().map(|choice| choice.issue).collect();
            issues.sort_unstable();
            issues.dedup();
            Factor { issues, effect }
        });
        named.collect()
    }
}

struct Run<'a, T, const D: usize> {
    search: &'a Search<'a>,
    factors: Vec<Factor>,
    /// For each layer and label: the label before, and the option.
    trails: Vec<Vec<(u32, u32)>>,
    /// For each issue and coordinate, the most that the issues before it and their links can still add.
    rest: Vec<[T; D]>,
    floors: Option<[T; D]>,
    /// For each issue, the most that the issues before it can still add to the weighted sum of the cut.
    weighed: Vec<i128>,
    loss: [i128; D],
    peak: usize,
}

impl Factor {
    /// Adds what it adds where its choices are made; false where it bars them.
    pub(crate) fn takes_effect<T: Whole, const D: usize>(
        &self,
        chosen: &impl Fn(usize) -> Option<usize>,
        shift: &mut [T; D],
    ) -> bool {
        let holds = |choices: &[Choice]| {
            choices
                .iter()
                .all(|choice| chosen(choice.issue) == Some(choice.option))
        };
        match &self.effect {
            Effect::Adds { choices, .. } => {
                if holds(choices) {
                    add(shift, &self.effect);
                }
                true
            }
            Effect::Bars { given, unless } => {
                !holds(given) || (!unless.is_empty() && holds(unless))
            }
        }
    }
}

impl<'a, T: Whole, const D: usize> Run<'a, T, D> {
    fn of(search: &'a Search<'a>) -> Result<Found, BargainError> {
        let factors = search.factors();
        let plan = Plan::of(search.terms);
        if plan.along_a_tree {
            return tree::run::<T, D>(search, factors, &plan);
        }
        Self::begin(search, factors).whole()
    }

    /// How many labels the layers hold, from the first, until one holds more than `most`.
    fn sizes(search: &'a Search<'a>, most: usize) -> Result<Vec<usize>, BargainError> {
        let mut run = Self::begin(search, search.factors());
        let mut layer = run.first_layer();
        let (mut open, mut sizes) = (Vec::new(), Vec::new());
        for issue in (0..search.terms.issues.len()).rev() {
            (layer, open) = run.step(issue, layer, &open)?;
            let held: usize = layer.iter().map(|group| group.labels.len()).sum();
            sizes.push(held);
            let options = issue
                .checked_sub(1)
                .map_or(1, |next| search.terms.issues[next].options.len());
            if held.saturating_mul(options) > most {
                break;
            }
        }
        Ok(sizes)
    }

    fn begin(search: &'a Search<'a>, factors: Vec<Factor>) -> Self {
        Run {
            rest: rest(search, &factors),
            weighed: weighed(search, &factors),
            floors: search
                .floors
                .as_ref()
                .map(|floors| std::array::from_fn(|p| T::of(floors[p]))),
            search,
            factors,
            trails: Vec::new(),
            loss: [0; D],
            peak: 1,
        }
    }

    /// What there is before anything is decided: what holds in any case.
    fn first_layer(&self) -> Vec<Group<T, D>> {
        let always = self
            .factors
            .iter()
            .filter(|factor| factor.issues.is_empty());
        let mut start = [T::default(); D];
        for factor in always {
            add(&mut start, &factor.effect);
        }
        vec![Group {
            context: Vec::new(),
            labels: vec![Label {
                sums: start,
                parent: 0,
                option: 0,
            }],
            first: 0,
        }]
    }

    fn whole(mut self) -> Result<Found, BargainError> {
        let run = &mut self;
        // A rule about nothing holds everywhere: nothing is allowed.
        if run
            .factors
            .iter()
            .any(|factor| factor.issues.is_empty() && matches!(factor.effect, Effect::Bars { .. }))
        {
            return Ok(Found {
                points: Vec::new(),
                peak: 0,
                loss: vec![0; D],
            });
        }
        let mut layer = run.first_layer();
        let mut open: Vec<usize> = Vec::new();
        for issue in (0..run.search.terms.issues.len()).rev() {
            (layer, open) = run.step(issue, layer, &open)?;
        }
        // While layers were thinned out the floors gave way by the loss; what is listed keeps them.
        let keeps = |label: &Label<T, D>| {
            run.floors
                .as_ref()
                .is_none_or(|floors| (0..D).all(|p| label.sums[p] >= floors[p]))
        };
        let labels = layer
            .into_iter()
            .flat_map(|group| group.labels)
            .enumerate()
            .filter(|(_, label)| keeps(label));
        let points = labels.map(|(place, label)| {
            (
                label.sums.iter().map(|sum| sum.wide()).collect(),
                run.package(place),
            )
        });
        Ok(Found {
            points: points.collect(),
            peak: run.peak,
            loss: run.loss.to_vec(),
        })
    }

    /// Decides one more issue. `open` are the decided issues that context is kept of.
    fn step(
        &mut self,
        issue: usize,
        layer: Vec<Group<T, D>>,
        open: &[usize],
    ) -> Result<(Vec<Group<T, D>>, Vec<usize>), BargainError> {
        let settled: Vec<&Factor> = self
            .factors
            .iter()
            .filter(|factor| factor.issues.first() == Some(&issue))
            .collect();
        let waits = |decided: &usize| {
            self.factors.iter().any(|factor| {
                factor.issues.first().is_some_and(|first| *first < issue)
                    && factor.issues.contains(decided)
            })
        };
        let still: Vec<usize> = open.iter().copied().chain([issue]).filter(waits).collect();
        let mut buckets: BTreeMap<Vec<usize>, Vec<Label<T, D>>> = BTreeMap::new();
        let mut midway = [0; D];
        let free = settled.is_empty() && !still.contains(&issue);
        let options = self.options(issue, free);
        let front = match (layer.as_slice(), free && still.is_empty()) {
            ([group], true) => self.copied(issue, group, &options),
            _ => None,
        };
        let swept = front.is_some();
        buckets.extend(front.map(|front| (Vec::new(), front)));
        let open_options = if swept { &[] } else { options.as_slice() };
        for &option in open_options {
            for group in &layer {
                let chosen = |asked: usize| match asked == issue {
                    true => Some(option),
                    false => open
                        .iter()
                        .position(|decided| *decided == asked)
                        .and_then(|place| group.context.get(place).copied()),
                };
                let Some(shift) = self.shift(issue, option, &settled, chosen) else {
                    continue;
                };
                let context: Vec<usize> = still
                    .iter()
                    .filter_map(|decided| chosen(*decided))
                    .collect();
                let bucket = buckets.entry(context).or_default();
                self.extend(bucket, group, shift, issue, option);
                if bucket.len() > self.search.budget.saturating_mul(4) {
                    let (kept, loss) = thin(self.keep(std::mem::take(bucket)), self.search.budget);
                    *bucket = kept;
                    lose(&mut midway, &loss);
                }
            }
            if buckets.len() > CONTEXTS {
                return Err(BargainError::Tied(CONTEXTS));
            }
        }
        let mut groups: Vec<Group<T, D>> = Vec::with_capacity(buckets.len());
        let share = (self.search.budget / buckets.len().max(1)).max(1);
        let (mut trail, mut most) = (Vec::new(), [0; D]);
        for (context, labels) in buckets {
            let first = u32::try_from(trail.len()).unwrap_or(u32::MAX);
            let labels = if swept { labels } else { self.keep(labels) };
            let (labels, loss) = thin(labels, share);
            for (most, loss) in most.iter_mut().zip(loss) {
                *most = loss.max(*most);
            }
            trail.extend(labels.iter().map(|label| (label.parent, label.option)));
            groups.push(Group {
                context,
                labels,
                first,
            });
        }
        lose(&mut self.loss, &midway);
        lose(&mut self.loss, &most);
        // Nobody can lose more than lies between the worst and the best.
        for (loss, party) in self.loss.iter_mut().zip(&self.search.scaled) {
            *loss = party.reach.saturating_mul(2).min(*loss);
        }
        self.peak = self.peak.max(trail.len());
        self.trails.push(trail);
        Ok((groups, still))
    }

    /// The next layer where nothing hangs on an issue of few options between two parties: copies of the layer before, each
    /// moved by an option.
    fn copied(
        &self,
        issue: usize,
        group: &Group<T, D>,
        options: &[usize],
    ) -> Option<Vec<Label<T, D>>> {
        let held = group.labels.len().saturating_mul(options.len());
        let few = D == 2
            && options.len() <= COPIES
            && held <= self.search.budget.saturating_mul(4)
            && self.search.cut.is_none();
        if !few {
            return None;
        }
        let mut moves: Vec<(u32, [T; D])> = options
            .iter()
            .map(|option| (*option as u32, self.worth(issue, *option)))
            .collect();
        moves.sort_unstable_by_key(|(option, _)| *option);
        let mut front = copies(&group.labels, group.first, &moves);
        if let Some(floors) = &self.floors {
            let rest = &self.rest[issue];
            let reaches = |label: &Label<T, D>, p: usize| {
                label.sums[p] + rest[p] + T::of(self.loss[p]) >= floors[p]
            };
            // It falls in the first coordinate and rises in the second.
            front.truncate(front.partition_point(|label| reaches(label, 0)));
            front.drain(..front.partition_point(|label| !reaches(label, 1)));
        }
        Some(front)
    }

    /// The options worth a look: all of them, or where nothing else hangs on the issue those that no other dominates.
    fn options(&self, issue: usize, free: bool) -> Vec<usize> {
        let count = self.search.terms.issues[issue].options.len();
        if !free {
            return (0..count).collect();
        }
        let labels = (0..count).map(|option| Label {
            sums: self.worth(issue, option),
            parent: 0,
            option: option as u32,
        });
        let kept = sweep(labels.collect(), |a, b| a.option < b.option);
        kept.iter().map(|label| label.option as usize).collect()
    }

    fn worth(&self, issue: usize, option: usize) -> [T; D] {
        std::array::from_fn(|p| {
            T::of(self.search.sign * self.search.scaled[p].values[issue][option])
        })
    }

    /// What this option adds, with the links it completes; none where a rule bars it.
    fn shift(
        &self,
        issue: usize,
        option: usize,
        settled: &[&Factor],
        chosen: impl Fn(usize) -> Option<usize>,
    ) -> Option<[T; D]> {
        let mut shift = self.worth(issue, option);
        settled
            .iter()
            .all(|factor| factor.takes_effect(&chosen, &mut shift))
            .then_some(shift)
    }

    fn extend(
        &self,
        bucket: &mut Vec<Label<T, D>>,
        group: &Group<T, D>,
        shift: [T; D],
        issue: usize,
        option: usize,
    ) {
        let rest = &self.rest[issue];
        let cut = self.search.cut.as_ref().map(|cut| {
            let lost: i128 = cut.weights.iter().zip(self.loss).map(|(w, l)| w * l).sum();
            let weights: [i128; D] =
                std::array::from_fn(|p| cut.weights.get(p).copied().unwrap_or(0));
            (weights, cut.least - self.weighed[issue] - lost)
        });
        let reaches_cut = |sums: &[T; D]| {
            cut.as_ref().is_none_or(|(weights, least)| {
                (0..D).map(|p| sums[p].wide() * weights[p]).sum::<i128>() >= *least
            })
        };
        for (parent, label) in (group.first..).zip(&group.labels) {
            let sums: [T; D] = std::array::from_fn(|p| label.sums[p] + shift[p]);
            let reaches = |floors: &[T; D]| {
                (0..D).all(|p| sums[p] + rest[p] + T::of(self.loss[p]) >= floors[p])
            };
            if self.floors.as_ref().is_none_or(reaches) && reaches_cut(&sums) {
                bucket.push(Label {
                    sums,
                    parent,
                    option: option as u32,
                });
            }
        }
    }

    fn keep(&self, labels: Vec<Label<T, D>>) -> Vec<Label<T, D>> {
        sweep(labels, |a, b| {
            self.comes_before((a.option, a.parent), (b.option, b.parent))
        })
    }

    /// Whether the package of one label comes before that of another, by the option of the first issue, then of the next.
    fn comes_before(&self, mut a: (u32, u32), mut b: (u32, u32)) -> bool {
        for trail in self.trails.iter().rev() {
            if a.0 != b.0 || a.1 == b.1 {
                break;
            }
            let before = |label: (u32, u32)| {
                trail
                    .get(label.1 as usize)
                    .map_or((0, 0), |(parent, option)| (*option, *parent))
            };
            (a, b) = (before(a), before(b));
        }
        a.0 < b.0
    }

    fn package(&self, mut place: usize) -> Vec<usize> {
        let trails = self.trails.iter().rev();
        let options = trails.map(|trail| {
            let (parent, option) = trail.get(place).copied().unwrap_or_default();
            place = parent as usize;
            option as usize
        });
        options.collect()
    }
}

/// For each issue, the most that deciding the issues before it can still add.
fn rest<T: Whole, const D: usize>(search: &Search, factors: &[Factor]) -> Vec<[T; D]> {
    let mut sum = [T::default(); D];
    let mut rest = Vec::with_capacity(search.terms.issues.len());
    for issue in 0..search.terms.issues.len() {
        rest.push(sum);
        for (p, sum) in sum.iter_mut().enumerate() {
            let values = search.scaled[p].values[issue]
                .iter()
                .map(|value| search.sign * value);
            let links = factors
                .iter()
                .filter(|factor| factor.issues.first() == Some(&issue))
                .map(|factor| match &factor.effect {
                    Effect::Adds { values, .. } => values[p].max(0),
                    Effect::Bars { .. } => 0,
                });
            *sum = *sum + T::of(values.max().unwrap_or(0) + links.sum::<i128>());
        }
    }
    rest
}

/// For each issue, the most that deciding the issues before it can still add to the weighted sum of the cut.
fn weighed(search: &Search, factors: &[Factor]) -> Vec<i128> {
    let Some(cut) = &search.cut else {
        return Vec::new();
    };
    let weigh = |values: &mut dyn Iterator<Item = i128>| -> i128 {
        values.zip(&cut.weights).map(|(value, w)| value * w).sum()
    };
    let mut sum = 0;
    let mut rest = Vec::with_capacity(search.terms.issues.len());
    for (issue, asked) in search.terms.issues.iter().enumerate() {
        rest.push(sum);
        let options = (0..asked.options.len()).map(|option| {
            let values = search
                .scaled
                .iter()
                .map(|party| party.values[issue][option]);
            weigh(&mut values.map(|value| search.sign * value))
        });
        let links = factors
            .iter()
            .filter(|factor| factor.issues.first() == Some(&issue))
            .map(|factor| match &factor.effect {
                Effect::Adds { values, .. } => weigh(&mut values.iter().copied()).max(0),
                Effect::Bars { .. } => 0,
            });
        sum += options.max().unwrap_or(0) + links.sum::<i128>();
    }
    rest
}

pub(crate) fn add<T: Whole, const D: usize>(sums: &mut [T; D], effect: &Effect) {
    if let Effect::Adds { values, .. } = effect {
        for (sum, value) in sums.iter_mut().zip(values) {
            *sum = *sum + T::of(*value);
        }
    }
}

pub(crate) fn lose<const D: usize>(loss: &mut [i128; D], more: &[i128; D]) {
    for (loss, more) in loss.iter_mut().zip(more) {
        *loss = loss.saturating_add(*more);
    }
}

/// Thins a layer out to its share: one label for each cell of a grid, and what a party may lose by that.
pub(crate) fn thin<T: Whole, const D: usize>(
    labels: Vec<Label<T, D>>,
    share: usize,
) -> (Vec<Label<T, D>>, [i128; D]) {
    if labels.len() <= share {
        return (labels, [0; D]);
    }
    let least: [i128; D] = std::array::from_fn(|p| {
        labels
            .iter()
            .map(|label| label.sums[p].wide())
            .min()
            .unwrap_or(0)
    });
    let most: [i128; D] = std::array::from_fn(|p| {
        labels
            .iter()
            .map(|label| label.sums[p].wide())
            .max()
            .unwrap_or(0)
    });
    let mut cells: i128 = 1 << 20;
    loop {
        let width: [i128; D] = std::array::from_fn(|p| (most[p] - least[p]) / cells + 1);
        let cell = |label: &Label<T, D>| -> [i128; D] {
            std::array::from_fn(|p| (label.sums[p].wide() - least[p]) / width[p])
        };
        // The first of a cell stands for it. What is lost is what the others really have more.
        let mut seen: BTreeMap<[i128; D], [T; D]> = BTreeMap::new();
        let (mut kept, mut lost) = (Vec::new(), [0_i128; D]);
        for label in &labels {
            let stands = *seen.entry(cell(label)).or_insert_with(|| {
                kept.push(*label);
                label.sums
            });
            for (p, lost) in lost.iter_mut().enumerate() {
                *lost = (label.sums[p].wide() - stands[p].wide()).max(*lost);
            }
            if kept.len() > share && cells > 1 {
                break;
            }
        }
        if kept.len() <= share || cells == 1 {
            return (kept, lost);
        }
        cells /= 2;
    }
}
