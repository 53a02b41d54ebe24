//! What the author of a record is refused: names that are not there or not theirs to use, acts in rooms they do not sit
//! in, words moved without leave (`dossier.md`, "Errors"; `design.md`, "Refused to its author").
//!
//! A name that is hidden and one that is not there give the same refusal, and the nearest valid name is always one that
//! the author may use. What is merely unwise is not refused: it raises an alert.

mod acts;
mod blocks;
mod cycles;
mod deeds;
mod duplicates;
mod hold;
pub(crate) mod known;
pub(crate) mod naming;
mod provisions;
mod rooms;
mod silence;

use std::fmt;

pub use naming::Place;
pub use rooms::Rooms;

use crate::record::Record;
use known::Known;

/// The most refusals that are given for each sort of block: enough to work on.
pub const MOST_REFUSALS: usize = 20;

/// A sort of block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum BlockKind {
    /// The process.
    Process,
    /// A seat.
    Seat,
    /// A person.
    Person,
    /// A room.
    Room,
    /// A text.
    Text,
    /// A draft.
    Draft,
    /// An act.
    Act,
}

impl BlockKind {
    /// Its name in a dossier.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            BlockKind::Process => "process",
            BlockKind::Seat => "seat",
            BlockKind::Person => "person",
            BlockKind::Room => "room",
            BlockKind::Text => "text",
            BlockKind::Draft => "draft",
            BlockKind::Act => "act",
        }
    }
}

/// What sort of rule stands against it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// A handle is taken.
    DuplicateId,
    /// A name is not there, or not known in a room that every member of the act's room sits in.
    UnknownName,
    /// A name is there and names something else than is wanted.
    WrongKind,
    /// The actor or the recorder does not sit in the room.
    NotInRoom,
    /// A draft is issued by another than its text's issuer.
    NotIssuer,
    /// A chain of bases, or of language versions, comes back to itself.
    Cycle,
    /// A draft is made from one of another text.
    OtherText,
    /// An act of another seat is taken back, released or overridden.
    NotOwn,
    /// A path names no provision.
    NoSuchPoint,
    /// A path names several.
    AmbiguousPoint,
    /// A reading does not fit the brackets.
    BadReading,
    /// A field is wanting.
    MissingField,
    /// Fields that do not go together.
    NotTogether,
    /// A release is wanting.
    NotReleased,
    /// An objection to a silence procedure outside its room.
    OtherRoom,
}

impl Rule {
    /// Every rule.
    pub const ALL: [Rule; 15] = [
        Rule::DuplicateId,
        Rule::UnknownName,
        Rule::WrongKind,
        Rule::NotInRoom,
        Rule::NotIssuer,
        Rule::Cycle,
        Rule::OtherText,
        Rule::NotOwn,
        Rule::NoSuchPoint,
        Rule::AmbiguousPoint,
        Rule::BadReading,
        Rule::MissingField,
        Rule::NotTogether,
        Rule::NotReleased,
        Rule::OtherRoom,
    ];

    /// Its code, the same from version to version.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Rule::DuplicateId => "duplicate-id",
            Rule::UnknownName => "unknown-name",
            Rule::WrongKind => "wrong-kind",
            Rule::NotInRoom => "not-in-room",
            Rule::NotIssuer => "not-issuer",
            Rule::Cycle => "cycle",
            Rule::OtherText => "other-text",
            Rule::NotOwn => "not-own",
            Rule::NoSuchPoint => "no-such-point",
            Rule::AmbiguousPoint => "ambiguous-point",
            Rule::BadReading => "bad-reading",
            Rule::MissingField => "missing-field",
            Rule::NotTogether => "not-together",
            Rule::NotReleased => "not-released",
            Rule::OtherRoom => "other-room",
        }
    }

    /// Whether it was judged from what a draft says.
    #[must_use]
    pub fn needs_wording(self) -> bool {
        matches!(
            self,
            Rule::NoSuchPoint | Rule::AmbiguousPoint | Rule::BadReading
        )
    }
}

/// Something that its author may not record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The rule against it.
    pub rule: Rule,
    /// In which sort of block.
    pub block: BlockKind,
    /// In which of them, from 0.
    pub index: usize,
    /// Where in it; none for the whole block.
    pub place: Option<Place>,
    /// What is wrong, without a full stop.
    pub message: String,
    /// What was expected instead.
    pub expected: Option<String>,
    /// The nearest valid name, or what to do.
    pub hint: Option<String>,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} {}: {}",
            self.block.name(),
            self.index + 1,
            self.message
        )?;
        for more in [
            self.expected
                .as_ref()
                .map(|words| format!("expected {words}")),
            self.hint.clone(),
        ]
        .into_iter()
        .flatten()
        {
            write!(f, "; {more}")?;
        }
        Ok(())
    }
}

impl Refusal {
    fn new(
        rule: Rule,
        (block, index): (BlockKind, usize),
        place: Option<Place>,
        message: String,
    ) -> Refusal {
        Refusal {
            rule,
            block,
            index,
            place,
            message,
            expected: None,
            hint: None,
        }
    }

    fn expected(mut self, expected: impl Into<String>) -> Refusal {
        self.expected = Some(expected.into());
        self
    }

    fn hint(mut self, hint: impl Into<String>) -> Refusal {
        self.hint = Some(hint.into());
        self
    }

    /// Adds the nearest of the names that would have been valid.
    fn nearest<'a>(mut self, given: &str, names: impl IntoIterator<Item = &'a str>) -> Refusal {
        self.hint = crate::nearest_hint(given, names);
        self
    }
}

/// Everything in a record that its author may not record; empty for a record that may be imported.
///
/// Of each sort of block the first [`MOST_REFUSALS`] are given, in the order of the record.
#[must_use]
pub fn check(record: &Record) -> Vec<Refusal> {
    let known = Known::of(record);
    let mut refusals = duplicates::check(record);
    refusals.extend(blocks::check(&known));
    refusals.extend(acts::check(&known, 0));
    refusals
}

/// What keeps the last act of a record from being recorded; what stands before it is not judged again.
#[must_use]
pub fn check_last_act(record: &Record) -> Vec<Refusal> {
    let Some(last) = record.acts.len().checked_sub(1) else {
        return Vec::new();
    };
    let mut refusals = duplicates::check_last_act(record);
    refusals.extend(acts::check(&Known::of(record), last));
    refusals
}

/// What keeps the last block of this sort from being recorded; what stands before it is not judged again.
#[must_use]
pub fn check_last_block(record: &Record, sort: BlockKind) -> Vec<Refusal> {
    let count = match sort {
        BlockKind::Act => return check_last_act(record),
        BlockKind::Process => 1,
        BlockKind::Seat => record.seats.len(),
        BlockKind::Person => record.persons.len(),
        BlockKind::Room => record.rooms.len(),
        BlockKind::Text => record.texts.len(),
        BlockKind::Draft => record.drafts.len(),
    };
    let last = count.saturating_sub(1);
    let of_last = |refusal: &Refusal| refusal.block == sort && refusal.index == last;
    let mut refusals = duplicates::check(record);
    refusals.extend(blocks::check(&Known::of(record)));
    refusals.retain(of_last);
    refusals
}
