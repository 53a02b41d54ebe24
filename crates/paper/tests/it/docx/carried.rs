//! Tracked changes that the newer document already holds: they stand in the redline as they were, where they are on what the
//! older one says.

use onetext_paper::docx::redline::{Written, redline};
use onetext_paper::docx::{Tracked, read};

use super::redlines::{AUTHOR, sides, told};
use super::{document, lines, main_of, p};

fn written(old: &[u8], new: &[u8]) -> Written {
    let (old_draft, new_draft) = (told(old), told(new));
    let (old, new, redlined) = sides((old, &old_draft), (new, &new_draft));
    redline(old.source(), new.source(), &redlined, AUTHOR).unwrap()
}

/// Whose changes a document holds, and what they say.
fn signed(bytes: &[u8]) -> Vec<(String, &'static str, String)> {
    let document = read(bytes, Tracked::Accepted).unwrap();
    let changes = document.changes.into_iter();
    changes
        .map(|change| (change.author.unwrap_or_default(), change.kind, change.text))
        .collect()
}

const MARKED: &str = "<w:p><w:r><w:t xml:space=\"preserve\">the river is </w:t></w:r>\
    <w:del w:id=\"4\" w:author=\"Edda\" w:date=\"2031-01-02T00:00:00Z\"><w:r><w:delText>wide</w:delText></w:r></w:del>\
    <w:ins w:id=\"5\" w:author=\"Finn\"><w:r><w:t>deep</w:t></w:r></w:ins></w:p>";

#[test]
fn a_document_with_one_word_more_keeps_every_other_mark_to_the_letter() {
    let row = "<w:tbl><w:tr><w:trPr><w:del w:id=\"6\" w:author=\"Edda\"/></w:trPr><w:tc><w:p><w:r><w:delText>fee</w:delText></w:r></w:p></w:tc></w:tr>\
        <w:tr><w:tc><w:p><w:r><w:t>toll</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    let mark = "<w:p><w:pPr><w:rPr><w:ins w:id=\"7\" w:author=\"Finn\"/></w:rPr></w:pPr><w:r><w:t>split</w:t></w:r></w:p><w:p><w:r><w:t>here</w:t></w:r></w:p>";
    let styled = "<w:p><w:pPr><w:jc w:val=\"center\"/><w:pPrChange w:id=\"8\" w:author=\"Edda\"><w:pPr/></w:pPrChange></w:pPr><w:r><w:t>in the middle</w:t></w:r></w:p>";
    let section = "<w:sectPr><w:pgSz w:w=\"1\"/><w:sectPrChange w:id=\"9\" w:author=\"Finn\"><w:sectPr/></w:sectPrChange></w:sectPr>";
    let make = |words: &str| document(&format!("{MARKED}{row}{}{mark}{styled}{section}", p(words)));
    let (old, new) = (make("boats carry lamps"), make("boats carry two lamps"));
    let told = written(&old, &new);
    assert_eq!(told.accepted, 0);
    let main = main_of(&told.bytes);
    let (before, after) = main
        .split_once("<w:p><w:r><w:t xml:space=\"preserve\">boats")
        .unwrap();
    assert!(main_of(&new).starts_with(before));
    let (paragraph, after) = after.split_once("</w:p>").unwrap();
    assert!(main_of(&new).ends_with(after));
    assert!(paragraph.contains("w:author=\"Ann &amp; Bo\""));
    for tracked in [Tracked::Accepted, Tracked::Rejected] {
        let wanted = match tracked {
            Tracked::Accepted => lines(&new, tracked),
            Tracked::Rejected => lines(&old, tracked),
        };
        assert_eq!(lines(&told.bytes, tracked), wanted);
    }
}

#[test]
fn one_word_more_in_a_table_behind_an_end_of_a_paragraph_that_came_or_went() {
    let ended = |mark: &str| {
        format!(
            "<w:p><w:pPr><w:rPr><w:{mark} w:id=\"7\" w:author=\"Finn\"/></w:rPr></w:pPr>\
             <w:{mark} w:id=\"8\" w:author=\"Finn\"><w:r><w:{t}>split</w:{t}></w:r></w:{mark}></w:p>",
            t = if mark == "del" { "delText" } else { "t" }
        )
    };
    let deleted =
        "<w:del w:id=\"9\" w:author=\"Edda\"><w:r><w:delText>fee</w:delText></w:r></w:del>";
    for mark in ["ins", "del"] {
        let make = |words: &str| {
            let row = format!(
                "<w:tr><w:tc>{}</w:tc><w:tc><w:p>{deleted}</w:p></w:tc></w:tr>",
                p(words)
            );
            document(&format!(
                "{}<w:tbl>{row}</w:tbl>{}",
                ended(mark),
                p("the end")
            ))
        };
        let (old, new) = (make("boats carry lamps"), make("boats carry two lamps"));
        let told = written(&old, &new);
        assert_eq!(told.accepted, 0);
        let main = main_of(&told.bytes);
        assert!(main.contains(&ended(mark)) && main.contains(deleted));
        assert_eq!(
            lines(&told.bytes, Tracked::Rejected),
            lines(&old, Tracked::Rejected)
        );
        assert_eq!(
            lines(&told.bytes, Tracked::Accepted),
            lines(&new, Tracked::Accepted)
        );
    }
}

#[test]
fn a_field_is_no_mark_and_stays_to_the_letter() {
    let field = "<w:p>\n <w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>\
        <w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>";
    let make = |words: &str| document(&format!("{MARKED}{field}{}", p(words)));
    let told = written(&make("boats carry lamps"), &make("boats carry two lamps"));
    assert!(main_of(&told.bytes).contains(field));
}

#[test]
fn changes_on_what_the_older_document_says_stay_their_authors() {
    let (old, new) = (
        document(&(p("the river is wide") + &p("one"))),
        document(&(MARKED.to_owned() + &p("two"))),
    );
    let told = written(&old, &new);
    let names = signed(&told.bytes);
    let expected = [
        ("Edda", "deletion", "wide"),
        ("Finn", "insertion", "deep"),
        ("Ann & Bo", "deletion", "one"),
        ("Ann & Bo", "insertion", "two"),
    ];
    let expected = expected.map(|(author, kind, text)| (author.to_owned(), kind, text.to_owned()));
    assert_eq!(names, expected);
    assert_eq!(
        lines(&told.bytes, Tracked::Rejected),
        lines(&old, Tracked::Accepted)
    );
    assert_eq!(
        lines(&told.bytes, Tracked::Accepted),
        lines(&new, Tracked::Accepted)
    );
    assert_eq!(told.accepted, 0);
}

#[test]
fn changes_on_other_words_are_accepted_and_counted() {
    let (old, new) = (document(&p("the river was wide")), document(MARKED));
    let told = written(&old, &new);
    assert_eq!(told.accepted, 2);
    assert!(
        signed(&told.bytes)
            .iter()
            .all(|(author, _, _)| author == "Ann & Bo")
    );
    assert_eq!(
        lines(&told.bytes, Tracked::Rejected),
        ["the river was wide"]
    );
    assert_eq!(lines(&told.bytes, Tracked::Accepted), ["the river is deep"]);
}

#[test]
fn a_move_is_carried_with_both_its_ends_or_not_at_all() {
    let from = "<w:p><w:pPr><w:rPr><w:moveFrom w:id=\"1\" w:author=\"Edda\"/></w:rPr></w:pPr><w:moveFromRangeStart w:id=\"2\" w:name=\"move7\" w:author=\"Edda\"/>\
        <w:moveFrom w:id=\"3\" w:author=\"Edda\"><w:r><w:t>fees are paid in silver</w:t></w:r></w:moveFrom></w:p><w:moveFromRangeEnd w:id=\"2\"/>";
    let to = from
        .replace("moveFrom", "moveTo")
        .replace("w:id=\"", "w:id=\"1");
    let (a, b) = (
        p("boats carry a lamp at night"),
        p("nobody fishes above the mill"),
    );
    let base = document(&format!("{}{a}{b}", p("fees are paid in silver")));
    let new = document(&format!("{from}{a}{to}{b}"));
    let told = written(&base, &new);
    assert_eq!(main_of(&told.bytes), main_of(&new));
    // Where one end cannot be carried, neither is.
    let other = document(&format!("{}{a}{b}", p("tolls are paid in wheat")));
    let told = written(&other, &new);
    assert_eq!(told.accepted, 4);
    assert_eq!(
        lines(&told.bytes, Tracked::Rejected),
        lines(&other, Tracked::Accepted)
    );
    assert_eq!(
        lines(&told.bytes, Tracked::Accepted),
        lines(&new, Tracked::Accepted)
    );
}

#[test]
fn words_that_came_in_are_carried_where_the_older_document_lacks_them() {
    let came = "<w:p><w:pPr><w:rPr><w:ins w:id=\"1\" w:author=\"Edda\"/></w:rPr></w:pPr><w:ins w:id=\"2\" w:author=\"Edda\"><w:r><w:t>a toll is levied</w:t></w:r></w:ins></w:p>";
    let new = document(&(p("first") + came + &p("last")));
    let lacks = written(&document(&(p("first") + &p("last"))), &new);
    assert_eq!(main_of(&lacks.bytes), main_of(&new));
    let has = document(&(p("first") + &p("a toll is levied") + &p("last")));
    let told = written(&has, &new);
    assert_eq!(
        lines(&told.bytes, Tracked::Rejected),
        lines(&has, Tracked::Accepted)
    );
    assert!(signed(&told.bytes).is_empty());
}
