//! The one clock of the house: only tasks measure time, the program is told it.

use std::time::{Duration, Instant};

/// How long something took: by the clock on the wall, and how much of that the processor worked on it, which a busy
/// machine does not change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct Taken {
    pub(crate) wall: Duration,
    /// None where the machine does not tell.
    pub(crate) worked: Option<Duration>,
}

/// Does the work and says how long it took.
#[expect(clippy::disallowed_methods, reason = "a bench measures time")]
pub(crate) fn time<T>(work: impl FnOnce() -> T) -> (T, Taken) {
    let before = processor();
    let start = Instant::now();
    let result = work();
    let wall = start.elapsed();
    let worked = before
        .zip(processor())
        .map(|(before, after)| after.saturating_sub(before));
    (result, Taken { wall, worked })
}

/// What the processor has done for this thread so far, as Linux counts it.
fn processor() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = told.split_whitespace().next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}

/// Does the work `times` times and gives the last result and the median time, which a busy machine disturbs least.
pub(crate) fn median<T>(times: usize, mut work: impl FnMut() -> T) -> (T, Taken) {
    let (mut result, first) = time(&mut work);
    let mut taken = vec![first];
    for _ in 1..times {
        let (next, time) = time(&mut work);
        result = next;
        taken.push(time);
    }
    taken.sort_unstable();
    let middle = taken.get(taken.len() / 2).copied().unwrap_or(first);
    (result, middle)
}

/// A duration as a person reads it: `1.24 s`, `3.10 ms`, `870 µs`.
pub(crate) fn told(duration: Duration) -> String {
    let seconds = duration.as_secs_f64();
    if seconds >= 1.0 {
        format!("{seconds:.2} s")
    } else if seconds >= 0.001 {
        format!("{:.2} ms", seconds * 1e3)
    } else {
        format!("{:.0} µs", seconds * 1e6)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_as_people_say_them() {
        assert_eq!(told(Duration::from_millis(1240)), "1.24 s");
        assert_eq!(told(Duration::from_micros(3100)), "3.10 ms");
        assert_eq!(told(Duration::from_micros(870)), "870 µs");
    }
}
