//! What deserves a second look of what one seat did on a text, kept by position: one act more has only those looked at again
//! that it may bear on.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{Board, TextBoard};
use super::reintroduced::{Objected, Substance, Wordings};
use super::{Listed, Ready};
use crate::status::{Alert, AlertKind};

/// How much of what a seat did has to be looked at again.
#[derive(Debug, Default, PartialEq, Eq)]
enum Stale {
    #[default]
    All,
    /// What rests on what it holds on these rows, and what it did since.
    Rows(BTreeSet<usize>),
    Nothing,
}

/// What deserves a second look of what one seat did on a text.
#[derive(Debug, Default)]
pub(in crate::board) struct Looks {
    stale: Stale,
    /// How many of its positions were looked at.
    seen: usize,
    /// By position: what concerns it alone.
    of_positions: BTreeMap<usize, Vec<Ready>>,
    /// Positions of the seat that do not go together.
    conflicts: Vec<Ready>,
    /// By position: to which substance it objects without having agreed since.
    objects: BTreeMap<usize, Vec<(Substance, Objected)>>,
    /// By row of the latest draft: the objections that look at what the seat holds there.
    watch: BTreeMap<usize, BTreeSet<usize>>,
}

impl Looks {
    /// Something came of the seat.
    pub(in crate::board) fn came(&mut self) {
        if self.stale == Stale::Nothing {
            self.stale = Stale::Rows(BTreeSet::new());
        }
    }

    /// What the seat holds on a row may have changed.
    pub(in crate::board) fn changed(&mut self, row: usize) {
        self.came();
        if let Stale::Rows(rows) = &mut self.stale {
            rows.insert(row);
        }
    }

    /// Everything may have changed.
    pub(in crate::board) fn all_changed(&mut self) {
        self.stale = Stale::All;
    }
}

/// What a new look changed: whose substance is objected to otherwise, and which alerts went and came.
#[derive(Debug, Default)]
struct News {
    substance: BTreeSet<Substance>,
    gone: Vec<Ready>,
    come: Vec<Ready>,
}

impl Board {
    /// Looks again at what each seat did on a text, where that may have changed.
    pub(super) fn look_again(&self, board: &TextBoard) {
        let mut all = board.kept.looks.borrow_mut();
        let mut news = News::default();
        for bucket in board.table.buckets() {
            let looks = all.entry(bucket).or_default();
            self.look(board, bucket, looks, &mut news);
        }
        let mut kept = board.kept.substance.borrow_mut();
        let objections = board.kept.objections.borrow();
        for own in std::mem::take(&mut news.substance) {
            let objections = objections.get(&own);
            let now = objections.and_then(|objections| self.reintroduced(board, own, objections));
            news.come.extend(now.clone());
            news.gone.extend(match now {
                Some(now) => kept.insert(own, now),
                None => kept.remove(&own),
            });
        }
        let mut listed = board.kept.listed.borrow_mut();
        listed.change(&news.gone, news.come);
    }

    fn look(&self, board: &TextBoard, bucket: usize, looks: &mut Looks, news: &mut News) {
        let Some(positions) = positions(board, bucket, looks) else {
            return;
        };
        let mut found: Vec<(usize, Alert)> = Vec::new();
        self.dropped(board, bucket, &positions, &mut found);
        self.about_positions(board, &positions, &mut found);
        let mut alerts: BTreeMap<usize, Vec<Alert>> = BTreeMap::new();
        for (position, alert) in found {
            alerts.entry(position).or_default().push(alert);
        }
        for position in &positions {
            let before = looks.of_positions.remove(position).unwrap_or_default();
            let now = alerts.remove(position).unwrap_or_default();
            let now = self.told_again(before, now, news);
            if !now.is_empty() {
                looks.of_positions.insert(*position, now);
            }
        }
        let mut conflicts = Vec::new();
        self.conflicting(board, bucket, &mut conflicts);
        let before = std::mem::take(&mut looks.conflicts);
        looks.conflicts = self.told_again(before, conflicts, news);
        self.look_at_objections(board, &positions, looks, news);
    }

    /// Alerts that are as they were stay what they are.
    fn told_again(&self, mut before: Vec<Ready>, now: Vec<Alert>, news: &mut News) -> Vec<Ready> {
        let now = now.into_iter().map(|alert| {
            let same = |ready: &Ready| {
                let then = &ready.alert;
                then.kind == alert.kind
                    && then.about == alert.about
                    && then.acts == alert.acts
                    && then.text == alert.text
            };
            if let Some(place) = before.iter().position(same) {
                return before.swap_remove(place);
            }
            let ready = self.ready(alert);
            news.come.push(ready.clone());
            ready
        });
        let now = now.collect();
        news.gone.extend(before);
        now
    }

    /// To which substance of the latest draft these positions object, their seat not having agreed since.
    fn look_at_objections(
        &self,
        board: &TextBoard,
        positions: &[usize],
        looks: &mut Looks,
        news: &mut News,
    ) {
        let Some(latest) = board.shelf.latest else {
            return;
        };
        let mut standing = board.kept.wordings.borrow_mut();
        let standing = standing.get_or_insert_with(|| Wordings::of(board, latest));
        let mut all = board.kept.objections.borrow_mut();
        for index in positions {
            let before = looks.objects.remove(index).unwrap_or_default();
            let (now, rows) = self.objected(board, *index, standing);
            for row in rows {
                looks.watch.entry(row).or_default().insert(*index);
            }
            if now != before {
                for (substance, objected) in &before {
                    if let Some(objections) = all.get_mut(substance) {
                        objections.leave(objected, &self.state);
                    }
                }
                for (substance, objected) in &now {
                    let objections = all.entry(*substance).or_default();
                    let named = |(sheet, at): (usize, usize)| {
                        let name = &board.shelf.sheets[sheet].name;
                        format!("{name}#{}", board.path(sheet, at))
                    };
                    objections.enter(objected, &self.state, |act| self.told(act), named);
                }
                news.substance.extend(before.iter().map(|(own, _)| *own));
                news.substance.extend(now.iter().map(|(own, _)| *own));
            }
            if !now.is_empty() {
                looks.objects.insert(*index, now);
            }
        }
    }
}

/// Which of a seat's positions have to be looked at again, in order; none where nothing changed.
fn positions(board: &TextBoard, bucket: usize, looks: &mut Looks) -> Option<Vec<usize>> {
    let all = board.table.indices_of(bucket);
    let new = all.get(looks.seen..).unwrap_or_default();
    let rows = match std::mem::replace(&mut looks.stale, Stale::Nothing) {
        Stale::Nothing => return None,
        Stale::All => {
            looks.seen = all.len();
            return Some(all.to_vec());
        }
        Stale::Rows(rows) => rows,
    };
    looks.seen = all.len();
    let mut again: BTreeSet<usize> = new.iter().copied().collect();
    for row in rows {
        if bucket < board.table.parties.len() {
            again.extend(board.table.reaching(bucket, row));
        }
        again.extend(looks.watch.get(&row).into_iter().flatten());
    }
    let against = |index: &usize| {
        let position = board.table.positions.get(*index);
        position.is_some_and(super::positions::is_against)
    };
    if new.iter().any(against) {
        // Who is against words misses them no more.
        let missed = looks.of_positions.iter().filter(|(_, ready)| {
            let mut kinds = ready.iter().map(|ready| ready.alert.kind);
            kinds.any(|kind| kind == AlertKind::Dropped)
        });
        again.extend(missed.map(|(index, _)| *index));
    }
    Some(again.into_iter().collect())
}

/// The alerts of a text, in the order of the list.
impl Listed {
    /// So many changes at once are sorted in rather than put in their places.
    const MANY: usize = 64;

    fn change(&mut self, gone: &[Ready], come: Vec<Ready>) {
        if gone.len() + come.len() > Listed::MANY {
            let gone: BTreeSet<_> = gone.iter().map(Ready::which).collect();
            self.0.retain(|ready| !gone.contains(&ready.which()));
            self.0.extend(come);
            self.0.sort_by(|one, other| one.key().cmp(&other.key()));
            return;
        }
        for ready in gone {
            let first = self.0.partition_point(|own| own.key() < ready.key());
            let alike = self.0.iter().skip(first);
            let mut alike = alike.take_while(|own| own.key() == ready.key());
            let place = alike.position(|own| own.which() == ready.which());
            if let Some(place) = place {
                self.0.remove(first + place);
            }
        }
        for ready in come {
            let place = self.0.partition_point(|own| own.key() <= ready.key());
            self.0.insert(place, ready);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::{Listed, Ready};
    use crate::status::{Alert, AlertKind};
    use crate::when::When;

    /// An alert of a day, of which there may be several that say the same.
    fn ready(day: u8, says: u8) -> Ready {
        Ready {
            alert: Arc::new(Alert {
                kind: AlertKind::Dropped,
                about: Vec::new(),
                acts: Vec::new(),
                told: Vec::new(),
                text: says.to_string(),
            }),
            time: When::parse(&format!("2031-03-{:02}", day + 1)).ok(),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// Few changes are put in their places and many are sorted in: the list is the same.
        #[test]
        fn a_list_that_changed_is_the_one_sorted_anew(
            steps in prop::collection::vec((prop::collection::vec((0_u8..9, 0_u8..3), 0..90), any::<u8>()), 1..8),
        ) {
            let (mut listed, mut anew) = (Listed::default(), Vec::<Ready>::new());
            for (come, every) in steps {
                let come: Vec<Ready> = come.into_iter().map(|(day, says)| ready(day, says)).collect();
                let every = usize::from(every % 40) + 1;
                let gone: Vec<Ready> = anew.iter().step_by(every).cloned().collect();
                anew.retain(|ready| !gone.iter().any(|gone| gone.which() == ready.which()));
                anew.extend(come.iter().cloned());
                anew.sort_by(|one, other| one.key().cmp(&other.key()));
                listed.change(&gone, come);
                let which = |all: &[Ready]| -> Vec<_> { all.iter().map(Ready::which).collect() };
                prop_assert_eq!(which(&listed.0), which(&anew));
            }
        }
    }
}
