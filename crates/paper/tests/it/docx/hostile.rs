//! Documents that somebody made to do harm, or that were damaged: a clear error or a reading, never a hang.

use onetext_paper::docx::{DocxError, Tracked, read};

use super::{RELATIONS, document, lines, main_part, p, package};

fn refused(bytes: &[u8]) -> DocxError {
    read(bytes, Tracked::Accepted).unwrap_err()
}

#[test]
fn what_is_no_package_is_refused() {
    assert!(matches!(refused(b""), DocxError::NoPackage(_)));
    assert!(matches!(
        refused(b"PK\x03\x04 and then nothing"),
        DocxError::NoPackage(_)
    ));
    assert!(matches!(refused(b"Article 1"), DocxError::NoPackage(_)));
    assert_eq!(
        refused(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1]),
        DocxError::Protected
    );
}

#[test]
fn a_package_cut_short_is_refused() {
    let whole = document(&p("one"));
    for length in 0..whole.len() {
        assert!(
            read(&whole[..length], Tracked::Accepted).is_err(),
            "{length}"
        );
    }
}

#[test]
fn a_part_that_is_not_there_is_named() {
    assert_eq!(
        refused(&package(&[])),
        DocxError::Missing("_rels/.rels".into())
    );
    let error = refused(&package(&[("_rels/.rels", RELATIONS)]));
    assert_eq!(error, DocxError::Missing("word/document.xml".into()));
    let error = refused(&package(&[("_rels/.rels", "<Relationships/>")]));
    assert!(matches!(error, DocxError::Missing(_)));
}

#[test]
fn another_kind_of_document_is_refused() {
    let error = refused(&package(&[
        ("_rels/.rels", RELATIONS),
        ("word/document.xml", "<html/>"),
    ]));
    assert!(matches!(error, DocxError::OtherContent(_)));
}

#[test]
fn malformed_parts_are_refused_with_their_line() {
    let main = main_part(&p("one")).replace("</w:p>", "\n</w:q>");
    let error = refused(&package(&[
        ("_rels/.rels", RELATIONS),
        ("word/document.xml", &main),
    ]));
    assert!(
        matches!(error, DocxError::Malformed { line: 2, .. }),
        "{error}"
    );
}

#[test]
fn entities_are_refused() {
    let laughs = "<!DOCTYPE a [<!ENTITY b \"ha\"><!ENTITY c \"&b;&b;&b;\">]>";
    let outside = "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>";
    for definition in [laughs, outside] {
        let main = format!("{definition}{}", main_part(&p("&b;")));
        let error = refused(&package(&[
            ("_rels/.rels", RELATIONS),
            ("word/document.xml", &main),
        ]));
        assert!(
            matches!(error, DocxError::Entity { line: 1, .. }),
            "{error}"
        );
    }
}

#[test]
fn a_bomb_is_not_unpacked_beyond_the_limit() {
    let bytes = document(&p(&"a ".repeat(50 << 20)));
    assert!(bytes.len() < 1 << 20, "packed it is small");
    let error = refused(&bytes);
    assert!(matches!(error, DocxError::TooLarge { .. }), "{error}");
    assert!(error.to_string().contains("word/document.xml"));
}

#[test]
fn tables_a_thousand_deep_are_refused() {
    let open = "<w:tbl><w:tr><w:tc>".repeat(1000);
    let close = format!("{}</w:tc></w:tr></w:tbl>", p("in")).repeat(1000);
    let error = refused(&document(&format!("{open}{close}")));
    assert!(matches!(error, DocxError::TooLarge { .. }), "{error}");
}

#[test]
fn tables_thirty_deep_are_read() {
    let open = "<w:tbl><w:tr><w:tc>".repeat(30);
    let close = format!("{}</w:tc></w:tr></w:tbl>", p("in")).repeat(30);
    assert_eq!(
        lines(&document(&format!("{open}{close}")), Tracked::Accepted).len(),
        30
    );
}

#[test]
fn clashing_numbers_and_moves_without_their_other_end_are_read() {
    let body = "<w:moveFromRangeStart w:id=\"1\" w:name=\"m\"/>\
        <w:p><w:moveTo w:id=\"1\"><w:r><w:t>here</w:t></w:r></w:moveTo></w:p><w:bookmarkStart w:id=\"1\"/>";
    assert_eq!(lines(&document(body), Tracked::Accepted), ["here"]);
    assert!(lines(&document(body), Tracked::Rejected).is_empty());
}

#[test]
fn styles_and_lists_that_go_in_circles_end() {
    let styles = "<w:styles><w:style w:type=\"paragraph\" w:styleId=\"A\"><w:basedOn w:val=\"B\"/></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"B\"><w:basedOn w:val=\"A\"/></w:style></w:styles>";
    let body = "<w:p><w:pPr><w:pStyle w:val=\"A\"/></w:pPr><w:r><w:t>one</w:t></w:r></w:p>";
    let bytes = super::document_with(body, &[("styles", styles)]);
    assert_eq!(lines(&bytes, Tracked::Accepted), ["one"]);
}

#[test]
fn no_address_is_followed() {
    let relations = "<Relationships><Relationship Id=\"s\" Type=\"x/styles\" TargetMode=\"External\" Target=\"http://127.0.0.1:9/\"/></Relationships>";
    let main = main_part(&p("one"));
    let bytes = package(&[
        ("_rels/.rels", RELATIONS),
        ("word/document.xml", &main),
        ("word/_rels/document.xml.rels", relations),
    ]);
    assert_eq!(lines(&bytes, Tracked::Accepted), ["one"]);
}
