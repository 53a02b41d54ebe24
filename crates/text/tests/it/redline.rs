//! What changed, in words.

use onetext_text::{
    Draft, PairKind, Redline, RedlinePair, RunOp, RunReason, Settled, align, normal_form, redline,
};
use proptest::prelude::*;

use crate::generated;

fn read(text: &str) -> Draft {
    Draft::read(text).unwrap()
}

fn compare(old: &str, new: &str) -> Redline {
    let (old, new) = (read(old), read(new));
    redline(&old, &new, &align(&old, &new, &[]))
}

/// Runs with marks: `[-gone-]`, `{+come+}`, `[<moved away<]`, `{>moved here>}`, `(old|new: why)`.
fn marked(pair: &RedlinePair) -> String {
    let run = |run: &onetext_text::Run| match (run.op, run.why) {
        (RunOp::Keep, None) => run.text.clone(),
        (RunOp::Keep, Some(why)) => {
            let why = match why {
                RunReason::Reference => "reference",
                RunReason::Typography => "typography",
                RunReason::Case => "case",
            };
            format!("({}|{}: {why})", run.old_text(), run.text)
        }
        (RunOp::Delete, _) => format!("[-{}-]", run.text),
        (RunOp::Insert, _) => format!("{{+{}+}}", run.text),
        (RunOp::MoveFrom, _) => format!("[<{}<]", run.text),
        (RunOp::MoveTo, _) => format!("{{>{}>}}", run.text),
    };
    pair.runs.iter().map(run).collect()
}

#[track_caller]
fn check(old: &str, new: &str, expected: &str) {
    let redline = compare(&format!("1. {old}\n"), &format!("1. {new}\n"));
    let [pair] = redline.pairs.as_slice() else {
        panic!("one pair is expected: {redline:?}")
    };
    assert_eq!(marked(pair), expected);
}

#[test]
fn words_numbers_dates_and_amounts_are_marked_whole() {
    check(
        "The armed forces are limited to a strength of 600,000.",
        "The armed forces are limited to a strength of 800,000 in peacetime.",
        "The armed forces are limited to a strength of [-600,000.-]{+800,000 in peacetime.+}",
    );
    check(
        "The loan of $3,005,442,000 is paid by 2025-11-25.",
        "The loan of $3,005,447,000 is paid by 2025-12-25.",
        "The loan of [-$3,005,442,000-]{+$3,005,447,000+} is paid by [-2025-11-25.-]{+2025-12-25.+}",
    );
    check(
        "Ukraine's long-term guarantee covers 50% of it.",
        "Ukraine's short-term guarantee covers 5% of it.",
        "Ukraine's [-long-term-]{+short-term+} guarantee covers [-50%-]{+5%+} of it.",
    );
}

#[test]
fn brackets_opened_and_closed_are_shown_as_those() {
    check(
        "Each Party shall report every year.",
        "Each Party [shall][should] report every year.",
        "Each Party {+[+}shall{+][should]+} report every year.",
    );
    check(
        "Each Party [shall][should] report [every year].",
        "Each Party should report every year.",
        "Each Party [-[shall][-]should[-]-] report [-[-]every year[-]-].",
    );
}

#[test]
fn a_bracket_before_a_comma_leaves_the_word_as_it_was() {
    check(
        "The principles of the Convention[, in particular] [equity][,][and] the duties [shall][should] be met.",
        "The principles of the Convention, in particular equity and the duties should be met.",
        "The principles of the Convention[-[-], in particular[-]-] [-[-]equity[-][,][-]{+ +}and[-]-] the duties [-[shall][-]should[-]-] be met.",
    );
}

#[test]
fn case_and_typography_are_kept_and_said() {
    check(
        "The \"Armed Forces\" of both sides - all of them - stay.",
        "The “armed forces” of both sides – all of them – stay.",
        "The (\"Armed Forces\" |“armed forces” : case)of both sides (- |– : typography)all of them (- |– : typography)stay.",
    );
    let redline = compare("1. The line is drawn.\n", "1. The Line is drawn.\n");
    assert_eq!(redline.pairs[0].kind, PairKind::Edited);
    assert_eq!(
        (
            redline.summary.words_deleted,
            redline.summary.words_inserted
        ),
        (0, 0)
    );
    let redline = compare("1. The \"line\" is drawn.\n", "1. The “line” is drawn.\n");
    assert_eq!(redline.pairs[0].kind, PairKind::Unchanged);
}

#[test]
fn a_line_broken_elsewhere_is_no_change() {
    let redline = compare(
        "1. The commission meets\nevery month.\n",
        "1. The commission\nmeets every month.\n",
    );
    assert_eq!(redline.pairs[0].kind, PairKind::Unchanged);
    assert_eq!(redline.pairs[0].runs.len(), 1);
}

#[test]
fn an_inserted_sentence_is_marked_from_its_start_to_its_end() {
    check(
        "The parties meet. The parties report.",
        "The parties meet. The parties agree. The parties report.",
        "The parties meet. {+The parties agree. +}The parties report.",
    );
}

#[test]
fn a_sentence_that_moved_inside_a_provision_is_shown_as_moved() {
    check(
        "All mines are cleared before the first of May. The corridor stays open to relief by day and by night.",
        "The corridor stays open to relief by day and by night. All mines are cleared before the first of May.",
        "[<All mines are cleared before the first of May. <]The corridor stays open to relief by day and by night.\
         {> All mines are cleared before the first of May.>}",
    );
}

#[test]
fn scripts_without_spaces_are_marked_by_words() {
    let redline = compare(
        "1. 渔船只能在湖的一半水域捕鱼。\n",
        "1. 渔船只能在河的一半水域捕鱼。\n",
    );
    assert_eq!(
        marked(&redline.pairs[0]),
        "渔船只能在[-湖-]{+河+}的一半水域捕鱼。"
    );
}

const OLD: &str = "\
Article 1 - Borders

1. The border follows the river from the bridge to the lake.

2. The lake is shared in equal halves between the villages.

Article 2 - Courts

1. A court of three arbiters decides what the commission cannot settle under paragraph 2 of Article 1.

2. Its seat is the monastery on the hill above the crossing.
";

#[test]
fn a_new_article_renumbers_and_edits_nothing() {
    let fresh = "Article 2 - Markets\n\n1. Markets are held on Saturdays in both villages.\n\nArticle 3 - Courts";
    let new = OLD.replace("Article 2 - Courts", fresh);
    let redline = compare(OLD, &new);
    let kinds: Vec<PairKind> = redline.pairs.iter().map(|pair| pair.kind).collect();
    use PairKind::{Inserted, Renumbered, Unchanged};
    assert_eq!(
        kinds,
        [
            Unchanged, Unchanged, Unchanged, Inserted, Inserted, Renumbered, Unchanged, Unchanged
        ]
    );
    assert_eq!(redline.summary.words_deleted, 0);
}

#[test]
fn a_reference_that_follows_its_target_is_kept() {
    let fresh = "Article 1 - Markets\n\n1. Markets are held on Saturdays in both villages.\n\nArticle 2 - Borders";
    let new = OLD
        .replace("Article 2 - Courts", "Article 3 - Courts")
        .replace("paragraph 2 of Article 1.", "paragraph 2 of Article 2.")
        .replace("Article 1 - Borders", fresh);
    let redline = compare(OLD, &new);
    assert_eq!(redline.summary.edited, 0, "{redline:#?}");
    let reasons: Vec<RunReason> = redline
        .pairs
        .iter()
        .flat_map(|pair| &pair.runs)
        .filter_map(|run| run.why)
        .collect();
    assert_eq!(reasons, [RunReason::Reference]);
}

#[test]
fn a_reference_that_names_another_provision_by_the_same_number_is_a_change() {
    let old = "1. The quay is open.\n\n2. The mill is closed by night.\n\n3. What point 2 says holds for ever.\n";
    let new = "1. The mill is closed by night.\n\n2. The quay is open.\n\n3. What point 2 says holds for ever.\n";
    let redline = compare(old, new);
    let last = redline.pairs.last().unwrap();
    assert_eq!(
        (last.kind, last.edited),
        (PairKind::Edited, true),
        "{redline:#?}"
    );
}

#[test]
fn deletions_stand_at_their_old_place() {
    let old = "1. Amber is weighed.\n\n2. Barley is stored.\n\n3. Copper is melted.\n\n4. Dates are dried.\n";
    let new = "1. Amber is weighed.\n\n2. Copper is melted.\n\n3. Elms are planted.\n\n4. Dates are dried.\n";
    let told: Vec<(PairKind, String)> = compare(old, new)
        .pairs
        .iter()
        .map(|pair| (pair.kind, format!("{:?}{:?}", pair.old, pair.new)))
        .collect();
    let expected = [
        (PairKind::Unchanged, r#"["1"]["1"]"#),
        (PairKind::Deleted, r#"["2"][]"#),
        (PairKind::Renumbered, r#"["3"]["2"]"#),
        (PairKind::Inserted, r#"[]["3"]"#),
        (PairKind::Unchanged, r#"["4"]["4"]"#),
    ];
    assert_eq!(told, expected.map(|(kind, paths)| (kind, paths.to_owned())));
}

#[test]
fn the_smaller_part_is_what_moved() {
    let old = "1. Amber is weighed at the gate.\n\n2. Barley is stored in the barn by the church.\n\n3. Copper is melted in the forge by the river.\n";
    let new = "1. Barley is stored in the barn by the church.\n\n2. Copper is melted in the forge by the river.\n\n3. Amber is weighed at the gate.\n";
    let redline = compare(old, new);
    let kinds: Vec<PairKind> = redline.pairs.iter().map(|pair| pair.kind).collect();
    assert_eq!(
        kinds,
        [PairKind::Renumbered, PairKind::Renumbered, PairKind::Moved]
    );
    assert!(redline.pairs.iter().all(|pair| !pair.edited));
}

#[test]
fn no_provision_whose_words_are_the_same_is_called_edited() {
    for (seed, articles) in [(11, 15), (12, 60)] {
        let pair = generated::pair(seed, articles);
        let redline = compare(&pair.old, &pair.new);
        for told in redline.pairs.iter().filter(|told| told.edited) {
            assert!(
                told.new_index.iter().all(|j| !pair.same_words.contains(j)),
                "{told:?}"
            );
        }
    }
}

#[test]
fn one_long_paragraph_is_compared_within_bounds() {
    let paragraph = |step: usize| {
        let words: Vec<String> = (0..60_000_usize)
            .map(|at| format!("w{}", at.wrapping_mul(step) % 997))
            .collect();
        format!("1. {}\n", words.join(" "))
    };
    let redline = compare(&paragraph(7919), &paragraph(104_729));
    rebuilds(
        &redline,
        &read(&paragraph(7919)),
        &read(&paragraph(104_729)),
    );
}

/// Checks that the runs of every pair rebuild both wordings to the letter.
#[track_caller]
fn rebuilds(redline: &Redline, old: &Draft, new: &Draft) {
    let wordings = |draft: &Draft, indices: &[usize]| {
        indices
            .iter()
            .map(|index| draft.provisions()[*index].wording.clone())
            .collect::<Vec<_>>()
            .join("\n")
    };
    for pair in &redline.pairs {
        let before: String = pair.runs.iter().map(onetext_text::Run::old_text).collect();
        let after: String = pair.runs.iter().map(onetext_text::Run::new_text).collect();
        assert_eq!(before, wordings(old, &pair.old_index), "{pair:#?}");
        assert_eq!(after, wordings(new, &pair.new_index), "{pair:#?}");
    }
    let mut olds: Vec<usize> = redline
        .pairs
        .iter()
        .flat_map(|pair| pair.old_index.clone())
        .collect();
    let mut news: Vec<usize> = redline
        .pairs
        .iter()
        .flat_map(|pair| pair.new_index.clone())
        .collect();
    olds.sort_unstable();
    news.sort_unstable();
    assert_eq!(olds, (0..old.provisions().len()).collect::<Vec<_>>());
    assert_eq!(news, (0..new.provisions().len()).collect::<Vec<_>>());
}

fn wording() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a",
        "the",
        "The",
        "line",
        "line,",
        "[",
        "]",
        "[line]",
        " ",
        "  ",
        "\n",
        "—",
        "-",
        "–",
        "\"",
        "“",
        "1,000",
        "/",
        "shall/should",
        "peace",
        "force.",
        "é",
        "e\u{301}",
        "Й",
        "湖的",
        "ß",
        "\u{200d}",
        ".",
        "point 1",
    ]);
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.join(""))
}

proptest! {
    #[test]
    fn law_1_runs_rebuild_both_texts_to_the_letter(
        old in prop::collection::vec(wording(), 1..5),
        new in prop::collection::vec(wording(), 1..5),
    ) {
        let text = |wordings: &[String]| {
            wordings.iter().enumerate().map(|(at, wording)| format!("{}. x {wording}\n\n", at + 1)).collect::<String>()
        };
        let (old, new) = (read(&text(&old)), read(&text(&new)));
        rebuilds(&redline(&old, &new, &align(&old, &new, &[])), &old, &new);
    }

    #[test]
    fn law_1_a_provision_is_edited_where_its_normal_form_changed_and_nowhere_else(old in wording(), new in wording()) {
        let (old, new) = (read(&format!("1. x {old}\n")), read(&format!("1. x {new}\n")));
        let alone = old.provisions().len() == 1 && new.provisions().len() == 1;
        if !alone || !old.references().is_empty() || !new.references().is_empty() {
            return Ok(());
        }
        let redline = redline(&old, &new, &align(&old, &new, &[Settled { old: Some(0), new: Some(0) }]));
        let changed = normal_form(&old.provisions()[0].wording) != normal_form(&new.provisions()[0].wording);
        prop_assert_eq!(redline.pairs[0].edited, changed, "{:?}", redline.pairs[0].runs);
    }

    #[test]
    fn law_1_redrafting_at_random_is_rebuilt_to_the_letter(seed in any::<u64>(), articles in 1_usize..8) {
        let pair = generated::pair(seed, articles);
        let (old, new) = (read(&pair.old), read(&pair.new));
        rebuilds(&redline(&old, &new, &align(&old, &new, &[])), &old, &new);
    }

    #[test]
    fn a_draft_against_itself_is_unchanged(seed in any::<u64>()) {
        let pair = generated::pair(seed, 4);
        let redline = compare(&pair.old, &pair.old);
        prop_assert!(redline.pairs.iter().all(|told| told.kind == PairKind::Unchanged && told.similarity == 1.0));
        prop_assert_eq!(redline.summary.words_deleted + redline.summary.words_inserted, 0);
    }
}
