//! Which provisions words may concern, by wording alone: the office chooses.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::page::{Shape, tokens};
use crate::rules::{POINT_NOUN, Rules};
use crate::stems::stems;
use crate::work::step;

/// A provision that a statement may concern.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Concern {
    /// The provision, as `DRAFT#PATH`.
    pub point: String,
    /// The words that both have, as stems; or the words that name the provision.
    pub words: Vec<String>,
}

/// How many provisions are told of one statement.
const MOST: usize = 3;
/// How many words a statement and a provision must share.
const LEAST: usize = 2;
/// A word that stands in more provisions than this tells none of them apart.
const COMMON: usize = 40;

/// The provisions of a process, by their words.
#[derive(Debug, Default)]
pub(crate) struct Provisions {
    /// The draft, and the path.
    names: Vec<(String, String)>,
    by_stem: BTreeMap<String, Vec<usize>>,
    /// By the last part of the path in lower case.
    by_label: BTreeMap<String, Vec<usize>>,
}

impl Provisions {
    pub(crate) fn add(&mut self, rules: &Rules, draft: &str, path: &str, wording: &str) {
        let index = self.names.len();
        self.names.push((draft.to_owned(), path.to_owned()));
        for stem in stems(rules, wording) {
            self.by_stem.entry(stem).or_default().push(index);
        }
        let label = path.to_lowercase();
        let label = label.rsplit(' ').next().unwrap_or_default().to_owned();
        self.by_label.entry(label).or_default().push(index);
    }

    /// The provisions that words may concern, the likeliest first.
    pub(crate) fn concerned(&self, rules: &Rules, words: &str) -> Vec<Concern> {
        let mut found: Vec<Concern> = Vec::new();
        for (index, named) in self.named(rules, words) {
            found.push(self.concern(index, vec![named]));
        }
        let mut scores: BTreeMap<usize, (f64, Vec<String>)> = BTreeMap::new();
        for stem in stems(rules, words) {
            let list = self.by_stem.get(&stem).map_or(&[][..], Vec::as_slice);
            let rare = list.len() <= COMMON.min(3 + self.names.len() / 4);
            for index in list.iter().filter(|_| rare) {
                step(1);
                let score = scores.entry(*index).or_default();
                score.0 += weight(self.names.len(), list.len());
                score.1.push(stem.clone());
            }
        }
        let mut scored: Vec<(usize, (f64, Vec<String>))> = scores
            .into_iter()
            .filter(|(_, (_, shared))| shared.len() >= LEAST)
            .collect();
        scored.sort_by(|a, b| b.1.0.total_cmp(&a.1.0).then(a.0.cmp(&b.0)));
        // What shares much less than the best is chance.
        let best = scored.first().map_or(0.0, |(_, (score, _))| *score);
        for (index, (score, shared)) in scored {
            let concern = self.concern(index, shared);
            if score * 2.0 > best && found.iter().all(|known| known.point != concern.point) {
                found.push(concern);
            }
        }
        found.truncate(MOST);
        found
    }

    fn concern(&self, index: usize, words: Vec<String>) -> Concern {
        let (draft, path) = &self.names[index];
        Concern {
            point: format!("{draft}#{path}"),
            words,
        }
    }

    /// Provisions that words name by their number: `point 7`, `Article 5.2`.
    fn named(&self, rules: &Rules, words: &str) -> Vec<(usize, String)> {
        let mut list = Vec::new();
        tokens(rules, words, 0..words.len(), &mut list);
        let mut found = Vec::new();
        for pair in list.windows(2) {
            let [noun, number] = pair else { continue };
            let text = |start: usize, end: usize| words.get(start..end).unwrap_or_default();
            if !noun.is(POINT_NOUN) || !matches!(number.shape, Shape::Number) {
                continue;
            }
            let label = text(number.start, number.end).to_lowercase();
            let listed = self.by_label.get(&label).map_or(&[][..], Vec::as_slice);
            for index in listed.iter().take(MOST) {
                found.push((*index, text(noun.start, number.end).to_owned()));
            }
        }
        found
    }
}

/// How much a word says that stands in `list` of `all` provisions.
fn weight(all: usize, list: usize) -> f64 {
    (1.0 + all as f64 / list.max(1) as f64).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_wording_and_by_number() {
        let rules = Rules::english().unwrap();
        let mut provisions = Provisions::default();
        for (path, wording) in [
            (
                "1",
                "The dam at Ansel is opened for ships from May to October.",
            ),
            ("2", "Both countries read the gauges together."),
            ("3", "Tovar pays for the repair of the lower dam."),
            ("4", "Fishing below the dam is free for both countries."),
        ] {
            provisions.add(&rules, "v1", path, wording);
        }
        let points = |words: &str| -> Vec<String> {
            let found = provisions.concerned(&rules, words);
            found.into_iter().map(|c| c.point).collect()
        };
        assert_eq!(points("Nobody will pay for repairs of that dam"), ["v1#3"]);
        assert_eq!(points("We cannot sign point 2 as it stands"), ["v1#2"]);
        assert_eq!(points("We hope for the best"), [""; 0]);
    }
}
