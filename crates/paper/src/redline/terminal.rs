//! The redline in a terminal: readable in colour and without.
//!
//! Without colour what is gone stands in `{-…-}` and what is new in `{+…+}`, moved words in `{<from<}` and `{>to>}`: all in
//! braces, because square brackets are the text's own and say what is not agreed. In colour what is gone is red and struck
//! through, what is new green and underlined. Signs that would steer the terminal are shown as `�`.

use onetext_text::{PairKind, Redline, RedlinePair, Run, RunOp, RunReason};
use unicode_width::UnicodeWidthStr;

use super::telling::{self, Piece};
use super::{Choice, Sides};

/// Where the words of a provision begin.
const INDENT: usize = 4;
/// Kept words are left out of the middle of a longer stretch than this, so many shown at either end.
const LONG: usize = 60;
const SHOWN: usize = 14;
/// So many provisions in a row that need no wording are told one by one.
const FEW: usize = 3;

/// The redline as lines of at most `width` columns; `colour` adds the terminal's signs for it.
#[must_use]
pub fn terminal(
    redline: &Redline,
    sides: &Sides<'_>,
    choice: &Choice,
    (colour, width): (bool, usize),
) -> String {
    let mut page = Page::new(colour, width);
    page.head(redline, sides);
    let shown = choice.of(&redline.pairs);
    page.key(redline, &shown);
    page.line("");
    let ghosts = telling::ghosts(redline);
    let is_ghost = |moved: &&usize| shown[**moved];
    for moved in ghosts.last().into_iter().flatten().filter(is_ghost) {
        page.moved_away(&redline.pairs[*moved]);
    }
    // Stretches of pairs that are shown and follow each other, up to where something stood that moved away.
    let mut from = 0;
    while from < shown.len() {
        if !shown[from] {
            from += 1;
            continue;
        }
        let mut to = from + 1;
        while to < shown.len() && shown[to] && !ghosts[to - 1].iter().any(|moved| shown[*moved]) {
            to += 1;
        }
        page.pairs(&redline.pairs[from..to], sides);
        for moved in ghosts[to - 1].iter().filter(is_ghost) {
            page.moved_away(&redline.pairs[*moved]);
        }
        from = to;
    }
    page.out
}

/// Counts alone: what changed where and by how many words, a line for each provision.
#[must_use]
pub fn stat(
    redline: &Redline,
    sides: &Sides<'_>,
    choice: &Choice,
    (colour, width): (bool, usize),
) -> String {
    let mut page = Page::new(colour, width);
    let shown = choice.of(&redline.pairs);
    let pairs = redline.pairs.iter().zip(shown);
    for (pair, _) in pairs.filter(|(pair, shown)| *shown && telling::is_change(pair)) {
        let (out, come) = telling::words_of(pair);
        let words = match (out, come) {
            (0, 0) => String::new(),
            _ => format!("-{out} +{come}"),
        };
        let line = format!(
            "{:<22} {:<28} {words}",
            clean(&telling::numbers(pair)),
            telling::kinds(pair)
        );
        page.line(line.trim_end());
    }
    page.head(redline, sides);
    page.out
}

impl Page {
    fn new(colour: bool, width: usize) -> Page {
        Page {
            out: String::new(),
            ink: Ink { colour },
            width: width.clamp(40, 120),
        }
    }

    /// Both drafts, and what changed in a sentence.
    fn head(&mut self, redline: &Redline, sides: &Sides<'_>) {
        let title = format!(
            "{} ({}) → {} ({})",
            clean(sides.old_name),
            telling::extent(sides.old),
            clean(sides.new_name),
            telling::extent(sides.new)
        );
        self.line(&self.ink.paint("1", &title));
        self.flow(0, vec![Word::plain(telling::in_words(redline, sides))]);
        let brackets = telling::brackets(redline)
            .map(|brackets| format!(" {brackets}."))
            .unwrap_or_default();
        self.flow(
            0,
            vec![Word::plain(format!(
                "{}.{brackets}",
                telling::words(redline)
            ))],
        );
        if redline.coarse() {
            self.flow(0, vec![Word::plain(telling::COARSE.to_owned())]);
        }
    }

    /// What the marks mean that stand below, where colour does not say it, and the labels that are ours.
    fn key(&mut self, redline: &Redline, shown: &[bool]) {
        let mut said: Vec<&str> = Vec::new();
        let pairs = || {
            redline
                .pairs
                .iter()
                .zip(shown)
                .filter(|(_, shown)| **shown)
                .map(|(pair, _)| pair)
        };
        let runs = |wanted: &dyn Fn(&Run) -> bool| pairs().any(|pair| pair.runs.iter().any(wanted));
        let is = |op: RunOp| move |run: &Run| run.op == op;
        if !self.ink.colour && runs(&|run| run.op != RunOp::Keep) {
            said.push("{-gone-} {+new+}");
            if runs(&is(RunOp::MoveFrom)) {
                said.push("{<moved from here<} {>moved to here>}");
            }
        }
        if runs(&|run| {
            run.op == RunOp::Keep && run.old.is_some() && run.why != Some(RunReason::Typography)
        }) {
            said.push("{was …}: how the word before it was written");
        }
        let labels = |sign: char| {
            pairs().any(|pair| {
                pair.old
                    .iter()
                    .chain(&pair.new)
                    .any(|path| path.contains(sign))
            })
        };
        match (labels('#'), labels('¶')) {
            (true, true) => {
                said.push("#2, ¶2: the second item, the second paragraph without a number")
            }
            (true, false) => said.push("#2: the second item without a number"),
            (false, true) => said.push("¶2: the second paragraph without a number"),
            (false, false) => {}
        }
        if !said.is_empty() {
            let key = Word {
                code: "2",
                ..Word::plain(format!("Marks: {}.", said.join("; ")))
            };
            self.flow(0, vec![key]);
        }
    }

    /// Says at its old place that a provision moved away.
    fn moved_away(&mut self, pair: &RedlinePair) {
        let line = format!(
            "{}  moved to {}",
            clean(&pair.old.join(" + ")),
            clean(&pair.new.join(" + "))
        );
        let line = self.ink.paint("2", &line);
        self.line(&line);
        self.line("");
    }

    fn pairs(&mut self, pairs: &[RedlinePair], sides: &Sides<'_>) {
        let mut pairs = pairs;
        while let Some((first, rest)) = pairs.split_first() {
            let folded =
                folds(first).then(|| 1 + pairs.windows(2).take_while(|two| follows(two)).count());
            if let Some(count) = folded {
                self.folded(&pairs[..count], sides);
                pairs = &pairs[count..];
            } else {
                self.pair(first, sides);
                pairs = rest;
            }
        }
    }
}

/// What needs no wording to be understood.
fn folds(pair: &RedlinePair) -> bool {
    !pair.edited && matches!(pair.kind, PairKind::Unchanged | PairKind::Renumbered)
}

/// Two pairs that need no wording and stand next to each other in both drafts.
fn follows(two: &[RedlinePair]) -> bool {
    let [one, next] = two else { return false };
    let after = |indices: &[usize], following: &[usize]| {
        indices
            .first()
            .zip(following.first())
            .is_some_and(|(index, next)| index + 1 == *next)
    };
    folds(next)
        && one.kind == next.kind
        && after(&one.old_index, &next.old_index)
        && after(&one.new_index, &next.new_index)
}

#[derive(Debug, Clone, Copy)]
struct Ink {
    colour: bool,
}

impl Ink {
    fn paint(self, code: &str, words: &str) -> String {
        if self.colour && !words.is_empty() {
            format!("\u{1b}[{code}m{words}\u{1b}[0m")
        } else {
            words.to_owned()
        }
    }
}

/// Words that are shown alike.
struct Word {
    text: String,
    code: &'static str,
    open: &'static str,
    close: &'static str,
}

impl Word {
    fn plain(text: String) -> Word {
        Word {
            text,
            code: "",
            open: "",
            close: "",
        }
    }
}

struct Page {
    out: String,
    ink: Ink,
    width: usize,
}

impl Page {
    fn line(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    /// Provisions that need no wording: a line for each with its first words, or one for a long run of them:
    /// `18–19 → 11–12  renumbered`.
    fn folded(&mut self, pairs: &[RedlinePair], sides: &Sides<'_>) {
        if pairs.len() <= FEW {
            for pair in pairs {
                let said = format!(
                    "{}  {}",
                    clean(&telling::numbers(pair)),
                    telling::kind(pair.kind)
                );
                let room = self.width.saturating_sub(said.width() + 2);
                let words = match pair.new_index.first() {
                    Some(index) if room > INDENT => telling::opening(sides.new, *index, room),
                    _ => String::new(),
                };
                let said = if words.is_empty() {
                    said
                } else {
                    format!("{said}: {}", clean(&words))
                };
                let line = self.ink.paint("2", &said);
                self.line(&line);
            }
            self.line("");
            return;
        }
        let ends = |paths: fn(&RedlinePair) -> &Vec<String>| {
            let first = pairs
                .first()
                .and_then(|pair| paths(pair).first())
                .cloned()
                .unwrap_or_default();
            let last = pairs
                .last()
                .and_then(|pair| paths(pair).first())
                .cloned()
                .unwrap_or_default();
            if first == last {
                first
            } else {
                format!("{first} – {last}")
            }
        };
        let (old, new) = (ends(|pair| &pair.old), ends(|pair| &pair.new));
        let numbers = if old == new {
            new
        } else {
            format!("{old} → {new}")
        };
        let kind = pairs.first().map_or("", |pair| telling::kind(pair.kind));
        let count = if pairs.len() > 1 {
            format!(" ({} provisions)", pairs.len())
        } else {
            String::new()
        };
        let line = self
            .ink
            .paint("2", &format!("{}  {kind}{count}", clean(&numbers)));
        self.line(&line);
        self.line("");
    }

    fn pair(&mut self, pair: &RedlinePair, sides: &Sides<'_>) {
        let code = match pair.kind {
            PairKind::Inserted => "1;32",
            PairKind::Deleted => "1;31",
            PairKind::Moved => "1;36",
            _ => "1;33",
        };
        let fate = match pair.kind {
            PairKind::Moved | PairKind::Split | PairKind::Merged => telling::fate(pair),
            kind => telling::kind(kind).to_owned(),
        };
        let fate = match telling::bracket_changes(pair) {
            Some(changes) => format!("{fate}: {changes}"),
            None => fate,
        };
        let head = format!(
            "{}  {}",
            self.ink.paint("1", &clean(&telling::numbers(pair))),
            self.ink.paint(code, &fate)
        );
        self.line(&head);
        let words = self.words(pair, sides);
        self.flow(INDENT, words);
        self.line("");
    }

    fn words(&self, pair: &RedlinePair, sides: &Sides<'_>) -> Vec<Word> {
        let marked = |text: &str, code, open, close| Word {
            text: clean(text),
            code,
            open,
            close,
        };
        let colour = self.ink.colour;
        let sign = |sign: &'static str| if colour { "" } else { sign };
        let mut words: Vec<Word> = Vec::new();
        let mut gone = false;
        for piece in telling::pieces(pair, sides) {
            // Without marks, what is gone and what takes its place would run into one.
            if colour && gone && matches!(piece, Piece::Come(_)) {
                words.push(Word::plain(" ".to_owned()));
            }
            gone = matches!(piece, Piece::Gone(_));
            match piece {
                Piece::Kept(text) if pair.edited => {
                    words.push(Word::plain(shortened(&clean(text))))
                }
                Piece::Kept(text) => words.push(Word::plain(clean(text))),
                Piece::Adapted { text, old } => {
                    let tail = &text[text.trim_end().len()..];
                    words.push(marked(text.trim_end(), "4;2", "", ""));
                    let (open, close) = if colour { ("(", ")") } else { ("{", "}") };
                    let note = format!(" {open}was {}{close}{tail}", old.trim());
                    words.push(marked(&note, "2", "", ""));
                }
                Piece::Gone(text) => words.push(marked(text, "31;9", sign("{-"), sign("-}"))),
                Piece::Come(text) => words.push(marked(text, "32;4", sign("{+"), sign("+}"))),
                Piece::MovedAway(text) => words.push(marked(text, "36;9", "{<", "<}")),
                Piece::MovedHere(text) => words.push(marked(text, "36;4", "{>", ">}")),
                Piece::Joint { path, new } => {
                    let note = if new {
                        format!(" {{{path}:}}")
                    } else {
                        format!(" {{from {path}:}}")
                    };
                    words.push(marked(&note, "2", "", ""));
                }
            }
        }
        words
    }

    /// Breaks words into lines; white space inside a wording counts as one blank.
    fn flow(&mut self, indent: usize, words: Vec<Word>) {
        let room = self.width - indent;
        let blank = " ".repeat(indent);
        let (mut line, mut used, mut owed) = (String::new(), 0, false);
        for word in words {
            let leading = word.text.starts_with(char::is_whitespace);
            let trailing = word.text.ends_with(char::is_whitespace);
            let parts: Vec<&str> = word.text.split_whitespace().collect();
            owed = (owed || leading) && used > 0;
            if parts.is_empty() {
                continue;
            }
            for (place, part) in parts.iter().enumerate() {
                let open = if place == 0 { word.open } else { "" };
                let close = if place + 1 == parts.len() {
                    word.close
                } else {
                    ""
                };
                let shown = format!("{open}{part}{close}");
                owed |= place > 0;
                let length = shown.width();
                if owed && used + 1 + length > room {
                    let full = format!("{blank}{line}");
                    self.line(&full);
                    (line, used, owed) = (String::new(), 0, false);
                }
                if owed {
                    // A blank inside a marked stretch is marked with it.
                    line.push_str(&if place > 0 {
                        self.ink.paint(word.code, " ")
                    } else {
                        " ".to_owned()
                    });
                    used += 1;
                }
                line.push_str(&if word.code.is_empty() {
                    shown
                } else {
                    self.ink.paint(word.code, &shown)
                });
                used += length;
                owed = false;
            }
            owed = trailing;
        }
        if used > 0 {
            let full = format!("{blank}{line}");
            self.line(&full);
        }
    }
}

/// Leaves the middle out of a long stretch that nobody changed.
fn shortened(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() <= LONG {
        return text.to_owned();
    }
    let lead = if text.starts_with(char::is_whitespace) {
        " "
    } else {
        ""
    };
    let trail = if text.ends_with(char::is_whitespace) {
        " "
    } else {
        ""
    };
    let (first, last) = (
        words[..SHOWN].join(" "),
        words[words.len() - SHOWN..].join(" "),
    );
    format!(
        "{lead}{first} … ({} words as they were) … {last}{trail}",
        words.len() - 2 * SHOWN
    )
}

/// No sign of a text may steer the terminal or turn the direction of what follows.
fn clean(text: &str) -> String {
    let shown = |letter: char| match letter {
        '\n' | '\t' | '\r' => ' ',
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => '\u{FFFD}',
        letter if letter.is_control() => '\u{FFFD}',
        letter => letter,
    };
    text.chars().map(shown).collect()
}
