//! Positions: what a seat said it holds, on which wordings, and which of several counts.

use std::collections::BTreeMap;
use std::sync::Arc;

use onetext_text::Digest;

use crate::act::{Act, Deed, Outcome, Points, Stance, StanceKind, StanceType};
use crate::exposure::last_given;
use crate::mutant::off;
use crate::names::{ActId, PersonId};
use crate::record::{Person, Power, Process};
use crate::shelf::{Sheet, Shelf};
use crate::state::State;
use crate::status::CellStance;
use crate::ties::Met;

/// How narrowly a position names a provision: 0 for itself, 1 for its parent, and so on outwards.
pub(crate) type Reach = u32;
/// The whole draft.
pub(crate) const WHOLE: Reach = u32::MAX - 1;
/// The text alone.
pub(crate) const TEXT: Reach = u32::MAX;

/// What a position is on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Scope {
    /// The text, whatever its draft.
    Text,
    /// The whole of a sheet.
    Whole(usize),
    /// Provisions of a sheet; true for the chapeau alone.
    Provisions(usize, Vec<(usize, bool)>),
    /// A proposed insertion into a sheet: on no provision.
    Insertion(usize),
}

/// One position of one seat.
#[derive(Debug)]
pub(crate) struct Position {
    pub act: Arc<Act>,
    pub stance: StanceKind,
    pub kind: Option<StanceType>,
    /// Accepted on a condition, or as part of a package.
    pub conditional: bool,
    /// The rank of its person on the process's ladder.
    pub level: Option<usize>,
    pub scope: Scope,
    /// Taken by silence, at the end of a procedure: its act stands for that, under the name of the procedure.
    pub tacit: bool,
    /// For a position on a reading: the digest of that reading, by provision of the sheet.
    pub readings: BTreeMap<usize, Digest>,
}

/// A position as it stands at one moment: read off its act once, its effect decided by what answered it by then.
#[derive(Debug, Clone)]
pub(crate) struct Standing {
    position: Arc<Position>,
    /// Why it has no effect, where it has none.
    pub void: Option<Void>,
    /// Taken back, and with effect until then.
    pub counted: bool,
    /// Whether any act answers it.
    answered: bool,
}

impl Standing {
    pub(crate) fn of(position: Arc<Position>, state: &State) -> Standing {
        let void = position.why_void(state);
        let counted = void == Some(Void::Withdrawn) && position.had_effect(state);
        let answered = state.answers_to(position.act.id.as_str()).next().is_some();
        Standing {
            position,
            void,
            counted,
            answered,
        }
    }

    /// The same position at an earlier moment: what nobody ever answered was then what it is now.
    pub(crate) fn at(&self, state: &State) -> Standing {
        if self.answered {
            self.again(state)
        } else {
            self.clone()
        }
    }

    /// The same position on what is known at another moment.
    pub(crate) fn again(&self, state: &State) -> Standing {
        Standing::of(Arc::clone(&self.position), state)
    }
}

impl std::ops::Deref for Standing {
    type Target = Position;

    fn deref(&self) -> &Position {
        &self.position
    }
}

/// Why a position that was taken has no effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Void {
    /// Its seat took it back.
    Withdrawn,
    /// It was reported, and its seat denies it.
    Denied,
    /// Its person had no power to take it.
    BeyondPowers,
    /// It is in a non-paper, which states no position.
    NonPaper,
    /// A proposal that was taken up.
    Taken,
}

impl Position {
    /// Reads a position off an act; none where it is on nothing the viewer can see.
    pub(crate) fn of(
        act: &Arc<Act>,
        stance: &Stance,
        shelf: &Shelf,
        state: &State,
        process: &Process,
    ) -> Option<Self> {
        let scope = scope(act, stance, shelf, state)?;
        let person = act
            .person
            .as_ref()
            .and_then(|person| state.persons.get(person));
        let mut position = Position {
            act: Arc::clone(act),
            stance: stance.stance,
            kind: stance.kind,
            conditional: stance.condition.is_some() || stance.package.is_some(),
            level: level(person.map(AsRef::as_ref), process),
            tacit: false,
            readings: BTreeMap::new(),
            scope,
        };
        if let Scope::Provisions(sheet, targets) = &position.scope
            && !stance.reading.is_empty()
            && let Some(sheet) = shelf.sheets.get(*sheet)
        {
            position.readings = readings(sheet, targets, &stance.reading);
        }
        Some(position)
    }

    /// Why it has no effect, on what the viewer knows now.
    fn why_void(&self, state: &State) -> Option<Void> {
        if state.is_withdrawn(&self.act) {
            return Some(Void::Withdrawn);
        }
        if self.is_denied(state) {
            return Some(Void::Denied);
        }
        let taken = |answer: &Arc<Act>| matches!(&answer.deed, Deed::Dispose(dispose) if dispose.outcome == Outcome::Taken);
        let mut answers = state.standing_answers_to(self.act.id.as_str());
        if self.stance == StanceKind::Propose && answers.any(taken) {
            return Some(Void::Taken);
        }
        if self.act.is_in_non_paper() {
            return Some(Void::NonPaper);
        }
        beyond_powers(&self.act, self.stance, state).then_some(Void::BeyondPowers)
    }

    /// Whether the last word of its own seat on it is that it denies it.
    fn is_denied(&self, state: &State) -> bool {
        let answers = state.standing_answers_to(self.act.id.as_str());
        let mut own = answers.filter(|answer| {
            answer.seat == self.act.seat && matches!(answer.deed, Deed::Confirm(_) | Deed::Deny(_))
        });
        own.next_back()
            .is_some_and(|answer| matches!(answer.deed, Deed::Deny(_)))
    }

    /// Whether it was its seat's position, taken back or not.
    fn had_effect(&self, state: &State) -> bool {
        !self.is_denied(state)
            && !self.act.is_in_non_paper()
            && !beyond_powers(&self.act, self.stance, state)
    }

    /// Whether this is an assent: it binds to the wording it was given on.
    pub(crate) fn is_assent(&self) -> bool {
        matches!(
            self.stance,
            StanceKind::Endorse | StanceKind::Accept | StanceKind::AcceptAdRef
        )
    }

    /// Whether it accepts, with or without confirmation at home.
    pub(crate) fn accepts(&self) -> bool {
        matches!(self.stance, StanceKind::Accept | StanceKind::AcceptAdRef)
    }

    /// Acceptances are taken on each wording, as if named one by one; every other position keeps its reach.
    pub(crate) fn reach(&self, reach: Reach) -> Reach {
        if matches!(self.stance, StanceKind::Accept | StanceKind::AcceptAdRef) {
            0
        } else {
            reach
        }
    }

    /// The package that it names, as part of which it was taken.
    pub(crate) fn package(&self) -> Option<&ActId> {
        match &self.act.deed {
            Deed::Stance(stance) => stance.package.as_ref(),
            _ => None,
        }
    }

    /// What the seat holds by it, whatever it hangs on.
    pub(crate) fn cell_stance(&self) -> CellStance {
        match CellStance::of(self.stance) {
            CellStance::Accepted | CellStance::AcceptedAdRef if self.conditional => {
                CellStance::AcceptedOnCondition
            }
            stance => stance,
        }
    }

    /// What it comes to where what it hangs on is met so far.
    pub(crate) fn comes_to(&self, met: Met) -> CellStance {
        match (CellStance::of(self.stance), met) {
            (CellStance::Accepted | CellStance::AcceptedAdRef, Met::No) => {
                CellStance::AcceptedOnCondition
            }
            (stance, _) => stance,
        }
    }

    /// Whether it disputes the wording: a position reserved for want of time or level does not.
    pub(crate) fn disputes(&self) -> bool {
        match self.stance {
            StanceKind::Object | StanceKind::Propose => true,
            StanceKind::Reserve => !matches!(self.kind, Some(StanceType::Time | StanceType::Level)),
            _ => false,
        }
    }

    /// Whether this one comes after the other: by event time; where the times overlap, by the room's order.
    pub(crate) fn after(&self, other: &Position) -> bool {
        let (mine, theirs) = (&self.act, &other.act);
        theirs.on.before(&mine.on)
            || (mine.on.overlaps(&theirs.on)
                && mine.room == theirs.room
                && mine.standing.after(&theirs.standing))
    }

    /// Whether the assent holds for a wording that it was given on as `taken` in provision `index` of its sheet.
    pub(crate) fn holds(&self, index: usize, taken: Digest, now: Digest) -> bool {
        taken == now || self.readings.get(&index) == Some(&now)
    }
}

/// Whether the act's person lacks the power for this position; an act without a person never does.
pub(crate) fn beyond_powers(act: &Act, stance: StanceKind, state: &State) -> bool {
    let Some(person) = act
        .person
        .as_ref()
        .and_then(|person: &PersonId| state.persons.get(person))
    else {
        return false;
    };
    let has = |power| person.may(power, &act.on) || off("powers count");
    !match stance {
        StanceKind::Accept => has(Power::Accept),
        StanceKind::AcceptAdRef => has(Power::AcceptAdRef) || has(Power::Accept),
        _ => has(Power::Negotiate),
    }
}

/// The rank of a person's level on the ladder, from 0.
pub(crate) fn level(person: Option<&Person>, process: &Process) -> Option<usize> {
    let level = person?.level.as_ref()?;
    process.levels.iter().position(|rung| rung == level)
}

fn scope(act: &Act, stance: &Stance, shelf: &Shelf, state: &State) -> Option<Scope> {
    let Some(draft) = &stance.draft else {
        if stance.text.as_ref() != Some(&shelf.text) {
            return None;
        }
        return Some(match stance.stance {
            // Backing the text as such binds to what the seat had in hand.
            StanceKind::Endorse => Scope::Whole(last_given(act, shelf, state)?),
            _ => Scope::Text,
        });
    };
    let index = shelf.find(draft, &act.seat, &act.room, state)?;
    let sheet = shelf.sheets.get(index)?;
    if stance.after.is_some() {
        return Some(Scope::Insertion(index));
    }
    Some(match &stance.points {
        Some(Points::Paths(paths)) => Scope::Provisions(index, targets(sheet, paths)),
        Some(Points::Whole) | None => Scope::Whole(index),
    })
}

/// The provisions that these paths name; true for a chapeau alone.
pub(crate) fn targets(sheet: &Sheet, paths: &[String]) -> Vec<(usize, bool)> {
    let found = paths
        .iter()
        .filter_map(|path| sheet.issued.draft.find_target(path).ok());
    found
        .map(|target| (target.index, target.chapeau_only))
        .collect()
}

fn readings(
    sheet: &Sheet,
    targets: &[(usize, bool)],
    selection: &[usize],
) -> BTreeMap<usize, Digest> {
    let digest = |index: usize| Some((index, sheet.issued.reading_digest(index, selection).ok()?));
    targets
        .iter()
        .filter_map(|(index, _)| digest(*index))
        .collect()
}
