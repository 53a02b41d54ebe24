//! Documents of word processors.

use std::io::{Cursor, Write};

use onetext_paper::docx::redline::{Author, Source, redline};
use onetext_paper::docx::{Tracked, paragraph_on, read};
use onetext_text::{Draft, align};
use zip::write::SimpleFileOptions;

const RELATIONS: &str = "<Relationships><Relationship Type=\"x/officeDocument\" Target=\"d\"/></Relationships>";

/// Any bytes are read as a document or refused. As the bodies of two documents, parted by a NUL, they are read or refused;
/// where both are read, their redline is a document that is read.
pub fn docx(input: &[u8]) {
    let _ = read(input, Tracked::Accepted);
    let Ok(text) = std::str::from_utf8(input) else {
        return;
    };
    let (old, new) = text.split_once('\0').unwrap_or((text, ""));
    let (old, new) = (package(old), package(new));
    if let (Some(old_draft), Some(new_draft)) = (draft(&old), draft(&new)) {
        let told = onetext_text::redline(&old_draft, &new_draft, &align(&old_draft, &new_draft, &[]));
        let places = |draft: &Draft| -> Vec<usize> {
            draft.provisions().iter().map(|each| paragraph_on(each.line)).collect()
        };
        let (old_places, new_places) = (places(&old_draft), places(&new_draft));
        let author = Author { name: "A", date: None };
        let old = Source { bytes: &old, places: &old_places };
        let new = Source { bytes: &new, places: &new_places };
        let written = redline(old, new, &told, author).expect("what was read can be compared").bytes;
        for tracked in [Tracked::Accepted, Tracked::Rejected] {
            read(&written, tracked).expect("a redline is a document");
        }
    }
}

fn draft(bytes: &[u8]) -> Option<Draft> {
    read(bytes, Tracked::Rejected).ok()?;
    Draft::read(&read(bytes, Tracked::Accepted).ok()?.source()).ok()
}

fn package(body: &str) -> Vec<u8> {
    let main = format!("<w:document><w:body>{body}</w:body></w:document>");
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, part) in [("_rels/.rels", RELATIONS), ("d", main.as_str())] {
        writer.start_file(name, options).expect("memory is there");
        writer.write_all(part.as_bytes()).expect("memory is there");
    }
    writer.finish().expect("memory is there").into_inner()
}
