//! Who somebody is, and what that person did on the record that the viewer sees.

use super::super::Board;
use super::super::meetings::state_word;
use crate::act::{Act, MissionState};
use crate::explanation::{Explanation, Reason};
use crate::position::Void;
use crate::record::{Person, Power};

impl Board {
    pub(super) fn why_person(&self, id: &str) -> Option<Explanation> {
        let person = self.state.persons.get(id)?;
        let mut because = vec![self.reason(self.standing_of(person), &[])];
        because.extend(self.missions_of(id));
        because.extend(self.meetings_of(id));
        let gates = self.gates();
        let named = gates.filter(|(_, gate)| gate.participants.iter().any(|name| name == id));
        because.extend(named.map(|(act, gate)| {
            self.reason(
                format!(
                    "is named in the condition for the {} ({})",
                    gate.event, act.id
                ),
                &[act],
            )
        }));
        because.extend(self.challenges_to(id));
        because.push(self.deeds_of(person));
        because.extend(self.without_effect(person));
        Some(Explanation {
            subject: id.to_owned(),
            answer: format!("{} acts for {}", person.name, self.seat_name(&person.seat)),
            because,
        })
    }

    /// The level of a person and what it may do.
    fn standing_of(&self, person: &Person) -> String {
        let level = match &person.level {
            Some(level) => format!("at the level of {level}"),
            None => "at no stated level".to_owned(),
        };
        let powers: Vec<&str> = person
            .powers
            .iter()
            .map(|power| power_words(*power))
            .collect();
        let powers = match powers.as_slice() {
            [] => "with no power on record".to_owned(),
            powers => format!("with power to {}", super::list(powers)),
        };
        let dates = match (&person.powers_from, &person.powers_until) {
            (None, None) => String::new(),
            (Some(from), None) => format!(", from {from}"),
            (None, Some(until)) => format!(", until {until}"),
            (Some(from), Some(until)) => format!(", from {from} until {until}"),
        };
        format!("{level}, {powers}{dates}")
    }

    fn missions_of<'a>(&'a self, id: &'a str) -> impl Iterator<Item = Reason> + 'a {
        let missions = self.mission_chains().into_iter();
        let own = missions.filter(move |chain| chain.first().1.envoy.as_str() == id);
        own.map(|chain| {
            let (first, order) = chain.first();
            let state = chain
                .acts
                .iter()
                .rev()
                .find_map(|(_, mission)| mission.state);
            let state = super::acts::mission_word(state.unwrap_or(MissionState::Ordered));
            let to = self.participant_name(&order.counterpart);
            let acts: Vec<&Act> = chain.acts.iter().map(|(act, _)| *act).collect();
            self.reason(
                format!("is the envoy of a mission to {to}: {state} ({})", first.id),
                &acts,
            )
        })
    }

    fn meetings_of<'a>(&'a self, id: &'a str) -> impl Iterator<Item = Reason> + 'a {
        let status = self.session_statuses().into_iter();
        let own = status.filter(move |session| session.participants.iter().any(|name| name == id));
        own.map(|session| {
            let acts = self.state.acts.get(&session.id);
            let acts: Vec<&Act> = acts.into_iter().map(AsRef::as_ref).collect();
            let state = state_word(session.state).replace('-', " ");
            self.reason(
                format!("is named for a meeting: {state} ({})", session.id),
                &acts,
            )
        })
    }

    fn deeds_of(&self, person: &Person) -> Reason {
        let mut acts: Vec<&Act> = self.state.acts.values().map(AsRef::as_ref).collect();
        acts.retain(|act| act.person.as_ref() == Some(&person.id));
        acts.sort_by_key(|act| (&act.on, &act.id));
        let text = match (acts.is_empty(), self.is_pen_holder()) {
            (false, true) => "did this on the record",
            (false, false) => "did this on the record, as far as this seat sees it",
            (true, true) => "did nothing on the record",
            (true, false) => "did nothing on the record that this seat sees",
        };
        self.reason(text.to_owned(), &acts)
    }
}

impl Board {
    /// What a person did beyond its powers.
    fn without_effect(&self, person: &Person) -> Option<Reason> {
        let positions = self.texts.values().flat_map(|board| &board.table.positions);
        let beyond = positions.filter(|position| {
            position.void == Some(Void::BeyondPowers)
                && position.act.person.as_ref() == Some(&person.id)
        });
        let acts: Vec<&Act> = beyond.map(|position| position.act.as_ref()).collect();
        let which = match acts.len() {
            0 => return None,
            1 => "one of these is",
            _ => "some of these are",
        };
        let text = format!(
            "{which} beyond the powers of {}: kept, and without effect",
            person.name
        );
        Some(self.reason(text, &acts))
    }
}

fn power_words(power: Power) -> &'static str {
    match power {
        Power::Negotiate => "negotiate",
        Power::AcceptAdRef => "accept ad referendum",
        Power::Accept => "accept",
        Power::Initial => "initial",
        Power::Sign => "sign",
    }
}
