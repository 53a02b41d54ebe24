//! The office: the one workspace behind all pages, and what each seat's rooms come to, kept until something comes to them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use onetext_desk::workspace::{Workspace, WorkspaceError};
use onetext_desk::{ActRefused, Books, Cut, Desk, DeskError, StateOfPlay, Viewer};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use crate::guard::Visitor;

/// For how long what depends on the clock is kept, in microseconds.
const KEPT: i64 = 60_000_000;

/// What a seat may see, as it is kept: its books, and its state of play over all acts.
#[derive(Debug)]
pub struct View {
    /// The books of the seat's rooms.
    pub books: Books,
    /// The seat and its rooms.
    pub viewer: Viewer,
    /// The state of play.
    pub play: StateOfPlay,
    /// What names this state of the seat's rooms.
    pub mark: String,
    read: i64,
}

/// What a seat could see at an earlier moment.
#[derive(Debug)]
pub struct Known {
    /// The state of play then.
    pub status: onetext_desk::Status,
    /// The drafts that it could read then.
    pub drafts: Vec<onetext_desk::ReadableDraft>,
}

/// The workspace, for one caller at a time.
#[derive(Debug)]
pub struct Office {
    workspace: Mutex<Workspace>,
    kept: Mutex<BTreeMap<String, Arc<View>>>,
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Office {
    /// The office of a workspace.
    #[must_use]
    pub fn of(workspace: Workspace) -> Office {
        Office {
            workspace: Mutex::new(workspace),
            kept: Mutex::default(),
        }
    }

    /// The seats that sign here.
    pub fn seats(&self) -> Vec<String> {
        held(&self.workspace).seats().map(str::to_owned).collect()
    }

    /// The seat for which the workspace was made, or else the one that holds the pen.
    ///
    /// # Errors
    /// Where the workspace cannot be read.
    pub fn first_seat(&self, now: i64) -> Result<String, DeskError> {
        let mut workspace = held(&self.workspace);
        if let Some(seat) = workspace.seat().map_err(told)? {
            return Ok(seat);
        }
        let seats: Vec<String> = workspace.seats().map(str::to_owned).collect();
        let any = seats.first().cloned().unwrap_or_default();
        let (books, _) =
            Books::of_workspace(&mut workspace, Some(&any), None, now).map_err(told)?;
        let first = books.seats().into_iter().next();
        Ok(first.map_or(any, |seat| seat.id.to_string()))
    }

    /// What names the state of the rooms of a seat: it changes when an act comes to one of them, and with nothing else.
    ///
    /// # Errors
    /// Where the workspace cannot be read.
    pub fn mark(&self, visitor: &Visitor) -> Result<String, WorkspaceError> {
        mark(&mut held(&self.workspace), visitor.seat())
    }

    /// What a visitor may see.
    ///
    /// # Errors
    /// Where the workspace cannot be read.
    pub fn view(&self, visitor: &Visitor, now: i64) -> Result<Arc<View>, ViewError> {
        let seat = visitor.seat();
        let (books, viewer, mark) = {
            let mut workspace = held(&self.workspace);
            let mark = mark(&mut workspace, seat)?;
            let fresh =
                |view: &&Arc<View>| view.mark == mark && now.saturating_sub(view.read) < KEPT;
            if let Some(view) = held(&self.kept).get(seat).filter(fresh) {
                return Ok(Arc::clone(view));
            }
            let (books, viewer) = Books::of_workspace(&mut workspace, Some(seat), None, now)?;
            (books, viewer, mark)
        };
        let play = onetext_desk::state_of_play(&books, &viewer, &Cut::default())?;
        let view = Arc::new(View {
            books,
            viewer,
            play,
            mark,
            read: now,
        });
        held(&self.kept).insert(seat.to_owned(), Arc::clone(&view));
        Ok(view)
    }

    /// Records an act of a visitor's seat, held against what its rooms hold and nothing else.
    ///
    /// # Errors
    /// [`ActRefused`]; then nothing was recorded.
    pub fn act(
        &self,
        visitor: &Visitor,
        fields: Map<String, Value>,
        now: i64,
    ) -> Result<String, ActRefused> {
        let mut workspace = held(&self.workspace);
        let mut desk = Desk::open_as(&mut workspace, visitor.seat())?;
        Ok(desk.act(fields, &mut NoFiles, now)?.to_string())
    }
}

impl Office {
    /// Does something with what a visitor's seat may put on record, held against what its rooms hold and nothing else.
    ///
    /// # Errors
    /// Where the workspace cannot be read.
    pub fn at_desk<T>(
        &self,
        visitor: &Visitor,
        work: impl FnOnce(&mut Desk<'_>) -> T,
    ) -> Result<T, WorkspaceError> {
        let mut workspace = held(&self.workspace);
        let mut desk = Desk::open_as(&mut workspace, visitor.seat())?;
        Ok(work(&mut desk))
    }

    /// What a visitor could see at that second, by when things had come to this store; none where nothing had.
    ///
    /// # Errors
    /// Where the question has no answer.
    pub fn as_known(
        &self,
        visitor: &Visitor,
        second: i64,
        now: i64,
    ) -> Result<Option<Known>, DeskError> {
        let moment = jiff::Timestamp::from_second(second).map(|time| time.to_string());
        let moment = onetext_desk::When::parse(&moment.unwrap_or_default());
        let moment = moment.map_err(DeskError::When)?;
        let then = {
            let mut workspace = held(&self.workspace);
            Books::of_workspace(&mut workspace, Some(visitor.seat()), Some(&moment), now)
        };
        match then {
            Ok((books, viewer)) => Ok(Some(Known {
                status: onetext_desk::status(&books, &viewer, &Cut::default())?,
                drafts: onetext_desk::readable(&books, &viewer, &Cut::default())?,
            })),
            Err(_) => Ok(None),
        }
    }
}

/// Why there is no view.
#[derive(Debug, thiserror::Error)]
pub enum ViewError {
    /// The workspace cannot be read.
    #[error(transparent)]
    Workspace(#[from] WorkspaceError),
    /// The question has no answer.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

fn told(error: WorkspaceError) -> DeskError {
    DeskError::Rules(error.message())
}

fn mark(workspace: &mut Workspace, seat: &str) -> Result<String, WorkspaceError> {
    let mut digest = Sha256::new();
    for (room, heads) in workspace.heads_of(seat)?.0 {
        digest.update(room.as_bytes());
        digest.update([0]);
        for head in heads {
            digest.update(head.to_string().as_bytes());
        }
    }
    let bytes = digest.finalize();
    Ok(bytes
        .iter()
        .take(12)
        .map(|byte| format!("{byte:02x}"))
        .collect())
}

/// A page names no file of this computer.
pub(crate) struct NoFiles;

impl onetext_desk::Files for NoFiles {
    fn read(&mut self, _: &str) -> Result<Vec<u8>, onetext_desk::FileError> {
        Err(onetext_desk::FileError::Missing)
    }

    fn names(&self) -> Vec<String> {
        Vec::new()
    }
}
