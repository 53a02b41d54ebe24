//! Alerts: what deserves a second look. Nothing is refused for them.

mod accounts;
mod conduct;
mod looks;
mod meetings;
mod positions;
mod reintroduced;
mod terms;

pub(super) use positions::verb;

pub(super) use looks::Looks;
pub(super) use reintroduced::{Objections, Substance, Wordings};

use std::sync::Arc;

use super::Board;
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
    fn key(&self) -> (&Option<When>, AlertKind, &[String], &[ActId], &str) {
        let alert = &self.alert;
        (
            &self.time,
            alert.kind,
            &alert.about,
            &alert.acts,
            &alert.text,
        )
    }

    /// Which one it is, of alerts that say the same.
    fn which(&self) -> *const Alert {
        Arc::as_ptr(&self.alert)
    }
}

/// Alerts in the order of the list.
#[derive(Debug, Default)]
pub(super) struct Listed(Vec<Ready>);

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
        let mut others: Vec<Ready> = alerts.into_iter().map(|alert| self.ready(alert)).collect();
        let mut of_texts: Vec<_> = counted.map(|board| board.kept.listed.borrow()).collect();
        // All but the longest list are few, and are sorted into it.
        of_texts.sort_by_key(|listed| listed.0.len());
        let longest = of_texts.pop();
        let longest = longest.as_ref().map_or(&[][..], |listed| &listed.0);
        let short = of_texts.iter().flat_map(|listed| listed.0.iter());
        others.extend(short.cloned());
        others.sort_by(|one, other| one.key().cmp(&other.key()));
        let mut all: Vec<&Ready> = Vec::with_capacity(longest.len() + others.len());
        let mut rest = longest;
        for ready in &others {
            let before = rest.partition_point(|own| own.key() <= ready.key());
            let (before, after) = rest.split_at(before);
            all.extend(before);
            all.push(ready);
            rest = after;
        }
        all.extend(rest);
        all.retain(|ready| !crate::mutant::hushes(ready.alert.kind));
        let alerts = all.into_iter().map(|ready| &ready.alert);
        alerts.cloned().collect()
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
    fn told(&self, act: &Act) -> Arc<str> {
        format!("{} {} ({})", act.on, self.sentence(act), act.id).into()
    }
}
