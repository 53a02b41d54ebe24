//! Marks that hold no speech: titles, terms, scare quotes.

use crate::page::{Page, Sentence, Shape};
use crate::rules::*;

/// Whether a marked passage is a title, a term or a scare quote.
///
/// `led` says that a verb of speech leads straight to it, `bare` that the sentence is nothing else.
pub(crate) fn is_term(page: &Page, at: usize, sentence: &Sentence, led: bool, bare: bool) -> bool {
    let Some(quote) = page.tokens[at].marked() else {
        return false;
    };
    let inner = page.inner(quote);
    let before = |back: usize| {
        at.checked_sub(back)
            .filter(|b| *b >= sentence.tokens.start)
            .map(|b| &page.tokens[b])
    };
    let previous = before(1);
    let labelled =
        previous.is_some_and(|t| t.is(DETERMINER | LINK)) && before(2).is_some_and(|t| t.is(LABEL));
    if led && (labelled || previous.is_some_and(|t| t.sign(",:") || t.is(CUE))) {
        return false;
    }
    // `Karr: ‘The Old Line Holds’`, as headlines have it.
    let announced = previous.is_some_and(|t| t.sign(":"))
        && before(2).is_some_and(|t| t.capital && !t.is(TERM_NOUN));
    if announced {
        return false;
    }
    let words: Vec<&str> = inner.split_whitespace().collect();
    let near = (1..=3).filter_map(before);
    if previous.is_some_and(|t| t.is(TERM_VERB | TERM_NOUN))
        || words.len() <= 6
            && near
                .take(2)
                .any(|t| t.is(TERM_VERB) && !(led && t.is(LABEL)))
    {
        return true;
    }
    let after = page
        .tokens
        .get(at + 1)
        .filter(|_| at + 1 < sentence.tokens.end);
    let titled = is_title(&words);
    if titled && after.is_some_and(|t| t.is(TERM_NOUN)) {
        return true;
    }
    // `author of "…"`, `on Radio’s "…"`.
    let of = previous.is_some_and(|t| {
        t.is(PREPOSITION)
            || t.shape == Shape::Possessive
            || t.is(DETERMINER)
            || t.capital && !t.is(CUE)
    });
    if titled && of && words.len() >= 2 {
        return true;
    }
    titled && words.len() >= 3 && !bare && !led
}

/// Whether words are capitalised as those of a title are.
fn is_title(words: &[&str]) -> bool {
    let (mut capital, mut small) = (0, 0);
    for word in words {
        let Some(first) = word.chars().find(|c| c.is_alphanumeric()) else {
            continue;
        };
        if first.is_uppercase() || first.is_numeric() {
            capital += 1;
        } else if word.chars().count() > 4 {
            return false;
        } else {
            small += 1;
        }
    }
    capital >= 1
        && capital * 2 > small * 2
        && words.first().is_some_and(|w| {
            w.chars()
                .find(|c| c.is_alphanumeric())
                .is_some_and(char::is_uppercase)
        })
        && (capital > 1 || words.len() <= 2)
}
