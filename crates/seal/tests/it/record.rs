//! The record in clear: every changed byte is found, and what was changed is named.

use onetext_seal::testing::{self, Numbers, Site};
use onetext_seal::{ActDigest, Heads, Piece, RecordReader, Report, verify_record};
use proptest::prelude::*;

fn sample(seed: u64, acts: usize) -> Site {
    let mut numbers = Numbers::new(seed);
    let mut sites = testing::process();
    testing::talk(&mut sites, acts, &mut numbers);
    (1..3).for_each(|from| testing::exchange(&mut sites, from, 0));
    sites.swap_remove(0)
}

fn verify(record: &[u8]) -> Report {
    verify_record(record, None).unwrap()
}

/// The act whose line the byte lies in, if any.
fn act_at(record: &[u8], at: usize) -> Option<ActDigest> {
    let start = record[..at]
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |at| at + 1);
    let line = &record[start..];
    let name = line.strip_prefix(br#"{"act":""#)?.get(..64)?;
    std::str::from_utf8(name).ok()?.parse().ok()
}

#[test]
fn a_clean_record_is_good_and_reads_back() {
    let site = sample(1, 50);
    let record = site.record();
    let report = verify(&record);
    assert_eq!(report.exit_status(), 0, "{report}");
    assert_eq!(report.good, site.acts.len());
    assert!(report.erased > 0 && report.contents > 0);
    assert_eq!(report.heads, site.histories.heads());
    assert!(report.cannot_exclude_a_cut());
    let mut acts = 0;
    for piece in RecordReader::new(&record[..]) {
        match piece.unwrap() {
            Piece::Act(name, act) => {
                acts += 1;
                assert_eq!(site.acts[&name], *act);
            }
            Piece::Content(name, bytes) => assert_eq!(site.contents[&name], bytes),
        }
    }
    assert_eq!(acts, site.acts.len());
}

#[test]
fn law_6_a_changed_byte_anywhere_is_found() {
    let record = sample(2, 6).record();
    let mut numbers = Numbers::new(1);
    for at in (numbers.below(11)..record.len()).step_by(11) {
        let mut changed = record.clone();
        changed[at] ^= 1 << numbers.below(8);
        let report = verify(&changed);
        let status = report.exit_status();
        assert_ne!(status, 0, "byte {at} {:?}", record[at] as char);
        let Some(act) = act_at(&record, at) else {
            continue;
        };
        let name_ends = record[..at]
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |at| at + 1)
            + 73;
        // What is signed or committed to, the salt and the signature; and whatever ties them together.
        if at >= name_ends && record[at] != b'\n' {
            assert_eq!(status, 3, "byte {at}");
            assert!(report.bad.iter().any(|(bad, _)| *bad == act), "byte {at}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn law_6_any_byte_replaced_cut_or_put_in_is_found(seed in any::<u64>(), at in any::<usize>(), byte in any::<u8>(), how in 0..4) {
        let record = sample(seed, 20).record();
        let at = at % record.len();
        let mut changed = record.clone();
        match how {
            0 => changed[at] = byte,
            1 => { changed.remove(at); }
            2 => changed.insert(at, byte),
            _ => changed.truncate(at),
        }
        let report = verify(&changed);
        prop_assert_eq!(report.is_good(), changed == record);
    }

    #[test]
    fn law_6_lines_left_out_doubled_or_swapped_are_found(seed in any::<u64>(), one in any::<usize>(), other in any::<usize>(), how in 0..3) {
        let record = sample(seed, 20).record();
        let mut lines: Vec<&[u8]> = record.split_inclusive(|byte| *byte == b'\n').collect();
        let (one, other) = (one % lines.len(), other % lines.len());
        match how {
            0 => { lines.remove(one); }
            1 => lines.insert(other, lines[one]),
            _ => lines.swap(one, other),
        }
        let changed = lines.concat();
        let report = verify(&changed);
        prop_assert_eq!(report.exit_status(), u8::from(changed != record));
    }
}

/// Takes the last act of the plenary away and mends the count, as somebody would who wants it unsaid.
fn cut(record: &[u8]) -> Vec<u8> {
    let text = std::str::from_utf8(record).unwrap();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let last = lines
        .iter()
        .rposition(|line| line.contains(r#""room":"chamber-mediator""#))
        .unwrap();
    lines.remove(last);
    let acts = lines
        .iter()
        .filter(|line| line.starts_with(r#"{"act""#))
        .count();
    let contents = lines
        .iter()
        .filter(|line| line.starts_with(r#"{"content""#))
        .count();
    *lines.last_mut().unwrap() = format!(r#"{{"acts":{acts},"contents":{contents},"end":true}}"#);
    lines
        .join("\n")
        .into_bytes()
        .into_iter()
        .chain([b'\n'])
        .collect()
}

#[test]
fn law_6_a_cut_end_is_found_against_heads_and_said_to_be_possible_without() {
    let mut mediator = sample(3, 30);
    mediator.write(
        "chamber-mediator",
        serde_json::json!({"kind": "note", "words": "unsaid"}),
    );
    let record = mediator.record();
    let heads: Heads = verify(&record).heads.to_string().parse().unwrap();
    let cut = cut(&record);
    let without = verify(&cut);
    assert_eq!(without.exit_status(), 0);
    assert!(without.to_string().contains("not excluded"));
    let against = verify_record(&cut[..], Some(&heads)).unwrap();
    assert_eq!(against.exit_status(), 1);
    assert!(
        against.to_string().contains("room chamber-mediator"),
        "{against}"
    );
    let whole = verify_record(&record[..], Some(&heads)).unwrap();
    assert_eq!(whole.exit_status(), 0, "{whole}");
    assert!(!whole.to_string().contains("not excluded"));
}

#[test]
fn law_6_an_erased_body_verifies_and_is_counted() {
    let mut site = sample(4, 30);
    let before = verify(&site.record());
    let whole = site.acts.iter().find(|(_, act)| {
        let body = act.body.as_ref().and_then(|body| body.value().ok());
        body.is_some_and(|body| body["kind"] == "position")
    });
    let name = *whole.unwrap().0;
    site.erase(&name);
    let after = verify(&site.record());
    assert_eq!(after.exit_status(), 0, "{after}");
    assert_eq!((after.good, after.erased), (before.good, before.erased + 1));
}

#[test]
fn an_erased_content_verifies_and_is_counted() {
    let mut site = sample(4, 30);
    for bytes in site.contents.values_mut() {
        *bytes = None;
    }
    let report = verify(&site.record());
    assert_eq!(report.exit_status(), 0, "{report}");
    assert_eq!(report.contents, 0);
    assert!(report.contents_erased > 0);
}

#[test]
fn what_is_no_record_is_told_by_its_line() {
    let check = |bytes: &[u8], expected: &str| {
        let report = verify(bytes);
        assert_eq!(report.exit_status(), 1);
        assert!(report.to_string().contains(expected), "{report}");
    };
    check(b"", "line 1");
    check(b"{}\n", "line 1: the first line of a record");
    check(b"\xff\xfe\n", "line 1");
    check(
        br#"{"format":2,"onetext":"record","process":"00"}"#,
        "line 1: the line is cut off",
    );
    let later = b"{\"format\":2,\"onetext\":\"record\"}\n";
    check(later, "the record is of format 2");
    let record = sample(5, 3).record();
    check(&record[..record.len() - 1], "is cut off");
    check(&[&record[..], b"\n"].concat(), "nothing may follow");
    check(&[&record[..], &record[..]].concat(), "nothing may follow");
}
