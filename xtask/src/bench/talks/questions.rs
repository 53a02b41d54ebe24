//! Every question that one viewer may ask of a board that stands, as a program that keeps running is asked.
//!
//! Before each question one more act is laid on the board, so that what an act may change has to be worked out anew; that act
//! is not part of the time.

use std::hint::black_box;
use std::time::Duration;

use onetext_talks::{Board, Cut, Deed, Record, Status, When};
use onetext_text::redline;

use super::{board, more, viewer};
use crate::bench::{against, figure};
use crate::clock;
use crate::failure::{Failure, Result};
use crate::say;

/// How long any question may take.
const QUESTION: Duration = Duration::from_millis(150);

/// How often each is asked; the middle counts, and the first is told where it is much longer.
const TIMES: usize = 3;

/// Asks the pen-holder's board, which holds every room, and a party's.
pub(super) fn ask(record: &Record) -> Result<bool> {
    let mut holds = true;
    for seat in ["chair", "p001"] {
        say::line(&format!("questions of {seat}, on a board that stands:"));
        holds &= of_seat(record, seat)?;
    }
    Ok(holds)
}

/// What the questions are about.
struct Subjects {
    point: String,
    draft: String,
    gate: Option<String>,
    claim: String,
    position: Option<String>,
    words: String,
}

impl Subjects {
    fn of(record: &Record, status: &Status) -> Result<Subjects> {
        let text = status.texts.first();
        let latest = text.and_then(|text| text.latest.clone());
        let provision = text.and_then(|text| text.provisions.first());
        let (Some(latest), Some(provision)) = (latest, provision) else {
            return Err(Failure::because("the board shows no draft"));
        };
        let last = |wanted: fn(&Deed) -> bool| {
            let mut acts = record.acts.iter().filter(|act| wanted(&act.deed));
            acts.next_back().map(|act| act.id.to_string())
        };
        Ok(Subjects {
            point: format!("{latest}#{}", provision.path),
            claim: format!("few-{latest}"),
            draft: latest.to_string(),
            gate: last(|deed| matches!(deed, Deed::Gate(_))),
            position: last(|deed| matches!(deed, Deed::Stance(_))),
            words: provision.words.clone(),
        })
    }
}

/// A question, by name, and how it is answered.
type Question<'q> = (&'q str, Box<dyn Fn(&Board) + 'q>);

fn of_seat(record: &Record, seat: &str) -> Result<bool> {
    let mut board = board(record, seat)?;
    let status = board.status();
    let subjects = Subjects::of(record, &status)?;
    drop(status);
    let why = |subject: Option<&str>| {
        let subject = subject.unwrap_or_default().to_owned();
        Box::new(move |board: &Board| drop(black_box(board.why(&subject)))) as Box<dyn Fn(&Board)>
    };
    let (subjects, name) = (&subjects, seat);
    let questions: Vec<Question<'_>> = vec![
        ("counts", Box::new(|board| drop(black_box(board.counts())))),
        (
            "status, alerts and all",
            Box::new(|board| drop(black_box(board.status()))),
        ),
        (
            "status as JSON",
            Box::new(|board| drop(black_box(serde_json::to_vec(&board.status())))),
        ),
        ("why a point", why(Some(&subjects.point))),
        ("why a gate", why(subjects.gate.as_deref())),
        ("why a claim", why(Some(&subjects.claim))),
        ("why a position", why(subjects.position.as_deref())),
        ("why a seat", why(Some(name))),
        (
            "open points",
            Box::new(|board| drop(black_box(board.still_open()))),
        ),
        (
            "feedback",
            Box::new(|board| drop(black_box(board.feedback()))),
        ),
        (
            "contacts",
            Box::new(|board| drop(black_box(board.contacts()))),
        ),
        (
            "given a draft",
            Box::new(|board| drop(black_box(board.given(&subjects.draft)))),
        ),
        (
            "who has these words",
            Box::new(|board| drop(black_box(board.who_has(&subjects.words)))),
        ),
        (
            "what a seat was told",
            Box::new(move |board| drop(black_box(board.disclosed_to("p001")))),
        ),
        ("redline since", Box::new(since)),
        (
            "what is proposed on a draft",
            Box::new(|board| {
                drop(black_box(
                    board.proposals_on(&subjects.draft.as_str().into()),
                ))
            }),
        ),
        (
            "what could be traded",
            Box::new(|board| drop(black_box(board.stakes()))),
        ),
        (
            "briefing, from the beginning",
            Box::new(move |board| brief(board, name)),
        ),
    ];
    let mut again = more(record).into_iter().cycle();
    let mut holds = true;
    for (what, question) in &questions {
        let mut taken = Vec::with_capacity(TIMES);
        for _ in 0..TIMES {
            if let Some(act) = again.next() {
                board.append(&act);
            }
            let ((), time) = clock::time(|| question(&board));
            taken.push(time);
        }
        let first = taken.first().copied().unwrap_or_default();
        taken.sort_unstable();
        let middle = taken.get(TIMES / 2).copied().unwrap_or_default();
        holds &= against(&format!("  {what}"), middle, QUESTION);
        if first.wall > middle.wall * 2 {
            figure("    when it was asked for the first time", first);
        }
    }
    holds &= earlier(record, seat)?;
    Ok(holds)
}

/// What changed for a delegation since what it was last given, word by word.
fn since(board: &Board) {
    if let Ok(since) = board.since("p001", None) {
        let (old, new) = (&since.old.draft, &since.new.draft);
        black_box(redline(old, new, &since.lineage.alignment()));
    }
}

/// What a briefing is made of, where its person was briefed for the first time.
fn brief(board: &Board, seat: &str) {
    let person = format!("{seat}-head");
    black_box(board.last_briefing(&person));
    black_box(board.status());
    black_box(board.still_open());
    black_box(board.feedback());
    black_box(board.contacts());
}

/// The state as of an earlier day: another board, folded for it.
fn earlier(record: &Record, seat: &str) -> Result<bool> {
    let acts = &record.acts;
    let middle = acts.get(acts.len() / 2).map(|act| act.on.as_str());
    let at = middle.map(When::parse).transpose();
    let at = at.map_err(|error| Failure::because(error.to_string()))?;
    let cut = Cut { at, known_at: None };
    let (folded, taken) = clock::median(TIMES, || {
        Board::of(record, &viewer(seat), &cut).map(|board| drop(black_box(board.status())))
    });
    folded.map_err(|error| Failure::because(error.to_string()))?;
    Ok(against("  status --at, half of the acts", taken, QUESTION))
}
