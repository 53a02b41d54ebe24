//! Who sits there proves it again before something is made that outlasts the session: a token, a second factor. A session alone
//! may be somebody else's by then: a browser that was left open, a cookie that was copied.

use maud::{Markup, html};
use serde::Deserialize;

use super::enter::{self, Comes};
use crate::entrance::{EntranceError, Member, SECOND, Way};
use crate::words::Words;
use crate::{Visitor, Workbench};

/// What was given as proof: the code where a second factor is asked for, else the password.
#[derive(Deserialize)]
pub(crate) struct Proof {
    #[serde(default)]
    password: String,
    #[serde(default)]
    code: String,
}

/// The field for it.
pub(super) fn field(w: Words, second: bool) -> Markup {
    match second {
        true => {
            html! { (enter::field("code", &w.say("keys-code"), "text", "", &w.say("keys-code-hint"))) }
        }
        false => html! { (enter::field("password", &w.say("enter-password"), "password", "", "")) },
    }
}

/// Says whether it is theirs. One attempt at a time, and what fails is counted as at the door.
pub(super) fn proven(
    bench: &Workbench,
    visitor: &Visitor,
    comes: &Comes,
    given: &Proof,
) -> Result<Member, EntranceError> {
    let _one = bench.entrance.attempt();
    let now = bench.seconds();
    let person = visitor.person().ok_or(EntranceError::Proof)?;
    let member = bench.entrance.person(person)?.ok_or(EntranceError::Proof)?;
    bench.entrance.may_try(&member.name, &comes.source, now)?;
    let (way, refused) = match member.second {
        true => (
            SECOND,
            bench.entrance.take_code(person, &given.code, now).err(),
        ),
        false => {
            let known = bench.entrance.recognise(&member.name, &given.password)?;
            let own = known.is_some_and(|known| known.id == person);
            let refused = (!own).then_some(EntranceError::Proof);
            (Way::Password.name(), refused)
        }
    };
    let Some(refused) = refused else {
        return Ok(member);
    };
    if matches!(refused, EntranceError::Code | EntranceError::Proof) {
        let visit = enter::visit(comes, (&member.name, way), now, false);
        bench.entrance.enter_visit(Some(&member.seat), &visit)?;
    }
    Err(refused)
}
