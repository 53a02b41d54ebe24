//! A room's state, and the merge of several: what everything on screen is computed from.
//!
//! Each room folds alone; merging is a union, so it is associative, commutative and idempotent, indifferent to the
//! order of arrival, and folding one more act equals folding all of them from scratch.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use onetext_text::{Workers, both};

use crate::act::{Act, Deed};
use crate::board::{AskError, Cut, Viewer};
use crate::mutant;
use crate::names::{ActId, DraftId, PersonId, RoomId, SeatId, TextId};
use crate::record::{DraftBlock, Person, Record, Text};
use crate::room::RoomLog;
use crate::when::When;

/// The order of lists: event time, then id.
pub type ActKey = (When, ActId);

/// The partial state of one room, or the merge of several.
#[derive(Clone, Default)]
pub struct State {
    /// The rooms in it and who sits in them.
    pub(crate) rooms: BTreeMap<RoomId, BTreeSet<SeatId>>,
    /// Every act by id.
    pub(crate) acts: BTreeMap<ActId, Arc<Act>>,
    /// Acts that are not positions, in the order of lists.
    pub(crate) in_order: BTreeMap<ActKey, Arc<Act>>,
    /// Positions, in the order of lists.
    pub(crate) positions: BTreeMap<ActKey, Arc<Act>>,
    /// What answers an act or a claim: withdrawals, dispositions, releases, confirmations, denials, by what they
    /// answer.
    pub(crate) answers: BTreeMap<Arc<str>, BTreeMap<ActKey, Arc<Act>>>,
    /// What any act takes back, and maybe more: most acts nobody ever did.
    taken_back: BTreeSet<Arc<str>>,
    /// Persons known.
    pub(crate) persons: BTreeMap<PersonId, Arc<Person>>,
    /// Texts known, at least by name.
    pub(crate) texts: BTreeMap<TextId, Arc<Text>>,
    /// Drafts that can be read.
    pub(crate) drafts: BTreeMap<DraftId, Arc<DraftBlock>>,
    /// Which draft names are known in which room.
    pub(crate) draft_names: BTreeSet<(RoomId, DraftId)>,
}

impl State {
    /// Folds one room alone.
    #[must_use]
    pub fn of_room(log: &RoomLog) -> State {
        let mut state = State {
            rooms: BTreeMap::from([(log.id.clone(), log.members.clone())]),
            persons: log.persons.clone(),
            texts: log.texts.clone(),
            drafts: log.drafts.clone(),
            draft_names: log
                .draft_names
                .iter()
                .map(|draft| (log.id.clone(), draft.clone()))
                .collect(),
            ..State::default()
        };
        for act in &log.acts {
            state.add(act);
        }
        state
    }

    /// Folds each of the rooms that a viewer may enter alone, up to the cut, and merges them; in two parts at once, where
    /// the workers do that.
    ///
    /// # Errors
    /// [`AskError::Seat`] where the record has no such seat.
    pub fn of(
        record: &Record,
        viewer: &Viewer,
        cut: &Cut,
        workers: Workers<'_>,
    ) -> Result<State, AskError> {
        let rooms = record.rooms_of(viewer)?;
        Ok(State::of_rooms(record.logs(&rooms, cut), workers))
    }

    /// How many acts are in it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.acts.len()
    }

    /// Whether no act is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.acts.is_empty()
    }

    /// Folds several rooms, each alone, and merges them: equal to [`of_room`](State::of_room) and
    /// [`merge`](State::merge) one after the other, and quicker for many acts.
    #[must_use]
    pub fn of_rooms(mut logs: Vec<RoomLog>, workers: Workers<'_>) -> State {
        let mut state = State::default();
        if mutant::off("rooms are merged") {
            logs.truncate(1);
        }
        let mut acts = Vec::with_capacity(logs.iter().map(|log| log.acts.len()).sum());
        for log in logs {
            let names = log.draft_names.into_iter();
            let names = names.map(|draft| (log.id.clone(), draft));
            state.draft_names.extend(names);
            state.rooms.insert(log.id, log.members);
            state.persons.extend(log.persons);
            state.texts.extend(log.texts);
            state.drafts.extend(log.drafts);
            let kept = log.acts.into_iter();
            acts.extend(kept.filter(|act| !mutant::ignores(&act.deed)));
        }
        for act in &acts {
            if let Some(of) = answered(&act.deed) {
                state.answer(of, act);
            }
        }
        ((state.positions, state.in_order), state.acts) =
            both(workers, || in_lists(&acts), || by_name(&acts));
        state
    }

    /// Folds one more act. Adding one that is there changes nothing.
    pub fn add(&mut self, act: &Arc<Act>) {
        if mutant::ignores(&act.deed) {
            return;
        }
        let key = (act.on.clone(), act.id.clone());
        self.acts.insert(act.id.clone(), Arc::clone(act));
        if let Some(of) = answered(&act.deed) {
            self.answer(of, act);
        }
        let list = if matches!(act.deed, Deed::Stance(_)) {
            &mut self.positions
        } else {
            &mut self.in_order
        };
        list.insert(key, Arc::clone(act));
    }

    fn answer(&mut self, of: &str, act: &Arc<Act>) {
        let of: Arc<str> = of.into();
        if matches!(act.deed, Deed::Withdraw(_)) {
            self.taken_back.insert(Arc::clone(&of));
        }
        let key = (act.on.clone(), act.id.clone());
        let answers = self.answers.entry(of).or_default();
        answers.insert(key, Arc::clone(act));
    }

    /// Takes an act out again, as if it had never been added.
    pub(crate) fn remove(&mut self, act: &Act) {
        let key = (act.on.clone(), act.id.clone());
        self.acts.remove(&act.id);
        self.in_order.remove(&key);
        self.positions.remove(&key);
        if let Some(answers) = answered(&act.deed).and_then(|of| self.answers.get_mut(of)) {
            answers.remove(&key);
        }
    }

    /// The state of both together.
    #[must_use]
    pub fn merge(mut self, other: State) -> State {
        self.rooms.extend(other.rooms);
        self.acts.extend(other.acts);
        self.in_order.extend(other.in_order);
        self.positions.extend(other.positions);
        for (of, answers) in other.answers {
            self.answers.entry(of).or_default().extend(answers);
        }
        self.taken_back.extend(other.taken_back);
        self.persons.extend(other.persons);
        self.texts.extend(other.texts);
        self.drafts.extend(other.drafts);
        self.draft_names.extend(other.draft_names);
        self
    }

    /// Whether every member of `narrow` sits in `wide`: the condition for a reference from `narrow` into `wide`.
    pub(crate) fn may_refer(&self, narrow: &RoomId, wide: &RoomId) -> bool {
        match (self.rooms.get(narrow), self.rooms.get(wide)) {
            (Some(narrow), Some(wide)) => narrow.is_subset(wide),
            _ => false,
        }
    }

    /// Whether a draft's name is known in a room: it was named there, or in a room where all its members sit.
    pub(crate) fn knows_name(&self, room: &RoomId, draft: &DraftId) -> bool {
        let named = |room: &RoomId| self.draft_names.contains(&(room.clone(), draft.clone()));
        named(room)
            || self
                .rooms
                .keys()
                .any(|wide| named(wide) && self.may_refer(room, wide))
    }

    /// The acts that answer this act or claim, in the order of lists.
    pub(crate) fn answers_to(&self, of: &str) -> impl DoubleEndedIterator<Item = &Arc<Act>> {
        self.answers.get(of).into_iter().flat_map(BTreeMap::values)
    }

    /// Whether an act's seat took it back, and did not take that back in turn.
    pub(crate) fn is_withdrawn(&self, act: &Act) -> bool {
        // Acts that take each other back in a circle are cut off where the circle closes.
        fn withdrawn<'a>(state: &'a State, act: &'a Act, asked: &mut Vec<&'a ActId>) -> bool {
            if asked.contains(&&act.id) {
                return false;
            }
            asked.push(&act.id);
            let withdrawn = state.answers_to(act.id.as_str()).any(|answer| {
                answer.seat == act.seat
                    && matches!(answer.deed, Deed::Withdraw(_))
                    && !withdrawn(state, answer, asked)
            });
            asked.pop();
            withdrawn
        }
        self.taken_back.contains(act.id.as_str()) && withdrawn(self, act, &mut Vec::new())
    }

    /// The acts that answer this act or claim and were not taken back, in the order of lists.
    pub(crate) fn standing_answers_to(
        &self,
        of: &str,
    ) -> impl DoubleEndedIterator<Item = &Arc<Act>> {
        self.answers_to(of)
            .filter(|answer| !self.is_withdrawn(answer))
    }

    /// What each seat that confirmed or denied this act or claim said of it last, in the order of lists: a later word
    /// takes the place of an earlier one.
    pub(crate) fn last_words(&self, of: &str) -> Vec<&Arc<Act>> {
        let mut last: Vec<&Arc<Act>> = Vec::new();
        for answer in self.standing_answers_to(of) {
            if !matches!(answer.deed, Deed::Confirm(_) | Deed::Deny(_)) {
                continue;
            }
            let own = last.iter().position(|said| said.seat == answer.seat);
            match own.map(|place| (place, last[place])) {
                // Of two words of one day in one room, the one written down later is the later.
                Some((_, said))
                    if said.room == answer.room
                        && said.on.overlaps(&answer.on)
                        && said.standing.after(&answer.standing) => {}
                Some((place, _)) => {
                    last.remove(place);
                    last.push(answer);
                }
                None => last.push(answer),
            }
        }
        last
    }

    /// The acts that are not positions, in the order of lists.
    pub(crate) fn other_acts(&self) -> impl DoubleEndedIterator<Item = &Arc<Act>> {
        self.in_order.values()
    }

    /// All acts in the order of lists.
    pub(crate) fn all_in_order(&self) -> impl Iterator<Item = &Arc<Act>> {
        let (mut positions, mut others) = (
            self.positions.iter().peekable(),
            self.in_order.iter().peekable(),
        );
        std::iter::from_fn(move || {
            let position = match (positions.peek(), others.peek()) {
                (Some((position, _)), Some((other, _))) => position < other,
                (position, _) => position.is_some(),
            };
            let next = if position {
                positions.next()
            } else {
                others.next()
            };
            next.map(|(_, act)| act)
        })
    }

    /// The same state without positions and without what happened after that second: what a table of an earlier moment
    /// needs beside the positions, which it has.
    pub(crate) fn until(&self, latest: i64) -> State {
        let others = self
            .in_order
            .iter()
            .filter(|(_, act)| act.on.latest() <= latest);
        let mut state = State {
            rooms: self.rooms.clone(),
            persons: self.persons.clone(),
            texts: self.texts.clone(),
            draft_names: self.draft_names.clone(),
            ..State::default()
        };
        others.for_each(|(_, act)| state.add(act));
        let delivered: BTreeSet<&DraftId> = state
            .other_acts()
            .filter_map(|act| {
                if let Deed::Deliver(deliver) = &act.deed {
                    Some(&deliver.draft)
                } else {
                    None
                }
            })
            .collect();
        let issued_by_then = |draft: &DraftBlock| {
            self.rooms.contains_key(&RoomId::chamber(&draft.by))
                && draft.on.as_ref().is_none_or(|on| on.latest() <= latest)
        };
        let drafts = self
            .drafts
            .iter()
            .filter(|(id, draft)| delivered.contains(id) || issued_by_then(draft));
        let drafts = drafts
            .map(|(id, draft)| (id.clone(), Arc::clone(draft)))
            .collect();
        state.drafts = drafts;
        state
    }
}

impl PartialEq for State {
    fn eq(&self, other: &Self) -> bool {
        self.rooms == other.rooms
            && self.acts == other.acts
            && self.in_order == other.in_order
            && self.positions == other.positions
            && self.answers == other.answers
            && self.persons == other.persons
            && self.texts == other.texts
            && self.drafts.keys().eq(other.drafts.keys())
            && self.draft_names == other.draft_names
    }
}

impl std::fmt::Debug for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("State")
            .field("rooms", &self.rooms)
            .field("acts", &self.acts.len())
            .finish_non_exhaustive()
    }
}

/// The first letters of an act's name, as a number in their order: what mostly tells two names apart, beside the names.
fn first_letters(act: &Act) -> u64 {
    let letters = act.id.as_str().bytes();
    let letters = letters.chain(std::iter::repeat(0)).take(8);
    letters.fold(0, |sum, letter| (sum << 8) | u64::from(letter))
}

/// Acts by name; of several with one name the last: that of the later room.
fn by_name(acts: &[Arc<Act>]) -> BTreeMap<ActId, Arc<Act>> {
    let mut keyed: Vec<(u64, &Arc<Act>)> =
        acts.iter().map(|act| (first_letters(act), act)).collect();
    keyed.sort_by(|(one, act), (other, another)| {
        one.cmp(other).then_with(|| act.id.cmp(&another.id))
    });
    let in_order = keyed.into_iter().map(|(_, act)| act);
    in_order
        .map(|act| (act.id.clone(), Arc::clone(act)))
        .collect()
}

/// Acts in the order of lists.
type List = BTreeMap<ActKey, Arc<Act>>;

/// The positions, and the acts that are none, each in the order of lists.
fn in_lists(acts: &[Arc<Act>]) -> (List, List) {
    let is_position = |act: &Act| matches!(act.deed, Deed::Stance(_));
    let mut keyed: Vec<_> = acts
        .iter()
        .map(|act| {
            let key = (act.on.sort_key(), first_letters(act));
            (key, is_position(act), act)
        })
        .collect();
    keyed.sort_by(|(one, _, act), (other, _, another)| {
        one.cmp(other).then_with(|| act.id.cmp(&another.id))
    });
    let list = |positions: bool| {
        let of_list = keyed
            .iter()
            .filter(|(_, position, _)| *position == positions);
        let keyed = of_list.map(|(_, _, act)| ((act.on.clone(), act.id.clone()), Arc::clone(act)));
        keyed.collect()
    };
    (list(true), list(false))
}

/// What an act answers.
pub(crate) fn answered(deed: &Deed) -> Option<&str> {
    match deed {
        Deed::Withdraw(deed) => Some(deed.of.as_str()),
        Deed::Dispose(deed) => Some(deed.of.as_str()),
        Deed::Release(deed) => Some(deed.of.as_str()),
        Deed::Confirm(deed) | Deed::Deny(deed) => Some(&deed.of),
        Deed::Override(deed) => Some(deed.gate.as_str()),
        _ => None,
    }
}
