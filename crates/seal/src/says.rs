//! The few bodies that verification itself reads: who founded the process, who sits in a room, whose key is whose.
//!
//! Every other body is known here by its kind and by the contents that it names, and by nothing else.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::body::kind_of;
use crate::digest::ContentDigest;
use crate::envelope::{Envelope, is_name};
use crate::key::SiteId;
use crate::moment::Moment;

/// The room of all seats, where a process is founded and keys are bound.
pub const PLENARY: &str = "plenary";

/// The room of what is said in the open.
pub const PUBLIC: &str = "public";

/// What a seat's own room is called, before the seat.
pub const CHAMBER: &str = "chamber-";

/// What a body says to verification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Says {
    /// `process`: the founding act.
    Founds,
    /// `room`: the first act of a declared room.
    Room {
        /// The seats that sit in it, for good.
        members: BTreeSet<String>,
    },
    /// `site`: binds the key of a site to a seat.
    Binds {
        /// The seat.
        seat: String,
        /// The site.
        key: SiteId,
        /// To whom a pouch for this site is encrypted, as age writes it.
        recipient: Option<String>,
        /// The only rooms that the site may write in; none where it may write wherever its seat sits.
        rooms: Option<BTreeSet<String>>,
    },
    /// `revoke-site`: what the site records from then on is not of its seat.
    Revokes {
        /// The site.
        key: SiteId,
        /// The last moment that counts; the recording time of the act where none is given, or a later one.
        from: Option<Moment>,
    },
    /// Any other kind.
    Something,
    /// One of these kinds, with a field that is wanting or not as it must be.
    Unreadable(&'static str),
}

impl Says {
    /// What this body says.
    #[must_use]
    pub fn of(body: &Value) -> Says {
        let read = match kind_of(body) {
            Some("process") => Ok(Says::Founds),
            Some("room") => room(body),
            Some("site") => site(body),
            Some("revoke-site") => revoke(body),
            _ => Ok(Says::Something),
        };
        read.unwrap_or_else(Says::Unreadable)
    }
}

/// The contents that a body names in its field `contents`; none where that field is no list of digests.
#[must_use]
pub fn contents_of(body: &Value) -> Option<BTreeSet<ContentDigest>> {
    match body.get("contents") {
        None => Some(BTreeSet::new()),
        Some(list) => list
            .as_array()?
            .iter()
            .map(|digest| digest.as_str()?.parse().ok())
            .collect(),
    }
}

/// Who sits in a room that is there without being declared: the plenary, the public, a seat's chamber.
pub(crate) fn standing(room: &str) -> Option<Members> {
    match room {
        PLENARY | PUBLIC => Some(Members::All),
        _ => room
            .strip_prefix(CHAMBER)
            .map(|seat| Members::These(BTreeSet::from([seat.to_owned()]))),
    }
}

/// Who sits in a room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Members {
    /// Every seat of the process.
    All,
    /// These.
    These(BTreeSet<String>),
    /// Not known: the first act has not arrived, was erased, or cannot be read.
    Unknown,
}

impl Members {
    /// Whether the seat sits there; none where it is not known.
    #[must_use]
    pub fn has(&self, seat: &str) -> Option<bool> {
        match self {
            Members::All => Some(true),
            Members::These(seats) => Some(seats.contains(seat)),
            Members::Unknown => None,
        }
    }
}

/// What the first act of a room must say: in the plenary that it founds the process, in a declared room who sits there.
pub(crate) fn may_begin(envelope: &Envelope, says: Option<&Says>) -> bool {
    match (envelope.room.as_str(), says) {
        (PLENARY, Some(says)) => matches!(says, Says::Founds),
        (room, Some(says)) => standing(room).is_some() || matches!(says, Says::Room { .. }),
        // An erased body says nothing; who sits in the room is then not known.
        (_, None) => true,
    }
}

fn room(body: &Value) -> Result<Says, &'static str> {
    let members = names(body.get("members")).ok_or("members: a list of seats is expected")?;
    Ok(Says::Room { members })
}

fn site(body: &Value) -> Result<Says, &'static str> {
    let seat = body
        .get("seat")
        .and_then(Value::as_str)
        .filter(|seat| is_name(seat))
        .ok_or("seat: the name of a seat is expected")?;
    let recipient = match body.get("recipient") {
        None => None,
        Some(recipient) => Some(
            recipient
                .as_str()
                .filter(|recipient| is_name(recipient))
                .ok_or("recipient: an age recipient is expected")?
                .to_owned(),
        ),
    };
    let rooms = match body.get("rooms") {
        None => None,
        some => Some(names(some).ok_or("rooms: a list of rooms is expected")?),
    };
    Ok(Says::Binds {
        seat: seat.to_owned(),
        key: key(body)?,
        recipient,
        rooms,
    })
}

fn revoke(body: &Value) -> Result<Says, &'static str> {
    let from = match body.get("from") {
        None => None,
        Some(from) => Some(
            from.as_str()
                .and_then(Moment::parse)
                .ok_or("from: a moment like 2031-03-06T14:30:00.000000Z is expected")?,
        ),
    };
    Ok(Says::Revokes {
        key: key(body)?,
        from,
    })
}

fn key(body: &Value) -> Result<SiteId, &'static str> {
    body.get("key")
        .and_then(Value::as_str)
        .and_then(|key| key.parse().ok())
        .ok_or("key: the 64 hexadecimal digits of a site's key are expected")
}

fn names(list: Option<&Value>) -> Option<BTreeSet<String>> {
    list?
        .as_array()?
        .iter()
        .map(|name| {
            name.as_str()
                .filter(|name| is_name(name))
                .map(str::to_owned)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(body: &str, expected: Option<&str>) {
        let body: Value = serde_json::from_str(body).unwrap();
        let wrong = match Says::of(&body) {
            Says::Unreadable(field) => field.split(':').next(),
            _ => None,
        };
        assert_eq!(wrong, expected, "{body}");
    }

    #[test]
    fn a_body_that_verification_needs_is_read_or_its_field_named() {
        let key = "0".repeat(64);
        check(r#"{"kind":"position","members":3}"#, None);
        check(r#"{"kind":"process"}"#, None);
        check(r#"{"kind":"room","members":["a","b"]}"#, None);
        check(r#"{"kind":"room"}"#, Some("members"));
        check(r#"{"kind":"room","members":["a",1]}"#, Some("members"));
        check(
            &format!(r#"{{"kind":"site","seat":"a","key":"{key}"}}"#),
            None,
        );
        check(&format!(r#"{{"kind":"site","key":"{key}"}}"#), Some("seat"));
        check(r#"{"kind":"site","seat":"a","key":"00"}"#, Some("key"));
        check(
            &format!(r#"{{"kind":"site","seat":"a","key":"{key}","rooms":"x"}}"#),
            Some("rooms"),
        );
        check(
            &format!(r#"{{"kind":"site","seat":"a","key":"{key}","recipient":1}}"#),
            Some("recipient"),
        );
        check(
            &format!(r#"{{"kind":"revoke-site","key":"{key}","from":"now"}}"#),
            Some("from"),
        );
    }

    #[test]
    fn contents_are_a_list_of_digests() {
        let of = |body: &str| contents_of(&serde_json::from_str(body).unwrap());
        assert_eq!(of("{}"), Some(BTreeSet::new()));
        assert_eq!(of(r#"{"contents":["00"]}"#), None);
        let digest = ContentDigest::of(b"x");
        assert_eq!(
            of(&format!(r#"{{"contents":["{digest}"]}}"#)),
            Some(BTreeSet::from([digest]))
        );
    }
}
