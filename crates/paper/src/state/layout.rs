//! Columns on a screen: how wide words are, cutting, padding and wrapping them.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns that the words take.
pub(super) fn width(words: &str) -> usize {
    words.width()
}

/// The words on one line, without signs that a terminal would obey: a text under negotiation is somebody else's input.
pub(super) fn clean(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut right_to_left = false;
    for c in words.chars() {
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            c if c.is_control() => out.push('\u{fffd}'),
            c => {
                right_to_left |= is_right_to_left(c);
                out.push(c);
            }
        }
    }
    if right_to_left {
        // Kept apart from its surroundings, so that the columns beside it stay in order.
        out.insert(0, '\u{2068}');
        out.push('\u{2069}');
    }
    out
}

fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// At most so many columns, with an ellipsis where something is left out.
pub(super) fn cut(words: &str, columns: usize) -> String {
    let words = clean(words);
    if width(&words) <= columns {
        return words;
    }
    let mut out = String::new();
    let mut used = 0;
    for c in words.chars() {
        let wide = c.width().unwrap_or(0);
        if used + wide + 1 > columns {
            break;
        }
        used += wide;
        out.push(c);
    }
    out.truncate(out.trim_end().len());
    if columns > 0 {
        out.push('…');
    }
    if out.starts_with('\u{2068}') {
        out.push('\u{2069}');
    }
    out
}

/// Filled up with spaces to so many columns.
pub(super) fn pad(words: &str, columns: usize) -> String {
    let missing = columns.saturating_sub(width(words));
    format!("{words}{}", " ".repeat(missing))
}

/// Lines of at most so many columns, broken between words.
pub(super) fn wrap(words: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in clean(words).split_whitespace() {
        if !line.is_empty() && width(&line) + 1 + width(word) > columns {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines
}

/// Wrapped, the first line after `first`, the others as far in as it is wide.
pub(super) fn hang(first: &str, words: &str, columns: usize) -> String {
    hang_at(first, width(first), words, columns)
}

/// Wrapped, the first line after `first`, the others so many columns in.
pub(super) fn hang_at(first: &str, indent: usize, words: &str, columns: usize) -> String {
    let room = columns.saturating_sub(indent.max(width(first))).max(20);
    let mut out = String::new();
    for (index, line) in wrap(words, room).iter().enumerate() {
        if index == 0 {
            out.push_str(first);
        } else {
            out.push_str(&" ".repeat(indent));
        }
        out.push_str(line);
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_between_columns_and_wide_letters_count_twice() {
        assert_eq!(cut("ceasefire", 5), "ceas…");
        assert_eq!(cut("停火协议", 5), "停火…");
        assert_eq!(cut("short", 5), "short");
    }

    #[test]
    fn nothing_a_terminal_obeys_comes_through() {
        assert_eq!(clean("a\u{1b}[31mb\u{202e}c\nd"), "a\u{fffd}[31mbc d");
    }

    #[test]
    fn wrapped_lines_hang_under_the_first() {
        assert_eq!(
            hang("  - ", "one two three four five six seven", 24),
            "  - one two three four\n    five six seven\n"
        );
    }
}
