//! The log of sign-ins, and how many attempts may fail.

use rusqlite::params;

use super::{Entrance, EntranceError};

/// For how long failed attempts count, in seconds.
const WINDOW: i64 = 15 * 60;
/// How many attempts on one name may fail in that time, from one address.
const ON_A_NAME: i64 = 5;
/// How many attempts may fail in that time from one address, whatever the names.
const FROM_AN_ADDRESS: i64 = 30;
/// How many attempts on one name may fail in that time from all addresses together, before attempts on it must keep apart.
const ON_A_NAME_IN_ALL: i64 = 20;
/// By how much, in seconds. It is no lock: whoever came in from an address before is heard there all the same.
const APART: i64 = 10;
/// For how long the log is kept, in seconds.
const KEPT: i64 = 180 * 86_400;

/// In place of a name: a code was tried, a link was, or a name that may be free.
pub(crate) const A_CODE: &str = "(a code)";
pub(crate) const A_LINK: &str = "(a link)";
pub(crate) const A_NAME: &str = "(a name)";

/// A sign-in, or an attempt at one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// When, in seconds since 1970.
    pub at: i64,
    /// In which name.
    pub name: String,
    /// By which way: password, link, code.
    pub way: String,
    /// From which address.
    pub source: String,
    /// Whether it was let in.
    pub let_in: bool,
}

fn is_no_name(name: &str) -> bool {
    [A_CODE, A_LINK, A_NAME].contains(&name)
}

impl Entrance {
    /// What an attempt on a name is counted under: the same for what is recognised as the same name, or differs in case alone.
    fn counted(&self, name: &str) -> Vec<u8> {
        let name: String = name.trim().to_lowercase();
        ring::hmac::sign(&self.counts, name.as_bytes())
            .as_ref()
            .to_vec()
    }

    /// Says whether an attempt on a name may be made from an address.
    ///
    /// # Errors
    /// [`EntranceError::Wait`] where too many have failed.
    pub fn may_try(&self, name: &str, source: &str, now: i64) -> Result<(), EntranceError> {
        let since = now.saturating_sub(WINDOW);
        let (counted, name) = (self.counted(name), name.trim());
        let file = self.file();
        let (mine, all, first): (i64, i64, Option<i64>) = file.query_row(
            "SELECT count(*) FILTER (WHERE counted = ?1 OR name = ?2), count(*), min(at) FROM visits
             WHERE source = ?3 AND at > ?4 AND let_in = 0",
            params![counted, name, source, since],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )?;
        if mine >= ON_A_NAME || all >= FROM_AN_ADDRESS {
            let left = first.map_or(WINDOW, |first| {
                first.saturating_add(WINDOW).saturating_sub(now)
            });
            return Err(EntranceError::Wait((left / 60).max(0) + 1));
        }
        // What is no name is tried by everybody who comes.
        if is_no_name(name) {
            return Ok(());
        }
        let (failed, last, known): (i64, Option<i64>, bool) = file.query_row(
            "SELECT count(*), max(at), EXISTS (SELECT 1 FROM visits WHERE name = ?2 AND source = ?3 AND let_in = 1)
             FROM visits WHERE (counted = ?1 OR name = ?2) AND at > ?4 AND let_in = 0",
            params![counted, name, source, since],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )?;
        let apart = last.is_none_or(|last| now.saturating_sub(last) >= APART);
        match failed < ON_A_NAME_IN_ALL || known || apart {
            true => Ok(()),
            false => Err(EntranceError::Wait(1)),
        }
    }

    /// Enters an attempt in the log. What was typed as a name and is none here is not kept: it may be a password in the wrong
    /// field. It is counted.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn enter_visit(&self, seat: Option<&str>, visit: &Visit) -> Result<(), EntranceError> {
        let counted = self.counted(&visit.name);
        let file = self.file();
        file.execute(
            "DELETE FROM visits WHERE at < ?1",
            [visit.at.saturating_sub(KEPT)],
        )?;
        let name: String = match seat.is_some() || is_no_name(&visit.name) {
            true => visit.name.trim().chars().take(80).collect(),
            false => String::new(),
        };
        file.execute(
            "INSERT INTO visits (at, seat, name, way, source, let_in, counted) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![visit.at, seat, name, visit.way, visit.source, visit.let_in, counted],
        )?;
        Ok(())
    }

    /// The last visits to a seat, the latest first.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn visits(&self, seat: &str, most: u32) -> Result<Vec<Visit>, EntranceError> {
        let file = self.file();
        let mut rows = file.prepare(
            "SELECT at, name, way, source, let_in FROM visits WHERE seat = ?1 ORDER BY at DESC, rowid DESC LIMIT ?2",
        )?;
        let visits = rows.query_map(params![seat, most], |row| {
            Ok(Visit {
                at: row.get(0)?,
                name: row.get(1)?,
                way: row.get(2)?,
                source: row.get(3)?,
                let_in: row.get(4)?,
            })
        })?;
        Ok(visits.collect::<Result<_, _>>()?)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    fn visit(name: &str, source: &str, at: i64, let_in: bool) -> Visit {
        Visit {
            at,
            name: name.to_owned(),
            way: "password".to_owned(),
            source: source.to_owned(),
            let_in,
        }
    }

    #[test]
    fn a_name_has_five_attempts_from_an_address_however_it_is_written() {
        let door = Entrance::in_memory().unwrap();
        for name in ["Vara", "Vara ", " vara", "VARA", "Vara\t"] {
            assert!(door.may_try(name, "192.0.2.1", 1_000).is_ok(), "{name:?}");
            let failed = visit(name, "192.0.2.1", 1_000, false);
            door.enter_visit(None, &failed).unwrap();
        }
        for name in ["Vara", "vara "] {
            assert!(door.may_try(name, "192.0.2.1", 1_000).is_err());
            assert!(door.may_try(name, "192.0.2.2", 1_000).is_ok());
        }
        assert!(door.may_try("Vara", "192.0.2.1", 1_000 + WINDOW).is_ok());
    }

    #[test]
    fn attempts_on_a_name_from_everywhere_keep_apart_and_shut_nobody_out() {
        let door = Entrance::in_memory().unwrap();
        let came = visit("Vara", "192.0.2.200", 500, true);
        door.enter_visit(Some("sahrel"), &came).unwrap();
        for at in 0..20 {
            let source = format!("192.0.2.{at}");
            assert!(door.may_try("Vara", &source, 1_000).is_ok());
            let failed = visit("Vara", &source, 1_000, false);
            door.enter_visit(Some("sahrel"), &failed).unwrap();
        }
        let new = "198.51.100.1";
        assert!(door.may_try("Vara", new, 1_000 + APART - 1).is_err());
        assert!(door.may_try("Vara", new, 1_000 + APART).is_ok());
        assert!(door.may_try("Vara", "192.0.2.200", 1_001).is_ok());
        assert!(door.may_try("Another", new, 1_001).is_ok());
    }

    #[test]
    fn what_was_typed_as_a_name_and_is_none_is_not_kept() {
        let door = Entrance::in_memory().unwrap();
        let failed = visit("four words and a river", "192.0.2.1", 1_000, false);
        door.enter_visit(None, &failed).unwrap();
        let kept: String = door
            .file()
            .query_row(
                "SELECT group_concat(name || way || source) FROM visits",
                [],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(kept, "password192.0.2.1");
    }
}
