//! Workspaces: what one may hold, what two worlds may tell apart, and what the clock, the disk and a liar cannot do.

use std::path::Path;

use onetext_desk::workspace::{Entry, Manner, Received, Verdict, Workspace};
use onetext_seal::{Addressee, PLENARY, PUBLIC, contents_of};
use onetext_store::{Entropy, Options, SeededEntropy, SystemEntropy};
use serde_json::json;

/// 6 March 2031, in microseconds since 1970.
const NOW: i64 = 1_930_521_600_000_000;

fn seeded() -> Box<dyn Entropy> {
    Box::new(SeededEntropy::new(7))
}

fn manner() -> Manner<'static> {
    Manner {
        entropy: &seeded,
        ..Manner::usual(None)
    }
}

fn to(seat: &str) -> Addressee {
    Addressee {
        seat: seat.to_owned(),
        site: None,
    }
}

fn note(seat: &str, room: &str, words: &str) -> Entry {
    Entry::of(seat, room, json!({"kind": "note", "words": words}))
}

fn room(name: &str, members: &[&str]) -> Entry {
    Entry::of(
        "mediator",
        name,
        json!({"kind": "room", "members": members}),
    )
}

/// A mediator's workspace that has founded a process, with the caucuses of two parties, and the parties' own.
fn three(folder: &Path) -> [Workspace; 3] {
    let mut sites = ["mediator", "sahrel", "thessa"].map(|seat| {
        let place = folder.join(seat);
        std::fs::create_dir(&place).unwrap();
        let seed: &dyn Fn() -> Box<dyn Entropy> = &|| Box::new(SystemEntropy);
        let manner = Manner {
            entropy: seed,
            ..Manner::usual(None)
        };
        Workspace::create(&place, Some(seat), &manner).unwrap()
    });
    let [mediator, sahrel, thessa] = &mut sites;
    mediator
        .found_titled("mediator", "Talks on the Lower Ford", NOW)
        .unwrap();
    for party in [sahrel, thessa] {
        let own = party.introductions().remove(0);
        mediator.bind(&own, None, NOW).unwrap();
        let name = format!("caucus-{}", own.seat);
        mediator
            .append(&[room(&name, &["mediator", &own.seat])], NOW)
            .unwrap();
    }
    sites
}

fn carry(from: &mut Workspace, to_site: &mut Workspace, seat: &str) -> Received {
    let pouch = from.pack_pouch(None, &to(seat), false).unwrap();
    to_site.open_pouch(&pouch.sealed, NOW).unwrap()
}

pub(crate) fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        match path.is_dir() {
            true => copy_folder(&path, &target),
            false => drop(std::fs::copy(&path, target).unwrap()),
        }
    }
    let mode = std::fs::metadata(from).unwrap().permissions();
    std::fs::set_permissions(to, mode).unwrap();
}

#[test]
fn law_2_worlds_that_differ_elsewhere_give_a_seat_the_same_record_and_the_same_pouch() {
    let folder = tempfile::tempdir().unwrap();
    drop(three(folder.path()));
    for world in ["one", "other"] {
        copy_folder(&folder.path().join("mediator"), &folder.path().join(world));
    }
    let open = |world: &str| Workspace::open(&folder.path().join(world), &manner()).unwrap();
    let (mut one, mut other) = (open("one"), open("other"));
    for turn in 0..8 {
        let words = format!("the ferry, {turn}");
        let shared = ["plenary", "caucus-sahrel"][turn % 2];
        let entry = note("mediator", shared, &words).with(words.clone().into_bytes());
        if turn % 3 == 0 {
            let hidden = ["caucus-thessa", "chamber-mediator"][turn / 3 % 2];
            let words = format!("for others, {turn}");
            let elsewhere = note("mediator", hidden, &words).with(vec![b'x'; 3000 * turn]);
            other.append(&[elsewhere], NOW + turn as i64).unwrap();
            // Also the very words that sahrel is given, given elsewhere first.
            let same = note("mediator", hidden, "again").with(entry.contents[0].1.clone());
            other.append(&[same], NOW + turn as i64).unwrap();
        }
        for world in [&mut one, &mut other] {
            world
                .append(std::slice::from_ref(&entry), NOW + turn as i64)
                .unwrap();
        }
    }
    other
        .append(&[room("side-room", &["mediator", "thessa"])], NOW)
        .unwrap();
    let share = |world: &mut Workspace| {
        let mut record = Vec::new();
        world.record(Some("sahrel"), &mut record).unwrap();
        let pouch = world.pack_pouch(None, &to("sahrel"), false).unwrap();
        (record, pouch.name, pouch.acts, pouch.sealed.len())
    };
    assert_eq!(share(&mut one), share(&mut other));
    let mut all = Vec::new();
    other.record(None, &mut all).unwrap();
    assert!(String::from_utf8(all).unwrap().contains("for others, 3"));
}

#[test]
fn law_2_a_site_is_given_nothing_of_a_room_that_it_does_not_sit_in() {
    let folder = tempfile::tempdir().unwrap();
    let [mut mediator, mut sahrel, mut thessa] = three(folder.path());
    let secret =
        note("mediator", "caucus-thessa", "only for thessa").with(b"only for thessa".to_vec());
    mediator.append(&[secret], NOW).unwrap();
    carry(&mut mediator, &mut sahrel, "sahrel");
    carry(&mut mediator, &mut thessa, "thessa");
    // By way of the other party nothing more comes.
    carry(&mut thessa, &mut sahrel, "sahrel");
    let rooms: Vec<String> = sahrel.heads().unwrap().0.into_keys().collect();
    assert_eq!(rooms, ["caucus-sahrel", PLENARY, PUBLIC]);
    assert_eq!(sahrel.rooms_of("thessa").unwrap(), [PLENARY, PUBLIC]);
}

#[test]
fn a_stolen_store_without_its_keys_shows_no_word_and_no_name() {
    let folder = tempfile::tempdir().unwrap();
    let [mut mediator, mut sahrel, _] = three(folder.path());
    let entry = note("mediator", "caucus-sahrel", "never the ridge of Torvik");
    mediator
        .append(
            &[entry.with(b"Article 1. The ridge of Torvik".to_vec())],
            NOW,
        )
        .unwrap();
    carry(&mut mediator, &mut sahrel, "sahrel");
    for site in ["mediator", "sahrel"] {
        for file in ["onetext.db", "onetext.db-wal"] {
            let Ok(bytes) = std::fs::read(folder.path().join(site).join(file)) else {
                continue;
            };
            for word in [
                "Torvik",
                "ridge",
                "caucus",
                "sahrel",
                "mediator",
                "plenary",
                "words",
                "Lower Ford",
                "age1",
            ] {
                let found = bytes
                    .windows(word.len())
                    .any(|window| window == word.as_bytes());
                assert!(!found, "{site}/{file} shows `{word}`");
            }
        }
    }
}

#[test]
fn a_clock_that_goes_backwards_is_said_and_harms_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let [mut mediator, mut sahrel, _] = three(folder.path());
    let written = mediator
        .append(&[note("mediator", PLENARY, "in time")], NOW)
        .unwrap();
    assert_eq!(written[0].clock_behind, None);
    let written = mediator
        .append(&[note("mediator", PLENARY, "late")], NOW - 1)
        .unwrap();
    assert_eq!(
        written[0].clock_behind.as_deref(),
        Some("2031-03-06T00:00:00.000000Z")
    );
    let pouch = mediator.pack_pouch(None, &to("sahrel"), false).unwrap();
    let Received::Arrived(arrived) = sahrel
        .open_pouch(&pouch.sealed, NOW - 3_600_000_000)
        .unwrap()
    else {
        panic!("it was not opened before");
    };
    assert!(arrived.clock_behind.is_some());
    for site in [&mediator, &sahrel] {
        assert_eq!(site.verify(None).unwrap().verdict, Verdict::Good);
    }
    let failure = mediator
        .append(&[note("mediator", PLENARY, "x")], i64::MAX)
        .unwrap_err();
    assert_eq!(failure.code(), "clock");
}

#[test]
fn two_programs_at_once_give_no_two_acts_one_place() {
    let folder = tempfile::tempdir().unwrap();
    drop(three(folder.path()));
    let place = folder.path().join("mediator");
    let write = |name: &str| {
        let mut workspace = Workspace::open(&place, &Manner::usual(None)).unwrap();
        for turn in 0..25 {
            let entry = note("mediator", PLENARY, &format!("{name} {turn}"));
            workspace.append(&[entry], NOW).unwrap();
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(|| write("one"));
        scope.spawn(|| write("other"));
    });
    let workspace = Workspace::open(&place, &Manner::usual(None)).unwrap();
    let checked = workspace.verify(None).unwrap();
    assert_eq!(
        (checked.verdict, checked.damages.len()),
        (Verdict::Good, 0),
        "{checked:?}"
    );
    assert_eq!(checked.heads[PLENARY].len(), 1);
}

#[test]
fn a_full_disk_is_said_and_nothing_of_it_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let [mut mediator, sahrel, _] = three(folder.path());
    drop(sahrel);
    let entry = note("mediator", "caucus-sahrel", "long").with(vec![b'x'; 4 << 20]);
    mediator.append(&[entry], NOW).unwrap();
    let pouch = mediator.pack_pouch(None, &to("sahrel"), false).unwrap();
    let tight = Manner {
        options: Options {
            largest: Some(1 << 20),
            ..Options::default()
        },
        ..Manner::usual(None)
    };
    let place = folder.path().join("sahrel");
    let mut sahrel = Workspace::open(&place, &tight).unwrap();
    let failure = sahrel.open_pouch(&pouch.sealed, NOW).unwrap_err();
    assert_eq!(failure.code(), "disk-full");
    assert_eq!(sahrel.process().unwrap(), None);
    drop(sahrel);
    let mut sahrel = Workspace::open(&place, &Manner::usual(None)).unwrap();
    assert!(matches!(
        sahrel.open_pouch(&pouch.sealed, NOW).unwrap(),
        Received::Arrived(_)
    ));
    assert_eq!(sahrel.verify(None).unwrap().verdict, Verdict::Good);
}

#[test]
fn what_a_site_may_not_write_is_refused_to_its_author() {
    let folder = tempfile::tempdir().unwrap();
    let [mut mediator, mut sahrel, _] = three(folder.path());
    carry(&mut mediator, &mut sahrel, "sahrel");
    let mut check = |entry: Entry, code: &str| {
        let before = sahrel.heads().unwrap();
        assert_eq!(
            sahrel
                .append(std::slice::from_ref(&entry), NOW)
                .unwrap_err()
                .code(),
            code,
            "{entry:?}"
        );
        // All or nothing: the good one before it is not written either.
        let good = note("sahrel", PLENARY, "good");
        assert_eq!(sahrel.append(&[good, entry], NOW).unwrap_err().code(), code);
        assert_eq!(sahrel.heads().unwrap(), before);
    };
    check(note("mediator", PLENARY, "as another"), "not-your-seat");
    check(note("sahrel", "chamber-thessa", "elsewhere"), "may-not");
    check(note("sahrel", "caucus-thessa", "elsewhere"), "no-room");
    check(
        Entry::of(
            "sahrel",
            "caucus-sahrel",
            json!({"kind": "room", "members": ["sahrel"]}),
        ),
        "room-there",
    );
    check(
        Entry::of(
            "sahrel",
            "alone",
            json!({"kind": "room", "members": ["thessa"]}),
        ),
        "may-not",
    );
    check(
        Entry::of("sahrel", PLENARY, json!({"kind": "process"})),
        "founded",
    );
    check(
        Entry::of("sahrel", PLENARY, json!({"words": "no kind"})),
        "no-act",
    );
    check(
        Entry::of("sahrel", PLENARY, json!({"kind": "note", "number": 0.5})),
        "no-act",
    );
}

#[test]
fn law_9_who_did_it_and_who_wrote_it_down_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let [mut mediator, mut sahrel, _] = three(folder.path());
    let reported = Entry {
        actor: "sahrel".to_owned(),
        person: Some("mara".to_owned()),
        on: Some("2031-03".to_owned()),
        ..note("mediator", "caucus-sahrel", "she said no")
    };
    mediator.append(&[reported], NOW).unwrap();
    carry(&mut mediator, &mut sahrel, "sahrel");
    let (heard, last) = sahrel.acts("caucus-sahrel", 1).unwrap();
    assert_eq!((heard.len(), last), (2, 3));
    let envelope = &heard[0].envelope;
    assert_eq!(
        (
            envelope.actor.seat.as_str(),
            envelope.recorder.seat.as_str()
        ),
        ("sahrel", "mediator")
    );
    assert_eq!(
        (envelope.actor.person.as_deref(), envelope.on.as_str()),
        (Some("mara"), "2031-03")
    );
    assert_eq!(heard[0].received, NOW);
}

#[test]
fn contents_travel_with_the_acts_that_name_them() {
    let folder = tempfile::tempdir().unwrap();
    let [mut mediator, mut sahrel, _] = three(folder.path());
    let entry = note("mediator", "caucus-sahrel", "a draft").with(b"Article 1".to_vec());
    mediator.append(&[entry], NOW).unwrap();
    carry(&mut mediator, &mut sahrel, "sahrel");
    let (heard, _) = sahrel.acts("caucus-sahrel", 1).unwrap();
    let named = contents_of(heard[0].body.as_ref().unwrap()).unwrap();
    let name = named.first().unwrap();
    assert_eq!(
        sahrel.content("caucus-sahrel", name).unwrap().as_deref(),
        Some(&b"Article 1"[..])
    );
    assert_eq!(sahrel.content(PLENARY, name).unwrap(), None);
}

#[test]
fn a_host_serves_every_seat_with_a_key_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("host");
    std::fs::create_dir(&place).unwrap();
    let mut host = Workspace::create(&place, None, &Manner::usual(None)).unwrap();
    host.found_titled("mediator", "Talks", NOW).unwrap();
    let seats = ["sahrel", "thessa"].map(str::to_owned);
    assert_eq!(host.serve(&seats, NOW).unwrap().len(), 2);
    assert_eq!(host.serve(&seats, NOW).unwrap().len(), 0);
    host.append(&[note("sahrel", "chamber-sahrel", "ours")], NOW)
        .unwrap();
    assert_eq!(host.verify(None).unwrap().verdict, Verdict::Good);
    assert_eq!(
        host.sites()
            .unwrap()
            .iter()
            .filter(|site| site.here)
            .count(),
        3
    );
}

#[test]
fn a_site_restored_from_a_backup_is_put_right_by_a_whole_pouch() {
    let folder = tempfile::tempdir().unwrap();
    let [mut mediator, mut sahrel, _] = three(folder.path());
    carry(&mut mediator, &mut sahrel, "sahrel");
    let backup = folder.path().join("backup");
    sahrel.backup(&backup).unwrap();
    sahrel
        .append(&[note("sahrel", PLENARY, "after the backup")], NOW)
        .unwrap();
    carry(&mut sahrel, &mut mediator, "mediator");
    drop(sahrel);
    let place = folder.path().join("sahrel");
    for file in ["onetext.db", "onetext.db-wal", "onetext.db-shm"] {
        let _ = std::fs::remove_file(place.join(file));
    }
    Workspace::restore(&backup, &place, &Manner::usual(None)).unwrap();
    let mut sahrel = Workspace::open(&place, &Manner::usual(None)).unwrap();
    // Written now, an act would take the place of the one that the mediator has.
    let words = [note("sahrel", PLENARY, "in the other's place")];
    assert_eq!(sahrel.append(&words, NOW).unwrap_err().code(), "restored");
    // What the mediator takes to be acknowledged is not here any more.
    mediator
        .append(&[note("mediator", PLENARY, "on top")], NOW)
        .unwrap();
    let pouch = mediator.pack_pouch(None, &to("sahrel"), false).unwrap();
    assert_eq!(
        sahrel.open_pouch(&pouch.sealed, NOW).unwrap_err().code(),
        "pouch-early"
    );
    let whole = mediator.pack_pouch(None, &to("sahrel"), true).unwrap();
    assert!(matches!(
        sahrel.open_pouch(&whole.sealed, NOW).unwrap(),
        Received::Arrived(_)
    ));
    assert!(matches!(
        sahrel.open_pouch(&pouch.sealed, NOW).unwrap(),
        Received::Arrived(_)
    ));
    assert_eq!(sahrel.append(&words, NOW).unwrap_err().code(), "restored");
    assert!(sahrel.take_up_again().unwrap());
    assert!(!sahrel.take_up_again().unwrap());
    sahrel
        .append(&[note("sahrel", PLENARY, "goes on")], NOW)
        .unwrap();
    carry(&mut sahrel, &mut mediator, "mediator");
    carry(&mut mediator, &mut sahrel, "sahrel");
    assert_eq!(
        mediator.heads().unwrap().of(PLENARY),
        sahrel.heads().unwrap().of(PLENARY)
    );
}
