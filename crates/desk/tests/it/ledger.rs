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
        for viewer in viewers(&record) {
            let cut = Cut::default();
            let names = names(&record);
            assert_same(&told(&record, &viewer, &cut, &names), &told(&ledger.record, &viewer, &cut, &names), "all");
        }
        let again = kept(&ledger.record).read(|_| true);
        prop_assert_eq!(format!("{:?}", ledger.record.acts), format!("{:?}", again.record.acts));
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
}
