//! What the reader makes of lists whose labels alone do not say where they belong.

use crate::read::check;

#[test]
fn a_letter_goes_on_after_roman_numbers_below_it() {
    check(
        "3. Three:\na. x\nb. y\n   i. one\n   ii. two\nc. z\n",
        &[
            "3 N Three:",
            "3.a N x",
            "3.b N y",
            "3.b.i N one",
            "3.b.ii N two",
            "3.c N z",
        ],
    );
    check(
        "1. On the river:\n\n    h)  from Port to Lock in the lower reach or the harbour\n\n    i)  from Lock to Port\n\n    in all.\n",
        &[
            "1 N On the river:",
            "1.h N from Port to Lock in the lower reach or the harbour",
            "1.i N from Lock to Port",
            "1.¶3 P in all.",
        ],
    );
}

#[test]
fn numbers_that_start_again_below_a_lettered_heading() {
    check(
        "1. One\n2. Two\n\nA. Part one\n1. x\n2. y\nB. Part two\n1. z\n2. w\n3. Three\n",
        &[
            "1 N One",
            "2 N Two",
            "2.A N Part one",
            "2.A.1 N x",
            "2.A.2 N y",
            "2.B N Part two",
            "2.B.1 N z",
            "2.B.2 N w",
            "2.B.3 N Three",
        ],
    );
}

#[test]
fn a_number_in_bold_stands_beside_one_that_is_not() {
    check(
        "**1. Sovereignty.** It stands.\n\n**2.** Guarantees.\n\n3. Forces.\n\n4\\. Funds.\n\n**5.** Territory.\n",
        &[
            "1 N Sovereignty.** It stands.",
            "2 N Guarantees.",
            "3 N Forces.",
            "4 N Funds.",
            "5 N Territory.",
        ],
    );
}

#[test]
fn a_chapeau_is_no_heading_in_any_script() {
    check(
        "第一条 双方应：\n\n（一）停火；\n\n（二）撤军。\n",
        &["1 N 双方应：", "1.1 N 停火；", "1.2 N 撤军。"],
    );
    check(
        "Статья 2\n\nСтороны продолжают переговоры…\n",
        &["2 H", "2.¶1 P Стороны продолжают переговоры…"],
    );
}

#[test]
fn letters_beyond_z() {
    check(
        "(y) y\n\n(z) z\n\n(aa) aa\n\n(ab) ab\n\n(ac) ac\n",
        &["y N y", "z N z", "aa N aa", "ab N ab", "ac N ac"],
    );
    check("(as) is usual.\n", &["¶1 P (as) is usual."]);
}

#[test]
fn numbers_below_numbers_without_blank_lines() {
    check(
        "1 Introduction\n1.1 Scope\nThis standard is about talks.\n1.2 Purpose\nIt costs\n1.5 million at most.\n1.2.1 First\n2 Terms\n2.1 Talk\n",
        &[
            "1 N Introduction",
            "1.1 N Scope⏎This standard is about talks.",
            "1.2 N Purpose⏎It costs⏎1.5 million at most.",
            "1.2.1 N First",
            "2 N Terms",
            "2.1 N Talk",
        ],
    );
}

#[test]
fn numbers_in_two_parts_with_no_number_above() {
    check(
        "1.1 Scope as in\n1.2 above\n1.2 Other\n1.3 More\n2.1 Next one\n2.2 Last one\n",
        &[
            "1.1 N Scope as in⏎1.2 above",
            "1.2 N Other",
            "1.3 N More",
            "2.1 N Next one",
            "2.2 N Last one",
        ],
    );
}

#[test]
fn numbers_of_inserted_provisions() {
    check(
        "Стаття 2. Обмін\n\n1. Обмін.\n\n1-1. Додатковий.\n\n1². Ще один.\n\n2. Строк.\n\nСтаття 2-1. Прикінцеві положення\n\n1. Кінець.\n",
        &[
            "2 H Обмін",
            "2.1 N Обмін.",
            "2.1-1 N Додатковий.",
            "2.1² N Ще один.",
            "2.2 N Строк.",
            "2-1 H Прикінцеві положення",
            "2-1.1 N Кінець.",
        ],
    );
    check("5-10 persons meet.\n", &["¶1 P 5-10 persons meet."]);
    check(
        "المادة ٢\n\nنص.\n\nالمادة ٢ مكررا\n\nنص آخر.\n",
        &["٢ H", "٢.¶1 P نص.", "٢ مكررا H", "٢ مكررا.¶1 P نص آخر."],
    );
}

#[test]
fn signs_and_words_of_number() {
    check(
        "TITRE Ier\n\nDISPOSITIONS\n\nArticle 1er\n\nObjet\n\nAnnexe n° 1\n\nCarte\n\nAnnex No. 2\n\nMap\n\nПриложение № 3\n\nКарта\n",
        &[
            "TITRE Ier H DISPOSITIONS",
            "1.1 H Objet",
            "Annexe n° 1 H Carte",
            "2 H Map",
            "3 H Карта",
        ],
    );
}

#[test]
fn annexes_with_a_letter_and_numbers() {
    check(
        "# Standard\n\n## 1 Scope\n\nWords.\n\n## 2 Terms\n\n## Annex A (informative) Examples\n\n### A.1 General\n\nA.1.1 One.\n\nA.1.2 Two.\n\n### A.2 Other\n",
        &[
            "¶1 T Standard",
            "1 H Scope",
            "1.¶1 P Words.",
            "2 H Terms",
            "A H (informative) Examples",
            "A.1 H General",
            "A.1.1 N One.",
            "A.1.2 N Two.",
            "A.2 H Other",
        ],
    );
}

#[test]
fn dates_and_signatures_are_no_labels() {
    check(
        "The Parties met on\n\n5. May 2025\n\n1. One.\n\n2. Two.\n\nA. Smith\n",
        &[
            "¶1 T The Parties met on",
            "¶2 P 5. May 2025",
            "1 N One.",
            "2 N Two.",
            "2.¶1 P A. Smith",
        ],
    );
}

#[test]
fn comments_in_markdown_are_not_text() {
    check(
        "<!-- 1. not a point -->\n\n# Plan\n\n1. One.\n<!--\n2. hidden\n-->\n\n2. Two <!-- inline --> end.\n\n<!-- left open\n",
        &[
            "¶1 T Plan",
            "1 N One.",
            "2 N Two <!-- inline --> end.",
            "2.¶1 P <!-- left open",
        ],
    );
}

#[test]
fn phases_of_a_roadmap() {
    check(
        "Phase One: Ceasefire\n\n1. Guns fall silent.\n\nPhase Two: Politics\n\n2. Talks start.\n\nPhase 3 begins when all is done.\n",
        &[
            "1 H Ceasefire",
            "1.1 N Guns fall silent.",
            "2 H Politics",
            "2.2 N Talks start.",
            "2.2.¶1 P Phase 3 begins when all is done.",
        ],
    );
}

#[test]
fn a_list_after_bullets_is_no_part_of_the_last() {
    check(
        "- one\n- two\n\n1) First\n   - sub\n2) Second\n",
        &[
            "#1 I one",
            "#2 I two",
            "1 N First",
            "1.#1 I sub",
            "2 N Second",
        ],
    );
}

#[test]
fn numbers_with_a_dash_at_them() {
    check(
        "1- يوقف الطرفان النار:\n\nأ- في البر؛\n\nب- في البحر.\n\n2- ينسحب الطرفان.\n",
        &[
            "1 N يوقف الطرفان النار:",
            "1.أ N في البر؛",
            "1.ب N في البحر.",
            "2 N ينسحب الطرفان.",
        ],
    );
}

#[test]
fn chinese_articles() {
    check(
        "第一条 一、双方停火。\n二、双方撤军。\n\n第一条之一 附加规定。\n\n第二条 范围\n",
        &[
            "1 H",
            "1.1 N 双方停火。",
            "1.2 N 双方撤军。",
            "1之一 N 附加规定。",
            "2 H 范围",
        ],
    );
}

#[test]
fn abbreviations_and_quotations_are_no_labels() {
    check("a. m. is a time.\n", &["¶1 P a. m. is a time."]);
    check(
        "> Quoted words\n\n1. One.\n",
        &["¶1 P > Quoted words", "1 N One."],
    );
}

#[test]
fn numbers_in_parentheses_hold_no_decimal_numbers() {
    check(
        "# 2. Title\n\n(1) one\n\n(2) two\n\n2.1 below the title\n\n# 3. Next\n",
        &[
            "2 H Title",
            "2.1 N one",
            "2.2 N two",
            "2.1 N below the title",
            "3 H Next",
        ],
    );
}

#[test]
fn decimal_numbers_that_count_again_further_in() {
    check(
        "1. One\n\n1.1 Matter\n\n    1. Dangers\n\n        1.1 on the road\n\n        1.2 at night\n\n1.2 Form\n",
        &[
            "1 N One",
            "1.1 N Matter",
            "1.1.1 N Dangers",
            "1.1.1.1 N on the road",
            "1.1.1.2 N at night",
            "1.2 N Form",
        ],
    );
}
