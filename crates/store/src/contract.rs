//! What a store promises, whatever database it stands on. One contract test holds for all of them.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use onetext_seal::{ActDigest, ContentDigest, Envelope, Fault, SignedAct, SiteId};

use crate::error::StoreError;
use crate::report::Report;
use crate::row::OpenAct;

/// An act to be kept, its envelope read, with the contents that it brings.
#[derive(Debug, Clone)]
pub struct NewAct {
    pub(crate) id: ActDigest,
    pub(crate) act: SignedAct,
    pub(crate) envelope: Envelope,
    pub(crate) contents: Vec<(ContentDigest, Arc<[u8]>)>,
}

impl NewAct {
    /// An act that came from elsewhere: everything that can be checked of it alone is checked, its signatures too.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn arrived(act: SignedAct) -> Result<NewAct, Fault> {
        let envelope = act.check()?;
        Ok(NewAct::read(act, envelope))
    }

    /// An act that was signed here just now, or checked already: its envelope is read, its signature is not checked again.
    ///
    /// # Errors
    /// Where its envelope is none.
    pub fn checked(act: SignedAct) -> Result<NewAct, Fault> {
        let envelope = Envelope::read(&act.envelope)?;
        Ok(NewAct::read(act, envelope))
    }

    fn read(act: SignedAct, envelope: Envelope) -> NewAct {
        NewAct {
            id: act.id(),
            act,
            envelope,
            contents: Vec::new(),
        }
    }

    /// Gives a content to the act's room, with the act.
    #[must_use]
    pub fn with(mut self, name: ContentDigest, bytes: impl Into<Arc<[u8]>>) -> NewAct {
        self.contents.push((name, bytes.into()));
        self
    }

    /// The act's name.
    #[must_use]
    pub fn id(&self) -> ActDigest {
        self.id
    }

    /// What its envelope says.
    #[must_use]
    pub fn envelope(&self) -> &Envelope {
        &self.envelope
    }

    /// The act itself.
    #[must_use]
    pub fn act(&self) -> &SignedAct {
        &self.act
    }
}

/// What is written in one go: all of it or nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Batch<'a> {
    /// Acts, in the order in which they arrived.
    pub acts: &'a [NewAct],
    /// When they arrived by this computer's clock, in microseconds since 1970-01-01 UTC. It is remembered and decides
    /// nothing; it may go backwards.
    pub received: i64,
    /// Settings by name; no value takes the setting away.
    pub settings: &'a [(&'a str, Option<&'a [u8]>)],
    /// Notes to be added to a list by name, as of the pouches exchanged with a site.
    pub notes: &'a [(&'a str, &'a [u8])],
}

/// What is to be written, made in view of what is there: as a [`Batch`], with bytes of its own.
#[derive(Debug, Clone, Default)]
pub struct Made {
    /// Acts, in the order in which they arrived.
    pub acts: Vec<NewAct>,
    /// When they arrived, as in a batch.
    pub received: i64,
    /// Settings by name; no value takes the setting away.
    pub settings: Vec<(String, Option<Vec<u8>>)>,
    /// Notes to be added to a list by name.
    pub notes: Vec<(String, Vec<u8>)>,
}

impl Made {
    /// The same as a batch.
    pub(crate) fn lend<T>(&self, write: impl FnOnce(&Batch<'_>) -> T) -> T {
        let settings: Vec<_> = self
            .settings
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_deref()))
            .collect();
        let notes: Vec<_> = self
            .notes
            .iter()
            .map(|(list, note)| (list.as_str(), note.as_slice()))
            .collect();
        write(&Batch {
            acts: &self.acts,
            received: self.received,
            settings: &settings,
            notes: &notes,
        })
    }
}

/// Makes what is to be written of what is there; where it gives none, nothing is written.
pub type Make<'a> = dyn FnMut(&dyn Store) -> Option<Made> + 'a;

/// Where an act stands in its room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// The act.
    pub id: ActDigest,
    /// Its place in the room's order of arrival, from 1.
    pub position: u64,
    /// Whether it was kept just now; false where it had been there before.
    pub new: bool,
}

/// What is remembered of an act's arrival, outside what is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// Its place in the room's order of arrival, from 1.
    pub position: u64,
    /// When it arrived by this computer's clock, in microseconds since 1970-01-01 UTC.
    pub received: i64,
    /// The contents that it brought.
    pub contents: Vec<ContentDigest>,
}

/// What came of an erasure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Erasure {
    /// Nothing of it is left in the files of the store.
    Done,
    /// It is gone from the store, and its key is still in the write-ahead log, because another program is reading: it
    /// goes when that program has ended and the store is opened again.
    LogHeld,
    /// There was nothing to erase.
    NothingThere,
}

/// Takes what is read, act by act, with each act's place in the room's order of arrival.
pub type Each<'a> = dyn FnMut(u64, OpenAct<'_>) -> ControlFlow<()> + 'a;

/// Reads the acts of a store's rooms through a connection of its own.
pub trait Reader: Send {
    /// Reads the acts of a room in order of arrival, those after one place up to another, until `each` breaks.
    ///
    /// # Errors
    /// Where a row does not open or the database fails.
    fn read(
        &mut self,
        room: &str,
        after: u64,
        up_to: u64,
        each: &mut Each<'_>,
    ) -> Result<(), StoreError>;

    /// The snapshot of a name; none where there is none or where it does not open.
    ///
    /// # Errors
    /// Where the database fails.
    fn snapshot(&mut self, name: &str) -> Result<Option<Vec<u8>>, StoreError>;
}

/// A store of acts and contents.
///
/// Rooms are named by their names; what lies on disk shows none. What was acknowledged by any writing function is
/// durable when it returns.
pub trait Store {
    /// Writes a batch and gives each of its acts' place. An act that is kept already is no error and changes nothing.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing of the batch was written.
    fn write(&mut self, batch: &Batch<'_>) -> Result<Vec<Kept>, StoreError>;

    /// Writes what `make` makes of the store as it stands, while no other program writes: so that an act is signed on the
    /// heads that are there when it is written, and two programs never give two acts one place.
    ///
    /// # Errors
    /// As of [`Store::write`].
    fn write_on(&mut self, make: &mut Make<'_>) -> Result<Vec<Kept>, StoreError>;

    /// Writes acts that were received at a time, in microseconds since 1970-01-01 UTC.
    ///
    /// # Errors
    /// As of [`Store::write`].
    fn append(&mut self, acts: &[NewAct], received: i64) -> Result<Vec<Kept>, StoreError> {
        self.write(&Batch {
            acts,
            received,
            ..Batch::default()
        })
    }

    /// A number that changes when another program writes, and not by what is written here: it says at little cost that nothing
    /// came.
    ///
    /// # Errors
    /// Where the database fails.
    fn others_wrote(&self) -> Result<i64, StoreError>;

    /// The rooms that hold something, by name, in ascending order.
    ///
    /// # Errors
    /// Where a row does not open or the database fails.
    fn rooms(&self) -> Result<Vec<String>, StoreError>;

    /// How many acts of a room are kept: the place of the last that arrived.
    ///
    /// # Errors
    /// Where a row does not open or the database fails.
    fn count(&self, room: &str) -> Result<u64, StoreError>;

    /// The acts of a room that no kept act is written on, in ascending order.
    ///
    /// # Errors
    /// Where a row does not open or the database fails.
    fn heads(&self, room: &str) -> Result<Vec<ActDigest>, StoreError>;

    /// The acts that kept acts of a room are written on and that have not arrived, in ascending order.
    ///
    /// # Errors
    /// Where a row does not open or the database fails.
    fn awaited(&self, room: &str) -> Result<Vec<ActDigest>, StoreError>;

    /// The sequence number of the next act that a site writes in a room.
    ///
    /// # Errors
    /// Where a row does not open or the database fails.
    fn next_sequence(&self, room: &str, site: &SiteId) -> Result<u64, StoreError>;

    /// Whether an act is kept.
    ///
    /// # Errors
    /// Where the database fails.
    fn has(&self, id: &ActDigest) -> Result<bool, StoreError>;

    /// An act by its name.
    ///
    /// # Errors
    /// Where its row does not open or the database fails.
    fn get(&self, id: &ActDigest) -> Result<Option<SignedAct>, StoreError>;

    /// Reads the acts of a room in order of arrival, those after a place, until `each` breaks.
    ///
    /// # Errors
    /// Where a row does not open or the database fails.
    fn read(&self, room: &str, after: u64, each: &mut Each<'_>) -> Result<(), StoreError>;

    /// Reads through a connection of its own, so that several can read at once. See
    /// [`read_rooms`](crate::read_rooms).
    ///
    /// # Errors
    /// Where the database cannot be opened once more.
    fn reader(&self) -> Result<Box<dyn Reader>, StoreError>;

    /// When the acts of a room after a place arrived and what they brought, in order of arrival.
    ///
    /// # Errors
    /// Where a row does not open or the database fails.
    fn arrivals(&self, room: &str, after: u64) -> Result<Vec<Arrival>, StoreError>;

    /// When an act arrived and what it brought.
    ///
    /// # Errors
    /// Where a row does not open or the database fails.
    fn arrival(&self, id: &ActDigest) -> Result<Option<Arrival>, StoreError>;

    /// A content that a room was given; none where it was not given it, or where it was erased.
    ///
    /// # Errors
    /// Where a row does not open or the database fails.
    fn content(&self, room: &str, name: &ContentDigest) -> Result<Option<Vec<u8>>, StoreError>;

    /// Destroys the key of an act's body, and the body. The history still verifies.
    ///
    /// # Errors
    /// Where no such act is kept, its row does not open or the database fails.
    fn erase(&mut self, id: &ActDigest) -> Result<Erasure, StoreError>;

    /// Takes a content from a room, and destroys it where no other room was given it.
    ///
    /// # Errors
    /// Where a row does not open or the database fails.
    fn erase_content(&mut self, room: &str, name: &ContentDigest) -> Result<Erasure, StoreError>;

    /// A setting by its name.
    ///
    /// # Errors
    /// Where a row does not open or the database fails.
    fn setting(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError>;

    /// The notes of a list, in the order in which they were added.
    ///
    /// # Errors
    /// Where a row does not open or the database fails.
    fn notes(&self, list: &str) -> Result<Vec<Vec<u8>>, StoreError>;

    /// Keeps a snapshot under a name, in place of the one before; no bytes take it away. A snapshot can be computed
    /// again: it bears no promise.
    ///
    /// # Errors
    /// Where the database fails.
    fn keep_snapshot(&mut self, name: &str, bytes: Option<&[u8]>) -> Result<(), StoreError>;

    /// Keeps several snapshots at once, each in place of the one of its name before.
    ///
    /// # Errors
    /// Where the database fails.
    fn keep_snapshots(&mut self, snapshots: &[(String, Vec<u8>)]) -> Result<(), StoreError>;

    /// Lets go of every snapshot.
    ///
    /// # Errors
    /// Where the database fails.
    fn forget_snapshots(&mut self) -> Result<(), StoreError>;

    /// The snapshot of a name; none where there is none or where it does not open.
    ///
    /// # Errors
    /// Where the database fails.
    fn snapshot(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError>;

    /// Walks over every row, opens it and checks it, and says all that is wrong.
    ///
    /// # Errors
    /// Where the database cannot be walked at all.
    fn check(&self) -> Result<Report, StoreError>;

    /// Writes a copy to a file that is not there yet, consistent while others write, and checks the copy before it
    /// says done.
    ///
    /// # Errors
    /// Where the file is there already, cannot be written, or does not check.
    fn backup(&self, to: &Path) -> Result<(), StoreError>;
}
