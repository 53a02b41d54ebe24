//! Which rooms are told what, and when: each block in the narrowest rooms whose members must know of it.
//!
//! This follows the rules by which a room's log is made from a whole record (`talks::RoomLog`); `law_2` holds the two
//! against each other.

use std::collections::{BTreeMap, BTreeSet};

use onetext_talks::{
    Act, Deed, DraftBlock, DraftId, Mention, Person, PersonId, Record, RoomId, SeatId, Text, TextId,
};

use super::Entry;
use super::body::{Fields, of_act};
use super::enter::Scribe;
use super::page::{Manifests, Packed, pack_lineage};
use super::told::{Fact, Told, where_both_are_known};

/// Who tells a room something.
#[derive(Debug, Clone)]
pub(super) struct Author {
    seat: SeatId,
    recorder: SeatId,
}

impl Author {
    pub(super) fn seat(seat: &SeatId) -> Author {
        Author {
            seat: seat.clone(),
            recorder: seat.clone(),
        }
    }

    fn of(act: &Act) -> Author {
        Author {
            seat: act.seat.clone(),
            recorder: act.recorder.clone(),
        }
    }
}

/// How two drafts belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tie {
    Base,
    Renders,
}

/// The acts as they are put together, and what each room knows by now.
pub(super) struct Placing<'r> {
    pub(super) entries: Vec<Entry>,
    told: Told,
    scribe: &'r Scribe,
    pen_holder: &'r SeatId,
    rooms: BTreeMap<RoomId, BTreeSet<SeatId>>,
    persons: BTreeMap<&'r PersonId, &'r Person>,
    texts: BTreeMap<&'r TextId, &'r Text>,
    drafts: BTreeMap<&'r DraftId, &'r DraftBlock>,
    /// For each draft the drafts that were made from it or render it.
    tied_to: BTreeMap<&'r DraftId, Vec<(Tie, &'r DraftBlock)>>,
    packed: BTreeMap<&'r DraftId, Packed>,
    manifests: Manifests,
}

impl<'r> Placing<'r> {
    pub(super) fn of(
        record: &'r Record,
        (told, manifests): (Told, Manifests),
        scribe: &'r Scribe,
    ) -> Placing<'r> {
        let mut tied_to: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for draft in &record.drafts {
            for (tie, other) in ties(draft) {
                tied_to.entry(other).or_default().push((tie, draft));
            }
        }
        Placing {
            entries: Vec::new(),
            told,
            scribe,
            pen_holder: &record.process.pen_holder,
            rooms: record.all_rooms(),
            persons: record
                .persons
                .iter()
                .map(|person| (&person.id, person))
                .collect(),
            texts: record.texts.iter().map(|text| (&text.id, text)).collect(),
            drafts: record
                .drafts
                .iter()
                .map(|draft| (&draft.id, draft))
                .collect(),
            tied_to,
            packed: BTreeMap::new(),
            manifests,
        }
    }

    /// What was put together, and what each room knows now.
    pub(super) fn finish(self) -> (Vec<Entry>, Told, Manifests) {
        (self.entries, self.told, self.manifests)
    }

    /// The scribe, where it does not sit in this room.
    pub(super) fn kept_out(&self, room: &RoomId) -> Option<&'r SeatId> {
        match self.scribe {
            Scribe::EachSeat => None,
            Scribe::Seat(seat) => (!self.sits(seat, room)).then_some(seat),
        }
    }

    /// Whether the scribe writes down what its actor, or another seat, wrote down itself.
    pub(super) fn reports(&self, act: &Act) -> bool {
        matches!(self.scribe, Scribe::Seat(seat) if act.recorder != *seat)
    }

    fn sits(&self, seat: &SeatId, room: &RoomId) -> bool {
        self.rooms
            .get(room)
            .is_some_and(|members| members.contains(seat))
    }

    /// Who may speak in a room: this seat if it sits there, else the pen-holder, else whoever comes first.
    pub(super) fn somebody_in(&self, room: &RoomId, seat: &SeatId) -> Author {
        let members = self.rooms.get(room);
        let first = || members.and_then(|members| members.first()).unwrap_or(seat);
        let somebody = [seat, self.pen_holder]
            .into_iter()
            .find(|seat| self.sits(seat, room));
        Author::seat(somebody.unwrap_or_else(first))
    }

    /// Tells a room something that is news to it; what the scribe cannot tell stays untold.
    pub(super) fn tell(
        &mut self,
        room: &RoomId,
        fact: Fact,
        author: &Author,
        fields: impl FnOnce(&mut Self) -> Fields,
    ) {
        if self.kept_out(room).is_none() && self.told.tell(room, fact) {
            let fields = fields(self);
            self.put(room, author, fields);
        }
    }

    fn put(&mut self, room: &RoomId, author: &Author, fields: Fields) {
        let (body, contents) = fields.finish();
        let recorder = match self.scribe {
            Scribe::EachSeat => &author.recorder,
            Scribe::Seat(seat) => seat,
        };
        self.entries.push(Entry {
            room: room.to_string(),
            actor: author.seat.to_string(),
            person: None,
            recorder: recorder.to_string(),
            on: None,
            body,
            contents,
        });
    }

    /// The act itself.
    pub(super) fn put_act(&mut self, act: &Act) {
        let mut fields = of_act(act);
        if let Deed::Acknowledge(deed) = &act.deed
            && let Some(copy) = &deed.copy
        {
            let packed = Packed::of(&copy.0);
            fields = fields
                .with_content("manifest", &packed.manifest)
                .with_content("page", &packed.page);
        } else if let Some(draft) = self.draft_taken(act) {
            let issued = self.manifests.digest(draft);
            fields = fields.with("issued", &issued);
        }
        self.put(&act.room, &Author::of(act), fields);
        if let Some(entry) = self.entries.last_mut() {
            entry.person = act.person.as_ref().map(ToString::to_string);
            entry.on = Some(act.on.to_string());
        }
    }

    /// The one draft that an act names, where everybody in its room was given it: the act states its digest.
    fn draft_taken(&self, act: &Act) -> Option<&'r DraftBlock> {
        let draft = self.drafts.get(&act.only_draft()?).copied()?;
        let members = self.rooms.get(&act.room)?;
        let given = self.told.rooms_that_know(&Fact::Draft(draft.id.clone()));
        let covered = |room: &RoomId| {
            self.rooms
                .get(room)
                .is_some_and(|wide| members.is_subset(wide))
        };
        given.iter().any(covered).then_some(draft)
    }

    fn packed(&mut self, draft: &'r DraftBlock) -> &Packed {
        self.packed
            .entry(&draft.id)
            .or_insert_with(|| Packed::of(&draft.issued))
    }

    /// Tells an act's room of everybody and everything that the act makes known there.
    pub(super) fn tell_what_it_names(&mut self, act: &Act) {
        let author = Author::of(act);
        for mention in act.mentions() {
            match mention {
                Mention::Person(name) | Mention::Participant(name) => {
                    if let Some(person) = self.persons.get(&PersonId::from(name)).copied() {
                        self.tell_person(person, &act.room, &author);
                    }
                }
                Mention::Text(name) => self.name_text(name, act, &author),
                Mention::Draft(name) => self.name_draft(name, act, &author),
                Mention::Anything(name) => {
                    self.name_text(name, act, &author);
                    let draft = name.split_once('#').map_or(name, |(draft, _)| draft);
                    self.name_draft(draft, act, &author);
                }
                Mention::Seat(_) | Mention::Act(_) | Mention::ActOrClaim(_) | Mention::Tenet(_) => {
                }
            }
        }
        if let Deed::Deliver(deed) = &act.deed
            && let Some(draft) = self.drafts.get(&deed.draft).copied()
        {
            self.give(draft, &act.room, &author);
        }
    }

    fn name_text(&mut self, name: &str, act: &Act, author: &Author) {
        let text = self.texts.get(&TextId::from(name)).copied();
        if let Some(text) = text.filter(|text| text.issuer == act.seat) {
            self.tell_text(text, &act.room, author);
        }
    }

    fn name_draft(&mut self, name: &str, act: &Act, author: &Author) {
        let draft = self.drafts.get(&DraftId::from(name)).copied();
        if let Some(draft) = draft.filter(|draft| draft.by == act.seat) {
            self.tell_text_of(draft, &act.room, author);
            if !self.told.knows(&act.room, &Fact::Draft(draft.id.clone())) {
                self.tell(&act.room, Fact::DraftName(draft.id.clone()), author, |_| {
                    Fields::of("draft-name")
                        .with("id", &draft.id)
                        .with("text", &draft.text)
                        .with("by", &draft.by)
                });
            }
        }
    }

    /// A person, with the rooms it may enter as far as those who are told may know of them.
    pub(super) fn tell_person(&mut self, person: &Person, room: &RoomId, author: &Author) {
        self.tell(room, Fact::Person(person.id.clone()), author, |placing| {
            let fields = Fields::of("person")
                .with("id", &person.id)
                .with("name", &person.name)
                .with("seat", &person.seat)
                .with("level", &person.level)
                .with("powers", &person.powers)
                .with("powers_from", &person.powers_from)
                .with("powers_until", &person.powers_until);
            // A delegation room may know of the rooms that its seat sits in.
            let teller = [&person.seat, placing.pen_holder];
            let teller = teller
                .into_iter()
                .find(|seat| *room == RoomId::chamber(seat));
            let known = |entered: &&RoomId| teller.is_some_and(|seat| placing.sits(seat, entered));
            let rooms = person.rooms.as_ref().filter(|_| teller.is_some());
            let rooms: Option<Vec<&RoomId>> =
                rooms.map(|rooms| rooms.iter().filter(known).collect());
            fields.with("rooms", &rooms)
        });
    }

    /// A text by name; to its issuer all of it.
    pub(super) fn tell_text(&mut self, text: &Text, room: &RoomId, author: &Author) {
        let own = *room == RoomId::chamber(&text.issuer);
        self.tell(room, Fact::Text(text.id.clone()), author, |placing| {
            if own {
                placing.told.tell(room, Fact::Terms(text.id.clone()));
                for link in &text.linked_to {
                    placing
                        .told
                        .tell(room, Fact::Link(text.id.clone(), link.to_string()));
                }
                return Fields::default()
                    .with_all(text)
                    .with("text_kind", &text.kind)
                    .with("kind", &"text");
            }
            Fields::of("text")
                .with("id", &text.id)
                .with("title", &text.title)
                .with("text_kind", &text.kind)
                .with("parties", &text.parties)
                .with("issuer", &text.issuer)
        });
    }

    fn tell_text_of(&mut self, draft: &DraftBlock, room: &RoomId, author: &Author) {
        if let Some(text) = self.texts.get(&draft.text).copied() {
            self.tell_text(text, room, author);
        }
    }

    /// A draft: what it says, how its text is counted, and what both are tied to as far as that is known there.
    pub(super) fn give(&mut self, draft: &DraftBlock, room: &RoomId, author: &Author) {
        let Some(draft) = self.drafts.get(&draft.id).copied() else {
            return;
        };
        self.tell_text_of(draft, room, author);
        if self.kept_out(room).is_some() || self.told.knows(room, &Fact::Draft(draft.id.clone())) {
            return;
        }
        let own = *room == RoomId::chamber(&draft.by);
        self.tell(room, Fact::Draft(draft.id.clone()), author, |placing| {
            let packed = placing.packed(draft).clone();
            Fields::of("draft")
                .with("id", &draft.id)
                .with("text", &draft.text)
                .with("by", &draft.by)
                .with("on", &draft.on)
                .with("language", &draft.language)
                .with("file", &own.then_some(&draft.file))
                .with_content("manifest", &packed.manifest)
                .with_content("page", &packed.page)
        });
        self.tell_terms(draft, room, author);
        self.tell_ties(draft, room);
    }

    fn tell_terms(&mut self, draft: &'r DraftBlock, room: &RoomId, author: &Author) {
        let Some(text) = self.texts.get(&draft.text).copied() else {
            return;
        };
        self.tell(room, Fact::Terms(text.id.clone()), author, |_| {
            Fields::of("text-terms")
                .with("text", &text.id)
                .with("required", &text.required)
                .with("point_level", &text.point_level)
                .with("ratifications", &text.ratifications)
        });
        for link in &text.linked_to {
            let linked = Fact::Draft(link.draft.clone());
            self.tell_link(text, &link.to_string(), room, &linked);
        }
        let linking: Vec<(&Text, String)> = self
            .texts
            .values()
            .flat_map(|text| text.linked_to.iter().map(move |link| (*text, link)))
            .filter(|(_, link)| link.draft == draft.id)
            .map(|(text, link)| (text, link.to_string()))
            .collect();
        for (text, link) in linking {
            self.tell_link(text, &link, room, &Fact::Terms(text.id.clone()));
        }
    }

    /// A link, where this room and one that knows the other half come together.
    fn tell_link(&mut self, text: &Text, link: &str, room: &RoomId, other: &Fact) {
        for room in self.meeting(room, other) {
            let author = self.somebody_in(&room, &text.issuer);
            let fact = Fact::Link(text.id.clone(), link.to_owned());
            self.tell(&room, fact, &author, |_| {
                Fields::of("text-link")
                    .with("text", &text.id)
                    .with("linked_to", &link)
            });
        }
    }

    /// What a draft was made from or renders, and what was made from it or renders it.
    fn tell_ties(&mut self, draft: &'r DraftBlock, room: &RoomId) {
        let newer = self.tied_to.get(&draft.id).into_iter().flatten().copied();
        let of_both = |(tie, newer): (Tie, &'r DraftBlock)| {
            let (_, older) = ties(newer).find(|(other, _)| *other == tie)?;
            Some((tie, newer, older))
        };
        let all: Vec<_> = ties(draft)
            .map(|(tie, _)| (tie, draft))
            .chain(newer)
            .filter_map(of_both)
            .collect();
        for (tie, newer, older) in all {
            let other = if newer.id == draft.id {
                older
            } else {
                &newer.id
            };
            for room in self.meeting(room, &Fact::Draft(other.clone())) {
                self.tell_tie(tie, newer, older, &room);
            }
        }
    }

    fn tell_tie(&mut self, tie: Tie, newer: &DraftBlock, older: &DraftId, room: &RoomId) {
        let author = self.somebody_in(room, &newer.by);
        match tie {
            Tie::Base => self.tell(room, Fact::Base(newer.id.clone()), &author, |_| {
                let fields = Fields::of("draft-base")
                    .with("draft", &newer.id)
                    .with("base", older);
                match &newer.issued.lineage {
                    Some(lineage) => fields.with_content("lineage", &pack_lineage(lineage)),
                    None => fields,
                }
            }),
            Tie::Renders => self.tell(room, Fact::Renders(newer.id.clone()), &author, |_| {
                Fields::of("draft-renders")
                    .with("draft", &newer.id)
                    .with("renders", older)
            }),
        }
    }

    /// The rooms in which this room and those that know something come together.
    fn meeting(&self, room: &RoomId, known: &Fact) -> Vec<RoomId> {
        let Some(members) = self.rooms.get(room) else {
            return Vec::new();
        };
        let mut meeting: Vec<RoomId> = Vec::new();
        for other in self.told.rooms_that_know(known) {
            if let Some(others) = self.rooms.get(&other) {
                meeting.extend(where_both_are_known((room, members), (&other, others)));
            }
        }
        meeting.sort_unstable();
        meeting.dedup();
        meeting
    }
}

fn ties(draft: &DraftBlock) -> impl Iterator<Item = (Tie, &DraftId)> {
    let base = draft.base.as_ref().map(|base| (Tie::Base, base));
    let renders = draft
        .renders
        .as_ref()
        .map(|renders| (Tie::Renders, renders));
    base.into_iter().chain(renders)
}
