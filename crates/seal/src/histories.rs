//! The histories of all the rooms that a site, an export or a pouch holds, and the keys that they rest on.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::digest::ActDigest;
use crate::envelope::{Envelope, ProcessId};
use crate::heads::Heads;
use crate::history::{Flaw, History, Link};
use crate::key::SiteId;
use crate::keys::{KeyAct, Keys, Unknown};
use crate::moment::Moment;
use crate::says::{Members, Says, may_begin, standing};

/// The rooms of one process.
#[derive(Debug, Clone)]
pub struct Histories {
    process: ProcessId,
    rooms: BTreeMap<String, Room>,
    key_acts: BTreeMap<ActDigest, KeyAct>,
}

#[derive(Debug, Clone, Default)]
struct Room {
    history: History,
    /// What the acts that rest on nothing say: of who sits here, and whether they may begin the room.
    beginnings: BTreeMap<ActDigest, Beginning>,
}

#[derive(Debug, Clone)]
struct Beginning {
    members: Option<BTreeSet<String>>,
    may_begin: bool,
}

impl Histories {
    /// No room yet.
    #[must_use]
    pub fn new(process: ProcessId) -> Histories {
        Histories {
            process,
            rooms: BTreeMap::new(),
            key_acts: BTreeMap::new(),
        }
    }

    /// The process.
    #[must_use]
    pub fn process(&self) -> ProcessId {
        self.process
    }

    /// Takes in an act that was checked, with what its body says; none where that was erased. Says which acts have
    /// joined their room's history through it, parents first.
    ///
    /// Of the body only what verification reads is kept.
    pub fn add(
        &mut self,
        id: ActDigest,
        envelope: &Envelope,
        body: Option<&Value>,
    ) -> Vec<ActDigest> {
        self.add_said(id, envelope, body.map(Says::of).as_ref())
    }

    /// As [`add`](Self::add), for who has read the body already.
    pub fn add_said(
        &mut self,
        id: ActDigest,
        envelope: &Envelope,
        says: Option<&Says>,
    ) -> Vec<ActDigest> {
        let room = self.rooms.entry(envelope.room.clone()).or_default();
        if let Some(says) = says
            && let Some(act) = KeyAct::of(id, envelope, says)
        {
            self.key_acts.insert(id, act);
        }
        if envelope.parents.is_empty() {
            let members = match says {
                Some(Says::Room { members }) => Some(members.clone()),
                _ => None,
            };
            let may_begin = may_begin(envelope, says);
            room.beginnings.insert(id, Beginning { members, may_begin });
        }
        room.history.add(Link::of(id, envelope))
    }

    /// The rooms by name.
    pub fn rooms(&self) -> impl Iterator<Item = (&str, &History)> {
        self.rooms
            .iter()
            .map(|(name, room)| (name.as_str(), &room.history))
    }

    /// The history of a room.
    #[must_use]
    pub fn room(&self, name: &str) -> Option<&History> {
        self.rooms.get(name).map(|room| &room.history)
    }

    /// Who sits in a room. Where somebody began a room twice, only who sits there by both.
    #[must_use]
    pub fn members(&self, room: &str) -> Members {
        if let Some(members) = standing(room) {
            return members;
        }
        let declared = self.rooms.get(room).map(|room| &room.beginnings);
        declared
            .into_iter()
            .flatten()
            .map(|(_, beginning)| beginning.members.clone())
            .reduce(|one, other| Some(one?.intersection(&other?).cloned().collect()))
            .flatten()
            .map_or(Members::Unknown, Members::These)
    }

    /// The keys, by the key acts that have joined the plenary.
    #[must_use]
    pub fn keys(&self) -> Keys {
        let plenary = self.room(crate::says::PLENARY);
        let joined = |act: &&KeyAct| plenary.is_some_and(|history| history.has(&act.id));
        Keys::read(self.key_acts.values().filter(joined))
    }

    /// Why a checked act is not known to be of the seat that it names, by these keys; none where it is.
    #[must_use]
    pub fn unknown(&self, keys: &Keys, envelope: &Envelope) -> Option<Unknown> {
        let recorder = &envelope.recorder;
        let (site, seat) = (&recorder.site, &recorder.seat);
        self.unknown_recorder(keys, (site, seat), &envelope.room, envelope.moment())
    }

    /// The same of what a site recorded for a seat in a room at a moment.
    #[must_use]
    pub fn unknown_recorder(
        &self,
        keys: &Keys,
        (site, seat): (&SiteId, &str),
        room: &str,
        recorded: Moment,
    ) -> Option<Unknown> {
        let by_key = keys.unknown(site, seat, room, recorded);
        by_key.or_else(|| {
            let sits = self.members(room).has(seat);
            (sits == Some(false)).then_some(Unknown::NotAMember)
        })
    }

    /// The heads of every room.
    #[must_use]
    pub fn heads(&self) -> Heads {
        let rooms = self.rooms.iter();
        rooms
            .map(|(name, room)| (name.clone(), room.history.heads()))
            .filter(|(_, heads)| !heads.is_empty())
            .collect()
    }

    /// What authors got wrong in each room.
    #[must_use]
    pub fn flaws(&self) -> Vec<(String, ActDigest, Flaw)> {
        let rooms = self.rooms.iter();
        rooms
            .flat_map(|(name, room)| {
                room.history
                    .flaws()
                    .into_iter()
                    .map(|(id, flaw)| (name.clone(), id, flaw))
            })
            .collect()
    }

    /// Acts that begin a room and do not say what the first act of that room must say.
    #[must_use]
    pub fn misbegun(&self) -> Vec<(String, ActDigest)> {
        let rooms = self.rooms.iter();
        rooms
            .flat_map(|(name, room)| {
                let wrong = room.beginnings.iter().filter(|(_, act)| !act.may_begin);
                wrong.map(|(id, _)| (name.clone(), *id))
            })
            .collect()
    }

    /// These rooms alone. The key acts stay: they are the plenary's, which every seat has.
    pub(crate) fn only(&self, rooms: &BTreeSet<&str>) -> Histories {
        let kept = |(name, room): (&String, &Room)| {
            rooms
                .contains(name.as_str())
                .then(|| (name.clone(), room.clone()))
        };
        Histories {
            process: self.process,
            rooms: self.rooms.iter().filter_map(kept).collect(),
            key_acts: self.key_acts.clone(),
        }
    }
}
