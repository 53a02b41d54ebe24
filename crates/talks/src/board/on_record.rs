//! The acts themselves, as far as the viewer may see them.

use std::sync::Arc;

use super::Board;
use crate::act::Act;
use crate::explanation::ActCard;

/// An act that the viewer can see.
#[derive(Debug, Clone)]
pub struct OnRecord {
    /// The act, told in one line.
    pub card: ActCard,
    /// The act.
    pub act: Arc<Act>,
    /// Whether its seat took it back.
    pub withdrawn: bool,
}

impl Board {
    /// Every act that the viewer can see and `wanted` takes, in the order of lists. What is in escrow is not among them.
    #[must_use]
    pub fn on_record(&self, wanted: impl Fn(&Act) -> bool) -> Vec<OnRecord> {
        let all = self
            .state
            .in_order
            .values()
            .chain(self.state.positions.values());
        let mut acts: Vec<&Arc<Act>> = all.filter(|act| wanted(act)).collect();
        acts.sort_by_key(|act| (&act.on, &act.id));
        let told = acts.into_iter().map(|act| OnRecord {
            card: self.card(act),
            act: Arc::clone(act),
            withdrawn: self.is_withdrawn(act),
        });
        told.collect()
    }
}
