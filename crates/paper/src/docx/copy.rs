//! A copy of a document for somebody else: the draft and nothing of how it came about.

use std::collections::BTreeMap;

use super::custom;
use super::error::DocxError;
use super::package::Package;
use super::resolve::{Tracked, resolve};
use super::xml::Tree;

/// A copy, and what was left out of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// The document.
    pub bytes: Vec<u8>,
    /// Whether the document held tracked changes; the copy has them accepted.
    pub had_changes: bool,
    /// How many comments the document held; the copy has none.
    pub comments: usize,
}

/// Copies a document: as it is, but with its tracked changes accepted and without its comments; with these custom
/// properties.
///
/// # Errors
/// Where it is no document that can be read.
pub fn copy(bytes: &[u8], properties: &[(&str, &str)]) -> Result<Copied, DocxError> {
    let mut package = Package::open(bytes)?;
    let name = package.main.clone();
    let main = package.main_part()?;
    let accepted = resolve(&Tree::parse(&name, &main)?, Tracked::Accepted);
    let had_changes = accepted.as_ref().is_some_and(|accepted| *accepted != main);
    let mut parts = custom::set(&mut package, properties)?;
    let mut comments = 0;
    for kind in COMMENTS {
        if let Some((name, source)) = package.related(kind)? {
            let tree = Tree::parse(&name, &source)?;
            if *kind == "comments" {
                comments = tree
                    .children(0)
                    .filter(|child| !tree.name(*child).is_empty())
                    .count();
            }
            let inner = tree.inner_range(0);
            let (before, after) = (source.get(..inner.start), source.get(inner.end..));
            parts.insert(
                name,
                format!(
                    "{}{}",
                    before.unwrap_or_default(),
                    after.unwrap_or_default()
                ),
            );
        }
    }
    let whole = accepted.unwrap_or(main);
    let clean = without_comments(&Tree::parse(&name, &whole)?);
    if had_changes || clean.is_some() {
        parts.insert(name, clean.unwrap_or(whole));
    }
    Ok(Copied {
        bytes: package.with(parts)?,
        had_changes,
        comments,
    })
}

/// The parts that hold comments and what belongs to them.
const COMMENTS: &[&str] = &[
    "comments",
    "commentsExtended",
    "commentsIds",
    "commentsExtensible",
];

/// A main part without the places of comments; none where it has none.
fn without_comments(tree: &Tree<'_>) -> Option<String> {
    let places = [
        "w:commentRangeStart",
        "w:commentRangeEnd",
        "w:commentReference",
    ];
    let mut out = String::new();
    let mut at = 0;
    let source = tree.source();
    for node in tree
        .within(0)
        .filter(|node| places.contains(&tree.name(*node)))
    {
        let range = tree.range(node);
        out.push_str(source.get(at..range.start).unwrap_or_default());
        at = range.end;
    }
    if at == 0 {
        return None;
    }
    out.push_str(source.get(at..).unwrap_or_default());
    Some(out)
}

/// Properties by name, without anything else of a document.
///
/// # Errors
/// Where it is no document that can be read.
pub fn properties(bytes: &[u8]) -> Result<BTreeMap<String, String>, DocxError> {
    custom::read(&mut Package::open(bytes)?)
}
