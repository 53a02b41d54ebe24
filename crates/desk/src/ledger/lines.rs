//! The places of acts in their rooms' histories: on one line, or on as many as sites wrote side by side.

use std::collections::{BTreeMap, BTreeSet};

use onetext_seal::{ActDigest, SiteId};
use onetext_talks::Standing;

use super::Heard;

/// How many acts of each site lie beneath an act.
type Beneath = BTreeMap<u128, u64>;

/// The standing of each act, index for index; the acts come with each act after its parents.
pub(super) fn standings(acts: &[Heard]) -> Vec<Standing> {
    let forked = forked_rooms(acts);
    let mut beneath: BTreeMap<ActDigest, (u128, u64, Beneath)> = BTreeMap::new();
    acts.iter()
        .map(|act| {
            let envelope = &act.envelope;
            if !forked.contains(envelope.room.as_str()) {
                return Standing::from(envelope.depth);
            }
            let mut below = Beneath::new();
            for (line, number, further) in envelope.parents.iter().filter_map(|id| beneath.get(id))
            {
                let parent = std::iter::once((*line, number + 1));
                for (line, count) in
                    parent.chain(further.iter().map(|(line, count)| (*line, *count)))
                {
                    let most = below.entry(line).or_default();
                    *most = count.max(*most);
                }
            }
            let line = line_of(&envelope.recorder.site);
            let number = envelope.sequence;
            let standing = Standing::on_line(line, number, below.clone().into_iter().collect());
            beneath.insert(act.id, (line, number, below));
            standing
        })
        .collect()
}

/// The rooms in which some act does not rest on the one before it alone.
fn forked_rooms(acts: &[Heard]) -> BTreeSet<&str> {
    let mut last: BTreeMap<&str, ActDigest> = BTreeMap::new();
    let mut forked = BTreeSet::new();
    for act in acts {
        let room = act.envelope.room.as_str();
        let before = last.insert(room, act.id);
        if !act.envelope.parents.iter().eq(before.iter()) {
            forked.insert(room);
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
