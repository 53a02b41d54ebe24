//! The log of sign-ins, and how many attempts may fail.

use rusqlite::params;

use super::{Entrance, EntranceError};

/// For how long failed attempts count, in seconds.
const WINDOW: i64 = 15 * 60;
/// How many attempts on one name may fail in that time, from one address.
const ON_A_NAME: i64 = 5;
/// How many attempts may fail in that time from one address, whatever the names.
const FROM_AN_ADDRESS: i64 = 30;
/// For how long the log is kept, in seconds.
const KEPT: i64 = 180 * 86_400;

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

impl Entrance {
    /// Says whether an attempt on a name may be made from an address.
    ///
    /// # Errors
    /// [`EntranceError::Wait`] where too many have failed.
    pub fn may_try(&self, name: &str, source: &str, now: i64) -> Result<(), EntranceError> {
        let since = now.saturating_sub(WINDOW);
        let (mine, all, first): (i64, i64, Option<i64>) = self.file().query_row(
            "SELECT count(*) FILTER (WHERE name = ?1), count(*), min(at) FROM visits
             WHERE source = ?2 AND at > ?3 AND let_in = 0",
            params![name, source, since],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )?;
        if mine < ON_A_NAME && all < FROM_AN_ADDRESS {
            return Ok(());
        }
        let left = first.map_or(WINDOW, |first| {
            first.saturating_add(WINDOW).saturating_sub(now)
        });
        Err(EntranceError::Wait((left / 60).max(0) + 1))
    }

    /// Enters an attempt in the log. What was typed as a name is cut to what a name may be.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn enter_visit(&self, seat: Option<&str>, visit: &Visit) -> Result<(), EntranceError> {
        let file = self.file();
        file.execute(
            "DELETE FROM visits WHERE at < ?1",
            [visit.at.saturating_sub(KEPT)],
        )?;
        let name: String = visit.name.chars().take(80).collect();
        file.execute(
            "INSERT INTO visits (at, seat, name, way, source, let_in) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![visit.at, seat, name, visit.way, visit.source, visit.let_in],
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
