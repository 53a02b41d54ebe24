//! Order: the longest run of pairs that keep it, and with that what has moved.

/// Of points (old, new, weight), sorted by old and no two with the same old or new, those of the heaviest run in
/// which both rise: true for each that is in it. O(n log n).
#[must_use]
pub fn heaviest_run(points: &[(usize, usize, u64)]) -> Vec<bool> {
    let size = points.iter().map(|point| point.1 + 1).max().unwrap_or(0);
    // A Fenwick tree of the best run that ends at or before a new index: its weight, and its last point.
    let mut best = vec![(0_u64, usize::MAX); size + 1];
    let mut before = vec![usize::MAX; points.len()];
    let mut last = (0_u64, usize::MAX);
    for (number, &(_, new, weight)) in points.iter().enumerate() {
        let mut reached = (0_u64, usize::MAX);
        let mut at = new;
        while at > 0 {
            if best[at].0 > reached.0 {
                reached = best[at];
            }
            at &= at - 1;
        }
        before[number] = reached.1;
        let run = (reached.0 + weight.max(1), number);
        if run.0 > last.0 {
            last = run;
        }
        let mut at = new + 1;
        while at <= size {
            if run.0 > best[at].0 {
                best[at] = run;
            }
            at += at & at.wrapping_neg();
        }
    }
    let mut kept = vec![false; points.len()];
    let mut at = last.1;
    while let Some(slot) = kept.get_mut(at) {
        *slot = true;
        at = before[at];
    }
    kept
}
