//! Work on the next draft, as it is kept between keystrokes: what is to become of each provision, and the answers to feedback.
//!
//! It is no act and nobody else's: one small file beside the record holds it, sealed to the seat whose work it is, until a draft
//! is issued from it.

use std::collections::BTreeMap;
use std::path::Path;

use onetext_desk::Redraft;
use rusqlite::{Connection, OptionalExtension as _, params};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// The file in a workspace's folder.
pub(crate) const SHEETS_FILE: &str = "drafting.db";

/// The most bytes of one sheet.
pub(crate) const LARGEST: usize = 4 << 20;

/// What is to become of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Sheet {
    /// By the path of the provision; empty for the start.
    #[serde(default)]
    pub(crate) provisions: BTreeMap<String, Work>,
    /// By the act that is answered.
    #[serde(default)]
    pub(crate) answers: BTreeMap<String, Answer>,
}

/// What is to become of one provision.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Work {
    pub(crate) redraft: Redraft,
    /// Whether the pen-holder is done with it.
    #[serde(default)]
    pub(crate) handled: bool,
}

/// An answer to feedback.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Answer {
    /// Taken, partly, not-taken or deferred.
    pub(crate) outcome: String,
    #[serde(default)]
    pub(crate) reason: String,
}

impl Sheet {
    /// Everything that is to become of the draft.
    pub(crate) fn redrafts(&self) -> Vec<Redraft> {
        let works = self.provisions.values();
        works.map(|work| work.redraft.clone()).collect()
    }
}

impl Work {
    /// Whether anything is to become of it.
    pub(crate) fn changes(&self) -> bool {
        let redraft = &self.redraft;
        let after = |(label, words): &(String, String)| !label.is_empty() || !words.is_empty();
        redraft.gone
            || redraft.wording.is_some()
            || redraft.label.is_some()
            || redraft.after.iter().any(after)
    }
}

/// The name of a sheet: of which draft of which text it is a seat's work. A digest, so that the file names nothing.
pub(crate) fn name(seat: &str, text: &str, base: &str) -> Vec<u8> {
    let mut digest = Sha256::new();
    for part in [seat, text, base] {
        digest.update(part.len().to_be_bytes());
        digest.update(part.as_bytes());
    }
    digest.finalize().to_vec()
}

/// The file of sheets, open.
#[derive(Debug)]
pub(crate) struct Sheets(Connection);

impl Sheets {
    /// Opens the file of a workspace's folder, and makes it where it is not there, for its owner alone.
    pub(crate) fn open(folder: &Path) -> Result<Sheets, rusqlite::Error> {
        let path = folder.join(SHEETS_FILE);
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create(true).truncate(false);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.mode(0o600);
        }
        // Where it cannot be made, opening it says so.
        drop(options.open(&path));
        let file = Connection::open(&path)?;
        file.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
             CREATE TABLE IF NOT EXISTS sheets (name BLOB PRIMARY KEY, sealed BLOB NOT NULL, at INTEGER NOT NULL) STRICT;",
        )?;
        file.busy_timeout(std::time::Duration::from_secs(5))?;
        Ok(Sheets(file))
    }

    pub(crate) fn get(&self, name: &[u8]) -> Result<Option<Vec<u8>>, rusqlite::Error> {
        let sealed = "SELECT sealed FROM sheets WHERE name = ?1";
        self.0
            .query_row(sealed, [name], |row| row.get(0))
            .optional()
    }

    pub(crate) fn put(&self, name: &[u8], sealed: &[u8], at: i64) -> Result<(), rusqlite::Error> {
        let put = "INSERT INTO sheets (name, sealed, at) VALUES (?1, ?2, ?3)
                   ON CONFLICT (name) DO UPDATE SET sealed = ?2, at = ?3";
        self.0.execute(put, params![name, sealed, at]).map(drop)
    }

    pub(crate) fn remove(&self, name: &[u8]) -> Result<(), rusqlite::Error> {
        self.0
            .execute("DELETE FROM sheets WHERE name = ?1", [name])
            .map(drop)
    }
}
