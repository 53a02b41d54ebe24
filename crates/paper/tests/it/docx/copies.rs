//! Copies for somebody else, and documents that come back marked up.

use onetext_paper::docx::{Tracked, copy, markup, properties};

use super::{document, document_with, lines, p, package};

const TYPES: &str =
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";

/// A document that a copy can be made of.
fn whole(body: &str, comments: &str) -> Vec<u8> {
    let main = super::main_part(body);
    let beside = "<Relationships><Relationship Id=\"c\" Type=\"x/comments\" Target=\"comments.xml\"/></Relationships>";
    package(&[
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", super::RELATIONS),
        ("word/document.xml", &main),
        ("word/_rels/document.xml.rels", beside),
        ("word/comments.xml", comments),
    ])
}

#[test]
fn a_copy_holds_the_draft_and_nothing_of_how_it_came_about() {
    let body = "<w:p><w:commentRangeStart w:id=\"0\"/><w:r><w:t xml:space=\"preserve\">a </w:t></w:r>\
        <w:ins w:id=\"1\" w:author=\"A\"><w:r><w:t>new</w:t></w:r></w:ins><w:commentRangeEnd w:id=\"0\"/>\
        <w:r><w:commentReference w:id=\"0\"/></w:r></w:p>";
    let comments = "<w:comments><w:comment w:id=\"0\" w:author=\"B\"><w:p><w:r><w:t>for us alone</w:t></w:r></w:p></w:comment></w:comments>";
    let copied = copy(&whole(body, comments), &[("One", "a & b"), ("Two", "2")]).unwrap();
    assert!(copied.had_changes);
    assert_eq!(copied.comments, 1);
    let found = properties(&copied.bytes).unwrap();
    assert_eq!(found.get("One").map(String::as_str), Some("a & b"));
    let read = markup(&copied.bytes).unwrap();
    assert!(read.changes.is_empty() && read.comments.is_empty());
    assert_eq!(lines(&copied.bytes, Tracked::Rejected), ["a new"]);
    let again = copy(&copied.bytes, &[("Two", "3")]).unwrap();
    assert!(!again.had_changes);
    let found: Vec<(String, String)> = properties(&again.bytes).unwrap().into_iter().collect();
    let expected = [("One", "a & b"), ("Two", "3")];
    assert_eq!(
        found,
        expected.map(|(name, value)| (name.to_owned(), value.to_owned()))
    );
}

#[test]
fn paragraphs_are_followed_through_both_readings() {
    let gone = "<w:p><w:pPr><w:rPr><w:del w:id=\"1\" w:author=\"A\"/></w:rPr></w:pPr>\
        <w:del w:id=\"2\" w:author=\"A\"><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>";
    let read = markup(&document(&(p("one") + gone + &p("two")))).unwrap();
    assert_eq!(read.before.leaves, [vec![0], vec![1], vec![2]]);
    assert_eq!(read.after.leaves, [vec![0], vec![1, 2]]);
    let kept: Vec<usize> = read.leaves.iter().map(|leaf| leaf.kept).collect();
    assert_eq!(kept, [3, 0, 3]);
    let at: Vec<Option<usize>> = read.changes.iter().map(|(_, leaf)| *leaf).collect();
    assert_eq!(at, [Some(1), Some(1)]);
}

#[test]
fn a_comment_has_its_place_and_its_words() {
    let body = p("one")
        + "<w:p><w:r><w:t xml:space=\"preserve\">the </w:t></w:r><w:commentRangeStart w:id=\"7\"/><w:r><w:t>words</w:t></w:r>\
           <w:commentRangeEnd w:id=\"7\"/></w:p>";
    let comments = "<w:comments><w:comment w:id=\"7\" w:author=\"B\"><w:p><w:r><w:t>why?</w:t></w:r></w:p></w:comment></w:comments>";
    let read = markup(&document_with(&body, &[("comments", comments)])).unwrap();
    let remark = &read.comments[0];
    assert_eq!((remark.leaf, remark.on.as_str()), (Some(1), "words"));
}
