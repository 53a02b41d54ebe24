//! Cross-references: "point 14", "paragraph 3 of Article 41", "points 7 and 8".

use std::ops::Range;

use crate::draft::Draft;

/// One number in a cross-reference, and the provision it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The provision whose wording holds the reference, as an index.
    pub provision: usize,
    /// Where the words that change with the number stand in that provision's wording, in bytes ("14", or
    /// "3 of Article 41").
    pub span: Range<usize>,
    /// The provision it names, as an index; none where no provision of the draft has that number.
    pub target: Option<usize>,
}

impl Draft {
    pub(crate) fn find_references(&mut self) {}
}
