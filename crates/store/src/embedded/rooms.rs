//! Rooms: found by their keyed names, made on first use, each with a key of its own.

use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::access::Access;
use super::read::blob;
use crate::cipher::{Cipher, NameTag, draw};
use crate::entropy::Entropy;
use crate::error::StoreError;
use crate::room::RoomState;

/// How many places a room has: 2^40.
const PLACES: u32 = 40;

/// A room, opened.
#[derive(Clone)]
pub(super) struct Room {
    pub(super) number: i64,
    pub(super) tag: NameTag,
    pub(super) name: String,
    pub(super) cipher: Cipher,
}

impl Room {
    /// The place of a position in this room.
    pub(super) fn place(&self, position: u64) -> i64 {
        (self.number << PLACES) | i64::try_from(position).unwrap_or(i64::MAX >> (63 - PLACES))
    }

    /// The last place of this room.
    pub(super) fn last_place(&self) -> i64 {
        (self.number << PLACES) | ((1 << PLACES) - 1)
    }

    fn state_place(&self) -> Vec<u8> {
        [b"S", &self.tag[..]].concat()
    }

    /// Its standing.
    pub(super) fn state(
        &self,
        access: &Access,
        connection: &Connection,
    ) -> Result<RoomState, StoreError> {
        connection
            .prepare_cached("SELECT state FROM rooms WHERE number = ?1")
            .and_then(|mut statement| {
                statement.query_row([self.number], |row| Ok(self.open_state(blob(row, 0))))
            })
            .map_err(|error| access.fail(error))?
            .ok_or_else(|| access.damaged(room_place(self.number), "its standing does not open"))
    }

    /// Opens its sealed standing.
    pub(super) fn open_state(&self, sealed: &[u8]) -> Option<RoomState> {
        let bytes = self.cipher.open(&self.state_place(), sealed).ok()?;
        RoomState::read(&bytes)
    }

    fn seal_state(
        &self,
        entropy: &mut dyn Entropy,
        state: &RoomState,
    ) -> Result<Vec<u8>, StoreError> {
        let stream = format!("room {} state", self.name);
        Ok(self
            .cipher
            .seal(entropy, &stream, &self.state_place(), &state.bytes())?)
    }

    /// Writes its standing.
    pub(super) fn write_state(
        &self,
        access: &Access,
        connection: &Connection,
        entropy: &mut dyn Entropy,
        state: &RoomState,
    ) -> Result<(), StoreError> {
        let sealed = self.seal_state(entropy, state)?;
        connection
            .prepare_cached("UPDATE rooms SET state = ?2 WHERE number = ?1")
            .and_then(|mut statement| statement.execute(params![self.number, sealed]))
            .map_err(|error| access.fail(error))?;
        Ok(())
    }

    /// Opens a row of the table of rooms: number, tag, key, name.
    pub(super) fn read(access: &Access, row: &Row<'_>) -> rusqlite::Result<Result<Room, BadRoom>> {
        let number: i64 = row.get(0)?;
        let (tag, key, name) = (blob(row, 1), blob(row, 2), blob(row, 3));
        Ok(Room::open(access, number, tag, key, name))
    }

    fn open(
        access: &Access,
        number: i64,
        tag: &[u8],
        key: &[u8],
        name: &[u8],
    ) -> Result<Room, BadRoom> {
        let tag: NameTag = tag.try_into().map_err(|_| BadRoom(number, "tag"))?;
        let secret = access
            .workspace
            .open_key(&[b"R", &tag[..]].concat(), key)
            .map_err(|_| BadRoom(number, "key"))?;
        let cipher = Cipher::new(&secret);
        let name = cipher
            .open(&[b"T", &tag[..]].concat(), name)
            .map_err(|_| BadRoom(number, "name"))?;
        let name = String::from_utf8(name.to_vec()).map_err(|_| BadRoom(number, "name"))?;
        Ok(Room {
            number,
            tag,
            name,
            cipher,
        })
    }

    /// Finds a room by its name.
    pub(super) fn find(
        access: &Access,
        connection: &Connection,
        name: &str,
    ) -> Result<Option<Room>, StoreError> {
        let tag = access.workspace.name("room", name.as_bytes());
        connection
            .prepare_cached("SELECT number, tag, key, name FROM rooms WHERE tag = ?1")
            .and_then(|mut statement| {
                statement
                    .query_row(params![&tag[..]], |row| Room::read(access, row))
                    .optional()
            })
            .map_err(|error| access.fail(error))?
            .transpose()
            .map_err(|bad| bad.error(access))
    }

    /// Finds a room by its number.
    pub(super) fn numbered(
        access: &Access,
        connection: &Connection,
        number: i64,
    ) -> Result<Room, StoreError> {
        connection
            .prepare_cached("SELECT number, tag, key, name FROM rooms WHERE number = ?1")
            .and_then(|mut statement| {
                statement
                    .query_row([number], |row| Room::read(access, row))
                    .optional()
            })
            .map_err(|error| access.fail(error))?
            .ok_or_else(|| access.damaged(room_place(number), "its row is missing"))?
            .map_err(|bad| bad.error(access))
    }

    /// All rooms, in ascending order of names.
    pub(super) fn all(access: &Access, connection: &Connection) -> Result<Vec<Room>, StoreError> {
        let mut statement = connection
            .prepare_cached("SELECT number, tag, key, name FROM rooms")
            .map_err(|error| access.fail(error))?;
        let rooms = statement
            .query_map([], |row| Room::read(access, row))
            .and_then(Iterator::collect::<rusqlite::Result<Vec<_>>>)
            .map_err(|error| access.fail(error))?;
        let mut rooms = rooms
            .into_iter()
            .collect::<Result<Vec<_>, _>>()
            .map_err(|bad| bad.error(access))?;
        rooms.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(rooms)
    }

    /// How many rooms there are: none ever goes.
    pub(super) fn count(access: &Access, connection: &Connection) -> Result<i64, StoreError> {
        connection
            .prepare_cached("SELECT count(*) FROM rooms")
            .and_then(|mut statement| statement.query_row([], |row| row.get(0)))
            .map_err(|error| access.fail(error))
    }

    /// Makes a room.
    pub(super) fn make(
        access: &Access,
        connection: &Connection,
        entropy: &mut dyn Entropy,
        name: &str,
    ) -> Result<Room, StoreError> {
        let fail = |error| access.fail(error);
        let number: i64 = connection
            .prepare_cached("SELECT coalesce(max(number), 0) + 1 FROM rooms")
            .and_then(|mut statement| statement.query_row([], |row| row.get(0)))
            .map_err(fail)?;
        let tag = access.workspace.name("room", name.as_bytes());
        let stream = format!("room {name} key");
        let secret = draw(entropy, &stream)?;
        let place = [b"R", &tag[..]].concat();
        let key = access
            .workspace
            .seal(entropy, &stream, &place, secret.as_slice())?;
        let room = Room {
            number,
            tag,
            name: name.to_owned(),
            cipher: Cipher::new(&secret),
        };
        let place = [b"T", &tag[..]].concat();
        let sealed_name = room
            .cipher
            .seal(entropy, &stream, &place, name.as_bytes())?;
        let state = room.seal_state(entropy, &RoomState::default())?;
        connection
            .prepare_cached(
                "INSERT INTO rooms (number, tag, key, name, state) VALUES (?1, ?2, ?3, ?4, ?5)",
            )
            .and_then(|mut statement| {
                statement.execute(params![number, &tag[..], key, sealed_name, state])
            })
            .map_err(fail)?;
        Ok(room)
    }
}

/// A row of the table of rooms that does not open: its number and the column.
#[derive(Debug, Clone, Copy)]
pub(super) struct BadRoom(pub(super) i64, pub(super) &'static str);

impl BadRoom {
    fn error(self, access: &Access) -> StoreError {
        access.damaged(room_place(self.0), format!("its {} was changed", self.1))
    }
}

/// How a row of the table of rooms is named to people.
pub(super) fn room_place(number: i64) -> String {
    format!("table rooms, row {number}")
}

/// The room number of a place, and the position in the room.
pub(super) fn split_place(place: i64) -> (i64, u64) {
    (
        place >> PLACES,
        (place & ((1 << PLACES) - 1)).unsigned_abs(),
    )
}
