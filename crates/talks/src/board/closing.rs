//! The end of a text: what each party did towards it, and what the next step lacks.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Board, TextBoard};
use crate::act::{Act, Authenticate, Deed, Points, RatifyState};
use crate::closing::{ClosingStatus, Mark, PartyClosing, RatificationStep};
use crate::escrow::{Flaw, authentic, own_word};
use crate::explanation::Reason;
use crate::names::SeatId;
use crate::record::{Power, TextKind};
use crate::shelf::Source;
use crate::status::{Alert, AlertKind, Stage};
use crate::ties::named;
use crate::when::When;

impl Board {
    /// How far a text came to its end; none where it is not negotiated, or no draft of it was given.
    pub(super) fn closing(&self, board: &TextBoard) -> Option<ClosingStatus> {
        if matches!(board.text.kind, TextKind::Input | TextKind::Precedent) {
            return None;
        }
        let latest = board.shelf.latest?;
        let sheet = board.shelf.sheets.get(latest)?;
        if sheet.source != Source::Draft {
            return None;
        }
        let parties: BTreeMap<SeatId, PartyClosing> = board
            .text
            .parties
            .iter()
            .map(|party| (party.clone(), self.party_closing(board, party)))
            .collect();
        let counts = |marks: &[Mark]| marks.iter().any(|mark| mark.counts);
        let all = |done: &dyn Fn(&PartyClosing) -> bool| {
            !parties.is_empty() && parties.values().all(done)
        };
        let closed = self.text_stage(board) == Stage::Final;
        let all_signed = all(&|party| counts(&party.signatures));
        let needed = board.text.ratifications.unwrap_or(parties.len());
        let since = self.in_force_since(&parties, needed);
        let signed = closed && all_signed;
        let mut status = ClosingStatus {
            draft: sheet.name.clone(),
            closed,
            initialled: !board.text.parties.is_empty()
                && board
                    .text
                    .parties
                    .iter()
                    .all(|party| self.all_initialled(board, party)),
            signed,
            in_force: signed && since.is_some(),
            in_force_since: since.filter(|_| signed),
            ratifications: needed,
            parties,
            lacks: Vec::new(),
        };
        status.lacks = self.closing_lacks(board, &status);
        Some(status)
    }

    /// Whether anything was done towards the end of a text, or it is there.
    pub(super) fn near_its_end(&self, status: &ClosingStatus) -> bool {
        status.closed
            || status.parties.values().any(|party| {
                !(party.initials.is_empty()
                    && party.signatures.is_empty()
                    && party.ratification.is_empty())
            })
    }

    fn party_closing(&self, board: &TextBoard, party: &SeatId) -> PartyClosing {
        let mut closing = PartyClosing::default();
        for act in self.closing_acts(board, party) {
            match &act.deed {
                Deed::Initial(deed) => {
                    closing
                        .initials
                        .push(self.mark(board, act, deed, Power::Initial))
                }
                Deed::Sign(deed) => {
                    closing
                        .signatures
                        .push(self.mark(board, act, deed, Power::Sign))
                }
                Deed::Ratify(deed) => closing.ratification.push(RatificationStep {
                    act: act.id.clone(),
                    body: deed.body.clone(),
                    state: deed.state,
                    on: act.on.clone(),
                    counts: own_word(act, &self.state)
                        && self.is_the_latest(board, board.shelf.find_draft(&deed.draft)),
                }),
                _ => {}
            }
        }
        closing
    }

    /// What anybody did towards the end of any text, in the order of lists.
    fn ends(&self) -> &[Arc<Act>] {
        let is_end = |act: &&Arc<Act>| {
            matches!(act.deed, Deed::Initial(_) | Deed::Sign(_) | Deed::Ratify(_))
        };
        self.ends.get_or_init(|| {
            let acts = self.state.other_acts().filter(is_end);
            acts.cloned().collect()
        })
    }

    /// What a party did towards the end of a text and did not take back, in the order of lists.
    fn closing_acts<'a>(
        &'a self,
        board: &'a TextBoard,
        party: &'a SeatId,
    ) -> impl Iterator<Item = &'a Arc<Act>> {
        self.ends().iter().filter(move |act| {
            let draft = match &act.deed {
                Deed::Initial(deed) | Deed::Sign(deed) => &deed.draft,
                Deed::Ratify(deed) => &deed.draft,
                _ => return false,
            };
            act.seat == *party && board.shelf.find_draft(draft).is_some() && !self.is_withdrawn(act)
        })
    }

    fn mark(&self, board: &TextBoard, act: &Act, deed: &Authenticate, power: Power) -> Mark {
        let flaw = authentic(act, power, &board.text.parties, &self.state).err();
        let flaw = flaw.map(|flaw| self.flaw_words(board, act, flaw));
        let flaw = flaw.or_else(|| self.off_the_draft(board, deed, power));
        let sealed = power == Power::Sign && !self.all_signed(board, &deed.draft);
        let escrow = || "in escrow: the others see it when every party has signed".to_owned();
        Mark {
            act: act.id.clone(),
            person: act.person.clone(),
            on: act.on.clone(),
            draft: deed.draft.clone(),
            counts: flaw.is_none(),
            because: flaw.or_else(|| sealed.then(escrow)),
        }
    }

    fn flaw_words(&self, board: &TextBoard, act: &Act, flaw: Flaw) -> String {
        match flaw {
            Flaw::Nobody => "no person is named who did it".to_owned(),
            Flaw::BeyondPowers => format!(
                "it is beyond the powers of {}",
                act.person
                    .as_ref()
                    .map_or(String::new(), |person| self.person_name(person.as_str()))
            ),
            Flaw::Room => format!("not all parties of {} sit in {}", board.text.id, act.room),
            Flaw::Reported => "another seat wrote it down, and its own has not confirmed it".into(),
        }
    }

    /// Why initials or a signature are not on the latest draft as it reads.
    fn off_the_draft(
        &self,
        board: &TextBoard,
        deed: &Authenticate,
        power: Power,
    ) -> Option<String> {
        let sheet = board.shelf.find_draft(&deed.draft);
        let latest = board.shelf.latest?;
        let name = &board.shelf.sheets.get(latest)?.name;
        if power == Power::Sign {
            let part = matches!(&deed.points, Some(Points::Paths(_)));
            if part {
                return Some("a part of a text is not signed by itself".to_owned());
            }
            let other = !self.is_the_latest(board, sheet);
            return other.then(|| format!("{name} reads otherwise"));
        }
        let gone = self
            .initialled_in(board, deed)
            .filter(|(_, now)| now.is_empty())
            .count();
        (gone > 0).then(|| {
            let words = if gone == 1 { "wording" } else { "wordings" };
            format!("{gone} {words} of it read otherwise in {name}")
        })
    }

    /// The wordings that were initialled, and the provisions of the latest draft that still have each.
    fn initialled_in<'a>(
        &'a self,
        board: &'a TextBoard,
        deed: &'a Authenticate,
    ) -> impl Iterator<Item = (usize, Vec<usize>)> + 'a {
        let sheet = board.shelf.find_draft(&deed.draft);
        sheet.into_iter().flat_map(move |sheet| {
            let points = deed.points.as_ref().unwrap_or(&Points::Whole);
            let named = named(&board.shelf.sheets[sheet], points);
            named
                .into_iter()
                .map(move |wording| (wording, board.shelf.kept(sheet, wording)))
        })
    }

    /// Whether a party's initials stand on every wording of the latest draft.
    fn all_initialled(&self, board: &TextBoard, party: &SeatId) -> bool {
        let mut rows = vec![false; board.table.rows.len()];
        for act in self.closing_acts(board, party) {
            let Deed::Initial(deed) = &act.deed else {
                continue;
            };
            if authentic(act, Power::Initial, &board.text.parties, &self.state).is_err() {
                continue;
            }
            for row in self.initialled_in(board, deed).flat_map(|(_, now)| now) {
                if let Some(slot) = rows.get_mut(row) {
                    *slot = true;
                }
            }
        }
        !rows.is_empty() && self.binding_rows(board).all(|row| rows[row])
    }

    /// Whether a sheet is the latest draft, or that one but for corrections to which nobody objected.
    pub(super) fn is_the_latest(&self, board: &TextBoard, sheet: Option<usize>) -> bool {
        let (Some(sheet), Some(latest)) = (sheet, board.shelf.latest) else {
            return false;
        };
        if sheet == latest {
            return true;
        }
        let (one, other) = (&board.shelf.sheets[sheet], &board.shelf.sheets[latest]);
        let corrected = |row: usize, from, to| {
            let mut bridges = board.shelf.bridges.iter();
            bridges.any(|bridge| {
                bridge.corrects && bridge.row == row && bridge.from == from && bridge.to == to
            })
        };
        let same = |(index, was): (usize, &onetext_text::Digest)| {
            let now = one.to_latest.successors.get(index).map(Vec::as_slice);
            let Some([row]) = now else {
                return false;
            };
            let now = other.digests.get(*row);
            now.is_some_and(|now| now == was || corrected(*row, *was, *now))
        };
        !board.shelf.bridges.is_empty()
            && one.digests.len() == other.digests.len()
            && one.digests.iter().enumerate().all(same)
    }

    /// Whether every party has signed a draft.
    fn all_signed(&self, board: &TextBoard, draft: &crate::names::DraftId) -> bool {
        let parties = &board.text.parties;
        parties.iter().all(|party| {
            self.closing_acts(board, party).any(|act| {
                matches!(&act.deed, Deed::Sign(deed) if deed.draft == *draft)
                    && authentic(act, Power::Sign, parties, &self.state).is_ok()
            })
        })
    }

    /// Since when enough parties have ratified, all having signed.
    fn in_force_since(
        &self,
        parties: &BTreeMap<SeatId, PartyClosing>,
        needed: usize,
    ) -> Option<When> {
        let first = |marks: &[Mark]| {
            let counting = marks.iter().filter(|mark| mark.counts);
            counting.map(|mark| mark.on.clone()).min()
        };
        let signed: Option<Vec<When>> = parties
            .values()
            .map(|party| first(&party.signatures))
            .collect();
        let signed = signed?.into_iter().max()?;
        let mut ratified: Vec<When> = parties.values().filter_map(ratified_on).collect();
        ratified.sort();
        match needed.checked_sub(1) {
            None => Some(signed),
            Some(last) => Some(ratified.get(last)?.clone().max(signed)),
        }
    }

    /// What the next step lacks.
    fn closing_lacks(&self, board: &TextBoard, status: &ClosingStatus) -> Vec<String> {
        if !status.closed {
            return self.text_lacks(board);
        }
        if !status.signed {
            return self.unsigned(status);
        }
        if status.in_force {
            return Vec::new();
        }
        let done = status
            .parties
            .values()
            .filter(|one| ratified_on(one).is_some());
        let mut lacks = vec![format!(
            "{} of {} ratifications were deposited",
            done.count(),
            status.ratifications
        )];
        for (seat, party) in &status.parties {
            let last = party.ratification.iter().rfind(|step| step.counts);
            let name = self.seat_name(seat);
            let body = |step: &RatificationStep| {
                let body = step.body.as_ref();
                body.map_or(String::new(), |body| format!(" by {body}"))
            };
            lacks.extend(match last {
                Some(step) if step.state == RatifyState::Rejected => {
                    Some(format!("{name}: rejected{} on {}", body(step), step.on))
                }
                Some(step) if step.state == RatifyState::Approved => Some(format!(
                    "{name}: approved{} on {}, not deposited yet",
                    body(step),
                    step.on
                )),
                Some(step) if step.state == RatifyState::Submitted => {
                    Some(format!("{name}: put before{} on {}", before(step), step.on))
                }
                _ => None,
            });
        }
        lacks
    }

    /// Who has not signed: of others than the viewer nothing is said before all have.
    fn unsigned(&self, status: &ClosingStatus) -> Vec<String> {
        let own = status.parties.get(&self.viewer.seat);
        let mine = own.is_some_and(|party| party.signatures.iter().any(|mark| mark.counts));
        let mut lacks =
            vec!["not every party has signed it; who has is shown when all have".to_owned()];
        if own.is_some() && !mine {
            let name = self.seat_name(&self.viewer.seat);
            lacks.push(format!("{name} has not signed it"));
        }
        lacks
    }

    /// What was done towards the end of a text, as reasons.
    pub(super) fn closing_reasons(&self, board: &TextBoard) -> Vec<Reason> {
        let Some(status) = self
            .closing(board)
            .filter(|status| self.near_its_end(status))
        else {
            return Vec::new();
        };
        let mut reasons = Vec::new();
        if status.closed {
            let text = format!(
                "{} is closed: every party itself accepted the whole of it in a room where all sit",
                status.draft
            );
            reasons.push(self.reason(text, &[]));
            let lacks = status.lacks.iter().cloned();
            reasons.extend(lacks.map(|text| self.reason(text, &[])));
        }
        if let Some(since) = &status.in_force_since {
            reasons.push(self.reason(format!("it is in force since {since}"), &[]));
        }
        for (seat, party) in &status.parties {
            let name = self.seat_name(seat);
            let marks = party.initials.iter().map(|mark| ("initialled", mark));
            let marks = marks.chain(party.signatures.iter().map(|mark| ("signed", mark)));
            for (did, mark) in marks {
                let acts = self.state.acts.get(&mark.act);
                let acts: Vec<&Act> = acts.into_iter().map(AsRef::as_ref).collect();
                let text = match (&mark.because, mark.counts) {
                    (None, _) => format!("{name} {did} it"),
                    (Some(because), true) => format!("{name} {did} it, {because}"),
                    (Some(because), false) => {
                        format!(
                            "{name} {did} {}, which does not count: {because}",
                            mark.draft
                        )
                    }
                };
                reasons.push(self.reason(text, &acts));
            }
            for step in &party.ratification {
                let acts = self.state.acts.get(&step.act);
                let acts: Vec<&Act> = acts.into_iter().map(AsRef::as_ref).collect();
                let text = format!("{name}: {}", ratify_words(step));
                reasons.push(self.reason(text, &acts));
            }
        }
        reasons
    }

    /// Initials and signatures beyond their person's powers.
    pub(super) fn closing_alerts(&self, alerts: &mut Vec<Alert>) {
        for act in self.state.other_acts() {
            let (deed, power, verb) = match &act.deed {
                Deed::Initial(deed) => (deed, Power::Initial, "initial"),
                Deed::Sign(deed) => (deed, Power::Sign, "sign"),
                _ => continue,
            };
            let person = act.person.as_ref();
            let person = person.and_then(|person| self.state.persons.get(person));
            let Some(person) = person.filter(|person| !person.may(power, &act.on)) else {
                continue;
            };
            if self.is_withdrawn(act) {
                continue;
            }
            alerts.push(Alert {
                kind: AlertKind::BeyondPowers,
                about: vec![deed.draft.to_string()],
                acts: vec![act.id.clone()],
                told: Vec::new(),
                text: format!(
                    "{} has no power to {verb}{}; the act is kept and has no effect",
                    person.name,
                    if person.powers.contains(&power) {
                        " at that time"
                    } else {
                        ""
                    }
                ),
            });
        }
    }
}

/// When a party's ratification was deposited, where that is its last word.
fn ratified_on(party: &PartyClosing) -> Option<When> {
    let last = party.ratification.iter().rfind(|step| step.counts)?;
    (last.state == RatifyState::Deposited).then(|| last.on.clone())
}

fn before(step: &RatificationStep) -> String {
    let body = step.body.as_ref();
    body.map_or(" those who decide at home".to_owned(), |body| {
        format!(" {body}")
    })
}

fn ratify_words(step: &RatificationStep) -> String {
    let body = step.body.as_ref();
    let by = body.map_or(String::new(), |body| format!(" by {body}"));
    let said = match step.state {
        RatifyState::Submitted => format!("put before{}", before(step)),
        RatifyState::Approved => format!("approved{by}"),
        RatifyState::Rejected => format!("rejected{by}"),
        RatifyState::Deposited => "the instrument of ratification was deposited".to_owned(),
    };
    if step.counts {
        said
    } else {
        format!("{said}; it does not count: it is reported, or on another draft")
    }
}
