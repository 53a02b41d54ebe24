//! What every part of the embedded store works with: where the file is, what opens it, and how its troubles are told.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::cipher::Cipher;
use crate::error::StoreError;

/// A store's file and the key that opens it.
#[derive(Clone)]
pub(super) struct Access {
    pub(super) path: PathBuf,
    pub(super) workspace: Cipher,
    pub(super) wait: Duration,
}

impl Access {
    /// What the database says, in our words.
    pub(super) fn fail(&self, source: rusqlite::Error) -> StoreError {
        let path = self.path.clone();
        let code = match &source {
            rusqlite::Error::SqliteFailure(error, _) => error.code,
            _ => return StoreError::Database { path, source },
        };
        match code {
            ErrorCode::DiskFull => StoreError::Full { path },
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => StoreError::Locked {
                path,
                seconds: self.wait.as_secs(),
            },
            ErrorCode::ReadOnly => StoreError::ReadOnly { path },
            ErrorCode::CannotOpen | ErrorCode::PermissionDenied => StoreError::Permission { path },
            ErrorCode::NotADatabase => StoreError::NotAStore { path },
            ErrorCode::DatabaseCorrupt => StoreError::Damaged {
                path,
                place: "the file".to_owned(),
                what: source.to_string(),
            },
            _ => StoreError::Database { path, source },
        }
    }

    /// Something that does not open or cannot be read.
    pub(super) fn damaged(&self, place: impl Into<String>, what: impl Into<String>) -> StoreError {
        StoreError::Damaged {
            path: self.path.clone(),
            place: place.into(),
            what: what.into(),
        }
    }

    /// Opens the file of a store that is there.
    pub(super) fn connect(&self, writing: bool) -> Result<Connection, StoreError> {
        let mode = if writing {
            OpenFlags::SQLITE_OPEN_READ_WRITE
        } else {
            OpenFlags::SQLITE_OPEN_READ_ONLY
        };
        let connection =
            Connection::open_with_flags(&self.path, mode | OpenFlags::SQLITE_OPEN_NO_MUTEX)
                .map_err(|error| self.fail(error))?;
        self.configure(&connection)
            .and_then(|()| match writing {
                // 64 MiB: the index of a long import fits, and its pages do not spill into the log before the commit.
                true => connection.pragma_update(None, "cache_size", -65_536),
                false => Ok(()),
            })
            .map_err(|error| self.fail(error))?;
        Ok(connection)
    }

    /// Settings of a connection that change nothing in the file.
    pub(super) fn configure(&self, connection: &Connection) -> rusqlite::Result<()> {
        connection.busy_timeout(self.wait)?;
        connection.set_prepared_statement_cache_capacity(64);
        connection.execute_batch(
            "PRAGMA synchronous = FULL;
             PRAGMA foreign_keys = ON;
             PRAGMA secure_delete = ON;
             PRAGMA trusted_schema = OFF;
             PRAGMA cell_size_check = ON;
             PRAGMA temp_store = MEMORY;",
        )
    }
}

/// What the operating system says of a file, in our words.
pub(super) fn file_error(path: &Path, source: std::io::Error) -> StoreError {
    let path = path.to_owned();
    match source.kind() {
        std::io::ErrorKind::NotFound => StoreError::Missing { path },
        std::io::ErrorKind::PermissionDenied => StoreError::Permission { path },
        std::io::ErrorKind::AlreadyExists => StoreError::Exists { path },
        std::io::ErrorKind::StorageFull => StoreError::Full { path },
        std::io::ErrorKind::ReadOnlyFilesystem => StoreError::ReadOnly { path },
        _ => StoreError::File { path, source },
    }
}
