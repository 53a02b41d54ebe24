//! Bytes that a stranger can check without us: the canonical form of an act, its digests and signatures, the history
//! of a room, what `verify` says of it, and the pouches in which acts travel.
//!
//! This crate knows acts as bytes. What an act means, whether it is allowed and who may see it is said elsewhere; here
//! stands only what two parties who trust neither each other nor the computer can compute for themselves. The written
//! format, exact enough to write a verifier from, is `docs/format.md`.
//!
//! It is pure: no file, no clock, no dice. Keys, times and salts are arguments.

mod body;
mod canonical;
mod digest;
mod envelope;
mod glance;
mod heads;
mod histories;
mod history;
mod key;
mod keys;
mod line;
mod moment;
mod pouch;
mod record;
mod says;
mod signed;
mod verify;

#[cfg(any(test, feature = "testing"))]
pub mod testing;

pub use digest::{ActDigest, ContentDigest, DigestError, ManifestDigest, PouchDigest};

pub use body::{Body, LARGEST_BODY, SALT, read_kept_body};
pub use canonical::{CanonicalError, DEEPEST, canonical, canonical_value};
pub use envelope::{
    Actor, Commitment, Envelope, EnvelopeError, FORMAT, LARGEST_ENVELOPE, LONGEST_NAME,
    MOST_PARENTS, ProcessId, Recorder,
};
pub use glance::Glance;
pub use key::{KeyError, Signature, SiteId, SiteKey};
pub use moment::Moment;
pub use signed::{Fault, SignedAct};

pub use heads::{Heads, HeadsError, LARGEST_HEADS};
pub use histories::Histories;
pub use history::{Flaw, History, Link};
pub use keys::{Binding, KeyAct, Keys, Unknown, VoidKeyAct};
pub use says::{CHAMBER, Members, PLENARY, PUBLIC, Says, contents_of};

pub use line::{LARGEST_CONTENT, LONGEST_LINE};
pub use record::{Piece, RecordError, RecordReader, RecordWriter, place_in_record, verify_record};
pub use verify::{Damage, Report, Verifier};

pub use pouch::{
    Addressee, LARGEST_POUCH, Opened, Opening, PackError, Packing, PouchError, PouchKey,
    SealingError, Sender, is_recipient, open_pouch, pack_pouch, seal_pouch, unseal_pouch,
};
