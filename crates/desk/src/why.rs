//! "Why?": what a state, a condition, a claim or a count rests on.

use onetext_talks::{Cut, Explanation, Viewer};

use crate::books::Books;
use crate::error::DeskError;

/// Why a provision (`TEXT#PATH`, `DRAFT#PATH`), a condition, a claim, an act or a seat stands as it does.
///
/// # Errors
/// Where this viewer can see nothing of that name: hidden and unknown are one answer.
pub fn why(
    books: &Books,
    viewer: &Viewer,
    cut: &Cut,
    subject: &str,
) -> Result<Explanation, DeskError> {
    Ok(books.board(viewer, cut)?.why(subject)?)
}
