//! What says that somebody speaks: verbs, nouns and phrases, each with its subject.

use std::ops::Range;

use crate::nouns::{before_verb, left, over_insertion, right, right_named, simple_left};
use crate::page::{Page, Sentence, Shape};
use crate::rules::*;
use crate::work::step;

/// A sign that somebody says something.
#[derive(Debug, Clone)]
pub(crate) struct Cue {
    /// Its token.
    pub(crate) at: usize,
    pub(crate) kinds: Kinds,
    /// The noun phrase that is its subject.
    pub(crate) subject: Option<Range<usize>>,
    /// Whether the subject is its own, not taken over from another clause.
    pub(crate) own: bool,
    /// Whether the subject stands after it.
    pub(crate) inverted: bool,
    /// Whether it says in somebody's place: `had told her that`, within what another says.
    pub(crate) main: bool,
}

/// The subject of a sentence: its first noun phrase, after an opening phrase that a comma closes.
pub(crate) fn subject(page: &Page, sentence: &Sentence) -> Option<Range<usize>> {
    let range = sentence.tokens.clone();
    let mut at = range.start;
    let limit = range.end.min(range.start + 40);
    for _ in 0..3 {
        while at < limit
            && (page.tokens[at].is(CONJUNCTION | ADVERB | ADVERB_ENDING)
                && !page.tokens[at].is(TITLE)
                || page.tokens[at].sign(",([—–-•*"))
        {
            at += 1;
        }
        let first = page.tokens.get(at).filter(|_| at < limit)?;
        let opening =
            first.is(PREPOSITION | SUBORDINATE | GERUND | PARTICIPLE | SCHEDULED | SPEECH)
                && !first.is(DETERMINER | TITLE);
        let mut end = at;
        while opening && end < limit && !page.tokens[end].sign(",") {
            end += 1;
        }
        if !opening || end >= limit {
            break;
        }
        at = end + 1;
    }
    let noun = right(page, at, range.end)?;
    // `Trump’s declaration`: the owner is not the subject, but all that is known.
    Some(noun)
}

/// The cues of a sentence, in order.
pub(crate) fn cues(page: &Page, sentence: &Sentence) -> Vec<Cue> {
    let mut found: Vec<Cue> = Vec::new();
    let first = subject(page, sentence);
    let mut main: Option<Range<usize>> = None;
    for at in sentence.tokens.clone() {
        step(1);
        let token = &page.tokens[at];
        let cue = if token.word() && token.is(CUE) && !(token.capital && at > sentence.tokens.start)
        {
            verb(page, sentence, at, main.as_ref().or(first.as_ref()))
        } else if token.word() && token.is(SPEECH_NOUN) {
            noun(page, sentence, at)
        } else {
            according(page, sentence, at)
        };
        // `who asked not to be named`: that is told of the speaker, and says nothing.
        let hidden = page
            .phrases(sentence)
            .iter()
            .any(|phrase| phrase.sense == Sense::Anonymity && phrase.tokens.contains(&at));
        if let Some(mut cue) = cue.filter(|_| !hidden) {
            cue.main = main.is_none();
            if main.is_none() && cue.kinds & (SPEECH | LABEL | ORDER | THINK) != 0 && cue.own {
                main.clone_from(&cue.subject);
            }
            found.push(cue);
        }
    }
    found
}

fn verb(page: &Page, sentence: &Sentence, at: usize, main: Option<&Range<usize>>) -> Option<Cue> {
    let floor = sentence.tokens.start;
    let ceiling = sentence.tokens.end;
    let token = &page.tokens[at];
    let kinds = token.kinds;
    let made = |subject: Option<Range<usize>>, own: bool, inverted: bool| {
        Some(Cue {
            at,
            kinds,
            subject,
            own,
            inverted,
            main: false,
        })
    };
    let before = before_verb(page, at, floor);
    let previous = before
        .checked_sub(1)
        .filter(|p| *p >= floor)
        .map(|p| &page.tokens[p]);
    let helped = page.tokens[before..at].iter().any(|t| t.is(AUXILIARY));
    let passive =
        before < at && page.tokens[before..at].iter().any(|t| t.is(BEING)) && token.is(PARTICIPLE);
    if passive || token.is(PARTICIPLE) && page.tokens.get(at + 1).is_some_and(|t| t.is(AGENT)) {
        let agent = (at + 1..ceiling.min(at + 9)).find(|a| page.tokens[*a].is(AGENT))?;
        return made(Some(right_named(page, agent + 1, ceiling)?), true, true);
    }
    if token.is(SPEECH_NOUN) && previous.is_some_and(|p| p.shape == Shape::Possessive) {
        return noun(page, sentence, at);
    }
    if token.is(GERUND) && !helped {
        let noun =
            left(page, at, floor).filter(|n| n.start > floor && page.tokens[n.start - 1].is(WITH));
        return match noun {
            Some(noun) => made(Some(noun), true, false),
            None if token.is(SOMEBODY) => None,
            None => made(main.cloned(), false, false),
        };
    }
    if previous.is_some_and(|p| p.is(INFINITIVE)) {
        return made(main.cloned(), false, false);
    }
    // As a noun: `the report`, `a call`.
    let nominal = !helped
        && page.tokens[before.saturating_sub(1).max(floor)..at]
            .iter()
            .any(|t| t.is(DETERMINER | POSSESSIVE) || t.shape == Shape::Possessive)
        && previous.is_some_and(|p| !p.is(PRONOUN) || p.is(POSSESSIVE))
        && before > floor;
    if nominal && !previous.is_some_and(|p| p.is(SUBJECT_PRONOUN)) {
        return if token.is(SPEECH_NOUN) {
            noun(page, sentence, at)
        } else {
            None
        };
    }
    if !token.is(FINITE) && !helped && !token.is(BASE) {
        return None;
    }
    let apposed = before >= floor + 2 && previous.is_some_and(|p| p.marked().is_some()) && {
        let lead = &page.tokens[before - 2];
        lead.is(PREPOSITION | DETERMINER) || lead.shape == Shape::Possessive
    };
    if apposed && let Some(noun) = over_insertion(page, before - 1, floor) {
        return made(Some(noun), true, false);
    }
    let inverts = match previous {
        None => token.is(FINITE) && at > floor || at == floor && token.is(FINITE),
        Some(p) => {
            p.marked().is_some()
                || p.sign(",—–-")
                    && before >= floor + 2
                    && page.tokens[before - 2].marked().is_some()
        }
    };
    if inverts && let Some(noun) = right_named(page, at + 1, ceiling) {
        return made(Some(noun), true, true);
    }
    // `But, said Karr, "no"`; `"a trick" of the trade, said Karr.`
    let inserted = previous.is_some_and(|p| p.sign(",")) && token.is(FINITE) && token.is(SPEECH);
    if inserted
        && let Some(noun) = right_named(page, at + 1, ceiling)
        && page.tokens[noun.start].capital
        && (noun.end >= ceiling || page.tokens[noun.end].sign(",.:;"))
    {
        return made(Some(noun), true, true);
    }
    if previous.is_none() && token.is(PARTICIPLE) {
        // `Asked whether …, Karr said`.
        return None;
    }
    if previous.is_some_and(|p| p.is(CONJUNCTION)) || previous.is_none() || inverts {
        return made(main.cloned(), false, false);
    }
    // `raising fresh questions`: what is done is no subject.
    let noun = left(page, at, floor).filter(|noun| {
        let first = &page.tokens[noun.start];
        !first.is(GERUND) || first.capital || noun.len() < 2
    });
    if token.is(BASE)
        && !token.is(FINITE)
        && !helped
        && !noun.as_ref().is_some_and(|n| plural(page, n))
    {
        return None;
    }
    match noun {
        Some(noun) => made(Some(noun), true, false),
        None => made(main.cloned(), false, false),
    }
}

/// Whether a noun phrase is a plural: `officials`, `both sides`, `they`, `Hale and Marsh`.
pub(crate) fn plural(page: &Page, noun: &Range<usize>) -> bool {
    page.tokens[noun.clone()]
        .iter()
        .any(|t| t.is(ROLES | PLURAL | FIRST) || t.is(CONJUNCTION) && t.word() || t.is(SENDER))
}

/// `Trump's declaration`, `his remark`, `a statement from the ministry`.
fn noun(page: &Page, sentence: &Sentence, at: usize) -> Option<Cue> {
    let floor = sentence.tokens.start;
    let made = |subject: Range<usize>| {
        Some(Cue {
            at,
            kinds: SPEECH_NOUN,
            subject: Some(subject),
            own: true,
            inverted: false,
            main: false,
        })
    };
    let lowest = floor.max(at.saturating_sub(4));
    for owner in (lowest..at).rev() {
        let token = &page.tokens[owner];
        if token.shape == Shape::Possessive {
            return made(simple_left(page, owner, floor)?);
        }
        if token.is(POSSESSIVE) && token.is(MASCULINE | FEMININE | PLURAL) {
            return made(owner..owner + 1);
        }
        if !token.word() || token.is(PREPOSITION | BOUND_NOUN) {
            break;
        }
    }
    let next = page.tokens.get(at + 1)?;
    let by = next.is(AGENT) || page.token(at + 1).eq_ignore_ascii_case("from");
    let subject = right_named(page, at + 2, sentence.tokens.end).filter(|_| by)?;
    made(subject)
}

/// What ends the look to the left for an owner.
const BOUND_NOUN: Kinds = AUXILIARY | SUBORDINATE | RELATIVE | CONJUNCTION;

fn according(page: &Page, sentence: &Sentence, at: usize) -> Option<Cue> {
    let phrase = page
        .phrases_at(sentence, at)
        .find(|phrase| phrase.sense == Sense::According)?;
    let subject = right_named(page, phrase.tokens.end, sentence.tokens.end)?;
    Some(Cue {
        at,
        kinds: SPEECH,
        subject: Some(subject),
        own: true,
        inverted: true,
        main: false,
    })
}
