//! Law 9: what another seat wrote down is reported; it counts, marked, and nothing is final on it.

use std::sync::Arc;

use onetext_talks::*;
use onetext_text::{Draft, IssuedDraft};
use proptest::prelude::*;

use crate::chance::Chance;
use crate::world::{config, viewer, when, worlds};

fn rows<'a>(list: &'a [Arc<ProvisionStatus>], into: &mut Vec<&'a ProvisionStatus>) {
    for provision in list {
        into.push(provision);
        rows(&provision.children, into);
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn law_9_reported_positions_are_marked(world in worlds()) {
        let mut chance = Chance::new(world.seed ^ 41);
        let viewer = viewer(&world.record, &mut chance);
        let rooms = world.record.rooms_of(&viewer).unwrap();
        let status = Board::of(&world.record, &viewer, &Cut::default()).unwrap().status();
        let visible: Vec<&Act> = world.record.acts.iter().filter(|act| rooms.contains_key(&act.room)).collect();
        for text in &status.texts {
            let mut all = Vec::new();
            rows(&text.provisions, &mut all);
            for cell in all.iter().flat_map(|row| row.stances.values()) {
                let Some(first) = cell.acts.first() else {
                    prop_assert!(cell.attested.is_none());
                    continue;
                };
                let act = visible.iter().find(|act| act.id == *first).unwrap();
                let confirmed = visible.iter().any(|answer| {
                    answer.seat == act.seat && matches!(&answer.deed, Deed::Confirm(deed) if deed.of == act.id.as_str())
                });
                match cell.attested.unwrap() {
                    Attested::Own => prop_assert!(act.recorder == act.seat),
                    Attested::ReadBack => prop_assert!(act.recorder != act.seat && confirmed),
                    Attested::Reported => prop_assert!(act.recorder != act.seat),
                }
            }
        }
    }
}

/// A process of one text that two leaders accept in the plenary, written down by whom; and what else is on record.
fn accepted(recorder: Option<&str>, more: impl Fn(&mut Record)) -> Status {
    let seats = [
        ("m", Role::Mediator),
        ("a", Role::Party),
        ("b", Role::Party),
    ];
    let issued = IssuedDraft::issue(
        Draft::read("1. Peace.\n\n2. Water.\n").unwrap(),
        None,
        &[],
        "p/main/v1",
    );
    let mut record = Record {
        process: Process {
            id: "p".into(),
            title: "Process".into(),
            pen_holder: "m".into(),
            language: None,
            disclosure: Disclosure::Open,
            levels: vec!["leader".into()],
            final_level: "leader".into(),
            final_stage: None,
            few: 5,
            conduct: Vec::new(),
        },
        seats: seats
            .map(|(id, role)| Seat {
                id: id.into(),
                name: id.into(),
                role,
            })
            .to_vec(),
        persons: ["a", "b"]
            .map(|seat| Person {
                id: format!("head-{seat}").into(),
                name: "The head".into(),
                seat: seat.into(),
                level: Some("leader".into()),
                powers: vec![Power::Negotiate, Power::Accept],
                rooms: None,
                powers_from: None,
                powers_until: None,
            })
            .to_vec(),
        rooms: Vec::new(),
        texts: vec![Text {
            id: "main".into(),
            title: "Main".into(),
            kind: TextKind::Main,
            required: false,
            parties: vec!["a".into(), "b".into()],
            issuer: "m".into(),
            point_level: None,
            linked_to: Vec::new(),
            ratifications: None,
        }],
        drafts: vec![DraftBlock {
            id: "v1".into(),
            text: "main".into(),
            file: "v1.md".into(),
            base: None,
            on: None,
            by: "m".into(),
            language: None,
            renders: None,
            ids: None,
            issued: Arc::new(issued),
        }],
        acts: Acts::default(),
    };
    let deliver = Deliver {
        draft: "v1".into(),
        to: Vec::new(),
        channel: Channel::Official,
        place: None,
    };
    add(&mut record, "m", None, None, Deed::Deliver(deliver));
    for party in ["a", "b"] {
        let accept = Stance {
            draft: Some("v1".into()),
            points: Some(Points::Whole),
            ..Stance::of(StanceKind::Accept)
        };
        add(
            &mut record,
            party,
            Some(&format!("head-{party}")),
            recorder,
            Deed::Stance(accept),
        );
    }
    more(&mut record);
    Board::of(
        &record,
        &Viewer {
            seat: "m".into(),
            rooms: None,
        },
        &Cut::default(),
    )
    .unwrap()
    .status()
}

fn add(record: &mut Record, by: &str, person: Option<&str>, recorder: Option<&str>, deed: Deed) {
    let number = record.acts.len();
    record.acts.push(Act {
        id: format!("act{number}").into(),
        room: RoomId::plenary(),
        standing: (number as u64).into(),
        seat: by.into(),
        person: person.map(Into::into),
        recorder: recorder.unwrap_or(by).into(),
        on: when("2025-03-01"),
        seldom: Seldom::default(),
        deed,
    });
}

fn confirm(record: &mut Record, recorder: Option<&str>, deed: fn(Confirm) -> Deed) {
    for (party, of) in [("a", "act1"), ("b", "act2")] {
        add(
            record,
            party,
            None,
            recorder,
            deed(Confirm {
                of: of.into(),
                as_what: Some("read-back".into()),
            }),
        );
    }
}

#[test]
fn law_9_reported_counts_marked_and_is_never_final() {
    let own = accepted(None, |_| ());
    assert_eq!(
        (own.stage, own.texts[0].points.as_ref().unwrap().agreed),
        (Stage::Final, 2)
    );
    assert!(!own.ready_to_close);

    let reported = accepted(Some("m"), |_| ());
    assert_eq!(
        (
            reported.stage,
            reported.texts[0].points.as_ref().unwrap().agreed
        ),
        (Stage::FinalStage, 2)
    );
    assert_eq!(
        reported.texts[0].provisions[0].stances["a"].attested,
        Some(Attested::Reported)
    );
    assert!(reported.ready_to_close);

    let read_back = accepted(Some("m"), |record| confirm(record, None, Deed::Confirm));
    assert_eq!(read_back.stage, Stage::Final);
    assert_eq!(
        read_back.texts[0].provisions[0].stances["a"].attested,
        Some(Attested::ReadBack)
    );

    let hearsay = accepted(Some("m"), |record| {
        confirm(record, Some("m"), Deed::Confirm)
    });
    assert_eq!(
        hearsay.stage,
        Stage::FinalStage,
        "a read-back that another seat wrote down is reported too"
    );

    let denied = accepted(Some("m"), |record| confirm(record, None, Deed::Deny));
    assert_eq!(
        (
            denied.stage,
            denied.texts[0].points.as_ref().unwrap().unknown
        ),
        (Stage::Open, 2)
    );

    let denial_taken_back = accepted(Some("m"), |record| {
        confirm(record, None, Deed::Deny);
        for (party, of) in [("a", "act3"), ("b", "act4")] {
            add(
                record,
                party,
                None,
                None,
                Deed::Withdraw(Of { of: of.into() }),
            );
        }
    });
    assert_eq!(
        denial_taken_back.texts[0].points.as_ref().unwrap().agreed,
        2
    );
}
