//! Handles that are given twice.
//!
//! Seats and persons share one table of handles, because `by` takes either; so do acts and claims, because `of` does.

use std::collections::BTreeSet;

use super::{BlockKind, MOST_REFUSALS, Place, Refusal, Rule};
use crate::act::{Act, Deed};
use crate::names::RoomId;
use crate::record::Record;

type Handle<'r> = (&'r str, BlockKind, usize, Place);

pub(super) fn check(record: &Record) -> Vec<Refusal> {
    const ID: Place = Place::field("id");
    let seats = record
        .seats
        .iter()
        .enumerate()
        .map(|(index, seat)| (seat.id.as_str(), BlockKind::Seat, index, ID));
    let persons = record.persons.iter().enumerate();
    let persons = persons.map(|(index, person)| (person.id.as_str(), BlockKind::Person, index, ID));
    let rooms = record
        .rooms
        .iter()
        .enumerate()
        .map(|(index, room)| (room.id.as_str(), BlockKind::Room, index, ID));
    let texts = record
        .texts
        .iter()
        .enumerate()
        .map(|(index, text)| (text.id.as_str(), BlockKind::Text, index, ID));
    let drafts = record
        .drafts
        .iter()
        .enumerate()
        .map(|(index, draft)| (draft.id.as_str(), BlockKind::Draft, index, ID));
    let chambers: Vec<RoomId> = record
        .seats
        .iter()
        .map(|seat| RoomId::chamber(&seat.id))
        .collect();
    let standing = ["plenary", "public"]
        .into_iter()
        .chain(chambers.iter().map(|room| room.as_str()));
    let mut refusals = twice(seats.chain(persons), [], "a seat or a person");
    refusals.extend(twice(rooms, standing, "a room"));
    refusals.extend(twice(texts, [], "a text"));
    refusals.extend(twice(drafts, [], "a draft"));
    refusals.extend(twice(acts_and_claims(record), [], "an act or a claim"));
    refusals.extend(twice(tenets(record), [], "a tenet"));
    refusals
}

fn twice<'r>(
    handles: impl IntoIterator<Item = Handle<'r>>,
    standing: impl IntoIterator<Item = &'r str>,
    what: &str,
) -> Vec<Refusal> {
    let mut taken: BTreeSet<&str> = standing.into_iter().collect();
    let again = handles.into_iter().filter(|(id, ..)| !taken.insert(id));
    again
        .map(|(id, block, index, place)| {
            let message = format!("{id:?} already names {what}");
            Refusal::new(Rule::DuplicateId, (block, index), Some(place), message)
                .expected("a handle that is not taken")
        })
        .take(MOST_REFUSALS)
        .collect()
}

/// What of the last act's names was given before it, or twice in it.
pub(super) fn check_last_act(record: &Record) -> Vec<Refusal> {
    let mut refusals = again(record, names_of, "an act or a claim");
    refusals.extend(again(record, tenets_of, "a tenet"));
    refusals
}

/// Of the names that acts give, those of the last act that are not its first.
fn again<'r, N: Iterator<Item = Handle<'r>>>(
    record: &'r Record,
    names: impl Fn(usize, &'r Act) -> N,
    what: &str,
) -> Vec<Refusal> {
    let last = record.acts.len().saturating_sub(1);
    let act = record.acts.get(last);
    let own = act.into_iter().flat_map(|act| names(last, act));
    let unnamed = act.filter(|act| act.id.is_unnamed());
    let unnamed = unnamed.map(|act| act.id.as_str());
    let own: Vec<Handle<'r>> = own.filter(|(id, ..)| Some(*id) != unnamed).collect();
    if own.is_empty() {
        return Vec::new();
    }
    let before = record.acts.iter().enumerate().take(last);
    let before = before.flat_map(|(index, act)| names(index, act));
    let given = before.map(|(id, ..)| id);
    let given = given.filter(|id| own.iter().any(|(own, ..)| own == id));
    let given: Vec<&str> = given.collect();
    twice(own, given, what)
}

fn acts_and_claims(record: &Record) -> impl Iterator<Item = Handle<'_>> {
    let acts = record.acts.iter().enumerate();
    acts.flat_map(|(index, act)| names_of(index, act))
}

fn names_of(index: usize, act: &Act) -> impl Iterator<Item = Handle<'_>> {
    let claims = match &act.deed {
        Deed::Statement(deed) => deed.claims.as_slice(),
        _ => &[],
    };
    let claims = claims.iter().enumerate();
    let own = (act.id.as_str(), BlockKind::Act, index, Place::field("id"));
    std::iter::once(own).chain(claims.map(move |(item, claim)| {
        let place = Place {
            field: "claims",
            item: Some(item),
            inner: Some(("id", None)),
        };
        (claim.id.as_str(), BlockKind::Act, index, place)
    }))
}

fn tenets(record: &Record) -> impl Iterator<Item = Handle<'_>> {
    let acts = record.acts.iter().enumerate();
    acts.flat_map(|(index, act)| tenets_of(index, act))
}

fn tenets_of(index: usize, act: &Act) -> impl Iterator<Item = Handle<'_>> {
    let tenets = match &act.deed {
        Deed::Understanding(deed) => deed.tenets.as_slice(),
        _ => &[],
    };
    tenets.iter().enumerate().map(move |(item, tenet)| {
        let place = Place {
            field: "tenets",
            item: Some(item),
            inner: Some(("id", None)),
        };
        (tenet.id.as_str(), BlockKind::Act, index, place)
    })
}
