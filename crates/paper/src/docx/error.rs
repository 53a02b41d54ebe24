//! Why a document cannot be read: where in it, what was expected, and what to do.

/// Why a document cannot be read or written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocxError {
    /// An older format, or a document under a password: both come in the same container.
    #[error("this document is protected by a password, or is in the older format .doc")]
    Protected,
    /// No package at all.
    #[error("this is not a document (.docx): {0}")]
    NoPackage(String),
    /// A part of the package cannot be unpacked.
    #[error("{part}: cannot be unpacked: {why}")]
    Broken {
        /// The part.
        part: String,
        /// Why.
        why: String,
    },
    /// A part that every document has.
    #[error("the document has no part {0}")]
    Missing(String),
    /// More than any draft needs.
    #[error("{part}: {what}; at most {limit} can be read")]
    TooLarge {
        /// The part.
        part: String,
        /// What is too large.
        what: &'static str,
        /// The largest that is read.
        limit: u64,
    },
    /// A part is no well-formed XML.
    #[error("{part}, line {line}: {why}")]
    Malformed {
        /// The part.
        part: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        why: String,
    },
    /// A document type or an entity of its own: what it stands for could lie outside the document.
    #[error("{part}, line {line}: a definition or entity, which documents do not have")]
    Entity {
        /// The part.
        part: String,
        /// The line, from 1.
        line: usize,
    },
    /// The main part is something else.
    #[error("{0}: expected a document of WordprocessingML (w:document with w:body)")]
    OtherContent(String),
}

impl DocxError {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Protected => {
                "open it in the word processor and save it as .docx without a password"
            }
            Self::TooLarge { .. } => "split the document, or save it again in the word processor",
            Self::Entity { .. } => {
                "do not open it elsewhere; ask its sender for a copy saved by a word processor"
            }
            _ => {
                "open it in the word processor, let it repair the file, and save it again as .docx"
            }
        }
    }
}
