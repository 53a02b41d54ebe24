//! Numerals of any script: digits, Roman numbers, the letters of alphabets in their order.

/// The digit zero of every decimal script that drafts are likely to use; the nine others follow it.
const ZEROS: [u32; 27] = [
    0x0030, 0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6,
    0x0D66, 0x0DE6, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1B50, 0x1BB0,
    0xA9D0, 0xABF0, 0xFF10,
];

/// The value of a decimal digit of any script in [`ZEROS`].
pub(crate) fn digit(character: char) -> Option<u32> {
    if character.is_ascii() {
        return character.to_digit(10);
    }
    let code = character as u32;
    ZEROS
        .iter()
        .find(|&&zero| (zero..zero + 10).contains(&code))
        .map(|zero| code - zero)
}

/// The alphabets that count, each in the order in which drafts count with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Alphabet {
    Latin,
    Cyrillic,
    Greek,
    Arabic,
    Hebrew,
    Armenian,
    Georgian,
    Devanagari,
    Hangul,
}

/// Each alphabet in lower case; Ukrainian's own letters have their places in Ukrainian order. Arabic counts in abjad
/// order, as United Nations documents do.
const ALPHABETS: [(Alphabet, &str); 10] = [
    (Alphabet::Latin, "abcdefghijklmnopqrstuvwxyz"),
    (Alphabet::Cyrillic, "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"),
    (Alphabet::Cyrillic, "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"),
    (Alphabet::Greek, "αβγδεζηθικλμνξοπρστυφχψω"),
    (Alphabet::Arabic, "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"),
    (Alphabet::Hebrew, "אבגדהוזחטיכלמנסעפצקרשת"),
    (Alphabet::Armenian, "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ"),
    (Alphabet::Georgian, "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ"),
    (Alphabet::Devanagari, "कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसह"),
    (Alphabet::Hangul, "가나다라마바사아자차카타파하"),
];

/// A letter as a numeral: its alphabet, its place from 1, and whether it is a capital.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Letter {
    pub(crate) alphabet: Alphabet,
    pub(crate) place: u64,
    pub(crate) capital: bool,
}

/// Reads one letter as a numeral.
pub(crate) fn letter(character: char) -> Option<Letter> {
    if character.is_ascii() {
        return character.is_ascii_alphabetic().then(|| Letter {
            alphabet: Alphabet::Latin,
            place: u64::from(character.to_ascii_lowercase() as u8 - b'a') + 1,
            capital: character.is_ascii_uppercase(),
        });
    }
    let lower = match character {
        'ا' | 'إ' | 'آ' => 'أ',
        _ => character.to_lowercase().next().unwrap_or(character),
    };
    ALPHABETS.iter().skip(1).find_map(|&(alphabet, letters)| {
        let place = letters.chars().position(|letter| letter == lower)?;
        Some(Letter {
            alphabet,
            place: u64::try_from(place).unwrap_or(u64::MAX - 1) + 1,
            capital: lower != character && character.is_uppercase(),
        })
    })
}

/// The value of a Roman number written as it should be (`iv`, never `iiii`), all in one case.
pub(crate) fn roman(numeral: &str) -> Option<u64> {
    const PARTS: [(u64, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let capital = numeral.starts_with(|c: char| c.is_ascii_uppercase());
    let is_sign = |byte: u8| matches!(byte | 0x20, b'c' | b'd' | b'i' | b'l' | b'm' | b'v' | b'x');
    if numeral.is_empty()
        || numeral.len() > 15
        || !numeral
            .bytes()
            .all(|byte| is_sign(byte) && byte.is_ascii_uppercase() == capital)
    {
        return None;
    }
    let lower = numeral.to_ascii_lowercase();
    let (mut rest, mut value) = (lower.as_str(), 0);
    for (worth, sign) in PARTS {
        let at_most = if sign.len() == 2 || matches!(worth, 5 | 50 | 500) {
            1
        } else {
            3
        };
        for _ in 0..at_most {
            let Some(shorter) = rest.strip_prefix(sign) else {
                break;
            };
            rest = shorter;
            value += worth;
        }
        // After `ix` neither `v` nor `iv` may follow; writing the value again tells.
    }
    (rest.is_empty() && write_roman(value) == lower).then_some(value)
}

/// Writes a Roman number in lower case.
fn write_roman(mut value: u64) -> String {
    const PARTS: [(u64, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut written = String::new();
    for (worth, sign) in PARTS {
        while value >= worth && written.len() < 20 {
            written.push_str(sign);
            value -= worth;
        }
    }
    written
}

/// A Chinese number up to 999: `五`, `十二`, `二十三`, `一百零五`.
pub(crate) fn chinese(numeral: &str) -> Option<u64> {
    let (mut total, mut unit, mut seen) = (0, 0, false);
    for character in numeral.chars() {
        match character {
            '零' | '〇' => {}
            '百' => {
                total += unit.max(1) * 100;
                unit = 0;
            }
            '十' => {
                total += unit.max(1) * 10;
                unit = 0;
            }
            _ => {
                unit = u64::try_from("一二三四五六七八九".chars().position(|c| c == character)?)
                    .ok()?
                    + 1
            }
        }
        seen = true;
    }
    seen.then_some(total + unit).filter(|&value| value > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roman_numbers_are_read_as_they_should_be_written() {
        for (numeral, value) in [
            ("i", 1),
            ("iv", 4),
            ("IX", 9),
            ("xiv", 14),
            ("XL", 40),
            ("MCMXLV", 1945),
            ("xcix", 99),
        ] {
            assert_eq!(roman(numeral), Some(value), "{numeral}");
        }
        for wrong in ["", "iiii", "vv", "ixi", "Iv", "abc", "ic", "ivi"] {
            assert_eq!(roman(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn digits_and_letters_of_many_scripts_count() {
        assert_eq!(
            "٣۴३๕９".chars().map(digit).collect::<Option<Vec<_>>>(),
            Some(vec![3, 4, 3, 5, 9])
        );
        for (character, place) in [
            ('a', 1),
            ('Z', 26),
            ('в', 3),
            ('ґ', 5),
            ('γ', 3),
            ('أ', 1),
            ('ب', 2),
            ('ج', 3),
            ('ב', 2),
            ('나', 2),
        ] {
            assert_eq!(
                letter(character).map(|l| l.place),
                Some(place),
                "{character}"
            );
        }
        assert_eq!(chinese("二十三"), Some(23));
        assert_eq!(chinese("十"), Some(10));
    }
}
