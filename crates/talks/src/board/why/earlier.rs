//! What a provision of an earlier draft was, what it became, and how that stands.

use onetext_text::Target;

use super::super::texts::first_words;
use super::super::{Board, TextBoard};
use super::points::status_words;
use crate::act::StanceKind;
use crate::explanation::{Explanation, Reason};
use crate::position::{Scope, Standing};

impl Board {
    pub(super) fn why_earlier(
        &self,
        subject: &str,
        board: &TextBoard,
        sheet: usize,
        target: &Target,
    ) -> Explanation {
        let source = &board.shelf.sheets[sheet];
        let steps = board.fate(sheet, target.index);
        let wording = source.issued.draft.provisions().get(target.index);
        let wording = wording.map_or(String::new(), |provision| first_words(&provision.wording));
        let was = format!(
            "{} of {} read \u{201c}{wording}\u{201d}",
            board.path(sheet, target.index),
            self.draft_and_day(board, sheet)
        );
        let working = board
            .shelf
            .working
            .iter()
            .any(|draft| draft.id == source.name);
        let sentences = steps
            .iter()
            .filter(|_| !working)
            .flat_map(|step| self.step_sentences(board, step));
        let mut because: Vec<Reason> = sentences.map(|text| self.reason(text, &[])).collect();
        if working {
            let text = format!(
                "{} is a working draft: nobody else has been given it",
                source.name
            );
            because.push(self.reason(text, &[]));
        }
        let successors = source.to_latest.successors.get(target.index);
        let now: &[usize] = successors.map_or(&[], Vec::as_slice);
        let stands = |row: &usize| {
            let (path, row) = (self.latest_path(board, *row), &board.table.rows[*row]);
            let status = if target.chapeau_only {
                row.own
            } else {
                row.status
            };
            format!("{path}, which is {}", status_words(status))
        };
        let answer = match (now, steps.last()) {
            ([], Some(step)) if !working => format!(
                "{was}; it is gone since {}",
                self.draft_and_day(board, step.to)
            ),
            ([], _) => format!(
                "{was}; nothing in {}, the latest draft, is it",
                self.latest_name(board)
            ),
            (now, _) => {
                let now: Vec<String> = now.iter().map(stands).collect();
                let now: Vec<&str> = now.iter().map(String::as_str).collect();
                let latest = self.latest_name(board);
                format!(
                    "{was}; in {latest}, the latest draft, it is {}",
                    super::list(&now)
                )
            }
        };
        if now.is_empty() && !working {
            because.extend(self.held_until_gone(board, sheet, target.index));
        }
        for row in now {
            if now.len() > 1 {
                because.push(self.reason(format!("on {}", stands(row)), &[]));
            }
            because.extend(self.point_reasons(board, *row, target.chapeau_only));
        }
        Explanation {
            subject: subject.to_owned(),
            answer,
            because,
        }
    }

    /// Who held what on a provision that is gone, on any of the drafts in which it still was.
    fn held_until_gone<'a>(
        &'a self,
        board: &'a TextBoard,
        sheet: usize,
        index: usize,
    ) -> impl Iterator<Item = Reason> + 'a {
        let places: Vec<(usize, Vec<usize>)> = std::iter::once((sheet, vec![index]))
            .chain(
                board
                    .fate(sheet, index)
                    .into_iter()
                    .map(|step| (step.from, step.old)),
            )
            .collect();
        let on_it = move |position: &Standing| match &position.scope {
            Scope::Whole(sheet) => places.iter().any(|(at, _)| at == sheet),
            Scope::Provisions(sheet, named) => {
                let named = board.shelf.sheets[*sheet].wordings(named);
                let mut held = places.iter().filter(|(at, _)| at == sheet);
                held.any(|(_, old)| named.iter().any(|index| old.contains(index)))
            }
            Scope::Text | Scope::Insertion(_) => false,
        };
        let positions = board.table.positions.iter();
        let held = positions.filter(move |position| position.void.is_none() && on_it(position));
        // In the order of lists, in whatever order they came.
        let mut held: Vec<&Standing> = held.collect();
        held.sort_by(|one, other| {
            let key = |position: &'a Standing| (&position.act.on, &position.act.id);
            key(one).cmp(&key(other))
        });
        held.into_iter().map(|position| {
            let seat = self.seat_name(&position.act.seat);
            let did = match position.stance {
                StanceKind::Accept => "had accepted it",
                StanceKind::AcceptAdRef => "had accepted it ad referendum",
                StanceKind::Endorse => "had endorsed it",
                StanceKind::Object => "had objected to it",
                StanceKind::Propose => "had proposed a change of it",
                StanceKind::Reserve => "had reserved its position on it",
                StanceKind::Withhold => "had withheld its position on it",
            };
            self.reason(format!("{seat} {did}"), &[&position.act])
        })
    }
}
