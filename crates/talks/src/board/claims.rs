//! What was said to be so, beside a record that bears it out or does not.
use super::{Board, TextBoard};
use crate::act::{Act, Claim, ClaimKind, Deed, Statement};
use crate::explanation::StatementStatus;
use crate::mutant::off;
use crate::names::SeatId;
use crate::status::{CellStance, ClaimStatus, Interval, Stage, Verdict};
use crate::when::When;

type Finding = (Verdict, String);

impl Board {
    pub(super) fn claims(&self) -> impl Iterator<Item = (&Act, &Statement, &Claim)> {
        self.state.other_acts().flat_map(|act| {
            let statement = if let Deed::Statement(statement) = &act.deed {
                Some(statement)
            } else {
                None
            };
            statement.into_iter().flat_map(move |statement| {
                statement
                    .claims
                    .iter()
                    .map(move |claim| (&**act, &**statement, claim))
            })
        })
    }

    pub(super) fn claim_statuses(&self) -> Vec<ClaimStatus> {
        // Claims come in order of time: the board of one moment serves all of that moment, and no other.
        let mut then: Option<(i64, Board)> = None;
        let last = self.last();
        let claims = self.claims().map(|(act, statement, claim)| {
            let (verdict, because) = self.verdict(claim);
            let moment = act.on.latest();
            let verdict_then = if moment >= last {
                verdict
            } else if let Some(known) = self.known_then(moment, claim) {
                known
            } else {
                if then.as_ref().is_none_or(|(of, _)| *of != moment) {
                    then = None;
                }
                let (_, board) = then.get_or_insert_with(|| (moment, self.as_of(moment)));
                let verdict = board.verdict(claim).0;
                self.remember_then(moment, claim, verdict);
                verdict
            };
            ClaimStatus {
                id: claim.id.clone(),
                statement: act.id.clone(),
                what: claim.what,
                value: claim.value.clone(),
                on: act.on.clone(),
                words: statement.words.clone(),
                verdict,
                verdict_then,
                because,
                asserted_by: vec![act.seat.clone()],
                speaker: self.speaker(act, statement),
                confirmed_by: self.seats_answering(claim, |deed| matches!(deed, Deed::Confirm(_))),
                denied_by: self.seats_answering(claim, |deed| matches!(deed, Deed::Deny(_))),
            }
        });
        claims.collect()
    }

    /// How a claim was judged as of a moment, where it was asked before.
    fn known_then(&self, moment: i64, claim: &Claim) -> Option<Verdict> {
        let known = self.then.borrow();
        let known = known.get(&(moment, claim.id.clone()))?;
        // Two rooms may each have a claim of one name.
        let own = known.iter().find(|(known, _)| known == claim)?;
        Some(own.1)
    }

    fn remember_then(&self, moment: i64, claim: &Claim, verdict: Verdict) {
        let place = (moment, claim.id.clone());
        let mut then = self.then.borrow_mut();
        then.entry(place)
            .or_default()
            .push((claim.clone(), verdict));
    }

    /// The verdict on a claim as of a moment.
    pub(super) fn verdict_as_of(&self, moment: i64, claim: &Claim) -> Verdict {
        self.known_then(moment, claim).unwrap_or_else(|| {
            let verdict = self.as_of(moment).verdict(claim).0;
            self.remember_then(moment, claim, verdict);
            verdict
        })
    }

    /// What was said, with or without a claim in it, in the order of lists.
    pub(super) fn statement_statuses(&self) -> Vec<StatementStatus> {
        let said = self.state.other_acts().filter_map(|act| match &act.deed {
            Deed::Statement(statement) if !self.is_withdrawn(act) => Some((act, statement)),
            _ => None,
        });
        said.map(|(act, statement)| StatementStatus {
            id: act.id.clone(),
            seat: act.seat.clone(),
            speaker: self.speaker(act, statement),
            medium: statement.medium.clone(),
            place: statement.place.clone(),
            attribution: statement.attribution,
            on: act.on.clone(),
            words: statement.words.clone(),
            claims: statement
                .claims
                .iter()
                .map(|claim| claim.id.clone())
                .collect(),
        })
        .collect()
    }

    /// Who spoke: in free words where they are given, else the person.
    fn speaker(&self, act: &Act, statement: &Statement) -> Option<String> {
        let person = || Some(self.person_name(act.person.as_ref()?.as_str()));
        statement.speaker.clone().or_else(person)
    }

    /// The seats whose last word on a claim is of this kind.
    fn seats_answering(&self, claim: &Claim, kind: impl Fn(&Deed) -> bool) -> Vec<SeatId> {
        let last = self.state.last_words(claim.id.as_str());
        let of_kind = last.into_iter().filter(|answer| kind(&answer.deed));
        of_kind.map(|answer| answer.seat.clone()).collect()
    }

    pub(super) fn verdict(&self, claim: &Claim) -> Finding {
        if off("a claim is judged") {
            return (Verdict::Unsupported, String::new());
        }
        match claim.what {
            ClaimKind::OpenPoints => self.open_points(claim),
            ClaimKind::Phase => self.phase(claim),
            ClaimKind::CommonUnderstanding => self.common_understanding(claim),
            ClaimKind::Deadline => self.deadline(claim),
            ClaimKind::Received => self.received(claim),
            ClaimKind::Accepted => self.accepted(claim),
        }
    }

    fn open_points(&self, claim: &Claim) -> Finding {
        let value = claim.value.as_deref().unwrap_or("few");
        let Some(open) = self.process_open() else {
            return (
                Verdict::Unsupported,
                "no draft of the text is known here".to_owned(),
            );
        };
        let bounds = match (value, value.parse::<u64>()) {
            ("few", _) => (0, self.process.few),
            ("none", _) => (0, 0),
            (_, Ok(number)) => (number, number),
            _ => {
                return (
                    Verdict::Unsupported,
                    format!("{value} is no number of points"),
                );
            }
        };
        let all = self.knows_every_main_text();
        let verdict = if all && bounds.0 <= open.min && open.max <= bounds.1 {
            Verdict::Supported
        } else if open.min > bounds.1 || (all && open.max < bounds.0) {
            Verdict::Contradicted
        } else {
            Verdict::Unsupported
        };
        let few = if value == "few" {
            format!("; few means at most {}", self.process.few)
        } else {
            String::new()
        };
        (
            verdict,
            format!("{}{few}: {}", interval_words(open), self.party_summary()),
        )
    }

    /// What the parties hold on the main texts: in a clause each where they are few, else counted.
    fn party_summary(&self) -> String {
        const FEW: usize = 6;
        let main: Vec<&TextBoard> = self.main_texts().collect();
        let parties = || {
            main.iter()
                .flat_map(|board| (0..board.text.parties.len()).map(move |party| (*board, party)))
        };
        if parties().count() <= FEW {
            let clauses: Vec<String> = parties()
                .map(|(board, party)| {
                    let name = self.seat_name(&board.text.parties[party]);
                    format!("{name} {}", self.holdings(board, party))
                })
                .collect();
            return clauses.join("; ");
        }
        let all = parties().count();
        let accepting = parties().filter(|(board, party)| {
            let points = board
                .table
                .rows
                .iter()
                .enumerate()
                .filter(|(_, row)| row.point);
            points
                .into_iter()
                .all(|(point, _)| board.table.on_point(*party, point) == CellStance::Accepted)
        });
        format!(
            "of {all} parties {} have accepted every point, acceptances ad referendum not counted",
            accepting.count()
        )
    }

    fn phase(&self, claim: &Claim) -> Finding {
        let value = claim.value.as_deref().unwrap_or("final");
        let stage = self.process_stage();
        let lacks = self
            .stage_lacks("final-stage")
            .map_or(String::new(), |lacks| format!(": {lacks}"));
        let because = format!("by its rule the process is {}{lacks}", stage_words(stage));
        let met = match value {
            "final" => stage != Stage::Open,
            value => stage.as_str() == value,
        };
        let verdict = if met {
            Verdict::Supported
        } else if value == "final" && !self.final_stage_possible() {
            Verdict::Contradicted
        } else {
            Verdict::Unsupported
        };
        (verdict, because)
    }

    /// Whether some resolution of what is unknown would bring the process to its final stage.
    fn final_stage_possible(&self) -> bool {
        let Some(open) = self.process_open() else {
            return true;
        };
        let unknown = (open.max - open.min).min(1_000);
        (0..=unknown).any(|disputed| {
            let open = Interval {
                min: open.min + disputed,
                max: open.min + disputed,
            };
            self.final_stage_resolved(open).holds != Some(false)
        })
    }

    fn common_understanding(&self, claim: &Claim) -> Finding {
        let denied = self.seats_answering(claim, |deed| matches!(deed, Deed::Deny(_)));
        let mut said = self.seats_answering(claim, |deed| matches!(deed, Deed::Confirm(_)));
        let same = |other: &Claim| other.what == claim.what && other.between == claim.between;
        said.extend(
            self.claims()
                .filter(|(_, _, other)| same(other))
                .map(|(act, ..)| act.seat.clone()),
        );
        let missing: Vec<SeatId> = claim
            .between
            .iter()
            .filter(|seat| !said.contains(seat))
            .cloned()
            .collect();
        if let Some(denied) = denied.iter().find(|seat| claim.between.contains(seat)) {
            (
                Verdict::Contradicted,
                format!("{} denies it", self.seat_name(denied)),
            )
        } else if claim.between.is_empty() {
            (
                Verdict::Unsupported,
                "it does not say between whom".to_owned(),
            )
        } else if missing.is_empty() || off("common takes every side") {
            (
                Verdict::Supported,
                "every side that is named says so".to_owned(),
            )
        } else {
            (
                Verdict::Unsupported,
                format!(
                    "{} has neither asserted nor confirmed it",
                    self.seat_list(&missing)
                ),
            )
        }
    }

    fn deadline(&self, claim: &Claim) -> Finding {
        let dates: Vec<(&Act, &When)> = self
            .state
            .other_acts()
            .filter_map(|act| match &act.deed {
                Deed::ReplyDue(due) => due.due.as_ref().map(|due| (&**act, due)),
                Deed::Silence(silence) => Some((&**act, &silence.expires)),
                Deed::Editorial(change) => Some((&**act, change.expires.as_ref()?)),
                Deed::Correct(correction) => Some((&**act, correction.expires.as_ref()?)),
                _ => None,
            })
            .filter(|(act, _)| !self.is_withdrawn(act))
            .collect();
        let ahead = dates.iter().find(|(_, date)| date.latest() > self.now());
        match (claim.value.as_deref(), ahead) {
            (None | Some("none"), _) if dates.is_empty() => (
                Verdict::Supported,
                "no act on record has a due date or an expiry".to_owned(),
            ),
            (None | Some("none"), Some((act, date))) => {
                (Verdict::Contradicted, format!("{} sets {date}", act.id))
            }
            (None | Some("none"), None) => (
                Verdict::Unsupported,
                "dates were set and have passed".to_owned(),
            ),
            (Some(value), _) => {
                let claimed = When::parse(value).ok();
                let set = dates.iter().find(|(_, date)| {
                    claimed
                        .as_ref()
                        .is_some_and(|claimed| claimed.overlaps(date))
                });
                match set {
                    Some((act, date)) => (Verdict::Supported, format!("{} sets {date}", act.id)),
                    None => (
                        Verdict::Unsupported,
                        "no act on record sets that date".to_owned(),
                    ),
                }
            }
        }
    }

    fn received(&self, claim: &Claim) -> Finding {
        let Some((board, sheet)) = self.claimed_draft(claim) else {
            return (
                Verdict::Unsupported,
                "it names no draft that is known here".to_owned(),
            );
        };
        let seen: Vec<(&SeatId, Option<bool>)> = claim
            .between
            .iter()
            .map(|seat| (seat, board.circulation.seen(seat, sheet)))
            .collect();
        if let Some((seat, _)) = seen.iter().find(|(_, seen)| *seen == Some(false)) {
            let name = self.seat_name(seat);
            return (
                Verdict::Contradicted,
                format!("{name} was not given {}", board.shelf.sheets[sheet].name),
            );
        }
        match seen.iter().find(|(_, seen)| seen.is_none()) {
            Some((seat, _)) => {
                let name = self.seat_name(seat);
                (
                    Verdict::Unsupported,
                    format!("what {name} was given is not known here"),
                )
            }
            None if seen.is_empty() => (
                Verdict::Unsupported,
                "it does not say who received it".to_owned(),
            ),
            None => (
                Verdict::Supported,
                "a delivery to each, or each one's acknowledgement, is on record".to_owned(),
            ),
        }
    }

    fn accepted(&self, claim: &Claim) -> Finding {
        let Some((board, sheet)) = self.claimed_draft(claim) else {
            return (
                Verdict::Unsupported,
                "it names no draft that is known here".to_owned(),
            );
        };
        if board.shelf.latest != Some(sheet) {
            return (
                Verdict::Unsupported,
                format!("{} is not the latest draft", board.shelf.sheets[sheet].name),
            );
        }
        for seat in &claim.between {
            let Some(party) = board.text.parties.iter().position(|party| party == seat) else {
                continue;
            };
            let cells = (0..board.table.rows.len()).map(|row| board.table.cell(party, row).stance);
            let stances: Vec<CellStance> = cells.collect();
            let name = self.seat_name(seat);
            if stances.iter().any(|stance| {
                matches!(
                    stance,
                    CellStance::Objected | CellStance::Proposed | CellStance::Reserved
                )
            }) {
                return (
                    Verdict::Contradicted,
                    format!("{name} objects, reserves its position or proposes changes"),
                );
            }
            if !stances.iter().all(|stance| *stance == CellStance::Accepted) {
                return (
                    Verdict::Unsupported,
                    format!("{name} has not accepted every wording"),
                );
            }
        }
        if claim.between.is_empty() {
            return (
                Verdict::Unsupported,
                "it does not say who accepted".to_owned(),
            );
        }
        (Verdict::Supported, "each accepted every wording".to_owned())
    }

    fn claimed_draft(&self, claim: &Claim) -> Option<(&TextBoard, usize)> {
        let draft = claim.draft.as_ref()?;
        self.texts
            .values()
            .find_map(|board| Some((board, board.shelf.find_draft(draft)?)))
    }
}

/// "3 to 19 points are open".
pub(super) fn interval_words(open: Interval) -> String {
    match (open.min, open.max) {
        (1, 1) => "1 point is open".to_owned(),
        (min, max) if min == max => format!("{max} points are open"),
        (min, max) => format!("{min} to {max} points are open"),
    }
}

pub(super) fn stage_words(stage: Stage) -> &'static str {
    match stage {
        Stage::Open => "open",
        Stage::FinalStage => "in its final stage",
        Stage::Final => "final",
    }
}
