//! The books of a process: opened from a dossier, asked through the doors, never handed out.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use onetext_paper::dossier::{self, Files};
use onetext_seal::{ActDigest, Keys};
use onetext_talks::{
    Act, Board, Cut, PersonId, Record, Role, RoomId, SeatCard, SeatId, State, Viewer, When,
};

use serde_json::{Map, Value};

use crate::act::{ActRefused, Bearing, Desk};
use crate::error::DeskError;
use crate::hands::hands;
use crate::ledger::{self, Ear, Judge, Ledger, LeftOut, Manifests, Told, Why};
use crate::workspace::{Bookmark, Workspace, WorkspaceError};

/// By so many seconds the clock of books that follow moves on at a time: what depends on it is worked out anew then.
const MINUTE: i64 = 60;

/// How many boards of one process are kept: that of all acts, and those of the days that were asked for last.
const BOARDS: usize = 3;

/// A process, held. Only the doors of this crate look inside, and only as a viewer.
#[derive(Debug)]
pub struct Books {
    held: Mutex<Held>,
    /// Boards that stand, the one that was asked last at the end.
    boards: Mutex<Vec<Stands>>,
    /// How far a workspace was read, and what is needed to read on.
    follows: Mutex<Option<Follows>>,
}

/// What there is of a process.
#[derive(Debug)]
struct Held {
    record: Arc<Record>,
    /// The caller's clock, in seconds since 1970: of a workspace.
    now: Option<i64>,
    /// What counts for nothing, or not yet: of a workspace.
    left_out: Vec<LeftOut>,
}

/// A board that stands, and whose it is.
#[derive(Debug)]
struct Stands {
    viewer: Viewer,
    cut: Cut,
    board: Board,
    /// How many acts of the record were put on it, and up to when it stands by the clock.
    acts: usize,
    now: Option<i64>,
}

impl Stands {
    /// Puts on it what was taken in since. Not where something came of an earlier day, up to which it stands: of that day the
    /// board may know less than the rooms do by now. It says so, and is to be made anew.
    fn catch_up(&mut self, held: &Mutex<Held>) -> bool {
        let (new, now) = {
            let held = locked(held);
            let acts = held.record.acts.shared().iter().skip(self.acts);
            (acts.cloned().collect::<Vec<Arc<Act>>>(), held.now)
        };
        if self.cut.at.is_some() && new.iter().any(|act| self.cut.keeps(act)) {
            return false;
        }
        self.acts += new.len();
        for act in &new {
            self.board.append(act);
        }
        if let Some(now) = now.filter(|_| now != self.now) {
            self.board.set_clock(now);
            self.now = Some(now);
        }
        true
    }
}

/// How far the rooms of a seat were read.
#[derive(Debug)]
struct Follows {
    seat: String,
    bookmark: Bookmark,
    ear: Ear,
    /// What bears on the seat's next act; none until it acts.
    desk: Option<(Ledger, Bearing)>,
    /// What its rooms were told beside their acts, and what more acts are held against.
    told: Told,
    judge: Judge,
}

impl Follows {
    fn ledger(&self, record: Record) -> Ledger {
        Ledger {
            record,
            told: self.told.clone(),
            left_out: Vec::new(),
            judge: self.judge.clone(),
            manifests: Manifests::default(),
        }
    }

    /// What of a record bears on the seat's next act.
    fn bears(&self, record: &Record) -> (Ledger, Bearing) {
        let (record, bearing) = Bearing::of(record);
        (self.ledger(record), bearing)
    }

    /// Records an act, held against what bears on it; where that does not do, against the whole record.
    fn record(
        &mut self,
        workspace: &mut Workspace,
        (fields, files): (&Map<String, Value>, &mut dyn Files),
        record: &Record,
        now: i64,
    ) -> Result<ActDigest, ActRefused> {
        let (short, bearing) = match self.desk.take() {
            Some(kept) => kept,
            None => self.bears(record),
        };
        let acts = short.record.acts.len();
        let mut desk = Desk::of(workspace, &self.seat, short);
        // A handle must be free among all, and so must those of claims and of tenets.
        let named = ["id", "claims", "tenets"];
        let recorded = match named.iter().any(|field| fields.contains_key(*field)) {
            true => Err(ActRefused::NotInOrder(Vec::new())),
            false => desk.act(fields.clone(), files, now),
        };
        let mut short = desk.ledger();
        let recorded = match recorded {
            // It may be so only because something was left aside: the whole record says why not.
            Err(ActRefused::NotInOrder(_)) => {
                let whole = self.ledger(record.clone());
                let mut desk = Desk::of(workspace, &self.seat, whole);
                let recorded = desk.act(fields.clone(), files, now);
                short.told = desk.ledger().told;
                recorded
            }
            recorded => recorded,
        };
        // It is read back from the workspace, with its place there.
        short.record.acts.truncate(acts);
        if recorded.is_ok() {
            self.told.clone_from(&short.told);
        }
        self.desk = Some((short, bearing));
        recorded
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Books in which a thread broke off follow no more (see [`Books::follow`]): what is asked of them meanwhile is answered.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Books {
    /// Opens a dossier: its source, and the files beside it.
    ///
    /// # Errors
    /// [`DeskError::Dossier`] with everything that is wrong with it.
    pub fn open(source: &str, files: &mut dyn Files) -> Result<Books, DeskError> {
        let record = dossier::read(source, files).map_err(DeskError::Dossier)?;
        Ok(Books::holding(record, None, Vec::new()))
    }

    fn holding(record: Record, now: Option<i64>, left_out: Vec<LeftOut>) -> Books {
        Books {
            held: Mutex::new(Held {
                record: Arc::new(record),
                now,
                left_out,
            }),
            boards: Mutex::default(),
            follows: Mutex::default(),
        }
    }

    /// Opens what a workspace has of the rooms of a seat, and of no others; without a name, of this workspace's seat.
    /// `known_at` keeps what had been received by then; `now` is the caller's clock, in microseconds since 1970.
    ///
    /// # Errors
    /// Where the workspace cannot be read or holds no process.
    pub fn of_workspace(
        workspace: &mut Workspace,
        seat: Option<&str>,
        known_at: Option<&When>,
        now: i64,
    ) -> Result<(Books, Viewer), WorkspaceError> {
        let seat = workspace.looks_through(seat)?;
        let (ledger, keys, bookmark) = hear(workspace, std::slice::from_ref(&seat), known_at)?;
        let rooms = workspace.limited_to(&seat, &keys)?;
        let viewer = Viewer {
            seat: seat.as_str().into(),
            rooms: rooms.map(|rooms| rooms.iter().map(|room| room.as_str().into()).collect()),
        };
        let now = now.div_euclid(1_000_000);
        let books = Books::holding(ledger.record, Some(now), ledger.left_out);
        if known_at.is_none() {
            *locked(&books.follows) = Some(Follows {
                seat,
                bookmark,
                ear: Ear::default(),
                desk: None,
                told: ledger.told,
                judge: ledger.judge,
            });
        }
        Ok((books, viewer))
    }

    /// Takes in what came to the rooms of the seat since, where it follows in a row and bears on nothing else (decision record
    /// 0025): the books then answer as if everything had been read anew, at this moment of the caller's clock, in microseconds
    /// since 1970, to the minute. Where anything else came it changes nothing and says so: then [`Books::of_workspace`] reads
    /// anew.
    ///
    /// # Errors
    /// Where the workspace cannot be read.
    pub fn follow(&self, workspace: &mut Workspace, now: i64) -> Result<bool, WorkspaceError> {
        // Where a thread broke off while it took something in, everything is read anew.
        let Ok(mut follows) = self.follows.lock() else {
            return Ok(false);
        };
        let Some(own) = follows.as_mut() else {
            return Ok(false);
        };
        let seats = std::slice::from_ref(&own.seat);
        let Some((acts, bookmark)) = workspace.hear_on(seats, &own.bookmark, &mut own.ear)? else {
            return Ok(false);
        };
        let Some(judged) = ledger::judged_alone(&own.judge, &own.bookmark, acts) else {
            return Ok(false);
        };
        own.bookmark = bookmark;
        let now = now.div_euclid(1_000_000);
        // Boards that stand catch up when they are asked.
        let mut held = locked(&self.held);
        let moved = held
            .now
            .is_none_or(|then| now < then || now - then >= MINUTE);
        if moved {
            held.now = Some(now);
        }
        let record = Arc::make_mut(&mut held.record);
        let mut left = Vec::new();
        for one in judged {
            match one {
                Ok(act) => {
                    if let Some((ledger, bearing)) = &mut own.desk
                        && bearing.bears(&act)
                    {
                        ledger.record.acts.push(Arc::clone(&act));
                    }
                    record.acts.push(act);
                }
                Err(out) => left.push(out),
            }
        }
        held.left_out.extend(left);
        Ok(true)
    }

    /// Records an act of the seat, as [`Desk::act`] does, held against what the books hold once they have followed; they hold
    /// it then too. None where they cannot: then a desk of its own reads everything anew.
    ///
    /// # Errors
    /// [`ActRefused`]; then nothing was recorded.
    pub fn act(
        &self,
        workspace: &mut Workspace,
        fields: &Map<String, Value>,
        files: &mut dyn Files,
        now: i64,
    ) -> Result<Option<ActDigest>, ActRefused> {
        let kind = fields.get("kind").and_then(Value::as_str);
        let block = kind.and_then(dossier::block_kind).is_some();
        if block || !self.follow(workspace, now)? {
            return Ok(None);
        }
        let mut follows = locked(&self.follows);
        let Some(own) = follows.as_mut() else {
            return Ok(None);
        };
        let recorded = own.record(workspace, (fields, files), &self.record(), now);
        if matches!(&recorded, Err(refused) if !matches!(refused, ActRefused::NotInOrder(_))) {
            // What the rooms were told may be wrong now.
            *follows = None;
        }
        drop(follows);
        let recorded = recorded?;
        if !self.follow(workspace, now)? {
            *locked(&self.follows) = None;
        }
        Ok(Some(recorded))
    }

    /// Makes ready for acts of the seat, so that the first does not wait for what all rest on.
    ///
    /// # Errors
    /// Where the workspace cannot be read.
    pub fn make_ready(&self, workspace: &mut Workspace) -> Result<(), WorkspaceError> {
        let mut follows = locked(&self.follows);
        if let Some(own) = follows.as_mut() {
            workspace.read_up(&own.seat)?;
            let kept = own.desk.take();
            let record = self.record();
            own.desk = Some(kept.unwrap_or_else(|| own.bears(&record)));
        }
        Ok(())
    }

    /// Keeps snapshots of what a workspace has of the rooms of a seat, where at least so many acts are in none: it opens
    /// quicker from then on, and answers the same. Gives how many were written.
    ///
    /// # Errors
    /// Where the workspace cannot be read or written. Nothing is lost by it.
    pub fn keep_snapshots(
        workspace: &mut Workspace,
        seat: Option<&str>,
        at_least: u64,
    ) -> Result<usize, WorkspaceError> {
        let seat = workspace.looks_through(seat)?;
        workspace.keep_snapshots(std::slice::from_ref(&seat), at_least, Ear::default)
    }

    /// The moment of the caller's clock of which these books speak, in seconds since 1970: of a workspace.
    #[must_use]
    pub fn clock(&self) -> Option<i64> {
        locked(&self.held).now
    }

    /// The acts of a workspace that count for nothing, or not yet, with the reasons.
    #[must_use]
    pub fn left_out(&self) -> Vec<LeftOut> {
        locked(&self.held).left_out.clone()
    }

    /// A viewer's rooms, as far as a person of its seat may enter them; none where that person may enter all of them.
    #[must_use]
    pub fn limited_to(&self, viewer: &Viewer, person: &str) -> Option<Viewer> {
        let record = self.record();
        let known = record.persons.iter().find(|own| own.id.as_str() == person);
        let rooms = known?.rooms.as_ref()?;
        let mine = |room: &&RoomId| {
            let rooms = viewer.rooms.as_ref();
            rooms.is_none_or(|rooms| rooms.contains(*room))
        };
        Some(Viewer {
            seat: viewer.seat.clone(),
            rooms: Some(rooms.iter().filter(mine).cloned().collect()),
        })
    }

    /// The seat that said something, and the person where it was one; none where no act goes by this name.
    #[must_use]
    pub fn said_by(&self, act: &str) -> Option<(SeatId, Option<PersonId>)> {
        let record = self.record();
        let act = record.acts.iter().find(|own| own.id.as_str() == act)?;
        Some((act.seat.clone(), act.person.clone()))
    }

    /// Whoever looks through this seat, into all of its rooms; without a name, through the pen-holder's.
    ///
    /// # Errors
    /// [`DeskError::Ask`] where the process has no such seat.
    pub fn viewer(&self, seat: Option<&str>) -> Result<Viewer, DeskError> {
        let record = self.record();
        let seat = seat.unwrap_or_else(|| record.process.pen_holder.as_str());
        let viewer = Viewer {
            seat: seat.into(),
            rooms: None,
        };
        record.rooms_of(&viewer)?;
        Ok(viewer)
    }

    /// The seats of the process, the pen-holder first: all seats know of all seats.
    #[must_use]
    pub fn seats(&self) -> Vec<SeatCard> {
        let record = self.record();
        let mut seats: Vec<SeatCard> = record
            .seats
            .iter()
            .map(|seat| SeatCard {
                id: seat.id.clone(),
                name: seat.name.clone(),
                role: seat.role,
            })
            .collect();
        seats.sort_by_key(|seat| {
            (
                seat.id != record.process.pen_holder,
                seat.role == Role::Observer,
            )
        });
        seats
    }

    /// The record, for the doors alone.
    pub(crate) fn record(&self) -> Arc<Record> {
        Arc::clone(&locked(&self.held).record)
    }

    /// Folds what a viewer may see and says how many acts are in it: what every answer begins with, by itself.
    ///
    /// # Errors
    /// Where the viewer is no seat of this process.
    pub fn fold(&self, viewer: &Viewer, cut: &Cut) -> Result<usize, DeskError> {
        let record = self.record();
        let hands = hands(record.acts.len());
        Ok(State::of(&record, viewer, cut, &hands)?.len())
    }

    /// Asks what this viewer sees. The board stands for the next question; one asks at a time, so that no question may ask
    /// these books another while it is answered.
    pub(crate) fn ask<T>(
        &self,
        viewer: &Viewer,
        cut: &Cut,
        question: impl FnOnce(&Board) -> T,
    ) -> Result<T, DeskError> {
        let mut boards = locked(&self.boards);
        let same = |own: &Stands| own.viewer == *viewer && own.cut == *cut;
        let stood = boards.iter().position(same).map(|at| boards.remove(at));
        let stood = stood.and_then(|mut stood| stood.catch_up(&self.held).then_some(stood));
        let stands = match stood {
            Some(stood) => stood,
            None => {
                let (record, now) = {
                    let held = locked(&self.held);
                    (Arc::clone(&held.record), held.now)
                };
                Stands {
                    viewer: viewer.clone(),
                    cut: cut.clone(),
                    board: board_of(&record, viewer, cut, now)?,
                    acts: record.acts.len(),
                    now,
                }
            }
        };
        let answer = question(&stands.board);
        let past = |own: &Stands| own.cut != Cut::default();
        while boards.len() >= BOARDS {
            let first = boards.iter().position(past).unwrap_or(0);
            boards.remove(first);
        }
        boards.push(stands);
        Ok(answer)
    }

    /// What this viewer sees of a record that these books would be.
    pub(crate) fn board_of(
        &self,
        record: &Record,
        viewer: &Viewer,
        cut: &Cut,
    ) -> Result<Board, DeskError> {
        let now = locked(&self.held).now;
        board_of(record, viewer, cut, now)
    }
}

fn board_of(
    record: &Record,
    viewer: &Viewer,
    cut: &Cut,
    now: Option<i64>,
) -> Result<Board, DeskError> {
    let hands = hands(record.acts.len());
    let board = Board::of_by(record, viewer, cut, &hands)?;
    Ok(match now {
        Some(now) => board.by_the_clock(now),
        None => board,
    })
}

/// Reads the rooms of these seats, and no others; up to when it had been received. And whose key is whose, and how far was read.
pub(crate) fn hear(
    workspace: &mut Workspace,
    seats: &[String],
    known_at: Option<&When>,
) -> Result<(Ledger, Keys, Bookmark), WorkspaceError> {
    let known_at = known_at.map(When::latest);
    let hearing = workspace.hear(seats, known_at, Ear::default)?;
    let mut failed = None;
    let read = ledger::read_said(
        &hearing.rooms,
        hearing.acts,
        &mut |room, name| match workspace.content(room, name) {
            Ok(bytes) => bytes.map(Into::into),
            Err(error) => {
                failed.get_or_insert(error);
                None
            }
        },
    );
    if let Some(error) = failed {
        return Err(error);
    }
    let mut ledger = read.map_err(|_| WorkspaceError::NoProcess)?;
    let aside = hearing.aside.into_iter().map(|aside| LeftOut {
        id: aside.id,
        room: aside.room.into(),
        why: if aside.waits {
            Why::Pending
        } else {
            Why::Unknown
        },
        reason: aside.reason,
    });
    ledger.left_out.extend(aside);
    Ok((ledger, hearing.keys, hearing.bookmark))
}
