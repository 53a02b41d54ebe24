//! Where random bytes come from: the operating system, or in tests a seed.
//!
//! Each draw names a stream. The streams of a room bear its name and those of an act bear its digest, so that nothing
//! drawn for one room depends on what was drawn for another (`law_2_compartments`).

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

/// The operating system gave no random bytes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the operating system gave no random bytes ({0}); nothing was written: try again, or restart the computer"
)]
pub struct EntropyError(pub String);

/// A source of random bytes.
pub trait Entropy: Send {
    /// Fills `out` with the next bytes of the stream of this name.
    ///
    /// # Errors
    /// Where no random bytes are to be had.
    fn fill(&mut self, stream: &str, out: &mut [u8]) -> Result<(), EntropyError>;
}

/// The operating system's random bytes; the names of streams do not matter to it.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&mut self, _: &str, out: &mut [u8]) -> Result<(), EntropyError> {
        getrandom::fill(out).map_err(|error| EntropyError(error.to_string()))
    }
}

/// Bytes that depend on a seed, the name of the stream and how often it was drawn from, and on nothing else. For tests
/// and simulations: who knows the seed knows the bytes.
#[derive(Debug, Clone)]
pub struct SeededEntropy {
    seed: u64,
    drawn: BTreeMap<String, u64>,
}

impl SeededEntropy {
    /// A source of this seed.
    #[must_use]
    pub fn new(seed: u64) -> SeededEntropy {
        SeededEntropy {
            seed,
            drawn: BTreeMap::new(),
        }
    }
}

impl Entropy for SeededEntropy {
    fn fill(&mut self, stream: &str, out: &mut [u8]) -> Result<(), EntropyError> {
        let drawn = self.drawn.entry(stream.to_owned()).or_default();
        for (block, bytes) in out.chunks_mut(32).enumerate() {
            let mut hash = Sha256::new();
            hash.update(b"onetext seeded entropy\0");
            hash.update(self.seed.to_be_bytes());
            hash.update(drawn.to_be_bytes());
            hash.update((block as u64).to_be_bytes());
            hash.update(stream.as_bytes());
            for (byte, drawn) in bytes.iter_mut().zip(hash.finalize()) {
                *byte = drawn;
            }
        }
        *drawn += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_does_not_depend_on_the_others() {
        let (mut alone, mut among) = (SeededEntropy::new(1), SeededEntropy::new(1));
        let (mut one, mut other) = ([0; 40], [0; 40]);
        alone.fill("room a", &mut one).unwrap();
        among.fill("room b", &mut other).unwrap();
        among.fill("room a", &mut other).unwrap();
        assert_eq!(one, other);
        among.fill("room a", &mut other).unwrap();
        assert_ne!(one, other);
    }
}
