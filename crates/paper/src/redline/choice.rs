//! Which pairs of a redline are shown: all, those of some kinds, or the changes with what stands around them.

use onetext_text::{PairKind, RedlinePair};

/// What a reader asks to see.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choice {
    /// Only pairs of these kinds; all kinds where it is empty.
    pub only: Vec<PairKind>,
    /// Of the provisions that did not change, only so many before and after each that did.
    pub context: Option<usize>,
}

impl Choice {
    /// For each pair whether it is shown.
    #[must_use]
    pub fn of(&self, pairs: &[RedlinePair]) -> Vec<bool> {
        let wanted = |pair: &RedlinePair| self.only.is_empty() || self.only.contains(&pair.kind);
        let Some(context) = self.context else {
            return pairs.iter().map(wanted).collect();
        };
        // How far off the next change is, from either end.
        let mut shown = vec![false; pairs.len()];
        let mut left = 0;
        for (place, pair) in pairs.iter().enumerate() {
            left = next(pair, wanted(pair), context, left);
            shown[place] |= left > 0;
        }
        left = 0;
        for (place, pair) in pairs.iter().enumerate().rev() {
            left = next(pair, wanted(pair), context, left);
            shown[place] |= left > 0;
        }
        shown
    }
}

/// How many pairs from this one on are still shown, itself included.
fn next(pair: &RedlinePair, wanted: bool, context: usize, left: usize) -> usize {
    if wanted && pair.kind != PairKind::Unchanged {
        context + 1
    } else {
        left.saturating_sub(1)
    }
}
