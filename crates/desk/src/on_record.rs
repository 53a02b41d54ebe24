//! "What exactly was put on record?": the acts themselves, for a page that shows more of them than the state of play does.

use onetext_talks::{Act, BriefedPoint, ContactWeek, Cut, OnRecord, Viewer};

use crate::books::Books;
use crate::error::DeskError;

/// The acts that a viewer can see and `wanted` takes, in the order of lists.
///
/// # Errors
/// Where the viewer is no seat of this process.
pub fn on_record(
    books: &Books,
    viewer: &Viewer,
    cut: &Cut,
    wanted: impl Fn(&Act) -> bool,
) -> Result<Vec<OnRecord>, DeskError> {
    books.ask(viewer, cut, |board| board.on_record(wanted))
}

/// How often the sides met, week by week, as far as a viewer knows.
///
/// # Errors
/// Where the viewer is no seat of this process.
pub fn contacts(books: &Books, viewer: &Viewer, cut: &Cut) -> Result<Vec<ContactWeek>, DeskError> {
    books.ask(viewer, cut, onetext_talks::Board::contacts)
}

/// The points that are not agreed, with what each is disputed about and what would close it, as far as a viewer knows.
///
/// # Errors
/// Where the viewer is no seat of this process.
pub fn open_points(
    books: &Books,
    viewer: &Viewer,
    cut: &Cut,
) -> Result<Vec<BriefedPoint>, DeskError> {
    books.ask(viewer, cut, onetext_talks::Board::still_open)
}
