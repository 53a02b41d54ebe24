//! The text under negotiation: what a draft says, provision by provision, and what each provision became.
//!
//! This crate is pure: it reads no file, no clock and no random numbers. A [`Draft`] is what the reader makes of a
//! plain text; [`align()`] says which provision of one draft continues which of another; [`redline()`] tells the
//! difference in words; an [`IssuedDraft`] fixes the identity of every provision for good.
//!
//! In the order a reader needs it: [`Draft`] and [`Provision`], [`Path`-like strings](Draft::find), [`Brackets`],
//! [`normal_form`] and [`Digest`], [`Alignment`], [`Redline`], [`Manifest`] and [`Lineage`].

mod align;
mod bracket;
mod common;
mod compile;
mod draft;
mod label;
mod lexicon;
mod manifest;
mod normal;
mod order;
mod path;
mod points;
mod read;
mod reading_digest;
mod redline;
mod reference;
mod words;
mod work;

pub use align::{Alignment, Match, Settled, align, align_with};
pub use bracket::{Alternative, BracketGroup, BracketPiece, Brackets, OpenBracket, ReadingError};
pub use common::common;
pub use compile::{
    Absence, Compilation, Entry, Proposed, SeatText, Seats, Shape, Source, Stretch, TakenOut,
    compile,
};
pub use draft::{Draft, Provision, ProvisionKind, ReadError, Remark};
pub use label::{Label, NumeralSystem};
pub use manifest::{IssuedDraft, Lineage, Manifest, ManifestEntry, ProvisionId, SettleError};
pub use normal::{Digest, mixed_script_words, normal_form, normal_form_with};
pub use order::heaviest_run;
pub use path::{PathError, Target};
pub use redline::{
    PairKind, Redline, RedlinePair, Run, RunOp, RunReason, Summary, redline, redline_of_words,
    redline_with,
};
pub use reference::Reference;
pub use words::{Word, each_token, words};
pub use work::{Part, Workers, both, in_turn};
