//! Large dossiers, and hostile ones: read or refused within bounds.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use onetext_paper::dossier;

use super::{BASIS, act, errors};

/// 200 parties, 40 drafts of 600 points, and so many positions on them.
fn large(positions: usize) -> (String, BTreeMap<String, Vec<u8>>) {
    let mut toml = "[process]\nid = \"p\"\ntitle = \"P\"\npen_holder = \"med\"\n\n[[seat]]\nid = \"med\"\nname = \"M\"\nrole = \"mediator\"\n".to_owned();
    let mut files = BTreeMap::new();
    for seat in 0..200 {
        let _ = write!(
            toml,
            "\n[[seat]]\nid = \"s{seat}\"\nname = \"Seat {seat}\"\nrole = \"party\"\n\n[[person]]\nid = \"p{seat}\"\nname = \"P\"\nseat = \"s{seat}\"\nlevel = \"leader\"\npowers = [\"negotiate\", \"accept\"]\n\n[[room]]\nid = \"r{seat}\"\nmembers = [\"med\", \"s{seat}\"]\n"
        );
    }
    toml.push_str("\n[[text]]\nid = \"main\"\ntitle = \"T\"\nkind = \"main\"\n");
    for draft in 0..40 {
        let base = if draft > 0 {
            format!("base = \"d{}\"\n", draft - 1)
        } else {
            String::new()
        };
        let _ = write!(
            toml,
            "\n[[draft]]\nid = \"d{draft}\"\ntext = \"main\"\nfile = \"d{draft}.md\"\n{base}"
        );
        let mut text = String::new();
        for point in 1..=600 {
            let version = if point % 40 == draft { draft } else { 0 };
            let _ = write!(
                text,
                "{point}. The parties agree on the matter numbered {} in the sense of version {version} and nothing else whatsoever.\n\n",
                point * 7919
            );
        }
        files.insert(format!("d{draft}.md"), text.into_bytes());
        for seat in 0..200 {
            let _ = write!(
                toml,
                "\n[[act]]\nid = \"g{draft}-{seat}\"\nkind = \"deliver\"\nroom = \"r{seat}\"\nby = \"med\"\ndraft = \"d{draft}\"\nto = \"s{seat}\"\nchannel = \"official\"\non = \"2025-01-01\"\n"
            );
        }
    }
    for number in 0..positions {
        let (seat, point, draft) = (number % 200, number / 200 % 600 + 1, number % 40);
        let _ = write!(
            toml,
            "\n[[act]]\nid = \"a{number}\"\nkind = \"stance\"\nroom = \"r{seat}\"\nby = \"p{seat}\"\ndraft = \"d{draft}\"\npoints = [\"{point}\"]\nstance = \"object\"\ntype = \"substance\"\ninterest = \"it would touch what we settled\"\non = \"2025-02-03\"\n"
        );
    }
    (toml, files)
}

#[test]
fn large_dossier_is_one_record_however_it_is_cut() {
    let (toml, mut files) = large(6_000);
    assert!(toml.len() > 1_000_000);
    let record = dossier::read(&toml, &mut files).unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert_eq!(record.acts.len(), 8_000 + 6_000);
    // An error far behind the first piece is found at its line.
    let wrong = toml.replacen(
        "id = \"a5000\"\nkind = \"stance\"",
        "id = \"a5000\"\nkind = \"stance\"\npackage = \"none\"",
        1,
    );
    let line = wrong
        .lines()
        .position(|line| line.starts_with("package"))
        .map(|line| line + 1);
    let errors = dossier::read(&wrong, &mut files).unwrap_err();
    assert_eq!((Some(errors[0].line), errors[0].column), (line, 11));
}

#[test]
fn deep_nesting_is_refused() {
    for deep in [
        "[".repeat(100_000),
        format!("x = {}", "[".repeat(100_000)),
        format!("x = {}", "{a=".repeat(50_000)),
    ] {
        assert!(
            errors(&format!("{BASIS}{deep}")).contains("this is not TOML"),
            "{}",
            &deep[..10]
        );
    }
    let dotted = format!("{BASIS}{} = 1", vec!["a"; 100_000].join("."));
    assert!(errors(&dotted).contains("this is not TOML"));
    let header = format!("{BASIS}[{}]", vec!["a"; 100_000].join("."));
    assert!(errors(&header).contains("this is not TOML"));
}

#[test]
fn a_block_without_end_is_refused() {
    let endless = act(
        "note",
        "plenary",
        "med",
        &format!("words = \"{}\"", "x".repeat(6_000_000)),
    );
    assert!(errors(&format!("{BASIS}{endless}")).contains("without a new block"));
}

#[test]
fn errors_stop_at_twenty() {
    let many: String = (0..1_000)
        .map(|_| act("note", "nowhere", "med", "words = \"w\""))
        .collect();
    assert_eq!(errors(&format!("{BASIS}{many}")).lines().count(), 20);
    let many: String = (0..1_000)
        .map(|_| act("note", "nowhere", "med", "wrds = \"w\""))
        .collect();
    assert_eq!(errors(&format!("{BASIS}{many}")).lines().count(), 20);
}

#[test]
fn a_rule_of_any_depth_and_length_is_kept() {
    for rule in [
        "(".repeat(4_000),
        "!".repeat(4_000),
        format!("1{}", "+1".repeat(2_000)),
        "[".repeat(4_000),
        "x".repeat(1_000_000),
    ] {
        let gate = act(
            "gate",
            "plenary",
            "med",
            &format!("event = \"e\"\nrule = \"{rule}\""),
        );
        assert_eq!(errors(&format!("{BASIS}{gate}")), "imported");
    }
}
