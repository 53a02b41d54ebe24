//! The history of a room is the same in whatever order its acts arrive, also where they were written to deceive.

use std::collections::{BTreeMap, BTreeSet};

use onetext_seal::testing::{self, Numbers};
use onetext_seal::{ActDigest, Envelope, Flaw, History, Link, Moment, SiteId};
use proptest::prelude::*;

/// A graph of links grown from numbers. `hostile` of a hundred lie about something.
fn graph(seed: u64, acts: usize, sites: usize, hostile: usize) -> Vec<Link> {
    let mut numbers = Numbers::new(seed);
    let mut links: Vec<Link> = Vec::new();
    // What each site has seen, as its own history.
    let mut seen: Vec<History> = vec![History::new(); sites];
    for index in 0..acts {
        let site = numbers.below(sites);
        // It catches up with some other site, which has all that its acts rest on.
        if numbers.below(3) == 0 {
            let other = seen[numbers.below(sites)].clone();
            for link in &links {
                if other.has(&link.id) {
                    seen[site].add(link.clone());
                }
            }
        }
        let id = ActDigest::of(&index.to_be_bytes());
        let mut link = next(&seen[site], id, SiteId([site as u8; 32]), index);
        if numbers.below(100) < hostile {
            match numbers.below(5) {
                0 => link.depth += 1 + numbers.below(5) as u64,
                1 => link.sequence = numbers.below(9) as u64,
                2 => link.recorded = moment(0),
                3 => link.parents = links.first().map(|link| link.id).into_iter().collect(),
                _ => link.parents.clear(),
            }
        }
        // Everybody has the act with which the room begins.
        for (other, history) in seen.iter_mut().enumerate() {
            if index == 0 || other == site {
                history.add(link.clone());
            }
        }
        links.push(link);
    }
    links
}

fn next(history: &History, id: ActDigest, site: SiteId, index: usize) -> Link {
    let heads = history.heads();
    let depth = heads
        .iter()
        .map(|head| history.standing(head).unwrap().0 + 1);
    Link {
        id,
        depth: depth.max().unwrap_or(0),
        parents: heads.into_iter().collect(),
        recorded: moment(index + 1),
        site,
        sequence: history.written_by(&site),
    }
}

fn moment(index: usize) -> Moment {
    Moment::parse(&format!("2031-03-06T14:30:00.{index:06}Z")).unwrap()
}

/// Everything that a history says.
fn told(history: &History) -> impl PartialEq + std::fmt::Debug + use<> {
    (
        history.heads(),
        history.in_order(),
        history.flaws(),
        history.beginnings(),
        history.pending(),
        history.missing(),
    )
}

fn whole(links: &[Link]) -> History {
    let mut history = History::new();
    for link in links {
        history.add(link.clone());
    }
    history
}

/// Ancestors by the definition.
fn ancestors(links: &[Link]) -> BTreeMap<ActDigest, BTreeSet<ActDigest>> {
    let mut all: BTreeMap<ActDigest, BTreeSet<ActDigest>> = BTreeMap::new();
    for link in links {
        let mut mine = BTreeSet::new();
        for parent in &link.parents {
            mine.insert(*parent);
            mine.extend(&all[parent]);
        }
        all.insert(link.id, mine);
    }
    all
}

/// Flaws by the definition.
fn flaws(links: &[Link]) -> BTreeSet<(ActDigest, Flaw)> {
    let all = ancestors(links);
    let by_id: BTreeMap<_, _> = links.iter().map(|link| (link.id, link)).collect();
    let mut depths: BTreeMap<ActDigest, u64> = BTreeMap::new();
    let mut found = BTreeSet::new();
    for link in links {
        let is = link
            .parents
            .iter()
            .map(|p| depths[p] + 1)
            .max()
            .unwrap_or(0);
        depths.insert(link.id, is);
        if is != link.depth {
            found.insert((
                link.id,
                Flaw::Depth {
                    says: link.depth,
                    is,
                },
            ));
        }
        if link
            .parents
            .iter()
            .any(|p| by_id[p].recorded > link.recorded)
        {
            found.insert((link.id, Flaw::Clock));
        }
        let before = all[&link.id].iter().filter(|a| by_id[*a].site == link.site);
        let is = before.count() as u64;
        if is != link.sequence {
            found.insert((
                link.id,
                Flaw::Sequence {
                    says: link.sequence,
                    is,
                },
            ));
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn law_6_any_order_of_arrival_gives_the_same_history(
        seed in any::<u64>(), acts in 1_usize..60, sites in 1_usize..5, hostile in 0_usize..30,
    ) {
        let links = graph(seed, acts, sites, hostile);
        let expected = told(&whole(&links));
        let mut numbers = Numbers::new(seed ^ 1);
        for _ in 0..3 {
            let mut shuffled = links.clone();
            numbers.shuffle(&mut shuffled);
            let mut history = History::new();
            let mut joined = Vec::new();
            for link in shuffled.iter().chain(&links) {
                joined.extend(history.add(link.clone()));
            }
            prop_assert!(told(&history) == expected);
            // Each act joined once, and after its parents.
            let places: BTreeMap<_, _> = joined.iter().enumerate().map(|(at, id)| (*id, at)).collect();
            prop_assert_eq!(joined.len(), links.len());
            for link in &links {
                for parent in &link.parents {
                    prop_assert!(places[parent] < places[&link.id]);
                }
            }
        }
    }

    #[test]
    fn ancestors_and_flaws_are_those_of_the_definition(
        seed in any::<u64>(), acts in 1_usize..80, sites in 1_usize..5, hostile in 0_usize..30,
    ) {
        let links = graph(seed, acts, sites, hostile);
        let mut shuffled = links.clone();
        Numbers::new(seed ^ 2).shuffle(&mut shuffled);
        let history = whole(&shuffled);
        let all = ancestors(&links);
        for one in &links {
            for other in &links {
                prop_assert_eq!(history.is_ancestor(&one.id, &other.id), all[&other.id].contains(&one.id));
            }
        }
        let mut found = history.flaws();
        found.retain(|(_, flaw)| !matches!(flaw, Flaw::Rewritten { .. } | Flaw::SecondBeginning { .. }));
        prop_assert_eq!(found, flaws(&links));
        let mut places: BTreeMap<(SiteId, u64), usize> = BTreeMap::new();
        links.iter().for_each(|link| *places.entry((link.site, link.sequence)).or_default() += 1);
        let rewritten = places.values().filter(|count| **count > 1).sum::<usize>();
        let told = history.flaws().into_iter().filter(|(_, flaw)| matches!(flaw, Flaw::Rewritten { .. })).count();
        prop_assert_eq!(told, rewritten);
    }

    #[test]
    fn what_somebody_lacks_is_what_is_not_among_their_ancestors(
        seed in any::<u64>(), acts in 1_usize..60, sites in 1_usize..5,
    ) {
        let links = graph(seed, acts, sites, 0);
        let history = whole(&links);
        let all = ancestors(&links);
        let mut numbers = Numbers::new(seed ^ 3);
        let have: BTreeSet<ActDigest> = (0..numbers.below(3)).map(|_| links[numbers.below(links.len())].id).collect();
        let stranger = ActDigest::of(b"not here");
        let lacks: BTreeSet<ActDigest> = links.iter().map(|link| link.id)
            .filter(|id| !have.iter().any(|head| head == id || all[head].contains(id)))
            .collect();
        let since = history.since(&have.iter().copied().chain([stranger]).collect());
        prop_assert_eq!(since.iter().copied().collect::<BTreeSet<_>>(), lacks);
        // Given to somebody who has exactly those heads, nothing waits.
        let mut other = History::new();
        links.iter().filter(|link| !since.contains(&link.id)).for_each(|link| { other.add(link.clone()); });
        let by_id: BTreeMap<_, _> = links.iter().map(|link| (link.id, link)).collect();
        for id in &since {
            prop_assert_eq!(other.add(by_id[id].clone()), vec![*id]);
        }
        prop_assert!(told(&other) == told(&history));
    }
}

#[test]
fn long_chains_and_many_merges_are_answered_at_once() {
    // Long enough for several runs; each site falls behind and catches up.
    let links = graph(7, 3000, 3, 0);
    let history = whole(&links);
    let all = ancestors(&links);
    let mut numbers = Numbers::new(8);
    for _ in 0..20_000 {
        let one = links[numbers.below(links.len())].id;
        let other = links[numbers.below(links.len())].id;
        assert_eq!(
            history.is_ancestor(&one, &other),
            all[&other].contains(&one)
        );
    }
    assert_eq!(history.flaws(), BTreeSet::new());
}

#[test]
fn an_act_whose_parents_are_wanting_waits() {
    let links = graph(3, 6, 1, 0);
    let mut history = History::new();
    for link in links.iter().skip(1).rev() {
        assert_eq!(history.add(link.clone()), Vec::new());
    }
    assert!(history.is_empty() && history.heads().is_empty());
    assert_eq!(
        history.missing().keys().copied().collect::<Vec<_>>(),
        [links[0].id]
    );
    assert_eq!(
        history.lacking(&BTreeSet::new()),
        BTreeSet::from([links[0].id])
    );
    assert_eq!(history.add(links[0].clone()).len(), 6);
    assert_eq!(history.pending(), BTreeMap::new());
}

#[test]
fn a_site_that_writes_twice_in_one_place_is_named() {
    let mut links = graph(3, 4, 1, 0);
    let mut other = links[3].clone();
    other.id = ActDigest::of(b"another version");
    links.push(other.clone());
    let flaws = whole(&links).flaws();
    let first = links[3].id;
    assert!(flaws.contains(&(first, Flaw::Rewritten { other: other.id })));
    assert!(flaws.contains(&(other.id, Flaw::Rewritten { other: first })));
}

#[test]
fn the_order_of_display_goes_by_event_time_first() {
    let links = graph(5, 20, 2, 0);
    let history = whole(&links);
    let event = |id: &ActDigest| std::cmp::Reverse(links.iter().position(|link| link.id == *id));
    let shown = history.in_order_by(event);
    let expected: Vec<_> = links.iter().rev().map(|link| link.id).collect();
    assert_eq!(shown, expected);
}

#[test]
fn acts_of_a_process_join_in_any_order() {
    let mut numbers = Numbers::new(11);
    let mut sites = testing::process();
    testing::talk(&mut sites, 60, &mut numbers);
    (1..3).for_each(|from| testing::exchange(&mut sites, from, 0));
    let mediator = &sites[0];
    let mut acts: Vec<_> = mediator.acts.values().collect();
    numbers.shuffle(&mut acts);
    let mut again = onetext_seal::Histories::new(mediator.histories.process());
    for act in acts {
        let (envelope, body): (Envelope, _) = act.read().unwrap();
        again.add(act.id(), &envelope, body.as_ref());
    }
    assert_eq!(again.heads(), mediator.histories.heads());
    assert_eq!(again.keys(), mediator.histories.keys());
    assert!(again.flaws().is_empty() && again.misbegun().is_empty());
}
