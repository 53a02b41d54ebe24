//! One rule of the state of play at a time, on small processes made for it.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::support::Folder;

const BLOCKS: &str = r#"[process]
id = "p"
title = "Talks"
pen_holder = "chair"
"#;

const SEATS: &str = r#"
seat = [{ id = "chair", name = "Chair", role = "mediator" }, { id = "east", name = "East", role = "party" },
        { id = "west", name = "West", role = "party" }]
"#;

const REST: &str = r#"
[[person]]
id = "lind"
name = "Lind"
seat = "east"
level = "leader"
powers = ["negotiate", "accept"]
[[person]]
id = "orr"
name = "Orr"
seat = "west"
level = "leader"
powers = ["negotiate", "accept"]
[[room]]
id = "with-east"
members = ["chair", "east"]
[[room]]
id = "with-west"
members = ["chair", "west"]
[[text]]
id = "main"
title = "Main"
kind = "main"
"#;

const ONE: &str =
    "1. The ferry runs every morning.\n\n2. No army.\n\n3. Fishing is free on both banks.\n";
const TWO: &str = "1. The ferry runs every morning.\n\n2. Fishing is free on both banks.\n";

/// A process of two parties, its drafts and acts written one after the other.
pub(crate) struct Talks {
    pub(crate) folder: Folder,
    dossier: String,
}

impl Talks {
    /// With some keys of the process of its own.
    pub(crate) fn new(process: &str) -> Talks {
        Talks {
            folder: Folder::new(),
            dossier: format!("{}\n{BLOCKS}{process}\n{REST}", SEATS.trim()),
        }
    }

    pub(crate) fn draft(mut self, id: &str, words: &str, on: &str, more: &str) -> Talks {
        self.folder.put(&format!("{id}.md"), words);
        let (file, text) = (format!("{id}.md"), "main");
        let _ = writeln!(
            self.dossier,
            "[[draft]]\nid = {id:?}\ntext = {text:?}\nfile = {file:?}\non = {on:?}\n{more}"
        );
        self
    }

    pub(crate) fn act(mut self, kind: &str, room: &str, by: &str, on: &str, more: &str) -> Talks {
        let more = more.replace("; ", "\n");
        let id = if more.contains("id = ") {
            String::new()
        } else {
            format!("id = \"act-{}\"\n", self.dossier.len())
        };
        let _ = writeln!(
            self.dossier,
            "[[act]]\nkind = {kind:?}\nroom = {room:?}\nby = {by:?}\non = {on:?}\n{id}{more}"
        );
        self
    }

    pub(crate) fn deliver(self, draft: &str, to: &str, on: &str) -> Talks {
        let more = format!("draft = {draft:?}; to = {to:?}; channel = \"official\"");
        self.act("deliver", &format!("with-{to}"), "chair", on, &more)
    }

    /// Both have been given a first draft of three points.
    pub(crate) fn begun(process: &str) -> Talks {
        Talks::new(process)
            .draft("d1", ONE, "2031-01-01", "")
            .deliver("d1", "east", "2031-01-02")
            .deliver("d1", "west", "2031-01-02")
    }

    pub(crate) fn status(&self, seat: &str) -> Value {
        self.folder.put("dossier.toml", &self.dossier);
        self.folder.object(&["status", "--as", seat])
    }
}

pub(crate) fn alerts(status: &Value) -> Vec<(String, Value)> {
    let alerts = status["alerts"].as_array().unwrap().iter();
    alerts
        .map(|alert| {
            let kind = alert["kind"].as_str().unwrap().to_owned();
            (kind, alert["about"].clone())
        })
        .collect()
}

#[test]
fn who_asked_for_a_deletion_or_objected_misses_nothing() {
    let gone = |talks: Talks| {
        let talks = talks.draft("d2", TWO, "2031-01-08", "base = \"d1\"");
        alerts(&talks.deliver("d2", "east", "2031-01-09").status("chair"))
    };
    let on = "draft = \"d1\"; points = \"2\"; ";
    let (room, day) = ("with-east", "2031-01-04");
    let stance = |more: &str| format!("{on}{more}");
    let accepts = stance("stance = \"accept\"");
    let accepted = || Talks::begun("").act("stance", room, "lind", "2031-01-03", &accepts);
    let missed = [("dropped".to_owned(), json!(["d1#2"]))];
    assert_eq!(gone(accepted()), missed);
    let objects = stance("stance = \"object\"");
    assert_eq!(
        gone(accepted().act("stance", room, "lind", day, &objects)),
        []
    );
    let deletes = stance("stance = \"propose\"; wording = \"\"");
    assert_eq!(
        gone(Talks::begun("").act("stance", room, "east", day, &deletes)),
        []
    );
}

#[test]
fn a_short_wording_that_comes_back_is_said_to() {
    let status = Talks::begun("")
        .act(
            "stance",
            "with-east",
            "east",
            "2031-01-03",
            "draft = \"d1\"; points = \"2\"; stance = \"object\"",
        )
        .draft("d2", TWO, "2031-01-04", "base = \"d1\"")
        .deliver("d2", "east", "2031-01-05")
        .draft("d3", ONE, "2031-01-06", "base = \"d2\"")
        .deliver("d3", "east", "2031-01-07")
        .status("chair");
    assert_eq!(
        alerts(&status),
        [("reintroduced".to_owned(), json!(["d3#2"]))]
    );
}

#[test]
fn a_point_left_to_a_higher_level_says_who_was_too_low() {
    let accepts = "draft = \"d1\"; points = \"2\"; stance = \"accept\"";
    let status =
        Talks::begun("levels = [\"expert\", \"leader\", \"council\"]\nfinal_level = \"leader\"")
            .act("stance", "with-east", "lind", "2031-01-03", accepts)
            .act("stance", "with-west", "orr", "2031-01-03", accepts)
            .act(
                "bracket",
                "with-east",
                "chair",
                "2031-01-03",
                "draft = \"d1\"; points = \"2\"; reason = \"level\"; level = \"council\"",
            )
            .status("chair");
    assert_eq!(
        status["texts"][0]["provisions"][1]["status"],
        "agreed-ad-ref"
    );
    let low = ("below-level".to_owned(), json!(["d1#2"]));
    assert_eq!(alerts(&status), [low.clone(), low]);
}

#[test]
fn an_act_that_carries_on_comes_after_whatever_its_day() {
    let visit = "format = \"visit\"; participants = [\"lind\", \"orr\"]; ";
    let status = Talks::begun("")
        .act(
            "session",
            "plenary",
            "chair",
            "2031-01-10",
            &format!("id = \"visit\"; {visit}state = \"proposed\""),
        )
        .act(
            "session",
            "plenary",
            "chair",
            "2031-01",
            &format!("of = \"visit\"; {visit}state = \"cancelled\""),
        )
        .status("chair");
    let sessions = status["sessions"].as_array().unwrap();
    assert_eq!((sessions.len(), &sessions[0]["id"]), (1, &json!("visit")));
    assert_eq!(sessions[0]["state"], "cancelled");
}

#[test]
fn a_rule_may_ask_for_a_meeting_and_a_meeting_for_its_gate() {
    let visit = "id = \"visit\"; format = \"visit\"; participants = [\"lind\", \"orr\"]; state = \"proposed\"";
    let rule = "event = \"signing\"; rule = \"session['visit'].state == 'confirmed'\"";
    let talks = |more: &str, gate: &str| {
        Talks::begun("")
            .act(
                "session",
                "plenary",
                "chair",
                "2031-01-10",
                &format!("{visit}{more}"),
            )
            .act("confirm", "plenary", "east", "2031-01-11", "of = \"visit\"")
            .act("confirm", "plenary", "west", "2031-01-11", "of = \"visit\"")
            .act(
                "gate",
                "plenary",
                "chair",
                "2031-01-12",
                &format!("{gate}; {rule}"),
            )
            .status("chair")
    };
    let open = talks("", "id = \"gate\"");
    assert_eq!(
        (&open["sessions"][0]["state"], &open["gates"][0]["holds"]),
        (&json!("confirmed"), &json!(true))
    );
    let circle = talks("; gate = \"gate\"", "id = \"gate\"");
    assert_eq!(
        (
            &circle["sessions"][0]["state"],
            &circle["gates"][0]["holds"]
        ),
        (&json!("proposed"), &json!(false))
    );
}

#[test]
fn who_acts_for_a_seat_that_a_gate_names_brings_it() {
    let status = Talks::begun("")
        .act("gate", "plenary", "chair", "2031-01-09", "id = \"gate\"; event = \"summit\"; participants = [\"east\", \"west\"]; rule = \"process.stage == 'final'\"")
        .act("session", "plenary", "chair", "2031-01-10", "id = \"visit\"; format = \"summit\"; participants = [\"lind\", \"orr\"]; state = \"proposed\"")
        .status("chair");
    assert_eq!(
        alerts(&status),
        [("gate-tension".to_owned(), json!(["visit", "gate"]))]
    );
}

#[test]
fn a_receipt_is_no_second_delivery() {
    let status = Talks::begun("")
        .act(
            "acknowledge",
            "with-east",
            "east",
            "2031-01-03",
            "draft = \"d1\"",
        )
        .act(
            "acknowledge",
            "with-west",
            "west",
            "2031-01-01",
            "draft = \"d1\"; channel = \"press\"",
        )
        .status("chair");
    let channels = |seat: &str| -> Vec<Value> {
        let entries = status["texts"][0]["exposure"][seat].as_array().unwrap();
        entries
            .iter()
            .map(|entry| entry["channel"].clone())
            .collect()
    };
    assert_eq!(channels("east"), ["official"]);
    assert_eq!(channels("west"), ["press", "official"]);
}

#[test]
fn a_language_version_stands_for_what_was_not_given() {
    let french = "1. Le bac.\n\n2. Pas d'armée.\n\n3. La pêche.\n";
    let talks = Talks::new("")
        .draft("d1", ONE, "2031-01-01", "")
        .draft(
            "d1-fr",
            french,
            "2031-01-01",
            "renders = \"d1\"\nlanguage = \"fr\"",
        )
        .deliver("d1-fr", "east", "2031-01-02")
        .deliver("d1", "west", "2031-01-02");
    assert_eq!(talks.status("east")["texts"][0]["latest"], "d1-fr");
    assert_eq!(talks.status("chair")["texts"][0]["latest"], "d1");
}

#[test]
fn a_copy_of_ones_own_is_what_was_shown_before() {
    let talks =
        Talks::new("")
            .draft("d1", ONE, "2031-01-01", "")
            .deliver("d1", "east", "2031-01-02");
    talks.folder.put("leak.md", ONE);
    let status = talks
        .act(
            "note",
            "with-west",
            "chair",
            "2031-01-02",
            "about = [\"main\"]; words = \"to come\"",
        )
        .act(
            "acknowledge",
            "with-west",
            "west",
            "2031-01-03",
            "text = \"main\"; draft = \"leak\"; file = \"leak.md\"",
        )
        .draft("d2", TWO, "2031-01-04", "base = \"d1\"")
        .deliver("d2", "west", "2031-01-05")
        .status("west");
    let text = &status["texts"][0];
    assert_eq!(
        (&text["latest"], &text["gone"]),
        (&json!("d2"), &json!([{ "draft": "leak", "path": "2" }]))
    );
    assert_eq!(text["provisions"][1]["was"], json!({ "leak": ["3"] }));
}

#[test]
fn no_final_stage_over_a_main_text_that_nobody_saw() {
    let accepts = "draft = \"d1\"; points = \"whole\"; stance = \"accept\"";
    let mut talks = Talks::begun("")
        .act("stance", "with-east", "lind", "2031-01-03", accepts)
        .act("stance", "with-west", "orr", "2031-01-03", accepts);
    assert_eq!(talks.status("chair")["stage"], "final-stage");
    talks.dossier += "[[text]]\nid = \"second\"\ntitle = \"Second\"\nkind = \"main\"\n";
    assert_eq!(talks.status("chair")["stage"], "open");
}

#[test]
fn a_phase_is_contradicted_only_where_nothing_unknown_could_bear_it_out() {
    let claim = "id = \"said\"; words = \"final\"; attribution = \"collective\"; claims = [{ id = \"phase\", what = \"phase\", value = \"final\" }]";
    let verdict = |rule: &str| {
        let talks = Talks::begun(&format!("final_stage = {rule:?}"));
        talks
            .act("statement", "public", "chair", "2031-01-05", claim)
            .status("chair")["claims"][0]["verdict"]
            .clone()
    };
    assert_eq!(verdict("text['main'].unknown == 0"), "unsupported");
    assert_eq!(verdict("process.open.min < 0"), "contradicted");
}

#[test]
fn a_party_holds_on_a_point_what_is_least_favourable_in_it() {
    const ITEMS: &str =
        "1. The ferry:\n\n   (a) runs at dawn;\n\n   (b) runs at dusk.\n\n2. No army.\n";
    let position = |talks: Talks, day: &str, points: &str, stance: &str| {
        let more = format!("draft = \"d1\"; points = {points:?}; stance = {stance:?}");
        talks.act("stance", "with-east", "lind", day, &more)
    };
    let talks =
        Talks::new("")
            .draft("d1", ITEMS, "2031-01-01", "")
            .deliver("d1", "east", "2031-01-02");
    let talks = position(talks, "2031-01-06", "whole", "endorse");
    let talks = position(talks, "2031-01-07", "1.b", "object");
    talks.status("chair");
    let why = talks.folder.object(&["why", "east"]).to_string();
    assert!(why.contains("objects on 1 point"), "{why}");
}

#[test]
fn a_claim_of_few_open_points_says_who_endorsed_the_whole_and_accepted_nothing() {
    let endorses = "draft = \"d1\"; points = \"whole\"; stance = \"endorse\"";
    let objects = "draft = \"d1\"; points = \"2\"; stance = \"object\"";
    let claims = "id = \"said\"; attribution = \"on-record\"; words = \"few\"; claims = [{ id = \"few\", what = \"open-points\" }]";
    let because = |talks: Talks| {
        let status = talks.act("statement", "public", "chair", "2031-01-05", claims);
        status.status("chair")["claims"][0]["because"].to_string()
    };
    let talks = Talks::begun("").act("stance", "with-east", "east", "2031-01-03", endorses);
    let talks = talks.act("stance", "with-east", "east", "2031-01-04", objects);
    let said =
        "East endorses the whole in principle and objects on 1 point, and has accepted no wording";
    let because = because(talks);
    assert!(because.contains(said), "{because}");
    assert!(because.contains("West has taken no position"), "{because}");
}
