//! Accounts of one thing that cannot both be so: kept side by side, and neither overwrites the other.

use super::super::Board;
use crate::act::{Act, ClaimKind, Deed};
use crate::status::{Alert, AlertKind};

impl Board {
    /// A seat that asserted or confirmed a claim and denied it too; and what was received or accepted, asserted by one
    /// and denied by another.
    pub(super) fn accounts_conflict(&self, alerts: &mut Vec<Alert>) {
        for (said, _, claim) in self.claims() {
            let answers = self.state.standing_answers_to(claim.id.as_str());
            let answers: Vec<&Act> = answers.map(AsRef::as_ref).collect();
            let confirms = |act: &&&Act| matches!(act.deed, Deed::Confirm(_));
            let denies = |act: &&&Act| matches!(act.deed, Deed::Deny(_));
            let for_it: Vec<&Act> = std::iter::once(said)
                .chain(answers.iter().filter(confirms).copied())
                .collect();
            let of_fact = matches!(claim.what, ClaimKind::Received | ClaimKind::Accepted);
            for against in answers.iter().filter(denies) {
                let own = for_it.iter().find(|act| act.seat == against.seat);
                let Some(account) = own.or_else(|| for_it.first().filter(|_| of_fact)) else {
                    continue;
                };
                let who = if account.seat == against.seat {
                    format!("{} says both", self.seat_name(&against.seat))
                } else {
                    format!(
                        "{} says that it is so, and {} that it is not",
                        self.seat_name(&account.seat),
                        self.seat_name(&against.seat)
                    )
                };
                alerts.push(Alert {
                    kind: AlertKind::AccountsConflict,
                    about: vec![claim.id.to_string()],
                    acts: vec![account.id.clone(), against.id.clone()],
                    told: Vec::new(),
                    text: format!("of the claim {}: {who}; both accounts are kept", claim.id),
                });
            }
        }
    }
}
