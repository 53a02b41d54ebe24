//! What went wrong, where, and what to do next.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use onetext_desk::DeskError;
use onetext_desk::workspace::WorkspaceError;
use serde::Serialize;

use crate::cli::Manner;

/// Why a command did not do what was asked.
#[derive(Debug)]
pub(crate) struct Failure(Box<Details>);

#[derive(Debug)]
struct Details {
    code: String,
    message: String,
    place: Option<String>,
    hint: Option<String>,
    others: Vec<String>,
    status: u8,
}

/// A failure as JSON: `{error: {code, message, where, hint}}`.
#[derive(Serialize)]
struct Told<'a> {
    error: Error<'a>,
}

#[derive(Serialize)]
struct Error<'a> {
    code: &'a str,
    message: &'a str,
    #[serde(rename = "where")]
    place: Option<&'a str>,
    hint: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    also: &'a [String],
}

impl Failure {
    /// Something that failed.
    pub(crate) fn new(code: &str, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Failure(Box::new(Details {
            code: code.to_owned(),
            message: message.into(),
            place: None,
            hint: Some(hint.into()),
            others: Vec::new(),
            status: 1,
        }))
    }

    /// Something that cannot be asked like that.
    pub(crate) fn usage(message: impl Into<String>, hint: impl Into<String>) -> Self {
        let mut failure = Failure::new("usage", message, hint);
        failure.0.status = 2;
        failure
    }

    /// At this place.
    pub(crate) fn at(mut self, place: impl std::fmt::Display) -> Self {
        self.0.place = Some(place.to_string());
        self
    }

    /// In this larger place.
    pub(crate) fn within(mut self, place: &str) -> Self {
        self.0.place = Some(match self.0.place {
            Some(inner) => format!("{place}, {inner}"),
            None => place.to_owned(),
        });
        self
    }

    /// With what else is wrong.
    pub(crate) fn and(mut self, others: impl IntoIterator<Item = String>) -> Self {
        self.0.others.extend(others);
        self
    }

    /// With this exit status.
    pub(crate) fn ending(mut self, status: u8) -> Self {
        self.0.status = status;
        self
    }

    /// A file or folder that cannot be read or written.
    pub(crate) fn file(path: &Path, error: &std::io::Error) -> Self {
        let (code, message, hint) = match error.kind() {
            std::io::ErrorKind::NotFound => (
                "not-found",
                "there is no such file or folder",
                "check the spelling, or run the command in another folder",
            ),
            std::io::ErrorKind::PermissionDenied => (
                "not-permitted",
                "this may not be read or written",
                "ask its owner, or choose another place",
            ),
            std::io::ErrorKind::FileTooLarge => {
                return Failure::new(
                    "too-large",
                    error.to_string(),
                    "check that this is the right file, or split it",
                )
                .at(path.display());
            }
            std::io::ErrorKind::StorageFull => (
                "disk-full",
                "the disk is full, and the file was not written",
                "free some space, or choose another disk",
            ),
            std::io::ErrorKind::IsADirectory => {
                ("a-folder", "this is a folder", "name a file in it")
            }
            _ => {
                return Failure::new(
                    "file",
                    error.to_string(),
                    "check the file and the disk it is on",
                )
                .at(path.display());
            }
        };
        Failure::new(code, message, hint).at(path.display())
    }

    /// The answer could not be written. A reader that has gone away is no failure.
    pub(crate) fn output(error: &std::io::Error) -> Self {
        let mut failure = Failure::new(
            "output",
            format!("the answer could not be written: {error}"),
            "check where it goes",
        );
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            failure.0.status = 0;
        }
        failure
    }

    /// Tells it on standard error and gives the exit status.
    pub(crate) fn tell(&self, manner: Manner) -> ExitCode {
        if self.0.status == 0 {
            return ExitCode::SUCCESS;
        }
        let mut stderr =
            anstream::AutoStream::new(std::io::stderr(), crate::out::choice(manner.color));
        // Nobody is left to be told where standard error is closed.
        let _ = if manner.json {
            self.as_json(&mut stderr)
        } else {
            self.as_words(&mut stderr)
        };
        ExitCode::from(self.0.status)
    }

    fn as_json(&self, to: &mut impl Write) -> std::io::Result<()> {
        let told = Told {
            error: Error {
                code: &self.0.code,
                message: &self.0.message,
                place: self.0.place.as_deref(),
                hint: self.0.hint.as_deref(),
                also: &self.0.others,
            },
        };
        serde_json::to_writer(&mut *to, &told)?;
        writeln!(to)
    }

    fn as_words(&self, to: &mut impl Write) -> std::io::Result<()> {
        let red = anstyle::Style::new()
            .bold()
            .fg_color(Some(anstyle::AnsiColor::Red.into()));
        write!(to, "{red}error:{red:#} ")?;
        if let Some(place) = &self.0.place {
            write!(to, "{place}: ")?;
        }
        writeln!(to, "{}", self.0.message)?;
        if let Some(hint) = &self.0.hint {
            writeln!(to, "  what to do: {hint}")?;
        }
        for other in &self.0.others {
            writeln!(to, "  also: {other}")?;
        }
        Ok(())
    }
}

impl From<WorkspaceError> for Failure {
    fn from(error: WorkspaceError) -> Self {
        Failure(Box::new(Details {
            code: error.code().to_owned(),
            message: error.message(),
            place: None,
            hint: error.hint(),
            others: Vec::new(),
            // An act that is not as it was signed is tampering, whoever finds it.
            status: if error.code() == "changed" { 3 } else { 1 },
        }))
    }
}

impl From<DeskError> for Failure {
    fn from(error: DeskError) -> Self {
        Failure(Box::new(Details {
            code: error.code().to_owned(),
            message: error.to_string(),
            place: error.place(),
            hint: error.hint(),
            others: error.others(),
            status: 1,
        }))
    }
}
