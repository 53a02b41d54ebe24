//! A workspace: a folder that holds a process as one site has it, and the keys with which that site signs and reads.
//!
//! What the acts mean is not known here: they come as [`Entry`] and are given as [`Heard`]. Every writing function is
//! durable when it returns, and where it fails nothing was changed.

mod beside;
mod entry;
mod error;
mod hearing;
mod import;
mod known;
mod pen;
mod pouch;
mod record;
mod sites;
mod snapshot;
mod verify;
mod watch;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use onetext_seal::{ActDigest, ContentDigest, Envelope, Fault, PLENARY, ProcessId, read_kept_body};
use onetext_store::{
    EmbeddedStore, KeyRing, Made, OpenAct, Options, Passphrase, SeatKeys, Store, SystemEntropy,
    read_in_parallel,
};
use serde_json::{Value, json};

use known::Known;
use pen::Pen;

pub use entry::{Entry, Heard};
pub use error::WorkspaceError;
pub use hearing::{Aside, Bookmark, Hearer, Hearing, Opened, Signer, Stands};
pub use onetext_seal::Heads;
pub use onetext_store::{Entropy, SeededEntropy};
pub use pen::Written;
pub(crate) use pen::day;
pub use pouch::{Arrived, Packed, Received};
pub use record::Recorded;
pub use sites::{Introduction, SiteCard};
pub use snapshot::{Put, Take};
pub use verify::{ActFinding, Checked, Verdict, verify_file};

/// The store's file in a workspace's folder.
pub const STORE_FILE: &str = "onetext.db";

/// The folder of keys in a workspace's folder.
pub const KEYS_FOLDER: &str = "keys";

const PROCESS: &str = "process";
const SEAT: &str = "seat";
/// How many threads read a room.
const THREADS: usize = 2;
/// From how many acts on a room is read by several threads.
const LONG: u64 = 4096;
/// There from a restored backup on, until what was sent since has been taken back.
const RESTORED: &str = "restored";

/// How a workspace is made and opened.
pub struct Manner<'a> {
    /// What opens the keys, where they are locked; what locks them, where they are made.
    pub passphrase: Option<&'a Passphrase>,
    /// Where random bytes come from.
    pub entropy: &'a dyn Fn() -> Box<dyn Entropy>,
    /// How the store is opened.
    pub options: Options,
}

impl<'a> Manner<'a> {
    /// The usual manner: random bytes from the operating system.
    #[must_use]
    pub fn usual(passphrase: Option<&'a Passphrase>) -> Manner<'a> {
        Manner {
            passphrase,
            entropy: &|| Box::new(SystemEntropy),
            options: Options::default(),
        }
    }
}

/// A workspace, open.
pub struct Workspace {
    folder: PathBuf,
    ring: KeyRing,
    store: EmbeddedStore,
    entropy: Box<dyn Entropy>,
    known: Option<Known>,
    /// From how many rows the record was last read.
    from_rows: u64,
    /// How often something was written here.
    written: Arc<AtomicU64>,
}

impl Workspace {
    /// Makes an empty workspace in a folder that is there: a store and keys, and the keys of a seat where one is named.
    ///
    /// # Errors
    /// Where a store or keys are there already, or the folder cannot be written.
    pub fn create(
        folder: &Path,
        seat: Option<&str>,
        manner: &Manner<'_>,
    ) -> Result<Workspace, WorkspaceError> {
        let store = folder.join(STORE_FILE);
        if store.exists() {
            return Err(onetext_store::StoreError::Exists { path: store }.into());
        }
        let mut entropy = (manner.entropy)();
        let keys = folder.join(KEYS_FOLDER);
        let mut ring = KeyRing::create(&keys, manner.passphrase, entropy.as_mut())?;
        if let Some(seat) = seat {
            ring.seat_or_new(seat, entropy.as_mut())?;
        }
        let random = (manner.entropy)();
        let store = EmbeddedStore::create(&store, ring.workspace(), random, manner.options)?;
        let mut workspace = Workspace {
            folder: folder.to_owned(),
            ring,
            store,
            entropy,
            known: None,
            from_rows: 0,
            written: Arc::default(),
        };
        if let Some(seat) = seat {
            workspace.set_seat(seat)?;
        }
        Ok(workspace)
    }

    /// Opens the workspace of a folder.
    ///
    /// # Errors
    /// Where there is none, its keys do not open, or its store is damaged, of a newer version, or may not be written.
    pub fn open(folder: &Path, manner: &Manner<'_>) -> Result<Workspace, WorkspaceError> {
        let store = folder.join(STORE_FILE);
        if !store.exists() {
            return Err(onetext_store::StoreError::Missing { path: store }.into());
        }
        let ring = KeyRing::open(&folder.join(KEYS_FOLDER), manner.passphrase)?;
        let random = (manner.entropy)();
        let store = EmbeddedStore::open(&store, ring.workspace(), random, manner.options)?;
        Ok(Workspace {
            folder: folder.to_owned(),
            ring,
            store,
            entropy: (manner.entropy)(),
            known: None,
            from_rows: 0,
            written: Arc::default(),
        })
    }

    /// Whether the keys of a workspace's folder are locked with a passphrase.
    #[must_use]
    pub fn is_locked(folder: &Path) -> bool {
        KeyRing::is_locked(&folder.join(KEYS_FOLDER))
    }

    /// Writes a copy of the store to a file that is not there yet, and checks it. The keys are not in it.
    ///
    /// # Errors
    /// Where the file is there already, cannot be written, or the store does not check.
    pub fn backup(&self, to: &Path) -> Result<(), WorkspaceError> {
        Ok(self.store.backup(to)?)
    }

    /// Puts a backup in the place of a workspace's store that is not there, with the keys that are. From then on pouches
    /// are opened and nothing else is written, until [`Workspace::take_up_again`].
    ///
    /// # Errors
    /// Where a store is there, the keys do not open, or the backup is damaged or of other keys.
    pub fn restore(from: &Path, folder: &Path, manner: &Manner<'_>) -> Result<(), WorkspaceError> {
        let store = folder.join(STORE_FILE);
        if store.exists() {
            return Err(onetext_store::StoreError::Exists { path: store }.into());
        }
        let ring = KeyRing::open(&folder.join(KEYS_FOLDER), manner.passphrase)?;
        EmbeddedStore::restore(from, &store, ring.workspace())?;
        let random = (manner.entropy)();
        let mut store = EmbeddedStore::open(&store, ring.workspace(), random, manner.options)?;
        store.write(&onetext_store::Batch {
            settings: &[(RESTORED, Some(b"yes"))],
            ..onetext_store::Batch::default()
        })?;
        Ok(())
    }

    /// Says that a restored workspace has taken back what it had sent since the backup, or had sent nothing: it writes
    /// again. Gives whether it was waiting for that.
    ///
    /// # Errors
    /// Where the store cannot be written.
    pub fn take_up_again(&mut self) -> Result<bool, WorkspaceError> {
        let waited = self.store.setting(RESTORED)?.is_some();
        if waited {
            self.store.write(&onetext_store::Batch {
                settings: &[(RESTORED, None)],
                ..onetext_store::Batch::default()
            })?;
        }
        Ok(waited)
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The process that it holds; none where none was founded or has arrived.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn process(&self) -> Result<Option<ProcessId>, WorkspaceError> {
        process(&self.store)
    }

    /// The seat for which this workspace was made.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn seat(&self) -> Result<Option<String>, WorkspaceError> {
        let seat = self.store.setting(SEAT)?.map(String::from_utf8);
        seat.transpose()
            .map_err(|_| WorkspaceError::Setting("seat"))
    }

    /// The seats that sign here.
    pub fn seats(&self) -> impl Iterator<Item = &str> {
        self.ring.seats().map(|(seat, _)| seat)
    }

    fn set_seat(&mut self, seat: &str) -> Result<(), WorkspaceError> {
        self.store.write(&onetext_store::Batch {
            settings: &[(SEAT, Some(seat.as_bytes()))],
            ..onetext_store::Batch::default()
        })?;
        Ok(())
    }

    /// Founds a process, in the name of a seat: the founding act, the act that binds this site to the seat, and the first act
    /// of the public room. `body`
    /// says what the process is; its `kind` is `process`. `now` is this computer's clock, in microseconds since 1970.
    ///
    /// # Errors
    /// Where a process is here already, or the keys cannot be made.
    pub fn found(
        &mut self,
        seat: &str,
        body: Value,
        now: i64,
    ) -> Result<Vec<Written>, WorkspaceError> {
        self.import(&[], &[Entry::of(seat, PLENARY, body)], now)
    }

    /// Founds a process of this title.
    ///
    /// # Errors
    /// As [`found`](Self::found).
    pub fn found_titled(
        &mut self,
        seat: &str,
        title: &str,
        now: i64,
    ) -> Result<Vec<Written>, WorkspaceError> {
        let body = json!({"kind": "process", "title": title, "pen_holder": seat});
        self.found(seat, body, now)
    }

    /// Signs entries and writes them, all or none, each on the heads that its room has then. `now` is this computer's
    /// clock, in microseconds since 1970; where it shows less than an act of the room, that act's time is taken, and
    /// said.
    ///
    /// # Errors
    /// Where one of them cannot be recorded.
    pub fn append(&mut self, entries: &[Entry], now: i64) -> Result<Vec<Written>, WorkspaceError> {
        self.write(now, |pen| {
            pen.known.read_room(pen.store, PLENARY)?;
            let written: Result<Vec<Written>, _> =
                entries.iter().map(|entry| pen.sign(entry)).collect();
            Ok((written?, Vec::new()))
        })
    }

    /// Writes what `work` signs and takes in with a pen, and the settings that it gives, all or nothing.
    fn write<T>(
        &mut self,
        now: i64,
        work: impl FnOnce(&mut Pen<'_>) -> Result<(T, Settings), WorkspaceError>,
    ) -> Result<T, WorkspaceError> {
        let Workspace {
            ring,
            store,
            entropy,
            known,
            ..
        } = self;
        let mut work = Some(work);
        let mut done = Err(WorkspaceError::NoProcess);
        let written = store.write_on(&mut |store| {
            let work = work.take()?;
            let made = process(store).and_then(|process| {
                let process = process.ok_or(WorkspaceError::NoProcess)?;
                if store.setting(RESTORED)?.is_some() {
                    return Err(WorkspaceError::Restored);
                }
                let known = known.get_or_insert_with(|| Known::new(process));
                let mut pen = Pen::new(store, known, ring, entropy.as_mut(), now);
                let (value, settings) = work(&mut pen)?;
                Ok((value, made(pen.acts, now, settings)))
            });
            keep(made, &mut done)
        });
        if written.is_err() || done.is_err() {
            // What was signed and not written is not known.
            self.known = None;
        }
        written?;
        if done.is_ok() {
            self.written.fetch_add(1, Ordering::SeqCst);
        }
        done
    }

    /// How often something was written through this workspace since it was opened: whoever keeps what was read asks it, without
    /// waiting for the workspace, whether that may still stand.
    #[must_use]
    pub fn written(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.written)
    }

    /// What this workspace knows of every room.
    fn known(&mut self) -> Result<&mut Known, WorkspaceError> {
        let process = self.process()?.ok_or(WorkspaceError::NoProcess)?;
        let known = self.known.get_or_insert_with(|| Known::new(process));
        known.read_all(&self.store)?;
        Ok(known)
    }

    /// The rooms here in which a seat sits, by name.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn rooms_of(&mut self, seat: &str) -> Result<Vec<String>, WorkspaceError> {
        let rooms = self.store.rooms()?;
        let process = self.process()?.ok_or(WorkspaceError::NoProcess)?;
        let known = self.known.get_or_insert_with(|| Known::new(process));
        let mut sits = Vec::new();
        for room in rooms {
            known.read_beginning(&self.store, &room)?;
            if known.histories.members(&room).has(seat) == Some(true) {
                sits.push(room);
            }
        }
        Ok(sits)
    }

    /// The acts of a room in order of arrival, those after a place; and the place of the last.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn acts(&self, room: &str, after: u64) -> Result<(Vec<Heard>, u64), WorkspaceError> {
        let read = self.read_acts(room, after)?;
        // After the acts: each of them has arrived by now.
        let arrivals = self.store.arrivals(room, after)?;
        let mut arrivals = arrivals.into_iter().peekable();
        let (mut heard, mut last) = (Vec::with_capacity(read.len()), after);
        for act in read {
            let (position, id, envelope, body) = act?;
            last = position;
            while arrivals
                .next_if(|arrival| arrival.position < position)
                .is_some()
            {}
            let arrival = arrivals.next_if(|arrival| arrival.position == position);
            heard.push(Heard {
                id,
                envelope,
                body,
                received: arrival.map_or(0, |arrival| arrival.received),
            });
        }
        Ok((heard, last))
    }

    /// The acts of a room after a place; a long room is read by several threads.
    fn read_acts(&self, room: &str, after: u64) -> Result<Vec<ReadAct>, WorkspaceError> {
        let read = |position, act: OpenAct<'_>| -> ReadAct {
            let envelope = Envelope::read_kept(act.envelope).map_err(Fault::from)?;
            let body = act.body.map(|(bytes, _)| read_kept_body(bytes));
            Ok((position, act.id, envelope, body.transpose()?))
        };
        if self.store.count(room)?.saturating_sub(after) >= LONG {
            return Ok(read_in_parallel(&self.store, room, after, THREADS, read)?);
        }
        let mut acts = Vec::new();
        self.store.read(room, after, &mut |position, act| {
            acts.push(read(position, act));
            ControlFlow::Continue(())
        })?;
        Ok(acts)
    }

    /// A content that a room was given; none where it was not, or where it was erased.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn content(
        &self,
        room: &str,
        name: &ContentDigest,
    ) -> Result<Option<Vec<u8>>, WorkspaceError> {
        Ok(self.store.content(room, name)?)
    }

    /// The heads of every room that is here.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn heads(&self) -> Result<Heads, WorkspaceError> {
        let mut all = Heads::default();
        for room in self.store.rooms()? {
            let heads = self.store.heads(&room)?.into_iter().collect();
            all.0.insert(room, heads);
        }
        Ok(all)
    }

    /// Whether an act is kept here.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn has(&self, act: &ActDigest) -> Result<bool, WorkspaceError> {
        Ok(self.store.has(act)?)
    }
}

impl std::fmt::Debug for Workspace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Workspace")
            .field("folder", &self.folder)
            .finish_non_exhaustive()
    }
}

/// An act as it was read: its place, its name, its envelope and its body.
type ReadAct = Result<(u64, ActDigest, Envelope, Option<Value>), WorkspaceError>;

type Settings = Vec<(String, Option<Vec<u8>>)>;

fn made(acts: Vec<onetext_store::NewAct>, received: i64, settings: Settings) -> Made {
    Made {
        acts,
        received,
        settings,
        notes: Vec::new(),
    }
}

/// Puts aside what came of the making, and gives what is to be written.
fn keep<T>(
    made: Result<(T, Made), WorkspaceError>,
    done: &mut Result<T, WorkspaceError>,
) -> Option<Made> {
    let (value, made) = match made {
        Ok((value, made)) => (Ok(value), Some(made)),
        Err(error) => (Err(error), None),
    };
    *done = value;
    made
}

fn process(store: &dyn Store) -> Result<Option<ProcessId>, WorkspaceError> {
    let process = store.setting(PROCESS)?;
    let process = process.map(|bytes| bytes.as_slice().try_into().map(ProcessId));
    process
        .transpose()
        .map_err(|_| WorkspaceError::Setting("process"))
}

/// The keys of a seat that signs here.
fn keys_of<'a>(ring: &'a KeyRing, seat: &str) -> Result<&'a SeatKeys, WorkspaceError> {
    ring.seat(seat).ok_or_else(|| {
        let here: Vec<String> = ring.seats().map(|(seat, _)| seat.to_owned()).collect();
        match here.is_empty() {
            true => WorkspaceError::NoSeat,
            false => WorkspaceError::NotHere {
                seat: seat.to_owned(),
                here,
            },
        }
    })
}
