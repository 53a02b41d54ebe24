//! Square brackets: text that is not agreed, as a tree.
//!
//! The tree is kept flat, in the order of the page, so that brackets nested ten thousand deep are read, printed and
//! dropped like any others. After the United Nations' custom: brackets side by side are alternatives, a lone bracket is
//! there or is not, `Option 1: … Option 2: …` are alternatives with or without brackets, `[UA: …]` names who asked for
//! the words, `[…]` and `[missing]` hold a place.

mod choice;
mod open;
mod reading;
mod sign;

use std::ops::Range;

pub use open::OpenBracket;
pub use reading::ReadingError;

use choice::{choices, free_markers, pieces};

/// A wording with its brackets; printing it gives the wording back byte for byte.
///
/// ```
/// use onetext_text::Brackets;
/// let brackets = Brackets::parse("Each Party [shall][should] report [every year].");
/// assert_eq!(brackets.open_pairs(), 3);
/// assert_eq!(brackets.readings(&[2, 2])?, "Each Party should report.");
/// assert_eq!(brackets.to_string(), "Each Party [shall][should] report [every year].");
/// # Ok::<(), onetext_text::ReadingError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brackets {
    wording: String,
    pieces: Vec<BracketPiece>,
    groups: Vec<BracketGroup>,
    open_pairs: usize,
    unbalanced: usize,
    placeholder: bool,
}

/// A stretch of a bracketed wording, in bytes; the pieces of a wording, one after the other, are the wording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BracketPiece {
    /// Words.
    Text(Range<usize>),
    /// A sign that opens a bracket, and the piece that closes it.
    Opens {
        /// Where it stands.
        span: Range<usize>,
        /// The piece that closes it, as an index; none where nothing does.
        partner: Option<usize>,
    },
    /// A sign that closes a bracket, and the piece that opened it.
    Closes {
        /// Where it stands.
        span: Range<usize>,
        /// The piece that opened it, as an index; none where nothing did.
        partner: Option<usize>,
    },
}

impl BracketPiece {
    /// Where it stands in the wording, in bytes.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        match self {
            Self::Text(span) | Self::Opens { span, .. } | Self::Closes { span, .. } => span.clone(),
        }
    }
}

/// One open choice: a lone bracket, brackets side by side, or options.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BracketGroup {
    /// From its first sign to its last, in bytes of the wording.
    pub span: Range<usize>,
    /// In how many other choices it stands.
    pub depth: usize,
    /// What can be chosen, in order. Of a lone bracket: its words, and nothing.
    pub alternatives: Vec<Alternative>,
}

/// One alternative of an open choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternative {
    /// Where its words stand in the wording, in bytes, without name and attribution; empty for the alternative of
    /// saying nothing.
    pub span: Range<usize>,
    /// `Option 1`, as printed.
    pub name: Option<String>,
    /// Who is named as its author (`[UA: …]`, `[Option 2 (US): …]`).
    pub attribution: Option<String>,
    /// True where it only holds a place: `[…]`, `[missing]`, `[to be settled]`.
    pub placeholder: bool,
}

impl Brackets {
    /// Reads the brackets of a wording, in time proportional to its length. Every text is read; signs without their
    /// partner are kept.
    #[must_use]
    pub fn parse(wording: &str) -> Brackets {
        let pieces = pieces(wording);
        let markers = sign::markers(wording);
        let groups = choices(wording, &pieces, &markers);
        let unbalanced = pieces
            .iter()
            .filter(|piece| {
                matches!(
                    piece,
                    BracketPiece::Opens { partner: None, .. }
                        | BracketPiece::Closes { partner: None, .. }
                )
            })
            .count();
        let pairs = pieces
            .iter()
            .filter(|piece| {
                matches!(
                    piece,
                    BracketPiece::Opens {
                        partner: Some(_),
                        ..
                    }
                )
            })
            .count();
        let options = free_markers(&pieces, &markers).len();
        let placeholder = groups.iter().any(|group| {
            group
                .alternatives
                .iter()
                .any(|alternative| alternative.placeholder)
        }) || has_braces(wording);
        Brackets {
            wording: wording.to_owned(),
            groups,
            open_pairs: pairs + unbalanced + options,
            unbalanced,
            placeholder,
            pieces,
        }
    }

    /// The wording as it was read.
    #[must_use]
    pub fn wording(&self) -> &str {
        &self.wording
    }

    /// Words and signs, in order.
    #[must_use]
    pub fn pieces(&self) -> &[BracketPiece] {
        &self.pieces
    }

    /// How many pairs are open, nested ones too. A sign without its partner counts as one, and so does each `Option 1:`
    /// that stands in no bracket.
    #[must_use]
    pub fn open_pairs(&self) -> usize {
        self.open_pairs
    }

    /// How many signs have no partner.
    #[must_use]
    pub fn unbalanced(&self) -> usize {
        self.unbalanced
    }

    /// The open choices in the order in which they start, each with its alternatives; nested ones after the one they
    /// stand in.
    #[must_use]
    pub fn groups(&self) -> &[BracketGroup] {
        &self.groups
    }

    /// True where something is still to be filled in: `[…]`, `[missing]`, `[to be agreed]`, `{Placeholder …}`.
    #[must_use]
    pub fn has_placeholder(&self) -> bool {
        self.placeholder
    }

    /// The words of one alternative as printed, brackets inside it too.
    #[must_use]
    pub fn words_of(&self, alternative: &Alternative) -> &str {
        self.wording
            .get(alternative.span.clone())
            .unwrap_or_default()
            .trim()
    }

    /// The words of the alternatives that hold no further choice, and of the outermost ones (their bracket signs left
    /// out); those that say nothing or hold a place are none.
    #[must_use]
    pub fn alternatives(&self) -> Vec<String> {
        let mut found = Vec::new();
        for (index, group) in self.groups.iter().enumerate() {
            for alternative in group
                .alternatives
                .iter()
                .filter(|alternative| !alternative.placeholder && !alternative.span.is_empty())
            {
                let leaf = self.groups[index + 1..]
                    .first()
                    .is_none_or(|next| next.span.start >= alternative.span.end)
                    || !self.holds_a_group(&alternative.span);
                if leaf || group.depth == 0 {
                    let words: String = self.without_signs(&alternative.span);
                    if !words.trim().is_empty() {
                        found.push(words.trim().to_owned());
                    }
                }
            }
        }
        found
    }

    /// The words of a stretch, bracket signs left out.
    fn without_signs(&self, span: &Range<usize>) -> String {
        let first = self
            .pieces
            .partition_point(|piece| piece.span().end <= span.start);
        let pieces = self.pieces[first..]
            .iter()
            .take_while(|piece| piece.span().start < span.end);
        let words = pieces.filter_map(|piece| match piece {
            BracketPiece::Text(text) => self
                .wording
                .get(text.start.max(span.start)..text.end.min(span.end)),
            _ => None,
        });
        words.collect()
    }

    fn holds_a_group(&self, span: &Range<usize>) -> bool {
        let first = self
            .groups
            .partition_point(|group| group.span.start < span.start);
        self.groups
            .get(first)
            .is_some_and(|group| group.span.end <= span.end)
    }
}

impl std::fmt::Display for Brackets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.pieces
            .iter()
            .try_for_each(|piece| f.write_str(self.wording.get(piece.span()).unwrap_or_default()))
    }
}

/// `{Placeholder for preamble}`.
fn has_braces(wording: &str) -> bool {
    wording.match_indices('{').any(|(at, _)| {
        let inside = &wording[at + 1..];
        let word: String = inside
            .trim_start()
            .chars()
            .take_while(|c| c.is_alphabetic())
            .take(12)
            .collect();
        word.eq_ignore_ascii_case("placeholder")
    })
}
