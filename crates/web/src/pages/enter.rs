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
use crate::entrance::{
    A_CODE, A_LINK, A_NAME, BOTH, EntranceError, Link, Member, NewLink, Purpose, SECOND, Secret,
    Visit, Way,
};
use crate::fault::{Fault, refusal_in};
use crate::tls::{self, Source};
use crate::words::Words;
use crate::{Workbench, at_the_door, blocking, guard};

/// From where a request comes, and by which browser.
pub(crate) struct Comes {
    words: Words,
    /// The address as attempts are counted from it.
    pub(super) source: String,
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
            words: parts.extensions.get().copied().unwrap_or_default(),
            source: address.map_or_else(|| "here".to_owned(), |at| tls::named(at.0.0.ip())),
            agent: agent.unwrap_or("a program").to_owned(),
        })
    }
}

impl Comes {
    /// Whether an attempt on a name may be made from there.
    pub(super) fn may_try(
        &self,
        bench: &Workbench,
        name: &str,
        now: i64,
    ) -> Result<(), EntranceError> {
        bench.entrance.may_try(name, &self.source, now)
    }
}

#[derive(Deserialize)]
pub(crate) struct Given {
    #[serde(default)]
    code: String,
    #[serde(default)]
    pub(super) name: String,
    #[serde(default)]
    pub(super) password: String,
    /// Where an invitation is only looked around with for now.
    #[serde(default)]
    look: String,
    /// What stands for the password that was given, where a code is still to come.
    #[serde(default)]
    ticket: String,
}

pub(super) fn field(name: &str, label: &str, kind: &str, value: &str, hint: &str) -> Markup {
    let complete = match (name, hint.is_empty()) {
        ("name", _) => "username",
        ("password", true) => "current-password",
        ("password" | "new", false) => "new-password",
        _ => "one-time-code",
    };
    html! {
        label class="field" { span { (label) } @if !hint.is_empty() { small { (hint) } }
            input name=(name) type=(kind) value=(value) autocomplete=(complete) required dir="auto"; }
    }
}

pub(super) fn refused(why: Option<&str>) -> Markup {
    html! { @if let Some(why) = why { p class="refused" role="alert" { (why) } } }
}

fn sign_in_page(w: Words, name: &str, why: Option<&str>, nobody: bool) -> Markup {
    let first = html! { a href="/first" { (w.say("enter-first")) } };
    bare(
        w,
        &w.say("enter-sign-in"),
        html! {
            h1 { (w.say("enter-sign-in")) }
            (refused(why))
            @if nobody { p { (w.say("enter-nobody")) } p { (first) } }
            form method="post" action="/enter" {
                (field("name", &w.say("enter-name"), "text", name, ""))
                (field("password", &w.say("enter-password"), "password", "", ""))
                button class="main" type="submit" { (w.say("enter-sign-in")) }
            }
            p class="small" { (w.say("enter-or-link")) }
        },
    )
}

pub(crate) async fn form(
    State(bench): State<Arc<Workbench>>,
    w: Words,
) -> Result<Html<String>, Fault> {
    let nobody = blocking(move || Ok(!bench.entrance.has_people()?)).await?;
    Ok(Html(sign_in_page(w, "", None, nobody).into_string()))
}

pub(super) fn begin(
    bench: &Workbench,
    comes: &Comes,
    at: (&str, Option<i64>),
    (name, way): (&str, Way),
) -> Result<Response, Fault> {
    begin_by(bench, comes, at, (name, way), way.name())
}

/// The same, where the log says more of how they came in.
fn begin_by(
    bench: &Workbench,
    comes: &Comes,
    at: (&str, Option<i64>),
    (name, way): (&str, Way),
    logged: &str,
) -> Result<Response, Fault> {
    let now = bench.seconds();
    let secret = bench.entrance.begin_session(at, (way, &comes.agent), now)?;
    bench
        .entrance
        .enter_visit(Some(at.0), &visit(comes, (name, logged), now, true))?;
    let cookie = [(header::SET_COOKIE, guard::cookie(bench, Some(&secret)))];
    Ok((cookie, Redirect::to("/")).into_response())
}

pub(super) fn visit(comes: &Comes, (name, way): (&str, &str), at: i64, let_in: bool) -> Visit {
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
    let (asked, source) = (Arc::clone(&bench), comes.source.clone());
    at_the_door(&asked, &source, move || {
        let _one = bench.entrance.attempt();
        let now = bench.seconds();
        bench.entrance.may_try(&given.name, &comes.source, now)?;
        let found = bench.entrance.recognise(&given.name, &given.password)?;
        match found {
            Some(member) if member.second => half(&bench, &comes, &member, now),
            Some(member) => begin(
                &bench,
                &comes,
                (&member.seat, Some(member.id)),
                (&member.name, Way::Password),
            ),
            None => {
                // Where there is such a name, its seat sees that it was tried.
                let known = bench.entrance.of_name(&given.name)?;
                let seat = known.as_ref().map(|member| member.seat.as_str());
                let visit = visit(&comes, (&given.name, Way::Password.name()), now, false);
                bench.entrance.enter_visit(seat, &visit)?;
                let why = comes.words.say("enter-not-known");
                let page = sign_in_page(comes.words, &given.name, Some(&why), false);
                Ok((StatusCode::UNAUTHORIZED, Html(page.into_string())).into_response())
            }
        }
    })
    .await
}

/// How long one has to give the code of the second factor, in seconds.
const HALF: i64 = 300;

/// The password was right, and a code is still to come.
fn half(bench: &Workbench, comes: &Comes, member: &Member, now: i64) -> Result<Response, Fault> {
    let link = NewLink {
        purpose: Purpose::SecondFactor,
        seat: &member.seat,
        made_by: &member.name,
        speaks_as: None,
        person: Some(member.id),
        made_from: None,
    };
    let ticket = bench.entrance.make_link_for(&link, now, HALF)?;
    Ok(Html(code_page(comes.words, ticket.reveal(), None).into_string()).into_response())
}

fn code_page(w: Words, ticket: &str, why: Option<&str>) -> Markup {
    bare(
        w,
        &w.say("keys-second"),
        html! {
            h1 { (w.say("keys-second")) }
            (refused(why))
            p { (w.say("keys-enter-lead")) }
            form method="post" action="/enter/code" {
                input type="hidden" name="ticket" value=(ticket);
                (field("code", &w.say("keys-code"), "text", "", &w.say("keys-code-hint")))
                button class="main" type="submit" { (w.say("enter-sign-in")) }
            }
        },
    )
}

pub(crate) async fn code(
    State(bench): State<Arc<Workbench>>,
    comes: Comes,
    Form(given): Form<Given>,
) -> Result<Response, Fault> {
    let (asked, source) = (Arc::clone(&bench), comes.source.clone());
    at_the_door(&asked, &source, move || {
        let _one = bench.entrance.attempt();
        let (ticket, now) = (Secret::given(&given.ticket), bench.seconds());
        bench.entrance.may_try(A_CODE, &comes.source, now)?;
        let link = bench.entrance.look_at(&ticket, now)?;
        let half = link.filter(|link| link.purpose == Purpose::SecondFactor);
        let Some((link, person)) = half.and_then(|link| Some((link.clone(), link.person?))) else {
            let visit = visit(&comes, (A_CODE, SECOND), now, false);
            bench.entrance.enter_visit(None, &visit)?;
            return Ok(gone());
        };
        bench.entrance.may_try(&link.made_by, &comes.source, now)?;
        match bench.entrance.take_code(person, &given.code, now) {
            Ok(()) if bench.entrance.use_up(&ticket, now)? => begin_by(
                &bench,
                &comes,
                (&link.seat, Some(person)),
                (&link.made_by, Way::Password),
                BOTH,
            ),
            Ok(()) => Ok(gone()),
            Err(EntranceError::Code) => {
                let visit = visit(&comes, (&link.made_by, SECOND), now, false);
                bench.entrance.enter_visit(Some(&link.seat), &visit)?;
                let why = comes.words.say("keys-code-wrong");
                let page = code_page(comes.words, &given.ticket, Some(&why));
                Ok((StatusCode::UNAUTHORIZED, Html(page.into_string())).into_response())
            }
            Err(error) => Err(error.into()),
        }
    })
    .await
}

pub(super) fn person_fields(w: Words, name: &str) -> Markup {
    html! {
        (field("name", &w.say("enter-your-name"), "text", name, &w.say("enter-your-name-hint")))
        (field("password", &w.say("enter-new-password"), "password", "", &w.say("enter-new-password-hint")))
    }
}

fn first_page(w: Words, given: Option<&Given>, why: Option<&str>) -> Markup {
    bare(
        w,
        &w.say("enter-first"),
        html! {
            h1 { (w.say("enter-first")) }
            p { (w.say("enter-first-lead")) }
            (refused(why))
            form method="post" action="/first" {
                (field("code", &w.say("enter-code"), "text", given.map_or("", |given| &given.code), ""))
                (person_fields(w, given.map_or("", |given| &given.name)))
                button class="main" type="submit" { (w.say("enter-begin")) }
            }
        },
    )
}

pub(crate) async fn first_form(w: Words) -> Html<String> {
    Html(first_page(w, None, None).into_string())
}

pub(crate) async fn first(
    State(bench): State<Arc<Workbench>>,
    comes: Comes,
    Form(given): Form<Given>,
) -> Result<Response, Fault> {
    let (asked, source) = (Arc::clone(&bench), comes.source.clone());
    at_the_door(&asked, &source, move || {
        let _one = bench.entrance.attempt();
        let secret = Secret::given(&given.code.to_lowercase());
        let made = join(&bench, &comes, &secret, &given, Purpose::FirstRun)?;
        Ok(made.unwrap_or_else(|why| {
            (
                StatusCode::UNPROCESSABLE_ENTITY,
                Html(first_page(comes.words, Some(&given), Some(&why)).into_string()),
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
    bench.entrance.may_try(A_CODE, &comes.source, now)?;
    bench.entrance.may_try(A_NAME, &comes.source, now)?;
    let link = bench
        .entrance
        .look_at(secret, now)?
        .filter(|link| link.purpose == purpose);
    let Some(link) = link else {
        bench
            .entrance
            .enter_visit(None, &visit(comes, (A_CODE, "code"), now, false))?;
        return Ok(Err(comes.words.say("enter-code-gone")));
    };
    let made = bench.entrance.make_invited(
        (&given.name, &given.password),
        (&link.seat, link.speaks_as.as_deref()),
        (&link.made_by, link.made_from.as_deref()),
        now,
    );
    let person = match made {
        Ok(person) => person,
        Err(error) => {
            if matches!(error, EntranceError::NameTaken) {
                bench.entrance.spend(secret)?;
                tried_a_name(bench, comes, now)?;
            }
            let refused = refusal_in(comes.words, &error);
            return refused.map_or_else(|| Err(error.into()), |why| Ok(Err(why)));
        }
    };
    if !bench.entrance.use_up(secret, now)? {
        bench.entrance.remove_person(person)?;
        return Ok(Err(comes.words.say("enter-code-just-used")));
    }
    begin(
        bench,
        comes,
        (&link.seat, Some(person)),
        (given.name.trim(), Way::Invitation),
    )
    .map(Ok)
}

/// A name that is taken counts as an attempt that failed: it says that somebody here has it.
pub(super) fn tried_a_name(bench: &Workbench, comes: &Comes, now: i64) -> Result<(), Fault> {
    let visit = visit(comes, (A_NAME, Way::Invitation.name()), now, false);
    Ok(bench.entrance.enter_visit(None, &visit)?)
}

fn gone() -> Response {
    Fault::told(StatusCode::GONE, "enter-link-gone", "enter-link-gone-hint").into_response()
}

pub(crate) async fn link(
    State(bench): State<Arc<Workbench>>,
    w: Words,
    Path(secret): Path<String>,
) -> Result<Response, Fault> {
    blocking(move || {
        let found = bench
            .entrance
            .look_at(&Secret::given(&secret), bench.seconds())?;
        Ok(match found.filter(|link| is_handed_out(link.purpose)) {
            None => gone(),
            Some(link) => Html(link_page(w, &secret, &link, None).into_string()).into_response(),
        })
    })
    .await
}

/// Whether a link of this sort is opened by its address.
fn is_handed_out(purpose: Purpose) -> bool {
    matches!(purpose, Purpose::SignIn | Purpose::Invitation)
}

/// What a link leads to; with the name that was typed, and why it was refused.
fn link_page(w: Words, secret: &str, link: &Link, again: Option<(&str, &str)>) -> Markup {
    let (name, why) = again.map_or(("", None), |(name, why)| (name, Some(why)));
    let made_by = html! { strong dir="auto" { (link.made_by) } };
    let seat = html! { strong dir="auto" { (link.seat) } };
    let sits = link.purpose == Purpose::SignIn;
    bare(
        w,
        &w.say("enter-link"),
        html! {
            h1 { @if sits { (w.say("enter-take-seat")) } @else { (w.say("enter-invited")) } }
            (refused(why))
            p { (w.rich("enter-link-lead", &[], &[("by", made_by), ("seat", seat)])) }
            form method="post" action=(format!("/link/{}", super::part(secret))) {
                @if !sits { (person_fields(w, name)) }
                button class="main" type="submit" { @if sits { (w.say("enter-sit-down")) } @else { (w.say("enter-join")) } }
            }
            @if !sits {
                @if let Some(person) = &link.speaks_as { p { (w.say_with("guest-speaks", &[("person", person.as_str().into())])) } }
                form method="post" action=(format!("/link/{}", super::part(secret))) {
                    input type="hidden" name="look" value="yes";
                    p { (w.say("guest-look-lead")) " " button type="submit" { (w.say("guest-look")) } }
                }
            }
            p class="small" { (w.say("enter-link-small")) }
        },
    )
}

pub(crate) async fn follow(
    State(bench): State<Arc<Workbench>>,
    comes: Comes,
    Path(words): Path<String>,
    Form(given): Form<Given>,
) -> Result<Response, Fault> {
    let (asked, source) = (Arc::clone(&bench), comes.source.clone());
    at_the_door(&asked, &source, move || {
        let _one = bench.entrance.attempt();
        let (secret, now) = (Secret::given(&words), bench.seconds());
        bench.entrance.may_try(A_LINK, &comes.source, now)?;
        match bench.entrance.look_at(&secret, now)? {
            Some(link)
                if link.purpose == Purpose::SignIn && bench.entrance.use_up(&secret, now)? =>
            {
                begin(&bench, &comes, (&link.seat, None), (A_LINK, Way::Terminal))
            }
            Some(link)
                if link.purpose == Purpose::Invitation
                    && !given.look.is_empty()
                    && bench.entrance.use_up(&secret, now)? =>
            {
                let secret = bench.entrance.begin_guest(&link, &comes.agent, now)?;
                let visit = visit(&comes, (A_LINK, Way::Guest.name()), now, true);
                bench.entrance.enter_visit(Some(&link.seat), &visit)?;
                let cookie = [(header::SET_COOKIE, guard::cookie(&bench, Some(&secret)))];
                Ok((cookie, Redirect::to("/")).into_response())
            }
            Some(link) if link.purpose == Purpose::Invitation && given.look.is_empty() => {
                let made = join(&bench, &comes, &secret, &given, Purpose::Invitation)?;
                Ok(made.unwrap_or_else(|why| {
                    let page = link_page(comes.words, &words, &link, Some((&given.name, &why)));
                    (StatusCode::UNPROCESSABLE_ENTITY, Html(page.into_string())).into_response()
                }))
            }
            _ => {
                bench
                    .entrance
                    .enter_visit(None, &visit(&comes, (A_LINK, "link"), now, false))?;
                Ok(gone())
            }
        }
    })
    .await
}
