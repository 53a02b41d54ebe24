//! Language versions of the latest draft: changed in one, not yet in the other.

use std::sync::Arc;

use super::{Board, TextBoard};
use crate::record::DraftBlock;
use crate::shelf::digests;
use crate::status::VersionCard;
use crate::version::same_shape;

impl Board {
    pub(super) fn version_cards(&self, board: &TextBoard) -> Vec<VersionCard> {
        let Some(latest) = board.shelf.latest.map(|latest| &board.shelf.sheets[latest]) else {
            return Vec::new();
        };
        let Some(of) = self.state.drafts.get(&latest.name) else {
            return Vec::new();
        };
        let versions = self.state.drafts.values().filter(|version| {
            version.renders.as_ref() == Some(&of.id) && same_shape(&of.issued, &version.issued)
        });
        versions
            .map(|version| self.version_card(of, version))
            .collect()
    }

    /// Held against the draft before it and that one's version in the same language, where both were given.
    fn version_card(&self, of: &Arc<DraftBlock>, version: &Arc<DraftBlock>) -> VersionCard {
        let mut card = VersionCard {
            draft: version.id.clone(),
            language: version.language.clone(),
            behind: Vec::new(),
            ahead: Vec::new(),
        };
        let base = of
            .base
            .as_ref()
            .and_then(|base| self.state.drafts.get(base));
        let before = base.and_then(|base| {
            let mut drafts = self.state.drafts.values();
            drafts.find(|before| {
                before.renders.as_ref() == Some(&base.id)
                    && before.language == version.language
                    && same_shape(&base.issued, &before.issued)
            })
        });
        let (Some(base), Some(before), Some(step)) = (base, before, &of.issued.lineage) else {
            return card;
        };
        let (was, now) = (digests(&base.issued), digests(&of.issued));
        let (was_here, now_here) = (digests(&before.issued), digests(&version.issued));
        for (row, provision) in of.issued.draft.provisions().iter().enumerate() {
            let Some(from) = step.predecessors.get(row).and_then(|from| from.first()) else {
                continue;
            };
            let changed = was.get(*from) != now.get(row);
            let changed_here = was_here.get(*from) != now_here.get(row);
            match (changed, changed_here) {
                (true, false) => card.behind.push(provision.path.clone()),
                (false, true) => card.ahead.push(provision.path.clone()),
                _ => {}
            }
        }
        card
    }
}
