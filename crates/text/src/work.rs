//! Work in two parts that need nothing of each other: one after the other, or side by side where the caller has threads.
//!
//! This crate starts no thread. Whoever calls it may hand over how two parts are done at the same time; what comes out is the
//! same.

/// A part of the work. Done twice it does the same again.
pub type Part<'p> = &'p mut (dyn FnMut() + Send);

/// Does two parts, in whatever order. A part that it leaves undone is done afterwards.
pub type Workers<'w> = &'w dyn Fn(Part<'_>, Part<'_>);

/// One part after the other.
pub fn in_turn(one: Part<'_>, other: Part<'_>) {
    one();
    other();
}

/// What two parts of the work give.
///
/// ```
/// use onetext_text::{both, in_turn};
/// assert_eq!(both(&in_turn, || 1 + 1, || "two"), (2, "two"));
/// ```
pub fn both<A: Send, B: Send>(
    workers: Workers<'_>,
    one: impl Fn() -> A + Sync,
    other: impl Fn() -> B + Sync,
) -> (A, B) {
    let (mut a, mut b) = (None, None);
    workers(&mut || a = Some(one()), &mut || b = Some(other()));
    (a.unwrap_or_else(one), b.unwrap_or_else(other))
}
