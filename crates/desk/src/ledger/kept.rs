//! Plain positions as a snapshot holds them, with words that many have written once.

use std::collections::BTreeMap;
use std::sync::Arc;

use onetext_seal::{ActDigest, ContentDigest};
use onetext_talks::{
    Act, Deed, Points, Seldom, Stance, StanceKind, StanceSeldom, StanceType, Standing, When,
};

use super::said::{Ear, Plain, Said, number_of};
use crate::workspace::{Hearer, Opened, Put, Take, WorkspaceError};

/// The words of one snapshot, each by the number under which it is written again.
#[derive(Debug)]
pub(super) struct Lexicon<T> {
    written: BTreeMap<String, u64>,
    read: Vec<T>,
}

impl<T> Default for Lexicon<T> {
    fn default() -> Self {
        Lexicon {
            written: BTreeMap::new(),
            read: Vec::new(),
        }
    }
}

impl<T: Clone> Lexicon<T> {
    pub(super) fn begin(&mut self) {
        self.written.clear();
        self.read.clear();
    }

    /// Writes words: in full for the first time, then by their number.
    fn put(&mut self, words: &str, out: &mut Put) {
        if let Some(number) = self.written.get(words) {
            out.number(*number);
            return;
        }
        out.number(0);
        out.bytes(words.as_bytes());
        let number = self.written.len() as u64 + 1;
        self.written.insert(words.to_owned(), number);
    }

    /// Reads words, and what is made of them.
    fn take(&mut self, from: &mut Take<'_>, make: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        if let Some(place) = from.number()?.checked_sub(1) {
            return self.read.get(usize::try_from(place).ok()?).cloned();
        }
        let made = make(std::str::from_utf8(from.bytes()?).ok()?)?;
        self.read.push(made.clone());
        Some(made)
    }
}

/// The stances by the numbers under which they are written.
const STANCES: [StanceKind; 7] = [
    StanceKind::Endorse,
    StanceKind::Accept,
    StanceKind::AcceptAdRef,
    StanceKind::Reserve,
    StanceKind::Object,
    StanceKind::Propose,
    StanceKind::Withhold,
];

/// The types of disagreement by the numbers under which they are written; 0 is none.
const TYPES: [StanceType; 5] = [
    StanceType::Language,
    StanceType::Level,
    StanceType::Time,
    StanceType::Substance,
    StanceType::Dependency,
];

const HANDLE: u64 = 1;
const PERSON: u64 = 2;
const POINTS: u64 = 4;
const ISSUED: u64 = 8;
const RED_LINE: u64 = 16;
const WORDS: u64 = 32;

/// The place of something in a list.
fn place<T: PartialEq>(list: &[T], sought: &T) -> u64 {
    let place = list.iter().position(|one| one == sought);
    place.map_or(u64::MAX, |place| place as u64)
}

impl Hearer for Ear {
    type Said = Said;

    fn hear(&mut self, opened: Opened<'_>) -> Result<Said, WorkspaceError> {
        self.listen(opened)
    }

    fn begin(&mut self) {
        self.name_words.begin();
        self.point_words.begin();
        self.issued_words.begin();
    }

    fn put(&mut self, said: &Said, out: &mut Put) -> bool {
        let Said::Plain(plain) = said else {
            return false;
        };
        let act = &plain.act;
        let Deed::Stance(stance) = &act.deed else {
            return false;
        };
        let Some(draft) = &stance.draft else {
            return false;
        };
        let points = match &stance.points {
            None => None,
            Some(points) => match serde_json::to_string(points) {
                Ok(points) => Some(points),
                Err(_) => return false,
            },
        };
        let words = stance.interest.is_some() || stance.wording.is_some();
        let flag = |holds: bool, flag: u64| if holds { flag } else { 0 };
        out.number(
            flag(plain.handle.is_some(), HANDLE)
                | flag(act.person.is_some(), PERSON)
                | flag(points.is_some(), POINTS)
                | flag(plain.issued.is_some(), ISSUED)
                | flag(stance.red_line, RED_LINE)
                | flag(words, WORDS),
        );
        if plain.handle.is_some() {
            out.bytes(act.id.as_str().as_bytes());
        }
        self.name_words.put(act.seat.as_str(), out);
        if let Some(person) = &act.person {
            self.name_words.put(person.as_str(), out);
        }
        self.name_words.put(act.recorder.as_str(), out);
        out.bytes(act.on.as_str().as_bytes());
        self.name_words.put(draft.as_str(), out);
        if let Some(points) = points {
            self.point_words.put(&points, out);
        }
        if let Some(issued) = &plain.issued {
            self.issued_words.put(&issued.to_string(), out);
        }
        out.number(place(&STANCES, &stance.stance));
        out.number(stance.kind.map_or(0, |kind| place(&TYPES, &kind) + 1));
        if words {
            out.letters(stance.interest.as_deref());
            out.letters(stance.wording.as_deref());
        }
        true
    }

    fn take(
        &mut self,
        (id, room, depth): (&ActDigest, &str, u64),
        from: &mut Take<'_>,
    ) -> Option<Said> {
        let flags = from.number()?;
        let has = |flag: u64| flags & flag != 0;
        let handle = match has(HANDLE) {
            true => Some(std::str::from_utf8(from.bytes()?).ok()?),
            false => None,
        };
        let seat = self.named(from)?;
        let person = match has(PERSON) {
            true => Some(self.named(from)?),
            false => None,
        };
        let recorder = self.named(from)?;
        let on = std::str::from_utf8(from.bytes()?).ok()?;
        let draft = self.named(from)?;
        let points = match has(POINTS) {
            true => Some(self.pointed(from)?),
            false => None,
        };
        let issued = match has(ISSUED) {
            true => Some(self.issued_on(from)?),
            false => None,
        };
        let stance = *STANCES.get(usize::try_from(from.number()?).ok()?)?;
        let kind = match from.number()?.checked_sub(1) {
            None => None,
            Some(place) => Some(*TYPES.get(usize::try_from(place).ok()?)?),
        };
        let seldom = match has(WORDS) {
            true => StanceSeldom {
                interest: from.letters()?.map(str::to_owned),
                wording: from.letters()?.map(str::to_owned),
                ..StanceSeldom::default()
            }
            .into(),
            false => Seldom::default(),
        };
        let act = Act {
            id: match handle {
                Some(handle) => handle.into(),
                None => id.to_string().into(),
            },
            room: self.name(room),
            standing: Standing::from(depth),
            seat: seat.into(),
            person: person.map(Into::into),
            recorder: recorder.into(),
            on: self.whens.near(on, |on| When::parse(on).ok())?,
            seldom: Seldom::default(),
            deed: Deed::Stance(Stance {
                draft: Some(draft.into()),
                points,
                stance,
                kind,
                red_line: has(RED_LINE),
                seldom,
            }),
        };
        Some(Said::Plain(Plain {
            act: Arc::new(act),
            issued,
            handle: handle.map(number_of),
        }))
    }
}

impl Ear {
    fn named(&mut self, from: &mut Take<'_>) -> Option<Arc<str>> {
        let Ear {
            names, name_words, ..
        } = self;
        name_words.take(from, |name| names.get(name, |name| Some(name.into())))
    }

    fn pointed(&mut self, from: &mut Take<'_>) -> Option<Points> {
        let Ear {
            points,
            point_words,
            ..
        } = self;
        point_words.take(from, |words| {
            points.get(words, |words| serde_json::from_str(words).ok())
        })
    }

    fn issued_on(&mut self, from: &mut Take<'_>) -> Option<Arc<ContentDigest>> {
        let Ear {
            issued,
            issued_words,
            ..
        } = self;
        issued_words.take(from, |words| {
            issued.get(words, |words| words.parse().ok().map(Arc::new))
        })
    }
}
