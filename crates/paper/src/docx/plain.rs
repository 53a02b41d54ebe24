//! A document made from plain text: a paragraph for each provision, on a template of our own.

use super::error::DocxError;
use super::package::pack;
use super::xml::escape;

/// A paragraph to be written.
#[derive(Debug, Clone, Copy)]
pub struct PlainParagraph<'a> {
    /// Label and words, as a page prints them.
    pub text: &'a str,
    /// What it is on the page.
    pub look: Look,
}

/// What a paragraph is on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// The title of the text.
    Title,
    /// A heading of this level, from 0.
    Heading(usize),
    /// Anything else, so many levels in.
    Text(usize),
}

/// The headings that the template has.
const HEADINGS: usize = 6;
/// The width of a level, in twentieths of a point, and the deepest that is set in.
const INDENT: (usize, usize) = (360, 12);

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>"#;
const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
const MAIN_RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;
const MAIN: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>"#;
const PAGE: &str = r#"<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr></w:body></w:document>"#;
const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/><w:szCs w:val="22"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/><w:bCs/><w:sz w:val="32"/><w:szCs w:val="32"/></w:rPr></w:style>"#;

/// Makes a document of these paragraphs.
///
/// # Errors
/// Where it cannot be packed.
pub fn plain(paragraphs: &[PlainParagraph<'_>]) -> Result<Vec<u8>, DocxError> {
    let mut main = String::from(MAIN);
    for paragraph in paragraphs {
        main.push_str("<w:p>");
        main.push_str(&properties(paragraph));
        let mut lines = paragraph.text.split('\n');
        main.push_str("<w:r>");
        text(lines.next().unwrap_or_default(), &mut main);
        for line in lines {
            main.push_str("<w:br/>");
            text(line, &mut main);
        }
        main.push_str("</w:r></w:p>");
    }
    main.push_str(PAGE);
    pack(&[
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELATIONS),
        ("word/document.xml", &main),
        ("word/_rels/document.xml.rels", MAIN_RELATIONS),
        ("word/styles.xml", &styles()),
    ])
}

fn text(words: &str, main: &mut String) {
    main.push_str("<w:t xml:space=\"preserve\">");
    escape(words, main);
    main.push_str("</w:t>");
}

fn properties(paragraph: &PlainParagraph<'_>) -> String {
    let look = match paragraph.look {
        Look::Title => "<w:pStyle w:val=\"Title\"/>".to_owned(),
        Look::Heading(level) => format!(
            "<w:pStyle w:val=\"Heading{}\"/>",
            level.min(HEADINGS - 1) + 1
        ),
        Look::Text(_) => String::new(),
    };
    let bidi = if from_the_right(paragraph.text) {
        "<w:bidi/>"
    } else {
        ""
    };
    let indent = match paragraph.look {
        Look::Text(level) if level > 0 => {
            format!("<w:ind w:left=\"{}\"/>", level.min(INDENT.1) * INDENT.0)
        }
        _ => String::new(),
    };
    format!("<w:pPr>{look}{bidi}{indent}</w:pPr>").replace("<w:pPr></w:pPr>", "")
}

/// Whether the first letter of a paragraph is of a script that is written from the right.
fn from_the_right(text: &str) -> bool {
    let first = text.chars().find(|letter| letter.is_alphabetic());
    first.is_some_and(|letter| {
        matches!(letter, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
    })
}

fn styles() -> String {
    let mut styles = STYLES.to_owned();
    for level in 0..HEADINGS {
        let (number, size) = (level + 1, 30 - 2 * level.min(4));
        styles.push_str(&format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"Heading{number}\"><w:name w:val=\"heading {number}\"/>\
             <w:basedOn w:val=\"Normal\"/><w:next w:val=\"Normal\"/><w:pPr><w:keepNext/><w:spacing w:before=\"240\"/>\
             <w:outlineLvl w:val=\"{level}\"/></w:pPr><w:rPr><w:b/><w:bCs/><w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr></w:style>"
        ));
    }
    styles.push_str("</w:styles>");
    styles
}
