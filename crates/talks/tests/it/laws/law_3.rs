//! Law 3: a confidential word moves only with its source's leave; what rests on several words is fit for those alone who
//! may hear all of them.

use onetext_talks::*;
use proptest::prelude::*;

use crate::chance::Chance;
use crate::small::{Small, deliver, stance, withdraw};
use crate::world::config;

const PARTIES: [&str; 3] = ["a", "b", "c"];
const ROOMS: [&str; 4] = ["m-a", "m-b", "m-c", "plenary"];

/// Everybody objects on hold in a room with the mediator; the second draft takes up what some of them said.
fn record(taken: &[&str]) -> Small {
    let mut small = Small::with_points(&PARTIES, &["The port is shared.", "The toll is nothing."]);
    small.record.process.disclosure = Disclosure::Closed;
    small.draft(
        "main",
        "v2",
        Some("v1"),
        3,
        &["The port is common.", "The toll is low."],
    );
    small.record.acts.retain(|act| act.id.as_str() != "give-v2");
    for party in PARTIES {
        let word = Deed::Stance(stance("v1", &["1"], StanceKind::Object));
        small.act(
            &format!("word-{party}"),
            party,
            &format!("m-{party}"),
            1,
            word,
        );
    }
    for party in taken {
        let dispose = Deed::Dispose(Dispose {
            of: format!("word-{party}").as_str().into(),
            outcome: Outcome::Taken,
            draft: Some("v2".into()),
            reason: None,
        });
        small.act(
            &format!("taken-{party}"),
            "m",
            &format!("m-{party}"),
            3,
            dispose,
        );
    }
    small
}

fn release(of: &str) -> Deed {
    Deed::Release(Release {
        of: of.into(),
        class: ReleaseClass::Use,
        to: Vec::new(),
    })
}

/// Records an act if its author may; whether it was recorded.
fn tried(small: &mut Small, id: &str, by: &str, room: &str, deed: Deed) -> bool {
    small.act(id, by, room, 5, deed);
    let kept = check_last_act(&small.record).is_empty();
    if !kept {
        small.record.acts.pop();
    }
    kept
}

/// Who sits in a room beside the mediator.
fn sits(room: &str) -> &[&'static str] {
    match room {
        "m-a" => &PARTIES[..1],
        "m-b" => &PARTIES[1..2],
        "m-c" => &PARTIES[2..],
        _ => &PARTIES,
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn law_3_no_acts_of_others_widen_a_seats_word(seed in any::<u64>()) {
        let mut chance = Chance::new(seed);
        let mut small = record(&["a"]);
        for step in 0..12 {
            let others = ["m", "b", "c"];
            let (by, id) = (chance.pick(&others), format!("try-{step}"));
            let room = if by == "m" { chance.pick(&ROOMS) } else { chance.pick(&[ROOMS[3], if by == "b" { "m-b" } else { "m-c" }]) };
            let kept: Vec<String> = small.record.acts.iter().map(|act| act.id.to_string()).collect();
            let deed = match chance.below(6) {
                0 => release("word-a"),
                1 => withdraw(&chance.pick(&kept)),
                2 => deliver("v2"),
                3 => Deed::Confirm(Confirm { of: chance.pick(&kept), as_what: None }),
                4 => Deed::Deny(Confirm { of: chance.pick(&kept), as_what: None }),
                _ => release(&chance.pick(&kept)),
            };
            let gives = matches!(deed, Deed::Deliver(_));
            let kept = tried(&mut small, &id, by, room, deed);
            let within = room == "m-a";
            prop_assert!(!(gives && kept) || within, "{by} gave v2 in {room}");
        }
        for other in ["b", "c"] {
            let board = small.board(other);
            prop_assert!(board.why("word-a").is_err());
            let shown = format!("{:?}", board.status());
            prop_assert!(!shown.contains("word-a"));
        }
    }

    #[test]
    fn law_3_what_rests_on_several_words_is_fit_for_who_may_hear_all_of_them(seed in any::<u64>()) {
        let mut chance = Chance::new(seed);
        let taken: Vec<&str> = PARTIES.into_iter().filter(|_| chance.one_in(2)).collect();
        let mut small = record(&taken);
        let released: Vec<&str> = PARTIES.into_iter().filter(|_| chance.one_in(2)).collect();
        for party in &released {
            let (id, room) = (format!("free-{party}"), format!("m-{party}"));
            let kept = tried(&mut small, &id, party, &room, release(&format!("word-{party}")));
            prop_assert!(kept);
        }
        for room in ROOMS {
            let fit = taken.iter().all(|source| {
                released.contains(source) || sits(room).iter().all(|seat| seat == source)
            });
            let given = tried(&mut small, &format!("give-{room}"), "m", room, deliver("v2"));
            prop_assert_eq!(given, fit, "{} with {:?} taken up and {:?} released", room, taken, released);
        }
    }
}
