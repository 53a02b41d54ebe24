//! Acceptances on a condition: what each hangs on, how far that is met, and with which others it stands or falls.

use std::collections::{BTreeMap, BTreeSet};

use super::stage::list;
use super::{Board, TextBoard};
use crate::act::{Condition, Deed};
use crate::names::ActId;
use crate::position::Standing;
use crate::procedures::{ConditionState, ConditionStatus};
use crate::status::{Alert, AlertKind, PointStatus};
use crate::ties::Met;

impl Board {
    /// The acceptances on a condition that count, in the order of lists.
    pub(super) fn condition_statuses(&self) -> Vec<ConditionStatus> {
        let mut all = self.conditional();
        all.sort_by_key(|(_, position, _)| (&position.act.on, &position.act.id));
        let hangs_on = self.hangs_on(&all);
        all.iter()
            .map(|(board, position, condition)| ConditionStatus {
                act: position.act.id.clone(),
                seat: position.act.seat.clone(),
                accepts: self.about(board, position),
                points: self.names_of(position, condition),
                texts: condition.texts.clone(),
                words: condition.words.clone(),
                state: self.condition_met(&position.act, condition).into(),
                because: self.condition_reasons(position, condition),
                together_with: circle(&position.act.id, &hangs_on),
                contradiction: self.contradiction(position, condition),
            })
            .collect()
    }

    /// The positions with a condition that have an effect.
    fn conditional(&self) -> Vec<(&TextBoard, &Standing, &Condition)> {
        let of_text = |board| {
            let table = &(board as &TextBoard).table;
            let hanging = table.ties.hanging();
            let positions = hanging.filter_map(|(index, _)| table.positions.get(index));
            positions.filter_map(move |position| match &position.act.deed {
                Deed::Stance(stance) if position.void.is_none() => {
                    Some((board, position, stance.condition.as_ref()?))
                }
                _ => None,
            })
        };
        self.texts.values().flat_map(of_text).collect()
    }

    fn names_of(&self, position: &Standing, condition: &Condition) -> Vec<String> {
        let name = |point: &String| {
            let found = self.condition_point(&position.act, point);
            found.map_or_else(|| point.clone(), |found| found.name)
        };
        condition.points.iter().map(name).collect()
    }

    /// By acceptance on condition: the others on whose acceptances its points rest.
    fn hangs_on(
        &self,
        all: &[(&TextBoard, &Standing, &Condition)],
    ) -> BTreeMap<ActId, BTreeSet<ActId>> {
        let rests_on = |position: &Standing, condition: &Condition| {
            let mut others = BTreeSet::new();
            for point in &condition.points {
                let Some(point) = self.condition_point(&position.act, point) else {
                    continue;
                };
                let table = &point.board.table;
                for row in &point.rows {
                    for party in 0..table.parties.len() {
                        let cell = table.cell(party, *row);
                        let on = cell.positions.iter().map(|index| &table.positions[*index]);
                        others.extend(on.filter(|on| on.conditional).map(|on| on.act.id.clone()));
                    }
                }
            }
            others
        };
        all.iter()
            .map(|(_, position, condition)| {
                (position.act.id.clone(), rests_on(position, condition))
            })
            .collect()
    }

    /// Each thing that an acceptance hangs on, and how far it is met.
    pub(super) fn condition_reasons(
        &self,
        position: &Standing,
        condition: &Condition,
    ) -> Vec<String> {
        let point_reason = |point: &String| match self.condition_point(&position.act, point) {
            None => format!("{point} is not known here"),
            Some(found) if found.changed => {
                format!("{} no longer reads as it did", found.name)
            }
            Some(found) => match found.met {
                Met::Yes => format!("every party accepts {}", found.name),
                Met::AdReferendum => {
                    format!(
                        "{} is accepted ad referendum: it counts no higher",
                        found.name
                    )
                }
                Met::No => {
                    let (who, several) = self.refusing(&found);
                    let verb = if several { "do not" } else { "does not" };
                    format!("{who} {verb} accept {}", found.name)
                }
            },
        };
        let mut reasons: Vec<String> = condition.points.iter().map(point_reason).collect();
        for text in &condition.texts {
            let lacks = self.texts.get(text).map(|board| self.text_lacks(board));
            reasons.push(match lacks {
                None => format!("{text} is not known here"),
                Some(lacks) if lacks.is_empty() => format!("{text} is final"),
                Some(lacks) => format!("{text} is not final: {}", lacks.join("; ")),
            });
        }
        if let Some(words) = &condition.words {
            let alone = condition.points.is_empty() && condition.texts.is_empty();
            let judged = if alone {
                ": only its seat can say when it is met, by accepting without it"
            } else {
                ""
            };
            reasons.push(format!(
                "in its seat's words: \u{201c}{words}\u{201d}{judged}"
            ));
        }
        reasons
    }

    /// The parties that do not accept a point of a condition, and whether there are several.
    fn refusing(&self, point: &super::tied::ConditionPoint<'_>) -> (String, bool) {
        let table = &point.board.table;
        let accepts = |party: usize| {
            let mut rows = point.rows.iter();
            rows.all(|row| table.cell(party, *row).makes > PointStatus::Unknown)
        };
        let refusing = (0..table.parties.len()).filter(|party| !accepts(*party));
        let names: Vec<&str> = refusing
            .map(|party| self.seat_name(&table.parties[party]))
            .collect();
        if names.is_empty() {
            ("nobody here".to_owned(), false)
        } else {
            (list(&names), names.len() > 1)
        }
    }

    /// Why a condition cannot be met as things stand: its wording is gone, or its own seat is against it.
    fn contradiction(&self, position: &Standing, condition: &Condition) -> Option<String> {
        condition.points.iter().find_map(|point| {
            let point = self.condition_point(&position.act, point)?;
            if point.changed {
                return Some(format!(
                    "{} no longer reads as it did: the condition binds to that wording",
                    point.name
                ));
            }
            let table = &point.board.table;
            let own = table
                .parties
                .iter()
                .position(|seat| *seat == position.act.seat)?;
            let mut rows = point.rows.iter();
            let against = rows.any(|row| table.cell(own, *row).makes == PointStatus::Disputed);
            against.then(|| {
                let seat = self.seat_name(&position.act.seat);
                format!("{seat} itself disputes {}", point.name)
            })
        })
    }

    /// Conditions that cannot be met as things stand, of acceptances that count somewhere.
    pub(super) fn condition_alerts(&self, alerts: &mut Vec<Alert>) {
        for (board, position, condition) in self.conditional() {
            let parties = &board.text.parties;
            let party = parties.iter().position(|seat| *seat == position.act.seat);
            let counts = |party: usize| {
                let mut rows = 0..board.table.rows.len();
                rows.any(|row| {
                    let leading = board.table.leading(board.table.cell(party, row));
                    leading.is_some_and(|leading| leading.act.id == position.act.id)
                })
            };
            if let Some(contradiction) = self.contradiction(position, condition)
                && party.is_some_and(counts)
            {
                alerts.push(Alert {
                    kind: AlertKind::ConditionContradicted,
                    about: self.about(board, position),
                    acts: vec![position.act.id.clone()],
                    told: Vec::new(),
                    text: format!(
                        "{} accepts on a condition that cannot be met as things stand: {contradiction}",
                        self.seat_name(&position.act.seat)
                    ),
                });
            }
        }
    }
}

impl From<Met> for ConditionState {
    fn from(met: Met) -> ConditionState {
        match met {
            Met::No => ConditionState::NotMet,
            Met::AdReferendum => ConditionState::MetAdReferendum,
            Met::Yes => ConditionState::Met,
        }
    }
}

/// Those that an acceptance hangs on and that hang on it, directly or through others.
fn circle(of: &ActId, hangs_on: &BTreeMap<ActId, BTreeSet<ActId>>) -> Vec<ActId> {
    let reached = |from: &ActId| {
        let mut reached: BTreeSet<ActId> = BTreeSet::new();
        let mut next: Vec<&ActId> = vec![from];
        while let Some(at) = next.pop() {
            for on in hangs_on.get(at).into_iter().flatten() {
                if reached.insert(on.clone()) {
                    next.push(on);
                }
            }
        }
        reached
    };
    let onward = reached(of);
    let together = onward.into_iter().filter(|other| other != of);
    together
        .filter(|other| reached(other).contains(of))
        .collect()
}
