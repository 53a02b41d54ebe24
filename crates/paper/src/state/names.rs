//! The names that people read, for the handles that the record writes.

use onetext_talks::{PersonId, Role, SeatId, Status};

/// The seats of a process, and the persons that the viewer knows of, by name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Names<'a>(&'a Status);

impl<'a> Names<'a> {
    /// Of this process.
    pub(super) fn of(status: &'a Status) -> Self {
        Names(status)
    }

    /// A seat's name, or its handle where it has none.
    pub(super) fn seat(self, id: &'a SeatId) -> &'a str {
        self.name(id.as_str())
    }

    /// The name of a seat or of a person; else the handle: free words, or somebody not known here.
    pub(super) fn name(self, handle: &'a str) -> &'a str {
        let seats = self.0.seats.iter();
        let persons = self.0.persons.iter();
        let names = seats
            .map(|seat| (seat.id.as_str(), &seat.name))
            .chain(persons.map(|person| (person.id.as_str(), &person.name)));
        let mut named = names.filter(|(id, name)| *id == handle && !name.is_empty());
        named.next().map_or(handle, |(_, name)| name)
    }

    /// A person's name, or its handle where it has none.
    pub(super) fn person(self, id: &'a PersonId) -> &'a str {
        self.name(id.as_str())
    }

    /// The names of several seats.
    pub(super) fn seats(self, ids: &'a [SeatId]) -> Vec<&'a str> {
        ids.iter().map(|id| self.seat(id)).collect()
    }

    /// The names of seats and persons.
    pub(super) fn all(self, handles: &'a [String]) -> Vec<&'a str> {
        handles.iter().map(|handle| self.name(handle)).collect()
    }

    /// A seat's role.
    pub(super) fn role(self, id: &SeatId) -> Option<Role> {
        self.0
            .seats
            .iter()
            .find(|seat| &seat.id == id)
            .map(|seat| seat.role)
    }
}
