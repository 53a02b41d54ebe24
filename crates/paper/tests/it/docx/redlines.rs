//! Redlines as documents: whoever accepts has the new body, whoever rejects the old one.

use onetext_paper::docx::redline::{Author, Source, redline};
use onetext_paper::docx::{Look, PlainParagraph, Tracked, paragraph_on, plain, read};
use onetext_text::{Draft, Redline, align};
use proptest::prelude::*;

use super::{document, document_with, lines, p};

pub(super) const AUTHOR: Author<'_> = Author {
    name: "Ann & Bo",
    date: Some("2031-03-06T10:00:00Z"),
};

/// A document with the places of its provisions.
pub(super) struct Placed<'a> {
    bytes: &'a [u8],
    places: Vec<usize>,
}

impl Placed<'_> {
    pub(super) fn source(&self) -> Source<'_> {
        Source {
            bytes: self.bytes,
            places: &self.places,
        }
    }
}

/// The draft that a document says.
pub(super) fn told(bytes: &[u8]) -> Draft {
    Draft::read(&read(bytes, Tracked::Accepted).unwrap().source()).unwrap()
}

/// Two documents and their difference.
pub(super) fn sides<'a>(
    (old, old_draft): (&'a [u8], &Draft),
    (new, new_draft): (&'a [u8], &Draft),
) -> (Placed<'a>, Placed<'a>, Redline) {
    let alignment = align(old_draft, new_draft, &[]);
    let placed = |bytes: &'a [u8], draft: &Draft| {
        let places = draft.provisions().iter();
        let places = places.map(|each| paragraph_on(each.line)).collect();
        Placed { bytes, places }
    };
    (
        placed(old, old_draft),
        placed(new, new_draft),
        onetext_text::redline(old_draft, new_draft, &alignment),
    )
}

pub(super) fn marked(old: &[u8], new: &[u8]) -> Vec<u8> {
    let (old_draft, new_draft) = (told(old), told(new));
    let (old, new, redlined) = sides((old, &old_draft), (new, &new_draft));
    redline(old.source(), new.source(), &redlined, AUTHOR)
        .unwrap()
        .bytes
}

/// Both ways round; gives the redline.
pub(super) fn holds(old: &[u8], new: &[u8]) -> Vec<u8> {
    let told = marked(old, new);
    assert_eq!(
        lines(&told, Tracked::Accepted),
        lines(new, Tracked::Accepted),
        "accepted"
    );
    assert_eq!(
        lines(&told, Tracked::Rejected),
        lines(old, Tracked::Accepted),
        "rejected"
    );
    told
}

fn check(old: &str, new: &str) {
    let (old, new) = (document(old), document(new));
    holds(&old, &new);
    holds(&new, &old);
}

/// The kinds of changes in a redline and their words.
fn changes(told: &[u8]) -> Vec<(&'static str, String)> {
    let document = read(told, Tracked::Accepted).unwrap();
    let changes = document
        .changes
        .into_iter()
        .filter(|change| change.of == "words");
    changes.map(|change| (change.kind, change.text)).collect()
}

fn table(rows: &[&[&str]]) -> String {
    let row = |cells: &&[&str]| {
        let cells: String = cells
            .iter()
            .map(|cell| format!("<w:tc>{}</w:tc>", p(cell)))
            .collect();
        format!("<w:tr>{cells}</w:tr>")
    };
    let rows: String = rows.iter().map(row).collect();
    format!("<w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl>")
}

const LONG: &str = "The Parties shall meet in the first week of each season at the old bridge";

#[test]
fn only_the_words_that_changed_are_marked() {
    let (old, new) = (
        document(&p("the river is wide")),
        document(&p("the river is deep")),
    );
    let told = holds(&old, &new);
    assert_eq!(
        changes(&told),
        [
            ("deletion", "wide".to_owned()),
            ("insertion", "deep".to_owned())
        ]
    );
    let document = read(&told, Tracked::Accepted).unwrap();
    assert!(
        document
            .changes
            .iter()
            .all(|change| change.author.as_deref() == Some("Ann & Bo"))
    );
    assert!(
        document
            .changes
            .iter()
            .all(|change| change.date.as_deref() == AUTHOR.date)
    );
}

#[test]
fn paragraphs_come_and_go_at_every_place() {
    let (a, b, c) = (p("first words"), p("second words here"), p("third"));
    check(&format!("{a}{b}{c}"), &format!("{a}{c}"));
    check(&format!("{a}{b}"), &a);
    check(&format!("{a}{b}{c}"), &b);
    check(&a, &c);
    check("", &a);
}

#[test]
fn paragraphs_are_split_and_merged() {
    check(
        &p(&format!("{LONG}. {LONG} too.")),
        &(p(&format!("{LONG}.")) + &p(&format!("{LONG} too."))),
    );
}

#[test]
fn a_paragraph_that_moved_is_marked_as_moved() {
    let rest = [
        "Fees are paid in silver",
        "Boats carry a lamp at night",
        "Nobody fishes above the mill",
        "Bridges stay open to all",
        "Floods are told downstream at once",
    ];
    let rest: Vec<String> = (1..)
        .zip(rest)
        .map(|(at, words)| p(&format!("{at}. {words}")))
        .collect();
    let moved = p(&format!("9. {LONG}"));
    let old = document(&format!("{moved}{}", rest.concat()));
    let new = document(&format!(
        "{}{moved}{}",
        rest[..3].concat(),
        rest[3..].concat()
    ));
    let told = holds(&old, &new);
    let moved = format!("9. {LONG}");
    assert_eq!(
        changes(&told),
        [("moved-from", moved.clone()), ("moved-to", moved)]
    );
    holds(&new, &old);
}

#[test]
fn tables_change_row_by_row() {
    let one = table(&[&["fee", "10"], &["toll", "20"], &["tax", "30"]]);
    check(&one, &table(&[&["fee", "10"], &["tax", "35"]]));
    check(
        &one,
        &table(&[&["fee", "10", "x"], &["toll", "20"], &["tax", "30"]]),
    );
    check(
        &(p("before") + &one + &p("after")),
        &(p("before") + &p("after")),
    );
    check(&(one.clone() + &p("after")), &p("after"));
    check(&(p("a") + &one), &(p("b") + &one));
}

#[test]
fn fields_links_and_things_that_are_no_text_are_kept() {
    let field = |result: &str| {
        format!(
            "<w:p><w:r><w:t>see </w:t></w:r><w:hyperlink w:anchor=\"x\"><w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>REF x</w:instrText>\
             <w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>{result}</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:hyperlink>\
             <w:r><w:drawing><a>x</a></w:drawing><w:tab/><w:br/></w:r></w:p>"
        )
    };
    check(&field("4"), &field("5"));
    check(&(field("4") + &p("end")), &p("end"));
    check(&(p("one ") + &field("4")), &(field("7 b") + &p("one")));
}

#[test]
fn changes_that_were_there_are_taken_as_accepted() {
    let new = "<w:p><w:r><w:t>the </w:t></w:r><w:ins w:id=\"7\"><w:r><w:t>deep </w:t></w:r></w:ins><w:r><w:t>river</w:t></w:r></w:p>";
    holds(&document(&p("the river")), &document(new));
}

#[test]
fn a_number_before_the_change_comes_back() {
    let lists = "<w:numbering><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:lvlText w:val=\"%1.\"/></w:lvl>\
        </w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>";
    let numbered = "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>point</w:t></w:r></w:p>";
    let make = |body: &str| document_with(body, &[("numbering", lists)]);
    let told = holds(&make(&p("point")), &make(numbered));
    assert_eq!(lines(&told, Tracked::Accepted), ["1. point"]);
    holds(&make(numbered), &make(&p("point")));
    holds(&make(&(numbered.to_owned() + &p("end"))), &make(&p("end")));
}

#[test]
fn what_is_not_concerned_is_copied_to_the_letter() {
    let odd = "<w:p w:rsidR=\"00AA\"><w:pPr><x:y xmlns:x=\"z\" a='1'/></w:pPr><w:r  ><w:t>kept &#x41;</w:t></w:r></w:p>";
    let section = "<w:sectPr><w:pgSz w:w=\"1\"/></w:sectPr>";
    let new = document_with(
        &format!("{odd}{}{section}", p("new")),
        &[("custom", "<anything/>")],
    );
    let told = holds(&document(&format!("{odd}{}{section}", p("old"))), &new);
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(told.as_slice())).unwrap();
    let mut part = |name: &str| std::io::read_to_string(archive.by_name(name).unwrap()).unwrap();
    assert!(part("word/document.xml").contains(odd));
    assert!(part("word/document.xml").ends_with(&format!("{section}</w:body></w:document>")));
    assert_eq!(part("word/custom.xml"), "<anything/>");
}

#[test]
fn a_part_that_begins_with_a_mark_of_its_letters_keeps_it() {
    let begun = |words: &str| {
        let main = format!("\u{feff}{}", super::main_part(&p(words)));
        super::package(&[
            ("_rels/.rels", super::RELATIONS),
            ("word/document.xml", &main),
        ])
    };
    let told = holds(&begun("the river is wide"), &begun("the river is deep"));
    assert!(super::main_of(&told).starts_with("\u{feff}<w:document"));
}

#[test]
fn rows_whose_cells_are_merged_or_not_any_more_go_and_come_as_rows() {
    let cell = |merge: &str, paragraphs: &str| {
        format!("<w:tc><w:tcPr>{merge}</w:tcPr>{paragraphs}</w:tc>")
    };
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let table = |rows: &[String]| format!("<w:tbl><w:tblPr/><w:tblGrid/>{}</w:tbl>", rows.concat());
    let (begins, goes_on) = ("<w:vMerge w:val=\"restart\"/>", "<w:vMerge/>");
    let alone = table(&[
        row(&[cell("", &p("north")), cell("", &p("silver"))]),
        row(&[cell("", &p("south")), cell("", &p("wheat"))]),
        row(&[cell("", &p("west")), cell("", &p("salt"))]),
    ]);
    let merged = table(&[
        row(&[
            cell(begins, &(p("north") + &p("south"))),
            cell("", &p("silver")),
        ]),
        row(&[cell(goes_on, "<w:p/>"), cell("", &p("wheat"))]),
        row(&[cell("", &p("west")), cell("", &p("salt"))]),
    ]);
    for (old, new) in [(&alone, &merged), (&merged, &alone)] {
        let main = super::main_of(&holds(&document(old), &document(new)));
        assert_eq!(main.matches("<w:tr>").count(), 5);
        // A cell that is merged into the one above it holds no word, of which draft ever.
        for cell in main.split("<w:tc>").filter(|cell| cell.contains(goes_on)) {
            assert!(
                !cell.contains("<w:delText") && !cell.contains("<w:t>"),
                "{cell}"
            );
        }
    }
}

#[test]
fn no_two_marks_bear_one_number() {
    let (a, b) = (
        p("one two three"),
        "<w:bookmarkStart w:id=\"41\" w:name=\"x\"/>",
    );
    let told = marked(
        &document(&(a.clone() + &table(&[&["x"]]) + b)),
        &document(&(p("one 2 three") + b + &a)),
    );
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(told.as_slice())).unwrap();
    let main = std::io::read_to_string(archive.by_name("word/document.xml").unwrap()).unwrap();
    let numbers: Vec<&str> = main
        .split(" w:id=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    let different: std::collections::BTreeSet<&&str> = numbers.iter().collect();
    assert_eq!(different.len(), numbers.len(), "{numbers:?}");
    assert!(
        numbers
            .iter()
            .filter_map(|number| number.parse::<u32>().ok())
            .all(|number| number >= 41)
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Any two texts, and one text after a few edits.
    #[test]
    fn any_redline_accepts_to_the_new_and_rejects_to_the_old(
        old in prop::collection::vec(prop::collection::vec("[a-e]{1,3}|1\\.|\\(a\\)|[^\\p{C}]{1,4}", 0..9), 0..12),
        edits in prop::collection::vec((0..4_u8, 0..12_usize, 0..9_usize), 0..8),
    ) {
        let mut new = old.clone();
        for (kind, at, word) in edits {
            let at = at % new.len().max(1);
            match kind {
                0 if at < new.len() => drop(new.remove(at)),
                1 => new.insert(at, vec!["b".to_owned(); word]),
                2 if at < new.len() => {
                    let to = word.min(new[at].len());
                    new[at].insert(to, "zz".to_owned());
                }
                _ if at < new.len() => {
                    let moved = new.remove(at);
                    let to = word.min(new.len());
                    new.insert(to, moved);
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
        holds(&make(&old), &make(&new));
    }
}

/// A document with notes, by number and words, to which its body refers.
fn noted(body: &str, notes: &[(u8, &str)]) -> Vec<u8> {
    let notes: String = notes
        .iter()
        .map(|(id, words)| format!("<w:footnote w:id=\"{id}\">{}</w:footnote>", p(words)))
        .collect();
    let notes =
        format!("<w:footnotes><w:footnote w:id=\"0\" w:type=\"separator\"/>{notes}</w:footnotes>");
    document_with(body, &[("footnotes", &notes)])
}

fn refers(words: &str, id: u8) -> String {
    format!(
        "<w:p><w:r><w:t>{words}</w:t></w:r><w:r><w:footnoteReference w:id=\"{id}\"/></w:r></w:p>"
    )
}

/// The notes that a document's body refers to, in order.
fn notes(bytes: &[u8], tracked: Tracked) -> Vec<String> {
    let document = read(bytes, tracked).unwrap();
    document.notes.into_iter().map(|note| note.text).collect()
}

#[test]
fn notes_that_changed_are_marked_in_the_note() {
    let old = noted(&refers("a toll", 1), &[(1, "ten marks a cart, in silver")]);
    let new = noted(
        &refers("a toll", 1),
        &[(1, "twelve marks a cart, in silver")],
    );
    let told = holds(&old, &new);
    assert_eq!(
        notes(&told, Tracked::Accepted),
        ["twelve marks a cart, in silver"]
    );
    assert_eq!(
        notes(&told, Tracked::Rejected),
        ["ten marks a cart, in silver"]
    );
    assert!(changes(&told).is_empty(), "the body says the same");
}

#[test]
fn a_note_that_is_gone_comes_back_when_the_change_is_rejected() {
    let old = noted(
        &(refers("a toll", 1) + &refers("a fee", 2)),
        &[(1, "in silver"), (2, "of the harbour")],
    );
    let new = noted(&(refers("a toll", 1) + &p("a fee")), &[(1, "in silver")]);
    let told = holds(&old, &new);
    let main = super::main_of(&told);
    let (_, gone) = main.split_once("<w:del ").unwrap();
    assert!(gone.contains("<w:footnoteReference w:id=\"2\"/>"), "{main}");
    assert_eq!(
        notes(&told, Tracked::Rejected),
        ["in silver", "of the harbour"]
    );
    // Where the newer document has no notes at all, it gets a part for them.
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
    let bare = super::main_part(&(p("a toll") + &p("a fee")));
    let bare = super::package(&[
        ("[Content_Types].xml", types),
        ("_rels/.rels", super::RELATIONS),
        ("word/document.xml", &bare),
    ]);
    let told = holds(&old, &bare);
    assert_eq!(
        notes(&told, Tracked::Rejected),
        ["in silver", "of the harbour"]
    );
}
