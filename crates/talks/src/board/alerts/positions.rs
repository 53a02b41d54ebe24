//! Positions that deserve a second look: unseen, beyond powers, below level, in conflict, or left without their
//! provision.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{Board, TextBoard};
use crate::act::{Deed, Points, StanceKind};
use crate::lines::{Line, Lines, same};
use crate::names::{ActId, SeatId};
use crate::position::{Position, Scope, Standing, Void, targets};
use crate::shelf::Source;
use crate::status::{Alert, AlertKind};

impl Board {
    pub(super) fn about_positions(
        &self,
        board: &TextBoard,
        positions: &[usize],
        alerts: &mut Vec<(usize, Alert)>,
    ) {
        let rows = board.table.rows.iter().enumerate();
        let escalated: Vec<usize> = rows
            .filter(|(_, row)| row.required_level > 0)
            .map(|(index, _)| index)
            .collect();
        for (index, position) in at(board, positions).filter(|(_, one)| !one.tacit) {
            let (first, second) = match position.void {
                Some(Void::BeyondPowers) => (Some(self.beyond_powers_alert(board, position)), None),
                Some(_) => (None, None),
                None => (
                    self.unseen_stance(board, position),
                    self.below_level(board, position, &escalated),
                ),
            };
            let own = first.into_iter().chain(second);
            alerts.extend(own.map(|alert| (index, alert)));
        }
    }

    fn beyond_powers_alert(&self, board: &TextBoard, position: &Position) -> Alert {
        let person = position
            .act
            .person
            .as_ref()
            .map_or(String::new(), |person| self.person_name(person.as_str()));
        Alert {
            kind: AlertKind::BeyondPowers,
            about: self.about(board, position),
            acts: vec![position.act.id.clone()],
            told: Vec::new(),
            text: format!(
                "{person} has no power to {}; the act is kept and has no effect",
                verb(position.stance)
            ),
        }
    }

    /// A position on a draft that its seat had not been given; it stays after the draft arrives and says when it did.
    fn unseen_stance(&self, board: &TextBoard, position: &Position) -> Option<Alert> {
        let act = &position.act;
        let (Scope::Whole(sheet) | Scope::Provisions(sheet, _) | Scope::Insertion(sheet)) =
            &position.scope
        else {
            return None;
        };
        let source = board.shelf.sheets.get(*sheet)?;
        if source.source != Source::Draft
            || act.seat == board.text.issuer
            || position.stance == StanceKind::Withhold
            || !board.circulation.tells_all(&act.seat)
        {
            // Who does not know all that a seat was given cannot say that it had not been given this.
            return None;
        }
        let given = board
            .circulation
            .to(&act.seat)
            .find(|(index, _)| index == sheet)
            .map(|(_, exposure)| exposure);
        let arrived = match given {
            Some(exposure) if act.on.before(&exposure.on) => {
                format!("it was given to it on {}", exposure.on)
            }
            Some(_) => return None,
            None => "it has not been given to it since".to_owned(),
        };
        let name = self.seat_name(&act.seat);
        Some(Alert {
            kind: AlertKind::UnseenStance,
            about: self.about(board, position),
            acts: vec![act.id.clone()],
            told: Vec::new(),
            text: format!(
                "{name} took a position on {} before it had been given it; {arrived}",
                source.name
            ),
        })
    }

    /// An acceptance without a person, or below the level at which the process or the point is closed: it counts ad
    /// referendum.
    fn below_level(
        &self,
        board: &TextBoard,
        position: &Position,
        escalated: &[usize],
    ) -> Option<Alert> {
        if position.stance != StanceKind::Accept {
            return None;
        }
        let final_level = self
            .process
            .levels
            .iter()
            .position(|level| *level == self.process.final_level);
        let (about, wanted) = match (position.level, final_level) {
            (Some(level), Some(required)) if level >= required => {
                self.escalated_above(board, position, level, escalated)?
            }
            (_, required) => (
                self.not_confirmed_since(board, position, required),
                &self.process.final_level,
            ),
        };
        if about.is_empty() {
            return None;
        }
        let who = match position.level {
            Some(level) => format!("at the level of {}", self.process.levels[level]),
            None => "without a person whose level is known".to_owned(),
        };
        Some(Alert {
            kind: AlertKind::BelowLevel,
            about,
            acts: vec![position.act.id.clone()],
            told: Vec::new(),
            text: format!(
                "{} accepted {who}; it counts ad referendum until accepted at the level of {wanted}",
                self.seat_name(&position.act.seat),
            ),
        })
    }

    /// What an acceptance is on, without what its seat accepted at the final level since.
    fn not_confirmed_since(
        &self,
        board: &TextBoard,
        position: &Position,
        required: Option<usize>,
    ) -> Vec<String> {
        let about = self.about(board, position);
        let party = board.table.by_party.get(&position.act.seat).copied();
        let (Some(party), Some(required)) = (party, required) else {
            return about;
        };
        let confirms = |row: usize| {
            let leading = board.table.leading(board.table.cell(party, row));
            leading.is_some_and(|leading| {
                leading.stance == StanceKind::Accept
                    && leading.level.is_some_and(|level| level >= required)
            })
        };
        let confirmed = |sheet: usize, words: Vec<usize>| {
            let successors = &board.shelf.sheets[sheet].to_latest.successors;
            let now = words.into_iter().filter_map(|index| successors.get(index));
            let now: Vec<usize> = now.flatten().copied().collect();
            !now.is_empty() && now.into_iter().all(confirms)
        };
        match (&position.act.deed, &position.scope) {
            (Deed::Stance(stance), Scope::Provisions(at, _)) => {
                let Some(Points::Paths(paths)) = &stance.points else {
                    return about;
                };
                let sheet = &board.shelf.sheets[*at];
                let open = paths.iter().filter(|path| {
                    let named = targets(sheet, std::slice::from_ref(*path));
                    !confirmed(*at, sheet.wordings(&named))
                });
                open.map(|path| format!("{}#{path}", sheet.name)).collect()
            }
            (_, Scope::Whole(at)) => {
                let all = (0..board.shelf.sheets[*at].digests.len()).collect();
                if confirmed(*at, all) {
                    Vec::new()
                } else {
                    about
                }
            }
            _ => about,
        }
    }

    /// The provisions that rest on this acceptance and were left to a higher level than its own, and the highest such.
    fn escalated_above(
        &self,
        board: &TextBoard,
        position: &Position,
        level: usize,
        escalated: &[usize],
    ) -> Option<(Vec<String>, &String)> {
        let latest = &board.shelf.sheets[board.shelf.latest?];
        let party = board.table.by_party.get(&position.act.seat).copied()?;
        let rests_here = |row: usize| {
            let leading = board.table.leading(board.table.cell(party, row));
            leading.is_some_and(|leading| leading.act.id == position.act.id)
        };
        let rows = &board.table.rows;
        let above: Vec<usize> = escalated
            .iter()
            .copied()
            .filter(|row| rows[*row].required_level > level && rests_here(*row))
            .collect();
        let highest = above.iter().map(|row| rows[*row].required_level).max()?;
        let path = |row: &usize| &latest.issued.draft.provisions()[*row].path;
        let about = above
            .iter()
            .map(|row| format!("{}#{}", latest.name, path(row)));
        Some((about.collect(), self.process.levels.get(highest)?))
    }

    /// What a position is on, as `DRAFT#PATH` or the draft.
    pub(in crate::board) fn about(&self, board: &TextBoard, position: &Position) -> Vec<String> {
        match (&position.act.deed, &position.scope) {
            (Deed::Stance(stance), Scope::Provisions(sheet, _)) => match &stance.points {
                Some(Points::Paths(paths)) => {
                    let draft = &board.shelf.sheets[*sheet].name;
                    paths.iter().map(|path| format!("{draft}#{path}")).collect()
                }
                _ => Vec::new(),
            },
            (_, Scope::Whole(sheet) | Scope::Insertion(sheet)) => {
                vec![board.shelf.sheets[*sheet].name.to_string()]
            }
            _ => vec![board.text.id.to_string()],
        }
    }

    /// Positions of one seat that cannot be ordered, or of which the later, lower one goes further.
    pub(super) fn conflicting(&self, board: &TextBoard, party: usize, alerts: &mut Vec<Alert>) {
        let latest = board.shelf.latest.map(|latest| &board.shelf.sheets[latest]);
        let (Some(latest), Some(seat)) = (latest, board.text.parties.get(party)) else {
            return;
        };
        let mut found: BTreeMap<Vec<ActId>, Vec<String>> = BTreeMap::new();
        for (index, provision) in latest.issued.draft.provisions().iter().enumerate() {
            let cell = board.table.cell(party, index);
            if cell.conflict {
                let positions = cell.positions.iter();
                let mut acts: Vec<ActId> = positions
                    .map(|index| board.table.positions[*index].act.id.clone())
                    .collect();
                acts.sort();
                let about = format!("{}#{}", latest.name, provision.path);
                found.entry(acts).or_default().push(about);
            }
        }
        for (acts, about) in found {
            alerts.push(Alert {
                kind: AlertKind::ConflictingActs,
                about,
                acts,
                told: Vec::new(),
                text: format!(
                    "{} took positions that cannot be ordered, or of which a lower level's goes further; the less \
                     favourable counts",
                    self.seat_name(seat)
                ),
            });
        }
    }

    /// Of these positions of one seat, those that accepted or proposed a provision that is gone.
    pub(super) fn dropped(
        &self,
        board: &TextBoard,
        bucket: usize,
        positions: &[usize],
        alerts: &mut Vec<(usize, Alert)>,
    ) {
        let missed = at(board, positions).filter_map(|(index, position)| {
            let wanted = match position.stance {
                StanceKind::Accept | StanceKind::AcceptAdRef => position.void.is_none(),
                StanceKind::Propose => matches!(position.void, None | Some(Void::Taken)),
                _ => false,
            };
            // Who asked for the deletion misses nothing.
            let gone = match wanted && !is_deletion(position) {
                true => dropped_provisions(board, position),
                false => Vec::new(),
            };
            (!gone.is_empty()).then_some((index, position, gone))
        });
        let missed: Vec<_> = missed.collect();
        if missed.is_empty() {
            return;
        }
        let mut lines = board.kept.lines.borrow_mut();
        let against = all_against(board, bucket, &mut lines);
        for (index, position, gone) in missed {
            // Nor does who no longer wants the words.
            let later = against
                .get(&position.act.seat)
                .map_or(&[][..], Vec::as_slice);
            if given_up(board, position, later, &mut lines) {
                continue;
            }
            let about: Vec<String> = gone
                .iter()
                .map(|(sheet, at)| {
                    format!(
                        "{}#{}",
                        board.shelf.sheets[*sheet].name,
                        board.path(*sheet, *at)
                    )
                })
                .collect();
            let alert = Alert {
                kind: AlertKind::Dropped,
                text: format!(
                    "{} that {} {} {} gone{}",
                    super::super::stage::list(
                        &about.iter().map(String::as_str).collect::<Vec<_>>()
                    ),
                    self.seat_name(&position.act.seat),
                    if position.stance == StanceKind::Propose {
                        "proposed words for"
                    } else {
                        "accepted"
                    },
                    if about.len() == 1 { "is" } else { "are" },
                    self.gone_since(board, &gone),
                ),
                about,
                acts: vec![position.act.id.clone()],
                told: Vec::new(),
            };
            alerts.push((index, alert));
        }
    }

    /// Since which drafts these provisions are gone.
    fn gone_since(&self, board: &TextBoard, gone: &[(usize, usize)]) -> String {
        let since = gone
            .iter()
            .filter_map(|(sheet, at)| board.fate(*sheet, *at).pop());
        let since: BTreeSet<usize> = since.map(|step| step.to).collect();
        let since: Vec<String> = since
            .into_iter()
            .map(|sheet| self.draft_and_day(board, sheet))
            .collect();
        let since: Vec<&str> = since.iter().map(String::as_str).collect();
        format!(" since {}", super::super::stage::list(&since))
    }

    /// A bracket that is gone although those who asked for it did not agree to the new wording.
    pub(super) fn bracket_removed(&self, board: &TextBoard, alerts: &mut Vec<Alert>) {
        for act in self.state.other_acts() {
            let Deed::Bracket(bracket) = &act.deed else {
                continue;
            };
            if self.is_withdrawn(act) {
                continue;
            }
            let Points::Paths(paths) = &bracket.points else {
                continue;
            };
            let Some(sheet) = board
                .shelf
                .find(&bracket.draft, &act.seat, &act.room, &self.state)
            else {
                continue;
            };
            let (sheet, latest) = (&board.shelf.sheets[sheet], board.shelf.latest);
            let Some(latest) = latest.map(|latest| &board.shelf.sheets[latest]) else {
                continue;
            };
            for (index, _) in targets(sheet, paths) {
                let now = sheet
                    .to_latest
                    .successors
                    .get(index)
                    .map_or(&[][..], Vec::as_slice);
                let had = sheet.issued.draft.disputed_by_bracket(index);
                let has = now.iter().any(|now| board.table.rows[*now].in_bracket);
                let silent = bracket.requested_by.iter().filter(|seat| {
                    let party = board.text.parties.iter().position(|party| party == *seat);
                    !party.is_some_and(|party| {
                        now.iter().all(|now| {
                            board
                                .table
                                .leading(board.table.cell(party, *now))
                                .is_some_and(|position| position.is_assent())
                        }) && !now.is_empty()
                    })
                });
                let silent: Vec<_> = silent.cloned().collect();
                if had && !has && !silent.is_empty() {
                    let path = &sheet.issued.draft.provisions()[index].path;
                    alerts.push(Alert {
                        kind: AlertKind::BracketRemoved,
                        about: vec![format!("{}#{path}", sheet.name)],
                        acts: vec![act.id.clone()],
                        told: Vec::new(),
                        text: format!(
                            "the brackets of {}#{path} are gone in {}; {} asked for them and has not agreed to the wording",
                            sheet.name,
                            latest.name,
                            self.seat_list(&silent)
                        ),
                    });
                }
            }
        }
    }
}

/// Whether a position proposes that provisions be deleted.
fn is_deletion(position: &Position) -> bool {
    match &position.act.deed {
        Deed::Stance(stance) => {
            let words = stance.wording.as_deref().unwrap_or_default();
            stance.stance == StanceKind::Propose
                && words.trim().is_empty()
                && stance.move_after.is_none()
        }
        _ => false,
    }
}

/// Whether a position is against the words that it is on.
pub(super) fn is_against(position: &Standing) -> bool {
    position.void.is_none() && (position.stance == StanceKind::Object || is_deletion(position))
}

/// These positions, each with its place.
fn at<'b>(
    board: &'b TextBoard,
    positions: &'b [usize],
) -> impl Iterator<Item = (usize, &'b Standing)> {
    let all = &board.table.positions;
    let own = positions.iter().copied();
    own.filter_map(|index| Some((index, all.get(index)?)))
}

/// What each seat of a bucket is against.
fn all_against<'b>(
    board: &'b TextBoard,
    bucket: usize,
    lines: &mut Lines,
) -> BTreeMap<&'b SeatId, Vec<Against<'b>>> {
    let mut against: BTreeMap<&SeatId, Vec<Against<'_>>> = BTreeMap::new();
    let own = board.table.of_bucket(bucket);
    for position in own.filter(|position| is_against(position)) {
        let Scope::Provisions(sheet, targets) = &position.scope else {
            continue;
        };
        let of_seat = against.entry(&position.act.seat).or_default();
        of_seat.extend(targets.iter().map(|(target, _)| Against {
            place: (*sheet, *target),
            line: lines.line(&board.shelf, (*sheet, *target)),
            position,
        }));
    }
    against
}

/// A provision that a seat objected to, or proposed to delete.
struct Against<'a> {
    place: (usize, usize),
    line: Line,
    position: &'a Standing,
}

/// Whether its seat later objected to all that the position is on, or proposed to delete it.
fn given_up(
    board: &TextBoard,
    position: &Position,
    against: &[Against<'_>],
    lines: &mut Lines,
) -> bool {
    let Scope::Provisions(sheet, named) = &position.scope else {
        return false;
    };
    let all_on = |later: &Standing| match &later.scope {
        Scope::Provisions(on, targets) => named.iter().all(|(index, _)| {
            targets
                .iter()
                .any(|(target, _)| board.shelf.same_line((*sheet, *index), (*on, *target)))
        }),
        _ => false,
    };
    // Most are on something else than the first that the position is on, which one look tells.
    let first = named.first().map(|(index, _)| (*sheet, *index));
    let first = first.map(|place| (place, lines.line(&board.shelf, place)));
    against.iter().any(|later| {
        first.as_ref().is_none_or(|(place, line)| {
            same(&board.shelf, (*place, line), (later.place, &later.line))
        }) && later.position.after(position)
            && all_on(later.position)
    })
}

/// The provisions a position was taken on, word by word, that have no successor in the latest draft: sheet and place.
fn dropped_provisions(board: &TextBoard, position: &Position) -> Vec<(usize, usize)> {
    let (sheet, indices): (usize, Vec<usize>) = match &position.scope {
        Scope::Whole(sheet) => (
            *sheet,
            (0..board.shelf.sheets[*sheet].digests.len()).collect(),
        ),
        Scope::Provisions(sheet, named) => (*sheet, board.shelf.sheets[*sheet].wordings(named)),
        Scope::Text | Scope::Insertion(_) => return Vec::new(),
    };
    let successors = &board.shelf.sheets[sheet].to_latest.successors;
    let gone = indices
        .into_iter()
        .filter(|index| successors.get(*index).is_some_and(Vec::is_empty));
    gone.map(|index| (sheet, index)).collect()
}

/// What a position does, in the infinitive.
pub(in crate::board) fn verb(stance: StanceKind) -> &'static str {
    match stance {
        StanceKind::Endorse => "endorse",
        StanceKind::Accept => "accept",
        StanceKind::AcceptAdRef => "accept ad referendum",
        StanceKind::Reserve => "reserve the position of its seat",
        StanceKind::Object => "object",
        StanceKind::Propose => "propose wording",
        StanceKind::Withhold => "withhold a position",
    }
}
