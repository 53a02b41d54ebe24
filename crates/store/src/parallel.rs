//! Reading a long room with several threads.

use std::ops::ControlFlow;

use crate::contract::Store;
use crate::error::StoreError;
use crate::row::OpenAct;

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
    let stretches = store.stretches(room, after, threads)?;
    let make = &make;
    let parts: Vec<std::thread::Result<Result<Vec<T>, StoreError>>> = std::thread::scope(|scope| {
        let running: Vec<_> = stretches
            .into_iter()
            .map(|stretch| {
                scope.spawn(move || {
                    let mut made = Vec::new();
                    stretch.read(&mut |position, act| {
                        made.push(make(position, act));
                        ControlFlow::Continue(())
                    })?;
                    Ok(made)
                })
            })
            .collect();
        running.into_iter().map(|thread| thread.join()).collect()
    });
    let mut all: Vec<T> = Vec::new();
    for part in parts {
        match part {
            Ok(made) if all.is_empty() => all = made?,
            Ok(made) => all.extend(made?),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    }
    Ok(all)
}
