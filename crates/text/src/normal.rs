//! Normal form 1 of a wording, and digests: what an acceptance binds to.
//!
//! The form forgets what type-setting does to a text (kinds of quotation marks and dashes, invisible characters, line
//! breaks) and nothing else: letter case, digits and punctuation stay. A change of the form would be form 2 beside it.

use std::ops::Range;

use icu_normalizer::ComposingNormalizerBorrowed;
use icu_properties::props::{DefaultIgnorableCodePoint, Script};
use icu_properties::{CodePointMapData, CodePointSetData};
use sha2::{Digest as _, Sha256};

/// Opens the id of a resolved cross-reference inside a normal form.
pub(crate) const REFERENCE_OPENS: char = '\u{E000}';
/// Closes it.
pub(crate) const REFERENCE_CLOSES: char = '\u{E001}';

/// The SHA-256 of a wording in normal form: what an acceptance binds to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// The digest of a wording that is in [normal form](normal_form): SHA-256 of `onetext wording 1`, NUL, and the
    /// wording in UTF-8.
    ///
    /// ```
    /// use onetext_text::{Digest, normal_form};
    /// let printed = Digest::of_wording(&normal_form("the “Parties”"));
    /// assert_eq!(printed, Digest::of_wording(&normal_form("the  \"Parties\" ")));
    /// ```
    #[must_use]
    pub fn of_wording(normal: &str) -> Digest {
        Digest(
            Sha256::new()
                .chain_update(b"onetext wording 1\0")
                .chain_update(normal.as_bytes())
                .finalize()
                .into(),
        )
    }
}

impl std::fmt::Display for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl std::fmt::Debug for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Digest({self})")
    }
}

/// Normal form 1 of a wording without resolved references.
///
/// In this order: NFC; default-ignorable code points removed (and NFC again, so that the form of a form is itself);
/// quotation marks and dashes mapped to ASCII as `design.md` lists them; every run of white space one space, the ends
/// trimmed. U+E000 and U+E001 in a wording are removed too: they mark resolved references, and no wording may pretend
/// to hold one.
///
/// ```
/// use onetext_text::normal_form;
/// assert_eq!(normal_form("  the ‘zone’ —\n  de\u{ad}militarised"), "the 'zone' - demilitarised");
/// ```
#[must_use]
pub fn normal_form(wording: &str) -> String {
    normal_form_with(wording, std::iter::empty())
}

/// Normal form 1 of a wording whose resolved references are given: where each stands in the wording, in bytes, and
/// the id of the provision it names. Each becomes U+E000 id U+E001, so that renumbering changes no wording.
///
/// References are taken in the order given; one that overlaps an earlier one, or whose ends are no boundaries of
/// characters of the wording, is passed over and its words stay.
///
/// ```
/// use onetext_text::normal_form_with;
/// assert_eq!(normal_form_with("under point 14, both", [(12..14, "x7".to_owned())]), "under point \u{E000}x7\u{E001}, both");
/// ```
#[must_use]
pub fn normal_form_with(
    wording: &str,
    references: impl IntoIterator<Item = (Range<usize>, String)>,
) -> String {
    let mut marked = String::with_capacity(wording.len());
    let mut at = 0;
    for (span, id) in references {
        let (Some(before), Some(_)) = (wording.get(at..span.start), wording.get(span.clone()))
        else {
            continue;
        };
        push_unmarked(&mut marked, before);
        marked.push(REFERENCE_OPENS);
        push_unmarked(&mut marked, &id);
        marked.push(REFERENCE_CLOSES);
        at = span.end;
    }
    push_unmarked(&mut marked, &wording[at..]);
    typography(&compose(&marked))
}

fn push_unmarked(to: &mut String, words: &str) {
    to.extend(
        words
            .chars()
            .filter(|&c| c != REFERENCE_OPENS && c != REFERENCE_CLOSES),
    );
}

fn compose(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let nfc = ComposingNormalizerBorrowed::new_nfc();
    let ignorable = CodePointSetData::new::<DefaultIgnorableCodePoint>();
    let composed = nfc.normalize(text);
    if !composed.chars().any(|c| ignorable.contains(c)) {
        return composed.into_owned();
    }
    let visible: String = composed
        .chars()
        .filter(|&c| !ignorable.contains(c))
        .collect();
    nfc.normalize(&visible).into_owned()
}

/// One space for every run of white space, one quotation mark, one dash.
fn typography(text: &str) -> String {
    let mut form = String::with_capacity(text.len());
    let mut blank = false;
    for character in text.chars() {
        if character.is_whitespace() {
            blank = true;
            continue;
        }
        if blank && !form.is_empty() {
            form.push(' ');
        }
        blank = false;
        form.push(match character {
            '‘' | '’' | '‚' | '‛' | '′' | 'ʼ' => '\'',
            '“' | '”' | '„' | '‟' | '«' | '»' | '″' => '"',
            '‐' | '‑' | '‒' | '–' | '—' | '−' => '-',
            other => other,
        });
    }
    form
}

/// Words that mix letters of Latin, Cyrillic, Greek and other scripts, as byte ranges of the wording: `Кyiv` with a Cyrillic К
/// reads like `Kyiv` and is another wording. Digits, marks and signs belong to every script; Han, Hiragana, Katakana
/// and Hangul go together.
///
/// ```
/// use onetext_text::mixed_script_words;
/// assert_eq!(mixed_script_words("in Кyiv and Kyiv"), [3..8]);
/// ```
#[must_use]
pub fn mixed_script_words(wording: &str) -> Vec<Range<usize>> {
    if wording.is_ascii() {
        return Vec::new();
    }
    let scripts = CodePointMapData::<Script>::new();
    let mut found = Vec::new();
    let mut word: Option<(usize, Option<Script>, bool)> = None;
    for (at, character) in wording.char_indices().chain([(wording.len(), ' ')]) {
        let script = match scripts.get(character) {
            Script::Common | Script::Inherited | Script::Unknown => None,
            Script::Hiragana | Script::Katakana | Script::Hangul | Script::Bopomofo => {
                Some(Script::Han)
            }
            script => Some(script),
        };
        if character.is_alphanumeric()
            || (word.is_some()
                && script.is_none()
                && !character.is_whitespace()
                && !is_punctuation(character))
        {
            let (start, first, mixed) = word.unwrap_or((at, None, false));
            let differs =
                character.is_alphabetic() && script.is_some() && first.is_some() && script != first;
            word = Some((
                start,
                first.or(script.filter(|_| character.is_alphabetic())),
                mixed || differs,
            ));
        } else if let Some((start, _, mixed)) = word.take()
            && mixed
        {
            found.push(start..at);
        }
    }
    found
}

fn is_punctuation(character: char) -> bool {
    character.is_ascii_punctuation()
        || matches!(character, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}' | '«' | '»' | '\u{3000}'..='\u{303F}' | '−')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(wording: &str, expected: &str) {
        assert_eq!(normal_form(wording), expected, "{wording:?}");
    }

    #[test]
    fn every_listed_mark_becomes_its_ascii_sign() {
        for mark in "‘’‚‛′ʼ".chars() {
            check(&format!("a{mark}b"), "a'b");
        }
        for mark in "“”„‟«»″".chars() {
            check(&format!("a{mark}b"), "a\"b");
        }
        for mark in "‐‑‒–—−".chars() {
            check(&format!("a{mark}b"), "a-b");
        }
    }

    #[test]
    fn white_space_is_one_space_and_none_at_the_ends() {
        check("  a \t\r\n b\u{a0}\u{2003}c\u{3000}", "a b c");
        check(" \n ", "");
    }

    #[test]
    fn canonically_equal_letters_are_equal() {
        check("e\u{301}", "é");
        check("\u{212B}", "Å");
        check("ﬁ", "ﬁ");
    }

    #[test]
    fn invisible_characters_are_removed() {
        check(
            "de\u{ad}mili\u{200b}ta\u{2060}ri\u{feff}sed\u{fe0f}",
            "demilitarised",
        );
        check("a \u{200e}\u{200f} b", "a b");
        check("e\u{34f}\u{301}", "é");
    }

    #[test]
    fn case_digits_and_the_rest_stay() {
        check("Article ٣ (A) [X]; 1/2 … ¶", "Article ٣ (A) [X]; 1/2 … ¶");
    }

    #[test]
    fn no_wording_can_pretend_to_hold_a_reference() {
        check("a\u{E000}14\u{E001}b", "a14b");
        assert_eq!(
            normal_form_with("see 14", [(4..6, "x\u{E001}y".to_owned())]),
            "see \u{E000}xy\u{E001}"
        );
    }

    #[test]
    fn references_out_of_place_are_passed_over() {
        let one = |span| normal_form_with("é 14", [(span, "x".to_owned())]);
        assert_eq!(one(1..2), "é 14");
        assert_eq!(one(3..9), "é 14");
        assert_eq!(
            normal_form_with("1 2", [(0..2, "x".to_owned()), (1..3, "y".to_owned())]),
            "\u{E000}x\u{E001}2"
        );
    }

    #[test]
    fn the_digest_is_of_the_named_form() {
        assert_eq!(
            Digest::of_wording("").to_string(),
            "c5f7ea3a36ce7950a5c08675444787b1a94c1945ed91a3a873da738618a1fc5a"
        );
        assert_ne!(Digest::of_wording("a"), Digest::of_wording("A"));
    }

    #[test]
    fn letters_of_another_script_inside_a_word_are_found() {
        assert_eq!(mixed_script_words("Kyiv Киев Αθήνα").len(), 0);
        assert_eq!(mixed_script_words("раrty of pаrts"), [0..7, 11..17]);
        assert_eq!(mixed_script_words("Ωmega").first(), Some(&(0..6)));
        assert_eq!(mixed_script_words("COVID-вирус, G7-страны").len(), 0);
        assert_eq!(mixed_script_words("日本のカタカナ").len(), 0);
    }

    proptest! {
        #[test]
        fn the_form_of_a_form_is_itself(text in "\\PC*") {
            let form = normal_form(&text);
            prop_assert_eq!(normal_form(&form), form);
        }
    }
}
