//! Why a pouch is refused. Nothing is changed then.

use crate::digest::{ActDigest, ContentDigest, PouchDigest};
use crate::history::Flaw;
use crate::key::SiteId;
use crate::keys::Unknown;
use crate::signed::Fault;

/// Why a pouch is refused. Whatever the reason, nothing is changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PouchError {
    /// More bytes than any pouch may have.
    #[error("the pouch has more than {} MB: it is none of ours, or meant to harm", super::LARGEST_POUCH >> 20)]
    TooLarge,
    /// Not an encrypted pouch at all.
    #[error("this is no pouch: {0}")]
    NoPouch(String),
    /// None of our keys opens it.
    #[error(
        "the pouch is for somebody else: none of this site's keys opens it; ask the sender to pack one for this site"
    )]
    Closed,
    /// It opens, and is addressed to another seat or site.
    #[error("the pouch is for {0}: it reached the wrong site")]
    ForSomebodyElse(String),
    /// Bytes of it were changed or cut off on the way.
    #[error("the pouch is torn: bytes of it were changed or cut off on the way; ask for it again")]
    Torn,
    /// The signature is not that of the site that it names.
    #[error("the pouch is forged: its signature is not that of the site that it names")]
    Forged,
    /// Of another process.
    #[error("the pouch belongs to another process, {0}")]
    OtherProcess(String),
    /// It was opened before.
    #[error("the pouch {0} was opened before")]
    Replayed(PouchDigest),
    /// A line that is not as the format says.
    #[error("the pouch, line {line}: {what}")]
    Line {
        /// Which line, from 1.
        line: usize,
        /// What is wrong.
        what: String,
    },
    /// An act in it was changed before it was packed.
    #[error("the act {act} in the pouch was changed: {fault}")]
    Act {
        /// The act.
        act: ActDigest,
        /// What is wrong.
        fault: Fault,
    },
    /// The site is not known here.
    #[error("the pouch comes from a site that is bound to no seat here, {0}")]
    UnknownSender(SiteId),
    /// The site is bound to another seat than it says.
    #[error("the pouch says it comes from the seat `{says}`; its site is bound to `{is}`")]
    OtherSeat {
        /// The seat that it says.
        says: String,
        /// The seat that its site is bound to.
        is: String,
    },
    /// The site was revoked.
    #[error("the pouch comes from the site {site}, revoked by {act}")]
    RevokedSender {
        /// The site.
        site: SiteId,
        /// The act that revoked it.
        act: ActDigest,
    },
    /// It rests on acts that have not arrived: another pouch comes first.
    #[error(
        "the pouch is early: it rests on the act {act} of room {room}, which has not arrived; open the pouches before it first"
    )]
    Early {
        /// The room.
        room: String,
        /// The head that has not arrived.
        act: ActDigest,
    },
    /// Acts of a room that not both sit in.
    #[error("the pouch holds the room {0}, which sender and receiver do not share")]
    NotShared(String),
    /// Acts are missing between what is here and what the pouch brings.
    #[error(
        "the pouch has a gap: in room {room} the act {missing} is missing, on which {act} rests"
    )]
    Gap {
        /// The room.
        room: String,
        /// The act that is there.
        act: ActDigest,
        /// The act that is missing.
        missing: ActDigest,
    },
    /// A site wrote two acts in one place.
    #[error(
        "the pouch rewrites history: in room {room} the site {site} wrote {act} in the place of {other}"
    )]
    Rewriting {
        /// The room.
        room: String,
        /// The site that did.
        site: SiteId,
        /// The act in the pouch.
        act: ActDigest,
        /// The act in whose place it stands.
        other: ActDigest,
    },
    /// A room is begun a second time.
    #[error(
        "the pouch rewrites history: it begins the room {room} a second time, with {act}; it began with {other}"
    )]
    SecondBeginning {
        /// The room.
        room: String,
        /// The act in the pouch.
        act: ActDigest,
        /// The act with which the room began.
        other: ActDigest,
    },
    /// An act breaks another rule of the history.
    #[error("the act {act} of room {room} in the pouch: {flaw}")]
    Flaw {
        /// The room.
        room: String,
        /// The act.
        act: ActDigest,
        /// What is wrong.
        flaw: Flaw,
    },
    /// A room begins with an act that does not say what the first act of that room must say.
    #[error("the act {act} in the pouch may not begin the room {room}")]
    Beginning {
        /// The room.
        room: String,
        /// The act.
        act: ActDigest,
    },
    /// An act by a site that may not write it.
    #[error("the act {act} in the pouch is well signed, and {why}")]
    Stranger {
        /// The act.
        act: ActDigest,
        /// Why it is not known.
        why: Unknown,
    },
    /// Heads that the pouch states are not in it.
    #[error("the pouch is truncated: it says that room {room} ends with {act}, and lacks it")]
    Truncated {
        /// The room.
        room: String,
        /// The head.
        act: ActDigest,
    },
    /// A content is not what its digest says.
    #[error("the content {0} in the pouch was changed")]
    ContentChanged(ContentDigest),
    /// A content that an act of the pouch names is missing.
    #[error("the content {content} is missing from the pouch; the act {act} names it")]
    ContentMissing {
        /// The content.
        content: ContentDigest,
        /// The act.
        act: ActDigest,
    },
    /// A content that no act of the pouch names.
    #[error("the content {0} in the pouch is named by none of its acts")]
    ContentStray(ContentDigest),
}
