//! The order of a record: by the recorders' clocks. An act's parents come before it: their clock is not later, and they lie
//! less deep.

use onetext_seal::{ActDigest, Moment};

use crate::workspace::Stands;

/// What tells one act's place from another's, nearly always.
type Key = (Moment, u64, u32);

fn key<T>(act: &Stands<T>) -> Key {
    (act.recorded, act.depth, act.room)
}

/// The places of the acts in the order of the record.
pub(super) fn in_order<T>(acts: &[Stands<T>]) -> Vec<u32> {
    let keyed: Vec<(Key, u32)> = (0..)
        .zip(acts)
        .map(|(place, act)| (key(act), place))
        .collect();
    sorted(acts, keyed)
}

/// Sorts some places of acts in the order of the record.
pub(super) fn sort<T>(acts: &[Stands<T>], places: &mut Vec<u32>) {
    let keyed = places
        .iter()
        .filter_map(|place| Some((key(acts.get(*place as usize)?), *place)))
        .collect();
    *places = sorted(acts, keyed);
}

fn sorted<T>(acts: &[Stands<T>], mut keyed: Vec<(Key, u32)>) -> Vec<u32> {
    let id = |place: u32| -> Option<ActDigest> { acts.get(place as usize).map(|act| act.id) };
    keyed.sort_by(|(one, place), (other, another)| {
        one.cmp(other).then_with(|| id(*place).cmp(&id(*another)))
    });
    keyed.into_iter().map(|(_, place)| place).collect()
}
