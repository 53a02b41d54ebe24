//! Classes of communication, rules of conduct, and the colours that follow from a state.

use onetext_talks::*;

use crate::small::{Small, alerts, cell, row, stance};

const WORDS: [&str; 2] = ["The port is shared.", "The toll is nothing."];

/// The last act again, in a class of communication.
fn class(small: &mut Small, class: Communication) {
    let last = small.record.acts.last_mut().unwrap();
    last.communication = Some(class);
}

#[test]
fn a_non_paper_states_no_position_and_a_letter_does() {
    for (how, stands) in [
        (Communication::NonPaper, CellStance::NoReply),
        (Communication::Letter, CellStance::Accepted),
        (Communication::Oral, CellStance::Accepted),
    ] {
        let mut small = Small::with_points(&["a", "b"], &WORDS);
        small.accepts("yes", "a", 1, "v1", &["1"]);
        class(&mut small, how);
        assert_eq!(cell(&small.status(), "main", "1", "a").stance, stands);
    }
}

#[test]
fn a_non_paper_takes_nothing_back_that_its_seat_holds() {
    let mut small = Small::with_points(&["a", "b"], &WORDS);
    small.accepts("yes", "a", 1, "v1", &["1"]);
    let objects = Deed::Stance(stance("v1", &["1"], StanceKind::Object));
    small.act("paper", "head-a", "plenary", 2, objects);
    class(&mut small, Communication::NonPaper);
    let status = small.status();
    assert_eq!(cell(&status, "main", "1", "a").stance, CellStance::Accepted);
    assert!(small.why("paper").contains("in a non-paper"));
}

#[test]
fn a_draft_by_note_verbale_awaits_a_reply_and_one_in_a_non_paper_makes_none_due() {
    let obligations = |how| {
        let mut small = Small::with_points(&["a", "b"], &WORDS);
        small.draft("main", "v2", Some("v1"), 1, &WORDS);
        class(&mut small, how);
        if let Deed::Deliver(given) = &mut small.record.acts.last_mut().unwrap().deed {
            given.to = vec!["a".into()];
        }
        let due = Deed::ReplyDue(Box::new(ReplyDue {
            from: "b".into(),
            text: None,
            draft: Some("v2".into()),
            due: None,
        }));
        small.act("asked", "m", "plenary", 2, due);
        let told = small.status().obligations;
        let told = told
            .into_iter()
            .map(|due| (due.from.to_string(), due.state));
        told.collect::<Vec<_>>()
    };
    let (a, b) = ("a".to_owned(), "b".to_owned());
    assert_eq!(
        obligations(Communication::NoteVerbale),
        [
            (a, ObligationState::None),
            (b.clone(), ObligationState::None)
        ]
    );
    let not_due = [(b, ObligationState::NotDue)];
    assert_eq!(obligations(Communication::NonPaper), not_due);
}

#[test]
fn a_formal_reply_in_a_non_paper_is_refused() {
    let mut small = Small::with_points(&["a", "b"], &WORDS);
    let reply = Deed::Reply(Reply {
        draft: "v1".into(),
        formal: true,
    });
    small.act("reply", "head-a", "plenary", 1, reply);
    assert!(check(&small.record).is_empty());
    class(&mut small, Communication::NonPaper);
    let refusals = check(&small.record);
    assert_eq!(refusals.len(), 1);
    assert_eq!(refusals[0].rule, Rule::NotTogether);
    assert!(
        refusals[0]
            .message
            .contains("a non-paper carries no formal reply")
    );
}

fn says(attribution: Attribution) -> Deed {
    Deed::Statement(Box::new(Statement {
        speaker: None,
        medium: None,
        place: None,
        attribution: Some(attribution),
        words: "It goes well.".to_owned(),
        verbatim: false,
        claims: Vec::new(),
    }))
}

#[test]
fn what_a_party_says_in_public_is_told_where_none_was_to_speak() {
    let mut small = Small::with_points(&["a", "b"], &WORDS);
    small.act("said", "head-a", "public", 1, says(Attribution::OnRecord));
    small.act("told", "head-a", "public", 1, says(Attribution::SecondHand));
    small.act("chair", "m", "public", 1, says(Attribution::OnRecord));
    assert_eq!(alerts(&small.status(), AlertKind::Conduct), 0);
    small.record.process.conduct = vec![Conduct::NoPress];
    assert_eq!(alerts(&small.status(), AlertKind::Conduct), 1);
    let deny = Deed::Deny(Confirm {
        of: "said".into(),
        as_what: None,
    });
    small.act("no", "a", "public", 2, deny);
    assert_eq!(alerts(&small.status(), AlertKind::Conduct), 0);
}

#[test]
fn green_takes_the_words_and_yellow_the_aim() {
    let mut small = Small::with_points(&["a", "b"], &WORDS);
    let colours = |small: &Small| {
        let status = small.status();
        ["1", "2"].map(|path| row(&status, "main", path).legend.clone())
    };
    let legend = |colour, of: &[&str]| Legend {
        colour,
        of: of.iter().map(|seat| (*seat).into()).collect(),
    };
    let white = legend(Colour::White, &[]);
    assert_eq!(colours(&small), [white.clone(), white]);
    small.accepts("yes-a", "a", 1, "v1", &[]);
    small.accepts("yes-b", "b", 1, "v1", &["1"]);
    let backs = Deed::Stance(stance("v1", &["2"], StanceKind::Endorse));
    small.act("backs", "head-b", "plenary", 1, backs);
    let (green, yellow) = (legend(Colour::Green, &[]), legend(Colour::Yellow, &[]));
    assert_eq!(colours(&small), [green.clone(), yellow]);
    let objects = Deed::Stance(stance("v1", &["2"], StanceKind::Object));
    small.act("objects", "head-b", "plenary", 2, objects);
    assert_eq!(colours(&small), [green, legend(Colour::White, &["b"])]);
}
