//! Brackets and signs of emphasis around labels: `[5. Each`, `**1.** The`, `**Article 5 - Seat**`.

use super::blocks::Block;
use crate::label::parse::Series;
use crate::label::{ParsedLabel, Place, parse};

/// Opening brackets and signs of emphasis that may stand before a label: their length, and what follows them.
pub(super) fn strip_openers(text: &str) -> (usize, &str) {
    let mut inner = text.trim_start_matches(['[', '*', '_']);
    // Markdown may write a bracket as `\[`.
    while let Some(rest) = inner.strip_prefix("\\[") {
        inner = rest.trim_start_matches(['[', '*', '_']);
    }
    let openers = text.len() - inner.len();
    if openers > 16 {
        (0, text)
    } else {
        (openers, inner)
    }
}

/// Emphasis tells levels of plain numbers apart; `Article 5` is one level however it is set.
pub(super) fn label_is_plain(series: Series) -> bool {
    !matches!(series, Series::AfterWord(_))
}

/// The signs of emphasis that stand right before a label.
fn signs_of_emphasis(openers: &str) -> &str {
    &openers[openers.trim_end_matches(['*', '_']).len()..]
}

/// A label that is in emphasis alone: `**1.** The`, `**Article 5** The`. The closing signs are skipped.
pub(super) fn closed_emphasis(inner: &str, openers: &str, place: Place) -> Option<ParsedLabel> {
    let signs = signs_of_emphasis(openers);
    let close = (!signs.is_empty()).then(|| inner.find(signs)).flatten()?;
    let mut label = parse(&inner[..close], place).filter(|label| label.end >= close)?;
    let after = &inner[close + signs.len()..];
    label.end = inner.len() - after.trim_start().len();
    Some(label)
}

/// Emphasis that was opened before a label and closes at the end: `**Article 5 - Seat**`.
pub(super) fn unwrap_emphasis(block: &mut Block, openers: &str, source: &str) {
    let signs = signs_of_emphasis(openers);
    let wording = block.wording(source);
    if let Some(rest) = wording
        .strip_suffix(signs)
        .filter(|rest| !signs.is_empty() && !rest.contains(signs))
    {
        block.text.end = block.text.start + rest.trim_end().len();
        block.trimmed = wording.len() - rest.trim_end().len();
    }
}
