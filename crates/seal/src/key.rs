//! Site keys and signatures: Ed25519 (RFC 8032), verified strictly.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};

use crate::digest::{ActDigest, hex, labelled, unhex};

/// Why a key or a signature cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not the digits of a key.
    #[error("`{0}` is no key of a site: 64 hexadecimal digits in small letters are expected")]
    NoKey(String),
    /// No point of the curve.
    #[error("these digits are no Ed25519 key")]
    NoPoint,
}

/// A site by its public key, 32 bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SiteId(pub [u8; 32]);

impl SiteId {
    /// Whether this site signed these labelled bytes.
    ///
    /// Strict: small-order keys and non-canonical signatures are refused, so that every verifier says the same.
    #[must_use]
    pub fn signed(&self, label: &str, bytes: &[u8], signature: &Signature) -> bool {
        KnownKeys::default().signed(self, label, bytes, signature)
    }
}

/// The keys that were met, unpacked once: a few sites sign everything.
#[derive(Debug, Clone, Default)]
pub(crate) struct KnownKeys(BTreeMap<SiteId, VerifyingKey>);

/// The most keys that are kept unpacked; somebody may sign each act with another.
const MOST_KEYS: usize = 4096;

impl KnownKeys {
    /// As [`SiteId::signed`].
    pub(crate) fn signed(
        &mut self,
        site: &SiteId,
        label: &str,
        bytes: &[u8],
        signature: &Signature,
    ) -> bool {
        let message = labelled(label, &[bytes]);
        let signature = ed25519_dalek::Signature::from_bytes(&signature.0);
        if let Some(key) = self.0.get(site) {
            return key.verify_strict(&message, &signature).is_ok();
        }
        let Ok(key) = VerifyingKey::from_bytes(&site.0) else {
            return false;
        };
        if self.0.len() < MOST_KEYS {
            self.0.insert(*site, key);
        }
        key.verify_strict(&message, &signature).is_ok()
    }
}

impl fmt::Display for SiteId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for SiteId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SiteId({self})")
    }
}

impl FromStr for SiteId {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        unhex(text)
            .map(SiteId)
            .ok_or_else(|| KeyError::NoKey(text.chars().take(80).collect()))
    }
}

impl serde::Serialize for SiteId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for SiteId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A signature, 64 bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Signature(pub [u8; 64]);

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signature({self})")
    }
}

impl FromStr for Signature {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        unhex(text)
            .map(Signature)
            .ok_or_else(|| KeyError::NoKey(text.chars().take(80).collect()))
    }
}

/// What a site signs with. Its secret never leaves through `Debug`.
#[derive(Clone)]
pub struct SiteKey(SigningKey);

impl SiteKey {
    /// The key of this secret, 32 random bytes.
    #[must_use]
    pub fn from_secret(secret: [u8; 32]) -> SiteKey {
        SiteKey(SigningKey::from_bytes(&secret))
    }

    /// The secret, to be kept in a file of its owner alone.
    #[must_use]
    pub fn secret(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// Whose key it is.
    #[must_use]
    pub fn site(&self) -> SiteId {
        SiteId(self.0.verifying_key().to_bytes())
    }

    /// Signs bytes under a label that says what they are.
    #[must_use]
    pub fn sign(&self, label: &str, bytes: &[u8]) -> Signature {
        Signature(self.0.sign(&labelled(label, &[bytes])).to_bytes())
    }

    /// Signs an act by its name.
    #[must_use]
    pub(crate) fn sign_act(&self, id: &ActDigest) -> Signature {
        self.sign(SIGNATURE_LABEL, &id.0)
    }
}

impl fmt::Debug for SiteKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SiteKey({})", self.site())
    }
}

/// Under which label a site signs an act.
pub(crate) const SIGNATURE_LABEL: &str = "onetext signature 1";
