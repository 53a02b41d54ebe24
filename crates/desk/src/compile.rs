//! "What does everybody want?": one base, and what each seat would have instead, in one text.

use onetext_text::{Compilation, Draft, SeatText};

use crate::error::DeskError;
use crate::input::Paper;

/// A base with every seat's proposals.
#[derive(Debug)]
pub struct CompiledText {
    /// The name of the base's file.
    pub name: String,
    /// The base.
    pub base: Draft,
    /// The compilation.
    pub compilation: Compilation,
}

/// Compiles what seats hand in: for each its name and its file, the base as it would have it.
///
/// # Errors
/// Where a file is no draft that can be read.
pub fn compile(base: Paper<'_>, texts: &[(String, Paper<'_>)]) -> Result<CompiledText, DeskError> {
    let base_draft = base.draft()?;
    let mut drafts = Vec::with_capacity(texts.len());
    for (_, paper) in texts {
        drafts.push(paper.draft()?);
    }
    let seats: Vec<SeatText<'_>> = texts
        .iter()
        .zip(&drafts)
        .map(|((seat, _), draft)| SeatText { seat, draft })
        .collect();
    let compilation = onetext_text::compile(&base_draft, &seats);
    Ok(CompiledText {
        name: base.name.to_owned(),
        base: base_draft,
        compilation,
    })
}
