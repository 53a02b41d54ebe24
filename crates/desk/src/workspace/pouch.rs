//! Pouches: what another site lacks is packed for it; what another site packed is checked and taken in, all or nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use onetext_seal::{
    ActDigest, Addressee, ContentDigest, Envelope, Heads, Histories, Opened, Opening, Packing,
    PouchDigest, PouchError, PouchKey, Sender, SiteId, contents_of, open_pouch, pack_pouch,
    seal_pouch, unseal_pouch,
};
use onetext_store::Store;
use serde::Serialize;
use serde_json::{Value, json};

use super::known::Known;
use super::pen::Pen;
use super::verify::Checked;
use super::{Entry, Settings, Workspace, WorkspaceError, keys_of, made, process};

/// The kind of an act that says what arrived.
const RECEIPT: &str = "receipt";

/// A pouch, packed and encrypted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packed {
    /// What is carried.
    pub sealed: Vec<u8>,
    /// Its name.
    pub name: PouchDigest,
    /// How many sites can open it.
    pub sites: usize,
    /// How many acts it brings.
    pub acts: usize,
}

/// What came of a pouch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Received {
    /// It was taken in.
    Arrived(Arrived),
    /// It was opened before; nothing was changed.
    Again(PouchDigest),
}

/// What a pouch brought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Arrived {
    /// Its name.
    pub pouch: PouchDigest,
    /// The seat that sent it.
    pub from: String,
    /// The site that sent it.
    pub site: SiteId,
    /// How many acts are new here, by room.
    pub rooms: BTreeMap<String, usize>,
    /// How many acts of it were here already.
    pub known: usize,
    /// How many contents it brought.
    pub contents: usize,
    /// The acts that say what arrived, one in each room to which something came.
    pub receipts: Vec<ActDigest>,
    /// The founding act, where this site had no process yet: to be compared with the sender by another way.
    pub founding: Option<ActDigest>,
    /// Where this computer's clock shows less than an act that arrived: what that one shows, which the receipts took.
    pub clock_behind: Option<String>,
}

impl Workspace {
    /// Packs a pouch for a seat, or for one site of it: of the rooms that both sit in, what it is not known to have, by
    /// what its own acts and pouches acknowledge; with `whole`, everything, as for a site that lost what it had.
    ///
    /// # Errors
    /// Where this site or the other is not bound, or the store fails.
    pub fn pack_pouch(
        &mut self,
        from: Option<&str>,
        to: &Addressee,
        whole: bool,
    ) -> Result<Packed, WorkspaceError> {
        let seat = self.writes_as(from)?;
        self.known()?;
        let process = self.process()?.ok_or(WorkspaceError::NoProcess)?;
        let empty = Known::new(process);
        let known = self.known.as_ref().unwrap_or(&empty);
        let own = keys_of(&self.ring, &seat)?;
        let have = match whole {
            true => Heads::default(),
            false => acknowledged(&self.store, known, to, own.site.site())?,
        };
        let histories = &known.histories;
        let shared: Vec<&str> = histories
            .rooms()
            .map(|(room, _)| room)
            .filter(|room| {
                let members = histories.members(room);
                members.has(&seat) == Some(true) && members.has(&to.seat) == Some(true)
            })
            .collect();
        let store = &self.store;
        let content = |name: &ContentDigest| {
            let mut given = shared.iter().map(|room| store.content(room, name));
            // Of a content that no shared room has any more, it is said that it was erased.
            Some(given.find_map(|given| given.ok().flatten()))
        };
        let (plain, recipients) = pack_pouch(&Packing {
            histories,
            key: &own.site,
            to: to.clone(),
            have: &have,
            act: &|name| store.get(name).ok().flatten(),
            content: &content,
        })?;
        let acts = plain
            .split(|byte| *byte == b'\n')
            .filter(|line| line.starts_with(br#"{"act":"#))
            .count();
        Ok(Packed {
            sealed: seal_pouch(&plain, &recipients)?,
            name: PouchDigest::of(&plain),
            sites: recipients.len(),
            acts,
        })
    }

    /// Opens a pouch: everything is checked first, then all of it is taken in, and a receipt is written in each room to
    /// which something came. A pouch that was opened before changes nothing.
    ///
    /// # Errors
    /// [`WorkspaceError::Pouch`] gives the reason for which it is refused; then nothing was changed.
    pub fn open_pouch(&mut self, sealed: &[u8], now: i64) -> Result<Received, WorkspaceError> {
        let (seat, plain) = self.unseal(sealed)?;
        let Workspace {
            ring,
            store,
            entropy,
            known,
            ..
        } = self;
        let mut done = Err(WorkspaceError::NoProcess);
        let written = store.write_on(&mut |store| {
            let checked = check(store, known, ring, &seat, &plain).and_then(|opened| {
                let opened = match opened {
                    Ok(opened) => opened,
                    Err(name) => return Ok((Received::Again(name), Vec::new(), Vec::new())),
                };
                let known = known.get_or_insert_with(|| Known::new(process_of(&opened)));
                let mut pen = Pen::new(store, known, ring, entropy.as_mut(), now);
                let (arrived, settings) = take_in(&mut pen, opened, &seat)?;
                Ok((Received::Arrived(arrived), pen.acts, settings))
            });
            let checked =
                checked.map(|(received, acts, settings)| (received, made(acts, now, settings)));
            super::keep(checked, &mut done)
        });
        if written.is_err() || done.is_err() {
            self.known = None;
        }
        written?;
        done
    }

    /// Checks a pouch as if it were opened, and takes nothing in. One that was opened before is checked all the same.
    ///
    /// # Errors
    /// Where it is no pouch, or none for this site.
    pub fn verify_pouch(&mut self, sealed: &[u8]) -> Result<Checked, WorkspaceError> {
        let (seat, plain) = self.unseal(sealed)?;
        let process = self.process()?;
        if process.is_some() {
            self.known()?;
        }
        let histories = self.known.as_ref().map(|known| &known.histories);
        let site = keys_of(&self.ring, &seat)?.site.site();
        match look(
            &plain,
            histories.filter(|_| process.is_some()),
            &seat,
            site,
            &|_| false,
        ) {
            Ok(opened) => Ok(Checked::of_pouch(&opened)),
            Err(PouchError::Act { act, fault }) => Ok(Checked::of_changed(act, &fault)),
            Err(error @ (PouchError::ForSomebodyElse(_) | PouchError::OtherProcess(_))) => {
                Err(error.into())
            }
            Err(error) => Ok(Checked::of_damage(error.to_string())),
        }
    }

    /// Decrypts a pouch, for the seat that signs here whose key opens it.
    fn unseal(&self, sealed: &[u8]) -> Result<(String, Vec<u8>), WorkspaceError> {
        let mut refused = WorkspaceError::NoSeat;
        for (seat, keys) in self.ring.seats() {
            let key = PouchKey::parse(keys.identity())?;
            match unseal_pouch(sealed, &[key]) {
                Ok(plain) => return Ok((seat.to_owned(), plain)),
                Err(error @ PouchError::Closed) => refused = error.into(),
                Err(error) => return Err(error.into()),
            }
        }
        Err(refused)
    }
}

/// The name of the setting that remembers a pouch.
fn opened_setting(name: &PouchDigest) -> String {
    format!("pouch {name}")
}

/// The name of the setting that remembers what a site has acknowledged.
fn heads_setting(site: &SiteId) -> String {
    format!("heads of {site}")
}

fn process_of(opened: &Opened) -> onetext_seal::ProcessId {
    let first = opened.acts.first();
    first
        .and_then(|(_, act)| Envelope::read_kept(&act.envelope).ok())
        .map_or(onetext_seal::ProcessId([0; 16]), |envelope| {
            envelope.process
        })
}

fn look(
    plain: &[u8],
    known: Option<&Histories>,
    seat: &str,
    site: SiteId,
    opened: &dyn Fn(&PouchDigest) -> bool,
) -> Result<Opened, PouchError> {
    open_pouch(
        plain,
        &Opening {
            known,
            seat,
            site,
            opened,
            // A pouch brings every content that its acts name.
            has_content: &|_| false,
        },
    )
}

/// Checks a pouch against what the store holds. The inner error is the name of one that was opened before.
fn check(
    store: &dyn Store,
    known: &mut Option<Known>,
    ring: &onetext_store::KeyRing,
    seat: &str,
    plain: &[u8],
) -> Result<Result<Opened, PouchDigest>, WorkspaceError> {
    let site = keys_of(ring, seat)?.site.site();
    match process(store)? {
        None => *known = None,
        Some(process) => known
            .get_or_insert_with(|| Known::new(process))
            .read_all(store)?,
    }
    let failed = std::cell::RefCell::new(None);
    let opened = |name: &PouchDigest| match store.setting(&opened_setting(name)) {
        Ok(setting) => setting.is_some(),
        Err(error) => {
            *failed.borrow_mut() = Some(error);
            true
        }
    };
    let histories = known.as_ref().map(|known| &known.histories);
    let looked = look(plain, histories, seat, site, &opened);
    if let Some(error) = failed.into_inner() {
        return Err(error.into());
    }
    match looked {
        Ok(opened) => Ok(Ok(opened)),
        Err(PouchError::Replayed(name)) => Ok(Err(name)),
        Err(error) => Err(error.into()),
    }
}

/// Takes in what a checked pouch brings, and writes the receipts.
fn take_in(
    pen: &mut Pen<'_>,
    opened: Opened,
    seat: &str,
) -> Result<(Arrived, Settings), WorkspaceError> {
    let brought: BTreeMap<ContentDigest, Arc<[u8]>> = opened
        .contents
        .into_iter()
        .filter_map(|(name, bytes)| Some((name, bytes?.into())))
        .collect();
    let contents = |body: &Value| {
        let named = contents_of(body).unwrap_or_default().into_iter();
        named
            .filter_map(|name| Some((name, Arc::clone(brought.get(&name)?))))
            .collect()
    };
    let mut arrived = Arrived {
        pouch: opened.name,
        from: opened.from.seat.clone(),
        site: opened.from.site,
        rooms: BTreeMap::new(),
        known: opened.known,
        contents: brought.len(),
        receipts: Vec::new(),
        founding: opened.founding,
        clock_behind: None,
    };
    // A receipt is not answered by a receipt: that would never end.
    let mut to_acknowledge = BTreeSet::new();
    for (_, act) in opened.acts {
        let envelope = Envelope::read_kept(&act.envelope).map_err(onetext_seal::Fault::from)?;
        let body = act
            .body
            .as_ref()
            .map(onetext_seal::Body::value)
            .transpose()?;
        let kind = body.as_ref().and_then(|body| body.get("kind"));
        if kind.and_then(Value::as_str) != Some(RECEIPT) {
            to_acknowledge.insert(envelope.room.clone());
        }
        *arrived.rooms.entry(envelope.room).or_default() += 1;
        pen.take(act, &contents)?;
    }
    for room in to_acknowledge {
        let body = json!({"kind": RECEIPT, "heads": opened.heads.of(&room)});
        match pen.sign(&Entry::of(seat, &room, body)) {
            Ok(written) => {
                arrived.receipts.push(written.id);
                arrived.clock_behind = arrived.clock_behind.max(written.clock_behind);
            }
            // A mission's site reads the plenary and writes in its own rooms alone.
            Err(WorkspaceError::MayNot { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    let settings = remembered(pen, &opened.from, &opened.heads, &arrived, seat)?;
    Ok((arrived, settings))
}

/// What is remembered of a pouch: its name, what its sender acknowledged, and where it founded the process here, that.
fn remembered(
    pen: &Pen<'_>,
    from: &Sender,
    heads: &Heads,
    arrived: &Arrived,
    seat: &str,
) -> Result<Settings, WorkspaceError> {
    let mut acknowledged = read_heads(pen.store, &from.site)?;
    for (room, head) in heads.each() {
        acknowledged
            .0
            .entry(room.to_owned())
            .or_default()
            .insert(*head);
    }
    latest(&mut acknowledged, &pen.known.histories);
    let mut settings = vec![
        (
            opened_setting(&arrived.pouch),
            Some(pen.now.to_be_bytes().to_vec()),
        ),
        (
            heads_setting(&from.site),
            Some(acknowledged.to_string().into_bytes()),
        ),
    ];
    if arrived.founding.is_some() {
        settings.push((super::PROCESS.to_owned(), Some(pen.process.0.to_vec())));
        settings.push((super::SEAT.to_owned(), Some(seat.as_bytes().to_vec())));
    }
    Ok(settings)
}

fn read_heads(store: &dyn Store, site: &SiteId) -> Result<Heads, WorkspaceError> {
    let Some(bytes) = store.setting(&heads_setting(site))? else {
        return Ok(Heads::default());
    };
    let text = String::from_utf8(bytes).map_err(|_| WorkspaceError::Setting("heads"))?;
    Ok(text.parse()?)
}

/// Leaves out the heads that are not here, and those on which others rest.
fn latest(heads: &mut Heads, histories: &Histories) {
    for (room, heads) in &mut heads.0 {
        let all = heads.clone();
        let history = histories.room(room);
        heads.retain(|head| {
            history.is_some_and(|history| {
                history.has(head) && !all.iter().any(|other| history.is_ancestor(head, other))
            })
        });
    }
    heads.0.retain(|_, heads| !heads.is_empty());
}

/// What every site that a pouch is for has acknowledged: by the heads that its pouches state, and by what it wrote.
fn acknowledged(
    store: &dyn Store,
    known: &Known,
    to: &Addressee,
    own: SiteId,
) -> Result<Heads, WorkspaceError> {
    let keys = known.keys();
    let sites: Vec<SiteId> = match to.site {
        Some(site) => vec![site],
        None => keys
            .sites_of(&to.seat)
            .filter(|(site, binding)| binding.rooms.is_none() && **site != own)
            .map(|(site, _)| *site)
            .collect(),
    };
    let mut each = Vec::new();
    for site in sites {
        let mut heads = read_heads(store, &site)?;
        for (room, written) in known.written_by(&site).0 {
            heads.0.entry(room).or_default().extend(written);
        }
        latest(&mut heads, &known.histories);
        each.push(heads);
    }
    let mut common = Heads::default();
    for (room, head) in each.iter().flat_map(Heads::each) {
        let history = known.histories.room(room);
        let has = |heads: &Heads| {
            let mut heads = heads.of(room).into_iter();
            heads.any(|other| {
                other == *head || history.is_some_and(|history| history.is_ancestor(head, &other))
            })
        };
        if each.iter().all(has) {
            common.0.entry(room.to_owned()).or_default().insert(*head);
        }
    }
    latest(&mut common, &known.histories);
    Ok(common)
}
