//! Secrets that are handed out once and kept as digests.

use sha2::{Digest as _, Sha256};

use super::EntranceError;

/// The letters of a secret: none that is taken for another.
const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789_";

/// A secret of 160 bits, as it is handed out. It is not printed by mistake.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A new one.
    ///
    /// # Errors
    /// Where no random bytes are to be had.
    pub fn new() -> Result<Secret, EntranceError> {
        Self::of_letters(32)
    }

    /// A short one, to be typed: good for minutes, and for few attempts.
    ///
    /// # Errors
    /// Where no random bytes are to be had.
    pub fn to_type() -> Result<Secret, EntranceError> {
        let letters = Self::of_letters(12)?.0.replace('_', "w");
        let groups: Vec<&str> = [0..4, 4..8, 8..12]
            .into_iter()
            .filter_map(|group| letters.get(group))
            .collect();
        Ok(Secret(groups.join("-")))
    }

    fn of_letters(count: usize) -> Result<Secret, EntranceError> {
        let mut bytes = vec![0_u8; count];
        getrandom::fill(&mut bytes).map_err(|_| EntranceError::Random)?;
        let letter = |byte: &u8| char::from(LETTERS[usize::from(byte & 31)]);
        Ok(Secret(bytes.iter().map(letter).collect()))
    }

    /// One that was handed in.
    #[must_use]
    pub fn given(words: &str) -> Secret {
        Secret(words.trim().to_owned())
    }

    /// As it is handed out, for one pair of eyes.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// As it is kept. The secret has too many bits to be guessed, so a plain digest does.
    pub(super) fn digest(&self) -> Vec<u8> {
        let mut digest = Sha256::new();
        digest.update(b"onetext entrance 1\0");
        digest.update(self.0.as_bytes());
        digest.finalize().to_vec()
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}
