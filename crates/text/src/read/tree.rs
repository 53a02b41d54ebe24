//! What stands in what: levels, from the looks of labels, headings and indentation.
//!
//! The reader keeps the *open* provisions, outermost first. A label whose look is open closes everything down to it; a
//! new look opens a deeper level. Indentation is evidence, not law: it decides where looks leave the matter open.

use super::blocks::Block;
use crate::draft::{Provision, ProvisionKind, ReadError};
use crate::label::keyword::names_a_part_without_number;
use crate::label::parse::{Reading, Series, Style, Suffix, reads_like_a_title};
use crate::label::{KeywordClass, Label, NumeralSystem};

/// The greatest number of provisions that is read.
const MOST_PROVISIONS: usize = 500_000;
/// The greatest depth that is read.
const DEEPEST: usize = 100;

/// Provisions in reading order, and the word in the label of each.
#[derive(Default)]
pub(super) struct Tree {
    pub(super) provisions: Vec<Provision>,
    pub(super) keywords: Vec<Option<KeywordClass>>,
}

/// Grows the tree of provisions from the blocks of a page.
pub(super) fn grow(source: &str, blocks: Vec<Block>) -> Result<Tree, ReadError> {
    let title = title(source, &blocks);
    let followers = followers(&blocks);
    let mut grower = Grower {
        source,
        tree: Tree::default(),
        open: Vec::new(),
        hanging: None,
    };
    for (index, block) in blocks.iter().enumerate() {
        if grower.tree.provisions.len() >= MOST_PROVISIONS {
            return Err(ReadError::TooManyProvisions {
                line: block.line,
                limit: MOST_PROVISIONS,
            });
        }
        if title == Some(index) {
            grower.add(block, ProvisionKind::Title, None, 0);
        } else {
            grower.place(block, followers[index].map(|next| &blocks[next]));
        }
        if grower.open.len() > DEEPEST {
            return Err(ReadError::TooDeep {
                line: block.line,
                limit: DEEPEST,
            });
        }
    }
    Ok(grower.tree)
}

/// The block that is the title: the first heading where it has no number and is alone at its level, or, in a page
/// without such headings, a short first line.
fn title(source: &str, blocks: &[Block]) -> Option<usize> {
    if blocks.len() < 2 {
        return None;
    }
    if let Some(first) = blocks.iter().position(|block| block.heading.is_some()) {
        let level = blocks[first].heading;
        let alone = blocks[first + 1..]
            .iter()
            .all(|block| block.heading.is_none_or(|other| Some(other) > level));
        if alone && blocks[first].label.is_none() {
            return Some(first);
        }
        if first == 0 {
            return None;
        }
    }
    let first = &blocks[0];
    let wording = first.wording(source);
    let plain = first.label.is_none() && first.heading.is_none() && !first.bullet && !first.wrapped;
    (plain
        && reads_like_a_title(wording)
        && !wording.starts_with('[')
        && !names_a_part_without_number(wording))
    .then_some(0)
}

/// For each block the next one whose label could belong to the same list: the one that tells `(i)` after `(h)` from
/// `(i)` before `(ii)`.
fn followers(blocks: &[Block]) -> Vec<Option<usize>> {
    type Family = (crate::label::parse::Delimiter, bool);
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
    let mut next: std::collections::BTreeMap<Family, usize> = std::collections::BTreeMap::new();
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

/// A provision that can still get sub-items.
struct Open {
    provision: usize,
    /// What makes it open: the level of its heading, or the look of its label.
    heading: Option<u8>,
    style: Option<Style>,
    number: u64,
    suffix: Suffix,
    /// The numbers of a decimal label, those of its parents before them.
    parts: Vec<u64>,
    keyword: Option<KeywordClass>,
    bullet: bool,
    column: usize,
    text_column: usize,
    body_column: Option<usize>,
    kind: ProvisionKind,
    /// True for a paragraph that introduced a list of numbers of its own.
    holds_numbers: bool,
}

/// The level of a heading that is marked by how it looks on the page alone: below those of Markdown.
const LOOKS_LIKE_A_HEADING: u8 = 7;

struct Grower<'s> {
    source: &'s str,
    tree: Tree,
    open: Vec<Open>,
    /// The column of the further lines of the sibling before: what a sibling of one line would have had.
    hanging: Option<usize>,
}

impl Grower<'_> {
    fn place(&mut self, block: &Block, follower: Option<&Block>) {
        if let Some(level) = block.heading {
            self.place_heading(block, level);
        } else if block.label.is_some() {
            self.place_label(block, follower);
        } else if block.bullet {
            self.place_bullet(block);
        } else if looks_like_a_heading(block, self.source) {
            self.open.retain(|open| {
                open.heading
                    .is_some_and(|level| level < LOOKS_LIKE_A_HEADING)
                    || is_grouping(open)
            });
            self.open_new(
                block,
                ProvisionKind::Heading,
                Some(LOOKS_LIKE_A_HEADING),
                None,
            );
        } else {
            self.place_paragraph(block);
        }
    }

    /// A Markdown heading stands by its level alone.
    fn place_heading(&mut self, block: &Block, level: u8) {
        let keep = self
            .open
            .iter()
            .take_while(|open| open.heading.is_some_and(|other| other < level))
            .count();
        self.open.truncate(keep);
        let reading = block
            .label
            .as_ref()
            .and_then(|label| label.readings.first().copied());
        self.open_new(block, ProvisionKind::Heading, Some(level), reading);
    }

    fn place_label(&mut self, block: &Block, follower: Option<&Block>) {
        let Some(label) = &block.label else { return };
        let reading = if let Some(class) = label.keyword {
            self.close_for_keyword(block, class);
            label.readings.first().copied()
        } else if label.parts.len() > 1 && self.close_for_nested_number(block, &label.parts) {
            label.readings.first().copied()
        } else {
            if label.opens_a_sequence() && self.counts_again() {
                self.open_paragraph(true);
            }
            self.close_for_look(block, follower)
        };
        let words = block.wording(self.source);
        let kind = if label.keyword.is_some_and(|class| {
            !class.generic() && (words.is_empty() || reads_like_a_title(words))
        }) {
            ProvisionKind::Heading
        } else {
            ProvisionKind::Numbered
        };
        self.open_new(block, kind, None, reading);
    }

    /// A division closes down to the last of its kind; a new kind, down to what ranks above it.
    fn close_for_keyword(&mut self, block: &Block, class: KeywordClass) {
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
        let _ = block;
    }

    /// `1.2.3` stands in `1.2`, or beside another `1.2.…`.
    fn close_for_nested_number(&mut self, block: &Block, parts: &[u64]) -> bool {
        let _ = block;
        let Some((_, above)) = parts.split_last() else {
            return false;
        };
        let parent = self.open.iter().rposition(|open| {
            !open.parts.is_empty()
                && open.parts.len() < parts.len()
                && parts.starts_with(&open.parts)
        });
        let sibling = self
            .open
            .iter()
            .rposition(|open| open.parts.len() == parts.len() && open.parts.starts_with(above));
        match (parent, sibling) {
            (_, Some(sibling)) => self.open.truncate(sibling),
            (Some(parent), None) => self.open.truncate(parent + 1),
            (None, None) => return false,
        }
        true
    }

    /// Chooses among the readings of a label and the open provisions that it may follow, and closes what it ends.
    fn close_for_look(&mut self, block: &Block, follower: Option<&Block>) -> Option<Reading> {
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
                    || (block.bullet && open.bullet && open.column + 1 >= block.column))
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
        if opens && self.leaves_off(reading) {
            return (score + 2.5, self.open.len());
        }
        if same_look_stays.is_some_and(|open| block.column < open.column + 2) {
            score -= 3.0;
        }
        (score, keep)
    }

    /// Whether the paragraph before introduces a second list that counts from 1 below the same provision: then the list
    /// is the paragraph's, and its items have paths of their own.
    fn counts_again(&self) -> bool {
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

    fn place_bullet(&mut self, block: &Block) {
        while let Some(open) = self.open.last() {
            let ends = !is_division(open)
                && (open.column > block.column + 1
                    || (open.bullet && open.column + 1 >= block.column)
                    || open.column >= block.column + 3);
            if !ends {
                break;
            }
            self.open.pop();
        }
        let introduced = self.tree.provisions.last().is_some_and(|last| {
            last.kind == ProvisionKind::Paragraph && last.wording.ends_with(':')
        });
        if introduced
            && self.open.last().map(|open| open.provision)
                == self.tree.provisions.last().and_then(|last| last.parent)
        {
            self.open_paragraph(false);
        }
        self.open_new(block, ProvisionKind::Item, None, None);
    }

    /// A paragraph without a number: more of the wording before it, or a provision of its own.
    fn place_paragraph(&mut self, block: &Block) {
        let column = block
            .body_column
            .map_or(block.column, |body| body.min(block.column));
        let last = self.tree.provisions.len().checked_sub(1);
        if let Some(open) = self.open.last()
            && Some(open.provision) == last
            && matches!(open.kind, ProvisionKind::Numbered | ProvisionKind::Item)
            && block.column >= open.text_column
            && column > 0
        {
            let provision = &mut self.tree.provisions[open.provision];
            if provision.span.is_empty() {
                provision.span.start = block.text.start;
            }
            provision.span.end = block.text.end;
            provision.wording = self.source[provision.span.clone()].to_owned();
            return;
        }
        let keep = self.holder_of_paragraph(block, column);
        self.open.truncate(keep);
        let parent = self.open.last().map(|open| open.provision);
        self.add(block, ProvisionKind::Paragraph, parent, self.open.len());
    }

    /// How many of the open provisions stay open for a paragraph that starts in `column`; it stands in the last.
    fn holder_of_paragraph(&self, block: &Block, column: usize) -> usize {
        let lower = block.wording(self.source).starts_with(char::is_lowercase);
        for (index, open) in self.open.iter().enumerate().rev() {
            let above = index.checked_sub(1).and_then(|index| self.open.get(index));
            if is_division(open) || column >= open.text_column.max(1) {
                return index + 1;
            }
            let Some(above) = above else {
                return if open.kind == ProvisionKind::Item {
                    index
                } else {
                    index + 1
                };
            };
            let chapeau = !is_division(above);
            let outside = match open.kind {
                ProvisionKind::Item => true,
                _ if !chapeau => self.hangs_below_a_paragraph(above, open, column),
                _ => {
                    let introduced = self.tree.provisions[above.provision]
                        .wording
                        .ends_with([':', '—', '-', '–']);
                    let left_of_it = open
                        .body_column
                        .map_or(column + 1 < open.column, |body| column < body);
                    // From a list to what introduced it, and no further without evidence of columns.
                    left_of_it || (index + 1 == self.open.len() && (introduced || lower))
                }
            };
            if !outside {
                return index + 1;
            }
        }
        0
    }

    /// Whether a numbered item hangs below the unnumbered paragraph of an article, and `column` is that paragraph's.
    fn hangs_below_a_paragraph(&self, article: &Open, item: &Open, column: usize) -> bool {
        let first = self.tree.provisions[article.provision].children.first();
        first.is_some_and(|&first| self.tree.provisions[first].kind == ProvisionKind::Paragraph)
            && item.body_column.is_some_and(|body| column < body)
    }

    /// Makes the last provision, a paragraph that introduces a list, the holder of the list.
    fn open_paragraph(&mut self, holds_numbers: bool) {
        let Some(provision) = self.tree.provisions.len().checked_sub(1) else {
            return;
        };
        self.open.push(Open {
            provision,
            heading: None,
            style: None,
            number: 0,
            suffix: 0,
            parts: Vec::new(),
            keyword: None,
            bullet: false,
            column: 0,
            text_column: 0,
            body_column: None,
            kind: ProvisionKind::Paragraph,
            holds_numbers,
        });
    }

    /// Adds a provision below the open ones and opens it.
    fn open_new(
        &mut self,
        block: &Block,
        kind: ProvisionKind,
        heading: Option<u8>,
        reading: Option<Reading>,
    ) {
        // A paragraph that introduced a list without numbers ends with the list.
        if kind != ProvisionKind::Item {
            while self
                .open
                .last()
                .is_some_and(|open| open.kind == ProvisionKind::Paragraph && !open.holds_numbers)
            {
                self.open.pop();
            }
        }
        let parent = self.open.last().map(|open| open.provision);
        let depth = self.open.len();
        let label = block.label.as_ref();
        let keyword = label.and_then(|label| label.keyword);
        let (parts, short) = self.number_below(label);
        let provision = self.add(block, kind, parent, depth);
        if let (Some(label), Some(reading)) = (label, reading) {
            let text = self.source.get(block.label_at..).unwrap_or_default();
            let own: Label = label.label(text, reading, short);
            self.tree.provisions[provision].label = Some(own);
            self.tree.keywords[provision] = keyword;
        }
        self.open.push(Open {
            provision,
            heading,
            style: reading.map(|reading| reading.style),
            number: reading.map_or(0, |reading| reading.number),
            suffix: label.map_or(0, |label| label.suffix),
            parts,
            keyword,
            bullet: block.bullet,
            column: block.column,
            text_column: block.text_column,
            body_column: block.body_column.or(self.hanging.take()),
            kind,
            holds_numbers: false,
        });
    }

    /// The numbers of a label, and its short form: without those of the provision it stands in.
    fn number_below(&self, label: Option<&crate::label::ParsedLabel>) -> (Vec<u64>, String) {
        let Some(label) = label else {
            return (Vec::new(), String::new());
        };
        let above = self
            .open
            .iter()
            .rfind(|open| !open.parts.is_empty() || open.style.is_some())
            .map_or(&[][..], |open| &open.parts);
        if label.parts.len() > above.len()
            && !above.is_empty()
            && label.parts.len() > 1
            && label.parts.starts_with(above)
        {
            let skipped = label
                .short
                .split('.')
                .take(above.len())
                .map(|part| part.len() + 1)
                .sum::<usize>();
            if let Some(short) = label.short.get(skipped..) {
                return (label.parts.clone(), short.to_owned());
            }
        }
        (label.parts.clone(), label.short.clone())
    }

    fn add(
        &mut self,
        block: &Block,
        kind: ProvisionKind,
        parent: Option<usize>,
        depth: usize,
    ) -> usize {
        let index = self.tree.provisions.len();
        if let Some(parent) = parent {
            self.tree.provisions[parent].children.push(index);
        }
        self.tree.provisions.push(Provision {
            kind,
            label: None,
            parent,
            children: Vec::new(),
            depth,
            wording: block.wording(self.source).to_owned(),
            span: block.text.clone(),
            start: block.start,
            line: block.line,
            path: String::new(),
        });
        self.tree.keywords.push(None);
        index
    }
}

/// How well a label follows an open provision; none where their looks differ.
fn fit(open: &Open, reading: Reading, suffix: Suffix, block: &Block) -> Option<f32> {
    if open.heading.is_some() {
        return None;
    }
    if open.style != Some(reading.style) {
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
    let next = reading.number == open.number + 1
        || (reading.number == open.number && suffix > open.suffix);
    let mut score = match () {
        () if next => 4.0,
        () if reading.number > open.number => 3.0,
        () => 1.0,
    };
    if open.column.abs_diff(block.column) <= 1 {
        score += 1.0;
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
fn is_division(open: &Open) -> bool {
    open.kind == ProvisionKind::Heading
        || open.heading.is_some()
        || open.keyword.is_some_and(|class| class.rank() <= 5)
}

fn is_grouping(open: &Open) -> bool {
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

/// A line without a mark that is set like a heading: centred or in capitals, or known by name.
fn looks_like_a_heading(block: &Block, source: &str) -> bool {
    let wording = block.wording(source);
    if block.wrapped
        || wording.len() > 320
        || !reads_like_a_title(wording)
        || wording.starts_with(['[', '(', '"', '“', '<'])
    {
        return false;
    }
    let mut letters = wording.chars().filter(|c| c.is_alphabetic());
    let capitals = wording
        .chars()
        .filter(|c| c.is_alphabetic())
        .take(4)
        .count()
        >= 4
        && letters.all(|c| c.is_uppercase());
    let centred = block.column >= 12;
    capitals || centred || (block.column < 4 && names_a_part_without_number(wording))
}
