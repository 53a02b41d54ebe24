//! Labels with a word: `Article 5`, `SEC. 2.`, `§ 1a`, `Pp2`, `Erster Abschnitt`, `第五条`.

use std::ops::Range;

use super::NumeralSystem;
use super::delimiter::{chinese_digits, in_parentheses};
use super::keyword::{self, KeywordClass};
use super::number::{INSERTED, LETTER, Numeral, decimal, numeral};
use super::numeral;
use super::parse::{
    Certainty, Delimiter, ParsedLabel, Place, Reading, Series, Style, reads_like_a_title,
};

impl Numeral {
    fn into_keyword_label(
        self,
        class: KeywordClass,
        printed: Range<usize>,
        separation: Separation,
    ) -> ParsedLabel {
        let style = Style {
            series: Series::AfterWord(class),
            delimiter: Delimiter::None,
            emphasised: false,
        };
        // After a word, a capital letter that can be a Roman number is one: `Part I`, `Article V`; `Annex C` is not.
        let reading = self
            .readings
            .iter()
            .find(|reading| reading.system == NumeralSystem::Roman)
            .or(self.readings.first());
        let readings = reading
            .map(|reading| Reading { style, ..*reading })
            .into_iter()
            .collect();
        ParsedLabel {
            end: printed.end + separation.len,
            printed,
            keyword: Some(class),
            readings,
            parts: if class.rank() == 0 && self.parts.is_empty() {
                annex_letter(&self.short).into_iter().collect()
            } else {
                self.parts
            },
            suffix: self.suffix,
            short: self.short,
            certainty: separation.certainty,
            unseparated: separation.loose,
        }
    }
}

/// What `A` of `Annex A` counts for in the numbers below it: `A.1`.
fn annex_letter(short: &str) -> Option<u64> {
    let mut letters = short.chars();
    let letter = letters.next().filter(char::is_ascii_uppercase)?;
    letters.next().is_none().then_some(())?;
    Some(LETTER + numeral::letter(letter)?.place)
}

/// What stands between a label with a word and the words after it.
#[derive(Clone, Copy)]
struct Separation {
    len: usize,
    certainty: Certainty,
    /// True for white space alone.
    loose: bool,
}

impl Separation {
    fn sure(len: usize) -> Separation {
        Separation {
            len,
            certainty: Certainty::Sure,
            loose: false,
        }
    }
}

/// `Pp2`, `OP1`, `PP 3 bis`: the word is part of the number.
pub(super) fn glued_word(text: &str) -> Option<ParsedLabel> {
    let class = match text.as_bytes() {
        [b'p' | b'P', b'p' | b'P', ..] => KeywordClass::Preambular,
        [b'o' | b'O', b'p' | b'P', ..] => KeywordClass::Operative,
        _ => return None,
    };
    let blank = usize::from(text[2..].starts_with(' '));
    let mut number = numeral(&text[2 + blank..]).filter(|n| n.parts.len() == 1)?;
    let len = 2 + blank + number.len;
    let end = delimited(&text[len..])?;
    number.short = text[..len].to_owned();
    Some(number.into_keyword_label(
        class,
        0..len + end.printed,
        Separation::sure(end.skipped - end.printed),
    ))
}

/// How much of what follows a number belongs to its label, and how much is skipped up to the wording.
struct Delimited {
    printed: usize,
    skipped: usize,
}

/// An optional `.`, `)` or `:` and then white space or the end.
fn delimited(rest: &str) -> Option<Delimited> {
    let printed = usize::from(rest.starts_with(['.', ')', ':']));
    let after = &rest[printed..];
    (after.is_empty() || after.starts_with(char::is_whitespace)).then(|| Delimited {
        printed,
        skipped: printed + blank_len(after),
    })
}

pub(super) fn blank_len(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// `Article 5`, `SEC. 2.`, `§ 1a`, `Part One`, `المادة ٥`.
pub(super) fn word_then_number(text: &str, place: Place) -> Option<ParsedLabel> {
    let word = leading_word(text);
    let class = keyword::class_of(word)?;
    // A sentence may start with "point 14"; a label starts with a capital where there are capitals.
    if place == Place::Line && word.chars().next().is_some_and(char::is_lowercase) {
        return None;
    }
    let dot = usize::from(text[word.len()..].starts_with('.'));
    let after_word = &text[word.len() + dot..];
    let blank = blank_len(after_word);
    if blank == 0 && class != KeywordClass::Paragraphus {
        return None;
    }
    let sign = sign_of_number(&after_word[blank..]);
    let rest = &after_word[blank + sign..];
    let number = number_or_ordinal(rest)?;
    let numbered = word.len() + dot + blank + sign + number.len;
    let separation = separated(&text[numbered..], word, place)?;
    Some(number.into_keyword_label(class, 0..numbered, separation))
}

/// The letters (or the section sign) that a text starts with.
pub(super) fn leading_word(text: &str) -> &str {
    if text.starts_with('§') {
        return "§";
    }
    let end = text
        .char_indices()
        .find(|(_, c)| !c.is_alphabetic())
        .map_or(text.len(), |(at, _)| at);
    &text[..end]
}

/// The length of a sign that says "number" between a word and its number: `Annex No. 2`, `Приложение № 1`.
pub(crate) fn sign_of_number(text: &str) -> usize {
    const SIGNS: [&str; 10] = [
        "№", "No.", "No", "Nr.", "Nr", "nº", "n°", "n.º", "N°", "no.",
    ];
    let Some(sign) = SIGNS.iter().find(|sign| text.starts_with(**sign)) else {
        return 0;
    };
    let after = &text[sign.len()..];
    let number = after.trim_start();
    let counts = number.starts_with(|c| numeral::digit(c).is_some());
    let apart = number.len() < after.len() || !sign.ends_with(char::is_alphabetic);
    if counts && apart {
        text.len() - number.len()
    } else {
        0
    }
}

fn number_or_ordinal(text: &str) -> Option<Numeral> {
    let word = leading_word(text);
    if let Some(value) = keyword::ordinal(word) {
        return Some(Numeral::plain(word.len(), value));
    }
    // `TITRE Ier`.
    if let Some(len) = ["Ier", "Iᵉʳ", "Ire", "IER"]
        .iter()
        .find(|first| **first == word)
        .map(|first| first.len())
    {
        return Some(Numeral::plain(len, 1));
    }
    let number = numeral(text)?;
    // `Article 1er`, `Section 2nd`.
    let tail = leading_word(&text[number.len..]);
    if number.suffix == 0 && matches!(tail, "er" | "re" | "ère" | "ᵉʳ" | "st" | "nd" | "rd" | "th")
    {
        return Some(Numeral {
            len: number.len + tail.len(),
            ..number
        });
    }
    Some(number)
}

/// After a word and its number: what separates them from the heading's words, if they are a label at all.
fn separated(rest: &str, word: &str, place: Place) -> Option<Separation> {
    if rest.trim().is_empty() {
        return Some(Separation::sure(rest.len()));
    }
    let stop = usize::from(rest.starts_with(['.', ':']));
    let blank = blank_len(&rest[stop..]);
    let dash = dash_len(&rest[stop + blank..]);
    if dash > 0 {
        let after = &rest[stop + blank + dash..];
        // A dash separates where it stands free, or after a full stop: `Art. 5.- Scope`.
        let free = blank > 0 || stop > 0;
        let ended = after.is_empty() || after.starts_with(char::is_whitespace);
        return (free && ended).then(|| Separation::sure(stop + blank + dash + blank_len(after)));
    }
    if stop > 0 {
        return (blank > 0 || rest.len() == stop).then(|| Separation::sure(stop + blank));
    }
    if blank == 0 {
        return None;
    }
    unmarked(
        &rest[blank..],
        blank,
        rest[..blank].chars().count(),
        word,
        place,
    )
}

/// After a word, its number and white space (`blank` bytes, `spaces` characters): what tells `Article 5 Fisheries` from a sentence.
fn unmarked(
    words: &str,
    blank: usize,
    spaces: usize,
    word: &str,
    place: Place,
) -> Option<Separation> {
    let next = leading_word(words);
    if keyword::continues_a_sentence(next) || continues_a_reference(words, next) {
        return None;
    }
    if place == Place::Heading {
        return Some(Separation::sure(blank));
    }
    if words.starts_with('(') {
        // `§ 5 (1) Die Parteien`: the number of its first paragraph follows on the same line.
        let inner = in_parentheses(words).filter(ParsedLabel::opens_a_sequence)?;
        let lower = words[inner.end..].starts_with(char::is_lowercase);
        return (!lower).then(|| Separation::sure(blank));
    }
    if words.starts_with(|c: char| c.is_lowercase() || c == ',') {
        return None;
    }
    let loud = word.chars().count() > 2 && word.chars().all(char::is_uppercase);
    if loud || spaces > 1 {
        return Some(Separation::sure(blank));
    }
    let certainty = if reads_like_a_title(words) {
        Certainty::Sure
    } else {
        Certainty::BySequence
    };
    Some(Separation {
        len: blank,
        certainty,
        loose: true,
    })
}

/// `§ 6 Absatz 1`, `Article 5 paragraph 2`: a smaller division follows with its number.
fn continues_a_reference(words: &str, next: &str) -> bool {
    let after = words[next.len()..].trim_start_matches('.').trim_start();
    !next.is_empty()
        && (keyword::class_of(next).is_some() || next == "Satz")
        && after.starts_with(|c: char| numeral::digit(c).is_some() || c == '(')
}

pub(super) fn dash_len(text: &str) -> usize {
    text.chars()
        .next()
        .filter(|c| matches!(c, '-' | '–' | '—' | '‒' | 'ـ'))
        .map_or(0, char::len_utf8)
}

/// `1. Abschnitt`, `Erster Teil`, `Première partie`: the number first.
pub(super) fn number_then_word(text: &str, place: Place) -> Option<ParsedLabel> {
    let first = leading_word(text);
    let (number, at, any_language) = match keyword::ordinal(first) {
        Some(value) => (Numeral::plain(0, value), first.len(), true),
        None => {
            let number = numeral(text).filter(|n| n.parts.len() <= 1)?;
            let len = number.len;
            text[len..]
                .starts_with('.')
                .then_some((number, len + 1, false))?
        }
    };
    let blank = blank_len(&text[at..]);
    let word = leading_word(&text[at + blank..]);
    let class = keyword::class_of(word).filter(|class| class.groups())?;
    let german = matches!(
        word,
        "Abschnitt"
            | "Teil"
            | "Kapitel"
            | "Titel"
            | "Buch"
            | "Unterabschnitt"
            | "Untertitel"
            | "ABSCHNITT"
            | "TEIL"
            | "KAPITEL"
    );
    if blank == 0 || !(any_language || german) {
        return None;
    }
    let end = at + blank + word.len();
    let separation = separated(&text[end..], word, place)?;
    (separation.certainty == Certainty::Sure)
        .then(|| number.into_keyword_label(class, 0..end, separation))
}

/// `第五条`, `第一章`.
pub(super) fn chinese_division(text: &str) -> Option<ParsedLabel> {
    let rest = text.strip_prefix('第')?;
    let digits = chinese_digits(rest);
    let value = numeral::chinese(digits)
        .or_else(|| decimal(digits).and_then(|n| n.parts.first().copied()))?;
    let unit = rest[digits.len()..].chars().next()?;
    let class = match unit {
        '条' | '條' => KeywordClass::Article,
        '章' => KeywordClass::Chapter,
        '节' | '節' => KeywordClass::Section,
        '编' | '編' => KeywordClass::Book,
        '部' => KeywordClass::Part,
        '款' => KeywordClass::Paragraph,
        '项' | '項' => KeywordClass::Subparagraph,
        _ => return None,
    };
    let mut end = text.len() - rest.len() + digits.len() + unit.len_utf8();
    if unit == '部' {
        end += text[end..]
            .strip_prefix('分')
            .map_or(0, |_| '分'.len_utf8());
    }
    let mut number = Numeral::plain(0, value);
    if let Some((len, place)) = chinese_insertion(&text[end..]) {
        number.short = format!("{value}{}", &text[end..end + len]);
        number.suffix = INSERTED + place;
        end += len;
    }
    let after = &text[end..];
    let separator = after
        .chars()
        .next()
        .filter(|c| matches!(c, '：' | '、' | ':'))
        .map_or(0, char::len_utf8);
    let blank = blank_len(&after[separator..]);
    if separator == 0 && blank == 0 && !after.is_empty() {
        return None;
    }
    Some(number.into_keyword_label(class, 0..end, Separation::sure(separator + blank)))
}

/// `之一` after `第十二条`: the first article inserted after it.
fn chinese_insertion(text: &str) -> Option<(usize, u64)> {
    let rest = text.strip_prefix('之')?;
    let digits: String = rest
        .chars()
        .take_while(|&c| "一二三四五六七八九十".contains(c))
        .take(3)
        .collect();
    let place = numeral::chinese(&digits)?;
    Some(('之'.len_utf8() + digits.len(), place))
}
