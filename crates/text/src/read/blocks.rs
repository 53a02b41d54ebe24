//! From lines to blocks: the paragraphs, headings and list items of a page, each with its label.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use memchr::memchr2_iter;

use super::emphasis::{closed_emphasis, label_is_plain, strip_openers, unwrap_emphasis};
use super::lines::{self, Line};
use super::settle::{join_headings, nests, settle};
use crate::label::parse::Suffix;
use crate::label::{Certainty, ParsedLabel, Place, Style, keyword, parse};

/// A paragraph, heading or list item as it stands on the page.
#[derive(Debug, Clone)]
pub(super) struct Block {
    /// The line it starts on, from 1.
    pub(super) line: usize,
    /// Where its markers, brackets or label start, in bytes.
    pub(super) start: usize,
    /// Where its label starts, and its wording if it has none.
    pub(super) label_at: usize,
    /// The column of its marker or label.
    pub(super) column: usize,
    /// The level of a Markdown heading.
    pub(super) heading: Option<u8>,
    /// True behind a list marker.
    pub(super) bullet: bool,
    pub(super) label: Option<ParsedLabel>,
    /// Its wording, in bytes.
    pub(super) text: Range<usize>,
    /// The column in which its wording starts.
    pub(super) text_column: usize,
    /// The least column of its further lines.
    pub(super) body_column: Option<usize>,
    /// True behind opening brackets or signs of emphasis: `[5.`, `**1.**`.
    pub(super) wrapped: bool,
    /// The bytes of those signs.
    opened: usize,
    /// The bytes of signs of emphasis that were taken off the end of its wording.
    pub(super) trimmed: usize,
}

impl Block {
    /// What looked like a label is words.
    pub(super) fn drop_label(&mut self) {
        self.label = None;
        self.wrapped = false;
        self.text.start = self.label_at - self.opened;
        self.text.end = (self.text.end + self.trimmed).max(self.text.start);
        self.text_column = self.column;
    }

    fn shares_a_style(&self, label: &ParsedLabel) -> bool {
        self.label.as_ref().is_some_and(|own| {
            own.readings
                .iter()
                .any(|a| label.readings.iter().any(|b| a.style == b.style))
        })
    }

    pub(super) fn wording<'s>(&self, source: &'s str) -> &'s str {
        source.get(self.text.clone()).unwrap_or_default()
    }
}

/// For so many blocks room is made at once, where there are as many lines.
const ROOM_FOR_BLOCKS: usize = 1 << 14;

/// Reads all blocks of a source from byte `from`, which stands on line `number`.
pub(super) fn blocks(source: &str, from: usize, number: usize) -> Vec<Block> {
    let lines = lines::lines(source, from, number);
    let width = lines::wrap_width(source, &lines);
    let mut reader = Reader {
        source,
        lines: &lines,
        width,
        blocks: Vec::with_capacity(lines.len().min(ROOM_FOR_BLOCKS)),
        open: false,
        recent: BTreeMap::new(),
        numbers: BTreeSet::new(),
        parentheses: 0,
    };
    let mut comments = lines::comments(source, &lines).into_iter().peekable();
    let mut index = 0;
    while index < lines.len() {
        if let Some(comment) = comments.next_if(|comment| comment.start == index) {
            reader.open = false;
            index = comment.end;
            continue;
        }
        reader.read(index);
        index += 1;
    }
    let mut blocks = reader.blocks;
    settle(&mut blocks, source);
    join_headings(&mut blocks, source);
    blocks
}

struct Reader<'s> {
    source: &'s str,
    lines: &'s [Line],
    width: Option<usize>,
    blocks: Vec<Block>,
    /// True while the last block can still grow.
    open: bool,
    /// How many parentheses are open in the last block.
    parentheses: usize,
    /// The last number seen of each style.
    recent: BTreeMap<Style, (u64, Suffix)>,
    /// The decimal numbers seen.
    numbers: BTreeSet<Vec<u64>>,
}

/// What stands at the start of a line before its words.
#[derive(Default)]
struct Markers {
    len: usize,
    bullet: bool,
    /// True for markers that stand in sentences too: a dash that is not ASCII.
    doubtful: bool,
    /// True for the mark of a definition, whose words carry no label.
    definition: bool,
}

impl Reader<'_> {
    fn read(&mut self, index: usize) {
        let line = &self.lines[index];
        let text = &self.source[line.text.clone()];
        if line.is_blank() || lines::is_rule(text) {
            self.open = false;
        } else if let Some((level, words)) = lines::heading(text).filter(|_| line.column <= 3) {
            // Without the signs that may close it.
            let line = Line {
                text: line.text.start..line.text.start + words.end,
                ..line.clone()
            };
            self.push(&line, words.start, Some(level), false);
            self.open = false;
        } else if text.starts_with('|') && text.len() > 1 {
            self.push_row(line, text);
        } else {
            self.read_text(index, text);
        }
    }

    fn read_text(&mut self, index: usize, text: &str) {
        let line = &self.lines[index];
        let markers = markers(text);
        if markers.bullet && markers.len == text.len() {
            self.open = false;
            return;
        }
        let starts = !self.open
            || if markers.bullet {
                !markers.doubtful || self.is_deliberate(index, 1)
            } else {
                let words = strip_openers(text).1;
                parse(words, Place::Line).is_some_and(|label| self.interrupts(index, words, &label))
            };
        if starts {
            self.parentheses = 0;
            self.push(line, markers.len, None, markers.bullet);
            self.open = true;
            if let Some(block) = self.blocks.last_mut().filter(|_| markers.definition) {
                block.drop_label();
            }
        } else {
            self.extend(index);
        }
        for at in memchr2_iter(b'(', b')', text.as_bytes()) {
            self.parentheses = match text.as_bytes()[at] {
                b'(' => self.parentheses + 1,
                _ => self.parentheses.saturating_sub(1),
            };
        }
    }

    fn extend(&mut self, index: usize) {
        let line = &self.lines[index];
        let Some(block) = self.blocks.last_mut() else {
            return;
        };
        if block.text.is_empty() {
            block.text.start = line.text.start;
        }
        block.text.end = line.text.end;
        block.trimmed = 0;
        block.body_column = Some(
            block
                .body_column
                .map_or(line.column, |column| column.min(line.column)),
        );
    }

    /// Adds the block that starts on a line after `skip` bytes of markers; two where two labels stand side by side.
    fn push(&mut self, line: &Line, skip: usize, heading: Option<u8>, bullet: bool) {
        let place = if heading.is_some() {
            Place::Heading
        } else {
            Place::Line
        };
        let mut at = line.text.start + skip;
        let mut start = line.text.start;
        loop {
            let rest = &self.source[at..line.text.end];
            let (opened, inner) = strip_openers(rest);
            let emphasised = rest[..opened].ends_with(['*', '_']);
            let mut label = closed_emphasis(inner, &rest[..opened], place)
                .or_else(|| parse(inner, place))
                .filter(|label| opened == 0 || emphasised || label.certainty == Certainty::Sure);
            for reading in label.iter_mut().flat_map(|label| &mut label.readings) {
                reading.style.emphasised = emphasised && label_is_plain(reading.style.series);
            }
            let opened = if label.is_some() { opened } else { 0 };
            let label_at = at + opened;
            let second = label
                .as_ref()
                .filter(|_| heading.is_none() && opened == 0)
                .and_then(|label| label.second(rest));
            let text_start = label_at + label.as_ref().map_or(0, |label| label.end);
            let column_of =
                |byte: usize| line.column + self.source[line.text.start..byte].chars().count();
            if let Some(label) = &label {
                label.count_on(&mut self.recent);
                if !label.parts.is_empty() {
                    self.numbers.insert(label.parts.clone());
                }
            }
            let mut block = Block {
                line: line.number,
                start,
                label_at,
                column: column_of(start),
                heading,
                bullet,
                label,
                text: text_start..if second.is_some() {
                    text_start
                } else {
                    line.text.end
                },
                text_column: column_of(text_start),
                body_column: None,
                wrapped: opened > 0,
                opened,
                trimmed: 0,
            };
            if opened > 0 {
                unwrap_emphasis(&mut block, &rest[..opened], self.source);
            }
            self.blocks.push(block);
            match second {
                Some(offset) => {
                    at += offset;
                    start = at;
                }
                None => break,
            }
        }
    }

    /// A row of a table.
    fn push_row(&mut self, line: &Line, text: &str) {
        let inside = text.trim_matches('|');
        let words = inside.trim();
        self.open = false;
        if words.is_empty() {
            return;
        }
        let offset = text.len() - text.trim_start_matches('|').len() + inside.len()
            - inside.trim_start().len();
        let start = line.text.start + offset;
        self.blocks.push(Block {
            line: line.number,
            start: line.text.start,
            label_at: start,
            column: line.column,
            heading: None,
            bullet: false,
            label: None,
            text: start..start + words.len(),
            text_column: line.column,
            body_column: None,
            wrapped: true,
            opened: 0,
            trimmed: 0,
        });
    }

    /// Whether a line inside a paragraph starts a provision: a line that a wrapped sentence put there does not.
    fn interrupts(&self, index: usize, words: &str, label: &ParsedLabel) -> bool {
        let line = &self.lines[index];
        let Some(open) = self.blocks.last() else {
            return true;
        };
        // `1.1` below `1`, where no line quotes a number that was there before.
        let nested = nests(&label.parts, &self.numbers) && !self.numbers.contains(&label.parts);
        // "as in / 1.2 above".
        let inside_a_sentence = label.certainty != Certainty::Sure
            && label.parts.len() > 1
            && words[label.end..].starts_with(char::is_lowercase)
            && !self.ends_a_clause(index);
        if inside_a_sentence {
            return false;
        }
        let successor = nested || self.follows_a_recent(label);
        if label.certainty != Certainty::Sure && !successor {
            return false;
        }
        if self.refers_on(index)
            || (self.parentheses > 0 && words[..label.printed.end].ends_with(')'))
        {
            return false;
        }
        let evidence = successor
            || label.opens_a_sequence()
            || (label.keyword.is_some() && label.end >= words.len())
            || open.shares_a_style(label);
        let body = open.body_column.unwrap_or(open.column).min(open.column);
        let hangs = open.bullet || open.label.is_some();
        if hangs && line.column + 2 <= body {
            return evidence || self.is_known(label);
        }
        let before = &self.lines[index - 1];
        let first_word = words.split(char::is_whitespace).next().unwrap_or(words);
        let deeper = line.column >= before.column.max(open.text_column) + 2;
        if deeper || self.fits(index, first_word.chars().count()) {
            return evidence;
        }
        self.ends_a_clause(index)
            && (successor
                || open.shares_a_style(label)
                || (label.opens_a_sequence() && self.goes_on(index, label)))
    }

    fn follows_a_recent(&self, label: &ParsedLabel) -> bool {
        label.readings.iter().any(|reading| {
            self.recent
                .get(&reading.style)
                .is_some_and(|&(number, suffix)| {
                    reading.number == number + 1
                        || (reading.number == number && label.suffix > suffix)
                })
        })
    }

    fn is_known(&self, label: &ParsedLabel) -> bool {
        label
            .readings
            .iter()
            .any(|reading| self.recent.contains_key(&reading.style))
    }

    /// Whether the line before ends in the words of a reference: "nach Absatz", "under section", "points 7 and".
    fn refers_on(&self, index: usize) -> bool {
        let before = &self.source[self.lines[index - 1].text.clone()];
        let words = before.trim_end_matches('.');
        let start = words
            .char_indices()
            .rev()
            .take(24)
            .take_while(|(_, c)| c.is_alphabetic() || *c == '§')
            .last()
            .map_or(words.len(), |(at, _)| at);
        let last = words[start..].trim_start_matches('§');
        let before_last = words[..start].trim_end();
        let sign = words[start..].starts_with('§');
        sign || (keyword::class_of(last).is_some()
            && before.len() == words.len()
            && !before_last.is_empty())
            || (keyword::continues_a_sentence(last) && !before_last.ends_with([',', ';']))
    }

    fn is_deliberate(&self, index: usize, length: usize) -> bool {
        self.fits(index, length) || self.ends_a_clause(index)
    }

    /// Whether the first word of this line would have had room at the end of the line before: then somebody broke the
    /// line there on purpose.
    fn fits(&self, index: usize, length: usize) -> bool {
        let Some(width) = self.width else { return true };
        let before = &self.lines[index - 1];
        before.column + self.source[before.text.clone()].chars().count() + 1 + length <= width
    }

    fn ends_a_clause(&self, index: usize) -> bool {
        let before = self.source[self.lines[index - 1].text.clone()]
            .trim_end_matches(['"', '”', '’', '»', ']', ')']);
        before.ends_with(['.', ';', ':', '!', '?', '—', '؛', '。', '；'])
            || [" and", " or", " und", " oder", " et", " ou", " и", " или"]
                .iter()
                .any(|word| {
                    before
                        .strip_suffix(word)
                        .is_some_and(|rest| rest.ends_with([',', ';']))
                })
    }

    /// Whether the sequence that a label opens goes on at the start of one of the next lines.
    fn goes_on(&self, index: usize, label: &ParsedLabel) -> bool {
        self.lines[index + 1..]
            .iter()
            .take(24)
            .take_while(|line| !line.is_blank())
            .any(|line| {
                parse(&self.source[line.text.clone()], Place::Line).is_some_and(|next| {
                    next.readings
                        .iter()
                        .any(|b| b.number == 2 && label.readings.iter().any(|a| a.style == b.style))
                })
            })
    }
}

/// The list markers at the start of a line, also several: `*        *   a)`.
fn markers(text: &str) -> Markers {
    let mut markers = Markers::default();
    if let Some(len) = lines::definition(text) {
        return Markers {
            len,
            bullet: true,
            definition: true,
            ..Markers::default()
        };
    }
    while let Some(len) = lines::bullet(&text[markers.len..]) {
        markers.doubtful = !markers.bullet && !text.starts_with(['-', '*', '+']);
        markers.len += len;
        markers.bullet = true;
        if len == 0 || markers.len >= text.len() {
            break;
        }
    }
    markers
}
