//! Stages: open, final stage, final; and what each of them lacks.

use super::gate_reason::GateReason;
use super::{Board, TextBoard};
use crate::act::Deed;
use crate::mutant::off;
use crate::names::{SeatId, TextId};
use crate::record::TextKind;
use crate::rule::{Known, Outcome, Rule, Value};
use crate::shelf::Source;
use crate::status::{CellStance, Interval, PointStatus, Stage};
use crate::table::Cell;

/// The rule of the final stage where the process has none of its own: at most three points disputed, none unknown.
pub(super) const DEFAULT_FINAL_STAGE: &str =
    "process.open.min <= 3 && process.open.max == process.open.min";

impl Board {
    /// Open points over the texts of kind main; none while no draft of one is known.
    pub(super) fn process_open(&self) -> Option<Interval> {
        let main = self
            .main_texts()
            .filter(|board| board.shelf.latest.is_some());
        main.map(|board| board.table.counts.open)
            .reduce(|one, other| Interval {
                min: one.min + other.min,
                max: one.max + other.max,
            })
    }

    /// Whether a draft of every main text that is known by name was given: of another nobody can say what is open.
    pub(super) fn knows_every_main_text(&self) -> bool {
        self.main_texts().all(|board| board.shelf.latest.is_some())
    }

    pub(super) fn main_texts(&self) -> impl Iterator<Item = &TextBoard> {
        self.texts.values().filter(|board| {
            let input = board.text.kind == TextKind::Input && off("inputs are not counted");
            board.text.kind == TextKind::Main || input
        })
    }

    pub(super) fn process_stage(&self) -> Stage {
        if self.process_lacks().is_empty() {
            return Stage::Final;
        }
        match self.process_open().map(|open| self.final_stage(open)) {
            Some(outcome) if outcome.holds == Some(true) && self.knows_every_main_text() => {
                Stage::FinalStage
            }
            _ => Stage::Open,
        }
    }

    pub(super) fn text_stage(&self, board: &TextBoard) -> Stage {
        if board.shelf.latest.is_none() || board.table.counts.total == 0 {
            Stage::Open
        } else if self.text_lacks(board).is_empty() {
            Stage::Final
        } else if self.final_stage(board.table.counts.open).holds == Some(true) {
            Stage::FinalStage
        } else {
            Stage::Open
        }
    }

    /// The process's rule of the final stage on these counts.
    pub(super) fn final_stage(&self, open: Interval) -> Outcome {
        let rule = Rule::parse(
            self.process
                .final_stage
                .as_deref()
                .unwrap_or(DEFAULT_FINAL_STAGE),
        );
        rule.decide(&Counts {
            board: self,
            open,
            resolved: false,
        })
    }

    /// The same, were what is unknown resolved so that the main texts have these open points.
    pub(super) fn final_stage_resolved(&self, open: Interval) -> Outcome {
        let rule = self.process.final_stage.as_deref();
        let rule = Rule::parse(rule.unwrap_or(DEFAULT_FINAL_STAGE));
        rule.decide(&Counts {
            board: self,
            open,
            resolved: true,
        })
    }

    /// What a text lacks to be final, as sentences; empty when it is (law 7).
    pub(super) fn text_lacks(&self, board: &TextBoard) -> Vec<String> {
        let id = &board.text.id;
        let counts = &board.table.counts;
        let latest = board
            .shelf
            .latest
            .and_then(|latest| board.shelf.sheets.get(latest));
        let Some(latest) = latest.filter(|sheet| sheet.source == Source::Draft) else {
            return vec![no_draft_of(id)];
        };
        if counts.total == 0 {
            return vec![format!("{id} {}", GateReason::NoPoints)];
        }
        let mut lacks: Vec<String> = open_words(counts.open, counts.agreed_ad_ref)
            .into_iter()
            .filter(|_| !off("finality takes every point"))
            .collect();
        if lacks.is_empty() && !self.accepted_in_the_open(board) {
            lacks.push(format!(
                "{} {} in a room where all parties of {id} sit",
                GateReason::NotInTheOpen,
                latest.name
            ));
        }
        if !self.proposed(board).is_empty() {
            lacks.push(format!("an insertion into {id} {}", GateReason::Insertion));
        }
        if self.is_on_track(board) {
            lacks.push(format!("a point of {id} {}", GateReason::OnTrack));
        }
        lacks.extend(self.packages_lack(board));
        lacks
    }

    /// Every party accepted every wording itself, on the latest draft, where all parties sit.
    fn accepted_in_the_open(&self, board: &TextBoard) -> bool {
        let (table, parties) = (&board.table, &board.text.parties);
        let in_the_open = |cell: &Cell| {
            let Some(position) = table.leading(cell) else {
                return false;
            };
            let latest = match &position.scope {
                crate::position::Scope::Whole(sheet)
                | crate::position::Scope::Provisions(sheet, _) => {
                    self.is_the_latest(board, Some(*sheet))
                }
                _ => false,
            };
            let all_sit = self
                .state
                .rooms
                .get(&position.act.room)
                .is_some_and(|members| parties.iter().all(|party| members.contains(party)));
            let itself = !position.tacit
                && (self.is_own_word(&position.act) || off("finality takes the own word"));
            let all_sit = all_sit || off("finality takes a room of all");
            cell.stance == CellStance::Accepted && latest && all_sit && itself
        };
        let every = off("finality takes every point");
        every
            || !parties.is_empty()
                && self.binding_rows(board).all(|row| {
                    table.rows[row].own == PointStatus::Agreed
                        && (0..parties.len()).all(|party| in_the_open(table.cell(party, row)))
                })
    }

    /// The provisions whose acceptance a text needs: its points with all in them, and every paragraph beside them.
    pub(super) fn binding_rows<'a>(
        &self,
        board: &'a TextBoard,
    ) -> impl Iterator<Item = usize> + 'a {
        use onetext_text::ProvisionKind::{Heading, Title};
        let rows = &board.table.rows;
        let provisions = board
            .shelf
            .latest
            .map(|latest| board.shelf.sheets[latest].issued.draft.provisions());
        let mut end_of_point = None;
        (0..rows.len()).filter(move |index| {
            if rows[*index].point {
                end_of_point = end_of_point.max(Some(rows[*index].end));
            }
            let kind = provisions
                .and_then(|provisions| provisions.get(*index))
                .map(|provision| provision.kind);
            end_of_point.is_some_and(|end| *index <= end) || !matches!(kind, Some(Title | Heading))
        })
    }

    fn is_on_track(&self, board: &TextBoard) -> bool {
        self.state.other_acts().any(|act| match &act.deed {
            Deed::Track(track) => {
                let on_text = board
                    .shelf
                    .find(&track.draft, &act.seat, &act.room, &self.state)
                    .is_some();
                on_text && !self.is_withdrawn(act)
            }
            _ => false,
        })
    }

    pub(super) fn is_withdrawn(&self, act: &crate::act::Act) -> bool {
        self.state.is_withdrawn(act)
    }

    /// What the process lacks to be final, as sentences; empty when it is.
    pub(super) fn process_lacks(&self) -> Vec<String> {
        let mut lacks = Vec::new();
        if self.main_texts().next().is_none() {
            lacks.push(GateReason::NoText.to_string());
        }
        let several = self.main_texts().count() > 1;
        for board in self.main_texts() {
            let counts = &board.table.counts;
            let open = open_words(counts.open, counts.agreed_ad_ref);
            // Of several texts the counts say whose they are; the other sentences name it.
            lacks.extend(self.text_lacks(board).into_iter().map(|lack| {
                if several && open.as_ref() == Some(&lack) {
                    format!("{lack} in {}", board.text.id)
                } else {
                    lack
                }
            }));
        }
        let required = self.texts.values().filter(|board| {
            // A text that is kept beside the others bears on nothing.
            let counts = !matches!(board.text.kind, TextKind::Input | TextKind::Precedent);
            board.text.kind != TextKind::Main
                && counts
                && self.required(board) == Some(true)
                && !off("required texts are required")
        });
        for board in required {
            if self.text_stage(board) != Stage::Final {
                lacks.push(format!("{} {}", board.text.id, GateReason::NotFinal));
            }
        }
        for understanding in self.understanding_statuses() {
            if !understanding.assessed && !understanding.condition_for.is_empty() {
                let seats = self.seat_list(&understanding.condition_for);
                lacks.push(format!(
                    "{} (a condition for {seats}) {}",
                    understanding.id,
                    GateReason::NotAssessed
                ));
            }
        }
        let acts = self.state.other_acts();
        let challenged = acts.filter_map(|act| match &act.deed {
            Deed::Challenge(challenge) if !self.is_withdrawn(act) => Some(challenge),
            _ => None,
        });
        for challenge in challenged {
            let whose = self.participant_name(&challenge.of);
            lacks.push(format!(
                "the capacity of {whose} {}",
                GateReason::Challenged
            ));
        }
        lacks
    }

    /// Whether the whole is final only with this text: known with its first draft, not by a copy of one's own.
    pub(super) fn required(&self, board: &TextBoard) -> Option<bool> {
        let latest = board
            .shelf
            .latest
            .and_then(|latest| board.shelf.sheets.get(latest));
        let given = latest.is_some_and(|sheet| !matches!(sheet.source, Source::Copy { .. }));
        let known = given || board.text.issuer == self.viewer.seat;
        known.then_some(board.text.required)
    }

    /// True in the pen-holder's view alone, when nothing is open any more and the text is not final yet.
    pub(super) fn ready_to_close(&self) -> bool {
        let counted: Vec<&TextBoard> = self
            .texts
            .values()
            .filter(|board| {
                let counts = !matches!(board.text.kind, TextKind::Input | TextKind::Precedent);
                board.text.kind == TextKind::Main || (board.text.required && counts)
            })
            .collect();
        let all_agreed = |board: &&TextBoard| {
            let counts = &board.table.counts;
            let moved = self.is_on_track(board);
            counts.total > 0 && counts.agreed == counts.total && counts.brackets == 0 && !moved
        };
        let assessed = self
            .understanding_statuses()
            .iter()
            .all(|understanding| understanding.assessed || understanding.condition_for.is_empty());
        self.is_pen_holder()
            && self.main_texts().next().is_some()
            && counted.iter().all(all_agreed)
            && assessed
            && !self.process_lacks().is_empty()
    }

    pub(super) fn seat_list(&self, seats: &[SeatId]) -> String {
        let names: Vec<&str> = seats.iter().map(|seat| self.seat_name(seat)).collect();
        list(&names)
    }

    /// What a named stage lacks on the whole process, as one clause; none when it is reached.
    pub(super) fn stage_lacks(&self, stage: &str) -> Option<String> {
        match stage {
            "final" => {
                let lacks = self.process_lacks();
                (!lacks.is_empty()).then(|| lacks.join("; "))
            }
            "final-stage" => {
                let Some(open) = self.process_open() else {
                    return Some(GateReason::NoDraft.to_string());
                };
                let outcome = self.final_stage(open);
                if outcome.holds == Some(true) {
                    let unseen = !self.knows_every_main_text();
                    return unseen.then(|| GateReason::NoDraftOfOne.to_string());
                }
                self.final_stage_lacks(open, outcome)
            }
            _ => None,
        }
    }

    /// What a named stage lacks on one text, as one clause; none when it is reached.
    pub(super) fn text_stage_lacks(&self, board: &TextBoard, stage: &str) -> Option<String> {
        match stage {
            "final" => {
                let lacks = self.text_lacks(board);
                (!lacks.is_empty()).then(|| lacks.join("; "))
            }
            "final-stage" if board.shelf.latest.is_none() => Some(no_draft_of(&board.text.id)),
            "final-stage" => {
                let open = board.table.counts.open;
                self.final_stage_lacks(open, self.final_stage(open))
            }
            _ => None,
        }
    }

    /// What the process's rule of the final stage lacks on these counts.
    fn final_stage_lacks(&self, open: Interval, outcome: Outcome) -> Option<String> {
        if outcome.holds == Some(true) {
            return None;
        }
        let counts = open_words(open, 0);
        Some(match (&self.process.final_stage, counts) {
            (None, Some(counts)) => counts,
            (rule, counts) => {
                let rule = rule.as_deref().unwrap_or(DEFAULT_FINAL_STAGE);
                let why = outcome.error.or(counts).unwrap_or_default();
                format!("{} {rule} does not hold: {why}", GateReason::StageRule)
            }
        })
    }

    pub(super) fn find_text(&self, id: &str) -> Option<&TextBoard> {
        self.texts.get(&TextId::from(id))
    }
}

fn no_draft_of(text: &TextId) -> String {
    format!("{} {text} was given", GateReason::NoDraftOf)
}

/// "3 points disputed and 16 unknown"; none when nothing is open.
pub(super) fn open_words(open: Interval, ad_referendum: u64) -> Option<String> {
    let points = |count: u64| if count == 1 { "point" } else { "points" };
    let unknown = open.max - open.min;
    let mut parts = Vec::new();
    if open.min > 0 {
        parts.push(format!(
            "{} {} {}",
            open.min,
            points(open.min),
            GateReason::Disputed
        ));
    }
    if unknown > 0 {
        let noun = if parts.is_empty() {
            format!(" {}", points(unknown))
        } else {
            String::new()
        };
        parts.push(format!("{unknown}{noun} {}", GateReason::Unknown));
    }
    if ad_referendum > 0 {
        parts.push(format!("{ad_referendum} {}", GateReason::AdReferendum));
    }
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    (!parts.is_empty()).then(|| list(&parts))
}

/// "a", "a and b", "a, b and c".
pub(crate) fn list(items: &[&str]) -> String {
    match items {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// What the rule of the final stage may ask: the counts it is put to, and everything but stages.
struct Counts<'a> {
    board: &'a Board,
    open: Interval,
    /// Whether what is unknown now may be resolved in any way: nothing but these counts is then settled by it.
    resolved: bool,
}

impl Counts<'_> {
    /// Whether the unknown points of a text, resolved one way or the other, would change what is asked of it.
    fn may_change(&self, steps: &[&str]) -> bool {
        match steps {
            ["text", id, "open" | "agreed" | "disputed" | "unknown", ..] => self
                .board
                .find_text(id)
                .is_none_or(|board| board.table.counts.unknown > 0),
            ["point" | "seat" | "understanding" | "session", ..] => true,
            _ => false,
        }
    }
}

impl Known for Counts<'_> {
    fn known(&self, path: &[String]) -> Value {
        let steps: Vec<&str> = path.iter().map(String::as_str).collect();
        let number = |count: u64| Value::Number(i64::try_from(count).unwrap_or(i64::MAX));
        match steps.as_slice() {
            ["process", "open"] => Value::Node,
            ["process", "open", "min"] => number(self.open.min),
            ["process", "open", "max"] => number(self.open.max),
            ["process", "stage" | "ready_to_close"] | ["text", _, "stage"] => Value::Null,
            [.., _, _] if self.resolved && self.may_change(&steps) => {
                match self.board.known(path) {
                    Value::Node => Value::Node,
                    _ => Value::Null,
                }
            }
            _ => self.board.known(path),
        }
    }
}
