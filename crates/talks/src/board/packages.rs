//! Packages: which seats accepted them whole, and what became of them.

use super::gate_reason::GateReason;
use super::{Board, TextBoard};
use crate::act::{Act, Deed, Points};
use crate::explanation::Explanation;
use crate::names::SeatId;
use crate::procedures::{PackageState, PackageStatus};
use crate::status::{Alert, AlertKind};
use crate::ties::{Met, Tied};

impl Board {
    /// The packages that the viewer knows of, in the order of lists.
    pub(super) fn package_statuses(&self) -> Vec<PackageStatus> {
        let acts = self.state.other_acts();
        let statuses = acts.filter_map(|act| {
            let Deed::Package(_) = &act.deed else {
                return None;
            };
            let (board, tied) = self.package(&act.id)?;
            Some(self.package_status(board, tied))
        });
        statuses.collect()
    }

    pub(super) fn package_status(&self, board: &TextBoard, tied: &Tied) -> PackageStatus {
        let bound = self.bound(board, tied);
        let accepts = |seat: &&SeatId| self.whole_for(board, tied, seat) > Met::No;
        let (accepted, waiting): (Vec<&SeatId>, Vec<&SeatId>) = bound.iter().partition(accepts);
        let state = match (tied.withdrawn, tied.broken) {
            (true, _) => PackageState::Withdrawn,
            (false, Some(_)) => PackageState::Lapsed,
            (false, None) if accepted.is_empty() => PackageState::Open,
            (false, None) if waiting.is_empty() => PackageState::Accepted,
            (false, None) => PackageState::Partial,
        };
        let ended = matches!(state, PackageState::Withdrawn | PackageState::Lapsed);
        let seats = |seats: Vec<&SeatId>| -> Vec<SeatId> {
            let seats = seats.into_iter().filter(|_| !ended);
            seats.cloned().collect()
        };
        PackageStatus {
            id: tied.act.id.clone(),
            points: points(&tied.act),
            state,
            by: tied.act.seat.clone(),
            offered: tied.offer,
            because: self.package_reasons(board, tied, state, (&accepted, &waiting)),
            accepted_by: seats(accepted),
            waiting_for: seats(waiting),
        }
    }

    /// The seats that a package binds: its own seat, or the parties of the text to whom the pen-holder offered it.
    fn bound(&self, board: &TextBoard, tied: &Tied) -> Vec<SeatId> {
        if !tied.offer {
            return vec![tied.act.seat.clone()];
        }
        let members = self.state.rooms.get(&tied.act.room);
        let parties = board.text.parties.iter().filter(|party| {
            **party != tied.act.seat && members.is_some_and(|members| members.contains(*party))
        });
        parties.cloned().collect()
    }

    fn package_reasons(
        &self,
        board: &TextBoard,
        tied: &Tied,
        state: PackageState,
        (accepted, waiting): (&[&SeatId], &[&SeatId]),
    ) -> Vec<String> {
        let names = |seats: &[&SeatId]| {
            let seats: Vec<SeatId> = seats.iter().copied().cloned().collect();
            self.seat_list(&seats)
        };
        match (state, tied.broken) {
            (PackageState::Withdrawn, _) => vec!["its seat took it back".to_owned()],
            (PackageState::Lapsed, Some(broken)) => vec![format!(
                "{} no longer as it is in it since {}",
                self.changed_in(board, tied),
                self.draft_and_day(board, broken)
            )],
            _ => {
                let mut reasons = Vec::new();
                if !accepted.is_empty() {
                    reasons.push(format!("{} accepted all of it", names(accepted)));
                }
                for seat in waiting {
                    reasons.push(self.wanting(board, tied, seat));
                }
                reasons
            }
        }
    }

    /// What a seat has not accepted of a package.
    fn wanting(&self, board: &TextBoard, tied: &Tied, seat: &SeatId) -> String {
        let name = self.seat_name(seat);
        let party = board.text.parties.iter().position(|party| party == seat);
        let lacking = |now: &[usize]| {
            party.is_none_or(|party| {
                now.iter().any(|row| {
                    let stance = board.table.cell(party, *row).stance;
                    stance < crate::status::CellStance::AcceptedOnCondition
                })
            })
        };
        let wordings = tied.wordings.iter().filter(|(_, now)| lacking(now));
        let paths: Vec<&str> = wordings
            .map(|(index, _)| board.path(tied.sheet, *index))
            .collect();
        let known = if board.circulation.tells_all(seat) {
            "has not accepted"
        } else {
            "is not known here to have accepted"
        };
        if paths.is_empty() && tied.offer {
            format!("{name} {known} it as a package")
        } else if paths.is_empty() {
            format!("{name} accepts its points on conditions that are not met")
        } else {
            format!("{name} {known} {} in it", super::stage::list(&paths))
        }
    }

    /// The points of a lapsed package that changed, with their verb.
    fn changed_in(&self, board: &TextBoard, tied: &Tied) -> String {
        let changed = tied.wordings.iter().filter(|(_, now)| now.is_empty());
        let paths: Vec<&str> = changed
            .map(|(index, _)| board.path(tied.sheet, *index))
            .collect();
        let verb = if paths.len() == 1 { "reads" } else { "read" };
        format!("{} of it {verb}", super::stage::list(&paths))
    }

    /// Packages that some accepted and others did not, and those of which a wording changed.
    pub(super) fn package_alerts(&self, alerts: &mut Vec<Alert>) {
        for board in self.texts.values() {
            for tied in &board.table.ties.packages {
                let status = self.package_status(board, tied);
                let kind = match status.state {
                    PackageState::Partial => AlertKind::PackagePartial,
                    PackageState::Lapsed => AlertKind::PackageLapsed,
                    _ => continue,
                };
                let lapsed = self.lapsed_with(board, tied);
                let (what, acts) = match kind {
                    AlertKind::PackagePartial => ("a part of it is none", Vec::new()),
                    _ if lapsed.is_empty() => continue,
                    _ => (
                        "what was accepted as part of it lapsed with it; a new acceptance counts at once",
                        lapsed,
                    ),
                };
                let mut acts: Vec<_> = acts.into_iter().map(|act| act.id.clone()).collect();
                acts.insert(0, tied.act.id.clone());
                alerts.push(Alert {
                    kind,
                    about: status.points,
                    acts,
                    told: Vec::new(),
                    text: format!(
                        "the package {}: {}; {what}",
                        tied.act.id,
                        status.because.join("; ")
                    ),
                });
            }
        }
    }

    /// The acceptances that lapsed with a package, in the order of lists.
    fn lapsed_with<'a>(&'a self, board: &'a TextBoard, tied: &Tied) -> Vec<&'a Act> {
        let mut acts: Vec<&Act> = Vec::new();
        for row in &tied.rows {
            for party in 0..board.text.parties.len() {
                let cell = board.table.cell(party, *row);
                let lapsed = board.table.leading(cell).filter(|position| {
                    let with = board.table.ties.lapsed_with(position, *row, &board.shelf);
                    cell.stance == crate::status::CellStance::Lapsed
                        && with.is_some_and(|with| with.act.id == tied.act.id)
                });
                acts.extend(lapsed.map(|position| &*position.act));
            }
        }
        acts.sort_by_key(|act| (&act.on, &act.id));
        acts.dedup_by_key(|act| &act.id);
        acts
    }

    /// What keeps a text from being final for its packages: one that only some accepted.
    pub(super) fn packages_lack(&self, board: &TextBoard) -> Vec<String> {
        let packages = board.table.ties.packages.iter();
        let partial =
            packages.filter(|tied| self.package_status(board, tied).state == PackageState::Partial);
        partial
            .map(|tied| format!("the package {} {}", tied.act.id, GateReason::PackagePartial))
            .collect()
    }

    pub(super) fn why_package(&self, id: &str) -> Option<Explanation> {
        let act = self.state.acts.get(id)?;
        let (board, tied) = self.package(&act.id)?;
        let status = self.package_status(board, tied);
        let whose = if tied.offer {
            "an offer of the pen-holder".to_owned()
        } else {
            format!("of {}", self.seat_name(&tied.act.seat))
        };
        let answer = format!(
            "the package {id}, {whose}, is {}",
            state_words(status.state)
        );
        let mut because = vec![self.reason("it is on record by this act".to_owned(), &[act])];
        let reasons = status.because.into_iter();
        because.extend(reasons.map(|text| self.reason(text, &[])));
        let mut acts: Vec<&Act> = Vec::new();
        for seat in status.accepted_by {
            let party = board.text.parties.iter().position(|party| *party == seat);
            for (row, party) in tied.rows.iter().zip(std::iter::repeat(party)) {
                let cell = party.map(|party| board.table.cell(party, *row));
                let leading = cell.and_then(|cell| board.table.leading(cell));
                acts.extend(leading.map(|position| &*position.act));
            }
        }
        acts.extend(self.lapsed_with(board, tied));
        acts.sort_by_key(|act| (&act.on, &act.id));
        acts.dedup_by_key(|act| &act.id);
        if !acts.is_empty() {
            because.push(self.reason("it was accepted by these acts".to_owned(), &acts));
        }
        let answers: Vec<&Act> = self.state.answers_to(id).map(AsRef::as_ref).collect();
        if !answers.is_empty() {
            because.push(self.reason("these acts answer it".to_owned(), &answers));
        }
        Some(Explanation {
            subject: id.to_owned(),
            answer,
            because,
        })
    }
}

/// The points of a package, as `DRAFT#PATH`, or its draft for the whole.
fn points(act: &Act) -> Vec<String> {
    match &act.deed {
        Deed::Package(package) => match &package.points {
            Points::Whole => vec![package.draft.to_string()],
            Points::Paths(paths) => paths
                .iter()
                .map(|path| format!("{}#{path}", package.draft))
                .collect(),
        },
        _ => Vec::new(),
    }
}

fn state_words(state: PackageState) -> &'static str {
    match state {
        PackageState::Open => "open",
        PackageState::Accepted => "accepted whole",
        PackageState::Partial => "accepted by some",
        PackageState::Lapsed => "lapsed: its wording changed",
        PackageState::Withdrawn => "withdrawn",
    }
}
