//! What went wrong, for whoever reads a page: what, and what to do. Never a secret, and nothing of another room.

use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use maud::html;
use onetext_desk::DeskError;
use onetext_desk::workspace::WorkspaceError;

use crate::entrance::EntranceError;
use crate::office::ViewError;

/// A page that could not be given.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    status: StatusCode,
    what: String,
    hint: String,
}

impl Fault {
    /// With what went wrong and what to do.
    pub(crate) fn new(
        status: StatusCode,
        what: impl Into<String>,
        hint: impl Into<String>,
    ) -> Fault {
        Fault {
            status,
            what: what.into(),
            hint: hint.into(),
        }
    }

    /// What it is, for a browser or a program.
    pub(crate) fn status(&self) -> StatusCode {
        self.status
    }

    /// There is no such thing that this seat can see.
    pub(crate) fn nothing() -> Fault {
        Fault::new(
            StatusCode::NOT_FOUND,
            "There is nothing of this name that your seat can see",
            "Go to the state of play, and from there to texts, drafts and points.",
        )
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let page = crate::pages::bare(
            &self.what,
            html! {
                h1 { (self.what) }
                p class="lead" { (self.hint) }
                p { a href="/" { "To the state of play" } }
            },
        );
        (self.status, Html(page.into_string())).into_response()
    }
}

impl From<EntranceError> for Fault {
    fn from(error: EntranceError) -> Fault {
        let (status, what) = match &error {
            EntranceError::Wait(_) => (StatusCode::TOO_MANY_REQUESTS, error.to_string()),
            EntranceError::Password { .. } | EntranceError::Name | EntranceError::NameTaken => {
                (StatusCode::UNPROCESSABLE_ENTITY, error.to_string())
            }
            _ => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "The list of people and sessions cannot be used now".to_owned(),
            ),
        };
        Fault::new(
            status,
            what,
            "Go back and try again; whoever runs this host can see more in its terminal.",
        )
    }
}

impl From<DeskError> for Fault {
    fn from(error: DeskError) -> Fault {
        match error {
            DeskError::Ask(_) => Fault::nothing(),
            other => Fault::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                other.to_string(),
                other.hint().unwrap_or_default(),
            ),
        }
    }
}

impl From<WorkspaceError> for Fault {
    fn from(_: WorkspaceError) -> Fault {
        Fault::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "The record cannot be read now",
            "Run `onetext verify` on this host; what was acknowledged is kept.",
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
