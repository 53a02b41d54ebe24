//! Law 5: three values; silence is unknown; "all" over nothing seen is never true.

use onetext_talks::*;
use proptest::prelude::*;
use std::sync::Arc;

use crate::chance::Chance;
use crate::world::{config, viewer, worlds};

fn status(record: &Record, viewer: &Viewer) -> Status {
    Board::of(record, viewer, &Cut::default()).unwrap().status()
}

fn rows<'a>(list: &'a [Arc<ProvisionStatus>], into: &mut Vec<&'a ProvisionStatus>) {
    for provision in list {
        into.push(provision);
        rows(&provision.children, into);
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn law_5_an_observer_shown_nothing_never_sees_a_gate_hold(world in worlds()) {
        let mut record = world.record;
        if record.seats.iter().all(|seat| seat.id.as_str() != "o") {
            record.seats.push(Seat { id: "o".into(), name: "Observer".into(), role: Role::Observer });
        }
        let rooms = record.all_rooms();
        record.acts.retain(|act| match &act.deed {
            Deed::Deliver(_) => !rooms[&act.room].contains("o"),
            Deed::Acknowledge(_) => act.seat.as_str() != "o",
            _ => true,
        });
        let status = status(&record, &Viewer { seat: "o".into(), rooms: None });
        prop_assert!(status.gates.iter().all(|gate| gate.holds != Some(true)));
        prop_assert!(status.texts.iter().all(|text| text.points.is_none() && text.stage == Stage::Open));
        prop_assert!(status.stage == Stage::Open && !status.ready_to_close);
    }

    #[test]
    fn law_5_a_gate_holds_in_the_pen_holders_view_alone(world in worlds()) {
        let mut chance = Chance::new(world.seed ^ 21);
        let viewer = viewer(&world.record, &mut chance);
        let status = status(&world.record, &viewer);
        if viewer.seat.as_str() != "m" || viewer.rooms.is_some() {
            prop_assert!(status.basis == Basis::View && !status.ready_to_close);
            prop_assert!(status.gates.iter().all(|gate| gate.holds != Some(true)));
        } else {
            prop_assert_eq!(status.basis, Basis::Record);
        }
    }

    #[test]
    fn law_5_silence_is_unknown(world in worlds()) {
        let mut chance = Chance::new(world.seed ^ 22);
        let mut record = world.record;
        let silent = chance.pick(&record.parties());
        record.acts.retain(|act| act.seat != silent || !matches!(act.deed, Deed::Stance(_)));
        let viewer = viewer(&record, &mut chance);
        for text in &status(&record, &viewer).texts {
            let mut all = Vec::new();
            rows(&text.provisions, &mut all);
            for row in all {
                for (seat, cell) in &row.stances {
                    let tells_all = viewer.rooms.is_none() && (viewer.seat.as_str() == "m" || viewer.seat == *seat);
                    prop_assert!(tells_all || cell.stance != CellStance::NoReply, "{seat} on {}", row.path);
                    prop_assert!(!tells_all || cell.stance != CellStance::NotKnown, "{seat} on {}", row.path);
                    prop_assert!(tells_all || cell.seen != Some(false), "{seat} on {}", row.path);
                    prop_assert!(!tells_all || cell.seen.is_some(), "{seat} on {}", row.path);
                }
                if text.parties.contains(&silent) {
                    let cell = &row.stances[silent.as_str()];
                    prop_assert!(matches!(cell.stance, CellStance::NoReply | CellStance::NotKnown));
                    prop_assert!(matches!(row.status, PointStatus::Disputed | PointStatus::Unknown));
                }
            }
            prop_assert!(text.exposure.keys().all(|seat| *seat == viewer.seat) || viewer.seat.as_str() == "m");
        }
    }

    #[test]
    fn law_5_who_may_have_been_given_a_draft_is_not_said_to_lack_it(world in worlds()) {
        let mut chance = Chance::new(world.seed ^ 24);
        let viewer = viewer(&world.record, &mut chance);
        let status = status(&world.record, &viewer);
        for alert in status.alerts.iter().filter(|alert| alert.kind == AlertKind::UnseenStance) {
            let act = world.record.acts.iter().find(|act| act.id == alert.acts[0]).unwrap();
            prop_assert!(viewer.rooms.is_none() && (viewer.seat.as_str() == "m" || viewer.seat == act.seat), "{alert:?}");
        }
        for alert in status.alerts.iter().filter(|alert| alert.kind == AlertKind::GateTension) {
            let gate = status.gates.iter().find(|gate| gate.id == alert.acts[1]).unwrap();
            prop_assert_eq!(alert.text.contains("does not hold"), gate.holds == Some(false), "{:?}", alert);
        }
    }

    #[test]
    fn law_5_a_view_never_says_that_another_seat_did_nothing(world in worlds()) {
        let mut chance = Chance::new(world.seed ^ 23);
        let viewer = viewer(&world.record, &mut chance);
        let board = Board::of(&world.record, &viewer, &Cut::default()).unwrap();
        for seat in &world.record.seats {
            if viewer.rooms.is_none() && (viewer.seat.as_str() == "m" || viewer.seat == seat.id) {
                continue;
            }
            let told = board.why(seat.id.as_str()).unwrap();
            for reason in &told.because {
                let denies = ["no draft", "no reply", "was not", "no position", "is not assessed"].iter().find(|words| reason.text.contains(**words));
                // A seat that withholds its position has said so: that is known here.
                let said = ["known here", "withholding it"].iter().any(|words| reason.text.contains(words));
                prop_assert!(denies.is_none() || said, "{}: {}", seat.id, reason.text);
            }
        }
    }
}
