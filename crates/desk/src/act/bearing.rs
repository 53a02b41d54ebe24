//! What of a record bears on whether one more act is in order. Nearly all acts of a long process are plain positions, and of
//! those that differ in nothing but where they stand and what they say one teaches as much as all.

use std::collections::BTreeSet;
use std::sync::Arc;

use onetext_talks::{Act, Deed, DraftId, Mention, PersonId, Record, RoomId, SeatId, Seldom};

/// Who said something where; and on what, where its seat issues drafts: who does not tells nobody of one by naming it.
type Alike = (RoomId, SeatId, SeatId, Option<PersonId>, Option<DraftId>);

/// A record without the acts that bear on no other, and what is known to be in it.
#[derive(Debug)]
pub(crate) struct Bearing {
    /// The seats that issue drafts.
    issuers: BTreeSet<SeatId>,
    seen: BTreeSet<Alike>,
    /// Acts that others name: whoever looks at those looks at these. What a draft took up is held against its release. An act
    /// that comes and names another has everything read anew.
    named: BTreeSet<Box<str>>,
    /// What was looked at last, which mostly comes again.
    last: Option<Alike>,
}

impl Bearing {
    /// Of a record: it without the acts that bear on no other, and what is needed to go on.
    pub(crate) fn of(record: &Record) -> (Record, Bearing) {
        let mut bearing = Bearing {
            issuers: issuers(record),
            seen: BTreeSet::new(),
            named: record
                .acts
                .iter()
                .flat_map(acts_named)
                .map(Into::into)
                .collect(),
            last: None,
        };
        let acts = record.acts.shared().iter();
        let acts: Vec<Arc<Act>> = acts.filter(|act| bearing.bears(act)).cloned().collect();
        let short = Record {
            process: record.process.clone(),
            seats: record.seats.clone(),
            persons: record.persons.clone(),
            rooms: record.rooms.clone(),
            texts: record.texts.clone(),
            drafts: record.drafts.clone(),
            acts: acts.into(),
        };
        (short, bearing)
    }

    /// Whether an act bears on whether another is in order, beside those that were looked at before; only one that names it
    /// would ask for the others.
    pub(crate) fn bears(&mut self, act: &Act) -> bool {
        let Deed::Stance(stance) = &act.deed else {
            return true;
        };
        if !self.named.is_empty() && self.named.contains(act.id.as_str()) {
            return true;
        }
        if stance.seldom != Seldom::default() || act.seldom != Seldom::default() {
            return true;
        }
        let issues = self.issuers.contains(&act.seat);
        let draft = stance.draft.as_ref().filter(|_| issues);
        let same = |known: &Alike| {
            known.0 == act.room
                && known.1 == act.seat
                && known.2 == act.recorder
                && known.3 == act.person
                && known.4.as_ref() == draft
        };
        if self.last.as_ref().is_some_and(same) {
            return false;
        }
        let alike = (
            act.room.clone(),
            act.seat.clone(),
            act.recorder.clone(),
            act.person.clone(),
            draft.cloned(),
        );
        self.last = Some(alike.clone());
        self.seen.insert(alike)
    }
}

/// The names of other acts that an act uses, and what may be one.
fn acts_named(act: &Act) -> Vec<&str> {
    let named = act.mentions().into_iter();
    let named = named.filter_map(|mention| match mention {
        Mention::Act(name) | Mention::ActOrClaim(name) | Mention::Anything(name) => Some(name),
        Mention::Seat(_)
        | Mention::Person(_)
        | Mention::Participant(_)
        | Mention::Text(_)
        | Mention::Draft(_)
        | Mention::Tenet(_) => None,
    });
    named.collect()
}

/// Whoever can teach a room the name of a draft or a text.
fn issuers(record: &Record) -> BTreeSet<SeatId> {
    let of_texts = record.texts.iter().map(|text| &text.issuer);
    let of_drafts = record.drafts.iter().map(|draft| &draft.by);
    of_texts.chain(of_drafts).cloned().collect()
}
