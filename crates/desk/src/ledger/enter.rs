//! From what was said to the acts that a record keeps, in an order in which each can be signed.

use onetext_talks::{Act, ActId, DraftBlock, Person, Record, RoomId, SeatId, Text};

use super::Entry;
use super::body::Fields;
use super::place::{Author, Placing};
use super::told::{Fact, Told};

/// Who writes it down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scribe {
    /// Whoever wrote each act down, as the record says: on a host that has a key for each seat.
    EachSeat,
    /// One seat, whose site signs everything: what another seat had written down becomes reported.
    Seat(SeatId),
}

/// What was entered.
#[derive(Debug, Clone)]
pub struct Entered {
    /// The acts, each after those that it needs.
    pub entries: Vec<Entry>,
    /// How many acts the scribe writes down for a seat that had written its own.
    pub reported: usize,
}

/// Why a record cannot be entered by this scribe.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the act {act} stands in {room}, where {seat} does not sit")]
pub struct NotEntered {
    /// The act.
    pub act: ActId,
    /// Its room.
    pub room: RoomId,
    /// Who was to write it down.
    pub seat: SeatId,
}

/// Enters a whole record.
///
/// What one scribe cannot write because it does not sit in the room is left out where it only tells the room what its
/// seat knows already; an act is refused.
///
/// # Errors
/// [`NotEntered`], for the first act of a room where the scribe does not sit.
pub fn enter(record: &Record, scribe: &Scribe) -> Result<Entered, NotEntered> {
    let mut placing = Placing::of(record, Told::default(), scribe);
    found(record, &mut placing);
    let mut reported = 0;
    for act in &record.acts {
        reported += usize::from(placing.reports(act));
        enter_act(act, &mut placing)?;
    }
    Ok(Entered {
        entries: placing.entries,
        reported,
    })
}

/// Enters one act, after what its room needs to be told first.
pub(super) fn enter_act(act: &Act, placing: &mut Placing<'_>) -> Result<(), NotEntered> {
    if let Some(seat) = placing.kept_out(&act.room) {
        return Err(NotEntered {
            act: act.id.clone(),
            room: act.room.clone(),
            seat: seat.clone(),
        });
    }
    placing.tell_what_it_names(act);
    placing.put_act(act);
    Ok(())
}

/// The process, its seats and rooms, and what each seat knows of its own.
fn found(record: &Record, placing: &mut Placing<'_>) {
    let pen_holder = &record.process.pen_holder;
    let plenary = RoomId::plenary();
    let founder = Author::seat(pen_holder);
    placing.tell(&plenary, Fact::Process, &founder, |_| {
        Fields::of("process").with_all(&record.process)
    });
    for seat in &record.seats {
        placing.tell(&plenary, Fact::Seat(seat.id.clone()), &founder, |_| {
            Fields::of("seat").with_all(seat)
        });
    }
    for room in &record.rooms {
        let founder = placing.somebody_in(&room.id, pen_holder);
        placing.tell(&room.id, Fact::Members, &founder, |_| {
            Fields::of("room")
                .with("id", &room.id)
                .with("members", &room.members)
        });
    }
    record
        .persons
        .iter()
        .for_each(|person| introduce(person, pen_holder, placing));
    record.texts.iter().for_each(|text| lay_down(text, placing));
    record.drafts.iter().for_each(|draft| issue(draft, placing));
}

/// A person is known to its seat and to the pen-holder.
pub(super) fn introduce(person: &Person, pen_holder: &SeatId, placing: &mut Placing<'_>) {
    placing.tell_person(
        person,
        &RoomId::chamber(&person.seat),
        &Author::seat(&person.seat),
    );
    placing.tell_person(
        person,
        &RoomId::chamber(pen_holder),
        &Author::seat(pen_holder),
    );
}

/// A text is known to its issuer.
pub(super) fn lay_down(text: &Text, placing: &mut Placing<'_>) {
    placing.tell_text(
        text,
        &RoomId::chamber(&text.issuer),
        &Author::seat(&text.issuer),
    );
}

/// A draft is known to its issuer.
pub(super) fn issue(draft: &DraftBlock, placing: &mut Placing<'_>) {
    placing.give(draft, &RoomId::chamber(&draft.by), &Author::seat(&draft.by));
}
