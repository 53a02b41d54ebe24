//! Footnotes and endnotes: which of the older document continue in which of the newer one, the words that changed in them,
//! and copies of those that a rejected change must bring back.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use onetext_text::common;

use super::super::content::Objects;
use super::super::error::DocxError;
use super::super::package::Package;
use super::super::read::{paragraph_nodes, words};
use super::super::resolve::is_marked;
use super::super::xml::{Tree, escape};
use super::ink::Ink;
use super::order::{Partners, key};
use super::side::Side;
use super::telling::Telling;
use super::words::{Fate, compare};

/// Two notes are one that changed where they share so many letters of a hundred.
const ALIKE: usize = 50;

/// The notes of two documents.
#[derive(Debug)]
pub(super) struct Notes {
    kinds: Vec<Kind>,
}

/// Footnotes, or endnotes.
#[derive(Debug)]
struct Kind {
    relation: &'static str,
    element: &'static str,
    reference: &'static str,
    /// The part of the older document, by name and source; empty where it has none.
    old: (String, String),
    new: (String, String),
    /// Notes that continue, by their numbers; and whether the words are the same.
    pairs: Vec<(String, String, bool)>,
    next: Cell<u64>,
    /// The notes of which a copy is needed, each with the number of the copy.
    copies: RefCell<Vec<(String, u64)>>,
}

impl Notes {
    /// Reads the notes of both, and pairs them.
    pub(super) fn read(old: &mut Package<'_>, new: &mut Package<'_>) -> Result<Notes, DocxError> {
        let mut kinds = Vec::with_capacity(2);
        for (relation, element, reference) in [
            ("footnotes", "w:footnote", "w:footnoteReference"),
            ("endnotes", "w:endnote", "w:endnoteReference"),
        ] {
            let (old, new) = (
                old.related(relation)?.unwrap_or_default(),
                new.related(relation)?.unwrap_or_default(),
            );
            let (before, after) = (listed(&old, element)?, listed(&new, element)?);
            let ids = after.iter().filter_map(|(id, _)| id.parse::<u64>().ok());
            let last = ids.filter(|id| *id < 1 << 30).max().unwrap_or(1);
            kinds.push(Kind {
                relation,
                element,
                reference,
                pairs: paired(&before, &after),
                old,
                new,
                next: Cell::new(last + 1),
                copies: RefCell::new(Vec::new()),
            });
        }
        Ok(Notes { kinds })
    }

    /// What a reference of one document is compared by: those of a pair by the same word.
    pub(super) fn keys(&self, of_new: bool) -> BTreeMap<String, String> {
        let mut keys = BTreeMap::new();
        for kind in &self.kinds {
            for (number, (old, new, _)) in kind.pairs.iter().enumerate() {
                let id = if of_new { new } else { old };
                let place = format!("{} {id}", kind.reference);
                keys.insert(place, format!("{} pair {number}", kind.reference));
            }
        }
        keys
    }

    /// A reference of the older document as the newer one can hold it: to a copy of the note.
    pub(super) fn copied(&self, tree: &Tree<'_>, node: usize) -> Option<String> {
        let name = tree.name(node);
        let kind = self.kinds.iter().find(|kind| kind.reference == name)?;
        let id = tree.attribute(node, "w:id")?;
        let number = kind.next.replace(kind.next.get() + 1);
        kind.copies.borrow_mut().push((id, number));
        Some(format!("<{name} w:id=\"{number}\"/>"))
    }

    /// The parts that change: with the words of notes that changed marked, and with the copies.
    pub(super) fn write(
        &self,
        package: &mut Package<'_>,
        ink: &Ink,
    ) -> Result<BTreeMap<String, String>, DocxError> {
        let mut parts = BTreeMap::new();
        for kind in &self.kinds {
            let copies = kind.copies.take();
            let changed = kind.pairs.iter().any(|(_, _, same)| !same)
                && !is_marked(&kind.old.1)
                && !is_marked(&kind.new.1);
            if copies.is_empty() && !changed {
                continue;
            }
            let known = !kind.new.0.is_empty();
            let (name, mut source) = match known {
                true => kind.new.clone(),
                false => (
                    package.beside_main(&format!("{}.xml", kind.relation)),
                    kind.without_notes()?,
                ),
            };
            if changed {
                source = kind.marked(ink)?;
            }
            parts.insert(name.clone(), kind.with_copies(&name, &source, &copies)?);
            if !known {
                let relation = format!(
                    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}",
                    kind.relation
                );
                let content = format!(
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml",
                    kind.relation
                );
                parts.extend(package.relate(&relation, &name, &content)?);
            }
        }
        Ok(parts)
    }
}

impl Kind {
    /// The newer part, the words of notes that changed marked.
    fn marked(&self, ink: &Ink) -> Result<String, DocxError> {
        let old_tree = Tree::parse(&self.old.0, &self.old.1)?;
        let new_tree = Tree::parse(&self.new.0, &self.new.1)?;
        let mut objects = Objects::default();
        let old_side = Side::new(old_tree, 0, &mut objects);
        let new_side = Side::new(new_tree, 0, &mut objects);
        let partners = Partners::new(
            old_side.nodes.len(),
            new_side.nodes.len(),
            std::iter::empty(),
        );
        let telling = Telling::new(&old_side, &new_side, &partners, ink, false);
        let mut edits = Vec::new();
        for (old, new, same) in &self.pairs {
            if *same {
                continue;
            }
            let nodes = (
                self.note(&old_side.tree, old),
                self.note(&new_side.tree, new),
            );
            if let (Some(old), Some(new)) = nodes {
                edits.push((new_side.tree.inner_range(new), telling.note(old, new)));
            }
        }
        edits.sort_by_key(|(range, _)| range.start);
        let (mut out, mut at) = (String::with_capacity(self.new.1.len()), 0);
        for (range, xml) in edits {
            out.push_str(self.new.1.get(at..range.start).unwrap_or_default());
            out.push_str(&xml);
            at = range.end;
        }
        out.push_str(self.new.1.get(at..).unwrap_or_default());
        Ok(out)
    }

    fn note(&self, tree: &Tree<'_>, id: &str) -> Option<usize> {
        tree.children(0).find(|child| {
            tree.name(*child) == self.element
                && tree.attribute(*child, "w:id").as_deref() == Some(id)
        })
    }

    /// The older part with the lines that set notes apart, and no note.
    fn without_notes(&self) -> Result<String, DocxError> {
        let tree = Tree::parse(&self.old.0, &self.old.1)?;
        let lines = tree.children(0).filter(|child| {
            tree.name(*child) == self.element && tree.attribute(*child, "w:type").is_some()
        });
        let lines: String = lines.map(|child| tree.raw(child)).collect();
        let open = tree.open(0).trim_end_matches("/>").trim_end_matches('>');
        Ok(format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n{open}>{lines}</{}>",
            tree.name(0)
        ))
    }

    /// A part with copies of notes of the older document.
    fn with_copies(
        &self,
        name: &str,
        source: &str,
        copies: &[(String, u64)],
    ) -> Result<String, DocxError> {
        if copies.is_empty() {
            return Ok(source.to_owned());
        }
        let old = Tree::parse(&self.old.0, &self.old.1)?;
        let tree = Tree::parse(name, source)?;
        let mut added = String::new();
        for (id, number) in copies {
            added.push_str(&format!("<{} w:id=\"{number}\">", self.element));
            if let Some(note) = self.note(&old, id) {
                self.copy(&old, note, tree.open(0), &mut added);
            }
            added.push_str(&format!("</{}>", self.element));
        }
        let root = tree.raw(0);
        let whole = match root.strip_suffix("/>") {
            Some(open) => format!("{open}>{added}</{}>", tree.name(0)),
            None => {
                let (close, inner) = (tree.close(0), tree.inner(0));
                format!("{}{inner}{added}{close}", tree.open(0))
            }
        };
        Ok(source.replacen(root, &whole, 1))
    }

    /// What a note says: to the letter where the newer part can hold it, else its words alone.
    fn copy(&self, tree: &Tree<'_>, note: usize, root: &str, out: &mut String) {
        let inner = tree.inner(note);
        let foreign = |name: &str| {
            name.split_once(':').is_some_and(|(prefix, _)| {
                prefix != "w" && !root.contains(&format!("xmlns:{prefix}=\""))
            })
        };
        let holds = !inner.contains(" r:")
            && !is_marked(inner)
            && !tree.within(note).any(|node| foreign(tree.name(node)));
        if holds {
            out.push_str(inner);
            return;
        }
        for paragraph in paragraph_nodes(tree, note) {
            let mut said = String::new();
            words(tree, paragraph, &mut said);
            out.push_str("<w:p><w:r><w:t xml:space=\"preserve\">");
            escape(&said, out);
            out.push_str("</w:t></w:r></w:p>");
        }
    }
}

/// The notes of a part, each with its number and what it says; the lines that set notes apart left out.
fn listed(
    (name, source): &(String, String),
    element: &str,
) -> Result<Vec<(String, String)>, DocxError> {
    if name.is_empty() {
        return Ok(Vec::new());
    }
    let tree = Tree::parse(name, source)?;
    let mut found = Vec::new();
    for node in tree
        .children(0)
        .filter(|child| tree.name(*child) == element)
    {
        if tree
            .attribute(node, "w:type")
            .is_some_and(|kind| kind != "normal")
        {
            continue;
        }
        let mut said = String::new();
        for paragraph in paragraph_nodes(&tree, node) {
            words(&tree, paragraph, &mut said);
            said.push('\n');
        }
        found.push((tree.attribute(node, "w:id").unwrap_or_default(), said));
    }
    Ok(found)
}

/// The notes that continue: those of the same words, and between these those that are alike.
fn paired(old: &[(String, String)], new: &[(String, String)]) -> Vec<(String, String, bool)> {
    let keys = |notes: &[(String, String)]| -> Vec<u64> {
        notes.iter().map(|(_, said)| key(said)).collect()
    };
    let mut found = Vec::new();
    let (mut from_old, mut from_new) = (0, 0);
    let same = common(&keys(old), &keys(new));
    for (o, n) in same.into_iter().chain([(old.len(), new.len())]) {
        let mut at = from_old;
        for (id, said) in new.get(from_new..n).unwrap_or_default() {
            let near = old.get(at..o).unwrap_or_default();
            let like = near.iter().position(|(_, before)| alike(before, said));
            if let Some((like, (before, _))) = like.and_then(|like| Some((like, near.get(like)?))) {
                found.push((before.clone(), id.clone(), false));
                at += like + 1;
            }
        }
        if let (Some((before, was)), Some((after, is))) = (old.get(o), new.get(n)) {
            found.push((before.clone(), after.clone(), was == is));
        }
        (from_old, from_new) = (o + 1, n + 1);
    }
    found
}

fn alike(old: &str, new: &str) -> bool {
    let told = compare(old, new);
    let kept = told.iter().filter(|each| each.fate == Fate::Kept);
    let kept: usize = kept.map(|each| each.range.len()).sum();
    kept * 100 >= ALIKE * old.len().max(new.len()).max(1)
}
