//! Reading long rooms, and many rooms, with several threads.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::contract::{Reader, Store};
use crate::error::StoreError;
use crate::row::OpenAct;

/// So many acts one thread reads at a time; what is less than this in all one thread reads alone.
const PIECE: u64 = 4096;

/// A part of a room, as it was read.
#[derive(Debug)]
pub struct Part<T> {
    /// The room, by its place in the list of rooms.
    pub room: usize,
    /// What was made of its acts, in order of arrival.
    pub made: Vec<T>,
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
    let parts = read_rooms(store, &[(room, after)], threads, || {
        move |_, position, act: OpenAct<'_>| make(position, act)
    })?;
    let mut parts = parts.into_iter().map(|part| part.made);
    let mut all = parts.next().unwrap_or_default();
    parts.for_each(|made| all.extend(made));
    Ok(all)
}

/// Reads the acts of several rooms, each after a place, with so many threads, and turns each act into something. Gives
/// the rooms part by part, in the order of the list and of arrival.
///
/// Every thread makes things in its own way, which `maker` gives it; it is asked with the room, by its place in the
/// list, and the act's place in it.
///
/// # Errors
/// Where a row does not open or the database fails.
pub fn read_rooms<T: Send, M: FnMut(usize, u64, OpenAct<'_>) -> T>(
    store: &dyn Store,
    rooms: &[(&str, u64)],
    threads: usize,
    maker: impl Fn() -> M + Sync,
) -> Result<Vec<Part<T>>, StoreError> {
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

fn read_piece<T>(
    reader: &mut dyn Reader,
    rooms: &[(&str, u64)],
    (room, from, to): Piece,
    make: &mut impl FnMut(usize, u64, OpenAct<'_>) -> T,
) -> Result<Part<T>, StoreError> {
    let length = usize::try_from(to - from).unwrap_or_default();
    let mut made = Vec::with_capacity(length);
    if let Some((name, _)) = rooms.get(room) {
        reader.read(name, from, to, &mut |position, act| {
            made.push(make(room, position, act));
            ControlFlow::Continue(())
        })?;
    }
    Ok(Part { room, made })
}
