//! What a seat keeps beside the record on its own computer: sealed to that seat's key, and no act.

use onetext_seal::{PouchKey, seal_pouch, unseal_pouch};

use super::{Workspace, WorkspaceError, keys_of};

impl Workspace {
    /// Seals bytes for a seat that signs here, so that nobody reads them without its key.
    ///
    /// # Errors
    /// Where no such seat signs here.
    pub fn seal_for(&self, seat: &str, plain: &[u8]) -> Result<Vec<u8>, WorkspaceError> {
        let recipient = keys_of(&self.ring, seat)?.recipient().to_owned();
        Ok(seal_pouch(plain, &[recipient])?)
    }

    /// Opens what [`seal_for`](Self::seal_for) sealed for the same seat.
    ///
    /// # Errors
    /// Where no such seat signs here, or the bytes are for somebody else or torn.
    pub fn unseal_for(&self, seat: &str, sealed: &[u8]) -> Result<Vec<u8>, WorkspaceError> {
        let key = PouchKey::parse(keys_of(&self.ring, seat)?.identity())?;
        Ok(unseal_pouch(sealed, &[key])?)
    }
}
