//! What a reader of the screens must find there: each fault that a reader stumbled on, on a small process made for it.

use serde_json::json;

use crate::rules::Talks;

const ONE: &str =
    "1. The ferry runs every morning.\n\n2. No army.\n\n3. Fishing is free on both banks.\n";
const ITEMS: &str =
    "1. The ferry:\n\n   (a) runs at dawn;\n\n   (b) runs at dusk.\n\n2. No army.\n";

/// What `why` says, on one line.
fn why(talks: &Talks, arguments: &[&str]) -> String {
    talks.status("chair");
    let mut all = vec!["why"];
    all.extend(arguments);
    one_line(&talks.folder.say(&all))
}

fn screen(talks: &Talks, seat: &str) -> String {
    talks.status(seat);
    one_line(&talks.folder.say(&["status", "--as", seat]))
}

fn one_line(said: &str) -> String {
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn has(said: &str, words: &[&str]) {
    for word in words {
        assert!(said.contains(word), "{word} is missing:\n{said}");
    }
}

fn stance(talks: Talks, by: &str, day: &str, more: &str) -> Talks {
    let room = if matches!(by, "lind" | "east") {
        "with-east"
    } else {
        "with-west"
    };
    talks.act("stance", room, by, day, more)
}

#[test]
fn a_denied_acceptance_is_shown_and_does_not_count() {
    let talks = stance(
        Talks::begun(""),
        "east",
        "2031-01-03",
        "id = \"said\"; draft = \"d1\"; points = \"2\"; stance = \"accept\"",
    );
    let talks = talks.act(
        "deny",
        "with-east",
        "lind",
        "2031-01-04",
        "id = \"no\"; of = \"said\"; recorded_by = \"east\"",
    );
    let cell = talks.status("chair")["texts"][0]["provisions"][1]["stances"]["east"].clone();
    assert_eq!(cell["stance"], "no-reply");
    assert_eq!(cell["denied"][0]["acts"], json!(["said", "no"]));
    let denied =
        "Chair wrote down that East accepted (2031-01-03 on d1); Lind (East) denied it, 2031-01-04";
    for seat in ["chair", "east"] {
        has(&screen(&talks, seat), &["no reply ¬", denied]);
    }
    assert!(!screen(&talks, "west").contains('¬'));
    has(
        &why(&talks, &["main#2"]),
        &["East: denied", "Lind (East) denied it on 2031-01-04"],
    );
    talks.folder.say(&["status", "-o", "page.html"]);
    has(&talks.folder.read("page.html"), &[denied]);
}

#[test]
fn a_provision_of_an_earlier_draft_says_what_it_became() {
    let talks = Talks::begun("")
        .draft(
            "d2",
            "1. The ferry runs every morning.\n\n2. Fishing is free on both banks.\n",
            "2031-01-08",
            "base = \"d1\"",
        )
        .deliver("d2", "east", "2031-01-09");
    has(
        &why(&talks, &["d1#3"]),
        &[
            "3 of d1 of 2031-01-01 read \u{201c}Fishing is free",
            "in d2, the latest draft, it is 2, which is unknown",
            "3 of d1 is numbered 2 in d2 of 2031-01-08, word for word the same",
            "East: no reply",
        ],
    );
    has(
        &why(&talks, &["d1#2"]),
        &["it is gone since d2 of 2031-01-08"],
    );
    has(&why(&talks, &["d2#2"]), &["2 of main (d2) is unknown"]);
    has(&why(&talks, &["d1#2", "--as", "west"]), &["2 of main (d1)"]);
}

#[test]
fn an_alert_names_act_day_and_provision() {
    let talks = stance(
        Talks::begun(""),
        "lind",
        "2031-01-03",
        "id = \"no-fish\"; draft = \"d1\"; points = \"3\"; stance = \"object\"; type = \"substance\"",
    )
    .draft("d2", &ONE.replace("2. No army.\n\n3.", "2."), "2031-01-08", "base = \"d1\"")
    .deliver("d2", "east", "2031-01-09");
    let status = talks.status("chair");
    let told = "2031-01-03 Lind (East) objected to 3 of d1 (type substance) (no-fish)";
    assert_eq!(status["alerts"][0]["told"], json!([told]));
    has(
        &screen(&talks, "chair"),
        &["retained in d2 2", "as it stood in d1#3", told],
    );
}

#[test]
fn why_names_types_and_levels() {
    let talks = Talks::new("")
        .draft("d1", "1. The [ferry] [bridge].\n\n2. No army.\n", "2031-01-01", "")
        .deliver("d1", "east", "2031-01-02")
        .act(
            "bracket",
            "with-east",
            "chair",
            "2031-01-02",
            "draft = \"d1\"; points = \"1\"; reason = \"level\"; level = \"leader\"; requested_by = \"east\"",
        );
    let talks = stance(
        talks,
        "lind",
        "2031-01-03",
        "draft = \"d1\"; points = \"1\"; stance = \"object\"; type = \"dependency\"; red_line = true",
    );
    has(
        &why(&talks, &["main#1"]),
        &[
            "open; type level, to be closed at the level of leader",
            "asked for by East",
            "East: objects, type dependency, at the level of leader, as a red line",
            "objected to 1 of d1 (type dependency; red line)",
        ],
    );
}

#[test]
fn acceptances_ad_referendum_are_told_apart_everywhere() {
    let on = |stance: &str, point: &str| {
        format!("draft = \"d1\"; points = \"{point}\"; stance = \"{stance}\"")
    };
    let talks = stance(Talks::begun(""), "lind", "2031-01-03", &on("accept", "1"));
    let talks = stance(talks, "lind", "2031-01-03", &on("accept-ad-ref", "2"));
    let talks = talks.act(
        "statement",
        "public",
        "chair",
        "2031-01-05",
        "id = \"said\"; words = \"few\"; attribution = \"collective\"; claims = [{ id = \"few\", what = \"open-points\", value = \"few\" }]",
    );
    let holds = "East accepts on 1 point, accepts ad referendum on 1 point and has taken no position on 1 point";
    has(&why(&talks, &["few"]), &[holds]);
    has(&why(&talks, &["east"]), &[holds]);
}

#[test]
fn a_person_is_shown_by_name_and_can_be_asked_about() {
    let talks = stance(
        Talks::begun(""),
        "lind",
        "2031-01-03",
        "draft = \"d1\"; points = \"1\"; stance = \"accept\"",
    )
    .act("gate", "plenary", "chair", "2031-01-09", "id = \"gate\"; event = \"summit\"; participants = [\"lind\", \"orr\"]; rule = \"process.stage == 'final'\"");
    has(&screen(&talks, "west"), &["summit, for Lind and Orr"]);
    has(
        &why(&talks, &["lind"]),
        &["Lind acts for East", "accepted 1 of d1"],
    );
    let seen = why(&talks, &["lind", "--as", "west"]);
    has(&seen, &["is named in the condition for the summit (gate)"]);
    assert!(!seen.contains("accepted 1"), "{seen}");
}

#[test]
fn a_person_not_known_here_is_like_one_who_is_not_there() {
    let talks = Talks::begun("");
    talks.status("chair");
    let hidden = talks.folder.run(&["why", "orr", "--as", "east"]).errors;
    let nobody = talks.folder.run(&["why", "err", "--as", "east"]).errors;
    assert_eq!(hidden.replace("orr", "err"), nobody);
}

#[test]
fn reasons_say_whether_one_or_all_are_needed() {
    let gate = |rule: &str| {
        let more = format!("id = \"gate\"; event = \"summit\"; {rule}");
        let talks = Talks::begun("").act("gate", "plenary", "chair", "2031-01-09", &more);
        talks.status("chair")["gates"][0]["reasons"].to_string()
    };
    let either = gate("rule = \"process.stage in ['final', 'final-stage']\"");
    has(
        &either,
        &[
            "final lacks",
            "final stage lacks",
            "either of these is enough",
        ],
    );
    let either = gate("rule = \"text['main'].disputed > 5 || seat['east'].seen['d1'] == false\"");
    has(&either, &["either of these is enough"]);
    has(
        &gate("rule = \"text['main'].disputed > 5 && text['main'].agreed > 5\""),
        &["all of these are needed"],
    );
    has(
        &gate("rules = [\"text['main'].disputed > 5\", \"text['main'].agreed > 5\"]"),
        &["all of these are needed: the condition has 2 rules"],
    );
    has(
        &gate("rule = \"text['main'].stage == 'final'\""),
        &["final of main lacks: 3 points unknown"],
    );
}

#[test]
fn the_last_word_on_a_claim_is_the_one_that_counts() {
    let claim = "id = \"said\"; words = \"agreed\"; attribution = \"collective\"; claims = [{ id = \"common\", what = \"common-understanding\", between = [\"east\", \"west\"] }]";
    let status = Talks::begun("")
        .act("statement", "public", "east", "2031-01-05", claim)
        .act("confirm", "public", "west", "2031-01-06", "of = \"common\"")
        .act("deny", "public", "west", "2031-01-07", "of = \"common\"")
        .status("chair");
    let claim = &status["claims"][0];
    assert_eq!(
        (&claim["confirmed_by"], &claim["denied_by"]),
        (&json!([]), &json!(["west"]))
    );
}

#[test]
fn what_was_said_without_a_claim_is_there() {
    let talks = Talks::begun("").act(
        "statement",
        "public",
        "chair",
        "2031-01-05",
        "id = \"said\"; words = \"very hopeful\"; attribution = \"anonymous\"",
    );
    assert_eq!(talks.status("west")["statements"][0]["id"], "said");
    has(
        &screen(&talks, "west"),
        &["\"very hopeful\" (Chair, 2031-01-05, not by name; said)"],
    );
}

#[test]
fn an_assessment_does_not_count_where_a_sub_item_was_added() {
    let grade = |grade: &str| {
        format!(
            "tenet = \"dawn\"; draft = \"d1\"; points = \"1\"; grade = \"{grade}\"; verdict = \"met\""
        )
    };
    let talks = Talks::new("")
        .draft("d1", ITEMS, "2031-01-01", "")
        .deliver("d1", "east", "2031-01-02")
        .act("understanding", "with-east", "east", "2031-01-02", "id = \"old\"; form = \"oral\"; between = [\"chair\", \"east\"]; tenets = [{ id = \"dawn\", words = \"a ferry at dawn\" }]")
        .act("assess", "with-east", "chair", "2031-01-03", &grade("letter"))
        .act("assess", "with-east", "chair", "2031-01-03", &grade("spirit"));
    assert_eq!(talks.status("chair")["understandings"][0]["assessed"], true);
    let more = ITEMS.replace("dusk.", "dusk;\n\n   (c) carries no soldiers.");
    let talks = talks
        .draft(
            "d2",
            &more.replace("dusk;", "dusk."),
            "2031-01-08",
            "base = \"d1\"",
        )
        .deliver("d2", "east", "2031-01-09");
    let understanding = talks.status("chair")["understandings"][0].clone();
    assert_eq!(understanding["assessed"], false);
    assert_eq!(
        understanding["tenets"][0]["letter_earlier"],
        json!({ "draft": "d1", "verdict": "met" })
    );
    has(
        &screen(&talks, "chair"),
        &["in letter not assessed (met on earlier words, d1)"],
    );
}

#[test]
fn an_issuer_is_not_told_that_it_knows_its_text_by_name_only() {
    let talks = Talks::new("");
    has(
        &screen(&talks, "chair"),
        &["This seat issues it; no draft has been issued yet."],
    );
    let talks = talks.draft("d1", ONE, "2031-01-01", "");
    has(&screen(&talks, "chair"), &["Working drafts: d1."]);
}

#[test]
fn an_item_accepted_without_its_opening_words_is_said_to_be_incomplete() {
    let talks =
        Talks::new("")
            .draft("d1", ITEMS, "2031-01-01", "")
            .deliver("d1", "east", "2031-01-02");
    let talks = stance(
        talks,
        "lind",
        "2031-01-03",
        "draft = \"d1\"; points = \"1.a\"; stance = \"accept\"",
    );
    has(
        &why(&talks, &["main#1"]),
        &["East: incomplete: it accepts 1.a without the opening words above"],
    );
    let talks = stance(
        talks,
        "lind",
        "2031-01-04",
        "draft = \"d1\"; points = \"1.chapeau\"; stance = \"accept\"",
    );
    has(
        &why(&talks, &["main#1"]),
        &["East: incomplete: it accepts the opening words without 1.b"],
    );
}

#[test]
fn an_envoy_who_reports_sends_nobody() {
    let mission = "envoy = \"lind\"; counterpart = \"west\"; ";
    let talks = Talks::begun("")
        .act(
            "mission",
            "chamber-east",
            "east",
            "2031-01-03",
            &format!("{mission}id = \"go\"; state = \"ordered\""),
        )
        .act(
            "mission",
            "chamber-east",
            "lind",
            "2031-01-04",
            &format!("{mission}id = \"back\"; of = \"go\"; state = \"reported\""),
        );
    let told = why(&talks, &["go", "--as", "east"]);
    has(
        &told,
        &[
            "East sent Lind to West",
            "put on record the mission to West: reported on",
        ],
    );
}

#[test]
fn every_sign_of_a_table_is_explained() {
    let talks = Talks::new("")
        .draft(
            "d1",
            "1. The [ferry] [bridge].\n\n2. No army.\n",
            "2031-01-01",
            "",
        )
        .deliver("d1", "east", "2031-01-02");
    let talks = stance(
        talks,
        "lind",
        "2031-01-03",
        "draft = \"d1\"; points = \"2\"; stance = \"accept\"",
    )
    .draft(
        "d2",
        "1. The [ferry] [bridge].\n\n2. No army at all on either bank.\n",
        "2031-01-08",
        "base = \"d1\"",
    )
    .deliver("d2", "east", "2031-01-09");
    has(
        &screen(&talks, "chair"),
        &[
            "[1] so many brackets",
            "lapsed: accepted or endorsed",
            "ø this party has not been given",
        ],
    );
    assert!(!screen(&talks, "chair").contains("red line:"));
}
