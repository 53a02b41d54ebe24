//! One case for each class of error: what is wrong, where, what was expected, the nearest valid name.

use super::{BASIS, act, errors};

#[test]
fn basis_is_good() {
    assert_eq!(errors(BASIS), "imported");
    assert_eq!(errors(&format!("\u{feff}{BASIS}")), "imported");
}

#[test]
fn probe() {
    for (what, source) in [
        ("toml", format!("{BASIS}oops")),
        (
            "dup key",
            format!(
                "{BASIS}{}",
                act("note", "plenary", "med", "words = \"a\"\nwords = \"b\"")
            ),
        ),
        (
            "field",
            format!("{BASIS}{}", act("note", "plenary", "med", "word = \"a\"")),
        ),
        ("block", format!("{BASIS}[[acts]]\nid = \"x\"\n")),
        (
            "room",
            format!(
                "{BASIS}{}",
                act("note", "med-birch", "ash", "words = \"a\"")
            ),
        ),
        (
            "room",
            format!(
                "{BASIS}{}",
                act("note", "med-bircj", "ash", "words = \"a\"")
            ),
        ),
        (
            "by",
            format!("{BASIS}{}", act("note", "med-ash", "anne", "words = \"a\"")),
        ),
        (
            "draft",
            format!(
                "{BASIS}{}",
                act(
                    "stance",
                    "med-birch",
                    "birch",
                    "stance = \"accept\"\ndraft = \"d1\"\npoints = \"whole\""
                )
            ),
        ),
        (
            "draft",
            format!(
                "{BASIS}{}",
                act(
                    "stance",
                    "med-birch",
                    "birch",
                    "stance = \"accept\"\ndraft = \"d9\"\npoints = \"whole\""
                )
            ),
        ),
        (
            "points",
            format!(
                "{BASIS}{}",
                act(
                    "stance",
                    "med-ash",
                    "ash",
                    "stance = \"accept\"\ndraft = \"d1\"\npoints = [\"1\", \"9\"]"
                )
            ),
        ),
        (
            "reading",
            format!(
                "{BASIS}{}",
                act(
                    "stance",
                    "med-ash",
                    "ash",
                    "stance = \"accept\"\ndraft = \"d1\"\npoints = \"2\"\nreading = [3]"
                )
            ),
        ),
        (
            "reading",
            format!(
                "{BASIS}{}",
                act(
                    "stance",
                    "med-ash",
                    "ash",
                    "stance = \"accept\"\ndraft = \"d1\"\npoints = \"2\"\nreading = [2]"
                )
            ),
        ),
    ] {
        println!("{what}: {}", errors(&source));
    }
}
