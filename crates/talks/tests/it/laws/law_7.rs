//! Law 7: nothing is agreed until everything is agreed, and a text is final only in the open.

use onetext_talks::*;
use proptest::prelude::*;

use crate::chance::Chance;
use crate::small::{Small, stance, text_of};
use crate::world::{config, day};

const WORDS: [&str; 2] = ["The port is shared.", "The toll is nothing."];
const PARTIES: [&str; 2] = ["a", "b"];

/// How a party came to accept the whole of the last draft.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Way {
    /// Itself, at the final level, where all parties sit.
    InTheOpen,
    InACaucus,
    Reported,
    BelowTheLevel,
    BySilence,
    OnAnEarlierDraft,
    ByHalf,
}

const WAYS: [Way; 7] = [
    Way::InTheOpen,
    Way::InACaucus,
    Way::Reported,
    Way::BelowTheLevel,
    Way::BySilence,
    Way::OnAnEarlierDraft,
    Way::ByHalf,
];

/// Each party accepts in its own ways, then all initial and sign what they can, everywhere.
fn record(ways: &[Vec<Way>], noise: &mut Chance) -> Small {
    let mut small = Small::with_points(&PARTIES, &WORDS);
    small.draft("main", "v2", Some("v1"), 1, &WORDS);
    for (party, ways) in PARTIES.iter().zip(ways) {
        for (number, way) in ways.iter().enumerate() {
            accept(&mut small, party, *way, number);
        }
        for room in ["plenary".to_owned(), format!("m-{party}")] {
            for (kind, word) in ["initial", "sign"].into_iter().enumerate() {
                let mark = Authenticate {
                    draft: "v2".into(),
                    points: None,
                };
                let deed = if kind == 0 {
                    Deed::Initial(mark)
                } else {
                    Deed::Sign(mark)
                };
                if !noise.one_in(3) {
                    small.act(
                        &format!("{word}-{party}-{room}"),
                        &format!("head-{party}"),
                        &room,
                        6,
                        deed,
                    );
                }
            }
        }
    }
    let note = Deed::Note(Words {
        words: "Later.".to_owned(),
    });
    small.act("later", "m", "plenary", 9, note);
    small
}

fn accept(small: &mut Small, party: &str, way: Way, number: usize) {
    let (id, head) = (format!("{party}-{number}"), format!("head-{party}"));
    let whole = |draft: &str| Deed::Stance(stance(draft, &[], StanceKind::Accept));
    match way {
        Way::InTheOpen => small.act(&id, &head, "plenary", 2, whole("v2")),
        Way::InACaucus => small.act(&id, &head, &format!("m-{party}"), 2, whole("v2")),
        Way::BelowTheLevel => small.act(&id, &format!("second-{party}"), "plenary", 2, whole("v2")),
        Way::OnAnEarlierDraft => small.act(&id, &head, "plenary", 0, whole("v1")),
        Way::ByHalf => {
            let half = Deed::Stance(stance("v2", &["1"], StanceKind::Accept));
            small.act(&id, &head, "plenary", 2, half);
        }
        Way::Reported => {
            small.act(&id, &head, "plenary", 2, whole("v2"));
            small.record.acts.last_mut().unwrap().recorder = "m".into();
        }
        Way::BySilence => {
            let silence = Deed::Silence(Box::new(Silence {
                draft: "v2".into(),
                points: Points::Whole,
                addressees: vec![party.into()],
                expires: day(5),
            }));
            small.act(&id, "m", "plenary", 2, silence);
        }
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn law_7_closure_is_reached_neither_through_caucuses_nor_by_reports_nor_by_silence(seeds in proptest::collection::vec(any::<u64>(), 8)) {
        for seed in seeds {
            let mut chance = Chance::new(seed);
            let ways: Vec<Vec<Way>> = PARTIES.iter().map(|_| {
                (0..1 + chance.below(3)).map(|_| chance.pick(&WAYS)).collect()
            }).collect();
            let small = record(&ways, &mut chance);
            let lacking = ways.iter().any(|ways| !ways.contains(&Way::InTheOpen));
            for viewer in ["m", "a", "b"] {
                let status = small.board(viewer).status();
                let text = text_of(&status, "main");
                let closing = text.closing.as_ref().unwrap();
                if lacking {
                    prop_assert!(status.stage != Stage::Final && text.stage != Stage::Final, "{viewer}: {ways:?}");
                    prop_assert!(!closing.closed && !closing.signed && !closing.in_force, "{viewer}: {ways:?}");
                }
                prop_assert!(!closing.signed || closing.closed);
                prop_assert_eq!(closing.closed, text.stage == Stage::Final);
                let in_the_open = |party: &&str| {
                    let signed = format!("sign-{party}-plenary");
                    small.record.acts.iter().any(|act| act.id.as_str() == signed)
                };
                let all = PARTIES.iter().all(in_the_open);
                prop_assert_eq!(closing.signed, closing.closed && all, "{}: {:?}", viewer, ways);
            }
        }
    }

    #[test]
    fn law_7_nobody_sees_a_signature_before_all_have_signed(seed in any::<u64>()) {
        let mut chance = Chance::new(seed);
        let ways = vec![vec![Way::InTheOpen], vec![Way::InTheOpen]];
        let with = record(&ways, &mut chance);
        let signed: Vec<&str> = PARTIES.into_iter().filter(|party| {
            let signed = format!("sign-{party}-plenary");
            with.record.acts.iter().any(|act| act.id.as_str() == signed)
        }).collect();
        if signed.len() == PARTIES.len() {
            return Ok(());
        }
        // As long as one is wanting, everybody else's view is the one without the signatures.
        for viewer in ["m", "a", "b"] {
            let own = |act: &Act| act.seat.as_str() == viewer;
            let mut without = with.record.clone();
            without.acts.retain(|act| own(act) || !matches!(act.deed, Deed::Sign(_)));
            let told = |record: &Record| {
                let viewer = Viewer { seat: viewer.into(), rooms: None };
                let board = Board::of(record, &viewer, &Cut::default()).unwrap();
                let all = board.why("main").unwrap();
                let share = record.share_of(&viewer, &Cut::default()).unwrap();
                let acts: Vec<ActId> = share.acts.iter().map(|act| act.id.clone()).collect();
                format!("{:?}\n{all:?}\n{acts:?}", board.status())
            };
            prop_assert_eq!(told(&with.record), told(&without));
        }
    }
}
