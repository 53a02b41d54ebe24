//! Signing: an act is placed on the heads of its room and signed, while no other program writes.

use std::collections::BTreeMap;
use std::sync::Arc;

use onetext_seal::{
    ActDigest, Actor, Body, CHAMBER, Commitment, ContentDigest, Envelope, FORMAT, Fault, Moment,
    PLENARY, PUBLIC, ProcessId, Recorder, SALT, SignedAct, SiteId, canonical,
};
use onetext_store::{Entropy, KeyRing, NewAct, Store};
use serde_json::{Value, json};

use super::known::Known;
use super::{Entry, WorkspaceError};

/// A clock's moment in UTC, in the record's spelling.
pub(super) fn moment(micros: i64) -> Result<String, WorkspaceError> {
    let time = jiff::Timestamp::from_microsecond(micros)
        .map_err(|_| WorkspaceError::Clock(micros))?
        .strftime("%Y-%m-%dT%H:%M:%S%.6fZ")
        .to_string();
    match Moment::parse(&time) {
        Some(_) => Ok(time),
        None => Err(WorkspaceError::Clock(micros)),
    }
}

/// The day that a clock shows, in UTC.
pub(crate) fn day(micros: i64) -> Result<String, WorkspaceError> {
    Ok(moment(micros)?.get(..10).unwrap_or_default().to_owned())
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The act.
    pub id: ActDigest,
    /// Where this computer's clock shows less than an act shows that it rests on: what that one shows, which was taken.
    pub clock_behind: Option<String>,
}

/// The end of a room, as the next act meets it.
#[derive(Debug, Default)]
struct Front {
    heads: Vec<ActDigest>,
    depth: u64,
    /// The latest clock of a head.
    recorded: String,
    sequences: BTreeMap<SiteId, u64>,
}

impl Front {
    fn read(store: &dyn Store, room: &str) -> Result<Front, WorkspaceError> {
        let mut front = Front {
            heads: store.heads(room)?,
            ..Front::default()
        };
        for head in &front.heads {
            if let Some(act) = store.get(head)? {
                let envelope = Envelope::read_kept(&act.envelope).map_err(Fault::from)?;
                front.depth = front.depth.max(envelope.depth + 1);
                front.recorded = front.recorded.max(envelope.recorded);
            }
        }
        Ok(front)
    }

    /// After an act that was not there.
    fn enter(&mut self, id: ActDigest, envelope: &Envelope) {
        self.heads.retain(|head| !envelope.parents.contains(head));
        self.heads.push(id);
        self.heads.sort_unstable();
        self.depth = self.depth.max(envelope.depth + 1);
        if self.recorded < envelope.recorded {
            self.recorded.clone_from(&envelope.recorded);
        }
        let next = self.sequences.entry(envelope.recorder.site).or_default();
        *next = (*next).max(envelope.sequence + 1);
    }
}

/// Gives, of what a body names, the contents that came along.
pub(super) type Brought<'a> = dyn Fn(&Value) -> Vec<(ContentDigest, Arc<[u8]>)> + 'a;

/// The hand that signs what is written in one go.
pub(super) struct Pen<'a> {
    pub(super) store: &'a dyn Store,
    pub(super) known: &'a mut Known,
    pub(super) ring: &'a KeyRing,
    pub(super) entropy: &'a mut dyn Entropy,
    pub(super) process: ProcessId,
    pub(super) now: i64,
    /// The acts so far.
    pub(super) acts: Vec<NewAct>,
    fronts: BTreeMap<String, Front>,
}

impl<'a> Pen<'a> {
    pub(super) fn new(
        store: &'a dyn Store,
        known: &'a mut Known,
        ring: &'a KeyRing,
        entropy: &'a mut dyn Entropy,
        now: i64,
    ) -> Pen<'a> {
        let process = known.histories.process();
        Pen {
            store,
            known,
            ring,
            entropy,
            process,
            now,
            acts: Vec::new(),
            fronts: BTreeMap::new(),
        }
    }

    fn front(&mut self, room: &str) -> Result<&mut Front, WorkspaceError> {
        if !self.fronts.contains_key(room) {
            let front = Front::read(self.store, room)?;
            self.fronts.insert(room.to_owned(), front);
        }
        Ok(self.fronts.entry(room.to_owned()).or_default())
    }

    /// Takes in an act that came from elsewhere and was checked, parents first.
    pub(super) fn take(
        &mut self,
        act: SignedAct,
        contents: &Brought<'_>,
    ) -> Result<(), WorkspaceError> {
        let body = act.body.as_ref().map(Body::value).transpose()?;
        let mut new = NewAct::checked(act)?;
        for (name, bytes) in body.as_ref().map(contents).unwrap_or_default() {
            new = new.with(name, bytes);
        }
        self.enter(new, body.as_ref())
    }

    fn enter(&mut self, new: NewAct, body: Option<&Value>) -> Result<(), WorkspaceError> {
        let envelope = new.envelope();
        self.known.add(new.id(), envelope, body);
        self.front(&envelope.room)?.enter(new.id(), envelope);
        self.acts.push(new);
        Ok(())
    }

    /// Signs an act with the key of its recorder's seat, on the heads of its room.
    pub(super) fn sign(&mut self, entry: &Entry) -> Result<Written, WorkspaceError> {
        self.may(entry)?;
        let room = entry.room.as_str();
        let seat = entry.recorder.as_str();
        let key = super::keys_of(self.ring, seat)?.site.clone();
        let site = key.site();
        let kept = self.store.next_sequence(room, &site)?;
        let clock = moment(self.now)?;
        let front = self.front(room)?;
        let behind = (front.recorded > clock).then(|| front.recorded.clone());
        let recorded = behind.clone().unwrap_or(clock);
        let day = recorded.get(..10).unwrap_or_default().to_owned();
        let envelope = Envelope {
            actor: Actor {
                key: None,
                person: entry.person.clone(),
                seat: entry.actor.clone(),
            },
            algorithm: Envelope::algorithm(),
            body: Commitment([0; 32]),
            depth: front.depth,
            format: FORMAT,
            on: entry.on.clone().unwrap_or(day),
            parents: front.heads.clone(),
            recorded,
            recorder: Recorder {
                person: None,
                seat: seat.to_owned(),
                site,
            },
            room: room.to_owned(),
            sequence: front
                .sequences
                .get(&site)
                .copied()
                .unwrap_or(kept)
                .max(kept),
            process: self.process,
        };
        let value = body_of(entry);
        let mut salt = [0; SALT];
        let stream = format!("salt {} in room {room}", envelope.sequence);
        self.entropy.fill(&stream, &mut salt)?;
        let bytes = canonical(&value)?;
        let act = SignedAct::sign(envelope, Body { salt, bytes }, &key)?;
        let mut new = NewAct::checked(act)?;
        let id = new.id();
        for (name, bytes) in &entry.contents {
            new = new.with(*name, Arc::clone(bytes));
        }
        self.enter(new, Some(&value))?;
        Ok(Written {
            id,
            clock_behind: behind,
        })
    }

    /// Whether this may be recorded at all: refusal is for authors.
    fn may(&mut self, entry: &Entry) -> Result<(), WorkspaceError> {
        let room = entry.room.as_str();
        let kind = entry.body.get("kind").and_then(Value::as_str);
        if kind.is_none() {
            return Err(Fault::BodyKind.into());
        }
        let founded = self.known.histories.room(PLENARY).is_some();
        if room == PLENARY && (kind == Some("process")) == founded {
            return Err(match founded {
                true => WorkspaceError::FoundedOnce,
                false => WorkspaceError::NoProcess,
            });
        }
        self.known.read_beginning(self.store, room)?;
        let begun = self.known.histories.room(room).is_some();
        let declared = kind == Some("room");
        if !is_standing(room) && begun == declared {
            return Err(match begun {
                true => WorkspaceError::RoomThere(room.to_owned()),
                false => WorkspaceError::NoRoom(room.to_owned()),
            });
        }
        self.stands(entry, founded)?;
        match begun || declared || self.begins(entry, founded)? {
            true => Ok(()),
            false => Err(WorkspaceError::NotBegun(room.to_owned())),
        }
    }

    /// Whether this site is the one that begins a room which is there without being declared. Two sites that both began
    /// it, each offline, would give it two first acts: the founder begins the public room, and a seat's chamber its site
    /// that was bound first.
    fn begins(&self, entry: &Entry, founded: bool) -> Result<bool, WorkspaceError> {
        let site = super::keys_of(self.ring, &entry.recorder)?.site.site();
        let keys = self.known.keys();
        let Some(seat) = entry.room.strip_prefix(CHAMBER) else {
            let founder = keys.founder().map(|(founder, _)| *founder);
            return Ok(!founded || founder == Some(site));
        };
        let plenary = self.known.histories.room(PLENARY);
        let bound = |act: &ActDigest| {
            plenary.and_then(|plenary| plenary.standing(act).map(|(depth, at, _)| (at, depth)))
        };
        let sites = keys.bindings().filter(|(_, binding)| binding.seat == seat);
        let first = sites.min_by_key(|(_, binding)| (bound(&binding.act), binding.act));
        Ok(first.is_none_or(|(first, _)| *first == site))
    }

    /// Whether the recorder's site stands for its seat there. The founding seat binds itself after founding.
    fn stands(&mut self, entry: &Entry, founded: bool) -> Result<(), WorkspaceError> {
        let (room, seat) = (entry.room.as_str(), entry.recorder.as_str());
        let site = super::keys_of(self.ring, seat)?.site.site();
        let keys = self.known.keys();
        let founder = keys.founder() == Some((&site, seat)) && keys.binding(&site).is_none();
        if !founded || (founder && room == PLENARY) {
            return Ok(());
        }
        let moment = Moment::parse(&moment(self.now)?).unwrap_or_default();
        let why = keys.unknown(&site, seat, room, moment).or_else(|| {
            let declares = entry.body.get("members").and_then(Value::as_array);
            let sits = match declares.filter(|_| self.known.histories.room(room).is_none()) {
                Some(members) => Some(members.iter().any(|member| member == seat)),
                None => self.known.histories.members(room).has(seat),
            };
            (sits == Some(false)).then_some(onetext_seal::Unknown::NotAMember)
        });
        match why {
            None => Ok(()),
            Some(why) => Err(WorkspaceError::MayNot {
                seat: seat.to_owned(),
                room: room.to_owned(),
                why,
            }),
        }
    }
}

/// Whether a room is there without being declared.
fn is_standing(room: &str) -> bool {
    room == PLENARY || room == PUBLIC || room.starts_with(CHAMBER)
}

/// The body, with the names of the contents that it brings.
fn body_of(entry: &Entry) -> Value {
    let mut body = entry.body.clone();
    if let Some(fields) = body.as_object_mut()
        && !entry.contents.is_empty()
        && !fields.contains_key("contents")
    {
        let mut names: Vec<String> = entry
            .contents
            .iter()
            .map(|(name, _)| name.to_string())
            .collect();
        names.sort_unstable();
        names.dedup();
        fields.insert("contents".to_owned(), json!(names));
    }
    body
}
