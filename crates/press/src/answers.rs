//! Who stands by a meeting, and who says that there is none.

use std::sync::Arc;

use crate::cues::cues;
use crate::meetings::Meeting;
use crate::nouns::person;
use crate::page::{Page, Sentence};
use crate::rules::*;
use crate::speech::{Said, Speech};
use crate::work::step;

/// How somebody answers for a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    Confirms,
    /// It is talked about, and no more is owned to.
    Discusses,
    Denies,
}

/// In whose words a meeting is told, and whether they stand by it.
pub(crate) fn teller(page: &Page, said: &[Said], at: usize) -> Option<(Arc<str>, Option<Answer>)> {
    let own = |said: &&Said| said.marked.is_none() && said.tokens.contains(&at);
    let voice = said.iter().find(own)?.voice.as_ref()?;
    let cue = voice.cue.map(|cue| page.tokens[cue]);
    let answer = match cue {
        Some(cue) if cue.is(CONFIRMS) => Some(Answer::Confirms),
        Some(cue) if cue.is(DENIES) => Some(Answer::Denies),
        _ => None,
    };
    Some((voice.who.name()?.clone(), answer))
}

/// Who in a sentence confirms or denies what was said of a meeting before: `Moscow denied it`, `an official confirmed talks`.
pub(crate) fn answers(
    page: &Page,
    speech: &Speech,
    sentence: &Sentence,
) -> Vec<(Arc<str>, Answer)> {
    let tokens = &page.tokens[sentence.tokens.clone()];
    if !tokens.iter().any(|token| token.is(CONFIRMS | DENIES)) {
        return Vec::new();
    }
    let unfinished = page
        .phrases(sentence)
        .iter()
        .any(|phrase| phrase.sense == Sense::Unfinished);
    let mut found = Vec::new();
    for cue in cues(page, sentence) {
        step(1);
        let (Some(subject), true) = (cue.subject, cue.kinds & (CONFIRMS | DENIES) != 0) else {
            continue;
        };
        let object = cue.at + 1..sentence.tokens.end.min(cue.at + 6);
        let meant = page.tokens[object]
            .iter()
            .any(|token| token.is(MEETING_NOUN) || token.is(SAME) && token.word());
        if !meant {
            continue;
        }
        let who = match person(page, subject.clone()) {
            Some(name) => speech.directory.fullest(page.words(name)),
            None => page.words(subject).into(),
        };
        let answer = match () {
            () if cue.kinds & DENIES != 0 => Answer::Denies,
            () if unfinished => Answer::Discusses,
            () => Answer::Confirms,
        };
        found.push((who, answer));
    }
    found
}

impl Meeting {
    /// Keeps an answer, each name once.
    pub(crate) fn answered(&mut self, who: Arc<str>, answer: Answer) {
        let list = match answer {
            Answer::Confirms => &mut self.confirmed_by,
            Answer::Discusses => &mut self.discussed_by,
            Answer::Denies => &mut self.denied_by,
        };
        if !list.contains(&who) && list.len() < MOST_ANSWERS {
            list.push(who);
        }
    }
}

/// How many who answer are kept of each kind.
const MOST_ANSWERS: usize = 16;
