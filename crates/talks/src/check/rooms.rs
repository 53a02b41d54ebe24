//! Who sits where, answered quickly.

use std::collections::BTreeMap;

use crate::names::{RoomId, SeatId};
use crate::record::{Room, Seat};

/// The rooms of a process: those that were declared, a chamber for each seat, the plenary and the public.
#[derive(Debug, Clone)]
pub struct Rooms {
    seats: BTreeMap<SeatId, usize>,
    numbers: BTreeMap<RoomId, usize>,
    /// Per room one bit per seat.
    members: Vec<Vec<u64>>,
}

impl Rooms {
    /// The rooms of these seats. A member that is no seat is left out, and a declared room cannot take the name of one
    /// that is always there.
    #[must_use]
    pub fn new(seats: &[Seat], rooms: &[Room]) -> Rooms {
        let mut all = Rooms {
            seats: BTreeMap::new(),
            numbers: BTreeMap::new(),
            members: Vec::new(),
        };
        for (number, seat) in seats.iter().enumerate() {
            all.seats.entry(seat.id.clone()).or_insert(number);
        }
        all.add(RoomId::plenary(), seats.iter().map(|seat| &seat.id));
        all.add(RoomId::public(), seats.iter().map(|seat| &seat.id));
        for seat in seats {
            all.add(RoomId::chamber(&seat.id), [&seat.id]);
        }
        for room in rooms {
            all.add(room.id.clone(), &room.members);
        }
        all
    }

    fn add<'s>(&mut self, id: RoomId, members: impl IntoIterator<Item = &'s SeatId>) {
        if self.numbers.contains_key(&id) {
            return;
        }
        let mut bits = vec![0; self.seats.len().div_ceil(64)];
        for seat in members {
            if let Some((word, bit)) = self.bit(seat.as_str())
                && let Some(word) = bits.get_mut(word)
            {
                *word |= bit;
            }
        }
        self.numbers.insert(id, self.members.len());
        self.members.push(bits);
    }

    fn bit(&self, seat: &str) -> Option<(usize, u64)> {
        self.seats
            .get(seat)
            .map(|number| (number / 64, 1 << (number % 64)))
    }

    /// The number of a room, for the questions below.
    pub(crate) fn number(&self, room: &str) -> Option<usize> {
        self.numbers.get(room).copied()
    }

    /// Whether a seat sits in a room.
    pub(crate) fn sits(&self, seat: &str, room: usize) -> bool {
        let Some((word, bit)) = self.bit(seat) else {
            return false;
        };
        self.members
            .get(room)
            .and_then(|bits| bits.get(word))
            .is_some_and(|word| word & bit != 0)
    }

    /// Whether every member of the narrow room sits in the wide one.
    pub(crate) fn covers(&self, wide: usize, narrow: usize) -> bool {
        let (Some(wide), Some(narrow)) = (self.members.get(wide), self.members.get(narrow)) else {
            return false;
        };
        narrow
            .iter()
            .zip(wide)
            .all(|(narrow, wide)| narrow & !wide == 0)
    }

    /// Whether this seat alone sits in the room.
    pub(crate) fn only(&self, seat: &str, room: usize) -> bool {
        let count: u32 = self
            .members
            .get(room)
            .map_or(0, |bits| bits.iter().map(|word| word.count_ones()).sum());
        count == 1 && self.sits(seat, room)
    }

    /// Every room that has members, by name.
    #[cfg(any(test, feature = "testing"))]
    pub(crate) fn all(&self) -> impl Iterator<Item = (&RoomId, usize)> {
        let peopled = |room: &usize| self.members(*room).next().is_some();
        self.numbers
            .iter()
            .map(|(id, number)| (id, *number))
            .filter(move |(_, number)| peopled(number))
    }

    /// The rooms a seat sits in, by name.
    pub(crate) fn of_seat<'r>(&'r self, seat: &'r str) -> impl Iterator<Item = &'r str> {
        self.numbers
            .iter()
            .filter(|(_, number)| self.sits(seat, **number))
            .map(|(id, _)| id.as_str())
    }

    /// Who sits in a room.
    pub(crate) fn members(&self, room: usize) -> impl Iterator<Item = &SeatId> {
        self.seats
            .keys()
            .filter(move |seat| self.sits(seat.as_str(), room))
    }

    /// Who records an act where nobody is named: the pen-holder if it sits in the room, else the actor's seat.
    #[must_use]
    pub fn default_recorder(&self, room: &RoomId, pen_holder: &SeatId, actor: &SeatId) -> SeatId {
        match self.number(room.as_str()) {
            Some(number) if self.sits(pen_holder.as_str(), number) => pen_holder.clone(),
            _ => actor.clone(),
        }
    }
}
