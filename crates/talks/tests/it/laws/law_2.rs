//! Law 2: what a viewer is shown is a function of the rooms that it may enter and of nothing else.

use std::collections::BTreeSet;
use std::sync::Arc;

use onetext_talks::*;
use onetext_text::{Draft, IssuedDraft};
use proptest::prelude::*;

use crate::chance::Chance;
use crate::world::{assert_told_the_same, config, day, names, told, viewer, worlds};

/// What a viewer's rooms hold, by the letter of `dossier.md` ("Blocks"); everything else is left out or falsified.
fn visible(record: &Record, viewer: &Viewer) -> Record {
    let rooms: BTreeSet<RoomId> = record.rooms_of(viewer).unwrap().into_keys().collect();
    let entered = |seat: &SeatId| rooms.contains(&RoomId::chamber(seat));
    let acts: Vec<Act> = record
        .acts
        .iter()
        .filter(|act| rooms.contains(&act.room))
        .cloned()
        .collect();
    let read = |draft: &DraftBlock| {
        entered(&draft.by)
            || acts
                .iter()
                .any(|act| matches!(&act.deed, Deed::Deliver(deed) if deed.draft == draft.id))
    };
    let given: BTreeSet<DraftId> = record
        .drafts
        .iter()
        .filter(|draft| read(draft))
        .map(|draft| draft.id.clone())
        .collect();
    let draft_named = |draft: &DraftBlock| {
        given.contains(&draft.id)
            || acts.iter().any(|act| {
                act.seat == draft.by && act.mentions().contains(&Mention::Draft(draft.id.as_str()))
            })
    };
    let text_named = |text: &Text| {
        entered(&text.issuer)
            || record
                .drafts
                .iter()
                .any(|draft| draft.text == text.id && draft_named(draft))
            || acts.iter().any(|act| {
                let named = act.mentions().contains(&Mention::Text(text.id.as_str()))
                    || act.about.iter().any(|name| text.id.as_str() == name);
                act.seat == text.issuer && named
            })
    };
    let person_named = |person: &Person| {
        let all = viewer.seat == record.process.pen_holder || viewer.seat == person.seat;
        let named = |mention: &Mention<'_>| match mention {
            Mention::Person(name) | Mention::Participant(name) => *name == person.id.as_str(),
            _ => false,
        };
        (all && entered(&viewer.seat)) || acts.iter().any(|act| act.mentions().iter().any(named))
    };
    let drafts = record.drafts.iter().filter(|draft| draft_named(draft));
    let texts = record.texts.iter().filter(|text| text_named(text));
    Record {
        process: record.process.clone(),
        seats: record.seats.clone(),
        persons: record
            .persons
            .iter()
            .filter(|person| person_named(person))
            .cloned()
            .collect(),
        rooms: record
            .rooms
            .iter()
            .filter(|room| rooms.contains(&room.id))
            .cloned()
            .collect(),
        texts: texts.map(|text| known_text(record, text, &given)).collect(),
        drafts: drafts.map(|draft| known_draft(draft, &given)).collect(),
        acts: acts.into(),
    }
}

/// A text as known: `required` with its first draft, a link to those given the draft that it names.
fn known_text(record: &Record, text: &Text, given: &BTreeSet<DraftId>) -> Text {
    let mut known = text.clone();
    known.linked_to.retain(|link| given.contains(&link.draft));
    if !record
        .drafts
        .iter()
        .any(|draft| draft.text == text.id && given.contains(&draft.id))
    {
        known.point_level = Some(7);
    }
    known
}

/// A draft as known: without its base, where that was not given; with other words, where it was not given itself.
fn known_draft(draft: &DraftBlock, given: &BTreeSet<DraftId>) -> DraftBlock {
    let mut known = draft.clone();
    let based = draft.base.as_ref().is_some_and(|base| given.contains(base));
    if !given.contains(&draft.id) {
        let read = Draft::read("1. Words that nobody here was given.").unwrap();
        known.issued = Arc::new(IssuedDraft::issue(read, None, &[], "hidden"));
        known.on = None;
        known.base = None;
    } else if !based {
        let ids = draft
            .issued
            .manifest
            .entries
            .iter()
            .map(|entry| entry.id)
            .collect();
        known.issued =
            Arc::new(IssuedDraft::with_ids(draft.issued.draft.clone(), None, ids).unwrap());
        known.base = None;
    }
    known
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn law_2_other_rooms_change_nothing(world in worlds()) {
        let mut chance = Chance::new(world.seed ^ 2);
        for _ in 0..3 {
            let viewer = viewer(&world.record, &mut chance);
            let cut = Cut { at: chance.one_in(3).then(|| day(chance.below(50))), known_at: None };
            let names = names(&world.record);
            let alone = visible(&world.record, &viewer);
            assert_told_the_same(&told(&world.record, &viewer, &cut, &names), &told(&alone, &viewer, &cut, &names));
        }
    }

    #[test]
    fn law_2_hidden_names_give_the_same_error(world in worlds()) {
        let mut chance = Chance::new(world.seed ^ 3);
        let viewer = viewer(&world.record, &mut chance);
        let alone = visible(&world.record, &viewer);
        let board = |record| Board::of(record, &viewer, &Cut::default()).unwrap();
        let (among_others, alone_board) = (board(&world.record), board(&alone));
        let shown = names(&alone);
        for name in names(&world.record).iter().filter(|name| !shown.contains(name)) {
            prop_assert_eq!(among_others.why(name), alone_board.why(name), "{}", name);
        }
    }
}
