//! The books of a process: opened from a dossier, asked through the doors, never handed out.

use onetext_paper::dossier::{self, Files};
use onetext_talks::{Board, Cut, Record, Role, SeatCard, Viewer};

use crate::error::DeskError;

/// A process, held. Only the doors of this crate look inside, and only as a viewer.
#[derive(Debug)]
pub struct Books {
    record: Record,
}

impl Books {
    /// Opens a dossier: its source, and the files beside it.
    ///
    /// # Errors
    /// [`DeskError::Dossier`] with everything that is wrong with it.
    pub fn open(source: &str, files: &mut dyn Files) -> Result<Books, DeskError> {
        let record = dossier::read(source, files).map_err(DeskError::Dossier)?;
        Ok(Books { record })
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

    /// What this viewer sees.
    pub(crate) fn board(&self, viewer: &Viewer, cut: &Cut) -> Result<Board, DeskError> {
        Ok(Board::of(&self.record, viewer, cut)?)
    }
}
