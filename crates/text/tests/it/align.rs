//! Which provision continues which.

use onetext_text::{Alignment, Draft, Settled, align};
use proptest::prelude::*;

use crate::generated;

fn read(text: &str) -> Draft {
    Draft::read(text).unwrap()
}

fn place(draft: &Draft, path: &str) -> usize {
    draft
        .provisions()
        .iter()
        .position(|provision| provision.path == path)
        .unwrap_or_else(|| panic!("no {path}"))
}

/// The matches as `old → new` in paths, groups joined with `+`, what is gone as `old →`, what is new as `→ new`.
fn told(old: &Draft, new: &Draft, alignment: &Alignment) -> Vec<String> {
    let paths = |draft: &Draft, indices: &[usize]| {
        indices
            .iter()
            .map(|index| draft.provisions()[*index].path.clone())
            .collect::<Vec<_>>()
            .join("+")
    };
    let matched = alignment
        .matches
        .iter()
        .map(|each| format!("{} → {}", paths(old, &each.old), paths(new, &each.new)));
    let by_old = alignment.by_old(old.provisions().len());
    let by_new = alignment.by_new(new.provisions().len());
    let gone = (0..by_old.len())
        .filter(|i| by_old[*i].is_none())
        .map(|i| format!("{} →", paths(old, &[i])));
    let fresh = (0..by_new.len())
        .filter(|j| by_new[*j].is_none())
        .map(|j| format!("→ {}", paths(new, &[j])));
    matched.chain(gone).chain(fresh).collect()
}

#[track_caller]
fn check(old: &str, new: &str, settled: &[(&str, &str)], expected: &[&str]) {
    let (old, new) = (read(old), read(new));
    let one = |draft: &Draft, path: &str| (!path.is_empty()).then(|| place(draft, path));
    let settled: Vec<Settled> = settled
        .iter()
        .map(|(a, b)| Settled {
            old: one(&old, a),
            new: one(&new, b),
        })
        .collect();
    assert_eq!(told(&old, &new, &align(&old, &new, &settled)), expected);
}

const ROAD: &str = "\
1. The road between the two capitals is open to all traffic by day.

2. [missing]

3. A joint post at the bridge inspects lorries and their papers.

4. Prisoners held since the spring are exchanged, all for all.
";

#[test]
fn a_new_point_renumbers_those_after_it() {
    let new = "\
1. The road between the two capitals is open to all traffic by day.

2. Each side names an officer for the liaison between the garrisons.

3. [missing]

4. A joint post at the bridge inspects lorries and their papers.

5. Prisoners held since the spring are exchanged, all for all.
";
    check(ROAD, new, &[], &["1 → 1", "2 → 3", "3 → 4", "4 → 5", "→ 2"]);
}

#[test]
fn a_point_that_was_reworded_in_its_place_is_the_same_point() {
    let new = ROAD.replace(
        "inspects lorries and their papers",
        "checks all lorries, their loads and papers",
    );
    check(ROAD, &new, &[], &["1 → 1", "2 → 2", "3 → 3", "4 → 4"]);
}

#[test]
fn a_counter_text_that_keeps_the_numbers_keeps_the_points() {
    let new = "\
1. The road between the two capitals is open to all traffic by day and by night.

2. [missing]

3. [deleted]

4. Prisoners held since the spring are exchanged, all for all.
";
    check(ROAD, new, &[], &["1 → 1", "2 → 2", "3 → 3", "4 → 4"]);
}

#[test]
fn a_point_that_changed_its_place_is_found_again() {
    let new = "\
1. Prisoners held since the spring are exchanged, all for all.

2. The road between the two capitals is open to all traffic by day.

3. [missing]

4. A joint post at the bridge inspects lorries and their papers.
";
    check(ROAD, new, &[], &["4 → 1", "1 → 2", "2 → 3", "3 → 4"]);
}

#[test]
fn a_point_cut_in_two_is_a_split_and_two_made_one_a_merge() {
    let one = "\
1. The mill at the river stays with the northern village.

2. The commission meets every month in the town hall of the larger village, and its secretary keeps a register of all \
complaints that farmers bring about grazing, water and fences.

3. This text is done in two copies.
";
    let two = "\
1. The mill at the river stays with the northern village.

2. The commission meets every month in the town hall of the larger village.

3. Its secretary keeps a register of all complaints that farmers bring about grazing, water and fences.

4. This text is done in two copies.
";
    check(one, two, &[], &["1 → 1", "2 → 3+2", "3 → 4"]);
    check(two, one, &[], &["1 → 1", "3+2 → 2", "4 → 3"]);
}

#[test]
fn headings_with_few_words_follow_their_points() {
    let old = "\
# Territory

1. The line of contact is drawn on the map that is annexed.

2. Forces withdraw ten kilometres from the line.

# Economy

3. The port reopens to grain within thirty days.
";
    let new = "\
# Trade

1. The port reopens to grain within thirty days.

# Land

2. The line of contact is drawn on the map that is annexed.

3. Forces withdraw ten kilometres from the line.
";
    let (old, new) = (read(old), read(new));
    let alignment = align(&old, &new, &[]);
    let said = told(&old, &new, &alignment);
    for expected in ["3 → 1", "1 → 2", "2 → 3"] {
        assert!(said.iter().any(|line| line.ends_with(expected)), "{said:?}");
    }
    assert_eq!(alignment.matches.len(), old.provisions().len(), "{said:?}");
}

/// Both tables have the same rows, and in the first the cells of one row are by chance those of the row before it in the
/// other version.
#[test]
fn cells_that_are_equal_by_chance_take_no_row_away() {
    let table = |cells: [u32; 6]| {
        let row = |range: &str, at: usize| {
            format!(
                "*    *   {range} tons\n\n    *   {}\n\n    *   {}\n\n",
                cells[at],
                cells[at + 1]
            )
        };
        [
            row("10 000 – 10 500", 0),
            row("10 500 – 11 000", 2),
            row("11 000 – 11 500", 4),
        ]
        .concat()
    };
    let whole = |cells| {
        let same = table([11, 12, 13, 14, 15, 16]);
        read(&format!("# Sea\n\n{}# River\n\n{same}", table(cells)))
    };
    let (old, new) = (
        whole([686, 814, 700, 830, 715, 845]),
        whole([700, 830, 715, 845, 733, 861]),
    );
    let alignment = align(&old, &new, &[]);
    let rows = |draft: &Draft| {
        let rows = (0..draft.provisions().len())
            .filter(|index| draft.provisions()[*index].wording.ends_with("tons"));
        rows.collect::<Vec<usize>>()
    };
    for (i, j) in rows(&old).into_iter().zip(rows(&new)) {
        let pair = alignment.matches.iter().find(|each| each.new == [j]);
        assert_eq!(pair.map(|each| &each.old[..]), Some(&[i][..]));
    }
}

#[test]
fn what_was_settled_holds_over_any_count() {
    let new = ROAD.replace(
        "2. [missing]",
        "2. Fishing boats keep to their own half of the lake.",
    );
    check(
        ROAD,
        &new,
        &[("1", "2"), ("3", "")],
        &["1 → 2", "4 → 4", "2 →", "3 →", "→ 1", "→ 3"],
    );
    check(
        ROAD,
        &new,
        &[("4", "2"), ("1", "2")],
        &["4+1 → 2", "3 → 3", "2 →", "→ 1", "→ 4"],
    );
    check(
        ROAD,
        &new,
        &[("1", "2"), ("1", "1")],
        &["1 → 2+1", "3 → 3", "4 → 4", "2 →"],
    );
    check(
        ROAD,
        &new,
        &[("", "1")],
        &["2 → 2", "3 → 3", "4 → 4", "1 →", "→ 1"],
    );
}

#[test]
fn any_script_is_aligned() {
    let old = "\
1. Суверенитет обеих сторон подтверждается.

2. Пленные обмениваются по формуле «все на всех».

3. 渔船只能在湖的一半水域捕鱼。

4. تُفتح الطريق أمام جميع المركبات نهارا.
";
    let new = "\
1. Пленные будут обменены по формуле «все на всех» в течение месяца.

2. 渔船只能在湖的南半水域捕鱼。

3. تُفتح الطريق أمام جميع المركبات نهارا وليلا.

4. Суверенитет обеих сторон подтверждается.
";
    check(old, new, &[], &["2 → 1", "3 → 2", "4 → 3", "1 → 4"]);
}

/// The share of provisions that are mapped as the truth says.
fn mapped(seed: u64, articles: usize) -> f64 {
    let pair = generated::pair(seed, articles);
    let (old, new) = (read(&pair.old), read(&pair.new));
    assert_eq!(
        new.provisions().len(),
        pair.from.len(),
        "the reader and the generator count alike"
    );
    let alignment = align(&old, &new, &[]);
    let by_new = alignment.by_new(pair.from.len());
    let by_old = alignment.by_old(old.provisions().len());
    let found = |j: usize| {
        let mut old = by_new[j]
            .map(|number| alignment.matches[number].old.clone())
            .unwrap_or_default();
        old.sort_unstable();
        old
    };
    let right = (0..pair.from.len())
        .filter(|j| found(*j) == pair.from[*j])
        .count();
    let gone = pair.gone.iter().filter(|i| by_old[**i].is_none()).count();
    (right + gone) as f64 / (pair.from.len() + pair.gone.len()) as f64
}

#[test]
fn generated_drafts_are_mapped_as_they_were_made() {
    for (seed, articles) in [(1, 12), (2, 12), (3, 40), (4, 40), (5, 120)] {
        let share = mapped(seed, articles);
        assert!(share >= 0.985, "seed {seed}: {share}");
    }
}

#[test]
fn large_and_monotonous_drafts_are_aligned_within_bounds() {
    let same: String = (1..=20_000)
        .map(|number| format!("{number}. No text.\n\n"))
        .collect();
    let draft = read(&same);
    let alignment = align(&draft, &draft, &[]);
    assert_eq!(alignment.matches.len(), 20_000);
    assert!(alignment.matches.iter().all(|each| each.old == each.new));

    let words: String = (1..=20_000_usize)
        .map(|number| format!("{number}. word{}\n\n", number * 7919 % 500))
        .collect();
    let other: String = (1..=20_000_usize)
        .map(|number| format!("{number}. word{}\n\n", number * 104_729 % 500))
        .collect();
    let alignment = align(&read(&words), &read(&other), &[]);
    assert!(alignment.matches.len() <= 20_000);
}

fn some_draft() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "peace",
        "[deleted]",
        "the",
        "force",
        "line",
        "a",
        "[shall]",
        "zone;",
        "1,000",
    ]);
    let block = (0_u8..5, prop::collection::vec(word, 0..9)).prop_map(|(kind, words)| {
        let words = words.join(" ");
        match kind {
            0 => format!("## {words}"),
            1 => format!("    (a) {words}"),
            2 => format!("- {words}"),
            3 => format!("3. {words}"),
            _ => words,
        }
    });
    prop::collection::vec(block, 0..14).prop_map(|blocks| blocks.join("\n\n"))
}

proptest! {
    #[test]
    fn no_provision_is_in_two_matches(
        old in some_draft(),
        new in some_draft(),
        settled in prop::collection::vec((prop::option::of(0_usize..16), prop::option::of(0_usize..16)), 0..6),
    ) {
        let (old, new) = (read(&old), read(&new));
        let settled: Vec<Settled> = settled.into_iter().map(|(old, new)| Settled { old, new }).collect();
        let alignment = align(&old, &new, &settled);
        let mut olds: Vec<usize> = alignment.matches.iter().flat_map(|each| each.old.clone()).collect();
        let mut news: Vec<usize> = alignment.matches.iter().flat_map(|each| each.new.clone()).collect();
        for side in [&mut olds, &mut news] {
            let count = side.len();
            side.sort_unstable();
            side.dedup();
            prop_assert_eq!(side.len(), count);
        }
        prop_assert!(olds.iter().all(|i| *i < old.provisions().len()));
        prop_assert!(news.iter().all(|j| *j < new.provisions().len()));
        prop_assert_eq!(&alignment, &align(&old, &new, &settled));
    }

    #[test]
    fn a_draft_is_aligned_with_itself(text in some_draft()) {
        let draft = read(&text);
        let alignment = align(&draft, &draft, &[]);
        prop_assert_eq!(alignment.matches.len(), draft.provisions().len());
        for each in &alignment.matches {
            prop_assert_eq!(&each.old, &each.new);
        }
    }
}
