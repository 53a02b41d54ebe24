//! Words on hold stay in their room: what may not be delivered or told elsewhere without its author's release.

use std::collections::{BTreeMap, BTreeSet};

use super::known::{Author, Known};
use super::naming::Place;
use super::{BlockKind, Refusal, Rule};
use crate::act::{Act, Deed, Deliver, Dispose, Outcome, Points, ReleaseClass};
use crate::mutant::off;
use crate::record::{Disclosure, DraftBlock};

/// Whether an act may bring words from one room to another.
pub(super) fn moves_words(act: &Act) -> bool {
    matches!(
        act.deed,
        Deed::Deliver(_) | Deed::Note(_) | Deed::Question(_)
    )
}

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
                    holds.take_up(known, act, deed, room);
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

    /// What its issuer says that a draft took up.
    fn take_up(&mut self, known: &Known<'r>, act: &Act, deed: &'r Dispose, room: usize) {
        let Some(draft) = deed.draft.as_ref() else {
            return;
        };
        let issued = known.draft_block(draft.as_str());
        if let Some(source) = known.act(deed.of.as_str(), room)
            && issued.is_some_and(|issued| issued.by == act.seat)
        {
            let sources = self.taken_up.entry(draft.as_str()).or_default();
            sources.push(source);
        }
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
            Deed::Deliver(deed) => self.delivered(known, act, deed, author, index),
            Deed::Note(_) | Deed::Question(_) if known.rooms.only(author.seat, author.room) => {
                self.told(known, act, author, index)
            }
            _ => Vec::new(),
        }
    }

    /// A draft holds what it took up itself, and what it keeps to the letter of what the drafts before it took up.
    fn delivered(
        &self,
        known: &Known<'r>,
        act: &'r Act,
        deed: &Deliver,
        author: Author<'_>,
        index: usize,
    ) -> Vec<Refusal> {
        let Some(draft) = known.draft_block(deed.draft.as_str()) else {
            return Vec::new();
        };
        let mut refusals = Vec::new();
        for taker in std::iter::once(draft).chain(known.ancestors(draft)) {
            let sources = self.taken_up.get(taker.id.as_str()).into_iter().flatten();
            let kept = sources.filter(|source| {
                taker.id == draft.id || keeps_to_the_letter(known, draft, taker, source)
            });
            for source in kept {
                if self.is_held(known, source, act, author.room, index) {
                    let moved = match taker.id == draft.id {
                        true => format!("{:?} took up", draft.id.as_str()),
                        false => format!(
                            "{:?} keeps what {:?} took up:",
                            draft.id.as_str(),
                            taker.id.as_str()
                        ),
                    };
                    refusals.push(refusal(source, (BlockKind::Act, index), "draft", &moved));
                }
            }
        }
        refusals
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
        // Who does not sit where it was said knows of nothing that it could keep.
        let stays = stays || !known.rooms.sits(moved.seat.as_str(), home);
        let stays = stays || off("hold is held");
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

/// Whether a later draft has a provision that the source was about, worded as in the draft that took the source up.
fn keeps_to_the_letter(
    known: &Known<'_>,
    draft: &DraftBlock,
    taker: &DraftBlock,
    source: &Act,
) -> bool {
    let Some((on, Points::Paths(paths))) = source.deed.on_points() else {
        return false;
    };
    let Some(on) = known.draft_block(on.as_str()) else {
        return false;
    };
    let ids = paths.iter().filter_map(|path| {
        let index = on.issued.draft.find(path).ok()?;
        on.issued.manifest.entries.get(index).map(|entry| entry.id)
    });
    let entry = |draft: &DraftBlock, id| {
        let mut entries = draft.issued.manifest.entries.iter();
        entries.find(|entry| entry.id == id).cloned()
    };
    let mut kept = ids.map(|id| (entry(taker, id), entry(draft, id)));
    kept.any(|(then, now)| then.is_some() && then == now)
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
