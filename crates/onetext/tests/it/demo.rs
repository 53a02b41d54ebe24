//! The sample process.

use crate::support::Folder;

const SEATS: [&str; 4] = ["helmark", "karvonia", "sahrel", "league"];

#[test]
fn the_demo_names_what_it_wrote_and_what_to_try() {
    let folder = Folder::new();
    let said = folder.say(&["demo"]);
    for seat in SEATS {
        let page = format!("onetext-demo/state-{seat}.html");
        assert!(said.contains(&page), "{page}");
        assert!(folder.read(&page).starts_with("<!DOCTYPE html>"));
    }
    assert!(
        said.contains("onetext-demo/index.html")
            && said.contains("onetext status onetext-demo --as sahrel")
    );
    assert!(said.lines().count() < 200, "more than a minute to read");
}

#[test]
fn every_file_it_names_is_there() {
    let folder = Folder::new();
    let object = folder.object(&["demo", "sample"]);
    let files = object["files"].as_array().unwrap();
    assert!(files.len() > 10);
    for file in files {
        assert!(
            folder.path().join(file.as_str().unwrap()).is_file(),
            "{file}"
        );
    }
    for next in object["next"].as_array().unwrap() {
        let words: Vec<&str> = next.as_str().unwrap().split(' ').skip(1).collect();
        folder.say(&words);
    }
}

#[test]
fn the_demo_is_made_twice_alike_and_overwrites_nothing_else() {
    let folder = Folder::new();
    assert_eq!(folder.say(&["demo"]), folder.say(&["demo"]));
    folder.put("onetext-demo/v2.md", "1. Something of my own.\n");
    let run = folder.run(&["demo"]);
    assert_eq!(run.status, 1);
    assert!(run.errors.contains("v2.md") && run.errors.contains("onetext demo DIR"));
    assert_eq!(
        folder.read("onetext-demo/v2.md"),
        "1. Something of my own.\n"
    );
}

#[test]
fn the_demo_shows_nearly_every_kind_of_alert() {
    let folder = Folder::new();
    folder.say(&["demo"]);
    let status = folder.object(&["status", "onetext-demo"]);
    let kinds: Vec<&str> = status["alerts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|alert| alert["kind"].as_str().unwrap())
        .collect();
    for kind in [
        "reintroduced",
        "terms-differ",
        "mandate-differs",
        "gate-tension",
        "unseen-stance",
        "dropped",
        "beyond-powers",
        "conflicting-acts",
    ] {
        assert!(
            kinds.contains(&kind),
            "no alert of kind {kind} in {kinds:?}"
        );
    }
}

#[test]
fn what_one_seat_said_alone_is_in_no_other_seats_pages() {
    let folder = Folder::new();
    folder.say(&["demo"]);
    for page in ["state-karvonia.html", "state-league.html"] {
        for hidden in [
            "sahrel-objects",
            "quiet-talk",
            "the villages below the ridge",
            "harvest",
            "th1.md",
        ] {
            assert!(
                !folder
                    .read(&format!("onetext-demo/{page}"))
                    .contains(hidden),
                "{hidden} in {page}"
            );
        }
    }
}
