//! Normal form 1 of a wording, and digests.

/// The SHA-256 of a wording in normal form: what an acceptance binds to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

impl std::fmt::Display for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl std::fmt::Debug for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Digest({self})")
    }
}

/// Normal form 1 of a wording without resolved references.
#[must_use]
pub fn normal_form(wording: &str) -> String {
    wording.split_whitespace().collect::<Vec<_>>().join(" ")
}
