//! Law 2 for package studies of a process: what is weighed, whose preferences are known and what follows is a function of
//! the viewer's rooms and of nothing else.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use onetext_desk::{Books, Cut, PackagesAsked, Viewer, Weighing, package_study};
use onetext_paper::dossier;
use onetext_talks::Record;
use onetext_talks::testing::{Choices, record_from, with_more_outside};
use proptest::prelude::*;

/// Everything that a study tells a seat: the answer, or why there is none.
fn told(books: &Books, viewer: &Viewer) -> String {
    let asked = PackagesAsked {
        all: true,
        robust: Some(None),
        ..PackagesAsked::default()
    };
    let weighing = Weighing::of_process(books, viewer, &Cut::default());
    let answer = weighing.and_then(|weighing| weighing.study(&asked));
    match answer {
        Ok(answer) => format!(
            "{}\n{}\n{:?}",
            package_study::json(&answer, Duration::ZERO),
            package_study::page(&answer, 80),
            package_study::picture(&answer)
        ),
        Err(error) => format!("{error:?} {:?} {:?}", error.hint(), error.others()),
    }
}

fn books(record: &Record) -> Books {
    let written = dossier::write(record);
    Books::open(&written.toml, &mut written.folder()).unwrap()
}

/// The process of the story, with acts added.
fn orm(more: &str) -> Books {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/stories/packages-of-a-process");
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    let mut files = BTreeMap::from([("c3.md".to_owned(), read("c3.md").into_bytes())]);
    Books::open(&(read("dossier.toml") + more), &mut files)
        .unwrap_or_else(|error| panic!("{error} {:?}", error.others()))
}

fn viewer(books: &Books, seat: &str) -> Viewer {
    books.viewer(Some(seat)).unwrap()
}

/// Preferences of one party, or estimates of them, in one of these rooms.
fn preference(number: usize, room: &str, by: &str, party: &str, points: &[(u8, bool)]) -> String {
    let rank = |(point, turned): &(u8, bool)| {
        let (path, options) = match point % 4 {
            0 => ("1", ["1", "2"].as_slice()),
            1 => ("2", ["1", "2", "3"].as_slice()),
            2 => ("4", ["1", "2"].as_slice()),
            _ => ("6", ["text"].as_slice()),
        };
        let mut options: Vec<String> = options.iter().map(|own| format!("{own:?}")).collect();
        if *turned {
            options.reverse();
        }
        format!("{{ point = {path:?}, order = [{}] }}", options.join(", "))
    };
    let ranking: Vec<String> = points.iter().map(rank).collect();
    format!(
        "\n[[act]]\nid = \"more-{number}\"\nkind = \"preference\"\nroom = {room:?}\nby = {by:?}\non = 2051-06-01\n\
         draft = \"c3\"\nparty = {party:?}\nreservation = \"{}\"\nranking = [{}]\n",
        10 + number,
        ranking.join(", ")
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn law_2_packages_of_a_process_do_not_depend_on_other_rooms(
        numbers in proptest::collection::vec(any::<u32>(), 0..900),
        added in proptest::collection::vec(any::<u32>(), 1..400),
        whose in any::<u32>(),
    ) {
        let record = record_from(&numbers);
        let seats: Vec<String> = record.seats.iter().map(|seat| seat.id.to_string()).collect();
        let seat = Choices::new(&[whose]).pick(&seats).cloned().unwrap();
        let viewer = Viewer { seat: seat.as_str().into(), rooms: None };
        let among_others = with_more_outside(&record, &viewer, &added);
        prop_assert_eq!(told(&books(&record), &viewer), told(&books(&among_others), &viewer));
    }

    #[test]
    fn law_2_what_others_prefer_changes_nothing_that_a_party_is_told(
        more in proptest::collection::vec((any::<bool>(), any::<bool>(), proptest::collection::vec((any::<u8>(), any::<bool>()), 1..4)), 1..6),
    ) {
        let acts: String = more.iter().enumerate().map(|(number, (caucus, sahrel, points))| {
            let (room, by) = if *caucus { ("with-karvonia", "karvonia") } else { ("chamber-gallen", "gallen") };
            preference(number, room, by, if *sahrel { "sahrel" } else { "karvonia" }, points)
        }).collect();
        let (alone, among_others) = (orm(""), orm(&acts));
        prop_assert_eq!(
            told(&alone, &viewer(&alone, "sahrel")),
            told(&among_others, &viewer(&among_others, "sahrel"))
        );
    }
}

#[test]
fn law_2_a_party_is_told_nothing_of_the_other_rooms() {
    let books = orm("");
    let all = told(&books, &viewer(&books, "gallen"));
    for words in [
        "karvonia-prefers",
        "estimate-of-sahrel",
        "five-years",
        "apart",
    ] {
        assert!(all.contains(words), "{words}");
    }
    let sahrel = told(&books, &viewer(&books, "sahrel"));
    for words in [
        "karvonia-prefers",
        "estimate-of",
        "five years",
        "five-years",
        "letters",
    ] {
        assert!(!sahrel.contains(words), "{words}: {sahrel}");
    }
}
