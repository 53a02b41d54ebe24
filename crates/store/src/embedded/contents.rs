//! Contents: wordings and manifests, kept once, under keys that each room is given apart.

use onetext_seal::ContentDigest;
use rusqlite::{Connection, OptionalExtension as _, params};
use zeroize::Zeroizing;

use super::access::Access;
use super::rooms::Room;
use super::write::Writer;
use crate::cipher::{KEY, NameTag, Secret, draw, open_once, seal_once};
use crate::error::StoreError;
use crate::room::Reader;

/// What a room has of a content.
pub(super) enum Given {
    /// Its name and key.
    Key(ContentDigest, Secret),
    /// Its name alone: it was erased here.
    Erased(ContentDigest),
}

/// The workspace's name of a content.
pub(super) fn tag(access: &Access, name: &ContentDigest) -> NameTag {
    access.workspace.name("content", &name.0)
}

/// The room's name of a content.
pub(super) fn room_tag(room: &Room, name: &ContentDigest) -> NameTag {
    room.cipher.name("content", &name.0)
}

fn given_place(room: &Room, tag: &[u8]) -> Vec<u8> {
    [b"G", &room.tag[..], tag].concat()
}

fn key_place(tag: &[u8]) -> Vec<u8> {
    [b"C", tag].concat()
}

fn bytes_place(tag: &[u8]) -> Vec<u8> {
    [b"D", tag].concat()
}

/// Gives a content to a room, and keeps it where it is new. Says whether the room has a row that it had not.
pub(super) fn give(
    writer: &mut Writer<'_>,
    room: &Room,
    name: &ContentDigest,
    bytes: &[u8],
) -> Result<bool, StoreError> {
    if ContentDigest::of(bytes) != *name {
        return Err(StoreError::Content(*name));
    }
    let before = given(writer.access, writer.connection, room, name)?;
    if matches!(before, Some(Given::Key(..))) {
        return Ok(false);
    }
    let key = match kept_key(writer.access, writer.connection, name)? {
        Some(key) => key,
        None => keep(writer, name, bytes)?,
    };
    write_given(writer, room, name, Some(&key))?;
    Ok(before.is_none())
}

/// Keeps a content under a new key.
fn keep(writer: &mut Writer<'_>, name: &ContentDigest, bytes: &[u8]) -> Result<Secret, StoreError> {
    let tag = tag(writer.access, name);
    let stream = format!("content {name}");
    let key = draw(writer.entropy, &stream)?;
    let wrapped =
        writer
            .access
            .workspace
            .seal(writer.entropy, &stream, &key_place(&tag), key.as_slice())?;
    let sealed = seal_once(&key, &bytes_place(&tag), &[bytes])?;
    writer
        .connection
        .prepare_cached("INSERT INTO contents (tag, key, bytes) VALUES (?1, ?2, ?3)")
        .and_then(|mut statement| statement.execute(params![&tag[..], wrapped, sealed]))
        .map_err(|error| writer.access.fail(error))?;
    writer.counts.contents += 1;
    Ok(key)
}

/// Writes what a room has of a content: its name, and its key unless it was erased.
pub(super) fn write_given(
    writer: &mut Writer<'_>,
    room: &Room,
    name: &ContentDigest,
    key: Option<&Secret>,
) -> Result<(), StoreError> {
    let tag = room_tag(room, name);
    let mut words = Zeroizing::new(Vec::with_capacity(2 * KEY));
    words.extend_from_slice(&name.0);
    if let Some(key) = key {
        words.extend_from_slice(key.as_slice());
    }
    let stream = format!("content {name} in room {}", room.name);
    let sealed = room
        .cipher
        .seal(writer.entropy, &stream, &given_place(room, &tag), &words)?;
    writer
        .connection
        .prepare_cached("INSERT OR REPLACE INTO given (room, tag, sealed) VALUES (?1, ?2, ?3)")
        .and_then(|mut statement| statement.execute(params![room.number, &tag[..], sealed]))
        .map_err(|error| writer.access.fail(error))?;
    Ok(())
}

/// Opens what a room has of a content; none where it does not open.
pub(super) fn open_given(room: &Room, tag: &[u8], sealed: &[u8]) -> Option<Given> {
    let words = room.cipher.open(&given_place(room, tag), sealed).ok()?;
    let mut reader = Reader(&words);
    let name = ContentDigest(reader.chunk()?);
    if reader.0.is_empty() {
        return Some(Given::Erased(name));
    }
    let key = Zeroizing::new(reader.chunk()?);
    reader.0.is_empty().then_some(Given::Key(name, key))
}

/// What a room has of a content; none where it was not given it.
pub(super) fn given(
    access: &Access,
    connection: &Connection,
    room: &Room,
    name: &ContentDigest,
) -> Result<Option<Given>, StoreError> {
    let tag = room_tag(room, name);
    let sealed: Option<Vec<u8>> = connection
        .prepare_cached("SELECT sealed FROM given WHERE room = ?1 AND tag = ?2")
        .and_then(|mut statement| {
            statement
                .query_row(params![room.number, &tag[..]], |row| row.get(0))
                .optional()
        })
        .map_err(|error| access.fail(error))?;
    sealed
        .map(|sealed| {
            open_given(room, &tag, &sealed)
                .ok_or_else(|| access.damaged("table given", "what a room was given does not open"))
        })
        .transpose()
}

/// The key of a content that is kept.
fn kept_key(
    access: &Access,
    connection: &Connection,
    name: &ContentDigest,
) -> Result<Option<Secret>, StoreError> {
    let tag = tag(access, name);
    let wrapped: Option<Vec<u8>> = connection
        .prepare_cached("SELECT key FROM contents WHERE tag = ?1")
        .and_then(|mut statement| {
            statement
                .query_row(params![&tag[..]], |row| row.get(0))
                .optional()
        })
        .map_err(|error| access.fail(error))?;
    wrapped
        .map(|wrapped| {
            open_kept_key(access, &tag, &wrapped).ok_or_else(|| {
                access.damaged(
                    "table contents",
                    format!("the key of content {name} was changed"),
                )
            })
        })
        .transpose()
}

/// Opens the key of a content; none where it does not open.
pub(super) fn open_kept_key(access: &Access, tag: &[u8], wrapped: &[u8]) -> Option<Secret> {
    access.workspace.open_key(&key_place(tag), wrapped).ok()
}

/// Opens a content; none where it does not open or is another.
pub(super) fn open_bytes(
    key: &Secret,
    tag: &[u8],
    name: &ContentDigest,
    sealed: &[u8],
) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    open_once(key, &bytes_place(tag), sealed, &mut bytes).ok()?;
    (ContentDigest::of(&bytes) == *name).then_some(bytes)
}

/// A content that a room was given.
pub(super) fn content(
    access: &Access,
    connection: &Connection,
    room: &Room,
    name: &ContentDigest,
) -> Result<Option<Vec<u8>>, StoreError> {
    let Some(Given::Key(_, key)) = given(access, connection, room, name)? else {
        return Ok(None);
    };
    let tag = tag(access, name);
    let damaged = |what: &str| access.damaged("table contents", format!("content {name} {what}"));
    let sealed: Vec<u8> = connection
        .prepare_cached("SELECT bytes FROM contents WHERE tag = ?1")
        .and_then(|mut statement| {
            statement
                .query_row(params![&tag[..]], |row| row.get(0))
                .optional()
        })
        .map_err(|error| access.fail(error))?
        .ok_or_else(|| damaged("is missing"))?;
    open_bytes(&key, &tag, name, &sealed)
        .map(Some)
        .ok_or_else(|| damaged("was changed"))
}
