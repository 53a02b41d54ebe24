//! Why a provision is agreed, disputed or unknown.

use onetext_text::Target;

use super::super::{AskError, Board, TextBoard, nearest};
use crate::act::{Act, Deed};
use crate::explanation::{DeniedStance, Explanation, Reason};
use crate::mutant::off;
use crate::names::{ActId, DraftId, SeatId, TextId};
use crate::status::{Attested, CellStance, CellStatus, PointStatus, Stage};
use crate::ties::Met;

impl Board {
    pub(super) fn why_point(
        &self,
        subject: &str,
        name: &str,
        path: &str,
    ) -> Result<Explanation, AskError> {
        let (board, sheet, target) = self.find_point(name, path)?;
        if Some(sheet) != board.shelf.latest {
            return Ok(self.why_earlier(subject, board, sheet, &target));
        }
        let (index, row) = (target.index, &board.table.rows[target.index]);
        let provision = &self.latest_provisions(board)[index];
        let status = if target.chapeau_only {
            row.own
        } else {
            row.status
        };
        let status = match row.track {
            Some(_) => "on another track",
            // Nothing is agreed before everything is, and then it is (law 7).
            None if status == PointStatus::Agreed && self.text_stage(board) == Stage::Final => {
                "agreed"
            }
            None => status_words(status),
        };
        let answer = format!(
            "{} of {} ({}) is {status}: \u{201c}{}\u{201d}",
            provision.path,
            board.text.id,
            self.latest_name(board),
            super::super::texts::first_words(&provision.wording)
        );
        let mut because = self.point_reasons(board, index, target.chapeau_only);
        because.extend(self.history(board, index));
        because.extend(self.procedures_on(board, index));
        because.extend(self.consents(board, index));
        let place = format!("{}#{}", self.latest_name(board), provision.path);
        because.extend(self.second_looks(&[place]));
        Ok(Explanation {
            subject: subject.to_owned(),
            answer,
            because,
        })
    }

    /// Why a provision of the latest draft stands as it does; its opening words alone where only they are asked about.
    pub(super) fn point_reasons(
        &self,
        board: &TextBoard,
        index: usize,
        chapeau_only: bool,
    ) -> Vec<Reason> {
        let mut reasons = self.row_reasons(board, index);
        if !chapeau_only {
            reasons.extend(self.inner_reasons(board, index));
            reasons.extend(self.without_the_rest(board, index));
        }
        reasons
    }

    /// Parties that accept a sub-item without the opening words above it, or those without a sub-item: an acceptance
    /// without the rest is incomplete (customs of the field; the states themselves are not touched by it).
    fn without_the_rest(&self, board: &TextBoard, index: usize) -> Vec<Reason> {
        let table = &board.table;
        let accepts = |party: usize, row: usize| {
            matches!(
                table.cell(party, row).stance,
                CellStance::Accepted | CellStance::AcceptedAdRef
            )
        };
        let rows = &table.rows;
        let whole = index..=rows[index].end;
        let inside = |row: usize| rows[row].parent.filter(|above| whole.contains(above));
        let mut reasons = Vec::new();
        if off("an item needs its opening words") {
            return reasons;
        }
        for party in 0..board.text.parties.len() {
            let apart = |accepted_above: bool| -> Vec<&str> {
                let rows = whole.clone().filter(|row| {
                    inside(*row).is_some_and(|above| {
                        accepts(party, above) == accepted_above
                            && accepts(party, *row) != accepted_above
                    })
                });
                rows.map(|row| self.latest_path(board, row)).collect()
            };
            let seat = self.seat_name(&board.text.parties[party]);
            let without = [
                (apart(false), ("", " without the opening words above")),
                (apart(true), ("the opening words without ", "")),
            ];
            for (items, (before, after)) in without {
                if !items.is_empty() {
                    let items = super::list(&items);
                    let text = format!("{seat}: incomplete: it accepts {before}{items}{after}");
                    reasons.push(self.reason(text, &[]));
                }
            }
        }
        reasons
    }

    /// The sheet and the provision that a path names: of a text's latest draft, or of any draft that was given.
    fn find_point(&self, name: &str, path: &str) -> Result<(&TextBoard, usize, Target), AskError> {
        if let Some(board) = self.find_text(name) {
            let Some(latest) = board.shelf.latest else {
                return Err(self.no_draft(name));
            };
            let target = board.shelf.sheets[latest].issued.draft.find_target(path)?;
            return Ok((board, latest, target));
        }
        let draft = DraftId::from(name);
        for board in self.texts.values() {
            let named = || {
                let mut sheets = board.shelf.sheets.iter();
                sheets.position(|sheet| sheet.name == draft)
            };
            if let Some(sheet) = board.shelf.find_draft(&draft).or_else(named) {
                let source = &board.shelf.sheets[sheet];
                let target = source.issued.draft.find_target(path)?;
                return Ok((board, sheet, target));
            }
        }
        let names = self
            .texts
            .keys()
            .map(TextId::as_str)
            .chain(self.state.drafts.keys().map(DraftId::as_str));
        Err(AskError::Unknown {
            name: name.to_owned(),
            nearest: nearest(name, names),
        })
    }

    pub(super) fn latest_name(&self, board: &TextBoard) -> String {
        board.shelf.latest.map_or(String::new(), |latest| {
            board.shelf.sheets[latest].name.to_string()
        })
    }

    pub(super) fn latest_path<'a>(&self, board: &'a TextBoard, row: usize) -> &'a str {
        board
            .shelf
            .latest
            .map_or("", |latest| board.path(latest, row))
    }

    fn no_draft(&self, name: &str) -> AskError {
        AskError::Unknown {
            name: format!("{name}: no draft of it was given"),
            nearest: None,
        }
    }

    fn latest_provisions<'a>(&self, board: &'a TextBoard) -> &'a [onetext_text::Provision] {
        board.shelf.latest.map_or(&[][..], |latest| {
            board.shelf.sheets[latest].issued.draft.provisions()
        })
    }

    /// What bears on a provision's own wording: brackets, a place held, and each party's position.
    fn row_reasons(&self, board: &TextBoard, index: usize) -> Vec<Reason> {
        let row = &board.table.rows[index];
        let mut reasons = Vec::new();
        if row.in_bracket {
            let pairs = row.own_brackets;
            let noun = if pairs == 1 {
                "pair of brackets is"
            } else {
                "pairs of brackets are"
            };
            let acts = self.bracket_acts(board, index);
            let open = if pairs == 0 {
                "it stands in an open bracket".to_owned()
            } else {
                format!("{pairs} {noun} open")
            };
            let text = format!("{open}; {}", bracket_types(&acts));
            reasons.push(self.reason(text, &acts));
        } else if let Some(level) = self.process.levels.get(row.required_level)
            && row.required_level > 0
        {
            let text = format!("it was left to the level of {level}");
            reasons.push(self.reason(text, &self.bracket_acts(board, index)));
        }
        if row.placeholder {
            reasons.push(self.reason("it holds a place for text to come".to_owned(), &[]));
        }
        let denials = self.denials(board);
        for party in 0..board.text.parties.len() {
            let cell = self.cell_status(board, &denials, (party, index));
            reasons.push(self.cell_reason(board, party, &cell));
            let positions = cell.acts.iter();
            let acts = positions.filter_map(|act| self.state.acts.get(act));
            reasons.extend(acts.flat_map(|act| self.tied_reasons(act)));
            reasons.extend(self.package_reason(board, (party, index), &cell));
            let seat = &board.text.parties[party];
            let denied = cell.denied.iter();
            reasons.extend(denied.map(|denied| self.denied_reason(seat, denied)));
        }
        reasons
    }

    /// What was written down for a seat and denied by it.
    fn denied_reason(&self, seat: &SeatId, denied: &DeniedStance) -> Reason {
        let on = denied
            .draft
            .as_ref()
            .map_or(String::new(), |draft| format!(" on {draft}"));
        let text = format!(
            "{}: denied: {} wrote down for {}{on} that it {}; {} denied it on {}, and it does not count",
            self.seat_name(seat),
            self.seat_name(&denied.recorded_by),
            denied.on,
            super::stance_words(denied.stance),
            denied.denied_by,
            denied.denied_on,
        );
        self.reason(text, &self.acts_named(&denied.acts))
    }

    /// The acts of these names, as far as the viewer sees them.
    fn acts_named(&self, names: &[ActId]) -> Vec<&Act> {
        let acts = names.iter().filter_map(|act| self.state.acts.get(act));
        acts.map(AsRef::as_ref).collect()
    }

    fn bracket_acts<'a>(&'a self, board: &'a TextBoard, index: usize) -> Vec<&'a Act> {
        let explains = |act: &&Act| {
            let Deed::Bracket(bracket) = &act.deed else {
                return false;
            };
            let shelf = &board.shelf;
            let Some(sheet) = shelf.find(&bracket.draft, &act.seat, &act.room, &self.state) else {
                return false;
            };
            let crate::act::Points::Paths(paths) = &bracket.points else {
                return true;
            };
            let sheet = &board.shelf.sheets[sheet];
            let named = crate::position::targets(sheet, paths);
            let mut now = named
                .iter()
                .filter_map(|(named, _)| sheet.to_latest.successors.get(*named))
                .flatten();
            now.any(|now| *now == index)
        };
        self.state
            .other_acts()
            .map(AsRef::as_ref)
            .filter(|act| explains(act) && !self.is_withdrawn(act))
            .collect()
    }

    fn cell_reason(&self, board: &TextBoard, party: usize, cell: &CellStatus) -> Reason {
        let seat = self.seat_name(&board.text.parties[party]);
        self.reason(
            format!("{seat}: {}", cell_words(cell)),
            &self.acts_named(&cell.acts),
        )
    }

    /// What an acceptance on a condition hangs on, and how far that is met.
    pub(super) fn tied_reasons(&self, act: &Act) -> Vec<Reason> {
        let mut positions = self.texts.values();
        let position = positions.find_map(|board| board.table.position_of(&act.id));
        let (Some(position), Deed::Stance(stance)) = (position, &act.deed) else {
            return Vec::new();
        };
        let Some(condition) = &stance.condition else {
            return Vec::new();
        };
        let told = self.condition_reasons(position, condition);
        let met = match self.condition_met(act, condition) {
            Met::Yes => "met",
            Met::AdReferendum => "met ad referendum only",
            Met::No => "not met",
        };
        let text = format!("the condition of {} is {met}: {}", act.id, told.join("; "));
        vec![self.reason(text, &[act])]
    }

    /// The package that a position is part of, or with which it lapsed.
    fn package_reason(
        &self,
        board: &TextBoard,
        (party, index): (usize, usize),
        cell: &CellStatus,
    ) -> Option<Reason> {
        let (on, tied) = self.package(cell.package.as_ref()?)?;
        let status = self.package_status(on, tied);
        let name = self.seat_name(&board.text.parties[party]);
        let text = match board.table.cell(party, index).stance {
            CellStance::Lapsed => format!(
                "{name}: it lapsed with the package {}: {}",
                tied.act.id,
                status.because.join("; ")
            ),
            CellStance::AcceptedOnCondition => format!(
                "{name}: it is part of the package {}, and does not count before all of that: {}",
                tied.act.id,
                status.because.join("; ")
            ),
            _ => format!("{name}: it is part of the package {}", tied.act.id),
        };
        Some(self.reason(text, &[&tied.act]))
    }

    /// The sub-items that make a point less favourable than its own wording.
    fn inner_reasons(&self, board: &TextBoard, index: usize) -> Vec<Reason> {
        let rows = &board.table.rows;
        let provisions = self.latest_provisions(board);
        let inner =
            (index + 1..=rows[index].end).filter(|inner| rows[*inner].own == rows[index].status);
        let worse = inner.filter(|inner| rows[*inner].own < rows[index].own);
        worse
            .map(|inner| {
                let mut reason = self.reason(
                    format!(
                        "{} in it is {}",
                        provisions[inner].path,
                        status_words(rows[inner].own)
                    ),
                    &[],
                );
                for own in self.row_reasons(board, inner) {
                    reason.acts.extend(own.acts);
                }
                reason
            })
            .collect()
    }

    /// One reason for each disputed point of a text.
    pub(super) fn disputed_points(&self, board: &TextBoard) -> Vec<Reason> {
        let rows = &board.table.rows;
        let provisions = self.latest_provisions(board);
        let disputed = (0..rows.len())
            .filter(|row| rows[*row].point && rows[*row].status == PointStatus::Disputed);
        disputed
            .map(|point| {
                let mut reason =
                    self.reason(format!("{} is disputed", provisions[point].path), &[]);
                for row in point..=rows[point].end {
                    for party in 0..board.text.parties.len() {
                        let cell = board.table.cell(party, row);
                        let disputing = cell
                            .positions
                            .iter()
                            .map(|index| &board.table.positions[*index]);
                        let disputing = disputing.filter(|position| position.disputes());
                        reason
                            .acts
                            .extend(disputing.map(|position| self.card(&position.act)));
                    }
                }
                reason
                    .acts
                    .sort_by(|one, other| (&one.on, &one.id).cmp(&(&other.on, &other.id)));
                reason.acts.dedup();
                if rows[point].brackets > 0 {
                    reason.text.push_str("; brackets are open in it");
                }
                reason
            })
            .collect()
    }
}

/// The field's words for a status.
pub(super) fn status_words(status: PointStatus) -> &'static str {
    match status {
        PointStatus::Agreed => "provisionally agreed",
        PointStatus::AgreedAdRef => "agreed ad referendum",
        PointStatus::Disputed => "disputed",
        PointStatus::Unknown => "unknown",
    }
}

/// What is on record of why brackets stand, and where they can be closed.
fn bracket_types(acts: &[&Act]) -> String {
    let told = acts.iter().filter_map(|act| match &act.deed {
        Deed::Bracket(bracket) => Some(super::acts::bracket_words(bracket)),
        _ => None,
    });
    let mut told: Vec<String> = told.collect();
    told.dedup();
    if told.is_empty() {
        "no type and no level is on record".to_owned()
    } else {
        told.join("; ")
    }
}

/// What a seat holds, in words, with everything that qualifies it.
fn cell_words(cell: &CellStatus) -> String {
    let mut words = match (&cell.package, cell.stance) {
        (Some(package), CellStance::Lapsed) => {
            format!("its assent lapsed with the package {package}")
        }
        (_, stance) => super::stance_words(stance).to_owned(),
    };
    match (cell.kind, cell.stance) {
        (Some(kind), _) => words.push_str(&format!(", type {}", super::acts::type_word(kind))),
        (None, CellStance::Objected | CellStance::Proposed | CellStance::Reserved) => {
            words.push_str(", no type stated")
        }
        _ => {}
    }
    if let Some(level) = &cell.level {
        words.push_str(&format!(", at the level of {level}"));
    }
    if cell.red_line {
        words.push_str(", as a red line");
    }
    if let Some(from) = &cell.carried_from {
        words.push_str(&format!(", taken on {}#{}", from.draft, from.path));
    }
    if cell.incomplete {
        words.push_str(", incomplete: sub-items came or went since");
    }
    if let Some(draft) = cell
        .endorsed
        .as_ref()
        .filter(|_| cell.stance != CellStance::Endorsed)
    {
        words.push_str(&format!("; it endorses {draft} in principle"));
    }
    match (cell.seen, cell.stance) {
        (Some(false), _) => words.push_str("; it has not been given the latest draft"),
        (None, CellStance::NotKnown) => {
            words.push_str("; whether it has been given the latest draft is not known here")
        }
        _ => {}
    }
    if cell.by_silence {
        words.push_str(" (by silence)");
    }
    if let Some(change) = &cell.before_change {
        words.push_str(&format!(
            "; accepted before the change {change}, which does not count while that runs"
        ));
    }
    match cell.attested {
        Some(Attested::Reported) => words.push_str(" (reported by another seat)"),
        Some(Attested::ReadBack) => words.push_str(" (read back)"),
        _ => {}
    }
    words
}
