//! "A copy of this draft for them": a document for one seat, which says of itself which draft and which copy it is.

use onetext_paper::docx;
use onetext_talks::{Deed, DraftBlock, DraftId, RoomId, SeatId};
use onetext_text::Draft;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::act::{ActRefused, Desk};
use crate::error::DeskError;
use crate::input::Paper;
use crate::ledger::digest_of;
use crate::redline::on_paper;
use crate::workspace::WorkspaceError;

/// The custom property that holds the digest of the draft's manifest.
pub(crate) const DRAFT: &str = "OneTextDraft";
/// The custom property that holds the name of the copy: the seat and a number among its copies.
pub(crate) const COPY: &str = "OneTextCopy";

/// A copy for a seat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CopyMade {
    /// The draft.
    pub draft: DraftId,
    /// The digest of its manifest, as the copy carries it.
    pub digest: String,
    /// The name of the copy, as it carries it: the seat and a number among its copies.
    pub copy: String,
    /// The act that says that it was made.
    pub act: String,
    /// Whether the draft is on record as given to the seat.
    pub delivered: bool,
    /// Whether tracked changes of the document were accepted for the copy.
    pub changes_accepted: bool,
    /// How many comments of the document were left out.
    pub comments_left_out: usize,
    /// The document.
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

/// Why there is no copy, or why a returned document cannot be taken in.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// The process has no such seat.
    #[error("there is no seat `{seat}` here")]
    Seat {
        /// As it was named.
        seat: String,
        /// Those there are.
        seats: Vec<String>,
    },
    /// There is no such draft here, or none whose words are here.
    #[error("there is no draft `{draft}` here")]
    Draft {
        /// As it was named.
        draft: String,
        /// Those there are.
        drafts: Vec<String>,
    },
    /// The document says something else than the draft.
    #[error("this document is not the draft {draft}: {}", match at { Some(at) => format!("{at} reads otherwise"), None => "it has other provisions".to_owned() })]
    OtherWords {
        /// The draft.
        draft: DraftId,
        /// The first provision that reads otherwise.
        at: Option<String>,
    },
    /// No draft that the seat was given is like the document.
    #[error("this document is like no draft that {seat} was given")]
    Unlike {
        /// The seat.
        seat: String,
    },
    /// No room in which it could be recorded, or several.
    #[error("{}", if rooms.is_empty() { format!("no room here is open to {seat} and to who writes it down") } else { format!("this could be recorded in {}", rooms.join(" or ")) })]
    Room {
        /// The seat.
        seat: String,
        /// The rooms.
        rooms: Vec<String>,
    },
    /// A file cannot be read.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The act was refused.
    #[error(transparent)]
    Refused(#[from] ActRefused),
    /// The workspace cannot be read or written.
    #[error(transparent)]
    Workspace(#[from] WorkspaceError),
}

impl CopyError {
    /// A word for machines; it stays the same between versions.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            CopyError::Seat { .. } => "unknown-seat",
            CopyError::Draft { .. } => "hidden-or-unknown",
            CopyError::OtherWords { .. } => "other-words",
            CopyError::Unlike { .. } => "no-such-draft",
            CopyError::Room { .. } => "no-room",
            CopyError::Desk(error) => error.code(),
            CopyError::Refused(_) => "not-in-order",
            CopyError::Workspace(error) => error.code(),
        }
    }

    /// What to do next.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            CopyError::Seat { seats, .. } => format!("the seats are {}", seats.join(", ")),
            CopyError::Draft { drafts, .. } if drafts.is_empty() => {
                "record one with `onetext import` first".to_owned()
            }
            CopyError::Draft { drafts, .. } => format!("the drafts are {}", drafts.join(", ")),
            CopyError::OtherWords { .. } => {
                "name the document that the draft was read from, or leave it out: then the copy comes on a plain template"
                    .to_owned()
            }
            CopyError::Unlike { .. } => "say which draft it is of: --draft DRAFT".to_owned(),
            CopyError::Room { rooms, .. } if rooms.is_empty() => {
                "open a room for both of them first".to_owned()
            }
            CopyError::Room { .. } => "say in which: --room ROOM".to_owned(),
            CopyError::Desk(error) => error.hint().unwrap_or_default(),
            CopyError::Refused(_) => "onetext act --help lists what an act needs".to_owned(),
            CopyError::Workspace(error) => error.hint().unwrap_or_default(),
        }
    }
}

impl Desk<'_> {
    /// Makes a copy of a draft for a seat, and notes it in the chamber of this workspace's seat. `document` is the
    /// document that the draft was read from, where it was one; else the copy comes on a plain template.
    ///
    /// # Errors
    /// [`CopyError`]; then nothing was noted.
    pub fn copy(
        &mut self,
        draft: &str,
        to: &str,
        document: Option<Paper<'_>>,
        now: i64,
    ) -> Result<CopyMade, CopyError> {
        self.seat_named(to)?;
        let block = self.draft_named(draft)?.clone();
        let own = self.workspace.seat()?.ok_or(WorkspaceError::NoSeat)?;
        let chamber = RoomId::chamber(&SeatId::from(own.as_str()));
        let number = 1 + self.copies_of(&chamber, to);
        let (copy, digest) = (
            format!("{to}-{number}"),
            digest_of(&block.issued).to_string(),
        );
        let paper = match document {
            Some(paper) => {
                same_words(&block, &paper.draft()?)?;
                std::borrow::Cow::Borrowed(paper.bytes)
            }
            None => std::borrow::Cow::Owned(on_paper(&block.issued.draft).map_err(|source| {
                DeskError::Document {
                    name: draft.to_owned(),
                    source,
                }
            })?),
        };
        let copied = docx::copy(&paper, &[(DRAFT, &digest), (COPY, &copy)]);
        let copied = copied.map_err(|source| DeskError::Document {
            name: document.map_or(draft, |paper| paper.name).to_owned(),
            source,
        })?;
        let note = json!({
            "id": format!("copy-{copy}"),
            "kind": "note",
            "room": chamber.as_str(),
            "by": own,
            "on": day(now)?,
            "about": [block.id.as_str()],
            "words": format!("copy {copy} of {}", block.id),
        });
        let fields: Map<String, Value> = note.as_object().cloned().unwrap_or_default();
        let act = self.act(fields, &mut NoFiles, now)?;
        Ok(CopyMade {
            delivered: self.given_to(&block, to),
            draft: block.id,
            digest,
            copy,
            act: act.to_string(),
            changes_accepted: copied.had_changes,
            comments_left_out: copied.comments,
            bytes: copied.bytes,
        })
    }

    pub(crate) fn seat_named(&self, seat: &str) -> Result<(), CopyError> {
        let seats = &self.ledger.record.seats;
        match seats.iter().any(|known| known.id.as_str() == seat) {
            true => Ok(()),
            false => Err(CopyError::Seat {
                seat: seat.to_owned(),
                seats: seats.iter().map(|seat| seat.id.to_string()).collect(),
            }),
        }
    }

    pub(crate) fn draft_named(&self, draft: &str) -> Result<&DraftBlock, CopyError> {
        let drafts = &self.ledger.record.drafts;
        let known = |block: &&DraftBlock| {
            block.id.as_str() == draft && !block.issued.draft.provisions().is_empty()
        };
        drafts.iter().find(known).ok_or_else(|| CopyError::Draft {
            draft: draft.to_owned(),
            drafts: drafts.iter().map(|block| block.id.to_string()).collect(),
        })
    }

    /// How many copies were made for a seat.
    fn copies_of(&self, chamber: &RoomId, seat: &str) -> u64 {
        let acts = self.ledger.record.acts.iter();
        let numbers = acts.filter(|act| act.room == *chamber).filter_map(|act| {
            let name = act.id.as_str().strip_prefix("copy-")?;
            let (of, number) = name.rsplit_once('-')?;
            (of == seat).then(|| number.parse().ok()).flatten()
        });
        numbers.max().unwrap_or(0)
    }

    /// Whether a draft is on record as given to a seat: delivered in a room where it sits, or its own.
    pub(crate) fn given_to(&self, block: &DraftBlock, seat: &str) -> bool {
        let rooms = self.ledger.record.all_rooms();
        let seat = SeatId::from(seat);
        block.by == seat
            || self.ledger.record.acts.iter().any(|act| match &act.deed {
                Deed::Deliver(deed) => {
                    deed.draft == block.id
                        && rooms.get(&act.room).is_some_and(|sit| sit.contains(&seat))
                }
                _ => false,
            })
    }
}

/// The day that a clock shows.
pub(crate) fn day(now: i64) -> Result<String, WorkspaceError> {
    let time = jiff::Timestamp::from_microsecond(now).map_err(|_| WorkspaceError::Clock(now))?;
    Ok(time.strftime("%Y-%m-%d").to_string())
}

/// Whether a document says what a draft says, provision by provision.
fn same_words(block: &DraftBlock, found: &Draft) -> Result<(), CopyError> {
    let draft = &block.issued.draft;
    let printed = |draft: &Draft| -> Vec<String> {
        let count = draft.provisions().len();
        (0..count)
            .map(|index| onetext_text::normal_form(&crate::text::printed(draft, index)))
            .collect()
    };
    let (ours, theirs) = (printed(draft), printed(found));
    if ours == theirs {
        return Ok(());
    }
    let other = ours
        .iter()
        .zip(&theirs)
        .position(|(own, other)| own != other);
    let path = other.and_then(|at| draft.provisions().get(at));
    Err(CopyError::OtherWords {
        draft: block.id.clone(),
        at: path.map(|provision| provision.path.clone()),
    })
}

/// No act here names a file.
pub(crate) struct NoFiles;

impl onetext_paper::dossier::Files for NoFiles {
    fn read(&mut self, _path: &str) -> Result<Vec<u8>, onetext_paper::dossier::FileError> {
        Err(onetext_paper::dossier::FileError::Missing)
    }
}
