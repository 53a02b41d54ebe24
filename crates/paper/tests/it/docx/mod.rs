//! Documents of word processors, in and out.

mod carried;
mod compiled;
mod controls;
mod copies;
mod hostile;
mod reading;
mod redlines;

use std::io::{Cursor, Write};

use onetext_paper::docx::{Tracked, read};
use zip::write::SimpleFileOptions;

const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

/// A package of these parts.
fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A main part with this body.
fn main_part(body: &str) -> String {
    format!("<w:document {W}><w:body>{body}</w:body></w:document>")
}

/// A document with this body, and further parts that its main part names by the last word of their kind.
fn document_with(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let main = main_part(body);
    let relations: String = more
        .iter()
        .map(|(kind, _)| {
            format!("<Relationship Id=\"{kind}\" Type=\"x/{kind}\" Target=\"{kind}.xml\"/>")
        })
        .collect();
    let relations = format!("<Relationships>{relations}</Relationships>");
    let names: Vec<String> = more
        .iter()
        .map(|(kind, _)| format!("word/{kind}.xml"))
        .collect();
    let mut parts = vec![
        ("_rels/.rels", RELATIONS),
        ("word/document.xml", main.as_str()),
        ("word/_rels/document.xml.rels", relations.as_str()),
    ];
    parts.extend(
        names
            .iter()
            .map(String::as_str)
            .zip(more.iter().map(|(_, text)| *text)),
    );
    package(&parts)
}

fn document(body: &str) -> Vec<u8> {
    document_with(body, &[])
}

/// A paragraph with these words.
fn p(words: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r></w:p>")
}

fn lines(bytes: &[u8], tracked: Tracked) -> Vec<String> {
    read(bytes, tracked).unwrap().lines()
}

/// The main part of a document.
fn main_of(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    std::io::read_to_string(archive.by_name("word/document.xml").unwrap()).unwrap()
}
