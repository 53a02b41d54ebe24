//! From what was said to the acts that a record keeps, in an order in which each can be signed.

use onetext_talks::{
    Act, ActId, BlockKind, DraftBlock, Person, Record, Room, RoomId, Seat, SeatId, Text,
};
use serde_json::{Map, Value};

use super::body::Fields;
use super::place::{Author, Placing};
use super::told::Fact;
use super::{Entry, Ledger};

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
#[error("{act} stands in {room}, where {seat} does not sit")]
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
    let mut placing = Placing::of(record, Default::default(), scribe);
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

impl Ledger {
    /// Makes room for a seat that says who it is where it stands in the record by itself alone: the founder's.
    pub(crate) fn forget_what_stands_by_itself(
        &mut self,
        sort: BlockKind,
        fields: &Map<String, Value>,
    ) {
        let named = fields.get("id").and_then(Value::as_str).map(SeatId::from);
        let Some(seat) =
            named.filter(|seat| sort == BlockKind::Seat && *seat == self.record.process.pen_holder)
        else {
            return;
        };
        if !self
            .told
            .knows(&RoomId::plenary(), &Fact::Seat(seat.clone()))
        {
            self.record.seats.retain(|known| known.id != seat);
        }
    }

    /// What the last block of a sort says, in words, and the seats that may say it, the one whose it is first.
    pub(crate) fn who_says(&self, sort: BlockKind) -> (String, Vec<SeatId>) {
        let record = &self.record;
        let pen_holder = record.process.pen_holder.clone();
        let said = match sort {
            BlockKind::Person => record.persons.last().map(|person| {
                (
                    format!("who {} is", person.id),
                    vec![person.seat.clone(), pen_holder.clone()],
                )
            }),
            BlockKind::Room => record.rooms.last().map(|room| {
                let others = room
                    .members
                    .iter()
                    .filter(|seat| **seat != pen_holder)
                    .cloned();
                let pen_holder = room
                    .members
                    .iter()
                    .find(|seat| **seat == pen_holder)
                    .cloned();
                (
                    format!("who sits in {}", room.id),
                    pen_holder.into_iter().chain(others).collect(),
                )
            }),
            BlockKind::Text => record
                .texts
                .last()
                .map(|text| (format!("what {} is", text.id), vec![text.issuer.clone()])),
            BlockKind::Draft => record
                .drafts
                .last()
                .map(|draft| (format!("what {} says", draft.id), vec![draft.by.clone()])),
            _ => None,
        };
        said.unwrap_or_else(|| ("who sits at the process".to_owned(), vec![pen_holder]))
    }

    /// Enters the last block of a sort, in the rooms where the scribe must tell of it.
    pub(crate) fn enter_block(&mut self, sort: BlockKind, scribe: &Scribe) -> Vec<Entry> {
        let record = &self.record;
        let told = std::mem::take(&mut self.told);
        let manifests = std::mem::take(&mut self.manifests);
        let mut placing = Placing::of(record, (told, manifests), scribe);
        let pen_holder = &record.process.pen_holder;
        match sort {
            BlockKind::Seat => record
                .seats
                .last()
                .into_iter()
                .for_each(|seat| seat_down(seat, pen_holder, &mut placing)),
            BlockKind::Room => record.rooms.last().into_iter().for_each(|room| {
                let founder = match scribe {
                    Scribe::Seat(seat) => Author::seat(seat),
                    Scribe::EachSeat => placing.somebody_in(&room.id, pen_holder),
                };
                declare(room, &founder, &mut placing);
            }),
            BlockKind::Person => record
                .persons
                .last()
                .into_iter()
                .for_each(|person| introduce(person, pen_holder, &mut placing)),
            BlockKind::Text => record
                .texts
                .last()
                .into_iter()
                .for_each(|text| lay_down(text, &mut placing)),
            BlockKind::Draft => record
                .drafts
                .last()
                .into_iter()
                .for_each(|draft| issue(draft, &mut placing)),
            BlockKind::Process | BlockKind::Act => {}
        }
        let (entries, told, manifests) = placing.finish();
        (self.told, self.manifests) = (told, manifests);
        entries
    }

    /// Enters the last act of the record, after what its room needs to be told first.
    ///
    /// # Errors
    /// [`NotEntered`] where the scribe does not sit in its room.
    pub fn enter_last(&mut self, scribe: &Scribe) -> Result<Vec<Entry>, NotEntered> {
        let told = std::mem::take(&mut self.told);
        let manifests = std::mem::take(&mut self.manifests);
        let mut placing = Placing::of(&self.record, (told, manifests), scribe);
        let entered = match self.record.acts.last() {
            Some(act) => enter_act(act, &mut placing),
            None => Ok(()),
        };
        let (entries, told, manifests) = placing.finish();
        (self.told, self.manifests) = (told, manifests);
        entered.map(|()| entries)
    }
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
        seat_down(seat, pen_holder, placing);
    }
    for room in &record.rooms {
        let founder = placing.somebody_in(&room.id, pen_holder);
        declare(room, &founder, placing);
    }
    record
        .persons
        .iter()
        .for_each(|person| introduce(person, pen_holder, placing));
    record.texts.iter().for_each(|text| lay_down(text, placing));
    record.drafts.iter().for_each(|draft| issue(draft, placing));
}

/// A seat is given by the pen-holder, to all.
fn seat_down(seat: &Seat, pen_holder: &SeatId, placing: &mut Placing<'_>) {
    let founder = Author::seat(pen_holder);
    let fact = Fact::Seat(seat.id.clone());
    placing.tell(&RoomId::plenary(), fact, &founder, |_| {
        Fields::of("seat").with_all(seat)
    });
}

/// A room is declared by one of its members, in it.
fn declare(room: &Room, founder: &Author, placing: &mut Placing<'_>) {
    placing.tell(&room.id, Fact::Members, founder, |_| {
        Fields::of("room")
            .with("id", &room.id)
            .with("members", &room.members)
    });
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
