//! The places of acts in their rooms' histories: on one line, or on as many as sites wrote side by side.

use std::collections::{BTreeMap, BTreeSet};

use onetext_seal::{ActDigest, SiteId};
use onetext_talks::Standing;

use crate::workspace::Stands;

/// How many acts of each site lie beneath an act.
type Beneath = BTreeMap<u128, u64>;

/// The standings of the acts in rooms with several lines, by the place of each in the list; the order has each act after
/// its parents. Where an act is not told here, its room has one line, and it stands as deep as it lies.
pub(super) fn standings<T>(acts: &[Stands<T>], order: &[u32]) -> BTreeMap<u32, Standing> {
    let forked = forked_rooms(acts, order);
    let mut beneath: BTreeMap<ActDigest, (u128, u64, Beneath)> = BTreeMap::new();
    let mut standings = BTreeMap::new();
    for place in order {
        let Some(act) = acts
            .get(*place as usize)
            .filter(|act| forked.contains(&act.room))
        else {
            continue;
        };
        let mut below = Beneath::new();
        let parents = parents(acts, *place);
        for (line, number, further) in parents.iter().filter_map(|id| beneath.get(id)) {
            let parent = std::iter::once((*line, number + 1));
            for (line, count) in parent.chain(further.iter().map(|(line, count)| (*line, *count))) {
                let most = below.entry(line).or_default();
                *most = count.max(*most);
            }
        }
        let line = line_of(&act.signer.site);
        let number = act.sequence;
        let standing = Standing::on_line(line, number, below.clone().into_iter().collect());
        standings.insert(*place, standing);
        beneath.insert(act.id, (line, number, below));
    }
    standings
}

/// What an act rests on.
fn parents<T>(acts: &[Stands<T>], place: u32) -> Vec<ActDigest> {
    let place = place as usize;
    match acts.get(place).map(|act| &act.parents) {
        Some(Some(parents)) => parents.to_vec(),
        Some(None) => {
            let before = place.checked_sub(1).and_then(|before| acts.get(before));
            before.map(|act| act.id).into_iter().collect()
        }
        None => Vec::new(),
    }
}

/// The rooms in which some act does not rest on the one before it alone.
fn forked_rooms<T>(acts: &[Stands<T>], order: &[u32]) -> BTreeSet<u32> {
    let rooms = acts.iter().map(|act| act.room as usize + 1).max();
    let mut last: Vec<Option<u32>> = vec![None; rooms.unwrap_or(0)];
    let mut forked = BTreeSet::new();
    for place in order {
        let Some(act) = acts.get(*place as usize) else {
            continue;
        };
        let Some(last) = last.get_mut(act.room as usize) else {
            continue;
        };
        let before = last.replace(*place);
        let in_a_row = match &act.parents {
            None => before.is_some_and(|before| before + 1 == *place),
            Some(parents) => {
                let before = before.and_then(|before| acts.get(before as usize));
                parents.iter().eq(before.map(|act| &act.id))
            }
        };
        if !in_a_row {
            forked.insert(act.room);
        }
    }
    forked
}

/// A site's line goes by the first half of its key.
fn line_of(site: &SiteId) -> u128 {
    site.0
        .iter()
        .take(16)
        .fold(0, |line, byte| (line << 8) | u128::from(*byte))
}
