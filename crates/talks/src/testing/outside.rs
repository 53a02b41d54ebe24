//! What a viewer must not notice (law 2): rooms, persons, texts, drafts and acts outside its rooms, added to a record
//! in any places of it.

use std::collections::BTreeSet;

use super::{Choices, act, drafts, person, text};
use crate::act::Deed;
use crate::board::Viewer;
use crate::check::check;
use crate::names::{DraftId, RoomId, SeatId};
use crate::record::{PointRef, Record, Room, TextKind};

/// The most acts that are added.
const MOST_ACTS: usize = 25;

/// The same record with more in it that this viewer's rooms do not hold: whatever these numbers give, it passes
/// [`check`](crate::check()).
///
/// Nothing that the viewer's rooms hold is changed or named: what is added is declared by seats whose delegation rooms
/// the viewer may not enter, under handles that stand nowhere else, but for a draft that may be called as a seat calls
/// its own copy.
#[must_use]
pub fn with_more_outside(record: &Record, viewer: &Viewer, numbers: &[u32]) -> Record {
    let mut choices = Choices::new(numbers);
    let entered = record.rooms_of(viewer).unwrap_or_default();
    let entered: BTreeSet<RoomId> = entered.into_keys().collect();
    let closed = record.seats.iter().map(|seat| &seat.id);
    let closed: Vec<SeatId> = closed
        .filter(|seat| !entered.contains(&RoomId::chamber(seat)))
        .cloned()
        .collect();
    let mut adding = Adding {
        choices: &mut choices,
        record: record.clone(),
        closed,
    };
    adding.rooms(viewer);
    if adding.closed.contains(&record.process.pen_holder) {
        adding.persons();
    }
    adding.texts();
    adding.drafts();
    adding.acts(&entered);
    adding.record
}

struct Adding<'c, 'n> {
    choices: &'c mut Choices<'n>,
    record: Record,
    /// The seats whose delegation rooms the viewer may not enter.
    closed: Vec<SeatId>,
}

impl Adding<'_, '_> {
    /// Puts something into a list, anywhere.
    fn insert<T>(choices: &mut Choices<'_>, list: &mut Vec<T>, item: T) {
        list.insert(choices.below(list.len() + 1), item);
    }

    /// Keeps what was added, where its author may record it.
    fn keep_or_undo(&mut self, before: Record, wanted: bool) {
        if !wanted || !check(&self.record).is_empty() {
            self.record = before;
        }
    }

    /// Rooms of others; and of the viewer's own seat too, where that may not enter all of them.
    fn rooms(&mut self, viewer: &Viewer) {
        let mut seats: Vec<SeatId> = self
            .record
            .seats
            .iter()
            .map(|seat| seat.id.clone())
            .collect();
        seats.retain(|seat| viewer.rooms.is_some() || *seat != viewer.seat);
        for number in 0..1 + self.choices.below(2) {
            let members: Vec<SeatId> = self.choices.some(&seats).into_iter().cloned().collect();
            if !members.is_empty() {
                let id = format!("side room {number}").into();
                Self::insert(self.choices, &mut self.record.rooms, Room { id, members });
            }
        }
    }

    fn persons(&mut self) {
        for seat in self.closed.clone() {
            for number in 7..7 + self.choices.below(3) {
                let added = person(self.choices, &self.record, &seat, number);
                Self::insert(self.choices, &mut self.record.persons, added);
            }
        }
    }

    fn texts(&mut self) {
        for _ in 0..1 + self.choices.below(2) {
            let kind = self.choices.below(5);
            let mut added = text(self.choices, &self.record.seats, kind);
            if let Some(issuer) = self.choices.pick(&self.closed) {
                added.issuer = issuer.clone();
                added.id = format!("text{}", self.record.texts.len()).into();
                let own = self.record.drafts.iter();
                let own: Vec<_> = own.filter(|draft| draft.by == *issuer).collect();
                if added.kind == TextKind::Side
                    && let Some(draft) = self.choices.pick(&own)
                    && let Some(provision) = self.choices.pick(draft.issued.draft.provisions())
                {
                    added.linked_to.push(PointRef {
                        draft: draft.id.clone(),
                        path: provision.path.clone(),
                    });
                }
                Self::insert(self.choices, &mut self.record.texts, added);
            }
        }
    }

    /// Drafts of what was added and of what was there, with the bases they may have.
    fn drafts(&mut self) {
        for _ in 0..2 + self.choices.below(3) {
            let before = self.record.clone();
            let number = self.choices.below(before.texts.len());
            let text = &before.texts[number];
            let of_text = before.drafts.iter().enumerate();
            let bases: Vec<usize> = of_text
                .filter(|(_, draft)| draft.text == text.id && self.closed.contains(&draft.by))
                .map(|(number, _)| number)
                .collect();
            let base = self.choices.pick(&bases).copied();
            let base = base.filter(|_| self.choices.chance(70));
            let words = base.map(|base| &before.drafts[base].issued.draft);
            let points = drafts::points_after(self.choices, words);
            let id: DraftId = match self.choices.chance(20) {
                true => "our copy".into(),
                false => format!("v{}", before.drafts.len()).into(),
            };
            drafts::add_draft(self.choices, &mut self.record, number, base, &points, id);
            let added = self.record.drafts.len() > before.drafts.len();
            let last = self.record.drafts.pop_if(|_| added);
            let by_others = last.is_some_and(|draft| {
                let by_others = self.closed.contains(&draft.by);
                Self::insert(self.choices, &mut self.record.drafts, draft);
                by_others
            });
            self.keep_or_undo(before, by_others);
        }
    }

    fn acts(&mut self, entered: &BTreeSet<RoomId>) {
        let there = self.record.acts.len();
        let outside = |room: &RoomId| !entered.contains(room);
        if !self.record.all_rooms().keys().any(outside) {
            return;
        }
        while self.choices.left() && self.record.acts.len() < there + MOST_ACTS {
            let before = self.record.clone();
            let added = act(self.choices, &self.record, outside);
            // What settles how a draft continues its base is part of the draft, which is given.
            let wanted = !matches!(added.deed, Deed::Align(_));
            let place = self.choices.below(self.record.acts.len() + 1);
            self.record.acts.insert(place, added);
            self.keep_or_undo(before, wanted);
        }
    }
}

/// Every name that occurs in a record, with provisions of its texts and drafts, and some that nothing has: what
/// somebody could ask about.
#[must_use]
pub fn names(record: &Record) -> Vec<String> {
    let mut names: Vec<String> = ["process", &record.process.id, "nothing", "nothing#1"]
        .map(str::to_owned)
        .to_vec();
    names.extend(record.seats.iter().map(|seat| seat.id.to_string()));
    names.extend(record.persons.iter().map(|person| person.id.to_string()));
    names.extend(record.rooms.iter().map(|room| room.id.to_string()));
    for text in &record.texts {
        let id = &text.id;
        names.extend([id.to_string(), format!("{id}#1"), format!("{id}#2.a")]);
    }
    for draft in &record.drafts {
        names.push(draft.id.to_string());
        let provisions = draft.issued.draft.provisions().iter();
        names.extend(provisions.map(|provision| format!("{}#{}", draft.id, provision.path)));
    }
    for act in &record.acts {
        names.push(act.id.to_string());
        match &act.deed {
            Deed::Statement(said) => {
                names.extend(said.claims.iter().map(|claim| claim.id.to_string()));
            }
            Deed::Understanding(reached) => {
                names.extend(reached.tenets.iter().map(|tenet| tenet.id.to_string()));
            }
            _ => {}
        }
    }
    names
}
