//! The load: readers at a fixed rate, writers at a steady pace, and one who watches what arrives.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use super::client::Client;
use super::{LASTS, RATE, WRITES};
use crate::failure::Result;

/// What came of it.
#[derive(Debug, Default)]
pub(super) struct Loaded {
    /// How many pages were due.
    pub(super) due: usize,
    /// How long each page took, from when it was due.
    pub(super) pages: Vec<Duration>,
    /// Pages that were refused or never came.
    pub(super) refused: usize,
    /// The acts that were acknowledged.
    pub(super) acts: Vec<String>,
    /// How long each took.
    pub(super) took: Vec<Duration>,
    /// How long an act took from being sent until the page of another seat was told.
    pub(super) arrivals: Vec<Duration>,
}

/// The time below which so many of a hundred lie.
pub(super) fn part(times: &mut [Duration], hundredths: usize) -> Duration {
    times.sort_unstable();
    let at = (times.len() * hundredths).div_ceil(100).saturating_sub(1);
    times.get(at).copied().unwrap_or_default()
}

#[expect(clippy::disallowed_methods, reason = "a bench measures time")]
fn instant() -> Instant {
    Instant::now()
}

/// Asks at fixed times, whatever the answers take; gives how long each took and how many were refused.
fn read(
    at: SocketAddr,
    cookie: &str,
    begin: Instant,
    first: Duration,
    every: Duration,
) -> (Vec<Duration>, usize, usize) {
    let (mut times, mut refused, mut due) = (Vec::new(), 0, 0);
    let mut client = Client::to(at).ok();
    let mut when = first;
    while when < LASTS {
        due += 1;
        thread::sleep((begin + when).saturating_duration_since(instant()));
        let answer = client.as_mut().map(|client| client.get("/", cookie));
        match answer {
            Some(Ok(_)) => times.push(instant().saturating_duration_since(begin + when)),
            _ => {
                refused += 1;
                client = Client::to(at).ok();
            }
        }
        when += every;
    }
    (times, refused, due)
}

/// Who writes, and on what.
#[derive(Debug, Clone, Copy)]
pub(super) struct Writer<'w> {
    pub(super) seat: &'w str,
    pub(super) token: &'w str,
    /// The latest draft, how many points it has, and a day after all that was said so far.
    pub(super) draft: &'w str,
    pub(super) points: usize,
    pub(super) on: &'w str,
}

/// The act that a writer writes as its `number`th: mostly a position, now and then a note; every fourth writer's where all seats
/// sit, the others' where the mediator sits too.
fn act(writer: Writer<'_>, place: usize, number: usize) -> serde_json::Value {
    let seat = writer.seat;
    let room = match place % 4 {
        0 => "plenary".to_owned(),
        _ => format!("caucus-{seat}"),
    };
    if number % 5 == 4 {
        let words = format!("note {number} of {seat}");
        return serde_json::json!({ "kind": "note", "room": room, "by": seat, "on": writer.on, "words": words });
    }
    let stance = if number.is_multiple_of(2) {
        "accept"
    } else {
        "reserve"
    };
    let point = ((place * 37 + number * 11) % writer.points.max(1) + 1).to_string();
    serde_json::json!({
        "kind": "stance", "room": room, "by": seat, "on": writer.on, "draft": writer.draft, "points": [point],
        "stance": stance,
    })
}

/// Writes one act after the other; says of each when it was sent.
fn write(
    at: SocketAddr,
    (writer, place): (Writer<'_>, usize),
    begin: Instant,
    first: Duration,
    sent: Option<&mpsc::Sender<Instant>>,
) -> Result<(Vec<String>, Vec<Duration>)> {
    let (mut ids, mut times) = (Vec::new(), Vec::new());
    let mut client = Client::to(at)?;
    let header = format!("authorization: Bearer {}", writer.token);
    let mut when = first;
    while when < LASTS {
        thread::sleep((begin + when).saturating_duration_since(instant()));
        let act = act(writer, place, times.len());
        let from = instant();
        let answer = client.post("/api/v1/acts", &header, &act.to_string())?;
        times.push(from.elapsed());
        let answer: serde_json::Value = serde_json::from_str(&answer).unwrap_or_default();
        ids.push(answer["id"].as_str().unwrap_or_default().to_owned());
        if let Some(sent) = sent {
            // Whoever watches has gone: then nothing arrives.
            let _ = sent.send(from);
        }
        when += WRITES;
    }
    Ok((ids, times))
}

/// Runs it all at once. What the first writer writes is watched by a person of another seat.
pub(super) fn run(at: SocketAddr, cookies: &[String], writers: &[Writer<'_>]) -> Result<Loaded> {
    let begin = instant() + Duration::from_secs(2);
    let every = Duration::from_secs_f64(cookies.len() as f64 / RATE as f64);
    let (sent, sending) = mpsc::channel();
    let over = AtomicBool::new(false);
    let mut loaded = Loaded::default();
    let mut stream = Client::to(at)?;
    let watcher = cookies.get(1).map_or("", String::as_str);
    stream.listen("/live", watcher)?;
    stream.mark()?;
    thread::scope(|scope| {
        let readers: Vec<_> = cookies
            .iter()
            .enumerate()
            .map(|(number, cookie)| {
                let first = every.mul_f64(number as f64 / cookies.len() as f64);
                scope.spawn(move || read(at, cookie, begin, first, every))
            })
            .collect();
        let over = &over;
        let watching = scope.spawn(move || {
            let mut told = Vec::new();
            while !over.load(Ordering::Relaxed) {
                match stream.mark() {
                    Ok(_) => told.push(instant()),
                    Err(_) => break,
                }
            }
            told
        });
        let first_writer = writers.first().copied();
        let writers: Vec<_> = writers
            .iter()
            .enumerate()
            .map(|(number, writer)| {
                let sent = (number == 0).then(|| sent.clone());
                let first = WRITES.mul_f64(number as f64 / writers.len() as f64);
                scope.spawn(move || write(at, (*writer, number), begin, first, sent.as_ref()))
            })
            .collect();
        for reader in readers {
            if let Ok((times, refused, due)) = reader.join() {
                loaded.pages.extend(times);
                loaded.refused += refused;
                loaded.due += due;
            }
        }
        let mut failed = None;
        for writer in writers {
            match writer.join() {
                Ok(Ok((ids, times))) => {
                    loaded.acts.extend(ids);
                    loaded.took.extend(times);
                }
                Ok(Err(error)) => failed = Some(error),
                Err(_) => {}
            }
        }
        over.store(true, Ordering::Relaxed);
        // One act more wakes whoever watches, so that it sees that all is over.
        if let Some(writer) = first_writer {
            let header = format!("authorization: Bearer {}", writer.token);
            let mut client = Client::to(at)?;
            client.post("/api/v1/acts", &header, &act(writer, 0, 4).to_string())?;
        }
        let told = watching.join().unwrap_or_default();
        for from in sending.try_iter() {
            if let Some(arrived) = told.iter().find(|told| **told >= from) {
                loaded
                    .arrivals
                    .push(arrived.saturating_duration_since(from));
            }
        }
        failed.map_or(Ok(loaded), Err)
    })
}
