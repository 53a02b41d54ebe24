//! What goes wrong with keys: what, where, and what to do next.

use std::path::PathBuf;

use crate::entropy::EntropyError;

/// Why keys cannot be read or made.
#[derive(Debug, thiserror::Error)]
pub enum KeyRingError {
    /// No folder or no workspace secret there.
    #[error("there are no keys at {}: put back the folder that was made with the store", path.display())]
    Missing {
        /// Where they were looked for.
        path: PathBuf,
    },
    /// Keys are there already.
    #[error("{} is there already and was left as it is: choose another folder", path.display())]
    Exists {
        /// What is there.
        path: PathBuf,
    },
    /// Others than the owner may read it.
    #[error("others may read {} (mode {mode:o}): take that from them with `chmod {wanted:o} {}`, and make new keys if somebody may have read these", path.display(), path.display())]
    Open {
        /// The file or folder.
        path: PathBuf,
        /// Its permissions, as octal digits are written.
        mode: u32,
        /// The permissions that are expected.
        wanted: u32,
    },
    /// A file that is not as it was written.
    #[error("the key file {} is damaged: {what}; put back a copy of it", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        what: &'static str,
    },
    /// The keys are locked and no passphrase was given.
    #[error("the keys at {} are locked: give their passphrase", path.display())]
    Locked {
        /// The folder.
        path: PathBuf,
    },
    /// Another passphrase.
    #[error("this is not the passphrase of the keys at {}: try again; nothing was changed", path.display())]
    WrongPassphrase {
        /// The folder.
        path: PathBuf,
    },
    /// A passphrase of no letters.
    #[error("an empty passphrase locks nothing: give one of some words, or none at all")]
    EmptyPassphrase,
    /// A seat whose name is too long for a file.
    #[error("the seat's name has {0} bytes; at most 60 are expected")]
    SeatName(usize),
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
}
