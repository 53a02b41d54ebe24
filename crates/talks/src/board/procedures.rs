//! Silence procedures, editorial changes and corrections on the board: how they bear on the texts, and how they stand.

use std::sync::Arc;

use super::stage::list;
use super::{Board, TextBoard};
use crate::act::{Act, Points};
use crate::explanation::{Explanation, Reason};
use crate::names::SeatId;
use crate::procedures::{BreachStatus, ProcedureKind, ProcedureState, ProcedureStatus};
use crate::shelf::Shelf;
use crate::silence::{Addressee, Breach, Bridge, Hearing, Procedure, Progress, is_procedure};
use crate::table::Table;

impl Board {
    fn hearing<'a>(&'a self, board: &'a TextBoard) -> Hearing<'a> {
        Hearing {
            text: &board.text,
            table: &board.table,
            shelf: &board.shelf,
            state: &self.state,
            process: &self.process,
            circulation: &board.circulation,
            now: self.now(),
        }
    }

    /// Lets the procedures on a text bear on it: what was accepted by silence is entered, and where changes of wording
    /// have effect the text is laid out anew over them.
    pub(super) fn conclude(
        &self,
        board: &mut TextBoard,
        over: impl FnOnce(Vec<Bridge>) -> (Arc<Shelf>, Table),
    ) {
        let hearing = self.hearing(board);
        let procedures = hearing.procedures();
        let (done, pending) = hearing.bridges(&procedures);
        if !done.is_empty() {
            (board.shelf, board.table) = over(done);
        }
        if !procedures.is_empty() {
            let (state, process) = (&self.state, &self.process);
            board.table.conclude(procedures, pending, state, process);
        }
    }

    /// An act more: procedures may have been opened, broken or have ended by it.
    pub(super) fn hear_again(&mut self, act: &Act) {
        self.hears |= is_procedure(&act.deed);
        let stale = |board: &TextBoard| self.hearing(board).procedures() != board.table.procedures;
        if self.hears && self.texts.values().any(stale) {
            self.lay_out();
        }
    }

    fn procedures(&self) -> impl Iterator<Item = (&TextBoard, &Procedure)> {
        let texts = self.texts.values();
        texts.flat_map(|board| board.table.procedures.iter().map(move |one| (board, one)))
    }

    /// The procedures that the viewer knows of, in the order of lists.
    pub(super) fn procedure_statuses(&self) -> Vec<ProcedureStatus> {
        let all = self.procedures();
        let mut all: Vec<ProcedureStatus> = all
            .map(|(board, procedure)| self.procedure_status(board, procedure))
            .collect();
        all.sort_by(|one, other| (&one.opened, &one.id).cmp(&(&other.opened, &other.id)));
        all
    }

    fn procedure_status(&self, board: &TextBoard, procedure: &Procedure) -> ProcedureStatus {
        let draft = &board.shelf.sheets[procedure.sheet].name;
        let act = &procedure.act;
        let points = match act.deed.on_points() {
            Some((_, Points::Paths(paths))) => {
                paths.iter().map(|path| format!("{draft}#{path}")).collect()
            }
            _ => vec![draft.to_string()],
        };
        let consented = procedure.addressees.iter().filter(|one| {
            let whole_word = !procedure.consent(one).is_empty();
            whole_word
                || (procedure.kind != ProcedureKind::Silence
                    && procedure.state == Progress::Over
                    && one.given == Some(true)
                    && !procedure.is_broken_whole())
        });
        ProcedureStatus {
            id: act.id.clone(),
            kind: procedure.kind,
            text: board.text.id.clone(),
            draft: draft.clone(),
            points,
            by: act.seat.clone(),
            opened: act.on.clone(),
            expires: procedure.expires.clone(),
            state: match procedure.state {
                Progress::Withdrawn => ProcedureState::Withdrawn,
                Progress::NoEffect => ProcedureState::WithoutEffect,
                _ if procedure.is_broken_whole() => ProcedureState::Broken,
                Progress::Running => ProcedureState::Running,
                Progress::Over => ProcedureState::Ended,
            },
            addressees: seats(&procedure.addressees),
            consented: consented.map(|one| one.seat.clone()).collect(),
            broken: procedure
                .breaches
                .iter()
                .map(|breach| self.breach(board, procedure, breach))
                .collect(),
            because: self
                .procedure_reasons(board, procedure)
                .into_iter()
                .map(|(text, _)| text)
                .collect(),
        }
    }

    fn breach(&self, board: &TextBoard, procedure: &Procedure, breach: &Breach) -> BreachStatus {
        let draft = &board.shelf.sheets[procedure.sheet].name;
        let path = |index: &usize| format!("{draft}#{}", board.path(procedure.sheet, *index));
        BreachStatus {
            seat: breach.act.seat.clone(),
            act: breach.act.id.clone(),
            points: breach.wordings.iter().map(path).collect(),
        }
    }

    /// Why a procedure stands as it does, each sentence with the acts that it rests on.
    fn procedure_reasons<'a>(
        &self,
        board: &TextBoard,
        procedure: &'a Procedure,
    ) -> Vec<(String, Vec<&'a Act>)> {
        let paths = |wordings: &[usize]| {
            let paths: Vec<&str> = wordings
                .iter()
                .map(|index| board.path(procedure.sheet, *index))
                .collect();
            list(&paths)
        };
        let draft = &board.shelf.sheets[procedure.sheet].name;
        let mut reasons = vec![self.how_far(board, procedure)];
        for breach in &procedure.breaches {
            let who = self.seat_name(&breach.act.seat);
            let all = breach.wordings.len() == procedure.named.len();
            let what = if all {
                "all of it".to_owned()
            } else {
                paths(&breach.wordings)
            };
            let text = format!("{who} broke it for {what} on {}", breach.act.on);
            reasons.push((text, vec![&*breach.act]));
        }
        if matches!(procedure.state, Progress::Withdrawn | Progress::NoEffect) {
            return reasons;
        }
        for one in &procedure.addressees {
            let who = self.seat_name(&one.seat);
            match one.given {
                Some(true) => {}
                Some(false) => reasons.push((
                    format!("{who} has not been given {draft}: its silence is no consent"),
                    Vec::new(),
                )),
                None => reasons.push((
                    format!("whether {who} has been given {draft} is not known here, and so whether its silence is consent"),
                    Vec::new(),
                )),
            }
            let own: Vec<usize> = one
                .spoke
                .iter()
                .copied()
                .filter(|wording| !procedure.is_broken(*wording))
                .collect();
            if procedure.kind == ProcedureKind::Silence && !own.is_empty() {
                let text = format!(
                    "{who} spoke itself on {}: its own word holds there",
                    paths(&own)
                );
                reasons.push((text, Vec::new()));
            }
        }
        reasons
    }

    /// How far a procedure got, and with what effect.
    fn how_far<'a>(&self, board: &TextBoard, procedure: &'a Procedure) -> (String, Vec<&'a Act>) {
        let until = |word: &str| {
            let expires = procedure.expires.as_ref();
            expires.map_or(String::new(), |expires| format!(" {word} {expires}"))
        };
        let consented: Vec<SeatId> = procedure
            .addressees
            .iter()
            .filter(|one| !procedure.consent(one).is_empty())
            .map(|one| one.seat.clone())
            .collect();
        let text = match (procedure.state, procedure.kind) {
            (Progress::Withdrawn, _) => "its seat took it back".to_owned(),
            (Progress::NoEffect, kind) => self.why_no_effect(board, procedure, kind),
            (_, _) if procedure.is_broken_whole() => {
                "it was broken for all that it is on, and nobody consented by it".to_owned()
            }
            (Progress::Running, ProcedureKind::Silence) => format!(
                "it runs{}: who it asks and has not objected by then has accepted",
                until("until")
            ),
            (Progress::Running, _) if procedure.expires.is_some() => format!(
                "it runs{}: until then what was accepted before it does not count",
                until("until")
            ),
            (Progress::Running, _) => "it has no end of its own: it ends when each party confirmed it, or with a silence procedure on the same provisions".to_owned(),
            (Progress::Over, ProcedureKind::Silence) if consented.is_empty() => {
                format!("it ended{}, and nobody consented by it", until("on"))
            }
            (Progress::Over, ProcedureKind::Silence) => format!(
                "it ended{}: {} consented by silence",
                until("on"),
                self.seat_list(&consented)
            ),
            (Progress::Over, ProcedureKind::Editorial) => format!(
                "it ended{}: what was accepted before the change carries over it, and nobody accepted more by it",
                until("on")
            ),
            (Progress::Over, ProcedureKind::Correction) => format!(
                "it ended{}: the corrected wording stands in the place of the other, and what was accepted carries over",
                until("on")
            ),
        };
        (text, vec![&*procedure.act])
    }

    /// The same, for some of the wordings that it is on: who broke it there, who consented there and who spoke itself.
    fn how_far_on<'a>(
        &self,
        board: &TextBoard,
        procedure: &'a Procedure,
        here: &[usize],
    ) -> (String, Vec<&'a Act>) {
        let concerns = |wordings: &[usize]| here.iter().any(|index| wordings.contains(index));
        if matches!(procedure.state, Progress::Withdrawn | Progress::NoEffect) {
            return self.how_far(board, procedure);
        }
        let mut breaches = procedure.breaches.iter();
        if let Some(breach) = breaches.find(|breach| concerns(&breach.wordings)) {
            let effect = match procedure.kind {
                ProcedureKind::Silence => "nobody accepts this by silence",
                ProcedureKind::Editorial => "here it is a change of substance",
                ProcedureKind::Correction => "the correction has no effect",
            };
            let who = self.seat_name(&breach.act.seat);
            let text = format!("{who} broke it for this on {}: {effect}", breach.act.on);
            return (text, vec![&*procedure.act, &*breach.act]);
        }
        if procedure.state != Progress::Over || procedure.kind != ProcedureKind::Silence {
            return self.how_far(board, procedure);
        }
        let seats = |of: &dyn Fn(&Addressee) -> bool| -> Vec<SeatId> {
            let asked = procedure.addressees.iter().filter(|one| of(one));
            asked.map(|one| one.seat.clone()).collect()
        };
        let consented = seats(&|one| concerns(&procedure.consent(one)));
        let spoke = seats(&|one| concerns(&one.spoke));
        let on = procedure.expires.as_ref();
        let on = on.map_or(String::new(), |expires| format!(" on {expires}"));
        let mut text = if consented.is_empty() {
            format!("it ended{on}, and nobody consented to this by silence")
        } else {
            let who = self.seat_list(&consented);
            format!("it ended{on}: {who} consented to this by silence")
        };
        if !spoke.is_empty() {
            let (who, own) = (
                self.seat_list(&spoke),
                if spoke.len() == 1 { "its" } else { "their" },
            );
            text.push_str(&format!("; {who} spoke on it, and {own} own word holds"));
        }
        (text, vec![&*procedure.act])
    }

    fn why_no_effect(
        &self,
        board: &TextBoard,
        procedure: &Procedure,
        kind: ProcedureKind,
    ) -> String {
        let by = &procedure.act.seat;
        let may_ask = kind == ProcedureKind::Correction
            || *by == board.text.issuer
            || *by == self.process.pen_holder;
        if procedure.addressees.is_empty() {
            "it asks nobody".to_owned()
        } else if may_ask {
            "somebody whom it asks does not sit in its room".to_owned()
        } else {
            format!(
                "{} neither holds the pen nor issues {}: it cannot ask for silence on it",
                self.seat_name(by),
                board.text.id
            )
        }
    }

    pub(super) fn why_procedure(&self, id: &str) -> Option<Explanation> {
        let mut all = self.procedures();
        let (board, procedure) = all.find(|(_, one)| one.act.id.as_str() == id)?;
        let status = self.procedure_status(board, procedure);
        let kind = match procedure.kind {
            ProcedureKind::Silence => "silence procedure",
            ProcedureKind::Editorial => "editorial change",
            ProcedureKind::Correction => "correction",
        };
        let state = match status.state {
            ProcedureState::Running => "running",
            ProcedureState::Ended => "at its end",
            ProcedureState::Broken => "broken",
            ProcedureState::Withdrawn => "withdrawn",
            ProcedureState::WithoutEffect => "without effect",
        };
        let reasons = self.procedure_reasons(board, procedure).into_iter();
        let mut because: Vec<Reason> = reasons
            .map(|(text, acts)| self.reason(text, &acts))
            .collect();
        let answers: Vec<&Act> = self.state.answers_to(id).map(AsRef::as_ref).collect();
        if !answers.is_empty() {
            because.push(self.reason("these acts answer it".to_owned(), &answers));
        }
        Some(Explanation {
            subject: id.to_owned(),
            answer: format!("the {kind} {id} is {state}"),
            because,
        })
    }

    /// What procedures that run, or have effect, say of a provision of the latest draft.
    pub(super) fn procedures_on(&self, board: &TextBoard, row: usize) -> Vec<Reason> {
        let on_it = |procedure: &Procedure| -> Vec<usize> {
            let successors = &board.shelf.sheets[procedure.sheet].to_latest.successors;
            let now = |index: &&usize| {
                successors
                    .get(**index)
                    .is_some_and(|now| now.contains(&row))
            };
            procedure.named.iter().filter(now).copied().collect()
        };
        let mut reasons = Vec::new();
        for procedure in &board.table.procedures {
            let here = on_it(procedure);
            if here.is_empty() {
                continue;
            }
            let (text, acts) = self.how_far_on(board, procedure, &here);
            let kind = match procedure.kind {
                ProcedureKind::Silence => "silence was asked for on it",
                ProcedureKind::Editorial => "its words were changed, no more",
                ProcedureKind::Correction => "a correction of it was proposed",
            };
            let id = &procedure.act.id;
            reasons.push(self.reason(format!("{kind} ({id}): {text}"), &acts));
        }
        if let Some(track) = &board.table.rows[row].track
            && let Some(act) = self.state.acts.get(track)
        {
            let text =
                "it was moved to another track: it is off the counts, neither agreed nor deleted";
            reasons.push(self.reason(text.to_owned(), &[act]));
        }
        reasons
    }
}

fn seats(addressees: &[Addressee]) -> Vec<SeatId> {
    addressees.iter().map(|one| one.seat.clone()).collect()
}
