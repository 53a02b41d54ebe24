//! "What does this person need to know?": a briefing, from what that person may see.

use std::sync::Arc;

use onetext_talks::{
    ActCard, Board, BriefedPoint, ContactWeek, Cut, Feedback, LastBriefing, PersonCard, Status,
    Viewer, When,
};
use serde::Serialize;

use crate::books::Books;
use crate::error::DeskError;

/// A briefing for one person.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Brief {
    /// For whom.
    pub person: PersonCard,
    /// The last briefing of that person.
    pub last: Option<LastBriefing>,
    /// The state of play, as that person may see it.
    pub status: Status,
    /// The same as of the last briefing.
    pub then: Option<Status>,
    /// What happened since.
    pub since: Vec<ActCard>,
    /// What is open, and what would close it.
    pub open: Vec<BriefedPoint>,
    /// Criticism and proposals that wait for an answer: the worklist of who holds the pen.
    pub feedback: Vec<Arc<Feedback>>,
    /// How often the sides met, week by week.
    pub contacts: Vec<ContactWeek>,
}

/// Writes a briefing for a person: never more than the rooms hold that this person may enter.
///
/// `viewer` looks for the person's seat; whoever asks as another seat is answered as one who knows of nobody of that name.
/// `since` takes the place of the last briefing on record.
///
/// # Errors
/// Where the viewer knows of nobody of that name.
pub fn brief(
    books: &Books,
    viewer: &Viewer,
    cut: &Cut,
    (person, since): (&str, Option<&When>),
) -> Result<Brief, DeskError> {
    let known = books.ask(viewer, cut, |asking| asking.person(person).cloned())??;
    // What another delegation's person knows is not for the pen-holder to print, nor the other way round.
    let entered = known.rooms.as_ref();
    let own = Viewer {
        seat: known.seat.clone(),
        rooms: match (entered, &viewer.rooms) {
            (None, mine) => mine.clone(),
            (Some(rooms), None) => Some(rooms.iter().cloned().collect()),
            (Some(rooms), Some(mine)) => {
                let both = rooms.iter().filter(|room| mine.contains(*room));
                Some(both.cloned().collect())
            }
        },
    };
    let card = PersonCard {
        id: known.id.clone(),
        name: known.name.clone(),
        seat: known.seat.clone(),
        level: known.level.clone(),
    };
    let last = books.ask(&own, cut, |board| board.last_briefing(person))?;
    let from = since.or(last.as_ref().map(|last| &last.on));
    let then = from
        .map(|from| -> Result<Status, DeskError> {
            let cut = Cut {
                at: Some(from.clone()),
                known_at: cut.known_at.clone(),
            };
            books.ask(&own, &cut, Board::status)
        })
        .transpose()?;
    let holds_the_pen = own.seat == books.record().process.pen_holder;
    let told = |board: &Board| Brief {
        person: card,
        status: board.status(),
        then,
        since: match (since, &last) {
            (Some(from), _) => board.acts_since(from),
            (None, Some(last)) => board.acts_since_briefing(last),
            (None, None) => Vec::new(),
        },
        open: board.still_open(),
        feedback: if holds_the_pen {
            let all = board.feedback().into_iter();
            all.filter(|feedback| feedback.open).collect()
        } else {
            Vec::new()
        },
        contacts: board.contacts(),
        last: last.clone(),
    };
    books.ask(&own, cut, told)
}
