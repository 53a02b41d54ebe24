//! What became of the paragraphs, tables and rows of a container, in the order in which it is written.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::ink::{Ink, Mark};
use super::notes::Notes;
use super::order::{Partners, in_order, key, vote};
use super::side::{Block, Side};
use super::words::{Fate, Stretch, compare};
use super::writing::{Item, Para, Part};

/// Moved words are marked as moved where at least so many of them, in percent, stayed.
const MOVED: usize = 50;
/// What a stretch that is carried over weighs: more than any words that would go past it.
const CARRIED: u64 = 1 << 40;

/// Two documents, and which paragraph continues which.
pub(super) struct Telling<'d, 's> {
    pub(super) old: &'d Side<'s>,
    pub(super) new: &'d Side<'s>,
    partners: &'d Partners,
    pub(super) ink: &'d Ink,
    /// Whether a number of a list means the same list in both.
    pub(super) same_lists: bool,
    /// Notes of the older document, where these can be brought back.
    pub(super) notes: Option<&'d Notes>,
}

/// A pair that kept its place: blocks of the old container and of the new one.
struct Unit {
    old: Vec<usize>,
    new: Vec<usize>,
}

/// Paragraphs that moved, by old and by new number: the number on the other side, and the name of the move.
#[derive(Default)]
struct Moves {
    away: BTreeMap<usize, (usize, String)>,
    here: BTreeMap<usize, (usize, String)>,
}

impl<'d, 's> Telling<'d, 's> {
    pub(super) fn new(
        old: &'d Side<'s>,
        new: &'d Side<'s>,
        partners: &'d Partners,
        ink: &'d Ink,
        same_lists: bool,
    ) -> Self {
        Telling {
            old,
            new,
            partners,
            ink,
            same_lists,
            notes: None,
        }
    }

    /// The same, with notes that can be brought back.
    pub(super) fn with_notes(mut self, notes: &'d Notes) -> Self {
        self.notes = Some(notes);
        self
    }

    /// The content of a note of the newer document with the changes marked.
    pub(super) fn note(&self, old: usize, new: usize) -> String {
        let (old_blocks, new_blocks) = (self.old.blocks(old), self.new.blocks(new));
        let items = self.container(&old_blocks, &new_blocks, true);
        self.fill(new, items, new_blocks.len())
    }

    /// The content of the new body with the changes marked.
    pub(super) fn body(&self, old: usize, new: usize) -> String {
        let (old_blocks, new_blocks) = (self.old.blocks(old), self.new.blocks(new));
        let items = self.container(&old_blocks, &new_blocks, false);
        self.fill(new, items, new_blocks.len())
    }

    /// What is written for a container; `cell` where it is a cell of a table.
    fn container(&self, old: &[Block], new: &[Block], cell: bool) -> Vec<Item> {
        let units = self.units(old, new, cell);
        let moved = self.moved(old, new, &units);
        let mut items = Vec::new();
        let (mut from_old, mut from_new) = (0, 0);
        for unit in units {
            let (Some(&first_old), Some(&first_new)) = (unit.old.first(), unit.new.first()) else {
                continue;
            };
            self.gap(
                (old, from_old..first_old),
                (new, from_new..first_new),
                &moved,
                &mut items,
            );
            self.unit(&unit, old, new, &mut items);
            from_old = unit.old.last().map_or(first_old, |last| last + 1);
            from_new = unit.new.last().map_or(first_new, |last| last + 1);
        }
        self.gap(
            (old, from_old..old.len()),
            (new, from_new..new.len()),
            &moved,
            &mut items,
        );
        super::writing::settle_end(&mut items, |number| self.new.is_place(number));
        items
    }

    /// The pairs that kept their order.
    fn units(&self, old: &[Block], new: &[Block], cell: bool) -> Vec<Unit> {
        let keys = |side: &Side<'_>, blocks: &[Block]| -> Vec<u64> {
            let text = |block: &Block| key(&side.words_of(*block));
            blocks.iter().map(text).collect()
        };
        let candidates = self.candidates(old, new);
        let lonely = |olds: Range<usize>, news: Range<usize>| {
            let (o, n) = (olds.start, news.start);
            let alone = olds.len() == 1 && news.len() == 1;
            let alike = match (old.get(o)?, new.get(n)?) {
                (Block::Table(_), Block::Table(_)) => true,
                (Block::Paragraph(a), Block::Paragraph(b)) => {
                    let free =
                        self.partners.of_old[*a].is_empty() && self.partners.of_new[*b].is_empty();
                    free && (cell || self.share(*a, *b) >= MOVED)
                }
                _ => false,
            };
            (alone && alike).then_some((o, n))
        };
        let pairs = in_order(
            candidates,
            &keys(self.old, old),
            &keys(self.new, new),
            lonely,
        );
        let mut units: Vec<Unit> = Vec::with_capacity(pairs.len());
        for (at, (o, n)) in pairs.iter().enumerate() {
            let next = pairs.get(at + 1).copied().unwrap_or((old.len(), new.len()));
            let (olds, news) = self.group((old, *o, next.0), (new, *n, next.1));
            units.push(Unit {
                old: olds,
                new: news,
            });
        }
        units
    }

    /// Pairs of blocks that the alignment of the drafts gives, with their weights.
    fn candidates(&self, old: &[Block], new: &[Block]) -> Vec<(usize, usize, u64)> {
        let mut place = BTreeMap::new();
        for (at, block) in old.iter().enumerate() {
            if let Block::Paragraph(number) = block {
                place.insert(*number, at);
            }
        }
        let mut found = Vec::new();
        let mut taken = vec![false; old.len()];
        for (at, block) in new.iter().enumerate() {
            let Block::Paragraph(number) = block else {
                continue;
            };
            let partner = self.partners.of_new[*number].first();
            if let Some(home) = partner.and_then(|partner| place.get(partner))
                && !std::mem::replace(&mut taken[*home], true)
            {
                let weight = match self.new.is_place(*number) {
                    true => CARRIED,
                    false => self.new.text(*number).len() as u64 + 1,
                };
                found.push((*home, at, weight));
            }
        }
        let tables = |side: &Side<'_>, blocks: &[Block]| {
            let tables = blocks
                .iter()
                .enumerate()
                .filter_map(|(at, block)| match block {
                    Block::Table(node) => Some((at, side.paragraphs_in(*node))),
                    Block::Paragraph(_) => None,
                });
            tables.unzip::<usize, _, Vec<_>, Vec<_>>()
        };
        let (old_tables, new_tables) = (tables(self.old, old), tables(self.new, new));
        for (at, home) in vote(&old_tables.1, &new_tables.1, self.partners)
            .iter()
            .enumerate()
        {
            if let Some(home) = home {
                let weight = new_tables.1[at].len() as u64 * 100;
                found.push((old_tables.0[*home], new_tables.0[at], weight));
            }
        }
        found
    }

    /// The blocks that belong to a pair: its own, and those behind them that were split off or merged into it.
    fn group(
        &self,
        (old, o, old_end): (&[Block], usize, usize),
        (new, n, new_end): (&[Block], usize, usize),
    ) -> (Vec<usize>, Vec<usize>) {
        let (mut olds, mut news) = (vec![o], vec![n]);
        let (Some(Block::Paragraph(a)), Some(Block::Paragraph(b))) = (old.get(o), new.get(n))
        else {
            return (olds, news);
        };
        let follows = |blocks: &[Block], at: usize, partners: &[Vec<usize>], of: usize| matches!(blocks.get(at), Some(Block::Paragraph(number)) if partners[*number].contains(&of));
        news.extend((n + 1..new_end).take_while(|at| follows(new, *at, &self.partners.of_new, *a)));
        if news.len() == 1 {
            olds.extend(
                (o + 1..old_end).take_while(|at| follows(old, *at, &self.partners.of_old, *b)),
            );
        }
        (olds, news)
    }

    /// Of a hundred letters of the longer paragraph those that both have.
    fn share(&self, old: usize, new: usize) -> usize {
        let (before, after) = (self.old.text(old), self.new.text(new));
        let told = compare(before, after);
        let kept = told.iter().filter(|each| each.fate == Fate::Kept);
        let kept: usize = kept.map(|each| each.range.len()).sum();
        kept * 100 / before.len().max(after.len()).max(1)
    }

    /// The paragraphs that did not keep their order and are told as moves.
    fn moved(&self, old: &[Block], new: &[Block], units: &[Unit]) -> Moves {
        let mut still_old = vec![true; old.len()];
        let mut still_new = vec![true; new.len()];
        for unit in units {
            unit.old.iter().for_each(|at| still_old[*at] = false);
            unit.new.iter().for_each(|at| still_new[*at] = false);
        }
        let mut found = Moves::default();
        let here: BTreeSet<usize> = old
            .iter()
            .zip(&still_old)
            .filter_map(|(block, still)| match block {
                Block::Paragraph(number) if *still => Some(*number),
                _ => None,
            })
            .collect();
        for (block, still) in new.iter().zip(&still_new) {
            let Block::Paragraph(number) = block else {
                continue;
            };
            let partner = self.partners.of_new[*number].first().copied();
            let Some(partner) = partner.filter(|partner| *still && here.contains(partner)) else {
                continue;
            };
            if !found.away.contains_key(&partner)
                && !self.new.text(*number).trim().is_empty()
                && self.share(partner, *number) >= MOVED
            {
                let name = self.ink.move_name();
                found.away.insert(partner, (*number, name.clone()));
                found.here.insert(*number, (partner, name));
            }
        }
        found
    }

    /// What stands between two pairs: what is gone, then what came.
    fn gap(
        &self,
        (old, olds): (&[Block], Range<usize>),
        (new, news): (&[Block], Range<usize>),
        moved: &Moves,
        items: &mut Vec<Item>,
    ) {
        let slot = news.start;
        for block in old.get(olds).unwrap_or_default() {
            match block {
                Block::Paragraph(number) => {
                    items.push(Item::para(
                        slot,
                        match moved.away.get(number) {
                            Some((to, name)) => self.moved_from(*number, *to, name),
                            None => Para::deleted(*number, self.old.text(*number).len()),
                        },
                    ));
                }
                Block::Table(node) => items.push(Item::Table {
                    slot,
                    xml: self.deleted_table(*node),
                }),
            }
        }
        for at in news {
            match new.get(at) {
                Some(Block::Paragraph(number)) => {
                    items.push(Item::para(
                        at,
                        match moved.here.get(number) {
                            Some((from, name)) => self.moved_to(*from, *number, name),
                            None => Para::inserted(*number, self.new.text(*number).len()),
                        },
                    ));
                }
                Some(Block::Table(node)) => {
                    items.push(Item::Table {
                        slot: at,
                        xml: self.inserted_table(*node),
                    });
                }
                None => {}
            }
        }
    }

    fn moved_from(&self, old: usize, new: usize, name: &str) -> Para {
        let told = compare(self.old.text(old), self.new.text(new));
        let (mut parts, mut at) = (Vec::new(), 0);
        for Stretch { fate, range } in told {
            let (mark, length) = match fate {
                Fate::Kept => (Mark::MovedFrom, range.len()),
                Fate::Deleted => (Mark::Deleted, range.len()),
                Fate::Inserted => continue,
            };
            parts.push(Part::old(mark, old, at..at + length));
            at += length;
        }
        Para::moved(Mark::MovedFrom, parts, old, name)
    }

    fn moved_to(&self, old: usize, new: usize, name: &str) -> Para {
        let told = compare(self.old.text(old), self.new.text(new));
        let parts = told
            .into_iter()
            .filter_map(|Stretch { fate, range }| match fate {
                Fate::Kept => Some(Part::new(Mark::MovedTo, new, range)),
                Fate::Inserted => Some(Part::new(Mark::Inserted, new, range)),
                Fate::Deleted => None,
            });
        Para::moved(Mark::MovedTo, parts.collect(), new, name)
    }

    fn unit(&self, unit: &Unit, old: &[Block], new: &[Block], items: &mut Vec<Item>) {
        let first = (
            unit.old.first().and_then(|at| old.get(*at)),
            unit.new.first().and_then(|at| new.get(*at)),
        );
        let slot = unit.new.first().copied().unwrap_or(0);
        match first {
            (Some(Block::Table(before)), Some(Block::Table(after))) => {
                let xml = self.table(*before, *after);
                items.push(Item::Table { slot, xml });
            }
            (Some(Block::Paragraph(_)), Some(Block::Paragraph(_))) => {
                let numbers = |blocks: &[Block], places: &[usize]| -> Vec<usize> {
                    let numbers = places.iter().filter_map(|at| match blocks.get(*at) {
                        Some(Block::Paragraph(number)) => Some(*number),
                        _ => None,
                    });
                    numbers.collect()
                };
                self.paragraphs(
                    &numbers(old, &unit.old),
                    &numbers(new, &unit.new),
                    slot,
                    items,
                );
            }
            _ => {}
        }
    }

    /// Paragraphs that belong together, the ends of paragraphs compared like words.
    fn paragraphs(&self, olds: &[usize], news: &[usize], slot: usize, items: &mut Vec<Item>) {
        if let ([before], [after]) = (olds, news)
            && self.old.text(*before) == self.new.text(*after)
        {
            items.push(Item::Paragraph {
                slot,
                para: Para::kept(*before, *after, self.new.text(*after).len()),
            });
            return;
        }
        let joined = |side: &Side<'_>, numbers: &[usize]| -> String {
            numbers
                .iter()
                .flat_map(|number| [side.text(*number), "\n"])
                .collect()
        };
        let (before, after) = (joined(self.old, olds), joined(self.new, news));
        let told = compare(&before, &after);
        let mut teller = super::writing::Paragraphs::new(slot, news.first().copied().unwrap_or(0));
        let (mut old_at, mut new_at) = (Cursor::new(olds), Cursor::new(news));
        for Stretch { fate, range } in told {
            let text = if fate == Fate::Deleted {
                &before
            } else {
                &after
            };
            for piece in text.get(range).unwrap_or_default().split_inclusive('\n') {
                let (words, ends) = match piece.strip_suffix('\n') {
                    Some(words) => (words.len(), true),
                    None => (piece.len(), false),
                };
                let mut was = None;
                if fate != Fate::Inserted {
                    let (number, part) = old_at.take(words);
                    was = (fate == Fate::Kept).then_some(number);
                    if fate == Fate::Deleted {
                        teller.part(Part::old(Mark::Deleted, number, part));
                        if ends {
                            teller.end_old(number);
                        }
                    }
                    old_at.end(ends);
                }
                if fate != Fate::Deleted {
                    let (number, part) = new_at.take(words);
                    let inserted = fate == Fate::Inserted;
                    teller.part(Part::new(
                        if inserted { Mark::Inserted } else { Mark::None },
                        number,
                        part,
                    ));
                    if ends {
                        teller.end_new(number, was);
                    }
                    new_at.end(ends);
                }
            }
        }
        items.extend(teller.items);
    }

    /// A table that continues another: row by row.
    fn table(&self, before: usize, after: usize) -> String {
        let old_rows = self.old.parts(before, "w:tr");
        let new_rows = self.new.parts(after, "w:tr");
        let ranges = |side: &Side<'_>, rows: &[usize]| {
            rows.iter()
                .map(|row| side.paragraphs_in(*row))
                .collect::<Vec<_>>()
        };
        let votes = vote(
            &ranges(self.old, &old_rows),
            &ranges(self.new, &new_rows),
            self.partners,
        );
        let candidates = votes
            .iter()
            .enumerate()
            .filter_map(|(n, o)| Some(((*o)?, n, 100)));
        let keys = |side: &Side<'_>, rows: &[usize]| {
            rows.iter()
                .map(|row| key(&side.words_in(*row)))
                .collect::<Vec<_>>()
        };
        let lonely = |olds: Range<usize>, news: Range<usize>| {
            (olds.len() == 1 && news.len() == 1).then_some((olds.start, news.start))
        };
        let mut pairs = in_order(
            candidates.collect(),
            &keys(self.old, &old_rows),
            &keys(self.new, &new_rows),
            lonely,
        );
        // What a merged cell hides could not be told in it.
        pairs.retain(|(o, n)| self.old.merged(old_rows[*o]) == self.new.merged(new_rows[*n]));
        let mut written = vec![String::new(); new_rows.len() + 1];
        let (mut o, mut n) = (0, 0);
        for (next_old, next_new) in pairs.into_iter().chain([(old_rows.len(), new_rows.len())]) {
            for row in old_rows.get(o..next_old).unwrap_or_default() {
                written[n].push_str(&self.deleted_row(*row));
            }
            for at in n..next_new {
                written[at].push_str(&self.inserted_row(new_rows[at]));
            }
            if let (Some(before), Some(after)) = (old_rows.get(next_old), new_rows.get(next_new)) {
                written[next_new].push_str(&self.row(*before, *after));
            }
            (o, n) = (next_old + 1, next_new + 1);
        }
        self.refill(after, "w:tr", written)
    }

    /// A row that continues another: cell by cell, where they have as many.
    fn row(&self, before: usize, after: usize) -> String {
        let (olds, news) = (
            self.old.parts(before, "w:tc"),
            self.new.parts(after, "w:tc"),
        );
        if olds.len() != news.len() {
            return self.deleted_row(before) + &self.inserted_row(after);
        }
        let mut written: Vec<String> = Vec::with_capacity(news.len() + 1);
        for (before, after) in olds.iter().zip(&news) {
            let (old_blocks, new_blocks) = (self.old.blocks(*before), self.new.blocks(*after));
            let items = self.container(&old_blocks, &new_blocks, true);
            let tree = &self.new.tree;
            let inside = self.fill(*after, items, new_blocks.len());
            written.push(format!(
                "{}{inside}{}",
                tree.open(*after),
                tree.close(*after)
            ));
        }
        written.push(String::new());
        self.refill(after, "w:tc", written)
    }

    /// What is written for the paragraphs and tables of a cell of which the other document has none.
    pub(super) fn alone(&self, old: &[Block], new: &[Block]) -> Vec<Item> {
        let mut items = Vec::new();
        self.gap(
            (old, 0..old.len()),
            (new, 0..new.len()),
            &Moves::default(),
            &mut items,
        );
        items
    }
}

/// How far the paragraphs of a passage were told.
struct Cursor<'n> {
    numbers: &'n [usize],
    at: usize,
}

impl<'n> Cursor<'n> {
    fn new(numbers: &'n [usize]) -> Self {
        Cursor { numbers, at: 0 }
    }

    /// The next so many bytes of the paragraph.
    fn take(&mut self, length: usize) -> (usize, Range<usize>) {
        let from = self.at;
        self.at += length;
        (self.numbers.first().copied().unwrap_or(0), from..self.at)
    }

    fn end(&mut self, ends: bool) {
        if ends {
            self.numbers = self.numbers.get(1..).unwrap_or_default();
            self.at = 0;
        }
    }
}
