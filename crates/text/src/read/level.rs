//! Levels: which open provisions a label closes, and which one it stands in.

use std::collections::BTreeMap;

use super::blocks::Block;
use super::tree::{Grower, LOOKS_LIKE_A_HEADING, Open};
use crate::draft::ProvisionKind;
use crate::label::parse::{Delimiter, Reading, Series, Style, Suffix, reads_like_a_title};
use crate::label::{KeywordClass, NumeralSystem};

/// For each block the next one whose label could belong to the same list: the one that tells `(i)` after `(h)` from
/// `(i)` before `(ii)`.
pub(super) fn followers(blocks: &[Block]) -> Vec<Option<usize>> {
    type Family = (Delimiter, bool);
    let family = |block: &Block| -> Option<Family> {
        let reading = block
            .label
            .as_ref()
            .filter(|label| label.keyword.is_none())?
            .readings
            .first()?;
        match reading.style.series {
            Series::Letters { capital, .. } | Series::Roman { capital } => {
                Some((reading.style.delimiter, capital))
            }
            _ => None,
        }
    };
    let mut next: BTreeMap<Family, usize> = BTreeMap::new();
    let mut found = vec![None; blocks.len()];
    for (index, block) in blocks.iter().enumerate().rev() {
        if block.heading.is_some()
            || block
                .label
                .as_ref()
                .is_some_and(|label| label.keyword.is_some())
        {
            next.clear();
        }
        if let Some(family) = family(block) {
            found[index] = next.insert(family, index);
        }
    }
    found
}

impl Grower<'_> {
    /// A division closes down to the last of its kind; a new kind, down to what ranks above it.
    pub(super) fn close_for_keyword(&mut self, class: KeywordClass) {
        let counted_like = |open: &Open| {
            open.keyword == Some(class) || (class.rank() == 7 && is_paragraph_like(open, class))
        };
        if let Some(known) = self.open.iter().rposition(counted_like) {
            self.open.truncate(known);
            return;
        }
        let keep = self.open.iter().take_while(|open| match open.keyword {
            Some(above) => {
                above.rank() < class.rank()
                    || (above.rank() == class.rank() && above.rank() > 0 && above != class)
            }
            None => open
                .heading
                .is_some_and(|level| level < LOOKS_LIKE_A_HEADING || class.rank() >= 5),
        });
        let keep = keep.count();
        self.open.truncate(keep);
    }

    /// `1.2.3` stands in `1.2`, or beside another `1.2.…`.
    pub(super) fn close_for_nested_number(&mut self, parts: &[u64], column: usize) -> bool {
        let Some((_, above)) = parts.split_last() else {
            return false;
        };
        let parent = self.open.iter().rposition(|open| {
            !open.parts.is_empty()
                && open
                    .style
                    .is_none_or(|style| style.delimiter != Delimiter::Parens)
                && open.parts.len() < parts.len()
                && parts.starts_with(&open.parts)
        });
        let is_sibling =
            |open: &Open| open.parts.len() == parts.len() && open.parts.starts_with(above);
        let beside = |open: &Open| is_sibling(open) && open.column <= column + 1;
        let sibling = self
            .open
            .iter()
            .rposition(beside)
            .or_else(|| self.open.iter().rposition(is_sibling));
        // A list that counts again further in: its `1.1` is not the `1.1` further out.
        let further_in = |(parent, sibling): (usize, usize)| {
            let (parent, sibling) = (&self.open[parent], &self.open[sibling]);
            parent.column > sibling.column + 1 && column >= parent.column
        };
        let sibling = sibling.filter(|&sibling| {
            !parent.is_some_and(|parent| parent > sibling && further_in((parent, sibling)))
        });
        match (parent, sibling) {
            (_, Some(sibling)) => self.open.truncate(sibling),
            (Some(parent), None) => self.open.truncate(parent + 1),
            (None, None) => return false,
        }
        true
    }

    /// Chooses among the readings of a label and the open provisions that it may follow, and closes what it ends.
    pub(super) fn close_for_look(
        &mut self,
        block: &Block,
        follower: Option<&Block>,
    ) -> Option<Reading> {
        let label = block.label.as_ref()?;
        let mut best: Option<(f32, Reading, usize)> = None;
        for &reading in &label.readings {
            let support = if is_followed(reading, follower) {
                3.0
            } else {
                0.0
            };
            for (index, open) in self.open.iter().enumerate().rev() {
                let Some(fit) = fit(open, reading, label.suffix, block) else {
                    continue;
                };
                if best.is_none_or(|(score, ..)| fit + support > score) {
                    best = Some((fit + support, reading, index));
                }
            }
            let (fit, keep) = self.new_level(reading, block, label.suffix);
            if best.is_none_or(|(score, ..)| fit + support > score) {
                best = Some((fit + support, reading, keep));
            }
        }
        let (_, reading, keep) = best?;
        let sibling = self
            .open
            .get(keep)
            .filter(|open| open.style == Some(reading.style));
        self.hanging = sibling.and_then(|open| open.body_column);
        self.open.truncate(keep);
        Some(reading)
    }

    /// How well a label would open a new level, and which provisions stay open above it.
    fn new_level(&self, reading: Reading, block: &Block, suffix: Suffix) -> (f32, usize) {
        let is_shallower = |open: &Open| {
            !is_division(open)
                && (open.column >= block.column + 3
                    || (block.bullet && open.bullet && open.column + 1 >= block.column)
                    || (open.kind == ProvisionKind::Item && open.column >= block.column))
        };
        let keep = self
            .open
            .iter()
            .rposition(|open| !is_shallower(open))
            .map_or(0, |last| last + 1);
        let opens = reading.number == 1 && suffix == 0;
        let same_look_stays = self.open[..keep]
            .iter()
            .rfind(|open| open.style == Some(reading.style));
        let deeper = self.open[..keep]
            .last()
            .is_none_or(|open| block.column >= open.column + 2);
        let mut score = if opens { 2.5 } else { 0.5 };
        if deeper {
            score += 1.0;
        }
        if opens
            && (self.leaves_off(reading)
                || (same_look_stays.is_some() && self.heads_a_list(reading)))
        {
            return (score + 2.5, self.open.len());
        }
        if same_look_stays.is_some_and(|open| block.column < open.column + 2) {
            score -= 3.0;
        }
        (score, keep)
    }

    /// Whether the paragraph before introduces a second list that counts from 1 below the same provision: then the list
    /// is the paragraph's, and its items have paths of their own.
    pub(super) fn counts_again(&self) -> bool {
        let Some((last, before)) = self.tree.provisions.split_last() else {
            return false;
        };
        let introduces = last.kind == ProvisionKind::Paragraph
            && !last.wording.ends_with(['.', ';', '!', '?', '…']);
        let Some(parent) = last.parent.filter(|_| introduces) else {
            return false;
        };
        let stands_here = self.open.last().map(|open| open.provision) == Some(parent);
        let earlier = before
            .get(parent)
            .into_iter()
            .flat_map(|parent| parent.children.iter().rev().take(64));
        stands_here
            && earlier
                .filter_map(|&child| before.get(child)?.label.as_ref())
                .any(|label| label.number == 1)
    }

    /// Whether the provision before is numbered with a look of its own and worded like a heading: `A. Part one`, and
    /// below it the numbers start again.
    fn heads_a_list(&self, reading: Reading) -> bool {
        let Some(open) = self.open.last() else {
            return false;
        };
        open.provision + 1 == self.tree.provisions.len()
            && open.kind == ProvisionKind::Numbered
            && open
                .style
                .is_some_and(|style| style.series != reading.style.series)
            && reads_like_a_title(&self.tree.provisions[open.provision].wording)
    }

    /// Whether the provision before leaves its sentence to a list: "… shall be paid to", "the following:".
    fn leaves_off(&self, reading: Reading) -> bool {
        let Some(open) = self.open.last() else {
            return false;
        };
        let wording = &self.tree.provisions[open.provision].wording;
        let last = open.provision + 1 == self.tree.provisions.len();
        if last && open.holds_numbers {
            return true;
        }
        let chapeau = !is_division(open) && matches!(open.kind, ProvisionKind::Numbered);
        let another_look = open
            .style
            .is_some_and(|style| style.series != reading.style.series);
        let unfinished =
            wording.ends_with(|c: char| c.is_lowercase() || c == ',') && wording.len() > 40;
        last && chapeau && (wording.ends_with([':', '—']) || (unfinished && another_look))
    }
}

/// How well a label follows an open provision; none where their looks differ.
fn fit(open: &Open, reading: Reading, suffix: Suffix, block: &Block) -> Option<f32> {
    if open.heading.is_some() {
        return None;
    }
    let next = reading.number == open.number + 1
        || (reading.number == open.number && suffix > open.suffix);
    if open.style != Some(reading.style) {
        // `**3.**` and then `4.`: the one is set in bold, and both count on.
        if next
            && open
                .style
                .is_some_and(|own| own.plain() == reading.style.plain())
        {
            let beside = open.column.abs_diff(block.column) <= 1;
            return Some(if beside { 4.2 } else { 3.2 });
        }
        // Operative paragraphs `1.`, `2.` stand beside the preamble's `Pp1`, `Pp2`.
        let beside = matches!(
            open.keyword,
            Some(KeywordClass::Preambular | KeywordClass::Operative)
        );
        return (beside
            && reading.system == NumeralSystem::Decimal
            && open.column + 3 > block.column)
            .then_some(2.8);
    }
    // `aa` is the letter after `z`, or a level of its own.
    if reading.number > 26
        && reading.system == NumeralSystem::Alphabetic
        && reading.number != open.number + 1
    {
        return None;
    }
    let mut score = match () {
        () if next => 4.0,
        () if reading.number > open.number => 3.0,
        () => 1.0,
    };
    if open.column.abs_diff(block.column) <= 1 {
        // The next number in its column is so even where a sentence is left to a list.
        score += if next { 1.2 } else { 1.0 };
    }
    if !next && reading.number == 1 && block.column >= open.column + 2 {
        score -= 1.0;
    }
    if next && block.column >= open.column + 4 && reading.number == 1 {
        score -= 1.0;
    }
    Some(score)
}

fn is_followed(reading: Reading, follower: Option<&Block>) -> bool {
    follower
        .and_then(|block| block.label.as_ref())
        .is_some_and(|label| {
            label.readings.iter().any(|next| {
                next.style == reading.style
                    && (next.number == reading.number + 1
                        || (next.number == reading.number && label.suffix > 0))
            })
        })
}

/// True for what holds provisions and is no point itself: headings and divisions.
pub(super) fn is_division(open: &Open) -> bool {
    open.kind == ProvisionKind::Heading
        || open.heading.is_some()
        || open.keyword.is_some_and(|class| class.rank() <= 5)
}

pub(super) fn is_grouping(open: &Open) -> bool {
    open.keyword.is_some_and(|class| class.rank() <= 4)
}

/// Paragraphs of the preamble, operative paragraphs and plain numbers stand side by side.
fn is_paragraph_like(open: &Open, class: KeywordClass) -> bool {
    matches!(class, KeywordClass::Preambular | KeywordClass::Operative)
        && (matches!(
            open.keyword,
            Some(KeywordClass::Preambular | KeywordClass::Operative)
        ) || matches!(
            open.style,
            Some(Style {
                series: Series::Decimal { parts: 1 },
                ..
            })
        ))
}
