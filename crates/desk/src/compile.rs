//! "What does everybody want?": one base, and what each seat would have instead, in one text.

use onetext_paper::docx::{self, Tracked, redline::Written};
use onetext_talks::{Cut, DraftId, Viewer};
use onetext_text::{Compilation, Draft, SeatText};

use crate::books::Books;
use crate::error::DeskError;
use crate::input::Paper;
use crate::redline::document;
use crate::wanted::wanted;

/// A base with every seat's proposals.
#[derive(Debug)]
pub struct CompiledText {
    /// The name of the base's file, or of the draft.
    pub name: String,
    /// The base.
    pub base: Draft,
    /// The compilation.
    pub compilation: Compilation,
    /// How the base's own tracked changes are read.
    tracked: Tracked,
}

/// Compiles what seats hand in: for each its name and its file, the base as it would have it.
///
/// # Errors
/// Where a file is no draft that can be read.
pub fn compile(base: Paper<'_>, texts: &[(String, Paper<'_>)]) -> Result<CompiledText, DeskError> {
    let base_draft = base.draft()?;
    let mut drafts = Vec::with_capacity(texts.len());
    for (seat, paper) in texts {
        drafts.push((seat.clone(), paper.draft()?));
    }
    Ok(laid_over(base.name, base_draft, &drafts, Tracked::Accepted))
}

/// Compiles what a document holds of tracked changes: the base is what it reads with all of them rejected, and each author
/// stands for a seat that would have its own changes and no others.
///
/// # Errors
/// Where the file is no document, or one without tracked changes.
pub fn compile_tracked(base: Paper<'_>) -> Result<CompiledText, DeskError> {
    let nobody = || DeskError::NothingTracked {
        name: base.name.to_owned(),
    };
    if !base.is_document()? {
        return Err(nobody());
    }
    let unreadable = |source| base.unreadable(source);
    let authors = docx::authors(base.bytes).map_err(unreadable)?;
    if authors.is_empty() {
        return Err(nobody());
    }
    let (base_draft, _) = base.read(Tracked::Rejected)?;
    let mut drafts = Vec::with_capacity(authors.len());
    for author in authors {
        let read = docx::read_changes_of(base.bytes, &author).map_err(unreadable)?;
        let draft = Draft::read(&read.source()).map_err(|source| DeskError::Read {
            name: base.name.to_owned(),
            source,
        })?;
        let name = match author.is_empty() {
            true => "somebody".to_owned(),
            false => author,
        };
        drafts.push((name, draft));
    }
    Ok(laid_over(base.name, base_draft, &drafts, Tracked::Rejected))
}

/// Compiles what is on record of proposals on a draft, as far as this viewer sees.
///
/// # Errors
/// Where the viewer sees no such draft.
pub fn compile_proposals(
    books: &Books,
    viewer: &Viewer,
    cut: &Cut,
    draft: &str,
) -> Result<CompiledText, DeskError> {
    let draft_id = DraftId::from(draft);
    let found = books.ask(viewer, cut, |board| board.proposals_on(&draft_id))??;
    let base = &found.issued.draft;
    let mut seats: Vec<&str> = Vec::new();
    for proposal in &found.proposals {
        if !seats.contains(&proposal.seat.as_str()) {
            seats.push(&proposal.seat);
        }
    }
    let mut drafts = Vec::with_capacity(seats.len());
    for seat in seats {
        let own = found.proposals.iter();
        let own = own.filter(|proposal| proposal.seat == seat);
        let source = wanted(base, own);
        let read = Draft::read(&source).map_err(|source| DeskError::Read {
            name: format!("{draft} as {seat} would have it"),
            source,
        })?;
        drafts.push((seat.to_owned(), read));
    }
    let base = base.clone();
    Ok(laid_over(draft, base, &drafts, Tracked::Accepted))
}

fn laid_over(
    name: &str,
    base: Draft,
    drafts: &[(String, Draft)],
    tracked: Tracked,
) -> CompiledText {
    let seats: Vec<SeatText<'_>> = drafts
        .iter()
        .map(|(seat, draft)| SeatText { seat, draft })
        .collect();
    let compilation = onetext_text::compile(&base, &seats);
    CompiledText {
        name: name.to_owned(),
        base,
        compilation,
        tracked,
    }
}

/// The compilation as a document with tracked changes, each seat their author, on the document that the base was read from;
/// without one, or where the base is no document, on a plain template.
///
/// # Errors
/// Where the document cannot be read again, or does not say what the base says.
pub fn compiled_document(
    compiled: &CompiledText,
    base: Option<Paper<'_>>,
    date: Option<&str>,
) -> Result<Written, DeskError> {
    let name = base.map_or(compiled.name.as_str(), |paper| paper.name);
    let failed = |source| DeskError::Document {
        name: name.to_owned(),
        source,
    };
    let (bytes, places) = document(base, &compiled.base).map_err(|error| match error {
        crate::redline::NoDocument::Desk(error) => error,
        crate::redline::NoDocument::Template(source) => failed(source),
    })?;
    let source = docx::redline::Source {
        bytes: &bytes,
        places: &places,
    };
    let (draft, compilation) = (&compiled.base, &compiled.compilation);
    docx::redline::compiled(source, draft, compilation, compiled.tracked, date).map_err(failed)
}
