//! Law 4: everything is computed from acts, and answers `why` with the acts it rests on.

use std::collections::BTreeSet;
use std::sync::Arc;

use onetext_talks::*;
use proptest::prelude::*;

use crate::chance::Chance;
use crate::model::Model;
use crate::world::{Scope, World, config, names, some_worlds, viewer, worlds};

/// Every provision of a text in the draft's order.
fn provisions(text: &TextStatus) -> Vec<&ProvisionStatus> {
    fn gather<'a>(list: &'a [Arc<ProvisionStatus>], into: &mut Vec<&'a ProvisionStatus>) {
        for provision in list {
            into.push(provision);
            gather(&provision.children, into);
        }
    }
    let mut all = Vec::new();
    gather(&text.provisions, &mut all);
    all
}

fn board(record: &Record, viewer: &Viewer) -> Board {
    Board::of(record, viewer, &Cut::default()).unwrap()
}

/// Endorsements of a text without a draft rest on circulation, which the model leaves out.
fn without_bare_endorsements(mut record: Record) -> Record {
    record.acts.retain(|act| !matches!(&act.deed, Deed::Stance(stance) if stance.draft.is_none() && stance.stance == StanceKind::Endorse));
    record
}

/// The table of every text against the model, cell by cell and row by row.
#[track_caller]
fn assert_by_the_letter(record: &Record, viewer: &Viewer) {
    let status = board(record, viewer).status();
    for shown in &status.texts {
        let text = record
            .texts
            .iter()
            .find(|text| text.id == shown.id)
            .unwrap();
        let model = Model::new(record, viewer, &text.id);
        let latest = model.latest();
        assert_eq!(
            shown.latest,
            latest.map(|draft| draft.id.clone()),
            "latest of {} for {viewer:?}",
            text.id
        );
        for (index, provision) in provisions(shown).into_iter().enumerate() {
            let place = format!("{}#{} for {viewer:?}", text.id, provision.path);
            for party in &text.parties {
                let held = model.held(party, &text.id, index);
                let cell = &provision.stances[party.as_str()];
                let acts: BTreeSet<ActId> = cell.acts.iter().cloned().collect();
                assert_eq!(
                    cell.seen,
                    model.seen(party),
                    "{party} and the latest of {place}"
                );
                assert_eq!(
                    cell.stance, held.stance,
                    "{party} on {place}: {:?} for {:?}",
                    cell.acts, held.acts
                );
                if cell.stance != CellStance::Lapsed {
                    assert_eq!(acts, held.acts, "{party} on {place}");
                }
            }
            assert_eq!(provision.status, model.status(text, index), "{place}");
        }
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn law_4_every_cell_and_row_is_what_the_documents_say(world in some_worlds(Scope { copies: false, ties: false, acts: 90 })) {
        let mut chance = Chance::new(world.seed ^ 11);
        let record = without_bare_endorsements(world.record);
        assert_by_the_letter(&record, &Viewer { seat: "m".into(), rooms: None });
        assert_by_the_letter(&record, &viewer(&record, &mut chance));
    }

    #[test]
    fn law_4_counts_are_those_of_the_provisions(world in worlds()) {
        let mut chance = Chance::new(world.seed ^ 12);
        let viewer = viewer(&world.record, &mut chance);
        let status = board(&world.record, &viewer).status();
        let (mut open, mut known) = (Interval::default(), false);
        for text in &status.texts {
            let Some(counts) = &text.points else {
                prop_assert!(text.latest.is_none() && text.provisions.is_empty());
                continue;
            };
            let all = provisions(text);
            let of = |status| all.iter().filter(|row| row.point && row.status == status).count() as u64;
            prop_assert_eq!(counts.agreed, of(PointStatus::Agreed));
            prop_assert_eq!(counts.agreed_ad_ref, of(PointStatus::AgreedAdRef));
            prop_assert_eq!(counts.disputed, of(PointStatus::Disputed));
            prop_assert_eq!(counts.unknown, of(PointStatus::Unknown));
            prop_assert_eq!(counts.total, all.iter().filter(|row| row.point).count() as u64);
            prop_assert_eq!(counts.open, Interval { min: counts.disputed, max: counts.disputed + counts.unknown });
            let types = &counts.by_type;
            let by_type = types.language + types.level + types.time + types.substance + types.dependency + types.unspecified;
            prop_assert_eq!(by_type, counts.disputed);
            prop_assert_eq!(counts.brackets, text.provisions.iter().map(|row| row.brackets).sum::<u64>());
            for row in all {
                for child in &row.children {
                    prop_assert!(row.status <= child.status);
                    prop_assert!(row.brackets >= child.brackets);
                }
                if row.status == PointStatus::Agreed {
                    prop_assert!(row.brackets == 0);
                    prop_assert!(text.parties.iter().all(|party| row.stances[party.as_str()].stance == CellStance::Accepted));
                }
            }
            if text.kind == TextKind::Main {
                known = true;
                open = Interval { min: open.min + counts.open.min, max: open.max + counts.open.max };
            }
        }
        prop_assert_eq!(status.open, known.then_some(open));
        if status.ready_to_close {
            prop_assert!(viewer.seat.as_str() == "m" && open.max == 0 && status.stage != Stage::Final);
        }
    }

    #[test]
    fn law_4_every_state_answers_why_with_visible_acts(world in worlds()) {
        let mut chance = Chance::new(world.seed ^ 13);
        let viewer = viewer(&world.record, &mut chance);
        let rooms = world.record.rooms_of(&viewer).unwrap();
        let board = board(&world.record, &viewer);
        let status = board.status();
        let mut questions = names(&world.record);
        for text in &status.texts {
            questions.extend(provisions(text).iter().map(|row| format!("{}#{}", text.id, row.path)));
        }
        for question in &questions {
            let Ok(explanation) = board.why(question) else { continue };
            let is_seat = status.seats.iter().any(|seat| seat.id.as_str() == question);
            prop_assert!(!explanation.answer.is_empty(), "{question}");
            prop_assert!(is_seat || !explanation.because.is_empty(), "{question}");
            for card in explanation.because.iter().flat_map(|reason| &reason.acts) {
                prop_assert!(rooms.contains_key(&card.room), "{question} names {}", card.id);
            }
        }
        assert_all_answer(&world, &board, &status);
    }

    #[test]
    fn law_4_a_claim_is_judged_then_as_it_would_have_been_then(world in worlds()) {
        let mut chance = Chance::new(world.seed ^ 14);
        let viewer = viewer(&world.record, &mut chance);
        let at = chance.one_in(2).then(|| crate::world::day(55));
        let status = Board::of(&world.record, &viewer, &Cut { at, known_at: None }).unwrap().status();
        for claim in &status.claims {
            let then = Board::of(&world.record, &viewer, &Cut { at: Some(claim.on.clone()), known_at: None }).unwrap().status();
            let then = then.claims.iter().find(|then| then.id == claim.id).unwrap();
            prop_assert_eq!(claim.verdict_then, then.verdict, "{}", claim.id);
        }
    }
}

/// Everything on the state of play can be asked about, and a cell's explanation names the acts it rests on.
fn assert_all_answer(world: &World, board: &Board, status: &Status) {
    for text in &status.texts {
        for row in provisions(text) {
            let explanation = board.why(&format!("{}#{}", text.id, row.path)).unwrap();
            let named: BTreeSet<&ActId> = explanation
                .because
                .iter()
                .flat_map(|reason| &reason.acts)
                .map(|card| &card.id)
                .collect();
            for cell in row.stances.values() {
                assert!(
                    cell.acts.iter().all(|act| named.contains(act)),
                    "{}#{}",
                    text.id,
                    row.path
                );
            }
        }
    }
    let asked = status.gates.iter().map(|gate| gate.id.as_str());
    let asked = asked.chain(status.claims.iter().map(|claim| claim.id.as_str()));
    let asked = asked.chain(status.obligations.iter().map(|due| due.id.as_str()));
    let asked = asked.chain(status.sessions.iter().map(|session| session.id.as_str()));
    let asked = asked.chain(status.packages.iter().map(|package| package.id.as_str()));
    let asked = asked.chain(status.missions.iter().map(|mission| mission.id.as_str()));
    let asked = asked.chain(
        status
            .understandings
            .iter()
            .map(|understanding| understanding.id.as_str()),
    );
    let asked = asked.chain(
        status
            .alerts
            .iter()
            .flat_map(|alert| &alert.acts)
            .map(ActId::as_str),
    );
    let asked = asked.chain(world.record.seats.iter().map(|seat| seat.id.as_str()));
    for name in asked {
        assert!(board.why(name).is_ok(), "{name}");
    }
}
