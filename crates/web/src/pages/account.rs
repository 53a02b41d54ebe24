//! Who sits at one's own seat: people, sessions, sign-ins, invitations. Of other seats nothing is told.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use axum::{Extension, Form};
use maud::{Markup, html};
use serde::Deserialize;

use super::enter::{self, Comes};
use super::proof::{self, Proof};
use super::{Page, seat_name};
use crate::entrance::{BOTH, InvitationCard, Member, SECOND, SessionCard, Visit};
use crate::fault::{Fault, refusal_in};
use crate::office::View;
use crate::words::Words;
use crate::{Visitor, Workbench, at_the_door, blocking, guard, invite};

pub(super) fn moment(seconds: i64) -> String {
    jiff::Timestamp::from_second(seconds).map_or_else(
        |_| String::new(),
        |time| time.to_string().replace('T', " ").replace('Z', " UTC"),
    )
}

/// What the log calls another password, and that somebody was shown out, with who did it.
pub(super) const CHANGED: &str = "another password";
const SHOWN_OUT: &str = "shown out by ";

/// By which way somebody came in, as the log names it.
fn way(w: Words, way: &str) -> String {
    match way {
        "password" => w.say("account-way-password"),
        "link" => w.say("account-way-link"),
        "invitation" => w.say("account-way-invitation"),
        "code" => w.say("account-way-code"),
        "guest" => w.say("account-way-guest"),
        SECOND => w.say("keys-second"),
        BOTH => w.say("account-way-both"),
        CHANGED => w.say("account-way-changed"),
        other => match other.strip_prefix(SHOWN_OUT) {
            Some(by) => w.say_with("account-way-shown-out", &[("by", by.into())]),
            None => other.to_owned(),
        },
    }
}

/// What the page tells beside who sits there.
#[derive(Default)]
struct Told<'a> {
    /// The link that was made a moment ago.
    link: Option<&'a str>,
    /// Why none was made, and for whom it was to be.
    why: Option<&'a str>,
    to: &'a str,
}

/// Whom one may invite: to one's own seat, or as one person of it; for who holds the pen, to the others too. A person proves once
/// more who they are, for whoever comes by it stays when the session ends.
fn inviting(bench: &Workbench, visitor: &Visitor, view: &View, to: &str) -> Result<Markup, Fault> {
    let (w, status) = (visitor.words(), &view.play.status);
    let seats = invite::seats(bench, visitor, view)?;
    let own = visitor.person().map(|person| bench.entrance.person(person));
    let own = own.transpose()?.flatten();
    let option = |value: &str, words: String| {
        html! { option value=(value) selected[value == to] { (words) } }
    };
    let may = |person: &str| visitor.speaks_as().is_none_or(|own| own == person);
    Ok(html! {
        form class="filters" method="post" action="/account/invite" {
            label { (w.say("account-invite-whom")) " "
                select name="to" { @for seat in &seats {
                    @let name = seat_name(status, seat);
                    @if visitor.speaks_as().is_none() { (option(&format!("{seat}#"), w.say_with("account-invite-any", &[("seat", name.into())]))) }
                    @for person in status.persons.iter().filter(|person| person.seat.as_str() == seat && may(person.id.as_str())) {
                        (option(&format!("{seat}#{}", person.id), w.say_with("account-invite-as", &[("seat", name.into()), ("person", person.name.as_str().into())])))
                    }
                } } }
            @if let Some(own) = &own { (proof::field(w, own.second)) }
            button type="submit" { (w.say("account-invite")) }
        }
    })
}

/// The invitations of the seat that nobody took yet: each can be taken back.
fn not_taken(bench: &Workbench, visitor: &Visitor, view: &View) -> Result<Markup, Fault> {
    let (w, status) = (visitor.words(), &view.play.status);
    let open = bench
        .entrance
        .invitations_of(visitor.seat(), bench.seconds())?;
    let whom = |one: &InvitationCard| {
        let seat = seat_name(status, &one.seat);
        let persons = status.persons.iter();
        let named = |id: &str| {
            let mut own = persons.clone().filter(|person| person.id.as_str() == id);
            own.next()
                .map_or(id.to_owned(), |person| person.name.clone())
        };
        match &one.speaks_as {
            None => w.say_with("account-invite-any", &[("seat", seat.into())]),
            Some(id) => {
                let told = [("seat", seat.into()), ("person", named(id).into())];
                w.say_with("account-invite-as", &told)
            }
        }
    };
    let told = |one: &InvitationCard| {
        let (on, until) = (moment(one.made).into(), moment(one.ends).into());
        let told = [
            ("on", on),
            ("by", one.made_by.as_str().into()),
            ("until", until),
        ];
        w.say_with("account-not-taken-made", &told)
    };
    Ok(html! { @if !open.is_empty() {
        h2 { (w.say("account-not-taken")) }
        ul class="plain" { @for one in &open { @let whom = whom(one); li {
            strong dir="auto" { (whom) } " " span class="small" { (told(one)) } " "
            @if visitor.may_act() { form method="post" action="/account/invite/back" {
                input type="hidden" name="card" value=(one.card);
                button type="submit" aria-label=(w.say_with("account-take-back-it", &[("whom", whom.as_str().into())])) { (w.say("account-take-back")) }
            } }
        } } }
    } })
}

/// The invitations to the seat that were made at another: whoever takes one reads what the seat reads.
fn outside(bench: &Workbench, visitor: &Visitor, view: &View) -> Result<Markup, Fault> {
    let (w, status) = (visitor.words(), &view.play.status);
    let made = bench.entrance.invited_from_outside(visitor.seat(), 50)?;
    Ok(html! { @if !made.is_empty() {
        h2 { (w.say("account-outside")) }
        p { (w.say("account-outside-lead")) }
        ul class="plain" { @for one in &made { li {
            @let by = html! { strong dir="auto" { (one.made_by) } };
            @let from = html! { bdi { (seat_name(status, &one.made_from)) } };
            (w.rich("account-outside-made", &[("on", moment(one.at).into()), ("until", moment(one.ends).into())], &[("by", by), ("seat", from)]))
        } } }
    } })
}

/// The sign-ins of the seat, those that were refused too.
fn sign_ins(w: Words, visits: &[Visit]) -> Markup {
    let columns = [
        "account-when",
        "account-who",
        "account-how",
        "account-from",
        "account-result",
    ];
    html! {
        h2 { (w.say("account-sign-ins")) }
        div class="scroll" tabindex="0" role="region" aria-label=(w.say("account-sign-ins")) { table {
            thead { tr { @for column in columns { th scope="col" { (w.say(column)) } } } }
            tbody { @for visit in visits { tr {
                td { bdi { (moment(visit.at)) } } td dir="auto" { (visit.name) } td { (way(w, &visit.way)) } td { bdi { (visit.source) } }
                td { @if visit.let_in { (w.say("account-let-in")) } @else { strong { (w.say("account-refused")) } } }
            } } }
        } }
    }
}

/// What shows a person out: a button that is unfolded first, for nothing brings the same person back.
fn show_out(w: Words, person: &Member) -> Markup {
    let name = || [("name", person.name.as_str().into())];
    html! {
        details { summary { (w.say_with("account-show-out", &name())) }
            form method="post" action="/account/remove" {
                input type="hidden" name="name" value=(person.name);
                p { (w.say("account-show-out-lead")) }
                button type="submit" { (w.say_with("account-show-out-now", &name())) }
            }
        }
    }
}

fn shown(bench: &Workbench, visitor: &Visitor, told: &Told<'_>) -> Result<Html<String>, Fault> {
    let view = bench.office.view(visitor, bench.now())?;
    let (seat, now) = (visitor.seat(), bench.seconds());
    let sessions = bench.entrance.sessions_of(seat, now)?;
    let people = bench.entrance.people_of(seat)?;
    let visits = bench.entrance.visits(seat, 50)?;
    let w = visitor.words();
    let invited = |person: &Member| {
        let by = person.invited_by.as_str().into();
        w.say_with(
            "account-invited-by",
            &[("by", by), ("on", moment(person.made).into())],
        )
    };
    let since = |session: &SessionCard| {
        let agent = session.agent.as_str().into();
        w.say_with(
            "account-since",
            &[("on", moment(session.begun).into()), ("agent", agent)],
        )
    };
    let body: Markup = html! {
        main class="wide" {
            p class="kicker" { (w.say("account-kicker")) }
            h1 { (w.say("account-title")) }
            (enter::refused(told.why))
            @if let Some(link) = told.link {
                section class="card" { h2 { (w.say("account-link")) }
                    p { (w.say("account-link-lead")) }
                    p { code dir="ltr" { (link) } } }
            }
            h2 { (w.say("account-people")) }
            @if people.is_empty() { p { (w.say("account-nobody")) } }
            @if !people.is_empty() { ul class="plain" { @for person in &people { li { strong dir="auto" { (person.name) } " " span class="small" { (invited(person)) @if let Some(from) = &person.invited_from { " · " strong { (w.say_with("account-invited-outside", &[("seat", seat_name(&view.play.status, from).into())])) } } }
                @if invite::may_show_out(visitor, &people, person) { (show_out(w, person)) } } } } }
            (outside(bench, visitor, &view)?)
            @if visitor.may_act() {
                (inviting(bench, visitor, &view, told.to)?)
                p { a href="/account/keys" { (w.say("keys-title")) } }
            }
            (not_taken(bench, visitor, &view)?)
            h2 { (w.say("account-sessions")) }
            ul class="plain" { @for session in &sessions { li {
                strong dir="auto" { @match &session.name { Some(name) => { (name) } None => { (w.say("account-by-link")) } } } @if session.card == visitor.card() { " " (w.say("account-this-one")) }
                " " span class="small" { (since(session)) } " "
                @if visitor.may_act() { form method="post" action="/account/end" { input type="hidden" name="card" value=(session.card); button type="submit" { (w.say("account-end")) } } }
            } } }
            (sign_ins(w, &visits))
        }
    };
    Ok(Page {
        title: &w.say("account-kicker"),
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
    blocking(move || shown(&bench, &visitor, &Told::default())).await
}

/// Whom a link is for: `SEAT#`, or `SEAT#PERSON` where they will speak as that person alone.
#[derive(Deserialize)]
pub(crate) struct Invited {
    #[serde(default)]
    to: String,
    #[serde(flatten)]
    proof: Proof,
}

pub(crate) async fn invite(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    comes: Comes,
    Form(invited): Form<Invited>,
) -> Result<Response, Fault> {
    let (asked, source) = (Arc::clone(&bench), comes.source.clone());
    at_the_door(&asked, &source, move || {
        let view = bench.office.view(&visitor, bench.now())?;
        let (seat, person) = match invited.to.split_once('#') {
            Some((seat, "")) => (seat, None),
            Some((seat, person)) => (seat, Some(person)),
            None => (visitor.seat(), visitor.speaks_as()),
        };
        if !invite::may_invite(&bench, &visitor, &view, (seat, person))? {
            return Err(Fault::nothing());
        }
        // A link from the terminal is the host's own hand, and has no password.
        let proven = visitor
            .person()
            .map(|_| proof::proven(&bench, &visitor, &comes, &invited.proof));
        if let Err(error) = proven.transpose() {
            let Some(why) = refusal_in(visitor.words(), &error) else {
                return Err(error.into());
            };
            let told = Told {
                why: Some(&why),
                to: &invited.to,
                ..Told::default()
            };
            let page = shown(&bench, &visitor, &told)?;
            return Ok((Fault::from(error).status(), page).into_response());
        }
        let made = invite::invitation(&bench, &visitor, &view, (seat, person))?;
        let link = made.ok_or_else(Fault::nothing)?;
        let told = Told {
            link: Some(&link),
            ..Told::default()
        };
        Ok(shown(&bench, &visitor, &told)?.into_response())
    })
    .await
}

/// Takes back an invitation that nobody took yet.
pub(crate) async fn take_back(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    Form(which): Form<Which>,
) -> Result<Redirect, Fault> {
    blocking(
        move || match bench.entrance.take_back(visitor.seat(), &which.card)? {
            true => Ok(Redirect::to("/account")),
            false => Err(Fault::nothing()),
        },
    )
    .await
}

#[derive(Deserialize)]
pub(crate) struct Which {
    card: String,
}

pub(crate) async fn end(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    Form(which): Form<Which>,
) -> Result<Redirect, Fault> {
    blocking(
        move || match bench.entrance.end_session(visitor.seat(), &which.card)? {
            true => Ok(Redirect::to("/account")),
            false => Err(Fault::nothing()),
        },
    )
    .await
}

#[derive(Deserialize)]
pub(crate) struct Whom {
    name: String,
}

/// Shows a person of one's own seat out.
pub(crate) async fn remove(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    comes: Comes,
    Form(whom): Form<Whom>,
) -> Result<Redirect, Fault> {
    blocking(move || {
        // Whoever is about to sign in as that person has done so, and is shown out too, or comes too late.
        let _one = bench.entrance.attempt();
        let (seat, now) = (visitor.seat(), bench.seconds());
        let people = bench.entrance.people_of(seat)?;
        let found = people.iter().find(|person| person.name == whom.name);
        let found = found.filter(|person| invite::may_show_out(&visitor, &people, person));
        let person = found.ok_or_else(Fault::nothing)?;
        let named = (seat, person.name.as_str());
        let invites_as = invite::invites_as(&person.name, seat);
        if !bench.entrance.show_out(named, &invites_as)? {
            return Err(Fault::nothing());
        }
        let by = format!("{SHOWN_OUT}{}", visitor.name().unwrap_or("(a link)"));
        let visit = enter::visit(&comes, (&person.name, &by), now, true);
        bench.entrance.enter_visit(Some(seat), &visit)?;
        Ok(Redirect::to("/account"))
    })
    .await
}

pub(crate) async fn leave(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Response, Fault> {
    blocking(move || {
        bench.entrance.end_session(visitor.seat(), visitor.card())?;
        let cookie = [(header::SET_COOKIE, guard::cookie(&bench, None))];
        Ok((cookie, Redirect::to("/enter")).into_response())
    })
    .await
}
