//! A draft as read: an ordered tree of provisions, each with its label, its own wording and its place in the file.

use std::ops::Range;

use crate::bracket::OpenBracket;
use crate::label::Label;
use crate::reference::Reference;

/// One text as read from a file: provisions in reading order, and what was noticed on the way.
#[derive(Debug, Clone)]
pub struct Draft {
    pub(crate) source: String,
    pub(crate) provisions: Vec<Provision>,
    pub(crate) references: Vec<Reference>,
    pub(crate) open_brackets: Vec<OpenBracket>,
    pub(crate) remarks: Vec<Remark>,
    pub(crate) front_matter: Option<Range<usize>>,
}

/// What a provision is on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProvisionKind {
    /// The title of the draft: beside the points, the parent of none.
    Title,
    /// A heading, numbered or not: `Article 5 - Fisheries`, `## Territories`.
    Heading,
    /// A numbered or lettered provision: a point, a paragraph, a sub-item.
    Numbered,
    /// An item of a list that carries no label of its own, or a bullet.
    Item,
    /// A paragraph without a number: a preamble, a closing formula, a paragraph below a point.
    Paragraph,
}

/// One provision: an article, point, paragraph, item or heading.
#[derive(Debug, Clone)]
pub struct Provision {
    /// What it is on the page.
    pub kind: ProvisionKind,
    /// Its label as printed, where it has one.
    pub label: Option<Label>,
    /// The provision it stands in, as an index into [`Draft::provisions`]; always smaller than its own.
    pub parent: Option<usize>,
    /// Its sub-items in reading order, as indices.
    pub children: Vec<usize>,
    /// The number of provisions above it: 0 for the outermost.
    pub depth: usize,
    /// Its own wording to the letter, without label and list marker and without its sub-items: where it has
    /// sub-items, its chapeau. Line breaks of a wrapped paragraph are in it as they stand in the file.
    pub wording: String,
    /// Where [`wording`](Self::wording) stands in the source, in bytes; `source[span] == wording`.
    pub span: Range<usize>,
    /// The line of the file on which the provision starts, counted from 1.
    pub line: usize,
    /// The path that names it and it alone: `21.d`, `14.#2`, `¶3` (see `dossier.md`).
    pub path: String,
}

/// Something that was noticed on reading and does not keep the draft from being read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The line, counted from 1.
    pub line: usize,
    /// The column in characters, counted from 1.
    pub column: usize,
    /// What was noticed, as a sentence.
    pub text: String,
}

/// Why a text cannot be read as a draft.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// The file is larger than any draft may be.
    #[error("the draft has {found} bytes; at most {limit} can be read")]
    TooLarge {
        /// Bytes in the file.
        found: usize,
        /// The largest draft that is read.
        limit: usize,
    },
    /// More provisions than any draft may have.
    #[error("line {line}: the draft has more than {limit} provisions")]
    TooManyProvisions {
        /// Where the first provision too many starts.
        line: usize,
        /// The largest number of provisions that is read.
        limit: usize,
    },
    /// Nested more deeply than any draft may be.
    #[error("line {line}: provisions are nested more than {limit} deep")]
    TooDeep {
        /// Where the first provision too deep starts.
        line: usize,
        /// The greatest depth that is read.
        limit: usize,
    },
}

impl Draft {
    /// The text as it was given, byte for byte.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// All provisions in reading order. Front matter is none.
    #[must_use]
    pub fn provisions(&self) -> &[Provision] {
        &self.provisions
    }

    /// Cross-references that were found, those resolved inside the draft with their target, in reading order.
    #[must_use]
    pub fn references(&self) -> &[Reference] {
        &self.references
    }

    /// The brackets that are open in the draft, outermost first, in reading order; also those that span provisions.
    #[must_use]
    pub fn open_brackets(&self) -> &[OpenBracket] {
        &self.open_brackets
    }

    /// What was noticed on reading: brackets that do not balance, labels that occur twice.
    #[must_use]
    pub fn remarks(&self) -> &[Remark] {
        &self.remarks
    }

    /// The front matter (`---` block) at the head of the file, where there is one.
    #[must_use]
    pub fn front_matter(&self) -> Option<&str> {
        self.front_matter
            .clone()
            .and_then(|range| self.source.get(range))
    }
}
