//! Silence procedures, editorial changes, corrections and tracks, case by case.

use onetext_talks::*;

use crate::small::{Small, cell, paths, row, stance, text_of, withdraw};
use crate::world::day;

const WORDS: [&str; 3] = [
    "The port is shared.",
    "The toll is nothing.",
    "The tower is lit.",
];

fn small() -> Small {
    Small::with_points(&["a", "b"], &WORDS)
}

/// Silence on points of a draft, asked of the parties in the plenary on one day, until the end of another.
fn silence(draft: &str, points: &[&str], addressees: &[&str], expires: usize) -> Deed {
    Deed::Silence(Box::new(Silence {
        draft: draft.into(),
        points: paths(points),
        addressees: addressees.iter().map(|seat| (*seat).into()).collect(),
        expires: day(expires),
    }))
}

fn editorial(draft: &str, points: &[&str], expires: Option<usize>) -> Deed {
    Deed::Editorial(Editorial {
        draft: draft.into(),
        points: paths(points),
        words: "a comma".to_owned(),
        expires: expires.map(day),
    })
}

fn object(draft: &str, points: &[&str]) -> Deed {
    Deed::Stance(stance(draft, points, StanceKind::Object))
}

/// Something is noted on a day, so that the record reaches that day.
fn pass(small: &mut Small, on: usize) {
    let note = Deed::Note(Words {
        words: "A day passed.".to_owned(),
    });
    small.act(&format!("note-{on}"), "m", "plenary", on, note);
}

fn procedure(status: &Status, id: &str) -> ProcedureStatus {
    let mut all = status.procedures.iter();
    all.find(|one| one.id.as_str() == id).unwrap().clone()
}

#[test]
fn who_says_nothing_until_the_end_has_accepted_at_the_final_level() {
    let mut small = small();
    small.act(
        "quiet",
        "m",
        "plenary",
        1,
        silence("v1", &["1", "2"], &["a", "b"], 5),
    );
    pass(&mut small, 4);
    let before = small.status();
    assert_eq!(cell(&before, "main", "1", "a").stance, CellStance::NoReply);
    assert_eq!(procedure(&before, "quiet").state, ProcedureState::Running);
    pass(&mut small, 5);
    let status = small.status();
    let held = cell(&status, "main", "1", "a");
    assert_eq!(held.stance, CellStance::Accepted);
    assert!(held.by_silence && held.attested.is_none());
    assert_eq!(held.acts, vec![ActId::from("quiet")]);
    assert_eq!(row(&status, "main", "1").status, PointStatus::Agreed);
    assert_eq!(row(&status, "main", "3").status, PointStatus::Unknown);
    assert_eq!(
        procedure(&status, "quiet").consented,
        ["a", "b"].map(SeatId::from)
    );
    assert!(small.why("main#1").contains("(by silence)"));
    assert!(small.why("quiet").contains("consented by silence"));
}

#[test]
fn an_objection_in_time_breaks_it_for_the_points_that_it_names() {
    let mut small = small();
    small.act(
        "quiet",
        "m",
        "plenary",
        1,
        silence("v1", &[], &["a", "b"], 5),
    );
    small.act("no", "head-b", "plenary", 5, object("v1", &["2"]));
    pass(&mut small, 6);
    let status = small.status();
    assert_eq!(row(&status, "main", "1").status, PointStatus::Agreed);
    assert_eq!(row(&status, "main", "2").status, PointStatus::Disputed);
    assert_eq!(cell(&status, "main", "2", "a").stance, CellStance::NoReply);
    let told = procedure(&status, "quiet");
    assert_eq!(told.broken[0].points, vec!["v1#2".to_owned()]);
    // Taken back it is still broken: another procedure asks again.
    small.act("after-all", "b", "plenary", 6, withdraw("no"));
    assert_eq!(
        cell(&small.status(), "main", "2", "a").stance,
        CellStance::NoReply
    );
}

#[test]
fn an_objection_afterwards_is_a_position_like_any_other() {
    let mut small = small();
    small.act(
        "quiet",
        "m",
        "plenary",
        1,
        silence("v1", &["2"], &["a", "b"], 5),
    );
    small.act("no", "head-b", "plenary", 6, object("v1", &["2"]));
    let status = small.status();
    assert_eq!(cell(&status, "main", "2", "a").stance, CellStance::Accepted);
    assert_eq!(cell(&status, "main", "2", "b").stance, CellStance::Objected);
    assert!(procedure(&status, "quiet").broken.is_empty());
}

#[test]
fn who_spoke_was_not_silent_and_who_was_not_given_the_draft_cannot_be() {
    let mut small = Small::new(&["a", "b"]);
    small.text("main", TextKind::Main, false);
    small.draft("main", "v1", None, 0, &WORDS);
    small.record.acts.retain(|act| act.id.as_str() != "give-v1");
    small.act("give-a", "m", "m-a", 0, crate::small::deliver("v1"));
    small.act(
        "quiet",
        "m",
        "plenary",
        1,
        silence("v1", &[], &["a", "b"], 5),
    );
    let waits = Deed::Stance(stance("v1", &["3"], StanceKind::Withhold));
    small.act("waits", "head-a", "plenary", 2, waits);
    pass(&mut small, 5);
    let status = small.board("m").status();
    assert_eq!(cell(&status, "main", "1", "a").stance, CellStance::Accepted);
    assert_eq!(cell(&status, "main", "3", "a").stance, CellStance::Withheld);
    assert_eq!(cell(&status, "main", "1", "b").stance, CellStance::NoReply);
    // Who has not been given the draft is shown no procedure on it.
    assert!(small.board("b").status().procedures.is_empty());
}

#[test]
fn only_the_pen_holder_and_the_issuer_ask_for_silence() {
    let mut small = small();
    small.act(
        "quiet",
        "head-a",
        "plenary",
        1,
        silence("v1", &[], &["b"], 5),
    );
    pass(&mut small, 6);
    let status = small.status();
    assert_eq!(
        procedure(&status, "quiet").state,
        ProcedureState::WithoutEffect
    );
    assert_eq!(cell(&status, "main", "1", "b").stance, CellStance::NoReply);
}

#[test]
fn silence_answers_no_request_for_a_reply_and_closes_nothing() {
    let mut small = small();
    let due = Deed::ReplyDue(Box::new(ReplyDue {
        from: "a".into(),
        text: Some("main".into()),
        draft: None,
        due: None,
    }));
    small.act("due", "m", "plenary", 1, due);
    small.act(
        "quiet",
        "m",
        "plenary",
        1,
        silence("v1", &[], &["a", "b"], 5),
    );
    pass(&mut small, 6);
    let status = small.status();
    assert_eq!(status.texts[0].points.as_ref().unwrap().agreed, 3);
    assert_eq!(status.obligations[0].state, ObligationState::None);
    assert!(status.ready_to_close);
    assert_ne!(status.stage, Stage::Final);
}

#[test]
fn an_editorial_change_holds_acceptances_back_while_it_runs_and_carries_them_after() {
    let mut small = small();
    small.accepts("yes", "a", 1, "v1", &["1", "2"]);
    small.accepts("yes-b", "b", 1, "v1", &["1"]);
    let words = [
        "The port, is shared.",
        "The toll is nothing.",
        "The tower is lit.",
    ];
    small.draft("main", "v2", Some("v1"), 2, &words);
    small.act("comma", "m", "plenary", 3, editorial("v2", &["1"], Some(5)));
    let status = small.status();
    let held = cell(&status, "main", "1", "a");
    assert_eq!(held.stance, CellStance::Lapsed);
    assert_eq!(held.before_change, Some("comma".into()));
    assert_eq!(row(&status, "main", "1").status, PointStatus::Unknown);
    pass(&mut small, 5);
    let status = small.status();
    let held = cell(&status, "main", "1", "a");
    assert_eq!(held.stance, CellStance::Accepted);
    let from = held.carried_from.as_ref().unwrap();
    assert_eq!(from.draft.as_str(), "v1");
    assert_eq!(row(&status, "main", "1").status, PointStatus::Agreed);
    // Nobody accepts more by it than it had accepted.
    assert_eq!(cell(&status, "main", "2", "b").stance, CellStance::NoReply);
}

#[test]
fn an_editorial_change_that_somebody_objects_to_is_one_of_substance() {
    let mut small = small();
    small.accepts("yes", "a", 1, "v1", &["1"]);
    small.draft(
        "main",
        "v2",
        Some("v1"),
        2,
        &["The port, is shared.", WORDS[1], WORDS[2]],
    );
    small.act("comma", "m", "plenary", 3, editorial("v2", &["1"], Some(5)));
    small.act("no", "head-b", "plenary", 4, object("v2", &["1"]));
    pass(&mut small, 6);
    let status = small.status();
    let held = cell(&status, "main", "1", "a");
    assert_eq!(
        (held.stance, held.before_change.clone()),
        (CellStance::Lapsed, None)
    );
}

#[test]
fn without_an_end_an_editorial_change_ends_by_a_silence_procedure_or_by_everybody() {
    let mut small = small();
    small.accepts("yes", "a", 1, "v1", &["1"]);
    small.draft(
        "main",
        "v2",
        Some("v1"),
        2,
        &["The port, is shared.", WORDS[1], WORDS[2]],
    );
    small.act("comma", "m", "plenary", 3, editorial("v2", &["1"], None));
    pass(&mut small, 9);
    assert_eq!(
        cell(&small.status(), "main", "1", "a").stance,
        CellStance::Lapsed
    );
    let confirm = |of: &str| {
        Deed::Confirm(Confirm {
            of: of.to_owned(),
            as_what: None,
        })
    };
    small.act("ok-a", "a", "plenary", 10, confirm("comma"));
    assert_eq!(
        cell(&small.status(), "main", "1", "a").stance,
        CellStance::Lapsed
    );
    small.act("ok-b", "b", "plenary", 10, confirm("comma"));
    assert_eq!(
        cell(&small.status(), "main", "1", "a").stance,
        CellStance::Accepted
    );
    assert_eq!(
        cell(&small.status(), "main", "1", "b").stance,
        CellStance::NoReply
    );
}

#[test]
fn a_correction_to_which_nobody_objects_keeps_a_text_closed() {
    let mut small = small();
    for party in ["a", "b"] {
        small.accepts(&format!("yes-{party}"), party, 1, "v1", &[]);
    }
    assert_eq!(small.status().stage, Stage::Final);
    let right = [
        "The port is shared.",
        "The toll is nothing.",
        "The towers are lit.",
    ];
    let correct = Deed::Correct(Correct {
        draft: "v1".into(),
        points: paths(&["3"]),
        wording: right[2].to_owned(),
        expires: Some(day(5)),
    });
    small.act("right", "m", "plenary", 2, correct);
    small.draft("main", "v2", Some("v1"), 3, &right);
    assert_ne!(small.status().stage, Stage::Final);
    pass(&mut small, 5);
    assert_eq!(small.status().stage, Stage::Final);
    assert_eq!(
        procedure(&small.status(), "right").state,
        ProcedureState::Ended
    );
    let mut broken = small;
    broken.act("no", "head-a", "plenary", 4, object("v1", &["3"]));
    assert_ne!(broken.status().stage, Stage::Final);
}

#[test]
fn a_point_on_another_track_is_off_the_counts_and_the_text_is_not_final() {
    let mut small = small();
    small.act("no", "head-a", "plenary", 1, object("v1", &["3"]));
    for party in ["a", "b"] {
        small.accepts(&format!("yes-{party}"), party, 1, "v1", &["1", "2"]);
    }
    assert_eq!(
        text_of(&small.status(), "main")
            .points
            .as_ref()
            .unwrap()
            .disputed,
        1
    );
    let track = |by: &str| {
        Deed::Track(Track {
            draft: "v1".into(),
            points: paths(&["3"]),
            to: format!("the lights commission of {by}"),
        })
    };
    small.act("moved-by-a", "head-a", "plenary", 2, track("a"));
    assert_eq!(
        text_of(&small.status(), "main")
            .points
            .as_ref()
            .unwrap()
            .total,
        3
    );
    small.act("moved", "m", "plenary", 2, track("m"));
    let status = small.status();
    let counts = text_of(&status, "main").points.clone().unwrap();
    assert_eq!((counts.total, counts.agreed, counts.disputed), (2, 2, 0));
    assert_eq!(row(&status, "main", "3").track, Some("moved".into()));
    assert_eq!(row(&status, "main", "3").status, PointStatus::Disputed);
    assert!(status.stage != Stage::Final && !status.ready_to_close);
    assert!(small.why("main#3").contains("off the counts"));
    small.act("back", "m", "plenary", 3, withdraw("moved"));
    assert_eq!(
        text_of(&small.status(), "main")
            .points
            .as_ref()
            .unwrap()
            .total,
        3
    );
}
