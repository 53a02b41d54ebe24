//! A viewer's share of the record: what its rooms hold, as a record of its own.

use std::collections::BTreeSet;

use crate::board::{AskError, Cut, Viewer};
use crate::names::{DraftId, TextId};
use crate::record::{Record, Text};
use crate::state::State;

impl Record {
    /// The part of the record that a viewer's rooms hold, and nothing else of it: their acts, the persons, texts and
    /// drafts known through them; of a draft its base, and of a text its links, only where those are known too.
    ///
    /// # Errors
    /// [`AskError::Seat`] where the record has no such seat.
    pub fn share_of(&self, viewer: &Viewer, cut: &Cut) -> Result<Record, AskError> {
        let rooms = self.rooms_of(viewer)?;
        let logs = self.logs(&rooms, cut);
        let mut known = logs
            .iter()
            .map(State::of_room)
            .fold(State::default(), State::merge);
        crate::escrow::seal(&mut known, &viewer.seat);
        let given: BTreeSet<&DraftId> = known.drafts.keys().collect();
        let with_draft: BTreeSet<&TextId> =
            known.drafts.values().map(|draft| &draft.text).collect();

        let mut share = self.clone();
        share.rooms.retain(|room| rooms.contains_key(&room.id));
        share.acts.retain(|act| known.acts.contains_key(&act.id));
        share
            .persons
            .retain(|person| known.persons.contains_key(&person.id));
        share
            .texts
            .retain(|text| known.texts.contains_key(&text.id));
        share.drafts.retain(|draft| given.contains(&draft.id));
        for text in &mut share.texts {
            let full = text.issuer == viewer.seat || with_draft.contains(&text.id);
            limit(text, full, &given);
        }
        for draft in &mut share.drafts {
            draft.base = draft.base.take().filter(|base| given.contains(base));
            draft.renders = draft
                .renders
                .take()
                .filter(|rendered| given.contains(rendered));
        }
        for listed in share
            .persons
            .iter_mut()
            .filter_map(|person| person.rooms.as_mut())
        {
            listed.retain(|room| rooms.contains_key(room));
        }
        Ok(share)
    }
}

/// Known by name alone, a text shows neither whether it is required nor how it is counted nor what it is linked to.
fn limit(text: &mut Text, full: bool, given: &BTreeSet<&DraftId>) {
    text.linked_to
        .retain(|link| full && given.contains(&link.draft));
    if !full {
        text.required = false;
        text.ratifications = None;
        text.point_level = None;
    }
}
