//! The keys of a workspace, in a folder beside its store: one file for the workspace's own secret, one for each seat
//! that signs here, and, where there is a passphrase, one for the lock that it opens.
//!
//! The folder and its files belong to their owner alone. With a passphrase, a random lock key is encrypted to it with
//! age (scrypt), and the other files are sealed under the lock key: the passphrase can be changed without touching them.

mod error;
mod file;
mod passphrase;
mod ring;

pub use error::KeyRingError;
pub use passphrase::Passphrase;
pub use ring::{KeyRing, SeatKeys, WorkspaceKey};
