//! Who is spoken of: the noun phrase beside a verb, and the name in it.

use std::ops::Range;

use crate::page::{Page, Shape, Token};
use crate::rules::*;
use crate::work::step;

/// The longest noun phrase that is looked for, in tokens.
const LONGEST: usize = 16;
/// The longest insertion between a subject and its verb.
const INSERTION: usize = 45;

/// What never stands within a noun phrase.
const BOUND: Kinds = AUXILIARY | SUBORDINATE | RELATIVE | NEGATION;

fn name_like(token: &Token) -> bool {
    token.word() && token.capital
}

/// Whether a noun phrase can end with the token.
pub(crate) fn nounish(token: &Token) -> bool {
    match token.shape {
        Shape::Word => {
            token.capital
                || token.is(SOMEBODY | PRONOUN)
                || token.kinds
                    & !(BASE | CUE | SPEECH_NOUN | DOCUMENT | MEETING_NOUN | ASIDE & !TEXT_NOUN)
                    == 0
        }
        Shape::Number => true,
        _ => false,
    }
}

/// The tokens before `end` that only modify the verb: adverbs, auxiliaries, `on Tuesday`.
pub(crate) fn before_verb(page: &Page, verb: usize, floor: usize) -> usize {
    let mut at = verb;
    while at > floor {
        let token = &page.tokens[at - 1];
        let time = token.is(TIME | WEEKDAY);
        let modifies = token.is(AUXILIARY | ADVERB | ADVERB_ENDING | NEGATION)
            && (!token.capital || at - 1 == floor)
            || time;
        let before = at >= floor + 2 && time && page.tokens[at - 2].is(PREPOSITION | DETERMINER);
        if !modifies {
            break;
        }
        at -= if before { 2 } else { 1 };
    }
    at
}

/// The noun phrase that ends before the verb: its subject.
pub(crate) fn left(page: &Page, verb: usize, floor: usize) -> Option<Range<usize>> {
    let end = before_verb(page, verb, floor);
    let last = end.checked_sub(1).filter(|last| *last >= floor)?;
    let token = &page.tokens[last];
    if token.sign(",)—–-") {
        return over_insertion(page, last, floor);
    }
    if token.is(RELATIVE | SUBORDINATE) && last > floor {
        // `Karr, who said`: the noun before.
        let before = if page.tokens[last - 1].sign(",") {
            last - 1
        } else {
            last
        };
        return token
            .is(RELATIVE)
            .then(|| simple_left(page, before, floor))
            .flatten();
    }
    simple_left(page, end, floor)
}

/// `Mike Dorn, who ran the fund, said`: the noun phrase before the insertion.
pub(crate) fn over_insertion(page: &Page, close: usize, floor: usize) -> Option<Range<usize>> {
    let lowest = floor.max(close.saturating_sub(INSERTION));
    let mut nearest = None;
    for at in (lowest + 1..close).rev() {
        step(1);
        let token = &page.tokens[at];
        if token.marked().is_some() && at > lowest {
            continue;
        }
        let opens = if page.tokens[close].sign(")") {
            token.sign("(")
        } else {
            token.sign(",—–-")
        };
        if !opens || !nounish(&page.tokens[at - 1]) {
            continue;
        }
        let inside = at + 1..close;
        let Some(noun) = simple_left(page, at, floor) else {
            continue;
        };
        let somebody = page.tokens[noun.clone()].iter().any(|t| {
            t.capital && !t.is(OPENER | WEEKDAY | MONTH) || t.is(SOMEBODY | SUBJECT_PRONOUN)
        });
        if !somebody {
            continue;
        }
        // `Willie Dorn, an actor in Orsk, who …`: an apposition; the name stands before it.
        let first = &page.tokens[noun.start];
        let apposed = noun.start > lowest + 1
            && !first.capital
            && page.tokens[noun.start - 1].sign(",")
            && page.tokens[noun.start - 2].capital;
        // `the ministry's adviser, Ines Karr, said`: the name is the insertion.
        let named = |range: &Range<usize>| person(page, range.clone()).is_some();
        let short = inside.len() <= 6 && page.tokens[inside.start].capital;
        if short && named(&inside) && !named(&noun) {
            return Some(noun.start..close);
        }
        nearest = Some(noun);
        let plain = page.tokens[at + 1].is(RELATIVE
            | DETERMINER
            | GERUND
            | PREPOSITION
            | ROLE
            | POSSESSIVE);
        if !apposed && plain && person(page, nearest.clone().unwrap_or(at..at)).is_some() {
            break;
        }
    }
    nearest
}

/// The noun phrase that ends right before `end`.
pub(crate) fn simple_left(page: &Page, end: usize, floor: usize) -> Option<Range<usize>> {
    let last = end.checked_sub(1).filter(|last| *last >= floor)?;
    let token = &page.tokens[last];
    // `Karr himself said`.
    if token.is(REFLEXIVE) && last > floor && nounish(&page.tokens[last - 1]) {
        return simple_left(page, last, floor);
    }
    if token.is(PRONOUN) && token.word() {
        let object = token.is(POSSESSIVE) && !token.is(SUBJECT_PRONOUN);
        return (!object).then_some(last..end);
    }
    if !nounish(token) {
        return None;
    }
    let mut start = last;
    let lowest = floor.max(end.saturating_sub(LONGEST));
    while start > lowest {
        step(1);
        let (token, after) = (&page.tokens[start - 1], &page.tokens[start]);
        if !continues(page, token, after, start, lowest) {
            break;
        }
        start -= 1;
        let before = start.checked_sub(1).and_then(|b| page.tokens.get(b));
        if token.is(DETERMINER | POSSESSIVE)
            && !before.is_some_and(|b| {
                b.is(INNER_PREPOSITION | DETERMINER) || b.word() && b.is(CONJUNCTION)
            })
        {
            break;
        }
    }
    // A phrase cannot begin with a preposition: what stands before the last noun goes.
    while start < last
        && page.tokens[start].is(PREPOSITION | CONJUNCTION | ADVERB | ADVERB_ENDING)
        && !page.tokens[start].is(DETERMINER | TITLE)
    {
        start += 1;
    }
    Some(start..end)
}

/// Whether a noun phrase that starts with `after` goes on to the left with `token`.
fn continues(page: &Page, token: &Token, after: &Token, start: usize, lowest: usize) -> bool {
    match token.shape {
        Shape::Possessive | Shape::Number => true,
        Shape::Sign(c) => c == '&' || c == '/',
        Shape::Marked(_) | Shape::Endless => false,
        Shape::Word => {
            if after.is(DETERMINER | POSSESSIVE)
                && !token.is(INNER_PREPOSITION | DETERMINER | CONJUNCTION)
                || token.is(SUBORDINATE) && !token.is(INNER_PREPOSITION)
            {
                return false;
            }
            let beyond = start
                .checked_sub(2)
                .filter(|b| *b >= lowest)
                .and_then(|b| page.tokens.get(b));
            if token.is(INNER_PREPOSITION) && !token.capital {
                return beyond.is_some_and(|b| {
                    nounish(b)
                        && !b.is(PRONOUN | BOUND)
                        && (b.capital || b.is(SOMEBODY | PORTFOLIO) || b.is(DETERMINER))
                });
            }
            if token.is(CONJUNCTION) && !token.capital {
                return (after.capital || after.is(DETERMINER))
                    && beyond.is_some_and(|b| b.capital && !b.is(OPENER | PRONOUN));
            }
            if token.capital {
                return !token.is(BOUND | PREPOSITION | CONJUNCTION | ADVERB | PRONOUN | WEEKDAY)
                    || token.is(TITLE)
                    || token.is(DETERMINER | POSSESSIVE);
            }
            let verb = token.is(CUE) && token.is(FINITE | GERUND) && !token.is(SOMEBODY);
            let past = token.is(PAST_ENDING) && beyond.is_some_and(|b| b.capital) && after.capital;
            !past
                && !verb
                && !token.is(BOUND | PREPOSITION | CONJUNCTION | PRONOUN)
                && !token.is(HOLD | INTEND)
                || token.is(POSSESSIVE)
                || token.is(FAMILIAR)
                || token.is(DETERMINER)
        }
    }
}

/// The noun phrase that begins at `from`.
pub(crate) fn right(page: &Page, from: usize, ceiling: usize) -> Option<Range<usize>> {
    let first = page.tokens.get(from).filter(|_| from < ceiling)?;
    if first.is(PRONOUN) && first.word() && !first.is(POSSESSIVE) {
        return Some(from..from + 1);
    }
    if !first.word() && !matches!(first.shape, Shape::Number)
        || first.is(BOUND) && !first.is(DETERMINER)
        || first.is(PREPOSITION) && !first.is(TITLE)
    {
        return None;
    }
    let highest = ceiling.min(from + LONGEST);
    let mut end = from;
    let mut somebody = false;
    while end < highest {
        step(1);
        let token = &page.tokens[end];
        let next = page.tokens.get(end + 1).filter(|_| end + 1 < highest);
        let takes = match token.shape {
            Shape::Possessive | Shape::Number => end > from || matches!(token.shape, Shape::Number),
            Shape::Sign(c) => c == '&' && end > from,
            Shape::Marked(_) | Shape::Endless => false,
            Shape::Word if token.capital => {
                !(token.is(PRONOUN | BOUND | WEEKDAY) && end > from && !token.is(DETERMINER))
            }
            Shape::Word if token.is(INNER_PREPOSITION) && end > from => {
                let fits = next.is_some_and(|n| {
                    n.capital && !n.is(WEEKDAY | MONTH) || n.is(DETERMINER | POSSESSIVE | PORTFOLIO)
                });
                let head = page.tokens[end - 1];
                fits && (head.is(SOMEBODY | TITLE | DETERMINER | FAMILIAR)
                    || token_is(page, end, "of"))
            }
            Shape::Word if token.is(CONJUNCTION) && end > from => {
                next.is_some_and(|n| n.capital || n.is(TITLE | ROLES))
                    && (page.tokens[end - 1].capital || page.tokens[end - 1].is(ROLES))
            }
            Shape::Word => {
                let plain = !token.is(BOUND | PREPOSITION | CONJUNCTION | PRONOUN | ADVERB | TIME)
                    || token.is(POSSESSIVE | DETERMINER | FAMILIAR | TITLE);
                let verb = token.is(CUE) && !token.is(SOMEBODY);
                // After a name or a role, only another role goes on.
                let ahead = (end + 1..highest.min(end + 3))
                    .any(|i| page.tokens[i].is(ROLE) && !page.tokens[i].capital);
                // `one Karr confidant`: what is one of many is no name.
                let of_many = page.tokens[from].is(INDEFINITE) && token.kinds & !ASIDE == 0;
                let after_head = somebody
                    && (verb || !ahead)
                    && !token.is(SOMEBODY | TITLE | FAMILIAR)
                    && !of_many;
                plain && !verb && !after_head
            }
        };
        if !takes {
            break;
        }
        somebody = token.word()
            && (token.is(SOMEBODY) || token.capital && !token.is(DETERMINER | TITLE))
            && !next.is_some_and(|n| n.shape == Shape::Possessive);
        end += 1;
    }
    while end > from
        && (page.tokens[end - 1].is(PREPOSITION | CONJUNCTION) && !page.tokens[end - 1].capital)
    {
        end -= 1;
    }
    (end > from).then_some(from..end)
}

fn token_is(page: &Page, index: usize, word: &str) -> bool {
    page.token(index) == word
}

/// The noun phrase at `from` with its apposition: `the adviser, Ines Karr`.
pub(crate) fn right_named(page: &Page, from: usize, ceiling: usize) -> Option<Range<usize>> {
    let noun = right(page, from, ceiling)?;
    let comma = page.tokens.get(noun.end).is_some_and(|t| t.sign(",")) && noun.end + 1 < ceiling;
    if comma
        && person(page, noun.clone()).is_none()
        && page.tokens[noun.clone()].iter().any(|t| t.is(ROLE))
    {
        let apposed = right(page, noun.end + 1, ceiling)?;
        let whole = person(page, apposed.clone())
            .is_some_and(|p| p.end == apposed.end && page.tokens[apposed.start].capital);
        if whole {
            return Some(noun.start..apposed.end);
        }
    }
    Some(noun)
}

/// The name of a person within a noun phrase: its last run of capitals, titles off, if it is the head of the phrase.
pub(crate) fn person(page: &Page, noun: Range<usize>) -> Option<Range<usize>> {
    let runs = runs(page, noun.clone());
    let comma = noun.clone().find(|at| page.tokens[*at].sign(","));
    let mut found = None;
    let mut beyond = false;
    for run in runs {
        let before = run
            .start
            .checked_sub(1)
            .and_then(|b| page.tokens.get(b))
            .filter(|_| run.start > noun.start);
        // Beyond a preposition stands no head, but in an office: `Secretary of State NAME`.
        let office = run.start >= noun.start + 2 && {
            let head = &page.tokens[run.start - 2];
            head.is(TITLE | ROLE) && head.capital && !head.is(INSTITUTION)
        };
        if before.is_some_and(|b| b.is(PREPOSITION) && !b.capital) && (found.is_some() || !office) {
            beyond = true;
            continue;
        }
        if beyond && before.is_some_and(|b| b.is(CONJUNCTION)) {
            continue;
        }
        let after = page.tokens.get(run.end).filter(|_| run.end < noun.end);
        let owned = after.is_some_and(|a| a.shape == Shape::Possessive);
        let modifies =
            after.is_some_and(|a| a.word() && !a.is(PREPOSITION | CONJUNCTION | RELATIVE));
        if owned || modifies {
            continue;
        }
        if let Some(name) = name_in(page, run.clone(), &noun) {
            let first = found.is_none() || comma.is_some_and(|c| run.start > c);
            if first || !before.is_some_and(|b| b.is(CONJUNCTION)) {
                found = Some(name);
            }
        }
    }
    found
}

/// Runs of capitals: `National Security`, `Volodymyr Zelenskyy`.
fn runs(page: &Page, noun: Range<usize>) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for at in noun {
        if !name_like(&page.tokens[at]) {
            continue;
        }
        match found.last_mut() {
            Some(run) if run.end == at => run.end = at + 1,
            _ => found.push(at..at + 1),
        }
    }
    found
}

/// A run of capitals without determiner, country and title; nothing if it is no person.
pub(crate) fn name_in(page: &Page, run: Range<usize>, noun: &Range<usize>) -> Option<Range<usize>> {
    let tokens = &page.tokens;
    let definite = run.start > noun.start && tokens[run.start - 1].is(DETERMINER)
        || tokens[run.start].is(DETERMINER);
    let mut start = run.start;
    let mut titled = false;
    // `Secretary of State Marco Rubio`: the portfolio goes with the office.
    let office = run.start >= 2
        && (tokens[run.start - 1].is(PREPOSITION | DETERMINER))
        && (run.start.saturating_sub(3)..run.start).any(|at| tokens[at].is(TITLE | ROLE));
    if office {
        while start < run.end && tokens[start].is(PORTFOLIO) {
            start += 1;
            titled = true;
        }
    }
    while start < run.end
        && tokens[start].is(ADVERB | GERUND | PARTICIPLE | PREPOSITION | SUBORDINATE)
        && !tokens[start].is(MASCULINE_NAME | FEMININE_NAME | TITLE)
    {
        start += 1;
    }
    let off = |token: &Token| {
        token.is(TITLE | ROLE | MONTH) && !token.is(MASCULINE_NAME | FEMININE_NAME)
            || token.is(DETERMINER | CONJUNCTION | POSSESSIVE)
    };
    // `Peter T. King`: a name that is a title elsewhere.
    let given =
        |token: &Token| token.is(MASCULINE_NAME | FEMININE_NAME) || token.end - token.start <= 2;
    let end = run.end - usize::from(run.len() > 1 && given(&tokens[run.end - 2]));
    if let Some(last) = (start..end).rev().find(|at| off(&tokens[*at])) {
        start = last + 1;
        titled = true;
    }
    let short = run.end == start + 1
        && tokens[start].is(ABBREVIATION)
        && !tokens[start].is(MASCULINE_NAME | FEMININE_NAME);
    if short || start + 1 == run.end && tokens[start].is(NO_NAME) {
        return None;
    }
    if start >= run.end
        || tokens[start..run.end].iter().any(|t| {
            t.is(INSTITUTION | ROLES | WEEKDAY | MONTH | PRONOUN | BOUND)
                && !t.is(MASCULINE_NAME | FEMININE_NAME)
        })
    {
        return None;
    }
    (titled || !definite).then_some(start..run.end)
}
