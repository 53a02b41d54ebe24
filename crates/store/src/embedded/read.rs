//! Reading acts in order of arrival, by one connection or by several at once.

use std::ops::ControlFlow;

use onetext_seal::{ActDigest, SignedAct};
use rusqlite::{Connection, Row, params};

use super::access::Access;
use super::rooms::{Room, split_place};
use super::write::find;
use super::{arrivals, small};
use crate::contract::{Arrival, Each, Reader};
use crate::error::StoreError;
use crate::row::{BadColumn, Buffers, RowFields, open_act};

/// The columns of an act's row, in the order in which [`fields`] takes them.
pub(super) const COLUMNS: &str = "place, id, envelope, body_key, body, signature, person";

/// A column's bytes; none of them where it holds something of another sort, so that it does not open.
pub(super) fn blob<'a>(row: &'a Row<'_>, column: usize) -> &'a [u8] {
    let value = row.get_ref(column).ok();
    value
        .and_then(|value| value.as_blob().ok())
        .unwrap_or_default()
}

/// The same of a column that may be null.
fn blob_or_null<'a>(row: &'a Row<'_>, column: usize) -> Option<&'a [u8]> {
    match row.get_ref(column) {
        Ok(rusqlite::types::ValueRef::Null) => None,
        _ => Some(blob(row, column)),
    }
}

/// The fields of an act's row, as they lie in the database's page.
pub(super) fn fields<'a>(row: &'a Row<'_>) -> RowFields<'a> {
    RowFields {
        id: blob(row, 1),
        envelope: blob(row, 2),
        body_key: blob(row, 3),
        body: blob_or_null(row, 4),
        signature: blob(row, 5),
        person: blob_or_null(row, 6),
    }
}

/// An act that does not open, told by its name.
pub(super) fn changed(access: &Access, id: &[u8], place: i64, bad: BadColumn) -> StoreError {
    match id.try_into() {
        Ok(id) => StoreError::Changed {
            path: access.path.clone(),
            id: ActDigest(id),
            what: format!("its {} does not open", bad.0),
        },
        Err(_) => access.damaged(
            format!("table acts, row {place}"),
            "its id has a wrong length",
        ),
    }
}

/// Reads the acts of a room whose places lie between two, both included.
pub(super) fn between(
    access: &Access,
    connection: &Connection,
    room: &Room,
    (first, last): (i64, i64),
    each: &mut Each<'_>,
) -> Result<(), StoreError> {
    let fail = |error| access.fail(error);
    let words = format!("SELECT {COLUMNS} FROM acts WHERE place BETWEEN ?1 AND ?2 ORDER BY place");
    let mut statement = connection.prepare_cached(&words).map_err(fail)?;
    let mut rows = statement.query(params![first, last]).map_err(fail)?;
    let mut buffers = Buffers::default();
    while let Some(row) = rows.next().map_err(fail)? {
        let place: i64 = row.get(0).map_err(fail)?;
        let fields = fields(row);
        let act = open_act(&room.cipher, &room.tag, fields, &mut buffers)
            .map_err(|bad| changed(access, fields.id, place, bad))?;
        if each(split_place(place).1, act).is_break() {
            break;
        }
    }
    Ok(())
}

/// An act by its name.
pub(super) fn get(
    access: &Access,
    connection: &Connection,
    id: &ActDigest,
) -> Result<Option<SignedAct>, StoreError> {
    let Some(place) = find(access, connection, id)? else {
        return Ok(None);
    };
    let room = Room::numbered(access, connection, split_place(place).0)?;
    let mut act = None;
    between(
        access,
        connection,
        &room,
        (place, place),
        &mut |_, found| {
            act = Some(found.signed());
            ControlFlow::Break(())
        },
    )?;
    Ok(act)
}

/// The arrivals of a room whose places lie between two, both included.
pub(super) fn arrivals_between(
    access: &Access,
    connection: &Connection,
    room: &Room,
    (first, last): (i64, i64),
) -> Result<Vec<Arrival>, StoreError> {
    let fail = |error| access.fail(error);
    let mut statement = connection
        .prepare_cached(
            "SELECT acts.place, acts.id, arrivals.sealed FROM acts JOIN arrivals USING (place) \
             WHERE acts.place BETWEEN ?1 AND ?2 ORDER BY acts.place",
        )
        .map_err(fail)?;
    let mut rows = statement.query(params![first, last]).map_err(fail)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().map_err(fail)? {
        let place: i64 = row.get(0).map_err(fail)?;
        let (id, sealed) = (blob(row, 1), blob(row, 2));
        let arrival = arrivals::open(room, split_place(place).1, id, sealed).ok_or_else(|| {
            access.damaged(format!("table arrivals, row {place}"), "it does not open")
        })?;
        found.push(arrival);
    }
    Ok(found)
}

/// A connection that reads and writes nothing.
pub(super) struct EmbeddedReader {
    pub(super) access: Access,
    pub(super) connection: Connection,
    /// The room that was read last.
    pub(super) room: Option<Room>,
}

impl Reader for EmbeddedReader {
    fn read(
        &mut self,
        room: &str,
        after: u64,
        up_to: u64,
        each: &mut Each<'_>,
    ) -> Result<(), StoreError> {
        if self.room.as_ref().is_none_or(|known| known.name != room) {
            self.room = Room::find(&self.access, &self.connection, room)?;
        }
        let Some(room) = &self.room else {
            return Ok(());
        };
        let places = (room.place(after.saturating_add(1)), room.place(up_to));
        between(&self.access, &self.connection, room, places, each)
    }

    fn snapshot(&mut self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        small::snapshot(&self.access, &self.connection, name)
    }
}
