//! A site of the simulation: its workspace, its clock, and how it writes down what its seat does.

use std::collections::BTreeSet;
use std::path::Path;

use onetext_desk::workspace::{Manner, Packed, Workspace};
use onetext_desk::{ActRefused, Desk};
use onetext_seal::{Addressee, CHAMBER, Heads, PLENARY, PUBLIC, SiteId};
use onetext_store::{Entropy, Options, SeededEntropy};
use serde_json::Value;

use super::acts::{Draw, files};
use super::plain::{Plain, Said};
use super::{SEATS, Tally};
use crate::failure::{Failure, Result, While};
use crate::prng::Chance;

/// When the simulated process begins: 1 March 2031, in microseconds since 1970.
const BEGIN: i64 = 1_930_089_600_000_000;

/// With what every marked word begins.
pub(super) const MARK: &str = "marked-for-";

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

/// What a site's clock shows.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Clock {
    /// By how much it is wrong, in microseconds.
    pub(super) skew: i64,
    pub(super) shows: i64,
}

impl Clock {
    /// Each time it is read, a second has gone by, and now and then it goes back a minute.
    pub(super) fn tick(&mut self) -> i64 {
        self.shows += 1_000_000;
        let back = if self.shows % 37_000_000 == 0 {
            60_000_000
        } else {
            0
        };
        BEGIN + self.shows + self.skew - back
    }
}

/// A site.
pub(super) struct Site {
    pub(super) desk: Workspace,
    pub(super) seat: String,
    pub(super) clock: Clock,
    /// The other sites: what they acknowledged is remembered under their names.
    pub(super) others: Vec<SiteId>,
    /// Which of the acts that were acknowledged anywhere have come here.
    here: BTreeSet<usize>,
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
            clock: Clock::default(),
            others: Vec::new(),
            here: BTreeSet::new(),
        }
    }

    pub(super) fn heads(&self) -> Result<Heads> {
        self.desk.heads().on("heads")
    }

    pub(super) fn is_founded(&self) -> Result<bool> {
        Ok(self.desk.process().on("process")?.is_some())
    }

    /// Looks which of the acts that were acknowledged elsewhere have come.
    pub(super) fn look(&mut self, plain: &Plain) -> Result {
        for (number, said) in plain.said.iter().enumerate() {
            if !self.here.contains(&number) && self.desk.has(&said.digest).on("has")? {
                self.here.insert(number);
            }
        }
        Ok(())
    }

    /// Writes up to so many acts in some of these rooms, each held to the rules for authors; gives how many were
    /// acknowledged. A site that has no process writes none, nor in a room that it has not heard of.
    pub(super) fn write(
        &mut self,
        (acts, rooms): (usize, &[String]),
        chance: &mut Chance,
        plain: &mut Plain,
        tally: &mut Tally,
    ) -> Result<usize> {
        if !self.is_founded()? {
            return Ok(0);
        }
        let before = plain.said.len();
        let mut desk = Desk::open(&mut self.desk).on("opening for acts")?;
        for _ in 0..acts {
            let room = rooms[chance.below(rooms.len())].as_str();
            let in_room = plain.said.iter().enumerate();
            let draw = Draw {
                number: plain.said.len(),
                seat: &self.seat,
                room,
                here: in_room
                    .filter(|(number, said)| said.room == *room && self.here.contains(number))
                    .map(|(_, said)| said)
                    .collect(),
                chance: &mut *chance,
            };
            let fields = draw.act();
            match desk.act(fields.clone(), &mut files(), self.clock.tick()) {
                Ok(digest) => {
                    self.here.insert(plain.said.len());
                    plain.said.push(Said::of(digest, fields));
                }
                Err(ActRefused::NotInOrder(_)) => {
                    *tally
                        .entry("acts that their author was refused")
                        .or_default() += 1;
                }
                Err(ActRefused::Workspace(error)) if error.code() == "no-room" => {}
                Err(error) => return Err(Failure::because(format!("{}: {error}", self.seat))),
            }
        }
        let written = plain.said.len() - before;
        *tally.entry("acts written").or_default() += written;
        Ok(written)
    }

    /// Packs a pouch for a seat; none where it has no process.
    pub(super) fn pack(&mut self, to: &str) -> Result<Option<Packed>> {
        match self.is_founded()? {
            false => Ok(None),
            true => self.packed(to, false).map(Some),
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
