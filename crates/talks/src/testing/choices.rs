//! Choices drawn from a list of numbers.

use crate::act::ReleaseClass;

/// Where chance comes from: when the numbers are used up, every choice is the first one.
#[derive(Debug)]
pub struct Choices<'n> {
    numbers: std::slice::Iter<'n, u32>,
}

impl<'n> Choices<'n> {
    /// Choices by these numbers.
    #[must_use]
    pub fn new(numbers: &'n [u32]) -> Self {
        Choices {
            numbers: numbers.iter(),
        }
    }

    /// Whether there are numbers left.
    #[must_use]
    pub fn left(&self) -> bool {
        self.numbers.len() > 0
    }

    /// A number below this one; 0 below 0.
    pub fn below(&mut self, limit: usize) -> usize {
        let number = self.numbers.next().map_or(0, |number| *number as usize);
        number.checked_rem(limit).unwrap_or(0)
    }

    /// True so many times of a hundred.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) >= 100 - percent.min(100)
    }

    /// One of these.
    pub fn pick<'t, T>(&mut self, list: &'t [T]) -> Option<&'t T> {
        list.get(self.below(list.len()))
    }

    /// Some of these, in their order.
    pub fn some<'t, T>(&mut self, list: &'t [T]) -> Vec<&'t T> {
        let bits = self.below(1 << list.len().min(16));
        list.iter()
            .enumerate()
            .filter(|(number, _)| bits & (1 << (number % 16)) != 0)
            .map(|(_, item)| item)
            .collect()
    }

    /// This, one time in five.
    pub fn maybe<T>(&mut self, value: T) -> Option<T> {
        if self.chance(20) { Some(value) } else { None }
    }

    /// A word that could be a handle.
    pub fn word(&mut self) -> &'static str {
        const WORDS: [&str; 6] = ["talks", "a.b", "x/y", "7 bis", "été", "quote\"d"];
        WORDS[self.below(WORDS.len())]
    }

    /// Free words, with what is hard to write down among them.
    pub fn words(&mut self) -> String {
        const PARTS: [&str; 10] = [
            "the river",
            "is shared",
            "\"in equal parts\"",
            "back\\slash",
            "two\nlines",
            "a\ttab",
            "Ψ мост 橋 🏔",
            "'''\"\"\"",
            "\u{1}\u{7f}",
            "# no remark",
        ];
        let count = 1 + self.below(3);
        (0..count)
            .map(|_| PARTS[self.below(PARTS.len())])
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// A release class, or none.
    pub fn release(&mut self) -> Option<ReleaseClass> {
        let classes = [
            ReleaseClass::Hold,
            ReleaseClass::Use,
            ReleaseClass::Pass,
            ReleaseClass::Publish,
        ];
        if self.chance(40) {
            self.pick(&classes).copied()
        } else {
            None
        }
    }
}
