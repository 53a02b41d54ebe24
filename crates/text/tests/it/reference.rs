//! Which provision a cross-reference names.

use onetext_text::Draft;

/// Each reference of a draft as `where: words → path`.
#[track_caller]
fn check(source: &str, expected: &[&str]) {
    let draft = Draft::read(source).unwrap();
    let shown: Vec<String> = draft
        .references()
        .iter()
        .map(|reference| {
            let at = &draft.provisions()[reference.provision];
            let target = reference
                .target
                .map_or("none", |target| draft.provisions()[target].path.as_str());
            format!(
                "{}: {} → {target}",
                at.path,
                &at.wording[reference.span.clone()]
            )
        })
        .collect();
    assert_eq!(shown, expected, "{source}");
}

#[test]
fn points() {
    check(
        "1. One.\n\n2. See points 1 and 3.\n\n3. See point 9.\n",
        &["2: 1 → 1", "2: 3 → 3", "3: 9 → none"],
    );
    check(
        "1. One:\n    - a. x\n    - b. y\n\n2. See point 1.b and point 1(a).\n",
        &["2: 1.b → 1.b", "2: 1(a) → 1.a"],
    );
    // The article of another treaty: this draft has no articles.
    check(
        "5. Five.\n\n10. A guarantee that mirrors Article 5.\n",
        &["10: 5 → none"],
    );
}

#[test]
fn paragraphs_of_the_same_article_first() {
    let treaty = "Article 1\n\n1. One.\n\n2. As in paragraph 1.\n\nArticle 2\n\n1. Two:\n\n(a) x;\n\n(b) subject to subparagraph (a).\n\n2. As in paragraph 1, and in paragraph 2 of Article 1.\n";
    check(
        treaty,
        &[
            "1.2: 1 → 1.1",
            "2.1.b: (a) → 2.1.a",
            "2.2: 1 → 2.1",
            "2.2: 2 of Article 1 → 1.2",
        ],
    );
}

#[test]
fn the_ends_of_a_range_and_lists() {
    check(
        "1. One.\n\n2. Two.\n\n3. Three.\n\n4. Paragraphs 1 to 3 and Article 7 apply.\n",
        &["4: 1 → 1", "4: 3 → 3", "4: 7 → none"],
    );
    check(
        "Article 1\n\nSEAT\n\nArticle 2\n\nArticles 1, 2 and 3 apply.\n",
        &["2.¶1: 1 → 1", "2.¶1: 2 → 2", "2.¶1: 3 → none"],
    );
}

#[test]
fn american_and_german_and_russian_divisions() {
    check(
        "SEC. 1. A.\n\n(a) x:\n\n(1) y;\n\n(A) z.\n\n(b) w.\n\nSEC. 2. Under section 1(a)(1)(A) and subsection (b) of section 1.\n",
        &["2: 1(a)(1)(A) → 1.a.1.A", "2: (b) of section 1 → 1.b"],
    );
    check(
        "## § 1\n\n(1) Eins:\n\n1.  a,\n\n2.  b.\n\n## § 2\n\n(1) Nach § 1 Absatz 1 Nummer 2 gilt Absatz 1.\n",
        &["2.1: 1 Absatz 1 Nummer 2 → 1.1.2", "2.1: 1 → 2.1"],
    );
    check(
        "Статья 1\n\n1. Стороны обязуются.\n\nСтатья 2\n\n1. В соответствии с пунктом 1 статьи 1.\n",
        &["2.1: 1 статьи 1 → 1.1"],
    );
    check(
        "المادة 1\n\n1. نص.\n\nالمادة 2\n\n1. وفقا للفقرة 1 من المادة 1.\n",
        &["2.1: 1 من المادة 1 → 1.1"],
    );
}

#[test]
fn numbers_and_letters_run_together() {
    check(
        "6. Convey:\n\na) x\n\nb) y\n\n7. Under section 6b.\n",
        &["7: 6b → 6.b"],
    );
}

#[test]
fn annexes_hold_articles_of_their_own() {
    check(
        "Article 1\n\nSEAT\n\nAnnex I\n\nArticle 1\n\nMAPS\n\nArticle 2\n\nAs in Article 1.\n",
        &["I.2.¶1: 1 → I.1"],
    );
}

#[test]
fn other_instruments_are_none() {
    check(
        "Article 3\n\nSEAT\n\nArticle 4\n\nAs in Article 3 of the Basin Convention, its Article 3 and Article 3 of this Agreement.\n",
        &["4.¶1: 3 → 3"],
    );
}

#[test]
fn letter_case_in_parentheses_tells() {
    check(
        "SEC. 2. The Act is amended:\n\n(1) in subsection (b):\n\n(A) one;\n\n(B) as in subparagraph (A).\n\n(2) in the heading.\n",
        &["2.1: (b) → none", "2.1.B: (A) → 2.1.A"],
    );
}

#[test]
fn clauses_of_a_contract() {
    check(
        "PARTIES\n\n(1) Alpha; and\n\n(2) Beta.\n\nAGREED TERMS\n\n1. Words\n\n1.1 Completion is that under clause 2.\n\n2. Sale\n\n2.1 The Seller sells:\n\n(a) the Shares;\n\n(b) the Assets.\n\n2.2 Clause 2.1(b) applies subject to clauses 1.1 and 2.1.\n",
        &[
            "1.1: 2 → ¶4.2",
            "2.2: 2.1(b) → 2.1.b",
            "2.2: 1.1 → 1.1",
            "2.2: 2.1 → 2.1",
        ],
    );
}

#[test]
fn numbers_inside_an_article_before_those_of_an_annex() {
    check(
        "## § 1\n\n(1) Es gilt:\n\n1. eins,\n\n2. zwei nach Nummer 1.\n\n## Anhang\n\n1. Karte\n\n2. Liste\n",
        &["1.1.2: 1 → 1.1.1"],
    );
}

#[test]
fn a_list_of_paragraphs_of_one_article() {
    check(
        "Article 1\n\n1. One.\n\n2. Two.\n\n3. Three.\n\nArticle 2\n\n1. Article 1, paragraphs 1 and 2, applies.\n\n2. Points 1 and 2 of Article 1.\n",
        &[
            "2.1: 1, paragraphs 1 → 1.1",
            "2.1: 2 → 1.2",
            "2.2: 1 → 1.1",
            "2.2: 2 of Article 1 → 1.2",
        ],
    );
}
