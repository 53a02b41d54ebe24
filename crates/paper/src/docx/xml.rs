//! A part as a tree that keeps every byte: each node knows where it stands in the source.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::error::DocxError;

/// The deepest nesting that is read.
const DEEPEST: usize = 300;
/// The greatest number of nodes that is read.
const MOST_NODES: usize = 4_000_000;

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Element,
    Text,
    /// Comments, instructions, the declaration.
    Other,
}

/// One node; its descendants follow it up to `after`.
#[derive(Debug, Clone, Copy)]
struct Node {
    kind: Kind,
    start: u32,
    name_end: u32,
    open_end: u32,
    close_start: u32,
    end: u32,
    after: u32,
}

/// A part, parsed. Node 0 is the root element.
#[derive(Debug)]
pub(super) struct Tree<'s> {
    source: &'s str,
    nodes: Vec<Node>,
}

impl<'s> Tree<'s> {
    /// Parses a part. Document types and entities of their own are refused.
    pub(super) fn parse(part: &str, source: &'s str) -> Result<Self, DocxError> {
        let builder = Builder { part, source };
        builder.build()
    }

    /// What stands before and after the root, and its tags.
    pub(super) fn source(&self) -> &'s str {
        self.source
    }

    /// The qualified name of an element; empty for anything else.
    pub(super) fn name(&self, node: usize) -> &'s str {
        match self.nodes.get(node) {
            Some(found) if found.kind == Kind::Element => {
                self.slice(found.start + 1, found.name_end)
            }
            _ => "",
        }
    }

    /// A node as it stands in the source.
    pub(super) fn raw(&self, node: usize) -> &'s str {
        self.part(node, |found| (found.start, found.end))
    }

    /// The start tag as it stands in the source.
    pub(super) fn open(&self, node: usize) -> &'s str {
        self.part(node, |found| (found.start, found.open_end))
    }

    /// The end tag as it stands in the source; empty for an element without content.
    pub(super) fn close(&self, node: usize) -> &'s str {
        self.part(node, |found| (found.close_start, found.end))
    }

    /// The content as it stands in the source.
    pub(super) fn inner(&self, node: usize) -> &'s str {
        self.part(node, |found| (found.open_end, found.close_start))
    }

    /// Where a node stands in the source.
    pub(super) fn range(&self, node: usize) -> std::ops::Range<usize> {
        self.nodes
            .get(node)
            .map_or(0..0, |found| found.start as usize..found.end as usize)
    }

    /// Where the content of a node stands in the source.
    pub(super) fn inner_range(&self, node: usize) -> std::ops::Range<usize> {
        self.nodes.get(node).map_or(0..0, |found| {
            found.open_end as usize..found.close_start as usize
        })
    }

    fn part(&self, node: usize, of: impl Fn(&Node) -> (u32, u32)) -> &'s str {
        self.nodes.get(node).map_or("", |found| {
            let (from, to) = of(found);
            self.slice(from, to)
        })
    }

    fn slice(&self, from: u32, to: u32) -> &'s str {
        self.source
            .get(from as usize..to as usize)
            .unwrap_or_default()
    }

    /// The children of a node.
    pub(super) fn children(&self, node: usize) -> impl Iterator<Item = usize> + use<'_, 's> {
        let after = |at: usize| {
            self.nodes
                .get(at)
                .map_or(at + 1, |found| found.after as usize)
        };
        let end = after(node);
        std::iter::successors(Some(node + 1), move |at| Some(after(*at)))
            .take_while(move |at| *at < end)
    }

    /// A node and everything in it, in the order of the source.
    pub(super) fn within(&self, node: usize) -> std::ops::Range<usize> {
        let end = self
            .nodes
            .get(node)
            .map_or(node, |found| found.after as usize);
        node..end
    }

    /// The first child of that name.
    pub(super) fn child(&self, node: usize, name: &str) -> Option<usize> {
        self.children(node).find(|child| self.name(*child) == name)
    }

    /// The value of an attribute, unescaped.
    pub(super) fn attribute(&self, node: usize, name: &str) -> Option<String> {
        let found = self
            .nodes
            .get(node)
            .filter(|found| found.kind == Kind::Element)?;
        let raw = attribute_in(self.slice(found.name_end, found.open_end), name)?;
        Some(unescape(raw))
    }

    /// `w:val` of the child of that name.
    pub(super) fn value(&self, node: usize, child: &str) -> Option<String> {
        self.attribute(self.child(node, child)?, "w:val")
    }

    /// Whether a property is there and not switched off.
    pub(super) fn is_on(&self, node: usize, child: &str) -> bool {
        self.child(node, child).is_some_and(|found| {
            let value = self.attribute(found, "w:val");
            !matches!(value.as_deref(), Some("0" | "false" | "off"))
        })
    }

    /// The words in an element, unescaped, those of its children left out.
    pub(super) fn text(&self, node: usize) -> String {
        let mut text = String::new();
        for child in self.children(node) {
            if self
                .nodes
                .get(child)
                .is_some_and(|found| found.kind == Kind::Text)
            {
                let raw = self.raw(child);
                match raw.strip_prefix("<![CDATA[") {
                    Some(data) => text.push_str(data.strip_suffix("]]>").unwrap_or(data)),
                    None => text.push_str(&unescape(raw)),
                }
            }
        }
        text
    }
}

/// The raw value of an attribute in what follows the name in a start tag.
fn attribute_in<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = tag;
    loop {
        let (before, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, next) = after.get(1..)?.split_once(quote)?;
        if before.trim() == name {
            return Some(value);
        }
        rest = next;
    }
}

/// Character references and the five entities that XML itself has, resolved.
pub(super) fn unescape(raw: &str) -> String {
    match quick_xml::escape::unescape(raw) {
        Ok(text) => text.into_owned(),
        Err(_) => raw.to_owned(),
    }
}

/// Words as they stand in XML.
pub(super) fn escape(text: &str, into: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => into.push_str("&amp;"),
            '<' => into.push_str("&lt;"),
            '>' => into.push_str("&gt;"),
            '"' => into.push_str("&quot;"),
            // XML has no way to write the others.
            '\u{FFFE}' | '\u{FFFF}' => into.push(' '),
            '\t' | '\n' | '\r' | ' '.. => into.push(letter),
            _ => into.push(' '),
        }
    }
}

struct Builder<'p, 's> {
    part: &'p str,
    source: &'s str,
}

impl<'s> Builder<'_, 's> {
    fn build(&self) -> Result<Tree<'s>, DocxError> {
        let mut reader = Reader::from_str(self.source);
        let mut nodes: Vec<Node> = Vec::with_capacity(self.source.len() / 24);
        let mut open: Vec<usize> = Vec::new();
        let mut at = 0;
        loop {
            let event = reader
                .read_event()
                .map_err(|error| self.malformed(at, error.to_string()))?;
            let end = reader.buffer_position();
            let node = self.node(&event, at, end)?;
            match event {
                Event::Eof => break,
                Event::Start(_) => {
                    open.push(nodes.len());
                    if open.len() > DEEPEST {
                        return Err(self.too_large("elements are nested too deeply", DEEPEST));
                    }
                    nodes.extend(node);
                }
                Event::End(_) => {
                    let after = to_u32(nodes.len());
                    let opened = open.pop().and_then(|opened| nodes.get_mut(opened));
                    if let Some(opened) = opened {
                        (opened.close_start, opened.end) = (to_u32(at), to_u32(end));
                        opened.after = after;
                    }
                }
                // What stands outside the root is no node.
                _ if open.is_empty() && !(nodes.is_empty() && matches!(event, Event::Empty(_))) => {
                }
                _ => {
                    let after = to_u32(nodes.len() + 1);
                    nodes.extend(node.map(|node| Node { after, ..node }));
                }
            }
            if nodes.len() > MOST_NODES {
                return Err(self.too_large("it has too many elements", MOST_NODES));
            }
            at = end;
        }
        if !open.is_empty() || nodes.is_empty() {
            return Err(self.malformed(at, "the part ends before its last element does".to_owned()));
        }
        Ok(Tree {
            source: self.source,
            nodes,
        })
    }

    /// The node that an event begins.
    fn node(&self, event: &Event<'_>, at: u64, end: u64) -> Result<Option<Node>, DocxError> {
        let name_length = match event {
            Event::Start(tag) | Event::Empty(tag) => tag.name().as_ref().len(),
            _ => 0,
        };
        let kind = match event {
            Event::Start(_) | Event::Empty(_) => Kind::Element,
            Event::Text(_) | Event::CData(_) => Kind::Text,
            Event::GeneralRef(reference) => {
                let raw = self.source.get(place(at)..place(end)).unwrap_or_default();
                let known = match reference.resolve_char_ref() {
                    Ok(Some(_)) => true,
                    Ok(None) => matches!(raw, "&amp;" | "&lt;" | "&gt;" | "&quot;" | "&apos;"),
                    Err(error) => return Err(self.malformed(at, error.to_string())),
                };
                if !known {
                    return Err(self.entity(at));
                }
                Kind::Text
            }
            Event::DocType(_) => return Err(self.entity(at)),
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) => Kind::Other,
            Event::End(_) | Event::Eof => return Ok(None),
        };
        let close = if kind == Kind::Element { end } else { at };
        Ok(Some(Node {
            kind,
            start: to_u32(at),
            name_end: to_u32(at + 1 + name_length as u64),
            open_end: to_u32(end),
            close_start: to_u32(close),
            end: to_u32(end),
            after: 0,
        }))
    }

    fn line(&self, at: u64) -> usize {
        let before = self.source.as_bytes().iter().take(place(at));
        before.filter(|byte| **byte == b'\n').count() + 1
    }

    fn malformed(&self, at: u64, why: String) -> DocxError {
        DocxError::Malformed {
            part: self.part.to_owned(),
            line: self.line(at),
            why,
        }
    }

    fn entity(&self, at: u64) -> DocxError {
        DocxError::Entity {
            part: self.part.to_owned(),
            line: self.line(at),
        }
    }

    fn too_large(&self, what: &'static str, limit: usize) -> DocxError {
        DocxError::TooLarge {
            part: self.part.to_owned(),
            what,
            limit: limit as u64,
        }
    }
}

fn place(at: u64) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

/// Parts are far smaller than this type can count.
fn to_u32(at: impl TryInto<u32>) -> u32 {
    at.try_into().unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_has_its_place() {
        let source = "<?xml version='1.0'?>\n<a x='1' y=\"&lt;2\"><b/>t&amp;u<c>v</c></a>";
        let tree = Tree::parse("p", source).unwrap();
        assert_eq!(tree.name(0), "a");
        assert_eq!(tree.attribute(0, "y").as_deref(), Some("<2"));
        assert_eq!(tree.attribute(0, "z"), None);
        assert_eq!(tree.text(0), "t&u");
        let inner: Vec<&str> = tree.children(0).map(|child| tree.raw(child)).collect();
        assert_eq!(inner.concat(), tree.inner(0));
        assert_eq!(
            tree.child(0, "c").map(|c| tree.text(c)).as_deref(),
            Some("v")
        );
    }

    #[test]
    fn what_is_no_part_of_a_document_is_refused() {
        let refused = |source: &str| Tree::parse("p", source).unwrap_err();
        assert!(matches!(
            refused("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"),
            DocxError::Entity { .. }
        ));
        assert!(matches!(
            refused("<a>\n&b;</a>"),
            DocxError::Entity { line: 2, .. }
        ));
        assert!(matches!(refused("<a><b></a>"), DocxError::Malformed { .. }));
        assert!(matches!(refused("<a>"), DocxError::Malformed { .. }));
        assert!(matches!(refused(""), DocxError::Malformed { .. }));
        let deep = "<a>".repeat(400) + &"</a>".repeat(400);
        assert!(matches!(refused(&deep), DocxError::TooLarge { .. }));
    }
}
