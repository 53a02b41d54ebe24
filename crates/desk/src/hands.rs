//! Two threads for work that falls in two parts.

use onetext_store::at_once;
use onetext_text::{Part, in_turn};

/// So many acts are worth a second thread.
const MANY: usize = 1 << 14;

/// Does two parts of the work on so many acts: at once where they are many, else one after the other.
pub(crate) fn hands(acts: usize) -> impl Fn(Part<'_>, Part<'_>) {
    move |one, other| {
        if acts < MANY {
            in_turn(one, other);
        } else {
            at_once(one, other);
        }
    }
}
