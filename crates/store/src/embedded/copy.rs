//! Backups and restoring: a copy through the database's own backup, consistent while others write, checked before it is
//! given its name.

use std::fs;
use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::backup::Backup;

use super::access::{Access, file_error};
use super::check;
use super::open::{inspect, make_private, part_of, place};
use crate::error::StoreError;

/// How many pages are copied before other programs may write again.
const PAGES_AT_A_TIME: i32 = 1024;

/// Copies the store behind a connection to a file that is not there yet.
pub(super) fn copy(access: &Access, from: &Connection, to: &Path) -> Result<(), StoreError> {
    if to.exists() {
        return Err(StoreError::Exists {
            path: to.to_owned(),
        });
    }
    let part = part_of(to);
    let copied = copy_to(access, from, &part).and_then(|()| place(&part, to));
    let _ = fs::remove_file(&part);
    copied
}

fn copy_to(access: &Access, from: &Connection, part: &Path) -> Result<(), StoreError> {
    make_private(part)?;
    let copy = Access {
        path: part.to_owned(),
        ..access.clone()
    };
    let fail = |error| copy.fail(error);
    let mut into = Connection::open(part).map_err(fail)?;
    copy.configure(&into).map_err(fail)?;
    Backup::new(from, &mut into)
        .and_then(|backup| {
            backup.run_to_completion(PAGES_AT_A_TIME, Duration::from_millis(1), None)
        })
        .map_err(fail)?;
    // One file, without a log beside it, so that it can be carried away as it is.
    into.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(()))
        .map_err(fail)?;
    let report = check::check(&copy, &into)?;
    if let Some(first) = report.findings.first() {
        return Err(StoreError::BadCopy {
            path: access.path.clone(),
            first: first.to_string(),
            findings: report.findings.len(),
        });
    }
    into.close().map_err(|(_, error)| copy.fail(error))?;
    fs::File::open(part)
        .and_then(|file| file.sync_all())
        .map_err(|error| file_error(part, error))
}

/// Copies a backup to the place of a store that is not there yet.
pub(super) fn restore(access: &Access, to: &Path) -> Result<(), StoreError> {
    if to.exists() {
        return Err(StoreError::Exists {
            path: to.to_owned(),
        });
    }
    inspect(&access.path)?;
    let from = access.connect(false)?;
    copy(access, &from, to)
}
