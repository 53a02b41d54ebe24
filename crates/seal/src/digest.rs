//! Digests: the names of acts and of contents.
//!
//! Each is SHA-256 over a label that says what is digested, a NUL, and the bytes. The label keeps one sort of thing from
//! standing for another.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest as _, Sha256};

/// Why some words are no digest.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no digest: 64 hexadecimal digits in small letters are expected")]
pub struct DigestError(pub String);

/// SHA-256 over a label, a NUL and parts, one after the other.
pub(crate) fn labelled(label: &str, parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(label.as_bytes());
    hash.update([0]);
    for part in parts {
        hash.update(part);
    }
    hash.finalize().into()
}

/// Bytes as hexadecimal digits in small letters.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |value: u8| char::from(DIGITS.get(usize::from(value)).copied().unwrap_or(b'0'));
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(digit(byte >> 4));
        text.push(digit(byte & 15));
    }
    text
}

/// Hexadecimal digits in small letters as so many bytes; none where they are anything else.
pub(crate) fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    // What each byte is worth; what is no digit has its highest bits set.
    const VALUES: [u8; 256] = {
        let mut values = [0xf0; 256];
        let mut value = 0;
        while value < 16 {
            values[b"0123456789abcdef"[value] as usize] = value as u8;
            value += 1;
        }
        values
    };
    if text.len() != N * 2 {
        return None;
    }
    let (mut bytes, mut wrong) = ([0; N], 0);
    let (pairs, _) = text.as_bytes().as_chunks::<2>();
    for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
        let (high, low) = (VALUES[*high as usize], VALUES[*low as usize]);
        wrong |= high | low;
        *byte = (high << 4) | low;
    }
    (wrong < 16).then_some(bytes)
}

macro_rules! digest {
    ($($(#[$doc:meta])* $name:ident = $label:literal),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; 32]);

        impl $name {
            /// The digest of these bytes.
            #[must_use]
            pub fn of(bytes: &[u8]) -> Self {
                Self(labelled($label, &[bytes]))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&hex(&self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }

        impl FromStr for $name {
            type Err = DigestError;

            fn from_str(text: &str) -> Result<Self, DigestError> {
                unhex(text).map(Self).ok_or_else(|| DigestError(text.chars().take(80).collect()))
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}

digest! {
    /// The name of an act: the digest of its envelope.
    ActDigest = "onetext act 1",
    /// The name of a content: a wording or a manifest, as the bytes that were kept.
    ContentDigest = "onetext content 1",
    /// The name of a pouch: the digest of what is encrypted, without its padding.
    PouchDigest = "onetext pouch name 1",
    /// The name of a draft's words and identity: the digest of its manifest, as every position on it states.
    ManifestDigest = "onetext manifest 1",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_digested_is_part_of_the_digest() {
        assert_ne!(ActDigest::of(b"x").0, ContentDigest::of(b"x").0);
    }

    #[test]
    fn a_digest_is_read_as_it_is_written() {
        let digest = ActDigest::of(b"x");
        assert_eq!(digest.to_string().parse(), Ok(digest));
        for wrong in [
            "",
            "00",
            &digest.to_string().to_uppercase(),
            &"g".repeat(64),
        ] {
            assert!(wrong.parse::<ActDigest>().is_err(), "{wrong}");
        }
    }
}
