//! "What changed?": two files compared, provision by provision and word by word.

use onetext_text::{Draft, Redline, Settled, align};

use crate::error::DeskError;
use crate::input::Paper;

/// Two drafts and their difference.
#[derive(Debug)]
pub struct Comparison {
    /// The name of the older file.
    pub old_name: String,
    /// What it says.
    pub old: Draft,
    /// The name of the newer file.
    pub new_name: String,
    /// What it says.
    pub new: Draft,
    /// The difference.
    pub redline: Redline,
}

/// Compares two drafts. `map` settles which provision continues which: lines of `old path, new path`, one side empty
/// for none; what it does not name is found by the words.
///
/// # Errors
/// Where a file is no draft that can be read, or a line of `map` names no provision.
pub fn redline(
    old: Paper<'_>,
    new: Paper<'_>,
    map: Option<Paper<'_>>,
) -> Result<Comparison, DeskError> {
    let (old_draft, new_draft) = both(old, new)?;
    let settled = match map {
        Some(map) => pairs(map, &old_draft, &new_draft)?,
        None => Vec::new(),
    };
    let alignment = align(&old_draft, &new_draft, &settled);
    let redline = onetext_text::redline(&old_draft, &new_draft, &alignment);
    Ok(Comparison {
        old_name: old.name.to_owned(),
        old: old_draft,
        new_name: new.name.to_owned(),
        new: new_draft,
        redline,
    })
}

/// Reads the two drafts, side by side where the machine can.
fn both(old: Paper<'_>, new: Paper<'_>) -> Result<(Draft, Draft), DeskError> {
    std::thread::scope(|scope| {
        let reader = std::thread::Builder::new().spawn_scoped(scope, || old.draft());
        let new_draft = new.draft();
        let old_draft = match reader.map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(read)) => read,
            _ => old.draft(),
        };
        Ok((old_draft?, new_draft?))
    })
}

fn pairs(map: Paper<'_>, old: &Draft, new: &Draft) -> Result<Vec<Settled>, DeskError> {
    let mut settled = Vec::new();
    for (index, line) in map.words()?.lines().enumerate() {
        let line_number = index + 1;
        if line.trim().is_empty() || line.trim_start().starts_with("//") {
            continue;
        }
        let no_pair = || DeskError::NoPair {
            name: map.name.to_owned(),
            line: line_number,
        };
        let (before, after) = line.split_once(',').ok_or_else(no_pair)?;
        if before.trim().is_empty() && after.trim().is_empty() {
            return Err(no_pair());
        }
        let find = |draft: &Draft, path: &str| match path.trim() {
            "" => Ok(None),
            path => draft
                .find(path)
                .map(Some)
                .map_err(|source| DeskError::Pair {
                    name: map.name.to_owned(),
                    line: line_number,
                    source,
                }),
        };
        settled.push(Settled {
            old: find(old, before)?,
            new: find(new, after)?,
        });
    }
    Ok(settled)
}
