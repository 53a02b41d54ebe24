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
}
