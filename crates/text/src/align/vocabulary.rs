//! What the aligner knows of each provision's words: an exact hash, and a bag of words weighed by how rare they are.
//!
//! Of long drafts only those provisions are read word by word whose wording does not stand in the other draft to the
//! letter, and a sample of the rest, from which one sees how common a word is.

use std::sync::OnceLock;

use super::Settled;
use super::same::Same;
use crate::draft::{Draft, Provision};
use crate::words::{
    Mixed, bare, each_token, fold, folded_key, folded_key_at, is_bracket, letters_key, slice,
};
use crate::work::{Workers, both};

/// One word of a provision: the word, its stem (the first letters), how often it stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) stem: u32,
    pub(super) word: u32,
    pub(super) count: u32,
}

impl Entry {
    /// What a bag is sorted by: the stem, then the word.
    fn order(&self) -> u64 {
        u64::from(self.stem) << 32 | u64::from(self.word)
    }
}

/// Letters of a word that count as its stem. Long enough to tell words apart, short enough to pass over endings.
const STEM: usize = 6;
/// What a shared stem counts, beside 1 for a shared word.
const STEM_SHARE: f32 = 0.6;
/// Fewer words than this are met again by chance.
const SLIGHT: u32 = 4;
/// What likeness counts that takes in the sub-items, where the provisions' own words do not tell.
const FAMILY_SHARE: f32 = 0.85;
/// The longest chapeau that is known by its sub-items.
const CHAPEAU_WORDS: u32 = 20;
/// By this the words of a wording are guessed that is not read.
const LETTERS_A_WORD: usize = 6;
/// A wording of so few words, all of it in brackets, holds a place and says nothing.
const PLACEHOLDER_WORDS: u32 = 4;

/// One draft as the aligner sees it.
pub(super) struct Side<'d> {
    pub(super) provisions: &'d [Provision],
    entries: Vec<Entry>,
    starts: Vec<usize>,
    /// A hash of the wording, references left open.
    pub(super) exact: Vec<u64>,
    /// Words in the wording.
    pub(super) size: Vec<u32>,
    /// The sum of the weights of its words.
    pub(super) weight: Vec<f32>,
    /// A hash of the label as it stands in a path; 0 without one.
    pub(super) label: Vec<u64>,
    /// Holds a place (`[missing]`, `[deleted]`) and says nothing.
    pub(super) placeholder: Vec<bool>,
    /// For each provision with sub-items, its words and theirs, once they were asked for.
    family: Vec<OnceLock<Family>>,
}

/// The words of a provision together with those of its sub-items.
#[derive(Clone)]
struct Family {
    bag: Vec<Entry>,
    weight: f32,
}

impl Side<'_> {
    pub(super) fn len(&self) -> usize {
        self.provisions.len()
    }

    pub(super) fn bag(&self, index: usize) -> &[Entry] {
        &self.entries[self.starts[index]..self.starts[index + 1]]
    }

    /// True where the words were read: of long drafts, where the wording is not known to the letter from the other.
    pub(super) fn is_read(&self, index: usize) -> bool {
        self.starts[index] < self.starts[index + 1] || self.weight[index] > 0.0
    }

    /// Gives words other numbers.
    fn renumber(&mut self, numbers: &[(u32, u32)], workers: Workers<'_>) {
        let half = self.len() / 2;
        let (mut entries, more) = both(
            workers,
            || self.renumbered(0..half, numbers),
            || self.renumbered(half..self.len(), numbers),
        );
        entries.extend(more);
        self.entries = entries;
    }

    /// The bags of some provisions, one after the other, with other numbers.
    fn renumbered(&self, provisions: std::ops::Range<usize>, numbers: &[(u32, u32)]) -> Vec<Entry> {
        let mut entries = Vec::with_capacity(self.entries.len());
        for index in provisions {
            let from = entries.len();
            entries.extend(self.bag(index).iter().map(|entry| {
                let (stem, word) = numbers[entry.word as usize];
                Entry {
                    stem,
                    word,
                    count: entry.count,
                }
            }));
            entries[from..].sort_unstable_by_key(Entry::order);
        }
        entries
    }

    /// The words of a provision and its sub-items, with their weight.
    fn with_children(&self, index: usize, weights: &[f32]) -> (&[Entry], f32) {
        if !self.has_family(index) {
            return (self.bag(index), self.weight[index]);
        }
        let family = self.family[index].get_or_init(|| {
            let children = self.provisions[index].children.iter().copied();
            let members: Vec<usize> = std::iter::once(index).chain(children).collect();
            let bag = together(self, &members);
            let weight = weight(&bag, weights);
            Family { bag, weight }
        });
        (&family.bag, family.weight)
    }

    fn has_family(&self, index: usize) -> bool {
        !self.provisions[index].children.is_empty() && !self.bag(index).is_empty()
    }

    /// True for a provision with few words of its own above sub-items that say the rest.
    pub(super) fn is_chapeau(&self, index: usize) -> bool {
        self.size[index] <= CHAPEAU_WORDS && self.has_family(index)
    }

    pub(super) fn parent(&self, index: usize) -> Option<usize> {
        self.provisions[index].parent
    }

    /// True where the wording is too short to be known again by its words alone.
    pub(super) fn is_slight(&self, index: usize) -> bool {
        self.placeholder[index] || self.size[index] < 3
    }
}

fn weight(bag: &[Entry], weights: &[f32]) -> f32 {
    bag.iter()
        .map(|entry| entry.count as f32 * weights[entry.word as usize])
        .sum()
}

/// Both drafts, and the weight of each word in them.
pub(super) struct Texts<'d> {
    pub(super) old: Side<'d>,
    pub(super) new: Side<'d>,
    weights: Vec<f32>,
    /// The weight of a word that stands in one provision alone.
    pub(super) rare: f32,
}

impl<'d> Texts<'d> {
    pub(super) fn new(
        old: &'d Draft,
        new: &'d Draft,
        settled: &[Settled],
        workers: Workers<'_>,
    ) -> Self {
        let same = Same::find(old, new, settled, workers);
        // Each draft counts its words for itself; then the new draft's get the old one's numbers.
        let ((mut old, mut vocabulary), (mut new, more)) =
            both(workers, || side(old, &same.old), || side(new, &same.new));
        new.renumber(&vocabulary.take_in(more), workers);
        let weights = vocabulary.weights();
        for side in [&mut old, &mut new] {
            let own = |index| weight(side.bag(index), &weights);
            side.weight = (0..side.len()).map(own).collect();
        }
        Texts {
            old,
            new,
            weights,
            rare: rarity(vocabulary.provisions, 2),
        }
    }

    pub(super) fn word_weight(&self, entry: &Entry) -> f32 {
        self.weights[entry.word as usize]
    }

    /// The weight of the words that two bags share; a shared stem counts in part.
    pub(super) fn overlap(&self, one: &[Entry], other: &[Entry]) -> f32 {
        let (mut a, mut b, mut shared) = (0, 0, 0.0);
        while let (Some(left), Some(right)) = (one.get(a), other.get(b)) {
            if left.stem < right.stem {
                a += 1;
            } else if left.stem > right.stem {
                b += 1;
            } else {
                let (to_a, to_b) = (stem_end(one, a), stem_end(other, b));
                shared += self.overlap_of_stem(&one[a..to_a], &other[b..to_b]);
                (a, b) = (to_a, to_b);
            }
        }
        shared
    }

    fn overlap_of_stem(&self, one: &[Entry], other: &[Entry]) -> f32 {
        if let ([left], [right]) = (one, other) {
            let count = left.count.min(right.count) as f32;
            let share = if left.word == right.word {
                1.0
            } else {
                STEM_SHARE
            };
            return count * share * self.word_weight(left).min(self.word_weight(right));
        }
        let (mut a, mut b, mut shared, mut same) = (0, 0, 0.0, 0);
        let mut lightest = f32::MAX;
        while let (Some(left), Some(right)) = (one.get(a), other.get(b)) {
            match left.word.cmp(&right.word) {
                std::cmp::Ordering::Less => a += 1,
                std::cmp::Ordering::Greater => b += 1,
                std::cmp::Ordering::Equal => {
                    let count = left.count.min(right.count);
                    shared += count as f32 * self.word_weight(left);
                    same += count;
                    (a, b) = (a + 1, b + 1);
                }
            }
        }
        for entry in one.iter().chain(other) {
            lightest = lightest.min(self.word_weight(entry));
        }
        let total = |side: &[Entry]| side.iter().map(|entry| entry.count).sum::<u32>();
        let inflected = total(one).min(total(other)).saturating_sub(same);
        shared + inflected as f32 * STEM_SHARE * lightest
    }

    /// How alike two wordings are, 0 to 1: by the words they share, or by how far the shorter is held in the longer.
    pub(super) fn likeness(&self, i: usize, j: usize) -> f32 {
        let (old, new) = (&self.old, &self.new);
        if old.exact[i] == new.exact[j] {
            return if old.placeholder[i] { 0.5 } else { 1.0 };
        }
        if old.placeholder[i] || new.placeholder[j] {
            return 0.0;
        }
        let own = self.likeness_of((old.bag(i), old.weight[i]), (new.bag(j), new.weight[j]));
        if !old.is_chapeau(i) && !new.is_chapeau(j) {
            return own;
        }
        let families = (
            old.with_children(i, &self.weights),
            new.with_children(j, &self.weights),
        );
        own.max(FAMILY_SHARE * self.likeness_of(families.0, families.1))
    }

    fn likeness_of(&self, (one, left): (&[Entry], f32), (other, right): (&[Entry], f32)) -> f32 {
        if left <= 0.0 || right <= 0.0 {
            return 0.0;
        }
        let shared = self.overlap(one, other);
        let both = 2.0 * shared / (left + right);
        let held = shared / left.min(right);
        let told = shared / (shared + 4.0 * self.rare);
        both.max(0.85 * held * told)
    }
}

impl Texts<'_> {
    /// True where one of two provisions is so short that equal words may be chance.
    pub(super) fn are_slight(&self, i: usize, j: usize) -> bool {
        self.old.size[i].min(self.new.size[j]) < SLIGHT
    }

    /// The number of words that an old and a new provision have in common.
    pub(super) fn words_in_common(&self, i: usize, j: usize) -> u32 {
        common(self.old.bag(i), self.new.bag(j))
    }

    /// How alike the words of two groups are, 0 to 1: twice the common words over all words.
    pub(super) fn similarity(&self, old: &[usize], new: &[usize]) -> f32 {
        let total: u32 = old.iter().map(|i| self.old.size[*i]).sum::<u32>()
            + new.iter().map(|j| self.new.size[*j]).sum::<u32>();
        let same = match (old, new) {
            ([i], [j]) if self.old.exact[*i] == self.new.exact[*j] => return 1.0,
            ([i], parts) => common(self.old.bag(*i), &together(&self.new, parts)),
            (parts, [j]) => common(&together(&self.old, parts), self.new.bag(*j)),
            _ => common(&together(&self.old, old), &together(&self.new, new)),
        };
        if total == 0 {
            0.0
        } else {
            (2 * same) as f32 / total as f32
        }
    }
}

/// The bag of several provisions taken together.
pub(super) fn together(side: &Side, parts: &[usize]) -> Vec<Entry> {
    let mut all: Vec<Entry> = parts
        .iter()
        .flat_map(|part| side.bag(*part))
        .copied()
        .collect();
    // Bags in a row, each of them sorted: a sort that sees runs only merges them.
    all.sort_by_key(Entry::order);
    all.dedup_by(|next, kept| {
        let same = next.word == kept.word;
        kept.count += if same { next.count } else { 0 };
        same
    });
    all
}

/// What is left of a bag when another is taken out of it.
pub(super) fn remainder(bag: &[Entry], out: &[Entry]) -> Vec<Entry> {
    let mut left = Vec::new();
    let mut at = 0;
    for entry in bag {
        while out
            .get(at)
            .is_some_and(|other| other.order() < entry.order())
        {
            at += 1;
        }
        let taken = out
            .get(at)
            .filter(|other| other.word == entry.word)
            .map_or(0, |other| other.count);
        if entry.count > taken {
            left.push(Entry {
                count: entry.count - taken,
                ..*entry
            });
        }
    }
    left
}

fn common(one: &[Entry], other: &[Entry]) -> u32 {
    let (mut at, mut shared) = (0, 0);
    for entry in one {
        while other
            .get(at)
            .is_some_and(|right| right.order() < entry.order())
        {
            at += 1;
        }
        shared += other
            .get(at)
            .filter(|right| right.word == entry.word)
            .map_or(0, |right| right.count.min(entry.count));
    }
    shared
}

fn stem_end(bag: &[Entry], from: usize) -> usize {
    let stem = bag[from].stem;
    from + bag[from..]
        .iter()
        .take_while(|entry| entry.stem == stem)
        .count()
}

fn rarity(provisions: usize, found_in: u32) -> f32 {
    (1.0 + provisions as f32 / found_in.max(1) as f32).ln()
}

/// Numbers for words and stems, and how many provisions hold each word.
#[derive(Default)]
struct Vocabulary {
    words: Numbers,
    stems: Numbers,
    known: Vec<Known>,
    /// Provisions read.
    provisions: usize,
}

/// What is known of a word.
struct Known {
    /// Its hash, and that of its stem.
    key: u64,
    stem_key: u64,
    /// The number of its stem.
    stem: u32,
    /// How many provisions hold it.
    found_in: u32,
}

impl Vocabulary {
    fn weights(&self) -> Vec<f32> {
        self.known
            .iter()
            .map(|word| rarity(self.provisions, word.found_in))
            .collect()
    }

    /// Takes in another vocabulary: for each of its words the numbers of its stem and of itself in this one.
    fn take_in(&mut self, other: Vocabulary) -> Vec<(u32, u32)> {
        self.provisions += other.provisions;
        other
            .known
            .into_iter()
            .map(|word| {
                let number = self.number(word.key, || word.stem_key);
                let known = &mut self.known[number as usize];
                known.found_in += word.found_in;
                (known.stem, number)
            })
            .collect()
    }

    /// The number of a word by its hash; `stem_key` gives the hash of its stem where it is new.
    fn number(&mut self, key: u64, stem_key: impl FnOnce() -> u64) -> u32 {
        let number = self.words.of(key);
        if number as usize == self.known.len() {
            let stem_key = stem_key();
            self.known.push(Known {
                key,
                stem_key,
                stem: self.stems.of(stem_key),
                found_in: 0,
            });
        }
        number
    }
}

fn side<'d>(draft: &'d Draft, same: &[Option<u64>]) -> (Side<'d>, Vocabulary) {
    let mut vocabulary = Vocabulary::default();
    let provisions = draft.provisions();
    let count = provisions.len();
    let to_read: usize = provisions
        .iter()
        .zip(same)
        .filter(|(_, same)| same.is_none())
        .map(|(provision, _)| provision.wording.len())
        .sum();
    let mut side = Side {
        provisions,
        entries: Vec::with_capacity(to_read / LETTERS_A_WORD),
        starts: Vec::with_capacity(count + 1),
        exact: Vec::with_capacity(count),
        size: Vec::with_capacity(count),
        weight: Vec::new(),
        label: provisions.iter().map(label_key).collect(),
        placeholder: Vec::with_capacity(count),
        family: vec![OnceLock::new(); count],
    };
    let mut references = draft.references().iter().peekable();
    let mut found: Vec<Entry> = Vec::new();
    let mut open = Vec::new();
    for (index, provision) in provisions.iter().enumerate() {
        side.starts.push(side.entries.len());
        if let Some(key) = same[index] {
            side.exact.push(key);
            side.size
                .push((provision.wording.len() / LETTERS_A_WORD) as u32);
            side.placeholder.push(false);
            continue;
        }
        vocabulary.provisions += 1;
        open.clear();
        while let Some(reference) = references.next_if(|reference| reference.provision <= index) {
            if reference.target.is_some() && reference.provision == index {
                open.push(reference.span.clone());
            }
        }
        let reading = Reading::new(&provision.wording, &open, &mut vocabulary, &mut found);
        side.exact.push(reading.exact);
        side.size.push(reading.words);
        side.placeholder
            .push(reading.words <= PLACEHOLDER_WORDS && reading.bracketed);
        push_bag(&mut side.entries, &mut found, &mut vocabulary);
    }
    side.starts.push(side.entries.len());
    (side, vocabulary)
}

fn push_bag(entries: &mut Vec<Entry>, found: &mut Vec<Entry>, vocabulary: &mut Vocabulary) {
    found.sort_unstable_by_key(Entry::order);
    let from = entries.len();
    for entry in found.drain(..) {
        match entries.get_mut(from..).and_then(<[Entry]>::last_mut) {
            Some(last) if last.word == entry.word => last.count += 1,
            _ => {
                vocabulary.known[entry.word as usize].found_in += 1;
                entries.push(entry);
            }
        }
    }
}

fn label_key(provision: &Provision) -> u64 {
    provision
        .label
        .as_ref()
        .map_or(0, |label| folded_key(&label.short) | 1)
}

/// What one pass over a wording finds.
struct Reading {
    exact: u64,
    words: u32,
    bracketed: bool,
}

impl Reading {
    fn new(
        wording: &str,
        open: &[std::ops::Range<usize>],
        vocabulary: &mut Vocabulary,
        found: &mut Vec<Entry>,
    ) -> Self {
        let mut exact = Mixed::default();
        let mut words = 0;
        let mut open = open.iter().peekable();
        each_token(wording, |span| {
            while open
                .next_if(|reference| reference.end <= span.start)
                .is_some()
            {}
            if open
                .peek()
                .is_some_and(|reference| reference.start < span.end)
            {
                exact.add(1);
                return;
            }
            let word = bare(wording, span.clone());
            if word.is_empty() {
                exact.add(folded_key_at(wording, &span));
                return;
            }
            let (entry, key) = vocabulary.read(wording, &word);
            if word != span {
                exact.add(folded_key_at(wording, &(span.start..word.start)));
                exact.add(folded_key_at(wording, &(word.end..span.end)));
            }
            exact.add(key);
            words += 1;
            found.push(entry);
        });
        let text = wording.trim();
        let bracketed = text.chars().next().is_none_or(is_bracket)
            && text.chars().next_back().is_none_or(is_bracket);
        Reading {
            exact: exact.value(),
            words,
            bracketed,
        }
    }
}

impl Vocabulary {
    /// A word of a wording, met once, and its hash.
    #[inline]
    fn read(&mut self, wording: &str, word: &std::ops::Range<usize>) -> (Entry, u64) {
        let key = folded_key_at(wording, word);
        let number = self.number(key, || stem_key(slice(wording, word)));
        let entry = Entry {
            stem: self.known[number as usize].stem,
            word: number,
            count: 1,
        };
        (entry, key)
    }
}

/// A hash of the first letters of a word.
fn stem_key(word: &str) -> u64 {
    let mut letters = String::with_capacity(4 * STEM);
    let mut left = STEM;
    fold(word, |letter| {
        if left > 0 {
            letters.push(letter);
            left -= 1;
        }
    });
    letters_key(letters.as_bytes())
}

/// Small numbers for hashes in the order they are met: a table with open addressing, the same on every run.
#[derive(Default)]
pub(super) struct Numbers {
    table: Vec<(u64, u32)>,
    count: u32,
}

const FREE: u32 = u32::MAX;

impl Numbers {
    pub(super) fn of(&mut self, hash: u64) -> u32 {
        if self.table.len() < 2 * (self.count as usize + 1) {
            self.grow();
        }
        let slot = self.slot(hash);
        if self.table[slot].1 == FREE {
            self.table[slot] = (hash, self.count);
            self.count += 1;
        }
        self.table[slot].1
    }

    /// The number of a hash that was met.
    pub(super) fn get(&self, hash: u64) -> Option<u32> {
        let slot = (!self.table.is_empty()).then(|| self.slot(hash))?;
        Some(self.table[slot].1).filter(|number| *number != FREE)
    }

    pub(super) fn len(&self) -> usize {
        self.count as usize
    }

    fn slot(&self, hash: u64) -> usize {
        let mask = self.table.len() - 1;
        let mut slot = hash as usize & mask;
        while self.table[slot].1 != FREE && self.table[slot].0 != hash {
            slot = (slot + 1) & mask;
        }
        slot
    }

    fn grow(&mut self) {
        let size = (self.table.len() * 2).max(1024);
        let before = std::mem::replace(&mut self.table, vec![(0, FREE); size]);
        for (hash, number) in before.into_iter().filter(|(_, number)| *number != FREE) {
            let slot = self.slot(hash);
            self.table[slot] = (hash, number);
        }
    }
}
