//! Tracked changes resolved: the part as it reads with every change accepted, or with every change rejected.
//!
//! Insertions, deletions and moves of words, of paragraph marks, of rows and of cells; one inside another; changes of
//! formatting, numbering and sections. What is not concerned is copied to the letter. The rules are those of ECMA-376
//! part 1, 17.13.5.

use serde::Deserialize;

use super::xml::Tree;

/// How tracked changes are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tracked {
    /// As if every change were accepted.
    #[default]
    Accepted,
    /// As if every change were rejected.
    Rejected,
}

/// The names of elements that record a change.
const MARKS: &[&str] = &[
    "<w:ins",
    "<w:del",
    "<w:move",
    "<w:cell",
    "Change>",
    "Change ",
    "<w:customXml",
];

/// Whether there may be a mark of a change in what is written so.
pub(super) fn is_marked(source: &str) -> bool {
    MARKS.iter().any(|mark| source.contains(mark))
}

/// Whether a node holds a mark of a change, or is one.
pub(super) fn holds_mark(tree: &Tree<'_>, node: usize) -> bool {
    let marks = |name: &str| {
        let words = [
            "w:ins",
            "w:del",
            "w:moveFrom",
            "w:moveTo",
            "w:delText",
            "w:delInstrText",
        ];
        words.contains(&name) || is_mark(name)
    };
    is_marked(tree.raw(node)) && tree.within(node).any(|inside| marks(tree.name(inside)))
}

/// The part with its changes resolved; none where it holds no mark of a change.
pub(super) fn resolve(tree: &Tree<'_>, tracked: Tracked) -> Option<String> {
    resolved(tree, tracked, None)
}

/// The part with the changes of one author accepted and all others rejected; none where it holds no mark of a change.
pub(super) fn resolve_for(tree: &Tree<'_>, author: &str) -> Option<String> {
    resolved(tree, Tracked::Rejected, Some(author))
}

fn resolved(tree: &Tree<'_>, tracked: Tracked, author: Option<&str>) -> Option<String> {
    let source = tree.source();
    if !is_marked(source) {
        return None;
    }
    let resolver = Resolver {
        tree,
        tracked,
        author,
    };
    let inner = tree.inner_range(0);
    let mut out = String::with_capacity(source.len());
    out.push_str(source.get(..inner.start).unwrap_or_default());
    resolver.children(0, &mut out);
    out.push_str(source.get(inner.end..).unwrap_or_default());
    Some(out)
}

struct Resolver<'t, 's> {
    tree: &'t Tree<'s>,
    tracked: Tracked,
    /// Whose changes are accepted whatever becomes of the others.
    author: Option<&'t str>,
}

/// The content of paragraphs whose marks are gone, on its way to the next paragraph.
#[derive(Default)]
struct Carry {
    content: String,
    properties: String,
    /// Paragraphs and tables that were written.
    written: usize,
}

impl Resolver<'_, '_> {
    fn children(&self, node: usize, out: &mut String) {
        self.tree
            .children(node)
            .for_each(|child| self.node(child, out));
    }

    fn node(&self, node: usize, out: &mut String) {
        let name = self.tree.name(node);
        match name {
            "w:ins" | "w:moveTo" | "w:del" | "w:moveFrom" => {
                if self.stays(node) {
                    self.children(node, out);
                }
            }
            "w:delText" | "w:delInstrText" => self.deleted_text(node, out),
            "w:tbl" => self.table(node, out),
            "w:tr" => self.row(node, out),
            "w:body" | "w:tc" | "w:txbxContent" | "w:footnote" | "w:endnote" | "w:comment" => {
                self.container(node, out);
            }
            "w:p" => self.paragraph(node, &mut Carry::default(), out),
            "w:pPr" | "w:rPr" | "w:tblPr" | "w:trPr" | "w:tcPr" | "w:sectPr" | "w:tblPrEx"
            | "w:tblGrid" => self.properties(node, out),
            "w:numPr"
                if self
                    .tree
                    .child(node, "w:ins")
                    .is_some_and(|change| !self.accepts(change)) => {}
            _ if is_mark(name) => {}
            _ => self.copy(node, out),
        }
    }

    /// Whether what is inside a change stays.
    fn stays(&self, node: usize) -> bool {
        let inserted = matches!(self.tree.name(node), "w:ins" | "w:moveTo" | "w:cellIns");
        inserted == self.accepts(node)
    }

    /// Whether a change is accepted.
    fn accepts(&self, change: usize) -> bool {
        let own = || self.tree.attribute(change, "w:author").unwrap_or_default();
        self.tracked == Tracked::Accepted || self.author.is_some_and(|author| own() == author)
    }

    /// Whether a property says that what bears it is gone.
    fn gone(&self, properties: Option<usize>) -> bool {
        let Some(properties) = properties else {
            return false;
        };
        let names = [
            "w:ins",
            "w:del",
            "w:moveFrom",
            "w:moveTo",
            "w:cellIns",
            "w:cellDel",
        ];
        self.tree.children(properties).any(|child| {
            let name = self.tree.name(child);
            names.contains(&name) && !self.stays(child)
        })
    }

    fn copy(&self, node: usize, out: &mut String) {
        if self.tree.name(node).is_empty() || self.tree.inner(node).is_empty() {
            out.push_str(self.tree.raw(node));
            return;
        }
        out.push_str(self.tree.open(node));
        self.children(node, out);
        out.push_str(self.tree.close(node));
    }

    fn deleted_text(&self, node: usize, out: &mut String) {
        if self.tracked == Tracked::Accepted {
            return;
        }
        let raw = self.tree.raw(node);
        let name = self.tree.name(node);
        let plain = if name == "w:delText" {
            "w:t"
        } else {
            "w:instrText"
        };
        out.push_str(&raw.replace(name, plain));
    }

    fn table(&self, node: usize, out: &mut String) {
        let mut inside = String::new();
        self.children(node, &mut inside);
        if inside.contains("<w:tr") {
            self.wrapped(node, &inside, out);
        }
    }

    fn row(&self, node: usize, out: &mut String) {
        if self.gone(self.tree.child(node, "w:trPr")) {
            return;
        }
        let mut inside = String::new();
        for child in self.tree.children(node) {
            let cell = self.tree.name(child) == "w:tc";
            if !(cell && self.gone(self.tree.child(child, "w:tcPr"))) {
                self.node(child, &mut inside);
            }
        }
        if inside.contains("<w:tc") {
            self.wrapped(node, &inside, out);
        }
    }

    /// An element with other content.
    fn wrapped(&self, node: usize, inside: &str, out: &mut String) {
        let open = self.tree.open(node);
        match open.strip_suffix("/>") {
            Some(open) => {
                out.push_str(open);
                out.push('>');
                out.push_str(inside);
                out.push_str("</");
                out.push_str(self.tree.name(node));
                out.push('>');
            }
            None => {
                out.push_str(open);
                out.push_str(inside);
                out.push_str(self.tree.close(node));
            }
        }
    }

    /// Paragraphs and tables. What a paragraph without its mark leaves goes on in the next one.
    fn container(&self, node: usize, out: &mut String) {
        let mut carry = Carry::default();
        let mut inside = String::new();
        self.blocks(node, &mut carry, &mut inside);
        let needed = self.tree.name(node) == "w:tc" && carry.written == 0;
        self.flush(&mut carry, needed, &mut inside);
        self.wrapped(node, &inside, out);
    }

    fn blocks(&self, node: usize, carry: &mut Carry, out: &mut String) {
        for child in self.tree.children(node) {
            match self.tree.name(child) {
                "w:p" => self.paragraph(child, carry, out),
                "w:tbl" => {
                    // No paragraph goes on behind a table, not behind one that goes either.
                    self.flush(carry, false, out);
                    let before = out.len();
                    self.table(child, out);
                    carry.written += usize::from(out.len() > before);
                }
                "w:sdt" | "w:sdtContent" | "w:customXml" => {
                    let written = carry.written;
                    let mut inside = String::new();
                    self.blocks(child, carry, &mut inside);
                    // A control whose last paragraph went is gone with it.
                    if carry.written > written {
                        self.wrapped(child, &inside, out);
                    }
                }
                _ => self.node(child, out),
            }
        }
    }

    fn paragraph(&self, node: usize, carry: &mut Carry, out: &mut String) {
        let (mut properties, mut content) = (String::new(), String::new());
        for child in self.tree.children(node) {
            let into = if self.tree.name(child) == "w:pPr" {
                &mut properties
            } else {
                &mut content
            };
            self.node(child, into);
        }
        let mark = self
            .tree
            .child(node, "w:pPr")
            .and_then(|found| self.tree.child(found, "w:rPr"));
        if self.gone(mark) {
            carry.content.push_str(&content);
            carry.properties = properties;
            return;
        }
        let before = std::mem::take(&mut carry.content);
        self.wrapped(node, &format!("{properties}{before}{content}"), out);
        carry.written += 1;
    }

    /// What is carried and finds no paragraph after it becomes one.
    fn flush(&self, carry: &mut Carry, needed: bool, out: &mut String) {
        let Carry {
            content,
            properties,
            ..
        } = std::mem::take(carry);
        let content_counts = ["<w:r>", "<w:r ", "<m:oMath"]
            .iter()
            .any(|run| content.contains(run));
        if needed || content_counts {
            out.push_str(&format!("<w:p>{properties}{content}</w:p>"));
            carry.written += 1;
        }
    }

    /// Properties, as they were before a change where it is rejected. The change of a paragraph's properties leaves
    /// out those of its mark and of its section, the change of a section its headers and footers.
    fn properties(&self, node: usize, out: &mut String) {
        let change = format!("{}Change", self.tree.name(node));
        let before = self
            .tree
            .child(node, &change)
            .filter(|change| !self.accepts(*change))
            .and_then(|change| self.tree.child(change, self.tree.name(node)));
        let mut inside = String::new();
        let Some(before) = before else {
            self.children(node, &mut inside);
            self.wrapped(node, &inside, out);
            return;
        };
        let kept = |name: &str| match self.tree.name(node) {
            "w:pPr" => matches!(name, "w:rPr" | "w:sectPr"),
            "w:sectPr" => matches!(name, "w:headerReference" | "w:footerReference"),
            _ => false,
        };
        let (mut first, mut last) = (String::new(), String::new());
        for child in self.tree.children(node) {
            let name = self.tree.name(child);
            if kept(name) {
                let into = if name.ends_with("Reference") {
                    &mut first
                } else {
                    &mut last
                };
                self.node(child, into);
            }
        }
        inside.push_str(&first);
        self.children(before, &mut inside);
        inside.push_str(&last);
        self.wrapped(node, &inside, out);
    }
}

/// Whether an element records a change and nothing else.
fn is_mark(name: &str) -> bool {
    let Some(name) = name.strip_prefix("w:") else {
        return false;
    };
    let ranged = [
        "moveFrom",
        "moveTo",
        "customXmlIns",
        "customXmlDel",
        "customXmlMoveFrom",
        "customXmlMoveTo",
    ];
    let is_range = name
        .strip_suffix("RangeStart")
        .or_else(|| name.strip_suffix("RangeEnd"))
        .is_some_and(|name| ranged.contains(&name));
    is_range
        || name.ends_with("PrChange")
        || matches!(
            name,
            "cellIns"
                | "cellDel"
                | "cellMerge"
                | "numberingChange"
                | "tblGridChange"
                | "tblPrExChange"
        )
}
