//! Alerts: what deserves a second look. Nothing is refused for them.

mod accounts;
mod conduct;
mod meetings;
mod positions;
mod reintroduced;
mod terms;

pub(super) use positions::verb;

pub(super) use reintroduced::{Looks, Substance, Wordings};

use std::sync::Arc;

use super::{Board, TextBoard};
use crate::act::Act;
use crate::names::ActId;
use crate::record::TextKind;
use crate::status::{Alert, AlertKind};
use crate::when::When;

/// An alert as it is listed, with the time of the last act that it rests on.
#[derive(Debug, Clone)]
pub(super) struct Ready {
    alert: Arc<Alert>,
    time: Option<When>,
}

impl Ready {
    /// The order of the list: by the time of the last act that each rests on, then by what it is about.
    fn key(&self) -> (&Option<When>, AlertKind, &[String], &[ActId]) {
        let alert = &self.alert;
        (&self.time, alert.kind, &alert.about, &alert.acts)
    }
}

impl Board {
    pub(super) fn alerts(&self) -> &[Arc<Alert>] {
        self.alerts.get_or_init(|| self.find_alerts())
    }

    fn find_alerts(&self) -> Vec<Arc<Alert>> {
        let texts = self.texts.values();
        let counted = texts.filter(|board| board.text.kind != TextKind::Input);
        let mut alerts = Vec::new();
        for board in counted.clone() {
            self.look_again(board);
            self.bracket_removed(board, &mut alerts);
        }
        self.terms_differ(&mut alerts);
        self.mandate_differs(&mut alerts);
        self.gate_tension(&mut alerts);
        self.condition_alerts(&mut alerts);
        self.package_alerts(&mut alerts);
        self.closing_alerts(&mut alerts);
        self.accounts_conflict(&mut alerts);
        self.conduct_alerts(&mut alerts);
        let others: Vec<Ready> = alerts.into_iter().map(|alert| self.ready(alert)).collect();
        let kept: Vec<_> = counted
            .map(|board| (board.kept.looks.borrow(), board.kept.substance.borrow()))
            .collect();
        let of_texts = kept.iter().flat_map(|(looks, substance)| {
            let of_seats = looks.values().flat_map(Looks::alerts);
            substance.values().chain(of_seats)
        });
        let mut all: Vec<&Ready> = of_texts.chain(&others).collect();
        all.retain(|ready| !crate::mutant::hushes(ready.alert.kind));
        all.sort_by(|one, other| one.key().cmp(&other.key()));
        let alerts = all.into_iter().map(|ready| &ready.alert);
        alerts.cloned().collect()
    }

    /// Looks again at what each seat did on a text, where that may have changed.
    fn look_again(&self, board: &TextBoard) {
        let mut all = board.kept.looks.borrow_mut();
        let mut substance = std::collections::BTreeSet::new();
        for bucket in board.table.buckets() {
            if all.get(&bucket).is_some_and(|looks| !looks.stale) {
                continue;
            }
            let mut alerts = Vec::new();
            self.dropped(board, bucket, &mut alerts);
            self.about_positions(board, bucket, &mut alerts);
            self.conflicting(board, bucket, &mut alerts);
            let alerts = alerts.into_iter().map(|alert| self.ready(alert));
            let now = Looks::of(alerts.collect(), self.objected(board, bucket));
            let before = all.insert(bucket, now);
            let now = &all[&bucket];
            substance.extend(now.differs(before.as_ref()));
        }
        let mut kept = board.kept.substance.borrow_mut();
        for own in substance {
            match self.reintroduced(board, own, &all) {
                Some(alert) => kept.insert(own, self.ready(alert)),
                None => kept.remove(&own),
            };
        }
    }

    /// An alert with what its acts say.
    fn ready(&self, mut alert: Alert) -> Ready {
        let acts = alert.acts.iter().filter_map(|act| self.state.acts.get(act));
        let mut acts: Vec<&Act> = acts.map(AsRef::as_ref).collect();
        acts.sort_by_key(|act| (&act.on, &act.id));
        let time = acts.iter().map(|act| &act.on).max().cloned();
        alert.told = acts.into_iter().map(|act| self.told(act)).collect();
        Ready {
            alert: Arc::new(alert),
            time,
        }
    }

    /// An act in one line: when, who, what, and the name to ask for it by.
    fn told(&self, act: &Act) -> String {
        format!("{} {} ({})", act.on, self.sentence(act), act.id)
    }
}
