//! What every store promises, whatever database it stands on: written once, for each of them.

use std::ops::ControlFlow;

use onetext_seal::{ActDigest, ContentDigest, SignedAct};
use onetext_store::{Batch, Erasure, Made, NewAct, PIECE, Store, StoreError, read_in_parallel};

use crate::world::{Writer, new_store};

/// All of the contract, over stores that `new` makes.
fn contract<S: Store>(new: impl Fn() -> S) {
    acts_are_read_as_they_were_written(new());
    an_act_again_changes_nothing(new());
    heads_do_not_depend_on_the_order_of_arrival(&new);
    a_batch_is_written_whole_or_not_at_all(new());
    what_is_made_of_what_is_there_is_written_whole_or_not_at_all(new());
    contents_are_given_room_by_room(new());
    what_is_erased_is_gone_and_the_rest_stays(new());
    settings_notes_and_snapshots(new());
    threads_read_what_one_reads(new());
}

#[test]
fn the_embedded_store_keeps_the_contract() {
    let folder = tempfile::tempdir().unwrap();
    let made = std::cell::Cell::new(0);
    contract(|| {
        made.set(made.get() + 1);
        let place = folder.path().join(made.get().to_string());
        std::fs::create_dir(&place).unwrap();
        new_store(&place)
    });
}

fn all(store: &dyn Store, room: &str, after: u64) -> Vec<(u64, SignedAct)> {
    let mut acts = Vec::new();
    store
        .read(room, after, &mut |position, act| {
            acts.push((position, act.signed()));
            ControlFlow::Continue(())
        })
        .unwrap();
    acts
}

fn good(store: &dyn Store) {
    let report = store.check().unwrap();
    assert!(report.is_good(), "{:?}", report.findings);
}

fn acts_are_read_as_they_were_written(mut store: impl Store) {
    let mut site = Writer::new(1);
    let acts: Vec<_> = ["one", "two", "three"]
        .map(|words| site.act("plenary", words))
        .into();
    let new: Vec<_> = acts
        .iter()
        .cloned()
        .map(|act| NewAct::arrived(act).unwrap())
        .collect();
    let kept = store.append(&new, 17).unwrap();
    assert_eq!(
        kept.iter().map(|kept| kept.position).collect::<Vec<_>>(),
        [1, 2, 3]
    );
    assert!(kept.iter().all(|kept| kept.new));
    let read = all(&store, "plenary", 0);
    assert_eq!(
        read.iter().map(|(_, act)| act.clone()).collect::<Vec<_>>(),
        acts
    );
    assert_eq!(all(&store, "plenary", 2).len(), 1);
    assert_eq!(all(&store, "plenary", 3), []);
    assert_eq!(all(&store, "elsewhere", 0), []);
    assert_eq!(store.get(&acts[1].id()).unwrap().as_ref(), Some(&acts[1]));
    assert_eq!(store.get(&ActDigest([0; 32])).unwrap(), None);
    assert_eq!(store.rooms().unwrap(), ["plenary"]);
    assert_eq!(store.count("plenary").unwrap(), 3);
    assert_eq!(store.heads("plenary").unwrap(), [acts[2].id()]);
    assert_eq!(
        store.next_sequence("plenary", &site.key().site()).unwrap(),
        3
    );
    assert_eq!(
        store
            .next_sequence("elsewhere", &site.key().site())
            .unwrap(),
        0
    );
    assert_eq!(store.arrivals("plenary", 1).unwrap().len(), 2);
    assert_eq!(store.arrival(&acts[0].id()).unwrap().unwrap().received, 17);
    let mut seen = 0;
    let stop = &mut |_, _: onetext_store::OpenAct<'_>| {
        seen += 1;
        ControlFlow::Break(())
    };
    store.read("plenary", 0, stop).unwrap();
    assert_eq!(seen, 1);
    good(&store);
}

fn what_is_made_of_what_is_there_is_written_whole_or_not_at_all(mut store: impl Store) {
    let mut site = Writer::new(1);
    let one = site.new_act("plenary", "one");
    store.append(std::slice::from_ref(&one), 1).unwrap();
    let two = site.new_act("plenary", "two");
    let mut seen = Vec::new();
    let kept = store
        .write_on(&mut |store| {
            seen = store.heads("plenary").unwrap();
            Some(Made {
                acts: vec![two.clone()],
                received: 2,
                settings: vec![("s".to_owned(), Some(b"x".to_vec()))],
                notes: vec![("n".to_owned(), b"y".to_vec())],
            })
        })
        .unwrap();
    assert_eq!((seen, kept[0].position), (vec![one.id()], 2));
    assert_eq!(store.setting("s").unwrap().as_deref(), Some(&b"x"[..]));
    assert_eq!(store.notes("n").unwrap(), [b"y"]);
    assert_eq!(store.write_on(&mut |_| None).unwrap(), []);
    assert_eq!(store.heads("plenary").unwrap(), [two.id()]);
    good(&store);
}

fn an_act_again_changes_nothing(mut store: impl Store) {
    let mut site = Writer::new(1);
    let (one, two) = (
        site.new_act("plenary", "one"),
        site.new_act("plenary", "two"),
    );
    store.append(std::slice::from_ref(&one), 1).unwrap();
    // A clock that went backwards decides nothing.
    let kept = store
        .append(&[one.clone(), two.clone(), two.clone()], -5)
        .unwrap();
    assert_eq!(
        kept.iter().map(|kept| kept.new).collect::<Vec<_>>(),
        [false, true, false]
    );
    assert_eq!(
        kept.iter().map(|kept| kept.position).collect::<Vec<_>>(),
        [1, 2, 2]
    );
    assert_eq!(store.arrival(&one.id()).unwrap().unwrap().received, 1);
    assert_eq!(store.arrival(&two.id()).unwrap().unwrap().received, -5);
    good(&store);
}

fn heads_do_not_depend_on_the_order_of_arrival<S: Store>(new: impl Fn() -> S) {
    let (mut one, other) = (Writer::new(1), Writer::new(2));
    let root = one.act("plenary", "root");
    let left = one.act("plenary", "left");
    let right = other.act_on("plenary", "right", vec![root.id()], 1, 0);
    let top = other.act_on("plenary", "top", vec![left.id(), right.id()], 2, 1);
    let acts = [root, left, right, top].map(|act| NewAct::arrived(act).unwrap());
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2]] {
        let mut store = new();
        for (arrived, at) in order.into_iter().enumerate() {
            store.append(&[acts[at].clone()], 0).unwrap();
            good(&store);
            let here: Vec<_> = order[..=arrived].iter().map(|at| acts[*at].id()).collect();
            let mut awaited: Vec<_> = order[..=arrived]
                .iter()
                .flat_map(|at| acts[*at].envelope().parents.clone())
                .filter(|parent| !here.contains(parent))
                .collect();
            awaited.sort();
            awaited.dedup();
            assert_eq!(store.awaited("plenary").unwrap(), awaited);
        }
        assert_eq!(store.heads("plenary").unwrap(), [acts[3].id()]);
        assert_eq!(
            store.next_sequence("plenary", &other.key().site()).unwrap(),
            2
        );
    }
}

fn a_batch_is_written_whole_or_not_at_all(mut store: impl Store) {
    let mut site = Writer::new(1);
    let good_act = site.new_act("plenary", "one");
    let bad = site
        .new_act("caucus", "two")
        .with(ContentDigest([9; 32]), *b"another content");
    let batch = Batch {
        acts: &[good_act.clone(), bad],
        settings: &[("language", Some(b"fr"))],
        ..Batch::default()
    };
    assert!(matches!(store.write(&batch), Err(StoreError::Content(_))));
    assert!(store.rooms().unwrap().is_empty());
    assert!(!store.has(&good_act.id()).unwrap());
    good(&store);
    store.append(&[good_act], 0).unwrap();
    assert_eq!(store.rooms().unwrap(), ["plenary"]);
    good(&store);
}

fn contents_are_given_room_by_room(mut store: impl Store) {
    let mut site = Writer::new(1);
    let wording = b"The Parties shall meet at the lighthouse.";
    let name = ContentDigest::of(wording);
    let one = site.new_act("plenary", "one").with(name, *wording);
    let two = site.new_act("caucus", "two");
    store.append(&[one.clone(), two], 0).unwrap();
    assert_eq!(
        store.content("plenary", &name).unwrap().as_deref(),
        Some(&wording[..])
    );
    assert_eq!(store.content("caucus", &name).unwrap(), None);
    assert_eq!(store.content("nowhere", &name).unwrap(), None);
    assert_eq!(store.arrival(&one.id()).unwrap().unwrap().contents, [name]);
    let three = site.new_act("caucus", "three").with(name, *wording);
    store.append(&[three], 0).unwrap();
    assert_eq!(
        store.content("caucus", &name).unwrap().as_deref(),
        Some(&wording[..])
    );
    let report = store.check().unwrap();
    assert_eq!(
        (report.findings, report.acts, report.contents),
        (vec![], 3, 1)
    );
}

fn what_is_erased_is_gone_and_the_rest_stays(mut store: impl Store) {
    let mut site = Writer::new(1);
    let wording = b"The Parties shall meet at the lighthouse.";
    let name = ContentDigest::of(wording);
    let one = site.new_act("plenary", "one").with(name, *wording);
    let two = site.new_act("caucus", "two").with(name, *wording);
    store.append(&[one.clone(), two.clone()], 0).unwrap();
    store.keep_snapshot("plenary", Some(b"words")).unwrap();
    assert_eq!(store.erase(&one.id()).unwrap(), Erasure::Done);
    assert_eq!(store.snapshot("plenary").unwrap(), None);
    assert_eq!(store.erase(&one.id()).unwrap(), Erasure::NothingThere);
    assert!(matches!(
        store.erase(&ActDigest([0; 32])),
        Err(StoreError::NoAct(_))
    ));
    assert_eq!(store.get(&one.id()).unwrap().unwrap().body, None);
    assert_eq!(all(&store, "plenary", 0)[0].1.envelope, one.act().envelope);
    assert!(store.get(&two.id()).unwrap().unwrap().body.is_some());
    good(&store);
    assert_eq!(
        store.erase_content("plenary", &name).unwrap(),
        Erasure::Done
    );
    assert_eq!(
        store.erase_content("plenary", &name).unwrap(),
        Erasure::NothingThere
    );
    assert_eq!(store.content("plenary", &name).unwrap(), None);
    assert!(store.content("caucus", &name).unwrap().is_some());
    good(&store);
    assert_eq!(store.erase_content("caucus", &name).unwrap(), Erasure::Done);
    assert_eq!(store.check().unwrap().contents, 0);
    good(&store);
    // The same act again does not bring back what was erased.
    store.append(std::slice::from_ref(&one), 0).unwrap();
    assert_eq!(store.get(&one.id()).unwrap().unwrap().body, None);
    // An act that arrives without its body is kept without it.
    let mut bare = site.act("plenary", "three");
    bare.body = None;
    store
        .append(&[NewAct::arrived(bare.clone()).unwrap()], 0)
        .unwrap();
    assert_eq!(store.get(&bare.id()).unwrap(), Some(bare));
    // Given anew, a content is there again.
    let four = site.new_act("plenary", "four").with(name, *wording);
    store.append(&[four], 0).unwrap();
    assert!(store.content("plenary", &name).unwrap().is_some());
    good(&store);
}

fn settings_notes_and_snapshots(mut store: impl Store) {
    let batch = Batch {
        settings: &[("language", Some(b"fr")), ("seat", Some(b"north"))],
        notes: &[
            ("pouches to south", b"first"),
            ("pouches to south", b"second"),
        ],
        ..Batch::default()
    };
    store.write(&batch).unwrap();
    let again = Batch {
        settings: &[("language", Some(b"en")), ("seat", None)],
        notes: &[("pouches to north", b"other")],
        ..Batch::default()
    };
    store.write(&again).unwrap();
    assert_eq!(
        store.setting("language").unwrap().as_deref(),
        Some(&b"en"[..])
    );
    assert_eq!(store.setting("seat").unwrap(), None);
    assert_eq!(
        store.notes("pouches to south").unwrap(),
        [b"first".to_vec(), b"second".to_vec()]
    );
    assert!(store.notes("pouches to west").unwrap().is_empty());
    assert_eq!(store.snapshot("plenary").unwrap(), None);
    store.keep_snapshot("plenary", Some(b"state")).unwrap();
    store
        .keep_snapshot("plenary", Some(b"newer state"))
        .unwrap();
    assert_eq!(
        store.snapshot("plenary").unwrap().as_deref(),
        Some(&b"newer state"[..])
    );
    good(&store);
    store.keep_snapshot("plenary", None).unwrap();
    assert_eq!(store.snapshot("plenary").unwrap(), None);
    let two = [("one".to_owned(), vec![1]), ("two".to_owned(), vec![2])];
    store.keep_snapshots(&two).unwrap();
    assert_eq!(store.snapshot("two").unwrap(), Some(vec![2]));
    let mut reader = store.reader().unwrap();
    assert_eq!(reader.snapshot("one").unwrap(), Some(vec![1]));
    good(&store);
    store.forget_snapshots().unwrap();
    assert_eq!(reader.snapshot("one").unwrap(), None);
    good(&store);
}

fn threads_read_what_one_reads(mut store: impl Store) {
    let mut site = Writer::new(1);
    let acts: Vec<_> = (0..2 * PIECE + 50)
        .map(|at| site.new_act("plenary", &at.to_string()))
        .collect();
    store.append(&acts, 0).unwrap();
    let one = all(&store, "plenary", 3);
    for threads in [0, 1, 2, 7, 100] {
        let many = read_in_parallel(&store, "plenary", 3, threads, |position, act| {
            (position, act.signed())
        });
        assert_eq!(many.unwrap(), one, "{threads}");
    }
    assert!(
        read_in_parallel(&store, "nowhere", 0, 2, |_, _| ())
            .unwrap()
            .is_empty()
    );
}
