//! The codes of a second factor: RFC 6238 over HMAC-SHA-1, six digits, thirty seconds, as every program for telephones has it.

use ring::hmac;

/// How long a code stands, in seconds.
const STEP: i64 = 30;
/// By how many steps the clocks may differ, either way.
const APART: i64 = 1;

/// The alphabet of RFC 4648, as programs for telephones take a secret.
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The code of a step.
fn code(secret: &[u8], step: i64) -> u32 {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let bytes = tag.as_ref();
    let at = usize::from(bytes.last().copied().unwrap_or_default() & 15);
    let word = bytes.get(at..at + 4).map_or(0, |four| {
        four.iter()
            .fold(0_u32, |word, byte| (word << 8) | u32::from(*byte))
    });
    (word & 0x7fff_ffff) % 1_000_000
}

/// The step of which the words are the code, near a moment and after a step that was used.
pub(super) fn step_of(secret: &[u8], words: &str, now: i64, used: i64) -> Option<i64> {
    let digits: String = words.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let given: u32 = digits.parse().ok()?;
    let here = now.div_euclid(STEP);
    // All are computed, whichever fits: how long it takes says nothing.
    let fits = (here - APART..=here + APART).filter(|step| code(secret, *step) == given);
    fits.fold(None, |_, step| Some(step))
        .filter(|step| *step > used)
}

/// A secret as it is typed into a telephone.
pub(super) fn letters(secret: &[u8]) -> String {
    let mut out = String::new();
    let (mut held, mut bits) = (0_u32, 0);
    for byte in secret {
        held = (held << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            out.push(char::from(ALPHABET[(held >> bits) as usize & 31]));
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        out.push(char::from(ALPHABET[(held << (5 - bits)) as usize & 31]));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &[u8] = b"12345678901234567890";

    #[test]
    fn the_codes_are_those_of_the_standard() {
        for (seconds, digits) in [
            (59, 287_082),
            (1_111_111_109, 81_804),
            (1_234_567_890, 5_924),
            (20_000_000_000, 353_130),
        ] {
            assert_eq!(code(SECRET, seconds / STEP), digits);
        }
        assert_eq!(letters(SECRET), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert_eq!(letters(b"foob"), "MZXW6YQ");
    }

    #[test]
    fn a_code_holds_near_its_time_and_once() {
        assert_eq!(step_of(SECRET, "287 082", 59, 0), Some(1));
        assert_eq!(step_of(SECRET, "287082", 89, 0), Some(1));
        assert_eq!(step_of(SECRET, "287082", 120, 0), None);
        assert_eq!(step_of(SECRET, "287082", 59, 1), None);
        for words in ["", "28708", "2870821", "+87082", "٢٨٧٠٨٢"] {
            assert_eq!(step_of(SECRET, words, 59, 0), None, "{words}");
        }
    }
}
