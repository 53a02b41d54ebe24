//! Square brackets: text that is not agreed, as a tree.
use std::ops::Range;

/// A wording as a tree of plain text and brackets; printing gives the wording back byte for byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brackets {
    /// Text and brackets in order.
    pub pieces: Vec<BracketPiece>,
}

/// A stretch of a bracketed wording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BracketPiece {
    /// Words outside brackets at this level.
    Text(String),
    /// One bracket with what is in it.
    Bracket(Bracket),
}

/// One pair of brackets, or a sign without its partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bracket {
    /// What stands between the signs.
    pub inside: Vec<BracketPiece>,
}

/// One alternative of an open bracket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternative {
    /// Its wording.
    pub wording: String,
    /// Who is named as its author (`[UA: …]`, `[Option 2 (US): …]`).
    pub attribution: Option<String>,
}

/// A bracket that is open in a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenBracket {
    /// The provision in which it opens, as an index: where it is counted.
    pub first: usize,
    /// The provision in which it closes, as an index; it disputes each from first to last.
    pub last: usize,
    /// Where it opens in the source, in bytes.
    pub span: Range<usize>,
    /// True for a sign without its partner.
    pub unbalanced: bool,
    /// How many brackets it stands in: 0 for the outermost.
    pub depth: usize,
}
