//! "Where was this said?": words, looked for in everything that a viewer may see, and in nothing else.
//!
//! Nothing is indexed: each search reads what the viewer's rooms hold, so that no number and no order tells of another room.

use onetext_talks::{Act, ActId, Cut, Deed, DraftId, Points, TextId, Viewer};

use crate::books::Books;
use crate::error::DeskError;

/// The most characters of a question that are looked at.
const LONGEST: usize = 200;
/// The most words of a question that are looked for.
const MOST_WORDS: usize = 8;
/// The most places that are given.
const MOST: usize = 200;

/// Where words stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Where {
    /// In a provision of a draft.
    Provision {
        /// The text.
        text: TextId,
        /// The draft.
        draft: DraftId,
        /// The path in it.
        path: String,
    },
    /// In an act: its kind as a dossier has it, who did it, and the first provision it is on.
    Act {
        /// The act.
        id: ActId,
        /// What was done, as a dossier names it.
        kind: &'static str,
        /// Who did it: a seat or a person.
        by: String,
        /// The draft and the first provision that it is on.
        on: Option<(DraftId, Option<String>)>,
        /// When, as written.
        when: String,
    },
}

/// A place where every word of a question stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Where.
    pub place: Where,
    /// The words there.
    pub words: String,
    /// Which characters of them answer the question: from, and behind the last, in order, none twice.
    pub marks: Vec<(usize, usize)>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// The words that were looked for.
    pub asked: Vec<String>,
    /// The places: drafts in the order of the texts, the latest first, then acts, the latest first.
    pub hits: Vec<Hit>,
    /// How many more there are.
    pub more: usize,
}

/// Looks for words in the wordings of drafts, in positions, minutes, statements, notes and whatever else was put in words.
/// Letter case does not count; a place answers where it has every word.
///
/// # Errors
/// Where the viewer is no seat of this process.
pub fn search(
    books: &Books,
    viewer: &Viewer,
    cut: &Cut,
    question: &str,
) -> Result<Found, DeskError> {
    let question: String = question.chars().take(LONGEST).collect();
    let asked: Vec<Vec<char>> = question
        .split_whitespace()
        .take(MOST_WORDS)
        .map(folded)
        .collect();
    let mut found = Found {
        asked: asked.iter().map(|word| word.iter().collect()).collect(),
        ..Found::default()
    };
    if asked.is_empty() {
        return Ok(found);
    }
    let (drafts, acts) = books.ask(viewer, cut, |board| {
        (board.readable_drafts(), board.on_record(|_| true))
    })?;
    for (text, draft, issued) in drafts.into_iter().rev() {
        for provision in issued.draft.provisions() {
            let place = || Where::Provision {
                text: text.clone(),
                draft: draft.clone(),
                path: provision.path.clone(),
            };
            found.take(&asked, &provision.wording, place);
        }
    }
    for one in acts.iter().rev() {
        let (by, act) = (&one.card.by, &one.act);
        for words in words_of(act) {
            let place = || Where::Act {
                id: act.id.clone(),
                kind: kind(&act.deed),
                by: by.clone(),
                on: on(&act.deed),
                when: act.on.to_string(),
            };
            found.take(&asked, words, place);
        }
    }
    Ok(found)
}

impl Found {
    fn take(&mut self, asked: &[Vec<char>], words: &str, place: impl FnOnce() -> Where) {
        let folded = folded(words);
        let mut marks = Vec::new();
        for word in asked {
            let before = marks.len();
            let mut from = 0;
            while let Some(at) = find(folded.get(from..).unwrap_or_default(), word) {
                marks.push((from + at, from + at + word.len()));
                from += at + word.len();
            }
            if marks.len() == before {
                return;
            }
        }
        if self.hits.len() == MOST {
            self.more += 1;
            return;
        }
        marks.sort_unstable();
        let mut apart: Vec<(usize, usize)> = Vec::new();
        for (from, to) in marks {
            match apart.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(to),
                _ => apart.push((from, to)),
            }
        }
        self.hits.push(Hit {
            place: place(),
            words: words.to_owned(),
            marks: apart,
        });
    }
}

/// A word as words are compared: one small letter for each character, so that places stay where they are.
fn folded(words: &str) -> Vec<char> {
    words
        .chars()
        .map(|c| c.to_lowercase().next().unwrap_or(c))
        .collect()
}

fn find(within: &[char], word: &[char]) -> Option<usize> {
    within.windows(word.len()).position(|window| window == word)
}

/// What an act has of words that somebody wrote.
fn words_of(act: &Act) -> Vec<&str> {
    let own: Vec<Option<&String>> = match &act.deed {
        Deed::Stance(stance) => {
            let seldom = &*stance.seldom;
            let condition = seldom.condition.as_ref();
            vec![
                seldom.wording.as_ref(),
                seldom.interest.as_ref(),
                seldom.until.as_ref(),
                condition.and_then(|condition| condition.words.as_ref()),
            ]
        }
        Deed::Statement(said) => vec![Some(&said.words)],
        Deed::Minute(minute) => vec![Some(&minute.words)],
        Deed::Note(said) | Deed::Question(said) => vec![Some(&said.words)],
        Deed::Convey(told) => vec![Some(&told.words)],
        Deed::RedLine(line) => vec![Some(&line.words)],
        Deed::Challenge(challenge) => vec![Some(&challenge.words)],
        Deed::Editorial(change) => vec![Some(&change.words)],
        Deed::Correct(correct) => vec![Some(&correct.wording)],
        Deed::Dispose(dispose) => vec![dispose.reason.as_ref()],
        Deed::Override(aside) => vec![Some(&aside.reason)],
        Deed::Mission(mission) => vec![mission.instructions.as_ref()],
        Deed::Gate(gate) => vec![Some(&gate.event), gate.words.as_ref()],
        Deed::Understanding(settled) => settled
            .tenets
            .iter()
            .map(|tenet| Some(&tenet.words))
            .collect(),
        _ => Vec::new(),
    };
    let note = std::iter::once(act.note.as_ref());
    let all = note.chain(own).flatten();
    all.map(String::as_str).collect()
}

/// The provision that an act is on, the first of several.
fn on(deed: &Deed) -> Option<(DraftId, Option<String>)> {
    let (draft, points) = match deed {
        Deed::Stance(stance) => (stance.draft.as_ref(), stance.points.as_ref()),
        Deed::RedLine(line) => (line.draft.as_ref(), line.points.as_ref()),
        Deed::Editorial(change) => (Some(&change.draft), Some(&change.points)),
        Deed::Correct(correct) => (Some(&correct.draft), Some(&correct.points)),
        _ => (None, None),
    };
    let path = points.and_then(|points| match points {
        Points::Whole => None,
        Points::Paths(paths) => paths.first().cloned(),
    });
    Some((draft?.clone(), path))
}

/// What was done, as a dossier names it.
fn kind(deed: &Deed) -> &'static str {
    match deed {
        Deed::Stance(_) => "stance",
        Deed::Statement(_) => "statement",
        Deed::Minute(_) => "minute",
        Deed::Question(_) => "question",
        Deed::Convey(_) => "convey",
        Deed::RedLine(_) => "red-line",
        Deed::Gate(_) => "gate",
        Deed::Override(_) => "override",
        Deed::Understanding(_) => "understanding",
        Deed::Mission(_) => "mission",
        Deed::Session(_) => "session",
        Deed::Note(_) => "note",
        _ => "act",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(question: &str, words: &str, expected: Option<&[(usize, usize)]>) {
        let asked: Vec<Vec<char>> = question.split_whitespace().map(folded).collect();
        let mut found = Found::default();
        found.take(&asked, words, || Where::Provision {
            text: "a".into(),
            draft: "b".into(),
            path: "1".to_owned(),
        });
        let marks = found.hits.first().map(|hit| hit.marks.as_slice());
        assert_eq!(marks, expected, "{question} in {words}");
    }

    #[test]
    fn every_word_is_looked_for_in_either_case_and_marked_once() {
        check(
            "river",
            "The River and the rivers",
            Some(&[(4, 9), (18, 23)]),
        );
        check("river bank", "the river", None);
        check("ri iv", "river", Some(&[(0, 3)]));
        check("РЕКА", "Эта река", Some(&[(4, 8)]));
        check("النهر", "على النهر", Some(&[(4, 9)]));
        check("aa", "aaa", Some(&[(0, 2)]));
        check("x", "", None);
    }
}
