//! Labels that a sign sets off: `1.`, `(a)`, `IV)`, `1°`, `一、`.

use super::number::{INSERTED, Numeral, decimal, numeral};
use super::numeral::{self, Alphabet};
use super::parse::{Certainty, Delimiter, ParsedLabel, Series};
use super::word::{blank_len, dash_len};

/// `(1)`, `(a)`, `(iv)`, `(a bis)`, `（一）`.
pub(super) fn in_parentheses(text: &str) -> Option<ParsedLabel> {
    let open = text.chars().next().filter(|c| matches!(c, '(' | '（'))?;
    let inside_start = open.len_utf8();
    let (inside_len, close) = text[inside_start..]
        .char_indices()
        .take(24)
        .find(|(_, c)| matches!(c, ')' | '）'))?;
    let inside = &text[inside_start..inside_start + inside_len];
    let trimmed = inside.trim();
    let number = match numeral(trimmed) {
        Some(number) if number.len == trimmed.len() => number,
        _ => Numeral::plain(trimmed.len(), numeral::chinese(trimmed)?),
    };
    if number.parts.iter().any(|&part| part > 999) {
        return None;
    }
    let closed = inside_start + inside_len + close.len_utf8();
    let rest = &text[closed..];
    let dot = usize::from(
        rest.starts_with('.') && (rest.len() == 1 || rest[1..].starts_with(char::is_whitespace)),
    );
    let after = &rest[dot..];
    if !(after.is_empty()
        || after
            .starts_with(|c: char| c.is_whitespace() || matches!(c, '[' | '“' | '"' | '«' | '„'))
        || open == '（')
    {
        return None;
    }
    let end = closed + dot + blank_len(after);
    let certainty = if number.is_late_letter() {
        Certainty::BySequence
    } else {
        Certainty::Sure
    };
    Some(number.into_label(0..closed + dot, end, Delimiter::Parens, certainty))
}

/// `1.`, `1)`, `1`, `1.2.3`, `a.`, `IV.`, `1°`, `1 -`, `一、`.
pub(super) fn number_then_delimiter(text: &str) -> Option<ParsedLabel> {
    if let Some(label) = chinese_item(text) {
        return Some(label);
    }
    let number = numeral(text)?;
    let mut rest = &text[number.len..];
    // Markdown may write a number that opens no list as `1\.`.
    let escape = usize::from(rest.starts_with("\\.") || rest.starts_with("\\)"));
    rest = &rest[escape..];
    let (delimiter, printed) = match rest.chars().next() {
        Some('.') if rest[1..].starts_with(')') => (Delimiter::Paren, 2),
        Some('.' | '．') => (
            Delimiter::Dot,
            rest.chars().next().map_or(0, char::len_utf8),
        ),
        Some(')' | '）') => (
            Delimiter::Paren,
            rest.chars().next().map_or(0, char::len_utf8),
        ),
        Some(sign @ ('°' | 'º')) => {
            let after = &rest[sign.len_utf8()..];
            (
                Delimiter::Sign,
                sign.len_utf8() + usize::from(after.starts_with(['.', ')'])),
            )
        }
        Some(':') => (Delimiter::Sign, 1),
        _ => (Delimiter::Bare, 0),
    };
    let after = &rest[printed..];
    let blank = blank_len(after);
    let end = number.len + escape + printed + blank;
    let printed = escape + printed;
    let words = &after[blank..];
    // `1- `, `أ- `: Arabic typists set the dash at the number.
    let tight = delimiter == Delimiter::Bare
        && blank == 0
        && after[dash_len(after)..].starts_with(char::is_whitespace);
    if blank == 0
        && !after.is_empty()
        && !tight
        && !starts_without_a_space(&number, delimiter, after)
    {
        return None;
    }
    let dash = dash_len(words);
    if dash > 0 && words[dash..].starts_with(char::is_whitespace) {
        // `1 - Ceasefire`, `أ - ...`, `I. - Allgemeines`: the dash belongs to neither number nor wording.
        let end = end + dash + blank_len(&words[dash..]);
        let delimiter = if delimiter == Delimiter::Bare {
            Delimiter::Dash
        } else {
            delimiter
        };
        let arabic = matches!(
            number.readings.first().map(|first| first.style.series),
            Some(Series::Letters {
                alphabet: Alphabet::Arabic,
                ..
            })
        );
        if delimiter != Delimiter::Dash || number.parts.len() == 1 || arabic {
            let sure = delimiter != Delimiter::Dash || arabic;
            return Some(label_with_certainty(
                number,
                printed,
                end,
                delimiter,
                &words[dash..],
                sure,
            ));
        }
        return None;
    }
    let apart = matches!(delimiter, Delimiter::Dot | Delimiter::Paren);
    if (delimiter == Delimiter::Bare && !may_stand_bare(&number, words))
        || (number.suffix > INSERTED && !apart)
    {
        return None;
    }
    Some(label_with_certainty(
        number,
        printed,
        end,
        delimiter,
        words,
        delimiter != Delimiter::Bare,
    ))
}

/// `1 Scope` and `1.2` are numbered; `1 900` and `3 )` are not, nor is a number alone.
fn may_stand_bare(number: &Numeral, words: &str) -> bool {
    match words.chars().next() {
        None => number.parts.len() > 1,
        Some(next) => {
            !number.parts.is_empty()
                && (next.is_alphabetic() || matches!(next, '[' | '“' | '"' | '«' | '„' | '(' | '*'))
        }
    }
}

/// Typists leave the space out: `1.The Parties`, `1)the Parties`; but not in `3.5` or `e.g.`.
fn starts_without_a_space(number: &Numeral, delimiter: Delimiter, after: &str) -> bool {
    let next = after.chars().next();
    let opens = next.is_some_and(|c| matches!(c, '[' | '“' | '"' | '«' | '„'));
    match delimiter {
        Delimiter::Dot => {
            (number.parts.len() == 1
                && next.is_some_and(|c| c.is_alphabetic() && !c.is_lowercase()))
                || opens
        }
        Delimiter::Paren => {
            (number.parts.len() == 1 && next.is_some_and(char::is_alphabetic)) || opens
        }
        _ => false,
    }
}

fn label_with_certainty(
    number: Numeral,
    printed: usize,
    end: usize,
    delimiter: Delimiter,
    words: &str,
    delimited: bool,
) -> ParsedLabel {
    let one_letter = number.parts.is_empty() && number.short.chars().count() == 1;
    let doubled = number.readings.iter().all(|r| {
        matches!(r.style.series, Series::Letters { repeat, .. } if repeat > 1) || r.number > 26
    });
    let certainty = match delimiter {
        _ if !delimited || number.suffix > INSERTED || number.is_late_letter() => {
            Certainty::BySequence
        }
        // "5. May 2025".
        Delimiter::Dot if number.parts.len() == 1 && starts_with_a_month(words) => {
            Certainty::BySequence
        }
        // Initials: "J. Doe"; "c. 1900"; "i.e." is told by what follows.
        // "a. m.", "т. е."
        Delimiter::Dot if one_letter && starts_with_an_abbreviation(words) => Certainty::BySequence,
        Delimiter::Dot if one_letter => {
            let first = number.readings.first();
            match first.map(|first| (first.style.series, first.number)) {
                Some((
                    Series::Letters {
                        alphabet: Alphabet::Latin,
                        ..
                    },
                    1,
                )) if number.short != "A" || !looks_like_a_name(words) => Certainty::Sure,
                Some((Series::Roman { capital: false }, _)) if !words.starts_with("e.") => {
                    Certainty::Sure
                }
                Some((Series::Letters { alphabet, .. }, _))
                    if alphabet != Alphabet::Latin && alphabet != Alphabet::Cyrillic =>
                {
                    Certainty::Sure
                }
                _ => Certainty::BySequence,
            }
        }
        Delimiter::Dot if doubled => Certainty::BySequence,
        // "1945. In that year"; and `10: 30`.
        Delimiter::Dot | Delimiter::Sign
            if number.parts.len() == 1 && number.parts.iter().any(|&n| n > 999) =>
        {
            Certainty::BySequence
        }
        Delimiter::Sign => Certainty::BySequence,
        _ => Certainty::Sure,
    };
    let len = number.len + printed;
    number.into_label(0..len, end, delimiter, certainty)
}

/// `May 2025`, `Mai 2025`: the day before it is no label.
fn starts_with_a_month(words: &str) -> bool {
    const MONTHS: [&str; 20] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "januar",
        "februar",
        "märz",
        "mai",
        "juni",
        "juli",
        "oktober",
        "dezember",
    ];
    let mut words = words.split_whitespace();
    let (Some(month), Some(year)) = (words.next(), words.next()) else {
        return false;
    };
    let digits = year.trim_matches(|c: char| !c.is_ascii_digit());
    digits.len() == 4 && MONTHS.contains(&month.to_lowercase().as_str())
}

/// One letter and a full stop: `m. is a time`.
fn starts_with_an_abbreviation(words: &str) -> bool {
    let mut signs = words.chars();
    signs.next().is_some_and(char::is_lowercase)
        && signs.next() == Some('.')
        && signs.next().is_none_or(char::is_whitespace)
}

/// `A. Smith`, `A. Smith said`: one capitalised word alone, or one and then a small word that is no heading's.
fn looks_like_a_name(words: &str) -> bool {
    let alone = words.chars().all(char::is_alphabetic)
        && words.starts_with(char::is_uppercase)
        && words.chars().skip(1).any(char::is_lowercase);
    if alone {
        return true;
    }
    let mut words = words.split_whitespace();
    let capital = words
        .next()
        .is_some_and(|w| w.chars().next().is_some_and(char::is_uppercase) && w.chars().count() > 1);
    let verb = words.next().is_some_and(|w| {
        matches!(
            w,
            "said" | "says" | "was" | "is" | "has" | "had" | "and" | "wrote" | "told"
        )
    });
    capital && verb
}

/// `一、总则`, `1、`.
pub(super) fn chinese_item(text: &str) -> Option<ParsedLabel> {
    let digits = chinese_digits(text);
    let rest = text[digits.len()..].strip_prefix('、')?;
    let value = numeral::chinese(digits)
        .or_else(|| decimal(digits).and_then(|n| n.parts.first().copied()))?;
    let printed = digits.len() + '、'.len_utf8();
    Some(Numeral::plain(digits.len(), value).into_label(
        0..printed,
        printed + blank_len(rest),
        Delimiter::Dot,
        Certainty::Sure,
    ))
}

/// The number in digits of any script, Chinese ones too, that a text starts with: at most eight of them.
pub(super) fn chinese_digits(text: &str) -> &str {
    let digit = |c: &char| c.is_numeric() || "零〇一二三四五六七八九十百".contains(*c);
    let digits = text.chars().take(8).take_while(digit);
    &text[..digits.map(char::len_utf8).sum()]
}
