//! Reading: tracked changes accepted and rejected, numbers, what stands beside the words.

use onetext_paper::docx::{Tracked, read};

use super::{document, document_with, lines, p};

/// Lines are parted by `/`.
fn check(body: &str, accepted: &str, rejected: &str) {
    let bytes = document(body);
    assert_eq!(
        lines(&bytes, Tracked::Accepted).join("/"),
        accepted,
        "accepted"
    );
    assert_eq!(
        lines(&bytes, Tracked::Rejected).join("/"),
        rejected,
        "rejected"
    );
}

fn ins(inside: &str) -> String {
    format!("<w:ins w:id=\"1\" w:author=\"A\">{inside}</w:ins>")
}

fn del(words: &str) -> String {
    format!(
        "<w:del w:id=\"1\" w:author=\"A\"><w:r><w:delText xml:space=\"preserve\">{words}</w:delText></w:r></w:del>"
    )
}

fn r(words: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r>")
}

/// A paragraph whose mark bears a sign.
fn marked(sign: &str, inside: &str) -> String {
    format!(
        "<w:p><w:pPr><w:rPr><w:{sign} w:id=\"1\" w:author=\"A\"/></w:rPr></w:pPr>{inside}</w:p>"
    )
}

#[test]
fn words_are_inserted_and_deleted() {
    let body = format!("<w:p>{}{}{}</w:p>", r("a "), ins(&r("new ")), del("old "));
    check(&body, "a new", "a old");
}

#[test]
fn what_was_inserted_and_deleted_again_is_in_neither() {
    let body = format!("<w:p>{}{}</w:p>", r("a "), ins(&del("never ")));
    check(&body, "a", "a");
}

#[test]
fn a_paragraph_without_its_mark_goes_on_in_the_next() {
    check(
        &(marked("del", &r("one ")) + &p("two")),
        "one two",
        "one/two",
    );
    check(
        &(marked("ins", &r("one ")) + &p("two")),
        "one/two",
        "one two",
    );
}

#[test]
fn no_paragraph_goes_on_behind_a_table() {
    let table = "<w:tbl><w:tr><w:trPr><w:ins w:id=\"1\"/></w:trPr><w:tc><w:p><w:r><w:t>cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    check(
        &(marked("ins", &r("one")) + table + &p("two")),
        "one/cell/two",
        "one/two",
    );
}

#[test]
fn moves_are_here_or_there() {
    let moved = |sign: &str| {
        let inside = format!(
            "<w:{sign} w:id=\"2\" w:author=\"A\">{}</w:{sign}>",
            r("moved")
        );
        marked(sign, &inside)
    };
    check(
        &(moved("moveFrom") + &p("mid") + &moved("moveTo") + &p("end")),
        "mid/moved/end",
        "moved/mid/end",
    );
}

#[test]
fn rows_and_cells_come_and_go() {
    let cell =
        |sign: &str, words: &str| format!("<w:tc><w:tcPr>{sign}</w:tcPr>{}</w:tc>", p(words));
    let row = |sign: &str, cells: &str| format!("<w:tr><w:trPr>{sign}</w:trPr>{cells}</w:tr>");
    let table = format!(
        "<w:tbl>{}{}{}</w:tbl>",
        row(
            "",
            &(cell("", "a")
                + &cell("<w:cellDel w:id=\"1\"/>", "b")
                + &cell("<w:cellIns w:id=\"2\"/>", "c"))
        ),
        row("<w:ins w:id=\"3\"/>", &cell("", "d")),
        row("<w:del w:id=\"4\"/>", &cell("", "e")),
    );
    check(&table, "a/c/d", "a/b/e");
}

#[test]
fn fields_and_controls_are_their_result() {
    let field = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>\
        <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>7</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
    let control = format!(
        "<w:sdt><w:sdtPr><w:alias w:val=\"x\"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
        p("held")
    );
    check(
        &format!("<w:p>{}{field}</w:p>{control}", r("page ")),
        "page 7/held",
        "page 7/held",
    );
}

#[test]
fn the_same_in_two_forms_is_read_once() {
    let body = format!(
        "<w:p><w:r><mc:AlternateContent xmlns:mc=\"m\"><mc:Choice><w:txbxContent>{0}</w:txbxContent></mc:Choice>\
         <mc:Fallback><w:txbxContent>{0}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>",
        p("boxed")
    );
    check(&body, "boxed", "boxed");
}

const LISTS: &str = "<w:numbering><w:abstractNum w:abstractNumId=\"0\">\
    <w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:pStyle w:val=\"Point\"/><w:lvlText w:val=\"%1.\"/></w:lvl>\
    <w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"lowerLetter\"/><w:lvlText w:val=\"(%2)\"/></w:lvl>\
    </w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>";
const STYLES: &str = "<w:styles><w:style w:type=\"paragraph\" w:styleId=\"Point\"><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"Deep\"><w:basedOn w:val=\"Point\"/><w:pPr><w:numPr><w:ilvl w:val=\"1\"/></w:numPr></w:pPr></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"H1\"><w:name w:val=\"heading 1\"/></w:style></w:styles>";

fn styled(properties: &str, words: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr>{}</w:p>", r(words))
}

#[test]
fn numbers_are_those_of_the_page() {
    let direct = "<w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/></w:numPr>";
    let body = styled("<w:pStyle w:val=\"H1\"/>", "Head")
        + &styled("<w:pStyle w:val=\"Point\"/>", "one")
        + &styled(direct, "sub")
        + &styled(
            "<w:pStyle w:val=\"Point\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr>",
            "plain",
        )
        + &styled("<w:pStyle w:val=\"Point\"/>", "two");
    let bytes = document_with(&body, &[("numbering", LISTS), ("styles", STYLES)]);
    let document = read(&bytes, Tracked::Accepted).unwrap();
    assert_eq!(
        document.lines(),
        ["Head", "1. one", "(a) sub", "plain", "2. two"]
    );
    assert!(
        document
            .source()
            .starts_with("# Head\n\n1. one\n\n(a) sub\n\n")
    );
}

#[test]
fn a_number_that_is_rejected_counts_nothing() {
    let inserted = "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/><w:ins w:id=\"1\" w:author=\"A\"/></w:numPr>";
    let changed =
        "<w:pStyle w:val=\"Point\"/><w:pPrChange w:id=\"2\" w:author=\"A\"><w:pPr/></w:pPrChange>";
    let body = styled(inserted, "one") + &styled(changed, "two");
    let bytes = document_with(&body, &[("numbering", LISTS), ("styles", STYLES)]);
    assert_eq!(lines(&bytes, Tracked::Accepted), ["1. one", "2. two"]);
    assert_eq!(lines(&bytes, Tracked::Rejected), ["one", "two"]);
}

#[test]
fn authors_dates_comments_and_notes_are_all_there() {
    let body = "<w:p><w:ins w:id=\"1\" w:author=\"Ann\" w:date=\"2031-03-06T10:00:00Z\"><w:r><w:t>new</w:t></w:r></w:ins></w:p>";
    let comments = "<w:comments xmlns:w14=\"x\"><w:comment w:id=\"0\" w:author=\"Bo\"><w:p w14:paraId=\"A\"><w:r><w:t>why?</w:t></w:r></w:p></w:comment>\
        <w:comment w:id=\"1\" w:author=\"Ann\"><w:p w14:paraId=\"B\"><w:r><w:t>because</w:t></w:r></w:p></w:comment></w:comments>";
    let threads = "<w15:commentsEx xmlns:w15=\"x\"><w15:commentEx w15:paraId=\"A\"/><w15:commentEx w15:paraId=\"B\" w15:paraIdParent=\"A\"/></w15:commentsEx>";
    let notes = "<w:footnotes><w:footnote w:type=\"separator\" w:id=\"-1\"/><w:footnote w:id=\"2\"><w:p><w:r><w:t>a note</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let more = [
        ("comments", comments),
        ("commentsExtended", threads),
        ("footnotes", notes),
    ];
    let document = read(&document_with(body, &more), Tracked::Accepted).unwrap();
    let change = &document.changes[0];
    assert_eq!(
        (change.kind, change.of, change.text.as_str()),
        ("insertion", "words", "new")
    );
    assert_eq!(change.author.as_deref(), Some("Ann"));
    assert_eq!(change.date.as_deref(), Some("2031-03-06T10:00:00Z"));
    let said: Vec<_> = document
        .comments
        .iter()
        .map(|each| (each.text.as_str(), each.answers.as_deref()))
        .collect();
    assert_eq!(said, [("why?", None), ("because", Some("0"))]);
    assert_eq!(document.notes.len(), 1);
    assert_eq!(document.notes[0].text, "a note");
}
