//! When somebody last looked at the state of play: what an open page compares with. It is a matter of this host, and no act.

use rusqlite::{OptionalExtension as _, params};

use super::{Entrance, EntranceError};

/// After how long without a look the next one begins a new sitting, in seconds.
const SITTING: i64 = 30 * 60;
/// How often a look is noted, in seconds.
const NOTED: i64 = 60;
/// After how long a look is forgotten, in seconds.
const KEPT: i64 = 180 * 24 * 3600;

impl Entrance {
    /// Notes that somebody of a seat looks now, and gives the second of the last look before this sitting; none at the first.
    /// `who` is the name of a person, or what names a session without one.
    ///
    /// # Errors
    /// Where it cannot be kept.
    pub fn look(&self, seat: &str, who: &str, now: i64) -> Result<Option<i64>, EntranceError> {
        let file = self.file();
        let found: Option<(Option<i64>, i64)> = file
            .prepare_cached("SELECT before, seen FROM looks WHERE seat = ?1 AND who = ?2")?
            .query_row(params![seat, who], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let before = match found {
            None => None,
            Some((_, seen)) if now.saturating_sub(seen) >= SITTING => Some(seen),
            Some((before, _)) => before,
        };
        let noted = found.is_some_and(|(_, seen)| now.saturating_sub(seen) < NOTED);
        if !noted {
            file.execute(
                "DELETE FROM looks WHERE seen < ?1",
                params![now.saturating_sub(KEPT)],
            )?;
            file.execute(
                "INSERT INTO looks (seat, who, before, seen) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (seat, who) DO UPDATE SET before = ?3, seen = ?4",
                params![seat, who, before, now],
            )?;
        }
        Ok(before)
    }

    /// Somebody says that everything was looked at: from now on changes are told.
    ///
    /// # Errors
    /// Where it cannot be kept.
    pub fn looked(&self, seat: &str, who: &str, now: i64) -> Result<(), EntranceError> {
        self.file().execute(
            "INSERT INTO looks (seat, who, before, seen) VALUES (?1, ?2, ?3, ?3)
             ON CONFLICT (seat, who) DO UPDATE SET before = ?3, seen = ?3",
            params![seat, who, now],
        )?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn a_sitting_compares_with_the_one_before_and_each_person_has_its_own() {
        let entrance = Entrance::in_memory().unwrap();
        let look = |who, now| entrance.look("a", who, now).unwrap();
        assert_eq!(look("x", 1_000), None);
        assert_eq!(look("x", 1_100), None, "the same sitting");
        assert_eq!(look("x", 9_000), Some(1_100), "the next one");
        assert_eq!(look("x", 9_030), Some(1_100));
        assert_eq!(look("y", 9_030), None);
        entrance.looked("a", "x", 9_500).unwrap();
        assert_eq!(look("x", 9_600), Some(9_500));
        assert_eq!(entrance.look("b", "x", 9_600).unwrap(), None);
    }
}
