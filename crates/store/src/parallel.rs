//! Reading long rooms, and many rooms, with several threads.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::contract::{Reader, Store};
use crate::error::StoreError;
use crate::row::OpenAct;
use onetext_seal::ActDigest;

/// So many acts one thread reads at a time, and a snapshot holds; what is less than this in all one thread reads alone.
pub const PIECE: u64 = 4096;

/// Does two parts of some work at once, each on a thread of its own.
pub fn at_once(one: &mut (dyn FnMut() + Send), other: &mut (dyn FnMut() + Send)) {
    std::thread::scope(|scope| {
        scope.spawn(other);
        one();
    });
}

/// A part of a room, as it was read.
#[derive(Debug)]
pub struct Part<T> {
    /// The room, by its place in the list of rooms.
    pub room: usize,
    /// What was made of its acts, in order of arrival.
    pub made: Vec<T>,
}

/// Turns acts into something, on a thread of its own.
pub trait Turn {
    /// What an act is turned into.
    type Made: Send;

    /// Turns an act of a room, by its place in the list of rooms, at its place in the room.
    fn act(&mut self, room: usize, position: u64, act: OpenAct<'_>) -> Self::Made;

    /// The name of the snapshot with the acts of a room after a place; none where snapshots are not asked for.
    fn snapshot_name(&self, _room: usize, _after: u64) -> Option<String> {
        None
    }

    /// What a snapshot holds of a room after a place, and the name of its last act; none where it cannot be used.
    fn snapshot(
        &mut self,
        _room: usize,
        _after: u64,
        _bytes: &[u8],
    ) -> Option<(Vec<Self::Made>, ActDigest)> {
        None
    }
}

/// Turns acts by a function alone.
struct Plain<F>(F);

impl<T: Send, F: Fn(u64, OpenAct<'_>) -> T> Turn for Plain<&F> {
    type Made = T;

    fn act(&mut self, _room: usize, position: u64, act: OpenAct<'_>) -> T {
        (self.0)(position, act)
    }
}

/// A part of a room to be read: the room, after which place and up to which.
type Piece = (usize, u64, u64);

/// Reads the acts of a room after a place with so many threads, turns each into something with `make`, and gives what was
/// made in order of arrival.
///
/// `make` runs on the threads that read; each act lies in its thread's buffers while it runs.
///
/// # Errors
/// Where a row does not open or the database fails.
pub fn read_in_parallel<T: Send>(
    store: &dyn Store,
    room: &str,
    after: u64,
    threads: usize,
    make: impl Fn(u64, OpenAct<'_>) -> T + Sync,
) -> Result<Vec<T>, StoreError> {
    let make = &make;
    let parts = read_rooms(store, &[(room, after)], threads, || Plain(make))?;
    let mut parts = parts.into_iter().map(|part| part.made);
    let mut all = parts.next().unwrap_or_default();
    parts.for_each(|made| all.extend(made));
    Ok(all)
}

/// Reads the acts of several rooms, each after a place, with so many threads, and turns each act into something. Gives
/// the rooms part by part, in the order of the list and of arrival.
///
/// Every thread turns acts in its own way, which `maker` gives it. A room that is read from its first act on is read from
/// snapshots as far as they go; a snapshot is used where its last act stands where it says.
///
/// # Errors
/// Where a row does not open or the database fails.
pub fn read_rooms<M: Turn>(
    store: &dyn Store,
    rooms: &[(&str, u64)],
    threads: usize,
    maker: impl Fn() -> M + Sync,
) -> Result<Vec<Part<M::Made>>, StoreError> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (room, (name, after)) in rooms.iter().enumerate() {
        let (mut from, last) = (*after, store.count(name)?);
        while from < last {
            let to = last.min(from + PIECE);
            pieces.push((room, from, to));
            from = to;
        }
    }
    let all: u64 = pieces.iter().map(|(_, from, to)| to - from).sum();
    let threads = match all {
        0..=PIECE => 1,
        _ => threads.clamp(1, pieces.len().max(1)),
    };
    let (next, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
    let work = |mut reader: Box<dyn Reader>| {
        let mut make = maker();
        let mut parts = Vec::new();
        while !stop.load(Ordering::Relaxed)
            && let Some(piece) = pieces.get(next.fetch_add(1, Ordering::Relaxed))
        {
            match read_piece(reader.as_mut(), rooms, *piece, &mut make) {
                Ok(part) => parts.push((*piece, part)),
                Err(error) => {
                    stop.store(true, Ordering::Relaxed);
                    return Err(error);
                }
            }
        }
        Ok(parts)
    };
    let mut parts = match threads {
        1 => work(store.reader()?)?,
        _ => {
            let mut readers = Vec::with_capacity(threads);
            for _ in 0..threads {
                readers.push(store.reader()?);
            }
            let work = &work;
            let done: Vec<_> = std::thread::scope(|scope| {
                let running: Vec<_> = readers
                    .into_iter()
                    .map(|reader| scope.spawn(move || work(reader)))
                    .collect();
                running.into_iter().map(|thread| thread.join()).collect()
            });
            let mut parts = Vec::with_capacity(pieces.len());
            for part in done {
                match part {
                    Ok(read) => parts.extend(read?),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            parts
        }
    };
    parts.sort_by_key(|(piece, _)| *piece);
    Ok(parts.into_iter().map(|(_, part)| part).collect())
}

fn read_piece<M: Turn>(
    reader: &mut dyn Reader,
    rooms: &[(&str, u64)],
    (room, from, to): Piece,
    turn: &mut M,
) -> Result<Part<M::Made>, StoreError> {
    let Some((name, _)) = rooms.get(room) else {
        let made = Vec::new();
        return Ok(Part { room, made });
    };
    let mut made = match turn.snapshot_name(room, from) {
        Some(snapshot) => match reader.snapshot(&snapshot)? {
            Some(bytes) => from_snapshot(reader, (room, name), (from, to), &bytes, turn)?,
            None => Vec::new(),
        },
        None => Vec::new(),
    };
    let covered = from + made.len() as u64;
    if covered < to {
        made.reserve_exact(usize::try_from(to - covered).unwrap_or_default());
        reader.read(name, covered, to, &mut |position, act| {
            made.push(turn.act(room, position, act));
            ControlFlow::Continue(())
        })?;
    }
    Ok(Part { room, made })
}

/// What a snapshot holds of a room between two places; nothing where the room has another act in the last's place.
fn from_snapshot<M: Turn>(
    reader: &mut dyn Reader,
    (room, name): (usize, &str),
    (from, to): (u64, u64),
    bytes: &[u8],
    turn: &mut M,
) -> Result<Vec<M::Made>, StoreError> {
    let Some((made, last)) = turn.snapshot(room, from, bytes) else {
        return Ok(Vec::new());
    };
    let covered = from + made.len() as u64;
    if made.is_empty() || covered > to {
        return Ok(Vec::new());
    }
    let mut there = false;
    reader.read(name, covered - 1, covered, &mut |position, act| {
        there = position == covered && act.id == last;
        ControlFlow::Break(())
    })?;
    Ok(if there { made } else { Vec::new() })
}
