//! Where quotation marks open and close, whatever their shape, and however badly they are kept.

use std::ops::Range;

use crate::work::step;

/// Words between marks; offsets are bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Marked {
    /// With the marks.
    pub(crate) outer: Range<usize>,
    /// Without them.
    pub(crate) inner: Range<usize>,
    /// Whether the closing mark is missing.
    pub(crate) unclosed: bool,
}

#[derive(Debug, Clone, Copy)]
struct Open {
    at: usize,
    after: usize,
    mark: char,
}

/// A mark among its neighbours.
#[derive(Debug, Clone, Copy)]
struct Mark {
    at: usize,
    /// Its length in bytes: `''` is one mark.
    length: u8,
    mark: char,
    before: Option<char>,
    after: Option<char>,
}

impl Mark {
    fn end(&self) -> usize {
        self.at + usize::from(self.length)
    }

    fn free_before(&self) -> bool {
        self.before
            .is_none_or(|c| c.is_whitespace() || "([{—–-/>:\u{200b}".contains(c))
    }

    fn free_after(&self) -> bool {
        self.after
            .is_none_or(|c| !c.is_alphanumeric() && !"$#@£€“‘'([".contains(c))
    }

    /// Whether the mark can only open here.
    fn opens(&self) -> bool {
        match self.mark {
            '“' | '„' | '«' | '‹' | '‟' => !self.free_after() || self.free_before(),
            '”' => self.free_before() && !self.free_after(),
            _ => !self.free_after(),
        }
    }
}

/// The marked passages of a paragraph, in order, none within another.
pub(crate) fn marked(text: &str, paragraph: Range<usize>, continued: bool) -> Vec<Marked> {
    let Some(part) = text.get(paragraph.clone()) else {
        return Vec::new();
    };
    let marks = marks(part, paragraph.start, true);
    let mut found = if marks.is_empty() {
        Vec::new()
    } else {
        nested(&marks).unwrap_or_else(|| flat(text, &marks, &paragraph, continued))
    };
    found.retain(|marked| marked.inner.start < marked.inner.end);
    let single = marks_single(part, paragraph.start);
    if single.is_empty() {
        return found;
    }
    singles(text, &single, found)
}

/// The double marks of a part, or its single ones; two single marks in a row are a double one.
fn marks(part: &str, base: usize, double: bool) -> Vec<Mark> {
    let mut found = Vec::new();
    let mut before = None;
    let mut chars = part.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let single = SINGLE.contains(&c);
        if single || DOUBLE.contains(&c) {
            let twice =
                matches!(c, '\'' | '’' | '‘') && chars.next_if(|(_, next)| *next == c).is_some();
            let after = chars.peek().map(|(_, c)| *c);
            let length = if twice { 2 } else { 1 } * c.len_utf8() as u8;
            let mark = match c {
                '\'' if twice => '"',
                '‘' if twice => '“',
                '’' if twice => '”',
                c => c,
            };
            if double == (twice || !single) {
                found.push(Mark {
                    at: base + at,
                    length,
                    mark,
                    before,
                    after,
                });
            }
        }
        before = Some(c);
    }
    found
}

/// Marks that open or close a quotation.
const DOUBLE: [char; 10] = ['"', '“', '”', '„', '‟', '«', '»', '＂', '「', '」'];
/// Marks that may be apostrophes.
const SINGLE: [char; 4] = ['\'', '‘', '’', '‚'];

fn marks_single(part: &str, base: usize) -> Vec<Mark> {
    if part.contains(SINGLE) {
        marks(part, base, false)
    } else {
        Vec::new()
    }
}

/// Well kept marks, which may stand within others of their kind; none if they do not come out even.
fn nested(marks: &[Mark]) -> Option<Vec<Marked>> {
    let mut found = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    // Straight marks that are open, of each of the two kinds: one of a kind at most.
    let (mut plain, mut wide) = (false, false);
    for mark in marks {
        step(1);
        let straight_open = if mark.mark == '"' {
            &mut plain
        } else {
            &mut wide
        };
        let directional = !matches!(mark.mark, '"' | '＂');
        let closes = match mark.mark {
            '»' => {
                open.last().is_some_and(|o| matches!(o.mark, '«' | '»'))
                    && (!mark.free_before() || mark.free_after())
            }
            '«' => open.last().is_some_and(|o| o.mark == '»'),
            '“' => open.last().is_some_and(|o| o.mark == '„'),
            '「' => false,
            _ if directional => !matches!(mark.mark, '„') && !mark.opens(),
            _ => open.last().is_some_and(|o| o.mark == mark.mark),
        };
        if closes {
            let opened = open.pop()?;
            if !directional {
                *straight_open = false;
            }
            let straight = matches!(opened.mark, '"' | '＂');
            if straight == directional || (straight && mark.free_before() && !mark.free_after()) {
                return None;
            }
            if open.is_empty() {
                found.push(closed(opened, mark));
            }
        } else {
            let stray = !directional && mark.free_after();
            if stray || !directional && *straight_open {
                return None;
            }
            *straight_open |= !directional;
            open.push(Open {
                at: mark.at,
                after: mark.end(),
                mark: mark.mark,
            });
        }
    }
    open.is_empty().then_some(found)
}

fn closed(open: Open, mark: &Mark) -> Marked {
    Marked {
        outer: open.at..mark.end(),
        inner: open.after..mark.at,
        unclosed: false,
    }
}

/// Marks that do not come out even: an opening one takes the place of another, a stray closing one counts for nothing.
fn flat(text: &str, marks: &[Mark], paragraph: &Range<usize>, continued: bool) -> Vec<Marked> {
    let mut found = Vec::new();
    let mut open: Option<Open> = None;
    for mark in marks {
        let opening = Open {
            at: mark.at,
            after: mark.end(),
            mark: mark.mark,
        };
        match open {
            None if mark.opens() => open = Some(opening),
            None => {}
            // A mark that can only open: the one before was never closed.
            Some(_) if mark.opens() && mark.free_before() => open = Some(opening),
            Some(opened) => {
                found.push(closed(opened, mark));
                open = None;
            }
        }
    }
    if let Some(opened) = open {
        let before = text
            .get(paragraph.start..opened.at)
            .unwrap_or_default()
            .trim_end();
        if continued || before.is_empty() || before.ends_with([':', ',']) {
            let end = paragraph.end;
            found.push(Marked {
                outer: opened.at..end,
                inner: opened.after..end,
                unclosed: true,
            });
        }
    }
    found
}

/// Single marks, which are apostrophes more often than not: only a pair counts, and not within double marks.
fn singles(text: &str, marks: &[Mark], doubles: Vec<Marked>) -> Vec<Marked> {
    let mut pairs: Vec<Marked> = Vec::new();
    let mut open: Option<Mark> = None;
    let mut weak: Option<Mark> = None;
    let mut doubled = doubles.iter().peekable();
    let close = |open: Mark, mark: &Mark| Marked {
        outer: open.at..mark.end(),
        inner: open.end()..mark.at,
        unclosed: false,
    };
    for mark in marks {
        while doubled.next_if(|d| d.outer.end <= mark.at).is_some() {}
        if doubled.peek().is_some_and(|d| d.outer.start < mark.at) {
            continue;
        }
        let opens = mark.mark != '’'
            && mark.free_before()
            && mark
                .after
                .is_some_and(|c| c.is_alphabetic() || "\"“".contains(c));
        let closes = mark.mark != '‘'
            && mark.before.is_some_and(|c| !c.is_whitespace())
            && mark.after.is_none_or(|c| !c.is_alphanumeric());
        if opens {
            if let (Some(opened), Some(end)) = (open, weak) {
                pairs.push(close(opened, &end));
            }
            (open, weak) = (Some(*mark), None);
        } else if closes && let Some(opened) = open {
            // `the ministers' plan`: an apostrophe, unless nothing better comes.
            if mark.before == Some('s') && mark.after == Some(' ') {
                weak = weak.or(Some(*mark));
            } else {
                pairs.push(close(opened, mark));
                (open, weak) = (None, None);
            }
        }
    }
    if let (Some(opened), Some(end)) = (open, weak) {
        pairs.push(close(opened, &end));
    }
    pairs.retain(|pair| {
        text.get(pair.inner.clone())
            .is_some_and(|words| words.chars().any(char::is_alphabetic))
    });
    merge(doubles, pairs)
}

/// Both in order; a pair of single marks swallows what stands within it.
fn merge(doubles: Vec<Marked>, pairs: Vec<Marked>) -> Vec<Marked> {
    let mut all = doubles;
    all.extend(pairs);
    all.sort_by_key(|marked| (marked.outer.start, std::cmp::Reverse(marked.outer.end)));
    let mut end = 0;
    all.retain(|marked| {
        let apart = marked.outer.start >= end;
        if apart {
            end = marked.outer.end;
        }
        apart
    });
    all
}

#[cfg(test)]
mod tests {
    use super::marked;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found = marked(text, 0..text.len(), false);
        let words: Vec<&str> = found.iter().map(|m| &text[m.inner.clone()]).collect();
        assert_eq!(words, expected, "{text}");
    }

    #[test]
    fn any_marks() {
        check("\"One,\" he said. \"Two.\"", &["One,", "Two."]);
        check("“One,” he said. “Two.”", &["One,", "Two."]);
        check("Er sagte: „Eins.“ Dann „zwei“.", &["Eins.", "zwei"]);
        check("Il dit : « Un. » Puis »zwei«.", &[" Un. ", "zwei"]);
        check("'One,' said Karr's aide.", &["One,"]);
        check("The ministers' plan isn't Karr's.", &[]);
        check(
            "‘The ministers’ plan is dead,’ she said.",
            &["The ministers’ plan is dead,"],
        );
    }

    #[test]
    fn marks_within_marks() {
        check(
            "\"He said, 'Hold,' and left,\" Karr said.",
            &["He said, 'Hold,' and left,"],
        );
        check(
            "“He said “hold” and left,” Karr said.",
            &["He said “hold” and left,"],
        );
        check(
            "'He said \"hold\" and left,' Karr said.",
            &["He said \"hold\" and left,"],
        );
    }

    #[test]
    fn odd_numbers() {
        check("A 6\" pipe, she said, is \"too short.\"", &["too short."]);
        check("He left.\" \"We stay,\" she said.", &["We stay,"]);
        check("\"We wait and wait.", &["We wait and wait."]);
        check("The \"old one, said “the new.”", &["the new."]);
        check("”We are here,” he said.", &["We are here,"]);
    }
}
