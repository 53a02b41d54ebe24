//! Scenarios at the edge: an exact answer, an answer with its bound, or a refusal.

use onetext_bargain::{
    BargainError, Choice, Fraction, Issue, Party, Rule, Study, Terms, Wish, study,
};

/// One party a row of values, the same for every issue.
fn terms(issues: usize, values: &[&[Fraction]]) -> Terms {
    let options = values.first().map_or(1, |values| values.len());
    Terms {
        issues: (0..issues)
            .map(|issue| Issue {
                id: issue.to_string(),
                options: (0..options).map(|option| option.to_string()).collect(),
            })
            .collect(),
        parties: values
            .iter()
            .enumerate()
            .map(|(party, values)| Party {
                id: party.to_string(),
                reservation: Fraction::ZERO,
                values: vec![values.to_vec(); issues],
                links: Vec::new(),
            })
            .collect(),
        rules: Vec::new(),
    }
}

fn whole(numbers: &[i64]) -> Vec<Fraction> {
    numbers
        .iter()
        .map(|number| Fraction::whole(*number))
        .collect()
}

fn answer(terms: &Terms) -> Study {
    study(terms, &Wish::default()).unwrap()
}

#[test]
fn a_million_options() {
    let up: Vec<Fraction> = (0..1_000_000).map(Fraction::whole).collect();
    let down: Vec<Fraction> = up
        .iter()
        .map(|n| Fraction::whole(i64::try_from(n.above()).unwrap() / 1000 * -1000 + 999_000))
        .collect();
    let found = answer(&terms(1, &[&up, &down]));
    assert_eq!((found.frontier.len(), found.epsilon), (1000, None));
}

#[test]
fn two_hundred_issues() {
    let (a, b) = (whole(&[0, 1, 2]), whole(&[2, 1, 0]));
    let found = answer(&terms(200, &[&a, &b]));
    assert_eq!(found.frontier.len(), 401);
    assert_eq!(found.outcomes.len(), 96);
    assert_eq!(found.solutions.unwrap().nash.value, 40_000.0);
}

#[test]
fn denominators_of_a_billion_billions() {
    let fine = |n| Fraction::new(n, 1_000_000_000_000_000_000).unwrap();
    let found = answer(&terms(
        3,
        &[
            &[fine(1), fine(2)],
            &[fine(2), fine(1)],
            &[fine(1), fine(1)],
        ],
    ));
    assert_eq!(found.frontier.len(), 4);
}

#[test]
fn numbers_that_do_not_fit_are_refused() {
    let most = Fraction::new(i128::MAX / 9, 1).unwrap();
    let odd = |n| Fraction::new(1, n).unwrap();
    let refused = |values: &[Fraction]| study(&terms(8, &[values]), &Wish::default()).unwrap_err();
    assert_eq!(
        refused(&[most, Fraction::ZERO]),
        BargainError::Unit("0".into())
    );
    let (three, seven) = (3_i128.pow(50), 7_i128.pow(30));
    assert_eq!(
        refused(&[odd(three), odd(seven)]),
        BargainError::Unit("0".into())
    );
}

#[test]
fn nobody_and_nothing_are_refused() {
    let one = whole(&[1]);
    for (found, expected) in [
        (terms(0, &[&one]), BargainError::Empty("issue")),
        (terms(1, &[]), BargainError::Empty("party")),
        (terms(1, &[&[]]), BargainError::NoOption("0".into())),
        (
            terms(1, &[one.as_slice(); 9]),
            BargainError::TooManyParties(9),
        ),
    ] {
        assert_eq!(study(&found, &Wish::default()).unwrap_err(), expected);
    }
}

#[test]
fn rules_that_bite_their_own_tail_leave_what_satisfies_all() {
    let (a, b) = (whole(&[0, 1]), whole(&[1, 0]));
    let mut ring = terms(3, &[&a, &b]);
    let choice = |issue, option| vec![Choice { issue, option }];
    for issue in 0..3 {
        ring.rules.push(Rule::Require {
            given: choice(issue, 1),
            then: choice((issue + 1) % 3, 1),
        });
    }
    assert_eq!(
        answer(&ring)
            .frontier
            .iter()
            .map(|point| point.package.clone())
            .collect::<Vec<_>>(),
        [[0, 0, 0], [1, 1, 1]]
    );
    ring.rules.push(Rule::Forbid(Vec::new()));
    let found = answer(&ring);
    assert!(found.frontier.is_empty() && found.solutions.is_none() && found.ideals.is_none());
}

#[test]
fn zero_weights_and_one_option() {
    let none = whole(&[0]);
    let found = answer(&terms(2, &[&none, &none]));
    assert_eq!(found.frontier.len(), 1);
    assert_eq!(found.solutions.unwrap().egalitarian.value, 0.0);
}
