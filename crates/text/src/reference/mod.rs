//! Cross-references: "point 14", "paragraph 3 of Article 41", "points 7 and 8".
//!
//! [`scan`] finds them in a wording by the words that [`language`] lists; [`resolve`] says which provision each names.

mod language;
mod number;
mod resolve;
mod scan;

use std::ops::Range;

use crate::draft::Draft;

/// One number in a cross-reference, and the provision it names.
///
/// "points 7 and 8" is two references, "paragraphs 2 to 4" the two ends of a range; "paragraph 3 of Article 41" is one.
/// References to other instruments ("Article 3 of the Basin Convention", "its Article 3") are none.
///
/// ```
/// use onetext_text::Draft;
/// let draft = Draft::read("1. A zone is set up.\n\n2. The zone of point 1 is neutral.\n")?;
/// let reference = &draft.references()[0];
/// assert_eq!(&draft.provisions()[1].wording[reference.span.clone()], "1");
/// assert_eq!(reference.target, Some(0));
/// # Ok::<(), onetext_text::ReadError>(())
/// ```
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
    pub(crate) fn find_references(&mut self) {
        let resolver = resolve::Resolver::new(self);
        let mut references = Vec::new();
        for (index, provision) in self.provisions.iter().enumerate() {
            for found in scan::references(&provision.wording) {
                let target = resolver.resolve(index, &found.chain);
                references.push(Reference {
                    provision: index,
                    span: found.span,
                    target,
                });
            }
        }
        self.references = references;
    }
}
