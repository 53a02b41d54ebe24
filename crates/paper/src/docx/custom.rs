//! Custom properties of a document (ECMA-376 part 1, 22.3): what a program leaves in a file for itself, and word processors
//! keep when they save it.

use std::collections::BTreeMap;

use super::error::DocxError;
use super::package::Package;
use super::xml::{Tree, escape};

const PART: &str = "docProps/custom.xml";
const TYPES: &str = "[Content_Types].xml";
const RELATIONS: &str = "_rels/.rels";
const KIND: &str =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties";
const CONTENT: &str = "application/vnd.openxmlformats-officedocument.custom-properties+xml";
const OPEN: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\" xmlns:vt=\"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes\">";
/// The set of properties that users give.
const SET: &str = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}";

/// The custom properties that are text, by name.
pub(super) fn read(package: &mut Package<'_>) -> Result<BTreeMap<String, String>, DocxError> {
    let Some(name) = package.custom.clone() else {
        return Ok(BTreeMap::new());
    };
    let source = match package.part(&name) {
        Err(DocxError::Missing(_)) => return Ok(BTreeMap::new()),
        found => found?,
    };
    let tree = Tree::parse(&name, &source)?;
    let found = tree.children(0).filter_map(|property| {
        let name = tree.attribute(property, "name")?;
        let value = tree
            .children(property)
            .find(|child| !tree.name(*child).is_empty())?;
        Some((name, tree.text(value)))
    });
    Ok(found.collect())
}

/// The parts of a package that change where these properties are given: its custom properties, those of the same name
/// replaced, and what makes them known.
pub(super) fn set(
    package: &mut Package<'_>,
    properties: &[(&str, &str)],
) -> Result<BTreeMap<String, String>, DocxError> {
    let mut parts = BTreeMap::new();
    let name = package.custom.clone();
    let there = match &name {
        Some(name) => match package.part(name) {
            Err(DocxError::Missing(_)) => None,
            found => Some(found?),
        },
        None => None,
    };
    let known = name.is_some();
    let name = name.unwrap_or_else(|| PART.to_owned());
    parts.insert(name.clone(), written(&name, there.as_deref(), properties)?);
    if !known {
        let relations = package.part(RELATIONS)?;
        let relation =
            format!("Relationship Id=\"onetextCustom\" Type=\"{KIND}\" Target=\"{PART}\"/>");
        parts.insert(
            RELATIONS.to_owned(),
            with_child(RELATIONS, &relations, &relation)?,
        );
    }
    let types = package.part(TYPES)?;
    if !types.contains(CONTENT) {
        let kind = format!("Override PartName=\"/{name}\" ContentType=\"{CONTENT}\"/>");
        parts.insert(TYPES.to_owned(), with_child(TYPES, &types, &kind)?);
    }
    Ok(parts)
}

/// The part of custom properties.
fn written(
    name: &str,
    there: Option<&str>,
    properties: &[(&str, &str)],
) -> Result<String, DocxError> {
    let mut out = String::from(OPEN);
    let mut number = 2;
    let mut add = |name: &str, inside: &str| {
        out.push_str(&format!(
            "<property fmtid=\"{SET}\" pid=\"{number}\" name=\""
        ));
        escape(name, &mut out);
        out.push_str(&format!("\">{inside}</property>"));
        number += 1;
    };
    if let Some(source) = there {
        let tree = Tree::parse(name, source)?;
        for property in tree.children(0) {
            let own = tree.attribute(property, "name").unwrap_or_default();
            let replaced = properties.iter().any(|(name, _)| *name == own);
            // Values under another prefix than the usual one would lose their meaning here.
            if !replaced && tree.inner(property).trim_start().starts_with("<vt:") {
                add(&own, tree.inner(property));
            }
        }
    }
    for (name, value) in properties {
        let mut inside = String::from("<vt:lpwstr>");
        escape(value, &mut inside);
        inside.push_str("</vt:lpwstr>");
        add(name, &inside);
    }
    out.push_str("</Properties>");
    Ok(out)
}

/// A part with one more child of its root, under the root's own prefix.
pub(super) fn with_child(part: &str, source: &str, child: &str) -> Result<String, DocxError> {
    let tree = Tree::parse(part, source)?;
    let name = tree.name(0);
    let prefix = name.split_once(':').map_or("", |(prefix, _)| prefix);
    let colon = if prefix.is_empty() { "" } else { ":" };
    let open = tree.open(0);
    let root = match open.strip_suffix("/>") {
        Some(open) => format!("{open}><{prefix}{colon}{child}</{name}>"),
        None => format!(
            "{open}{}<{prefix}{colon}{child}{}",
            tree.inner(0),
            tree.close(0)
        ),
    };
    let raw = tree.raw(0);
    Ok(source.replacen(raw, &root, 1))
}
