//! One site: its key, its rooms, and what it does.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::body::Body;
use crate::canonical::canonical;
use crate::digest::{ActDigest, ContentDigest, PouchDigest, labelled};
use crate::envelope::{Actor, Commitment, Envelope, FORMAT, ProcessId, Recorder};
use crate::heads::Heads;
use crate::histories::Histories;
use crate::key::{SiteId, SiteKey};
use crate::pouch::{Addressee, Opened, Opening, PackError, Packing, PouchError, PouchKey};
use crate::pouch::{open_pouch, pack_pouch};
use crate::record::{RecordWriter, place_in_record};
use crate::says::contents_of;
use crate::signed::SignedAct;

/// Keys for tests, which protect nothing.
const POUCH_KEYS: [&str; 6] = [
    "AGE-SECRET-KEY-1X65XYX4S46027GXGDETTHAX7P7HSQU82P9E8H86LQS6C2U3DUN0QLHEFGF",
    "AGE-SECRET-KEY-1TG0UZ6K5ZQ7TTNJGV330YKFTHXY8L7NDJMMM3FJR37KVYWKKWGTQADKWXA",
    "AGE-SECRET-KEY-1H2P4YKAUSF6NVV53XXUX4ANQ3796E289RMGZ2PF7H4ZEU6AD5AVSJXA2VQ",
    "AGE-SECRET-KEY-1RAK2WL06KS2MNPW9QLSTNLSFJYWM4ZUAZP7FUMPS8H4899ZJ43LSVHAEVW",
    "AGE-SECRET-KEY-1Q4UUZZ5MGN8Q9J8S38YNPMN4F0QCSSMD8JNZPC5QY9ZAVLTY72JSTHTFY4",
    "AGE-SECRET-KEY-1G9QG4CAUJQWHXAELUYE88PD2DL4W66MXNZRTUUR4K3TA5NHR87ZQ58SMA0",
];

/// A site of an invented process.
#[derive(Debug, Clone)]
pub struct Site {
    /// Its seat.
    pub seat: String,
    /// With what it signs.
    pub key: SiteKey,
    /// With what it opens pouches.
    pub pouch_key: PouchKey,
    /// Its rooms.
    pub histories: Histories,
    /// Its acts.
    pub acts: BTreeMap<ActDigest, SignedAct>,
    /// Its contents; none where erased.
    pub contents: BTreeMap<ContentDigest, Option<Vec<u8>>>,
    /// The pouches that it opened.
    pub opened: BTreeSet<PouchDigest>,
    /// How many microseconds after 1 March 2031 its clock shows.
    pub clock: u64,
}

impl Site {
    /// A site with keys of its own, one for each number below 6.
    #[must_use]
    pub fn new(seat: &str, number: u8, process: ProcessId) -> Site {
        let secret = labelled("a site of a test", &[&[number]]);
        let pouch_key = POUCH_KEYS[usize::from(number) % POUCH_KEYS.len()];
        Site {
            seat: seat.to_owned(),
            key: SiteKey::from_secret(secret),
            pouch_key: PouchKey::parse(pouch_key).unwrap_or_else(|_| PouchKey::generate()),
            histories: Histories::new(process),
            acts: BTreeMap::new(),
            contents: BTreeMap::new(),
            opened: BTreeSet::new(),
            clock: 0,
        }
    }

    /// The body that binds this site to its seat.
    #[must_use]
    pub fn binding(&self, rooms: Option<&[&str]>) -> Value {
        let mut body = json!({
            "kind": "site",
            "seat": self.seat,
            "key": self.key.site(),
            "recipient": self.pouch_key.recipient(),
        });
        if let (Some(rooms), Some(fields)) = (rooms, body.as_object_mut()) {
            fields.insert("rooms".to_owned(), json!(rooms));
        }
        body
    }

    /// Writes an act of its own seat and gives its name.
    pub fn write(&mut self, room: &str, body: Value) -> ActDigest {
        let seat = self.seat.clone();
        self.write_for(&seat, room, body)
    }

    /// Writes down what another seat did.
    pub fn write_for(&mut self, actor: &str, room: &str, body: Value) -> ActDigest {
        let act = self.sign(actor, room, &body, None);
        self.take(act)
    }

    /// Writes an act that a person signs beside the site.
    pub fn write_as_person(&mut self, room: &str, body: Value) -> ActDigest {
        let person = SiteKey::from_secret(labelled("a person of a test", &[self.seat.as_bytes()]));
        let seat = self.seat.clone();
        let act = self.sign(&seat, room, &body, Some(person.site()));
        self.take(act.signed_by_person(&person))
    }

    /// Signs an act on the heads of the room, without taking it in.
    pub fn sign(
        &mut self,
        actor: &str,
        room: &str,
        body: &Value,
        person: Option<SiteId>,
    ) -> SignedAct {
        self.clock += 1;
        let envelope = self.envelope(actor, room, person);
        self.sign_as(envelope, body)
    }

    /// The envelope of the next act in a room.
    #[must_use]
    pub fn envelope(&self, actor: &str, room: &str, person: Option<SiteId>) -> Envelope {
        let site = self.key.site();
        let history = self.histories.room(room);
        let heads = history.map(|history| history.heads()).unwrap_or_default();
        let depths = heads
            .iter()
            .filter_map(|head| Some(history?.standing(head)?.0 + 1));
        let recorder = Recorder {
            person: None,
            seat: self.seat.clone(),
            site,
        };
        Envelope {
            actor: Actor {
                key: person,
                person: person.map(|_| "mara".to_owned()),
                seat: actor.to_owned(),
            },
            algorithm: Envelope::algorithm(),
            body: Commitment([0; 32]),
            depth: depths.max().unwrap_or(0),
            format: FORMAT,
            on: "2031-03-01".to_owned(),
            parents: heads.into_iter().collect(),
            process: self.histories.process(),
            recorded: clock(self.clock),
            recorder,
            room: room.to_owned(),
            sequence: history.map_or(0, |history| history.written_by(&site)),
        }
    }

    /// Signs an act with any envelope.
    #[must_use]
    pub fn sign_as(&self, envelope: Envelope, body: &Value) -> SignedAct {
        let bytes = canonical(body).unwrap_or_default();
        let salt = labelled(
            "a salt of a test",
            &[&self.key.site().0, &self.clock.to_be_bytes(), &bytes],
        );
        match SignedAct::sign(envelope, Body { salt, bytes }, &self.key) {
            Ok(act) => act,
            // A test that asks for what cannot be signed gets an act that nobody takes.
            Err(_) => SignedAct {
                envelope: Vec::new(),
                signature: self.key.sign("", b""),
                body: None,
                person: None,
            },
        }
    }

    /// Takes an act in, whatever it is, and gives its name.
    pub fn take(&mut self, act: SignedAct) -> ActDigest {
        let name = act.id();
        if let Ok((envelope, body)) = act.read() {
            self.histories.add(name, &envelope, body.as_ref());
            // The next act is never recorded before one that it may rest on.
            self.clock = self.clock.max(read_clock(&envelope.recorded));
        }
        self.acts.insert(name, act);
        name
    }

    /// Keeps a content and gives its digest.
    pub fn keep(&mut self, bytes: Vec<u8>) -> ContentDigest {
        let name = ContentDigest::of(&bytes);
        self.contents.insert(name, Some(bytes));
        name
    }

    /// Erases the body of an act.
    pub fn erase(&mut self, act: &ActDigest) {
        if let Some(act) = self.acts.get_mut(act) {
            act.body = None;
        }
    }

    /// The names of the contents that an act names.
    fn contents_of(act: &SignedAct) -> BTreeSet<ContentDigest> {
        let body = act.body.as_ref().and_then(|body| body.value().ok());
        body.as_ref().and_then(contents_of).unwrap_or_default()
    }

    /// Takes in what another site has of the rooms that this one sits in, without a pouch.
    pub fn take_from(&mut self, other: &Site) {
        let mut acts: Vec<_> = other
            .acts
            .values()
            .filter_map(|act| Some((act.read().ok()?.0, act)))
            .collect();
        acts.sort_by_key(|(envelope, act)| (envelope.depth, act.id()));
        for (envelope, act) in acts {
            let sits = other.histories.members(&envelope.room).has(&self.seat);
            if sits == Some(true) && !self.acts.contains_key(&act.id()) {
                for content in Site::contents_of(act) {
                    let bytes = other.contents.get(&content).cloned().flatten();
                    self.contents.entry(content).or_insert(bytes);
                }
                self.take(act.clone());
            }
        }
    }

    /// Its record in clear.
    #[must_use]
    pub fn record(&self) -> Vec<u8> {
        let mut acts: Vec<_> = self
            .acts
            .values()
            .filter_map(|act| Some((place_in_record(act.id(), &act.read().ok()?.0), act)))
            .collect();
        acts.sort_by(|(one, _), (other, _)| one.cmp(other));
        let named: BTreeSet<ContentDigest> = acts
            .iter()
            .flat_map(|(_, act)| Site::contents_of(act))
            .collect();
        let write = || {
            let mut writer = RecordWriter::new(Vec::new(), self.histories.process())?;
            for (_, act) in &acts {
                writer.act(act)?;
            }
            for name in &named {
                let bytes = self.contents.get(name).and_then(Option::as_deref);
                writer.content(*name, bytes)?;
            }
            writer.finish()
        };
        write().unwrap_or_default()
    }

    /// Packs a pouch for a seat that has these heads.
    ///
    /// # Errors
    /// As [`pack_pouch`].
    pub fn pack(&self, to: &str, have: &Heads) -> Result<Vec<u8>, PackError> {
        let to = Addressee {
            seat: to.to_owned(),
            site: None,
        };
        self.pack_for(to, have).map(|(plain, _)| plain)
    }

    /// Packs a pouch for a seat or one site, and says to whom it is to be encrypted.
    ///
    /// # Errors
    /// As [`pack_pouch`].
    pub fn pack_for(
        &self,
        to: Addressee,
        have: &Heads,
    ) -> Result<(Vec<u8>, Vec<String>), PackError> {
        pack_pouch(&Packing {
            histories: &self.histories,
            key: &self.key,
            to,
            have,
            act: &|name| self.acts.get(name).cloned(),
            content: &|name| self.contents.get(name).cloned(),
        })
    }

    /// Checks a pouch as this site would, and changes nothing.
    ///
    /// # Errors
    /// As [`open_pouch`].
    pub fn look(&self, plain: &[u8]) -> Result<Opened, PouchError> {
        open_pouch(
            plain,
            &Opening {
                known: (!self.acts.is_empty()).then_some(&self.histories),
                seat: &self.seat,
                site: self.key.site(),
                opened: &|name| self.opened.contains(name),
                has_content: &|name| self.contents.contains_key(name),
            },
        )
    }

    /// Opens a pouch and says how many acts were new.
    ///
    /// # Errors
    /// As [`open_pouch`].
    pub fn open(&mut self, plain: &[u8]) -> Result<usize, PouchError> {
        let opened = self.look(plain)?;
        let new = opened.acts.len();
        self.opened.insert(opened.name);
        for (name, bytes) in opened.contents {
            self.contents.entry(name).or_insert(bytes);
        }
        for (_, act) in opened.acts {
            self.take(act);
        }
        Ok(new)
    }
}

/// A clock that shows so many microseconds after the beginning of March 2031; it stands still at its end.
#[must_use]
pub fn clock(after: u64) -> String {
    let (seconds, micros) = (after / 1_000_000, after % 1_000_000);
    let (days, seconds) = (seconds / 86_400, seconds % 86_400);
    format!(
        "2031-03-{:02}T{:02}:{:02}:{:02}.{micros:06}Z",
        days.min(30) + 1,
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60,
    )
}

fn read_clock(recorded: &str) -> u64 {
    let number = |from: usize, to: usize| -> u64 {
        recorded
            .get(from..to)
            .and_then(|digits| digits.parse().ok())
            .unwrap_or(0)
    };
    let seconds = (number(8, 10).saturating_sub(1) * 86_400)
        + number(11, 13) * 3600
        + number(14, 16) * 60
        + number(17, 19);
    seconds * 1_000_000 + number(20, 26)
}
