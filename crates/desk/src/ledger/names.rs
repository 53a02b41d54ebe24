//! Which act a handle means. Handles are unique in a room as far as its author could see; where two sites took one at
//! the same time, or two rooms use one, each of these acts goes by its digest.

use std::collections::BTreeMap;

use onetext_paper::dossier::schema::{self, COMMON, Field, Names, Shape};
use onetext_talks::{ActId, OptionName};
use serde_json::Value;

use onetext_seal::ActDigest;

use super::Heard;
use super::order;
use super::said::{Said, number_of};
use crate::workspace::Stands;

/// An act that can be named.
pub(super) struct Nameable<'a> {
    pub(super) id: ActDigest,
    pub(super) room: &'a str,
    pub(super) seat: &'a str,
    /// The handle that it gives itself.
    pub(super) handle: Option<&'a str>,
    /// None where its body was erased.
    pub(super) kind: Option<&'a str>,
    /// The claims and tenets in it.
    pub(super) within: Vec<&'a str>,
}

impl Stands<Said> {
    /// By which names it can be named.
    pub(super) fn nameable<'a>(&'a self, rooms: &'a [String]) -> Nameable<'a> {
        let room = rooms.get(self.room as usize).map_or("", String::as_str);
        match &self.said {
            Said::Plain(plain) => Nameable {
                id: self.id,
                room,
                seat: plain.act.seat.as_str(),
                handle: plain.handle.map(|_| plain.act.id.as_str()),
                kind: Some("stance"),
                within: Vec::new(),
            },
            Said::Other(heard) => {
                let body = heard.body.as_ref();
                let lists = ["claims", "tenets"].into_iter();
                let items = lists
                    .filter_map(|list| body?.get(list)?.as_array())
                    .flatten();
                Nameable {
                    id: self.id,
                    room,
                    seat: &heard.envelope.actor.seat,
                    handle: handle(heard),
                    kind: body.and_then(|body| body.get("kind")?.as_str()),
                    within: items.filter_map(|item| item.get("id")?.as_str()).collect(),
                }
            }
            Said::Counts(_) | Said::OutOf(_) | Said::Taken => Nameable {
                id: self.id,
                room,
                seat: &self.signer.seat,
                handle: None,
                kind: None,
                within: Vec::new(),
            },
        }
    }

    fn handle(&self) -> Option<&str> {
        match &self.said {
            Said::Plain(plain) => plain.handle.map(|_| plain.act.id.as_str()),
            Said::Other(heard) => handle(heard),
            Said::Counts(_) | Said::OutOf(_) | Said::Taken => None,
        }
    }

    /// The number of its handle's letters.
    fn handle_number(&self) -> Option<u64> {
        match &self.said {
            Said::Plain(plain) => plain.handle,
            _ => self.handle().map(number_of),
        }
    }
}

/// The words that the bodies of some acts use, and that may name acts: by number, so that a million names are asked for
/// quickly. A number may be that of other words too; what it finds is looked at again.
pub(super) struct Used {
    words: Vec<u64>,
    digests: Vec<ActDigest>,
    /// Of the numbers of both, the last bits: most of what is asked for is not there, and is not looked for.
    seen: Vec<u64>,
}

/// How many last bits of a number are seen.
const SEEN: u32 = 18;

/// A number made of an act's name.
fn number_of_digest(id: &ActDigest) -> u64 {
    let first = id.0.first_chunk::<8>();
    first.map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

/// Where the last bits of a number are seen: the word, and the bit in it.
fn seen_at(number: u64) -> (usize, u64) {
    let bits = number % (1 << SEEN);
    (usize::try_from(bits / 64).unwrap_or(0), 1 << (bits % 64))
}

impl Used {
    pub(super) fn by(acts: &[Stands<Said>]) -> Used {
        let mut used = Used {
            words: Vec::new(),
            digests: Vec::new(),
            seen: vec![0; 1 << (SEEN - 6)],
        };
        for act in acts {
            if let Said::Other(heard) = &act.said
                && let Some(Value::Object(fields)) = &heard.body
            {
                fields.values().for_each(|value| used.add(value));
            }
        }
        used.words.sort_unstable();
        used.words.dedup();
        used.digests.sort_unstable();
        used.digests.dedup();
        let digests = used.digests.iter().map(number_of_digest);
        for number in used.words.iter().copied().chain(digests) {
            let (word, bit) = seen_at(number);
            if let Some(word) = used.seen.get_mut(word) {
                *word |= bit;
            }
        }
        used
    }

    fn seen(&self, number: u64) -> bool {
        let (word, bit) = seen_at(number);
        self.seen.get(word).is_some_and(|word| word & bit != 0)
    }

    /// Words, however deep they stand.
    fn add(&mut self, value: &Value) {
        match value {
            Value::String(words) => {
                self.words.push(number_of(words));
                self.digests.extend(words.parse::<ActDigest>());
            }
            Value::Array(list) => list.iter().for_each(|item| self.add(item)),
            Value::Object(fields) => fields.values().for_each(|value| self.add(value)),
            _ => {}
        }
    }

    /// Whether some body may name this act.
    fn names(&self, id: &ActDigest, handle: Option<u64>) -> bool {
        handle.is_some_and(|handle| self.seen(handle) && self.words.binary_search(&handle).is_ok())
            || (self.seen(number_of_digest(id)) && self.digests.binary_search(id).is_ok())
    }
}

/// The acts of some rooms by the names that bodies use for them.
pub(super) struct Handles {
    /// Every handle that was taken twice, with the rooms and the digests of the acts that have it.
    by_handle: BTreeMap<String, Vec<(String, String)>>,
    /// What each act that some body may name is called, by its digest; only of acts that have a handle of their own.
    by_digest: BTreeMap<String, String>,
    /// The places of the acts that some body may name.
    named: Vec<usize>,
}

impl Handles {
    /// Of no acts.
    pub(super) fn none() -> Handles {
        Handles {
            by_handle: BTreeMap::new(),
            by_digest: BTreeMap::new(),
            named: Vec::new(),
        }
    }

    /// Of acts.
    pub(super) fn of(acts: &[Stands<Said>], rooms: &[String]) -> Handles {
        let used = Used::by(acts);
        let mut numbers: Vec<(u64, u32)> = Vec::with_capacity(acts.len());
        let mut named = Vec::new();
        for (place, act) in (0..).zip(acts) {
            let number = act.handle_number();
            numbers.extend(number.map(|number| (number, place)));
            if used.names(&act.id, number) || matches!(act.said, Said::Other(_)) {
                named.push(place);
            }
        }
        order::sort(acts, &mut named);
        let named = named.into_iter().map(|place| place as usize).collect();
        let mut handles = Handles {
            by_handle: taken_twice(acts, rooms, numbers),
            by_digest: BTreeMap::new(),
            named,
        };
        for place in &handles.named {
            if let Some(act) = acts.get(*place)
                && let Some(handle) = act.handle()
                && !handles.by_handle.contains_key(handle)
            {
                handles
                    .by_digest
                    .insert(act.id.to_string(), handle.to_owned());
            }
        }
        handles
    }

    /// The places of the acts that are no plain positions, in the order of the record.
    pub(super) fn others(&self, acts: &[Stands<Said>]) -> Vec<usize> {
        let other = |place: &usize| {
            let act = acts.get(*place);
            act.is_some_and(|act| matches!(act.said, Said::Other(_)))
        };
        self.named.iter().copied().filter(other).collect()
    }

    /// The acts that some body may name; what no body names need not be found.
    pub(super) fn named<'a>(
        &'a self,
        acts: &'a [Stands<Said>],
    ) -> impl Iterator<Item = &'a Stands<Said>> {
        self.named.iter().filter_map(|place| acts.get(*place))
    }

    /// What an act with this handle is called: its handle where that is its alone, else its digest.
    pub(super) fn name_of(&self, id: &ActDigest, handle: Option<&str>) -> ActId {
        match handle.filter(|handle| !self.is_taken_twice(handle)) {
            Some(handle) => handle.into(),
            None => id.to_string().into(),
        }
    }

    /// Whether several acts have this handle.
    pub(super) fn is_taken_twice(&self, handle: &str) -> bool {
        !self.by_handle.is_empty() && self.by_handle.contains_key(handle)
    }

    /// Puts the name that an act goes by here in place of each name that its body uses.
    pub(super) fn settle(&self, room: &str, body: &mut Value) {
        let kind = body
            .get("kind")
            .and_then(Value::as_str)
            .and_then(schema::kind);
        let own = kind.map_or(&[][..], |kind| kind.fields);
        self.settle_fields(room, own, body);
        self.settle_fields(room, COMMON, body);
    }

    fn settle_fields(&self, room: &str, fields: &[Field], table: &mut Value) {
        for field in fields {
            if let Some(value) = table.get_mut(field.name) {
                self.settle_value(room, field.shape, value);
            }
        }
    }

    fn settle_value(&self, room: &str, shape: Shape, value: &mut Value) {
        match (shape, value) {
            (Shape::Many(one), Value::Array(list)) => list
                .iter_mut()
                .for_each(|item| self.settle_value(room, *one, item)),
            (Shape::Many(one), value) => self.settle_value(room, *one, value),
            (Shape::Table(fields), table) => self.settle_fields(room, fields, table),
            (Shape::Name(names), Value::String(name)) if names_acts(names, name) => {
                if let Some(known) = self.known_as(room, name) {
                    *name = known;
                }
            }
            _ => {}
        }
    }

    fn known_as(&self, room: &str, name: &str) -> Option<String> {
        if let Some(handle) = self.by_digest.get(name) {
            return Some(handle.clone());
        }
        let taken = self.by_handle.get(name)?;
        let (_, digest) = taken.iter().find(|(other, _)| other == room)?;
        Some(digest.clone())
    }
}

/// The handles that several acts have, of all the numbers of handles and the places of the acts that have them.
fn taken_twice(
    acts: &[Stands<Said>],
    rooms: &[String],
    mut numbers: Vec<(u64, u32)>,
) -> BTreeMap<String, Vec<(String, String)>> {
    numbers.sort_unstable();
    let mut taken: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for same in numbers.chunk_by(|one, other| one.0 == other.0) {
        if same.len() < 2 {
            continue;
        }
        let mut places: Vec<u32> = same.iter().map(|(_, place)| *place).collect();
        order::sort(acts, &mut places);
        for place in places {
            if let Some(act) = acts.get(place as usize)
                && let Some(handle) = act.handle()
            {
                let room = rooms.get(act.room as usize).cloned().unwrap_or_default();
                let acts = taken.entry(handle.to_owned()).or_default();
                acts.push((room, act.id.to_string()));
            }
        }
    }
    taken.retain(|_, acts| acts.len() > 1);
    taken
}

/// The handle that an act gives itself.
fn handle(act: &Heard) -> Option<&str> {
    handle_of(act.body.as_ref()?)
}

/// The handle that a body gives its act.
pub(super) fn handle_of(body: &Value) -> Option<&str> {
    let kind = body.get("kind")?.as_str()?;
    schema::kind(kind)?;
    body.get("id")?.as_str()
}

/// Whether a name of this sort is, or can be, that of an act.
fn names_acts(names: Names, name: &str) -> bool {
    match names {
        Names::Act | Names::ActOrClaim | Names::Anything => true,
        Names::Option => matches!(OptionName::of(name), OptionName::Proposal(_)),
        _ => false,
    }
}
