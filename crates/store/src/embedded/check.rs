//! A walk over every row and page that says what is not as it was written.

use std::collections::{BTreeMap, BTreeSet};

use onetext_seal::ActDigest;
use rusqlite::{Connection, params};

use super::access::Access;
use super::contents::{self, Given};
use super::counts::Counts;
use super::read::{COLUMNS, blob, fields};
use super::rooms::{Room, room_place, split_place};
use super::{arrivals, schema, small};
use crate::cipher::Secret;
use crate::error::StoreError;
use crate::report::{Finding, Report};
use crate::room::RoomState;
use crate::row::{Buffers, open_act};

/// Checks a store.
pub(super) fn check(access: &Access, connection: &Connection) -> Result<Report, StoreError> {
    let fail = |error| access.fail(error);
    // One transaction, so that all that is read belongs together.
    let transaction = connection.unchecked_transaction().map_err(fail)?;
    let mut walk = Walk {
        access,
        connection: &transaction,
        report: Report::default(),
        keys: BTreeMap::new(),
    };
    walk.catalogue()?;
    walk.pages();
    let counts = match Counts::read(access, &transaction) {
        Ok(counts) => counts,
        Err(StoreError::Damaged { place, what, .. }) => {
            walk.damage(place, what);
            return Ok(walk.done());
        }
        Err(other) => return Err(other),
    };
    let rooms = walk.part("table rooms", |walk| walk.rooms(counts.rooms));
    for room in rooms.unwrap_or_default() {
        walk.part("table acts", |walk| walk.room(&room));
    }
    walk.part("table acts", Walk::orphans);
    walk.part("table contents", |walk| walk.contents(counts.contents));
    walk.part("table settings", |walk| walk.settings(counts.settings));
    walk.part("table notes", |walk| walk.notes(counts.notes));
    walk.part("table snapshots", Walk::snapshots);
    Ok(walk.done())
}

struct Walk<'a> {
    access: &'a Access,
    connection: &'a Connection,
    report: Report,
    /// What rooms were given: the workspace's name of each content, its digest, and the key that the room has.
    keys: BTreeMap<Vec<u8>, (onetext_seal::ContentDigest, Vec<Secret>)>,
}

impl Walk<'_> {
    fn done(mut self) -> Report {
        self.report.findings.sort();
        self.report.findings.dedup();
        self.report
    }

    fn damage(&mut self, place: impl Into<String>, what: impl Into<String>) {
        self.report.findings.push(Finding::Damage {
            place: place.into(),
            what: what.into(),
        });
    }

    fn act(&mut self, id: ActDigest, what: impl Into<String>) {
        self.report.findings.push(Finding::Act {
            id,
            what: what.into(),
        });
    }

    /// Walks over one part; where the database fails on the way, that is a finding.
    fn part<T>(
        &mut self,
        place: &str,
        walk: impl FnOnce(&mut Self) -> rusqlite::Result<T>,
    ) -> Option<T> {
        match walk(self) {
            Ok(done) => Some(done),
            Err(error) => {
                self.damage(place, error.to_string());
                None
            }
        }
    }

    /// The database's own catalogue: nothing may be in it that the migrations did not put there.
    fn catalogue(&mut self) -> Result<(), StoreError> {
        let fail = |error| self.access.fail(error);
        let expected: BTreeSet<_> = schema::expected().map_err(fail)?.into_iter().collect();
        let found: BTreeSet<_> = match schema::catalogue(self.connection) {
            Ok(found) => found.into_iter().collect(),
            Err(error) => {
                self.damage("the catalogue", error.to_string());
                return Ok(());
            }
        };
        for (sort, name, _) in found.difference(&expected) {
            self.damage(format!("{sort} {name}"), "it is none of this store's");
        }
        for (sort, name, _) in expected.difference(&found) {
            self.damage(format!("{sort} {name}"), "it is missing or was changed");
        }
        Ok(())
    }

    /// Pages and indexes, by the database's own check.
    fn pages(&mut self) {
        self.part("the pages", |walk| {
            let mut statement = walk.connection.prepare("PRAGMA integrity_check")?;
            let lines = statement
                .query_map([], |row| row.get::<_, String>(0))?
                .collect::<rusqlite::Result<Vec<_>>>()?;
            for line in lines.iter().flat_map(|text| text.lines()) {
                if line != "ok" {
                    walk.damage("the pages", line);
                }
            }
            Ok(())
        });
    }

    fn rooms(&mut self, expected: u64) -> rusqlite::Result<Vec<Room>> {
        let mut statement = self
            .connection
            .prepare("SELECT number, tag, key, name FROM rooms ORDER BY number")?;
        let rows = statement
            .query_map([], |row| Room::read(self.access, row))?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        if rows.len() as u64 != expected {
            self.damage(
                "table rooms",
                format!("{} rows are there, {expected} were written", rows.len()),
            );
        }
        let mut rooms = Vec::new();
        for row in rows {
            match row {
                Ok(room) => {
                    if self.access.workspace.name("room", room.name.as_bytes()) != room.tag {
                        self.damage(room_place(room.number), "its tag is not that of its name");
                    }
                    rooms.push(room);
                }
                Err(bad) if bad.1 == "key" => self.report.findings.push(Finding::Key {
                    place: room_place(bad.0),
                }),
                Err(bad) => self.damage(room_place(bad.0), format!("its {} was changed", bad.1)),
            }
        }
        Ok(rooms)
    }

    /// A room's acts, arrivals and contents, against its standing.
    fn room(&mut self, room: &Room) -> rusqlite::Result<()> {
        let state = self
            .connection
            .prepare_cached("SELECT state FROM rooms WHERE number = ?1")?
            .query_row([room.number], |row| Ok(room.open_state(blob(row, 0))))?;
        let rebuilt = self.acts(room)?;
        let given = self.given(room)?;
        match state {
            None => self.damage(room_place(room.number), "its standing does not open"),
            Some(state) => self.compare(room, &state, &rebuilt, given),
        }
        Ok(())
    }

    fn compare(&mut self, room: &Room, state: &RoomState, rebuilt: &Rebuilt, given: u64) {
        let place = room_place(room.number);
        let mut counted = |sort: &str, found: u64, written: u64| {
            if found != written {
                self.damage(
                    place.clone(),
                    format!("{found} {sort} are there, {written} were written"),
                );
            }
        };
        counted("acts", rebuilt.rows, state.acts);
        counted("arrivals", rebuilt.arrivals, state.acts);
        counted("contents", given, state.contents);
        // Where a row does not open, the rest cannot be compared; the row is named.
        if rebuilt.whole {
            let expected = RoomState {
                contents: state.contents,
                ..rebuilt.state.clone()
            };
            if expected != *state {
                self.damage(place, "its heads or counts are not those of its acts");
            }
        }
    }

    fn acts(&mut self, room: &Room) -> rusqlite::Result<Rebuilt> {
        let words = format!(
            "SELECT {COLUMNS}, sealed FROM acts LEFT JOIN arrivals USING (place) \
             WHERE place BETWEEN ?1 AND ?2 ORDER BY place"
        );
        let mut statement = self.connection.prepare_cached(&words)?;
        let mut rows = statement.query(params![room.place(0), room.last_place()])?;
        let mut rebuilt = Rebuilt::default();
        let mut buffers = Buffers::default();
        let mut seen = BTreeSet::new();
        while let Some(row) = rows.next()? {
            let place: i64 = row.get(0)?;
            rebuilt.rows += 1;
            let position = split_place(place).1;
            if position != rebuilt.rows {
                self.damage(
                    format!("table acts, row {place}"),
                    "it is not in its place in the order of arrival",
                );
            }
            let opened = self.act_row(room, place, fields(row), &mut buffers);
            match opened {
                None => rebuilt.whole = false,
                Some((id, envelope)) => {
                    let _ = rebuilt.state.enter(id, &envelope, |parent| {
                        Ok::<_, std::convert::Infallible>(seen.contains(parent))
                    });
                    seen.insert(id);
                }
            }
            self.arrival(room, row, place, &mut rebuilt)?;
        }
        Ok(rebuilt)
    }

    /// Opens and checks an act's row.
    fn act_row(
        &mut self,
        room: &Room,
        place: i64,
        fields: crate::row::RowFields<'_>,
        buffers: &mut Buffers,
    ) -> Option<(ActDigest, onetext_seal::Envelope)> {
        self.report.acts += 1;
        let Ok(id) = fields.id.try_into().map(ActDigest) else {
            self.damage(
                format!("table acts, row {place}"),
                "its id has a wrong length",
            );
            return None;
        };
        let act = match open_act(&room.cipher, &room.tag, fields, buffers) {
            Ok(act) => act.signed(),
            Err(bad) => {
                self.act(id, format!("its {} was changed", bad.0));
                return None;
            }
        };
        if act.id() != id {
            self.act(id, "its envelope is that of another act");
            return None;
        }
        match act.check() {
            Err(fault) => {
                self.act(id, fault.to_string());
                None
            }
            Ok(envelope) if envelope.room != room.name => {
                self.act(id, "it stands in another room than its own");
                None
            }
            Ok(envelope) => Some((id, envelope)),
        }
    }

    fn arrival(
        &mut self,
        room: &Room,
        row: &rusqlite::Row<'_>,
        place: i64,
        rebuilt: &mut Rebuilt,
    ) -> rusqlite::Result<()> {
        let where_it_is = format!("table arrivals, row {place}");
        if row.get_ref(7)? == rusqlite::types::ValueRef::Null {
            self.damage(where_it_is, "it is missing");
            return Ok(());
        }
        rebuilt.arrivals += 1;
        let position = split_place(place).1;
        if arrivals::open(room, position, blob(row, 1), blob(row, 7)).is_none() {
            self.damage(where_it_is, "it was changed");
        }
        Ok(())
    }

    /// What a room was given.
    fn given(&mut self, room: &Room) -> rusqlite::Result<u64> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT tag, sealed FROM given WHERE room = ?1")?;
        let mut rows = statement.query([room.number])?;
        let mut count = 0;
        while let Some(row) = rows.next()? {
            count += 1;
            let place = format!("table given, row {count} of room {}", room.number);
            let tag = blob(row, 0);
            let given = contents::open_given(room, tag, blob(row, 1));
            let named = |name| contents::room_tag(room, name)[..] == *tag;
            match given {
                Some(Given::Key(name, key)) if named(&name) => {
                    let tag = contents::tag(self.access, &name).to_vec();
                    let entry = self.keys.entry(tag).or_insert((name, Vec::new()));
                    entry.1.push(key);
                }
                Some(Given::Erased(name)) if named(&name) => {}
                _ => self.damage(place, "it was changed"),
            }
        }
        Ok(count)
    }

    /// Rows that belong to no room.
    fn orphans(&mut self) -> rusqlite::Result<()> {
        for (table, place) in [
            ("acts", "place >> 40"),
            ("arrivals", "place >> 40"),
            ("given", "room"),
        ] {
            let words = format!(
                "SELECT count(*) FROM {table} WHERE {place} NOT IN (SELECT number FROM rooms)"
            );
            let count: i64 = self.connection.query_row(&words, [], |row| row.get(0))?;
            if count != 0 {
                self.damage(
                    format!("table {table}"),
                    format!("{count} rows belong to no room"),
                );
            }
        }
        let count: i64 = self.connection.query_row(
            "SELECT count(*) FROM arrivals WHERE place NOT IN (SELECT place FROM acts)",
            [],
            |row| row.get(0),
        )?;
        if count != 0 {
            self.damage("table arrivals", format!("{count} rows belong to no act"));
        }
        Ok(())
    }

    /// Contents: each opens with every key that a room has of it, is what it is named, and is some room's.
    fn contents(&mut self, expected: u64) -> rusqlite::Result<()> {
        let mut statement = self
            .connection
            .prepare("SELECT number, tag, key, bytes FROM contents ORDER BY number")?;
        let mut rows = statement.query([])?;
        let mut count = 0;
        while let Some(row) = rows.next()? {
            count += 1;
            let number: i64 = row.get(0)?;
            let place = format!("table contents, row {number}");
            let (tag, wrapped, bytes) = (blob(row, 1), blob(row, 2), blob(row, 3));
            let Some((name, keys)) = self.keys.remove(tag) else {
                self.damage(place, "no room was given it");
                continue;
            };
            let Some(own) = contents::open_kept_key(self.access, tag, wrapped) else {
                self.report.findings.push(Finding::Key { place });
                continue;
            };
            if keys.iter().any(|key| *key != own) {
                self.damage(
                    place.clone(),
                    format!("a room has another key of content {name}"),
                );
            }
            if contents::open_bytes(&own, tag, &name, bytes).is_none() {
                self.damage(place, format!("content {name} was changed"));
            }
        }
        self.report.contents = count;
        if count != expected {
            self.damage(
                "table contents",
                format!("{count} rows are there, {expected} were written"),
            );
        }
        let missing: Vec<_> = std::mem::take(&mut self.keys).into_values().collect();
        for (name, _) in missing {
            self.damage("table contents", format!("content {name} is missing"));
        }
        Ok(())
    }

    fn settings(&mut self, expected: u64) -> rusqlite::Result<()> {
        let words = "SELECT tag, 0, sealed FROM settings";
        self.small("settings", words, Some(expected), |tag, _| {
            small::setting_place(tag)
        })
    }

    fn notes(&mut self, expected: u64) -> rusqlite::Result<()> {
        let words = "SELECT tag, position, sealed FROM notes";
        self.small("notes", words, Some(expected), small::note_place)
    }

    fn snapshots(&mut self) -> rusqlite::Result<()> {
        let words = "SELECT tag, 0, sealed FROM snapshots";
        self.small("snapshots", words, None, |tag, _| {
            small::snapshot_place(tag)
        })
    }

    /// Rows that are sealed under the workspace's key.
    fn small(
        &mut self,
        table: &str,
        words: &str,
        expected: Option<u64>,
        place: impl Fn(&[u8], i64) -> Vec<u8>,
    ) -> rusqlite::Result<()> {
        let mut statement = self.connection.prepare(words)?;
        let mut rows = statement.query([])?;
        let mut count = 0;
        while let Some(row) = rows.next()? {
            count += 1;
            let place = place(blob(row, 0), row.get(1).unwrap_or_default());
            let good = self.access.workspace.open(&place, blob(row, 2)).is_ok();
            if !good {
                self.damage(format!("table {table}, row {count}"), "it was changed");
            }
        }
        match expected {
            Some(expected) if expected != count => self.damage(
                format!("table {table}"),
                format!("{count} rows are there, {expected} were written"),
            ),
            _ => {}
        }
        Ok(())
    }
}

/// A room's standing, rebuilt from its acts.
struct Rebuilt {
    state: RoomState,
    rows: u64,
    arrivals: u64,
    /// Whether every row opened.
    whole: bool,
}

impl Default for Rebuilt {
    fn default() -> Rebuilt {
        Rebuilt {
            state: RoomState::default(),
            rows: 0,
            arrivals: 0,
            whole: true,
        }
    }
}
