//! A number of any kind at the start of a text, without what stands around it.

use std::ops::Range;

use super::NumeralSystem;
use super::numeral::{self, Alphabet};
use super::parse::{Certainty, Delimiter, ParsedLabel, Reading, Series, Style, Suffix};

/// A number, without what stands around it.
pub(super) struct Numeral {
    pub(super) len: usize,
    pub(super) short: String,
    pub(super) parts: Vec<u64>,
    pub(super) suffix: Suffix,
    /// Without what sets them off.
    pub(super) readings: Vec<Reading>,
}

impl Numeral {
    pub(super) fn plain(len: usize, value: u64) -> Numeral {
        let readings = vec![read(
            Series::Decimal { parts: 1 },
            NumeralSystem::Decimal,
            value,
        )];
        Numeral {
            len,
            short: value.to_string(),
            parts: vec![value],
            suffix: 0,
            readings,
        }
    }

    /// `ab`: a letter beyond the alphabet, which looks like a word.
    pub(super) fn is_late_letter(&self) -> bool {
        !self.readings.is_empty()
            && self
                .readings
                .iter()
                .all(|each| each.system == NumeralSystem::Alphabetic && each.number > 26)
    }

    pub(super) fn into_label(
        mut self,
        printed: Range<usize>,
        end: usize,
        delimiter: Delimiter,
        certainty: Certainty,
    ) -> ParsedLabel {
        for reading in &mut self.readings {
            reading.style.delimiter = match reading.style.series {
                // `1.2` and `1.2.` are one look.
                Series::Decimal { parts } if parts > 1 => Delimiter::Dot,
                _ => delimiter,
            };
        }
        ParsedLabel {
            printed,
            end,
            keyword: None,
            readings: self.readings,
            parts: self.parts,
            suffix: self.suffix,
            short: self.short,
            certainty,
            unseparated: false,
        }
    }
}

/// A reading of a number, whatever sets it off.
fn read(series: Series, system: NumeralSystem, number: u64) -> Reading {
    Reading {
        style: Style {
            series,
            delimiter: Delimiter::None,
            emphasised: false,
        },
        system,
        number,
    }
}

/// Reads a number of any kind at the start of `text`.
pub(super) fn numeral(text: &str) -> Option<Numeral> {
    let first = text.chars().next()?;
    let mut found = if numeral::digit(first).is_some() {
        decimal(text)?
    } else if let Some(found) = letter_then_numbers(text) {
        found
    } else {
        letters(text)?
    };
    let rest = &text[found.len..];
    let plain = found.suffix == 0 && found.parts.len() == 1;
    if let Some((len, suffix)) =
        multiplicative(rest).or_else(|| plain.then(|| inserted(rest)).flatten())
    {
        found.len += len;
        found.suffix = suffix;
        found.short = text[..found.len].to_owned();
    }
    Some(found)
}

/// What the letter before the numbers of an annex counts for in [`Numeral::parts`], beside its place.
pub(crate) const LETTER: u64 = 1_000_000_000;

/// `A.1`, `B.2.3`: numbers in an annex that has a letter.
fn letter_then_numbers(text: &str) -> Option<Numeral> {
    let letter = text.chars().next().filter(char::is_ascii_uppercase)?;
    let rest = text[1..].strip_prefix('.')?;
    let mut found = decimal(rest).filter(|found| found.suffix == 0)?;
    let place = numeral::letter(letter)?.place;
    found.len += 2;
    found.short = text[..found.len].to_owned();
    found.parts.insert(0, LETTER + place);
    for reading in &mut found.readings {
        reading.style.series = Series::Decimal {
            parts: found.parts.len(),
        };
    }
    Some(found)
}

/// `-1`, `¹`: the number of a provision inserted after another, as laws in Russian and Ukrainian count them. It counts
/// behind bis and letters.
fn inserted(text: &str) -> Option<(usize, Suffix)> {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let mut value = 0;
    let mut len = 0;
    let raised = text.chars().take(2).map_while(|c| {
        let digit = RAISED.iter().position(|&raised| raised == c)?;
        Some((c, u64::try_from(digit).ok()?))
    });
    for (sign, digit) in raised {
        value = value * 10 + digit;
        len += sign.len_utf8();
    }
    if len == 0 {
        let number = text.strip_prefix('-')?;
        let digits = number.len()
            - number
                .trim_start_matches(|c: char| c.is_ascii_digit())
                .len();
        value = number[..digits].parse().ok().filter(|_| digits <= 2)?;
        len = 1 + digits;
        if text[len..].starts_with(|c: char| c.is_alphanumeric() || c == '-') {
            return None;
        }
    }
    (value > 0).then_some((len, INSERTED + value))
}

/// Suffixes from here on are of provisions [inserted](inserted) after another.
pub(super) const INSERTED: Suffix = 200;

/// `1`, `1.2.3`, `1a`, in any script's digits.
pub(super) fn decimal(text: &str) -> Option<Numeral> {
    let mut parts = Vec::new();
    let mut len = 0;
    loop {
        let (mut value, mut digits, mut at) = (0_u64, 0, len);
        for character in text[len..].chars() {
            let Some(digit) = numeral::digit(character) else {
                break;
            };
            value = value * 10 + u64::from(digit);
            digits += 1;
            at += character.len_utf8();
            if digits > 9 {
                return None;
            }
        }
        if digits == 0 {
            // The dot before was a delimiter.
            len = len.checked_sub(1)?;
            break;
        }
        parts.push(value);
        len = at;
        if !text[len..].starts_with('.') || parts.len() >= 32 {
            break;
        }
        len += 1;
    }
    if looks_like_a_date(&parts) {
        return None;
    }
    let mut suffix = 0;
    let mut rest = text[len..].chars();
    if let Some(letter) = rest.next().filter(char::is_ascii_alphabetic)
        && !rest.next().is_some_and(char::is_alphanumeric)
    {
        suffix = 101 + u64::from(letter.to_ascii_lowercase() as u8 - b'a');
        len += 1;
    }
    let number = parts.last().copied()?;
    let series = Series::Decimal { parts: parts.len() };
    let readings = vec![read(series, NumeralSystem::Decimal, number)];
    Some(Numeral {
        len,
        short: text[..len].to_owned(),
        parts,
        suffix,
        readings,
    })
}

/// `23.11.2025`: no label counts like this.
fn looks_like_a_date(parts: &[u64]) -> bool {
    matches!(parts, [day, month, year] if (1..=31).contains(day) && (1..=12).contains(month) && (1800..2200).contains(year))
}

/// `a`, `IV`, `aa`, `в`, `ب`.
pub(super) fn letters(text: &str) -> Option<Numeral> {
    const TATWEEL: char = '\u{640}';
    let len = letters_len(text, 9);
    let run = &text[..len];
    if text[len..]
        .chars()
        .next()
        .is_some_and(char::is_alphanumeric)
    {
        return None;
    }
    let bare: Vec<char> = run.chars().filter(|&c| c != TATWEEL).collect();
    let first = numeral::letter(*bare.first()?)?;
    let mut readings = Vec::new();
    let roman = numeral::roman(run)
        .filter(|&value| value < 100 && (run.len() > 1 || matches!(value, 1 | 5 | 10 | 50)));
    let letter_series = |repeat| Series::Letters {
        alphabet: first.alphabet,
        capital: first.capital,
        repeat,
    };
    match bare.len() {
        1 => readings.push(read(
            letter_series(1),
            NumeralSystem::Alphabetic,
            first.place,
        )),
        // `ab` comes after `aa`.
        2 if run.starts_with(['a', 'A'])
            && run[1..].starts_with(|c: char| {
                c.is_ascii_alphabetic()
                    && c.is_ascii_uppercase() == first.capital
                    && !c.eq_ignore_ascii_case(&'a')
            }) =>
        {
            let second = numeral::letter(bare[1])?.place;
            readings.push(read(
                letter_series(1),
                NumeralSystem::Alphabetic,
                26 + second,
            ));
        }
        repeat @ (2 | 3)
            if bare.iter().all(|c| c == &bare[0]) && first.alphabet == Alphabet::Latin =>
        {
            readings.push(read(
                letter_series(repeat),
                NumeralSystem::Alphabetic,
                first.place,
            ));
            if repeat == 2 {
                readings.push(read(
                    letter_series(1),
                    NumeralSystem::Alphabetic,
                    26 + first.place,
                ));
            }
        }
        _ => {}
    }
    if let Some(value) = roman {
        let reading = read(
            Series::Roman {
                capital: first.capital,
            },
            NumeralSystem::Roman,
            value,
        );
        // `ii` is a Roman number before it is a letter written twice; so is a lone `i`.
        if bare.len() > 1 || value == 1 {
            readings.insert(0, reading)
        } else {
            readings.push(reading)
        }
    }
    (!readings.is_empty()).then(|| Numeral {
        len,
        short: run.to_owned(),
        parts: Vec::new(),
        suffix: 0,
        readings,
    })
}

/// The length in bytes of the letters at the start, at most so many of them.
fn letters_len(text: &str, most: usize) -> usize {
    let letters = text.chars().take(most).take_while(|c| c.is_alphabetic());
    letters.map(char::len_utf8).sum()
}

/// ` bis`, `ter`, `-quater` after a number: how long it is and what it counts.
pub(super) fn multiplicative(text: &str) -> Option<(usize, Suffix)> {
    const WORDS: [(&str, Suffix); 14] = [
        ("bis", 2),
        ("ter", 3),
        ("quater", 4),
        ("quinquies", 5),
        ("sexies", 6),
        ("septies", 7),
        ("octies", 8),
        ("novies", 9),
        ("decies", 10),
        ("бис", 2),
        ("біс", 2),
        ("مكرر", 2),
        ("مكررا", 2),
        ("مكرراً", 2),
    ];
    let blank: usize = text
        .chars()
        .take_while(|&c| c == ' ' || c == '\u{a0}' || c == '-')
        .take(1)
        .map(char::len_utf8)
        .sum();
    let word = &text[blank..blank + letters_len(&text[blank..], 12)];
    WORDS
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(word))
        .map(|&(_, suffix)| (blank + word.len(), suffix))
}
