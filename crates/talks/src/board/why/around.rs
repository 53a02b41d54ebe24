//! What lies around an answer: what was held before, who else is concerned, what was noted about it, and what deserves a
//! second look.

use super::super::{Board, TextBoard};
use crate::act::{Act, Deed, Points, StanceKind};
use crate::explanation::Reason;
use crate::mutant::off;
use crate::position::{Standing, targets};
use crate::status::Verdict;

impl Board {
    /// What seats held on a provision before: objections, reserved positions and proposals that no longer count, and
    /// why not. What was rejected once is remembered by seat and provision.
    pub(super) fn history(&self, board: &TextBoard, index: usize) -> Vec<Reason> {
        let mut reasons = Vec::new();
        for (party, seat) in board.text.parties.iter().enumerate() {
            let now = &board.table.cell(party, index).positions;
            let earlier = board.table.reaching(party, index);
            let mut earlier: Vec<&Standing> = earlier
                .into_iter()
                .filter(|position| !now.contains(position))
                .filter_map(|position| board.table.positions.get(position))
                .filter(|position| is_criticism(position.stance))
                .collect();
            earlier.sort_by_key(|position| (&position.act.on, &position.act.id));
            for position in earlier {
                let why = position.void.map_or(
                    "another position of its seat stands in its place",
                    super::acts::void_words,
                );
                let text = format!("{}: earlier, and no longer: {why}", self.seat_name(seat));
                let mut acts: Vec<&Act> = vec![&*position.act];
                let answers = self.state.answers_to(position.act.id.as_str());
                acts.extend(answers.map(AsRef::as_ref));
                reasons.push(self.reason(text, &acts));
            }
        }
        reasons
    }

    /// Whether those consent who are affected and do not sit at the table: the last word on each.
    pub(super) fn consents(&self, board: &TextBoard, index: usize) -> Vec<Reason> {
        let mut last: std::collections::BTreeMap<&str, (&Act, bool)> =
            std::collections::BTreeMap::new();
        for act in self
            .state
            .other_acts()
            .filter(|act| !self.is_withdrawn(act))
        {
            let Deed::Consent(consent) = &act.deed else {
                continue;
            };
            let (shelf, state) = (&board.shelf, &self.state);
            let Some(sheet) = shelf.find(&consent.draft, &act.seat, &act.room, state) else {
                continue;
            };
            let sheet = &shelf.sheets[sheet];
            let concerns = match &consent.points {
                Points::Whole => true,
                Points::Paths(paths) => {
                    let named = targets(sheet, paths);
                    let mut now = named
                        .iter()
                        .filter_map(|(named, _)| sheet.to_latest.successors.get(*named))
                        .flatten();
                    now.any(|now| *now == index)
                }
            };
            if concerns {
                last.insert(consent.of.as_str(), (&**act, consent.given));
            }
        }
        let told = last.into_iter().map(|(who, (act, given))| {
            let consents = if given {
                "consents"
            } else {
                "does not consent"
            };
            let text = format!("{who} is affected and no party: it {consents}");
            self.reason(text, &[act])
        });
        told.collect()
    }

    /// Each side's own minute of something settled earlier, side by side.
    pub(super) fn minutes_of(&self, id: &str) -> Vec<Reason> {
        let minutes = self.state.other_acts().filter(|act| match &act.deed {
            Deed::Minute(minute) => minute.of.as_str() == id && !self.is_withdrawn(act),
            _ => false,
        });
        let told = minutes.map(|act| {
            let text = format!("the minute of {}, its own", self.seat_name(&act.seat));
            self.reason(text, &[act])
        });
        told.collect()
    }

    /// Challenges to somebody's capacity, and whether they stand.
    pub(super) fn challenges_to(&self, id: &str) -> Vec<Reason> {
        let challenges = self.state.other_acts().filter(|act| match &act.deed {
            Deed::Challenge(challenge) => challenge.of == id,
            _ => false,
        });
        let told = challenges.map(|act| {
            let text = if self.is_withdrawn(act) {
                "its capacity was challenged, and the challenge was taken back"
            } else {
                "its capacity is challenged: nothing is final while that stands"
            };
            let mut acts: Vec<&Act> = vec![&**act];
            acts.extend(self.state.answers_to(act.id.as_str()).map(AsRef::as_ref));
            self.reason(text.to_owned(), &acts)
        });
        told.collect()
    }

    /// The acts that say that they are about this.
    pub(super) fn about_it(&self, subject: &str) -> Option<Reason> {
        let about = |act: &&Act| {
            !off("what is about an act is told with it")
                && act.about.iter().any(|about| about.as_str() == subject)
        };
        let acts: Vec<&Act> = self
            .state
            .other_acts()
            .map(AsRef::as_ref)
            .filter(about)
            .collect();
        (!acts.is_empty()).then(|| self.reason("these acts are about it".to_owned(), &acts))
    }

    /// The alerts about something, with the acts that they rest on.
    pub(super) fn second_looks(&self, subjects: &[String]) -> Vec<Reason> {
        let concerns = |name: &String| subjects.contains(name);
        let is_gate = |name: &String| {
            let act = self.state.acts.get(name.as_str());
            act.is_some_and(|act| matches!(act.deed, Deed::Gate(_)))
        };
        // Nearly all are of positions, and no gate is.
        let of_positions = !subjects.iter().all(is_gate);
        let alerts = self.alerts().iter();
        let alerts = alerts.filter(|alert| of_positions || !alert.kind.is_of_positions());
        let alerts = alerts.filter(|alert| {
            let rests =
                |act: &crate::names::ActId| subjects.iter().any(|name| act == name.as_str());
            alert.about.iter().any(concerns) || alert.acts.iter().any(rests)
        });
        let told = alerts.map(|alert| {
            let acts = alert.acts.iter().filter_map(|act| self.state.acts.get(act));
            let acts: Vec<&Act> = acts.map(AsRef::as_ref).collect();
            self.reason(format!("worth a second look: {}", alert.text), &acts)
        });
        told.collect()
    }

    /// The verdict on a claim when it was said.
    pub(super) fn verdict_then(&self, id: &str) -> Option<Verdict> {
        let mut claims = self.claims();
        let (act, _, claim) = claims.find(|(_, _, claim)| claim.id.as_str() == id)?;
        Some(self.verdict_as_of(act.on.latest(), claim))
    }
}

/// Whether a position criticises the words: what is remembered after it was left.
fn is_criticism(stance: StanceKind) -> bool {
    matches!(
        stance,
        StanceKind::Object | StanceKind::Reserve | StanceKind::Propose
    )
}
