//! Labels as printed: `1.`, `(a)`, `Article 5`, `§ 3`, `Pp2bis`, `٣.`.

mod delimiter;
pub(crate) mod keyword;
mod number;
pub(crate) mod numeral;
pub(crate) mod parse;
#[cfg(test)]
mod tests;
mod word;

pub(crate) use keyword::KeywordClass;
pub(crate) use parse::{Certainty, ParsedLabel, Place, Style, parse};
pub(crate) use word::sign_of_number;

/// The system of numerals a label counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NumeralSystem {
    /// `1`, `1.2.3`, also in other scripts' digits (`٣`, `३`).
    Decimal,
    /// `a`, `B`, `а`, `ب`: the letters of an alphabet in its order.
    Alphabetic,
    /// `i`, `IV`.
    Roman,
}

/// A label as printed, and what it says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label {
    /// As printed: `Article 5`, `(a)`, `7 bis.`. What separates a label with a word from its heading (`. `, ` - `,
    /// `: `) is no part of it.
    pub printed: String,
    /// As it stands in a path: `5`, `a`, `7 bis`. Of `1.2.3` below `1.2` it is the `3`.
    pub short: String,
    /// The system it counts in.
    pub system: NumeralSystem,
    /// Its place in its sequence, from 1; the last number of `1.2.3`.
    pub number: u64,
}
