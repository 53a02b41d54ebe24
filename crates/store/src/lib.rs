//! Remembering: acts and contents, sealed, in an embedded database; and the keys that open them.
//!
//! A workspace is a folder with two things in it: the store, a file that shows nothing to who has no key
//! ([`EmbeddedStore`]), and the folder of keys ([`KeyRing`]). What a store promises is written once, as the trait
//! [`Store`], for every database that may stand behind it.
//!
//! This crate knows acts as bytes through `seal`: it reads the room, the parents, the site and the sequence of an
//! envelope, and nothing of a body. It reads no clock; when something was received is an argument. Random bytes come from
//! an [`Entropy`], so that a test can fix them.

mod cipher;
mod contract;
mod embedded;
mod entropy;
mod error;
mod keys;
mod parallel;
mod report;
mod room;
mod row;

pub use contract::{Arrival, Batch, Each, Erasure, Kept, Made, Make, NewAct, Reader, Store};
pub use embedded::{EmbeddedStore, Options};
pub use entropy::{Entropy, EntropyError, SeededEntropy, SystemEntropy};
pub use error::StoreError;
pub use keys::{KeyRing, KeyRingError, Passphrase, SeatKeys, WorkspaceKey};
pub use parallel::{PIECE, Part, Turn, at_once, read_in_parallel, read_rooms};
pub use report::{Finding, Report};
pub use row::OpenAct;
