//! Making and opening the file of a store.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::access::{Access, file_error};
use super::counts::Counts;
use super::schema::{APPLICATION, VERSION, migrate};
use crate::entropy::Entropy;
use crate::error::StoreError;
use crate::keys::WorkspaceKey;

/// How a store is opened.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// How long to wait for another program that is writing.
    pub wait: Duration,
    /// The largest that the file may become, in bytes; none where the disk alone sets the bound.
    pub largest: Option<u64>,
}

impl Default for Options {
    /// Waits 10 s; the disk alone sets the bound.
    fn default() -> Options {
        Options {
            wait: Duration::from_secs(10),
            largest: None,
        }
    }
}

/// The access to a file with a key.
pub(super) fn access(path: &Path, key: &WorkspaceKey, options: Options) -> Access {
    Access {
        path: path.to_owned(),
        workspace: key.cipher.clone(),
        wait: options.wait,
    }
}

/// Makes the file of a store: under another name first, so that it is there whole or not at all.
pub(super) fn create(access: &Access, entropy: &mut dyn Entropy) -> Result<(), StoreError> {
    if access.path.exists() {
        return Err(StoreError::Exists {
            path: access.path.clone(),
        });
    }
    let part = part_of(&access.path);
    let made = make(
        &Access {
            path: part.clone(),
            ..access.clone()
        },
        entropy,
    )
    .and_then(|()| place(&part, &access.path));
    let _ = fs::remove_file(&part);
    made
}

/// The name under which a file is made, before it gets its own.
pub(super) fn part_of(path: &Path) -> PathBuf {
    let mut part = path.as_os_str().to_owned();
    part.push(format!(".{}.part", std::process::id()));
    PathBuf::from(part)
}

fn make(access: &Access, entropy: &mut dyn Entropy) -> Result<(), StoreError> {
    make_private(&access.path)?;
    let fail = |error| access.fail(error);
    let connection = access.connect(true)?;
    connection
        .pragma_update(None, "application_id", APPLICATION)
        .map_err(fail)?;
    let transaction = begin(&connection).map_err(fail)?;
    migrate(&transaction, 0).map_err(fail)?;
    Counts::default().write(access, &transaction, entropy)?;
    transaction.commit().map_err(fail)?;
    connection.close().map_err(|(_, error)| access.fail(error))
}

/// Makes an empty file for its owner alone, in place of what an earlier attempt left.
pub(super) fn make_private(path: &Path) -> Result<(), StoreError> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options
        .open(path)
        .map(|_| ())
        .map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => StoreError::File {
                path: path.to_owned(),
                source: error,
            },
            _ => file_error(path, error),
        })
}

/// Gives a finished file its name, unless another has it.
pub(super) fn place(part: &Path, path: &Path) -> Result<(), StoreError> {
    let placed = match fs::hard_link(part, path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists && !path.exists() => {
            // Some file systems, as of sticks that are carried about, know no second name of a file.
            fs::rename(part, path)
        }
        other => other,
    };
    placed.map_err(|error| file_error(path, error))?;
    if let Some(folder) = path.parent()
        && let Ok(folder) = File::open(folder)
    {
        // Not every system can sync a folder; the file itself is durable already.
        let _ = folder.sync_all();
    }
    Ok(())
}

/// Opens the file of a store, and brings it to this program's version.
pub(super) fn open(access: &Access, options: Options) -> Result<Connection, StoreError> {
    inspect(&access.path)?;
    let fail = |error| access.fail(error);
    let connection = access.connect(true)?;
    let version = version(&connection).map_err(fail)?;
    if version > VERSION {
        return Err(StoreError::Newer {
            path: access.path.clone(),
            version,
            known: VERSION,
        });
    }
    // It opens with the workspace's key and no other.
    Counts::read(access, &connection)?;
    let mode: String = connection
        .pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))
        .map_err(fail)?;
    if mode != "wal" {
        return Err(access.damaged("the file", "it cannot be put into write-ahead mode"));
    }
    if version < VERSION {
        let transaction = begin(&connection).map_err(fail)?;
        // Another program may have been first.
        let version = self::version(&transaction).map_err(fail)?;
        if version < VERSION {
            migrate(&transaction, version).map_err(fail)?;
        }
        transaction.commit().map_err(fail)?;
    }
    if let Some(largest) = options.largest {
        let page: u64 = connection
            .pragma_query_value(None, "page_size", |row| row.get::<_, i64>(0))
            .map(|page| u64::try_from(page).unwrap_or(4096))
            .map_err(fail)?;
        let pages = i64::try_from(largest / page.max(1)).unwrap_or(i64::MAX);
        connection
            .pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))
            .map_err(fail)?;
    }
    Ok(connection)
}

fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// A transaction that writes: it takes the writer's place at once, so that it cannot fail half way for want of it.
pub(super) fn begin(connection: &Connection) -> rusqlite::Result<Transaction<'_>> {
    Transaction::new_unchecked(connection, TransactionBehavior::Immediate)
}

/// Looks at a file before the database does, which would take some for its own.
pub(super) fn inspect(path: &Path) -> Result<(), StoreError> {
    let failed = |error| file_error(path, error);
    let not_a_store = || StoreError::NotAStore {
        path: path.to_owned(),
    };
    let metadata = fs::metadata(path).map_err(failed)?;
    if !metadata.is_file() {
        return Err(not_a_store());
    }
    if metadata.permissions().readonly() {
        return Err(StoreError::ReadOnly {
            path: path.to_owned(),
        });
    }
    let truncated = |expected| {
        Err(StoreError::Truncated {
            path: path.to_owned(),
            expected,
            found: metadata.len(),
        })
    };
    let mut header = [0; 100];
    if metadata.len() < header.len() as u64 {
        return truncated(header.len() as u64);
    }
    File::open(path)
        .and_then(|mut file| file.read_exact(&mut header))
        .map_err(failed)?;
    // The database file format, section 1.3: https://www.sqlite.org/fileformat2.html
    let number = |at: usize| {
        header
            .get(at..at + 4)
            .and_then(|bytes| bytes.try_into().ok())
            .map_or(0, u32::from_be_bytes)
    };
    if !header.starts_with(b"SQLite format 3\0") || i64::from(number(68)) != APPLICATION {
        return Err(not_a_store());
    }
    let version = i64::from(number(60));
    if version > VERSION {
        return Err(StoreError::Newer {
            path: path.to_owned(),
            version,
            known: VERSION,
        });
    }
    let page = match u64::from(number(16) >> 16) {
        1 => 65536,
        page => page,
    };
    let expected = u64::from(number(28)) * page;
    // While a write-ahead log is there, the file may be shorter than it will be.
    let log = fs::metadata(log_of(path)).map_or(0, |log| log.len());
    if log == 0 && metadata.len() < expected {
        return truncated(expected);
    }
    Ok(())
}

/// The write-ahead log of a store's file.
pub(super) fn log_of(path: &Path) -> PathBuf {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    PathBuf::from(log)
}
