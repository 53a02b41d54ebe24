//! Why something stands as it does: the answer, the reasons, and the acts that those rest on. Every act that is named
//! is one that the viewer can see.

mod acts;
mod around;
mod earlier;
mod persons;
mod points;

use std::sync::Arc;

use super::stage::list;
use super::{AskError, Board, TextBoard, nearest};
use crate::act::{Act, Deed, SessionState};
use crate::explanation::{ActCard, Explanation, Reason};
use crate::names::{PersonId, SeatId, TextId};
use crate::status::{CellStance, ObligationState, SessionStatus, Stage, Verdict};

impl Board {
    /// Why a provision (`TEXT#PATH`, `DRAFT#PATH`, `TEXT#PATH.chapeau`), a text, a gate, a claim, a meeting, a mission,
    /// an awaited reply, an understanding, an act, a seat or a person stands as it does.
    ///
    /// # Errors
    /// [`AskError`] where the viewer can see nothing of that name.
    pub fn why(&self, subject: &str) -> Result<Explanation, AskError> {
        if let Some((name, path)) = subject.split_once('#') {
            return self.why_point(subject, name, path);
        }
        let found = self
            .why_text(subject)
            .or_else(|| self.why_gate(subject))
            .or_else(|| self.why_claim(subject))
            .or_else(|| self.why_obligation(subject))
            .or_else(|| self.why_understanding(subject))
            .or_else(|| self.why_package(subject))
            .or_else(|| self.why_procedure(subject))
            .or_else(|| self.why_session(subject))
            .or_else(|| self.why_mission(subject))
            .or_else(|| self.why_seat(subject))
            .or_else(|| self.why_person(subject))
            .or_else(|| self.why_process(subject))
            .or_else(|| self.why_act(subject));
        let mut found = found.ok_or_else(|| self.unknown(subject))?;
        found.because.extend(self.about_it(subject));
        found
            .because
            .extend(self.second_looks(&[subject.to_owned()]));
        Ok(found)
    }

    fn unknown(&self, name: &str) -> AskError {
        let claims: Vec<&str> = self
            .claims()
            .map(|(_, _, claim)| claim.id.as_str())
            .collect();
        let names = self
            .texts
            .keys()
            .map(TextId::as_str)
            .chain(self.seats.iter().map(|seat| seat.id.as_str()))
            .chain(self.state.persons.keys().map(PersonId::as_str))
            .chain(self.state.acts.keys().map(crate::names::ActId::as_str))
            .chain(claims);
        AskError::Unknown {
            name: name.to_owned(),
            nearest: nearest(name, names),
        }
    }

    fn why_text(&self, id: &str) -> Option<Explanation> {
        let board = self.find_text(id)?;
        let counts = &board.table.counts;
        let answer = match board.shelf.latest {
            None if board.text.issuer == self.viewer.seat => {
                format!("{id} is issued by this seat; no draft of it was given to another seat yet")
            }
            None => format!("{id} is known by name; no draft of it was given"),
            Some(_) => format!(
                "{id} is {}: of {} points {} are {}agreed, {} agreed ad referendum, {} disputed and {} unknown",
                super::claims::stage_words(self.text_stage(board)),
                counts.total,
                counts.agreed,
                if self.text_stage(board) == crate::status::Stage::Final {
                    ""
                } else {
                    "provisionally "
                },
                counts.agreed_ad_ref,
                counts.disputed,
                counts.unknown
            ),
        };
        let mut because: Vec<Reason> = self
            .text_lacks(board)
            .into_iter()
            .map(|lack| self.reason(lack, &[]))
            .collect();
        because.extend(self.closing_reasons(board));
        because.extend(self.disputed_points(board));
        because.extend((0..board.text.parties.len()).map(|party| self.party_reason(board, party)));
        Some(Explanation {
            subject: id.to_owned(),
            answer,
            because,
        })
    }

    /// How many points one party holds which position on, and by which acts.
    fn party_reason(&self, board: &TextBoard, party: usize) -> Reason {
        let table = &board.table;
        let mut acts: std::collections::BTreeSet<usize> = std::collections::BTreeSet::new();
        for row in (0..table.rows.len()).filter(|row| table.rows[*row].point) {
            for provision in row..=table.rows[row].end {
                acts.extend(&table.cell(party, provision).positions);
            }
        }
        let mut acts: Vec<&Act> = acts
            .into_iter()
            .map(|index| &*table.positions[index].act)
            .collect();
        acts.sort_by_key(|act| (&act.on, &act.id));
        let seat = self.seat_name(&board.text.parties[party]);
        self.reason(format!("{seat} {}", self.holdings(board, party)), &acts)
    }

    /// How many points one party holds which position on: the same words wherever it is told, acceptances ad referendum
    /// apart from acceptances.
    pub(super) fn holdings(&self, board: &TextBoard, party: usize) -> String {
        let table = &board.table;
        let mut counts: std::collections::BTreeMap<CellStance, usize> =
            std::collections::BTreeMap::new();
        for row in (0..table.rows.len()).filter(|row| table.rows[*row].point) {
            *counts.entry(table.on_point(party, row)).or_default() += 1;
        }
        let seat = &board.text.parties[party];
        let whole = || {
            let mut rows = 0..table.rows.len();
            rows.all(|row| table.cell(party, row).endorsed.is_some())
        };
        let words = |(stance, count): (&CellStance, &usize)| {
            if *stance == CellStance::Endorsed && whole() {
                return "endorses the whole in principle".to_owned();
            }
            let points = if *count == 1 { "point" } else { "points" };
            let holds = self.stance_words(*stance, board, seat);
            format!("{holds} on {count} {points}")
        };
        let words: Vec<String> = counts.iter().rev().map(words).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let accepts = counts
            .keys()
            .any(|stance| *stance >= CellStance::AcceptedOnCondition);
        let no_wording = if counts.contains_key(&CellStance::Endorsed) && !accepts {
            ", and has accepted no wording"
        } else {
            ""
        };
        format!("{}{no_wording}", list(&words))
    }

    fn stance_words(&self, stance: CellStance, board: &TextBoard, seat: &SeatId) -> &'static str {
        match stance {
            CellStance::NoReply if !board.circulation.tells_all(seat) => {
                "holds nothing that is known here"
            }
            CellStance::NoReply => "has taken no position",
            CellStance::Withheld => "has taken no position, withholding it,",
            CellStance::Lapsed => "has an assent that lapsed with the wording",
            stance => stance_words(stance),
        }
    }

    fn why_gate(&self, id: &str) -> Option<Explanation> {
        let (act, gate) = self.gates().find(|(act, _)| act.id.as_str() == id)?;
        let status = self.gate_status(act, gate);
        let answer = match (&status.overridden, status.holds) {
            (Some(reason), _) => format!(
                "the condition for the {} was set aside by its author: {reason}",
                gate.event
            ),
            (None, Some(true)) => format!("the condition for the {} holds", gate.event),
            (None, Some(false)) => format!("the condition for the {} does not hold", gate.event),
            (None, None) => format!(
                "whether the condition for the {} holds cannot be known here",
                gate.event
            ),
        };
        let mut because: Vec<Reason> = status
            .reasons
            .into_iter()
            .map(|text| self.reason(text, &[]))
            .collect();
        because.push(self.reason("the condition is set by this act".to_owned(), &[act]));
        if let Some((aside, _)) = self.set_aside(act) {
            because.push(self.reason("it is set aside by this act".to_owned(), &[aside]));
        }
        Some(Explanation {
            subject: id.to_owned(),
            answer,
            because,
        })
    }

    fn why_claim(&self, id: &str) -> Option<Explanation> {
        let (act, _, claim) = self
            .claims()
            .find(|(_, _, claim)| claim.id.as_str() == id)?;
        let (verdict, reason) = self.verdict(claim);
        let mut because = vec![self.reason(reason, &[])];
        if let Some(then) = self.verdict_then(id).filter(|then| *then != verdict) {
            let text = format!("when it was said it was {}", verdict_words(then));
            because.push(self.reason(text, &[]));
        }
        because.push(self.reason("it was said in this statement".to_owned(), &[act]));
        let answers: Vec<&Act> = self.state.answers_to(id).map(AsRef::as_ref).collect();
        because.push(if answers.is_empty() {
            self.reason(
                "nobody has confirmed or denied it on record".to_owned(),
                &[],
            )
        } else {
            self.reason("it was confirmed or denied".to_owned(), &answers)
        });
        let answer = format!("the claim {id} is {}", verdict_words(verdict));
        Some(Explanation {
            subject: id.to_owned(),
            answer,
            because,
        })
    }

    fn why_obligation(&self, id: &str) -> Option<Explanation> {
        let obligation = self
            .obligations()
            .into_iter()
            .find(|obligation| obligation.id.as_str() == id)?;
        let act = self.state.acts.get(id)?;
        let name = self.seat_name(&obligation.from);
        let answer = match obligation.state {
            ObligationState::NotDue => format!("the reply of {name} is not due yet"),
            ObligationState::None => format!("the reply of {name} is awaited"),
            ObligationState::Given => format!("the reply of {name} was given"),
        };
        let because = vec![
            self.reason(obligation.because, &[]),
            self.reason("the reply was asked for".into(), &[act]),
        ];
        Some(Explanation {
            subject: id.to_owned(),
            answer,
            because,
        })
    }

    fn why_understanding(&self, id: &str) -> Option<Explanation> {
        let act = self.state.acts.get(id)?;
        let Deed::Understanding(understanding) = &act.deed else {
            return None;
        };
        let status = self
            .understanding_statuses()
            .into_iter()
            .find(|status| status.id.as_str() == id)?;
        let mut because = vec![self.reason("it is on record by this act".to_owned(), &[act])];
        for tenet in &understanding.tenets {
            for (grade, word) in [
                (crate::act::Grade::Letter, "letter"),
                (crate::act::Grade::Spirit, "spirit"),
            ] {
                let acts: Vec<&Act> = self.assessments(tenet, grade).map(|(act, _)| act).collect();
                let earlier = self.on_earlier_words(tenet, grade);
                because.push(match (acts.last(), earlier) {
                    (Some(_), _) => {
                        self.reason(format!("{}: its {word} was assessed", tenet.words), &acts)
                    }
                    (None, Some((act, _))) => self.reason(
                        format!(
                            "{}: its {word} was assessed on earlier words, which changed since; it does not count",
                            tenet.words
                        ),
                        &[act],
                    ),
                    (None, None) => self.reason(
                        format!(
                            "{}: its {word} is not assessed on the latest draft",
                            tenet.words
                        ),
                        &[],
                    ),
                });
            }
        }
        because.extend(self.minutes_of(id));
        let answer = format!(
            "{id} is {}",
            if status.assessed {
                "assessed"
            } else {
                "not assessed"
            }
        );
        Some(Explanation {
            subject: id.to_owned(),
            answer,
            because,
        })
    }

    fn why_session(&self, id: &str) -> Option<Explanation> {
        let chains = self.session_chains();
        let chain = chains
            .iter()
            .find(|chain| chain.acts.iter().any(|(act, _)| act.id.as_str() == id))?;
        let first = chain.first().0.id.clone();
        let status = self
            .session_statuses()
            .into_iter()
            .find(|session| session.id == first)?;
        let acts: Vec<&Act> = self
            .session_acts(chain)
            .into_iter()
            .map(AsRef::as_ref)
            .collect();
        let happened = matches!(
            status.state,
            SessionState::Held | SessionState::DidNotTakePlace
        );
        let text = if happened {
            "it is on record by these acts".to_owned()
        } else {
            self.brought_about(&status)
        };
        let answer = match status.state {
            SessionState::DidNotTakePlace => "the meeting did not take place".to_owned(),
            SessionState::Held => "the meeting was held".to_owned(),
            state => format!("the meeting is {}", super::meetings::state_word(state)),
        };
        Some(Explanation {
            subject: id.to_owned(),
            answer,
            because: vec![self.reason(text, &acts)],
        })
    }

    /// Who proposed, discussed and confirmed a meeting; and that no seat confirmed it, as far as that is known.
    fn brought_about(&self, session: &SessionStatus) -> String {
        let steps = [
            ("proposed by", &session.proposed_by),
            ("discussed by", &session.discussed_by),
            ("confirmed by", &session.confirmed_by),
        ];
        let steps = steps.iter().filter(|(_, seats)| !seats.is_empty());
        let mut told: Vec<String> = steps
            .map(|(what, seats)| format!("{what} {}", self.seat_list(seats)))
            .collect();
        if session.confirmed_by.is_empty() {
            told.push(if self.is_pen_holder() {
                "no seat has confirmed it".to_owned()
            } else {
                "no confirmation is known here".to_owned()
            });
        }
        told.join("; ")
    }

    fn why_mission(&self, id: &str) -> Option<Explanation> {
        let chains = self.mission_chains();
        let chain = chains
            .iter()
            .find(|chain| chain.acts.iter().any(|(act, _)| act.id.as_str() == id))?;
        let (_, order) = chain.first();
        let acts: Vec<&Act> = chain.acts.iter().map(|(act, _)| *act).collect();
        let answer = format!(
            "{} was sent to {}",
            self.person_name(order.envoy.as_str()),
            self.participant_name(&order.counterpart)
        );
        Some(Explanation {
            subject: id.to_owned(),
            answer,
            because: vec![self.reason("it is on record by these acts".to_owned(), &acts)],
        })
    }

    fn why_seat(&self, id: &str) -> Option<Explanation> {
        let seat = self.seats.iter().find(|seat| seat.id.as_str() == id)?;
        let mut because = Vec::new();
        for board in self.texts.values() {
            let given: Vec<&Act> = board
                .circulation
                .to(&seat.id)
                .filter_map(|(_, exposure)| self.state.acts.get(&exposure.act))
                .map(AsRef::as_ref)
                .collect();
            let text = if seat.id == board.text.issuer {
                format!("issues the drafts of {}", board.text.id)
            } else if !given.is_empty() {
                format!("has been given of {}", board.text.id)
            } else if board.circulation.tells_all(&seat.id) {
                format!("has been given no draft of {}", board.text.id)
            } else {
                format!(
                    "what it has been given of {} is not known here",
                    board.text.id
                )
            };
            because.push(self.reason(text, &given));
            if let Some(party) = board
                .text
                .parties
                .iter()
                .position(|party| *party == seat.id)
                && board.shelf.latest.is_some()
            {
                because.push(self.party_reason(board, party));
            }
        }
        for obligation in self
            .obligations()
            .into_iter()
            .filter(|obligation| obligation.from == seat.id)
        {
            because.push(self.reason(
                format!("reply awaited ({}): {}", obligation.id, obligation.because),
                &[],
            ));
        }
        let answer = format!(
            "{}: circulation and positions as far as this view knows",
            seat.name
        );
        Some(Explanation {
            subject: id.to_owned(),
            answer,
            because,
        })
    }

    fn why_process(&self, subject: &str) -> Option<Explanation> {
        if subject != self.process.id && subject != "process" {
            return None;
        }
        let stage = self.process_stage();
        let answer = format!("the process is {}", super::claims::stage_words(stage));
        let mut because = Vec::new();
        if stage == Stage::Open
            && let Some(lacks) = self.stage_lacks("final-stage")
        {
            because.push(self.reason(format!("its final stage lacks: {lacks}"), &[]));
        }
        because.extend(
            self.process_lacks()
                .into_iter()
                .map(|lack| self.reason(format!("to be final: {lack}"), &[])),
        );
        Some(Explanation {
            subject: subject.to_owned(),
            answer,
            because,
        })
    }

    fn why_act(&self, id: &str) -> Option<Explanation> {
        let act = self.state.acts.get(id)?;
        let answers: Vec<&Act> = self.state.answers_to(id).map(AsRef::as_ref).collect();
        let mut because = vec![self.reason("it is on record".to_owned(), &[act])];
        if !answers.is_empty() {
            because.push(self.reason("these acts answer it".to_owned(), &answers));
        }
        if let Some(void) = self
            .texts
            .values()
            .find_map(|board| board.table.position_of(&act.id)?.void)
        {
            because.push(self.reason(format!("it has no effect: {}", acts::void_words(void)), &[]));
        }
        because.extend(self.tied_reasons(act));
        Some(Explanation {
            subject: id.to_owned(),
            answer: self.sentence(act),
            because,
        })
    }

    pub(super) fn reason(&self, text: String, acts: &[&Act]) -> Reason {
        Reason {
            text,
            acts: acts.iter().map(|act| self.card(act)).collect(),
        }
    }

    /// An act as it was told before.
    pub(super) fn kept_card(&self, act: &Act) -> Arc<ActCard> {
        let mut cards = self.cards.borrow_mut();
        if let Some(card) = cards.get(&act.id) {
            return Arc::clone(card);
        }
        let card = Arc::new(self.card(act));
        cards.insert(act.id.clone(), Arc::clone(&card));
        card
    }

    pub(super) fn card(&self, act: &Act) -> ActCard {
        // What was accepted by silence rests on the procedure of its name.
        let act = self.state.acts.get(&act.id).map_or(act, |known| known);
        ActCard {
            id: act.id.clone(),
            room: act.room.clone(),
            by: self.actor(act),
            recorded_by: act.recorder.clone(),
            on: act.on.clone(),
            release: act.release,
            text: self.sentence(act),
        }
    }
}

/// The field's words for a position.
pub(super) fn stance_words(stance: CellStance) -> &'static str {
    match stance {
        CellStance::Objected => "objects",
        CellStance::Proposed => "proposes a change",
        CellStance::Reserved => "reserves its position",
        CellStance::Withheld => "withholds its position",
        CellStance::NotKnown => "not known",
        CellStance::NoReply => "no reply",
        CellStance::Lapsed => "its assent lapsed with the wording",
        CellStance::Endorsed => "endorses in principle",
        CellStance::AcceptedOnCondition => "accepts on a condition",
        CellStance::AcceptedAdRef => "accepts ad referendum",
        CellStance::Accepted => "accepts",
    }
}

fn verdict_words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Supported => "borne out by the record",
        Verdict::Contradicted => "not borne out by the record",
        Verdict::Unsupported => "not decidable on the record",
    }
}
