//! Replies that are awaited: silence is not consent, and nothing is due on what was never officially given.

use std::sync::Arc;

use super::Board;
use crate::act::{Act, Channel, Communication, Deed, Deliver, ReplyDue, StanceKind};
use crate::mutant::off;
use crate::names::{DraftId, SeatId};
use crate::position::Scope;
use crate::status::{Obligation, ObligationState};
use crate::when::When;

impl Board {
    pub(super) fn obligations(&self) -> Vec<Obligation> {
        let asks = |act: &&Arc<Act>| {
            let asks = match &act.deed {
                Deed::ReplyDue(_) => true,
                Deed::Deliver(_) => awaits_reply(act),
                _ => false,
            };
            asks && !self.is_withdrawn(act)
        };
        let acts = self.state.other_acts().filter(asks);
        let asked = acts.flat_map(|act| match &act.deed {
            Deed::ReplyDue(due) => vec![self.obligation(act, due)],
            Deed::Deliver(given) => {
                let from = given.to.iter().filter(|seat| **seat != act.seat);
                from.map(|from| self.obligation(act, &by_its_class(given, from)))
                    .collect()
            }
            _ => Vec::new(),
        });
        asked.collect()
    }

    fn obligation(&self, act: &Act, due: &ReplyDue) -> Obligation {
        let delivered = self.officially_delivered(due);
        let given = self.discharged_by(act, due, &delivered);
        let name = self.seat_name(&due.from);
        let knows_all = self.viewer.knows_all_of(&due.from, &self.process);
        let what = due.draft.as_ref().map(ToString::to_string);
        let what = what
            .or_else(|| due.text.as_ref().map(ToString::to_string))
            .unwrap_or_default();
        let not_yet = due.due.as_ref().filter(|due| self.now() < due.earliest());
        let (state, because) = match (given, delivered.last(), not_yet) {
            (Some(answer), ..) => (
                ObligationState::Given,
                format!("{name} replied on {}: {}", answer.on, self.sentence(answer)),
            ),
            (None, None, _) if !knows_all => (
                ObligationState::NotDue,
                format!("no official delivery of {what} to {name} is known here"),
            ),
            (None, None, _) if due.draft.is_some() => (
                ObligationState::NotDue,
                format!("{what} was not officially delivered to {name}"),
            ),
            (None, None, _) => (
                ObligationState::NotDue,
                format!("no draft of {what} was officially delivered to {name}"),
            ),
            (None, Some(_), Some(due)) => (
                ObligationState::NotDue,
                format!("the reply is due on {due}"),
            ),
            (None, Some((draft, on)), None) => (
                ObligationState::None,
                format!(
                    "{draft} was officially delivered to {name} on {on}, and no reply to it is {}",
                    if knows_all { "on record" } else { "known here" }
                ),
            ),
        };
        Obligation {
            id: act.id.clone(),
            from: due.from.clone(),
            text: due.text.clone(),
            state,
            due: due.due.clone(),
            because,
        }
    }

    /// The drafts the reply is about that were officially delivered to the seat, in order of time.
    fn officially_delivered(&self, due: &ReplyDue) -> Vec<(DraftId, When)> {
        let concerned = |draft: &DraftId| match (&due.draft, &due.text) {
            (Some(named), _) => named == draft,
            (None, Some(text)) => self
                .state
                .drafts
                .get(draft)
                .is_some_and(|draft| draft.text == *text),
            (None, None) => false,
        };
        let deliveries = self.state.other_acts().filter_map(|act| match &act.deed {
            Deed::Deliver(deliver)
                if deliver.channel == Channel::Official
                    && !act.is_in_non_paper()
                    && concerned(&deliver.draft)
                    && self
                        .state
                        .rooms
                        .get(&act.room)
                        .is_some_and(|members| members.contains(&due.from)) =>
            {
                Some((deliver.draft.clone(), act.on.clone()))
            }
            _ => None,
        });
        deliveries.collect()
    }

    /// The formal reply, or the position, on an officially delivered draft that answers; one given before the reply
    /// was asked for counts on the last draft delivered only.
    fn discharged_by(
        &self,
        asked: &Act,
        due: &ReplyDue,
        delivered: &[(DraftId, When)],
    ) -> Option<&Act> {
        let last = delivered.last().map(|(draft, _)| draft);
        let answers = |act: &Act, draft: &DraftId| {
            let given = delivered.iter().any(|(delivered, _)| delivered == draft);
            act.seat == due.from && given && (!act.on.before(&asked.on) || last == Some(draft))
        };
        let replies = self
            .state
            .other_acts()
            .map(AsRef::as_ref)
            .filter(|act: &&Act| match &act.deed {
                Deed::Reply(reply) => {
                    let formal = reply.formal && !act.is_in_non_paper();
                    formal && answers(act, &reply.draft) && !self.is_withdrawn(act)
                }
                _ => false,
            });
        let positions = self
            .texts
            .values()
            .flat_map(|board| board.table.positions.iter().map(move |p| (board, p)));
        let positions = positions.filter_map(|(board, position)| {
            let (Scope::Whole(sheet) | Scope::Provisions(sheet, _) | Scope::Insertion(sheet)) =
                &position.scope
            else {
                return None;
            };
            let draft = &board.shelf.sheets.get(*sheet)?.name;
            let counts = position.void.is_none()
                && !position.tacit
                && position.stance != StanceKind::Withhold;
            (counts && answers(&position.act, draft)).then_some(&*position.act)
        });
        replies
            .chain(positions)
            .min_by(|one, other| (&one.on, &one.id).cmp(&(&other.on, &other.id)))
    }

    /// Whether a seat has replied on the latest draft of the texts of kind main; none where the viewer cannot know.
    pub(super) fn replied(&self, seat: &SeatId) -> Option<bool> {
        let mut tells_all = false;
        for board in self.main_texts() {
            tells_all = board.circulation.tells_all(seat);
            let Some(latest) = board
                .shelf
                .latest
                .and_then(|latest| board.shelf.sheets.get(latest))
            else {
                continue;
            };
            let formal = self.state.other_acts().any(|act| match &act.deed {
                Deed::Reply(reply) => {
                    let answers = reply.draft == latest.name && !self.is_withdrawn(act);
                    let formal = reply.formal && !act.is_in_non_paper();
                    formal && act.seat == *seat && answers
                }
                _ => false,
            });
            let position = board.table.positions.iter().any(|position| {
                let on_latest = match &position.scope {
                    Scope::Whole(sheet) | Scope::Provisions(sheet, _) | Scope::Insertion(sheet) => {
                        Some(*sheet) == board.shelf.latest
                    }
                    Scope::Text => false,
                };
                position.act.seat == *seat
                    && position.void.is_none()
                    && !position.tacit
                    && position.stance != StanceKind::Withhold
                    && on_latest
            });
            if formal || position {
                return Some(true);
            }
        }
        tells_all.then_some(false)
    }
}

/// Whether what was given asks for a reply by its class alone.
fn awaits_reply(act: &Act) -> bool {
    act.communication == Some(Communication::NoteVerbale) && !off("a note verbale awaits a reply")
}

/// The reply that a draft given by note verbale awaits from one of its addressees.
fn by_its_class(given: &Deliver, from: &SeatId) -> ReplyDue {
    ReplyDue {
        from: from.clone(),
        text: None,
        draft: Some(given.draft.clone()),
        due: None,
    }
}
