//! Styles, as far as they bear on numbers and headings.

use std::collections::BTreeMap;

use super::xml::Tree;

/// No chain of styles is longer.
const LONGEST_CHAIN: usize = 32;

#[derive(Debug, Default)]
struct Style {
    based_on: Option<String>,
    list: Option<String>,
    level: Option<usize>,
    outline: Option<usize>,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: BTreeMap<String, Style>,
    usual: Option<String>,
}

/// What paragraph properties say about numbers and headings.
#[derive(Debug, Default)]
pub(super) struct Properties {
    pub(super) style: Option<String>,
    pub(super) list: Option<String>,
    pub(super) level: Option<usize>,
    pub(super) outline: Option<usize>,
}

/// Reads `w:pPr`.
pub(super) fn properties(tree: &Tree<'_>, node: usize) -> Properties {
    let number =
        |node: usize, child: &str| tree.value(node, child).and_then(|value| value.parse().ok());
    let numbers = tree.child(node, "w:numPr");
    Properties {
        style: tree.value(node, "w:pStyle"),
        list: numbers.and_then(|numbers| tree.value(numbers, "w:numId")),
        level: numbers.and_then(|numbers| number(numbers, "w:ilvl")),
        outline: number(node, "w:outlineLvl"),
    }
}

impl Styles {
    /// The styles of a part of styles.
    pub(super) fn read(tree: &Tree<'_>) -> Self {
        let mut styles = Styles::default();
        for node in tree
            .children(0)
            .filter(|child| tree.name(*child) == "w:style")
        {
            let Some(id) = tree.attribute(node, "w:styleId") else {
                continue;
            };
            let paragraph = tree
                .attribute(node, "w:type")
                .is_none_or(|kind| kind == "paragraph");
            let usual = tree
                .attribute(node, "w:default")
                .is_some_and(|on| on == "1" || on == "true");
            if paragraph && usual {
                styles.usual = Some(id.clone());
            }
            let own = tree
                .child(node, "w:pPr")
                .map(|found| properties(tree, found))
                .unwrap_or_default();
            let name = tree
                .value(node, "w:name")
                .unwrap_or_default()
                .to_lowercase();
            let by_name = name
                .strip_prefix("heading ")
                .and_then(|level| level.parse::<usize>().ok());
            styles.styles.insert(
                id,
                Style {
                    based_on: tree.value(node, "w:basedOn"),
                    list: own.list,
                    level: own.level,
                    outline: own
                        .outline
                        .or(by_name.and_then(|level| level.checked_sub(1))),
                },
            );
        }
        styles
    }

    /// A style and those it is based on, nearest first.
    fn chain<'s>(&'s self, style: Option<&'s str>) -> impl Iterator<Item = (&'s str, &'s Style)> {
        let found = |id: &'s str| {
            self.styles
                .get_key_value(id)
                .map(|(id, style)| (id.as_str(), style))
        };
        let first = style.or(self.usual.as_deref()).and_then(found);
        std::iter::successors(first, move |(_, style)| {
            style.based_on.as_deref().and_then(found)
        })
        .take(LONGEST_CHAIN)
    }

    /// The list that a style gives, the style that gives it, and the level it says.
    pub(super) fn list<'s>(
        &'s self,
        style: Option<&'s str>,
    ) -> Option<(&'s str, &'s str, Option<usize>)> {
        self.chain(style)
            .find_map(|(id, found)| found.list.as_deref().map(|list| (list, id, found.level)))
    }

    /// The level of headings that a style gives, from 0.
    pub(super) fn outline(&self, style: Option<&str>) -> Option<usize> {
        self.chain(style).find_map(|(_, found)| found.outline)
    }
}
