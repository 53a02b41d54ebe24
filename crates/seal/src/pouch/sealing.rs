//! Encrypting a pouch, with age (X25519): the one place of this crate where dice are rolled, by age itself.
//!
//! See `docs/adr/0006-age-rolls-its-own-dice.md`.

use std::cell::Cell;
use std::io::{self, Read, Write};
use std::str::FromStr;

use age::x25519;

use super::{LARGEST_POUCH, PouchError};

/// Encrypted pouches are as long as a multiple of this, so that their length tells less.
const BLOCK: usize = 4096;

/// What age encrypts at once, and by how much it grows each time.
const CHUNK: usize = 64 << 10;
const TAG: usize = 16;
const NONCE: usize = 16;

/// The longest header that age writes: its own lines and a random one, and then for each recipient.
const LONGEST_HEADER: usize = 512;
const LONGEST_STANZA: usize = 128;

/// With what a site opens the pouches that are for it. Its secret never leaves through `Debug`.
#[derive(Clone)]
pub struct PouchKey(x25519::Identity);

impl PouchKey {
    /// Reads a key as age writes it, `AGE-SECRET-KEY-1…`.
    ///
    /// # Errors
    /// Where it is none; the text is not repeated in the error.
    pub fn parse(text: &str) -> Result<PouchKey, PouchError> {
        let no_key = |_| PouchError::NoPouch("the key of this site cannot be read".to_owned());
        x25519::Identity::from_str(text.trim())
            .map(PouchKey)
            .map_err(no_key)
    }

    /// A new key. age rolls the dice.
    #[must_use]
    pub fn generate() -> PouchKey {
        PouchKey(x25519::Identity::generate())
    }

    /// The key as age writes it, to be kept in a file of its owner alone.
    #[must_use]
    pub fn secret(&self) -> String {
        use age::secrecy::ExposeSecret as _;
        self.0.to_string().expose_secret().to_owned()
    }

    /// To whom a pouch for this site is encrypted, `age1…`: what a `site` act states.
    #[must_use]
    pub fn recipient(&self) -> String {
        self.0.to_public().to_string()
    }
}

impl std::fmt::Debug for PouchKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PouchKey({})", self.recipient())
    }
}

/// Why a pouch cannot be encrypted.
#[derive(Debug, thiserror::Error)]
pub enum SealingError {
    /// Nobody to encrypt it to.
    #[error("nobody can open the pouch: the seat has no site with a recipient; bind one first")]
    NoRecipient,
    /// Not a recipient.
    #[error("`{0}` is no age recipient: one like age1… is expected")]
    Recipient(String),
    /// age could not.
    #[error("the pouch cannot be encrypted: {0}")]
    Age(String),
}

/// Whether pouches can be encrypted to this: an age recipient, `age1…`.
#[must_use]
pub fn is_recipient(text: &str) -> bool {
    text.parse::<x25519::Recipient>().is_ok()
}

/// Encrypts a packed pouch to these recipients. The length of what comes out depends on the length of what goes in and
/// on the number of recipients, and on nothing else.
///
/// # Errors
/// Where there is no recipient, or one that is none.
pub fn seal_pouch(plain: &[u8], recipients: &[String]) -> Result<Vec<u8>, SealingError> {
    let mut keys = Vec::new();
    for recipient in recipients {
        let key: x25519::Recipient = recipient
            .parse()
            .map_err(|_| SealingError::Recipient(recipient.chars().take(80).collect()))?;
        keys.push(key);
    }
    if keys.is_empty() {
        return Err(SealingError::NoRecipient);
    }
    let longest = LONGEST_HEADER + LONGEST_STANZA * keys.len() + NONCE + grown(plain.len());
    let whole = (longest + 2 * TAG).next_multiple_of(BLOCK);
    // The header that age writes has a random length. Rarely no padding fits behind it; then another is written.
    for _ in 0..100 {
        if let Some(sealed) = seal_to_length(plain, &keys, whole)? {
            return Ok(sealed);
        }
    }
    Err(SealingError::Age(
        "no header of the right length".to_owned(),
    ))
}

/// Encrypts once; none where no padding makes it as long as asked.
fn seal_to_length(
    plain: &[u8],
    keys: &[x25519::Recipient],
    whole: usize,
) -> Result<Option<Vec<u8>>, SealingError> {
    let recipients = keys.iter().map(|key| key as &dyn age::Recipient);
    let encryptor = age::Encryptor::with_recipients(recipients).map_err(failed)?;
    let written = Cell::new(0);
    let out = Measured {
        bytes: Vec::with_capacity(whole),
        written: &written,
    };
    let mut writer = encryptor.wrap_output(out).map_err(failed)?;
    // So far the header and the nonce are written.
    let room = whole.saturating_sub(written.get());
    let padded = room.saturating_sub(TAG * room.div_ceil(CHUNK + TAG));
    if padded < plain.len() || grown(padded) != room {
        return Ok(None);
    }
    writer.write_all(plain).map_err(failed)?;
    writer
        .write_all(&vec![b'\n'; padded - plain.len()])
        .map_err(failed)?;
    let out = writer.finish().map_err(failed)?;
    Ok(Some(out.bytes))
}

fn failed(error: impl std::fmt::Display) -> SealingError {
    SealingError::Age(error.to_string())
}

/// How long so many bytes are once they are encrypted.
fn grown(length: usize) -> usize {
    length + TAG * length.div_ceil(CHUNK).max(1)
}

/// Bytes that are counted while somebody else holds them.
struct Measured<'a> {
    bytes: Vec<u8>,
    written: &'a Cell<usize>,
}

impl Write for Measured<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.extend_from_slice(bytes);
        self.written.set(self.bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Decrypts a pouch with any of these keys. What comes out has not been checked: see
/// [`open_pouch`](super::open_pouch).
///
/// # Errors
/// Where it is no pouch, for somebody else, or torn.
pub fn unseal_pouch(sealed: &[u8], keys: &[PouchKey]) -> Result<Vec<u8>, PouchError> {
    if sealed.len() > LARGEST_POUCH {
        return Err(PouchError::TooLarge);
    }
    let decryptor = age::Decryptor::new_buffered(sealed).map_err(|error| match error {
        // A file that stops within the header began as one.
        age::DecryptError::Io(_) if sealed.starts_with(b"age-encryption.org/") => PouchError::Torn,
        error => PouchError::NoPouch(error.to_string()),
    })?;
    if decryptor.is_scrypt() {
        return Err(PouchError::NoPouch(
            "it is encrypted with a passphrase".to_owned(),
        ));
    }
    let identities = keys.iter().map(|key| &key.0 as &dyn age::Identity);
    let mut reader = decryptor.decrypt(identities).map_err(|error| match error {
        age::DecryptError::NoMatchingKeys => PouchError::Closed,
        _ => PouchError::Torn,
    })?;
    let mut plain = Vec::new();
    reader
        .read_to_end(&mut plain)
        .map_err(|_| PouchError::Torn)?;
    Ok(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn law_2_the_length_of_a_pouch_tells_what_it_holds_and_nothing_else() {
        let keys = [PouchKey::generate(), PouchKey::generate()];
        let recipients = keys.each_ref().map(PouchKey::recipient);
        for length in [0, 1, 3000, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK - 600] {
            let plain = vec![b'x'; length];
            let lengths: Vec<usize> = (0..8)
                .map(|_| seal_pouch(&plain, &recipients).unwrap().len())
                .collect();
            assert!(
                lengths.windows(2).all(|pair| pair[0] == pair[1]),
                "{length}: {lengths:?}"
            );
            let sealed = seal_pouch(&plain, &recipients).unwrap();
            for key in &keys {
                let opened = unseal_pouch(&sealed, std::slice::from_ref(key)).unwrap();
                assert!(opened.starts_with(&plain));
                assert!(opened[length..].iter().all(|byte| *byte == b'\n'));
            }
        }
    }

    #[test]
    fn every_way_a_pouch_can_be_shut_has_its_reason() {
        let key = PouchKey::generate();
        let sealed = seal_pouch(b"words", &[key.recipient()]).unwrap();
        let open = |sealed: &[u8], key: &PouchKey| {
            unseal_pouch(sealed, std::slice::from_ref(key)).unwrap_err()
        };
        assert_eq!(open(&sealed, &PouchKey::generate()), PouchError::Closed);
        assert!(matches!(open(b"words", &key), PouchError::NoPouch(_)));
        assert!(matches!(open(b"", &key), PouchError::NoPouch(_)));
        for cut in [30, 100, 200, sealed.len() - 1] {
            assert_eq!(open(&sealed[..cut], &key), PouchError::Torn, "{cut}");
        }
        let mut changed = sealed.clone();
        *changed.last_mut().unwrap() ^= 1;
        assert_eq!(open(&changed, &key), PouchError::Torn);
        assert!(matches!(
            seal_pouch(b"", &["age1x".to_owned()]),
            Err(SealingError::Recipient(_))
        ));
        assert!(matches!(
            seal_pouch(b"", &[]),
            Err(SealingError::NoRecipient)
        ));
    }

    #[test]
    fn a_key_is_read_as_it_is_written_and_never_printed() {
        let key = PouchKey::generate();
        let read = PouchKey::parse(&key.secret()).unwrap();
        assert_eq!(read.recipient(), key.recipient());
        assert!(!format!("{key:?}").contains("SECRET"));
        assert!(PouchKey::parse("AGE-SECRET-KEY-1X").is_err());
    }
}
