//! The body of an act: what was done, apart from the envelope that commits to it, so that it can be erased.

use crate::canonical::{CanonicalError, canonical_value};
use crate::digest::labelled;

/// The length of a salt, in bytes.
pub const SALT: usize = 32;

/// The largest body, in bytes: room for the digests of some 60,000 contents. Drafts are contents; a body names them.
pub const LARGEST_BODY: usize = 4 << 20;

/// What was done, as canonical JSON, and the salt of its commitment.
///
/// Without the salt nobody can guess a short body from its commitment; with both gone, nobody can read it, and the
/// history still verifies.
#[derive(Clone, PartialEq, Eq)]
pub struct Body {
    /// Drawn anew for each act.
    pub salt: [u8; SALT],
    /// Canonical JSON.
    pub bytes: Vec<u8>,
}

impl Body {
    /// What the envelope states: SHA-256 over `onetext body 1`, NUL, salt, bytes.
    #[must_use]
    pub fn commitment(&self) -> [u8; 32] {
        labelled("onetext body 1", &[&self.salt, &self.bytes])
    }

    /// What it says.
    ///
    /// # Errors
    /// Where the bytes are not canonical JSON.
    pub fn value(&self) -> Result<serde_json::Value, CanonicalError> {
        canonical_value(&self.bytes)
    }
}

/// What a body says that was checked when it arrived and kept since under a seal: that it is in canonical form is not
/// looked at again.
///
/// # Errors
/// Where the bytes are no JSON.
pub fn read_kept_body(bytes: &[u8]) -> Result<serde_json::Value, CanonicalError> {
    serde_json::from_slice(bytes).map_err(|error| CanonicalError::NoJson(error.to_string()))
}

/// The kind that a body states; none where it is no object or states none.
#[must_use]
pub(crate) fn kind_of(body: &serde_json::Value) -> Option<&str> {
    body.get("kind")?.as_str()
}

impl std::fmt::Debug for Body {
    /// Neither salt nor words: a log must not hold them.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Body({} bytes)", self.bytes.len())
    }
}
