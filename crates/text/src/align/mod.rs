//! Alignment: which provision of one draft continues which of another.
//!
//! Four steps, each near-linear. *Anchors*: wordings that occur once on either side, and their equal neighbours.
//! *Candidates*: for what is left, the few provisions that share its rarest words. *Rounds*: the best pairs first, by
//! the words they share and by evidence (parent, neighbours, label, sub-items), which each round can weigh better
//! than the one before. *Groups*: the remains of a provision found in another (split, merge). What somebody settled
//! comes before all of it.
//!
//! Words count by how rare they are in these two drafts, so no list of function words is needed and any language
//! will do; their first letters count for something, so that inflection does not hide a word.

mod anchors;
mod candidates;
mod evidence;
mod groups;
mod matching;
mod rounds;
mod same;
mod vocabulary;

use crate::draft::Draft;
use crate::order;
use crate::work::{Workers, in_turn};

use matching::Matching;
use vocabulary::Texts;

/// A pair that somebody settled: these provisions belong together, or one of them has no partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// The provision of the old draft, as an index; none for "new here".
    pub old: Option<usize>,
    /// The provision of the new draft, as an index; none for "gone".
    pub new: Option<usize>,
}

/// Provisions that belong together: usually one and one; several old ones for a merge, several new ones for a split.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    /// Indices into the old draft; the first is the one whose identity is kept.
    pub old: Vec<usize>,
    /// Indices into the new draft; the first is the one that keeps the identity.
    pub new: Vec<usize>,
    /// How alike their words are, 0 to 1.
    pub similarity: f64,
    /// How sure the pairing is, 0 to 1; 1 for settled pairs and identical wordings.
    pub confidence: f64,
}

/// Which provision of one draft continues which of another. Provisions in no match are deleted or inserted.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Alignment {
    /// The matches, by first new index.
    pub matches: Vec<Match>,
}

/// Aligns two drafts; what was settled holds over any count.
///
/// Several settled pairs to one new provision are a merge whose first keeps the identity; several from one old
/// provision are a split likewise. A settled pair that names no provision of its draft is passed over. The same
/// drafts always align the same way, and no provision is in two matches.
#[must_use]
pub fn align(old: &Draft, new: &Draft, settled: &[Settled]) -> Alignment {
    align_with(old, new, settled, &in_turn)
}

/// As [`align`], with the drafts looked at side by side where `workers` can.
#[must_use]
pub fn align_with(
    old: &Draft,
    new: &Draft,
    settled: &[Settled],
    workers: Workers<'_>,
) -> Alignment {
    let texts = Texts::new(old, new, settled, workers);
    let mut matching = Matching::new(&texts, settled);
    anchors::find(&texts, &mut matching);
    rounds::run(&texts, &mut matching, workers);
    matching.finish(&texts, workers)
}

impl Alignment {
    /// For each of `count` old provisions, the match it is in.
    #[must_use]
    pub fn by_old(&self, count: usize) -> Vec<Option<usize>> {
        by_index(count, self.matches.iter().map(|each| each.old.as_slice()))
    }

    /// For each of `count` new provisions, the match it is in.
    #[must_use]
    pub fn by_new(&self, count: usize) -> Vec<Option<usize>> {
        by_index(count, self.matches.iter().map(|each| each.new.as_slice()))
    }
}

fn by_index<'m>(count: usize, sides: impl Iterator<Item = &'m [usize]>) -> Vec<Option<usize>> {
    let mut found = vec![None; count];
    for (number, side) in sides.enumerate() {
        for index in side {
            if let Some(slot) = found.get_mut(*index) {
                *slot = Some(number);
            }
        }
    }
    found
}
