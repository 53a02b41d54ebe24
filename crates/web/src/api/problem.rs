//! What went wrong, for programs: RFC 9457, with the same codes and hints that the commands give.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use onetext_desk::workspace::WorkspaceError;
use onetext_desk::{ActRefused, DeskError};
use serde_json::json;

use crate::entrance::EntranceError;
use crate::fault::{Fault, is_of_host};
use crate::office::ViewError;

/// An answer that could not be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    status: StatusCode,
    code: String,
    what: String,
    hint: Option<String>,
    field: Option<String>,
}

impl Problem {
    pub(crate) fn new(
        status: StatusCode,
        code: impl Into<String>,
        what: impl Into<String>,
        hint: impl Into<String>,
    ) -> Problem {
        Problem {
            status,
            code: code.into(),
            what: what.into(),
            hint: Some(hint.into()),
            field: None,
        }
    }

    /// A request that cannot be read.
    pub(crate) fn unreadable(what: impl Into<String>) -> Problem {
        let mut what: String = what.into();
        what.truncate(what.floor_char_boundary(300));
        Problem::new(
            StatusCode::BAD_REQUEST,
            "unreadable-request",
            what,
            "see /api/openapi.json for what is asked and how",
        )
    }

    /// There is no such thing that the seat can see.
    pub(crate) fn nothing() -> Problem {
        Problem::new(
            StatusCode::NOT_FOUND,
            "hidden-or-unknown",
            "there is nothing of this name that the seat can see",
            "/api/v1/status names what there is",
        )
    }

    /// For an answer that was made without one.
    pub(crate) fn of_status(status: StatusCode) -> Problem {
        let (code, what, hint) = match status {
            StatusCode::NOT_FOUND => return Problem::nothing(),
            StatusCode::METHOD_NOT_ALLOWED => (
                "method",
                "this is not asked for in this way",
                "see /api/openapi.json for the ways",
            ),
            StatusCode::PAYLOAD_TOO_LARGE => (
                "too-long",
                "this is longer than can be taken",
                "send at most 4 MiB",
            ),
            StatusCode::MISDIRECTED_REQUEST => (
                "address",
                "this is not the address of this workbench",
                "use the address that its terminal shows",
            ),
            StatusCode::REQUEST_TIMEOUT => ("late", "this took too long to come", "send it again"),
            status if status.is_server_error() => (
                "failed",
                "the answer could not be made now",
                "try again; whoever runs this host can look at its terminal",
            ),
            _ => (
                "refused",
                "this cannot be answered",
                "see /api/openapi.json for what is asked and how",
            ),
        };
        Problem::new(status, code, what, hint)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = json!({
            "type": format!("urn:onetext:problem:{}", self.code),
            "title": self.what,
            "status": self.status.as_u16(),
            "code": self.code,
            "hint": self.hint,
            "field": self.field,
        });
        let kind = [(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        )];
        let mut answer = (self.status, kind, body.to_string()).into_response();
        if self.status == StatusCode::UNAUTHORIZED {
            answer.headers_mut().insert(
                header::WWW_AUTHENTICATE,
                HeaderValue::from_static("Bearer realm=\"OneText\""),
            );
        }
        answer
    }
}

impl From<DeskError> for Problem {
    fn from(error: DeskError) -> Problem {
        let status = match &error {
            DeskError::Ask(_) => StatusCode::NOT_FOUND,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
        Problem {
            status,
            code: error.code().to_owned(),
            what: error.to_string(),
            hint: error.hint(),
            field: None,
        }
    }
}

impl From<WorkspaceError> for Problem {
    fn from(error: WorkspaceError) -> Problem {
        let code = error.code();
        match is_of_host(&error) {
            true => Problem::of_status(StatusCode::INTERNAL_SERVER_ERROR),
            false => Problem {
                status: StatusCode::CONFLICT,
                code: code.to_owned(),
                what: error.message(),
                hint: error.hint(),
                field: None,
            },
        }
    }
}

impl From<ViewError> for Problem {
    fn from(error: ViewError) -> Problem {
        match error {
            ViewError::Workspace(_) => Problem::of_status(StatusCode::INTERNAL_SERVER_ERROR),
            ViewError::Desk(error) => error.into(),
        }
    }
}

/// What a page would have shown.
impl From<Fault> for Problem {
    fn from(fault: Fault) -> Problem {
        Problem::of_status(fault.status())
    }
}

impl From<ActRefused> for Problem {
    fn from(error: ActRefused) -> Problem {
        let what = error.to_string();
        let refused =
            |status, code: &str, hint: &str| Problem::new(status, code, what.clone(), hint);
        match error {
            ActRefused::Workspace(error) => error.into(),
            ActRefused::NotInOrder(errors) => {
                let first = errors.into_iter().next();
                Problem {
                    status: StatusCode::UNPROCESSABLE_ENTITY,
                    code: first
                        .as_ref()
                        .map_or("not-in-order", |first| first.code)
                        .to_owned(),
                    what,
                    hint: first.as_ref().and_then(|first| first.hint.clone()),
                    field: first.and_then(|first| first.field),
                }
            }
            ActRefused::NotEntered(_) => refused(
                StatusCode::UNPROCESSABLE_ENTITY,
                "not-in-room",
                "name a room in which the seat sits",
            ),
            ActRefused::NotTheirs { .. } => refused(
                StatusCode::FORBIDDEN,
                "not-theirs",
                "let that seat put it on record",
            ),
            ActRefused::SpeaksAs { .. } => refused(
                StatusCode::FORBIDDEN,
                "not-theirs",
                "let the person who may say it put it on record",
            ),
            ActRefused::RoomsElsewhere => refused(
                StatusCode::FORBIDDEN,
                "not-here",
                "let whoever runs this host declare it, with onetext act",
            ),
            ActRefused::OnlyReads => refused(
                StatusCode::FORBIDDEN,
                "only-reads",
                "use a token that may act",
            ),
        }
    }
}

impl From<EntranceError> for Problem {
    fn from(error: EntranceError) -> Problem {
        let (status, code) = match &error {
            EntranceError::Wait(_) => (StatusCode::TOO_MANY_REQUESTS, "wait"),
            EntranceError::Password { .. }
            | EntranceError::Name
            | EntranceError::NameTaken
            | EntranceError::Proof
            | EntranceError::Code
            | EntranceError::Token => (StatusCode::UNPROCESSABLE_ENTITY, "not-in-order"),
            _ => return Problem::of_status(StatusCode::INTERNAL_SERVER_ERROR),
        };
        Problem::new(
            status,
            code,
            error.to_string(),
            "change it and send it again",
        )
    }
}
