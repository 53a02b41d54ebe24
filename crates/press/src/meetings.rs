//! Who met whom, where and when, and whether it came to pass.

use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;

use crate::answers::{Answer, answers, teller};
use crate::missions::Mission;
use crate::nouns::{left, right, simple_left};
use crate::page::{Page, Sentence};
use crate::report::Span;
use crate::rules::*;
use crate::speech::Speech;
use crate::time::{Moment, Moments};
use crate::who::Who;
use crate::work::step;

/// A meeting, a mission or a visit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Meeting {
    /// Who takes part, by the fullest name in the text.
    pub participants: Vec<Arc<str>>,
    /// Where.
    pub place: Option<String>,
    /// When.
    pub when: Option<Moment>,
    /// `ordered`, `scheduled`, `proposed`, `discussed`, `held` or `did-not-take-place`.
    pub state: &'static str,
    /// The sentence it rests on.
    pub sentence: Span,
    /// How sure it is, from 0 to 1.
    pub sure: f64,
    /// In whose words it is told; null where the report itself tells it.
    pub told_by: Option<Arc<str>>,
    /// Who confirms it.
    pub confirmed_by: Vec<Arc<str>>,
    /// Who owns that it is discussed, and to no more.
    pub discussed_by: Vec<Arc<str>>,
    /// Who says that there was none.
    pub denied_by: Vec<Arc<str>>,
}

/// How far before a noun for a meeting those who take part are looked for, in tokens.
const BACK: usize = 80;
/// How many participants are taken from one mention.
const MOST_PARTICIPANTS: usize = 16;

/// What speaks of a meeting.
struct Sign {
    at: usize,
    participants: Vec<Range<usize>>,
    sure: f64,
    /// Where the look for a place begins.
    from: usize,
}

/// How far behind a meeting somebody may confirm or deny it, in sentences.
const NEAR: usize = 2;

/// The meetings of a report, and the missions that they are part of.
pub(crate) fn meetings(speech: &Speech, moments: &mut Moments<'_>) -> (Vec<Meeting>, Vec<Mission>) {
    let page = moments.page;
    let mut found: Vec<Meeting> = Vec::new();
    let mut missions = Vec::new();
    // The sentence of the last meeting.
    let mut last = None;
    for (index, sentence) in page.sentences.iter().enumerate() {
        let tokens = &page.tokens[sentence.tokens.clone()];
        let before = found.len();
        if tokens
            .iter()
            .any(|t| t.is(MEET | MEETING_NOUN | BRIEF | VISIT | BETWEEN))
        {
            signs(speech, index, moments, &mut found, &mut missions);
        }
        let near = last.is_some_and(|last| index <= last + NEAR);
        if found.len() > before {
            last = Some(index);
        } else if near && let Some(meeting) = found.last_mut() {
            for (who, answer) in answers(page, speech, sentence) {
                meeting.answered(who, answer);
            }
        }
    }
    (found, missions)
}

/// The meetings of one sentence.
fn signs(
    speech: &Speech,
    index: usize,
    moments: &mut Moments<'_>,
    found: &mut Vec<Meeting>,
    missions: &mut Vec<Mission>,
) {
    let page = moments.page;
    let Some(sentence) = page.sentences.get(index) else {
        return;
    };
    let mut previous = sentence.tokens.start;
    for at in sentence.tokens.clone() {
        if at < previous {
            continue;
        }
        let Some(sign) = sign(page, sentence, at) else {
            continue;
        };
        previous = sign.from.max(at + 1);
        let Some(meeting) = meeting(speech, index, &sign, moments) else {
            continue;
        };
        let envoy = sign
            .participants
            .first()
            .is_some_and(|noun| page.tokens[noun.clone()].iter().any(|t| t.is(ENVOY)));
        let by = sender(page, speech, index, sign.at);
        missions.extend(Mission::of(&meeting, envoy, by));
        found.push(meeting);
    }
}

/// Who gives the order for a meeting, in the sentence before it.
fn sender(page: &Page, speech: &Speech, index: usize, at: usize) -> Option<Arc<str>> {
    let sentence = page.sentences.get(index)?;
    let floor = sentence.tokens.start;
    let order = (floor..at).rev().find(|i| page.tokens[*i].is(ORDERED))?;
    let noun = left(page, order, floor)?;
    if noun.len() == 1 && page.tokens[noun.start].is(PRONOUN) {
        let subject = speech.subjects.get(index)?.as_ref()?;
        return subject.name().cloned();
    }
    Some(match crate::nouns::person(page, noun.clone()) {
        Some(name) => speech.directory.fullest(page.words(name)),
        None => page.words(noun).into(),
    })
}

fn meeting(
    speech: &Speech,
    index: usize,
    sign: &Sign,
    moments: &mut Moments<'_>,
) -> Option<Meeting> {
    let (page, offsets) = (moments.page, moments.offsets);
    let sentence = page.sentences.get(index)?;
    let state = state(page, sentence, sign.at)?;
    let speaker = speech
        .in_sentence(index)
        .iter()
        .find_map(|s| s.voice.as_ref().and_then(|v| v.who.name()))
        .map(|name| &**name)
        .unwrap_or_default();
    let mut participants: Vec<Arc<str>> = Vec::new();
    for noun in &sign.participants {
        if page.tokens[noun.clone()].iter().any(|t| t.is(LEADERS)) {
            participants.extend(speech.directory.leaders(sentence.tokens.end, speaker));
            continue;
        }
        let pronoun = noun.len() == 1 && page.tokens[noun.start].is(PRONOUN);
        let name = if pronoun {
            let subject = speech
                .in_sentence(index)
                .iter()
                .find(|s| s.voice.is_some())
                .and_then(|s| s.voice.as_ref())
                .map(|v| v.who.clone());
            subject
                .or_else(|| speech.subjects.get(index).cloned().flatten())
                .and_then(|w| w.name().cloned())
        } else {
            match crate::nouns::person(page, noun.clone()) {
                Some(name) => Some(speech.directory.fullest(page.words(name))),
                None => {
                    // A place after a group is no part of its name.
                    let roles = noun
                        .clone()
                        .find(|i| page.tokens[*i].is(ROLES) && page.tokens[*i].word());
                    let end = roles.map_or(noun.end, |head| head + 1);
                    Some(page.words(noun.start..end).into())
                }
            }
        };
        participants.extend(name);
    }
    if participants.is_empty()
        && let Some(Some(Who::Person(name))) = speech.subjects.get(index)
    {
        participants.push(name.clone());
    }
    participants.dedup();
    let told = teller(page, speech.in_sentence(index), sign.at);
    let (told_by, answer) = told.map_or((None, None), |(who, answer)| (Some(who), answer));
    let mut meeting = Meeting {
        participants,
        place: place(page, sentence, sign),
        when: moments.of(index),
        state,
        sentence: Span {
            start: offsets.at(sentence.start),
            end: offsets.at(sentence.end),
        },
        sure: sign.sure,
        told_by: told_by.clone(),
        confirmed_by: Vec::new(),
        discussed_by: Vec::new(),
        denied_by: Vec::new(),
    };
    // Who says that it did not take place denies it.
    let denied = (state == "did-not-take-place").then_some(Answer::Denies);
    if let (Some(who), Some(answer)) = (told_by, denied.or(answer)) {
        meeting.answered(who, answer);
    }
    Some(meeting)
}

fn sign(page: &Page, sentence: &Sentence, at: usize) -> Option<Sign> {
    let (floor, ceiling) = (sentence.tokens.start, sentence.tokens.end);
    let token = &page.tokens[at];
    let lower = token.word() && !(token.capital && at > floor);
    let previous = at
        .checked_sub(1)
        .filter(|p| *p >= floor)
        .map(|p| page.tokens[p]);
    let as_noun =
        previous.is_some_and(|p| p.is(DETERMINER | POSSESSIVE | PREPOSITION) && !p.is(INFINITIVE));
    if lower
        && token.is(MEET)
        && !as_noun
        && (!token.is(MEETING_NOUN) || previous.is_some_and(|p| p.is(AUXILIARY)))
        || lower && token.is(BRIEF) && !as_noun && !token.is(MEETING_NOUN)
    {
        let next = if page.tokens.get(at + 1).is_some_and(|t| t.is(WITH)) {
            at + 2
        } else {
            at + 1
        };
        let mut participants: Vec<Range<usize>> =
            subject_of(page, sentence, at).into_iter().collect();
        let object = right(page, next, ceiling);
        let sure = if object.is_some() { 0.9 } else { 0.6 };
        let from = object.as_ref().map_or(at + 1, |o| o.end);
        participants.extend(object);
        return Some(Sign {
            at,
            participants,
            sure,
            from,
        });
    }
    if lower && token.is(HOLD) && !as_noun {
        let noun = (at + 1..ceiling.min(at + 6)).find(|n| page.tokens[*n].is(MEETING_NOUN))?;
        let mut participants: Vec<Range<usize>> =
            subject_of(page, sentence, at).into_iter().collect();
        participants.extend(with(page, noun, ceiling));
        return Some(Sign {
            at,
            participants,
            sure: 0.85,
            from: noun + 1,
        });
    }
    if lower && token.is(BETWEEN) {
        let pair = right(page, at + 1, ceiling)?;
        let and = pair.clone().find(|i| page.tokens[*i].is(CONJUNCTION))?;
        let participle = (floor.max(at.saturating_sub(3))..at).any(|i| {
            page.tokens[i].is(MEETING_NOUN)
                || page.tokens[i].word() && page.token(i).ends_with("ed")
        });
        return participle.then(|| Sign {
            at,
            participants: vec![pair.start..and, and + 1..pair.end],
            sure: 0.75,
            from: pair.end,
        });
    }
    if lower && token.is(MEETING_STRONG) && (!token.is(MEET) || as_noun || token.is(MEETING_NOUN)) {
        return noun_sign(page, sentence, at);
    }
    if lower && token.is(VISIT) && !token.is(MEETING_NOUN) && !as_noun {
        let participants = subject_of(page, sentence, at).into_iter().collect();
        let placed = page.tokens[at + 1..ceiling.min(at + 5)]
            .iter()
            .any(|t| t.capital);
        return placed.then_some(Sign {
            at,
            participants,
            sure: 0.7,
            from: at,
        });
    }
    None
}

/// A noun for a meeting counts where it has a place, a counterpart, or a verb of taking place.
fn noun_sign(page: &Page, sentence: &Sentence, at: usize) -> Option<Sign> {
    let (floor, ceiling) = (sentence.tokens.start, sentence.tokens.end);
    let ahead = at + 1..ceiling.min(at + 10);
    let near = at + 1..ceiling.min(at + 4);
    let placed = near.clone().any(|i| {
        page.tokens[i].is(INNER_PREPOSITION)
            && page
                .tokens
                .get(i + 1)
                .is_some_and(|t| t.capital && !t.is(WEEKDAY | MONTH))
    });
    let countered = page.tokens[near].iter().any(|t| t.is(WITH | BETWEEN));
    let negated = (floor.max(at.saturating_sub(4))..at).any(|i| page.tokens[i].is(NEGATION));
    let wanted = (floor.max(at.saturating_sub(6))..at).any(|i| page.tokens[i].is(INTEND | ORDERED))
        || page.tokens[ahead]
            .iter()
            .any(|t| t.is(SCHEDULED | CANCELLED));
    if !(placed || countered || negated || wanted) {
        return None;
    }
    let mut participants: Vec<Range<usize>> = with(page, at, ceiling);
    let between = (at + 1..ceiling.min(at + 4))
        .find(|i| page.tokens[*i].is(BETWEEN))
        .and_then(|i| right(page, i + 1, ceiling));
    if let Some(pair) = between {
        match pair.clone().find(|i| page.tokens[*i].is(CONJUNCTION)) {
            Some(and) => participants.extend([pair.start..and, and + 1..pair.end]),
            None => participants.push(pair),
        }
    }
    // Delegations and officials that the sentence names before it, but for the one who says so.
    let said = sentence
        .tokens
        .clone()
        .find(|i| page.tokens[*i].is(SPEECH) && page.tokens[*i].is(FINITE))
        .filter(|i| *i < at)
        .unwrap_or(floor);
    for i in said.max(at.saturating_sub(BACK))..at {
        step(1);
        if participants.len() >= MOST_PARTICIPANTS {
            break;
        }
        if page.tokens[i].is(ROLES | PARTY)
            && page.tokens[i].word()
            && let Some(noun) = simple_left(page, i + 1, said)
        {
            participants.retain(|known| known.end <= noun.start || known.start >= noun.end);
            participants.push(noun);
        }
    }
    if page.tokens[at].is(VISIT_NOUN) {
        let guest = (at + 1..ceiling.min(at + 3))
            .find(|i| page.tokens[*i].is(PREPOSITION))
            .and_then(|i| right(page, i + 1, ceiling));
        participants.extend(guest.filter(|g| crate::nouns::person(page, g.clone()).is_some()));
    }
    participants.sort_by_key(|noun| noun.start);
    participants.dedup();
    Some(Sign {
        at,
        participants,
        sure: if placed || countered { 0.75 } else { 0.6 },
        from: at,
    })
}

fn with(page: &Page, noun: usize, ceiling: usize) -> Vec<Range<usize>> {
    let with = (noun + 1..ceiling.min(noun + 5)).find(|i| page.tokens[*i].is(WITH));
    with.and_then(|i| right(page, i + 1, ceiling))
        .into_iter()
        .collect()
}

/// Who is to meet: the noun before the verb; of an infinitive, the one before `to`.
fn subject_of(page: &Page, sentence: &Sentence, at: usize) -> Option<Range<usize>> {
    let floor = sentence.tokens.start;
    if at > floor && page.tokens[at - 1].is(INFINITIVE) {
        let before = at - 1;
        let verb = before.checked_sub(1).filter(|v| {
            *v >= floor && page.tokens[*v].is(INTEND | SCHEDULED | CUE) && !page.tokens[*v].capital
        });
        return match verb {
            Some(verb) => left(page, verb, floor),
            None => simple_left(page, before, floor),
        };
    }
    left(page, at, floor)
}

/// Whether it came to pass; nothing if the sentence does not say so much as that it is spoken of.
fn state(page: &Page, sentence: &Sentence, at: usize) -> Option<&'static str> {
    let floor = sentence.tokens.start;
    step(sentence.tokens.len());
    let ahead = |sense: Sense| {
        page.phrases(sentence)
            .iter()
            .any(|phrase| phrase.sense == sense && phrase.tokens.start >= at)
    };
    if ahead(Sense::Unfinished) {
        return None;
    }
    let tokens = &page.tokens;
    let clause = (floor..at)
        .rev()
        .find(|i| tokens[*i].sign(",;—–"))
        .map_or(floor, |i| i + 1);
    let before = |kinds: Kinds| tokens[clause..at].iter().any(|t| t.is(kinds) && !t.capital);
    let cancelled = ahead(Sense::Cancelled)
        || tokens[at..sentence.tokens.end.min(at + 8)]
            .iter()
            .any(|t| t.is(CANCELLED));
    if tokens[clause.max(at.saturating_sub(5))..at]
        .iter()
        .any(|t| t.is(NEGATION))
        || cancelled
    {
        return Some("did-not-take-place");
    }
    if tokens[at].is(BETWEEN) {
        return Some("held");
    }
    if tokens[floor..at]
        .iter()
        .any(|t| t.is(ORDERED) && !t.capital)
    {
        return Some("ordered");
    }
    let scheduled = before(SCHEDULED)
        || tokens[at..sentence.tokens.end.min(at + 8)]
            .iter()
            .any(|t| t.is(SCHEDULED));
    if scheduled {
        return Some("scheduled");
    }
    if before(INTEND) {
        return Some("proposed");
    }
    if before(FUTURE) {
        let dated = tokens[at..sentence.tokens.end]
            .iter()
            .any(|t| t.is(WEEKDAY | MONTH));
        return Some(if dated { "scheduled" } else { "proposed" });
    }
    let infinitive = at > floor && tokens[at - 1].is(INFINITIVE) || tokens[at].is(MEET_BASE);
    if infinitive {
        return Some("proposed");
    }
    let discussed = tokens[clause..at]
        .iter()
        .any(|t| t.is(SPEECH) && !t.capital)
        && tokens[at].is(VISIT_NOUN);
    Some(if discussed { "discussed" } else { "held" })
}

fn place(page: &Page, sentence: &Sentence, sign: &Sign) -> Option<String> {
    let found = |from: usize, to: usize| -> Option<String> {
        for at in from..to {
            let next = page
                .tokens
                .get(at + 1)
                .filter(|_| at + 1 < to.max(at + 2) && at + 1 < sentence.tokens.end)?;
            let article = next.is(DETERMINER);
            let start = at + 1 + usize::from(article);
            let fits = page.tokens[at].is(INNER_PREPOSITION)
                && !page.tokens[at].is(WITH)
                && page.token(at) != "of"
                && page.token(at) != "for";
            let capital = page
                .tokens
                .get(start)
                .is_some_and(|t| t.capital && t.word() && !t.is(WEEKDAY | MONTH | TITLE | PRONOUN));
            if fits && capital && start < sentence.tokens.end {
                let mut end = start;
                while end < sentence.tokens.end
                    && (page.tokens[end].capital && page.tokens[end].word()
                        || end > start
                            && page.tokens[end].is(CONJUNCTION)
                            && page
                                .tokens
                                .get(end + 1)
                                .is_some_and(|t| t.capital && !t.is(TITLE)))
                {
                    end += 1;
                }
                let person = page.tokens.get(end).is_some_and(|t| t.is(SOMEBODY))
                    && end < sentence.tokens.end;
                if !person {
                    return Some(page.words(start..end).to_owned());
                }
            }
        }
        None
    };
    let end = sentence.tokens.end;
    let negated = page.tokens[sign.at.saturating_sub(4).max(sentence.tokens.start)..sign.at]
        .iter()
        .any(|t| t.is(NEGATION));
    let bound = |i: &usize| page.tokens[*i].sign(",;—–") || page.tokens[*i].is(SUBORDINATE);
    let clause = (sentence.tokens.start..sign.at)
        .rev()
        .find(bound)
        .filter(|_| !negated)
        .unwrap_or(sentence.tokens.start);
    let adjective = sign.at.checked_sub(1).filter(|b| {
        *b > sentence.tokens.start
            && page.tokens[sign.at].is(VISIT_NOUN)
            && page.tokens[*b].capital
            && page.tokens[*b].word()
    });
    adjective
        .map(|b| page.token(b).to_owned())
        .or_else(|| {
            found(
                sign.from.saturating_sub(1).max(sign.at),
                end.min(sign.from + 8),
            )
        })
        .or_else(|| found(clause, sign.at))
}
