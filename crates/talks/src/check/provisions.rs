//! Paths: whether they name a provision of the draft that an act is on.

use std::collections::BTreeMap;
use std::sync::Arc;

use onetext_text::{Brackets, Draft, IssuedDraft, PathError, ReadingError, Target};

/// A draft, or a seat's own copy of one.
#[derive(Clone, Copy)]
pub(crate) struct Wording<'r> {
    /// The draft's handle; empty for an own copy.
    pub(crate) name: &'r str,
    /// What it says.
    pub(crate) issued: &'r Arc<IssuedDraft>,
}

/// Looks paths up, each once.
#[derive(Default)]
pub(crate) struct Paths<'r> {
    answers: BTreeMap<(usize, &'r str), Result<Target, PathError>>,
}

impl<'r> Paths<'r> {
    /// The provision that a path names.
    pub(crate) fn find(
        &mut self,
        wording: Wording<'r>,
        path: &'r str,
    ) -> Result<Target, PathError> {
        // The address of a draft in the record is its identity while the record is held.
        let draft = Arc::as_ptr(wording.issued) as usize;
        let look = || wording.issued.draft.find_target(path);
        self.answers
            .entry((draft, path))
            .or_insert_with(look)
            .clone()
    }
}

/// Whether a reading, one alternative of each open bracket in order, fits the provisions it is of: those together, or
/// each of them by itself.
pub(crate) fn fits_reading(
    wording: Wording<'_>,
    targets: &[Target],
    reading: &[usize],
) -> Result<(), ReadingError> {
    const MOST: usize = 1000;
    if reading.len() > MOST {
        return Err(ReadingError::TooMany {
            given: reading.len(),
            made: MOST,
        });
    }
    let draft = &wording.issued.draft;
    let alone = targets.iter().all(|target| {
        take_reading(wordings_of(draft, *target), reading).is_ok_and(<[usize]>::is_empty)
    });
    if alone {
        return Ok(());
    }
    let left = take_reading(
        targets
            .iter()
            .flat_map(|target| wordings_of(draft, *target))
            .collect(),
        reading,
    )?;
    match left.len() {
        0 => Ok(()),
        left => Err(ReadingError::TooMany {
            given: reading.len(),
            made: reading.len() - left,
        }),
    }
}

/// The wordings that a path names, in reading order.
fn wordings_of(draft: &Draft, target: Target) -> Vec<&str> {
    let mut wordings = Vec::new();
    let mut waiting = vec![target.index];
    while let Some(provision) = waiting
        .pop()
        .and_then(|index| draft.provisions().get(index))
    {
        wordings.push(provision.wording.as_str());
        if !target.chapeau_only {
            waiting.extend(provision.children.iter().rev());
        }
    }
    wordings
}

/// Reads the wordings one after the other; what is left of the choices comes back.
fn take_reading<'c>(
    wordings: Vec<&str>,
    choices: &'c [usize],
) -> Result<&'c [usize], ReadingError> {
    let mut rest = choices;
    for brackets in wordings.into_iter().map(Brackets::parse) {
        let mut taken = 0;
        loop {
            let (now, later) = rest.split_at(taken);
            match brackets.readings(now) {
                Ok(_) => {
                    rest = later;
                    break;
                }
                Err(ReadingError::Missing { .. }) if !later.is_empty() => taken += 1,
                Err(error) => return Err(error),
            }
        }
    }
    Ok(rest)
}
