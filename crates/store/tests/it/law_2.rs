//! Law 2: what is kept of a room does not depend on what is kept of another.

use std::collections::BTreeSet;
use std::path::Path;

use onetext_seal::ContentDigest;
use onetext_store::{Batch, Store};
use rusqlite::Connection;

use crate::world::{Writer, seeded_store};

type Rows = BTreeSet<Vec<Vec<u8>>>;

/// Every row of a room, found by the room's tag, without what says where in the file it lies.
fn dump(path: &Path, tag: Option<&[u8]>) -> (Vec<u8>, Rows) {
    let file = Connection::open(path.join("onetext.db")).unwrap();
    let find = "SELECT number, tag FROM rooms WHERE ?1 IS NULL OR tag = ?1";
    let (number, tag): (i64, Vec<u8>) = file
        .query_row(find, [tag], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    let mut rows = Rows::new();
    for words in [
        "SELECT 'room', tag, key, name, state FROM rooms WHERE number = ?1",
        "SELECT 'act', place & 0xffffffffff, id, envelope, body_key, body, signature, person \
         FROM acts WHERE place >> 40 = ?1",
        "SELECT 'arrival', place & 0xffffffffff, sealed FROM arrivals WHERE place >> 40 = ?1",
        "SELECT 'given', tag, sealed FROM given WHERE room = ?1",
    ] {
        rows.extend(select(&file, words, number));
    }
    (tag, rows)
}

fn contents(path: &Path) -> Rows {
    let file = Connection::open(path.join("onetext.db")).unwrap();
    select(&file, "SELECT tag, key, bytes FROM contents WHERE ?1", 1)
}

fn select(file: &Connection, words: &str, number: i64) -> Rows {
    let mut statement = file.prepare(words).unwrap();
    let columns = statement.column_count();
    let rows = statement
        .query_map([number], |row| {
            (0..columns)
                .map(|column| {
                    Ok(match row.get_ref(column)? {
                        rusqlite::types::ValueRef::Integer(number) => number.to_be_bytes().to_vec(),
                        other => other.as_bytes_or_null()?.unwrap_or(b"none").to_vec(),
                    })
                })
                .collect::<rusqlite::Result<Vec<_>>>()
        })
        .unwrap();
    rows.collect::<rusqlite::Result<_>>().unwrap()
}

/// Writes the plenary; in the fuller world a caucus goes on between its acts.
fn world(folder: &Path, fuller: bool) {
    let mut store = seeded_store(folder, 5);
    let (mut site, mut caucus) = (Writer::new(1), Writer::new(2));
    let wording = b"The Parties shall meet at the lighthouse.";
    let name = ContentDigest::of(wording);
    for at in 0_i64..10 {
        if fuller {
            let words = format!("between us {at}");
            let act = caucus.new_act("caucus", &words).with(name, *wording);
            let other = words.into_bytes();
            let act = act.with(ContentDigest::of(&other), other);
            let batch = Batch {
                acts: &[act],
                settings: &[("mood", Some(&[at as u8]))],
                notes: &[("pouches", b"sent")],
                ..Batch::default()
            };
            store.write(&batch).unwrap();
        }
        let act = site.new_act("plenary", &format!("in the open {at}"));
        let act = if at % 3 == 1 {
            act.with(name, *wording)
        } else {
            act
        };
        store.append(std::slice::from_ref(&act), at).unwrap();
        if at == 7 {
            store.erase(&act.id()).unwrap();
        }
    }
}

#[test]
fn law_2_rows_of_a_room_do_not_depend_on_other_rooms() {
    let (bare, fuller) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    world(bare.path(), false);
    world(fuller.path(), true);
    let (tag, rows) = dump(bare.path(), None);
    assert_eq!(rows.len(), 1 + 10 + 10 + 1);
    assert_eq!(dump(fuller.path(), Some(&tag)), (tag, rows));
    let (few, many) = (contents(bare.path()), contents(fuller.path()));
    assert_eq!((few.len(), many.len()), (1, 11));
    assert!(few.is_subset(&many));
}
