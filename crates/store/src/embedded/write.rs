//! Writing a batch: one transaction, all or nothing, durable when it is done.

use std::collections::BTreeMap;

use onetext_seal::ActDigest;
use rusqlite::{Connection, OptionalExtension as _, params};

use super::access::Access;
use super::counts::Counts;
use super::rooms::{Room, split_place};
use super::{arrivals, contents, small};
use crate::contract::{Batch, Kept, NewAct};
use crate::entropy::Entropy;
use crate::error::StoreError;
use crate::room::RoomState;
use crate::row::seal_act;

/// A room that is being written, with its standing so far.
struct Writing {
    room: Room,
    state: RoomState,
}

/// What the parts of a transaction share.
pub(super) struct Writer<'a> {
    pub(super) access: &'a Access,
    pub(super) connection: &'a Connection,
    pub(super) entropy: &'a mut dyn Entropy,
    pub(super) counts: Counts,
    rooms: BTreeMap<String, Writing>,
}

impl<'a> Writer<'a> {
    /// A writer in the caller's transaction.
    pub(super) fn new(
        access: &'a Access,
        connection: &'a Connection,
        entropy: &'a mut dyn Entropy,
    ) -> Result<Writer<'a>, StoreError> {
        let counts = Counts::read(access, connection)?;
        Ok(Writer {
            access,
            connection,
            entropy,
            counts,
            rooms: BTreeMap::new(),
        })
    }

    /// Writes a batch. `known` gives rooms that were opened before.
    pub(super) fn write(
        mut self,
        batch: &Batch<'_>,
        known: &dyn Fn(&str) -> Option<Room>,
    ) -> Result<Vec<Kept>, StoreError> {
        let before = self.counts;
        let mut kept = Vec::with_capacity(batch.acts.len());
        for act in batch.acts {
            kept.push(self.act(act, batch.received, known)?);
        }
        for (name, value) in batch.settings {
            small::set(&mut self, name, *value)?;
        }
        for (list, note) in batch.notes {
            small::note(&mut self, list, note)?;
        }
        for writing in self.rooms.values() {
            writing
                .room
                .write_state(self.access, self.connection, self.entropy, &writing.state)?;
        }
        if self.counts != before {
            self.counts
                .write(self.access, self.connection, self.entropy)?;
        }
        Ok(kept)
    }

    fn act(
        &mut self,
        new: &NewAct,
        received: i64,
        known: &dyn Fn(&str) -> Option<Room>,
    ) -> Result<Kept, StoreError> {
        if let Some(place) = find(self.access, self.connection, &new.id)? {
            return Ok(Kept {
                id: new.id,
                position: split_place(place).1,
                new: false,
            });
        }
        let (access, connection) = (self.access, self.connection);
        let mut writing = self.take_room(&new.envelope.room, known)?;
        let (room, state) = (&writing.room, &mut writing.state);
        state.enter(new.id, &new.envelope, |parent| {
            find(access, connection, parent).map(|place| place.is_some())
        })?;
        let position = state.acts;
        let place = room.place(position);
        let sealed = seal_act(self.entropy, &room.cipher, &room.tag, &new.id, &new.act)?;
        connection
            .prepare_cached(
                "INSERT INTO acts (place, id, envelope, body_key, body, signature, person) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )
            .and_then(|mut statement| {
                statement.execute(params![
                    place,
                    &new.id.0[..],
                    sealed.envelope,
                    sealed.body_key,
                    sealed.body,
                    &new.act.signature.0[..],
                    sealed.person
                ])
            })
            .map_err(|error| access.fail(error))?;
        let brought: Vec<_> = new.contents.iter().map(|(name, _)| *name).collect();
        arrivals::write(self, room, position, &new.id, received, &brought)?;
        for (name, bytes) in &new.contents {
            if contents::give(self, room, name, bytes)? {
                state.contents += 1;
            }
        }
        self.rooms.insert(new.envelope.room.clone(), writing);
        Ok(Kept {
            id: new.id,
            position,
            new: true,
        })
    }

    /// The room of this name, made where it is new. The caller puts it back.
    fn take_room(
        &mut self,
        name: &str,
        known: &dyn Fn(&str) -> Option<Room>,
    ) -> Result<Writing, StoreError> {
        if let Some(writing) = self.rooms.remove(name) {
            return Ok(writing);
        }
        let found = match known(name) {
            Some(room) => Some(room),
            None => Room::find(self.access, self.connection, name)?,
        };
        match found {
            Some(room) => {
                let state = room.state(self.access, self.connection)?;
                Ok(Writing { room, state })
            }
            None => {
                self.counts.rooms += 1;
                Ok(Writing {
                    room: Room::make(self.access, self.connection, self.entropy, name)?,
                    state: RoomState::default(),
                })
            }
        }
    }
}

/// The place of an act.
pub(super) fn find(
    access: &Access,
    connection: &Connection,
    id: &ActDigest,
) -> Result<Option<i64>, StoreError> {
    connection
        .prepare_cached("SELECT place FROM acts WHERE id = ?1")
        .and_then(|mut statement| {
            statement
                .query_row(params![&id.0[..]], |row| row.get(0))
                .optional()
        })
        .map_err(|error| access.fail(error))
}
