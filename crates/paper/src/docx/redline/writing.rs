//! From what became of a container to the XML that says so.

use std::collections::BTreeMap;
use std::ops::Range;

use super::super::content::Sort;
use super::ink::Mark;
use super::pen::Pen;
use super::side::Side;
use super::telling::Telling;

/// What is written at the place of a block of the new container; those at one place stand in the order of the list.
#[derive(Debug)]
pub(super) enum Item {
    Paragraph { slot: usize, para: Para },
    Table { slot: usize, xml: String },
}

/// A paragraph as it is written.
#[derive(Debug)]
pub(super) struct Para {
    parts: Vec<Part>,
    /// What is said of its mark, the sign that ends it.
    mark: Mark,
    /// Whose properties it has: whether those of a new paragraph, and which.
    like: (bool, usize),
    /// The new paragraph that it is, word for word.
    verbatim: Option<usize>,
    /// The new paragraph that it ends.
    ends: Option<usize>,
    /// Whether all of it came.
    came: bool,
    /// The old paragraph whose properties it had, where its mark stays.
    was: Option<usize>,
}

/// A stretch of a paragraph's text.
#[derive(Debug)]
pub(super) struct Part {
    mark: Mark,
    new: bool,
    number: usize,
    range: Range<usize>,
    /// The name of the move that it is, on its first part and on its last.
    moves: Option<(String, bool, bool)>,
}

/// How many pieces of each new paragraph were written.
pub(super) type Told = BTreeMap<usize, usize>;

impl Part {
    pub(super) fn old(mark: Mark, number: usize, range: Range<usize>) -> Self {
        Part {
            mark,
            new: false,
            number,
            range,
            moves: None,
        }
    }

    pub(super) fn new(mark: Mark, number: usize, range: Range<usize>) -> Self {
        Part {
            mark,
            new: true,
            number,
            range,
            moves: None,
        }
    }
}

impl Item {
    pub(super) fn para(slot: usize, para: Para) -> Self {
        Item::Paragraph { slot, para }
    }
}

impl Para {
    /// Whether nothing of it is in the new document: no word, and not its end.
    pub(super) fn is_gone(&self) -> bool {
        let gone = |mark| matches!(mark, Mark::Deleted | Mark::MovedFrom);
        gone(self.mark) && self.parts.iter().all(|part| !part.new && gone(part.mark))
    }

    fn whole(mark: Mark, part: Part) -> Self {
        let (new, number) = (part.new, part.number);
        Para {
            parts: vec![part],
            mark,
            like: (new, number),
            verbatim: None,
            ends: new.then_some(number),
            came: mark == Mark::Inserted,
            was: None,
        }
    }

    pub(super) fn kept(old: usize, number: usize, length: usize) -> Self {
        Para {
            verbatim: Some(number),
            was: Some(old),
            ..Para::whole(Mark::None, Part::new(Mark::None, number, 0..length))
        }
    }

    pub(super) fn deleted(number: usize, length: usize) -> Self {
        Para::whole(Mark::Deleted, Part::old(Mark::Deleted, number, 0..length))
    }

    pub(super) fn inserted(number: usize, length: usize) -> Self {
        Para::whole(Mark::Inserted, Part::new(Mark::Inserted, number, 0..length))
    }

    /// A paragraph of the old document that moved away, or one of the new that moved here.
    pub(super) fn moved(mark: Mark, mut parts: Vec<Part>, number: usize, name: &str) -> Self {
        let last = parts.len().saturating_sub(1);
        for (at, part) in parts.iter_mut().enumerate() {
            if at == 0 || at == last {
                part.moves = Some((name.to_owned(), at == 0, at == last));
            }
        }
        let new = mark == Mark::MovedTo;
        Para {
            parts,
            mark,
            like: (new, number),
            verbatim: None,
            ends: new.then_some(number),
            came: new,
            was: None,
        }
    }
}

/// The last paragraph of a body or cell cannot be gone nor be new: its mark stays, and that of another goes instead, where
/// that is not one that is carried over.
pub(super) fn settle_end(items: &mut Vec<Item>, is_place: impl Fn(usize) -> bool) {
    let loose =
        |item: &Item| matches!(item, Item::Paragraph { para, .. } if para.mark != Mark::None);
    let from = items
        .iter()
        .rposition(|item| !loose(item))
        .map_or(0, |at| at + 1);
    if from == items.len() {
        return;
    }
    let gone = |item: &Item| matches!(item, Item::Paragraph { para, .. } if matches!(para.mark, Mark::Deleted | Mark::MovedFrom));
    let trailing = items.split_off(from);
    let (mut olds, mut news): (Vec<Item>, Vec<Item>) = trailing.into_iter().partition(gone);
    match (olds.pop(), news.pop()) {
        (
            Some(Item::Paragraph { para: before, .. }),
            Some(Item::Paragraph { slot, para: after }),
        ) => {
            let parts = before.parts.into_iter().chain(after.parts).collect();
            items.append(&mut olds);
            items.append(&mut news);
            let was = Some(before.like.1);
            items.push(Item::para(
                slot,
                Para {
                    parts,
                    mark: Mark::None,
                    was,
                    ..after
                },
            ));
        }
        (before, after) => {
            let only_gone = before.is_some();
            items.append(&mut olds);
            items.extend(before);
            items.append(&mut news);
            items.extend(after);
            let Some(Item::Paragraph { para: kept, .. }) =
                from.checked_sub(1).and_then(|at| items.get_mut(at))
            else {
                return;
            };
            if kept.verbatim.is_some_and(is_place) {
                return;
            }
            kept.mark = if only_gone {
                Mark::Deleted
            } else {
                Mark::Inserted
            };
            kept.verbatim = None;
            let (like, was) = (kept.like, kept.was.take());
            if let Some(Item::Paragraph { para: last, .. }) = items.last_mut() {
                last.mark = Mark::None;
                last.was = if only_gone { Some(last.like.1) } else { was };
                if only_gone {
                    last.like = like;
                }
            }
        }
    }
}

/// Gathers the paragraphs of a passage.
pub(super) struct Paragraphs {
    pub(super) items: Vec<Item>,
    slot: usize,
    first: usize,
    parts: Vec<Part>,
}

impl Paragraphs {
    /// The first new paragraph of the passage stands at `slot`, and the others behind it.
    pub(super) fn new(slot: usize, first: usize) -> Self {
        Paragraphs {
            items: Vec::new(),
            slot,
            first,
            parts: Vec::new(),
        }
    }

    pub(super) fn part(&mut self, part: Part) {
        if !part.range.is_empty() {
            self.parts.push(part);
        }
    }

    /// The end of an old paragraph, which is gone.
    pub(super) fn end_old(&mut self, number: usize) {
        let new = self
            .parts
            .iter()
            .filter(|part| part.new)
            .map(|part| part.number)
            .max();
        self.end(Mark::Deleted, (false, number), (None, None), new);
    }

    /// The end of a new paragraph; where it is not new, that of an old one.
    pub(super) fn end_new(&mut self, number: usize, was: Option<usize>) {
        let mark = if was.is_some() {
            Mark::None
        } else {
            Mark::Inserted
        };
        self.end(mark, (true, number), (Some(number), was), Some(number));
    }

    fn end(
        &mut self,
        mark: Mark,
        like: (bool, usize),
        (ends, was): (Option<usize>, Option<usize>),
        place: Option<usize>,
    ) {
        if let Some(number) = place {
            self.slot += number.saturating_sub(self.first);
            self.first = self.first.max(number);
        }
        let parts = std::mem::take(&mut self.parts);
        let came = mark == Mark::Inserted && parts.iter().all(|part| part.mark == Mark::Inserted);
        self.items.push(Item::para(
            self.slot,
            Para {
                parts,
                mark,
                like,
                verbatim: None,
                ends,
                came,
                was,
            },
        ));
    }
}

impl Telling<'_, '_> {
    pub(super) fn paragraph(&self, para: &Para, told: &mut Told) -> String {
        let tree = &self.new.tree;
        let change = self.change(para);
        if let Some(number) = para.verbatim.filter(|_| change.is_empty()) {
            return self
                .new
                .nodes
                .get(number)
                .map_or("", |node| tree.raw(*node))
                .to_owned();
        }
        let mut pen = Pen::new(self.ink).with_notes(self.notes);
        let mut range = (String::new(), String::new());
        for part in &para.parts {
            if let Some((name, true, _)) = &part.moves {
                let mark = if part.new {
                    Mark::MovedTo
                } else {
                    Mark::MovedFrom
                };
                range = self.ink.range(mark, name);
                pen.raw(&range.0);
            }
            if part.new {
                self.new_part(para, part, told, &mut pen);
            } else {
                self.old_part(part, &mut pen);
            }
            if let Some((_, _, true)) = &part.moves {
                pen.raw(&range.1);
            }
        }
        if let Some(number) = para.ends {
            let end = self.new.text(number).len() + 1;
            let rest = Part::new(Mark::None, number, end..end);
            self.new_part(para, &rest, told, &mut pen);
        }
        let open = match para.ends.and_then(|number| self.new.nodes.get(number)) {
            Some(node) => tree
                .open(*node)
                .trim_end_matches("/>")
                .trim_end_matches('>'),
            None => "<w:p",
        };
        format!(
            "{open}>{}{}</w:p>",
            self.properties(para, &change),
            pen.finish()
        )
    }

    /// Writes the pieces of a new paragraph up to the end of a stretch; `told` says how many were written before.
    fn new_part(&self, para: &Para, part: &Part, told: &mut Told, pen: &mut Pen<'_>) {
        let Some(content) = self.new.contents.get(part.number) else {
            return;
        };
        let at = told.entry(part.number).or_insert(0);
        while let Some(leaf) = content.leaves.get(*at) {
            if leaf.text.start >= part.range.end {
                break;
            }
            let (from, to) = (
                leaf.text.start.max(part.range.start),
                leaf.text.end.min(part.range.end),
            );
            let silent = matches!(leaf.sort, Sort::Silent | Sort::Beside);
            let mark = match silent {
                false => part.mark,
                true if para.came => para.mark_of_silent(),
                true => self.silent(para, part.number, *at),
            };
            if silent || from < to {
                pen.new_leaf(&self.new.tree, content, leaf, mark, (from, to));
            }
            if leaf.text.end > part.range.end {
                break;
            }
            *at += 1;
        }
    }

    /// What is said of an element without text: an instruction of a field came where the field's result came.
    fn silent(&self, para: &Para, number: usize, leaf: usize) -> Mark {
        let Some(Range {
            start: from,
            end: to,
        }) = field(self.new, number, leaf)
        else {
            return Mark::None;
        };
        let came = para
            .parts
            .iter()
            .filter(|part| part.new && part.number == number && part.mark == Mark::Inserted);
        let came: usize = came
            .map(|part| {
                part.range
                    .end
                    .min(to)
                    .saturating_sub(part.range.start.max(from))
            })
            .sum();
        if from < to && came == to - from {
            Mark::Inserted
        } else {
            Mark::None
        }
    }

    fn old_part(&self, part: &Part, pen: &mut Pen<'_>) {
        let Some(content) = self.old.contents.get(part.number) else {
            return;
        };
        let first = content
            .leaves
            .partition_point(|leaf| leaf.text.end < part.range.start);
        for (at, leaf) in content.leaves.iter().enumerate().skip(first) {
            if leaf.text.start > part.range.end {
                break;
            }
            if leaf.text.is_empty() {
                // Of what takes no place in the text a field comes along, where all of it is in this stretch.
                let whole = leaf.sort == Sort::Silent
                    && field(self.old, part.number, at).is_some_and(|field| {
                        !field.is_empty()
                            && part.range.start <= field.start
                            && field.end <= part.range.end
                    });
                if whole {
                    pen.old_instruction(&self.old.tree, leaf, part.mark);
                }
                continue;
            }
            let (from, to) = (
                leaf.text.start.max(part.range.start),
                leaf.text.end.min(part.range.end),
            );
            if from < to {
                pen.old_leaf(&self.old.tree, content, leaf, part.mark, (from, to));
            }
        }
    }

    /// The properties of a paragraph with what is said of its mark.
    fn properties(&self, para: &Para, change: &str) -> String {
        let (new, number) = para.like;
        let side: &Side<'_> = if new { self.new } else { self.old };
        let tree = &side.tree;
        let own = side
            .nodes
            .get(number)
            .and_then(|node| tree.child(*node, "w:pPr"));
        let sign = match para.mark {
            Mark::None => String::new(),
            mark => format!("{}/>", self.ink.tag(mark)),
        };
        let (mut before, mut signed, mut after) = (String::new(), String::new(), String::new());
        for child in own.into_iter().flat_map(|own| tree.children(own)) {
            match tree.name(child) {
                "w:rPr" => {
                    signed = format!(
                        "{}{sign}{}{}",
                        open_of(tree.open(child)),
                        tree.inner(child),
                        "</w:rPr>"
                    )
                }
                "w:sectPr" if new && para.ends.is_some() => after.push_str(tree.raw(child)),
                "w:sectPr" | "w:pPrChange" => {}
                "w:numPr" if !new && !self.same_lists => {}
                _ => before.push_str(tree.raw(child)),
            }
        }
        if signed.is_empty() && !sign.is_empty() {
            signed = format!("<w:rPr>{sign}</w:rPr>");
        }
        after.push_str(change);
        if before.is_empty() && signed.is_empty() && after.is_empty() {
            return String::new();
        }
        format!("<w:pPr>{before}{signed}{after}</w:pPr>")
    }

    /// What the properties of a paragraph were, where its style, its number or its level as a heading is another.
    fn change(&self, para: &Para) -> String {
        let Some(was) = para.was else {
            return String::new();
        };
        let of = |side: &Side<'_>, number: usize, names: &dyn Fn(&str) -> bool| -> String {
            let tree = &side.tree;
            let own = side
                .nodes
                .get(number)
                .and_then(|node| tree.child(*node, "w:pPr"));
            let kept = own.into_iter().flat_map(|own| tree.children(own));
            kept.filter(|child| names(tree.name(*child)))
                .map(|child| tree.raw(child))
                .collect()
        };
        let told = |name: &str| {
            matches!(name, "w:pStyle" | "w:outlineLvl") || (name == "w:numPr" && self.same_lists)
        };
        let (new, number) = para.like;
        let now = of(if new { self.new } else { self.old }, number, &told);
        if now == of(self.old, was, &told) {
            return String::new();
        }
        let before = of(self.old, was, &|name| {
            !matches!(name, "w:rPr" | "w:sectPr" | "w:pPrChange")
                && (name != "w:numPr" || self.same_lists)
        });
        format!(
            "{}><w:pPr>{before}</w:pPr></w:pPrChange>",
            self.ink.change("w:pPrChange")
        )
    }

    pub(super) fn deleted_table(&self, node: usize) -> String {
        let tree = &self.old.tree;
        let rows: String = self
            .old
            .parts(node, "w:tr")
            .iter()
            .map(|row| self.deleted_row(*row))
            .collect();
        let head = ["w:tblPr", "w:tblGrid"]
            .map(|name| tree.child(node, name).map_or("", |found| tree.raw(found)));
        format!("<w:tbl>{}{rows}</w:tbl>", head.concat())
    }

    pub(super) fn deleted_row(&self, node: usize) -> String {
        let tree = &self.old.tree;
        let mut out = String::from("<w:tr>");
        out.push_str(
            tree.child(node, "w:tblPrEx")
                .map_or("", |found| tree.raw(found)),
        );
        out.push_str(&self.row_properties(self.old, node, Mark::Deleted));
        for cell in self.old.parts(node, "w:tc") {
            let mut told = Told::new();
            out.push_str("<w:tc>");
            out.push_str(
                tree.child(cell, "w:tcPr")
                    .map_or("", |found| tree.raw(found)),
            );
            for item in self.alone(&self.old.blocks(cell), &[]) {
                match item {
                    Item::Table { xml, .. } => out.push_str(&xml),
                    Item::Paragraph { para, .. } => out.push_str(&self.paragraph(&para, &mut told)),
                }
            }
            out.push_str("</w:tc>");
        }
        out.push_str("</w:tr>");
        out
    }

    pub(super) fn inserted_table(&self, node: usize) -> String {
        let rows = self.new.parts(node, "w:tr");
        let mut written: Vec<String> = rows.iter().map(|row| self.inserted_row(*row)).collect();
        written.push(String::new());
        self.refill(node, "w:tr", written)
    }

    pub(super) fn inserted_row(&self, node: usize) -> String {
        let tree = &self.new.tree;
        let cells = self.new.parts(node, "w:tc");
        let mut written: Vec<String> = Vec::with_capacity(cells.len() + 1);
        for cell in &cells {
            let blocks = self.new.blocks(*cell);
            let inside = self.fill(*cell, self.alone(&[], &blocks), blocks.len());
            written.push(format!("{}{inside}{}", tree.open(*cell), tree.close(*cell)));
        }
        written.push(String::new());
        let row = self.refill(node, "w:tc", written);
        let properties = self.row_properties(self.new, node, Mark::Inserted);
        match tree.child(node, "w:trPr") {
            Some(own) => row.replacen(tree.raw(own), &properties, 1),
            None => {
                let head = match tree.child(node, "w:tblPrEx") {
                    Some(exception) => tree.open(node).len() + tree.raw(exception).len(),
                    None => tree.open(node).len(),
                };
                let (before, after) = row.split_at_checked(head).unwrap_or(("", &row));
                format!("{before}{properties}{after}")
            }
        }
    }

    fn row_properties(&self, side: &Side<'_>, row: usize, mark: Mark) -> String {
        let own = side
            .tree
            .child(row, "w:trPr")
            .map_or("", |own| side.tree.inner(own));
        format!("<w:trPr>{own}{}/></w:trPr>", self.ink.tag(mark))
    }
}

impl Para {
    /// What is said of an element without text in a paragraph that came as a whole.
    fn mark_of_silent(&self) -> Mark {
        match self.mark {
            Mark::MovedTo => Mark::MovedTo,
            _ => Mark::Inserted,
        }
    }
}

/// The stretch of text of the field that an element of a paragraph stands in; none where it stands in no whole one.
fn field(side: &Side<'_>, number: usize, leaf: usize) -> Option<Range<usize>> {
    let content = side.contents.get(number)?;
    let kind = |at: usize| {
        let found = content.leaves.get(at)?;
        (side.tree.name(found.node) == "w:fldChar")
            .then(|| side.tree.attribute(found.node, "w:fldCharType"))
            .flatten()
    };
    // The field around this element, which may stand in another.
    let (mut depth, mut begin) = (0_usize, None);
    for at in (0..=leaf).rev() {
        match kind(at).as_deref() {
            Some("end") if at != leaf => depth += 1,
            Some("begin") if depth == 0 => {
                begin = Some(at);
                break;
            }
            Some("begin") => depth -= 1,
            _ => {}
        }
    }
    let begin = begin?;
    let mut depth = 0_usize;
    let end = (begin..content.leaves.len()).find(|at| {
        match kind(*at).as_deref() {
            Some("begin") => depth += 1,
            Some("end") => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0
    });
    let end = end.filter(|end| *end >= leaf)?;
    Some(content.leaves[begin].text.start..content.leaves[end].text.end)
}

/// A start tag, that of an empty element opened.
fn open_of(tag: &str) -> String {
    match tag.strip_suffix("/>") {
        Some(tag) => format!("{tag}>"),
        None => tag.to_owned(),
    }
}
