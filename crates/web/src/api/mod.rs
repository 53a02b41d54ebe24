//! The JSON API: what the pages read and do, for programs. One table says everything of each operation; routes and the
//! document at `/api/openapi.json` are both made from it, so that neither knows what the other does not.
//!
//! A program comes with a token, and with a token alone: a browser's session counts for nothing here, so that no other site can
//! use it (ADR 0024). What a token reads and does is that of its seat, through the same views and the same checks.

mod acting;
mod document;
mod fields;
mod problem;
mod reading;
mod shapes;

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::routing::{MethodRouter, delete, get, post};
use serde::de::DeserializeOwned;

use crate::Workbench;
use crate::routes::Access;

pub(crate) use problem::Problem;

/// Where they are described.
pub(crate) const DOCUMENT: &str = "/api/openapi.json";
/// The most bytes of a request.
pub(crate) const LARGEST: usize = 4 << 20;

/// Where a parameter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Path,
    Query,
}

/// A parameter of an operation: words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Parameter {
    pub(crate) name: &'static str,
    pub(crate) place: Place,
    pub(crate) required: bool,
    pub(crate) says: &'static str,
    /// One that the sample process knows.
    pub(crate) example: &'static str,
}

/// An operation of the API.
pub(crate) struct Operation {
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    /// What it is called in programs.
    pub(crate) name: &'static str,
    pub(crate) says: &'static str,
    pub(crate) parameters: &'static [Parameter],
    /// The shape of what is sent; empty where nothing is.
    pub(crate) body: &'static str,
    /// The status and the shape of the answer.
    pub(crate) answer: (u16, &'static str),
    /// Whether it takes a token that may act.
    pub(crate) acts: bool,
    pub(crate) handler: MethodRouter<Arc<Workbench>>,
}

impl Operation {
    /// Who may ask for it.
    pub(crate) fn access(&self) -> Access {
        if self.acts {
            Access::ActingToken
        } else {
            Access::Token
        }
    }
}

const fn query(
    name: &'static str,
    required: bool,
    (says, example): (&'static str, &'static str),
) -> Parameter {
    Parameter {
        name,
        place: Place::Query,
        required,
        says,
        example,
    }
}

const fn path(name: &'static str, (says, example): (&'static str, &'static str)) -> Parameter {
    Parameter {
        name,
        place: Place::Path,
        required: true,
        says,
        example,
    }
}

const AT: Parameter = query(
    "at",
    false,
    (
        "As of when: a day, a month, a moment, or FROM/TO; a day means its end, UTC.",
        "2031-03-04",
    ),
);

fn reads(
    path: &'static str,
    (name, says): (&'static str, &'static str),
    parameters: &'static [Parameter],
    shape: &'static str,
    handler: MethodRouter<Arc<Workbench>>,
) -> Operation {
    Operation {
        method: "GET",
        path,
        name,
        says,
        parameters,
        body: "",
        answer: (200, shape),
        acts: false,
        handler,
    }
}

const SUBJECT: Parameter = query(
    "subject",
    true,
    (
        "Of what: `TEXT#PATH`, `DRAFT#PATH` or an id.",
        "framework#6.b",
    ),
);
const THE_ID: Parameter = path("id", ("The draft.", "v3"));
const OLD: Parameter = query("old", true, ("The older draft.", "v2"));
const NEW: Parameter = query("new", true, ("The newer draft.", "v3"));
const SEAT: Parameter = query("seat", true, ("The seat.", "karvonia"));
const TEXT: Parameter = query(
    "text",
    false,
    (
        "Of which text; of the main one where none is named.",
        "framework",
    ),
);
const DRAFT: Parameter = query("draft", true, ("The draft.", "v3"));
const WORDS: Parameter = query("words", true, ("The words.", "the bridge"));
const PERSON: Parameter = query("person", true, ("For whom.", "dorvat"));
const SINCE: Parameter = query(
    "since",
    false,
    ("Since when, in place of the last briefing.", "2031-02-12"),
);
const THE_SESSION: Parameter = path("card", ("What names the session.", ""));
const THE_TOKEN: Parameter = path("card", ("What names the token.", ""));

/// Every operation.
pub(crate) fn operations() -> Vec<Operation> {
    vec![
        reads(
            "/api/v1/status",
            (
                "status",
                "The state of play, as `onetext status --json` has it.",
            ),
            &[AT],
            "Status",
            get(reading::status),
        ),
        reads(
            "/api/v1/why",
            (
                "why",
                "Why a provision (`TEXT#PATH`), a condition, a claim, an act or a seat stands as it does.",
            ),
            &[SUBJECT, AT],
            "Explanation",
            get(reading::why),
        ),
        reads(
            "/api/v1/drafts",
            ("drafts", "The drafts that the seat can read."),
            &[],
            "Drafts",
            get(reading::drafts),
        ),
        reads(
            "/api/v1/drafts/{id}",
            (
                "draft",
                "A draft, provision by provision, as `onetext text --json` has it.",
            ),
            &[THE_ID],
            "Reading",
            get(reading::draft),
        ),
        reads(
            "/api/v1/redline",
            (
                "redline",
                "What changed from one draft to another, as `onetext redline --format json` has it.",
            ),
            &[OLD, NEW],
            "Redline",
            get(reading::redline),
        ),
        reads(
            "/api/v1/since",
            (
                "since",
                "What changed for a seat since what it was last given.",
            ),
            &[SEAT, TEXT],
            "Redline",
            get(reading::since),
        ),
        reads(
            "/api/v1/compilation",
            (
                "compilation",
                "All proposals on a draft, as `onetext compile --draft --json` has them.",
            ),
            &[DRAFT],
            "Compilation",
            get(reading::compilation),
        ),
        reads(
            "/api/v1/given",
            ("given", "Who has been given some words."),
            &[WORDS],
            "Given",
            get(reading::given),
        ),
        reads(
            "/api/v1/told",
            (
                "told",
                "What a seat came to know through the acts of others.",
            ),
            &[SEAT],
            "Told",
            get(reading::told),
        ),
        reads(
            "/api/v1/brief",
            (
                "brief",
                "A briefing for a person of the seat, as `onetext brief --json` has it.",
            ),
            &[PERSON, SINCE, AT],
            "Brief",
            get(reading::brief),
        ),
        reads(
            "/api/v1/packages",
            (
                "packages",
                "The packages of what is open, as `onetext packages --json` has them.",
            ),
            &[AT],
            "Packages",
            get(reading::packages),
        ),
        reads(
            "/api/v1/rooms",
            (
                "rooms",
                "The rooms in which the seat may put something on record, with their members.",
            ),
            &[],
            "Rooms",
            get(reading::rooms),
        ),
        reads(
            "/api/v1/mark",
            (
                "mark",
                "What names the state of the seat's rooms: it changes when an act comes to one of them.",
            ),
            &[],
            "Mark",
            get(reading::mark),
        ),
        reads(
            "/api/v1/account",
            (
                "account",
                "The people, sessions, tokens and sign-ins of the seat.",
            ),
            &[],
            "Account",
            get(acting::account),
        ),
        Operation {
            method: "POST",
            path: "/api/v1/press",
            name: "press",
            says: "What a news report tells, beside the process, as `onetext press --json` has it. Nothing is recorded.",
            parameters: &[],
            body: "Report",
            answer: (200, "Press"),
            acts: false,
            handler: post(reading::press),
        },
        Operation {
            method: "POST",
            path: "/api/v1/acts",
            name: "act",
            says: "Puts an act on record, with the fields that a line of `onetext act --stdin` has.",
            parameters: &[],
            body: "Act",
            answer: (201, "Recorded"),
            acts: true,
            handler: post(acting::act),
        },
        Operation {
            method: "POST",
            path: "/api/v1/account/invitations",
            name: "invite",
            says: "Makes a one-time link for the first person of another seat of this host, where this seat holds the pen. To its own seat a \
                   token invites nobody: that is done in the account, with the password.",
            parameters: &[],
            body: "Invitation",
            answer: (201, "Link"),
            acts: true,
            handler: post(acting::invite),
        },
        Operation {
            method: "DELETE",
            path: "/api/v1/account/sessions/{card}",
            name: "endSession",
            says: "Ends a session of the seat.",
            parameters: &[THE_SESSION],
            body: "",
            answer: (204, ""),
            acts: true,
            handler: delete(acting::end_session),
        },
        Operation {
            method: "DELETE",
            path: "/api/v1/account/tokens/{card}",
            name: "revokeToken",
            says: "Revokes a token of the seat.",
            parameters: &[THE_TOKEN],
            body: "",
            answer: (204, ""),
            acts: true,
            handler: delete(acting::revoke_token),
        },
    ]
}

/// The document that describes the operations.
pub(crate) fn describe() -> MethodRouter<Arc<Workbench>> {
    get(document::document)
}

/// Whether a path is one of the API, whose answers are for programs.
pub(crate) fn is_of_api(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/")
}

/// What a query says; what cannot be read is a problem.
pub(crate) struct Asked<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let read = axum::extract::Query::<T>::from_request_parts(parts, state).await;
        read.map(|axum::extract::Query(asked)| Asked(asked))
            .map_err(|error| Problem::unreadable(error.body_text()))
    }
}

/// What a path says.
pub(crate) struct Named<T>(pub(crate) T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Named<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let read = axum::extract::Path::<T>::from_request_parts(parts, state).await;
        read.map(|axum::extract::Path(named)| Named(named))
            .map_err(|error| Problem::unreadable(error.body_text()))
    }
}
