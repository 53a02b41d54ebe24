//! What a workspace has read of its rooms' histories, kept in step with the store.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use onetext_seal::{
    ActDigest, Envelope, Fault, Heads, Histories, Keys, PLENARY, ProcessId, Says, SiteId,
    read_kept_body,
};
use onetext_store::{OpenAct, Store};
use serde_json::Value;

use super::WorkspaceError;

/// The histories of some rooms, as far as they were read.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) histories: Histories,
    /// The place of the last act of each room that was read.
    read: BTreeMap<String, u64>,
    /// The last act of each site in each room, with its sequence.
    last: BTreeMap<(SiteId, String), (u64, ActDigest)>,
}

impl Known {
    /// Nothing read yet.
    pub(super) fn new(process: ProcessId) -> Known {
        Known {
            histories: Histories::new(process),
            read: BTreeMap::new(),
            last: BTreeMap::new(),
        }
    }

    /// Reads what has come to every room.
    pub(super) fn read_all(&mut self, store: &dyn Store) -> Result<(), WorkspaceError> {
        for room in store.rooms()? {
            self.read_room(store, &room)?;
        }
        Ok(())
    }

    /// Reads what has come to a room.
    pub(super) fn read_room(
        &mut self,
        store: &dyn Store,
        room: &str,
    ) -> Result<(), WorkspaceError> {
        let after = self.read.get(room).copied().unwrap_or(0);
        let mut up_to = after;
        let mut failed = None;
        store.read(room, after, &mut |position, act| {
            up_to = position;
            match self.add_kept(&act) {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    failed = Some(error);
                    ControlFlow::Break(())
                }
            }
        })?;
        self.read.insert(room.to_owned(), up_to);
        failed.map_or(Ok(()), Err)
    }

    /// Reads a room's first act alone: it says who sits there.
    pub(super) fn read_beginning(
        &mut self,
        store: &dyn Store,
        room: &str,
    ) -> Result<(), WorkspaceError> {
        if self.histories.room(room).is_some() {
            return Ok(());
        }
        let mut read = Ok(());
        store.read(room, 0, &mut |_, act| {
            read = self.add_kept(&act);
            ControlFlow::Break(())
        })?;
        read
    }

    fn add_kept(&mut self, act: &OpenAct<'_>) -> Result<(), WorkspaceError> {
        let envelope = Envelope::read_kept(act.envelope).map_err(Fault::from)?;
        let body = match (says_something(&envelope), &act.body) {
            (true, Some((bytes, _))) => Some(read_kept_body(bytes)?),
            _ => None,
        };
        self.add(act.id, &envelope, body.as_ref());
        Ok(())
    }

    /// Adds an act that was checked, parents first.
    pub(super) fn add(&mut self, id: ActDigest, envelope: &Envelope, body: Option<&Value>) {
        let says = match (says_something(envelope), body) {
            (true, Some(body)) => Some(Says::of(body)),
            // Verification reads nothing of it, whatever it says.
            (false, _) => Some(Says::Something),
            (true, None) => None,
        };
        self.histories.add_said(id, envelope, says.as_ref());
        let place = (envelope.recorder.site, envelope.room.clone());
        let last = self.last.entry(place).or_insert((envelope.sequence, id));
        if envelope.sequence >= last.0 {
            *last = (envelope.sequence, id);
        }
    }

    /// Whose key is whose.
    pub(super) fn keys(&self) -> Keys {
        self.histories.keys()
    }

    /// The last act of a site in each room: it has all that those rest on.
    pub(super) fn written_by(&self, site: &SiteId) -> Heads {
        let mut heads = Heads::default();
        for ((author, room), (_, id)) in &self.last {
            if author == site {
                heads.0.entry(room.clone()).or_default().insert(*id);
            }
        }
        heads
    }
}

/// Whether verification reads the body of such an act.
fn says_something(envelope: &Envelope) -> bool {
    envelope.room == PLENARY || envelope.parents.is_empty()
}
