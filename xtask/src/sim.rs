//! `cargo xtask sim`: three sites in separate folders, a mediator and two parties, run a process by pouches that come late,
//! twice, out of order, torn, corrupted and forged, as a seed has it. In the end each room is the same wherever somebody
//! sits in it, nobody holds a byte of another room, and every bad pouch was refused and named.
//!
//! What is written, carried and damaged follows from the seed; the bytes of keys and of encryption do not, since age rolls
//! its own dice.

mod forgery;
mod missions;
mod site;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use onetext_desk::workspace::{Packed, Received, Verdict};
use onetext_seal::{PLENARY, PouchDigest};

use crate::failure::{Failure, Result, While};
use crate::prng::Chance;
use crate::say;
use site::{Site, caucus, rooms_of};

/// How many acts the seats write in one process; receipts come on top.
const ACTS: usize = 300;

/// The seats, the founding one first.
pub(crate) const SEATS: [&str; 3] = ["mediator", "sahrel", "thessa"];

/// How often each sort of thing happened.
type Tally = BTreeMap<&'static str, usize>;

/// Runs so many seeds, on two threads.
pub(crate) fn run(seeds: usize) -> Result {
    let next = AtomicUsize::new(0);
    let worker = || -> Result<Tally> {
        let mut tally = Tally::new();
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= seeds {
                return Ok(tally);
            }
            let done = one(seed).map_err(|failure| {
                next.store(seeds, Ordering::Relaxed);
                Failure::because(format!("seed {seed}: {failure}"))
            })?;
            for (what, count) in done {
                *tally.entry(what).or_default() += count;
            }
        }
    };
    let mut all = Tally::new();
    let tallies = std::thread::scope(|scope| {
        let running = [(); 2].map(|()| scope.spawn(worker));
        running.map(|thread| {
            thread
                .join()
                .unwrap_or_else(|_| Err(Failure::because("a simulation panicked")))
        })
    });
    for tally in tallies {
        for (what, count) in tally? {
            *all.entry(what).or_default() += count;
        }
    }
    for (what, count) in all {
        say::line(&format!("{count:>9}  {what}"));
    }
    say::line(&format!(
        "{seeds} seeds: every room is the same wherever somebody sits in it, and nobody holds another's"
    ));
    Ok(())
}

/// A pouch under way.
struct Mail {
    to: usize,
    packed: Packed,
}

/// One process.
struct World {
    folder: PathBuf,
    sites: Vec<Site>,
    mail: Vec<Mail>,
    opened: BTreeSet<(usize, PouchDigest)>,
    chance: Chance,
    tally: Tally,
    written: usize,
}

fn one(seed: usize) -> Result<Tally> {
    let folder = memory().join(format!("onetext-sim-{}-{seed}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    let done = World::founded(&folder, seed).and_then(World::go);
    let _ = std::fs::remove_dir_all(&folder);
    done
}

/// Where disks cost nothing: a simulation is about what is written, not about when it is durable.
fn memory() -> PathBuf {
    let shared = Path::new("/dev/shm");
    match shared.is_dir() {
        true => shared.to_owned(),
        false => std::env::temp_dir(),
    }
}

impl World {
    /// The mediator founds the process, binds the parties' sites and begins the caucuses; the parties have nothing yet.
    fn founded(folder: &Path, seed: usize) -> Result<World> {
        let mut sites = Vec::new();
        for (number, seat) in SEATS.iter().enumerate() {
            let place = folder.join(seat);
            sites.push(Site::new(&place, seat, (seed * 16 + number) as u64)?);
        }
        let mut chance = Chance::new(seed as u64);
        for site in &mut sites {
            // Clocks differ by up to two minutes.
            site.skew = chance.below(240_000_000) as i64 - 120_000_000;
        }
        let introductions: Vec<_> = sites
            .iter()
            .flat_map(|site| site.desk.introductions())
            .collect();
        let mediator = &mut sites[0];
        let now = mediator.tick();
        mediator
            .desk
            .found_titled(SEATS[0], "Talks on the Lower Ford", now)
            .on("founding")?;
        for party in &introductions[1..] {
            let now = mediator.tick();
            mediator.desk.bind(party, None, now).on("binding")?;
            mediator.declare(&caucus(&party.seat), &[SEATS[0], &party.seat])?;
        }
        Ok(World {
            folder: folder.to_owned(),
            sites,
            mail: Vec::new(),
            opened: BTreeSet::new(),
            chance,
            tally: Tally::new(),
            written: 0,
        })
    }

    fn go(mut self) -> Result<Tally> {
        // Late comers: a party writes only once its first pouch has arrived.
        while self.written < ACTS {
            match self.chance.below(10) {
                0..=4 => self.write()?,
                5 | 6 => self.pack()?,
                7 | 8 => self.deliver()?,
                _ => self.damage()?,
            }
        }
        let old = self.old_copy()?;
        self.settle()?;
        self.compare()?;
        self.rewriting(&old)?;
        missions::run(&mut self)?;
        Ok(self.tally)
    }

    fn count(&mut self, what: &'static str) {
        *self.tally.entry(what).or_default() += 1;
    }

    /// Somebody writes something somewhere, now and then with a content.
    fn write(&mut self) -> Result {
        let who = self.chance.below(self.sites.len());
        let rooms = rooms_of(SEATS[who]);
        let room = &rooms[self.chance.below(rooms.len())];
        let with = self.chance.below(5) == 0;
        if self.sites[who].write(room, with)? {
            self.written += 1;
            self.count("acts written");
        }
        Ok(())
    }

    /// Somebody packs a pouch for somebody else; it lies about until it is delivered.
    fn pack(&mut self) -> Result {
        let from = self.chance.below(self.sites.len());
        let to = (from + 1 + self.chance.below(2)) % self.sites.len();
        self.pack_for(from, to)
    }

    fn pack_for(&mut self, from: usize, to: usize) -> Result {
        if let Some(packed) = self.sites[from].pack(SEATS[to])? {
            self.mail.push(Mail { to, packed });
            self.count("pouches packed");
        }
        Ok(())
    }

    /// Some pouch arrives: early, late, or once more.
    fn deliver(&mut self) -> Result {
        if self.mail.is_empty() {
            return Ok(());
        }
        let which = self.chance.below(self.mail.len());
        self.open(which)
    }

    fn open(&mut self, which: usize) -> Result {
        let Mail { to, packed } = &self.mail[which];
        // Packed twice with nothing new between, it is the same pouch.
        let opened = self.opened.contains(&(*to, packed.name));
        let site = &mut self.sites[*to];
        let now = site.tick();
        let before = site.heads()?;
        match site.desk.open_pouch(&packed.sealed, now) {
            Ok(Received::Arrived(_)) if !opened => {
                self.opened.insert((*to, packed.name));
                self.count("pouches opened");
                Ok(())
            }
            Ok(Received::Again(_)) if opened && site.heads()? == before => {
                self.count("pouches that came again: said, nothing changed");
                Ok(())
            }
            // A party that has nothing yet can only be founded by the founding seat.
            Err(error) if !opened && site.desk.process().on("process")?.is_none() => {
                let code = error.code();
                self.count("pouches of others before the founding one: refused");
                expect(
                    code,
                    &["unknown-site", "pouch-early", "pouch-gap", "unknown-author"],
                )
            }
            other => Err(Failure::because(format!(
                "a good pouch, opened before: {opened}, came to {other:?}"
            ))),
        }
    }

    /// Some pouch arrives that somebody has damaged or forged.
    fn damage(&mut self) -> Result {
        if self.mail.is_empty() {
            return Ok(());
        }
        let which = self.chance.below(self.mail.len());
        let (to, sealed) = (self.mail[which].to, self.mail[which].packed.sealed.clone());
        let Some(forged) = forgery::make(&mut self.chance, &self.sites, to, &sealed)? else {
            return Ok(());
        };
        let site = &mut self.sites[forged.to];
        let before = site.heads()?;
        let now = site.tick();
        let code = match site.desk.open_pouch(&forged.sealed, now) {
            Ok(received) => {
                return Err(Failure::because(format!(
                    "{}: taken in, {received:?}",
                    forged.what
                )));
            }
            Err(error) => error.code(),
        };
        if site.heads()? != before {
            return Err(Failure::because(format!(
                "{}: refused, and something changed",
                forged.what
            )));
        }
        expect(code, forged.codes)
            .map_err(|failure| Failure::because(format!("{}: {failure}", forged.what)))?;
        self.count(forged.what);
        Ok(())
    }

    /// A copy of a party's folder, from which it goes on in secret; its own site goes on too.
    fn old_copy(&mut self) -> Result<PathBuf> {
        let copy = self.folder.join("old");
        site::copy_folder(&self.folder.join(SEATS[1]), &copy)?;
        if self.sites[1].desk.process().on("process")?.is_none() {
            self.pack_for(0, 1)?;
            self.open(self.mail.len() - 1)?;
            site::copy_folder(&self.folder.join(SEATS[1]), &copy)?;
        }
        self.sites[1].write(PLENARY, false)?;
        self.written += 1;
        Ok(copy)
    }

    /// Everybody exchanges pouches with everybody until nothing is new.
    fn settle(&mut self) -> Result {
        for _ in 0..4 {
            for (from, to) in [(0, 1), (0, 2), (1, 0), (2, 0), (1, 2), (2, 1)] {
                self.pack_for(from, to)?;
                self.open(self.mail.len() - 1)?;
            }
        }
        Ok(())
    }

    /// Each room is the same wherever somebody sits in it; nobody has another's; all of it verifies.
    fn compare(&mut self) -> Result {
        let mut seen: BTreeMap<String, (usize, Vec<onetext_seal::ActDigest>)> = BTreeMap::new();
        for (number, site) in self.sites.iter_mut().enumerate() {
            let checked = site.desk.verify(None).on("verify")?;
            if checked.verdict != Verdict::Good || !checked.unknown.is_empty() {
                return Err(Failure::because(format!(
                    "{} does not verify: {checked:?}",
                    site.seat
                )));
            }
            site.holds_only_its_rooms()?;
            for room in rooms_of(SEATS[number]) {
                let (heard, _) = site.desk.acts(&room, 0).on(&room)?;
                let mut acts: Vec<_> = heard.iter().map(|act| act.id).collect();
                acts.sort_unstable();
                let (other, there) = seen.entry(room.clone()).or_insert((number, acts.clone()));
                if *there != acts {
                    return Err(Failure::because(format!(
                        "room {room}: {} has {} acts, {} has {}",
                        SEATS[*other],
                        there.len(),
                        site.seat,
                        acts.len()
                    )));
                }
            }
        }
        let kept: usize = self.sites.iter().map(|site| site.written).sum();
        let notes: usize = self
            .sites
            .iter_mut()
            .try_fold(0, |sum, site| Ok::<_, Failure>(sum + site.own_notes()?))?;
        match kept == notes {
            true => Ok(()),
            false => Err(Failure::because(format!(
                "{kept} acts were acknowledged, {notes} are kept"
            ))),
        }
    }

    /// A site that goes on from an old copy writes two acts in one place; the others refuse its pouch and say so.
    fn rewriting(&mut self, old: &Path) -> Result {
        let mut other = Site::open(old, SEATS[1], 15)?;
        other.clock = self.sites[1].clock;
        other.write(PLENARY, false)?;
        let sealed = other.pack_whole(SEATS[0])?.sealed;
        let site = &mut self.sites[0];
        let (before, now) = (site.heads()?, site.tick());
        let code = match site.desk.open_pouch(&sealed, now) {
            Ok(received) => {
                return Err(Failure::because(format!(
                    "a rewritten history was taken in: {received:?}"
                )));
            }
            Err(error) => error.code(),
        };
        if site.heads()? != before {
            return Err(Failure::because(
                "a rewritten history was refused, and something changed",
            ));
        }
        self.count("rewritten histories: refused");
        expect(code, &["history-rewritten"])
    }
}

/// Whether a refusal gives one of these reasons.
fn expect(code: &str, codes: &[&str]) -> Result {
    match codes.contains(&code) {
        true => Ok(()),
        false => Err(Failure::because(format!(
            "refused as {code}; {} was expected",
            codes.join(" or ")
        ))),
    }
}
