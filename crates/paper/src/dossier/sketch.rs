//! The blocks of a dossier as they stand in it, before defaults that hang on other blocks are filled in.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use onetext_talks::{
    Act, ActSeldom, Communication, Deed, DraftId, Person, PersonId, PointRef, Power, Process,
    ReleaseClass, Role, Room, RoomId, Rooms, Seat, SeatId, Text, TextId, TextKind, When,
};
use serde::Deserialize;

use crate::docx::Tracked;

/// Everything in a dossier but the files it names.
#[derive(Debug, Default)]
pub(super) struct Sketch {
    pub(super) process: Option<Process>,
    pub(super) seats: Vec<Seat>,
    pub(super) persons: Vec<Person>,
    pub(super) rooms: Vec<Room>,
    pub(super) texts: Vec<TextSketch>,
    pub(super) drafts: Vec<DraftSketch>,
    /// `seat` still holds `by` as written, and `recorder` is empty where none is named.
    pub(super) acts: Vec<Act>,
    names: Names,
}

#[derive(Debug, Deserialize)]
pub(super) struct PersonSketch {
    id: PersonId,
    name: String,
    seat: SeatId,
    level: Option<String>,
    #[serde(default)]
    powers: Vec<Power>,
    rooms: Option<Vec<RoomId>>,
    powers_from: Option<When>,
    powers_until: Option<When>,
}

#[derive(Debug, Deserialize)]
pub(super) struct TextSketch {
    id: TextId,
    title: String,
    kind: TextKind,
    #[serde(default)]
    required: bool,
    parties: Option<Vec<SeatId>>,
    issuer: Option<SeatId>,
    point_level: Option<usize>,
    #[serde(default)]
    linked_to: Vec<PointRef>,
    ratifications: Option<usize>,
}

#[derive(Debug, Deserialize)]
pub(super) struct DraftSketch {
    pub(super) id: DraftId,
    pub(super) text: TextId,
    pub(super) file: String,
    pub(super) base: Option<DraftId>,
    pub(super) on: Option<When>,
    pub(super) by: Option<SeatId>,
    pub(super) language: Option<String>,
    pub(super) renders: Option<DraftId>,
    #[serde(default)]
    pub(super) tracked: Tracked,
    pub(super) ids: Option<String>,
}

/// What every act has.
#[derive(Debug, Deserialize)]
pub(super) struct Header {
    pub(super) id: String,
    pub(super) room: String,
    pub(super) by: String,
    pub(super) on: When,
    pub(super) recorded_by: Option<String>,
    pub(super) recorded: Option<When>,
    pub(super) release: Option<ReleaseClass>,
    pub(super) on_behalf_of: Option<String>,
    pub(super) note: Option<String>,
    #[serde(default)]
    pub(super) about: Vec<String>,
    pub(super) language: Option<String>,
    pub(super) communication: Option<Communication>,
}

/// One copy of each name, however many acts have it.
#[derive(Debug, Default)]
struct Names(BTreeSet<Arc<str>>);

impl Names {
    fn get<T: From<Arc<str>>>(&mut self, name: &str) -> T {
        if let Some(known) = self.0.get(name) {
            return known.clone().into();
        }
        let new: Arc<str> = name.into();
        self.0.insert(new.clone());
        new.into()
    }
}

impl From<PersonSketch> for Person {
    fn from(person: PersonSketch) -> Self {
        Person {
            id: person.id,
            name: person.name,
            seat: person.seat,
            level: person.level,
            powers: person.powers,
            rooms: person.rooms,
            powers_from: person.powers_from,
            powers_until: person.powers_until,
        }
    }
}

impl Sketch {
    /// Adds an act; whose seat it is comes later, because a block may be named before it stands.
    pub(super) fn add_act(&mut self, header: Header, deed: Deed) {
        let act = Act {
            id: header.id.into(),
            room: self.names.get(&header.room),
            standing: 0_u64.into(),
            seat: self.names.get(&header.by),
            person: None,
            recorder: self
                .names
                .get(header.recorded_by.as_deref().unwrap_or_default()),
            on: header.on,
            seldom: ActSeldom {
                recorded: header.recorded,
                release: header.release,
                on_behalf_of: header.on_behalf_of,
                note: header.note,
                about: header.about,
                language: header.language,
                communication: header.communication,
            }
            .into(),
            deed: self.with_known_names(deed),
        };
        self.acts.push(act);
    }

    /// Positions are the many: they share the names they have in common.
    fn with_known_names(&mut self, mut deed: Deed) -> Deed {
        if let Deed::Stance(stance) = &mut deed
            && let Some(draft) = &mut stance.draft
        {
            *draft = self.names.get(draft.as_str());
        }
        deed
    }

    /// How many blocks of each kind there are by now.
    pub(super) fn tally(&self) -> super::trouble::Tally {
        [
            usize::from(self.process.is_some()),
            self.seats.len(),
            self.persons.len(),
            self.rooms.len(),
            self.texts.len(),
            self.drafts.len(),
            self.acts.len(),
        ]
    }

    /// Fills in who did and who recorded each act, and its place in its room.
    pub(super) fn settle_acts(&mut self, process: &Process) {
        let rooms = Rooms::new(&self.seats, &self.rooms);
        let seats: BTreeSet<&SeatId> = self.seats.iter().map(|seat| &seat.id).collect();
        let persons: BTreeMap<&str, &Person> = self
            .persons
            .iter()
            .map(|person| (person.id.as_str(), person))
            .collect();
        let mut next: BTreeMap<RoomId, u64> = BTreeMap::new();
        for act in &mut self.acts {
            if !seats.contains(&act.seat)
                && let Some(person) = persons.get(act.seat.as_str())
            {
                act.person = Some(person.id.clone());
                act.seat = person.seat.clone();
            }
            if act.recorder.as_str().is_empty() {
                act.recorder = rooms.default_recorder(&act.room, &process.pen_holder, &act.seat);
            }
            let number = match next.get_mut(&act.room) {
                Some(number) => number,
                None => next.entry(act.room.clone()).or_default(),
            };
            act.standing = (*number).into();
            *number += 1;
        }
    }

    /// The texts, their defaults filled in.
    pub(super) fn settle_texts(&mut self, process: &Process) -> Vec<Text> {
        let all_parties: Vec<SeatId> = self
            .seats
            .iter()
            .filter(|seat| seat.role == Role::Party)
            .map(|seat| seat.id.clone())
            .collect();
        let texts = std::mem::take(&mut self.texts);
        texts
            .into_iter()
            .map(|text| Text {
                id: text.id,
                title: text.title,
                kind: text.kind,
                required: text.required,
                parties: text.parties.unwrap_or_else(|| all_parties.clone()),
                issuer: text.issuer.unwrap_or_else(|| process.pen_holder.clone()),
                point_level: text.point_level,
                linked_to: text.linked_to,
                ratifications: text.ratifications,
            })
            .collect()
    }
}
