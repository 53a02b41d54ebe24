//! Why a workspace does not do what was asked: what, where, and what to do next. Whatever the reason, nothing was changed.

use onetext_seal::{
    CanonicalError, Fault, HeadsError, PackError, PouchError, RecordError, SealingError, SiteId,
    Unknown,
};
use onetext_store::{EntropyError, KeyRingError, StoreError};

/// Why a workspace does not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum WorkspaceError {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The keys.
    #[error(transparent)]
    Keys(#[from] KeyRingError),
    /// No random bytes.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
    /// The workspace holds no process yet.
    #[error("this workspace holds no process yet")]
    NoProcess,
    /// It holds one already.
    #[error("this workspace holds a process already, {0}")]
    Founded(String),
    /// Put back from a backup, and not taken up again.
    #[error(
        "this workspace was put back from a backup, and what it sent since may be missing: an act written now could take the place of one that others have"
    )]
    Restored,
    /// No seat signs here.
    #[error("no seat signs in this workspace")]
    NoSeat,
    /// This seat does not sign here.
    #[error("the seat `{seat}` does not sign in this workspace; {} does", here.join(", "))]
    NotHere {
        /// The seat.
        seat: String,
        /// Those that do.
        here: Vec<String>,
    },
    /// This site may not write there.
    #[error("the site of `{seat}` may not write in the room {room}: {why}")]
    MayNot {
        /// The seat.
        seat: String,
        /// The room.
        room: String,
        /// Why.
        why: Unknown,
    },
    /// The room was not begun.
    #[error("there is no room {0} here")]
    NoRoom(String),
    /// A room that another site begins.
    #[error("the room {0} has not been begun here, and it is another site that begins it")]
    NotBegun(String),
    /// The room was begun already.
    #[error("the room {0} was begun already, and who sits in it never changes")]
    RoomThere(String),
    /// The founding act, written again.
    #[error("a process is founded once, by the first act of its plenary")]
    FoundedOnce,
    /// An act that cannot be signed.
    #[error("this cannot be recorded: {0}")]
    Act(#[from] Fault),
    /// A body that is not in canonical form.
    #[error("this cannot be recorded: {0}")]
    Body(#[from] CanonicalError),
    /// A clock that shows no year of the calendar.
    #[error("this computer's clock shows no time of the calendar ({0} µs since 1970)")]
    Clock(i64),
    /// A key that is bound already.
    #[error("the site {site} is bound already, to the seat `{seat}`")]
    BoundAlready {
        /// The site.
        site: SiteId,
        /// Its seat.
        seat: String,
    },
    /// A site that is bound to no seat.
    #[error("the site {0} is bound to no seat here")]
    NotBound(SiteId),
    /// No such site.
    #[error("nobody here may speak for the keys of the seat `{0}`")]
    NotTheirs(String),
    /// No age recipient.
    #[error("`{0}` is no age recipient")]
    Recipient(String),
    /// A pouch that is refused.
    #[error("{0}")]
    Pouch(Box<PouchError>),
    /// A pouch that cannot be packed.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// A pouch that cannot be encrypted.
    #[error(transparent)]
    Sealing(#[from] SealingError),
    /// A record that cannot be written or read.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// A file of heads that is none.
    #[error(transparent)]
    Heads(#[from] HeadsError),
    /// A setting that this program did not write.
    #[error("the workspace's setting `{0}` cannot be read")]
    Setting(&'static str),
}

impl From<PouchError> for WorkspaceError {
    fn from(error: PouchError) -> Self {
        WorkspaceError::Pouch(Box::new(error))
    }
}

impl WorkspaceError {
    /// A word for machines; it stays the same between versions.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            WorkspaceError::Store(error) => store_code(error),
            WorkspaceError::Keys(error) => match error {
                KeyRingError::Missing { .. } => "no-keys",
                KeyRingError::Exists { .. } => "keys-there",
                KeyRingError::Open { .. } => "keys-open",
                KeyRingError::Damaged { .. } => "keys-damaged",
                KeyRingError::Locked { .. } => "locked-keys",
                KeyRingError::WrongPassphrase { .. } | KeyRingError::EmptyPassphrase => {
                    "wrong-passphrase"
                }
                KeyRingError::SeatName(_) => "seat-name",
                KeyRingError::Entropy(_) => "entropy",
                KeyRingError::File { .. } => "file",
            },
            WorkspaceError::Entropy(_) => "entropy",
            WorkspaceError::NoProcess => "no-process",
            WorkspaceError::Founded(_) | WorkspaceError::FoundedOnce => "founded",
            WorkspaceError::Restored => "restored",
            WorkspaceError::NoSeat | WorkspaceError::NotHere { .. } => "not-your-seat",
            WorkspaceError::MayNot { .. } => "may-not",
            WorkspaceError::NoRoom(_) | WorkspaceError::NotBegun(_) => "no-room",
            WorkspaceError::RoomThere(_) => "room-there",
            WorkspaceError::Act(_) | WorkspaceError::Body(_) => "no-act",
            WorkspaceError::Clock(_) => "clock",
            WorkspaceError::BoundAlready { .. } => "bound-already",
            WorkspaceError::NotBound(_) => "not-bound",
            WorkspaceError::NotTheirs(_) => "not-theirs",
            WorkspaceError::Recipient(_) => "no-recipient",
            WorkspaceError::Pouch(error) => pouch_code(error),
            WorkspaceError::Pack(_) | WorkspaceError::Sealing(_) => "cannot-pack",
            WorkspaceError::Record(_) => "record",
            WorkspaceError::Heads(_) => "no-heads",
            WorkspaceError::Setting(_) => "damaged",
        }
    }

    /// What is wrong, in a sentence.
    #[must_use]
    pub fn message(&self) -> String {
        let words = self.to_string();
        match self.split(&words) {
            Some((what, _)) => what.to_owned(),
            None => words,
        }
    }

    /// What to do next.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        let words = self.to_string();
        if let Some((_, hint)) = self.split(&words) {
            return Some(hint.to_owned());
        }
        let hint = match self {
            WorkspaceError::NoProcess => {
                "found one with `onetext new DIR --seat ID --title TEXT`, import a dossier, or open the first pouch that its founder sends"
            }
            WorkspaceError::Founded(_) | WorkspaceError::FoundedOnce => {
                "a dossier founds its process itself: import it into a workspace made without --title (onetext new DIR); \
                 to a process that is there, add seats, persons, rooms, texts and drafts one by one: onetext act seat --help"
            }
            WorkspaceError::Restored => {
                "ask every seat for `onetext pouch pack --to SEAT --whole`, open those pouches, then say `onetext restore --done -C DIR`"
            }
            WorkspaceError::NoSeat | WorkspaceError::NotHere { .. } => {
                "write as a seat that signs here; `onetext site list -C DIR` names them"
            }
            WorkspaceError::MayNot { .. } | WorkspaceError::NotTheirs(_) => {
                "`onetext site list -C DIR` says how each site stands; the founding seat binds sites"
            }
            WorkspaceError::NoRoom(_) => {
                "begin it with an act of kind room that names its members, or check the spelling"
            }
            WorkspaceError::NotBegun(_) => {
                "open a pouch from the site that begins it: for the public room the founding one, for a chamber the first of its seat"
            }
            WorkspaceError::RoomThere(_) => "declare another room for another composition",
            WorkspaceError::Clock(_) => "set the clock of this computer",
            WorkspaceError::BoundAlready { .. } => {
                "a site that is to stand otherwise takes a new key: make another workspace for it"
            }
            WorkspaceError::NotBound(_) => "`onetext site list -C DIR` lists the sites that are",
            WorkspaceError::Recipient(_) => {
                "copy the line that `onetext new` printed on the other computer"
            }
            WorkspaceError::Pouch(error) => pouch_hint(error),
            WorkspaceError::Store(_)
            | WorkspaceError::Keys(_)
            | WorkspaceError::Record(_)
            | WorkspaceError::Setting(_) => "check the file and the disk it is on",
            WorkspaceError::Heads(_) => "`onetext verify --heads FILE` writes such a file",
            WorkspaceError::Act(_) | WorkspaceError::Body(_) => {
                "mend what is named, and record it again"
            }
            _ => return None,
        };
        Some(hint.to_owned())
    }

    /// Errors of the store and the keys end in what to do; nobody is told that twice.
    fn split<'a>(&self, words: &'a str) -> Option<(&'a str, &'a str)> {
        let told = match self {
            WorkspaceError::Store(error) => !matches!(
                error,
                StoreError::File { .. } | StoreError::Database { .. } | StoreError::NoAct(_)
            ),
            WorkspaceError::Keys(error) => !matches!(error, KeyRingError::File { .. }),
            WorkspaceError::Entropy(_) => true,
            WorkspaceError::Pack(_) | WorkspaceError::Sealing(_) => {
                return words.split_once("; ").or_else(|| words.split_once(": "));
            }
            _ => false,
        };
        let at = told.then(|| words.rfind(": "))??;
        Some((words.get(..at)?, words.get(at + 2..)?))
    }
}

fn store_code(error: &StoreError) -> &'static str {
    match error {
        StoreError::Missing { .. } => "no-store",
        StoreError::Exists { .. } => "store-there",
        StoreError::NotAStore { .. } => "not-a-store",
        StoreError::Truncated { .. } => "truncated",
        StoreError::Newer { .. } => "newer",
        StoreError::ReadOnly { .. } => "read-only",
        StoreError::Full { .. } => "disk-full",
        StoreError::Locked { .. } => "locked",
        StoreError::WrongKey { .. } => "wrong-key",
        StoreError::Permission { .. } => "not-permitted",
        StoreError::Changed { .. } => "changed",
        StoreError::Damaged { .. } => "damaged",
        StoreError::BadCopy { .. } => "bad-copy",
        StoreError::Content(_) | StoreError::NoAct(_) => "no-act",
        StoreError::Entropy(_) => "entropy",
        StoreError::File { .. } | StoreError::Database { .. } => "file",
    }
}

fn pouch_code(error: &PouchError) -> &'static str {
    match error {
        PouchError::TooLarge => "pouch-too-large",
        PouchError::NoPouch(_) => "no-pouch",
        PouchError::Closed | PouchError::ForSomebodyElse(_) => "pouch-for-somebody-else",
        PouchError::Torn => "pouch-torn",
        PouchError::Forged => "pouch-forged",
        PouchError::OtherProcess(_) => "other-process",
        PouchError::Replayed(_) => "pouch-replayed",
        PouchError::Line { .. } => "pouch-damaged",
        PouchError::Act { .. } => "pouch-changed",
        PouchError::UnknownSender(_) | PouchError::OtherSeat { .. } => "unknown-site",
        PouchError::RevokedSender { .. } => "revoked-site",
        PouchError::Early { .. } => "pouch-early",
        PouchError::NotShared(_) => "room-not-shared",
        PouchError::Gap { .. } => "pouch-gap",
        PouchError::Rewriting { .. } | PouchError::SecondBeginning { .. } => "history-rewritten",
        PouchError::Flaw { .. } | PouchError::Beginning { .. } => "history-flawed",
        PouchError::Stranger { .. } => "unknown-author",
        PouchError::Truncated { .. } => "pouch-truncated",
        PouchError::ContentChanged(_)
        | PouchError::ContentMissing { .. }
        | PouchError::ContentStray(_) => "pouch-contents",
    }
}

fn pouch_hint(error: &PouchError) -> &'static str {
    match error {
        PouchError::TooLarge | PouchError::NoPouch(_) => {
            "check that this is the file that the sender packed"
        }
        PouchError::Closed | PouchError::ForSomebodyElse(_) => {
            "give it to whom it is for, or ask the sender to pack one for this site"
        }
        PouchError::Torn | PouchError::Line { .. } | PouchError::Replayed(_) => {
            "ask the sender for it again"
        }
        PouchError::Early { .. } | PouchError::Gap { .. } => {
            "open the pouches before it first; if they are lost, ask the sender for one with `pouch pack --whole`"
        }
        PouchError::RevokedSender { .. } | PouchError::UnknownSender(_) => {
            "ask the founding seat whether that site may still write; until then keep the file and take nothing from it"
        }
        PouchError::OtherProcess(_) => "open it in the workspace of that process",
        _ => {
            "keep the file as evidence, tell the sender by another way what this says, and ask for a new one"
        }
    }
}
