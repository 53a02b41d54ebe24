//! Lists of words in lower case, looked up for every word of a text: most are told at a glance to be none of them.

use std::collections::BTreeMap;

/// Words and what each means.
pub(crate) struct Lexicon<V> {
    words: BTreeMap<&'static str, V>,
    /// A bit for the look of each word in ASCII.
    looks: [u64; 64],
    /// For each first letter in ASCII a bit for each length of such words; the last bit is for all that are longer.
    lengths: [u32; 32],
    /// The length of the longest, in bytes.
    longest: usize,
}

impl<V: Copy> Lexicon<V> {
    pub(crate) fn new(rows: impl IntoIterator<Item = (&'static str, V)>) -> Self {
        let words: BTreeMap<&'static str, V> = rows.into_iter().collect();
        let (mut looks, mut lengths) = ([0; 64], [0; 32]);
        for word in words.keys().filter(|word| word.is_ascii()) {
            let (row, bit) = look(word.as_bytes());
            looks[row] |= bit;
            let (letter, bit) = length(word.as_bytes());
            lengths[letter] |= bit;
        }
        Lexicon {
            longest: words.keys().map(|word| word.len()).max().unwrap_or(0),
            words,
            looks,
            lengths,
        }
    }

    /// A quick look, whatever the letter case: false for most words that are not listed. What is not ASCII always may be.
    #[inline]
    pub(crate) fn may_hold(&self, word: &str) -> bool {
        self.may_hold_ascii(word.as_bytes()) || !word.is_ascii()
    }

    /// The same for a word that is known to be ASCII.
    #[inline]
    pub(crate) fn may_hold_ascii(&self, word: &[u8]) -> bool {
        let (letter, bit) = length(word);
        if self.lengths[letter] & bit == 0 {
            return false;
        }
        let (row, bit) = look(word);
        self.looks[row] & bit != 0
    }

    /// What a word means, to the letter.
    pub(crate) fn exact(&self, word: &str) -> Option<V> {
        if !self.may_hold(word) {
            return None;
        }
        self.words.get(word).copied()
    }

    /// What a word means, in whatever letter case.
    pub(crate) fn folded(&self, word: &str) -> Option<V> {
        // A capital may be longer than its small letter, by no more than this.
        if word.len() > 2 * self.longest || !self.may_hold(word) {
            return None;
        }
        let small = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
        self.words.get(word).copied().or_else(|| {
            let lower = (!word.bytes().all(small)).then(|| word.to_lowercase())?;
            self.words.get(lower.as_str()).copied()
        })
    }
}

/// The first letter of an ASCII word, whatever its case, and a bit for its length.
#[inline]
fn length(word: &[u8]) -> (usize, u32) {
    let letter = word.first().map_or(0, |first| usize::from(first & 31));
    (letter, 1 << word.len().min(31))
}

/// Length, first, second and last letter of an ASCII word, whatever its case, as a row and a bit.
#[inline]
fn look(word: &[u8]) -> (usize, u64) {
    let (first, rest) = word.split_first().unwrap_or((&0, &[]));
    let letter = |byte: &u8| u32::from(byte & 31);
    let looks = letter(first)
        | letter(rest.first().unwrap_or(first)) << 5
        | letter(rest.last().unwrap_or(first)) << 10
        | (rest.len() as u32 & 31) << 15;
    let mixed = looks.wrapping_mul(0x9e37_79b1) >> 20;
    (mixed as usize >> 6, 1 << (mixed & 63))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_either_case() {
        let lexicon = Lexicon::new([("article", 1), ("статья", 2), ("part", 3)]);
        assert_eq!(lexicon.folded("ARTICLE"), Some(1));
        assert_eq!(lexicon.folded("Статья"), Some(2));
        assert_eq!(lexicon.exact("Part"), None);
        assert_eq!(lexicon.folded("Parties"), None);
        assert_eq!(lexicon.folded(""), None);
    }
}
