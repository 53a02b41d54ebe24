//! What stands in what: levels, from the looks of labels, headings and indentation.
//!
//! The reader keeps the *open* provisions, outermost first. A label whose look is open closes everything down to it; a
//! new look opens a deeper level. Indentation is evidence, not law: it decides where looks leave the matter open.

use super::blocks::Block;
use super::level::{followers, is_division, is_grouping};
use super::title::{looks_like_a_heading, title};
use crate::draft::{Provision, ProvisionKind, ReadError};
use crate::label::parse::{Reading, Style, Suffix, reads_like_a_title};
use crate::label::{KeywordClass, Label};

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
        tree: Tree {
            provisions: Vec::with_capacity(blocks.len().min(MOST_PROVISIONS)),
            keywords: Vec::with_capacity(blocks.len().min(MOST_PROVISIONS)),
        },
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

/// A provision that can still get sub-items.
pub(super) struct Open {
    pub(super) provision: usize,
    /// What makes it open: the level of its heading, or the look of its label.
    pub(super) heading: Option<u8>,
    pub(super) style: Option<Style>,
    pub(super) number: u64,
    pub(super) suffix: Suffix,
    /// The numbers of a decimal label, those of its parents before them.
    pub(super) parts: Vec<u64>,
    pub(super) keyword: Option<KeywordClass>,
    pub(super) bullet: bool,
    pub(super) column: usize,
    pub(super) text_column: usize,
    pub(super) body_column: Option<usize>,
    pub(super) kind: ProvisionKind,
    /// True for a paragraph that introduced a list of numbers of its own.
    pub(super) holds_numbers: bool,
}

/// The level of a heading that is marked by how it looks on the page alone: below those of Markdown.
pub(super) const LOOKS_LIKE_A_HEADING: u8 = 7;

pub(super) struct Grower<'s> {
    pub(super) source: &'s str,
    pub(super) tree: Tree,
    pub(super) open: Vec<Open>,
    /// The column of the further lines of the sibling before: what a sibling of one line would have had.
    pub(super) hanging: Option<usize>,
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
            self.close_for_keyword(class);
            label.readings.first().copied()
        } else if label.parts.len() > 1 && self.close_for_nested_number(&label.parts, block.column)
        {
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
    pub(super) fn open_paragraph(&mut self, holds_numbers: bool) {
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
