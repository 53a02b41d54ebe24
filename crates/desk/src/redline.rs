//! "What changed?": two files compared, provision by provision and word by word.

use std::borrow::Cow;

use onetext_paper::docx::redline::Source;
use onetext_paper::docx::{self, Look, PlainParagraph};
use onetext_text::{
    Draft, ProvisionKind, Redline, Settled, Workers, align_with, in_turn, redline_with,
};

use crate::error::DeskError;
use crate::input::Paper;

/// Two drafts and their difference.
#[derive(Debug)]
pub struct Comparison {
    /// The name of the older file.
    pub old_name: String,
    /// What it says.
    pub old: Draft,
    /// The name of the newer file.
    pub new_name: String,
    /// What it says.
    pub new: Draft,
    /// The difference.
    pub redline: Redline,
}

/// A file that was read as a draft.
#[derive(Debug)]
pub struct Opened {
    name: String,
    draft: Draft,
}

/// Reads a file as a draft. Two can be read side by side.
///
/// # Errors
/// Where it is no draft that can be read.
pub fn open(paper: Paper<'_>) -> Result<Opened, DeskError> {
    Ok(Opened {
        name: paper.name.to_owned(),
        draft: paper.draft()?,
    })
}

/// As [`open`], of a file that need not be copied: where it is plain text its bytes become the draft's source, else they
/// are given back.
///
/// # Errors
/// As for [`open`].
pub fn open_whole(name: &str, bytes: Vec<u8>) -> Result<(Opened, Option<Vec<u8>>), DeskError> {
    let (draft, bytes) = Paper::into_draft(name, bytes)?;
    let name = name.to_owned();
    Ok((Opened { name, draft }, bytes))
}

/// Compares two drafts. `map` settles which provision continues which: lines of `old path, new path`, one side empty
/// for none; what it does not name is found by the words. `workers` may do parts of it side by side.
///
/// # Errors
/// Where a line of `map` names no provision.
pub fn compare(
    old: Opened,
    new: Opened,
    map: Option<Paper<'_>>,
    workers: Workers<'_>,
) -> Result<Comparison, DeskError> {
    let settled = match map {
        Some(map) => pairs(map, &old.draft, &new.draft)?,
        None => Vec::new(),
    };
    let alignment = align_with(&old.draft, &new.draft, &settled, workers);
    let redline = redline_with(&old.draft, &new.draft, &alignment, workers);
    Ok(Comparison {
        old_name: old.name,
        old: old.draft,
        new_name: new.name,
        new: new.draft,
        redline,
    })
}

/// The difference as a document with tracked changes: the newer document with the changes in it. What is no document of
/// a word processor becomes one first, on a plain template. `old` and `new` are the files that were compared.
///
/// # Errors
/// Where a document cannot be read again.
pub fn tracked(
    comparison: &Comparison,
    old: Paper<'_>,
    new: Paper<'_>,
    author: docx::redline::Author<'_>,
) -> Result<docx::redline::Written, DeskError> {
    let paged = |paper: Paper<'_>, error| match error {
        NoDocument::Desk(error) => error,
        NoDocument::Template(source) => paper.unreadable(source),
    };
    let (old_bytes, old_places) =
        document(Some(old), &comparison.old).map_err(|error| paged(old, error))?;
    let (new_bytes, new_places) =
        document(Some(new), &comparison.new).map_err(|error| paged(new, error))?;
    let old_source = Source {
        bytes: &old_bytes,
        places: &old_places,
    };
    let new_source = Source {
        bytes: &new_bytes,
        places: &new_places,
    };
    docx::redline::redline(old_source, new_source, &comparison.redline, author)
        .map_err(|source| new.unreadable(source))
}

/// Why there is no document of a draft.
pub(crate) enum NoDocument {
    /// The file cannot be taken.
    Desk(DeskError),
    /// The template cannot be filled.
    Template(docx::DocxError),
}

/// A draft as a document, and the paragraph of each provision.
pub(crate) fn document<'p>(
    paper: Option<Paper<'p>>,
    draft: &Draft,
) -> Result<(Cow<'p, [u8]>, Vec<usize>), NoDocument> {
    let provisions = draft.provisions();
    if let Some(paper) = paper
        && paper.is_document().map_err(NoDocument::Desk)?
    {
        let places = provisions.iter().map(|each| docx::paragraph_on(each.line));
        return Ok((Cow::Borrowed(paper.bytes), places.collect()));
    }
    let bytes = on_paper(draft).map_err(NoDocument::Template)?;
    Ok((Cow::Owned(bytes), (0..provisions.len()).collect()))
}

/// A draft as a document on the plain template: a paragraph for each provision.
pub(crate) fn on_paper(draft: &Draft) -> Result<Vec<u8>, docx::DocxError> {
    let provisions = draft.provisions();
    let printed: Vec<String> = (0..provisions.len())
        .map(|index| crate::text::printed(draft, index))
        .collect();
    let paragraphs = provisions.iter().zip(&printed).map(|(provision, text)| {
        let look = match provision.kind {
            ProvisionKind::Title => Look::Title,
            ProvisionKind::Heading => Look::Heading(provision.depth),
            _ => Look::Text(provision.depth.saturating_sub(1)),
        };
        PlainParagraph { text, look }
    });
    let paragraphs: Vec<PlainParagraph<'_>> = paragraphs.collect();
    docx::plain(&paragraphs)
}

/// [`open`] and [`compare`] in one.
///
/// # Errors
/// Where a file is no draft that can be read, or a line of `map` names no provision.
pub fn redline(
    old: Paper<'_>,
    new: Paper<'_>,
    map: Option<Paper<'_>>,
) -> Result<Comparison, DeskError> {
    compare(open(old)?, open(new)?, map, &in_turn)
}

fn pairs(map: Paper<'_>, old: &Draft, new: &Draft) -> Result<Vec<Settled>, DeskError> {
    let mut settled = Vec::new();
    for (index, line) in map.words()?.lines().enumerate() {
        let line_number = index + 1;
        if line.trim().is_empty() || line.trim_start().starts_with("//") {
            continue;
        }
        let no_pair = || DeskError::NoPair {
            name: map.name.to_owned(),
            line: line_number,
        };
        let (before, after) = line.split_once(',').ok_or_else(no_pair)?;
        if before.trim().is_empty() && after.trim().is_empty() {
            return Err(no_pair());
        }
        let find = |draft: &Draft, path: &str| match path.trim() {
            "" => Ok(None),
            path => draft
                .find(path)
                .map(Some)
                .map_err(|source| DeskError::Pair {
                    name: map.name.to_owned(),
                    line: line_number,
                    source,
                }),
        };
        settled.push(Settled {
            old: find(old, before)?,
            new: find(new, after)?,
        });
    }
    Ok(settled)
}
