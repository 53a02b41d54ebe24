//! "How is this draft read?": its provisions, one after another.

use std::collections::BTreeSet;

use onetext_paper::docx::{Document, Tracked, paragraph_on};
use onetext_text::{Draft, ProvisionKind};
use serde::Serialize;

use crate::error::DeskError;
use crate::input::Paper;
use crate::reading::ReadableDraft;

/// A draft as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// The file.
    pub file: String,
    /// How many of the provisions are points.
    pub points: usize,
    /// The provisions in reading order.
    pub provisions: Vec<Passage>,
    /// What was noticed on the way, each with its line.
    pub remarks: Vec<String>,
    /// What a document of a word processor holds beside its words: tracked changes, comments, notes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<Document>,
    /// The draft as a page prints it, a paragraph a line.
    #[serde(skip)]
    pub lines: Vec<String>,
}

/// One provision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Passage {
    /// The path that names it.
    pub path: String,
    /// Its label as printed.
    pub label: Option<String>,
    /// What it is on the page: title, heading, numbered, item or paragraph.
    pub kind: &'static str,
    /// Its own wording, to the letter.
    pub wording: String,
    /// Its line in the file, from 1; in a document of a word processor the number of its paragraph.
    pub line: usize,
    /// How many provisions stand above it.
    pub depth: usize,
    /// Whether it is counted as a point.
    pub point: bool,
    /// Open pairs of brackets that are counted here.
    pub brackets: usize,
    /// The paths that its cross-references name; null for one that leads nowhere.
    pub references: Vec<Option<String>>,
}

/// Reads a draft; tracked changes in it as `tracked` says.
///
/// # Errors
/// Where the file is no draft that can be read.
pub fn text(file: Paper<'_>, tracked: Tracked) -> Result<Reading, DeskError> {
    let (draft, document) = file.read(tracked)?;
    Ok(reading_of(file.name, &draft, document))
}

/// A draft that a viewer can read, provision by provision.
#[must_use]
pub fn reading(draft: &ReadableDraft) -> Reading {
    reading_of(draft.id.as_str(), &draft.issued.draft, None)
}

fn reading_of(name: &str, draft: &Draft, document: Option<Document>) -> Reading {
    let (unit, line_of): (_, fn(usize) -> usize) = match &document {
        Some(_) => ("paragraph", |line| paragraph_on(line) + 1),
        None => ("line", |line| line),
    };
    let points: BTreeSet<usize> = draft.points().iter().copied().collect();
    let mut brackets = vec![0_usize; draft.provisions().len()];
    for open in draft.open_brackets() {
        if let Some(count) = brackets.get_mut(open.first) {
            *count += 1;
        }
    }
    let mut references = vec![Vec::new(); draft.provisions().len()];
    for reference in draft.references() {
        let target = reference
            .target
            .and_then(|index| draft.provisions().get(index))
            .map(|target| target.path.clone());
        if let Some(list) = references.get_mut(reference.provision) {
            list.push(target);
        }
    }
    let provisions = draft
        .provisions()
        .iter()
        .zip(brackets)
        .zip(references)
        .enumerate();
    Reading {
        file: name.to_owned(),
        points: points.len(),
        provisions: provisions
            .map(|(index, ((provision, brackets), references))| Passage {
                path: provision.path.clone(),
                label: provision.label.as_ref().map(|label| label.printed.clone()),
                kind: kind(provision.kind),
                wording: provision.wording.clone(),
                line: line_of(provision.line),
                depth: provision.depth,
                point: points.contains(&index),
                brackets,
                references,
            })
            .collect(),
        remarks: draft
            .remarks()
            .iter()
            .map(|remark| {
                format!(
                    "{unit} {}, column {}: {}",
                    line_of(remark.line),
                    remark.column,
                    remark.text
                )
            })
            .collect(),
        lines: match &document {
            Some(document) => document.lines(),
            None => (0..draft.provisions().len())
                .map(|index| printed(draft, index))
                .collect(),
        },
        document,
    }
}

fn kind(kind: ProvisionKind) -> &'static str {
    match kind {
        ProvisionKind::Title => "title",
        ProvisionKind::Heading => "heading",
        ProvisionKind::Numbered => "numbered",
        ProvisionKind::Item => "item",
        ProvisionKind::Paragraph => "paragraph",
    }
}

/// Label and wording on one line. What stands between them on the page (`Article 5 - Seat`) is kept, and so is a bracket
/// that opens before the label; signs of Markdown around the label are not.
pub(crate) fn printed(draft: &Draft, index: usize) -> String {
    let Some(provision) = draft.provisions().get(index) else {
        return String::new();
    };
    let words: Vec<&str> = provision.wording.split_whitespace().collect();
    let wording = words.join(" ");
    let Some(label) = &provision.label else {
        return wording;
    };
    let head = draft
        .source()
        .get(provision.start..provision.span.start)
        .unwrap_or_default()
        .replace('\\', "");
    let (before, after) = head.rsplit_once(label.printed.as_str()).unwrap_or_default();
    let opened: String = before.chars().filter(|c| matches!(c, '[' | '［')).collect();
    let emphasis = &before[before.trim_end_matches(['*', '_']).len()..];
    let between: String = after.chars().filter(|c| !matches!(c, '*' | '_')).collect();
    let between = match between.as_str() {
        "" => " ",
        far if far.chars().count() > 8 || far.contains('\n') => " ",
        near => near,
    };
    // Emphasis that opens before the label and closes among the words.
    let wording = if emphasis.is_empty() || after.contains(emphasis) || closes(&wording, emphasis) {
        wording
    } else {
        wording.replacen(emphasis, "", 1)
    };
    let line = format!("{opened}{}{between}{wording}", label.printed);
    line.trim_end().to_owned()
}

/// Whether signs of emphasis come in pairs among the words.
fn closes(wording: &str, signs: &str) -> bool {
    wording.matches(signs).count().is_multiple_of(2)
}
