//! Numbers as a word processor prints them: lists, their levels, where they start and start again.
//!
//! After ECMA-376 part 1, 17.9: a number belongs to an abstract list through a numbered list; a level may be replaced or
//! started again by the numbered list; a level counts on until a level above it counts, unless it says otherwise; legal
//! numbering shows every level in Arabic figures.

use std::collections::{BTreeMap, BTreeSet};

use super::xml::Tree;

/// Levels of a list.
const LEVELS: usize = 9;

/// One level of a list.
#[derive(Debug, Clone, Default)]
struct Level {
    start: u64,
    format: String,
    text: String,
    restart: Option<usize>,
    legal: bool,
    joined: bool,
    style: Option<String>,
}

#[derive(Debug, Default)]
struct Abstract {
    levels: BTreeMap<usize, Level>,
    style_link: Option<String>,
}

#[derive(Debug, Default)]
struct List {
    base: String,
    levels: BTreeMap<usize, Level>,
    starts: BTreeMap<usize, u64>,
}

/// The lists of a document.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    bases: BTreeMap<String, Abstract>,
    lists: BTreeMap<String, List>,
}

/// How far each list has counted.
#[derive(Debug, Default)]
pub(super) struct Counters {
    counts: BTreeMap<String, [Option<u64>; LEVELS]>,
    started: BTreeSet<(String, usize)>,
}

impl Numbering {
    /// The lists of a part of numbering.
    pub(super) fn read(tree: &Tree<'_>) -> Self {
        let mut numbering = Numbering::default();
        for node in tree.children(0) {
            match tree.name(node) {
                "w:abstractNum" => {
                    let Some(id) = tree.attribute(node, "w:abstractNumId") else {
                        continue;
                    };
                    let levels = tree
                        .children(node)
                        .filter(|child| tree.name(*child) == "w:lvl");
                    let base = Abstract {
                        levels: levels.filter_map(|level| read_level(tree, level)).collect(),
                        style_link: tree.value(node, "w:numStyleLink"),
                    };
                    numbering.bases.insert(id, base);
                }
                "w:num" => {
                    if let Some(id) = tree.attribute(node, "w:numId") {
                        numbering.lists.insert(id, read_list(tree, node));
                    }
                }
                _ => {}
            }
        }
        numbering
    }

    /// The level of a list that a style is tied to.
    pub(super) fn level_of_style(&self, list: &str, style: &str) -> Option<usize> {
        let list = self.lists.get(list)?;
        let base = self.bases.get(&list.base)?;
        let mut levels = list.levels.iter().chain(&base.levels);
        levels
            .find(|(_, level)| level.style.as_deref() == Some(style))
            .map(|(at, _)| *at)
    }

    /// The style of lists that a list stands for.
    pub(super) fn style_link(&self, list: &str) -> Option<&str> {
        let base = &self.lists.get(list)?.base;
        self.bases.get(base)?.style_link.as_deref()
    }

    fn level<'l>(&'l self, list: &'l List, at: usize) -> Option<&'l Level> {
        list.levels
            .get(&at)
            .or_else(|| self.bases.get(&list.base)?.levels.get(&at))
    }

    /// Counts a paragraph of a list, and gives its label with the blank that follows it, if one does.
    pub(super) fn count(
        &self,
        counters: &mut Counters,
        id: &str,
        at: usize,
    ) -> Option<(String, bool)> {
        let list = self.lists.get(id)?;
        let own = self.level(list, at)?;
        let counts = counters.counts.entry(list.base.clone()).or_default();
        let start = |at: usize| {
            let level = self.level(list, at);
            list.starts
                .get(&at)
                .copied()
                .unwrap_or(level.map_or(1, |level| level.start))
        };
        let begins = list.starts.contains_key(&at) && counters.started.insert((id.to_owned(), at));
        let slot = counts.get_mut(at)?;
        *slot = Some(match slot {
            Some(count) if !begins => count.saturating_add(1),
            _ => start(at),
        });
        for (deeper, slot) in counts.iter_mut().enumerate().skip(at + 1) {
            let restart = self.level(list, deeper).and_then(|level| level.restart);
            if restart.is_none_or(|above| at < above) {
                *slot = None;
            }
        }
        let shown = |at: usize| {
            counts
                .get(at)
                .copied()
                .flatten()
                .unwrap_or_else(|| start(at))
        };
        let mut label = String::new();
        let mut letters = own.text.chars().peekable();
        while let Some(letter) = letters.next() {
            let digit = letters
                .peek()
                .and_then(|next| next.to_digit(10))
                .filter(|digit| *digit > 0);
            match (letter, digit) {
                ('%', Some(digit)) => {
                    letters.next();
                    let of = digit as usize - 1;
                    let format = self
                        .level(list, of)
                        .map_or("decimal", |level| level.format.as_str());
                    let format = if own.legal && format != "none" {
                        "decimal"
                    } else {
                        format
                    };
                    label.push_str(&numeral(shown(of), format));
                }
                _ => label.push(letter),
            }
        }
        if own.format == "bullet" {
            label = label.chars().map(bullet).collect();
        }
        let label = label.trim().to_owned();
        (!label.is_empty()).then_some((label, own.joined))
    }
}

/// Signs of fonts of signs, as the sign that anybody would read.
fn bullet(sign: char) -> char {
    match sign {
        '\u{E000}'..='\u{F8FF}' | 'o' | '§' => '•',
        sign => sign,
    }
}

fn read_list(tree: &Tree<'_>, node: usize) -> List {
    let mut list = List {
        base: tree.value(node, "w:abstractNumId").unwrap_or_default(),
        ..List::default()
    };
    for change in tree
        .children(node)
        .filter(|child| tree.name(*child) == "w:lvlOverride")
    {
        let Some(at) = level_number(tree, change) else {
            continue;
        };
        if let Some(start) = tree
            .value(change, "w:startOverride")
            .and_then(|start| start.parse().ok())
        {
            list.starts.insert(at, start);
        }
        if let Some((at, level)) = tree
            .child(change, "w:lvl")
            .and_then(|level| read_level(tree, level))
        {
            list.levels.insert(at, level);
        }
    }
    list
}

fn level_number(tree: &Tree<'_>, node: usize) -> Option<usize> {
    let at: usize = tree.attribute(node, "w:ilvl")?.parse().ok()?;
    (at < LEVELS).then_some(at)
}

fn read_level(tree: &Tree<'_>, node: usize) -> Option<(usize, Level)> {
    let number = |child: &str| tree.value(node, child).and_then(|value| value.parse().ok());
    let level = Level {
        start: number("w:start").unwrap_or(0),
        format: tree
            .value(node, "w:numFmt")
            .unwrap_or_else(|| "decimal".to_owned()),
        text: tree.value(node, "w:lvlText").unwrap_or_default(),
        restart: number("w:lvlRestart").and_then(|above| usize::try_from(above).ok()),
        legal: tree.is_on(node, "w:isLgl"),
        joined: tree.value(node, "w:suff").as_deref() == Some("nothing"),
        style: tree.value(node, "w:pStyle"),
    };
    Some((level_number(tree, node)?, level))
}

/// A number in one of the formats of ECMA-376 part 1, 17.18.59; in Arabic figures where the format is none that is known.
fn numeral(number: u64, format: &str) -> String {
    match format {
        "none" => String::new(),
        "decimalZero" => format!("{number:02}"),
        "lowerRoman" => roman(number).to_lowercase(),
        "upperRoman" => roman(number),
        "lowerLetter" => letters(number, LATIN),
        "upperLetter" => letters(number, LATIN).to_uppercase(),
        "russianLower" => letters(number, RUSSIAN),
        "russianUpper" => letters(number, RUSSIAN).to_uppercase(),
        "arabicAbjad" => letters(number, ABJAD),
        "arabicAlpha" => letters(number, ARABIC),
        "hebrew2" => letters(number, HEBREW),
        "ordinal" => format!("{number}{}", ordinal(number)),
        "decimalEnclosedParen" => format!("({number})"),
        "decimalEnclosedFullstop" => format!("{number}."),
        "numberInDash" => format!("- {number} -"),
        _ => number.to_string(),
    }
}

const LATIN: &str = "abcdefghijklmnopqrstuvwxyz";
const RUSSIAN: &str = "абвгдежзиклмнопрстуфхцчшщыэюя";
const ABJAD: &str = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ";
const ARABIC: &str = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي";
const HEBREW: &str = "אבגדהוזחטיכלמנסעפצקרשת";

/// `a` to `z`, then `aa`, `bb`: the letter repeated.
fn letters(number: u64, alphabet: &str) -> String {
    let count = alphabet.chars().count() as u64;
    let Some(from_zero) = number.checked_sub(1) else {
        return "0".to_owned();
    };
    // No list is as long as that; a number that says so is no number.
    let times = usize::try_from(from_zero / count + 1).unwrap_or(1).min(30);
    let letter = usize::try_from(from_zero % count).unwrap_or(0);
    let letter = alphabet.chars().nth(letter).unwrap_or('a');
    std::iter::repeat_n(letter, times).collect()
}

fn roman(mut number: u64) -> String {
    const SIGNS: &[(u64, &str)] = &[
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number == 0 || number > 32_767 {
        return number.to_string();
    }
    let mut written = String::new();
    for (value, sign) in SIGNS {
        while number >= *value {
            written.push_str(sign);
            number -= value;
        }
    }
    written
}

fn ordinal(number: u64) -> &'static str {
    match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lists(levels: &str, nums: &str) -> String {
        format!(
            "<w:numbering><w:abstractNum w:abstractNumId=\"0\">{levels}</w:abstractNum>{nums}</w:numbering>"
        )
    }

    fn level(at: usize, format: &str, text: &str, more: &str) -> String {
        format!(
            "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>{more}<w:lvlText w:val=\"{text}\"/></w:lvl>"
        )
    }

    const NUM: &str = "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>";

    /// `paragraphs` are pairs of list and level.
    fn check(source: &str, paragraphs: &[(&str, usize)], expected: &[&str]) {
        let tree = Tree::parse("numbering", source).unwrap();
        let numbering = Numbering::read(&tree);
        let mut counters = Counters::default();
        let labels: Vec<String> = paragraphs
            .iter()
            .map(|(list, at)| {
                numbering
                    .count(&mut counters, list, *at)
                    .unwrap_or_default()
                    .0
            })
            .collect();
        assert_eq!(labels, expected);
    }

    #[test]
    fn levels_count_and_start_again() {
        let levels = level(0, "decimal", "%1.", "")
            + &level(1, "lowerLetter", "(%2)", "")
            + &level(2, "lowerRoman", "(%3)", "");
        check(
            &lists(&levels, NUM),
            &[("1", 0), ("1", 1), ("1", 1), ("1", 2), ("1", 0), ("1", 1)],
            &["1.", "(a)", "(b)", "(i)", "2.", "(a)"],
        );
    }

    #[test]
    fn legal_numbering_is_in_figures() {
        let levels =
            level(0, "upperRoman", "Article %1", "") + &level(1, "decimal", "%1.%2", "<w:isLgl/>");
        check(
            &lists(&levels, NUM),
            &[("1", 0), ("1", 0), ("1", 1)],
            &["Article I", "Article II", "2.1"],
        );
    }

    #[test]
    fn a_level_may_count_on() {
        let levels = level(0, "decimal", "%1", "")
            + &level(1, "decimal", "%2)", "<w:lvlRestart w:val=\"0\"/>");
        check(
            &lists(&levels, NUM),
            &[("1", 0), ("1", 1), ("1", 0), ("1", 1)],
            &["1", "1)", "2", "2)"],
        );
    }

    #[test]
    fn another_number_of_the_list_counts_on_or_starts_again() {
        let more = "<w:num w:numId=\"2\"><w:abstractNumId w:val=\"0\"/></w:num>\
            <w:num w:numId=\"3\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"5\"/></w:lvlOverride></w:num>";
        check(
            &lists(&level(0, "decimal", "%1.", ""), &format!("{NUM}{more}")),
            &[("1", 0), ("2", 0), ("3", 0), ("3", 0), ("1", 0)],
            &["1.", "2.", "5.", "6.", "7."],
        );
    }

    #[test]
    fn numbers_are_written_as_their_format_says() {
        let written = |number, format: &str| numeral(number, format);
        assert_eq!(written(27, "lowerLetter"), "aa");
        assert_eq!(written(1994, "upperRoman"), "MCMXCIV");
        assert_eq!(written(22, "ordinal"), "22nd");
        assert_eq!(written(7, "decimalZero"), "07");
        assert_eq!(written(3, "russianLower"), "в");
        assert_eq!(written(3, "a format to come"), "3");
    }
}
