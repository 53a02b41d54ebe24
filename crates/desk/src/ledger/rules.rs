//! Rules for authors that hold for what arrives too. A signed act is kept whatever it says; what breaks a rule that its
//! room's history decides is void, and what names an act that is not here waits. Both follow from the set of acts alone:
//! every site that has them says the same, in whatever order they came.

use std::collections::{BTreeMap, BTreeSet};

use super::Why;
use super::names::Handles;
use super::said::Said;
use crate::workspace::Stands;
use onetext_talks::{Act, Deed, Mention, RoomId, SeatId, StanceKind};

/// An act that can be named.
struct Named {
    room: RoomId,
    seat: SeatId,
    /// None where its body was erased.
    kind: Option<String>,
}

/// What can be named: acts, and the claims and tenets in them, void or not.
pub(super) struct Names(BTreeMap<String, Vec<Named>>);

impl Names {
    /// The acts that some body may name.
    pub(super) fn of(acts: &[Stands<Said>], rooms: &[String], handles: &Handles) -> Names {
        let mut names: BTreeMap<String, Vec<Named>> = BTreeMap::new();
        for act in handles.named(acts) {
            let act = act.nameable(rooms);
            let mut add = |name: &str| {
                names.entry(name.to_owned()).or_default().push(Named {
                    room: act.room.into(),
                    seat: act.seat.into(),
                    kind: act.kind.map(str::to_owned),
                });
            };
            let name = handles.name_of(&act.id, act.handle);
            // A handle that was taken twice is still that of an act in each of its rooms.
            act.handle
                .filter(|taken| *taken != name.as_str())
                .into_iter()
                .for_each(&mut add);
            add(name.as_str());
            act.within.iter().copied().for_each(add);
        }
        Names(names)
    }
}

/// Why an act does not count, or not yet; `rooms` says who sits in which room.
pub(super) fn against(
    act: &Act,
    names: &Names,
    rooms: &BTreeMap<RoomId, BTreeSet<SeatId>>,
) -> Result<(), (Why, String)> {
    let void = |reason: String| Err((Why::Void, reason));
    if let Some(reason) = misshapen(&act.deed) {
        return void(reason.to_owned());
    }
    let covers = |room: &RoomId| match (rooms.get(room), rooms.get(&act.room)) {
        (Some(wide), Some(own)) => own.is_subset(wide),
        _ => *room == act.room,
    };
    let found = |name: &str| {
        let mut named = names.0.get(name).into_iter().flatten();
        named.find(|named| covers(&named.room))
    };
    for mention in act.mentions() {
        let (Mention::Act(name) | Mention::ActOrClaim(name) | Mention::Tenet(name)) = mention
        else {
            continue;
        };
        if name == act.id.as_str() {
            return void("it names itself".to_owned());
        }
        // Of a room that not all who sit here sit in, nothing arrives for all of them.
        if found(name).is_none() {
            return Err((
                Why::Pending,
                format!("{name}, which it names, has not arrived"),
            ));
        }
    }
    let (name, what) = match &act.deed {
        Deed::Withdraw(deed) => (deed.of.as_str(), "takes back"),
        Deed::Release(deed) => (deed.of.as_str(), "releases"),
        Deed::Override(deed) => (deed.gate.as_str(), "sets aside"),
        _ => return Ok(()),
    };
    match found(name) {
        Some(other) if other.seat != act.seat => {
            void(format!("it {what} {name}, an act of {}", other.seat))
        }
        Some(other)
            if what == "sets aside" && other.kind.as_deref().is_some_and(|kind| kind != "gate") =>
        {
            void(format!("it sets aside {name}, which is no condition"))
        }
        _ => Ok(()),
    }
}

/// What is wrong with a deed in itself.
pub(super) fn misshapen(deed: &Deed) -> Option<&'static str> {
    match deed {
        Deed::Stance(deed) if deed.draft.is_none() && deed.text.is_none() => {
            Some("it is a position on nothing")
        }
        Deed::Stance(deed)
            if deed.stance != StanceKind::Propose
                && (deed.wording.is_some()
                    || deed.after.is_some()
                    || deed.move_after.is_some()) =>
        {
            Some("it has a wording, and proposes nothing")
        }
        Deed::Acknowledge(deed) if deed.file.is_none() && deed.draft.is_none() => {
            Some("it acknowledges nothing")
        }
        Deed::ReplyDue(deed) if deed.text.is_none() && deed.draft.is_none() => {
            Some("a reply is due on nothing")
        }
        Deed::Preference(deed)
            if deed.ranking.is_empty() && deed.swaps.is_empty() && deed.reservation.is_none() =>
        {
            Some("it prefers nothing to anything")
        }
        Deed::Gate(deed) if deed.rule.is_none() && deed.rules.is_empty() => {
            Some("it is a condition without a rule")
        }
        _ => None,
    }
}
