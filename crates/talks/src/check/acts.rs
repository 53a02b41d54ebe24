//! What may not stand in an act: who did it and where, and every name in it.

use super::known::{Author, Known};
use super::naming::{Naming, Place, Wanted, draft_and_path, names_of};
use super::provisions::Paths;
use super::{BlockKind, MOST_REFUSALS, Refusal, Rule, deeds, hold, silence};
use crate::act::{Act, Deed};

/// What is refused from this act on.
pub(super) fn check(known: &Known<'_>, first: usize) -> Vec<Refusal> {
    let mut paths = Paths::default();
    let mut refusals = Vec::new();
    // Few acts ask for these.
    let leaks = std::cell::LazyCell::new(|| hold::Holds::of(known));
    let procedures = std::cell::LazyCell::new(|| silence::Procedures::of(known));
    for (index, act) in known.record.acts.iter().enumerate().skip(first) {
        let block = (BlockKind::Act, index);
        let before = refusals.len();
        refusals.extend(misplaced(known, act, block));
        let Some(room) = known.rooms.number(act.room.as_str()) else {
            continue;
        };
        let author = Author {
            seat: act.seat.as_str(),
            recorder: act.recorder.as_str(),
            room,
        };
        if refusals.len() == before {
            refusals.extend(
                names_of(act)
                    .iter()
                    .filter_map(|naming| refused_name(known, naming, author, block)),
            );
            deeds::check(known, act, author, block, &mut paths, &mut refusals);
            if hold::moves_words(act) {
                refusals.extend(leaks.check(known, act, author, index));
            }
            if silence::breaks_silence(act) {
                refusals.extend(procedures.check(act, index));
            }
        }
        if refusals.len() >= MOST_REFUSALS {
            break;
        }
    }
    refusals.truncate(MOST_REFUSALS);
    refusals
}

/// An actor or a recorder who is nobody, or does not sit in the room.
fn misplaced(known: &Known<'_>, act: &Act, block: (BlockKind, usize)) -> Option<Refusal> {
    let seat = act.seat.as_str();
    let room = known.rooms.number(act.room.as_str());
    if known.seat(seat).is_none() {
        let by = act.person.as_ref().map_or(seat, |person| person.as_str());
        let message = format!("no seat or person is named {by:?}");
        let refusal = Refusal::new(Rule::UnknownName, block, Some(Place::field("by")), message);
        return Some(
            refusal
                .expected("a seat, or a person of one")
                .nearest(by, actors(known, act, room)),
        );
    }
    let Some(room) = room.filter(|&room| known.rooms.sits(seat, room)) else {
        let message = format!("{seat:?} sits in no room named {:?}", act.room.as_str());
        let refusal = Refusal::new(Rule::NotInRoom, block, Some(Place::field("room")), message);
        let rooms = known.rooms.of_seat(seat);
        return Some(
            refusal
                .expected(format!("a room that {seat:?} sits in"))
                .nearest(act.room.as_str(), rooms),
        );
    };
    if let Some(person) = &act.person
        && known
            .person_of(person.as_str())
            .is_none_or(|known| known.seat != act.seat)
    {
        let message = format!("{seat:?} has no person named {:?}", person.as_str());
        let refusal = Refusal::new(Rule::UnknownName, block, Some(Place::field("by")), message);
        return Some(
            refusal
                .expected("a seat, or a person of one")
                .nearest(person.as_str(), actors(known, act, Some(room))),
        );
    }
    let recorder = act.recorder.as_str();
    let problem = match known.seat(recorder) {
        None => (Rule::UnknownName, format!("no seat is named {recorder:?}")),
        Some(_) if !known.rooms.sits(recorder, room) => (
            Rule::NotInRoom,
            format!("{recorder:?} does not sit in {:?}", act.room.as_str()),
        ),
        Some(_) => return None,
    };
    let refusal = Refusal::new(
        problem.0,
        block,
        Some(Place::field("recorded_by")),
        problem.1,
    );
    let members = known.rooms.members(room).map(|seat| seat.as_str());
    Some(
        refusal
            .expected("a seat that sits in the room")
            .nearest(recorder, members),
    )
}

/// Who could have been meant by `by`: the seats of the room, and the persons whom all of it knows.
fn actors<'k>(known: &'k Known<'_>, act: &Act, room: Option<usize>) -> Vec<&'k str> {
    let Some(room) = room else {
        return known.seats.keys().copied().collect();
    };
    let members: Vec<&str> = known
        .rooms
        .members(room)
        .map(|seat| seat.as_str())
        .collect();
    let pen_holder = known.record.process.pen_holder.as_str();
    // Where nobody is named the pen-holder writes, and it knows every person; else the room has to.
    let writer = if members.contains(&act.recorder.as_str()) {
        act.recorder.as_str()
    } else {
        pen_holder
    };
    let writer = if members.contains(&writer) {
        writer
    } else {
        members.first().copied().unwrap_or_default()
    };
    let author = Author {
        seat: writer,
        recorder: writer,
        room,
    };
    let persons = known.valid(Wanted::Person, author);
    let persons = persons.into_iter().filter(|name| {
        known
            .person_of(name)
            .is_some_and(|person| members.contains(&person.seat.as_str()))
    });
    members.iter().copied().chain(persons).collect()
}

/// Why this name may not stand here, where it may not.
pub(super) fn refused_name(
    known: &Known<'_>,
    naming: &Naming<'_>,
    author: Author<'_>,
    block: (BlockKind, usize),
) -> Option<Refusal> {
    let name = naming.name.as_ref();
    let act = |name| {
        known
            .act(name, author.room)
            .filter(|act| !is_itself(known, act, block))
    };
    let (what, there) = match naming.wanted {
        Wanted::Seat => ("seat", known.seat(name).is_some()),
        Wanted::Person => ("person", known.person(name, author).is_some()),
        Wanted::SeatOrPerson => (
            "seat or person",
            known.seat(name).is_some() || known.person(name, author).is_some(),
        ),
        Wanted::Text => ("text", known.text(name, author).is_some()),
        Wanted::Draft => ("draft", known.draft(name, author).is_some()),
        Wanted::DraftOrCopy => ("draft", known.wording(name, author).is_some()),
        Wanted::Act => ("act", act(name).is_some()),
        Wanted::ActOf(kind) => match act(name) {
            Some(act) if act.deed.kind() != kind => {
                return Some(wrong_kind(naming, kind, act, known, author, block));
            }
            act => (kind, act.is_some()),
        },
        Wanted::ActOrClaim => (
            "act or claim",
            act(name).is_some() || known.claim(name, author.room).is_some(),
        ),
        Wanted::Tenet => ("tenet", known.tenet(name, author.room).is_some()),
        Wanted::Point => return refused_point(known, naming, author, block),
        Wanted::Anything => match draft_and_path(name) {
            Some((draft, _)) if known.wording(draft, author).is_some() => {
                return refused_point(known, naming, author, block);
            }
            Some((text, _)) if known.text(text, author).is_some() => return None,
            _ => (
                "act, text, draft or provision",
                is_anything(known, name, author),
            ),
        },
    };
    (!there).then(|| unknown(known, naming, what, author, block))
}

/// No act refers to itself.
fn is_itself(known: &Known<'_>, act: &Act, (block, index): (BlockKind, usize)) -> bool {
    block == BlockKind::Act && known.act_index(act.id.as_str()) == Some(index)
}

/// The names that would have been valid, but for the act's own.
fn valid_names<'r>(
    known: &Known<'r>,
    wanted: Wanted,
    author: Author<'_>,
    (block, index): (BlockKind, usize),
) -> Vec<&'r str> {
    let mut names = known.valid(wanted, author);
    if block == BlockKind::Act {
        names.retain(|name| known.act_index(name) != Some(index));
    }
    names
}

fn wrong_kind(
    naming: &Naming<'_>,
    kind: &'static str,
    act: &Act,
    known: &Known<'_>,
    author: Author<'_>,
    block: (BlockKind, usize),
) -> Refusal {
    let name = naming.name.as_ref();
    let message = format!("{name:?} is an act of kind {}", act.deed.kind());
    let refusal = Refusal::new(Rule::WrongKind, block, Some(naming.place), message);
    refusal
        .expected(format!("an act of kind {kind}"))
        .nearest(name, valid_names(known, naming.wanted, author, block))
}

/// The same words for what is hidden and for what is not there.
fn unknown(
    known: &Known<'_>,
    naming: &Naming<'_>,
    what: &str,
    author: Author<'_>,
    block: (BlockKind, usize),
) -> Refusal {
    let name = naming.name.as_ref();
    let message = format!("no {what} named {name:?} is known here");
    let refusal = Refusal::new(Rule::UnknownName, block, Some(naming.place), message);
    let expected = match naming.wanted {
        Wanted::Seat => format!("the handle of a {what}"),
        _ => format!(
            "the handle of {} {what} that every member of the room knows",
            if what.starts_with('a') { "an" } else { "a" }
        ),
    };
    refusal
        .expected(expected)
        .nearest(name, valid_names(known, naming.wanted, author, block))
}

fn is_anything(known: &Known<'_>, name: &str, author: Author<'_>) -> bool {
    known.act(name, author.room).is_some()
        || known.text(name, author).is_some()
        || known.wording(name, author).is_some()
        || known.claim(name, author.room).is_some()
        || known.tenet(name, author.room).is_some()
        || known.seat(name).is_some()
        || known.person(name, author).is_some()
}

fn refused_point(
    known: &Known<'_>,
    naming: &Naming<'_>,
    author: Author<'_>,
    block: (BlockKind, usize),
) -> Option<Refusal> {
    let Some((draft, path)) = draft_and_path(&naming.name) else {
        let refusal = Refusal::new(
            Rule::UnknownName,
            block,
            Some(naming.place),
            format!("{:?} names no provision", naming.name),
        );
        return Some(refusal.expected("DRAFT#PATH"));
    };
    let Some(wording) = known.wording(draft, author) else {
        let naming = Naming {
            wanted: Wanted::DraftOrCopy,
            name: draft.into(),
            place: naming.place,
        };
        return Some(unknown(known, &naming, "draft", author, block));
    };
    let readable = deeds::readable(known, wording, author);
    let error = wording.issued.draft.find(path).err().filter(|_| readable)?;
    Some(deeds::wrong_path(
        block,
        naming.place,
        wording,
        &error,
        true,
    ))
}

/// An act as whoever refers to it needs it.
pub(super) fn is_own(act: &Act, author: Author<'_>) -> bool {
    act.seat == *author.seat
}

/// The act that this one takes back or releases.
pub(super) fn of_own(deed: &Deed) -> Option<&str> {
    match deed {
        Deed::Withdraw(deed) => Some(deed.of.as_str()),
        Deed::Release(deed) => Some(deed.of.as_str()),
        _ => None,
    }
}
