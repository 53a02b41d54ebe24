//! The history of one room: a graph of acts, each resting on the heads that its author knew.
//!
//! Acts may arrive in any order; those whose parents are wanting wait. Whatever the order, the history is the same.

mod ancestry;

use std::collections::{BTreeMap, BTreeSet};

use crate::digest::ActDigest;
use crate::envelope::Envelope;
use crate::key::SiteId;
use crate::moment::Moment;
use ancestry::Ancestry;

/// Of an act, what ties it into its room's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Its name.
    pub id: ActDigest,
    /// The acts that it rests on.
    pub parents: Vec<ActDigest>,
    /// How deep it says it lies.
    pub depth: u64,
    /// Its recorder's clock.
    pub recorded: Moment,
    /// The site that wrote it.
    pub site: SiteId,
    /// How many acts it says the site wrote in this room before.
    pub sequence: u64,
}

impl Link {
    /// The link of an act with this envelope.
    #[must_use]
    pub fn of(id: ActDigest, envelope: &Envelope) -> Link {
        Link {
            id,
            parents: envelope.parents.clone(),
            depth: envelope.depth,
            recorded: envelope.moment(),
            site: envelope.recorder.site,
            sequence: envelope.sequence,
        }
    }
}

/// What an author got wrong about where an act stands. The act is kept; it is told, and a pouch with it is refused.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Flaw {
    /// Another depth than its parents give it.
    #[error("it says it lies {says} deep; its parents put it {is} deep")]
    Depth {
        /// What it says.
        says: u64,
        /// What its parents make it.
        is: u64,
    },
    /// An earlier clock than one of its parents'.
    #[error("it says it was recorded before an act that it rests on")]
    Clock,
    /// Another number than the acts of its site before it make.
    #[error("it says that its site wrote {says} acts in the room before it; it rests on {is}")]
    Sequence {
        /// What it says.
        says: u64,
        /// How many acts of its site are among its ancestors.
        is: u64,
    },
    /// One site wrote two acts in one place: it rewrote its own past.
    #[error("its site wrote another act in its place, {other}: one of the two was rewritten")]
    Rewritten {
        /// The other act.
        other: ActDigest,
    },
    /// A second act that rests on nothing.
    #[error("it rests on nothing, and so does {other}: a room has one first act")]
    SecondBeginning {
        /// The other act.
        other: ActDigest,
    },
}

/// The history of one room.
#[derive(Debug, Clone, Default)]
pub struct History {
    acts: Vec<Placed>,
    /// The parents of all acts, one after the other.
    parents: Vec<u32>,
    places: BTreeMap<ActDigest, u32>,
    ancestry: Ancestry,
    heads: BTreeSet<u32>,
    waiting: BTreeMap<ActDigest, Link>,
    /// A parent that is wanting, and who waits for it.
    wanted: BTreeMap<ActDigest, BTreeSet<ActDigest>>,
    beginnings: Vec<u32>,
    misplaced: Vec<(u32, Flaw)>,
}

/// An act that has all its parents.
#[derive(Debug, Clone)]
struct Placed {
    id: ActDigest,
    recorded: Moment,
    sequence: u64,
    depth: u32,
    parents_from: u32,
    parents_to: u32,
}

impl History {
    /// A room in which nothing has happened.
    #[must_use]
    pub fn new() -> History {
        History::default()
    }

    /// Takes an act in, and says which acts have joined the history through it: itself and those that waited for it,
    /// parents first; none where it waits, or is there already.
    pub fn add(&mut self, link: Link) -> Vec<ActDigest> {
        if self.places.contains_key(&link.id) || self.waiting.contains_key(&link.id) {
            return Vec::new();
        }
        if self.wait(&link) {
            self.waiting.insert(link.id, link);
            return Vec::new();
        }
        let mut joined = Vec::new();
        let mut ready = vec![link];
        while let Some(link) = ready.pop() {
            let id = link.id;
            self.place(&link);
            joined.push(id);
            for child in self.wanted.remove(&id).unwrap_or_default() {
                let complete = self
                    .waiting
                    .get(&child)
                    .is_some_and(|link| self.lacks(link).next().is_none());
                if complete && let Some(link) = self.waiting.remove(&child) {
                    ready.push(link);
                }
            }
        }
        joined
    }

    fn lacks<'a>(&'a self, link: &'a Link) -> impl Iterator<Item = ActDigest> + 'a {
        link.parents
            .iter()
            .filter(|parent| !self.places.contains_key(parent))
            .copied()
    }

    /// Whether it must wait; then it is noted for what.
    fn wait(&mut self, link: &Link) -> bool {
        let lacks: Vec<ActDigest> = self.lacks(link).collect();
        for parent in &lacks {
            self.wanted.entry(*parent).or_default().insert(link.id);
        }
        !lacks.is_empty()
    }

    /// Places an act all of whose parents are placed.
    fn place(&mut self, link: &Link) {
        // More acts than this do not fit into any memory that we run in.
        let place = u32::try_from(self.acts.len()).unwrap_or(u32::MAX);
        let parents: Vec<u32> = link
            .parents
            .iter()
            .filter_map(|parent| self.places.get(parent).copied())
            .collect();
        let before = self.ancestry.add(place, &parents, link.site);
        let depth = parents
            .iter()
            .map(|parent| self.acts[*parent as usize].depth + 1)
            .max()
            .unwrap_or(0);
        self.judge(place, link, depth, before, &parents);
        for parent in &parents {
            self.heads.remove(parent);
        }
        self.heads.insert(place);
        let parents_from = u32::try_from(self.parents.len()).unwrap_or(u32::MAX);
        self.parents.extend(&parents);
        self.acts.push(Placed {
            id: link.id,
            recorded: link.recorded,
            sequence: link.sequence,
            depth,
            parents_from,
            parents_to: u32::try_from(self.parents.len()).unwrap_or(u32::MAX),
        });
        self.places.insert(link.id, place);
    }

    fn judge(&mut self, place: u32, link: &Link, depth: u32, before: u64, parents: &[u32]) {
        let says = link.depth;
        if says != u64::from(depth) {
            let is = u64::from(depth);
            self.misplaced.push((place, Flaw::Depth { says, is }));
        }
        let early = |parent: &u32| self.acts[*parent as usize].recorded > link.recorded;
        if parents.iter().any(early) {
            self.misplaced.push((place, Flaw::Clock));
        }
        if link.sequence != before {
            let (says, is) = (link.sequence, before);
            self.misplaced.push((place, Flaw::Sequence { says, is }));
        }
        if parents.is_empty() {
            self.beginnings.push(place);
        }
    }

    /// How many acts have joined the history.
    #[must_use]
    pub fn len(&self) -> usize {
        self.acts.len()
    }

    /// Whether no act has joined it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.acts.is_empty()
    }

    /// Whether the act has joined the history.
    #[must_use]
    pub fn has(&self, id: &ActDigest) -> bool {
        self.places.contains_key(id)
    }

    /// The acts that no other rests on, in ascending order: what the next act names as its parents.
    #[must_use]
    pub fn heads(&self) -> BTreeSet<ActDigest> {
        self.heads.iter().map(|place| self.id(*place)).collect()
    }

    /// The acts that rest on nothing: one, unless somebody began the room twice.
    #[must_use]
    pub fn beginnings(&self) -> BTreeSet<ActDigest> {
        self.beginnings
            .iter()
            .map(|place| self.id(*place))
            .collect()
    }

    /// Acts that arrived and wait, each with the parents that are wanting.
    #[must_use]
    pub fn pending(&self) -> BTreeMap<ActDigest, BTreeSet<ActDigest>> {
        self.waiting
            .values()
            .map(|link| (link.id, self.lacks(link).collect()))
            .collect()
    }

    /// Whether the act arrived and waits for its parents.
    #[must_use]
    pub fn is_waiting(&self, id: &ActDigest) -> bool {
        self.waiting.contains_key(id)
    }

    /// The acts that have not arrived and that somebody rests on, each with one that does.
    #[must_use]
    pub fn missing(&self) -> BTreeMap<ActDigest, ActDigest> {
        self.wanted
            .iter()
            .filter(|(id, _)| !self.waiting.contains_key(*id))
            .filter_map(|(id, children)| Some((*id, *children.first()?)))
            .collect()
    }

    /// The depth, the recording time and the site of an act that has joined.
    #[must_use]
    pub fn standing(&self, id: &ActDigest) -> Option<(u64, Moment, SiteId)> {
        let place = *self.places.get(id)?;
        let act = &self.acts[place as usize];
        Some((
            u64::from(act.depth),
            act.recorded,
            self.ancestry.site(place),
        ))
    }

    /// How many acts the site has written here: the sequence of its next one.
    #[must_use]
    pub fn written_by(&self, site: &SiteId) -> u64 {
        self.ancestry.written_by(site)
    }

    /// Whether the one act is among those that the other rests on, directly or not.
    #[must_use]
    pub fn is_ancestor(&self, earlier: &ActDigest, later: &ActDigest) -> bool {
        match (self.places.get(earlier), self.places.get(later)) {
            (Some(earlier), Some(later)) => self.before(*earlier, *later),
            _ => false,
        }
    }

    fn before(&self, earlier: u32, later: u32) -> bool {
        match self.ancestry.before(earlier, later) {
            Some(answer) => answer,
            None => self.reaches(later, earlier),
        }
    }

    /// The slow way, for histories that are too tangled for clocks: walks back no deeper than the act sought.
    fn reaches(&self, from: u32, sought: u32) -> bool {
        let floor = self.acts[sought as usize].depth;
        let mut seen = BTreeSet::new();
        let mut open = vec![from];
        while let Some(place) = open.pop() {
            for &parent in self.parents_of(place) {
                if parent == sought {
                    return true;
                }
                if self.acts[parent as usize].depth > floor && seen.insert(parent) {
                    open.push(parent);
                }
            }
        }
        false
    }

    /// The acts of this room that somebody with these heads lacks, parents first. Heads that are not known here are
    /// passed over: they are what is lacking here.
    #[must_use]
    pub fn since(&self, heads: &BTreeSet<ActDigest>) -> Vec<ActDigest> {
        let have: Vec<u32> = heads
            .iter()
            .filter_map(|id| self.places.get(id).copied())
            .collect();
        let has = |place: u32| {
            have.iter()
                .any(|head| *head == place || self.before(place, *head))
        };
        let mut lacking = BTreeSet::new();
        let mut open: Vec<u32> = self.heads.iter().copied().collect();
        while let Some(place) = open.pop() {
            if !lacking.contains(&place) && !has(place) {
                lacking.insert(place);
                open.extend(self.parents_of(place));
            }
        }
        let mut lacking: Vec<u32> = lacking.into_iter().collect();
        lacking.sort_by_key(|place| self.rank(*place));
        lacking.into_iter().map(|place| self.id(place)).collect()
    }

    /// What this room lacks of a history with these heads: the heads that are not here, and the acts that those wait
    /// for that are here already.
    #[must_use]
    pub fn lacking(&self, heads: &BTreeSet<ActDigest>) -> BTreeSet<ActDigest> {
        let absent = heads
            .iter()
            .filter(|id| !self.has(id) && !self.waiting.contains_key(id));
        absent.copied().chain(self.missing().into_keys()).collect()
    }

    /// Every act that has joined, parents first: by depth, recording time, site, name.
    #[must_use]
    pub fn in_order(&self) -> Vec<ActDigest> {
        self.in_order_by(|_| ())
    }

    /// Every act that has joined, in the order of display: by event time as the caller reads it, then by depth,
    /// recording time, site, name. It is the same on every machine, and decides no effect.
    #[must_use]
    pub fn in_order_by<K: Ord>(&self, event: impl Fn(&ActDigest) -> K) -> Vec<ActDigest> {
        let mut ranked: Vec<(K, u32)> = (0..)
            .zip(&self.acts)
            .map(|(place, act)| (event(&act.id), place))
            .collect();
        ranked.sort_by(|(one, first), (other, second)| {
            one.cmp(other)
                .then_with(|| self.rank(*first).cmp(&self.rank(*second)))
        });
        ranked
            .into_iter()
            .map(|(_, place)| self.id(place))
            .collect()
    }

    /// What authors got wrong, by act, the same in whatever order the acts arrived.
    #[must_use]
    pub fn flaws(&self) -> BTreeSet<(ActDigest, Flaw)> {
        let misplaced = self
            .misplaced
            .iter()
            .map(|(place, flaw)| (self.id(*place), flaw.clone()));
        misplaced
            .chain(self.second_beginnings())
            .chain(self.rewritten())
            .collect()
    }

    /// Whether there is any flaw, told at once.
    #[must_use]
    pub fn is_flawed(&self) -> bool {
        self.flaw_count() > 0
    }

    /// How many flaws there are at least.
    pub(crate) fn flaw_count(&self) -> usize {
        self.misplaced.len() + self.beginnings.len().saturating_sub(1) + self.ancestry.forks()
    }

    fn second_beginnings(&self) -> Vec<(ActDigest, Flaw)> {
        pairs(&self.beginnings().into_iter().collect::<Vec<_>>())
            .map(|(id, other)| (id, Flaw::SecondBeginning { other }))
            .collect()
    }

    /// Acts of one site in one place.
    fn rewritten(&self) -> Vec<(ActDigest, Flaw)> {
        // A site whose acts form one chain, numbered as the chain goes, wrote nothing twice.
        let numbered_wrong = self
            .misplaced
            .iter()
            .any(|(_, flaw)| matches!(flaw, Flaw::Sequence { .. }));
        if !numbered_wrong && self.ancestry.forks() == 0 {
            return Vec::new();
        }
        let mut written: BTreeMap<(SiteId, u64), Vec<ActDigest>> = BTreeMap::new();
        for (place, act) in (0..).zip(&self.acts) {
            written
                .entry((self.ancestry.site(place), act.sequence))
                .or_default()
                .push(act.id);
        }
        written
            .into_values()
            .flat_map(|mut ids| {
                ids.sort_unstable();
                pairs(&ids)
                    .map(|(id, other)| (id, Flaw::Rewritten { other }))
                    .collect::<Vec<_>>()
            })
            .collect()
    }

    fn rank(&self, place: u32) -> (u32, Moment, SiteId, ActDigest) {
        let act = &self.acts[place as usize];
        (act.depth, act.recorded, self.ancestry.site(place), act.id)
    }

    fn id(&self, place: u32) -> ActDigest {
        self.acts[place as usize].id
    }

    fn parents_of(&self, place: u32) -> &[u32] {
        let act = &self.acts[place as usize];
        self.parents
            .get(act.parents_from as usize..act.parents_to as usize)
            .unwrap_or_default()
    }
}

/// Of several acts that stand where one should, each with another one: the first with the second, the others with the
/// first. As many as there are acts, so that a thousand in one place are told in a thousand lines.
fn pairs(ids: &[ActDigest]) -> impl Iterator<Item = (ActDigest, ActDigest)> + '_ {
    let first = ids.first().copied();
    let second = ids.get(1).copied();
    ids.iter().enumerate().filter_map(move |(index, id)| {
        let other = if index == 0 { second } else { first };
        Some((*id, other?))
    })
}
