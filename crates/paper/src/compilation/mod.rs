//! A compilation text for people: as Markdown, which reads like the custom of conference secretariats, and as one HTML
//! page that needs nothing else.
//!
//! Where seats would have other words, the base's stand in brackets and theirs beside them: `[shall][UA: should]`;
//! words that would go are followed by `[UA: no text]`, words that would come stand alone: `[UA: every year]`.

mod html;
mod markdown;

use onetext_text::{Absence, Compilation, Draft, Entry, Source};

pub use html::html;
pub use markdown::markdown;

/// A compilation with its base, and the name that a reader knows the base by.
#[derive(Debug, Clone, Copy)]
pub struct Compiled<'a> {
    /// The name of the base, usually of its file.
    pub name: &'a str,
    /// The base.
    pub base: &'a Draft,
    /// What was compiled.
    pub compilation: &'a Compilation,
}

impl Compiled<'_> {
    /// The names of some seats: `UA`, `UA, PL`.
    fn names(&self, seats: &[usize]) -> String {
        let names = seats
            .iter()
            .filter_map(|seat| self.compilation.seats.get(*seat));
        names.cloned().collect::<Vec<_>>().join(", ")
    }

    /// The path of a provision of the base.
    fn path(&self, index: usize) -> &str {
        self.base
            .provisions()
            .get(index)
            .map_or("", |provision| provision.path.as_str())
    }

    /// The paths of the provisions in conflict.
    fn conflicts(&self) -> Vec<&str> {
        let entries = self.compilation.entries.iter();
        entries
            .filter(|entry| entry.is_conflict())
            .filter_map(|entry| match entry {
                Entry::Base { index, .. } => Some(self.path(*index)),
                Entry::Proposed { .. } => None,
            })
            .collect()
    }

    /// What somebody would do with a provision as a whole, as sentences.
    fn notes(&self, entry: &Entry) -> Vec<String> {
        match entry {
            Entry::Base { absent, .. } => absent
                .iter()
                .map(|(why, seats)| {
                    let names = self.names(seats);
                    match why {
                        Absence::Deleted => format!("{names}: delete"),
                        Absence::Moved => format!("{names}: move, see below or above"),
                        Absence::Merged => format!("{names}: merge with another provision"),
                    }
                })
                .collect(),
            Entry::Proposed { source, seats, .. } => {
                let names = self.names(seats);
                vec![match source {
                    Source::New => format!("{names}: add here"),
                    Source::Moved(index) => format!("{names}: {} moved here", self.path(*index)),
                    Source::Part(index) => format!("{names}: split from {}", self.path(*index)),
                }]
            }
        }
    }

    /// The whole in a sentence or two.
    fn in_words(&self) -> String {
        let counted = |count: usize, one: &str, many: &str| {
            format!("{count} {}", if count == 1 { one } else { many })
        };
        let conflicts = self.conflicts();
        let open = self.compilation.open();
        let mut words = format!(
            "{}; {} of {} open; ",
            counted(self.compilation.seats.len(), "seat", "seats"),
            counted(open, "provision", "provisions"),
            self.compilation.entries.len(),
        );
        words.push_str(&match conflicts.len() {
            0 => "none in conflict.".to_owned(),
            1 => format!("1 in conflict: {}.", conflicts.join(", ")),
            count => format!("{count} in conflict: {}.", conflicts.join(", ")),
        });
        words
    }
}

#[cfg(test)]
mod tests;
