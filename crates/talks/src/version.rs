//! Language versions: a position taken on one is a position on the draft that it renders, provision by provision.

use std::collections::BTreeMap;
use std::sync::Arc;

use onetext_text::{Digest, IssuedDraft, Lineage};

use crate::mutant::off;
use crate::names::DraftId;
use crate::record::DraftBlock;
use crate::shelf;

/// Whether a language version has a provision for each of what it renders, in the same places.
pub(crate) fn same_shape(rendered: &IssuedDraft, version: &IssuedDraft) -> bool {
    if off("a version stands for its draft") {
        return false;
    }
    let (one, other) = (rendered.draft.provisions(), version.draft.provisions());
    one.len() == other.len()
        && one
            .iter()
            .zip(other)
            .all(|(one, other)| one.parent == other.parent)
}

/// The digests of a language version, comparable with those of the latest draft: of the wordings that it renders, where
/// those were given and, of a later version in its language, the words that were read are still the words.
pub(crate) fn digests(
    version: &DraftBlock,
    (latest, to_latest): (&DraftBlock, &Lineage),
    given: &BTreeMap<DraftId, Arc<DraftBlock>>,
) -> Vec<Digest> {
    let own = shelf::digests(&version.issued);
    let rendered = version.renders.as_ref().and_then(|of| given.get(of));
    let Some(rendered) = rendered.filter(|of| same_shape(&of.issued, &version.issued)) else {
        return own;
    };
    let of_latest = given.values().find(|other| {
        other.renders.as_ref() == Some(&latest.id)
            && other.id != version.id
            && other.language == version.language
            && same_shape(&latest.issued, &other.issued)
    });
    let now = of_latest.map(|other| shelf::digests(&other.issued));
    let still = |index: usize, words: Digest| {
        let Some(now) = &now else {
            return true;
        };
        let mut successors = to_latest.successors.get(index).into_iter().flatten();
        successors.any(|row| now.get(*row) == Some(&words))
    };
    let theirs = shelf::digests(&rendered.issued);
    let chosen = own.into_iter().zip(theirs).enumerate();
    chosen
        .map(|(index, (own, theirs))| if still(index, own) { theirs } else { own })
        .collect()
}
