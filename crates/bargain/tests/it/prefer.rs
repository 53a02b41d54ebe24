//! Values from orders and swaps: they agree with what was said, and what cannot be true together is named.

use onetext_bargain::{Choice, Clash, Fraction, Order, Swap, agrees, valued};
use proptest::prelude::*;

fn order(options: &[usize]) -> Order {
    Order {
        options: options.to_vec(),
        tied: vec![false; options.len()],
    }
}

fn take(issue: usize, option: usize) -> Choice {
    Choice { issue, option }
}

fn rather(one: &[(usize, usize)], other: &[(usize, usize)]) -> Swap {
    let side = |side: &[(usize, usize)]| side.iter().map(|own| take(own.0, own.1)).collect();
    Swap {
        rather: side(one),
        than: side(other),
        same: false,
    }
}

#[test]
fn a_circle_of_swaps_is_named_in_its_order() {
    let orders = [order(&[0, 1]), order(&[0, 1]), order(&[0, 1])];
    let (a, b, c) = (
        [(0, 0), (1, 1), (2, 1)],
        [(0, 1), (1, 0), (2, 1)],
        [(0, 1), (1, 1), (2, 0)],
    );
    let swaps = [rather(&a, &b), rather(&c, &a), rather(&b, &c)];
    let Err(Clash::Contradiction {
        swaps: named,
        cycle,
    }) = valued(&orders, &swaps)
    else {
        panic!("a circle");
    };
    assert!(cycle);
    assert_eq!(named.len(), 3);
    for (place, own) in named.iter().enumerate() {
        let next = named[(place + 1) % 3];
        assert_eq!(swaps[*own].than, swaps[next].rather);
    }
    assert!(valued(&orders, &swaps[..2]).is_ok());
}

#[test]
fn of_swaps_that_contradict_each_other_a_smallest_part_is_named() {
    let orders = [order(&[0, 1]), order(&[0, 1])];
    // The first point is worth more than the second; and less; the third says nothing about that.
    let swaps = [
        rather(&[(0, 0), (1, 1)], &[(0, 1), (1, 0)]),
        rather(&[(0, 0), (1, 0)], &[(0, 1), (1, 1)]),
        rather(&[(1, 0)], &[(0, 0)]),
    ];
    let Err(Clash::Contradiction { swaps: named, .. }) = valued(&orders, &swaps) else {
        panic!("a contradiction");
    };
    assert_eq!(named, [0, 2]);
    // One swap alone can contradict the orders.
    let against = [rather(&[(0, 1)], &[(0, 0)])];
    assert_eq!(
        valued(&orders, &against),
        Err(Clash::Contradiction {
            swaps: vec![0],
            cycle: false
        })
    );
    assert_eq!(agrees(&orders, &against), Ok(false));
}

#[test]
fn what_names_nothing_is_refused() {
    for orders in [
        vec![order(&[0, 0])],
        vec![order(&[1])],
        vec![order(&[0, 2])],
    ] {
        assert_eq!(valued(&orders, &[]), Err(Clash::Choice), "{orders:?}");
    }
    let twice = rather(&[(0, 0), (0, 1)], &[(0, 1)]);
    assert_eq!(valued(&[order(&[0, 1])], &[twice]), Err(Clash::Choice));
    assert_eq!(
        valued(&[order(&[0])], &[rather(&[(4, 0)], &[])]),
        Err(Clash::Choice)
    );
}

#[test]
fn where_nothing_is_said_every_share_is_possible() {
    let found = valued(&[order(&[1, 0]), order(&[0, 1, 2])], &[]).unwrap();
    assert_eq!(
        (found.least[0][1], found.most[0][1]),
        (Fraction::ZERO, Fraction::whole(100))
    );
    assert_eq!(found.values[0][0], Fraction::ZERO);
    let sum = found.values[0][1].plus(found.values[1][0]).unwrap();
    assert_eq!(sum, Fraction::whole(100));
    // One option everywhere: nothing to choose, nothing to gain.
    let nothing = valued(&[order(&[0])], &[]).unwrap();
    assert_eq!(nothing.values, [[Fraction::ZERO]]);
}

prop_compose! {
    /// True values, and swaps that agree with them.
    fn honest()(sizes in prop::collection::vec(2..4_usize, 1..5))(
        steps in prop::collection::vec(prop::collection::vec(1..9_i64, 3), sizes.len()),
        asked in prop::collection::vec((prop::collection::vec(0..3_usize, sizes.len()), prop::collection::vec(0..3_usize, sizes.len())), 0..7),
        sizes in Just(sizes),
    ) -> (Vec<Order>, Vec<Swap>) {
        let worth: Vec<Vec<i64>> = sizes.iter().zip(&steps).map(|(size, steps)| {
            (0..*size).map(|option| steps[..size - 1 - option].iter().sum()).collect()
        }).collect();
        let orders = sizes.iter().map(|size| order(&(0..*size).collect::<Vec<_>>())).collect();
        let swaps = asked.iter().map(|(one, other)| {
            let side = |numbers: &[usize]| -> Vec<Choice> {
                numbers.iter().enumerate().map(|(issue, number)| take(issue, number % sizes[issue])).collect()
            };
            let total = |side: &[Choice]| -> i64 { side.iter().map(|choice| worth[choice.issue][choice.option]).sum() };
            let (one, other) = (side(one), side(other));
            match total(&one).cmp(&total(&other)) {
                std::cmp::Ordering::Less => Swap { rather: other, than: one, same: false },
                more => Swap { rather: one, than: other, same: more.is_eq() },
            }
        }).collect();
        (orders, swaps)
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn values_agree_with_everything_that_was_said((orders, swaps) in honest()) {
        let found = valued(&orders, &swaps).unwrap();
        for (issue, order) in orders.iter().enumerate() {
            for pair in order.options.windows(2) {
                prop_assert!(found.values[issue][pair[0]] > found.values[issue][pair[1]]);
            }
            for option in 0..order.options.len() {
                let own = found.values[issue][option];
                prop_assert!(found.least[issue][option] <= own && own <= found.most[issue][option]);
            }
        }
        let total = |side: &[Choice]| side.iter().try_fold(Fraction::ZERO, |sum, choice| sum.plus(found.values[choice.issue][choice.option])).unwrap();
        for swap in &swaps {
            let (one, other) = (total(&swap.rather), total(&swap.than));
            prop_assert!(if swap.same { one == other } else { one > other }, "{:?}", swap);
        }
        let best: Vec<Choice> = orders.iter().enumerate().map(|(issue, order)| take(issue, order.options[0])).collect();
        prop_assert_eq!(total(&best), Fraction::whole(100));
    }

    #[test]
    fn with_one_swap_turned_round_what_is_named_is_smallest((orders, swaps) in honest(), which in any::<prop::sample::Index>()) {
        prop_assume!(swaps.iter().any(|swap| !swap.same));
        let mut swaps = swaps;
        let strict: Vec<usize> = (0..swaps.len()).filter(|own| !swaps[*own].same).collect();
        let own = strict[which.index(strict.len())];
        let swap = &mut swaps[own];
        std::mem::swap(&mut swap.rather, &mut swap.than);
        if let Err(Clash::Contradiction { swaps: named, .. }) = valued(&orders, &swaps) {
            let part = |left: Option<usize>| -> Vec<Swap> {
                named.iter().filter(|own| Some(**own) != left).map(|own| swaps[*own].clone()).collect()
            };
            prop_assert_eq!(agrees(&orders, &part(None)), Ok(false));
            for own in &named {
                prop_assert_eq!(agrees(&orders, &part(Some(*own))), Ok(true));
            }
        }
    }
}
