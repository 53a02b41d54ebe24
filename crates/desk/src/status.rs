//! "Where do we stand?": the state of play, alone or with the reasons for everything in it.

use onetext_talks::{Board, Cut, Explanation, ProvisionStatus, Status, Viewer};
use std::sync::Arc;

use crate::books::Books;
use crate::error::DeskError;

/// The state of play, and why it is as it is.
#[derive(Debug, Clone, PartialEq)]
pub struct StateOfPlay {
    /// The state of play.
    pub status: Status,
    /// Why each point, condition, claim and awaited reply stands as it does.
    pub why: Vec<Explanation>,
}

/// The state of play.
///
/// # Errors
/// Where the viewer is no seat of this process.
pub fn status(books: &Books, viewer: &Viewer, cut: &Cut) -> Result<Status, DeskError> {
    books.ask(viewer, cut, Board::status)
}

/// The state of play with its reasons: for a page that is read without the program at hand.
///
/// # Errors
/// Where the viewer is no seat of this process.
pub fn state_of_play(books: &Books, viewer: &Viewer, cut: &Cut) -> Result<StateOfPlay, DeskError> {
    books.ask(viewer, cut, |board| {
        let status = board.status();
        let mut subjects = Vec::new();
        for text in &status.texts {
            name_provisions(text.id.as_str(), &text.provisions, &mut subjects);
        }
        subjects.extend(status.gates.iter().map(|gate| gate.id.to_string()));
        subjects.extend(status.claims.iter().map(|claim| claim.id.to_string()));
        explained(board, status, &subjects)
    })
}

/// The state of play with the reasons of its conditions alone: for a page that is asked for what else it does not say.
///
/// # Errors
/// Where the viewer is no seat of this process.
pub fn state_and_gates(
    books: &Books,
    viewer: &Viewer,
    cut: &Cut,
) -> Result<StateOfPlay, DeskError> {
    books.ask(viewer, cut, |board| {
        let status = board.status();
        let gates = status.gates.iter().map(|gate| gate.id.to_string());
        let subjects: Vec<String> = gates.collect();
        explained(board, status, &subjects)
    })
}

fn explained(board: &Board, status: Status, subjects: &[String]) -> StateOfPlay {
    let why = subjects.iter().filter_map(|subject| {
        let mut explanation = board.why(subject).ok()?;
        explanation.subject.clone_from(subject);
        Some(explanation)
    });
    StateOfPlay {
        why: why.collect(),
        status,
    }
}

fn name_provisions(text: &str, provisions: &[Arc<ProvisionStatus>], subjects: &mut Vec<String>) {
    for provision in provisions {
        subjects.push(format!("{text}#{}", provision.path));
        name_provisions(text, &provision.children, subjects);
    }
}
