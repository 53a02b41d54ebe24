//! What opens the door for one person: the password, the second factor, the codes on paper, and tokens for programs.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use axum::{Extension, Form};
use maud::{Markup, PreEscaped, html};
use serde::Deserialize;

use super::account::{CHANGED, moment};
use super::enter::Comes;
use super::proof::{self, Proof};
use super::{Page, enter};
use crate::entrance::{Enrolment, EntranceError, SECOND, Secret, Token};
use crate::fault::{Fault, refusal_in};
use crate::words::Words;
use crate::{Visitor, Workbench, at_the_door, blocking};

/// For how many days a token may hold.
const DAYS: [i64; 4] = [1, 30, 90, 365];

/// What was made a moment ago, and is shown this once.
enum Made {
    Nothing,
    Codes(Vec<Secret>),
    Token(Token),
    Password,
    /// Why not, and what a token was to be.
    Refused(String, Typed),
}

/// A token as it was asked for: what it was to be called, whether it was to act, and for how many days.
#[derive(Debug, Clone)]
struct Typed {
    called: String,
    acts: bool,
    days: i64,
}

impl Default for Typed {
    fn default() -> Typed {
        Typed {
            called: String::new(),
            acts: false,
            days: 30,
        }
    }
}

/// A square for the eye of a telephone, dark on light whatever the page is.
fn square(w: Words, address: &str) -> Markup {
    let code = qrcodegen::QrCode::encode_text(address, qrcodegen::QrCodeEcc::Medium);
    let Ok(code) = code else {
        return html! {};
    };
    let mut path = String::new();
    for y in 0..code.size() {
        for x in 0..code.size() {
            if code.get_module(x, y) {
                path.push_str(&format!("M{},{}h1v1h-1z", x + 4, y + 4));
            }
        }
    }
    let side = code.size() + 8;
    let label = maud::Render::render(&w.say("keys-square")).into_string();
    PreEscaped(format!(
        "<svg class=\"square\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" width=\"220\" height=\"220\" role=\"img\" \
         aria-label=\"{label}\" shape-rendering=\"crispEdges\"><rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/>\
         <path d=\"{path}\" fill=\"#000\"/></svg>"
    ))
}

fn code_form(w: Words, action: &str, button: &str) -> Markup {
    html! {
        form method="post" action=(action) {
            (enter::field("code", &w.say("keys-code"), "text", "", &w.say("keys-code-hint")))
            button type="submit" { (button) }
        }
    }
}

fn second(
    w: Words,
    (on, left): (bool, u32),
    begun: Option<&Enrolment>,
    codes: Option<&[Secret]>,
) -> Markup {
    html! {
        h2 { (w.say("keys-second")) }
        @if let Some(codes) = codes {
            section class="card" {
                h3 { (w.say("keys-paper")) }
                p { (w.say("keys-paper-lead")) }
                ul class="codes" { @for code in codes { li { code dir="ltr" { (code.reveal()) } } } }
            }
        }
        @if on {
            p { (w.say("keys-second-on")) " " (w.say_with("keys-paper-left", &[("n", (left as usize).into())])) }
            details { summary { (w.say("keys-second-off")) } (code_form(w, "/account/second/off", &w.say("keys-second-off"))) }
        } @else if let Some(begun) = begun {
            p { (w.say("keys-second-scan")) }
            div class="enrol" {
                (square(w, &begun.address))
                dl class="facts" {
                    div { dt { (w.say("keys-secret")) } dd { code dir="ltr" { (begun.letters) } } }
                    div { dt { (w.say("keys-address")) } dd { code dir="ltr" { (begun.address) } } }
                }
            }
            (code_form(w, "/account/second/on", &w.say("keys-second-turn-on")))
        } @else {
            p { (w.say("keys-second-lead")) }
            form method="post" action="/account/second/begin" { (proof::field(w, false)) button type="submit" { (w.say("keys-second-begin")) } }
        }
    }
}

/// Another password in place of the one so far.
fn password(w: Words, changed: bool) -> Markup {
    html! {
        h2 { (w.say("keys-password")) }
        @if changed { p role="status" { (w.say("keys-password-changed")) } }
        p { (w.say("keys-password-lead")) }
        form method="post" action="/account/password/change" {
            (enter::field("password", &w.say("keys-password-before"), "password", "", ""))
            (enter::field("new", &w.say("enter-new-password"), "password", "", &w.say("enter-new-password-hint")))
            button type="submit" { (w.say("keys-password-change")) }
        }
    }
}

fn tokens(
    bench: &Workbench,
    visitor: &Visitor,
    token: Option<&Token>,
    (typed, second): (&Typed, bool),
) -> Result<Markup, Fault> {
    let w = visitor.words();
    let all = bench.entrance.tokens_of(visitor.seat(), bench.seconds())?;
    Ok(html! {
        h2 { (w.say("keys-tokens")) }
        p { (w.say("keys-tokens-lead")) }
        @if let Some(token) = token {
            section class="card" {
                h3 { (w.say("keys-token-new")) }
                p { (w.say("keys-token-once")) }
                p { code dir="ltr" { (token.reveal()) } }
            }
        }
        @if all.is_empty() { p { (w.say("keys-tokens-none")) } }
        @else { ul class="plain" { @for one in &all { li {
            strong dir="auto" { (one.name) } " "
            span class="small" {
                @if one.acts { (w.say("keys-token-acts")) } @else { (w.say("keys-token-reads")) } "; "
                (w.say_with("keys-token-told", &[("by", one.made_by.as_str().into()), ("ends", moment(one.ends).into())])) " "
                @match one.seen { Some(seen) => { (w.say_with("keys-token-seen", &[("on", moment(seen).into())])) } None => { (w.say("keys-token-unused")) } }
            } " "
            form method="post" action="/account/tokens/revoke" {
                input type="hidden" name="card" value=(one.card);
                button type="submit" aria-label=(w.say_with("keys-token-revoke-it", &[("name", one.name.as_str().into())])) { (w.say("keys-token-revoke")) }
            }
        } } } }
        form method="post" action="/account/tokens" {
            (enter::field("name", &w.say("keys-token-name"), "text", &typed.called, &w.say("keys-token-name-hint")))
            fieldset { legend { (w.say("keys-token-may")) }
                label { input type="radio" name="acts" value="" checked[!typed.acts]; " " (w.say("keys-token-reads")) } " "
                label { input type="radio" name="acts" value="yes" checked[typed.acts]; " " (w.say("keys-token-acts")) } }
            label class="field" { span { (w.say("keys-token-days")) } select name="days" { @for days in DAYS {
                option value=(days) selected[days == typed.days] { (w.say_with("keys-days", &[("n", usize::try_from(days).unwrap_or_default().into())])) } } } }
            (proof::field(w, second))
            button type="submit" { (w.say("keys-token-make")) }
        }
    })
}

fn shown(bench: &Workbench, visitor: &Visitor, made: &Made) -> Result<Html<String>, Fault> {
    let w = visitor.words();
    let view = bench.office.view(visitor, bench.now())?;
    let (why, typed) = match made {
        Made::Refused(why, typed) => (Some(why.as_str()), typed.clone()),
        _ => (None, Typed::default()),
    };
    let inside = match visitor.person() {
        None => html! { p { (w.say("keys-no-person")) } },
        Some(person) => {
            let member = bench.entrance.person(person)?;
            let on = member.is_some_and(|member| member.second);
            let (left, begun) = (
                bench.entrance.recoveries(person)?,
                bench
                    .entrance
                    .begun_second(person, visitor.card(), bench.seconds())?,
            );
            let (codes, token) = match made {
                Made::Codes(codes) => (Some(codes.as_slice()), None),
                Made::Token(token) => (None, Some(token)),
                Made::Nothing | Made::Password | Made::Refused(..) => (None, None),
            };
            html! {
                (password(w, matches!(made, Made::Password)))
                (second(w, (on, left), begun.as_ref(), codes))
                (tokens(bench, visitor, token, (&typed, on))?)
            }
        }
    };
    let body = html! {
        main class="wide" {
            p class="kicker" { a href="/account" { (w.say("page-account")) } }
            h1 { (w.say("keys-title")) }
            (enter::refused(why))
            (inside)
        }
    };
    Ok(Page {
        title: &w.say("keys-title"),
        style: "state.css",
        here: "/account",
        live: false,
    }
    .of(&view, visitor, body))
}

pub(crate) async fn page(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Html<String>, Fault> {
    blocking(move || shown(&bench, &visitor, &Made::Nothing)).await
}

/// The person who asks; a link from the terminal is none.
fn person(visitor: &Visitor) -> Result<i64, Fault> {
    visitor.person().ok_or_else(Fault::nothing)
}

/// The page again with why it was refused, where that is what was typed.
fn again(
    bench: &Workbench,
    visitor: &Visitor,
    typed: Typed,
    error: EntranceError,
) -> Result<Response, Fault> {
    let Some(why) = refusal_in(visitor.words(), &error) else {
        return Err(error.into());
    };
    let status = Fault::from(error).status();
    let page = shown(bench, visitor, &Made::Refused(why, typed))?;
    Ok((status, page).into_response())
}

pub(crate) async fn begin(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    comes: Comes,
    Form(given): Form<Proof>,
) -> Result<Response, Fault> {
    let (asked, source) = (Arc::clone(&bench), comes.source.clone());
    at_the_door(&asked, &source, move || {
        let person = person(&visitor)?;
        let begun = proof::proven(&bench, &visitor, &comes, &given).and_then(|_| {
            let (card, now) = (visitor.card(), bench.seconds());
            bench.entrance.begin_second(person, card, now)
        });
        match begun {
            Ok(_) => Ok(Redirect::to("/account/keys").into_response()),
            Err(error) => again(&bench, &visitor, Typed::default(), error),
        }
    })
    .await
}

#[derive(Deserialize)]
pub(crate) struct Code {
    code: String,
}

pub(crate) async fn turn_on(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    Form(given): Form<Code>,
) -> Result<Response, Fault> {
    blocking(move || {
        let who = (person(&visitor)?, visitor.card());
        let turned = bench
            .entrance
            .turn_second_on(who, &given.code, bench.seconds());
        match turned {
            Ok(codes) => {
                // Whoever else sits there came in by the password alone.
                bench
                    .entrance
                    .end_others(person(&visitor)?, visitor.card())?;
                Ok(shown(&bench, &visitor, &Made::Codes(codes))?.into_response())
            }
            Err(error) => again(&bench, &visitor, Typed::default(), error),
        }
    })
    .await
}

pub(crate) async fn turn_off(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    comes: Comes,
    Form(given): Form<Code>,
) -> Result<Response, Fault> {
    let (asked, source) = (Arc::clone(&bench), comes.source.clone());
    at_the_door(&asked, &source, move || {
        let _one = bench.entrance.attempt();
        let now = bench.seconds();
        let turned = bench
            .entrance
            .turn_second_off(person(&visitor)?, &given.code, now);
        match turned {
            Ok(()) => Ok(Redirect::to("/account/keys").into_response()),
            Err(error) => {
                if matches!(error, EntranceError::Code) {
                    let name = visitor.name().unwrap_or_default();
                    let visit = enter::visit(&comes, (name, SECOND), now, false);
                    bench.entrance.enter_visit(Some(visitor.seat()), &visit)?;
                }
                again(&bench, &visitor, Typed::default(), error)
            }
        }
    })
    .await
}

#[derive(Deserialize)]
pub(crate) struct Passwords {
    #[serde(default)]
    password: String,
    #[serde(default)]
    new: String,
}

/// Gives the person who asks another password. Who tries passwords here is held to the limits of the entrance.
pub(crate) async fn change_password(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    comes: Comes,
    Form(given): Form<Passwords>,
) -> Result<Response, Fault> {
    let (asked, source) = (Arc::clone(&bench), comes.source.clone());
    at_the_door(&asked, &source, move || {
        let (person, seat) = (person(&visitor)?, visitor.seat());
        let _one = bench.entrance.attempt();
        let (now, name) = (bench.seconds(), visitor.name().unwrap_or_default());
        let told = |let_in: bool| {
            let visit = enter::visit(&comes, (name, CHANGED), now, let_in);
            bench.entrance.enter_visit(Some(seat), &visit)
        };
        let may = comes.may_try(&bench, name, now);
        let changed = may.and_then(|()| {
            let both = (given.password.as_str(), given.new.as_str());
            bench.entrance.change_password(person, both, visitor.card())
        });
        match changed {
            Ok(()) => {
                told(true)?;
                Ok(shown(&bench, &visitor, &Made::Password)?.into_response())
            }
            Err(error) => {
                if matches!(error, EntranceError::OldPassword) {
                    told(false)?;
                }
                again(&bench, &visitor, Typed::default(), error)
            }
        }
    })
    .await
}

#[derive(Deserialize)]
pub(crate) struct Wanted {
    name: String,
    #[serde(default)]
    acts: String,
    #[serde(default)]
    days: String,
    #[serde(flatten)]
    proof: Proof,
}

pub(crate) async fn make_token(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    comes: Comes,
    Form(wanted): Form<Wanted>,
) -> Result<Response, Fault> {
    let (asked, source) = (Arc::clone(&bench), comes.source.clone());
    at_the_door(&asked, &source, move || {
        let person = person(&visitor)?;
        let (acts, days) = (
            wanted.acts == "yes",
            wanted.days.parse().unwrap_or_default(),
        );
        let made = proof::proven(&bench, &visitor, &comes, &wanted.proof).and_then(|_| {
            let (at, what) = ((visitor.seat(), person), (wanted.name.as_str(), acts));
            bench.entrance.make_token(at, what, days, bench.seconds())
        });
        match made {
            Ok(token) => Ok(shown(&bench, &visitor, &Made::Token(token))?.into_response()),
            Err(error) => {
                let typed = Typed {
                    called: wanted.name,
                    acts,
                    days,
                };
                again(&bench, &visitor, typed, error)
            }
        }
    })
    .await
}

#[derive(Deserialize)]
pub(crate) struct Which {
    card: String,
}

pub(crate) async fn revoke_token(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    Form(which): Form<Which>,
) -> Result<Redirect, Fault> {
    blocking(
        move || match bench.entrance.revoke_token(visitor.seat(), &which.card)? {
            true => Ok(Redirect::to("/account/keys")),
            false => Err(Fault::nothing()),
        },
    )
    .await
}
