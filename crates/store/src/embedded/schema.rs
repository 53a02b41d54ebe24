//! The tables, as numbered migrations. A migration that was released is never changed.

use rusqlite::Connection;

/// `OTxt`, in the header of every store, so that other programs can tell it.
pub(super) const APPLICATION: i64 = 0x4f54_7874;

/// The migrations, in order; the version of a store is how many of them it has seen.
const MIGRATIONS: &[&str] = &[include_str!("migrations/0001.sql")];

/// The version that this program writes.
pub(super) const VERSION: i64 = MIGRATIONS.len() as i64;

/// Brings the tables from a version to this program's. The caller holds a transaction.
pub(super) fn migrate(connection: &Connection, from: i64) -> rusqlite::Result<()> {
    let done = usize::try_from(from).unwrap_or(0);
    for migration in MIGRATIONS.iter().skip(done) {
        connection.execute_batch(migration)?;
    }
    connection.pragma_update(None, "user_version", VERSION)
}

/// Everything that the database's own catalogue lists, in order of names: sort, name and words.
pub(super) fn catalogue(
    connection: &Connection,
) -> rusqlite::Result<Vec<(String, String, Option<String>)>> {
    let mut statement =
        connection.prepare("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    rows.collect()
}

/// The catalogue of a store that is as it should be.
pub(super) fn expected() -> rusqlite::Result<Vec<(String, String, Option<String>)>> {
    let connection = Connection::open_in_memory()?;
    migrate(&connection, 0)?;
    catalogue(&connection)
}
