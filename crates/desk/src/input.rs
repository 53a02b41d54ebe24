//! Files as they come in: a name and bytes.

use std::borrow::Cow;

use onetext_paper::docx::{self, Document, Tracked};
use onetext_text::Draft;

use crate::error::DeskError;

/// A file that somebody hands over.
#[derive(Debug, Clone, Copy)]
pub struct Paper<'a> {
    /// Its name, for what is said about it; its ending says what it is.
    pub name: &'a str,
    /// What is in it.
    pub bytes: &'a [u8],
}

impl<'a> Paper<'a> {
    /// Its words.
    ///
    /// # Errors
    /// [`DeskError::NotText`] where it is not UTF-8.
    pub(crate) fn words(self) -> Result<&'a str, DeskError> {
        let bytes = self
            .bytes
            .strip_prefix("\u{feff}".as_bytes())
            .unwrap_or(self.bytes);
        std::str::from_utf8(bytes).map_err(|error| DeskError::NotText {
            name: self.name.to_owned(),
            line: 1 + bytes
                .iter()
                .take(error.valid_up_to())
                .filter(|byte| **byte == b'\n')
                .count(),
        })
    }

    /// The draft in it, with what is special to a document of a word processor. Its tracked changes are read as
    /// `tracked` says.
    ///
    /// # Errors
    /// Where it is a kind of file that is not read, no text, or no draft.
    pub(crate) fn read(self, tracked: Tracked) -> Result<(Draft, Option<Document>), DeskError> {
        let document = if self.is_document()? {
            Some(docx::read(self.bytes, tracked).map_err(|source| self.unreadable(source))?)
        } else {
            None
        };
        let read = match &document {
            Some(document) => Draft::read(&document.source()),
            None => Draft::read(self.words()?),
        };
        let draft = read.map_err(|source| DeskError::Read {
            name: self.name.to_owned(),
            source,
        })?;
        Ok((draft, document))
    }

    /// As [`draft`](Self::draft), of a file that need not be copied where it is text; with its bytes, where not.
    ///
    /// # Errors
    /// As for [`read`](Self::read).
    pub(crate) fn into_draft(
        name: &str,
        bytes: Vec<u8>,
    ) -> Result<(Draft, Option<Vec<u8>>), DeskError> {
        let paper = Paper {
            name,
            bytes: &bytes,
        };
        if paper.is_document()? || paper.words()?.len() < bytes.len() {
            return Ok((paper.draft()?, Some(bytes)));
        }
        let words = String::from_utf8(bytes).unwrap_or_default();
        let draft = Draft::from_source(words).map_err(|source| DeskError::Read {
            name: name.to_owned(),
            source,
        })?;
        Ok((draft, None))
    }

    /// The draft in it, tracked changes accepted.
    ///
    /// # Errors
    /// As for [`read`](Self::read).
    pub(crate) fn draft(self) -> Result<Draft, DeskError> {
        Ok(self.read(Tracked::Accepted)?.0)
    }

    /// The words of a news report.
    ///
    /// # Errors
    /// Where it is a kind of file that is not read, or no text.
    pub(crate) fn report(self) -> Result<Cow<'a, str>, DeskError> {
        if self.is_document()? {
            let document = docx::read(self.bytes, Tracked::Accepted);
            let document = document.map_err(|source| self.unreadable(source))?;
            return Ok(Cow::Owned(document.source()));
        }
        Ok(Cow::Borrowed(self.words()?))
    }

    /// Whether it is a document of a word processor (.docx), by its name or its first bytes.
    ///
    /// # Errors
    /// Where it is a kind of file that is not read.
    pub(crate) fn is_document(self) -> Result<bool, DeskError> {
        let ending = self
            .name
            .rsplit_once('.')
            .map(|(_, ending)| ending.to_ascii_lowercase());
        match ending.as_deref() {
            Some("docx" | "docm" | "dotx") => Ok(true),
            Some("doc" | "odt" | "pdf" | "rtf") => Err(DeskError::NotYet {
                name: self.name.to_owned(),
            }),
            _ => Ok(self.bytes.starts_with(b"PK\x03\x04")),
        }
    }

    /// Why a document cannot be read.
    pub(crate) fn unreadable(self, source: docx::DocxError) -> DeskError {
        DeskError::Document {
            name: self.name.to_owned(),
            source,
        }
    }
}
