//! Why a provision is agreed, disputed or unknown.

use super::super::{AskError, Board, TextBoard, nearest};
use crate::act::{Act, Deed};
use crate::names::{DraftId, TextId};
use crate::status::{Attested, CellStance, CellStatus, Explanation, PointStatus, Reason};

impl Board {
    pub(super) fn why_point(
        &self,
        subject: &str,
        name: &str,
        path: &str,
    ) -> Result<Explanation, AskError> {
        let (board, index) = self.find_point(name, path)?;
        let row = &board.table.rows[index];
        let provision = &self.latest_provisions(board)[index];
        let chapeau = path.ends_with(".chapeau");
        let status = if chapeau { row.own } else { row.status };
        let latest = board.shelf.latest.map_or(String::new(), |latest| {
            board.shelf.sheets[latest].name.to_string()
        });
        let answer = format!(
            "{} of {} ({latest}) is {}: \u{201c}{}\u{201d}",
            provision.path,
            board.text.id,
            status_words(status),
            super::super::texts::first_words(&provision.wording)
        );
        let mut because = self.row_reasons(board, index);
        if !chapeau {
            because.extend(self.inner_reasons(board, index));
        }
        Ok(Explanation {
            subject: subject.to_owned(),
            answer,
            because,
        })
    }

    /// A provision of a text's latest draft: by its path there, or by its path in an earlier draft.
    fn find_point(&self, name: &str, path: &str) -> Result<(&TextBoard, usize), AskError> {
        if let Some(board) = self.find_text(name) {
            let Some(latest) = board.shelf.latest else {
                return Err(self.no_draft(name));
            };
            let target = board.shelf.sheets[latest].issued.draft.find_target(path)?;
            return Ok((board, target.index));
        }
        let draft = DraftId::from(name);
        for board in self.texts.values() {
            let sheet = board.shelf.find_draft(&draft).or_else(|| {
                board
                    .shelf
                    .sheets
                    .iter()
                    .position(|sheet| sheet.name == draft)
            });
            let Some(sheet) = sheet.map(|index| &board.shelf.sheets[index]) else {
                continue;
            };
            let target = sheet.issued.draft.find_target(path)?;
            let now = sheet
                .to_latest
                .successors
                .get(target.index)
                .and_then(|now| now.first());
            return now
                .map(|now| (board, *now))
                .ok_or_else(|| AskError::Unknown {
                    name: format!("{name}#{path} in the latest draft: it is gone"),
                    nearest: None,
                });
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
            let text = if pairs == 0 {
                "it stands in an open bracket".to_owned()
            } else {
                format!("{pairs} {noun} open")
            };
            reasons.push(self.reason(text, &self.bracket_acts(board, index)));
        }
        if row.placeholder {
            reasons.push(self.reason("it holds a place for text to come".to_owned(), &[]));
        }
        reasons.extend(
            (0..board.text.parties.len()).map(|party| self.cell_reason(board, party, index)),
        );
        reasons
    }

    fn bracket_acts<'a>(&'a self, board: &'a TextBoard, index: usize) -> Vec<&'a Act> {
        let explains = |act: &&Act| match &act.deed {
            Deed::Bracket(bracket) => {
                let crate::act::Points::Paths(paths) = &bracket.points else {
                    return true;
                };
                let sheet = board
                    .shelf
                    .find(&bracket.draft, &act.seat, &act.room, &self.state);
                sheet
                    .map(|sheet| &board.shelf.sheets[sheet])
                    .is_some_and(|sheet| {
                        let named = crate::position::targets(sheet, paths);
                        let now = named
                            .iter()
                            .filter_map(|(named, _)| sheet.to_latest.successors.get(*named))
                            .flatten();
                        now.into_iter().any(|now| *now == index)
                    })
            }
            _ => false,
        };
        self.state
            .other_acts()
            .map(AsRef::as_ref)
            .filter(explains)
            .collect()
    }

    fn cell_reason(&self, board: &TextBoard, party: usize, index: usize) -> Reason {
        let cell = self.cell_status(board, party, index);
        let seat = &board.text.parties[party];
        let acts: Vec<&Act> = cell
            .acts
            .iter()
            .filter_map(|act| self.state.acts.get(act))
            .map(AsRef::as_ref)
            .collect();
        self.reason(
            format!("{}: {}", self.seat_name(seat), cell_words(&cell)),
            &acts,
        )
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

/// What a seat holds, in words, with everything that qualifies it.
fn cell_words(cell: &CellStatus) -> String {
    let mut words = super::stance_words(cell.stance).to_owned();
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
    match cell.attested {
        Some(Attested::Reported) => words.push_str(" (reported by another seat)"),
        Some(Attested::ReadBack) => words.push_str(" (read back)"),
        _ => {}
    }
    words
}
