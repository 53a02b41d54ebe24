//! A store of every version that was ever written opens, and holds what was written into it.

use std::path::PathBuf;

use onetext_seal::ContentDigest;
use onetext_store::{Batch, Store as _};

use crate::world::{Writer, new_store, reopen};

const WORDING: &[u8] = b"The Parties shall meet at the lighthouse.";

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/it/samples")
}

/// The version that this program writes.
const LATEST: u32 = 1;

#[test]
fn a_store_of_every_version_opens() {
    for version in 1..=LATEST {
        let place = tempfile::tempdir().unwrap();
        let sample = folder().join(format!("version-{version}.db"));
        std::fs::copy(&sample, place.path().join("onetext.db")).unwrap();
        let store = reopen(place.path());
        let report = store.check().unwrap();
        assert!(report.is_good(), "version {version}: {:?}", report.findings);
        assert_eq!(store.rooms().unwrap(), ["caucus", "plenary"]);
        assert_eq!(store.count("plenary").unwrap(), 3);
        let name = ContentDigest::of(WORDING);
        assert_eq!(
            store.content("plenary", &name).unwrap().as_deref(),
            Some(WORDING)
        );
        assert_eq!(store.content("caucus", &name).unwrap(), None);
        assert_eq!(
            store.setting("language").unwrap().as_deref(),
            Some(&b"fr"[..])
        );
        assert_eq!(store.notes("pouches").unwrap(), [b"first".to_vec()]);
        let site = Writer::new(1).key().site();
        assert_eq!(store.next_sequence("plenary", &site).unwrap(), 3);
        let erased = store.heads("caucus").unwrap();
        assert_eq!(store.get(&erased[0]).unwrap().unwrap().body, None);
    }
}

/// Writes the sample of the latest version: once, when the version is new.
#[test]
fn write_the_sample_of_the_latest_version() {
    let sample = folder().join(format!("version-{LATEST}.db"));
    if sample.exists() {
        return;
    }
    let place = tempfile::tempdir().unwrap();
    let mut store = new_store(place.path());
    let mut site = Writer::new(1);
    let mut acts = vec![site.new_act("caucus", "between us")];
    for words in ["one", "two", "three"] {
        acts.push(site.new_act("plenary", words));
    }
    let last = acts.pop().unwrap();
    acts.push(last.with(ContentDigest::of(WORDING), WORDING));
    let batch = Batch {
        acts: &acts,
        received: 1_930_000_000_000_000,
        settings: &[("language", Some(b"fr"))],
        notes: &[("pouches", b"first")],
    };
    store.write(&batch).unwrap();
    store.erase(&acts[0].id()).unwrap();
    store.backup(&sample).unwrap();
}
