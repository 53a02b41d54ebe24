//! The office: the one workspace behind all pages, and what each seat's rooms come to, kept until something comes to them.

mod speaks;
mod views;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use onetext_desk::workspace::{Heads, Workspace, WorkspaceError};
use onetext_desk::{ActRefused, Books, Cut, Desk, DeskError, Issued, StateOfPlay, Viewer};
use onetext_talks::RoomId;
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};
use tokio::sync::{Notify, watch};

use crate::entrance::Way;
use crate::guard::Visitor;
use crate::sheet::{self, Sheet, Sheets};

pub use views::KeepsUp;
use views::Made;

/// How many parts of pages are kept of a view.
const PARTS: usize = 16;
/// What a seat may see, as it is kept: its books, and its state of play over all acts.
#[derive(Debug)]
pub struct View {
    /// The books of the seat's rooms: what came since may be in them already.
    pub books: Arc<Books>,
    /// The seat and its rooms.
    pub viewer: Viewer,
    /// The state of play, with the reasons of its conditions.
    pub play: StateOfPlay,
    /// What names this state of the seat's rooms.
    pub mark: String,
    /// When it was made, in microseconds since 1970.
    read: i64,
    /// Of which moment what depends on the clock is.
    speaks_of: i64,
    /// What it took to make, in microseconds.
    took: i64,
    /// Parts of pages that were made of this view, by what they are and in which language.
    parts: Mutex<BTreeMap<String, Arc<str>>>,
    /// Where the rooms of the seat stood.
    heads: Heads,
    /// The same as far as persons may look who may enter some of its rooms alone.
    of_persons: Mutex<BTreeMap<String, Arc<View>>>,
}

impl View {
    /// A part of a page that follows from this view and its name alone, made once for all who look at it.
    pub(crate) fn part(&self, name: &str, make: impl FnOnce() -> String) -> Arc<str> {
        if let Some(part) = held(&self.parts).get(name) {
            return Arc::clone(part);
        }
        let part: Arc<str> = make().into();
        let mut parts = held(&self.parts);
        if parts.len() < PARTS {
            parts.insert(name.to_owned(), Arc::clone(&part));
        }
        part
    }
}

/// What a seat could see at an earlier moment.
#[derive(Debug)]
pub struct Known {
    /// The state of play then.
    pub status: onetext_desk::Status,
    /// The drafts that it could read then.
    pub drafts: Vec<onetext_desk::ReadableDraft>,
}

/// What is kept of a seat.
#[derive(Debug, Default)]
struct Slot {
    /// The books of its rooms, which follow what comes.
    books: Mutex<Option<(Arc<Books>, Viewer)>>,
    /// The view as it was made last.
    view: Mutex<Option<Made>>,
    /// The mark of its rooms, and the count of news as of which it stood.
    mark: Mutex<Option<(String, u64)>>,
    /// The count of news that the seat's own last act made: it is shown nothing older.
    own: AtomicU64,
    /// One makes the view at a time.
    making: Mutex<()>,
    /// What was put on record last by a form.
    latest: Mutex<Option<Latest>>,
}

/// What was put on record last by a form of a seat.
#[derive(Debug)]
struct Latest {
    /// The session.
    card: String,
    /// The digest of its fields and files.
    said: [u8; 32],
    recorded: String,
    /// Where the rooms of the seat stood then: what came since may have changed what it comes to.
    heads: Heads,
    /// When, in microseconds since 1970.
    at: i64,
}

/// For how long what is sent again is what was sent, in microseconds: a page that took long is sent again after a minute.
const AGAIN: i64 = 120_000_000;

/// The workspace, for one caller at a time; and for each seat what its rooms come to, kept until something comes.
///
/// What came is a count: acts recorded here raise it at once, and [`Office::look`] where another program wrote. Whoever waits
/// for news waits for the count, and asks the record only then.
#[derive(Debug)]
pub struct Office {
    workspace: Mutex<Workspace>,
    slots: Mutex<BTreeMap<String, Arc<Slot>>>,
    news: watch::Sender<u64>,
    /// How often something was written through the workspace, whoever of the office did it; and how much of that was told as news.
    written: Arc<AtomicU64>,
    told: AtomicU64,
    /// The heads of all rooms when another program's acts were last looked for, and by what the store tells that it wrote.
    looked: Mutex<Option<(i64, Heads)>>,
    /// Work on drafts; none until somebody begins some.
    sheets: Mutex<Option<Sheets>>,
    /// Whose views are to be made anew, those that were asked for first in front; whether anybody does it; and how many were.
    wanted: Mutex<VecDeque<String>>,
    keeps_up: AtomicBool,
    wants: Notify,
    made: watch::Sender<u64>,
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Office {
    /// The office of a workspace.
    #[must_use]
    pub fn of(workspace: Workspace) -> Office {
        Office {
            written: workspace.written(),
            told: AtomicU64::new(0),
            workspace: Mutex::new(workspace),
            slots: Mutex::default(),
            news: watch::Sender::new(1),
            looked: Mutex::default(),
            sheets: Mutex::default(),
            wanted: Mutex::default(),
            keeps_up: AtomicBool::new(false),
            wants: Notify::new(),
            made: watch::Sender::new(0),
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

    /// Who waits for news waits here. The count says that something came somewhere, and not to whom.
    pub(crate) fn news(&self) -> watch::Receiver<u64> {
        self.news.subscribe()
    }

    /// What came, counted: by way of this office, and otherwise.
    fn count(&self) -> u64 {
        let written = self.written.load(Ordering::SeqCst);
        self.news.borrow().saturating_add(written)
    }

    fn raise(&self) {
        self.news.send_modify(|news| *news += 1);
    }

    /// After a visitor may have put something on record, in whatever way: whoever waits for news is told, and the visitor's seat is
    /// shown nothing older.
    pub(crate) fn settle(&self, visitor: &Visitor) {
        let written = self.written.load(Ordering::SeqCst);
        if self.told.swap(written, Ordering::SeqCst) != written {
            self.raise();
        }
        let slot = self.slot(visitor.seat());
        slot.own.fetch_max(self.count(), Ordering::SeqCst);
    }

    /// Looks whether another program wrote.
    ///
    /// # Errors
    /// Where the workspace cannot be read.
    pub fn look(&self) -> Result<(), WorkspaceError> {
        let mut looked = held(&self.looked);
        let workspace = held(&self.workspace);
        // Before the heads: what comes in between is looked for again.
        let others = workspace.others_wrote()?;
        if looked.as_ref().is_some_and(|(then, _)| *then == others) {
            return Ok(());
        }
        let heads = workspace.heads()?;
        drop(workspace);
        if looked.as_ref().is_none_or(|(_, then)| *then != heads) {
            self.raise();
        }
        *looked = Some((others, heads));
        Ok(())
    }

    fn slot(&self, seat: &str) -> Arc<Slot> {
        let mut slots = held(&self.slots);
        Arc::clone(slots.entry(seat.to_owned()).or_default())
    }

    /// What names the state of the rooms that a visitor may enter: it changes when an act comes to one of them, and with nothing
    /// else. Of who speaks as one person, whose rooms that are is asked of the view.
    ///
    /// # Errors
    /// Where the workspace cannot be read.
    pub fn mark(&self, visitor: &Visitor, now: i64) -> Result<String, ViewError> {
        if visitor.speaks_as().is_some() {
            let view = self.view(visitor, now)?;
            if let Some(viewer) = view.limits(visitor) {
                let heads = held(&self.workspace).heads_of(visitor.seat())?;
                return Ok(mark(&heads, viewer.rooms.as_ref()));
            }
        }
        let slot = self.slot(visitor.seat());
        // One asks for a seat, and the others of that seat wait for it.
        let mut kept = held(&slot.mark);
        let count = self.count();
        if let Some((mark, _)) = kept.as_ref().filter(|(_, of)| *of == count) {
            return Ok(mark.clone());
        }
        let heads = held(&self.workspace).heads_of(visitor.seat())?;
        let mark = mark(&heads, None);
        *kept = Some((mark.clone(), count));
        Ok(mark)
    }

    /// Whether a visitor may enter some of the rooms of its seat alone.
    pub(crate) fn is_limited(&self, visitor: &Visitor, now: i64) -> Result<bool, ViewError> {
        match visitor.speaks_as() {
            Some(_) => Ok(self.view(visitor, now)?.limits(visitor).is_some()),
            None => Ok(false),
        }
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
        self.act_with_files(visitor, fields, &BTreeMap::new(), now)
    }

    /// The same, with the words of the files that the act names.
    ///
    /// # Errors
    /// [`ActRefused`]; then nothing was recorded.
    pub fn act_with_files(
        &self,
        visitor: &Visitor,
        fields: Map<String, Value>,
        files: &BTreeMap<String, String>,
        now: i64,
    ) -> Result<String, ActRefused> {
        self.may_say(visitor, &fields, now)?;
        let recorded = self.record(visitor, fields, files, now)?;
        self.settle(visitor);
        Ok(recorded)
    }

    /// A form that is sent twice, one right after the other, is one act, where nothing came in between. Programs say what they say.
    fn record(
        &self,
        visitor: &Visitor,
        fields: Map<String, Value>,
        files: &BTreeMap<String, String>,
        now: i64,
    ) -> Result<String, ActRefused> {
        let slot = self.slot(visitor.seat());
        let mut workspace = held(&self.workspace);
        if visitor.way() == Way::ActingToken {
            return Office::put(&mut workspace, &slot, (visitor.seat(), fields, files), now);
        }
        let said = serde_json::to_vec(&(&fields, files)).unwrap_or_default();
        let said: [u8; 32] = Sha256::digest(said).into();
        let mut latest = held(&slot.latest);
        let heads = workspace.heads_of(visitor.seat())?;
        let same = |one: &&Latest| {
            let again = (0..AGAIN).contains(&now.saturating_sub(one.at));
            again && one.card == visitor.card() && one.said == said && one.heads == heads
        };
        if let Some(one) = latest.as_ref().filter(same) {
            return Ok(one.recorded.clone());
        }
        let recorded = Office::put(&mut workspace, &slot, (visitor.seat(), fields, files), now)?;
        *latest = Some(Latest {
            card: visitor.card().to_owned(),
            said,
            recorded: recorded.clone(),
            heads: workspace.heads_of(visitor.seat())?,
            at: now,
        });
        Ok(recorded)
    }

    fn put(
        workspace: &mut Workspace,
        slot: &Slot,
        (seat, fields, files): (&str, Map<String, Value>, &BTreeMap<String, String>),
        now: i64,
    ) -> Result<String, ActRefused> {
        let (books, _) = books(workspace, slot, seat, now)?;
        if let Some(recorded) = books.act(workspace, &fields, &mut Sent(files), now)? {
            return Ok(recorded.to_string());
        }
        let mut desk = Desk::open_as(workspace, seat)?;
        Ok(desk.act(fields, &mut Sent(files), now)?.to_string())
    }
}

impl Office {
    /// Issues a draft of a visitor's seat from its words, with answers to feedback; none where something has come to the rooms of
    /// the seat since they were as `seen` names them: what was foreseen of it may be otherwise.
    ///
    /// # Errors
    /// [`ActRefused`].
    pub(crate) fn issue(
        &self,
        visitor: &Visitor,
        (mut fields, source): (Map<String, Value>, &str),
        answers: Vec<Map<String, Value>>,
        (seen, now): (&str, i64),
    ) -> Result<Option<Issued>, ActRefused> {
        fields.insert("kind".to_owned(), Value::from("draft"));
        self.may_say(visitor, &fields, now)?;
        for answer in &answers {
            self.may_say(visitor, answer, now)?;
        }
        let issued = {
            let mut workspace = held(&self.workspace);
            if mark(&workspace.heads_of(visitor.seat())?, None) != seen {
                return Ok(None);
            }
            let mut desk = Desk::open_as(&mut workspace, visitor.seat())?;
            desk.issue(fields, source, answers, now)?
        };
        self.settle(visitor);
        Ok(Some(issued))
    }

    /// The work of a visitor's seat on a draft, as it was kept.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub(crate) fn sheet(
        &self,
        visitor: &Visitor,
        text: &str,
        base: &str,
    ) -> Result<Sheet, SheetError> {
        let name = sheet::name(visitor.seat(), text, base);
        let sealed = self.sheets(|sheets| Ok(sheets.get(&name)?))?;
        let Some(sealed) = sealed else {
            return Ok(Sheet::default());
        };
        let plain = held(&self.workspace).unseal_for(visitor.seat(), &sealed)?;
        serde_json::from_slice(&plain).map_err(|_| SheetError::Damaged)
    }

    /// Keeps the work of a visitor's seat on a draft, changed by `change`, and gives it back with what that says. One change
    /// after the other.
    ///
    /// # Errors
    /// Where it cannot be read or written.
    pub(crate) fn work<T>(
        &self,
        visitor: &Visitor,
        (text, base): (&str, &str),
        change: impl FnOnce(&mut Sheet) -> T,
        now: i64,
    ) -> Result<(Sheet, T), SheetError> {
        let name = sheet::name(visitor.seat(), text, base);
        self.sheets(|sheets| {
            let workspace = held(&self.workspace);
            let mut sheet = match sheets.get(&name)? {
                Some(sealed) => {
                    let plain = workspace.unseal_for(visitor.seat(), &sealed)?;
                    serde_json::from_slice(&plain).map_err(|_| SheetError::Damaged)?
                }
                None => Sheet::default(),
            };
            let before = sheet.clone();
            let told = change(&mut sheet);
            if sheet == before {
                return Ok((sheet, told));
            }
            if sheet == Sheet::default() {
                sheets.remove(&name)?;
                return Ok((sheet, told));
            }
            let plain = serde_json::to_vec(&sheet).map_err(|_| SheetError::Damaged)?;
            if plain.len() > sheet::LARGEST {
                return Err(SheetError::TooLarge);
            }
            let sealed = workspace.seal_for(visitor.seat(), &plain)?;
            sheets.put(&name, &sealed, now)?;
            Ok((sheet, told))
        })
    }

    fn sheets<T>(
        &self,
        of: impl FnOnce(&Sheets) -> Result<T, SheetError>,
    ) -> Result<T, SheetError> {
        let mut sheets = held(&self.sheets);
        if sheets.is_none() {
            let folder = held(&self.workspace).folder().to_owned();
            *sheets = Some(Sheets::open(&folder)?);
        }
        sheets.as_ref().map_or(Err(SheetError::Damaged), of)
    }
}

/// Puts an act on record at a desk, where its visitor may say that.
pub(crate) type Record<'r> =
    &'r dyn Fn(&mut Desk<'_>, Map<String, Value>) -> Result<String, ActRefused>;

/// Why work on a draft cannot be had or kept.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SheetError {
    /// The file cannot be read or written.
    #[error(transparent)]
    File(#[from] rusqlite::Error),
    /// It cannot be sealed or opened.
    #[error(transparent)]
    Workspace(#[from] WorkspaceError),
    /// It is none that this version wrote.
    #[error("the work that was kept cannot be read")]
    Damaged,
    /// It is longer than any draft may be.
    #[error("this is more than can be kept")]
    TooLarge,
}

impl Office {
    /// Does something with what a visitor's seat may put on record, held against what its rooms hold and nothing else. What is
    /// put on record goes through `Record`, which asks as for every act whether this visitor may say it.
    ///
    /// # Errors
    /// Where the workspace cannot be read.
    pub(crate) fn at_desk<T>(
        &self,
        visitor: &Visitor,
        now: i64,
        work: impl FnOnce(&mut Desk<'_>, Record<'_>) -> T,
    ) -> Result<T, WorkspaceError> {
        let persons = self.persons(visitor, now)?;
        let record = |desk: &mut Desk<'_>, fields: Map<String, Value>| {
            Office::says(visitor, &persons, &fields)?;
            let no_files = BTreeMap::new();
            Ok(desk.act(fields, &mut Sent(&no_files), now)?.to_string())
        };
        let done = {
            let mut workspace = held(&self.workspace);
            let mut desk = Desk::open_as(&mut workspace, visitor.seat())?;
            work(&mut desk, &record)
        };
        self.settle(visitor);
        Ok(done)
    }

    /// What a visitor could see at that second, by when things had come to this store; none where nothing had, or nothing that made
    /// its seat one of the process.
    ///
    /// # Errors
    /// Where the workspace cannot be read, or the question has no answer.
    pub fn as_known(
        &self,
        visitor: &Visitor,
        second: i64,
        now: i64,
    ) -> Result<Option<Known>, ViewError> {
        let moment = jiff::Timestamp::from_second(second).map(|time| time.to_string());
        let moment = onetext_desk::When::parse(&moment.unwrap_or_default());
        let moment = moment.map_err(DeskError::When)?;
        let then = {
            let mut workspace = held(&self.workspace);
            Books::of_workspace(&mut workspace, Some(visitor.seat()), Some(&moment), now)
        };
        let (books, viewer) = match then {
            Ok(then) => then,
            Err(WorkspaceError::NoProcess) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let limited = visitor
            .speaks_as()
            .and_then(|person| books.limited_to(&viewer, person));
        let viewer = limited.unwrap_or(viewer);
        let status = match onetext_desk::status(&books, &viewer, &Cut::default()) {
            Ok(status) => status,
            Err(DeskError::Ask(_)) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let drafts = onetext_desk::readable(&books, &viewer, &Cut::default())?;
        Ok(Some(Known { status, drafts }))
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

/// The books of a seat, with all that came to its rooms: those that are kept follow where they can.
fn books(
    workspace: &mut Workspace,
    slot: &Slot,
    seat: &str,
    now: i64,
) -> Result<(Arc<Books>, Viewer), WorkspaceError> {
    let mut kept = held(&slot.books);
    if let Some((books, viewer)) = kept.as_ref()
        && books.follow(workspace, now)?
    {
        return Ok((Arc::clone(books), viewer.clone()));
    }
    let (books, viewer) = Books::of_workspace(workspace, Some(seat), None, now)?;
    books.make_ready(workspace)?;
    let books = Arc::new(books);
    *kept = Some((Arc::clone(&books), viewer.clone()));
    Ok((books, viewer))
}

/// What names where rooms stand: all, or these alone.
fn mark(heads: &Heads, rooms: Option<&BTreeSet<RoomId>>) -> String {
    let mut digest = Sha256::new();
    let mine = |room: &str| rooms.is_none_or(|rooms| rooms.contains(room));
    for (room, heads) in heads.0.iter().filter(|(room, _)| mine(room)) {
        digest.update(room.as_bytes());
        digest.update([0]);
        for head in heads {
            digest.update(head.to_string().as_bytes());
        }
    }
    let bytes = digest.finalize();
    bytes
        .iter()
        .take(12)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The words of files that were sent with an act; of this computer's none is read.
struct Sent<'a>(&'a BTreeMap<String, String>);

impl onetext_desk::Files for Sent<'_> {
    fn read(&mut self, name: &str) -> Result<Vec<u8>, onetext_desk::FileError> {
        let words = self.0.get(name).ok_or(onetext_desk::FileError::Missing)?;
        Ok(words.clone().into_bytes())
    }

    fn names(&self) -> Vec<String> {
        self.0.keys().cloned().collect()
    }
}
