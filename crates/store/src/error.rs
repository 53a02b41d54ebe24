//! What goes wrong with a store: what, where, and what to do next. None of it changes what is stored.

use std::path::PathBuf;

use onetext_seal::{ActDigest, ContentDigest};

use crate::entropy::EntropyError;

/// Why a store cannot be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No file there.
    #[error("there is no store at {}: make one with `onetext new`, or name the folder that holds it with -C", path.display())]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// A file is there already.
    #[error("{} is there already and was left as it is: choose another place", path.display())]
    Exists {
        /// What is there.
        path: PathBuf,
    },
    /// A file of another sort.
    #[error("{} is no store of OneText and was left as it is: name the folder that holds `onetext.db`", path.display())]
    NotAStore {
        /// The file.
        path: PathBuf,
    },
    /// A file that is shorter than it says.
    #[error("the store {} is cut short: {found} bytes of {expected} are there; nothing was changed: put back a backup with `onetext restore`", path.display())]
    Truncated {
        /// The file.
        path: PathBuf,
        /// How long it should be, in bytes.
        expected: u64,
        /// How long it is, in bytes.
        found: u64,
    },
    /// A store of a later program.
    #[error("the store {} is of version {version}, and this program knows versions up to {known}; nothing was changed: use a newer program", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        version: i64,
        /// The latest version that this program knows.
        known: i64,
    },
    /// A file, a folder or a disk that may not be written.
    #[error("the store {} may not be written; nothing was changed: allow its owner to write the file and its folder, or copy the workspace to a disk that may be written", path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// No space is left.
    #[error("the disk of {} is full; nothing of this was written, what was written before is safe: free some space and try again", path.display())]
    Full {
        /// The file.
        path: PathBuf,
    },
    /// Another program is writing.
    #[error("another program is using the store {} and did not finish within {seconds} s; nothing was changed: wait for it, or end it, and try again", path.display())]
    Locked {
        /// The file.
        path: PathBuf,
        /// How long it was waited for, in seconds.
        seconds: u64,
    },
    /// A key of another workspace.
    #[error("the keys given are not those of the store {}; nothing was changed: put back the folder `keys` that was made with it", path.display())]
    WrongKey {
        /// The file.
        path: PathBuf,
    },
    /// The operating system does not let us.
    #[error("the operating system does not let this program use {}: ask its owner, or become the owner", path.display())]
    Permission {
        /// The file.
        path: PathBuf,
    },
    /// Something in the store is not as it was written.
    #[error("the store {} is damaged at {place}: {what}; run `onetext verify` to see how far it goes, and put back a backup with `onetext restore`", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The table and row, or the page.
        place: String,
        /// What is wrong there.
        what: String,
    },
    /// A kept act is not as it was written.
    #[error("act {id} in {} was changed: {what}; run `onetext verify` to see how far it goes, and put back a backup with `onetext restore`", path.display())]
    Changed {
        /// The file.
        path: PathBuf,
        /// The act.
        id: ActDigest,
        /// What is wrong with it.
        what: String,
    },
    /// A content that is not what it is named.
    #[error(
        "the content given for {0} is another one; nothing of this was written: ask its sender for it again"
    )]
    Content(ContentDigest),
    /// No act of this name is kept.
    #[error("no act {0} is kept here")]
    NoAct(ActDigest),
    /// A backup that does not verify.
    #[error("{} does not verify and was not used: {first} ({findings} findings in all); take another backup", path.display())]
    BadCopy {
        /// The copy.
        path: PathBuf,
        /// The first finding.
        first: String,
        /// How many there are.
        findings: usize,
    },
    /// No random bytes.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
    /// A file cannot be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        source: std::io::Error,
    },
    /// The database says something that has no name here.
    #[error("the store {}: {source}; nothing of this was written", path.display())]
    Database {
        /// The file.
        path: PathBuf,
        /// What it says.
        source: rusqlite::Error,
    },
}
