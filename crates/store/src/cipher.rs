//! Sealing and opening: XChaCha20-Poly1305 under a kept key, ChaCha20-Poly1305 under a key used once, and keyed names.
//!
//! XChaCha20-Poly1305 is put together here as its draft says (draft-irtf-cfrg-xchacha-03, section 2.3): HChaCha20 makes a
//! key of the kept key and the first 16 bytes of the random number, and ChaCha20-Poly1305 (RFC 8439) seals under it with
//! the other 8. Another library's is the test for it.
//!
//! A sealed field is bound to where it stands: the associated data names the sort of field and the row, so that no field
//! can be put in another's place.

use chacha20::{R20, hchacha};
use hmac::{Hmac, KeyInit as _, Mac as _};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
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

/// ChaCha20-Poly1305 under a key. None cannot be: the key has the length that it takes.
fn once(key: &[u8; KEY]) -> Option<LessSafeKey> {
    UnboundKey::new(&CHACHA20_POLY1305, key)
        .ok()
        .map(LessSafeKey::new)
}

/// What a kept key can do: seal, open, and give keyed names.
#[derive(Clone)]
pub(crate) struct Cipher {
    seal: Secret,
    names: Secret,
}

impl Cipher {
    /// The cipher of a secret. Sealing and naming use keys of their own, derived from it.
    pub(crate) fn new(secret: &Secret) -> Cipher {
        Cipher {
            seal: keyed(secret, &[b"onetext store 1", b"seal"]),
            names: keyed(secret, &[b"onetext store 1", b"names"]),
        }
    }

    /// The key for one random number, and what is left of that.
    fn under(&self, nonce: &[u8; NONCE]) -> Option<(LessSafeKey, Nonce)> {
        let (first, rest) = nonce.split_first_chunk::<16>()?;
        let key = Secret::new(hchacha::<R20>(&(*self.seal).into(), &(*first).into()).into());
        let mut nonce = [0; 12];
        let (_, end) = nonce.split_at_mut(4);
        end.copy_from_slice(rest);
        Some((once(&key)?, Nonce::assume_unique_for_key(nonce)))
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
        let tag = self.under(&nonce).and_then(|(key, nonce)| {
            key.seal_in_place_separate_tag(nonce, Aad::from(place), field)
                .ok()
        });
        sealed.extend_from_slice(tag.ok_or_else(too_long)?.as_ref());
        Ok(sealed)
    }

    /// Opens what [`Cipher::seal`] sealed, into a buffer that is used again.
    pub(crate) fn open_into(
        &self,
        place: &[u8],
        sealed: &[u8],
        words: &mut Vec<u8>,
    ) -> Result<(), DoesNotOpen> {
        let (nonce, field) = sealed.split_first_chunk::<NONCE>().ok_or(DoesNotOpen)?;
        let (key, nonce) = self.under(nonce).ok_or(DoesNotOpen)?;
        open(&key, nonce, place, field, words)
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
        let (nonce, field) = sealed.split_first_chunk::<NONCE>().ok_or(DoesNotOpen)?;
        let (key, nonce) = self.under(nonce).ok_or(DoesNotOpen)?;
        let field: [u8; KEY + TAG] = field.try_into().map_err(|_| DoesNotOpen)?;
        let mut field = Zeroizing::new(field);
        let opened = key
            .open_in_place(nonce, Aad::from(place), field.as_mut_slice())
            .map_err(|_| DoesNotOpen)?;
        let opened: &[u8; KEY] = opened.as_ref().try_into().map_err(|_| DoesNotOpen)?;
        Ok(Zeroizing::new(*opened))
    }
}

/// Opens a field and the tag after it into a buffer; that is left empty where it does not open.
fn open(
    key: &LessSafeKey,
    nonce: Nonce,
    place: &[u8],
    field: &[u8],
    words: &mut Vec<u8>,
) -> Result<(), DoesNotOpen> {
    words.clear();
    words.extend_from_slice(field);
    let length = match key.open_in_place(nonce, Aad::from(place), words.as_mut_slice()) {
        Ok(opened) => opened.len(),
        Err(_) => {
            words.clear();
            return Err(DoesNotOpen);
        }
    };
    words.truncate(length);
    Ok(())
}

/// A field of more than 256 GB cannot be sealed.
fn too_long() -> EntropyError {
    EntropyError("the field is too long to be sealed".to_owned())
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
    let tag = once(key).and_then(|key| {
        let nonce = Nonce::assume_unique_for_key([0; 12]);
        key.seal_in_place_separate_tag(nonce, Aad::from(place), &mut sealed)
            .ok()
    });
    sealed.extend_from_slice(tag.ok_or_else(too_long)?.as_ref());
    Ok(sealed)
}

/// Opens what [`seal_once`] sealed, into a buffer that is used again.
pub(crate) fn open_once(
    key: &Secret,
    place: &[u8],
    sealed: &[u8],
    words: &mut Vec<u8>,
) -> Result<(), DoesNotOpen> {
    let key = once(key).ok_or(DoesNotOpen)?;
    let nonce = Nonce::assume_unique_for_key([0; 12]);
    open(&key, nonce, place, sealed, words)
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

    /// What is sealed here another library opens, and the other way round.
    #[test]
    fn another_library_opens_it() {
        use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
        use chacha20poly1305::{ChaCha20Poly1305, Key, XChaCha20Poly1305, XNonce};

        let mut entropy = SeededEntropy::new(7);
        let cipher = Cipher::new(&draw(&mut entropy, "key").unwrap());
        let other = XChaCha20Poly1305::new(&Key::from(*cipher.seal));
        for length in [0, 1, 15, 16, 17, 63, 64, 65, 200, 5000] {
            let words: Vec<u8> = (0..length).map(|n| (n % 251) as u8).collect();
            let sealed = cipher.seal(&mut entropy, "nonce", b"here", &words).unwrap();
            let (nonce, field) = sealed.split_first_chunk::<NONCE>().unwrap();
            let payload = |msg| Payload { msg, aad: b"here" };
            let nonce = XNonce::from(*nonce);
            assert_eq!(other.decrypt(&nonce, payload(field)).unwrap(), words);
            let field = other.encrypt(&nonce, payload(&words)).unwrap();
            let theirs = [&nonce[..], &field].concat();
            assert_eq!(**cipher.open(b"here", &theirs).unwrap(), words);

            let key = draw(&mut entropy, "key").unwrap();
            let once = ChaCha20Poly1305::new(&Key::from(*key));
            let sealed = seal_once(&key, b"here", &[&words]).unwrap();
            let theirs = once.encrypt(&[0; 12].into(), payload(&words)).unwrap();
            assert_eq!(sealed, theirs);
            let mut opened = Vec::new();
            open_once(&key, b"here", &theirs, &mut opened).unwrap();
            assert_eq!(opened, words);
        }
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
