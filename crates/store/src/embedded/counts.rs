//! What is counted over all rooms, sealed, so that a row that is gone is missed.

use rusqlite::{Connection, OptionalExtension as _, params};

use super::access::Access;
use crate::entropy::Entropy;
use crate::error::StoreError;
use crate::room::Reader;

const PLACE: &[u8] = b"workspace";

/// How many rows of each sort there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) rooms: u64,
    pub(super) contents: u64,
    pub(super) settings: u64,
    pub(super) notes: u64,
}

impl Counts {
    /// Reads the workspace's row: it opens with the workspace's key and no other.
    pub(super) fn read(access: &Access, connection: &Connection) -> Result<Counts, StoreError> {
        let sealed: Option<Vec<u8>> = connection
            .prepare_cached("SELECT sealed FROM workspace")
            .and_then(|mut statement| statement.query_row([], |row| row.get(0)).optional())
            .map_err(|error| access.fail(error))?;
        let sealed =
            sealed.ok_or_else(|| access.damaged("table workspace", "its row is missing"))?;
        let bytes = access
            .workspace
            .open(PLACE, &sealed)
            .map_err(|_| StoreError::WrongKey {
                path: access.path.clone(),
            })?;
        let mut reader = Reader(&bytes);
        let mut number = || reader.number();
        let mut read = || {
            Some(Counts {
                rooms: number()?,
                contents: number()?,
                settings: number()?,
                notes: number()?,
            })
        };
        read().ok_or_else(|| access.damaged("table workspace", "its row is cut short"))
    }

    /// Writes the workspace's row.
    pub(super) fn write(
        self,
        access: &Access,
        connection: &Connection,
        entropy: &mut dyn Entropy,
    ) -> Result<(), StoreError> {
        let mut bytes = Vec::new();
        for number in [self.rooms, self.contents, self.settings, self.notes] {
            bytes.extend_from_slice(&number.to_be_bytes());
        }
        let sealed = access.workspace.seal(entropy, "workspace", PLACE, &bytes)?;
        connection
            .prepare_cached("INSERT OR REPLACE INTO workspace (one, sealed) VALUES (1, ?1)")
            .and_then(|mut statement| statement.execute(params![sealed]))
            .map_err(|error| access.fail(error))?;
        Ok(())
    }
}
