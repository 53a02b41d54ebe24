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
