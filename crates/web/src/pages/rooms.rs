//! Rooms as whoever reads knows them: by who sits there, with the handle beside it.

use maud::{Markup, html};
use onetext_talks::{RoomId, SeatId, Status};

use super::seat_name;
use crate::office::View;
use crate::words::Words;

/// The rooms that a seat may enter, with who sits in each: the smallest first, its own alone last.
pub(crate) struct Rooms(Vec<(RoomId, Vec<SeatId>)>);

impl Rooms {
    pub(crate) fn of(view: &View) -> Rooms {
        Rooms(onetext_desk::rooms_to_speak_in(&view.books, &view.viewer))
    }

    /// Each room with its members.
    pub(crate) fn all(&self) -> &[(RoomId, Vec<SeatId>)] {
        &self.0
    }

    /// Who sits in a room; nobody where it is none of the seat's.
    pub(crate) fn members(&self, room: &str) -> &[SeatId] {
        let mut rooms = self.0.iter();
        let found = rooms.find(|(own, _)| own.as_str() == room);
        found.map_or(&[], |(_, members)| members)
    }

    /// A room in plain words, for the line of a list to choose from: who sits there, and the handle.
    pub(crate) fn plain(&self, status: &Status, room: &str) -> String {
        let names = self.members(room).iter();
        let names: Vec<&str> = names.map(|seat| seat_name(status, seat.as_str())).collect();
        match names.is_empty() {
            true => room.to_owned(),
            false => format!("{} ({room})", names.join(", ")),
        }
    }

    /// A room in a sentence or a cell.
    pub(crate) fn shown(&self, status: &Status, room: &str) -> Markup {
        let members = self.members(room);
        html! {
            @if members.is_empty() { bdi { (room) } } @else {
                @for (place, seat) in members.iter().enumerate() { @if place > 0 { ", " } bdi { (seat_name(status, seat.as_str())) } }
                " " span class="small" { "(" bdi { (room) } ")" }
            }
        }
    }

    /// The rooms to choose from. Where none is chosen the first is, but where `ask` says so: then nothing is, and one must be.
    pub(crate) fn options(&self, status: &Status, chosen: &str, ask: Option<Words>) -> Markup {
        html! {
            @if let Some(w) = ask { option value="" { (w.say("record-choose")) } }
            @for (room, _) in &self.0 { option value=(room) selected[room.as_str() == chosen] { (self.plain(status, room.as_str())) } }
        }
    }
}
