//! What may not stand in the blocks before the acts.

use std::collections::BTreeSet;

use super::known::{Author, Known};
use super::naming::{Place, Wanted, names_in_rule};
use super::provisions::Wording;
use super::{BlockKind, MOST_REFUSALS, Refusal, Rule, cycles};
use crate::record::{DraftBlock, Process, TextKind};

pub(super) fn check(known: &Known<'_>) -> Vec<Refusal> {
    let mut blocks = Blocks {
        known,
        refusals: Vec::new(),
    };
    blocks.process();
    blocks.limited(Blocks::persons);
    blocks.limited(Blocks::rooms);
    blocks.limited(Blocks::texts);
    blocks.limited(Blocks::drafts);
    blocks.refusals
}

struct Blocks<'k, 'r> {
    known: &'k Known<'r>,
    refusals: Vec<Refusal>,
}

impl<'r> Blocks<'_, 'r> {
    fn limited(&mut self, check: fn(&mut Self)) {
        let before = self.refusals.len();
        check(self);
        self.refusals.truncate(before + MOST_REFUSALS);
    }

    fn unknown<'a>(
        &mut self,
        block: (BlockKind, usize),
        place: Place,
        (what, given): (&str, &str),
        names: impl IntoIterator<Item = &'a str>,
    ) {
        let message = format!("no {what} is named {given:?}");
        let refusal = Refusal::new(Rule::UnknownName, block, Some(place), message);
        self.refusals.push(
            refusal
                .expected(format!("the handle of a {what}"))
                .nearest(given, names),
        );
    }

    fn seat(&mut self, block: (BlockKind, usize), place: Place, given: &str) {
        if self.known.seat(given).is_none() {
            let names: Vec<&str> = self.known.seats.keys().copied().collect();
            self.unknown(block, place, ("seat", given), names);
        }
    }

    fn level(&mut self, block: (BlockKind, usize), place: Place, given: &str) {
        if let Some(refusal) = wrong_level(&self.known.record.process, block, place, given) {
            self.refusals.push(refusal);
        }
    }

    fn process(&mut self) {
        let process = &self.known.record.process;
        let block = (BlockKind::Process, 0);
        self.seat(
            block,
            Place::field("pen_holder"),
            process.pen_holder.as_str(),
        );
        let mut levels = BTreeSet::new();
        if let Some(item) = process
            .levels
            .iter()
            .position(|level| !levels.insert(level))
        {
            let message = format!("the level {:?} is named twice", process.levels[item]);
            self.refusals.push(Refusal::new(
                Rule::DuplicateId,
                block,
                Some(Place::item("levels", item)),
                message,
            ));
        }
        if process.levels.is_empty() {
            let message = "the process has no level".to_owned();
            self.refusals.push(Refusal::new(
                Rule::MissingField,
                block,
                Some(Place::field("levels")),
                message,
            ));
        } else {
            self.level(block, Place::field("final_level"), &process.final_level);
        }
        let Some(plenary) = self.known.rooms.number("plenary") else {
            return;
        };
        let pen_holder = process.pen_holder.as_str();
        let author = Author {
            seat: pen_holder,
            recorder: pen_holder,
            room: plenary,
        };
        for naming in names_in_rule(
            process.final_stage.as_deref().unwrap_or_default(),
            Place::field("final_stage"),
        ) {
            let refusal = super::acts::refused_name(self.known, &naming, author, block);
            self.refusals.extend(refusal);
        }
    }

    fn persons(&mut self) {
        for (index, person) in self.known.record.persons.iter().enumerate() {
            let block = (BlockKind::Person, index);
            self.seat(block, Place::field("seat"), person.seat.as_str());
            if let Some(level) = &person.level {
                self.level(block, Place::field("level"), level);
            }
            for (item, room) in person.rooms.iter().flatten().enumerate() {
                let number = self.known.rooms.number(room.as_str());
                if number.is_none_or(|number| !self.known.rooms.sits(person.seat.as_str(), number))
                {
                    let message = format!(
                        "{:?} sits in no room named {:?}",
                        person.seat,
                        room.as_str()
                    );
                    let refusal = Refusal::new(
                        Rule::UnknownName,
                        block,
                        Some(Place::item("rooms", item)),
                        message,
                    );
                    let rooms = self.known.rooms.of_seat(person.seat.as_str());
                    self.refusals.push(
                        refusal
                            .expected("a room of the person's seat")
                            .nearest(room.as_str(), rooms),
                    );
                }
            }
        }
    }

    fn rooms(&mut self) {
        for (index, room) in self.known.record.rooms.iter().enumerate() {
            let block = (BlockKind::Room, index);
            for (item, seat) in room.members.iter().enumerate() {
                self.seat(block, Place::item("members", item), seat.as_str());
            }
            if room.members.is_empty() {
                let message = format!("nobody sits in {:?}", room.id);
                let refusal = Refusal::new(
                    Rule::MissingField,
                    block,
                    Some(Place::field("members")),
                    message,
                );
                self.refusals.push(refusal.expected("at least one seat"));
            }
        }
    }

    fn texts(&mut self) {
        for (index, text) in self.known.record.texts.iter().enumerate() {
            let block = (BlockKind::Text, index);
            for (item, seat) in text.parties.iter().enumerate() {
                self.seat(block, Place::item("parties", item), seat.as_str());
            }
            self.seat(block, Place::field("issuer"), text.issuer.as_str());
            if text.point_level == Some(0) {
                let message = "a point level counts from 1".to_owned();
                let refusal = Refusal::new(
                    Rule::NotTogether,
                    block,
                    Some(Place::field("point_level")),
                    message,
                );
                self.refusals
                    .push(refusal.expected("1 for the outermost provisions"));
            }
            for (item, link) in text.linked_to.iter().enumerate() {
                self.link(
                    block,
                    Place::item("linked_to", item),
                    link,
                    text.issuer.as_str(),
                );
            }
        }
    }

    fn link(
        &mut self,
        block: (BlockKind, usize),
        place: Place,
        link: &crate::record::PointRef,
        issuer: &str,
    ) {
        let author = self.at_home(issuer);
        let draft = author.and_then(|author| self.draft_of(link.draft.as_str(), author));
        let Some(draft) = draft else {
            let names = author
                .map(|author| self.drafts_of(author))
                .unwrap_or_default();
            return self.unknown(block, place, ("draft", link.draft.as_str()), names);
        };
        let wording = Wording {
            name: draft.id.as_str(),
            issued: &draft.issued,
        };
        if let Err(error) = wording.issued.draft.find(&link.path) {
            self.refusals.push(super::deeds::wrong_path(
                block, place, wording, &error, true,
            ));
        }
    }

    /// A seat by itself, in its own delegation room.
    fn at_home<'a>(&self, seat: &'a str) -> Option<Author<'a>> {
        let room = self.known.rooms.number(&format!("chamber-{seat}"))?;
        Some(Author {
            seat,
            recorder: seat,
            room,
        })
    }

    /// A draft that a seat issues or has heard of.
    fn draft_of(&self, name: &str, author: Author<'_>) -> Option<&'r DraftBlock> {
        self.known.draft(name, author)
    }

    fn drafts_of(&self, author: Author<'_>) -> Vec<&'r str> {
        self.known.valid(Wanted::Draft, author)
    }

    fn drafts(&mut self) {
        let record = self.known.record;
        for (index, draft) in record.drafts.iter().enumerate() {
            let block = (BlockKind::Draft, index);
            self.seat(block, Place::field("by"), draft.by.as_str());
            self.issuer(block, draft);
            for (field, of) in [("base", &draft.base), ("renders", &draft.renders)] {
                let Some(of) = of else { continue };
                let author = self.at_home(draft.by.as_str());
                match author.and_then(|author| self.draft_of(of.as_str(), author)) {
                    Some(of) if field == "base" && of.text != draft.text => {
                        let message = format!(
                            "{:?} is a draft of {:?}, not of {:?}",
                            of.id, of.text, draft.text
                        );
                        let refusal = Refusal::new(
                            Rule::OtherText,
                            block,
                            Some(Place::field(field)),
                            message,
                        );
                        self.refusals
                            .push(refusal.expected(format!("a draft of {:?}", draft.text)));
                    }
                    Some(_) => {}
                    None => {
                        let names = author
                            .map(|author| self.drafts_of(author))
                            .unwrap_or_default();
                        let names = names.into_iter().filter(|name| *name != draft.id.as_str());
                        self.unknown(block, Place::field(field), ("draft", of.as_str()), names);
                    }
                }
            }
        }
        self.refusals.extend(cycles::check(&record.drafts));
    }

    fn issuer(&mut self, block: (BlockKind, usize), draft: &DraftBlock) {
        let texts = &self.known.record.texts;
        let Some(text) = texts.iter().find(|text| text.id == draft.text) else {
            let own = texts
                .iter()
                .filter(|text| text.issuer == draft.by || text.kind == TextKind::Input);
            let names: Vec<&str> = own.map(|text| text.id.as_str()).collect();
            return self.unknown(
                block,
                Place::field("text"),
                ("text", draft.text.as_str()),
                names,
            );
        };
        if text.issuer != draft.by
            && text.kind != TextKind::Input
            && self.known.seat(draft.by.as_str()).is_some()
        {
            let message = format!("{:?} does not issue the drafts of {:?}", draft.by, text.id);
            let refusal = Refusal::new(Rule::NotIssuer, block, Some(Place::field("by")), message);
            let refusal = refusal.expected(format!("{:?}, its issuer", text.issuer));
            self.refusals
                .push(refusal.hint("a counter-text of another seat is a text of kind \"input\""));
        }
    }
}

/// A level that is none of the process's.
pub(super) fn wrong_level(
    process: &Process,
    block: (BlockKind, usize),
    place: Place,
    given: &str,
) -> Option<Refusal> {
    if process.levels.iter().any(|level| level == given) {
        return None;
    }
    let message = format!("no level is named {given:?}");
    let refusal = Refusal::new(Rule::UnknownName, block, Some(place), message);
    let expected = format!("one of {}", process.levels.join(", "));
    Some(
        refusal
            .expected(expected)
            .nearest(given, process.levels.iter().map(String::as_str)),
    )
}
