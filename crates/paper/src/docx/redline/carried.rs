//! Tracked changes that the newer document already holds, carried over to the letter.
//!
//! A stretch of the newer body with marks in it is carried where the older body holds the same stretch, marks and all, or
//! where it says what the stretch says with its marks rejected: then the marks themselves tell the difference. Both bodies
//! get a placeholder for it before they are compared, and the stretch takes its place in what is written. Marks of any other
//! stretch are taken as accepted, and counted.

use std::collections::BTreeSet;
use std::ops::Range;

use onetext_text::common;

use super::super::error::DocxError;
use super::super::read::{body, paragraph_nodes, words};
use super::super::resolve::{Tracked, holds_mark, is_marked, resolve};
use super::super::xml::Tree;
use super::order::key;

/// The element that stands for a carried stretch; no document has one of this name.
pub(super) const PLACE: &str = "onetextCarried";
/// What surrounds a stretch that is read alone.
pub(super) const ALONE: (&str, &str) = ("<w:document><w:body>", "</w:body></w:document>");

/// Two main parts, their marks accepted or set aside.
#[derive(Debug)]
pub(super) struct Carried {
    /// The older main part as it is compared.
    pub(super) old: String,
    /// The newer one.
    pub(super) new: String,
    /// For each paragraph of the accepted documents its place in what is compared; none where it is carried.
    pub(super) old_places: Vec<Option<usize>>,
    /// The same of the newer one.
    pub(super) new_places: Vec<Option<usize>>,
    /// The placeholders: their places in both.
    pub(super) pairs: Vec<(usize, usize)>,
    /// Each placeholder as it is written, and what stands in its place.
    stretches: Vec<(String, String)>,
    /// How many marks of the newer document were taken as accepted.
    pub(super) accepted: usize,
}

/// Blocks of a body that belong together: one, or as many as a mark goes over.
#[derive(Debug)]
struct Segment<'s> {
    raw: &'s str,
    /// The table that it is, where it is one.
    table: Option<usize>,
    /// How many marks it holds.
    marks: usize,
    /// As it reads with its marks accepted; none where it has none.
    accepted: Option<String>,
    /// The paragraphs of that.
    paragraphs: usize,
    /// What its blocks say, those that say nothing left out: accepted, and rejected.
    says: [Vec<u64>; 2],
    /// The moves that it is an end of.
    moves: BTreeSet<String>,
}

/// Sets the marks of two main parts aside, where they can be carried; none where neither holds a mark.
pub(super) fn set_aside(
    (old_part, old): (&str, &str),
    (new_part, new): (&str, &str),
) -> Result<Option<Carried>, DocxError> {
    if !is_marked(old) && !is_marked(new) {
        return Ok(None);
    }
    let (old_tree, new_tree) = (Tree::parse(old_part, old)?, Tree::parse(new_part, new)?);
    let (old_body, new_body) = (body(old_part, &old_tree)?, body(new_part, &new_tree)?);
    let mut taken = Taken {
        old_tree: &old_tree,
        new_tree: &new_tree,
        old: Writer::default(),
        new: Writer::default(),
        pairs: Vec::new(),
        stretches: Vec::new(),
        accepted: 0,
    };
    taken.old.around(&old_tree, old_body, true);
    taken.new.around(&new_tree, new_body, true);
    taken.blocks(old_body, new_body)?;
    taken.old.around(&old_tree, old_body, false);
    taken.new.around(&new_tree, new_body, false);
    Ok(Some(Carried {
        old: taken.old.out,
        new: taken.new.out,
        old_places: taken.old.places,
        new_places: taken.new.places,
        pairs: taken.pairs,
        stretches: taken.stretches,
        accepted: taken.accepted,
    }))
}

impl Carried {
    /// What was written, each stretch in its place again.
    pub(super) fn put_back(&self, written: &str) -> String {
        let mut out = String::with_capacity(written.len());
        let mut rest = written;
        for (place, stretch) in &self.stretches {
            if let Some((before, after)) = rest.split_once(place.as_str()) {
                out.push_str(before);
                out.push_str(stretch);
                rest = after;
            }
        }
        out.push_str(rest);
        out
    }
}

/// The segments of a body. What stands between blocks goes with the block before it; the last section belongs to none.
fn segments<'s>(tree: &Tree<'s>, body: usize) -> Result<Vec<Segment<'s>>, DocxError> {
    let mut found = Vec::new();
    let (mut nodes, mut open): (Vec<usize>, BTreeSet<String>) = (Vec::new(), BTreeSet::new());
    for child in tree.children(body) {
        let name = tree.name(child);
        if name == "w:sectPr" {
            break;
        }
        if name == "w:tcPr" {
            continue;
        }
        // No paragraph goes on behind a table.
        if name == "w:tbl" && open.is_empty() && nodes.iter().any(|node| is_block(tree, *node)) {
            found.push(Segment::of(tree, &std::mem::take(&mut nodes))?);
        }
        ranges(tree, child, &mut open);
        nodes.push(child);
        if is_block(tree, child)
            && open.is_empty()
            && !(name == "w:p" && end_is_marked(tree, child))
        {
            found.push(Segment::of(tree, &std::mem::take(&mut nodes))?);
        }
    }
    if !nodes.is_empty() {
        found.push(Segment::of(tree, &nodes)?);
    }
    Ok(found)
}

/// Whether a node is a block, or holds some.
fn is_block(tree: &Tree<'_>, node: usize) -> bool {
    matches!(tree.name(node), "w:p" | "w:tbl" | "w:sdt" | "w:customXml")
}

/// The ranges of moves that are open after a node.
fn ranges(tree: &Tree<'_>, node: usize, open: &mut BTreeSet<String>) {
    if !tree.raw(node).contains("Range") {
        return;
    }
    for inside in tree.within(node) {
        let name = tree.name(inside);
        let Some(kind) = name.strip_prefix("w:move") else {
            continue;
        };
        let id = tree.attribute(inside, "w:id").unwrap_or_default();
        if let Some(kind) = kind.strip_suffix("RangeStart") {
            open.insert(format!("{kind} {id}"));
        } else if let Some(kind) = kind.strip_suffix("RangeEnd") {
            open.remove(&format!("{kind} {id}"));
        }
    }
}

/// Whether the mark that ends a paragraph came, went or moved.
fn end_is_marked(tree: &Tree<'_>, paragraph: usize) -> bool {
    let mark = tree
        .child(paragraph, "w:pPr")
        .and_then(|found| tree.child(found, "w:rPr"));
    mark.is_some_and(|mark| {
        tree.children(mark).any(|child| {
            matches!(
                tree.name(child),
                "w:ins" | "w:del" | "w:moveFrom" | "w:moveTo"
            )
        })
    })
}

impl<'s> Segment<'s> {
    fn of(tree: &Tree<'s>, nodes: &[usize]) -> Result<Self, DocxError> {
        let first = nodes.first().map_or(0..0, |node| tree.range(*node));
        let last = nodes.last().map_or(0..0, |node| tree.range(*node));
        let raw = tree.source().get(first.start..last.end).unwrap_or_default();
        let mut elements = nodes.iter().filter(|node| !tree.name(**node).is_empty());
        let table = elements
            .next()
            .filter(|node| tree.name(**node) == "w:tbl")
            .filter(|_| elements.next().is_none())
            .copied();
        if !nodes.iter().any(|node| holds_mark(tree, *node)) {
            let mut says = Vec::new();
            nodes.iter().for_each(|node| say(tree, *node, &mut says));
            let paragraphs = nodes.iter().map(|node| paragraph_nodes(tree, *node).len());
            return Ok(Segment {
                raw,
                table,
                marks: 0,
                accepted: None,
                paragraphs: paragraphs.sum(),
                says: [says, Vec::new()],
                moves: BTreeSet::new(),
            });
        }
        let alone = format!("{}{raw}{}", ALONE.0, ALONE.1);
        let alone_tree = Tree::parse("", &alone)?;
        let (accepted, paragraphs, says) = reading(&alone_tree, Tracked::Accepted)?;
        let (_, _, said) = reading(&alone_tree, Tracked::Rejected)?;
        Ok(Segment {
            raw,
            table,
            marks: super::super::read::changes_at(&alone_tree).len(),
            accepted: Some(accepted),
            paragraphs,
            says: [says, said],
            moves: moves(&alone_tree),
        })
    }
}

/// A stretch that is read alone: as it reads, its paragraphs, and what its blocks say.
fn reading(alone: &Tree<'_>, tracked: Tracked) -> Result<(String, usize, Vec<u64>), DocxError> {
    let resolved = resolve(alone, tracked).unwrap_or_else(|| alone.source().to_owned());
    let tree = Tree::parse("", &resolved)?;
    let body = body("", &tree)?;
    let mut says = Vec::new();
    tree.children(body)
        .for_each(|child| say(&tree, child, &mut says));
    Ok((
        tree.inner(body).to_owned(),
        paragraph_nodes(&tree, body).len(),
        says,
    ))
}

/// What the blocks in a node say: a paragraph, a whole table.
fn say(tree: &Tree<'_>, node: usize, into: &mut Vec<u64>) {
    let said = match tree.name(node) {
        "w:p" => {
            let mut said = String::new();
            words(tree, node, &mut said);
            said
        }
        "w:tbl" => {
            let mut said = String::new();
            for paragraph in paragraph_nodes(tree, node) {
                words(tree, paragraph, &mut said);
                said.push_str(" | ");
            }
            said
        }
        "w:sdt" | "w:sdtContent" | "w:customXml" => {
            tree.children(node).for_each(|child| say(tree, child, into));
            return;
        }
        _ => return,
    };
    if !said.trim().is_empty() {
        into.push(key(&said));
    }
}

/// The names of the moves of which a stretch holds an end.
fn moves(tree: &Tree<'_>) -> BTreeSet<String> {
    let starts = tree.within(0).filter(|node| {
        matches!(
            tree.name(*node),
            "w:moveFromRangeStart" | "w:moveToRangeStart"
        )
    });
    starts
        .filter_map(|node| tree.attribute(node, "w:name"))
        .collect()
}

/// How a segment is carried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// As a whole.
    Whole,
    /// A table, by what is the same in it.
    Table,
}

/// A segment of the newer container that is carried, with those of the older one that it stands for.
type Chosen = (usize, Range<usize>, Way);

/// Two containers, in segments.
struct Both<'b, 's> {
    old_tree: &'b Tree<'s>,
    new_tree: &'b Tree<'s>,
    olds: &'b [Segment<'s>],
    news: &'b [Segment<'s>],
}

/// The segments of the newer container that can be carried; rising.
fn matched(both: &Both<'_, '_>) -> Vec<Chosen> {
    let (olds, news) = (both.olds, both.news);
    let keys = |segments: &[Segment<'_>]| -> Vec<u64> {
        segments.iter().map(|segment| key(segment.raw)).collect()
    };
    let mut found = Vec::new();
    let (mut o, mut n) = (0, 0);
    let same = common(&keys(olds), &keys(news));
    for (next_old, next_new) in same.into_iter().chain([(olds.len(), news.len())]) {
        between(both, o..next_old, n..next_new, &mut found);
        if news.get(next_new).is_some_and(|segment| segment.marks > 0) {
            found.push((next_new, next_old..next_old + 1, Way::Whole));
        }
        (o, n) = (next_old + 1, next_new + 1);
    }
    found
}

/// Of the segments between two that are the same in both, those whose marks tell the difference.
fn between(both: &Both<'_, '_>, old: Range<usize>, new: Range<usize>, found: &mut Vec<Chosen>) {
    let (olds, news) = (both.olds, both.news);
    // Every block with the segment that it is in.
    let said = |segments: &[Segment<'_>], range: &Range<usize>, before: bool| {
        let mut said: Vec<(u64, usize)> = Vec::new();
        for at in range.clone() {
            let Some(segment) = segments.get(at) else {
                continue;
            };
            let says = &segment.says[usize::from(before && segment.marks > 0)];
            said.extend(says.iter().map(|key| (*key, at)));
        }
        said
    };
    let (old_said, new_said) = (said(olds, &old, false), said(news, &new, true));
    let keys = |said: &[(u64, usize)]| said.iter().map(|(key, _)| *key).collect::<Vec<_>>();
    let pairs = common(&keys(&old_said), &keys(&new_said));
    let mut cursor = old.start;
    for at in new {
        let Some(segment) = news.get(at) else {
            continue;
        };
        let own: Vec<usize> = pairs
            .iter()
            .filter(|(_, n)| new_said.get(*n).is_some_and(|(_, owner)| *owner == at))
            .map(|(o, _)| *o)
            .collect();
        let home = |place: &usize| old_said.get(*place).map(|(_, owner)| *owner);
        let ends = (own.first().and_then(home), own.last().and_then(home));
        let (from, to) = match ends {
            (Some(from), Some(to)) => (from, to + 1),
            _ => (cursor, cursor),
        };
        if from < cursor {
            continue;
        }
        if segment.marks > 0 {
            let rejected = segment.says[1].len();
            let held = old_said
                .iter()
                .filter(|(_, owner)| (from..to).contains(owner));
            let whole = own.len() == rejected && held.count() == rejected;
            // Words that came in are no news where the older body has them; those that moved it has, elsewhere.
            let mut came = segment.says[0]
                .iter()
                .filter(|key| !segment.says[1].contains(key))
                .peekable();
            let known = segment.moves.is_empty()
                && came.peek().is_some()
                && came.all(|key| old_said.iter().any(|(old, _)| old == key));
            if whole && !known {
                found.push((at, from..to, Way::Whole));
            } else if let Some(table) = segment.table.filter(|_| segment.moves.is_empty())
                && let Some(like) = (cursor..old.end).find(|at| {
                    let other = olds.get(*at).and_then(|segment| segment.table);
                    other.is_some_and(|other| {
                        same_shape((both.old_tree, other), (both.new_tree, table))
                    })
                })
            {
                found.push((at, like..like + 1, Way::Table));
                cursor = like + 1;
                continue;
            }
        }
        cursor = to.max(cursor);
    }
}

/// Without the segments that would leave one end of a move alone.
fn whole_moves(news: &[Segment<'_>], mut chosen: Vec<Chosen>) -> Vec<Chosen> {
    loop {
        let here: BTreeSet<usize> = chosen.iter().map(|(at, _, _)| *at).collect();
        let lost: BTreeSet<&String> = news
            .iter()
            .enumerate()
            .filter(|(at, _)| !here.contains(at))
            .flat_map(|(_, segment)| &segment.moves)
            .collect();
        let before = chosen.len();
        chosen.retain(|(at, _, _)| {
            news.get(*at)
                .is_some_and(|segment| segment.moves.iter().all(|name| !lost.contains(name)))
        });
        if chosen.len() == before {
            return chosen;
        }
    }
}

/// Whether two tables are the same but for the content of cells, and the rows and cells that differ are there in every
/// reading.
fn same_shape((old_tree, old): (&Tree<'_>, usize), (new_tree, new): (&Tree<'_>, usize)) -> bool {
    let rest = |tree: &Tree<'_>, node: usize, name: &str| -> String {
        let others = tree.children(node).filter(|child| {
            let own = tree.name(*child);
            !own.is_empty() && own != name
        });
        others.map(|child| tree.raw(child)).collect()
    };
    let parts = |tree: &Tree<'_>, node: usize, name: &str| -> Vec<usize> {
        tree.children(node)
            .filter(|child| tree.name(*child) == name)
            .collect()
    };
    let stays = |raw: &str| {
        !["<w:del ", "<w:cellDel ", "<w:ins ", "<w:cellIns "]
            .iter()
            .any(|mark| raw.contains(mark))
    };
    let (old_rows, new_rows) = (parts(old_tree, old, "w:tr"), parts(new_tree, new, "w:tr"));
    if old_rows.len() != new_rows.len()
        || rest(old_tree, old, "w:tr") != rest(new_tree, new, "w:tr")
    {
        return false;
    }
    old_rows.iter().zip(&new_rows).all(|(old, new)| {
        if old_tree.raw(*old) == new_tree.raw(*new) {
            return true;
        }
        let (old_cells, new_cells) = (parts(old_tree, *old, "w:tc"), parts(new_tree, *new, "w:tc"));
        let of_row = rest(new_tree, *new, "w:tc");
        let of_cell = |tree: &Tree<'_>, cell: usize| {
            tree.child(cell, "w:tcPr")
                .map_or("", |found| tree.raw(found))
                .to_owned()
        };
        old_cells.len() == new_cells.len()
            && rest(old_tree, *old, "w:tc") == of_row
            && stays(&of_row)
            && old_cells.iter().zip(&new_cells).all(|(old, new)| {
                let properties = of_cell(new_tree, *new);
                old_tree.raw(*old) == new_tree.raw(*new)
                    || (of_cell(old_tree, *old) == properties && stays(&properties))
            })
    })
}

/// Both bodies, as far as they are written.
struct Taken<'t, 's> {
    old_tree: &'t Tree<'s>,
    new_tree: &'t Tree<'s>,
    old: Writer,
    new: Writer,
    pairs: Vec<(usize, usize)>,
    stretches: Vec<(String, String)>,
    accepted: usize,
}

impl Taken<'_, '_> {
    /// The content of two bodies or cells.
    fn blocks(&mut self, old: usize, new: usize) -> Result<(), DocxError> {
        let olds = segments(self.old_tree, old)?;
        let news = segments(self.new_tree, new)?;
        let chosen = matched(&Both {
            old_tree: self.old_tree,
            new_tree: self.new_tree,
            olds: &olds,
            news: &news,
        });
        let mut chosen = whole_moves(&news, chosen).into_iter().peekable();
        let mut from_old = 0;
        for (at, segment) in news.iter().enumerate() {
            let Some((_, range, way)) = chosen.next_if(|(new, _, _)| *new == at) else {
                self.accepted += segment.marks;
                self.new.segment(segment);
                continue;
            };
            self.old.segments(&olds, from_old..range.start);
            from_old = range.end;
            let gone = olds.get(range.clone()).unwrap_or_default();
            match (way, gone.first().and_then(|old| old.table), segment.table) {
                (Way::Table, Some(old), Some(new)) => self.table(old, new)?,
                _ => {
                    let gone = gone.iter().map(|old| old.paragraphs).sum();
                    self.place(("", ""), segment.raw, (gone, segment.paragraphs));
                }
            }
        }
        self.old.segments(&olds, from_old..olds.len());
        Ok(())
    }

    /// A placeholder in both for a stretch; so many paragraphs of either have no place.
    fn place(&mut self, (open, close): (&str, &str), stretch: &str, (old, new): (usize, usize)) {
        let number = self.stretches.len();
        let place = format!("{open}<w:p><{PLACE} n=\"{number}\"/></w:p>{close}");
        self.pairs.push((
            self.old.placeholder(&place, old),
            self.new.placeholder(&place, new),
        ));
        self.stretches.push((place, stretch.to_owned()));
    }

    /// Two tables of the same shape.
    fn table(&mut self, old: usize, new: usize) -> Result<(), DocxError> {
        self.both(self.new_tree.open(new));
        let mut rows = self
            .old_tree
            .children(old)
            .filter(|child| self.old_tree.name(*child) == "w:tr")
            .collect::<Vec<_>>()
            .into_iter();
        for child in self.new_tree.children(new).collect::<Vec<_>>() {
            match rows.as_slice().first().copied() {
                Some(before) if self.new_tree.name(child) == "w:tr" => {
                    rows.next();
                    self.row(before, child)?;
                }
                _ => self.both(self.new_tree.raw(child)),
            }
        }
        self.both(self.new_tree.close(new));
        Ok(())
    }

    fn row(&mut self, old: usize, new: usize) -> Result<(), DocxError> {
        let raw = self.new_tree.raw(new);
        if self.old_tree.raw(old) == raw {
            let count = count(&format!("<w:tbl>{raw}</w:tbl>"))?;
            match is_marked(raw) {
                true => self.place(("<w:tr><w:tc>", "</w:tc></w:tr>"), raw, (count, count)),
                false => self.same(raw, count),
            }
            return Ok(());
        }
        self.both(self.new_tree.open(new));
        let mut cells = self
            .old_tree
            .children(old)
            .filter(|child| self.old_tree.name(*child) == "w:tc")
            .collect::<Vec<_>>()
            .into_iter();
        for child in self.new_tree.children(new).collect::<Vec<_>>() {
            match cells.as_slice().first().copied() {
                Some(before) if self.new_tree.name(child) == "w:tc" => {
                    cells.next();
                    self.cell(before, child)?;
                }
                _ => self.both(self.new_tree.raw(child)),
            }
        }
        self.both(self.new_tree.close(new));
        Ok(())
    }

    fn cell(&mut self, old: usize, new: usize) -> Result<(), DocxError> {
        let tree = self.new_tree;
        let raw = tree.raw(new);
        if self.old_tree.raw(old) == raw && !is_marked(raw) {
            self.same(raw, count(raw)?);
            return Ok(());
        }
        self.both(tree.open(new));
        let inner = tree.inner_range(new);
        let properties = tree.child(new, "w:tcPr").map(|found| tree.range(found));
        let from = properties.map_or(inner.start, |properties| properties.end);
        let source = tree.source();
        self.both(source.get(inner.start..from).unwrap_or_default());
        let content = source.get(from..inner.end).unwrap_or_default();
        if self.old_tree.raw(old) == raw {
            let count = count(content)?;
            self.place(("", ""), content, (count, count));
        } else {
            self.blocks(old, new)?;
        }
        self.both(tree.close(new));
        Ok(())
    }

    /// What both hold and no paragraph is.
    fn both(&mut self, xml: &str) {
        self.old.out.push_str(xml);
        self.new.out.push_str(xml);
    }

    /// What both hold to the letter, without a mark, with so many paragraphs.
    fn same(&mut self, xml: &str, paragraphs: usize) {
        self.both(xml);
        self.old.count(paragraphs);
        self.new.count(paragraphs);
    }
}

/// The paragraphs of a stretch, its marks accepted.
fn count(stretch: &str) -> Result<usize, DocxError> {
    let alone = format!("{}{stretch}{}", ALONE.0, ALONE.1);
    let (_, paragraphs, _) = reading(&Tree::parse("", &alone)?, Tracked::Accepted)?;
    Ok(paragraphs)
}

/// A main part that is written segment by segment.
#[derive(Default)]
struct Writer {
    out: String,
    places: Vec<Option<usize>>,
    next: usize,
}

impl Writer {
    /// What stands before the blocks of a body, or behind them.
    fn around(&mut self, tree: &Tree<'_>, body: usize, before: bool) {
        let inner = tree.inner_range(body);
        let mut sections = tree
            .children(body)
            .filter(|child| tree.name(*child) == "w:sectPr");
        let end = sections
            .next()
            .map_or(inner.end, |section| tree.range(section).start);
        let source = tree.source();
        let part = match before {
            true => source.get(..inner.start),
            false => source.get(end..),
        };
        self.out.push_str(part.unwrap_or_default());
    }

    fn segment(&mut self, segment: &Segment<'_>) {
        self.out
            .push_str(segment.accepted.as_deref().unwrap_or(segment.raw));
        self.count(segment.paragraphs);
    }

    fn count(&mut self, paragraphs: usize) {
        let places = self.next..self.next + paragraphs;
        self.places.extend(places.map(Some));
        self.next += paragraphs;
    }

    fn segments(&mut self, segments: &[Segment<'_>], range: Range<usize>) {
        let found = segments.get(range).unwrap_or_default();
        found.iter().for_each(|segment| self.segment(segment));
    }

    /// Gives the place of the placeholder; `gone` paragraphs have none.
    fn placeholder(&mut self, place: &str, gone: usize) -> usize {
        self.out.push_str(place);
        self.places.extend((0..gone).map(|_| None));
        self.next += 1;
        self.next - 1
    }
}
