//! Hearing what is here of a process: the acts of a viewer's rooms, each turned into what it says by the thread that reads
//! it, and the acts that do not count.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use onetext_seal::{
    ActDigest, Envelope, Fault, Glance, Histories, History, KeyAct, Keys, Link, Moment, PLENARY,
    Says, SiteId, read_kept_body,
};
use onetext_store::{OpenAct, Store as _, Turn, read_rooms};

use super::snapshot::{self, Put, Take};
use super::{THREADS, Workspace, WorkspaceError};

/// Who signed: the site, and the seat for which it wrote.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Signer {
    /// The site.
    pub site: SiteId,
    /// The seat.
    pub seat: Box<str>,
}

/// An act as it stands in its room, with what was made of what it says.
#[derive(Debug, Clone)]
pub struct Stands<T> {
    /// Its name.
    pub id: ActDigest,
    /// Its room, by its place in the list of rooms.
    pub room: u32,
    /// The recorder's clock.
    pub recorded: Moment,
    /// How deep it lies.
    pub depth: u64,
    /// How many acts its site wrote in the room before it.
    pub sequence: u64,
    /// Who signed it.
    pub signer: Arc<Signer>,
    /// What it rests on; none where that is the act before it in the list alone.
    pub parents: Option<Box<[ActDigest]>>,
    /// Its place in the room's order of arrival.
    pub position: u64,
    /// What it says.
    pub said: T,
}

/// What is heard in the rooms of some seats.
#[derive(Debug, Clone)]
pub struct Hearing<T> {
    /// The rooms by name, in ascending order.
    pub rooms: Vec<String>,
    /// The acts that count: they have joined their rooms, and are known to be of their seats. By room, in order of
    /// arrival.
    pub acts: Vec<Stands<T>>,
    /// The acts that do not count.
    pub aside: Vec<Aside>,
    /// Whose key is whose, by all that has joined the plenary by now.
    pub keys: Keys,
    /// How far was heard.
    pub bookmark: Bookmark,
}

/// How far some rooms were heard: what comes after in a row can be heard by itself.
#[derive(Debug, Clone)]
pub struct Bookmark {
    rooms: Vec<String>,
    /// By room.
    lines: Vec<Line>,
    /// Whose acts count, by room.
    signers: Signers,
    /// Whose key is whose.
    keys: Arc<Keys>,
    /// What the last act of all goes by in the order of the record.
    last: Option<(Moment, u64, u32)>,
}

/// Where a room ends.
#[derive(Debug, Clone, Copy, Default)]
struct Line {
    /// The place of the last act in the order of arrival.
    position: u64,
    /// That act; none where the acts of the room do not stand in a row, or some do not count.
    last: Option<ActDigest>,
}

impl Bookmark {
    fn of<T>(
        rooms: &[String],
        acts: &[Turned<T>],
        (reasons, keys): (&[Option<Reason>], &Keys),
    ) -> Bookmark {
        // What a revoked site signs counts or not by when that was: it is judged among all.
        let revoked = |site: &SiteId| {
            let binding = keys.binding(site);
            binding.is_none_or(|binding| binding.revoked.is_some())
        };
        let mut bookmark = Bookmark {
            rooms: rooms.to_vec(),
            lines: vec![Line::default(); rooms.len()],
            signers: Signers::new(),
            keys: Arc::new(keys.clone()),
            last: None,
        };
        let mut forked = BTreeSet::new();
        let mut signer: Option<(u32, &Arc<Signer>)> = None;
        for ((act, _), reason) in acts.iter().zip(reasons) {
            let Some(line) = bookmark.lines.get_mut(act.room as usize) else {
                continue;
            };
            let first = line.last.is_none();
            let in_a_row = match &act.parents {
                None => true,
                Some(parents) => first && parents.is_empty(),
            };
            if !in_a_row || reason.is_some() {
                forked.insert(act.room);
            }
            *line = Line {
                position: act.position,
                last: Some(act.id),
            };
            bookmark.last = bookmark.last.max(Some((act.recorded, act.depth, act.room)));
            if signer
                .is_none_or(|(room, known)| room != act.room || !Arc::ptr_eq(known, &act.signer))
            {
                if !revoked(&act.signer.site) {
                    bookmark.signers.insert((act.room, Arc::clone(&act.signer)));
                }
                signer = Some((act.room, &act.signer));
            }
        }
        for room in forked {
            if let Some(line) = bookmark.lines.get_mut(room as usize) {
                line.last = None;
            }
        }
        bookmark
    }

    /// Whether everything that was heard comes before an act in the order of the record.
    pub(crate) fn is_before<T>(&self, act: &Stands<T>) -> bool {
        self.last < Some((act.recorded, act.depth, act.room))
    }

    /// The name of a room.
    pub(crate) fn room(&self, place: u32) -> &str {
        self.rooms.get(place as usize).map_or("", String::as_str)
    }
}

/// An act that does not count.
#[derive(Debug, Clone)]
pub struct Aside {
    /// The act.
    pub id: ActDigest,
    /// Its room.
    pub room: String,
    /// Whether it waits for another act; else its site is not known to be of its seat.
    pub waits: bool,
    /// The reason, in words.
    pub reason: String,
}

/// An act as it lies in the reader's buffers: its bytes, and its envelope at a glance where that can be had.
pub type Opened<'a> = (&'a OpenAct<'a>, Option<&'a Glance<'a>>);

/// Turns acts into what they say, and what was turned into bytes and back.
pub trait Hearer {
    /// What an act says.
    type Said: Send;

    /// What an act says.
    ///
    /// # Errors
    /// Where its envelope or its body cannot be read.
    fn hear(&mut self, opened: Opened<'_>) -> Result<Self::Said, WorkspaceError>;

    /// A snapshot begins: what was held of the last one's words is let go.
    fn begin(&mut self);

    /// Writes what an act says to a snapshot; whether it did. What it does not write is kept as the act's own bytes.
    fn put(&mut self, said: &Self::Said, out: &mut Put) -> bool;

    /// Reads what an act of this name, of this room and so deep, says from a snapshot.
    fn take(&mut self, act: (&ActDigest, &str, u64), from: &mut Take<'_>) -> Option<Self::Said>;
}

impl Workspace {
    /// What is heard in the rooms here in which one of these seats sits, of what had been received by the end of that
    /// second. Every thread that reads turns acts into what they say by a hearer of its own.
    ///
    /// # Errors
    /// Where the store cannot be read, or an act not be turned.
    pub fn hear<H: Hearer>(
        &mut self,
        seats: &[String],
        known_at: Option<i64>,
        hearer: impl Fn() -> H + Sync,
    ) -> Result<Hearing<H::Said>, WorkspaceError> {
        let rooms = self.rooms_of_all(seats)?;
        let failed = Mutex::new(None);
        let named: Vec<(&str, u64)> = rooms.iter().map(|room| (room.as_str(), 0)).collect();
        let read = AtomicU64::new(0);
        let parts = read_rooms(&self.store, &named, THREADS, || {
            Listener::new(hearer(), &rooms, (&failed, &read))
        })?;
        self.from_rows = read.into_inner();
        if let Some(error) = failed.into_inner().unwrap_or_default() {
            return Err(error);
        }
        let count = parts.iter().map(|part| part.made.len()).sum();
        let mut acts: Vec<Turned<H::Said>> = Vec::with_capacity(count);
        for part in parts {
            let mut made = part.made.into_iter().flatten();
            // The first act of a part does not know what came before it.
            if let Some(mut first) = made.next() {
                if let Some(before) = acts.last().filter(|act| act.0.room == first.0.room)
                    && first.0.parents.as_deref() == Some(&[before.0.id][..])
                {
                    first.0.parents = None;
                }
                acts.push(first);
            }
            acts.extend(made);
        }
        let known = self.known.as_ref().ok_or(WorkspaceError::NoProcess)?;
        let mut aside = Vec::new();
        let keys = keys(&acts, &rooms);
        let mut reasons = reasons(&acts, &rooms, &known.histories, &keys);
        let bookmark = Bookmark::of(&rooms, &acts, (&reasons, &keys));
        if let Some(known_at) = known_at {
            let by_then = self.received_by(&rooms, known_at)?;
            for (act, reason) in acts.iter().zip(&mut reasons) {
                let room = by_then.get(act.0.room as usize);
                // What had not been received by then is neither heard nor missed.
                if room.is_none_or(|room| room.binary_search(&act.0.position).is_err()) {
                    *reason = Some(Reason::NotYet);
                }
            }
        }
        let mut before: Option<(u32, ActDigest, bool)> = None;
        // Nearly every act is heard: they stay where they lie.
        let heard = acts
            .into_iter()
            .zip(reasons)
            .filter_map(|((mut act, _), reason)| {
                if let Some((_, id, false)) = before
                    && act.parents.is_none()
                {
                    act.parents = Some([id].into());
                }
                before = Some((act.room, act.id, reason.is_none()));
                match reason {
                    None => return Some(act),
                    Some(Reason::NotYet) => {}
                    Some(Reason::Aside(waits, reason)) => aside.push(Aside {
                        id: act.id,
                        room: rooms.get(act.room as usize).cloned().unwrap_or_default(),
                        waits,
                        reason,
                    }),
                }
                None
            });
        let heard = heard.collect();
        Ok(Hearing {
            rooms,
            acts: heard,
            aside,
            keys,
            bookmark,
        })
    }

    /// What came to the rooms of these seats since they were heard up to a bookmark, and the bookmark after it. None where it
    /// does not go on in a row, says something of keys, or was signed by somebody who is not known to be of the seat: then
    /// everything is to be heard anew.
    ///
    /// # Errors
    /// Where the store cannot be read, or an act not be turned.
    pub fn hear_on<H: Hearer>(
        &mut self,
        seats: &[String],
        bookmark: &Bookmark,
        hearer: &mut H,
    ) -> Result<Option<HeardOn<H::Said>>, WorkspaceError> {
        if self.rooms_of_all(seats)? != bookmark.rooms {
            return Ok(None);
        }
        let known = self.known.as_ref().ok_or(WorkspaceError::NoProcess)?;
        let (histories, keys) = (&known.histories, Arc::clone(&bookmark.keys));
        let may_sign = |signer: &Signer, room: &str, recorded: Moment| {
            let Signer { site, seat } = signer;
            let binding = keys.binding(site);
            let unknown = histories.unknown_recorder(&keys, (site, seat), room, recorded);
            unknown.is_none() && binding.is_some_and(|binding| binding.revoked.is_none())
        };
        let mut after = bookmark.clone();
        let signers = &mut after.signers;
        let mut heard = Vec::new();
        for (room, line) in (0..).zip(&mut after.lines) {
            let name = bookmark.room(room);
            let mut goes_on = Ok(true);
            self.store.read(name, line.position, &mut |position, act| {
                let may = (&mut *signers, &may_sign as &MaySign<'_>);
                goes_on =
                    next(hearer, (room, name, line), may, (position, &act)).map(
                        |next| match next {
                            Some(next) => {
                                heard.push(next);
                                true
                            }
                            None => false,
                        },
                    );
                match goes_on {
                    Ok(true) => ControlFlow::Continue(()),
                    _ => ControlFlow::Break(()),
                }
            })?;
            if !goes_on? {
                return Ok(None);
            }
        }
        let keys = heard.iter().map(|act| (act.recorded, act.depth, act.room));
        after.last = after.last.max(keys.max());
        Ok(Some((heard, after)))
    }

    /// The rooms here in which one of these seats sits, in ascending order.
    pub(super) fn rooms_of_all(&mut self, seats: &[String]) -> Result<Vec<String>, WorkspaceError> {
        let mut rooms = BTreeSet::new();
        for seat in seats {
            rooms.extend(self.rooms_of(seat)?);
        }
        Ok(rooms.into_iter().collect())
    }

    /// By room, the places of the acts that had been received by the end of that second.
    fn received_by(
        &self,
        rooms: &[String],
        known_at: i64,
    ) -> Result<Vec<Vec<u64>>, WorkspaceError> {
        let mut all = Vec::with_capacity(rooms.len());
        for room in rooms {
            let arrivals = self.store.arrivals(room, 0)?;
            let by_then = arrivals
                .into_iter()
                .filter(|arrival| arrival.received.div_euclid(1_000_000) <= known_at);
            all.push(by_then.map(|arrival| arrival.position).collect());
        }
        Ok(all)
    }
}

/// What came since a bookmark, and the bookmark after it.
pub(crate) type HeardOn<T> = (Vec<Stands<T>>, Bookmark);

/// Who signed what counts, by room.
type Signers = BTreeSet<(u32, Arc<Signer>)>;

/// Whether somebody may sign in a room at a time.
type MaySign<'a> = dyn Fn(&Signer, &str, Moment) -> bool + 'a;

/// The next act of a room, where it goes on in a row and says nothing of keys.
fn next<H: Hearer>(
    hearer: &mut H,
    (room, name, line): (u32, &str, &mut Line),
    (signers, may_sign): (&mut Signers, &MaySign<'_>),
    (position, act): (u64, &OpenAct<'_>),
) -> Result<Option<Stands<H::Said>>, WorkspaceError> {
    let Some(glance) = Glance::of(act.envelope) else {
        return Ok(None);
    };
    let signer = Signer {
        site: glance.site,
        seat: glance.recorder.into(),
    };
    let key = (room, Arc::new(signer));
    let signer = match signers.get(&key) {
        Some((_, signer)) => Arc::clone(signer),
        None if may_sign(&key.1, name, glance.recorded) => {
            signers.insert(key.clone());
            key.1
        }
        None => return Ok(None),
    };
    let in_a_row = line.last.is_some_and(|last| glance.rests_on(Some(&last)));
    if !in_a_row || (name == PLENARY && key_act(act)?.is_some()) {
        return Ok(None);
    }
    *line = Line {
        position,
        last: Some(act.id),
    };
    Ok(Some(Stands {
        id: act.id,
        room,
        recorded: glance.recorded,
        depth: glance.depth,
        sequence: glance.sequence,
        signer,
        parents: None,
        position,
        said: hearer.hear((act, Some(&glance)))?,
    }))
}

/// Why an act is not heard.
enum Reason {
    /// It had not been received.
    NotYet,
    /// It waits, or its site is not known to be of its seat; in words.
    Aside(bool, String),
}

/// An act, and what it says of keys, where it does.
pub(super) type Turned<T> = (Stands<T>, Option<Box<KeyAct>>);

/// Turns acts into what they say, one after the other.
pub(super) struct Listener<'a, H> {
    pub(super) hearer: H,
    pub(super) rooms: &'a [String],
    /// The first error that any thread met.
    failed: &'a Mutex<Option<WorkspaceError>>,
    /// How many acts were read from their rows.
    read: &'a AtomicU64,
    signers: BTreeMap<Signer, Arc<Signer>>,
    /// Whoever signed last, who mostly signs again.
    signer: Option<Arc<Signer>>,
    /// The act before, and its room and place.
    before: Option<(usize, u64, ActDigest)>,
}

impl<H: Hearer> Turn for Listener<'_, H> {
    /// None where the act could not be turned; then that is noted.
    type Made = Option<Turned<H::Said>>;

    fn act(&mut self, room: usize, position: u64, act: OpenAct<'_>) -> Self::Made {
        self.read.fetch_add(1, Ordering::Relaxed);
        let heard = self.hear(room, position, &act);
        heard
            .map_err(|error| {
                // A thread that panicked is told of elsewhere.
                if let Ok(mut failed) = self.failed.lock() {
                    failed.get_or_insert(error);
                }
            })
            .ok()
    }

    fn snapshot_name(&self, room: usize, after: u64) -> Option<String> {
        Some(snapshot::name(self.rooms.get(room)?, after))
    }

    fn snapshot(
        &mut self,
        room: usize,
        after: u64,
        bytes: &[u8],
    ) -> Option<(Vec<Self::Made>, ActDigest)> {
        snapshot::read(self, room, after, bytes)
    }
}

impl<'a, H: Hearer> Listener<'a, H> {
    pub(super) fn new(
        hearer: H,
        rooms: &'a [String],
        (failed, read): (&'a Mutex<Option<WorkspaceError>>, &'a AtomicU64),
    ) -> Listener<'a, H> {
        Listener {
            hearer,
            rooms,
            failed,
            read,
            signers: BTreeMap::new(),
            signer: None,
            before: None,
        }
    }

    /// An act that was read from a snapshot.
    pub(super) fn went_by(&mut self, room: usize, position: u64, id: ActDigest) {
        self.before = Some((room, position, id));
    }

    pub(super) fn signer(&mut self, site: SiteId, seat: &str) -> Arc<Signer> {
        if let Some(last) = &self.signer
            && last.site == site
            && *last.seat == *seat
        {
            return Arc::clone(last);
        }
        let key = Signer {
            site,
            seat: seat.into(),
        };
        let known = self.signers.entry(key).or_insert_with(|| {
            Arc::new(Signer {
                site,
                seat: seat.into(),
            })
        });
        self.signer = Some(Arc::clone(known));
        Arc::clone(known)
    }

    pub(super) fn hear(
        &mut self,
        room: usize,
        position: u64,
        act: &OpenAct<'_>,
    ) -> Result<Turned<H::Said>, WorkspaceError> {
        let before = self.before.replace((room, position, act.id));
        let before = before
            .filter(|(known, place, _)| *known == room && place + 1 == position)
            .map(|(.., id)| id);
        let room = u32::try_from(room).unwrap_or(u32::MAX);
        let glance = Glance::of(act.envelope);
        let (stands, of_keys) = match &glance {
            Some(glance) => {
                let parents = match before {
                    Some(before) if glance.rests_on(Some(&before)) => None,
                    _ => Some(glance.parents().flatten().collect()),
                };
                let of_keys = glance.room == PLENARY;
                (
                    Stands {
                        id: act.id,
                        room,
                        recorded: glance.recorded,
                        depth: glance.depth,
                        sequence: glance.sequence,
                        signer: self.signer(glance.site, glance.recorder),
                        parents,
                        position,
                        said: self.hearer.hear((act, Some(glance)))?,
                    },
                    of_keys,
                )
            }
            None => {
                let envelope = Envelope::read_kept(act.envelope).map_err(Fault::from)?;
                let recorder = &envelope.recorder;
                let alone = before.is_some_and(|before| envelope.parents == [before]);
                (
                    Stands {
                        id: act.id,
                        room,
                        recorded: envelope.moment(),
                        depth: envelope.depth,
                        sequence: envelope.sequence,
                        signer: self.signer(recorder.site, &recorder.seat),
                        parents: (!alone).then(|| envelope.parents.clone().into()),
                        position,
                        said: self.hearer.hear((act, None))?,
                    },
                    envelope.room == PLENARY,
                )
            }
        };
        let key_act = match of_keys {
            true => key_act(act)?.map(Box::new),
            false => None,
        };
        Ok((stands, key_act))
    }
}

/// What an act of the plenary says of keys.
fn key_act(act: &OpenAct<'_>) -> Result<Option<KeyAct>, WorkspaceError> {
    let Some((body, _)) = act.body else {
        return Ok(None);
    };
    // Of the kinds that verification reads one must be named, in letters that have no other spelling.
    let field = b"\"kind\":\"";
    let of_keys = (0..body.len()).any(|at| {
        let rest = body.get(at..).and_then(|rest| rest.strip_prefix(field));
        rest.is_some_and(|kind| {
            let kinds: [&[u8]; 3] = [b"site\"", b"revoke-site\"", b"process\""];
            kinds.iter().any(|named| kind.starts_with(named))
        })
    });
    if !of_keys {
        return Ok(None);
    }
    let envelope = Envelope::read_kept(act.envelope).map_err(Fault::from)?;
    let says = Says::of(&read_kept_body(body)?);
    Ok(KeyAct::of(act.id, &envelope, &says))
}

/// Whose key is whose, by the key acts that have joined the plenary.
fn keys<T>(acts: &[Turned<T>], rooms: &[String]) -> Keys {
    let plenary = rooms.iter().position(|room| room == PLENARY);
    let of_plenary = |act: &&Turned<T>| plenary == Some(act.0.room as usize);
    let plenary: Vec<&Turned<T>> = acts.iter().filter(of_plenary).collect();
    let history = history(plenary.iter().map(|act| &act.0));
    let joined = |act: &&KeyAct| history.as_ref().is_none_or(|history| history.has(&act.id));
    let key_acts = plenary.iter().filter_map(|act| act.1.as_deref());
    Keys::read(key_acts.filter(joined))
}

/// The history of a room whose acts these are; none where each rests on the one before it alone, so that all have joined.
fn history<'a, T: 'a>(acts: impl Iterator<Item = &'a Stands<T>> + Clone) -> Option<History> {
    let in_a_row = acts.clone().enumerate().all(|(number, act)| match number {
        0 => act.parents.as_deref().is_some_and(<[_]>::is_empty),
        _ => act.parents.is_none(),
    });
    if in_a_row {
        return None;
    }
    let mut history = History::new();
    let mut before: Option<ActDigest> = None;
    for act in acts {
        let parents = match &act.parents {
            Some(parents) => parents.to_vec(),
            None => before.into_iter().collect(),
        };
        before = Some(act.id);
        history.add(Link {
            id: act.id,
            parents,
            depth: act.depth,
            recorded: act.recorded,
            site: act.signer.site,
            sequence: act.sequence,
        });
    }
    Some(history)
}

/// Why each act does not count; none where it does.
fn reasons<T>(
    acts: &[Turned<T>],
    rooms: &[String],
    histories: &Histories,
    keys: &Keys,
) -> Vec<Option<Reason>> {
    let mut reasons = Vec::with_capacity(acts.len());
    for room in acts.chunk_by(|one, other| one.0.room == other.0.room) {
        let name = room.first().and_then(|act| rooms.get(act.0.room as usize));
        let name = name.map_or("", String::as_str);
        let history = history(room.iter().map(|act| &act.0));
        // Who signed and counts, whenever that was: there is no other than the last, mostly.
        let mut counts: BTreeSet<&Signer> = BTreeSet::new();
        for (act, _) in room {
            let waits = history
                .as_ref()
                .is_some_and(|history| !history.has(&act.id));
            if waits {
                let reason = "an act that it rests on has not arrived".to_owned();
                reasons.push(Some(Reason::Aside(true, reason)));
                continue;
            }
            if counts.contains(&*act.signer) {
                reasons.push(None);
                continue;
            }
            let Signer { site, seat } = &*act.signer;
            let unknown = histories.unknown_recorder(keys, (site, seat), name, act.recorded);
            let revoked = keys
                .binding(site)
                .is_none_or(|binding| binding.revoked.is_some());
            if unknown.is_none() && !revoked {
                counts.insert(&act.signer);
            }
            reasons.push(unknown.map(|why| Reason::Aside(false, why.to_string())));
        }
    }
    reasons
}

impl<T> Stands<T> {
    /// An act that stands in its room as this envelope says.
    #[must_use]
    pub fn of(id: ActDigest, envelope: &Envelope, room: u32, said: T) -> Stands<T> {
        Stands {
            id,
            room,
            recorded: envelope.moment(),
            depth: envelope.depth,
            sequence: envelope.sequence,
            signer: Arc::new(Signer {
                site: envelope.recorder.site,
                seat: envelope.recorder.seat.as_str().into(),
            }),
            parents: Some(envelope.parents.clone().into()),
            position: 0,
            said,
        }
    }
}
