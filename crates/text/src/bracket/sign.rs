//! The signs that open and close a bracket, and the words that name an alternative.

use std::ops::Range;

/// A bracket sign in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sign {
    /// Where it stands, in bytes.
    pub(super) at: usize,
    /// Its length in bytes.
    pub(super) len: usize,
    pub(super) opens: bool,
}

/// The bracket signs of a text in order. Footnote marks (`[^3]`) and links (`[words](https://…)`) are words, not
/// brackets. A sign behind a backslash is a bracket, for so Markdown writes a bracket that is read as one; the backslash
/// belongs to the sign.
pub(super) fn signs(text: &str) -> Vec<Sign> {
    let mut found: Vec<Sign> = Vec::new();
    // Most texts have none. Looked for without stopping early, many letters go at a time.
    let may_be = |byte: u8| (byte == b'[') | (byte == b']') | (byte >= 0x80);
    if !text.bytes().fold(false, |found, byte| found | may_be(byte)) {
        return found;
    }
    // The signs that are still open, as places in `found`, to take a link's back.
    let mut open: Vec<usize> = Vec::new();
    let mut dropped: Vec<bool> = Vec::new();
    let mut skip_to = 0;
    for (at, character) in text.char_indices() {
        if at < skip_to {
            continue;
        }
        if !matches!(character, '[' | '［' | ']' | '］') {
            continue;
        }
        let escape = usize::from(text[..at].ends_with('\\'));
        let (start, len) = (at - escape, character.len_utf8() + escape);
        match character {
            '[' | '［' => {
                if let Some(mark) = footnote(&text[at..]).filter(|_| escape == 0) {
                    skip_to = at + mark;
                    continue;
                }
                open.push(found.len());
                found.push(Sign {
                    at: start,
                    len,
                    opens: true,
                });
                dropped.push(false);
            }
            _ => {
                let partner = open.pop();
                found.push(Sign {
                    at: start,
                    len,
                    opens: false,
                });
                let link = partner.is_some() && is_link(&text[at + character.len_utf8()..]);
                dropped.push(link);
                if let (Some(partner), true) = (partner, link) {
                    dropped[partner] = true;
                }
            }
        }
    }
    let mut drop = dropped.into_iter();
    found.retain(|_| !drop.next().unwrap_or(false));
    found
}

/// The length of a footnote mark: `[^f771_01]`.
fn footnote(text: &str) -> Option<usize> {
    let id = text.strip_prefix("[^")?;
    let end = id.char_indices().take(64).find(|(_, c)| *c == ']')?.0;
    (end > 0 && !id[..end].contains(char::is_whitespace)).then_some(end + 3)
}

/// What follows the words of a link in Markdown.
fn is_link(after: &str) -> bool {
    after.strip_prefix('(').is_some_and(|target| {
        ["http://", "https://", "mailto:", "#", "./", "../"]
            .iter()
            .any(|scheme| target.starts_with(scheme))
    })
}

/// `Option 1 (US):` or `Alternative A` in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Marker {
    /// The words from the name to the colon.
    pub(super) span: Range<usize>,
    /// `Option 1`.
    pub(super) name: Range<usize>,
    /// `US`.
    pub(super) attribution: Option<Range<usize>>,
}

/// Words that name an alternative; another language is another row.
const OPTION_WORDS: [&str; 17] = [
    "option",
    "alternative",
    "alt",
    "variant",
    "variante",
    "opción",
    "opzione",
    "вариант",
    "альтернатива",
    "варіант",
    "опція",
    "опция",
    "خيار",
    "الخيار",
    "بديل",
    "البديل",
    "方案",
];

/// The names of alternatives in a text, in order.
pub(super) fn markers(text: &str) -> Vec<Marker> {
    let mut found: Vec<Marker> = Vec::new();
    if text.is_ascii() && !may_name(text) {
        return found;
    }
    let mut before = ' ';
    let mut line_start = true;
    for (at, character) in text.char_indices() {
        let starts_word = character.is_alphabetic() && !before.is_alphanumeric();
        if starts_word
            && !character.is_lowercase()
            && found.last().is_none_or(|last| last.span.end <= at)
            && let Some(marker) = marker(text, at, line_start)
        {
            found.push(marker);
        }
        line_start = match character {
            '\n' => true,
            '[' | '［' | ']' | '］' | '{' => true,
            c if c.is_whitespace() => line_start,
            _ => false,
        };
        before = character;
    }
    found
}

/// A quick look: a word in capital letters that begins like one of [`OPTION_WORDS`].
fn may_name(text: &str) -> bool {
    let bytes = text.as_bytes();
    let begins = |(one, next): (&u8, &u8)| {
        let next = next | 0x20;
        (*one == b'O') & (next == b'p')
            | (*one == b'A') & (next == b'l')
            | (*one == b'V') & (next == b'a')
    };
    // Looked for without stopping early, many letters go at a time.
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    if !pairs.fold(false, |found, pair| found | begins(pair)) {
        return false;
    }
    bytes.windows(3).any(|letters| {
        matches!(letters[0], b'O' | b'A' | b'V')
            && [b"pt", b"lt", b"ar", b"pz"]
                .iter()
                .any(|rest| letters[1..].eq_ignore_ascii_case(*rest))
    })
}

/// The name of an alternative at `at`; at the start of a line or bracket it may do without a colon. A name lies in one
/// bracket: it holds no sign.
fn marker(text: &str, at: usize, line_start: bool) -> Option<Marker> {
    let rest = &text[at..];
    let word_len = rest
        .char_indices()
        .take(20)
        .find(|(_, c)| !c.is_alphabetic())
        .map_or(rest.len().min(80), |(end, _)| end);
    let word = rest.get(..word_len)?.to_lowercase();
    if !OPTION_WORDS.contains(&word.as_str()) {
        return None;
    }
    let after = &rest[word_len..];
    let after = after.strip_prefix('.').unwrap_or(after);
    let number = after.trim_start_matches([' ', '\u{a0}']);
    if number.len() == after.len() && word != "方案" {
        return None;
    }
    let number_len = number_len(number)?;
    let name_end = text.len() - number.len() + number_len;
    let mut tail = text[name_end..].trim_start_matches([' ', '\u{a0}']);
    let mut attribution = None;
    if let Some(inside) = tail.strip_prefix('(')
        && let Some(close) = inside
            .char_indices()
            .take(60)
            .find(|(_, c)| matches!(c, ')' | '[' | ']' | '［' | '］'))
            .filter(|(_, c)| *c == ')')
            .map(|(end, _)| end)
    {
        let start = text.len() - inside.len();
        attribution = Some(start..start + close);
        tail = inside[close + 1..].trim_start_matches([' ', '\u{a0}']);
    }
    let ends = tail.is_empty() || tail.starts_with(['\n', '\r', ']', '］']);
    let colon = tail
        .chars()
        .next()
        .filter(|c| matches!(c, ':' | '：') || (line_start && matches!(c, '.' | '–' | '—' | '-')));
    let end = match colon {
        Some(colon) => text.len() - tail.len() + colon.len_utf8(),
        None if line_start && (ends || attribution.is_some()) => text.len() - tail.len(),
        None => return None,
    };
    Some(Marker {
        span: at..end,
        name: at..name_end,
        attribution,
    })
}

/// The length of `1`, `A`, `(b)`, `iv` at the start of a text.
fn number_len(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('(');
    let body = inner.unwrap_or(text);
    let len = body
        .char_indices()
        .take(8)
        .find(|(_, c)| !c.is_alphanumeric())
        .map_or(body.len(), |(end, _)| end);
    let number = &body[..len];
    let counts = crate::label::numeral::roman(number).is_some()
        || number.chars().count() == 1
        || (number.chars().count() <= 3
            && number
                .chars()
                .all(|c| crate::label::numeral::digit(c).is_some() || c.is_ascii_lowercase())
            && number.starts_with(|c| crate::label::numeral::digit(c).is_some()));
    if number.is_empty() || len > 12 || !counts {
        return None;
    }
    match inner {
        Some(inner) => inner[len..].starts_with(')').then_some(len + 2),
        None => Some(len),
    }
}

/// Who is named as the author of an alternative, and where its wording starts: `UA: …`, `EU, UA: …`.
pub(super) fn attribution(inside: &str) -> Option<(Range<usize>, usize)> {
    let lead = inside.len() - inside.trim_start().len();
    let colon = inside
        .char_indices()
        .take(lead + 80)
        .find(|(_, c)| matches!(c, ':' | '：'))?
        .0;
    let names = inside[lead..colon].trim_end();
    let named = !names.is_empty()
        && names
            .split([',', '/', ';', '&', '+'])
            .flat_map(|part| part.split(" and "))
            .all(|name| is_party(name.trim()));
    let after = colon + inside[colon..].chars().next().map_or(1, char::len_utf8);
    let spaced = inside[after..].is_empty()
        || inside[after..].starts_with(|c: char| c.is_whitespace() || c == '[');
    (named && spaced).then(|| (lead..lead + names.len(), after))
}

/// A party's short name: `UA`, `EU27`, `G-77`, `LMDCs`; letters of it are mostly capitals.
fn is_party(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = name.chars().filter(|c| c.is_uppercase()).count();
    let digits = name.chars().filter(char::is_ascii_digit).count();
    (1..=14).contains(&letters)
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | ' '))
        && name.chars().next().is_some_and(char::is_uppercase)
        && (capitals >= 2 || digits > 0)
        && capitals + 1 >= letters
}

/// Words that hold a place for text to come.
pub(super) fn is_placeholder(inside: &str) -> bool {
    const WHOLE: [&str; 16] = [
        "missing",
        "tbd",
        "tbc",
        "tba",
        "blank",
        "date",
        "placeholder",
        "vacant",
        "пропуск",
        "уточняется",
        "fehlt",
        "offen",
        "відсутнє",
        "уточнюється",
        "待定",
        "مفقود",
    ];
    const STARTS: [&str; 14] = [
        "to be ",
        "placeholder ",
        "insert ",
        "text to come",
        "à compléter",
        "wird noch ",
        "à préciser",
        "à définir",
        "por determinar",
        "noch offen",
        "буде визначено",
        "будет определ",
        "подлежит ",
        "يحدد لاحقا",
    ];
    let trimmed = inside.trim().trim_end_matches(['.', ':']).trim();
    if trimmed.chars().all(|c| !c.is_alphanumeric() || c == '_')
        && inside
            .chars()
            .all(|c| !matches!(c, ',' | ';' | '/' | '+' | '%' | '"' | '“' | '-' | '(' | ')'))
    {
        return true;
    }
    let lower: String = trimmed.chars().take(40).collect::<String>().to_lowercase();
    // `[X] per cent`, `[XX]`; a small x is a word.
    let unknown = trimmed.len() <= 4 && !trimmed.is_empty() && trimmed.chars().all(|c| c == 'X');
    unknown
        || WHOLE.contains(&lower.as_str())
        || STARTS
            .iter()
            .any(|start| format!("{lower} ").starts_with(start))
}

/// `[No text.]`: the alternative of saying nothing.
pub(super) fn is_no_text(inside: &str) -> bool {
    let words = inside.trim().trim_end_matches('.').to_lowercase();
    matches!(
        words.as_str(),
        "no text"
            | "kein text"
            | "pas de texte"
            | "нет текста"
            | "без текста"
            | "sin texto"
            | "لا نص"
            | "无案文"
    )
}

/// True for what may stand between two alternatives: white space, a slash, "or".
pub(super) fn joins(text: &str) -> bool {
    let words = text.trim();
    words.is_empty()
        || (words.len() <= 8
            && matches!(
                words.to_lowercase().as_str(),
                "/" | "or" | "and/or" | "oder" | "ou" | "или" | "або" | "أو" | "o" | "或"
            ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_an_alternative_lies_in_one_bracket() {
        let names = |text: &'static str| -> Vec<&str> {
            let spans = markers(text).into_iter().map(|marker| marker.span);
            spans.map(|span| &text[span]).collect()
        };
        assert_eq!(names("[Option 2 (US): a]"), ["Option 2 (US):"]);
        assert_eq!(names("[Option 2 (!][Option 3 (US): a]"), ["Option 3 (US):"]);
    }
}
