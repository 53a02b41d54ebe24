//! Scenarios of 28 points with 4 options, the same on every machine.

use onetext_bargain::{Choice, Fraction, Issue, Link, Party, Terms};

use crate::prng::Chance;

type Values = Vec<Vec<i64>>;

fn terms(parties: Vec<Values>) -> Terms {
    let issues = parties
        .first()
        .map(|party| party.iter().map(Vec::len).collect::<Vec<_>>());
    let issue = |(place, options): (usize, usize)| Issue {
        id: format!("i{place}"),
        options: (0..options).map(|option| format!("o{option}")).collect(),
    };
    let party = |(place, values): (usize, Values)| Party {
        id: format!("p{place}"),
        reservation: Fraction::ZERO,
        values: values
            .into_iter()
            .map(|options| options.into_iter().map(Fraction::whole).collect())
            .collect(),
        links: Vec::new(),
    };
    Terms {
        issues: issues
            .unwrap_or_default()
            .into_iter()
            .enumerate()
            .map(issue)
            .collect(),
        parties: parties.into_iter().enumerate().map(party).collect(),
        rules: Vec::new(),
    }
}

fn below(chance: &mut Chance, limit: usize) -> i64 {
    i64::try_from(chance.below(limit)).unwrap_or(0)
}

fn values(chance: &mut Chance, issues: usize, options: usize, limit: usize) -> Values {
    let mut issue = || (0..options).map(|_| below(chance, limit)).collect();
    (0..issues).map(|_| issue()).collect()
}

/// Parties whose values have nothing to do with each other.
pub(super) fn random_of(
    issues: usize,
    options: usize,
    parties: usize,
    limit: usize,
    seed: u64,
) -> Terms {
    let mut chance = Chance::new(seed);
    terms(
        (0..parties)
            .map(|_| values(&mut chance, issues, options, limit))
            .collect(),
    )
}

/// The same, for 28 points with 4 options.
pub(super) fn random(parties: usize, limit: usize, seed: u64) -> Terms {
    random_of(28, 4, parties, limit, seed)
}

/// Of two parties one wants, by and large, what the other does not: what each option is worth to the second is what the
/// first gives up, more or less a fifth.
fn against(chance: &mut Chance, limit: usize) -> [Values; 2] {
    let first = values(chance, 28, 4, limit);
    let second = first.iter().map(|options| {
        let most = options.iter().max().copied().unwrap_or(0);
        let mut worth = |value: &i64| (most - value) * (80 + below(chance, 41)) / 100;
        options.iter().map(&mut worth).collect()
    });
    let second = second.collect();
    [first, second]
}

/// Two opposed parties.
pub(super) fn opposed(limit: usize, seed: u64) -> Terms {
    terms(against(&mut Chance::new(seed), limit).into())
}

/// Two opposed parties and a third.
pub(super) fn opposed_among_three(limit: usize, seed: u64) -> Terms {
    let mut chance = Chance::new(seed);
    let [first, second] = against(&mut chance, limit);
    let third = values(&mut chance, 28, 4, limit);
    terms(vec![first, second, third])
}

/// Two parties to whom combinations of neighbouring points are worth more, or less.
pub(super) fn chain(seed: u64) -> Terms {
    linked(seed, (0..27).map(|issue| (issue, issue + 1)))
}

/// Two parties to whom combinations of the first point with the last, of the second with the last but one, and so on, are
/// worth more, or less: in the scenario's order fourteen of them stand open at once.
pub(super) fn far_apart(seed: u64) -> Terms {
    linked(seed, (0..14).map(|issue| (issue, 27 - issue)))
}

/// Three links of each party on each of these pairs of points.
fn linked(seed: u64, pairs: impl Iterator<Item = (usize, usize)>) -> Terms {
    let mut chance = Chance::new(seed);
    let mut linked = random(2, 101, seed);
    for (one, other) in pairs {
        for party in &mut linked.parties {
            for _ in 0..3 {
                let choice = |issue, option| Choice { issue, option };
                let choices = vec![choice(one, chance.below(4)), choice(other, chance.below(4))];
                party.links.push(Link {
                    choices,
                    value: Fraction::whole(below(&mut chance, 61) - 20),
                });
            }
        }
    }
    linked
}
