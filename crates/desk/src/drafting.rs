//! "Make the next draft of this": from the last one and what is to become of its provisions, with what it would make lapse.

mod feedback;
mod foresee;

use std::collections::BTreeMap;

use onetext_seal::ActDigest;
use onetext_text::{Draft, PathError};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::act::{ActRefused, Desk};
use crate::wanted::Page;
use crate::workspace::day;

pub use feedback::{Piece, feedback};
pub use foresee::{Delivery, Foreseen, Lapse, NewDraft, foresee, foresee_delivery};

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

/// The page of a draft with these provisions redrafted. Words that differ from the printed ones in white space alone are the
/// printed ones.
///
/// # Errors
/// Where a path names no provision of it, or several.
pub fn redrafted(base: &Draft, redrafts: &[Redraft]) -> Result<String, PathError> {
    let mut page = Page::of(base);
    for redraft in redrafts {
        let index = match redraft.path.as_str() {
            "" => None,
            path => Some(base.find(path)?),
        };
        for (label, wording) in &redraft.after {
            let text = one_paragraph(&format!("{label} {wording}"));
            if !text.is_empty() {
                page.coming.push((index, text));
            }
        }
        let Some(index) = index else { continue };
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
    Ok(page.written())
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
    /// `file`; `answers` those of acts of kind dispose. Everything is held against what is there before anything is written, so
    /// that an answer that is not in order keeps the draft from being issued.
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
        fields.insert("kind".to_owned(), Value::from("draft"));
        fields.insert("file".to_owned(), Value::from(file.as_str()));
        let mut files = BTreeMap::from([(file, source.as_bytes().to_vec())]);
        let mut tried = self.ledger.record.clone();
        let today = day(now)?;
        let sort = onetext_talks::BlockKind::Draft;
        onetext_paper::dossier::add_block(&mut tried, sort, &fields, &today, &mut files)
            .map_err(ActRefused::NotInOrder)?;
        for (number, answer) in answers.iter().enumerate() {
            let mut answer = answer.clone();
            answer.insert("id".to_owned(), Value::from(format!("answer-{number}")));
            answer
                .entry("on")
                .or_insert_with(|| Value::from(today.as_str()));
            onetext_paper::dossier::add_act(&mut tried, &answer, &mut files)
                .map_err(ActRefused::NotInOrder)?;
        }
        let draft = self.act(fields, &mut files, now)?;
        let count = answers.len();
        for answer in answers {
            self.act(answer, &mut files, now)?;
        }
        Ok(Issued {
            draft,
            answers: count,
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
        assert_eq!(redrafted(&base, redrafts), Ok(expected.to_owned()));
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
        let page = redrafted(&base, &[one, gone, renumbered]).expect("it is written");
        let read = Draft::read(&page).expect("a draft");
        let paths: Vec<&str> = read
            .provisions()
            .iter()
            .map(|own| own.path.as_str())
            .collect();
        assert_eq!(paths, ["¶1", "1", "1 bis", "2", "2.a", "4"], "{page}");
        assert!(page.contains("1. The first."), "{page}");
    }

    #[test]
    fn a_path_that_names_nothing_is_refused() {
        let base = Draft::read(BASE).expect("a draft");
        assert!(redrafted(&base, &[of("9")]).is_err());
    }
}
