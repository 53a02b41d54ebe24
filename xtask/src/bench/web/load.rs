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

/// Writes one act after the other into a room; says of each when it was sent.
fn write(
    at: SocketAddr,
    (seat, token, room): (&str, &str, &str),
    begin: Instant,
    first: Duration,
    sent: Option<&mpsc::Sender<Instant>>,
) -> Result<(Vec<String>, Vec<Duration>)> {
    let (mut ids, mut times) = (Vec::new(), Vec::new());
    let mut client = Client::to(at)?;
    let header = format!("authorization: Bearer {token}");
    let mut when = first;
    while when < LASTS {
        thread::sleep((begin + when).saturating_duration_since(instant()));
        let act = serde_json::json!({
            "kind": "note", "room": room, "by": seat, "words": format!("note {} of {seat}", times.len()),
        });
        let from = instant();
        if let Some(sent) = sent {
            // Whoever watches has gone: then nothing arrives.
            let _ = sent.send(from);
        }
        let answer = client.post("/api/v1/acts", &header, &act.to_string())?;
        times.push(from.elapsed());
        let answer: serde_json::Value = serde_json::from_str(&answer).unwrap_or_default();
        ids.push(answer["id"].as_str().unwrap_or_default().to_owned());
        when += WRITES;
    }
    Ok((ids, times))
}

/// Runs it all at once. The first writer writes where a second seat sits too, and that seat alone hears of it; the others write in
/// rooms of their own.
pub(super) fn run(
    at: SocketAddr,
    cookies: &[String],
    tokens: &[(String, String)],
) -> Result<Loaded> {
    let begin = instant() + Duration::from_secs(2);
    let every = Duration::from_secs_f64(cookies.len() as f64 / RATE as f64);
    let (sent, sending) = mpsc::channel();
    let over = AtomicBool::new(false);
    let mut loaded = Loaded::default();
    let mut stream = Client::to(at)?;
    // Another at the same seat: what they are told comes by their own stream.
    let watcher = cookies.get(super::SEATS).map_or("", String::as_str);
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
        let writers: Vec<_> = tokens
            .iter()
            .enumerate()
            .map(|(number, (seat, token))| {
                let sent = (number == 0).then(|| sent.clone());
                scope.spawn(move || {
                    let room = match number {
                        0 => format!("caucus-{seat}"),
                        _ => format!("chamber-{seat}"),
                    };
                    let first = WRITES.mul_f64(number as f64 / 20.0);
                    write(at, (seat, token, &room), begin, first, sent.as_ref())
                })
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
        if let Some((seat, token)) = tokens.first() {
            let header = format!("authorization: Bearer {token}");
            let act = serde_json::json!({ "kind": "note", "room": format!("caucus-{seat}"), "by": seat, "words": "over" });
            let mut client = Client::to(at)?;
            client.post("/api/v1/acts", &header, &act.to_string())?;
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
