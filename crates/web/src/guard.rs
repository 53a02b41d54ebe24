//! The guard: the one way to every page. It checks where a request comes from, makes the [`Visitor`] through whom alone pages
//! read, and puts on every answer what a browser must hold to.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Redirect, Response};

use crate::Workbench;
use crate::entrance::{Seated, Secret};
use crate::fault::Fault;
use crate::words::Words;

/// What a page may do: nothing that is not served here, no script and no style but the served files.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Somebody who sits at a seat. Only the guard makes one.
#[derive(Debug, Clone)]
pub struct Visitor {
    seated: Seated,
    words: Words,
}

impl Visitor {
    /// The seat.
    #[must_use]
    pub fn seat(&self) -> &str {
        &self.seated.seat
    }

    /// The name of the person, where one signed in.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.seated.name.as_deref()
    }

    /// What names the session.
    #[must_use]
    pub fn card(&self) -> &str {
        &self.seated.card
    }

    /// The words of the language that was chosen in this browser, or else that it asks for.
    #[must_use]
    pub fn words(&self) -> Words {
        self.words
    }
}

/// Before every route: the host that was meant, the origin of what changes something, and the headers of the answer.
pub(crate) async fn outside(
    State(bench): State<Arc<Workbench>>,
    mut request: Request,
    next: Next,
) -> Response {
    let words = Words::asked(request.headers());
    request.extensions_mut().insert(words);
    let answer = match checked(&bench, request.method(), request.headers()) {
        Ok(()) => next.run(request).await,
        Err(fault) => fault.into_response(),
    };
    let mut answer = in_words(answer, words);
    let headers = answer.headers_mut();
    for (name, value) in [
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        // Without it a browser sends no origin with a form, and with it nothing to anybody else.
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        (
            "permissions-policy",
            "camera=(), microphone=(), geolocation=()",
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    answer
}

/// What went wrong becomes a page here, where the language is known; also what the framework refused before a page saw it.
fn in_words(answer: Response, words: Words) -> Response {
    if let Some(fault) = answer.extensions().get::<Fault>() {
        return fault.page(words);
    }
    let kind = answer.headers().get(header::CONTENT_TYPE);
    let bare = kind.is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    match answer.status().is_client_error() && bare {
        true => Fault::refused(answer.status()).page(words),
        false => answer,
    }
}

fn checked(bench: &Workbench, method: &Method, headers: &HeaderMap) -> Result<(), Fault> {
    let said = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    // A name that leads here from elsewhere is none of ours (DNS rebinding).
    let host = said("host").filter(|host| bench.hosts.iter().any(|own| own == host));
    let Some(host) = host else {
        return Err(Fault::told(
            StatusCode::MISDIRECTED_REQUEST,
            "fault-address",
            "fault-address-hint",
        ));
    };
    if matches!(*method, Method::GET | Method::HEAD) {
        return Ok(());
    }
    let site = said("sec-fetch-site");
    let origin = said("origin").map(|origin| origin == format!("http://{host}"));
    let own = site.is_none_or(|site| site == "same-origin") && origin != Some(false);
    match own && (site.is_some() || origin.is_some()) {
        true => Ok(()),
        false => Err(Fault::told(
            StatusCode::FORBIDDEN,
            "fault-origin",
            "fault-origin-hint",
        )),
    }
}

/// Before every route but those of the entrance: a session. What goes on carries its [`Visitor`].
pub(crate) async fn inside(
    State(bench): State<Arc<Workbench>>,
    mut request: Request,
    next: Next,
) -> Response {
    let secret = session(&bench, request.headers());
    let now = bench.seconds();
    let asked = Arc::clone(&bench);
    let seated = match secret {
        None => Ok(None),
        Some(secret) => {
            crate::blocking(move || asked.entrance.seated(&secret, now).map_err(Fault::from)).await
        }
    };
    match seated {
        Err(fault) => fault.into_response(),
        Ok(Some(seated)) => {
            let words = request.extensions().get().copied().unwrap_or_default();
            let visitor = Visitor { seated, words };
            request.extensions_mut().insert(visitor);
            next.run(request).await
        }
        Ok(None) if request.method() == Method::GET && request.uri().path() != "/live" => {
            Redirect::to("/enter").into_response()
        }
        Ok(None) => Fault::told(
            StatusCode::UNAUTHORIZED,
            "fault-nobody",
            "fault-nobody-hint",
        )
        .into_response(),
    }
}

fn session(bench: &Workbench, headers: &HeaderMap) -> Option<Secret> {
    let cookies = headers.get_all(header::COOKIE).iter();
    let mut pairs = cookies
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    let (_, secret) = pairs.find(|(name, _)| *name == bench.cookie)?;
    (secret.len() == 32).then(|| Secret::given(secret))
}

/// The header that gives a browser its session; with none it takes it away.
pub(crate) fn cookie(bench: &Workbench, secret: Option<&Secret>) -> String {
    let (value, age) = match secret {
        Some(secret) => (secret.reveal(), 12 * 3600),
        None => ("", 0),
    };
    format!(
        "{}={value}; Path=/; HttpOnly; SameSite=Strict; Max-Age={age}",
        bench.cookie
    )
}
