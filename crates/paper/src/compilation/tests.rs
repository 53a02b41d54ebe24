//! The compilation as Markdown and as a page.

use onetext_text::{Draft, SeatText, compile};

use super::{Compiled, html, markdown};

const BASE: &str = "1. Each Party shall report every year.\n\n2. The Commission publishes the reports under point 1.\n\n3. This Agreement enters into force on signature.\n";

fn both(texts: &[(&str, &str)]) -> (String, String) {
    let base = Draft::read(BASE).unwrap();
    let drafts: Vec<Draft> = texts
        .iter()
        .map(|(_, text)| Draft::read(text).unwrap())
        .collect();
    let texts: Vec<SeatText> = texts
        .iter()
        .zip(&drafts)
        .map(|((seat, _), draft)| SeatText { seat, draft })
        .collect();
    let compilation = compile(&base, &texts);
    let compiled = Compiled {
        name: "base.md",
        base: &base,
        compilation: &compilation,
    };
    (markdown(&compiled), html(&compiled))
}

#[test]
fn markdown_follows_the_custom_and_can_be_read_again() {
    let dropped = BASE.replace("3. This Agreement enters into force on signature.\n", "");
    let (markdown, _) = both(&[
        ("KA", &BASE.replace("shall report", "should report")),
        ("SA", &BASE.replace("shall report every year", "may report")),
        (
            "TO",
            &format!("{dropped}3. Disputes go to the Commission.\n"),
        ),
        ("VE", &BASE.replace("shall report", "should report")),
    ]);
    assert_eq!(
        markdown,
        "---\ncompilation of proposals on: base.md\nseats: KA, SA, TO, VE\n\
         state: 4 seats; 3 provisions of 4 open; 1 in conflict: 1.\n3: TO: delete\n---\n\n\
         1. Each Party [shall report every year.][KA, VE: should report every year.][SA: may report.]\n\n\
         2. The Commission publishes the reports under point 1.\n\n\
         [TO: 3. Disputes go to the Commission.]\n\n\
         3. [This Agreement enters into force on signature.][TO: no text]\n\n"
    );
    let read = Draft::read(&markdown).unwrap();
    assert_eq!(read.provisions().len(), 4);
    assert!(
        read.open_brackets()
            .iter()
            .all(|bracket| !bracket.unbalanced)
    );
}

#[test]
fn the_page_names_every_author_and_escapes_every_word() {
    let (_, page) = both(&[("<b>", &BASE.replace("shall", "<script>"))]);
    assert!(page.contains("&lt;script&gt;") && page.contains("&lt;b&gt;"));
    assert!(!page.contains("<script"));
}
