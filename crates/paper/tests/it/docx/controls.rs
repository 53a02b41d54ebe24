//! Content controls around changes: they stay as far as every word processor reads the changes in them.

use super::redlines::holds;
use super::{document, main_of, p};

fn control(kind: &str, content: &str) -> String {
    format!(
        "<w:sdt><w:sdtPr>{kind}<w:id w:val=\"7\"/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )
}

/// The main part of the redline of two bodies; the way back holds too.
fn told(old: &str, new: &str) -> String {
    let (old, new) = (document(old), document(new));
    holds(&new, &old);
    main_of(&holds(&old, &new))
}

#[test]
fn a_control_of_plain_text_holds_anything_where_a_change_stands_in_it() {
    let make = |words: &str, more: &str| {
        let run = |words: &str| format!("<w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r>");
        let held = control("<w:text/>", &run(words));
        format!("<w:p>{}{held}{}</w:p>", run("paid "), run(more))
    };
    let inside = told(
        &make("in silver coins", " at noon"),
        &make("in coins", " at noon"),
    );
    assert!(
        inside.contains("<w:sdtPr><w:id w:val=\"7\"/></w:sdtPr>"),
        "{inside}"
    );
    let beside = told(
        &make("in silver", " at noon"),
        &make("in silver", " at dawn"),
    );
    assert!(beside.contains("<w:sdtPr><w:text/>"), "{beside}");
}

#[test]
fn a_control_around_a_paragraph_that_changed_goes_into_it() {
    let make = |words: &str| control("<w:text/>", &p(words)) + &p("the end");
    let main = told(&make("the river is wide"), &make("the river is deep"));
    assert!(
        main.contains("<w:p><w:sdt><w:sdtPr><w:id w:val=\"7\"/></w:sdtPr><w:sdtContent><w:r>"),
        "{main}"
    );
    // One that came as a whole, too.
    let main = told(&p("the end"), &make("boats carry lamps at night"));
    assert!(
        main.contains("</w:pPr><w:sdt><w:sdtPr><w:id w:val=\"7\"/></w:sdtPr><w:sdtContent><w:ins "),
        "{main}"
    );
    // What is unchanged is not touched, nor what no word processor takes for a control.
    let main = told(
        &(make("the river") + &p("one")),
        &(make("the river") + &p("two")),
    );
    assert!(
        main.contains(&control("<w:text/>", &p("the river"))),
        "{main}"
    );
    let listed = |words: &str| control("<w:docPartObj/>", &p(words)) + &p("the end");
    let main = told(&listed("the river is wide"), &listed("the river is deep"));
    assert!(
        main.contains("<w:sdt><w:sdtPr><w:docPartObj/>") && main.contains("<w:sdtContent><w:p>"),
        "{main}"
    );
}

#[test]
fn a_control_around_more_stays_unless_its_first_paragraph_changes() {
    let make = |first: &str, second: &str| control("", &(p(first) + &p(second))) + &p("the end");
    let main = told(
        &make("one", "the river is wide"),
        &make("one", "the river is deep"),
    );
    assert!(main.contains("<w:sdtContent><w:p>"), "{main}");
    let main = told(
        &make("the river is wide", "two"),
        &make("the river is deep", "two"),
    );
    assert!(!main.contains("<w:sdt>"), "{main}");
    let cell = |words: &str| {
        format!(
            "<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{}</w:tr></w:tbl>",
            control("", &format!("<w:tc>{}</w:tc>", p(words)))
        )
    };
    let main = told(
        &(cell("the river is wide") + &p("two")),
        &(cell("the river is deep") + &p("two")),
    );
    assert!(
        !main.contains("<w:sdt>") && main.contains("<w:tc>"),
        "{main}"
    );
}

#[test]
fn what_went_before_a_control_stands_before_it() {
    let held = control("", &(p("one") + &p("two")));
    let main = told(
        &(p("nobody fishes above the mill") + &held + &p("the end")),
        &(held.clone() + &p("the end")),
    );
    assert!(main.contains(&held), "{main}");
}

#[test]
fn controls_in_controls_are_left_out_one_by_one() {
    let make = |words: &str| {
        let held = (0..120).fold(p(words), |held, _| control("<w:text/>", &held));
        held + &p("the end")
    };
    let main = told(&make("the river is wide"), &make("the river is deep"));
    assert_eq!(main.matches("<w:sdt>").count(), 1, "{main}");
}
