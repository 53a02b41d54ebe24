//! Lines of a source, and the blocks of markup that are no provisions: front matter, rules between paragraphs.

use std::ops::Range;

use memchr::memchr_iter;

/// One line of the source.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Its text without indentation and without white space at its end, in bytes of the source; empty for a blank line.
    pub(super) text: Range<usize>,
    /// Its number, from 1.
    pub(super) number: usize,
    /// The column of its first character, from 0; a tab goes to the next multiple of four.
    pub(super) column: usize,
}

impl Line {
    pub(super) fn is_blank(&self) -> bool {
        self.text.is_empty()
    }
}

/// Characters that look like nothing at the start of a line: byte order mark, marks of direction.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}')
}

/// The lines of a source from byte `from`, which stands on line `number`.
pub(super) fn lines(source: &str, from: usize, mut number: usize) -> Vec<Line> {
    let ends = memchr_iter(b'\n', &source.as_bytes()[from..]);
    let mut lines = Vec::with_capacity(1 + ends.clone().count());
    let mut start = from;
    let ends = ends.map(|at| from + at);
    for end_of_line in ends.chain(std::iter::once(source.len())) {
        let raw = &source[start..end_of_line];
        let mut column = 0;
        let mut at = start;
        for character in raw.chars() {
            match character {
                '\t' => column = (column / 4 + 1) * 4,
                c if is_invisible(c) => {}
                c if c.is_whitespace() => column += 1,
                _ => break,
            }
            at += character.len_utf8();
        }
        let end = (start + raw.trim_end().len()).max(at);
        let text = if at == start + raw.len() {
            start..start
        } else {
            at..end
        };
        lines.push(Line {
            text,
            number,
            column,
        });
        start += raw.len() + 1;
        number += 1;
    }
    lines
}

/// The front matter at the head of a source: from `---` on the first line up to and including the next line of `---`
/// or `...`. A lone rule at the head of a text is none.
pub(super) fn front_matter(source: &str) -> Option<Range<usize>> {
    let text = source.strip_prefix('\u{feff}').unwrap_or(source);
    let offset = source.len() - text.len();
    let mut at = 0;
    for (index, raw) in text.split_inclusive('\n').enumerate() {
        let line = raw.trim_end();
        if index == 0 {
            if line != "---" {
                return None;
            }
        } else if line == "---" || line == "..." {
            return Some(offset..offset + at + line.len());
        } else if index == 1 && line.is_empty() {
            return None;
        }
        at += raw.len();
    }
    None
}

/// The comments of HTML that take whole lines (`<!-- … -->`), as ranges of lines: notes to whoever edits the file, which
/// no reader of the text sees. One that is never closed is text.
pub(super) fn comments(source: &str, lines: &[Line]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut index = 0;
    let mut unclosed = false;
    while index < lines.len() && !unclosed {
        let text = &source[lines[index].text.clone()];
        if !text.starts_with("<!--") {
            index += 1;
            continue;
        }
        let closes = |line: &Line| source[line.text.clone()].contains("-->");
        let Some(more) = lines[index..].iter().position(closes) else {
            unclosed = true;
            continue;
        };
        let last = index + more;
        let whole = source[lines[last].text.clone()]
            .split_once("-->")
            .is_some_and(|(_, after)| after.is_empty());
        if whole {
            found.push(index..last + 1);
        }
        index = last + 1;
    }
    found
}

/// True for lines that are drawn, not written: `---`, `* * *`, `=====`, a fence, the rule below a table's head.
pub(super) fn is_rule(line: &str) -> bool {
    let mut signs = line.chars().filter(|c| !c.is_whitespace());
    let Some(first) = signs.next() else {
        return false;
    };
    match first {
        '-' | '*' | '_' | '=' | '~' | '`' if line.len() > 2 => {
            signs.all(|c| c == first) && line.chars().filter(|&c| c == first).count() > 2
        }
        '|' | ':' | '+' => {
            line.contains("--") && signs.all(|c| matches!(c, '|' | '-' | ':' | '+' | '='))
        }
        _ => false,
    }
}

/// The level (1 to 6) of a Markdown heading and the range of its words within the line.
pub(super) fn heading(line: &str) -> Option<(u8, Range<usize>)> {
    let level = line.bytes().take_while(|&b| b == b'#').count();
    if !(1..=6).contains(&level) || !line[level..].starts_with(char::is_whitespace) {
        return None;
    }
    let start = line.len() - line[level..].trim_start().len();
    let words = line[start..].trim_end();
    let without_signs = words.trim_end_matches('#');
    let words = if without_signs.len() == words.len()
        || without_signs.is_empty()
        || without_signs.ends_with(char::is_whitespace)
    {
        without_signs.trim_end()
    } else {
        words
    };
    Some((u8::try_from(level).unwrap_or(6), start..start + words.len()))
}

/// The length of a list marker with the white space after it: `- `, `*   `, `• `.
pub(super) fn bullet(line: &str) -> Option<usize> {
    let sign = line.chars().next().filter(|c| {
        matches!(
            c,
            '-' | '*'
                | '+'
                | '–'
                | '—'
                | '•'
                | '·'
                | '‣'
                | '▪'
                | '■'
                | '○'
                | '●'
                | '◦'
                | '□'
        )
    })?;
    let rest = &line[sign.len_utf8()..];
    (rest.is_empty() || rest.starts_with(char::is_whitespace))
        .then(|| line.len() - rest.trim_start().len())
}

/// The length of the mark of a definition: `:   2010-08-17`.
pub(super) fn definition(line: &str) -> Option<usize> {
    let rest = line.strip_prefix(':')?;
    rest.starts_with(char::is_whitespace)
        .then(|| line.len() - rest.trim_start().len())
}

/// In how many columns the source is wrapped, so that a line is broken only where the next word would not fit; none
/// where every paragraph is one line.
///
/// Of the lines that another follows at once, nineteen in twenty are no longer: a table or an address may be.
pub(super) fn wrap_width(source: &str, lines: &[Line]) -> Option<usize> {
    let mut lengths: Vec<usize> = lines
        .windows(2)
        .filter_map(|pair| match pair {
            [line, next] if !line.is_blank() && !next.is_blank() => Some(line),
            _ => None,
        })
        .map(|line| (line, &source[line.text.clone()]))
        .filter(|(_, text)| !text.starts_with('#'))
        .map(|(line, text)| line.column + text.chars().count())
        .collect();
    lengths.sort_unstable();
    let width = *lengths.get(lengths.len().saturating_sub(1) * 19 / 20)?;
    (40..=120).contains(&width).then_some(width)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_with_words_is_no_rule() {
        for rule in ["---", "* * *", "=====", "```", "|---|:-:|"] {
            assert!(is_rule(rule), "{rule}");
        }
        for words in ["```(i) on land;", "--- a", "--", "| a | b |"] {
            assert!(!is_rule(words), "{words}");
        }
    }
}
