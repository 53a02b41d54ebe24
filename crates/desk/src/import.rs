//! "Make a record of this": a dossier, recorded in a workspace, all or nothing.

use onetext_talks::SeatId;
use serde::Serialize;

use crate::books::Books;
use crate::ledger::{NotEntered, Scribe, enter};
use crate::workspace::{Workspace, WorkspaceError};

/// What came of an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Imported {
    /// How many acts the dossier has.
    pub acts: usize,
    /// How many acts were recorded: those, and what tells each room whom and what they name.
    pub recorded: usize,
    /// How many acts are reported: another seat had written them down.
    pub reported: usize,
    /// The seat that signed; none where each signed its own.
    pub seat: Option<SeatId>,
}

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// An act stands in a room where the one that signs does not sit.
    #[error(transparent)]
    NotEntered(#[from] NotEntered),
    /// The workspace cannot take it.
    #[error(transparent)]
    Workspace(#[from] WorkspaceError),
}

/// Records a dossier in a workspace that holds no process yet. On a host each seat signs what it wrote down, with a key
/// of its own; else this workspace's seat signs everything.
///
/// # Errors
/// Where the workspace holds a process, or something cannot be recorded; then nothing was.
pub fn import(
    books: &Books,
    workspace: &mut Workspace,
    host: bool,
    now: i64,
) -> Result<Imported, ImportError> {
    let record = books.record();
    let scribe = match host {
        true => Scribe::EachSeat,
        false => Scribe::Seat(match workspace.seat()? {
            Some(seat) => seat.into(),
            None => record.process.pen_holder.clone(),
        }),
    };
    let entered = enter(&record, &scribe)?;
    let host_of: Vec<String> = match host {
        true => record
            .seats
            .iter()
            .map(|seat| seat.id.to_string())
            .collect(),
        false => Vec::new(),
    };
    let written = workspace.import(&host_of, &entered.entries, now)?;
    Ok(Imported {
        acts: record.acts.len(),
        recorded: written.len(),
        reported: entered.reported,
        seat: match scribe {
            Scribe::EachSeat => None,
            Scribe::Seat(seat) => Some(seat),
        },
    })
}
