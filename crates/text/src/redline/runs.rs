//! Runs: the two wordings of a pair told as one text, rebuilt to the letter from either side.

use std::ops::Range;

use super::passage::Passage;
use super::{Run, RunOp, RunReason, polish};
use crate::common::common_within_bounds;
use crate::normal::normal_form;
use crate::words::{same_folded, slice};

/// The runs of one passage against another, whether the words changed, and whether they were compared in coarser steps.
pub(super) fn compare(old: &Passage, new: &Passage) -> (Vec<Run>, bool, bool) {
    let (mut kept, coarse) = common_within_bounds(&old.keys(), &new.keys());
    polish::slide(old, new, &mut kept);
    polish::absorb(old, new, &mut kept);
    kept.retain(|(o, n)| {
        old.reference[*o]
            || old.token(*o) == new.token(*n)
            || same_folded(old.token(*o), new.token(*n))
    });
    let moved = if kept.len() < old.tokens.len() && kept.len() < new.tokens.len() {
        polish::moved(old, new, &kept)
    } else {
        (vec![false; old.tokens.len()], vec![false; new.tokens.len()])
    };
    let mut writer = Writer {
        old,
        new,
        moved,
        out: Builder::default(),
    };
    let (mut o, mut n) = (0, 0);
    let mut at = 0;
    while let Some(&(at_old, at_new)) = kept.get(at) {
        writer.gap((o, at_old), (n, at_new));
        let length = alike(old, new, &kept[at..]);
        writer.keep(at_old, at_new, length);
        (o, n) = (at_old + length, at_new + length);
        at += length;
    }
    writer.gap((o, old.tokens.len()), (n, new.tokens.len()));
    let (runs, edited) = writer.out.finish();
    (runs, edited, coarse)
}

/// How many kept pairs from the first on follow each other without a gap and are alike to the letter, blanks too; at
/// least one.
fn alike(old: &Passage, new: &Passage, kept: &[(usize, usize)]) -> usize {
    let Some(&(o, n)) = kept.first() else {
        return 1;
    };
    let plain = |at: usize| !old.reference[o + at] && !new.reference[n + at];
    let blank = |passage: &'_ Passage, at: usize| {
        passage.tokens[at - 1].span.end..passage.tokens[at].span.start
    };
    let follows = |at: usize| {
        kept[at] == (o + at, n + at)
            && plain(at)
            && old.token(o + at) == new.token(n + at)
            && slice(&old.text, &blank(old, o + at)) == slice(&new.text, &blank(new, n + at))
    };
    if !plain(0) || old.token(o) != new.token(n) {
        return 1;
    }
    1 + (1..kept.len()).take_while(|at| follows(*at)).count()
}

/// A wording that did not change, as runs.
pub(super) fn unchanged(wording: &str) -> Vec<Run> {
    if wording.is_empty() {
        return Vec::new();
    }
    vec![Run {
        op: RunOp::Keep,
        text: wording.to_owned(),
        old: None,
        why: None,
    }]
}

/// A wording that is new or gone, as runs.
pub(super) fn whole(op: RunOp, wording: &str) -> Vec<Run> {
    if wording.is_empty() {
        Vec::new()
    } else {
        vec![Run {
            op,
            text: wording.to_owned(),
            old: None,
            why: None,
        }]
    }
}

struct Writer<'p> {
    old: &'p Passage<'p>,
    new: &'p Passage<'p>,
    moved: (Vec<bool>, Vec<bool>),
    out: Builder,
}

impl Writer<'_> {
    /// Keeps `length` tokens: one, or several that are alike to the letter.
    fn keep(&mut self, at_old: usize, at_new: usize, length: usize) {
        let (before, after) = (
            self.old.stretch(at_old, length),
            self.new.stretch(at_new, length),
        );
        let why = if before == after {
            None
        } else if self.old.reference[at_old] {
            Some(RunReason::Reference)
        } else if normal_form(before) == normal_form(after) {
            Some(RunReason::Typography)
        } else {
            Some(RunReason::Case)
        };
        self.out.keep(after, before, why);
    }

    /// What stands between two kept tokens: the white space that both have is kept, the rest deleted and inserted.
    fn gap(&mut self, old: (usize, usize), new: (usize, usize)) {
        let (mut gone, mut come) = (between(self.old, old), between(self.new, new));
        let (some_old, some_new) = (old.0 < old.1, new.0 < new.1);
        let (gone_text, come_text) = (slice(&self.old.text, &gone), slice(&self.new.text, &come));
        if !some_old && !some_new {
            let outside = gone.start == 0 || gone.end == self.old.text.len();
            let spaced = |text: &str| text.contains(char::is_whitespace);
            if outside || spaced(gone_text) == spaced(come_text) {
                self.out.space(come_text, gone_text);
            } else {
                self.out.change(RunOp::Delete, gone_text);
                self.out.change(RunOp::Insert, come_text);
            }
            return;
        }
        let lead = (
            gone_text.len() - gone_text.trim_start().len(),
            come_text.len() - come_text.trim_start().len(),
        );
        if lead.0 > 0 && lead.1 > 0 {
            self.out.space(
                slice(come_text, &(0..lead.1)),
                slice(gone_text, &(0..lead.0)),
            );
            (gone.start, come.start) = (gone.start + lead.0, come.start + lead.1);
        }
        let (gone_text, come_text) = (slice(&self.old.text, &gone), slice(&self.new.text, &come));
        let trail = (gone_text.trim_end().len(), come_text.trim_end().len());
        let spaced = trail.0 < gone_text.len() && trail.1 < come_text.len();
        let after = (
            slice(gone_text, &(trail.0..gone_text.len())),
            slice(come_text, &(trail.1..come_text.len())),
        );
        if spaced {
            (gone.end, come.end) = (gone.start + trail.0, come.start + trail.1);
        }
        self.changed(gone, old, come, new);
        if spaced {
            self.out.space(after.1, after.0);
        }
    }

    /// Writes what is gone and what came. Where one side has white space alone and the other has some between its
    /// tokens, that is kept: `] [` that became a blank loses its signs and no more.
    fn changed(
        &mut self,
        gone: Range<usize>,
        old: (usize, usize),
        come: Range<usize>,
        new: (usize, usize),
    ) {
        let blank = |passage: &Passage, span: &Range<usize>, (from, to): (usize, usize)| {
            from == to && !slice(&passage.text, span).is_empty()
        };
        if blank(self.new, &come, new)
            && let Some((cut, space)) = inner_space(self.old, old)
        {
            self.deleted(gone.start..space.start, (old.0, cut));
            self.out
                .space(slice(&self.new.text, &come), slice(&self.old.text, &space));
            self.deleted(space.end..gone.end, (cut, old.1));
        } else if blank(self.old, &gone, old)
            && let Some((cut, space)) = inner_space(self.new, new)
        {
            self.inserted(come.start..space.start, (new.0, cut));
            self.out
                .space(slice(&self.new.text, &space), slice(&self.old.text, &gone));
            self.inserted(space.end..come.end, (cut, new.1));
        } else {
            self.deleted(gone, old);
            self.inserted(come, new);
        }
    }

    fn deleted(&mut self, span: Range<usize>, tokens: (usize, usize)) {
        pieces(self.old, span, tokens, &self.moved.0, |text, moved| {
            self.out.change(
                if moved {
                    RunOp::MoveFrom
                } else {
                    RunOp::Delete
                },
                text,
            );
        });
    }

    fn inserted(&mut self, span: Range<usize>, tokens: (usize, usize)) {
        pieces(self.new, span, tokens, &self.moved.1, |text, moved| {
            self.out
                .change(if moved { RunOp::MoveTo } else { RunOp::Insert }, text);
        });
    }
}

/// The first white space between tokens, and the token after it.
fn inner_space(passage: &Passage, (from, to): (usize, usize)) -> Option<(usize, Range<usize>)> {
    (from + 1..to)
        .map(|at| {
            (
                at,
                passage.tokens[at - 1].span.end..passage.tokens[at].span.start,
            )
        })
        .find(|(_, space)| !space.is_empty())
}

/// The text between the token before `from` and the token `to`.
fn between(passage: &Passage, (from, to): (usize, usize)) -> Range<usize> {
    let start = if from == 0 {
        0
    } else {
        passage.tokens[from - 1].span.end
    };
    start
        ..passage
            .tokens
            .get(to)
            .map_or(passage.text.len(), |token| token.span.start)
}

/// Cuts a stretch of text where its tokens begin or cease to have moved.
fn pieces(
    passage: &Passage,
    span: Range<usize>,
    (from, to): (usize, usize),
    moved: &[bool],
    mut give: impl FnMut(&str, bool),
) {
    let mut start = span.start;
    for at in from..to {
        if at + 1 == to || moved[at] != moved[at + 1] {
            let end = if at + 1 == to {
                span.end
            } else {
                passage.tokens[at + 1].span.start
            };
            give(slice(&passage.text, &(start..end)), moved[at]);
            start = end;
        }
    }
    give(slice(&passage.text, &(start..span.end)), false);
}

/// Joins what belongs together into runs.
#[derive(Default)]
struct Builder {
    runs: Vec<Run>,
    edited: bool,
    /// OLD's letters of the kept run that is being written.
    before: String,
}

impl Builder {
    fn keep(&mut self, text: &str, before: &str, why: Option<RunReason>) {
        self.edited |= why == Some(RunReason::Case);
        let settled = self
            .runs
            .last()
            .is_some_and(|last| last.op == RunOp::Keep && last.why == why);
        if !settled {
            self.close();
            self.runs.push(Run {
                op: RunOp::Keep,
                text: String::new(),
                old: None,
                why,
            });
        }
        self.extend(text, before);
    }

    /// White space that both sides have; it belongs to the kept run before it whatever that is.
    fn space(&mut self, text: &str, before: &str) {
        if text.is_empty() && before.is_empty() {
            return;
        }
        if self.runs.last().is_none_or(|last| last.op != RunOp::Keep) {
            self.close();
            self.runs.push(Run {
                op: RunOp::Keep,
                text: String::new(),
                old: None,
                why: None,
            });
        }
        self.extend(text, before);
    }

    fn extend(&mut self, text: &str, before: &str) {
        self.before.push_str(before);
        if let Some(last) = self.runs.last_mut() {
            last.text.push_str(text);
        }
    }

    fn change(&mut self, op: RunOp, text: &str) {
        if text.is_empty() {
            return;
        }
        self.edited = true;
        self.close();
        match self.runs.last_mut() {
            Some(last) if last.op == op => last.text.push_str(text),
            _ => self.runs.push(Run {
                op,
                text: text.to_owned(),
                old: None,
                why: None,
            }),
        }
    }

    /// Ends a kept run: where its letters differ it carries OLD's.
    fn close(&mut self) {
        let before = std::mem::take(&mut self.before);
        if let Some(last) = self
            .runs
            .last_mut()
            .filter(|last| last.op == RunOp::Keep && last.old.is_none())
            && !before.is_empty() | !last.text.is_empty()
            && last.text != before
        {
            last.old = Some(before);
            last.why = last.why.or(Some(RunReason::Typography));
        }
    }

    fn finish(mut self) -> (Vec<Run>, bool) {
        self.close();
        (self.runs, self.edited)
    }
}
