//! Patches: one seat's changes to one wording, and the changes of all seats laid over each other.

use std::ops::Range;

use super::{Proposed, Stretch};
use crate::redline::{Run, RunOp, RunReason};

/// Other words for a stretch of a wording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edit {
    pub(super) base: Range<usize>,
    pub(super) text: String,
    /// The number of a reference that follows its target.
    pub(super) follows: bool,
}

/// The runs of a pair as edits of the old wording, in order; edits that touch are one.
pub(super) fn edits(runs: &[Run]) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    let mut at = 0;
    for run in runs {
        let (before, after) = (run.old_text(), run.new_text());
        let end = at + before.len();
        if !(run.op == RunOp::Keep && run.old.is_none()) {
            let follows = run.why == Some(RunReason::Reference);
            match edits.last_mut() {
                Some(last) if last.base.end == at => {
                    last.base.end = end;
                    last.text.push_str(after);
                    last.follows &= follows;
                }
                _ => edits.push(Edit {
                    base: at..end,
                    text: after.to_owned(),
                    follows,
                }),
            }
        }
        at = end;
    }
    edits
}

/// A wording of `length` bytes cut where one of the patches changes it. `patches` has each seat's edits in order.
pub(super) fn laid_over(wording: &str, patches: &[(usize, Vec<Edit>)]) -> Vec<Stretch> {
    let mut all: Vec<&Edit> = patches.iter().flat_map(|(_, edits)| edits).collect();
    all.sort_by_key(|edit| (edit.base.start, edit.base.end));
    let mut regions: Vec<(Range<usize>, bool)> = Vec::new();
    for edit in all {
        match regions.last_mut() {
            Some((region, follows)) if edit.base.start < region.end || edit.base == *region => {
                region.end = region.end.max(edit.base.end);
                *follows &= edit.follows;
            }
            _ => regions.push((edit.base.clone(), edit.follows)),
        }
    }
    let mut stretches = Vec::with_capacity(2 * regions.len() + 1);
    let mut at = 0;
    // Where each patch goes on.
    let mut next = vec![0; patches.len()];
    for (region, follows) in regions {
        if at < region.start {
            stretches.push(Stretch::Agreed(at..region.start));
        }
        let mut proposed: Vec<Proposed> = Vec::new();
        for ((seat, edits), next) in patches.iter().zip(&mut next) {
            let from = *next;
            let inside = |edit: &Edit| {
                region.start <= edit.base.start
                    && edit.base.end <= region.end
                    && (edit.base == region || !edit.base.is_empty() || edit.base.end < region.end)
            };
            while edits.get(*next).is_some_and(inside) {
                *next += 1;
            }
            if from < *next {
                let text = applied(wording, &region, &edits[from..*next]);
                match proposed.iter_mut().find(|each| each.text == text) {
                    Some(same) => same.seats.push(*seat),
                    None => proposed.push(Proposed {
                        seats: vec![*seat],
                        text,
                    }),
                }
            }
        }
        at = region.end;
        stretches.push(Stretch::Open {
            base: region,
            proposed,
            follows,
        });
    }
    if at < wording.len() {
        stretches.push(Stretch::Agreed(at..wording.len()));
    }
    stretches
}

/// What a seat's edits make of a region.
fn applied(wording: &str, region: &Range<usize>, edits: &[Edit]) -> String {
    let mut text = String::new();
    let mut at = region.start;
    for edit in edits {
        text.push_str(wording.get(at..edit.base.start).unwrap_or_default());
        text.push_str(&edit.text);
        at = edit.base.end;
    }
    text.push_str(wording.get(at..region.end).unwrap_or_default());
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(base: Range<usize>, text: &str) -> Edit {
        Edit {
            base,
            text: text.to_owned(),
            follows: false,
        }
    }

    fn check(wording: &str, patches: &[Vec<Edit>], open: usize) {
        let patches: Vec<(usize, Vec<Edit>)> = patches.iter().cloned().enumerate().collect();
        let stretches = laid_over(wording, &patches);
        for (seat, edits) in &patches {
            let seen: String = stretches
                .iter()
                .map(|stretch| stretch.as_seen_by(*seat, wording))
                .collect();
            assert_eq!(
                seen,
                applied(wording, &(0..wording.len()), edits),
                "{stretches:?}"
            );
        }
        let regions = stretches
            .iter()
            .filter(|stretch| matches!(stretch, Stretch::Open { .. }))
            .count();
        assert_eq!(regions, open, "{stretches:?}");
    }

    #[test]
    fn changes_of_several_seats_keep_apart_or_meet() {
        let wording = "each Party shall report";
        check(
            wording,
            &[vec![edit(11..16, "should")], vec![edit(17..23, "tell")]],
            2,
        );
        check(
            wording,
            &[vec![edit(11..16, "should")], vec![edit(11..16, "should")]],
            1,
        );
        check(
            wording,
            &[vec![edit(11..16, "may")], vec![edit(5..23, "one does")]],
            1,
        );
        check(
            wording,
            &[vec![edit(11..11, "then ")], vec![edit(11..16, "may")]],
            2,
        );
        check(
            wording,
            &[vec![edit(16..16, " not")], vec![edit(11..16, "may")]],
            2,
        );
        check(
            wording,
            &[
                vec![edit(13..13, "x")],
                vec![edit(11..16, "may")],
                vec![edit(11..11, "y")],
            ],
            2,
        );
        check(
            wording,
            &[vec![edit(0..0, "now ")], vec![edit(0..0, "then ")]],
            1,
        );
        check(
            wording,
            &[
                vec![edit(5..10, "a"), edit(17..23, "b")],
                vec![edit(0..23, "")],
            ],
            1,
        );
        check("", &[vec![edit(0..0, "words")], vec![]], 1);
    }
}
