//! Where something was said: `told reporters in Ostrava`, `speaking from Velmora`.
//!
//! A place is taken where the words that tell of the speaking lead to it. A place further on is one that is spoken of: `said
//! the talks in Ostrava would go on`.

use std::ops::Range;

use serde::Serialize;

use crate::offsets::Offsets;
use crate::page::{Page, Sentence, Shape, Token};
use crate::rules::*;
use crate::speech::{Said, Voice};
use crate::work::step;

/// Where something was said, as the report gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The name of the place.
    pub name: String,
    /// The words that tell it.
    pub text: String,
    /// Their first code point.
    pub start: usize,
    /// Behind their last.
    pub end: usize,
}

/// How many words may stand between the speaking and its place.
const FAR: usize = 24;
/// How many of them may be of no kind that is known.
const LOOSE: usize = 3;
/// How many places may follow each other: `at the airport in Ostrava`.
const CHAIN: usize = 3;

/// The place that a sentence gives for what is said in it.
pub(crate) fn place(
    page: &Page,
    offsets: &Offsets,
    sentence: &Sentence,
    said: &Said,
) -> Option<Place> {
    let voice = said.voice.as_ref()?;
    let reader = Reader {
        page,
        sentence,
        said,
        speaker: speaker(voice),
    };
    let (words, name) = reader
        .behind_verb(voice)
        .or_else(|| reader.behind_speaking())
        .or_else(|| reader.before_subject(voice))?;
    let (first, last) = (
        page.tokens.get(words.start)?,
        page.tokens.get(words.end - 1)?,
    );
    Some(Place {
        name: page.words(name).to_owned(),
        text: page.slice(first.start..last.end).to_owned(),
        start: offsets.at(first.start),
        end: offsets.at(last.end),
    })
}

/// The last name of a speaker.
fn speaker(voice: &Voice) -> &str {
    let name = voice.who.name().map_or("", |name| &**name);
    name.rsplit(' ').next().unwrap_or_default()
}

/// The tokens of the words that tell a place, and of its name.
type Found = (Range<usize>, Range<usize>);

/// How far the way from the speaking to its place is understood.
#[derive(Default)]
struct Way {
    /// Whether somebody who listens, or an occasion, may stand here.
    open: bool,
    /// Whether the last word was one of them.
    head: bool,
    /// Whether there was one.
    headed: bool,
    /// Whether that was a visit: `to` leads to its place.
    visit: bool,
    /// Whether whatever stands here is an occasion.
    any: bool,
    /// Words of no kind that is known, since the last preposition.
    loose: usize,
}

impl Way {
    /// Goes over a word; nothing where the way ends with it.
    fn over(&mut self, token: &Token, next: Option<&Token>) -> Option<()> {
        const TIMELY: Kinds = TIME | WEEKDAY | MONTH | HOUR | ADVERB | ADVERB_ENDING;
        let timely = |token: &Token| token.is(TIMELY) || token.shape == Shape::Number;
        let partitive = token.is(HOLDING) && !token.is(WITH);
        if token.is(PREPOSITION) {
            let of_what = !partitive || self.headed || self.any;
            if !token.is(STAGING) || self.loose > 0 || !of_what {
                return None;
            }
            let dated = next.is_some_and(timely);
            self.open |= !dated;
            self.any = token.is(ANY_OCCASION) || partitive && self.any;
            (self.head, self.visit) = (false, false);
        } else if (self.open || self.head)
            && (token.is(OCCASION | MEETING_NOUN | AUDIENCE | ROLES) || token.capital)
        {
            let whole = !(token.capital && token.is(TIMELY));
            (self.open, self.head, self.headed) = (self.open && !whole, whole, true);
            self.loose = 0;
            self.visit = token.is(VISIT_NOUN);
        } else if token.is(GATHERED) && self.headed {
            self.head = false;
        } else if token.is(SUBORDINATE) || token.is(LINK) {
            return None;
        } else if timely(token) || token.is(POSSESSIVE | DETERMINER) {
            self.head = false;
        } else if !self.open || token.is(AUXILIARY | RELATIVE | CONJUNCTION | NEGATION | CUE) {
            return None;
        } else if !self.any {
            self.loose += 1;
            self.head = false;
            if self.loose > LOOSE {
                return None;
            }
        }
        Some(())
    }
}

struct Reader<'a> {
    page: &'a Page<'a>,
    sentence: &'a Sentence,
    said: &'a Said,
    speaker: &'a str,
}

impl Reader<'_> {
    /// `Karr told reporters in Ostrava`; of a verb before its subject, behind the subject.
    fn behind_verb(&self, voice: &Voice) -> Option<Found> {
        let cue = voice.cue?;
        let token = self
            .page
            .tokens
            .get(cue)
            .filter(|t| t.is(SPEAK | SPEAKING))?;
        let from = if voice.mention.start > cue {
            voice.mention.end
        } else {
            cue + 1
        };
        self.walk(from, token.is(TELL | SPEAKING) && from == cue + 1)
    }

    /// `speaking from Velmora`, before what is said or behind it.
    fn behind_speaking(&self) -> Option<Found> {
        let tokens = self.sentence.tokens.clone();
        step(tokens.len());
        let mut speaking = tokens
            .filter(|at| self.page.tokens[*at].is(SPEAKING) && !self.said.tokens.contains(at));
        let at = speaking.next()?;
        self.walk(at + 1, true)
    }

    /// `In Ostrava, Karr said`, `At a press conference in Tallis on Monday, Karr said`.
    fn before_subject(&self, voice: &Voice) -> Option<Found> {
        let page = self.page;
        let speaks = voice.cue.is_some_and(|cue| page.tokens[cue].is(SPEAK));
        let floor = self.sentence.tokens.start;
        if !speaks || !page.tokens.get(floor)?.is(PLACING | STAGING) {
            return None;
        }
        let found = self.walk(floor, false)?;
        let mut at = found.0.end;
        let of_time = |t: &Token| {
            t.is(TIME | WEEKDAY | MONTH | HOUR | ADVERB | PREPOSITION) || t.shape == Shape::Number
        };
        while at < found.0.end + 4 && page.tokens.get(at).is_some_and(of_time) {
            at += 1;
        }
        let parted = page.tokens.get(at).is_some_and(|t| t.sign(","));
        let next = at + 1..at + 5;
        (parted && next.contains(&voice.mention.start)).then_some(found)
    }

    /// Goes from a verb of speaking over who listens, the occasion and the time to the place. `telling`: whoever stands next
    /// is told.
    fn walk(&self, from: usize, telling: bool) -> Option<Found> {
        let page = self.page;
        let floor = self.sentence.tokens.start;
        let end = self.sentence.tokens.end.min(from + FAR);
        let mut way = Way {
            open: telling,
            ..Way::default()
        };
        for at in from..end {
            step(1);
            let token = &page.tokens[at];
            let leads = token.is(PLACING) || way.visit && token.is(INFINITIVE);
            let lower = !token.capital || at == floor;
            if leads
                && lower
                && way.loose == 0
                && let Some(name) = self.named(at + 1)
            {
                return Some(self.last(at, name));
            }
            match token.shape {
                Shape::Word | Shape::Number => way.over(token, page.tokens.get(at + 1))?,
                Shape::Possessive if way.head => {}
                _ => return None,
            }
        }
        None
    }

    /// Of places that follow each other the last: the town, not the hall.
    fn last(&self, preposition: usize, name: Range<usize>) -> Found {
        let (mut preposition, mut name) = (preposition, name);
        for _ in 0..CHAIN {
            let next = name.end;
            let Some(further) = self
                .page
                .tokens
                .get(next)
                .filter(|t| t.is(PLACING) && next < self.sentence.tokens.end)
                .and_then(|_| self.named(next + 1))
            else {
                break;
            };
            (preposition, name) = (next, further);
        }
        (preposition..name.end, name)
    }

    /// The name of a place that begins here, its article left out.
    fn named(&self, at: usize) -> Option<Range<usize>> {
        let page = self.page;
        let end = self.sentence.tokens.end;
        let article = page.tokens.get(at).is_some_and(|t| t.is(DETERMINER));
        let from = at + usize::from(article);
        let mut to = from;
        while to < end && to < from + 6 {
            step(1);
            let token = &page.tokens[to];
            let inner = to > from
                && token.is(HOLDING)
                && !token.is(WITH)
                && page.tokens.get(to + 1).is_some_and(|t| t.capital);
            let part = token.word()
                && token.capital
                && !token.is(WEEKDAY | MONTH | PRONOUN | LANGUAGE | MEDIA | POINT_NOUN | TEXT_NOUN);
            if !(part || inner) {
                break;
            }
            to += 1;
        }
        let first = page.tokens.get(from)?;
        if to == from || first.is(TITLE) || page.token(to - 1).chars().count() < 2 {
            return None;
        }
        if page.token(to - 1).eq_ignore_ascii_case(self.speaker) {
            return None;
        }
        let mut close = to;
        while close < end
            && close < to + 2
            && page.tokens[close].is(SITE)
            && !page.tokens[close].capital
        {
            close += 1;
        }
        let next = page.tokens.get(close).filter(|_| close < end);
        let free = next.is_none_or(|next| match next.shape {
            Shape::Sign(_) | Shape::Marked(_) | Shape::Number => true,
            Shape::Word => {
                !next.capital
                    && next.is(PREPOSITION
                        | TIME
                        | WEEKDAY
                        | MONTH
                        | ADVERB
                        | ADVERB_ENDING
                        | HOUR
                        | SUBORDINATE
                        | RELATIVE
                        | CONJUNCTION
                        | DETERMINER
                        | PRONOUN)
                    || next.is(WEEKDAY | MONTH)
            }
            Shape::Possessive | Shape::Endless => false,
        });
        free.then_some(from..close)
    }
}
