//! Comments that are added to a document.

use std::collections::BTreeMap;

use super::custom::with_child;
use super::error::DocxError;
use super::package::Package;
use super::xml::{Tree, escape};

const PART: &str = "comments.xml";
const TYPES: &str = "[Content_Types].xml";
const KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments";
const CONTENT: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
const EMPTY: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:comments xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"></w:comments>";

/// A comment to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Added {
    /// Its number, which no other comment has.
    pub(super) id: u64,
    /// By whom.
    pub(super) author: String,
    /// When, as a document says it.
    pub(super) date: Option<String>,
    /// What it says.
    pub(super) text: String,
}

/// The number that the next comment may have.
pub(super) fn next_number(package: &mut Package<'_>) -> Result<u64, DocxError> {
    let Some((name, source)) = package.related("comments")? else {
        return Ok(0);
    };
    let tree = Tree::parse(&name, &source)?;
    let numbers = tree
        .children(0)
        .filter_map(|child| tree.attribute(child, "w:id")?.parse::<u64>().ok());
    Ok(numbers
        .filter(|number| *number < 1 << 30)
        .max()
        .map_or(0, |last| last + 1))
}

/// The parts of a package that change where these comments are added.
pub(super) fn add(
    package: &mut Package<'_>,
    added: &[Added],
) -> Result<BTreeMap<String, String>, DocxError> {
    let mut parts = BTreeMap::new();
    if added.is_empty() {
        return Ok(parts);
    }
    let there = package.related("comments")?;
    let known = there.is_some();
    let (name, source) = there.unwrap_or_else(|| (package.beside_main(PART), EMPTY.to_owned()));
    let tree = Tree::parse(&name, &source)?;
    let inner = tree.inner_range(0);
    let mut comments = String::new();
    added
        .iter()
        .for_each(|comment| comment.write(&mut comments));
    let (before, after) = (source.get(..inner.end), source.get(inner.end..));
    let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
    // A part without content is one element that closes itself.
    let whole = match tree.open(0).strip_suffix("/>") {
        Some(open) => {
            let from = tree.range(0).start;
            let head = source.get(..from).unwrap_or_default();
            format!("{head}{open}>{comments}</{}>", tree.name(0))
        }
        None => format!("{before}{comments}{after}"),
    };
    parts.insert(name.clone(), whole);
    if !known {
        parts.extend(package.relate(KIND, &name, CONTENT)?);
    }
    Ok(parts)
}

impl Added {
    fn write(&self, into: &mut String) {
        into.push_str(&format!("<w:comment w:id=\"{}\" w:author=\"", self.id));
        escape(&self.author, into);
        into.push('"');
        if let Some(date) = &self.date {
            into.push_str(" w:date=\"");
            escape(date, into);
            into.push('"');
        }
        into.push_str("><w:p><w:r><w:t xml:space=\"preserve\">");
        escape(&self.text, into);
        into.push_str("</w:t></w:r></w:p></w:comment>");
    }
}

impl Package<'_> {
    /// The parts that change where the main part names another one.
    pub(super) fn relate(
        &mut self,
        kind: &str,
        part: &str,
        content: &str,
    ) -> Result<BTreeMap<String, String>, DocxError> {
        let mut parts = BTreeMap::new();
        let name = self.relations_of_main();
        let relations = match self.part(&name) {
            Err(DocxError::Missing(_)) => "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>".to_owned(),
            found => found?,
        };
        let file = part.rsplit('/').next().unwrap_or(part);
        let relation =
            format!("Relationship Id=\"onetext-{file}\" Type=\"{kind}\" Target=\"/{part}\"/>");
        parts.insert(name.clone(), with_child(&name, &relations, &relation)?);
        let types = self.part(TYPES)?;
        let place = format!("/{part}");
        if !types.contains(&format!("PartName=\"{place}\"")) {
            let kind = format!("Override PartName=\"{place}\" ContentType=\"{content}\"/>");
            parts.insert(TYPES.to_owned(), with_child(TYPES, &types, &kind)?);
        }
        Ok(parts)
    }

    /// The part that holds the relations of the main part.
    fn relations_of_main(&self) -> String {
        let (folder, file) = self.main.rsplit_once('/').unwrap_or(("", &self.main));
        let beside = format!("{folder}/_rels/{file}.rels");
        beside.trim_start_matches('/').to_owned()
    }

    /// The name of a part beside the main one that no part has.
    pub(super) fn beside_main(&self, file: &str) -> String {
        let folder = self.main.rsplit_once('/').map_or("", |(folder, _)| folder);
        let (stem, ending) = file.rsplit_once('.').unwrap_or((file, "xml"));
        let name = |number: usize| {
            let number = if number == 0 {
                String::new()
            } else {
                number.to_string()
            };
            format!("{folder}/{stem}{number}.{ending}")
                .trim_start_matches('/')
                .to_owned()
        };
        (0..1000)
            .map(name)
            .find(|name| !self.has(name))
            .unwrap_or_else(|| name(1000))
    }
}
