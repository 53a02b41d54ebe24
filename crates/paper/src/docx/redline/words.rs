//! Which words of two passages are kept. A passage is one or more paragraphs, each ended by a line feed, so that the ends
//! of paragraphs are compared like words: what was split or merged has one end more or less.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use onetext_text::{common, each_token};

use super::super::content::is_object;

/// What happened to a stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Kept,
    Deleted,
    Inserted,
}

/// A stretch with one fate: of the new passage, or of the old one where it was deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) fate: Fate,
    pub(super) range: Range<usize>,
}

/// The difference of two passages, exact to the letter: kept and inserted stretches are the new passage, kept and
/// deleted ones the old.
pub(super) fn compare(old: &str, new: &str) -> Vec<Stretch> {
    let (old_words, new_words) = (tokens(old), tokens(new));
    let keys =
        |words: &[(Range<usize>, u64)]| words.iter().map(|(_, key)| *key).collect::<Vec<_>>();
    let mut kept = common(&keys(&old_words), &keys(&new_words));
    kept.retain(|(o, n)| old.get(old_words[*o].0.clone()) == new.get(new_words[*n].0.clone()));
    let mut out = Told {
        old,
        new,
        told: Vec::new(),
    };
    let (mut from_old, mut from_new) = (0, 0);
    for (o, n) in kept {
        let (before, after) = (&old_words[o].0, &new_words[n].0);
        out.gap(from_old..before.start, from_new..after.start);
        out.push(Fate::Kept, after.clone());
        (from_old, from_new) = (before.end, after.end);
    }
    out.gap(from_old..old.len(), from_new..new.len());
    out.told
}

struct Told<'p> {
    old: &'p str,
    new: &'p str,
    told: Vec<Stretch>,
}

impl Told<'_> {
    fn push(&mut self, fate: Fate, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        match self.told.last_mut() {
            Some(last) if last.fate == fate && last.range.end == range.start => {
                last.range.end = range.end
            }
            _ => self.told.push(Stretch { fate, range }),
        }
    }

    /// What stands between two kept words: white space that both have at either end is kept.
    fn gap(&mut self, mut old: Range<usize>, mut new: Range<usize>) {
        let (gone, come) = (
            self.old.get(old.clone()).unwrap_or_default(),
            self.new.get(new.clone()).unwrap_or_default(),
        );
        let pairs = gone.chars().zip(come.chars());
        let lead: usize = pairs
            .take_while(|(a, b)| a == b && a.is_whitespace())
            .map(|(a, _)| a.len_utf8())
            .sum();
        let (gone, come) = (&gone[lead..], &come[lead..]);
        let pairs = gone.chars().rev().zip(come.chars().rev());
        let trail: usize = pairs
            .take_while(|(a, b)| a == b && a.is_whitespace())
            .map(|(a, _)| a.len_utf8())
            .sum();
        self.push(Fate::Kept, new.start..new.start + lead);
        (old.start, new.start) = (old.start + lead, new.start + lead);
        self.push(Fate::Deleted, old.start..old.end - trail);
        self.push(Fate::Inserted, new.start..new.end - trail);
        self.push(Fate::Kept, new.end - trail..new.end);
    }
}

/// The words of a passage with their keys; punctuation, things that are no text and the ends of paragraphs stand alone.
fn tokens(passage: &str) -> Vec<(Range<usize>, u64)> {
    let mut found = Vec::with_capacity(passage.len() / 6 + 1);
    let mut give = |range: Range<usize>| {
        if let Some(word) = passage.get(range.clone()).filter(|word| !word.is_empty()) {
            let mut hasher = DefaultHasher::new();
            word.hash(&mut hasher);
            found.push((range, hasher.finish()));
        }
    };
    let mut start = 0;
    let alone = |letter: char| letter == '\n' || is_object(letter);
    for (at, letter) in passage.char_indices().filter(|(_, letter)| alone(*letter)) {
        stretch(passage, start..at, &mut give);
        give(at..at + letter.len_utf8());
        start = at + letter.len_utf8();
    }
    stretch(passage, start..passage.len(), &mut give);
    found
}

fn stretch(passage: &str, range: Range<usize>, give: &mut impl FnMut(Range<usize>)) {
    let text = passage.get(range.clone()).unwrap_or_default();
    each_token(text, |word| {
        let token = text.get(word.clone()).unwrap_or_default();
        let from = range.start + word.start;
        let bare = token.trim_start_matches(|c: char| !c.is_alphanumeric());
        let head = token.len() - bare.len();
        let bare = bare.trim_end_matches(|c: char| !c.is_alphanumeric());
        give(from..from + head);
        give(from + head..from + head + bare.len());
        give(from + head + bare.len()..from + token.len());
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Deletions in square brackets, insertions in curly ones.
    fn check(old: &str, new: &str, expected: &str) {
        let told = compare(old, new);
        let shown: String = told
            .iter()
            .map(|each| match each.fate {
                Fate::Kept => new[each.range.clone()].to_owned(),
                Fate::Deleted => format!("[{}]", &old[each.range.clone()]),
                Fate::Inserted => format!("{{{}}}", &new[each.range.clone()]),
            })
            .collect();
        assert_eq!(shown.replace('\n', "¶"), expected);
    }

    #[test]
    fn words_are_told_to_the_letter() {
        check("the cat sat\n", "the dog sat\n", "the [cat]{dog} sat¶");
        check("one two\n", "one  two\n", "one { }two¶");
        check("a b\n", "a\nb\n", "a[ ]{¶}b¶");
        check("a\nb\n", "a b\n", "a[¶]{ }b¶");
        check("word\n", "word\u{F0001}.\n", "word{\u{F0001}.}¶");
        check("", "new\n", "{new¶}");
    }
}
