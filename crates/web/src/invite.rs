//! Who may invite whom: each seat its own people; and who holds the pen the first person of another seat that signs on this host.
//! From then on that seat invites its own: nobody at another seat can become one of it, nor one more. And who may show whom out
//! again, at one's own seat.

use crate::entrance::{Member, NewLink, Purpose, Way};
use crate::fault::Fault;
use crate::office::View;
use crate::{Visitor, Workbench};

/// How long an invitation holds, in seconds.
const HOLDS: i64 = 72 * 3600;

/// The seats to which a visitor may invite, its own first.
pub(crate) fn seats(
    bench: &Workbench,
    visitor: &Visitor,
    view: &View,
) -> Result<Vec<String>, Fault> {
    let mut seats = vec![visitor.seat().to_owned()];
    let seated = view.books.seats();
    let holds_pen = seated
        .first()
        .is_some_and(|first| first.id.as_str() == visitor.seat());
    if holds_pen && visitor.speaks_as().is_none() {
        let here = bench.office.seats();
        for seat in seated.iter().map(|seat| seat.id.to_string()) {
            let other = seat != visitor.seat() && here.contains(&seat);
            if other && bench.entrance.people_of(&seat)?.is_empty() {
                seats.push(seat);
            }
        }
    }
    Ok(seats)
}

/// Whether a visitor may invite to a seat somebody who will speak as one person of the process alone, where one is named.
pub(crate) fn may_invite(
    bench: &Workbench,
    visitor: &Visitor,
    view: &View,
    (seat, speaks_as): (&str, Option<&str>),
) -> Result<bool, Fault> {
    let mut persons = view.play.status.persons.iter();
    let known = speaks_as.is_none_or(|wanted| {
        persons.any(|person| person.id.as_str() == wanted && person.seat.as_str() == seat)
    });
    // Who speaks as one person alone lets nobody speak as anybody else.
    let own = visitor
        .speaks_as()
        .is_none_or(|own| speaks_as == Some(own) && seat == visitor.seat());
    Ok(known && own && seats(bench, visitor, view)?.iter().any(|own| own == seat))
}

/// Makes a link for a person of a seat, who will speak as one person of the process alone where one is named. None where the
/// visitor may not invite there, or knows of no such person.
pub(crate) fn invitation(
    bench: &Workbench,
    visitor: &Visitor,
    view: &View,
    (seat, speaks_as): (&str, Option<&str>),
) -> Result<Option<String>, Fault> {
    if !may_invite(bench, visitor, view, (seat, speaks_as))? {
        return Ok(None);
    }
    let by = match visitor.name() {
        Some(name) => invites_as(name, visitor.seat()),
        None => visitor.seat().to_owned(),
    };
    let link = NewLink {
        purpose: Purpose::Invitation,
        seat,
        made_by: &by,
        speaks_as,
        person: None,
        made_from: Some(visitor.seat()),
    };
    let secret = bench
        .entrance
        .make_link_for(&link, bench.seconds(), HOLDS)?;
    Ok(Some(format!(
        "{}/link/{}",
        bench.address(),
        secret.reveal()
    )))
}

/// As whom a person of a seat invites.
pub(crate) fn invites_as(name: &str, seat: &str) -> String {
    format!("{name} ({seat})")
}

/// Whether a visitor may show a person of their own seat out: whoever invited that person, the first of the seat's people who may
/// speak as any of it, and whoever sits there by a link from the terminal, which is the host's own hand. Nobody themselves.
pub(crate) fn may_show_out(visitor: &Visitor, people: &[Member], whom: &Member) -> bool {
    if !visitor.may_act() || whom.seat != visitor.seat() {
        return false;
    }
    let Some(me) = people
        .iter()
        .find(|person| Some(person.id) == visitor.person())
    else {
        return visitor.way() == Way::Terminal;
    };
    let at_large = people.iter().filter(|person| person.speaks_as.is_none());
    let first = at_large.map(|person| person.id).min() == Some(me.id);
    // A name that was free again is no longer whose it was.
    let invited = whom.invited_by == invites_as(&me.name, &me.seat) && me.made <= whom.made;
    me.id != whom.id && (first || invited)
}
