//! What a site must not hold: the name of a room in which its seat does not sit, and every word that was said there. Looked
//! for in everything that its keys open, and in the bytes of its files as they lie on the disk.

use std::ops::ControlFlow;
use std::path::Path;

use onetext_desk::workspace::{KEYS_FOLDER, STORE_FILE};
use onetext_store::{EmbeddedStore, KeyRing, Options, SeededEntropy, Store as _};

use super::SEATS;
use super::site::{MARK, Site, rooms_of};
use crate::failure::{Failure, Result, While};

/// Words of the process that no file may show: of rooms, persons, texts, drafts and acts.
const CLEAR: [&str; 8] = [
    MARK,
    "caucus-",
    "Lower Ford",
    "The ferry runs",
    "letter-",
    "Kelder",
    "plenary",
    "draft-base",
];

/// What is told in one room alone, with that room.
const TOLD_IN: [(&str, &str); 6] = [
    ("caucus-sahrel", "letter-sahrel"),
    ("caucus-sahrel", "answers for the ferry"),
    ("caucus-thessa", "letter-thessa"),
    ("caucus-thessa", "answers for the mill"),
    ("chamber-mediator", "working-1"),
    ("chamber-mediator", "There is no toll"),
];

/// No word of another room is there, neither under this site's keys nor in clear.
pub(super) fn holds_only_its_rooms(site: &mut Site) -> Result {
    let own = rooms_of(&site.seat);
    let mut foreign: Vec<String> = SEATS.iter().flat_map(|seat| rooms_of(seat)).collect();
    foreign.retain(|room| !own.contains(room));
    let told = TOLD_IN
        .iter()
        .filter(|(room, _)| foreign.iter().any(|other| other == room));
    let told: Vec<String> = told.map(|(_, words)| (*words).to_owned()).collect();
    foreign.extend(told);
    let dump = decrypted(site)?;
    for words in &foreign {
        if let Some((place, _)) = dump.iter().find(|(_, bytes)| shows(bytes, words)) {
            return Err(Failure::because(format!(
                "{} holds {words:?}, in {place}",
                site.seat
            )));
        }
    }
    files_show_nothing(site.desk.folder())
}

/// Everything that the keys of a site open, piece by piece, each with its place.
fn decrypted(site: &Site) -> Result<Vec<(String, Vec<u8>)>> {
    let folder = site.desk.folder();
    let ring = KeyRing::open(&folder.join(KEYS_FOLDER), None).on("keys")?;
    let entropy = Box::new(SeededEntropy::new(0));
    let store = EmbeddedStore::open(
        &folder.join(STORE_FILE),
        ring.workspace(),
        entropy,
        Options::default(),
    )
    .on("store")?;
    let mut dump = Vec::new();
    for room in store.rooms().on("rooms")? {
        dump.push(("the list of rooms".to_owned(), room.clone().into_bytes()));
        store
            .read(&room, 0, &mut |_, act| {
                dump.push((format!("an envelope of {room}"), act.envelope.to_vec()));
                if let Some((body, _)) = &act.body {
                    dump.push((format!("a body of {room}"), body.to_vec()));
                }
                ControlFlow::Continue(())
            })
            .on(&room)?;
        for arrival in store.arrivals(&room, 0).on(&room)? {
            for name in &arrival.contents {
                if let Some(bytes) = store.content(&room, name).on(&room)? {
                    dump.push((format!("a content of {room}"), bytes));
                }
            }
        }
    }
    for name in ["process", "seat"] {
        dump.extend(
            store
                .setting(name)
                .on(name)?
                .map(|bytes| (format!("the setting {name}"), bytes)),
        );
    }
    for other in &site.others {
        let name = format!("heads of {other}");
        dump.extend(
            store
                .setting(&name)
                .on(&name)?
                .map(|bytes| (format!("the setting {name}"), bytes)),
        );
    }
    Ok(dump)
}

fn shows(bytes: &[u8], words: &str) -> bool {
    bytes
        .windows(words.len())
        .any(|window| window == words.as_bytes())
}

fn files_show_nothing(folder: &Path) -> Result {
    for entry in std::fs::read_dir(folder).on(folder.display())? {
        let path = entry.on(folder.display())?.path();
        if path.is_dir() {
            files_show_nothing(&path)?;
            continue;
        }
        let bytes = std::fs::read(&path).on(path.display())?;
        if let Some(words) = CLEAR.iter().find(|words| shows(&bytes, words)) {
            return Err(Failure::because(format!(
                "{} shows {words:?} in clear",
                path.display()
            )));
        }
    }
    Ok(())
}
