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
use super::super::resolve::{Tracked, is_marked, resolve};
use super::super::xml::Tree;
use super::order::key;

/// The element that stands for a carried stretch; no document has one of this name.
pub(super) const PLACE: &str = "onetextCarried";
/// What surrounds a stretch that is read alone.
const ALONE: (&str, &str) = ("<w:document><w:body>", "</w:body></w:document>");

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
    /// What stands in the place of each.
    stretches: Vec<String>,
    /// How many marks of the newer document were taken as accepted.
    pub(super) accepted: usize,
}

/// Blocks of a body that belong together: one, or as many as a mark goes over.
#[derive(Debug)]
struct Segment<'s> {
    raw: &'s str,
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
    let olds = segments(&old_tree, old_body)?;
    let news = segments(&new_tree, new_body)?;
    let chosen = whole_moves(&news, matched(&olds, &news));
    let mut taken = Taken {
        old: Writer::new(&old_tree, old_body),
        new: Writer::new(&new_tree, new_body),
        pairs: Vec::new(),
        stretches: Vec::new(),
    };
    let (mut from_old, mut accepted) = (0, 0);
    let mut chosen = chosen.into_iter().peekable();
    for (at, segment) in news.iter().enumerate() {
        let Some((_, range)) = chosen.next_if(|(new, _)| *new == at) else {
            accepted += segment.marks;
            taken.new.segment(segment);
            continue;
        };
        taken.old.segments(&olds, from_old..range.start);
        from_old = range.end;
        taken.place(segment, &olds, range);
    }
    taken.old.segments(&olds, from_old..olds.len());
    let (old, old_places) = taken.old.finish();
    let (new, new_places) = taken.new.finish();
    Ok(Some(Carried {
        old,
        new,
        old_places,
        new_places,
        pairs: taken.pairs,
        stretches: taken.stretches,
        accepted,
    }))
}

impl Carried {
    /// What was written, each stretch in its place again.
    pub(super) fn put_back(&self, written: &str) -> String {
        let mut out = String::with_capacity(written.len());
        let mut rest = written;
        for (number, stretch) in self.stretches.iter().enumerate() {
            let place = placeholder(number);
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

fn placeholder(number: usize) -> String {
    format!("<w:p><{PLACE} n=\"{number}\"/></w:p>")
}

/// The segments of a body. What stands between blocks goes with the block before it; the last section belongs to none.
fn segments<'s>(tree: &Tree<'s>, body: usize) -> Result<Vec<Segment<'s>>, DocxError> {
    let mut found = Vec::new();
    let (mut nodes, mut open): (Vec<usize>, BTreeSet<String>) = (Vec::new(), BTreeSet::new());
    for child in tree.children(body) {
        let name = tree.name(child);
        if name == "w:sectPr" {
            continue;
        }
        ranges(tree, child, &mut open);
        nodes.push(child);
        let block = matches!(name, "w:p" | "w:tbl" | "w:sdt" | "w:customXml");
        if block && open.is_empty() && !(name == "w:p" && end_is_marked(tree, child)) {
            found.push(Segment::of(tree, &std::mem::take(&mut nodes))?);
        }
    }
    if !nodes.is_empty() {
        found.push(Segment::of(tree, &nodes)?);
    }
    Ok(found)
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
        if !is_marked(raw) {
            let mut says = Vec::new();
            nodes.iter().for_each(|node| say(tree, *node, &mut says));
            let paragraphs = nodes.iter().map(|node| paragraph_nodes(tree, *node).len());
            return Ok(Segment {
                raw,
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

/// The segments of the newer body that can be carried, each with those of the older one that it stands for; rising.
fn matched(olds: &[Segment<'_>], news: &[Segment<'_>]) -> Vec<(usize, Range<usize>)> {
    let keys = |segments: &[Segment<'_>]| -> Vec<u64> {
        segments.iter().map(|segment| key(segment.raw)).collect()
    };
    let mut found = Vec::new();
    let (mut o, mut n) = (0, 0);
    let same = common(&keys(olds), &keys(news));
    for (next_old, next_new) in same.into_iter().chain([(olds.len(), news.len())]) {
        between(olds, o..next_old, news, n..next_new, &mut found);
        if news.get(next_new).is_some_and(|segment| segment.marks > 0) {
            found.push((next_new, next_old..next_old + 1));
        }
        (o, n) = (next_old + 1, next_new + 1);
    }
    found
}

/// Of the segments between two that are the same in both, those whose marks tell the difference.
fn between(
    olds: &[Segment<'_>],
    old: Range<usize>,
    news: &[Segment<'_>],
    new: Range<usize>,
    found: &mut Vec<(usize, Range<usize>)>,
) {
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
            // Words that came in are no news where the older body has them.
            let mut came = segment.says[0]
                .iter()
                .filter(|key| !segment.says[1].contains(key))
                .peekable();
            let known =
                came.peek().is_some() && came.all(|key| old_said.iter().any(|(old, _)| old == key));
            if whole && !known {
                found.push((at, from..to));
            }
        }
        cursor = to.max(cursor);
    }
}

/// Without the segments that would leave one end of a move alone.
fn whole_moves(
    news: &[Segment<'_>],
    mut chosen: Vec<(usize, Range<usize>)>,
) -> Vec<(usize, Range<usize>)> {
    loop {
        let here: BTreeSet<usize> = chosen.iter().map(|(at, _)| *at).collect();
        let lost: BTreeSet<&String> = news
            .iter()
            .enumerate()
            .filter(|(at, _)| !here.contains(at))
            .flat_map(|(_, segment)| &segment.moves)
            .collect();
        let before = chosen.len();
        chosen.retain(|(at, _)| {
            news.get(*at)
                .is_some_and(|segment| segment.moves.iter().all(|name| !lost.contains(name)))
        });
        if chosen.len() == before {
            return chosen;
        }
    }
}

/// Both bodies, as far as they are written.
struct Taken<'s> {
    old: Writer<'s>,
    new: Writer<'s>,
    pairs: Vec<(usize, usize)>,
    stretches: Vec<String>,
}

impl Taken<'_> {
    /// A placeholder in both for a segment and for what it stands for.
    fn place(&mut self, segment: &Segment<'_>, olds: &[Segment<'_>], range: Range<usize>) {
        let place = placeholder(self.stretches.len());
        let gone = olds.get(range).unwrap_or_default();
        let gone = gone.iter().map(|old| old.paragraphs).sum();
        self.pairs.push((
            self.old.placeholder(&place, gone),
            self.new.placeholder(&place, segment.paragraphs),
        ));
        self.stretches.push(segment.raw.to_owned());
    }
}

/// A main part that is written segment by segment.
struct Writer<'s> {
    out: String,
    tail: &'s str,
    places: Vec<Option<usize>>,
    next: usize,
}

impl<'s> Writer<'s> {
    fn new(tree: &Tree<'s>, body: usize) -> Self {
        let inner = tree.inner_range(body);
        let section = tree
            .children(body)
            .filter(|child| tree.name(*child) == "w:sectPr");
        let tail = section
            .last()
            .map_or(inner.end, |section| tree.range(section).start);
        let source = tree.source();
        let mut out = String::with_capacity(source.len());
        out.push_str(source.get(..inner.start).unwrap_or_default());
        Writer {
            out,
            tail: source.get(tail..).unwrap_or_default(),
            places: Vec::new(),
            next: 0,
        }
    }

    fn segment(&mut self, segment: &Segment<'_>) {
        self.out
            .push_str(segment.accepted.as_deref().unwrap_or(segment.raw));
        let places = self.next..self.next + segment.paragraphs;
        self.places.extend(places.map(Some));
        self.next += segment.paragraphs;
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

    fn finish(mut self) -> (String, Vec<Option<usize>>) {
        self.out.push_str(self.tail);
        (self.out, self.places)
    }
}
