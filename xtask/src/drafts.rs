//! Reading drafts for the tasks that compare them.

use std::path::Path;

use onetext_text::Draft;

use crate::failure::{Failure, Result, While};

/// Reads a draft from its text.
pub(crate) fn read(text: &str) -> Result<Draft> {
    Draft::read(text).map_err(|error| Failure::because(error.to_string()))
}

/// Reads a draft from a file.
pub(crate) fn open(path: &Path) -> Result<Draft> {
    read(&std::fs::read_to_string(path).on(path.display())?)
}
