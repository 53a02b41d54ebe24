//! What each room holds: its acts, and what comes to be known in it through them.
//!
//! The rules of who comes to know of what (`dossier.md`, "Blocks") live here and nowhere else: a room's log has the
//! persons, texts and drafts that its members know through this room, and whoever reads only logs can see nothing
//! else (law 2).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::act::{Act, Deed};
use crate::board::Cut;
use crate::mentions::Mention;
use crate::mutant::off;
use crate::names::{DraftId, PersonId, RoomId, SeatId, TextId};
use crate::record::{DraftBlock, Person, Record, Role, Text};

/// What one room holds.
#[derive(Debug, Clone)]
pub struct RoomLog {
    /// The room.
    pub id: RoomId,
    /// Who sits in it.
    pub members: BTreeSet<SeatId>,
    /// What was recorded in it.
    pub acts: Vec<Arc<Act>>,
    /// The persons known in it.
    pub persons: BTreeMap<PersonId, Arc<Person>>,
    /// The texts known in it, at least by name.
    pub texts: BTreeMap<TextId, Arc<Text>>,
    /// The drafts that can be read in it.
    pub drafts: BTreeMap<DraftId, Arc<DraftBlock>>,
    /// The drafts whose names are known in it.
    pub draft_names: BTreeSet<DraftId>,
}

impl Record {
    /// Every room: those that were declared, a chamber for each seat, the plenary and the public.
    #[must_use]
    pub fn all_rooms(&self) -> BTreeMap<RoomId, BTreeSet<SeatId>> {
        let everybody: BTreeSet<SeatId> = self.seats.iter().map(|seat| seat.id.clone()).collect();
        let mut rooms: BTreeMap<_, _> = self
            .rooms
            .iter()
            .map(|room| (room.id.clone(), room.members.iter().cloned().collect()))
            .collect();
        for seat in &self.seats {
            rooms.insert(RoomId::chamber(&seat.id), BTreeSet::from([seat.id.clone()]));
        }
        rooms.insert(RoomId::plenary(), everybody.clone());
        rooms.insert(RoomId::public(), everybody);
        rooms
    }

    /// The seats of role party, in the order declared: a text's parties where it names none.
    #[must_use]
    pub fn parties(&self) -> Vec<SeatId> {
        self.seats
            .iter()
            .filter(|seat| seat.role == Role::Party)
            .map(|seat| seat.id.clone())
            .collect()
    }

    /// The logs of these rooms, up to the cut.
    #[must_use]
    pub fn logs(&self, rooms: &BTreeMap<RoomId, BTreeSet<SeatId>>, cut: &Cut) -> Vec<RoomLog> {
        let books = Books::of(self);
        let mut logs: BTreeMap<&RoomId, RoomLog> = BTreeMap::new();
        for (id, members) in rooms {
            logs.insert(id, books.empty_log(self, id, members, cut));
        }
        let mut logs: Vec<(RoomLog, Learnt<'_>)> = logs
            .into_values()
            .map(|log| (log, Learnt::default()))
            .collect();
        let place = |logs: &[(RoomLog, Learnt<'_>)], room: &RoomId| {
            logs.binary_search_by(|(log, _)| log.id.cmp(room)).ok()
        };
        let mut last: Option<(&RoomId, Option<usize>)> = None;
        for act in self.acts.shared() {
            let found = match last {
                Some((room, found)) if room.is_shared_with(&act.room) => found,
                _ => place(&logs, &act.room),
            };
            last = Some((&act.room, found));
            if let Some((log, learnt)) = found.and_then(|found| logs.get_mut(found))
                && cut.keeps(act)
            {
                books.enter(act, log, learnt);
            }
        }
        logs.into_iter().map(|(log, _)| log).collect()
    }
}

impl Cut {
    /// Whether an act is before the cut: its event time, at its latest, is not after it.
    #[must_use]
    pub fn keeps(&self, act: &Act) -> bool {
        let happened = self
            .at
            .as_ref()
            .is_none_or(|at| act.on.latest() <= at.latest());
        let known = match (&self.known_at, &act.recorded) {
            _ if off("what was not known then is left out") => true,
            (Some(known_at), Some(recorded)) => recorded.latest() <= known_at.latest(),
            _ => true,
        };
        happened && known
    }

    fn keeps_draft(&self, draft: &DraftBlock) -> bool {
        match (&self.at, &draft.on) {
            (Some(at), Some(on)) => on.latest() <= at.latest(),
            _ => true,
        }
    }
}

/// The plain positions from which a room has learnt whom and what they name: of a million most name the same.
#[derive(Default)]
struct Learnt<'a>(Vec<Option<&'a Act>>);

impl<'a> Learnt<'a> {
    /// Whether an act names nothing but what an earlier one of its seat has named.
    fn again(&mut self, act: &'a Act) -> bool {
        let Deed::Stance(stance) = &act.deed else {
            return false;
        };
        let (Some(draft), true) = (
            &stance.draft,
            *stance.seldom == crate::act::StanceSeldom::default() && act.about.is_empty(),
        ) else {
            return false;
        };
        // Names that are shared lie side by side; a few places hold those of a room.
        self.0.resize(64, None);
        let letters = draft.as_str().bytes().chain(act.seat.as_str().bytes());
        let place = letters.fold(0_usize, |sum, letter| {
            sum.wrapping_mul(31).wrapping_add(usize::from(letter))
        });
        let Some(slot) = self.0.get_mut(place % 64) else {
            return false;
        };
        let same = |known: &&Act| {
            let Deed::Stance(other) = &known.deed else {
                return false;
            };
            known.seat == act.seat
                && known.person == act.person
                && other.draft.as_ref() == Some(draft)
        };
        if slot.as_ref().is_some_and(same) {
            return true;
        }
        *slot = Some(act);
        false
    }
}

/// The blocks by name.
struct Books {
    persons: BTreeMap<PersonId, Arc<Person>>,
    texts: BTreeMap<TextId, Arc<Text>>,
    drafts: BTreeMap<DraftId, Arc<DraftBlock>>,
}

impl Books {
    fn of(record: &Record) -> Books {
        Books {
            persons: record
                .persons
                .iter()
                .map(|person| (person.id.clone(), Arc::new(person.clone())))
                .collect(),
            texts: record
                .texts
                .iter()
                .map(|text| (text.id.clone(), Arc::new(text.clone())))
                .collect(),
            drafts: record
                .drafts
                .iter()
                .map(|draft| (draft.id.clone(), Arc::new(draft.clone())))
                .collect(),
        }
    }

    /// What a room knows without any act: a delegation room its seat's persons, the texts and drafts it issues; the
    /// pen-holder's every person.
    fn empty_log(
        &self,
        record: &Record,
        id: &RoomId,
        members: &BTreeSet<SeatId>,
        cut: &Cut,
    ) -> RoomLog {
        let mut log = RoomLog {
            id: id.clone(),
            members: members.clone(),
            acts: Vec::new(),
            persons: BTreeMap::new(),
            texts: BTreeMap::new(),
            drafts: BTreeMap::new(),
            draft_names: BTreeSet::new(),
        };
        let Some(seat) = members.first().filter(|seat| *id == RoomId::chamber(seat)) else {
            return log;
        };
        let all = *seat == record.process.pen_holder;
        for person in self
            .persons
            .values()
            .filter(|person| all || person.seat == *seat)
        {
            log.persons.insert(person.id.clone(), Arc::clone(person));
        }
        for text in self.texts.values().filter(|text| text.issuer == *seat) {
            log.texts.insert(text.id.clone(), Arc::clone(text));
        }
        for draft in self
            .drafts
            .values()
            .filter(|draft| draft.by == *seat && cut.keeps_draft(draft))
        {
            self.give(draft, &mut log);
        }
        log
    }

    fn enter<'a>(&self, act: &'a Arc<Act>, log: &mut RoomLog, learnt: &mut Learnt<'a>) {
        if !learnt.again(act) {
            for mention in act.mentions() {
                self.learn(act, mention, log);
            }
        }
        if let Deed::Deliver(deliver) = &act.deed
            && let Some(draft) = self.drafts.get(&deliver.draft)
        {
            self.give(draft, log);
        }
        log.acts.push(Arc::clone(act));
    }

    /// A person is known where an act names it; a text or draft where its issuer does.
    fn learn(&self, act: &Act, mention: Mention<'_>, log: &mut RoomLog) {
        match mention {
            Mention::Person(name) | Mention::Participant(name) => {
                if let Some(person) = self.persons.get(name) {
                    log.persons.insert(person.id.clone(), Arc::clone(person));
                }
            }
            Mention::Text(name) => self.learn_text(act, name, log),
            Mention::Draft(name) => self.learn_draft(act, name, log),
            Mention::Anything(name) => {
                self.learn_text(act, name, log);
                self.learn_draft(
                    act,
                    name.split_once('#').map_or(name, |(draft, _)| draft),
                    log,
                );
            }
            Mention::Seat(_) | Mention::Act(_) | Mention::ActOrClaim(_) | Mention::Tenet(_) => {}
        }
    }

    fn learn_text(&self, act: &Act, name: &str, log: &mut RoomLog) {
        if let Some(text) = self.texts.get(name).filter(|text| text.issuer == act.seat) {
            log.texts.insert(text.id.clone(), Arc::clone(text));
        }
    }

    fn learn_draft(&self, act: &Act, name: &str, log: &mut RoomLog) {
        if let Some(draft) = self.drafts.get(name).filter(|draft| draft.by == act.seat) {
            log.draft_names.insert(draft.id.clone());
            self.know_text(&draft.text, log);
        }
    }

    fn give(&self, draft: &Arc<DraftBlock>, log: &mut RoomLog) {
        log.draft_names.insert(draft.id.clone());
        log.drafts.insert(draft.id.clone(), Arc::clone(draft));
        self.know_text(&draft.text, log);
    }

    /// A text is known with any draft of it: of an input also where another than its issuer names one.
    fn know_text(&self, text: &TextId, log: &mut RoomLog) {
        if let Some(text) = self.texts.get(text) {
            log.texts.insert(text.id.clone(), Arc::clone(text));
        }
    }
}
