//! Reading a label at the start of a line.
//!
//! A label is told from a sentence by its delimiter (`1.` against `1945 saw`), by its sequence (`I.` is a label where
//! `II.` follows, else perhaps Isaac Newton), and, after a word like `Article`, by what comes next (`Article 5 -
//! Fisheries` against `Article 5 of the Convention applies`).

use std::ops::Range;

use super::keyword::{self, KeywordClass};
use super::numeral::{self, Alphabet};
use super::{Label, NumeralSystem};

/// What a label counts with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Series {
    /// Numbers; how many, joined by dots.
    Decimal { parts: usize },
    /// Letters; how often each is written (`aa)` below `a)`).
    Letters {
        alphabet: Alphabet,
        capital: bool,
        repeat: usize,
    },
    /// Roman numbers.
    Roman { capital: bool },
    /// Whatever follows a word: `Article 5`, `Article V` and `Article premier` are one series.
    AfterWord(KeywordClass),
}

/// What sets a number off from the words after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Delimiter {
    Dot,
    Paren,
    Parens,
    Sign,
    Dash,
    Bare,
    None,
}

/// The look of a label: labels of one level share it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Style {
    pub(crate) series: Series,
    pub(crate) delimiter: Delimiter,
    /// Set in bold or italics: a level of its own where the same number also stands plain.
    pub(crate) emphasised: bool,
}

/// One way to read a label: `(i)` is the ninth letter or the first Roman number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reading {
    pub(crate) style: Style,
    pub(crate) system: NumeralSystem,
    pub(crate) number: u64,
}

/// What follows the number: nothing (0), bis (2), ter (3) …, or a letter (from 101), in the order in which they come.
pub(crate) type Suffix = u64;

/// Whether the look of a label settles that it is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Certainty {
    Sure,
    /// Only where its neighbours in the sequence are there.
    BySequence,
}

/// A label as found at the start of a text; positions are bytes from there.
#[derive(Debug, Clone)]
pub(crate) struct ParsedLabel {
    pub(crate) printed: Range<usize>,
    /// Where the wording starts.
    pub(crate) end: usize,
    pub(crate) keyword: Option<KeywordClass>,
    /// At least one; the first is the likelier without context.
    pub(crate) readings: Vec<Reading>,
    /// The numbers of a decimal label: `1.2.3` has three.
    pub(crate) parts: Vec<u64>,
    pub(crate) suffix: Suffix,
    pub(crate) short: String,
    pub(crate) certainty: Certainty,
    /// True where only white space stands between a word's number and what follows: `Article 5 Fisheries`.
    pub(crate) unseparated: bool,
}

impl ParsedLabel {
    /// The label under one of its readings.
    pub(crate) fn label(&self, text: &str, reading: Reading, short: String) -> Label {
        let printed = text
            .get(self.printed.clone())
            .unwrap_or_default()
            .to_owned();
        Label {
            printed,
            short,
            system: reading.system,
            number: reading.number,
        }
    }

    /// True for `1`, `a`, `i`: what a new level starts with.
    pub(crate) fn opens_a_sequence(&self) -> bool {
        self.suffix == 0 && self.readings.iter().any(|reading| reading.number == 1)
    }

    /// The label that follows at once on the same line, as in `1. (a) Each Party`: where it starts.
    pub(crate) fn second(&self, text: &str) -> Option<usize> {
        let rest = text.get(self.end..)?;
        let inner = in_parentheses(rest).filter(ParsedLabel::opens_a_sequence)?;
        let words = rest[inner.end..].trim_start();
        let continues = words.is_empty() || keyword::continues_a_sentence(leading_word(words));
        let same = inner
            .readings
            .iter()
            .any(|reading| self.readings.iter().any(|own| own.style == reading.style));
        (self.certainty == Certainty::Sure && !continues && !same).then_some(self.end)
    }
}

/// Where a label stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// In a Markdown heading: what follows the number is the heading's words.
    Heading,
    /// At the start of a line of text.
    Line,
}

/// Reads the label at the start of `text`, a line without its indentation and list markers.
pub(crate) fn parse(text: &str, place: Place) -> Option<ParsedLabel> {
    let first = text.chars().next()?;
    if !(first.is_alphanumeric() || matches!(first, '(' | '（' | '§')) {
        return None;
    }
    glued_word(text)
        .or_else(|| word_then_number(text, place))
        .or_else(|| number_then_word(text, place))
        .or_else(|| chinese_division(text))
        .or_else(|| in_parentheses(text))
        .or_else(|| number_then_delimiter(text))
}

/// A number, without what stands around it.
struct Numeral {
    len: usize,
    short: String,
    parts: Vec<u64>,
    suffix: Suffix,
    /// Series, system and number.
    readings: Vec<(Series, NumeralSystem, u64)>,
}

impl Numeral {
    fn plain(len: usize, value: u64) -> Numeral {
        let readings = vec![(Series::Decimal { parts: 1 }, NumeralSystem::Decimal, value)];
        Numeral {
            len,
            short: value.to_string(),
            parts: vec![value],
            suffix: 0,
            readings,
        }
    }

    fn into_label(
        self,
        printed: Range<usize>,
        end: usize,
        delimiter: Delimiter,
        certainty: Certainty,
    ) -> ParsedLabel {
        let delimiter_of = |series| match series {
            // `1.2` and `1.2.` are one look.
            Series::Decimal { parts } if parts > 1 => Delimiter::Dot,
            _ => delimiter,
        };
        let readings = self
            .readings
            .iter()
            .map(|&(series, system, number)| Reading {
                style: Style {
                    series,
                    delimiter: delimiter_of(series),
                    emphasised: false,
                },
                system,
                number,
            })
            .collect();
        ParsedLabel {
            printed,
            end,
            keyword: None,
            readings,
            parts: self.parts,
            suffix: self.suffix,
            short: self.short,
            certainty,
            unseparated: false,
        }
    }

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
            .find(|reading| reading.1 == NumeralSystem::Roman)
            .or(self.readings.first());
        let readings = reading
            .map(|&(_, system, number)| Reading {
                style,
                system,
                number,
            })
            .into_iter()
            .collect();
        ParsedLabel {
            end: printed.end + separation.len,
            printed,
            keyword: Some(class),
            readings,
            parts: self.parts,
            suffix: self.suffix,
            short: self.short,
            certainty: separation.certainty,
            unseparated: separation.loose,
        }
    }
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

/// Reads a number of any kind at the start of `text`.
fn numeral(text: &str) -> Option<Numeral> {
    let first = text.chars().next()?;
    let mut found = if numeral::digit(first).is_some() {
        decimal(text)?
    } else {
        letters(text)?
    };
    if let Some((len, suffix)) = multiplicative(&text[found.len..]) {
        found.len += len;
        found.suffix = suffix;
        found.short = text[..found.len].to_owned();
    }
    Some(found)
}

/// `1`, `1.2.3`, `1a`, in any script's digits.
fn decimal(text: &str) -> Option<Numeral> {
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
    let readings = vec![(
        Series::Decimal { parts: parts.len() },
        NumeralSystem::Decimal,
        number,
    )];
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
fn letters(text: &str) -> Option<Numeral> {
    const TATWEEL: char = '\u{640}';
    let run: String = text
        .chars()
        .take_while(|c| c.is_alphabetic())
        .take(9)
        .collect();
    let len = run.len();
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
    let roman = numeral::roman(&run)
        .filter(|&value| value < 100 && (run.len() > 1 || matches!(value, 1 | 5 | 10 | 50)));
    let letter_series = |repeat| Series::Letters {
        alphabet: first.alphabet,
        capital: first.capital,
        repeat,
    };
    match bare.len() {
        1 => readings.push((letter_series(1), NumeralSystem::Alphabetic, first.place)),
        repeat @ (2 | 3)
            if bare.iter().all(|c| c == &bare[0]) && first.alphabet == Alphabet::Latin =>
        {
            readings.push((
                letter_series(repeat),
                NumeralSystem::Alphabetic,
                first.place,
            ));
            if repeat == 2 {
                readings.push((
                    letter_series(1),
                    NumeralSystem::Alphabetic,
                    26 + first.place,
                ));
            }
        }
        _ => {}
    }
    if let Some(value) = roman {
        let reading = (
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
        short: run,
        parts: Vec::new(),
        suffix: 0,
        readings,
    })
}

/// ` bis`, `ter`, `-quater` after a number: how long it is and what it counts.
fn multiplicative(text: &str) -> Option<(usize, Suffix)> {
    const WORDS: [(&str, Suffix); 9] = [
        ("bis", 2),
        ("ter", 3),
        ("quater", 4),
        ("quinquies", 5),
        ("sexies", 6),
        ("septies", 7),
        ("octies", 8),
        ("novies", 9),
        ("decies", 10),
    ];
    let blank: usize = text
        .chars()
        .take_while(|&c| c == ' ' || c == '\u{a0}' || c == '-')
        .take(1)
        .map(char::len_utf8)
        .sum();
    let word: String = text[blank..]
        .chars()
        .take_while(|c| c.is_alphabetic())
        .take(12)
        .collect();
    let lower = word.to_ascii_lowercase();
    WORDS
        .iter()
        .find(|(name, _)| *name == lower)
        .map(|&(_, suffix)| (blank + word.len(), suffix))
}

/// `Pp2`, `OP1`, `PP 3 bis`: the word is part of the number.
fn glued_word(text: &str) -> Option<ParsedLabel> {
    let class = match text.get(..2)?.to_ascii_lowercase().as_str() {
        "pp" => KeywordClass::Preambular,
        "op" => KeywordClass::Operative,
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

fn blank_len(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// `Article 5`, `SEC. 2.`, `§ 1a`, `Part One`, `المادة ٥`.
fn word_then_number(text: &str, place: Place) -> Option<ParsedLabel> {
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
    let rest = &after_word[blank..];
    let number = number_or_ordinal(rest)?;
    let numbered = word.len() + dot + blank + number.len;
    let separation = separated(&text[numbered..], word, place)?;
    Some(number.into_keyword_label(class, 0..numbered, separation))
}

/// The letters (or the section sign) that a text starts with.
fn leading_word(text: &str) -> &str {
    if text.starts_with('§') {
        return "§";
    }
    let end = text
        .char_indices()
        .find(|(_, c)| !c.is_alphabetic())
        .map_or(text.len(), |(at, _)| at);
    &text[..end]
}

fn number_or_ordinal(text: &str) -> Option<Numeral> {
    let word = leading_word(text);
    if let Some(value) = keyword::ordinal(word) {
        return Some(Numeral::plain(word.len(), value));
    }
    let number = numeral(text)?;
    // `Article 1er`, `Section 2nd`.
    let tail = leading_word(&text[number.len..]);
    if number.suffix == 0 && matches!(tail, "er" | "re" | "ère" | "st" | "nd" | "rd" | "th") {
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

fn dash_len(text: &str) -> usize {
    text.chars()
        .next()
        .filter(|c| matches!(c, '-' | '–' | '—' | '‒' | 'ـ'))
        .map_or(0, char::len_utf8)
}

/// Short, and not ended like a sentence.
pub(crate) fn reads_like_a_title(text: &str) -> bool {
    let text = text.trim();
    let last = text.chars().next_back();
    !text.is_empty()
        && text.len() <= 240
        && text.chars().count() <= 120
        && text.split_whitespace().count() <= 15
        && text.lines().count() <= 2
        && !last.is_some_and(|c| {
            matches!(
                c,
                '.' | ';' | ':' | ',' | '!' | '?' | '—' | '؛' | '،' | '。' | '；'
            )
        })
        && !text.starts_with(|c: char| c.is_lowercase())
        && !text.starts_with("[^")
        && text.chars().any(char::is_alphabetic)
}

/// `1. Abschnitt`, `Erster Teil`, `Première partie`: the number first.
fn number_then_word(text: &str, place: Place) -> Option<ParsedLabel> {
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
fn chinese_division(text: &str) -> Option<ParsedLabel> {
    let rest = text.strip_prefix('第')?;
    let digits: String = rest
        .chars()
        .take_while(|&c| c.is_numeric() || "零〇一二三四五六七八九十百".contains(c))
        .take(8)
        .collect();
    let value = numeral::chinese(&digits)
        .or_else(|| decimal(&digits).and_then(|n| n.parts.first().copied()))?;
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
    Some(Numeral::plain(0, value).into_keyword_label(
        class,
        0..end,
        Separation::sure(separator + blank),
    ))
}

/// `(1)`, `(a)`, `(iv)`, `(a bis)`, `（一）`.
fn in_parentheses(text: &str) -> Option<ParsedLabel> {
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
    Some(number.into_label(0..closed + dot, end, Delimiter::Parens, Certainty::Sure))
}

/// `1.`, `1)`, `1`, `1.2.3`, `a.`, `IV.`, `1°`, `1 -`, `一、`.
fn number_then_delimiter(text: &str) -> Option<ParsedLabel> {
    if let Some(label) = chinese_item(text) {
        return Some(label);
    }
    let number = numeral(text)?;
    let rest = &text[number.len..];
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
    let end = number.len + printed + blank;
    let words = &after[blank..];
    if blank == 0 && !after.is_empty() && !starts_without_a_space(&number, delimiter, after) {
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
            number.readings.first(),
            Some((
                Series::Letters {
                    alphabet: Alphabet::Arabic,
                    ..
                },
                ..
            ))
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
    if delimiter == Delimiter::Bare && !may_stand_bare(&number, words) {
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
    let doubled = number
        .readings
        .iter()
        .all(|r| matches!(r.0, Series::Letters { repeat, .. } if repeat > 1) || r.2 > 26);
    let certainty = match delimiter {
        _ if !delimited => Certainty::BySequence,
        // Initials: "J. Doe"; "c. 1900"; "i.e." is told by what follows.
        Delimiter::Dot if one_letter => match number.readings.first() {
            Some((
                Series::Letters {
                    alphabet: Alphabet::Latin,
                    ..
                },
                _,
                1,
            )) if number.short != "A" || !looks_like_a_name(words) => Certainty::Sure,
            Some((Series::Roman { capital: false }, ..)) if !words.starts_with("e.") => {
                Certainty::Sure
            }
            Some((Series::Letters { alphabet, .. }, ..))
                if *alphabet != Alphabet::Latin && *alphabet != Alphabet::Cyrillic =>
            {
                Certainty::Sure
            }
            _ => Certainty::BySequence,
        },
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

/// `A. Smith said`: a capitalised word and then a small one that is no heading's.
fn looks_like_a_name(words: &str) -> bool {
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
fn chinese_item(text: &str) -> Option<ParsedLabel> {
    let digits: String = text
        .chars()
        .take_while(|&c| c.is_numeric() || "零〇一二三四五六七八九十百".contains(c))
        .take(8)
        .collect();
    let rest = text[digits.len()..].strip_prefix('、')?;
    let value = numeral::chinese(&digits)
        .or_else(|| decimal(&digits).and_then(|n| n.parts.first().copied()))?;
    let printed = digits.len() + '、'.len_utf8();
    Some(Numeral::plain(digits.len(), value).into_label(
        0..printed,
        printed + blank_len(rest),
        Delimiter::Dot,
        Certainty::Sure,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `printed|short|wording`, the label of a line as it reads without neighbours; `?` marks one that needs them.
    fn shown(text: &str, place: Place) -> String {
        parse(text, place).map_or_else(
            || "none".to_owned(),
            |label| {
                let doubt = if label.certainty == Certainty::Sure {
                    ""
                } else {
                    "?"
                };
                format!(
                    "{}|{}|{}{doubt}",
                    &text[label.printed.clone()],
                    label.short,
                    &text[label.end..]
                )
            },
        )
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(shown(text, Place::Line), expected, "{text}");
    }

    #[track_caller]
    fn heading(text: &str, expected: &str) {
        assert_eq!(shown(text, Place::Heading), expected, "{text}");
    }

    #[test]
    fn decimal() {
        check("1. The", "1.|1|The");
        check("1) The", "1)|1|The");
        check("(1) The", "(1)|1|The");
        check("1 The", "1|1|The?");
        check("1.2.3 The", "1.2.3|1.2.3|The?");
        check("1.2.3. The", "1.2.3.|1.2.3|The");
        check("1a. The", "1a.|1a|The");
        check("(1a) The", "(1a)|1a|The");
        check("1.The", "1.|1|The");
        check("1° The", "1°|1|The?");
        check("3.", "3.|3|");
    }

    #[test]
    fn letters_and_roman() {
        check("a. The", "a.|a|The");
        check("a) The", "a)|a|The");
        check("(a) The", "(a)|a|The");
        check("A. [[Preamble]", "A.|A|[[Preamble]");
        check("(iv) The", "(iv)|iv|The");
        check("i. The", "i.|i|The");
        check("IV. The", "IV.|IV|The");
        check("aa) The", "aa)|aa|The");
        check("I. Newton was", "I.|I|Newton was?");
        check("A. Smith said", "A.|A|Smith said?");
    }

    #[test]
    fn words_before_numbers() {
        check("Article 5", "Article 5|5|");
        check("Article 5 - Fisheries", "Article 5|5|Fisheries");
        check("Article 5 – Fisheries", "Article 5|5|Fisheries");
        check("Article 5. Fisheries", "Article 5|5|Fisheries");
        check("Article 5: Fisheries", "Article 5|5|Fisheries");
        check("Art. 5 Fisheries", "Art. 5|5|Fisheries");
        check("ARTICLE V", "ARTICLE V|V|");
        check("Section 2", "Section 2|2|");
        check("SEC. 2. REPORT.", "SEC. 2|2|REPORT.");
        check(
            "SECTION 1. SHORT TITLE. This Act",
            "SECTION 1|1|SHORT TITLE. This Act",
        );
        check(
            "TITLE I DEPARTMENT OF AGRICULTURE. For the",
            "TITLE I|I|DEPARTMENT OF AGRICULTURE. For the",
        );
        check("§ 3", "§ 3|3|");
        check("§ 1a Heading", "§ 1a|1a|Heading");
        check("Annex II", "Annex II|II|");
        check("Part One", "Part One|1|");
        check("Статья 5", "Статья 5|5|");
        check("Статья 5. Общие положения", "Статья 5|5|Общие положения");
        check("Глава II", "Глава II|II|");
        check("Artikel 7", "Artikel 7|7|");
        check("Article premier", "Article premier|1|");
        check("Article 1er", "Article 1er|1|");
        check("المادة 5", "المادة 5|5|");
        check("مادة ٥", "مادة ٥|٥|");
        check("المادة الأولى", "المادة الأولى|1|");
        check("第五条", "第五条|5|");
        heading(
            "1. Abschnitt - Allgemeine Vorschriften",
            "1. Abschnitt|1|Allgemeine Vorschriften",
        );
        heading("Erster Abschnitt - Begriffe", "Erster Abschnitt|1|Begriffe");
        heading("I. - Allgemeine Regelungen", "I.|I|Allgemeine Regelungen?");
        heading("§ 1 bemessung", "§ 1|1|bemessung");
        heading("Anlage 1 (zu § 3)", "Anlage 1|1|(zu § 3)");
    }

    #[test]
    fn glued_words_and_suffixes() {
        check("Pp2 [In pursuit", "Pp2|Pp2|[In pursuit");
        check("Pp2bis The", "Pp2bis|Pp2bis|The");
        check("Pp3 bis Recalling", "Pp3 bis|Pp3 bis|Recalling");
        check("OP1. Decides", "OP1.|OP1|Decides");
        check("5 bis. [Landlocked", "5 bis.|5 bis|[Landlocked");
        check("7 quinquies. The", "7 quinquies.|7 quinquies|The");
        check("(a bis) The", "(a bis)|a bis|The");
    }

    #[test]
    fn other_scripts() {
        check("а) Первое", "а)|а|Первое");
        check("٣. النص", "٣.|٣|النص");
        check("أ) النص", "أ)|أ|النص");
        check("(ب) النص", "(ب)|ب|النص");
        check("(هـ) النص", "(هـ)|هـ|النص");
        check("１．条文", "１．|１|条文");
        check("一、总则", "一、|1|总则");
        check("（一）条文", "（一）|1|条文");
    }

    #[test]
    fn sentences_are_no_labels() {
        check("1945 saw the end", "1945|1945|saw the end?");
        check("A country may", "none");
        check("23 November is", "23|23|November is?");
        check("Article 5 of the Convention applies.", "none");
        check("Article 5(2) applies.", "none");
        check("Articles 5 and 6", "none");
        check("point 14 applies", "none");
        check("Part of the area", "none");
        check("23.11.2025 Geneva", "none");
        check("1.5", "1.5|1.5|?");
        check("$3,000 go", "none");
        check("3,5 per cent", "none");
        check("(see below) The", "none");
        check("(2019) The", "none");
        check("(mix) The", "none");
        check("5 - 10 per cent", "5|5|10 per cent?");
        check("e.g. this", "none");
        check("Title is moot", "none");
    }
}
