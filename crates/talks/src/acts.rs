//! The acts of a record: a list whose items are shared with everything that is folded from it.

use std::ops::{Index, RangeFrom};
use std::slice;
use std::sync::Arc;

use crate::act::Act;

/// Acts in the order of recording. A copy of the list shares its acts; one that is changed in a copy is copied first.
///
/// ```
/// use onetext_talks::Acts;
/// let acts = Acts::default();
/// assert!(acts.is_empty() && acts.iter().next().is_none());
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Acts(Vec<Arc<Act>>);

impl Acts {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The acts.
    pub fn iter(&self) -> Iter<'_> {
        Iter(self.0.iter())
    }

    /// The acts, to be kept beside the list.
    #[must_use]
    pub fn shared(&self) -> &[Arc<Act>] {
        &self.0
    }

    /// The act at this place.
    #[must_use]
    pub fn get(&self, place: usize) -> Option<&Act> {
        self.0.get(place).map(AsRef::as_ref)
    }

    /// The act at this place, to be changed.
    pub fn get_mut(&mut self, place: usize) -> Option<&mut Act> {
        self.0.get_mut(place).map(Arc::make_mut)
    }

    /// The first act.
    #[must_use]
    pub fn first(&self) -> Option<&Act> {
        self.get(0)
    }

    /// The last act.
    #[must_use]
    pub fn last(&self) -> Option<&Act> {
        self.0.last().map(AsRef::as_ref)
    }

    /// The last act, to be changed.
    pub fn last_mut(&mut self) -> Option<&mut Act> {
        self.0.last_mut().map(Arc::make_mut)
    }

    /// Adds an act.
    pub fn push(&mut self, act: impl Into<Arc<Act>>) {
        self.0.push(act.into());
    }

    /// Adds an act before the one at this place.
    ///
    /// # Panics
    /// Where the place is beyond the end, as a list does.
    pub fn insert(&mut self, place: usize, act: impl Into<Arc<Act>>) {
        self.0.insert(place, act.into());
    }

    /// Takes away the last act.
    pub fn pop(&mut self) -> Option<Act> {
        self.0.pop().map(Arc::unwrap_or_clone)
    }

    /// Takes away the act at this place.
    ///
    /// # Panics
    /// Where there is none, as a list does.
    pub fn remove(&mut self, place: usize) -> Act {
        Arc::unwrap_or_clone(self.0.remove(place))
    }

    /// Keeps the first so many.
    pub fn truncate(&mut self, count: usize) {
        self.0.truncate(count);
    }

    /// Takes all away.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Keeps those that pass.
    pub fn retain(&mut self, mut keep: impl FnMut(&Act) -> bool) {
        self.0.retain(|act| keep(act));
    }

    /// The acts, each to be changed: those that are shared are copied first.
    pub fn iter_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut Act> {
        self.0.iter_mut().map(Arc::make_mut)
    }

    /// The acts, to be put into another order.
    pub fn shared_mut(&mut self) -> &mut [Arc<Act>] {
        &mut self.0
    }
}

impl Index<usize> for Acts {
    type Output = Act;

    fn index(&self, place: usize) -> &Act {
        &self.0[place]
    }
}

impl Index<RangeFrom<usize>> for Acts {
    type Output = [Arc<Act>];

    fn index(&self, places: RangeFrom<usize>) -> &[Arc<Act>] {
        &self.0[places]
    }
}

impl<A: Into<Arc<Act>>> FromIterator<A> for Acts {
    fn from_iter<I: IntoIterator<Item = A>>(acts: I) -> Acts {
        Acts(acts.into_iter().map(Into::into).collect())
    }
}

impl<A: Into<Arc<Act>>> Extend<A> for Acts {
    fn extend<I: IntoIterator<Item = A>>(&mut self, acts: I) {
        self.0.extend(acts.into_iter().map(Into::into));
    }
}

impl From<Vec<Act>> for Acts {
    fn from(acts: Vec<Act>) -> Acts {
        acts.into_iter().collect()
    }
}

impl From<Vec<Arc<Act>>> for Acts {
    fn from(acts: Vec<Arc<Act>>) -> Acts {
        Acts(acts)
    }
}

impl IntoIterator for Acts {
    type Item = Arc<Act>;
    type IntoIter = std::vec::IntoIter<Arc<Act>>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Acts {
    type Item = &'a Act;
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

/// The acts of a list, one after the other.
#[derive(Debug, Clone)]
pub struct Iter<'a>(slice::Iter<'a, Arc<Act>>);

impl<'a> Iterator for Iter<'a> {
    type Item = &'a Act;

    fn next(&mut self) -> Option<&'a Act> {
        self.0.next().map(AsRef::as_ref)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl DoubleEndedIterator for Iter<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.0.next_back().map(AsRef::as_ref)
    }
}

impl ExactSizeIterator for Iter<'_> {}
