//! What one more act is held against: all that bears on it, and no name that another act could have taken.

use std::collections::BTreeMap;

use onetext_desk::workspace::{Manner, Workspace};
use onetext_desk::{
    ActRefused, Books, Cut, Desk, NewDraft, When, foresee, foresee_acts, foresee_delivery, import,
    status,
};
use serde_json::{Map, Value, json};

const NOW: i64 = 1_930_521_600_000_000;

const DOSSIER: &str = r#"
[process]
id = "ford"
title = "The Lower Ford"
pen_holder = "med"
disclosure = "closed"

[[seat]]
id = "med"
name = "The mediator"
role = "mediator"
[[seat]]
id = "ash"
name = "Ashland"
role = "party"
[[seat]]
id = "birch"
name = "Birchland"
role = "party"

[[person]]
id = "rowan"
name = "Rowan"
seat = "birch"
level = "leader"
powers = ["negotiate", "accept", "sign"]

[[room]]
id = "med-ash"
members = ["med", "ash"]
[[room]]
id = "med-birch"
members = ["med", "birch"]

[[text]]
id = "main"
title = "Agreement"
kind = "main"

[[draft]]
id = "v1"
text = "main"
file = "v1.md"
on = 2031-02-28
[[draft]]
id = "v2"
text = "main"
file = "v2.md"
base = "v1"
on = 2031-03-03

[[act]]
id = "given"
kind = "deliver"
room = "plenary"
by = "med"
on = 2031-03-01
draft = "v1"
to = ["ash", "birch"]
channel = "official"

[[act]]
id = "no"
kind = "stance"
room = "med-ash"
by = "ash"
on = 2031-03-02
draft = "v1"
points = "2"
stance = "object"

[[act]]
id = "no-either"
kind = "stance"
room = "med-ash"
by = "ash"
on = 2031-03-02
draft = "v1"
points = "1"
stance = "object"

[[act]]
id = "(this act)"
kind = "note"
room = "plenary"
by = "ash"
on = 2031-03-02
words = "Of an older record."

[[act]]
id = "named"
kind = "note"
room = "plenary"
by = "rowan"
on = 2031-03-06
words = "Rowan speaks for Birchland."
"#;

fn folder() -> BTreeMap<String, Vec<u8>> {
    let of = |name: &str, words: &str| (name.to_owned(), words.as_bytes().to_vec());
    BTreeMap::from([
        of("v1.md", "1. The ford is open.\n2. The ferry runs daily.\n"),
        of(
            "v2.md",
            "1. The ford is open by day.\n2. The ferry runs daily.\n",
        ),
    ])
}

fn imported() -> (tempfile::TempDir, Workspace) {
    let books = Books::open(DOSSIER, &mut folder()).unwrap();
    let place = tempfile::tempdir().unwrap();
    let mut workspace = Workspace::create(place.path(), None, &Manner::usual(None)).unwrap();
    import(&books, &mut workspace, true, NOW).unwrap();
    (place, workspace)
}

fn fields(value: Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap()
}

fn books_of(workspace: &mut Workspace, seat: &str) -> (Books, onetext_desk::Viewer) {
    Books::of_workspace(workspace, Some(seat), None, NOW).unwrap()
}

/// The codes for which books that follow refuse an act; none where it is recorded.
fn refused(workspace: &mut Workspace, books: &Books, act: &Value) -> Vec<&'static str> {
    let act = fields(act.clone());
    match books.act(workspace, &act, &mut folder(), NOW) {
        Ok(Some(_)) => Vec::new(),
        Ok(None) => panic!("the books do not follow"),
        Err(ActRefused::NotInOrder(errors)) => errors.iter().map(|error| error.code).collect(),
        Err(other) => panic!("{other}"),
    }
}

/// The same for a desk that reads everything anew.
fn refused_anew(workspace: &mut Workspace, seat: &str, act: &Value) -> Vec<&'static str> {
    let mut desk = Desk::open_as(workspace, seat).unwrap();
    match desk.act(fields(act.clone()), &mut folder(), NOW) {
        Ok(_) => Vec::new(),
        Err(ActRefused::NotInOrder(errors)) => errors.iter().map(|error| error.code).collect(),
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn law_3_what_a_draft_took_up_is_held_though_its_source_is_one_plain_position_of_many() {
    let (_place, mut workspace) = imported();
    let taken = json!({"kind": "dispose", "room": "med-ash", "by": "med", "on": "2031-03-04",
        "of": "no-either", "outcome": "taken", "draft": "v2"});
    assert_eq!(refused_anew(&mut workspace, "med", &taken), [""; 0]);
    let deliver = json!({"kind": "deliver", "room": "med-birch", "by": "med", "on": "2031-03-05",
        "draft": "v2", "to": ["birch"], "channel": "official"});
    let anew = refused_anew(&mut workspace, "med", &deliver);
    assert_eq!(anew, ["not-released"]);
    let (books, _) = books_of(&mut workspace, "med");
    assert_eq!(refused(&mut workspace, &books, &deliver), anew);
}

#[test]
fn a_claim_does_not_take_the_name_of_one_plain_position_of_many() {
    let (_place, mut workspace) = imported();
    let claim = json!({"kind": "statement", "room": "med-ash", "by": "ash", "on": "2031-03-04",
        "attribution": "collective", "words": "Few points remain.",
        "claims": [{"id": "no-either", "what": "open-points", "value": "few"}]});
    let anew = refused_anew(&mut workspace, "ash", &claim);
    assert!(anew.contains(&"duplicate-id"), "{anew:?}");
    let (books, _) = books_of(&mut workspace, "ash");
    assert_eq!(refused(&mut workspace, &books, &claim), anew);
}

/// Whatever handles a seat gives its acts, acts of others that have none are recorded, and what they would do is foreseen.
#[test]
fn no_handle_keeps_acts_without_one_from_being_recorded() {
    let (_place, mut workspace) = imported();
    let said = |handle: &str| json!({"id": handle, "kind": "note", "room": "plenary", "by": "ash", "on": "2031-03-04", "words": "No more."});
    for handle in ["supposed", "supposed-0", "foreseen-0", "answer-0", "to-0"] {
        let anew = refused_anew(&mut workspace, "ash", &said(handle));
        assert_eq!(anew, [""; 0], "{handle}");
    }
    for handle in ["(this act)", "(this act) 1"] {
        let anew = refused_anew(&mut workspace, "ash", &said(handle));
        assert_eq!(anew, ["bad-handle"], "{handle}");
    }
    let (books, viewer) = books_of(&mut workspace, "med");
    let note = json!({"kind": "note", "room": "plenary", "by": "med", "on": "2031-03-05", "words": "Heard."});
    let deliver = json!({"kind": "deliver", "room": "plenary", "by": "med", "on": "2031-03-05",
        "draft": "v2", "to": ["birch"], "channel": "official"});
    let acts = [fields(note.clone()), fields(deliver.clone())];
    assert!(foresee_acts(&books, &acts).iter().all(Option::is_none));
    let foreseen = foresee_delivery(&books, &viewer, "birch", &fields(deliver)).unwrap();
    assert!(foreseen.refused.is_none(), "{:?}", foreseen.refused);
    let before = status(&books, &viewer, &Cut::default()).unwrap();
    let draft = NewDraft {
        text: "main",
        id: "v3",
        base: "v2",
        on: "2031-03-05",
        source: "1. The ford is open by day.\n2. The ferry runs at noon.\n",
        pairs: &[],
    };
    let answer = json!({"kind": "dispose", "room": "med-ash", "by": "med", "on": "2031-03-05",
        "of": "no", "outcome": "taken", "draft": "v3"});
    let foreseen = foresee(&books, &viewer, &before, &draft, &[fields(answer.clone())]).unwrap();
    assert!(foreseen.is_ok(), "{foreseen:?}");
    assert_eq!(refused(&mut workspace, &books, &note), [""; 0]);
    let pairs = json!({"id": "v3", "text": "main", "base": "v2", "on": "2031-03-05", "pairs": [["1", "1"]]});
    let mut desk = Desk::open_as(&mut workspace, "med").unwrap();
    let issued = desk.issue(fields(pairs), draft.source, vec![fields(answer)], NOW);
    assert_eq!(issued.unwrap().answers, 1);
}

/// Of the day for which a board stands, it may know less than the rooms do by the time something of that day comes.
#[test]
fn law_4_what_comes_late_to_an_earlier_day_is_told_as_if_read_anew() {
    let (_place, mut workspace) = imported();
    let cut = Cut {
        at: Some(When::parse("2031-03-05").unwrap()),
        known_at: None,
    };
    let told = |(books, viewer): &(Books, onetext_desk::Viewer)| {
        serde_json::to_string_pretty(&status(books, viewer, &cut).unwrap()).unwrap()
    };
    let held = books_of(&mut workspace, "ash");
    told(&held);
    let late = json!({"kind": "stance", "room": "plenary", "by": "rowan", "on": "2031-03-04",
        "draft": "v1", "points": "1", "stance": "accept"});
    assert_eq!(refused_anew(&mut workspace, "birch", &late), [""; 0]);
    assert!(held.0.follow(&mut workspace, NOW).unwrap());
    let fresh = books_of(&mut workspace, "ash");
    assert_eq!(told(&held), told(&fresh));
}
