//! Conditions and packages against brute force: of all sets of them that are consistent, the one that counts is the
//! greatest.

use std::collections::BTreeSet;

use onetext_talks::*;
use proptest::prelude::*;

use crate::chance::Chance;
use crate::small::{Small, as_package, cell, on_condition, package, stance};
use crate::world::config;

const POINTS: [&str; 3] = ["1", "2", "3"];
const WORDS: [&str; 3] = [
    "The port is shared.",
    "The toll is nothing.",
    "The tower is lit.",
];
const PARTIES: [&str; 3] = ["a", "b", "c"];

/// What hangs on something: an acceptance, and how to tell whether it is met.
#[derive(Debug, Clone)]
enum Tie {
    /// The points that every party must accept.
    Condition(Vec<usize>),
    /// It is accepted as part of the offer.
    Offer,
}

/// What one party does with one point.
#[derive(Debug, Clone)]
enum Choice {
    Nothing,
    Objects,
    Accepts,
    AdReferendum,
    Hangs(Tie),
}

#[derive(Debug)]
struct Case {
    /// By party, by point.
    choices: Vec<Vec<Choice>>,
    /// The points of the offer.
    offer: Vec<usize>,
    /// By party: the points of its own package.
    own: Vec<Vec<usize>>,
}

impl Case {
    fn new(seed: u64) -> Case {
        let mut chance = Chance::new(seed);
        let parties = 2 + chance.below(2);
        let some =
            |chance: &mut Chance| -> Vec<usize> { (0..3).filter(|_| chance.one_in(2)).collect() };
        let choice = |chance: &mut Chance| match chance.below(12) {
            0 => Choice::Nothing,
            1 => Choice::Objects,
            2..4 => Choice::Accepts,
            4 => Choice::AdReferendum,
            5..7 => Choice::Hangs(Tie::Offer),
            _ => Choice::Hangs(Tie::Condition(some(chance))),
        };
        let choices = (0..parties).map(|_| (0..3).map(|_| choice(&mut chance)).collect());
        let choices = choices.collect();
        Case {
            choices,
            offer: some(&mut chance),
            own: (0..parties)
                .map(|_| {
                    if chance.one_in(3) {
                        some(&mut chance)
                    } else {
                        Vec::new()
                    }
                })
                .collect(),
        }
    }

    fn record(&self) -> Small {
        let parties = &PARTIES[..self.choices.len()];
        let mut small = Small::with_points(parties, &WORDS);
        let names =
            |points: &[usize]| -> Vec<&str> { points.iter().map(|at| POINTS[*at]).collect() };
        if !self.offer.is_empty() {
            small.act(
                "offer",
                "m",
                "plenary",
                1,
                package("v1", &names(&self.offer)),
            );
        }
        for (party, own) in parties.iter().zip(&self.own) {
            if !own.is_empty() {
                small.act(
                    &format!("own-{party}"),
                    party,
                    "plenary",
                    1,
                    package("v1", &names(own)),
                );
            }
        }
        for (party, choices) in parties.iter().zip(&self.choices) {
            for (point, choice) in POINTS.iter().zip(choices) {
                let kind = |kind| Deed::Stance(stance("v1", &[point], kind));
                let deed = match choice {
                    Choice::Nothing => continue,
                    Choice::Objects => kind(StanceKind::Object),
                    Choice::Accepts => kind(StanceKind::Accept),
                    Choice::AdReferendum => kind(StanceKind::AcceptAdRef),
                    Choice::Hangs(Tie::Condition(on)) => on_condition("v1", &[point], &names(on)),
                    Choice::Hangs(Tie::Offer) if self.offer.is_empty() => continue,
                    Choice::Hangs(Tie::Offer) => as_package("v1", &[point], "offer"),
                };
                let (id, by) = (format!("{party}{point}"), format!("head-{party}"));
                small.act(&id, &by, "plenary", 2, deed);
            }
        }
        small
    }

    /// Every acceptance that hangs on something: by a condition, the offer, or a package of its own.
    fn hanging(&self) -> Vec<(usize, usize)> {
        let all = (0..self.choices.len()).flat_map(|party| (0..3).map(move |point| (party, point)));
        all.filter(|(party, point)| match &self.choices[*party][*point] {
            Choice::Hangs(Tie::Offer) => !self.offer.is_empty(),
            Choice::Hangs(_) => true,
            Choice::Accepts | Choice::AdReferendum => self.own[*party].contains(point),
            _ => false,
        })
        .collect()
    }

    /// Whether a party accepts a point, were these met.
    fn accepts(&self, (party, point): (usize, usize), met: &BTreeSet<(usize, usize)>) -> bool {
        let tied = self.own[party].contains(&point);
        match &self.choices[party][point] {
            Choice::Nothing | Choice::Objects => false,
            Choice::Accepts | Choice::AdReferendum if !tied => true,
            _ => met.contains(&(party, point)),
        }
    }

    /// Whether each of these is met by the others.
    fn is_consistent(&self, met: &BTreeSet<(usize, usize)>) -> bool {
        met.iter().all(|(party, point)| {
            let everybody =
                |on: &usize| (0..self.choices.len()).all(|other| self.accepts((other, *on), met));
            let by_choice = match &self.choices[*party][*point] {
                Choice::Hangs(Tie::Condition(on)) => !on.is_empty() && on.iter().all(everybody),
                Choice::Hangs(Tie::Offer) => self.offer.iter().all(|on| {
                    let part = matches!(self.choices[*party][*on], Choice::Hangs(Tie::Offer));
                    part && self.accepts((*party, *on), met)
                }),
                _ => true,
            };
            let own = &self.own[*party];
            let whole = || own.iter().all(|on| self.accepts((*party, *on), met));
            by_choice && (!own.contains(point) || whole())
        })
    }

    /// The union of all consistent sets.
    fn greatest(&self) -> BTreeSet<(usize, usize)> {
        let hanging = self.hanging();
        let sets = (0..1_u32 << hanging.len()).map(|bits| {
            let chosen = hanging
                .iter()
                .enumerate()
                .filter(|(at, _)| bits >> at & 1 == 1);
            chosen.map(|(_, place)| *place).collect::<BTreeSet<_>>()
        });
        let consistent = sets.filter(|set| self.is_consistent(set));
        consistent.flatten().collect()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn law_4_conditions_resolve_to_the_greatest_consistent_set(seeds in proptest::collection::vec(any::<u64>(), 8)) {
        for seed in seeds {
            let case = Case::new(seed);
            let small = case.record();
            let met = case.greatest();
            prop_assert!(case.is_consistent(&met), "a union of consistent sets is one: {case:?}");
            let status = small.status();
            for (party, point) in case.hanging() {
                let shown = cell(&status, "main", POINTS[point], PARTIES[party]).stance;
                let counts = shown > CellStance::AcceptedOnCondition;
                prop_assert_eq!(
                    counts, met.contains(&(party, point)),
                    "{} on {}: {:?} in {:?}", PARTIES[party], POINTS[point], shown, case
                );
            }
        }
    }
}
