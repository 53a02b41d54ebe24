//! The entrance's pages: sign in, follow a one-time link, be the first.
//!
//! Looking at a link uses nothing up and begins nothing: a program that opens the links of a letter signs nobody in.

use std::sync::Arc;

use axum::Form;
use axum::extract::{ConnectInfo, FromRequestParts, Path, State};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::bare;
use crate::entrance::{EntranceError, Purpose, Secret, Visit, Way};
use crate::fault::Fault;
use crate::tls::Source;
use crate::{Workbench, blocking, guard};

/// From where a request comes, and by which browser.
pub(crate) struct Comes {
    source: String,
    agent: String,
}

impl<S: Sync> FromRequestParts<S> for Comes {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let address = parts.extensions.get::<ConnectInfo<Source>>();
        let agent = parts
            .headers
            .get(header::USER_AGENT)
            .and_then(|agent| agent.to_str().ok());
        Ok(Comes {
            source: address.map_or_else(|| "here".to_owned(), |at| at.0.0.ip().to_string()),
            agent: agent.unwrap_or("a program").to_owned(),
        })
    }
}

#[derive(Deserialize)]
pub(crate) struct Given {
    #[serde(default)]
    code: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: String,
}

fn field(name: &str, label: &str, kind: &str, value: &str, hint: &str) -> Markup {
    let complete = match (name, hint.is_empty()) {
        ("name", _) => "username",
        ("password", true) => "current-password",
        ("password", false) => "new-password",
        _ => "one-time-code",
    };
    html! {
        label class="field" { span { (label) } @if !hint.is_empty() { small { (hint) } }
            input name=(name) type=(kind) value=(value) autocomplete=(complete) required dir="auto"; }
    }
}

fn refused(why: Option<&str>) -> Markup {
    html! { @if let Some(why) = why { p class="refused" role="alert" { (why) } } }
}

fn sign_in_page(name: &str, why: Option<&str>, nobody: bool) -> Markup {
    bare(
        "Sign in",
        html! {
            h1 { "Sign in" }
            (refused(why))
            @if nobody { p { "Nobody has a password here yet. Whoever runs this host begins with the code that its terminal shows: " a href="/first" { "first person" } "." } }
            form method="post" action="/enter" {
                (field("name", "Name", "text", name, ""))
                (field("password", "Password", "password", "", ""))
                button class="main" type="submit" { "Sign in" }
            }
            p class="small" { "Or open the one-time link that you were given." }
        },
    )
}

pub(crate) async fn form(State(bench): State<Arc<Workbench>>) -> Result<Html<String>, Fault> {
    let nobody = blocking(move || Ok(!bench.entrance.has_people()?)).await?;
    Ok(Html(sign_in_page("", None, nobody).into_string()))
}

fn begin(
    bench: &Workbench,
    comes: &Comes,
    at: (&str, Option<i64>),
    (name, way): (&str, Way),
) -> Result<Response, Fault> {
    let now = bench.seconds();
    let secret = bench.entrance.begin_session(at, (way, &comes.agent), now)?;
    bench
        .entrance
        .enter_visit(Some(at.0), &visit(comes, (name, way.name()), now, true))?;
    let cookie = [(header::SET_COOKIE, guard::cookie(bench, Some(&secret)))];
    Ok((cookie, Redirect::to("/")).into_response())
}

fn visit(comes: &Comes, (name, way): (&str, &str), at: i64, let_in: bool) -> Visit {
    Visit {
        at,
        name: name.to_owned(),
        way: way.to_owned(),
        source: comes.source.clone(),
        let_in,
    }
}

pub(crate) async fn sign_in(
    State(bench): State<Arc<Workbench>>,
    comes: Comes,
    Form(given): Form<Given>,
) -> Result<Response, Fault> {
    blocking(move || {
        let now = bench.seconds();
        bench.entrance.may_try(&given.name, &comes.source, now)?;
        let found = bench.entrance.recognise(&given.name, &given.password)?;
        match found {
            Some(member) => begin(
                &bench,
                &comes,
                (&member.seat, Some(member.id)),
                (&member.name, Way::Password),
            ),
            None => {
                bench
                    .entrance
                    .enter_visit(None, &visit(&comes, (&given.name, "password"), now, false))?;
                let page = sign_in_page(
                    &given.name,
                    Some("Nobody here has this name and this password."),
                    false,
                );
                Ok((StatusCode::UNAUTHORIZED, Html(page.into_string())).into_response())
            }
        }
    })
    .await
}

fn person_fields(name: &str) -> Markup {
    html! {
        (field("name", "Your name", "text", name, "With it you sign in; others of your seat see it."))
        (field("password", "A password", "password", "", "At least 12 characters: several words that are no sentence."))
    }
}

fn first_page(given: Option<&Given>, why: Option<&str>) -> Markup {
    bare(
        "The first person",
        html! {
            h1 { "The first person" }
            p { "The terminal that runs this workbench shows a code. It is good once, for an hour." }
            (refused(why))
            form method="post" action="/first" {
                (field("code", "Code from the terminal", "text", given.map_or("", |given| &given.code), ""))
                (person_fields(given.map_or("", |given| &given.name)))
                button class="main" type="submit" { "Begin" }
            }
        },
    )
}

pub(crate) async fn first_form() -> Html<String> {
    Html(first_page(None, None).into_string())
}

pub(crate) async fn first(
    State(bench): State<Arc<Workbench>>,
    comes: Comes,
    Form(given): Form<Given>,
) -> Result<Response, Fault> {
    blocking(move || {
        let secret = Secret::given(&given.code.to_lowercase());
        let made = join(&bench, &comes, &secret, &given, Purpose::FirstRun)?;
        Ok(made.unwrap_or_else(|why| {
            (
                StatusCode::UNPROCESSABLE_ENTITY,
                Html(first_page(Some(&given), Some(&why)).into_string()),
            )
                .into_response()
        }))
    })
    .await
}

/// Makes the person that a link or a code leads to; what was typed is not lost where it cannot be taken.
fn join(
    bench: &Workbench,
    comes: &Comes,
    secret: &Secret,
    given: &Given,
    purpose: Purpose,
) -> Result<Result<Response, String>, Fault> {
    let now = bench.seconds();
    bench.entrance.may_try("(a code)", &comes.source, now)?;
    let link = bench
        .entrance
        .look_at(secret, now)?
        .filter(|link| link.purpose == purpose);
    let Some(link) = link else {
        bench
            .entrance
            .enter_visit(None, &visit(comes, ("(a code)", "code"), now, false))?;
        return Ok(Err(
            "This code or link does not hold: it was used, or is over, or was mistyped.".to_owned(),
        ));
    };
    let made = bench.entrance.make_person(
        (&given.name, &given.password),
        (&link.seat, link.speaks_as.as_deref(), &link.made_by),
        now,
    );
    let person = match made {
        Ok(person) => person,
        Err(
            error @ (EntranceError::Name
            | EntranceError::NameTaken
            | EntranceError::Password { .. }),
        ) => {
            return Ok(Err(error.to_string()));
        }
        Err(error) => return Err(error.into()),
    };
    if !bench.entrance.use_up(secret, now)? {
        bench.entrance.remove_person(person)?;
        return Ok(Err("This code or link was used a moment ago.".to_owned()));
    }
    begin(
        bench,
        comes,
        (&link.seat, Some(person)),
        (given.name.trim(), Way::Invitation),
    )
    .map(Ok)
}

fn gone() -> Response {
    Fault::new(
        StatusCode::GONE,
        "This link does not hold",
        "It opens once, and not for ever. Ask whoever gave it to you for another.",
    )
    .into_response()
}

pub(crate) async fn link(
    State(bench): State<Arc<Workbench>>,
    Path(secret): Path<String>,
) -> Result<Response, Fault> {
    blocking(move || {
        let found = bench
            .entrance
            .look_at(&Secret::given(&secret), bench.seconds())?;
        Ok(
            match found.filter(|link| link.purpose != Purpose::FirstRun) {
                None => gone(),
                Some(link) => Html(
                    link_page(&secret, link.purpose, &link.seat, &link.made_by, None).into_string(),
                )
                .into_response(),
            },
        )
    })
    .await
}

fn link_page(
    secret: &str,
    purpose: Purpose,
    seat: &str,
    made_by: &str,
    why: Option<&str>,
) -> Markup {
    bare(
        "A one-time link",
        html! {
            h1 { @if purpose == Purpose::SignIn { "Sit down at a seat" } @else { "You are invited" } }
            (refused(why))
            p { "This link was made by " strong dir="auto" { (made_by) } " for the seat " strong dir="auto" { (seat) } ". It opens once." }
            form method="post" action=(format!("/link/{}", super::part(secret))) {
                @if purpose == Purpose::Invitation { (person_fields("")) }
                button class="main" type="submit" { @if purpose == Purpose::SignIn { "Sit down" } @else { "Join" } }
            }
            p class="small" { "Nothing is accepted or signed by it." }
        },
    )
}

pub(crate) async fn follow(
    State(bench): State<Arc<Workbench>>,
    comes: Comes,
    Path(words): Path<String>,
    Form(given): Form<Given>,
) -> Result<Response, Fault> {
    blocking(move || {
        let (secret, now) = (Secret::given(&words), bench.seconds());
        bench.entrance.may_try("(a link)", &comes.source, now)?;
        match bench.entrance.look_at(&secret, now)? {
            Some(link)
                if link.purpose == Purpose::SignIn && bench.entrance.use_up(&secret, now)? =>
            {
                begin(
                    &bench,
                    &comes,
                    (&link.seat, None),
                    ("(a link)", Way::Terminal),
                )
            }
            Some(link) if link.purpose == Purpose::Invitation => {
                let made = join(&bench, &comes, &secret, &given, Purpose::Invitation)?;
                Ok(made.unwrap_or_else(|why| {
                    let page =
                        link_page(&words, link.purpose, &link.seat, &link.made_by, Some(&why));
                    (StatusCode::UNPROCESSABLE_ENTITY, Html(page.into_string())).into_response()
                }))
            }
            _ => {
                bench
                    .entrance
                    .enter_visit(None, &visit(&comes, ("(a link)", "link"), now, false))?;
                Ok(gone())
            }
        }
    })
    .await
}
