//! The redline for programs: `redline-json.md`.

use onetext_text::{Draft, Redline, RedlinePair, Summary};
use serde::Serialize;

use super::Sides;

/// One side of a redline: the file, and how much is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct File<'a> {
    /// Its name.
    pub file: &'a str,
    /// Provisions on all levels.
    pub provisions: usize,
    /// Points: the provisions on the level where the text is negotiated.
    pub points: usize,
}

/// The whole redline; its keys are always in this order.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Document<'a> {
    /// The older draft.
    pub old: File<'a>,
    /// The newer draft.
    pub new: File<'a>,
    /// What became of each provision, in the order of the newer draft.
    pub pairs: &'a [RedlinePair],
    /// Counts.
    pub summary: &'a Summary,
}

/// The redline as a document that serialises to `redline-json.md`, without copying its words.
#[must_use]
pub fn json<'a>(redline: &'a Redline, sides: &Sides<'a>) -> Document<'a> {
    let file = |file: &'a str, draft: &Draft| File {
        file,
        provisions: draft.provisions().len(),
        points: draft.points().len(),
    };
    Document {
        old: file(sides.old_name, sides.old),
        new: file(sides.new_name, sides.new),
        pairs: &redline.pairs,
        summary: &redline.summary,
    }
}
