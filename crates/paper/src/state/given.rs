//! Who has not been given the latest draft of a text.

use onetext_talks::{DraftId, Exposure, SeatId, TextStatus};

/// The seats with an entry in the circulation of a text that were given neither this draft, nor a copy of it, nor a version
/// of it in another language.
pub(crate) fn without<'a>(text: &'a TextStatus, latest: &DraftId) -> Vec<&'a SeatId> {
    let is_it = |one: &Exposure| {
        one.draft == *latest
            || one.copy_of.as_ref() == Some(latest)
            || text
                .versions
                .iter()
                .any(|version| version.draft == one.draft)
    };
    let entries = text.exposure.iter();
    let without = entries.filter(|(_, given)| !given.iter().any(is_it));
    without.map(|(seat, _)| seat).collect()
}
