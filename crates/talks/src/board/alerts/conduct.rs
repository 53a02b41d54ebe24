//! Rules of conduct that all have agreed to keep, and what is on record against them.
//!
//! Nobody records a breach: it follows from what was said in public, and from drafts that came by the press.

use super::super::Board;
use crate::act::{Act, Attribution, Channel, Deed};
use crate::names::DraftId;
use crate::record::{Conduct, Role};
use crate::status::{Alert, AlertKind};

impl Board {
    pub(super) fn conduct_alerts(&self, alerts: &mut Vec<Alert>) {
        let mut rules = self.process.conduct.clone();
        rules.sort_unstable();
        rules.dedup();
        for rule in rules {
            let against = self.state.other_acts().filter_map(|act| {
                let (about, text) = match rule {
                    Conduct::NoPress => self.speaks(act)?,
                    Conduct::NoLeaks => self.got_out(act)?,
                };
                self.stands(act).then(|| Alert {
                    kind: AlertKind::Conduct,
                    about: vec![about],
                    acts: vec![act.id.clone()],
                    told: Vec::new(),
                    text,
                })
            });
            alerts.extend(against);
        }
    }

    /// Whether an act was neither taken back nor, where another wrote it down, denied by its seat.
    fn stands(&self, act: &Act) -> bool {
        let last = self.state.last_words(act.id.as_str());
        let denied = |answer: &&std::sync::Arc<Act>| {
            answer.seat == act.seat && matches!(answer.deed, Deed::Deny(_))
        };
        !self.is_withdrawn(act) && !last.iter().any(denied)
    }

    /// A party that speaks in public: by name or as an institution. What is told of it at second hand, or by nobody who gives a
    /// name, is no word of its own.
    fn speaks(&self, act: &Act) -> Option<(String, String)> {
        let Deed::Statement(statement) = &act.deed else {
            return None;
        };
        let party = self.seats.iter().find(|seat| seat.id == act.seat)?;
        let own = matches!(
            statement.attribution,
            None | Some(Attribution::OnRecord | Attribution::Collective)
        );
        (own && party.role == Role::Party).then(|| {
            let text = format!(
                "no party was to speak of the talks in public, and {} did on {}",
                party.name, act.on
            );
            (act.seat.to_string(), text)
        })
    }

    /// A draft that somebody has from the press. Who gave it out does not follow from that.
    fn got_out(&self, act: &Act) -> Option<(String, String)> {
        let (draft, seat): (&DraftId, _) = match &act.deed {
            Deed::Acknowledge(had) if had.channel == Some(Channel::Press) => {
                (had.draft.as_ref()?, &act.seat)
            }
            Deed::Deliver(given) if given.channel == Channel::Press => {
                (&given.draft, given.to.first()?)
            }
            _ => return None,
        };
        let text = format!(
            "no draft was to get out, and {} has {draft} from the press since {}; who gave it out is not on record",
            self.seat_name(seat),
            act.on
        );
        Some((draft.to_string(), text))
    }
}
