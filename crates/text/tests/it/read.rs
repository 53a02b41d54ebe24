//! What the reader makes of a page.

use onetext_text::Draft;

/// The outline of a draft: per provision its path, what it is (`T`itle, `H`eading, `N`umbered, `I`tem, `P`aragraph) and
/// its wording.
fn outline(source: &str) -> String {
    let draft = Draft::read(source).unwrap();
    assert!(draft.unread().is_empty(), "unread: {:?}", draft.unread());
    let lines: Vec<String> = draft
        .provisions()
        .iter()
        .map(|provision| {
            assert_eq!(
                source.get(provision.span.clone()),
                Some(provision.wording.as_str())
            );
            let kind = format!("{:?}", provision.kind);
            let wording = provision.wording.replace('\n', "⏎");
            format!("{} {} {wording}", provision.path, &kind[..1])
                .trim_end()
                .to_owned()
        })
        .collect();
    lines.join("\n")
}

#[track_caller]
pub(crate) fn check(source: &str, expected: &[&str]) {
    assert_eq!(outline(source), expected.join("\n"), "{source}");
}

#[test]
fn points_and_items() {
    check(
        "1. One.\n\n2. Two:\n    - a. first\n    - b. second\n\n3. Three.\n",
        &[
            "1 N One.",
            "2 N Two:",
            "2.a N first",
            "2.b N second",
            "3 N Three.",
        ],
    );
    check(
        "1. One:\n    - x\n    - y\n2. Two\n",
        &["1 N One:", "1.#1 I x", "1.#2 I y", "2 N Two"],
    );
    check("1) One\n2) Two\n", &["1 N One", "2 N Two"]);
    check(
        "(1) One\n\n(a) x\n\n(i) y\n\n(ii) z\n\n(b) w\n\n(2) Two",
        &[
            "1 N One",
            "1.a N x",
            "1.a.i N y",
            "1.a.ii N z",
            "1.b N w",
            "2 N Two",
        ],
    );
    check(
        "* one\n* two\n  * deeper\n* three\n",
        &["#1 I one", "#2 I two", "#2.#1 I deeper", "#3 I three"],
    );
}

#[test]
fn articles_above_numbers_above_letters() {
    check(
        "Article 1 - Scope\n\n1. One:\n\n    (a) x;\n\n    (b) y.\n\n2. Two.\n\nArticle 2 - Seat\n\n1. One.\n",
        &[
            "1 H Scope",
            "1.1 N One:",
            "1.1.a N x;",
            "1.1.b N y.",
            "1.2 N Two.",
            "2 H Seat",
            "2.1 N One.",
        ],
    );
    check(
        "## Article 1. Scope\n\n1. One.\n\n   - (a) x\n\n## Article 2. Seat\n",
        &["1 H Scope", "1.1 N One.", "1.1.a N x", "2 H Seat"],
    );
    check(
        "Article 5\n\nFisheries in the area\n\n1. One.\n",
        &["5 H Fisheries in the area", "5.1 N One."],
    );
    check(
        "Article 5\n\nThe Parties shall cooperate.\n",
        &["5 H", "5.¶1 P The Parties shall cooperate."],
    );
    check(
        "Article 5: Fisheries\nArticle 6: Seat\n",
        &["5 H Fisheries", "6 H Seat"],
    );
    check(
        "CHAPTER I\n\nGENERAL PROVISIONS\n\nArticle 1\n\nScope\n\n1. One.\n\nCHAPTER II\n\nSEAT\n\nArticle 2\n\nHouse\n",
        &[
            "I H GENERAL PROVISIONS",
            "I.1 H Scope",
            "I.1.1 N One.",
            "II H SEAT",
            "II.2 H House",
        ],
    );
    check(
        "Article 5\n\n1. One.\n\nAnnex I\n\nArticle 1\n\nMaps\n",
        &["5 H", "5.1 N One.", "I H", "I.1 H Maps"],
    );
    check(
        "Article I\n\nSection 1. All power.\n\nSection 2. The House.\n\nArticle II\n\nSection 1. The executive power.\n",
        &[
            "I H",
            "I.1 N All power.",
            "I.2 N The House.",
            "II H",
            "II.1 N The executive power.",
        ],
    );
}

#[test]
fn american_bills() {
    check(
        "SECTION 1. SHORT TITLE. This Act is short.\n\nSEC. 2. REPORT.\n\n(a) In General.— The report:\n\n(1) one\n\n(A) is owned; or\n\n(B) is designated:\n\n(i) Section 404 of the Act; or\n\n(ii) Subtitle F.\n\n(2) two\n\n(b) Form.\n",
        &[
            "1 N SHORT TITLE. This Act is short.",
            "2 N REPORT.",
            "2.a N In General.— The report:",
            "2.a.1 N one",
            "2.a.1.A N is owned; or",
            "2.a.1.B N is designated:",
            "2.a.1.B.i N Section 404 of the Act; or",
            "2.a.1.B.ii N Subtitle F.",
            "2.a.2 N two",
            "2.b N Form.",
        ],
    );
}

#[test]
fn german_laws() {
    check(
        "# Gesetz\n\n## 1. Abschnitt - Allgemeines\n\n### § 1 Begriffe\n\n(1) Im Sinne dieses\nGesetzes ist\n\n1.  Stoff:\n\n    a)  ein Element\n        aus der Natur,\n\n\n    b)  eine Pflanze,\n\n\n2.  eine Zubereitung nach\n    § 2,\n\n\n\nwenn sie wirkt.\n\n(1a) Neu.\n\n## Zweiter Abschnitt\n\n### § 2\n\nDer Satz.\n",
        &[
            "¶1 T Gesetz",
            "1 H Allgemeines",
            "1.1 H Begriffe",
            "1.1.1 N Im Sinne dieses⏎Gesetzes ist",
            "1.1.1.1 N Stoff:",
            "1.1.1.1.a N ein Element⏎        aus der Natur,",
            "1.1.1.1.b N eine Pflanze,",
            "1.1.1.2 N eine Zubereitung nach⏎    § 2,",
            "1.1.1.¶3 P wenn sie wirkt.",
            "1.1.1a N Neu.",
            "2 H",
            "2.2 H",
            "2.2.¶1 P Der Satz.",
        ],
    );
}

#[test]
fn letters_and_roman_numbers_by_their_sequence() {
    let alphabet = "(g) g\n\n(h) h\n\n(i) i\n\n(j) j\n";
    check(alphabet, &["g N g", "h N h", "i N i", "j N j"]);
    check(
        "(h) h:\n\n(i) one\n\n(ii) two\n\n(i) i\n\n(j) j\n",
        &["h N h:", "h.i N one", "h.ii N two", "i N i", "j N j"],
    );
    check(
        "I. One\n\nA. x\n\nB. y\n\nII. Two\n",
        &["I N One", "I.A N x", "I.B N y", "II N Two"],
    );
    check(
        "I. Newton was right.\n\nA. Smith was not.\n",
        &["¶1 P I. Newton was right.", "¶2 P A. Smith was not."],
    );
    check(
        "a) x\n\naa) y\n\nbb) z\n\nb) w\n",
        &["a N x", "a.aa N y", "a.bb N z", "b N w"],
    );
}

#[test]
fn nested_decimals() {
    check(
        "1. One\n\n1.1 x\n\n1.2 y\n\n1.2.1 z\n\n2. Two\n\n2.1 w\n",
        &[
            "1 N One",
            "1.1 N x",
            "1.2 N y",
            "1.2.1 N z",
            "2 N Two",
            "2.1 N w",
        ],
    );
    check(
        "Article 5\n\n5.1 x\n\n5.2. y\n\n(a) z\n",
        &["5 H", "5.1 N x", "5.2 N y", "5.2.a N z"],
    );
    check(
        "# 1 Scope\n\n## 1.1 Area\n\n# 2 Seat\n",
        &["1 H Scope", "1.1 H Area", "2 H Seat"],
    );
}

#[test]
fn bis_and_ter() {
    check(
        "5. Five.\n\n5 bis. More.\n\n5 ter. Most.\n\n6. Six.\n",
        &["5 N Five.", "5 bis N More.", "5 ter N Most.", "6 N Six."],
    );
    check(
        "The Parties,\n\nPp1 Being,\n\nPp1bis Recalling,\n\n5. Each.\n\n(a) x\n\n(a bis) y\n",
        &[
            "¶1 P The Parties,",
            "Pp1 N Being,",
            "Pp1bis N Recalling,",
            "5 N Each.",
            "5.a N x",
            "5.a bis N y",
        ],
    );
    check(
        "PP1. Recalling,\n\nPP2. Noting,\n\n1. Decides;\n\n2. Requests.\n",
        &[
            "PP1 N Recalling,",
            "PP2 N Noting,",
            "1 N Decides;",
            "2 N Requests.",
        ],
    );
}

#[test]
fn other_scripts() {
    check(
        "Статья 1. Предмет\n\n1. Стороны:\n\nа) первое;\n\nб) второе.\n\nСтатья 2\n\nПорядок\n",
        &[
            "1 H Предмет",
            "1.1 N Стороны:",
            "1.1.а N первое;",
            "1.1.б N второе.",
            "2 H Порядок",
        ],
    );
    check(
        "المادة 1\n\nالنطاق\n\n١. تلتزم الأطراف:\n\n(أ) الأول\n\n(ب) الثاني\n\nالمادة 2\n",
        &[
            "1 H النطاق",
            "1.١ N تلتزم الأطراف:",
            "1.١.أ N الأول",
            "1.١.ب N الثاني",
            "2 H",
        ],
    );
    check(
        "第一条 总则\n\n一、各方\n\n二、其他\n\n第二条 范围\n",
        &["1 H 总则", "1.1 N 各方", "1.2 N 其他", "2 H 范围"],
    );
}

#[test]
fn titles_headings_and_preambles() {
    check(
        "# Framework\n\nThe Parties,\n\n1. One.\n",
        &["¶1 T Framework", "¶2 P The Parties,", "1 N One."],
    );
    check(
        "# Framework\n\n## Security\n\n1. One.\n\n## Economy\n\n2. Two.\n",
        &[
            "¶1 T Framework",
            "¶2 H Security",
            "1 N One.",
            "¶3 H Economy",
            "2 N Two.",
        ],
    );
    check("# One\n\n# Two\n", &["¶1 H One", "¶2 H Two"]);
    check(
        "GENERAL AGREEMENT\n\nThe Parties,\n\n1. One.\n",
        &["¶1 T GENERAL AGREEMENT", "¶2 P The Parties,", "1 N One."],
    );
    check(
        "      Draft agreement\n        of 23 November\n\n1. One.\n",
        &["¶1 T Draft agreement⏎        of 23 November", "1 N One."],
    );
    check(
        "1. One.\n\nFINAL CLAUSES\n\n2. Two.\n",
        &["1 N One.", "¶2 H FINAL CLAUSES", "2 N Two."],
    );
    check("---\ntitle: x\nnumber: 1.\n---\n\n1. One.\n", &["1 N One."]);
    check(
        "---\n\n1. One.\n\n* * *\n\n2. Two.\n",
        &["1 N One.", "2 N Two."],
    );
}

#[test]
fn paragraphs_below_points() {
    check(
        "1. One.\n\nMore of one.\n\n2. Two.\n",
        &["1 N One.", "1.¶1 P More of one.", "2 N Two."],
    );
    check(
        "1. One.\n\n   still one.\n\n2. Two.\n",
        &["1 N One.⏎⏎   still one.", "2 N Two."],
    );
    check(
        "1. One:\n    - a. x\n    - b. y\n\nAnd so on.\n\n2. Two.\n",
        &[
            "1 N One:",
            "1.a N x",
            "1.b N y",
            "1.¶3 P And so on.",
            "2 N Two.",
        ],
    );
    check(
        "Article 1\n\nThe Parties shall cooperate.\n\nThey shall do so at once.\n",
        &[
            "1 H",
            "1.¶1 P The Parties shall cooperate.",
            "1.¶2 P They shall do so at once.",
        ],
    );
}

#[test]
fn wrapped_lines_are_no_provisions() {
    check(
        "(1) Wer auf Straßen ein Mofa nach Maßgabe der Vorschriften (§ 4 Absatz\n1) führt, muss in einer Prüfung nach den Vorschriften der Verordnung\nnachweisen, was er weiß und was er kann.\n\n(2) Der Satz.\n",
        &[
            "1 N Wer auf Straßen ein Mofa nach Maßgabe der Vorschriften (§ 4 Absatz⏎1) führt, muss in einer Prüfung nach den Vorschriften der Verordnung⏎nachweisen, was er weiß und was er kann.",
            "2 N Der Satz.",
        ],
    );
    check(
        "We protect your rights with two steps: (1) copyright the software, and\n(2) offer you this license which gives you legal permission to copy, or\nto distribute it.\n\n1. One.\n",
        &[
            "¶1 P We protect your rights with two steps: (1) copyright the software, and⏎(2) offer you this license which gives you legal permission to copy, or⏎to distribute it.",
            "1 N One.",
        ],
    );
    check(
        "1. The Parties:\n(a) cease fire;\n(b) withdraw; and\n(c) exchange prisoners.\n2. They meet.\n",
        &[
            "1 N The Parties:",
            "1.a N cease fire;",
            "1.b N withdraw; and",
            "1.c N exchange prisoners.",
            "2 N They meet.",
        ],
    );
}

#[test]
fn two_labels_on_a_line() {
    check(
        "1. (a) Each Party reports.\n\n(b) It does so yearly.\n\n2. Two.\n",
        &[
            "1 N",
            "1.a N Each Party reports.",
            "1.b N It does so yearly.",
            "2 N Two.",
        ],
    );
    check("1. (a) and (b) apply.\n", &["1 N (a) and (b) apply."]);
}

#[test]
fn brackets_and_emphasis_before_labels() {
    check(
        "1\\. One.\n\n2\\. Two.\n\n\\[3\\. Three.\\]\n",
        &["1 N One.", "2 N Two.", "3 N Three.\\]"],
    );
    check(
        "1. One.\n\n[2. Two.]\n\n[3. Three.\n\n4. Four.]\n",
        &["1 N One.", "2 N Two.]", "3 N Three.", "4 N Four.]"],
    );
    check("**1.** One.\n\n**2.** Two.\n", &["1 N One.", "2 N Two."]);
    check(
        "**Article 1 - Seat**\n\n1. One.\n",
        &["1 H Seat", "1.1 N One."],
    );
    check(
        "1. The **seat** is *here*.\n",
        &["1 N The **seat** is *here*."],
    );
}

#[test]
fn tables_and_definitions() {
    check(
        "1. Shares:\n\n| State | Share |\n|-------|-------|\n| A     | 1/2   |\n",
        &["1 N Shares:", "1.¶1 P State | Share", "1.¶2 P A     | 1/2"],
    );
    check(
        "Date\n:   2010-08-17\n\n1. One.\n",
        &["¶1 T Date", "#2 I 2010-08-17", "1 N One."],
    );
}

#[test]
fn line_ends_and_marks_of_order() {
    check(
        "\u{feff}1. One.\r\n\r\n2. Two:\r\n    - a. x\r\n",
        &["1 N One.", "2 N Two:", "2.a N x"],
    );
    check(
        "\u{200f}١. النص\n\n\u{200f}٢. آخر\n",
        &["١ N النص", "٢ N آخر"],
    );
    check("", &[]);
    check(" \n\n\t\n", &[]);
    check("Words alone.", &["¶1 P Words alone."]);
}

#[test]
fn points_are_at_the_outermost_level_that_runs_through() {
    #[track_caller]
    fn points(source: &str, expected: &[&str]) {
        let draft = Draft::read(source).unwrap();
        let paths: Vec<&str> = draft
            .points()
            .iter()
            .map(|&index| draft.provisions()[index].path.as_str())
            .collect();
        assert_eq!(paths, expected, "{source}");
    }
    points(
        "# T\n\nPreamble,\n\n1. One\n\n   - a. x\n\n2. Two\n",
        &["1", "2"],
    );
    points("## A\n\n1. One\n\n## B\n\n2. Two\n", &["1", "2"]);
    points(
        "Chapter I\n\nArticle 1\n\n1. x.\n\nChapter II\n\nArticle 2\n\n1. y.\n\nArticle 3\n\nAnnex A\n",
        &["I.1", "II.2", "II.3", "A"],
    );
    points(
        "Chapter I\n\nArticle 1\n\nChapter II\n\nArticle 1\n",
        &["I", "II"],
    );
    points(
        "Article 1\n\n1. x.\n\n2. y.\n\n3. z.\n",
        &["1.1", "1.2", "1.3"],
    );
    points("# T\n\nOne.\n\nTwo.\n", &["¶2", "¶3"]);
    points(
        "I. SECURITY\n\n1. One.\n\n2. Two.\n\nII. TERRITORY\n\n3. Three.\n\n(i) x\n",
        &["I.1", "I.2", "II.3"],
    );
    points(
        "I. SECURITY\n\n1. One.\n\n2. Two.\n\nII. TERRITORY\n\n1. Three.\n",
        &["I", "II"],
    );
    points("5. Five\n\n5 bis. More\n\n6. Six\n", &["5", "5 bis", "6"]);
    let draft = Draft::read("Article 1\n\n1. x.\n\n(a) y.\n\nArticle 2\n").unwrap();
    assert_eq!(draft.point_depth(), Some(0));
    assert_eq!(draft.points_at(Some(1)), [1]);
    assert_eq!(
        (0..4)
            .map(|index| draft.point_of(index))
            .collect::<Vec<_>>(),
        [Some(0), Some(0), Some(0), Some(3)]
    );
}

#[test]
fn a_resolution_of_the_security_council() {
    check(
        "     Resolution on the ceasefire\n\n     The Security Council,\n\n     1.   Demands a ceasefire, and:\n\n          (a)  calls upon all\n               parties;\n\n          (b)  requests:\n\n               (i)  a report;\n\n               (ii) an envoy;\n\n     2.   Decides.\n",
        &[
            "¶1 T Resolution on the ceasefire",
            "¶2 P The Security Council,",
            "1 N Demands a ceasefire, and:",
            "1.a N calls upon all⏎               parties;",
            "1.b N requests:",
            "1.b.i N a report;",
            "1.b.ii N an envoy;",
            "2 N Decides.",
        ],
    );
}

#[test]
fn a_treaty_pasted_without_blank_lines() {
    check(
        "Article 1\nDefinitions\nArticle 2\nCeasefire\n1. The Parties cease fire.\n2. It is monitored:\n(a) on land;\n(b) at sea.\nANNEX A\nMAP OF THE ZONE\n",
        &[
            "1 H Definitions",
            "2 H Ceasefire",
            "2.1 N The Parties cease fire.",
            "2.2 N It is monitored:",
            "2.2.a N on land;",
            "2.2.b N at sea.",
            "A H MAP OF THE ZONE",
        ],
    );
}

#[test]
fn a_second_list_below_one_provision() {
    check(
        "(1) It is paid to\n\n1. one,\n\n2. two,\n\nand refused to\n\n1. three,\n\n2. four.\n",
        &[
            "1 N It is paid to",
            "1.1 N one,",
            "1.2 N two,",
            "1.¶3 P and refused to",
            "1.¶3.1 N three,",
            "1.¶3.2 N four.",
        ],
    );
}
