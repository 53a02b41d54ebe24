//! What is wrong with a dossier: where, what was expected, and the nearest valid name.

use std::fmt;

use serde::ser::{Serialize, SerializeStruct, Serializer};

/// One thing that keeps a dossier from being imported.
///
/// Written out it reads `dossier.toml:41:9: no seat is named "u"; expected a seat; did you mean "ua"?`; as JSON it is
/// `{code, message, where, hint}`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct DossierError {
    /// What kind of error, stable between versions: `unknown-field`, `hidden-or-unknown`, ….
    pub code: &'static str,
    /// The file it is in.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong, without a full stop.
    pub message: String,
    /// What was expected instead.
    pub expected: Option<String>,
    /// The nearest valid name, or what to do.
    pub hint: Option<String>,
}

impl DossierError {
    /// The place, as `dossier.toml:41:9`.
    #[must_use]
    pub fn place(&self) -> String {
        format!("{}:{}:{}", self.file, self.line, self.column)
    }

    /// What is wrong and what was expected, as one sentence without its full stop.
    #[must_use]
    pub fn sentence(&self) -> String {
        match &self.expected {
            Some(expected) => format!("{}; expected {expected}", self.message),
            None => self.message.clone(),
        }
    }
}

impl fmt::Display for DossierError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place(), self.sentence())?;
        match &self.hint {
            Some(hint) => write!(f, "; {hint}"),
            None => Ok(()),
        }
    }
}

impl Serialize for DossierError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("DossierError", 4)?;
        object.serialize_field("code", self.code)?;
        object.serialize_field("message", &self.sentence())?;
        object.serialize_field("where", &self.place())?;
        object.serialize_field("hint", &self.hint)?;
        object.end()
    }
}

/// An error on its way out: its place is still a byte of the source.
#[derive(Debug, Clone)]
pub(super) struct Fault {
    pub(super) code: &'static str,
    pub(super) at: usize,
    pub(super) message: String,
    pub(super) expected: Option<String>,
    pub(super) hint: Option<String>,
}

impl Fault {
    pub(super) fn new(code: &'static str, at: usize, message: impl Into<String>) -> Self {
        Fault {
            code,
            at,
            message: message.into(),
            expected: None,
            hint: None,
        }
    }

    pub(super) fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    /// Adds "did you mean", where one of the names is near enough to what was given.
    pub(super) fn nearest<'a>(
        mut self,
        given: &str,
        names: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        self.hint = onetext_talks::nearest_hint(given, names);
        self
    }

    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// Turns faults into errors, in the order of the file, at most `limit` of them.
pub(super) fn place(source: &str, mut faults: Vec<Fault>, limit: usize) -> Vec<DossierError> {
    faults.sort_by_key(|fault| fault.at);
    faults.truncate(limit);
    let (mut seen, mut line, mut line_start) = (0, 1, 0);
    faults
        .into_iter()
        .map(|fault| {
            let at = floor_char_boundary(source, fault.at);
            for (offset, byte) in source.bytes().enumerate().take(at).skip(seen) {
                if byte == b'\n' {
                    line += 1;
                    line_start = offset + 1;
                }
            }
            seen = at;
            let column = source
                .get(line_start..at)
                .map_or(0, |text| text.chars().count())
                + 1;
            DossierError {
                code: fault.code,
                file: super::DOSSIER_FILE.to_owned(),
                line,
                column,
                message: fault.message,
                expected: fault.expected,
                hint: fault.hint,
            }
        })
        .collect()
}

fn floor_char_boundary(source: &str, at: usize) -> usize {
    let at = at.min(source.len());
    (0..=at)
        .rev()
        .find(|&at| source.is_char_boundary(at))
        .unwrap_or(0)
}
