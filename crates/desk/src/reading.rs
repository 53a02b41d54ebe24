//! "What does a draft say, and what changed from one to another?": of the drafts that a viewer has been given.

use std::sync::Arc;

use onetext_talks::{Cut, DraftId, RoomId, SeatId, TextId, Viewer};
use onetext_text::{IssuedDraft, Lineage, redline as redline_of};

use crate::books::Books;
use crate::error::DeskError;
use crate::redline::Comparison;

/// A draft, or a copy of one, that a viewer can read.
#[derive(Debug, Clone)]
pub struct ReadableDraft {
    /// Of which text.
    pub text: TextId,
    /// Its name.
    pub id: DraftId,
    /// What it says.
    pub issued: Arc<IssuedDraft>,
}

/// The drafts that a viewer can read, in the order of the texts, each text's as they came.
///
/// # Errors
/// Where the viewer is no seat of this process.
pub fn readable(
    books: &Books,
    viewer: &Viewer,
    cut: &Cut,
) -> Result<Vec<ReadableDraft>, DeskError> {
    let drafts = books.ask(viewer, cut, onetext_talks::Board::readable_drafts)?;
    Ok(drafts
        .into_iter()
        .map(|(text, id, issued)| ReadableDraft { text, id, issued })
        .collect())
}

/// What changed from one draft to another, by their lineage.
///
/// # Errors
/// Where this viewer can read no draft of such a name: hidden and unknown are one answer.
pub fn between(
    books: &Books,
    viewer: &Viewer,
    cut: &Cut,
    (old, new): (&str, &str),
) -> Result<Comparison, DeskError> {
    let drafts = readable(books, viewer, cut)?;
    let (before, after) = (named(&drafts, old)?, named(&drafts, new)?);
    let lineage = Lineage::between(&before.issued, &after.issued);
    let (old, new) = (before.issued.draft.clone(), after.issued.draft.clone());
    let redline = redline_of(&old, &new, &lineage.alignment());
    Ok(Comparison {
        old_name: before.id.to_string(),
        old,
        new_name: after.id.to_string(),
        new,
        redline,
    })
}

fn named<'d>(drafts: &'d [ReadableDraft], name: &str) -> Result<&'d ReadableDraft, DeskError> {
    let found = drafts.iter().find(|draft| draft.id.as_str() == name);
    found.ok_or_else(|| {
        DeskError::Ask(onetext_talks::AskError::Unknown {
            name: name.to_owned(),
            nearest: onetext_talks::nearest_hint(
                name,
                drafts.iter().map(|draft| draft.id.as_str()),
            ),
        })
    })
}

/// The rooms in which a viewer may put something on record, with their members: the smallest first, its own alone last.
#[must_use]
pub fn rooms_to_speak_in(books: &Books, viewer: &Viewer) -> Vec<(RoomId, Vec<SeatId>)> {
    let record = books.record();
    let enters = record.rooms_of(viewer).unwrap_or_default();
    let all = record.all_rooms();
    let mut rooms: Vec<(RoomId, Vec<SeatId>)> = all
        .into_iter()
        .filter(|(room, _)| enters.contains_key(room))
        .map(|(room, members)| (room, members.into_iter().collect()))
        .collect();
    rooms.sort_by_key(|(room, members)| (members.len() < 2, members.len(), room.clone()));
    rooms
}

/// That a seat says it has a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The draft, or the seat's own name for its copy.
    pub draft: DraftId,
    /// Whose receipt.
    pub seat: SeatId,
    /// When.
    pub on: onetext_talks::When,
    /// In which room.
    pub room: RoomId,
}

/// That a draft was given in a room, to everybody there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handed {
    /// The draft.
    pub draft: DraftId,
    /// In which room.
    pub room: RoomId,
    /// By which way.
    pub channel: onetext_talks::Channel,
    /// When.
    pub on: onetext_talks::When,
    /// The act that says so.
    pub act: onetext_talks::ActId,
}

/// The deliveries in the rooms of this viewer, as they were recorded.
#[must_use]
pub fn deliveries(books: &Books, viewer: &Viewer) -> Vec<Handed> {
    let record = books.record();
    let enters = record.rooms_of(viewer).unwrap_or_default();
    let acts = record.acts.iter();
    let deliveries = acts.filter(|act| enters.contains_key(&act.room));
    let deliveries = deliveries.filter_map(|act| match &act.deed {
        onetext_talks::Deed::Deliver(deed) => Some(Handed {
            draft: deed.draft.clone(),
            room: act.room.clone(),
            channel: deed.channel,
            on: act.on.clone(),
            act: act.id.clone(),
        }),
        _ => None,
    });
    deliveries.collect()
}

/// What seats acknowledged to have, in the rooms of this viewer, as it was recorded.
#[must_use]
pub fn receipts(books: &Books, viewer: &Viewer) -> Vec<Receipt> {
    let record = books.record();
    let enters = record.rooms_of(viewer).unwrap_or_default();
    let acts = record.acts.iter();
    let receipts = acts.filter(|act| enters.contains_key(&act.room));
    let receipts = receipts.filter_map(|act| match &act.deed {
        onetext_talks::Deed::Acknowledge(deed) => Some(Receipt {
            draft: deed.draft.clone()?,
            seat: act.seat.clone(),
            on: act.on.clone(),
            room: act.room.clone(),
        }),
        _ => None,
    });
    receipts.collect()
}
