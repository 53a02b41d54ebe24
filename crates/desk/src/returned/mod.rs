//! "They sent it back": a document that a seat marked up, home as proposals and notes of that seat on the draft it was sent.
//!
//! Nothing of it is dropped: what becomes no act is listed with the reason. What was changed without tracking is found by
//! comparison with the draft, and said to be so.

mod enter;
mod follow;
mod wishes;

use std::collections::BTreeSet;

use onetext_paper::docx::{self, Markup};
use onetext_talks::{DraftBlock, DraftId, RoomId, SeatId};
use serde::Serialize;

use crate::act::Desk;
use crate::copy::{COPY, CopyError, DRAFT, day};
use crate::error::DeskError;
use crate::input::Paper;
use crate::ledger::digest_of;

use follow::{Base, key};
use wishes::{Wish, wishes};

/// How much of a draft a document must say to be taken for it, of a hundred letters.
const ALIKE: usize = 40;

/// What came of a returned document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Returned {
    /// The seat that marked it up.
    pub from: String,
    /// The draft it was sent.
    pub draft: DraftId,
    /// How that is known: `property`, `nearest` (the property is missing) or `named`.
    pub known_by: &'static str,
    /// The copy it is, where the document says so.
    pub copy: Option<String>,
    /// The room in which it was recorded.
    pub room: RoomId,
    /// Everything that was found, in the order of the text.
    pub items: Vec<Item>,
    /// How many acts were recorded.
    pub recorded: usize,
    /// How many acts were on record already, from an earlier import.
    pub known: usize,
    /// How many items became an act, and how many are listed alone.
    pub mapped: usize,
    /// See `mapped`.
    pub listed: usize,
    /// What should be known beside it.
    pub remarks: Vec<String>,
}

/// A tracked change, a comment, or an edit without tracking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Item {
    /// insertion, deletion, moved-from, moved-to, formatting, comment or untracked.
    pub what: &'static str,
    /// words, paragraph, row, cell, properties; of an untracked edit what it does.
    pub of: &'static str,
    /// By whom, as the document says.
    pub author: Option<String>,
    /// When, as the document says.
    pub date: Option<String>,
    /// The words.
    pub text: String,
    /// The provision of the draft that it concerns.
    pub path: Option<String>,
    /// What it became: proposal or note; none where it is listed alone.
    pub became: Option<&'static str>,
    /// The act that it is in.
    pub act: Option<String>,
    /// Why it is in none.
    pub why: Option<String>,
}

/// What is said of an import.
#[derive(Debug, Clone, Copy, Default)]
pub struct Import<'a> {
    /// The seat that marked the document up.
    pub from: &'a str,
    /// Whose changes and comments are that seat's, by the name in the document; none for all.
    pub author: Option<&'a str>,
    /// The draft, where the document does not say it or says it wrongly.
    pub draft: Option<&'a str>,
    /// The room, where there is more than one.
    pub room: Option<&'a str>,
    /// When it came back, as an act's `on`.
    pub on: Option<&'a str>,
    /// Only look: record nothing.
    pub look: bool,
}

impl Desk<'_> {
    /// Takes in a document that a seat marked up: each tracked change and each comment becomes a proposal or a note of that
    /// seat against the provisions of the draft it was sent.
    ///
    /// # Errors
    /// [`CopyError`]; then nothing was recorded. An act that is refused is listed.
    pub fn import_proposals(
        &mut self,
        paper: Paper<'_>,
        given: &Import<'_>,
        now: i64,
    ) -> Result<Returned, CopyError> {
        self.seat_named(given.from)?;
        if !paper.is_document()? {
            return Err(DeskError::NotYet {
                name: paper.name.to_owned(),
            }
            .into());
        }
        let markup = docx::markup_by(paper.bytes, given.author)
            .map_err(|source| paper.unreadable(source))?;
        let (block, known_by) = self.draft_of(&markup, given)?;
        let room = self.room_of(given)?;
        let base = Base::of(&block.issued.draft);
        let unreadable = |source| DeskError::Read {
            name: paper.name.to_owned(),
            source,
        };
        let found = wishes(&base, &markup).map_err(unreadable)?;
        let today = day(now)?;
        let given = &Import {
            on: given.on.or(Some(&today)),
            ..*given
        };
        let copy = markup.properties.get(COPY).cloned();
        let mut returned = Returned {
            from: given.from.to_owned(),
            remarks: self.remarks(&block, copy.as_deref(), known_by, given),
            draft: block.id,
            known_by,
            copy,
            room,
            items: Vec::new(),
            recorded: 0,
            known: 0,
            mapped: 0,
            listed: 0,
        };
        self.enter_wishes(&markup, found, given, &mut returned, now);
        let acts = returned.items.iter().filter(|item| item.became.is_some());
        returned.mapped = acts.count();
        returned.listed = returned.items.len() - returned.mapped;
        Ok(returned)
    }

    /// The draft that a document is a copy of.
    fn draft_of(
        &self,
        markup: &Markup,
        given: &Import<'_>,
    ) -> Result<(DraftBlock, &'static str), CopyError> {
        if let Some(draft) = given.draft {
            return Ok((self.draft_named(draft)?.clone(), "named"));
        }
        let drafts = &self.ledger.record.drafts;
        let mut held = drafts
            .iter()
            .filter(|block| !block.issued.draft.provisions().is_empty());
        if let Some(digest) = markup.properties.get(DRAFT)
            && let Some(block) = held.find(|block| digest_of(&block.issued).to_string() == *digest)
        {
            return Ok((block.clone(), "property"));
        }
        let said: BTreeSet<String> = markup
            .before
            .paragraphs
            .iter()
            .map(|paragraph| key(&paragraph.printed()))
            .collect();
        let alike = |block: &DraftBlock| {
            let base = Base::of(&block.issued.draft);
            let all: usize = base.keys.iter().map(String::len).sum();
            let same = base.keys.iter().filter(|key| said.contains(*key));
            same.map(String::len).sum::<usize>() * 100 / all.max(1)
        };
        let given_to_them = drafts
            .iter()
            .filter(|block| self.given_to(block, given.from));
        let nearest = given_to_them
            .map(|block| (alike(block), block))
            .filter(|(alike, _)| *alike >= ALIKE)
            .max_by_key(|(alike, _)| *alike);
        match nearest {
            Some((_, block)) => Ok((block.clone(), "nearest")),
            None => Err(CopyError::Unlike {
                seat: given.from.to_owned(),
            }),
        }
    }

    /// The room in which it is recorded: the one that is named, or the smallest in which the seat sits with who writes it
    /// down; a seat that writes down its own, with the pen-holder.
    fn room_of(&self, given: &Import<'_>) -> Result<RoomId, CopyError> {
        let record = &self.ledger.record;
        let rooms = record.all_rooms();
        let from = SeatId::from(given.from);
        let no_room = |rooms: Vec<String>| CopyError::Room {
            seat: given.from.to_owned(),
            rooms,
        };
        if let Some(room) = given.room {
            let room = RoomId::from(room);
            return match rooms.contains_key(&room) {
                true => Ok(room),
                false => Err(no_room(Vec::new())),
            };
        }
        let own = self.workspace.seat()?.map(SeatId::from);
        let other = own
            .filter(|seat| *seat != from)
            .unwrap_or_else(|| record.process.pen_holder.clone());
        let both = |members: &BTreeSet<SeatId>| members.contains(&from) && members.contains(&other);
        let fit: Vec<_> = rooms
            .iter()
            .filter(|(room, members)| both(members) && **room != RoomId::public())
            .collect();
        let smallest = fit.iter().map(|(_, members)| members.len()).min();
        let fit: Vec<String> = fit
            .iter()
            .filter(|(_, members)| Some(members.len()) == smallest)
            .map(|(room, _)| room.to_string())
            .collect();
        match fit.as_slice() {
            [room] if smallest == Some(2) => Ok(RoomId::from(room.as_str())),
            _ => Err(no_room(fit)),
        }
    }

    fn remarks(
        &self,
        block: &DraftBlock,
        copy: Option<&str>,
        known_by: &str,
        given: &Import<'_>,
    ) -> Vec<String> {
        let mut remarks = Vec::new();
        if known_by == "nearest" {
            remarks.push(format!(
                "the document does not say which draft it is of; of those given to {}, {} is the nearest",
                given.from, block.id
            ));
        }
        if !self.given_to(block, given.from) {
            remarks.push(format!(
                "{} was not given {} on record",
                given.from, block.id
            ));
        }
        let Some(copy) = copy else { return remarks };
        let made_for = copy.rsplit_once('-').map_or(copy, |(seat, _)| seat);
        if made_for != given.from {
            remarks.push(format!(
                "it is the copy {copy}, which was made for {made_for} and comes back from {}",
                given.from
            ));
        }
        let handle = format!("copy-{copy}");
        if !self
            .ledger
            .record
            .acts
            .iter()
            .any(|act| act.id.as_str() == handle)
        {
            remarks.push(format!(
                "that the copy {copy} was made is not on record here"
            ));
        }
        remarks
    }
}

impl Wish {
    /// What it became, in a word.
    fn became(&self) -> &'static str {
        match self {
            Wish::Note(_) => "note",
            Wish::Proposal(_) => "proposal",
        }
    }
}
