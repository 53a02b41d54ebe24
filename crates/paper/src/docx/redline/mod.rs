//! A redline as a document: the new document, in which the difference to the old one stands as tracked changes.
//!
//! Whoever accepts every change has the new body, whoever rejects every change the old one, paragraph by paragraph. What
//! is not concerned is copied to the letter: headers, sections, pictures, parts that nobody here knows. Changes that the
//! newer document already held stand in it as they were, where rejecting them gives what the older one says; the others, and
//! those of the older one, are taken as accepted.

mod carried;
mod compiled;
mod ink;
mod notes;
mod order;
mod pen;
mod pouring;
mod side;
mod telling;
mod words;
mod writing;

use onetext_text::Redline;

pub use compiled::compiled;
pub use ink::Author;

use super::content::Objects;
use super::error::DocxError;
use super::package::Package;
use super::read::body;
use super::xml::Tree;
use carried::set_aside;
use ink::Ink;
use notes::Notes;
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

/// A redline as a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The document.
    pub bytes: Vec<u8>,
    /// How many tracked changes that the newer document held were taken as accepted; the others stand in it as they were.
    pub accepted: usize,
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
) -> Result<Written, DocxError> {
    let mut old_package = Package::open(old.bytes)?;
    let mut new_package = Package::open(new.bytes)?;
    let (old_main, new_main) = (old_package.main_part()?, new_package.main_part()?);
    let same_lists = old_package.related("numbering")?.map(|(_, lists)| lists)
        == new_package.related("numbering")?.map(|(_, lists)| lists);
    let carried = set_aside(
        (&old_package.main, &old_main),
        (&new_package.main, &new_main),
    )?;
    let (old_compared, new_compared) = match &carried {
        Some(carried) => (&carried.old, &carried.new),
        None => (&old_main, &new_main),
    };
    let mut objects = Objects::default();
    let old_tree = Tree::parse(&old_package.main, old_compared)?;
    let new_tree = Tree::parse(&new_package.main, new_compared)?;
    let old_body = body(&old_package.main, &old_tree)?;
    let new_body = body(&new_package.main, &new_tree)?;
    let ink = match &carried {
        Some(_) => Ink::new(&Tree::parse(&new_package.main, &new_main)?, author),
        None => Ink::new(&new_tree, author),
    };
    let notes = Notes::read(&mut old_package, &mut new_package)?;
    objects.notes = notes.keys(false);
    let old_side = Side::new(old_tree, old_body, &mut objects);
    objects.notes = notes.keys(true);
    let new_side = Side::new(new_tree, new_body, &mut objects);
    let old_places = places(old.places, carried.as_ref().map(|found| &found.old_places));
    let new_places = places(new.places, carried.as_ref().map(|found| &found.new_places));
    let place = |places: &[Option<usize>], found: &[usize]| -> Vec<usize> {
        let places = found.iter().filter_map(|at| places.get(*at));
        places.copied().flatten().collect()
    };
    let groups = redline.pairs.iter().map(|pair| {
        (
            place(&old_places, &pair.old_index),
            place(&new_places, &pair.new_index),
        )
    });
    let groups = groups.filter(|(old, new)| !old.is_empty() && !new.is_empty());
    let set_aside = carried.iter().flat_map(|carried| &carried.pairs);
    let set_aside = set_aside.map(|(old, new)| (vec![*old], vec![*new]));
    let partners = Partners::new(
        old_side.nodes.len(),
        new_side.nodes.len(),
        set_aside.chain(groups),
    );
    let telling =
        Telling::new(&old_side, &new_side, &partners, &ink, same_lists).with_notes(&notes);
    let mut written = telling.body(old_body, new_body);
    if let Some(carried) = &carried {
        written = carried.put_back(&written);
    }
    let inner = new_side.tree.inner_range(new_body);
    let source = new_side.tree.source();
    let mut main = String::with_capacity(source.len() + written.len());
    main.push_str(source.get(..inner.start).unwrap_or_default());
    main.push_str(&written);
    main.push_str(source.get(inner.end..).unwrap_or_default());
    let mut parts = notes.write(&mut new_package, &ink)?;
    parts.insert(new_package.main.clone(), main);
    Ok(Written {
        bytes: new_package.with(parts)?,
        accepted: carried.map_or(0, |carried| carried.accepted),
    })
}

/// The places of provisions in what is compared.
fn places(found: &[usize], kept: Option<&Vec<Option<usize>>>) -> Vec<Option<usize>> {
    let place = |at: &usize| match kept {
        Some(kept) => kept.get(*at).copied().flatten(),
        None => Some(*at),
    };
    found.iter().map(place).collect()
}
