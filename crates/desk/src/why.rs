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
    let told = books.ask(viewer, cut, |board| board.why(subject))?;
    let left = books
        .left_out()
        .into_iter()
        .find(|left| left.id.to_string() == subject);
    match (told, left) {
        // It is here and has no effect: that is the answer.
        (Err(_), Some(left)) => Ok(Explanation {
            subject: subject.to_owned(),
            answer: format!(
                "this act, in {}, {}: {}",
                left.room,
                left.why.words(),
                left.reason
            ),
            because: Vec::new(),
        }),
        (told, _) => Ok(told?),
    }
}
