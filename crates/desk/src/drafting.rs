//! "Make the next draft of this": from the last one and what is to become of its provisions, with what it would make lapse.

mod feedback;
mod foresee;
mod hold;

use std::collections::BTreeMap;

use onetext_seal::ActDigest;
use onetext_text::{Draft, PathError};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::act::{ActRefused, Desk};
use crate::wanted::Page;

pub use feedback::{Piece, feedback};
pub use foresee::{Delivery, Foreseen, Lapse, NewDraft, foresee, foresee_delivery};
pub use hold::{Withheld, foresee_acts, foresee_refusals};

/// What is to become of one provision of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Redraft {
    /// Its path; empty for the start of the draft, where only something can come.
    pub path: String,
    /// Other words for it; none where they stay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wording: Option<String>,
    /// Another label in place of the one printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Whether it goes, with its sub-items.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub gone: bool,
    /// What comes after it, in order: a label, which may be empty, and words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<(String, String)>,
}

/// Words of one provision: a provision is one paragraph, however it was typed.
#[must_use]
pub fn one_paragraph(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A draft from the one before it: its page, and which provision continues which where that was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redrafted {
    /// The page.
    pub source: String,
    /// Pairs of paths, old and new, of what was redrafted; an empty one for none. Empty as a whole where what was typed is read
    /// as other provisions than were meant: then the words decide.
    pub pairs: Vec<(String, String)>,
}

/// The page of a draft with these provisions redrafted. Words that differ from the printed ones in white space alone are the
/// printed ones.
///
/// # Errors
/// Where a path names no provision of it, or several.
pub fn redrafted(base: &Draft, redrafts: &[Redraft]) -> Result<Redrafted, PathError> {
    let mut places: Vec<(Option<usize>, &Redraft)> = Vec::with_capacity(redrafts.len());
    for redraft in redrafts {
        let index = match redraft.path.as_str() {
            "" => None,
            path => Some(base.find(path)?),
        };
        places.push((index, redraft));
    }
    // What follows a sub-item comes before what follows the provision that it ends.
    places.sort_by_key(|(index, _)| std::cmp::Reverse(*index));
    let mut page = Page::of(base);
    let mut insertions: BTreeMap<Option<usize>, usize> = BTreeMap::new();
    for (index, redraft) in &places {
        for (label, wording) in &redraft.after {
            let text = one_paragraph(&format!("{label} {wording}"));
            if !text.is_empty() {
                page.coming.push((*index, text));
                *insertions.entry(*index).or_default() += 1;
            }
        }
        let Some(index) = *index else { continue };
        if redraft.gone {
            page.wordings.insert(index, (String::new(), false));
            continue;
        }
        let printed = base.provisions().get(index);
        if let Some(label) = redraft.label.as_deref().map(str::trim)
            && !label.is_empty()
        {
            page.labels.insert(index, one_paragraph(label));
        }
        if let Some(wording) = redraft.wording.as_deref().map(one_paragraph)
            && !wording.is_empty()
            && printed.is_none_or(|own| one_paragraph(&own.wording) != wording)
        {
            page.wordings.insert(index, (wording, true));
        }
    }
    let source = page.written();
    let pairs = match Draft::read(&source) {
        Ok(new) => pairs(base, &new, &page, &insertions),
        Err(_) => Vec::new(),
    };
    Ok(Redrafted { source, pairs })
}

/// Which provision of the new page continues which, of those that were redrafted: the pen-holder said so by where it wrote.
fn pairs(
    base: &Draft,
    new: &Draft,
    page: &Page<'_>,
    insertions: &BTreeMap<Option<usize>, usize>,
) -> Vec<(String, String)> {
    let provisions = base.provisions();
    let mut gone = vec![false; provisions.len()];
    // The provisions of which each is the last that stands in them, itself included, the innermost first.
    let mut ends: Vec<Vec<usize>> = vec![Vec::new(); provisions.len()];
    for (index, own) in provisions.iter().enumerate() {
        let above = own.parent.and_then(|parent| gone.get(parent)).copied();
        let goes = page
            .wordings
            .get(&index)
            .is_some_and(|(words, _)| words.is_empty());
        gone[index] = goes || above == Some(true);
        let mut last = index;
        while let Some(child) = provisions.get(last).and_then(|own| own.children.last()) {
            last = *child;
        }
        ends[last].insert(0, index);
    }
    let count = |place: Option<usize>| insertions.get(&place).copied().unwrap_or(0);
    let mut sequence: Vec<Option<usize>> = vec![None; count(None)];
    for (index, ends) in ends.iter().enumerate() {
        sequence.extend((!gone[index]).then_some(Some(index)));
        for end in ends {
            sequence.extend(std::iter::repeat_n(None, count(Some(*end))));
        }
    }
    if sequence.len() != new.provisions().len() {
        return Vec::new();
    }
    let path = |index: usize| provisions.get(index).map_or("", |own| own.path.as_str());
    let mut pairs: Vec<(String, String)> = Vec::new();
    for (own, from) in new.provisions().iter().zip(&sequence) {
        match from {
            None => pairs.push((String::new(), own.path.clone())),
            Some(index) if page.wordings.contains_key(index) || page.labels.contains_key(index) => {
                pairs.push((path(*index).to_owned(), own.path.clone()));
            }
            Some(_) => {}
        }
    }
    let gone = gone.iter().enumerate().filter(|(_, gone)| **gone);
    pairs.extend(gone.map(|(index, _)| (path(index).to_owned(), String::new())));
    pairs
}

/// What was recorded when a draft was issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// The act of the draft.
    pub draft: ActDigest,
    /// How many answers to feedback were recorded with it.
    pub answers: usize,
}

impl Desk<'_> {
    /// Issues a draft from its words, and answers feedback with it: `fields` are those of a draft as a dossier has them, without
    /// `file`; `answers` those of acts of kind dispose. All of it is put on record or nothing.
    ///
    /// # Errors
    /// [`ActRefused`].
    pub fn issue(
        &mut self,
        mut fields: Map<String, Value>,
        source: &str,
        answers: Vec<Map<String, Value>>,
        now: i64,
    ) -> Result<Issued, ActRefused> {
        let id = fields.get("id").and_then(Value::as_str);
        let file = format!("{}.md", id.unwrap_or_default());
        fields.insert("file".to_owned(), Value::from(file.as_str()));
        let mut files = BTreeMap::from([(file, source.as_bytes().to_vec())]);
        let draft = self.draft_with(&fields, &answers, &mut files, now)?;
        Ok(Issued {
            draft,
            answers: answers.len(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Redraft, redrafted};
    use onetext_text::Draft;

    const BASE: &str =
        "# A text\n\n1. One.\n\n2. Two:\n    - a. red;\n    - b. blue.\n\n3. Three.\n";

    fn check(redrafts: &[Redraft], expected: &str) {
        let base = Draft::read(BASE).expect("a draft");
        let page = redrafted(&base, redrafts).expect("it is written");
        assert_eq!(page.source, expected);
    }

    fn of(path: &str) -> Redraft {
        Redraft {
            path: path.to_owned(),
            ..Redraft::default()
        }
    }

    #[test]
    fn nothing_changes_nothing() {
        check(&[], BASE);
        let same = Redraft {
            wording: Some(" Three.\r\n".to_owned()),
            label: Some("3.".to_owned()),
            ..of("3")
        };
        check(&[same], BASE);
    }

    #[test]
    fn words_labels_and_what_comes_and_goes() {
        let one = Redraft {
            wording: Some("The\r\nfirst.".to_owned()),
            after: vec![("1 bis.".to_owned(), "New.".to_owned())],
            ..of("1")
        };
        let gone = Redraft {
            gone: true,
            ..of("2.b")
        };
        let renumbered = Redraft {
            label: Some("4.".to_owned()),
            ..of("3")
        };
        let base = Draft::read(BASE).expect("a draft");
        let made = redrafted(&base, &[one, gone, renumbered]).expect("it is written");
        let page = made.source;
        let read = Draft::read(&page).expect("a draft");
        let paths: Vec<&str> = read
            .provisions()
            .iter()
            .map(|own| own.path.as_str())
            .collect();
        assert_eq!(paths, ["¶1", "1", "1 bis", "2", "2.a", "4"], "{page}");
        assert!(page.contains("1. The first."), "{page}");
        let pairs: Vec<(&str, &str)> = made
            .pairs
            .iter()
            .map(|(old, new)| (old.as_str(), new.as_str()))
            .collect();
        assert_eq!(pairs, [("1", "1"), ("", "1 bis"), ("3", "4"), ("2.b", "")]);
    }

    #[test]
    fn what_follows_an_item_stays_in_its_point() {
        let item = Redraft {
            after: vec![("c.".to_owned(), "green.".to_owned())],
            ..of("2.b")
        };
        let point = Redraft {
            after: vec![("2 bis.".to_owned(), "More.".to_owned())],
            ..of("2")
        };
        let base = Draft::read(BASE).expect("a draft");
        let made = redrafted(&base, &[point, item]).expect("it is written");
        let read = Draft::read(&made.source).expect("a draft");
        let paths: Vec<&str> = read
            .provisions()
            .iter()
            .map(|own| own.path.as_str())
            .collect();
        assert_eq!(
            paths,
            ["¶1", "1", "2", "2.a", "2.b", "2.c", "2 bis", "3"],
            "{}",
            made.source
        );
    }

    #[test]
    fn a_path_that_names_nothing_is_refused() {
        let base = Draft::read(BASE).expect("a draft");
        assert!(redrafted(&base, &[of("9")]).is_err());
    }
}
