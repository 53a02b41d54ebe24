//! One of the two documents: its tree, its paragraphs, and what stands beside what.

use std::collections::BTreeMap;
use std::ops::Range;

use super::super::content::{Content, Objects};
use super::super::read::paragraph_nodes;
use super::super::xml::Tree;
use super::carried::PLACE;

/// A paragraph or a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Block {
    /// By its place among all paragraphs of the document.
    Paragraph(usize),
    /// By its node.
    Table(usize),
}

/// A document whose changes are resolved.
#[derive(Debug)]
pub(super) struct Side<'s> {
    pub(super) tree: Tree<'s>,
    pub(super) contents: Vec<Content>,
    /// The node of each paragraph.
    pub(super) nodes: Vec<usize>,
    numbers: BTreeMap<usize, usize>,
}

impl<'s> Side<'s> {
    pub(super) fn new(tree: Tree<'s>, body: usize, objects: &mut Objects) -> Self {
        let nodes = paragraph_nodes(&tree, body);
        let contents = nodes
            .iter()
            .map(|node| Content::read(&tree, *node, objects))
            .collect();
        let numbers = nodes
            .iter()
            .enumerate()
            .map(|(number, node)| (*node, number))
            .collect();
        Side {
            tree,
            contents,
            nodes,
            numbers,
        }
    }

    /// The paragraphs and tables of a body or cell, those in content controls among them.
    pub(super) fn blocks(&self, container: usize) -> Vec<Block> {
        let mut found = Vec::new();
        self.gather(container, &mut found);
        found
    }

    fn gather(&self, container: usize, found: &mut Vec<Block>) {
        for child in self.tree.children(container) {
            match self.tree.name(child) {
                "w:p" => found.extend(
                    self.numbers
                        .get(&child)
                        .map(|number| Block::Paragraph(*number)),
                ),
                "w:tbl" => found.push(Block::Table(child)),
                "w:sdt" | "w:sdtContent" | "w:customXml" => self.gather(child, found),
                _ => {}
            }
        }
    }

    /// The rows of a table, those in content controls among them.
    pub(super) fn parts(&self, node: usize, name: &str) -> Vec<usize> {
        let mut found = Vec::new();
        for child in self.tree.children(node) {
            match self.tree.name(child) {
                own if own == name => found.push(child),
                "w:sdt" | "w:sdtContent" | "w:customXml" => found.extend(self.parts(child, name)),
                _ => {}
            }
        }
        found
    }

    /// The cells of a row that are merged with others: the place of each, how, and whether it begins what they make up.
    pub(super) fn merged(&self, row: usize) -> Vec<(usize, &str, bool)> {
        let mut found = Vec::new();
        for (at, cell) in self.parts(row, "w:tc").into_iter().enumerate() {
            let properties = self.tree.child(cell, "w:tcPr");
            for how in ["w:vMerge", "w:hMerge"] {
                let merged = properties.and_then(|properties| self.tree.child(properties, how));
                found.extend(merged.map(|merged| {
                    let begins = self.tree.attribute(merged, "w:val");
                    (at, how, begins.is_some_and(|value| value == "restart"))
                }));
            }
        }
        found
    }

    /// The paragraphs in a node, by their places.
    pub(super) fn paragraphs_in(&self, node: usize) -> Range<usize> {
        let within = self.tree.within(node);
        let from = self.nodes.partition_point(|found| *found < within.start);
        let to = self.nodes.partition_point(|found| *found < within.end);
        from..to
    }

    pub(super) fn text(&self, paragraph: usize) -> &str {
        self.contents
            .get(paragraph)
            .map_or("", |content| content.text.as_str())
    }

    /// Whether a paragraph is the place of a stretch that is carried over.
    pub(super) fn is_place(&self, paragraph: usize) -> bool {
        let node = self.nodes.get(paragraph);
        node.is_some_and(|node| self.tree.child(*node, PLACE).is_some())
    }

    /// The words of a block, for telling whether two are the same.
    pub(super) fn words_of(&self, block: Block) -> String {
        match block {
            Block::Paragraph(number) => self.text(number).to_owned(),
            Block::Table(node) => self.words_in(node),
        }
    }

    /// The words in a node, paragraph by paragraph.
    pub(super) fn words_in(&self, node: usize) -> String {
        let texts: Vec<&str> = self
            .paragraphs_in(node)
            .map(|number| self.text(number))
            .collect();
        format!("\n{}", texts.join("\n"))
    }
}
