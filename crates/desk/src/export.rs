//! "Give me what we have": a seat's own share of the process, as a dossier that can be read again.

use std::collections::BTreeMap;

use onetext_paper::dossier;
use onetext_talks::{Cut, Viewer};

use crate::books::Books;
use crate::error::DeskError;

/// A dossier: its files by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// What is in each file.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// Everything of the process that this viewer's rooms hold, as a dossier.
///
/// # Errors
/// Where the viewer is no seat of this process.
pub fn export(books: &Books, viewer: &Viewer, cut: &Cut) -> Result<Export, DeskError> {
    let share = books.record().share_of(viewer, cut)?;
    let written = dossier::write(&share);
    let mut files = written.folder();
    files.insert(dossier::DOSSIER_FILE.to_owned(), written.toml.into_bytes());
    Ok(Export { files })
}
