//! From the acts of some rooms to what was said there. Nothing that arrives makes this fail: an act that cannot count is
//! left out, with the reason.

use std::collections::{BTreeMap, BTreeSet};

use onetext_seal::{ActDigest, ContentDigest};
use onetext_talks::{Act, Deed, DraftId, OwnCopy, PersonId, Record, RoomId, SeatId};
use serde_json::Value;

use super::blocks::{Blocks, take};
use super::lines::standings;
use super::names::Handles;
use super::page::unpack;
use super::rules::{Names, against};
use super::{Contents, Heard, Ledger, LedgerError, LeftOut, Why, body};

/// Kinds that other parts of the program read, and that say nothing about the state of play.
const OTHER_KINDS: [&str; 4] = ["site", "revoke-site", "begin", "receipt"];

/// Reads the acts of the rooms that a viewer may enter: what was said there, and nothing else.
///
/// The order of `acts` does not matter. Signatures and histories are for `seal` to judge: what it finds bad, or cannot
/// place yet, is not given here.
///
/// # Errors
/// [`LedgerError::NotFounded`] where the founding act is not among them.
pub fn read(mut acts: Vec<Heard>, contents: &mut Contents<'_>) -> Result<Ledger, LedgerError> {
    // An act's parents come before it: their clock is not later, and they lie less deep.
    acts.sort_by(|one, other| order(one).cmp(&order(other)));
    let handles = Handles::of(&acts);
    let standings = standings(&acts);
    let names = Names::of(&acts, &handles);
    let mut blocks = Blocks::new();
    let mut left_out = Vec::new();
    let mut deeds = Vec::new();
    for (mut heard, standing) in acts.into_iter().zip(standings) {
        let Some(mut said) = heard.body.take() else {
            left_out.push(heard.left_out(Why::Erased, "its body was erased"));
            continue;
        };
        let kind = said
            .get("kind")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        match take(&kind, &mut blocks, &heard, &said, contents) {
            Some(Ok(())) => {}
            Some(Err((why, reason))) => left_out.push(heard.left_out(why, reason)),
            None if OTHER_KINDS.contains(&kind.as_str()) => {}
            None => {
                handles.settle(&heard.envelope.room, &mut said);
                deeds.push((standing, heard, said));
            }
        }
    }
    let laid = blocks.finish(&mut left_out)?;
    let judge = Judge::of(laid.record, laid.manifests);
    let mut counting = Vec::new();
    for (standing, heard, said) in deeds {
        let named = |act: Act| Act {
            id: handles.name_of(&heard),
            standing,
            ..act
        };
        let judged = judge.act(&heard, &said, contents).map(named);
        match judged.and_then(|act| against(&act, &names, &judge.rooms).map(|()| act)) {
            Ok(act) => counting.push(act),
            Err((why, reason)) => left_out.push(heard.left_out(why, reason)),
        }
    }
    let record = Record {
        acts: counting,
        ..judge.record
    };
    Ok(Ledger {
        record,
        told: laid.told,
        left_out,
    })
}

fn order(heard: &Heard) -> (&str, u64, &str, &ActDigest) {
    let envelope = &heard.envelope;
    (
        &envelope.recorded,
        envelope.depth,
        &envelope.room,
        &heard.id,
    )
}

impl Heard {
    pub(super) fn left_out(&self, why: Why, reason: impl Into<String>) -> LeftOut {
        LeftOut {
            id: self.id,
            room: self.envelope.room.as_str().into(),
            why,
            reason: reason.into(),
        }
    }
}

/// Says of each act whether it counts.
struct Judge {
    record: Record,
    rooms: BTreeMap<RoomId, BTreeSet<SeatId>>,
    seats_of: BTreeMap<PersonId, SeatId>,
    manifests: BTreeMap<DraftId, ContentDigest>,
}

impl Judge {
    fn of(record: Record, manifests: BTreeMap<DraftId, ContentDigest>) -> Judge {
        let persons = record.persons.iter();
        Judge {
            rooms: record.all_rooms(),
            seats_of: persons
                .map(|person| (person.id.clone(), person.seat.clone()))
                .collect(),
            manifests,
            record,
        }
    }

    fn act(
        &self,
        heard: &Heard,
        said: &Value,
        contents: &mut Contents<'_>,
    ) -> Result<Act, (Why, String)> {
        let void = |reason: String| Err((Why::Void, reason));
        let mut act = body::act(heard.id, &heard.envelope, said)
            .map_err(|error| (Why::Void, format!("it cannot be read: {error}")))?;
        if !self
            .rooms
            .get(&act.room)
            .is_some_and(|members| members.contains(&act.seat))
        {
            return void(format!("{} does not sit in {}", act.seat, act.room));
        }
        if let Some(person) = &act.person
            && self
                .seats_of
                .get(person)
                .is_some_and(|seat| *seat != act.seat)
        {
            return void(format!("{person} is no person of {}", act.seat));
        }
        let named = |field: &str| said.get(field).and_then(Value::as_str)?.parse().ok();
        if let (Some(issued), Some(draft)) = (named("issued"), act.only_draft())
            && self
                .manifests
                .get(&draft)
                .is_some_and(|known| *known != issued)
        {
            return void(format!(
                "it was done on another draft than the one that is called {draft}"
            ));
        }
        if let Deed::Acknowledge(deed) = &mut act.deed
            && deed.file.is_some()
        {
            let mut content = |field: &str| {
                let bytes = named(field).and_then(|name| contents(act.room.as_str(), &name));
                bytes.ok_or((Why::Pending, format!("the {field} of its copy is not here")))
            };
            let (page, manifest) = (content("page")?, content("manifest")?);
            let unpacked = unpack(&page, &manifest).map_err(|reason| (Why::Void, reason))?;
            deed.copy = Some(OwnCopy(unpacked.issued.into()));
        }
        Ok(act)
    }
}
