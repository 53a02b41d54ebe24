//! Who knows which name: the rule of references between rooms.
//!
//! An act in a room may name an act of another room only if every member of its room sits there. A text or a draft may
//! be named by its issuer anywhere; wherever it is named so, it is known from then on, also to what was written before:
//! a block may be named before it stands. A person may be named by its own seat and by the pen-holder, and then by
//! whoever heard of it.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use super::naming::{Naming, Wanted, draft_and_path, names_in_rule, names_of};
use super::rooms::Rooms;
use super::{Place, provisions::Wording};
use crate::act::{Act, Deed};
use crate::record::{DraftBlock, Person, Record, Seat, Text};

/// Every name of a record, and in which rooms it is known.
pub(crate) struct Known<'r> {
    pub(crate) record: &'r Record,
    pub(crate) rooms: Rooms,
    pub(crate) seats: BTreeMap<&'r str, &'r Seat>,
    persons: BTreeMap<&'r str, (&'r Person, BTreeSet<usize>)>,
    texts: BTreeMap<&'r str, KnownText<'r>>,
    drafts: BTreeMap<&'r str, KnownDraft<'r>>,
    /// What acts are named, where anybody asks.
    handles: OnceCell<Handles<'r>>,
    /// Own copies by seat and own name: the room and the act.
    copies: BTreeMap<(&'r str, &'r str), Vec<(usize, &'r Act)>>,
}

/// The names of acts, and of what is in them; each with the place of its act in the record.
#[derive(Default)]
struct Handles<'r> {
    acts: BTreeMap<&'r str, (usize, &'r Act)>,
    claims: BTreeMap<&'r str, usize>,
    tenets: BTreeMap<&'r str, usize>,
}

impl<'r> Handles<'r> {
    fn of(record: &'r Record) -> Handles<'r> {
        let mut handles = Handles::default();
        for (index, act) in record.acts.iter().enumerate() {
            handles.acts.entry(act.id.as_str()).or_insert((index, act));
            match &act.deed {
                Deed::Statement(deed) => {
                    let claims = deed.claims.iter();
                    let claims = claims.map(|claim| (claim.id.as_str(), index));
                    handles.claims.extend(claims);
                }
                Deed::Understanding(deed) => {
                    let tenets = deed.tenets.iter();
                    let tenets = tenets.map(|tenet| (tenet.id.as_str(), index));
                    handles.tenets.extend(tenets);
                }
                _ => {}
            }
        }
        handles
    }
}

struct KnownText<'r> {
    block: &'r Text,
    /// Who may name it anywhere: its issuer, and who issued a draft of it.
    issuers: BTreeSet<&'r str>,
    rooms: BTreeSet<usize>,
}

struct KnownDraft<'r> {
    block: &'r DraftBlock,
    /// Where its name is known.
    rooms: BTreeSet<usize>,
    /// Where it was delivered.
    given: BTreeSet<usize>,
}

/// An act's author: who did it, who wrote it down, and where.
#[derive(Clone, Copy)]
pub(crate) struct Author<'a> {
    pub(crate) seat: &'a str,
    pub(crate) recorder: &'a str,
    pub(crate) room: usize,
}

impl<'r> Known<'r> {
    pub(crate) fn of(record: &'r Record) -> Known<'r> {
        let mut known = Known {
            record,
            rooms: Rooms::new(&record.seats, &record.rooms),
            seats: record
                .seats
                .iter()
                .map(|seat| (seat.id.as_str(), seat))
                .collect(),
            persons: record
                .persons
                .iter()
                .map(|person| (person.id.as_str(), (person, BTreeSet::new())))
                .collect(),
            texts: BTreeMap::new(),
            drafts: BTreeMap::new(),
            handles: OnceCell::new(),
            copies: BTreeMap::new(),
        };
        known.add_texts();
        known.add_copies();
        known.learn_from_acts();
        known.learn_from_process();
        known
    }

    fn add_texts(&mut self) {
        for text in &self.record.texts {
            let issuers = BTreeSet::from([text.issuer.as_str()]);
            self.texts.insert(
                text.id.as_str(),
                KnownText {
                    block: text,
                    issuers,
                    rooms: BTreeSet::new(),
                },
            );
        }
        for draft in &self.record.drafts {
            let entry = KnownDraft {
                block: draft,
                rooms: BTreeSet::new(),
                given: BTreeSet::new(),
            };
            self.drafts.insert(draft.id.as_str(), entry);
            if let Some(text) = self.texts.get_mut(draft.text.as_str()) {
                text.issuers.insert(draft.by.as_str());
            }
        }
    }

    fn handles(&self) -> &Handles<'r> {
        self.handles.get_or_init(|| Handles::of(self.record))
    }

    fn add_copies(&mut self) {
        for act in &self.record.acts {
            if let Deed::Acknowledge(deed) = &act.deed
                && deed.file.is_some()
                && let (Some(name), Some(room)) =
                    (&deed.draft, self.rooms.number(act.room.as_str()))
            {
                let own = (act.seat.as_str(), name.as_str());
                self.copies.entry(own).or_default().push((room, act));
            }
        }
    }

    /// Texts and drafts are learnt from their issuers; persons from whoever knows them, which may take several rounds.
    fn learn_from_acts(&mut self) {
        let mut hearsay = Vec::new();
        for act in &self.record.acts {
            let Some(room) = self.rooms.number(act.room.as_str()) else {
                continue;
            };
            let author = Author {
                seat: act.seat.as_str(),
                recorder: act.recorder.as_str(),
                room,
            };
            if let Some(person) = &act.person {
                self.name_person(person.as_str(), author, &mut hearsay);
            }
            for naming in names_of(act) {
                self.learn(&naming, author, &mut hearsay);
            }
            if let Deed::Deliver(deed) = &act.deed
                && let Some(draft) = self.drafts.get_mut(deed.draft.as_str())
            {
                draft.given.insert(room);
            }
        }
        while self.believe(&mut hearsay) {}
    }

    /// The process is known to all seats, and its rule is the pen-holder's.
    fn learn_from_process(&mut self) {
        let record = self.record;
        let Some(room) = self.rooms.number("plenary") else {
            return;
        };
        let pen_holder = record.process.pen_holder.as_str();
        for naming in names_in_rule(
            record.process.final_stage.as_deref().unwrap_or_default(),
            Place::field("final_stage"),
        ) {
            self.learn(
                &naming,
                Author {
                    seat: pen_holder,
                    recorder: pen_holder,
                    room,
                },
                &mut Vec::new(),
            );
        }
    }

    fn learn<'a>(
        &mut self,
        naming: &Naming<'_>,
        author: Author<'a>,
        hearsay: &mut Vec<(&'r str, Author<'a>)>,
    ) {
        let name = naming.name.as_ref();
        match naming.wanted {
            Wanted::Person | Wanted::SeatOrPerson => self.name_person(name, author, hearsay),
            Wanted::Text => self.name_text(name, author),
            Wanted::Draft | Wanted::DraftOrCopy => self.name_draft(name, author),
            Wanted::Point => self.name_draft(
                draft_and_path(name).map_or(name, |(draft, _)| draft),
                author,
            ),
            Wanted::Anything => {
                let name = draft_and_path(name).map_or(name, |(draft, _)| draft);
                self.name_text(name, author);
                self.name_draft(name, author);
                self.name_person(name, author, hearsay);
            }
            Wanted::Seat | Wanted::Act | Wanted::ActOf(_) | Wanted::ActOrClaim | Wanted::Tenet => {}
        }
    }

    fn name_text(&mut self, name: &str, author: Author<'_>) {
        if let Some(text) = self.texts.get_mut(name)
            && text.issuers.contains(author.seat)
        {
            text.rooms.insert(author.room);
        }
    }

    fn name_draft(&mut self, name: &str, author: Author<'_>) {
        let Some(draft) = self
            .drafts
            .get_mut(name)
            .filter(|draft| draft.block.by == *author.seat)
        else {
            return;
        };
        draft.rooms.insert(author.room);
        let text = draft.block.text.as_str();
        if let Some(text) = self.texts.get_mut(text) {
            text.rooms.insert(author.room);
        }
    }

    fn name_person<'a>(
        &mut self,
        name: &str,
        author: Author<'a>,
        hearsay: &mut Vec<(&'r str, Author<'a>)>,
    ) {
        let Some((person, rooms)) = self.persons.get_mut(name) else {
            return;
        };
        let of_old = |seat: &str| person.seat == *seat || self.record.process.pen_holder == *seat;
        if of_old(author.seat) || of_old(author.recorder) {
            rooms.insert(author.room);
        } else if !rooms.contains(&author.room) {
            hearsay.push((person.id.as_str(), author));
        }
    }

    /// One round: who is named by somebody that has heard of them by now. False when nothing came of it.
    fn believe(&mut self, hearsay: &mut Vec<(&'r str, Author<'_>)>) -> bool {
        let before = hearsay.len();
        hearsay.retain(|(name, author)| {
            let heard = self.person_known(name, *author);
            if heard && let Some((_, rooms)) = self.persons.get_mut(name) {
                rooms.insert(author.room);
            }
            !heard
        });
        hearsay.len() < before
    }

    fn person_known(&self, name: &str, author: Author<'_>) -> bool {
        let Some((person, rooms)) = self.persons.get(name) else {
            return false;
        };
        [author.seat, author.recorder].into_iter().any(|seat| {
            person.seat == *seat
                || self.record.process.pen_holder == *seat
                || rooms.iter().any(|&room| self.rooms.sits(seat, room))
        })
    }

    /// Whether something known in these rooms may be named in this one.
    fn reaches(&self, known_in: &BTreeSet<usize>, room: usize) -> bool {
        known_in.contains(&room) || known_in.iter().any(|&wide| self.rooms.covers(wide, room))
    }

    pub(crate) fn seat(&self, name: &str) -> Option<&'r Seat> {
        self.seats.get(name).copied()
    }

    pub(crate) fn person(&self, name: &str, author: Author<'_>) -> Option<&'r Person> {
        self.persons
            .get(name)
            .map(|(person, _)| *person)
            .filter(|_| self.person_known(name, author))
    }

    /// The persons of a seat by name, whoever asks.
    pub(crate) fn person_of(&self, name: &str) -> Option<&'r Person> {
        self.persons.get(name).map(|(person, _)| *person)
    }

    pub(crate) fn text(&self, name: &str, author: Author<'_>) -> Option<&'r Text> {
        let text = self.texts.get(name)?;
        (text.issuers.contains(author.seat) || self.reaches(&text.rooms, author.room))
            .then_some(text.block)
    }

    pub(crate) fn draft(&self, name: &str, author: Author<'_>) -> Option<&'r DraftBlock> {
        let draft = self.drafts.get(name)?;
        (draft.block.by == *author.seat || self.reaches(&draft.rooms, author.room))
            .then_some(draft.block)
    }

    /// The seat's own copy of that name, acknowledged where every member of the author's room sits.
    pub(crate) fn copy(&self, name: &str, author: Author<'_>) -> Option<&'r Act> {
        let copies = self.copies.get(&(author.seat, name))?;
        copies
            .iter()
            .find(|(room, _)| self.rooms.covers(*room, author.room))
            .map(|(_, act)| *act)
    }

    /// What a name means for this author: an issued draft, or its own copy.
    pub(crate) fn wording(&self, name: &str, author: Author<'_>) -> Option<Wording<'r>> {
        if let Some(draft) = self.draft(name, author) {
            return Some(Wording {
                name: draft.id.as_str(),
                issued: &draft.issued,
            });
        }
        match &self.copy(name, author)?.deed {
            Deed::Acknowledge(deed) => deed.copy.as_ref().map(|copy| Wording {
                name: "",
                issued: &copy.0,
            }),
            _ => None,
        }
    }

    /// Whether the author's seat, or who writes for it, can read the draft: what is wrong in it may then be told.
    pub(crate) fn readable(&self, draft: &DraftBlock, author: Author<'_>) -> bool {
        let Some(KnownDraft { given, .. }) = self.drafts.get(draft.id.as_str()) else {
            return false;
        };
        let has_it = |seat| given.iter().any(|&room| self.rooms.sits(seat, room));
        given.contains(&author.room)
            || [author.seat, author.recorder]
                .into_iter()
                .any(|seat| draft.by == *seat || has_it(seat))
    }

    /// A draft, whoever asks.
    pub(crate) fn draft_block(&self, name: &str) -> Option<&'r DraftBlock> {
        self.drafts.get(name).map(|draft| draft.block)
    }

    /// The drafts that a draft was made from, the nearest first; where the bases go round in a circle, each once.
    pub(crate) fn ancestors(&self, draft: &DraftBlock) -> impl Iterator<Item = &'r DraftBlock> {
        let mut met = BTreeSet::new();
        let base = |draft: &DraftBlock| {
            draft
                .base
                .as_ref()
                .and_then(|base| self.drafts.get(base.as_str()))
                .map(|base| base.block)
        };
        std::iter::successors(base(draft), move |draft| base(draft))
            .take_while(move |draft| met.insert(draft.id.as_str()))
    }

    /// An act that may be named in this room.
    pub(crate) fn act(&self, name: &str, room: usize) -> Option<&'r Act> {
        let (_, act) = self.handles().acts.get(name)?;
        self.is_open(act, room).then_some(act)
    }

    /// Where in the record an act stands.
    pub(crate) fn act_index(&self, name: &str) -> Option<usize> {
        self.handles().acts.get(name).map(|(index, _)| *index)
    }

    /// The statement that makes a claim, where it may be named in this room.
    pub(crate) fn claim(&self, name: &str, room: usize) -> Option<&'r Act> {
        self.holder(&self.handles().claims, name, room)
    }

    /// The understanding that has a tenet, where it may be named in this room.
    pub(crate) fn tenet(&self, name: &str, room: usize) -> Option<&'r Act> {
        self.holder(&self.handles().tenets, name, room)
    }

    fn holder(&self, table: &BTreeMap<&str, usize>, name: &str, room: usize) -> Option<&'r Act> {
        let act = self.record.acts.get(*table.get(name)?)?;
        self.is_open(act, room).then_some(act)
    }

    fn is_open(&self, act: &Act, room: usize) -> bool {
        self.rooms
            .number(act.room.as_str())
            .is_some_and(|wide| self.rooms.covers(wide, room))
    }

    /// Every name of this sort that the author may use here: where the nearest valid name is looked for.
    pub(crate) fn valid(&self, wanted: Wanted, author: Author<'_>) -> Vec<&'r str> {
        let seats = || self.seats.keys().copied();
        let persons = || {
            self.persons
                .keys()
                .copied()
                .filter(|name| self.person_known(name, author))
        };
        let texts = || {
            self.texts
                .keys()
                .copied()
                .filter(|name| self.text(name, author).is_some())
        };
        let drafts = || {
            self.drafts
                .keys()
                .copied()
                .filter(|name| self.draft(name, author).is_some())
        };
        let copies = || {
            let own = self
                .copies
                .keys()
                .filter(|(seat, _)| *seat == author.seat)
                .map(|(_, name)| *name);
            own.filter(|name| self.copy(name, author).is_some())
        };
        let acts = |kind: Option<&'static str>| {
            let open = self
                .handles()
                .acts
                .values()
                .filter(move |(_, act)| kind.is_none_or(|kind| act.deed.kind() == kind));
            open.filter(|(_, act)| self.is_open(act, author.room))
                .map(|(_, act)| act.id.as_str())
        };
        let held = |table: &BTreeMap<&'r str, usize>| -> Vec<&'r str> {
            table
                .keys()
                .copied()
                .filter(|name| self.holder(table, name, author.room).is_some())
                .collect()
        };
        match wanted {
            Wanted::Seat => seats().collect(),
            Wanted::Person => persons().collect(),
            Wanted::SeatOrPerson => seats().chain(persons()).collect(),
            Wanted::Text => texts().collect(),
            Wanted::Draft | Wanted::Point => drafts().collect(),
            Wanted::DraftOrCopy => drafts().chain(copies()).collect(),
            Wanted::Act => acts(None).collect(),
            Wanted::ActOf(kind) => acts(Some(kind)).collect(),
            Wanted::ActOrClaim => acts(None).chain(held(&self.handles().claims)).collect(),
            Wanted::Tenet => held(&self.handles().tenets),
            Wanted::Anything => acts(None)
                .chain(texts())
                .chain(drafts())
                .chain(held(&self.handles().claims))
                .collect(),
        }
    }
}
