//! Alignment: which provision of one draft continues which of another.

use crate::draft::Draft;

/// A pair that somebody settled: these provisions belong together, or one of them has no partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// The provision of the old draft, as an index; none for "new here".
    pub old: Option<usize>,
    /// The provision of the new draft, as an index; none for "gone".
    pub new: Option<usize>,
}

/// Provisions that belong together: usually one and one; several old ones for a merge, several new ones for a split.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    /// Indices into the old draft; the first is the one whose identity is kept.
    pub old: Vec<usize>,
    /// Indices into the new draft; the first is the one that keeps the identity.
    pub new: Vec<usize>,
    /// How alike their words are, 0 to 1.
    pub similarity: f64,
    /// How sure the pairing is, 0 to 1; 1 for settled pairs and identical wordings.
    pub confidence: f64,
}

/// Which provision of one draft continues which of another. Provisions in no match are deleted or inserted.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Alignment {
    /// The matches, by first new index.
    pub matches: Vec<Match>,
}

/// Aligns two drafts; what was settled holds over any count.
#[must_use]
pub fn align(_old: &Draft, _new: &Draft, _settled: &[Settled]) -> Alignment {
    Alignment::default()
}
