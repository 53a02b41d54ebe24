//! The record in clear: the signed acts of a seat's rooms and their contents, for any verifier.

use std::collections::BTreeMap;
use std::io::Write;

use onetext_seal::{
    ActDigest, Body, ContentDigest, Envelope, Fault, ProcessId, RecordWriter, SignedAct,
    contents_of, place_in_record,
};
use onetext_store::Store;
use serde::Serialize;

use super::{Workspace, WorkspaceError, keys_of};

/// An act with its place in a record.
type Placed = ((String, u64, ActDigest), SignedAct);

/// What a record holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recorded {
    /// The seat whose rooms it holds.
    pub seat: String,
    /// Those rooms, with how many acts each has.
    pub rooms: BTreeMap<String, usize>,
    /// How many acts.
    pub acts: usize,
    /// How many contents.
    pub contents: usize,
}

impl Workspace {
    /// Writes the record in clear of the rooms here in which a seat sits; without a name, this workspace's seat.
    ///
    /// # Errors
    /// Where the store or `out` fails.
    pub fn record(
        &mut self,
        seat: Option<&str>,
        out: impl Write,
    ) -> Result<Recorded, WorkspaceError> {
        let seat = self.looks_through(seat)?;
        let process: ProcessId = self.process()?.ok_or(WorkspaceError::NoProcess)?;
        let mut recorded = Recorded {
            rooms: BTreeMap::new(),
            acts: 0,
            contents: 0,
            seat,
        };
        let mut contents: BTreeMap<ContentDigest, String> = BTreeMap::new();
        let mut writer = RecordWriter::new(out, process)?;
        for room in self.rooms_of(&recorded.seat)? {
            let mut acts = self.signed(&room)?;
            acts.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
            for (_, act) in &acts {
                writer.act(act)?;
                for name in named(act)? {
                    // Where one of the rooms lost it, another may have it.
                    let there =
                        contents.contains_key(&name) && self.store.content(&room, &name)?.is_none();
                    if !there {
                        contents.insert(name, room.clone());
                    }
                }
            }
            recorded.acts += acts.len();
            recorded.rooms.insert(room, acts.len());
        }
        recorded.contents = contents.len();
        for (name, room) in contents {
            let bytes = self.store.content(&room, &name)?;
            writer.content(name, bytes.as_deref())?;
        }
        writer.finish()?;
        Ok(recorded)
    }

    /// The seat through which is looked: the one named, or this workspace's.
    pub(crate) fn looks_through(&self, seat: Option<&str>) -> Result<String, WorkspaceError> {
        match seat {
            Some(seat) => Ok(seat.to_owned()),
            None => self.seat()?.ok_or(WorkspaceError::NoSeat),
        }
    }

    /// The seat that writes here: the one named, where it signs here, or this workspace's.
    pub(super) fn writes_as(&self, seat: Option<&str>) -> Result<String, WorkspaceError> {
        let seat = self.looks_through(seat)?;
        keys_of(&self.ring, &seat).map(|_| seat)
    }

    /// The acts of a room, each with its place in a record.
    fn signed(&self, room: &str) -> Result<Vec<Placed>, WorkspaceError> {
        let (mut acts, mut failed) = (Vec::new(), None);
        self.store.read(room, 0, &mut |_, act| {
            let act = act.signed();
            match Envelope::read_kept(&act.envelope) {
                Ok(envelope) => acts.push((place_in_record(act.id(), &envelope), act)),
                Err(error) => failed = Some(Fault::from(error)),
            }
            std::ops::ControlFlow::Continue(())
        })?;
        failed.map_or(Ok(acts), |fault| Err(fault.into()))
    }
}

/// The contents that an act names.
pub(super) fn named(act: &SignedAct) -> Result<Vec<ContentDigest>, WorkspaceError> {
    let body = act.body.as_ref().map(Body::value).transpose()?;
    let named = body.as_ref().and_then(contents_of).unwrap_or_default();
    Ok(named.into_iter().collect())
}
