//! Quotations found against quotations wanted.

use std::cmp::Reverse;

use super::corpus::{Document, Kind, Span};
use super::key::key;

/// Shorter quotations, in words, are neither wanted nor punished.
pub(super) const LEAST_WORDS: usize = 3;
/// How much two spans must have in common, of what either covers.
const OVERLAP: f64 = 0.8;

/// A quotation as the reader found it.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) span: Span,
    pub(crate) speaker: Option<String>,
    pub(crate) mention: Option<String>,
    pub(crate) sure: f64,
}

/// What became of one quotation, wanted or found.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    /// Of the wanted ones, the index in the document; none for what nobody says.
    pub(crate) wanted: Option<usize>,
    /// Of the found ones, the index among them.
    pub(crate) found: Option<usize>,
    /// Whether the speaker is the right one; none where the corpus does not say.
    pub(crate) right: Option<bool>,
}

/// Sums over documents.
#[derive(Debug, Default, Clone)]
pub(crate) struct Sums {
    pub(crate) wanted: usize,
    pub(crate) found: usize,
    pub(crate) hit: usize,
    /// Named speakers wanted, and those right with their spans.
    pub(crate) named: (usize, usize),
    pub(crate) pronouns: usize,
    /// Pronouns whose persons a reader told, and those right with their spans.
    pub(crate) told: (usize, usize),
    /// Speakers answered, where the corpus or a reader can judge.
    pub(crate) answered: usize,
    /// By confidence, in steps of a twentieth: judged, right.
    pub(crate) sure: [(usize, usize); 21],
}

impl Sums {
    pub(crate) fn add(&mut self, other: &Sums) {
        self.wanted += other.wanted;
        self.found += other.found;
        self.hit += other.hit;
        self.named.0 += other.named.0;
        self.named.1 += other.named.1;
        self.pronouns += other.pronouns;
        self.told.0 += other.told.0;
        self.told.1 += other.told.1;
        self.answered += other.answered;
        for (own, other) in self.sure.iter_mut().zip(other.sure) {
            own.0 += other.0;
            own.1 += other.1;
        }
    }

    /// Span and speaker both right, of all that have a speaker: named ones as counted, pronouns at the rate of those told.
    pub(crate) fn both(&self) -> f64 {
        let told = share(self.told.1, self.told.0);
        let (right, of) = if self.told.0 == 0 {
            (self.named.1 as f64, self.named.0 as f64)
        } else {
            (
                self.named.1 as f64 + told * self.pronouns as f64,
                (self.named.0 + self.pronouns) as f64,
            )
        };
        right / of.max(1.0)
    }

    /// Precision, recall and their harmonic mean, of speakers that can be judged.
    pub(crate) fn attribution(&self) -> (f64, f64, f64) {
        let right = self.named.1 + self.told.1;
        let precision = share(right, self.answered);
        let recall = share(right, self.named.0 + self.told.0);
        let sum = precision + recall;
        let mean = if sum > 0.0 {
            2.0 * precision * recall / sum
        } else {
            0.0
        };
        (precision, recall, mean)
    }

    /// How many are judged, and how many of them right, from a confidence on and below another, in twentieths.
    pub(crate) fn between(&self, from: usize, to: usize) -> (usize, usize) {
        let steps = self.sure.iter().take(to).skip(from);
        steps.fold((0, 0), |sum, step| (sum.0 + step.0, sum.1 + step.1))
    }
}

/// A part of a whole.
pub(crate) fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// Compares what was found in a document with what is wanted; `told` says whom a pronoun means, by its quotation's start.
pub(crate) fn compare(
    document: &Document,
    found: &[Found],
    told: impl Fn(usize) -> Option<String>,
) -> (Sums, Vec<Case>) {
    let chars: Vec<char> = document.text.chars().collect();
    let bare = |span: Span| bare(&chars, span);
    let long = |span: Span| words(&chars[span.0..span.1]) >= LEAST_WORDS;
    let wanted: Vec<Span> = document.quotes.iter().map(|q| bare(q.span)).collect();
    let given: Vec<Span> = found.iter().map(|f| bare(f.span)).collect();
    let pairs = pairs(&wanted, &given);
    let mut sums = Sums::default();
    let mut cases = Vec::new();
    for (index, (quote, span)) in document.quotes.iter().zip(&wanted).enumerate() {
        if !long(*span) {
            continue;
        }
        sums.wanted += 1;
        let told = told(quote.span.0).filter(|_| quote.kind == Kind::Pronoun);
        let name = match quote.kind {
            Kind::Named => Some(quote.speaker.clone()),
            Kind::Pronoun => told.clone(),
            Kind::None => None,
        };
        sums.named.0 += usize::from(quote.kind == Kind::Named);
        sums.pronouns += usize::from(quote.kind == Kind::Pronoun);
        sums.told.0 += usize::from(told.is_some());
        let pair = pairs.iter().find(|(w, _)| *w == index).map(|(_, f)| *f);
        let mut case = Case {
            wanted: Some(index),
            found: pair,
            right: name.as_ref().map(|_| false),
        };
        if let Some(answer) = pair.and_then(|pair| found.get(pair)) {
            sums.hit += 1;
            sums.found += 1;
            if let Some(name) = name {
                let right = answer
                    .speaker
                    .as_ref()
                    .is_some_and(|speaker| key(speaker) == key(&name));
                case.right = Some(right);
                sums.answered += usize::from(answer.speaker.is_some());
                sums.named.1 += usize::from(right && told.is_none());
                sums.told.1 += usize::from(right && told.is_some());
                judged(&mut sums, answer, right);
            }
        }
        cases.push(case);
    }
    for (index, span) in given.iter().enumerate() {
        if pairs.iter().any(|(_, f)| *f == index) || !long(*span) {
            continue;
        }
        sums.found += 1;
        sums.answered += usize::from(found[index].speaker.is_some());
        judged(&mut sums, &found[index], false);
        cases.push(Case {
            wanted: None,
            found: Some(index),
            right: Some(false),
        });
    }
    (sums, cases)
}

fn judged(sums: &mut Sums, answer: &Found, right: bool) {
    let step = (answer.sure * 20.0 + 1e-9).floor().clamp(0.0, 20.0) as usize;
    sums.sure[step].0 += 1;
    sums.sure[step].1 += usize::from(right);
}

/// Which wanted span goes with which found one: the closest first, each once.
fn pairs(wanted: &[Span], given: &[Span]) -> Vec<(usize, usize)> {
    let mut close: Vec<(Reverse<u64>, usize, usize)> = Vec::new();
    for (w, wanted) in wanted.iter().enumerate() {
        for (f, given) in given.iter().enumerate() {
            let common = common(*wanted, *given);
            if common >= OVERLAP {
                close.push((Reverse((common * 1e9) as u64), w, f));
            }
        }
    }
    close.sort();
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (_, w, f) in close {
        if pairs.iter().all(|(pw, pf)| *pw != w && *pf != f) {
            pairs.push((w, f));
        }
    }
    pairs
}

fn common(a: Span, b: Span) -> f64 {
    let both = a.1.min(b.1).saturating_sub(a.0.max(b.0));
    if both == 0 {
        return 0.0;
    }
    both as f64 / (a.1.max(b.1) - a.0.min(b.0)) as f64
}

/// Without marks, blanks and commas at the edges.
fn bare(chars: &[char], (mut start, mut end): Span) -> Span {
    let edge = |c: char| "\"“”'‘’ \t\r\n\u{a0},.…".contains(c);
    while start < end && edge(chars[start]) {
        start += 1;
    }
    while end > start && edge(chars[end - 1]) {
        end -= 1;
    }
    (start, end)
}

fn words(chars: &[char]) -> usize {
    let text: String = chars.iter().collect();
    let inside = |c: char| c.is_alphanumeric() || c == '_' || c == '\'' || c == '’';
    text.split(|c| !inside(c))
        .filter(|word| word.contains(char::is_alphanumeric))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::corpus::Quote;

    #[test]
    fn a_found_quotation_is_judged_once() {
        let text = "Karr said “we wait for the thaw,” and Reyl sang “Old Road Home.”";
        let at = |words: &str| {
            let start = text.find(words).unwrap();
            let start = text[..start].chars().count();
            (start, start + words.chars().count())
        };
        let document = Document {
            name: String::new(),
            text: text.to_owned(),
            quotes: vec![Quote {
                span: at("we wait for the thaw,"),
                speaker: "Karr".into(),
                speaker_span: (0, 4),
                kind: Kind::Named,
            }],
            unattributed: vec![at("Old Road Home.")],
        };
        let found = |span, speaker: &str, sure| Found {
            span,
            speaker: Some(speaker.to_owned()),
            mention: None,
            sure,
        };
        let found = [
            found(at("we wait for the thaw"), "Ines Karr", 0.97),
            found(at("Old Road Home."), "Reyl", 0.5),
        ];
        let (sums, cases) = compare(&document, &found, |_| None);
        assert_eq!((sums.wanted, sums.found, sums.hit), (1, 2, 1));
        assert_eq!(sums.named, (1, 1));
        assert_eq!(sums.between(19, 21), (1, 1));
        assert_eq!(sums.between(0, 19), (1, 0));
        assert_eq!(cases.len(), 2);
    }
}
