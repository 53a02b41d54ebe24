//! Meetings and envoys: what was ordered, proposed, discussed, confirmed and held, each by whom.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Board;
use crate::act::{Act, Deed, Mission, MissionState, Session, SessionState};
use crate::names::{ActId, SeatId};
use crate::status::{MissionStatus, SessionStatus};
use crate::when::When;

/// The word of a state in rules and JSON.
pub(super) fn state_word(state: SessionState) -> &'static str {
    match state {
        SessionState::Proposed => "proposed",
        SessionState::Discussed => "discussed",
        SessionState::Confirmed => "confirmed",
        SessionState::Held => "held",
        SessionState::Cancelled => "cancelled",
        SessionState::DidNotTakePlace => "did-not-take-place",
    }
}

/// Whether a meeting is still to come.
pub(super) fn is_ahead(state: SessionState) -> bool {
    matches!(
        state,
        SessionState::Proposed | SessionState::Discussed | SessionState::Confirmed
    )
}

/// Whether the gate of a meeting is asked for its state: a gate may ask for a meeting in turn.
#[derive(Clone, Copy)]
pub(super) enum Gates<'a> {
    /// It is, but not that of these meetings, whose state is being asked for.
    Asked(&'a [ActId]),
    /// It is not: a meeting with a gate is not confirmed yet.
    Left,
}

/// An act and those that carry it on, in the order of lists.
pub(super) struct Chain<'a, T> {
    pub acts: Vec<(&'a Act, &'a T)>,
}

impl<'a, T> Chain<'a, T> {
    pub(super) fn first(&self) -> (&'a Act, &'a T) {
        self.acts[0]
    }

    pub(super) fn last(&self) -> (&'a Act, &'a T) {
        self.acts[self.acts.len() - 1]
    }
}

/// Groups acts by what they carry on (`of`), each after what it carries on, whatever days they give; one whose beginning
/// the viewer cannot see begins for itself.
fn chains<'a, T>(
    acts: Vec<(&'a Act, &'a T)>,
    of: impl Fn(&T) -> Option<&ActId>,
) -> Vec<Chain<'a, T>> {
    let by_id: BTreeMap<&ActId, (&'a Act, Option<&ActId>)> = acts
        .iter()
        .map(|(act, deed)| (&act.id, (*act, of(deed))))
        .collect();
    // The way from an act back to the one that began it, itself first.
    let way = |act: &'a Act| {
        let mut way = vec![act];
        let mut passed = BTreeSet::from([&act.id]);
        while let Some((_, Some(parent))) = way.last().and_then(|last| by_id.get(&last.id))
            && let Some((parent, _)) = by_id.get(parent)
            && passed.insert(&parent.id)
        {
            way.push(parent);
        }
        way
    };
    let mut order: Vec<&ActId> = Vec::new();
    let mut grouped: BTreeMap<&ActId, Vec<Carried<'a, T>>> = BTreeMap::new();
    for (act, deed) in acts {
        let way = way(act);
        let root = &way[way.len() - 1].id;
        let group = grouped.entry(root).or_insert_with(|| {
            order.push(root);
            Vec::new()
        });
        let latest = way.iter().map(|act| &act.on).max().unwrap_or(&act.on);
        group.push(((latest, way.len()), act, deed));
    }
    let chain = |mut group: Vec<Carried<'a, T>>| {
        group.sort_by_key(|(place, ..)| *place);
        let acts = group.into_iter().map(|(_, act, deed)| (act, deed));
        Chain {
            acts: acts.collect(),
        }
    };
    order
        .into_iter()
        .filter_map(|root| grouped.remove(root))
        .map(chain)
        .collect()
}

/// An act of a chain with its place there: the last day on the way to it, and how far it is from the beginning.
type Carried<'a, T> = ((&'a When, usize), &'a Act, &'a T);

impl Board {
    pub(super) fn session_chains(&self) -> Vec<Chain<'_, Session>> {
        let sessions = self.state.other_acts().filter_map(|act| match &act.deed {
            Deed::Session(session) if !self.is_withdrawn(act) => Some((&**act, &**session)),
            _ => None,
        });
        chains(sessions.collect(), |session| session.of.as_ref())
    }

    pub(super) fn mission_chains(&self) -> Vec<Chain<'_, Mission>> {
        let missions = self.state.other_acts().filter_map(|act| match &act.deed {
            Deed::Mission(mission) if !self.is_withdrawn(act) => Some((&**act, &**mission)),
            _ => None,
        });
        chains(missions.collect(), |mission| mission.of.as_ref())
    }

    pub(super) fn session_statuses(&self) -> Vec<SessionStatus> {
        self.session_chains()
            .iter()
            .map(|chain| self.session_status(chain))
            .collect()
    }

    fn session_status(&self, chain: &Chain<'_, Session>) -> SessionStatus {
        let (first, _) = chain.first();
        let (_, last) = chain.last();
        let proposed_by = self.said_by(chain, SessionState::Proposed, "proposed");
        let discussed_by = self.said_by(chain, SessionState::Discussed, "discussed");
        let confirmed_by = self.said_by(chain, SessionState::Confirmed, "confirmed");
        let latest = |pick: fn(&Session) -> bool| {
            chain
                .acts
                .iter()
                .rev()
                .map(|(_, session)| *session)
                .find(|s| pick(s))
        };
        SessionStatus {
            id: first.id.clone(),
            format: last.format,
            state: self.session_state(chain, &confirmed_by, Gates::Asked(&[])),
            on: meeting_time(chain),
            place: latest(|session| session.place.is_some())
                .and_then(|session| session.place.clone()),
            participants: latest(|session| !session.participants.is_empty())
                .map_or(Vec::new(), |session| session.participants.clone()),
            proposed_by,
            discussed_by,
            confirmed_by,
        }
    }

    /// Confirmed when each participating seat confirmed it and its gate holds or was set aside; until then the state
    /// recorded. One side's word for confirmation leaves it where it was, discussed if nothing is said of that.
    fn session_state(
        &self,
        chain: &Chain<'_, Session>,
        confirmed_by: &[SeatId],
        gates: Gates<'_>,
    ) -> SessionState {
        let recorded = chain.last().1.state;
        if !is_ahead(recorded) {
            return recorded;
        }
        let seats: BTreeSet<SeatId> = chain
            .acts
            .iter()
            .flat_map(|(_, session)| self.seats_of(session))
            .collect();
        let all = !seats.is_empty() && seats.iter().all(|seat| confirmed_by.contains(seat));
        if all && self.gate_is_open(chain, gates) {
            return SessionState::Confirmed;
        }
        let states = chain.acts.iter().rev().map(|(_, session)| session.state);
        let mut before = states.filter(|state| *state != SessionState::Confirmed);
        before.next().unwrap_or(SessionState::Discussed)
    }

    /// Whether a meeting has no gate, or one that holds or was set aside.
    fn gate_is_open(&self, chain: &Chain<'_, Session>, gates: Gates<'_>) -> bool {
        let mut named = chain
            .acts
            .iter()
            .rev()
            .filter_map(|(_, session)| session.gate.as_ref());
        let Some(gate) = named.next() else {
            return true;
        };
        let Some((act, gate)) = self.gates().find(|(act, _)| act.id == *gate) else {
            return false;
        };
        if self.overridden(act).is_some() {
            return true;
        }
        let id = &chain.first().0.id;
        match gates {
            Gates::Asked(within) if !within.contains(id) => {
                let within: Vec<ActId> = within.iter().chain([id]).cloned().collect();
                self.is_pen_holder() && self.decide_gate(gate, &within).holds == Some(true)
            }
            _ => false,
        }
    }

    /// The state of a meeting, for rules.
    pub(super) fn session_state_of(&self, id: &str, gates: Gates<'_>) -> Option<SessionState> {
        let chains = self.session_chains();
        let mut chains = chains.iter();
        let chain = chains.find(|chain| chain.first().0.id.as_str() == id)?;
        let confirmed_by = self.said_by(chain, SessionState::Confirmed, "confirmed");
        Some(self.session_state(chain, &confirmed_by, gates))
    }

    /// The seats of a session's participants.
    pub(super) fn seats_of(&self, session: &Session) -> BTreeSet<SeatId> {
        session
            .participants
            .iter()
            .filter_map(|name| self.seat_of(name))
            .collect()
    }

    /// The seat that a participant is or acts for.
    pub(super) fn seat_of(&self, name: &str) -> Option<SeatId> {
        let seat = self
            .seats
            .iter()
            .find(|seat| seat.id.as_str() == name)
            .map(|seat| seat.id.clone());
        seat.or_else(|| {
            self.state
                .persons
                .get(name)
                .map(|person| person.seat.clone())
        })
    }

    /// Who brought a meeting into a state: by an act of that state, or by confirming it as that.
    fn said_by(&self, chain: &Chain<'_, Session>, state: SessionState, word: &str) -> Vec<SeatId> {
        let mut seats: Vec<SeatId> = Vec::new();
        for (act, session) in &chain.acts {
            if session.state == state {
                seats.push(act.seat.clone());
            }
            for answer in self.state.standing_answers_to(act.id.as_str()) {
                match &answer.deed {
                    Deed::Confirm(confirm)
                        if confirm.as_what.as_deref() == Some(word)
                            || (state == SessionState::Confirmed && confirm.as_what.is_none()) =>
                    {
                        seats.push(answer.seat.clone());
                    }
                    // Who denies what it confirmed before, or what was written down for it, no longer says so.
                    Deed::Deny(deny) if deny.as_what.as_deref().is_none_or(|what| what == word) => {
                        seats.retain(|seat| *seat != answer.seat);
                    }
                    _ => {}
                }
            }
        }
        let mut seen = BTreeSet::new();
        seats.retain(|seat| seen.insert(seat.clone()));
        seats
    }

    pub(super) fn mission_statuses(&self) -> Vec<MissionStatus> {
        let chains = self.mission_chains();
        let status = |chain: &Chain<'_, Mission>| {
            let (first, order) = chain.first();
            let state = chain
                .acts
                .iter()
                .rev()
                .find_map(|(_, mission)| mission.state);
            MissionStatus {
                id: first.id.clone(),
                envoy: order.envoy.clone(),
                counterpart: order.counterpart.clone(),
                place: chain
                    .acts
                    .iter()
                    .rev()
                    .find_map(|(_, mission)| mission.place.clone()),
                base: chain
                    .acts
                    .iter()
                    .rev()
                    .find_map(|(_, mission)| mission.base.clone()),
                state: state.unwrap_or(MissionState::Ordered),
            }
        };
        chains.iter().map(status).collect()
    }

    /// Acts of the state that speak of a meeting, for explanations.
    pub(super) fn session_acts<'a>(&'a self, chain: &Chain<'a, Session>) -> Vec<&'a Arc<Act>> {
        let own = chain
            .acts
            .iter()
            .filter_map(|(act, _)| self.state.acts.get(&act.id));
        let answers = chain
            .acts
            .iter()
            .flat_map(|(act, _)| self.state.answers_to(act.id.as_str()));
        own.chain(answers).collect()
    }
}

/// The meeting's own time: as stated; for one held without a time of its own, the act's.
pub(super) fn meeting_time(chain: &Chain<'_, Session>) -> Option<When> {
    let stated = chain
        .acts
        .iter()
        .rev()
        .find_map(|(_, session)| session.when.clone());
    let held = || {
        let (act, session) = chain.last();
        (session.state == SessionState::Held).then(|| act.on.clone())
    };
    stated.or_else(held)
}
