//! Texts of numbered points, and their redrafting by chance.

use std::fmt::Write as _;

use crate::chance::Chance;

const WORDS: &str = "parties agreement border water customs prisoners exchange withdrawal line contact monitoring \
    mission guarantee assurance force zone corridor transit fisheries energy grid pipeline reconstruction fund frozen \
    assets sanctions election constitution minority language school church heritage refugee return property \
    compensation court arbitration committee depositary protocol entry termination amendment review report \
    verification inspection artillery range depth kilometre month year notice consent observer envoy harbour bridge";

const SYLLABLES: [&str; 12] = [
    "ka", "ro", "mi", "ten", "sul", "ver", "dor", "pla", "nis", "gor", "tau", "lem",
];

/// What stands in brackets at the end of a wording.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    Lone,
    Either,
    Placeholder,
}

/// How the same words are set.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Plain,
    Spaced,
    Curly,
}

/// The words of one provision. They end in a quotation and a compound, which can be typeset in several ways.
#[derive(Clone)]
pub(crate) struct Wording {
    key: usize,
    words: Vec<String>,
    earlier: Vec<Vec<String>>,
    refers: Option<usize>,
    open: Open,
    look: Look,
}

#[derive(Clone)]
struct Point {
    own: Wording,
    items: Vec<Wording>,
}

/// A text on its way through its drafts.
#[derive(Clone)]
pub(crate) struct Paper {
    points: Vec<Point>,
    keys: usize,
}

/// What was done to a text from one draft to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    Edit,
    Rewrite,
    Back,
    Bracket,
    Move,
    Insert,
    Delete,
    Split,
    Merge,
    Typeset,
    Item,
    DropItem,
    Refer,
}

/// Changes that leave every wording as it was.
pub(crate) const GENTLE: &[Change] = &[Change::Move, Change::Insert, Change::Typeset];
/// All changes; the frequent ones more than once.
pub(crate) const ALL: &[Change] = &[
    Change::Edit,
    Change::Edit,
    Change::Rewrite,
    Change::Back,
    Change::Back,
    Change::Bracket,
    Change::Bracket,
    Change::Move,
    Change::Insert,
    Change::Delete,
    Change::Split,
    Change::Merge,
    Change::Merge,
    Change::Typeset,
    Change::Item,
    Change::DropItem,
    Change::Refer,
];

impl Paper {
    pub(crate) fn new(chance: &mut Chance) -> Paper {
        let mut paper = Paper {
            points: Vec::new(),
            keys: 0,
        };
        for _ in 0..2 + chance.below(4) {
            let point = paper.point(chance);
            paper.points.push(point);
        }
        for _ in 0..chance.below(3) {
            paper.change(chance, ALL);
        }
        paper
    }

    fn point(&mut self, chance: &mut Chance) -> Point {
        let own = self.wording(chance);
        let items = if chance.one_in(3) { 2 } else { 0 };
        Point {
            own,
            items: (0..items).map(|_| self.wording(chance)).collect(),
        }
    }

    fn wording(&mut self, chance: &mut Chance) -> Wording {
        self.keys += 1;
        Wording {
            key: self.keys,
            words: (0..7 + chance.below(5)).map(|_| word(chance)).collect(),
            earlier: Vec::new(),
            refers: None,
            open: Open::Nothing,
            look: Look::Plain,
        }
    }

    /// Redrafts by one to three changes of these kinds.
    pub(crate) fn redraft(&mut self, chance: &mut Chance, kinds: &[Change]) {
        for _ in 0..1 + chance.below(3) {
            self.change(chance, kinds);
        }
    }

    pub(crate) fn change(&mut self, chance: &mut Chance, kinds: &[Change]) {
        let at = chance.below(self.points.len());
        match chance.pick(kinds) {
            Change::Edit => {
                let fresh = word(chance);
                self.any_wording(chance).alter(|words| {
                    let at = fresh.len() % words.len();
                    words[at] = fresh.clone();
                });
            }
            Change::Rewrite => {
                let fresh: Vec<String> = (0..3).map(|_| word(chance)).collect();
                self.any_wording(chance).alter(|words| {
                    words
                        .splice(1..4.min(words.len()), fresh.clone())
                        .for_each(drop)
                });
            }
            Change::Back => {
                let wording = self.any_wording(chance);
                if let Some(earlier) = wording.earlier.last().cloned() {
                    wording.alter(|words| *words = earlier.clone());
                }
            }
            Change::Bracket => {
                let open = chance.pick(&[
                    Open::Nothing,
                    Open::Nothing,
                    Open::Lone,
                    Open::Either,
                    Open::Placeholder,
                ]);
                self.any_wording(chance).open = open;
            }
            Change::Move => {
                let point = self.points.remove(at);
                let to = chance.below(self.points.len() + 1);
                self.points.insert(to, point);
            }
            Change::Insert => {
                let point = self.point(chance);
                self.points.insert(at, point);
            }
            Change::Delete => {
                if self.points.len() > 1 {
                    self.points.remove(at);
                }
            }
            Change::Split => self.split(at),
            Change::Merge => self.merge(at),
            Change::Typeset => {
                let look = chance.pick(&[Look::Plain, Look::Spaced, Look::Curly]);
                self.any_wording(chance).look = look;
            }
            Change::Item => {
                let item = self.wording(chance);
                self.points[at].items.push(item);
            }
            Change::DropItem => {
                self.points[at].items.pop();
            }
            Change::Refer => {
                let target = chance.pick(&self.points).own.key;
                self.any_wording(chance).refers = Some(target);
            }
        }
    }

    fn any_wording(&mut self, chance: &mut Chance) -> &mut Wording {
        let at = chance.below(self.points.len());
        let point = &mut self.points[at];
        let of = chance.below(point.items.len() + 1);
        if of == 0 {
            &mut point.own
        } else {
            &mut point.items[of - 1]
        }
    }

    fn split(&mut self, at: usize) {
        let words = &self.points[at].own.words;
        if words.len() < 10 {
            return;
        }
        let rest = words[words.len() / 2..].to_vec();
        self.keys += 1;
        let part = Wording {
            key: self.keys,
            words: rest,
            earlier: Vec::new(),
            refers: None,
            open: Open::Nothing,
            look: Look::Plain,
        };
        self.points[at]
            .own
            .alter(|words| words.truncate(words.len() / 2));
        self.points.insert(
            at + 1,
            Point {
                own: part,
                items: Vec::new(),
            },
        );
    }

    fn merge(&mut self, at: usize) {
        if at + 1 < self.points.len() {
            let gone = self.points.remove(at + 1);
            self.points[at]
                .own
                .alter(|words| words.extend(gone.own.words.clone()));
            self.points[at].items.extend(gone.items);
        }
    }

    /// The text as a file.
    pub(crate) fn print(&self) -> String {
        let number = |key: usize| {
            self.points
                .iter()
                .position(|point| point.own.key == key)
                .map(|at| at + 1)
        };
        let mut text = String::new();
        for (at, point) in self.points.iter().enumerate() {
            let _ = write!(text, "{}. {}\n\n", at + 1, point.own.print(number));
            for (item, letter) in point.items.iter().zip('a'..='z') {
                let _ = write!(text, "   ({letter}) {}\n\n", item.print(number));
            }
        }
        text
    }
}

impl Wording {
    fn alter(&mut self, change: impl Fn(&mut Vec<String>)) {
        self.earlier.push(self.words.clone());
        change(&mut self.words);
    }

    fn print(&self, number: impl Fn(usize) -> Option<usize>) -> String {
        let mut text = self
            .words
            .join(if self.look == Look::Spaced { "  " } else { " " });
        text.push_str(match self.look {
            Look::Curly => " \u{201c}in full\u{201d} and long\u{2011}term",
            _ => " \"in full\" and long-term",
        });
        if let Some(number) = self.refers.and_then(number) {
            let _ = write!(text, " under point {number}");
        }
        text.push_str(match self.open {
            Open::Nothing => "",
            Open::Lone => " [every year]",
            Open::Either => " [within a week][within a month]",
            Open::Placeholder => " […]",
        });
        text.push('.');
        text
    }
}

fn word(chance: &mut Chance) -> String {
    let common: Vec<&str> = WORDS.split_whitespace().collect();
    if chance.one_in(2) {
        return chance.pick(&common).to_owned();
    }
    (0..3).map(|_| chance.pick(&SYLLABLES)).collect()
}
