//! The lock that a passphrase opens: a random key, encrypted with age's scrypt recipient.

use std::io::{Read as _, Write as _};
use std::path::Path;

use age::secrecy::SecretString;
use zeroize::Zeroizing;

use super::KeyRingError;
use crate::cipher::{KEY, Secret};

/// The most work that opening a lock may ask for, as a power of two: a lock that asks for more was not made here.
const MOST_WORK: u8 = 22;

/// A passphrase, wiped when it is dropped.
#[derive(Clone)]
pub struct Passphrase {
    words: Zeroizing<String>,
    work: Option<u8>,
}

impl Passphrase {
    /// A passphrase; locking takes about a second of work on this computer, and opening as much.
    ///
    /// # Errors
    /// Where it is empty.
    pub fn new(words: impl Into<String>) -> Result<Passphrase, KeyRingError> {
        let words = Zeroizing::new(words.into());
        if words.is_empty() {
            return Err(KeyRingError::EmptyPassphrase);
        }
        Ok(Passphrase { words, work: None })
    }

    /// Sets the work of locking, as the power of two of scrypt's N. For tests; less work makes guessing cheaper.
    #[must_use]
    pub fn with_work(mut self, log_n: u8) -> Passphrase {
        self.work = Some(log_n.clamp(1, MOST_WORK));
        self
    }

    fn secret(&self) -> SecretString {
        SecretString::from(self.words.as_str().to_owned())
    }

    /// Encrypts a lock key to the passphrase.
    pub(super) fn lock(&self, folder: &Path, key: &Secret) -> Result<Vec<u8>, KeyRingError> {
        let mut recipient = age::scrypt::Recipient::new(self.secret());
        if let Some(work) = self.work {
            recipient.set_work_factor(work);
        }
        let failed = |what: String| KeyRingError::File {
            path: folder.to_owned(),
            source: std::io::Error::other(what),
        };
        let one: &dyn age::Recipient = &recipient;
        let encryptor = age::Encryptor::with_recipients(std::iter::once(one))
            .map_err(|error| failed(error.to_string()))?;
        let mut locked = Vec::new();
        let mut writer = encryptor
            .wrap_output(&mut locked)
            .map_err(|error| failed(error.to_string()))?;
        writer
            .write_all(key.as_slice())
            .and_then(|()| writer.finish().map(|_| ()))
            .map_err(|error| failed(error.to_string()))?;
        Ok(locked)
    }

    /// Opens a lock.
    pub(super) fn unlock(
        &self,
        folder: &Path,
        file: &Path,
        locked: &[u8],
    ) -> Result<Secret, KeyRingError> {
        let damaged = |what| KeyRingError::Damaged {
            path: file.to_owned(),
            what,
        };
        let decryptor = age::Decryptor::new_buffered(locked)
            .map_err(|_| damaged("it is no file encrypted with age"))?;
        if !decryptor.is_scrypt() {
            return Err(damaged("it is not locked with a passphrase"));
        }
        let mut identity = age::scrypt::Identity::new(self.secret());
        identity.set_max_work_factor(MOST_WORK);
        let one: &dyn age::Identity = &identity;
        let mut reader = match decryptor.decrypt(std::iter::once(one)) {
            Ok(reader) => reader,
            Err(age::DecryptError::ExcessiveWork { .. }) => {
                return Err(damaged("it asks for more work than any lock made here"));
            }
            Err(
                age::DecryptError::DecryptionFailed
                | age::DecryptError::KeyDecryptionFailed
                | age::DecryptError::NoMatchingKeys,
            ) => {
                return Err(KeyRingError::WrongPassphrase {
                    path: folder.to_owned(),
                });
            }
            Err(_) => return Err(damaged("its header was changed")),
        };
        let mut key = Zeroizing::new([0; KEY]);
        reader
            .read_exact(key.as_mut_slice())
            .map_err(|_| damaged("its content was changed or cut short"))?;
        Ok(key)
    }
}

impl std::fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Passphrase")
    }
}
