//! Circulation: which drafts each seat has been given, by which channel, in which order.

use std::collections::{BTreeMap, BTreeSet};

use crate::act::{Channel, Deed};
use crate::board::Viewer;
use crate::names::SeatId;
use crate::record::{Process, Role, Seat, Text};
use crate::shelf::{Sheet, Shelf, Source};
use crate::state::State;
use crate::status::Exposure;

/// The deliveries and acknowledgements by which a seat has been given a sheet, in order.
///
/// A delivery gives the draft to every seat of its room; a seat's own copy counts to that seat alone.
pub(crate) fn given_to<'a>(
    seat: &'a SeatId,
    sheet: &'a Sheet,
    state: &'a State,
) -> impl Iterator<Item = Exposure> + 'a {
    state.other_acts().filter_map(move |act| {
        let entry = |channel, place: &Option<String>| Exposure {
            draft: sheet.name.clone(),
            channel,
            on: act.on.clone(),
            place: place.clone(),
            copy_of: None,
            act: act.id.clone(),
        };
        match (&act.deed, &sheet.source) {
            (Deed::Deliver(deed), Source::Draft) if deed.draft == sheet.name => state
                .rooms
                .get(&act.room)?
                .contains(seat)
                .then(|| entry(Some(deed.channel), &deed.place)),
            (Deed::Acknowledge(deed), Source::Draft)
                if deed.copy.is_none() && act.seat == *seat =>
            {
                let known = deed.draft.as_ref() == Some(&sheet.name);
                known.then(|| entry(deed.channel.or(Some(Channel::Unofficial)), &None))
            }
            (
                Deed::Acknowledge(deed),
                Source::Copy {
                    seat: owner,
                    act: id,
                    copy_of,
                    ..
                },
            ) => {
                let own = owner == seat && *id == act.id;
                own.then(|| Exposure {
                    copy_of: copy_of.clone(),
                    ..entry(deed.channel, &None)
                })
            }
            _ => None,
        }
    })
}

/// What circulation tells one viewer of one text.
#[derive(Debug)]
pub(crate) struct Circulation {
    /// What each seat was given, sheet by sheet, in order of time.
    given: BTreeMap<SeatId, Vec<(usize, Exposure)>>,
    issuer: SeatId,
    viewer: SeatId,
    pen_holder: bool,
}

impl Circulation {
    pub(crate) fn of(
        text: &Text,
        shelf: &Shelf,
        state: &State,
        viewer: &Viewer,
        process: &Process,
    ) -> Circulation {
        let seats: BTreeSet<&SeatId> = state.rooms.values().flatten().collect();
        let mut given: BTreeMap<SeatId, Vec<(usize, Exposure)>> = BTreeMap::new();
        for (index, sheet) in shelf.sheets.iter().enumerate() {
            for seat in &seats {
                for exposure in given_to(seat, sheet, state) {
                    given
                        .entry((*seat).clone())
                        .or_default()
                        .push((index, exposure));
                }
            }
        }
        for entries in given.values_mut() {
            entries
                .sort_by(|(_, one), (_, other)| (&one.on, &one.act).cmp(&(&other.on, &other.act)));
        }
        Circulation {
            given,
            issuer: text.issuer.clone(),
            viewer: viewer.seat.clone(),
            pen_holder: viewer.seat == process.pen_holder,
        }
    }

    /// Everything a seat was given, in order of time.
    pub(crate) fn to(&self, seat: &SeatId) -> impl DoubleEndedIterator<Item = &(usize, Exposure)> {
        self.given.get(seat).into_iter().flatten()
    }

    /// Whether a seat was given a sheet: no is said only in the pen-holder's view and the seat's own.
    pub(crate) fn seen(&self, seat: &SeatId, sheet: usize) -> Option<bool> {
        if *seat == self.issuer || self.to(seat).any(|(index, _)| *index == sheet) {
            return Some(true);
        }
        self.tells_all(seat).then_some(false)
    }

    /// Whether silence of this seat means that there is nothing: in the pen-holder's view and the seat's own.
    pub(crate) fn tells_all(&self, seat: &SeatId) -> bool {
        self.pen_holder || *seat == self.viewer
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
            seat.id != self.issuer && (given || concerned) && self.tells_all(&seat.id)
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
