//! The files beside a dossier: whoever calls brings them, and only from the dossier's own folder.

use std::collections::BTreeMap;

use crate::docx;

/// Brings the files that a dossier names.
///
/// The paths that are asked for are relative, made of plain names and `/`, and lead nowhere but down; whoever
/// implements this on a real folder refuses links that lead out of it.
pub trait Files {
    /// What a file holds.
    ///
    /// # Errors
    /// [`FileError`] where it cannot be had.
    fn read(&mut self, path: &str) -> Result<Vec<u8>, FileError>;

    /// The names of the files there are, where that is known: what a missing file's name is compared with.
    fn names(&self) -> Vec<String> {
        Vec::new()
    }
}

/// Why a file cannot be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// There is no such file.
    #[error("there is no such file")]
    Missing,
    /// It lies outside the dossier's folder.
    #[error("it lies outside the folder of the dossier")]
    Outside,
    /// It cannot be read, for a reason of the system's.
    #[error("it cannot be read: {0}")]
    Unreadable(String),
}

/// Files held in memory, by path.
impl Files for BTreeMap<String, Vec<u8>> {
    fn read(&mut self, path: &str) -> Result<Vec<u8>, FileError> {
        self.get(path).cloned().ok_or(FileError::Missing)
    }

    fn names(&self) -> Vec<String> {
        self.keys().cloned().collect()
    }
}

/// Whether a path stays in the folder on any system: relative, of plain names, with `/` between them.
#[must_use]
pub fn is_inside(path: &str) -> bool {
    const LONGEST: usize = 1024;
    let odd =
        |c: char| c.is_control() || matches!(c, '\\' | ':' | '<' | '>' | '"' | '|' | '?' | '*');
    !path.is_empty()
        && path.len() <= LONGEST
        && !path.contains(odd)
        && path
            .split('/')
            .all(|name| !name.is_empty() && name != "." && name != "..")
}

/// Each file as text, read once however many blocks name it.
pub(super) struct Shelf<'f> {
    files: &'f mut dyn Files,
    read: BTreeMap<(String, docx::Tracked), Result<String, Unread>>,
}

/// Why a file gives no text.
#[derive(Debug, Clone)]
pub(super) struct Unread {
    pub(super) code: &'static str,
    pub(super) message: String,
    pub(super) expected: String,
    pub(super) hint: Option<String>,
}

impl<'f> Shelf<'f> {
    pub(super) fn new(files: &'f mut dyn Files) -> Self {
        Shelf {
            files,
            read: BTreeMap::new(),
        }
    }

    pub(super) fn text(&mut self, path: &str) -> Result<&str, Unread> {
        self.text_of(path, docx::Tracked::Accepted)
    }

    /// The same; of a document of a word processor with its tracked changes read so.
    pub(super) fn text_of(&mut self, path: &str, tracked: docx::Tracked) -> Result<&str, Unread> {
        let key = (path.to_owned(), tracked);
        if !self.read.contains_key(&key) {
            let text = self.load(path, tracked);
            self.read.insert(key.clone(), text);
        }
        match self.read.get(&key) {
            Some(Ok(text)) => Ok(text),
            Some(Err(unread)) => Err(unread.clone()),
            None => Err(unread(path, &FileError::Missing, None)),
        }
    }

    fn load(&mut self, path: &str, tracked: docx::Tracked) -> Result<String, Unread> {
        if !is_inside(path) {
            return Err(unread(path, &FileError::Outside, None));
        }
        let bytes = self.files.read(path).map_err(|error| {
            let names = self.files.names();
            let nearest = onetext_talks::nearest_hint(path, names.iter().map(String::as_str));
            unread(path, &error, nearest)
        })?;
        if bytes.starts_with(b"PK\x03\x04") {
            return document(path, &bytes, tracked);
        }
        String::from_utf8(bytes).map_err(|error| {
            let good = error.utf8_error().valid_up_to();
            let before = error.as_bytes().get(..good).unwrap_or_default();
            let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
            Unread {
                code: "not-utf8",
                message: format!(
                    "{path:?} is not UTF-8: byte {} on line {line} of it",
                    good + 1
                ),
                expected: "a text file in UTF-8".to_owned(),
                hint: Some("save it again as UTF-8".to_owned()),
            }
        })
    }
}

/// The words of a document of a word processor.
fn document(path: &str, bytes: &[u8], tracked: docx::Tracked) -> Result<String, Unread> {
    let read = docx::read(bytes, tracked);
    read.map(|document| document.source())
        .map_err(|error| Unread {
            code: "unreadable-document",
            message: format!("{path:?} cannot be read: {error}"),
            expected: "a document (.docx) that a word processor opens".to_owned(),
            hint: Some(error.hint().to_owned()),
        })
}

fn unread(path: &str, error: &FileError, hint: Option<String>) -> Unread {
    let code = match error {
        FileError::Missing => "no-such-file",
        FileError::Outside => "file-outside",
        FileError::Unreadable(_) => "unreadable-file",
    };
    let path: String = super::shape::shown(path);
    Unread {
        code,
        message: format!("{path:?} cannot be used: {error}"),
        expected: "a file in the folder of the dossier, as \"v1.md\"".to_owned(),
        hint,
    }
}
