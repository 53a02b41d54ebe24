//! Labels as printed: `1.`, `(a)`, `Article 5`, `§ 3`, `Pp2bis`, `٣.`.

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
    /// As printed: `Article 5`, `(a)`, `7 bis.`.
    pub printed: String,
    /// As it stands in a path: `5`, `a`, `7 bis`.
    pub short: String,
    /// The system it counts in.
    pub system: NumeralSystem,
    /// Its place in its sequence, from 1; the last number of `1.2.3`.
    pub number: u64,
}
