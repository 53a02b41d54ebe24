//! From the acts of some rooms to what was said there. Nothing that arrives makes this fail: an act that cannot count is
//! left out, with the reason.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use onetext_seal::{ActDigest, ContentDigest};
use onetext_talks::{
    Act, Deed, DraftId, Mention, OwnCopy, PersonId, Record, RoomId, SeatId, Standing,
};
use serde_json::Value;

use super::blocks::{Blocks, take};
use super::lines::standings;
use super::names::{Handles, handle_of};
use super::order::in_order;
use super::page::unpack;
use super::rules::{Names, against, misshapen};
use super::said::{Ear, Plain, Said, number_of};
use super::{Contents, Heard, Ledger, LedgerError, LeftOut, Why, body};
use crate::hands::hands;
use crate::workspace::{Bookmark, Stands};

/// How many plain positions are held to compare others with.
const ALIKE: usize = 1024;

/// Kinds that other parts of the program read, and that say nothing about the state of play.
const OTHER_KINDS: [&str; 4] = ["site", "revoke-site", "begin", "receipt"];

/// Reads the acts of the rooms that a viewer may enter: what was said there, and nothing else.
///
/// The order of `acts` does not matter. Signatures and histories are for `seal` to judge: what it finds bad, or cannot
/// place yet, is not given here.
///
/// # Errors
/// [`LedgerError::NotFounded`] where the founding act is not among them.
pub fn read(acts: Vec<Heard>, contents: &mut Contents<'_>) -> Result<Ledger, LedgerError> {
    let names: BTreeSet<&str> = acts.iter().map(|act| act.envelope.room.as_str()).collect();
    let rooms: Vec<String> = names.into_iter().map(str::to_owned).collect();
    let mut ear = Ear::default();
    let stand = |heard: Heard| {
        let room = rooms.binary_search(&heard.envelope.room).unwrap_or(0);
        let room = u32::try_from(room).unwrap_or(u32::MAX);
        let envelope = heard.envelope.clone();
        Stands::of(heard.id, &envelope, room, ear.again(heard))
    };
    let mut acts: Vec<Stands<Said>> = acts.into_iter().map(stand).collect();
    acts.sort_by_key(|act| act.room);
    read_said(&rooms, acts, contents)
}

/// The same of acts whose words were turned by the threads that read them: by room, the rooms given by name.
///
/// # Errors
/// [`LedgerError::NotFounded`] where the founding act is not among them.
pub fn read_said(
    rooms: &[String],
    mut acts: Vec<Stands<Said>>,
    contents: &mut Contents<'_>,
) -> Result<Ledger, LedgerError> {
    let order = in_order(&acts);
    let handles = Handles::of(&acts, rooms);
    let standings = standings(&acts, &order);
    let names = Names::of(&acts, rooms, &handles);
    let mut blocks = Blocks::new();
    let mut left_out = Vec::new();
    for place in &handles.others(&acts) {
        let Some(Stands {
            said: Said::Other(heard),
            ..
        }) = acts.get_mut(*place)
        else {
            continue;
        };
        let Some(mut said) = heard.body.take() else {
            left_out.push(heard.left_out(Why::Erased, "its body was erased"));
            continue;
        };
        let kind = said
            .get("kind")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        match take(&kind, &mut blocks, heard, &said, contents) {
            Some(Ok(())) => {}
            Some(Err((why, reason))) => left_out.push(heard.left_out(why, reason)),
            None if OTHER_KINDS.contains(&kind.as_str()) => {}
            None => {
                handles.settle(&heard.envelope.room, &mut said);
                heard.body = Some(said);
            }
        }
    }
    let laid = blocks.finish(&mut left_out)?;
    let judge = Judge::of(&laid.record, laid.manifests);
    judge.all_plain(&mut acts, &standings, &handles);
    let mut counting: Vec<Arc<Act>> = Vec::with_capacity(acts.len());
    for place in order {
        let Some(act) = acts.get_mut(place as usize) else {
            continue;
        };
        let judged = match std::mem::replace(&mut act.said, Said::Taken) {
            Said::Counts(act) => Ok(act),
            Said::OutOf(reason) => Err(*reason),
            Said::Plain(_) | Said::Taken => continue,
            Said::Other(mut heard) => {
                let Some(said) = heard.body.take() else {
                    continue;
                };
                let standing = standings.get(&place).cloned();
                let standing = standing.unwrap_or_else(|| heard.envelope.depth.into());
                let named = |act: Act| Act {
                    id: handles.name_of(&heard.id, handle_of(&said)),
                    standing,
                    ..act
                };
                let judged = judge.act(&heard, &said, contents).map(named);
                judged.and_then(|act| against(&act, &names, &judge.rooms).map(|()| Arc::new(act)))
            }
        };
        match judged {
            Ok(act) => counting.push(act),
            Err((why, reason)) => left_out.push(LeftOut {
                id: act.id,
                room: rooms
                    .get(act.room as usize)
                    .map_or("", String::as_str)
                    .into(),
                why,
                reason,
            }),
        }
    }
    let record = Record {
        acts: counting.into(),
        ..laid.record
    };
    Ok(Ledger {
        manifests: super::Manifests::default(),
        record,
        told: laid.told,
        left_out,
        judge,
    })
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

/// The draft that a position is on.
fn draft_of(act: &Act) -> Option<&DraftId> {
    match &act.deed {
        Deed::Stance(stance) => stance.draft.as_ref(),
        _ => None,
    }
}

/// An act that counts, and the manifest of the draft it is on.
type Alike = (Arc<Act>, Option<Arc<ContentDigest>>);

/// Plain positions that sat where they should and did what their person may: most others are alike.
type Alikes = Vec<Option<Alike>>;

/// Acts that came after everything that was read, each by itself: what counts, in the order of the record, and what does not.
/// None where one of them may bear on another, or another on it, but by its draft: those that name acts, have a handle, say who
/// and what there is, or bring contents. By the clocks of other rooms some may have come before what was read of these: nothing
/// follows from the order of a record but the order in which it is written out.
pub(crate) fn judged_alone(
    judge: &Judge,
    bookmark: &Bookmark,
    mut acts: Vec<Stands<Said>>,
) -> Option<Vec<Result<Arc<Act>, LeftOut>>> {
    let order = in_order(&acts);
    let mut alike = Vec::new();
    let mut judged = Vec::with_capacity(acts.len());
    for place in order {
        let act = acts.get_mut(place as usize)?;
        let counts = match std::mem::replace(&mut act.said, Said::Taken) {
            Said::Plain(plain) if plain.handle.is_none() => {
                judge.plain(act.id, plain, None, &Handles::none(), &mut alike)
            }
            Said::Other(heard) => judge.alone(&heard)?.map(Arc::new),
            _ => return None,
        };
        judged.push(counts.map_err(|(why, reason)| LeftOut {
            id: act.id,
            room: bookmark.room(act.room).into(),
            why,
            reason,
        }));
    }
    Some(judged)
}

/// Says of each act whether it counts.
#[derive(Debug, Clone)]
pub(crate) struct Judge {
    rooms: BTreeMap<RoomId, BTreeSet<SeatId>>,
    seats_of: BTreeMap<PersonId, SeatId>,
    manifests: BTreeMap<DraftId, ContentDigest>,
}

impl Judge {
    fn of(record: &Record, manifests: BTreeMap<DraftId, ContentDigest>) -> Judge {
        let persons = record.persons.iter();
        Judge {
            rooms: record.all_rooms(),
            seats_of: persons
                .map(|person| (person.id.clone(), person.seat.clone()))
                .collect(),
            manifests,
        }
    }

    /// Says of each plain position whether it counts, on two threads where they are many: each by itself, since nothing
    /// that another act says bears on it but the names that were taken twice.
    fn all_plain(
        &self,
        acts: &mut [Stands<Said>],
        standings: &BTreeMap<u32, Standing>,
        handles: &Handles,
    ) {
        let judge = |first: usize, acts: &mut [Stands<Said>]| {
            let mut alike = Vec::new();
            for (place, act) in (first..).zip(acts) {
                if !matches!(act.said, Said::Plain(_)) {
                    continue;
                }
                if let Said::Plain(plain) = std::mem::replace(&mut act.said, Said::Taken) {
                    let place = u32::try_from(place).ok();
                    let standing = place.and_then(|place| standings.get(&place)).cloned();
                    act.said = match self.plain(act.id, plain, standing, handles, &mut alike) {
                        Ok(act) => Said::Counts(act),
                        Err(reason) => Said::OutOf(Box::new(reason)),
                    };
                }
            }
        };
        let (all, half) = (acts.len(), acts.len() / 2);
        let (one, other) = acts.split_at_mut(half);
        hands(all)(&mut || judge(0, one), &mut || judge(half, other));
    }

    /// Whether a plain position counts; then under the name that it goes by, at its place.
    fn plain(
        &self,
        id: ActDigest,
        plain: Plain,
        standing: Option<Standing>,
        handles: &Handles,
        alike: &mut Alikes,
    ) -> Result<Arc<Act>, (Why, String)> {
        let Plain {
            mut act,
            issued,
            handle,
        } = plain;
        let like = |(known, said): &(Arc<Act>, Option<Arc<ContentDigest>>)| {
            // One thread holds a name once, nearly always.
            let same = |one: &SeatId, other: &SeatId| one.is_shared_with(other) || one == other;
            (known.room.is_shared_with(&act.room) || known.room == act.room)
                && same(&known.seat, &act.seat)
                && known.person == act.person
                && draft_of(known) == draft_of(&act)
                && *said == issued
        };
        let number = number_of(act.seat.as_str()) ^ number_of(act.room.as_str()).rotate_left(7);
        let place = usize::try_from(number >> 32).unwrap_or(0) % ALIKE;
        if !alike.get(place).and_then(Option::as_ref).is_some_and(like) {
            self.sits(&act)?;
            self.done_on(&act, issued.as_deref())?;
            alike.resize(ALIKE, None);
            if let Some(slot) = alike.get_mut(place) {
                *slot = Some((Arc::clone(&act), issued));
            }
        }
        if let Some(reason) = misshapen(&act.deed) {
            return Err((Why::Void, reason.to_owned()));
        }
        let renamed = handle.is_some() && handles.is_taken_twice(act.id.as_str());
        if renamed || standing.is_some() {
            let act = Arc::make_mut(&mut act);
            act.id = handles.name_of(&id, handle.map(|_| act.id.as_str()));
            act.standing = standing.unwrap_or_else(|| act.standing.clone());
        }
        Ok(act)
    }

    /// Whether an act counts that bears on no other; none where it may.
    fn alone(&self, heard: &Heard) -> Option<Result<Act, (Why, String)>> {
        let said = heard.body.as_ref()?;
        if handle_of(said).is_some() || said.get("contents").is_some() {
            return None;
        }
        let act = match self.act(heard, said, &mut |_, _| None) {
            Ok(act) => act,
            // What it lacks may be elsewhere.
            Err(_) => return None,
        };
        let bears_on_none = match &act.deed {
            Deed::Stance(_) | Deed::Deliver(_) | Deed::Note(_) => true,
            Deed::Acknowledge(deed) => deed.file.is_none(),
            _ => false,
        };
        let names_acts = act.mentions().iter().any(|mention| {
            matches!(
                mention,
                Mention::Act(_) | Mention::ActOrClaim(_) | Mention::Tenet(_) | Mention::Anything(_)
            )
        });
        if !bears_on_none || names_acts {
            return None;
        }
        Some(match misshapen(&act.deed) {
            Some(reason) => Err((Why::Void, reason.to_owned())),
            None => Ok(act),
        })
    }

    /// Whether an act's seat sits in its room, and its person is that seat's.
    fn sits(&self, act: &Act) -> Result<(), (Why, String)> {
        let void = |reason: String| Err((Why::Void, reason));
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
        Ok(())
    }

    /// Whether an act was done on the draft that goes by the name it uses.
    fn done_on(&self, act: &Act, issued: Option<&ContentDigest>) -> Result<(), (Why, String)> {
        if let (Some(issued), Some(draft)) = (issued, act.only_draft())
            && self
                .manifests
                .get(&draft)
                .is_some_and(|known| known != issued)
        {
            return Err((
                Why::Void,
                format!("it was done on another draft than the one that is called {draft}"),
            ));
        }
        Ok(())
    }

    fn act(
        &self,
        heard: &Heard,
        said: &Value,
        contents: &mut Contents<'_>,
    ) -> Result<Act, (Why, String)> {
        let mut act = body::act(heard.id, &heard.envelope, said)
            .map_err(|error| (Why::Void, format!("it cannot be read: {error}")))?;
        self.sits(&act)?;
        let named = |field: &str| said.get(field).and_then(Value::as_str)?.parse().ok();
        self.done_on(&act, named("issued").as_ref())?;
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
