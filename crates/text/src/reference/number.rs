//! The numbers in a cross-reference: `14`, `5(2)(a)`, `14.a`, `(b)`, `II`, `3 bis`, and lists of them.

use std::ops::Range;

use super::language;
use super::scan::{blank_len, word_at};
use crate::label::{KeywordClass, numeral};
use crate::path::key_of;

/// A number as printed in a reference.
pub(super) struct Number {
    pub(super) span: Range<usize>,
    pub(super) keys: Vec<String>,
}

/// A quick look: a digit, a parenthesis, or a short word that may be a Roman number or a letter.
pub(super) fn may_be_a_number(text: &str) -> bool {
    let Some(first) = text.chars().next() else {
        return false;
    };
    if first == '(' || numeral::digit(first).is_some() {
        return true;
    }
    first.is_alphabetic()
        && text
            .chars()
            .take(6)
            .take_while(|c| c.is_alphabetic())
            .count()
            <= 5
}

/// Where the next number of a list starts, after the number that ends at `at`.
pub(super) fn joined(text: &str, at: usize) -> Option<usize> {
    let mut next = at;
    let mut joins = false;
    for _ in 0..3 {
        let rest = &text[next..];
        let blank = blank_len(rest);
        let sign = rest[blank..].chars().next()?;
        if matches!(sign, ',' | '–' | '-' | '/' | '،') && !(joins && sign == ',') {
            joins = true;
            next += blank + sign.len_utf8();
            continue;
        }
        let (word, after) = word_at(text, next + blank);
        if !word.is_empty() && (language::is_and(word) || language::is_to(word)) && blank > 0 {
            joins = true;
            next = after;
            continue;
        }
        return joins.then_some(next + blank);
    }
    let blank = blank_len(&text[next..]);
    joins.then_some(next + blank)
}

/// The number at a place: `14`, `5(2)(a)`, `5.2`, `14.a`, `(b)`, `II`, `3 bis`.
pub(super) fn number(text: &str, at: usize, class: KeywordClass) -> Option<Number> {
    let rest = &text[at..];
    let mut keys = Vec::new();
    let mut len = 0;
    if !rest.starts_with('(') {
        len = plain_number(rest, class, &mut keys)?;
    }
    loop {
        let more = &rest[len..];
        let blank = usize::from(!keys.is_empty() && more.starts_with(' '));
        let Some((inner_len, key)) = in_parentheses(&more[blank..]) else {
            break;
        };
        keys.push(key);
        len += blank + inner_len;
        if keys.len() > 8 {
            break;
        }
    }
    (!keys.is_empty()).then(|| Number {
        span: at..at + len,
        keys,
    })
}

/// `(2)`, `(a)`, `(iv)`, `(a bis)`: its length and key.
pub(super) fn in_parentheses(text: &str) -> Option<(usize, String)> {
    let inside = text.strip_prefix('(')?;
    let close = inside.char_indices().take(10).find(|(_, c)| *c == ')')?.0;
    let words = inside[..close].trim();
    let bare = words
        .strip_suffix("bis")
        .or_else(|| words.strip_suffix("ter"))
        .unwrap_or(words)
        .trim();
    let counts = !bare.is_empty()
        && (bare.chars().all(|c| numeral::digit(c).is_some())
            || bare.chars().count() == 1
            || numeral::roman(bare).is_some_and(|value| value < 100)
            || bare.chars().zip(bare.chars().skip(1)).all(|(a, b)| a == b)
            || (bare.chars().next().and_then(numeral::digit).is_some()
                && bare.chars().count() <= 4))
        && bare.chars().all(char::is_alphanumeric)
        && !(bare.len() == 4 && bare.chars().all(|c| c.is_ascii_digit()));
    counts.then(|| (close + 2, key_of(words).into_owned()))
}

/// A number without parentheses: its length; its keys are added.
fn plain_number(text: &str, class: KeywordClass, keys: &mut Vec<String>) -> Option<usize> {
    let run = |from: usize, is: fn(char) -> bool| {
        text[from..]
            .char_indices()
            .find(|&(_, c)| !is(c))
            .map_or(text.len(), |(end, _)| from + end)
    };
    let digits = run(0, |c| numeral::digit(c).is_some());
    if digits == 0 {
        return lettered(text, class, keys);
    }
    if digits > 12 {
        return None;
    }
    let mut end = digits;
    let mut from = 0;
    loop {
        // `1a`, `6e`: one letter.
        let letter = run(end, char::is_alphanumeric);
        if letter > end
            && text[end..letter].chars().count() == 1
            && text[end..letter].starts_with(|c: char| c.is_ascii_alphabetic())
        {
            end = letter;
        } else if letter > end {
            let tail = &text[end..letter];
            if !matches!(
                tail,
                "bis" | "ter" | "quater" | "er" | "st" | "nd" | "rd" | "th"
            ) {
                return None;
            }
            end = letter;
        }
        if let Some(len) = multiplicative(&text[end..]) {
            end += len;
        }
        keys.push(key_of(text[from..end].trim_end_matches("er")).into_owned());
        // `5.2`, `14.a`.
        let Some(more) = text[end..].strip_prefix('.') else {
            break;
        };
        let next = more
            .char_indices()
            .find(|(_, c)| !c.is_alphanumeric())
            .map_or(more.len(), |(at, _)| at);
        let part = &more[..next];
        let number = !part.is_empty() && part.chars().all(|c| numeral::digit(c).is_some());
        let letter = part.chars().count() == 1 && part.chars().all(|c| c.is_ascii_alphabetic());
        if letter {
            keys.push(key_of(part).into_owned());
            return Some(end + 1 + next);
        }
        if !number || keys.len() > 8 {
            break;
        }
        from = end + 1;
        end = from + next;
        // The part is pushed at the next turn, with what follows it.
    }
    Some(end)
}

/// ` bis` after a number, unless a number follows (German "2 bis 4").
pub(super) fn multiplicative(text: &str) -> Option<usize> {
    let rest = text.strip_prefix([' ', '\u{a0}'])?;
    let word_len = rest
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(rest.len());
    let word = &rest[..word_len];
    let after = rest[word_len..].trim_start();
    (matches!(word, "bis" | "ter" | "quater" | "quinquies")
        && !after.starts_with(|c| numeral::digit(c).is_some()))
    .then_some(text.len() - rest.len() + word_len)
}

/// `II`, `A`, `c`.
pub(super) fn lettered(text: &str, class: KeywordClass, keys: &mut Vec<String>) -> Option<usize> {
    let len = text
        .find(|c: char| !c.is_alphanumeric())
        .unwrap_or(text.len());
    let word = &text[..len];
    let first = word.chars().next()?;
    let single = word.chars().count() == 1;
    let sub_item = matches!(class, KeywordClass::Letter | KeywordClass::Subparagraph);
    let counts = match () {
        () if first.is_uppercase() => single || numeral::roman(word).is_some(),
        // "point a" before a comma or the end; "section a dispute" is none.
        () if first.is_lowercase() && single => {
            sub_item || (class.generic() && !text[len..].starts_with(char::is_whitespace))
        }
        () => single && !first.is_lowercase(),
    };
    if !counts {
        return None;
    }
    keys.push(key_of(word).into_owned());
    Some(len)
}
