//! Conditions for meetings and steps: evaluated with reasons, never typed in.

use super::Board;
use super::gate_reason::GateReason;
use super::meetings::Gates;
use crate::act::{Act, Deed, Gate};
use crate::names::{ActId, DraftId, SeatId};
use crate::record::PointRef;
use crate::rule::{Join, Known, Outcome, Rule, Value};
use crate::status::{GateStatus, PointStatus};

/// What a gate comes to on what the viewer knows, before the pen-holder's privilege.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct GateOutcome {
    pub holds: Option<bool>,
    pub reasons: Vec<String>,
}

impl Board {
    pub(super) fn gates(&self) -> impl Iterator<Item = (&Act, &Gate)> {
        let acts = self.state.other_acts();
        acts.filter_map(|act| match &act.deed {
            Deed::Gate(gate) if !self.is_withdrawn(act) => Some((&**act, &**gate)),
            _ => None,
        })
    }

    pub(super) fn gate_statuses(&self) -> Vec<GateStatus> {
        self.gates()
            .map(|(act, gate)| self.gate_status(act, gate))
            .collect()
    }

    pub(super) fn gate_status(&self, act: &Act, gate: &Gate) -> GateStatus {
        let outcome = self.decide_gate(gate, &[]);
        GateStatus {
            id: act.id.clone(),
            event: gate.event.clone(),
            participants: gate.participants.clone(),
            holds: match outcome.holds {
                Some(true) if !self.is_pen_holder() => None,
                holds => holds,
            },
            reasons: if crate::mutant::off("a gate has reasons") {
                Vec::new()
            } else {
                outcome.reasons
            },
            words: gate.words.clone(),
            overridden: self.overridden(act),
        }
    }

    /// Why a gate was set aside by its author, where it was.
    pub(super) fn overridden(&self, gate: &Act) -> Option<String> {
        Some(self.set_aside(gate)?.1)
    }

    /// The act by which a gate was set aside by its author, and its reason.
    pub(super) fn set_aside(&self, gate: &Act) -> Option<(&Act, String)> {
        let answers = self.state.standing_answers_to(gate.id.as_str());
        answers.rev().find_map(|answer| match &answer.deed {
            Deed::Override(deed) if answer.seat == gate.seat => {
                Some((&**answer, deed.reason.clone()))
            }
            _ => None,
        })
    }

    /// All rules must hold; one that does not decides; one reason each. It is asked while the state of some meetings is.
    pub(super) fn decide_gate(&self, gate: &Gate, within: &[ActId]) -> GateOutcome {
        let asked = Asked {
            board: self,
            within,
        };
        let mut holds = None;
        let mut reasons = Vec::new();
        for rule in gate.rule.iter().chain(&gate.rules) {
            let rule = Rule::parse(rule);
            let outcome = rule.decide(&asked);
            holds = match (holds, outcome.holds) {
                (Some(Some(false)), _) | (_, Some(false)) => Some(Some(false)),
                (Some(None), _) | (_, None) => Some(None),
                _ => Some(Some(true)),
            };
            reasons.extend(self.rule_reasons(&rule, &outcome, &asked));
        }
        let rules = gate.rule.iter().chain(&gate.rules).count();
        if rules > 1 {
            reasons.push(format!("{} {rules} rules", GateReason::EveryRule));
        }
        if holds.is_none() {
            // Refused to who records it; what arrives may be anything.
            reasons.push("it has no rule, and so never holds".to_owned());
        }
        GateOutcome {
            holds: holds.unwrap_or(Some(false)),
            reasons,
        }
    }

    /// What a rule that does not hold lacks, name by name: of a stage what it lacks, of another name what it came to; and
    /// whether one of them is enough or all are needed. A rule that holds says what it asked.
    fn rule_reasons(&self, rule: &Rule, outcome: &Outcome, known: &dyn Known) -> Vec<String> {
        if let Some(error) = &outcome.error {
            return vec![format!("{}: {error}", rule.source())];
        }
        let asks = if outcome.holds == Some(true) {
            outcome.asked.clone()
        } else {
            let asks = rule.asks(known);
            if asks.len() < outcome.asked.len() {
                outcome.asked.clone()
            } else {
                asks
            }
        };
        let (mut lacking, mut others) = (Vec::new(), Vec::new());
        for asked in &asks {
            let lacks = match outcome.holds {
                Some(true) => Vec::new(),
                _ => self.stages_lack(rule, &asked.path),
            };
            if lacks.is_empty() {
                others.push(format!("{} is {}", asked.name(), asked.value));
            }
            lacking.extend(lacks);
        }
        if lacking.is_empty() || !others.is_empty() {
            let verb = match outcome.holds {
                Some(true) if self.is_pen_holder() => GateReason::Holds,
                Some(true) => GateReason::WouldHold,
                Some(false) => GateReason::DoesNotHold,
                None => GateReason::Undecided,
            };
            let colon = if others.is_empty() { "" } else { ": " };
            let told = format!("{} {verb}{colon}{}", rule.source(), others.join(", "));
            lacking.insert(0, told);
        } else if rule.join() == Join::Mixed && lacking.len() > 1 {
            lacking.insert(0, format!("{} {}", rule.source(), GateReason::DoesNotHold));
        }
        let parts = lacking.len() + others.len().saturating_sub(1);
        if parts > 1 && outcome.holds != Some(true) {
            lacking.extend(joined(rule.join(), parts));
        }
        lacking
    }

    /// For a name that is a stage, and each stage that the rule asks of it: what that lacks.
    fn stages_lack(&self, rule: &Rule, name: &[String]) -> Vec<String> {
        let steps: Vec<&str> = name.iter().map(String::as_str).collect();
        let lacks = |stage: &str| match steps.as_slice() {
            ["process", "stage"] => Some((String::new(), self.stage_lacks(stage)?)),
            ["text", id, "stage"] => {
                let lacks = self.text_stage_lacks(self.find_text(id)?, stage)?;
                Some((format!(" of {id}"), lacks))
            }
            _ => None,
        };
        let stages = rule.stages_asked(name);
        let told = stages.iter().filter_map(|stage| {
            let (of, lacks) = lacks(stage)?;
            // "final lacks", "final stage of letter lacks".
            let word = match stage.as_str() {
                "final" => GateReason::FinalLacks,
                _ => GateReason::FinalStageLacks,
            };
            let word = word.fixed().trim_end_matches(" lacks");
            Some(format!("{word}{of} lacks: {lacks}"))
        });
        told.collect()
    }
}

/// Whether one of several parts is enough, or all are needed; nothing where only the rule itself can say.
fn joined(join: Join, parts: usize) -> Option<String> {
    match (join, parts) {
        (Join::Any, 2) => Some(GateReason::Either.to_string()),
        (Join::Any, _) => Some(GateReason::AnyOne.to_string()),
        (Join::All, _) => Some(GateReason::All.to_string()),
        (Join::Mixed, _) => None,
    }
}

impl Known for Board {
    fn known(&self, path: &[String]) -> Value {
        let steps: Vec<&str> = path.iter().map(String::as_str).collect();
        match steps.as_slice() {
            ["now"] => Value::Time(self.now()),
            ["process" | "text" | "point" | "seat" | "understanding" | "session"] => Value::Node,
            ["process", rest @ ..] => self.known_process(rest),
            ["text", id, rest @ ..] => self.known_text(id, rest),
            ["point", at, rest @ ..] => self.known_point(at, rest),
            ["seat", id, rest @ ..] => self.known_seat(id, rest),
            ["understanding", id, "assessed"] => {
                let all = self.understanding_statuses();
                let found = all
                    .iter()
                    .find(|understanding| understanding.id.as_str() == *id);
                found.map_or(Value::Null, |understanding| {
                    Value::Truth(understanding.assessed)
                })
            }
            ["session", id, "state"] => self.known_session(id, Gates::Left),
            _ => Value::Null,
        }
    }
}

/// What the rule of a gate may ask.
struct Asked<'a> {
    board: &'a Board,
    /// The meetings whose state is being asked for.
    within: &'a [ActId],
}

impl Known for Asked<'_> {
    fn known(&self, path: &[String]) -> Value {
        let steps: Vec<&str> = path.iter().map(String::as_str).collect();
        match steps.as_slice() {
            ["session", id, "state"] => self.board.known_session(id, Gates::Asked(self.within)),
            _ => self.board.known(path),
        }
    }
}

impl Board {
    fn known_session(&self, id: &str, gates: Gates<'_>) -> Value {
        let state = self.session_state_of(id, gates);
        state.map_or(Value::Null, |state| {
            Value::Text(super::meetings::state_word(state).to_owned())
        })
    }

    fn known_process(&self, steps: &[&str]) -> Value {
        let open = self.process_open();
        match steps {
            ["stage"] => Value::Text(self.process_stage().as_str().to_owned()),
            ["open"] => Value::Node,
            ["open", "min"] => open.map_or(Value::Null, |open| number(open.min)),
            ["open", "max"] if self.knows_every_main_text() => {
                open.map_or(Value::Null, |open| number(open.max))
            }
            ["ready_to_close"] if self.is_pen_holder() => Value::Truth(self.ready_to_close()),
            _ => Value::Null,
        }
    }

    fn known_text(&self, id: &str, steps: &[&str]) -> Value {
        let Some(board) = self.find_text(id) else {
            return Value::Null;
        };
        let counts = &board.table.counts;
        match (steps, board.shelf.latest) {
            ([] | ["open"], _) => Value::Node,
            (["stage"], _) => Value::Text(self.text_stage(board).as_str().to_owned()),
            (_, None) => Value::Null,
            (["latest"], Some(latest)) => Value::Text(board.shelf.sheets[latest].name.to_string()),
            (["open", "min"], _) => number(counts.open.min),
            (["open", "max"], _) => number(counts.open.max),
            (["agreed"], _) => number(counts.agreed),
            (["disputed"], _) => number(counts.disputed),
            (["unknown"], _) => number(counts.unknown),
            (["brackets"], _) => number(counts.brackets),
            _ => Value::Null,
        }
    }

    /// The status of what `DRAFT#PATH` became in the latest draft.
    fn known_point(&self, at: &str, steps: &[&str]) -> Value {
        if steps.is_empty() {
            return Value::Node;
        }
        let status = PointRef::parse(at).and_then(|point| self.point_status(&point));
        match (steps, status) {
            (["status"], Some(status)) => Value::Text(status_word(status).to_owned()),
            _ => Value::Null,
        }
    }

    fn point_status(&self, point: &PointRef) -> Option<PointStatus> {
        self.texts.values().find_map(|board| {
            let sheet = &board.shelf.sheets[board.shelf.find_draft(&point.draft)?];
            let index = sheet.issued.draft.find(&point.path).ok()?;
            let now = sheet.to_latest.successors.get(index)?;
            now.iter()
                .filter_map(|index| board.table.rows.get(*index))
                .map(|row| row.status)
                .min()
        })
    }

    fn known_seat(&self, id: &str, steps: &[&str]) -> Value {
        let seat = SeatId::from(id);
        if !self.seats.iter().any(|card| card.id == seat) {
            return Value::Null;
        }
        match steps {
            [] | ["seen"] => Value::Node,
            ["seen", draft] => {
                let draft = DraftId::from(*draft);
                let seen = self.texts.values().find_map(|board| {
                    Some(
                        board
                            .circulation
                            .seen(&seat, board.shelf.find_draft(&draft)?),
                    )
                });
                seen.flatten().map_or(Value::Null, Value::Truth)
            }
            ["replied"] => self.replied(&seat).map_or(Value::Null, Value::Truth),
            _ => Value::Null,
        }
    }
}

fn number(count: u64) -> Value {
    Value::Number(i64::try_from(count).unwrap_or(i64::MAX))
}

/// The word of a status in rules and JSON.
pub(super) fn status_word(status: PointStatus) -> &'static str {
    match status {
        PointStatus::Agreed => "agreed",
        PointStatus::AgreedAdRef => "agreed-ad-ref",
        PointStatus::Disputed => "disputed",
        PointStatus::Unknown => "unknown",
    }
}
