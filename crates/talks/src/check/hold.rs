//! Words on hold stay in their room: what may not be delivered or told elsewhere without its author's release.

use std::collections::{BTreeMap, BTreeSet};

use super::known::{Author, Known};
use super::naming::Place;
use super::{BlockKind, Refusal, Rule};
use crate::act::{Act, Deed, Outcome, ReleaseClass};
use crate::record::Disclosure;

/// What was taken up by which draft, and what was released when.
pub(super) struct Holds<'r> {
    /// Acts of others that a draft took up.
    taken_up: BTreeMap<&'r str, Vec<&'r Act>>,
    /// Releases of an act by its author, with their places in the record.
    releases: BTreeMap<&'r str, Vec<(usize, &'r Act)>>,
    withdrawn: BTreeSet<&'r str>,
}

impl<'r> Holds<'r> {
    pub(super) fn of(known: &Known<'r>) -> Holds<'r> {
        let mut holds = Holds {
            taken_up: BTreeMap::new(),
            releases: BTreeMap::new(),
            withdrawn: BTreeSet::new(),
        };
        for (index, act) in known.record.acts.iter().enumerate() {
            let Some(room) = known.rooms.number(act.room.as_str()) else {
                continue;
            };
            match &act.deed {
                Deed::Dispose(deed) if matches!(deed.outcome, Outcome::Taken | Outcome::Partly) => {
                    if let (Some(draft), Some(source)) =
                        (&deed.draft, known.act(deed.of.as_str(), room))
                    {
                        holds
                            .taken_up
                            .entry(draft.as_str())
                            .or_default()
                            .push(source);
                    }
                }
                Deed::Release(deed) if is_own(known.act(deed.of.as_str(), room), act) => {
                    let releases = holds.releases.entry(deed.of.as_str()).or_default();
                    releases.push((index, act));
                }
                Deed::Withdraw(deed) => {
                    holds.withdrawn.insert(deed.of.as_str());
                }
                _ => {}
            }
        }
        holds
    }

    /// Refuses to deliver to other seats what took up words on hold, and to tell them.
    pub(super) fn check(
        &self,
        known: &Known<'r>,
        act: &'r Act,
        author: Author<'_>,
        index: usize,
    ) -> Vec<Refusal> {
        match &act.deed {
            Deed::Deliver(deed) => {
                let sources = self.taken_up.get(deed.draft.as_str()).into_iter().flatten();
                let held =
                    sources.filter(|source| self.is_held(known, source, act, author.room, index));
                held.map(|source| {
                    refusal(
                        source,
                        (BlockKind::Act, index),
                        "draft",
                        &format!("{:?} took up", deed.draft.as_str()),
                    )
                })
                .collect()
            }
            Deed::Note(_) | Deed::Question(_) if known.rooms.only(author.seat, author.room) => {
                self.told(known, act, author, index)
            }
            _ => Vec::new(),
        }
    }

    /// What was told came from what: a note in the teller's own room says so.
    fn told(
        &self,
        known: &Known<'r>,
        note: &'r Act,
        author: Author<'_>,
        index: usize,
    ) -> Vec<Refusal> {
        let about = || note.about.iter().enumerate();
        let tellings = || {
            about()
                .filter_map(|(_, name)| known.act(name, author.room))
                .filter(|act| matches!(act.deed, Deed::Convey(_)) && act.seat == *author.seat)
        };
        let mut refusals = Vec::new();
        for (item, name) in about() {
            let Some(source) = known
                .act(name, author.room)
                .filter(|act| !matches!(act.deed, Deed::Convey(_)))
            else {
                continue;
            };
            let held = tellings().find(|telling| {
                let room = known.rooms.number(telling.room.as_str());
                let at = known.act_index(telling.id.as_str());
                room.zip(at)
                    .is_some_and(|(room, at)| self.is_held(known, source, telling, room, at))
            });
            if let Some(telling) = held {
                let told = format!("{:?} tells", telling.id.as_str());
                let mut refused = refusal(source, (BlockKind::Act, index), "about", &told);
                refused.place = Some(Place::item("about", item));
                refusals.push(refused);
            }
        }
        refusals
    }

    /// Whether the source is still on hold when this act brings it to a room with others in it.
    fn is_held(
        &self,
        known: &Known<'r>,
        source: &Act,
        moved: &Act,
        room: usize,
        index: usize,
    ) -> bool {
        let Some(home) = known.rooms.number(source.room.as_str()) else {
            return false;
        };
        let stays = known.rooms.covers(home, room) || source.seat == moved.seat;
        if stays
            || source
                .release
                .is_some_and(|class| class != ReleaseClass::Hold)
        {
            return false;
        }
        if source.release.is_none() && known.record.process.disclosure == Disclosure::Open {
            return false;
        }
        let releases = self.releases.get(source.id.as_str()).into_iter().flatten();
        let mut standing =
            releases.filter(|(_, release)| !self.withdrawn.contains(release.id.as_str()));
        // Released before: by the order of recording, or by the time of the events.
        !standing.any(|(at, release)| *at < index || release.on.latest() <= moved.on.latest())
    }
}

/// Whether what is released is of the seat that releases it.
fn is_own(released: Option<&Act>, release: &Act) -> bool {
    released.is_some_and(|released| released.seat == release.seat)
}

fn refusal(source: &Act, block: (BlockKind, usize), field: &'static str, moved: &str) -> Refusal {
    let (id, seat) = (source.id.as_str(), source.seat.as_str());
    let message = format!(
        "{moved} {id:?} of {seat:?}, which is on hold in {:?}",
        source.room.as_str()
    );
    let refusal = Refusal::new(Rule::NotReleased, block, Some(Place::field(field)), message);
    refusal
        .expected(format!("a release of {id:?} by {seat:?} (use, pass or publish) before it"))
        .hint(format!("record an act of kind release by {seat:?} with of = {id:?}, or put release = \"use\" on {id:?}"))
}
