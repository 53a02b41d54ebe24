//! The books of a process: opened from a dossier, asked through the doors, never handed out.

use onetext_paper::dossier::{self, Files};
use onetext_seal::Keys;
use onetext_talks::{Board, Cut, Record, Role, SeatCard, State, Viewer, When};

use crate::error::DeskError;
use crate::hands::hands;
use crate::ledger::{self, Ear, Ledger, LeftOut, Why};
use crate::workspace::{Workspace, WorkspaceError};

/// A process, held. Only the doors of this crate look inside, and only as a viewer.
#[derive(Debug)]
pub struct Books {
    record: Record,
    /// The caller's clock, in seconds since 1970: of a workspace.
    now: Option<i64>,
    /// What counts for nothing, or not yet: of a workspace.
    left_out: Vec<LeftOut>,
}

impl Books {
    /// Opens a dossier: its source, and the files beside it.
    ///
    /// # Errors
    /// [`DeskError::Dossier`] with everything that is wrong with it.
    pub fn open(source: &str, files: &mut dyn Files) -> Result<Books, DeskError> {
        let record = dossier::read(source, files).map_err(DeskError::Dossier)?;
        Ok(Books {
            record,
            now: None,
            left_out: Vec::new(),
        })
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
        let (ledger, keys) = hear(workspace, std::slice::from_ref(&seat), known_at)?;
        let rooms = workspace.limited_to(&seat, &keys)?;
        let viewer = Viewer {
            seat: seat.into(),
            rooms: rooms.map(|rooms| rooms.iter().map(|room| room.as_str().into()).collect()),
        };
        let books = Books {
            record: ledger.record,
            now: Some(now.div_euclid(1_000_000)),
            left_out: ledger.left_out,
        };
        Ok((books, viewer))
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

    /// The acts of a workspace that count for nothing, or not yet, with the reasons.
    #[must_use]
    pub fn left_out(&self) -> &[LeftOut] {
        &self.left_out
    }

    /// Whoever looks through this seat, into all of its rooms; without a name, through the pen-holder's.
    ///
    /// # Errors
    /// [`DeskError::Ask`] where the process has no such seat.
    pub fn viewer(&self, seat: Option<&str>) -> Result<Viewer, DeskError> {
        let seat = seat.unwrap_or_else(|| self.record.process.pen_holder.as_str());
        let viewer = Viewer {
            seat: seat.into(),
            rooms: None,
        };
        self.record.rooms_of(&viewer)?;
        Ok(viewer)
    }

    /// The seats of the process, the pen-holder first: all seats know of all seats.
    #[must_use]
    pub fn seats(&self) -> Vec<SeatCard> {
        let mut seats: Vec<SeatCard> = self
            .record
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
                seat.id != self.record.process.pen_holder,
                seat.role == Role::Observer,
            )
        });
        seats
    }

    /// The record, for the doors alone.
    pub(crate) fn record(&self) -> &Record {
        &self.record
    }

    /// Folds what a viewer may see and says how many acts are in it: what every answer begins with, by itself.
    ///
    /// # Errors
    /// Where the viewer is no seat of this process.
    pub fn fold(&self, viewer: &Viewer, cut: &Cut) -> Result<usize, DeskError> {
        let hands = hands(self.record.acts.len());
        Ok(State::of(&self.record, viewer, cut, &hands)?.len())
    }

    /// What this viewer sees.
    pub(crate) fn board(&self, viewer: &Viewer, cut: &Cut) -> Result<Board, DeskError> {
        self.board_of(&self.record, viewer, cut)
    }

    /// The same of a record that these books would be.
    pub(crate) fn board_of(
        &self,
        record: &Record,
        viewer: &Viewer,
        cut: &Cut,
    ) -> Result<Board, DeskError> {
        let hands = hands(record.acts.len());
        let board = Board::of_by(record, viewer, cut, &hands)?;
        Ok(match self.now {
            Some(now) => board.by_the_clock(now),
            None => board,
        })
    }
}

/// Reads the rooms of these seats, and no others; up to when it had been received. And whose key is whose.
pub(crate) fn hear(
    workspace: &mut Workspace,
    seats: &[String],
    known_at: Option<&When>,
) -> Result<(Ledger, Keys), WorkspaceError> {
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
    Ok((ledger, hearing.keys))
}
