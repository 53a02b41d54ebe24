//! A document that came back: what it said, what it says, and which tracked change and which comment stands where.
//!
//! Paragraphs are followed through the readings by numbers that are written into them first. A paragraph of the file is a
//! *leaf*; a paragraph of a reading is made of one leaf, or of several where marks of paragraphs came or went.

use std::collections::BTreeMap;

use super::custom;
use super::error::DocxError;
use super::package::Package;
use super::read::{
    Change, Comment, Lists, Paragraph, body, changes_at, comments, paragraph_nodes, paragraphs,
};
use super::resolve::{Tracked, resolve, resolve_for};
use super::xml::Tree;

/// A document with what was marked up in it.
#[derive(Debug, Clone, Default)]
pub struct Markup {
    /// Its custom properties that are text, by name.
    pub properties: BTreeMap<String, String>,
    /// As it reads with every change rejected.
    pub before: Side,
    /// As it reads with every change accepted.
    pub after: Side,
    /// The paragraphs of the file.
    pub leaves: Vec<Leaf>,
    /// The tracked changes, in the order of the file, each with its leaf.
    pub changes: Vec<(Change, Option<usize>)>,
    /// The comments.
    pub comments: Vec<Remark>,
    /// Tracked changes beside the body: in headers, footers and notes, each with the name of its part.
    pub aside: Vec<(String, Change)>,
}

/// One reading of the document.
#[derive(Debug, Clone, Default)]
pub struct Side {
    /// Its paragraphs.
    pub paragraphs: Vec<Paragraph>,
    /// For each paragraph the leaves it is made of.
    pub leaves: Vec<Vec<usize>>,
}

/// A paragraph of the file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Leaf {
    /// How many letters of it no tracked change touches.
    pub kept: usize,
    /// Whether the mark that ends it was neither inserted nor deleted.
    pub stays: bool,
    /// Whether a change of its properties or of its number is tracked.
    pub restyled: bool,
    /// The name of the move that takes words away from it.
    pub moved_from: Option<String>,
    /// The name of the move that brings words to it.
    pub moved_to: Option<String>,
}

/// A comment with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// What it says, and who says it.
    pub comment: Comment,
    /// The leaf where it begins; none where the body names no place for it.
    pub leaf: Option<usize>,
    /// The words that it is on.
    pub on: String,
}

/// What marks a leaf in a reading; no document has an element of this name.
const LEAF: &str = "onetextLeaf";

/// Reads a document with what was marked up in it.
///
/// # Errors
/// Where it is no document that can be read.
pub fn markup(bytes: &[u8]) -> Result<Markup, DocxError> {
    markup_by(bytes, None)
}

/// The same, as far as it is by one author: the changes of all others are taken as rejected, and their comments left out.
///
/// # Errors
/// Where it is no document that can be read.
pub fn markup_by(bytes: &[u8], author: Option<&str>) -> Result<Markup, DocxError> {
    let own = |said: &Option<String>| author.is_none_or(|author| said.as_deref() == Some(author));
    let mut package = Package::open(bytes)?;
    let properties = custom::read(&mut package)?;
    let (name, main) = (package.main.clone(), package.main_part()?);
    let tree = Tree::parse(&name, &main)?;
    let found = body(&name, &tree)?;
    let places = Places::of(&tree, found);
    let numbered = places.numbered(&tree);
    let lists = Lists::read(&mut package)?;
    let side = |tracked: Tracked| -> Result<Side, DocxError> {
        let tree = Tree::parse(&name, &numbered)?;
        let resolved = match author.filter(|_| tracked == Tracked::Accepted) {
            Some(author) => resolve_for(&tree, author),
            None => resolve(&tree, tracked),
        };
        let resolved = resolved.as_deref().unwrap_or(&numbered);
        let tree = Tree::parse(&name, resolved)?;
        let found = body(&name, &tree)?;
        Ok(Side {
            paragraphs: paragraphs(&tree, found, &lists),
            leaves: Places::of(&tree, found).leaves_in(&tree),
        })
    };
    let (before, after) = (side(Tracked::Rejected)?, side(Tracked::Accepted)?);
    let changes = changes_at(&tree)
        .into_iter()
        .filter(|(_, change)| own(&change.author))
        .map(|(node, change)| (change, places.leaf(&tree, node)));
    let mut said = comments(&mut package, Tracked::Accepted)?;
    said.retain(|comment| own(&comment.author));
    let mut aside = Vec::new();
    for part in package.others() {
        let source = package.part(&part)?;
        let tree = Tree::parse(&part, &source)?;
        let changes = changes_at(&tree).into_iter();
        let changes = changes.filter(|(_, change)| own(&change.author));
        aside.extend(changes.map(|(_, change)| (part.clone(), change)));
    }
    Ok(Markup {
        properties,
        before,
        after,
        leaves: places.leaves(&tree),
        changes: changes.collect(),
        comments: places.remarks(&tree, said),
        aside,
    })
}

/// The nodes of the paragraphs of a body.
struct Places(Vec<usize>);

impl Places {
    fn of(tree: &Tree<'_>, body: usize) -> Self {
        Places(paragraph_nodes(tree, body))
    }

    /// The innermost leaf around a node; for what stands between leaves, as the properties of a row, the next one.
    fn leaf(&self, tree: &Tree<'_>, node: usize) -> Option<usize> {
        let next = self.0.partition_point(|leaf| *leaf <= node);
        let around = (0..next).rev().take(16).find(|at| {
            self.0
                .get(*at)
                .is_some_and(|leaf| tree.within(*leaf).contains(&node))
        });
        around.or_else(|| (next < self.0.len()).then_some(next))
    }

    /// The part with the number of each leaf written into it.
    fn numbered(&self, tree: &Tree<'_>) -> String {
        let source = tree.source();
        let mut out = String::with_capacity(source.len() + self.0.len() * 32);
        let mut at = 0;
        for (number, leaf) in self.0.iter().enumerate() {
            let mark = format!("<{LEAF} n=\"{number}\"/>");
            let open = tree.open(*leaf);
            if let Some(head) = open.strip_suffix("/>") {
                let range = tree.range(*leaf);
                out.push_str(source.get(at..range.start).unwrap_or_default());
                out.push_str(&format!("{head}>{mark}</w:p>"));
                at = range.end;
                continue;
            }
            let place = match tree.child(*leaf, "w:pPr") {
                Some(properties) => tree.range(properties).end,
                None => tree.inner_range(*leaf).start,
            };
            out.push_str(source.get(at..place).unwrap_or_default());
            out.push_str(&mark);
            at = place;
        }
        out.push_str(source.get(at..).unwrap_or_default());
        out
    }

    /// The numbers that were written into each paragraph.
    fn leaves_in(&self, tree: &Tree<'_>) -> Vec<Vec<usize>> {
        let numbers = self.0.iter().map(|node| {
            let marks = tree
                .children(*node)
                .filter(|child| tree.name(*child) == LEAF);
            marks
                .filter_map(|mark| tree.attribute(mark, "n")?.parse().ok())
                .collect()
        });
        numbers.collect()
    }

    fn leaves(&self, tree: &Tree<'_>) -> Vec<Leaf> {
        let moves = move_names(tree);
        let leaf = |node: &usize| {
            let properties = tree.child(*node, "w:pPr");
            let mark = properties.and_then(|found| tree.child(found, "w:rPr"));
            let signs = ["w:ins", "w:del", "w:moveFrom", "w:moveTo"];
            let signed = mark.is_some_and(|mark| {
                tree.children(mark)
                    .any(|child| signs.contains(&tree.name(child)))
            });
            let restyled = properties.is_some_and(|found| {
                tree.within(found)
                    .any(|inside| matches!(tree.name(inside), "w:pPrChange" | "w:numberingChange"))
                    || tree
                        .child(found, "w:numPr")
                        .is_some_and(|list| tree.child(list, "w:ins").is_some())
            });
            let moved = |name: &str| {
                // The mark of a paragraph says so before the move begins.
                let words = properties.map_or(*node, |found| tree.within(found).end);
                let end = tree.within(*node).end;
                let found = (words..end).find(|inside| tree.name(*inside) == name)?;
                let before = moves
                    .iter()
                    .rfind(|(at, kind, _)| *at < found && *kind == name);
                before.map(|(_, _, name)| name.clone())
            };
            Leaf {
                kept: kept(tree, *node),
                stays: !signed,
                restyled,
                moved_from: moved("w:moveFrom"),
                moved_to: moved("w:moveTo"),
            }
        };
        self.0.iter().map(leaf).collect()
    }

    /// The comments, each at its place in the body.
    fn remarks(&self, tree: &Tree<'_>, said: Vec<Comment>) -> Vec<Remark> {
        let mut begins: BTreeMap<String, usize> = BTreeMap::new();
        let mut ends: BTreeMap<String, usize> = BTreeMap::new();
        let mut named: BTreeMap<String, usize> = BTreeMap::new();
        for node in tree.within(0) {
            let into = match tree.name(node) {
                "w:commentRangeStart" => &mut begins,
                "w:commentRangeEnd" => &mut ends,
                "w:commentReference" => &mut named,
                _ => continue,
            };
            if let Some(id) = tree.attribute(node, "w:id") {
                into.entry(id).or_insert(node);
            }
        }
        let remark = |comment: Comment| {
            let begin = begins.get(&comment.id);
            let place = begin.or_else(|| named.get(&comment.id));
            let leaf = place.and_then(|place| self.leaf(tree, *place));
            let mut on = String::new();
            if let (Some(begin), Some(end)) = (begin, ends.get(&comment.id)) {
                for node in *begin..*end {
                    if matches!(tree.name(node), "w:t" | "w:delText") {
                        on.push_str(&tree.text(node));
                    }
                }
            }
            Remark { comment, leaf, on }
        };
        said.into_iter().map(remark).collect()
    }
}

/// The names of moves where they begin: the place, the element that is moved, the name.
fn move_names(tree: &Tree<'_>) -> Vec<(usize, &'static str, String)> {
    let mut found = Vec::new();
    for node in tree.within(0) {
        let kind = match tree.name(node) {
            "w:moveFromRangeStart" => "w:moveFrom",
            "w:moveToRangeStart" => "w:moveTo",
            _ => continue,
        };
        let name = tree.attribute(node, "w:name").unwrap_or_default();
        found.push((node, kind, name));
    }
    found
}

/// The letters of a paragraph that no tracked change touches.
fn kept(tree: &Tree<'_>, node: usize) -> usize {
    let mut count = 0;
    for child in tree.children(node) {
        match tree.name(child) {
            "w:ins" | "w:del" | "w:moveFrom" | "w:moveTo" | "w:p" | "w:pPr" => {}
            "w:t" => {
                count += tree
                    .text(child)
                    .chars()
                    .filter(|c| !c.is_whitespace())
                    .count()
            }
            _ => count += kept(tree, child),
        }
    }
    count
}
