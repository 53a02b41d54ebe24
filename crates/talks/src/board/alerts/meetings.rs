//! Meetings that sit oddly with what was ordered, or with a gate.

use std::collections::BTreeMap;

use super::super::Board;
use super::super::meetings::{is_ahead, meeting_time};
use crate::act::SessionState;
use crate::status::{Alert, AlertKind};

impl Board {
    /// A session held on or after a mission's order with that envoy and without that counterpart's seat.
    pub(super) fn mandate_differs(&self, alerts: &mut Vec<Alert>) {
        let sessions = self.session_chains();
        for mission in self.mission_chains() {
            let (order, terms) = mission.first();
            let Some(counterpart) = self.seat_of(&terms.counterpart) else {
                continue;
            };
            for session in &sessions {
                let (act, held) = session.last();
                let with_envoy = held
                    .participants
                    .iter()
                    .any(|name| name == terms.envoy.as_str());
                let when = meeting_time(session).unwrap_or_else(|| act.on.clone());
                let after_order = !when.before(&order.on);
                if held.state != SessionState::Held || !with_envoy || !after_order {
                    continue;
                }
                if !self.seats_of(held).contains(&counterpart) {
                    let others: Vec<_> = self
                        .seats_of(held)
                        .into_iter()
                        .filter(|seat| *seat != order.seat)
                        .collect();
                    let place = held
                        .place
                        .as_ref()
                        .map_or(String::new(), |place| format!(" in {place}"));
                    alerts.push(Alert {
                        kind: AlertKind::MandateDiffers,
                        about: vec![order.id.to_string(), session.first().0.id.to_string()],
                        acts: vec![order.id.clone(), act.id.clone()],
                        told: Vec::new(),
                        text: format!(
                            "{} was sent to {}, and met {}{place} on {when}",
                            self.person_name(terms.envoy.as_str()),
                            self.participant_name(&terms.counterpart),
                            self.seat_list(&others),
                        ),
                    });
                }
            }
        }
    }

    /// A session proposed, discussed or confirmed with two or more of a gate's participants, the gate not holding.
    pub(super) fn gate_tension(&self, alerts: &mut Vec<Alert>) {
        for (gate_act, gate) in self.gates() {
            let holds = self.decide_gate(gate, &[]).holds;
            if self.overridden(gate_act).is_some() || holds == Some(true) {
                continue;
            }
            let stands = match holds {
                None => "is not known to hold",
                Some(_) => "does not hold",
            };
            let is_wanted = |name: &str| gate.participants.iter().any(|wanted| wanted == name);
            for session in self.session_chains() {
                let (act, last) = session.last();
                // Who acts for a seat that the gate names brings that seat.
                let wanted = |name: &'_ String| -> Option<String> {
                    let seat = self.seat_of(name).map(|seat| seat.to_string());
                    let seat = seat.filter(|seat| is_wanted(seat));
                    is_wanted(name).then(|| name.clone()).or(seat)
                };
                let participants = last.participants.iter();
                let shared: BTreeMap<String, &String> = participants
                    .filter_map(|name| Some((wanted(name)?, name)))
                    .collect();
                if is_ahead(last.state) && shared.len() >= 2 {
                    let names: Vec<String> = shared
                        .values()
                        .map(|name| self.participant_name(name))
                        .collect();
                    let names: Vec<&str> = names.iter().map(String::as_str).collect();
                    alerts.push(Alert {
                        kind: AlertKind::GateTension,
                        about: vec![session.first().0.id.to_string(), gate_act.id.to_string()],
                        acts: vec![act.id.clone(), gate_act.id.clone()],
                        told: Vec::new(),
                        text: format!(
                            "a meeting of {} is {}, and the condition for the {} {stands}",
                            super::super::stage::list(&names),
                            super::super::meetings::state_word(last.state),
                            gate.event,
                        ),
                    });
                }
            }
        }
    }

    /// The name of a person on screen.
    pub(in crate::board) fn person_name(&self, person: &str) -> String {
        self.state
            .persons
            .get(person)
            .map_or_else(|| person.to_owned(), |card| card.name.clone())
    }

    /// The name of a seat or person on screen.
    pub(in crate::board) fn participant_name(&self, name: &str) -> String {
        let seat = self.seats.iter().find(|seat| seat.id.as_str() == name);
        seat.map_or_else(|| self.person_name(name), |seat| seat.name.clone())
    }
}
