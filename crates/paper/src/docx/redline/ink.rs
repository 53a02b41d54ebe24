//! Marks: whose change it is, numbered so that no two bear one number.

use std::cell::Cell;
use std::rc::Rc;

use super::super::xml::{Tree, escape};

/// Whose changes they are, and when they were made.
#[derive(Debug, Clone, Copy)]
pub struct Author<'a> {
    /// The name that a word processor shows.
    pub name: &'a str,
    /// A moment as in `2031-03-06T14:30:00Z`; without one the changes carry none.
    pub date: Option<&'a str>,
}

/// What a mark says of what it surrounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    None,
    Inserted,
    Deleted,
    MovedFrom,
    MovedTo,
}

impl Mark {
    pub(super) fn element(self) -> &'static str {
        match self {
            Mark::None => "",
            Mark::Inserted => "w:ins",
            Mark::Deleted => "w:del",
            Mark::MovedFrom => "w:moveFrom",
            Mark::MovedTo => "w:moveTo",
        }
    }
}

/// Gives marks their numbers and their author.
#[derive(Debug)]
pub(super) struct Ink {
    numbers: Rc<Numbers>,
    said: String,
}

/// The numbers that are still free.
#[derive(Debug)]
struct Numbers {
    mark: Cell<u64>,
    a_move: Cell<u64>,
}

impl Ink {
    /// Numbers begin above those of the document.
    pub(super) fn new(tree: &Tree<'_>, author: Author<'_>) -> Self {
        let numbers = tree
            .within(0)
            .filter(|node| tree.open(*node).contains(" w:id=\""));
        let highest = numbers
            .filter_map(|node| tree.attribute(node, "w:id")?.parse::<u64>().ok())
            .filter(|number| *number < 1 << 30)
            .max();
        let moves = tree
            .within(0)
            .filter(|node| tree.open(*node).contains(" w:name=\"move"));
        let last_move = moves
            .filter_map(|node| {
                let name = tree.attribute(node, "w:name")?;
                name.strip_prefix("move")?.parse::<u64>().ok()
            })
            .filter(|number| *number < 1 << 60)
            .max();
        Ink {
            numbers: Rc::new(Numbers {
                mark: Cell::new(highest.map_or(1, |highest| highest + 1)),
                a_move: Cell::new(last_move.map_or(1, |last| last + 1)),
            }),
            said: said(author),
        }
    }

    /// The same numbers, in another hand.
    pub(super) fn by(&self, author: Author<'_>) -> Ink {
        Ink {
            numbers: Rc::clone(&self.numbers),
            said: said(author),
        }
    }

    /// A name for a move, which no other move has.
    pub(super) fn move_name(&self) -> String {
        format!("move{}", take(&self.numbers.a_move))
    }

    pub(super) fn number(&self) -> u64 {
        take(&self.numbers.mark)
    }

    /// The start tag of a mark, up to its end.
    pub(super) fn tag(&self, mark: Mark) -> String {
        self.change(mark.element())
    }

    /// The start tag of an element that records a change, up to its end.
    pub(super) fn change(&self, element: &str) -> String {
        format!("<{element} w:id=\"{}\"{}", self.number(), self.said)
    }

    /// The tags around a move.
    pub(super) fn range(&self, mark: Mark, name: &str) -> (String, String) {
        let (number, element) = (self.number(), mark.element());
        (
            format!(
                "<{element}RangeStart w:id=\"{number}\" w:name=\"{name}\"{}/>",
                self.said
            ),
            format!("<{element}RangeEnd w:id=\"{number}\"/>"),
        )
    }
}

/// The next number.
fn take(next: &Cell<u64>) -> u64 {
    next.replace(next.get() + 1)
}

/// The attributes that say whose a mark is.
fn said(author: Author<'_>) -> String {
    let mut said = String::from(" w:author=\"");
    escape(author.name, &mut said);
    said.push('"');
    if let Some(date) = author.date {
        said.push_str(" w:date=\"");
        escape(date, &mut said);
        said.push('"');
    }
    said
}
