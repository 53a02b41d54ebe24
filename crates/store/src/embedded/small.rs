//! Settings, notes and snapshots, by keyed names and sealed under the workspace's key.

use rusqlite::{Connection, OptionalExtension as _, params};

use super::access::Access;
use super::write::Writer;
use crate::cipher::NameTag;
use crate::entropy::Entropy;
use crate::error::StoreError;

/// The place of a setting's seal.
pub(super) fn setting_place(tag: &[u8]) -> Vec<u8> {
    [b"V", tag].concat()
}

/// The place of a note's seal.
pub(super) fn note_place(tag: &[u8], position: i64) -> Vec<u8> {
    [b"O", tag, &position.to_be_bytes()[..]].concat()
}

/// The place of a snapshot's seal.
pub(super) fn snapshot_place(tag: &[u8]) -> Vec<u8> {
    [b"H", tag].concat()
}

/// Sets a setting, or takes it away.
pub(super) fn set(
    writer: &mut Writer<'_>,
    name: &str,
    value: Option<&[u8]>,
) -> Result<(), StoreError> {
    let access = writer.access;
    let tag = access.workspace.name("setting", name.as_bytes());
    let removed = writer
        .connection
        .prepare_cached("DELETE FROM settings WHERE tag = ?1")
        .and_then(|mut statement| statement.execute(params![&tag[..]]))
        .map_err(|error| access.fail(error))?;
    writer.counts.settings = writer.counts.settings.saturating_sub(removed as u64);
    let Some(value) = value else {
        return Ok(());
    };
    let stream = format!("setting {name}");
    let sealed = access
        .workspace
        .seal(writer.entropy, &stream, &setting_place(&tag), value)?;
    writer
        .connection
        .prepare_cached("INSERT INTO settings (tag, sealed) VALUES (?1, ?2)")
        .and_then(|mut statement| statement.execute(params![&tag[..], sealed]))
        .map_err(|error| access.fail(error))?;
    writer.counts.settings += 1;
    Ok(())
}

/// A setting.
pub(super) fn setting(
    access: &Access,
    connection: &Connection,
    name: &str,
) -> Result<Option<Vec<u8>>, StoreError> {
    let tag = access.workspace.name("setting", name.as_bytes());
    let sealed: Option<Vec<u8>> = connection
        .prepare_cached("SELECT sealed FROM settings WHERE tag = ?1")
        .and_then(|mut statement| {
            statement
                .query_row(params![&tag[..]], |row| row.get(0))
                .optional()
        })
        .map_err(|error| access.fail(error))?;
    sealed
        .map(|sealed| {
            access
                .workspace
                .open(&setting_place(&tag), &sealed)
                .map(|words| words.to_vec())
                .map_err(|_| {
                    access.damaged("table settings", format!("setting {name} was changed"))
                })
        })
        .transpose()
}

/// Adds a note to a list.
pub(super) fn note(writer: &mut Writer<'_>, list: &str, note: &[u8]) -> Result<(), StoreError> {
    let access = writer.access;
    let tag = access.workspace.name("notes", list.as_bytes());
    let position: i64 = writer
        .connection
        .prepare_cached("SELECT coalesce(max(position), 0) + 1 FROM notes WHERE tag = ?1")
        .and_then(|mut statement| statement.query_row(params![&tag[..]], |row| row.get(0)))
        .map_err(|error| access.fail(error))?;
    let stream = format!("notes {list}");
    let sealed =
        access
            .workspace
            .seal(writer.entropy, &stream, &note_place(&tag, position), note)?;
    writer
        .connection
        .prepare_cached("INSERT INTO notes (tag, position, sealed) VALUES (?1, ?2, ?3)")
        .and_then(|mut statement| statement.execute(params![&tag[..], position, sealed]))
        .map_err(|error| access.fail(error))?;
    writer.counts.notes += 1;
    Ok(())
}

/// The notes of a list.
pub(super) fn notes(
    access: &Access,
    connection: &Connection,
    list: &str,
) -> Result<Vec<Vec<u8>>, StoreError> {
    let tag = access.workspace.name("notes", list.as_bytes());
    let mut statement = connection
        .prepare_cached("SELECT position, sealed FROM notes WHERE tag = ?1 ORDER BY position")
        .map_err(|error| access.fail(error))?;
    let rows = statement
        .query_map(params![&tag[..]], |row| Ok((row.get(0)?, row.get(1)?)))
        .and_then(Iterator::collect::<rusqlite::Result<Vec<(i64, Vec<u8>)>>>)
        .map_err(|error| access.fail(error))?;
    rows.into_iter()
        .map(|(position, sealed)| {
            access
                .workspace
                .open(&note_place(&tag, position), &sealed)
                .map(|words| words.to_vec())
                .map_err(|_| {
                    access.damaged(
                        "table notes",
                        format!("note {position} of {list} was changed"),
                    )
                })
        })
        .collect()
}

fn snapshot_tag(access: &Access, name: &str) -> NameTag {
    access.workspace.name("snapshot", name.as_bytes())
}

/// Keeps a snapshot in place of the one before, or takes it away.
pub(super) fn keep_snapshot(
    access: &Access,
    connection: &Connection,
    entropy: &mut dyn Entropy,
    name: &str,
    bytes: Option<&[u8]>,
) -> Result<(), StoreError> {
    let tag = snapshot_tag(access, name);
    let fail = |error| access.fail(error);
    let Some(bytes) = bytes else {
        connection
            .execute("DELETE FROM snapshots WHERE tag = ?1", params![&tag[..]])
            .map_err(fail)?;
        return Ok(());
    };
    let stream = format!("snapshot {name}");
    let sealed = access
        .workspace
        .seal(entropy, &stream, &snapshot_place(&tag), bytes)?;
    connection
        .execute(
            "INSERT INTO snapshots (tag, sealed) VALUES (?1, ?2) \
             ON CONFLICT (tag) DO UPDATE SET sealed = excluded.sealed",
            params![&tag[..], sealed],
        )
        .map_err(fail)?;
    Ok(())
}

/// Lets go of every snapshot.
pub(super) fn forget_snapshots(access: &Access, connection: &Connection) -> Result<(), StoreError> {
    connection
        .execute("DELETE FROM snapshots", [])
        .map(|_| ())
        .map_err(|error| access.fail(error))
}

/// A snapshot; none where there is none or where it does not open.
pub(super) fn snapshot(
    access: &Access,
    connection: &Connection,
    name: &str,
) -> Result<Option<Vec<u8>>, StoreError> {
    let tag = snapshot_tag(access, name);
    let sealed: Option<Vec<u8>> = connection
        .prepare_cached("SELECT sealed FROM snapshots WHERE tag = ?1")
        .and_then(|mut statement| {
            statement
                .query_row(params![&tag[..]], |row| row.get(0))
                .optional()
        })
        .map_err(|error| access.fail(error))?;
    let mut bytes = Vec::new();
    Ok(sealed.and_then(|sealed| {
        access
            .workspace
            .open_into(&snapshot_place(&tag), &sealed, &mut bytes)
            .ok()
            .map(|()| bytes)
    }))
}
