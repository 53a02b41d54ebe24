//! A site of the simulation: its workspace, its clock, and the words that it writes, each marked with its room.

use std::path::Path;

use onetext_desk::workspace::{Entry, Manner, Packed, Workspace};
use onetext_seal::{Addressee, CHAMBER, Heads, PLENARY, PUBLIC};
use onetext_store::{Entropy, Options, SeededEntropy};
use serde_json::{Value, json};

use super::SEATS;
use crate::failure::{Failure, Result, While};

/// When the simulated process begins: 1 March 2031, in microseconds since 1970.
const BEGIN: i64 = 1_930_089_600_000_000;

/// With what every marked word begins.
const MARK: &str = "marked-for-";

/// The caucus of the mediator with a party.
pub(super) fn caucus(party: &str) -> String {
    format!("caucus-{party}")
}

/// The rooms in which a seat sits.
pub(super) fn rooms_of(seat: &str) -> Vec<String> {
    let mut rooms = vec![
        PLENARY.to_owned(),
        PUBLIC.to_owned(),
        format!("{CHAMBER}{seat}"),
    ];
    let parties = SEATS.iter().skip(1);
    rooms.extend(
        parties
            .filter(|party| seat == SEATS[0] || seat == **party)
            .map(|party| caucus(party)),
    );
    rooms
}

/// A site.
pub(super) struct Site {
    pub(super) desk: Workspace,
    pub(super) seat: String,
    /// By how much its clock is wrong, in microseconds.
    pub(super) skew: i64,
    pub(super) clock: i64,
    /// How many acts it wrote.
    pub(super) written: usize,
}

impl Site {
    pub(super) fn new(folder: &Path, seat: &str, seed: u64) -> Result<Site> {
        std::fs::create_dir_all(folder).on(folder.display())?;
        let entropy = || Box::new(SeededEntropy::new(seed)) as Box<dyn Entropy>;
        let desk = Workspace::create(folder, Some(seat), &manner(&entropy)).on(seat)?;
        Ok(Site::of(desk, seat))
    }

    pub(super) fn open(folder: &Path, seat: &str, seed: u64) -> Result<Site> {
        let entropy = || Box::new(SeededEntropy::new(seed)) as Box<dyn Entropy>;
        let desk = Workspace::open(folder, &manner(&entropy)).on(seat)?;
        Ok(Site::of(desk, seat))
    }

    fn of(desk: Workspace, seat: &str) -> Site {
        Site {
            desk,
            seat: seat.to_owned(),
            skew: 0,
            clock: 0,
            written: 0,
        }
    }

    /// What its clock shows; each time it is read, a second has gone by, and now and then it goes back a minute.
    pub(super) fn tick(&mut self) -> i64 {
        self.clock += 1_000_000;
        let back = if self.clock % 37_000_000 == 0 {
            60_000_000
        } else {
            0
        };
        BEGIN + self.clock + self.skew - back
    }

    pub(super) fn heads(&self) -> Result<Heads> {
        self.desk.heads().on("heads")
    }

    pub(super) fn declare(&mut self, room: &str, members: &[&str]) -> Result {
        let entry = Entry::of(
            &self.seat,
            room,
            json!({"kind": "room", "members": members}),
        );
        let now = self.tick();
        self.desk.append(&[entry], now).on(room)?;
        Ok(())
    }

    /// Writes a marked note; says whether it could: a site that has no process cannot, nor in a caucus it has not heard of.
    pub(super) fn write(&mut self, room: &str, with_content: bool) -> Result<bool> {
        if self.desk.process().on("process")?.is_none() {
            return Ok(false);
        }
        let words = format!("{MARK}{room}. {} of {}", self.written, self.seat);
        let mut entry = Entry::of(&self.seat, room, json!({"kind": "note", "words": words}));
        if with_content {
            entry = entry.with(format!("Article {}. {MARK}{room}.", self.written).into_bytes());
        }
        let now = self.tick();
        match self.desk.append(&[entry], now) {
            Ok(_) => {
                self.written += 1;
                Ok(true)
            }
            Err(error) if error.code() == "no-room" => Ok(false),
            Err(error) => Err(Failure::because(error.to_string())),
        }
    }

    /// Packs a pouch for a seat; none where it has no process.
    pub(super) fn pack(&mut self, to: &str) -> Result<Option<Packed>> {
        match self.desk.process().on("process")? {
            None => Ok(None),
            Some(_) => self.packed(to, false).map(Some),
        }
    }

    pub(super) fn pack_whole(&mut self, to: &str) -> Result<Packed> {
        self.packed(to, true)
    }

    fn packed(&mut self, to: &str, whole: bool) -> Result<Packed> {
        let to = Addressee {
            seat: to.to_owned(),
            site: None,
        };
        self.desk.pack_pouch(None, &to, whole).on("pouch pack")
    }

    /// How many notes of this seat are kept here.
    pub(super) fn own_notes(&mut self) -> Result<usize> {
        let mut notes = 0;
        for room in rooms_of(&self.seat) {
            let (heard, _) = self.desk.acts(&room, 0).on(&room)?;
            notes += heard
                .iter()
                .filter(|act| {
                    act.envelope.actor.seat == self.seat && kind(act.body.as_ref()) == Some("note")
                })
                .count();
        }
        Ok(notes)
    }

    /// No word lies in the files in clear; every word that opens is of a room in which this seat sits.
    pub(super) fn holds_only_its_rooms(&mut self) -> Result {
        raw_files_show_no_mark(self.desk.folder())?;
        let rooms = rooms_of(&self.seat);
        let here: Vec<String> = self.desk.heads().on("heads")?.0.into_keys().collect();
        for room in here {
            if !rooms.contains(&room) {
                return Err(Failure::because(format!(
                    "{} holds the room {room}",
                    self.seat
                )));
            }
            let (heard, _) = self.desk.acts(&room, 0).on(&room)?;
            for act in heard {
                let mut words = act.body.as_ref().map(Value::to_string).unwrap_or_default();
                for name in act
                    .body
                    .as_ref()
                    .and_then(onetext_seal::contents_of)
                    .unwrap_or_default()
                {
                    let bytes = self.desk.content(&room, &name).on(&room)?;
                    let bytes = bytes.ok_or_else(|| {
                        Failure::because(format!("{} lacks a content of {room}", self.seat))
                    })?;
                    words.push_str(&String::from_utf8_lossy(&bytes));
                }
                let own = format!("{MARK}{room}.");
                if words.matches(MARK).count() != words.matches(&own).count() {
                    return Err(Failure::because(format!(
                        "{}, room {room}: words of another room",
                        self.seat
                    )));
                }
            }
        }
        Ok(())
    }
}

pub(super) fn kind(body: Option<&Value>) -> Option<&str> {
    body?.get("kind")?.as_str()
}

fn manner(entropy: &dyn Fn() -> Box<dyn Entropy>) -> Manner<'_> {
    Manner {
        passphrase: None,
        entropy,
        options: Options::default(),
    }
}

fn raw_files_show_no_mark(folder: &Path) -> Result {
    for entry in std::fs::read_dir(folder).on(folder.display())? {
        let path = entry.on(folder.display())?.path();
        if path.is_dir() {
            raw_files_show_no_mark(&path)?;
            continue;
        }
        let bytes = std::fs::read(&path).on(path.display())?;
        if bytes
            .windows(MARK.len())
            .any(|window| window == MARK.as_bytes())
        {
            return Err(Failure::because(format!(
                "{} shows words in clear",
                path.display()
            )));
        }
    }
    Ok(())
}

/// Copies a folder with what is in it.
pub(super) fn copy_folder(from: &Path, to: &Path) -> Result {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.recursive(true).create(to).on(to.display())?;
    for entry in std::fs::read_dir(from).on(from.display())? {
        let path = entry.on(from.display())?.path();
        let Some(name) = path.file_name() else {
            continue;
        };
        // The index of the log belongs to who has it open; another is made from the log.
        if name.to_string_lossy().ends_with("-shm") {
            continue;
        }
        match path.is_dir() {
            true => copy_folder(&path, &to.join(name))?,
            false => drop(std::fs::copy(&path, to.join(name)).on(path.display())?),
        }
    }
    Ok(())
}
