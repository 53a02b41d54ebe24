//! Why a question has no answer: what, where, and what to do next.

use onetext_bargain::BargainError;
use onetext_paper::docx::DocxError;
use onetext_paper::dossier::DossierError;
use onetext_paper::scenario::ScenarioError;
use onetext_talks::{AskError, WhenError};
use onetext_text::{PathError, ReadError};

/// Where the names are that can be asked about.
const ASK: &str = "onetext status prints the names of texts, points, conditions, claims, meetings and missions, as this \
                   seat knows them; onetext why on a seat or a person names the acts";

/// Why a question has no answer.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum DeskError {
    /// The dossier is not in order; nothing of it was taken.
    #[error("{}", .0.first().map(DossierError::sentence).unwrap_or_default())]
    Dossier(Vec<DossierError>),
    /// There is nothing of that name that this viewer can see.
    #[error(transparent)]
    Ask(#[from] AskError),
    /// A draft cannot be read.
    #[error("{source}")]
    Read {
        /// The file.
        name: String,
        /// Why.
        source: ReadError,
    },
    /// A file is no text in UTF-8.
    #[error("this file is not a text in UTF-8")]
    NotText {
        /// The file.
        name: String,
        /// The line of the first byte that is none.
        line: usize,
    },
    /// A document of a word processor cannot be read.
    #[error("{source}")]
    Document {
        /// The file.
        name: String,
        /// Why.
        source: DocxError,
    },
    /// A document that was to be compiled by itself holds no tracked change.
    #[error("there are no tracked changes in it, and no seat hands in a text")]
    NothingTracked {
        /// The file.
        name: String,
    },
    /// A kind of file that is not read yet.
    #[error("documents of this kind are not read yet")]
    NotYet {
        /// The file.
        name: String,
    },
    /// A line of a file of pairs is no pair.
    #[error("this line is no pair; expected `old path, new path`")]
    NoPair {
        /// The file.
        name: String,
        /// The line.
        line: usize,
    },
    /// A pair names a provision that is not there.
    #[error("{source}")]
    Pair {
        /// The file.
        name: String,
        /// The line.
        line: usize,
        /// What is wrong with the path.
        source: PathError,
    },
    /// The words and patterns of a language cannot be used.
    #[error("{0}")]
    Rules(String),
    /// A time that cannot be read.
    #[error(transparent)]
    When(#[from] WhenError),
    /// A scenario of packages that cannot be read.
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
    /// A process in which there is nothing to weigh.
    #[error("there is nothing to weigh: {because}")]
    NothingToWeigh {
        /// Why.
        because: String,
        /// What is open and left out, each with its reason.
        others: Vec<String>,
    },
    /// Preferences that cannot be true together.
    #[error("{message}")]
    Preferences {
        /// What is wrong.
        message: String,
        /// What they are, each with its act.
        told: Vec<String>,
    },
    /// A scenario that has no answer.
    #[error(transparent)]
    Bargain(#[from] BargainError),
}

impl DeskError {
    /// A word for machines; it stays the same between versions.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            DeskError::Dossier(errors) => errors.first().map_or("dossier", |error| error.code),
            DeskError::Ask(AskError::Seat { .. }) => "unknown-seat",
            DeskError::Ask(AskError::Unknown { .. }) => "hidden-or-unknown",
            DeskError::Ask(AskError::Path(error)) | DeskError::Pair { source: error, .. } => {
                match error {
                    PathError::Unknown { .. } => "unknown-path",
                    PathError::Ambiguous { .. } => "ambiguous-path",
                }
            }
            DeskError::Read { .. } => "unreadable-draft",
            DeskError::NotText { .. } => "not-utf-8",
            DeskError::Document { .. } => "unreadable-document",
            DeskError::NotYet { .. } => "not-yet",
            DeskError::NothingTracked { .. } => "nothing-tracked",
            DeskError::NoPair { .. } => "no-pair",
            DeskError::Rules(_) => "no-rules",
            DeskError::When(_) => "no-time",
            DeskError::Scenario(_) => "unreadable-scenario",
            DeskError::NothingToWeigh { .. } => "nothing-to-weigh",
            DeskError::Preferences { .. } => "contradicting-preferences",
            DeskError::Bargain(_) => "no-packages",
        }
    }

    /// Where, as far as that is a place: `dossier.toml:41:9`.
    #[must_use]
    pub fn place(&self) -> Option<String> {
        match self {
            DeskError::Dossier(errors) => errors.first().map(DossierError::place),
            DeskError::Read { name, source } => Some(match source.line() {
                Some(line) => format!("{name}:{line}"),
                None => name.clone(),
            }),
            DeskError::NotYet { name }
            | DeskError::NothingTracked { name }
            | DeskError::Document { name, .. } => Some(name.clone()),
            DeskError::NotText { name, line }
            | DeskError::NoPair { name, line }
            | DeskError::Pair { name, line, .. } => Some(format!("{name}:{line}")),
            DeskError::Scenario(error) => match error.line {
                _ if error.file.is_empty() => None,
                Some(line) => Some(format!("{}:{line}", error.file)),
                None => Some(error.file.clone()),
            },
            DeskError::Ask(_)
            | DeskError::NothingToWeigh { .. }
            | DeskError::Preferences { .. }
            | DeskError::When(_)
            | DeskError::Rules(_)
            | DeskError::Bargain(_) => None,
        }
    }

    /// What to do next.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            DeskError::Dossier(errors) => errors.first().and_then(|error| error.hint.clone()),
            DeskError::Ask(AskError::Seat { nearest: Some(name), .. } | AskError::Unknown { nearest: Some(name), .. }) => {
                Some(format!("did you mean {name}?"))
            }
            DeskError::Ask(AskError::Seat { seats, .. }) => {
                let seats: Vec<&str> = seats.iter().map(onetext_talks::SeatId::as_str).collect();
                Some(format!("the seats are {}", seats.join(", ")))
            }
            DeskError::Ask(AskError::Unknown { .. }) => Some(ASK.to_owned()),
            DeskError::Ask(AskError::Path(error)) | DeskError::Pair { source: error, .. } => match error {
                PathError::Unknown { .. } => Some("onetext text FILE --json lists the path of every provision".to_owned()),
                PathError::Ambiguous { .. } => Some("write one of the longer paths".to_owned()),
            },
            DeskError::Read { source, .. } => Some(source.hint().to_owned()),
            DeskError::NotText { .. } => Some("save it again as plain text, encoded in UTF-8".to_owned()),
            DeskError::Document { source, .. } => Some(source.hint().to_owned()),
            DeskError::NotYet { .. } => Some("save the document as .docx, plain text (.txt) or Markdown (.md), then ask again".to_owned()),
            DeskError::NothingTracked { .. } => Some("name each seat with its text, as in UA=ua-proposal.md, or a document (.docx) in which changes were tracked".to_owned()),
            DeskError::NoPair { .. } => Some("write one pair a line, as in `12.a, 7.b`; leave one side empty for none".to_owned()),
            DeskError::Rules(_) => Some("the file of rules in this version is out of order; please report it".to_owned()),
            DeskError::Scenario(error) => Some(error.hint.clone()),
            DeskError::NothingToWeigh { .. } => Some(
                "put alternatives in brackets or wording on record as proposals, and preferences with an act of kind preference".to_owned(),
            ),
            DeskError::Preferences { .. } => Some(
                "withdraw one of these acts, or record a later one that says otherwise on the same options".to_owned(),
            ),
            DeskError::Bargain(error) => Some(error.hint().to_owned()),
            DeskError::When(_) => Some(
                "write a day (2031-03-06), a moment (2031-03-06T14:30Z), a month (2031-03) or a span (FROM/TO)".to_owned(),
            ),
        }
    }

    /// What else is wrong, beyond the first: each as one line.
    #[must_use]
    pub fn others(&self) -> Vec<String> {
        match self {
            DeskError::Dossier(errors) => errors.iter().skip(1).map(ToString::to_string).collect(),
            DeskError::NothingToWeigh { others, .. } => others.clone(),
            DeskError::Preferences { told, .. } => told.clone(),
            _ => Vec::new(),
        }
    }
}
