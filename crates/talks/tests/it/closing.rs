//! The end of a text, case by case: initials, signatures in escrow, ratification, entry into force.

use onetext_talks::*;

use crate::small::{Small, alerts, paths, text_of};
use crate::world::{day, seat};

const WORDS: [&str; 2] = ["The port is shared.", "The toll is nothing."];

fn mark(draft: &str) -> Authenticate {
    Authenticate {
        draft: draft.into(),
        points: None,
    }
}

fn closed() -> Small {
    let mut small = Small::with_points(&["a", "b"], &WORDS);
    for party in ["a", "b"] {
        small.accepts(&format!("yes-{party}"), party, 1, "v1", &[]);
    }
    small
}

fn closing(status: &Status) -> ClosingStatus {
    text_of(status, "main").closing.clone().unwrap()
}

fn ratify(state: RatifyState) -> Deed {
    Deed::Ratify(Ratify {
        draft: "v1".into(),
        state,
        body: Some("parliament".to_owned()),
    })
}

#[test]
fn initials_stand_while_the_words_do() {
    let mut small = closed();
    for party in ["a", "b"] {
        let deed = Deed::Initial(mark("v1"));
        small.act(
            &format!("initial-{party}"),
            &format!("head-{party}"),
            "plenary",
            2,
            deed,
        );
    }
    assert!(closing(&small.status()).initialled);
    small.draft("main", "v2", Some("v1"), 3, &[WORDS[0], "The toll is low."]);
    let status = closing(&small.status());
    assert!(!status.initialled && !status.closed);
    let initials = &status.parties["a"].initials[0];
    assert!(
        !initials.counts
            && initials
                .because
                .as_ref()
                .unwrap()
                .contains("reads otherwise")
            || initials
                .because
                .as_ref()
                .unwrap()
                .contains("read otherwise")
    );
    // Page by page: what did not change stays initialled.
    let second = Authenticate {
        draft: "v2".into(),
        points: Some(paths(&["2"])),
    };
    for party in ["a", "b"] {
        let deed = Deed::Initial(second.clone());
        small.act(
            &format!("again-{party}"),
            &format!("head-{party}"),
            "plenary",
            4,
            deed,
        );
    }
    assert!(closing(&small.status()).initialled);
}

#[test]
fn no_signature_is_shown_before_all_have_signed() {
    let mut small = closed();
    small.act("sign-a", "head-a", "plenary", 2, Deed::Sign(mark("v1")));
    for viewer in ["m", "b"] {
        let board = small.board(viewer);
        let status = closing(&board.status());
        assert!(
            status.parties["a"].signatures.is_empty() && !status.signed,
            "{viewer}"
        );
        assert_eq!(
            board.why("sign-a").unwrap_err(),
            board_without(&small, viewer)
        );
    }
    let own = closing(&small.board("a").status());
    assert!(
        own.parties["a"].signatures[0]
            .because
            .as_ref()
            .unwrap()
            .contains("escrow")
    );
    small.act("sign-b", "head-b", "plenary", 3, Deed::Sign(mark("v1")));
    for viewer in ["m", "a", "b"] {
        let status = closing(&small.board(viewer).status());
        assert!(
            status.signed && status.parties["a"].signatures[0].because.is_none(),
            "{viewer}"
        );
        assert!(
            !status.in_force && status.lacks[0].starts_with("0 of 2"),
            "{:?}",
            status.lacks
        );
    }
}

/// What somebody who asks for the signature is told where there is none.
fn board_without(small: &Small, viewer: &str) -> AskError {
    let mut record = small.record.clone();
    record.acts.retain(|act| act.id.as_str() != "sign-a");
    let viewer = Viewer {
        seat: seat(viewer),
        rooms: None,
    };
    let board = Board::of(&record, &viewer, &Cut::default()).unwrap();
    board.why("sign-a").unwrap_err()
}

#[test]
fn a_signature_takes_a_person_with_the_power_on_that_day_in_a_room_of_all() {
    let mut small = closed();
    small.act("sign-b", "head-b", "plenary", 2, Deed::Sign(mark("v1")));
    small.act("seat-signs", "a", "plenary", 2, Deed::Sign(mark("v1")));
    small.act("aide-signs", "aide-a", "plenary", 2, Deed::Sign(mark("v1")));
    small.act("in-caucus", "head-a", "m-a", 2, Deed::Sign(mark("v1")));
    let status = small.board("a").status();
    assert!(!closing(&status).signed);
    assert_eq!(alerts(&status, AlertKind::BeyondPowers), 1);
    let persons = small.record.persons.iter_mut();
    persons
        .filter(|person| person.id.as_str() == "head-a")
        .for_each(|person| {
            person.powers_until = Some(day(3));
        });
    small.act("late", "head-a", "plenary", 4, Deed::Sign(mark("v1")));
    assert!(!closing(&small.board("a").status()).signed);
    small.act("in-time", "head-a", "plenary", 3, Deed::Sign(mark("v1")));
    assert!(closing(&small.board("a").status()).signed);
    assert!(small.why("head-a").contains("until"));
}

#[test]
fn a_text_that_is_not_closed_is_not_signed() {
    let mut small = Small::with_points(&["a", "b"], &WORDS);
    small.accepts("yes-a", "a", 1, "v1", &[]);
    for party in ["a", "b"] {
        small.act(
            &format!("sign-{party}"),
            &format!("head-{party}"),
            "plenary",
            2,
            Deed::Sign(mark("v1")),
        );
    }
    let status = closing(&small.status());
    assert!(!status.closed && !status.signed && !status.in_force);
}

#[test]
fn it_comes_into_force_with_the_last_ratification_that_it_takes() {
    let mut small = closed();
    for party in ["a", "b"] {
        small.act(
            &format!("sign-{party}"),
            &format!("head-{party}"),
            "plenary",
            2,
            Deed::Sign(mark("v1")),
        );
    }
    small.act("put", "a", "plenary", 3, ratify(RatifyState::Submitted));
    small.act(
        "deposit-b",
        "b",
        "plenary",
        4,
        ratify(RatifyState::Deposited),
    );
    small.act("no", "a", "plenary", 5, ratify(RatifyState::Rejected));
    let status = closing(&small.status());
    assert!(!status.in_force);
    assert!(
        status
            .lacks
            .iter()
            .any(|lack| lack.contains("rejected by parliament")),
        "{:?}",
        status.lacks
    );
    small.act(
        "deposit-a",
        "a",
        "plenary",
        6,
        ratify(RatifyState::Deposited),
    );
    let status = closing(&small.status());
    assert!(
        status.in_force && status.in_force_since == Some(day(6)),
        "{status:?}"
    );
    // One is enough where the text says so; none beside the signatures, likewise.
    for (needed, since) in [(1, 4), (0, 2)] {
        small.record.texts[0].ratifications = Some(needed);
        assert_eq!(closing(&small.status()).in_force_since, Some(day(since)));
    }
}
