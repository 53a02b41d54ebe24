//! Circulation: which drafts each seat has been given, by which channel, in which order.

use std::collections::{BTreeMap, BTreeSet};

use crate::act::{Acknowledge, Act, Channel, Deed};
use crate::board::Viewer;
use crate::mutant::off;
use crate::names::SeatId;
use crate::record::{Process, Role, Seat, Text};
use crate::shelf::{Shelf, Source};
use crate::state::State;
use crate::status::Exposure;
use crate::when::When;

/// What one act gives: the sheet, and what it puts into the circulation of whom.
///
/// A delivery gives the draft to every seat of its room; a seat's own copy counts to that seat alone.
fn given_by<'a>(
    act: &'a Act,
    shelf: &Shelf,
    state: &'a State,
) -> Option<(usize, Exposure, Vec<&'a SeatId>)> {
    let entry = |sheet: usize, channel, place: &Option<String>| Exposure {
        draft: shelf.sheets[sheet].name.clone(),
        channel,
        on: act.on.clone(),
        place: place.clone(),
        copy_of: None,
        act: act.id.clone(),
    };
    match &act.deed {
        Deed::Deliver(deed) => {
            let sheet = shelf.find_draft(&deed.draft)?;
            let seats = state.rooms.get(&act.room)?.iter().collect();
            Some((sheet, entry(sheet, Some(deed.channel), &deed.place), seats))
        }
        Deed::Acknowledge(deed) if deed.copy.is_none() => {
            let sheet = shelf.find_draft(deed.draft.as_ref()?)?;
            if receipt_only(act, deed, state) {
                return None;
            }
            let channel = deed.channel.or(Some(Channel::Unofficial));
            Some((sheet, entry(sheet, channel, &None), vec![&act.seat]))
        }
        Deed::Acknowledge(deed) => {
            let copy = shelf.find_copy(&act.id)?;
            let copy_of = shelf.sheets[copy].copy_of();
            let exposure = Exposure {
                copy_of: copy_of.cloned(),
                ..entry(copy, deed.channel, &None)
            };
            // Who brought a copy of a draft has that draft.
            let equal = copy_of.and_then(|draft| shelf.find_draft(draft));
            Some((equal.unwrap_or(copy), exposure, vec![&act.seat]))
        }
        _ => None,
    }
}

/// Whether an acknowledgement only confirms the receipt of what was delivered to the seat by then, by the same channel.
fn receipt_only(act: &Act, receipt: &Acknowledge, state: &State) -> bool {
    let mut deliveries = state.other_acts();
    deliveries.any(|giving| match &giving.deed {
        Deed::Deliver(deliver) => {
            let seats = state.rooms.get(&giving.room);
            Some(&deliver.draft) == receipt.draft.as_ref()
                && receipt
                    .channel
                    .is_none_or(|channel| channel == deliver.channel)
                && seats.is_some_and(|seats| seats.contains(&act.seat))
                && !act.on.before(&giving.on)
        }
        _ => false,
    })
}

/// The last sheet that a seat had been given when it acted, as far as the viewer knows.
pub(crate) fn last_given(act: &Act, shelf: &Shelf, state: &State) -> Option<usize> {
    let given = state
        .other_acts()
        .filter(|giving| !act.on.before(&giving.on))
        .filter_map(|giving| given_by(giving, shelf, state))
        .filter(|(_, _, seats)| seats.contains(&&act.seat));
    // As for the latest draft: the last issued of those given; its own copy only where none was.
    let is_draft = |sheet: usize| !matches!(shelf.sheets[sheet].source, Source::Copy { .. });
    given
        .map(|(sheet, ..)| (is_draft(sheet), sheet))
        .max()
        .map(|(_, sheet)| sheet)
}

/// What circulation tells one viewer of one text.
#[derive(Debug)]
pub(crate) struct Circulation {
    /// What each seat was given, sheet by sheet, in order of time.
    given: BTreeMap<SeatId, Vec<(usize, Exposure)>>,
    issuer: SeatId,
    /// The seat whose circulation alone is shown; none for all.
    shown: Option<SeatId>,
    /// Language versions: each sheet, and the sheet that it renders.
    versions: Vec<(usize, usize)>,
    /// The seats whose silence means that there is nothing.
    told_all: BTreeSet<SeatId>,
}

impl Circulation {
    pub(crate) fn of(
        text: &Text,
        shelf: &Shelf,
        state: &State,
        viewer: &Viewer,
        process: &Process,
        seats: &[Seat],
    ) -> Circulation {
        let mut given: BTreeMap<SeatId, Vec<(usize, Exposure)>> = BTreeMap::new();
        for act in state.other_acts() {
            let Some((sheet, exposure, seats)) = given_by(act, shelf, state) else {
                continue;
            };
            for seat in seats {
                let entries = given.entry(seat.clone()).or_default();
                entries.push((sheet, exposure.clone()));
            }
        }
        Circulation {
            given,
            issuer: text.issuer.clone(),
            versions: shelf.versions.clone(),
            told_all: seats
                .iter()
                .map(|seat| seat.id.clone())
                .filter(|seat| viewer.knows_all_of(seat, process))
                .collect(),
            shown: if viewer.seat == process.pen_holder {
                None
            } else {
                Some(viewer.seat.clone())
            },
        }
    }

    /// Everything a seat was given, in order of time.
    pub(crate) fn to(&self, seat: &SeatId) -> impl DoubleEndedIterator<Item = &(usize, Exposure)> {
        self.given.get(seat).into_iter().flatten()
    }

    /// Whether a seat was given a sheet: no is said only in the pen-holder's view and the seat's own.
    pub(crate) fn seen(&self, seat: &SeatId, sheet: usize) -> Option<bool> {
        // Who was given a language version was given what it renders.
        let is_it = |index: usize| index == sheet || self.versions.contains(&(index, sheet));
        let given = self.to(seat).any(|(index, _)| is_it(*index));
        if *seat == self.issuer || given || off("who was given what is known") {
            return Some(true);
        }
        self.tells_all(seat).then_some(false)
    }

    /// The same, of what was given at a time that counts.
    pub(crate) fn seen_by(
        &self,
        seat: &SeatId,
        sheet: usize,
        counts: &dyn Fn(&When) -> bool,
    ) -> Option<bool> {
        let is_it = |index: usize| index == sheet || self.versions.contains(&(index, sheet));
        let given = |(index, exposure): &(usize, Exposure)| is_it(*index) && counts(&exposure.on);
        if *seat == self.issuer || self.to(seat).any(given) {
            return Some(true);
        }
        self.tells_all(seat).then_some(false)
    }

    /// Whether silence of this seat means that there is nothing: in the pen-holder's view and the seat's own.
    pub(crate) fn tells_all(&self, seat: &SeatId) -> bool {
        self.told_all.contains(seat)
    }

    /// The entries that the viewer is shown: the pen-holder's of every party but the issuer and whoever was given
    /// something, everybody else's their own alone.
    pub(crate) fn entries(
        &self,
        parties: &[SeatId],
        seats: &[Seat],
    ) -> BTreeMap<SeatId, Vec<Exposure>> {
        let shown = seats.iter().filter(|seat| {
            let concerned = parties.contains(&seat.id) && seat.role != Role::Observer;
            let given = self.given.contains_key(&seat.id);
            let shown = self.shown.as_ref().is_none_or(|shown| *shown == seat.id);
            seat.id != self.issuer && (given || (concerned && self.tells_all(&seat.id))) && shown
        });
        shown
            .map(|seat| {
                (
                    seat.id.clone(),
                    self.to(&seat.id).map(|(_, entry)| entry.clone()).collect(),
                )
            })
            .collect()
    }
}
