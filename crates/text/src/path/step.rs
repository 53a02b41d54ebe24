//! The steps of a path as somebody wrote it.

use std::borrow::Cow;

use crate::label::{KeywordClass, keyword, numeral};

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) keyword: Option<KeywordClass>,
    pub(super) key: String,
}

pub(super) fn joined(steps: &[Step]) -> String {
    steps
        .iter()
        .map(|step| step.key.as_str())
        .collect::<Vec<_>>()
        .join(".")
}

pub(super) fn strip_chapeau(path: &str, chapeau: bool) -> &str {
    match path.rsplit_once('.') {
        Some((above, _)) if chapeau => above,
        _ => path,
    }
}

/// A label's short form as it is compared: without white space, digits of every script alike.
pub(crate) fn key_of(short: &str) -> Cow<'_, str> {
    let is_key = |byte: u8| byte.is_ascii() && !byte.is_ascii_whitespace() && byte != 0x0B;
    if short.bytes().all(is_key) {
        return Cow::Borrowed(short);
    }
    let key: String = short
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| {
            numeral::digit(c)
                .and_then(|value| char::from_digit(value, 10))
                .unwrap_or(c)
        })
        .collect();
    Cow::Owned(key)
}

/// The steps of a path as somebody wrote it.
pub(super) fn steps(path: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut rest = path;
    loop {
        rest = rest.trim_start_matches(|c: char| {
            c.is_whitespace() || matches!(c, '.' | '(' | ')' | ':' | ',')
        });
        if rest.is_empty() {
            return steps;
        }
        let (keyword, after) = leading_keyword(rest);
        let end = after.find(['.', '(', ')', ':']).unwrap_or(after.len());
        let raw = after[..end].trim();
        rest = &after[end..];
        match (keyword, raw) {
            (None, raw) => push_number_before_word(&mut steps, raw),
            (Some(class), raw) => {
                let key = keyword::ordinal(raw)
                    .map_or_else(|| key_of(raw).into_owned(), |value| value.to_string());
                steps.push(Step {
                    keyword: Some(class),
                    key,
                });
            }
        }
    }
}

/// `1. Abschnitt` and `Erster Abschnitt`: the word comes after its number.
fn push_number_before_word(steps: &mut Vec<Step>, raw: &str) {
    if let Some(class) = keyword::class_of(raw) {
        match steps.last_mut() {
            Some(last) if last.keyword.is_none() => last.keyword = Some(class),
            _ => steps.push(Step {
                keyword: None,
                key: key_of(raw).into_owned(),
            }),
        }
        return;
    }
    if let Some((number, word)) = raw.split_once(char::is_whitespace)
        && let (Some(value), Some(class)) =
            (keyword::ordinal(number), keyword::class_of(word.trim()))
    {
        steps.push(Step {
            keyword: Some(class),
            key: value.to_string(),
        });
        return;
    }
    steps.push(Step {
        keyword: None,
        key: key_of(raw).into_owned(),
    });
}

/// A word like `Article`, `Art.` or `§` at the start, where a number follows it, and what follows it.
fn leading_keyword(text: &str) -> (Option<KeywordClass>, &str) {
    let sign = text.starts_with('§');
    let len = if sign {
        '§'.len_utf8()
    } else {
        text.find(|c: char| !c.is_alphabetic())
            .unwrap_or(text.len())
    };
    let after = text[len..].strip_prefix('.').unwrap_or(&text[len..]);
    let number = after.trim_start();
    match keyword::class_of(&text[..len]) {
        Some(class)
            if !number.is_empty()
                && (sign || number.len() < after.len())
                && !number.starts_with(['.', '(']) =>
        {
            (Some(class), number)
        }
        _ => (None, text),
    }
}
