//! Who was sent to whom.

use std::sync::Arc;

use serde::Serialize;

use crate::meetings::Meeting;
use crate::report::Span;
use crate::time::Moment;

/// An envoy was sent, or is to be.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mission {
    /// Who is sent, by the fullest name in the text; null where that is not told.
    pub envoy: Option<Arc<str>>,
    /// To whom.
    pub counterpart: Option<Arc<str>>,
    /// Where.
    pub place: Option<String>,
    /// Who sends, where that is told.
    pub ordered_by: Option<Arc<str>>,
    /// When.
    pub when: Option<Moment>,
    /// `ordered`, `scheduled` or `cancelled`.
    pub state: &'static str,
    /// The sentence it rests on.
    pub sentence: Span,
    /// How sure it is, from 0 to 1.
    pub sure: f64,
}

impl Mission {
    /// The mission that a meeting is part of: one that was ordered, or that an envoy goes to.
    pub(crate) fn of(
        meeting: &Meeting,
        envoy: bool,
        ordered_by: Option<Arc<str>>,
    ) -> Option<Mission> {
        let ordered = meeting.state == "ordered";
        let state = match meeting.state {
            "ordered" => "ordered",
            "scheduled" => "scheduled",
            "did-not-take-place" => "cancelled",
            // What was held is told as a meeting.
            _ => return None,
        };
        if !(ordered || (envoy && meeting.participants.len() == 2)) {
            return None;
        }
        let mut who = meeting.participants.iter().cloned();
        // Of an order that names one side alone, that side is whom they are sent to.
        let sent = if meeting.participants.len() > 1 {
            who.next()
        } else {
            None
        };
        Some(Mission {
            envoy: sent,
            counterpart: who.next(),
            place: meeting.place.clone(),
            ordered_by,
            when: meeting.when.clone(),
            state,
            sentence: meeting.sentence,
            sure: meeting.sure,
        })
    }
}
