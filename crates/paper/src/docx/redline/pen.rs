//! Writing the content of a paragraph: fragments of runs, inside marks, inside wrappers.

use std::ops::Range;

use super::super::content::{Content, Leaf, Sort};
use super::super::xml::{Tree, escape};
use super::ink::{Ink, Mark};
use super::notes::Notes;

/// Writes one paragraph's content.
pub(super) struct Pen<'i> {
    ink: &'i Ink,
    /// Notes of the older document, where these can be brought back.
    notes: Option<&'i Notes>,
    out: String,
    mark: Mark,
    /// The run that is open: whether of the new document, and its node.
    run: Option<(bool, usize)>,
    /// The wrappers that are open, outermost first.
    wrappers: Vec<Open>,
}

/// A wrapper that is open.
struct Open {
    wrapper: usize,
    close: String,
    /// Where it was opened, and what opens it where a change stands in it: as long as none does.
    unchanged: Option<(Range<usize>, String)>,
}

impl<'i> Pen<'i> {
    pub(super) fn new(ink: &'i Ink) -> Self {
        Pen {
            ink,
            notes: None,
            out: String::new(),
            mark: Mark::None,
            run: None,
            wrappers: Vec::new(),
        }
    }

    /// The same, with notes that can be brought back.
    pub(super) fn with_notes(mut self, notes: Option<&'i Notes>) -> Self {
        self.notes = notes;
        self
    }

    /// Something beside the runs.
    pub(super) fn raw(&mut self, xml: &str) {
        self.end_mark();
        self.out.push_str(xml);
    }

    /// A piece of the new document, from `from` to `to` of its own letters.
    pub(super) fn new_leaf(
        &mut self,
        tree: &Tree<'_>,
        content: &Content,
        leaf: &Leaf,
        mark: Mark,
        (from, to): (usize, usize),
    ) {
        self.enter(content, leaf.wrapper);
        if leaf.sort == Sort::Beside {
            self.raw(tree.raw(leaf.node));
            return;
        }
        self.begin(tree, (true, leaf.run), mark);
        let whole = from == leaf.text.start && to == leaf.text.end;
        if mark == Mark::Deleted && leaf.sort == Sort::Text {
            self.words("w:delText", content.text.get(from..to).unwrap_or_default());
        } else if mark == Mark::Deleted && tree.name(leaf.node) == "w:instrText" {
            let deleted = tree.raw(leaf.node).replace("w:instrText", "w:delInstrText");
            self.out.push_str(&deleted);
        } else if whole || leaf.sort != Sort::Text {
            self.out.push_str(tree.raw(leaf.node));
        } else {
            self.words("w:t", content.text.get(from..to).unwrap_or_default());
        }
    }

    /// A piece of the old document. What would need a part of the old package is left out.
    pub(super) fn old_leaf(
        &mut self,
        tree: &Tree<'_>,
        content: &Content,
        leaf: &Leaf,
        mark: Mark,
        (from, to): (usize, usize),
    ) {
        match leaf.sort {
            Sort::Silent | Sort::Beside => {}
            Sort::Object => {
                let name = tree.name(leaf.node);
                if name == "w:sym" || name.starts_with("m:") {
                    self.begin(tree, (false, leaf.run), mark);
                    self.out.push_str(tree.raw(leaf.node));
                } else if let Some(reference) =
                    self.notes.and_then(|notes| notes.copied(tree, leaf.node))
                {
                    self.begin(tree, (false, leaf.run), mark);
                    self.out.push_str(&reference);
                }
            }
            Sort::Sign => {
                self.begin(tree, (false, leaf.run), mark);
                self.out.push_str(tree.raw(leaf.node));
            }
            Sort::Text => {
                self.begin(tree, (false, leaf.run), mark);
                let name = if mark == Mark::Deleted {
                    "w:delText"
                } else {
                    "w:t"
                };
                self.words(name, content.text.get(from..to).unwrap_or_default());
            }
        }
    }

    /// A part of a field of the old document: where it begins, what it does, where it ends.
    pub(super) fn old_instruction(&mut self, tree: &Tree<'_>, leaf: &Leaf, mark: Mark) {
        let raw = tree.raw(leaf.node);
        match tree.name(leaf.node) {
            "w:instrText" if mark == Mark::Deleted => {
                self.begin(tree, (false, leaf.run), mark);
                let deleted = raw.replace("w:instrText", "w:delInstrText");
                self.out.push_str(&deleted);
            }
            "w:instrText" | "w:fldChar" => {
                self.begin(tree, (false, leaf.run), mark);
                self.out.push_str(raw);
            }
            _ => {}
        }
    }

    /// Words that come, with the look of a run.
    pub(super) fn words_of(&mut self, tree: &Tree<'_>, like: Option<usize>, words: &str) {
        self.end_mark();
        self.changed();
        let look = like.and_then(|run| tree.child(run, "w:rPr"));
        let look = look.map_or("", |look| tree.raw(look));
        self.out
            .push_str(&format!("{}><w:r>{look}", self.ink.tag(Mark::Inserted)));
        for (at, line) in words.split(['\n', '\u{b}']).enumerate() {
            if at > 0 {
                self.out.push_str("<w:br/>");
            }
            self.words("w:t", line);
        }
        self.out.push_str("</w:r></w:ins>");
    }

    /// What follows is another's.
    pub(super) fn hand_to(&mut self, ink: &'i Ink) {
        self.end_mark();
        self.ink = ink;
    }

    fn words(&mut self, name: &str, words: &str) {
        self.out
            .push_str(&format!("<{name} xml:space=\"preserve\">"));
        escape(words, &mut self.out);
        self.out.push_str(&format!("</{name}>"));
    }

    /// Opens the mark and the run of a fragment, where they are not open.
    fn begin(&mut self, tree: &Tree<'_>, (new, run): (bool, Option<usize>), mark: Mark) {
        if mark != self.mark {
            self.end_mark();
            if mark != Mark::None {
                self.changed();
                self.out.push_str(&self.ink.tag(mark));
                self.out.push('>');
            }
            self.mark = mark;
        }
        let wanted = run.map(|run| (new, run));
        if wanted != self.run {
            self.end_run();
            if let Some((_, run)) = wanted {
                self.out.push_str(tree.open(run));
                self.out
                    .push_str(tree.child(run, "w:rPr").map_or("", |found| tree.raw(found)));
            }
            self.run = wanted;
        }
    }

    /// A change stands in every wrapper that is open.
    fn changed(&mut self) {
        for open in self.wrappers.iter_mut().rev() {
            if let Some((place, changed)) = open.unchanged.take() {
                self.out.replace_range(place, &changed);
            }
        }
    }

    fn end_run(&mut self) {
        if self.run.take().is_some() {
            self.out.push_str("</w:r>");
        }
    }

    /// Closes the mark that is open, and its run.
    pub(super) fn end_mark(&mut self) {
        self.end_run();
        if self.mark != Mark::None {
            self.out.push_str(&format!("</{}>", self.mark.element()));
            self.mark = Mark::None;
        }
    }

    /// Closes and opens wrappers until `target` is the innermost that is open.
    fn enter(&mut self, content: &Content, target: usize) {
        if self.wrappers.last().map_or(0, |open| open.wrapper) == target {
            return;
        }
        self.end_mark();
        let mut path = Vec::new();
        let mut at = target;
        while let Some(wrapper) = content.wrappers.get(at).filter(|_| at != 0) {
            path.push(at);
            at = wrapper.parent;
        }
        path.reverse();
        let shared = self
            .wrappers
            .iter()
            .zip(&path)
            .take_while(|(open, wanted)| open.wrapper == **wanted)
            .count();
        while self.wrappers.len() > shared {
            self.out.extend(self.wrappers.pop().map(|open| open.close));
        }
        for wanted in path.get(shared..).unwrap_or_default() {
            if let Some(wrapper) = content.wrappers.get(*wanted) {
                let from = self.out.len();
                self.out.push_str(&wrapper.open);
                self.wrappers.push(Open {
                    wrapper: *wanted,
                    close: wrapper.close.clone(),
                    unchanged: wrapper
                        .changed
                        .clone()
                        .map(|changed| (from..self.out.len(), changed)),
                });
            }
        }
    }

    /// What was written.
    pub(super) fn finish(mut self) -> String {
        self.end_mark();
        while let Some(open) = self.wrappers.pop() {
            self.out.push_str(&open.close);
        }
        self.out
    }
}
