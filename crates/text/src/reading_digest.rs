//! The digest of a reading: what a position on one alternative of each open bracket binds to.

use crate::bracket::{Brackets, ReadingError};
use crate::manifest::IssuedDraft;
use crate::normal::{Digest, REFERENCE_CLOSES, REFERENCE_OPENS, normal_form_with};

impl IssuedDraft {
    /// The digest that a provision's wording would have with these alternatives (from 1) of its open brackets, and the
    /// brackets gone. A later draft with exactly that wording has this digest, its references renumbered or not.
    ///
    /// # Errors
    ///
    /// Those of [`Brackets::readings`]; a provision that is not there reads as empty words.
    pub fn reading_digest(
        &self,
        index: usize,
        selection: &[usize],
    ) -> Result<Digest, ReadingError> {
        let wording = self
            .draft
            .provisions()
            .get(index)
            .map_or("", |provision| &provision.wording);
        let marked =
            self.draft.opened_before_label(index) + &self.with_references_marked(index, wording);
        let reading = Brackets::parse(&marked).readings(selection)?;
        let (plain, references) = unmarked(&reading);
        Ok(Digest::of_wording(&normal_form_with(&plain, references)))
    }

    /// The words of a provision with these alternatives (from 1) of its open brackets, the brackets gone.
    ///
    /// # Errors
    ///
    /// Those of [`Brackets::readings`]; a provision that is not there reads as empty words.
    pub fn reading(&self, index: usize, selection: &[usize]) -> Result<String, ReadingError> {
        let provision = self.draft.provisions().get(index);
        let wording = provision.map_or("", |provision| &provision.wording);
        let opened = self.draft.opened_before_label(index) + wording;
        Brackets::parse(&opened).readings(selection)
    }

    /// The wording with each resolved reference replaced by its target's id between the two marks.
    fn with_references_marked(&self, index: usize, wording: &str) -> String {
        let mut marked = String::with_capacity(wording.len());
        let mut at = 0;
        for reference in self
            .draft
            .references()
            .iter()
            .filter(|reference| reference.provision == index)
        {
            let target = reference
                .target
                .and_then(|target| self.manifest.entries.get(target));
            let (Some(entry), Some(before)) = (target, wording.get(at..reference.span.start))
            else {
                continue;
            };
            marked.extend(before.chars().filter(|letter| !is_mark(*letter)));
            marked.push_str(&format!("{REFERENCE_OPENS}{}{REFERENCE_CLOSES}", entry.id));
            at = reference.span.end;
        }
        marked.extend(
            wording
                .get(at..)
                .unwrap_or_default()
                .chars()
                .filter(|letter| !is_mark(*letter)),
        );
        marked
    }
}

fn is_mark(letter: char) -> bool {
    letter == REFERENCE_OPENS || letter == REFERENCE_CLOSES
}

/// A reading without marks, and where its references stand in it, with their ids.
fn unmarked(reading: &str) -> (String, Vec<(std::ops::Range<usize>, String)>) {
    let mut plain = String::with_capacity(reading.len());
    let mut references = Vec::new();
    for (index, part) in reading.split(REFERENCE_OPENS).enumerate() {
        match part.split_once(REFERENCE_CLOSES).filter(|_| index > 0) {
            Some((id, rest)) => {
                let start = plain.len();
                plain.push_str(id);
                references.push((start..plain.len(), id.to_owned()));
                plain.push_str(rest);
            }
            None => plain.push_str(part),
        }
    }
    (plain, references)
}
