//! Alerts: what deserves a second look. Nothing is refused for them.

mod accounts;
mod conduct;
mod meetings;
mod positions;
mod reintroduced;
mod terms;

pub(super) use positions::verb;

use super::Board;
use crate::act::Act;
use crate::status::Alert;

impl Board {
    pub(super) fn alerts(&self) -> &[Alert] {
        self.alerts.get_or_init(|| self.find_alerts())
    }

    fn find_alerts(&self) -> Vec<Alert> {
        let mut alerts = Vec::new();
        for board in self
            .texts
            .values()
            .filter(|board| board.text.kind != crate::record::TextKind::Input)
        {
            self.reintroduced(board, &mut alerts);
            self.dropped(board, &mut alerts);
            self.bracket_removed(board, &mut alerts);
            self.about_positions(board, &mut alerts);
            self.conflicting(board, &mut alerts);
        }
        self.terms_differ(&mut alerts);
        self.mandate_differs(&mut alerts);
        self.gate_tension(&mut alerts);
        self.condition_alerts(&mut alerts);
        self.package_alerts(&mut alerts);
        self.closing_alerts(&mut alerts);
        self.accounts_conflict(&mut alerts);
        self.conduct_alerts(&mut alerts);
        alerts.retain(|alert| !crate::mutant::hushes(alert.kind));
        for alert in &mut alerts {
            let acts = alert.acts.iter().filter_map(|act| self.state.acts.get(act));
            let mut acts: Vec<&Act> = acts.map(AsRef::as_ref).collect();
            acts.sort_by_key(|act| (&act.on, &act.id));
            let told = acts.into_iter().map(|act| self.told(act));
            alert.told = told.collect();
        }
        // In the order of lists: by the time of the last act each rests on, then by what it is about.
        alerts.sort_by_cached_key(|alert| {
            let time = alert
                .acts
                .iter()
                .filter_map(|act| self.state.acts.get(act))
                .map(|act| act.on.clone())
                .max();
            (time, alert.kind, alert.about.clone(), alert.acts.clone())
        });
        alerts
    }

    /// An act in one line: when, who, what, and the name to ask for it by.
    fn told(&self, act: &Act) -> String {
        format!("{} {} ({})", act.on, self.sentence(act), act.id)
    }
}
