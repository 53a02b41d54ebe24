//! "Put this on record": one act after the other, each held against what is there, and durable before it is told.

use onetext_paper::dossier::{ActError, Files, add_act};
use onetext_seal::ActDigest;
use onetext_talks::ActId;
use serde_json::{Map, Value};

use crate::books::hear;
use crate::ledger::{Ledger, NotEntered, Scribe};
use crate::workspace::{Workspace, WorkspaceError, Written};

/// What an act is called until its digest is known, where its author gives it no handle.
const UNNAMED: &str = "(this act)";

/// A workspace, open for acts.
#[derive(Debug)]
pub struct Desk<'w> {
    pub(crate) workspace: &'w mut Workspace,
    pub(crate) ledger: Ledger,
}

/// Why an act was not recorded.
#[derive(Debug, thiserror::Error)]
pub enum ActRefused {
    /// It is not in order.
    #[error("{}", .0.first().map(ActError::sentence).unwrap_or_default())]
    NotInOrder(Vec<ActError>),
    /// Who writes it down does not sit in its room.
    #[error(transparent)]
    NotEntered(#[from] NotEntered),
    /// The workspace cannot take it.
    #[error(transparent)]
    Workspace(#[from] WorkspaceError),
}

impl<'w> Desk<'w> {
    /// Reads what the seats that sign in a workspace know, so that acts can be held against it.
    ///
    /// # Errors
    /// Where the workspace cannot be read or holds no process.
    pub fn open(workspace: &'w mut Workspace) -> Result<Desk<'w>, WorkspaceError> {
        let seats: Vec<String> = workspace.seats().map(str::to_owned).collect();
        let ledger = hear(workspace, &seats, None)?;
        Ok(Desk { workspace, ledger })
    }

    /// Records an act, given by its fields as a dossier has them; its handle may be left out. Who wrote it down is whom
    /// the act names if that seat signs here, else this workspace's seat.
    ///
    /// # Errors
    /// [`ActRefused`]; then nothing was recorded.
    pub fn act(
        &mut self,
        mut fields: Map<String, Value>,
        files: &mut dyn Files,
        now: i64,
    ) -> Result<ActDigest, ActRefused> {
        let unnamed = !fields.contains_key("id");
        if unnamed {
            fields.insert("id".to_owned(), Value::String(UNNAMED.to_owned()));
        }
        add_act(&mut self.ledger.record, &fields, files).map_err(ActRefused::NotInOrder)?;
        let recorded = self.record_last(unnamed, now);
        match &recorded {
            Err(_) => drop(self.ledger.record.acts.pop()),
            Ok(written) if unnamed => {
                if let Some(act) = self.ledger.record.acts.last_mut() {
                    act.id = ActId::from(written.id.to_string());
                }
            }
            Ok(_) => {}
        }
        recorded.map(|written| written.id)
    }

    fn record_last(&mut self, unnamed: bool, now: i64) -> Result<Written, ActRefused> {
        let recorder = self
            .ledger
            .record
            .acts
            .last()
            .map(|act| act.recorder.clone());
        let signs =
            recorder.filter(|seat| self.workspace.seats().any(|here| here == seat.as_str()));
        let scribe = match signs {
            Some(seat) => seat,
            None => self.workspace.seat()?.ok_or(WorkspaceError::NoSeat)?.into(),
        };
        let mut entries = self.ledger.enter_last(&Scribe::Seat(scribe))?;
        if let Some(fields) = entries
            .last_mut()
            .and_then(|entry| entry.body.as_object_mut())
            && unnamed
        {
            fields.remove("id");
        }
        let written = self.workspace.append(&entries, now)?;
        Ok(written
            .into_iter()
            .next_back()
            .ok_or(WorkspaceError::NoProcess)?)
    }
}
