//! The guard: the one way to every page. It checks where a request comes from, makes the [`Visitor`] through whom alone pages
//! read, and puts on every answer what a browser must hold to.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Redirect, Response};

use crate::Workbench;
use crate::api::{self, Problem};
use crate::entrance::{Seated, Secret, Way};
use crate::fault::Fault;
use crate::pages::language::{self, Turned};
use crate::pages::resend;
use crate::words::Words;

/// What a page may do: nothing that is not served here, no script and no style but the served files.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Somebody who sits at a seat. Only the guard makes one.
#[derive(Debug, Clone)]
pub struct Visitor {
    seated: Seated,
    words: Words,
    /// They sent a form for its page in another language alone.
    turns: bool,
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

    /// By which way they came in.
    #[must_use]
    pub fn way(&self) -> Way {
        self.seated.way
    }

    /// Whether they may put something on record here: a guest of an invitation only reads.
    #[must_use]
    pub fn may_act(&self) -> bool {
        self.seated.way.may_act()
    }

    /// Whether this request may put something on record.
    pub(crate) fn may_record(&self) -> bool {
        self.may_act() && !self.turns
    }

    /// The person of the process as whom alone they speak; none where they may speak as any of their seat.
    #[must_use]
    pub fn speaks_as(&self) -> Option<&str> {
        self.seated.speaks_as.as_deref()
    }

    /// The row of the person in the entrance, where one signed in.
    pub(crate) fn person(&self) -> Option<i64> {
        self.seated.person
    }

    /// Who invited a guest.
    pub(crate) fn invited_by(&self) -> &str {
        &self.seated.invited_by
    }

    /// At which seat a guest was invited.
    pub(crate) fn invited_from(&self) -> Option<&str> {
        self.seated.invited_from.as_deref()
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
    let turned = Turned::of(&request);
    let words = turned.map_or_else(|| Words::asked(request.headers()), |Turned(words)| words);
    request.extensions_mut().insert(words);
    if let Some(turned) = turned {
        request.extensions_mut().insert(turned);
    }
    let for_programs = api::is_of_api(request.uri().path());
    let answer = match checked(&bench, &request) {
        Ok(()) => {
            let mut answer = next.run(request).await;
            if let Some(kept) =
                turned.and_then(|Turned(words)| language::cookie(words).parse().ok())
            {
                answer.headers_mut().append(header::SET_COOKIE, kept);
            }
            answer
        }
        Err(fault) => fault.into_response(),
    };
    let mut answer = match for_programs {
        true => as_problem(answer),
        false => in_words(answer, words),
    };
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
    if bench.is_secure() {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=31536000"),
        );
    }
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    answer
}

/// Whatever went wrong below the API is told to programs as a problem.
fn as_problem(answer: Response) -> Response {
    let status = answer.status();
    let kind = answer.headers().get(header::CONTENT_TYPE);
    let told = kind.is_some_and(|kind| kind == "application/problem+json");
    if told || !(status.is_client_error() || status.is_server_error()) {
        return answer;
    }
    let allow = answer.headers().get(header::ALLOW).cloned();
    let mut problem = Problem::of_status(status).into_response();
    if let Some(allow) = allow {
        problem.headers_mut().insert(header::ALLOW, allow);
    }
    problem
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

fn checked(bench: &Workbench, request: &Request) -> Result<(), Fault> {
    let (method, headers) = (request.method(), request.headers());
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
    // Below the API only a token counts, and no browser sends one by itself.
    if matches!(*method, Method::GET | Method::HEAD) || api::is_of_api(request.uri().path()) {
        return Ok(());
    }
    let site = said("sec-fetch-site");
    let origin = said("origin").map(|origin| origin == format!("{}://{host}", bench.scheme()));
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
    request: Request,
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
            let turns = request.extensions().get::<Turned>().is_some();
            let visitor = Visitor {
                seated,
                words,
                turns,
            };
            passed(&bench, visitor, request, next).await
        }
        Ok(None) if request.method() == Method::GET && request.uri().path() != "/live" => {
            Redirect::to("/enter").into_response()
        }
        Ok(None) => {
            let words = request.extensions().get().copied().unwrap_or_default();
            resend::answer(request, words).await
        }
    }
}

/// Where the work of a whole seat lies: for who may enter some of its rooms alone there is no such page.
const OF_ALL_ROOMS: [&str; 4] = ["/merge", "/merge/keep", "/issue", "/statements/report"];

/// Lets a visitor on; what they changed is news, and the next page that they see has it.
async fn passed(
    bench: &Arc<Workbench>,
    visitor: Visitor,
    mut request: Request,
    next: Next,
) -> Response {
    if visitor.speaks_as().is_some() && OF_ALL_ROOMS.contains(&request.uri().path()) {
        let (asked, who) = (Arc::clone(bench), visitor.clone());
        let limited =
            crate::blocking(move || Ok(asked.office().is_limited(&who, asked.now())?)).await;
        match limited {
            Ok(false) => {}
            Ok(true) => return Fault::nothing().into_response(),
            Err(fault) => return fault.into_response(),
        }
    }
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    request.extensions_mut().insert(visitor.clone());
    let answer = next.run(request).await;
    if !reads {
        bench.office().settle(&visitor);
    }
    answer
}

/// Before the operations of the API: a token. A browser's session counts for nothing here.
pub(crate) async fn by_token(
    State(bench): State<Arc<Workbench>>,
    request: Request,
    next: Next,
) -> Response {
    let header = request.headers().get(header::AUTHORIZATION);
    let token = header
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token.trim().to_owned());
    let now = bench.seconds();
    let asked = Arc::clone(&bench);
    let seated = match token {
        None => Ok(None),
        Some(token) => {
            crate::blocking(move || asked.entrance.with_token(&token, now).map_err(Fault::from))
                .await
        }
    };
    match seated {
        Err(fault) => Problem::from(fault).into_response(),
        Ok(Some(seated)) => {
            let visitor = Visitor {
                seated,
                words: Words::default(),
                turns: false,
            };
            passed(&bench, visitor, request, next).await
        }
        Ok(None) => Problem::new(
            StatusCode::UNAUTHORIZED,
            "no-token",
            "no token was sent, or one that does not hold",
            "make one in the account of the workbench and send it as Authorization: Bearer …",
        )
        .into_response(),
    }
}

/// Before the operations of the API that change something: a token that may act. It stands behind [`by_token`].
pub(crate) async fn acting_token(request: Request, next: Next) -> Response {
    let visitor = request.extensions().get::<Visitor>();
    match visitor.is_some_and(Visitor::may_act) {
        true => next.run(request).await,
        false => Problem::new(
            StatusCode::FORBIDDEN,
            "only-reads",
            "this token only reads",
            "use a token that may act",
        )
        .into_response(),
    }
}

/// Before every route that changes something: somebody who may act. It stands behind [`inside`].
pub(crate) async fn acting(request: Request, next: Next) -> Response {
    let visitor = request.extensions().get::<Visitor>();
    match visitor.is_some_and(Visitor::may_act) {
        true => next.run(request).await,
        false => Fault::told(
            StatusCode::FORBIDDEN,
            "fault-only-reads",
            "fault-only-reads-hint",
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
    let secure = if bench.is_secure() { " Secure;" } else { "" };
    format!(
        "{}={value}; Path=/; HttpOnly;{secure} SameSite=Strict; Max-Age={age}",
        bench.cookie
    )
}
