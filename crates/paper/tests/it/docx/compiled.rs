//! Compilations as documents: one author for each seat, and the base for whoever rejects everything.

use std::collections::BTreeMap;

use onetext_paper::docx::redline::{Source, compiled};
use onetext_paper::docx::{Look, PlainParagraph, Tracked, authors, plain, read, read_changes_of};
use onetext_text::{Draft, SeatText, compile};
use proptest::prelude::*;

use super::redlines::told;
use super::{document, document_with, lines, main_of, p, package};

/// The compilation of what seats would have on a base.
fn laid_over(base: &[u8], texts: &[(&str, &[u8])]) -> Vec<u8> {
    let draft = told(base);
    let drafts: Vec<Draft> = texts.iter().map(|(_, bytes)| told(bytes)).collect();
    let seats: Vec<SeatText<'_>> = texts
        .iter()
        .zip(&drafts)
        .map(|((seat, _), draft)| SeatText { seat, draft })
        .collect();
    let compilation = compile(&draft, &seats);
    let places = draft.provisions().iter();
    let places: Vec<usize> = places
        .map(|each| onetext_paper::docx::paragraph_on(each.line))
        .collect();
    let source = Source {
        bytes: base,
        places: &places,
    };
    let date = Some("2031-03-06T00:00:00Z");
    compiled(source, &draft, &compilation, Tracked::Accepted, date)
        .unwrap()
        .bytes
}

/// The words of each author's changes.
fn by_author(bytes: &[u8]) -> BTreeMap<String, Vec<(&'static str, String)>> {
    let mut found: BTreeMap<String, Vec<(&'static str, String)>> = BTreeMap::new();
    for change in read(bytes, Tracked::Accepted).unwrap().changes {
        if change.of == "words" {
            let own = found.entry(change.author.unwrap_or_default()).or_default();
            own.push((change.kind, change.text));
        }
    }
    found
}

/// A whole document, with what a new part needs.
fn whole(body: &str) -> Vec<u8> {
    let main = super::main_part(body);
    package(&[
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>",
        ),
        ("_rels/.rels", super::RELATIONS),
        ("word/document.xml", &main),
    ])
}

const POINTS: [&str; 3] = [
    "1. The ferry runs every day from the old bridge to the mill",
    "2. A toll of ten marks is levied on every cart",
    "3. Both banks keep the river free of nets",
];

fn text(points: &[&str]) -> String {
    points.iter().map(|point| p(point)).collect()
}

#[test]
fn each_seat_is_the_author_of_what_it_proposes() {
    let base = whole(&text(&POINTS));
    let ardel = document(&text(&[
        POINTS[0],
        "2. A toll of twelve marks is levied on every cart",
        POINTS[2],
    ]));
    let brun = document(&text(&[
        "1. The ferry runs every second day from the old bridge to the mill",
        "2. A toll of five marks is levied on every cart",
        POINTS[2],
        "4. Boats carry a lamp at night",
    ]));
    let told = laid_over(&base, &[("Ardel", &ardel), ("Brun", &brun)]);
    let words = by_author(&told);
    let of = |seat: &str| words.get(seat).cloned().unwrap_or_default();
    let said = |kind: &'static str, text: &str| (kind, text.to_owned());
    assert_eq!(
        of("Ardel"),
        [said("deletion", "ten"), said("insertion", "twelve")]
    );
    assert!(of("Brun").contains(&said("insertion", "five")));
    assert!(of("Brun").contains(&said("insertion", "4. Boats carry a lamp at night")));
    assert!(
        of("Brun")
            .iter()
            .any(|(kind, text)| *kind == "insertion" && text.trim() == "second")
    );
    assert_eq!(words.len(), 2);
    assert_eq!(
        lines(&told, Tracked::Rejected),
        lines(&base, Tracked::Accepted)
    );
}

#[test]
fn who_proposes_the_same_says_so_in_a_comment() {
    let base = whole(&text(&POINTS));
    let other = document(&text(&[
        "1. The ferry runs every night from the old bridge to the mill",
        POINTS[1],
    ]));
    let told = laid_over(&base, &[("Ardel", &other), ("Brun", &other)]);
    let words = by_author(&told);
    assert_eq!(words.keys().collect::<Vec<_>>(), ["Ardel"]);
    let comments = read(&told, Tracked::Accepted).unwrap().comments;
    assert_eq!(
        comments.len(),
        2,
        "for the words, and for the point that goes"
    );
    assert!(
        comments
            .iter()
            .all(|comment| comment.author.as_deref() == Some("Brun"))
    );
    assert_eq!(
        lines(&told, Tracked::Rejected),
        lines(&base, Tracked::Accepted)
    );
    assert!(main_of(&told).contains("<w:commentReference w:id=\"1\"/>"));
}

#[test]
fn formatting_links_and_things_that_are_no_text_stay() {
    let odd = "<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>1. The ferry </w:t></w:r>\
        <w:hyperlink w:anchor=\"x\"><w:r><w:t>runs every day</w:t></w:r></w:hyperlink><w:r><w:drawing><a>x</a></w:drawing><w:t xml:space=\"preserve\"> from the mill</w:t></w:r></w:p>";
    let base = whole(&(odd.to_owned() + &p("2. A toll is levied")));
    let other = document(&text(&[
        "1. The ferry runs every night from the mill",
        "2. A toll is levied",
    ]));
    let told = laid_over(&base, &[("Ardel", &other)]);
    assert_eq!(
        by_author(&told).remove("Ardel"),
        Some(vec![
            ("deletion", "day".to_owned()),
            ("insertion", "night".to_owned())
        ])
    );
    let main = main_of(&told);
    for kept in [
        "<w:jc w:val=\"center\"/>",
        "<w:drawing><a>x</a></w:drawing>",
        "<w:hyperlink w:anchor=\"x\">",
    ] {
        assert!(main.contains(kept), "{kept}: {main}");
    }
    assert_eq!(
        lines(&told, Tracked::Rejected),
        lines(&base, Tracked::Accepted)
    );
}

#[test]
fn a_number_that_the_word_processor_counts_is_proposed_in_a_comment() {
    let lists = "<w:numbering><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:lvlText w:val=\"%1.\"/></w:lvl>\
        </w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>";
    let point = |words: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"
        )
    };
    let points: Vec<String> = POINTS.iter().map(|text| point(&text[3..])).collect();
    let base = document_with(
        &points.concat(),
        &[("numbering", lists), ("comments", "<w:comments/>")],
    );
    let other = document(&text(&[
        "1 bis. The ferry runs every day from the old bridge to the mill",
        POINTS[1],
        POINTS[2],
    ]));
    let told = laid_over(&base, &[("Ardel", &other)]);
    let comments = read(&told, Tracked::Accepted).unwrap().comments;
    assert!(
        comments
            .iter()
            .any(|comment| comment.text.contains("1 bis.")),
        "{comments:?}"
    );
    assert_eq!(
        lines(&told, Tracked::Rejected),
        lines(&base, Tracked::Accepted)
    );
}

#[test]
fn each_author_of_a_document_is_read_alone() {
    let body = "<w:p><w:r><w:t xml:space=\"preserve\">the river is </w:t></w:r>\
        <w:del w:id=\"1\" w:author=\"Edda\"><w:r><w:delText>wide</w:delText></w:r></w:del>\
        <w:ins w:id=\"2\" w:author=\"Edda\"><w:r><w:t>deep</w:t></w:r></w:ins>\
        <w:ins w:id=\"3\" w:author=\"Finn\"><w:r><w:t xml:space=\"preserve\"> and cold</w:t></w:r></w:ins></w:p>";
    let bytes = document(body);
    assert_eq!(authors(&bytes).unwrap(), ["Edda", "Finn"]);
    let read = |author: &str| read_changes_of(&bytes, author).unwrap().lines();
    assert_eq!(read("Edda"), ["the river is deep"]);
    assert_eq!(read("Finn"), ["the river is wide and cold"]);
    assert_eq!(read("Nobody"), ["the river is wide"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever seats would have, nothing of the base is lost.
    #[test]
    fn whoever_rejects_a_compilation_has_the_base(
        base in prop::collection::vec(prop::collection::vec("[a-e]{1,3}|[^\\p{C}]{1,4}", 1..9), 1..8),
        edits in prop::collection::vec((0..2_usize, 0..3_u8, 0..8_usize, 0..9_usize), 0..8),
    ) {
        let mut texts = [base.clone(), base.clone()];
        for (seat, kind, at, word) in edits {
            let text = &mut texts[seat];
            let at = at % text.len().max(1);
            match kind {
                0 if text.len() > 1 => drop(text.remove(at)),
                1 => text.insert(at, vec!["new".to_owned(); word + 1]),
                _ if at < text.len() => {
                    let to = word.min(text[at].len());
                    text[at].insert(to, "zz".to_owned());
                }
                _ => {}
            }
        }
        let make = |text: &[Vec<String>]| {
            let texts: Vec<String> = text.iter().map(|words| words.join(" ")).collect();
            let paragraphs: Vec<PlainParagraph<'_>> =
                texts.iter().map(|text| PlainParagraph { text, look: Look::Text(0) }).collect();
            plain(&paragraphs).unwrap()
        };
        let [one, other] = &texts;
        let (base, one, other) = (make(&base), make(one), make(other));
        let told = laid_over(&base, &[("Ardel", &one), ("Brun", &other)]);
        prop_assert_eq!(lines(&told, Tracked::Rejected), lines(&base, Tracked::Accepted));
    }
}
