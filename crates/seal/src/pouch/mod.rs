//! Pouches: the acts of the rooms that two seats share and that the other lacks, signed by the site that sends them and
//! encrypted to the sites that receive them.
//!
//! A pouch is a matter of the shared rooms alone (law 2): two records that differ elsewhere give the same bytes to be
//! encrypted, and an encrypted pouch of the same length.

mod error;
mod header;
mod open;
mod pack;
mod sealing;

pub use error::PouchError;
pub use header::{Addressee, Sender};
pub use open::{Opened, Opening, open_pouch};
pub use pack::{PackError, Packing, pack_pouch};
pub use sealing::{PouchKey, SealingError, is_recipient, seal_pouch, unseal_pouch};

/// The largest pouch, in bytes. There is no compression: what is opened is as large as what came.
pub const LARGEST_POUCH: usize = 512 << 20;
