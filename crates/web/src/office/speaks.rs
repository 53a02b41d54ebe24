//! As whom a visitor speaks, and where.

use std::collections::BTreeSet;
use std::sync::Arc;

use onetext_desk::workspace::WorkspaceError;
use onetext_desk::{ActError, ActRefused, Books};
use onetext_paper::dossier::block_kind;
use onetext_talks::RoomId;
use serde_json::{Map, Value};

use super::{Office, View, ViewError};
use crate::guard::Visitor;

/// Who is not of a visitor's seat: the other seats of a process and their persons. And what was said.
#[derive(Debug, Default)]
pub(super) struct Others {
    names: BTreeSet<String>,
    books: Option<Arc<Books>>,
    /// The rooms in which the visitor speaks, where these are not all of its seat.
    rooms: Option<BTreeSet<RoomId>>,
}

impl Others {
    fn than(visitor: &Visitor, view: &View) -> Others {
        let seat = visitor.seat();
        let status = &view.play.status;
        let seats = status.seats.iter().map(|own| own.id.as_str());
        let seats = seats.filter(|own| *own != seat);
        let persons = status.persons.iter();
        let persons = persons.filter(|person| person.seat.as_str() != seat);
        let persons = persons.map(|person| person.id.as_str());
        Others {
            names: seats.chain(persons).map(str::to_owned).collect(),
            books: Some(Arc::clone(&view.books)),
            rooms: view.limits(visitor).and_then(|viewer| viewer.rooms),
        }
    }

    /// The person of a seat who said something, where it was one.
    fn person_of(&self, seat: &str, act: &str) -> Option<String> {
        let (own, person) = self.books.as_ref()?.said_by(act)?;
        let person = person.filter(|_| own.as_str() == seat)?;
        Some(person.to_string())
    }
}

impl Office {
    /// Who only reads says nothing, and who speaks as one person of a seat alone is no other of that seat.
    pub(super) fn may_say(
        &self,
        visitor: &Visitor,
        fields: &Map<String, Value>,
        now: i64,
    ) -> Result<(), ActRefused> {
        Office::says(visitor, &self.persons(visitor, now)?, fields)
    }

    /// Who is whose in the process, where it matters as whom a visitor speaks.
    pub(super) fn persons(&self, visitor: &Visitor, now: i64) -> Result<Others, WorkspaceError> {
        if visitor.speaks_as().is_none() {
            return Ok(Others::default());
        }
        match self.view(visitor, now) {
            Ok(view) => Ok(Others::than(visitor, &view)),
            Err(ViewError::Workspace(error)) => Err(error),
            Err(ViewError::Desk(_)) => Ok(Others::default()),
        }
    }

    /// Whether these are words of a visitor's own, where these are the others of the process.
    pub(super) fn says(
        visitor: &Visitor,
        others: &Others,
        fields: &Map<String, Value>,
    ) -> Result<(), ActRefused> {
        if !visitor.may_record() {
            return Err(ActRefused::OnlyReads);
        }
        let Some(speaks) = visitor.speaks_as() else {
            return Ok(());
        };
        // Who is a person, what a draft says: that is for the seat to say, whatever stands in its fields.
        let kind = fields.get("kind").and_then(Value::as_str);
        if kind.and_then(block_kind).is_some() {
            return Err(ActRefused::SpeaksAs {
                by: visitor.seat().to_owned(),
                speaks: speaks.to_owned(),
            });
        }
        if let (Some(rooms), Some(room)) = (&others.rooms, fields.get("room"))
            && !room.as_str().is_some_and(|room| rooms.contains(room))
        {
            return Err(ActRefused::NotInOrder(vec![ActError {
                code: "unknown-name",
                field: Some("room".to_owned()),
                message: format!("{speaks} enters no room {room}"),
                expected: Some("a room that this person may enter".to_owned()),
                hint: None,
            }]));
        }
        for field in ["by", "recorded_by"] {
            let Some(by) = fields.get(field).and_then(Value::as_str) else {
                continue;
            };
            // The seat writes down what another did; it is the seat that did something that one person alone says. Who is not
            // known to be somebody else's may be of the same seat, and come since.
            let writes_down = field == "recorded_by" && by == visitor.seat();
            if by != speaks && !writes_down && !others.names.contains(by) {
                return Err(ActRefused::SpeaksAs {
                    by: by.to_owned(),
                    speaks: speaks.to_owned(),
                });
            }
        }
        // What one of a seat said is for that one, or for the seat, to take back and to let be used.
        let of = fields.get("of").and_then(Value::as_str);
        let undoes = matches!(kind, Some("withdraw" | "release"));
        let theirs = of
            .filter(|_| undoes)
            .and_then(|of| others.person_of(visitor.seat(), of));
        match theirs.filter(|person| person != speaks) {
            Some(by) => Err(ActRefused::SpeaksAs {
                by,
                speaks: speaks.to_owned(),
            }),
            None => Ok(()),
        }
    }
}
