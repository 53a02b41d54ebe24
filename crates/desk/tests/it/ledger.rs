//! What is entered and read again is what was said, and each viewer reads it from its own rooms alone.

use std::collections::BTreeMap;
use std::sync::Arc;

use onetext_desk::ledger::{Ledger, Scribe, Why, enter, read};
use onetext_desk::workspace::{Entry, Heard};
use onetext_seal::{
    ActDigest, Actor, Commitment, ContentDigest, Envelope, FORMAT, ProcessId, Recorder, SiteId,
};
use onetext_talks::testing::records;
use onetext_talks::{Board, Cut, Record, Viewer, When};
use proptest::prelude::*;
use proptest::strategy::ValueTree;

/// Entries as they are kept: one line of acts in each room.
struct Kept {
    acts: Vec<Heard>,
    contents: BTreeMap<(String, ContentDigest), Arc<[u8]>>,
}

fn keep(entries: Vec<Entry>) -> Kept {
    let mut heads: BTreeMap<String, (ActDigest, u64)> = BTreeMap::new();
    let mut kept = Kept {
        acts: Vec::new(),
        contents: BTreeMap::new(),
    };
    for entry in entries {
        let room = entry.room;
        let head = heads.get(&room).copied();
        let depth = head.map_or(0, |(_, depth)| depth + 1);
        let envelope = Envelope {
            actor: Actor {
                key: None,
                person: entry.person,
                seat: entry.actor,
            },
            algorithm: Envelope::algorithm(),
            body: Commitment([0; 32]),
            depth,
            format: FORMAT,
            on: entry.on.unwrap_or_else(|| "2025-11-20".to_owned()),
            parents: head.map(|(id, _)| id).into_iter().collect(),
            process: ProcessId([0; 16]),
            recorded: "2031-03-06T14:30:00.000000Z".to_owned(),
            recorder: Recorder {
                person: None,
                seat: entry.recorder,
                site: SiteId([1; 32]),
            },
            room: room.clone(),
            sequence: depth,
        };
        let id = ActDigest::of(&onetext_seal::canonical(&(&envelope, &entry.body)).unwrap());
        heads.insert(room.clone(), (id, depth));
        for (name, bytes) in entry.contents {
            kept.contents.insert((room.clone(), name), bytes);
        }
        kept.acts.push(Heard {
            id,
            envelope,
            body: Some(entry.body),
            received: 0,
        });
    }
    kept
}

impl Kept {
    /// What is read from the rooms that pass, and from nothing else.
    fn read(&self, mine: impl Fn(&str) -> bool) -> Ledger {
        let acts = self
            .acts
            .iter()
            .filter(|act| mine(&act.envelope.room))
            .cloned()
            .collect();
        let mut contents = |room: &str, name: &ContentDigest| {
            self.contents
                .get(&(room.to_owned(), *name))
                .filter(|_| mine(room))
                .cloned()
        };
        read(acts, &mut contents).unwrap()
    }
}

fn kept(record: &Record) -> Kept {
    keep(enter(record, &Scribe::EachSeat).unwrap().entries)
}

fn cuts() -> Vec<Cut> {
    let at = |time: &str| Cut {
        at: Some(When::parse(time).unwrap()),
        known_at: None,
    };
    vec![Cut::default(), at("2025-11-22"), at("2025-11-25T15:00:00Z")]
}

/// Everything that a viewer is told: the state of play, and why each thing of these names is as it is.
fn told(record: &Record, viewer: &Viewer, cut: &Cut, names: &[String]) -> String {
    let board = Board::of(record, viewer, cut).unwrap();
    let mut told = serde_json::to_string_pretty(&board.status()).unwrap();
    for name in names {
        told.push_str(&format!("\n{name}: {:?}", board.why(name)));
    }
    told
}

fn names(record: &Record) -> Vec<String> {
    let drafts = record.drafts.iter().flat_map(|draft| {
        draft
            .issued
            .draft
            .provisions()
            .iter()
            .map(|provision| format!("{}#{}", draft.id, provision.path))
    });
    let texts = record.texts.iter().map(|text| text.id.to_string());
    let acts = record.acts.iter().map(|act| act.id.to_string());
    let seats = record.seats.iter().map(|seat| seat.id.to_string());
    acts.chain(texts).chain(seats).chain(drafts).collect()
}

fn viewers(record: &Record) -> impl Iterator<Item = Viewer> + '_ {
    record.seats.iter().map(|seat| Viewer {
        seat: seat.id.clone(),
        rooms: None,
    })
}

fn assert_same(one: &str, other: &str, whose: &str) {
    if let Some((one, other)) = one
        .lines()
        .zip(other.lines())
        .find(|(one, other)| one != other)
    {
        panic!("{whose} reads\n{other}\ninstead of\n{one}");
    }
    assert_eq!(one.len(), other.len(), "{whose}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 400, ..ProptestConfig::default() })]

    #[test]
    fn law_2_a_viewer_reads_the_same_from_its_rooms_alone(record in records()) {
        let kept = kept(&record);
        let names = names(&record);
        for viewer in viewers(&record) {
            let rooms = record.rooms_of(&viewer).unwrap();
            let ledger = kept.read(|room| rooms.contains_key(room));
            prop_assert!(ledger.left_out.is_empty(), "{:?}", ledger.left_out);
            for cut in cuts() {
                assert_same(
                    &told(&record, &viewer, &cut, &names),
                    &told(&ledger.record, &viewer, &cut, &names),
                    viewer.seat.as_str(),
                );
            }
        }
    }

    #[test]
    fn what_is_entered_and_read_is_what_was_said(record in records()) {
        let ledger = kept(&record).read(|_| true);
        let again = kept(&ledger.record).read(|_| true);
        let names = names(&record);
        for viewer in viewers(&record) {
            let said = told(&record, &viewer, &Cut::default(), &names);
            assert_same(&said, &told(&ledger.record, &viewer, &Cut::default(), &names), "once");
            assert_same(&said, &told(&again.record, &viewer, &Cut::default(), &names), "twice");
        }
    }

    #[test]
    fn law_9_what_another_seat_had_written_down_becomes_reported(record in records()) {
        let seat = record.process.pen_holder.clone();
        let share = record.share_of(&Viewer { seat: seat.clone(), rooms: None }, &Cut::default()).unwrap();
        let entered = enter(&share, &Scribe::Seat(seat.clone())).unwrap();
        let wanted = share.acts.iter().filter(|act| act.recorder != seat).count();
        prop_assert_eq!(entered.reported, wanted);
        prop_assert!(entered.entries.iter().all(|entry| entry.recorder == seat.as_str()));
    }

    #[test]
    fn no_bodies_and_no_contents_are_no_crash(record in records(), skip in any::<u64>()) {
        let mut kept = kept(&record);
        let mut number = 0_u32;
        for act in kept.acts.iter_mut().skip(1) {
            number += 1;
            if skip >> (number % 64) & 1 == 1 {
                act.body = None;
            }
        }
        kept.contents.clear();
        let ledger = kept.read(|_| true);
        prop_assert!(ledger.left_out.iter().any(|left| left.why == Why::Erased) || skip & 0xff == 0 || kept.acts.len() < 80);
        for viewer in viewers(&ledger.record) {
            told(&ledger.record, &viewer, &Cut::default(), &names(&record));
        }
    }

    #[test]
    fn what_is_void_and_what_waits_is_a_matter_of_the_set_of_acts(record in records(), seed in any::<u64>()) {
        let mut kept = kept(&record);
        let mut numbers = Numbers::new(seed);
        break_rules(&mut kept, &mut numbers);
        let ledger = kept.read(|_| true);
        let left = |ledger: &Ledger, mine: &dyn Fn(&str) -> bool| {
            let mut left: Vec<_> = ledger.left_out.iter().filter(|left| mine(left.room.as_str()))
                .map(|left| (left.id, left.why, left.reason.clone())).collect();
            left.sort_unstable();
            left
        };
        let names = names(&record);
        let viewers: Vec<Viewer> = viewers(&record).collect();
        let seen = |ledger: &Ledger, viewer: &Viewer| told(&ledger.record, viewer, &Cut::default(), &names);
        for _ in 0..3 {
            numbers.shuffle(&mut kept.acts);
            let again = kept.read(|_| true);
            prop_assert_eq!(left(&ledger, &|_| true), left(&again, &|_| true));
            assert_same(&seen(&ledger, &viewers[0]), &seen(&again, &viewers[0]), "in another order");
        }
        // Who has the rooms of one seat alone says the same of what stands in them.
        for viewer in &viewers {
            let rooms = record.rooms_of(viewer).unwrap();
            let mine = |room: &str| rooms.contains_key(room);
            let own = kept.read(mine);
            prop_assert_eq!(left(&own, &mine), left(&ledger, &mine), "{}", viewer.seat);
        }
    }
}

/// Numbers that a seed fixes: Knuth's linear congruential generator, its high half.
struct Numbers(u64);

impl Numbers {
    fn new(seed: u64) -> Numbers {
        Numbers(seed)
    }

    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        for index in (1..list.len()).rev() {
            list.swap(index, self.below(index + 1));
        }
    }
}

/// Acts vanish, and what acts name becomes the name of another act.
fn break_rules(kept: &mut Kept, numbers: &mut Numbers) {
    let is_act = |act: &Heard| {
        act.body.as_ref().is_some_and(|body| {
            body["kind"]
                .as_str()
                .is_some_and(|kind| onetext_desk::schema::kind(kind).is_some())
        })
    };
    kept.acts.retain(|act| !is_act(act) || numbers.below(8) > 0);
    let places: Vec<(String, String)> = kept
        .acts
        .iter()
        .filter(|act| is_act(act))
        .map(|act| {
            let handle = act.body.as_ref().and_then(|body| body["id"].as_str());
            (
                act.envelope.room.clone(),
                handle.map_or(act.id.to_string(), str::to_owned),
            )
        })
        .collect();
    for act in kept.acts.iter_mut().filter(|act| is_act(act)) {
        let own: Vec<&String> = places
            .iter()
            .filter(|(room, _)| *room == act.envelope.room)
            .map(|(_, name)| name)
            .collect();
        let Some(body) = act.body.as_mut() else {
            continue;
        };
        if body.get("of").is_some() && numbers.below(2) == 0 && !own.is_empty() {
            body["of"] = own[numbers.below(own.len())].as_str().into();
        }
    }
}

#[test]
fn an_act_that_takes_back_another_seats_is_void_and_one_that_names_nothing_waits() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut void, mut waits) = (0, 0);
    for _ in 0..40 {
        let record = records().new_tree(&mut runner).unwrap().current();
        let mut kept = kept(&record);
        break_rules(&mut kept, &mut Numbers::new(7));
        let ledger = kept.read(|_| true);
        void += ledger
            .left_out
            .iter()
            .filter(|left| left.why == Why::Void)
            .count();
        waits += ledger
            .left_out
            .iter()
            .filter(|left| left.why == Why::Pending)
            .count();
    }
    assert!(void > 5 && waits > 1, "{void} void, {waits} waiting");
}
