//! A draft as read: an ordered tree of provisions, each with its label, its own wording and its place in the file.

use std::ops::Range;

use crate::bracket::OpenBracket;
use crate::label::{KeywordClass, Label};
use crate::path::PathIndex;
use crate::points::Points;
use crate::reference::Reference;

/// One text as read from a file: provisions in reading order, and what was noticed on the way.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    pub(crate) source: String,
    pub(crate) provisions: Vec<Provision>,
    pub(crate) references: Vec<Reference>,
    pub(crate) open_brackets: Vec<OpenBracket>,
    pub(crate) remarks: Vec<Remark>,
    pub(crate) front_matter: Option<Range<usize>>,
    /// The word in each provision's label, index for index.
    pub(crate) keywords: Vec<Option<KeywordClass>>,
    pub(crate) index: PathIndex,
    /// Whether some bracket reaches over a provision, index for index.
    pub(crate) bracketed: Vec<bool>,
    /// Where each line starts, in bytes.
    pub(crate) line_starts: Vec<usize>,
    pub(crate) points: Points,
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
    /// Where the provision starts in the source, in bytes: its list marker, its opening bracket, its label or, failing
    /// these, its wording.
    pub start: usize,
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
    /// A character that no text has, as in a file that is not text or is encoded in UTF-16.
    #[error("line {line}, column {column}: a character NUL; this is not a text in UTF-8")]
    NotText {
        /// The line, from 1.
        line: usize,
        /// The column in characters, from 1.
        column: usize,
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

impl ReadError {
    /// The line at which reading stopped, from 1.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        match *self {
            Self::TooLarge { .. } => None,
            Self::NotText { line, .. }
            | Self::TooManyProvisions { line, .. }
            | Self::TooDeep { line, .. } => Some(line),
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } | Self::TooManyProvisions { .. } => {
                "split the file, one draft to a file"
            }
            Self::NotText { .. } => "save it again as plain text, encoded in UTF-8",
            Self::TooDeep { .. } => {
                "indent less: a list marker that stands deeper than the one before opens a level"
            }
        }
    }
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

    /// The line and the column (in characters) of a byte of the source, both from 1. A byte past the end is at the end.
    #[must_use]
    pub fn position(&self, byte: usize) -> (usize, usize) {
        let byte = byte.min(self.source.len());
        let line = self
            .line_starts
            .partition_point(|&start| start <= byte)
            .max(1);
        let start = self.line_starts.get(line - 1).copied().unwrap_or(0);
        let column = self.source.as_bytes()[start..byte]
            .iter()
            .filter(|&&b| (b & 0xC0) != 0x80)
            .count();
        (line, column + 1)
    }

    /// As [`position`](Self::position), of many bytes in ascending order, in time proportional to the source.
    pub(crate) fn positions(&self, bytes: &[usize]) -> Vec<(usize, usize)> {
        let (mut at, mut line, mut column) = (0, 1, 1);
        let mut found = Vec::with_capacity(bytes.len());
        for &byte in bytes {
            for &b in self.source.as_bytes().get(at..byte).unwrap_or_default() {
                (line, column) = if b == b'\n' {
                    (line + 1, 1)
                } else {
                    (line, column + usize::from((b & 0xC0) != 0x80))
                };
            }
            at = at.max(byte);
            found.push((line, column));
        }
        found
    }

    /// The stretches of the source that are neither wording, label, front matter nor markup, in bytes: always empty,
    /// for a draft is read whole. Fuzzing holds the reader to it.
    #[must_use]
    pub fn unread(&self) -> Vec<Range<usize>> {
        let mut unread = Vec::new();
        let mut at = self.front_matter.as_ref().map_or(0, |range| range.end);
        for provision in &self.provisions {
            let label = provision
                .label
                .as_ref()
                .map_or("", |label| label.printed.as_str());
            self.check_gap(at..provision.span.start, label, &mut unread);
            at = provision.span.end;
        }
        self.check_gap(at..self.source.len(), "", &mut unread);
        unread
    }

    /// Between two wordings stand white space and markup, and the label once.
    fn check_gap(&self, gap: Range<usize>, label: &str, unread: &mut Vec<Range<usize>>) {
        let Some(text) = self.source.get(gap.clone()) else {
            unread.push(gap);
            return;
        };
        let text = without_comments(text).replace('\\', "");
        let (before, after) = text
            .rsplit_once(label)
            .filter(|_| !label.is_empty())
            .unwrap_or((&text, ""));
        let missing = !label.is_empty() && !text.contains(label);
        if missing || before.chars().chain(after.chars()).any(|c| !is_markup(c)) {
            unread.push(gap);
        }
    }
}

/// A stretch without the comments of HTML in it.
fn without_comments(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, comment)) = rest.split_once("<!--") {
        let Some((_, after)) = comment.split_once("-->") else {
            break;
        };
        kept.push_str(before);
        rest = after;
    }
    kept.push_str(rest);
    kept
}

/// Characters that may stand between wordings: white space, list markers, rules, signs of headings, of emphasis and of
/// tables, brackets before a label, and what separates a label from its wording.
fn is_markup(character: char) -> bool {
    character.is_whitespace()
        || "#*+-_=~|:.)[`–—•·‣▪■○●◦□‒：、ـ".contains(character)
        || matches!(character, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}')
}
