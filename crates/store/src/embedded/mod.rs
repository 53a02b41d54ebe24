//! The store in one file: SQLite, in write-ahead mode, synced at every commit.
//!
//! What lies in the file is sealed row by row; the tables are in `migrations`. Sizes, counts and the order of writing can
//! be seen by who has the file, and nothing else.

mod access;
mod arrivals;
mod check;
mod contents;
mod copy;
mod counts;
mod erase;
mod open;
mod read;
mod rooms;
mod schema;
mod small;
mod write;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;

use onetext_seal::{ActDigest, ContentDigest, SignedAct, SiteId};
use rusqlite::Connection;

use self::access::Access;
use self::rooms::{Room, split_place};
use crate::contract::{Arrival, Batch, Each, Erasure, Kept, Make, Reader, Store};
use crate::entropy::Entropy;
use crate::error::StoreError;
use crate::keys::WorkspaceKey;
use crate::report::Report;
use crate::room::RoomState;

pub use self::open::Options;

/// A store in one file.
///
/// Several programs may open it at once: one writes, the others wait for as long as [`Options::wait`] says, and reading
/// goes on meanwhile.
pub struct EmbeddedStore {
    access: Access,
    connection: Connection,
    entropy: Box<dyn Entropy>,
    rooms: RefCell<BTreeMap<String, Room>>,
    /// The names of all rooms, as they were read last.
    names: RefCell<Vec<String>>,
}

impl EmbeddedStore {
    /// Makes a store, for its owner alone, and opens it.
    ///
    /// # Errors
    /// Where a file is there already, or cannot be written.
    pub fn create(
        path: &Path,
        key: &WorkspaceKey,
        mut entropy: Box<dyn Entropy>,
        options: Options,
    ) -> Result<EmbeddedStore, StoreError> {
        open::create(&open::access(path, key, options), entropy.as_mut())?;
        EmbeddedStore::open(path, key, entropy, options)
    }

    /// Opens a store, and brings one of an older version to this program's.
    ///
    /// # Errors
    /// Where there is none, it is damaged, of a newer version, of another key, or may not be written.
    pub fn open(
        path: &Path,
        key: &WorkspaceKey,
        entropy: Box<dyn Entropy>,
        options: Options,
    ) -> Result<EmbeddedStore, StoreError> {
        let access = open::access(path, key, options);
        let connection = open::open(&access, options)?;
        Ok(EmbeddedStore {
            access,
            connection,
            entropy,
            rooms: RefCell::default(),
            names: RefCell::default(),
        })
    }

    /// Puts a backup in the place of a store that is not there yet, after checking it.
    ///
    /// # Errors
    /// Where a file is there already, or the backup cannot be read, is of another key, or does not check.
    pub fn restore(from: &Path, to: &Path, key: &WorkspaceKey) -> Result<(), StoreError> {
        copy::restore(&open::access(from, key, Options::default()), to)
    }

    /// A room by its name, opened once.
    fn room(&self, name: &str) -> Result<Option<Room>, StoreError> {
        if let Some(room) = self.rooms.borrow().get(name) {
            return Ok(Some(room.clone()));
        }
        let room = Room::find(&self.access, &self.connection, name)?;
        if let Some(room) = &room {
            self.rooms
                .borrow_mut()
                .insert(name.to_owned(), room.clone());
        }
        Ok(room)
    }

    fn state(&self, name: &str) -> Result<RoomState, StoreError> {
        match self.room(name)? {
            None => Ok(RoomState::default()),
            Some(room) => room.state(&self.access, &self.connection),
        }
    }
}

impl Store for EmbeddedStore {
    fn write(&mut self, batch: &Batch<'_>) -> Result<Vec<Kept>, StoreError> {
        let EmbeddedStore {
            access,
            connection,
            entropy,
            rooms,
            ..
        } = self;
        let transaction = open::begin(connection).map_err(|error| access.fail(error))?;
        let writer = write::Writer::new(access, &transaction, entropy.as_mut())?;
        let kept = writer.write(batch, &|name| rooms.borrow().get(name).cloned())?;
        transaction.commit().map_err(|error| access.fail(error))?;
        Ok(kept)
    }

    fn write_on(&mut self, make: &mut Make<'_>) -> Result<Vec<Kept>, StoreError> {
        let transaction = open::begin(&self.connection).map_err(|error| self.access.fail(error))?;
        let Some(made) = make(&*self) else {
            return Ok(Vec::new());
        };
        let writer = write::Writer::new(&self.access, &transaction, self.entropy.as_mut())?;
        let rooms = &self.rooms;
        let kept =
            made.lend(|batch| writer.write(batch, &|name| rooms.borrow().get(name).cloned()))?;
        transaction
            .commit()
            .map_err(|error| self.access.fail(error))?;
        Ok(kept)
    }

    fn others_wrote(&self) -> Result<i64, StoreError> {
        self.connection
            .prepare_cached("PRAGMA data_version")
            .and_then(|mut statement| statement.query_row([], |row| row.get(0)))
            .map_err(|error| self.access.fail(error))
    }

    fn rooms(&self) -> Result<Vec<String>, StoreError> {
        let mut names = self.names.borrow_mut();
        // Rooms come and never go: as many are the same.
        let count = Room::count(&self.access, &self.connection)?;
        if i64::try_from(names.len()) != Ok(count) {
            let rooms = Room::all(&self.access, &self.connection)?;
            *names = rooms.into_iter().map(|room| room.name).collect();
        }
        Ok(names.clone())
    }

    fn count(&self, room: &str) -> Result<u64, StoreError> {
        Ok(self.state(room)?.acts)
    }

    fn heads(&self, room: &str) -> Result<Vec<ActDigest>, StoreError> {
        Ok(self.state(room)?.heads.into_iter().collect())
    }

    fn awaited(&self, room: &str) -> Result<Vec<ActDigest>, StoreError> {
        Ok(self.state(room)?.awaited.into_iter().collect())
    }

    fn next_sequence(&self, room: &str, site: &SiteId) -> Result<u64, StoreError> {
        let state = self.state(room)?;
        Ok(state.sequences.get(site).copied().unwrap_or(0))
    }

    fn has(&self, id: &ActDigest) -> Result<bool, StoreError> {
        Ok(write::find(&self.access, &self.connection, id)?.is_some())
    }

    fn get(&self, id: &ActDigest) -> Result<Option<SignedAct>, StoreError> {
        read::get(&self.access, &self.connection, id)
    }

    fn read(&self, room: &str, after: u64, each: &mut Each<'_>) -> Result<(), StoreError> {
        let Some(room) = self.room(room)? else {
            return Ok(());
        };
        let places = (room.place(after.saturating_add(1)), room.last_place());
        read::between(&self.access, &self.connection, &room, places, each)
    }

    fn reader(&self) -> Result<Box<dyn Reader>, StoreError> {
        let connection = self.access.connect(false)?;
        Ok(Box::new(read::EmbeddedReader {
            access: self.access.clone(),
            connection,
            room: None,
        }))
    }

    fn arrivals(&self, room: &str, after: u64) -> Result<Vec<Arrival>, StoreError> {
        let Some(room) = self.room(room)? else {
            return Ok(Vec::new());
        };
        let places = (room.place(after.saturating_add(1)), room.last_place());
        read::arrivals_between(&self.access, &self.connection, &room, places)
    }

    fn arrival(&self, id: &ActDigest) -> Result<Option<Arrival>, StoreError> {
        let Some(place) = write::find(&self.access, &self.connection, id)? else {
            return Ok(None);
        };
        let room = Room::numbered(&self.access, &self.connection, split_place(place).0)?;
        let found = read::arrivals_between(&self.access, &self.connection, &room, (place, place))?;
        Ok(found.into_iter().next())
    }

    fn content(&self, room: &str, name: &ContentDigest) -> Result<Option<Vec<u8>>, StoreError> {
        match self.room(room)? {
            None => Ok(None),
            Some(room) => contents::content(&self.access, &self.connection, &room, name),
        }
    }

    fn erase(&mut self, id: &ActDigest) -> Result<Erasure, StoreError> {
        erase::body(&self.access, &self.connection, self.entropy.as_mut(), id)
    }

    fn erase_content(&mut self, room: &str, name: &ContentDigest) -> Result<Erasure, StoreError> {
        let Some(room) = self.room(room)? else {
            return Ok(Erasure::NothingThere);
        };
        let entropy = self.entropy.as_mut();
        erase::content(&self.access, &self.connection, entropy, &room, name)
    }

    fn setting(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        small::setting(&self.access, &self.connection, name)
    }

    fn notes(&self, list: &str) -> Result<Vec<Vec<u8>>, StoreError> {
        small::notes(&self.access, &self.connection, list)
    }

    fn keep_snapshot(&mut self, name: &str, bytes: Option<&[u8]>) -> Result<(), StoreError> {
        let entropy = self.entropy.as_mut();
        small::keep_snapshot(&self.access, &self.connection, entropy, name, bytes)
    }

    fn keep_snapshots(&mut self, snapshots: &[(String, Vec<u8>)]) -> Result<(), StoreError> {
        let EmbeddedStore {
            access,
            connection,
            entropy,
            ..
        } = self;
        let transaction = open::begin(connection).map_err(|error| access.fail(error))?;
        for (name, bytes) in snapshots {
            small::keep_snapshot(access, &transaction, entropy.as_mut(), name, Some(bytes))?;
        }
        transaction.commit().map_err(|error| access.fail(error))
    }

    fn forget_snapshots(&mut self) -> Result<(), StoreError> {
        small::forget_snapshots(&self.access, &self.connection)
    }

    fn snapshot(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        small::snapshot(&self.access, &self.connection, name)
    }

    fn check(&self) -> Result<Report, StoreError> {
        check::check(&self.access, &self.connection)
    }

    fn backup(&self, to: &Path) -> Result<(), StoreError> {
        copy::copy(&self.access, &self.connection, to)
    }
}

impl std::fmt::Debug for EmbeddedStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EmbeddedStore")
            .field("path", &self.access.path)
            .finish_non_exhaustive()
    }
}
