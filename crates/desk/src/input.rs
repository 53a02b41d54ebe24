//! Files as they come in: a name and bytes.

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

    /// The draft in it.
    ///
    /// # Errors
    /// Where it is a kind of file that is not read, no text, or no draft.
    pub(crate) fn draft(self) -> Result<Draft, DeskError> {
        self.readable()?;
        Draft::read(self.words()?).map_err(|source| DeskError::Read {
            name: self.name.to_owned(),
            source,
        })
    }

    /// The words of a news report.
    ///
    /// # Errors
    /// Where it is a kind of file that is not read, or no text.
    pub(crate) fn report(self) -> Result<&'a str, DeskError> {
        self.readable()?;
        self.words()
    }

    /// Whether it is a kind of file that is read.
    fn readable(self) -> Result<(), DeskError> {
        let ending = self
            .name
            .rsplit_once('.')
            .map(|(_, ending)| ending.to_ascii_lowercase());
        if matches!(
            ending.as_deref(),
            Some("docx" | "doc" | "odt" | "pdf" | "rtf")
        ) || self.bytes.starts_with(b"PK\x03\x04")
        {
            return Err(DeskError::NotYet {
                name: self.name.to_owned(),
            });
        }
        Ok(())
    }
}
