//! Fields that few acts have, kept apart, so that a million acts without them fit into memory.

use std::ops::{Deref, DerefMut};

/// What such fields are where none of them is given.
pub trait Nothing: Sized + 'static {
    /// All of them without a value.
    const NOTHING: &'static Self;
}

/// Fields that few acts have: read as if they stood in the act itself, held only where one has a value.
///
/// ```
/// use onetext_talks::{Stance, StanceKind};
/// let mut stance = Stance::of(StanceKind::Object);
/// assert_eq!(stance.interest, None);
/// stance.interest = Some("the harvest".to_owned());
/// assert_ne!(stance, Stance::of(StanceKind::Object));
/// stance.interest = None;
/// assert_eq!(stance, Stance::of(StanceKind::Object));
/// ```
#[derive(Clone)]
pub struct Seldom<T>(Option<Box<T>>);

impl<T> Default for Seldom<T> {
    fn default() -> Self {
        Seldom(None)
    }
}

impl<T: Nothing + PartialEq> From<T> for Seldom<T> {
    fn from(fields: T) -> Self {
        Seldom((fields != *T::NOTHING).then(|| Box::new(fields)))
    }
}

impl<T: Nothing> Deref for Seldom<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0.as_deref().unwrap_or(T::NOTHING)
    }
}

impl<T: Nothing + Clone> DerefMut for Seldom<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.0.get_or_insert_with(|| Box::new(T::NOTHING.clone()))
    }
}

impl<T: Nothing + PartialEq> PartialEq for Seldom<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Nothing + std::fmt::Debug> std::fmt::Debug for Seldom<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        (**self).fmt(f)
    }
}
