//! What is written is what was read.

use std::collections::BTreeMap;

use onetext_paper::dossier;
use onetext_talks::testing::{records, same};
use onetext_talks::{Deed, Record};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

fn written_and_read(record: &Record) -> Result<Record, String> {
    let dossier = dossier::write(record);
    dossier::read(&dossier.toml, &mut dossier.folder())
        .map_err(|errors| format!("{errors:#?}\n{}", dossier.toml))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(60) })]

    #[test]
    fn a_record_that_is_written_is_read_again(record in records()) {
        let again = written_and_read(&record).map_err(TestCaseError::fail)?;
        same(&record, &again).map_err(TestCaseError::fail)?;
        let once = dossier::write(&again);
        let twice = written_and_read(&again).map_err(TestCaseError::fail)?;
        prop_assert_eq!(once, dossier::write(&twice));
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = dossier::decode(&bytes).map(|text| dossier::read(text, &mut BTreeMap::new()).is_ok());
    }

    #[test]
    fn a_damaged_dossier_is_read_or_refused(
        record in records(),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), "[\\[\\]{}\"'#=.\\n\\\\a1, ]{0,4}"), 1..6),
    ) {
        let dossier = dossier::write(&record);
        let mut letters: Vec<char> = dossier.toml.chars().collect();
        for (from, length, put) in cuts {
            let from = from.index(letters.len().max(1));
            let to = (from + length.index(30)).min(letters.len());
            letters.splice(from.min(to)..to, put.chars());
        }
        let damaged: String = letters.into_iter().collect();
        if let Err(errors) = dossier::read(&damaged, &mut dossier.folder()) {
            prop_assert!(!errors.is_empty() && errors.len() <= dossier::MOST_ERRORS);
            prop_assert!(errors.is_sorted_by_key(|error| (error.line, error.column)));
            prop_assert!(errors.iter().all(|error| error.line <= damaged.lines().count() + 1));
        }
    }
}

#[test]
fn files_come_back_byte_for_byte_under_their_names() {
    let long = "d".repeat(3_000);
    let odd = "d/../ü ..\\:*";
    let mut files = super::basis_files();
    files.insert(
        "UP.md".to_owned(),
        "\u{feff}1. The river.\r\n\r\n2. The mill.".into(),
    );
    files.insert("up.md".to_owned(), b"1. Another river.\n".to_vec());
    let mut source = super::BASIS.to_owned();
    for (id, file) in [(long.as_str(), "UP.md"), (odd, "up.md"), ("d3", "UP.md")] {
        source += &format!("[[draft]]\nid = '{id}'\ntext = \"main\"\nfile = \"{file}\"\n\n");
    }
    let record = dossier::read(&source, &mut files).unwrap();
    let written = dossier::write(&record);
    let folder = written.folder();
    assert_eq!(folder["UP.md"], files["UP.md"]);
    assert_eq!(folder["d1.md"], files["d1.md"]);
    assert!(folder.values().any(|bytes| *bytes == files["up.md"]));
    assert!(
        folder
            .keys()
            .all(|name| dossier::is_inside(name) && name.len() < 400)
    );
    let again = written_and_read(&record).unwrap();
    assert_eq!(dossier::write(&again).files.len(), written.files.len());
    let manifests = |record: &Record| {
        record
            .drafts
            .iter()
            .map(|draft| draft.issued.manifest.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(manifests(&record), manifests(&again));
}

#[test]
fn random_records_hold_every_kind_of_act() {
    let mut runner = TestRunner::deterministic();
    let mut kinds: BTreeMap<&str, usize> = dossier::schema::KINDS
        .iter()
        .map(|kind| (kind.name, 0))
        .collect();
    for _ in 0..100 {
        let record = records().new_tree(&mut runner).unwrap().current();
        for act in &record.acts {
            *kinds.entry(act.deed.kind()).or_default() += 1;
            assert!(
                !matches!(&act.deed, Deed::Acknowledge(deed) if deed.file.is_some() && deed.copy.is_none())
            );
        }
    }
    let rare: Vec<_> = kinds.iter().filter(|(_, count)| **count == 0).collect();
    assert!(rare.is_empty(), "{rare:?} of {kinds:?}");
}
