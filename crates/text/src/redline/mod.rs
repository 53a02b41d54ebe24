//! The redline: what became of every provision, and which words changed. Format: `redline-json.md`.

mod pairs;
mod passage;
mod polish;
mod runs;

use self::passage::Passage;
use crate::align::Alignment;
use crate::draft::Draft;
use crate::words::count_words;
use crate::work::{Workers, in_turn};

/// What became of a provision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PairKind {
    /// Same words, same number.
    Unchanged,
    /// Same words; its own label or its parent's identity changed.
    Renumbered,
    /// The words changed.
    Edited,
    /// Out of the longest run of pairs that keep their order.
    Moved,
    /// One provision became several.
    Split,
    /// Several provisions became one.
    Merged,
    /// New.
    Inserted,
    /// Gone.
    Deleted,
}

/// What happened to a run of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RunOp {
    /// In both.
    Keep,
    /// In the old draft only.
    Delete,
    /// In the new draft only.
    Insert,
    /// Moved away from here.
    MoveFrom,
    /// Moved to here.
    MoveTo,
}

/// Why the letters of a kept run differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RunReason {
    /// A cross-reference that follows its target.
    Reference,
    /// Spacing, quotation marks, dashes: what normal form 1 takes as one.
    Typography,
    /// Upper and lower case.
    Case,
}

/// A run of words with one fate.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Run {
    /// What happened to it.
    pub op: RunOp,
    /// The words, to the letter: NEW's for keep, insert and move-to, OLD's for delete and move-from.
    pub text: String,
    /// OLD's letters, where a kept run differs in them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    /// Why they differ.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<RunReason>,
}

/// One provision's change, or a group's for splits and merges.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct RedlinePair {
    /// What became of it.
    pub kind: PairKind,
    /// True where the words changed too.
    pub edited: bool,
    /// Paths in the old draft.
    pub old: Vec<String>,
    /// Paths in the new draft.
    pub new: Vec<String>,
    /// Indices in the old draft.
    pub old_index: Vec<usize>,
    /// Indices in the new draft.
    pub new_index: Vec<usize>,
    /// How alike the words are, 0 to 1.
    pub similarity: f64,
    /// The words.
    pub runs: Vec<Run>,
}

/// Counts by kind, words and brackets.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
pub struct Summary {
    /// Pairs unchanged.
    pub unchanged: usize,
    /// Pairs renumbered.
    pub renumbered: usize,
    /// Pairs edited.
    pub edited: usize,
    /// Pairs moved.
    pub moved: usize,
    /// Splits.
    pub split: usize,
    /// Merges.
    pub merged: usize,
    /// Provisions inserted.
    pub inserted: usize,
    /// Provisions deleted.
    pub deleted: usize,
    /// Words kept.
    pub words_kept: usize,
    /// Words deleted.
    pub words_deleted: usize,
    /// Words inserted.
    pub words_inserted: usize,
    /// Words moved.
    pub words_moved: usize,
    /// Brackets open in the old draft.
    pub brackets_old: usize,
    /// Brackets open in the new draft.
    pub brackets_new: usize,
    /// True where texts were so long and so unlike that their words were compared in coarser steps; left out of JSON
    /// where it is false.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub coarse: bool,
}

impl Redline {
    /// True where texts were so long and so unlike that their words were compared in coarser steps: more may be marked
    /// than changed.
    #[must_use]
    pub fn coarse(&self) -> bool {
        self.summary.coarse
    }
}

/// The difference of two drafts.
#[derive(Debug, Clone, PartialEq)]
pub struct Redline {
    /// One per provision or group, in the order of the new draft, deletions at their old place.
    pub pairs: Vec<RedlinePair>,
    /// Counts.
    pub summary: Summary,
}

/// Tells the difference of two drafts that were aligned.
///
/// The runs of a pair rebuild both wordings to the letter: kept, inserted and moved-to text is the new wording; kept
/// (its `old` where it has one), deleted and moved-from text is the old one. In a split or a merge the wordings of the
/// parts stand one after the other in reading order, a line break between them.
#[must_use]
pub fn redline(old: &Draft, new: &Draft, alignment: &Alignment) -> Redline {
    redline_with(old, new, alignment, &in_turn)
}

/// As [`redline`], with the pairs told side by side where `workers` can.
#[must_use]
pub fn redline_with(
    old: &Draft,
    new: &Draft,
    alignment: &Alignment,
    workers: Workers<'_>,
) -> Redline {
    let told = pairs::pairs(old, new, alignment, workers);
    let mut summary = Summary {
        brackets_old: old.open_brackets().len(),
        brackets_new: new.open_brackets().len(),
        ..Summary::default()
    };
    told.iter().for_each(|told| summary.add(told));
    // In the place of what was told.
    let pairs = told.into_iter().map(|told| told.pair).collect();
    Redline { pairs, summary }
}

/// Tells the difference of two wordings by themselves, with no draft around them: a cross-reference is words like others.
///
/// ```
/// use onetext_text::{RunOp, redline_of_words};
/// let runs = redline_of_words("within sixty days", "within ninety days");
/// let new: Vec<&str> = runs.iter().filter(|run| run.op == RunOp::Insert).map(|run| run.text.trim()).collect();
/// assert_eq!(new, ["ninety"]);
/// ```
#[must_use]
pub fn redline_of_words(old: &str, new: &str) -> Vec<Run> {
    match (old.is_empty(), new.is_empty()) {
        _ if old == new => runs::unchanged(new),
        (true, _) => runs::whole(RunOp::Insert, new),
        (_, true) => runs::whole(RunOp::Delete, old),
        _ => {
            let fine = old.contains('[') || new.contains('[');
            runs::compare(&Passage::plain(old, fine), &Passage::plain(new, fine)).0
        }
    }
}

impl Summary {
    fn add(&mut self, told: &pairs::Told) {
        *match told.pair.kind {
            PairKind::Unchanged => &mut self.unchanged,
            PairKind::Renumbered => &mut self.renumbered,
            PairKind::Edited => &mut self.edited,
            PairKind::Moved => &mut self.moved,
            PairKind::Split => &mut self.split,
            PairKind::Merged => &mut self.merged,
            PairKind::Inserted => &mut self.inserted,
            PairKind::Deleted => &mut self.deleted,
        } += 1;
        self.words_kept += told.words.kept;
        self.words_deleted += told.words.deleted;
        self.words_inserted += told.words.inserted;
        self.words_moved += told.words.moved_to;
        self.coarse |= told.coarse;
    }
}

/// How many words of a pair have which fate.
#[derive(Default)]
struct Fates {
    kept: usize,
    deleted: usize,
    inserted: usize,
    moved_from: usize,
    moved_to: usize,
}

impl Fates {
    fn of(runs: &[Run]) -> Fates {
        let mut fates = Fates::default();
        for run in runs {
            *match run.op {
                RunOp::Keep => &mut fates.kept,
                RunOp::Delete => &mut fates.deleted,
                RunOp::Insert => &mut fates.inserted,
                RunOp::MoveFrom => &mut fates.moved_from,
                RunOp::MoveTo => &mut fates.moved_to,
            } += count_words(&run.text);
        }
        fates
    }

    /// Twice the words that stayed over all words of both sides.
    fn similarity(&self) -> f64 {
        let same = 2 * self.kept + self.moved_from + self.moved_to;
        let all = same + self.deleted + self.inserted;
        if all == 0 {
            0.0
        } else {
            same as f64 / all as f64
        }
    }
}

impl Run {
    /// OLD's letters of this run: nothing for what is new.
    #[must_use]
    pub fn old_text(&self) -> &str {
        match self.op {
            RunOp::Keep => self.old.as_deref().unwrap_or(&self.text),
            RunOp::Delete | RunOp::MoveFrom => &self.text,
            RunOp::Insert | RunOp::MoveTo => "",
        }
    }

    /// NEW's letters of this run: nothing for what is gone.
    #[must_use]
    pub fn new_text(&self) -> &str {
        match self.op {
            RunOp::Keep | RunOp::Insert | RunOp::MoveTo => &self.text,
            RunOp::Delete | RunOp::MoveFrom => "",
        }
    }
}
