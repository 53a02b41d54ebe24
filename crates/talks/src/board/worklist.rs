//! What the pen-holder works through: feedback and what became of it; and how often the sides met.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Board, TextBoard};
use crate::act::{Deed, Outcome, SessionState, StanceKind};
use crate::briefing::{ContactWeek, Feedback};
use crate::position::{Scope, Standing};

/// Seconds of a week.
const WEEK: i64 = 7 * 86_400;
/// 1970-01-01 was a Thursday: the first Monday before it, in seconds.
const FIRST_MONDAY: i64 = -3 * 86_400;

impl Board {
    /// Criticism and proposals on the texts under negotiation, in the order of lists, and what became of each: what was
    /// withdrawn, denied or is beyond powers is none.
    #[must_use]
    pub fn feedback(&self) -> Vec<Arc<Feedback>> {
        let boards = self.texts.values();
        let boards = boards.filter(|board| board.text.kind != crate::record::TextKind::Input);
        let mut of_texts: Vec<Vec<Arc<Feedback>>> =
            boards.map(|board| self.feedback_on(board)).collect();
        of_texts.retain(|all| !all.is_empty());
        let several = of_texts.len() > 1;
        let mut all: Vec<Arc<Feedback>> = of_texts.into_iter().flatten().collect();
        if several {
            all.sort_by(|one, other| {
                (&one.act.on, &one.act.id).cmp(&(&other.act.on, &other.act.id))
            });
        }
        all
    }

    /// Feedback on one text: as it was told before, of seats that have said nothing new.
    fn feedback_on(&self, board: &TextBoard) -> Vec<Arc<Feedback>> {
        let mut kept = board.kept.feedback.borrow_mut();
        for bucket in board.table.buckets() {
            kept.entry(bucket).or_insert_with(|| {
                let own = board.table.indices_of(bucket).iter();
                let own = own.filter_map(|index| {
                    let position = board.table.positions.get(*index)?;
                    Some((*index, Arc::new(self.feedback_of(board, position)?)))
                });
                own.collect()
            });
        }
        let mut all: Vec<&(usize, Arc<Feedback>)> = kept.values().flatten().collect();
        all.sort_by(|(one, _), (other, _)| board.table.in_order(*one, *other));
        all.into_iter().map(|(_, own)| Arc::clone(own)).collect()
    }

    fn feedback_of(&self, board: &TextBoard, position: &Standing) -> Option<Feedback> {
        use crate::position::Void;
        let criticism = matches!(
            position.stance,
            StanceKind::Object | StanceKind::Reserve | StanceKind::Propose
        );
        let stands = matches!(position.void, None | Some(Void::Taken));
        if !criticism || !stands {
            return None;
        }
        let Deed::Stance(stance) = &position.act.deed else {
            return None;
        };
        let (sheet, named) = match &position.scope {
            Scope::Text => (None, Vec::new()),
            Scope::Whole(sheet) | Scope::Insertion(sheet) => (Some(*sheet), Vec::new()),
            Scope::Provisions(sheet, named) => (
                Some(*sheet),
                named.iter().map(|(index, _)| *index).collect(),
            ),
        };
        let draft = sheet.map(|sheet| board.shelf.sheets[sheet].name.clone());
        let points = named
            .iter()
            .filter_map(|index| Some(board.path(sheet?, *index).to_owned()));
        let answers = self.state.standing_answers_to(position.act.id.as_str());
        let mut disposed = answers.filter_map(|answer| match &answer.deed {
            Deed::Dispose(dispose) => Some(dispose),
            _ => None,
        });
        let last = disposed.next_back();
        Some(Feedback {
            act: self.card(&position.act),
            text: board.text.id.clone(),
            draft,
            points: points.collect(),
            interest: stance.interest.clone(),
            outcome: last.map(|dispose| dispose.outcome),
            answered_in: last.and_then(|dispose| dispose.draft.clone()),
            reason: last.and_then(|dispose| dispose.reason.clone()),
            open: last.is_none_or(|dispose| dispose.outcome == Outcome::Deferred),
        })
    }

    /// How many meetings were held in each week in which any was, by its Monday.
    #[must_use]
    pub fn contacts(&self) -> Vec<ContactWeek> {
        let mut weeks: BTreeMap<i64, u64> = BTreeMap::new();
        for session in self.session_statuses() {
            if session.state != SessionState::Held {
                continue;
            }
            if let Some(on) = &session.on {
                let week = (on.earliest() - FIRST_MONDAY).div_euclid(WEEK);
                *weeks.entry(week).or_default() += 1;
            }
        }
        let named = weeks.into_iter().filter_map(|(week, sessions)| {
            let monday = jiff::Timestamp::from_second(FIRST_MONDAY + week * WEEK).ok()?;
            let monday = jiff::tz::TimeZone::UTC.to_datetime(monday).date();
            Some(ContactWeek {
                from: monday.to_string(),
                sessions,
            })
        });
        named.collect()
    }
}
