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
    /// The draft that was issued from it, where nothing was written since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) issued: Option<String>,
    /// By the path of the provision: the last save of a page that keeps what is typed, so that an older one of the same page
    /// that comes late takes nothing back.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) saves: BTreeMap<String, Save>,
}

/// A save of a page that keeps what is typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Save {
    /// What names the open page.
    pub(crate) page: String,
    /// How many saves the page had sent.
    pub(crate) count: u64,
    /// The version that it left.
    pub(crate) after: String,
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
    /// What names the work on one provision as it is kept, with the answers to these acts: who saves says on what it was
    /// written. Empty where nothing is kept.
    pub(crate) fn version(&self, at: &str, acts: &[&str]) -> String {
        let work = self.provisions.get(at);
        let answers: BTreeMap<&str, &Answer> = acts
            .iter()
            .filter_map(|act| Some((*act, self.answers.get(*act)?)))
            .collect();
        if work.is_none() && answers.is_empty() && self.issued.is_none() {
            return String::new();
        }
        // What these types hold is always written.
        let said = serde_json::to_vec(&(work, answers, &self.issued)).unwrap_or_default();
        short_digest(&said)
    }

    /// Whether the same is to become of the draft.
    pub(crate) fn says_the_same(&self, other: &Sheet) -> bool {
        self.provisions == other.provisions && self.answers == other.answers
    }

    /// How many provisions are changed in it that no draft was issued with.
    pub(crate) fn left(&self) -> usize {
        let changed = self.provisions.values().filter(|work| work.changes());
        if self.issued.is_some() {
            0
        } else {
            changed.count()
        }
    }

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

/// A digest that fits a field of a form.
pub(crate) fn short_digest(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest
        .iter()
        .take(12)
        .map(|byte| format!("{byte:02x}"))
        .collect()
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
