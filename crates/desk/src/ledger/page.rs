//! A draft as contents of a room's acts: the page as it was printed, the manifest that fixes its identity, and apart
//! from both, for those who know the base, the lineage.
//!
//! The manifest wins. Where a later version of the reader would split the page otherwise, each provision that still has
//! its path keeps the id and the digest it was issued with, and how many differ is said.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use onetext_seal::ContentDigest;
use onetext_talks::{DraftBlock, DraftId};
use onetext_text::{Digest, Draft, IssuedDraft, Lineage, ManifestEntry, ProvisionId};
use serde::{Deserialize, Serialize};

/// The bytes of a content, with their name.
pub(super) type Content = (ContentDigest, Arc<[u8]>);

/// A draft as it is kept.
#[derive(Debug, Clone)]
pub(super) struct Packed {
    pub(super) manifest: Content,
    pub(super) page: Content,
}

/// The names of drafts' manifests, each made once.
#[derive(Debug, Clone, Default)]
pub(crate) struct Manifests(BTreeMap<DraftId, (Arc<IssuedDraft>, ContentDigest)>);

impl Manifests {
    /// The name of what fixes the identity of a draft.
    pub(super) fn digest(&mut self, draft: &DraftBlock) -> ContentDigest {
        match self.0.get(&draft.id) {
            Some((issued, digest)) if Arc::ptr_eq(issued, &draft.issued) => *digest,
            _ => {
                let digest = Packed::of(&draft.issued).manifest.0;
                let made = (Arc::clone(&draft.issued), digest);
                self.0.insert(draft.id.clone(), made);
                digest
            }
        }
    }
}

/// What fixes a draft's identity, as it is written.
#[derive(Serialize, Deserialize)]
struct ManifestFile {
    onetext: Sort,
    /// The version of this form.
    form: u64,
    provisions: Vec<Entry>,
}

#[derive(Serialize, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Sort {
    Manifest,
    Lineage,
}

/// The form that is written, and the only one that is read.
const FORM: u64 = 1;

#[derive(Serialize, Deserialize)]
struct Entry {
    id: String,
    path: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    /// The provision it stands in, by its place in the list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    parent: Option<usize>,
    /// The digest of the wording in normal form 1, references resolved.
    wording: ContentDigest,
    /// Where the wording stands on the page, in bytes.
    from: usize,
    to: usize,
}

/// Which provisions of the base became which.
#[derive(Serialize, Deserialize)]
struct LineageFile {
    onetext: Sort,
    form: u64,
    predecessors: Vec<Vec<usize>>,
    successors: Vec<Vec<usize>>,
}

fn content(file: &impl Serialize) -> Content {
    // These hold text and small numbers alone: they have a canonical form.
    let bytes: Arc<[u8]> = onetext_seal::canonical(file).unwrap_or_default().into();
    (ContentDigest::of(&bytes), bytes)
}

impl Packed {
    pub(super) fn of(issued: &IssuedDraft) -> Packed {
        let entries = issued
            .draft
            .provisions()
            .iter()
            .zip(&issued.manifest.entries);
        let provisions = entries.map(|(provision, entry)| Entry {
            id: entry.id.to_string(),
            path: provision.path.clone(),
            label: provision.label.as_ref().map(|label| label.printed.clone()),
            parent: provision.parent,
            wording: ContentDigest(entry.digest.0),
            from: provision.span.start,
            to: provision.span.end,
        });
        let page: Arc<[u8]> = issued.draft.source().as_bytes().into();
        Packed {
            manifest: content(&ManifestFile {
                onetext: Sort::Manifest,
                form: FORM,
                provisions: provisions.collect(),
            }),
            page: (ContentDigest::of(&page), page),
        }
    }
}

/// The name of a draft's manifest: what its identity rests on.
#[must_use]
pub fn digest_of(issued: &IssuedDraft) -> ContentDigest {
    Packed::of(issued).manifest.0
}

/// A draft that was unpacked.
pub(super) struct Unpacked {
    pub(super) issued: IssuedDraft,
    /// How many provisions this reader finds otherwise than they were issued.
    pub(super) otherwise: usize,
}

/// Reads a draft from its page and its manifest.
pub(super) fn unpack(page: &[u8], manifest: &[u8]) -> Result<Unpacked, String> {
    let page = std::str::from_utf8(page).map_err(|_| "its page is not UTF-8".to_owned())?;
    let file: ManifestFile = serde_json::from_slice(manifest)
        .map_err(|error| format!("its manifest cannot be read: {error}"))?;
    if file.onetext != Sort::Manifest || file.form != FORM {
        return Err(format!("its manifest is of form {}", file.form));
    }
    let draft = Draft::read(page).map_err(|error| format!("its page cannot be read: {error}"))?;
    let mut known: BTreeMap<&str, VecDeque<&Entry>> = BTreeMap::new();
    for entry in &file.provisions {
        known.entry(&entry.path).or_default().push_back(entry);
    }
    let found: Vec<Option<&Entry>> = draft
        .provisions()
        .iter()
        .map(|provision| known.get_mut(provision.path.as_str())?.pop_front())
        .collect();
    let lost: usize = known.values().map(VecDeque::len).sum();
    let ids = draft.provisions().iter().zip(&found);
    let ids = ids.map(|(provision, entry)| match entry {
        Some(entry) => entry
            .id
            .parse()
            .map_err(|_| format!("its manifest gives {} no id", entry.path)),
        None => Ok(made_up(manifest, provision.start)),
    });
    let ids: Vec<ProvisionId> = ids.collect::<Result<_, String>>()?;
    let mut issued = IssuedDraft::with_ids(draft, None, ids).map_err(|error| error.to_string())?;
    let mut otherwise = lost;
    for (entry, found) in issued.manifest.entries.iter_mut().zip(found) {
        let as_issued = ManifestEntry {
            id: entry.id,
            digest: found.map_or(entry.digest, |found| Digest(found.wording.0)),
        };
        otherwise += usize::from(found.is_none() || as_issued != *entry);
        *entry = as_issued;
    }
    Ok(Unpacked { issued, otherwise })
}

/// The id of a provision that was none when the draft was issued: the same at every site of this version.
fn made_up(manifest: &[u8], place: usize) -> ProvisionId {
    let named = [manifest, &place.to_be_bytes()].concat();
    let half = ContentDigest::of(&named).0;
    ProvisionId(
        half.iter()
            .take(16)
            .fold(0, |id, byte| (id << 8) | u128::from(*byte)),
    )
}

/// A lineage as a content.
pub(super) fn pack_lineage(lineage: &Lineage) -> Content {
    content(&LineageFile {
        onetext: Sort::Lineage,
        form: FORM,
        predecessors: lineage.predecessors.clone(),
        successors: lineage.successors.clone(),
    })
}

/// Reads the lineage between two drafts; none where it is not one between drafts of so many provisions.
pub(super) fn unpack_lineage(bytes: &[u8], older: usize, newer: usize) -> Option<Lineage> {
    let file: LineageFile = serde_json::from_slice(bytes).ok()?;
    let within =
        |lists: &[Vec<usize>], bound: usize| lists.iter().flatten().all(|index| *index < bound);
    let good = file.onetext == Sort::Lineage
        && file.form == FORM
        && file.successors.len() == older
        && file.predecessors.len() == newer
        && within(&file.successors, newer)
        && within(&file.predecessors, older);
    good.then_some(Lineage {
        successors: file.successors,
        predecessors: file.predecessors,
    })
}
