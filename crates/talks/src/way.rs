//! The way that led to the latest draft, as far as a viewer can know.

use std::collections::BTreeMap;
use std::sync::Arc;

use onetext_text::{IssuedDraft, Lineage};

use crate::names::DraftId;
use crate::record::DraftBlock;
use crate::version::same_shape;

/// The way a text went to one of its drafts, as far as the viewer was given the drafts that it was made from.
///
/// A base is known to those given it alone, and a lineage with it (law 2); of other drafts only the ids tell.
pub(crate) struct Way {
    pub(crate) to_latest: BTreeMap<DraftId, Lineage>,
    /// The earliest draft on the way; where it came from is not known here.
    pub(crate) root: DraftId,
}

impl Way {
    pub(crate) fn to(latest: &DraftBlock, given: &BTreeMap<DraftId, Arc<DraftBlock>>) -> Way {
        let mut way = Way {
            to_latest: BTreeMap::from([(latest.id.clone(), identity(&latest.issued))]),
            root: latest.id.clone(),
        };
        let mut newer = latest;
        while let Some(base) = base_of(newer, given)
            && let Some(step) = &newer.issued.lineage
            && !way.to_latest.contains_key(&base.id)
        {
            let onward = way.to_latest.get(&newer.id).map(|rest| step.then(rest));
            way.to_latest
                .insert(base.id.clone(), onward.unwrap_or_default());
            way.root = base.id.clone();
            newer = base;
        }
        way
    }

    /// What the provisions of a draft are in the latest.
    pub(crate) fn lineage(
        &self,
        draft: &DraftBlock,
        latest: &DraftBlock,
        given: &BTreeMap<DraftId, Arc<DraftBlock>>,
    ) -> Lineage {
        let rendered = || {
            let rendered = given.get(draft.renders.as_ref()?)?;
            let same = same_shape(&rendered.issued, &draft.issued);
            same.then(|| self.to_latest.get(&rendered.id))?
        };
        if draft.id != latest.id && crate::mutant::off("provisions keep their identity") {
            return Lineage::default();
        }
        let known = self.to_latest.get(&draft.id).or_else(rendered).cloned();
        known.unwrap_or_else(|| Lineage::between(&draft.issued, &latest.issued))
    }
}

/// The draft that another was made from, where it was given.
pub(crate) fn base_of<'a>(
    draft: &DraftBlock,
    given: &'a BTreeMap<DraftId, Arc<DraftBlock>>,
) -> Option<&'a DraftBlock> {
    let base = given.get(draft.base.as_ref()?)?;
    Some(base)
}

pub(crate) fn identity(issued: &IssuedDraft) -> Lineage {
    Lineage::identity(issued.draft.provisions().len())
}
