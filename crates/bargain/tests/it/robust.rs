//! What holds whatever the numbers are, against a list of all packages at every corner of the intervals.

use onetext_bargain::{
    Choice, Fraction, Issue, Link, Number, Party, Rule, Spread, Terms, Wish, judge, packages_of,
    robust, study,
};
use proptest::prelude::*;

prop_compose! {
    fn uncertain()(sizes in prop::collection::vec(1..4_usize, 1..4), parties in 1..4_usize)(
        values in prop::collection::vec(prop::collection::vec(prop::collection::vec((-2..6_i64, 0..3_i64, 0..3_i64), 3), sizes.len()), parties),
        reservations in prop::collection::vec((0..6_i64, 0..2_i64), parties),
        links in prop::collection::vec((0..parties, 0..9_usize, 0..9_usize, -2..4_i64, 0..3_i64), 0..3),
        barred in prop::option::of((0..9_usize, 0..9_usize)),
        sizes in Just(sizes),
    ) -> (Terms, Spread) {
        let pair = |one: usize, other: usize| -> Vec<Choice> {
            [one, other].iter().map(|number| {
                let issue = number % sizes.len();
                Choice { issue, option: (number / 3) % sizes[issue] }
            }).collect()
        };
        let side = |side: i64| -> Vec<Party> {
            let at = |(middle, down, up): (i64, i64, i64)| Fraction::whole(match side {
                -1 => middle - down,
                1 => middle + up,
                _ => middle,
            });
            (0..values.len()).map(|p| Party {
                id: p.to_string(),
                reservation: at((reservations[p].0, reservations[p].1, reservations[p].1)),
                values: values[p].iter().zip(&sizes).map(|(v, size)| v[..*size].iter().map(|own| at(*own)).collect()).collect(),
                links: links.iter().filter(|link| link.0 == p).map(|link| Link {
                    choices: pair(link.1, link.2),
                    value: at((link.3, link.4, link.4)),
                }).collect(),
            }).collect()
        };
        let terms = Terms {
            issues: sizes.iter().enumerate().map(|(i, size)| Issue {
                id: i.to_string(),
                options: (0..*size).map(|option| option.to_string()).collect(),
            }).collect(),
            parties: side(0),
            rules: barred.iter().map(|(one, other)| Rule::Forbid(pair(*one, *other))).collect(),
        };
        (terms, Spread { least: side(-1), most: side(1) })
    }
}

fn packages(terms: &Terms) -> Vec<Vec<usize>> {
    let mut packages = vec![Vec::new()];
    for issue in &terms.issues {
        packages = packages
            .iter()
            .flat_map(|package: &Vec<usize>| {
                (0..issue.options.len()).map(move |option| [package.as_slice(), &[option]].concat())
            })
            .collect();
    }
    packages.retain(|package| terms.allows(package));
    packages
}

fn worth(party: &Party, package: &[usize]) -> i128 {
    let own: i128 = party
        .values
        .iter()
        .zip(package)
        .map(|(values, option)| values[*option].above())
        .sum();
    let holds = |link: &&Link| {
        link.choices
            .iter()
            .all(|choice| package[choice.issue] == choice.option)
    };
    own + party
        .links
        .iter()
        .filter(holds)
        .map(|link| link.value.above())
        .sum::<i128>()
}

/// The least by which one package leads another for a party, over all numbers: at the corner that is worst for it.
fn least_lead(low: &Party, high: &Party, one: &[usize], other: &[usize]) -> i128 {
    let mut lead = 0;
    for (issue, (own, theirs)) in one.iter().zip(other).enumerate() {
        if own != theirs {
            lead += low.values[issue][*own].above() - high.values[issue][*theirs].above();
        }
    }
    for (low, high) in low.links.iter().zip(&high.links) {
        let holds = |package: &[usize]| {
            low.choices
                .iter()
                .all(|choice| package[choice.issue] == choice.option)
        };
        match (holds(one), holds(other)) {
            (true, false) => lead += low.value.above(),
            (false, true) => lead -= high.value.above(),
            _ => {}
        }
    }
    lead
}

/// Random numbers within the intervals, and all corners of one party's.
fn inside(spread: &Spread, dice: &mut u64) -> Vec<Party> {
    let mut next = || {
        *dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        *dice >> 33
    };
    let mut between = |low: Fraction, high: Fraction| {
        let span = high.above() - low.above() + 1;
        Fraction::new(low.above() + i128::from(next()) % span, 1).unwrap()
    };
    spread
        .least
        .iter()
        .zip(&spread.most)
        .map(|(low, high)| Party {
            id: low.id.clone(),
            reservation: low.reservation,
            values: low
                .values
                .iter()
                .zip(&high.values)
                .map(|(low, high)| {
                    low.iter()
                        .zip(high)
                        .map(|(low, high)| between(*low, *high))
                        .collect()
                })
                .collect(),
            links: low
                .links
                .iter()
                .zip(&high.links)
                .map(|(low, high)| Link {
                    choices: low.choices.clone(),
                    value: between(low.value, high.value),
                })
                .collect(),
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn sure_and_possible_are_what_a_list_says((terms, spread) in uncertain(), seed in any::<u64>()) {
        let all = packages(&terms);
        let wish = Wish { ignore_reservation: true, ..Wish::default() };
        let found = robust(&terms, &spread, &wish).unwrap();
        prop_assert!(found.all_possible && found.all_sure);
        for package in &all {
            let leads = |one: &[usize], other: &[usize]| -> Vec<i128> {
                spread.least.iter().zip(&spread.most).map(|(low, high)| least_lead(low, high, one, other)).collect()
            };
            // What always gives everybody as much and somebody more rules it out; what never can leaves it sure.
            let ruled_out = all.iter().any(|other| {
                let leads = leads(other, package);
                leads.iter().all(|lead| *lead >= 0) && leads.iter().any(|lead| *lead > 0)
            });
            let sure = !all.iter().any(|other| {
                let leads = leads(package, other);
                leads.iter().all(|lead| *lead <= 0) && leads.iter().any(|lead| *lead < 0)
            });
            let own = judge(&terms, &spread, package, &wish).unwrap();
            prop_assert_eq!((own.possibly, own.surely), (Some(!ruled_out), Some(sure)), "{:?}", package);
            prop_assert_eq!(found.packages.iter().any(|judged| judged == &own), !ruled_out);
            for (party, (low, high)) in spread.least.iter().zip(&spread.most).enumerate() {
                prop_assert_eq!(own.least[party].above(), worth(low, package));
                prop_assert_eq!(own.most[party].above(), worth(high, package));
            }
        }
        // And no numbers that are tried say otherwise.
        let mut dice = seed;
        for _ in 0..20 {
            let own = inside(&spread, &mut dice);
            let efficient = |package: &Vec<usize>| !all.iter().any(|other| {
                let leads: Vec<i128> = own.iter().map(|party| worth(party, other) - worth(party, package)).collect();
                leads.iter().all(|lead| *lead >= 0) && leads.iter().any(|lead| *lead > 0)
            });
            for package in &all {
                let judged = found.packages.iter().find(|judged| judged.package == *package);
                match (efficient(package), judged) {
                    (true, None) => prop_assert!(false, "{:?} is efficient and was ruled out", package),
                    (false, Some(judged)) => prop_assert_ne!(judged.surely, Some(true), "{:?}", package),
                    _ => {}
                }
            }
        }
    }

    #[test]
    fn every_package_of_a_point_is_found((terms, _) in uncertain()) {
        let all = packages(&terms);
        let wish = Wish { ignore_reservation: true, ..Wish::default() };
        for point in &study(&terms, &wish).unwrap().frontier {
            let gives = |package: &Vec<usize>| terms.parties.iter().zip(&point.utilities).all(|(party, own)| worth(party, package) == own.above());
            let expected: Vec<Vec<usize>> = all.iter().filter(|package| gives(package)).cloned().collect();
            prop_assert_eq!(packages_of(&terms, &point.utilities, 1000), (expected.clone(), true));
            prop_assert_eq!(packages_of(&terms, &point.utilities, 1), (expected[..1].to_vec(), expected.len() == 1));
        }
    }

    #[test]
    fn a_solution_hangs_on_a_number_as_a_study_with_it_says((terms, spread) in uncertain()) {
        let found = robust(&terms, &spread, &Wish::default()).unwrap();
        for own in found.hangs.unwrap() {
            for (to, told) in [(own.between.0, &own.at_least), (own.between.1, &own.at_most)] {
                let mut changed = terms.clone();
                let party = &mut changed.parties[own.party];
                match own.number {
                    Number::Value(choice) => party.values[choice.issue][choice.option] = to,
                    Number::Link(link) => party.links[link].value = to,
                    Number::Reservation => party.reservation = to,
                }
                prop_assert_eq!(&study(&changed, &Wish::default()).unwrap().solutions, told);
            }
        }
    }
}

#[test]
fn a_spread_that_does_not_fit_is_refused() {
    let terms = Terms {
        issues: vec![Issue {
            id: "i".into(),
            options: vec!["a".into()],
        }],
        parties: vec![Party {
            id: "p".into(),
            reservation: Fraction::ZERO,
            values: vec![vec![Fraction::whole(3)]],
            links: Vec::new(),
        }],
        rules: Vec::new(),
    };
    let around = Spread::around(&terms, Fraction::whole(10)).unwrap();
    assert_eq!(around.least[0].values[0][0], Fraction::new(27, 10).unwrap());
    let wrong = Spread {
        least: around.most.clone(),
        most: around.most.clone(),
    };
    assert!(robust(&terms, &wrong, &Wish::default()).is_err());
    let short = Spread {
        least: Vec::new(),
        most: Vec::new(),
    };
    assert!(judge(&terms, &short, &[0], &Wish::default()).is_err());
}
