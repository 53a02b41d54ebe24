//! The content of a paragraph as text, in which every letter knows where in the tree it stands.

use std::collections::BTreeMap;
use std::ops::Range;

use super::xml::Tree;

/// What a piece of a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// Letters.
    Text,
    /// One sign for an element: a tab, a line break, a hyphen.
    Sign,
    /// One letter of private use for something that is no text: a picture, a note, a formula.
    Object,
    /// An element of a run that takes no place in the text: an instruction of a field.
    Silent,
    /// An element beside the runs: a bookmark.
    Beside,
}

/// A piece of a paragraph.
#[derive(Debug, Clone)]
pub(super) struct Leaf {
    pub(super) sort: Sort,
    pub(super) node: usize,
    /// The run it stands in.
    pub(super) run: Option<usize>,
    /// Its place in the text.
    pub(super) text: Range<usize>,
    /// The wrapper it stands in; 0 for none.
    pub(super) wrapper: usize,
}

/// An element that holds runs: a link, a content control.
#[derive(Debug, Clone, Default)]
pub(super) struct Wrapper {
    pub(super) open: String,
    /// What opens it where a change stands in it, if that is something else.
    pub(super) changed: Option<String>,
    pub(super) close: String,
    pub(super) parent: usize,
}

/// A paragraph.
#[derive(Debug, Default)]
pub(super) struct Content {
    pub(super) text: String,
    pub(super) leaves: Vec<Leaf>,
    pub(super) wrappers: Vec<Wrapper>,
}

/// The letters that stand for things which are no text, the same for the same thing in both documents.
#[derive(Debug, Default)]
pub(super) struct Objects {
    letters: BTreeMap<String, char>,
    /// What references to notes are compared by, in the document that is read now.
    pub(super) notes: BTreeMap<String, String>,
}

impl Objects {
    fn letter(&mut self, tree: &Tree<'_>, node: usize) -> char {
        let mut key = String::new();
        if matches!(
            tree.name(node),
            "w:footnoteReference" | "w:endnoteReference"
        ) {
            let id = tree.attribute(node, "w:id").unwrap_or_default();
            let known = self.notes.get(&format!("{} {id}", tree.name(node)));
            // A note that continues nothing is like no other.
            key.push_str(known.unwrap_or(&format!(
                "{} {id} {}",
                tree.name(node),
                self.letters.len()
            )));
        }
        // Which note or picture it is, its number says: another number is no other thing.
        for inside in tree.within(node) {
            key.push_str(tree.name(inside));
            key.push(' ');
            if matches!(tree.name(inside), "w:sym" | "wp:extent" | "m:chr") {
                key.push_str(tree.open(inside));
            }
            key.push_str(&tree.text(inside));
        }
        let next = 0xF_0000 + u32::try_from(self.letters.len()).unwrap_or(0).min(0xFFF0);
        *self
            .letters
            .entry(key)
            .or_insert(char::from_u32(next).unwrap_or('\u{F0000}'))
    }
}

/// What opens a content control, up to what it `held`; of plain text or `rich`, one that may hold anything.
pub(super) fn control(tree: &Tree<'_>, (control, held): (usize, usize), rich: bool) -> String {
    let mut out = tree.open(control).to_owned();
    for child in tree.children(control).take_while(|at| *at < held) {
        if rich && tree.name(child) == "w:sdtPr" {
            out.push_str(tree.open(child));
            let kept = tree
                .children(child)
                .filter(|kind| tree.name(*kind) != "w:text");
            out.extend(kept.map(|kind| tree.raw(kind)));
            out.push_str(tree.close(child));
        } else {
            out.push_str(tree.raw(child));
        }
    }
    out.push_str(tree.open(held));
    out
}

/// Whether a content control may hold plain text alone.
fn is_plain(tree: &Tree<'_>, control: usize) -> bool {
    let kind = tree.child(control, "w:sdtPr");
    kind.is_some_and(|kind| tree.child(kind, "w:text").is_some())
}

/// Whether a letter stands for something that is no text.
pub(super) fn is_object(letter: char) -> bool {
    matches!(letter, '\u{F0000}'..='\u{FFFFD}')
}

impl Content {
    /// The content of a paragraph.
    pub(super) fn read(tree: &Tree<'_>, paragraph: usize, objects: &mut Objects) -> Self {
        let mut content = Content {
            wrappers: vec![Wrapper::default()],
            ..Content::default()
        };
        content.gather(tree, paragraph, 0, objects);
        content
    }

    fn gather(&mut self, tree: &Tree<'_>, node: usize, wrapper: usize, objects: &mut Objects) {
        for child in tree.children(node) {
            match tree.name(child) {
                "w:pPr" => {}
                "w:r" => self.run(tree, child, wrapper, objects),
                "w:hyperlink" | "w:smartTag" | "w:fldSimple" | "w:customXml" | "w:dir"
                | "w:bdo" => {
                    let open = tree.open(child).to_owned();
                    let inside = self.wrap(open, tree.close(child).to_owned(), wrapper);
                    self.gather(tree, child, inside, objects);
                }
                "w:sdt" => {
                    let Some(held) = tree.child(child, "w:sdtContent") else {
                        continue;
                    };
                    let open = control(tree, (child, held), false);
                    let close = format!("{}{}", tree.close(held), tree.close(child));
                    let inside = self.wrap(open, close, wrapper);
                    self.wrappers[inside].changed =
                        is_plain(tree, child).then(|| control(tree, (child, held), true));
                    self.gather(tree, held, inside, objects);
                }
                "m:oMath" | "m:oMathPara" | "mc:AlternateContent" => {
                    let letter = objects.letter(tree, child);
                    self.sign(letter, (Sort::Object, child, None, wrapper));
                }
                _ => self.push("", (Sort::Beside, child, None, wrapper)),
            }
        }
    }

    fn wrap(&mut self, open: String, close: String, parent: usize) -> usize {
        self.wrappers.push(Wrapper {
            open,
            changed: None,
            close,
            parent,
        });
        self.wrappers.len() - 1
    }

    fn run(&mut self, tree: &Tree<'_>, run: usize, wrapper: usize, objects: &mut Objects) {
        for child in tree.children(run) {
            let is = |sort| (sort, child, Some(run), wrapper);
            match tree.name(child) {
                "" | "w:rPr" => {}
                "w:t" => {
                    // The end of a line is kept for the end of a paragraph.
                    let text = tree.text(child).replace(['\n', '\r'], " ");
                    self.push(&text, is(Sort::Text));
                }
                "w:tab" | "w:ptab" => self.sign('\t', is(Sort::Sign)),
                "w:br" if tree.attribute(child, "w:type").is_some() => {
                    self.sign('\u{c}', is(Sort::Sign))
                }
                "w:br" | "w:cr" => self.sign('\u{b}', is(Sort::Sign)),
                "w:noBreakHyphen" => self.sign('\u{2011}', is(Sort::Sign)),
                "w:softHyphen" => self.sign('\u{ad}', is(Sort::Sign)),
                "w:sym"
                | "w:drawing"
                | "w:pict"
                | "w:object"
                | "w:ruby"
                | "w:footnoteReference"
                | "w:endnoteReference"
                | "mc:AlternateContent"
                | "w:contentPart" => {
                    let letter = objects.letter(tree, child);
                    self.sign(letter, is(Sort::Object));
                }
                _ => self.push("", is(Sort::Silent)),
            }
        }
    }

    fn sign(&mut self, letter: char, what: (Sort, usize, Option<usize>, usize)) {
        self.push(letter.encode_utf8(&mut [0; 4]), what);
    }

    fn push(
        &mut self,
        text: &str,
        (sort, node, run, wrapper): (Sort, usize, Option<usize>, usize),
    ) {
        let start = self.text.len();
        self.text.push_str(text);
        self.leaves.push(Leaf {
            sort,
            node,
            run,
            text: start..self.text.len(),
            wrapper,
        });
    }
}
