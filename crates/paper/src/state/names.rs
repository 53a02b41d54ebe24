//! The names that people read, for the handles that the record writes.

use onetext_talks::{Role, SeatCard, SeatId, Status};

/// The seats of a process by name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Names<'a>(&'a [SeatCard]);

impl<'a> Names<'a> {
    /// Of this process.
    pub(super) fn of(status: &'a Status) -> Self {
        Names(&status.seats)
    }

    /// A seat's name, or its handle where it has none.
    pub(super) fn seat(self, id: &'a SeatId) -> &'a str {
        self.name(id.as_str())
    }

    /// A seat's name where the handle is a seat's; else the handle: a person's, or free words.
    pub(super) fn name(self, handle: &'a str) -> &'a str {
        self.0
            .iter()
            .find(|seat| seat.id.as_str() == handle)
            .map_or(handle, |seat| {
                if seat.name.is_empty() {
                    handle
                } else {
                    &seat.name
                }
            })
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
            .iter()
            .find(|seat| &seat.id == id)
            .map(|seat| seat.role)
    }
}
