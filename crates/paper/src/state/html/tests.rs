//! The state of play as a page.

use super::super::sample;
use super::html;

#[test]
fn the_page_stands_alone() {
    let page = html(&sample::status(), &[sample::explanation()]);
    for foreign in ["http://", "https://", "src=", "@import", "<script"] {
        assert!(!page.contains(foreign), "the page asks for {foreign}");
    }
}

#[test]
fn words_of_a_text_stay_words() {
    let mut status = sample::status();
    std::sync::Arc::make_mut(&mut status.texts[0].provisions[1]).words =
        "<script>alert(1)</script> & \"quotes\"".to_owned();
    status.title = "</title><b>".to_owned();
    let page = html(&status, &[]);
    assert!(!page.contains("<script>") && !page.contains("</title><b>"));
    assert!(page.contains("&lt;script&gt;"));
}

#[test]
fn a_point_unfolds_to_its_why() {
    let page = html(&sample::status(), &[sample::explanation()]);
    assert!(page.contains("<details><summary><span dir=\"auto\">Both sides withdraw"));
    assert!(page.contains("Northmark drew a red line at the bridge."));
}

#[test]
fn a_state_is_a_word_and_a_sign_beside_the_colour() {
    let page = html(&sample::status(), &[]);
    assert!(page.contains("<td class=\"bad\"><span aria-hidden=\"true\">✗</span> disputed"));
    assert!(page.contains("1 to 2 of 3 points open"));
}
