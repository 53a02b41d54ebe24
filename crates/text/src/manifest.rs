//! Identity: what is fixed when a draft is issued.
//!
//! A [`Manifest`] gives every provision of an issued draft an opaque id that outlives number, place and wording;
//! a [`Lineage`] says which provision of the base became which. The lineage is the issuer's, the manifest everybody's
//! who is given the draft.
//!
//! An id says nothing: it is drawn from a stream that is named by process, text, draft and path, so that issuing the
//! same draft again gives the same ids. A digest is taken of the wording with its references resolved to ids, so that
//! a new number changes none.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest as _, Sha256};

use crate::align::{Alignment, Match, Settled, align};
use crate::draft::Draft;
use crate::normal::{Digest, normal_form_with};

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

impl std::str::FromStr for ProvisionId {
    type Err = SettleError;

    /// Reads an id as [`Display`](std::fmt::Display) writes it: 32 hexadecimal digits.
    fn from_str(text: &str) -> Result<Self, SettleError> {
        let plain = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let wrong = || {
            SettleError::Ids(format!(
                "`{text}` is no id of a provision: 32 hexadecimal digits are expected"
            ))
        };
        if !plain {
            return Err(wrong());
        }
        u128::from_str_radix(text, 16)
            .map(ProvisionId)
            .map_err(|_| wrong())
    }
}

/// One provision of an issued draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManifestEntry {
    /// Its id.
    pub id: ProvisionId,
    /// The digest of its own wording in normal form 1, references to ids resolved; a bracket that opens before the label
    /// belongs to the wording.
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
    /// For each provision of the older draft, the indices of those that continue it; empty where it is gone. The
    /// first is the one that keeps the id.
    pub successors: Vec<Vec<usize>>,
    /// For each provision of the newer draft, the indices of those it continues; the first is the one whose id it
    /// keeps, unless it is a later part of a split; empty where it is new.
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
    ///
    /// A merged provision keeps the id of the part that gave most words (ties: the earlier; of settled pairs the
    /// first given, whatever the count); of a split one the part with most words keeps it, the others are new.
    #[must_use]
    pub fn issue(
        draft: Draft,
        base: Option<&IssuedDraft>,
        settled: &[Settled],
        stream: &str,
    ) -> IssuedDraft {
        let Some(base) = base else {
            let ids = fill(
                &draft,
                vec![None; draft.provisions().len()],
                BTreeSet::new(),
                stream,
            );
            return IssuedDraft::fixed(draft, ids, None);
        };
        let alignment = align(&base.draft, &draft, settled);
        IssuedDraft::continued(draft, base, &alignment, stream)
    }

    /// As [`issue`](Self::issue), with an alignment that was already made.
    #[must_use]
    pub fn continued(
        draft: Draft,
        base: &IssuedDraft,
        alignment: &Alignment,
        stream: &str,
    ) -> IssuedDraft {
        let lineage = Lineage::of(
            alignment,
            base.draft.provisions().len(),
            draft.provisions().len(),
        );
        let mut carried = vec![None; draft.provisions().len()];
        for each in &alignment.matches {
            let entry = each
                .old
                .first()
                .and_then(|first| base.manifest.entries.get(*first));
            if let (Some(entry), Some(slot)) = (
                entry,
                each.new.first().and_then(|first| carried.get_mut(*first)),
            ) {
                *slot = Some(entry.id);
            }
        }
        let taken = base.manifest.entries.iter().map(|entry| entry.id).collect();
        let ids = fill(&draft, carried, taken, stream);
        IssuedDraft::fixed(draft, ids, Some(lineage))
    }

    /// Fixes a draft with ids that are given, as in a file that an export wrote; one per provision, in their order.
    ///
    /// # Errors
    ///
    /// Where there are more or fewer ids than provisions, or one is given twice.
    pub fn with_ids(
        draft: Draft,
        lineage: Option<Lineage>,
        ids: Vec<ProvisionId>,
    ) -> Result<IssuedDraft, SettleError> {
        let count = draft.provisions().len();
        if ids.len() != count {
            return Err(SettleError::Ids(format!(
                "{} ids are given for {count} provisions: one for each is expected",
                ids.len()
            )));
        }
        let mut seen = BTreeMap::new();
        for (index, id) in ids.iter().enumerate() {
            if let Some(first) = seen.insert(*id, index) {
                let path = |index: usize| {
                    draft
                        .provisions()
                        .get(index)
                        .map_or("", |provision| provision.path.as_str())
                };
                return Err(SettleError::Ids(format!(
                    "the id {id} is given twice, for {} and for {}",
                    path(first),
                    path(index)
                )));
            }
        }
        Ok(IssuedDraft::fixed(draft, ids, lineage))
    }

    fn fixed(draft: Draft, ids: Vec<ProvisionId>, lineage: Option<Lineage>) -> IssuedDraft {
        let digests = digests(&draft, &ids);
        let entries = ids
            .into_iter()
            .zip(digests)
            .map(|(id, digest)| ManifestEntry { id, digest })
            .collect();
        IssuedDraft {
            draft,
            manifest: Manifest { entries },
            lineage,
        }
    }
}

/// Draws an id for each provision that carries none.
fn fill(
    draft: &Draft,
    carried: Vec<Option<ProvisionId>>,
    mut taken: BTreeSet<ProvisionId>,
    stream: &str,
) -> Vec<ProvisionId> {
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    draft
        .provisions()
        .iter()
        .for_each(|provision| *times.entry(&provision.path).or_default() += 1);
    let mut met: BTreeMap<&str, usize> = BTreeMap::new();
    let mut ids = Vec::with_capacity(carried.len());
    for (provision, carried) in draft.provisions().iter().zip(carried) {
        let ordinal = met.entry(&provision.path).or_default();
        *ordinal += 1;
        ids.push(carried.unwrap_or_else(|| {
            let unique = times.get(provision.path.as_str()) == Some(&1);
            let mut ordinal = if unique { 0 } else { *ordinal };
            loop {
                let id = draw(stream, &provision.path, ordinal);
                // Only where one stream is given for two drafts can an id be taken.
                if taken.insert(id) {
                    return id;
                }
                ordinal += times.get(provision.path.as_str()).copied().unwrap_or(1);
            }
        }));
    }
    ids
}

/// The id that a stream holds for a path; the ordinal tells provisions of one path apart, 0 where the path is unique.
fn draw(stream: &str, path: &str, ordinal: usize) -> ProvisionId {
    let mut hash = Sha256::new();
    hash.update(b"onetext provision 1\0");
    hash.update(stream.as_bytes());
    hash.update(b"\0");
    hash.update(path.as_bytes());
    if ordinal > 0 {
        hash.update(b"\0");
        hash.update(ordinal.to_string().as_bytes());
    }
    let bytes: [u8; 32] = hash.finalize().into();
    ProvisionId(
        bytes
            .iter()
            .take(16)
            .fold(0, |id, byte| (id << 8) | u128::from(*byte)),
    )
}

fn digests(draft: &Draft, ids: &[ProvisionId]) -> Vec<Digest> {
    let mut references = draft.references().iter().peekable();
    let mut digests = Vec::with_capacity(ids.len());
    for (index, provision) in draft.provisions().iter().enumerate() {
        let opened = draft.opened_before_label(index);
        let mut resolved = Vec::new();
        while let Some(reference) = references.next_if(|reference| reference.provision <= index) {
            let target = reference.target.and_then(|target| ids.get(target));
            if let Some(id) = target.filter(|_| reference.provision == index) {
                let span = reference.span.start + opened.len()..reference.span.end + opened.len();
                resolved.push((span, id.to_string()));
            }
        }
        let wording = opened + &provision.wording;
        digests.push(Digest::of_wording(&normal_form_with(&wording, resolved)));
    }
    digests
}

impl Lineage {
    /// The lineage that an alignment tells, between drafts of so many provisions.
    #[must_use]
    pub fn of(alignment: &Alignment, older: usize, newer: usize) -> Lineage {
        let mut lineage = Lineage {
            successors: vec![Vec::new(); older],
            predecessors: vec![Vec::new(); newer],
        };
        for each in &alignment.matches {
            for i in &each.old {
                if let Some(slot) = lineage.successors.get_mut(*i) {
                    slot.clone_from(&each.new);
                }
            }
            for j in &each.new {
                if let Some(slot) = lineage.predecessors.get_mut(*j) {
                    slot.clone_from(&each.old);
                }
            }
        }
        lineage
    }

    /// The same as matches, for telling the difference of the two drafts; how alike words are it does not know.
    #[must_use]
    pub fn alignment(&self) -> Alignment {
        let mut told: BTreeSet<usize> = BTreeSet::new();
        let mut matches = Vec::new();
        for old in &self.predecessors {
            let new = old.first().and_then(|first| self.successors.get(*first));
            let Some(new) = new.filter(|_| old.iter().all(|index| !told.contains(index))) else {
                continue;
            };
            told.extend(old);
            matches.push(Match {
                old: old.clone(),
                new: new.clone(),
                similarity: 1.0,
                confidence: 1.0,
            });
        }
        Alignment { matches }
    }

    /// The lineage of a draft to itself.
    #[must_use]
    pub fn identity(count: usize) -> Lineage {
        let own: Vec<Vec<usize>> = (0..count).map(|index| vec![index]).collect();
        Lineage {
            successors: own.clone(),
            predecessors: own,
        }
    }

    /// What equal ids tell of two drafts whose lineage is not known: for a viewer who was not given the base. Parts
    /// of a merge or a split that lost their id are gone or new in it.
    #[must_use]
    pub fn between(older: &IssuedDraft, newer: &IssuedDraft) -> Lineage {
        let places: BTreeMap<ProvisionId, usize> = newer
            .manifest
            .entries
            .iter()
            .enumerate()
            .map(|(index, entry)| (entry.id, index))
            .collect();
        let mut predecessors = vec![Vec::new(); newer.manifest.entries.len()];
        let mut successors = vec![Vec::new(); older.manifest.entries.len()];
        for (index, entry) in older.manifest.entries.iter().enumerate() {
            if let Some(place) = places.get(&entry.id) {
                successors[index].push(*place);
                predecessors[*place].push(index);
            }
        }
        Lineage {
            successors,
            predecessors,
        }
    }

    /// The lineage over two steps: first this one, then `next`.
    #[must_use]
    pub fn then(&self, next: &Lineage) -> Lineage {
        Lineage {
            successors: follow(&self.successors, &next.successors),
            predecessors: follow(&next.predecessors, &self.predecessors),
        }
    }
}

/// Follows each list of `first` one step further through `second`; each index once, the first stays first.
fn follow(first: &[Vec<usize>], second: &[Vec<usize>]) -> Vec<Vec<usize>> {
    first
        .iter()
        .map(|reached| {
            let mut seen = BTreeSet::new();
            let further = reached
                .iter()
                .filter_map(|index| second.get(*index))
                .flatten()
                .copied();
            further.filter(|index| seen.insert(*index)).collect()
        })
        .collect()
}
