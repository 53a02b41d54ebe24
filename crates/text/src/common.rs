//! The longest common subsequence of two sequences of keys, within bounds.
//!
//! Myers' divide and conquer (An O(ND) Difference Algorithm, 1986) with the bound on cost that GNU diff uses: where
//! two stretches have too little in common, the search stops at the furthest point reached and goes on from there.
//! Very long texts are first cut at keys that occur once on either side. Both bounds count steps, never time, so the
//! result is the same on every machine.

use std::ops::Range;

use crate::order::heaviest_run;

/// Steps after which a search is content with the furthest point reached; fewer for long stretches, so that the whole
/// stays within a few thousand comparisons a key.
const DEAR: i64 = 1024;
const DEAR_LONG: i64 = 192;
/// Stretches longer than this, both sides together, are cut at unique keys first.
const LONG: usize = 8192;

/// Work that is still to be done; a stack instead of recursion.
enum Job {
    /// Compare two stretches; unique keys were last looked for in stretches of `searched` keys together.
    Compare {
        old: Range<usize>,
        new: Range<usize>,
        searched: usize,
    },
    Keep {
        old: usize,
        new: usize,
        length: usize,
    },
}

/// The pairs of places that hold the same key in both, rising on both sides.
#[must_use]
pub fn common(old: &[u64], new: &[u64]) -> Vec<(usize, usize)> {
    common_within_bounds(old, new).0
}

/// The same, and whether a bound was met: whether there may be more.
pub(crate) fn common_within_bounds(old: &[u64], new: &[u64]) -> (Vec<(usize, usize)>, bool) {
    let mut found = Vec::with_capacity(old.len().min(new.len()));
    let mut search = Search::default();
    let mut jobs = vec![Job::Compare {
        old: 0..old.len(),
        new: 0..new.len(),
        searched: usize::MAX,
    }];
    while let Some(job) = jobs.pop() {
        let (mut a, mut b, mut c, mut d, searched) = match job {
            Job::Keep { old, new, length } => {
                found.extend((0..length).map(|step| (old + step, new + step)));
                continue;
            }
            Job::Compare { old, new, searched } => {
                (old.start, old.end, new.start, new.end, searched)
            }
        };
        while a < b && c < d && old[a] == new[c] {
            found.push((a, c));
            (a, c) = (a + 1, c + 1);
        }
        let end = b;
        while a < b && c < d && old[b - 1] == new[d - 1] {
            (b, d) = (b - 1, d - 1);
        }
        jobs.push(Job::Keep {
            old: b,
            new: d,
            length: end - b,
        });
        if a == b || c == d {
            continue;
        }
        let length = b - a + d - c;
        let look = length > LONG && length <= searched / 2;
        search.bounded |= look;
        if look && cut_at_unique(&old[a..b], &new[c..d], (a, c), &mut jobs) {
            continue;
        }
        let searched = if look { length } else { searched };
        let (x, y) = search.middle(&old[a..b], &new[c..d]);
        if (x, y) != (0, 0) && (a + x, c + y) != (b, d) {
            jobs.push(Job::Compare {
                old: a + x..b,
                new: c + y..d,
                searched,
            });
            jobs.push(Job::Compare {
                old: a..a + x,
                new: c..c + y,
                searched,
            });
        }
    }
    (found, search.bounded)
}

/// Cuts a stretch at the keys that occur once on either side and keep their order; false where there are none.
fn cut_at_unique(old: &[u64], new: &[u64], (a, c): (usize, usize), jobs: &mut Vec<Job>) -> bool {
    let once = |keys: &[u64]| {
        let mut sorted: Vec<(u64, usize)> = keys
            .iter()
            .copied()
            .enumerate()
            .map(|(at, key)| (key, at))
            .collect();
        sorted.sort_unstable();
        sorted
            .chunk_by(|one, next| one.0 == next.0)
            .filter_map(|run| if let [only] = run { Some(*only) } else { None })
            .collect::<Vec<_>>()
    };
    let (left, right) = (once(old), once(new));
    let mut points: Vec<(usize, usize, u64)> = left
        .iter()
        .filter_map(|(key, x)| {
            right
                .binary_search_by_key(key, |other| other.0)
                .ok()
                .map(|place| (*x, right[place].1, 1))
        })
        .collect();
    points.sort_unstable();
    let kept = heaviest_run(&points);
    let mut cuts: Vec<(usize, usize)> = points
        .iter()
        .zip(kept)
        .filter(|(_, kept)| *kept)
        .map(|((x, y, _), _)| (*x, *y))
        .collect();
    if cuts.is_empty() {
        return false;
    }
    cuts.push((old.len(), new.len()));
    let mut from = (0, 0);
    let mut forward = Vec::with_capacity(2 * cuts.len());
    for (x, y) in cuts {
        forward.push(Job::Compare {
            old: a + from.0..a + x,
            new: c + from.1..c + y,
            searched: old.len() + new.len(),
        });
        if x < old.len() {
            forward.push(Job::Keep {
                old: a + x,
                new: c + y,
                length: 1,
            });
        }
        from = (x + 1, y + 1);
    }
    jobs.extend(forward.into_iter().rev());
    true
}

/// The furthest points reached on each diagonal, from the start and from the end.
#[derive(Default)]
struct Search {
    forward: Vec<i64>,
    backward: Vec<i64>,
    /// Whether a bound was met.
    bounded: bool,
}

impl Search {
    /// A point on a shortest way through; both stretches are not empty and differ at both ends.
    fn middle(&mut self, old: &[u64], new: &[u64]) -> (usize, usize) {
        let (n, m) = (old.len() as i64, new.len() as i64);
        let size = old.len() + new.len() + 3;
        if self.forward.len() < size {
            self.forward.resize(size, 0);
            self.backward.resize(size, 0);
        }
        let (forward, backward) = (&mut self.forward, &mut self.backward);
        let at = |diagonal: i64| (diagonal + m + 1) as usize;
        let (lowest, highest, end) = (-m, n, n - m);
        let odd = end & 1 != 0;
        let dear = if old.len() + new.len() > LONG {
            DEAR_LONG
        } else {
            DEAR
        };
        let (mut fmin, mut fmax, mut bmin, mut bmax) = (0, 0, end, end);
        forward[at(0)] = 0;
        backward[at(end)] = n;
        for cost in 1.. {
            if fmin > lowest {
                fmin -= 1;
                forward[at(fmin - 1)] = -1;
            } else {
                fmin += 1;
            }
            if fmax < highest {
                fmax += 1;
                forward[at(fmax + 1)] = -1;
            } else {
                fmax -= 1;
            }
            for diagonal in (fmin..=fmax).rev().step_by(2) {
                let (below, above) = (forward[at(diagonal - 1)], forward[at(diagonal + 1)]);
                let mut x = if below < above { above } else { below + 1 };
                while x < n && x - diagonal < m && old[x as usize] == new[(x - diagonal) as usize] {
                    x += 1;
                }
                forward[at(diagonal)] = x;
                if odd && bmin <= diagonal && diagonal <= bmax && backward[at(diagonal)] <= x {
                    return (x as usize, (x - diagonal) as usize);
                }
            }
            if bmin > lowest {
                bmin -= 1;
                backward[at(bmin - 1)] = i64::MAX;
            } else {
                bmin += 1;
            }
            if bmax < highest {
                bmax += 1;
                backward[at(bmax + 1)] = i64::MAX;
            } else {
                bmax -= 1;
            }
            for diagonal in (bmin..=bmax).rev().step_by(2) {
                let (below, above) = (backward[at(diagonal - 1)], backward[at(diagonal + 1)]);
                let mut x = if below < above { below } else { above - 1 };
                while x > 0
                    && x > diagonal
                    && old[(x - 1) as usize] == new[(x - diagonal - 1) as usize]
                {
                    x -= 1;
                }
                backward[at(diagonal)] = x;
                if !odd && fmin <= diagonal && diagonal <= fmax && x <= forward[at(diagonal)] {
                    return (x as usize, (x - diagonal) as usize);
                }
            }
            if cost >= dear {
                self.bounded = true;
                let ahead = (fmin..=fmax)
                    .rev()
                    .step_by(2)
                    .map(|diagonal| furthest(forward[at(diagonal)], diagonal, n, m))
                    .max_by_key(|(x, y)| (x + y, -(x - y).abs()));
                let behind = (bmin..=bmax)
                    .rev()
                    .step_by(2)
                    .map(|diagonal| nearest(backward[at(diagonal)], diagonal))
                    .min_by_key(|(x, y)| (x + y, (x - y - end).abs()));
                let (ahead, behind) = (ahead.unwrap_or((0, 0)), behind.unwrap_or((n, m)));
                let (x, y) = if n + m - (behind.0 + behind.1) < ahead.0 + ahead.1 {
                    ahead
                } else {
                    behind
                };
                return (x as usize, y as usize);
            }
        }
        (0, 0)
    }
}

fn furthest(reached: i64, diagonal: i64, n: i64, m: i64) -> (i64, i64) {
    let x = reached.min(n).min(m + diagonal);
    (x, x - diagonal)
}

fn nearest(reached: i64, diagonal: i64) -> (i64, i64) {
    let x = reached.max(0).max(diagonal);
    (x, x - diagonal)
}
