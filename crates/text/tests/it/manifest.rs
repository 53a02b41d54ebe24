//! Identity: ids and digests, and how they are carried.

use onetext_text::{Digest, Draft, IssuedDraft, Lineage, ProvisionId, Settled};
use proptest::prelude::*;

use crate::generated::Chance;

fn read(text: &str) -> Draft {
    Draft::read(text).unwrap()
}

fn issue(text: &str, base: Option<&IssuedDraft>, settled: &[Settled], stream: &str) -> IssuedDraft {
    IssuedDraft::issue(read(text), base, settled, stream)
}

fn place(issued: &IssuedDraft, path: &str) -> usize {
    issued
        .draft
        .provisions()
        .iter()
        .position(|provision| provision.path == path)
        .unwrap()
}

fn id(issued: &IssuedDraft, path: &str) -> ProvisionId {
    issued.manifest.entries[place(issued, path)].id
}

fn digest(issued: &IssuedDraft, path: &str) -> Digest {
    issued.manifest.entries[place(issued, path)].digest
}

const BASE: &str = "\
1. The well is dug where the two paths meet.

2. Wood from the hill goes to both villages, under point 1, in equal carts.

3. The bell is rung at noon and when strangers come.
";

const NEXT: &str = "\
1. Dogs are kept on a lead after dark.

2. The well is dug where the two paths meet.

3. Wood from the hill goes to both villages, under point 2, in equal carts.

4. The bell is rung at noon and when strangers come.
";

#[test]
fn issuing_again_gives_the_same_ids_and_another_stream_gives_others() {
    let (once, again, other) = (
        issue(BASE, None, &[], "a"),
        issue(BASE, None, &[], "a"),
        issue(BASE, None, &[], "b"),
    );
    assert_eq!(once.manifest, again.manifest);
    for (one, another) in once.manifest.entries.iter().zip(&other.manifest.entries) {
        assert_ne!(one.id, another.id);
    }
}

#[test]
fn an_id_is_drawn_from_the_stream_and_the_path() {
    let issued = issue("1. Peace.\n", None, &[], "kladova/main/d1");
    // printf 'onetext provision 1\0kladova/main/d1\0001' | sha256sum | head -c 32
    assert_eq!(
        id(&issued, "1").to_string(),
        "4167dc2ece133b60c1b91b2259a0c87d"
    );
    assert_eq!(
        "4167dc2ece133b60c1b91b2259a0c87d"
            .parse::<ProvisionId>()
            .unwrap(),
        id(&issued, "1")
    );
    assert!("IDHER".parse::<ProvisionId>().is_err());
}

#[test]
fn a_new_number_changes_neither_id_nor_digest_nor_does_a_reference_that_follows() {
    let base = issue(BASE, None, &[], "d1");
    let next = issue(NEXT, Some(&base), &[], "d2");
    for (old, new) in [("1", "2"), ("2", "3"), ("3", "4")] {
        assert_eq!(id(&base, old), id(&next, new));
        assert_eq!(digest(&base, old), digest(&next, new));
    }
    assert!(
        base.manifest
            .entries
            .iter()
            .all(|entry| entry.id != id(&next, "1"))
    );
    let lineage = next.lineage.clone().unwrap();
    assert_eq!(lineage.successors, [vec![1], vec![2], vec![3]]);
    assert_eq!(lineage.predecessors, [vec![], vec![0], vec![1], vec![2]]);
    assert_eq!(Lineage::between(&base, &next), lineage);
}

#[test]
fn a_changed_word_changes_the_digest_and_not_the_id() {
    let base = issue(BASE, None, &[], "d1");
    let next = issue(&BASE.replace("at noon", "at dusk"), Some(&base), &[], "d2");
    assert_eq!(id(&base, "3"), id(&next, "3"));
    assert_ne!(digest(&base, "3"), digest(&next, "3"));
    assert_eq!(digest(&base, "1"), digest(&next, "1"));
}

#[test]
fn a_reference_that_names_another_provision_changes_the_digest() {
    let base = issue(BASE, None, &[], "d1");
    let next = issue(
        &BASE.replace("under point 1", "under point 3"),
        Some(&base),
        &[],
        "d2",
    );
    assert_ne!(digest(&base, "2"), digest(&next, "2"));
}

#[test]
fn a_merged_provision_keeps_the_id_of_the_part_that_gave_most_words() {
    let parts = "\
1. Boats are counted.

2. The ferry crosses at the hours of prayer and carries the sick without a fare.

3. The ferryman is paid in grain at the end of each harvest.
";
    let whole = "\
1. Boats are counted.

2. The ferryman is paid in grain at the end of each harvest. The ferry crosses at the hours of prayer and carries the \
sick without a fare.
";
    let base = issue(parts, None, &[], "d1");
    let next = issue(whole, Some(&base), &[], "d2");
    assert_eq!(id(&next, "2"), id(&base, "2"));
    let first_given = [
        Settled {
            old: Some(2),
            new: Some(1),
        },
        Settled {
            old: Some(1),
            new: Some(1),
        },
    ];
    let next = issue(whole, Some(&base), &first_given, "d2");
    assert_eq!(id(&next, "2"), id(&base, "3"));
    assert_eq!(next.lineage.unwrap().predecessors, [vec![0], vec![2, 1]]);

    let back = issue(whole, None, &[], "d1");
    let split = issue(parts, Some(&back), &[], "d2");
    assert_eq!(id(&split, "2"), id(&back, "2"));
    assert!(
        back.manifest
            .entries
            .iter()
            .all(|entry| entry.id != id(&split, "3"))
    );
}

#[test]
fn one_stream_for_two_drafts_still_gives_each_provision_its_own_id() {
    let base = issue(BASE, None, &[], "same");
    let next = issue(NEXT, Some(&base), &[], "same");
    let mut ids: Vec<ProvisionId> = next.manifest.entries.iter().map(|entry| entry.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 4);
}

#[test]
fn ids_from_a_file_have_to_fit() {
    let ids = vec![ProvisionId(1), ProvisionId(2), ProvisionId(3)];
    let issued = IssuedDraft::with_ids(read(BASE), None, ids.clone()).unwrap();
    assert_eq!(id(&issued, "2"), ProvisionId(2));
    assert!(IssuedDraft::with_ids(read(BASE), None, ids[..2].to_vec()).is_err());
    let twice = vec![ProvisionId(1), ProvisionId(2), ProvisionId(1)];
    let error = IssuedDraft::with_ids(read(BASE), None, twice)
        .unwrap_err()
        .to_string();
    assert!(
        error.ends_with("is given twice, for 1 and for 3"),
        "{error}"
    );
}

#[test]
fn a_lineage_over_two_steps_is_that_of_both() {
    let first = Lineage {
        successors: vec![vec![1, 0], vec![]],
        predecessors: vec![vec![0], vec![0]],
    };
    let second = Lineage {
        successors: vec![vec![0], vec![0]],
        predecessors: vec![vec![1, 0], vec![]],
    };
    let both = first.then(&second);
    assert_eq!(both.successors, [vec![0], vec![]]);
    assert_eq!(both.predecessors, [vec![0], vec![]]);
    assert_eq!(first.then(&Lineage::identity(2)), first);
    assert_eq!(Lineage::identity(2).then(&first), first);
}

/// Points with words of their own, one of which refers to another, in an order and with typography of choice.
fn retyped(order: &[usize], curly: bool) -> String {
    let mut text = String::new();
    for (place, point) in order.iter().enumerate() {
        let target = order
            .iter()
            .position(|other| *other == (point + 1) % order.len())
            .unwrap()
            + 1;
        let (open, close, dash) = if curly {
            ('“', '”', '–')
        } else {
            ('"', '"', '-')
        };
        let words = format!(
            "The {open}thing{point}{close} of village{point} {dash} harvest{point} {dash} follows point {target}."
        );
        text.push_str(&format!(
            "{}. {}\n\n",
            place + 1,
            if curly {
                words.replace(" of ", "\n  of ")
            } else {
                words
            }
        ));
    }
    text
}

proptest! {
    #[test]
    fn law_1_renumbering_moving_and_retypesetting_change_no_id_and_no_digest(seed in any::<u64>(), count in 2_usize..9) {
        let mut chance = Chance::new(seed);
        let order: Vec<usize> = (0..count).collect();
        let mut shuffled = order.clone();
        for at in (1..count).rev() {
            shuffled.swap(at, chance.below(at + 1));
        }
        let base = issue(&retyped(&order, false), None, &[], "d1");
        let next = issue(&retyped(&shuffled, chance.one_in(2)), Some(&base), &[], "d2");
        for (place, point) in shuffled.iter().enumerate() {
            prop_assert_eq!(&next.manifest.entries[place], &base.manifest.entries[*point]);
        }
    }
}

#[test]
fn a_bracket_before_the_label_belongs_to_the_wording() {
    let issued =
        |source: &str| IssuedDraft::issue(Draft::read(source).unwrap(), None, &[], "brackets");
    let digest = |source: &str| issued(source).manifest.entries[0].digest;
    assert_eq!(
        digest("[5. Each Party reports.]\n"),
        digest("5. [Each Party reports.]\n")
    );
    // Closed at 6: the bracket is open around 5, whose words alone did not change.
    assert_ne!(
        digest("[5. Each Party reports.\n\n6. It does so yearly.]\n"),
        digest("5. Each Party reports.\n\n6. It does so yearly.\n")
    );
    let open = issued("[5. Each [Party][State] reports under point 5.]\n");
    let reading = open.reading_digest(0, &[1, 2]).unwrap();
    assert_eq!(
        reading,
        issued("5. Each State reports under point 5.\n")
            .manifest
            .entries[0]
            .digest
    );
}
