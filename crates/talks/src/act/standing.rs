//! Where an act stands in its room's history: what it was written on.

use std::sync::Arc;

/// An act's place in its room's history.
///
/// A dossier's room has one line of acts, and so has the room of one site. Where sites wrote at the same time a room's
/// history has several lines, and of two acts on different lines neither may be later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// How many acts of its line came before it.
    number: u64,
    /// Where the room has several lines: this act's own, and what it rests on.
    forked: Option<Arc<Forked>>,
}

/// The line of an act, and how many acts of each line it rests on, in ascending order of lines.
#[derive(Debug, PartialEq, Eq)]
struct Forked {
    line: u128,
    beneath: Vec<(u128, u64)>,
}

impl From<u64> for Standing {
    /// The place in a room of one line, from 0.
    fn from(number: u64) -> Standing {
        Standing {
            number,
            forked: None,
        }
    }
}

impl Standing {
    /// The place in a room of several lines: after `number` acts of its own line, on top of so many of each.
    #[must_use]
    pub fn on_line(line: u128, number: u64, mut beneath: Vec<(u128, u64)>) -> Standing {
        beneath.sort_unstable();
        Standing {
            number,
            forked: Some(Arc::new(Forked { line, beneath })),
        }
    }

    /// Whether the other act, of the same room, is among those that this one was written on, directly or not.
    #[must_use]
    pub fn after(&self, other: &Standing) -> bool {
        let (Some(mine), Some(theirs)) = (&self.forked, &other.forked) else {
            return self.number > other.number;
        };
        let found = mine
            .beneath
            .binary_search_by_key(&theirs.line, |(line, _)| *line);
        let known = found.ok().and_then(|at| mine.beneath.get(at));
        known.is_some_and(|(_, count)| *count > other.number)
    }
}

#[cfg(test)]
mod tests {
    use super::Standing;

    #[test]
    fn on_one_line_the_later_is_after_the_earlier() {
        let (one, two) = (Standing::from(1), Standing::from(2));
        assert!(two.after(&one) && !one.after(&two) && !one.after(&one));
    }

    #[test]
    fn of_two_lines_neither_is_later_until_an_act_rests_on_both() {
        let first = Standing::on_line(1, 0, vec![]);
        let here = Standing::on_line(1, 1, vec![(1, 1)]);
        let there = Standing::on_line(2, 0, vec![(1, 1)]);
        let both = Standing::on_line(2, 1, vec![(2, 1), (1, 2)]);
        assert!(here.after(&first) && there.after(&first));
        assert!(!here.after(&there) && !there.after(&here));
        assert!(both.after(&here) && both.after(&there) && both.after(&first));
    }
}
