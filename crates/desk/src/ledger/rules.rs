//! Rules for authors that hold for what arrives too. A signed act is kept whatever it says; what breaks a rule that its
//! room's history decides is void, and what names an act that is not here waits. Both follow from the set of acts alone:
//! every site that has them says the same, in whatever order they came.

use std::collections::{BTreeMap, BTreeSet};

use onetext_talks::{Act, Deed, Mention, RoomId, SeatId, StanceKind};
use serde_json::Value;

use super::names::{Handles, handle};
use super::{Heard, Why};

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
    pub(super) fn of(acts: &[Heard], handles: &Handles) -> Names {
        let mut names: BTreeMap<String, Vec<Named>> = BTreeMap::new();
        for act in acts {
            let mut add = |name: String| {
                names.entry(name).or_default().push(Named {
                    room: act.envelope.room.as_str().into(),
                    seat: act.envelope.actor.seat.as_str().into(),
                    kind: text(act.body.as_ref(), "kind"),
                });
            };
            let name = handles.name_of(act).to_string();
            // A handle that was taken twice is still that of an act in each of its rooms.
            handle(act)
                .filter(|taken| *taken != name)
                .into_iter()
                .for_each(|taken| add(taken.to_owned()));
            add(name);
            for list in ["claims", "tenets"] {
                let items = act
                    .body
                    .as_ref()
                    .and_then(|body| body.get(list)?.as_array());
                let ids = items.into_iter().flatten();
                ids.filter_map(|item| text(Some(item), "id"))
                    .for_each(&mut add);
            }
        }
        Names(names)
    }
}

fn text(body: Option<&Value>, field: &str) -> Option<String> {
    Some(body?.get(field)?.as_str()?.to_owned())
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
fn misshapen(deed: &Deed) -> Option<&'static str> {
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
