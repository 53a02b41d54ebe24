//! The worked example of the shared specification.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use onetext_paper::dossier;
use onetext_talks::Deed;

/// The folder of the example, where it is at hand: beside the project, or beside its work trees.
fn folder() -> Option<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors()
        .map(|above| above.join("shared/data/dossiers/article-day"))
        .find(|folder| folder.is_dir())
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap());
    entries
        .filter(|entry| entry.path().is_file())
        .map(|entry| {
            (
                entry.file_name().into_string().unwrap(),
                std::fs::read(entry.path()).unwrap(),
            )
        })
        .collect()
}

#[test]
fn the_article_day_is_read_whole_and_written_again() {
    let Some(folder) = folder() else { return };
    let mut files = files(&folder);
    let source = String::from_utf8(files["dossier.toml"].clone()).unwrap();
    let record = dossier::read(&source, &mut files).unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert_eq!(record.acts.len(), source.matches("[[act]]").count());
    assert_eq!(record.process.levels.last().unwrap(), "leader");
    let seen = record
        .acts
        .iter()
        .find(|act| act.id == *"v1-seen-in-moscow")
        .unwrap();
    assert_eq!((seen.seat.as_str(), seen.recorder.as_str()), ("ru", "us"));
    assert!(matches!(&seen.deed, Deed::Acknowledge(deed) if deed.copy.is_some()));

    let once = dossier::write(&record);
    let again = dossier::read(&once.toml, &mut once.folder())
        .unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert_eq!(again.acts, record.acts);
    assert_eq!(again.texts, record.texts);
    for (one, other) in record.drafts.iter().zip(&again.drafts) {
        assert_eq!(one.issued.manifest, other.issued.manifest);
        assert_eq!(one.issued.lineage, other.issued.lineage);
    }
    assert_eq!(dossier::write(&again), once);
}
