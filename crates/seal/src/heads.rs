//! The heads of rooms, as somebody else may hold them: on another site, in a receipt, on a printed page.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use crate::digest::ActDigest;
use crate::envelope::is_name;

/// The largest file of heads that is read, in bytes.
pub const LARGEST_HEADS: usize = 16 << 20;

/// The heads of each room. As text: one line for each, `ROOM ACT`; empty lines say nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heads(pub BTreeMap<String, BTreeSet<ActDigest>>);

/// Why a file holds no heads.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HeadsError {
    /// A line that names no act.
    #[error("line {line}: `ROOM ACT` is expected, the act by its 64 hexadecimal digits")]
    Line {
        /// Which line, from 1.
        line: usize,
    },
    /// Too many bytes.
    #[error("the heads have {0} bytes; at most {LARGEST_HEADS} are read")]
    TooLarge(usize),
}

impl Heads {
    /// The heads of one room.
    #[must_use]
    pub fn of(&self, room: &str) -> BTreeSet<ActDigest> {
        self.0.get(room).cloned().unwrap_or_default()
    }

    /// Each room with each of its heads.
    pub fn each(&self) -> impl Iterator<Item = (&str, &ActDigest)> {
        self.0
            .iter()
            .flat_map(|(room, heads)| heads.iter().map(move |head| (room.as_str(), head)))
    }
}

impl FromIterator<(String, BTreeSet<ActDigest>)> for Heads {
    fn from_iter<I: IntoIterator<Item = (String, BTreeSet<ActDigest>)>>(rooms: I) -> Self {
        Heads(rooms.into_iter().collect())
    }
}

impl fmt::Display for Heads {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.each()
            .try_for_each(|(room, head)| writeln!(f, "{room} {head}"))
    }
}

impl FromStr for Heads {
    type Err = HeadsError;

    fn from_str(text: &str) -> Result<Self, HeadsError> {
        if text.len() > LARGEST_HEADS {
            return Err(HeadsError::TooLarge(text.len()));
        }
        let mut heads = Heads::default();
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() {
                continue;
            }
            let read = line.rsplit_once(' ').and_then(|(room, act)| {
                let room = room.trim_end();
                Some((is_name(room).then_some(room)?, act.parse().ok()?))
            });
            let (room, act) = read.ok_or(HeadsError::Line { line: index + 1 })?;
            heads.0.entry(room.to_owned()).or_default().insert(act);
        }
        Ok(heads)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_read_as_they_are_written() {
        let act = ActDigest::of(b"x");
        let heads: Heads = [
            ("plenary".to_owned(), BTreeSet::from([act])),
            (
                "the long room".to_owned(),
                BTreeSet::from([act, ActDigest::of(b"y")]),
            ),
        ]
        .into_iter()
        .collect();
        assert_eq!(heads.to_string().parse(), Ok(heads));
    }

    #[test]
    fn what_is_no_head_is_named_by_its_line() {
        let check = |text: &str, expected| assert_eq!(text.parse::<Heads>().err(), expected);
        check("\n\n", None);
        check("plenary\n", Some(HeadsError::Line { line: 1 }));
        check("\nplenary 00\n", Some(HeadsError::Line { line: 2 }));
        check(
            &ActDigest::of(b"x").to_string(),
            Some(HeadsError::Line { line: 1 }),
        );
    }
}
