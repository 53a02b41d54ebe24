//! What a walk over a store found.

use std::fmt;

use onetext_seal::ActDigest;

/// One thing that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finding {
    /// An act was changed: its envelope, body, salt, signature or key.
    Act {
        /// The act, as its row is named.
        id: ActDigest,
        /// What is wrong with it.
        what: String,
    },
    /// A key record was changed.
    Key {
        /// Which one.
        place: String,
    },
    /// Anything else.
    Damage {
        /// The table and row, or the page.
        place: String,
        /// What is wrong there.
        what: String,
    },
}

impl Finding {
    /// Whether it is a change of an act or a key, against any other damage.
    #[must_use]
    pub fn is_tampering(&self) -> bool {
        !matches!(self, Finding::Damage { .. })
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Finding::Act { id, what } => write!(f, "act {id}: {what}"),
            Finding::Key { place } => write!(f, "{place}: the key record was changed"),
            Finding::Damage { place, what } => write!(f, "{place}: {what}"),
        }
    }
}

/// What a walk over a store found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Everything that is wrong, in ascending order; none in a good store.
    pub findings: Vec<Finding>,
    /// How many acts were checked.
    pub acts: u64,
    /// How many contents were checked.
    pub contents: u64,
}

impl Report {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.findings.is_empty()
    }
}
