//! Who has been given this sentence; what a seat came to know; what changed since what it was last given.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use onetext_text::{Lineage, normal_form};

use super::{AskError, Board, TextBoard, nearest};
use crate::act::{Act, Deed};
use crate::given::{Disclosed, DisclosureLog, Given, PlaceOfWords, Since, ToldWords, WhoHas};
use crate::names::{DraftId, RoomId, SeatId, TextId};
use crate::shelf::{Sheet, Source};

impl Board {
    /// Who has been given these words: in a draft, by being told them, or by a position or a statement that holds them.
    ///
    /// Words are compared in their normal form, whatever their case. Of nothing, and of what is in no wording, the answer
    /// is nobody.
    #[must_use]
    pub fn who_has(&self, words: &str) -> WhoHas {
        let wanted = comparable(words);
        let mut found = WhoHas {
            words: words.to_owned(),
            places: Vec::new(),
            told: Vec::new(),
            seats: Vec::new(),
            names: self.names_of_seats(),
        };
        if wanted.is_empty() {
            return found;
        }
        for board in self.texts.values() {
            for (sheet, source) in board.shelf.sheets.iter().enumerate() {
                self.places_in(board, (sheet, source), &wanted, &mut found.places);
            }
        }
        for act in self.state.all_in_order() {
            found.told.extend(self.told_words(act, &wanted));
        }
        let mut seats: BTreeSet<SeatId> = BTreeSet::new();
        for place in &found.places {
            seats.extend(place.copy_of.iter().cloned());
            seats.extend(place.given.keys().cloned());
        }
        seats.extend(found.told.iter().flat_map(|told| told.to.iter().cloned()));
        found.seats = seats.into_iter().collect();
        found
    }

    fn places_in(
        &self,
        board: &TextBoard,
        (sheet, source): (usize, &Sheet),
        wanted: &str,
        places: &mut Vec<PlaceOfWords>,
    ) {
        let provisions = source.issued.draft.provisions().iter();
        let mut holding = provisions
            .filter(|provision| comparable(&provision.wording).contains(wanted))
            .peekable();
        if holding.peek().is_none() {
            return;
        }
        let mut given: BTreeMap<SeatId, Vec<Given>> = BTreeMap::new();
        for seat in self.seats.iter() {
            let entries = board.circulation.to(&seat.id);
            let own: Vec<Given> = entries
                .filter(|(index, _)| *index == sheet)
                .map(|(_, exposure)| Given {
                    on: exposure.on.clone(),
                    channel: exposure.channel,
                    act: exposure.act.clone(),
                })
                .collect();
            if !own.is_empty() {
                given.insert(seat.id.clone(), own);
            }
        }
        let copy_of = match &source.source {
            Source::Copy { seat, .. } => Some(seat.clone()),
            Source::Draft | Source::Version => None,
        };
        places.extend(holding.map(|provision| PlaceOfWords {
            text: board.text.id.clone(),
            draft: source.name.clone(),
            path: provision.path.clone(),
            copy_of: copy_of.clone(),
            given: given.clone(),
        }));
    }

    fn told_words(&self, act: &Act, wanted: &str) -> Option<ToldWords> {
        let (words, manner): (Vec<&str>, _) = match &act.deed {
            Deed::Convey(deed) => (vec![deed.words.as_str()], Some(deed.manner)),
            Deed::Statement(deed) => (vec![deed.words.as_str()], None),
            Deed::Stance(deed) => {
                let said = [&deed.wording, &deed.interest];
                (
                    said.into_iter().flatten().map(String::as_str).collect(),
                    None,
                )
            }
            Deed::RedLine(deed) => (vec![deed.words.as_str()], None),
            Deed::Note(deed) | Deed::Question(deed) => (vec![deed.words.as_str()], None),
            _ => return None,
        };
        let holds = words.iter().any(|words| comparable(words).contains(wanted));
        let members = self.state.rooms.get(&act.room)?;
        holds.then(|| ToldWords {
            act: self.card(act),
            manner,
            to: members.iter().cloned().collect(),
        })
    }

    /// What a seat came to know through the acts of others in its rooms, as far as the viewer sees them.
    ///
    /// # Errors
    /// [`AskError::Seat`] where there is no such seat.
    pub fn disclosed_to(&self, seat: &str) -> Result<DisclosureLog, AskError> {
        let seat = self.seat_named(seat)?;
        let own = self.state.rooms.iter();
        let own = own.filter(|(_, members)| members.contains(&seat));
        let own: BTreeSet<&RoomId> = own.map(|(room, _)| room).collect();
        let of_others = |act: &&Arc<Act>| act.seat != seat && own.contains(&act.room);
        let acts = self.state.all_in_order().filter(of_others);
        Ok(DisclosureLog {
            name: self.seat_name(&seat).to_owned(),
            complete: self.viewer.knows_all_of(&seat, &self.process),
            entries: acts
                .map(|act| Disclosed {
                    room: act.room.clone(),
                    act: self.kept_card(act),
                })
                .collect(),
            seat,
        })
    }

    /// What each seat of the process is called.
    #[must_use]
    pub fn names_of_seats(&self) -> BTreeMap<SeatId, String> {
        let seats = self.seats.iter();
        seats
            .map(|seat| (seat.id.clone(), seat.name.clone()))
            .collect()
    }

    fn seat_named(&self, name: &str) -> Result<SeatId, AskError> {
        let found = self.seats.iter().find(|seat| seat.id.as_str() == name);
        found
            .map(|seat| seat.id.clone())
            .ok_or_else(|| AskError::Seat {
                name: name.to_owned(),
                nearest: nearest(name, self.seats.iter().map(|seat| seat.id.as_str())),
                seats: self.seats.iter().map(|seat| seat.id.clone()).collect(),
            })
    }

    /// What changed for a seat since what it was last given: of the text that is named, or the first main text of which it
    /// was given anything. Where it has the last draft, since what it was given before that.
    ///
    /// # Errors
    /// [`AskError`] where there is no such seat or text, or nothing is known to have been given to the seat.
    pub fn since(&self, seat: &str, text: Option<&str>) -> Result<Since, AskError> {
        let seat = self.seat_named(seat)?;
        let nothing = |of: &str| AskError::Unknown {
            name: format!("anything earlier of {of} that {seat} was given"),
            nearest: None,
        };
        if let Some(text) = text {
            let names = self.texts.keys().map(TextId::as_str);
            let board = self.find_text(text).ok_or_else(|| AskError::Unknown {
                name: text.to_owned(),
                nearest: nearest(text, names),
            })?;
            return self.since_in(board, &seat).ok_or_else(|| nothing(text));
        }
        let mut boards = self.main_texts().chain(
            self.texts
                .values()
                .filter(|board| board.text.kind != crate::record::TextKind::Main),
        );
        let found = boards.find_map(|board| self.since_in(board, &seat));
        found.ok_or_else(|| nothing("the texts here"))
    }

    fn since_in(&self, board: &TextBoard, seat: &SeatId) -> Option<Since> {
        let shelf = &board.shelf;
        let latest = shelf.latest?;
        let working = shelf.working.last();
        let working = working.and_then(|draft| shelf.find_draft(&draft.id));
        let to = working.unwrap_or(latest);
        let place = |sheet: usize| shelf.place(sheet);
        let own = board.circulation.to(seat);
        let earlier = own.filter(|(sheet, _)| {
            // A copy that equals no draft stands after them all, and is older than the last.
            let copy = matches!(shelf.sheets[*sheet].source, Source::Copy { .. });
            *sheet != to && (copy || place(*sheet) < place(to))
        });
        let (from, exposure) = earlier.max_by_key(|(sheet, exposure)| {
            let is_draft = !matches!(shelf.sheets[*sheet].source, Source::Copy { .. });
            (is_draft, place(*sheet), exposure.on.clone())
        })?;
        let (old, new) = (&shelf.sheets[*from], &shelf.sheets[to]);
        let lineage = if to == latest {
            old.to_latest.clone()
        } else {
            Lineage::between(&old.issued, &new.issued)
        };
        Some(Since {
            seat: seat.clone(),
            text: board.text.id.clone(),
            from: exposure.draft.clone(),
            old: Arc::clone(&old.issued),
            given: exposure.on.clone(),
            to: new.name.clone(),
            new: Arc::clone(&new.issued),
            lineage,
        })
    }

    /// The drafts that the viewer can read, with what they say: for finding which one a page is nearest to.
    #[must_use]
    pub fn readable_drafts(&self) -> Vec<(TextId, DraftId, Arc<onetext_text::IssuedDraft>)> {
        let texts = self.texts.values();
        let sheets = texts.flat_map(|board| {
            board.shelf.sheets.iter().map(move |sheet| {
                (
                    board.text.id.clone(),
                    sheet.name.clone(),
                    Arc::clone(&sheet.issued),
                )
            })
        });
        sheets.collect()
    }

    /// Who has been given a draft or a copy of this name, and by which ways, as far as the viewer knows.
    #[must_use]
    pub fn given(&self, draft: &str) -> BTreeMap<SeatId, Vec<Given>> {
        let mut all: BTreeMap<SeatId, Vec<Given>> = BTreeMap::new();
        for board in self.texts.values() {
            for seat in self.seats.iter() {
                let entries = board.circulation.to(&seat.id);
                let own = entries.filter(|(sheet, exposure)| {
                    exposure.draft.as_str() == draft
                        || board.shelf.sheets[*sheet].name.as_str() == draft
                });
                let own: Vec<Given> = own
                    .map(|(_, exposure)| Given {
                        on: exposure.on.clone(),
                        channel: exposure.channel,
                        act: exposure.act.clone(),
                    })
                    .collect();
                if !own.is_empty() {
                    all.entry(seat.id.clone()).or_default().extend(own);
                }
            }
        }
        all
    }
}

/// Words in normal form, in one case.
fn comparable(words: &str) -> String {
    normal_form(words).to_lowercase()
}
