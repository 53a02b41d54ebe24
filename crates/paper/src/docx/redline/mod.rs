//! A redline as a document: the new document, in which the difference to the old one stands as tracked changes.
//!
//! Whoever accepts every change has the new body, whoever rejects every change the old one, paragraph by paragraph. What
//! is not concerned is copied to the letter: headers, sections, pictures, parts that nobody here knows. Changes that the
//! two documents already held are taken as accepted.

mod ink;
mod order;
mod pen;
mod side;
mod telling;
mod words;
mod writing;

use std::collections::BTreeMap;

use onetext_text::Redline;

pub use ink::Author;

use super::content::Objects;
use super::error::DocxError;
use super::package::Package;
use super::read::body;
use super::resolve::{Tracked, resolve};
use super::xml::Tree;
use ink::Ink;
use order::Partners;
use side::Side;
use telling::Telling;

/// A document and, for each provision of its draft, the paragraph that it stands in.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The document.
    pub bytes: &'a [u8],
    /// The place of each provision among all paragraphs of the document, from 0.
    pub places: &'a [usize],
}

/// Writes the redline of two documents, as `redline` aligned their drafts.
///
/// # Errors
/// Where one of them is no document that can be read.
pub fn redline(
    old: Source<'_>,
    new: Source<'_>,
    redline: &Redline,
    author: Author<'_>,
) -> Result<Vec<u8>, DocxError> {
    let mut old_package = Package::open(old.bytes)?;
    let mut new_package = Package::open(new.bytes)?;
    let (old_main, new_main) = (accepted(&mut old_package)?, accepted(&mut new_package)?);
    let same_lists = old_package.related("numbering")?.map(|(_, lists)| lists)
        == new_package.related("numbering")?.map(|(_, lists)| lists);
    let mut objects = Objects::default();
    let old_tree = Tree::parse(&old_package.main, &old_main)?;
    let new_tree = Tree::parse(&new_package.main, &new_main)?;
    let old_body = body(&old_package.main, &old_tree)?;
    let new_body = body(&new_package.main, &new_tree)?;
    let ink = Ink::new(&new_tree, author);
    let old_side = Side::new(old_tree, old_body, &mut objects);
    let new_side = Side::new(new_tree, new_body, &mut objects);
    let place = |places: &[usize], found: &[usize]| -> Vec<usize> {
        found
            .iter()
            .filter_map(|at| places.get(*at).copied())
            .collect()
    };
    let groups = redline
        .pairs
        .iter()
        .filter(|pair| !pair.old_index.is_empty() && !pair.new_index.is_empty())
        .map(|pair| {
            (
                place(old.places, &pair.old_index),
                place(new.places, &pair.new_index),
            )
        });
    let partners = Partners::new(old_side.nodes.len(), new_side.nodes.len(), groups);
    let telling = Telling::new(&old_side, &new_side, &partners, &ink, same_lists);
    let written = telling.body(old_body, new_body);
    let inner = new_side.tree.inner_range(new_body);
    let mut main = String::with_capacity(new_main.len() + written.len());
    main.push_str(new_main.get(..inner.start).unwrap_or_default());
    main.push_str(&written);
    main.push_str(new_main.get(inner.end..).unwrap_or_default());
    let name = new_package.main.clone();
    new_package.with(BTreeMap::from([(name, main)]))
}

/// The main part, its tracked changes accepted.
fn accepted(package: &mut Package<'_>) -> Result<String, DocxError> {
    let main = package.main_part()?;
    let resolved = resolve(&Tree::parse(&package.main, &main)?, Tracked::Accepted);
    Ok(resolved.unwrap_or(main))
}
