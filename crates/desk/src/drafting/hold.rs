//! Whether a draft could be given to the parties once it is issued, and a series of deliveries before the first of them is recorded.

use std::collections::BTreeMap;

use onetext_paper::dossier::{add_act, add_unnamed_act};
use onetext_talks::{Record, RoomId, SeatId, Viewer};
use serde_json::{Map, Value, json};

use super::foresee::{NewDraft, suppose_draft};
use crate::act::ActRefused;
use crate::books::Books;
use crate::error::DeskError;
use crate::reading::rooms_to_speak_in;

/// A delivery that would be refused.
#[derive(Debug)]
pub struct Withheld {
    /// To whom.
    pub seat: SeatId,
    /// In which room.
    pub room: RoomId,
    /// Why.
    pub why: ActRefused,
}

/// To which of these seats a draft that is not issued yet could not be delivered once it is, in the smallest room that each shares
/// with who issues it. Nothing is recorded.
///
/// # Errors
/// Where it cannot be asked; within, [`ActRefused::NotInOrder`] where it could not be issued.
pub fn foresee_refusals(
    books: &Books,
    viewer: &Viewer,
    draft: &NewDraft<'_>,
    answers: &[Map<String, Value>],
    seats: &[SeatId],
) -> Result<Result<Vec<Withheld>, ActRefused>, DeskError> {
    let mut record = Record::clone(&books.record());
    if let Err(errors) = suppose_draft(&mut record, draft) {
        return Ok(Err(ActRefused::NotInOrder(errors)));
    }
    if let Some(refused) = tried(&mut record, answers).into_iter().flatten().next() {
        return Ok(Err(refused));
    }
    let rooms = rooms_to_speak_in(books, viewer);
    let others = seats.iter().filter(|seat| **seat != viewer.seat);
    let shared = others.filter_map(|seat| {
        let mut rooms = rooms.iter();
        let (room, _) = rooms.find(|(_, members)| members.contains(seat))?;
        Some((seat, room))
    });
    let mut withheld = Vec::new();
    for (seat, room) in shared {
        let fields = json!({
            "kind": "deliver", "room": room.as_str(),
            "by": viewer.seat.as_str(), "recorded_by": viewer.seat.as_str(), "draft": draft.id,
            "to": [seat.as_str()], "channel": "official", "on": draft.on,
        });
        let fields = fields.as_object().cloned().unwrap_or_default();
        let refused = tried(&mut record, &[fields]).into_iter().flatten().next();
        withheld.extend(refused.map(|why| Withheld {
            seat: seat.clone(),
            room: room.clone(),
            why,
        }));
    }
    Ok(Ok(withheld))
}

/// Why each of these acts, one after the other, would be refused; none where it would be recorded. Nothing is.
#[must_use]
pub fn foresee_acts(books: &Books, acts: &[Map<String, Value>]) -> Vec<Option<ActRefused>> {
    tried(&mut Record::clone(&books.record()), acts)
}

/// Puts acts into a record, one after the other.
fn tried(record: &mut Record, acts: &[Map<String, Value>]) -> Vec<Option<ActRefused>> {
    let tried = acts.iter().map(|act| {
        let (files, number) = (&mut BTreeMap::new(), record.acts.len());
        let added = match act.contains_key("id") {
            true => add_act(record, act, files),
            // Several are tried on one record: each goes by its place.
            false => add_unnamed_act(record, act, number, files),
        };
        added.err()
    });
    let tried = tried.collect::<Vec<_>>().into_iter();
    tried
        .map(|errors| errors.map(ActRefused::NotInOrder))
        .collect()
}
