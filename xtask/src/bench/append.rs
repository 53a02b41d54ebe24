//! What it costs to keep an act: the store's durable append, beside the durable commit of the same bytes in a bare
//! database.

use std::time::Duration;

use onetext_seal::{Envelope, SignedAct};
use onetext_store::{EmbeddedStore, NewAct, Options, Store as _, SystemEntropy, WorkspaceKey};

use super::{Scratch, line};
use crate::clock::{self, told};
use crate::failure::{Result, While};

/// How many acts are appended, one by one.
const APPENDS: usize = 400;

/// An append takes at most so many times the commit of the same bytes.
const TIMES: f64 = 1.5;

/// Appends act by act, and after each commits as many bytes plainly: both meet the same disk at the same time, and the
/// middle of all counts.
pub(super) fn run(acts: &[SignedAct]) -> Result<bool> {
    let scratch = Scratch::new("bench-append")?;
    let (mut ours, plain) = open(&scratch)?;
    let (mut appends, mut commits) = (Vec::new(), Vec::new());
    for act in in_order(acts)? {
        let bytes = bytes(&act);
        let (kept, taken) = clock::time(|| {
            let new = NewAct::checked(act).on("an act of the sample")?;
            ours.append(&[new], 0).on("appending")
        });
        kept?;
        appends.push(taken.wall);
        let (committed, taken) = clock::time(|| {
            let transaction = plain.unchecked_transaction()?;
            plain
                .prepare_cached("INSERT INTO rows (bytes) VALUES (?1)")?
                .execute([&bytes])?;
            transaction.commit()
        });
        committed.on("committing plainly")?;
        commits.push(taken.wall);
    }
    let (append, commit) = (middle(appends), middle(commits));
    let times = append.as_secs_f64() / commit.as_secs_f64().max(f64::MIN_POSITIVE);
    let holds = times <= TIMES;
    line("durable commit of an act's bytes", &told(commit), "");
    line(
        "append of a signed act",
        &told(append),
        &format!(
            "{times:.2} times the commit, at most {TIMES}: {}",
            if holds { "holds" } else { "MISSED" }
        ),
    );
    Ok(holds)
}

/// A store, and a bare database with the same promise of durability.
fn open(scratch: &Scratch) -> Result<(EmbeddedStore, rusqlite::Connection)> {
    let ours = EmbeddedStore::create(
        &scratch.path().join("ours.db"),
        &WorkspaceKey::from_secret([7; 32]),
        Box::new(SystemEntropy),
        Options::default(),
    );
    let plain = rusqlite::Connection::open(scratch.path().join("plain.db"));
    let plain = plain.on("a bare database")?;
    plain
        .execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
             CREATE TABLE rows (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL)",
        )
        .on("a bare database")?;
    Ok((ours.on("a store")?, plain))
}

/// So many of the acts, each after its parents.
fn in_order(acts: &[SignedAct]) -> Result<Vec<SignedAct>> {
    let mut placed = Vec::with_capacity(acts.len());
    for act in acts {
        let envelope = Envelope::read_kept(&act.envelope).on("an envelope of the sample")?;
        placed.push(((envelope.depth, act.id()), act.clone()));
    }
    placed.sort_unstable_by_key(|(place, _)| *place);
    Ok(placed
        .into_iter()
        .map(|(_, act)| act)
        .take(APPENDS)
        .collect())
}

/// What is kept of an act: envelope, body, salt and signature.
fn bytes(act: &SignedAct) -> Vec<u8> {
    let mut bytes = act.envelope.clone();
    if let Some(body) = &act.body {
        bytes.extend_from_slice(&body.salt);
        bytes.extend_from_slice(&body.bytes);
    }
    bytes.extend_from_slice(&act.signature.0);
    bytes
}

fn middle(mut taken: Vec<Duration>) -> Duration {
    taken.sort_unstable();
    taken.get(taken.len() / 2).copied().unwrap_or_default()
}
