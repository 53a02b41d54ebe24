//! More rules of the state of play, one at a time: language versions, accounts that conflict, confirmed acceptances,
//! and what `why` says around an answer.

use serde_json::{Value, json};

use crate::rules::{Talks, alerts};

const ENGLISH: &str = "1. The ferry runs at dawn.\n\n2. Dogs travel free.\n";
const FRENCH: &str = "1. Le bac part à l'aube.\n\n2. Les chiens sont gratuits.\n";

/// English for one side and French for the other, each of which accepts the whole.
fn in_two_languages() -> Talks {
    let accepts =
        |draft: &str| format!("draft = {draft:?}; points = \"whole\"; stance = \"accept\"");
    Talks::new("")
        .draft("e1", ENGLISH, "2031-01-01", "language = \"en\"")
        .draft(
            "f1",
            FRENCH,
            "2031-01-01",
            "renders = \"e1\"\nlanguage = \"fr\"",
        )
        .deliver("e1", "east", "2031-01-02")
        .deliver("f1", "west", "2031-01-02")
        .act("stance", "with-east", "lind", "2031-01-03", &accepts("e1"))
        .act("stance", "with-west", "orr", "2031-01-03", &accepts("f1"))
}

fn statuses(status: &Value) -> Vec<Value> {
    let provisions = status["texts"][0]["provisions"].as_array().unwrap();
    provisions.iter().map(|row| row["status"].clone()).collect()
}

#[test]
fn an_acceptance_of_a_language_version_is_one_of_what_it_renders() {
    let talks = in_two_languages();
    let status = talks.status("chair");
    assert_eq!(statuses(&status), ["agreed", "agreed"]);
    let seen = &status["texts"][0]["provisions"][0]["stances"]["west"]["seen"];
    assert_eq!(*seen, true);
}

#[test]
fn law_1_a_change_in_either_language_lapses_what_was_given_on_it() {
    let status = |english: (&str, &str), french: (&str, &str)| {
        let talks = in_two_languages()
            .draft(
                "e2",
                &ENGLISH.replace(english.0, english.1),
                "2031-01-04",
                "base = \"e1\"\nlanguage = \"en\"",
            )
            .draft(
                "f2",
                &FRENCH.replace(french.0, french.1),
                "2031-01-04",
                "base = \"f1\"\nrenders = \"e2\"\nlanguage = \"fr\"",
            )
            .deliver("e2", "east", "2031-01-05")
            .deliver("f2", "west", "2031-01-05");
        talks.status("chair")
    };
    let card = |status: &Value| status["texts"][0]["versions"].clone();
    let unchanged = ("xyz", "");
    let english = status(("dawn", "dusk"), unchanged);
    assert_eq!(statuses(&english), ["unknown", "agreed"]);
    assert_eq!(
        card(&english),
        json!([{ "draft": "f2", "language": "fr", "behind": ["1"], "ahead": [] }])
    );
    let french = status(unchanged, ("aube", "aurore"));
    assert_eq!(statuses(&french), ["unknown", "agreed"]);
    assert_eq!(
        card(&french),
        json!([{ "draft": "f2", "language": "fr", "behind": [], "ahead": ["1"] }])
    );
    assert_eq!(
        statuses(&status(unchanged, unchanged)),
        ["agreed", "agreed"]
    );
}

#[test]
fn two_accounts_of_one_thing_are_said_to_conflict() {
    let claim = "id = \"said\"; words = \"we have it\"; attribution = \"on-record\"; claims = [{ id = \"has\", what = \"received\", between = [\"west\"] }]";
    let talks = Talks::begun("").act("statement", "public", "orr", "2031-01-05", claim);
    let denied = talks.act("deny", "public", "west", "2031-01-06", "of = \"has\"");
    let conflict = ("accounts-conflict".to_owned(), json!(["has"]));
    assert_eq!(alerts(&denied.status("chair")), [conflict]);
}

#[test]
fn an_acceptance_that_a_leader_confirmed_is_below_no_level() {
    let low = "draft = \"d1\"; points = [\"1\", \"2\"]; stance = \"accept\"";
    let high = "draft = \"d1\"; points = \"1\"; stance = \"accept\"";
    let talks = Talks::begun("").act("stance", "with-east", "east", "2031-01-03", low);
    let talks = talks.act("stance", "with-east", "lind", "2031-01-04", high);
    let left = ("below-level".to_owned(), json!(["d1#2"]));
    assert_eq!(alerts(&talks.status("chair")), [left]);
}

#[test]
fn what_a_seat_rejected_once_is_told_with_what_became_of_it() {
    let objects = "id = \"no\"; draft = \"d1\"; points = \"2\"; stance = \"object\"";
    let talks = Talks::begun("")
        .act("stance", "with-east", "lind", "2031-01-03", objects)
        .act("withdraw", "with-east", "lind", "2031-01-04", "of = \"no\"");
    talks.status("chair");
    let why = talks.folder.object(&["why", "main#2"]).to_string();
    assert!(
        why.contains("East: earlier, and no longer: its seat withdrew it"),
        "{why}"
    );
    let why = talks
        .folder
        .object(&["why", "main#2", "--as", "west"])
        .to_string();
    assert!(!why.contains("earlier"), "{why}");
}
