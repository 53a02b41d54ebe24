//! The envelope of an act: who, where, when, on top of what, and the commitment to its body.

use serde::{Deserialize, Serialize};

use crate::canonical::{CanonicalError, canonical, canonical_value};
use crate::digest::{ActDigest, hex, unhex};
use crate::key::SiteId;
use crate::moment::Moment;

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
    /// The person's own key, where the person signs beside the site: then an act without that signature is no act.
    #[serde(
        default,
        deserialize_with = "given",
        skip_serializing_if = "Option::is_none"
    )]
    pub key: Option<SiteId>,
    /// The person, where one is named.
    #[serde(
        default,
        deserialize_with = "given",
        skip_serializing_if = "Option::is_none"
    )]
    pub person: Option<String>,
    /// The seat.
    pub seat: String,
}

/// Who wrote it down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recorder {
    /// The person, where one is named.
    #[serde(
        default,
        deserialize_with = "given",
        skip_serializing_if = "Option::is_none"
    )]
    pub person: Option<String>,
    /// The seat.
    pub seat: String,
    /// The site that signs.
    pub site: SiteId,
}

/// An optional field that is there: `null` is no value.
fn given<'de, D: serde::Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
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
    /// A room, a seat, a person or an event time that cannot be one.
    #[error(
        "`{0}` is no name: one line of 1 to {LONGEST_NAME} bytes, without spaces around it, is expected"
    )]
    Name(String),
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
        if let Some(envelope) = Envelope::read_as_written(bytes) {
            return Ok(envelope);
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

    /// The quick way to a good envelope: its fields stand in the canonical order and hold text and whole numbers alone,
    /// so what plain JSON writes of it is its canonical form. None for whatever is not good, without a reason.
    fn read_as_written(bytes: &[u8]) -> Option<Envelope> {
        let envelope: Envelope = serde_json::from_slice(bytes).ok()?;
        let below = |number: u64| number < crate::canonical::TOO_LARGE;
        let good = envelope.check().is_ok()
            && below(envelope.depth)
            && below(envelope.sequence)
            && serde_json::to_vec(&envelope).ok()? == bytes;
        good.then_some(envelope)
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
        if Moment::parse(&self.recorded).is_none() {
            return Err(EnvelopeError::Recorded(
                self.recorded.chars().take(80).collect(),
            ));
        }
        self.check_names()
    }

    fn check_names(&self) -> Result<(), EnvelopeError> {
        let persons = [&self.actor.person, &self.recorder.person];
        let names = [&self.room, &self.actor.seat, &self.recorder.seat]
            .into_iter()
            .chain(persons.into_iter().flatten());
        for name in names.chain([&self.on]) {
            if !is_name(name) {
                return Err(EnvelopeError::Name(name.chars().take(80).collect()));
            }
        }
        Ok(())
    }

    /// The recorder's clock.
    #[must_use]
    pub fn moment(&self) -> Moment {
        Moment::parse(&self.recorded).unwrap_or_default()
    }

    /// `sha256-ed25519`, for those who make envelopes.
    #[must_use]
    pub fn algorithm() -> String {
        ALGORITHM.to_owned()
    }
}

/// The longest name of a room, a seat or a person, and the longest event time, in bytes.
pub const LONGEST_NAME: usize = 200;

/// Whether this can name a room, a seat, a person or a time: one line of text, not too long, without
/// spaces around it.
pub(crate) fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= LONGEST_NAME
        && !name.starts_with(' ')
        && !name.ends_with(' ')
        && !name.bytes().any(|byte| byte < b' ' || byte == 0x7f)
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(crate) fn sample() -> Envelope {
        Envelope {
            actor: Actor {
                key: None,
                person: Some("mara".to_owned()),
                seat: "sahrel".to_owned(),
            },
            algorithm: Envelope::algorithm(),
            body: Commitment([7; 32]),
            depth: 0,
            format: FORMAT,
            on: "2031-03".to_owned(),
            parents: Vec::new(),
            process: ProcessId([1; 16]),
            recorded: "2031-03-06T14:30:00.000000Z".to_owned(),
            recorder: Recorder {
                person: None,
                seat: "sahrel".to_owned(),
                site: SiteId([2; 32]),
            },
            room: "chamber-sahrel".to_owned(),
            sequence: 0,
        }
    }

    fn check(change: impl FnOnce(&mut Envelope), refused: bool) {
        let mut envelope = sample();
        change(&mut envelope);
        assert_eq!(envelope.bytes().is_err(), refused, "{envelope:?}");
    }

    #[test]
    fn an_envelope_is_read_as_it_is_written() {
        let envelope = sample();
        let bytes = envelope.bytes().unwrap();
        assert_eq!(Envelope::read(&bytes), Ok(envelope.clone()));
        assert_eq!(Envelope::read_kept(&bytes), Ok(envelope));
    }

    #[test]
    fn law_9_actor_and_recorder_are_two_fields() {
        let mut envelope = sample();
        envelope.recorder.seat = "mediator".to_owned();
        let read = Envelope::read(&envelope.bytes().unwrap()).unwrap();
        assert_eq!(
            (read.actor.seat.as_str(), read.recorder.seat.as_str()),
            ("sahrel", "mediator")
        );
        let text = String::from_utf8(envelope.bytes().unwrap()).unwrap();
        for field in ["actor", "recorder"] {
            let without = text.replace(&format!("\"{field}\":"), &format!("\"{field}x\":"));
            assert!(Envelope::read(without.as_bytes()).is_err(), "{without}");
        }
    }

    #[test]
    fn what_breaks_a_rule_is_refused() {
        check(|_| {}, false);
        check(|e| e.format = 2, true);
        check(|e| e.algorithm = "md5".to_owned(), true);
        check(
            |e| e.parents = vec![ActDigest([2; 32]), ActDigest([1; 32])],
            true,
        );
        check(
            |e| e.parents = vec![ActDigest([1; 32]), ActDigest([1; 32])],
            true,
        );
        check(
            |e| e.parents = vec![ActDigest([1; 32]), ActDigest([2; 32])],
            false,
        );
        check(|e| e.recorded = "yesterday".to_owned(), true);
        check(|e| e.room = "two rooms".to_owned(), false);
        check(|e| e.room = "two\trooms".to_owned(), true);
        check(|e| e.room = String::new(), true);
        check(|e| e.room = "комната".to_owned(), false);
        check(|e| e.actor.seat = "a\n".to_owned(), true);
        check(|e| e.on = "x".repeat(201), true);
        check(|e| e.sequence = 1 << 53, true);
    }

    #[test]
    fn thousands_of_parents_and_megabytes_are_refused() {
        let digest = |index: u32| {
            let mut bytes = [0; 32];
            bytes[..4].copy_from_slice(&index.to_be_bytes());
            ActDigest(bytes)
        };
        check(|e| e.parents = (0..256).map(digest).collect(), false);
        check(|e| e.parents = (0..5000).map(digest).collect(), true);
        let large = vec![b' '; 1 << 20];
        assert_eq!(
            Envelope::read(&large),
            Err(EnvelopeError::TooLarge(1 << 20))
        );
    }

    #[test]
    fn the_quick_way_reads_what_is_canonical_and_nothing_else() {
        let mut envelope = sample();
        envelope.actor.key = Some(SiteId([3; 32]));
        envelope.recorder.person = Some("\"Ил\\ья\" \u{1f600} \u{e000}".to_owned());
        envelope.parents = vec![ActDigest([1; 32]), ActDigest([2; 32])];
        envelope.sequence = (1 << 53) - 1;
        let bytes = envelope.bytes().unwrap();
        assert_eq!(serde_json::to_vec(&envelope).unwrap(), bytes);
        assert_eq!(Envelope::read_as_written(&bytes), Some(envelope));
        let text = String::from_utf8(bytes).unwrap();
        for (part, other) in [
            ("{\"actor\"", "{ \"actor\""),
            ("Ил", "\\u0418л"),
            ("9007199254740991", "9007199254740992"),
            ("9007199254740991", "9007199254740991.0"),
            ("\"format\":1", "\"format\":1,\"format\":1"),
            ("\"format\":1", "\"format\":2"),
        ] {
            let changed = text.replacen(part, other, 1);
            assert_ne!(changed, text);
            assert_eq!(
                Envelope::read_as_written(changed.as_bytes()),
                None,
                "{changed}"
            );
            assert!(Envelope::read(changed.as_bytes()).is_err(), "{changed}");
        }
    }

    #[test]
    fn an_optional_field_is_left_out_never_null() {
        let text = String::from_utf8(sample().bytes().unwrap()).unwrap();
        let null = text.replace("\"person\":\"mara\"", "\"person\":null");
        assert!(null != text && Envelope::read(null.as_bytes()).is_err());
    }

    #[test]
    fn a_later_format_is_told_before_what_is_missing() {
        assert_eq!(
            Envelope::read(br#"{"format":2}"#),
            Err(EnvelopeError::Format(2))
        );
    }
}
