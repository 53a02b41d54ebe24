//! What a viewer sees: the merge of the rooms that it may enter, and every question it can be asked.

use std::collections::BTreeSet;

use crate::names::{RoomId, SeatId};
use crate::record::Record;
use crate::status::{Explanation, Status};
use crate::when::When;

/// A seat, and the rooms of it that somebody may enter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewer {
    /// For which seat.
    pub seat: SeatId,
    /// Which of its rooms; none for all of them.
    pub rooms: Option<BTreeSet<RoomId>>,
}

/// Up to when the record is read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cut {
    /// Keeps acts whose event time, at its latest, is not after this; none for all.
    pub at: Option<When>,
    /// Keeps acts received by then; in a dossier, written down by then where that is stated.
    pub known_at: Option<When>,
}

/// The state of play for one viewer.
#[derive(Debug)]
pub struct Board {
    placeholder: (),
}

/// Why a question has no answer here. What is hidden and what is not there give the same error.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AskError {
    /// No such seat, or not a seat one may look through.
    #[error("no seat is named {name}")]
    Seat {
        /// As given.
        name: String,
        /// The most similar name.
        nearest: Option<String>,
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

impl Board {
    /// Folds the viewer's rooms and merges them.
    ///
    /// # Errors
    /// [`AskError::Seat`] where the record has no such seat.
    pub fn of(record: &Record, viewer: &Viewer, cut: &Cut) -> Result<Board, AskError> {
        let _ = (record, viewer, cut);
        Ok(Board { placeholder: () })
    }

    /// The state of play.
    #[must_use]
    pub fn status(&self) -> Status {
        let () = self.placeholder;
        Status {
            process: String::new(),
            title: String::new(),
            viewer: "".into(),
            at: None,
            basis: crate::status::Basis::View,
            stage: crate::status::Stage::Open,
            open: None,
            ready_to_close: false,
            seats: Vec::new(),
            texts: Vec::new(),
            gates: Vec::new(),
            obligations: Vec::new(),
            claims: Vec::new(),
            sessions: Vec::new(),
            missions: Vec::new(),
            understandings: Vec::new(),
            packages: Vec::new(),
            alerts: Vec::new(),
        }
    }

    /// Why a provision (`TEXT#PATH`, `TEXT#PATH.chapeau`), a gate, a claim, an act or a seat stands as it does.
    ///
    /// # Errors
    /// [`AskError`] where the viewer can see nothing of that name.
    pub fn why(&self, subject: &str) -> Result<Explanation, AskError> {
        Err(AskError::Unknown {
            name: subject.to_owned(),
            nearest: None,
        })
    }
}
