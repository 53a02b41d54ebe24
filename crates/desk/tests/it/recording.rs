//! A dossier that is recorded in a workspace reads as it did, and acts are added to it.

use std::collections::BTreeMap;

use onetext_desk::workspace::{Manner, Workspace};
use onetext_desk::{ActRefused, Books, Cut, Desk, When, import, status};
use serde_json::json;

const NOW: i64 = 1_930_000_000_000_000;

const DOSSIER: &str = r#"
[process]
id = "ford"
title = "The Lower Ford"
pen_holder = "med"

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

[[room]]
id = "med-ash"
members = ["med", "ash"]

[[text]]
id = "main"
title = "Agreement"
kind = "main"

[[draft]]
id = "v1"
text = "main"
file = "v1.md"

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
"#;

fn folder() -> BTreeMap<String, Vec<u8>> {
    BTreeMap::from([(
        "v1.md".to_owned(),
        b"1. The ford is open.\n2. The ferry runs daily.\n".to_vec(),
    )])
}

fn imported(host: bool) -> (tempfile::TempDir, Workspace, Books) {
    let books = Books::open(DOSSIER, &mut folder()).unwrap();
    let place = tempfile::tempdir().unwrap();
    let mut workspace = Workspace::create(place.path(), None, &Manner::usual(None)).unwrap();
    let came = import(&books, &mut workspace, host, NOW).unwrap();
    assert_eq!((came.acts, came.reported), (2, 0));
    (place, workspace, books)
}

fn shown(books: &Books, seat: &str, at: &str) -> String {
    let cut = Cut {
        at: Some(When::parse(at).unwrap()),
        known_at: None,
    };
    let viewer = books.viewer(Some(seat)).unwrap();
    serde_json::to_string(&status(books, &viewer, &cut).unwrap()).unwrap()
}

#[test]
fn an_imported_dossier_gives_the_same_status_to_every_viewer_and_date() {
    let (_place, mut workspace, books) = imported(true);
    for seat in ["med", "ash", "birch"] {
        let (read, _) = Books::of_workspace(&mut workspace, Some(seat), None, NOW).unwrap();
        assert!(read.left_out().is_empty(), "{:?}", read.left_out());
        for at in ["2031-02-01", "2031-03-01", "2031-03-02", "2031-04-01"] {
            assert_eq!(
                shown(&books, seat, at),
                shown(&read, seat, at),
                "{seat} {at}"
            );
        }
    }
}

#[test]
fn an_act_is_held_to_the_rules_and_counts_once_it_is_recorded() {
    let (_place, mut workspace, _) = imported(true);
    let mut desk = Desk::open(&mut workspace).unwrap();
    let act = |point: &str| {
        let value = json!({"kind": "stance", "room": "plenary", "by": "birch", "on": "2031-03-03",
            "draft": "v1", "points": [point], "stance": "accept"});
        value.as_object().unwrap().clone()
    };
    let Err(ActRefused::NotInOrder(errors)) = desk.act(act("7"), &mut folder(), NOW) else {
        panic!("a point that is not there was accepted");
    };
    assert_eq!(
        (errors[0].code, errors[0].field.as_deref()),
        ("no-such-point", Some("points"))
    );
    let id = desk.act(act("2"), &mut folder(), NOW).unwrap();
    let (read, _) = Books::of_workspace(&mut workspace, Some("birch"), None, NOW).unwrap();
    assert!(shown(&read, "birch", "2031-04-01").contains(&id.to_string()));
    let (once_more, _) = Books::of_workspace(&mut workspace, Some("ash"), None, NOW).unwrap();
    assert!(shown(&once_more, "ash", "2031-04-01").contains(&id.to_string()));
}

#[test]
fn a_second_import_is_refused() {
    let (_place, mut workspace, books) = imported(false);
    assert!(import(&books, &mut workspace, true, NOW).is_err());
}

#[test]
fn an_import_that_fails_leaves_no_keys_of_its_seats() {
    let books = Books::open(DOSSIER, &mut folder()).unwrap();
    let place = tempfile::tempdir().unwrap();
    let mut workspace = Workspace::create(place.path(), None, &Manner::usual(None)).unwrap();
    let files = || {
        let listed = std::fs::read_dir(place.path().join("keys")).unwrap();
        let mut names: Vec<_> = listed.map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    let before = files();
    // No calendar goes so far.
    assert!(import(&books, &mut workspace, true, i64::MAX).is_err());
    assert_eq!(files(), before);
    assert_eq!(workspace.seats().count(), 0);
    import(&books, &mut workspace, true, NOW).unwrap();
    assert_eq!(files().len(), before.len() + 3);
    assert_eq!(workspace.seats().count(), 3);
}

/// The dossier's blocks and acts, one by one, as their fields.
fn one_by_one() -> Vec<serde_json::Value> {
    vec![
        json!({"kind": "seat", "id": "med", "name": "The mediator", "role": "mediator"}),
        json!({"kind": "seat", "id": "ash", "name": "Ashland", "role": "party"}),
        json!({"kind": "seat", "id": "birch", "name": "Birchland", "role": "party"}),
        json!({"kind": "room", "id": "med-ash", "members": ["med", "ash"]}),
        json!({"kind": "text", "id": "main", "title": "Agreement", "text_kind": "main"}),
        json!({"kind": "draft", "id": "v1", "text": "main", "file": "v1.md"}),
        json!({"kind": "deliver", "id": "given", "room": "plenary", "by": "med", "on": "2031-03-01", "draft": "v1",
            "to": ["ash", "birch"], "channel": "official"}),
        json!({"kind": "stance", "id": "no", "room": "med-ash", "by": "ash", "on": "2031-03-02", "draft": "v1",
            "points": "2", "stance": "object"}),
    ]
}

fn founded() -> (tempfile::TempDir, Workspace) {
    let place = tempfile::tempdir().unwrap();
    let mut workspace = Workspace::create(place.path(), Some("med"), &Manner::usual(None)).unwrap();
    let body =
        json!({"kind": "process", "id": "ford", "title": "The Lower Ford", "pen_holder": "med"});
    workspace.found("med", body, NOW).unwrap();
    (place, workspace)
}

#[test]
fn a_process_that_grows_act_by_act_is_the_one_that_a_dossier_tells() {
    let (_place, mut workspace) = founded();
    let mut desk = Desk::open(&mut workspace).unwrap();
    for fields in one_by_one() {
        let given = fields.as_object().unwrap().clone();
        desk.act(given, &mut folder(), NOW)
            .unwrap_or_else(|error| panic!("{fields}: {error}"));
    }
    let books = Books::open(DOSSIER, &mut folder()).unwrap();
    let (read, _) = Books::of_workspace(&mut workspace, None, None, NOW).unwrap();
    assert!(read.left_out().is_empty(), "{:?}", read.left_out());
    for at in ["2031-02-01", "2031-03-01", "2031-04-01"] {
        assert_eq!(shown(&books, "med", at), shown(&read, "med", at), "{at}");
    }
}

#[test]
fn a_block_is_held_to_the_rules_and_to_whose_it_is() {
    let (_place, mut workspace) = founded();
    let mut desk = Desk::open(&mut workspace).unwrap();
    let mut refused = |fields: serde_json::Value| match desk.act(
        fields.as_object().unwrap().clone(),
        &mut folder(),
        NOW,
    ) {
        Ok(_) => "recorded".to_owned(),
        Err(ActRefused::NotInOrder(errors)) => {
            format!(
                "{} {}",
                errors[0].code,
                errors[0].field.as_deref().unwrap_or("-")
            )
        }
        Err(error) => error.to_string(),
    };
    for fields in &one_by_one()[..6] {
        assert_eq!(refused(fields.clone()), "recorded");
    }
    let mut check = |fields: serde_json::Value, wanted: &str| assert_eq!(refused(fields), wanted);
    check(
        json!({"kind": "seat", "id": "ash", "name": "Ashland", "role": "party"}),
        "duplicate-id id",
    );
    check(
        json!({"kind": "seat", "id": "elm", "name": "Elmland"}),
        "missing-field -",
    );
    check(
        json!({"kind": "room", "id": "both", "members": ["ash", "birch"]}),
        "who sits in both is for ash or birch to say, and med signs here",
    );
    check(
        json!({"kind": "person", "id": "rook", "name": "Rook", "seat": "oak"}),
        "unknown-name seat",
    );
    check(
        json!({"kind": "text", "id": "own", "title": "Ours", "text_kind": "input", "issuer": "ash"}),
        "what own is is for ash to say, and med signs here",
    );
    check(
        json!({"kind": "draft", "id": "v2", "text": "mian", "file": "v1.md"}),
        "unknown-name text",
    );
    check(
        json!({"kind": "draft", "id": "v2", "text": "main", "file": "v7.md"}),
        "no-such-file file",
    );
    check(
        json!({"kind": "draft", "id": "v2", "text": "main", "file": "v1.md", "base": "v1", "pairs": [["9", "1"]]}),
        "no-such-point pairs",
    );
    check(
        json!({"kind": "draft", "id": "v2", "text": "main", "file": "v1.md", "pairs": [["1", "1"]]}),
        "missing-field pairs",
    );
    check(
        json!({"kind": "draft", "id": "v2", "text": "main", "file": "v1.md", "base": "v1", "pairs": [["1", "2"], ["2", "1"]]}),
        "recorded",
    );
}

#[test]
fn what_was_settled_of_a_draft_is_its_identity_and_is_on_record() {
    let (_place, mut workspace) = founded();
    let mut desk = Desk::open(&mut workspace).unwrap();
    let settled = json!({"kind": "draft", "id": "v2", "text": "main", "file": "v1.md", "base": "v1", "on": "2031-03-04",
        "pairs": [["1", "2"], ["2", "1"]]});
    for fields in one_by_one()[..6].iter().chain([&settled]) {
        desk.act(fields.as_object().unwrap().clone(), &mut folder(), NOW)
            .unwrap();
    }
    let (read, viewer) = Books::of_workspace(&mut workspace, None, None, NOW).unwrap();
    let files = onetext_desk::export(&read, &viewer, &Cut::default())
        .unwrap()
        .files;
    let words = |name: &str| String::from_utf8(files[name].clone()).unwrap();
    let ids = |name: &str| -> Vec<String> {
        let lines = words(name);
        lines
            .lines()
            .map(|line| line.rsplit_once(", ").unwrap().1.to_owned())
            .collect()
    };
    let (first, second) = (ids("v1.ids"), ids("v2.ids"));
    assert_eq!((&first[0], &first[1]), (&second[1], &second[0]));
    assert!(words("dossier.toml").contains("kind = \"align\""));
    assert!(Books::open(&words("dossier.toml"), &mut files.clone()).is_ok());
}
