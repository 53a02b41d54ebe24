//! Finding cross-references in a wording.

use std::ops::Range;

use super::language::{self, Count, Division};
use super::number::{Number, joined, may_be_a_number, number};
use crate::label::{KeywordClass, numeral, sign_of_number};
use crate::words::letters_end;

/// A number that a cross-reference names, and the divisions above it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// The words that change with the number, in bytes of the wording.
    pub(super) span: Range<usize>,
    /// From the outermost division to the one that is meant: its word, and its numbers (`5(2)` has two).
    pub(super) chain: Vec<(KeywordClass, Vec<String>)>,
}

/// All cross-references of a wording that may be to its own draft, in order, in time proportional to its length.
pub(super) fn references(wording: &str) -> Vec<Found> {
    let mut scan = Scan {
        text: wording,
        at: 0,
        found: Vec::new(),
        run: 0,
    };
    while let Some((start, division, after)) = scan.next_division() {
        scan.reference(start, division, after);
    }
    scan.found
}

/// What a byte is for the search of words: no letter, a letter of ASCII, or part of a longer character.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Byte {
    Between,
    Letter,
    Longer,
}

static BYTES: [Byte; 256] = {
    let mut table = [Byte::Between; 256];
    let mut byte = 0;
    while byte < 256 {
        if byte >= 0x80 {
            table[byte] = Byte::Longer;
        } else if (byte as u8).is_ascii_alphabetic() {
            table[byte] = Byte::Letter;
        }
        byte += 1;
    }
    table
};

/// The next word (or `§`, `§§`) from a place on that may name a division. Most are told by a look at their bytes.
#[inline]
fn next_word(text: &str, mut from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let byte_at = |at: usize| bytes.get(at).map(|byte| BYTES[usize::from(*byte)]);
    let start = loop {
        while byte_at(from) == Some(Byte::Between) {
            from += 1;
        }
        let start = from;
        from = letters_end(bytes, from);
        match byte_at(from) {
            Some(Byte::Longer) => break start,
            next => {
                if bytes.get(start..from).is_some_and(language::may_divide) {
                    return Some(start..from);
                }
                next?;
            }
        }
    };
    let start = start + text[start..].find(|c: char| c.is_alphabetic() || c == '§')?;
    let rest = &text[start..];
    let after = if rest.starts_with('§') {
        rest.trim_start_matches('§')
    } else {
        rest.trim_start_matches(char::is_alphabetic)
    };
    Some(start..text.len() - after.len())
}

struct Scan<'w> {
    text: &'w str,
    at: usize,
    found: Vec<Found>,
    /// Where in `found` the references start that a list joins: "§ 6, § 30 and § 63 of the Road Act".
    run: usize,
}

impl Scan<'_> {
    /// The next word for a division that a number follows: where it starts, what it says, and where the number starts.
    fn next_division(&mut self) -> Option<(usize, Division, usize)> {
        while let Some(span) = next_word(self.text, self.at) {
            let (start, word) = (span.start, &self.text[span.clone()]);
            self.at = span.end;
            let after_dot = self.at + usize::from(self.text[self.at..].starts_with('.'));
            let number = after_dot + blank_len(&self.text[after_dot..]);
            let number = number + sign_of_number(&self.text[number..]);
            let sign = word.starts_with('§');
            if number == self.at && !sign || !may_be_a_number(&self.text[number..]) {
                continue;
            }
            if let Some(mut division) = language::division(if sign { "§" } else { word }) {
                if division.class == KeywordClass::Paragraph && self.text[..start].ends_with("ub-")
                {
                    division.class = KeywordClass::Subparagraph;
                }
                return Some((start, division, number));
            }
        }
        None
    }

    /// Reads the reference whose word starts at `start` and whose first number at `number`.
    fn reference(&mut self, start: usize, division: Division, number: usize) {
        let Some(numbers) = self.numbers(number, division) else {
            return;
        };
        let Some(last) = numbers.last() else { return };
        let mut end = last.span.end;
        let mut inner: Vec<(KeywordClass, Vec<String>)> = Vec::new();
        let mut outer: Vec<(KeywordClass, Vec<String>)> = Vec::new();
        let mut further: Vec<Number> = Vec::new();
        let mut first_end = end;
        while let Some((next, keys, until, upwards)) =
            self.continued(end, division.class, outer.last().map(|step| step.0))
        {
            (end, first_end) = (until, until);
            if upwards {
                outer.push((next.class, keys));
            } else {
                inner.push((next.class, keys));
                (further, end) = self.further(until, next.class, next.count == Count::Many);
                if !further.is_empty() {
                    break;
                }
            }
        }
        if !self.joins_the_last(start) {
            self.run = self.found.len();
        }
        if self.is_of_another(start, end, division) {
            self.found.truncate(self.run);
            self.at = end;
            return;
        }
        outer.reverse();
        let count = numbers.len();
        for (place, number) in numbers.into_iter().enumerate() {
            let mut chain = outer.clone();
            chain.push((division.class, number.keys));
            let mut span = number.span;
            if place + 1 == count {
                chain.extend(inner.iter().cloned());
                span.end = first_end;
            }
            self.found.push(Found { span, chain });
        }
        self.push_further(further);
        self.at = end;
    }

    /// Adds references that differ from the last one in its last step alone.
    fn push_further(&mut self, numbers: Vec<Number>) {
        for Number { span, keys } in numbers {
            let Some(mut chain) = self.found.last().map(|last| last.chain.clone()) else {
                return;
            };
            if let Some(last) = chain.last_mut() {
                last.1 = keys;
            }
            self.found.push(Found { span, chain });
        }
    }

    /// The numbers after a division's word: one, or a list.
    fn numbers(&self, start: usize, division: Division) -> Option<Vec<Number>> {
        let mut numbers = vec![number(self.text, start, division.class)?];
        while division.count == Count::Many && numbers.len() < 1000 {
            let Some(last) = numbers.last() else { break };
            let Some(next) = joined(self.text, last.span.end)
                .and_then(|at| number(self.text, at, division.class))
            else {
                break;
            };
            numbers.push(next);
        }
        Some(numbers)
    }

    /// The division that continues a reference: upwards ("of Article 41", «статьи 41») or downwards (", paragraph 2",
    /// "Absatz 2"); its class, numbers, end and direction.
    fn continued(
        &self,
        end: usize,
        class: KeywordClass,
        above: Option<KeywordClass>,
    ) -> Option<(Division, Vec<String>, usize, bool)> {
        let rest = &self.text[end..];
        let comma = usize::from(rest.starts_with(','));
        let mut at = end + comma + blank_len(&rest[comma..]);
        if at == end {
            return None;
        }
        let mut of = false;
        for _ in 0..3 {
            let (word, after) = word_at(self.text, at);
            if word.is_empty() || !(language::is_of(word) || (of && language::is_article(word))) {
                break;
            }
            of = true;
            at = after
                + blank_len(self.text[after..].trim_start_matches(['\'', '’']))
                + (self.text[after..].len()
                    - self.text[after..].trim_start_matches(['\'', '’']).len());
        }
        if of && comma > 0 {
            return None;
        }
        let (word, after) = word_at(self.text, at);
        let division = language::division(word)?;
        let after = after + usize::from(self.text[after..].starts_with('.'));
        let next = after + blank_len(&self.text[after..]);
        if next == after && !word.starts_with('§') {
            return None;
        }
        let number = number(self.text, next, division.class)?;
        let current = above.unwrap_or(class);
        let upwards = of || division.class.rank() < current.rank();
        if upwards && !of && comma > 0 {
            return None;
        }
        // "points 5 and 7, paragraphs (a) to (c) of point 4": a list of its own.
        if !upwards
            && comma > 0
            && division.count == Count::Many
            && self.goes_up(self.numbers(next, division)?.last()?.span.end)
        {
            return None;
        }
        // A reference that has gone up goes down no more.
        (upwards || above.is_none()).then_some((division, number.keys, number.span.end, upwards))
    }

    /// Whether "of" and a division's word follow: "of Article 41", "of the Annex".
    fn goes_up(&self, end: usize) -> bool {
        let mut at = end;
        for place in 0..3 {
            at += blank_len(&self.text[at..]);
            let (word, after) = word_at(self.text, at);
            if place > 0 && language::division(word).is_some() {
                return true;
            }
            if !(language::is_of(word) || (place > 0 && language::is_article(word))) {
                return false;
            }
            at = after;
        }
        false
    }

    /// The further numbers of a list below one division: the 3 of "Article 5, paragraphs 2 and 3". With them, where the
    /// list ends.
    fn further(&self, end: usize, class: KeywordClass, many: bool) -> (Vec<Number>, usize) {
        let mut numbers: Vec<Number> = Vec::new();
        let mut at = end;
        while many
            && numbers.len() < 1000
            && let Some(next) =
                joined(self.text, at).and_then(|next| number(self.text, next, class))
        {
            at = next.span.end;
            numbers.push(next);
        }
        (numbers, at)
    }

    /// Whether only a comma or "and" stands between the last reference and this one.
    fn joins_the_last(&self, start: usize) -> bool {
        let Some(last) = self.found.last() else {
            return false;
        };
        let Some(between) = self.text.get(last.span.end..start) else {
            return false;
        };
        between.len() <= 16
            && between
                .split(|c: char| c.is_whitespace() || c == ',')
                .all(|word| word.is_empty() || language::is_and(word) || language::is_to(word))
    }

    /// Whether the reference is to another instrument: "Article 3 of the Basin Convention", "its Article 3".
    fn is_of_another(&self, start: usize, end: usize, division: Division) -> bool {
        let before = self.text[..start].trim_end();
        let previous = before
            .rsplit(|c: char| !c.is_alphanumeric())
            .next()
            .unwrap_or_default();
        let adjoining = before.ends_with(char::is_alphanumeric);
        if adjoining
            && (language::is_other(previous)
                || is_acronym(previous)
                || matches!(
                    previous,
                    "Charter" | "Convention" | "Treaty" | "Covenant" | "Statute"
                ))
        {
            return true;
        }
        let mut at = end + blank_len(&self.text[end..]);
        if at == end {
            return false;
        }
        let mut of = false;
        for _ in 0..4 {
            let (word, after) = word_at(self.text, at);
            if language::is_this(word) {
                return false;
            }
            if word == "thereof" || (!of && is_acronym(word)) {
                return true;
            }
            let leads = language::is_of(word) || (of && language::is_article(word));
            if !leads {
                let named = word.starts_with(char::is_uppercase)
                    && language::division(word)
                        .is_none_or(|_| !may_be_a_number(self.text[after..].trim_start()));
                let uncased = of
                    && word.chars().next().is_some_and(|c| {
                        c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase()
                    });
                return (of || division.genitive) && (named || uncased);
            }
            of = true;
            at = after;
            at += self.text[at..].len() - self.text[at..].trim_start_matches(['\'', '’']).len();
            at += blank_len(&self.text[at..]);
        }
        false
    }
}

/// `NATO`, `BGB`, `EU`.
fn is_acronym(word: &str) -> bool {
    (2..=8).contains(&word.chars().count())
        && word.chars().all(char::is_uppercase)
        && numeral::roman(word).is_none()
}

pub(super) fn blank_len(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// The word at a place, and where it ends.
pub(super) fn word_at(text: &str, at: usize) -> (&str, usize) {
    let rest = &text[at..];
    let len = if rest.starts_with('§') {
        '§'.len_utf8()
    } else {
        rest.find(|c: char| !c.is_alphabetic())
            .unwrap_or(rest.len())
    };
    (&rest[..len], at + len)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each reference as `span=chain`, a chain outermost first.
    #[track_caller]
    fn check(wording: &str, expected: &[&str]) {
        let shown: Vec<String> = references(wording)
            .into_iter()
            .map(|found| {
                let chain: Vec<String> = found
                    .chain
                    .iter()
                    .map(|(class, keys)| format!("{class:?} {}", keys.join(".")))
                    .collect();
                format!("{}={}", &wording[found.span], chain.join(" > "))
            })
            .collect();
        assert_eq!(shown, expected, "{wording}");
    }

    #[test]
    fn one_number() {
        check("under point 14, both", &["14=Point 14"]);
        check("Article 5(2) applies", &["5(2)=Article 5.2"]);
        check("Article 5.2. Then", &["5.2=Article 5.2"]);
        check("Section 2(a)(ii)", &["2(a)(ii)=Section 2.a.ii"]);
        check("point 14.a", &["14.a=Point 14.a"]);
        check("Annex II", &["II=Annex II"]);
        check("Annex No. 2", &["2=Annex 2"]);
        check("paragraph 3 bis", &["3 bis=Paragraph 3bis"]);
        check("sub-paragraph (b)", &["(b)=Subparagraph b"]);
        check("see Art. 7", &["7=Article 7"]);
    }

    #[test]
    fn several_numbers() {
        check("points 7 and 8", &["7=Point 7", "8=Point 8"]);
        check(
            "points 7, 8 and 11",
            &["7=Point 7", "8=Point 8", "11=Point 11"],
        );
        check("paragraphs 2 to 4", &["2=Paragraph 2", "4=Paragraph 4"]);
        check(
            "Articles 5, 6, and 7(1)",
            &["5=Article 5", "6=Article 6", "7(1)=Article 7.1"],
        );
        check(
            "paragraphs (a) and (b) of Article 4",
            &[
                "(a)=Article 4 > Paragraph a",
                "(b) of Article 4=Article 4 > Paragraph b",
            ],
        );
        check("Article 5 and 30 days", &["5=Article 5"]);
    }

    #[test]
    fn up_and_down() {
        check(
            "paragraph 3 of Article 41",
            &["3 of Article 41=Article 41 > Paragraph 3"],
        );
        check(
            "subparagraph (b) of paragraph 2 of Article 5",
            &["(b) of paragraph 2 of Article 5=Article 5 > Paragraph 2 > Subparagraph b"],
        );
        check(
            "Article 5, paragraphs 2 and 3, applies",
            &[
                "5, paragraphs 2=Article 5 > Paragraph 2",
                "3=Article 5 > Paragraph 3",
            ],
        );
        check(
            "points 1–3, 5 and 7, paragraphs (a) to (c) of point 4",
            &[
                "1=Point 1",
                "3=Point 3",
                "5=Point 5",
                "7=Point 7",
                "(a)=Point 4 > Paragraph a",
                "(c) of point 4=Point 4 > Paragraph c",
            ],
        );
        check(
            "Article 5, paragraph 2",
            &["5, paragraph 2=Article 5 > Paragraph 2"],
        );
        check("paragraph 3 of this Article", &["3=Paragraph 3"]);
    }

    #[test]
    fn other_languages() {
        check(
            "nach § 6 Absatz 1 Nummer 3 Buchstabe c gilt",
            &["6 Absatz 1 Nummer 3 Buchstabe c=Paragraphus 6 > Paragraph 1 > Point 3 > Letter c"],
        );
        check("die Absätze 2 bis 4", &["2=Paragraph 2", "4=Paragraph 4"]);
        check(
            "paragraphe 3 de l’article 41",
            &["3 de l’article 41=Article 41 > Paragraph 3"],
        );
        check("les points 7 et 8", &["7=Point 7", "8=Point 8"]);
        check(
            "согласно пункту 3 статьи 41 применяется",
            &["3 статьи 41=Article 41 > Point 3"],
        );
        check("в пунктах 7 и 8", &["7=Point 7", "8=Point 8"]);
        check(
            "párrafo 3 del artículo 41",
            &["3 del artículo 41=Article 41 > Paragraph 3"],
        );
        check(
            "الفقرة 3 من المادة 41",
            &["3 من المادة 41=Article 41 > Paragraph 3"],
        );
    }

    #[test]
    fn other_instruments() {
        check("Article 3 of the Basin Convention", &[]);
        check("as stated in its Article 3,", &[]);
        check("§ 53 Absatz 7 des Bundesbesoldungsgesetzes", &[]);
        check(
            "§ 6 Absatz 1, § 30c und § 63 des Straßenverkehrsgesetzes",
            &[],
        );
        check("статьи 5 Конвенции", &[]);
        check("l’article 5 de la Convention", &[]);
        check("Article 5 of this Agreement", &["5=Article 5"]);
        check("§ 5 dieses Gesetzes", &["5=Paragraphus 5"]);
        check("статьи 5 настоящей Конвенции", &["5=Article 5"]);
        check("NATO Article 5", &[]);
    }

    #[test]
    fn words_that_are_no_references() {
        check("a point of order", &[]);
        check("this Article applies", &[]);
        check("part of the area", &[]);
        check("section a dispute", &[]);
        check("Part I think", &["I=Part I"]);
        check("the Article (see below)", &[]);
    }
}
