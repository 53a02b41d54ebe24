//! What is remembered of an act's arrival, outside what is signed: when it came, and which contents it brought.

use onetext_seal::{ActDigest, ContentDigest};
use rusqlite::params;

use super::rooms::Room;
use super::write::Writer;
use crate::contract::Arrival;
use crate::error::StoreError;
use crate::room::Reader;

/// The place of an arrival's seal: room, position and act.
fn place(room: &Room, position: u64, id: &[u8]) -> Vec<u8> {
    [b"A", &room.tag[..], &position.to_be_bytes()[..], id].concat()
}

/// Writes an arrival.
pub(super) fn write(
    writer: &mut Writer<'_>,
    room: &Room,
    position: u64,
    id: &ActDigest,
    received: i64,
    brought: &[ContentDigest],
) -> Result<(), StoreError> {
    let mut bytes = Vec::with_capacity(8 + 32 * brought.len());
    bytes.extend_from_slice(&received.to_be_bytes());
    for name in brought {
        bytes.extend_from_slice(&name.0);
    }
    let stream = format!("arrival {id}");
    let sealed = room.cipher.seal(
        writer.entropy,
        &stream,
        &place(room, position, &id.0),
        &bytes,
    )?;
    writer
        .connection
        .prepare_cached("INSERT INTO arrivals (place, sealed) VALUES (?1, ?2)")
        .and_then(|mut statement| statement.execute(params![room.place(position), sealed]))
        .map_err(|error| writer.access.fail(error))?;
    Ok(())
}

/// Opens an arrival; none where it does not open.
pub(super) fn open(room: &Room, position: u64, id: &[u8], sealed: &[u8]) -> Option<Arrival> {
    let bytes = room.cipher.open(&place(room, position, id), sealed).ok()?;
    let mut reader = Reader(&bytes);
    let received = i64::from_be_bytes(reader.chunk()?);
    let mut contents = Vec::new();
    while !reader.0.is_empty() {
        contents.push(ContentDigest(reader.chunk()?));
    }
    Some(Arrival {
        position,
        received,
        contents,
    })
}
