//! What a dossier may hold: every block, every kind of act, every field, with its type and what it is for.
//!
//! This one table drives the reader, the writer, the errors and the reference page (`docs/dossier-reference.md`);
//! the words are those of `dossier.md`.

mod acts;
mod blocks;
mod fields;
mod page;

pub use acts::{COMMON, KINDS};
pub use blocks::BLOCKS;
pub use page::page;

/// A block: `[process]`, `[[seat]]`, …
#[derive(Debug)]
pub struct Block {
    /// The name of its table.
    pub name: &'static str,
    /// Whether there may be several: `[[seat]]`.
    pub many: bool,
    /// What it says.
    pub doc: &'static str,
    /// Its fields.
    pub fields: &'static [Field],
}

/// A kind of act.
#[derive(Debug)]
pub struct Kind {
    /// Its name.
    pub name: &'static str,
    /// What was done.
    pub doc: &'static str,
    /// The fields of its own, beside [`COMMON`].
    pub fields: &'static [Field],
}

/// A field.
#[derive(Debug)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// What may stand in it.
    pub shape: Shape,
    /// Whether it must be there.
    pub required: bool,
    /// What it says.
    pub doc: &'static str,
}

/// What may stand in a field.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// A handle of its own: not empty, without `#` and control characters.
    Id,
    /// The handle of something else.
    Name(Names),
    /// Free words.
    Words,
    /// A path in a draft.
    Path,
    /// `DRAFT#PATH`.
    Point,
    /// A file, relative to the dossier.
    File,
    /// A whole number from 0.
    Number,
    /// `true` or `false`.
    Flag,
    /// A date, a date and time, a month, or `FROM/TO`.
    Time,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// Words or a whole number.
    WordsOrNumber,
    /// `"whole"`, or a list of paths.
    Points,
    /// A list of pairs of paths.
    Pairs,
    /// A list of these; a list of one may be written without brackets.
    Many(&'static Shape),
    /// A table with these fields.
    Table(&'static [Field]),
}

/// What a handle names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Names {
    /// A seat.
    Seat,
    /// A person.
    Person,
    /// A seat or a person.
    SeatOrPerson,
    /// A room.
    Room,
    /// A text.
    Text,
    /// A draft.
    Draft,
    /// An act.
    Act,
    /// An act or a claim.
    ActOrClaim,
    /// A tenet.
    Tenet,
    /// One of the process's levels.
    Level,
    /// An act, a text, a draft or a provision.
    Anything,
    /// A reading, the wording as it stands, or an act that proposes one.
    Option,
}

impl Names {
    /// In words: `a seat`.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Names::Seat => "a seat",
            Names::Person => "a person",
            Names::SeatOrPerson => "a seat or a person",
            Names::Room => "a room",
            Names::Text => "a text",
            Names::Draft => "a draft",
            Names::Act => "an act",
            Names::ActOrClaim => "an act or a claim",
            Names::Tenet => "a tenet",
            Names::Level => "a level of the process",
            Names::Anything => "an act, a text, a draft or DRAFT#PATH",
            Names::Option => {
                "an option: a reading (`2`, `2.1`), `text`, or the handle of a proposal"
            }
        }
    }
}

impl Shape {
    /// In words: `a list of seats` reads `a list, each a seat`.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Shape::Id => "a handle: words without `#`, not empty".to_owned(),
            Shape::Name(names) => names.words().to_owned(),
            Shape::Words => "words in quotes".to_owned(),
            Shape::Path => "a path in the draft".to_owned(),
            Shape::Point => "a provision, as DRAFT#PATH".to_owned(),
            Shape::File => "a file beside the dossier".to_owned(),
            Shape::Number => "a whole number from 0".to_owned(),
            Shape::Flag => "true or false".to_owned(),
            Shape::Time => "a date, a date and time, a month (2025-11) or FROM/TO".to_owned(),
            Shape::OneOf(words) => format!("one of {}", words.join(", ")),
            Shape::WordsOrNumber => "words or a whole number".to_owned(),
            Shape::Points => "\"whole\" or a list of paths".to_owned(),
            Shape::Pairs => {
                "a list of pairs of paths, as [[\"6\", \"4\"], [\"12\", \"\"]]".to_owned()
            }
            Shape::Many(one) => format!("a list, each {}", one.words()),
            Shape::Table(fields) => {
                let names: Vec<&str> = fields.iter().map(|field| field.name).collect();
                format!("a table of {}", names.join(", "))
            }
        }
    }
}

/// The kind of act of that name.
#[must_use]
pub fn kind(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == name)
}

/// The words that may stand in a field of a kind of acts; of a field of a table in it `FIELD.FIELD`. None where it is free.
#[must_use]
pub fn choices(kind: &str, field: &str) -> &'static [&'static str] {
    let mut fields = self::kind(kind).map_or(&[][..], |kind| kind.fields);
    for name in field.split('.') {
        let mut shape = fields
            .iter()
            .find(|known| known.name == name)
            .map(|f| f.shape);
        if let Some(Shape::Many(one)) = shape {
            shape = Some(*one);
        }
        match shape {
            Some(Shape::OneOf(words)) => return words,
            Some(Shape::Table(inner)) => fields = inner,
            _ => return &[],
        }
    }
    &[]
}

const fn must(name: &'static str, shape: Shape, doc: &'static str) -> Field {
    Field {
        name,
        shape,
        required: true,
        doc,
    }
}

const fn may(name: &'static str, shape: Shape, doc: &'static str) -> Field {
    Field {
        name,
        shape,
        required: false,
        doc,
    }
}
