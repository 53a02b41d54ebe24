//! Wordings that stand in both drafts to the letter, once in each: they need no reading to be known again.

use super::Settled;
use crate::draft::Draft;
use crate::words::{Mixed, letters_key};
use crate::work::{Workers, both};

/// Shorter wordings are read: equal letters may be chance.
const LEAST_LETTERS: usize = 20;
/// Drafts of no more provisions than this are read whole.
const SHORT: usize = 400;
/// Of those that stand in both, so many are read all the same, to see how common words are.
const SAMPLE: usize = 200;

/// For each provision of either draft the hash of its wording, where it needs no reading.
pub(super) struct Same {
    pub(super) old: Vec<Option<u64>>,
    pub(super) new: Vec<Option<u64>>,
}

impl Same {
    /// Finds them. References left open; what was settled, and the sub-items of what has to be read, are read.
    pub(super) fn find(
        old: &Draft,
        new: &Draft,
        settled: &[Settled],
        workers: Workers<'_>,
    ) -> Same {
        let (olds, news) = (old.provisions().len(), new.provisions().len());
        let mut same = Same {
            old: vec![None; olds],
            new: vec![None; news],
        };
        if olds.max(news) <= SHORT {
            return same;
        }
        let ((mut old_keys, old_sorted), (mut new_keys, new_sorted)) =
            both(workers, || keys(old), || keys(new));
        let (old_changed, new_changed) = (
            changed(&old_sorted, &new_sorted),
            changed(&new_sorted, &old_sorted),
        );
        drop_short(old, &mut old_keys);
        drop_short(new, &mut new_keys);
        for pair in settled {
            for (place, keys) in [(pair.old, &mut old_keys), (pair.new, &mut new_keys)] {
                if let Some(key) = place.and_then(|place| keys.get_mut(place)) {
                    *key = None;
                }
            }
        }
        let mut pairs = once_in_both((&old_sorted, &old_keys), (&new_sorted, &new_keys));
        pairs.sort_unstable();
        let step = (pairs.len() / SAMPLE).max(1);
        for (number, (i, j)) in pairs.iter().enumerate() {
            if number % step != 0 {
                (same.old[*i], same.new[*j]) = (old_keys[*i], new_keys[*j]);
            }
        }
        read_children(old, &old_changed, &mut same.old);
        read_children(new, &new_changed, &mut same.new);
        // Both or none: one that is read is known by other means than one that is not.
        for (i, j) in pairs {
            if same.old[i].is_none() || same.new[j].is_none() {
                (same.old[i], same.new[j]) = (None, None);
            }
        }
        same
    }
}

/// Sub-items tell of their parent: where that changed, they are read.
fn read_children(draft: &Draft, changed: &[bool], same: &mut [Option<u64>]) {
    for (provision, changed) in draft.provisions().iter().zip(changed) {
        if *changed {
            let children = provision.children.iter();
            children.for_each(|child| same[*child] = None);
        }
    }
}

/// Keys in ascending order, each with the place of its provision.
type Sorted = Vec<(u64, usize)>;

/// For each provision, whether its key is not among the others.
fn changed(keys: &Sorted, others: &Sorted) -> Vec<bool> {
    let mut changed = vec![false; keys.len()];
    let mut others = others.iter().map(|(key, _)| *key).peekable();
    for (key, place) in keys {
        while others.next_if(|other| other < key).is_some() {}
        changed[*place] = others.peek() != Some(key);
    }
    changed
}

fn drop_short(draft: &Draft, keys: &mut [Option<u64>]) {
    for (provision, key) in draft.provisions().iter().zip(keys) {
        if provision.wording.len() < LEAST_LETTERS {
            *key = None;
        }
    }
}

/// A hash of each wording, references left open; and the same in order.
fn keys(draft: &Draft) -> (Vec<Option<u64>>, Sorted) {
    let mut references = draft.references().iter().peekable();
    let mut keys = Vec::with_capacity(draft.provisions().len());
    let mut sorted = Vec::with_capacity(draft.provisions().len());
    for (index, provision) in draft.provisions().iter().enumerate() {
        let bytes = provision.wording.as_bytes();
        let mut hash = Mixed::default();
        let mut from = 0;
        while let Some(reference) = references.next_if(|reference| reference.provision <= index) {
            if reference.target.is_some() && reference.provision == index {
                let upto = reference.span.start.clamp(from, bytes.len());
                hash.add(letters_key(&bytes[from..upto]));
                from = reference.span.end.clamp(upto, bytes.len());
            }
        }
        hash.add(letters_key(&bytes[from..]));
        keys.push(Some(hash.value()));
        sorted.push((hash.value(), index));
    }
    sorted.sort_unstable();
    (keys, sorted)
}

/// The places of keys that occur once on either side, of those that were not dropped.
fn once_in_both(
    old: (&Sorted, &[Option<u64>]),
    new: (&Sorted, &[Option<u64>]),
) -> Vec<(usize, usize)> {
    let once = |(sorted, keys): (&Sorted, &[Option<u64>])| {
        let kept = sorted.iter().filter(|(_, place)| keys[*place].is_some());
        kept.copied()
            .collect::<Sorted>()
            .chunk_by(|one, next| one.0 == next.0)
            .filter_map(|run| if let [only] = run { Some(*only) } else { None })
            .collect::<Vec<_>>()
    };
    let (left, right) = (once(old), once(new));
    let mut right = right.into_iter().peekable();
    let mut pairs = Vec::new();
    for (key, i) in left {
        while right.next_if(|other| other.0 < key).is_some() {}
        if let Some((_, j)) = right.next_if(|other| other.0 == key) {
            pairs.push((i, j));
        }
    }
    pairs
}
