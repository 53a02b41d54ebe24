//! How much of one thing may be under way at once, in all and for one who asks: so that nobody takes everybody's share.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// So many places, and of them so many for each who asks.
#[derive(Debug)]
pub(crate) struct Limit {
    all: usize,
    each: usize,
    taken: Mutex<Taken>,
}

#[derive(Debug, Default)]
struct Taken {
    all: usize,
    by: BTreeMap<String, usize>,
}

/// A place, as long as it is held.
#[derive(Debug)]
pub(crate) struct Place {
    limit: Arc<Limit>,
    by: String,
}

impl Limit {
    pub(crate) fn of(all: usize, each: usize) -> Arc<Limit> {
        Arc::new(Limit {
            all,
            each,
            taken: Mutex::default(),
        })
    }

    /// A place for one who asks; none where all are taken, or all of theirs.
    pub(crate) fn take(self: &Arc<Limit>, by: &str) -> Option<Place> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let own = taken.by.get(by).copied().unwrap_or_default();
        if taken.all >= self.all || own >= self.each {
            return None;
        }
        taken.all += 1;
        taken.by.insert(by.to_owned(), own + 1);
        Some(Place {
            limit: Arc::clone(self),
            by: by.to_owned(),
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self
            .limit
            .taken
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        taken.all = taken.all.saturating_sub(1);
        let own = taken.by.get(&self.by).copied().unwrap_or_default();
        // Who holds nothing is forgotten, so that the list stays as short as what is held.
        match own {
            0 | 1 => drop(taken.by.remove(&self.by)),
            more => drop(taken.by.insert(self.by.clone(), more - 1)),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn each_has_a_share_and_what_is_given_back_is_free() {
        let limit = Limit::of(3, 2);
        let first = limit.take("a").unwrap();
        let _second = limit.take("a").unwrap();
        assert!(limit.take("a").is_none(), "its share");
        let third = limit.take("b").unwrap();
        assert!(limit.take("c").is_none(), "all");
        drop(first);
        assert!(limit.take("c").is_some());
        drop(third);
        let taken = limit.taken.lock().unwrap();
        assert_eq!((taken.all, taken.by.len()), (1, 1));
    }
}
