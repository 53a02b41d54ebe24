//! A document as somebody reads it: its paragraphs with the numbers that the page shows, and what was marked up in it.

use serde::Serialize;

use super::error::DocxError;
use super::numbering::{Counters, Numbering};
use super::package::Package;
use super::resolve::{Tracked, resolve, resolve_for};
use super::styles::{Properties, Styles, properties};
use super::xml::Tree;

/// A document, read with its tracked changes accepted or rejected.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Document {
    /// The paragraphs of the body in reading order, those of tables and text boxes among them. Empty ones too.
    #[serde(skip)]
    pub paragraphs: Vec<Paragraph>,
    /// Tracked changes, in the order of the document.
    pub changes: Vec<Change>,
    /// Comments, in the order of their part.
    pub comments: Vec<Comment>,
    /// Footnotes and endnotes.
    pub notes: Vec<Note>,
}

/// A paragraph of the body.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Paragraph {
    /// Its number or bullet, as the page shows it.
    pub label: Option<String>,
    /// Whether no blank stands between label and words.
    joined: bool,
    /// Its words; tabs and line breaks are kept.
    pub text: String,
    /// The level of a heading, from 0.
    pub heading: Option<usize>,
    /// How deep it stands in its list, from 0.
    level: usize,
}

/// A tracked change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What was done: insertion, deletion, moved-from, moved-to, formatting.
    pub kind: &'static str,
    /// To what: words, paragraph, row, cell, properties.
    pub of: &'static str,
    /// By whom.
    pub author: Option<String>,
    /// When, as the document says it.
    pub date: Option<String>,
    /// The words.
    pub text: String,
}

/// A comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Comment {
    /// Its number in the document.
    pub id: String,
    /// The number of the comment that it answers.
    pub answers: Option<String>,
    /// By whom.
    pub author: Option<String>,
    /// When, as the document says it.
    pub date: Option<String>,
    /// What it says, a line for each paragraph.
    pub text: String,
}

/// A footnote or an endnote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    /// Its number in the document.
    pub id: String,
    /// Whether it stands at the end of the document.
    pub at_end: bool,
    /// What it says.
    pub text: String,
}

/// The authors of the tracked changes of a document, each once, in the order of their first change; empty for one that the
/// document does not name.
///
/// # Errors
/// Where it is no document that can be read.
pub fn authors(bytes: &[u8]) -> Result<Vec<String>, DocxError> {
    let mut package = Package::open(bytes)?;
    let main = package.main_part()?;
    let tree = Tree::parse(&package.main, &main)?;
    let mut found: Vec<String> = Vec::new();
    for change in changes(&tree) {
        let author = change.author.unwrap_or_default();
        if !found.contains(&author) {
            found.push(author);
        }
    }
    Ok(found)
}

/// Reads a document as one author would have it: the tracked changes of that author accepted and all others rejected.
///
/// # Errors
/// Where it is no document that can be read.
pub fn read_changes_of(bytes: &[u8], author: &str) -> Result<Document, DocxError> {
    let mut package = Package::open(bytes)?;
    let (name, main) = (package.main.clone(), package.main_part()?);
    let tree = Tree::parse(&name, &main)?;
    body(&name, &tree)?;
    let lists = Lists::read(&mut package)?;
    let resolved = resolve_for(&tree, author).unwrap_or(main.clone());
    let tree = Tree::parse(&name, &resolved)?;
    Ok(Document {
        paragraphs: paragraphs(&tree, body(&name, &tree)?, &lists),
        ..Document::default()
    })
}

/// Reads a document.
///
/// # Errors
/// Where it is no document, is under a password, or is larger or more deeply nested than any draft.
pub fn read(bytes: &[u8], tracked: Tracked) -> Result<Document, DocxError> {
    let mut package = Package::open(bytes)?;
    let main = package.main_part()?;
    let name = package.main.clone();
    let tree = Tree::parse(&name, &main)?;
    body(&name, &tree)?;
    let lists = Lists::read(&mut package)?;
    let paragraphs = match resolve(&tree, tracked) {
        None => paragraphs(&tree, body(&name, &tree)?, &lists),
        Some(resolved) => {
            let tree = Tree::parse(&name, &resolved)?;
            paragraphs(&tree, body(&name, &tree)?, &lists)
        }
    };
    Ok(Document {
        paragraphs,
        changes: changes(&tree),
        comments: comments(&mut package, tracked)?,
        notes: notes(&mut package, tracked)?,
    })
}

/// The place among all paragraphs of what stands on this line of [`Document::source`].
#[must_use]
pub fn paragraph_on(line: usize) -> usize {
    line.div_ceil(2).saturating_sub(1)
}

impl Document {
    /// The paragraphs that say something, one a line: label and words as the page shows them.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let lines = self
            .paragraphs
            .iter()
            .filter(|paragraph| !paragraph.is_silent());
        lines.map(Paragraph::printed).collect()
    }

    /// The document as plain text in which headings and bullets are marked as in Markdown: paragraph `n` of
    /// [`paragraphs`](Self::paragraphs) stands on line `2 n + 1`.
    #[must_use]
    pub fn source(&self) -> String {
        source_of(&self.paragraphs)
    }
}

/// Paragraphs as plain text: see [`Document::source`].
#[must_use]
pub fn source_of(paragraphs: &[Paragraph]) -> String {
    let mut source = String::new();
    for paragraph in paragraphs {
        paragraph.write(&mut source);
        source.push_str("\n\n");
    }
    source
}

impl Paragraph {
    /// Without a word. A number alone says nothing.
    #[must_use]
    pub fn is_silent(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Label and words on one line.
    #[must_use]
    pub fn printed(&self) -> String {
        let words: Vec<&str> = self.text.split_whitespace().collect();
        let words = words.join(" ");
        match &self.label {
            Some(label) if self.joined => format!("{label}{words}"),
            Some(label) => format!("{label} {words}"),
            None => words,
        }
    }

    fn write(&self, source: &mut String) {
        if self.is_silent() {
            return;
        }
        if let Some(level) = self.heading {
            (0..=level.min(5)).for_each(|_| source.push('#'));
            source.push(' ');
        }
        if self.label.as_deref() == Some("•") {
            (0..self.level).for_each(|_| source.push_str("  "));
            source.push_str("- ");
            source.push_str(&self.printed().replacen("• ", "", 1));
        } else {
            source.push_str(&self.printed());
        }
    }
}

/// The body of a main part.
pub(super) fn body(part: &str, tree: &Tree<'_>) -> Result<usize, DocxError> {
    let found = tree
        .child(0, "w:body")
        .filter(|_| tree.name(0) == "w:document");
    found.ok_or_else(|| DocxError::OtherContent(part.to_owned()))
}

/// Lists and the styles that give them.
#[derive(Debug, Default)]
pub(super) struct Lists {
    numbering: Numbering,
    styles: Styles,
}

impl Lists {
    pub(super) fn read(package: &mut Package<'_>) -> Result<Self, DocxError> {
        let numbering = match package.related("numbering")? {
            Some((name, source)) => Numbering::read(&Tree::parse(&name, &source)?),
            None => Numbering::default(),
        };
        let styles = match package.related("styles")? {
            Some((name, source)) => Styles::read(&Tree::parse(&name, &source)?),
            None => Styles::default(),
        };
        Ok(Lists { numbering, styles })
    }

    /// The list and the level of a paragraph.
    fn place<'l>(&'l self, own: &'l Properties) -> Option<(&'l str, usize)> {
        let style = own.style.as_deref();
        let (list, level) = match (&own.list, self.styles.list(style)) {
            (Some(list), _) => (list.as_str(), None),
            (None, Some((list, giver, level))) => {
                let level = level.or_else(|| self.numbering.level_of_style(list, giver));
                (list, level)
            }
            (None, None) => return None,
        };
        let linked = self.numbering.style_link(list);
        let list = linked
            .and_then(|style| self.styles.list(Some(style)))
            .map_or(list, |(list, _, _)| list);
        (list != "0").then_some((list, own.level.or(level).unwrap_or(0)))
    }
}

/// The paragraphs of a body whose changes are resolved.
pub(super) fn paragraphs(tree: &Tree<'_>, body: usize, lists: &Lists) -> Vec<Paragraph> {
    let mut counters = Counters::default();
    let mut found = Vec::new();
    for node in paragraph_nodes(tree, body) {
        let own = tree
            .child(node, "w:pPr")
            .map(|own| properties(tree, own))
            .unwrap_or_default();
        let place = lists.place(&own);
        let label =
            place.and_then(|(list, level)| lists.numbering.count(&mut counters, list, level));
        let joined = label.as_ref().is_some_and(|(_, joined)| *joined);
        let outline = own
            .outline
            .or_else(|| lists.styles.outline(own.style.as_deref()));
        let mut text = String::new();
        words(tree, node, &mut text);
        found.push(Paragraph {
            label: label.map(|(label, _)| label),
            joined,
            text,
            heading: outline.filter(|level| *level < 9),
            level: place.map_or(0, |(_, level)| level),
        });
    }
    found
}

/// The paragraphs in a node, in reading order, those of tables and text boxes among them.
pub(super) fn paragraph_nodes(tree: &Tree<'_>, node: usize) -> Vec<usize> {
    let mut found = Vec::new();
    let mut passed = 0;
    for inside in tree.within(node) {
        match tree.name(inside) {
            // The same once more, for programs that do not know the first form.
            "mc:Fallback" => passed = passed.max(tree.within(inside).end),
            "w:p" if inside >= passed => found.push(inside),
            _ => {}
        }
    }
    found
}

/// The words in a node, those of paragraphs inside it left out.
pub(super) fn words(tree: &Tree<'_>, node: usize, out: &mut String) {
    for child in tree.children(node) {
        match tree.name(child) {
            "w:t" | "m:t" | "w:delText" => out.push_str(&tree.text(child)),
            "w:tab" | "w:ptab" => out.push('\t'),
            "w:br" | "w:cr" => out.push('\n'),
            "w:noBreakHyphen" => out.push('\u{2011}'),
            "w:sym" => out.extend(sign(tree, child)),
            "w:p" | "w:tbl" | "w:pPr" | "w:rPr" | "w:sdtPr" | "w:rt" | "mc:Fallback" => {}
            _ => words(tree, child, out),
        }
    }
}

/// A sign by its number; one of a font of signs says nothing without that font.
fn sign(tree: &Tree<'_>, node: usize) -> Option<char> {
    let number = u32::from_str_radix(&tree.attribute(node, "w:char")?, 16).ok()?;
    char::from_u32(number)
        .filter(|sign| !matches!(sign, '\u{E000}'..='\u{F8FF}') && !sign.is_control())
}

/// What was marked up.
fn changes(tree: &Tree<'_>) -> Vec<Change> {
    let found = changes_at(tree).into_iter();
    found.map(|(_, change)| change).collect()
}

/// What was marked up, each with its node.
pub(super) fn changes_at(tree: &Tree<'_>) -> Vec<(usize, Change)> {
    let mut found = Vec::new();
    let mut above: Vec<(usize, &str)> = Vec::new();
    for node in tree.within(0) {
        while above.last().is_some_and(|(end, _)| *end <= node) {
            above.pop();
        }
        let parent = above.last().map_or("", |(_, name)| *name);
        let name = tree.name(node);
        above.push((tree.within(node).end, name));
        let (kind, of) = match name {
            "w:ins" | "w:cellIns" => ("insertion", thing(name, parent)),
            "w:cellMerge" => ("formatting", "cell"),
            "w:del" | "w:cellDel" => ("deletion", thing(name, parent)),
            "w:moveFrom" => ("moved-from", thing(name, parent)),
            "w:moveTo" => ("moved-to", thing(name, parent)),
            _ if name.starts_with("w:") && name.ends_with("Change") => ("formatting", "properties"),
            _ => continue,
        };
        let mut text = String::new();
        if of == "words" {
            words(tree, node, &mut text);
        }
        let change = Change {
            kind,
            of,
            author: tree.attribute(node, "w:author"),
            date: tree.attribute(node, "w:date"),
            text,
        };
        found.push((node, change));
    }
    found
}

/// What a change is of, by what it stands in.
fn thing(name: &str, parent: &str) -> &'static str {
    match (name, parent) {
        ("w:cellIns" | "w:cellDel", _) => "cell",
        (_, "w:rPr") => "paragraph",
        (_, "w:trPr") => "row",
        (_, "w:numPr" | "m:ctrlPr") => "properties",
        _ => "words",
    }
}

pub(super) fn comments(
    package: &mut Package<'_>,
    tracked: Tracked,
) -> Result<Vec<Comment>, DocxError> {
    let Some((name, source)) = package.related("comments")? else {
        return Ok(Vec::new());
    };
    let threads = package.related("commentsExtended")?;
    let tree = Tree::parse(&name, &source)?;
    let mut found = Vec::new();
    // The last paragraph of each comment carries the name under which threads know it.
    let mut names: Vec<(String, Option<String>)> = Vec::new();
    for node in tree
        .children(0)
        .filter(|child| tree.name(*child) == "w:comment")
    {
        let id = tree.attribute(node, "w:id").unwrap_or_default();
        let last = tree
            .within(node)
            .rfind(|inside| tree.name(*inside) == "w:p");
        names.push((
            id.clone(),
            last.and_then(|last| tree.attribute(last, "w14:paraId")),
        ));
        found.push(Comment {
            id,
            answers: None,
            author: tree.attribute(node, "w:author"),
            date: tree.attribute(node, "w:date"),
            text: said(&tree, node, tracked),
        });
    }
    if let Some((name, source)) = threads {
        let tree = Tree::parse(&name, &source)?;
        let by_name = |name: Option<String>| {
            names
                .iter()
                .position(|(_, known)| known.is_some() && *known == name)
        };
        for node in tree.children(0) {
            let answer = by_name(tree.attribute(node, "w15:paraId"));
            let answered = by_name(tree.attribute(node, "w15:paraIdParent"));
            if let (Some(answer), Some(answered)) = (answer, answered) {
                found[answer].answers = Some(names[answered].0.clone());
            }
        }
    }
    Ok(found)
}

fn notes(package: &mut Package<'_>, tracked: Tracked) -> Result<Vec<Note>, DocxError> {
    let mut found = Vec::new();
    for (kind, element) in [("footnotes", "w:footnote"), ("endnotes", "w:endnote")] {
        let Some((name, source)) = package.related(kind)? else {
            continue;
        };
        let tree = Tree::parse(&name, &source)?;
        for node in tree
            .children(0)
            .filter(|child| tree.name(*child) == element)
        {
            // Those with a type are the lines that set notes apart.
            if tree
                .attribute(node, "w:type")
                .is_some_and(|kind| kind != "normal")
            {
                continue;
            }
            found.push(Note {
                id: tree.attribute(node, "w:id").unwrap_or_default(),
                at_end: kind == "endnotes",
                text: said(&tree, node, tracked),
            });
        }
    }
    Ok(found)
}

/// What the paragraphs of a comment or note say, a line each.
fn said(tree: &Tree<'_>, node: usize, tracked: Tracked) -> String {
    let source = format!(
        "<w:notes><w:comment>{}</w:comment></w:notes>",
        tree.inner(node)
    );
    let Ok(alone) = Tree::parse("", &source) else {
        return String::new();
    };
    let resolved = resolve(&alone, tracked).unwrap_or_else(|| source.clone());
    let Ok(alone) = Tree::parse("", &resolved) else {
        return String::new();
    };
    let mut lines = Vec::new();
    for paragraph in alone
        .within(0)
        .filter(|inside| alone.name(*inside) == "w:p")
    {
        let mut line = String::new();
        words(&alone, paragraph, &mut line);
        lines.push(line.trim().to_owned());
    }
    lines.join("\n").trim().to_owned()
}
