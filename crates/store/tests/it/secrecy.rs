//! Who has the files and no key reads no word and no name.

use std::ops::ControlFlow;

use onetext_seal::ContentDigest;
use onetext_store::{Batch, Store as _};

use crate::world::{Writer, new_store, reopen};

/// Words and names of an invented process, and of the format, none of which may be found. (Words of the
/// tables' definitions are not among them.)
const WORDS: &[&str] = &[
    "plenary",
    "caucus-north",
    "lighthouse",
    "The Parties shall meet",
    "Maren Vela",
    "Ostrava Bay",
    "встреча",
    "المنارة",
    "mediator",
    "vela",
    "2031-03-06",
    "sha256-ed25519",
    "language",
    "pouches to south",
    "snapshot of north",
    "actor",
    "recorder",
];

#[test]
fn a_stolen_store_shows_no_word_and_no_name() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = new_store(folder.path());
    let mut site = Writer::new(1);
    let mut signed = Vec::new();
    for (at, words) in WORDS.iter().enumerate() {
        let room = ["plenary", "caucus-north"][at % 2];
        let content = format!("{words}: The Parties shall meet at the lighthouse of Ostrava Bay.");
        let name = ContentDigest::of(content.as_bytes());
        let act = site.new_act(room, words).with(name, content.into_bytes());
        signed.push(act.act().clone());
        let batch = Batch {
            acts: &[act],
            settings: &[("language", Some(words.as_bytes()))],
            notes: &[("pouches to south", words.as_bytes())],
            ..Batch::default()
        };
        store.write(&batch).unwrap();
    }
    store
        .keep_snapshot(
            "snapshot of north",
            Some("Maren Vela at the lighthouse".as_bytes()),
        )
        .unwrap();
    let mut secrets: Vec<Vec<u8>> = WORDS
        .iter()
        .map(|words| words.as_bytes().to_vec())
        .collect();
    for act in &signed {
        secrets.push(act.envelope.clone());
        let body = act.body.as_ref().unwrap();
        secrets.extend([body.bytes.clone(), body.salt.to_vec()]);
    }
    search(folder.path(), &secrets, 3);
    drop(store);
    search(folder.path(), &secrets, 1);
}

fn search(folder: &std::path::Path, secrets: &[Vec<u8>], files: usize) {
    let mut searched = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        searched += 1;
        for secret in secrets {
            assert!(
                !bytes
                    .windows(secret.len())
                    .any(|window| window == &secret[..]),
                "{} shows {}",
                path.display(),
                String::from_utf8_lossy(secret)
            );
        }
    }
    assert_eq!(searched, files);
}

#[test]
fn what_is_erased_leaves_no_key_behind() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = new_store(folder.path());
    let mut site = Writer::new(1);
    let acts: Vec<_> = (0..20)
        .map(|at| site.new_act("plenary", &at.to_string()))
        .collect();
    store.append(&acts, 0).unwrap();
    let sealed: (Vec<u8>, Vec<u8>) = rusqlite::Connection::open(folder.path().join("onetext.db"))
        .unwrap()
        .query_row(
            "SELECT body_key, body FROM acts WHERE id = ?1",
            [&acts[7].id().0[..]],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .unwrap();
    store.erase(&acts[7].id()).unwrap();
    search(folder.path(), &[sealed.0.clone(), sealed.1.clone()], 3);
    drop(store);
    search(folder.path(), &[sealed.0, sealed.1], 1);
    let mut bodies = 0;
    let each = &mut |_, act: onetext_store::OpenAct<'_>| {
        bodies += usize::from(act.body.is_some());
        ControlFlow::Continue(())
    };
    reopen(folder.path()).read("plenary", 0, each).unwrap();
    assert_eq!(bodies, 19);
}
