//! The envelope of an act: who, where, when, on top of what, and the commitment to its body.

use serde::{Deserialize, Serialize};

use crate::canonical::{CanonicalError, canonical, canonical_value};
use crate::digest::{ActDigest, hex, unhex};
use crate::key::SiteId;

/// The version of the written format.
pub const FORMAT: u64 = 1;

/// The digests and signatures of this version, by name.
pub(crate) const ALGORITHM: &str = "sha256-ed25519";

/// The largest envelope, in bytes.
pub const LARGEST_ENVELOPE: usize = 64 << 10;

/// The most heads that an act is written on.
pub const MOST_PARENTS: usize = 256;

/// Which process an act belongs to: 16 random bytes, drawn when the process was founded.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProcessId(pub [u8; 16]);

impl std::fmt::Display for ProcessId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl std::fmt::Debug for ProcessId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ProcessId({self})")
    }
}

impl Serialize for ProcessId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ProcessId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        unhex(&text)
            .map(ProcessId)
            .ok_or_else(|| serde::de::Error::custom("32 hexadecimal digits are expected"))
    }
}

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Actor {
    /// The person, where one is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// The seat.
    pub seat: String,
}

/// Who wrote it down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recorder {
    /// The person, where one is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// The seat.
    pub seat: String,
    /// The site that signs.
    pub site: SiteId,
}

/// What every act states, whatever its kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Envelope {
    /// Who did it.
    pub actor: Actor,
    /// `sha256-ed25519`.
    pub algorithm: String,
    /// The commitment to the body, 64 hexadecimal digits.
    pub body: Commitment,
    /// How many acts lie under it: one more than the deepest of its parents, 0 without any.
    pub depth: u64,
    /// The version of the format.
    pub format: u64,
    /// The event time with its precision, as its author wrote it: a day, a moment, a month or a span.
    pub on: String,
    /// The heads of the room when it was written, in ascending order.
    pub parents: Vec<ActDigest>,
    /// The process.
    pub process: ProcessId,
    /// The recorder's clock, in UTC to the microsecond; never less than that of a parent.
    pub recorded: String,
    /// Who wrote it down.
    pub recorder: Recorder,
    /// The room.
    pub room: String,
    /// How many acts the site wrote in this room before it.
    pub sequence: u64,
}

/// A commitment to a body: see [`Body::commitment`](crate::Body::commitment).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Commitment(pub [u8; 32]);

impl Serialize for Commitment {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&hex(&self.0))
    }
}

impl<'de> Deserialize<'de> for Commitment {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        unhex(&text)
            .map(Commitment)
            .ok_or_else(|| serde::de::Error::custom("64 hexadecimal digits are expected"))
    }
}

/// Why some bytes are no envelope.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    /// Not in canonical form.
    #[error(transparent)]
    Canonical(#[from] CanonicalError),
    /// A field is wanting, misspelt or of the wrong sort.
    #[error("the envelope is not as the format says: {0}")]
    Shape(String),
    /// Of a later format.
    #[error("the act is of format {0}; this program reads format {FORMAT}")]
    Format(u64),
    /// Of an unknown algorithm.
    #[error("the act's algorithm `{0}` is not known; `{ALGORITHM}` is expected")]
    Algorithm(String),
    /// Larger than any envelope may be.
    #[error("the envelope has {0} bytes; at most {LARGEST_ENVELOPE} are read")]
    TooLarge(usize),
    /// Parents that are too many, out of order or twice there.
    #[error("the parents must be at most {MOST_PARENTS}, in ascending order, each once")]
    Parents,
    /// A clock that is no moment in UTC to the microsecond.
    #[error("`{0}` is no recording time: one like 2031-03-06T14:30:00.000000Z is expected")]
    Recorded(String),
}

impl Envelope {
    /// Its bytes in canonical form: what is digested and signed.
    ///
    /// # Errors
    /// Where it breaks a rule of the format.
    pub fn bytes(&self) -> Result<Vec<u8>, EnvelopeError> {
        self.check()?;
        let bytes = canonical(self)?;
        if bytes.len() > LARGEST_ENVELOPE {
            return Err(EnvelopeError::TooLarge(bytes.len()));
        }
        Ok(bytes)
    }

    /// Reads an envelope, and refuses whatever is not one to the letter.
    ///
    /// # Errors
    /// [`EnvelopeError`] says what is wrong.
    pub fn read(bytes: &[u8]) -> Result<Envelope, EnvelopeError> {
        if bytes.len() > LARGEST_ENVELOPE {
            return Err(EnvelopeError::TooLarge(bytes.len()));
        }
        let value = canonical_value(bytes)?;
        // A later format may have other fields: its version is said before what is missing.
        if let Some(format) = value.get("format").and_then(serde_json::Value::as_u64)
            && format != FORMAT
        {
            return Err(EnvelopeError::Format(format));
        }
        let envelope: Envelope = serde_json::from_value(value)
            .map_err(|error| EnvelopeError::Shape(error.to_string()))?;
        envelope.check()?;
        Ok(envelope)
    }

    /// Reads an envelope that was checked when it arrived and kept since under a seal: its shape alone is looked at.
    ///
    /// # Errors
    /// Where it is no envelope.
    pub fn read_kept(bytes: &[u8]) -> Result<Envelope, EnvelopeError> {
        serde_json::from_slice(bytes).map_err(|error| EnvelopeError::Shape(error.to_string()))
    }

    fn check(&self) -> Result<(), EnvelopeError> {
        if self.format != FORMAT {
            return Err(EnvelopeError::Format(self.format));
        }
        if self.algorithm != ALGORITHM {
            return Err(EnvelopeError::Algorithm(
                self.algorithm.chars().take(80).collect(),
            ));
        }
        let ascending = self
            .parents
            .windows(2)
            .all(|pair| matches!(pair, [one, other] if one < other));
        if self.parents.len() > MOST_PARENTS || !ascending {
            return Err(EnvelopeError::Parents);
        }
        if !is_moment(&self.recorded) {
            return Err(EnvelopeError::Recorded(
                self.recorded.chars().take(80).collect(),
            ));
        }
        Ok(())
    }

    /// `sha256-ed25519`, for those who make envelopes.
    #[must_use]
    pub fn algorithm() -> String {
        ALGORITHM.to_owned()
    }
}

/// `2031-03-06T14:30:00.000000Z`: fixed width, so that the order of letters is the order of time.
fn is_moment(text: &str) -> bool {
    const PATTERN: &[u8] = b"0000-00-00T00:00:00.000000Z";
    text.len() == PATTERN.len()
        && text.bytes().zip(PATTERN).all(|(byte, wanted)| {
            if *wanted == b'0' {
                byte.is_ascii_digit()
            } else {
                byte == *wanted
            }
        })
}
