//! Documents that somebody made to do harm, or that were damaged: a clear error or a reading, never a hang.

use onetext_paper::docx::redline::{Source, redline};
use onetext_paper::docx::{
    DocxError, Tracked, authors, copy, markup, properties, read, read_changes_of,
};

use zip::write::SimpleFileOptions;

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

#[test]
fn a_part_under_a_password_is_refused() {
    let options = SimpleFileOptions::default();
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in [
        ("_rels/.rels", RELATIONS.to_owned()),
        ("word/document.xml", main_part(&p("one"))),
    ] {
        writer.start_file(name, options).unwrap();
        std::io::Write::write_all(&mut writer, text.as_bytes()).unwrap();
    }
    let mut bytes = writer.finish().unwrap().into_inner();
    // The flag that says that a file is encrypted, of each file and of its entry in the directory.
    for (sign, flag) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        for at in 0..bytes.len() - 16 {
            if bytes[at..].starts_with(sign) {
                bytes[at + flag] |= 1;
            }
        }
    }
    assert_eq!(refused(&bytes), DocxError::Protected);
}

#[test]
fn a_hundred_megabytes_in_one_paragraph_are_refused_at_every_door() {
    let hostile = document(&p(&"long ".repeat(20 << 20)));
    let too_large = |error: Option<DocxError>| matches!(error, Some(DocxError::TooLarge { .. }));
    assert!(too_large(read(&hostile, Tracked::Rejected).err()));
    assert!(too_large(markup(&hostile).err()));
    assert!(too_large(copy(&hostile, &[]).err()));
    assert!(too_large(authors(&hostile).err()));
    assert!(too_large(read_changes_of(&hostile, "A").err()));
}

/// Whatever is refused by one door is refused by all, and nothing is lost on the way.
#[test]
fn every_door_refuses_what_is_no_document() {
    let deep = "<w:tbl><w:tr><w:tc>".repeat(1000) + &"</w:tc></w:tr></w:tbl>".repeat(1000);
    let entity = format!(
        "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>{}",
        main_part(&p("&b;"))
    );
    let parts = |main: &str| package(&[("_rels/.rels", RELATIONS), ("word/document.xml", main)]);
    let samples = [
        b"no package".to_vec(),
        vec![0xD0, 0xCF, 0x11, 0xE0],
        package(&[("_rels/.rels", RELATIONS)]),
        parts("<w:document><w:body><w:p></w:body></w:document>"),
        parts(&entity),
        document(&deep),
    ];
    let good = document(&p("one"));
    for (number, bytes) in samples.iter().enumerate() {
        assert!(read(bytes, Tracked::Accepted).is_err(), "read {number}");
        assert!(markup(bytes).is_err(), "markup {number}");
        assert!(copy(bytes, &[("a", "b")]).is_err(), "copy {number}");
        assert!(authors(bytes).is_err(), "authors {number}");
        // Properties look at no main part.
        let _ = properties(bytes);
        let draft = super::redlines::told(&good);
        let told = onetext_text::redline(&draft, &draft, &onetext_text::align(&draft, &draft, &[]));
        let source = |bytes| Source {
            bytes,
            places: &[0],
        };
        let author = super::redlines::AUTHOR;
        assert!(
            redline(source(bytes), source(&good), &told, author).is_err(),
            "old {number}"
        );
        assert!(
            redline(source(&good), source(bytes), &told, author).is_err(),
            "new {number}"
        );
    }
}

#[test]
fn clashing_numbers_and_lone_ends_of_moves_are_carried_or_accepted_and_the_redline_is_read() {
    let lone = "<w:p><w:moveFromRangeStart w:id=\"1\" w:name=\"m\"/><w:moveFrom w:id=\"1\" w:author=\"A\"><w:r><w:t>gone</w:t></w:r></w:moveFrom></w:p>\
        <w:bookmarkStart w:id=\"1\" w:name=\"b\"/><w:p><w:ins w:id=\"1\" w:author=\"A\"><w:r><w:t>came</w:t></w:r></w:ins></w:p>";
    for (old, new) in [
        (p("gone"), lone.to_owned()),
        (lone.to_owned(), p("came")),
        (lone.to_owned(), lone.to_owned() + &p("more")),
    ] {
        let (old, new) = (document(&old), document(&new));
        let (old_draft, new_draft) = (super::redlines::told(&old), super::redlines::told(&new));
        let (one, two, told) = super::redlines::sides((&old, &old_draft), (&new, &new_draft));
        let written = redline(one.source(), two.source(), &told, super::redlines::AUTHOR).unwrap();
        assert_eq!(
            lines(&written.bytes, Tracked::Accepted),
            lines(&new, Tracked::Accepted)
        );
        assert!(read(&written.bytes, Tracked::Rejected).is_ok());
    }
}
