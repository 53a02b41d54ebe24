//! What each room has been told beside its acts, so that its members know from it alone whom and what the acts name.

use std::collections::{BTreeMap, BTreeSet};

use onetext_talks::{DraftId, PersonId, RoomId, SeatId, TextId};

/// Something that a room is told once.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fact {
    /// The process; in the plenary.
    Process,
    /// A seat; in the plenary.
    Seat(SeatId),
    /// Who sits in the room.
    Members,
    /// A person.
    Person(PersonId),
    /// A text, by name.
    Text(TextId),
    /// Whether a text is required, and how it is counted.
    Terms(TextId),
    /// A provision of another text that a text belongs to.
    Link(TextId, String),
    /// A draft, by name.
    DraftName(DraftId),
    /// What a draft says.
    Draft(DraftId),
    /// The draft that another was made from.
    Base(DraftId),
    /// The draft that another is a language version of.
    Renders(DraftId),
}

/// What each room has been told.
#[derive(Debug, Clone, Default)]
pub struct Told(BTreeMap<RoomId, BTreeSet<Fact>>);

impl Told {
    /// Whether this is news to the room; from then on it is not.
    pub(super) fn tell(&mut self, room: &RoomId, fact: Fact) -> bool {
        match self.0.get_mut(room) {
            Some(facts) => facts.insert(fact),
            None => self.0.entry(room.clone()).or_default().insert(fact),
        }
    }

    /// Whether a room was told.
    pub(super) fn knows(&self, room: &RoomId, fact: &Fact) -> bool {
        self.0.get(room).is_some_and(|facts| facts.contains(fact))
    }

    /// The rooms that were told, in ascending order.
    pub(super) fn rooms_that_know(&self, fact: &Fact) -> Vec<RoomId> {
        let told = self.0.iter().filter(|(_, facts)| facts.contains(fact));
        told.map(|(room, _)| room.clone()).collect()
    }
}

/// The rooms of which all members know both what stands in the one room and what stands in the other, so few that each
/// seat which knows both sits in one: the narrower of the two, where one is within the other; else the delegation rooms
/// of the seats that sit in both.
pub(super) fn where_both_are_known(
    one: (&RoomId, &BTreeSet<SeatId>),
    other: (&RoomId, &BTreeSet<SeatId>),
) -> Vec<RoomId> {
    if one.1.is_subset(other.1) {
        return vec![one.0.clone()];
    }
    if other.1.is_subset(one.1) {
        return vec![other.0.clone()];
    }
    one.1.intersection(other.1).map(RoomId::chamber).collect()
}
