//! Linked texts that use different terms of one pair for the same point.

use super::super::{Board, TextBoard};
use crate::status::{Alert, AlertKind};

/// Terms that mean different commitments and are easily taken for each other.
const PAIRS: &[(&str, &str)] = &[
    ("guarantee", "assurance"),
    ("ceasefire", "truce"),
    ("treaty", "memorandum"),
    ("annex", "appendix"),
];

impl Board {
    pub(super) fn terms_differ(&self, alerts: &mut Vec<Alert>) {
        for board in self.texts.values() {
            for link in &board.text.linked_to {
                let there = self
                    .texts
                    .values()
                    .find_map(|other| Some((other, other.shelf.find_draft(&link.draft)?)));
                let (Some((main, sheet)), Some(latest)) = (there, board.shelf.latest) else {
                    continue;
                };
                let Ok(index) = main.shelf.sheets[sheet].issued.draft.find(&link.path) else {
                    continue;
                };
                let Some(point) = linked_point(main, sheet, index) else {
                    continue;
                };
                let mut side = board.text.title.to_lowercase();
                for provision in board.shelf.sheets[latest].issued.draft.provisions() {
                    side.push(' ');
                    side.push_str(&provision.wording.to_lowercase());
                }
                alerts.extend(differing(&point, &side).map(|(one, other)| Alert {
                    kind: AlertKind::TermsDiffer,
                    about: vec![point.name.clone(), board.text.id.to_string()],
                    acts: Vec::new(),
                    told: Vec::new(),
                    text: format!(
                        "{} and {} ({}) use {one}s and {other}s for the same point",
                        point.name,
                        board.text.id,
                        self.draft_and_day(board, latest)
                    ),
                }));
            }
        }
    }
}

/// A point of the latest draft and its words, sub-items included.
struct Point {
    name: String,
    words: String,
}

/// What a linked provision is in the latest draft.
fn linked_point(main: &TextBoard, sheet: usize, index: usize) -> Option<Point> {
    let latest = &main.shelf.sheets[main.shelf.latest?];
    let now = *main.shelf.sheets[sheet]
        .to_latest
        .successors
        .get(index)?
        .first()?;
    let provisions = latest.issued.draft.provisions();
    let end = main.table.rows.get(now)?.end;
    let words: Vec<&str> = provisions
        .get(now..=end)?
        .iter()
        .map(|provision| provision.wording.as_str())
        .collect();
    Some(Point {
        name: format!("{}#{}", latest.name, provisions[now].path),
        words: words.join(" ").to_lowercase(),
    })
}

/// Pairs of which both terms occur between the two, and not the same on both sides.
fn differing<'a>(
    point: &'a Point,
    side: &'a str,
) -> impl Iterator<Item = (&'static str, &'static str)> + 'a {
    PAIRS.iter().copied().filter(move |(one, other)| {
        let here = (has(&point.words, one), has(&point.words, other));
        let there = (has(side, one), has(side, other));
        (here.0 || there.0) && (here.1 || there.1) && here != there
    })
}

/// Whether a word that begins with the term stands in the text.
fn has(text: &str, term: &str) -> bool {
    text.match_indices(term).any(|(at, _)| {
        !text[..at]
            .chars()
            .next_back()
            .is_some_and(char::is_alphanumeric)
    })
}
