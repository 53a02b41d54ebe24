//! Law 5: silence is consent only inside a declared silence procedure, and there by the letter: against a plain reckoning.

use onetext_talks::*;
use proptest::prelude::*;

use crate::chance::Chance;
use crate::small::{Small, cell, paths, stance};
use crate::world::{config, day};

const PARTIES: [&str; 3] = ["a", "b", "c"];
const POINTS: [&str; 3] = ["1", "2", "3"];
const WORDS: [&str; 3] = [
    "The port is shared.",
    "The toll is nothing.",
    "The tower is lit.",
];
/// The procedure is opened on this day and ends with this one.
const OPENED: usize = 3;
const EXPIRES: usize = 6;

/// One word of one party on one point.
#[derive(Debug, Clone)]
struct Word {
    party: usize,
    point: usize,
    on: usize,
    kind: StanceKind,
    withdrawn: bool,
}

#[derive(Debug)]
struct Case {
    asked: Vec<usize>,
    points: Vec<usize>,
    given: Vec<bool>,
    words: Vec<Word>,
    /// The last day of the record.
    now: usize,
}

impl Case {
    fn new(seed: u64) -> Case {
        let mut chance = Chance::new(seed);
        let kinds = [
            StanceKind::Object,
            StanceKind::Propose,
            StanceKind::Reserve,
            StanceKind::Accept,
            StanceKind::Withhold,
        ];
        let words = (0..chance.below(6)).map(|_| Word {
            party: chance.below(3),
            point: chance.below(3),
            on: 1 + chance.below(8),
            kind: chance.pick(&kinds),
            withdrawn: chance.one_in(6),
        });
        let words: Vec<Word> = words.collect();
        let some = |chance: &mut Chance| (0..3).filter(|_| !chance.one_in(3)).collect::<Vec<_>>();
        Case {
            words,
            asked: some(&mut chance),
            points: some(&mut chance),
            given: (0..3).map(|_| !chance.one_in(5)).collect(),
            now: 4 + chance.below(6),
        }
    }

    fn record(&self) -> Small {
        let mut small = Small::with_points(&PARTIES, &WORDS);
        small.record.acts.clear();
        for (party, given) in PARTIES.iter().zip(&self.given) {
            if *given {
                let room = format!("m-{party}");
                small.act(
                    &format!("give-{party}"),
                    "m",
                    &room,
                    0,
                    crate::small::deliver("v1"),
                );
            }
        }
        let mut words: Vec<(usize, &Word)> = self.words.iter().enumerate().collect();
        words.sort_by_key(|(_, word)| word.on);
        let mut opened = false;
        for (number, word) in words {
            // On the day it is opened the procedure stands first.
            if word.on >= OPENED && !opened {
                self.open(&mut small);
                opened = true;
            }
            let (id, party) = (format!("word-{number}"), PARTIES[word.party]);
            let deed = Deed::Stance(stance("v1", &[POINTS[word.point]], word.kind));
            small.act(&id, &format!("head-{party}"), "plenary", word.on, deed);
            if word.withdrawn {
                let back = crate::small::withdraw(&id);
                small.act(&format!("back-{number}"), party, "plenary", word.on, back);
            }
        }
        if !opened {
            self.open(&mut small);
        }
        small
            .record
            .acts
            .retain(|act| act.on.latest() <= day(self.now).latest());
        let note = Deed::Note(Words {
            words: "Now.".to_owned(),
        });
        small.act("now", "m", "plenary", self.now, note);
        small
    }

    fn open(&self, small: &mut Small) {
        if self.points.is_empty() {
            return;
        }
        let names: Vec<&str> = self.points.iter().map(|point| POINTS[*point]).collect();
        let silence = Deed::Silence(Box::new(Silence {
            draft: "v1".into(),
            points: paths(&names),
            addressees: self
                .asked
                .iter()
                .map(|party| PARTIES[*party].into())
                .collect(),
            expires: day(EXPIRES),
        }));
        small.act("quiet", "m", "plenary", OPENED, silence);
    }

    /// Whether a party has accepted a point by its silence, reckoned plainly.
    fn consents(&self, party: usize, point: usize) -> bool {
        let while_open = |word: &&Word| {
            word.point == point && (OPENED..=EXPIRES).contains(&word.on) && word.on <= self.now
        };
        let breaks = |word: &Word| {
            self.asked.contains(&word.party)
                && matches!(word.kind, StanceKind::Object | StanceKind::Propose)
        };
        let mut said = self.words.iter().filter(while_open);
        let broken = said.clone().any(breaks);
        let spoke = said.any(|word| word.party == party && !word.withdrawn);
        self.asked.contains(&party)
            && self.points.contains(&point)
            && self.given[party]
            && self.now >= EXPIRES
            && !broken
            && !spoke
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn law_5_silence_consents_only_in_a_procedure_that_nobody_broke(seeds in proptest::collection::vec(any::<u64>(), 8)) {
        for seed in seeds {
            let case = Case::new(seed);
            let small = case.record();
            let status = small.board("m").status();
            // Where nobody was given the draft nor spoke of it, nothing of it is known.
            let known = !crate::small::text_of(&status, "main").provisions.is_empty();
            for (party, name) in PARTIES.iter().enumerate() {
                for (point, path) in POINTS.iter().enumerate() {
                    if !known {
                        prop_assert!(!case.consents(party, point), "{} on {} in {:?}", name, path, case);
                        continue;
                    }
                    let held = cell(&status, "main", path, name);
                    let later = case.words.iter().any(|word| {
                        word.party == party && word.point == point && word.on > EXPIRES && word.on <= case.now && !word.withdrawn
                    });
                    if !later {
                        prop_assert_eq!(held.by_silence, case.consents(party, point), "{} on {} in {:?}", name, path, case);
                    }
                    prop_assert!(!held.by_silence || held.stance == CellStance::Accepted);
                }
            }
        }
    }

    #[test]
    fn law_5_a_procedure_one_act_at_a_time_is_the_same_as_all_at_once(seed in any::<u64>()) {
        let small = Case::new(seed).record();
        let viewer = Viewer { seat: "m".into(), rooms: None };
        let mut growing = small.record.clone();
        growing.acts.clear();
        let mut board = Board::of(&growing, &viewer, &Cut::default()).unwrap();
        for act in &small.record.acts {
            if matches!(act.deed, Deed::Deliver(_)) {
                growing.acts.push(act.clone());
                board = Board::of(&growing, &viewer, &Cut::default()).unwrap();
                continue;
            }
            growing.acts.push(act.clone());
            board.append(&std::sync::Arc::new(act.clone()));
            let whole = Board::of(&growing, &viewer, &Cut::default()).unwrap();
            prop_assert_eq!(format!("{:?}", board.status()), format!("{:?}", whole.status()));
        }
    }
}
