//! Measures a store: appending against the durable commit of the same bytes, and reading a long room with two threads.
//!
//! `cargo run --release --example measure -- FOLDER APPENDS ACTS`

#![expect(clippy::print_stdout, reason = "a measuring program speaks")]
#![expect(
    clippy::disallowed_methods,
    reason = "a measuring program looks at the clock"
)]

use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use onetext_seal::{
    ActDigest, Actor, Body, Envelope, ProcessId, Recorder, SignedAct, SiteKey, canonical,
};
use onetext_store::{
    EmbeddedStore, Entropy as _, NewAct, Options, Store as _, SystemEntropy, WorkspaceKey,
    read_in_parallel,
};

type Done<T> = Result<T, Box<dyn Error>>;

fn main() -> Done<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("a folder is expected")?;
    let appends: u64 = arguments.next().ok_or("how many appends?")?.parse()?;
    let acts: u64 = arguments.next().ok_or("how many acts?")?.parse()?;
    let folder = Path::new(&folder);
    if appends > 0 {
        measure_appends(folder, appends)?;
    }
    if acts > 0 {
        measure_reading(folder, acts)?;
    }
    Ok(())
}

fn store(path: &Path) -> Done<EmbeddedStore> {
    let key = WorkspaceKey::from_secret([7; 32]);
    let entropy = Box::new(SystemEntropy);
    Ok(if path.exists() {
        EmbeddedStore::open(path, &key, entropy, Options::default())?
    } else {
        EmbeddedStore::create(path, &key, entropy, Options::default())?
    })
}

/// A site that writes acts of about 600 bytes, one on top of the other.
struct Site {
    key: SiteKey,
    head: Vec<ActDigest>,
    written: u64,
}

impl Site {
    fn new() -> Site {
        Site {
            key: SiteKey::from_secret([5; 32]),
            head: Vec::new(),
            written: 0,
        }
    }

    fn act(&mut self, words: usize) -> Done<SignedAct> {
        let mut salt = [0; 32];
        SystemEntropy.fill("", &mut salt)?;
        let bytes = canonical(&serde_json::json!({"note": "w".repeat(words)}))?;
        let envelope = Envelope {
            actor: Actor {
                key: None,
                person: None,
                seat: "north".to_owned(),
            },
            algorithm: Envelope::algorithm(),
            body: serde_json::from_value(serde_json::json!("0".repeat(64)))?,
            depth: self.written,
            format: 1,
            on: "2031-03-06".to_owned(),
            parents: self.head.clone(),
            process: ProcessId([3; 16]),
            recorded: "2031-03-06T14:30:00.000000Z".to_owned(),
            recorder: Recorder {
                person: None,
                seat: "north".to_owned(),
                site: self.key.site(),
            },
            room: "plenary".to_owned(),
            sequence: self.written,
        };
        let act = SignedAct::sign(envelope, Body { salt, bytes }, &self.key)?;
        self.head = vec![act.id()];
        self.written += 1;
        Ok(act)
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// Appends act by act, and beside each the plain commit of as many bytes.
fn measure_appends(folder: &Path, appends: u64) -> Done<()> {
    let mut ours = store(&folder.join("appends.db"))?;
    let plain = rusqlite::Connection::open(folder.join("plain.db"))?;
    plain.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
         CREATE TABLE rows (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL)",
    )?;
    let mut site = Site::new();
    let (mut sealed, mut signed, mut commits) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..appends {
        let start = Instant::now();
        let act = site.act(250)?;
        let body = act.body.as_ref().map_or(0, |body| body.bytes.len() + 32);
        let bytes = vec![7_u8; act.envelope.len() + body + 64];
        let new = NewAct::checked(act)?;
        let middle = Instant::now();
        ours.append(&[new], 0)?;
        sealed.push(middle.elapsed());
        signed.push(start.elapsed());
        let start = Instant::now();
        let transaction = plain.unchecked_transaction()?;
        plain
            .prepare_cached("INSERT INTO rows (bytes) VALUES (?1)")?
            .execute([&bytes])?;
        transaction.commit()?;
        commits.push(start.elapsed());
    }
    let (sealed, signed, commits) = (median(sealed), median(signed), median(commits));
    println!(
        "append {sealed:?}, with signing {signed:?}, plain commit {commits:?}: {:.2} and {:.2} times",
        sealed.as_secs_f64() / commits.as_secs_f64(),
        signed.as_secs_f64() / commits.as_secs_f64(),
    );
    Ok(())
}

/// Writes a long room once, then reads it.
fn measure_reading(folder: &Path, acts: u64) -> Done<()> {
    let mut store = store(&folder.join(format!("reading-{acts}.db")))?;
    let mut site = Site::new();
    let start = Instant::now();
    while store.count("plenary")? < acts {
        let batch = (0..10_000)
            .map(|_| Ok(NewAct::checked(site.act(250)?)?))
            .collect::<Done<Vec<_>>>()?;
        store.append(&batch, 0)?;
    }
    println!("written in {:?}", start.elapsed());
    for threads in [1, 2, 2, 2] {
        let start = Instant::now();
        let lengths = read_in_parallel(&store, "plenary", 0, threads, |_, act| {
            act.envelope.len() as u64 + act.body.map_or(0, |(bytes, _)| bytes.len() as u64)
        })?;
        println!(
            "{} acts, {} bytes, read with {threads} threads in {:?}; {}",
            lengths.len(),
            lengths.iter().sum::<u64>(),
            start.elapsed(),
            peak()
        );
    }
    let start = Instant::now();
    println!(
        "arrivals {} in {:?}",
        store.arrivals("plenary", 0)?.len(),
        start.elapsed()
    );
    Ok(())
}

/// The most memory that was used, where the system tells.
fn peak() -> String {
    std::fs::read_to_string("/proc/self/status")
        .ok()
        .and_then(|status| {
            status
                .lines()
                .find(|line| line.starts_with("VmHWM"))
                .map(str::to_owned)
        })
        .unwrap_or_default()
}
