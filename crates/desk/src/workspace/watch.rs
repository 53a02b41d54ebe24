//! Whether something has come to the rooms of a seat: asked often, and of those rooms alone.

use onetext_seal::Heads;
use onetext_store::Store as _;

use super::{Workspace, WorkspaceError};

impl Workspace {
    /// The heads of the rooms of a seat. They change when an act comes to one of them, and with nothing else (law 2).
    ///
    /// # Errors
    /// Where the store cannot be read, or holds no process.
    pub fn heads_of(&mut self, seat: &str) -> Result<Heads, WorkspaceError> {
        let mut heads = Heads::default();
        for room in self.rooms_of(seat)? {
            let own = self.store.heads(&room)?.into_iter().collect();
            heads.0.insert(room, own);
        }
        Ok(heads)
    }

    /// A number that changes when another program writes to the store, and not by what is written through this workspace.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn others_wrote(&self) -> Result<i64, WorkspaceError> {
        Ok(self.store.others_wrote()?)
    }

    /// Reads what an act of a seat will rest on, so that its first does not wait for that.
    pub(crate) fn read_up(&mut self, seat: &str) -> Result<(), WorkspaceError> {
        for room in self.rooms_of(seat)? {
            if let Some(known) = &mut self.known {
                known.read_room(&self.store, &room)?;
            }
        }
        Ok(())
    }
}
