//! The redline for programs: `redline-json.md`.

use onetext_text::{Draft, Redline, RedlinePair, Summary, Workers, both};
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

impl Document<'_> {
    /// The document on one line, in two pieces that stand one after the other; `workers` may write them side by side.
    ///
    /// # Errors
    /// Never for a redline: its numbers are finite and its keys are words.
    pub fn pieces(&self, workers: Workers<'_>) -> serde_json::Result<[Vec<u8>; 2]> {
        let (one, other) = self.pairs.split_at(self.pairs.len() / 2);
        let (one, other) = both(workers, || self.head(one), || self.tail(other));
        Ok([one?, other?])
    }

    /// From the start of the document through the first pairs.
    fn head(&self, pairs: &[RedlinePair]) -> serde_json::Result<Vec<u8>> {
        let mut piece = b"{\"old\":".to_vec();
        serde_json::to_writer(&mut piece, &self.old)?;
        piece.extend(b",\"new\":");
        serde_json::to_writer(&mut piece, &self.new)?;
        piece.extend(b",\"pairs\":[");
        listed(pairs, &mut piece)?;
        Ok(piece)
    }

    /// The further pairs, through the end of the document.
    fn tail(&self, pairs: &[RedlinePair]) -> serde_json::Result<Vec<u8>> {
        let mut piece = Vec::new();
        if pairs.len() < self.pairs.len() {
            piece.push(b',');
        }
        listed(pairs, &mut piece)?;
        piece.extend(b"],\"summary\":");
        serde_json::to_writer(&mut piece, self.summary)?;
        piece.push(b'}');
        Ok(piece)
    }
}

/// Pairs with commas between them.
fn listed(pairs: &[RedlinePair], piece: &mut Vec<u8>) -> serde_json::Result<()> {
    for (number, pair) in pairs.iter().enumerate() {
        if number > 0 {
            piece.push(b',');
        }
        serde_json::to_writer(&mut *piece, pair)?;
    }
    Ok(())
}
