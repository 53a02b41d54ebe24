//! Signatures in escrow: nobody sees another's signature before all parties have signed.
//!
//! A signature is recorded in a room where all parties sit. Until each of them has signed the same draft there, with the
//! power to and in its own hand, a viewer sees its own alone: not the others', nor what answers them, nor how many there
//! are.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::act::{Act, Deed};
use crate::mentions::Mention;
use crate::mutant::off;
use crate::names::{DraftId, SeatId};
use crate::record::Power;
use crate::state::State;

/// Takes out of a state what is in escrow for this seat.
pub(crate) fn seal(state: &mut State, seat: &SeatId) -> Vec<Arc<Act>> {
    if off("signatures are in escrow") {
        return Vec::new();
    }
    let mut by_draft: BTreeMap<&DraftId, Vec<&Arc<Act>>> = BTreeMap::new();
    for act in state.other_acts() {
        if let Deed::Sign(deed) = &act.deed {
            by_draft.entry(&deed.draft).or_default().push(act);
        }
    }
    let sealed = by_draft
        .into_iter()
        .filter(|(draft, acts)| !all_signed(state, draft, acts))
        .flat_map(|(_, acts)| acts)
        .filter(|act| !is_own(act, seat))
        .cloned();
    let mut sealed: Vec<Arc<Act>> = sealed.collect();
    if sealed.is_empty() {
        return sealed;
    }
    // What names a hidden act tells of it.
    loop {
        let names: BTreeSet<&str> = sealed.iter().map(|act| act.id.as_str()).collect();
        let tells = |act: &&Arc<Act>| {
            !names.contains(act.id.as_str()) && !is_own(act, seat) && names_any(act, &names)
        };
        let more: Vec<Arc<Act>> = state.acts.values().filter(tells).cloned().collect();
        if more.is_empty() {
            break;
        }
        sealed.extend(more);
    }
    for act in &sealed {
        state.remove(act);
    }
    sealed
}

fn is_own(act: &Act, seat: &SeatId) -> bool {
    act.seat == *seat || act.recorder == *seat
}

fn names_any(act: &Act, names: &BTreeSet<&str>) -> bool {
    act.mentions().into_iter().any(|mention| match mention {
        Mention::Act(name) | Mention::ActOrClaim(name) | Mention::Anything(name) => {
            names.contains(name)
        }
        _ => false,
    })
}

/// Whether every party of the draft's text has signed it. Of a text that is not known here nobody can say.
fn all_signed(state: &State, draft: &DraftId, acts: &[&Arc<Act>]) -> bool {
    let text = state.drafts.get(draft).map(|draft| &draft.text);
    let Some(text) = text.and_then(|text| state.texts.get(text)) else {
        return false;
    };
    let signed = |party: &SeatId| {
        acts.iter().any(|act| {
            act.seat == *party
                && !state.is_withdrawn(act)
                && authentic(act, Power::Sign, &text.parties, state).is_ok()
        })
    };
    !text.parties.is_empty() && text.parties.iter().all(signed)
}

/// Why initials or a signature do not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// Nobody is named who did it.
    Nobody,
    /// The person has no power to, or not then.
    BeyondPowers,
    /// Not all parties sit in the room.
    Room,
    /// Another seat wrote it down, and its own has not confirmed it in its own hand.
    Reported,
}

/// Whether a person did this with the power to, in a room where all parties sit, in its seat's own word (laws 7 and 9).
pub(crate) fn authentic(
    act: &Act,
    power: Power,
    parties: &[SeatId],
    state: &State,
) -> Result<(), Flaw> {
    let Some(person) = &act.person else {
        return Err(Flaw::Nobody);
    };
    let person = state.persons.get(person);
    if !person.is_some_and(|person| person.may(power, &act.on)) {
        return Err(Flaw::BeyondPowers);
    }
    let members = state.rooms.get(&act.room);
    if !members.is_some_and(|members| parties.iter().all(|party| members.contains(party))) {
        return Err(Flaw::Room);
    }
    if own_word(act, state) {
        Ok(())
    } else {
        Err(Flaw::Reported)
    }
}

/// Whether an act is its seat's own word: written down by it, or confirmed by it in its own hand.
pub(crate) fn own_word(act: &Act, state: &State) -> bool {
    let mut answers = state.standing_answers_to(act.id.as_str());
    act.recorder == act.seat
        || answers.any(|answer| {
            answer.seat == act.seat
                && answer.recorder == act.seat
                && matches!(answer.deed, Deed::Confirm(_))
        })
}
