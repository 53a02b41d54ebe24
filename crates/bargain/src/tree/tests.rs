//! The tree against the path, on random scenarios.

use super::plan::Graph;
use super::{Plan, run};
use crate::exact::Fraction;
use crate::layers::Search;
use crate::terms::{Choice, Issue, Link, Party, Rule, Terms};

/// The same numbers on every machine (Lehmer 1951).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) as usize % most
    }
}

fn scenario(dice: &mut Dice, parties: usize) -> Terms {
    let sizes: Vec<usize> = (0..2 + dice.below(5)).map(|_| 1 + dice.below(3)).collect();
    let choices = |dice: &mut Dice| -> Vec<Choice> {
        (0..dice.below(4))
            .map(|_| {
                let issue = dice.below(sizes.len());
                Choice {
                    issue,
                    option: dice.below(sizes[issue]),
                }
            })
            .collect()
    };
    let number = |dice: &mut Dice| Fraction::whole(dice.below(9) as i64 - 3);
    let party = |dice: &mut Dice| Party {
        id: String::new(),
        reservation: Fraction::whole(dice.below(7) as i64 - 2),
        values: sizes
            .iter()
            .map(|size| (0..*size).map(|_| number(dice)).collect())
            .collect(),
        links: (0..dice.below(4))
            .map(|_| Link {
                choices: choices(dice),
                value: number(dice),
            })
            .collect(),
    };
    Terms {
        issues: sizes
            .iter()
            .map(|size| Issue {
                id: String::new(),
                options: vec![String::new(); *size],
            })
            .collect(),
        parties: (0..parties).map(|_| party(dice)).collect(),
        rules: (0..dice.below(3))
            .map(|_| match dice.below(2) {
                0 => Rule::Forbid(choices(dice)),
                _ => Rule::Require {
                    given: choices(dice),
                    then: choices(dice),
                },
            })
            .collect(),
    }
}

/// What a package is worth to each party, and its choices.
type Weighed = (Vec<i128>, Vec<usize>);

fn points<const D: usize>(terms: &Terms, tree: bool, budget: usize) -> (Vec<Weighed>, Vec<i128>) {
    let scaled = terms.scaled().unwrap();
    let search = Search {
        terms,
        parties: (0..scaled.len()).collect(),
        sign: 1,
        floors: Some(scaled.iter().map(|party| party.reservation).collect()),
        cut: None,
        budget,
        scaled: scaled.iter().collect(),
    };
    let found = match tree {
        true => {
            let plan = Graph::of(terms).along_a_tree(terms);
            run::<i64, D>(&search, search.factors(), &plan).unwrap()
        }
        false => search.run().unwrap(),
    };
    let mut points = found.points;
    points.sort();
    (points, found.loss)
}

#[test]
fn the_tree_and_the_path_find_the_same() {
    let mut dice = Dice(7);
    for _ in 0..3000 {
        let two = scenario(&mut dice, 2);
        assert_eq!(
            points::<2>(&two, true, 1 << 20),
            points::<2>(&two, false, 1 << 20),
            "{two:?}"
        );
        let three = scenario(&mut dice, 3);
        assert_eq!(
            points::<3>(&three, true, 1 << 20),
            points::<3>(&three, false, 1 << 20),
            "{three:?}"
        );
    }
}

#[test]
fn a_tree_that_is_thinned_out_keeps_its_bound() {
    let mut dice = Dice(11);
    for round in 0..2000 {
        let terms = scenario(&mut dice, 2);
        let (all, _) = points::<2>(&terms, false, 1 << 20);
        let (some, loss) = points::<2>(&terms, true, 1 + round % 4);
        let least: Vec<i128> = terms
            .scaled()
            .unwrap()
            .iter()
            .map(|party| party.reservation)
            .collect();
        for (own, _) in &all {
            let high = own
                .iter()
                .zip(&least)
                .zip(&loss)
                .all(|((own, least), loss)| own - loss >= *least);
            let near = |(other, _): &(Vec<i128>, Vec<usize>)| {
                other
                    .iter()
                    .zip(own)
                    .zip(&loss)
                    .all(|((other, own), loss)| other + loss >= *own)
            };
            assert!(!high || some.iter().any(near), "{own:?} {loss:?} {some:?}");
        }
    }
}

/// Pairs of issues far apart: in the scenario's order all of them stand open, along a tree one at a time.
#[test]
fn links_between_issues_far_apart_go_along_a_tree() {
    let mut terms = scenario(&mut Dice(3), 2);
    let four = |number: i64| {
        vec![number, 1, 3 - number, 2]
            .into_iter()
            .map(Fraction::whole)
            .collect()
    };
    terms.issues = vec![
        Issue {
            id: String::new(),
            options: vec![String::new(); 4],
        };
        24
    ];
    terms.rules.clear();
    for (place, party) in terms.parties.iter_mut().enumerate() {
        party.values = (0..24)
            .map(|issue| four((issue + place as i64) % 3))
            .collect();
        party.links = (0..12)
            .map(|issue| Link {
                choices: [issue, 23 - issue]
                    .map(|issue| Choice { issue, option: 0 })
                    .into(),
                value: Fraction::whole(2),
            })
            .collect();
    }
    let plan = Plan::of(&terms);
    assert!(plan.along_a_tree);
    assert_eq!((plan.width, plan.contexts), (1, 4));
    let (found, loss) = points::<2>(&terms, true, 1 << 20);
    assert_eq!(loss, [0, 0]);
    let whole = found
        .windows(2)
        .all(|pair| pair[0].0[0] < pair[1].0[0] && pair[0].0[1] > pair[1].0[1]);
    assert!(found.len() > 5 && whole, "{found:?}");
}
