//! `cargo xtask sim`: three sites in separate folders, a mediator and two parties, run a process by pouches that come late,
//! twice, out of order, torn, corrupted and forged, as a seed has it. On the way and in the end each site shows the state
//! that a plain record of exactly the acts it has shows, for every seat and several days; each room is the same wherever
//! somebody sits in it, nobody holds a byte of another room, and every bad pouch was refused, each for its one reason.
//!
//! What is written, carried and damaged follows from the seed; the bytes of keys and of encryption do not, since age rolls
//! its own dice.

mod acts;
mod forgery;
mod missions;
mod plain;
mod secrets;
mod site;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use onetext_desk::workspace::{Packed, Received, Verdict};
use onetext_desk::{Books, import};
use onetext_seal::{PLENARY, PouchDigest};

use crate::failure::{Failure, Result, While};
use crate::prng::Chance;
use crate::say;
use plain::Plain;
use site::{Site, rooms_of};

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
        "{seeds} seeds: every site shows what a plain record of its acts shows, every room is the same wherever somebody \
         sits in it, and nobody holds a byte of another's"
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
    plain: Plain,
}

/// On these days, and without one, the state of play is looked at.
const DAYS: [&str; 3] = ["2031-03-04", "2031-03-14", "2031-03-24T12:00:00Z"];

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
    /// The mediator imports the process and binds the parties' sites; the parties have nothing yet.
    fn founded(folder: &Path, seed: usize) -> Result<World> {
        let mut sites = Vec::new();
        for (number, seat) in SEATS.iter().enumerate() {
            let place = folder.join(seat);
            sites.push(Site::new(&place, seat, (seed * 16 + number) as u64)?);
        }
        let mut chance = Chance::new(seed as u64);
        let introductions: Vec<_> = sites
            .iter()
            .flat_map(|site| site.desk.introductions())
            .collect();
        for site in &mut sites {
            // Clocks differ by up to two minutes.
            site.clock.skew = chance.below(240_000_000) as i64 - 120_000_000;
            site.others = introductions.iter().map(|other| other.site).collect();
        }
        let mediator = &mut sites[0];
        let books = Books::open(acts::DOSSIER, &mut acts::files()).on("the process")?;
        let now = mediator.clock.tick();
        import(&books, &mut mediator.desk, false, now).on("founding")?;
        for party in &introductions[1..] {
            let now = mediator.clock.tick();
            mediator.desk.bind(party, None, now).on("binding")?;
        }
        Ok(World {
            folder: folder.to_owned(),
            sites,
            mail: Vec::new(),
            opened: BTreeSet::new(),
            chance,
            tally: Tally::new(),
            plain: Plain::default(),
        })
    }

    fn go(mut self) -> Result<Tally> {
        // Late comers: a party writes only once its first pouch has arrived.
        let mut looked = 0;
        while self.plain.said.len() < ACTS {
            match self.chance.below(10) {
                0..=2 => self.write()?,
                3..=5 => self.pack()?,
                6 | 7 => self.deliver()?,
                _ => self.damage()?,
            }
            if self.plain.said.len() * 3 / ACTS > looked {
                looked += 1;
                self.look_at_one(looked % SEATS.len())?;
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

    /// Somebody writes something, in one sitting a few acts.
    fn write(&mut self) -> Result {
        let who = self.chance.below(self.sites.len());
        let acts = 1 + self.chance.below(12);
        let rooms = rooms_of(SEATS[who]);
        let World {
            sites,
            chance,
            plain,
            tally,
            ..
        } = self;
        sites[who].write((acts, &rooms), chance, plain, tally)?;
        Ok(())
    }

    /// On the way: one site shows its seat what the plain record shows of the acts that it has by then.
    fn look_at_one(&mut self, who: usize) -> Result {
        if self.sites[who].is_founded()? {
            let whole = self.plain.whole()?;
            self.plain
                .same_state(&whole, &mut self.sites[who], SEATS[who], &DAYS[1..2])?;
            self.count("states compared on the way");
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
        let now = site.clock.tick();
        let before = site.heads()?;
        match site.desk.open_pouch(&packed.sealed, now) {
            Ok(Received::Arrived(_)) if !opened => {
                self.opened.insert((*to, packed.name));
                site.look(&self.plain)?;
                self.count("pouches opened");
                Ok(())
            }
            Ok(Received::Again(_)) if opened && site.heads()? == before => {
                self.count("pouches that came again: said, nothing changed");
                Ok(())
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
        let now = site.clock.tick();
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
        expect(code, forged.code)
            .map_err(|failure| Failure::because(format!("{}: {failure}", forged.what)))?;
        self.count(forged.what);
        Ok(())
    }

    /// A copy of a party's folder, from which it goes on in secret; its own site goes on too.
    fn old_copy(&mut self) -> Result<PathBuf> {
        let copy = self.folder.join("old");
        site::copy_folder(&self.folder.join(SEATS[1]), &copy)?;
        if !self.sites[1].is_founded()? {
            self.pack_for(0, 1)?;
            self.open(self.mail.len() - 1)?;
            site::copy_folder(&self.folder.join(SEATS[1]), &copy)?;
        }
        self.write_in_plenary(1)?;
        Ok(copy)
    }

    /// Everybody exchanges pouches with everybody until nothing is new.
    fn settle(&mut self) -> Result {
        for _ in 0..6 {
            let before: Vec<_> = self.sites.iter().map(Site::heads).collect::<Result<_>>()?;
            for (from, to) in [(0, 1), (0, 2), (1, 0), (2, 0), (1, 2), (2, 1)] {
                self.pack_for(from, to)?;
                self.open(self.mail.len() - 1)?;
            }
            let after: Vec<_> = self.sites.iter().map(Site::heads).collect::<Result<_>>()?;
            if before == after {
                return Ok(());
            }
        }
        Err(Failure::because(
            "the sites still have news for one another after six rounds",
        ))
    }

    /// One more act of a seat in the plenary.
    fn write_in_plenary(&mut self, who: usize) -> Result {
        let World {
            sites,
            chance,
            plain,
            tally,
            ..
        } = self;
        let rooms = [PLENARY.to_owned()];
        for _ in 0..100 {
            if sites[who].write((1, &rooms), chance, plain, tally)? > 0 {
                return Ok(());
            }
        }
        Err(Failure::because(
            "a hundred acts in the plenary were refused",
        ))
    }

    /// Each site shows what the plain record shows, to each seat that looks; each room is the same wherever somebody sits in
    /// it; nobody has another's; nothing acknowledged is missing; all of it verifies.
    fn compare(&mut self) -> Result {
        let whole = self.plain.whole()?;
        let mut seen: BTreeMap<String, (usize, Vec<onetext_seal::ActDigest>)> = BTreeMap::new();
        let mut kept = BTreeSet::new();
        for (number, site) in self.sites.iter_mut().enumerate() {
            let checked = site.desk.verify(None).on("verify")?;
            if checked.verdict != Verdict::Good || !checked.unknown.is_empty() {
                return Err(Failure::because(format!(
                    "{} does not verify: {checked:?}",
                    site.seat
                )));
            }
            secrets::holds_only_its_rooms(site)?;
            for room in rooms_of(SEATS[number]) {
                let (heard, _) = site.desk.acts(&room, 0).on(&room)?;
                let mut acts: Vec<_> = heard.iter().map(|act| act.id).collect();
                acts.sort_unstable();
                kept.extend(acts.iter().copied());
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
            self.plain.same_state(&whole, site, SEATS[number], &DAYS)?;
        }
        // The mediator looks through the eyes of each party, as far as it sits in its rooms.
        for party in &SEATS[1..] {
            self.plain
                .same_state(&whole, &mut self.sites[0], party, &[])?;
        }
        match self
            .plain
            .said
            .iter()
            .find(|said| !kept.contains(&said.digest))
        {
            None => Ok(()),
            Some(lost) => Err(Failure::because(format!(
                "the act {} was acknowledged, and is gone",
                lost.id
            ))),
        }
    }

    /// A site that goes on from an old copy writes two acts in one place; the others refuse its pouch and say so.
    fn rewriting(&mut self, old: &Path) -> Result {
        let mut other = Site::open(old, SEATS[1], 15)?;
        other.clock = self.sites[1].clock;
        // What it writes in secret is nobody else's to know.
        let mut secret = self.plain.clone();
        let mut tally = Tally::new();
        let rooms = [PLENARY.to_owned()];
        while other.write((1, &rooms), &mut self.chance, &mut secret, &mut tally)? == 0 {}
        let sealed = other.pack_whole(SEATS[0])?.sealed;
        let site = &mut self.sites[0];
        let (before, now) = (site.heads()?, site.clock.tick());
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
        expect(code, "history-rewritten")
    }
}

/// Whether a refusal gives this reason.
fn expect(code: &str, wanted: &str) -> Result {
    match code == wanted {
        true => Ok(()),
        false => Err(Failure::because(format!(
            "refused as {code}; {wanted} was expected"
        ))),
    }
}
