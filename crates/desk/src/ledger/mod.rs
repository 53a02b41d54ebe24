//! The ledger: what the parties say, as acts that a record keeps; and what a record keeps, as what the parties said.
//!
//! A dossier has blocks and acts; a record has acts alone, each in one room. [`enter`] writes each block as acts in the
//! narrowest rooms whose members must know of it (`dossier.md`, "Blocks"; `design.md`, "References between rooms"), so
//! that whoever reads the acts of his rooms and no others knows exactly what he may know ([`read`], law 2).
//!
//! What a draft says are contents: its page as printed and its manifest. Base and lineage stand apart, where both drafts
//! are known.

mod blocks;
mod body;
mod enter;
mod kept;
mod lines;
mod names;
mod order;
mod page;
mod place;
mod read;
mod rules;
mod said;
mod told;

use std::sync::Arc;

use onetext_seal::{ActDigest, ContentDigest};
use onetext_talks::{Record, RoomId};
use serde::Serialize;

use crate::workspace::{Entry, Heard};

pub use enter::{Entered, NotEntered, Scribe, enter};
pub(crate) use page::Manifests;
pub use page::digest_of;
pub(crate) use read::{Judge, judged_alone};
pub use read::{read, read_said};
pub use said::{Ear, Said};
pub use told::Told;

/// Brings a content that a room was given; none where it has not arrived or was erased.
pub type Contents<'c> = dyn FnMut(&str, &ContentDigest) -> Option<Arc<[u8]>> + 'c;

/// What a viewer's rooms come to.
#[derive(Debug, Clone)]
pub struct Ledger {
    /// What was said there.
    pub record: Record,
    /// What each of these rooms has been told beside its acts.
    pub told: Told,
    /// The acts that count for nothing, or not yet, in the order of the record.
    pub left_out: Vec<LeftOut>,
    /// What more acts are held against.
    pub(crate) judge: Judge,
    /// The manifests that its acts were taken on.
    pub(crate) manifests: Manifests,
}

/// An act that counts for nothing, or not yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// The act.
    pub id: ActDigest,
    /// Its room.
    pub room: RoomId,
    /// Whether it counts for nothing or not yet.
    pub why: Why,
    /// In words, without a full stop.
    pub reason: String,
}

/// Why an act is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// Something that it rests on or names has not arrived.
    Pending,
    /// It is by a site that is not known to be of its seat.
    Unknown,
    /// It breaks a rule, and has no effect.
    Void,
    /// Its body was erased.
    Erased,
    /// It counts, and something about it should be known.
    Noted,
}

impl Why {
    /// In words, after the act.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Why::Pending => "waits",
            Why::Unknown => "does not count",
            Why::Void => "is void",
            Why::Erased => "was erased",
            Why::Noted => "counts, but",
        }
    }
}

/// Why the acts of some rooms are no process.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LedgerError {
    /// Nothing has founded the process.
    #[error("this record has no founding act of a process")]
    NotFounded,
}
