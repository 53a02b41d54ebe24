//! Law 4, in the fold: what is derived depends on the acts alone. Rooms merge in any order, and one more act equals
//! folding everything again.

use std::sync::Arc;

use onetext_talks::*;
use proptest::prelude::*;

use crate::chance::Chance;
use crate::world::{answers, assert_told_the_same, config, names, told, viewer, worlds};

/// The states of the rooms that a viewer may enter.
fn states(record: &Record, viewer: &Viewer) -> Vec<State> {
    let logs = record.logs(&record.rooms_of(viewer).unwrap(), &Cut::default());
    logs.iter().map(State::of_room).collect()
}

/// Whether an act tells of nothing that the record before it does not tell the viewer: no draft, no person, no text.
fn tells_no_news(before: &Record, with: &Record, viewer: &Viewer) -> bool {
    let known = |record: &Record| {
        let logs = record.logs(&record.rooms_of(viewer).unwrap(), &Cut::default());
        logs.into_iter()
            .map(|log| {
                let persons: Vec<PersonId> = log.persons.into_keys().collect();
                let texts: Vec<TextId> = log.texts.into_keys().collect();
                let drafts: Vec<DraftId> = log.drafts.into_keys().collect();
                (persons, texts, drafts, log.draft_names)
            })
            .collect::<Vec<_>>()
    };
    known(before) == known(with)
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn law_4_rooms_merge_associatively_commutatively_idempotently(world in worlds()) {
        let mut chance = Chance::new(world.seed ^ 5);
        let viewer = Viewer { seat: chance.pick(&world.record.seats).id, rooms: None };
        let mut states = states(&world.record, &viewer);
        let merged = states.iter().cloned().fold(State::default(), State::merge);
        let from_the_right = states.iter().cloned().rev().reduce(|last, state| state.merge(last)).unwrap();
        prop_assert_eq!(&merged, &from_the_right);
        chance.shuffle(&mut states);
        let shuffled = states.iter().cloned().fold(State::default(), State::merge);
        prop_assert_eq!(&merged, &shuffled);
        prop_assert_eq!(&merged, &shuffled.merge(chance.pick(&states)));
        prop_assert_eq!(&merged, &merged.clone().merge(merged.clone()));
    }

    #[test]
    fn law_4_a_room_folds_the_same_from_any_parts_in_any_order(world in worlds()) {
        let mut chance = Chance::new(world.seed ^ 4);
        let seat = chance.pick(&world.record.seats).id;
        let rooms = world.record.rooms_of(&Viewer { seat, rooms: None }).unwrap();
        for whole in world.record.logs(&rooms, &Cut::default()) {
            let parts: Vec<State> = (0..3).map(|_| {
                let mut part = whole.clone();
                part.acts.retain(|_| chance.one_in(2));
                part.acts.extend(part.acts.clone());
                chance.shuffle(&mut part.acts);
                State::of_room(&part)
            }).collect();
            let scratch = State::of_room(&whole);
            let [a, b, c] = [0, 1, 2].map(|part| parts[part].clone());
            let (left, right) = (a.clone().merge(b.clone()).merge(c.clone()), a.merge(b.merge(c)));
            prop_assert_eq!(&left, &right);
            // What no part held arrives last, one act after another, among acts that are there already.
            let mut late = left.clone();
            let mut acts = whole.acts.clone();
            chance.shuffle(&mut acts);
            acts.iter().for_each(|act| late.add(act));
            prop_assert_eq!(&late, &scratch);
            prop_assert_eq!(&left.merge(scratch.clone()), &scratch);
        }
    }

    #[test]
    fn law_4_any_order_of_arrival_gives_the_same_state(world in worlds()) {
        let mut chance = Chance::new(world.seed ^ 6);
        let viewer = viewer(&world.record, &mut chance);
        let names = names(&world.record);
        let mut arrived = world.record.clone();
        chance.shuffle(arrived.acts.shared_mut());
        chance.shuffle(&mut arrived.rooms);
        chance.shuffle(&mut arrived.persons);
        chance.shuffle(&mut arrived.texts);
        chance.shuffle(&mut arrived.drafts);
        let cut = Cut::default();
        assert_told_the_same(&told(&world.record, &viewer, &cut, &names), &told(&arrived, &viewer, &cut, &names));
    }

    #[test]
    fn law_4_one_more_act_equals_folding_all_again(world in worlds()) {
        let mut chance = Chance::new(world.seed ^ 7);
        let viewer = viewer(&world.record, &mut chance);
        let names = names(&world.record);
        let cut = Cut::default();
        for _ in 0..6 {
            let mut before = world.record.clone();
            if before.acts.is_empty() {
                break;
            }
            let last = before.acts.remove(chance.below(before.acts.len()));
            if !tells_no_news(&before, &world.record, &viewer) {
                continue;
            }
            let mut board = Board::of(&before, &viewer, &cut).unwrap();
            // Asked before: nothing that was worked out for that may outlive it where the act changes it.
            let _ = answers(&board, &names);
            board.append(&Arc::new(last));
            assert_told_the_same(&told(&world.record, &viewer, &cut, &names), &answers(&board, &names));
        }
    }

    #[test]
    fn law_4_the_fold_from_scratch_equals_the_incremental_one(world in worlds()) {
        let mut chance = Chance::new(world.seed ^ 8);
        let viewer = viewer(&world.record, &mut chance);
        let names = names(&world.record);
        let cut = Cut::default();
        // Acts arrive in any order, as from laptops that were on a mission, as long as they bring no news of drafts.
        let mut order = world.record.acts.clone();
        chance.shuffle(order.shared_mut());
        let mut record = Record { acts: Acts::default(), ..world.record.clone() };
        let mut board = Board::of(&record, &viewer, &cut).unwrap();
        for act in order {
            let before = record.clone();
            record.acts.push(act.clone());
            if tells_no_news(&before, &record, &viewer) {
                if chance.one_in(2) {
                    let _ = board.status();
                }
                board.append(&act);
            } else {
                board = Board::of(&record, &viewer, &cut).unwrap();
            }
        }
        assert_told_the_same(&told(&world.record, &viewer, &cut, &names), &answers(&board, &names));
    }

    #[test]
    fn law_4_a_cut_equals_the_record_as_it_was_then(world in worlds()) {
        let mut chance = Chance::new(world.seed ^ 9);
        let viewer = viewer(&world.record, &mut chance);
        let names = names(&world.record);
        let at = crate::world::day(chance.below(60));
        let cut = Cut { at: Some(at.clone()), known_at: None };
        let mut then = world.record.clone();
        then.acts.retain(|act| act.on.latest() <= at.latest());
        assert_told_the_same(&told(&world.record, &viewer, &cut, &names), &told(&then, &viewer, &cut, &names));
    }
}
