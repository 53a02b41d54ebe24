//! A small world for the tests: invented sites that write acts in invented rooms.

use std::collections::BTreeMap;
use std::path::Path;

use onetext_seal::{
    ActDigest, Actor, Body, ContentDigest, Envelope, ProcessId, Recorder, SignedAct, SiteId,
    SiteKey, canonical,
};
use onetext_store::{EmbeddedStore, NewAct, Options, SeededEntropy, WorkspaceKey};

/// The key of the tests' workspace.
pub(crate) fn key() -> WorkspaceKey {
    WorkspaceKey::from_secret([7; 32])
}

/// A new store in a folder.
pub(crate) fn new_store(folder: &Path) -> EmbeddedStore {
    seeded_store(folder, 1)
}

/// A new store in a folder, whose random bytes come of a seed.
pub(crate) fn seeded_store(folder: &Path, seed: u64) -> EmbeddedStore {
    EmbeddedStore::create(
        &folder.join("onetext.db"),
        &key(),
        Box::new(SeededEntropy::new(seed)),
        Options::default(),
    )
    .unwrap()
}

/// Opens the store of a folder.
pub(crate) fn reopen(folder: &Path) -> EmbeddedStore {
    EmbeddedStore::open(
        &folder.join("onetext.db"),
        &key(),
        Box::new(SeededEntropy::new(99)),
        Options::default(),
    )
    .unwrap()
}

/// A site that writes.
pub(crate) struct Writer {
    key: SiteKey,
    heads: BTreeMap<String, (Vec<ActDigest>, u64, u64)>,
}

impl Writer {
    pub(crate) fn new(secret: u8) -> Writer {
        Writer {
            key: SiteKey::from_secret([secret; 32]),
            heads: BTreeMap::new(),
        }
    }

    pub(crate) fn key(&self) -> &SiteKey {
        &self.key
    }

    /// This key's signature over an act, as a person's.
    fn person_signature(&self, id: &ActDigest) -> onetext_seal::Signature {
        self.key.sign("onetext person 1", &id.0)
    }

    /// An act in a room, on top of this site's last one.
    pub(crate) fn act(&mut self, room: &str, words: &str) -> SignedAct {
        let (parents, depth, sequence) = self.heads.get(room).cloned().unwrap_or_default();
        let act = self.act_on(room, words, parents, depth, sequence);
        self.heads
            .insert(room.to_owned(), (vec![act.id()], depth + 1, sequence + 1));
        act
    }

    /// An act in a room, on top of this site's last one, that a person signs beside the site.
    pub(crate) fn act_of_person(&mut self, room: &str, words: &str) -> SignedAct {
        let (parents, depth, sequence) = self.heads.get(room).cloned().unwrap_or_default();
        let key = self.key.site();
        let mut act = self.act_by(Some(key), room, words, parents, (depth, sequence));
        act.person = Some((key, self.person_signature(&act.id())));
        self.heads
            .insert(room.to_owned(), (vec![act.id()], depth + 1, sequence + 1));
        act
    }

    /// An act in a room on parents of one's choice.
    pub(crate) fn act_on(
        &self,
        room: &str,
        words: &str,
        parents: Vec<ActDigest>,
        depth: u64,
        sequence: u64,
    ) -> SignedAct {
        self.act_by(None, room, words, parents, (depth, sequence))
    }

    fn act_by(
        &self,
        key: Option<SiteId>,
        room: &str,
        words: &str,
        mut parents: Vec<ActDigest>,
        (depth, sequence): (u64, u64),
    ) -> SignedAct {
        parents.sort();
        let bytes = canonical(&serde_json::json!({"kind": "note", "note": words})).unwrap();
        let body = Body {
            salt: ContentDigest::of(format!("{room} {words} {sequence}").as_bytes()).0,
            bytes,
        };
        let envelope = serde_json::json!({
            "actor": {"person": "vela", "seat": "mediator"},
            "algorithm": Envelope::algorithm(),
            "body": ContentDigest::of(b"").to_string(),
            "depth": depth,
            "format": 1,
            "on": "2031-03-06",
            "parents": parents,
            "process": ProcessId([3; 16]),
            "recorded": "2031-03-06T14:30:00.000000Z",
            "recorder": {"seat": "mediator", "site": self.key.site()},
            "room": room,
            "sequence": sequence,
        });
        let mut envelope: Envelope = serde_json::from_value(envelope).unwrap();
        envelope.actor = Actor {
            key,
            person: Some("vela".to_owned()),
            seat: "mediator".to_owned(),
        };
        envelope.recorder = Recorder {
            person: None,
            seat: "mediator".to_owned(),
            site: self.key.site(),
        };
        SignedAct::sign(envelope, body, &self.key).unwrap()
    }

    /// The act as one to be kept.
    pub(crate) fn new_act(&mut self, room: &str, words: &str) -> NewAct {
        NewAct::arrived(self.act(room, words)).unwrap()
    }
}

/// Numbers that follow from a seed.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    /// The next number (splitmix64, <https://prng.di.unimi.it/splitmix64.c>).
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below a bound.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound.max(1)
    }
}
