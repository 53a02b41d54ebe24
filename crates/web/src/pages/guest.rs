//! Who came by an invitation and only looks so far makes a password here, and may act from then on.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use axum::{Extension, Form};
use maud::html;

use super::Page;
use super::enter::{self, Comes, Given};
use crate::entrance::{A_NAME, EntranceError, Way};
use crate::fault::{Fault, refusal_in};
use crate::{Visitor, Workbench, at_the_door, blocking};

fn shown(
    bench: &Workbench,
    visitor: &Visitor,
    name: &str,
    why: Option<&str>,
) -> Result<Html<String>, Fault> {
    let w = visitor.words();
    let view = bench.office.view(visitor, bench.now())?;
    let body = html! {
        main {
            p class="kicker" { (w.say("page-account")) }
            h1 { (w.say("guest-title")) }
            p { (w.say_with("guest-lead", &[("by", visitor.invited_by().into())])) }
            @if let Some(speaks) = visitor.speaks_as() { p { (w.say_with("guest-speaks", &[("person", speaks.into())])) } }
            (enter::refused(why))
            form method="post" action="/account/password" {
                (enter::person_fields(w, name))
                button class="main" type="submit" { (w.say("guest-make")) }
            }
        }
    };
    Ok(Page {
        title: &w.say("guest-title"),
        style: "state.css",
        here: "/account",
        live: false,
    }
    .of(&view, visitor, body))
}

pub(crate) async fn form(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Response, Fault> {
    blocking(move || match visitor.way() {
        Way::Guest => Ok(shown(&bench, &visitor, "", None)?.into_response()),
        _ => Ok(Redirect::to("/account").into_response()),
    })
    .await
}

pub(crate) async fn make(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    comes: Comes,
    Form(given): Form<Given>,
) -> Result<Response, Fault> {
    let (asked, source) = (Arc::clone(&bench), comes.source.clone());
    at_the_door(&asked, &source, move || {
        let _one = bench.entrance.attempt();
        let (seat, now) = (visitor.seat(), bench.seconds());
        // Of guests who come at once one may have become the seat's first person: then the others are guests no longer.
        let stands = bench.entrance.stands(visitor.card(), now)?;
        if visitor.way() != Way::Guest || !stands {
            return Err(Fault::nothing());
        }
        bench.entrance.may_try(A_NAME, &comes.source, now)?;
        let made = bench.entrance.make_invited(
            (&given.name, &given.password),
            (seat, visitor.speaks_as()),
            (visitor.invited_by(), visitor.invited_from()),
            now,
        );
        let person = match made {
            Ok(person) => person,
            Err(error) => {
                if matches!(error, EntranceError::NameTaken) {
                    bench.entrance.spend_of_guest(visitor.card())?;
                    enter::tried_a_name(&bench, &comes, now)?;
                }
                let Some(why) = refusal_in(visitor.words(), &error) else {
                    return Err(error.into());
                };
                let page = shown(&bench, &visitor, &given.name, Some(&why))?;
                return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
            }
        };
        // One guest becomes one person: whoever comes second finds the session ended.
        if !bench.entrance.end_session(seat, visitor.card())? {
            bench.entrance.remove_person(person)?;
            return Err(Fault::nothing());
        }
        enter::begin(
            &bench,
            &comes,
            (seat, Some(person)),
            (given.name.trim(), Way::Invitation),
        )
    })
    .await
}
