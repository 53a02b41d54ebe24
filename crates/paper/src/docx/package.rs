//! The package: a zip archive of parts, read within bounds, and written again with every part that was not touched
//! copied as it is packed.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::error::DocxError;
use super::xml::Tree;

/// The largest part that is read, unpacked, in bytes.
const LARGEST_PART: u64 = 64 << 20;
/// The greatest number of parts.
const MOST_PARTS: u64 = 10_000;

/// The relations of a package to its main part, and of a main part to others, end with these words.
const MAIN: &str = "/officeDocument";

/// A document as it came.
#[derive(Debug)]
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// The name of the main part: `word/document.xml`, as a rule.
    pub(super) main: String,
    /// The part of custom properties.
    pub(super) custom: Option<String>,
    /// The parts that the main part names, by the last word of the kind of relation: `styles`, `numbering`.
    related: BTreeMap<String, String>,
    /// The parts that were read and begin with the mark of UTF-8.
    begun: BTreeSet<String>,
}

/// The mark with which a part may begin.
const BEGINS: &str = "\u{feff}";

impl<'b> Package<'b> {
    /// Opens a package and finds its main part.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, DocxError> {
        if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
            return Err(DocxError::Protected);
        }
        let archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| DocxError::NoPackage(error.to_string()))?;
        if archive.len() as u64 > MOST_PARTS {
            return Err(DocxError::TooLarge {
                part: "the package".to_owned(),
                what: "it has too many parts",
                limit: MOST_PARTS,
            });
        }
        let mut package = Package {
            archive,
            main: String::new(),
            custom: None,
            related: BTreeMap::new(),
            begun: BTreeSet::new(),
        };
        let relations = package.relations("_rels/.rels", "")?;
        package.main = relations
            .get("officeDocument")
            .cloned()
            .ok_or_else(|| DocxError::Missing(format!("that its relations call {MAIN}")))?;
        package.custom = relations.get("custom-properties").cloned();
        let (folder, file) = package.main.rsplit_once('/').unwrap_or(("", &package.main));
        let beside = format!("{folder}/_rels/{file}.rels");
        let folder = folder.to_owned();
        package.related = match package.relations(beside.trim_start_matches('/'), &folder) {
            Err(DocxError::Missing(_)) => BTreeMap::new(),
            found => found?,
        };
        Ok(package)
    }

    /// The targets inside the package that a part of relations names, by the last word of their kind.
    fn relations(
        &mut self,
        part: &str,
        folder: &str,
    ) -> Result<BTreeMap<String, String>, DocxError> {
        let source = self.part(part)?;
        let tree = Tree::parse(part, &source)?;
        let mut found = BTreeMap::new();
        for relation in tree.children(0) {
            let outside = tree
                .attribute(relation, "TargetMode")
                .is_some_and(|mode| mode == "External");
            let kind = tree.attribute(relation, "Type");
            let target = tree.attribute(relation, "Target");
            if let (false, Some(kind), Some(target)) = (outside, kind, target) {
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                found
                    .entry(kind)
                    .or_insert_with(|| resolve(folder, &target));
            }
        }
        Ok(found)
    }

    /// The main part.
    pub(super) fn main_part(&mut self) -> Result<String, DocxError> {
        let name = self.main.clone();
        self.part(&name)
    }

    /// The part that the main part names by this kind of relation, with its name; none where it names none.
    pub(super) fn related(&mut self, kind: &str) -> Result<Option<(String, String)>, DocxError> {
        let Some(name) = self.related.get(kind).cloned() else {
            return Ok(None);
        };
        match self.part(&name) {
            Err(DocxError::Missing(_)) => Ok(None),
            found => Ok(Some((name, found?))),
        }
    }

    /// Whether there is a part of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// The names of the parts that hold words beside the main part: headers, notes, text of other kinds.
    pub(super) fn others(&self) -> Vec<String> {
        let names = self.archive.file_names().filter_map(|name| name.ok());
        let words = names.map(std::borrow::Cow::into_owned).filter(|name| {
            let file = name.rsplit('/').next().unwrap_or_default();
            let kinds = ["header", "footer", "footnotes", "endnotes"];
            *name != self.main
                && name.ends_with(".xml")
                && kinds.iter().any(|kind| file.starts_with(kind))
        });
        words.collect()
    }

    /// A part, unpacked and decoded.
    pub(super) fn part(&mut self, name: &str) -> Result<String, DocxError> {
        let broken = |why: String| DocxError::Broken {
            part: name.to_owned(),
            why,
        };
        let index = self
            .archive
            .index_for_name(name)
            .ok_or_else(|| DocxError::Missing(name.to_owned()))?;
        let file = self.archive.by_index(index).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(why)
                if why == zip::result::ZipError::PASSWORD_REQUIRED =>
            {
                DocxError::Protected
            }
            other => broken(other.to_string()),
        })?;
        // Whatever the archive says of the length, no more than this is unpacked.
        let mut bytes = Vec::new();
        file.take(LARGEST_PART + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| broken(error.to_string()))?;
        if bytes.len() as u64 > LARGEST_PART {
            return Err(DocxError::TooLarge {
                part: name.to_owned(),
                what: "it has too many bytes",
                limit: LARGEST_PART,
            });
        }
        if bytes.starts_with(BEGINS.as_bytes()) {
            self.begun.insert(name.to_owned());
        }
        decode(bytes).ok_or_else(|| broken("it is neither UTF-8 nor UTF-16".to_owned()))
    }

    /// The package again, with these parts in place of those of the same name, or beside the others.
    pub(super) fn with(
        mut self,
        mut parts: BTreeMap<String, String>,
    ) -> Result<Vec<u8>, DocxError> {
        let failed = |part: &str, why: &dyn std::fmt::Display| DocxError::Broken {
            part: part.to_owned(),
            why: why.to_string(),
        };
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..self.archive.len() {
            let file = self
                .archive
                .by_index_raw(index)
                .map_err(|error| failed("the package", &error))?;
            let name = file
                .name()
                .map(std::borrow::Cow::into_owned)
                .unwrap_or_default();
            match parts.remove(&name) {
                Some(text) if self.begun.contains(&name) => {
                    add(&mut writer, &name, &format!("{BEGINS}{text}"))
                }
                Some(text) => add(&mut writer, &name, &text),
                None => writer.raw_copy_file(file),
            }
            .map_err(|error| failed(&name, &error))?;
        }
        for (name, text) in &parts {
            add(&mut writer, name, text).map_err(|error| failed(name, &error))?;
        }
        let written = writer
            .finish()
            .map_err(|error| failed("the package", &error))?;
        Ok(written.into_inner())
    }
}

/// A new package of these parts, in this order.
pub(super) fn pack(parts: &[(&str, &str)]) -> Result<Vec<u8>, DocxError> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        add(&mut writer, name, text).map_err(|error| DocxError::Broken {
            part: (*name).to_owned(),
            why: error.to_string(),
        })?;
    }
    let written = writer
        .finish()
        .map_err(|error| DocxError::NoPackage(error.to_string()))?;
    Ok(written.into_inner())
}

fn add(
    writer: &mut ZipWriter<Cursor<Vec<u8>>>,
    name: &str,
    text: &str,
) -> zip::result::ZipResult<()> {
    writer.start_file(name, SimpleFileOptions::default())?;
    writer.write_all(text.as_bytes())?;
    Ok(())
}

/// The name of a part from the folder that names it.
fn resolve(folder: &str, target: &str) -> String {
    let path = match target.strip_prefix('/') {
        Some(whole) => whole.to_owned(),
        None => format!("{folder}/{target}"),
    };
    let mut steps: Vec<&str> = Vec::new();
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// A part as text: UTF-8, or UTF-16 with its mark.
fn decode(bytes: Vec<u8>) -> Option<String> {
    let units = |of: fn([u8; 2]) -> u16| -> Option<String> {
        let pairs = bytes.get(2..)?.chunks_exact(2);
        let units: Vec<u16> = pairs.map(|pair| of([pair[0], pair[1]])).collect();
        let text = String::from_utf16(&units).ok()?;
        // The declaration says how it was, not how it is.
        Some(
            text.replacen("UTF-16", "UTF-8", 1)
                .replacen("utf-16", "UTF-8", 1),
        )
    };
    match bytes.as_slice() {
        [0xFF, 0xFE, ..] => units(u16::from_le_bytes),
        [0xFE, 0xFF, ..] => units(u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8(rest.to_vec()).ok(),
        _ => String::from_utf8(bytes).ok(),
    }
}
