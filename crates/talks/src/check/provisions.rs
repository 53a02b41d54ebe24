//! Paths: whether they name a provision of the draft that an act is on.

use std::collections::BTreeMap;
use std::sync::Arc;

use onetext_text::{IssuedDraft, PathError};

/// A draft, or a seat's own copy of one.
#[derive(Clone, Copy)]
pub(crate) struct Wording<'r> {
    /// The draft's handle; empty for an own copy.
    pub(crate) name: &'r str,
    /// What it says.
    pub(crate) issued: &'r Arc<IssuedDraft>,
}

/// Looks paths up, each once.
#[derive(Default)]
pub(crate) struct Paths<'r> {
    answers: BTreeMap<(usize, &'r str), Result<usize, PathError>>,
}

impl<'r> Paths<'r> {
    /// The provision that a path names.
    pub(crate) fn find(&mut self, wording: Wording<'r>, path: &'r str) -> Result<usize, PathError> {
        // The address of a draft in the record is its identity while the record is held.
        let draft = Arc::as_ptr(wording.issued) as usize;
        let look = || wording.issued.draft.find_target(path).map(|target| target.index);
        self.answers.entry((draft, path)).or_insert_with(look).clone()
    }
}
