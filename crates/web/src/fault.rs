//! What went wrong, for whoever reads a page: what, and what to do. Never a secret, and nothing of another room.

use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use maud::{Markup, html};
use onetext_desk::DeskError;
use onetext_desk::workspace::WorkspaceError;

use crate::entrance::EntranceError;
use crate::office::ViewError;
use crate::words::Words;

/// A page that could not be given.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    status: StatusCode,
    what: Said,
    hint: Said,
}

/// A sentence of a fault.
#[derive(Debug, Clone)]
enum Said {
    /// One of the interface's, by its key, with the numbers in it.
    Key(&'static str, Vec<(&'static str, i64)>),
    /// Words that the page has made.
    Ready(String),
    /// What a crate below says, in English.
    Core(String),
}

impl Said {
    fn plain(&self, words: Words) -> String {
        match self {
            Said::Key(key, numbers) => {
                let numbers: Vec<_> = numbers
                    .iter()
                    .map(|(name, n)| (*name, (*n).into()))
                    .collect();
                words.say_with(key, &numbers)
            }
            Said::Ready(said) | Said::Core(said) => said.clone(),
        }
    }

    fn shown(&self, words: Words) -> Markup {
        match self {
            Said::Key(..) => html! { (self.plain(words)) },
            Said::Ready(said) => html! { bdi { (said) } },
            Said::Core(said) => html! { bdi lang="en" { (said) } },
        }
    }
}

impl Fault {
    /// With what went wrong and what to do, in words of the page.
    #[allow(dead_code, reason = "for pages whose sentences have names in them")]
    pub(crate) fn new(
        status: StatusCode,
        what: impl Into<String>,
        hint: impl Into<String>,
    ) -> Fault {
        Fault {
            status,
            what: Said::Ready(what.into()),
            hint: Said::Ready(hint.into()),
        }
    }

    /// With what went wrong and what to do, by their keys: the language is that of whoever asked.
    pub(crate) fn told(status: StatusCode, what: &'static str, hint: &'static str) -> Fault {
        Fault {
            status,
            what: Said::Key(what, Vec::new()),
            hint: Said::Key(hint, Vec::new()),
        }
    }

    /// What it is, for a browser or a program.
    pub(crate) fn status(&self) -> StatusCode {
        self.status
    }

    /// There is no such thing that this seat can see.
    pub(crate) fn nothing() -> Fault {
        Fault::told(StatusCode::NOT_FOUND, "fault-nothing", "fault-nothing-hint")
    }

    /// What the framework refused before a page saw it: a form that cannot be read, or is too long, or a way that is not there.
    pub(crate) fn refused(status: StatusCode) -> Fault {
        match status {
            StatusCode::PAYLOAD_TOO_LARGE => {
                Fault::told(status, "fault-too-long", "fault-too-long-hint")
            }
            StatusCode::METHOD_NOT_ALLOWED => Fault::told(status, "fault-way", "fault-way-hint"),
            _ => Fault::told(status, "fault-request", "fault-request-hint"),
        }
    }

    /// The page, in the language of whoever asked.
    pub(crate) fn page(&self, words: Words) -> Response {
        let page = crate::pages::bare(
            words,
            &self.what.plain(words),
            html! {
                h1 { (self.what.shown(words)) }
                p class="lead" { (self.hint.shown(words)) }
                p { a href="/" { (words.say("fault-back")) } }
            },
        );
        (self.status, Html(page.into_string())).into_response()
    }
}

/// The guard makes the page, because it knows the language.
impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut answer = self.status.into_response();
        answer.extensions_mut().insert(self);
        answer
    }
}

/// What the entrance refuses, by its key and the numbers in it; none where it failed.
fn refusal(error: &EntranceError) -> Option<(&'static str, Vec<(&'static str, i64)>)> {
    let number = |length: &usize| i64::try_from(*length).unwrap_or(i64::MAX);
    match error {
        EntranceError::Wait(minutes) => Some(("enter-wait", vec![("minutes", *minutes)])),
        EntranceError::Password { shortest, longest } => Some((
            "enter-password-length",
            vec![("shortest", number(shortest)), ("longest", number(longest))],
        )),
        EntranceError::OldPassword => Some(("keys-password-not-it", Vec::new())),
        EntranceError::Name => Some(("enter-name-length", Vec::new())),
        EntranceError::NameTaken => Some(("enter-name-taken", Vec::new())),
        EntranceError::Proof => Some(("keys-proof-wrong", Vec::new())),
        EntranceError::Code => Some(("keys-code-wrong", Vec::new())),
        EntranceError::Token => Some(("keys-token-refused", Vec::new())),
        _ => None,
    }
}

/// The same in words, for a page that shows the form again.
pub(crate) fn refusal_in(words: Words, error: &EntranceError) -> Option<String> {
    let (key, numbers) = refusal(error)?;
    Some(Said::Key(key, numbers).plain(words))
}

impl From<EntranceError> for Fault {
    fn from(error: EntranceError) -> Fault {
        let status = match &error {
            EntranceError::Wait(_) => StatusCode::TOO_MANY_REQUESTS,
            EntranceError::Password { .. }
            | EntranceError::OldPassword
            | EntranceError::Name
            | EntranceError::NameTaken
            | EntranceError::Proof
            | EntranceError::Code
            | EntranceError::Token => StatusCode::UNPROCESSABLE_ENTITY,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        let (key, numbers) = refusal(&error).unwrap_or(("fault-people", Vec::new()));
        Fault {
            status,
            what: Said::Key(key, numbers),
            hint: Said::Key("fault-again-hint", Vec::new()),
        }
    }
}

impl From<DeskError> for Fault {
    fn from(error: DeskError) -> Fault {
        match error {
            DeskError::Ask(_) => Fault::nothing(),
            other => Fault {
                status: StatusCode::UNPROCESSABLE_ENTITY,
                what: Said::Core(other.to_string()),
                hint: Said::Core(other.hint().unwrap_or_default()),
            },
        }
    }
}

/// Whether what the store or the keys of this host could not do is why something was refused: no fault of who asks, and its words
/// name files of this host.
pub(crate) fn is_of_host(error: &WorkspaceError) -> bool {
    matches!(
        error,
        WorkspaceError::Store(_)
            | WorkspaceError::Keys(_)
            | WorkspaceError::Entropy(_)
            | WorkspaceError::Setting(_)
    )
}

impl From<WorkspaceError> for Fault {
    fn from(_: WorkspaceError) -> Fault {
        Fault::told(
            StatusCode::INTERNAL_SERVER_ERROR,
            "fault-record",
            "fault-record-hint",
        )
    }
}

impl From<ViewError> for Fault {
    fn from(error: ViewError) -> Fault {
        match error {
            ViewError::Workspace(error) => error.into(),
            ViewError::Desk(error) => error.into(),
        }
    }
}
