//! The entrance: who may sit down at which seat. People, sessions, one-time links and a log of sign-ins, in a small file of their
//! own beside the record.
//!
//! None of it is an act, and nothing of it is in the record: it says who may look through a seat on this host, not what was said
//! (ADR 0023). Secrets are kept as digests; a password as argon2id makes it.

mod links;
mod log;
mod looks;
mod people;
mod second;
mod secret;
mod sessions;
mod tokens;
mod totp;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::Connection;

pub use links::{InvitationCard, Link, Made, NewLink, Purpose};
pub use log::Visit;
pub(crate) use log::{A_CODE, A_LINK, A_NAME};
pub use people::Member;
pub use second::Enrolment;
pub(crate) use second::{BOTH, SECOND};
pub use secret::Secret;
pub use sessions::{Seated, SessionCard, Way};
pub use tokens::{Token, TokenCard};

/// The file in a workspace's folder.
pub const ENTRANCE_FILE: &str = "entrance.db";

/// Everything that the file holds.
const TABLES: &str = "
    CREATE TABLE IF NOT EXISTS people (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, seat TEXT NOT NULL, password TEXT NOT NULL,
        made INTEGER NOT NULL, invited_by TEXT NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS sessions (
        hash BLOB PRIMARY KEY, card TEXT NOT NULL UNIQUE, seat TEXT NOT NULL, person INTEGER, way TEXT NOT NULL,
        agent TEXT NOT NULL, begun INTEGER NOT NULL, seen INTEGER NOT NULL, ends INTEGER NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS links (
        hash BLOB PRIMARY KEY, purpose TEXT NOT NULL, seat TEXT NOT NULL, made_by TEXT NOT NULL,
        made INTEGER NOT NULL, ends INTEGER NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS visits (
        at INTEGER NOT NULL, seat TEXT, name TEXT NOT NULL, way TEXT NOT NULL, source TEXT NOT NULL, let_in INTEGER NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS looks (
        seat TEXT NOT NULL, who TEXT NOT NULL, before INTEGER, seen INTEGER NOT NULL, PRIMARY KEY (seat, who)) STRICT;
    CREATE INDEX IF NOT EXISTS visits_at ON visits (at);
";

/// What came since the tables were first made. The number of those that were done stands in the file.
const STEPS: [&str; 4] = ["
    ALTER TABLE people ADD COLUMN speaks_as TEXT;
    ALTER TABLE people ADD COLUMN totp BLOB;
    ALTER TABLE people ADD COLUMN totp_begun BLOB;
    ALTER TABLE people ADD COLUMN totp_step INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE sessions ADD COLUMN invited_by TEXT NOT NULL DEFAULT '';
    ALTER TABLE sessions ADD COLUMN speaks_as TEXT;
    ALTER TABLE links ADD COLUMN speaks_as TEXT;
    ALTER TABLE links ADD COLUMN person INTEGER;
    CREATE TABLE recovery (
        person INTEGER NOT NULL, hash BLOB NOT NULL, PRIMARY KEY (person, hash)) STRICT;
    CREATE TABLE tokens (
        hash BLOB PRIMARY KEY, card TEXT NOT NULL UNIQUE, seat TEXT NOT NULL, person INTEGER NOT NULL, name TEXT NOT NULL,
        acts INTEGER NOT NULL, made INTEGER NOT NULL, seen INTEGER, ends INTEGER NOT NULL) STRICT;
", "
    ALTER TABLE people ADD COLUMN invited_from TEXT;
    ALTER TABLE sessions ADD COLUMN invited_from TEXT;
    ALTER TABLE sessions ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE links ADD COLUMN made_from TEXT;
    ALTER TABLE links ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;
    CREATE TABLE invitations (
        at INTEGER NOT NULL, seat TEXT NOT NULL, made_by TEXT NOT NULL, made_from TEXT NOT NULL, ends INTEGER NOT NULL) STRICT;
    ALTER TABLE visits ADD COLUMN counted BLOB NOT NULL DEFAULT x'';
    UPDATE visits SET name = '' WHERE seat IS NULL AND name NOT IN ('(a code)', '(a link)');
", "
    ALTER TABLE people ADD COLUMN totp_card TEXT;
    ALTER TABLE people ADD COLUMN totp_ends INTEGER NOT NULL DEFAULT 0;
    UPDATE people SET totp_begun = NULL;
", "
    ALTER TABLE links ADD COLUMN card TEXT NOT NULL DEFAULT '';
    UPDATE links SET card = lower(hex(randomblob(8)));
"];

/// Why the entrance could not do something.
#[derive(Debug, thiserror::Error)]
pub enum EntranceError {
    /// The file cannot be read or written.
    #[error("the list of people and sessions cannot be read or written: {0}")]
    File(#[from] rusqlite::Error),
    /// The file cannot be made.
    #[error("{0}: the list of people and sessions cannot be made there: {1}")]
    Make(PathBuf, std::io::Error),
    /// No random bytes are to be had.
    #[error("this computer gives no random bytes")]
    Random,
    /// A password cannot be taken as it is.
    #[error("a password needs at least {shortest} characters, and at most {longest}")]
    Password {
        /// The fewest.
        shortest: usize,
        /// The most.
        longest: usize,
    },
    /// The password that was asked for is another.
    #[error("the password so far is another")]
    OldPassword,
    /// A name cannot be taken as it is.
    #[error("a name needs 1 to 80 characters")]
    Name,
    /// Somebody has this name here.
    #[error("this name is taken here")]
    NameTaken,
    /// What was asked for again, the password, is not that of who sits there.
    #[error("this is not the password of who sits here")]
    Proof,
    /// A code of the second factor does not hold.
    #[error("this code does not hold: it was used, is over, or was mistyped")]
    Code,
    /// A token cannot be made as it is.
    #[error("a token needs a name of 1 to 80 characters, and ends within a year")]
    Token,
    /// Too many attempts failed.
    #[error("too many attempts failed from here; the next counts in {0} minutes")]
    Wait(i64),
}

/// The entrance of one host.
#[derive(Debug)]
pub struct Entrance {
    file: Mutex<Connection>,
    attempts: Mutex<()>,
    /// What attempts are counted under: the key of this run, so that no name that was mistyped can be guessed from the file.
    counts: ring::hmac::Key,
}

impl Entrance {
    /// Opens the entrance of a workspace's folder, and makes it where it is not there, for its owner alone.
    ///
    /// # Errors
    /// Where the file cannot be made or read.
    pub fn open(folder: &Path) -> Result<Entrance, EntranceError> {
        let path = folder.join(ENTRANCE_FILE);
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create(true).truncate(false);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.mode(0o600);
        }
        options
            .open(&path)
            .map_err(|error| EntranceError::Make(path.clone(), error))?;
        Self::with(Connection::open(&path)?)
    }

    /// An entrance that is gone when the program ends.
    ///
    /// # Errors
    /// Where there is no memory for it.
    pub fn in_memory() -> Result<Entrance, EntranceError> {
        Self::with(Connection::open_in_memory()?)
    }

    fn with(file: Connection) -> Result<Entrance, EntranceError> {
        // Sessions are looked up with each request; losing the last second of one in a crash loses nothing but a sign-in.
        file.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON;",
        )?;
        file.busy_timeout(std::time::Duration::from_secs(5))?;
        file.execute_batch(TABLES)?;
        let done: i64 = file.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        let done = usize::try_from(done).unwrap_or(usize::MAX);
        for (number, step) in STEPS.iter().enumerate().skip(done) {
            file.execute_batch(&format!(
                "BEGIN IMMEDIATE; {step} PRAGMA user_version = {}; COMMIT;",
                number + 1
            ))?;
        }
        let mut key = [0; 32];
        getrandom::fill(&mut key).map_err(|_| EntranceError::Random)?;
        Ok(Entrance {
            file: Mutex::new(file),
            attempts: Mutex::new(()),
            counts: ring::hmac::Key::new(ring::hmac::HMAC_SHA256, &key),
        })
    }

    /// One attempt to come in at a time: so many at once neither pass the limits together nor fill the memory with what a
    /// password takes.
    pub fn attempt(&self) -> MutexGuard<'_, ()> {
        self.attempts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The file, for one caller at a time; a caller that failed half way left no half of a statement behind.
    fn file(&self) -> MutexGuard<'_, Connection> {
        self.file.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
