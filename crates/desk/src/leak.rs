//! "Whose draft is this?": which circulated draft a published text is nearest to, and who had it.

use std::collections::{BTreeMap, BTreeSet};

use onetext_paper::docx;
use onetext_talks::{Board, Cut, DraftId, SeatId, TextId, Viewer};
use onetext_text::normal_form;
use serde::Serialize;

use crate::books::Books;
use crate::copy::{COPY, DRAFT};
use crate::error::DeskError;
use crate::input::Paper;

/// How many words in a row are compared.
const RUN: usize = 5;

/// What a published text is nearest to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LeakMatch {
    /// How many runs of words the published text has.
    pub runs: usize,
    /// The drafts and copies that share any, the nearest first.
    pub nearest: Vec<Nearness>,
    /// For a document of a word processor: the copy that it says it is.
    pub copy: Option<String>,
    /// What the seats of the process are called.
    #[serde(skip)]
    pub names: BTreeMap<SeatId, String>,
    /// And the digest of the draft that it says it is a copy of.
    pub copy_of: Option<String>,
}

/// How near a draft is, and who had it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Nearness {
    /// The text.
    pub text: TextId,
    /// The draft, or a seat's own name for its copy.
    pub draft: DraftId,
    /// How many of the published runs of words stand in it.
    pub shared: usize,
    /// How many of them stand in no other draft.
    pub alone: usize,
    /// Who had it, and when each was given it first.
    pub given: BTreeMap<SeatId, String>,
}

/// Which draft that the viewer can read a published text is nearest to, and who had it.
///
/// Runs of five words are compared, in normal form and in one case, so that a quotation is found as well as a whole text.
/// What shares no run with any draft is near to none.
///
/// # Errors
/// Where the text cannot be read, or the viewer is no seat of this process.
pub fn leak_match(
    books: &Books,
    viewer: &Viewer,
    cut: &Cut,
    paper: Paper<'_>,
) -> Result<LeakMatch, DeskError> {
    let properties = if paper.is_document()? {
        docx::properties(paper.bytes).map_err(|source| paper.unreadable(source))?
    } else {
        BTreeMap::new()
    };
    let published = runs(&paper.report()?);
    let (drafts, given, names) = books.ask(viewer, cut, |board| {
        let drafts = board.readable_drafts();
        let given = drafts.iter().map(|(_, draft, _)| first_given(board, draft));
        let given: Vec<_> = given.collect();
        (drafts, given, board.names_of_seats())
    })?;
    let in_drafts: Vec<BTreeSet<String>> = drafts
        .iter()
        .map(|(_, _, issued)| runs(issued.draft.source()))
        .collect();
    let mut holding: BTreeMap<&String, usize> = BTreeMap::new();
    for run in in_drafts.iter().flatten() {
        *holding.entry(run).or_default() += 1;
    }
    let mut nearest: Vec<Nearness> = drafts
        .iter()
        .zip(&in_drafts)
        .zip(given)
        .map(|(((text, draft, _), own), given)| {
            let shared: Vec<&String> = published.intersection(own).collect();
            let alone = shared.iter().filter(|run| holding.get(**run) == Some(&1));
            Nearness {
                text: text.clone(),
                draft: draft.clone(),
                alone: alone.count(),
                shared: shared.len(),
                given,
            }
        })
        .filter(|near| near.shared > 0)
        .collect();
    nearest.sort_by(|one, other| {
        let by = |near: &Nearness| (near.shared, near.alone);
        by(other)
            .cmp(&by(one))
            .then_with(|| one.draft.cmp(&other.draft))
    });
    Ok(LeakMatch {
        runs: published.len(),
        nearest,
        names,
        copy: properties.get(COPY).cloned(),
        copy_of: properties.get(DRAFT).cloned(),
    })
}

fn first_given(board: &Board, draft: &DraftId) -> BTreeMap<SeatId, String> {
    let given = board.given(draft.as_str()).into_iter();
    let first = given.filter_map(|(seat, entries)| {
        let first = entries.into_iter().map(|given| given.on).min()?;
        Some((seat, first.to_string()))
    });
    first.collect()
}

/// Every run of five words; of fewer words, the words themselves.
fn runs(words: &str) -> BTreeSet<String> {
    let normal = normal_form(words).to_lowercase();
    let words: Vec<&str> = normal
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|word| !word.is_empty())
        .collect();
    if words.is_empty() {
        return BTreeSet::new();
    }
    let long = words.len().min(RUN);
    words.windows(long).map(|run| run.join(" ")).collect()
}

#[cfg(test)]
mod tests {
    use super::runs;

    #[test]
    fn a_quotation_has_the_runs_of_what_it_quotes() {
        let whole = runs("The ferry runs between the two harbours all year.");
        let quoted = runs("\u{201c}The ferry runs between the two\u{201d}");
        assert_eq!(quoted.len(), 2);
        assert!(quoted.is_subset(&whole));
        assert!(runs(" . ").is_empty() && runs("All year").len() == 1);
    }
}
