//! Sealing and opening: XChaCha20-Poly1305 under a kept key, ChaCha20-Poly1305 under a key used once, and keyed names.
//!
//! A sealed field is bound to where it stands: the associated data names the sort of field and the row, so that no field
//! can be put in another's place.

use chacha20poly1305::aead::{AeadInOut as _, KeyInit as _};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::entropy::{Entropy, EntropyError};

/// The length of a key, in bytes.
pub(crate) const KEY: usize = 32;

/// The length of the random number before a sealed field, in bytes.
const NONCE: usize = 24;

/// The length of the authentication tag after a sealed field, in bytes.
const TAG: usize = 16;

/// What sealing adds to a field, in bytes.
pub(crate) const SEAL: usize = NONCE + TAG;

/// A secret, wiped when it is dropped.
pub(crate) type Secret = Zeroizing<[u8; KEY]>;

/// A keyed name: which row is meant, to those alone who have the key.
pub(crate) type NameTag = [u8; 16];

/// A sealed field that does not open: it was changed, stands in a foreign place, or the key is another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DoesNotOpen;

/// Draws a secret.
pub(crate) fn draw(entropy: &mut dyn Entropy, stream: &str) -> Result<Secret, EntropyError> {
    let mut secret = Secret::default();
    entropy.fill(stream, secret.as_mut())?;
    Ok(secret)
}

/// HMAC-SHA256 (RFC 2104) over parts, each preceded by its length.
fn keyed(secret: &[u8; KEY], parts: &[&[u8]]) -> Secret {
    let mut mac = match Hmac::<Sha256>::new_from_slice(secret) {
        Ok(mac) => mac,
        Err(_) => return Secret::default(), // cannot be: HMAC takes keys of every length
    };
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    Zeroizing::new(mac.finalize().into_bytes().into())
}

/// What a kept key can do: seal, open, and give keyed names.
#[derive(Clone)]
pub(crate) struct Cipher {
    seal: XChaCha20Poly1305,
    names: Secret,
}

impl Cipher {
    /// The cipher of a secret. Sealing and naming use keys of their own, derived from it.
    pub(crate) fn new(secret: &Secret) -> Cipher {
        let seal = keyed(secret, &[b"onetext store 1", b"seal"]);
        Cipher {
            seal: XChaCha20Poly1305::new(&Key::from(*seal)),
            names: keyed(secret, &[b"onetext store 1", b"names"]),
        }
    }

    /// The keyed name of something of a sort.
    pub(crate) fn name(&self, sort: &str, name: &[u8]) -> NameTag {
        let full = keyed(&self.names, &[sort.as_bytes(), name]);
        let mut tag = NameTag::default();
        for (byte, wanted) in tag.iter_mut().zip(full.iter()) {
            *byte = *wanted;
        }
        tag
    }

    /// Seals words, bound to their place.
    pub(crate) fn seal(
        &self,
        entropy: &mut dyn Entropy,
        stream: &str,
        place: &[u8],
        words: &[u8],
    ) -> Result<Vec<u8>, EntropyError> {
        let mut nonce = [0; NONCE];
        entropy.fill(stream, &mut nonce)?;
        let mut sealed = Vec::with_capacity(words.len() + SEAL);
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(words);
        let (_, field) = sealed.split_at_mut(NONCE);
        let tag = self
            .seal
            .encrypt_inout_detached(&XNonce::from(nonce), place, field.into())
            .map_err(|error| EntropyError(error.to_string()))?;
        sealed.extend_from_slice(&tag);
        Ok(sealed)
    }

    /// Opens what [`Cipher::seal`] sealed, into a buffer that is used again.
    pub(crate) fn open_into(
        &self,
        place: &[u8],
        sealed: &[u8],
        words: &mut Vec<u8>,
    ) -> Result<(), DoesNotOpen> {
        let (nonce, rest) = sealed.split_first_chunk::<NONCE>().ok_or(DoesNotOpen)?;
        let (field, tag) = rest.split_last_chunk::<TAG>().ok_or(DoesNotOpen)?;
        words.clear();
        words.extend_from_slice(field);
        self.seal
            .decrypt_inout_detached(
                &XNonce::from(*nonce),
                place,
                words.as_mut_slice().into(),
                &(*tag).into(),
            )
            .map_err(|_| {
                words.clear();
                DoesNotOpen
            })
    }

    /// Opens what [`Cipher::seal`] sealed.
    pub(crate) fn open(
        &self,
        place: &[u8],
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, DoesNotOpen> {
        let mut words = Zeroizing::new(Vec::new());
        self.open_into(place, sealed, &mut words)?;
        Ok(words)
    }

    /// Opens a wrapped key.
    pub(crate) fn open_key(&self, place: &[u8], sealed: &[u8]) -> Result<Secret, DoesNotOpen> {
        let (nonce, rest) = sealed.split_first_chunk::<NONCE>().ok_or(DoesNotOpen)?;
        let (field, tag) = rest.split_first_chunk::<KEY>().ok_or(DoesNotOpen)?;
        let tag: [u8; TAG] = tag.try_into().map_err(|_| DoesNotOpen)?;
        let mut key = Zeroizing::new(*field);
        self.seal
            .decrypt_inout_detached(
                &XNonce::from(*nonce),
                place,
                key.as_mut_slice().into(),
                &tag.into(),
            )
            .map_err(|_| DoesNotOpen)?;
        Ok(key)
    }
}

/// Seals words under a key that seals nothing else, so that no random number is needed beside it.
pub(crate) fn seal_once(
    key: &Secret,
    place: &[u8],
    parts: &[&[u8]],
) -> Result<Vec<u8>, EntropyError> {
    let mut sealed = Vec::with_capacity(parts.iter().map(|part| part.len()).sum::<usize>() + TAG);
    for part in parts {
        sealed.extend_from_slice(part);
    }
    let tag = ChaCha20Poly1305::new(&Key::from(**key))
        .encrypt_inout_detached(&Nonce::default(), place, sealed.as_mut_slice().into())
        .map_err(|error| EntropyError(error.to_string()))?;
    sealed.extend_from_slice(&tag);
    Ok(sealed)
}

/// Opens what [`seal_once`] sealed, into a buffer that is used again.
pub(crate) fn open_once(
    key: &Secret,
    place: &[u8],
    sealed: &[u8],
    words: &mut Vec<u8>,
) -> Result<(), DoesNotOpen> {
    let (field, tag) = sealed.split_last_chunk::<TAG>().ok_or(DoesNotOpen)?;
    words.clear();
    words.extend_from_slice(field);
    ChaCha20Poly1305::new(&Key::from(**key))
        .decrypt_inout_detached(
            &Nonce::default(),
            place,
            words.as_mut_slice().into(),
            &(*tag).into(),
        )
        .map_err(|_| {
            words.clear();
            DoesNotOpen
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::SeededEntropy;

    #[test]
    fn a_field_opens_in_its_place_alone() {
        let mut entropy = SeededEntropy::new(7);
        let cipher = Cipher::new(&draw(&mut entropy, "key").unwrap());
        let other = Cipher::new(&draw(&mut entropy, "key").unwrap());
        let mut sealed = cipher
            .seal(&mut entropy, "nonce", b"here", b"words")
            .unwrap();
        assert_eq!(**cipher.open(b"here", &sealed).unwrap(), *b"words");
        assert!(cipher.open(b"there", &sealed).is_err());
        assert!(other.open(b"here", &sealed).is_err());
        for length in 0..sealed.len() {
            assert!(cipher.open(b"here", &sealed[..length]).is_err());
        }
        sealed[NONCE] ^= 1;
        assert!(cipher.open(b"here", &sealed).is_err());
    }

    #[test]
    fn a_key_used_once_opens_what_it_sealed() {
        let key = draw(&mut SeededEntropy::new(7), "key").unwrap();
        let sealed = seal_once(&key, b"here", &[b"wo", b"rds"]).unwrap();
        let mut words = Vec::new();
        assert!(open_once(&key, b"here", &sealed, &mut words).is_ok());
        assert_eq!(words, b"words");
        assert!(open_once(&key, b"there", &sealed, &mut words).is_err());
        assert!(words.is_empty());
    }

    #[test]
    fn names_differ_by_key_and_sort() {
        let mut entropy = SeededEntropy::new(7);
        let cipher = Cipher::new(&draw(&mut entropy, "key").unwrap());
        let other = Cipher::new(&draw(&mut entropy, "key").unwrap());
        assert_eq!(
            cipher.name("room", b"plenary"),
            cipher.name("room", b"plenary")
        );
        assert_ne!(
            cipher.name("room", b"plenary"),
            cipher.name("setting", b"plenary")
        );
        assert_ne!(
            cipher.name("room", b"plenary"),
            other.name("room", b"plenary")
        );
    }
}
