//! A redline for the terminal, as a page and as JSON.

use onetext_text::{Draft, align, in_turn, redline};

use super::{Choice, Sides, html, in_words, json, stat, terminal};

const OLD: &str = "\
1. The quay is open to all by day.

2. Grain is weighed at the mill; point 1 applies.

3. The ferry carries the sick without a fare.

4. [missing]
";
const NEW: &str = "\
1. The ferry carries the sick without a fare.

2. Each side names <one> officer & no more.

3. The quay is open to all by day [and by night].

4. Grain is weighed at the mill; point 3 applies.

5. [missing]
";

fn shown<T>(old: &str, new: &str, show: impl FnOnce(&onetext_text::Redline, &Sides<'_>) -> T) -> T {
    let (old, new) = (
        Draft::read(old).unwrap_or_default(),
        Draft::read(new).unwrap_or_default(),
    );
    let told = redline(&old, &new, &align(&old, &new, &[]));
    show(
        &told,
        &Sides {
            old_name: "v1.md",
            new_name: "v2.md",
            old: &old,
            new: &new,
        },
    )
}

#[test]
fn the_terminal_reads_without_colour() {
    insta::assert_snapshot!(shown(OLD, NEW, |told, sides| terminal(
        told,
        sides,
        &Choice::default(),
        (false, 72)
    )));
}

#[test]
fn colour_adds_signs_and_takes_no_word_away() {
    let colour = shown(OLD, NEW, |told, sides| {
        terminal(told, sides, &Choice::default(), (true, 72))
    });
    assert!(colour.contains("\u{1b}[32;4m[and\u{1b}[0m"), "{colour:?}");
}

#[test]
fn a_reader_chooses_kinds_and_how_much_stands_around_a_change() {
    let screen = |choice: Choice| {
        shown(OLD, NEW, |told, sides| {
            terminal(told, sides, &choice, (false, 72))
        })
    };
    let only = screen(Choice {
        only: vec![onetext_text::PairKind::Inserted],
        context: None,
    });
    assert!(
        only.contains("2  new") && !only.contains("edited\n"),
        "{only}"
    );
    let near = screen(Choice {
        only: vec![onetext_text::PairKind::Inserted],
        context: Some(1),
    });
    assert!(
        near.contains("2  new") && near.contains("quay") && !near.contains("[missing]"),
        "{near}"
    );
}

#[test]
fn counts_alone_have_a_line_for_each_provision_that_changed() {
    let counts = shown(OLD, NEW, |told, sides| {
        stat(told, sides, &Choice::default(), (false, 72))
    });
    let line = counts.lines().find(|line| line.starts_with("1 → 3"));
    assert!(
        line.is_some_and(|line| line.ends_with("edited                       -0 +3")),
        "{counts}"
    );
}

#[test]
fn brackets_and_alternatives_are_told_as_what_they_are() {
    let fate = |old: &str, new: &str| {
        let (old, new) = (format!("1. {old}\n"), format!("1. {new}\n"));
        let screen = shown(&old, &new, |told, sides| {
            terminal(told, sides, &Choice::default(), (false, 72))
        });
        let line = screen.lines().find(|line| line.starts_with("1  edited"));
        line.unwrap_or_default().to_owned()
    };
    let check =
        |old: &str, new: &str, told: &str| assert_eq!(fate(old, new), format!("1  edited{told}"));
    check(
        "The quay is open by day.",
        "The quay is open [by day].",
        ": 1 bracket opened",
    );
    check(
        "The quay is open [by day].",
        "The quay is open by day.",
        ": 1 bracket closed",
    );
    check(
        "Tolls [rise] now.",
        "Tolls [rise] [fall] now.",
        ": 1 alternative added",
    );
    check(
        "Tolls [rise] [fall] now.",
        "Tolls [rise] now.",
        ": 1 alternative dropped",
    );
    check("Tolls rise now.", "Tolls fall now.", "");
}

#[test]
fn a_text_cannot_steer_the_terminal() {
    let evil = "1. Peace \u{1b}[31mnow\u{202e}.\n";
    let page = shown("1. Peace.\n", evil, |told, sides| {
        terminal(told, sides, &Choice::default(), (false, 72))
    });
    assert!(
        !page.contains('\u{1b}') && !page.contains('\u{202e}'),
        "{page:?}"
    );
}

#[test]
fn a_new_article_accounts_for_the_numbers_after_it() {
    let article = |number: usize, words: &str| {
        format!("Article {number} - {words}\n\n1. On {words} each village decides alone.\n\n")
    };
    let old: String = ["Wells", "Mills", "Roads"]
        .iter()
        .zip(1..)
        .map(|(words, number)| article(number, words))
        .collect();
    let new: String = ["Wells", "Markets", "Mills", "Roads"]
        .iter()
        .zip(1..)
        .map(|(words, number)| article(number, words))
        .collect();
    let words = shown(&old, &new, in_words);
    assert_eq!(
        words,
        "2 points renumbered by a new Article 2; 2 new; 4 unchanged."
    );
}

#[test]
fn the_page_escapes_what_a_text_says() {
    let page = shown(OLD, NEW, |told, sides| {
        html(told, sides, &Choice::default())
    });
    assert!(
        page.contains("names &lt;one&gt; officer &amp; no more"),
        "{page}"
    );
    assert!(!page.contains("<one>"));
    assert!(
        !page.contains("http"),
        "the page asks the network for nothing"
    );
}

#[test]
fn what_moved_is_linked_to_where_it_stood() {
    let page = shown(OLD, NEW, |told, sides| {
        html(told, sides, &Choice::default())
    });
    let moved = page
        .split("id=\"from")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap_or("none");
    assert!(
        page.contains(&format!("href=\"#from{moved}\""))
            && page.contains(&format!("id=\"p{moved}\"")),
        "{moved}"
    );
}

#[test]
fn the_document_is_the_same_in_pieces() {
    let one = "1. The quay is open.\n";
    for (old, new) in [(OLD, NEW), ("", ""), (one, one), ("", one), (OLD, one)] {
        let (whole, pieces) = shown(old, new, |told, sides| {
            let document = json(told, sides);
            let pieces = document.pieces(&in_turn).unwrap_or_default();
            let whole = serde_json::to_string(&document).unwrap_or_default();
            (whole, pieces.concat())
        });
        assert_eq!(String::from_utf8_lossy(&pieces), whole);
    }
}

#[test]
fn the_document_for_programs_has_its_keys_in_order() {
    let document = shown(OLD, NEW, |told, sides| {
        serde_json::to_string(&json(told, sides)).unwrap_or_default()
    });
    let places: Vec<Option<usize>> = [
        "\"old\":{\"file\":\"v1.md\",\"provisions\":4,\"points\":4}",
        "\"new\":{",
        "\"pairs\":[",
        "\"summary\":{",
    ]
    .iter()
    .map(|key| document.find(key))
    .collect();
    assert!(
        places.iter().all(Option::is_some) && places.is_sorted(),
        "{document}"
    );
}
