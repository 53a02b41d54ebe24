//! Conditions and packages resolved together, over all texts of the board: the greatest consistent set.
//!
//! Everything is presumed met; what then is not is taken back, until nothing more is. Acceptances only ever make more
//! acceptances count, so this ends in the greatest set of which every member is met by the others
//! ([ADR 0017](../../../../docs/adr/0017-the-greatest-consistent-set.md)).

use super::{Board, TextBoard};
use crate::act::{Act, Condition, Deed};
use crate::check::naming::draft_and_path;
use crate::names::{SeatId, TextId};
use crate::position::Position;
use crate::status::PointStatus;
use crate::table::Cell;
use crate::ties::{Hanging, Met, Tied};

impl Board {
    /// Decides how far every condition is met and every package whole.
    pub(super) fn resolve(&mut self) {
        if self.texts.values().all(|board| board.table.ties.is_empty()) {
            return;
        }
        let all: Vec<(TextId, Hanging, Met)> = self.hanging();
        let presumed = all.into_iter().map(|(text, of, _)| (text, of, Met::Yes));
        self.tie(presumed.collect());
        loop {
            let all = self.hanging();
            let lowered = all.into_iter().filter_map(|(text, of, met)| {
                let now = self.met(self.texts.get(&text)?, of);
                (now < met).then_some((text, of, now))
            });
            let lowered: Vec<(TextId, Hanging, Met)> = lowered.collect();
            if lowered.is_empty() {
                break;
            }
            self.tie(lowered);
        }
    }

    /// Everything that hangs on something, and how far that is met as it stands.
    fn hanging(&self) -> Vec<(TextId, Hanging, Met)> {
        let of_text = |(id, board): (&TextId, &TextBoard)| {
            let ties = &board.table.ties;
            let positions = ties
                .hanging()
                .map(|(index, met)| (Hanging::Position(index), met));
            let packages = ties
                .wholes()
                .map(|(index, met)| (Hanging::Package(index), met));
            let all = positions.chain(packages);
            all.map(|(of, met)| (id.clone(), of, met))
                .collect::<Vec<_>>()
        };
        self.texts.iter().flat_map(of_text).collect()
    }

    fn tie(&mut self, all: Vec<(TextId, Hanging, Met)>) {
        for (text, of, met) in all {
            if let Some(board) = self.texts.get_mut(&text) {
                board.table.tie(of, met);
            }
        }
        for board in self.texts.values_mut() {
            if !board.table.ties.is_empty() {
                board.table.settle_points();
            }
        }
    }

    fn met(&self, board: &TextBoard, of: Hanging) -> Met {
        match of {
            Hanging::Position(index) => board
                .table
                .positions
                .get(index)
                .map_or(Met::No, |position| self.position_met(position)),
            Hanging::Package(index) => {
                let tied = board.table.ties.packages.get(index);
                tied.map_or(Met::No, |tied| {
                    self.whole_for(board, tied, &tied.act.seat.clone())
                })
            }
        }
    }

    /// How far what a position hangs on is met.
    fn position_met(&self, position: &Position) -> Met {
        let Deed::Stance(stance) = &position.act.deed else {
            return Met::No;
        };
        let condition = stance.condition.as_ref();
        let condition = condition.map_or(Met::Yes, |condition| {
            self.condition_met(&position.act, condition)
        });
        let package = stance
            .package
            .as_ref()
            .map_or(Met::Yes, |_| self.package_met(position));
        condition.min(package)
    }

    /// How far the package that a position names is whole for its seat.
    fn package_met(&self, position: &Position) -> Met {
        let Some((board, tied)) = position.package().and_then(|name| self.package(name)) else {
            return Met::No;
        };
        let own = tied.act.seat == position.act.seat && !tied.offer;
        match (tied.withdrawn, tied.broken) {
            // Who took its own tie back accepts one by one; an offer that was taken back cannot be accepted.
            (true, _) if own => Met::Yes,
            (true, _) => Met::No,
            // What lapsed with it does not stand at all; what was accepted since is accepted anew.
            (false, Some(_)) => Met::Yes,
            (false, None) => self.whole_for(board, tied, &position.act.seat),
        }
    }

    /// The package of this name, on whichever text.
    pub(super) fn package(&self, name: &crate::names::ActId) -> Option<(&TextBoard, &Tied)> {
        let mut texts = self.texts.values();
        texts.find_map(|board| Some((board, board.table.ties.find(name)?.1)))
    }

    /// How far a seat accepts a package whole: each wording as it stands in it; of another's package as part of it.
    pub(super) fn whole_for(&self, board: &TextBoard, tied: &Tied, seat: &SeatId) -> Met {
        let parties = &board.text.parties;
        let Some(party) = parties.iter().position(|party| party == seat) else {
            return Met::No;
        };
        if tied.withdrawn || tied.broken.is_some() || tied.wordings.is_empty() {
            return Met::No;
        }
        let own = tied.act.seat == *seat && !tied.offer;
        let as_part = |cell: &Cell| {
            let mut positions = cell.positions.iter();
            positions.all(|index| board.table.positions[*index].package() == Some(&tied.act.id))
        };
        let accepted = |row: &usize| {
            let cell = board.table.cell(party, *row);
            if own || as_part(cell) {
                accepted(cell)
            } else {
                Met::No
            }
        };
        let wordings = tied.wordings.iter();
        let wordings = wordings.map(|(_, now)| now.iter().map(accepted).min().unwrap_or(Met::No));
        wordings.min().unwrap_or(Met::No)
    }

    /// How far a condition is met: every party of the text accepts each of its points as worded in the draft that it
    /// names, and each of its texts is final. Words alone nobody but their seat can judge.
    pub(super) fn condition_met(&self, act: &Act, condition: &Condition) -> Met {
        let points = condition.points.iter();
        let points = points.map(|point| {
            self.condition_point(act, point)
                .map_or(Met::No, |point| point.met)
        });
        let texts = condition.texts.iter().map(|text| {
            let lacks = self.texts.get(text).map(|board| self.text_lacks(board));
            match lacks {
                Some(lacks) if lacks.is_empty() => Met::Yes,
                _ => Met::No,
            }
        });
        points.chain(texts).min().unwrap_or(Met::No)
    }

    /// A point that an acceptance hangs on, as far as the viewer knows the draft.
    pub(super) fn condition_point(&self, act: &Act, point: &str) -> Option<ConditionPoint<'_>> {
        let own = match &act.deed {
            Deed::Stance(stance) => stance.draft.as_ref().map(crate::names::DraftId::as_str),
            _ => None,
        };
        let (draft, path) = match draft_and_path(point) {
            Some(apart) => apart,
            None => (own?, point),
        };
        let draft = draft.into();
        let mut texts = self.texts.values();
        let (board, sheet) = texts.find_map(|board| {
            let sheet = board
                .shelf
                .find(&draft, &act.seat, &act.room, &self.state)?;
            Some((board, sheet))
        })?;
        let source = &board.shelf.sheets[sheet];
        let target = source.issued.draft.find_target(path).ok()?;
        let wordings = source.wordings(&[(target.index, target.chapeau_only)]);
        let rows: Vec<Vec<usize>> = wordings
            .iter()
            .map(|index| board.shelf.kept(sheet, *index))
            .collect();
        let changed = rows.iter().any(Vec::is_empty);
        let rows: Vec<usize> = rows.into_iter().flatten().collect();
        let parties = 0..board.text.parties.len();
        let cells = parties.flat_map(|party| rows.iter().map(move |row| (party, *row)));
        let least = cells
            .map(|(party, row)| accepted(board.table.cell(party, row)))
            .min();
        Some(ConditionPoint {
            board,
            name: format!("{}#{path}", source.name),
            met: match least {
                Some(least) if !changed => least,
                _ => Met::No,
            },
            changed,
            rows,
        })
    }
}

/// A point that an acceptance hangs on.
pub(super) struct ConditionPoint<'a> {
    pub board: &'a TextBoard,
    /// `DRAFT#PATH`.
    pub name: String,
    /// How far every party accepts it as worded there.
    pub met: Met,
    /// Whether a wording of it is gone or another in the latest draft: it can no longer be met.
    pub changed: bool,
    /// The provisions of the latest draft that still have its wordings.
    pub rows: Vec<usize>,
}

/// How far a party accepts a wording.
fn accepted(cell: &Cell) -> Met {
    match cell.makes {
        PointStatus::Agreed => Met::Yes,
        PointStatus::AgreedAdRef => Met::AdReferendum,
        PointStatus::Unknown | PointStatus::Disputed => Met::No,
    }
}
