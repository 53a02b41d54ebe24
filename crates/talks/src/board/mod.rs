//! What a viewer sees: the merge of the rooms that it may enter, and every question it can be asked.

mod alerts;
mod briefing;
mod claims;
mod closing;
mod conditions;
mod denied;
mod fate;
mod gate_reason;
mod gates;
mod given;
mod kept;
mod meetings;
mod obligations;
mod on_record;
mod packages;
mod procedures;
mod proposals;
mod stage;
mod stakes;
mod texts;
mod tied;
mod understandings;
mod versions;
mod why;
mod worklist;

pub use gate_reason::GateReason;
use kept::Kept;
pub use on_record::OnRecord;
pub use proposals::{ProposedOn, StandingProposal};

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use onetext_text::{Workers, in_turn};

use crate::act::{Act, Claim, Deed};
use crate::escrow;
use crate::explanation::{ActCard, PersonCard};
use crate::exposure::Circulation;
use crate::mutant::off;
use crate::names::{ActId, ClaimId, RoomId, SeatId, TextId};
use crate::record::{Process, Record, Role, Seat, Text};
use crate::shelf::Shelf;
use crate::silence;
use crate::state::{State, answered};
use crate::status::{Alert, Basis, SeatCard, Status, Verdict};
use crate::table::Table;
use crate::when::When;

/// A seat, and the rooms of it that somebody may enter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewer {
    /// For which seat.
    pub seat: SeatId,
    /// Which of its rooms; none for all of them.
    pub rooms: Option<BTreeSet<RoomId>>,
}

impl Viewer {
    /// Whether this is the pen-holder, free to enter all its rooms: who may enter some of them alone sees a view.
    pub(crate) fn holds_the_record(&self, process: &Process) -> bool {
        self.seat == process.pen_holder && self.rooms.is_none()
    }

    /// Whether silence of this seat means to the viewer that there is nothing: to the pen-holder and to the seat
    /// itself, where no room is closed to them.
    pub(crate) fn knows_all_of(&self, seat: &SeatId, process: &Process) -> bool {
        self.rooms.is_none() && (self.seat == *seat || self.seat == process.pen_holder)
    }
}

/// Up to when the record is read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cut {
    /// Keeps acts whose event time, at its latest, is not after this; none for all.
    pub at: Option<When>,
    /// Keeps acts received by then; in a dossier, written down by then where that is stated.
    pub known_at: Option<When>,
}

/// Why a question has no answer here. What is hidden and what is not there give the same error.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AskError {
    /// No such seat.
    #[error("no seat is named {name}")]
    Seat {
        /// As given.
        name: String,
        /// The most similar name.
        nearest: Option<String>,
        /// The seats that there are: everybody knows them.
        seats: Vec<SeatId>,
    },
    /// Nothing of that name that the viewer can see.
    #[error("nothing here is named {name}")]
    Unknown {
        /// As given.
        name: String,
        /// The most similar name that the viewer can see.
        nearest: Option<String>,
    },
    /// A path that names no provision, or several.
    #[error("{0}")]
    Path(#[from] onetext_text::PathError),
}

/// The state of play for one viewer.
#[derive(Debug)]
pub struct Board {
    viewer: Viewer,
    cut: Cut,
    /// The second that a board of an earlier moment speaks of.
    moment: Option<i64>,
    process: Arc<Process>,
    seats: Arc<Vec<Seat>>,
    /// Where each seat stands among them.
    by_seat: Arc<BTreeMap<SeatId, usize>>,
    state: State,
    /// What the viewer's rooms hold and is in escrow for it.
    sealed: Vec<Arc<Act>>,
    /// Whether any procedure is known in which silence consents.
    hears: bool,
    texts: BTreeMap<TextId, TextBoard>,
    /// What deserves a second look, worked out when it is first asked for.
    alerts: OnceCell<Vec<Arc<Alert>>>,
    /// The end of the last act.
    last: OnceCell<i64>,
    /// What was done towards the end of texts.
    ends: OnceCell<Vec<Arc<Act>>>,
    /// Acts as they were told.
    cards: RefCell<BTreeMap<ActId, Arc<ActCard>>>,
    /// How claims were judged as of the moments at which they were made: what happens later does not change it.
    then: RefCell<JudgedThen>,
}

/// Claims by the moment at which they were made and by name, each with its verdict then.
type JudgedThen = BTreeMap<(i64, ClaimId), Vec<(Claim, Verdict)>>;

/// One text on the board.
#[derive(Debug)]
struct TextBoard {
    text: Arc<Text>,
    shelf: Arc<Shelf>,
    circulation: Circulation,
    table: Table,
    kept: Kept,
}

impl Record {
    /// The rooms a viewer may enter, and who sits in them.
    ///
    /// # Errors
    /// [`AskError::Seat`] where the record has no such seat.
    pub fn rooms_of(
        &self,
        viewer: &Viewer,
    ) -> Result<BTreeMap<RoomId, BTreeSet<SeatId>>, AskError> {
        if !self.seats.iter().any(|seat| seat.id == viewer.seat) {
            let names = self.seats.iter().map(|seat| seat.id.as_str());
            let nearest = nearest(viewer.seat.as_str(), names);
            return Err(AskError::Seat {
                name: viewer.seat.to_string(),
                nearest,
                seats: self.seats.iter().map(|seat| seat.id.clone()).collect(),
            });
        }
        let mut rooms = self.all_rooms();
        rooms.retain(|id, members| {
            (members.contains(&viewer.seat) || off("other rooms are closed"))
                && viewer.rooms.as_ref().is_none_or(|rooms| rooms.contains(id))
        });
        Ok(rooms)
    }
}

impl Board {
    /// Folds each of the viewer's rooms alone and merges them.
    ///
    /// # Errors
    /// [`AskError::Seat`] where the record has no such seat.
    pub fn of(record: &Record, viewer: &Viewer, cut: &Cut) -> Result<Board, AskError> {
        Board::of_by(record, viewer, cut, &in_turn)
    }

    /// The same in two parts at once, where the workers do that.
    ///
    /// # Errors
    /// [`AskError::Seat`] where the record has no such seat.
    pub fn of_by(
        record: &Record,
        viewer: &Viewer,
        cut: &Cut,
        workers: Workers<'_>,
    ) -> Result<Board, AskError> {
        let state = State::of(record, viewer, cut, workers)?;
        let (process, seats) = (
            Arc::new(record.process.clone()),
            Arc::new(record.seats.clone()),
        );
        Ok(Board::of_state(state, viewer, cut, process, seats))
    }

    fn of_state(
        mut state: State,
        viewer: &Viewer,
        cut: &Cut,
        process: Arc<Process>,
        seats: Arc<Vec<Seat>>,
    ) -> Board {
        let sealed = escrow::seal(&mut state, &viewer.seat);
        // Of two of one name the first goes by it.
        let by_seat = seats.iter().enumerate().rev();
        let by_seat = by_seat.map(|(place, seat)| (seat.id.clone(), place));
        let mut board = Board {
            by_seat: Arc::new(by_seat.collect()),
            viewer: viewer.clone(),
            cut: cut.clone(),
            moment: None,
            process,
            seats,
            state,
            hears: false,
            sealed,
            texts: BTreeMap::new(),
            alerts: OnceCell::new(),
            last: OnceCell::new(),
            ends: OnceCell::new(),
            cards: RefCell::default(),
            then: RefCell::default(),
        };
        board.lay_out();
        board
    }

    fn lay_out(&mut self) {
        self.hears = silence::any(&self.state);
        self.texts = self
            .state
            .texts
            .values()
            .map(|text| (text.id.clone(), self.lay_out_text(text)))
            .collect();
        self.resolve();
    }

    fn lay_out_text(&self, text: &Arc<Text>) -> TextBoard {
        let all_parties = off("each text has its own parties").then(|| {
            let parties = self.seats.iter().filter(|seat| seat.role == Role::Party);
            Arc::new(Text {
                parties: parties.map(|seat| seat.id.clone()).collect(),
                ..Text::clone(text)
            })
        });
        let text = all_parties.as_ref().unwrap_or(text);
        let shelf = Arc::new(Shelf::of(text, &self.state, &self.viewer, &self.process));
        let circulation = Circulation::of(
            text,
            &shelf,
            &self.state,
            &self.viewer,
            &self.process,
            &self.seats,
        );
        let table = Table::of(text, &shelf, &self.state, &self.process);
        let mut board = TextBoard {
            text: Arc::clone(text),
            shelf,
            circulation,
            table,
            kept: Kept::default(),
        };
        if self.hears {
            self.conclude(&mut board, |bridges| {
                let mut shelf = Shelf::of(text, &self.state, &self.viewer, &self.process);
                shelf.bridges = bridges;
                let shelf = Arc::new(shelf);
                let table = Table::of(text, &shelf, &self.state, &self.process);
                (shelf, table)
            });
        }
        board
    }

    /// The same viewer's board as of that second, for judging what was said then.
    fn as_of(&self, latest: i64) -> Board {
        let mut board = Board {
            viewer: self.viewer.clone(),
            cut: self.cut.clone(),
            moment: Some(latest),
            process: Arc::clone(&self.process),
            seats: Arc::clone(&self.seats),
            by_seat: Arc::clone(&self.by_seat),
            state: self.state.until(latest),
            hears: false,
            sealed: Vec::new(),
            texts: BTreeMap::new(),
            alerts: OnceCell::new(),
            last: OnceCell::new(),
            ends: OnceCell::new(),
            cards: RefCell::default(),
            then: RefCell::default(),
        };
        board.hears = silence::any(&board.state);
        let texts = self
            .texts
            .iter()
            .map(|(id, now)| (id.clone(), board.text_as_of(now, latest)));
        board.texts = texts.collect();
        board.resolve();
        board
    }

    fn text_as_of(&self, now: &TextBoard, latest: i64) -> TextBoard {
        let (text, state, process) = (&now.text, &self.state, &self.process);
        let then = Shelf::of(text, state, &self.viewer, process);
        let shelf = Arc::new(now.shelf.as_of(then));
        let circulation = Circulation::of(text, &shelf, state, &self.viewer, process, &self.seats);
        let table = now.table.as_of(latest, text, &shelf, state, process);
        let mut board = TextBoard {
            text: Arc::clone(text),
            shelf,
            circulation,
            table,
            kept: Kept::default(),
        };
        if self.hears {
            self.conclude(&mut board, |bridges| {
                let then = Shelf::of(text, state, &self.viewer, process);
                let mut shelf = now.shelf.as_of(then);
                shelf.bridges = bridges;
                let shelf = Arc::new(shelf);
                let table = now.table.as_of(latest, text, &shelf, state, process);
                (shelf, table)
            });
        }
        board
    }

    /// One more act in a room that the viewer may enter: equal to folding everything again. An act in another room
    /// changes nothing.
    ///
    /// An act that brings new drafts, persons or texts needs [`Board::of`] on the longer record.
    pub fn append(&mut self, act: &Arc<Act>) {
        if !self.state.rooms.contains_key(&act.room) || !self.cut.keeps(act) {
            return;
        }
        self.state.add(act);
        self.alerts.take();
        self.ends.take();
        let since = act.on.latest();
        if let Some(last) = self.last.get_mut() {
            *last = since.max(*last);
        }
        self.then.get_mut().retain(|(moment, _), _| *moment < since);
        let answers = matches!(
            act.deed,
            Deed::Withdraw(_) | Deed::Dispose(_) | Deed::Confirm(_) | Deed::Deny(_)
        );
        let signed = |own: &Arc<Act>| matches!(own.deed, Deed::Sign(_));
        let of_signatures = signed(act)
            || !self.sealed.is_empty()
            || (answers && self.state.other_acts().any(signed));
        if of_signatures {
            // One more signature may be the last, and what was in escrow comes out; one that is taken back puts the others
            // back into it.
            self.last.take();
            self.cards.get_mut().clear();
            self.then.get_mut().clear();
            for sealed in std::mem::take(&mut self.sealed) {
                self.state.add(&sealed);
            }
            self.sealed = escrow::seal(&mut self.state, &self.viewer.seat);
            self.lay_out();
            return;
        }
        match &act.deed {
            Deed::Stance(_) => {
                for board in self.texts.values_mut() {
                    board.table.append(act, &self.state, &self.process);
                }
            }
            Deed::Withdraw(_) | Deed::Dispose(_) | Deed::Confirm(_) | Deed::Deny(_) => {
                self.reconsider(act);
            }
            Deed::Deliver(_)
            | Deed::Acknowledge(_)
            | Deed::Bracket(_)
            | Deed::Package(_)
            | Deed::Track(_) => {
                self.lay_out();
            }
            _ => {}
        }
        self.hear_again(act);
        self.resolve();
        for board in self.texts.values_mut() {
            let changed = board.table.take_changed();
            if answers || self.hears {
                self.cards.get_mut().clear();
                board.kept.forget_all();
            } else {
                board.kept.forget(&changed);
                let (table, tied) = (&board.table, !board.table.ties.is_empty());
                if matches!(act.deed, Deed::Stance(_)) {
                    board.kept.forget_bucket(table.bucket(&act.seat), tied);
                }
            }
        }
    }

    /// An act answered another: what that did may have changed, and what that answered in turn.
    fn reconsider(&mut self, answer: &Act) {
        let mut seen = BTreeSet::new();
        let mut next = answered(&answer.deed).map(str::to_owned);
        while let Some(name) = next.filter(|name| seen.insert(name.clone())) {
            for board in self.texts.values_mut() {
                board.table.reconsider(&name, &self.state);
            }
            let deed = self.state.acts.get(name.as_str()).map(|act| &act.deed);
            let lays_out = matches!(
                deed,
                Some(Deed::Bracket(_) | Deed::Package(_) | Deed::Track(_))
            );
            next = deed.and_then(answered).map(str::to_owned);
            if lays_out {
                self.lay_out();
            }
        }
    }

    /// The counts of every text at the level of points, without the rest of the status.
    #[must_use]
    pub fn counts(&self) -> BTreeMap<TextId, crate::status::PointCounts> {
        self.texts
            .iter()
            .map(|(id, board)| (id.clone(), board.table.counts_by_type()))
            .collect()
    }

    /// The state of play.
    #[must_use]
    pub fn status(&self) -> Status {
        Status {
            process: self.process.id.clone(),
            title: self.process.title.clone(),
            viewer: self.viewer.seat.clone(),
            at: self.cut.at.as_ref().map(ToString::to_string),
            known_at: self.cut.known_at.as_ref().map(ToString::to_string),
            basis: if self.is_pen_holder() {
                Basis::Record
            } else {
                Basis::View
            },
            stage: self.process_stage(),
            open: self.process_open(),
            ready_to_close: self.ready_to_close(),
            seats: self.seat_cards(),
            persons: self.person_cards(),
            texts: self.text_statuses(),
            gates: self.gate_statuses(),
            obligations: self.obligations(),
            claims: self.claim_statuses(),
            statements: self.statement_statuses(),
            sessions: self.session_statuses(),
            missions: self.mission_statuses(),
            understandings: self.understanding_statuses(),
            packages: self.package_statuses(),
            conditions: self.condition_statuses(),
            procedures: self.procedure_statuses(),
            alerts: self.alerts().to_vec(),
        }
    }

    fn seat_cards(&self) -> Vec<SeatCard> {
        let cards = self.seats.iter();
        cards
            .map(|seat| SeatCard {
                id: seat.id.clone(),
                name: seat.name.clone(),
                role: seat.role,
            })
            .collect()
    }

    fn person_cards(&self) -> Vec<PersonCard> {
        let persons = self.state.persons.values();
        persons
            .map(|person| PersonCard {
                id: person.id.clone(),
                name: person.name.clone(),
                seat: person.seat.clone(),
                level: person.level.clone(),
            })
            .collect()
    }

    fn is_pen_holder(&self) -> bool {
        self.viewer.holds_the_record(&self.process)
    }

    /// The name of a seat on screen.
    fn seat_name<'a>(&'a self, seat: &'a SeatId) -> &'a str {
        let place = self.by_seat.get(seat);
        let card = place.and_then(|place| self.seats.get(*place));
        card.map_or(seat.as_str(), |card| &card.name)
    }

    /// The same board, at this second of the caller's clock where no cut says when.
    #[must_use]
    pub fn by_the_clock(mut self, now: i64) -> Board {
        self.set_clock(now);
        self
    }

    /// Moves this board to that second of the caller's clock where no cut says when.
    pub fn set_clock(&mut self, now: i64) {
        if self.cut.at.is_none() {
            self.alerts.take();
            // What was known by a day is told as of that day, whenever one asks.
            let known_at = self.cut.known_at.as_ref().map(When::latest);
            self.moment = Some(known_at.map_or(now, |known_at| known_at.min(now)));
            // What is kept of a text rests on the moment only where silence counts from then on.
            if self.hears {
                self.lay_out();
            }
        }
    }

    /// The moment the board speaks of: the cut or the clock, else the end of the last act that the viewer can see.
    fn now(&self) -> i64 {
        let cut = self
            .moment
            .or_else(|| self.cut.at.as_ref().map(When::latest));
        cut.unwrap_or_else(|| self.last())
    }

    /// The end of the last act that the viewer can see.
    fn last(&self) -> i64 {
        let ends = || self.state.acts.values().map(|act| act.on.latest());
        *self.last.get_or_init(|| ends().max().unwrap_or(i64::MIN))
    }
}

/// The most similar of some names, where one is similar enough to be meant.
pub(crate) fn nearest<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
    let close = names.map(|known| (strsim::damerau_levenshtein(name, known), known));
    let bound = (name.chars().count() / 3).max(1) + 1;
    close
        .filter(|(distance, _)| *distance <= bound)
        .min()
        .map(|(_, known)| known.to_owned())
}
