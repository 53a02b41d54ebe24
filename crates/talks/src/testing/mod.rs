//! Random records for property tests, here and in the crates above: whatever comes out passes [`check`](crate::check()).
//!
//! A record is grown from a list of numbers: the fewer there are the smaller it is, so that a failing case shrinks, and
//! a fuzzer's bytes do as well as a test's.

mod affairs;
mod choices;
mod deeds;
mod drafts;
mod outside;

use proptest::prelude::{Strategy, any};

pub use choices::Choices;
pub use outside::{names, with_more_outside};

use crate::act::{Act, ActSeldom, Communication, Deed};
use crate::acts::Acts;
use crate::check::check;
use crate::check::known::{Author, Known};
use crate::names::{RoomId, SeatId};
use crate::record::{
    Conduct, Disclosure, Person, Power, Process, Record, Role, Room, Seat, Text, TextKind,
};
use crate::when::When;
use deeds::Making;

/// The most acts of a random record.
const MOST_ACTS: usize = 40;

/// Random records that their author may record.
pub fn records() -> impl Strategy<Value = Record> {
    proptest::collection::vec(any::<u32>(), 0..1500).prop_map(|numbers| record_from(&numbers))
}

/// The record that grows from these numbers.
#[must_use]
pub fn record_from(numbers: &[u32]) -> Record {
    let mut choices = Choices::new(numbers);
    let mut record = Record {
        process: process(&mut choices),
        seats: seats(&mut choices),
        persons: Vec::new(),
        rooms: Vec::new(),
        texts: Vec::new(),
        drafts: Vec::new(),
        acts: Acts::default(),
    };
    record.rooms = rooms(&mut choices, &record.seats);
    record.persons = persons(&mut choices, &record);
    record.texts = texts(&mut choices, &record.seats);
    drafts::add(&mut choices, &mut record);
    while choices.left() && record.acts.len() < MOST_ACTS {
        let act = act(&mut choices, &record, |_| true);
        record.acts.push(act);
        if !check(&record).is_empty() {
            record.acts.pop();
        }
    }
    record
}

/// What keeps two records from being the same, where anything does. The name of a file of ids is not compared: a
/// dossier that is written has one for each draft.
///
/// # Errors
/// The first difference, in words.
pub fn same(one: &Record, other: &Record) -> Result<(), String> {
    let differ = |what: &str, one: &dyn std::fmt::Debug, other: &dyn std::fmt::Debug| {
        Err(format!("{what} differ:\n{one:?}\n{other:?}"))
    };
    if one.process != other.process {
        return differ("processes", &one.process, &other.process);
    }
    if one.seats != other.seats || one.persons != other.persons || one.rooms != other.rooms {
        return differ("seats, persons or rooms", &one.persons, &other.persons);
    }
    if one.texts != other.texts {
        return differ("texts", &one.texts, &other.texts);
    }
    if one.drafts.len() != other.drafts.len() || one.acts.len() != other.acts.len() {
        return differ("lengths", &one.acts.len(), &other.acts.len());
    }
    for (one, other) in one.drafts.iter().zip(&other.drafts) {
        let about = |draft: &crate::record::DraftBlock| {
            let (id, text, file, base) = (&draft.id, &draft.text, &draft.file, &draft.base);
            let (on, by, language, renders) =
                (&draft.on, &draft.by, &draft.language, &draft.renders);
            format!("{id} {text} {file} {base:?} {on:?} {by} {language:?} {renders:?}")
        };
        let alike = one.issued.draft.source() == other.issued.draft.source()
            && one.issued.manifest == other.issued.manifest
            && one.issued.lineage == other.issued.lineage;
        if about(one) != about(other) || !alike {
            return differ("drafts", &one, &other);
        }
    }
    let copy = |act: &Act| match &act.deed {
        Deed::Acknowledge(deed) => deed.copy.as_ref().map(|copy| copy.0.manifest.clone()),
        _ => None,
    };
    match one
        .acts
        .iter()
        .zip(&other.acts)
        .find(|(one, other)| one != other || copy(one) != copy(other))
    {
        Some((one, other)) => differ("acts", &one, &other),
        None => Ok(()),
    }
}

fn process(choices: &mut Choices<'_>) -> Process {
    let levels: Vec<String> = match choices.below(3) {
        0 => ["expert", "envoy", "negotiator", "minister", "leader"]
            .map(str::to_owned)
            .to_vec(),
        1 => vec!["one".to_owned()],
        _ => ["low", "high", "the \"highest\""]
            .map(str::to_owned)
            .to_vec(),
    };
    let final_level = choices.pick(&levels).cloned().unwrap_or_default();
    Process {
        id: choices.word().to_owned(),
        title: choices.words(),
        pen_holder: "med".into(),
        language: choices.maybe("en".to_owned()),
        disclosure: if choices.chance(30) {
            Disclosure::Open
        } else {
            Disclosure::Closed
        },
        levels,
        final_level,
        final_stage: choices.maybe("process.open.max <= 3".to_owned()),
        few: if choices.chance(20) { 7 } else { 5 },
        conduct: if choices.chance(20) {
            vec![Conduct::NoPress, Conduct::NoLeaks]
        } else {
            Vec::new()
        },
    }
}

fn seats(choices: &mut Choices<'_>) -> Vec<Seat> {
    let mut seats = vec![Seat {
        id: "med".into(),
        name: choices.words(),
        role: Role::Mediator,
    }];
    let names = ["ash", "birch", "cedar wood", "дуб"];
    for name in names.into_iter().take(2 + choices.below(3)) {
        let role = if choices.chance(15) {
            Role::Observer
        } else {
            Role::Party
        };
        seats.push(Seat {
            id: name.into(),
            name: choices.words(),
            role,
        });
    }
    seats
}

fn rooms(choices: &mut Choices<'_>, seats: &[Seat]) -> Vec<Room> {
    let caucus = seats.iter().skip(1).map(|seat| Room {
        id: format!("med-{}", seat.id).into(),
        members: vec!["med".into(), seat.id.clone()],
    });
    let mut rooms: Vec<Room> = caucus.collect();
    for number in 0..choices.below(3) {
        let members: Vec<SeatId> = choices
            .some(seats)
            .into_iter()
            .map(|seat| seat.id.clone())
            .collect();
        if !members.is_empty() {
            rooms.push(Room {
                id: format!("room {number}").into(),
                members,
            });
        }
    }
    rooms
}

fn persons(choices: &mut Choices<'_>, record: &Record) -> Vec<Person> {
    let mut persons = Vec::new();
    for seat in &record.seats {
        for number in 0..choices.below(3) {
            persons.push(person(choices, record, &seat.id, number));
        }
    }
    persons
}

fn person(choices: &mut Choices<'_>, record: &Record, seat: &SeatId, number: usize) -> Person {
    let powers = [
        Power::Negotiate,
        Power::AcceptAdRef,
        Power::Accept,
        Power::Initial,
        Power::Sign,
    ];
    let declared = record.rooms.iter();
    let own: Vec<RoomId> = std::iter::once(RoomId::plenary())
        .chain(
            declared
                .filter(|room| room.members.contains(seat))
                .map(|room| room.id.clone()),
        )
        .collect();
    let level = choices.pick(&record.process.levels).cloned();
    let rooms = choices.some(&own).into_iter().cloned().collect();
    Person {
        id: format!("{seat}.{number}").into(),
        name: choices.words(),
        seat: seat.clone(),
        level: level.filter(|_| choices.chance(80)),
        powers: choices.some(&powers).into_iter().copied().collect(),
        rooms: choices.maybe(rooms),
        powers_from: choices.chance(20).then(|| when(choices)),
        powers_until: choices.chance(20).then(|| when(choices)),
    }
}

fn texts(choices: &mut Choices<'_>, seats: &[Seat]) -> Vec<Text> {
    (0..1 + choices.below(3))
        .map(|number| text(choices, seats, number))
        .collect()
}

fn text(choices: &mut Choices<'_>, seats: &[Seat], number: usize) -> Text {
    let kinds = [
        TextKind::Main,
        TextKind::Side,
        TextKind::Annex,
        TextKind::Input,
        TextKind::Precedent,
    ];
    let kind = if number == 0 {
        TextKind::Main
    } else {
        choices.pick(&kinds).copied().unwrap_or(TextKind::Side)
    };
    let parties: Vec<SeatId> = if choices.chance(70) {
        let parties = seats.iter().filter(|seat| seat.role == Role::Party);
        parties.map(|seat| seat.id.clone()).collect()
    } else {
        let some = choices.some(seats).into_iter();
        some.map(|seat| seat.id.clone()).collect()
    };
    let issuer = if choices.chance(80) {
        None
    } else {
        choices.pick(seats).map(|seat| seat.id.clone())
    };
    Text {
        id: format!("text{number}").into(),
        title: choices.words(),
        kind,
        required: choices.chance(30),
        parties,
        issuer: issuer.unwrap_or_else(|| "med".into()),
        point_level: choices.maybe(1),
        linked_to: Vec::new(),
        ratifications: choices.maybe(2),
    }
}

/// An act in one of these rooms, of which there is at least one.
fn act(choices: &mut Choices<'_>, record: &Record, within: impl Fn(&RoomId) -> bool) -> Act {
    let known = Known::of(record);
    let rooms = known.rooms.all().filter(|(room, _)| within(room));
    let rooms: Vec<(&RoomId, usize)> = rooms.collect();
    let (room, number) = rooms[choices.below(rooms.len())];
    let members: Vec<&SeatId> = known.rooms.members(number).collect();
    let seat = members[choices.below(members.len())];
    let own: Vec<&Person> = record
        .persons
        .iter()
        .filter(|person| person.seat == *seat)
        .collect();
    let person = choices.pick(&own).filter(|_| choices.chance(50));
    let pen_holder = &record.process.pen_holder;
    let recorder = match choices.chance(80) {
        true => known.rooms.default_recorder(room, pen_holder, seat),
        false => members[choices.below(members.len())].clone(),
    };
    let id = format!("act {}", record.acts.len());
    let author = Author {
        seat: seat.as_str(),
        recorder: seat.as_str(),
        room: number,
    };
    let mut making = Making::new(choices, &known, author);
    let (deed, about) = (making.deed(room, &id), making.about());
    Act {
        id: id.into(),
        standing: next_in(record, room).into(),
        room: room.clone(),
        seat: seat.clone(),
        person: person.map(|person| person.id.clone()),
        recorder,
        on: when(choices),
        seldom: ActSeldom {
            recorded: if choices.chance(20) {
                Some(when(choices))
            } else {
                None
            },
            release: choices.release(),
            on_behalf_of: choices.maybe("the group of three".to_owned()),
            note: if choices.chance(20) {
                Some(choices.words())
            } else {
                None
            },
            about,
            language: choices.maybe("de".to_owned()),
            communication: choices.maybe(Communication::NonPaper),
        }
        .into(),
        deed,
    }
}

/// The place of the next act of a room in its order.
fn next_in(record: &Record, room: &RoomId) -> u64 {
    record
        .acts
        .iter()
        .filter(|act| act.room == *room)
        .map(|_| 1)
        .sum()
}

fn when(choices: &mut Choices<'_>) -> When {
    let times = [
        "2025-11-20",
        "2025-11-22",
        "2025-11-23",
        "2025-11",
        "2025-11-22/2025-11-24",
        "2025-11-25T14:30:00Z",
        "2025-11-25T14:30:00",
        "2025-12-01T09:00:00+02:00",
        "2026-01",
    ];
    day(times[choices.below(times.len())])
}

/// A time that is known to be one.
#[allow(
    clippy::expect_used,
    reason = "the times of tests are written in these files"
)]
fn day(time: &str) -> When {
    When::parse(time).expect("a time")
}
