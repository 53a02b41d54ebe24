//! "Who has been given this sentence?", "what has this seat been told?", "what changed since what it was last given?"

use onetext_talks::{Cut, DisclosureLog, Viewer, WhoHas};
use onetext_text::redline as redline_of;

use crate::books::Books;
use crate::error::DeskError;
use crate::redline::Comparison;

/// Who has been given these words, by whatever way.
///
/// # Errors
/// Where the viewer is no seat of this process.
pub fn who_has(
    books: &Books,
    viewer: &Viewer,
    cut: &Cut,
    words: &str,
) -> Result<WhoHas, DeskError> {
    books.ask(viewer, cut, |board| board.who_has(words))
}

/// What a seat came to know through the acts of others: its disclosure log.
///
/// # Errors
/// Where there is no such seat.
pub fn disclosed_to(
    books: &Books,
    viewer: &Viewer,
    cut: &Cut,
    seat: &str,
) -> Result<DisclosureLog, DeskError> {
    Ok(books.ask(viewer, cut, |board| board.disclosed_to(seat))??)
}

/// What changed for a seat since what it was last given, of the text that is named or the main one.
///
/// # Errors
/// Where there is no such seat or text, or nothing is known to have been given to the seat.
pub fn since(
    books: &Books,
    viewer: &Viewer,
    cut: &Cut,
    (seat, text): (&str, Option<&str>),
) -> Result<Comparison, DeskError> {
    let since = books.ask(viewer, cut, |board| board.since(seat, text))??;
    let (old, new) = (since.old.draft.clone(), since.new.draft.clone());
    let redline = redline_of(&old, &new, &since.lineage.alignment());
    Ok(Comparison {
        old_name: format!("{} ({}, {})", since.from, since.seat, since.given),
        old,
        new_name: since.to.to_string(),
        new,
        redline,
    })
}
