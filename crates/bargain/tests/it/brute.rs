//! Every package listed and compared with every other, on small random scenarios.

use onetext_bargain::{
    Budget, Choice, Fraction, Issue, Link, Party, Rule, Solutions, Study, Terms, Wish, solutions,
    study,
};
use proptest::prelude::*;

fn choices() -> impl Strategy<Value = Vec<(usize, usize)>> {
    prop::collection::vec((0..4_usize, 0..4_usize), 1..4)
}

prop_compose! {
    fn scenarios()(sizes in prop::collection::vec(1..4_usize, 1..5), parties in 1..6_usize)(
        values in prop::collection::vec(prop::collection::vec(prop::collection::vec(-2..7_i64, 4), sizes.len()), parties),
        reservations in prop::collection::vec(0..9_i64, parties),
        units in prop::collection::vec(1..8_i128, parties),
        links in prop::collection::vec((0..parties, choices(), -4..6_i64), 0..3),
        rules in prop::collection::vec((choices(), prop::option::of(choices())), 0..3),
        sizes in Just(sizes),
    ) -> Terms {
        let within = |choices: &[(usize, usize)]| -> Vec<Choice> {
            choices.iter().map(|(issue, option)| {
                let issue = issue % sizes.len();
                Choice { issue, option: option % sizes[issue] }
            }).collect()
        };
        Terms {
            issues: sizes.iter().enumerate().map(|(i, size)| Issue {
                id: i.to_string(),
                options: (0..*size).map(|option| option.to_string()).collect(),
            }).collect(),
            parties: (0..values.len()).map(|p| {
                let number = |n: i64| Fraction::new(i128::from(n), units[p]).unwrap();
                Party {
                    id: p.to_string(),
                    reservation: number(reservations[p]),
                    values: values[p].iter().zip(&sizes).map(|(v, size)| v[..*size].iter().map(|n| number(*n)).collect()).collect(),
                    links: links.iter().filter(|link| link.0 == p).map(|link| Link {
                        choices: within(&link.1),
                        value: number(link.2),
                    }).collect(),
                }
            }).collect(),
            rules: rules.iter().map(|(given, then)| match then {
                None => Rule::Forbid(within(given)),
                Some(then) => Rule::Require { given: within(given), then: within(then) },
            }).collect(),
        }
    }
}

/// A package with its utilities as whole numbers: all denominators are divisors of 420.
type Listed = (Vec<i128>, Vec<usize>);

fn whole(fraction: Fraction) -> i128 {
    fraction.above() * (420 / fraction.below())
}

/// Every allowed package, in the scenario's order.
/// The points of the frontier that was found, as whole numbers.
fn points(found: &Study) -> Vec<Listed> {
    let listed = found.frontier.iter().map(|point| {
        let sums = point.utilities.iter().copied().map(whole).collect();
        (sums, point.package.clone())
    });
    listed.collect()
}

fn packages(terms: &Terms) -> Vec<Listed> {
    let mut packages = vec![Vec::new()];
    for issue in &terms.issues {
        packages = packages
            .iter()
            .flat_map(|package| {
                (0..issue.options.len()).map(move |option| [package.as_slice(), &[option]].concat())
            })
            .collect();
    }
    let holds = |package: &[usize], choices: &[Choice]| {
        choices
            .iter()
            .all(|choice| package[choice.issue] == choice.option)
    };
    packages.retain(|package| {
        terms.rules.iter().all(|rule| match rule {
            Rule::Forbid(choices) => !holds(package, choices),
            Rule::Require { given, then } => !holds(package, given) || holds(package, then),
        })
    });
    let worth = |package: &[usize], party: &Party| {
        let options: i128 = package
            .iter()
            .enumerate()
            .map(|(issue, option)| whole(party.values[issue][*option]))
            .sum();
        let links = party
            .links
            .iter()
            .filter(|link| holds(package, &link.choices))
            .map(|link| whole(link.value));
        options + links.sum::<i128>()
    };
    let listed = packages.into_iter().map(|package| {
        (
            terms
                .parties
                .iter()
                .map(|party| worth(&package, party))
                .collect(),
            package,
        )
    });
    listed.collect()
}

fn frontier(packages: &[Listed]) -> Vec<Listed> {
    let dominated = |own: &Listed| {
        packages
            .iter()
            .any(|other| other.0 != own.0 && other.0.iter().zip(&own.0).all(|(a, b)| a >= b))
    };
    let mut kept: Vec<Listed> = Vec::new();
    for package in packages.iter().filter(|package| !dominated(package)) {
        if kept.iter().all(|other| other.0 != package.0) {
            kept.push(package.clone());
        }
    }
    kept.sort();
    kept
}

fn sorted(mut numbers: Vec<i128>) -> Vec<i128> {
    numbers.sort_unstable();
    numbers
}

fn check(terms: &Terms) -> Result<(), TestCaseError> {
    check_alone(terms)?;
    let all = packages(terms);
    let found = study(
        terms,
        &Wish {
            ignore_reservation: true,
            ..Wish::default()
        },
    )
    .unwrap();
    let listed = points(&found);
    prop_assert_eq!(&listed, &frontier(&all));
    let least: Vec<i128> = terms
        .parties
        .iter()
        .map(|party| whole(party.reservation))
        .collect();
    let acceptable: Vec<Listed> = frontier(&all)
        .into_iter()
        .filter(|(sums, _)| sums.iter().zip(&least).all(|(sum, least)| sum >= least))
        .collect();
    let found = study(terms, &Wish::default()).unwrap();
    let listed = points(&found);
    prop_assert_eq!(&listed, &acceptable);
    let Some(solutions) = found.solutions else {
        prop_assert!(acceptable.is_empty());
        return Ok(());
    };
    let gains = |sums: &[i128]| -> Vec<i128> {
        sums.iter()
            .zip(&least)
            .map(|(sum, least)| sum - least)
            .collect()
    };
    let ideal: Vec<i128> = least
        .iter()
        .enumerate()
        .map(|(p, least)| all.iter().map(|package| package.0[p]).max().unwrap() - least)
        .collect();
    // Each share of the ideal gain, over the product of all ideals.
    let shares = |sums: &[i128]| -> Vec<i128> {
        let gains = gains(sums);
        let gainful: Vec<usize> = (0..ideal.len()).filter(|p| ideal[*p] > 0).collect();
        gainful
            .iter()
            .map(|p| {
                gainful
                    .iter()
                    .map(|q| if q == p { gains[*p] } else { ideal[*q] })
                    .product()
            })
            .collect()
    };
    let best = |key: &dyn Fn(&[i128]) -> Vec<i128>| {
        acceptable
            .iter()
            .max_by_key(|point| key(&point.0))
            .unwrap()
            .1
            .clone()
    };
    prop_assert_eq!(
        solutions.nash.point.package,
        best(&|sums| vec![gains(sums).iter().product()])
    );
    prop_assert_eq!(
        solutions.egalitarian.point.package,
        best(&|sums| sorted(gains(sums)))
    );
    prop_assert_eq!(
        solutions.kalai_smorodinsky.point.package,
        best(&|sums| sorted(shares(sums)))
    );
    prop_assert_eq!(
        solutions
            .kalai_smorodinsky_spread
            .as_ref()
            .unwrap()
            .point
            .package
            .clone(),
        best(&|sums| {
            let shares = shares(sums);
            vec![shares.iter().min().unwrap_or(&0) - shares.iter().max().unwrap_or(&0)]
        })
    );
    prop_assert_eq!(
        solutions.welfare.point.package,
        best(&|sums| vec![sums.iter().sum()])
    );
    Ok(())
}

/// Each solution by its own bounds is the one that is picked from the whole frontier.
fn check_alone(terms: &Terms) -> Result<(), TestCaseError> {
    let whole = study(terms, &Wish::default()).unwrap().solutions;
    let alone = solutions(terms, &Wish::default()).unwrap();
    prop_assert_eq!(whole.is_some(), alone.is_some());
    let four = |found: Solutions| {
        let Solutions {
            nash,
            kalai_smorodinsky,
            egalitarian,
            welfare,
            ..
        } = found;
        [nash, kalai_smorodinsky, egalitarian, welfare]
    };
    prop_assert_eq!(whole.map(four), alone.map(four));
    Ok(())
}

/// How many scenarios: a few hundred, or as many as BARGAIN_CASES says.
#[expect(clippy::disallowed_methods, reason = "a test is told how long to run")]
fn cases() -> u32 {
    std::env::var("BARGAIN_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok())
        .unwrap_or(300)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_list_of_all_packages_says_the_same(terms in scenarios()) {
        check(&terms)?;
    }

    #[test]
    fn what_is_thinned_out_keeps_its_bound(terms in scenarios(), budget in 1..6_usize) {
        let found = study(&terms, &Wish { budget: Some(Budget::Combinations(budget)), ..Wish::default() }).unwrap();
        let loss: Vec<i128> = found.epsilon.map_or(vec![0; terms.parties.len()], |loss| loss.into_iter().map(whole).collect());
        let listed: Vec<Vec<i128>> = found.frontier.iter().map(|point| point.utilities.iter().copied().map(whole).collect()).collect();
        for (sums, _) in packages(&terms) {
            let high = sums.iter().zip(&terms.parties).zip(&loss).all(|((sum, party), loss)| sum - loss >= whole(party.reservation));
            let near = |point: &Vec<i128>| point.iter().zip(&sums).zip(&loss).all(|((own, sum), loss)| own + loss >= *sum);
            prop_assert!(!high || listed.iter().any(near), "{sums:?} {loss:?} {listed:?}");
        }
        // What is not proven keeps its bound, and what is proven is the best.
        let exact = study(&terms, &Wish::default()).unwrap();
        prop_assert_eq!(&exact.ideals, &found.ideals);
        if let (Some(best), Some(own)) = (&exact.solutions, &found.solutions) {
            for (best, own) in [
                (&best.nash, &own.nash),
                (&best.kalai_smorodinsky, &own.kalai_smorodinsky),
                (&best.egalitarian, &own.egalitarian),
                (&best.welfare, &own.welfare),
            ] {
                match own.at_most {
                    None => prop_assert_eq!(&own.point, &best.point),
                    Some(most) => prop_assert!(own.value <= best.value + 1e-9 && best.value <= most + 1e-9 * most.abs()),
                }
            }
        }
        for sums in &listed {
            prop_assert!(sums.iter().zip(&terms.parties).all(|(sum, party)| *sum >= whole(party.reservation)));
        }
    }
}
