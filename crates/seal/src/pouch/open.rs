//! Opening a pouch: everything is checked before anything is taken in.

use std::collections::{BTreeMap, BTreeSet};

use super::header::{Addressee, Header, POUCH_LABEL, Sender, read_signature_line};
use super::pack::enters;
use super::{LARGEST_POUCH, PouchError};
use crate::digest::{ActDigest, ContentDigest, PouchDigest};
use crate::envelope::Envelope;
use crate::heads::Heads;
use crate::histories::Histories;
use crate::history::Flaw;
use crate::key::{KnownKeys, SiteId};
use crate::keys::{Keys, Unknown};
use crate::line::{Line, read_line};
use crate::record::place_in_record;
use crate::says::{PLENARY, contents_of};
use crate::signed::SignedAct;

/// What the receiver knows when it opens a pouch.
pub struct Opening<'a> {
    /// The histories of its rooms; none on a site that has no process yet. Then the pouch brings the founding act, and
    /// somebody must compare that act's name with the sender by another way.
    pub known: Option<&'a Histories>,
    /// The receiver's seat.
    pub seat: &'a str,
    /// The receiver's site.
    pub site: SiteId,
    /// Whether a pouch was opened before.
    pub opened: &'a dyn Fn(&PouchDigest) -> bool,
    /// Whether a content is here already, in the rooms shared with the sender.
    pub has_content: &'a dyn Fn(&ContentDigest) -> bool,
}

/// What a pouch brings, checked and not yet taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The pouch.
    pub name: PouchDigest,
    /// Who sent it.
    pub from: Sender,
    /// The acts that are new here, parents first within each room.
    pub acts: Vec<(ActDigest, SignedAct)>,
    /// The contents that the pouch brings; none where the content was erased.
    pub contents: Vec<(ContentDigest, Option<Vec<u8>>)>,
    /// How many acts of it were here already.
    pub known: usize,
    /// The sender's heads of the shared rooms: what it has, and need not be sent again.
    pub heads: Heads,
    /// The founding act, where this site had no process yet: to be compared with the sender by another way.
    pub founding: Option<ActDigest>,
}

/// Checks a decrypted pouch. Nothing is changed here; the caller takes in what it brings, all or nothing.
///
/// # Errors
/// [`PouchError`] gives the reason for which it is refused.
pub fn open_pouch(plain: &[u8], opening: &Opening<'_>) -> Result<Opened, PouchError> {
    let frame = Frame::read(plain)?;
    let header = &frame.header;
    addressed(&header.to, opening)?;
    if let Some(known) = opening.known {
        if known.process() != header.process {
            return Err(PouchError::OtherProcess(header.process.to_string()));
        }
        sender_stands(&header.from, &known.keys(), false)?;
    }
    if (opening.opened)(&frame.name) {
        return Err(PouchError::Replayed(frame.name));
    }
    let load = Load::read(&frame, header)?;
    early(header, opening.known)?;
    let mut trial = Trial::of(header, &load, opening.known);
    trial.add(&load)?;
    let keys = trial.histories.keys();
    sender_stands(&header.from, &keys, true)?;
    trial.shared(header, &load, &keys, opening)?;
    trial.complete(header, &load, &keys)?;
    load.contents_fit(opening)?;
    let founding = match opening.known {
        Some(_) => None,
        None => trial
            .histories
            .room(PLENARY)
            .and_then(|plenary| plenary.beginnings().first().copied()),
    };
    let known = load.acts.len() - trial.fresh.len();
    let fresh = |name: &ActDigest| trial.fresh.contains(name);
    Ok(Opened {
        name: frame.name,
        from: header.from.clone(),
        known,
        heads: Heads(header.heads.clone()),
        founding,
        acts: load
            .acts
            .into_iter()
            .filter(|act| fresh(&act.name))
            .map(|act| (act.name, act.act))
            .collect(),
        contents: load.contents.into_iter().collect(),
    })
}

/// The signed whole: its first line, what lies between, its name.
struct Frame<'a> {
    header: Header,
    between: &'a [u8],
    name: PouchDigest,
}

impl<'a> Frame<'a> {
    fn read(plain: &'a [u8]) -> Result<Frame<'a>, PouchError> {
        if plain.len() > LARGEST_POUCH {
            return Err(PouchError::TooLarge);
        }
        let padding = plain
            .iter()
            .rev()
            .take_while(|byte| **byte == b'\n')
            .count();
        // The last line keeps its line feed.
        let end = (plain.len() - padding + 1).min(plain.len());
        let plain = plain.get(..end).unwrap_or_default();
        let (signed, last) = split_last_line(plain).ok_or(PouchError::Torn)?;
        let (first, between) = split_first_line(signed).ok_or(PouchError::Torn)?;
        let header = Header::read(first).map_err(|what| PouchError::Line { line: 1, what })?;
        let signature = read_signature_line(last).ok_or(PouchError::Torn)?;
        if !header.from.site.signed(POUCH_LABEL, signed, &signature) {
            return Err(PouchError::Forged);
        }
        Ok(Frame {
            header,
            between,
            name: PouchDigest::of(plain),
        })
    }
}

fn split_first_line(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = bytes.iter().position(|byte| *byte == b'\n')?;
    Some((bytes.get(..at)?, bytes.get(at + 1..)?))
}

/// What stands before the last line, and that line without its line feed.
fn split_last_line(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let body = bytes.strip_suffix(b"\n")?;
    let at = body.iter().rposition(|byte| *byte == b'\n')? + 1;
    Some((bytes.get(..at)?, body.get(at..)?))
}

fn addressed(to: &Addressee, opening: &Opening<'_>) -> Result<(), PouchError> {
    let for_us = to.seat == opening.seat && to.site.is_none_or(|site| site == opening.site);
    match for_us {
        true => Ok(()),
        false => Err(PouchError::ForSomebodyElse(match to.site {
            Some(site) => format!("the site {site} of `{}`", to.seat),
            None => format!("`{}`", to.seat),
        })),
    }
}

/// Whether the sender's site is bound to its seat and not revoked. Where `must_be_known` is false, a site that is not
/// known yet may become so by the pouch itself.
fn sender_stands(from: &Sender, keys: &Keys, must_be_known: bool) -> Result<(), PouchError> {
    let Some(binding) = keys.binding(&from.site) else {
        return match must_be_known {
            true => Err(PouchError::UnknownSender(from.site)),
            false => Ok(()),
        };
    };
    if binding.seat != from.seat {
        return Err(PouchError::OtherSeat {
            says: from.seat.clone(),
            is: binding.seat.clone(),
        });
    }
    match binding.revoked {
        Some((_, act)) => Err(PouchError::RevokedSender {
            site: from.site,
            act,
        }),
        None => Ok(()),
    }
}

/// Whether every head that the pouch rests on has arrived.
fn early(header: &Header, known: Option<&Histories>) -> Result<(), PouchError> {
    for (room, heads) in &header.previous {
        let history = known.and_then(|known| known.room(room));
        for act in heads {
            if !history.is_some_and(|history| history.has(act)) {
                let (room, act) = (room.clone(), *act);
                return Err(PouchError::Early { room, act });
            }
        }
    }
    Ok(())
}

/// An act of the pouch, checked by itself.
struct Act {
    name: ActDigest,
    act: SignedAct,
    envelope: Envelope,
    body: Option<serde_json::Value>,
}

/// What lies in the pouch, each piece checked by itself.
struct Load {
    acts: Vec<Act>,
    contents: BTreeMap<ContentDigest, Option<Vec<u8>>>,
}

impl Load {
    fn read(frame: &Frame<'_>, header: &Header) -> Result<Load, PouchError> {
        let mut load = Load {
            acts: Vec::new(),
            contents: BTreeMap::new(),
        };
        let mut last = None;
        let mut keys = KnownKeys::default();
        let lines = frame
            .between
            .strip_suffix(b"\n")
            .map(|between| between.split(|byte| *byte == b'\n'));
        for (index, line) in lines.into_iter().flatten().enumerate() {
            let wrong = |what: &str| PouchError::Line {
                line: index + 2,
                what: what.to_owned(),
            };
            match read_line(line) {
                Line::Act(name, act) => {
                    let act = check(name, *act, header, &mut keys)?;
                    let place = place_in_record(name, &act.envelope);
                    let late = last.as_ref().is_some_and(|last| *last >= place);
                    if late || !load.contents.is_empty() {
                        return Err(wrong("this act comes too late"));
                    }
                    last = Some(place);
                    load.acts.push(act);
                }
                Line::Content(name, bytes) => {
                    if load.contents.keys().next_back() >= Some(&name) {
                        return Err(wrong("this content comes too late"));
                    }
                    if bytes
                        .as_deref()
                        .is_some_and(|bytes| ContentDigest::of(bytes) != name)
                    {
                        return Err(PouchError::ContentChanged(name));
                    }
                    load.contents.insert(name, bytes);
                }
                Line::BadAct(_, what) => return Err(wrong(what)),
                Line::Other => return Err(wrong("this line is none of a pouch")),
            }
        }
        Ok(load)
    }

    /// Every content that an act names is here, and every content here is named.
    fn contents_fit(&self, opening: &Opening<'_>) -> Result<(), PouchError> {
        let mut named = BTreeSet::new();
        for act in &self.acts {
            let contents = act.body.as_ref().and_then(contents_of).unwrap_or_default();
            for content in contents {
                if !self.contents.contains_key(&content) && !(opening.has_content)(&content) {
                    let act = act.name;
                    return Err(PouchError::ContentMissing { content, act });
                }
                named.insert(content);
            }
        }
        match self
            .contents
            .keys()
            .find(|content| !named.contains(content))
        {
            Some(stray) => Err(PouchError::ContentStray(*stray)),
            None => Ok(()),
        }
    }
}

fn check(
    name: ActDigest,
    act: SignedAct,
    header: &Header,
    keys: &mut KnownKeys,
) -> Result<Act, PouchError> {
    let (envelope, body) = act
        .read_with(keys)
        .map_err(|fault| PouchError::Act { act: name, fault })?;
    if act.id() != name {
        let fault = crate::signed::Fault::Line("its name is that of another act");
        return Err(PouchError::Act { act: name, fault });
    }
    if envelope.process != header.process {
        return Err(PouchError::OtherProcess(envelope.process.to_string()));
    }
    if !header.heads.contains_key(&envelope.room) {
        return Err(PouchError::NotShared(envelope.room));
    }
    if body
        .as_ref()
        .is_some_and(|body| contents_of(body).is_none())
    {
        let fault = crate::signed::Fault::Line("its contents are no digests");
        return Err(PouchError::Act { act: name, fault });
    }
    Ok(Act {
        name,
        act,
        envelope,
        body,
    })
}

/// The receiver's histories as they would be.
struct Trial {
    histories: Histories,
    /// The acts that are new.
    fresh: BTreeSet<ActDigest>,
}

impl Trial {
    fn of(header: &Header, load: &Load, known: Option<&Histories>) -> Trial {
        let mut rooms: BTreeSet<&str> = load
            .acts
            .iter()
            .map(|act| act.envelope.room.as_str())
            .collect();
        rooms.extend(header.heads.keys().map(String::as_str));
        rooms.insert(PLENARY);
        Trial {
            histories: known.map_or_else(
                || Histories::new(header.process),
                |known| known.only(&rooms),
            ),
            fresh: BTreeSet::new(),
        }
    }

    /// Adds the acts one by one and stops at the first that breaks a rule of its room's history.
    fn add(&mut self, load: &Load) -> Result<(), PouchError> {
        let known_flaws: BTreeSet<_> = self.histories.flaws().into_iter().collect();
        for act in &load.acts {
            let room = act.envelope.room.as_str();
            let history = self.histories.room(room);
            if history.is_some_and(|history| history.has(&act.name)) {
                continue;
            }
            let flaws = history.map_or(0, crate::history::History::flaw_count);
            self.fresh.insert(act.name);
            self.histories
                .add(act.name, &act.envelope, act.body.as_ref());
            let history = self.histories.room(room);
            if history.map_or(0, crate::history::History::flaw_count) > flaws {
                let flaws = self.histories.flaws().into_iter();
                let new = flaws
                    .filter(|flaw| !known_flaws.contains(flaw))
                    .min_by_key(|(_, act, _)| !self.fresh.contains(act));
                if let Some((room, act, flaw)) = new {
                    return Err(self.refused(room, act, flaw));
                }
            }
        }
        match self
            .histories
            .misbegun()
            .into_iter()
            .find(|(_, act)| self.fresh.contains(act))
        {
            Some((room, act)) => Err(PouchError::Beginning { room, act }),
            None => Ok(()),
        }
    }

    fn refused(&self, room: String, act: ActDigest, flaw: Flaw) -> PouchError {
        match flaw {
            Flaw::Rewritten { other } => {
                let site = self
                    .histories
                    .room(&room)
                    .and_then(|history| history.standing(&act))
                    .map_or(SiteId([0; 32]), |(_, _, site)| site);
                PouchError::Rewriting {
                    room,
                    site,
                    act,
                    other,
                }
            }
            Flaw::SecondBeginning { other } => PouchError::SecondBeginning { room, act, other },
            flaw => PouchError::Flaw { room, act, flaw },
        }
    }

    /// Every room in it is one that both sit in, and that the sites may enter.
    fn shared(
        &self,
        header: &Header,
        load: &Load,
        keys: &Keys,
        opening: &Opening<'_>,
    ) -> Result<(), PouchError> {
        let rooms = load.acts.iter().map(|act| &act.envelope.room);
        let rooms: BTreeSet<&String> = rooms.chain(header.heads.keys()).collect();
        for room in rooms {
            let members = self.histories.members(room);
            let sits = |seat: &str| members.has(seat) == Some(true);
            let enters = |site: &SiteId| {
                keys.binding(site)
                    .is_none_or(|binding| enters(binding, room))
            };
            let shared = sits(&header.from.seat)
                && sits(opening.seat)
                && enters(&header.from.site)
                && enters(&opening.site);
            if !shared {
                return Err(PouchError::NotShared(room.clone()));
            }
        }
        Ok(())
    }

    /// Nothing is missing between what was here and what came, every act is by a site that may write it, and the rooms
    /// end as the pouch says.
    fn complete(&self, header: &Header, load: &Load, keys: &Keys) -> Result<(), PouchError> {
        for act in &load.acts {
            let room = &act.envelope.room;
            let history = self.histories.room(room);
            let joined = history.is_some_and(|history| history.has(&act.name));
            if !joined {
                let lacks = act.envelope.parents.iter();
                let missing = lacks
                    .copied()
                    .find(|parent| !history.is_some_and(|history| history.has(parent)));
                return Err(PouchError::Gap {
                    room: room.clone(),
                    act: act.name,
                    missing: missing.unwrap_or(act.name),
                });
            }
            match self.histories.unknown(keys, &act.envelope) {
                // What a site wrote after it was revoked is carried along: others rest on it.
                None | Some(Unknown::Revoked(_)) => {}
                Some(why) => {
                    let act = act.name;
                    return Err(PouchError::Stranger { act, why });
                }
            }
        }
        for (room, heads) in &header.heads {
            let history = self.histories.room(room);
            for act in heads {
                if !history.is_some_and(|history| history.has(act)) {
                    let (room, act) = (room.clone(), *act);
                    return Err(PouchError::Truncated { room, act });
                }
            }
        }
        Ok(())
    }
}
