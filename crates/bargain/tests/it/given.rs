//! A package on the table: efficient or not, and who could gain.

use onetext_bargain::{Choice, Fraction, Issue, Party, Rule, Terms, Wish, given};

/// Two parties over three points; the second cares for the last alone.
fn terms() -> Terms {
    let numbers = |values: &[[i64; 2]]| -> Vec<Vec<Fraction>> {
        values
            .iter()
            .map(|own| own.map(Fraction::whole).to_vec())
            .collect()
    };
    let party = |id: &str, values: &[[i64; 2]]| Party {
        id: id.into(),
        reservation: Fraction::whole(2),
        values: numbers(values),
        links: Vec::new(),
    };
    Terms {
        issues: (0..3)
            .map(|place| Issue {
                id: format!("i{place}"),
                options: vec!["x".into(), "y".into()],
            })
            .collect(),
        parties: vec![
            party("a", &[[3, 0], [2, 1], [0, 1]]),
            party("b", &[[0, 0], [0, 1], [5, 0]]),
        ],
        rules: Vec::new(),
    }
}

#[test]
fn a_package_that_can_be_bettered_says_by_what() {
    let found = given(&terms(), &[1, 1, 0], &Wish::default()).unwrap();
    assert_eq!(found.efficient, Some(false));
    assert_eq!(found.refused_by, [0]);
    let better = found.gains[0].as_ref().unwrap();
    assert_eq!(better.package, [0, 1, 0]);
    assert_eq!(better.utilities, [Fraction::whole(4), Fraction::whole(6)]);
    assert_eq!((&found.gains[1], found.weights), (&None, None));
}

#[test]
fn an_efficient_package_has_weights_that_can_be_checked_by_hand() {
    let terms = terms();
    let found = given(&terms, &[0, 1, 0], &Wish::default()).unwrap();
    assert_eq!((found.efficient, found.refused_by.len()), (Some(true), 0));
    let weights = found.weights.unwrap();
    for (issue, chosen) in [0, 1, 0].into_iter().enumerate() {
        let worth = |option: usize| -> f64 {
            let parties = terms.parties.iter().zip(&weights);
            parties
                .map(|(party, weight)| party.values[issue][option].shown() * weight.shown())
                .sum()
        };
        assert!(worth(chosen) >= worth(1 - chosen), "{issue}");
    }
}

#[test]
fn a_barred_package_names_its_rule() {
    let mut terms = terms();
    let choice = |issue, option| Choice { issue, option };
    terms
        .rules
        .push(Rule::Forbid(vec![choice(0, 0), choice(1, 1)]));
    let found = given(&terms, &[0, 1, 0], &Wish::default()).unwrap();
    assert_eq!(found.barred_by, [0]);
    assert!(given(&terms, &[0, 1, 7], &Wish::default()).is_err());
    assert!(given(&terms, &[0, 1], &Wish::default()).is_err());
}
