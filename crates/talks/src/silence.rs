//! Procedures in which silence consents: silence procedures, editorial changes, corrections (`dossier.md`, "Hard cases").
//!
//! Silence is consent nowhere else (law 5). Who was asked, was given the draft, sits in the room of the procedure and says
//! nothing there until it ends, has then accepted the wordings that nobody it asked objected to. An editorial change and a
//! correction ask for less: by them nobody accepts anything; what was accepted before carries over.

use std::collections::BTreeSet;
use std::sync::Arc;

use onetext_text::{Digest, normal_form};

use crate::act::{Act, Deed, Points, Stance, StanceKind};
use crate::exposure::Circulation;
use crate::names::{ActId, SeatId};
use crate::position::{Position, Scope, Standing, Void};
use crate::procedures::ProcedureKind;
use crate::record::{Process, Text};
use crate::shelf::Shelf;
use crate::state::State;
use crate::table::Table;
use crate::ties::named;
use crate::when::When;

/// A change of a wording over which assents carry: an editorial change, a correction.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Bridge {
    /// The provision of the latest draft.
    pub row: usize,
    /// What it said.
    pub from: Digest,
    /// What it says since.
    pub to: Digest,
    /// The act that it rests on.
    pub act: ActId,
    /// Whether it corrects a text that was closed.
    pub corrects: bool,
}

/// Whether an assent to a wording carries to another of the same provision.
pub(crate) fn carries(bridges: &[Bridge], row: usize, from: Digest, to: Digest) -> bool {
    let mut reached = vec![from];
    let mut at = 0;
    while let Some(here) = reached.get(at).copied() {
        if here == to {
            return true;
        }
        let on = bridges
            .iter()
            .filter(|bridge| bridge.row == row && bridge.from == here);
        for bridge in on {
            if !reached.contains(&bridge.to) {
                reached.push(bridge.to);
            }
        }
        at += 1;
    }
    false
}

/// One procedure on provisions of one draft.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Procedure {
    pub act: Arc<Act>,
    pub kind: ProcedureKind,
    /// The sheet of its draft.
    pub sheet: usize,
    /// The wordings of that sheet that it is on.
    pub named: Vec<usize>,
    /// When it ends; none where that is not stated.
    pub expires: Option<When>,
    /// How far it got.
    pub state: Progress,
    /// Whom it asks.
    pub addressees: Vec<Addressee>,
    /// Who broke it.
    pub breaches: Vec<Breach>,
}

/// How far a procedure got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Progress {
    /// Its seat took it back.
    Withdrawn,
    /// Its seat may not ask for silence, or not everybody concerned can hear it.
    NoEffect,
    /// It runs.
    Running,
    /// It ended.
    Over,
}

/// A seat that a procedure asks.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Addressee {
    pub seat: SeatId,
    /// Whether it was given the draft by the end; none where the viewer cannot know.
    pub given: Option<bool>,
    /// The wordings on which it spoke itself while the procedure ran: there it was not silent.
    pub spoke: Vec<usize>,
    /// Whether it confirmed the procedure in its own word.
    pub confirmed: bool,
}

/// An objection or a proposal by which a procedure is broken, or the denial of a seat that was asked.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Breach {
    pub act: Arc<Act>,
    /// The wordings for which it breaks it.
    pub wordings: Vec<usize>,
}

impl Procedure {
    /// Whether somebody broke it for this wording.
    pub(crate) fn is_broken(&self, wording: usize) -> bool {
        let mut breaches = self.breaches.iter();
        breaches.any(|breach| breach.wordings.contains(&wording))
    }

    /// Whether it is broken for everything that it is on.
    pub(crate) fn is_broken_whole(&self) -> bool {
        !self.named.is_empty() && self.named.iter().all(|wording| self.is_broken(*wording))
    }

    /// What one of those whom a silence procedure asked accepted by its silence.
    pub(crate) fn consent(&self, addressee: &Addressee) -> Vec<usize> {
        let silent = self.kind == ProcedureKind::Silence
            && self.state == Progress::Over
            && addressee.given == Some(true);
        let kept =
            |wording: &&usize| !self.is_broken(**wording) && !addressee.spoke.contains(wording);
        let named = self.named.iter().filter(|_| silent);
        named.filter(kept).copied().collect()
    }

    /// Whether a change of this wording has effect, for an editorial change or a correction: it ended, and nobody
    /// objected.
    fn changes(&self, wording: usize) -> bool {
        self.state == Progress::Over
            && !self.is_broken(wording)
            && self.addressees.iter().all(|one| one.given == Some(true))
    }
}

/// What procedures are judged on.
pub(crate) struct Hearing<'a> {
    pub text: &'a Text,
    pub table: &'a Table,
    pub shelf: &'a Shelf,
    pub state: &'a State,
    pub process: &'a Process,
    pub circulation: &'a Circulation,
    /// The second of which the board speaks.
    pub now: i64,
}

/// Whether a state holds any procedure at all.
pub(crate) fn any(state: &State) -> bool {
    state.other_acts().any(|act| is_procedure(&act.deed))
}

pub(crate) fn is_procedure(deed: &Deed) -> bool {
    matches!(
        deed,
        Deed::Silence(_) | Deed::Editorial(_) | Deed::Correct(_)
    )
}

impl Hearing<'_> {
    /// The procedures on drafts of the text, in the order of lists.
    pub(crate) fn procedures(&self) -> Vec<Procedure> {
        let acts = self.state.other_acts();
        let mut all: Vec<Procedure> = acts.filter_map(|act| self.procedure(act)).collect();
        // An editorial change without an end of its own ends with a silence procedure on the same provisions.
        let silences: Vec<Procedure> = all
            .iter()
            .filter(|one| one.kind == ProcedureKind::Silence && one.expires.is_some())
            .cloned()
            .collect();
        for editorial in all.iter_mut().filter(|one| {
            one.kind == ProcedureKind::Editorial
                && one.expires.is_none()
                && one.state == Progress::Running
        }) {
            let carrier = silences.iter().find(|silence| {
                silence.sheet == editorial.sheet
                    && silence.state != Progress::Withdrawn
                    && silence.state != Progress::NoEffect
                    && !silence.act.on.before(&editorial.act.on)
                    && editorial.named.iter().all(|on| silence.named.contains(on))
            });
            if let Some(silence) = carrier {
                editorial.state = silence.state;
                editorial.expires.clone_from(&silence.expires);
                editorial.breaches.extend(silence.breaches.iter().cloned());
            }
        }
        all
    }

    fn procedure(&self, act: &Arc<Act>) -> Option<Procedure> {
        let parties = &self.text.parties;
        let (kind, draft, points, addressees, expires) = match &act.deed {
            Deed::Silence(deed) => (
                ProcedureKind::Silence,
                &deed.draft,
                &deed.points,
                &deed.addressees,
                Some(&deed.expires),
            ),
            Deed::Editorial(deed) => (
                ProcedureKind::Editorial,
                &deed.draft,
                &deed.points,
                parties,
                deed.expires.as_ref(),
            ),
            Deed::Correct(deed) => (
                ProcedureKind::Correction,
                &deed.draft,
                &deed.points,
                parties,
                deed.expires.as_ref(),
            ),
            _ => return None,
        };
        let sheet = self.shelf.find_draft(draft)?;
        let whole = matches!(points, Points::Whole);
        let named = named(self.shelf.sheets.get(sheet)?, points);
        let mut procedure = Procedure {
            act: Arc::clone(act),
            kind,
            sheet,
            named,
            expires: expires.cloned(),
            state: Progress::Running,
            addressees: Vec::new(),
            breaches: Vec::new(),
        };
        let asked: BTreeSet<&SeatId> = addressees.iter().collect();
        procedure.breaches = self.breaches(&procedure, &asked, whole);
        procedure.addressees = asked
            .iter()
            .map(|seat| self.addressee(&procedure, seat))
            .collect();
        procedure.state = self.progress(&procedure);
        Some(procedure)
    }

    fn progress(&self, procedure: &Procedure) -> Progress {
        let act = &procedure.act;
        let may_ask = procedure.kind == ProcedureKind::Correction
            || act.seat == self.text.issuer
            || act.seat == self.process.pen_holder;
        let members = self.state.rooms.get(&act.room);
        let hears = |seat: &SeatId| members.is_some_and(|members| members.contains(seat));
        let all_hear = procedure.addressees.iter().all(|one| hears(&one.seat));
        if self.state.is_withdrawn(act) {
            Progress::Withdrawn
        } else if !may_ask || !all_hear || procedure.addressees.is_empty() {
            Progress::NoEffect
        } else if procedure
            .expires
            .as_ref()
            .is_some_and(|expires| self.now >= expires.latest())
            || (procedure.kind != ProcedureKind::Silence
                && procedure.addressees.iter().all(|one| one.confirmed))
        {
            Progress::Over
        } else {
            Progress::Running
        }
    }

    fn addressee(&self, procedure: &Procedure, seat: &SeatId) -> Addressee {
        let mut spoke: Vec<usize> = self
            .said_in(procedure)
            .filter(|position| position.act.seat == *seat && position.void.is_none())
            .flat_map(|position| self.covered(position, procedure, false))
            .collect();
        spoke.sort_unstable();
        spoke.dedup();
        let by_the_end = |on: &When| {
            let expires = procedure.expires.as_ref();
            expires.is_none_or(|expires| !expires.before(on))
        };
        let answers = self.state.standing_answers_to(procedure.act.id.as_str());
        let mut own = answers.filter(|answer| answer.seat == *seat && by_the_end(&answer.on));
        Addressee {
            given: self.circulation.seen_by(seat, procedure.sheet, &by_the_end),
            spoke,
            confirmed: own
                .next_back()
                .is_some_and(|answer| matches!(answer.deed, Deed::Confirm(_))),
            seat: seat.clone(),
        }
    }

    /// What was said in the room of a procedure, on its text, while it ran.
    fn said_in<'b>(&'b self, procedure: &'b Procedure) -> impl Iterator<Item = &'b Standing> {
        let positions = self.table.positions.iter();
        positions.filter(|position| {
            !position.tacit
                && position.act.room == procedure.act.room
                && runs_at(procedure, &position.act)
        })
    }

    /// Objections and proposals of those whom a procedure asks. What broke it stays so, taken back or not.
    fn breaches(
        &self,
        procedure: &Procedure,
        asked: &BTreeSet<&SeatId>,
        whole: bool,
    ) -> Vec<Breach> {
        let breaks = |position: &&Standing| {
            let made =
                position.void.is_none() || position.counted || position.void == Some(Void::Taken);
            made && asked.contains(&position.act.seat)
                && matches!(position.stance, StanceKind::Object | StanceKind::Propose)
        };
        let mut breaches: Vec<Breach> = self
            .said_in(procedure)
            .filter(breaks)
            .map(|position| Breach {
                act: Arc::clone(&position.act),
                wordings: self.covered(position, procedure, whole),
            })
            .filter(|breach| !breach.wordings.is_empty())
            .collect();
        let denials = self.state.standing_answers_to(procedure.act.id.as_str());
        let denials = denials.filter(|answer| {
            matches!(answer.deed, Deed::Deny(_))
                && asked.contains(&answer.seat)
                && runs_at(procedure, answer)
        });
        breaches.extend(denials.map(|denial| Breach {
            act: Arc::clone(denial),
            wordings: procedure.named.clone(),
        }));
        breaches
            .sort_by(|one, other| (&one.act.on, &one.act.id).cmp(&(&other.act.on, &other.act.id)));
        breaches
    }

    /// The wordings of a procedure that a position is on.
    fn covered(&self, position: &Position, procedure: &Procedure, whole: bool) -> Vec<usize> {
        let sheets = &self.shelf.sheets;
        let (sheet, theirs) = match &position.scope {
            Scope::Text | Scope::Whole(_) => return procedure.named.clone(),
            Scope::Insertion(_) if whole => return procedure.named.clone(),
            Scope::Insertion(sheet) => (*sheet, self.before_insertion(position, *sheet)),
            Scope::Provisions(sheet, targets) => (*sheet, sheets[*sheet].wordings(targets)),
        };
        let now = |sheet: usize, index: usize| {
            let now = sheets[sheet].to_latest.successors.get(index);
            now.map_or(&[][..], Vec::as_slice)
        };
        let reached: BTreeSet<usize> = theirs
            .iter()
            .flat_map(|index| now(sheet, *index))
            .copied()
            .collect();
        let is_on = |index: &&usize| {
            if sheet == procedure.sheet {
                theirs.contains(index)
            } else {
                let now = now(procedure.sheet, **index);
                now.iter().any(|now| reached.contains(now))
            }
        };
        procedure.named.iter().filter(is_on).copied().collect()
    }

    /// The provision that a proposed insertion would follow.
    fn before_insertion(&self, position: &Position, sheet: usize) -> Vec<usize> {
        let Deed::Stance(stance) = &position.act.deed else {
            return Vec::new();
        };
        let draft = &self.shelf.sheets[sheet].issued.draft;
        let after = stance.after.as_deref().unwrap_or_default();
        draft.find(after).into_iter().collect()
    }

    /// The changes of wording that have effect, and those that may yet.
    pub(crate) fn bridges(&self, procedures: &[Procedure]) -> (Vec<Bridge>, Vec<Bridge>) {
        let (mut done, mut pending) = (Vec::new(), Vec::new());
        for procedure in procedures {
            for wording in &procedure.named {
                let into = if procedure.changes(*wording) {
                    &mut done
                } else if procedure.state == Progress::Running && !procedure.is_broken(*wording) {
                    &mut pending
                } else {
                    continue;
                };
                into.extend(self.bridge(procedure, *wording));
            }
        }
        (done, pending)
    }

    /// How a procedure changes one wording, for each provision of the latest draft that it is.
    fn bridge(&self, procedure: &Procedure, wording: usize) -> Vec<Bridge> {
        let sheet = &self.shelf.sheets[procedure.sheet];
        let Some(own) = sheet.digests.get(wording).copied() else {
            return Vec::new();
        };
        let changes: Vec<(Digest, Digest)> = match &procedure.act.deed {
            Deed::Editorial(_) => {
                let before = self.before(procedure.sheet, wording);
                before.into_iter().map(|before| (before, own)).collect()
            }
            Deed::Correct(correct) => {
                vec![(own, Digest::of_wording(&normal_form(&correct.wording)))]
            }
            _ => return Vec::new(),
        };
        let rows = sheet.to_latest.successors.get(wording);
        let bridges = rows.into_iter().flatten().flat_map(|row| {
            changes.iter().map(|(from, to)| Bridge {
                row: *row,
                from: *from,
                to: *to,
                act: procedure.act.id.clone(),
                corrects: procedure.kind == ProcedureKind::Correction,
            })
        });
        bridges.collect()
    }

    /// What a provision of a sheet said in the draft that the sheet was made from.
    fn before(&self, sheet: usize, wording: usize) -> Vec<Digest> {
        let made_from = self.shelf.sheets.iter().find_map(|from| {
            let (to, step) = from.next.as_ref()?;
            (*to == sheet).then_some((from, step))
        });
        let Some((from, step)) = made_from else {
            return Vec::new();
        };
        let before = step.predecessors.get(wording).into_iter().flatten();
        before
            .filter_map(|index| from.digests.get(*index).copied())
            .collect()
    }
}

/// Whether an act was done while a procedure ran: not before it was opened, and perhaps not after it ended.
fn runs_at(procedure: &Procedure, act: &Act) -> bool {
    let opened = &procedure.act;
    let earlier = act.on.before(&opened.on)
        || (act.room == opened.room
            && act.on.overlaps(&opened.on)
            && opened.standing.after(&act.standing));
    let later = procedure
        .expires
        .as_ref()
        .is_some_and(|expires| expires.before(&act.on));
    !earlier && !later
}

impl Table {
    /// Enters what was accepted by silence, and keeps the procedures that it rests on.
    pub(crate) fn conclude(
        &mut self,
        procedures: Vec<Procedure>,
        pending: Vec<Bridge>,
        state: &State,
        process: &Process,
    ) {
        let final_level = process.levels.iter();
        let final_level = final_level
            .clone()
            .position(|level| *level == process.final_level);
        for procedure in &procedures {
            for addressee in &procedure.addressees {
                let wordings = procedure.consent(addressee);
                if wordings.is_empty() {
                    continue;
                }
                let position = tacit(procedure, &addressee.seat, wordings, final_level);
                self.enter_and_settle(Standing::of(Arc::new(position), state));
            }
        }
        self.procedures = procedures;
        self.pending = pending;
        self.settle_points();
    }
}

/// What silence until the end of a procedure is: an acceptance of each wording, at the final level.
fn tacit(
    procedure: &Procedure,
    seat: &SeatId,
    wordings: Vec<usize>,
    level: Option<usize>,
) -> Position {
    let opened = &procedure.act;
    let on = procedure.expires.as_ref().unwrap_or(&opened.on).end();
    let stance = Stance {
        draft: opened.deed.on_points().map(|(draft, _)| draft.clone()),
        ..Stance::of(StanceKind::Accept)
    };
    let act = Act {
        seat: seat.clone(),
        person: None,
        on,
        deed: Deed::Stance(stance),
        ..Act::clone(opened)
    };
    let named = wordings.into_iter().map(|wording| (wording, true));
    Position {
        act: Arc::new(act),
        stance: StanceKind::Accept,
        kind: None,
        conditional: false,
        level,
        scope: Scope::Provisions(procedure.sheet, named.collect()),
        tacit: true,
        readings: std::collections::BTreeMap::new(),
    }
}
