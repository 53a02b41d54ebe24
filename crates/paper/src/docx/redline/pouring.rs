//! A container of the new document written again: its blocks anew, and what stands around them as it was.
//!
//! Content controls stay around changes as far as every word processor reads the changes in them. LibreOffice (7.4) reads
//! none in a control of plain text, and none in the first paragraph of a control that stands around paragraphs or in a cell.
//! So a control of plain text becomes one that may hold anything, one around a single paragraph goes into that paragraph,
//! and one around more is left out, where its first paragraph changes; what went before that stands before the control.

use std::collections::BTreeMap;
use std::vec::IntoIter;

use super::super::content::control as opened;
use super::super::read::body;
use super::super::xml::Tree;
use super::carried::ALONE;
use super::telling::Telling;
use super::writing::Item;

/// What is written at the place of a block.
#[derive(Debug, Clone, Default)]
struct Slot {
    /// The paragraphs before it of which nothing is left.
    gone: String,
    /// The block, and everything else at its place.
    own: String,
}

impl Telling<'_, '_> {
    /// The content of a body or cell of the new document, its blocks written anew.
    pub(super) fn fill(&self, node: usize, items: Vec<Item>, blocks: usize) -> String {
        let mut slots = vec![Slot::default(); blocks + 1];
        let mut told = BTreeMap::new();
        for item in items {
            let (at, gone, xml) = match item {
                Item::Table { slot, xml } => (slot, false, xml),
                Item::Paragraph { slot, para } => {
                    (slot, para.is_gone(), self.paragraph(&para, &mut told))
                }
            };
            if let Some(slot) = slots.get_mut(at.min(blocks)) {
                let first = gone && slot.own.is_empty();
                let into = if first { &mut slot.gone } else { &mut slot.own };
                into.push_str(&xml);
            }
        }
        let mut out = String::new();
        let mut slots = slots.into_iter();
        self.pour(node, &["w:p", "w:tbl"], &mut slots, (&mut out, blocks));
        out
    }

    /// A table or row of the new document, its rows or cells written anew.
    pub(super) fn refill(&self, node: usize, name: &str, written: Vec<String>) -> String {
        let tree = &self.new.tree;
        let blocks = written.len().saturating_sub(1);
        let slots = written.into_iter().map(|own| Slot {
            gone: String::new(),
            own,
        });
        let mut slots = slots.collect::<Vec<_>>().into_iter();
        let mut out = tree.open(node).to_owned();
        self.pour(node, &[name], &mut slots, (&mut out, blocks));
        out.push_str(tree.close(node));
        out
    }

    /// Writes a container, what is in `slots` for each block in turn, and the last of it behind the last block.
    fn pour(
        &self,
        node: usize,
        names: &[&str],
        slots: &mut IntoIter<Slot>,
        (out, blocks): (&mut String, usize),
    ) {
        let tree = &self.new.tree;
        if blocks == 0 {
            // Behind the properties, before the section.
            let (before, after): (Vec<usize>, Vec<usize>) = tree
                .children(node)
                .partition(|child| tree.name(*child) != "w:sectPr");
            out.extend(before.iter().map(|child| tree.raw(*child)));
            slots.for_each(|slot| slot.write(out));
            out.extend(after.iter().map(|child| tree.raw(*child)));
            return;
        }
        for child in tree.children(node) {
            let name = tree.name(child);
            if names.contains(&name) {
                slots.by_ref().take(1).for_each(|slot| slot.write(out));
                if slots.len() == 1 {
                    slots.by_ref().for_each(|slot| slot.write(out));
                }
            } else if name == "w:sdt" {
                self.control(child, names, slots, (out, blocks));
            } else if matches!(name, "w:sdtContent" | "w:customXml") {
                out.push_str(tree.open(child));
                self.pour(child, names, slots, (out, blocks));
                out.push_str(tree.close(child));
            } else {
                out.push_str(tree.raw(child));
            }
        }
    }

    /// Writes a content control, or what it holds alone.
    fn control(
        &self,
        node: usize,
        names: &[&str],
        slots: &mut IntoIter<Slot>,
        (out, blocks): (&mut String, usize),
    ) {
        let tree = &self.new.tree;
        let before = slots.len();
        let first = slots.as_mut_slice().first_mut();
        let gone = first.map(|slot| std::mem::take(&mut slot.gone));
        let gone = gone.unwrap_or_default();
        let from = out.len();
        let mut inside = from..from;
        out.push_str(tree.open(node));
        for child in tree.children(node) {
            if tree.name(child) == "w:sdtContent" {
                out.push_str(tree.open(child));
                inside.start = out.len();
                self.pour(child, names, slots, (out, blocks));
                inside.end = out.len();
                out.push_str(tree.close(child));
            } else {
                out.push_str(tree.raw(child));
            }
        }
        out.push_str(tree.close(node));
        let content = out.get(inside.clone()).unwrap_or_default();
        if !names.contains(&"w:tr") && hides(tree, node) && changes(first_paragraph(content)) {
            if let Some(anew) = into_paragraph(tree, node, content) {
                out.truncate(from);
                out.push_str(&anew);
            } else {
                out.truncate(inside.end);
                out.replace_range(from..inside.start, "");
            }
        }
        // What went before the first block of the control stands before it.
        if slots.len() < before {
            out.insert_str(from, &gone);
        } else if let Some(first) = slots.as_mut_slice().first_mut() {
            first.gone = gone;
        }
    }
}

impl Slot {
    fn write(self, out: &mut String) {
        out.push_str(&self.gone);
        out.push_str(&self.own);
    }
}

/// Whether a control is of a kind whose first paragraph LibreOffice reads without its changes.
fn hides(tree: &Tree<'_>, control: usize) -> bool {
    let seen = ["w:date", "w:docPartList", "w:docPartObj", "w:picture"];
    let kind = tree.child(control, "w:sdtPr");
    !kind.is_some_and(|kind| {
        tree.children(kind)
            .any(|child| seen.contains(&tree.name(child)))
    })
}

/// Whether a change of ours stands in what was written.
fn changes(xml: &str) -> bool {
    let marks = ["<w:ins ", "<w:del ", "<w:moveFrom ", "<w:moveTo "];
    marks.iter().any(|mark| xml.contains(mark))
}

/// The first paragraph of what was written.
fn first_paragraph(xml: &str) -> &str {
    let (mut from, mut depth) = (None, 0_usize);
    for (at, _) in xml.match_indices('<') {
        let tag = xml.get(at..).unwrap_or_default();
        if is_tag(tag, "<w:p") {
            let whole = tag.split_once('>').map_or(tag, |(head, _)| head);
            if !whole.ends_with('/') {
                depth += 1;
                from = from.or(Some(at));
            } else if depth == 0 {
                return whole;
            }
        } else if tag.starts_with("</w:p>") {
            depth = depth.saturating_sub(1);
            if let Some(from) = from.filter(|_| depth == 0) {
                return xml.get(from..at).unwrap_or_default();
            }
        }
    }
    ""
}

/// Whether a tag begins so and its name ends there.
fn is_tag(tag: &str, begins: &str) -> bool {
    tag.strip_prefix(begins).is_some_and(|rest| {
        rest.starts_with(|next: char| next.is_whitespace() || "/>".contains(next))
    })
}

/// A control around a single paragraph as one in that paragraph.
fn into_paragraph(tree: &Tree<'_>, control: usize, content: &str) -> Option<String> {
    let held = tree.child(control, "w:sdtContent")?;
    only(tree, held)?;
    let alone = format!("{}{content}{}", ALONE.0, ALONE.1);
    let told = Tree::parse("", &alone).ok()?;
    let paragraph = only(&told, body("", &told).ok()?)?;
    let inner = told.inner_range(paragraph);
    let properties = told.child(paragraph, "w:pPr");
    let from = properties.map_or(inner.start, |found| told.range(found).end);
    Some(format!(
        "{}{}{}{}{}{}{}",
        told.open(paragraph),
        properties.map_or("", |found| told.raw(found)),
        opened(tree, (control, held), true),
        alone.get(from..inner.end).unwrap_or_default(),
        tree.close(held),
        tree.close(control),
        told.close(paragraph),
    ))
}

/// The paragraph that is the only element in a node.
fn only(tree: &Tree<'_>, node: usize) -> Option<usize> {
    let mut elements = tree
        .children(node)
        .filter(|child| !tree.name(*child).is_empty());
    let first = elements.next().filter(|first| tree.name(*first) == "w:p")?;
    elements.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_paragraph_is_found_with_what_stands_in_it() {
        let check = |xml: &str, expected: &str| assert_eq!(first_paragraph(xml), expected);
        check("", "");
        check("<w:pPr/><w:p>a</w:p><w:p>b</w:p>", "<w:p>a");
        check("<w:p/><w:p>b</w:p>", "<w:p/");
        check(
            "<w:p a=\"b\">x<w:p>y</w:p><w:p/>z</w:p>",
            "<w:p a=\"b\">x<w:p>y</w:p><w:p/>z",
        );
        check("<w:p>open", "");
    }
}
