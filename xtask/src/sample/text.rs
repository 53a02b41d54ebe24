//! The text of the sample: points with sub-items, redrafted by chance.

use std::collections::BTreeMap;

use super::Size;
use crate::prng::Chance;

/// Words as such texts have them.
const VOCABULARY: &str = "the parties shall should may in accordance with this agreement and subject to law take all \
    measures necessary ensure that any obligation on cooperation transparency reporting finance technology capacity \
    adaptation trade fisheries withdrawal settlement residents customs border authority committee secretariat report \
    notice dispute panel decision annex protocol period review assessment contribution is carried out without delay in \
    good faith having regard to national circumstances respective means equity science standards procedures adopted by \
    competent bodies where appropriate no later than days months years after entry into force unless otherwise agreed \
    each state region union person worker family right benefit pension qualification service enterprise investor data \
    protection public procurement name police court transfer budget payment liability fund share institution bank loan \
    asset damage energy fuel water river harbour airspace corridor observers monitors return release exchange list";

/// Brackets as such texts have them, with the number of pairs in each.
const BRACKETS: &[(&str, usize)] = &[
    ("[shall][should]", 2),
    ("[, as appropriate,]", 1),
    ("[in [full] accordance]", 2),
    ("[all][the most affected] parties", 2),
    ("[to be completed]", 1),
    ("[Option 1: by consensus][Option 2: by a vote]", 2),
    ("[no later than [two][five] years]", 3),
    ("[, in particular,] [equity][,][and]", 4),
];

/// One piece of a wording.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Word(&'static str),
    Bracket(&'static str, usize),
    /// A cross-reference to the point of this identity.
    Point(u32),
}

/// A wording, piece by piece.
type Pieces = Vec<Piece>;

/// One point.
#[derive(Debug, Clone)]
struct Point {
    /// Stays through every draft; references follow it.
    identity: u32,
    chapeau: Pieces,
    items: Vec<Pieces>,
}

/// One draft before it is printed.
#[derive(Debug, Clone)]
pub(super) struct Outline {
    points: Vec<Point>,
    next_identity: u32,
}

/// How the provisions of a draft are named.
#[derive(Debug, Default)]
pub(super) struct Paths {
    pub(super) points: Vec<String>,
    pub(super) items: Vec<String>,
}

/// The letters of sub-items, and so the most a point may have.
const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz";

fn vocabulary() -> Vec<&'static str> {
    VOCABULARY.split_whitespace().collect()
}

fn wording(chance: &mut Chance, least: usize, most: usize) -> Pieces {
    let words = vocabulary();
    let length = least + chance.below(most - least);
    (0..length)
        .filter_map(|_| chance.pick(&words).copied().map(Piece::Word))
        .collect()
}

impl Outline {
    /// A first draft of this size.
    pub(super) fn first(size: Size, chance: &mut Chance) -> Outline {
        let mut outline = Outline {
            points: Vec::new(),
            next_identity: 0,
        };
        for _ in 0..size.points {
            let point = outline.new_point(chance);
            outline.points.push(point);
        }
        outline.fill(size, chance);
        outline.refer(size.points / 5, chance);
        outline
    }

    fn new_point(&mut self, chance: &mut Chance) -> Point {
        self.next_identity += 1;
        Point {
            identity: self.next_identity,
            chapeau: wording(chance, 12, 50),
            items: Vec::new(),
        }
    }

    fn provisions(&self) -> usize {
        self.points.iter().map(|point| 1 + point.items.len()).sum()
    }

    /// Adds sub-items and brackets until the draft has its size.
    fn fill(&mut self, size: Size, chance: &mut Chance) {
        let most = LETTERS.len() - 2;
        while self.provisions() < size.provisions {
            let at = chance.below(self.points.len());
            let Some(point) = self.points.get_mut(at).filter(|p| p.items.len() < most) else {
                continue;
            };
            let place = chance.below(point.items.len() + 1);
            point.items.insert(place, wording(chance, 8, 30));
        }
        let mut open: usize = self.wordings().map(|pieces| pairs(pieces)).sum();
        while open < size.brackets {
            let Some(&(text, count)) = chance.pick(BRACKETS) else {
                return;
            };
            let target = chance.below(self.provisions());
            if let Some(pieces) = self.wordings().nth(target) {
                let place = chance.below(pieces.len() + 1);
                pieces.insert(place, Piece::Bracket(text, count));
                open += count;
            }
        }
    }

    /// Adds cross-references.
    fn refer(&mut self, count: usize, chance: &mut Chance) {
        let identities: Vec<u32> = self.points.iter().map(|point| point.identity).collect();
        for _ in 0..count {
            let target = chance.below(self.provisions());
            let Some(&identity) = chance.pick(&identities) else {
                return;
            };
            if let Some(pieces) = self.wordings().nth(target) {
                let place = chance.below(pieces.len() + 1);
                pieces.insert(place, Piece::Point(identity));
            }
        }
    }

    fn wordings(&mut self) -> impl Iterator<Item = &mut Pieces> {
        self.points
            .iter_mut()
            .flat_map(|point| std::iter::once(&mut point.chapeau).chain(point.items.iter_mut()))
    }

    /// The next draft: about one provision in twenty is edited; a few points and sub-items are moved, split, merged,
    /// inserted or deleted; brackets that went are made up for by new ones.
    pub(super) fn redraft(&self, size: Size, chance: &mut Chance) -> Outline {
        let mut next = self.clone();
        for pieces in next.wordings() {
            if chance.per_mille(50) {
                edit(pieces, chance);
            }
        }
        next.move_points(chance);
        for index in 0..next.points.len() {
            next.change_items(index, chance);
        }
        if chance.per_mille(500) && next.points.len() > 2 {
            let gone = chance.below(next.points.len());
            next.points.remove(gone);
            let point = next.new_point(chance);
            next.points.insert(chance.below(next.points.len()), point);
        }
        next.fill(size, chance);
        next
    }

    fn move_points(&mut self, chance: &mut Chance) {
        for _ in 0..1 + self.points.len() / 50 {
            let point = self.points.remove(chance.below(self.points.len()));
            self.points
                .insert(chance.below(self.points.len() + 1), point);
        }
    }

    /// Splits, merges, deletes or swaps a sub-item of a point, once in a while.
    fn change_items(&mut self, index: usize, chance: &mut Chance) {
        let Some(point) = self.points.get_mut(index) else {
            return;
        };
        if point.items.len() < 3 || point.items.len() > LETTERS.len() - 4 || !chance.per_mille(60) {
            return;
        }
        let at = chance.below(point.items.len() - 1);
        match chance.below(4) {
            0 => {
                let half = point.items[at].len() / 2;
                let rest = point.items[at].split_off(half);
                point.items.insert(at + 1, rest);
            }
            1 => {
                let rest = point.items.remove(at + 1);
                point.items[at].extend(rest);
            }
            2 => {
                point.items.remove(at);
            }
            _ => point.items.swap(at, at + 1),
        }
    }

    /// The draft as a text file.
    pub(super) fn print(&self) -> String {
        let numbers: BTreeMap<u32, usize> = self
            .points
            .iter()
            .enumerate()
            .map(|(index, point)| (point.identity, index + 1))
            .collect();
        let mut text = String::from("# Draft outcome of the conference\n\n");
        for (index, point) in self.points.iter().enumerate() {
            let chapeau = print(&point.chapeau, &numbers);
            text.push_str(&format!("{}. {chapeau}\n\n", index + 1));
            for (letter, item) in LETTERS.chars().zip(&point.items) {
                text.push_str(&format!("    ({letter}) {}\n\n", print(item, &numbers)));
            }
        }
        text
    }

    /// The paths of the draft: points, and sub-items one by one.
    pub(super) fn paths(&self) -> Paths {
        let mut paths = Paths::default();
        for (index, point) in self.points.iter().enumerate() {
            paths.points.push((index + 1).to_string());
            let letters = LETTERS.chars().zip(&point.items);
            paths
                .items
                .extend(letters.map(|(letter, _)| format!("{}.{letter}", index + 1)));
        }
        paths
    }
}

fn pairs(pieces: &[Piece]) -> usize {
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Bracket(_, count) => *count,
            Piece::Word(_) | Piece::Point(_) => 0,
        })
        .sum()
}

/// Puts other words for a few, takes some out, adds some; a bracket may close.
fn edit(pieces: &mut Pieces, chance: &mut Chance) {
    for _ in 0..1 + chance.below(3) {
        let at = chance.below(pieces.len());
        let new = wording(chance, 1, 4);
        let end = (at + chance.below(3)).min(pieces.len());
        pieces.splice(at..end, new);
    }
    if pieces.len() < 4 {
        pieces.extend(wording(chance, 6, 12));
    }
}

fn print(pieces: &[Piece], numbers: &BTreeMap<u32, usize>) -> String {
    let mut words: Vec<String> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        words.push(match piece {
            Piece::Word(word) | Piece::Bracket(word, _) => (*word).to_owned(),
            Piece::Point(identity) => match numbers.get(identity) {
                Some(number) => format!("under point {number}"),
                None => "as agreed earlier".to_owned(),
            },
        });
    }
    let mut text = words.join(" ");
    if let Some(first) = text.get(..1).map(str::to_uppercase) {
        text.replace_range(..1, &first);
    }
    text.push('.');
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::SMALL;

    #[test]
    fn every_redraft_keeps_its_size() {
        let mut chance = Chance::new(3);
        let mut outline = Outline::first(SMALL, &mut chance);
        for _ in 0..50 {
            outline = outline.redraft(SMALL, &mut chance);
            let paths = outline.paths();
            assert_eq!(paths.points.len(), SMALL.points);
            let all = paths.points.len() + paths.items.len();
            assert!((SMALL.provisions..SMALL.provisions + 4).contains(&all));
            let open: usize = outline.wordings().map(|pieces| pairs(pieces)).sum();
            assert!(open >= SMALL.brackets);
        }
    }

    #[test]
    fn a_reference_follows_its_point() {
        let outline = Outline {
            next_identity: 2,
            points: vec![
                Point {
                    identity: 2,
                    chapeau: vec![Piece::Word("open")],
                    items: vec![vec![Piece::Point(1)]],
                },
                Point {
                    identity: 1,
                    chapeau: vec![Piece::Word("shut")],
                    items: Vec::new(),
                },
            ],
        };
        assert_eq!(
            outline.print(),
            "# Draft outcome of the conference\n\n1. Open.\n\n    (a) Under point 2.\n\n2. Shut.\n\n"
        );
    }
}
