//! Erasing: the key is destroyed first and last; what is left of it in pages and log is overwritten.

use onetext_seal::{ActDigest, ContentDigest};
use rusqlite::{Connection, params};

use super::access::Access;
use super::contents::{self, Given};
use super::open::begin;
use super::rooms::{Room, split_place};
use super::small;
use super::write::{Writer, find};
use crate::contract::Erasure;
use crate::entropy::Entropy;
use crate::error::StoreError;
use crate::row::no_body;

/// Destroys the key of an act's body, and the body.
pub(super) fn body(
    access: &Access,
    connection: &Connection,
    entropy: &mut dyn Entropy,
    id: &ActDigest,
) -> Result<Erasure, StoreError> {
    let fail = |error| access.fail(error);
    let transaction = begin(connection).map_err(fail)?;
    let place = find(access, &transaction, id)?.ok_or(StoreError::NoAct(*id))?;
    let room = Room::numbered(access, &transaction, split_place(place).0)?;
    let mark = no_body(entropy, &room.cipher, &room.tag, id)?;
    let changed = transaction
        .execute(
            "UPDATE acts SET body = NULL, body_key = ?2 WHERE place = ?1 AND body IS NOT NULL",
            params![place, mark],
        )
        .map_err(fail)?;
    if changed > 0 {
        // What a snapshot holds of the body goes with it.
        small::forget_snapshots(access, &transaction)?;
    }
    transaction.commit().map_err(fail)?;
    if changed == 0 {
        return Ok(Erasure::NothingThere);
    }
    clear_log(access, connection)
}

/// Takes a content from a room, and destroys it where no other room has it.
pub(super) fn content(
    access: &Access,
    connection: &Connection,
    entropy: &mut dyn Entropy,
    room: &Room,
    name: &ContentDigest,
) -> Result<Erasure, StoreError> {
    let fail = |error| access.fail(error);
    let transaction = begin(connection).map_err(fail)?;
    let before = contents::given(access, &transaction, room, name)?;
    if !matches!(before, Some(Given::Key(..))) {
        return Ok(Erasure::NothingThere);
    }
    let mut writer = Writer::new(access, &transaction, entropy)?;
    contents::write_given(&mut writer, room, name, None)?;
    let mut elsewhere = false;
    for other in Room::all(access, &transaction)? {
        let has = contents::given(access, &transaction, &other, name)?;
        elsewhere |= matches!(has, Some(Given::Key(..)));
    }
    if !elsewhere {
        let tag = contents::tag(access, name);
        transaction
            .execute("DELETE FROM contents WHERE tag = ?1", params![&tag[..]])
            .map_err(fail)?;
        let mut counts = writer.counts;
        counts.contents = counts.contents.saturating_sub(1);
        counts.write(access, &transaction, writer.entropy)?;
    }
    transaction.commit().map_err(fail)?;
    clear_log(access, connection)
}

/// Moves what is in the write-ahead log into the file and cuts the log to nothing: it held the page with the key.
fn clear_log(access: &Access, connection: &Connection) -> Result<Erasure, StoreError> {
    let busy: i64 = connection
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))
        .map_err(|error| access.fail(error))?;
    Ok(if busy == 0 {
        Erasure::Done
    } else {
        Erasure::LogHeld
    })
}
