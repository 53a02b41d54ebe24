//! What a briefing asks of the board: the open points and what would close each, what happened since the last one.

use onetext_text::Provision;

use super::{AskError, Board, TextBoard, nearest};
use crate::act::{Act, Deed, StanceKind};
use crate::briefing::{BriefedPoint, LastBriefing};
use crate::explanation::ActCard;
use crate::position::Standing;
use crate::record::{Person, TextKind};
use crate::status::{CellStance, PointStatus};
use crate::when::When;

impl Board {
    /// The person of this name, as far as the viewer knows of it.
    ///
    /// # Errors
    /// [`AskError::Unknown`] where the viewer knows of nobody of that name.
    pub fn person(&self, name: &str) -> Result<&Person, AskError> {
        let known = self.state.persons.get(name).map(AsRef::as_ref);
        known.ok_or_else(|| AskError::Unknown {
            name: name.to_owned(),
            nearest: nearest(name, self.state.persons.keys().map(|id| id.as_str())),
        })
    }

    /// When this person was last briefed by the moment of the board: a day counts from when it begins.
    #[must_use]
    pub fn last_briefing(&self, person: &str) -> Option<LastBriefing> {
        let now = self.now();
        let mut acts = self.state.other_acts().filter(|act| match &act.deed {
            Deed::Briefing(briefing) => {
                briefing.recipient == person && act.on.earliest() <= now && !self.is_withdrawn(act)
            }
            _ => false,
        });
        acts.next_back().map(|act| LastBriefing {
            act: self.card(act),
            on: act.on.clone(),
        })
    }

    /// What happened after that time, in the order of lists.
    #[must_use]
    pub fn acts_since(&self, time: &When) -> Vec<ActCard> {
        self.acts_that(|act| time.before(&act.on))
    }

    /// What happened after a briefing, in the order of lists. Of its own day that is all but what the briefing was written down
    /// after: where neither the history of a room nor the times of the record tell, an act is told rather than left out.
    #[must_use]
    pub fn acts_since_briefing(&self, last: &LastBriefing) -> Vec<ActCard> {
        let Some(briefing) = self.state.acts.get(&last.act.id) else {
            return self.acts_since(&last.on);
        };
        let known = |act: &Act| match (&act.recorded, &briefing.recorded) {
            _ if act.room == briefing.room => briefing.standing.after(&act.standing),
            (Some(act), Some(briefing)) => act.before(briefing),
            _ => false,
        };
        self.acts_that(|act| {
            let that_day = act.on.earliest() >= last.on.earliest() && act.id != briefing.id;
            last.on.before(&act.on) || (that_day && !known(act))
        })
    }

    /// Acts of a sort, in the order of lists.
    fn acts_that(&self, told: impl Fn(&Act) -> bool) -> Vec<ActCard> {
        let acts = self
            .state
            .in_order
            .values()
            .chain(self.state.positions.values());
        let mut acts: Vec<_> = acts.filter(|act| told(act)).collect();
        acts.sort_by_key(|act| (&act.on, &act.id));
        acts.into_iter().map(|act| self.card(act)).collect()
    }

    /// The points of the texts under negotiation that are not agreed, in the texts' order, each with what would close it.
    #[must_use]
    pub fn still_open(&self) -> Vec<BriefedPoint> {
        let counted =
            |board: &&TextBoard| !matches!(board.text.kind, TextKind::Input | TextKind::Precedent);
        let main = self.main_texts();
        let others = self
            .texts
            .values()
            .filter(|board| board.text.kind != TextKind::Main);
        let boards = main.chain(others.filter(counted));
        boards.flat_map(|board| self.still_open_in(board)).collect()
    }

    fn still_open_in(&self, board: &TextBoard) -> Vec<BriefedPoint> {
        let Some(sheet) = board.shelf.latest.and_then(|at| board.shelf.sheets.get(at)) else {
            return Vec::new();
        };
        let rows = board.table.rows.iter().enumerate();
        let open = rows.filter(|(_, row)| {
            row.point && row.track.is_none() && row.status != PointStatus::Agreed
        });
        let provisions: &[Provision] = sheet.issued.draft.provisions();
        open.filter_map(|(index, row)| {
            let provision = provisions.get(index)?;
            Some(BriefedPoint {
                text: board.text.id.clone(),
                path: provision.path.clone(),
                words: super::texts::first_words(&provision.wording),
                status: row.status,
                kind: (row.status == PointStatus::Disputed)
                    .then(|| board.table.type_of(index))
                    .flatten(),
                closes: self.closes(board, index),
            })
        })
        .collect()
    }

    /// What would close a point: its brackets, then what each party holds that is less than an acceptance.
    fn closes(&self, board: &TextBoard, point: usize) -> Vec<String> {
        let (table, rows) = (&board.table, &board.table.rows);
        let mut closes = Vec::new();
        if rows[point].brackets > 0 {
            let noun = if rows[point].brackets == 1 {
                "pair"
            } else {
                "pairs"
            };
            closes.push(format!(
                "{} {noun} of brackets closed",
                rows[point].brackets
            ));
        }
        let subtree = point..=rows[point].end;
        if subtree.clone().any(|row| rows[row].placeholder) {
            closes.push("the text written for which a place is held".to_owned());
        }
        let level = subtree.clone().map(|row| rows[row].required_level).max();
        let level = level.filter(|level| *level > 0);
        if let Some(level) = level.and_then(|level| self.process.levels.get(level)) {
            closes.push(format!("a decision at the level of {level}"));
        }
        for (party, seat) in board.text.parties.iter().enumerate() {
            // The least favourable of what the party holds on the point speaks for it.
            let least = subtree
                .clone()
                .map(|row| table.cell(party, row))
                .min_by_key(|cell| (cell.makes, cell.stance));
            let Some(cell) = least.filter(|cell| cell.makes != PointStatus::Agreed) else {
                continue;
            };
            let leading = table.leading(cell);
            closes.push(self.wanted_of(board, seat, cell.stance, leading));
        }
        closes
    }

    fn wanted_of(
        &self,
        board: &TextBoard,
        seat: &crate::names::SeatId,
        stance: CellStance,
        leading: Option<&Standing>,
    ) -> String {
        let name = self.seat_name(seat);
        let stance_of = |position: &Standing| match &position.act.deed {
            Deed::Stance(stance) => stance.interest.clone(),
            _ => None,
        };
        let because = leading.and_then(stance_of);
        let because = because.map_or(String::new(), |why| format!(" ({why})"));
        let proposes = leading.is_some_and(|position| position.stance == StanceKind::Propose);
        match stance {
            CellStance::Objected => format!("words that {name} does not object to{because}"),
            CellStance::Proposed if proposes => {
                format!("an answer to what {name} proposes{because}")
            }
            CellStance::Proposed => format!("an answer to {name}"),
            CellStance::Reserved => format!("{name} no longer reserving its position{because}"),
            CellStance::Withheld => format!("a position of {name}, which withholds it"),
            CellStance::NoReply | CellStance::NotKnown if !board.circulation.tells_all(seat) => {
                format!("a position of {name}: none is known here")
            }
            CellStance::NoReply | CellStance::NotKnown => format!("a position of {name}"),
            CellStance::Lapsed => format!("an acceptance by {name} of the words as they are now"),
            CellStance::Endorsed => {
                format!("an acceptance by {name} of the words that it endorses in principle")
            }
            CellStance::AcceptedOnCondition => format!("the condition of {name} met"),
            CellStance::AcceptedAdRef | CellStance::Accepted => format!(
                "confirmation by {name} at the level of {}",
                self.process.final_level
            ),
        }
    }
}
